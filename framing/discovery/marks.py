"""Which phrases of a keyness table are worth a reader's time, and what is left out, with the reason.

A list of key phrases fills itself with what needs no statistics: the outlet's own name, credits, invitations to
subscribe, gallery captions, the subject of one long article. Each of these is told from wording by a plain rule, and
what a rule leaves out is counted and named, never silently gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.phrases import PhraseCounts, find_nested, find_places
from framing.phrases.nesting import EXPLAINED
from framing.text import WORD, Article, tokenise

MAX_Q = 0.05
CLOSING = 0.8
"""Share of occurrences in the last two sentences of articles from which on a phrase is a closing line."""
REFRAIN = 20.0
"""Occurrences an article from which on a phrase is a refrain (captions of a gallery, rows of a list), and what holds
it is one too."""
CONTEXT = 90  # characters of an example on each side

REASONS = {
    "name": "the outlet's own name",
    "closing": "closing lines",
    "refrain": "refrains such as captions",
    "one article": "mostly one article",
    "known": "in lexicons already",
}
_COUNTRIES = frozenset({"us", "usa", "uk", "uae", "eu", "un"})  # "US News" does not call itself "US"
_QUALIFIER = re.compile(r"\([^)]*\)|\s[-–—|:]\s.*$")


@dataclass(frozen=True, slots=True)
class Marks:
    """Phrases that mark one side, best first.

    Attributes
    ----------
    rows : list of dict
        Rows of the keyness table, with `key`, the folded words.
    left_out : mapping of str to list of dict
        By a key of `REASONS`; rows as above.
    """

    rows: list[dict[str, Any]]
    left_out: Mapping[str, list[dict[str, Any]]]


def choose_marks(
    keyness: pa.Table,
    counts: PhraseCounts,
    *,
    others: bool = False,
    outlets: Iterable[str] = (),
    known: Callable[[Sequence[str]], npt.NDArray[np.bool_]] | None = None,
    max_q: float = MAX_Q,
) -> Marks:
    """Choose the phrases that mark one side of a comparison.

    Parameters
    ----------
    keyness : pa.Table
        From `compute_keyness` on the same counts.
    counts : PhraseCounts
    others : bool
        The phrases that mark the other side.
    outlets : iterable of str
        Names of the outlets of the side; phrases that hold one are left out.
    known : callable, optional
        Says of phrases which of them a lexicon has; these are left out.
    max_q : float
        False discovery rate.

    Returns
    -------
    Marks
        Phrases with q <= `max_q` and an interval that leaves 0 out, without those that a longer one explains, ranked
        by the bound of the interval nearer to 0: how many times as often, at least.
    """
    sign = -1.0 if others else 1.0
    near, count, articles = ("high", "other_count", "other_articles") if others else ("low", "count", "articles")
    place = {phrase: number for number, phrase in enumerate(counts.phrases)}
    telling = []
    for row in keyness.to_pylist():
        if row["status"] != "insufficient" and row["q"] <= max_q and sign * row[near] > 0:
            number = place[row["phrase"]]
            telling.append({**row, "key": counts.keys[number], "closing": float(counts.closing[number])})
    nested = find_nested([row["key"] for row in telling], np.array([float(row[count]) for row in telling]))
    names = [name for outlet in outlets for name in name_forms(outlet)]
    refrains = [row["key"] for row in telling if row[count] >= REFRAIN * row[articles]]
    rows: list[dict[str, Any]] = []
    left: dict[str, list[dict[str, Any]]] = {reason: [] for reason in REASONS}
    telling = [row for row, inside in zip(telling, nested.tolist(), strict=True) if not inside]
    listed = known([row["phrase"] for row in telling]) if known else np.zeros(len(telling), dtype=bool)
    for row, in_lexicon in zip(telling, listed.tolist(), strict=True):
        reason = (
            "name"
            if any(_holds(row["key"], name) for name in names)
            else "closing"
            if row["closing"] >= CLOSING
            else "refrain"
            if any(_holds(row["key"], refrain) for refrain in refrains)
            else "one article"
            if row["status"] == "one article"
            else "known"
            if in_lexicon
            else ""
        )
        (left[reason] if reason else rows).append(row)
    for found in (rows, *left.values()):
        found.sort(key=lambda row: (-sign * row[near], -row[count], row["phrase"]))
    return Marks(_drop_shifted(rows, count), left)


def _drop_shifted(rows: Sequence[dict[str, Any]], count: str) -> list[dict[str, Any]]:
    """Of two windows on a longer phrase ("White House spokesman Jay", "House spokesman Jay Carney") keep the first."""
    kept: list[dict[str, Any]] = []
    parts: dict[tuple[str, ...], list[float]] = {}  # without the first word, or without the last
    for row in rows:
        key = row["key"]
        ends = [("<", *key[1:]), (*key[:-1], ">")] if len(key) > 2 else []
        others = [(*key[1:], ">"), ("<", *key[:-1])] if len(key) > 2 else []
        near = [n for other in others for n in parts.get(other, ())]
        if any(EXPLAINED * max(n, row[count]) <= min(n, row[count]) for n in near):
            continue
        kept.append(row)
        for end in ends:
            parts.setdefault(end, []).append(row[count])
    return kept


def name_forms(outlet: str) -> list[tuple[str, ...]]:
    """Return the folded words by which an outlet calls itself.

    Its name, also without "The" and written together, and an acronym at its head ("NPR Online News"). Qualifiers in
    brackets or behind a dash ("CNN (Web News)") are no part of the name.
    """
    bare = _QUALIFIER.sub(" ", outlet)
    printed = [form.replace(".", "") for form, _, _, flags, _ in tokenise(bare) if flags & WORD]
    printed = printed[1:] if len(printed) > 1 and printed[0].casefold() == "the" else printed
    words = tuple(word.casefold() for word in printed)
    if len(words) < 2:
        return [words] if words else []
    forms = [words, ("".join(words),)]
    acronym = printed[0].isupper() and 2 <= len(printed[0]) <= 5 and not "".join(printed).isupper()
    return [*forms, words[:1]] if acronym and words[0] not in _COUNTRIES else forms


def _holds(key: Sequence[str], name: Sequence[str]) -> bool:
    return any(tuple(key[i : i + len(name)]) == tuple(name) for i in range(len(key) - len(name) + 1))


def find_sentences(
    counts: PhraseCounts,
    rows: npt.NDArray[np.int64],
    keys: Sequence[tuple[str, ...]],
    read: Callable[[set[str]], Mapping[str, Article]],
    most: int = 1,
) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Find examples for phrases, each from another article.

    Parameters
    ----------
    counts : PhraseCounts
    rows : int64 array
        Rows of the articles to look in.
    keys : sequence of tuples of str
    read : callable
        From article ids to the articles.
    most : int
        Examples for each phrase.

    Returns
    -------
    dict of list of dict
        `article_id`, `outlet`, `date`, `left`, `phrase`, `right`, `sentence`. The articles with most occurrences do
        not come first, but those nearest to the typical number, earlier ids first.
    """
    number = {key: place for place, key in enumerate(counts.keys)}
    chosen: dict[str, list[tuple[str, ...]]] = {}
    columns = counts.matrix[rows].tocsc()
    for key in keys:
        column = number[key]
        held = slice(columns.indptr[column], columns.indptr[column + 1])
        times, places = columns.data[held], rows[columns.indices[held]]
        if not len(times):
            continue
        order = np.lexsort((places, np.abs(times - np.median(times))))
        for row in places[order[: most + 1]].tolist():  # one more, should a sentence be the same
            chosen.setdefault(counts.ids[row], []).append(key)
    by_id = read(set(chosen))
    articles = [by_id[i] for i in sorted(chosen) if i in by_id]
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {key: [] for key in keys}
    for place in find_places(articles, list(found), counts.voice):
        told = found[place.key]
        article = place.article
        sentence = " ".join(place.text[place.sentence_start : place.sentence_end].split())
        if (
            place.key not in chosen[article.id]
            or len(told) >= most
            or any(t["sentence"] == sentence or t["article_id"] == article.id for t in told)
        ):
            continue
        begin, end = max(0, place.start - CONTEXT), place.end + CONTEXT
        told.append(
            {
                "article_id": article.id,
                "outlet": article.outlet,
                "date": article.date,
                "left": " ".join(place.text[begin : place.start].split()),
                "phrase": place.text[place.start : place.end],
                "right": " ".join(place.text[place.end : end].split()),
                "sentence": sentence,
            }
        )
    return found

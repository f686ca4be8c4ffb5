"""Own reporting: the articles as they are without the wording that others are credited with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np

from framing.ingest.copy_tables import SHARED_TEXT, Copies
from framing.text import CLITIC, WORD, Article, BoolArray, LongArray, Splitter, Vocabulary, read_tokens

LEAST_SHARED = 0.5
"""Share of its words in a passage from which on a sentence goes with it: passages seldom end where sentences do."""

WHOLE = 0.9
"""Share of the body's words that are lost from which on the headline goes too: it heads another's text."""

_SPACE = re.compile(r"\s*\Z")

Span = tuple[int, int]


def own_reporting(articles: Iterable[Article], copies: Copies) -> Iterator[Article]:
    """Yield every article that shares wording as it is without what others are credited with, and what nobody is
    credited with once.

    Parameters
    ----------
    articles : iterable of Article
        Those that `copies` was found in, in any order; one reading.
    copies : Copies

    Yields
    ------
    Article
        For each article that loses a sentence: the same with those sentences left out of `text`, the paragraphs as they
        were, and without a title when `WHOLE` of the body is lost; text and title may be empty. Then, for each wording
        without a clear origin, one article of the outlet "(shared text)", id "shared:" and twelve digits, dated as the
        earliest that prints it, `upstream` the agency printed with it. Articles that lose nothing do not appear.
    """
    lost: dict[str, list[Span]] = {}
    for row in copies.passages.select(["article_id", "start", "end", "credited"]).to_pylist():
        if row["credited"] == "shared":
            lost.setdefault(row["article_id"], []).append((row["start"], row["end"]))
    carriers: dict[str, list[dict[str, Any]]] = {}
    for row in copies.carriers.to_pylist():
        carriers.setdefault(row["article_id"], []).append(row)
    pieces: dict[int, list[tuple[str, Article]]] = {}
    sentences = _Sentences()
    for article in articles:
        if article.id not in lost:
            continue
        edges, word, sentence = sentences.of(article.text)
        for row in carriers.get(article.id, ()):
            taken = _mostly_inside(word, sentence, len(edges) - 1, [(row["start"], row["end"])])
            pieces.setdefault(row["group"], []).append((_keep(article.text, edges, taken), article))
        gone = _mostly_inside(word, sentence, len(edges) - 1, lost[article.id])
        if gone.any():
            whole = np.count_nonzero(gone[sentence]) >= WHOLE * len(sentence)
            title = "" if whole else article.title
            yield replace(article, title=title, text=_keep(article.text, edges, ~gone))
    yield from _shared_articles(copies, pieces)


class _Sentences:
    """Parts texts into sentences; keeps what it has learnt of the vocabulary."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._splitter = Splitter()

    def of(self, text: str) -> tuple[list[int], LongArray, LongArray]:
        """Return where sentences begin, and the end of the text behind them; and for each word where it begins, and the
        number of its sentence."""
        tokens = read_tokens([text], self._vocabulary)
        first = self._splitter(tokens)
        edges = [0, *tokens.start[first].tolist()[1:], len(text)]
        word = np.flatnonzero((tokens.form_flags() & (WORD | CLITIC)) == WORD)
        return edges, tokens.start[word].astype(np.int64), np.searchsorted(first, word, side="right") - 1


def _mostly_inside(word: LongArray, sentence: LongArray, count: int, spans: Sequence[Span]) -> BoolArray:
    """Return which sentences have `LEAST_SHARED` of their words in the spans; never one without words."""
    inside = np.zeros(len(word), dtype=bool)
    for start, end in spans:
        inside |= (word >= start) & (word < end)
    total = np.bincount(sentence, minlength=count)
    shared = np.bincount(sentence[inside], minlength=count)
    mostly: BoolArray = (total > 0) & (shared >= LEAST_SHARED * total)
    return mostly


def _keep(text: str, edges: Sequence[int], kept: BoolArray) -> str:
    """Join the sentences that are kept; where some are left out, the widest gap among them parts those around."""
    parts: list[str] = []
    gap = ""
    for (low, high), keep in zip(pairwise(edges), kept.tolist(), strict=True):
        sentence = text[low:high]
        space = _SPACE.search(sentence)
        body, after = (sentence[: space.start()], space[0]) if space else (sentence, "")
        if keep:
            parts += [gap if parts else "", body]
            gap = after
        elif after.count("\n") > gap.count("\n"):
            gap = after
    return "".join(parts)


def _shared_articles(copies: Copies, pieces: dict[int, list[tuple[str, Article]]]) -> Iterator[Article]:
    facts = {row["group"]: row for row in copies.carriers.to_pylist()}
    order = {group: place for place, group in enumerate(sorted(facts))}
    ranks = {name: place for place, name in enumerate(copies.groups["article_id"].to_pylist())}
    for group in sorted(pieces, key=order.__getitem__):
        found = sorted(pieces[group], key=lambda piece: ranks[piece[1].id])
        text = "\n\n".join(dict.fromkeys(piece for piece, _ in found if piece.strip()))
        if not text:
            continue
        digest = sha256("\n".join([*(article.id for _, article in found), text]).encode("utf-8", "surrogatepass"))
        sources = [article for _, article in found]
        yield Article(
            id=f"shared:{digest.hexdigest()[:12]}",
            outlet=SHARED_TEXT,
            text=text,
            date=facts[group]["date"],
            upstream=facts[group]["credit"],
            event=_common([a.event for a in sources]),
            genre=_common([a.genre for a in sources]),
            language=_common([a.language for a in sources]),
        )


def _common(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""

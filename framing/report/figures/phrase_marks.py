"""Keyness of an analysis for its charts: the phrases of an outlet against another, or against all others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.discovery import Marks, choose_marks
from framing.engine.run import batches
from framing.errors import InputError
from framing.phrases import PhraseCounts, count_phrases
from framing.report.results import Results
from framing.report.wording import count, join, quote, tidy
from framing.statistics.keyness import MIN_SIDE, RESAMPLES, compute_keyness

MIN_EVENTS = 5
"""Events that both sides report, from which on phrases are compared within events: what the events are about then drops
out. As many as the program asks of every same-event number."""
MAX_Q = 0.05
_NAMED = 3  # phrases left out that a note names
_WORDS = re.compile(r"\w[\w.'’-]*\w|\w")
_QUALIFIER = re.compile(r"\([^)]*\)|\s[-–—|:]\s.*$")  # "CNN (Web News)", "Newsmax - Opinion"

# Two charts of one analysis count once, and two of the same outlets compare once: permuting takes most of the time.
_counted: WeakKeyDictionary[Results, PhraseCounts] = WeakKeyDictionary()
_compared: WeakKeyDictionary[Results, dict[tuple[str, str], Comparison]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The phrases of two sides.

    Attributes
    ----------
    outlet, other : str
        The outlet described, and the one it is compared with; "" for all others.
    table : pa.Table
        As `compute_keyness` returns it.
    marks, other_marks : Marks
        The phrases that mark each side.
    articles, other_articles : int
        Articles compared.
    words, other_words : int
        Words of own voice in them.
    events : int
        Events within which they were compared; 0 for a comparison of all articles.
    """

    outlet: str
    other: str
    table: pa.Table
    marks: Marks
    other_marks: Marks
    articles: int
    other_articles: int
    words: int
    other_words: int
    events: int

    @property
    def tested(self) -> int:
        """Phrases with a test."""
        return int(pc.sum(pc.is_finite(self.table["q"])).as_py() or 0)

    @property
    def enough(self) -> bool:
        """Whether both sides have enough articles for any test."""
        return min(self.articles, self.other_articles) >= MIN_SIDE

    def untested(self, others: bool, most: int) -> list[dict[str, Any]]:
        """Return phrases that could not be tested and lean to one side, those with most uses there first."""
        uses = "other_count" if others else "count"
        sign = -1 if others else 1
        rows = [r for r in self.table.to_pylist() if r["status"] == "insufficient" and sign * r["log_ratio"] > 0]
        return sorted(rows, key=lambda r: (-r[uses], r["phrase"]))[:most]


def compare_phrases(results: Results, outlet: str, other: str = "") -> Comparison:
    """Compare the phrases of an outlet's own voice with another's, by default with those of all others.

    Sentences that an outlet prints word for word three times are left out. Where both sides report five events or more
    and have enough articles on them, only those articles are compared, event by event.

    Raises
    ------
    InputError
        An outlet compared with itself, or the only one of the analysis.
    """
    if outlet == other:
        raise InputError(f"{tidy(outlet)} cannot be compared with itself. Name another outlet.")
    known = _compared.setdefault(results, {})
    if (outlet, other) not in known:
        known[outlet, other] = _compare(results, outlet, other)
    return known[outlet, other]


def _compare(results: Results, outlet: str, other: str) -> Comparison:
    counts = _counted.get(results)
    if counts is None:
        counts = _counted[results] = count_phrases(batches(results.analysis.articles()))
    rows = counts.rows_of(outlet)
    others = counts.rows_of(other) if other else np.setdiff1d(np.arange(len(counts.ids)), rows)
    if not len(others):
        raise InputError(f"{tidy(outlet)} is the only outlet. Analyse articles of several outlets.")
    names = np.array(counts.events, dtype=object)
    shared = sorted(({*names[rows]} & {*names[others]}) - {""})
    inside, other_inside = rows[np.isin(names[rows], shared)], others[np.isin(names[others], shared)]
    same_event = len(shared) >= MIN_EVENTS and min(len(inside), len(other_inside)) >= MIN_SIDE
    if same_event:
        rows, others = inside, other_inside
    for name, chosen in ((outlet, rows), (other or "the other outlets", others)):
        if not counts.words[chosen].sum() > 0:
            raise InputError(f"{tidy(name)}: no words of own voice to compare. Choose other outlets.")
    seed = int(results.manifest.get("options", {}).get("seed", 0))
    table = compute_keyness(counts, rows, others, same_event=same_event, seed=seed)
    chosen_marks = (
        choose_marks(table, counts, others=bool(side), outlets=named, max_q=MAX_Q)
        for side, named in enumerate(([outlet], [other] if other else []))
    )
    sides = [leave_out_names(marks, results.outlets) for marks in chosen_marks]
    events = len(shared) if same_event else 0
    words, other_words = (int(counts.words[chosen].sum()) for chosen in (rows, others))
    return Comparison(outlet, other, table, sides[0], sides[1], len(rows), len(others), words, other_words, events)


def describe_comparison(comparison: Comparison) -> str:
    """Say what was compared: "own voice, 18 events that both report"."""
    if comparison.events:
        return f"own voice, {count(comparison.events, 'event')} that both report"
    return "own voice, all articles, so that topics differ too"


def describe_method(comparison: Comparison) -> str:
    """Say how the phrases were told from chance."""
    unit = "events" if comparison.events else "articles"
    if not comparison.tested:
        return f"not tested: each side needs {MIN_SIDE} articles, a phrase five"
    return (
        f"{comparison.tested:,} phrases of 1–4 words tested by permuting articles, false discovery rate {MAX_Q:.0%}; "
        f"95% bootstrap intervals over {unit} ({RESAMPLES:,} resamples)"
    )


def leave_out_parts(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return phrases, best first, without those that hold an earlier one or stand in it: "port" beside "old port".

    A chart of ten phrases has no room for saying one thing twice.
    """
    kept: list[Mapping[str, Any]] = []
    padded: list[str] = []
    for row in rows:
        words = f" {row['phrase'].casefold()} "
        if not any(words in earlier or earlier in words for earlier in padded):
            kept.append(row)
            padded.append(words)
    return kept


def leave_out_names(marks: Marks, outlets: Sequence[str]) -> Marks:
    """Return marks without phrases of outlets' names: "Snap" of "The Sarn Snap", "told Fox News".

    A run of capitalised words counts that holds a whole name of several words, or is a name or a part of one; "Capitol
    Hill" is no part of "The Hill", nor is "a hill".
    """
    names = [words for outlet in outlets if (words := _without_article(_WORDS.findall(_QUALIFIER.sub(" ", outlet))))]
    kept: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    for row in marks.rows:
        (dropped if any(_is_name(run, names) for run in _find_runs(row["phrase"])) else kept).append(row)
    return Marks(kept, {**marks.left_out, "name": [*marks.left_out.get("name", ()), *dropped]})


def _find_runs(phrase: str) -> list[list[str]]:
    """Return the runs of capitalised words."""
    runs: list[list[str]] = [[]]
    for word in _WORDS.findall(phrase):
        if word[:1].isupper():
            runs[-1].append(word)
        else:
            runs.append([])
    return [words for run in runs if (words := _without_article(run))]


def _without_article(words: Sequence[str]) -> list[str]:
    """Return folded words without "The" at their head."""
    folded = [word.casefold().removesuffix("'s") for word in words]
    return folded[1:] if folded[:1] == ["the"] else folded


def _is_name(run: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    return any(_stands_in(run, name) or (len(name) > 1 and _stands_in(name, run)) for name in names)


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(list(whole[i : i + len(part)]) == list(part) for i in range(len(whole) - len(part) + 1))


def say_names(comparison: Comparison) -> str:
    """Say which phrases are left out because they are outlets' names or parts of them; "" where none are."""
    rows = [r for m in (comparison.marks, comparison.other_marks) for r in m.left_out.get("name", ())]
    named = [quote(row["phrase"].replace("'", "’")) for row in leave_out_parts(rows)]
    if not named:
        return ""
    shown = named[:_NAMED] + [count(len(named) - _NAMED, "other")] * (len(named) > _NAMED)
    return f"Left out, as phrases of outlets’ names or parts of them: {join(shown)}."


def explain_none(comparison: Comparison, others: bool) -> str:
    """Say why no phrase marks a side."""
    if not comparison.enough or not comparison.tested:
        return f"too few articles: each side needs {MIN_SIDE}, a phrase five"
    left = sum(map(len, (comparison.other_marks if others else comparison.marks).left_out.values()))
    also = f"; {count(left, 'phrase')} of names and closing lines left out" if left else ""
    return f"no phrase of {comparison.tested:,} stands out from chance{also}"

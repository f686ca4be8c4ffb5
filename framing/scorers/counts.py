"""What every scorer returns: named counts of articles, and the evidence for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.text import IntArray, LongArray
from framing.voice import VOICES


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of the articles of one batch, without zeros.

    Attributes
    ----------
    article : int32 array (rows,)
        Number of the article in its batch.
    counter : int32 array (rows,)
        Index into `names`.
    value : float64 array (rows,)
    names : tuple of str
        Counter names such as "naming:syria:armed-opposition:own:body:rebel(s)"; see `docs/tables.md`.
    """

    article: IntArray
    counter: IntArray
    value: npt.NDArray[np.float64]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.value)


@dataclass(frozen=True, slots=True)
class Found:
    """Places in the text that rules, not a lexicon alone, have counted: they become rows of `mentions`.

    Attributes
    ----------
    module : str
    start, end : int64 arrays (rows,)
        First token, and the token behind the last.
    label : int64 array (rows,)
        Index into `labels`.
    labels : tuple of (lexicon, category, term)
    weight : float64 array (rows,)
        What the row adds to a sum, 0 where only its number counts.
    voice : int8 array (rows,), optional
        By default that of the first token.
    """

    module: str
    start: LongArray
    end: LongArray
    label: LongArray
    labels: tuple[tuple[str, str, str], ...]
    weight: npt.NDArray[np.float64]
    voice: npt.NDArray[np.int8] | None = None

    def __len__(self) -> int:
        return len(self.start)

    def voices(self, batch: AnnotatedBatch) -> npt.NDArray[np.int8]:
        """Return the voice of each row. Shape (rows,)."""
        return batch.voices.code[self.start] if self.voice is None else self.voice


@dataclass(frozen=True, slots=True)
class Scored:
    """What a scorer makes of one batch.

    Attributes
    ----------
    counts : Counts
    mentions : Found, optional
        Evidence besides the matches of the module's lexicons.
    tables : mapping of str to pa.Table
        Further tables of the module, one row for each thing found, e.g. "casualties".
    """

    counts: Counts
    mentions: Found | None = None
    tables: Mapping[str, pa.Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scorer:
    """An entry in the table of contents of the scorers.

    Attributes
    ----------
    score : callable (AnnotatedBatch) -> Scored
    measures : callable (lexicons of all modules) -> list of Measure
        The numbers that the scorer's counters give.
    title : str
        What the module measures, for people.
    lists_matches : bool
        Whether each match of the module's lexicons is a mention that the scorer counts. Otherwise they are only what
        its rules work with, and `Scored.mentions` is the evidence.
    explain : callable (AnnotatedBatch) -> rows of (article, measure, what contributed), optional
        For measures whose evidence is more than mentions, e.g. a score made of features.
    """

    score: Callable[[AnnotatedBatch], Scored]
    measures: Callable[[Sequence[Lexicon]], list[Measure]]
    title: str
    lists_matches: bool = False
    explain: Callable[[AnnotatedBatch], Iterable[tuple[int, str, dict[str, Any]]]] | None = None


def tally(
    article: npt.NDArray[np.integer], key: npt.NDArray[np.integer], weight: npt.NDArray[np.float64] | None = None
) -> tuple[IntArray, npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Add up weights (by default 1) for each pair of article and key.

    Returns
    -------
    article, key, total : arrays (distinct pairs,)
        Sorted by article, then key.
    """
    width = int(key.max()) + 1 if len(key) else 1
    pairs, inverse = np.unique(article.astype(np.int64) * width + key, return_inverse=True)
    total = np.bincount(inverse, weights=weight, minlength=len(pairs)).astype(np.float64)
    return (pairs // width).astype(np.int32), pairs % width, total


def count_keys(
    article: npt.NDArray[np.integer],
    key: npt.NDArray[np.integer],
    names: Sequence[str],
    weight: npt.NDArray[np.float64] | None = None,
) -> Counts:
    """Add up weights (by default 1) under counter names.

    Parameters
    ----------
    article, key : int arrays (rows,)
        Article in the batch, and index into `names`.
    names : sequence of str
        Only those that occur are kept.

    Returns
    -------
    Counts
        Sums that are 0 are left out.
    """
    of, keys, total = tally(article, key, weight)
    rows = total != 0
    used, counter = np.unique(keys[rows], return_inverse=True)
    return Counts(of[rows], counter.astype(np.int32), total[rows], tuple(names[k] for k in used.tolist()))


def count_matches(batch: AnnotatedBatch, module: str) -> Counts:
    """Count the mentions of the lexicons of one module by category and voice.

    Returns
    -------
    Counts
        "MODULE:LEXICON:CATEGORY:VOICE": mentions, int >= 1.
    """
    matches, matcher = batch.of_module(module), batch.matcher
    key = matcher.referent_of[matches.entry] * len(VOICES) + batch.voices.code[matches.start]
    names = [f"{module}:{lexicon}:{category}:{v}" for lexicon, category in matcher.referents for v in VOICES]
    return count_keys(batch.article[matches.start], key, names)


def count_lexicons(
    batch: AnnotatedBatch, module: str, prefix: str, weight: npt.NDArray[np.float64] | None = None
) -> Counts:
    """Add up the mentions of each lexicon of one module, all categories together, by voice.

    Parameters
    ----------
    weight : float64 array (mentions of the module,), optional
        What each mention adds; by default 1.

    Returns
    -------
    Counts
        "PREFIX:LEXICON:VOICE"; sums that are 0 are left out.
    """
    matches, matcher = batch.of_module(module), batch.matcher
    lexicons = list(dict.fromkeys(lexicon for lexicon, _ in matcher.referents))
    number = np.array([lexicons.index(lexicon) for lexicon, _ in matcher.referents], dtype=np.int64)
    key = number[matcher.referent_of[matches.entry]] * len(VOICES) + batch.voices.code[matches.start]
    names = [f"{prefix}:{lexicon}:{v}" for lexicon in lexicons for v in VOICES]
    return count_keys(batch.article[matches.start], key, names, weight)


def count_found(batch: AnnotatedBatch, found: Found) -> Counts:
    """Count evidence rows by lexicon, category and voice: "MODULE:LEXICON:CATEGORY:VOICE", int >= 1."""
    groups: dict[tuple[str, str], int] = {}
    group_of = np.array([groups.setdefault(label[:2], len(groups)) for label in found.labels] or [0], dtype=np.int64)
    key = group_of[found.label] * len(VOICES) + found.voices(batch)
    names = [f"{found.module}:{lexicon}:{category}:{v}" for lexicon, category in groups for v in VOICES]
    return count_keys(batch.article[found.start], key, names)


def join(parts: Iterable[Counts]) -> Counts:
    """Put the counts of several scorers together."""
    names: list[str] = []
    columns: list[tuple[IntArray, IntArray, npt.NDArray[np.float64]]] = []
    for part in parts:
        columns.append((part.article, (part.counter + len(names)).astype(np.int32), part.value))
        names.extend(part.names)
    if not columns:
        empty = np.zeros(0, dtype=np.int32)
        return Counts(empty, empty, np.zeros(0), ())
    article, counter, value = (np.concatenate(c) for c in zip(*columns, strict=True))
    return Counts(article, counter, value, tuple(names))

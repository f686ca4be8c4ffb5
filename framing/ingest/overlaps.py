"""What two articles share, word for word: candidate pairs verified with all their shingles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from framing.ingest.candidates import ranges
from framing.ingest.shingles import SHINGLE, HashArray
from framing.text import BoolArray, IntArray, LongArray

LEAST_WORDS = 30
"""Words that a shared passage must have. Chance, names and stock phrases make shared runs of five to fifteen words, a
statute or an official title up to some twenty-five; from thirty words on (a sentence and a half) one text was before
whoever wrote the other."""

BRIDGE = 4
"""Words that may differ in the middle of a passage: an editor's changed name, day or verb does not end the copying.
Five would let a whole foreign shingle in."""

# Words compared at once: bounds the memory of an article that has thousands of partners.
_WORDS_AT_ONCE = 4_000_000
_PARTS = 16


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of the articles that may share wording, in the order of their ranks, one behind the other.

    Attributes
    ----------
    shingle : int32 array (words,)
        Number of the shingle that begins at each word, from 1; 0 where none begins, or one that stands nowhere else.
    whole : int64 array (articles,)
        Shingles of each article.
    bounds : int64 array (articles + 1,)
        Article a holds the words `bounds[a]:bounds[a + 1]`. A word's place in these arrays is called its *position*.
    start, end : int32 arrays (words,)
        Character offsets into the text of the word's article.
    quoted : bool array (words,)
        Inside quotation marks.
    """

    shingle: IntArray
    whole: LongArray
    bounds: LongArray
    start: IntArray
    end: IntArray
    quoted: BoolArray

    def article(self, position: LongArray) -> LongArray:
        """Return the article that each position stands in."""
        return np.searchsorted(self.bounds, position, side="right") - 1


class Spans(NamedTuple):
    """Stretches of an article that another one prints too.

    Attributes
    ----------
    article, other : int32 arrays (spans,)
    start, end : int64 arrays (spans,)
        Positions, `end` exclusive.
    there : int64 array (spans,)
        Position in `other` of the middle of the longest unbroken run: by it the same stretch of `other` is found.
    """

    article: IntArray
    other: IntArray
    start: LongArray
    end: LongArray
    there: LongArray

    def take(self, rows: npt.NDArray[np.generic]) -> Spans:
        """Return some of the rows."""
        return Spans(*(column[rows] for column in self))


class Shares(NamedTuple):
    """How much of an article another one holds; one row for each direction of each pair.

    Attributes
    ----------
    article, other : int32 arrays (rows,)
    words : int64 array (rows,)
        Words of `article` inside shingles that `other` has too.
    containment : float64 array (rows,)
        Share of the distinct shingles of `article` that stand in `other`, 0 to 1 (Broder 1997).
    """

    article: IntArray
    other: IntArray
    words: LongArray
    containment: npt.NDArray[np.float64]


def number_shingles(shingle: HashArray, begins: BoolArray) -> IntArray:
    """Number the shingles that stand in several places from 1; all others are 0.

    Parameters
    ----------
    shingle : uint64 array (words,)
    begins : bool array (words,)
        Where a shingle begins.
    """
    numbers = np.zeros(len(shingle), dtype=np.int32)
    # Part by part, by the bits of one byte of the hash: a sixteenth of all words is sorted at a time.
    byte = shingle.view(np.uint8)[::8] % _PARTS
    known = 0
    for part in range(_PARTS):
        where = np.flatnonzero((byte == part) & begins)
        order = np.argsort(shingle[where])
        ordered = shingle[where[order]]
        heads = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])
        sizes = np.diff(np.append(heads, len(ordered)))
        repeated = sizes > 1
        numbers[where[order]] = np.repeat(np.where(repeated, known + np.cumsum(repeated), 0), sizes)
        known += int(repeated.sum())
    return numbers


def compare(texts: Texts, first: IntArray, second: IntArray) -> tuple[Shares, Spans]:
    """Compare pairs of articles in both directions.

    Parameters
    ----------
    texts : Texts
    first, second : int32 arrays (pairs,)
        Each pair once.

    Returns
    -------
    Shares
        All pairs, by `other` and `article`.
    Spans
        Of `LEAST_WORDS` shared words or more, by `other` and position.
    """
    article, other = np.concatenate([first, second]), np.concatenate([second, first])
    order = np.lexsort((article, other))
    article, other = article[order], other[order]
    place = np.full(int(texts.shingle.max(initial=0)) + 1, -1, dtype=np.int32)
    last, distinct = _mark_distinct(texts, np.unique(other), place)
    sizes = np.diff(texts.bounds)
    shares: list[tuple[LongArray, LongArray]] = []
    spans: list[Spans] = []
    # One round for each article with partners, all of them at once: the work inside is on arrays of their words.
    for rows in _rounds(other, sizes[article]):
        mine = _words_of(texts, int(other[rows.start]))
        there = texts.shingle[mine]
        place[there] = np.arange(len(there))
        place[0] = -1
        where = ranges(texts.bounds[article[rows]], sizes[article[rows]])
        found = place[texts.shingle[where]]
        place[there] = -1
        firsts = np.concatenate(([0], np.cumsum(sizes[article[rows]])[:-1]))
        counted = np.add.reduceat((found >= 0) & last[where], firsts, dtype=np.int64)
        words, (part, start, end, middle) = _find_runs(found, firsts)
        shares.append((counted, words))
        # A run never leaves its article, so places in the concatenation and positions differ by one amount.
        spans.append(
            Spans(
                article[rows][part],
                other[rows][part],
                where[start],
                where[start] + (end - start),
                mine.start + found[middle].astype(np.int64),
            )
        )
    counted = np.concatenate([np.zeros(0, dtype=np.int64), *(s[0] for s in shares)])
    words = np.concatenate([np.zeros(0, dtype=np.int64), *(s[1] for s in shares)])
    nothing = np.zeros(0, dtype=np.int64)
    empty = Spans(nothing.astype(np.int32), nothing.astype(np.int32), nothing, nothing, nothing)
    joined = Spans(*(np.concatenate(columns) for columns in zip(empty, *spans, strict=True)))
    return Shares(article, other, words, counted / np.maximum(distinct[article], 1)), joined


def _words_of(texts: Texts, article: int) -> slice:
    return slice(int(texts.bounds[article]), int(texts.bounds[article + 1]))


def _rounds(other: IntArray, sizes: LongArray) -> list[slice]:
    """Cut rows sorted by `other` where it changes, and where too many words come together."""
    if not len(other):
        return []
    ends = np.cumsum(sizes)
    block = (ends - sizes) // _WORDS_AT_ONCE
    cuts = np.flatnonzero((other[1:] != other[:-1]) | (block[1:] != block[:-1])) + 1
    edges = [0, *cuts.tolist(), len(other)]
    return [slice(low, high) for low, high in pairwise(edges)]


def _mark_distinct(texts: Texts, articles: IntArray, place: IntArray) -> tuple[BoolArray, LongArray]:
    """Mark the last place of each shingle in its article, and count the different shingles of each article."""
    last = np.zeros(len(texts.shingle), dtype=bool)
    distinct = np.zeros(len(texts.whole), dtype=np.int64)
    for number in articles.tolist():
        mine = _words_of(texts, number)
        shingle = texts.shingle[mine]
        places = np.arange(len(shingle), dtype=np.int32)
        place[shingle] = places
        last[mine] = (place[shingle] == places) & (shingle > 0)
        # A shingle without a number stands nowhere else, so it is different from all others.
        distinct[number] = texts.whole[number] - np.count_nonzero(shingle) + np.count_nonzero(last[mine])
        place[shingle] = -1
    return last, distinct


def _find_runs(
    found: IntArray, firsts: LongArray
) -> tuple[LongArray, tuple[LongArray, LongArray, LongArray, LongArray]]:
    """Find passages among the places of shingles that were found in the other article.

    Parameters
    ----------
    found : int32 array (words,)
        -1 where the shingle is not in the other article. The last words of an article begin no shingle, so that runs
        end there.
    firsts : int64 array (parts,)
        First word of each part.

    Returns
    -------
    words : int64 array (parts,)
        Words inside shared shingles.
    part, start, end, middle : int64 arrays (passages,)
        Part, first word, word behind the last, and the middle of the longest run.
    """
    hit = np.concatenate(([False], found >= 0, [False]))
    edges = np.flatnonzero(hit[1:] != hit[:-1])
    start, stop = edges[::2], edges[1::2]
    end = stop + SHINGLE - 1
    part = np.searchsorted(firsts, start, side="right") - 1
    # Shingles of two runs may lie over each other where a word was put in: words count once.
    follows = np.zeros(len(start), dtype=bool)
    follows[1:] = part[1:] == part[:-1]
    overlap = np.zeros(len(start), dtype=np.int64)
    overlap[1:] = np.where(follows[1:], np.maximum(end[:-1] - start[1:], 0), 0)
    words = end - start - overlap
    by_part = np.bincount(part, words, len(firsts)).astype(np.int64)
    joins = follows.copy()
    joins[1:] &= start[1:] - end[:-1] <= BRIDGE
    passage = np.cumsum(~joins) - 1
    heads = np.flatnonzero(~joins)
    if not len(heads):
        none = np.zeros(0, dtype=np.int64)
        return by_part, (none, none, none, none)
    tails = np.append(heads[1:], len(start)) - 1
    long_enough = np.add.reduceat(words, heads) >= LEAST_WORDS
    order = np.lexsort((start, stop - start, passage))
    longest = order[tails]  # the last of each passage in that order
    middle = (start[longest] + stop[longest] - 1) // 2
    part, start, end = part[heads], start[heads], end[tails]
    return by_part, (part[long_enough], start[long_enough], end[long_enough], middle[long_enough])

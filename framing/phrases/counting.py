"""Counting phrases of one to four words, article by article.

A phrase never runs over the end of a sentence, over punctuation or into another voice; hyphens and possessive endings
part nothing ("foreign-backed", "Assad's forces"), and a hyphenated word is never cut. Case does not count. A phrase
that begins or ends with a function word, or holds nothing else but numbers, is not counted, nor is a single letter.

Exact and without hashing: a phrase of n words can stand in five articles only where both of its parts of n - 1 words
do (Agrawal & Srikant 1994), so each length is numbered from the one before, and what is too rare falls out early.

References
----------
Agrawal & Srikant (1994), Fast algorithms for mining association rules, VLDB 20.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from framing.errors import InputError
from framing.phrases.repeats import Repeats, drop_repeats
from framing.phrases.stream import BEFORE_HYPHEN, CLOSING, ENDING, HYPHEN, INITIAL, JOINED, WordStream, read_stream
from framing.phrases.words import FUNCTION, NUMBER, SHORT
from framing.text import Article, BoolArray, IntArray, LongArray
from framing.voice import VOICES

MAX_WORDS = 4
MIN_ARTICLES = 5
"""Fewer articles with a phrase say nothing about an outlet's habit, and most distinct phrases are that rare."""

_BLOCK = 1 << 20  # places sorted at a time


@dataclass(frozen=True, slots=True)
class PhraseCounts:
    """How often each phrase stands in each article, in one voice.

    Attributes
    ----------
    phrases : tuple of str
        As mostly printed, ascending by `keys`.
    keys : tuple of tuple of str
        The folded words of each phrase.
    matrix : scipy.sparse.csr_array, float64
        Shape (articles, phrases).
    words : float64 array (articles,)
        Words of the voice; repeated sentences, where they were left out, do not count.
    ids, outlets, dates, events : tuple of str
        Of the articles, ascending by id.
    voice : str, optional
        None for all voices.
    closing : float64 array (phrases,)
        Share of a phrase's occurrences in the last two sentences of an article (of six or more), in all outlets:
        near 1 for credits and invitations to subscribe.
    repeats : Repeats
        Sentences that one outlet prints again and again, and that were left out.
    """

    phrases: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    matrix: Any
    words: npt.NDArray[np.float64]
    ids: tuple[str, ...]
    outlets: tuple[str, ...]
    dates: tuple[str, ...]
    events: tuple[str, ...]
    voice: str | None
    closing: npt.NDArray[np.float64]
    repeats: Repeats

    def rows_of(self, outlet: str) -> LongArray:
        """Return the rows of an outlet's articles."""
        return np.flatnonzero(np.array([name == outlet for name in self.outlets], dtype=bool))


def count_phrases(
    batches: Iterable[Sequence[Article]],
    voice: str | None = "own",
    *,
    words: tuple[int, int] = (1, MAX_WORDS),
    min_articles: int = MIN_ARTICLES,
    keep_repeats: bool = False,
) -> PhraseCounts:
    """Count the phrases of one voice.

    Parameters
    ----------
    batches : iterable of sequences of Article
        Read once, one batch held at a time: five bytes a word of the voice are kept while reading, and counting takes
        about a hundred for each.
    voice : str, optional
        "own", "quoted", "attributed" or "scare"; None for all.
    words : (int, int)
        Shortest and longest phrase.
    min_articles : int
        Articles that must hold a phrase.
    keep_repeats : bool
        Count sentences that an outlet repeats word for word in several articles ("Click here for more"); see
        `framing.phrases.repeats`.

    Raises
    ------
    InputError
        No such voice, a length outside 1 to 4, or two articles with one id.
    """
    low, high = words
    if voice is not None and voice not in VOICES:
        raise InputError(f"no voice {voice!r}; there are {', '.join(VOICES)}.")
    if not 1 <= low <= high <= MAX_WORDS:
        raise InputError(f"phrases of {low} to {high} words: give two numbers from 1 to {MAX_WORDS}, the lower first.")
    if min_articles < 1:
        raise InputError(f"min_articles is {min_articles}. Give 1 or more; {MIN_ARTICLES} is usual.")
    stream = sort_articles(read_stream(batches, voice))
    stream, repeats = drop_repeats(stream, keep_repeats)
    found = list(_find_phrases(stream, low, high, min_articles))
    return _gather(stream, found, voice, repeats)


def sort_articles(stream: WordStream) -> WordStream:
    """Put the articles in the order of their ids, so that nothing depends on the order in which they were read.

    Raises
    ------
    InputError
        Two articles have one id.
    """
    order = sorted(range(len(stream.ids)), key=stream.ids.__getitem__)
    for earlier, later in pairwise(order):
        if stream.ids[earlier] == stream.ids[later]:
            raise InputError(f"two articles have the id {stream.ids[later]!r}. Ids must differ; drop or rename one.")
    if order == list(range(len(order))):
        return stream
    rows = np.array(order, dtype=np.int64)
    sizes = np.diff(stream.bounds)[rows]
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    place = np.arange(bounds[-1]) + np.repeat(stream.bounds[rows] - bounds[:-1], sizes)
    begins = np.zeros(len(stream.number), dtype=bool)
    begins[stream.sentences] = True
    keys = np.zeros(len(stream.number), dtype=np.uint64)
    keys[stream.sentences] = stream.sentence_keys
    return WordStream(
        stream.words,
        stream.number[place],
        stream.bits[place],
        bounds,
        np.flatnonzero(begins[place]),
        keys[place[begins[place]]],
        *([column[i] for i in order] for column in (stream.ids, stream.outlets, stream.dates, stream.events)),
    )


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Where the phrases of one length stand.

    `place` holds the first word of each occurrence, ascending; `phrase` its number, from 0 to `count` - 1.
    """

    length: int
    place: LongArray
    phrase: IntArray
    count: int


def _find_phrases(stream: WordStream, low: int, high: int, min_articles: int) -> Iterator[_Occurrences]:
    size = len(stream.number)
    if not size:
        return
    article = stream.article()
    kinds = stream.words.kinds()[stream.number]
    content = (kinds & FUNCTION) == 0
    wordy = np.concatenate(([0], np.cumsum((kinds & (FUNCTION | NUMBER)) == 0)))
    joined = (stream.bits & JOINED) != 0
    may_begin = content & ((stream.bits & HYPHEN) == 0)
    may_end = content & ((stream.bits & BEFORE_HYPHEN) == 0)
    place = np.arange(size)
    number = stream.words.fold()[stream.number]
    count = len(stream.words.folded)
    at = np.full(size + 1, -1, dtype=np.int32)  # the shorter phrase that begins at each place
    for length in range(1, high + 1):
        if length > 1:
            at[place] = number
            first = np.flatnonzero((at[:-1] >= 0) & (at[1:] >= 0))
            first = first[joined[first + 1]]
            pairs = at[first].astype(np.int64) * count + at[first + 1]
            number, count = _number_distinct(pairs)
            place = first
            at[:] = -1
        frequent = _count_articles(article[place], number, count) >= min_articles
        place, number = place[frequent[number]], number[frequent[number]]
        number, count = _renumber(number, frequent)
        if length >= low:
            last = place + length - 1
            told = (
                may_begin[place]
                & may_end[last]
                & (wordy[last + 1] > wordy[place])
                & ((length > 1) | ((kinds[place] & SHORT) == 0))
            )
            kept, phrase = place[told], number[told]
            enough = _count_articles(article[kept], phrase, count) >= min_articles
            kept, phrase = kept[enough[phrase]], phrase[enough[phrase]]
            phrase, known = _renumber(phrase, enough)
            yield _Occurrences(length, kept, phrase, known)


def _number_distinct(keys: LongArray) -> tuple[IntArray, int]:
    """Number equal keys alike, from 0 on, in the order in which they first stand."""
    encoded = pa.array(keys).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False), len(encoded.dictionary)


def _renumber(number: IntArray, kept: BoolArray) -> tuple[IntArray, int]:
    new = np.cumsum(kept, dtype=np.int32) - 1
    return new[number].astype(np.int32), int(kept.sum())


def _count_articles(article: IntArray, number: IntArray, count: int) -> LongArray:
    """Return in how many articles each number stands; `article` ascends. Shape (count,)."""
    total = np.zeros(count, dtype=np.int64)
    first = 0
    while first < len(article):
        stop = min(first + _BLOCK, len(article))
        if stop < len(article):  # an article is never parted
            stop = int(np.searchsorted(article, article[stop], side="left"))
            if stop <= first:
                stop = int(np.searchsorted(article, article[first], side="right"))
        pairs = np.unique(article[first:stop].astype(np.int64) * count + number[first:stop])
        total += np.bincount(pairs % count, minlength=count)
        first = stop
    return total


def _gather(stream: WordStream, found: Sequence[_Occurrences], voice: str | None, repeats: Repeats) -> PhraseCounts:
    article = stream.article()
    keys: list[tuple[str, ...]] = []
    phrases: list[str] = []
    rows, columns, closing = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for each in found:
        rows.append(article[each.place])
        columns.append(each.phrase.astype(np.int64) + len(keys))
        ends = (stream.bits[each.place] & CLOSING) != 0
        closing.append(np.bincount(each.phrase, ends, each.count) / np.bincount(each.phrase, minlength=each.count))
        spelt = _spell(stream, each)
        keys += spelt[0]
        phrases += spelt[1]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.empty(len(keys), dtype=np.int64)
    rank[np.array(order, dtype=np.int64)] = np.arange(len(keys))
    row, column = np.concatenate(rows), rank[np.concatenate(columns)]
    shape = (len(stream.ids), len(keys))
    matrix = sparse.coo_array((np.ones(len(row)), (row, column)), shape=shape).tocsr()
    matrix.sort_indices()
    return PhraseCounts(
        tuple(phrases[i] for i in order),
        tuple(keys[i] for i in order),
        matrix,
        np.diff(stream.bounds).astype(np.float64),
        tuple(stream.ids),
        tuple(stream.outlets),
        tuple(stream.dates),
        tuple(stream.events),
        voice,
        np.concatenate(closing)[np.array(order, dtype=np.int64)],
        repeats,
    )


def _spell(stream: WordStream, found: _Occurrences) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the folded words of each phrase, and how it is mostly printed.

    Each word is spelt as most occurrences of the phrase spell it, those in headlines and at beginnings of sentences
    left out where there are others; hyphens and 's stand where most occurrences have them.
    """
    words = stream.words
    total = np.bincount(found.phrase, minlength=found.count)
    alphabet = np.empty(len(words), dtype=np.int64)
    alphabet[np.argsort(np.array(words.printed, dtype=object), kind="stable")] = np.arange(len(words))
    folded, printed = np.array(words.folded, dtype=object), np.array(words.printed, dtype=object)
    texts = np.full(found.count, "", dtype=object)
    keys = []
    for offset in range(found.length):
        place = found.place + offset
        spelling, bits = stream.number[place], stream.bits[place]
        if offset:
            hyphens = np.bincount(found.phrase, weights=(bits & HYPHEN) != 0, minlength=found.count)
            endings = np.bincount(found.phrase, weights=(bits & ENDING) != 0, minlength=found.count)
            texts += np.where(2 * endings > total, "'s ", np.where(2 * hyphens > total, "-", " ")).astype(object)
        telling = (bits & INITIAL) == 0
        telling |= np.bincount(found.phrase[telling], minlength=found.count)[found.phrase] == 0
        pairs = found.phrase[telling].astype(np.int64) * len(words) + spelling[telling]
        pairs, votes = np.unique(pairs, return_counts=True)
        phrase, number = np.divmod(pairs, max(1, len(words)))
        order = np.lexsort((-alphabet[number], votes))  # the last one written wins: most votes, then the alphabet
        usual = np.zeros(found.count, dtype=np.int64)
        usual[phrase[order]] = number[order]
        texts += printed[usual]
        keys.append(folded[words.fold()[usual]].tolist())
    return list(zip(*keys, strict=True)), texts.tolist()

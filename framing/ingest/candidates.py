"""Pairs of articles that may share wording, found without comparing every article with every other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.ingest.shingles import HashArray
from framing.text import IntArray, LongArray

MOST_TOGETHER = 16
"""A key in more articles than this stands for an agency story that everyone prints, a stock phrase or a rights notice.
Pairing all of them with each other would cost the square of their number, so each is paired with three only: the first
article of all, the first of another outlet, and the first of its own."""

LEAST_KEYS = 2
"""Keys that a pair must share. A shared run of 20 words is certain to give three (four shingles between two smallest at
most), while a stock phrase of nine or ten words gives one or none."""

# Low bits of a packed key that hold the article, and so the largest number of articles; the 40 bits above hold the key.
# Two different keys that agree in 40 bits make a candidate that verifying drops.
ARTICLE_BITS = 24
_ARTICLE = np.uint64((1 << ARTICLE_BITS) - 1)

# Keys looked at together where a copy of all would cost memory.
_KEYS_AT_ONCE = 1_000_000

# Pairs collected before equal ones are counted together: bounds the memory of a corpus that repeats itself.
_PAIRS_AT_ONCE = 16_000_000


def pack_keys(keys: HashArray, article: npt.NDArray[np.integer]) -> HashArray:
    """Return key and article in one number, each pair once, ascending."""
    packed = (keys & ~_ARTICLE) | article.astype(np.uint64)
    return np.unique(packed)


def rank_keys(packed: HashArray, rank: npt.NDArray[np.integer]) -> HashArray:
    """Return the packed keys that several articles have, with ranks for articles, by key and rank.

    Works in `packed` itself: most keys are of one article alone, and there are millions.
    """
    ranks = rank.astype(np.uint64)
    for low in range(0, len(packed), _KEYS_AT_ONCE):
        part = packed[low : low + _KEYS_AT_ONCE]
        part[:] = (part & ~_ARTICLE) | ranks[(part & _ARTICLE).astype(np.int64)]
    packed.sort()
    repeated = np.zeros(len(packed) + 1, dtype=bool)
    for low in range(0, len(packed), _KEYS_AT_ONCE):
        key = packed[low : low + _KEYS_AT_ONCE + 1] >> np.uint64(ARTICLE_BITS)
        repeated[low + 1 : low + len(key)] = key[1:] == key[:-1]
    return packed[repeated[:-1] | repeated[1:]]


def pair_articles(packed: HashArray, outlet: IntArray) -> tuple[IntArray, IntArray]:
    """Return the pairs of articles that have `LEAST_KEYS` keys in common.

    Parameters
    ----------
    packed : uint64 array (keys,)
        From `rank_keys`.
    outlet : int32 array (articles,)
        Outlet of the article of each rank.

    Returns
    -------
    first, second : int32 arrays (pairs,)
        Ranks, `first` the lower, ascending; each pair once.
    """
    key = packed >> np.uint64(ARTICLE_BITS)
    begins = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if len(key) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.append(begins, len(key)))
    del key
    tally = _Tally()
    for size in range(2, MOST_TOGETHER + 1):
        first, second = np.triu_indices(size, 1)
        groups = begins[sizes == size]
        step = max(1, _PAIRS_AT_ONCE // len(first))
        for low in range(0, len(groups), step):
            members = _articles(packed, groups[low : low + step, None] + np.arange(size))
            tally.add(members[:, first].ravel(), members[:, second].ravel())
    crowded = np.flatnonzero(sizes > MOST_TOGETHER)
    for part in np.split(crowded, np.flatnonzero(np.diff(np.cumsum(sizes[crowded]) // _KEYS_AT_ONCE)) + 1):
        if len(part):
            _pair_with_first(packed, begins[part], sizes[part], outlet, tally)
    pairs = tally.pairs()
    return (pairs >> np.uint64(32)).astype(np.int32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _articles(packed: HashArray, places: LongArray) -> IntArray:
    return (packed[places] & _ARTICLE).astype(np.int32)


def ranges(starts: LongArray, lengths: LongArray) -> LongArray:
    """Return the numbers `starts[i] ... starts[i] + lengths[i] - 1` for every i, one range behind the other."""
    ends = np.cumsum(lengths)
    numbers: LongArray = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return numbers


def _pair_with_first(packed: HashArray, begins: LongArray, sizes: LongArray, outlet: IntArray, tally: _Tally) -> None:
    """Pair every article of some crowded keys with the first, the first of another outlet, and the first of its own."""
    articles = _articles(packed, ranges(begins, sizes))
    group = np.repeat(np.arange(len(sizes)), sizes)
    first = articles[np.concatenate(([0], np.cumsum(sizes)[:-1]))]
    outlets = outlet[articles]
    foreign = np.flatnonzero(outlets != outlet[first][group])
    # `group` ascends, so the first place of each group is its earliest article of another outlet.
    groups, places = np.unique(group[foreign], return_index=True)
    second = first.copy()
    second[groups] = articles[foreign[places]]
    # A stable sort keeps the articles of an outlet in the order of their ranks.
    order = np.lexsort((outlets, group))
    changes = np.ones(len(order), dtype=bool)
    changes[1:] = (group[order][1:] != group[order][:-1]) | (outlets[order][1:] != outlets[order][:-1])
    of_outlet = np.empty(len(order), dtype=np.int32)
    of_outlet[order] = articles[order][np.maximum.accumulate(np.where(changes, np.arange(len(order)), 0))]
    hubs = np.stack([first[group], second[group], of_outlet])
    hubs[1][hubs[1] == hubs[0]] = -1
    hubs[2][(hubs[2] == hubs[0]) | (hubs[2] == hubs[1])] = -1
    for hub in hubs:
        kept = (hub >= 0) & (hub != articles)
        tally.add(np.minimum(hub, articles)[kept], np.maximum(hub, articles)[kept])


class _Tally:
    """Counts pairs, in memory that grows with the different ones."""

    def __init__(self) -> None:
        self._waiting: list[HashArray] = []
        self._size = 0
        self._pairs = np.zeros(0, dtype=np.uint64)
        self._counts = np.zeros(0, dtype=np.int64)

    def add(self, first: IntArray, second: IntArray) -> None:
        self._waiting.append((first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64))
        self._size += len(first)
        if self._size >= _PAIRS_AT_ONCE:
            self._count()

    def _count(self) -> None:
        pairs, counts = np.unique(np.concatenate([*self._waiting, self._pairs[:0]]), return_counts=True)
        self._waiting, self._size = [], 0
        joined, place = np.unique(np.concatenate([self._pairs, pairs]), return_inverse=True)
        self._counts = np.bincount(place, np.concatenate([self._counts, counts]), len(joined)).astype(np.int64)
        self._pairs = joined

    def pairs(self) -> HashArray:
        self._count()
        return self._pairs[self._counts >= LEAST_KEYS]

"""Permutation tests of the difference between two ratios of sums, for many ratios at once.

The unit (an article) keeps its counts and changes sides: under the null hypothesis it makes no difference which of the
two outlets published it. The statistic is the difference divided by its own standard error in each permutation, which
keeps the level also where the two sides differ in size and in spread (Janssen 1997; Chung & Romano 2013). Only units
with the denominator change sides: an outlet may report on a subject more often without wording it otherwise.

The work is a matrix product, 0 and 1 for the side of each unit times what the units hold, so one set of permutations
serves all ratios with the same denominator, and keeps what they have in common.

Two savings, neither of which makes a p-value smaller than it should be by more than Monte Carlo error:

- Sequential: after the first 400 permutations only ratios below p = 0.1 go on (Besag & Clifford 1991).
- Beyond resolution: where fewer than ten permutations reach the observed statistic, twice as many more are made (but
  for those far beyond doubt), and where that is not enough the tail is that of Student's distribution with Welch's
  degrees of freedom, scaled to the tenth or the fiftieth largest, whichever gives the larger p, instead of the
  1 / (permutations + 1) at which all strong differences would look alike and no large family could be controlled. The
  result is never below 1 / C(n, k), the share of one arrangement.

References
----------
Janssen (1997), Statistics & Probability Letters 36; Chung & Romano (2013), Annals of Statistics 41; Besag & Clifford
(1991), Biometrika 78; Knijnenburg et al. (2009), Bioinformatics 25, and Winkler et al. (2016), NeuroImage 141 (tails);
Welch (1947), Biometrika 34; Phipson & Smyth (2010), SAGMB 9 (why 1 is added); Benjamini & Hochberg (1995), JRSS B 57.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, ndtr, ndtri, stdtr

from framing.errors import InputError
from framing.statistics.counters import FloatArray, IntArray

PERMUTATIONS = 2000
"""By default: a p-value of 0.05 has a Monte Carlo standard error of 0.005."""

_FIRST = 400
_GO_ON = 0.1
_FURTHER = 2
_RANKS = (10, 50)
_BEYOND_DOUBT = 1e-7  # a p-value this small needs no better estimate in a family of any size met here
_TIES = 1 - 1e-5
"""A permutation that rearranges equal articles reaches the observed statistic exactly, but for rounding; sums are taken
in single precision, which is fast."""

_CELLS = 2**23

Keys = npt.NDArray[np.uint32]


def permute_sides(
    x: FloatArray, y: FloatArray, side: Any, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> FloatArray:
    """Test ratios that share a denominator.

    Parameters
    ----------
    x : float64 array (units, ratios)
        Numerators.
    y : float64 array (units,)
        The denominator, above 0 in every unit.
    side : bool array (units,)
        Which units are on the first side; at least two on each.
    permutations : int
        At least 100.
    seed : int
        The permutations depend on it and on the number of units, and on nothing else.

    Returns
    -------
    float64 array (ratios,)
        Two-sided p-values in (0, 1].

    Raises
    ------
    InputError
        Fewer than 100 permutations.
    """
    if permutations < 100:
        raise InputError(f"permutations is {permutations}. Give 100 or more; 2,000 is usual.")
    units, count = len(y), int(side.sum())
    off = x - x.sum(axis=0) / y.sum() * y[:, None]
    off[np.abs(off) <= 1e-12 * np.abs(x).max(axis=0, initial=0)] = 0.0  # rounding of weighted sums is no difference
    size = np.sqrt((off * off).mean(axis=0))
    off /= np.where(size > 0, size, 1.0)  # in units of their own spread: no sum is too large or small for its precision
    table = np.column_stack([y / y.mean(), off, off * off]).astype(np.float32)
    totals = table.sum(axis=0, dtype=np.float64)
    observed = _student(side[None, :].astype(np.float32) @ table, totals, count, units)[0]
    tally = _Tally(observed, _freedom(count, units - count))
    going = np.arange(len(observed))
    for sides in _assign(units, count, permutations, seed, "first"):
        _permute(tally, going, sides, table, totals, count)
        going = going[(tally.done[going] < _FIRST) | (tally.exceeding[going] < _GO_ON * tally.done[going])]
    log_arrangements = gammaln(units + 1) - gammaln(count + 1) - gammaln(units - count + 1)
    # Of two sides of one size the mirror image is as large.
    least = np.full(len(observed), np.exp(-log_arrangements) * (2 if 2 * count == units else 1))
    going = np.flatnonzero((tally.exceeding < _RANKS[0]) & (tally.p(least) > _BEYOND_DOUBT))
    if len(going):
        for sides in _assign(units, count, _FURTHER * permutations, seed, "further"):
            _permute(tally, going, sides, table, totals, count)
    return tally.p(least)


def _freedom(first: int, second: int) -> float:
    """Return the degrees of freedom of two means whose units are spread alike (Welch 1947)."""
    a, b = 1 / first, 1 / second
    return (a + b) ** 2 / (a**2 / (first - 1) + b**2 / (second - 1))


class _Tally:
    """How many arrangements reached the observed statistics, and the largest that they gave; arrays (ratios,)."""

    def __init__(self, observed: FloatArray, freedom: float = np.inf) -> None:
        self.observed = observed
        self._freedom = freedom
        self.exceeding = np.zeros(len(observed), dtype=np.int64)
        self.done = np.zeros(len(observed), dtype=np.int64)
        self._largest = np.zeros((_RANKS[-1], len(observed)))

    def add(self, ratios: IntArray, found: FloatArray) -> None:
        """Take in the statistics of some ratios. Shape (arrangements, ratios)."""
        self.exceeding[ratios] += (found >= self.observed[ratios] * _TIES).sum(axis=0)
        self.done[ratios] += len(found)
        every = np.concatenate([self._largest[:, ratios], found])
        self._largest[:, ratios] = np.partition(every, len(every) - _RANKS[-1], axis=0)[-_RANKS[-1] :]

    def p(self, least: FloatArray) -> FloatArray:
        """Return p-values, by the scaled tail where they are beyond resolution, none below `least`."""
        p = (self.exceeding + 1) / (self.done + 1)
        largest = np.sort(self._largest, axis=0)
        beyond = (self.exceeding < _RANKS[0]) & (largest[-_RANKS[0]] > 0)
        tails = []
        observed = self._as_normal(self.observed[beyond])
        for rank in _RANKS:
            anchor = (rank + 1) / (self.done[beyond] + 1)
            at = np.maximum(self._as_normal(largest[-rank][beyond]), 1e-300)
            tails.append(2 * ndtr(observed * ndtri(anchor / 2) / at))
        p[beyond] = np.minimum(np.maximum(*tails), p[beyond])
        return np.asarray(np.clip(p, least, 1.0))

    def _as_normal(self, statistics: FloatArray) -> FloatArray:
        """Return the normal deviates with the tails of Student's distribution at these statistics."""
        if not np.isfinite(self._freedom):
            return statistics
        return np.asarray(np.minimum(-ndtri(stdtr(self._freedom, -statistics)), 37.0))  # beyond it there is no double


def _permute(tally: _Tally, ratios: IntArray, sides: Any, table: Any, totals: FloatArray, count: int) -> None:
    every = (table.shape[1] - 1) // 2
    if len(ratios):
        kept = np.concatenate([[0], 1 + ratios, 1 + every + ratios])
        tally.add(ratios, _student(sides @ table[:, kept], totals[kept], count, len(table)))


def _student(sums: Any, totals: FloatArray, count: int, units: int) -> FloatArray:
    """Return the size of the studentised difference in each arrangement. Shape (arrangements, ratios)."""
    sums = sums.astype(np.float64)
    ratios = (sums.shape[1] - 1) // 2
    weight, off, squares = sums[:, :1], sums[:, 1 : ratios + 1], sums[:, ratios + 1 :]
    other_weight, other_off, other_squares = (
        totals[0] - weight,
        totals[1 : ratios + 1] - off,
        totals[ratios + 1 :] - squares,
    )
    others = units - count
    spread = np.maximum(squares - off**2 / count, 0) * (count / (count - 1)) / weight**2
    spread += np.maximum(other_squares - other_off**2 / others, 0) * (others / (others - 1)) / other_weight**2
    difference = np.abs(off / weight - other_off / other_weight)
    floor = 1e-12 * (np.abs(totals[ratios + 1 :]) / totals[0] ** 2) + 1e-300  # rounding is no spread
    return np.asarray(difference / np.sqrt(np.maximum(spread, floor)))


def _assign(units: int, count: int, permutations: int, seed: int, stage: str) -> Iterator[Any]:
    """Yield random sides, 1 for the first and 0 for the second, in blocks. Shape (block, units)."""
    largest = max(1, _CELLS // units)
    start = number = 0
    while start < permutations:
        # The first block is small: after it most ratios need no more.
        size = min(permutations - start, largest, _FIRST if start == 0 else permutations)
        keys, ranked = _rank_keys(units, size, seed, f"{stage} {number}")
        yield (keys <= ranked[:, count - 1 : count]).astype(np.float32)
        start, number = start + size, number + 1


@lru_cache(maxsize=8)  # an outlet after the other is compared with all others: the same units, other numbers of them
def _rank_keys(units: int, size: int, seed: int, block: str) -> tuple[Keys, Keys]:
    """Return random numbers and the same sorted: the smallest so many of a row are a random side of that size."""
    width = 1 << max(8, (units - 1).bit_length())
    keys = _draw_keys(width, size, seed, block)[:, :units]
    return keys, np.sort(keys, axis=1)


@lru_cache(maxsize=8)  # the comparisons of one kind have about as many units each
def _draw_keys(units: int, size: int, seed: int, block: str) -> Keys:
    digest = hashlib.sha256(f"{seed}\x1f{block}\x1f{units}".encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    return generator.integers(0, 2**32, size=(size, units), dtype=np.uint32)


def flip_signs(differences: FloatArray, *, permutations: int = PERMUTATIONS, seed: int = 0) -> FloatArray:
    """Test whether differences within events are centred on 0, by swapping the two outlets in whole events.

    Parameters
    ----------
    differences : float64 array (events, ratios)
        What each event adds to the difference; 0 where the event has no evidence for a ratio.
    permutations, seed : int
        With 12 events or fewer all arrangements are gone through instead.

    Returns
    -------
    float64 array (ratios,)
        Two-sided p-values; 1 where all differences are 0. With n events none is below 2 / 2^n.

    References
    ----------
    Fisher (1935), The Design of Experiments, section 21.
    """
    events, ratios = differences.shape
    observed = np.abs(differences.sum(axis=0))
    if events <= EXACT_EVENTS:
        signs = 1.0 - 2.0 * ((np.arange(2**events)[:, None] >> np.arange(events)) & 1)
        reached = (np.abs(signs @ differences) >= observed * _TIES).mean(axis=0)
        return np.asarray(np.where(observed > 0, reached, 1.0))
    signs = _draw_signs(1 << max(6, (events - 1).bit_length()), permutations, seed)[:, :events]
    tally = _Tally(observed)
    tally.add(np.arange(ratios), np.abs(signs @ differences))
    return np.where(observed > 0, tally.p(2.0 ** (1 - (differences != 0).sum(axis=0))), 1.0)


EXACT_EVENTS = 12
"""Events up to which all arrangements are gone through."""


@lru_cache(maxsize=2)  # pairs of outlets have about as many events in common
def _draw_signs(events: int, permutations: int, seed: int) -> FloatArray:
    digest = hashlib.sha256(f"{seed}\x1fsigns\x1f{events}".encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    return np.asarray(1.0 - 2.0 * generator.integers(0, 2, size=(permutations, events)), dtype=np.float64)


def benjamini_hochberg(p: FloatArray) -> FloatArray:
    """Return q-values: the smallest false discovery rate at which each test would be kept.

    Parameters
    ----------
    p : float64 array (tests,)
        The family; nan where there was no test, which is not counted.

    Returns
    -------
    float64 array (tests,)
        Not below `p`; nan where that is nan.

    References
    ----------
    Benjamini & Hochberg (1995). Tests of one family depend on each other (measures share articles, pairs share
    outlets), positively for the most part, where the rate is still controlled (Benjamini & Yekutieli 2001).
    """
    q = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    if len(order):
        scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
        q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q

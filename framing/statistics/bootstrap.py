"""Ratios of sums, with bootstrap intervals, for many pairs of columns at once.

The unit (an article, or an event) is drawn with replacement, as often as there are units, and both sums of a ratio are
taken over the same draw: words within an article depend on each other, articles much less. One draw serves all ratios
of a group. Only columns that are asked for are summed, only over the units where they are not 0, and memory is bounded
whatever the number of units and ratios.

The interval is the studentised one (bootstrap-t): each resampled ratio is set against its own linearised standard
error, and the quantiles of that are applied to the standard error of the sample. Percentile intervals are too narrow
with few units and for rare wordings; `make calibration` prints both beside each other (docs/statistics.md).

Where even that fails, something else is done. What counts is not how many units there are but how many *carry* the
number: Kish's effective size of the numerator, (sum x)^2 / sum x^2, and of what is left of the denominator where the
numerator is a part of it; for a mean of signed weights, twice that of what lies above it or of what lies below it, the
smaller. Below four of them too much hangs on single articles, and the resamples in which none of them is drawn grow too
many for a bound to exist.

- A **share** then has the interval of Jeffreys over its effective units, which is wide and safe (it covers 0.95 to
  0.99), and so has a share that is 0 or 1 everywhere.
- A **rate** or a **mean** falls back on percentiles, and its status is "insufficient". A rate of 0 is bounded as though
  three of its articles (the rule of three) might have held three mentions each.

Order-free: the generator is seeded with SHA-256 of (seed, group), so a group's intervals depend on its own units, in
the order given, and on nothing else: not on other groups, nor on which other ratios are asked for.

Copies of one text (wire copy) are not independent: counted apart, they make the interval too narrow.

References
----------
Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapters 12 (bootstrap-t) and 13 (percentiles); Davison &
Hinkley (1997), Bootstrap Methods and their Application (ratios, clustered data); Kish (1965), Survey Sampling
(effective size); Brown, Cai & DasGupta (2001), Statistical Science 16 (Jeffreys' interval for shares from few units);
Korn & Graubard (1998), Survey Methodology 24 (binomial intervals with an effective size); Hanley & Lippman-Hand (1983),
JAMA 249 (the rule of three).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import betaincinv

from framing.errors import InputError
from framing.statistics.counters import FloatArray, IntArray

RESAMPLES = 2000
"""Default number of resamples: for a nearly normal ratio the Monte Carlo error of a bound is then 3 % of the half width
(0.06 standard errors of 1.96); with 500 it is 6 %."""

MIN_UNITS = 2
"""Units with a denominator that an interval needs: one unit, drawn again and again, shows no variation."""

_UNSEEN = 9.0
"""Mentions that articles without any might have held: three articles with three each."""

_ROUNDING = 1e-18
"""Squared deviations below this share of the squared ratio are rounding and no spread."""

_CELLS = 2**20
"""Numbers held in one working array: 8 MiB, small enough to stay near the processor, large enough to keep NumPy
busy."""


MIN_EFFECTIVE = 4.0
"""Effective units that a number needs. With so many the chance of a resample without any of them, exp(-4) = 1.8 %, is
below the 2.5 % of a bound; in the simulations of docs/statistics.md coverage stays near 95 % from here on."""


def needed_effective(minimum: int) -> float:
    """Return how many effective units a number needs: four, or fewer where fewer than ten units are enough."""
    return min(MIN_EFFECTIVE, 0.4 * minimum)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Ratios of sums over the units of one group; arrays of shape (ratios,).

    Attributes
    ----------
    value : float64
        numerator / denominator; nan when the denominator is 0, whatever the numerator.
    low, high : float64
        Interval; nan with fewer than two units that have the denominator, or with 0 resamples.
    numerator, denominator : float64
        The two sums.
    n_units : int64
        Units whose denominator is not 0.
    effective : float64
        Effective number of units that carry the number, from 0 to `n_units`; inf where no unit differs from any other.
    safe : bool
        Whether the interval holds however few units carry the number: shares, and rates of 0.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    n_units: IntArray
    effective: FloatArray
    safe: npt.NDArray[np.bool_]

    def status(self, minimum: int) -> npt.NDArray[np.str_]:
        """Say how far each ratio can be used.

        Returns
        -------
        array of str
            "undefined": denominator 0. "insufficient": fewer than `minimum` units with the denominator, or fewer that
            carry a rate or mean than `needed_effective` says. Otherwise "ok".
        """
        carried = self.safe | (self.effective >= needed_effective(minimum))
        enough = np.where((self.n_units >= minimum) & carried, "ok", "insufficient")
        return np.where(self.n_units == 0, "undefined", enough)


def compute_ratios(
    columns: Any,
    numerator: IntArray,
    denominator: IntArray,
    *,
    group: str,
    seed: int = 0,
    resamples: int = RESAMPLES,
    level: float = 0.95,
    rate: bool | npt.NDArray[np.bool_] = False,
    cells: int = _CELLS,
) -> Ratios:
    """Divide sums of columns, and bound each ratio by resampling the units of one group.

    Parameters
    ----------
    columns : sparse array, float64
        Shape (units, columns), the units in a fixed order. No negative value in a column used as denominator.
    numerator, denominator : int64 arrays
        Shape (ratios,): the columns that each ratio divides.
    group : str
        Name of the group; with `seed` it settles the draws.
    seed : int
    resamples : int
        0 leaves the intervals nan. Fewer than 1,000 give visibly rough bounds.
    level : float
        Share of the resampled ratios between the two bounds.
    rate : bool or bool array (ratios,)
        Whether the ratio is a rate (mentions per word) and no share, even where the numerator never exceeds the
        denominator: how many mentions an article that has none might have held cannot be told from its words.
    cells : int
        Bound on the size of working arrays; changes no result.

    Returns
    -------
    Ratios
        A resample in which no unit with the denominator was drawn has no ratio and is left out: the interval is
        conditional on there being any evidence. (With m such units that is about exp(-m) of the resamples: 13 % with
        two, 0.005 % with ten.)

    Raises
    ------
    InputError
        A negative denominator, number of resamples or a level outside (0, 1).
    """
    if resamples < 0:
        raise InputError(f"resamples is {resamples}. Give 0 (no intervals) or more; 2,000 is usual.")
    if not 0 < level < 1:
        raise InputError(f"level is {level}. Give a share between 0 and 1, such as 0.95.")
    columns = columns.tocsc(copy=True)
    columns.eliminate_zeros()
    columns.sort_indices()
    below = columns[:, np.unique(denominator)].data
    if (below < 0).any():
        raise InputError(f"{group}: a denominator of {below.min():g}. Divide by a counter that is never negative.")
    by_column = columns.T  # rows of a CSR array: one column's units, in their order
    sums = by_column @ np.ones(columns.shape[0])
    above, under = sums[numerator], sums[denominator]
    n_units = np.diff(columns.indptr).astype(np.int64)[denominator]
    value = np.divide(above, under, out=np.full(len(above), np.nan), where=n_units > 0)
    rates = np.broadcast_to(np.asarray(rate, dtype=bool), value.shape)
    low, high = np.full(len(above), np.nan), np.full(len(above), np.nan)
    effective, safe = np.zeros(len(above)), np.zeros(len(above), dtype=bool)
    size = max(1, cells // max(1, resamples, columns.shape[0]))
    wanted = np.flatnonzero(n_units > 0)
    for first in range(0, len(wanted), size):
        pairs = wanted[first : first + size]
        x, y = by_column[numerator[pairs]], by_column[denominator[pairs]]
        spread = describe_spread(x.toarray(), y.toarray(), value[pairs], rates[pairs])
        effective[pairs], safe[pairs] = spread.effective, spread.share | spread.nothing
        bounded = np.flatnonzero((n_units[pairs] >= MIN_UNITS) & (resamples > 0))
        low[pairs[bounded]], high[pairs[bounded]] = spread.bound(level, bounded)
        drawn = bounded[np.isnan(low[pairs[bounded]])]
        if len(drawn):
            resampled = _resample_moments(x[drawn], y[drawn], group, seed, resamples, cells)
            low[pairs[drawn]], high[pairs[drawn]] = _studentise(resampled, spread, drawn, level)
    return Ratios(value, low, high, above, under, n_units, effective, safe)


@dataclass(frozen=True, slots=True)
class Spread:
    """How the units of some ratios differ; arrays of shape (ratios,).

    Attributes
    ----------
    value : float64
        The ratios.
    error : float64
        Standard error by linearisation, without the factor n / (n - 1), which cancels in a studentised interval.
    effective, units : float64
        Effective number of units that carry the number (see `Ratios`), and of units with the denominator.
    total : float64
        Sum of the denominator.
    least, most : float64
        What the ratio cannot pass: 0 and 1 for a share, 0 for a rate, the extreme units for a mean.
    share, nothing, flat : bool
        Whether it is a share (each unit's numerator is a part of its denominator), a rate of 0, without any spread.
    """

    value: FloatArray
    error: FloatArray
    effective: FloatArray
    units: FloatArray
    total: FloatArray
    least: FloatArray
    most: FloatArray
    share: npt.NDArray[np.bool_]
    nothing: npt.NDArray[np.bool_]
    flat: npt.NDArray[np.bool_]

    def bound(self, level: float, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return the bounds of those of some ratios that need no resampling, nan for the others."""
        few = self.share[rows] & ((self.effective[rows] < MIN_EFFECTIVE) | self.flat[rows])
        return bound_safely(
            self.value[rows], self.units[rows], self.total[rows], self.flat[rows], few, self.nothing[rows], level
        )


def bound_safely(
    value: FloatArray,
    units: FloatArray,
    total: FloatArray,
    flat: npt.NDArray[np.bool_],
    few: npt.NDArray[np.bool_],
    nothing: npt.NDArray[np.bool_],
    level: float = 0.95,
) -> tuple[FloatArray, FloatArray]:
    """Return the bounds that need no resampling, nan for all other ratios.

    Parameters
    ----------
    value, units, total : float64 arrays (ratios,)
        The ratios; the effective numbers of units with the denominator, and its sums.
    flat, few, nothing : bool arrays (ratios,)
        Ratios without any spread: no width. Shares that few units carry, or 0 or 1 everywhere: Jeffreys' interval.
        Rates of 0: three articles with three mentions each.
    level : float
    """
    low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
    low[flat], high[flat] = value[flat], value[flat]
    high[nothing] = _UNSEEN / total[nothing]
    few = few & (~flat | (value == 0) | (value == 1))
    hits, tail = value * units, (1 - level) / 2
    low[few], high[few] = 0.0, 1.0
    above, below = few & (value > 0), few & (value < 1)
    low[above] = betaincinv(hits[above] + 0.5, np.maximum(units - hits, 0)[above] + 0.5, tail)
    high[below] = betaincinv(hits[below] + 0.5, (units - hits)[below] + 0.5, 1 - tail)
    return low, high


def describe_spread(x: FloatArray, y: FloatArray, value: FloatArray, rate: npt.NDArray[np.bool_]) -> Spread:
    """Describe ratios from the numerators and denominators of their units, both of shape (ratios, units)."""
    rest = y - x
    counted = (x >= 0).all(axis=1)
    part = counted & (rest >= 0).all(axis=1)
    off = x - value[:, None] * y
    squares = (off * off).sum(axis=1)
    total, weight = y.sum(axis=1), (y * y).sum(axis=1)
    flat = squares <= _ROUNDING * (value**2 * weight + 1e-300)
    # A mean of signed weights has no numerator to be carried by; it hangs on the fewer of those above and below it.
    mean = 2 * np.minimum(_effective_size(np.maximum(off, 0)), _effective_size(np.maximum(-off, 0)))
    carried = np.where(counted, _effective_size(x), mean)
    carried = np.where(part & ~rate, np.minimum(carried, _effective_size(rest)), carried)
    units = _effective_size(y)
    effective = np.where(flat, np.inf, np.minimum(carried, units))
    nothing = flat & rate & (value == 0)
    effective[nothing] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(y > 0, x / y, np.nan)
    # A mean of weights that are all above 0 is a mean too: it cannot leave what its units hold.
    share, count = part & ~rate, counted & rate
    least = np.where(share | count, 0.0, np.nanmin(each, axis=1))
    most = np.where(share, 1.0, np.where(count, np.inf, np.nanmax(each, axis=1)))
    error = np.sqrt(squares) / total
    return Spread(value, error, effective, units, total, least, most, part & ~rate, nothing, flat)


def _effective_size(weights: FloatArray) -> FloatArray:
    """Return (sum w)^2 / sum w^2 of each row (Kish 1965): the number of equal weights that would spread as much."""
    squares = (weights * weights).sum(axis=1)
    sizes = np.full(len(weights), np.inf)
    np.divide(weights.sum(axis=1) ** 2, squares, out=sizes, where=squares > 0)
    return sizes


def _resample_moments(
    x: Any, y: Any, group: str, seed: int, resamples: int, cells: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Resample ratios. Returns the ratio, its standard error and its denominator; shape (ratios, resamples)."""
    count = x.shape[0]
    moments = sparse.vstack([x, y, x.multiply(x), x.multiply(y), y.multiply(y)], format="csr")
    top, bottom, xx, xy, yy = _resample(moments, group, seed, resamples, cells).reshape(5, count, resamples)
    bottom[bottom <= 0] = np.nan
    top /= bottom
    xx -= 2 * top * xy - top**2 * yy
    return top, np.sqrt(np.maximum(xx, 0, out=xx), out=xx) / bottom, bottom


def _studentise(
    resampled: tuple[FloatArray, FloatArray, FloatArray], spread: Spread, rows: IntArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Return bootstrap-t bounds of some ratios, by percentiles where a studentised bound does not exist."""
    ratio, error, bottom = resampled
    value = spread.value[rows]
    with np.errstate(divide="ignore", invalid="ignore"):
        student = (ratio - value[:, None]) / error
    # Where all units drawn are alike there is no error to measure by: beyond every bound, or no distance at all.
    alike = error <= 1e-8 * np.abs(ratio)
    student[alike] = np.copysign(np.inf, (ratio - value[:, None])[alike])
    student[alike & np.isclose(ratio, value[:, None], rtol=1e-12, atol=0)] = 0.0
    student[np.isnan(bottom)] = np.nan
    last, first = order_bounds(student, level)
    low, high = value - first * spread.error[rows], value - last * spread.error[rows]
    low, high = np.maximum(low, spread.least[rows]), np.minimum(high, spread.most[rows])
    rough = ~np.isfinite(low) | ~np.isfinite(high)
    if rough.any():
        by_rank = order_bounds(ratio[rough], level)
        low[rough] = np.where(np.isfinite(low[rough]), low[rough], by_rank[0])
        high[rough] = np.where(np.isfinite(high[rough]), high[rough], by_rank[1])
    return low, high


def _resample(by_column: Any, group: str, seed: int, resamples: int, cells: int) -> FloatArray:
    """Return each column's sum in each resample. Shape (columns, resamples)."""
    totals = np.empty((by_column.shape[0], resamples))
    first = 0
    for times in _draw(by_column.shape[1], group, seed, resamples, cells):
        # A sparse product adds unit by unit in order: a sum's last digit does not depend on the other columns.
        totals[:, first : first + times.shape[1]] = by_column @ times
        first += times.shape[1]
    return totals


def draw_times(units: int, group: str, seed: int, resamples: int) -> FloatArray:
    """Return how often each unit is drawn: once in the first column, the sample itself, then in each resample.

    Shape (units, 1 + resamples). The resamples are those of `compute_ratios` for the same group and seed.
    """
    parts = [np.ones((units, 1))]
    if units:
        parts += list(_draw(units, group, seed, resamples, _CELLS))
    return np.concatenate(parts, axis=1)


def _draw(units: int, group: str, seed: int, resamples: int, cells: int) -> Iterator[FloatArray]:
    """Yield how often each unit is drawn in each resample, in blocks of resamples. Shape (units, block)."""
    if units * resamples <= cells:
        yield _draw_at_once(units, group, seed, resamples)
        return
    yield from _draw_blocks(units, group, seed, resamples, cells)


@lru_cache(maxsize=1)  # the ratios of one group come in many blocks
def _draw_at_once(units: int, group: str, seed: int, resamples: int) -> FloatArray:
    (times,) = _draw_blocks(units, group, seed, resamples, units * resamples)
    times.flags.writeable = False
    return times


def _draw_blocks(units: int, group: str, seed: int, resamples: int, cells: int) -> Iterator[FloatArray]:
    digest = hashlib.sha256(f"{seed}\x1f{group}".encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    size = max(1, cells // units)
    for first in range(0, resamples, size):
        block = min(size, resamples - first)
        drawn = generator.integers(0, units, size=(block, units))
        cell = drawn * block + np.arange(block)[:, None]
        yield np.bincount(cell.ravel(), minlength=units * block).reshape(units, block).astype(np.float64)


def order_bounds(values: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Return two bounds of each row: the order statistics next outside the level, of its values other than nan.

    Sorts in place. No interpolation: it would make nan of two infinite neighbours, and err to the narrow side.
    """
    values.sort(axis=1)  # nan goes last
    count = values.shape[1] - np.isnan(values).sum(axis=1)
    outside = np.floor((1 - level) / 2 * (count + 1)).astype(np.int64)
    row = np.arange(len(values))
    return values[row, np.clip(outside - 1, 0, None)], values[row, np.clip(count - outside, 0, count - 1)]

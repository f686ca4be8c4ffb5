"""Moments of a group of units in the sample and in each resample: what intervals of contrasts are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.statistics.bootstrap import draw_times, order_bounds
from framing.statistics.counters import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over units, for several ratios, in the sample and in each resample.

    Groups that are drawn apart (strata) add up: the squares and products are taken about each group's own means.

    Attributes
    ----------
    x, y : float64
        Sums of numerators and denominators. Shape (ratios, 1 + resamples); the first column is the sample itself.
    xx, xy, yy : float64
        Centred sums of squares and products, times n / (n - 1).
    """

    x: FloatArray
    y: FloatArray
    xx: FloatArray
    xy: FloatArray
    yy: FloatArray

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.x + other.x, self.y + other.y, self.xx + other.xx, self.xy + other.xy, self.yy + other.yy)

    def __sub__(self, other: Moments) -> Moments:
        return Moments(self.x - other.x, self.y - other.y, self.xx - other.xx, self.xy - other.xy, self.yy - other.yy)

    def ratio(self) -> FloatArray:
        """Return x / y, nan where y is 0."""
        return np.asarray(np.divide(self.x, self.y, out=np.full(self.x.shape, np.nan), where=self.y > _NOTHING))

    def variance(self, ratio: FloatArray) -> FloatArray:
        """Return the linearised variance of the ratio; nan where that is nan."""
        spread = self.xx - ratio * (2 * self.xy - ratio * self.yy)
        return np.asarray(np.maximum(spread, 0) / np.where(self.y > _NOTHING, self.y, np.nan) ** 2)

    def take(self, rows: IntArray) -> Moments:
        """Keep some ratios."""
        return Moments(self.x[rows], self.y[rows], self.xx[rows], self.xy[rows], self.yy[rows])


_NOTHING = 1e-9  # what is left of a sum of counts when all of it was taken away


def draw_moments(x: FloatArray, y: FloatArray, times: FloatArray) -> Moments:
    """Sum up one group.

    Parameters
    ----------
    x, y : float64 arrays (ratios, units)
    times : float64 array (units, 1 + resamples)
        How often each unit is drawn; from `draw_times`, whose first column is 1.
    """
    units, count = x.shape[1], len(x)
    sums = (np.concatenate([x, y, x * x, x * y, y * y]) @ times).reshape(5, count, times.shape[1])
    above, under, xx, xy, yy = sums
    unbiased = units / max(1, units - 1)
    xx -= above**2 / units
    xy -= above * under / units
    yy -= under**2 / units
    for centred in (xx, xy, yy):
        centred *= unbiased
    return Moments(above, under, xx, xy, yy)


def bound_student(values: FloatArray, errors: FloatArray, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return bootstrap-t bounds of statistics whose first column is the sample; see `bootstrap.py`.

    Parameters
    ----------
    values, errors : float64 arrays (statistics, 1 + resamples)
        The sample's own are finite. A resample with nan is left out; one that is infinite lies beyond every bound.

    Returns
    -------
    low, high : float64 arrays (statistics,)
        By percentiles where too many resamples have no error of their own for a studentised bound to exist; -inf or inf
        where too many of the resamples themselves are infinite.
    """
    sample, drawn = values[:, :1], values[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        student = (drawn - sample) / errors[:, 1:]
        alike = errors[:, 1:] <= 1e-8 * np.abs(drawn)
        off = np.where(np.isclose(drawn, sample, rtol=1e-12, atol=0), 0.0, np.copysign(np.inf, drawn - sample))
    student = np.where(np.isinf(drawn), drawn, np.where(alike, off, student))
    last, first = order_bounds(student, level)
    error = errors[:, 0]
    with np.errstate(invalid="ignore"):
        low, high = sample[:, 0] - first * error, sample[:, 0] - last * error
    rough = np.flatnonzero(np.isinf(first) | np.isinf(last))
    if len(rough):
        by_rank = order_bounds(drawn[rough].copy(), level)
        low[rough] = np.where(np.isinf(first[rough]), by_rank[0], low[rough])
        high[rough] = np.where(np.isinf(last[rough]), by_rank[1], high[rough])
    return low, high


__all__ = ["Moments", "bound_student", "draw_moments", "draw_times"]

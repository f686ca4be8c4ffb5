"""Same-event comparison: two outlets set against each other inside events on which both report.

An event adds to the difference what the first side has beyond what its share of the evidence would give it:

    d_e = (x_1 y_2 - x_2 y_1) / (y_1 + y_2),    w_e = y_1 y_2 / (y_1 + y_2),    difference = sum d_e / sum w_e,

the difference of the two ratios inside the event, weighted by the evidence on both sides (Mantel & Haenszel 1959).
Which events an outlet reports on, and at what length, drops out. The event is the unit: articles on one event depend on
each other, and what one outlet does on one event says little about the next.

References
----------
Mantel & Haenszel (1959), JNCI 22; Greenland & Robins (1985), Biometrics 41.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from framing.statistics.bootstrap import MIN_EFFECTIVE, draw_times
from framing.statistics.counters import FloatArray, IntArray
from framing.statistics.moments import bound_student, draw_moments
from framing.statistics.permutation import EXACT_EVENTS, flip_signs


@dataclass(frozen=True, slots=True)
class Matched:
    """Comparisons inside events; arrays of shape (ratios,).

    Attributes
    ----------
    value, other : float64
        Weighted means of the two sides' ratios inside events; nan without a common event.
    difference, low, high, p : float64
        value - other, its 95 % interval over events, and p from swapping the sides in whole events; bounds and p are
        nan below `min_events`.
    n_events : int64
        Events in which both sides have the denominator.
    enough : bool
        At least `min_events` of them, and enough that carry the difference (see `bootstrap.py`).
    """

    value: FloatArray
    other: FloatArray
    difference: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray
    n_events: IntArray
    enough: Any


class EventCells:
    """Sums of columns by group and event.

    Parameters
    ----------
    columns : sparse array, float64
        Shape (articles, columns).
    groups : list of int64 arrays
        Rows of each group.
    event : int64 array (articles,)
        Number of each article's event, -1 for none.
    """

    def __init__(self, columns: Any, groups: list[IntArray], event: IntArray) -> None:
        events = int(event.max(initial=-1)) + 1
        self.events = events
        self._cells, self._present = [], []
        for rows in groups:
            placed = rows[event[rows] >= 0]
            member = sparse.csr_array(
                (np.ones(len(placed)), (event[placed], np.arange(len(placed)))), shape=(events, len(placed))
            )
            self._cells.append((member @ columns[placed]).tocsr())
            self._present.append(np.bincount(event[placed], minlength=events))
        shape = (events, columns.shape[1])
        self._total = sum(self._cells, start=sparse.csr_array(shape)).tocsr()

    def side(self, group: int, rest: bool = False) -> Any:
        """Return the sums of a group, or of all others. CSR, shape (events, columns)."""
        if not rest:
            return self._cells[group]
        left = (self._total - self._cells[group]).tocsr()
        left.data[np.abs(left.data) < 1e-9] = 0  # rounding of what is taken away whole
        left.eliminate_zeros()
        return left

    def common(self, first: int, second: int) -> IntArray:
        """Return the events on which both sides have an article, whatever it counts; -1 stands for all others."""
        total = np.sum(self._present, axis=0)
        other = total - self._present[first] if second < 0 else self._present[second]
        return np.flatnonzero((self._present[first] > 0) & (other > 0))

    def count_common(self, first: Any, second: Any, denominator: IntArray) -> IntArray:
        """Return in how many events both sides have the denominator of each ratio."""
        common = (first[:, denominator] > 0).multiply(second[:, denominator] > 0)
        return np.asarray(common.sum(axis=0), dtype=np.int64).ravel()


def compare_in_events(
    first: Any,
    second: Any,
    numerator: IntArray,
    denominator: IntArray,
    *,
    label: str,
    min_events: int,
    resamples: int,
    seed: int,
) -> Matched:
    """Compare two sides inside events.

    Parameters
    ----------
    first, second : sparse arrays, float64
        Sums of each side by event, from `EventCells.side`, of the events on which both have an article
            (`EventCells.common`): these are drawn, the same for every ratio. Shape (events, columns).
    numerator, denominator : int64 arrays (ratios,)
    label : str
        With `seed` it settles the draws.
    min_events, resamples, seed : int
    """
    y1, y2 = first[:, denominator].toarray(), second[:, denominator].toarray()
    x1, x2 = first[:, numerator].toarray(), second[:, numerator].toarray()
    both = (y1 > 0) & (y2 > 0)
    under = np.where(both, y1 + y2, 1.0)
    weight = np.where(both, y1 * y2 / under, 0.0)
    gap = np.where(both, (x1 * y2 - x2 * y1) / under, 0.0)
    gap[np.abs(gap) <= 1e-12 * (np.abs(x1) + np.abs(x2))] = 0.0  # rounding of weighted sums is no difference
    total = weight.sum(axis=0)
    n_events = both.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(both, x1 * y2 / under, 0.0).sum(axis=0) / total
        other = np.where(both, x2 * y1 / under, 0.0).sum(axis=0) / total
        difference = gap.sum(axis=0) / total
        squares = (gap**2).sum(axis=0)
        carried = np.abs(gap).sum(axis=0) ** 2 / squares
    enough = (n_events >= min_events) & (carried >= min(MIN_EFFECTIVE, min_events))
    low, high, p = (np.full(len(total), np.nan) for _ in range(3))
    tested = np.flatnonzero((n_events >= min_events) & (squares > 0))
    if len(tested) and resamples:
        times = draw_times(len(gap), f"{label}\x1fevents", seed, resamples)
        moments = draw_moments(gap[:, tested].T.copy(), weight[:, tested].T.copy(), times)
        ratio = moments.ratio()
        low[tested], high[tested] = bound_student(ratio, np.sqrt(moments.variance(ratio)))
        p[tested] = _flip_each(gap[:, tested], resamples, seed)
    return Matched(value, other, difference, low, high, p, n_events, enough)


def _flip_each(gaps: FloatArray, resamples: int, seed: int) -> FloatArray:
    """Flip the signs of the events that count: of few all arrangements, whatever the other ratios have."""
    p = np.full(gaps.shape[1], np.nan)
    used = (gaps != 0).sum(axis=0)
    for number in np.flatnonzero(used <= EXACT_EVENTS).tolist():
        own = gaps[gaps[:, number] != 0, number]
        p[number] = flip_signs(own[:, None], permutations=resamples, seed=seed)[0]
    many = np.flatnonzero(used > EXACT_EVENTS)
    if len(many):
        p[many] = flip_signs(gaps[:, many], permutations=resamples, seed=seed)
    return p

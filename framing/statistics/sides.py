"""The sides of contrasts: what each group of articles has of each measure, and what all others of it have.

A side has a value and an interval of its own (the same as in the `measures` table), and an effective number of articles
that carry it; see `bootstrap.py`. All others of a group are a side too. Their sums are those of all groups less its
own, and so are their resamples: these draw within each group, since it is these outlets, with these numbers of
articles, that are compared. Groups with too few articles to be compared themselves are drawn as one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from framing.measure import Measure
from framing.statistics.bootstrap import MIN_EFFECTIVE, bound_safely, compute_ratios, describe_spread, draw_times
from framing.statistics.counters import Counters, FloatArray, IntArray
from framing.statistics.measures import combine_measures
from framing.statistics.moments import Moments, bound_student, draw_moments

BoolArray = npt.NDArray[np.bool_]

_BLOCK = 100  # measures whose columns are written out together


class Sides:
    """Groups of articles as sides of contrasts.

    Parameters
    ----------
    counters : Counters
    measures : sequence of Measure
    group : str
        Column of the articles table.
    min_articles : int
        Groups with fewer articles are drawn as one in the resamples of all others.
    resamples, seed : int

    Attributes
    ----------
    labels : list of str
    rows : list of int64 arrays
        The groups and their articles.
    ids : list of str
        Of all articles.
    columns : scipy.sparse.csc_array
        Shape (articles, columns); `numerator` and `denominator` are the columns of each measure.
    scale : float64 array (measures,)
    rate, signed, share : bool arrays (measures,)
        Rates; measures some of whose numerators are below 0; shares (each numerator is a part of its denominator).
    x, y, n, effective : float64 arrays (groups, measures)
        Sums of numerators and denominators, articles with the denominator, effective ones that carry the number.
    x_rest, y_rest, n_rest, effective_rest : float64 arrays (groups, measures)
        The same of all others.
    """

    def __init__(
        self,
        counters: Counters,
        measures: Sequence[Measure],
        group: str,
        min_articles: int,
        resamples: int,
        seed: int,
    ) -> None:
        columns, self.numerator, self.denominator = combine_measures(counters, measures)
        self.columns = columns.tocsc()
        self.scale = np.array([m.scale for m in measures], dtype=np.float64)
        self.rate = np.array([m.is_rate for m in measures], dtype=bool)
        groups = counters.groups(group)
        self.labels = [label for label, _ in groups]
        self.rows = [rows for _, rows in groups]
        self.ids = counters.articles["id"].cast(pa.string()).to_pylist()
        self._resamples, self._seed = resamples, seed
        self._by_group = [columns[rows].tocsc() for rows in self.rows]
        self._times: dict[str, npt.NDArray[np.uint8]] = {}
        self._small = [g for g, rows in enumerate(self.rows) if len(rows) < min_articles]
        self._sum_up()

    def _sum_up(self) -> None:
        shape = (len(self.rows), len(self.numerator))
        by_group = [
            compute_ratios(rows, self.numerator, self.denominator, group="", resamples=0, rate=self.rate)
            for rows in self._by_group
        ]

        def stack(name: str) -> FloatArray:
            return np.array([getattr(r, name) for r in by_group], dtype=np.float64).reshape(shape)

        self.x, self.y, self.n = stack("numerator"), stack("denominator"), stack("n_units")
        self.effective = stack("effective")
        self.x_rest, self.y_rest, self.n_rest = (a.sum(axis=0) - a for a in (self.x, self.y, self.n))
        self.signed, self.share = (np.zeros(shape[1], dtype=bool) for _ in range(2))
        self._burst = np.ones(shape[1])
        self.effective_rest, self._units_rest = np.zeros(shape), np.zeros(shape)
        member = sparse.csr_array(
            (np.ones(len(self.ids)), np.concatenate(self.rows), np.cumsum([0, *map(len, self.rows)]))
            if self.rows
            else shape,
            shape=(len(self.rows), len(self.ids)),
        )
        for start in range(0, shape[1], _BLOCK):
            self._sum_up_rest(member, np.arange(start, min(start + _BLOCK, shape[1])))
        self._mark_flat_rests()
        # A count of 0 is carried by nobody, however equal all are in it.
        nothing = ~self.signed & (self.x == 0)
        self.effective_rest[~self.signed & (np.abs(self.x_rest) < 1e-9)] = 0.0
        self.effective[nothing & (self.n > 0)] = 0.0

    def _sum_up_rest(self, member: Any, block: IntArray) -> None:
        """Find how many articles of all others carry each measure; the rule is that of `describe_spread`."""
        x, y = (self.columns[:, c[block]] for c in (self.numerator, self.denominator))
        left = (y - x).tocsc()
        signed = x.min(axis=0).toarray().ravel() < 0 if x.shape[0] else np.zeros(len(block), dtype=bool)
        part = ~signed & (left.min(axis=0).toarray().ravel() >= 0) if x.shape[0] else ~signed
        self.signed[block], self.share[block] = signed, part & ~self.rate[block]
        squares, sums = (np.asarray(w.sum(axis=0)).ravel() for w in (x.multiply(x), abs(x)))
        self._burst[block] = np.maximum(1.0, np.divide(squares, sums, out=np.ones(len(block)), where=sums > 0))

        def rest_size(weights: Any) -> FloatArray:
            """Return Kish's effective size of weights over all others of each group."""
            sums, squares = ((member @ w).toarray() for w in (weights, weights.multiply(weights).tocsc()))
            above, below = sums.sum(axis=0) - sums, squares.sum(axis=0) - squares
            return np.asarray(np.divide(above**2, below, out=np.zeros(above.shape), where=below > 1e-9))

        counted = rest_size(x.tocsc())
        others = rest_size(left)
        self._units_rest[:, block] = rest_size(y.tocsc())
        total = np.divide(x.sum(axis=0), y.sum(axis=0), out=np.zeros(len(block)), where=y.sum(axis=0) > 0)
        off = (x - y.multiply(total[None, :])).tocsc()
        mean = 2 * np.minimum(rest_size(off.maximum(0)), rest_size((-off).maximum(0)))
        size = np.where(self.share[block], np.minimum(counted, np.where(others > 0, others, np.inf)), counted)
        size = np.where(signed, mean, size)
        self.effective_rest[:, block] = np.minimum(size, self._units_rest[:, block])

    def _mark_flat_rests(self) -> None:
        """Where all others are alike to the last article, all of them carry the number, as in a group of its own."""
        value = np.divide(self.x, self.y, out=np.full(self.x.shape, np.nan), where=self.y > 0)
        low, high = (np.where(np.isnan(value), end, value) for end in (np.inf, -np.inf))
        spread = (self.n > 0) & np.isfinite(self.effective)
        for group in range(len(self.rows)):
            others = np.arange(len(self.rows)) != group
            least, most = low[others].min(axis=0, initial=np.inf), high[others].max(axis=0, initial=-np.inf)
            flat = ~spread[others].any(axis=0) & (most - least <= 1e-12 * np.abs(most)) & (self.n_rest[group] > 0)
            self.effective_rest[group, flat] = np.inf

    def cells(self, group: int, measures: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return numerators and denominators of some measures, article by article. Shape (measures, articles)."""
        own = self._by_group[group]
        x, y = (own[:, c[measures]].toarray().T.copy() for c in (self.numerator, self.denominator))
        return x, y

    def _draw(self, label: str, units: int) -> FloatArray:
        """Return how often each article is drawn, as `draw_times`; kept, for all measures use the same."""
        if label not in self._times:
            # An article is drawn 255 times in no resample.
            self._times[label] = draw_times(units, label, self._seed, self._resamples).astype(np.uint8)
        return self._times[label].astype(np.float64)

    def bound(
        self, measures: IntArray, groups: Collection[int], rests: Collection[int]
    ) -> tuple[dict[int, tuple[FloatArray, FloatArray]], dict[int, tuple[FloatArray, FloatArray]]]:
        """Return the intervals of some measures, for some groups and for all others of some groups.

        Returns
        -------
        own, rest : dict of int to (low, high)
            By number of the group; float64 arrays (measures,), not scaled.
        """
        moments: dict[int, Moments] = {}
        own: dict[int, tuple[FloatArray, FloatArray]] = {}
        for group in sorted({*groups, *rests}):
            x, y = self.cells(group, measures)
            moments[group] = draw_moments(x, y, self._draw(self.labels[group], x.shape[1]))
            if group in groups:
                own[group] = self._bound_own(group, measures, x, y, moments[group])
        if not rests:
            return own, {}
        total = self._draw_all(measures, moments)
        return own, {group: self._bound_rest(group, measures, total - moments[group]) for group in rests}

    def _draw_all(self, measures: IntArray, moments: dict[int, Moments]) -> Moments:
        """Add up the moments of all groups, those too small to be compared drawn as one."""
        total: Moments | None = None
        for group in range(len(self.rows)):
            if group in self._small and group not in moments:
                continue
            if group not in moments:
                x, y = self.cells(group, measures)
                moments[group] = draw_moments(x, y, self._draw(self.labels[group], x.shape[1]))
            total = moments[group] if total is None else total + moments[group]
        small = [g for g in self._small if g not in moments]
        if small:
            cells = [self.cells(g, measures) for g in small]
            x, y = (np.concatenate([c[k] for c in cells], axis=1) for k in (0, 1))
            drawn = draw_moments(x, y, self._draw("\x1f".join(self.labels[g] for g in small), x.shape[1]))
            total = drawn if total is None else total + drawn
        assert total is not None  # there are at least the groups whose others are wanted
        return total

    def _bound_own(
        self, group: int, measures: IntArray, x: FloatArray, y: FloatArray, drawn: Moments
    ) -> tuple[FloatArray, FloatArray]:
        value = np.divide(
            self.x[group, measures],
            self.y[group, measures],
            out=np.full(len(measures), np.nan),
            where=self.y[group, measures] > 0,
        )
        some = np.flatnonzero(self.n[group, measures] > 0)
        low, high = np.full(len(measures), np.nan), np.full(len(measures), np.nan)
        spread = describe_spread(x[some], y[some], value[some], self.rate[measures[some]])
        low[some], high[some] = spread.bound(0.95, np.arange(len(some)))
        high[some[spread.nothing]] = self._unseen(measures[some[spread.nothing]]) / spread.total[spread.nothing]
        left = np.flatnonzero(np.isnan(low[some]))
        if len(left):
            at = some[left]
            low[at], high[at] = _bound_drawn(drawn.take(at), spread.least[left], spread.most[left])
        return low, high

    def _unseen(self, measures: IntArray) -> FloatArray:
        """Return how many mentions a side without any might hold: three articles (the rule of three), each with as many
        as come together where the others have some."""
        return 3 * self._burst[measures]

    def _bound_rest(self, group: int, measures: IntArray, drawn: Moments) -> tuple[FloatArray, FloatArray]:
        x, y = self.x_rest[group, measures], self.y_rest[group, measures]
        value = np.divide(x, y, out=np.full(len(x), np.nan), where=y > 0)
        signed, share = self.signed[measures], self.share[measures]
        value = np.where(~signed & (np.abs(x) < 1e-9), 0.0, value)
        ratio = drawn.ratio()
        flat = drawn.variance(ratio)[:, 0] <= 1e-16 * value**2 + 1e-300
        few = share & ((self.effective_rest[group, measures] < MIN_EFFECTIVE) | flat)
        nothing = self.rate[measures] & (value == 0)
        low, high = bound_safely(value, self._units_rest[group, measures], y, flat, few, nothing)
        high[nothing] = self._unseen(measures[nothing]) / y[nothing]
        left = np.flatnonzero(np.isnan(low) & (y > 0))
        if len(left):
            least = np.where(signed[left], -np.inf, 0.0)
            most = np.where(share[left], 1.0, np.inf)
            low[left], high[left] = _bound_drawn(drawn.take(left), least, most)
        return low, high


def _bound_drawn(drawn: Moments, least: FloatArray, most: FloatArray) -> tuple[FloatArray, FloatArray]:
    ratio = drawn.ratio()
    low, high = bound_student(ratio, np.sqrt(drawn.variance(ratio)))
    return np.maximum(low, least), np.minimum(high, most)

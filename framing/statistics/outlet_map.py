"""A map of outlets: those that word things alike lie close together.

Principal coordinates (which on Euclidean distances are principal components) of the outlets' measures, each counted in
its typical margin of error (see `likeness.py`), so that a measure in which outlets differ by chance alone adds little.
The distance of two outlets is the root mean square of their differences over the measures; the map shows the part of
it that lies in two dimensions.

**Uncertainty.** Articles are resampled within each outlet, and the resampled outlets are set into the map. But the
map's axes were laid where the outlets lie furthest apart, by chance or not, and with more measures than outlets there
is always a direction in which chance parts them; ellipses that hold 95 % of the resamples would then part outlets that
do not differ. So the ellipses are widened: articles are shuffled among the outlets, each time the whole map is made
again, and the radius is the one at which 95 of 100 shuffled maps have no two ellipses apart. Two ellipses that do not
touch differ beyond chance, all pairs counted. Shuffled are all articles, whatever they report on: what parts outlets
may be their topics.

References
----------
Gower (1966), Biometrika 53 (principal coordinates); Efron & Tibshirani (1993); Westfall & Young (1993),
Resampling-Based Multiple Testing (the largest statistic of each permutation).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.errors import InputError
from framing.measure import Measure
from framing.statistics.bootstrap import RESAMPLES, compute_ratios, draw_times
from framing.statistics.counters import Counters, FloatArray, IntArray
from framing.statistics.measures import MIN_ARTICLES, combine_measures

LEAST_OUTLETS = 3
"""Two points always lie on a line: below three outlets there is no map."""

LEAST_MEASURES = 3
SHUFFLES = 400
"""Maps of shuffled articles: the 95th percentile then stands between the 370th and the 390th of them."""

_LEVEL = 0.95
_RADIUS = 2.4477  # the ellipse of two normal coordinates that holds 95 %: the root of 5.991, chi-squared
_MARGIN = 1.96
_DIRECTIONS = 180  # two degrees apart: the gap of two ellipses is then found to 0.02 %


@dataclass(frozen=True, slots=True)
class OutletMap:
    """Where outlets lie.

    Attributes
    ----------
    outlets : tuple of str
        Those that could be placed.
    points : float64 array (outlets, 2)
        In typical margins of error, root mean square over the measures; the mean of the outlets is at 0.
    ellipses : float64 array (outlets, 2, 2)
        Half axes of each outlet's region, as two vectors from its point, the longer one first.
    explained : float64 array (2,)
        Share of the squared distances between the outlets that each axis shows.
    measures : tuple of str
        Those that the map is made of: known well enough in every outlet placed.
    loadings : float64 array (measures, 2)
        How much each measure weighs in each axis; the squares of an axis add up to 1, and the largest is above 0.
    apart : bool array (outlets, outlets)
        Whether two regions do not touch.
    unplaced : tuple of str
        Outlets with too little evidence.
    """

    outlets: tuple[str, ...]
    points: FloatArray
    ellipses: FloatArray
    explained: FloatArray
    measures: tuple[str, ...]
    loadings: FloatArray
    apart: npt.NDArray[np.bool_]
    unplaced: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a map at all."""
        return len(self.outlets) >= LEAST_OUTLETS


def compute_map(
    counters: Counters,
    measures: Sequence[Measure],
    outlets: Sequence[str],
    *,
    group: str = "outlet",
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    shuffles: int = SHUFFLES,
    seed: int = 0,
) -> OutletMap:
    """Place outlets by their measures.

    Parameters
    ----------
    counters : Counters
    measures : sequence of Measure
    outlets : sequence of str
        Which to place. One that is known well enough in fewer than half of the measures that any outlet has is not
        placed; a measure that is not known well enough in every outlet placed is not used.
    group : str
        Column of the articles table that holds them.
    min_articles : int
        Articles with the denominator below which a measure is not known well enough.
    resamples, seed : int
        See `compute_ratios`; at least 2 resamples.
    shuffles : int
        Maps of shuffled articles; 0 leaves the ellipses at 95 % of the resamples.

    Returns
    -------
    OutletMap
        Independent of the order of `outlets`. Without three outlets and three measures, `outlets` is empty, and so are
        the arrays.

    Raises
    ------
    InputError
        No such column or outlet, two measures of one name, fewer than 2 resamples, or a negative denominator.
    """
    if resamples < 2:
        raise InputError(f"resamples is {resamples}. An ellipse needs at least 2; 2,000 is usual.")
    rows_of = dict(counters.groups(group))
    names = sorted(dict.fromkeys(outlets))
    for name in names:
        if name not in rows_of:
            raise InputError(f"{group}: no {name!r} among the articles. There are: {', '.join(list(rows_of)[:40])}.")
    columns, numerator, denominator = combine_measures(counters, measures)
    rate = np.array([m.is_rate for m in measures], dtype=bool)
    known = np.zeros((len(names), len(measures)), dtype=bool)
    for number, name in enumerate(names):
        ratios = compute_ratios(columns[rows_of[name]], numerator, denominator, group=name, resamples=0, rate=rate)
        known[number] = ratios.status(min_articles) == "ok"
    placed = np.flatnonzero(2 * known.sum(axis=1) >= max(1, int(known.any(axis=0).sum())))
    used = np.flatnonzero(known[placed].all(axis=0) & (len(placed) > 0))
    if len(placed) < LEAST_OUTLETS or len(used) < LEAST_MEASURES:
        return _no_map(names)
    labels = [names[n] for n in placed]
    data = _Data.of(columns, numerator[used], denominator[used], [rows_of[label] for label in labels])
    drawn = [_resample(data, n, label, seed, resamples) for n, label in enumerate(labels)]
    unit = _MARGIN * np.median([np.std(d, axis=0) for d in drawn], axis=0)
    varied = (unit > 0) & (np.ptp(data.value(), axis=0) > 0)
    if varied.sum() < LEAST_MEASURES:
        return _no_map(names)
    data, unit, drawn = data.take(varied), unit[varied], [d[:, varied] for d in drawn]
    scaled = data.value() / unit
    place = _Axes.of(scaled)
    points = place.place(scaled)
    # Resamples of n units vary by a share of 1 / n too little.
    spare = [len(rows_of[label]) / max(1, len(rows_of[label]) - 1) for label in labels]
    covariance = np.array([np.cov(place.place(d / unit).T) * more for d, more in zip(drawn, spare, strict=True)])
    radius = max(_RADIUS, _find_radius(data, unit, shuffles, seed))
    return OutletMap(
        tuple(labels),
        points,
        _half_axes(covariance, radius),
        place.explained,
        tuple(measures[n].name for n in used[varied]),
        place.loadings,
        _touching_radii(points, covariance) > radius,
        tuple(n for n in names if n not in labels),
    )


def _no_map(names: Sequence[str]) -> OutletMap:
    nothing = np.zeros((0, 2))
    return OutletMap((), nothing, np.zeros((0, 2, 2)), np.zeros(2), (), nothing, np.zeros((0, 0), bool), tuple(names))


@dataclass(frozen=True, slots=True)
class _Data:
    """Numerators and denominators of the articles of the outlets placed, one outlet after the other.

    Attributes
    ----------
    x, y : float64 arrays (articles, measures)
    outlet : int64 array (articles,)
        Ascending.
    """

    x: FloatArray
    y: FloatArray
    outlet: IntArray

    @classmethod
    def of(cls, columns: Any, numerator: IntArray, denominator: IntArray, rows: Sequence[IntArray]) -> _Data:
        every = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
        dense = columns[every].toarray()
        outlet = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
        return cls(dense[:, numerator], dense[:, denominator], outlet)

    def take(self, measures: npt.NDArray[np.bool_]) -> _Data:
        return _Data(self.x[:, measures], self.y[:, measures], self.outlet)

    def shuffle(self, order: IntArray) -> _Data:
        return _Data(self.x[order], self.y[order], self.outlet)

    def sums(self, values: FloatArray) -> FloatArray:
        """Add up the rows of each outlet."""
        first = np.searchsorted(self.outlet, np.arange(self.outlet[-1] + 1))
        return np.asarray(np.add.reduceat(values, first, axis=0))

    def value(self) -> FloatArray:
        """Return the ratios, not scaled; of an outlet without the denominator those of all. Shape (outlets,
        measures)."""
        above, under = self.sums(self.x), self.sums(self.y)
        whole = np.divide(self.x.sum(axis=0), self.y.sum(axis=0))
        return np.asarray(np.divide(above, under, out=np.broadcast_to(whole, above.shape).copy(), where=under > 0))

    def covariance(self, axes: FloatArray, unit: FloatArray) -> FloatArray:
        """Return each outlet's covariance in the map, by linearisation. Shape (outlets, 2, 2)."""
        value, under = self.value(), self.sums(self.y)
        pull = (self.x - value[self.outlet] * self.y) / np.where(under > 0, under, np.inf)[self.outlet] / unit
        pull = pull @ axes
        sizes = np.bincount(self.outlet)
        products = (pull[:, :, None] * pull[:, None, :]).reshape(len(pull), 4)
        found = self.sums(products) * (sizes / np.maximum(1, sizes - 1))[:, None]
        return np.asarray(found.reshape(-1, 2, 2), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Axes:
    """The axes of a map: `mean` (measures,) and `axes` (measures, 2) take measures into it."""

    mean: FloatArray
    axes: FloatArray
    loadings: FloatArray
    explained: FloatArray

    @classmethod
    def of(cls, scaled: FloatArray) -> _Axes:
        mean = scaled.mean(axis=0)
        _, sizes, directions = np.linalg.svd(scaled - mean, full_matrices=False)
        loadings = directions[:2].T
        strongest = np.abs(loadings).argmax(axis=0)
        loadings = loadings * np.where(loadings[strongest, [0, 1]] < 0, -1.0, 1.0)
        whole = float((sizes**2).sum())
        explained = sizes[:2] ** 2 / whole if whole else np.zeros(2)
        # Root mean square over the measures.
        return cls(mean, loadings / np.sqrt(scaled.shape[1]), loadings, explained)

    def place(self, scaled: FloatArray) -> FloatArray:
        """Return places in the map. Shape (..., 2)."""
        return np.asarray((scaled - self.mean) @ self.axes)


def _resample(data: _Data, outlet: int, label: str, seed: int, resamples: int) -> FloatArray:
    """Return the measures of an outlet in each resample; where one has no evidence, as in the sample. Shape (resamples,
    measures)."""
    rows = data.outlet == outlet
    times = draw_times(int(rows.sum()), label, seed, resamples)
    above, under = (values[rows].T @ times for values in (data.x, data.y))
    ratio = np.divide(above, under, out=np.full(above.shape, np.nan), where=under > 1e-9)
    return np.asarray(np.where(np.isnan(ratio), ratio[:, :1], ratio)[:, 1:].T)


def _half_axes(covariance: FloatArray, radius: float) -> FloatArray:
    """Return the half axes of ellipses of this radius, the longer first. Shape (outlets, 2, 2)."""
    sizes, directions = np.linalg.eigh(covariance)
    lengths = radius * np.sqrt(np.maximum(sizes, 0))
    return np.asarray((lengths[:, :, None] * directions.transpose(0, 2, 1))[:, ::-1])


def _find_radius(data: _Data, unit: FloatArray, shuffles: int, seed: int) -> float:
    """Return the radius at which 95 % of the maps of shuffled articles have no two ellipses apart."""
    if shuffles < 1:
        return 0.0
    digest = hashlib.sha256(f"{seed}\x1fmap".encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    largest = np.empty(shuffles)
    for number in range(shuffles):
        mixed = data.shuffle(generator.permutation(len(data.outlet)))
        scaled = mixed.value() / unit
        place = _Axes.of(scaled)
        largest[number] = _touching_radii(place.place(scaled), mixed.covariance(place.axes, unit)).max()
    rank = min(shuffles, int(np.ceil(_LEVEL * (shuffles + 1))))
    return float(np.sort(largest)[rank - 1])


def _touching_radii(points: FloatArray, covariance: FloatArray) -> FloatArray:
    """Return by how much the unit ellipses of each two outlets must grow until they touch; 0 for one with itself.

    Two ellipses are apart if some direction parts their shadows.
    """
    angles = np.arange(_DIRECTIONS) * np.pi / _DIRECTIONS
    directions = np.stack([np.cos(angles), np.sin(angles)])
    shadows = points @ directions
    widths = np.sqrt(np.maximum(np.einsum("id,nij,jd->nd", directions, covariance, directions), 0))
    distance = np.abs(shadows[:, None] - shadows[None])
    reach = widths[:, None] + widths[None]
    found = np.divide(distance, reach, out=np.where(distance > 0, np.inf, 0.0), where=reach > 0).max(axis=2)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)

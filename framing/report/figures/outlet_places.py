"""What the map of outlets shows: their places, computed from the stored counts, and the directions in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.charts.outlet_map_table import MapAxis, MapPoint, OutletPlaces
from framing.comparisons import read_metadata
from framing.report.module_choice import MeasureView
from framing.report.results import Results
from framing.report.wording import tidy
from framing.statistics import Counters
from framing.statistics.outlet_map import OutletMap, compute_map
from framing.store import read_parquet

MOST_NAMED = 5
"""Measures that explain a direction."""

_LEAST_PART = 0.5
"""Of the largest weight: measures below it do not explain a direction."""


def place_outlets(results: Results, views: Sequence[MeasureView], outlets: Sequence[str]) -> OutletPlaces:
    """Place outlets by some measures; see `framing.statistics.outlet_map`."""
    folder = results.analysis.path
    counters = Counters.from_tables(read_parquet(folder, "counts"), read_metadata(folder))
    described = results.analysis.describe_measures()
    options = results.manifest["options"]
    found = compute_map(
        counters,
        [described[v.name] for v in views if v.name in described],
        outlets,
        min_articles=results.min_articles,
        resamples=int(options["resamples"]),
        seed=int(options["seed"]),
    )
    labels = {v.name: tidy(v.shown.label) for v in views}
    points = [
        MapPoint(name, float(x), float(y), (_vector(half[0]), _vector(half[1])))
        for name, (x, y), half in zip(found.outlets, found.points, found.ellipses, strict=True)
    ]
    pairs = [(found.outlets[i], found.outlets[j]) for i, j in np.argwhere(np.triu(found.apart)).tolist()]
    return OutletPlaces.from_points(
        points,
        (_explain(found, 0, labels), _explain(found, 1, labels)),
        apart=pairs,
        unplaced=found.unplaced,
        measures=len(found.measures),
    )


def _vector(half: np.ndarray) -> tuple[float, float]:
    return float(half[0]), float(half[1])


def _explain(found: OutletMap, axis: int, labels: dict[str, str]) -> MapAxis:
    loadings = found.loadings[:, axis]
    if not len(loadings):
        return MapAxis(0.0, (), ())
    order = np.argsort(-np.abs(loadings), kind="stable")[:MOST_NAMED]
    order = order[np.abs(loadings[order]) >= _LEAST_PART * np.abs(loadings).max()]
    high, low = (tuple(labels[found.measures[n]] for n in order if loadings[n] * sign > 0) for sign in (1, -1))
    return MapAxis(float(found.explained[axis]), high, low)

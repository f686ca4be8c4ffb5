"""Finished data of the kinds that the charts of comparison are drawn from."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from chart_tables import GROUPS, module_table

from framing.charts import ShownMeasure
from framing.charts.contrast import Contrast
from framing.charts.frames import FrameProfiles
from framing.charts.heatmap import Heatmap
from framing.charts.outlet_map import MapAxis, MapPoint, OutletPlaces
from framing.charts.paired_table import PairedIntervals

MEASURES = [m for group in GROUPS for m in group.measures]


def heatmap_data(outlets: Sequence[str], seed: int = 1) -> Heatmap:
    """The second outlet has few articles, the fourth none; others lie up to five margins off and may differ."""
    numbers = random.Random(seed)
    keys = [(o, m.name) for o in outlets for m in MEASURES]
    deviations = {key: numbers.uniform(-5, 5) for key in keys}
    differing = {key for key in keys if numbers.random() < 0.3}
    return Heatmap.from_table(module_table(outlets, seed), MEASURES, outlets, deviations, differing, 10, 1_234)


def interval_table(outlets: Sequence[str], seed: int, low: float = 0.0, high: float = 1.0) -> pa.Table:
    """Of the columns of `measures` those that one series needs; the second outlet has few articles, the fourth none."""
    numbers = random.Random(seed)
    rows = []
    for index, outlet in enumerate(outlets):
        articles = {1: 3, 3: 0}.get(index, numbers.choice((10, 250, 123_456)))
        value = numbers.uniform(low, high) if articles else math.nan
        rows.append(
            {
                "outlet": outlet,
                "value": value,
                "low": max(low, value - 0.2),
                "high": min(high, value + 0.1),
                "n_articles": articles,
                "status": "ok" if articles >= 10 else "insufficient" if articles else "undefined",
            }
        )
    return pa.Table.from_pylist(rows)


def paired_data(outlets: Sequence[str], series: int, scale: bool = False) -> PairedIntervals:
    """Pairs of shares, or of weights on a scale."""
    names = ("own voice", "$quoted_", "in reported speech 引用", "headlines")[:series]
    ends = (-2.0, 2.0, "delegitimising", "legitimising to the utmost") if scale else None
    low, high = ends[:2] if ends else (0.0, 1.0)
    tables = {name: interval_table(outlets, seed, low, high) for seed, name in enumerate(names)}
    return PairedIntervals.from_tables(
        "“rebels” for “The $armed opposition”", "share of 引用", tables, outlets, percent=not scale, scale=ends
    )


def contrast_row(measure: str, **cells: Any) -> dict[str, Any]:
    """A row of the table `contrasts` with what the chart reads of it."""
    usual = {
        "measure": measure,
        "value": 0.4,
        "other_value": 0.2,
        "difference": 0.2,
        "low": 0.1,
        "high": 0.3,
        "q": 0.01,
        "status": "ok",
        "matched_difference": 0.1,
        "matched_low": -0.1,
        "matched_high": 0.25,
        "matched_q": 0.3,
        "n_events": 12,
        "matched_status": "ok",
        "article_share": 0.1,
        "term_share": math.nan,
        "survives": "yes",
    }
    return {**usual, **cells}


def contrast_data(outlet: str, other: str) -> Contrast:
    """Six measures: one carried by all there is, one without events, one of few articles, one without a row."""
    rows = [
        contrast_row(MEASURES[0].name),
        contrast_row(MEASURES[1].name, article_share=0.7, term_share=1.2, survives="no"),
        contrast_row(MEASURES[3].name, n_events=0, matched_status="undefined"),
        contrast_row(MEASURES[4].name, status="insufficient", n_events=1_234, difference=-40, matched_difference=-55),
        contrast_row(MEASURES[5].name, n_events=3, matched_status="insufficient", difference=-40, low=-60, high=-5),
    ]
    return Contrast.from_rows(outlet, other, MEASURES, rows, {MEASURES[2].name: (0.1, 123_456.0)})


def map_data(outlets: Sequence[str], seed: int = 1) -> OutletPlaces:
    """All but the last two are placed, many of them close together."""
    numbers = random.Random(seed)
    points = [MapPoint(o, numbers.gauss(0, 1), numbers.gauss(0, 0.6), ((0.9, 0.3), (-0.1, 0.3))) for o in outlets[:-2]]
    axis = MapAxis(0.6, tuple(m.label for m in MEASURES[:3]), tuple(m.label for m in MEASURES[3:]))
    return OutletPlaces.from_points(points, (axis, MapAxis(0.1, (), ("Hedges",))), unplaced=outlets[-2:], measures=18)


def frames_data(outlets: Sequence[str]) -> FrameProfiles:
    """The frames of the first group; the fourth outlet has no cue."""
    return FrameProfiles.from_table(
        module_table(outlets), GROUPS[0], outlets, means=[0.2, 0.4, math.nan], unit="share of $cues 引用"
    )


OFFICIALS = ShownMeasure("sourcing.words.official", "Officials", "of others’ words", True)
HEDGES = ShownMeasure("certainty.hedge.own", "Hedges", "per 1,000 words")

"""How far the numbers of the scoring modules can be told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from framing.report.findings.finding import bounds
from framing.report.module_choice import MeasureView
from framing.report.results import Results
from framing.report.rows import OK, Value


def measure_bounds(value: Value, measure: MeasureView) -> tuple[float, float]:
    """Return the interval with which a number is compared with others.

    An interval without width says nothing about certainty. A share then gets bounds by the rule of three (see
    `bounds`), as does a rate of which nothing was found: at most 3 may have been expected in as many words. Any other
    has no bounds: it can be told apart from nothing.
    """
    if value.low < value.high:
        return value.low, value.high
    if measure.shown.percent and not math.isnan(value.low):
        return bounds(value)
    if value.numerator == 0 and value.denominator > 0:
        return 0.0, 3 * measure.scale / value.denominator
    return -math.inf, math.inf


@dataclass(frozen=True, slots=True)
class Gap:
    """Two outlets whose intervals lie apart: `more` above `less`, by `width` in the unit of the measure."""

    more: str
    less: str
    width: float


def enough(results: Results, measure: MeasureView, outlets: Sequence[str]) -> dict[str, Value]:
    """Return the numbers of the outlets that have enough articles."""
    found = {o: results.measures.get((o, measure.name)) for o in outlets}
    return {o: value for o, value in found.items() if value is not None and value.status == OK}


def widest_gap(results: Results, measure: MeasureView, outlets: Sequence[str]) -> Gap | None:
    """Return the two outlets whose intervals lie furthest apart, None if none do."""
    values = enough(results, measure, outlets)
    if len(values) < 2:
        return None
    ends = {o: measure_bounds(v, measure) for o, v in values.items()}
    # Of equals, those with more articles.
    more = max(values, key=lambda o: (ends[o][0], values[o].n_articles, o))
    less = min(values, key=lambda o: (ends[o][1], -values[o].n_articles, o))
    width = ends[more][0] - ends[less][1]
    return Gap(more, less, width) if 0 < width < math.inf else None


def stands_apart(results: Results, measure: MeasureView, outlet: str, others: Sequence[str]) -> bool | None:
    """Whether an outlet's interval lies clear of those of more than half of the others; None if that cannot be said,
    because it or all of them have too few articles."""
    values = enough(results, measure, [outlet, *others])
    if outlet not in values or len(values) < 2:
        return None
    low, high = measure_bounds(values.pop(outlet), measure)
    ends = [measure_bounds(v, measure) for v in values.values()]
    return 2 * sum(low > b or high < a for a, b in ends) > len(ends)

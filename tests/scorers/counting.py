"""What a scorer counted in one text, and what a measure makes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from framing.measure import Measure
from framing.scorers.counts import Counts


def counters(counts: Counts, article: int = 0) -> dict[str, float]:
    """The counters of one article by name."""
    rows = zip(counts.article.tolist(), counts.counter.tolist(), counts.value.tolist(), strict=True)
    return {counts.names[counter]: float(value) for number, counter, value in rows if number == article}


def value(measure: Measure, counts: Mapping[str, float]) -> float:
    above = sum(counts.get(name, 0.0) for name in measure.numerators)
    below = sum(counts.get(name, 0.0) for name in measure.denominators)
    return measure.scale * above / below if below else math.nan

"""What the chart of two outlets shows: which outlets, which measures, in which words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts import ShownMeasure
from framing.charts.contrast_table import Contrast
from framing.errors import InputError
from framing.report.findings.checks import LEVEL
from framing.report.findings.ranking import main_referents
from framing.report.results import Results
from framing.report.wording import quote, weight
from framing.statistics import REST

MOST_ROWS = 10
LEAST_ROWS = 5
MOST_OF_KIND = 2  # measures of one module: they often tell the same

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two outlets, the rows to show, and how many of the measures compared differ.

    Attributes
    ----------
    contrast : Contrast
    tested : int
        Measures with enough evidence over all articles.
    differ : int
        Those that differ beyond chance, all comparisons counted.
    same : int
        Those that also differ within events, in the same direction.
    matched : int
        Of those that differ, those with enough events in common to ask.
    """

    contrast: Contrast
    tested: int
    differ: int
    same: int
    matched: int


def choose_pair(results: Results, outlets: Sequence[str], outlet: str | None, other: str | None) -> tuple[str, str]:
    """Return two outlets: those given, and otherwise the two shown that differ in most measures.

    Raises
    ------
    InputError
        There is no such outlet, the two are one, or there is only one.
    """
    results.choose_outlets([o for o in (outlet, other) if o is not None], 2)
    if outlet is None and other is not None:
        outlet, other = other, None
    if outlet is not None and outlet == other:
        raise InputError(f"{outlet!r} cannot be compared with itself. Choose another outlet.")
    if outlet is not None and other is not None:
        return outlet, other
    shown = list(outlets) if outlet is None else [outlet, *(o for o in outlets if o != outlet)]
    if len(shown) < 2:
        raise InputError("A contrast needs two outlets, and there is one. Choose another with `other`.")
    found = _count_differing(results)
    pairs = [(a, b) for i, a in enumerate(shown) for b in shown[i + 1 :] if outlet in (None, a)]
    return max(pairs, key=lambda pair: found[frozenset(pair)])


def _count_differing(results: Results) -> Counter[frozenset[str]]:
    if not results.has_contrasts:
        return Counter()
    table = results.analysis.table("contrasts").arrow.select(["outlet", "other", "measure", "q"])
    table = table.filter(pc.and_(pc.not_equal(table["other"], REST), pc.less_equal(table["q"], LEVEL)))
    views = [v.name for m in results.modules for v in m.headline]
    table = table.filter(pc.is_in(table["measure"], pa.array(views, pa.string())))
    return Counter(map(frozenset, zip(table["outlet"].to_pylist(), table["other"].to_pylist(), strict=True)))


def take_contrast(results: Results, outlet: str, other: str) -> Pair:
    """Take the strongest differences between two outlets, those that one article, one term or shared text carries
    last.

    At most `MOST_OF_KIND` of one module or of the names of one referent; those within chance only where few are beyond.
    """
    shown = _list_measures(results, (outlet, other))
    table = results.analysis.contrasts(outlet, other).arrow
    table = table.filter(pc.is_in(table["measure"], pa.array(list(shown), pa.string())))
    rows = sorted(table.to_pylist(), key=lambda row: _order(row, list(shown)))
    kinds: Counter[str] = Counter()
    chosen: list[Row] = []
    for row in rows:
        kind = _kind(row["measure"])
        enough = len(chosen) >= (MOST_ROWS if _differs(row) else LEAST_ROWS)
        if not enough and kinds[kind] < MOST_OF_KIND:
            kinds[kind] += 1
            chosen.append(row)
    measures = [shown[row["measure"]] for row in chosen]
    values: dict[str, tuple[float, float]] = {}
    if not chosen:  # all insufficient: the numbers stand for themselves
        measures = [v.shown for m in results.modules for v in m.profiled[:1]]
        for measure in measures:
            first, second = (results.measures.get((o, measure.name)) for o in (outlet, other))
            values[measure.name] = (
                math.nan if first is None else first.value,
                math.nan if second is None else second.value,
            )
    if not measures:
        raise InputError(f"There is nothing to draw of {outlet!r} and {other!r}: no measure of any module.")
    differing = [row for row in rows if _is_clear(row)]
    return Pair(
        Contrast.from_rows(outlet, other, measures, chosen, values),
        sum(not math.isnan(row["q"]) for row in rows),
        len(differing),
        sum(row["matched_q"] <= LEVEL and row["matched_difference"] * row["difference"] > 0 for row in differing),
        sum(row["matched_status"] == "ok" for row in differing),
    )


def _order(row: Row, measures: Sequence[str]) -> tuple[bool, bool, float, float, int]:
    q = min((x for x in (row["q"], row["matched_q"]) if not math.isnan(x)), default=2.0)
    fragile = bool(row["carried_by"]) or row["survives"] == "no"
    delta = 0.0 if math.isnan(row["delta"]) else abs(row["delta"])
    return not _differs(row), fragile, q, -delta, measures.index(row["measure"])


def _differs(row: Row) -> bool:
    return _is_clear(row) or _is_clear(row, "matched_")


def _is_clear(row: Row, prefix: str = "") -> bool:
    """Whether both the test and the interval tell a difference from none."""
    q, low, high = (row[f"{prefix}{name}"] for name in ("q", "low", "high"))
    return bool(q <= LEVEL and not low <= 0 <= high)


def _kind(measure: str) -> str:
    fields = measure.split(":")
    return ":".join(fields[:3]) if len(fields) > 2 else measure.split(".")[0]


def _list_measures(results: Results, outlets: Sequence[str]) -> dict[str, ShownMeasure]:
    """Return the measures compared, by name: those that the report shows first, and the names of its main referents."""
    found = {v.name: v.shown for m in results.modules for v in m.headline}
    for voice, label in (("quoted", "Words in quotation marks"), ("attributed", "Words in reported speech")):
        found[f"voice:{voice}"] = ShownMeasure(f"voice:{voice}", label, "of all words", True)
    for referent in main_referents(results, outlets):
        label, key = quote(results.label(referent)), ":".join(referent)
        scale = results.scale(referent)
        unit = f"mean weight, {weight(scale.low)} {scale.low_name} to {weight(scale.high)} {scale.high_name}"
        found[f"stance:{key}:own"] = ShownMeasure(f"stance:{key}:own", f"Words for {label}", unit)
        for name in results.pool(outlets, referent).names:
            share = f"share:{key}:own:{name.term}"
            found[share] = ShownMeasure(share, quote(name.label), f"of its own names for {label}", True)
    return found

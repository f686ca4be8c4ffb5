"""What a contrast of two outlets shows: measures, each with its difference over all articles and on the same events."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from framing.charts.measure_rows import ShownMeasure
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED, number, read_status, whole
from framing.errors import InputError

COLUMNS = (
    "measure", "value", "other_value", "difference", "low", "high", "q", "status", "matched_difference", "matched_low",
    "matched_high", "matched_q", "n_events", "matched_status", "article_share", "term_share", "survives",
)  # fmt: skip
CARRIED = 0.5
"""Share of a difference that one article or one term carries alone where the chart says so."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference with its 95% interval; nan where the evidence is insufficient."""

    value: float
    low: float
    high: float
    q: float
    status: str

    @property
    def drawn(self) -> bool:
        """Whether there is a dot and an interval to draw."""
        return self.status == OK and not any(map(math.isnan, (self.value, self.low, self.high)))


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """One measure.

    Attributes
    ----------
    measure : ShownMeasure
    value, other : float
        Of the two outlets; nan where undefined.
    pooled, matched : Difference
        Over all articles, and within events on which both report.
    events : int
        Such events.
    marks : tuple of str
        What speaks against the difference: "one article", "one term", "shared text"; none where nothing does.
    """

    measure: ShownMeasure
    value: float
    other: float
    pooled: Difference
    matched: Difference
    events: int = 0
    marks: tuple[str, ...] = ()

    @property
    def reach(self) -> float:
        """The bound farthest from zero; 0 where nothing is drawn."""
        drawn = [d for d in (self.pooled, self.matched) if d.drawn]
        return max((abs(x) for d in drawn for x in (d.value, d.low, d.high)), default=0.0)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two outlets.

    Attributes
    ----------
    outlet, other : str
        Differences are those of the first less those of the second.
    rows : tuple of ContrastRow
        In the order in which they are shown.
    """

    outlet: str
    other: str
    rows: tuple[ContrastRow, ...]

    @classmethod
    def from_rows(
        cls,
        outlet: str,
        other: str,
        measures: Sequence[ShownMeasure],
        rows: Iterable[Mapping[str, Any]],
        values: Mapping[str, tuple[float, float]] | None = None,
    ) -> Contrast:
        """Take measures from rows of the table `contrasts`, all of them of the first outlet against the other.

        Parameters
        ----------
        measures : sequence of ShownMeasure
            In the order in which they are shown.
        rows : iterable of mapping
            Of `COLUMNS`. A measure without a row has insufficient evidence.
        values : mapping of str to (float, float), optional
            The two outlets' numbers of measures without a row.

        Raises
        ------
        InputError
            No measure is named, or a row lacks a column.
        """
        found = {}
        for row in rows:
            missing = [c for c in COLUMNS if c not in row]
            if missing:
                raise InputError(
                    f"Table 'contrasts' has no column {', '.join(map(repr, missing))}. Make the analysis again."
                )
            found[str(row["measure"])] = row
        if not measures:
            raise InputError("No measure to draw. Name at least one.")
        return cls(
            outlet,
            other,
            tuple(
                _read(m, found[m.name]) if m.name in found else _nothing(m, (values or {}).get(m.name))
                for m in measures
            ),
        )

    def to_table(self) -> pa.Table:
        """Return the data of the chart, one row for each measure.

        Columns: measure, label, unit : string; value, other_value, difference, low, high, q, matched_difference,
        matched_low, matched_high, matched_q : float64, nan where undefined; n_events : int64; marks : string, with
        "; " between several.
        """
        rows = self.rows
        columns: dict[str, pa.Array] = {
            "measure": pa.array([r.measure.name for r in rows], pa.string()),
            "label": pa.array([r.measure.label for r in rows], pa.string()),
            "unit": pa.array([r.measure.unit for r in rows], pa.string()),
            "value": pa.array([r.value for r in rows], pa.float64()),
            "other_value": pa.array([r.other for r in rows], pa.float64()),
        }
        for prefix, differences in (("", [r.pooled for r in rows]), ("matched_", [r.matched for r in rows])):
            for name in ("value", "low", "high", "q"):
                column = f"{prefix}{'difference' if name == 'value' else name}"
                columns[column] = pa.array([getattr(d, name) for d in differences], pa.float64())
        columns["n_events"] = pa.array([r.events for r in rows], pa.int64())
        columns["marks"] = pa.array(["; ".join(r.marks) for r in rows], pa.string())
        return pa.table(columns)


def _read(measure: ShownMeasure, row: Mapping[str, Any]) -> ContrastRow:
    marks = []
    if number(row["article_share"]) >= CARRIED:
        marks.append("one article")
    if number(row["term_share"]) >= CARRIED:
        marks.append("one term")
    if row["survives"] == "no":
        marks.append("shared text")
    return ContrastRow(
        measure,
        number(row["value"]),
        number(row["other_value"]),
        _difference(row, ""),
        _difference(row, "matched_"),
        whole(row["n_events"]),
        tuple(marks),
    )


def _difference(row: Mapping[str, Any], prefix: str) -> Difference:
    value, low, high, q = (number(row[f"{prefix}{name}"]) for name in ("difference", "low", "high", "q"))
    return Difference(value, low, high, q, read_status(row[f"{prefix}status"]))


def _nothing(measure: ShownMeasure, values: tuple[float, float] | None) -> ContrastRow:
    value, other = values or (math.nan, math.nan)
    status = UNDEFINED if math.isnan(value) or math.isnan(other) else INSUFFICIENT
    none = Difference(math.nan, math.nan, math.nan, math.nan, status)
    return ContrastRow(measure, value, other, none, none)

"""What the heat map shows: some measures of some outlets, and how far each number lies from a reference."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from framing.charts.interval_rows import Interval
from framing.charts.measure_rows import ShownMeasure, take_measures
from framing.charts.tables import OK

Key = tuple[str, str]  # (outlet, measure)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One measure of one outlet.

    Attributes
    ----------
    interval : Interval
    deviation : float
        How far it lies from all other outlets together, or from the mean of those shown, in the unit of the chart;
        nan where that cannot be said.
    differs : bool
        Whether it differs clearly from all other outlets together.
    """

    interval: Interval
    deviation: float
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Measures by outlets.

    Attributes
    ----------
    outlets : tuple of str
        In the order of the columns.
    measures : tuple of ShownMeasure
        In the order of the rows.
    cells : tuple of tuple of HeatCell
        One row for each measure.
    minimum : int
        Fewest articles for status "ok".
    total : int
        Outlets that were compared, also those not shown.
    against_others : bool
        Whether deviations are from all other outlets together; otherwise from the mean of those shown.
    left_out : int
        Measures for which there was no room.
    """

    outlets: tuple[str, ...]
    measures: tuple[ShownMeasure, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    minimum: int = 10
    total: int = 0
    against_others: bool = False
    left_out: int = 0

    @classmethod
    def from_table(
        cls,
        table: pa.Table,
        measures: Sequence[ShownMeasure],
        outlets: Sequence[str],
        deviations: Mapping[Key, float],
        differing: Collection[Key] = (),
        minimum: int = 10,
        total: int | None = None,
        against_others: bool = False,
    ) -> Heatmap:
        """Take measures from the table `measures`.

        Parameters
        ----------
        measures, outlets : sequence
            In the order in which they are shown.
        deviations : mapping of (outlet, measure) to float
            How far each number lies from the reference; those that are missing have no colour.
        differing : collection of (outlet, measure)
            Which differ clearly from all other outlets together.
        minimum : int
            The number of articles behind the table's status, for the key.
        total : int, optional
            How many outlets were compared, where not all are shown.
        against_others : bool
            Whether the reference of an outlet is all others together; otherwise it is the mean of the outlets.

        Raises
        ------
        InputError
            The table has no row of these measures, a column is missing, or no outlet was chosen.
        """
        chosen, found = take_measures(table, (m.name for m in measures), outlets)
        rows = []
        for measure in measures:
            cells = []
            for outlet in chosen:
                interval, key = found[measure.name][outlet], (outlet, measure.name)
                ok = interval.status == OK
                cells.append(
                    HeatCell(interval, deviations.get(key, math.nan) if ok else math.nan, ok and key in differing)
                )
            rows.append(tuple(cells))
        return cls(tuple(chosen), tuple(measures), tuple(rows), minimum, total or len(chosen), against_others)

    def leave_out_weakest(self) -> Heatmap:
        """Return it without the measure in which outlets differ least clearly: none does, and none deviates far."""
        reach = [max((abs(c.deviation) for c in row if c.deviation == c.deviation), default=0.0) for row in self.cells]
        weakest = min(range(len(reach)), key=lambda n: (any(c.differs for c in self.cells[n]), reach[n], -n))
        kept = [n for n in range(len(reach)) if n != weakest]
        return replace(
            self,
            measures=tuple(self.measures[n] for n in kept),
            cells=tuple(self.cells[n] for n in kept),
            left_out=self.left_out + 1,
        )

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        usual = "Figures: each measure in its unit"
        if not self.coloured:
            return usual
        others = self.total - 1
        reference = f"the {others:,} other outlets together" if others > 1 else "the other outlet"
        if not self.against_others:
            reference = "the mean of these outlets"
        return f"{usual}. Colour: distance from {reference}, in typical margins of error (half a 95% interval)"

    @property
    def coloured(self) -> bool:
        """Whether any cell can be set beside the reference."""
        return any(not math.isnan(cell.deviation) for row in self.cells for cell in row)

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row for each cell, measure by measure.

        Columns: measure, label, unit, outlet : string; value, low, high, and margins_from_others or margins_from_mean :
        float64, nan where undefined; n_articles : int64; status : string; differs : bool.
        """
        margins = "margins_from_others" if self.against_others else "margins_from_mean"
        cells = [(m, c) for m, row in zip(self.measures, self.cells, strict=True) for c in row]
        return pa.table(
            {
                "measure": pa.array([m.name for m, _ in cells], pa.string()),
                "label": pa.array([m.label for m, _ in cells], pa.string()),
                "unit": pa.array([m.unit for m, _ in cells], pa.string()),
                "outlet": pa.array([c.interval.outlet for _, c in cells], pa.string()),
                "value": pa.array([c.interval.value for _, c in cells], pa.float64()),
                "low": pa.array([c.interval.low for _, c in cells], pa.float64()),
                "high": pa.array([c.interval.high for _, c in cells], pa.float64()),
                margins: pa.array([c.deviation for _, c in cells], pa.float64()),
                "n_articles": pa.array([c.interval.articles for _, c in cells], pa.int64()),
                "status": pa.array([c.interval.status for _, c in cells], pa.string()),
                "differs": pa.array([c.differs for _, c in cells], pa.bool_()),
            }
        )

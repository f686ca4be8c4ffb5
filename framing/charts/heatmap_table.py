"""What the heat map shows: some measures of some outlets, and how far each number lies from the outlets' mean."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
        How far it lies from the mean of the outlets, in the unit of the chart; nan where that cannot be said.
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
    """

    outlets: tuple[str, ...]
    measures: tuple[ShownMeasure, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    minimum: int = 10
    total: int = 0

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
    ) -> Heatmap:
        """Take measures from the table `measures`.

        Parameters
        ----------
        measures, outlets : sequence
            In the order in which they are shown.
        deviations : mapping of (outlet, measure) to float
            How far each number lies from the mean of the outlets; those that are missing have no colour.
        differing : collection of (outlet, measure)
            Which differ clearly from all other outlets together.
        minimum : int
            The number of articles behind the table's status, for the key.
        total : int, optional
            How many outlets were compared, where not all are shown.

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
        return cls(tuple(chosen), tuple(measures), tuple(rows), minimum, total or len(chosen))

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row for each cell, measure by measure.

        Columns: measure, label, unit, outlet : string; value, low, high, margins_from_mean : float64, nan where
        undefined; n_articles : int64; status : string; differs : bool.
        """
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
                "margins_from_mean": pa.array([c.deviation for _, c in cells], pa.float64()),
                "n_articles": pa.array([c.interval.articles for _, c in cells], pa.int64()),
                "status": pa.array([c.interval.status for _, c in cells], pa.string()),
                "differs": pa.array([c.differs for _, c in cells], pa.bool_()),
            }
        )

"""What the chart of a module shows: some of its measures, each for all outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.interval_rows import TYPES, Interval
from framing.charts.measure_rows import WORDS, MeasureGroup, ShownMeasure, take_measures
from framing.charts.tables import make_table, sort_key


@dataclass(frozen=True, slots=True)
class MeasurePanel:
    """One measure with an interval per outlet: from the highest to the lowest; then outlets with too few articles,
    then those without evidence."""

    measure: ShownMeasure
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class ModuleIntervals:
    """Measures of one module by outlet.

    Attributes
    ----------
    title : str
        Of the module.
    panels : tuple of MeasurePanel
    minimum : int
        Fewest articles for status "ok".
    """

    title: str
    panels: tuple[MeasurePanel, ...]
    minimum: int = 10

    @classmethod
    def from_table(
        cls, measures: pa.Table, group: MeasureGroup, outlets: Sequence[str] | None = None, minimum: int = 10
    ) -> ModuleIntervals:
        """Take the measures of a group from the table `measures`.

        Parameters
        ----------
        outlets : sequence of str, optional
            An outlet without a row is shown as "no evidence". Default: all in the rows.
        minimum : int
            The number of articles behind the table's status, for the key.

        Raises
        ------
        InputError
            The table has no row of these measures, a column is missing, or no outlet was chosen.
        """
        _, found = take_measures(measures, (m.name for m in group.measures), outlets)
        panels = []
        for measure in group.measures:
            rows = sorted(found[measure.name].values(), key=lambda row: sort_key(row.status, row.value, row.outlet))
            panels.append(MeasurePanel(measure, tuple(rows)))
        return cls(group.title, tuple(panels), minimum)

    @property
    def subtitle(self) -> str:
        """How to read the measures, as a chart says it."""
        return "Each measure on an axis of its own, with 95% interval"

    def to_table(self) -> pa.Table:
        """Return the data of the chart, one row for each measure and outlet.

        Columns: measure, label, unit, outlet : string; value, low, high : float64, in the unit (shares 0 to 1), nan
        where undefined; n_articles : int64; status : string.
        """
        rows = [(*p.measure.words, *row.cells) for p in self.panels for row in p.intervals]
        return make_table(rows, **WORDS, **TYPES)

"""What charts of pairs show: one measure of each outlet in two or three kinds of text, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.interval_rows import TYPES, Interval, no_evidence, read_interval
from framing.charts.labels import clean
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED, choose_outlets, make_table, read_rows
from framing.errors import InputError

_COLUMNS = ("outlet", "value", "low", "high", "n_articles", "status")


@dataclass(frozen=True, slots=True)
class PairedRow:
    """One outlet: a number for each series, and whether the first is known to lie apart from another."""

    outlet: str
    intervals: tuple[Interval, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class PairedIntervals:
    """One measure by outlet and series.

    Attributes
    ----------
    label, unit : str
        Of the measure.
    series : tuple of str
        What is set side by side: "own voice", "quoted"; at most four.
    rows : tuple of PairedRow
        From the highest number of the first series to the lowest; then outlets that have too few articles in it, then
        those without evidence.
    percent : bool
        A share, 0 to 1, printed as per cent.
    scale : (float, float, str, str) or None
        Ends of the axis and what they mean, where the measure has a scale of its own.
    minimum : int
        Fewest articles for status "ok".
    """

    label: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[PairedRow, ...]
    percent: bool = False
    scale: tuple[float, float, str, str] | None = None
    minimum: int = 10

    @classmethod
    def from_tables(
        cls,
        label: str,
        unit: str,
        tables: Mapping[str, pa.Table],
        outlets: Sequence[str] | None = None,
        *,
        percent: bool = False,
        scale: tuple[float, float, str, str] | None = None,
        minimum: int = 10,
    ) -> PairedIntervals:
        """Take one number of each outlet from each table.

        Parameters
        ----------
        tables : mapping of str to pa.Table
            Series to rows with the columns outlet, value, low, high, n_articles, status.
        outlets : sequence of str, optional
            An outlet without a row is shown as "no evidence". Default: all in the rows.

        Raises
        ------
        InputError
            A column is missing, an outlet has two rows in one series, no outlet was chosen, or there is no evidence in
            any series.
        """
        found: dict[str, dict[str, Interval]] = {}
        for series, table in tables.items():
            found[series] = {}
            for row in read_rows(table, series, _COLUMNS):
                interval = read_interval(row)
                if interval.outlet in found[series]:
                    raise InputError(f"Table {series!r} has two rows of {interval.outlet!r}. Give one for each outlet.")
                found[series][interval.outlet] = interval
        chosen = choose_outlets(outlets, (o for rows in found.values() for o in rows))
        rows = [PairedRow(o, tuple(found[s].get(o, no_evidence(o)) for s in found)) for o in chosen]
        if all(i.status == UNDEFINED for row in rows for i in row.intervals):
            raise InputError(f"There is nothing to draw of {label!r}: no outlet has evidence for it.")
        return cls(label, unit, tuple(found), tuple(sorted(rows, key=_order)), percent, scale, minimum)

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        return clean(f"{self.unit}, with 95% interval") if self.unit else "With 95% interval"

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row for each outlet and series.

        Columns: measure, series, outlet : string; value, low, high : float64, nan where undefined; n_articles : int64;
        status : string; apart : bool, of the outlet.
        """
        rows = [
            (self.label, series, *interval.cells, row.apart)
            for row in self.rows
            for series, interval in zip(self.series, row.intervals, strict=True)
        ]
        return make_table(rows, measure=pa.string(), series=pa.string(), **TYPES, apart=pa.bool_())


def _order(row: PairedRow) -> tuple[int, float, str]:
    first = row.intervals[0]
    rank = {OK: 0, INSUFFICIENT: 1, UNDEFINED: 2}[first.status]
    return rank, 0.0 if first.status == UNDEFINED else -first.value, row.outlet

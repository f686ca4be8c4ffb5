"""What the slope chart shows: one measure of each outlet in two periods, and the change between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.measure_rows import ShownMeasure
from framing.charts.tables import OK, UNDEFINED, choose_outlets, make_table, number, read_rows, read_status, whole
from framing.charts.trend_table import say_unit
from framing.errors import InputError

MAX_Q = 0.05
_NUMBERS = ("before", "after", "difference", "low", "high")
_COLUMNS = ("outlet", "measure", *_NUMBERS, "n_before", "n_after", "status")


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """A measure of one outlet in two periods.

    Attributes
    ----------
    outlet : str
    before, after : float
        In the unit of the measure; nan without evidence.
    difference, low, high : float
        after - before, with its 95% interval; nan where one of the two is.
    n_before, n_after : int
        Articles behind them.
    status : str
        "ok", "insufficient" or "undefined".
    q : float
        False discovery rate over the outlets; nan where it was not tested.
    """

    outlet: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    n_before: int
    n_after: int
    status: str
    q: float = math.nan

    @property
    def has_interval(self) -> bool:
        """Whether the change has bounds to draw."""
        return not (math.isnan(self.low) or math.isnan(self.high))

    @property
    def changes(self) -> bool:
        """Whether the change rests on enough articles, its interval holds no 0, and no test takes it for chance."""
        apart = self.has_interval and (self.low > 0 or self.high < 0)
        return self.status == OK and apart and not self.q > MAX_Q


@dataclass(frozen=True, slots=True)
class Slopes:
    """One measure by outlet, before and after.

    Attributes
    ----------
    measure : ShownMeasure
    before, after : str
        What the periods are called.
    lines : tuple of SlopeLine
        From the highest to the lowest in the second period; then those without a number in one of the two.
    minimum : int
        Fewest articles in each period for status "ok"; see `framing.statistics.contrasts` for what else that needs.
    """

    measure: ShownMeasure
    before: str
    after: str
    lines: tuple[SlopeLine, ...]
    minimum: int = 10

    @classmethod
    def from_table(
        cls,
        change: pa.Table,
        measure: ShownMeasure,
        before: str,
        after: str,
        outlets: Sequence[str] | None = None,
        minimum: int = 10,
    ) -> Slopes:
        """Take one measure from the table of `framing.statistics.trends.compute_change`.

        Parameters
        ----------
        before, after : str
            What the periods are called, for example "2031" and "2032".
        outlets : sequence of str, optional
            An outlet without a row is shown as "no evidence". Default: all in the rows.
        minimum : int
            The number of articles behind the table's status, for the key.

        Raises
        ------
        InputError
            The table has no row of the measure, a column is missing, or no outlet was chosen.
        """
        tested = ("q",) if "q" in change.column_names else ()
        rows = read_rows(change, "change", (*_COLUMNS, *tested), measure=measure.name)
        if not rows:
            raise InputError(f"The changes hold no row of the measure {measure.name!r}. Compute them for it.")
        found = {str(row["outlet"]): _read(row) for row in rows}
        lines = [found.get(o) or _none(o) for o in choose_outlets(outlets, found)]
        lines.sort(key=lambda x: (x.status == UNDEFINED, -x.after if not math.isnan(x.after) else math.inf, x.outlet))
        return cls(measure, clean(before), clean(after), tuple(lines), minimum)

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        interval = " with 95% interval" if any(line.has_interval for line in self.lines) else ""
        return f"{say_unit(self.measure)}; change{interval}"

    def to_table(self) -> pa.Table:
        """Return what is drawn, one row for each outlet in the order of the chart, as the data beside the figure.

        Returns
        -------
        pa.Table
            outlet, measure, before, after, difference, low, high, q, n_before, n_after, status; numbers nan where
            there is no evidence.
        """
        types = {
            **dict.fromkeys((*_NUMBERS, "q"), pa.float64()),
            **dict.fromkeys(("n_before", "n_after"), pa.int64()),
            "status": pa.string(),
        }
        rows = ((x.outlet, self.measure.name, *(getattr(x, name) for name in types)) for x in self.lines)
        return make_table(rows, outlet=pa.string(), measure=pa.string(), **types)


def _read(row: Mapping[str, Any]) -> SlopeLine:
    before, after, difference, low, high = (number(row[name]) for name in _NUMBERS)
    known = not (math.isnan(before) or math.isnan(after))
    status = read_status(row["status"]) if known else UNDEFINED
    sizes = whole(row["n_before"]), whole(row["n_after"])
    q = number(row.get("q"))
    return SlopeLine(str(row["outlet"]), before, after, difference, low, high, *sizes, status, q)


def _none(outlet: str) -> SlopeLine:
    return SlopeLine(outlet, math.nan, math.nan, math.nan, math.nan, math.nan, 0, 0, UNDEFINED)

"""What the chart of a trend shows: one measure of each outlet by week, month or year."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from framing.charts.labels import NO_BREAK_SPACE, clean
from framing.charts.measure_rows import ShownMeasure
from framing.charts.tables import OK, UNDEFINED, choose_outlets, make_table, number, read_rows, read_status, whole
from framing.charts.time_axis import end_of_period
from framing.errors import InputError

PERIODS = ("week", "month", "year")
_COLUMNS = ("outlet", "measure", "period", "first_day", "value", "low", "high", "n_articles", "status")


def say_unit(measure: ShownMeasure) -> str:
    """Return the unit of a measure as a subtitle begins with it, its label where it has none."""
    what = clean(measure.unit or measure.label)
    if measure.percent and what.startswith("of "):
        return f"Share {what}"
    return what[:1].upper() + what[1:]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A measure of one outlet in one period.

    Attributes
    ----------
    period : str
        "2016-W07", "2016-03" or "2016".
    first, end : int
        Ordinals of its first day and of the day after its last.
    value, low, high : float
        In the unit of the measure, with the 95% interval; nan where undefined.
    articles : int
        Articles behind it.
    status : str
        "ok", "insufficient" or "undefined".
    """

    period: str
    first: int
    end: int
    value: float
    low: float
    high: float
    articles: int
    status: str

    @property
    def middle(self) -> float:
        """Where it stands on the axis of time."""
        return (self.first + self.end) / 2

    @property
    def has_interval(self) -> bool:
        """Whether there are bounds to draw."""
        return not (math.isnan(self.low) or math.isnan(self.high))


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One outlet through time; its points are those of all periods, without gaps."""

    outlet: str
    points: tuple[TrendPoint, ...]

    @property
    def articles(self) -> int:
        """Articles behind all points together."""
        return sum(point.articles for point in self.points)

    def runs(self) -> Iterator[tuple[TrendPoint, ...]]:
        """Yield the points of enough articles that follow each other without a gap."""
        run: list[TrendPoint] = []
        for point in self.points:
            if point.status == OK:
                run.append(point)
            elif run:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)


@dataclass(frozen=True, slots=True)
class EventMark:
    """A day (ordinal) to be marked, with what happened on it."""

    day: int
    label: str


@dataclass(frozen=True, slots=True)
class OutletTrends:
    """One measure by outlet and period.

    Attributes
    ----------
    measure : ShownMeasure
    by : str
        "week", "month" or "year".
    lines : tuple of TrendLine
        In the order chosen.
    marks : tuple of EventMark
        By day; those within the time of the articles.
    marks_outside : int
        Further ones that are not.
    undated : int
        Articles without a date, which are in no point.
    minimum : int
        Fewest articles for status "ok".
    """

    measure: ShownMeasure
    by: str
    lines: tuple[TrendLine, ...]
    marks: tuple[EventMark, ...] = ()
    marks_outside: int = 0
    undated: int = 0
    minimum: int = 10

    @classmethod
    def from_table(
        cls,
        trends: pa.Table,
        measure: ShownMeasure,
        by: str,
        outlets: Sequence[str] | None = None,
        marks: Sequence[tuple[str, str]] = (),
        undated: int = 0,
        minimum: int = 10,
    ) -> OutletTrends:
        """Take one measure from the table of `framing.statistics.trends.compute_trends`.

        Parameters
        ----------
        by : str
            The periods of the table: "week", "month" or "year".
        outlets : sequence of str, optional
            An outlet without a row is shown as "no evidence". Default: all in the rows, by name.
        marks : sequence of (ISO day, label), optional
        undated, minimum : int
            See the attributes; they are for the notes and the key.

        Raises
        ------
        InputError
            The table has no row of the measure, a column is missing, no outlet was chosen, no such period, or a day is
            none.
        """
        if by not in PERIODS:
            raise InputError(f"by is {by!r}. Use one of: {', '.join(PERIODS)}.")
        rows = read_rows(trends, "trends", _COLUMNS, measure=measure.name)
        if not rows:
            raise InputError(f"The trends hold no row of the measure {measure.name!r}. Compute them for it.")
        firsts = {str(row["period"]): read_day(row["first_day"]) for row in rows}
        periods = sorted(firsts, key=lambda name: firsts[name])
        found: dict[tuple[str, str], TrendPoint] = {}
        for row in rows:
            name, value = str(row["period"]), number(row["value"])
            status = UNDEFINED if math.isnan(value) else read_status(row["status"])
            numbers = value, number(row["low"]), number(row["high"]), whole(row["n_articles"])
            found[str(row["outlet"]), name] = TrendPoint(
                name, firsts[name], end_of_period(firsts[name], by), *numbers, status
            )
        lines = []
        for outlet in choose_outlets(outlets, (outlet for outlet, _ in found)):
            points = [found.get((outlet, name)) or _empty(name, firsts[name], by) for name in periods]
            lines.append(TrendLine(outlet, tuple(points)))
        days = sorted((EventMark(read_day(day), clean(label)) for day, label in marks), key=lambda m: (m.day, m.label))
        begin, end = lines[0].points[0].first, lines[0].points[-1].end
        inside = tuple(mark for mark in days if begin <= mark.day < end)
        return cls(measure, by, tuple(lines), inside, len(days) - len(inside), undated, minimum)

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        bounded = any(p.status == OK and p.has_interval for line in self.lines for p in line.points)
        interval = ", with 95% interval" if bounded else ""
        return f"{say_unit(self.measure)}; by{NO_BREAK_SPACE}{self.by}{interval}"

    def to_table(self) -> pa.Table:
        """Return what is drawn, one row for each outlet and period, as the data beside the figure.

        Returns
        -------
        pa.Table
            outlet, measure, period, first_day, value, low, high, n_articles, status; value, low and high nan where
            there is no evidence.
        """
        rows = [(line.outlet, point) for line in self.lines for point in line.points]
        text, real = pa.string(), pa.float64()
        return make_table(
            (
                (outlet, self.measure.name, p.period, date.fromordinal(p.first).isoformat(), p.value, p.low, p.high,
                 p.articles, p.status)
                for outlet, p in rows
            ),
            **dict.fromkeys(_COLUMNS[:4], text), **dict.fromkeys(_COLUMNS[4:7], real), n_articles=pa.int64(),
            status=text,
        )  # fmt: skip


def read_day(day: object) -> int:
    """Return the ordinal of an ISO day.

    Raises
    ------
    InputError
        It is none.
    """
    try:
        return date.fromisoformat(str(day)).toordinal()
    except ValueError as reason:
        raise InputError(f"{str(day)!r} is no day. Write days as 2017-01-24.") from reason


def _empty(period: str, first: int, by: str) -> TrendPoint:
    return TrendPoint(period, first, end_of_period(first, by), math.nan, math.nan, math.nan, 0, UNDEFINED)

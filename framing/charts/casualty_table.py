"""What the chart of casualties shows: the figures that outlets give of one event, day by day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.tables import choose_outlets, make_table, number, read_rows, whole
from framing.charts.trend_table import read_day
from framing.errors import InputError

UNDATED = "undated"
KINDS = {
    "dead": "the dead",
    "wounded": "the wounded",
    "displaced": "the displaced",
    "detained": "the detained",
    "missing": "the missing",
    "hostage": "hostages",
    "casualties": "dead and wounded",
}
_COMPARED = ("event", "kind", "outlet", "articles", "giving", "lowest", "highest", "figures", "credited", "sources")
_FIGURES = ("day", "outlet", "kind", "low", "high", "credited")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in one article.

    Attributes
    ----------
    low, high : float
        Equal for one number, the ends of a range; `high` is nan where it has no upper end ("dozens").
    credited : bool
        Whether somebody is named for it.
    """

    low: float
    high: float
    credited: bool


@dataclass(frozen=True, slots=True)
class OutletDay:
    """What one outlet gives on one day.

    Attributes
    ----------
    outlet : str
    articles, giving : int
        Its articles on the event, and those with a figure.
    lowest, highest : float
        Of the highest figures of its articles; nan without any.
    figures : tuple of Figure
        All of them, from the lowest to the highest.
    sources : str
        Who is credited, most often first, with "; " between them.
    """

    outlet: str
    articles: int
    giving: int
    lowest: float
    highest: float
    figures: tuple[Figure, ...]
    sources: str = ""


@dataclass(frozen=True, slots=True)
class EventDay:
    """The outlets with articles on one day (ISO 8601, or "undated"), in the order chosen."""

    day: str
    outlets: tuple[OutletDay, ...]


@dataclass(frozen=True, slots=True)
class CasualtyFigures:
    """The figures of one kind that outlets give of one event.

    Attributes
    ----------
    event : str
        What the event is called.
    kind : str
        "dead", "wounded", ...
    days : tuple of EventDay
        Those on which an outlet gives a figure, the earliest first, articles without a date last.
    silent : tuple of str
        Outlets of those chosen that are on none of these days.
    """

    event: str
    kind: str
    days: tuple[EventDay, ...]
    silent: tuple[str, ...] = ()

    @classmethod
    def from_tables(
        cls,
        compared: pa.Table,
        figures: pa.Table,
        event: str,
        kind: str = "dead",
        outlets: Sequence[str] | None = None,
    ) -> CasualtyFigures:
        """Take one kind from the table of `framing.statistics.compare_figures`, made with the day as the event.

        Parameters
        ----------
        compared : pa.Table
            Its column `event` holds ISO days, or "undated".
        figures : pa.Table
            The figures behind it, one a row: day, outlet, kind, low, high, credited ("" for nobody).
        event : str
            What the event is called.
        outlets : sequence of str, optional
            Default: all in the rows, by name.

        Raises
        ------
        InputError
            No outlet gives a figure of the kind, a column is missing, a day is none, or no outlet was chosen.
        """
        if kind not in KINDS:
            raise InputError(f"There is no kind {kind!r} of figures. Use one of: {', '.join(KINDS)}.")
        rows = read_rows(compared, "compared figures", _COMPARED, kind=kind)
        chosen = choose_outlets(outlets, (str(row["outlet"]) for row in rows))
        rank = {outlet: n for n, outlet in enumerate(chosen)}
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for row in read_rows(figures, "figures", _FIGURES, kind=kind):
            one = Figure(number(row["low"]), number(row["high"]), bool(row["credited"]))
            found[_check_day(row["day"]), str(row["outlet"])].append(one)
        by_day: dict[str, list[OutletDay]] = defaultdict(list)
        for row in rows:
            day, outlet = _check_day(row["event"]), str(row["outlet"])
            if outlet not in rank:
                continue
            sizes = whole(row["articles"]), whole(row["giving"])
            ends = number(row["lowest"]), number(row["highest"])
            mine = sorted(found[day, outlet], key=lambda f: (f.low, not math.isnan(f.high), f.high, f.credited))
            by_day[day].append(OutletDay(outlet, *sizes, *ends, tuple(mine), str(row["sources"] or "")))
        days = [
            EventDay(day, tuple(sorted(members, key=lambda member: rank[member.outlet])))
            for day, members in sorted(by_day.items(), key=lambda item: (item[0] == UNDATED, item[0]))
            if any(member.giving for member in members)
        ]
        if not days:
            raise InputError(f"No outlet gives a figure of {KINDS[kind]} on {clean(event)!r}. Choose another event.")
        present = {member.outlet for day in days for member in day.outlets}
        return cls(clean(event), kind, tuple(days), tuple(o for o in chosen if o not in present))

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        return f"Persons: every figure of {KINDS[self.kind]} in the outlets’ articles on the event"

    def to_table(self) -> pa.Table:
        """Return what is drawn, one row for each figure, as the data beside the figure.

        Returns
        -------
        pa.Table
            day, outlet, articles, giving, lowest, highest (of the outlet that day), low, high (of the figure; high nan
            without an upper end), credited (bool); an outlet that gives none that day has one row without low and high.
        """
        text, whole_number, real = pa.string(), pa.int64(), pa.float64()
        none = (math.nan, math.nan, None)
        return make_table(
            (
                (day.day, one.outlet, one.articles, one.giving, one.lowest, one.highest,
                 *((figure.low, figure.high, figure.credited) if figure else none))
                for day in self.days for one in day.outlets for figure in one.figures or (None,)
            ),
            **{"day": text, "outlet": text, "articles": whole_number, "giving": whole_number, "lowest": real},
            **{"highest": real, "low": real, "high": real, "credited": pa.bool_()},
        )  # fmt: skip


def _check_day(day: object) -> str:
    if day != UNDATED:
        read_day(day)
    return str(day)

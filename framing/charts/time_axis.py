"""Axes of time: days as numbers, and ticks at the beginnings of months and years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from framing.charts.axis import Axis
from framing.charts.labels import NO_BREAK_SPACE

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months from tick to tick


def fit_time_axis(first: int, end: int, by: str) -> Axis:
    """Fit an axis to a stretch of time.

    Parameters
    ----------
    first, end : int
        Ordinals (`date.toordinal`) of its first day and of the day after its last.
    by : str
        "year" puts the name of a year under its middle; otherwise ticks stand where months and years begin.

    Returns
    -------
    Axis
    """
    sets = [tuple(_ticks(first, end, step, by)) for step in _STEPS]
    alone = ((float(first), say_day(first)),)
    return Axis(float(first), float(end), (*(s for s in sets if len(s) > 1), next((s for s in sets if s), alone)[:1]))


def _ticks(first: int, end: int, step: int, by: str) -> Iterator[tuple[float, str]]:
    begin, last = date.fromordinal(first), date.fromordinal(end - 1)
    if by == "year":
        if step % 12:
            return
        for year in range(begin.year, last.year + 1):
            if (year - begin.year) % (step // 12) == 0:
                yield (date(year, 1, 1).toordinal() + 182.5, str(year))
        return
    for number in range(begin.year * 12, last.year * 12 + 12):
        if number % step == 0:
            year, month = divmod(number, 12)
            place = date(year, month + 1, 1).toordinal()
            if first <= place < end:
                yield float(place), f"{_MONTHS[month]}{NO_BREAK_SPACE}{year}" if step % 12 else str(year)


def say_day(day: int) -> str:
    """Return the ordinal of a day as "4 Mar 2031"."""
    when = date.fromordinal(day)
    return f"{when.day}{NO_BREAK_SPACE}{_MONTHS[when.month - 1]}{NO_BREAK_SPACE}{when.year}"


def end_of_period(first_day: int, by: str) -> int:
    """Return the ordinal of the day after a week, month or year that begins on `first_day`."""
    begin = date.fromordinal(first_day)
    if by == "week":
        return first_day + 7
    if by == "year":
        return date(begin.year + 1, 1, 1).toordinal()
    return date(begin.year + begin.month // 12, begin.month % 12 + 1, 1).toordinal()

"""Axes of strips: their ends, their ticks, and how their numbers are printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from framing.charts.fonts import text_width
from framing.charts.interval_rows import Interval
from framing.charts.tables import OK
from framing.charts.theme import Theme

Ticks = tuple[tuple[float, str], ...]
_STEPS = 4  # about as many between the ends
_ROOM = 0.5  # of the span, or all of the largest number: how far numbers of few articles may widen an axis
_FROM_ZERO = 0.5  # an axis begins at 0 where the lowest number is less than this part of the highest


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis across a strip.

    Attributes
    ----------
    low, high : float
        Its ends.
    ticks : tuple of Ticks
        Sets of (place, text) to choose from, the fullest first.
    low_name, high_name : str
        What the ends mean, "" for nothing.
    """

    low: float
    high: float
    ticks: tuple[Ticks, ...]
    low_name: str = ""
    high_name: str = ""

    def choose_ticks(self, width: float, theme: Theme) -> Ticks:
        """Return the fullest set of ticks whose texts keep apart on a strip of `width` points."""
        for ticks in self.ticks[:-1]:
            widths = [text_width(text, theme.small, theme) for _, text in ticks]
            places = [(place - self.low) / (self.high - self.low) * width for place, _ in ticks]
            edges = [_edges(p, w, width) for p, w in zip(places, widths, strict=True)]
            if all(a[1] + theme.small * 0.6 <= b[0] for a, b in pairwise(edges)):
                return ticks
        return self.ticks[-1]

    def clamp(self, value: float) -> float:
        """Return the nearest place on the axis."""
        return min(self.high, max(self.low, value))


def _edges(place: float, text: float, width: float) -> tuple[float, float]:
    """Where a text begins and ends: centred on its tick, but inside the strip."""
    left = min(max(place - text / 2, 0.0), max(0.0, width - text))
    return left, left + text


def place_text(place: float, text: str, width: float, theme: Theme) -> float:
    """Return where the text of a tick begins on a strip of `width` points."""
    return _edges(place, text_width(text, theme.small, theme), width)[0]


def fit_axis(trusted: Iterable[float], others: Iterable[float] = (), percent: bool = False) -> Axis:
    """Fit an axis to numbers.

    Parameters
    ----------
    trusted : iterable of float
        Numbers that it must hold; nan is passed over.
    others : iterable of float
        Numbers of few articles: held if they are not far from those trusted, or if there are none of these.
    percent : bool
        Shares, printed as per cent; the axis ends at 0 and 1 at the latest.

    Returns
    -------
    Axis
        From 0 where the lowest number is less than half of the highest, so that small differences look small.
    """
    known, few = _known(trusted), _known(others)
    if not known:
        known, few = few, []
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    reach = max(_ROOM * (high - low), abs(low), abs(high))
    near = [value for value in few if low - reach <= value <= high + reach]
    low, high = min([low, *near]), max([high, *near])
    if 0 <= low < _FROM_ZERO * high or low == high == 0:
        low = 0.0
    elif high <= 0 and high > _FROM_ZERO * low:
        high = 0.0
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):  # one number alone: a little room around it
        step = _nice_step(abs(low) * 0.1) if low else 0.1 if percent else 1.0
        low, high = max(low - step, 0.0) if low >= 0 else low - step, high + step
    else:
        step = _nice_step((high - low) / _STEPS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if percent:
        first, last = max(first, 0), min(last, math.floor(1 / step + 1e-9))
    numbers = range(first, last + 1)
    sets = [_ticks([n for n in numbers if n % every == 0], step, every, percent) for every in (1, 2)]
    return Axis(first * step, last * step, (*(s for s in sets if len(s) > 1), _ticks([first, last], step, 1, percent)))


def _ticks(numbers: Sequence[int], step: float, every: int, percent: bool) -> Ticks:
    return tuple((n * step, say_tick(n * step, step * every, percent)) for n in numbers)


def fit_to_outlets(intervals: Sequence[Interval], percent: bool = False) -> Axis:
    """Fit an axis to the outlets with enough articles, intervals and all, and to the others as far as they are near."""
    enough = [bound for row in intervals if row.status == OK for bound in (row.value, row.low, row.high)]
    return fit_axis(enough, [row.value for row in intervals if row.status != OK], percent)


def say_number(value: float, percent: bool = False) -> str:
    """Print a number with about three digits, or a share as per cent; nan is a dash.

    Only nothing is "0%" and only everything is "100%".
    """
    if math.isnan(value):
        return "–"
    if percent:
        whole = f"{100 * value:.0f}"
        if whole == "0" and value > 0:
            return "<1%"
        if whole == "100" and value < 1:
            return ">99%"
        return f"{whole}%"
    if value == 0:
        return "0"
    size = abs(value)
    text = f"{size:,.0f}" if size >= 100 else f"{size:.1f}" if size >= 10 else f"{size:.2f}"
    return f"−{text}" if value < 0 and any(c in "123456789" for c in text) else text


def say_tick(value: float, step: float, percent: bool = False) -> str:
    """Print the number of a tick with as many decimals as its step needs."""
    scaled, unit = (100 * value, 100 * step) if percent else (value, step)
    # "2.5" needs one more decimal than "2" of the same size.
    decimals = max(0, -math.floor(math.log10(unit) + 1e-9))
    decimals += abs(unit * 10**decimals - round(unit * 10**decimals)) > 1e-6
    text = f"{abs(scaled):,.{decimals}f}"
    return f"{'−' if scaled < -1e-12 else ''}{text}{'%' if percent else ''}"


def _known(values: Iterable[float]) -> list[float]:
    return [value for value in values if not math.isnan(value)]


def _nice_step(least: float) -> float:
    """Return 1, 2, 2.5 or 5 times a power of ten, the smallest that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))

"""Numbers with intervals as they are drawn on a strip: names, dots, bounds, figures, axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis, fit_to_outlets, place_text
from framing.charts.fonts import text_width
from framing.charts.interval_rows import Interval
from framing.charts.labels import distinct_labels, wrap
from framing.charts.sheet import Sheet, mark, stroke
from framing.charts.tables import INSUFFICIENT, OK
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEYOND = "An arrow points to a number beyond the axis, from few articles."


def wrap_names(names: Sequence[str], width: float, most: int, theme: Theme) -> list[list[str]]:
    """Break names into at most two lines where `most` are free, and shorten them so that no two end up alike."""
    whole = distinct_labels(names, 1.75 * width, theme.label, theme)
    lines = [wrap(name, width, theme.label, theme, max_lines=2) for name in whole]
    if most > 1 and len({tuple(line) for line in lines}) == len(lines):
        return lines
    return [[name] for name in distinct_labels(names, width, theme.label, theme)]


def draw_name(sheet: Sheet, x: float, middle: float, lines: Sequence[str], bold: bool = False) -> None:
    """Write a name of one line or two around the height of its row."""
    size = sheet.theme.label
    for number, line in enumerate(lines):
        shift = (number - (len(lines) - 1) / 2) * size * 1.15
        sheet.centred_text(x, middle + shift, line, size, bold=bold)


def place_number(axis: Axis, row: Interval, text: str, strip: float, theme: Theme, overhang: float) -> float:
    """Return where the number of a dot begins on a strip: right of its interval, at most `overhang` points beyond the
    strip, or left of it; where there is room on neither side, over the interval, on that side of the dot on which more
    of the interval remains to be seen."""
    points, width = strip / (axis.high - axis.low), text_width(text, theme.small, theme)
    ends = [axis.clamp(v) for v in ((row.low, row.value, row.high) if row.has_interval else (row.value,))]
    radius, air = theme.label * 0.31, theme.small * 0.5
    right = max((max(ends) - axis.low) * points, (axis.clamp(row.value) - axis.low) * points + radius) + air
    left = min((min(ends) - axis.low) * points, (axis.clamp(row.value) - axis.low) * points - radius) - air - width
    if right + width <= strip + overhang:
        return right
    if left >= 0:
        return left
    dot = (axis.clamp(row.value) - axis.low) * points
    if strip - dot >= dot:
        return min(dot + radius + air, strip + overhang - width)
    return max(dot - radius - air - width, 0.0)


def fit_rows(rows: Sequence[Interval], percent: bool = False) -> Axis:
    """Fit an axis to the outlets with enough articles, and to the others as far as they are near; where none has
    enough, to all, so that no interval is cut and looks shorter than it is."""
    if any(row.status == OK for row in rows):
        return fit_to_outlets(rows, percent)
    return fit_axis([bound for row in rows for bound in (row.value, row.low, row.high)], percent=percent)


def is_beyond(row: Interval, axis: Axis) -> bool:
    """Whether a number lies outside its axis."""
    return row.value < axis.low or row.value > axis.high


def draw_interval(axes: Axes, axis: Axis, row: Interval, y: float, size: float, theme: Theme, above: int = 0) -> None:
    """Draw the dot and the interval of an outlet: hollow and grey where the articles are few, an arrow where the number
    is beyond the axis. With `above`, over what else the panel holds."""
    draw_bounds(axes, axis, row, y, theme, above)
    draw_value(axes, axis, row, y, size, theme, above)


def draw_bounds(axes: Axes, axis: Axis, row: Interval, y: float, theme: Theme, above: int = 0) -> None:
    """Draw the interval of an outlet, if it has one, as far as the axis goes."""
    few = row.status == INSUFFICIENT
    colour = theme.muted if few else theme.accent
    if row.has_interval:
        stroke(axes, (axis.clamp(row.low), axis.clamp(row.high)), (y, y), colour, 0.8 if few else 1.6, above=above)


def draw_value(axes: Axes, axis: Axis, row: Interval, y: float, size: float, theme: Theme, above: int = 0) -> None:
    """Draw the dot of an outlet."""
    few = row.status == INSUFFICIENT
    colour = theme.muted if few else theme.accent
    fill = theme.paper if few else colour
    mark(axes, axis.clamp(row.value), y, size, fill, colour, shape=shape_of(row, axis), above=above)


def shape_of(row: Interval, axis: Axis) -> str:
    """Return the mark of a number: a dot, or an arrow at the end of the axis beyond which it lies."""
    return "<" if row.value < axis.low else ">" if row.value > axis.high else "o"


def draw_ticks(
    sheet: Sheet,
    axis: Axis,
    ticks: Sequence[tuple[float, str]],
    left: float,
    baseline: float,
    width: float,
    overhang: float = 0.0,
) -> None:
    """Write the numbers of an axis under a strip, each under its tick; at the ends at most `overhang` points beyond."""
    theme = sheet.theme
    points = width / (axis.high - axis.low)
    for place, text in ticks:
        x = left - overhang + place_text((place - axis.low) * points + overhang, text, width + 2 * overhang, theme)
        sheet.text(x, baseline, text, theme.small, colour=theme.muted)

"""How did a measure change between two periods? A line per outlet, and beside it the change with its interval."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, Ticks, fit_axis, say_number
from framing.charts.counted import plural
from framing.charts.fitted_names import fit_names
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block, head_block
from framing.charts.interval_marks import BEYOND, draw_ticks, shape_of
from framing.charts.interval_rows import Interval
from framing.charts.labels import NO_BREAK_SPACE, clean, shorten, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Align, Sheet, mark, stroke
from framing.charts.slope_table import SlopeLine, Slopes
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import Theme, mix
from framing.charts.upright_axis import choose_upright_ticks, place_upright, upright_shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Slopes", "plot_slope"]

_GREY = 0.3  # how much paper is mixed into the grey of lines without a clear change; it keeps a contrast of 3:1
_NAMES = 0.38  # of the width, at most
_MOST_LINES = 2  # of the name of a period above the lines
_DASHES = (0, (3, 2))


def plot_slope(slopes: Slopes, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a line per outlet from its number in one period to that in the other, and the change with its interval.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Outlets stand in
    the order in which their lines end, each joined to its name; beside it its articles and its change. Changes that are
    not clear (see `SlopeLine.changes`) are grey, those of too few articles hollow and dashed, and an outlet without a
    number in one of the periods says so.

    Returns
    -------
    matplotlib.figure.Figure
        Axes "periods" (0 before, 1 after) and "change" (in the unit of the measure, shares in percentage points);
        alternative text in its label.
    """
    caption = caption or Caption()
    bounded = any(line.has_interval for line in slopes.lines)
    return draw_figure(
        _Layout(slopes, theme, caption),
        theme,
        f"Slope chart{' with 95% intervals of the change' if bounded else ''}",
        f"“{clean(slopes.measure.label)}” in {plural(len(slopes.lines), 'outlet')}, {slopes.before} and {slopes.after}",
        caption.title,
    )


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, slopes: Slopes, theme: Theme, caption: Caption) -> None:
        self.slopes, self.theme = slopes, theme
        self.grey = mix(theme.muted, theme.paper, _GREY)
        measure = slopes.measure
        self.percent = measure.percent
        self.head = head_block(
            caption.title or f"{clean(measure.label)}: {slopes.before} and {slopes.after}",
            caption.subtitle or slopes.subtitle,
            theme,
        )
        lines = slopes.lines
        self.values = _fit_values(slopes)
        self.changes = [self._scaled(line) for line in lines]
        self.change_axis = _fit_changes(self.changes)
        self.legend = layout_legend(self._entries(), theme)
        self._place_columns()
        notes = [f"Before: {slopes.before}. After: {slopes.after}."] if self.explained else []
        if any(line.status == UNDEFINED for line in lines):
            notes.append("No evidence: in one of the periods, no articles or nothing that could be counted.")
        if any(line.status == INSUFFICIENT for line in lines):
            notes.append(f"Insufficient: under {slopes.minimum} articles in a period, or few that carry the number.")
        if self._beyond():
            notes.append(BEYOND)
        self.foot = foot_block(caption, notes, theme)
        self._place_rows()

    def _scaled(self, line: SlopeLine) -> Interval:
        """Return a change as it is shown: of shares in percentage points."""
        scale = 100 if self.percent else 1
        value, low, high = (scale * x for x in (line.difference, line.low, line.high))
        return Interval(line.outlet, value, low, high, line.n_before + line.n_after, line.status)

    def _beyond(self) -> bool:
        ends = [(self.values, v) for line in self.slopes.lines for v in (line.before, line.after)]
        ends += [(self.change_axis, row.value) for row in self.changes]
        return any(value < axis.low or value > axis.high for axis, value in ends)

    def _entries(self) -> list[Entry]:
        theme, lines = self.theme, self.slopes.lines
        entries = []
        if any(line.changes for line in lines):
            entries.append(Entry("clear change", theme.accent, theme.accent, round=True))
        if any(line.status == OK and not line.changes for line in lines):
            entries.append(Entry("no clear change", self.grey, self.grey, round=True))
        if any(line.status == INSUFFICIENT for line in lines):
            entries.append(Entry("insufficient evidence", theme.paper, theme.muted, round=True))
        return entries

    def _place_columns(self) -> None:
        theme, lines = self.theme, self.slopes.lines
        texts = [text for ticks in self.values.ticks for _, text in ticks]
        self.axis_width = max(text_width(text, theme.small, theme) for text in texts) + theme.small * 0.8
        self.counts = [f"{x.n_before:,} → {x.n_after:,} articles" for x in lines]
        names = max(text_width(clean(x.outlet), theme.label, theme) for x in lines)
        counts = max(text_width(text, theme.small, theme) for text in self.counts)
        self.name_width = max(min(names, theme.inner * _NAMES), min(counts, theme.inner * _NAMES))
        self.said = [
            "" if x.status == UNDEFINED else _signed(row.value) for x, row in zip(lines, self.changes, strict=True)
        ]
        said = max(text_width(text, theme.label, theme, bold=True) for text in [*self.said, "0"]) + theme.label * 0.8
        gap = theme.label * 1.2
        self.lead = theme.label * 2.0
        room = theme.inner - self.axis_width - self.lead - self.name_width - 2 * gap
        self.slope = min(max(room * 0.45, theme.label * 7), theme.label * 30)
        # The number stands beside its mark where the strip stays wide enough to show anything.
        self.said_width = said if room - self.slope - said >= theme.label * 7 else 0.0
        self.strip = room - self.slope - self.said_width + gap
        self.slope_left = theme.margin + self.axis_width
        self.name_left = self.slope_left + self.slope + self.lead
        self.strip_left = self.name_left + self.name_width + gap
        # The numbers at the ends of the axis stand under their ticks: on the left there is the gap, on the right room
        # is made where the number of a change leaves none.
        ends = [text for ticks in self.change_axis.ticks for _, text in ticks]
        self.overhang = min(max(text_width(text, theme.small, theme) for text in ends) / 2, gap)
        self.strip -= max(0.0, self.overhang - self.said_width)
        self.names = fit_names([x.outlet for x in lines], self.name_width, theme)
        unit = "Change in percentage points" if self.percent else "Change"
        self.change_title = wrap(unit, self.strip + self.said_width, theme.small, theme, bold=True)
        half = self.slope * 0.5 + self.lead * 0.4 - theme.small  # the two must not run into each other
        both = (_keep_days(text) for text in (self.slopes.before, self.slopes.after))
        self.periods = [wrap(text, half, theme.small, theme, bold=True) for text in both]
        # Long names stand in a note.
        self.explained = max(map(len, self.periods)) > _MOST_LINES
        if self.explained:
            self.periods = [["before"], ["after"]]

    def _place_rows(self) -> None:
        theme, rows = self.theme, len(self.slopes.lines)
        titles = max(map(len, (*self.periods, self.change_title)))
        self.top = theme.margin + self.head.height + theme.label * 1.1 + self.legend.height
        self.top += titles * theme.small * 1.3 + theme.small * 0.5
        below = theme.small * 2.8 + self.foot.height + theme.margin
        least = theme.label * 1.3 + theme.small * 1.9
        # On a card of fixed height rows move together, but a name stays nearer to its own articles than to others'.
        closest = theme.label * 1.25 + theme.small * 1.4 if theme.min_height else least
        spare = (theme.min_height - self.top - below) / rows
        self.pitch = min(max(spare, closest), least * 2.2)
        # A few outlets alone: the lines still need some height.
        self.pitch = max(self.pitch, theme.label * 13 / rows)
        self.panel_height = rows * self.pitch
        self.height = max(theme.min_height, self.top + self.panel_height + below)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        self._draw_titles(sheet)
        self._draw_slopes(sheet)
        self._draw_rows(sheet)

    def _draw_titles(self, sheet: Sheet) -> None:
        theme = self.theme
        titles: tuple[tuple[list[str], float, Align], ...] = (
            (self.periods[0], self.slope_left, "left"),
            (self.periods[1], self.slope_left + self.slope + self.lead * 0.8, "right"),
            (self.change_title, self.strip_left, "left"),
        )
        for lines, x, align in titles:
            for number, line in enumerate(reversed(lines)):
                base = self.top - theme.small * (0.7 + 1.3 * number)
                sheet.text(x, base, line, theme.small, bold=True, align=align)

    def _draw_slopes(self, sheet: Sheet) -> None:
        theme, height = self.theme, self.panel_height
        axes = sheet.panel(self.slope_left, self.top, self.slope, height, (0, 1), "periods")
        for place, text in choose_upright_ticks(self.values, height, theme):
            y = place_upright(self.values, place, height)
            zero = place == 0 and self.values.low < 0
            stroke(axes, (0, 1), (y, y), theme.muted if zero else theme.faint, 0.8 if zero else 0.5)
            x = self.slope_left - theme.small * 0.8
            sheet.centred_text(x, self.top + y, text, theme.small, colour=theme.muted, align="right")
        for x in (0, 1):
            stroke(axes, (x, x), (0, height), theme.muted, 0.6)
        order = sorted(range(len(self.slopes.lines)), key=lambda n: self._rank(self.slopes.lines[n]))
        for index in order:
            self._draw_slope(axes, self.slopes.lines[index], (index + 0.5) * self.pitch)
        if all(line.status == UNDEFINED for line in self.slopes.lines):
            self._name_firsts(sheet)

    def _name_firsts(self, sheet: Sheet) -> None:
        """Name the first numbers in place, from the top, where no line leads from them to a name."""
        theme, lines = self.theme, self.slopes.lines
        known = [(x.before, name) for x, (name, _) in zip(lines, self.names, strict=True) if not math.isnan(x.before)]
        lowest = -math.inf
        for value, name in sorted(known, key=lambda pair: (-pair[0], pair[1])):
            y = self.top + place_upright(self.values, value, self.panel_height)
            if y - lowest >= theme.label * 1.3:
                lowest = y
                text = shorten(name, self.slope - 1.2 * theme.label, theme.small, theme)
                x = self.slope_left + theme.label * 0.7
                sheet.centred_text(x, y, text, theme.small, colour=theme.muted, masked=True)

    def _rank(self, line: SlopeLine) -> int:
        return 3 if line.changes else {OK: 2, INSUFFICIENT: 1, UNDEFINED: 0}[line.status]

    def _draw_slope(self, axes: Axes, line: SlopeLine, row: float) -> None:
        """Draw the line of an outlet, its ends, and what leads from it to its name."""
        theme, above = self.theme, self._rank(line)
        few = line.status != OK
        colour = theme.accent if line.changes else theme.muted if few else self.grey
        ends = [(x, v) for x, v in ((0, line.before), (1, line.after)) if not math.isnan(v)]
        ups = [place_upright(self.values, value, self.panel_height) for _, value in ends]
        if len(ends) == 2:
            width = 1.8 if line.changes else 0.7 if few else 1.0
            stroke(axes, (0, 1), ups, colour, width, _DASHES if few else "-", above=above)
        for (x, value), y in zip(ends, ups, strict=True):
            fill, shape = theme.paper if few else colour, upright_shape(self.values, value)
            mark(axes, x, y, theme.label * 0.55, fill, colour, 0.8, shape, above=above)
        if not math.isnan(line.after):
            start, end = 1 + theme.label * 0.5 / self.slope, 1 + (self.lead - theme.label * 0.4) / self.slope
            stroke(axes, (start, end), (ups[-1], row), colour, 0.5)

    def _draw_rows(self, sheet: Sheet) -> None:
        theme, axis, height = self.theme, self.change_axis, self.panel_height
        axes = sheet.panel(self.strip_left, self.top, self.strip, height, (axis.low, axis.high), "change")
        compared = any(line.status != UNDEFINED for line in self.slopes.lines)
        ticks = self._choose_ticks() if compared else ()  # no scale of nothing
        for place in {0.0, *(place for place, _ in ticks)} if compared else ():
            stroke(axes, (place, place), (0, height), *((theme.muted, 0.8) if place == 0 else (theme.faint, 0.5)))
        for index, (line, change) in enumerate(zip(self.slopes.lines, self.changes, strict=True)):
            y = (index + 0.5) * self.pitch
            colour = theme.ink if line.status == OK else theme.muted
            upper = self.top + y - theme.small * 0.65
            sheet.centred_text(self.name_left, upper, *self.names[index], colour=colour)
            lower = self.top + y + theme.label * 0.58
            sheet.centred_text(self.name_left, lower, self.counts[index], theme.small, colour=theme.muted)
            if line.status == UNDEFINED:
                style = {"colour": theme.muted, "italic": True, "masked": True}
                x = self.strip_left + theme.small * 0.3
                sheet.centred_text(x, self.top + y, "no evidence", theme.small, **style)
                continue
            self._draw_change(axes, line, change, y)
            if self.said_width:
                shade = theme.accent if line.changes else theme.muted
                right = self.strip_left + self.strip + self.said_width
                style = {"colour": shade, "bold": line.changes, "align": "right"}
                sheet.centred_text(right, self.top + y, self.said[index], theme.label, **style)
        draw_ticks(
            sheet, axis, ticks, self.strip_left, self.top + height + theme.small * 1.3, self.strip, self.overhang
        )

    def _choose_ticks(self) -> Ticks:
        """Return the fullest set of ticks whose texts keep apart, each centred on its tick."""
        theme, axis = self.theme, self.change_axis
        points = self.strip / (axis.high - axis.low)
        for ticks in axis.ticks:
            widths = [text_width(text, theme.small, theme) for _, text in ticks]
            gaps = [(b[0] - a[0]) * points for a, b in pairwise(ticks)]
            needed = [(a + b) / 2 + theme.small * 0.4 for a, b in pairwise(widths)]
            if all(gap >= least for gap, least in zip(gaps, needed, strict=True)):
                return ticks
        return axis.ticks[-1]

    def _draw_change(self, axes: Axes, line: SlopeLine, change: Interval, y: float) -> None:
        theme, axis, few = self.theme, self.change_axis, line.status == INSUFFICIENT
        stroke(axes, (axis.low, axis.high), (y, y), theme.faint, 0.4)
        colour = theme.accent if line.changes else theme.muted if few else self.grey
        if change.has_interval:
            stroke(axes, (axis.clamp(change.low), axis.clamp(change.high)), (y, y), colour, 0.8 if few else 1.6)
        fill = theme.paper if few else colour
        mark(axes, axis.clamp(change.value), y, theme.label * 0.62, fill, colour, shape=shape_of(change, axis))


def _fit_values(slopes: Slopes) -> Axis:
    """Fit the upright axis to the numbers of enough articles, and to the others as far as they are near."""
    enough = [v for x in slopes.lines if x.status == OK for v in (x.before, x.after)]
    few = [v for x in slopes.lines if x.status != OK for v in (x.before, x.after)]
    return fit_axis(enough, few, slopes.measure.percent)


def _fit_changes(changes: list[Interval]) -> Axis:
    """Fit the axis of changes; it always holds 0."""
    enough = [v for row in changes if row.status == OK for v in (row.value, row.low, row.high)]
    few = [row.value for row in changes if row.status == INSUFFICIENT]
    known = [v for v in (enough or few) if not math.isnan(v)]
    return fit_axis([0.0, *known] if known else [-1.0, 1.0], few)


def _keep_days(period: str) -> str:
    """Keep the day with its month: "16 September", not "16" at the end of a line."""
    return re.sub(r"(?<=\d) (?=[^\W\d_])(?!to )", NO_BREAK_SPACE, period)


def _signed(value: float) -> str:
    said = say_number(value)
    return f"+{said}" if value > 0 and any(c in "123456789" for c in said) else said

"""Which names make up the difference between two outlets' wording? A bar a name, and their sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis, say_number, say_tick
from framing.charts.counted import plural
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block, head_block
from framing.charts.interval_marks import draw_ticks
from framing.charts.labels import ELLIPSIS, NO_BREAK_SPACE, clean, distinct_labels, shorten, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend, say_thin
from framing.charts.sheet import Align, Sheet, bar, stroke
from framing.charts.tables import OK
from framing.charts.theme import Theme, mix
from framing.charts.two_sides import PALE, side_colours
from framing.charts.word_shift_table import ShiftBar, ShiftBars

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["ShiftBar", "ShiftBars", "plot_word_shift"]

TOTAL = "Difference of means"
SHARES = "% of mentions"
_LINE = 1.15  # of the label size, from line to line of a name


def plot_word_shift(shift: ShiftBars, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw what each name adds to the difference between two mean weights, the largest first, and the sum below.

    Takes finished data; computes no statistic, saves nothing, touches no global state (no pyplot). Bars to the right
    raise the first outlet's mean, bars to the left lower it. The colour says whether a name weighs more or less than
    the middle of the two means, full colour that the first outlet uses it more, pale that it uses it less: a name
    raises the mean where it weighs more and is used more, or weighs less and is used less. With too few articles all
    bars are hollow and grey.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled "shift", in units of the scale; alternative text in its label.

    References
    ----------
    Gallagher et al. (2021), Generalized word shift graphs, EPJ Data Science 10:4.
    """
    caption = caption or Caption()
    return draw_figure(
        _Layout(shift, theme, caption),
        theme,
        f"Word shift, bars{' with 95% intervals' if shift.status == OK else ''}",
        f"what {plural(len(shift.bars), 'name')} for “{shift.referent_label}” add to the "
        f"difference of {say_signed(shift.difference)} between {clean(shift.outlet)} and {clean(shift.other)}",
        caption.title,
    )


def say_signed(value: float) -> str:
    """Print a number with its sign and two decimals."""
    text = say_number(round(value, 2))
    return f"+{text}" if round(value, 2) > 0 else text


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, data: ShiftBars, theme: Theme, caption: Caption) -> None:
        self.data, self.theme = data, theme
        self.few = data.status != OK
        self.outlets = clean(data.outlet), clean(data.other)
        self.head = head_block(
            caption.title or f"Names for “{data.referent_label}” in {self.outlets[0]} and {self.outlets[1]}",
            caption.subtitle or "What each name adds to the difference of the mean weights, with 95% interval",
            theme,
        )
        self.rows = [*data.bars, *([data.gathered] if data.gathered else [])]
        self.total = ShiftBar(TOTAL, math.nan, 0, 0, 1.0, 1.0, data.difference, data.low, data.high)
        self.legend = layout_legend(self._entries(), theme)
        self.axis = self._fit_axis()
        self._place_columns()
        self.heading, self.headed = self._choose_heading()
        self.foot = foot_block(caption, self._notes(), theme)
        self._place_rows()

    def _fills(self, item: ShiftBar) -> tuple[str, str]:
        """Return fill and edge of a bar."""
        theme = self.theme
        if self.few:
            return theme.paper, theme.muted
        if math.isnan(item.weight):
            return theme.other, theme.muted
        above, below = side_colours(theme)
        colour = above if item.weight > self.data.reference else below
        return (colour if item.share > item.other_share else mix(colour, theme.paper, PALE)), colour

    def _entries(self) -> list[Entry]:
        theme = self.theme
        if self.few:
            return [Entry("insufficient evidence", theme.paper, theme.muted)]
        entries: dict[tuple[bool, bool], Entry] = {}
        for item in self.data.bars:
            above, more = item.weight > self.data.reference, item.share > item.other_share
            fill, edge = self._fills(item)
            where = f"{'above' if above else 'below'} {say_signed(self.data.reference)}"
            entries[above, more] = Entry(f"weight {where}, used {'more' if more else 'less'}", fill, edge)
        return [entries[key] for key in sorted(entries, reverse=True)]

    def _notes(self) -> list[str]:
        data, theme = self.data, self.theme
        # A name of a line or more would bury the numbers.
        first, second = (shorten(name, theme.inner * 0.4, theme.small, theme) for name in self.outlets)
        means = (
            f"Mean weight: {first} {say_signed(data.value)}, {second} {say_signed(data.other_value)}, on a scale from "
            f"{say_tick(data.scale.low, 1)} ({data.scale.low_name}) to {say_tick(data.scale.high, 1)} "
            f"({data.scale.high_name})."
        )
        notes = [means]
        if self.few:
            notes.append(say_thin(data.minimum))
        else:
            middle = f"{say_signed(data.reference)} is the middle of the two means"
            notes.append(f"{middle}; used more, used less: by {first} than by {second}.")
        if not self.headed:
            notes.append(f"On the right: % of the mentions in {first}{NO_BREAK_SPACE}: in {second}.")
        if any(item.label.endswith(ELLIPSIS) for item in self.rows):
            notes.append(f"“{ELLIPSIS}”: other forms of the name are counted with it.")
        return notes

    def _fit_axis(self) -> Axis:
        """Fit the axis closely: small bars to one side should not take a whole step of it."""
        ends = [v for row in (*self.rows, self.total) for v in (row.contribution, row.low, row.high)]
        known = [v for v in ends if not math.isnan(v)] + [0.0]
        whole = fit_axis(known)
        room = 0.03 * max(max(known) - min(known), 1e-9)
        low, high = max(whole.low, min(known) - room), min(whole.high, max(known) + room)
        sets = [tuple((place, text) for place, text in ticks if low <= place <= high) for ticks in whole.ticks]
        return Axis(low, high, tuple(ticks for ticks in sets if len(ticks) > 1) or (((0.0, "0"),),))

    @staticmethod
    def _figure(item: ShiftBar) -> str:
        if item.label == TOTAL and math.isnan(item.weight):
            return ""
        return f"{say_number(item.share, True).rstrip('%')} : {say_number(item.other_share, True).rstrip('%')}"

    @staticmethod
    def _weight(item: ShiftBar) -> str:
        if math.isnan(item.weight):
            return ""
        return f"{'−' if item.weight < 0 else '+' if item.weight else ''}{abs(item.weight):g}"

    def _place_columns(self) -> None:
        theme = self.theme
        every = [*self.rows, self.total]
        self.figures = [self._figure(item) for item in every]
        self.weights = [self._weight(item) for item in every]
        total = f"{TOTAL} {say_signed(self.data.difference)}"
        names = max(
            *(text_width(item.label, theme.label, theme) for item in self.rows),
            text_width(total, theme.label, theme, bold=True),
        )
        self.name_width = min(names, theme.inner * 0.42)
        pad = theme.small * 0.9
        weights, figures = (
            max(text_width(t, theme.small, theme) for t in texts) for texts in ((*self.weights, "weight"), self.figures)
        )
        self.weight_right = theme.margin + self.name_width + pad + weights
        self.left = self.weight_right + pad
        self.right = theme.margin + theme.inner
        self.strip = self.right - figures - pad - self.left  # the heading of the figures may reach over it
        self.names = self._wrap_names()

    def _wrap_names(self) -> list[list[str]]:
        """Return the lines of each name: two at most, and only where one is cut otherwise."""
        theme, labels = self.theme, [item.label for item in self.rows]
        lines = [wrap(label, self.name_width, theme.label, theme) for label in labels]
        cut = distinct_labels(labels, self.name_width, theme.label, theme)
        return [two if len(two) <= 2 else [one] for two, one in zip(lines, cut, strict=True)]

    def _choose_heading(self) -> tuple[str, bool]:
        """Return what stands above the shares, and whether it names the outlets, for which there is not always room."""
        theme = self.theme
        whole = f"{SHARES}, {self.outlets[0]} : {self.outlets[1]}"
        room = self.right - self.left - self._direction_width() - theme.small * 2
        return (whole, True) if text_width(whole, theme.small, theme) <= room else (SHARES, False)

    def _directions(self) -> list[tuple[str, float, Align]]:
        """Return what bars to the right, and to the left, do to the first outlet's mean, where there is room to say it:
        text, place, side of it."""
        theme, scale = self.theme, self.data.scale
        zero = self.left + self._across(0.0)
        said: list[tuple[str, float, Align]] = [
            (f"more {scale.high_name} →", zero, "left"),
            (f"← more {scale.low_name}", zero - theme.small, "right"),
        ]
        heading = self.right - text_width(SHARES, theme.small, theme) - theme.small
        rooms = min(self.left + self.strip, heading) - zero, zero - self.left - theme.small
        return [s for s, room in zip(said, rooms, strict=True) if text_width(s[0], theme.small, theme) <= room]

    def _direction_width(self) -> float:
        said = [(text, x) for text, x, align in self._directions() if align == "left"]
        return max((x - self.left + text_width(text, self.theme.small, self.theme) for text, x in said), default=0.0)

    def _across(self, value: float) -> float:
        return (value - self.axis.low) / (self.axis.high - self.axis.low) * self.strip

    def _place_rows(self) -> None:
        theme = self.theme
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height + theme.small * 2.2
        self.total_lines = self._total_lines()
        rows, extra = len(self.rows), theme.label * (0.9 + 1.3 * (len(self.total_lines) - 1))
        further = [_LINE * theme.label * (len(lines) - 1) for lines in self.names]
        below = theme.small * 2.9 + self.foot.height + theme.margin
        fixed = self.top + extra + below + sum(further)
        least, most = theme.label * 1.4, theme.label * 3.0
        self.pitch = theme.label * 1.75
        if theme.min_height:
            self.pitch = min(max((theme.min_height - fixed) / (rows + 1), least), most)
        heights = [self.pitch + more for more in further]
        self.tops = [0.0, *accumulate(heights)]
        self.middles = [top + height / 2 for top, height in zip(self.tops, heights, strict=False)]
        self.total_middle = self.tops[-1] + extra / 2 + self.pitch / 2
        self.panel_height = self.tops[-1] + self.pitch + extra
        self.height = max(theme.min_height, fixed + (rows + 1) * self.pitch)

    def _total_lines(self) -> list[str]:
        """Return the words of the sum: in one line, or in two where the column is narrow."""
        theme, number = self.theme, say_signed(self.data.difference)
        room = self.weight_right - theme.margin
        whole = f"{TOTAL} {number}"
        if text_width(whole, theme.label, theme, bold=True) <= room:
            return [whole]
        return [shorten(TOTAL, room, theme.label, theme, bold=True), number]

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        header = self.top - theme.small * 0.5
        sheet.text(self.weight_right, header, "weight", theme.small, colour=theme.muted, align="right")
        sheet.text(self.right, header, self.heading, theme.small, colour=theme.muted, align="right")
        for text, x, align in self._directions():
            sheet.text(x, header, text, theme.small, align=align)
        axes = sheet.panel(self.left, self.top, self.strip, self.panel_height, (self.axis.low, self.axis.high), "shift")
        ticks = self.axis.choose_ticks(self.strip, theme)
        for place, _ in ticks:
            zero = place == 0
            line = (theme.muted, 0.8) if zero else (theme.faint, 0.5)
            stroke(axes, (place, place), (0, self.panel_height), *line)
        draw_ticks(sheet, self.axis, ticks, self.left, self.top + self.panel_height + theme.small * 1.5, self.strip)
        for index, (item, lines, y) in enumerate(zip(self.rows, self.names, self.middles, strict=True)):
            colour = theme.muted if self.few else theme.ink
            step = _LINE * theme.label
            first = self.top + y - step * (len(lines) - 1) / 2
            for number, part in enumerate(lines):
                sheet.centred_text(theme.margin, first + number * step, part, theme.label, colour=colour)
            self._draw_figures(sheet, index, y)
            self._draw_bar(axes, item, y, *self._fills(item))
        self._draw_total(sheet, axes)

    def _draw_figures(self, sheet: Sheet, index: int, y: float) -> None:
        theme = self.theme
        for text, x in ((self.weights[index], self.weight_right), (self.figures[index], self.right)):
            if text:
                sheet.centred_text(x, self.top + y, text, theme.small, colour=theme.muted, align="right")

    def _draw_bar(self, axes: Axes, item: ShiftBar, y: float, fill: str, edge: str) -> None:
        theme, size = self.theme, item.contribution
        bar(axes, min(0.0, size), y, abs(size), theme.label * 0.95, fill, edge, above=True, line=0.7)
        if item.has_interval and not self.few:
            self._draw_interval(axes, (item.low, item.high), y)

    def _draw_interval(self, axes: Axes, ends: Sequence[float], y: float) -> None:
        """Draw the interval in ink on a stripe of paper, which shows on any fill."""
        theme, half = self.theme, self.theme.label * 0.22
        stroke(axes, ends, (y, y), theme.paper, 2.4, above=2)
        stroke(axes, ends, (y, y), theme.ink, 1.0, above=3)
        for place in ends:
            stroke(axes, (place, place), (y - half, y + half), theme.ink, 1.0, above=3)

    def _draw_total(self, sheet: Sheet, axes: Axes) -> None:
        theme, y = self.theme, self.total_middle
        colour = theme.muted if self.few else theme.ink
        rule = self.top + self.tops[-1] + theme.label * 0.3
        sheet.line((theme.margin, self.right), (rule, rule), theme.muted, 0.6)
        step = theme.label * 1.3
        first = self.top + y - step * (len(self.total_lines) - 1) / 2
        for number, line in enumerate(self.total_lines):
            sheet.centred_text(theme.margin, first + number * step, line, theme.label, bold=True, colour=colour)
        self._draw_bar(axes, self.total, y, theme.paper if self.few else mix(theme.ink, theme.paper, 0.35), colour)

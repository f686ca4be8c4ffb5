"""Which names make up the difference between two outlets' wording? A bar a name, and their sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis, say_number, say_tick
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, describe, foot_block, head_block
from framing.charts.interval_panels import draw_ticks
from framing.charts.labels import clean, distinct_labels, shorten
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Sheet, bar, own_settings, stroke
from framing.charts.tables import OK
from framing.charts.theme import Theme, mix
from framing.charts.two_sides import PALE, side_colours
from framing.charts.word_shift_table import ShiftBar, ShiftBars

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["ShiftBar", "ShiftBars", "plot_word_shift"]

TOTAL = "Difference of means"


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
    layout = _Layout(shift, theme, caption)
    with own_settings():
        sheet = Sheet(theme, layout.height)
        layout.draw(sheet)
    describe(
        sheet.figure,
        "Word shift, bars with 95 % intervals",
        f"what {len(shift.bars)} name{'' if len(shift.bars) == 1 else 's'} for “{shift.referent_label}” add to the "
        f"difference of {say_signed(shift.difference)} between {clean(shift.outlet)} and {clean(shift.other)}",
        caption.title,
    )
    return sheet.figure


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
            caption.subtitle or "What each name adds to the difference of the mean weights, with 95 % interval",
            theme,
        )
        self.rows = [*data.bars, *([data.gathered] if data.gathered else [])]
        self.total = ShiftBar(TOTAL, math.nan, 0, 0, 1.0, 1.0, data.difference, data.low, data.high)
        self.legend = layout_legend(self._entries(), theme)
        self.foot = foot_block(caption, self._notes(), theme)
        self.axis = self._fit_axis()
        self._place_columns()
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
            return [Entry(f"fewer than {self.data.minimum} articles", theme.paper, theme.muted)]
        entries: dict[tuple[bool, bool], Entry] = {}
        for item in self.data.bars:
            above, more = item.weight > self.data.reference, item.share > item.other_share
            fill, edge = self._fills(item)
            name = f"weight {'above' if above else 'below'} the middle, used {'more' if more else 'less'}"
            entries[above, more] = Entry(name, fill, edge)
        return [entries[key] for key in sorted(entries, reverse=True)]

    def _notes(self) -> list[str]:
        data, theme = self.data, self.theme
        # A name of a line or more would bury the numbers.
        first, second = (shorten(name, theme.inner * 0.4, theme.small, theme) for name in self.outlets)
        means = (
            f"Mean weight: {first} {say_signed(data.value)}, {second} {say_signed(data.other_value)}, on a scale from "
            f"{say_tick(data.scale.low, 1)} ({data.scale.low_name}) to {say_tick(data.scale.high, 1)} "
            f"({data.scale.high_name}){'' if self.few else '; colours part at the middle of the two'}."
        )
        return [means, f"Figures: % of the mentions in {first} : in {second}."]

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
        widths = [max(text_width(t, theme.small, theme) for t in (*texts, head)) for texts, head in (
            (self.weights, "weight"), (self.figures, "mentions"))]  # fmt: skip
        self.weight_right = theme.margin + self.name_width + pad + widths[0]
        self.left = self.weight_right + pad
        self.right = theme.margin + theme.inner
        self.strip = self.right - widths[1] - pad - self.left
        self.names = distinct_labels([item.label for item in self.rows], self.name_width, theme.label, theme)

    def _place_rows(self) -> None:
        theme = self.theme
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height + theme.small * 2.2
        self.total_lines = self._total_lines()
        rows, extra = len(self.rows), theme.label * (0.9 + 1.3 * (len(self.total_lines) - 1))
        below = theme.small * 2.9 + self.foot.height + theme.margin
        fixed = self.top + extra + below
        least, most = theme.label * 1.4, theme.label * 3.0
        self.pitch = theme.label * 1.75
        if theme.min_height:
            self.pitch = min(max((theme.min_height - fixed) / (rows + 1), least), most)
        self.total_middle = rows * self.pitch + extra / 2 + self.pitch / 2
        self.panel_height = (rows + 1) * self.pitch + extra
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
        sheet.text(self.right, header, "mentions", theme.small, colour=theme.muted, align="right")
        axes = sheet.panel(self.left, self.top, self.strip, self.panel_height, (self.axis.low, self.axis.high), "shift")
        ticks = self.axis.choose_ticks(self.strip, theme)
        for place, _ in ticks:
            zero = place == 0
            line = (theme.muted, 0.8) if zero else (theme.faint, 0.5)
            stroke(axes, (place, place), (0, self.panel_height), *line)
        draw_ticks(sheet, self.axis, ticks, self.left, self.top + self.panel_height + theme.small * 1.5, self.strip)
        for index, (item, name) in enumerate(zip(self.rows, self.names, strict=True)):
            y = (index + 0.5) * self.pitch
            colour = theme.muted if self.few else theme.ink
            sheet.centred_text(theme.margin, self.top + y, name, theme.label, colour=colour)
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
        rule = self.top + len(self.rows) * self.pitch + theme.label * 0.3
        sheet.line((theme.margin, self.right), (rule, rule), theme.muted, 0.6)
        step = theme.label * 1.3
        first = self.top + y - step * (len(self.total_lines) - 1) / 2
        for number, line in enumerate(self.total_lines):
            sheet.centred_text(theme.margin, first + number * step, line, theme.label, bold=True, colour=colour)
        self._draw_bar(axes, self.total, y, theme.paper if self.few else mix(theme.ink, theme.paper, 0.35), colour)

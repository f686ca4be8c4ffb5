"""Panels of dots with intervals: one strip for each outlet, panels side by side, in bands. The charts of stance and of
the modules are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, place_text
from framing.charts.fonts import text_width
from framing.charts.footer import Block, Caption, describe, foot_block
from framing.charts.interval_rows import Interval
from framing.charts.labels import clean, distinct_labels, wrap
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Sheet, mark, own_settings, stroke
from framing.charts.tables import INSUFFICIENT, UNDEFINED
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BEYOND = "An arrow points to a number beyond the axis, from few articles."


@dataclass(frozen=True, slots=True)
class IntervalPanel:
    """One panel.

    Attributes
    ----------
    label, unit : str
        What stands above it; `unit` may be "".
    axis : Axis
    intervals : tuple of Interval
        In the order of the rows. Panels of a chart hold the same outlets; those side by side take the order of the
        first.
    """

    label: str
    unit: str
    axis: Axis
    intervals: tuple[Interval, ...]


class PanelLayout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(
        self, panels: Sequence[IntervalPanel], head: Block, missing: str, minimum: int, theme: Theme, caption: Caption
    ) -> None:
        self.panels, self.head, self.theme = panels, head, theme
        rows = [row for panel in panels for row in panel.intervals]
        few = any(row.status == INSUFFICIENT for row in rows)
        entries = [Entry(f"fewer than {minimum} articles", theme.paper, theme.muted, round=True)] if few else []
        self.legend = layout_legend(entries, theme)
        notes = [missing] if any(row.status == UNDEFINED for row in rows) else []
        notes += [BEYOND] if any(is_beyond(row, p.axis) for p in panels for row in p.intervals) else []
        self.foot = foot_block(caption, notes, theme)
        self._place_columns(rows)
        self._place_rows()

    def _place_columns(self, rows: Sequence[Interval]) -> None:
        theme = self.theme
        self.gap = theme.label * 1.8
        counts = [f"{row.articles:,}" for row in rows] + ["articles"]
        self.count_width = max(text_width(text, theme.small, theme) for text in counts) + theme.small
        names = max(text_width(clean(row.outlet), theme.label, theme) for row in rows)
        self.name_width = min(names, theme.inner * 0.32) + theme.label * 0.6
        room = theme.inner - self.name_width
        ends = max(
            text_width(name, theme.small, theme)
            for panel in self.panels
            for name in (clean(panel.axis.low_name or "i"), clean(panel.axis.high_name or "i"))
        )
        # Both ends are named under each strip, with room between the two names.
        least = max(2.25 * ends + theme.small, 11 * theme.label)
        fits = int((room + self.gap) // (least + self.count_width + self.gap))
        panels = len(self.panels)
        columns = max(1, min(fits, panels))
        bands = -(-panels // columns)
        self.columns = -(-panels // bands)  # bands of like length: six as 3 + 3, not 4 + 2
        self.strip = (room - self.gap * (self.columns - 1)) / self.columns - self.count_width
        self.bands = [self.panels[i : i + self.columns] for i in range(0, panels, self.columns)]

    def _place_rows(self) -> None:
        theme = self.theme
        rows = len(self.panels[0].intervals)
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        named = any(panel.axis.low_name or panel.axis.high_name for panel in self.panels)
        self.axis_height = theme.small * (3.4 if named else 2.1)
        width = self.strip + self.count_width
        self.titles = [
            [wrap(clean(p.label), width, theme.label, theme, bold=True) for p in band] for band in self.bands
        ]
        self.units = [[wrap(p.unit, width, theme.small, theme) for p in band] for band in self.bands]
        heads = [
            theme.label * (0.9 + 1.3 * max(map(len, titles))) + theme.small * (1.5 + 1.3 * max(map(len, units)))
            for titles, units in zip(self.titles, self.units, strict=True)
        ]
        below = theme.small * 0.8 + self.foot.height + theme.margin
        fixed = self.top + sum(heads) + len(self.bands) * self.axis_height + below
        # A figure of fixed height: rows move together to stay inside it, or part, up to twice as far.
        least, most = theme.label * 1.55, theme.label * 3.7
        wanted = least if rows > 16 else theme.label * 1.85
        room = (theme.min_height - fixed) / (len(self.bands) * rows)
        self.pitch = min(max(room, least), most) if theme.min_height else wanted
        self.heads = heads
        self.height = max(theme.min_height, fixed + len(self.bands) * rows * self.pitch)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        for number, head in enumerate(self.heads):
            self._draw_band(sheet, number, top, top + head)
            top += head + len(self.panels[0].intervals) * self.pitch + self.axis_height

    def _draw_band(self, sheet: Sheet, number: int, top: float, panel_top: float) -> None:
        theme, band, titles, units = self.theme, self.bands[number], self.titles[number], self.units[number]
        order = [row.outlet for row in band[0].intervals]
        for row, name in enumerate(distinct_labels(order, self.name_width - theme.label * 0.6, theme.label, theme)):
            middle = panel_top + (row + 0.5) * self.pitch
            sheet.centred_text(theme.margin, middle, name, theme.label)
        for column, panel in enumerate(band):
            left = theme.margin + self.name_width + column * (self.count_width + self.strip + self.gap)
            # Short titles stand on the same line as long ones end.
            base = top + theme.label * (0.5 + 1.3 * (max(map(len, titles)) - len(titles[column])))
            for line in titles[column]:
                base += theme.label * 1.3
                sheet.text(left, base, line, theme.label, bold=True)
            for line in units[column]:
                base += theme.small * 1.3
                sheet.text(left, base, line, theme.small, colour=theme.muted)
            right_of_counts = left + self.count_width - theme.small
            sheet.text(
                right_of_counts,
                panel_top - theme.small * 0.5,
                "articles",
                theme.small,
                colour=theme.muted,
                align="right",
            )
            self._draw_panel(sheet, panel, order, left + self.count_width, panel_top)

    def _draw_panel(self, sheet: Sheet, panel: IntervalPanel, order: Sequence[str], left: float, top: float) -> None:
        theme, axis = self.theme, panel.axis
        height = len(order) * self.pitch
        axes = sheet.panel(left, top, self.strip, height, (axis.low, axis.high), panel.label)
        ticks = axis.choose_ticks(self.strip, theme)
        for place, _ in ticks:
            zero = place == 0
            stroke(axes, (place, place), (0, height), theme.muted if zero else theme.faint, 0.8 if zero else 0.5)
        for index in range(len(order)):  # leads the eye from a name to its dot
            y = (index + 0.5) * self.pitch
            stroke(axes, (axis.low, axis.high), (y, y), theme.faint, 0.4)
        by_outlet = {row.outlet: row for row in panel.intervals}
        for index, outlet in enumerate(order):
            self._draw_row(sheet, axes, axis, by_outlet[outlet], index, left, top)
        draw_ticks(sheet, axis, ticks, left, top + height + theme.small * 1.3, self.strip)
        base = top + height + theme.small * 2.6
        if axis.low_name:
            sheet.text(left, base, clean(axis.low_name), theme.small, colour=theme.ink)
        if axis.high_name:
            sheet.text(left + self.strip, base, clean(axis.high_name), theme.small, colour=theme.ink, align="right")

    def _draw_row(
        self, sheet: Sheet, axes: Axes, axis: Axis, row: Interval, index: int, left: float, top: float
    ) -> None:
        theme = self.theme
        y = (index + 0.5) * self.pitch
        if row.status == UNDEFINED:
            sheet.centred_text(
                left + theme.small * 0.4,
                top + y,
                "no evidence",
                theme.small,
                colour=theme.muted,
                italic=True,
                masked=True,
            )
            return
        few = row.status == INSUFFICIENT
        draw_interval(axes, axis, row, y, theme.label * 0.62, theme)
        style = theme.muted if few else theme.ink
        sheet.centred_text(left - theme.small, top + y, f"{row.articles:,}", theme.small, colour=style, align="right")


def draw_panels(
    panels: Sequence[IntervalPanel], head: Block, missing: str, minimum: int, theme: Theme, caption: Caption, about: str
) -> Figure:
    """Draw panels on a sheet that is as high as they need; `about` says in the alternative text what they show."""
    layout = PanelLayout(panels, head, missing, minimum, theme, caption)
    with own_settings():
        sheet = Sheet(theme, layout.height)
        layout.draw(sheet)
    describe(sheet.figure, "Dot plot with 95 % intervals", about, caption.title)
    return sheet.figure


def is_beyond(row: Interval, axis: Axis) -> bool:
    """Whether a number lies outside its axis."""
    return row.value < axis.low or row.value > axis.high


def draw_interval(axes: Axes, axis: Axis, row: Interval, y: float, size: float, theme: Theme, above: int = 0) -> None:
    """Draw the dot and the interval of an outlet: hollow and grey where the articles are few, an arrow where the number
    is beyond the axis. With `above`, over what else the panel holds."""
    few = row.status == INSUFFICIENT
    colour = theme.muted if few else theme.accent
    if row.has_interval:
        stroke(axes, (axis.clamp(row.low), axis.clamp(row.high)), (y, y), colour, 0.8 if few else 1.6, above=above)
    fill = theme.paper if few else colour
    mark(axes, axis.clamp(row.value), y, size, fill, colour, shape=shape_of(row, axis), above=above)


def shape_of(row: Interval, axis: Axis) -> str:
    """Return the mark of a number: a dot, or an arrow at the end of the axis beyond which it lies."""
    return "<" if row.value < axis.low else ">" if row.value > axis.high else "o"


def draw_ticks(
    sheet: Sheet, axis: Axis, ticks: Sequence[tuple[float, str]], left: float, baseline: float, width: float
) -> None:
    """Write the numbers of an axis under a strip."""
    theme = sheet.theme
    points = width / (axis.high - axis.low)
    for place, text in ticks:
        x = left + place_text((place - axis.low) * points, text, width, theme)
        sheet.text(x, baseline, text, theme.small, colour=theme.muted)

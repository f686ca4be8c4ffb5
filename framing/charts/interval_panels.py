"""Panels of dots with intervals: one strip for each outlet, panels side by side, in bands. The charts of stance and of
the modules are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, say_number
from framing.charts.fonts import text_width
from framing.charts.footer import Block, Caption, foot_block
from framing.charts.interval_marks import (
    BEYOND,
    draw_interval,
    draw_name,
    draw_ticks,
    is_beyond,
    place_number,
    wrap_names,
)
from framing.charts.interval_rows import Interval
from framing.charts.labels import clean, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import layout_legend, say_thin, thin_evidence
from framing.charts.sheet import Sheet, stroke
from framing.charts.tables import INSUFFICIENT, UNDEFINED
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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
    percent, signed : bool
        How the numbers beside the dots are printed: as per cent, with a plus sign.
    """

    label: str
    unit: str
    axis: Axis
    intervals: tuple[Interval, ...]
    percent: bool = False
    signed: bool = False

    def say(self, value: float) -> str:
        """Print a number as it stands beside its dot."""
        plain = say_number(value, self.percent)
        return f"+{plain}" if self.signed and plain.strip("0.") and value > 0 else plain


class PanelLayout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(
        self, panels: Sequence[IntervalPanel], head: Block, missing: str, minimum: int, theme: Theme, caption: Caption
    ) -> None:
        self.panels, self.head, self.theme = panels, head, theme
        self.overhang = theme.small * 0.9  # of the numbers of an axis, beyond the ends of their strip
        rows = [row for panel in panels for row in panel.intervals]
        few = any(row.status == INSUFFICIENT for row in rows)
        self.legend = layout_legend([thin_evidence(theme)] if few else [], theme)
        notes = [missing] if any(row.status == UNDEFINED for row in rows) else []
        notes += [say_thin(minimum)] if few else []
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
        self.name_width = min(names, theme.inner * 0.36) + theme.label * 0.6
        room = theme.inner - self.name_width - self.overhang
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
        outlets = [row.outlet for row in self.panels[0].intervals]
        width = self.name_width - theme.label * 0.6
        self.names = dict(zip(outlets, wrap_names(outlets, width, 2, theme), strict=True))

    def _place_rows(self) -> None:
        theme = self.theme
        rows = len(self.panels[0].intervals)
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        named = any(panel.axis.low_name or panel.axis.high_name for panel in self.panels)
        self.axis_height = theme.small * (3.4 if named else 2.1)
        # A panel without neighbours has its title over the names too.
        self.title_inset = self.name_width if self.columns > 1 else 0.0
        width = self.strip + self.count_width + self.name_width - self.title_inset
        self.titles = [
            [wrap(clean(p.label), width, theme.label, theme, bold=True) for p in band] for band in self.bands
        ]
        self.units = [[wrap(p.unit, self.strip, theme.small, theme) for p in band] for band in self.bands]
        heads = [
            theme.label * (0.9 + 1.3 * max(map(len, titles))) + theme.small * (0.5 + 1.3 * max(1, *map(len, units)))
            for titles, units in zip(self.titles, self.units, strict=True)
        ]
        below = theme.small * 0.8 + self.foot.height + theme.margin
        fixed = self.top + sum(heads) + len(self.bands) * self.axis_height + below
        # A figure of fixed height: rows move together to stay inside it, or part, up to twice as far.
        lines = max(map(len, self.names.values()))
        least, most = theme.label * max(1.55, 1.15 * lines), theme.label * 3.7
        wanted = least if rows > 16 else max(least, theme.label * 1.75)
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
        for row, outlet in enumerate(order):
            draw_name(sheet, theme.margin, panel_top + (row + 0.5) * self.pitch, self.names[outlet])
        for column, panel in enumerate(band):
            left = theme.margin + self.name_width + column * (self.count_width + self.strip + self.gap)
            # Short titles stand on the same line as long ones end.
            base = top + theme.label * (0.5 + 1.3 * (max(map(len, titles)) - len(titles[column])))
            for line in titles[column]:
                base += theme.label * 1.3
                sheet.text(left - self.name_width + self.title_inset, base, line, theme.label, bold=True)
            strip, base = left + self.count_width, panel_top - theme.small * 0.55
            sheet.text(strip - theme.small, base, "articles", theme.small, colour=theme.muted, align="right")
            for place, line in enumerate(reversed(units[column])):
                sheet.text(strip, base - place * theme.small * 1.3, line, theme.small, colour=theme.muted)
            self._draw_panel(sheet, panel, order, strip, panel_top)

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
            self._draw_row(sheet, axes, panel, by_outlet[outlet], index, left, top)
        draw_ticks(sheet, axis, ticks, left, top + height + theme.small * 1.3, self.strip, self.overhang)
        base = top + height + theme.small * 2.6
        if axis.low_name:
            sheet.text(left, base, clean(axis.low_name), theme.small, colour=theme.ink)
        if axis.high_name:
            sheet.text(left + self.strip, base, clean(axis.high_name), theme.small, colour=theme.ink, align="right")

    def _draw_row(
        self, sheet: Sheet, axes: Axes, panel: IntervalPanel, row: Interval, index: int, left: float, top: float
    ) -> None:
        theme, axis = self.theme, panel.axis
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
        text = panel.say(row.value)
        x = place_number(axis, row, text, self.strip, theme, self.overhang)
        sheet.centred_text(left + x, top + y, text, theme.small, colour=style, masked=True)


def draw_panels(
    panels: Sequence[IntervalPanel], head: Block, missing: str, minimum: int, theme: Theme, caption: Caption, about: str
) -> Figure:
    """Draw panels on a sheet that is as high as they need; `about` says in the alternative text what they show."""
    layout = PanelLayout(panels, head, missing, minimum, theme, caption)
    return draw_figure(layout, theme, "Dot plot with 95% intervals", about, caption.title)

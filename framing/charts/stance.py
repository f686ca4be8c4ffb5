"""How does each outlet's wording lean? A dot and its 95 % interval per outlet and referent, on the lexicon's scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.fonts import text_width
from framing.charts.footer import Caption, describe, foot_block, head_block
from framing.charts.labels import clean, distinct_labels, wrap
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Align, Sheet, mark, own_settings, stroke
from framing.charts.stance_table import SEVERITY, STANCE, VOICES, Interval, Scale, StanceIntervals, StancePanel
from framing.charts.tables import INSUFFICIENT, UNDEFINED
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["SEVERITY", "STANCE", "Interval", "Scale", "StanceIntervals", "StancePanel", "plot_stance"]


def plot_stance(stance: StanceIntervals, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one panel per referent with a dot and a 95 % interval per outlet.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). The axis is
    the lexicon's whole scale, so that a small difference looks small. Outlets with too few articles are hollow and
    grey, those without a mention say "no evidence". Panels side by side share the order of the first.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per referent, labelled with it, in units of the scale; alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(stance, theme, caption)
    with own_settings():
        sheet = Sheet(theme, layout.height)
        layout.draw(sheet)
    outlets = len(stance.panels[0].intervals)
    about = ", ".join(f"“{panel.label}”" for panel in stance.panels)
    describe(
        sheet.figure,
        "Dot plot with 95 % intervals",
        f"the mean stance of the words {outlets} outlets use for {about} {VOICES[stance.voice]}",
        caption.title,
    )
    return sheet.figure


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, stance: StanceIntervals, theme: Theme, caption: Caption) -> None:
        self.stance, self.theme = stance, theme
        one = stance.panels[0].label if len(stance.panels) == 1 else ""
        self.head = head_block(
            caption.title or (f"Wording of “{one}”" if one else "Wording by outlet"),
            caption.subtitle or f"Mean weight of the words used {VOICES[stance.voice]}, with 95 % interval",
            theme,
        )
        rows = [row for panel in stance.panels for row in panel.intervals]
        few = any(row.status == INSUFFICIENT for row in rows)
        entries = [Entry(f"fewer than {stance.minimum} articles", theme.paper, theme.muted, round=True)] if few else []
        self.legend = layout_legend(entries, theme)
        notes = ["No evidence: no mention in this voice."] if any(row.status == UNDEFINED for row in rows) else []
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
            for panel in self.stance.panels
            for name in (clean(panel.scale.low_name), clean(panel.scale.high_name))
        )
        # Both ends are named under each strip, with room between the two names.
        least = max(2.25 * ends + theme.small, 11 * theme.label)
        fits = int((room + self.gap) // (least + self.count_width + self.gap))
        panels = len(self.stance.panels)
        columns = max(1, min(fits, panels))
        bands = -(-panels // columns)
        self.columns = -(-panels // bands)  # bands of like length: six as 3 + 3, not 4 + 2
        self.strip = (room - self.gap * (self.columns - 1)) / self.columns - self.count_width
        self.bands = [self.stance.panels[i : i + self.columns] for i in range(0, panels, self.columns)]

    def _place_rows(self) -> None:
        theme = self.theme
        rows = len(self.stance.panels[0].intervals)
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        self.axis_height = theme.small * 3.4
        width = self.strip + self.count_width
        self.titles = [[wrap(p.label, width, theme.label, theme, bold=True) for p in band] for band in self.bands]
        heads = [theme.label * (0.9 + 1.3 * max(map(len, titles))) + theme.small * 1.5 for titles in self.titles]
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
        for band, titles, head in zip(self.bands, self.titles, self.heads, strict=True):
            self._draw_band(sheet, band, titles, top, top + head)
            top += head + len(band[0].intervals) * self.pitch + self.axis_height

    def _draw_band(
        self, sheet: Sheet, band: Sequence[StancePanel], titles: Sequence[Sequence[str]], top: float, panel_top: float
    ) -> None:
        theme = self.theme
        order = [row.outlet for row in band[0].intervals]
        for row, name in enumerate(distinct_labels(order, self.name_width - theme.label * 0.6, theme.label, theme)):
            middle = panel_top + (row + 0.5) * self.pitch
            sheet.centred_text(theme.margin, middle, name, theme.label)
        for column, (panel, lines) in enumerate(zip(band, titles, strict=True)):
            left = theme.margin + self.name_width + column * (self.count_width + self.strip + self.gap)
            spread = max(map(len, titles)) - len(lines)  # short titles stand on the same line as long ones end
            for index, line in enumerate(lines):
                sheet.text(left, top + theme.label * (1.8 + 1.3 * (index + spread)), line, theme.label, bold=True)
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

    def _draw_panel(self, sheet: Sheet, panel: StancePanel, order: Sequence[str], left: float, top: float) -> None:
        theme, scale = self.theme, panel.scale
        height = len(order) * self.pitch
        axes = sheet.panel(left, top, self.strip, height, (scale.low, scale.high), panel.label)
        ticks = _ticks(scale)
        for tick in ticks:
            zero = tick == 0
            stroke(axes, (tick, tick), (0, height), theme.muted if zero else theme.faint, 0.8 if zero else 0.5)
        for index in range(len(order)):  # leads the eye from a name to its dot
            y = (index + 0.5) * self.pitch
            stroke(axes, (scale.low, scale.high), (y, y), theme.faint, 0.4)
        by_outlet = {row.outlet: row for row in panel.intervals}
        for index, outlet in enumerate(order):
            self._draw_row(sheet, axes, by_outlet[outlet], index, left, top)
        points = self.strip / (scale.high - scale.low)
        base = top + height + theme.small * 1.3
        for tick in ticks:
            x = left + (tick - scale.low) * points
            align: Align = "left" if tick == scale.low else "right" if tick == scale.high else "center"
            sheet.text(x, base, _signed(tick), theme.small, colour=theme.muted, align=align)
        base += theme.small * 1.3
        sheet.text(left, base, f"{clean(scale.low_name)}", theme.small, colour=theme.ink)
        sheet.text(left + self.strip, base, f"{clean(scale.high_name)}", theme.small, colour=theme.ink, align="right")

    def _draw_row(self, sheet: Sheet, axes: Axes, row: Interval, index: int, left: float, top: float) -> None:
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
        colour = theme.muted if few else theme.accent
        if not (math.isnan(row.low) or math.isnan(row.high)):
            stroke(axes, (row.low, row.high), (y, y), colour, 0.8 if few else 1.6)
        size = theme.label * 0.62
        if few:
            mark(axes, row.value, y, size, theme.paper, theme.muted)
        else:
            mark(axes, row.value, y, size, theme.accent, theme.accent)
        style = theme.muted if few else theme.ink
        sheet.centred_text(left - theme.small, top + y, f"{row.articles:,}", theme.small, colour=style, align="right")


def _ticks(scale: Scale) -> list[float]:
    """Whole numbers on the scale if there are at most seven, otherwise the ends and zero."""
    whole_numbers = [float(value) for value in range(math.ceil(scale.low), math.floor(scale.high) + 1)]
    if 2 <= len(whole_numbers) <= 7:
        return whole_numbers
    return sorted({scale.low, scale.high} | ({0.0} if scale.low < 0 < scale.high else set()))


def _signed(value: float) -> str:
    if value == 0:
        return "0"
    return f"{'−' if value < 0 else '+'}{abs(value):g}"

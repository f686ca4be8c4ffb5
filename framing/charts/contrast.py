"""In what do two outlets differ, and is it there on the same events? A forest plot of differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.axis import say_number
from framing.charts.contrast_table import Contrast, ContrastRow, Difference
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, foot_block, head_block
from framing.charts.labels import clean, distinct_labels, shorten, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.paired_rows import series_colours
from framing.charts.sheet import Sheet, mark, stroke
from framing.charts.tables import INSUFFICIENT
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Contrast", "ContrastRow", "Difference", "plot_contrast"]

_LABELS = 0.44  # of the width: names, units and numbers of the measures
_WIDE_LABELS = 0.54  # the same where the numbers have a column of their own
_WIDE_EM = 50  # of the label size: from this width on they have
_AGAINST = {
    "one article": "one article carries half of it or more",
    "one term": "one term carries half of it or more",
    "shared text": "gone without text that others print too",
}


def plot_contrast(contrast: Contrast, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw for each measure two differences with their 95% intervals: over all articles, and on the same events.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Zero is in the
    middle of every row; each row has its own scale, so that rows cannot be compared in width but in where they stand.
    What speaks against a difference stands below it in words, and so does insufficient evidence.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled "differences", from -1 to 1. Alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(contrast, theme, caption)
    number = len(contrast.rows)
    return draw_figure(
        layout,
        theme,
        "Forest plot",
        f"the differences between {clean(contrast.outlet)} and {clean(contrast.other)} in {number} "
        f"measure{'s' * (number != 1)}, over all articles and on the same events, with 95% intervals",
        caption.title,
    )


def _say_figures(row: ContrastRow) -> str:
    percent = row.measure.percent
    return f"{say_number(row.value, percent)} against {say_number(row.other, percent)}"


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, contrast: Contrast, theme: Theme, caption: Caption) -> None:
        self.contrast, self.theme = contrast, theme
        self.fills = series_colours(theme)[:2]
        first, other = clean(contrast.outlet), clean(contrast.other)
        self.head = head_block(
            caption.title or f"{first} and {other}, measure by measure",
            caption.subtitle or f"Difference with 95% interval; figures: {first} against {other}",
            theme,
        )
        names = ("all articles", "same events only")
        drawn = [any(getattr(row, which).drawn for row in contrast.rows) for which in ("pooled", "matched")]
        entries = [
            Entry(name, fill, theme.outline, round=True)
            for name, fill, some in zip(names, self.fills, drawn, strict=True)
            if some
        ]
        self.legend = layout_legend(entries, theme)
        self.drawn = any(drawn)
        # Where no event is common to both, one note says so for all rows.
        self.common = any(row.events for row in contrast.rows) or drawn[1]
        notes = []
        if self.drawn:
            notes.append("Each row has a scale of its own, with zero in the middle: compare directions, not widths.")
        if self.drawn and not self.common:
            notes.append("No event is known on which both report, so nothing is said of the same events.")
        if any(row.events for row in contrast.rows):
            notes.append("Same events: differences within events that both report, without those in topics.")
        self.foot = foot_block(caption, notes, theme)
        self.figures = [_say_figures(row) for row in contrast.rows]
        self.label_width = theme.inner * _LABELS
        self.strip = theme.inner - self.label_width - theme.label
        self.beside = theme.inner >= _WIDE_EM * theme.label
        if self.beside:
            widest = max(text_width(text, theme.label, theme) for text in self.figures)
            self.label_width = theme.inner * _WIDE_LABELS - widest - theme.label
            self.strip = theme.inner * (1 - _WIDE_LABELS) - theme.label
            self.figures_left = theme.margin + self.label_width + theme.label
        self._place_rows()

    def _place_rows(self) -> None:
        theme = self.theme
        names = self.contrast.other, self.contrast.outlet
        self.ends = distinct_labels(names, self.strip / 2 - theme.small, theme.small, theme)
        self.labels = [
            wrap(clean(r.measure.label), self.label_width, theme.label, theme, bold=True) for r in self.contrast.rows
        ]
        self.units = [
            wrap(clean(r.measure.unit), self.label_width, theme.small, theme) if r.measure.unit else []
            for r in self.contrast.rows
        ]
        self.against = [
            wrap(clean("; ".join(_AGAINST[m] for m in r.marks)), self.strip, theme.small, theme) if r.marks else []
            for r in self.contrast.rows
        ]
        self.heights = []
        for label, unit, against in zip(self.labels, self.units, self.against, strict=True):
            left = theme.label * 1.3 * (len(label) + (not self.beside)) + theme.small * 1.3 * len(unit)
            right = theme.label * (2.7 if self.common else 1.5) + theme.small * 1.3 * len(against)
            self.heights.append(max(left, right) + theme.label * 0.9)
        self.legend_top = theme.margin + self.head.height + theme.label * 0.6
        self.top = self.legend_top + self.legend.height + theme.small * (3.5 if self.drawn else 0.6)
        below = theme.label + self.foot.height + theme.margin
        fixed = self.top + below
        spare = theme.min_height - fixed - sum(self.heights)
        if spare > 0:
            each = min(spare / len(self.heights), theme.label * 1.5)
            self.heights = [height + each for height in self.heights]
        self.height = max(theme.min_height, fixed + sum(self.heights))

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, self.legend_top)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        left = theme.margin + theme.inner - self.strip
        height = sum(self.heights)
        if self.drawn:
            base, right = self.top - theme.small * 0.7, left + self.strip
            above = base - theme.small * LINE_HEIGHT
            sheet.text(left, above, "← higher in", theme.small, colour=theme.muted)
            sheet.text(right, above, "higher in →", theme.small, colour=theme.muted, align="right")
            sheet.text(left, base, self.ends[0], theme.small)
            sheet.text(right, base, self.ends[1], theme.small, align="right")
        axes = sheet.panel(left, self.top, self.strip, height, (-1, 1), "differences")
        stroke(axes, (0, 0), (0, height), theme.muted, 0.8)
        y = 0.0
        for row, high in enumerate(self.heights):
            rule = self.top + y
            sheet.line((theme.margin, theme.margin + theme.inner), (rule, rule), theme.faint, 0.5)
            self._draw_label(sheet, row, self.top + y + theme.label * 0.45)
            self._draw_row(sheet, axes, row, y + theme.label * 0.45, left)
            y += high

    def _draw_label(self, sheet: Sheet, row: int, base: float) -> None:
        theme = self.theme
        if self.beside:
            sheet.text(self.figures_left, base + theme.label, self.figures[row], theme.label)
        for line in self.labels[row]:
            base += theme.label * 1.3
            sheet.text(theme.margin, base - theme.label * 0.3, line, theme.label, bold=True)
        for line in self.units[row]:
            base += theme.small * 1.3
            sheet.text(theme.margin, base - theme.small * 0.3, line, theme.small, colour=theme.muted)
        if not self.beside:
            sheet.text(theme.margin, base + theme.label, self.figures[row], theme.label)

    def _draw_row(self, sheet: Sheet, axes: Axes, row: int, y: float, left: float) -> None:
        theme, data = self.theme, self.contrast.rows[row]
        lanes = y + theme.label * 0.75, y + theme.label * 2.05
        reach = data.reach or 1.0
        style = {"colour": theme.muted, "italic": True, "masked": True, "align": "center"}
        middle = left + self.strip / 2
        for difference, fill, lane in zip((data.pooled, data.matched), self.fills, lanes, strict=True):
            if difference.drawn:
                ends = difference.low / reach * 0.96, difference.high / reach * 0.96
                stroke(axes, ends, (lane, lane), fill if theme.dark else theme.outline, 2.2)
                stroke(axes, ends, (lane, lane), fill, 1.4)
                place = difference.value / reach * 0.96
                mark(axes, place, lane, theme.label * 0.62, fill, theme.outline, 0.6)
        if not data.pooled.drawn and not data.matched.drawn:
            text = "insufficient evidence" if data.pooled.status == INSUFFICIENT else "no evidence"
            sheet.centred_text(middle, self.top + sum(lanes) / 2, text, theme.small, **style)
        elif not data.pooled.drawn:
            text = shorten("all articles: insufficient evidence", self.strip, theme.small, theme)
            sheet.centred_text(middle, self.top + lanes[0], text, theme.small, **style)
        elif not data.matched.drawn and self.common:
            text = f"same events: insufficient ({data.events:,})" if data.events else "same events: none"
            text = shorten(text, self.strip, theme.small, theme)
            sheet.centred_text(middle, self.top + lanes[1], text, theme.small, **style)
        base = self.top + y + theme.label * (2.7 if self.common else 1.5)
        for line in self.against[row]:
            base += theme.small * LINE_HEIGHT
            x = left + self.strip / 2
            sheet.text(x, base - theme.small * 0.3, line, theme.small, italic=True, align="center", masked=True)

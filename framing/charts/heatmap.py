"""Who words what unlike the others? A matrix of measures and outlets, coloured by the distance from their mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from framing.charts.axis import say_number
from framing.charts.diverging import Ramp, diverging_colour
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, describe, foot_block, head_block
from framing.charts.heatmap_table import HeatCell, Heatmap
from framing.charts.labels import clean, distinct_labels, wrap
from framing.charts.legend import HATCH, Entry, layout_legend
from framing.charts.measure_rows import ShownMeasure
from framing.charts.sheet import Sheet, bar, mark, own_settings
from framing.charts.tables import INSUFFICIENT, UNDEFINED
from framing.charts.theme import Theme, ink_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["HeatCell", "Heatmap", "plot_heatmap"]

FULL = 3.0
"""Margins of error at which a colour is full."""

_LABELS = (0.36, 0.33, 0.3)  # of the width: for the names of the measures; less where that saves a band
_WIDEST_EM = 9  # of the label size: cells need not be wider


def plot_heatmap(heatmap: Heatmap, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a cell for each measure and outlet: its number, on a colour that tells its distance from the outlets' mean.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Cells of too few
    articles are hatched with a grey number, those without evidence hatched and empty. A dot marks what differs clearly
    from all other outlets together. Where the outlets do not fit side by side they go on in a further band.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per band, labelled "band 1", ...; columns across. Alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(heatmap, theme, caption)
    with own_settings():
        sheet = Sheet(theme, layout.height)
        layout.draw(sheet)
    outlets, measures = len(heatmap.outlets), len(heatmap.measures)
    describe(
        sheet.figure,
        "Heat map",
        f"{measures} measure{'s' * (measures != 1)} of {outlets} outlet{'s' * (outlets != 1)}, coloured by the "
        "distance from the outlets’ mean",
        caption.title,
    )
    return sheet.figure


def say_cell(cell: HeatCell, measure: ShownMeasure) -> str:
    """Print a number as it stands in its cell: a share without its per cent sign, which stands in the unit."""
    return say_number(cell.interval.value, measure.percent).removesuffix("%")


def say_unit(measure: ShownMeasure) -> str:
    """Return the unit of a row."""
    unit = clean(measure.unit) if measure.unit else ""
    return f"% {unit}".strip() if measure.percent else unit


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, heatmap: Heatmap, theme: Theme, caption: Caption) -> None:
        self.heatmap, self.theme = heatmap, theme
        self.head = head_block(
            caption.title or "How far outlets lie from each other, measure by measure",
            caption.subtitle
            or "Figures: each measure in its unit. Colour: distance from the mean of these outlets, in typical margins "
            "of error (half a 95 % interval)",
            theme,
        )
        self.coloured = any(not math.isnan(cell.deviation) for row in heatmap.cells for cell in row)
        self.ramp = Ramp("below the mean", "above", [(-1, f"−{FULL:.0f}"), (0, "0"), (1, f"+{FULL:.0f}")], theme)
        self.legend = layout_legend(self._entries(), theme)
        few = any(cell.interval.status == INSUFFICIENT for row in heatmap.cells for cell in row)
        note = f"Insufficient: fewer than {heatmap.minimum} articles, or too few that carry the number."
        self.foot = foot_block(caption, [note] if few else [], theme)
        self._place_columns()
        self._place_labels()
        self._place_rows()

    def _entries(self) -> list[Entry]:
        theme = self.theme
        cells = [cell for row in self.heatmap.cells for cell in row]
        entries = []
        if any(cell.differs for cell in cells):
            others = max(1, self.heatmap.total - 1)
            whom = f"the {others:,} other outlets together" if others > 1 else "the other outlet"
            entries.append(Entry(f"differs from {whom}, q ≤ 0.05", theme.ink, theme.ink, round=True))
        if any(cell.interval.status == INSUFFICIENT for cell in cells):
            entries.append(Entry("grey figure: insufficient evidence", theme.paper, theme.muted, HATCH))
        if any(cell.interval.status == UNDEFINED for cell in cells):
            entries.append(Entry("no figure: no evidence", theme.paper, theme.muted, HATCH))
        return entries

    def _place_columns(self) -> None:
        theme, heatmap = self.theme, self.heatmap
        least = theme.small * 0.9 + max(
            text_width(say_cell(cell, measure), theme.small, theme, bold=cell.differs)
            for measure, row in zip(heatmap.measures, heatmap.cells, strict=True)
            for cell in row
        )
        wanted = max(
            max(text_width(clean(m.label), theme.label, theme), text_width(say_unit(m), theme.small, theme))
            for m in heatmap.measures
        )
        count = len(heatmap.outlets)

        def count_bands(share: float) -> int:
            room = theme.inner * (1 - share) - theme.label
            return -(-count // max(1, min(count, int(room // least))))

        share = min(_LABELS, key=lambda share: (count_bands(share), -share))
        self.label_width = min(wanted, theme.inner * share)
        room = theme.inner - self.label_width - theme.label
        bands = count_bands(share)
        self.columns = -(-count // bands)  # bands of like length
        self.cell_width = min(room / self.columns, _WIDEST_EM * theme.label)
        # Narrow cells leave room for longer names of the measures.
        self.label_width = min(wanted, theme.inner - theme.label - self.columns * self.cell_width)
        self.bands = [range(start, min(start + self.columns, count)) for start in range(0, count, self.columns)]

    def _place_labels(self) -> None:
        theme = self.theme
        self.labels = [wrap(clean(m.label), self.label_width, theme.label, theme) for m in self.heatmap.measures]
        self.units = [wrap(say_unit(m), self.label_width, theme.small, theme) for m in self.heatmap.measures]
        # A name and its unit share a line where both fit.
        self.beside = [
            len(label) == len(unit) == 1
            and text_width(label[0], theme.label, theme) + text_width(unit[0], theme.small, theme) + theme.label
            <= self.label_width
            for label, unit in zip(self.labels, self.units, strict=True)
        ]
        width = self.cell_width - theme.small * 0.6
        words = [word for name in self.heatmap.outlets for word in clean(name).split(" ")]
        longest = max(text_width(word, theme.small, theme) for word in words)
        self.upright = longest > width
        if self.upright:
            names = distinct_labels(self.heatmap.outlets, 22 * theme.small, theme.small, theme)
            self.names = [[name] for name in names]
            self.header = max(text_width(name, theme.small, theme) for name in names)
        else:
            whole = distinct_labels(self.heatmap.outlets, 3.2 * width, theme.small, theme)
            self.names = [wrap(name, width, theme.small, theme) for name in whole]
            self.header = max(map(len, self.names)) * theme.small * LINE_HEIGHT
        self.header += theme.label * 1.1

    def _place_rows(self) -> None:
        theme = self.theme
        self.heights = []
        for label, unit, beside in zip(self.labels, self.units, self.beside, strict=True):
            lines = theme.label * 1.3 * len(label) + (0 if beside else theme.small * 1.3 * len(unit))
            self.heights.append(max(theme.label * 1.9, lines + theme.label * 0.5))
        self.ramp_top = theme.margin + self.head.height + theme.label * 0.7
        self.legend_top = self.ramp_top + (self.ramp.height + theme.label * 0.2) * self.coloured
        self.top = self.legend_top + self.legend.height
        below = theme.label + self.foot.height + theme.margin
        fixed = self.top + len(self.bands) * self.header + below
        rows = len(self.bands) * sum(self.heights)
        spare = theme.min_height - fixed - rows
        if spare > 0:  # a figure of fixed height: rows grow, up to half as high again
            grow = min(1.5, 1 + spare / rows)
            self.heights = [height * grow for height in self.heights]
        self.height = max(theme.min_height, fixed + len(self.bands) * sum(self.heights))

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        if self.coloured:
            self.ramp.draw(sheet, self.ramp_top)
        self.legend.draw(sheet, self.legend_top)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        left = theme.margin + self.label_width + theme.label
        for number, band in enumerate(self.bands, 1):
            top += self.header
            self._draw_header(sheet, band, left, top)
            height = sum(self.heights)
            axes = sheet.panel(left, top, len(band) * self.cell_width, height, (0, len(band)), f"band {number}")
            y = 0.0
            for row, high in enumerate(self.heights):
                self._draw_label(sheet, row, top + y + high / 2)
                for column, index in enumerate(band):
                    cell, measure = self.heatmap.cells[row][index], self.heatmap.measures[row]
                    x = left + (column + 0.5) * self.cell_width
                    self._draw_cell(sheet, axes, cell, measure, column, y + high / 2, high, x, top)
                y += high
            top += height

    def _draw_header(self, sheet: Sheet, band: range, left: float, bottom: float) -> None:
        theme = self.theme
        base = bottom - theme.small * 0.5
        for column, index in enumerate(band):
            lines, middle = self.names[index], left + (column + 0.5) * self.cell_width
            for position, line in enumerate(lines):
                if self.upright:
                    sheet.text(middle, base, line, theme.small, upright=True)
                else:
                    y = base - (len(lines) - 1 - position) * theme.small * LINE_HEIGHT
                    sheet.text(middle, y, line, theme.small, align="center")

    def _draw_label(self, sheet: Sheet, row: int, middle: float) -> None:
        theme, label, unit = self.theme, self.labels[row], self.units[row]
        if self.beside[row]:
            sheet.centred_text(theme.margin, middle, label[0], theme.label)
            x = theme.margin + text_width(label[0], theme.label, theme) + theme.label * 0.6
            # On the same line as the name.
            sheet.text(x, middle + theme.label * 0.365, unit[0], theme.small, colour=theme.muted)
            return
        base = middle - (theme.label * 1.3 * len(label) + theme.small * 1.3 * len(unit)) / 2
        for line in label:
            base += theme.label * 1.3
            sheet.text(theme.margin, base - theme.label * 0.3, line, theme.label)
        for line in unit:
            base += theme.small * 1.3
            sheet.text(theme.margin, base - theme.small * 0.3, line, theme.small, colour=theme.muted)

    def _draw_cell(
        self,
        sheet: Sheet,
        axes: Axes,
        cell: HeatCell,
        measure: ShownMeasure,
        column: int,
        y: float,
        high: float,
        x: float,
        top: float,
    ) -> None:
        theme, status = self.theme, cell.interval.status
        inset = 0.6 / self.cell_width  # a line of paper between cells
        place = (column + inset, y, 1 - 2 * inset, high - 1.2)
        if status in (UNDEFINED, INSUFFICIENT):
            bar(axes, *place, fill=theme.paper, edge=theme.faint, hatch=HATCH)
            if status == INSUFFICIENT:
                text = say_cell(cell, measure)
                sheet.centred_text(x, top + y, text, theme.small, colour=theme.muted, align="center", masked=True)
            return
        known = not math.isnan(cell.deviation)
        fill = diverging_colour(cell.deviation / FULL if known else 0.0, theme)
        bar(axes, *place, fill=fill, edge=theme.faint, line=0.4)
        ink = ink_on(fill)
        text = say_cell(cell, measure)
        sheet.centred_text(x, top + y, text, theme.small, colour=ink, align="center", bold=cell.differs)
        if cell.differs:
            size = theme.small * 0.42
            right = column + 1 - inset - size / self.cell_width
            mark(axes, right, y - high / 2 + 0.6 + size, size, ink, ink, line=0)

"""Who words what unlike the others? A matrix of measures and outlets, coloured by the distance from the others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.charts.axis import say_number
from framing.charts.diverging import Ramp, diverging_colour
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, foot_block, head_block
from framing.charts.heatmap_table import HeatCell, Heatmap
from framing.charts.labels import clean, distinct_labels, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import HATCH, Entry, layout_legend, say_thin
from framing.charts.measure_rows import ShownMeasure
from framing.charts.sheet import Sheet, bar, mark
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
    """Draw a cell for each measure and outlet: its number, on a colour that tells its distance from the reference.

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
    outlets, measures = len(heatmap.outlets), len(heatmap.measures)
    return draw_figure(
        layout,
        theme,
        "Heat map",
        f"{measures} measure{'s' * (measures != 1)} of {outlets} outlet{'s' * (outlets != 1)}, coloured by the "
        f"distance from {'all other outlets together' if heatmap.against_others else 'the outlets’ mean'}",
        caption.title,
    )


def fit_heatmap(heatmap: Heatmap, theme: Theme, caption: Caption | None = None) -> Heatmap:
    """Return as many measures as a sheet of fixed height holds, those in which outlets deviate most; on a sheet that is
    as high as its rows, all."""
    while theme.min_height and len(heatmap.measures) > 1:
        if _Layout(heatmap, theme, caption or Caption()).height <= theme.min_height + 0.5:
            break
        heatmap = heatmap.leave_out_weakest()
    return heatmap


def say_cell(cell: HeatCell, measure: ShownMeasure) -> str:
    """Print a number as it stands in its cell: a share without its per cent sign, which stands in the unit."""
    return say_number(cell.interval.value, measure.percent).removesuffix("%")


def say_unit(measure: ShownMeasure) -> str:
    """Return the unit of a row."""
    unit = clean(measure.unit) if measure.unit else ""
    return f"% {unit}".strip() if measure.percent else unit


@dataclass(frozen=True, slots=True)
class _Line:
    """A line beside a row: a piece of the measure's name, a piece of its unit, or both; the unit begins at `left`."""

    name: str
    unit: str
    left: float
    height: float


def _flow(name: str, unit: str, width: float, theme: Theme) -> list[_Line]:
    """Break a name into lines, its unit below; or, where that saves a line, let the unit go on where the name ends."""
    names = wrap(name, width, theme.label, theme)
    below = wrap(unit, width, theme.small, theme)
    left = text_width(names[-1], theme.label, theme) + theme.label * 0.6
    words = unit.split()
    beside = next(
        (n for n in range(len(words), 0, -1) if left + text_width(" ".join(words[:n]), theme.small, theme) <= width), 0
    )
    rest = wrap(" ".join(words[beside:]), width, theme.small, theme)
    if len(rest) == len(below):
        beside, rest = 0, below
    high, low = theme.label * LINE_HEIGHT, theme.small * LINE_HEIGHT
    return [
        *(_Line(line, "", 0.0, high) for line in names[:-1]),
        _Line(names[-1], " ".join(words[:beside]), left, high),
        *(_Line("", line, 0.0, low) for line in rest),
    ]


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, heatmap: Heatmap, theme: Theme, caption: Caption) -> None:
        self.heatmap, self.theme = heatmap, theme
        self.coloured = heatmap.coloured
        self.head = head_block(
            caption.title or "How far outlets lie from each other, measure by measure",
            caption.subtitle or heatmap.subtitle,
            theme,
        )
        self.ramp = Ramp(
            f"below the {'others' if heatmap.against_others else 'mean'}",
            "above",
            [(-1, f"−{FULL:.0f}"), (0, "0"), (1, f"+{FULL:.0f}")],
            theme,
        )
        self.legend = layout_legend(self._entries(), theme)
        few = any(cell.interval.status == INSUFFICIENT for row in heatmap.cells for cell in row)
        notes = [say_thin(heatmap.minimum)] if few else []
        if heatmap.left_out:
            some = f"{heatmap.left_out} measure{'s' * (heatmap.left_out != 1)}"
            notes.append(f"Without room here: {some} in which outlets differ less clearly.")
        self.foot = foot_block(caption, notes, theme)
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
            entries.append(Entry("insufficient evidence", theme.paper, theme.muted, HATCH))
        if any(cell.interval.status == UNDEFINED for cell in cells):
            entries.append(Entry("no figure: no evidence", theme.paper, theme.muted, HATCH))
        return entries

    def _place_columns(self) -> None:
        theme, heatmap = self.theme, self.heatmap
        least = theme.small * 0.7 + max(
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
        self.labels = [_flow(clean(m.label), say_unit(m), self.label_width, theme) for m in self.heatmap.measures]
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
        for lines in self.labels:
            self.heights.append(max(theme.label * 1.9, sum(line.height for line in lines) + theme.label * 0.5))
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
        theme, lines = self.theme, self.labels[row]
        base = middle - sum(line.height for line in lines) / 2
        for line in lines:
            base += line.height
            y = base - line.height * 0.27
            if line.name:
                sheet.text(theme.margin, y, line.name, theme.label)
            if line.unit:
                sheet.text(theme.margin + line.left, y, line.unit, theme.small, colour=theme.muted)

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

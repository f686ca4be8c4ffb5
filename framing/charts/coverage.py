"""Which outlets mention what at all? A matrix of outlets and referents, by default against the events they covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framing.charts.counted import plural
from framing.charts.coverage_table import Cell, CoverageMatrix
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, foot_block, head_block
from framing.charts.interval_marks import draw_name, wrap_names
from framing.charts.labels import clean, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import HATCH, Entry, layout_legend
from framing.charts.sheet import Sheet, bar
from framing.charts.tables import INSUFFICIENT, UNDEFINED
from framing.charts.theme import Theme, ink_on, mix

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Cell", "CoverageMatrix", "plot_coverage"]


def plot_coverage(matrix: CoverageMatrix, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a cell per outlet and referent with the share of articles that mention it, in per cent, over their number.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Cells of too
    few articles have no colour, those without articles are hatched. Where the columns do not fit side by side they
    go on in a further band.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per band, labelled "band 1", ...; columns across. Alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(matrix, theme, caption)
    outlets, subjects = plural(len(matrix.outlets), "outlet"), plural(len(matrix.referents), "subject")
    about = f"the share of articles of {outlets} that mention each of {subjects}"
    if matrix.against == "events":
        about += ", among those on events where another article does"
    return draw_figure(layout, theme, "Matrix", about, caption.title)


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, matrix: CoverageMatrix, theme: Theme, caption: Caption) -> None:
        self.matrix, self.theme = matrix, theme
        self.head = head_block(caption.title or "What each outlet mentions", caption.subtitle or matrix.subtitle, theme)
        self.legend = layout_legend(self._entries(), theme)
        # Of all its articles an outlet has one number, and it stands beside the name.
        self.one_count = all(len({cell.articles for cell in row}) == 1 for row in matrix.cells)
        notes = [] if self.one_count else ["Under each figure: the number of articles it is a share of."]
        self.foot = foot_block(caption, notes, theme)
        self._place_columns()
        self._place_rows()

    def _entries(self) -> list[Entry]:
        theme, matrix = self.theme, self.matrix
        statuses = {cell.status for row in matrix.cells for cell in row}
        entries = [Entry(f"{percent}%", self.fill(percent / 100), theme.muted) for percent in (0, 50, 100)]
        if INSUFFICIENT in statuses:
            few = f"grey figures: fewer than {matrix.minimum} articles"
            if matrix.against == "events":
                few += f" or {matrix.minimum_events} events"
            entries.append(Entry(few, theme.paper, theme.muted))
        if UNDEFINED in statuses:
            none = "no such articles" if matrix.against == "events" else "no articles"
            entries.append(Entry(none, theme.paper, theme.muted, HATCH))
        return entries

    def fill(self, share: float) -> str:
        """Colour of a share: one hue, from nearly paper to full."""
        hue = self.theme.series[0]
        if self.theme.dark:
            return mix(self.theme.paper, hue, 0.05 + 0.95 * share)
        # Darker than the hue at the end: few shares then have the middling blue on which no figure is easy to read.
        if share < 0.8:
            return mix(self.theme.paper, hue, 0.05 + 1.15 * share)
        return mix(hue, "#000000", 2 * (share - 0.8))

    def _place_columns(self) -> None:
        theme, matrix = self.theme, self.matrix
        names = max(text_width(clean(name), theme.label, theme) for name in matrix.outlets)
        self.name_width = min(names, theme.inner * 0.3) + theme.label * 0.8
        self.names = wrap_names(matrix.outlets, self.name_width - theme.label * 0.8, 2, theme)
        if self.one_count:
            counts = [f"{row[0].articles:,}" for row in matrix.cells]
            self.name_width += max(text_width(text, theme.small, theme) for text in (*counts, "articles")) + theme.small
        room = theme.inner - self.name_width
        texts = ["100"]
        if not self.one_count:
            texts += [f"{cell.articles:,}" for row in matrix.cells for cell in row]
        least = max(text_width(text, theme.label, theme) for text in texts) + theme.label * 0.8
        count = len(matrix.referents)
        columns = max(1, min(count, int(room // least)))
        bands = -(-count // columns)
        self.columns = -(-count // bands)  # bands of like length
        self.cell_width = min(room / self.columns, 13 * theme.label)
        self.bands = [range(start, min(start + self.columns, count)) for start in range(0, count, self.columns)]
        self._place_headers()

    def _place_headers(self) -> None:
        theme = self.theme
        width = self.cell_width - theme.small * 0.6
        words = [word for label in self.matrix.referents for word in label.split(" ")]
        longest = max(text_width(word, theme.small, theme) for word in words)
        self.upright = longest > width
        if self.upright:
            lines = max(1, min(3, int(self.cell_width // (theme.small * LINE_HEIGHT))))
            room = min(max(longest, 14 * theme.small), 20 * theme.small)
            self.headers = [wrap(label, room, theme.small, theme, max_lines=lines) for label in self.matrix.referents]
        else:
            self.headers = [wrap(label, width, theme.small, theme, max_lines=6) for label in self.matrix.referents]
        self.header_heights = []
        for band in self.bands:
            if self.upright:
                high = max(text_width(line, theme.small, theme) for index in band for line in self.headers[index])
            else:
                high = max(len(self.headers[index]) for index in band) * theme.small * LINE_HEIGHT
            self.header_heights.append(high + theme.label * 1.3)

    def _place_rows(self) -> None:
        theme = self.theme
        rows = len(self.matrix.outlets)
        self.pitch = theme.label * 1.9 if self.one_count else theme.label * 1.35 + theme.small * 1.45
        self.pitch = max(self.pitch, theme.label * 1.2 * max(map(len, self.names)))
        self.legend_top = theme.margin + self.head.height + theme.label * 0.6
        self.top = self.legend_top + self.legend.height
        below = theme.label * 1.2 + self.foot.height + theme.margin
        fixed = self.top + sum(self.header_heights) + below
        spare = theme.min_height - fixed - len(self.bands) * rows * self.pitch
        if spare > 0:  # a figure of fixed height: cells grow, up to twice
            self.pitch *= min(2.0, 1 + spare / (len(self.bands) * rows * self.pitch))
        self.height = max(theme.min_height, fixed + len(self.bands) * rows * self.pitch)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, self.legend_top)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        for number_, (band, header) in enumerate(zip(self.bands, self.header_heights, strict=True), 1):
            top += header
            left = theme.margin + self.name_width
            self._draw_headers(sheet, band, left, top)
            height = len(self.names) * self.pitch
            if self.one_count:
                place = left - theme.small, top - theme.small * 0.5
                sheet.text(*place, "articles", theme.small, colour=theme.muted, align="right")
            axes = sheet.panel(left, top, len(band) * self.cell_width, height, (0, len(band)), f"band {number_}")
            for row, name in enumerate(self.names):
                middle = (row + 0.5) * self.pitch
                draw_name(sheet, theme.margin, top + middle, name)
                if self.one_count:
                    count = f"{self.matrix.cells[row][0].articles:,}"
                    sheet.centred_text(
                        left - theme.small, top + middle, count, theme.small, colour=theme.muted, align="right"
                    )
                for column, index in enumerate(band):
                    x = left + (column + 0.5) * self.cell_width
                    self._draw_cell(sheet, axes, self.matrix.cells[row][index], column, middle, x, top + middle)
            top += height

    def _draw_headers(self, sheet: Sheet, band: range, left: float, bottom: float) -> None:
        theme = self.theme
        base = bottom - theme.small * 0.5
        for column, index in enumerate(band):
            lines = self.headers[index]
            middle = left + (column + 0.5) * self.cell_width
            for position, line in enumerate(lines):
                if self.upright:
                    x = middle + (position - (len(lines) - 1) / 2) * theme.small * LINE_HEIGHT
                    sheet.text(x, base, line, theme.small, upright=True)
                else:
                    y = base - (len(lines) - 1 - position) * theme.small * LINE_HEIGHT
                    sheet.text(middle, y, line, theme.small, align="center")

    def _draw_cell(self, sheet: Sheet, axes: Axes, cell: Cell, column: int, y: float, x: float, middle: float) -> None:
        theme = self.theme
        inset = 0.6 / self.cell_width  # a line of paper between cells
        place = (column + inset, y, 1 - 2 * inset, self.pitch - 1.2)
        if cell.status == UNDEFINED:
            bar(axes, *place, fill=theme.paper, edge=theme.faint, hatch=HATCH)
            return
        few = cell.status == INSUFFICIENT
        fill = theme.paper if few else self.fill(cell.share)
        bar(axes, *place, fill=fill, edge=theme.faint if few else fill)
        colour = theme.muted if few else ink_on(fill)
        percent, style = f"{100 * cell.share:.0f}", dict[str, Any](colour=colour, align="center")
        if self.one_count:
            sheet.centred_text(x, middle, percent, theme.label, **style)
            return
        sheet.centred_text(x, middle - theme.small * 0.62, percent, theme.label, **style)
        sheet.centred_text(x, middle + theme.label * 0.62, f"{cell.articles:,}", theme.small, **style)

"""Panels of stacked bars of 100 %: who speaks, by which verbs, how harm is told. The interval of the first part stands
below each bar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from framing.charts.composition_table import REST, Bar, Compositions, Part
from framing.charts.fonts import text_width
from framing.charts.footer import Block, Caption, foot_block
from framing.charts.labels import distinct_labels, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import HATCH, Entry, layout_legend
from framing.charts.sheet import Sheet, bar, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import FADED, Theme, ink_on, mix

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEAST_EM = 15  # of the label size: a bar narrower than this shows nothing
_MOST_COLUMNS = 3
_NAMES = 0.3  # of the width: how wide names may be


def draw_stacked(
    data: Compositions, head: Block, theme: Theme, caption: Caption, about: str, notes: Sequence[str] = ()
) -> Figure:
    """Draw panels on a sheet that is as high as they need; `about` says in the alternative text what they show."""
    layout = StackedLayout(data, head, theme, caption, notes)
    return draw_figure(layout, theme, "Stacked bar chart", about, caption.title)


class StackedLayout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(
        self, data: Compositions, head: Block, theme: Theme, caption: Caption, notes: Sequence[str] = ()
    ) -> None:
        self.data, self.head, self.theme = data, head, theme
        self.bars = [b for panel in data.panels for b in panel.bars]
        self.legend = layout_legend(self._entries(), theme)
        said = list(notes)
        if any(self._is_bounded(b) for b in self.bars):
            said.append(f"Line below a bar: 95% interval of “{data.parts[0].label.split(':')[0]}”.")
        if any(b.status == UNDEFINED for b in self.bars):
            said.append(f"No evidence: no {data.noun}.")
        said += [data.note] if data.note else []
        self.foot = foot_block(caption, said, theme)
        self._place_columns()
        self._place_rows()

    def fill(self, part: Part) -> str:
        """Return the colour of a part."""
        if part.colour >= 0:
            return self.theme.series[part.colour % len(self.theme.series)]
        return self.theme.other if part.colour == REST else self.theme.paper

    @staticmethod
    def _is_bounded(item: Bar) -> bool:
        return item.status == OK and item.has_interval

    def _entries(self) -> list[Entry]:
        theme = self.theme
        entries = [
            Entry(part.label, self.fill(part), theme.outline if part.colour >= REST else theme.muted)
            for number, part in enumerate(self.data.parts)
            if any(b.counts[number] for b in self.bars)
        ]
        if any(b.status == INSUFFICIENT for b in self.bars):
            few = f"pale, hatched: fewer than {self.data.minimum} articles"
            entries.append(Entry(few, theme.paper, theme.muted, HATCH))
        return entries

    @staticmethod
    def _count(item: Bar) -> str:
        return f"{item.total:,} ({item.articles:,})" if item.total else ""

    def _place_columns(self) -> None:
        theme, panels = self.theme, self.data.panels
        self.header = f"{self.data.noun} (articles)"
        counts = [text_width(self._count(b), theme.small, theme) for b in self.bars]
        self.count_width = max(counts) + theme.small * 0.9
        self.gap = theme.label * 1.6
        names = max(text_width(b.label, theme.label, theme) for b in panels[0].bars)
        self.name_width = min(names, theme.inner * _NAMES) + theme.label * 0.8
        room = theme.inner - self.name_width
        least = _LEAST_EM * theme.label + self.count_width
        fits = max(1, min(len(panels), _MOST_COLUMNS, int((room + self.gap) // (least + self.gap))))
        bands = -(-len(panels) // fits)
        self.columns = -(-len(panels) // bands)
        self.column_width = (room - self.gap * (self.columns - 1)) / self.columns
        self.bar_width = self.column_width - self.count_width
        self.names = self._name_lines([b.label for b in panels[0].bars], self.name_width - theme.label * 0.8)
        self.bands = [panels[i : i + self.columns] for i in range(0, len(panels), self.columns)]
        self.titles = [
            [wrap(p.title, self.column_width, theme.label, theme, bold=True) if p.title else [] for p in band]
            for band in self.bands
        ]

    def _name_lines(self, names: Sequence[str], width: float) -> list[list[str]]:
        """Return the lines of each name: two where all names then stand in full, otherwise one, shortened."""
        theme = self.theme
        lines = [wrap(name, width, theme.label, theme) for name in names]
        broken = any(word not in name.split(" ") for name, text in zip(names, lines, strict=True)
                     for line in text for word in line.split(" "))  # fmt: skip
        if max(map(len, lines)) <= 2 and not broken:
            return lines
        return [[name] for name in distinct_labels(names, width, theme.label, theme)]

    def _place_rows(self) -> None:
        theme = self.theme
        rows = len(self.names)
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        self.head_heights = [
            theme.label * 1.3 * max(map(len, titles)) + theme.label * 0.6 + theme.small * 1.6 for titles in self.titles
        ]
        self.axis_height = theme.small * 2.3
        below = theme.small * 0.4 + self.foot.height + theme.margin
        fixed = self.top + sum(self.head_heights) + len(self.bands) * self.axis_height + below
        wanted = theme.label * (1.7 if rows > 16 else 2.05)
        two = max(map(len, self.names)) > 1
        least = theme.label * (2.7 if two else 1.6)
        self.pitch = max(wanted, least)
        if theme.min_height:
            room = (theme.min_height - fixed) / (len(self.bands) * rows)
            self.pitch = min(max(room, least), theme.label * 3.4)
        self.bar_height = min(self.pitch * 0.62, theme.label * 1.9)
        self.band_height = rows * self.pitch
        self.height = max(theme.min_height, fixed + len(self.bands) * self.band_height)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        for number, height in enumerate(self.head_heights):
            self._draw_band(sheet, number, top, top + height)
            top += height + self.band_height + self.axis_height

    def _draw_band(self, sheet: Sheet, number: int, top: float, panel_top: float) -> None:
        theme, titles = self.theme, self.titles[number]
        for row, lines in enumerate(self.names):
            first = panel_top + self._middle(row) - theme.label * 0.6 * (len(lines) - 1)
            for place, line in enumerate(lines):
                sheet.centred_text(theme.margin, first + theme.label * 1.2 * place, line, theme.label)
        for column, panel in enumerate(self.bands[number]):
            left = theme.margin + self.name_width + column * (self.column_width + self.gap)
            # Short titles stand on the line on which long ones end.
            base = top + theme.label * (0.3 + 1.3 * (max(map(len, titles)) - len(titles[column])))
            for line in titles[column]:
                base += theme.label * 1.3
                sheet.text(left, base, line, theme.label, bold=True)
            right = left + self.column_width
            header = panel_top - theme.small * 0.5
            sheet.text(right, header, self.header, theme.small, colour=theme.muted, align="right")
            title = panel.title or self.data.noun
            axes = sheet.panel(left, panel_top, self.bar_width, self.band_height, (0, 100), title)
            for row, item in enumerate(panel.bars):
                self._draw_row(sheet, axes, item, row, left, right, panel_top)
            self._draw_axis(sheet, axes, left, panel_top)

    def _middle(self, row: int) -> float:
        """Height of the middle of a bar below the top of its panel; the line of its interval is below it."""
        return (row + 0.5) * self.pitch - self.bar_height * 0.1

    def _draw_row(self, sheet: Sheet, axes: Axes, item: Bar, row: int, left: float, right: float, top: float) -> None:
        theme, y = self.theme, self._middle(row)
        if item.status == UNDEFINED:
            sheet.centred_text(left, top + y, "no evidence", theme.small, colour=theme.muted, italic=True)
            return
        few = item.status == INSUFFICIENT
        ends = [100 * end for end in accumulate(item.shares)]
        for part, share, end in zip(self.data.parts, item.shares, ends, strict=True):
            if share > 0:
                self._draw_part(sheet, axes, part, (end - 100 * share, end), y, left, top, pale=few)
        # On the dark themes the outline of marks is the paper itself, which would leave a white part without an end.
        edge = theme.muted if few or theme.dark else theme.outline
        bar(axes, 0, y, 100, self.bar_height, "none", edge, above=True)
        if self._is_bounded(item):
            line, tick = y + self.bar_height * 0.65, self.bar_height * 0.08
            low, high = 100 * item.low, 100 * item.high
            stroke(axes, (low, high), (line, line), theme.ink, 0.9)
            for place in (low, high):
                stroke(axes, (place, place), (line - tick, line + tick), theme.ink, 0.9)
        colour = theme.muted if few else theme.ink
        sheet.centred_text(right, top + y, self._count(item), theme.small, colour=colour, align="right")

    def _draw_part(
        self,
        sheet: Sheet,
        axes: Axes,
        part: Part,
        ends: tuple[float, float],
        y: float,
        left: float,
        top: float,
        pale: bool,
    ) -> None:
        theme, height = self.theme, self.bar_height
        start, width = ends[0], ends[1] - ends[0]
        fill, points = self.fill(part), self.bar_width / 100
        if pale:
            bar(axes, start, y, width, height, mix(fill, theme.paper, FADED), theme.muted, HATCH, line=0)
        else:
            bar(axes, start, y, width, height, fill, "none", line=0)
            text = f"{width:.0f}"
            if width >= 0.5 and text_width(text, theme.small, theme) + theme.small * 0.5 <= width * points:
                style: dict[str, Any] = {"colour": ink_on(fill), "align": "center"}
                sheet.centred_text(left + (start + width / 2) * points, top + y, text, theme.small, **style)
        # Parts are kept apart by a line of paper, or by a grey one where the paper itself is the fill.
        if start > 0 and width * points > 1.5:
            edge = theme.paper if part.colour >= REST else theme.muted
            stroke(axes, (start, start), (y - height / 2, y + height / 2), edge, 0.6)

    def _draw_axis(self, sheet: Sheet, axes: Axes, left: float, top: float) -> None:
        theme, bottom = self.theme, self.band_height
        for percent, align in ((0, "left"), (50, "center"), (100, "right")):
            stroke(axes, (percent, percent), (bottom, bottom + theme.small * 0.4), theme.muted, 0.5)
            x = left + percent / 100 * self.bar_width
            style: dict[str, Any] = {"colour": theme.muted, "align": align}
            sheet.text(x, top + bottom + theme.small * 1.5, f"{percent}%" if percent else "0", theme.small, **style)

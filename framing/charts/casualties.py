"""Which figures of casualties does each outlet give of one event? Day by day, a row per outlet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis
from framing.charts.casualty_table import KINDS, UNDATED, CasualtyFigures, EventDay, Figure, OutletDay
from framing.charts.counted import plural
from framing.charts.fitted_names import fit_names
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block, head_block
from framing.charts.interval_marks import draw_ticks
from framing.charts.labels import clean, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Align, Sheet, bar, mark, stroke
from framing.charts.theme import Theme
from framing.charts.time_axis import say_day
from framing.charts.trend_table import read_day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

__all__ = ["CasualtyFigures", "plot_casualties"]

_WIDE = 40  # times the figure in the middle: from there on the axis is logarithmic
_LEAST_SOURCES_EM = 15  # of the small size: a column of sources narrower than this says nothing


def plot_casualties(figures: CasualtyFigures, theme: Theme, caption: Caption | None = None) -> Drawing:
    """Draw a row per day and outlet with every figure it gives, and the range of its articles' highest figures.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Round marks are
    figures for which somebody is named, square ones those of the outlet itself; an arrow has no upper end ("dozens").
    The bar, and the number beside it, go from the lowest to the highest of the articles' highest figures. Where figures
    are far apart the axis is logarithmic, and the subtitle says so. Where the width allows, it is said who is credited.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per day, labelled with it, in persons across, or their logarithm (see `place_number`); alternative text
        in its label.
    """
    caption = caption or Caption()
    outlets = len({one.outlet for day in figures.days for one in day.outlets})
    return draw_figure(
        _Layout(figures, theme, caption),
        theme,
        "Dot plot",
        f"the figures of {KINDS[figures.kind]} on “{figures.event}” that {plural(outlets, 'outlet')} give on "
        f"{plural(len(figures.days), 'day')}",
        caption.title,
    )


def place_number(value: float, logarithmic: bool) -> float:
    """Return where a number of persons stands on the axis."""
    return math.log10(1 + value) if logarithmic else value


def say_persons(low: float, high: float) -> str:
    """Return "23", "23–31", or "24+" where there is no upper end."""
    if math.isnan(high):
        return f"{low:,.0f}+"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, figures: CasualtyFigures, theme: Theme, caption: Caption) -> None:
        self.figures, self.theme = figures, theme
        self.rows = [one for day in figures.days for one in day.outlets]
        given = [figure for one in self.rows for figure in one.figures]
        self.logarithmic, self.axis = _fit(given)
        kind = KINDS[figures.kind]
        subtitle = caption.subtitle or figures.subtitle
        if self.logarithmic:
            subtitle += "; logarithmic axis"
        self.head = head_block(
            caption.title or f"{figures.event}: figures of {kind}, by day and outlet", subtitle, theme
        )
        entries = []
        if any(figure.credited for figure in given):
            entries.append(Entry("credited to somebody", theme.accent, theme.outline, round=True))
        if any(not figure.credited for figure in given):
            entries.append(Entry("credited to nobody", theme.series[1], theme.outline))
        self.legend = layout_legend(entries, theme)
        self.foot = foot_block(caption, self._notes(given), theme)
        self._place_columns()
        self._place_rows()

    def _notes(self, given: list[Figure]) -> list[str]:
        notes = [
            "Number on the right, and bar: an article’s highest figure; with several articles, the range of these."
        ]
        if any(math.isnan(figure.high) for figure in given):
            notes.append("Arrows have no upper end (“dozens” counts as 24).")
        notes.append("An article may also tell of earlier events: read what is out of line in its sentence.")
        if self.figures.silent:
            # Where all have one, the chart is complete and nothing is said.
            notes.append(f"No article on these days: {', '.join(map(clean, self.figures.silent))}.")
        return notes

    def _place_columns(self) -> None:
        theme, rows = self.theme, self.rows
        self.gap = theme.label
        names = max(text_width(clean(one.outlet), theme.label, theme) for one in rows)
        self.name_width = min(names, theme.inner * 0.34)
        outlets = list(dict.fromkeys(one.outlet for one in rows))
        self.names = dict(zip(outlets, fit_names(outlets, self.name_width, theme), strict=True))
        counts = [f"{one.articles:,}" for one in rows]
        self.count_width = max(text_width(text, theme.small, theme) for text in (*counts, "articles"))
        self.said = {id(one): say_persons(one.lowest, one.highest) if one.giving else "–" for one in rows}
        said = max(text_width(text, theme.label, theme, bold=True) for text in self.said.values())
        self.said_width = max(said, text_width("highest", theme.small, theme))
        room = theme.inner - self.name_width - self.count_width - self.said_width - 3.4 * self.gap
        sources = [clean(one.sources) for one in rows if one.sources]
        widest = max((text_width(text, theme.small, theme) for text in sources), default=0.0)
        self.source_width = 0.0
        least = _LEAST_SOURCES_EM * theme.small
        if sources and room * 0.42 >= least:
            self.source_width = min(room * 0.42, max(widest, text_width("credited to", theme.small, theme)))
        self.strip = room - (self.source_width + self.gap if self.source_width else 0)
        self.count_right = theme.margin + self.name_width + self.gap + self.count_width
        self.strip_left = self.count_right + self.gap * 1.2
        self.said_right = self.strip_left + self.strip + self.gap * 1.2 + self.said_width
        self.source_left = self.said_right + self.gap

    def _place_rows(self) -> None:
        theme, days = self.theme, len(self.figures.days)
        self.top = theme.margin + self.head.height + theme.label + self.legend.height
        self.day_height = theme.label * 2.0
        below = theme.small * 2.8 + self.foot.height + theme.margin
        fixed = self.top + days * self.day_height + below
        # Rows part where it takes two lines to say who is credited.
        long = any(text_width(clean(x.sources), theme.small, theme) > self.source_width for x in self.rows if x.sources)
        least = max(theme.label * 1.75, theme.small * 2.6 if self.source_width and long else 0.0)
        self.pitch = min(max((theme.min_height - fixed) / len(self.rows), least), least * 1.9)
        self.height = max(theme.min_height, fixed + len(self.rows) * self.pitch)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        headers = [(self.count_right, "articles", True), (self.said_right, "highest", True)]
        headers += [(self.source_left, "credited to", False)] if self.source_width else []
        for x, text, right in headers:
            align: Align = "right" if right else "left"
            sheet.text(x, top + theme.label * 1.45, text, theme.small, colour=theme.muted, align=align)
        for day in self.figures.days:
            self._draw_day(sheet, day, top)
            top += self.day_height + len(day.outlets) * self.pitch
        draw_ticks(sheet, self.axis, self._ticks(), self.strip_left, top + theme.small * 1.4, self.strip)

    def _ticks(self) -> tuple[tuple[float, str], ...]:
        return self.axis.choose_ticks(self.strip, self.theme)

    def _draw_day(self, sheet: Sheet, day: EventDay, top: float) -> None:
        theme = self.theme
        said = "Undated" if day.day == UNDATED else say_day(read_day(day.day))
        sheet.text(theme.margin, top + theme.label * 1.45, said, theme.label, bold=True)
        rows_top, height = top + self.day_height, len(day.outlets) * self.pitch
        axes = sheet.panel(self.strip_left, rows_top, self.strip, height, (self.axis.low, self.axis.high), day.day)
        for place, _ in self._ticks():
            stroke(axes, (place, place), (0, height), theme.faint, 0.5)
        for index, one in enumerate(day.outlets):
            y = (index + 0.5) * self.pitch
            self._draw_row(sheet, axes, one, y, rows_top + y)

    def _draw_row(self, sheet: Sheet, axes: Axes, one: OutletDay, y: float, middle: float) -> None:
        theme = self.theme
        sheet.centred_text(theme.margin, middle, *self.names[one.outlet])
        count = f"{one.articles:,}"
        sheet.centred_text(self.count_right, middle, count, theme.small, colour=theme.muted, align="right")
        stroke(axes, (self.axis.low, self.axis.high), (y, y), theme.faint, 0.4)
        style = {"bold": bool(one.giving), "align": "right", "colour": theme.ink if one.giving else theme.muted}
        sheet.centred_text(self.said_right, middle, self.said[id(one)], theme.label, **style)
        if not one.giving:
            x = self.strip_left + theme.small * 0.4
            sheet.centred_text(x, middle, "gives none", theme.small, colour=theme.muted, italic=True, masked=True)
            return
        self._draw_figures(axes, one, y)
        if self.source_width and one.sources:
            step = theme.small * 1.15
            most = max(1, int(self.pitch * 0.95 // step))
            lines = wrap(clean(one.sources), self.source_width, theme.small, theme, max_lines=min(most, 2))
            first = middle - step * (len(lines) - 1) / 2
            for number, line in enumerate(lines):
                sheet.centred_text(self.source_left, first + number * step, line, theme.small, colour=theme.muted)

    def _draw_figures(self, axes: Axes, one: OutletDay, y: float) -> None:
        theme = self.theme
        low, high = (place_number(v, self.logarithmic) for v in (one.lowest, one.highest))
        height = self.pitch * 0.62
        if high > low:
            bar(axes, low, y, high - low, height, theme.faint, theme.muted, line=0.5)
        else:
            stroke(axes, (low, low), (y - height / 2, y + height / 2), theme.muted, 1.6)
        size, off = theme.label * 0.52, theme.label * 0.3
        for figure in one.figures:
            # Those with and without a name keep to their side of the line, so that neither hides the other.
            at = y - off if figure.credited else y + off
            fill = theme.accent if figure.credited else theme.series[1]
            shape = ">" if math.isnan(figure.high) else "o" if figure.credited else "s"
            ends = [place_number(v, self.logarithmic) for v in (figure.low, figure.high) if not math.isnan(v)]
            if len(set(ends)) > 1:
                stroke(axes, ends, (at, at), fill, 1.2, above=1)
            for place in dict.fromkeys(ends):
                mark(axes, place, at, size, fill, theme.outline, 0.5, shape, above=1)


def _fit(given: list[Figure]) -> tuple[bool, Axis]:
    """Return whether the axis is logarithmic, and the axis from 0 to beyond the highest figure."""
    values = sorted(v for figure in given for v in (figure.low, figure.high) if not math.isnan(v))
    if values[-1] <= _WIDE * max(values[len(values) // 2], 1.0):
        return False, fit_axis([0.0, *values])
    power = math.floor(math.log10(values[-1]) + 1e-9)
    end = next(n * 10**power for n in (1, 2, 5, 10) if n * 10**power >= values[-1])
    powers = [10**n for n in range(1, power + 2) if 10**n <= end]
    sets = []
    for step in (1, 2, 3):
        shown = [0, *powers[(len(powers) - 1) % step :: step]]  # the highest is always among them
        sets.append(tuple((place_number(n, True), f"{n:,}") for n in shown))
    return True, Axis(0.0, place_number(end, True), (*sets, (sets[0][0], sets[0][-1])))

"""How does a measure change with time? Small multiples: one outlet each, the others in grey behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis, place_text
from framing.charts.counted import plural
from framing.charts.fitted_names import fit_names
from framing.charts.fonts import text_width
from framing.charts.footer import Block, Caption, Line, foot_block, head_block
from framing.charts.interval_marks import BEYOND, draw_ticks
from framing.charts.labels import NO_BREAK_SPACE, clean, wrap_evenly
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend, thin_evidence
from framing.charts.sheet import Sheet, mark, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import Theme, mix
from framing.charts.time_axis import fit_time_axis, say_day
from framing.charts.trend_table import EventMark, OutletTrends, TrendLine, TrendPoint
from framing.charts.upright_axis import band, choose_upright_ticks, place_upright, upright_shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["OutletTrends", "plot_trend"]

_LEAST_EM = 12.5  # of the label size: a panel narrower than this shows no course
_GREY = 0.3  # how much paper is mixed into the grey of the others, which stay behind
_BAND = 0.78  # and into the colour of a band
_MOST_BARS = 14  # periods that have a bar each; of more, those that follow each other have a band


def plot_trend(trends: OutletTrends, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a panel for each outlet: the measure through time with its 95% interval, the other outlets in grey behind.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). All panels share
    both axes. A line joins periods that follow each other with enough articles; those of too few articles are hollow
    and grey and stand alone, without intervals, which would be as long as the axis; periods without articles are gaps.
    Marked days are lines through all panels, named above each of them, or by letters with a key where the names do not
    fit.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per outlet, labelled with it, in days across; alternative text in its label.
    """
    caption = caption or Caption()
    about = f"“{clean(trends.measure.label)}” by {trends.by} in {plural(len(trends.lines), 'outlet')}"
    if trends.marks:
        about += f", with {plural(len(trends.marks), 'marked day')}"
    bounded = any(p.status == OK and p.has_interval for line in trends.lines for p in line.points)
    kind = f"Small multiples of lines{' with 95% intervals' if bounded else ''}"
    return draw_figure(_Layout(trends, theme, caption), theme, kind, about, caption.title)


def letter(index: int) -> str:
    """Return the letter of a mark: A to Z, AA, AB, ..."""
    head, tail = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, trends: OutletTrends, theme: Theme, caption: Caption) -> None:
        self.trends, self.theme = trends, theme
        self.grey = mix(theme.muted, theme.paper, _GREY)
        measure = trends.measure
        self.head = head_block(
            caption.title or f"{clean(measure.label)} by outlet and {trends.by}",
            caption.subtitle or trends.subtitle,
            theme,
        )
        points = [point for line in trends.lines for point in line.points]
        self.axis = _fit(points, measure.percent)
        first = trends.lines[0].points
        self.time = fit_time_axis(first[0].first, first[-1].end, trends.by)
        self.bars = len(first) <= _MOST_BARS
        self.legend = layout_legend(self._entries(points), theme)
        self.foot = foot_block(caption, self._notes(points), theme)
        self._place_columns()
        self._place_marks()
        self._place_rows()

    def _entries(self, points: Sequence[TrendPoint]) -> list[Entry]:
        theme, statuses = self.theme, {point.status for point in points}
        entries = []
        if OK in statuses:
            entries.append(Entry("the outlet named", theme.accent, theme.accent, round=True))
            if sum(any(p.status == OK for p in line.points) for line in self.trends.lines) > 1:
                entries.append(Entry("the other outlets", self.grey, self.grey, round=True))
        if INSUFFICIENT in statuses:
            entries.append(thin_evidence(theme))
        return entries

    def _notes(self, points: Sequence[TrendPoint]) -> list[str]:
        notes, undated, outside = [], self.trends.undated, self.trends.marks_outside
        if any(p.status == UNDEFINED for p in points):
            notes.append("Gaps: no articles, or nothing that could be counted or divided by.")
        if any(p.status == INSUFFICIENT for p in points):
            few = f"fewer than {self.trends.minimum} articles in the {self.trends.by}"
            notes.append(f"Insufficient: {few}, or too few that carry the number.")
        if any(p.status == INSUFFICIENT and not self.axis.low <= p.value <= self.axis.high for p in points):
            notes.append(BEYOND)
        if undated:
            have = "article has" if undated == 1 else "articles have"
            notes.append(f"{undated:,} {have} no date and {_is(undated)} left out.")
        if outside:
            notes.append(f"{outside:,} mark{'' if outside == 1 else 's'} outside this time {_is(outside)} not shown.")
        return notes

    def _place_columns(self) -> None:
        theme, count = self.theme, len(self.trends.lines)
        texts = [text for ticks in self.axis.ticks for _, text in ticks]
        self.axis_width = max(text_width(text, theme.small, theme) for text in texts) + theme.small * 0.6
        self.gap = theme.label * 1.5
        room = theme.inner - self.axis_width
        fits = max(1, int((room + self.gap) // (_LEAST_EM * theme.label + self.gap)))
        columns = min(fits, count)
        self.rows = -(-count // columns)
        self.columns = -(-count // self.rows)  # rows of like length: six as 3 + 3, not 4 + 2
        self.width = (room - self.gap * (self.columns - 1)) / self.columns
        self.names = fit_names([line.outlet for line in self.trends.lines], self.width, theme, bold=True)
        self.counts = [f"{line.articles:,} article{'' if line.articles == 1 else 's'}" for line in self.trends.lines]
        # Beside the name where there is room in all panels, otherwise below it.
        self.beside = all(
            text_width(name, size, theme, bold=True) + theme.label + text_width(count, theme.small, theme) <= self.width
            for (name, size), count in zip(self.names, self.counts, strict=True)
        )

    def _place_marks(self) -> None:
        """Name the marks in place where all names fit side by side, otherwise by letters with a key."""
        theme, marks = self.theme, self.trends.marks
        self.key = Block(())
        self.mark_texts: list[tuple[float, str]] = []
        if not marks:
            return
        texts = [(self._across(event), clean(event.label)) for event in marks]
        if self._keep_apart(texts):
            self.mark_texts = texts
            return
        groups: list[tuple[int, int]] = []  # first and last mark of letters that would touch
        for index in range(len(marks)):
            groups.append((index, index))
            while len(groups) > 1 and not self._keep_apart(self._letters(groups[-2:])):
                last = groups.pop()
                groups[-1] = groups[-1][0], last[1]
        self.mark_texts = self._letters(groups)
        items = [f"{letter(n)} {say_day(event.day)}: {event.label}" for n, event in enumerate(marks)]
        text = f"{NO_BREAK_SPACE}· ".join(item.replace(" ", NO_BREAK_SPACE, 1) for item in items)
        lines = wrap_evenly(text, theme.inner, theme.small, theme)
        self.key = Block(tuple(Line(line, theme.small, theme.ink) for line in lines))

    def _letters(self, groups: Sequence[tuple[int, int]]) -> list[tuple[float, str]]:
        marks = self.trends.marks
        return [
            (
                (self._across(marks[first]) + self._across(marks[last])) / 2,
                letter(first) if first == last else f"{letter(first)}–{letter(last)}",
            )
            for first, last in groups
        ]

    def _across(self, event: EventMark) -> float:
        return (event.day + 0.5 - self.time.low) / (self.time.high - self.time.low) * self.width

    def _keep_apart(self, texts: Sequence[tuple[float, str]]) -> bool:
        """Whether texts, centred on their places but inside the panel, fit and leave room between them."""
        theme = self.theme
        widths = [text_width(text, theme.small, theme) for _, text in texts]
        lefts = [place_text(place, text, self.width, theme) for place, text in texts]
        apart = all(a + w + theme.small * 0.5 <= b for (a, b), w in zip(pairwise(lefts), widths[:-1], strict=True))
        return apart and max(widths) <= self.width

    def _place_rows(self) -> None:
        theme = self.theme
        self.key_top = theme.margin + self.head.height + theme.label * 0.8 + self.legend.height
        self.top = self.key_top + self.key.height + (theme.label * 0.3 if self.key.lines else 0)
        self.above = theme.label * 1.7 + theme.small * ((0 if self.beside else 1.5) + (1.9 if self.mark_texts else 0.7))
        # The numbers of the axis of time stand below panels that have no other below them.
        ended = [(row + 2) * self.columns > len(self.trends.lines) for row in range(self.rows)]
        self.below = [theme.small * (2.2 if end else 0.8) for end in ended]
        fixed = self.top + self.rows * self.above + sum(self.below) + theme.small * 0.6
        fixed += self.foot.height + theme.margin
        wanted = min(max(self.width * 0.5, theme.label * 6), theme.label * 13)
        if theme.min_height:  # a figure of fixed height: panels share what is left
            wanted = min(max((theme.min_height - fixed) / self.rows, theme.label * 4.5), theme.label * 26)
        self.panel_height = wanted
        self.height = max(theme.min_height, fixed + self.rows * self.panel_height)
        self.ticks = choose_upright_ticks(self.axis, self.panel_height, theme)
        self.days = self.time.choose_ticks(self.width, theme)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.key.draw(sheet, self.key_top)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        pitch = self.above + self.panel_height
        for index in range(len(self.trends.lines)):
            row, column = divmod(index, self.columns)
            left = theme.margin + self.axis_width + column * (self.width + self.gap)
            top = self.top + row * pitch + sum(self.below[:row])
            self._draw_panel(sheet, index, left, top + self.above)
            if not column:
                for place, text in self.ticks:
                    y = top + self.above + place_upright(self.axis, place, self.panel_height)
                    x = left - theme.small * 0.6
                    sheet.centred_text(x, y, text, theme.small, colour=theme.muted, align="right")
            if index + self.columns >= len(self.trends.lines):  # nothing stands below
                base = top + self.above + self.panel_height + theme.small * 1.4
                draw_ticks(sheet, self.time, self.days, left, base, self.width)

    def _draw_panel(self, sheet: Sheet, index: int, left: float, top: float) -> None:
        theme, line, height = self.theme, self.trends.lines[index], self.panel_height
        base = top - self.above + theme.label * 1.5
        sheet.text(left, base, *self.names[index], bold=True)
        if self.beside:
            right = left + self.width
            sheet.text(right, base, self.counts[index], theme.small, colour=theme.muted, align="right")
        else:
            sheet.text(left, base + theme.small * 1.35, self.counts[index], theme.small, colour=theme.muted)
        axes = sheet.panel(left, top, self.width, height, (self.time.low, self.time.high), line.outlet)
        for place, _ in self.ticks:
            y = place_upright(self.axis, place, height)
            colour, width = (theme.muted, 0.8) if place == 0 else (theme.faint, 0.5)
            stroke(axes, (self.time.low, self.time.high), (y, y), colour, width)
        for place, _ in self.days:
            stroke(axes, (place, place), (height, height + theme.small * 0.3), theme.muted, 0.5)
        for event in self.trends.marks:
            stroke(axes, (event.day + 0.5,) * 2, (-theme.small * 0.2, height), theme.muted, 0.8, (0, (3, 2)))
        for place, text in self.mark_texts:
            x = left + place_text(place, text, self.width, theme)
            sheet.text(x, top - theme.small * 0.55, text, theme.small)
        for other in self.trends.lines:
            if other is not line:
                self._draw_other(axes, other)
        if all(point.status == UNDEFINED for point in line.points):
            style = {"colour": theme.muted, "italic": True, "masked": True, "align": "center"}
            sheet.centred_text(left + self.width / 2, top + height / 2, "no evidence", theme.small, **style)
        self._draw_line(axes, line)

    def _draw_other(self, axes: Axes, line: TrendLine) -> None:
        for run in line.runs():
            xs, ys = [p.middle for p in run], [self._up(p.value) for p in run]
            if len(run) == 1:
                mark(axes, xs[0], ys[0], self.theme.label * 0.3, self.grey, self.grey, 0)
            else:
                stroke(axes, xs, ys, self.grey, 0.7)

    def _draw_line(self, axes: Axes, line: TrendLine) -> None:
        theme = self.theme
        for point in line.points:
            if point.status == INSUFFICIENT:
                self._draw_point(axes, point, False)  # an interval of few articles would hide all else
        for run in line.runs():
            bars = self.bars or len(run) == 1
            xs = [p.middle for p in run]
            bounds = [(p.low, p.high) if p.has_interval else (p.value, p.value) for p in run]
            if not bars:
                lows, highs = ([self._up(b[n]) for b in bounds] for n in (0, 1))
                band(axes, xs, lows, highs, mix(theme.accent, theme.paper, _BAND))
            if len(run) > 1:
                stroke(axes, xs, [self._up(p.value) for p in run], theme.accent, 1.4, above=1)
            for point in run:
                self._draw_point(axes, point, bars)

    def _draw_point(self, axes: Axes, point: TrendPoint, bar: bool) -> None:
        theme, few = self.theme, point.status == INSUFFICIENT
        colour = theme.muted if few else theme.accent
        y, shape = self._up(point.value), upright_shape(self.axis, point.value)
        if bar and point.has_interval:
            stroke(axes, (point.middle,) * 2, (self._up(point.low), self._up(point.high)), colour, 1.2, above=1)
        size = theme.label * (0.5 if self.bars else 0.38)
        mark(axes, point.middle, y, size, theme.paper if few else colour, colour, 0.7, shape, above=int(not few))

    def _up(self, value: float) -> float:
        return place_upright(self.axis, value, self.panel_height)


def _fit(points: Sequence[TrendPoint], percent: bool) -> Axis:
    """Fit the axis to the periods with enough articles, intervals and all, to the others as far as they are near."""
    enough = [bound for p in points if p.status == OK for bound in (p.value, p.low, p.high)]
    return fit_axis(enough, [p.value for p in points if p.status == INSUFFICIENT], percent)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"

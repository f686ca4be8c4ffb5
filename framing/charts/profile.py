"""What is particular about how one outlet words things? Small multiples: each measure, the other outlets in grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis, say_number
from framing.charts.fonts import text_width
from framing.charts.footer import LINE_HEIGHT, Caption, foot_block, head_block
from framing.charts.interval_marks import BEYOND, draw_bounds, draw_ticks, draw_value, is_beyond, shape_of
from framing.charts.labels import clean, shorten, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend, say_thin, thin_evidence
from framing.charts.profile_table import OutletProfile, Strip, StripGroup
from framing.charts.sheet import Sheet, mark, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import Theme, mix

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["OutletProfile", "Strip", "StripGroup", "plot_profile"]

_LEAST_EM = 28  # of the label size: a narrower column leaves no room for a strip beside its name
_LABELS = 0.46  # of a column: the names of the measures
_GREY = 0.3  # how much paper is mixed into the grey of the others; it keeps a contrast of 3:1
APART = "Figures in bold and colour lie clearly apart from those of most other outlets."


def plot_profile(profile: OutletProfile, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one strip per measure: the outlet's dot with its 95% interval, and a grey dot for each other outlet.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Each strip has
    its own axis, fitted to its numbers, between its name with its unit and the outlet's figure. Numbers of insufficient
    evidence are hollow; a measure for which the outlet has no evidence says so. The modules run down one column, or
    down as many as the width holds.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per measure, labelled with its name; alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(profile, theme, caption)
    strips = sum(len(group.strips) for group in profile.groups)
    return draw_figure(
        layout,
        theme,
        "Small multiples of dots with 95% intervals",
        f"{strips} measures of {clean(profile.outlet)} beside {_others(profile.others)}",
        caption.title,
    )


def _others(number: int) -> str:
    return "no other outlet" if not number else "1 other outlet" if number == 1 else f"{number:,} other outlets"


class _Cell:
    """One strip, with its axis, the lines left of it and the figure right of it."""

    def __init__(self, strip: Strip, width: float, theme: Theme) -> None:
        self.strip, measure = strip, strip.measure
        missing = strip.own.status == UNDEFINED
        self.value = "no evidence" if missing else say_number(strip.own.value, measure.percent)
        self.label = wrap(clean(measure.label), width, theme.label, theme, bold=True)
        self.unit = wrap(clean(measure.unit), width, theme.small, theme) if measure.unit else []
        self.axis = _fit(strip)
        lines = theme.label * LINE_HEIGHT * len(self.label) + theme.small * LINE_HEIGHT * len(self.unit)
        self.height = max(lines, theme.label * 1.5 + theme.small * LINE_HEIGHT)


def _fit(strip: Strip) -> Axis:
    """Fit the axis to all numbers that rest on enough articles, and to the outlet's interval."""
    own, enough = strip.own, [row.value for row in strip.others if row.status == OK]
    if own.status == OK:
        enough += [own.value, own.low, own.high]
    few = [row.value for row in (own, *strip.others) if row.status == INSUFFICIENT]
    if not enough:
        few += [own.low, own.high]
    return fit_axis(enough, few, strip.measure.percent)


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, profile: OutletProfile, theme: Theme, caption: Caption) -> None:
        self.profile, self.theme = profile, theme
        self.grey = mix(theme.muted, theme.paper, _GREY)
        outlet = clean(profile.outlet)
        self.head = head_block(
            caption.title or f"How {outlet} words things, beside {_others(profile.others)}",
            caption.subtitle or profile.subtitle,
            theme,
        )
        strips = [strip for group in profile.groups for strip in group.strips]
        self.legend = layout_legend(self._entries(outlet, strips), theme)
        self._place_columns(strips)
        self.foot = foot_block(caption, self._notes(strips), theme)
        self._place_rows()

    def _entries(self, outlet: str, strips: Sequence[Strip]) -> list[Entry]:
        theme, few = self.theme, "insufficient evidence"
        own = {strip.own.status for strip in strips}
        others = {row.status for strip in strips for row in strip.others}
        name = "another outlet" if self.profile.others > 1 else "the other outlet"
        if OK in own:
            entries = [Entry(outlet, theme.accent, theme.accent, round=True)]
        else:
            entries = [Entry(f"{outlet} ({few})", theme.paper, theme.muted, round=True)]
        if OK in others:
            entries.append(Entry(name, self.grey, self.grey, round=True))
        elif others:
            entries.append(Entry(f"{name} ({few})", theme.paper, self.grey, round=True))
        if (INSUFFICIENT in own and OK in own) or (INSUFFICIENT in others and OK in others):
            entries.append(thin_evidence(theme))
        return entries

    def _notes(self, strips: Sequence[Strip]) -> list[str]:
        profile = self.profile
        notes = [APART] if any(strip.apart for strip in strips) else []
        if any(strip.own.status == UNDEFINED for strip in strips):
            notes.append("No evidence: nothing that could be counted or divided by.")
        if any(row.status == INSUFFICIENT for strip in strips for row in (strip.own, *strip.others)):
            notes.append(say_thin(profile.minimum))
        if profile.thinned:
            notes.append("Other outlets’ numbers of insufficient evidence are left out.")
        cells = [cell for column in self.columns for _, rows in column for cell in rows]
        if any(is_beyond(r, cell.axis) for cell in cells for r in (cell.strip.own, *cell.strip.others)):
            notes.append(BEYOND)
        return notes

    def _place_columns(self, strips: Sequence[Strip]) -> None:
        theme, groups = self.theme, self.profile.groups
        self.gap = theme.label * 2.4
        number = min(max(1, int((theme.inner + self.gap) // (_LEAST_EM * theme.label + self.gap))), len(groups))
        self.width = (theme.inner - self.gap * (number - 1)) / number
        values = [
            "no evidence" if s.own.status == UNDEFINED else say_number(s.own.value, s.measure.percent) for s in strips
        ]
        self.value_width = max(text_width(value, theme.label, theme, bold=True) for value in values) + theme.label * 0.8
        self.label_width = self.width * _LABELS - theme.label
        self.inset = theme.small * 0.9  # the numbers of an axis go on beyond its ends
        self.strip = self.width * (1 - _LABELS) - self.value_width - 2 * self.inset
        self.title_height, self.air = theme.subtitle * 1.9, theme.label * 0.55
        blocks = [(clean(g.title), [_Cell(s, self.label_width, theme) for s in g.strips]) for g in groups]
        heights = [self.title_height + sum(cell.height + self.air for cell in cells) for _, cells in blocks]
        self.columns = [[blocks[n] for n in part] for part in split_evenly(heights, number)]

    def _place_rows(self) -> None:
        theme = self.theme
        self.top = theme.margin + self.head.height + theme.label * 0.9 + self.legend.height
        below = theme.label * 0.6 + self.foot.height + theme.margin

        def measure(column: Sequence[tuple[str, list[_Cell]]]) -> float:
            return sum(self.title_height + sum(cell.height + self.air for cell in cells) for _, cells in column)

        highest = max(map(measure, self.columns))
        # A figure of fixed height: the strips part to fill it.
        spare = theme.min_height - self.top - highest - below
        if spare > 0:
            most = max(sum(len(cells) for _, cells in column) for column in self.columns)
            self.air += min(spare / most, theme.label * 1.5)
        self.height = max(theme.min_height, self.top + max(map(measure, self.columns)) + below)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        for number, column in enumerate(self.columns):
            left, top = theme.margin + number * (self.width + self.gap), self.top
            for title, cells in column:
                base = top + theme.subtitle * 1.25
                text = shorten(title, self.width, theme.subtitle, theme, bold=True)
                sheet.text(left, base, text, theme.subtitle, bold=True, colour=theme.muted)
                rule = base + theme.subtitle * 0.35
                sheet.line((left, left + self.width), (rule, rule), theme.faint, 0.6)
                top += self.title_height
                for cell in cells:
                    self._draw_cell(sheet, cell, left, top)
                    top += cell.height + self.air

    def _draw_cell(self, sheet: Sheet, cell: _Cell, left: float, top: float) -> None:
        theme, own = self.theme, cell.strip.own
        base = top - theme.label * 0.2
        for line in cell.label:
            base += theme.label * LINE_HEIGHT
            sheet.text(left, base, line, theme.label, bold=True)
        for line in cell.unit:
            base += theme.small * LINE_HEIGHT
            sheet.text(left, base, line, theme.small, colour=theme.muted)
        missing = own.status == UNDEFINED
        colour = theme.accent if cell.strip.apart else theme.ink if own.status == OK else theme.muted
        style = {"bold": cell.strip.apart, "italic": missing, "colour": colour, "align": "right"}
        middle = top + theme.label * 0.75
        size = theme.small if missing else theme.label
        sheet.centred_text(left + self.width, middle, cell.value, size, **style)
        self._draw_strip(sheet, cell, left + self.width - self.value_width - self.inset - self.strip, top)

    def _draw_strip(self, sheet: Sheet, cell: _Cell, left: float, top: float) -> None:
        theme, axis, own = self.theme, cell.axis, cell.strip.own
        height = theme.label * 1.5
        axes = sheet.panel(left, top, self.strip, height, (axis.low, axis.high), cell.strip.measure.label)
        middle = height / 2
        ticks = axis.choose_ticks(self.strip, theme)
        stroke(axes, (axis.low, axis.high), (middle, middle), theme.faint, 0.6)
        for place, _ in ticks:
            zero = place == 0 and axis.low < 0
            colour, line = (theme.muted, 0.8) if zero else (theme.faint, 0.5)
            stroke(axes, (place, place), (middle - theme.label * 0.45, height), colour, line)
        kinds: dict[tuple[bool, str], list[float]] = {}
        for row in cell.strip.others:
            kinds.setdefault((row.status == INSUFFICIENT, shape_of(row, axis)), []).append(axis.clamp(row.value))
        if own.status == OK and own.has_interval:  # broad and pale: the dots of the others are seen on it
            ends = axis.clamp(own.low), axis.clamp(own.high)
            stroke(axes, ends, (middle, middle), mix(theme.accent, theme.paper, 0.4), theme.label * 0.66)
        else:
            draw_bounds(axes, axis, own, middle, theme)
        for (few, shape), places in sorted(kinds.items()):
            size, fill, edge = (0.38, theme.paper, self.grey) if few else (0.46, self.grey, theme.paper)
            mark(axes, places, middle, theme.label * size, fill, edge, 0.5, shape, above=1)
        if own.status != UNDEFINED:
            draw_value(axes, axis, own, middle, theme.label * 0.68, theme, above=2)
        draw_ticks(sheet, axis, ticks, left, top + height + theme.small * 0.95, self.strip, self.inset)


def split_evenly(heights: Sequence[float], most: int) -> list[range]:
    """Part blocks of some heights, in their order, among at most `most` columns, so that the highest is as low as can
    be."""

    def fill(limit: float) -> list[range]:
        parts, start, used = [], 0, 0.0
        for n, height in enumerate(heights):
            if n > start and used + height > limit:
                parts.append(range(start, n))
                start, used = n, 0.0
            used += height
        return [*parts, range(start, len(heights))]

    sums = {sum(heights[i:j]) for i in range(len(heights)) for j in range(i + 1, len(heights) + 1)}
    limit = min(s for s in sums if s >= max(heights) and len(fill(s)) <= most)
    return fill(limit)

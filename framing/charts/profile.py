"""What is particular about how one outlet words things? Small multiples: each measure, the other outlets in grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, fit_axis, say_number
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, describe, foot_block, head_block
from framing.charts.interval_panels import BEYOND, draw_interval, draw_ticks, is_beyond, shape_of
from framing.charts.labels import clean, shorten, wrap
from framing.charts.legend import Entry, layout_legend
from framing.charts.profile_table import OutletProfile, Strip, StripGroup
from framing.charts.sheet import Sheet, mark, own_settings, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import Theme, mix

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["OutletProfile", "Strip", "StripGroup", "plot_profile"]

_LEAST_EM = 18  # of the label size: a strip narrower than this shows nothing
_GREY = 0.3  # how much paper is mixed into the grey of the others; it keeps a contrast of 3:1


def plot_profile(profile: OutletProfile, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one strip per measure: the outlet's dot with its 95 % interval, and a grey dot for each other outlet.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Each strip has
    its own axis, fitted to its numbers, under its name and unit. Numbers of too few articles are hollow; a measure for
    which the outlet has no evidence says so. As many columns as the width holds.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per measure, labelled with its name; alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(profile, theme, caption)
    with own_settings():
        sheet = Sheet(theme, layout.height)
        layout.draw(sheet)
    strips = sum(len(group.strips) for group in profile.groups)
    describe(
        sheet.figure,
        "Small multiples of dots with 95 % intervals",
        f"{strips} measures of {clean(profile.outlet)} beside {_others(profile.others)}",
        caption.title,
    )
    return sheet.figure


def _others(number: int) -> str:
    return "no other outlet" if not number else "1 other outlet" if number == 1 else f"{number:,} other outlets"


class _Cell:
    """One strip, with its axis and the lines above it."""

    def __init__(self, strip: Strip, width: float, theme: Theme) -> None:
        self.strip, measure = strip, strip.measure
        missing = strip.own.status == UNDEFINED
        self.value = "no evidence" if missing else say_number(strip.own.value, measure.percent)
        room = width - text_width(self.value, theme.label, theme, bold=True) - theme.label
        self.label = wrap(clean(measure.label), max(room, width / 2), theme.label, theme, bold=True)
        self.unit = wrap(clean(measure.unit), width, theme.small, theme) if measure.unit else []
        self.axis = _fit(strip)
        self.above = theme.label * 1.3 * len(self.label) + theme.small * 1.3 * len(self.unit)


def _fit(strip: Strip) -> Axis:
    """Fit the axis to all numbers that rest on enough articles, and to the outlet's interval."""
    own, enough = strip.own, [row.value for row in strip.others if row.status == OK]
    if own.status == OK:
        enough += [own.value, own.low, own.high]
    few = [row.value for row in (own, *strip.others) if row.status == INSUFFICIENT]
    return fit_axis(enough, few, strip.measure.percent)


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, profile: OutletProfile, theme: Theme, caption: Caption) -> None:
        self.profile, self.theme = profile, theme
        self.grey = mix(theme.muted, theme.paper, _GREY)
        outlet = clean(profile.outlet)
        self.head = head_block(
            caption.title or f"How {outlet} words things, beside {_others(profile.others)}",
            caption.subtitle or "Each measure on an axis of its own, fitted to its numbers, with its 95 % interval",
            theme,
        )
        strips = [strip for group in profile.groups for strip in group.strips]
        self.legend = layout_legend(self._entries(outlet, strips), theme)
        self._place_cells()
        missing = any(strip.own.status == UNDEFINED for strip in strips)
        notes = ["No evidence: nothing that could be counted or divided by."] if missing else []
        if profile.thinned:
            notes.append(f"Other outlets’ numbers of fewer than {profile.minimum} articles are left out.")
        cells = [cell for _, rows in self.bands for row in rows for cell in row]
        if any(is_beyond(r, cell.axis) for cell in cells for r in (cell.strip.own, *cell.strip.others)):
            notes.append(BEYOND)
        self.foot = foot_block(caption, notes, theme)
        self._place_rows()

    def _entries(self, outlet: str, strips: Sequence[Strip]) -> list[Entry]:
        theme, few = self.theme, f"fewer than {self.profile.minimum} articles"
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
            entries.append(Entry(few, theme.paper, theme.muted, round=True))
        return entries

    def _place_cells(self) -> None:
        theme = self.theme
        self.gap = theme.label * 2.6
        most = max(len(group.strips) for group in self.profile.groups)
        fits = int((theme.inner + self.gap) // (_LEAST_EM * theme.label + self.gap))
        self.columns = max(1, min(fits, most))
        self.width = (theme.inner - self.gap * (self.columns - 1)) / self.columns
        self.inset = theme.label * 0.4  # a dot at the end of an axis stays inside the column
        self.strip = self.width - 2 * self.inset
        self.bands: list[tuple[str, list[list[_Cell]]]] = []
        for group in self.profile.groups:
            cells = [_Cell(strip, self.width, theme) for strip in group.strips]
            rows = [cells[i : i + self.columns] for i in range(0, len(cells), self.columns)]
            self.bands.append((clean(group.title), rows))

    def _place_rows(self) -> None:
        theme = self.theme
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        self.title_height = theme.subtitle * 2.6
        self.strip_height = theme.label * 1.7
        self.below = theme.small * 1.5 + theme.label * 0.9  # the numbers of the axis, and air
        heights = [max(cell.above for cell in row) for _, rows in self.bands for row in rows]
        fixed = self.top + len(self.bands) * self.title_height + sum(heights)
        fixed += len(heights) * self.below + self.foot.height + theme.margin
        # A figure of fixed height: the strips part to fill it.
        wanted = self.strip_height * len(heights)
        if theme.min_height > fixed + wanted:
            self.strip_height = min((theme.min_height - fixed) / len(heights), theme.label * 4)
        self.height = max(theme.min_height, fixed + self.strip_height * len(heights))

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        top = self.top
        for title, rows in self.bands:
            base = top + self.title_height - theme.subtitle * 0.8
            text = shorten(title, theme.inner, theme.subtitle, theme, bold=True)
            sheet.text(theme.margin, base, text, theme.subtitle, bold=True, colour=theme.muted)
            rule = base + theme.subtitle * 0.45
            sheet.line((theme.margin, theme.margin + theme.inner), (rule, rule), theme.faint, 0.6)
            top += self.title_height
            for row in rows:
                above = max(cell.above for cell in row)
                for column, cell in enumerate(row):
                    left = theme.margin + column * (self.width + self.gap)
                    self._draw_cell(sheet, cell, left, top, top + above)
                top += above + self.strip_height + self.below

    def _draw_cell(self, sheet: Sheet, cell: _Cell, left: float, top: float, strip_top: float) -> None:
        theme, own = self.theme, cell.strip.own
        for number, line in enumerate(cell.label):
            sheet.text(left, top + theme.label * (1.0 + 1.3 * number), line, theme.label, bold=True)
        enough, missing = own.status == OK, own.status == UNDEFINED
        sheet.text(
            left + self.width,
            top + theme.label,
            cell.value,
            theme.small if missing else theme.label,
            bold=enough,
            italic=missing,
            colour=theme.accent if enough else theme.muted,
            align="right",
        )
        base = top + theme.label * 1.3 * len(cell.label)
        for number, line in enumerate(cell.unit):
            sheet.text(left, base + theme.small * (1.0 + 1.3 * number), line, theme.small, colour=theme.muted)
        self._draw_strip(sheet, cell, left, strip_top)

    def _draw_strip(self, sheet: Sheet, cell: _Cell, left: float, top: float) -> None:
        theme, axis, own = self.theme, cell.axis, cell.strip.own
        axes = sheet.panel(
            left + self.inset, top, self.strip, self.strip_height, (axis.low, axis.high), cell.strip.measure.label
        )
        middle = self.strip_height / 2
        ticks = axis.choose_ticks(self.strip, theme)
        stroke(axes, (axis.low, axis.high), (middle, middle), theme.faint, 0.6)
        for place, _ in ticks:
            zero = place == 0 and axis.low < 0
            colour, line = (theme.muted, 0.8) if zero else (theme.faint, 0.5)
            stroke(axes, (place, place), (middle - theme.label * 0.45, self.strip_height), colour, line)
        kinds: dict[tuple[bool, str], list[float]] = {}
        for row in cell.strip.others:
            kinds.setdefault((row.status == INSUFFICIENT, shape_of(row, axis)), []).append(axis.clamp(row.value))
        for (few, shape), places in sorted(kinds.items()):
            size, fill, edge = (0.38, theme.paper, self.grey) if few else (0.46, self.grey, theme.paper)
            mark(axes, places, middle, theme.label * size, fill, edge, 0.5, shape)
        if own.status != UNDEFINED:
            draw_interval(axes, axis, own, middle, theme.label * 0.68, theme, above=1)
        draw_ticks(sheet, axis, ticks, left + self.inset, top + self.strip_height + theme.small * 1.1, self.strip)

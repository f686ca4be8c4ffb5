"""Which phrases mark one outlet against another, or against the rest? Diverging bars with 95% intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.counted import plural
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block, head_block
from framing.charts.keyness_table import KeyPhrase, KeyPhrases
from framing.charts.labels import NO_BREAK_SPACE, clean, distinct_labels, shorten, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Sheet, bar, stroke
from framing.charts.tables import INSUFFICIENT, OK
from framing.charts.theme import Theme, mix
from framing.charts.two_sides import PALE, side_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["KeyPhrase", "KeyPhrases", "plot_keyness"]


def plot_keyness(phrases: KeyPhrases, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a bar for each phrase: to the right where the first side has it more often, to the left for the second.

    Takes finished rows; computes no statistic, saves nothing, touches no global state (no pyplot). The axis is the
    binary log of the ratio of the rates, its ticks say how many times as often. The phrase stands on the free side of
    the middle line, the uses of both sides behind the interval. Ratios with nothing on the other side are pale, for
    their length rests on a half in place of 0; phrases that could not be tested are hollow and grey.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled "keyness", in binary logs; alternative text in its label.
    """
    caption = caption or Caption()
    shown = [*phrases.marks, *phrases.other_marks]
    tested = any(p.has_interval for p in shown)
    mark = "that mark" if tested else "too rare to test, used more by"
    return draw_figure(
        _Layout(phrases, theme, caption),
        theme,
        f"Diverging bars{' with 95% intervals' if tested else ''}",
        f"{plural(len(shown), 'phrase')} {mark} {clean(phrases.side)} {'against' if tested else 'or'} "
        f"{clean(phrases.other)}",
        caption.title,
    )


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, data: KeyPhrases, theme: Theme, caption: Caption) -> None:
        self.data, self.theme = data, theme
        side, other = clean(data.side), clean(data.other)
        self.head = head_block(
            caption.title or f"Phrases of {side} and of {other}",
            caption.subtitle or "How many times as often a phrase is used, with 95% interval",
            theme,
        )
        self.sections = [(data.marks, data.reason), (data.other_marks, data.other_reason)]
        shown = [*data.marks, *data.other_marks]
        self.legend = layout_legend(self._entries(shown), theme)
        # A name of a line or more would bury the rest.
        by = [shorten(name, theme.inner * 0.4, theme.small, theme) for name in (side, other)]
        counted = f"{NO_BREAK_SPACE}:{NO_BREAK_SPACE}".join(f"{number:,}" for number in data.words)
        words = f", in {counted}{NO_BREAK_SPACE}words" if all(data.words) else ""
        notes = [f"Figures at the bars: uses by {by[0]}{NO_BREAK_SPACE}: by {by[1]}{words}."] if shown else []
        if any(p.has_interval for p in shown):
            notes.append("Order: by the end of the interval nearer to 1.")
        notes += [data.note] if data.note else []
        self.foot = foot_block(caption, notes, theme)
        self._place_columns(shown)
        self._place_rows()

    def _entries(self, shown: Sequence[KeyPhrase]) -> list[Entry]:
        theme = self.theme
        first, second = side_colours(theme)
        entries = []
        pale = [
            colour
            for colour, (phrases, _) in zip((first, second), self.sections, strict=True)
            if any(p.exclusive and p.status == OK for p in phrases)
        ]
        if pale:
            fill = mix(pale[0], theme.paper, PALE)
            entries.append(Entry("pale: never used by the other side, ½ taken for 0", fill, pale[0]))
        if any(p.status == INSUFFICIENT for p in shown):
            entries.append(Entry("too few articles to test", theme.paper, theme.muted))
        return entries

    def _place_columns(self, shown: Sequence[KeyPhrase]) -> None:
        theme = self.theme
        ends = [abs(v) for p in shown for v in (p.log_ratio, p.low, p.high) if not math.isnan(v)]
        self.reach = max(1.0, *(math.ceil(2 * end) / 2 for end in ends)) if ends else 4.0
        self.half = theme.inner / 2
        self.pad = theme.small * 0.6
        counts = [text_width(self._count(p), theme.small, theme) for p in shown]
        self.strip = self.half - max(counts, default=0.0) - 1.5 * self.pad
        self.middle = theme.margin + self.half

    @staticmethod
    def _count(phrase: KeyPhrase) -> str:
        return f"{phrase.count:,} : {phrase.other_count:,}"

    def _headings(self) -> list[list[str]]:
        theme = self.theme
        return [
            wrap(f"More in {clean(name)}", self.half - self.pad, theme.label, theme, bold=True, max_lines=2)
            for name in (self.data.side, self.data.other)
        ]

    def _place_rows(self) -> None:
        theme = self.theme
        self.headings = self._headings()
        self.reasons = [
            wrap(clean(reason), self.half - 2 * self.pad, theme.small, theme) if not phrases else []
            for phrases, reason in self.sections
        ]
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height
        self.heading_heights = [theme.label * (0.6 + 1.3 * len(lines)) for lines in self.headings]
        self.axis_height = theme.small * 2.4
        texts = sum(len(lines) for lines in self.reasons) * theme.small * 1.4
        fixed = self.top + sum(self.heading_heights) + texts + self.axis_height + theme.small * 0.6
        fixed += self.foot.height + theme.margin
        rows = len(self.data.marks) + len(self.data.other_marks)
        least, most = theme.label * 1.45, theme.label * 2.6
        wanted = theme.label * 1.75
        self.pitch = wanted
        if theme.min_height and rows:
            self.pitch = min(max((theme.min_height - fixed) / rows, least), most)
        self.panel_height = sum(self.heading_heights) + texts + rows * self.pitch
        self.height = max(theme.min_height, fixed + rows * self.pitch)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        axes = sheet.panel(
            self.middle - self.strip,
            self.top,
            2 * self.strip,
            self.panel_height,
            (-self.reach, self.reach),
            "keyness",
        )
        self._draw_axis(sheet, axes)
        y = 0.0
        for number, (phrases, _) in enumerate(self.sections):
            y = self._draw_heading(sheet, number, y)
            printed = [p.phrase.replace("'", "’") for p in phrases]
            labels = distinct_labels(printed, self.half - self.pad, theme.label, theme)
            for phrase, label in zip(phrases, labels, strict=True):
                self._draw_row(sheet, axes, number, phrase, label, y + self.pitch / 2)
                y += self.pitch
            for line in self.reasons[number]:
                y += theme.small * 1.4
                self._write(sheet, number, line, self.top + y, theme.small, italic=True, colour=theme.muted)

    def _write(
        self, sheet: Sheet, number: int, text: str, base: float, size: float, *, italic: bool = False,
        bold: bool = False, colour: str | None = None,
    ) -> None:  # fmt: skip
        """Write a line into the half of a side, from the middle line outwards."""
        sign = -1 if number else 1
        sheet.text(
            self.middle + sign * self.pad,
            base,
            text,
            size,
            italic=italic,
            bold=bold,
            colour=colour,
            align="right" if number else "left",
        )

    def _draw_heading(self, sheet: Sheet, number: int, y: float) -> float:
        theme = self.theme
        for place, line in enumerate(self.headings[number]):
            base = self.top + y + theme.label * (1.2 + 1.3 * place)
            self._write(sheet, number, line, base, theme.label, bold=True, colour=side_colours(theme)[number])
        return y + self.heading_heights[number]

    def _draw_row(self, sheet: Sheet, axes: Axes, number: int, phrase: KeyPhrase, label: str, y: float) -> None:
        theme = self.theme
        sign = -1 if number else 1
        few = phrase.status == INSUFFICIENT
        colour = theme.muted if few else side_colours(theme)[number]
        fill = theme.paper if few else mix(colour, theme.paper, PALE) if phrase.exclusive else colour
        bar(axes, min(0.0, phrase.log_ratio), y, abs(phrase.log_ratio), theme.label * 0.95, fill, colour, above=True)
        end = abs(phrase.log_ratio)
        if phrase.has_interval and not few:
            outer = phrase.low if number else phrase.high
            end = max(end, abs(outer))
            self._draw_interval(axes, phrase, y)
        free = "left" if number else "right"
        sheet.centred_text(
            self.middle - sign * self.pad,
            self.top + y,
            label,
            theme.label,
            align=free,
            colour=theme.muted if few else theme.ink,
        )
        x = self.middle + sign * (end / self.reach * self.strip + self.pad)
        sheet.centred_text(
            x,
            self.top + y,
            self._count(phrase),
            theme.small,
            align="right" if number else "left",
            colour=theme.muted,
            masked=True,
        )

    def _draw_interval(self, axes: Axes, phrase: KeyPhrase, y: float) -> None:
        """Draw the interval in ink on a stripe of paper, which shows on any fill."""
        theme = self.theme
        low, high = max(phrase.low, -self.reach), min(phrase.high, self.reach)
        stroke(axes, (low, high), (y, y), theme.paper, 2.4, above=2)
        stroke(axes, (low, high), (y, y), theme.ink, 1.0, above=3)
        for place in (low, high):
            stroke(axes, (place, place), (y - theme.label * 0.22, y + theme.label * 0.22), theme.ink, 1.0, above=3)

    def _ticks(self) -> list[tuple[int, str]]:
        """Return binary logs and their texts, four or fewer on a side, at a step that keeps the texts apart."""
        theme, room = self.theme, self.strip / self.reach
        whole = int(self.reach)
        for step in range(-(-whole // 4), whole):
            ticks = [(n, f"{2**n:,}×") for n in range(step, whole + 1, step)]
            widest = max(text_width(text, theme.small, theme) for _, text in ticks)
            if step * room > widest + theme.small:
                return ticks
        return [(whole, f"{2**whole:,}×")]

    def _draw_axis(self, sheet: Sheet, axes: Axes) -> None:
        theme = self.theme
        base = self.top + self.panel_height + theme.small * 1.5
        stroke(axes, (0, 0), (0, self.panel_height), theme.muted, 0.8)
        for place, text in self._ticks():
            for sign in (-1, 1):
                number = 0 if sign > 0 else 1
                if not self.sections[number][0]:
                    continue
                # Only under the bars of the side: the other half, and the headings, hold words.
                first = (0.0 if sign > 0 else self._second_top()) + self.heading_heights[number]
                last = self._second_top() if sign > 0 else self.panel_height
                stroke(axes, (sign * place, sign * place), (first, last), theme.faint, 0.5)
                x = self.middle + sign * place / self.reach * self.strip
                sheet.text(x, base, text, theme.small, colour=theme.muted, align="center")
        sheet.text(self.middle, base, "1", theme.small, colour=theme.muted, align="center")

    def _second_top(self) -> float:
        return (
            self.heading_heights[0] + len(self.data.marks) * self.pitch + len(self.reasons[0]) * self.theme.small * 1.4
        )

"""How often does one outlet use each phrase, and how often the others? A dot a phrase, labelled where it tells."""

from __future__ import annotations

import math
from itertools import zip_longest
from typing import TYPE_CHECKING

from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block, head_block
from framing.charts.keyness_table import KeyPhrase, PhraseRates
from framing.charts.label_places import place_labels
from framing.charts.labels import clean, shorten
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Sheet, stroke
from framing.charts.tables import INSUFFICIENT, OK
from framing.charts.theme import Theme, mix
from framing.charts.two_sides import side_colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PhraseRates", "plot_keyness_scatter"]

_GREY = 0.3  # how much paper is mixed into the grey of phrases that mark nobody
_MOST_LABELS = 90
_MOST_UNTESTED = 12
_LINE = 1.35  # height of a label, of its size


def plot_keyness_scatter(rates: PhraseRates, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a dot for each phrase: across its rate on the other side, upwards its rate on the first.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Both axes are
    logarithmic and alike; a phrase that one side never uses stands at "0", off the axis. Phrases that mark a side have
    its colour and, where there is room, a label; the others are grey.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled "scatter", in points; alternative text in its label.
    """
    caption = caption or Caption()
    return draw_figure(
        _Layout(rates, theme, caption),
        theme,
        "Scatter plot",
        f"the rates of {len(rates.phrases):,} phrases in {clean(rates.side)} and in {clean(rates.other)}",
        caption.title,
    )


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, rates: PhraseRates, theme: Theme, caption: Caption) -> None:
        self.rates, self.theme = rates, theme
        self.names = clean(rates.side), clean(rates.other)
        self.grey = mix(theme.muted, theme.paper, _GREY)
        self.head = head_block(
            caption.title or f"Phrases of {self.names[0]} and of {self.names[1]}",
            caption.subtitle or "Uses per 1,000 words, on logarithmic axes",
            theme,
        )
        statuses = {p.status for p in rates.phrases}
        entries = [Entry("no clear difference", self.grey, self.grey, round=True)] if OK in statuses else []
        if INSUFFICIENT in statuses:
            entries.append(Entry("too few articles to tell", theme.paper, self.grey, round=True))
        self.legend = layout_legend(entries, theme)
        self.told = self._choose_told()
        notes = ["On the dashed line both use a phrase as often. Phrases with the same numbers share a dot."]
        if any(self.sides):
            notes.append("Labels as far as there is room, the most telling first.")
        self.foot = foot_block(caption, notes, theme)
        self._fit_axis()
        self._place()

    def _choose_told(self) -> list[KeyPhrase]:
        """Return the phrases to label: those that mark a side, the most telling first; if none could be tested, those
        of most uses."""
        by_name = {p.phrase: p for p in self.rates.phrases}
        sides = [[by_name[n] for n in names if n in by_name] for names in (self.rates.marks, self.rates.other_marks)]
        self.sides = sides
        if all(p.status == INSUFFICIENT for p in self.rates.phrases):
            return list(self.rates.phrases[:_MOST_UNTESTED])
        # The two sides take turns, so that neither fills the room for labels.
        return [p for pair in zip_longest(*sides) for p in pair if p is not None]

    def _fit_axis(self) -> None:
        rates = [r for p in self.rates.phrases for r in (p.per_1000, p.other_per_1000) if r > 0]
        self.low, self.high = math.log10(min(rates)), math.log10(max(rates))
        if self.high - self.low < 1:  # at least one power of ten, so that there are two ticks
            self.low, self.high = math.floor(self.low), math.floor(self.low) + 2.0
        room = 0.04 * (self.high - self.low)
        self.low, self.high = self.low - room, self.high + room
        powers = range(math.ceil(self.low), math.floor(self.high) + 1)
        self.ticks = [(float(n), f"{10**n:,}" if n >= 0 else f"{10.0**n:.{-n}f}") for n in powers]

    def _place(self) -> None:
        theme = self.theme
        self.left = theme.margin + max(text_width(t, theme.small, theme) for _, t in (*self.ticks, (0.0, "0")))
        self.left += theme.small * 0.8
        self.width = theme.margin + theme.inner - self.left
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height + theme.label * 1.9
        below = theme.small * 1.8 + theme.label * 1.6 + theme.small * 0.6 + self.foot.height + theme.margin
        self.panel = min(self.width, 150 * 72 / 25.4) * (0.95 if self.width < 300 else 0.72)
        if theme.min_height:
            self.panel = max(theme.min_height - self.top - below, theme.label * 14)
        self.height = max(theme.min_height, self.top + self.panel + below)
        self.zero = theme.label * 2.0  # the strip for what one side never uses

    def _across(self, rate: float) -> float:
        if rate <= 0:
            return self.zero * 0.45
        span = self.width - self.zero
        return self.zero + (math.log10(rate) - self.low) / (self.high - self.low) * span

    def _down(self, rate: float) -> float:
        if rate <= 0:
            return self.panel - self.zero * 0.45
        span = self.panel - self.zero
        return span - (math.log10(rate) - self.low) / (self.high - self.low) * span

    def _spot(self, phrase: KeyPhrase) -> tuple[float, float]:
        return self._across(phrase.other_per_1000), self._down(phrase.per_1000)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        axes = sheet.panel(self.left, self.top, self.width, self.panel, (0, self.width), "scatter")
        self._draw_axes(sheet, axes)
        self._draw_dots(sheet, axes)

    def _draw_axes(self, sheet: Sheet, axes: Axes) -> None:
        theme = self.theme
        bottom = self.top + self.panel
        stroke(axes, (0, self.width), (self.panel - self.zero,) * 2, theme.muted, 0.6)
        stroke(axes, (self.zero,) * 2, (0, self.panel), theme.muted, 0.6)
        base = bottom + theme.small * 1.4
        sheet.text(self.left + self.zero * 0.45, base, "0", theme.small, colour=theme.muted, align="center")
        nought = self.zero * 0.45 + text_width("0", theme.small, theme) / 2 + theme.small * 0.8
        right = self.left - theme.small * 0.5
        sheet.centred_text(right, bottom - self.zero * 0.45, "0", theme.small, colour=theme.muted, align="right")
        for place, text in self.ticks:
            x, y = self._across(10**place), self._down(10**place)
            stroke(axes, (x, x), (0, self.panel), theme.faint, 0.5)
            stroke(axes, (0, self.width), (y, y), theme.faint, 0.5)
            half = text_width(text, theme.small, theme) / 2
            inside = min(x, self.width - half)
            if inside - half > nought:
                sheet.text(self.left + inside, base, text, theme.small, colour=theme.muted, align="center")
            sheet.centred_text(right, self.top + y, text, theme.small, colour=theme.muted, align="right")
        low, high = 10**self.low, 10**self.high
        ends = [(self._across(r), self._down(r)) for r in (low, high)]
        stroke(axes, [x for x, _ in ends], [y for _, y in ends], theme.muted, 0.8, (0, (4, 3)))
        first, second = side_colours(theme)
        for text, x, y, colour, align in (
            (f"↑ more in {self.names[0]}", theme.margin, self.top - theme.label * 0.7, first, "left"),
            (f"more in {self.names[1]} →", theme.margin + theme.inner, base + theme.label * 1.5, second, "right"),
        ):
            fitting = shorten(text, theme.inner, theme.label, theme, bold=True)
            sheet.text(x, y, fitting, theme.label, bold=True, colour=colour, align=align)  # type: ignore[arg-type]

    def _draw_dots(self, sheet: Sheet, axes: Axes) -> None:
        theme = self.theme
        marked = {p.phrase for side in self.sides for p in side}
        size = theme.small * 0.34
        behind: list[tuple[float, float]] = []
        for status, fill in ((INSUFFICIENT, theme.paper), (OK, self.grey)):
            spots = [self._spot(p) for p in self.rates.phrases if p.phrase not in marked and p.status == status]
            # Small whole numbers of uses put many phrases in one place; half a point apart they look the same.
            places = sorted({(round(2 * x) / 2, round(2 * y) / 2) for x, y in spots})
            # Where nothing could be tested, the hollow dots are all there is to see.
            large = status == INSUFFICIENT and len(spots) == len(self.rates.phrases)
            _scatter(axes, places, size * (1.7 if large else 1), fill, 1, theme.muted if large else self.grey)
            behind += places
        for side, colour in zip(self.sides, side_colours(theme), strict=True):
            _scatter(axes, [self._spot(p) for p in side], size * 1.7, colour, 2, theme.paper)
        self._draw_labels(sheet, axes, behind, size * 0.85)

    def _draw_labels(self, sheet: Sheet, axes: Axes, behind: list[tuple[float, float]], radius: float) -> None:
        """Write the labels where they hide nothing: beside a dot, or at the end of a thin line from it."""
        theme, told = self.theme, self.told[:_MOST_LABELS]
        printed = [clean(p.phrase.replace("'", "’")) for p in told]
        texts = [shorten(text, self.width * 0.45, theme.small, theme) for text in printed]
        sizes = [(text_width(text, theme.small, theme), theme.small * _LINE) for text in texts]
        dots = [self._spot(p) for p in told]
        rest = [self._spot(p) for p in self.told[_MOST_LABELS:]]
        own = {(round(2 * x) / 2, round(2 * y) / 2) for x, y in dots}  # of untested phrases, their dots are among these
        behind = [spot for spot in behind if spot not in own]
        area = (0, 0, self.width, self.panel)
        outward = [(-0.8, -1.0) if p.log_ratio > 0 else (0.8, 1.0) for p in told]  # off the dashed line
        for spot in place_labels([*dots, *rest], sizes, area, radius, behind=behind, outward=outward):
            if spot.line is not None:
                x, y, to_x, to_y = spot.line
                stroke(axes, (x, to_x), (y, to_y), theme.muted, 0.5)
            middle = self.top + spot.top + sizes[spot.index][1] / 2
            style = {"colour": theme.ink if told[spot.index].status == OK else theme.muted, "masked": True}
            sheet.centred_text(self.left + spot.left, middle, texts[spot.index], theme.small, **style)


def _scatter(axes: Axes, places: list[tuple[float, float]], size: float, colour: str, above: int, edge: str) -> None:
    """Add dots at points of the panel."""
    from matplotlib.lines import Line2D

    if places:
        axes.add_line(
            Line2D(
                [x for x, _ in places],
                [y for _, y in places],
                linestyle="none",
                marker="o",
                markersize=size,
                markerfacecolor=colour,
                markeredgecolor=edge,
                markeredgewidth=0.4,
                clip_on=False,
                zorder=2 + above,
            )
        )

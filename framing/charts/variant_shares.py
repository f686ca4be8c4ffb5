"""Which words does each outlet use for the same referent? Bars of 100 %, own voice beside quoted or attributed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from framing.charts.fonts import text_width
from framing.charts.footer import Block, Caption, foot_block, head_block
from framing.charts.labels import ELLIPSIS, clean, distinct_labels, wrap
from framing.charts.layouts import draw_figure
from framing.charts.legend import HATCH, Entry, Legend, layout_legend
from framing.charts.sheet import Sheet, bar, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import FADED, Theme, ink_on, mix
from framing.charts.variant_choice import Hidden
from framing.charts.variant_table import VariantShares, VoiceShares

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["VariantShares", "VoiceShares", "plot_variant_shares"]

PANELS = (("own", "In the outlet’s own voice"), ("said", "Quoted or attributed"))
COUNT_HEADER = "mentions (articles)"
MOST_HIDDEN = 5  # in the note


def plot_variant_shares(shares: VariantShares, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one bar per outlet and voice, split by the names it uses for one referent.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Bars of
    outlets with too few articles are pale and hatched and carry no figures; an outlet without mentions has the
    words "no evidence" in place of a bar.

    Returns
    -------
    matplotlib.figure.Figure
        Axes labelled "own" and "said", in percent across; alternative text in its label.
    """
    caption = caption or Caption()
    layout = _Layout(shares, theme, caption)
    return draw_figure(
        layout,
        theme,
        "Stacked bar chart",
        f"the words {len(shares.outlets)} outlets use for “{shares.referent_label}”, as shares of mentions by voice",
        caption.title,
    )


def _say_hidden(hidden: Sequence[Hidden]) -> str:
    """Return "“gunmen” 24% in A, 20% in B; “gangs” 17% in C", from the largest."""
    said: dict[str, list[str]] = {}
    for part in hidden:
        where = f"in {clean(part.outlet)}" if part.voice == "own" else f"quoted or attributed in {clean(part.outlet)}"
        said.setdefault(part.label, []).append(f"{100 * part.share:.0f}% {where}")
    return "; ".join(f"“{label}” {', '.join(places)}" for label, places in said.items())


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, shares: VariantShares, theme: Theme, caption: Caption) -> None:
        self.shares, self.theme = shares, theme
        self.voices: dict[str, VoiceShares] = {"own": shares.own, "said": shares.said}
        self.head = head_block(
            caption.title or f"Words for “{shares.referent_label}”",
            caption.subtitle or shares.subtitle,
            theme,
        )
        self.legend: Legend = layout_legend(self._entries(), theme)
        self.foot: Block = foot_block(caption, self._notes(), theme)
        self._place_columns()
        self._place_rows()

    def _fills(self) -> list[str]:
        fills = list(self.theme.series[: len(self.shares.variants)])
        if self.shares.gathered:
            fills = [*self.theme.series[: len(self.shares.variants) - 1], self.theme.other]
        return fills

    def _entries(self) -> list[Entry]:
        theme = self.theme
        entries = [
            Entry(label, fill, theme.outline) for label, fill in zip(self.shares.variants, self._fills(), strict=True)
        ]
        if any(INSUFFICIENT in voice.status for voice in self.voices.values()):
            entries.append(
                Entry(f"pale, hatched: fewer than {self.shares.minimum} articles", theme.paper, theme.muted, HATCH)
            )
        return entries

    def _notes(self) -> list[str]:
        notes = []
        if any(label.endswith(ELLIPSIS) for label in self.shares.variants):
            notes.append(f"“{ELLIPSIS}”: other forms of the name are counted with it.")
        if self.shares.hidden:
            notes.append(f"Largest in “other”: {_say_hidden(self.shares.hidden[:MOST_HIDDEN])}.")
        if any(UNDEFINED in voice.status for voice in self.voices.values()):
            notes.append("No evidence: no mention in this voice.")
        if any(any(voice.at_least) for voice in self.voices.values()):
            notes.append("≥: at least; an article may hold both quoted and attributed mentions.")
        if self.shares.scare:
            times = "1 mention" if self.shares.scare == 1 else f"{self.shares.scare:,} mentions"
            notes.append(f"Not shown: {times} in scare quotes.")
        return notes

    def _counts(self, name: str) -> list[str]:
        voice = self.voices[name]
        return [
            f"{mentions:,} ({'≥' if bound else ''}{articles:,})" if mentions else ""
            for mentions, articles, bound in zip(voice.mentions, voice.articles, voice.at_least, strict=True)
        ]

    def _place_columns(self) -> None:
        theme = self.theme
        self.gap = theme.label * 1.6
        self.counts = {name: self._counts(name) for name, _ in PANELS}
        self.count_widths = [
            max(text_width(text, theme.small, theme) for text in self.counts[name]) + theme.small * 0.9
            for name, _ in PANELS
        ]
        names = max(text_width(clean(name), theme.label, theme) for name in self.shares.outlets)
        self.name_width = min(names, theme.inner * 0.28) + theme.label
        shared = theme.inner - self.gap - sum(self.count_widths)
        bar_width = (shared - self.name_width) / 2
        # In a narrow column the name stands above its bars.
        self.above = bar_width < 12 * theme.label
        if self.above:
            self.name_width = 0.0
            bar_width = shared / 2
        self.bar_width = bar_width
        room = theme.inner if self.above else self.name_width - theme.label
        self.names = distinct_labels(self.shares.outlets, room, theme.label, theme)
        left = theme.margin + self.name_width
        self.lefts = [left, left + bar_width + self.count_widths[0] + self.gap]
        self.titles = [
            wrap(title, bar_width + width, theme.label, theme, bold=True)
            for (_, title), width in zip(PANELS, self.count_widths, strict=True)
        ]

    def _place_rows(self) -> None:
        theme = self.theme
        self.legend_top = theme.margin + self.head.height + theme.label * 0.6
        self.titles_top = self.legend_top + self.legend.height + theme.label * 0.7
        lines = max(len(lines) for lines in self.titles)
        self.header_height = (lines * theme.label + theme.small) * 1.3
        self.panel_top = self.titles_top + self.header_height + theme.small * 0.3
        rows = len(self.shares.outlets)
        below = theme.small * 2.6 + self.foot.height + theme.margin
        room = theme.min_height - self.panel_top - below
        # Closer together so that forty outlets still go on a page, or ten in a figure of fixed height.
        many = rows > 16 or 0 < room < rows * 2.1 * theme.label
        self.bar_height = theme.label * ((1.15 if many else 1.4) if self.above else (1.25 if many else 1.55))
        self.name_height = theme.label * 1.25 if self.above else 0.0
        gap = theme.label * ((0.6 if many else 0.9) if self.above else (0.35 if many else 0.5))
        spare = room - rows * (self.bar_height + self.name_height + gap)
        if spare > 0:  # a figure of fixed height: bars grow, up to twice
            stretch = min(2.0, 1 + spare / (rows * (self.bar_height + gap)))
            self.bar_height, gap = self.bar_height * stretch, gap * stretch
        self.pitch = self.bar_height + self.name_height + gap
        self.panel_height = rows * self.pitch
        self.height = max(theme.min_height, self.panel_top + self.panel_height + below)

    def middle(self, row: int) -> float:
        """Height of the middle of a bar below the top of its panel."""
        return row * self.pitch + self.name_height + self.bar_height / 2

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, self.legend_top)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        for row, name in enumerate(self.names):
            if self.above:
                sheet.text(theme.margin, self.panel_top + row * self.pitch + theme.label, name, theme.label)
            else:
                sheet.centred_text(theme.margin, self.panel_top + self.middle(row), name, theme.label)
        for index in range(len(PANELS)):
            self._draw_panel(sheet, index)

    def _draw_panel(self, sheet: Sheet, index: int) -> None:
        theme = self.theme
        name, left, lines = PANELS[index][0], self.lefts[index], self.titles[index]
        right = left + self.bar_width + self.count_widths[index]
        for number, line in enumerate(lines):
            sheet.text(left, self.titles_top + theme.label * (1 + 1.3 * number), line, theme.label, bold=True)
        header = self.panel_top - theme.small * 0.6
        sheet.text(right, header, COUNT_HEADER, theme.small, colour=theme.muted, align="right")
        axes = sheet.panel(left, self.panel_top, self.bar_width, self.panel_height, (0, 100), name)
        voice = self.voices[name]
        for row, status in enumerate(voice.status):
            middle = self.panel_top + self.middle(row)
            if status == UNDEFINED:
                sheet.centred_text(left, middle, "no evidence", theme.small, colour=theme.muted, italic=True)
                continue
            self._draw_bar(sheet, axes, left, row, voice.shares[row], pale=status == INSUFFICIENT)
            colour = theme.ink if status == OK else theme.muted
            sheet.centred_text(right, middle, self.counts[name][row], theme.small, colour=colour, align="right")
        self._draw_axis(sheet, axes, left)

    def _draw_bar(self, sheet: Sheet, axes: Axes, left: float, row: int, shares: Sequence[float], pale: bool) -> None:
        theme = self.theme
        middle, height = self.middle(row), self.bar_height
        points = self.bar_width / 100
        start = 0.0
        for share, fill, label in zip(shares, self._fills(), self._short_labels(), strict=True):
            width = 100 * share
            if share <= 0:
                continue
            if pale:
                faded = mix(fill, theme.paper, FADED)
                bar(axes, start, middle, width, height, faded, theme.muted, HATCH, line=0)
            else:
                bar(axes, start, middle, width, height, fill, "none", line=0)
                text = self._segment_text(label, width, width * points)
                if text:
                    style: dict[str, Any] = {"colour": ink_on(fill), "align": "center"}
                    centre = left + (start + width / 2) * points
                    sheet.centred_text(centre, self.panel_top + middle, text, theme.small, **style)
            # Segments part with a line of paper; a dark outline round each would swallow the thin ones.
            if start and width * points > 1.5:
                stroke(axes, (start, start), (middle - height / 2, middle + height / 2), theme.paper, 0.6)
            start += width
        bar(axes, 0, middle, 100, height, "none", theme.muted if pale else theme.outline, above=True)

    def _short_labels(self) -> list[str]:
        labels = list(self.shares.variants)
        if self.shares.gathered > 1:
            labels[-1] = "other"
        return labels

    def _segment_text(self, label: str, percent: float, room: float) -> str:
        """Return the most that fits into a segment: name and figure, the figure, or nothing."""
        theme = self.theme
        figure = f"{percent:.0f}"
        for text in (f"{label} {figure}", figure):
            if text_width(text, theme.small, theme) + theme.small * 0.7 <= room:
                return text
        return ""

    def _draw_axis(self, sheet: Sheet, axes: Axes, left: float) -> None:
        theme = self.theme
        bottom = self.panel_height
        for percent, align in ((0, "left"), (50, "center"), (100, "right")):
            stroke(axes, (percent, percent), (bottom, bottom + theme.small * 0.4), theme.muted, 0.5)
            x = left + percent / 100 * self.bar_width
            text = f"{percent}%" if percent == 100 else str(percent)
            style: dict[str, Any] = {"colour": theme.muted, "align": align}
            sheet.text(x, self.panel_top + bottom + theme.small * 1.5, text, theme.small, **style)

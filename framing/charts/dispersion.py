"""In which articles do mentions stand? A strip per outlet, an upright bar per article: does one article carry it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.axis import say_number
from framing.charts.counted import plural
from framing.charts.dispersion_table import MentionSpread, OutletSpread
from framing.charts.fitted_names import fit_names
from framing.charts.fonts import text_width
from framing.charts.footer import Caption, foot_block, head_block
from framing.charts.labels import clean
from framing.charts.layouts import draw_figure
from framing.charts.legend import Entry, layout_legend
from framing.charts.sheet import Sheet, stroke
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED
from framing.charts.theme import Theme
from framing.charts.upright_axis import columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["MentionSpread", "plot_dispersion"]

HALF = 0.5
"""Share of the mentions from which on the article that holds them is coloured."""

TOP = "top article"
_NAMES = 0.38  # of the width, at most
_LEAST_BAR = 0.6  # points: thinner bars fade


def plot_dispersion(spread: MentionSpread, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw a strip per outlet with its articles in the order of their dates, each with a bar for its mentions.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). A bar is as high
    as the article's share of its outlet's mentions, and each strip is as wide as the others whatever its number of
    articles. An article that holds half of them or more has a colour of its own. Beside the strip stand the share of
    the article with most mentions and Gries' DP. Outlets with few articles or mentions are hollow and grey; those
    without a mention say so.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per outlet, labelled with it, in articles across; alternative text in its label.
    """
    caption = caption or Caption()
    about = f"the mentions of {spread.subject} in each article of {plural(len(spread.outlets), 'outlet')}, by date"
    return draw_figure(_Layout(spread, theme, caption), theme, "Strips of bars", about, caption.title)


class _Layout:
    """Where everything stands, in points; worked out before the figure exists, because its height depends on it."""

    def __init__(self, spread: MentionSpread, theme: Theme, caption: Caption) -> None:
        self.spread, self.theme = spread, theme
        tops = [one.top_share for one in spread.outlets if one.status == OK]
        # Of few mentions one article always holds much: that would make all other bars short.
        self.most = max(tops or [one.top_share for one in spread.outlets if one.status == INSUFFICIENT])
        self.head = head_block(
            caption.title or f"In which articles {spread.subject} stands",
            caption.subtitle or f"Mentions of {spread.subject} in each article, from the earliest to the latest",
            theme,
        )
        self.legend = layout_legend(self._entries(), theme)
        notes = [
            "Bars, and top article: shares of the outlet’s mentions. DP (Gries): 0 where each article has its share "
            "by length, near 1 where few have all."
        ]
        if any(not article.day for one in spread.outlets for article in one.articles):
            notes.append("Articles without a date stand last.")
        self.foot = foot_block(caption, notes, theme)
        self._place_columns()
        self._place_rows()

    def _entries(self) -> list[Entry]:
        theme, outlets = self.theme, self.spread.outlets
        entries = []
        half = any(one.status == OK and one.top_share >= HALF for one in outlets)
        few = any(one.status == INSUFFICIENT for one in outlets)
        if (half or few) and any(one.status == OK and one.top_share < 1 for one in outlets):  # alone, it needs no key
            entries.append(Entry("an article’s mentions", theme.accent, theme.accent))
        if half:
            entries.append(Entry("half of all, or more", theme.series[1], theme.outline))
        if few:
            articles, mentions = self.spread.minimum, self.spread.least
            said = f"fewer than {articles} articles or {'' if articles == mentions else f'{mentions} '}mentions"
            entries.append(Entry(said, theme.paper, theme.muted))
        return entries

    def _place_columns(self) -> None:
        theme, outlets = self.theme, self.spread.outlets
        self.counts = [_say_counts(one) for one in outlets]
        names = max(text_width(clean(one.outlet), theme.label, theme) for one in outlets)
        counts = max(text_width(text, theme.small, theme) for text in self.counts)
        self.name_width = max(min(names, theme.inner * _NAMES), counts)
        self.names = fit_names([one.outlet for one in outlets], self.name_width, theme)
        self.tops = ["" if one.status == UNDEFINED else say_number(one.top_share, True) for one in outlets]
        # Of one article alone, the deviation is 0 whatever it mentions.
        self.dps = ["" if one.status == UNDEFINED or len(one.articles) < 2 else f"{one.dp:.2f}" for one in outlets]
        self.gap = theme.label
        self.top_width = max(self._widest(self.tops), text_width(TOP, theme.small, theme))
        self.dp_width = self._widest([*self.dps, "DP"])
        self.left = theme.margin + self.name_width + self.gap * 1.2
        self.right = theme.margin + theme.inner
        self.strip = self.right - self.left - self.top_width - self.dp_width - 2 * self.gap

    def _widest(self, texts: Sequence[str]) -> float:
        return max(text_width(text, self.theme.label, self.theme) for text in texts)

    def _place_rows(self) -> None:
        theme, rows = self.theme, len(self.spread.outlets)
        self.top = theme.margin + self.head.height + theme.label * 0.6 + self.legend.height + theme.small * 1.9
        below = theme.small * 2.6 + self.foot.height + theme.margin
        least = theme.label * 1.4 + theme.small * 1.7
        spare = (theme.min_height - self.top - below) / rows
        self.pitch = min(max(spare, least), least * 1.7)
        self.height = max(theme.min_height, self.top + rows * self.pitch + below)

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a sheet of the right height."""
        theme = self.theme
        self.head.draw(sheet, theme.margin)
        self.legend.draw(sheet, theme.margin + self.head.height + theme.label * 0.6)
        self.foot.draw(sheet, sheet.height - theme.margin - self.foot.height)
        dp_right, top_right = self.right, self.right - self.dp_width - self.gap
        for x, text in ((top_right, TOP), (dp_right, "DP")):
            sheet.text(x, self.top - theme.small * 0.5, text, theme.small, colour=theme.muted, align="right")
        sheet.text(self.left, self.top - theme.small * 0.5, self._say_height(), theme.small, colour=theme.muted)
        for index, one in enumerate(self.spread.outlets):
            top = self.top + index * self.pitch
            middle = top + self.pitch / 2
            colour = theme.ink if one.status == OK else theme.muted
            sheet.centred_text(theme.margin, middle - theme.small * 0.75, *self.names[index], colour=colour)
            lower = middle + theme.label * 0.7
            sheet.centred_text(theme.margin, lower, self.counts[index], theme.small, colour=theme.muted)
            for x, text in ((top_right, self.tops[index]), (dp_right, self.dps[index])):
                sheet.centred_text(x, middle, text or "–", theme.label, colour=colour, align="right")
            axes = sheet.panel(self.left, top, self.strip, self.pitch, (0, max(1, len(one.articles))), one.outlet)
            self._draw_strip(axes, one)
            if one.status == UNDEFINED:
                style = {"colour": theme.muted, "italic": True, "masked": True}
                sheet.centred_text(self.left + theme.small * 0.4, middle, "no mention", theme.small, **style)
        base = self.top + len(self.spread.outlets) * self.pitch + theme.small * 1.2
        sheet.text(self.left, base, "earliest", theme.small, colour=theme.muted)
        sheet.text(self.left + self.strip, base, "latest", theme.small, colour=theme.muted, align="right")

    def _say_height(self) -> str:
        """Return what the height of a strip stands for, as long as there is room."""
        share = say_number(self.most, True)
        said = f"full height: {share} of mentions", f"height: {share} of mentions", f"height: {share}"
        fitting = [text for text in said if text_width(text, self.theme.small, self.theme) <= self.strip]
        return fitting[0] if fitting else share

    def _draw_strip(self, axes: Axes, one: OutletSpread) -> None:
        theme, number = self.theme, max(1, len(one.articles))
        base, full = self.pitch * 0.88, self.pitch * 0.76
        stroke(axes, (0, number), (base, base), theme.muted, 0.6)
        stroke(axes, (0, number), (base - full, base - full), theme.faint, 0.4)
        points = self.strip / number
        # A little paper between bars that can spare it, and no slabs where there are few.
        width = min(max(0.8 if points > 2 else 1.0, _LEAST_BAR / points), theme.label * 1.6 / points)
        most = max((article.mentions for article in one.articles), default=0)
        few = one.status == INSUFFICIENT
        usual: list[tuple[float, float]] = []
        top: list[tuple[float, float]] = []
        for place, article in enumerate(one.articles):
            if article.mentions:
                carries = one.status == OK and one.top_share >= HALF and article.mentions == most
                left = min(place + (1 - width) / 2, number - width)
                height = full * min(1.0, one.share(article) / self.most)
                (top if carries else usual).append((max(0.0, left), height))
        edge = theme.muted if few else "none" if points < 3 else theme.accent
        for bars, fill, line in (
            (usual, theme.paper if few else theme.accent, edge),
            (top, theme.series[1], theme.outline),
        ):
            if bars:
                columns(axes, [x for x, _ in bars], width, [height for _, height in bars], base, fill, line)


def _say_counts(one: OutletSpread) -> str:
    number = len(one.articles)
    articles = f"{number:,} article{'' if number == 1 else 's'}"
    return f"{one.mentions:,} in {one.mentioning:,} of {articles}" if one.mentions else f"none in {articles}"

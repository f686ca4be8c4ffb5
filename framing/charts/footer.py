"""What stands above and below every chart: the finding, the measure, the notes, the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.charts.labels import NO_BREAK_SPACE, clean, wrap_evenly
from framing.charts.sheet import Sheet
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINE_HEIGHT = 1.3  # of the font size
SEPARATOR = f"{NO_BREAK_SPACE}· "  # the dot never begins a line


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart.

    Attributes
    ----------
    title : str
        The finding, as a sentence; "" for what the chart shows.
    subtitle : str
        The measure and its unit; "" for the chart's own.
    source : str
        Where the articles come from.
    articles : int or None
        Number of articles analysed.
    period : str
        For example "1 Jan to 30 Jun 2017".
    lexicon : str
        Name and short hash, for example "syria 3f9c2a1".
    method : str
        For example "95% bootstrap intervals over articles".
    """

    title: str = ""
    subtitle: str = ""
    source: str = ""
    articles: int | None = None
    period: str = ""
    lexicon: str = ""
    method: str = ""

    def footer(self) -> str:
        """Return "Source: ... · n articles · period · lexicon ... · method", without the parts that are not known."""
        noun = "article" if self.articles == 1 else "articles"
        parts = [
            self.source and f"Source:{NO_BREAK_SPACE}{clean(self.source)}",
            "" if self.articles is None else f"{self.articles:,}{NO_BREAK_SPACE}{noun}",
            self.period and clean(self.period),
            self.lexicon and f"lexicon{NO_BREAK_SPACE}{clean(self.lexicon)}",
            self.method and clean(self.method),
        ]
        return SEPARATOR.join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a block, with `above` points of space before it."""

    text: str
    size: float
    colour: str
    bold: bool = False
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text, one below the other."""

    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(line.above + line.size * LINE_HEIGHT for line in self.lines)

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw the block at the left margin."""
        for line in self.lines:
            top += line.above
            sheet.text(sheet.theme.margin, top + line.size, line.text, line.size, bold=line.bold, colour=line.colour)
            top += line.size * LINE_HEIGHT


def head_block(title: str, subtitle: str, theme: Theme) -> Block:
    """Lay out the bold title and the subtitle over the full width."""
    titles = wrap_evenly(clean(title), theme.inner, theme.title, theme, bold=True)
    subtitles = wrap_evenly(clean(subtitle), theme.inner, theme.subtitle, theme)
    return Block(
        tuple(Line(text, theme.title, theme.ink, bold=True) for text in titles)
        + tuple(
            Line(text, theme.subtitle, theme.ink, above=theme.subtitle * 0.35 * (not i))
            for i, text in enumerate(subtitles)
        )
    )


def foot_block(caption: Caption, notes: Sequence[str], theme: Theme) -> Block:
    """Lay out the notes, as one paragraph, and the source."""
    lines: list[Line] = []
    for text in (" ".join(map(clean, notes)), caption.footer()):
        for index, line in enumerate(wrap_evenly(text, theme.inner, theme.small, theme)):
            # A little air shows where the source begins.
            air = theme.small * 0.25 if lines and not index else 0.0
            lines.append(Line(line, theme.small, theme.muted, above=air))
    return Block(tuple(lines))


def describe(figure: Figure, kind: str, data: str, point: str) -> None:
    """Give a figure its alternative text: "[kind of chart] of [data]. [Point]." (after Cesal's pattern)."""
    sentence = f"{clean(kind)} of {clean(data)}"
    if point:
        sentence += f". {clean(point)}"
    figure.set_label(sentence.rstrip(".") + ".")


def alt_text(figure: Figure) -> str:
    """Return the alternative text of a chart of this package."""
    return str(figure.get_label())

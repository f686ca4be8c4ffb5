"""Colours for what lies above or below a middle: orange below, purple above, and the paper in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from framing.charts.fonts import text_width
from framing.charts.sheet import Sheet
from framing.charts.theme import Theme, mix

_SWATCHES = 13


def diverging_colour(place: float, theme: Theme) -> str:
    """Return the colour of a place between -1 and 1; beyond them, that of the end."""
    colours = theme.below if place < 0 else theme.above
    at = min(1.0, abs(place)) * (len(colours) - 1)
    first = min(int(at), len(colours) - 2)
    return mix(colours[first], colours[first + 1], at - first)


class Ramp:
    """The key of diverging colours: a strip from one end to the other, with words left and right and numbers below.

    Parameters
    ----------
    low_name, high_name : str
        Beside the strip.
    ticks : sequence of (float, str)
        Places from -1 to 1 and what stands below them.
    """

    def __init__(self, low_name: str, high_name: str, ticks: Sequence[tuple[float, str]], theme: Theme) -> None:
        self.low_name, self.high_name, self.ticks, self.theme = low_name, high_name, ticks, theme
        words = sum(text_width(name, theme.small, theme) for name in (low_name, high_name))
        self.width = min(theme.inner - words - 2 * theme.small, theme.label * 22)

    @property
    def height(self) -> float:
        """Height in points."""
        return self.theme.label * 1.1 + self.theme.small * 1.9

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw the key from the left margin."""
        theme = self.theme
        high = theme.label * 1.1
        text = text_width(self.low_name, theme.small, theme)
        left = theme.margin + text + theme.small
        sheet.centred_text(theme.margin, top + high / 2, self.low_name, theme.small)
        each = self.width / _SWATCHES
        for number in range(_SWATCHES):
            place = 2 * number / (_SWATCHES - 1) - 1
            colour = diverging_colour(place, theme)
            sheet.rectangle(left + number * each, top, each, high, colour, colour, line=0.3)
        sheet.rectangle(left, top, self.width, high, "none", theme.muted, line=0.5)
        sheet.centred_text(left + self.width + theme.small, top + high / 2, self.high_name, theme.small)
        for place, word in self.ticks:
            x = left + each / 2 + (place + 1) / 2 * (self.width - each)
            sheet.text(x, top + high + theme.small * 1.15, word, theme.small, colour=theme.muted, align="center")

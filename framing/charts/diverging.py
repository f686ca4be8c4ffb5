"""Colours for what lies above or below a middle: orange below, purple above (ColorBrewer's PuOr, safe for colour-vision
deficiencies).

On a light theme the middle is white, on a dark one it is the paper: what stands out is what lies far from the middle.
"""

from __future__ import annotations

from collections.abc import Sequence

from framing.charts.fonts import text_width
from framing.charts.sheet import Sheet
from framing.charts.theme import Theme, mix

# From the middle outwards; Brewer & Harrower (2003), PuOr with eleven classes, its two darkest ends left out: black
# figures cannot be read on them, and white ones need no darker ground.
_BELOW = ("#FFFFFF", "#FEE0B6", "#FDB863", "#E08214", "#B35806")
_ABOVE = ("#FFFFFF", "#D8DAEB", "#B2ABD2", "#8073AC", "#542788")
_BELOW_DARK = ("#7F3B08", "#B35806", "#E08214", "#FDB863")
_ABOVE_DARK = ("#4A2480", "#6A58A0", "#9488C4", "#C9C3E6")
_SWATCHES = 13


def diverging_colour(place: float, theme: Theme) -> str:
    """Return the colour of a place between -1 and 1; beyond them, that of the end."""
    below, above = (_BELOW_DARK, _ABOVE_DARK) if theme.dark else (_BELOW, _ABOVE)
    colours = below if place < 0 else above
    if theme.dark:
        colours = (theme.paper, *colours)
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

"""Two colours for two sides: the ends of the theme's diverging colours.

All reach 4.5:1 on the paper, so that a heading can be set in them.
"""

from __future__ import annotations

from framing.charts.theme import Theme

PALE = 0.56  # how much paper is mixed into the fill of what is drawn pale; it stays apart from the grey of "other"


def side_colours(theme: Theme) -> tuple[str, str]:
    """Return the colours of the first side, or of what is above, and of the second, or of what is below."""
    return theme.above[-1], theme.below[-1]

"""Two colours for two sides: dark shades of the scheme PuOr, which stay apart under every colour-vision deficiency.

On the dark themes they are its light shades. All reach 4.5:1 on the paper, so that a heading can be set in them.

References
----------
Harrower & Brewer (2003), ColorBrewer.org, The Cartographic Journal 40(1).
"""

from __future__ import annotations

from framing.charts.theme import Theme

_LIGHT = ("#542788", "#B35806")
_DARK = ("#B2ABD2", "#FDB863")
PALE = 0.62  # how much paper is mixed into the fill of what is drawn pale


def side_colours(theme: Theme) -> tuple[str, str]:
    """Return the colours of the first side, or of what is above, and of the second, or of what is below."""
    return _DARK if theme.dark else _LIGHT

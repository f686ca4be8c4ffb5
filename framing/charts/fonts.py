"""How wide a text is: the one thing a layout has to ask of matplotlib before it draws."""

from __future__ import annotations

import warnings
from functools import lru_cache

from framing.charts.theme import Theme


def text_width(text: str, size: float, theme: Theme, bold: bool = False) -> float:
    """Return the width of one line of text in points, at `size` points in the fonts of `theme`.

    Unhinted, so independent of the resolution. `text` must be clean (see `labels.clean`).
    """
    # Measured once at 100 pt: outlines scale linearly, and one measure then serves all sizes.
    return _width_at_100(text, theme.fonts, bold) * size / 100


@lru_cache(maxsize=20_000)
def _width_at_100(text: str, fonts: tuple[str, ...], bold: bool) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    properties = FontProperties(family=list(fonts), weight="bold" if bold else "normal", size=100)
    with warnings.catch_warnings():
        # A missing glyph is reported once, when the chart is saved.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(width)

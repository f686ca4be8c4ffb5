"""What a layout has to ask of matplotlib's fonts: how wide a text is, and which of its letters they lack."""

from __future__ import annotations

import warnings
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font
    from matplotlib.text import Text


def text_width(text: str, size: float, theme: Theme, bold: bool = False, italic: bool = False) -> float:
    """Return the width of one line of text in points, at `size` points in the fonts of `theme`.

    Unhinted, so independent of the resolution. `text` must be clean (see `labels.clean`).
    """
    # Measured once at 100 pt: outlines scale linearly, and one measure then serves all sizes. And word by word: no pair
    # of letters is kerned or joined across a space, and lines that are tried out share most of their words.
    words = text.split(" ")
    width = sum(_width_at_100(word, theme.fonts, bold, italic) for word in words if word)
    if len(words) > 1:
        width += (len(words) - 1) * _space_at_100(theme.fonts, bold, italic)
    return width * size / 100


@lru_cache(maxsize=64)
def _space_at_100(fonts: tuple[str, ...], bold: bool, italic: bool) -> float:
    return _width_at_100("n n", fonts, bold, italic) - 2 * _width_at_100("n", fonts, bold, italic)


@lru_cache(maxsize=20_000)
def _width_at_100(text: str, fonts: tuple[str, ...], bold: bool, italic: bool) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    properties = FontProperties(
        family=list(fonts), style="italic" if italic else "normal", weight="bold" if bold else "normal", size=100
    )
    with warnings.catch_warnings():
        # A missing glyph is reported once, when the chart is saved.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(width)


def find_missing(text: Text) -> set[str]:
    """Return the characters of a text of a figure that none of its font families has."""
    written = text.get_text()
    if written.isascii():
        return set()
    fonts = tuple(text.get_fontfamily())
    return {character for character in written if not character.isspace() and not _has(character, fonts)}


@lru_cache(maxsize=20_000)
def _has(character: str, fonts: tuple[str, ...]) -> bool:
    return any(font.get_char_index(ord(character)) for font in _open_fonts(fonts))


@lru_cache(maxsize=64)
def _open_fonts(fonts: tuple[str, ...]) -> tuple[FT2Font, ...]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    found = []
    for family in fonts:
        with suppress(ValueError):  # the family is not installed
            found.append(get_font(findfont(FontProperties(family=[family]), fallback_to_default=False)))
    return tuple(found)

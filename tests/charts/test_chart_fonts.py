"""Widths are those of matplotlib, and texts stand where it would put them."""

from __future__ import annotations

import io
import warnings
from typing import Any

import pytest
from chart_tables import HARD_NAMES
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from framing.charts.fonts import find_missing, text_width
from framing.charts.labels import clean
from framing.charts.settings import own_settings
from framing.charts.sheet import Sheet
from framing.charts.theme import get_theme

THEME = get_theme("print")
TEXTS = [
    *map(clean, HARD_NAMES),
    "AVAVA To. V. A fi",
    "الجزيرة نت قناة 24",
    "新华社 通讯 a b",
    "x\u00a0· y",
    "a\u200db c",
]


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
@pytest.mark.parametrize("style", [{}, {"bold": True}, {"italic": True}], ids=["plain", "bold", "italic"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_as_wide_as_matplotlib_says_of_it_whole(text: str, style: dict[str, bool]) -> None:
    properties = FontProperties(
        family=["DejaVu Sans"],
        weight="bold" if style.get("bold") else "normal",
        style="italic" if style.get("italic") else "normal",
        size=7.5,
    )
    whole, _, _ = text_to_path.get_text_width_height_descent(text, properties, False)
    assert text_width(text, 7.5, THEME, **style) == pytest.approx(whole, abs=1e-6)


def test_no_text_has_no_width() -> None:
    assert text_width("", 9, THEME) == 0.0


class Recorder(RendererSVG):
    """Notes where texts are drawn, in points."""

    def __init__(self) -> None:
        super().__init__(300, 100, io.StringIO())  # type: ignore[no-untyped-call]
        self.places: dict[str, tuple[float, float]] = {}

    def draw_text(self, gc: Any, x: float, y: float, s: str, *_: Any, **__: Any) -> None:
        self.places[s] = x, y


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_text_stands_where_matplotlib_would_put_it(align: Any) -> None:
    sheet = Sheet(get_theme("print"), 100)
    texts: dict[str, dict[str, Any]] = {"Harbour $x$": {}, "To V. fi": {"bold": True}, "Vel o": {"italic": True}}
    for number, (text, style) in enumerate(texts.items()):
        sheet.text(100.25, 20.0 + 20 * number, text, 7.5, align=align, **style)
    sheet.figure.dpi = 72
    ours, theirs = Recorder(), Recorder()
    with own_settings():
        for words in sheet.figure.texts:
            words.draw(ours)
            Text.draw(words, theirs)
    assert set(ours.places) == set(texts)
    for text, place in ours.places.items():
        assert place == pytest.approx(theirs.places[text], abs=1e-6)


def test_characters_that_the_fonts_lack() -> None:
    assert find_missing(Text(text="a新b 华 新", fontfamily=["DejaVu Sans"])) == {"新", "华"}
    assert find_missing(Text(text="Ж ج ő “”", fontfamily=["DejaVu Sans"])) == set()
    # A family that is not installed has nothing, and does no harm.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert find_missing(Text(text="éж", fontfamily=["Not Installed At All", "DejaVu Sans"])) == set()
        assert find_missing(Text(text="é", fontfamily=["Not Installed At All"])) == {"é"}

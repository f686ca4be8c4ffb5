"""Charts on the page: small, with text as text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from framing import Analysis
from framing.charts import get_theme, render
from framing.charts.fonts import text_width
from framing.report.figures import draw
from framing.report.page.chart_image import show_figure, slim

SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10pt" height="5pt"
 viewBox="0 0 10 5"><metadata>m</metadata><!-- said --><defs><style>*{{}}</style></defs>
 <g id="g1"><g id="g2"/><path id="p" d="M 1.23456 2 \nL 3.000001 -4 \nz\n" style="fill: #fff; stroke: none"/>
 <use xlink:href="#p" x="1.999999"/>
 <text style="font-size: 10px; font-family: 'DejaVu Sans'; font-weight: 700" transform="rotate(-0 1 2)">{text}</text>
 </g></svg>"""


def test_nothing_stays_that_nobody_sees() -> None:
    theme = get_theme("light")
    slimmed = slim(SVG.format(text="Alpha").encode(), theme).decode()
    assert '<path id="i0" d="M1.23 2L3-4z" fill="#fff" stroke="none"/>' in slimmed
    assert '<use href="#i0" x="2"/>' in slimmed
    length = f"{text_width('Alpha', 10, theme, bold=True):.1f}"
    assert f'<text font-size="10" font-weight="700" textLength="{length}"' in slimmed
    for gone in ("metadata", "said", "<defs", "<style", "style=", "g1", "<g", "rotate", "\n"):
        assert gone not in slimmed


@pytest.mark.parametrize("text", ["&lt;script&gt;x&lt;/script&gt;", "&amp;lt;", "]]&gt;", "\u202e&lt;/text&gt;"])
def test_text_stays_text(text: str) -> None:
    slimmed = slim(SVG.format(text=text).encode(), get_theme("light"))
    (found,) = ElementTree.fromstring(slimmed).iter("{http://www.w3.org/2000/svg}text")
    (given,) = ElementTree.fromstring(SVG.format(text=text)).iter("{http://www.w3.org/2000/svg}text")
    assert found.text == given.text


def test_a_chart_is_a_fraction_of_its_file_and_the_same_again(valley: Analysis) -> None:
    def shown() -> bytes:
        return show_figure("g", draw(valley, "variant-shares", "fighters", theme="light")).image

    image = show_figure("g", draw(valley, "variant-shares", "fighters", theme="light"))
    file = render(draw(valley, "variant-shares", "fighters", theme="light"), "svg")
    assert 4 * len(image.image) < len(file)
    assert shown() == shown() == image.image
    assert b">Alpha</text>" in image.image
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', image.image)
    assert box and (image.width, image.height) == (round(float(box[1])), round(float(box[2])))

"""A chart as it stands on the page: a small SVG with real text.

The gallery draws text as outlines, so that a file looks the same wherever it goes. Twenty-six such charts are five
megabytes, and a browser takes more than a second to lay out their glyphs one by one. On the page text stays text: it is
a twentieth of the elements, and each piece says how long it is (`textLength`), so that in another font it keeps its
place too.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from framing.charts import Theme, alt_text, get_theme
from framing.charts.fonts import text_width
from framing.charts.settings import own_settings
from framing.report.page.views import Figure

if TYPE_CHECKING:
    from matplotlib import figure as drawn

FALLBACK_FONTS = ("Verdana", "sans-serif")  # Verdana is as wide as DejaVu Sans, and is where that is not
PLACES = 2  # decimals of a coordinate in points: a fiftieth of a pixel on the page
Show = Callable[[str, "drawn.Figure"], Figure]
"""(id, figure drawn in the theme “light”) -> the chart as a page shows it, or as a document does."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_REFERENCE = re.compile(r"(?:^|url\()#([\w.-]+)")
_DROPPED = frozenset({"title", "metadata", "style"})  # the page tells them in its own words, as `alt`


def show_figure(id: str, figure: drawn.Figure) -> Figure:
    """Return a figure drawn in the theme "light" as the page shows it."""
    width, height = (round(72 * float(inches)) for inches in figure.get_size_inches())
    return Figure(id, draw_image(figure, get_theme("light")), alt_text(figure), width, height)


def draw_image(figure: drawn.Figure, theme: Theme) -> bytes:
    """Return a figure as a small SVG for an `img` of the page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    theme : Theme
        In which it was drawn: its fonts measure the text.

    Returns
    -------
    bytes
        UTF-8. The same figure gives the same bytes.
    """
    import matplotlib

    buffer = io.BytesIO()
    with own_settings(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # the browser has more fonts
        matplotlib.rcParams["svg.fonttype"] = "none"
        figure.savefig(
            buffer,
            format="svg",
            dpi=figure.dpi,
            facecolor=figure.get_facecolor(),
            metadata={"Date": None, "Creator": None},
        )
    return slim(buffer.getvalue(), theme)


def slim(svg: bytes, theme: Theme) -> bytes:
    """Return an SVG of matplotlib without what nobody sees, its styles as attributes and its text measured."""
    root = ElementTree.fromstring(svg)
    used = (name for e in root.iter() for v in e.attrib.values() for name in _REFERENCE.findall(v))
    names = {name: f"i{number}" for number, name in enumerate(dict.fromkeys(used))}
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(_SVG)
        element.attrib = _attributes(element, names)
        if element.tag == "text":
            _measure(element, theme)
    _prune(root)
    root.attrib = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": root.attrib["viewBox"],
        "width": root.attrib["width"],
        "height": root.attrib["height"],
        "font-family": ",".join(f"'{f}'" if " " in f else f for f in (*theme.fonts, *FALLBACK_FONTS)),
        "stroke-linejoin": "round",
    }
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>").encode()


def _attributes(element: ElementTree.Element, names: dict[str, str]) -> dict[str, str]:
    """Return the attributes of an element, numbers rounded and styles among them."""
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "style":
            pairs = (pair.partition(":") for pair in value.split(";"))
            found |= {name.strip(): text.strip() for name, _, text in pairs if name.strip()}
        elif key == _HREF:
            found["href"] = value
        else:
            found[key] = value
    kept = {}
    for key, value in found.items():
        if key == "id":
            if value in names:
                kept["id"] = names[value]
        elif key == "d":
            kept["d"] = _round_path(value)
        elif key == "font-size":
            kept[key] = value.removesuffix("px")
        elif key == "font-family" or (key == "transform" and value.startswith("rotate(-0 ")):
            continue
        elif key == "href" or "url(#" in value:
            kept[key] = _REFERENCE.sub(lambda m: m[0].replace(m[1], names[m[1]]), value)
        else:
            kept[key] = _round(value)
    return kept


def _round(text: str) -> str:
    def shorten(found: re.Match[str]) -> str:
        number = f"{float(found[0]):.{PLACES}f}".rstrip("0").rstrip(".")
        return "0" if number in ("-0", "") else number

    return _NUMBER.sub(shorten, text)


def _round_path(data: str) -> str:
    """Return the commands of a path without white space that they do not need."""
    return re.sub(r" ?([A-Za-z]) ?", r"\1", " ".join(_round(data).split())).replace(" -", "-")


def _measure(text: ElementTree.Element, theme: Theme) -> None:
    """Write the length of a text to it: what it has in the fonts of the theme."""
    bold = text.attrib.get("font-weight") in ("700", "bold")
    length = text_width(text.text or "", float(text.attrib["font-size"]), theme, bold)
    if length:
        text.attrib["textLength"] = f"{length:.1f}"
        text.attrib["lengthAdjust"] = "spacingAndGlyphs"


def _prune(parent: ElementTree.Element) -> None:
    """Leave out what is not drawn, groups that hold nothing or say nothing, and white space."""
    children: list[ElementTree.Element] = []
    for child in parent:
        if child.tag in _DROPPED:
            continue
        _prune(child)
        if child.tag in ("g", "defs") and not len(child):
            continue
        children += list(child) if child.tag == "g" and not child.attrib else [child]
    parent[:] = children
    if parent.tag != "text":
        parent.text = None
    parent.tail = None

"""Figures as files: PNG, SVG and PDF, the same bytes every time."""

from __future__ import annotations

import io
import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.charts.fonts import find_missing
from framing.charts.settings import own_settings
from framing.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("png", "svg", "svg-text", "pdf")
"""What `render` makes: pixels; outlines, which look the same everywhere; text as text, which can be searched and edited
and takes half of the bytes or less; and a page whose fonts are inside."""

# Where DejaVu Sans is not: fonts that are as wide, then families for what it has no letters for.
_OTHER_FAMILIES = (
    "Bitstream Vera Sans",
    "Verdana",
    "Noto Sans CJK SC",
    "PingFang SC",
    "Hiragino Sans",
    "Microsoft YaHei",
    "Malgun Gothic",
)
_FAMILIES = re.compile(r"(<text [^>]*?)font-family: ([^;\"]+);? ?")  # in a text itself, "<" is written "&lt;"


def ending(format: str) -> str:
    """Return the ending of the files of a format: "svg-text" has ".text.svg", to stand beside the ".svg"."""
    return "text.svg" if format == "svg-text" else format


def render(figure: Figure, format: str) -> bytes:
    """Return a figure as the bytes of a file; the same figure gives the same bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    format : str
        One of `FORMATS`: "png", "svg", "svg-text" or "pdf".

    Returns
    -------
    bytes
        The title that a screen reader speaks is the figure's label (see `footer.alt_text`). No date, no program.

    Raises
    ------
    InputError
        Another format.
    """
    if format not in FORMATS:
        raise InputError(f"A figure cannot be saved as {format!r}. Use one of: {', '.join(FORMATS)}.")
    make = {"png": _render_png, "svg": _render_svg, "svg-text": _render_svg_text, "pdf": _render_pdf}[format]
    with own_settings(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        content = make(figure)
    if format != "svg-text":  # whoever shows it has other fonts
        _warn_of_boxes(figure)
    return content


def save(figure: Figure, path: str | os.PathLike[str], format: str | None = None) -> Path:
    """Write a figure to `path`, by default as its ending says; rerun, the file is byte for byte the same.

    Raises
    ------
    InputError
        The format is not one of `FORMATS`.
    """
    target = Path(path)
    told = "svg-text" if target.name.endswith(".text.svg") else target.suffix.removeprefix(".")
    target.write_bytes(render(figure, (format or told).lower()))
    return target


def _render_png(figure: Figure) -> bytes:
    import numpy as np
    from matplotlib.backends.backend_agg import RendererAgg
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    # Whole pixels: a half-covered column at the edge would be half transparent.
    width, height = (int(size + 1e-6) for size in figure.bbox.size)
    renderer: Any = RendererAgg(width, height, figure.dpi)  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    about = PngInfo()
    about.add_itxt("Description", str(figure.get_label()))
    image, buffer = Image.fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB"), io.BytesIO()
    # Level 3 takes three quarters of the time of the usual 6, for no more bytes: nearly all is flat colour.
    image.save(buffer, "png", compress_level=3, dpi=(figure.dpi, figure.dpi), pnginfo=about)
    return buffer.getvalue()


def _render_svg(figure: Figure) -> bytes:
    return _print(figure, "svg", {"Date": None, "Creator": None})


def _render_svg_text(figure: Figure) -> bytes:
    import matplotlib

    matplotlib.rcParams["svg.fonttype"] = "none"
    svg = _print(figure, "svg", {"Date": None, "Creator": None}).decode()
    first = _FAMILIES.search(svg)
    if first is None:
        return svg.encode()
    # Said once for all texts, and with other families: matplotlib names those alone that it has drawn with.
    families = ", ".join([first[2], *(f"'{family}'" for family in _OTHER_FAMILIES), "sans-serif"])
    return _FAMILIES.sub(r"\1", svg).replace("<svg ", f'<svg font-family="{families}" ', 1).encode()


def _render_pdf(figure: Figure) -> bytes:
    return _print(figure, "pdf", {"CreationDate": None, "Creator": None, "Producer": None})


def _print(figure: Figure, format: str, metadata: dict[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(
        buffer,
        format=format,
        dpi=figure.dpi,
        facecolor=figure.get_facecolor(),
        metadata={"Title": str(figure.get_label()), **metadata},
    )
    return buffer.getvalue()


def _warn_of_boxes(figure: Figure) -> None:
    """Say once how many characters no font of the figure has."""
    missing = {character for text in figure.texts for character in find_missing(text)}
    if missing:
        warnings.warn(
            f"{len(missing)} characters of this chart are in no font of its theme and are drawn as boxes. "
            "Install a font that has them and name it in the theme: "
            'dataclasses.replace(theme, fonts=("DejaVu Sans", "Noto Sans CJK SC")).',
            stacklevel=3,
        )

"""The sheet a chart is drawn on: a matplotlib figure measured in points from its top left corner.

The only file that draws. pyplot is never imported, and matplotlib's settings are changed inside `rc_context` alone,
to its own defaults, so that neither the user's settings nor ours leak into the other.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from framing.charts.labels import clean
from framing.charts.theme import POINTS_PER_MM, Theme
from framing.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Align = Literal["left", "center", "right"]
FORMATS = ("png", "svg")
_HIGHEST_PX = 60_000  # matplotlib's PNG ends at 65,536 pixels
_CAP_HEIGHT = 0.73  # of DejaVu Sans, in em: centres figures and capitals on a bar
# Not part of how a figure looks, and not restored by rc_context or tied to the running program.
_NOT_LOOKS = (
    "backend",
    "toolbar",
    "interactive",
    "timezone",
    "webagg",
    "tk",
    "keymap",
    "macosx",
    "figure.max_open",
    "savefig.dir",
)


@contextmanager
def own_settings() -> Iterator[None]:
    """Within the block, matplotlib has its default settings plus ours; afterwards the user's are back."""
    import matplotlib

    settings: dict[str, Any] = {
        key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(_NOT_LOOKS)
    }
    settings |= {
        "text.parse_math": False,  # an outlet may be called "$AVE"
        "text.hinting": "no_hinting",  # widths as measured
        "hatch.linewidth": 0.5,
        "svg.hashsalt": "framing",
        "svg.fonttype": "path",  # looks the same without the font
        "path.simplify": False,
    }
    with matplotlib.rc_context(cast(Any, settings)):
        yield


class Sheet:
    """A figure of `height` points and the width of the theme.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    """

    def __init__(self, theme: Theme, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.theme = theme
        # Whole pixels, so that a PNG has the size asked for and no half-covered edge.
        pixels = round(height * theme.dpi / 72)
        if pixels > _HIGHEST_PX:
            raise InputError(
                f"The chart would be {height / POINTS_PER_MM:,.0f} mm high. "
                "Choose fewer outlets or referents, or a wider theme."
            )
        self.height = pixels * 72 / theme.dpi
        self.figure: Figure = Figure(
            figsize=(theme.width / 72, self.height / 72), dpi=theme.dpi, facecolor=theme.paper, edgecolor="none"
        )
        FigureCanvasAgg(self.figure)
        self._points = Affine2D().scale(1 / 72, -1 / 72).translate(0, self.height / 72) + self.figure.dpi_scale_trans

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        colour: str | None = None,
        align: Align = "left",
        upright: bool = False,
        masked: bool = False,
    ) -> None:
        """Draw one line of text.

        `upright` turns it by 90 degrees, reading upwards from `baseline`, with `x` at its middle; `masked` puts
        paper behind it, to hide the lines it stands on.
        """
        self.figure.text(
            x,
            baseline,
            clean(text),
            transform=self._points,
            fontfamily=list(self.theme.fonts),
            fontsize=size,
            fontweight="bold" if bold else "normal",
            fontstyle="italic" if italic else "normal",
            color=colour or self.theme.ink,
            ha="center" if upright else align,
            va="bottom" if upright else "baseline",
            rotation=90 if upright else 0,
            parse_math=False,
            usetex=False,
            bbox={"facecolor": self.theme.paper, "edgecolor": "none", "pad": 0.5} if masked else None,
        )

    def centred_text(self, x: float, middle: float, text: str, size: float, **style: Any) -> None:
        """Draw one line of text whose figures and capitals are centred on the height `middle`."""
        self.text(x, middle + size * _CAP_HEIGHT / 2, text, size, **style)

    def rectangle(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        fill: str,
        edge: str,
        hatch: str = "",
        line: float = 0.5,
    ) -> None:
        """Draw a rectangle outside any panel, for a key."""
        from matplotlib.patches import Rectangle

        self.figure.add_artist(
            Rectangle(
                (x, top),
                width,
                height,
                facecolor=fill,
                edgecolor=edge,
                hatch=hatch or None,
                linewidth=line,
                transform=self._points,
            )
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float, style: Any = "-") -> None:
        """Draw a line outside any panel; it lies under the panels."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                list(xs), list(ys), color=colour, linewidth=width, linestyle=style, transform=self._points, zorder=-1
            )
        )

    def dot(self, x: float, y: float, size: float, fill: str, edge: str) -> None:
        """Draw a round mark outside any panel, for a key."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                [x],
                [y],
                marker="o",
                markersize=size,
                markerfacecolor=fill,
                markeredgecolor=edge,
                transform=self._points,
            )
        )

    def panel(self, x: float, top: float, width: float, height: float, limits: tuple[float, float], name: str) -> Axes:
        """Add axes without frame: data units across (`limits`), points from the panel's top downwards.

        `name` becomes the label of the axes, by which a caller finds them in `figure.axes`.
        """
        rectangle = (
            x / self.theme.width,
            1 - (top + height) / self.height,
            width / self.theme.width,
            height / self.height,
        )
        axes = self.figure.add_axes(rectangle, label=clean(name))
        axes.set_axis_off()
        axes.set_xlim(*limits)
        axes.set_ylim(height, 0)
        return axes


def bar(
    axes: Axes,
    left: float,
    middle: float,
    width: float,
    height: float,
    fill: str,
    edge: str,
    hatch: str = "",
    line: float = 0.5,
    above: bool = False,
) -> None:
    """Add one segment of a bar to a panel; `left` and `width` in data units, `middle` and `height` in points.

    With `above`, it lies over the panel's lines.
    """
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (left, middle - height / 2),
            width,
            height,
            facecolor=fill,
            edgecolor=edge,
            hatch=hatch or None,
            linewidth=line,
            clip_on=False,
            zorder=4 if above else 1,
        )
    )


def stroke(
    axes: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    colour: str,
    width: float,
    style: Any = "-",
    above: int = 0,
) -> None:
    """Add a line to a panel; with `above`, it lies over marks that are less far above."""
    from matplotlib.lines import Line2D

    axes.add_line(
        Line2D(
            list(xs),
            list(ys),
            color=colour,
            linewidth=width,
            linestyle=style,
            solid_capstyle="butt",
            clip_on=False,
            zorder=2 + 2 * above,
        )
    )


def mark(
    axes: Axes,
    x: float | Sequence[float],
    y: float,
    size: float,
    fill: str,
    edge: str,
    line: float = 0.8,
    shape: str = "o",
    above: int = 0,
) -> None:
    """Add a mark, or several of a kind, to a panel: round, or "<" or ">", an arrow.

    With `above`, they lie over the marks that are less far above.
    """
    from matplotlib.lines import Line2D

    places = list(x) if isinstance(x, Sequence) else [x]
    axes.add_line(
        Line2D(
            places,
            [y] * len(places),
            linestyle="none",
            marker=shape,
            markersize=size,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=line,
            clip_on=False,
            zorder=3 + 2 * above,
        )
    )


def render(figure: Figure, format: str) -> bytes:
    """Return a figure as the bytes of a "png" or "svg" file; the same figure gives the same bytes.

    The title and the description that a screen reader speaks come from the figure's label (see `footer.alt_text`).

    Raises
    ------
    InputError
        Another format.
    """
    if format not in FORMATS:
        raise InputError(f"A figure cannot be saved as {format!r}. Use one of: {', '.join(FORMATS)}.")
    description = str(figure.get_label())
    metadata: dict[str, str | None] = {"Title": description, "Date": None, "Creator": None}
    if format == "png":
        metadata = {"Description": description, "Software": None}
    buffer = io.BytesIO()
    with own_settings(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.savefig(buffer, format=format, dpi=figure.dpi, facecolor=figure.get_facecolor(), metadata=metadata)
    _report(caught)
    return buffer.getvalue()


def save(figure: Figure, path: str | os.PathLike[str], format: str | None = None) -> Path:
    """Write a figure to `path` as PNG or SVG, by default as its ending says; rerun, the file is byte for byte the same.

    Raises
    ------
    InputError
        The format is neither "png" nor "svg".
    """
    target = Path(path)
    target.write_bytes(render(figure, (format or target.suffix.removeprefix(".")).lower()))
    return target


def _report(caught: list[warnings.WarningMessage]) -> None:
    """Pass warnings on, those about missing glyphs as one."""
    missing = 0
    for warning in caught:
        if "missing from" in str(warning.message) and "Glyph" in str(warning.message):
            missing += 1
        else:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    if missing:
        warnings.warn(
            f"{missing} characters of this chart are in no font of its theme and are drawn as boxes. "
            "Install a font that has them and name it in the theme: "
            'dataclasses.replace(theme, fonts=("DejaVu Sans", "Noto Sans CJK SC")).',
            stacklevel=4,
        )

"""The sheet a chart is drawn on: a matplotlib figure measured in points from its top left corner.

With `artists`, the only file that draws. pyplot is never imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from framing.charts.fonts import text_width
from framing.charts.labels import clean
from framing.charts.theme import POINTS_PER_MM, Theme
from framing.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Align = Literal["left", "center", "right"]
_HIGHEST_PX = 60_000  # matplotlib's PNG ends at 65,536 pixels
_CAP_HEIGHT = 0.73  # of DejaVu Sans, in em: centres figures and capitals on a bar
# How much of its width a text lies left of its place.
_LEFT_OF: dict[str, float] = {"left": 0.0, "center": 0.5, "right": 1.0}


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
        from framing.charts.artists import Words

        kept = clean(text)
        share = _LEFT_OF[align]
        words = Words(
            x,
            baseline,
            kept,
            share and share * text_width(kept, size, self.theme, bold, italic),
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
        # As Figure.text does, which makes plain texts only.
        words.set_figure(self.figure)
        self.figure.texts.append(words)

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
                linewidth=line * self.theme.weight,
                transform=self._points,
            )
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float, style: Any = "-") -> None:
        """Draw a line outside any panel; it lies under the panels."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                list(xs),
                list(ys),
                color=colour,
                linewidth=width * self.theme.weight,
                linestyle=style,
                transform=self._points,
                zorder=-1,
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
                markeredgewidth=self.theme.weight,
                transform=self._points,
            )
        )

    def panel(self, x: float, top: float, width: float, height: float, limits: tuple[float, float], name: str) -> Axes:
        """Add axes without frame: data units across (`limits`), points from the panel's top downwards.

        `name` becomes the label of the axes, by which a caller finds them in `figure.axes`.
        """
        from framing.charts.artists import Panel

        rectangle = (
            x / self.theme.width,
            1 - (top + height) / self.height,
            width / self.theme.width,
            height / self.height,
        )
        axes = Panel(self.figure, rectangle, label=clean(name))
        axes.weight = self.theme.weight
        self.figure.add_axes(axes)
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
            linewidth=line * _weight(axes),
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
            linewidth=width * _weight(axes),
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
            markeredgewidth=line * _weight(axes),
            clip_on=False,
            zorder=3 + 2 * above,
        )
    )


def _weight(axes: Axes) -> float:
    """Return how many times as wide as usual the lines of a panel are; see `Theme.weight`."""
    return float(getattr(axes, "weight", 1.0))

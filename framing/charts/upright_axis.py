"""Axes that run upwards: where a number stands in a panel, and the bands of intervals drawn along a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.axis import Axis, Ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framing.charts.theme import Theme

_LEAST_PITCH = 1.7  # of the font size, between the baselines of two numbers


def place_upright(axis: Axis, value: float, height: float) -> float:
    """Return how far below the top of a panel of `height` points a number stands; beyond the axis, at its end."""
    return height * (axis.high - axis.clamp(value)) / (axis.high - axis.low)


def choose_upright_ticks(axis: Axis, height: float, theme: Theme) -> Ticks:
    """Return the fullest set of ticks whose numbers keep apart on a panel of `height` points."""
    for ticks in axis.ticks[:-1]:
        if height >= (len(ticks) - 1) * _LEAST_PITCH * theme.small:
            return ticks
    return axis.ticks[-1]


def upright_shape(axis: Axis, value: float) -> str:
    """Return the mark of a number: a dot, or an arrow at the end of the axis beyond which it lies."""
    return "v" if value < axis.low else "^" if value > axis.high else "o"


def band(axes: Axes, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], colour: str) -> None:
    """Add the area between two lines to a panel, below its other marks; no edge."""
    from matplotlib.patches import Polygon

    corners = [*zip(xs, lows, strict=True), *reversed(list(zip(xs, highs, strict=True)))]
    axes.add_patch(
        Polygon(corners, closed=True, facecolor=colour, edgecolor="none", linewidth=0, clip_on=False, zorder=1)
    )


def columns(
    axes: Axes, lefts: Sequence[float], width: float, heights: Sequence[float], base: float, fill: str, edge: str
) -> None:
    """Add upright bars of one width to a panel, all of them as one mark; `lefts` and `width` in data units, the rest
    in points. They grow upwards from `base`."""
    from matplotlib.collections import PolyCollection

    corners = [
        [(x, base), (x, base - height), (x + width, base - height), (x + width, base)]
        for x, height in zip(lefts, heights, strict=True)
    ]
    bars = PolyCollection(corners, facecolors=fill, edgecolors=edge, linewidths=0.5, clip_on=False, zorder=3)
    axes.add_collection(bars, autolim=False)

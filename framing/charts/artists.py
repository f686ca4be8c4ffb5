"""What a sheet is made of: matplotlib's text and axes, drawn faster and with the weight of lines that a theme asks for.

Importing this file imports matplotlib, so it is imported where a sheet is made.
"""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.text import Text


class Words(Text):
    """One line of text, set from its baseline.

    matplotlib measures a text each time it is drawn, to place it. The layout has measured this one already.

    Parameters
    ----------
    shift : float
        How far left of its place it begins, in points: its width or half of it, as it is aligned.
    """

    def __init__(self, x: float, baseline: float, text: str, shift: float, **style: Any) -> None:
        super().__init__(x, baseline, text, **style)
        self.shift = shift

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text; what is turned or has paper behind it, as matplotlib does."""
        if self.get_rotation() or self.get_bbox_patch() or self.get_path_effects() or not self.get_visible():
            super().draw(renderer)
            return
        x, y = self.get_transform().transform(self.get_unitless_position())
        x -= renderer.points_to_pixels(self.shift)
        y = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.open_group("text", self.get_gid())
        context = renderer.new_gc()
        context.set_foreground(self.get_color())
        renderer.draw_text(context, x, y, self.get_text(), self.get_fontproperties(), 0.0, False, self)
        context.restore()
        renderer.close_group("text")
        self.stale = False


class Panel(Axes):
    """Axes whose lines are `weight` times as wide as a chart says."""

    weight: float = 1.0

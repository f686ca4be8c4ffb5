"""The charts of a report's page as PNG files, for what cannot hold its SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts import alt_text, render
from framing.report.page.views import Figure

if TYPE_CHECKING:
    from matplotlib import figure as drawn

DPI = 150  # 1,122 pixels across: sharp in print, and 26 charts stay below five megabytes


def show_picture(id: str, figure: drawn.Figure) -> Figure:
    """Return a figure drawn in the theme "light" as a document shows it."""
    figure.set_dpi(DPI)
    width, height = (round(72 * float(inches)) for inches in figure.get_size_inches())
    return Figure(id, render(figure, "png"), alt_text(figure), width, height)

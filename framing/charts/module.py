"""How do the outlets compare in what one module counts? A dot and its 95% interval per outlet and measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.axis import Axis
from framing.charts.footer import Caption, head_block
from framing.charts.interval_marks import fit_rows
from framing.charts.interval_panels import IntervalPanel, draw_panels
from framing.charts.labels import clean
from framing.charts.module_table import MeasurePanel, ModuleIntervals
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MeasurePanel", "ModuleIntervals", "plot_module"]


def plot_module(module: ModuleIntervals, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one panel per measure with a dot and a 95% interval per outlet.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Each panel has
    its own axis, fitted to its numbers, with its unit above. Outlets with too few articles are hollow and grey, those
    without evidence say so. Panels side by side share the order of the first.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per measure, labelled with it; alternative text in its label.
    """
    caption = caption or Caption()
    head = head_block(
        caption.title or f"{module.title} by outlet",
        caption.subtitle or module.subtitle,
        theme,
    )
    panels = [
        IntervalPanel(m.label, clean(m.unit) if m.unit else "", _axis(p), p.intervals, m.percent)
        for p in module.panels
        for m in [p.measure]
    ]
    missing = "No evidence: nothing that could be counted or divided by."
    outlets = len(module.panels[0].intervals)
    about = ", ".join(f"“{panel.measure.label}”" for panel in module.panels)
    about += f" in {outlets} outlet{'s' if outlets != 1 else ''}"
    return draw_panels(panels, head, missing, module.minimum, theme, caption, about)


def _axis(panel: MeasurePanel) -> Axis:
    return fit_rows(panel.intervals, panel.measure.percent)

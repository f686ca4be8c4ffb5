"""Do headlines word things as the text below them does? Two dots for each outlet, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.footer import Caption
from framing.charts.labels import clean
from framing.charts.paired_rows import draw_pairs
from framing.charts.paired_table import PairedIntervals
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PairedIntervals", "plot_headlines"]


def plot_headlines(headlines: PairedIntervals, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw for each outlet a dot and a 95% interval for its headlines, and below it for the text under them.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Numbers of
    insufficient evidence are hollow and grey, those without anything to count or divide by say "no evidence".

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled with the measure; alternative text in its label.
    """
    return draw_pairs(
        headlines,
        theme,
        caption or Caption(),
        f"{clean(headlines.label)} in headlines and in the text below them",
        "No evidence: nothing that could be counted or divided by.",
    )

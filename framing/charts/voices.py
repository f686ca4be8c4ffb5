"""Does an outlet word things itself as those do whom it quotes? Dots of each voice, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.footer import Caption
from framing.charts.labels import clean
from framing.charts.paired_rows import draw_pairs
from framing.charts.paired_table import PairedIntervals, PairedRow
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PairedIntervals", "PairedRow", "plot_voices"]


def plot_voices(voices: PairedIntervals, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw for each outlet a dot and a 95% interval for each voice.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Numbers of
    insufficient evidence are hollow and grey, those without a mention say "no evidence".

    Returns
    -------
    matplotlib.figure.Figure
        One axes, labelled with the measure; alternative text in its label.
    """
    return draw_pairs(
        voices,
        theme,
        caption or Caption(),
        f"{clean(voices.label)}, by who speaks",
        "No evidence: no mention in this voice.",
    )

"""Who speaks? For each outlet, how the words that it lets others say part among kinds of speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.composition_table import REST, UNKNOWN, Compositions, Part
from framing.charts.footer import Caption, head_block
from framing.charts.stacked_panels import draw_stacked
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SPEAKERS", "Compositions", "plot_sources"]

SPEAKERS = (
    Part("officials", "officials", 0),
    Part("force", "police, forces, courts", 4),
    Part("ordinary", "ordinary people", 1),
    Part("experts", "experts", 2),
    Part("unnamed", "unnamed", 3),
    Part("others", "other kinds", REST),
    Part("unknown", "kind not known", UNKNOWN),
)
"""The kinds of speakers that the chart tells apart: fifteen are too many for the eye."""


def plot_sources(speakers: Compositions, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one bar of 100 % per outlet, split by the kind of speaker.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Bars of outlets
    with too few articles are pale and hatched and carry no figures; an outlet that lets nobody speak has the words "no
    evidence" in place of a bar.

    Returns
    -------
    matplotlib.figure.Figure
        One axes, in per cent across; alternative text in its label.
    """
    caption = caption or Caption()
    head = head_block(
        caption.title or "Who speaks, by outlet",
        caption.subtitle or "% of the quoted and reported words, by kind of speaker",
        theme,
    )
    outlets = len(speakers.panels[0].bars)
    let = f"{outlets} outlet{'s let' if outlets > 1 else ' lets'}"
    about = f"the shares of kinds of speakers in the words that {let} others say"
    return draw_stacked(speakers, head, theme, caption, about)

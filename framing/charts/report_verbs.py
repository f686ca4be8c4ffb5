"""By which verbs does each outlet let a side speak: neutral, doubting, endorsing or forceful ones?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.composition_table import REST, Compositions, Part
from framing.charts.counted import plural
from framing.charts.footer import Caption, head_block
from framing.charts.stacked_panels import draw_stacked
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["VERBS", "Compositions", "plot_report_verbs"]

VERBS = (
    Part("doubting", "doubting: claim, allege", 1),
    Part("forceful", "forceful: warn, demand", 3),
    Part("neutral", "neutral: say, tell", REST),
    Part("endorsing", "endorsing: note, confirm", 0),
)
"""The classes of the lexicon of verbs, doubt at one end and endorsement at the other."""


def plot_report_verbs(verbs: Compositions, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one panel per side that speaks, with a bar of 100 % per outlet, split by the class of the report verb.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Bars of too few
    articles are pale and hatched and carry no figures; an outlet in which a side does not speak has the words "no
    evidence" in place of a bar.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per side, labelled with it, in per cent across; alternative text in its label.
    """
    caption = caption or Caption()
    head = head_block(
        caption.title or "Report verbs by the side that speaks",
        caption.subtitle or "% of the verbs that introduce its words",
        theme,
    )
    sides = ", ".join(f"“{p.title}”" for p in verbs.panels)
    about = f"the kinds of report verbs of {sides} in {plural(len(verbs.panels[0].bars), 'outlet')}"
    return draw_stacked(verbs, head, theme, caption, about)

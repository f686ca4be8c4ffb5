"""How is harm told, by who suffers it: with a doer, without one, as a noun, as if it happened by itself?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.charts.composition_table import Compositions, Part
from framing.charts.footer import Caption, head_block
from framing.charts.stacked_panels import draw_stacked
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMS", "Compositions", "plot_agency_victims"]

FORMS = (
    Part("active", "active: police killed two", 0),
    Part("passive-agent", "passive with doer: killed by police", 4),
    Part("passive-agentless", "passive without doer: were killed", 1),
    Part("intransitive", "as if by itself: two died", 3),
    Part("nominal", "noun: the killing of two", 2),
)
"""The grammatical forms of harm, those that name who did it first."""


def plot_agency_victims(forms: Compositions, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one bar of 100 % per group of victims, split by the form in which harm to it is told, panel by panel.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). Bars of too few
    articles are pale and hatched and carry no figures; a group to which no harm is told has the words "no evidence" in
    place of a bar.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per panel, labelled with its title, in per cent across; alternative text in its label.

    References
    ----------
    Greene & Resnik (2009), More than Words, NAACL-HLT; Moreno-Medina et al. (2025), Officer-Involved, Quarterly Journal
    of Economics.
    """
    caption = caption or Caption()
    head = head_block(
        caption.title or "How harm is told, by who suffers it",
        caption.subtitle or "% of the words of harm, by grammatical form",
        theme,
    )
    groups, panels = len(forms.panels[0].bars), len(forms.panels)
    about = f"the forms in which harm to {groups} group{'s' if groups > 1 else ''} of victims is told"
    if panels > 1:
        about += f", in {panels} panels"
    return draw_stacked(forms, head, theme, caption, about)

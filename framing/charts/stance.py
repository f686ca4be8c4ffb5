"""How does each outlet's wording lean? A dot and its 95% interval per outlet and referent, on the lexicon's scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from framing.charts.axis import Axis
from framing.charts.footer import Caption, head_block
from framing.charts.interval_panels import IntervalPanel, draw_panels
from framing.charts.interval_rows import Interval
from framing.charts.stance_table import SEVERITY, STANCE, VOICES, Scale, StanceIntervals, StancePanel
from framing.charts.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SEVERITY", "STANCE", "Interval", "Scale", "StanceIntervals", "StancePanel", "plot_stance"]


def plot_stance(stance: StanceIntervals, theme: Theme, caption: Caption | None = None) -> Figure:
    """Draw one panel per referent with a dot and a 95% interval per outlet.

    Takes a finished table; computes no statistic, saves nothing, touches no global state (no pyplot). The axis is
    the lexicon's whole scale, so that a small difference looks small. Outlets with too few articles are hollow and
    grey, those without a mention say "no evidence". Panels side by side share the order of the first.

    Returns
    -------
    matplotlib.figure.Figure
        One axes per referent, labelled with it, in units of the scale; alternative text in its label.
    """
    caption = caption or Caption()
    one = stance.panels[0].label if len(stance.panels) == 1 else ""
    head = head_block(
        caption.title or (f"Wording of “{one}”" if one else "Wording by outlet"),
        caption.subtitle or stance.subtitle,
        theme,
    )
    panels = [IntervalPanel(p.label, "", _axis(p.scale), p.intervals, signed=True) for p in stance.panels]
    missing = "No evidence: no mention in this voice."
    outlets = len(stance.panels[0].intervals)
    referents = ", ".join(f"“{panel.label}”" for panel in stance.panels)
    about = f"the mean stance of the words {outlets} outlets use for {referents} {VOICES[stance.voice]}"
    return draw_panels(panels, head, missing, stance.minimum, theme, caption, about)


def _axis(scale: Scale) -> Axis:
    ticks = tuple((value, _signed(value)) for value in _ticks(scale))
    return Axis(scale.low, scale.high, (ticks,), scale.low_name, scale.high_name)


def _ticks(scale: Scale) -> list[float]:
    """Whole numbers on the scale if there are at most seven, otherwise the ends and zero."""
    whole_numbers = [float(value) for value in range(math.ceil(scale.low), math.floor(scale.high) + 1)]
    if 2 <= len(whole_numbers) <= 7:
        return whole_numbers
    return sorted({scale.low, scale.high} | ({0.0} if scale.low < 0 < scale.high else set()))


def _signed(value: float) -> str:
    if value == 0:
        return "0"
    return f"{'−' if value < 0 else '+'}{abs(value):g}"

"""The charts that are drawn from more than one table or from the stored articles: their table of contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from framing.errors import InputError
from framing.report import draw_comparison, draw_time, draw_words
from framing.report.drawer import Drawer, Options
from framing.report.results import Results
from framing.report.wording import check_choice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWERS: Mapping[str, Drawer] = {**draw_comparison.DRAWERS, **draw_words.DRAWERS, **draw_time.DRAWERS}


def draw_chart(
    results: Results,
    chart: str,
    outlets: Sequence[str],
    options: Options,
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw one of these charts.

    Raises
    ------
    InputError
        There is no such chart, it does not know an option, or there is nothing to draw.
    """
    check_choice("chart", chart, list(DRAWERS))
    drawer = DRAWERS[chart]
    for name, value in options.items():
        if name not in drawer.options:
            known = ", ".join(sorted(drawer.options)) or "none"
            raise InputError(f"the chart {chart!r} takes no {name} ({value!r} was given). It takes: {known}.")
    return drawer.draw(results, outlets, options, theme, width_mm)

"""The charts of an analysis: their table of contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framing.charts import Theme
from framing.errors import InputError
from framing.report.figures import draw_comparison, draw_measure, draw_modules, draw_names, draw_time, draw_words
from framing.report.figures.drawer import Drawer, Drawing, Options
from framing.report.results import Results
from framing.report.wording import check_choice

DRAWERS: Mapping[str, Drawer] = {
    **draw_names.DRAWERS,
    **draw_modules.DRAWERS,
    **draw_measure.DRAWERS,
    **draw_comparison.DRAWERS,
    **draw_words.DRAWERS,
    **draw_time.DRAWERS,
}


def prepare_chart(results: Results, chart: str, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Make one chart ready to be drawn.

    Raises
    ------
    InputError
        There is no such chart, it does not know an option, or there is nothing to draw.
    """
    check_options(chart, options)
    return DRAWERS[chart].prepare(results, outlets, options, look)


def check_options(chart: str, options: Options) -> None:
    """Refuse a chart that there is not, and what it does not know.

    Raises
    ------
    InputError
    """
    check_choice("chart", chart, list(DRAWERS))
    drawer = DRAWERS[chart]
    for name, value in options.items():
        if name not in drawer.options:
            knowing = [kind for kind, other in DRAWERS.items() if name in other.options]
            takes = ", ".join(sorted(drawer.options)) or "nothing but outlets"
            raise InputError(
                f"the chart {chart!r} takes no {name} ({value!r} was given). It takes: {takes}. "
                f"These take one: {', '.join(knowing) or 'none'}."
            )

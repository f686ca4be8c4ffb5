"""Charts of an analysis: how `framing figures` asks for one, and what it gets: a chart that is ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.figure import Figure

    from framing.charts import Caption, Theme
    from framing.report.results import Results

OPTIONS = ("referent", "module", "outlet", "other", "measure", "period", "event", "term", "before", "after", "marks")
"""What a chart can be about, as `framing figures` calls it."""

MOST_OUTLETS = 8  # rows that stay readable in a column of a journal

PAGE_MM = 183.0  # two columns of a journal
PAGE_WIDE = ("module", "profile", "heatmap", "frames")
"""Charts of many rows, which in one column would be higher than a page."""

Options = Mapping[str, str]


class ChartData(Protocol):
    """What a chart shows, finished: it only remains to draw it."""

    def to_table(self) -> pa.Table:
        """Return the numbers of the chart."""
        ...


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its data and its words, ready to be drawn.

    Attributes
    ----------
    data : ChartData
    plot : callable (data, look, caption) -> Figure
    look : Theme
    caption : Caption
    """

    data: ChartData
    plot: Callable[[Any, Theme, Caption | None], Figure]
    look: Theme
    caption: Caption

    def draw(self) -> Figure:
        """Return the figure; every call makes a new one."""
        return self.plot(self.data, self.look, self.caption)


@dataclass(frozen=True, slots=True)
class Drawer:
    """One kind of chart.

    Attributes
    ----------
    question : str
        What it answers.
    options : frozenset of str
        Those of `OPTIONS` that it knows; each has a default where it is not given.
    prepare : callable (results, outlets, options, look) -> Drawing
        Outlets are those to show, in order. Raises InputError where there is nothing to draw, saying what to do.
    plan : callable (results, outlets) -> list of Options
        Which of these charts the gallery holds; none where there is nothing worth drawing.
    """

    question: str
    options: frozenset[str]
    prepare: Callable[[Results, Sequence[str], Options, Theme], Drawing]
    plan: Callable[[Results, Sequence[str]], list[Options]]


def choose_width(chart: str, theme: str, width_mm: float | None) -> float | None:
    """Return the width of a chart: as asked for; otherwise in print that of a page for `PAGE_WIDE`, and None, the
    theme's own, for all others."""
    wide = width_mm is None and chart in PAGE_WIDE and theme.startswith("print")
    return PAGE_MM if wide else width_mm

"""Charts: a finished table becomes a matplotlib figure.

To add one: a file here with a dataclass that takes its rows from a table and a function that draws it, and its line in
`report/figures/drawers.py`. `CHARTS` are those that one table of an analysis is enough for.
Importing this package draws nothing and does not import matplotlib.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from framing.charts.axis import say_number
from framing.charts.coverage import CoverageMatrix, plot_coverage
from framing.charts.files import FORMATS, ending, render, save
from framing.charts.footer import Caption, alt_text
from framing.charts.measure_rows import MeasureGroup, ShownMeasure
from framing.charts.module import ModuleIntervals, plot_module
from framing.charts.profile import OutletProfile, plot_profile
from framing.charts.stance import SEVERITY, STANCE, Scale, StanceIntervals, plot_stance
from framing.charts.theme import PRINT_WIDTHS_MM, THEMES, Theme, darken, get_theme
from framing.charts.variant_shares import VariantShares, plot_variant_shares

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of chart.

    Attributes
    ----------
    question : str
        What it answers.
    table : str
        The table of an analysis it is drawn from.
    take : callable
        (table, what it is about, ...) -> data; see its `from_table`. It is about the referents of a lexicon (its name),
        about a module (a `MeasureGroup`), or about an outlet (its name).
    plot : callable
        (data, theme, caption) -> Figure.
    """

    question: str
    table: str
    take: Callable[..., Any]
    plot: Callable[[Any, Theme, Caption | None], Figure]


CHARTS: dict[str, Chart] = {
    "variant-shares": Chart(
        "Which words does each outlet use for the same referent?",
        "terms",
        VariantShares.from_table,
        plot_variant_shares,
    ),
    "stance": Chart("How does each outlet’s wording lean?", "measures", StanceIntervals.from_table, plot_stance),
    "coverage": Chart("Which outlets mention what at all?", "coverage", CoverageMatrix.from_table, plot_coverage),
    "module": Chart(
        "How do the outlets compare in what one module counts?", "measures", ModuleIntervals.from_table, plot_module
    ),
    "profile": Chart(
        "What is particular about how one outlet words things?", "measures", OutletProfile.from_table, plot_profile
    ),
}

__all__ = [
    "CHARTS",
    "FORMATS",
    "PRINT_WIDTHS_MM",
    "SEVERITY",
    "STANCE",
    "THEMES",
    "Caption",
    "Chart",
    "CoverageMatrix",
    "MeasureGroup",
    "ModuleIntervals",
    "OutletProfile",
    "Scale",
    "ShownMeasure",
    "StanceIntervals",
    "Theme",
    "VariantShares",
    "alt_text",
    "darken",
    "ending",
    "get_theme",
    "plot_coverage",
    "plot_module",
    "plot_profile",
    "plot_stance",
    "plot_variant_shares",
    "render",
    "save",
    "say_number",
]

"""Figures of an analysis: one to look at, or a folder of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from framing.report.figures.drawer import Options
from framing.report.figures.files import FORMATS_BY_DEFAULT, write_figures
from framing.report.figures.request import FigureRequest, plan_requests
from framing.report.results import Results

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from framing.analysis import Analysis


def draw(
    analysis: Analysis | Results,
    chart: str,
    referent: str | None = None,
    *,
    outlets: Sequence[str] | None = None,
    module: str | None = None,
    outlet: str | None = None,
    options: Options | None = None,
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw one chart of an analysis.

    Parameters
    ----------
    analysis : Analysis or Results
    chart : str
        One of `DRAWERS`: "variant-shares", "stance", "coverage", "module", "profile", "heatmap", "trend", ...
    referent : str, optional
        "armed-opposition" or "syria/armed-opposition"; for "stance" and "coverage" several of one lexicon, with commas.
        By default the most telling one for "variant-shares", and for the others the main referents of the lexicon that
        tells most.
    outlets : sequence of str, optional
        By default those with most articles; beside a profile, by default all.
    module : str, optional
        For "module": "loaded", "sourcing", ...; by default the first that has something to draw.
    outlet : str, optional
        For "profile", by default the first of `outlets`; and for comparisons of two.
    options : mapping of str to str, optional
        What else charts can be about: other, measure, term, period, event, before, after, marks.
    theme : str
        One of `framing.charts.THEMES`.
    width_mm : float, optional
        80 to 600.

    Returns
    -------
    matplotlib.figure.Figure
        Its alternative text is `framing.charts.alt_text(figure)`.

    Raises
    ------
    InputError
        No chart, referent, module, outlet or theme of that name, or there is nothing to draw, or something is given
        that the chart is not about.
    """
    results = analysis if isinstance(analysis, Results) else Results(analysis)
    about = gather_options(options, referent, module, outlet)
    chosen = None if outlets is None else tuple(outlets)
    return FigureRequest(chart, about, chosen, theme, width_mm).prepare(results).draw()


def gather_options(
    options: Options | None, referent: str | None, module: str | None, outlet: str | None
) -> dict[str, str]:
    """Return all that a chart is about as one mapping."""
    given = {"referent": referent, "module": module, "outlet": outlet, **(options or {})}
    return {name: value for name, value in given.items() if value is not None}


def write_gallery(
    analysis: Analysis,
    folder: str | Path,
    *,
    chart: str | None = None,
    referent: str | None = None,
    module: str | None = None,
    outlet: str | None = None,
    outlets: Sequence[str] | None = None,
    options: Options | None = None,
    every: bool = False,
    theme: str = "print",
    width_mm: float | None = None,
    formats: Sequence[str] = FORMATS_BY_DEFAULT,
    workers: int = 1,
) -> list[Path]:
    """Write the most telling figures of an analysis, each with its alternative text, its data and its record.

    Parameters
    ----------
    folder : path
        Made where it is missing; files of the same names are replaced.
    chart, referent, module, outlet : str, optional
        Only these. By default the first charts: of the subjects that tell most, of every module, and the profile of
        the first outlet; `chart="profile"` draws those of all outlets shown.
    options : mapping of str to str, optional
        See `draw`.
    every : bool
        Also the other kinds of charts that have something to show.
    formats : sequence of str
        Of `framing.charts.FORMATS`.
    workers : int
        Processes that draw; the bytes are the same.

    Returns
    -------
    list of Path
        The files; of each figure its formats, then text (.txt), data (.csv) and record (.json). A rerun writes the same
        bytes.

    Raises
    ------
    InputError
        As `draw`; or a format is unknown, or the folder cannot be made.
    """
    results = Results(analysis)
    requests = plan_requests(
        results,
        chart=chart,
        options=gather_options(options, referent, module, outlet),
        outlets=outlets,
        every=every,
        theme=theme,
        width_mm=width_mm,
    )
    return write_figures(results, requests, folder, formats, workers)

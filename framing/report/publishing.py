"""Report and figures at once: the report is written while another process draws."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from framing.report.figures.files import draw_aside
from framing.report.figures.request import plan_requests
from framing.report.page.html import write_report
from framing.report.results import Results

if TYPE_CHECKING:
    from framing.analysis import Analysis


def publish(analysis: Analysis, folder: str | Path, pool: Executor | None = None) -> tuple[Path, list[Path]]:
    """Write the report (report.html) of an analysis into a folder, and every figure that can be drawn (figures/).

    Parameters
    ----------
    pool : Executor, optional
        Processes that draw besides this one, see `figures.files.start_drawing`; the bytes are the same without.

    Returns
    -------
    report : Path
    figures : list of Path
        See `figures.write_gallery`.

    Raises
    ------
    InputError, StoreError
        As `write_report` and `write_gallery`.
    """
    target = Path(folder)
    results = Results(analysis)
    finish = draw_aside(results, plan_requests(results, every=True), target / "figures", pool=pool)
    report = write_report(analysis, target / "report.html")
    return report, finish()

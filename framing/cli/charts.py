"""`framing report` and `framing figures`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

CHARTS = (
    *("variant-shares", "stance", "coverage", "module", "profile"),
    *("heatmap", "contrast", "voices", "headlines", "map", "frames"),
    *("keyness", "keyness-scatter", "word-shift", "sources", "report-verbs", "agency-victims"),
    *("trend", "casualties", "dispersion", "slope"),
)
ABOUT = {
    "other": "The second outlet.",
    "measure": "A measure, e.g. loaded.rate.own.",
    "term": "A name, as in framing terms.",
    "period": "week, month or year.",
    "event": "An event.",
    "before": "A period, e.g. 2016-01..2016-06.",
    "after": "A later one.",
    "marks": "CSV of dates and labels.",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write.  [default: FOLDER/report.html]")
@click.option("--outlets", help="Outlets to show, separated by commas; by default the largest.")
def report(folder: Path, output: Path | None, outlets: str | None) -> None:
    """Write the report of an analysis: one HTML file that needs nothing else."""
    from framing.analysis import open_analysis

    analysis = open_analysis(folder)
    written = analysis.report(output or folder / "report.html", outlets=split_names(outlets))
    click.echo(written)


def about_options(command: F) -> F:
    """Add what a chart can be about."""
    for name, text in reversed(ABOUT.items()):
        command = click.option(f"--{name}", help=text)(command)
    return command


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for the figures.  [default: FOLDER/figures]"
)
@click.option("--chart", type=click.Choice(CHARTS), help="Only this chart.")
@click.option("--referent", help="Only this referent, e.g. syria/armed-opposition.")
@click.option("--module", help="Only the chart of this module, e.g. loaded.")
@click.option("--outlet", help="Whose profile; the first outlet of a comparison.")
@about_options
@click.option("--all", "every", is_flag=True, help="Every kind of chart that has something to show.")
@click.option("--outlets", help="Outlets to show, separated by commas; by default the largest.")
@click.option("--theme", default="print", show_default=True, help="print or web.")
@click.option("--width", type=float, help="Width in mm, 80 to 600, e.g. 89 or 183.")
@click.option("--format", "formats", type=click.Choice(["png", "svg"]), multiple=True, help="Both by default.")
def figures(
    folder: Path,
    output: Path | None,
    chart: str | None,
    referent: str | None,
    module: str | None,
    outlet: str | None,
    every: bool,
    outlets: str | None,
    theme: str,
    width: float | None,
    formats: tuple[str, ...],
    **options: str | None,
) -> None:
    """Draw the figures of an analysis, each with its alternative text beside it.

    Without --chart: names, leanings, coverage, every module and a profile; --all draws the others too.
    """
    from framing.analysis import open_analysis
    from framing.report.figures import write_gallery

    written = write_gallery(
        open_analysis(folder),
        output or folder / "figures",
        chart=chart,
        referent=referent,
        module=module,
        outlet=outlet,
        outlets=split_names(outlets),
        options={name: value for name, value in options.items() if value is not None},
        every=every,
        theme=theme,
        width_mm=width,
        formats=formats or ("png", "svg"),
    )
    for path in written:
        click.echo(path)


def split_names(names: str | None) -> list[str] | None:
    """Return the names of a list with commas; a name that holds a comma is quoted as in CSV."""
    import csv

    if names is None:
        return None
    return [n.strip() for n in next(csv.reader([names], skipinitialspace=True), []) if n.strip()]

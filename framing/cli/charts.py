"""`framing report` and `framing figures`."""

from __future__ import annotations

from pathlib import Path

import click

CHARTS = ("variant-shares", "stance", "coverage", "module", "profile")


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


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for the figures.  [default: FOLDER/figures]"
)
@click.option("--chart", type=click.Choice(CHARTS), help="Only this chart.")
@click.option("--referent", help="Only this referent, e.g. syria/armed-opposition.")
@click.option("--module", help="Only the chart of this module, e.g. loaded.")
@click.option("--outlet", help="Only the profile of this outlet.")
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
    outlets: str | None,
    theme: str,
    width: float | None,
    formats: tuple[str, ...],
) -> None:
    """Draw the figures of an analysis, each with its alternative text beside it."""
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

"""`framing report` and `framing figures`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

CHARTS = (
    *("variant-shares", "stance", "coverage", "module", "profile", "measure"),
    *("heatmap", "contrast", "voices", "headlines", "map", "frames"),
    *("keyness", "keyness-scatter", "word-shift", "sources", "report-verbs", "agency-victims"),
    *("trend", "slope", "casualties", "dispersion"),
)
ABOUT = {
    "referent": "A referent, e.g. syria/armed-opposition; for stance and coverage several, with commas.",
    "module": "A module, e.g. loaded.",
    "outlet": "Whose profile; the first outlet of a comparison.",
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
@click.option(
    "--format",
    "format_",
    type=click.Choice(["html", "md", "docx"]),
    help="html to read, md or docx to edit.  [default: as the output ends, or html]",
)
@click.option("--lang", default="en", show_default=True, help="Language, or a compiled catalogue (.mo) of your own.")
@click.option("--outlets", help="Outlets to show, separated by commas; by default the largest.")
def report(folder: Path, output: Path | None, format_: str | None, lang: str, outlets: str | None) -> None:
    """Write the report of an analysis: one HTML file that needs nothing else, or a text to edit."""
    from framing.analysis import open_analysis

    path = output or folder / f"report.{format_ or 'html'}"
    if format_ is not None and path.suffix.lower() != f".{format_}":
        raise click.UsageError(f"{path} does not end in .{format_}: leave out --format, or change the name.")
    click.echo(open_analysis(folder).report(path, outlets=split_names(outlets), lang=lang))


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
@about_options
@click.option("--all", "every", is_flag=True, help="Every kind of chart that has something to show.")
@click.option("--list", "listing", is_flag=True, help="Write index.html: every figure, its caption, citation, command.")
@click.option("--from", "record", type=click.Path(path_type=Path), help="Draw the figure of this record (.json) again.")
@click.option("--outlets", help="Outlets to show, separated by commas; by default the largest.")
@click.option("--title", help="Title in place of the one that states the finding; for a single figure.")
@click.option("--theme", help="print, web or slides; each also dark: web-dark.  [default: print]")
@click.option(
    "--width",
    type=float,
    help="Width in mm, 80 to 600, e.g. 89, 120 or 183.  [default: 89 in print, 183 for charts of many rows]",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["png", "svg", "svg-text", "pdf"]),
    multiple=True,
    help="Repeatable; svg-text keeps text as text.  [default: png and svg]",
)
@click.option("-j", "--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that draw.")
def figures(
    folder: Path,
    output: Path | None,
    chart: str | None,
    every: bool,
    listing: bool,
    record: Path | None,
    outlets: str | None,
    title: str | None,
    theme: str | None,
    width: float | None,
    formats: tuple[str, ...],
    workers: int,
    **about: str | None,
) -> None:
    """Draw the figures of an analysis, each with its alternative text, its data and a record beside it.

    Without --chart: names, leanings, coverage, every module and a profile; --all draws the others too.
    """
    from framing.analysis import open_analysis
    from framing.report.figures.files import FORMATS_BY_DEFAULT, write_figures
    from framing.report.figures.request import plan_requests
    from framing.report.results import Results

    results = Results(open_analysis(folder))
    target = output or folder / "figures"
    options = {name: value for name, value in about.items() if value is not None}
    if record is not None:
        requests = [_read_again(results, record, theme, width, chart, outlets, options)]
    else:
        requests = plan_requests(
            results,
            chart=chart,
            options=options,
            outlets=split_names(outlets),
            every=every or listing,
            theme=theme or "print",
            width_mm=width,
        )
    if title is not None:
        requests = [_entitle(requests, title)]
    if listing:
        _list_figures(results, requests, target, folder)
        return
    for path in write_figures(results, requests, target, formats or FORMATS_BY_DEFAULT, workers):
        click.echo(path)


def _read_again(
    results: Any,
    record: Path,
    theme: str | None,
    width: float | None,
    chart: str | None,
    outlets: str | None,
    options: dict[str, str],
) -> Any:
    """Return the request of a record, in another theme or width where one is asked for."""
    from dataclasses import replace

    from framing.report.figures.record import explain_change, read_record, read_request

    if chart or outlets or options:
        raise click.UsageError("--from draws what its record says: leave out --chart, --outlets and what it is about.")
    request = read_request(record)
    changed = explain_change(read_record(record), results)
    if changed:
        click.echo(f"warning  {changed}", err=True)
    if theme is not None:
        request = replace(request, theme=theme, width_mm=width)
    return request if width is None else replace(request, width_mm=width)


def _entitle(requests: Any, title: str) -> Any:
    """Return the one request that there must be, under another title."""
    from dataclasses import replace

    if len(requests) != 1:
        raise click.UsageError(f"--title is for one figure; this would draw {len(requests)}. Choose one with --chart.")
    return replace(requests[0], title=title)


def _list_figures(results: Any, requests: Any, target: Path, folder: Path) -> None:
    """Write the contact sheet, and print what is on it."""
    from framing.cli.options import printable_text
    from framing.report.figures.contact_sheet import NAME, write_contact_sheet
    from framing.report.figures.files import make_folder

    found = write_contact_sheet(results, requests, make_folder(target) / NAME, str(folder))
    for thumbnail in found:
        # Quoted for a shell, where a name may go over lines.
        command = "\n".join(map(printable_text, thumbnail.command.split("\n")))
        click.echo(f"{thumbnail.chart:16} {printable_text(thumbnail.title)}\n{'':16} {command}")
    click.echo(target / NAME)


def split_names(names: str | None) -> list[str] | None:
    """Return the names of a list with commas; a name that holds a comma is quoted as in CSV."""
    import csv

    if names is None:
        return None
    try:
        found = [n.strip() for n in next(csv.reader([names], skipinitialspace=True), []) if n.strip()]
    except csv.Error as reason:
        raise click.UsageError(f"{names[:60]!r} is no list of names ({reason}): quote a name as in CSV.") from reason
    if not found:
        raise click.UsageError(f"{names[:60]!r} names no outlet. Leave --outlets out for the largest.")
    return found

"""`framing demo` and `framing analyse`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import open_articles, printable, printable_text, progress, reading_options, statistics_options

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.ingest import Articles
    from framing.ingest.events import ArticlesInEvents


WORKERS = 2  # processes that draw: most machines have two cores to spare


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="Folder."
)
def demo(output: Path) -> None:
    """Analyse the invented articles that come with the program, with report and figures.

    An earlier demo in the same folder is replaced.
    """
    from framing.analysis import analyse as run_analysis
    from framing.analysis import remove_analysis
    from framing.corpus import SOURCE, read_corpus
    from framing.report.figures.files import start_drawing
    from framing.report.publishing import publish

    remove_analysis(output)
    with start_drawing(WORKERS) as pool:
        analysis = run_analysis(read_corpus(), output=output, source=SOURCE, command=["framing", "demo"])
        print_summary(analysis)
        report, figures = publish(analysis, output, pool)
    click.echo(f"report   {report}")
    click.echo(f"figures  {output / 'figures'} ({len(figures)} files)")
    click.echo(f"tables   {output}")
    click.echo("Outlets and texts of the demo are invented. Next: framing analyse YOUR-ARTICLES -o FOLDER")


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="New folder for the analysis.")
@reading_options
@click.option(
    "-m",
    "--module",
    "modules",
    multiple=True,
    metavar="NAME",
    help="Run only these modules (naming, loaded, sourcing, ...). Repeatable; by default all.",
)
@statistics_options
@click.option(
    "--events",
    metavar="FILE|find",
    help="Table of events, as framing events writes; or find: finds them, unseen.",
)
@click.option(
    "--contrasts/--no-contrasts", default=True, show_default=True, help="Compare outlets, and look for shared text."
)
@click.option("--source", default="", help="Where the articles come from, for the footers of the figures.")
@click.option("--report/--no-report", default=False, help="Write the report and the figures too.")
def analyse(inputs: tuple[str, ...], output: Path, source: str, report: bool, **options: Any) -> None:
    """Analyse articles and write the tables to a folder.

    INPUTS are folders of .txt files with a metadata table, CSV, TSV, JSON or JSONL files (also .gz), single .txt
    files, or - for standard input. Each article needs an outlet and a text.
    """
    from framing.analysis import analyse as run_analysis

    articles = with_events(open_articles(inputs, options), options["events"])
    with progress(options["quiet"]) as advance:
        analysis = run_analysis(
            articles,
            list(options["lexicons"]) or None,
            output,
            modules=list(options["modules"]) or None,
            workers=options["workers"],
            min_articles=options["min_articles"],
            resamples=options["resamples"],
            seed=options["seed"],
            contrasts=options["contrasts"],
            source=source,
            command=_command(),
            progress=advance,
        )
    if not options["quiet"]:
        print_summary(analysis)
    if report:
        from framing.report.figures.files import start_drawing
        from framing.report.publishing import publish

        with start_drawing(WORKERS) as pool:
            written, figures = publish(analysis, output, pool)
        click.echo(f"report   {written}\nfigures  {output / 'figures'} ({len(figures)} files)")
    elif not options["quiet"]:
        click.echo(f"Next: framing report {output}")


def with_events(articles: Articles, choice: str | None) -> Articles | ArticlesInEvents:
    """Give articles the events of a table, or those that are found among them."""
    if choice is None:
        return articles
    from framing.ingest.events import assign_events, find_events, read_events

    return assign_events(articles, find_events(articles).assignment if choice == "find" else read_events(choice))


def _command() -> list[str]:
    """Return what was typed, without the output folder: two equal runs into two folders have equal manifests."""
    typed, skip = [], False
    for argument in sys.argv[1:]:
        if skip:
            skip = False
        elif argument in ("-o", "--output", "-j", "--workers"):
            skip = True
        elif not argument.startswith(("--output=", "--workers=")):
            typed.append(argument)
    return ["framing", *typed]


def print_summary(analysis: Analysis) -> None:
    """Print what was read, what was skipped, and what was found."""
    from rich.console import Console
    from rich.table import Table

    manifest = analysis.manifest
    summary = analysis.summary()
    console = Console(emoji=False)
    table = Table(box=None, pad_edge=False)
    table.add_column("outlet")
    for name in ("articles", "words", "quoted", "attributed"):
        table.add_column(name, justify="right")
    rows = list(summary)
    for row in rows[:12]:
        table.add_row(
            printable(row["outlet"]),
            f"{row['articles']:,}",
            f"{row['words']:,}",
            f"{row['quoted']:.0%}",
            f"{row['attributed']:.0%}",
        )
    console.print(table)
    if len(rows) > 12:
        console.print(f"... and {len(rows) - 12} more outlets")
    lexicons = len(manifest["lexicons"]) + len(manifest.get("module_lexicons", {}))
    skipped, removed = manifest.get("skipped", []), sum(manifest.get("removed", {}).values())
    console.print(
        f"{analysis.article_count:,} articles of {len(rows)} outlets; {len(skipped)} skipped; "
        f"{removed:,} lines of boilerplate removed; {lexicons} lexicons",
        highlight=False,
    )
    for where, reason in skipped[:3]:
        click.echo(f"skipped  {printable_text(where)}: {printable_text(reason)}", err=True)
    for warning in manifest.get("warnings", [])[:5]:
        click.echo(f"warning  {printable_text(warning)}", err=True)

"""Options that several commands share, and what they make of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from framing.errors import InputError

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.ingest import Articles

F = TypeVar("F", bound=Callable[..., Any])


def reading_options(command: F) -> F:
    """Add the options that say how articles are read."""
    for option in reversed(
        [
            click.option(
                "--map",
                "mapping",
                multiple=True,
                metavar="FIELD=COLUMN",
                help="Column that holds a field, e.g. --map text=body --map outlet=source. Repeatable.",
            ),
            click.option(
                "--metadata", type=click.Path(path_type=Path), help="Table that describes a folder's .txt files."
            ),
            click.option("--outlet", help="Outlet of articles that name none."),
            click.option("--encoding", help="Encoding of all files; found out otherwise."),
            click.option(
                "--format",
                "format_",
                type=click.Choice(["csv", "tsv", "jsonl", "json", "txt"]),
                help="Format, where the name does not tell (standard input: -).",
            ),
            click.option("--no-clean", is_flag=True, help="Keep every text exactly as given."),
            click.option(
                "-l",
                "--lexicon",
                "lexicons",
                multiple=True,
                metavar="NAME|FOLDER",
                help="Use these lexicons in place of those that come with the program, in their module. Repeatable.",
            ),
        ]
    ):
        command = option(command)
    return command


def statistics_options(command: F) -> F:
    """Add the options of the bootstrap and the engine."""
    for option in reversed(
        [
            click.option("-j", "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes."),
            click.option(
                "--min-articles",
                type=click.IntRange(1),
                default=10,
                show_default=True,
                help="Fewer articles behind a number: insufficient evidence.",
            ),
            click.option(
                "--resamples", type=click.IntRange(100), default=2000, show_default=True, help="Of the bootstrap."
            ),
            click.option("--seed", type=int, default=2017, show_default=True, help="Of the bootstrap."),
            click.option("-q", "--quiet", is_flag=True, help="No progress and no summary."),
        ]
    ):
        command = option(command)
    return command


def open_articles(inputs: tuple[str, ...], options: dict[str, Any]) -> Articles:
    """Open the articles that the reading options describe."""
    from framing.ingest import read_articles

    mapping: dict[str, str] = {}
    for pair in options["mapping"]:
        field, separator, column = pair.partition("=")
        if not separator or not field or not column:
            raise InputError(f"--map {pair!r}: write FIELD=COLUMN, e.g. --map text=body.")
        mapping[field] = column
    return read_articles(
        *inputs,
        map=mapping or None,
        clean=not options["no_clean"],
        outlet=options["outlet"],
        metadata=options["metadata"],
        encoding=options["encoding"],
        format=options["format_"],
    )


def is_analysis(path: str) -> bool:
    """Whether a path is a finished analysis folder."""
    return (Path(path) / "run.json").is_file()


@contextmanager
def opened(inputs: tuple[str, ...], options: dict[str, Any]) -> Iterator[Analysis]:
    """Open one analysis folder, or analyse articles into a temporary one."""
    from framing.analysis import analyse, open_analysis

    if len(inputs) == 1 and is_analysis(inputs[0]):
        yield open_analysis(inputs[0])
        return
    articles = open_articles(inputs, options)
    analysis = analyse(articles, list(options["lexicons"]) or None, modules=["naming", "coverage"])
    try:
        yield analysis
    finally:
        analysis.close()


@contextmanager
def progress(quiet: bool, what: str = "articles") -> Iterator[Callable[[int], None] | None]:
    """Show how many articles are done, on standard error and only to a person."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn(f"{{task.completed:,}} {what}"), BarColumn(), TimeElapsedColumn())
    # No total: how many articles there are is known only when all are read.
    with Progress(*columns, console=Console(stderr=True, emoji=False), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done: bar.advance(task, done)


def printable(text: str) -> str:
    """Return text that a terminal shows as it is: no markup, no control characters."""
    from rich.markup import escape

    return escape(printable_text(text))


def printable_text(text: str) -> str:
    """Return text without control characters, for output without markup."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)

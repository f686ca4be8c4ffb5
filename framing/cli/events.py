"""`framing events`: articles of several outlets on one happening, found and shown for review."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import is_analysis, open_articles, printable, progress, reading_options
from framing.errors import InputError

if TYPE_CHECKING:
    from framing.ingest.events import Events

SHOWN_TITLES = 8


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="DIR|INPUT...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="CSV file to write, for review by hand.")
@click.option("--window", type=click.IntRange(0), default=3, show_default=True, help="Days that an event may span.")
@click.option("--any-date", is_flag=True, help="Leave dates aside (some thousands of articles at most).")
@click.option(
    "--threshold",
    type=click.FloatRange(0.05, 1, min_open=True),
    default=0.2,
    show_default=True,
    help="Similarity at which articles become one event: a lower one joins more.",
)
@click.option(
    "--min-outlets", type=click.IntRange(1), default=2, show_default=True, help="Outlets that an event needs."
)
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Events to print.")
@click.option("--json", "as_json", is_flag=True, help="For machines: all events.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no list of events.")
@reading_options
def events(
    inputs: tuple[str, ...],
    output: Path | None,
    window: int,
    any_date: bool,
    threshold: float,
    min_outlets: int,
    limit: int,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Find events: articles on one happening, close in time, from several outlets.

    Look through them, and correct the file that -o writes: an article's event is the cell in the first column, empty
    for an article that stands alone. Similarity is that to the other articles of the event: check the low ones.
    """
    from framing.ingest.events import find_events

    if output is not None and output.exists():
        raise InputError(f"{output}: exists already, perhaps corrected by hand. Give another name, or remove it first.")
    with progress(quiet or as_json) as advance:
        found = find_events(
            _open(inputs, options),
            window_days=None if any_date else window,
            threshold=threshold,
            min_outlets=min_outlets,
            progress=advance,
        )
    if not found.articles.num_rows:
        raise InputError("no article could be read. Check the input, and --map for the names of its columns.")
    if output is not None:
        from framing.store import encode_csv, write_bytes

        write_bytes(output, encode_csv(found.articles))
    if as_json:
        click.echo(json.dumps(_record(found), ensure_ascii=False))
        return
    if not quiet:
        _print_events(found, limit, any_date)
    if output is not None:
        click.echo(f"events   {output}")


def _open(inputs: tuple[str, ...], options: dict[str, Any]) -> Any:
    """Open the articles of a finished analysis, or those that the reading options describe."""
    if len(inputs) == 1 and is_analysis(inputs[0]):
        from framing.analysis import open_analysis

        return open_analysis(inputs[0]).articles()
    return open_articles(inputs, options)


def _by_event(found: Events) -> dict[str, list[dict[str, Any]]]:
    articles: dict[str, list[dict[str, Any]]] = {}
    for row in found.articles.to_pylist():
        articles.setdefault(row["event"], []).append(row)
    return articles


def _record(found: Events) -> dict[str, Any]:
    articles = _by_event(found)
    kept = ("article_id", "outlet", "date", "title", "similarity")
    return {
        "events": [
            {**event, "articles": [{name: row[name] for name in kept} for row in articles[event["event"]]]}
            for event in found.events.to_pylist()
        ],
        "alone": [row["article_id"] for row in articles.get("", [])],
        "undated": found.undated,
    }


def _print_events(found: Events, limit: int, any_date: bool) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    articles = _by_event(found)
    listed = found.events.to_pylist()
    for event in listed[:limit]:
        rows = articles[event["event"]]
        days = event["first"] if event["first"] == event["last"] else f"{event['first']} to {event['last']}"
        console.print(
            f"\n[bold]{printable(event['label'] or event['event'])}[/bold]  {days or 'undated'}, "
            f"{_count(event['n_articles'], 'article')} of {_count(event['n_outlets'], 'outlet')}"
        )
        width = max(1, min(20, max(len(row["outlet"]) for row in rows)))
        for row in rows[:SHOWN_TITLES]:
            similarity = "    " if math.isnan(row["similarity"]) else f"{row['similarity']:.2f}"
            console.print(
                f"  {row['date'] or 'undated':10}  {printable(row['outlet'][:width]):{width}}  [dim]{similarity}[/dim]"
                f"  {printable(' '.join(row['title'].split())) or '[dim]no headline[/dim]'}",
                overflow="ellipsis",
                no_wrap=True,
            )
        if len(rows) > SHOWN_TITLES:
            console.print(f"  [dim]and {_count(len(rows) - SHOWN_TITLES, 'more article')}[/dim]")
    more = len(listed) - limit
    if more > 0:
        console.print(f"\n{_count(more, 'more event')}; show {'it' if more == 1 else 'them'} with --limit.")
    grouped = found.articles.num_rows - found.alone
    console.print(
        f"\n{_count(len(listed), 'event')} with {_count(grouped, 'article')}; {_count(found.alone, 'article')} "
        f"stand{'s' if found.alone == 1 else ''} alone."
    )
    if found.undated and not any_date:
        console.print(
            f"{_count(found.undated, 'article')} without a date: one joins an event only where it is very like it."
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

"""`framing terms`, `framing kwic` and `framing table`: looking at an analysis in the terminal."""

from __future__ import annotations

import math
import shutil
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.charts import split_names
from framing.cli.options import is_analysis, open_articles, opened, printable, reading_options
from framing.errors import InputError

if TYPE_CHECKING:
    from framing.analysis import Analysis

SHOWN_OUTLETS = 8
SHOWN_TERMS = 6
VOICES = ("own", "quoted", "attributed", "scare")


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="DIR|INPUT...")
@click.option("-r", "--referent", help="Whose names, e.g. syria/armed-opposition. Without it: the referents there are.")
@click.option("--voice", type=click.Choice(VOICES), default="own", show_default=True, help="Whose words.")
@click.option("--outlets", help="Outlets to show, separated by commas; by default the largest.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@reading_options
def terms(
    inputs: tuple[str, ...], referent: str | None, voice: str, outlets: str | None, as_json: bool, **options: Any
) -> None:
    """Compare the words that outlets use for one referent, with bars and intervals."""
    from framing.store import format_json

    with opened(inputs, options) as analysis:
        if referent is None:
            _print_referents(analysis, as_json)
            return
        table = analysis.terms(referent, voice, split_names(outlets))
        if as_json:
            click.echo(format_json(table.arrow))
            return
        lexicon, key = analysis.find_referent(referent)
        click.echo(
            f"{analysis.label(lexicon, key)} ({lexicon}/{key}), {voice} voice: "
            "share of each name, 95% interval, mentions"
        )
        _print_shares(analysis, list(table), split_names(outlets))


def _print_referents(analysis: Analysis, as_json: bool) -> None:
    import json

    totals: dict[tuple[str, str], int] = defaultdict(int)
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in analysis.table("terms"):
        totals[row["lexicon"], row["referent"]] += row["count"]
        names[row["lexicon"], row["referent"]].add(row["term"])
    ranked = sorted(totals, key=lambda r: (-totals[r], r))
    if as_json:
        rows = [
            {"referent": "/".join(r), "label": analysis.label(*r), "mentions": totals[r], "names": len(names[r])}
            for r in ranked
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    click.echo("mentions  names  referent (choose one with --referent)")
    for referent in ranked:
        click.echo(
            f"{totals[referent]:8,}  {len(names[referent]):5}  {'/'.join(referent)}  {analysis.label(*referent)}"
        )


def _print_shares(analysis: Analysis, rows: list[dict[str, Any]], chosen: list[str] | None) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    by_outlet: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["count"]:
            by_outlet[row["outlet"]].append(row)
    order = [o for o in (chosen or analysis.outlets) if o in by_outlet]
    silent = [o for o in (chosen or analysis.outlets) if o not in by_outlet]
    shown = order if chosen else order[:SHOWN_OUTLETS]
    width = max(10, min(40, shutil.get_terminal_size().columns - 62))
    for outlet in shown:
        used = sorted(by_outlet[outlet], key=lambda r: (-r["count"], r["label"]))
        total = sum(r["count"] for r in used)
        articles = used[0]["n_articles"]
        note = "" if used[0]["status"] == "ok" else "  insufficient evidence"
        said = f"{_count(total, 'mention')} in {_count(articles, 'article')}"
        console.print(f"\n[bold]{printable(outlet)}[/bold]  {said}[dim]{note}[/dim]")
        for row in used[:SHOWN_TERMS]:
            bar = "█" * round(row["share"] * width)
            undefined = math.isnan(row["low"]) or row["status"] != "ok"
            interval = "" if undefined else f"[{row['low']:.0%}–{row['high']:.0%}]".replace("[", "\\[")
            style = "cyan" if row["status"] == "ok" else "bright_black"
            console.print(
                f"  {printable(row['label'])[:26]:26} [{style}]{bar:{width}}[/{style}] {row['share']:>4.0%} "
                f"{interval:>12} {row['count']:>5}"
            )
        if len(used) > SHOWN_TERMS:
            rest = sum(r["count"] for r in used[SHOWN_TERMS:])
            console.print(
                f"  {_count(len(used) - SHOWN_TERMS, 'other name'):26} {'':{width}} {rest / total:>4.0%} "
                f"{'':>12} {rest:>5}"
            )
    if len(order) > len(shown):
        console.print(f"\n{len(order) - len(shown)} more outlets name it; choose with --outlets.")
    if silent:
        more = f" and {len(silent) - 6} more" if len(silent) > 6 else ""
        console.print(f"\nNo mention in this voice: {', '.join(printable(o) for o in silent[:6])}{more}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="DIR|INPUT... TERM")
@click.option("--of", "only", help="Only this outlet.")
@click.option("--voice", type=click.Choice(VOICES), help="Only this voice.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@reading_options
def kwic(
    inputs: tuple[str, ...], only: str | None, voice: str | None, limit: int, as_json: bool, **options: Any
) -> None:
    """Show every use of a word or pattern in context, with its voice.

    TERM comes last: words, (s) for optional letters, (a|b) for alternatives, * for any ending, =Word for exact case.
    """
    from framing.analysis import open_analysis
    from framing.kwic import find_in_context
    from framing.store import format_json

    if len(inputs) < 2:
        raise click.UsageError(
            "Give an analysis folder or articles, and then the term: framing kwic demo 'militant(s)'"
        )
    *sources, term = inputs
    if len(sources) == 1 and is_analysis(sources[0]):
        articles: Any = open_analysis(sources[0]).articles()
    else:
        articles = open_articles(tuple(sources), options)
    found = find_in_context(articles, term, outlet=only, voice=voice, limit=limit)
    if as_json:
        click.echo(format_json(found))
        return
    _print_in_context(found.to_pylist())
    if not len(found):
        click.echo("no use found", err=True)
    elif len(found) == limit:
        click.echo(f"the first {limit}; more with --limit", err=True)


def _print_in_context(rows: list[dict[str, Any]], weights: bool = False) -> None:
    """Print mentions with what stands on both sides of them, and perhaps with their weights."""
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    side = max(20, min(80, (shutil.get_terminal_size().columns - 40) // 2))
    for row in rows:
        left = printable(row["left"][-side:])
        weight = f"{row['weight']:+5.2f} " if weights else ""
        console.print(
            f"{printable(row['outlet'])[:16]:16} {row['voice']:10} {weight}{left:>{side}} "
            f"[bold]{printable(row['mention'])}[/bold] {printable(row['right'][:side])}",
            soft_wrap=True,
        )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("measure")
@click.option("--of", "only", help="Only this outlet.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows.")
@click.option("--json", "as_json", is_flag=True, help="For machines: all rows.")
def evidence(folder: Path, measure: str, only: str | None, limit: int, as_json: bool) -> None:
    """Show the mentions behind a measure, in context: what its number counts, with the weight of each.

    MEASURE is a name as in `framing table FOLDER measures`, e.g. loaded.rate.own or sourcing.words.official.
    """
    from framing.analysis import open_analysis
    from framing.store import format_json

    found = open_analysis(folder).evidence(measure, only).arrow
    if as_json:
        click.echo(format_json(found))
        return
    rows = found.to_pylist()
    _print_in_context(rows[:limit], weights=True)
    if not rows:
        click.echo("no mention stands behind it", err=True)
    elif len(rows) > limit:
        click.echo(f"{limit} of {len(rows):,}; more with --limit", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("name")
@click.option("--format", "format_", type=click.Choice(["csv", "json", "parquet"]), default="csv", show_default=True)
def table(folder: Path, name: str, format_: str) -> None:
    """Print a table of an analysis: articles, mentions, voices, counts, measures, terms, coverage, harms, casualties,
    speakers or sources."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from framing.analysis import open_analysis
    from framing.store import FORMATS

    found = open_analysis(folder).table(name).arrow
    if format_ == "parquet":
        if sys.stdout.isatty():
            raise InputError(
                "Parquet is no text for a terminal. Redirect it: framing table DIR NAME --format parquet > FILE"
            )
        sink = pa.BufferOutputStream()
        pq.write_table(found, sink)
        sys.stdout.buffer.write(sink.getvalue())
        return
    click.echo(FORMATS[format_](found), nl=format_ == "json")

"""`framing score`: texts in, measures out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from typing import Any

import click

FORMATS = ("lines", "csv", "tsv", "jsonl", "json")


@click.command()
@click.argument("inputs", nargs=-1, metavar="INPUT|-...")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Format, where the name does not tell.")
@click.option("--column", default="text", show_default=True, help="Column or field that holds the text.")
@click.option("--id", "id_column", help='Column or field that holds the id; "id", else the number of the line.')
@click.option("--encoding", help="Encoding; found out otherwise (standard input: UTF-8).")
@click.option("-l", "--lexicon", "lexicons", multiple=True, metavar="NAME|FOLDER", help="See framing analyse.")
@click.option("-m", "--module", "modules", multiple=True, metavar="NAME", help="Only these modules. Repeatable.")
@click.option("--explain", is_flag=True, help="Give the words behind each value (JSON lines only).")
@click.option(
    "--csv",
    "as_csv",
    is_flag=True,
    help="Write CSV instead of JSON lines, without the measures of naming; undefined values stay empty.",
)
@click.option("--list", "listing", is_flag=True, help="List the measures with their labels and units, and stop.")
def score(inputs: tuple[str, ...], explain: bool, as_csv: bool, listing: bool, **options: Any) -> None:
    """Score texts one by one: every measure of each text, as JSON lines, while they are still coming in.

    INPUTS are files of lines (.txt), CSV or TSV with a text column, JSON or JSON lines, also .gz, or - for standard
    input. A measure that is undefined for a text is left out. Texts are whole units here: nothing is cleaned away.
    """
    if explain and as_csv:
        raise click.UsageError("--explain needs JSON lines; leave out --csv.")
    if not inputs and not listing:
        raise click.UsageError("give a file of texts, or - for standard input.")
    from framing.analysis import choose_lexicons
    from framing.score import TextScorer
    from framing.scorers import choose_modules

    modules = choose_modules(options["modules"] or None)
    scorer = TextScorer(choose_lexicons(list(options["lexicons"]) or None, modules), modules, explain)
    if listing:
        for m in scorer.measures:
            click.echo(f"{m.name}\t{m.label}\t{m.unit}\t{m.direction}")
        return
    results = scorer(_read(inputs, options))
    write = _write_csv if as_csv else _write_json
    write(results, [m.name for m in scorer.measures])


def _read(inputs: tuple[str, ...], options: dict[str, Any]) -> Iterator[Any]:
    from framing.ingest.texts import read_texts

    for source in inputs:
        yield from read_texts(source, options["format_"], options["column"], options["id_column"], options["encoding"])


def _write_json(results: Iterator[Any], _: list[str]) -> None:
    for scores in results:
        row: dict[str, Any] = {"id": scores.id, "measures": scores.values}
        if scores.terms:
            row["explain"] = scores.terms
        if scores.note:
            row["note"] = scores.note
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _write_csv(results: Iterator[Any], names: list[str]) -> None:
    from framing.store import guard

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", *names, "note"])
    for scores in results:
        values = [repr(scores.values[n]) if n in scores.values else "" for n in names]
        writer.writerow([guard(scores.id), *values, guard(scores.note)])
        sys.stdout.flush()

"""`framing check`: where articles depart from the public style guides of news organisations."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import is_analysis, open_articles, printable, printable_text, reading_options
from framing.errors import InputError

if TYPE_CHECKING:
    from framing.guides import Guide, Uses

SHOWN_OUTLETS = 5


@click.command()
@click.argument("inputs", nargs=-1, metavar="DIR|INPUT...")
@click.option(
    "--guide", "guides", multiple=True, metavar="NAME|FOLDER", help="Guide to compare with. Repeatable; see --list."
)
@click.option("--of", "only", help="Only this outlet.")
@click.option("--rule", help="Only this rule of the guide.")
@click.option("-n", "--limit", type=click.IntRange(0), default=50, show_default=True, help="Uses shown, of each guide.")
@click.option("--json", "as_json", is_flag=True, help="For machines: all departures, and the rates.")
@click.option("--csv", "as_csv", is_flag=True, help="All departures as CSV.")
@click.option("--list", "listing", is_flag=True, help="List the guides that come with the program and their rules.")
@click.option("--test", "testing", is_flag=True, help="Run the guides' own examples.")
@reading_options
def check(
    inputs: tuple[str, ...],
    guides: tuple[str, ...],
    only: str | None,
    rule: str | None,
    limit: int,
    as_json: bool,
    as_csv: bool,
    listing: bool,
    testing: bool,
    **options: Any,
) -> int:
    """Show each use of a word that departs from a news organisation's public style guide, in context.

    Only what an outlet says itself counts, not what it quotes or attributes. An outlet that follows another guide, or
    none, breaks no rule of its own: it departs from this one.
    """
    from framing.guides import list_guides, read_guide

    if listing or testing:
        chosen = [read_guide(g) for g in guides or list_guides()]
        if listing:
            _print_guides(chosen, as_json)
            return 0
        return _run_tests(chosen)
    if not inputs or not guides:
        missing = "an analysis folder or articles" if not inputs else "a guide with --guide"
        raise click.UsageError(
            f"give {missing}, e.g. framing check demo --guide bbc (all guides: framing check --list)."
        )
    chosen = [read_guide(g) for g in guides]
    if rule is not None and not any(rule in guide.rules for guide in chosen):
        known = ", ".join(key for guide in chosen for key in guide.rules)
        raise InputError(f"no rule {rule!r} in {', '.join(g.name for g in chosen)}; there are {known}.")
    found = [(guide, _find(inputs, guide, only, rule, options)) for guide in chosen]
    if as_csv or as_json:
        _print_for_machines(found, as_json)
        return 0
    for guide, uses in found:
        _print_uses(guide, uses, limit, only)
    return 0


def _find(inputs: tuple[str, ...], guide: Guide, only: str | None, rule: str | None, options: dict[str, Any]) -> Uses:
    import pyarrow.compute as pc

    from framing.analysis import open_analysis
    from framing.guides import Uses, find_uses

    if len(inputs) == 1 and is_analysis(inputs[0]):
        analysis = open_analysis(inputs[0])
        if only is not None:
            analysis.check_outlets([only])
        articles: Any = analysis.articles()
    else:
        articles = open_articles(inputs, options)
    uses = find_uses(articles, guide, outlet=only)
    if not len(uses.articles):
        raise InputError("no article to check. Check the input, --of, and the language of the articles.")
    if rule is None:
        return uses
    return Uses(uses.table.filter(pc.equal(uses.table["rule"], rule)), uses.articles, uses.skipped)


def _print_for_machines(found: Sequence[tuple[Guide, Uses]], as_json: bool) -> None:
    import pyarrow as pa

    from framing.store import format_csv, format_json

    if as_json:
        records = [
            {
                "guide": guide.name,
                "version": guide.version,
                "sha256": guide.sha256,
                "departures": json.loads(format_json(uses.departures)),
                "rates": json.loads(format_json(uses.rates())),
            }
            for guide, uses in found
        ]
        click.echo(json.dumps(records, ensure_ascii=False))
        return
    tables = [
        uses.departures.add_column(0, "guide", pa.array([guide.name] * len(uses.departures), pa.string()))
        for guide, uses in found
    ]
    click.echo(format_csv(pa.concat_tables(tables)), nl=False)


def _print_guides(guides: Sequence[Guide], as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "guide": guide.name,
                "title": guide.title,
                "date": guide.date,
                "rules": {key: {"label": rule.label, "says": rule.says} for key, rule in guide.rules.items()},
            }
            for guide in guides
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for guide in guides:
        click.echo(f"{guide.name}: {printable_text(guide.title)} [{printable_text(guide.date)}]")
        for rule in guide.rules.values():
            click.echo(f"  {rule.key}: {printable_text(rule.says)}")
            for source in dict.fromkeys(guide.cite(r.source, r.basis) for r in guide.rows if r.rule == rule.key):
                if source and not source.endswith("]"):
                    click.echo(f"    {printable_text(source)}")
    click.echo("Summaries of public statements in our words, and not the guides themselves.")


def _run_tests(guides: Sequence[Guide]) -> int:
    from framing.guides import run_guide_examples

    failed = 0
    for guide in guides:
        results = run_guide_examples(guide)
        for result in results:
            if not result.passed:
                failed += 1
                click.echo(
                    f"{guide.path}/examples.csv:{result.example.line}: "
                    f"expected {'; '.join(result.example.expected) or 'nothing'}, "
                    f"found {'; '.join(result.found) or 'nothing'}: {printable_text(result.example.text)}"
                )
        click.echo(f"{guide.name}: {sum(r.passed for r in results)} of {len(results)} examples pass")
    return 1 if failed else 0


def _print_uses(guide: Guide, uses: Uses, limit: int, only: str | None) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    departures = uses.departures.to_pylist()
    rates = uses.rates().to_pylist()
    console.print(f"\n[bold]{printable(guide.title)}[/bold]\n[dim]{printable(guide.date)}[/dim]")
    console.print(
        f"{len(departures):,} of {len(uses.table):,} uses depart from this guide, in {len(uses.articles):,} articles. "
        "Only an outlet's own voice is compared, and other outlets follow other guides, or none.",
        style="dim",
    )
    if uses.skipped:
        console.print(f"{uses.skipped:,} articles in another language left out", style="dim")
    used = [rule for key, rule in guide.rules.items() if any(row["rule"] == key for row in rates)]
    shown = 0
    for number, rule in enumerate(used):
        mine = [row for row in departures if row["rule"] == rule.key]
        instead = dict.fromkeys(r.instead for r in guide.rows if r.rule == rule.key and r.instead)
        prefers = f" Instead: {'; '.join(instead)}." if instead else ""
        console.print(f"\n[bold]{printable(rule.label)}[/bold]: {printable(rule.says + prefers)}")
        _print_rates(console, [row for row in rates if row["rule"] == rule.key], SHOWN_OUTLETS)
        room = (limit - shown) // (len(used) - number)  # each rule gets its share, and what others leave over
        for row in _spread(mine, room):
            _print_row(console, row)
        shown += min(len(mine), room)
    if not used:
        console.print("no word of this guide is used in these articles")
    if len(departures) > shown:
        console.print(f"\n{shown:,} of {len(departures):,} departures; more with --limit, all with --csv", style="dim")
    for source in dict.fromkeys(row["source"] for row in departures):
        console.print(f"source: {printable(source)}", style="dim", soft_wrap=True)


def _spread(rows: Sequence[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """Choose some rows from all over, in their order: one outlet or one article alone is no picture."""
    if len(rows) <= room:
        return list(rows)
    return [rows[number * len(rows) // room] for number in range(room)]


def _print_rates(console: Any, rows: list[dict[str, Any]], most: int) -> None:
    """Print the outlets with enough articles, those that depart most often first, and add up the others."""
    ranked = sorted(rows, key=lambda r: (-r["departures"], -r["uses"], r["outlet"]))
    ranked = ranked if len(ranked) == 1 else [row for row in ranked if row["status"] == "ok"]
    for row in ranked[:most]:
        interval = "" if math.isnan(row["low"]) else f" [{row['low']:.0%}–{row['high']:.0%}]".replace("[", "\\[")
        note = "" if row["status"] == "ok" else f", too few articles: {row['n_articles']}"
        console.print(
            f"  {printable(row['outlet'])[:24]:24} {row['departures']:>4} of {row['uses']:>4} uses {row['share']:>4.0%}"
            f"{interval}; {row['quoted'] + row['attributed']} quoted or attributed{note}",
            style=None if row["status"] == "ok" else "bright_black",
            soft_wrap=True,
        )
    shown = {row["outlet"] for row in ranked[:most]}
    rest = [row for row in rows if row["outlet"] not in shown]
    if rest:
        few = sum(row["status"] != "ok" for row in rest)
        noun = "outlet" if len(rest) == 1 else "outlets"
        departing, uses = sum(row["departures"] for row in rest), sum(row["uses"] for row in rest)
        note = f", {few} of them with too few articles" if few else ""
        console.print(
            f"  {len(rest)} {'more ' if shown else ''}{noun}{note}: {departing:,} of {uses:,} uses", style="dim"
        )


def _print_row(console: Any, row: dict[str, Any]) -> None:
    side = max(20, min(80, (shutil.get_terminal_size().columns - 48) // 2))
    left = printable(row["left"][-side:])
    where = "headline" if row["section"] == "headline" else ("scare" if row["voice"] == "scare" else "")
    console.print(
        f"  {printable(row['outlet'])[:16]:16} {printable(row['date'])[:10]:10} {where:8} {left:>{side}} "
        f"[bold]{printable(row['mention'])}[/bold] {printable(row['right'][:side])}",
        soft_wrap=True,
    )

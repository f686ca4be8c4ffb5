"""`framing copies`: which outlets print the same words, and who is credited with them."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import printable

if TYPE_CHECKING:
    from rich.console import Console

    from framing.ingest.copies import Copies
    from framing.text import Article

SHOWN_OUTLETS = 15
FIRST_WORDS = 160  # characters of a passage in the overview
CONTEXT = 60  # characters around a passage

Row = dict[str, Any]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--of", "only", help="Every shared passage of this outlet, in context.")
@click.option("-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Passages to show.")
@click.option("--json", "as_json", is_flag=True, help="For machines: all outlets and passages.")
def copies(folder: Path, only: str | None, limit: int, as_json: bool) -> None:
    """Show which outlets print the same words: agency copy, near-duplicates, shared passages.

    Each passage of 30 words or more is credited once: to the outlet that clearly had it first, else to nobody, as
    "(shared text)". Quotations that several outlets print are no copies, and are left out.
    """
    from framing.analysis import open_analysis
    from framing.comparisons import find_shared_text, read_shared_text
    from framing.ingest.copies import summarise_copies

    analysis = open_analysis(folder)
    if only is not None:
        analysis.check_outlets([only])
    found = read_shared_text(folder) or find_shared_text(folder)
    outlets = summarise_copies(found).to_pylist()
    wordings = _gather(found, only)
    texts = _read_needed(folder, wordings if as_json else wordings[:limit])
    if as_json:
        shown = [o for o in outlets if only in (None, o["outlet"])]
        click.echo(json.dumps(_records(shown, wordings, texts), ensure_ascii=False))
        return
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    if only is None:
        _print_outlets(console, outlets)
        _print_wordings(console, wordings, texts, limit)
    else:
        _print_outlet(console, next(o for o in outlets if o["outlet"] == only), wordings, texts, only, limit)


def _gather(found: Copies, only: str | None) -> list[list[Row]]:
    """Return the passages by wording, those in most words first; of one outlet, only wordings that it prints."""
    groups: dict[int, list[Row]] = defaultdict(list)
    dates = dict(zip(found.groups["article_id"].to_pylist(), found.groups["date"].to_pylist(), strict=True))
    for row in found.passages.to_pylist():
        groups[row["group"]].append({**row, "date": dates[row["article_id"]]})
    chosen = [g for g in groups.values() if only is None or any(r["outlet"] == only for r in g)]
    return sorted(chosen, key=lambda g: (-max(r["words"] for r in g) * g[0]["n_outlets"], g[0]["group"]))


def _read_needed(folder: Path, wordings: list[list[Row]]) -> dict[str, Article]:
    needed = {row["article_id"] for group in wordings for row in group}
    from framing.comparisons import read_articles

    return {a.id: a for a in read_articles(folder) if a.id in needed} if needed else {}


def _records(outlets: list[Row], wordings: list[list[Row]], texts: dict[str, Article]) -> Row:
    for row in outlets:
        row.update({k: None for k in ("shared", "lost") if math.isnan(row[k])})
    passages = [
        {**row, "text": texts[row["article_id"]].text[row["start"] : row["end"]]} for g in wordings for row in g
    ]
    return {"outlets": outlets, "passages": passages}


def _print_outlets(console: Console, outlets: list[Row]) -> None:
    from rich.table import Table

    near = sum(o["near_duplicates"] for o in outlets)
    articles = sum(o["articles"] for o in outlets)
    console.print(f"[bold]Shared wording[/bold]: {near:,} of {_count(articles, 'article')} nearly another outlet's")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("outlet", overflow="fold", max_width=26)
    for title in (
        "articles",
        "nearly\nanother's",
        "own\nreposts",
        "agency\ncredit",
        "words\nshared",
        "credited\nelsewhere",
    ):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("most articles in common with", overflow="fold")
    shown = [o for o in outlets if o["shared_words"] or o["lost_words"] or o["near_duplicates"] or o["wire_credited"]]
    for row in shown[:SHOWN_OUTLETS]:
        table.add_row(
            printable(row["outlet"]),
            f"{row['articles']:,}",
            _dash(row["near_duplicates"]),
            _dash(row["reposts"]),
            _dash(row["wire_credited"]),
            _percent(row["shared"]),
            _percent(row["lost"]),
            printable(row["partners"]),
        )
    if shown:
        console.print(table)
    hidden, silent = len(shown) - SHOWN_OUTLETS, len(outlets) - len(shown)
    notes = [f"{_count(hidden, 'more outlet')} with less (--json for all)"] if hidden > 0 else []
    notes += [f"{_count(silent, 'outlet')} without shared wording"] if silent else []
    if notes:
        console.print(f"[dim]{'; '.join(notes)}.[/dim]")


def _print_wordings(console: Console, wordings: list[list[Row]], texts: dict[str, Article], limit: int) -> None:
    shared = [g for g in wordings if g[0]["n_outlets"] > 1] or wordings
    if not shared:
        console.print("\nNo passage of 30 words or more stands in two articles.")
        return
    console.print("\n[bold]Largest shared passages[/bold]")
    for group in shared[:limit]:
        if group[0]["article_id"] in texts:
            _print_wording(console, group, texts)
    if len(shared) > limit:
        console.print(f"\n[dim]{limit} of {len(shared):,}; more with --limit, one outlet's with --of.[/dim]")


def _print_wording(console: Console, group: list[Row], texts: dict[str, Article]) -> None:
    """Print who has a wording, and how it begins where it is longest."""
    longest = max(group, key=lambda r: (r["words"], -group.index(r)))
    console.print(f"\n{longest['words']:,} words, {_origin(group)}{_credit(group)}")
    for outlet, rows in _by_outlet(group).items():
        articles = {r["article_id"]: r["date"] for r in rows}
        words = sum(r["words"] for r in rows)
        kept = "keeps it" if any(r["credited"] == "own" for r in rows) else "not counted"
        when = ", ".join(dict.fromkeys(d or "undated" for d in list(articles.values())[:3]))
        several = f" in {_count(len(articles), 'article')}" if len(articles) > 1 else ""
        console.print(f"  {printable(outlet)}, {when}: {_count(words, 'word')}{several}, {kept}", style="dim")
    text = texts[longest["article_id"]].text[longest["start"] : longest["end"]]
    console.print(f"  “{printable(_shorten(text, FIRST_WORDS))}”", soft_wrap=False)


def _print_outlet(
    console: Console, outlet: Row, wordings: list[list[Row]], texts: dict[str, Article], only: str, limit: int
) -> None:
    console.print(
        f"[bold]{printable(only)}[/bold]: {_percent(outlet['shared'])} of its words stand in other outlets too, "
        f"{_percent(outlet['lost'])} are not credited to it; {_count(outlet['near_duplicates'], 'article')} of "
        f"{outlet['articles']:,} nearly another's, {_count(outlet['reposts'], 'repost')} of its own, "
        f"{outlet['wire_credited']:,} with an agency credit"
    )
    for group in wordings[:limit]:
        others = [printable(o) for o in _by_outlet(group) if o != only]
        console.print(f"\n{_origin(group)}{_credit(group)}; {'also in ' + ', '.join(others) if others else 'a repost'}")
        for row in group:
            if row["outlet"] == only:
                _print_in_context(console, row, texts[row["article_id"]])
    if not wordings:
        console.print("No passage of 30 words or more stands in two articles.")
    elif len(wordings) > limit:
        console.print(f"\n[dim]{limit} of {len(wordings):,}; more with --limit.[/dim]")


def _print_in_context(console: Console, row: Row, article: Article) -> None:
    start, end = row["start"], row["end"]
    kept = "kept" if row["credited"] == "own" else "not counted"
    title = printable(" ".join(article.title.split())) or printable(article.id)
    console.print(f"  [dim]{row['date'] or 'undated'}  {title}  ({_count(row['words'], 'word')}, {kept})[/dim]")
    left = printable(" ".join(article.text[max(0, start - CONTEXT) : start].split()))
    right = printable(" ".join(article.text[end : end + CONTEXT].split()))
    passage = printable(" ".join(article.text[start:end].split()))
    console.print(f"  [dim]…{left}[/dim] [bold]{passage}[/bold] [dim]{right}…[/dim]", soft_wrap=False)


def _origin(group: list[Row]) -> str:
    from framing.ingest.copies import SHARED_TEXT

    outlets = _count(group[0]["n_outlets"], "outlet")
    names = {SHARED_TEXT: "nobody (no clear origin)"}
    origins = [printable(names.get(o, o)) for o in dict.fromkeys(row["origin"] for row in group)]
    return f"{outlets}; credited to {' and '.join(origins)}"


def _credit(group: list[Row]) -> str:
    credit = group[0]["credit"]
    return f"; {printable(credit)} is printed as its source" if credit not in ("", group[0]["origin"]) else ""


def _by_outlet(group: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in group:
        found.setdefault(row["outlet"], []).append(row)
    return found


def _shorten(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def _percent(share: float) -> str:
    if math.isnan(share) or share == 0:
        return "–"
    return f"{share:.1%}" if share < 0.0995 else f"{share:.0%}"


def _dash(number: int) -> str:
    return f"{number:,}" if number else "–"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

"""`framing trends`: one measure by week, month or year, and its change between two periods."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import printable
from framing.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from framing.analysis import Analysis
    from framing.ingest.marks import Mark
    from framing.measure import Measure
    from framing.statistics import Counters

SHOWN_OUTLETS = 6
_TOGETHER = "all outlets"
_NAMED = 10  # measures that an error names


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("measure")
@click.option(
    "--by", type=click.Choice(["week", "month", "year"]), default="month", show_default=True, help="Length of a period."
)
@click.option("--of", "outlets", multiple=True, metavar="OUTLET", help="Only this outlet. Repeatable.")
@click.option("--together", is_flag=True, help="All outlets as one.")
@click.option("--before", metavar="FROM..TO", help="With --after: first of two periods, e.g. 2016-01..2016-06 or 2016.")
@click.option("--after", metavar="FROM..TO", help="The second period.")
@click.option("--marks", type=click.Path(path_type=Path), help="CSV file of days to show: date,label.")
@click.option("--min-articles", type=click.IntRange(1), help="Fewer in a period: grey.  [default: as analysed]")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def trends(
    folder: Path,
    measure: str,
    by: str,
    outlets: tuple[str, ...],
    together: bool,
    before: str | None,
    after: str | None,
    marks: Path | None,
    min_articles: int | None,
    as_json: bool,
) -> None:
    """Follow a measure through time, with 95% intervals, and compare two periods.

    MEASURE is a name as in `framing table FOLDER measures`, e.g. loaded.rate.own or voice:quoted. Grey numbers rest on
    too few articles; longer periods (--by year) or all outlets --together have more.
    """
    from framing.analysis import open_analysis
    from framing.ingest.marks import read_marks
    from framing.statistics import Counters
    from framing.statistics.trends import compute_change, compute_trends, read_span
    from framing.store import Folder

    if (before is None) != (after is None):
        raise click.UsageError("--before and --after belong together: give both periods.")
    spans = (read_span(before), read_span(after)) if before is not None and after is not None else None
    analysis = open_analysis(folder)
    listed = read_marks(marks) if marks is not None else []
    chosen = analysis.check_outlets(list(dict.fromkeys(outlets))) if outlets else analysis.outlets
    tables = Folder(folder)
    counters = Counters.from_tables(tables.table("counts"), tables.table("articles", ["id", "outlet", "date", "event"]))
    found = find_measure(measure, analysis, counters)
    if together:
        kept = {
            i for i, o in zip(*(counters.articles[c].to_pylist() for c in ("id", "outlet")), strict=True) if o in chosen
        }
        counters, chosen = _as_one(counters.keep(kept)), [_TOGETHER]
    settings = analysis.manifest["options"]
    options = {**settings, "min_articles": min_articles or settings["min_articles"]}
    shown = chosen if outlets or as_json else chosen[:SHOWN_OUTLETS]
    series = compute_trends(counters, [found], by=by, chosen=shown, **options)
    change = compute_change(counters, [found], *spans, chosen=shown, **options).to_pylist() if spans else []
    if as_json:
        record = {
            "measure": found.name,
            "label": found.label,
            "unit": found.unit,
            "rows": _plain(series.table.to_pylist()),
            "change": _plain(change),
            "marks": [mark._asdict() for mark in listed],
            "undated": series.undated,
        }
        click.echo(json.dumps(record, ensure_ascii=False))
        return
    view = _View(found, series.table.to_pylist(), listed, by)
    view.print_series(shown)
    if spans:
        view.print_change(change, [f"{s.first} – {s.last}" for s in spans], shown)
    view.print_notes(series.undated, 0 if outlets or together else len(chosen) - len(shown))


def find_measure(name: str, analysis: Analysis, counters: Counters) -> Measure:
    """Return the measure of a name.

    Raises
    ------
    InputError
        There is none; the message names those that are close.
    """
    from difflib import get_close_matches

    from framing.measure import Measure
    from framing.statistics import VOICE_MEASURES
    from framing.statistics.measures import naming_measures

    labels = {
        (x["name"], key): category["label"]
        for x in analysis.lexicon_records("naming")
        for key, category in x["categories"].items()
    }
    known = {m.name: m for m in (*VOICE_MEASURES, *naming_measures(counters, labels))}
    for r in analysis.measure_records():
        sides = tuple(r["numerator"]), tuple(r["denominator"])
        known[r["name"]] = Measure(
            r["name"], r["label"], r["unit"], *sides, r["scale"], r["direction"], tuple(r["evidence"])
        )
    if name not in known:
        close = [n for n in known if name.casefold() in n.casefold()][:_NAMED]
        close += [n for n in get_close_matches(name, known, _NAMED, 0.5) if n not in close]
        close = close[:_NAMED] or list(known)[:_NAMED]
        raise InputError(
            f"no measure {name!r} in this analysis. Close to it: {', '.join(close)} (all: framing table DIR measures)."
        )
    return known[name]


def _as_one(counters: Counters) -> Counters:
    """Put the articles of all outlets into one group."""
    from dataclasses import replace

    import pyarrow as pa

    articles = counters.articles
    together = pa.repeat(_TOGETHER, articles.num_rows)
    return replace(counters, articles=articles.set_column(articles.column_names.index("outlet"), "outlet", together))


def _plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows for JSON: undefined numbers are null."""
    return [{k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()} for row in rows]


class _View:
    """A trend in the terminal."""

    def __init__(self, measure: Measure, rows: Sequence[dict[str, Any]], marks: Sequence[Mark], by: str) -> None:
        from rich.console import Console

        from framing.statistics.trends import find_period

        self.console: Console = Console(highlight=False, emoji=False)
        self.measure, self.rows, self.by = measure, rows, by
        self.percent = measure.unit.startswith("share") and measure.scale == 1
        values = [r["value"] for r in rows if not math.isnan(r["value"])]
        firm = [r["value"] for r in rows if r["status"] == "ok"] or values
        # One odd article in a period of its own shall not make all other bars short.
        self.most = min(*(max((abs(v) for v in vs), default=0.0) for vs in (values, [2 * v for v in firm])))
        self.signed = any(v < 0 for v in values)
        self.width = max(10, min(40, shutil.get_terminal_size().columns - 50))
        self.periods = sorted({r["first_day"] for r in rows})
        self.of_period: dict[str, list[Mark]] = {}
        for mark in marks:
            self.of_period.setdefault(find_period(mark.date, by).first.isoformat(), []).append(mark)

    def print_series(self, outlets: Sequence[str]) -> None:
        """Print one line for each period of each outlet, the marks between them."""
        m = self.measure
        direction = f"; {printable(m.direction)}" if m.direction else ""
        self.console.print(f"[bold]{printable(m.label)}[/bold] ({printable(m.name)}), by {self.by}")
        self.console.print(f"[dim]{printable(m.unit)}{direction}; 95% interval, articles[/dim]", soft_wrap=True)
        for outlet in outlets:
            rows = [r for r in self.rows if r["outlet"] == outlet]
            self.console.print(f"\n[bold]{printable(outlet)}[/bold]")
            if not any(r["n_articles"] for r in rows):
                self.console.print("  no evidence", style="dim")
                continue
            first, last = (next(n for n in order if rows[n]["n_articles"]) for order in _both_ways(len(rows)))
            self._print_rows(rows, first, last)

    def _print_rows(self, rows: Sequence[dict[str, Any]], first: int, last: int) -> None:
        number = first
        while number <= last:
            end = number
            while end < last and not rows[end]["n_articles"] and rows[end]["first_day"] not in self.of_period:
                end += 1
            gap = end - number
            if gap:  # one line for all periods without evidence up to the next with some, or with a mark
                name = rows[number]["period"]
                self.console.print(
                    f"  {name:10} {'':{self.width}} [dim]no evidence{f', {gap} {self.by}s' if gap > 1 else ''}[/dim]"
                )
                number = end
            else:
                self._print_row(rows[number])
                for mark in self.of_period.get(rows[number]["first_day"], []):
                    self.console.print(f"  [yellow]▸ {mark.date} {printable(mark.label)}[/yellow]", soft_wrap=True)
                number += 1

    def _print_row(self, row: dict[str, Any]) -> None:
        from framing.charts import say_number
        from framing.report.findings.module_findings import say_range

        if not row["n_articles"]:
            self.console.print(f"  {row['period']:10} {'':{self.width}} [dim]no evidence[/dim]")
            return
        value = say_number(row["value"], self.percent)
        ok = row["status"] == "ok"
        if ok:
            style, rest = "cyan", say_range(row["low"], row["high"], self.percent)
        else:
            style, rest = "bright_black", "too few"
        bar = f"[{style}]{self._bar(row['value'])}[/{style}]"
        line = f"  {row['period']:10} {bar} {value:>7} {rest:>15} {row['n_articles']:>6,}"
        self.console.print(line if ok else f"[bright_black]{line}[/bright_black]", soft_wrap=True)

    def _bar(self, value: float) -> str:
        """Return a bar of fixed width; on both sides of a middle line where some values are below 0.

        One that would be longer ends in an arrow.
        """
        room = (self.width - 1) // 2 if self.signed else self.width
        share = abs(value) / self.most if self.most else 0.0
        bar = "█" * round(min(1.0, share) * room)
        if share > 1:
            bar = f"◂{bar[1:]}" if value < 0 else f"{bar[1:]}▸"
        if not self.signed:
            return f"{bar:{self.width}}"
        return f"{bar if value < 0 else '':>{room}}│{bar if value > 0 else '':{self.width - room - 1}}"

    def print_change(self, rows: Sequence[dict[str, Any]], spans: Sequence[str], outlets: Sequence[str]) -> None:
        """Print the change between two periods, one line for each outlet."""
        from rich.table import Table

        from framing.charts import say_number
        from framing.report.findings.module_findings import say_range

        self.console.print(f"\n[bold]Change[/bold] from {spans[0]} to {spans[1]}; after less before")
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("outlet", overflow="fold")
        for name in ("before", "after", "difference", "95% interval", "p", "q", "articles"):
            table.add_column(name, justify="right")
        for row in sorted(rows, key=lambda r: outlets.index(r["outlet"])):
            ok = row["status"] == "ok"
            numbers = [say_number(row[name], self.percent) for name in ("before", "after", "difference")]
            if self.percent:
                numbers[2] = (
                    "–" if math.isnan(row["difference"]) else f"{100 * row['difference']:+.1f} pp".replace("-", "−")
                )
            scale = 100 if self.percent else 1
            interval = say_range(scale * row["low"], scale * row["high"], False) if ok else row["status"]
            tests = [f"{row[n]:.3f}" if not math.isnan(row[n]) else "–" for n in ("p", "q")]
            articles = f"{row['n_before']:,} | {row['n_after']:,}"
            table.add_row(
                printable(row["outlet"]), *numbers, interval, *tests, articles, style="" if ok else "bright_black"
            )
        self.console.print(table)

    def print_notes(self, undated: int, more: int) -> None:
        """Say what is not shown."""
        notes = []
        if more:
            notes.append(f"{more} more outlet{'' if more == 1 else 's'}; choose with --of, or put all --together.")
        if undated:
            notes.append(f"{undated:,} article{'' if undated == 1 else 's'} without a date left out.")
        outside = sum(len(marks) for day, marks in self.of_period.items() if day not in self.periods)
        if outside:
            notes.append(f"{outside} mark{'' if outside == 1 else 's'} outside the time of the articles not shown.")
        if notes:
            self.console.print("\n" + "\n".join(notes))


def _both_ways(count: int) -> tuple[range, range]:
    return range(count), range(count - 1, -1, -1)

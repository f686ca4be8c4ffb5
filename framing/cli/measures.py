"""`framing measures`: the numbers of the scoring modules in the terminal."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.charts import split_names
from framing.cli.options import printable

if TYPE_CHECKING:
    from framing.report.module_choice import MeasureView, ModuleView
    from framing.report.results import Results

SHOWN_OUTLETS = 8
_NARROW = 100  # columns; below this a table has one row for each outlet


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-m", "--module", help="Every measure of this module, e.g. loaded; by default the main ones of all.")
@click.option("--outlets", help="Outlets to show, separated by commas; by default the largest.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def measures(folder: Path, module: str | None, outlets: str | None, as_json: bool) -> None:
    """Compare outlets in what the scoring modules count, with 95% intervals.

    Grey numbers rest on too few articles. Every measure with its counts: framing table FOLDER measures.
    """
    from framing.analysis import open_analysis
    from framing.report.results import Results

    results = Results(open_analysis(folder))
    shown = results.choose_outlets(split_names(outlets), len(results.outlets) if as_json else SHOWN_OUTLETS)
    views = results.modules if module is None else (results.module(module),)
    chosen = [(v, [*v.headline, *(v.further if module is not None else ())]) for v in views]
    if as_json:
        rows = [_record(results, v, m, o) for v, found in chosen for m in found for o in shown]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if not views:
        click.echo("no module with measures ran in this analysis")
    for view, found in chosen:
        _print_module(results, view, found, shown)
    if len(results.outlets) > len(shown) and outlets is None:
        click.echo(f"{len(results.outlets) - len(shown)} more outlets; choose with --outlets.")


def _record(results: Results, module: ModuleView, measure: MeasureView, outlet: str) -> dict[str, Any]:
    value = results.measures.get((outlet, measure.name))
    numbers = [value.value, value.low, value.high] if value else [math.nan] * 3
    given, low, high = (None if math.isnan(x) else x for x in numbers)
    return {
        "outlet": outlet,
        "measure": measure.name,
        "module": module.module,
        "label": measure.label,
        "unit": measure.unit,
        "value": given,
        "low": low,
        "high": high,
        "n_articles": value.n_articles if value else 0,
        "status": value.status if value else "undefined",
    }


def _print_module(results: Results, module: ModuleView, found: Sequence[MeasureView], outlets: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    known = [m for m in found if any((o, m.name) in results.measures for o in outlets)]
    console = Console(highlight=False, emoji=False)
    console.print(f"\n[bold]{printable(module.title)}[/bold] ({module.module})")
    if not known:
        console.print("  no evidence in these outlets", style="dim")
        return
    wide = shutil.get_terminal_size().columns >= _NARROW and len(outlets) <= 6
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("measure", overflow="fold")
    if wide:
        for outlet in outlets:
            table.add_column(printable(outlet), justify="right", overflow="fold")
        for measure in known:
            table.add_row(_name(measure), *(_cell(results, measure, o) for o in outlets))
    else:
        table.add_column("outlet", overflow="fold")
        table.add_column("value, 95% interval, articles", justify="right")
        for measure in known:
            for number, outlet in enumerate(outlets):
                name = _name(measure).split("\n")[number] if number < 2 and len(outlets) > 1 else ""
                name = _name(measure) if len(outlets) == 1 else name
                table.add_row(name, printable(outlet), _cell(results, measure, outlet, narrow=True))
    console.print(table)


def _name(measure: MeasureView) -> str:
    return f"{printable(measure.shown.label)}\n[dim]{printable(measure.shown.unit)}[/dim]"


def _cell(results: Results, measure: MeasureView, outlet: str, narrow: bool = False) -> str:
    """Print a number with its interval, or say why there is none."""
    from framing.charts import say_number
    from framing.report.findings.module_findings import say_range
    from framing.report.rows import OK

    value = results.measures.get((outlet, measure.name))
    if value is None:
        return "[dim]no evidence[/dim]"
    percent = measure.shown.percent
    number, between = say_number(value.value, percent), "  " if narrow else "\n"
    if value.status != OK:
        return f"[bright_black]{number}{between}too few articles: {value.n_articles:,}[/bright_black]"
    interval = say_range(value.low, value.high, percent) if value.low < value.high else ""
    return f"{number}{between}[dim]{', '.join(x for x in (interval, f'n {value.n_articles:,}') if x)}[/dim]"

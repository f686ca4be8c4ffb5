"""`framing findings` and `framing kit`."""

from __future__ import annotations

from pathlib import Path

import click

from framing.cli.options import printable_text


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--outlets", help="Only findings about these, separated by commas.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to print.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def findings(folder: Path, outlets: str | None, limit: int, as_json: bool) -> None:
    """List the findings of an analysis, the surest first, each with the id that framing kit takes."""
    from framing.analysis import open_analysis
    from framing.cli.charts import split_names
    from framing.report.findings import find_findings
    from framing.report.findings.table import tabulate_findings
    from framing.report.results import Results
    from framing.store import format_json

    results = Results(open_analysis(folder))
    chosen = None if outlets is None else results.choose_outlets(split_names(outlets), len(results.outlets))
    table = tabulate_findings(find_findings(results, chosen))
    if as_json:
        click.echo(format_json(table))
        return
    for row in table.slice(0, limit).to_pylist():
        click.echo(f"{row['id']}  {printable_text(row['subject'])}: {printable_text(row['text'])}")
        click.echo(f"{'':14}{row['status']}, {row['mode']}; {row['checks']}\n")
    if table.num_rows > limit:
        click.echo(f"{table.num_rows - limit:,} more: --limit, or --json for all.")
    if not table.num_rows:
        click.echo("None: no number in this analysis rests on enough articles for a sentence.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--finding", required=True, metavar="ID", help="Which: see framing findings.")
@click.option("--outlets", help="Those that framing findings was given, where the id comes from some outlets alone.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the kit.")
def kit(folder: Path, finding: str, outlets: str | None, output: Path) -> None:
    """Write all that it takes to print one finding: figure, caption, alternative text, method, evidence, data."""
    from framing.analysis import open_analysis
    from framing.cli.charts import split_names
    from framing.report.kit import write_kit

    for path in write_kit(open_analysis(folder), finding, output, str(folder), split_names(outlets)):
        click.echo(path)

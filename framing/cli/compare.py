"""`framing compare`: differences between outlets, and whether each would survive a referee."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import printable
from framing.errors import InputError

if TYPE_CHECKING:
    from framing.measure import Measure

Row = dict[str, Any]
_LEAST_Q = 0.05


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("outlets", nargs=-1, metavar="[OUTLET [OTHER]]")
@click.option(
    "--by", default="outlet", show_default=True, help="Compare the values of this column, e.g. country, genre."
)
@click.option(
    "-m", "--measure", "measures", multiple=True, metavar="NAME", help="Measures whose name starts so. Repeatable."
)
@click.option("-n", "--limit", type=click.IntRange(1), default=12, show_default=True, help="Differences shown.")
@click.option("--all", "everything", is_flag=True, help="Also contrasts that show no difference.")
@click.option("--json", "as_json", is_flag=True, help="For machines: all contrasts.")
@click.option("--csv", "as_csv", is_flag=True, help="All contrasts as CSV.")
def compare(
    folder: Path,
    outlets: tuple[str, ...],
    by: str,
    measures: tuple[str, ...],
    limit: int,
    everything: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Compare two outlets, one with all others, or every outlet: is the difference real, is it the topic, is it one
    article, is it agency copy?

    The strongest evidence comes first. q is the p-value corrected for all contrasts made together. What is not listed
    shows no difference at q 0.05 (--all shows it) or has too little evidence on one side.
    """
    from framing.analysis import open_analysis
    from framing.store import format_csv, format_json

    if len(outlets) > 2:
        raise click.UsageError("Give two outlets, one (against all others), or none. Names with spaces need quotes.")
    analysis = open_analysis(folder)
    first, other = (*outlets, None, None)[:2]
    found = analysis.contrasts(first, other, by=by, measures=measures or ("",)).arrow
    if as_json or as_csv:
        click.echo((format_json if as_json else format_csv)(found), nl=as_json)
        return
    described = analysis.describe_measures()
    if measures and not any(name.startswith(measures) for name in described):
        raise InputError(
            f"no measure starts with {measures[0]!r}. Names are in `framing table {folder} measures`; the choice of a "
            "name is share:LEXICON:REFERENT:own:TERM."
        )
    rows = sorted(found.to_pylist(), key=_order)
    shown = rows if everything else [r for r in rows if _differs(r)]
    _print(shown[:limit], described, by, analysis)
    tested = sum(not math.isnan(r["p"]) for r in rows)
    click.echo(
        f"\nContrasts with enough evidence: {len(rows):,}, over all articles {tested:,}; "
        f"different at q 0.05: {sum(_differs(r) for r in rows):,}."
        + (f" The first {limit}; more with --limit, all with --csv." if len(shown) > limit else "")
    )
    if not rows:
        click.echo("Insufficient evidence: too few articles on one side for every measure.")


def _order(row: Row) -> tuple[float, float, float, str, str, str]:
    """Strength of evidence first: what stands in both designs, then by q."""
    q = min((x for x in (row["q"], row["matched_q"]) if not math.isnan(x)), default=2.0)
    fragile = bool(row["carried_by"]) or row["survives"] == "no"
    return fragile, q, -abs(_nan(row["delta"])), row["measure"], next(iter(row.values())), row["other"]


def _differs(row: Row) -> bool:
    return any(row[q] <= _LEAST_Q for q in ("q", "matched_q"))


def _nan(number: float) -> float:
    return 0.0 if math.isnan(number) else number


def _print(rows: list[Row], described: dict[str, Measure], by: str, analysis: Any) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    for row in rows:
        measure = described.get(row["measure"])
        percent = measure is not None and _is_share(measure)
        title, name = (printable(x) for x in (say_measure(analysis, row["measure"], measure), row["measure"][:100]))
        console.print(f"\n[bold]{title}[/bold]  [dim]{name}[/dim]", soft_wrap=True)
        for number, line in enumerate(say_contrast(row, by, percent)):
            console.print(f"  {printable(line)}", style=None if number == 0 else "dim", soft_wrap=True)


def _is_share(measure: Measure) -> bool:
    return measure.scale == 1 and measure.unit.startswith("share")


def say_measure(analysis: Any, name: str, measure: Measure | None) -> str:
    """Return what a measure is called, with its unit."""
    if measure is None:
        return name
    if name.startswith("share:"):
        _, lexicon, referent, _, _ = name.split(":", 4)
        return f"“{measure.label}” among its own names for {analysis.label(lexicon, referent)}"
    return f"{measure.label} ({measure.unit})" if measure.unit else measure.label


def say_contrast(row: Row, by: str, percent: bool) -> list[str]:
    """Say a contrast in four lines: the numbers, the same within events, what carries it, and shared text."""
    first, other = row[by], row["other"]
    values = f"{first} {_number(row['value'], percent)}, {other} {_number(row['other_value'], percent)}"
    if math.isnan(row["p"]):
        numbers = f"{values}: too few articles for a test over all of them"
    else:
        numbers = (
            f"{values}: {_difference(row, '', percent)}{_times(row)}; {_q(row['q'])}, Cliff’s delta "
            f"{row['delta']:+.2f}, {row['n_articles']:,} and {row['other_articles']:,} articles"
        )
    return [numbers, _say_matched(row, percent), _say_robustness(row, percent), _say_copies(row)]


def _number(value: float, percent: bool) -> str:
    if math.isnan(value):
        return "no evidence"
    return f"{value:.0%}" if percent else f"{value:.3g}"


def _difference(row: Row, prefix: str, percent: bool) -> str:
    scale, digits = (100, ".0f") if percent else (1, ".3g")
    low, high = row[f"{prefix}low"] * scale, row[f"{prefix}high"] * scale
    unit = " points" if percent else ""
    return f"{row[f'{prefix}difference'] * scale:+{digits}}{unit} [{low:+{digits}} to {high:+{digits}}]"


def _times(row: Row) -> str:
    ratio, low, high = row["ratio"], row["ratio_low"], row["ratio_high"]
    if any(map(math.isnan, (ratio, low, high))) or math.isinf(high):
        return ""
    return f", {ratio:.2g} times [{low:.2g} to {high:.2g}]"


def _q(q: float) -> str:
    return "q < 0.001" if q < 0.001 else f"q {q:.3f}"


def _say_matched(row: Row, percent: bool) -> str:
    if row["matched_status"] == "ok":
        return (
            f"same events: {_difference(row, 'matched_', percent)}; {_q(row['matched_q'])}, {row['n_events']:,} events"
        )
    if not row["n_events"]:
        return "same events: none in common, so it may be the topics"
    return f"same events: insufficient evidence ({row['n_events']:,} in common)"


def _say_robustness(row: Row, percent: bool) -> str:
    said = []
    if row["article_share"] >= 0.5:
        said.append(f"CARRIED BY ONE ARTICLE, {row['article']} ({min(row['article_share'], 9.99):.0%} of it)")
    if row["term_share"] >= 0.5:
        said.append(f"carried by one term, {row['term'][:60]!r} ({min(row['term_share'], 9.99):.0%})")
    if not said:
        said.append("no single article or term carries half of it")
    if row["weights_agree"] < 0.95:
        said.append(f"with other weights the sign holds in {row['weights_agree']:.0%}")
    if row["guides_against"]:
        said.append(f"gone with the weights of {row['guides_against']}")
    if row["headline_status"] == "ok":
        said.append(f"headlines alone {_difference(row, 'headline_', percent)}")
    return "; ".join(said)


def _say_copies(row: Row) -> str:
    return {
        "yes": "survives removing shared text",
        "no": "DOES NOT SURVIVE removing text that other outlets print too",
        "insufficient": "without shared text: insufficient evidence",
    }.get(row["survives"], "shared text: not asked, no difference over all articles")

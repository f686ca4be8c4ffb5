"""`framing validate`: a sample for coders, and what their answers say about the program's numbers."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import printable

if TYPE_CHECKING:
    import pyarrow as pa

    from framing.validation import Scores

SHOWN_DISAGREEMENTS = 20
SHOWN_RATES = 12


@click.group()
def validate() -> None:
    """Check the program by hand: draw mentions for coders, then score what they say."""


@validate.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("sample.csv"),
    show_default=True,
    help="Makes sample-coder1.csv, ... and sample-key.csv.",
)
@click.option("-n", "--size", type=click.IntRange(1), default=200, show_default=True, help="Mentions.")
@click.option("-m", "--module", default="naming", show_default=True, help="Whose mentions.")
@click.option(
    "--by",
    default="lexicon,outlet,voice",
    show_default=True,
    help="Columns that make the strata: lexicon, category, term, outlet, voice, section.",
)
@click.option("--coders", type=click.IntRange(1, 20), default=2, show_default=True, help="Sheets.")
@click.option(
    "--missed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Sentences without a mention besides, to see what is missed.",
)
@click.option("--show-outlet", is_flag=True, help="Let the coders see the outlet; by default only the key has it.")
@click.option("--seed", type=int, default=2017, show_default=True, help="Of the draw.")
def sample(
    folder: Path,
    output: Path,
    size: int,
    module: str,
    by: str,
    coders: int,
    missed: int,
    show_outlet: bool,
    seed: int,
) -> None:
    """Draw mentions of an analysis for coders, who do not see outlet, stratum and what the program says of the voice.

    Each coder fills in a sheet: under correct_referent y, n or unsure; under voice own, quoted, attributed or scare.
    Then: framing validate score sample-key.csv sample-coder1.csv sample-coder2.csv --analysis FOLDER
    """
    from framing.analysis import open_analysis
    from framing.store import Folder
    from framing.validation import draw_sample, write_sample

    drawn = draw_sample(
        Folder(folder),
        open_analysis(folder).lexicon_records(),
        size=size,
        module=module,
        by=[name.strip() for name in by.split(",") if name.strip()],
        missed=missed,
        outlet_shown=show_outlet,
        seed=seed,
    )
    *sheets, key = write_sample(drawn, output, coders)
    for note in drawn.notes:
        click.echo(note)
    for path in sheets:
        click.echo(f"for a coder   {path}")
    click.echo(f"keep to yourself  {key}")
    click.echo(
        "correct_referent: y, n or unsure. voice: own, quoted, attributed or scare; empty where the answer is n."
    )
    files = " ".join(str(path) for path in (key, *sheets))
    click.echo(f"Next: framing validate score {files} --analysis {folder}")


@validate.command()
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("coders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CODER...")
@click.option(
    "--analysis", "folder", type=click.Path(path_type=Path), help="The analysis of the sample: corrects its rates too."
)
@click.option(
    "--adjudicated",
    type=click.Path(path_type=Path),
    help="A sheet of a third look: its answers take the place of the coders'.",
)
@click.option(
    "--errors",
    type=click.Choice(["alike", "outlet"]),
    default="alike",
    show_default=True,
    help="Take errors to be alike in all outlets, or estimate them apart for outlets with 50 coded mentions.",
)
@click.option("--min-articles", type=click.IntRange(1), default=10, show_default=True, help="For corrected rates.")
@click.option("--resamples", type=click.IntRange(100), default=1000, show_default=True, help="Of the bootstrap.")
@click.option("--seed", type=int, default=2017, show_default=True, help="Of the bootstrap.")
@click.option("--rates", type=click.Path(path_type=Path), help="Write all corrected rates to a CSV file.")
@click.option("--report", type=click.Path(path_type=Path), help="Write it all to a Markdown file.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def score(
    key: Path,
    coders: tuple[Path, ...],
    folder: Path | None,
    adjudicated: Path | None,
    errors: str,
    min_articles: int,
    resamples: int,
    seed: int,
    rates: Path | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """Score coders' answers: precision of entries, agreement, confusion of voices, disagreements, corrected rates.

    KEY is the file that `framing validate sample` wrote beside the CODERS' sheets.
    """
    from framing.store import Folder, encode_csv, write_bytes
    from framing.validation import correct_rates, format_report, read_codes, read_key, score_codes

    if rates is not None and folder is None:
        raise click.UsageError("--rates needs --analysis FOLDER, whose rates it corrects.")
    truth = read_key(key)
    codes = [read_codes(path, truth) for path in coders]
    decided = read_codes(adjudicated, truth) if adjudicated else None
    scores = score_codes(truth, codes, decided, resamples=resamples, seed=seed)
    corrected = None
    if folder is not None:
        corrected = correct_rates(
            Folder(folder),
            truth,
            codes,
            decided,
            apart=errors == "outlet",
            min_articles=min_articles,
            resamples=resamples,
            seed=seed,
        )
    if rates is not None and corrected is not None:
        write_bytes(rates, encode_csv(corrected))
        click.echo(f"rates   {rates}", err=True)
    if report is not None:
        write_bytes(report, format_report(scores, corrected).encode())
        click.echo(f"report  {report}", err=True)
    if as_json:
        click.echo(json.dumps(_record(scores, corrected), ensure_ascii=False))
        return
    _print_scores(scores)
    if corrected is not None:
        _print_corrected(corrected, errors)
    else:
        click.echo("\nWith --analysis FOLDER the outlets' rates are corrected for these errors.")


def _record(scores: Scores, corrected: pa.Table | None) -> dict[str, Any]:
    from dataclasses import asdict

    from framing.store import format_json

    def plain(value: Any) -> Any:
        return None if isinstance(value, float) and math.isnan(value) else value

    record = {
        "agreement": {k: {n: plain(v) for n, v in asdict(a).items()} for k, a in scores.agreement.items()},
        "adjusted_precision": [plain(v) for v in scores.adjusted],
        "missed": dict(scores.missed),
        "notes": list(scores.notes),
    }
    tables = {
        "precision": scores.precision,
        "voice_right": scores.voice_right,
        "voices": scores.voices,
        "disagreements": scores.disagreements,
    }
    if corrected is not None:
        tables["corrected"] = corrected
    return {**record, **{name: json.loads(format_json(table)) for name, table in tables.items()}}


def _print_scores(scores: Scores) -> None:
    from rich.console import Console
    from rich.table import Table

    from framing.validation.scoring import say_agreement, say_missed, say_share
    from framing.voice import VOICES

    console = Console(highlight=False, emoji=False)
    for what, found in scores.agreement.items():
        console.print(say_agreement(what, found))
    if not math.isnan(scores.adjusted[0]):
        console.print(f"Precision without the coders' own errors: {say_share(*scores.adjusted)}")
    if scores.missed:
        console.print(say_missed(scores.missed))
    for note in scores.notes:
        console.print(printable(note), style="dim")
    right = {(r["level"], r["name"]): r for r in scores.voice_right.to_pylist()}
    table = Table(
        box=None, pad_edge=False, title="\nRight referent, right voice, with 95% intervals", title_justify="left"
    )
    table.add_column("")
    for name in ("items", "referent", "voice"):
        table.add_column(name, justify="right")
    for row in scores.precision.to_pylist():
        if row["level"] == "term" or (row["level"] == "outlet" and row["status"] != "ok"):
            continue
        if row["level"] == "category" and row["status"] != "ok":
            continue
        style = None if row["status"] == "ok" else "bright_black"
        name = row["name"] if row["level"] == "all" else f"{row['level']} {row['name']}"
        table.add_row(
            printable(name), f"{row['items']:,}", _cell(row), _cell(right[row["level"], row["name"]]), style=style
        )
    console.print(table)
    wrong = [r for r in scores.precision.to_pylist() if r["level"] == "term" and r["precision"] < 1]
    wrong.sort(key=lambda r: (r["precision"], -r["items"], r["name"]))
    if wrong:
        console.print("\nEntries with a wrong mention")
    for row in wrong[:SHOWN_DISAGREEMENTS]:
        console.print(f"  {row['precision']:.2f} of {row['items']}  {printable(row['name'])}", soft_wrap=True)
    console.print("\nVoices: what the program says (rows) and what coders hear, shares")
    cells = scores.voices.to_pylist()
    console.print(f"  {'':10} {' '.join(f'{v:>10}' for v in VOICES)} {'items':>7}")
    for voice in VOICES:
        mine = [cell for cell in cells if cell["predicted"] == voice]
        shares = " ".join(f"{'–' if math.isnan(c['share']) else format(c['share'], '.2f'):>10}" for c in mine)
        console.print(f"  {voice:10} {shares} {sum(c['items'] for c in mine):7g}")
    _print_disagreements(console, scores)


def _cell(row: dict[str, Any]) -> str:
    if math.isnan(row["precision"]):
        return "–"
    return f"{row['precision']:.2f} ({row['low']:.2f}–{row['high']:.2f}, {row['method']})"


def _print_disagreements(console: Any, scores: Scores) -> None:
    rows = scores.disagreements.to_pylist()
    if not rows:
        return
    console.print(
        f"\n{len(rows):,} items on which coders differ; decide them in a sheet and give it with --adjudicated"
    )
    for row in rows[:SHOWN_DISAGREEMENTS]:
        console.print(
            f"  {printable(row['item'])} [dim]{printable(row['codes'])}; program {row['predicted'] or '–'}[/dim]\n"
            f"    {printable(row['left'][-70:])} [bold]{printable(row['mention'][:60])}[/bold] "
            f"{printable(row['right'][:60])}",
            soft_wrap=True,
        )
    if len(rows) > SHOWN_DISAGREEMENTS:
        console.print(f"  ... and {len(rows) - SHOWN_DISAGREEMENTS:,} more: --json or --report", style="dim")


def _print_corrected(corrected: pa.Table, errors: str) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    rows = [r for r in corrected.to_pylist() if r["lexicon"] == "*" and r["voice"] == "own"]
    most = sorted({r["outlet"]: r["n_articles"] for r in rows}.items(), key=lambda pair: (-pair[1], pair[0]))
    console.print("\nOwn voice of all mentions: measured, and corrected with 95% interval; outlets with most articles")
    by = {(r["outlet"], r["measure"]): r for r in rows}
    for outlet, articles in most[:SHOWN_RATES]:
        share, rate = by[outlet, "share"], by[outlet, "rate"]
        few = "" if share["status"] == "ok" else "  insufficient evidence"
        console.print(
            f"  {printable(outlet)[:24]:24} share {share['measured']:.2f} → {_after(share)}   "
            f"per 1,000 words {rate['measured']:.1f} → {_after(rate, 1)}[dim]  {articles} articles{few}[/dim]",
            soft_wrap=True,
        )
    if len(most) > SHOWN_RATES:
        console.print(
            f"  ... and {len(most) - SHOWN_RATES} more; lexicons, referents and other voices: --rates FILE", style="dim"
        )
    alike = "errors are taken to be alike in all outlets, given the true voice"
    apart = "outlets with 50 coded mentions have errors of their own, the others those of the whole sample"
    console.print(
        f"  {alike if errors == 'alike' else apart}; coders err independently of program and each other", style="dim"
    )


def _after(row: dict[str, Any], digits: int = 2) -> str:
    if math.isnan(row["corrected"]):
        return "–"
    interval = "" if math.isnan(row["low"]) else f" ({row['low']:.{digits}f}–{row['high']:.{digits}f})"
    return f"{row['corrected']:.{digits}f}{interval}"

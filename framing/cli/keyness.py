"""`framing keyness` and `framing discover`: phrases that mark an outlet, and names that no lexicon has."""

from __future__ import annotations

import json
import math
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.options import printable
from framing.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from framing.discovery import Marks
    from framing.discovery.search import Found

VOICES = ("own", "quoted", "attributed", "scare", "all")
_EXAMPLE_INDENT = 4


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("outlet")
@click.option("--against", help="Compare with this outlet only; by default with all others.")
@click.option("--voice", type=click.Choice(VOICES), default="own", show_default=True, help="Whose words.")
@click.option("--words", default="1-4", show_default=True, metavar="N|N-M", help="Length of the phrases.")
@click.option("--same-event", is_flag=True, help="Only articles on events that both sides report, event by event.")
@click.option("--not-in-lexicons", is_flag=True, help="Leave out phrases that a lexicon of the analysis has.")
@click.option("--keep-repeats", is_flag=True, help="Count sentences that an outlet prints word for word three times.")
@click.option("--max-q", type=click.FloatRange(0, 1), default=0.05, show_default=True, help="False discovery rate.")
@click.option("-n", "--limit", type=click.IntRange(1), default=30, show_default=True, help="Phrases of each side.")
@click.option("--seed", type=int, default=2017, show_default=True, help="Of permutations and bootstrap.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def keyness(
    folder: Path,
    outlet: str,
    against: str | None,
    voice: str,
    words: str,
    same_event: bool,
    not_in_lexicons: bool,
    keep_repeats: bool,
    max_q: float,
    limit: int,
    seed: int,
    as_json: bool,
) -> None:
    """Find the words and phrases that mark OUTLET against others, and those that mark the others.

    The article is the unit: p comes from permuting articles between the sides, q from all phrases tested. A log ratio
    of +1 means twice as often, +2 four times. Most of what marks an outlet over different events is what it writes
    about, not how it words it: --same-event takes that out.
    """
    import numpy as np

    from framing.analysis import open_analysis
    from framing.discovery import KnownPhrases, choose_marks, find_sentences, read_chosen
    from framing.engine.run import batches
    from framing.phrases import count_phrases
    from framing.statistics.keyness import compute_keyness
    from framing.store import Folder

    analysis = open_analysis(folder)
    analysis.check_outlets([outlet, *([against] if against is not None else [])])
    if against == outlet:
        raise InputError(f"--against {against!r}: an outlet cannot be compared with itself. Name another one.")
    counts = count_phrases(
        batches(analysis.articles()),
        None if voice == "all" else voice,
        words=read_lengths(words),
        keep_repeats=keep_repeats,
    )
    rows = counts.rows_of(outlet)
    others = np.setdiff1d(np.arange(len(counts.ids)), rows) if against is None else counts.rows_of(against)
    if not len(others):
        raise InputError(f"{folder}: {outlet!r} is its only outlet. Analyse articles of several outlets.")
    table = compute_keyness(counts, rows, others, same_event=same_event, seed=seed)
    if same_event:  # examples and numbers are of the articles compared
        events = np.array(counts.events, dtype=object)
        shared = list(({*events[rows]} & {*events[others]}) - {""})
        rows, others = rows[np.isin(events[rows], shared)], others[np.isin(events[others], shared)]
    known = KnownPhrases(analysis.lexicon_records()) if not_in_lexicons else None
    sides = []
    for other, chosen, names in ((False, rows, [outlet]), (True, others, [against] if against else [])):
        marks = choose_marks(table, counts, others=other, outlets=names, known=known, max_q=max_q)
        keys = [row["key"] for row in marks.rows[:limit]]
        examples = find_sentences(counts, chosen, keys, lambda ids: read_chosen(Folder(folder), ids))
        sides.append((marks, examples))
    if as_json:
        records = [
            _record(row, outlet if not number else against or "", examples)
            for number, (marks, examples) in enumerate(sides)
            for row in marks.rows[:limit]
        ]
        click.echo(json.dumps(records, ensure_ascii=False))
        return
    _print_keyness(counts, table, sides, rows, others, outlet, against, voice, same_event, limit, max_q)


def read_lengths(text: str) -> tuple[int, int]:
    """Read "2" or "1-4".

    Raises
    ------
    InputError
        It is neither.
    """
    found = re.fullmatch(r"\s*([1-4])\s*(?:-\s*([1-4])\s*)?", text)
    if not found or (found[2] and int(found[2]) < int(found[1])):
        raise InputError(f"--words {text!r}: give a length from 1 to 4, or two such as 1-4, the lower first.")
    return int(found[1]), int(found[2] or found[1])


def _record(row: dict[str, Any], side: str, examples: Any) -> dict[str, Any]:
    told = {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items() if k != "key"}
    example = (examples.get(row["key"]) or [None])[0]
    return {"marks": side, **told, "example": example}


def _print_keyness(
    counts: Any,
    table: Any,
    sides: Sequence[tuple[Marks, Any]],
    rows: Any,
    others: Any,
    outlet: str,
    against: str | None,
    voice: str,
    same_event: bool,
    limit: int,
    max_q: float,
) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    rest = printable(against) if against else "the others"
    whose = "all words" if voice == "all" else f"{voice} voice"
    here = f"{printable(outlet)} ({len(rows):,} articles, {counts.words[rows].sum():,.0f} words)"
    there = f"{rest} ({len(others):,} articles, {counts.words[others].sum():,.0f} words)"
    tested = sum(q is not None and not math.isnan(q) for q in table["q"].to_pylist())
    console.print(f"[bold]{here}[/bold] against {there}; {whose}; {tested:,} phrases tested", soft_wrap=True)
    if same_event:
        console.print("Only articles on events that both sides report; compared event by event.", style="dim")
    if not tested:
        console.print("Too few articles: each side needs ten, and a phrase five.")
    for number, (marks, examples) in enumerate(sides):
        title = printable(outlet) if not number else rest
        console.print(f"\n[bold]Marks {title}[/bold]")
        if not marks.rows:
            console.print(f"  no phrase at a false discovery rate of {max_q:g}")
        else:
            _print_rows(console, marks.rows[:limit], examples, bool(number))
        _print_left_out(console, marks, limit)
    _print_notes(console, counts, {counts.outlets[r] for r in (*rows.tolist(), *others.tolist())}, outlet, same_event)


def _print_rows(console: Console, rows: Sequence[dict[str, Any]], examples: Any, others: bool) -> None:
    wide = min(30, max(len("phrase"), *(len(row["phrase"]) for row in rows)))
    console.print(
        f"  {'phrase':{wide}}  log ratio    95% interval   uses  articles   others' uses  articles       q    DP",
        style="dim",
        soft_wrap=True,
    )
    width = max(40, shutil.get_terminal_size().columns - _EXAMPLE_INDENT - 1)
    mine, theirs = ("other_", "") if others else ("", "other_")
    for row in rows:
        interval = f"\\[{row['low']:+.1f}, {row['high']:+.1f}]"
        phrase = row["phrase"] if len(row["phrase"]) <= wide else row["phrase"][: wide - 1] + "…"
        name = f"[bold]{printable(phrase)}[/bold]{' ' * (wide - len(phrase))}"
        console.print(
            f"  {name}  {row['log_ratio']:>+9.1f}  {interval:>15} "
            f"{row[mine + 'count']:>6,} {row[mine + 'articles']:>9,}  {row[theirs + 'count']:>13,} "
            f"{row[theirs + 'articles']:>9,}  {_small(row['q'])}  {row[mine + 'dp_norm']:.2f}",
            soft_wrap=True,
        )
        for example in examples.get(row["key"], [])[:1]:
            console.print(" " * _EXAMPLE_INDENT + _quote(example, width), style="dim", soft_wrap=True)


def _small(value: float) -> str:
    return "<0.001" if value < 0.001 else f" {value:.3f}"


def _quote(example: dict[str, Any], width: int) -> str:
    """Return an example in one line, the phrase in the middle."""
    side = max(10, (width - len(example["phrase"]) - 2) // 2)
    left, right = example["left"], example["right"]
    left = left if len(left) <= side else "…" + left[-side + 1 :]
    right = right if len(right) <= side else right[: side - 1] + "…"
    joint = "" if right[:1] in ",.;:?!'’”)-" else " "
    return f"{printable(left)} [not dim]{printable(example['phrase'])}[/not dim]{joint}{printable(right)}"


def _print_left_out(console: Console, marks: Marks, limit: int) -> None:
    from framing.discovery import REASONS

    if len(marks.rows) > limit:
        console.print(f"  {len(marks.rows) - limit:,} more; show them with -n.", style="dim")
    told = []
    for reason, rows in marks.left_out.items():
        if rows:
            names = ", ".join(printable(row["phrase"]) for row in rows[:4]) + (" …" if len(rows) > 4 else "")
            told.append(f"{REASONS[reason]}: {len(rows):,} ({names})")
    if told:
        console.print(f"  left out: {'; '.join(told)}", style="dim", soft_wrap=True)


def _print_notes(console: Console, counts: Any, outlets: set[str], outlet: str, same_event: bool) -> None:
    console.print()
    repeats = counts.repeats
    mine = [s for o, s in zip(repeats.outlets, repeats.sentences, strict=True) if o == outlet]
    if mine:
        shown = "; ".join(printable(s if len(s) < 50 else s[:49] + "…") for s in mine[:3])
        console.print(
            f"{len(mine):,} sentences that {printable(outlet)} prints word for word three times or more were not "
            f"counted ({shown}).",
            style="dim",
            soft_wrap=True,
        )
    if not same_event:
        events = {e for e, o in zip(counts.events, counts.outlets, strict=True) if o in outlets} - {""}
        advice = (
            "--same-event compares within events."
            if events
            else "Articles with a column `event` could be compared within events."
        )
        console.print(
            f"What an outlet writes about drives this list as much as how it words it. {advice}",
            style="dim",
            soft_wrap=True,
        )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the draft lexicon.")
@click.option(
    "-r",
    "--referent",
    "referents",
    multiple=True,
    help="Whose names, e.g. syria/armed-opposition. Repeatable; by default the most mentioned.",
)
@click.option("--of", "only", help="Look only in this outlet.")
@click.option("--voice", type=click.Choice(VOICES), default="own", show_default=True, help="Whose words.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Candidates of each referent."
)
@click.option("--seed", type=int, default=2017, show_default=True, help="Of keyness.")
def discover(
    folder: Path, output: Path, referents: tuple[str, ...], only: str | None, voice: str, limit: int, seed: int
) -> None:
    """Find names and phrases that no lexicon has yet, and write them as a draft lexicon.

    Candidates for a referent fill the slots of its known names ("X said", "X-held", "the X in NAME"); phrases that mark
    an outlet come from keyness. Read them: much of what fills the same slots names somebody else. Then decide the
    weights, delete the rest, and use the folder with -l.
    """
    from framing.analysis import open_analysis
    from framing.discovery import discover as search
    from framing.store import Folder

    analysis = open_analysis(folder)
    if only is not None:
        analysis.check_outlets([only])
    found = search(
        Folder(folder),
        analysis.lexicon_records(),
        output,
        referents=[analysis.find_referent(r) for r in referents],
        outlet=only,
        voice=None if voice == "all" else voice,
        limit=limit,
        seed=seed,
    )
    _print_found(found, output)


def _print_found(found: Found, output: Path) -> None:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    width = max(40, shutil.get_terminal_size().columns - 7)
    for category in found.categories:
        terms = [t for t in found.draft.terms if t.category == category.key]
        console.print(f"\n[bold]{printable(category.label)}[/bold] [dim]({printable(category.key)})[/dim]")
        if not terms:
            console.print("  nothing new", style="dim")
        for term in terms:
            uses = f"{term.count:,} in {term.articles:,} article{'' if term.articles == 1 else 's'}"
            console.print(
                f"  [bold]{printable(term.phrase)}[/bold]  {uses}  [dim]{printable(term.reason)}[/dim]", soft_wrap=True
            )
            for _, sentence in found.draft.sentences[term.category, term.phrase][:1]:
                cut = sentence if len(sentence) <= width else sentence[: width - 1] + "…"
                console.print(f"      {printable(cut)}", style="dim", soft_wrap=True)
    if found.searched < found.articles:
        console.print(f"\nSlots of {found.searched:,} of {found.articles:,} articles.", style="dim")
    by_reason: dict[str, list[str]] = {}
    for phrase, reason in found.draft.left_out:
        by_reason.setdefault(reason.partition(" of ")[0], []).append(printable(phrase))
    for reason, phrases in by_reason.items():
        more = " …" if len(phrases) > 6 else ""
        console.print(f"left out, {printable(reason)}: {', '.join(phrases[:6])}{more}", style="dim", soft_wrap=True)
    console.print(
        f"\n{len(found.draft.terms):,} candidates with {found.draft.examples:,} examples in {printable(str(output))}: "
        "decide the weights in terms.csv, delete what names something else; sentences are in candidates.csv.",
        soft_wrap=True,
    )

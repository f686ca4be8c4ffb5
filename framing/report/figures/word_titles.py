"""Titles of the charts of words and speakers: the finding, as a sentence, and no more than the intervals carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from framing.charts.labels import NO_BREAK_SPACE
from framing.charts.word_shift_table import ShiftBar, ShiftBars
from framing.report.figures.phrase_marks import MAX_Q, Comparison, leave_out_parts
from framing.report.results import ELLIPSIS, Referent, Results
from framing.report.rows import OK
from framing.report.wording import join, percent, quote, signed, tidy, weight

NO_INTERVALS = "no intervals from so few articles"
"""In place of how intervals were made, below a figure that has none."""

_NAMED = 3  # phrases in a title
_SMALL = 0.2  # of the scale: of a smaller difference the title says both means, so that it does not sound larger


def title_keyness(comparison: Comparison) -> str:
    """Name the phrases that mark the outlet, and the first of the other side; say so where there are none."""
    name = tidy(comparison.outlet)
    against = tidy(comparison.other) if comparison.other else "the other outlets"
    ours, theirs = _name_phrases(comparison.marks.rows, _NAMED), _name_phrases(comparison.other_marks.rows, 2)
    if not comparison.enough or not comparison.tested:
        return f"Too few articles to say which phrases mark {name}"
    if not ours and not theirs:
        return f"No phrase tells {name} from {against} more clearly than chance would"
    if not ours:
        return f"No phrase marks {name}; {theirs} {_verb(comparison.other_marks.rows, 2)} {against}"
    said = f"{ours} {_verb(comparison.marks.rows, _NAMED)} {name}"
    return (
        f"{said}; {theirs} {_verb(comparison.other_marks.rows, 2)} {against}" if theirs else f"{said} against {against}"
    )


def title_scatter(comparison: Comparison) -> str:
    """Say how many phrases tell the two sides apart."""
    name = tidy(comparison.outlet)
    against = tidy(comparison.other) if comparison.other else "the other outlets"
    if not comparison.enough or not comparison.tested:
        return f"{name} and {against}, phrase by phrase: too few articles to tell them apart"
    ours, theirs = len(comparison.marks.rows), len(comparison.other_marks.rows)
    if not ours + theirs:
        return f"No phrase tells {name} from {against} more clearly than chance would"
    marks = "marks" if ours == 1 else "mark"
    return (
        f"{_many(ours)} of {comparison.tested:,} phrases {marks} {name}, "
        f"{_many(theirs).lower()}{NO_BREAK_SPACE}{against}"
    )


def title_shift(results: Results, referent: Referent, data: ShiftBars, contrast: Mapping[str, Any] | None) -> str:
    """Say which names make up most of a difference that is clear; otherwise that it is none, or cannot be told."""
    first, second = tidy(data.outlet), tidy(data.other)
    about = quote(results.label(referent))
    if data.status != OK:
        return f"Names for {about}: too few articles to tell {first} from {second}"
    apart = _holds(data.low, data.high)
    if apart and data.bars and contrast is not None and not contrast["q"] <= MAX_Q:
        # The bars do not reach 0, so "no clear difference" alone would contradict the picture.
        return f"{_possess(first)} and {_possess(second)} names for {about}: no difference that stands out from chance"
    if not apart or not data.bars:
        return f"No clear difference between {_possess(first)} and {_possess(second)} names for {about}"
    scale = data.scale
    end = scale.high_name if data.difference > 0 else scale.low_name
    carrying = [b for b in data.bars if b.contribution * data.difference > 0 and _holds(b.low, b.high)][:2]
    said = f"{_possess(first)} names for {about} are more {end} than {_possess(second)}"
    if abs(data.difference) < _SMALL * (scale.high - scale.low):
        means = f"{signed(data.value)} against {signed(data.other_value)}"
        said += f" ({means}, from {weight(scale.low)} to {weight(scale.high)})"
    uses: dict[bool, list[ShiftBar]] = {}
    for b in carrying:
        uses.setdefault(b.share > b.other_share, []).append(b)
    parts = [_name_bars(more, bars) for more, bars in uses.items()]
    return f"{said}: {join(parts)}" if parts else said


def _name_bars(more: bool, bars: Sequence[ShiftBar]) -> str:
    """Return "more “rebels” and “fighters”", without the mark of a name with several forms."""
    names = join([quote(b.label.removesuffix(f" {ELLIPSIS}")) for b in bars])
    return f"{'more' if more else 'fewer'} {names}"


def _possess(name: str) -> str:
    """Return "BBC’s", "Washington Times’"."""
    return f"{name}’" if name.endswith(("s", "S")) else f"{name}’s"


def _holds(low: float, high: float) -> bool:
    """Whether an interval leaves 0 out; one that is not known does not."""
    return low > 0 or high < 0


_SPOKEN = {
    "officials": "Officials get",
    "ordinary": "Ordinary people get",
    "unnamed": "Unnamed sources get",
    "force": "Police, forces and courts get",
    "experts": "Experts get",
}
_TOLD = {
    "passive-agentless": "in passives without a doer",
    "active": "in active verbs with the doer",
    "intransitive": "as if it happened by itself",
    "nominal": "as a noun",
}
_VERBS = {"doubting": "Doubting verbs", "endorsing": "Endorsing verbs", "forceful": "Forceful verbs"}


@dataclass(frozen=True, slots=True)
class _Gap:
    """Two shares whose intervals lie apart, `more` above `less`; `width` is the widest gap between intervals."""

    part: str
    whole: str
    more: Mapping[str, Any]
    less: Mapping[str, Any]
    width: float


def title_speakers(table: pa.Table, outlets: Sequence[str]) -> str:
    """Say to whom two outlets give clearly different shares; otherwise that none can be told."""
    rows = [r for r in table.to_pylist() if r["outlet"] in outlets]
    gap = _gap_of_speakers(table, outlets)
    if gap is not None:
        more, less = tidy(gap.more["outlet"]), tidy(gap.less["outlet"])
        shares = percent(gap.more["share"]), percent(gap.less["share"])
        return f"{_SPOKEN[gap.part]} {shares[0]} of the words {more} lets others say, {shares[1]} of {_possess(less)}"
    enough = {r["outlet"] for r in rows if r["status"] == OK}
    if len(enough) < 2:
        return "Whom the outlets let speak: too few articles to tell them apart"
    return "No two outlets lie clearly apart in whom they let speak"


def title_verbs(table: pa.Table, outlets: Sequence[str], panels: Mapping[str, str]) -> str:
    """Say for which side two outlets' verbs are clearly different, or for which sides one outlet's are."""
    rows = [r for r in table.to_pylist() if r["outlet"] in outlets and r["whole"] in panels]
    between = _gap_of_verbs(table, outlets, panels)
    if between is not None:
        whom = f" that introduce {quote(panels[between.whole])}" if between.whole in list(panels)[1:] else ""
        more, less = between.more, between.less
        return (
            f"{_VERBS[between.part]} are {percent(more['share'])} of the report verbs{whom} in {tidy(more['outlet'])}, "
            f"{percent(less['share'])} in {tidy(less['outlet'])}"
        )
    if len({(r["outlet"], r["whole"]) for r in rows if r["status"] == OK}) < 2:
        return "By which verbs the outlets let others speak: too few articles to tell"
    return "By which verbs the outlets let others speak: no clear difference between two outlets"


def title_harms(table: pa.Table, panel: str, groups: Mapping[str, str], outlet: str = "") -> str:
    """Say in which form harm to one group is told clearly more often than harm to another."""
    rows = [r for r in table.to_pylist() if r["panel"] == panel and r["whole"] in groups]
    gap = _gap_of_harms(table, panel, groups)
    where = f"{tidy(outlet)}: " if outlet else ""
    if gap is not None:
        more, less = _lower(groups[gap.more["whole"]]), _lower(groups[gap.less["whole"]])
        return (
            f"{where}harm to {more} is told {_TOLD[gap.part]} in {percent(gap.more['share'])} of cases, "
            f"to {less} in {percent(gap.less['share'])}"
        ).replace("harm", "Harm" if not where else "harm", 1)
    if len({r["whole"] for r in rows if r["status"] == OK}) < 2:
        return f"{where}{'how' if where else 'How'} harm is told: too few articles to compare groups of victims"
    return f"{where}{'no' if where else 'No'} clear difference in how harm to two groups is told"


def part_of_speakers(table: pa.Table, outlets: Sequence[str]) -> str:
    """Return the part that `title_speakers` names; "" where it names none."""
    gap = _gap_of_speakers(table, outlets)
    return gap.part if gap else ""


def part_of_verbs(table: pa.Table, outlets: Sequence[str], panels: Mapping[str, str]) -> str:
    """Return the part that `title_verbs` names; "" where it names none."""
    gap = _gap_of_verbs(table, outlets, panels)
    return gap.part if gap else ""


def part_of_harms(table: pa.Table, panel: str, groups: Mapping[str, str]) -> str:
    """Return the part that `title_harms` names; "" where it names none."""
    gap = _gap_of_harms(table, panel, groups)
    return gap.part if gap else ""


def _gap_of_speakers(table: pa.Table, outlets: Sequence[str]) -> _Gap | None:
    return _widest([r for r in table.to_pylist() if r["outlet"] in outlets], "outlet", _SPOKEN)


def _gap_of_verbs(table: pa.Table, outlets: Sequence[str], panels: Mapping[str, str]) -> _Gap | None:
    rows = [r for r in table.to_pylist() if r["outlet"] in outlets and r["whole"] in panels]
    return _widest(rows, "outlet", _VERBS)


def _gap_of_harms(table: pa.Table, panel: str, groups: Mapping[str, str]) -> _Gap | None:
    rows = [r for r in table.to_pylist() if r["panel"] == panel and r["whole"] in groups]
    return _widest([{**r, "one": ""} for r in rows], "whole", _TOLD, within="one")


def _lower(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _widest(
    rows: Sequence[Mapping[str, Any]], key: str, parts: Mapping[str, str], within: str = "whole"
) -> _Gap | None:
    """Return the two rows that differ most of those whose intervals lie apart; None where none do.

    Of all parts, and of all `within`, the one with the widest gap between two intervals is chosen; in it, the shares
    that are furthest apart. The row at the top of the chart is then named, not the one with the narrowest interval.
    """
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["status"] == OK and row["part"] in parts and row["low"] < row["high"]:
            found.setdefault((row["part"], row[within]), []).append(row)
    gaps = []
    for (part, whole), same in found.items():
        pairs = [(a, b) for a in same for b in same if a["low"] > b["high"]]
        if pairs:
            more, less = max(pairs, key=lambda p: (p[0]["share"] - p[1]["share"], p[0][key], p[1][key]))
            gaps.append(_Gap(part, whole, more, less, max(a["low"] - b["high"] for a, b in pairs)))
    return max(gaps, key=lambda g: g.width, default=None)  # of equals the first, in the order of the table


def _many(number: int) -> str:
    return f"{number:,}" if number else "None"


def _choose(rows: Sequence[dict[str, Any]], most: int) -> list[str]:
    """Return the first phrases, without those that only vary an earlier one ("terrorist", "terrorists")."""
    chosen: list[str] = []
    for row in leave_out_parts(rows):
        words = row["phrase"].casefold()
        if not any(words.startswith(c.casefold()) or c.casefold().startswith(words) for c in chosen):
            chosen.append(row["phrase"])
    return chosen[:most]


def _name_phrases(rows: Sequence[dict[str, Any]], most: int) -> str:
    return join([quote(phrase.replace("'", "’")) for phrase in _choose(rows, most)])


def _verb(rows: Sequence[dict[str, Any]], most: int) -> str:
    return "marks" if len(_choose(rows, most)) == 1 else "mark"

"""What the chart of voices shows: the words for one referent in each voice."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.paired_table import PairedIntervals
from framing.errors import InputError
from framing.report.findings.finding import bounds
from framing.report.findings.ranking import rank_referents
from framing.report.results import Referent, Results
from framing.report.rows import OK
from framing.report.wording import quote, tidy, weight

VOICES = {"own": "own voice", "quoted": "quoted", "attributed": "in reported speech"}
_OTHERS = ("quoted", "attributed")


def choose_voiced(results: Results, outlets: Sequence[str]) -> Referent | None:
    """Return the referent whose words, by voice, can be told apart in most outlets; None where nobody is named.

    First by outlets whose own words lie apart from those of others, then by outlets with enough of both in which they
    differ at all, so that dots in one place are not chosen; then by those that differ in few articles, and by those
    that have enough of both; of equals, the more telling (see `rank_referents`).
    """

    def judge(referent: Referent) -> tuple[int, int, int, int, int]:
        scale = results.scale(referent)
        ends, apart, told, differ, enough, both = (scale.low, scale.high), 0, 0, 0, 0, 0
        for outlet in outlets:
            own = results.stance.get((outlet, referent, "own"))
            others = [v for voice in _OTHERS if (v := results.stance.get((outlet, referent, voice))) is not None]
            known = [v for v in others if v.status == OK] if own is not None and own.status == OK else []
            both += own is not None and bool(others)
            enough += bool(known)
            told += own is not None and any(v.value != own.value for v in known)
            differ += own is not None and any(v.value != own.value for v in known or others)
            if own is not None and known:
                low, high = bounds(own, ends)
                apart += any(low > b or high < a for a, b in (bounds(v, ends) for v in known))
        return apart, told, differ, enough, both

    ranked = rank_referents(results, outlets)
    return max(ranked, key=judge, default=None)


def take_voices(results: Results, referent: Referent, outlets: Sequence[str], term: str | None) -> PairedIntervals:
    """Take the mean weight of the words for a referent in each voice, or the share of one name among them.

    A lexicon that does not weigh has no means: then, without `term`, the commonest name is shown.

    Raises
    ------
    InputError
        The referent has no name `term`, or none of the outlets mentions it.
    """
    weighed = any((o, referent, v) in results.stance for o in outlets for v in VOICES)
    label = quote(results.label(referent))
    if term is None and weighed:
        scale = results.scale(referent)
        tables = {v: _take_stance(results, referent, v) for v in VOICES}
        return PairedIntervals.from_tables(
            f"Words for {label}",
            f"Mean weight of the words, from {weight(scale.low)} to {weight(scale.high)}",
            {VOICES[v]: t for v, t in tables.items() if _any(t, outlets)},
            outlets,
            scale=(scale.low, scale.high, scale.low_name, scale.high_name),
            minimum=results.min_articles,
        )
    pattern = _find_term(results, referent, outlets, term)
    tables = {v: _take_share(results, referent, pattern, v) for v in VOICES}
    name = quote(results.labels[referent, pattern])
    return PairedIntervals.from_tables(
        f"{name} for {label}",
        f"{name}, share of all mentions of {label} in that voice",
        {VOICES[v]: t for v, t in tables.items() if _any(t, outlets)},
        outlets,
        percent=True,
        minimum=results.min_articles,
    )


def _any(table: pa.Table, outlets: Sequence[str]) -> bool:
    return bool(pc.any(pc.is_in(table["outlet"], pa.array(list(outlets), pa.string()))).as_py())


def _take_stance(results: Results, referent: Referent, voice: str) -> pa.Table:
    name = ":".join(("stance", *referent, voice))
    return results.measure_table.filter(pc.equal(results.measure_table["measure"], name))


def _take_share(results: Results, referent: Referent, term: str, voice: str) -> pa.Table:
    table = results.term_table
    for column, value in zip(("lexicon", "referent", "term", "voice"), (*referent, term, voice), strict=True):
        table = table.filter(pc.equal(table[column].cast(pa.string()), value))
    names = ["value" if name == "share" else name for name in table.column_names]
    return table.rename_columns(names)


def _find_term(results: Results, referent: Referent, outlets: Sequence[str], term: str | None) -> str:
    names = results.pool(outlets, referent).names
    if not names:
        raise InputError(f"None of these outlets mentions {'/'.join(referent)}. Choose other outlets.")
    if term is None:
        return max(names, key=lambda n: (n.total, n.label)).term
    for name in names:
        if term == name.term or term.casefold() in (name.label.casefold(), name.label.casefold().removesuffix(" …")):
            return name.term
    known = ", ".join(tidy(n.label) for n in names[:20])
    raise InputError(f"no name {term!r} for {'/'.join(referent)} in these outlets. There are: {known}.")

"""In which articles mentions stand: of a referent, of one of its names, or behind a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from framing.charts.dispersion import HALF
from framing.charts.dispersion_table import MentionSpread
from framing.errors import InputError
from framing.measure import MENTION_FIELDS, only_mention_keys
from framing.report.figures.drawer import Options
from framing.report.figures.measure_names import choose_measure
from framing.report.findings.finding import MANY_MENTIONS
from framing.report.findings.ranking import main_referents, rank_referents
from framing.report.lang import _
from framing.report.results import ELLIPSIS, Referent, Results
from framing.report.rows import OK
from framing.report.wording import count, join, percent, quote, tidy
from framing.statistics.dispersion import compute_dispersion

_NAMED = 20  # names that an error lists


@dataclass(frozen=True, slots=True)
class Subject:
    """What is mentioned: how it is called, the keys of its mentions, one pattern of them or all (""), their voice
    ("" for any), and a hash of its lexicons."""

    label: str
    keys: tuple[str, ...]
    term: str
    voice: str
    digest: str


def choose_subject(results: Results, outlets: Sequence[str], options: Options) -> Subject:
    """Return what the options name: a measure, a referent, or one of its names; by default the most telling referent.

    Raises
    ------
    InputError
        Both a measure and a name are given, there is no such measure, referent or name, or the measure is not made of
        mentions.
    """
    measure, term = options.get("measure"), options.get("term")
    if measure:
        if term or options.get("referent"):
            raise InputError("A measure, or a referent with or without a term: give one of the two.")
        named = choose_measure(results, measure, outlets)
        keys = only_mention_keys(named.measure.mention_keys)
        if not keys:
            raise InputError(f"Measure {measure!r} is not made of mentions. Choose one of a rate or share of words.")
        voices = {key.rsplit(":", 1)[1] for key in keys}
        voice = voices.pop() if len(voices) == 1 else ""
        # A share of names counts one of them; the key stands for all.
        pattern = measure.split(":", 4)[4] if measure.startswith("share:") else ""
        return Subject(named.shown.label, keys, pattern, "" if voice == "*" else voice, named.digest)
    referent = _choose_referent(results, outlets, options.get("referent"), term)
    label, pattern = quote(results.label(referent)), ""
    if term:
        pattern = _find_term(results, referent, term)
        label = quote(results.labels[referent, pattern])
    return Subject(label, (f"naming:{referent[0]}:{referent[1]}:own",), pattern, "own", results.digest)


def _choose_referent(results: Results, outlets: Sequence[str], name: str | None, term: str | None) -> Referent:
    if name:
        return results.analysis.find_referent(name)
    ranked = rank_referents(results, outlets)
    if term:
        holding = [r for r in ranked if any(_is_called(results, r, t, term) for t in _terms(results, r))]
        if not holding:
            raise InputError(
                f"No lexicon found the name {term!r} in these articles. Give its referent, or another name."
            )
        return holding[0]
    chosen = [*main_referents(results, outlets, ranked), *ranked]
    if not chosen:
        raise InputError("These outlets mention nothing that a lexicon names. Choose other outlets.")
    return chosen[0]


def _terms(results: Results, referent: Referent) -> list[str]:
    return [term for found, term in results.labels if found == referent]


def _is_called(results: Results, referent: Referent, pattern: str, name: str) -> bool:
    label = results.labels[referent, pattern].removesuffix(ELLIPSIS).strip()
    return name.casefold() in (pattern.casefold(), label.casefold())


def _find_term(results: Results, referent: Referent, name: str) -> str:
    terms = _terms(results, referent)
    found = [term for term in terms if _is_called(results, referent, term, name)]
    if not found:
        said = ", ".join(sorted(results.labels[referent, term] for term in terms)[:_NAMED])
        raise InputError(f"{'/'.join(referent)} has no name {name!r} in this analysis. There are: {said}.")
    return found[0]


def count_spread(results: Results, outlets: Sequence[str], subject: Subject) -> MentionSpread:
    """Count the mentions of a subject in each article of some outlets, and measure how evenly they are spread.

    Raises
    ------
    InputError
        None of the outlets mentions it.
    """
    table = results.article_table
    table = table.filter(pc.is_in(table["outlet"].cast(pa.string()), pa.array(list(outlets), pa.string())))
    counted = _count(results, subject)
    ids = table["id"].cast(pa.string()).combine_chunks()
    where = pc.index_in(ids, counted["article_id"].combine_chunks())
    numbers = pc.fill_null(counted["mentions"].combine_chunks().take(where), 0)
    articles = pa.table(
        {
            "outlet": table["outlet"].cast(pa.string()),
            "article_id": ids,
            "date": table["date"].cast(pa.string()).fill_null(""),
            "mentions": numbers,
        }
    )
    words = table[f"words_{subject.voice}" if subject.voice else "words"].cast(pa.float64()).to_numpy()
    labels = np.array(articles["outlet"].to_pylist(), dtype=object)
    mentions = numbers.to_numpy(zero_copy_only=False).astype(np.float64)
    rows = []
    for outlet in outlets:
        mine = labels == outlet
        if mentions[mine].any():
            found = compute_dispersion(sparse.csc_array(mentions[mine, None]), words[mine])
            rows.append({"outlet": outlet, "dp": float(found.dp[0]), "top_share": float(found.top_share[0])})
    schema = pa.schema([("outlet", pa.string()), ("dp", pa.float64()), ("top_share", pa.float64())])
    spread = pa.Table.from_pylist(rows, schema)
    return MentionSpread.from_tables(articles, spread, subject.label, outlets, results.min_articles, MANY_MENTIONS)


def _count(results: Results, subject: Subject) -> pa.Table:
    """Return the mentions of a subject by article: article_id, mentions."""
    parts = []
    for table in (results.mention_table, results.module_mentions):
        columns = [table[name].cast(pa.string()) for name in MENTION_FIELDS]
        wanted = pa.array(np.zeros(len(table), dtype=bool))
        for key in subject.keys:
            mask = pa.array(np.ones(len(table), dtype=bool))
            for column, value in zip(columns, key.split(":"), strict=True):
                if value != "*":
                    mask = pc.and_(mask, pc.equal(column, value))
            wanted = pc.or_(wanted, mask)
        if subject.term:
            wanted = pc.and_(wanted, pc.equal(table["term"].cast(pa.string()), subject.term))
        parts.append(pa.table({"article_id": table["article_id"].cast(pa.string()).filter(wanted)}))
    grouped = pa.concat_tables(parts).group_by("article_id").aggregate([([], "count_all")])
    return grouped.rename_columns(["article_id", "mentions"])


def title_spread(spread: MentionSpread) -> str:
    """Say in which outlets one article holds half of the mentions; outlets with few articles or mentions do not
    count."""
    judged = [one for one in spread.outlets if one.status == OK]  # the one with the highest share first
    subject = spread.subject
    if not judged:
        return _("{subject}: too few articles or mentions to tell how evenly they are spread").format(subject=subject)
    carried = [one for one in judged if one.top_share >= HALF]
    if carried:
        first, others = carried[0], [tidy(one.outlet) for one in carried[1:]]
        if not others:
            said = _("{subject}: one article holds {share} of {outlet}’s mentions")
        else:
            said = _("{subject}: one article holds {share} of {outlet}’s mentions, and half or more in {others}")
        more = join(others) if len(others) <= 2 else count(len(others), "other outlet")
        return said.format(subject=subject, share=percent(first.top_share), outlet=tidy(first.outlet), others=more)
    most = judged[0]
    if len(judged) == 1:
        said = _("{subject}: no article of {outlet} holds half of its mentions; the most is {share}")
    else:
        said = _(
            "{subject}: in none of {number} outlets does one article hold half of the mentions; "
            "the most is {share} ({outlet})"
        )
    return said.format(subject=subject, share=percent(most.top_share), outlet=tidy(most.outlet), number=len(judged))

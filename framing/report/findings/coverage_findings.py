"""Findings about coverage: what an outlet leaves out of articles on events where others mention it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.report.findings.checks import YES, Check, check_too_few
from framing.report.findings.finding import MATCHED, Finding, few_strength, finding_id, measure_clearance, say_interval
from framing.report.lang import _
from framing.report.results import Referent, Results, coverage_id
from framing.report.rows import INSUFFICIENT, OK, Coverage
from framing.report.wording import count, percent, percent_interval, tidy, whole
from framing.statistics.coverage import MIN_EVENTS

LEAST_GAP = 0.25  # a quarter of the articles fewer than elsewhere; less is hardly worth a sentence
LEAST_MISSING = 2
UNDER_ANOTHER_NAME = 0.5  # of the articles that leave a referent out (a judgement: as often there as not)
_ACTORS = frozenset({"armed-group", "forces", "government", "leader", "migrants"})
"""Kinds of which one party may be several referents of a lexicon, a word for each: "militants", "armed groups". Of the
other kinds a lexicon's referents are different things (a tax and a tariff) or opposite sides."""


def left_out(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """An outlet that mentions a referent clearly less often than the others do, where it had the chance.

    With enough articles its interval must lie below the share of the others; with too few, the counts are told.
    Nothing is said of a referent that is there under another name: see `is_named_otherwise`.
    """
    rows = {
        o: c for o in results.outlets if (c := results.coverage.get((o, referent))) is not None and c.event_articles
    }
    for outlet in outlets:
        row = rows.get(outlet)
        if row is None:
            continue
        chances = sum(c.event_articles for o, c in rows.items() if o != outlet)
        taken = sum(c.event_mentioning for o, c in rows.items() if o != outlet)
        missing = row.event_articles - row.event_mentioning
        if missing < LEAST_MISSING or not chances or taken / chances - row.event_share < LEAST_GAP:
            continue
        elsewhere = taken / chances
        # Where no article mentions it: the rule of three, over events.
        high = min(1.0, 3 / row.n_events) if row.event_low == row.event_high else row.event_high
        enough = row.event_status == OK and row.event_articles >= results.min_articles
        if enough and elsewhere <= high:
            continue
        if is_named_otherwise(results, referent, [outlet]):
            continue
        yield Finding(
            id=finding_id("coverage", [outlet], referent),
            kind="coverage",
            subject=results.label(referent),
            text=_say(outlet, row, high, taken, chances, enough),
            outlets=(outlet,),
            referent=referent,
            voice="any",
            value=row.event_share,
            low=row.event_low,
            high=high if enough else row.event_high,
            mentions=0,
            articles=row.event_articles,
            status=OK if enough else INSUFFICIENT,
            strength=measure_clearance(elsewhere - high, row.event_low, high)
            if enough
            else few_strength(0, row.event_articles),
            links=(
                (
                    _("the {articles} without it").format(articles=count(missing, "article")),
                    coverage_id(outlet, referent),
                ),
            ),
            mode=MATCHED,
            checks=_check() if enough else check_too_few(_say_few(results, row)),
        )


def is_named_otherwise(results: Results, referent: Referent, outlets: Sequence[str]) -> bool:
    """Whether these outlets seem to call a referent something else, rather than leave it out.

    A referent that only descriptions name ("armed group", "militia") may be one choice of words among others for the
    same party ("rebels"), where the lexicon keeps these as a referent of its own. Such siblings are of the same
    lexicon, and of the same kind, one of parties that act; both are described, not named: at least half of the terms of
    each have no capital letter. Who does not mention Hamas has left Hamas out, whomever else it mentions.

    Returns
    -------
    bool
        True where at least half of the outlets' articles that leave the referent out, on events where another article
        has it, mention a sibling. False where it has no siblings, no article leaves it out, or no events are known.
    """
    siblings = find_siblings(results.records.get(referent[0], {}), referent[1])
    if not siblings or not results.has_events:
        return False
    holding = _find_articles(results, referent[0], [referent[1]])
    articles = results.article_table.select(["id", "outlet", "event"]).to_pylist()
    events = {a["event"] for a in articles if a["event"] and a["id"] in holding}
    without = [a["id"] for a in articles if a["outlet"] in outlets and a["event"] in events and a["id"] not in holding]
    if not without:
        return False
    elsewhere = _find_articles(results, referent[0], siblings)
    return sum(article in elsewhere for article in without) >= UNDER_ANOTHER_NAME * len(without)


def find_siblings(record: Mapping[str, Any], key: str) -> list[str]:
    """Return the referents of a lexicon that may be other words for the same party; see `is_named_otherwise`.

    Parameters
    ----------
    record : mapping
        A lexicon as an analysis keeps it.
    """
    categories = record.get("categories", {})
    kind = categories.get(key, {}).get("kind")
    if kind not in _ACTORS or not _is_described(record, key):
        return []
    return [k for k, c in categories.items() if k != key and c.get("kind") == kind and _is_described(record, k)]


def _is_described(record: Mapping[str, Any], key: str) -> bool:
    patterns = [str(term[1]) for term in record["terms"] if term[0] == key and term[2] is not None]  # no blockers
    return 2 * sum(pattern == pattern.lower() for pattern in patterns) >= len(patterns) > 0


def _find_articles(results: Results, lexicon: str, referents: Sequence[str]) -> set[str]:
    """Return the articles that mention one of these referents."""
    table = results.mention_table
    chosen = pc.and_(
        pc.equal(table["lexicon"].cast(pa.string()), lexicon),
        pc.is_in(table["category"].cast(pa.string()), pa.array(referents, pa.string())),
    )
    return set(table.filter(chosen)["article_id"].to_pylist())


def _check() -> tuple[Check, ...]:
    same = _("Only events are counted on which another article mentions the subject.")
    return (
        Check(_("Chance?"), YES, _("The interval lies below the share of the other outlets."), "chance"),
        Check(_("The topics?"), YES, same, "topics"),
    )


def _say_few(results: Results, row: Coverage) -> str:
    text = _("{articles} on {events}, where {least} articles and {least_events} events are needed")
    return text.format(
        articles=count(row.event_articles, "article"),
        events=count(row.n_events, "event"),
        least=whole(results.min_articles),
        least_events=whole(MIN_EVENTS),
    )


def _say(outlet: str, row: Coverage, high: float, taken: int, chances: int, enough: bool) -> str:
    said = {
        "outlet": tidy(outlet),
        "number": whole(row.event_mentioning) if row.event_mentioning else _("none"),
        "articles": count(row.event_articles, "article"),
        "events": count(row.n_events, "event"),
        "taken": whole(taken),
        "chances": whole(chances),
    }
    if not enough:
        return _(
            "Where another article on the same event mentions the subject, {outlet} mentions it in {number} of its "
            "{articles} on {events}; the other outlets do in {taken} of their {chances}."
        ).format(**said)
    return _(
        "Where another article on the same event mentions the subject, {outlet} mentions it in {number} of its "
        "{articles} on {events} ({share}, {interval}); the other outlets do in {taken} of their {chances} "
        "({elsewhere})."
    ).format(
        share=percent(row.event_share),
        interval=say_interval(percent_interval(row.event_low, high), row.event_low == row.event_high),
        elsewhere=percent(taken / chances),
        **said,
    )

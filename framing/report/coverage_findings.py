"""Findings about coverage: what an outlet leaves out of articles on events where others mention it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.checks import YES, Check, check_too_few
from framing.report.finding import MATCHED, Finding, few_strength, finding_id, measure_clearance, say_interval
from framing.report.lang import _
from framing.report.results import Referent, Results, coverage_id
from framing.report.rows import INSUFFICIENT, OK, Coverage
from framing.report.wording import count, percent, percent_interval, tidy, whole
from framing.statistics.coverage import MIN_EVENTS

LEAST_GAP = 0.25  # a quarter of the articles fewer than elsewhere; less is hardly worth a sentence
LEAST_MISSING = 2


def left_out(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """An outlet that mentions a referent clearly less often than the others do, where it had the chance.

    With enough articles its interval must lie below the share of the others; with too few, the counts are told.
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

"""Findings about coverage: what an outlet leaves out of articles on events where others mention it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.finding import Finding, few_strength, finding_id, say_interval
from framing.report.results import Referent, Results, coverage_id
from framing.report.rows import INSUFFICIENT, OK, Coverage
from framing.report.wording import count, percent, percent_interval, tidy

LEAST_GAP = 0.25  # a quarter of the articles fewer than elsewhere; less is hardly worth a sentence
LEAST_MISSING = 2


def left_out(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """An outlet that mentions a referent clearly less often than the others do, where it had the chance."""
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
        enough = row.event_status == OK and row.event_articles >= results.min_articles and elsewhere > high
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
            high=row.event_high,
            mentions=0,
            articles=row.event_articles,
            status=OK if enough else INSUFFICIENT,
            strength=elsewhere - high if enough else few_strength(0, row.event_articles),
            links=((f"the {count(missing, 'article')} without it", coverage_id(outlet, referent)),),
        )


def _say(outlet: str, row: Coverage, high: float, taken: int, chances: int, enough: bool) -> str:
    interval = say_interval(percent_interval(row.event_low, high), row.event_low == row.event_high)
    figure = f" ({percent(row.event_share)}, {interval})" if enough else ""
    others = f"{taken:,} of {chances:,}" + (f" ({percent(taken / chances)})" if enough else "")
    return (
        f"{tidy(outlet)} mentions it in {f'{row.event_mentioning:,}' if row.event_mentioning else 'none'} of its "
        f"{count(row.event_articles, 'article')} on {count(row.n_events, 'event')} where another article mentions it"
        f"{figure}; the other outlets in {others} of theirs."
    )

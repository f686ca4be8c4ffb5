"""Coverage: how many of an outlet's articles mention a referent at all, and how many did so where others did."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from framing.errors import InputError
from framing.statistics.bootstrap import RESAMPLES, compute_ratios
from framing.statistics.counters import Counters, IntArray, require_columns, split_name, tabulate
from framing.statistics.measures import MIN_ARTICLES

MIN_EVENTS = 5
"""Events with the denominator below which an event share is marked "insufficient" (a judgement)."""

_COLUMNS = (
    ("lexicon", pa.string()),
    ("referent", pa.string()),
    ("articles", pa.int64()),
    ("mentioning", pa.int64()),
    ("share", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("event_articles", pa.int64()),
    ("event_mentioning", pa.int64()),
    ("event_share", pa.float64()),
    ("event_low", pa.float64()),
    ("event_high", pa.float64()),
    ("n_events", pa.int64()),
    ("status", pa.string()),
    ("event_status", pa.string()),
)


def compute_coverage(
    counters: Counters,
    articles: pa.Table,
    *,
    group: str = "outlet",
    min_articles: int = MIN_ARTICLES,
    min_events: int = MIN_EVENTS,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pa.Table:
    """Compute how often each group mentions each referent: of all its articles, and of those where it had the chance.

    The chance: an article counts for the event columns when *another* article on the same event, of whatever outlet,
    mentions the referent. An article never makes its own chance, so a referent that one article alone brings up counts
    as left out by the other articles on that event, and neither for nor against the one. Articles with the event ""
    take no part in the event columns.

    Parameters
    ----------
    counters : Counters
        With "coverage:<lexicon>:<referent>".
    articles : pa.Table
        `id` and `event` of at least the articles of `counters`: the articles table, or other events for the same
        articles.
    group : str
        Column of the articles table to group by.
    min_articles, min_events : int
        Below these, `status` and `event_status` are "insufficient".
    resamples, seed : int
        See `compute_measures`.

    Returns
    -------
    pa.Table
        One row for each group and each referent that any article mentions, zeros included: what is left out is the
        finding. By group, lexicon and referent. Columns:

        <group> : string, named as `group`
        lexicon, referent : string
        articles : int64, articles of the group, at least 1
        mentioning : int64, those that mention the referent, in any voice
        share : float64, 0 to 1, mentioning / articles; never undefined
        low, high : float64, 95 % bootstrap interval of `share` over the group's articles; nan for one article
        event_articles : int64, articles that had the chance
        event_mentioning : int64, those of them that mention the referent
        event_share : float64, 0 to 1, event_mentioning / event_articles; nan where no article had the chance
        event_low, event_high : float64, 95 % bootstrap interval of `event_share` over the group's events (who had the
            chance is not worked out anew in a resample); nan with fewer than two events
        n_events : int64, events in which an article of the group had the chance
        status : string, of `share`: "ok" or "insufficient"
        event_status : string, of `event_share`: "ok", "insufficient" or "undefined"

        The event columns depend on the other outlets' articles on the same events; the others on the group's articles
        alone.

    Raises
    ------
    InputError
        A column or field is missing, or `articles` lacks an article.
    """
    found = counters.starting_with("coverage:")
    referents = [(split_name(name, 3)[1], split_name(name, 3)[2], column) for column, name in enumerate(found.names)]
    referents.sort()
    mentions = found.matrix[:, [column for _, _, column in referents]].astype(bool).astype(np.float64).tocsr()
    event = _event_of(counters, articles)
    chance = _find_chances(mentions, event)
    taken = chance.multiply(mentions).tocsr()
    count = len(referents)
    every = np.arange(count)

    def describe(label: str, rows: IntArray) -> dict[str, Any]:
        each = sparse.hstack([mentions[rows], np.ones((len(rows), 1))], format="csc")
        ratios = compute_ratios(each, every, np.full(count, count), group=label, seed=seed, resamples=resamples)
        rows = rows[event[rows] >= 0]
        member = _members(np.unique(event[rows], return_inverse=True)[1])
        pairs = sparse.hstack([member @ taken[rows], member @ chance[rows]], format="csc")
        on_events = compute_ratios(
            pairs, every, count + every, group=f"{label}\x1fevents", seed=seed, resamples=resamples
        )
        return {
            "lexicon": [lexicon for lexicon, _, _ in referents],
            "referent": [referent for _, referent, _ in referents],
            "articles": ratios.n_units,
            "mentioning": ratios.numerator.astype(np.int64),
            "share": ratios.value,
            "low": ratios.low,
            "high": ratios.high,
            "event_articles": on_events.denominator.astype(np.int64),
            "event_mentioning": on_events.numerator.astype(np.int64),
            "event_share": on_events.value,
            "event_low": on_events.low,
            "event_high": on_events.high,
            "n_events": on_events.n_units,
            "status": ratios.status(min_articles),
            "event_status": on_events.status(min_events),
        }

    return tabulate(counters, group, _COLUMNS, describe)


def _event_of(counters: Counters, articles: pa.Table) -> IntArray:
    """Return the number of each article's event, ascending by its name, -1 for none. Shape (articles,)."""
    require_columns(articles, ("id", "event"), "articles")
    ids = counters.articles["id"].cast(pa.string())
    place = pc.index_in(ids, value_set=articles["id"].cast(pa.string()).combine_chunks())
    if place.null_count:
        missing = ids.filter(pc.is_null(place))[0].as_py()
        raise InputError(f"articles: no row with the id {missing!r}. Give the table that the counters were built from.")
    names = articles["event"].cast(pa.string()).fill_null("").take(place)
    events = pa.array(sorted(set(names.to_pylist()) - {""}), pa.string())
    return np.asarray(pc.index_in(names, value_set=events).fill_null(-1).to_numpy(), dtype=np.int64)


def _find_chances(mentions: Any, event: IntArray) -> Any:
    """Mark with 1 where another article on the event mentions the referent. CSR, shape (articles, referents)."""
    placed = np.flatnonzero(event >= 0)
    member = _members(event[placed])  # (events, placed articles)
    on_event = member.T @ (member @ mentions[placed])
    others = (on_event - mentions[placed]).tocsr()
    others.eliminate_zeros()
    others.data[:] = 1
    back = sparse.csr_array((np.ones(len(placed)), (placed, np.arange(len(placed)))), shape=(len(event), len(placed)))
    return (back @ others).tocsr()


def _members(codes: IntArray) -> Any:
    """Return which unit belongs to which class, as 0 and 1. CSR, shape (classes, units)."""
    classes = int(codes.max()) + 1 if len(codes) else 0
    return sparse.csr_array((np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(classes, len(codes)))

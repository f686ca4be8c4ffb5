"""Sources: how much of what an outlet lets others say goes to each side that the naming lexicons know."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from framing.statistics.bootstrap import RESAMPLES, compute_ratios
from framing.statistics.counters import Counters, IntArray, split_name, tabulate
from framing.statistics.measures import MIN_ARTICLES, SHARE_COLUMNS, describe_shares

OTHERS = ("words:quoted", "words:attributed")
_COLUMNS = (
    ("lexicon", pa.string()),
    ("referent", pa.string()),
    ("words", pa.int64()),
    ("articles", pa.int64()),
    *SHARE_COLUMNS,
)


def compute_sources(
    counters: Counters,
    *,
    group: str = "outlet",
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pa.Table:
    """Compute the share of each side in the words that a group's articles quote or attribute.

    Parameters
    ----------
    counters : Counters
        With "sourcing-side:<lexicon>:<referent>:<voice>", "words:quoted" and "words:attributed".
    group : str
        Column of the articles table to group by.
    min_articles, resamples, seed : int
        See `compute_measures`.

    Returns
    -------
    pa.Table
        One row for each group and each referent that speaks in any article, zeros included: a side that an outlet never
        lets speak is a finding. By group, lexicon and referent. Columns:

        <group> : string, named as `group`
        lexicon, referent : string
        words : int64, quoted and attributed words of that side
        articles : int64, articles in which it speaks
        share : float64, 0 to 1, words / all quoted and attributed words of the group; nan where there are none
        low, high : float64, 95 % bootstrap interval over the group's articles; nan with fewer than two that quote
        n_articles : int64, articles with quoted or attributed words
        status : string, "ok", "insufficient" or "undefined"

        A speaker may belong to a side in several lexicons, and most speakers belong to none: shares do not add up to 1.
    """
    sides: dict[tuple[str, str], list[str]] = {}
    for name in counters.starting_with("sourcing-side:").names:
        _, lexicon, referent, _ = split_name(name, 4)
        sides.setdefault((lexicon, referent), []).append(name)
    order = sorted(sides)
    count = len(order)
    combined = counters.combine([*(sides[side] for side in order), OTHERS])

    def describe(label: str, rows: IntArray) -> dict[str, Any]:
        own = combined[rows].tocsc()
        ratios = compute_ratios(
            own, np.arange(count), np.full(count, count), group=label, seed=seed, resamples=resamples
        )
        return {
            "lexicon": [lexicon for lexicon, _ in order],
            "referent": [referent for _, referent in order],
            "words": ratios.numerator.astype(np.int64),
            "articles": np.diff(own.indptr)[:count],
            **describe_shares(ratios, min_articles),
        }

    return tabulate(counters, group, _COLUMNS, describe)

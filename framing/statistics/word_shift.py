"""Word shift: which names make up the difference between two mean weights.

The mean weight of an outlet's mentions is the sum of w_i p_i over its names i, w_i the weight and p_i the share. With
the same weights on both sides, and any reference r, the difference of the means is

    sum over i of (w_i - r) (p_i - q_i),

because the differences of shares add up to 0. A name that weighs more than the reference raises the difference where it
is used more, and lowers it where it is used less. The reference is the middle between the two means, so that exchanging
the two outlets mirrors every contribution.

References
----------
Gallagher et al. (2021), Generalized word shift graphs, EPJ Data Science 10:4.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from framing.errors import InputError
from framing.statistics.bootstrap import RESAMPLES, draw_times, order_bounds
from framing.statistics.counters import Counters, FloatArray, IntArray, split_name
from framing.statistics.measures import MIN_ARTICLES

COLUMNS = pa.schema(
    [
        ("term", pa.string()),
        ("weight", pa.float64()),
        ("count", pa.int64()),
        ("other_count", pa.int64()),
        ("share", pa.float64()),
        ("other_share", pa.float64()),
        ("contribution", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True)
class WordShift:
    """The parts of a difference of mean weights.

    Attributes
    ----------
    terms : pa.Table
        Columns as in `COLUMNS`, one row for each name that either side uses, the largest contribution first.
        `contribution`: on the scale of the weights; they add up to `difference`. `low`, `high`: 95 % percentile
        interval over articles, nan with fewer than two on a side.
    value, other_value, difference : float
        The two means, and the first less the second.
    low, high : float
        Interval of the difference.
    reference : float
        The weight from which names count as above or below.
    articles, other_articles : int
        Articles with a mention.
    status : str
        "ok", or "insufficient" where a side has fewer than the least number of articles.
    """

    terms: pa.Table
    value: float
    other_value: float
    difference: float
    low: float
    high: float
    reference: float
    articles: int
    other_articles: int
    status: str


def compute_word_shift(
    counters: Counters,
    lexicon: str,
    referent: str,
    weights: Mapping[str, float],
    outlet: str,
    other: str,
    *,
    voice: str = "own",
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> WordShift:
    """Part the difference between the mean weights of two outlets' names for a referent.

    Parameters
    ----------
    counters : Counters
        With "naming:<lexicon>:<referent>:<voice>:<section>:<term>".
    weights : mapping of term to float
    outlet, other : str
        Of the column `outlet`.
    voice : str
    min_articles, resamples, seed : int
        See `compute_measures`.

    Raises
    ------
    InputError
        An outlet compared with itself or unknown, one that never mentions the referent in that voice, or a name without
        a weight.
    """
    if outlet == other:
        raise InputError(f"{outlet!r} cannot be compared with itself. Name another outlet.")
    sections: dict[str, list[str]] = {}
    for name in counters.starting_with(f"naming:{lexicon}:{referent}:{voice}:").names:
        sections.setdefault(split_name(name, 6)[5], []).append(name)
    terms = sorted(sections)
    unknown = [term for term in terms if math.isnan(weights.get(term, math.nan))]
    if unknown:
        raise InputError(f"{lexicon}/{referent}: {unknown[0]!r} has no weight. Give the weight of every name.")
    columns = counters.combine([sections[term] for term in terms])
    rows = dict(counters.groups("outlet"))
    drawn: list[FloatArray] = []
    articles = []
    for name in (outlet, other):
        if name not in rows:
            raise InputError(f"there is no outlet {name!r}. Choose outlets of the analysis.")
        mine = columns[rows[name]]
        used = np.flatnonzero(np.asarray(mine.sum(axis=1)).ravel() > 0)
        if not len(used):
            raise InputError(f"{name!r} has no mention of {lexicon}/{referent} in {voice} voice. Choose other outlets.")
        articles.append(len(used))
        times = draw_times(len(used), name, seed, resamples) if resamples else np.ones((len(used), 1))
        drawn.append(mine[used].T @ times)
    weight = np.array([weights[term] for term in terms], dtype=np.float64)
    parts, means = _part(drawn, weight)
    low, high = _bound(parts, min(articles))
    bounds = _bound((means[0] - means[1])[None], min(articles))
    kept = np.flatnonzero((drawn[0][:, 0] > 0) | (drawn[1][:, 0] > 0))
    order = kept[np.lexsort((kept, -np.abs(parts[kept, 0])))]
    return WordShift(
        _tabulate(terms, weight, drawn, parts, low, high, order),
        float(means[0][0]),
        float(means[1][0]),
        float(means[0][0] - means[1][0]),
        float(bounds[0][0]),
        float(bounds[1][0]),
        float(means[0][0] + means[1][0]) / 2,
        articles[0],
        articles[1],
        "ok" if min(articles) >= min_articles else "insufficient",
    )


def _part(drawn: list[FloatArray], weight: FloatArray) -> tuple[FloatArray, list[FloatArray]]:
    """Return contributions (terms, draws) and both means (draws,); the first draw is the sample itself."""
    shares = [counts / counts.sum(axis=0) for counts in drawn]
    means = [weight @ share for share in shares]
    return (weight[:, None] - (means[0] + means[1]) / 2) * (shares[0] - shares[1]), means


def _bound(values: FloatArray, articles: int) -> tuple[FloatArray, FloatArray]:
    """Return 95 % percentile bounds of each row, over all draws but the first."""
    if articles < 2 or values.shape[1] < 2:
        return np.full(len(values), np.nan), np.full(len(values), np.nan)
    return order_bounds(values[:, 1:].copy(), 0.95)


def _tabulate(
    terms: list[str],
    weight: FloatArray,
    drawn: list[FloatArray],
    parts: FloatArray,
    low: FloatArray,
    high: FloatArray,
    order: IntArray,
) -> pa.Table:
    first, second = (counts[order, 0] for counts in drawn)
    cells = {
        "term": [terms[n] for n in order.tolist()],
        "weight": weight[order],
        "count": np.rint(first).astype(np.int64),
        "other_count": np.rint(second).astype(np.int64),
        "share": first / drawn[0][:, 0].sum(),
        "other_share": second / drawn[1][:, 0].sum(),
        "contribution": parts[order, 0],
        "low": low[order],
        "high": high[order],
    }
    return pa.table(cells, schema=COLUMNS)

"""Effect sizes that go beside a p-value: how often one outlet's articles lie above another's."""

from __future__ import annotations

from typing import Any

import numpy as np

from framing.statistics.counters import FloatArray, IntArray


def cliffs_delta(
    columns: Any, numerator: IntArray, denominator: IntArray, groups: list[IntArray]
) -> tuple[FloatArray, FloatArray]:
    """Compare the article values of groups: how much more often a value of one lies above a value of the other.

    Parameters
    ----------
    columns : sparse array, float64
        Shape (articles, columns).
    numerator, denominator : int64 arrays
        Shape (ratios,). The value of an article is its own ratio; articles without the denominator have none.
    groups : list of int64 arrays
        Rows of each group, no row in two of them.

    Returns
    -------
    pairs : float64 array (ratios, groups, groups)
        P(first > second) - P(first < second) over all pairs of articles, from -1 to 1; 0 where neither tends to be
        higher; nan where one of the two groups has no article with the denominator.
    rest : float64 array (ratios, groups)
        Each group against all others.

    References
    ----------
    Cliff (1993), Psychological Bulletin 114. Usual words (Romano et al. 2006): below 0.147 negligible, below 0.33
    small, below 0.474 medium.
    """
    count = len(groups)
    rows = np.concatenate(groups) if groups else np.zeros(0, dtype=np.int64)
    group = np.repeat(np.arange(count), [len(g) for g in groups])
    both = columns[rows].tocsc()
    pairs = np.full((len(numerator), count, count), np.nan)
    rest = np.full((len(numerator), count), np.nan)
    for ratio, (above, under) in enumerate(zip(numerator.tolist(), denominator.tolist(), strict=True)):
        first, last = both.indptr[under : under + 2]
        units, y = both.indices[first:last], both.data[first:last]
        x = np.zeros(len(rows))
        begin, end = both.indptr[above : above + 2]
        x[both.indices[begin:end]] = both.data[begin:end]
        pairs[ratio], rest[ratio] = _compare(_round(x[units] / y), group[units], count)
    return pairs, rest


def _round(values: FloatArray) -> FloatArray:
    """Round to twelve digits: sums of weights that are equal on paper must tie."""
    size = np.abs(values).max(initial=0.0)
    return np.asarray(np.round(values / size, 12) if size > 0 else values)


def _compare(values: FloatArray, group: IntArray, count: int) -> tuple[FloatArray, FloatArray]:
    distinct, place = np.unique(values, return_inverse=True)
    held = np.zeros((count, len(distinct)))
    np.add.at(held, (group, place), 1)
    below = np.cumsum(held, axis=1) - held  # of each group, how many of its values lie below each distinct value
    wins = held @ below.T  # pairs of articles in which the row's value is the higher one
    sizes = held.sum(axis=1)
    others = sizes.sum() - sizes
    ahead = wins.sum(axis=1) - np.diag(wins)
    behind = wins.sum(axis=0) - np.diag(wins)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (wins - wins.T) / np.outer(sizes, sizes), (ahead - behind) / (sizes * others)

"""Compositions: how a whole (words of speakers, report verbs of a side, harm to a group) parts among some classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from framing.statistics.bootstrap import RESAMPLES, compute_ratios
from framing.statistics.counters import Counters, IntArray, tabulate
from framing.statistics.measures import MIN_ARTICLES, SHARE_COLUMNS, describe_shares

Parts = Mapping[str, Sequence[str]]
"""From a class to the counters that it adds up."""

_COLUMNS = (
    ("whole", pa.string()),
    ("part", pa.string()),
    ("count", pa.int64()),
    ("total", pa.int64()),
    *SHARE_COLUMNS,
)


def compute_compositions(
    counters: Counters,
    wholes: Mapping[str, Parts],
    *,
    group: str = "outlet",
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pa.Table:
    """Compute the share of each class in each whole, for every group of articles.

    Parameters
    ----------
    counters : Counters
    wholes : mapping of str to Parts
        What is parted; its total is the sum of all its classes, which must not overlap.
    group : str
        Column of the articles table to group by.
    min_articles, resamples, seed : int
        See `compute_measures`.

    Returns
    -------
    pa.Table
        One row for each group, whole and class, in the order given; zeros included. Columns:

        <group> : string, named as `group`
        whole, part : string
        count, total : int64, of the class, and of all classes together
        share : float64, 0 to 1, count / total; nan where total is 0
        low, high : float64, 95 % bootstrap interval over the group's articles; nan with fewer than two that have any
        n_articles : int64, articles with any
        status : string, "ok", "insufficient" or "undefined"

    Raises
    ------
    InputError
        No such column to group by.
    """
    pairs = [(whole, part) for whole, parts in wholes.items() for part in parts]
    place = {whole: len(pairs) + number for number, whole in enumerate(wholes)}
    columns = counters.combine(
        [list(wholes[whole][part]) for whole, part in pairs]
        + [[name for names in parts.values() for name in names] for parts in wholes.values()]
    )
    numerator = np.arange(len(pairs))
    denominator = np.array([place[whole] for whole, _ in pairs], dtype=np.int64)

    def describe(label: str, rows: IntArray) -> dict[str, Any]:
        ratios = compute_ratios(columns[rows], numerator, denominator, group=label, seed=seed, resamples=resamples)
        return {
            "whole": [whole for whole, _ in pairs],
            "part": [part for _, part in pairs],
            "count": np.rint(ratios.numerator).astype(np.int64),
            "total": np.rint(ratios.denominator).astype(np.int64),
            **describe_shares(ratios, min_articles),
        }

    return tabulate(counters, group, _COLUMNS, describe)

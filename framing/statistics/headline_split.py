"""Headlines and the text below them, counted apart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from framing.measure import Measure
from framing.statistics.counters import Counters, combine_columns

_OF_ARTICLES = ("coverage:", "readability:", "loaded-peak", "loaded-articles", "casualties:articles:",
                "casualties:highest:")  # fmt: skip
"""Counters that say something of an article as a whole: what a headline has of them cannot be taken away."""


def can_split(measure: Measure) -> bool:
    """Whether a measure is made of counts that add up: those of the headline and those of the text below it."""
    return not any(c.startswith(_OF_ARTICLES) for c in (*measure.numerators, *measure.denominators))


def subtract_headlines(whole: Counters, headlines: Counters, names: Iterable[str]) -> Counters:
    """Take the counts of headlines from those of whole articles: what is left stands below the headlines.

    A headline is counted by itself, and what is counted in it by itself may differ from what is counted in it above its
    text (a name that needs its subject in the article, a quotation that goes on). Counts that would fall below 0 where
    no article has any below 0 are set to 0.

    Parameters
    ----------
    whole, headlines : Counters
        Of the same articles.
    names : iterable of str
        The counters wanted; see `can_split`.

    Returns
    -------
    Counters
        With these counters; 0 where neither has any.
    """
    wanted = sorted(set(names))
    sets = [(name,) for name in wanted]
    both = (combine_columns(c.matrix, c.names, sets) for c in (whole, headlines))
    all_counts, above = both
    left = (all_counts - above).tocsc()
    signed = all_counts.tocsc().min(axis=0).toarray().ravel() < 0 if all_counts.shape[0] else np.zeros(len(wanted))
    column = np.repeat(np.arange(len(wanted)), np.diff(left.indptr))
    left.data = np.where(signed[column].astype(bool), left.data, np.maximum(left.data, 0.0))
    left.eliminate_zeros()
    return Counters(whole.articles, tuple(wanted), sparse.csr_array(left))

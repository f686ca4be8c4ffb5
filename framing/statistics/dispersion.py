"""How evenly phrases are spread over the articles of an outlet: a phrase of one article marks that article, not the
outlet.

References
----------
Gries (2008), Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics 13(4);
Lijffijt & Gries (2012), Correction to Gries (2008), ibid. 17(1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.errors import InputError
from framing.statistics.counters import FloatArray


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Spread of phrases over the articles of one side; arrays of shape (phrases,), nan for a phrase without occurrence.

    Attributes
    ----------
    dp : float64
        Gries' deviation of proportions, from 0 (every article has its share by length) to nearly 1 (all in one short
        article). Rare phrases are near 1 whoever writes them: n occurrences reach n articles at most. Compare it
        between phrases of like frequency only.
    dp_norm : float64
        dp / (1 - share of the shortest article), so that 1 is reached; 0 with a single article.
    top_share : float64
        Share of the occurrences in the article that holds most.
    """

    dp: FloatArray
    dp_norm: FloatArray
    top_share: FloatArray


def compute_dispersion(matrix: Any, words: FloatArray) -> Dispersion:
    """Measure how evenly each phrase is spread over articles.

    Parameters
    ----------
    matrix : sparse array
        Shape (articles, phrases): occurrences, none negative.
    words : float64 array (articles,)
        Words of each article. An article without words is left out.

    Raises
    ------
    InputError
        There are occurrences, and no words.
    """
    columns = matrix.tocsc()
    phrases = columns.shape[1]
    total = np.bincount(_column_of(columns), weights=columns.data, minlength=phrases)
    if not words.sum() > 0:
        if total.any():
            raise InputError("dispersion: the articles have no words, so no shares. Give articles with words.")
        undefined = np.full(phrases, np.nan)
        return Dispersion(undefined, undefined.copy(), undefined.copy())
    expected = words / words.sum()
    column = _column_of(columns)
    share = columns.data / total[column]
    of_article = expected[columns.indices]
    # Articles without the phrase differ by all of their share; those with it by |share - expected| in its place.
    difference = np.bincount(column, weights=np.abs(share - of_article) - of_article, minlength=phrases)
    found = total > 0
    dp = np.where(found, np.maximum(0.0, 0.5 * (1.0 + difference)), np.nan)
    room = 1.0 - expected[words > 0].min()
    dp_norm = np.where(found, np.minimum(1.0, dp / room), np.nan) if room > 0 else np.where(found, 0.0, np.nan)
    top = np.zeros(phrases)
    np.maximum.at(top, column, share)
    return Dispersion(dp, dp_norm, np.where(found, top, np.nan))


def _column_of(columns: Any) -> Any:
    return np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))

"""Simulated counts: articles of known outlets whose wording is known, for the calibration of the statistics.

Every run of a simulation is a measure of its own, so that one call of the statistics answers hundreds of runs at once;
the runs share nothing but the articles' outlets and events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from framing.measure import Measure
from framing.statistics import Counters

WORDS = 500.0
"""Words of a simulated article, on average."""


def build(
    outlets: Sequence[str], numerators: Any, denominators: Any, *, events: Sequence[str] = (), scale: float = 1.0
) -> tuple[Counters, list[Measure]]:
    """Return counters and one measure for each column of `numerators`.

    Parameters
    ----------
    outlets : sequence of str
        Of each article.
    numerators : array (articles, runs)
    denominators : array (articles, runs), or (articles, 1) where all runs share it
    events : sequence of str, optional
    scale : float
    """
    count, runs = numerators.shape
    shared = denominators.shape[1] == 1
    ids = [f"a{number:07d}" for number in range(count)]
    articles = pa.table({"id": ids, "outlet": list(outlets), "event": list(events) or [""] * count})
    under = ["y"] if shared else [f"y{run:05d}" for run in range(runs)]
    names = (*(f"x{run:05d}" for run in range(runs)), *under)
    order = np.argsort(names, kind="stable")
    matrix = sparse.csr_array(np.hstack([numerators, denominators])[:, order])
    measures = [
        Measure(f"m{run:05d}", "", "", f"x{run:05d}", under[0] if shared else under[run], scale) for run in range(runs)
    ]
    return Counters(articles, tuple(names[k] for k in order), matrix), measures


def overdispersed(rng: np.random.Generator, mean: Any, ratio: float) -> Any:
    """Draw counts whose variance is so many times their mean (gamma-Poisson); Poisson for 1."""
    if ratio <= 1:
        return rng.poisson(mean).astype(np.float64)
    return rng.poisson(rng.gamma(np.asarray(mean) / (ratio - 1), ratio - 1)).astype(np.float64)


def word_counts(rng: np.random.Generator, shape: tuple[int, int]) -> Any:
    """Draw lengths of articles (log-normal, as news is)."""
    return np.maximum(30.0, np.rint(rng.lognormal(np.log(WORDS) - 0.18, 0.6, shape)))


def mentions_and_uses(rng: np.random.Generator, mentions: Any, share: Any, alike: float = 2.0) -> Any:
    """Draw how many of an article's mentions of a referent are one name: alike within the article (beta-binomial)."""
    share = np.broadcast_to(np.asarray(share, dtype=np.float64), mentions.shape)
    chance = rng.beta(alike * share, alike * (1 - share))
    return rng.binomial(mentions.astype(np.int64), chance).astype(np.float64)


def token_g2(first: Any, first_total: Any, second: Any, second_total: Any) -> Any:
    """Return the log-likelihood ratio G2 of a 2 x 2 table of words, as keyness is often computed (Dunning 1993)."""
    cells = np.array([first, second, first_total - first, second_total - second], dtype=np.float64)
    rows = np.array([first + second, first_total + second_total - first - second], dtype=np.float64)
    columns = np.array([first_total, second_total], dtype=np.float64)
    expected = np.array([rows[r] * columns[c] for r, c in ((0, 0), (0, 1), (1, 0), (1, 1))]) / columns.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * np.where(cells > 0, cells * np.log(cells / expected), 0.0).sum(axis=0)

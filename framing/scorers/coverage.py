"""Coverage: which referents an article mentions at all. What it leaves out shows against the other articles of its
event."""

from __future__ import annotations

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.scorers.counts import Counts, tally


def count(batch: AnnotatedBatch) -> Counts:
    """Note each referent that an article mentions, in any voice and section.

    Returns
    -------
    Counts
        "coverage:LEXICON:REFERENT": 1.
        Denominator: articles, or the articles of an event in which another article mentions the referent
        (`framing.statistics.coverage`).
    """
    matcher = batch.matcher
    article, key, _ = tally(batch.article[batch.matches.start], matcher.referent_of[batch.matches.entry])
    names = tuple(f"coverage:{lexicon}:{category}" for lexicon, category in matcher.referents)
    return Counts(article, key.astype(np.int32), np.ones(len(key)), names)

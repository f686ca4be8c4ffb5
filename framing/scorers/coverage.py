"""Coverage: which referents an article mentions at all. What it leaves out shows against the other articles of its
event."""

from __future__ import annotations

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.scorers.counts import Scored, count_keys


def score(batch: AnnotatedBatch) -> Scored:
    """Note each referent that an article mentions, in any voice and section.

    Returns
    -------
    Scored
        "coverage:LEXICON:REFERENT": 1.
        Denominator: articles, or the articles of an event in which another article mentions the referent
        (`framing.statistics.coverage`).
    """
    matcher, matches = batch.matcher, batch.of_module("naming")
    seen = np.unique(np.stack((batch.article[matches.start], matcher.referent_of[matches.entry])), axis=1)
    names = [f"coverage:{lexicon}:{category}" for lexicon, category in matcher.referents]
    return Scored(count_keys(seen[0], seen[1], names))

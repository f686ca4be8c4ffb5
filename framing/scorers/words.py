"""Words and sentences: the denominators that all modules share."""

from __future__ import annotations

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.scorers.counts import Counts, join, tally
from framing.voice import VOICES

NAMES = (*(f"words:{voice}" for voice in VOICES), "sentences")


def count(batch: AnnotatedBatch) -> Counts:
    """Count words by voice, and sentences.

    Headline and body together; endings such as 's are no words of their own.

    Returns
    -------
    Counts
        "words:own", "words:quoted", "words:attributed", "words:scare" and "sentences": int >= 1.
    """
    word = batch.words
    voice = batch.voices.code[word].astype(np.int64)
    article, key, total = tally(batch.article[word], voice)
    of_sentence, one, sentences = tally(
        batch.article[batch.sentences], np.full(len(batch.sentences), len(VOICES), dtype=np.int64)
    )
    return join(
        [
            Counts(article, key.astype(np.int32), total, NAMES[:-1]),
            Counts(of_sentence, (one - len(VOICES)).astype(np.int32), sentences, NAMES[-1:]),
        ]
    )

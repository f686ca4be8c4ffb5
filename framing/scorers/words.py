"""Words and sentences: the denominators that all modules share."""

from __future__ import annotations

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.scorers.counts import Scored, count_keys, join
from framing.voice import VOICES

NAMES = (*(f"words:{voice}" for voice in VOICES), "sentences")


def score(batch: AnnotatedBatch) -> Scored:
    """Count words by voice, and sentences.

    Headline and body together; endings such as 's are no words of their own.

    Returns
    -------
    Scored
        "words:own", "words:quoted", "words:attributed", "words:scare" and "sentences": int >= 1.
    """
    word = batch.words
    words = count_keys(batch.article[word], batch.voices.code[word], NAMES[:-1])
    sentences = count_keys(batch.article[batch.sentences], np.zeros(len(batch.sentences), dtype=np.int64), NAMES[-1:])
    return Scored(join([words, sentences]))

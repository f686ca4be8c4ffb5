"""Which words of a sentence a careful reader would mark as loaded: terms of the lexicons, weighed by their place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.loaded.features import CATEGORIES, COLOURED, Features, find_terms
from framing.text import LongArray
from framing.voice import QUOTED

FloatArray = npt.NDArray[np.float64]
PLACE = ("weight", "weight-squared", "of-phrase", "quoted", "sentence", "crowd", "short", "twice")
WORD_FEATURES = (*PLACE, *(f"{lexicon}.{category}" for lexicon, category in CATEGORIES[:COLOURED]))
SHORT_LETTERS = 3  # "of" in "flood of refugees"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Words that loaded terms cover, each token once.

    Attributes
    ----------
    token : int64 array (words,)
        Ascending.
    values : float64 array (words, features)
        Columns as `WORD_FEATURES`.
    """

    token: LongArray
    values: FloatArray


def find_candidates(batch: AnnotatedBatch, features: Features, odds: FloatArray) -> Candidates:
    """Find the words that loaded terms cover.

    Parameters
    ----------
    batch : AnnotatedBatch
    features : Features
    odds : float64 array (sentences,)
        Log odds of each sentence by the model of sentences.

    Returns
    -------
    Candidates
        Where terms of two lexicons cover a word, the one of more weight counts, and "twice" is 1.
    """
    matches, tokens = find_terms(batch), batch.tokens
    coloured = np.flatnonzero((features.column < COLOURED) & (features.amount > 0))
    rows = features.hits[coloured]
    start, end = matches.start[rows], matches.end[rows]
    length = end - start
    hit = np.repeat(np.arange(len(rows)), length)
    token = np.repeat(start - np.cumsum(length) + length, length) + np.arange(int(length.sum()))
    word = batch.words[token]
    hit, token = hit[word], token[word]
    amount = features.amount[coloured][hit]
    order = np.lexsort((-amount, token))
    hit, token, amount = hit[order], token[order], amount[order]
    first = np.ones(len(token), dtype=bool)
    first[1:] = token[1:] != token[:-1]
    twice = np.zeros(len(token), dtype=bool)
    twice[:-1] = first[:-1] & ~first[1:]
    hit, token, amount, twice = hit[first], token[first], amount[first], twice[first]
    sentence = batch.sentence_of[token]
    crowd = np.bincount(sentence, minlength=len(batch.sentences))
    letters = np.array([len(t) for t in tokens.forms.text], dtype=np.int64)
    values = np.zeros((len(token), len(WORD_FEATURES)))
    columns = (
        amount,
        amount**2,
        length[hit] > 1,
        batch.voices.code[token] == QUOTED,
        odds[sentence],
        np.log1p(crowd[sentence]),
        letters[tokens.form[token]] <= SHORT_LETTERS,
        twice,
    )
    for number, column in enumerate(columns):
        values[:, number] = column
    values[np.arange(len(token)), len(PLACE) + features.column[coloured][hit]] = 1
    return Candidates(token, values)

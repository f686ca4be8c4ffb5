"""Tone: how positive or negative the words of the sentences are, by VADER, apart for each voice.

VADER adds up how pleasant the words are to readers. It measures events, not stance: "killed" is negative (-0.67 as a
compound) whoever reports it, "regime" and "militants" are neutral, "freedom fighters" is positive. So tone says whether
an outlet's sentences are about grim or glad things, and in words of which strength; it never says for or against whom.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers.counts import Found, Scored, count_keys, join
from framing.vader import score_spans
from framing.voice import VOICES

LEXICON, CATEGORY, TERM = "vader", "sentence", "compound"
MIXED = len(VOICES)  # no voice has two thirds of the words
_SENTENCES = [f"tone:sentences:{voice}" for voice in (*VOICES, "mixed")]
_COMPOUND = [f"tone:compound:{voice}" for voice in VOICES]


def score(batch: AnnotatedBatch) -> Scored:
    """Add up VADER's compound scores of the sentences of each voice, headline and body together.

    A sentence has the voice that two thirds of its words have; else it is mixed and adds to no voice. Sentences
    without a word are left out. The score is vaderSentiment's own of the printed sentence; sentences over 2,000
    characters are cut first, see `framing.vader.split_long`.

    Returns
    -------
    Scored
        "tone:sentences:VOICE", "tone:sentences:mixed": sentences, int >= 1. The denominators.
        "tone:compound:VOICE": sum of the compound scores, each -1 to 1, higher = more positive; absent where it is 0.
        Mentions: each sentence of one voice whose score is not 0, its weight the score; the weights of an article's
        rows add up to "tone:compound:VOICE".

    References
    ----------
    Hutto and Gilbert (2014), "VADER: A parsimonious rule-based model for sentiment analysis of social media text",
    ICWSM.
    """
    heard = np.flatnonzero(batch.sentence_words)
    start, end = batch.sentences[heard], np.append(batch.sentences, len(batch.tokens))[heard + 1]
    texts = [text for article in batch.articles for text in (article.title, article.text)]
    compound = score_spans(batch.tokens, texts, start, end)
    voice = batch.sentence_voice[heard].astype(np.int64)
    voice[voice < 0] = MIXED
    article = batch.article[start]
    felt = np.flatnonzero((voice != MIXED) & (compound != 0))
    found = Found(
        "tone",
        start[felt],
        end[felt],
        np.zeros(len(felt), dtype=np.int64),
        ((LEXICON, CATEGORY, TERM),),
        compound[felt],
        voice[felt].astype(np.int8),
    )
    counts = [
        count_keys(article, voice, _SENTENCES),
        count_keys(article[felt], voice[felt], _COMPOUND, compound[felt]),
    ]
    return Scored(join(counts), found)


def measures(_: Sequence[Lexicon]) -> list[Measure]:
    """List the mean compound score of the sentences of each voice, nan without any; scare quotes hold no sentences."""
    labels = {
        "own": "Tone of sentences in own voice",
        "quoted": "Tone of quoted sentences",
        "attributed": "Tone of attributed sentences",
    }
    return [
        Measure(
            f"tone.{voice}",
            label,
            "mean VADER compound, -1 to 1",
            f"tone:compound:{voice}",
            f"tone:sentences:{voice}",
            1,
            "higher = more positive words",
            (f"tone:{LEXICON}:{CATEGORY}:{voice}",),
        )
        for voice, label in labels.items()
    ]

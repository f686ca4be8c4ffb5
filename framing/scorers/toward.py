"""Tone toward referents: how well or badly each mention of a referent is spoken of in its part of the sentence.

Unlike the tone of a sentence this says toward whom: "the mayor condemned the rebels" is bad for the rebels, "the rebels
condemned the mayor" for the mayor. What the rules see and what they weigh is in `framing.target`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers.counts import Found, Scored, count_keys, join
from framing.target import RELATIONS, Reasons, Tones, find_tone
from framing.text import LongArray
from framing.voice import VOICES

MODULE = "toward"
SHOWN = 2  # words that the evidence names for each mention
NO_WORD = "no single word"


def score(batch: AnnotatedBatch) -> Scored:
    """Add up the tone toward each mention of the referents of the naming lexicons.

    Returns
    -------
    Scored
        "toward-mentions:LEXICON:REFERENT:VOICE": mentions, int >= 1. The denominators.
        "toward:LEXICON:REFERENT:VOICE": sum of their scores, each -1 (bad) to 1 (good); absent where it is 0.
        Mentions: each mention whose score is not 0, with the words that speak most for it and their roles as its term.
        A mention in a sentence without a word of tone is neutral and scores 0.

    References
    ----------
    Hamborg and Donnay (2021), NewsMTSC, EACL; see `framing.target.find_tone`.
    """
    matches, matcher = batch.of_module("naming"), batch.matcher
    tones = find_tone(batch, matches.start, matches.end)
    article = batch.article[matches.start]
    referent = matcher.referent_of[matches.entry]
    key = referent * len(VOICES) + batch.voices.code[matches.start]
    names = [f"{lexicon}:{category}:{voice}" for lexicon, category in matcher.referents for voice in VOICES]
    counts = [
        count_keys(article, key, [f"{MODULE}-mentions:{name}" for name in names]),
        count_keys(article, key, [f"{MODULE}:{name}" for name in names], tones.score),
    ]
    felt = np.flatnonzero(tones.score != 0)
    terms, term = _name_reasons(batch, tones, felt)
    pairs, label = np.unique(referent[felt] * max(1, len(terms)) + term, return_inverse=True)
    of, why = np.divmod(pairs, max(1, len(terms)))
    labels = tuple((*matcher.referents[a], terms[b]) for a, b in zip(of.tolist(), why.tolist(), strict=True))
    found = Found(
        MODULE,
        matches.start[felt],
        matches.end[felt],
        label.astype(np.int64),
        labels,
        tones.score[felt],
    )
    return Scored(join(counts), found)


def _name_reasons(batch: AnnotatedBatch, tones: Tones, felt: LongArray) -> tuple[list[str], LongArray]:
    """Return the distinct explanations, and which of them each of the mentions `felt` has.

    An explanation names the words that speak for the mention's tone, the heaviest first.
    """
    reasons = tones.reasons
    agree = np.flatnonzero(reasons.weight * tones.tone[reasons.target] > 0)
    target = reasons.target[agree]
    first, behind = np.searchsorted(target, felt), np.searchsorted(target, felt, side="right")
    rows = np.stack([np.where(first + rank < behind, first + rank, len(agree)) for rank in range(SHOWN)], axis=1)
    # Only what is shown is written out; the number behind the last stands for no word.
    used, place = np.unique(rows, return_inverse=True)
    words = [*_words(batch, reasons, agree[used[used < len(agree)]]), ""]
    lines = place.reshape(len(felt), SHOWN).tolist()
    shown = ["; ".join(words[n] for n in line if words[n]) or NO_WORD for line in lines]
    terms = sorted(set(shown))
    number = {name: at for at, name in enumerate(terms)}
    return terms, np.array([number[name] for name in shown], dtype=np.int64)


def _words(batch: AnnotatedBatch, reasons: Reasons, chosen: LongArray) -> list[str]:
    """Return "word (role)" for each of the chosen reasons."""
    tokens = batch.tokens
    start, end = reasons.start[chosen], reasons.end[chosen]
    known: dict[tuple[int, int], str] = {}
    names = []
    for place, form, length, relation in zip(
        start.tolist(),
        tokens.form[start].tolist(),
        (end - start).tolist(),
        reasons.relation[chosen].tolist(),
        strict=True,
    ):
        name = known.get((form, relation)) if length == 1 else None
        if name is None:
            forms = [form] if length == 1 else tokens.form[place : place + length].tolist()
            name = f"{' '.join(tokens.forms.folded[n] for n in forms)} ({RELATIONS[relation]})"
            if length == 1:
                known[form, relation] = name
        names.append(name)
    return names


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the mean tone toward each referent in own voice, "toward.LEXICON.REFERENT.own": nan without mentions."""
    return [
        Measure(
            f"{MODULE}.{lexicon.name}.{key}.own",
            f"Tone toward {category.label or key}, own voice",
            "mean score, -1 to 1",
            f"{MODULE}:{lexicon.name}:{key}:own",
            f"{MODULE}-mentions:{lexicon.name}:{key}:own",
            1,
            "higher = better spoken of",
        )
        for lexicon in lexicons
        if lexicon.module == "naming"
        for key, category in lexicon.categories.items()
    ]

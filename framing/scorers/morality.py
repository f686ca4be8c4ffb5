"""Morality: words that speak to the moral foundations, virtue and vice apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers.counts import Counts, Scored, count_keys, count_lexicons, count_matches, join
from framing.voice import VOICES

MODULE = "morality"


def score(batch: AnnotatedBatch) -> Scored:
    """Count the cues of each foundation, apart for each voice, and add up how strongly they are cues.

    A term's weight is positive for a virtue and negative for a vice (0 where a list says neither); its size says how
    strong a cue it is: 1 in plain lists, a probability in lists made by a crowd (eMFD).

    Returns
    -------
    Scored
        "morality:LEXICON:CATEGORY:VOICE": mentions, int >= 1.
        "morality-strength:LEXICON:CATEGORY:VOICE": sum of the sizes of their weights, above 0; only of lexicons with
        weights between.
        "morality-vice:LEXICON:VOICE": the same sum over the terms below 0 of all categories.
        "morality-all:LEXICON:VOICE": the same sum over all terms, the denominator of the share of vice.

    References
    ----------
    Graham, Haidt and Nosek (2009), Journal of Personality and Social Psychology 96(5); Hopp et al. (2021), Behavior
    Research Methods 53.
    """
    weight = batch.matcher.weights[batch.of_module(MODULE).entry]
    return Scored(
        join(
            [
                count_matches(batch, MODULE),
                _add_strength(batch),
                count_lexicons(batch, MODULE, f"{MODULE}-vice", np.maximum(-weight, 0.0)),
                count_lexicons(batch, MODULE, f"{MODULE}-all", np.abs(weight)),
            ]
        )
    )


def _add_strength(batch: AnnotatedBatch) -> Counts:
    """Add up the sizes of the weights of graded lexicons."""
    matches, matcher = batch.of_module(MODULE), batch.matcher
    graded = {lexicon.name for lexicon in matcher.lexicons if lexicon.module == MODULE and _is_graded(lexicon)}
    if not graded:
        return Counts(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0), ())
    of_graded = np.array([lexicon in graded for lexicon, _ in matcher.referents], dtype=bool)
    strength = np.abs(matcher.weights[matches.entry]) * of_graded[matcher.referent_of[matches.entry]]
    key = matcher.referent_of[matches.entry] * len(VOICES) + batch.voices.code[matches.start]
    names = [f"{MODULE}-strength:{lexicon}:{category}:{v}" for lexicon, category in matcher.referents for v in VOICES]
    return count_keys(batch.article[matches.start], key, names, strength)


def _is_graded(lexicon: Lexicon) -> bool:
    """Whether some terms are stronger cues than others; 0 only says that a term is neither virtue nor vice."""
    return any(abs(t.weight) not in (0.0, 1.0) for t in lexicon.terms if not t.blocker)


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the measures of all lexicons of the module, in the outlet's own voice.

    - "morality.LEXICON.CATEGORY.own": cues per 1,000 words (a cue of weight 0.3 counts as 0.3); nan without own words.
    - "morality.LEXICON.vice-share.own": vice among all cues, for lexicons that have both; nan where there are no cues.
    """
    found: list[Measure] = []
    for lexicon in lexicons:
        if lexicon.module == MODULE:
            found += [_rate(lexicon, category) for category in lexicon.categories]
            if any(t.weight < 0 for t in lexicon.terms) and any(t.weight > 0 for t in lexicon.terms):
                found.append(_vice_share(lexicon))
    return found


def _rate(lexicon: Lexicon, category: str) -> Measure:
    mentions = f"{lexicon.name}:{category}:own"
    return Measure(
        f"{MODULE}.{lexicon.name}.{category}.own",
        f"{lexicon.categories[category].label} (own voice)",
        "cues per 1,000 words of own voice",
        f"{MODULE}-strength:{mentions}" if _is_graded(lexicon) else f"{MODULE}:{mentions}",
        "words:own",
        1000,
        "higher = more such words",
        (f"{MODULE}:{mentions}",),
    )


def _vice_share(lexicon: Lexicon) -> Measure:
    vices = dict.fromkeys(t.category for t in lexicon.terms if t.weight < 0)
    return Measure(
        f"{MODULE}.{lexicon.name}.vice-share.own",
        "Moral words that name vices rather than virtues (own voice)",
        "share of moral cues",
        f"{MODULE}-vice:{lexicon.name}:own",
        f"{MODULE}-all:{lexicon.name}:own",
        1,
        "higher = more about what is wrong than about what is right",
        tuple(f"{MODULE}:{lexicon.name}:{category}:own" for category in vices),
    )

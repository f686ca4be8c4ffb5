"""Certainty: words that withhold or raise commitment to a claim, and predicates that take their clause for granted,
put it forward or settle it."""

from __future__ import annotations

from collections.abc import Sequence

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers.counts import Scored, count_matches

MODULE = "certainty"
# The two categories whose balance is a measure of its own, in any lexicon that has both.
HEDGE, BOOSTER = "hedge", "booster"
VOICE_LABELS = {"own": "own voice", "quoted": "words in quotation marks", "attributed": "reported speech"}


def score(batch: AnnotatedBatch) -> Scored:
    """Count the words of each class, apart for each voice.

    Returns
    -------
    Scored
        "certainty:LEXICON:CATEGORY:VOICE": mentions, int >= 1.
        Denominators: "words:VOICE" for rates; hedges and boosters together for their balance.

    References
    ----------
    Hyland (2005), Metadiscourse; Hooper (1975), On assertive predicates; Karttunen (1971), Language 47(2).
    """
    return Scored(count_matches(batch, MODULE))


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the measures of all lexicons of the module.

    - "certainty.LEXICON.CATEGORY.VOICE": mentions per 1,000 words of that voice; nan without such words.
    - "certainty.LEXICON.hedge-share.VOICE": hedges among hedges and boosters; nan where there are none of both.
    """
    found: list[Measure] = []
    for lexicon in lexicons:
        if lexicon.module == MODULE:
            found += [_rate(lexicon, category, voice) for category in lexicon.categories for voice in VOICE_LABELS]
            if {HEDGE, BOOSTER} <= set(lexicon.categories):
                found += [_balance(lexicon, voice) for voice in VOICE_LABELS]
    return found


def _rate(lexicon: Lexicon, category: str, voice: str) -> Measure:
    return Measure(
        f"{MODULE}.{lexicon.name}.{category}.{voice}",
        f"{lexicon.categories[category].label} ({VOICE_LABELS[voice]})",
        f"per 1,000 words of {VOICE_LABELS[voice]}" if voice != "quoted" else "per 1,000 words in quotation marks",
        f"{MODULE}:{lexicon.name}:{category}:{voice}",
        f"words:{voice}",
        1000,
        "higher = used more often",
    )


def _balance(lexicon: Lexicon, voice: str) -> Measure:
    hedges, boosters = (f"{MODULE}:{lexicon.name}:{category}:{voice}" for category in (HEDGE, BOOSTER))
    return Measure(
        f"{MODULE}.{lexicon.name}.hedge-share.{voice}",
        f"Caution: hedges among hedges and boosters ({VOICE_LABELS[voice]})",
        "share of hedges and boosters",
        hedges,
        (hedges, boosters),
        1,
        "higher = more cautious",
    )

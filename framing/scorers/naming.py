"""Naming: which names an article uses for each referent, in which voice, and how those names are weighted."""

from __future__ import annotations

import numpy as np

from framing.annotation import SECTIONS, AnnotatedBatch
from framing.scorers.counts import Scored, count_keys, join
from framing.voice import VOICES


def score(batch: AnnotatedBatch) -> Scored:
    """Count the mentions of each variant of each referent, and add up their weights.

    Returns
    -------
    Scored
        "naming:LEXICON:REFERENT:VOICE:SECTION:TERM": mentions, int >= 1.
        "mentions:LEXICON:REFERENT:VOICE": mentions of the referent by any variant, int >= 1.
        "stance:LEXICON:REFERENT:VOICE": sum of the weights of those mentions, on the lexicon's scale; absent where it
        is 0. Denominators: "mentions:..." for shares and mean stance, "words:..." for rates.

    References
    ----------
    The segment-wise coding of labels for actors follows Nagar (2010), Journal of Peace Research 47(5), "Who is afraid
    of the T-word?"; here the mention is the unit and the voice is kept apart.
    """
    matches, entries = batch.of_module("naming"), batch.matcher.entries
    article = batch.article[matches.start]
    voice = batch.voices.code[matches.start].astype(np.int64)
    section = batch.section[matches.start].astype(np.int64)
    variant = (matches.entry.astype(np.int64) * len(VOICES) + voice) * len(SECTIONS) + section
    referent = batch.matcher.referent_of[matches.entry] * len(VOICES) + voice

    def variant_name(key: int) -> str:
        rest, where = divmod(key, len(SECTIONS))
        number, by = divmod(rest, len(VOICES))
        entry = entries[number]
        return f"naming:{entry.lexicon.name}:{entry.term.category}:{VOICES[by]}:{SECTIONS[where]}:{entry.term.pattern}"

    referents = [f"{lexicon}:{category}:{v}" for lexicon, category in batch.matcher.referents for v in VOICES]
    used, variant = np.unique(variant, return_inverse=True)
    return Scored(
        join(
            [
                count_keys(article, variant, [variant_name(k) for k in used.tolist()]),
                count_keys(article, referent, [f"mentions:{name}" for name in referents]),
                count_keys(
                    article, referent, [f"stance:{name}" for name in referents], batch.matcher.weights[matches.entry]
                ),
            ]
        )
    )

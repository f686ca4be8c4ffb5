"""Naming: which names an article uses for each referent, in which voice, and how those names are weighted."""

from __future__ import annotations

import numpy as np

from framing.annotation import SECTIONS, AnnotatedBatch
from framing.scorers.counts import Counts, join, tally
from framing.voice import VOICES


def count(batch: AnnotatedBatch) -> Counts:
    """Count the mentions of each variant of each referent, and add up their weights.

    Returns
    -------
    Counts
        "naming:LEXICON:REFERENT:VOICE:SECTION:TERM": mentions, int >= 1.
        "mentions:LEXICON:REFERENT:VOICE": mentions of the referent by any variant, int >= 1.
        "stance:LEXICON:REFERENT:VOICE": sum of the weights of those mentions, on the lexicon's scale; absent where it
        is 0. Denominators: "mentions:..." for shares and mean stance, "words:..." for rates.

    References
    ----------
    The segment-wise coding of labels for actors follows Nagar (2010), Journal of Peace Research 47(5), "Who is afraid
    of the T-word?"; here the mention is the unit and the voice is kept apart.
    """
    matches, entries = batch.matches, batch.matcher.entries
    article = batch.article[matches.start]
    voice = batch.voices.code[matches.start].astype(np.int64)
    section = batch.section[matches.start].astype(np.int64)
    variant = (matches.entry.astype(np.int64) * len(VOICES) + voice) * len(SECTIONS) + section
    referent = batch.matcher.referent_of[matches.entry] * len(VOICES) + voice
    of_variant, variants, mentions = tally(article, variant)
    of_referent, referent_keys, totals = tally(article, referent)
    of_stance, stance_keys, sums = tally(article, referent, batch.matcher.weights[matches.entry])

    def variant_name(key: int) -> str:
        rest, where = divmod(key, len(SECTIONS))
        number, by = divmod(rest, len(VOICES))
        entry = entries[number]
        return f"naming:{entry.lexicon.name}:{entry.term.category}:{VOICES[by]}:{SECTIONS[where]}:{entry.term.pattern}"

    def referent_name(prefix: str, key: int) -> str:
        number, by = divmod(key, len(VOICES))
        lexicon, category = batch.matcher.referents[number]
        return f"{prefix}:{lexicon}:{category}:{VOICES[by]}"

    used = np.unique(variants)
    used_referents = np.unique(referent_keys)
    nonzero = sums != 0
    return join(
        [
            Counts(
                of_variant,
                np.searchsorted(used, variants).astype(np.int32),
                mentions,
                tuple(variant_name(k) for k in used.tolist()),
            ),
            Counts(
                of_referent,
                np.searchsorted(used_referents, referent_keys).astype(np.int32),
                totals,
                tuple(referent_name("mentions", k) for k in used_referents.tolist()),
            ),
            Counts(
                of_stance[nonzero],
                np.searchsorted(used_referents, stance_keys[nonzero]).astype(np.int32),
                sums[nonzero],
                tuple(referent_name("stance", k) for k in used_referents.tolist()),
            ),
        ]
    )

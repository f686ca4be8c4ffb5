"""Frames: cue words of the generic news frames, of the policy frames, and of war and peace journalism."""

from __future__ import annotations

from collections.abc import Sequence

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers.counts import Scored, count_lexicons, count_matches, join

MODULE = "frames"


def score(batch: AnnotatedBatch) -> Scored:
    """Count the cues of each frame, apart for each voice.

    A cue is a weak sign: what is counted is which vocabulary an article draws on, not which frame it has.

    Returns
    -------
    Scored
        "frames:LEXICON:FRAME:VOICE": mentions, int >= 1.
        "frames-all:LEXICON:VOICE": mentions of all frames of the lexicon, int >= 1, the denominator of shares.

    References
    ----------
    Semetko and Valkenburg (2000), Journal of Communication 50(2); Boydstun et al. (2014), APSA; Lee and Maslog (2005),
    Journal of Communication 55(2).
    """
    return Scored(join([count_matches(batch, MODULE), count_lexicons(batch, MODULE, f"{MODULE}-all")]))


def measures(lexicons: Sequence[Lexicon]) -> list[Measure]:
    """List the measures of all lexicons of the module.

    - "frames.LEXICON.FRAME.own": cues of the frame among all cues of that lexicon, in the outlet's own voice; nan where
      there are none at all.
    """
    return [_share(x, category) for x in lexicons if x.module == MODULE for category in x.categories]


def _share(lexicon: Lexicon, category: str) -> Measure:
    return Measure(
        f"{MODULE}.{lexicon.name}.{category}.own",
        f"{lexicon.categories[category].label} (own voice)",
        f"share of cues ({lexicon.title})",
        f"{MODULE}:{lexicon.name}:{category}:own",
        f"{MODULE}-all:{lexicon.name}:own",
        1,
        "higher = more of the cues are of this kind",
    )

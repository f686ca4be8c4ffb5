"""Which inflections the printed form of a verb of harm may be."""

from __future__ import annotations

from functools import lru_cache

BASE, PRESENT, PAST, PARTICIPLE, ING = 1, 2, 4, 8, 16

_IRREGULAR = {
    **dict.fromkeys("shot held burnt".split(), PAST | PARTICIPLE),
    **dict.fromkeys("threw took drove slew blew froze ran lost bled met lay laid".split(), PAST),
    **dict.fromkeys("thrown taken driven slain blown beaten frozen mown".split(), PARTICIPLE),
    **dict.fromkeys("hurt put cut set".split(), BASE | PAST | PARTICIPLE),
    "beat": BASE | PAST,
    "run": BASE | PARTICIPLE,
}


@lru_cache(maxsize=4096)
def inflection(words: tuple[str, ...]) -> int:
    """Return the inflections that a verb or verbal phrase may be, as bits, by its first inflected word.

    >>> inflection(("fatally", "shot")) == PAST | PARTICIPLE, inflection(("gun", "down")) == BASE
    (True, True)
    """
    for word in words:
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        if word.endswith("ing"):
            return ING
        if word.endswith("ed") and word != "bleed":
            return PAST | PARTICIPLE
    first = next((w for w in words if not w.endswith("ly")), words[0])
    return PRESENT if first.endswith("s") and not first.endswith("ss") else BASE

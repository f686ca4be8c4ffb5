"""A measure: what a published number divides by what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framing.errors import InputError


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that can be computed for any set of articles: scale * sum of a numerator / sum of a denominator.

    Attributes
    ----------
    name : str
        Stable identifier. Naming: fields joined by ":", e.g. "rate:syria:armed-opposition:own". The other modules:
        joined by ".", the module first and, where it is of one voice, that last, e.g.
        "certainty.commitment.hedge.own".
    label, unit : str
        For people: "Mentions of the armed opposition", "per 1,000 words".
    numerator, denominator : str or tuple of str
        A counter, or several that are added up within each article.
    scale : float
        Factor of the ratio, above 0: 1000 for a rate per 1,000 words.
    direction : str
        What more of it means, e.g. "higher = more favourable".
    evidence : tuple of str
        Which rows of `mentions` stand behind the numerator: "MODULE:LEXICON:CATEGORY:VOICE", "*" for any of a field.
        By default the numerator's own counters, which have that form where a module counts mentions.

    Raises
    ------
    InputError
        No counter, the same counter twice on one side, or a factor that is not above 0.
    """

    name: str
    label: str
    unit: str
    numerator: str | tuple[str, ...]
    denominator: str | tuple[str, ...]
    scale: float = 1.0
    direction: str = ""
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.scale < math.inf:
            raise InputError(f"measure {self.name!r}: scale is {self.scale}. Give a finite factor above 0.")
        for side, counters in (("numerator", self.numerators), ("denominator", self.denominators)):
            if not counters or len(set(counters)) < len(counters):
                raise InputError(
                    f"measure {self.name!r}: {side} is {counters!r}. Name one counter or more, none twice."
                )

    @property
    def numerators(self) -> tuple[str, ...]:
        """The counters of the numerator."""
        return (self.numerator,) if isinstance(self.numerator, str) else self.numerator

    @property
    def mention_keys(self) -> tuple[str, ...]:
        """Which mentions stand behind the numerator; see `only_mention_keys`."""
        return self.evidence or self.numerators

    @property
    def is_rate(self) -> bool:
        """Whether it tells how often something stands in so many words, and no share or mean."""
        return self.scale >= RATE_SCALE

    @property
    def denominators(self) -> tuple[str, ...]:
        """The counters of the denominator."""
        return (self.denominator,) if isinstance(self.denominator, str) else self.denominator


RATE_SCALE = 1000
"""Rates are per 1,000 words; shares and means have the scale 1, per cents 100."""

MENTION_FIELDS = ("module", "lexicon", "category", "voice")
"""The columns of `mentions` that a key of `Measure.mention_keys` names, "*" for any value of one."""


def only_mention_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Leave out the counters that count something else than mentions, such as words or sentences."""
    return tuple(key for key in keys if key.count(":") == len(MENTION_FIELDS) - 1)


def fits_key(mention: Sequence[str], key: str) -> bool:
    """Whether a mention with these values of `MENTION_FIELDS` is one of those that a key stands for."""
    return all(wanted in ("*", value) for wanted, value in zip(key.split(":"), mention, strict=True))

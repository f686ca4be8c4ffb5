"""What one outlet does with one referent: names and their shares, measures, coverage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

OK, INSUFFICIENT, UNDEFINED = "ok", "insufficient", "undefined"
OTHERS = ("quoted", "attributed")


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an outlet's mentions of a referent, in one voice, is one name.

    Attributes
    ----------
    count, articles : int
        Mentions of the name, and articles with one.
    share, low, high : float
        0 to 1, with the 95% interval; nan where undefined.
    n_articles : int
        Articles that mention the referent in this voice, by whatever name.
    status : str
        "ok", "insufficient" or "undefined".
    """

    count: int = 0
    articles: int = 0
    share: float = math.nan
    low: float = math.nan
    high: float = math.nan
    n_articles: int = 0
    status: str = UNDEFINED


NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a referent as one outlet uses it, by voice."""

    term: str
    label: str
    shares: Mapping[str, Share]

    def __getitem__(self, voice: str) -> Share:
        return self.shares.get(voice, NOTHING)

    @property
    def total(self) -> int:
        """Mentions in all voices."""
        return sum(s.count for s in self.shares.values())

    @property
    def by_others(self) -> int:
        """Mentions quoted or attributed."""
        return sum(self[v].count for v in OTHERS)


@dataclass(frozen=True, slots=True)
class Names:
    """All names that one outlet uses for a referent, those it uses most in its own voice first."""

    names: tuple[Name, ...] = ()

    def mentions(self, voice: str) -> int:
        """Mentions in one voice, by whatever name."""
        return sum(n[voice].count for n in self.names)

    def n_articles(self, voice: str) -> int:
        """Articles with such a mention."""
        return max((n[voice].n_articles for n in self.names), default=0)

    def status(self, voice: str) -> str:
        """Status of the shares in one voice: "ok" where at least one of them is known well enough."""
        found = {n[voice].status for n in self.names}
        return next((status for status in (OK, INSUFFICIENT) if status in found), UNDEFINED)

    @property
    def total(self) -> int:
        """Mentions in all voices."""
        return sum(n.total for n in self.names)

    def commonest(self, voice: str = "own") -> tuple[Name, ...]:
        """Return the name used most in a voice, or several that share the first place; none without a mention."""
        most = max((n[voice].count for n in self.names), default=0)
        return tuple(n for n in self.names if n[voice].count == most) if most else ()

    def get(self, term: str) -> Name | None:
        """Return a name, if the outlet uses it."""
        return next((n for n in self.names if n.term == term), None)


@dataclass(frozen=True, slots=True)
class Value:
    """A measure of an outlet, with its 95% interval and what it was divided from."""

    value: float
    low: float
    high: float
    n_articles: int
    numerator: float
    denominator: float
    status: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of an outlet's articles mention a referent at all; `event_*` counts only those that had the chance."""

    articles: int
    mentioning: int
    share: float
    low: float
    high: float
    event_articles: int
    event_mentioning: int
    event_share: float
    event_low: float
    event_high: float
    n_events: int
    status: str
    event_status: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon says of a name: its weight, and on whose authority."""

    weight: float | None
    basis: str
    source: str
    note: str

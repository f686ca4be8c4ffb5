"""A finding, and how its numbers are said: counts first, then how certain they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from framing.report.checks import Check
from framing.report.results import Referent, Results, evidence_id, identify
from framing.report.rows import OK, Share, Value
from framing.report.wording import count, percent, percent_interval, signed, signed_interval, tidy, weight

KINDS = (
    "difference", "stance-difference", "voice-difference", "measure-difference", "others-only", "coverage", "name",
    "stance",
)  # fmt: skip
# Below these a sentence about a few articles would be about chance alone.
FEW_MENTIONS = 3
FEW_ARTICLES = 2
MANY_MENTIONS = 10  # from here on it is worth saying that they stand in few articles


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence with the numbers behind it.

    Attributes
    ----------
    id : str
        For links; the same in every report of the same analysis.
    kind : str
        One of `KINDS`.
    subject : str
        What it is about, as a label: a referent, a measure, or "Share of words that others speak".
    text : str
        The sentence. It is complete together with its subject.
    outlets : tuple of str
    referent : (lexicon, referent) or None
    voice : str
        The voice of the mentions counted: "own", "quoted" or "attributed"; "any" for coverage.
    value, low, high : float
        The first number of the sentence with its 95 % interval; nan where there is none.
    mentions, articles : int
        Behind that number; for coverage, measures and shares of words, `mentions` is 0, and the articles are those
        compared.
    status : str
        "ok" or "insufficient".
    strength : float
        For the order only.
    links : tuple of (str, str)
        What to look at: words, and the id of a number or of mentions in the report.
    module, measure : str
        The scoring module and its measure; "" for names, coverage and shares of words.
    contrast : str
        Of a difference between two outlets, the measure as the `contrasts` table calls it.
    checks : tuple of Check
        Whether it is chance, the topics, one article or term, or shared text; see `checks.py`.
    """

    id: str
    kind: str
    subject: str
    text: str
    outlets: tuple[str, ...]
    referent: Referent | None
    voice: str
    value: float
    low: float
    high: float
    mentions: int
    articles: int
    status: str
    strength: float
    links: tuple[tuple[str, str], ...]
    module: str = ""
    measure: str = ""
    contrast: str = ""
    checks: tuple[Check, ...] = ()

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}"


def bounds(share: Share | Value, ends: tuple[float, float] = (0.0, 1.0)) -> tuple[float, float]:
    """Return the interval with which a number is compared with others.

    Where every article agrees the bootstrap has no width, however few they are. Toward the other end of the scale the
    rule of three then gives the bound: what never happened in n articles may still happen in 3 of n (Hanley &
    Lippman-Hand 1983).
    """
    value = share.share if isinstance(share, Share) else share.value
    low, high = share.low, share.high
    if math.isnan(low) or math.isnan(high):
        return ends
    if low == high:
        reach = min(1.0, 3 / max(1, share.n_articles))
        return value - (value - ends[0]) * reach, value + (ends[1] - value) * reach
    return low, high


def finding_id(kind: str, outlets: Sequence[str], referent: Referent | None, more: str = "") -> str:
    """Return the id of a finding: from what it is about, not from its place in a list."""
    return identify("f", kind, *outlets, *(referent or ()), more)


def in_articles(number: int) -> str:
    """Return "in 1 article", "in 12 articles"."""
    return f"in {count(number, 'article')}"


def say_share(share: Share, total: int, first: bool = True) -> str:
    """Say a share in full: counts, and with enough articles per cent and interval; shorter if not the first."""
    mentions = count(total, "mention") if first else f"{total:,}"
    number = f"{share.count:,}" if share.count else "none"
    if share.status != OK:
        return f"{number} of {mentions} {in_articles(share.n_articles)}"
    interval = say_interval(percent_interval(*bounds(share)), share.low == share.high, first)
    return f"{number} of {mentions} ({percent(share.share)}, {interval}; {count(share.n_articles, 'article')})"


def say_mean(value: Value, ends: tuple[float, float], first: bool = True) -> str:
    """Say a mean weight in full."""
    interval = say_interval(signed_interval(*bounds(value, ends)), value.low == value.high, first)
    mentions = count(round(value.denominator), "mention")
    return f"{signed(value.value)} ({interval}; {mentions} {in_articles(value.n_articles)})"


def say_scale(results: Results, referent: Referent) -> str:
    """Say what the ends and the middle of a referent's scale mean."""
    scale = results.scale(referent)
    middle = "plain" if results.is_severity(referent) else "descriptive"
    low, high = f"{weight(scale.low)} is {scale.low_name}", f"{weight(scale.high)} {scale.high_name}"
    return f"On the lexicon’s scale {low}, 0 {middle}, {high}."


def say_interval(interval: str, agreed: bool, first: bool = True) -> str:
    """Name an interval, and say so where it is not from the bootstrap."""
    return f"{'95% interval ' if first else ''}{interval}{' by the rule of three' if agreed else ''}"


def say_concentration(results: Results, outlets: Sequence[str], referent: Referent) -> str:
    """Say so where few articles hold half of the mentions in own voice: one, or at most a tenth of them."""
    said = ""
    for outlet in outlets:
        numbers = results.per_article.get((outlet, referent, "own"), ())
        total, held, articles = sum(numbers), 0, 0
        while 2 * held < total:
            held += numbers[articles]
            articles += 1
        if total < MANY_MENTIONS or articles > max(1, len(numbers) / 10):
            continue
        if articles == 1:
            said += f" One article alone holds {held:,} of the {total:,} mentions by {tidy(outlet)}."
        else:
            where = f"{articles} of its {len(numbers):,} articles"
            said += f" Of the {total:,} mentions by {tidy(outlet)}, {held:,} stand in {where}."
    return said


def few_strength(mentions: int, articles: int) -> float:
    """Order what has too few articles: more articles first, then more mentions."""
    return articles + min(mentions, 999) / 1000


def link_mentions(results: Results, outlets: Sequence[str], referent: Referent) -> tuple[tuple[str, str], ...]:
    """Return links to the mentions of a referent in own voice, one for each outlet."""
    numbers = [count(results.of(o, referent).mentions("own"), "mention") for o in outlets]
    words = [f"see the {n}" if len(outlets) == 1 else f"{tidy(o)}: {n}" for o, n in zip(outlets, numbers, strict=True)]
    return tuple((text, evidence_id(o, referent, "own")) for text, o in zip(words, outlets, strict=True))

"""A finding, and how its numbers are said: counts first, then how certain they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from framing.report.findings.checks import Check
from framing.report.lang import _
from framing.report.results import Referent, Results, evidence_id, identify
from framing.report.rows import OK, Share, Value
from framing.report.wording import (
    count,
    join,
    name_end,
    percent,
    percent_interval,
    quote,
    signed,
    signed_interval,
    tidy,
    weight,
    whole,
)

KINDS = (
    "difference", "stance-difference", "voice-difference", "measure-difference", "others-only", "coverage", "name",
    "stance",
)  # fmt: skip
POOLED, MATCHED = "pooled", "matched"
"""Over all articles, whatever they report on; on events that others report too."""
# Below these a sentence about a few articles would be about chance alone.
FEW_MENTIONS = 3
FEW_ARTICLES = 2
MANY_MENTIONS = 10  # from here on it is worth saying that they stand in few articles
_LEVEL = 0.95
_MOST_NAMES = 3  # that share the first place and are worth listing


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
        What it is about, as a label: a referent, a measure, or "How much others speak". Where two lexicons have a
        referent of that name, the title of the one that is meant stands behind it.
    text : str
        The sentence. It is complete together with its subject.
    outlets : tuple of str
    referent : (lexicon, referent) or None
    voice : str
        The voice of the mentions counted: "own", "quoted" or "attributed"; "any" for coverage.
    value, low, high : float
        The first number of the sentence with its 95% interval, by the rule of three where the sentence says so; nan
        where there is none.
    mentions, articles : int
        Behind that number; for coverage, measures and shares of words, `mentions` is 0, and the articles are those
        compared.
    status : str
        "ok" or "insufficient".
    strength : float
        For the order only: how far the interval stays clear of what would make the sentence untrue, in halves of its
        own width, so that sentences of all kinds can be compared; below 0 where it does not. Of a sentence with too few
        articles, how many there are.
    links : tuple of (str, str)
        What to look at: words, and the id of a number or of mentions in the report.
    module, measure : str
        The scoring module and its measure; "" for names, coverage and shares of words.
    contrast : str
        Of a difference between two outlets, the measure as the `contrasts` table calls it.
    checks : tuple of Check
        Whether it is chance, the topics, one article or term, or shared text; see `checks.py`. A sentence about one
        outlet answers the first and the third, one without enough evidence says so in the first.
    mode : str
        "pooled": over all articles. "matched": on events that others report too.
    q : float
        Share of false alarms among all comparisons that look as strong; nan for a sentence about one outlet.
    label : str
        The subject without the title of a lexicon; "" where it has none.
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
    mode: str = POOLED
    q: float = math.nan
    label: str = ""

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


def measure_clearance(distance: float, low: float, high: float) -> float:
    """Return a distance in halves of the width of an interval; 0 where the interval has no width to judge by."""
    half = (high - low) / 2
    return distance / half if half > 0 and math.isfinite(half) else 0.0


def finding_id(kind: str, outlets: Sequence[str], referent: Referent | None, more: str = "") -> str:
    """Return the id of a finding: from what it is about, not from its place in a list."""
    return identify("f", kind, *outlets, *(referent or ()), more)


def say_share(share: Share, total: int, first: bool = True) -> str:
    """Say a share in full: counts, and with enough articles per cent and interval; shorter if not the first."""
    number = whole(share.count) if share.count else _("none")
    articles = count(share.n_articles, "article")
    if share.status != OK:
        return _("{number} of {mentions} in {articles}").format(
            number=number, mentions=count(total, "mention"), articles=articles
        )
    interval = say_interval(percent_interval(*bounds(share)), share.low == share.high, first)
    return _("{number} of {mentions} ({share}, {interval}; {articles})").format(
        number=number,
        mentions=count(total, "mention") if first else whole(total),
        share=percent(share.share),
        interval=interval,
        articles=articles,
    )


def say_mean(value: Value, ends: tuple[float, float], first: bool = True) -> str:
    """Say a mean weight in full."""
    return _("{mean} ({interval}; {mentions} in {articles})").format(
        mean=signed(value.value),
        interval=say_interval(signed_interval(*bounds(value, ends)), value.low == value.high, first),
        mentions=count(round(value.denominator), "mention"),
        articles=count(value.n_articles, "article"),
    )


def say_scale(results: Results, referent: Referent) -> str:
    """Say what the ends and the middle of a referent's scale mean."""
    scale = results.scale(referent)
    return _("On the lexicon’s scale, {low} is {low_name}, 0 is {middle} and {high} is {high_name}.").format(
        low=weight(scale.low),
        low_name=name_end(scale.low_name),
        middle=_("plain") if results.is_severity(referent) else _("descriptive"),
        high=weight(scale.high),
        high_name=name_end(scale.high_name),
    )


def say_interval(interval: str, agreed: bool, first: bool = True) -> str:
    """Name an interval, and say so where it is not from the bootstrap."""
    if agreed:
        interval = _("{interval} by the rule of three").format(interval=interval)
    return _("{level} interval {interval}").format(level=percent(_LEVEL), interval=interval) if first else interval


def say_apart() -> str:
    """Say of two outlets that their numbers lie apart, and over what: topics are another question (`check_topics`)."""
    return _("Over all articles, the intervals do not overlap.")


def say_commonest(results: Results, outlet: str, referent: Referent) -> str:
    """Return the name that an outlet uses most in its own voice, or those that share the first place; "" for many."""
    names = results.of(outlet, referent).commonest()
    return join([quote(n.label) for n in names]) if len(names) <= _MOST_NAMES else ""


def say_concentration(results: Results, outlets: Sequence[str], referent: Referent) -> str:
    """Say so where few articles hold half of the mentions in own voice: one, or at most a tenth of them."""
    said = []
    for outlet in outlets:
        numbers = results.per_article.get((outlet, referent, "own"), ())
        total, held, articles = sum(numbers), 0, 0
        while 2 * held < total:
            held += numbers[articles]
            articles += 1
        if len(numbers) < 2 or total < MANY_MENTIONS or articles > max(1, len(numbers) / 10):
            continue
        if articles == 1:
            text = _("One article alone holds {held} of the {mentions} by {outlet}.")
        else:
            text = _("Of the {mentions} by {outlet}, {held} stand in {number} of its {articles}.")
        said.append(
            text.format(
                held=whole(held),
                mentions=count(total, "mention"),
                outlet=tidy(outlet),
                number=whole(articles),
                articles=count(len(numbers), "article"),
            )
        )
    return " ".join(said)


def few_strength(mentions: int, articles: int) -> float:
    """Order what has too few articles: more articles first, then more mentions."""
    return articles + min(mentions, 999) / 1000


def link_mentions(results: Results, outlets: Sequence[str], referent: Referent) -> tuple[tuple[str, str], ...]:
    """Return links to the mentions of a referent in own voice, one for each outlet."""
    linked = []
    for outlet in outlets:
        mentions = count(results.of(outlet, referent).mentions("own"), "mention")
        text = _("see the {mentions}") if len(outlets) == 1 else _("{outlet}: {mentions}")
        linked.append((text.format(outlet=tidy(outlet), mentions=mentions), evidence_id(outlet, referent, "own")))
    return tuple(linked)

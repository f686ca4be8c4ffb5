"""Findings: what the tables say, in plain sentences, each with its numbers.

A finding with too few articles behind it is kept apart: it is true of the articles read and says nothing about the outlet. The
strength of a finding orders the list and is shown nowhere: it is how far the intervals stay clear of what would make the sentence
untrue, on a scale of 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from framing.analysis import Analysis
from framing.report.results import (
    INSUFFICIENT,
    OK,
    OTHERS,
    Name,
    Names,
    Referent,
    Results,
    Share,
    Value,
    coverage_id,
    evidence_id,
    identify,
    outlet_id,
)
from framing.report.wording import (
    count,
    join,
    percent,
    percent_interval,
    quote,
    signed,
    signed_interval,
    tidy,
    weight,
)

KINDS = ("difference", "stance-difference", "voice-difference", "others-only", "coverage", "name", "stance")
_COMPARISONS = ("difference", "stance-difference", "voice-difference")
# Below these a sentence about a few articles would be about chance alone.
FEW_MENTIONS = 3
FEW_ARTICLES = 2
MANY_MENTIONS = 10  # from here on it is worth saying that they stand in few articles
# A name expected fewer than three times is absent by chance more often than one time in twenty (Poisson, e^-3).
EXPECTED = 3.0
_TIE = 1e-9  # with two names the gap is the same for both, but for rounding


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
        What it is about, as a label: a referent, or "Share of words that others speak".
    text : str
        The sentence. It is complete together with its subject.
    outlets : tuple of str
    referent : (lexicon, referent) or None
    voice : str
        The voice of the mentions counted: "own", "quoted" or "attributed"; "any" for coverage.
    value, low, high : float
        The first number of the sentence with its 95 % interval; nan where there is none.
    mentions, articles : int
        Behind that number; for coverage and shares of words, `mentions` is 0 and the articles are those compared.
    status : str
        "ok" or "insufficient".
    strength : float
        For the order only.
    links : tuple of (str, str)
        What to look at: words, and the id of a number or of mentions in the report.
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

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}"


def find_findings(
    analysis: Analysis | Results, outlets: Sequence[str] | None = None, referents: Sequence[Referent] | None = None
) -> list[Finding]:
    """Find what can be said about the outlets.

    Parameters
    ----------
    analysis : Analysis or Results
    outlets, referents : sequence, optional
        All of the analysis by default.

    Returns
    -------
    list of Finding
        Those with enough articles first. Among these, outlets whose intervals lie apart come before sentences about one outlet,
        and the stronger before the weaker; what hangs on few articles, or is not clear of its neighbours, comes last.
    """
    results = analysis if isinstance(analysis, Results) else Results(analysis)
    chosen = results.choose_outlets(outlets, len(results.outlets))
    found = [*_voice_differences(results, chosen)]
    for referent in results.referents if referents is None else referents:
        if results.name_counts.get(referent, 0) > 1:  # with one name for it, there is no choice of words
            found += _differences(results, chosen, referent)
            found += _stance_differences(results, chosen, referent)
            for outlet in chosen:
                names = results.of(outlet, referent)
                found += _commonest(results, outlet, referent, names)
                found += _only_others(results, outlet, referent, names)
                found += _stance(results, outlet, referent)
        found += _left_out(results, chosen, referent)
    return sorted(found, key=lambda f: (f.status != OK, f.strength <= 0, f.kind not in _COMPARISONS, -f.strength, str(f), f.id))


def bounds(share: Share | Value, ends: tuple[float, float] = (0.0, 1.0)) -> tuple[float, float]:
    """Return the interval with which a number is compared with others.

    Where every article agrees the bootstrap has no width, however few they are. Toward the other end of the scale the rule of
    three then gives the bound: what never happened in n articles may still happen in 3 of n (Hanley & Lippman-Hand 1983).
    """
    value = share.share if isinstance(share, Share) else share.value
    low, high = share.low, share.high
    if math.isnan(low) or math.isnan(high):
        return ends
    if low == high:
        reach = min(1.0, 3 / max(1, share.n_articles))
        return value - (value - ends[0]) * reach, value + (ends[1] - value) * reach
    return low, high


def _finding(kind: str, subject: str, text: str, outlets: Sequence[str], referent: Referent | None, **rest: object) -> Finding:
    key = identify("f", kind, *outlets, *(referent or ()), str(rest.pop("key", "")))
    return Finding(key, kind, subject, text, tuple(outlets), referent, **rest)  # type: ignore[arg-type]


def _of_articles(number: int) -> str:
    return f"in {count(number, 'article')}"


def _counted(share: Share, total: int, first: bool = True) -> str:
    """Say a share in full: counts, and with enough articles per cent and interval."""
    mentions = count(total, "mention") if first else f"{total:,}"
    number = f"{share.count:,}" if share.count else "none"
    if share.status != OK:
        return f"{number} of {mentions} {_of_articles(share.n_articles)}"
    interval = _certain(percent_interval(*bounds(share)), share.low == share.high, first)
    return f"{number} of {mentions} ({percent(share.share)}, {interval}; {count(share.n_articles, 'article')})"


def _certain(interval: str, agreed: bool, first: bool) -> str:
    """Name an interval, and say so where it is not from the bootstrap."""
    return f"{'95% interval ' if first else ''}{interval}{' by the rule of three' if agreed else ''}"


def _concentrated(results: Results, outlet: str, referent: Referent) -> str:
    """Say so where few articles hold half of the mentions in own voice: one, or at most a tenth of them."""
    numbers = results.per_article.get((outlet, referent, "own"), ())
    total, held, articles = sum(numbers), 0, 0
    while 2 * held < total:
        held += numbers[articles]
        articles += 1
    if total < MANY_MENTIONS or articles > max(1, len(numbers) / 10):
        return ""
    if articles == 1:
        return f" One article alone holds {held:,} of the {total:,} mentions by {tidy(outlet)}."
    return f" Of the {total:,} mentions by {tidy(outlet)}, {held:,} stand in {articles} of its {len(numbers):,} articles."


def _in_others_words(names: Names, name: Name) -> str:
    """Say how often a name stands in quotations and in reported speech."""
    parts = []
    for voice, words in (("quoted", "quoted"), ("attributed", "attributed")):
        total = names.mentions(voice)
        if total:
            parts.append(f"{name[voice].count:,} of {total:,} {words}")
    return f"In others’ mouths it is {join(parts)}." if parts else "No mention is quoted or attributed."


def _commonest(results: Results, outlet: str, referent: Referent, names: Names) -> Iterator[Finding]:
    first = names.commonest()
    total = names.mentions("own")
    if not first or total < FEW_MENTIONS:
        return
    share = first[0]["own"]
    status = OK if share.status == OK else INSUFFICIENT
    outlet_, label = tidy(outlet), results.label(referent)
    if len(first) > 1:
        if len(first) > 3:
            return
        words = f"{outlet_} uses {join([quote(n.label) for n in first])} equally often in its own voice"
        text = f"{words}: {share.count:,} each of {count(total, 'mention')} {_of_articles(share.n_articles)}."
    elif share.count == total:
        words = f"{outlet_} has one name in its own voice, {quote(first[0].label)}"
        text = f"{words}: {count(total, 'mention')} {_of_articles(share.n_articles)}. {_in_others_words(names, first[0])}"
    else:
        words = f"{outlet_} most often writes {quote(first[0].label)} in its own voice"
        text = f"{words}: {_counted(share, total)}. {_in_others_words(names, first[0])}"
    alone = _concentrated(results, outlet, referent)
    others = [n for n in names.names if n not in first]
    second = max((bounds(n["own"])[1] for n in others), default=0.0)
    clear = bounds(share)[0] - second if len(first) == 1 else 0.0
    yield _finding(
        "name", label, text + alone, [outlet], referent,
        voice="own", value=share.share, low=share.low, high=share.high, mentions=total, articles=share.n_articles,
        status=status, strength=(clear if not alone else min(clear, 0.0)) if status == OK else _few_strength(total, share.n_articles),
        links=((f"see the {count(total, 'mention')}", evidence_id(outlet, referent, "own")),),
    )  # fmt: skip


def _few_strength(mentions: int, articles: int) -> float:
    """Order what has too few articles: more articles first, then more mentions."""
    return articles + min(mentions, 999) / 1000


def _differences(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """The widest gap between two outlets' shares of one name in own voice; at most one for a referent."""
    used = {outlet: names for outlet in outlets if (names := results.of(outlet, referent)).mentions("own") >= FEW_MENTIONS}
    for status in (OK, INSUFFICIENT):
        group = [o for o, names in used.items() if (names.status("own") == OK) == (status == OK)]
        if status == INSUFFICIENT:
            group = [o for o in group if used[o].n_articles("own") >= FEW_ARTICLES]
        best: tuple[float, str, str, str] | None = None
        for term in sorted({n.term for o in group for n in used[o].names}):
            for first, second in combinations(group, 2):
                a, b = _share_of(used[first], term), _share_of(used[second], term)
                if a.share < b.share:
                    first, second, a, b = second, first, b, a
                if status == OK:
                    gap = bounds(a)[0] - bounds(b)[1]
                else:
                    gap = a.share - b.share - 0.5  # in few articles only what is plain to the eye
                if gap > 0 and (best is None or gap > best[0] + _TIE):
                    best = gap, term, first, second
        if best is None:
            continue
        gap, term, first, second = best
        a, b = _share_of(used[first], term), _share_of(used[second], term)
        label, total_b = quote(results.labels[referent, term]), used[second].mentions("own")
        text = (
            f"{tidy(first)} writes {label} in its own voice in {_counted(a, used[first].mentions('own'))}, "
            f"{tidy(second)} in {_counted(b, total_b, first=False)}"
        )
        if not b.count:
            text += f", and most often {quote(used[second].commonest()[0].label)}"
        text += ". The intervals do not overlap." if status == OK else "."
        alone = "".join(_concentrated(results, o, referent) for o in (first, second))
        if alone:
            gap = min(gap, 0.0)
        few = min(a.n_articles, b.n_articles)
        yield _finding(
            "difference", results.label(referent), text + alone, [first, second], referent,
            key=term, voice="own", value=a.share, low=a.low, high=a.high, mentions=used[first].mentions("own"),
            articles=a.n_articles, status=status, strength=gap if status == OK else _few_strength(a.count, few),
            links=tuple(
                (f"{tidy(o)}: {count(used[o].mentions('own'), 'mention')}", evidence_id(o, referent, "own")) for o in (first, second)
            ),
        )  # fmt: skip


def _share_of(names: Names, term: str) -> Share:
    """Return the share of a name in own voice: 0 of all mentions where the outlet never uses it."""
    name = names.get(term)
    if name is not None:
        return name["own"]
    return Share(0, 0, 0.0, 0.0, 0.0, names.n_articles("own"), names.status("own"))


def _only_others(results: Results, outlet: str, referent: Referent, names: Names) -> Iterator[Finding]:
    """Names that an outlet quotes or attributes, and never says itself although it speaks of the referent."""
    own, said = names.mentions("own"), sum(names.mentions(v) for v in OTHERS)
    if own < FEW_MENTIONS:
        return
    for name in names.names:
        if name["own"].count or name.by_others < FEW_MENTIONS:
            continue
        articles = max(name[v].articles for v in OTHERS)
        if articles < FEW_ARTICLES:
            continue
        expected = own * name.by_others / said
        enough = names.status("own") == OK and articles >= 3 and expected >= EXPECTED
        head = names.commonest()[0]
        alone = _concentrated(results, outlet, referent)
        said_as = join([f"{name[v].count:,} {v}" for v in OTHERS if name[v].count])
        scare = f", {name['scare'].count:,} in scare quotes" if name["scare"].count else ""
        text = (
            f"{tidy(outlet)} leaves {quote(name.label)} to others ({said_as}{scare}). In its own voice it speaks of the subject "
            f"{own:,} times {_of_articles(names.n_articles('own'))}, never by that name and most often as {quote(head.label)}."
        )
        yield _finding(
            "others-only", results.label(referent), text + alone, [outlet], referent,
            key=name.term, voice="quoted" if name["quoted"].count >= name["attributed"].count else "attributed",
            value=0.0, low=math.nan, high=math.nan, mentions=own, articles=names.n_articles("own"),
            status=OK if enough else INSUFFICIENT,
            strength=(0.0 if alone else 1 - math.exp(EXPECTED - expected)) if enough else _few_strength(name.by_others, articles),
            links=(
                *((f"{name[v].count:,} {v}", evidence_id(outlet, referent, v, name.term)) for v in OTHERS if name[v].count),
                (f"{count(own, 'mention')} in its own voice", evidence_id(outlet, referent, "own")),
            ),
        )  # fmt: skip


def _scale_words(results: Results, referent: Referent) -> str:
    scale = results.scale(referent)
    middle = "plain" if results.is_severity(referent) else "descriptive"
    return (
        f"On the lexicon’s scale {weight(scale.low)} is {scale.low_name}, 0 {middle}, {weight(scale.high)} {scale.high_name}"
    )


def _mean(value: Value, ends: tuple[float, float], first: bool = True) -> str:
    interval = _certain(signed_interval(*bounds(value, ends)), value.low == value.high, first)
    return f"{signed(value.value)} ({interval}; {count(round(value.denominator), 'mention')} {_of_articles(value.n_articles)})"


def _stance(results: Results, outlet: str, referent: Referent) -> Iterator[Finding]:
    """A mean weight whose interval lies on one side of 0."""
    value = results.stance.get((outlet, referent, "own"))
    if value is None or value.status != OK or not value.denominator:
        return
    scale = results.scale(referent)
    low, high = bounds(value, (scale.low, scale.high))
    if low <= 0 <= high:
        return
    text = f"In its own voice {tidy(outlet)} uses words that average {_mean(value, (scale.low, scale.high))}. {_scale_words(results, referent)}."
    alone = _concentrated(results, outlet, referent)
    yield _finding(
        "stance", results.label(referent), text + alone, [outlet], referent,
        voice="own", value=value.value, low=value.low, high=value.high, mentions=round(value.denominator),
        articles=value.n_articles, status=OK, strength=0.0 if alone else min(abs(low), abs(high)) / max(abs(scale.low), abs(scale.high)),
        links=((f"see the {count(round(value.denominator), 'mention')}", evidence_id(outlet, referent, "own")),),
    )  # fmt: skip


def _stance_differences(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """The widest gap between the mean weights of two outlets; at most one for a referent."""
    scale = results.scale(referent)
    ends = scale.low, scale.high
    values = {
        o: v for o in outlets if (v := results.stance.get((o, referent, "own"))) is not None and v.status == OK and v.denominator
    }
    best: tuple[float, str, str] | None = None
    for first, second in combinations(values, 2):
        if values[first].value < values[second].value:
            first, second = second, first
        gap = bounds(values[first], ends)[0] - bounds(values[second], ends)[1]
        if gap > 0 and (best is None or gap > best[0]):
            best = gap, first, second
    if best is None:
        return
    gap, first, second = best
    a, b = values[first], values[second]
    text = (
        f"In its own voice {tidy(first)} uses words that average {_mean(a, ends)}, {tidy(second)} words that average "
        f"{_mean(b, ends, first=False)}. The intervals do not overlap. {_scale_words(results, referent)}."
    )
    alone = "".join(_concentrated(results, o, referent) for o in (first, second))
    yield _finding(
        "stance-difference", results.label(referent), text + alone, [first, second], referent,
        voice="own", value=a.value, low=a.low, high=a.high, mentions=round(a.denominator), articles=a.n_articles,
        status=OK, strength=0.0 if alone else gap / (scale.high - scale.low),
        links=tuple(
            (f"{tidy(o)}: {count(round(values[o].denominator), 'mention')}", evidence_id(o, referent, "own")) for o in (first, second)
        ),
    )  # fmt: skip


def _voice_differences(results: Results, outlets: Sequence[str]) -> Iterator[Finding]:
    """The widest gap between the shares of words that two outlets quote, and that they attribute."""
    for voice, words in (("quoted", "quotation marks"), ("attributed", "reported speech")):
        values = {o: v for o in outlets if (v := results.voices.get((o, voice))) is not None and v.status == OK}
        if len(values) < 2:
            continue
        first = max(values, key=lambda o: (bounds(values[o])[0], o))
        second = min(values, key=lambda o: (bounds(values[o])[1], o))
        a, b = values[first], values[second]
        gap = bounds(a)[0] - bounds(b)[1]
        if gap <= 0:
            continue
        text = (
            f"{tidy(first)} puts {percent(a.value)} of its words in {words} (95% interval {percent_interval(a.low, a.high)}, "
            f"{count(a.n_articles, 'article')}), {tidy(second)} {percent(b.value)} ({percent_interval(b.low, b.high)}, "
            f"{count(b.n_articles, 'article')})."
        )
        yield _finding(
            "voice-difference", "How much others speak", text, [first, second], None,
            key=voice, voice=voice, value=a.value, low=a.low, high=a.high, mentions=0, articles=a.n_articles,
            status=OK, strength=gap, links=tuple((tidy(o), outlet_id(o)) for o in (first, second)),
        )  # fmt: skip


def _left_out(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """Referents that an outlet leaves out of articles on events where others mention them."""
    rows = {o: c for o in results.outlets if (c := results.coverage.get((o, referent))) is not None and c.event_articles}
    for outlet in outlets:
        row = rows.get(outlet)
        if row is None:
            continue
        missing = row.event_articles - row.event_mentioning
        chances = sum(c.event_articles for o, c in rows.items() if o != outlet)
        taken = sum(c.event_mentioning for o, c in rows.items() if o != outlet)
        if missing < 2 or not chances or taken / chances - row.event_share < 0.25:
            continue
        elsewhere = taken / chances
        high = min(1.0, 3 / row.n_events) if row.event_low == row.event_high else row.event_high
        enough = row.event_status == OK and row.event_articles >= results.min_articles and elsewhere > high
        interval = percent_interval(row.event_low, row.event_high)
        figure = f" ({percent(row.event_share)}{f', 95% interval {interval}' if interval else ''})" if enough else ""
        others = f"{taken:,} of {chances:,}" + (f" ({percent(elsewhere)})" if enough else "")
        mentions = "none" if not row.event_mentioning else f"{row.event_mentioning:,}"
        text = (
            f"{tidy(outlet)} mentions it in {mentions} of its {count(row.event_articles, 'article')} on "
            f"{count(row.n_events, 'event')} where another article mentions it{figure}; the other outlets in {others} of theirs."
        )
        yield _finding(
            "coverage", results.label(referent), text, [outlet], referent,
            voice="any", value=row.event_share, low=row.event_low, high=row.event_high, mentions=0,
            articles=row.event_articles, status=OK if enough else INSUFFICIENT,
            strength=elsewhere - high if enough else _few_strength(0, row.event_articles),
            links=((f"the {count(missing, 'article')} without it", coverage_id(outlet, referent)),),
        )  # fmt: skip

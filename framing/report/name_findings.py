"""Findings about names: the commonest, those that differ between outlets, those left to others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from framing.report.finding import (
    FEW_ARTICLES,
    FEW_MENTIONS,
    Finding,
    bounds,
    few_strength,
    finding_id,
    in_articles,
    link_mentions,
    say_concentration,
    say_share,
)
from framing.report.results import Referent, Results, evidence_id
from framing.report.rows import INSUFFICIENT, OK, OTHERS, Name, Names, Share
from framing.report.wording import count, join, quote, tidy

# A name expected fewer than three times is absent by chance more often than one time in twenty (Poisson, e^-3).
EXPECTED = 3.0
_TIE = 1e-9  # with two names the gap is the same for both, but for rounding
_PLAIN = 0.5  # in few articles only a difference that is plain to the eye: half of all mentions


def commonest_name(results: Results, outlet: str, referent: Referent, names: Names) -> Iterator[Finding]:
    """The name an outlet uses most in its own voice, beside how often others use it there."""
    first, total = names.commonest(), names.mentions("own")
    if total < FEW_MENTIONS or len(first) > 3:
        return
    share = first[0]["own"]
    enough, who = share.status == OK, tidy(outlet)
    if len(first) > 1:
        words = join([quote(n.label) for n in first])
        text = (
            f"{who} uses {words} equally often in its own voice: {share.count:,} each of {count(total, 'mention')} "
            f"{in_articles(share.n_articles)}."
        )
    elif share.count == total:
        text = (
            f"{who} writes only {quote(first[0].label)} in its own voice: {count(total, 'mention')} "
            f"{in_articles(share.n_articles)}. {_in_others_mouths(names, first[0])}"
        )
    else:
        text = (
            f"{who} most often writes {quote(first[0].label)} in its own voice: {say_share(share, total)}. "
            f"{_in_others_mouths(names, first[0])}"
        )
    alone = say_concentration(results, [outlet], referent)
    second = max((bounds(n["own"])[1] for n in names.names if n not in first), default=0.0)
    lead = bounds(share)[0] - second if len(first) == 1 else 0.0
    yield Finding(
        id=finding_id("name", [outlet], referent),
        kind="name",
        subject=results.label(referent),
        text=text + alone,
        outlets=(outlet,),
        referent=referent,
        voice="own",
        value=share.share,
        low=share.low,
        high=share.high,
        mentions=total,
        articles=share.n_articles,
        status=OK if enough else INSUFFICIENT,
        strength=(min(lead, 0.0) if alone else lead) if enough else few_strength(total, share.n_articles),
        links=link_mentions(results, [outlet], referent),
    )


def _in_others_mouths(names: Names, name: Name) -> str:
    parts = [f"{name[v].count:,} of {total:,} {v}" for v in OTHERS if (total := names.mentions(v))]
    return f"In others’ mouths it is {join(parts)}." if parts else "No mention is quoted or attributed."


def name_difference(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """The widest gap between two outlets' shares of one name in own voice.

    At most one for a referent among outlets with enough articles, and one among the others.
    """
    for status, group in group_by_evidence(results, outlets, referent).items():
        widest = widest_gap(group, status == OK)
        if widest is not None:
            yield _say_difference(results, group, referent, status, *widest)


def group_by_evidence(results: Results, outlets: Sequence[str], referent: Referent) -> dict[str, dict[str, Names]]:
    """Return the outlets whose names can be compared, by status: those with enough articles, and those with some."""
    used = {o: names for o in outlets if (names := results.of(o, referent)).mentions("own") >= FEW_MENTIONS}
    enough = {o: names for o, names in used.items() if names.status("own") == OK}
    few = {o: n for o, n in used.items() if o not in enough and n.n_articles("own") >= FEW_ARTICLES}
    return {OK: enough, INSUFFICIENT: few}


def widest_gap(group: dict[str, Names], certain: bool) -> tuple[float, str, str, str] | None:
    """Return gap, term, and the outlets with more and with less of it; None where no gap is clear."""
    widest: tuple[float, str, str, str] | None = None
    for term in sorted({n.term for names in group.values() for n in names.names}):
        shares = {o: _share_of(names, term) for o, names in group.items()}
        ends = {o: bounds(s) if certain else (s.share, s.share + _PLAIN) for o, s in shares.items()}
        # Of equals, those with more articles.
        more = max(shares, key=lambda o: (ends[o][0], shares[o].n_articles, o))
        less = min(shares, key=lambda o: (ends[o][1], -shares[o].n_articles, o))
        gap = ends[more][0] - ends[less][1]
        if gap > 0 and (widest is None or gap > widest[0] + _TIE):
            widest = gap, term, more, less
    return widest


def _share_of(names: Names, term: str) -> Share:
    """Return the share of a name in own voice: 0 of all mentions where the outlet never uses it."""
    name = names.get(term)
    if name is not None:
        return name["own"]
    return Share(0, 0, 0.0, 0.0, 0.0, names.n_articles("own"), names.status("own"))


def _say_difference(
    results: Results,
    group: dict[str, Names],
    referent: Referent,
    status: str,
    gap: float,
    term: str,
    more: str,
    less: str,
) -> Finding:
    a, b = _share_of(group[more], term), _share_of(group[less], term)
    total, label = group[more].mentions("own"), quote(results.labels[referent, term])
    text = (
        f"{tidy(more)} writes {label} in its own voice in {say_share(a, total)}, "
        f"{tidy(less)} in {say_share(b, group[less].mentions('own'), first=False)}"
    )
    if not b.count:
        text += f", and most often {quote(group[less].commonest()[0].label)}"
    text += ". The intervals do not overlap." if status == OK else "."
    alone = say_concentration(results, [more, less], referent)
    few = few_strength(a.count, min(a.n_articles, b.n_articles))
    return Finding(
        id=finding_id("difference", [more, less], referent, term),
        kind="difference",
        subject=results.label(referent),
        text=text + alone,
        outlets=(more, less),
        referent=referent,
        voice="own",
        value=a.share,
        low=a.low,
        high=a.high,
        mentions=total,
        articles=a.n_articles,
        status=status,
        strength=(0.0 if alone else gap) if status == OK else few,
        links=link_mentions(results, [more, less], referent),
        contrast=f"share:{referent[0]}:{referent[1]}:own:{term}",
    )


def left_to_others(results: Results, outlet: str, referent: Referent, names: Names) -> Iterator[Finding]:
    """Names that an outlet quotes or attributes and never says itself, although it speaks of the referent."""
    own, said = names.mentions("own"), sum(names.mentions(v) for v in OTHERS)
    if own < FEW_MENTIONS:
        return
    alone = say_concentration(results, [outlet], referent)
    for name in names.names:
        articles = max(name[v].articles for v in OTHERS)
        if name["own"].count or name.by_others < FEW_MENTIONS or articles < FEW_ARTICLES:
            continue
        expected = own * name.by_others / said
        enough = names.status("own") == OK and articles >= FEW_MENTIONS and expected >= EXPECTED
        parts = join([f"{name[v].count:,} {v}" for v in OTHERS if name[v].count])
        scare = f", {name['scare'].count:,} in scare quotes" if name["scare"].count else ""
        text = (
            f"{tidy(outlet)} leaves {quote(name.label)} to others ({parts}{scare}). In its own voice it speaks of the "
            f"subject {own:,} times {in_articles(names.n_articles('own'))}, never by that name and most often as "
            f"{quote(names.commonest()[0].label)}."
        )
        links = [
            (f"{name[v].count:,} {v}", evidence_id(outlet, referent, v, name.term)) for v in OTHERS if name[v].count
        ]
        strength = 0.0 if alone else 1 - math.exp(EXPECTED - expected)
        yield Finding(
            id=finding_id("others-only", [outlet], referent, name.term),
            kind="others-only",
            subject=results.label(referent),
            text=text + alone,
            outlets=(outlet,),
            referent=referent,
            voice=max(OTHERS, key=lambda v: name[v].count),
            value=0.0,
            low=math.nan,
            high=math.nan,
            mentions=own,
            articles=names.n_articles("own"),
            status=OK if enough else INSUFFICIENT,
            strength=strength if enough else few_strength(name.by_others, articles),
            links=(*links, (f"{count(own, 'mention')} in its own voice", evidence_id(outlet, referent, "own"))),
        )

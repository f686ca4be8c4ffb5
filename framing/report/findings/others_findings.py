"""Findings about names that an outlet leaves to others: quoted or attributed, and never said in its own voice."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from framing.report.findings.checks import check_one_outlet, check_too_few
from framing.report.findings.finding import (
    FEW_ARTICLES,
    FEW_MENTIONS,
    Finding,
    bounds,
    few_strength,
    finding_id,
    measure_clearance,
    say_commonest,
    say_concentration,
    say_share,
)
from framing.report.findings.name_findings import say_few_articles, share_of
from framing.report.lang import _
from framing.report.results import Referent, Results, evidence_id
from framing.report.rows import INSUFFICIENT, OK, OTHERS, Name, Names, Share
from framing.report.wording import count, join, localise, percent, quote, tidy, whole

# A name expected fewer than three times is absent by chance more often than one time in twenty (Poisson, e^-3).
EXPECTED = 3.0


def left_to_others(results: Results, outlet: str, referent: Referent, names: Names) -> Iterator[Finding]:
    """Names that an outlet quotes or attributes and never says itself, although it speaks of the referent."""
    own, said = names.mentions("own"), sum(names.mentions(v) for v in OTHERS)
    if own < FEW_MENTIONS:
        return
    for name in names.names:
        articles = max(name[v].articles for v in OTHERS)
        if name["own"].count or name.by_others < FEW_MENTIONS or articles < FEW_ARTICLES:
            continue
        yield _say_left(results, outlet, referent, name, articles, name.by_others / said)


def _say_left(
    results: Results, outlet: str, referent: Referent, name: Name, articles: int, by_others: float
) -> Finding:
    """Say of a name that it is left to others; `by_others` is its share of what they say."""
    names = results.of(outlet, referent)
    own, share = names.mentions("own"), share_of(names, name.term)
    low, high = bounds(share)
    few = _say_few_left(results, share, articles, own * by_others)
    enough, clear = not few, by_others > high
    if clear:
        why = _("{share} of the quoted and attributed mentions are by this name, more than the interval allows.")
    else:
        why = _("{share} of the quoted and attributed mentions are by this name, no more than the interval allows.")
    links = [
        (_link_words(v).format(number=whole(name[v].count)), evidence_id(outlet, referent, v, name.term))
        for v in OTHERS
        if name[v].count
    ]
    in_own = _("{mentions} in its own voice").format(mentions=count(own, "mention"))
    return Finding(
        id=finding_id("others-only", [outlet], referent, name.term),
        kind="others-only",
        subject=results.label(referent),
        text=_say_never(results, outlet, referent, name, share, enough),
        outlets=(outlet,),
        referent=referent,
        voice=max(OTHERS, key=lambda v: name[v].count),
        value=0.0,
        low=low if enough else math.nan,
        high=high if enough else math.nan,
        mentions=own,
        articles=share.n_articles,
        status=OK if enough else INSUFFICIENT,
        strength=measure_clearance(by_others - high, low, high) if enough else few_strength(name.by_others, articles),
        links=(*links, (in_own, evidence_id(outlet, referent, "own"))),
        checks=(
            check_one_outlet(
                clear, why.format(share=percent(by_others)), say_concentration(results, [outlet], referent)
            )
            if enough
            else check_too_few(few)
        ),
    )


def _say_few_left(results: Results, share: Share, articles: int, expected: float) -> str:
    """Say on how little it rests that a name is never used; "" where it is enough."""
    if share.status != OK:
        return say_few_articles(results, share.n_articles)
    if articles < FEW_MENTIONS:
        return _("others use the name in {articles} only").format(articles=count(articles, "article"))
    if expected < EXPECTED:
        text = _("as often as others use the name, about {number} mentions by it would be expected, fewer than {least}")
        return text.format(number=localise(f"{expected:.1f}"), least=whole(round(EXPECTED)))
    return ""


def _say_never(results: Results, outlet: str, referent: Referent, name: Name, share: Share, enough: bool) -> str:
    own = results.of(outlet, referent).mentions("own")
    parts = [_link_words(v).format(number=whole(name[v].count)) for v in (*OTHERS, "scare") if name[v].count]
    common = say_commonest(results, outlet, referent)
    said = [
        _("Over all articles, {outlet} leaves {name} to others ({voices}).").format(
            outlet=tidy(outlet), name=quote(name.label), voices=join(parts)
        ),
        _("In its own voice, it uses that name in {share}.").format(
            share=say_share(share if enough else replace(share, status=INSUFFICIENT), own)
        ),
    ]
    if common:
        said.append(_("It most often writes {name}.").format(name=common))
    return " ".join(said)


def _link_words(voice: str) -> str:
    if voice == "quoted":
        return _("{number} quoted")
    return _("{number} attributed") if voice == "attributed" else _("{number} in scare quotes")

"""Findings about names: the commonest, and those that differ between outlets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.findings.checks import check_one_outlet, check_too_few
from framing.report.findings.finding import (
    FEW_ARTICLES,
    FEW_MENTIONS,
    Finding,
    bounds,
    few_strength,
    finding_id,
    link_mentions,
    measure_clearance,
    say_apart,
    say_commonest,
    say_concentration,
    say_share,
)
from framing.report.lang import _, plural
from framing.report.results import Referent, Results
from framing.report.rows import INSUFFICIENT, OK, OTHERS, Name, Names, Share
from framing.report.wording import count, join, percent, percent_interval, quote, tidy, whole

_TIE = 1e-9  # with two names the gap is the same for both, but for rounding
_PLAIN = 0.5  # in few articles only a difference that is plain to the eye: half of all mentions


def commonest_name(results: Results, outlet: str, referent: Referent, names: Names) -> Iterator[Finding]:
    """The name an outlet uses most in its own voice, beside how often others use it there."""
    first, total = names.commonest(), names.mentions("own")
    if total < FEW_MENTIONS or len(first) > 3:
        return
    share = first[0]["own"]
    enough = share.status == OK
    low, high = bounds(share)
    second = max((bounds(n["own"])[1] for n in names.names if n is not first[0]), default=0.0)
    alone = say_concentration(results, [outlet], referent)
    clear = low > second
    if len(first) > 1:
        why = _("No name leads.")
    elif clear:
        why = _("The interval lies above that of every other name.")
    else:
        why = _("The interval overlaps that of another name, which may be as common.")
    yield Finding(
        id=finding_id("name", [outlet], referent),
        kind="name",
        subject=results.label(referent),
        text=_say_commonest(outlet, names, first, total),
        outlets=(outlet,),
        referent=referent,
        voice="own",
        value=share.share,
        low=low if enough else share.low,
        high=high if enough else share.high,
        mentions=total,
        articles=share.n_articles,
        status=OK if enough else INSUFFICIENT,
        strength=measure_clearance(low - second, low, high) if enough else few_strength(total, share.n_articles),
        links=link_mentions(results, [outlet], referent),
        checks=(
            check_one_outlet(clear, why, alone)
            if enough
            else check_too_few(say_few_articles(results, share.n_articles))
        ),
    )


def say_few_articles(results: Results, articles: int) -> str:
    """Say how many articles there are, and how many it takes."""
    if articles >= results.min_articles:
        return _("of the {articles}, too few carry the number").format(articles=count(articles, "article"))
    return _("{articles}, where {least} are needed").format(
        articles=count(articles, "article"), least=whole(results.min_articles)
    )


def _say_commonest(outlet: str, names: Names, first: Sequence[Name], total: int) -> str:
    share = first[0]["own"]
    if len(first) > 1:
        return _say_tie(outlet, first, total)
    if share.count == total:
        text = _("Over all articles, {outlet} writes only {name} in its own voice: {share}. {others}")
    else:
        text = _("Over all articles, {outlet} most often writes {name} in its own voice: {share}. {others}")
    return text.format(
        outlet=tidy(outlet),
        name=quote(first[0].label),
        share=say_share(share, total),
        others=_in_others_mouths(names, first[0]),
    )


def _say_tie(outlet: str, first: Sequence[Name], total: int) -> str:
    share = first[0]["own"]
    said = {
        "outlet": tidy(outlet),
        "names": join([quote(n.label) for n in first]),
        "number": whole(share.count),
        "mentions": count(total, "mention"),
        "articles": count(share.n_articles, "article"),
    }
    if share.status != OK:
        return _(
            "Over all articles, {outlet} uses {names} equally often in its own voice: {number} each of {mentions} in "
            "{articles}."
        ).format(**said)
    return _(
        "Over all articles, {outlet} uses {names} equally often in its own voice: {number} each of {mentions} "
        "({share} each, {level} intervals {intervals}; {articles})."
    ).format(
        share=percent(share.share),
        level=percent(0.95),
        intervals=join([percent_interval(*bounds(n["own"])) for n in first]),
        **said,
    )


def _in_others_mouths(names: Names, name: Name) -> str:
    """Say how many of the mentions quoted and attributed are by a name."""
    quoted, attributed = (names.mentions(v) for v in OTHERS)
    said = {
        "quoted": whole(name["quoted"].count),
        "all_quoted": whole(quoted),
        "attributed": whole(name["attributed"].count),
        "all_attributed": whole(attributed),
    }
    if quoted and attributed:
        text = _(
            "The name makes up {quoted} of {all_quoted} quoted and {attributed} of {all_attributed} attributed "
            "mentions."
        )
    elif quoted:
        text = plural(
            "The name makes up {quoted} of {all_quoted} quoted mention.",
            "The name makes up {quoted} of {all_quoted} quoted mentions.",
            quoted,
        )
    elif attributed:
        text = plural(
            "The name makes up {attributed} of {all_attributed} attributed mention.",
            "The name makes up {attributed} of {all_attributed} attributed mentions.",
            attributed,
        )
    else:
        text = _("No mention is quoted or attributed.")
    return text.format(**said)


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
        shares = {o: share_of(names, term) for o, names in group.items()}
        ends = {o: bounds(s) if certain else (s.share, s.share + _PLAIN) for o, s in shares.items()}
        # Of equals, those with more articles.
        more = max(shares, key=lambda o: (ends[o][0], shares[o].n_articles, o))
        less = min(shares, key=lambda o: (ends[o][1], -shares[o].n_articles, o))
        gap = ends[more][0] - ends[less][1]
        if gap > 0 and (widest is None or gap > widest[0] + _TIE):
            widest = gap, term, more, less
    return widest


def share_of(names: Names, term: str) -> Share:
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
    a, b = share_of(group[more], term), share_of(group[less], term)
    total, label = group[more].mentions("own"), quote(results.labels[referent, term])
    said = [
        _("{more} writes {name} in its own voice in {share}; {less} does so in {other}.").format(
            more=tidy(more),
            less=tidy(less),
            name=label,
            share=say_share(a, total),
            other=say_share(b, group[less].mentions("own"), first=False),
        )
    ]
    common = say_commonest(results, less, referent)
    if not b.count and common:
        said.append(_("{less} most often writes {name}.").format(less=tidy(less), name=common))
    said.append(say_apart() if status == OK else _("These are counts over all articles."))
    said.append(say_concentration(results, [more, less], referent))
    few = few_strength(a.count, min(a.n_articles, b.n_articles))
    low, high = bounds(a) if status == OK else (a.low, a.high)
    return Finding(
        id=finding_id("difference", [more, less], referent, term),
        kind="difference",
        subject=results.label(referent),
        text=" ".join(filter(None, said)),
        outlets=(more, less),
        referent=referent,
        voice="own",
        value=a.share,
        low=low,
        high=high,
        mentions=total,
        articles=a.n_articles,
        status=status,
        strength=measure_clearance(gap, low, high) if status == OK else few,
        links=link_mentions(results, [more, less], referent),
        contrast=f"share:{referent[0]}:{referent[1]}:own:{term}",
    )

"""Findings about mean weights: how the words that an outlet chooses lean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.findings.checks import check_one_outlet
from framing.report.findings.finding import (
    Finding,
    bounds,
    finding_id,
    link_mentions,
    measure_clearance,
    say_apart,
    say_concentration,
    say_mean,
    say_scale,
)
from framing.report.lang import _
from framing.report.results import Referent, Results
from framing.report.rows import OK, Value
from framing.report.wording import tidy


def _means(results: Results, outlets: Sequence[str], referent: Referent) -> dict[str, Value]:
    """Return the mean weights in own voice of the outlets with enough articles."""
    found = {o: results.stance.get((o, referent, "own")) for o in outlets}
    return {o: v for o, v in found.items() if v is not None and v.status == OK}


def stance(results: Results, outlet: str, referent: Referent) -> Iterator[Finding]:
    """A mean weight whose interval lies on one side of 0, also as it is printed."""
    value = _means(results, [outlet], referent).get(outlet)
    if value is None:
        return
    scale = results.scale(referent)
    low, high = bounds(value, (scale.low, scale.high))
    if round(low, 2) <= 0 <= round(high, 2):
        return
    text = _("Over all articles, the words that {outlet} uses in its own voice have a mean weight of {mean}.")
    said = text.format(outlet=tidy(outlet), mean=say_mean(value, (scale.low, scale.high)))
    alone = say_concentration(results, [outlet], referent)
    yield Finding(
        id=finding_id("stance", [outlet], referent),
        kind="stance",
        subject=results.label(referent),
        text=f"{said} {say_scale(results, referent)}",
        outlets=(outlet,),
        referent=referent,
        voice="own",
        value=value.value,
        low=low,
        high=high,
        mentions=round(value.denominator),
        articles=value.n_articles,
        status=OK,
        strength=measure_clearance(min(abs(low), abs(high)), low, high),
        links=link_mentions(results, [outlet], referent),
        checks=check_one_outlet(True, _("The interval lies clear of 0."), alone),
    )


def stance_difference(results: Results, outlets: Sequence[str], referent: Referent) -> Iterator[Finding]:
    """The widest gap between the mean weights of two outlets; at most one for a referent."""
    values = _means(results, outlets, referent)
    if len(values) < 2:
        return
    scale = results.scale(referent)
    ends = {o: bounds(v, (scale.low, scale.high)) for o, v in values.items()}
    more = max(values, key=lambda o: (ends[o][0], values[o].n_articles, o))
    less = min(values, key=lambda o: (ends[o][1], -values[o].n_articles, o))
    gap = ends[more][0] - ends[less][1]
    if gap <= 0:
        return
    a, b = values[more], values[less]
    text = _(
        "The words that {more} uses in its own voice have a mean weight of {mean}; those that {less} uses have one of "
        "{other}."
    ).format(
        more=tidy(more),
        less=tidy(less),
        mean=say_mean(a, (scale.low, scale.high)),
        other=say_mean(b, (scale.low, scale.high), first=False),
    )
    said = [text, say_apart(), say_scale(results, referent), say_concentration(results, [more, less], referent)]
    yield Finding(
        id=finding_id("stance-difference", [more, less], referent),
        kind="stance-difference",
        subject=results.label(referent),
        text=" ".join(filter(None, said)),
        outlets=(more, less),
        referent=referent,
        voice="own",
        value=a.value,
        low=ends[more][0],
        high=ends[more][1],
        mentions=round(a.denominator),
        articles=a.n_articles,
        status=OK,
        strength=measure_clearance(gap, *ends[more]),
        links=link_mentions(results, [more, less], referent),
        contrast=f"stance:{referent[0]}:{referent[1]}:own",
    )

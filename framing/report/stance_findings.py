"""Findings about mean weights: how the words that an outlet chooses lean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.finding import (
    Finding,
    bounds,
    finding_id,
    link_mentions,
    say_concentration,
    say_mean,
    say_scale,
)
from framing.report.results import Referent, Results
from framing.report.rows import OK, Value
from framing.report.wording import tidy


def _means(results: Results, outlets: Sequence[str], referent: Referent) -> dict[str, Value]:
    """Return the mean weights in own voice of the outlets with enough articles."""
    found = {o: results.stance.get((o, referent, "own")) for o in outlets}
    return {o: v for o, v in found.items() if v is not None and v.status == OK}


def stance(results: Results, outlet: str, referent: Referent) -> Iterator[Finding]:
    """A mean weight whose interval lies on one side of 0."""
    value = _means(results, [outlet], referent).get(outlet)
    if value is None:
        return
    scale = results.scale(referent)
    low, high = bounds(value, (scale.low, scale.high))
    if low <= 0 <= high:
        return
    mean = say_mean(value, (scale.low, scale.high))
    alone = say_concentration(results, [outlet], referent)
    yield Finding(
        id=finding_id("stance", [outlet], referent),
        kind="stance",
        subject=results.label(referent),
        text=f"In its own voice {tidy(outlet)} uses words that average {mean}. {say_scale(results, referent)}{alone}",
        outlets=(outlet,),
        referent=referent,
        voice="own",
        value=value.value,
        low=value.low,
        high=value.high,
        mentions=round(value.denominator),
        articles=value.n_articles,
        status=OK,
        strength=0.0 if alone else min(abs(low), abs(high)) / max(abs(scale.low), abs(scale.high)),
        links=link_mentions(results, [outlet], referent),
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
    alone = say_concentration(results, [more, less], referent)
    text = (
        f"In its own voice {tidy(more)} uses words that average {say_mean(a, (scale.low, scale.high))}, {tidy(less)} "
        f"words that average {say_mean(b, (scale.low, scale.high), first=False)}. The intervals do not overlap. "
        f"{say_scale(results, referent)}"
    )
    yield Finding(
        id=finding_id("stance-difference", [more, less], referent),
        kind="stance-difference",
        subject=results.label(referent),
        text=text + alone,
        outlets=(more, less),
        referent=referent,
        voice="own",
        value=a.value,
        low=a.low,
        high=a.high,
        mentions=round(a.denominator),
        articles=a.n_articles,
        status=OK,
        strength=0.0 if alone else gap / (scale.high - scale.low),
        links=link_mentions(results, [more, less], referent),
        contrast=f"stance:{referent[0]}:{referent[1]}:own",
    )

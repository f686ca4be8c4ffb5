"""Findings about voice: how much of its words an outlet gives to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.findings.finding import Finding, bounds, finding_id, measure_clearance, say_apart, say_interval
from framing.report.lang import _
from framing.report.results import Results, outlet_id
from framing.report.rows import OK, OTHERS, Value
from framing.report.wording import count, percent, percent_interval, tidy


def voice_differences(results: Results, outlets: Sequence[str]) -> Iterator[Finding]:
    """The widest gap between the shares of words that two outlets quote, and that they attribute."""
    for voice in OTHERS:
        values = {o: v for o in outlets if (v := results.voices.get((o, voice))) is not None and v.status == OK}
        if len(values) < 2:
            continue
        more = max(values, key=lambda o: (bounds(values[o])[0], o))
        less = min(values, key=lambda o: (bounds(values[o])[1], o))
        a, b = values[more], values[less]
        gap = bounds(a)[0] - bounds(b)[1]
        if gap <= 0:
            continue
        if voice == "quoted":
            text = _("{more} puts {share} of its words in quotation marks ({interval}); {less} puts {other}.")
        else:
            text = _("{more} gives {share} of its words to reported speech ({interval}); {less} gives {other}.")
        said = text.format(
            more=tidy(more),
            less=tidy(less),
            share=percent(a.value),
            interval=_say(a),
            other=_("{share} ({interval})").format(share=percent(b.value), interval=_say(b, first=False)),
        )
        yield Finding(
            id=finding_id("voice-difference", [more, less], None, voice),
            kind="voice-difference",
            subject=_("How much others speak"),
            text=f"{said} {say_apart()}",
            outlets=(more, less),
            referent=None,
            voice=voice,
            value=a.value,
            low=bounds(a)[0],
            high=bounds(a)[1],
            mentions=0,
            articles=a.n_articles,
            status=OK,
            strength=measure_clearance(gap, *bounds(a)),
            links=tuple((tidy(o), outlet_id(o)) for o in (more, less)),
            contrast=f"voice:{voice}",
        )


def _say(value: Value, first: bool = True) -> str:
    interval = say_interval(percent_interval(*bounds(value)), value.low == value.high, first)
    return _("{interval}; {articles}").format(interval=interval, articles=count(value.n_articles, "article"))

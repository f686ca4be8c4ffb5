"""Findings about voice: how much of its words an outlet gives to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.report.finding import Finding, bounds, finding_id
from framing.report.results import Results, outlet_id
from framing.report.rows import OK, Value
from framing.report.wording import count, percent, percent_interval, tidy

SUBJECT = "How much others speak"


def voice_differences(results: Results, outlets: Sequence[str]) -> Iterator[Finding]:
    """The widest gap between the shares of words that two outlets quote, and that they attribute."""
    for voice, where in (("quoted", "quotation marks"), ("attributed", "reported speech")):
        values = {o: v for o in outlets if (v := results.voices.get((o, voice))) is not None and v.status == OK}
        if len(values) < 2:
            continue
        more = max(values, key=lambda o: (bounds(values[o])[0], o))
        less = min(values, key=lambda o: (bounds(values[o])[1], o))
        a, b = values[more], values[less]
        gap = bounds(a)[0] - bounds(b)[1]
        if gap <= 0:
            continue
        text = (
            f"{tidy(more)} puts {percent(a.value)} of its words in {where} ({_say(a, '95% interval ')}), "
            f"{tidy(less)} {percent(b.value)} ({_say(b)})."
        )
        yield Finding(
            id=finding_id("voice-difference", [more, less], None, voice),
            kind="voice-difference",
            subject=SUBJECT,
            text=text,
            outlets=(more, less),
            referent=None,
            voice=voice,
            value=a.value,
            low=a.low,
            high=a.high,
            mentions=0,
            articles=a.n_articles,
            status=OK,
            strength=gap,
            links=tuple((tidy(o), outlet_id(o)) for o in (more, less)),
            contrast=f"voice:{voice}",
        )


def _say(value: Value, name: str = "") -> str:
    return f"{name}{percent_interval(*bounds(value))}, {count(value.n_articles, 'article')}"

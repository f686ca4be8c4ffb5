"""Findings about the measures of the scoring modules: two outlets whose intervals do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from framing.charts import say_number
from framing.report.findings.finding import Finding, finding_id, measure_clearance, say_apart
from framing.report.findings.module_bounds import Gap, measure_bounds, widest_gap
from framing.report.lang import ENGLISH, _, language
from framing.report.module_choice import MeasureView, ModuleView, translate
from framing.report.page.module_evidence import measure_id, sentences_id
from framing.report.results import Results
from framing.report.rows import OK, Value
from framing.report.wording import count, join, localise, percent, percent_interval, tidy, whole

KIND = "measure-difference"
_LEVEL = 0.95


def measure_differences(results: Results, outlets: Sequence[str]) -> Iterator[Finding]:
    """The widest gap between two outlets for each measure that has a sentence; see headline_measures.toml."""
    for module in results.modules:
        for measure in module.headline:
            gap = widest_gap(results, measure, outlets) if measure.finding else None
            if gap is not None:
                yield _say_difference(results, module, measure, gap)


def _say_difference(results: Results, module: ModuleView, measure: MeasureView, gap: Gap) -> Finding:
    more, less = (results.measures[o, measure.name] for o in (gap.more, gap.less))
    sentence = translate(measure.finding).format(
        more=tidy(gap.more),
        less=tidy(gap.less),
        high=say_value(more, measure),
        low=say_value(less, measure),
        label=tidy(measure.shown.label),
    )
    numbers = _("({level} intervals {intervals}; {first} and {articles})").format(
        level=percent(_LEVEL),
        intervals=join([say_bounds(v, measure) for v in (more, less)]),
        first=whole(more.n_articles),
        articles=count(less.n_articles, "article"),
    )
    low, high = measure_bounds(more, measure)
    text = _("{sentence} {numbers}.").format(sentence=sentence.removesuffix("."), numbers=numbers)
    return Finding(
        id=finding_id(KIND, [gap.more, gap.less], None, measure.name),
        kind=KIND,
        subject=_name_subject(module.title, measure),
        text=f"{text} {say_apart()}",
        outlets=(gap.more, gap.less),
        referent=None,
        voice="any",
        value=more.value,
        low=low,
        high=high,
        mentions=0,
        articles=more.n_articles,
        status=OK,
        strength=measure_clearance(gap.width, low, high),
        links=tuple(_link(results, measure, o) for o in (gap.more, gap.less)),
        module=module.module,
        measure=measure.name,
        contrast=measure.name,
    )


def _name_subject(title: str, measure: MeasureView) -> str:
    """Return the module and its measure; the measure begins small where English has it so, and it is no name."""
    label = measure.shown.label
    if title == label:
        return title
    if language() == ENGLISH and not measure.proper:
        label = f"{label[:1].lower()}{label[1:]}"
    return _("{module}: {measure}").format(module=title, measure=label)


def say_value(value: Value, measure: MeasureView) -> str:
    """Return a number as a sentence has it: "61%", "14.4", and "none" where nothing was found to count."""
    if measure.shown.percent:
        return percent(value.value)
    if value.value == 0 and value.numerator == 0 and measure.scale > 1:
        return _("none")
    return localise(say_number(value.value))


def _link(results: Results, measure: MeasureView, outlet: str) -> tuple[str, str]:
    """Return a link to the sentences behind a number, or to the number where nothing was found or it has none."""
    found = measure.among or results.measures[outlet, measure.name].numerator != 0
    return link_sentences(outlet, measure.name) if measure.evidence and found else link_number(outlet, measure.name)


def link_sentences(outlet: str, measure: str) -> tuple[str, str]:
    """Return a link to the sentences behind a number."""
    return _("{outlet}: sentences").format(outlet=tidy(outlet)), sentences_id(outlet, measure)


def link_number(outlet: str, measure: str) -> tuple[str, str]:
    """Return a link to a number."""
    return _("{outlet}: number").format(outlet=tidy(outlet)), measure_id(outlet, measure)


def say_bounds(value: Value, measure: MeasureView) -> str:
    """Return "52–70%" or "10.1–14.2": the interval with which a number was compared."""
    low, high = measure_bounds(value, measure)
    return say_range(low, high, measure.shown.percent)


def say_range(low: float, high: float, percent: bool) -> str:
    """Return an interval as it is printed; with "to" where a bound is below 0, "" where there is none."""
    if math.isnan(low) or math.isnan(high) or math.isinf(low) or math.isinf(high):
        return ""
    if percent and low != high:
        return percent_interval(low, high)
    first, last = localise(say_number(low, percent)), localise(say_number(high, percent))
    if low < 0 or high < 0:
        return _("{low} to {high}").format(low=first, high=last)
    return _("{low}–{high}").format(low=first.removesuffix("%"), high=last)

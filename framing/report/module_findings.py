"""Findings about the measures of the scoring modules: two outlets whose intervals do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from framing.charts import say_number
from framing.report.finding import Finding, finding_id
from framing.report.module_bounds import Gap, measure_bounds, widest_gap
from framing.report.module_choice import MeasureView, ModuleView
from framing.report.module_evidence import measure_id, sentences_id
from framing.report.results import Results
from framing.report.rows import OK, Value
from framing.report.wording import count, join, tidy

KIND = "measure-difference"
_LEAST_RATE = 0.5  # the strongest finding about a rate counts as much as 50 points between two shares


def measure_differences(results: Results, outlets: Sequence[str]) -> Iterator[Finding]:
    """The widest gap between two outlets for each measure that has a sentence; see headline_measures.toml."""
    for module in results.modules:
        for measure in module.headline:
            gap = widest_gap(results, measure, outlets) if measure.finding else None
            if gap is not None:
                yield _say_difference(results, module, measure, gap)


def _say_difference(results: Results, module: ModuleView, measure: MeasureView, gap: Gap) -> Finding:
    more, less = (results.measures[o, measure.name] for o in (gap.more, gap.less))
    percent = measure.shown.percent
    sentence = measure.finding.format(
        more=tidy(gap.more),
        less=tidy(gap.less),
        high=say_number(more.value, percent),
        low=say_number(less.value, percent),
        label=tidy(measure.shown.label),
    )
    intervals = join([say_bounds(v, measure) for v in (more, less)])
    articles = join([f"{more.n_articles:,}", count(less.n_articles, "article")])
    return Finding(
        id=finding_id(KIND, [gap.more, gap.less], None, measure.name),
        kind=KIND,
        subject=_subject(module.title, measure.shown.label),
        text=f"{sentence.removesuffix('.')} (95% intervals {intervals}; {articles}).",
        outlets=(gap.more, gap.less),
        referent=None,
        voice="any",
        value=more.value,
        low=more.low,
        high=more.high,
        mentions=0,
        articles=more.n_articles,
        status=OK,
        strength=gap.width if percent else _relative(gap.width, more, less),
        links=tuple(_link(results, measure, o) for o in (gap.more, gap.less)),
        module=module.module,
        measure=measure.name,
        contrast=measure.name,
    )


def _subject(title: str, label: str) -> str:
    return title if title == label else f"{title}: {label[:1].lower()}{label[1:]}"


def _link(results: Results, measure: MeasureView, outlet: str) -> tuple[str, str]:
    """Return a link to the sentences behind a number, or to the number where nothing was found or it has none."""
    found = measure.among or results.measures[outlet, measure.name].numerator != 0
    return link_sentences(outlet, measure.name) if measure.evidence and found else link_number(outlet, measure.name)


def link_sentences(outlet: str, measure: str) -> tuple[str, str]:
    """Return a link to the sentences behind a number."""
    return f"{tidy(outlet)}: sentences", sentences_id(outlet, measure)


def link_number(outlet: str, measure: str) -> tuple[str, str]:
    """Return a link to a number."""
    return f"{tidy(outlet)}: number", measure_id(outlet, measure)


def _relative(width: float, more: Value, less: Value) -> float:
    size = max(abs(x) for v in (more, less) for x in (v.low, v.high) if not math.isnan(x))
    return _LEAST_RATE * min(1.0, width / size) if size else 0.0


def say_bounds(value: Value, measure: MeasureView) -> str:
    """Return "52–70%" or "10.1–14.2": the interval with which a number was compared."""
    low, high = measure_bounds(value, measure)
    return say_range(low, high, measure.shown.percent)


def say_range(low: float, high: float, percent: bool) -> str:
    """Return an interval as it is printed; with "to" where a bound is below 0, "" where there is none."""
    if math.isnan(low) or math.isnan(high) or math.isinf(low) or math.isinf(high):
        return ""
    first, last = say_number(low, percent), say_number(high, percent)
    if low < 0 or high < 0:
        return f"{first} to {last}"
    return f"{first.removesuffix('%')}–{last}"

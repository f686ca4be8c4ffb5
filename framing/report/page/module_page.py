"""What a report shows of the scoring modules: a chart and a table of each, the profile of each outlet, sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from framing.charts import get_theme, say_number
from framing.report.figures.draw_modules import has_evidence, prepare_module, prepare_profile
from framing.report.figures.drawer import MOST_OUTLETS
from framing.report.findings.finding import Finding
from framing.report.findings.module_bounds import enough
from framing.report.findings.module_findings import link_number, link_sentences, say_range
from framing.report.lang import _
from framing.report.module_choice import MeasureView, ModuleView
from framing.report.page.chart_image import Show
from framing.report.page.event_figures import MODULE as COUNTING
from framing.report.page.event_figures import compare_events
from framing.report.page.module_evidence import (
    MOST_SENTENCES,
    NumberEvidence,
    collect_sentences,
    group_by_measure,
    measure_id,
)
from framing.report.page.sides import MODULE as SPEAKING
from framing.report.page.sides import build_sides
from framing.report.page.views import MeasureCell, MeasureRow, ModuleSection, Profile
from framing.report.results import Results, identify
from framing.report.rows import OK, UNDEFINED

MOST_FURTHER = 60  # rows of the folded table; the tone toward hundreds of subjects makes a table that nobody reads

Evidence = Mapping[tuple[str, str], NumberEvidence]


def collect_evidence(results: Results, outlets: Sequence[str]) -> Evidence:
    """Collect the sentences behind the numbers that are shown first."""
    measures = [m for module in results.modules for m in module.headline]
    return collect_sentences(results, measures, outlets, MOST_SENTENCES)


def relink(findings: Iterable[Finding], evidence: Evidence) -> list[Finding]:
    """Return findings whose links lead to what is on the page: to a number where no sentence of it is shown."""
    linked = []
    for finding in findings:
        if finding.measure:
            keys = [(o, finding.measure) for o in finding.outlets]
            shown = [k in evidence and bool(evidence[k].sentences) for k in keys]
            links = [link_sentences(*k) if s else link_number(*k) for k, s in zip(keys, shown, strict=True)]
            finding = replace(finding, links=tuple(links))
        linked.append(finding)
    return linked


def build_modules(
    results: Results, outlets: Sequence[str], evidence: Evidence, show: Show
) -> tuple[ModuleSection, ...]:
    """Return the sections of the modules that ran, in the order of the choice."""
    return tuple(_build_module(results, module, outlets, evidence, show) for module in results.modules)


def _build_module(
    results: Results, module: ModuleView, outlets: Sequence[str], evidence: Evidence, show: Show
) -> ModuleSection:
    grouped = group_by_measure(evidence)
    further = [m for m in module.further if any((o, m.name) in results.measures for o in outlets)]
    most = {m.name for m in sorted(further, key=lambda m: -_articles(results, m, outlets))[:MOST_FURTHER]}
    return ModuleSection(
        identify("w", module.module),
        module,
        show(
            identify("g", "module", module.module),
            prepare_module(results, outlets, {"module": module.module}, get_theme("light")).draw(),
        )
        if has_evidence(results, module, outlets)
        else None,
        _say_few(results, module, outlets),
        tuple(_row(results, m, outlets, evidence) for m in module.headline),
        tuple(_row(results, m, outlets, {}) for m in further if m.name in most),
        max(0, len(further) - MOST_FURTHER),
        tuple((m, grouped[m.name]) for m in module.headline if m.name in grouped),
        build_sides(results, outlets) if module.module == SPEAKING else None,
        compare_events(results, outlets) if module.module == COUNTING else (),
    )


def _articles(results: Results, measure: MeasureView, outlets: Sequence[str]) -> int:
    """Return how many articles stand behind a measure."""
    found = (results.measures.get((o, measure.name)) for o in outlets)
    return sum(value.n_articles for value in found if value is not None)


def _say_few(results: Results, module: ModuleView, outlets: Sequence[str]) -> str:
    """Say so where the module cannot compare these outlets."""
    if not has_evidence(results, module, outlets):
        return _("No evidence: these articles hold nothing that the module counts.")
    if any(len(enough(results, m, outlets)) > 1 for m in module.headline) or len(outlets) == 1:
        return ""
    return _(
        "Insufficient evidence: no two outlets have {articles} articles or more behind a number here, so "
        "these numbers describe the articles read and do not tell the outlets apart."
    ).format(articles=results.min_articles)


def _cell(results: Results, measure: MeasureView, outlet: str, evidence: Evidence, own: bool = False) -> MeasureCell:
    value = results.measures.get((outlet, measure.name))
    if value is None:
        return MeasureCell(outlet, "", "", 0, UNDEFINED)
    percent, found = measure.shown.percent, evidence.get((outlet, measure.name))
    return MeasureCell(
        outlet,
        say_number(value.value, percent),
        say_range(value.low, value.high, percent) if value.status == OK and value.low < value.high else "",
        value.n_articles,
        value.status,
        found.id if found and found.sentences else "",
        "" if own else measure_id(outlet, measure.name),
    )


def _row(results: Results, measure: MeasureView, outlets: Sequence[str], evidence: Evidence) -> MeasureRow:
    cells = tuple(_cell(results, measure, o, evidence) for o in outlets)
    linked = any(cell.link for cell in cells)
    return MeasureRow(measure.shown.label, measure.shown.unit, cells, name="" if linked else measure.name)


def build_profile(results: Results, outlet: str, evidence: Evidence, show: Show) -> Profile:
    """Return the profile of an outlet, beside all others of the analysis."""
    others = [o for o in results.outlets if o != outlet]
    if not any(has_evidence(results, m, [outlet, *others]) for m in results.modules):
        return Profile(None, ())
    groups = []
    for module in results.modules:
        rows = tuple(
            MeasureRow(
                m.shown.label,
                m.shown.unit,
                (_cell(results, m, outlet, evidence, own=True),),
                _say_others(results, m, others),
            )
            for m in module.headline
            if (outlet, m.name) in results.measures
        )
        if rows:
            groups.append((module.title, rows))
    shown = results.choose_outlets(None, MOST_OUTLETS)
    drawing = prepare_profile(results, shown, {"outlet": outlet}, get_theme("light"))
    figure = show(identify("g", "profile", outlet), drawing.draw())
    return Profile(figure, tuple(groups))


def _say_others(results: Results, measure: MeasureView, others: Sequence[str]) -> str:
    """Return the lowest and the highest number of the other outlets with enough articles; "" without any."""
    values = [v.value for v in enough(results, measure, others).values()]
    if not values:
        return ""
    if len(values) == 1:
        return say_number(values[0], measure.shown.percent)
    return say_range(min(values), max(values), measure.shown.percent)

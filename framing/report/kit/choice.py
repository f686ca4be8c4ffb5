"""Which figure shows a finding, and under which title."""

from __future__ import annotations

from framing.report.figures.drawer import MOST_OUTLETS
from framing.report.figures.request import FigureRequest
from framing.report.findings.finding import Finding, finding_id
from framing.report.kit.numbers import name_measure
from framing.report.lang import _
from framing.report.results import Referent, Results
from framing.report.rows import OK, Name
from framing.report.wording import percent, quote, tidy

_OF_REFERENTS = {
    "difference": "variant-shares",
    "name": "variant-shares",
    "others-only": "variant-shares",
    "stance-difference": "stance",
    "stance": "stance",
    "coverage": "coverage",
}


def choose_figure(results: Results, finding: Finding) -> FigureRequest:
    """Return the figure that shows what a finding says: its outlets beside the largest others, eight at most."""
    others = [o for o in results.outlets if o not in finding.outlets]
    outlets = (*finding.outlets, *others[: MOST_OUTLETS - len(finding.outlets)])
    if finding.referent is None:
        return FigureRequest("measure", {"measure": name_measure(finding)}, outlets)
    options = {"referent": "/".join(finding.referent)}
    title = _entitle(results, finding, finding.referent)
    return FigureRequest(_OF_REFERENTS[finding.kind], options, outlets, title=title)


def find_name(results: Results, finding: Finding) -> Name | None:
    """Return the name that a finding is about; None where it is about the choice among all, or about none."""
    if finding.referent is None:
        return None
    names = results.of(finding.outlets[0], finding.referent).names
    same = (n for n in names if finding_id(finding.kind, finding.outlets, finding.referent, n.term) == finding.id)
    return next(same, None)


def _entitle(results: Results, finding: Finding, referent: Referent) -> str:
    """Say the finding in a line where it is about one name; "" where the chart says it by itself."""
    name = find_name(results, finding)
    if name is None:
        return ""
    label, subject = quote(results.labels[referent, name.term]), quote(finding.label or finding.subject)
    if finding.kind == "others-only":
        return _("{outlet} leaves {name}, for {subject}, to others").format(
            outlet=tidy(finding.outlets[0]), name=label, subject=subject
        )
    if finding.kind != "difference" or finding.status != OK:
        return ""
    more, less = (results.of(o, referent).get(name.term) for o in finding.outlets)
    return _("{name} for {subject}: {high} in {more}, {low} in {less}").format(
        name=label,
        subject=subject,
        high=percent(more["own"].share if more else 0.0),
        more=tidy(finding.outlets[0]),
        low=percent(less["own"].share if less else 0.0),
        less=tidy(finding.outlets[1]),
    )

"""Findings: what the tables say, in plain sentences, each with its numbers.

A finding with too few articles behind it is kept apart: it is true of the articles read and says nothing about the
outlet. The others are ordered by how sure they are, never by the size of what they say; see `order_by_evidence`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from framing.errors import InputError
from framing.report.findings.checks import NO, YES, check_finding
from framing.report.findings.coverage_findings import left_out
from framing.report.findings.finding import KINDS, Finding
from framing.report.findings.module_findings import measure_differences
from framing.report.findings.name_findings import commonest_name, name_difference
from framing.report.findings.others_findings import left_to_others
from framing.report.findings.stance_findings import stance, stance_difference
from framing.report.findings.voice_findings import voice_differences
from framing.report.lang import _
from framing.report.results import Referent, Results
from framing.report.rows import OK
from framing.statistics.bootstrap import RESAMPLES

if TYPE_CHECKING:
    from framing.analysis import Analysis

MOST_FINDINGS = 12  # in an overview
_QUESTIONS = 4
_NAMED = 5  # findings that an error names
# So that one kind of finding does not fill an overview; measures are of many kinds themselves.
_PER_KIND, _OF_MODULES, _PER_MODULE, _PER_REFERENT, _PER_OUTLET = 4, 6, 2, 2, 5


def find_findings(
    analysis: Analysis | Results, outlets: Sequence[str] | None = None, referents: Sequence[Referent] | None = None
) -> list[Finding]:
    """Find what can be said about the outlets.

    Parameters
    ----------
    analysis : Analysis or Results
    outlets, referents : sequence, optional
        All of the analysis by default.

    Returns
    -------
    list of Finding
        Those with enough articles first, the surest on top; see `order_by_evidence`. Where two lexicons lead to the
        same sentence it is told once.
    """
    results = analysis if isinstance(analysis, Results) else Results(analysis)
    chosen = results.choose_outlets(outlets, len(results.outlets))
    found = [*voice_differences(results, chosen), *measure_differences(results, chosen)]
    for referent in results.referents if referents is None else referents:
        if results.name_counts.get(referent, 0) > 1:  # with one name for it, there is no choice of words
            found += name_difference(results, chosen, referent)
            found += stance_difference(results, chosen, referent)
            for outlet in chosen:
                names = results.of(outlet, referent)
                found += commonest_name(results, outlet, referent, names)
                found += left_to_others(results, outlet, referent, names)
                found += stance(results, outlet, referent)
        found += left_out(results, chosen, referent)
    checked = [check_finding(results, finding) for finding in found]
    # The finest p that the permutations can show by counting; below it, differences are equally sure.
    finest = 1 / (int(results.manifest.get("options", {}).get("resamples", RESAMPLES)) + 1)
    ordered = sorted(checked, key=lambda f: order_by_evidence(f, finest))
    return _tell_apart(results, ordered)


def order_by_evidence(finding: Finding, finest: float = 0.0) -> tuple[object, ...]:
    """Return the key of the order of findings: how sure each is. How large a difference is has no part in it.

    First those with enough articles. Of these, those that fail the fewest of the four questions, and of these, those
    that pass the most (what was not asked is not passed); then the smaller q, where less than `finest` counts as
    `finest` and no q comes last; then those whose interval stays clear of none by more halves of its width. Of those
    with too few articles, the ones with more.
    """
    if finding.status != OK:
        return True, 0, 0, 0.0, -finding.strength, str(finding), finding.id
    marks = [check.mark for check in finding.checks]
    q = 1.0 if math.isnan(finding.q) else max(finding.q, finest)
    return False, marks.count(NO), _QUESTIONS - marks.count(YES), q, -finding.strength, str(finding), finding.id


def _tell_apart(results: Results, findings: Iterable[Finding]) -> list[Finding]:
    """Drop sentences that another lexicon has led to already; name the lexicon where two have a referent of a name."""
    labels = Counter(results.label(referent) for referent in results.referents)
    told: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        told.setdefault((finding.kind, finding.outlets, finding.subject, finding.text), finding)
    named = []
    for finding in told.values():
        if finding.referent is not None and labels[finding.subject] > 1:
            subject = _("{subject} (names of “{lexicon}”)").format(
                subject=finding.subject, lexicon=results.lexicon_title(finding.referent[0])
            )
            finding = replace(finding, subject=subject, label=finding.subject)
        named.append(finding)
    return named


def find_finding(findings: Iterable[Finding], name: str) -> Finding:
    """Return the finding of an id, or of the beginning of one ("f-51aa" or "51aa") that no other shares.

    Raises
    ------
    InputError
        There is none, or more than one; the message names those that are near.
    """
    by_id = {finding.id: finding for finding in findings}
    wanted = name if name.startswith("f-") else f"f-{name}"
    if wanted in by_id:
        return by_id[wanted]
    starting = [id for id in by_id if name and wanted != "f-" and id.startswith(wanted)]
    if len(starting) == 1:
        return by_id[starting[0]]
    near = starting or get_close_matches(wanted, by_id, _NAMED, 0.0)
    listed = "; ".join(f"{id} ({by_id[id].subject})" for id in near[:_NAMED]) or "none, the analysis has no findings"
    what = f"{len(starting)} findings begin with {name!r}" if starting else f"there is no finding {name!r}"
    raise InputError(
        f"{what}. {'They are' if starting else 'Near it'}: {listed}. All: framing findings DIR; "
        "an id that it gave with --outlets needs the same --outlets here."
    )


def pick_findings(findings: Iterable[Finding], most: int = MOST_FINDINGS) -> list[Finding]:
    """Pick findings for an overview, in their order; where there are more, of no kind, module, referent or
    outlet too many."""
    kinds: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    referents: Counter[Referent | None] = Counter()
    outlets: Counter[str] = Counter()
    # One subject may stand in several lexicons; the first of two like sentences is enough.
    alike = {
        (f.kind, f.outlets, f.label or f.subject, f.id if f.kind == "others-only" else ""): f
        for f in reversed(list(findings))
    }
    listed = list(alike.values())[::-1]
    picked: list[Finding] = []
    for finding in listed:
        if len(picked) == most:
            break
        if kinds[finding.kind] >= (_OF_MODULES if finding.module else _PER_KIND):
            continue
        if finding.module and modules[finding.module] >= _PER_MODULE:
            continue
        if finding.referent and referents[finding.referent] >= _PER_REFERENT:
            continue
        if any(outlets[o] >= _PER_OUTLET for o in finding.outlets):
            continue
        picked.append(finding)
        kinds[finding.kind] += 1
        modules[finding.module] += 1
        referents[finding.referent] += 1
        outlets.update(finding.outlets)
    kept = {f.id for f in picked}
    for finding in listed:  # fills what is left, but never with more of one module
        if (
            len(kept) < most
            and finding.id not in kept
            and (not finding.module or modules[finding.module] < _PER_MODULE)
        ):
            kept.add(finding.id)
            modules[finding.module] += 1
    return [f for f in listed if f.id in kept]


__all__ = ["KINDS", "MOST_FINDINGS", "Finding", "find_finding", "find_findings", "order_by_evidence", "pick_findings"]

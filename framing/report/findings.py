"""Findings: what the tables say, in plain sentences, each with its numbers.

A finding with too few articles behind it is kept apart: it is true of the articles read and says nothing about the
outlet. The strength of a finding orders the list and is shown nowhere: it is how far the intervals stay clear of what
would make the sentence untrue, on a scale of 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from framing.report.checks import check_finding
from framing.report.coverage_findings import left_out
from framing.report.finding import KINDS, Finding
from framing.report.module_findings import KIND as OF_MODULES
from framing.report.module_findings import measure_differences
from framing.report.name_findings import commonest_name, left_to_others, name_difference
from framing.report.results import Referent, Results
from framing.report.rows import OK
from framing.report.stance_findings import stance, stance_difference
from framing.report.voice_findings import voice_differences

if TYPE_CHECKING:
    from framing.analysis import Analysis

MOST_FINDINGS = 12  # in an overview
_COMPARISONS = ("difference", "stance-difference", "voice-difference", OF_MODULES)
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
        Those with enough articles first. Among these, outlets whose intervals lie apart come before sentences about one
        outlet, and the stronger before the weaker; what hangs on few articles, is not clear of its neighbours, or does
        not stand up to the questions of `checks.py`, comes last.
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
    found = [check_finding(results, finding) for finding in found]
    return sorted(
        found, key=lambda f: (f.status != OK, f.strength <= 0, f.kind not in _COMPARISONS, -f.strength, str(f), f.id)
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
        (f.kind, f.outlets, f.subject, f.id if f.kind == "others-only" else ""): f for f in reversed(list(findings))
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


__all__ = ["KINDS", "MOST_FINDINGS", "Finding", "find_findings", "pick_findings"]

"""All findings as a table: one row each, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from framing.report.findings import find_findings
from framing.report.findings.finding import Finding

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.report.results import Results

COLUMNS = (
    ("id", pa.string()),
    ("rank", pa.int64()),
    ("kind", pa.string()),
    ("subject", pa.string()),
    ("outlets", pa.string()),
    ("text", pa.string()),
    ("value", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("articles", pa.int64()),
    ("mentions", pa.int64()),
    ("mode", pa.string()),
    ("checks", pa.string()),
    ("status", pa.string()),
)


def list_findings(analysis: Analysis | Results) -> pa.Table:
    """List every finding of an analysis; see `tabulate_findings`."""
    return tabulate_findings(find_findings(analysis))


def tabulate_findings(findings: Iterable[Finding]) -> pa.Table:
    """Put findings in a table, in the order given.

    Returns
    -------
    pa.Table
        One row a finding:

        id : string, the same in every report of the same analysis
        rank : int64, 1 for the first
        kind : string, see `KINDS`
        subject, text : string; the text is complete together with its subject
        outlets : string, one, or two with "; " between: the one with more first
        value, low, high : float64, the first number of the text and its 95% interval, in the unit of its measure (a
        share from 0 to 1, a mean weight, or a measure as in `measures`); nan where there is none
        articles, mentions : int64, behind that number; 0 mentions where articles or words are counted
        mode : string, "pooled" or "matched" (on events that others report too)
        checks : string, "chance=yes; topics=unknown; ...": each question asked, and whether the finding stands ("yes",
        "no", or "unknown" for too little evidence)
        status : string, "ok" or "insufficient"
    """
    rows: dict[str, list[Any]] = {name: [] for name, _ in COLUMNS}
    for rank, finding in enumerate(findings, 1):
        for name, _ in COLUMNS:
            rows[name].append(_read(finding, name, rank))
    return pa.table({name: pa.array(rows[name], kind) for name, kind in COLUMNS})


def _read(finding: Finding, name: str, rank: int) -> object:
    if name == "rank":
        return rank
    if name == "outlets":
        return "; ".join(finding.outlets)
    if name == "checks":
        return "; ".join(f"{check.name}={check.mark}" for check in finding.checks)
    return getattr(finding, name)

"""The numbers of one finding, taken from the tables of the analysis."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.tables import make_table
from framing.report.findings.finding import Finding
from framing.report.results import Results

_OF_NAMES = ("difference", "name", "others-only")
_KEYS = ("outlet", "other", "voice")


def take_numbers(results: Results, finding: Finding) -> pa.Table:
    """Return the numbers behind a finding, one row for each.

    Columns: table ("terms", "measures", "coverage" or "contrasts"), outlet, other, voice, name (of the term, measure
    or referent), column (of that table) : string; value : float64, nan where undefined.
    """
    rows = [
        (table, *(str(row.get(key) or "") for key in _KEYS), str(row[naming]), column, float(value))
        for table, naming, found in _find_rows(results, finding)
        for row in found.to_pylist()
        for column, value in row.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    texts = dict.fromkeys(("table", *_KEYS, "name", "column"), pa.string())
    return make_table(rows, **texts, value=pa.float64())


def _find_rows(results: Results, finding: Finding) -> list[tuple[str, str, pa.Table]]:
    """Return (table, column that names a row, rows) for each table that has numbers of a finding."""
    found = []
    if finding.referent is not None and finding.kind in _OF_NAMES:
        found.append(("terms", "term", _select(results.term_table, finding, referent=True)))
    elif finding.kind == "coverage":
        found.append(("coverage", "referent", _select(results.coverage_table, finding, referent=True)))
    else:
        table = _select(results.analysis.table("measures").arrow, finding, referent=False)
        found.append(("measures", "measure", table.filter(pc.equal(_text(table, "measure"), name_measure(finding)))))
    if finding.contrast and len(finding.outlets) == 2:
        row = results.contrast(*finding.outlets, finding.contrast)
        if row is not None:
            found.append(("contrasts", "measure", pa.Table.from_pylist([row])))
    return found


def name_measure(finding: Finding) -> str:
    """Return the measure that a finding is about, as the table `measures` calls it; "" for names and coverage."""
    if finding.measure:
        return finding.measure
    if finding.referent is None:
        return f"voice:{finding.voice}"
    return "stance:{}:{}:own".format(*finding.referent) if finding.kind not in (*_OF_NAMES, "coverage") else ""


def _select(table: pa.Table, finding: Finding, referent: bool) -> pa.Table:
    """Return the rows of the outlets of a finding, and of its referent."""
    table = table.filter(pc.is_in(_text(table, "outlet"), pa.array(list(finding.outlets), pa.string())))
    if not referent or finding.referent is None:
        return table
    lexicon, key = finding.referent
    return table.filter(pc.and_(pc.equal(_text(table, "lexicon"), lexicon), pc.equal(_text(table, "referent"), key)))


def _text(table: pa.Table, column: str) -> pa.ChunkedArray:
    return table[column].cast(pa.string())

"""Findings one by one, by their ids, and as a table."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from framing import Analysis
from framing.errors import InputError
from framing.report import Finding, find_findings
from framing.report.findings import find_finding
from framing.report.findings.table import COLUMNS, list_findings, tabulate_findings


@pytest.fixture(scope="module")
def findings(valley: Analysis) -> list[Finding]:
    return find_findings(valley)


def test_a_finding_is_found_by_its_id_and_by_the_beginning_of_it(findings: list[Finding]) -> None:
    for finding in findings:
        assert find_finding(findings, finding.id) is finding
        assert find_finding(findings, finding.id.removeprefix("f-")) is finding
        assert find_finding(findings, finding.id[:9]) is finding  # of ten findings, seven digits are enough


def test_ids_are_the_same_whatever_else_is_asked_for(valley: Analysis, findings: list[Finding]) -> None:
    chosen = find_findings(valley, ["Beta"])
    assert chosen and {f.id for f in chosen} < {f.id for f in findings}


def test_an_unknown_id_is_refused_with_those_that_are_near(findings: list[Finding]) -> None:
    near = findings[0].id[:-1] + ("0" if findings[0].id[-1] != "0" else "1")
    with pytest.raises(InputError, match=rf"no finding '{near}'.*{findings[0].id} \(Fighters of the valley\)"):
        find_finding(findings, near)
    with pytest.raises(InputError, match=r"no finding ''.*framing findings DIR"):
        find_finding(findings, "")
    with pytest.raises(InputError, match="the analysis has no findings"):
        find_finding([], "f-1")


def test_a_beginning_that_two_share_is_refused_and_both_are_named(findings: list[Finding]) -> None:
    twins = [replace(findings[0], id="f-51aa076f96"), replace(findings[1], id="f-51ab000000"), findings[2]]
    with pytest.raises(InputError, match=r"2 findings begin with '51a'. They are: f-51aa076f96 .*; f-51ab000000 "):
        find_finding(twins, "51a")
    assert find_finding(twins, "51ab") is twins[1]


def test_every_finding_has_a_row_in_their_order(valley: Analysis, findings: list[Finding]) -> None:
    table = list_findings(valley)
    assert [(f.name, f.type) for f in table.schema] == list(COLUMNS)
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == [f.id for f in findings]
    assert [row["rank"] for row in rows] == list(range(1, len(findings) + 1))
    first = rows[0]
    # Alpha: 12 rebels of 12 fighters; the answers of the four questions are those of `test_checks.py`.
    assert (first["kind"], first["subject"], first["outlets"]) == (
        "difference",
        "Fighters of the valley",
        "Alpha; Beta",
    )
    assert (first["value"], first["high"], first["articles"], first["mentions"]) == (1, 1, 12, 12)
    assert first["checks"] == "chance=yes; topics=yes; parts=yes; copies=yes"
    assert (first["mode"], first["status"]) == ("pooled", "ok")
    assert {row["mode"] for row in rows if row["kind"] == "coverage"} == {"matched"}


def test_no_findings_make_an_empty_table_with_the_same_columns() -> None:
    table = tabulate_findings([])
    assert table.num_rows == 0 and [(f.name, f.type) for f in table.schema] == list(COLUMNS)


def test_what_has_no_interval_is_nan(corpus: Analysis) -> None:
    rows = [row for row in list_findings(corpus).to_pylist() if row["kind"] == "others-only"]
    assert all(math.isnan(row["high"]) == (row["status"] != "ok") for row in rows) and rows

"""Plain tables and plain lists."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from framing.errors import InputError
from framing.formats import Dictionary, convert, read_dictionary, write_dictionary


def read(tmp_path: Path, content: str, name: str = "list.csv", **options: object) -> Dictionary:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    return read_dictionary(path, **options)


def rows(dictionary: Dictionary) -> list[tuple[str, str, float | None]]:
    return [(e.term, e.category, None if math.isnan(e.weight) else e.weight) for e in dictionary.entries]


@pytest.mark.parametrize(
    "content",
    [
        "term,category,weight\nwar crime,harm,-2\npeace,care,\n",
        "Category,TERM,weight\r\nharm,war crime,-2\r\ncare,peace\r\n".replace("care,peace", "care,peace,"),
        "term;category;weight\nwar crime;harm;-2\npeace;care;\n",
        "sep=;\nterm;category;weight\nwar crime;harm;-2.0\npeace;care\n",
    ],
)
def test_tables(tmp_path, content):
    assert rows(read(tmp_path, content)) == [("war crime", "harm", -2.0), ("peace", "care", None)]


def test_columns_by_heading(tmp_path):
    columns = {"term": "word", "weight": "care_p"}
    found = read(tmp_path, "word,care_p,care_sent\nhug,0.5,0.9\n", columns=columns, category="care")
    assert rows(found) == [("hug", "care", 0.5)]


def test_columns_by_number_mean_no_headings(tmp_path):
    found = read(tmp_path, 'abandon\t-2\n"quoted\t3\n', "afinn.tsv", columns={"term": "1", "weight": "2"})
    assert rows(found) == [("abandon", "afinn", -2.0), ('"quoted', "afinn", 3.0)]


def test_without_a_category_the_file_names_it(tmp_path):
    assert rows(read(tmp_path, "term\nwar\n", "harm.csv")) == [("war", "harm", None)]


def test_rows_without_category_are_said(tmp_path):
    found = read(tmp_path, "term,category\nwar,\npeace,care\n")
    assert rows(found) == [("peace", "care", None)]
    assert [(f.kind, f.examples) for f in found.findings.collect()] == [("uncategorised", ("war",))]


def test_the_first_of_two_weights_stays_and_is_said(tmp_path):
    found = read(tmp_path, "term,category,weight\nwar,harm,1\nWar,harm,2\nwar,harm,1\n")
    assert rows(found) == [("war", "harm", 1.0)]
    assert {f.kind: f.count for f in found.findings.collect()} == {"conflict": 1, "duplicate": 1}


@pytest.mark.parametrize(
    "content, options, message",
    [
        ("word,weight\nwar,1\n", {}, r"list\.csv:1: no column is called 'term'; there are: word, weight"),
        ("term\nwar\n", {"columns": {"category": "kind"}}, "no column is called 'kind'"),
        ("term,weight\nwar,high\n", {}, r"list\.csv:2: weight 'high' is not a finite number"),
        ("term,weight\nwar,inf\n", {}, "not a finite number"),
        ("term,category\n,harm\n", {}, r"list\.csv:2: no term"),
        ("sep=,\nterm,category\n,harm\n", {}, r"list\.csv:3: no term"),
        ("term,term\nwar,x\n", {}, "two columns are called 'term'"),
        ("term\nwar\n", {"columns": {"score": "x"}}, "'score' is no field"),
        ("war\n", {"columns": {"term": "0"}}, "counted from 1"),
        ("war\n", {"columns": {"weight": "1"}}, "no column holds the terms"),
        ('term\n"war\n', {}, "not a valid table"),
        ("term,category\nwar,__\n", {}, "not __"),
    ],
)
def test_errors_of_tables(tmp_path, content, options, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, content, **options)


def test_plain_list(tmp_path):
    found = read(tmp_path, "; about\n# more\n\nwar\n war   crime \nkill*\nWAR", "harm.txt")
    assert rows(found) == [("war", "harm", None), ("war crime", "harm", None), ("kill*", "harm", None)]
    assert {f.kind: f.count for f in found.findings.collect()} == {"comment": 2, "duplicate": 1}


def test_a_list_with_tabs_is_a_table(tmp_path):
    with pytest.raises(InputError, match=r"harm\.txt:2: 'war\\t-2' holds a tab"):
        read(tmp_path, "peace\nwar\t-2\n", "harm.txt")


def test_written_table(tmp_path):
    source = 'term,category,weight\n"a, b",harm,-2\npeace,care.inner,\n'
    report = write_dictionary(read(tmp_path, source), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == source
    assert report.findings == ()


def test_written_list_says_what_it_loses(tmp_path):
    read(tmp_path, "term,category,weight\nwar,harm,-2\nwar,bad,\n#metoo,harm,\n")
    report = convert(tmp_path / "list.csv", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "war\n"
    assert [(f.kind, f.count) for f in report.findings] == [
        ("target-syntax", 1), ("duplicate", 1), ("weight", 1), ("category", 2)
    ]  # fmt: skip

"""LIWC-22 .dicx tables."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from framing.errors import InputError
from framing.formats import Dictionary, convert, read_dictionary, write_dictionary


def read(tmp_path: Path, content: str) -> Dictionary:
    path = tmp_path / "list.dicx"
    path.write_text(content, encoding="utf-8-sig", newline="")
    return read_dictionary(path)


@pytest.mark.parametrize("heading", ["DicTerm", "Entry", "dicterm"])
def test_marks_and_weights(tmp_path, heading):
    found = read(tmp_path, f'{heading},harm,care\r\nattack*,X,\r\n"war, crime",-1.5,x\r\n')
    rows = [(e.term, e.category, None if math.isnan(e.weight) else e.weight) for e in found.entries]
    assert rows == [("attack*", "harm", None), ("war, crime", "harm", -1.5), ("war, crime", "care", None)]


def test_short_rows_and_empty_cells_at_the_end_are_no_error(tmp_path):
    found = read(tmp_path, "DicTerm,harm,care,,\nattack,X\npeace,,X,,\nnothing,,\n")
    assert [(e.term, e.category) for e in found.entries] == [("attack", "harm"), ("peace", "care")]
    assert [(f.kind, f.examples) for f in found.findings.collect()] == [("uncategorised", ("nothing",))]


@pytest.mark.parametrize(
    "content, message",
    [
        ("Word,harm\nattack,X\n", r"list\.dicx:1: the first column is 'Word'"),
        ("DicTerm,harm\nattack,yes\n", r"list\.dicx:2, column 'harm': weight 'yes' is not a finite number"),
        ("DicTerm,harm\nattack,nan\n", r"not a finite number"),
        ("DicTerm,harm\nattack,X,X\n", r"list\.dicx:2: has 3 cells, the header 2"),
        ("DicTerm,harm,harm\n", r"two columns are called 'harm'"),
        ("DicTerm,harm\n,X\n", r"list\.dicx:2: no term"),
        ('DicTerm,harm\n"attack,X\n', r"list\.dicx:2: is not valid CSV"),
        ("DicTerm,,harm\n", r"category name ''"),
        ("", r"the first column is ''"),
    ],
)
def test_errors_name_file_and_line(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_written_table(tmp_path):
    source = "DicTerm,harm,care\nattack*,X,\nwar crime,-1.5,0.1\n"
    report = write_dictionary(read(tmp_path, source), tmp_path / "out.dicx")
    assert (tmp_path / "out.dicx").read_text() == source
    assert report.findings == ()


def test_a_table_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("framing.formats.dicx.MAX_CELLS", 3)
    (tmp_path / "in.csv").write_text("term,category\na,x\nb,y\n")
    with pytest.raises(InputError, match="too large a table"):
        convert(tmp_path / "in.csv", tmp_path / "out.dicx")

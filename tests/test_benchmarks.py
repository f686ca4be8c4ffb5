"""The benchmarks: their stopwatch, the pipeline that they compare with, and that they still fit the program."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from framing.corpus import read_corpus
from framing.scorers import SCORERS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


def test_a_stage_within_a_stage_stops_the_outer_one(monkeypatch):
    import timed

    clock = iter([1.0, 3.0, 8.0, 10.0])
    monkeypatch.setattr("time.process_time", lambda: next(clock))
    stopwatch = timed.Stopwatch()
    inner = stopwatch.times("inner", lambda: "done")
    outer = stopwatch.times(lambda name: f"outer {name}", lambda _: inner())
    assert outer("x") == "done"
    assert stopwatch.spent == {"start: imports": 1.0, "outer x": 2.0 + 2.0, "inner": 5.0}


def test_a_stage_that_fails_ends_all_the_same():
    import timed

    stopwatch = timed.Stopwatch()
    with pytest.raises(ZeroDivisionError):
        stopwatch.times("division", lambda: 1 / 0)()
    assert list(stopwatch.times_items("items", lambda n: iter(range(1, n)))(4)) == [1, 2, 3]
    assert stopwatch._stages == ["start: imports"]


def test_an_analysis_with_the_stopwatch_names_every_module(tmp_path):
    lines = [json.dumps({"id": a.id, "outlet": a.outlet, "text": a.text}) for a in list(read_corpus())[:4]]
    source = tmp_path / "articles.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "benchmarks" / "timed.py"), str(source), str(tmp_path / "out")]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert found["articles"] == 4
    assert found["measures"] > 1000
    assert {f"module: {name}" for name in SCORERS} <= found["stages"].keys()
    assert {"annotation: matching", "statistics: measures", "reading and cleaning articles"} <= found["stages"].keys()
    assert min(found["stages"].values()) >= 0


@pytest.mark.parametrize(
    "pattern, text, hits",
    [
        ("rebel(s)", "rebels, a rebel, rebellion", ["rebels", "rebel"]),
        ("(red|green) flag*", "red flags, green flag, blue flag", ["red flags", "green flag"]),
        ("=US-backed", "us backed us-backed usbacked", ["us backed", "us-backed"]),
    ],
)
def test_terms_of_the_naive_pipeline(pattern, text, hits):
    from naive import as_regex

    assert [m[0] for m in re.finditer(as_regex(pattern), text)] == hits


@pytest.mark.parametrize(
    "line, expected",
    [
        ("read R EH1 D", "READ 1 R EH1 D"),
        ("read(2) R IY1 D", "READ 2 R IY1 D"),
        ("d'artagnan D AH0 R T AE1 NG Y AH0 N # foreign french", "D'ARTAGNAN 1 D AH0 R T AE1 NG Y AH0 N"),
    ],
)
def test_the_dictionary_is_written_as_nltk_reads_it(line, expected):
    from textstat_offline import _as_nltk

    assert _as_nltk(line) == expected

"""The analysis folder: whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pyarrow as pa
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing import store
from framing.errors import InputError, StoreError
from framing.lexicon import Lexicon
from framing.text import Article

ARTICLES = [Article(f"a{i}", "North", f"The rebels left town number {i}.") for i in range(1000)]


def test_a_second_run_in_the_same_folder_is_refused(small_lexicon: Lexicon, tmp_path) -> None:
    framing.analyse(ARTICLES[:3], small_lexicon, tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    with pytest.raises(InputError, match="holds a finished analysis"):
        framing.analyse(ARTICLES[:5], small_lexicon, tmp_path / "out")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


def test_a_folder_with_other_files_is_refused_and_left_alone(small_lexicon: Lexicon, tmp_path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="is not empty"):
        framing.analyse(ARTICLES[:3], small_lexicon, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_place_of_the_folder_is_refused(small_lexicon: Lexicon, tmp_path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="is a file"):
        framing.analyse(ARTICLES[:3], small_lexicon, tmp_path / "out")


def test_two_runs_never_share_a_folder(small_lexicon: Lexicon, tmp_path) -> None:
    (tmp_path / "out").mkdir()
    with FileLock(tmp_path / "out" / store.LOCK), pytest.raises(StoreError, match="another run is writing"):
        framing.analyse(ARTICLES[:3], small_lexicon, tmp_path / "out")


def test_bad_input_halfway_leaves_nothing(small_lexicon: Lexicon, tmp_path) -> None:
    def broken():
        yield from ARTICLES
        raise InputError("line 1001: broken")

    with pytest.raises(InputError, match="line 1001"):
        framing.analyse(broken(), small_lexicon, tmp_path / "new" / "out")
    assert not (tmp_path / "new").exists()


def test_a_killed_run_resumes_to_the_same_bytes(small_lexicon: Lexicon, tmp_path) -> None:
    script = textwrap.dedent(
        """
        import os, signal, sys
        sys.path.insert(0, "tests")
        import framing
        from framing.lexicon import read_lexicon
        from test_store import ARTICLES

        def killed():
            for number, article in enumerate(ARTICLES):
                if number == 900:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield article

        framing.analyse(killed(), sys.argv[1], sys.argv[2])
        """
    )
    folder = tmp_path / "lexicon"
    write_lexicon(folder)
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "out")]
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    killed = subprocess.run(command, cwd=root, check=False)
    assert killed.returncode == -signal.SIGKILL
    parts = tmp_path / "out" / store.PARTS
    assert len(list(parts.glob("*.digest"))) == 2 and not (tmp_path / "out" / store.MANIFEST).exists()
    made = {p.name: p.stat().st_mtime_ns for p in parts.glob("*.arrow")}
    with pytest.raises(InputError, match="no finished analysis"):
        framing.open(tmp_path / "out")

    seen: list[int] = []

    class Watched(list):
        def __iter__(self):
            for article in ARTICLES:
                if article.id == "a999":
                    seen.extend(p.stat().st_mtime_ns - made[p.name] for p in parts.glob("00000[01].*.arrow"))
                yield article

    framing.analyse(Watched(), folder, tmp_path / "out")
    framing.analyse(ARTICLES, folder, tmp_path / "fresh")
    assert len(seen) == len(made) >= 8 and not any(seen), "finished parts were made again"
    for path in sorted((tmp_path / "fresh").iterdir()):
        if path.name != "timings.json":
            assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes(), path.name


def test_parts_of_another_lexicon_are_not_used(small_lexicon: Lexicon, tmp_path) -> None:
    parts = tmp_path / "out" / store.PARTS
    parts.mkdir(parents=True)
    (parts / "plan.json").write_text("{}")
    (parts / "000000.digest").write_text("stale")
    framing.analyse(ARTICLES[:3], small_lexicon, tmp_path / "out")
    assert not parts.exists()


def test_a_full_disk_is_told_and_leaves_nothing(small_lexicon: Lexicon, tmp_path, monkeypatch) -> None:
    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "replace", full)
    with pytest.raises(StoreError, match="No space left on device"):
        framing.analyse(ARTICLES[:3], small_lexicon, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", "\0x"])
def test_cells_that_a_spreadsheet_would_run_are_guarded(cell: str) -> None:
    assert store.guard(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-2", "-0.5", "plain", "", "1e5", "a=b"])
def test_harmless_cells_stay(cell: str) -> None:
    assert store.guard(cell) == cell


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.floats(allow_infinity=False)), max_size=8)
)
def test_csv_is_read_back_as_written(rows) -> None:
    table = pa.table(
        {"name": pa.array([r[0] for r in rows], pa.string()), "x": pa.array([r[1] for r in rows], pa.float64())}
    )
    text = store.format_csv(table)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len(read) == len(rows) + 1
    for (name, x), (cell, number) in zip(rows, read[1:], strict=True):
        assert store._unguard(cell) == name.replace("\0", "\ufffd") or name.startswith("'")
        assert number == "" if x != x else float(number) == x


def write_lexicon(folder) -> None:
    from framing.lexicon_checks import write_skeleton

    write_skeleton(folder, "naming", "test")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_exits_with_130_and_leaves_no_result(tmp_path, workers: str) -> None:
    with (tmp_path / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(20_000):
            text = f"The rebels left town number {number}, the minister said. " * 12
            file.write(json.dumps({"id": str(number), "outlet": "N", "text": text}) + "\n")
    write_lexicon(tmp_path / "lexicon")
    out = tmp_path / "out"
    process = subprocess.Popen(
        f"{sys.executable} -m framing analyse articles.jsonl -o {out} -q -l lexicon -j {workers}".split(),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list((out / store.PARTS).glob("*.digest")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and said.strip() == "framing: interrupted"
    assert not (out / store.MANIFEST).exists() and not list(out.glob("*.parquet"))
    assert list((out / store.PARTS).glob("*.digest")), "finished parts stay for the next run"

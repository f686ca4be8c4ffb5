"""Scoring loose texts: formats, undefined measures, evidence, and what cannot be scored."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from framing.cli import run
from framing.ingest.texts import read_texts


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def write(folder: Path, name: str, content: str) -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_each_line_is_a_text_and_none_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "texts.txt", "The rebels left.\n\n“They are militants,” he said.\n")
    assert run(["score", path, "-m", "naming"]) == 0
    found = rows(capsys)
    assert [r["id"] for r in found] == ["1", "2", "3"]
    assert found[0]["measures"]["stance:armed-groups:fighters:own"] == 0
    assert found[1] == {"id": "2", "measures": {}, "note": "no words to score"}
    assert found[2]["measures"]["voice:quoted"] == pytest.approx(3 / 5)
    assert "stance:armed-groups:fighters:own" not in found[2]["measures"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", 'id,body\n7,"The rebels, again, left."\n'),
        ("t.tsv", "id\tbody\n7\tThe rebels left.\n"),
        ("t.jsonl", '{"id": "7", "body": "The rebels left."}\n'),
        ("t.json", '[{"id": "7", "body": "The rebels left."}]'),
    ],
)
def test_a_column_of_any_table_can_be_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    assert run(["score", write(tmp_path, name, content), "--column", "body", "-m", "naming"]) == 0
    (found,) = rows(capsys)
    assert found["id"] == "7"
    assert found["measures"]["rate:armed-groups:fighters:own"] > 0


def test_explain_gives_the_words_behind_a_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "t.txt", "The militants left.\n")
    assert run(["score", path, "-m", "naming", "--explain"]) == 0
    (found,) = rows(capsys)
    (term,) = found["explain"]["stance:armed-groups:fighters:own"]
    assert (term["text"], term["start"], term["end"], term["weight"], term["voice"]) == ("militants", 4, 13, -1, "own")


def test_csv_has_a_column_a_measure_and_guards_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "t.jsonl", '{"id": "=1+1", "text": "They left."}\n')
    assert run(["score", path, "-m", "words", "--csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["id"] == "'=1+1"
    assert float(row["voice:quoted"]) == 0


def test_a_language_without_lexicon_is_said_and_not_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "t.jsonl", '{"text": "Die Rebellen gingen.", "language": "de"}\n')
    assert run(["score", path, "-m", "naming"]) == 0
    (found,) = rows(capsys)
    assert found["measures"] == {}
    assert "'de' is covered by no lexicon" in found["note"]


def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in (
        (["score", str(tmp_path / "none.txt")], "no such file"),
        (["score", write(tmp_path, "a.csv", "id,body\n1,x\n")], "no column 'text'. There are: id, body."),
        (["score", write(tmp_path, "b.xyz", "x")], "does not tell the format"),
        (["score", write(tmp_path, "c.txt", "x"), "-m", "lexical"], "no module 'lexical'. Choose from: naming"),
    ):
        assert run(arguments) == 3
        error = capsys.readouterr().err
        assert message in error and error.count("\n") == 1


def test_texts_come_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "One."}\n{"text": broken\n', encoding="utf-8")
    stream = read_texts(str(path))
    assert next(stream).text == "One."  # the broken line behind it has not been read yet


def test_the_loaded_score_explains_itself_by_feature_and_term(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "t.txt", "The disgraceful bill was signed on Tuesday.\n")
    assert run(["score", path, "-m", "loaded", "--explain"]) == 0
    (found,) = rows(capsys)
    explained = found["explain"]["loaded.score"]
    assert {row["probability"] for row in explained} == {round(found["measures"]["loaded.score"], 4)}
    adds = {term["text"]: row["adds"] for row in explained for term in row["terms"]}
    assert adds["disgraceful"] > 0 > adds["Tuesday"]


def test_a_line_of_two_megabytes_is_scored_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "t.txt", "the rebels never left but said so " * 60_000 + "\n")
    assert run(["score", path, "-m", "tone", "-m", "naming"]) == 0
    (found,) = rows(capsys)
    assert found["measures"]["rate:armed-groups:fighters:own"] > 0
    assert -1 <= found["measures"].get("tone.own", found["measures"].get("tone.attributed", 0)) <= 1

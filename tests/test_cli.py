"""The command line: what it prints, what it refuses, and with which exit code."""

from __future__ import annotations

import csv
import io
import json

import pytest

from framing.cli import one_line, run

ROWS = [
    {"outlet": "North", "text": "The rebels left. “The terrorists left,” the minister said.", "title": "Rebels leave"},
    {"outlet": "North", "text": "The rebels came back to town.", "title": "Back"},
    {"outlet": "South", "text": "The insurgents came. The terrorists left.", "title": "Insurgents come"},
]


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def folder(articles, tmp_path):
    assert run(["analyse", str(articles), "-o", str(tmp_path / "out"), "-l", "armed-groups", "-q"]) == 0
    return tmp_path / "out"


def test_analyse_says_what_it_read(articles, tmp_path, capsys) -> None:
    assert run(["analyze", str(articles), "-o", str(tmp_path / "out"), "-l", "armed-groups"]) == 0
    out = capsys.readouterr().out
    assert "3 articles of 2 outlets" in out and "North" in out


def test_tables_print_in_three_formats(folder, capfdbinary) -> None:
    assert run(["table", str(folder), "terms"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode())))
    assert {r["outlet"] for r in rows} == {"North", "South"}
    assert run(["table", str(folder), "mentions", "--format", "json"]) == 0
    surfaces = [r["surface"] for r in json.loads(capfdbinary.readouterr().out) if r["module"] == "naming"]
    assert surfaces == ["Rebels", "rebels", "terrorists", "rebels", "Insurgents", "insurgents", "terrorists"]
    assert run(["table", str(folder), "counts", "--format", "parquet"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"PAR1")


def test_terms_compares_outlets_with_bars(folder, capsys) -> None:
    assert run(["terms", str(folder)]) == 0
    listed = capsys.readouterr().out.splitlines()
    referent = next(line.split()[2] for line in listed[1:])
    assert run(["terms", str(folder), "-r", referent]) == 0
    out = capsys.readouterr().out
    assert "North" in out and "█" in out and "insufficient evidence" in out
    assert run(["terms", str(folder), "-r", referent, "--json"]) == 0
    assert {"outlet", "share", "low", "high"} <= set(json.loads(capsys.readouterr().out)[0])


def test_terms_and_kwic_work_on_articles_directly(articles, capsys) -> None:
    assert run(["terms", str(articles), "-l", "armed-groups"]) == 0
    assert "armed-groups/" in capsys.readouterr().out
    assert run(["kwic", str(articles), "minister"]) == 0
    assert "own" in capsys.readouterr().out


def test_kwic_shows_the_voice(folder, capsys) -> None:
    assert run(["kwic", str(folder), "terrorist(s)", "--json"]) == 0
    assert [(r["outlet"], r["voice"]) for r in json.loads(capsys.readouterr().out)] == [
        ("North", "quoted"),
        ("South", "own"),
    ]


def test_lexicon_commands(tmp_path, capsys) -> None:
    assert run(["lexicon", "list"]) == 0
    assert "naming/syria" in capsys.readouterr().out
    assert run(["lexicon", "show", "syria", "--category", "government"]) == 0
    assert "regime" in capsys.readouterr().out
    assert run(["lexicon", "new", str(tmp_path / "mine"), "--title", 'A "quoted" title']) == 0
    assert run(["lexicon", "lint", str(tmp_path / "mine")]) == 0
    assert run(["lexicon", "test", str(tmp_path / "mine")]) == 0
    assert run(["lexicon", "new", str(tmp_path / "mine")]) == 3


BAD = {
    "no file": (["analyse", "{dir}/missing.jsonl", "-o", "{dir}/o", "-l", "armed-groups"], "missing.jsonl"),
    "no outlet": (["analyse", "{dir}/no_outlet.jsonl", "-o", "{dir}/o", "-l", "armed-groups"], "outlet"),
    "broken json": (["analyse", "{dir}/broken.jsonl", "-o", "{dir}/o", "-l", "armed-groups"], "broken.jsonl:1"),
    "same id twice": (["analyse", "{dir}/twice.jsonl", "-o", "{dir}/o", "-l", "armed-groups"], "twice"),
    "empty file": (["analyse", "{dir}/empty.jsonl", "-o", "{dir}/o", "-l", "armed-groups"], "no article"),
    "unknown lexicon": (["analyse", "{dir}/good.jsonl", "-o", "{dir}/o", "-l", "atlantis"], "no lexicon 'atlantis'"),
    "broken lexicon": (["analyse", "{dir}/good.jsonl", "-o", "{dir}/o", "-l", "{dir}/lexicon"], "outside the scale"),
    "bad map": (
        ["analyse", "{dir}/good.jsonl", "-o", "{dir}/o", "-l", "armed-groups", "--map", "text"],
        "FIELD=COLUMN",
    ),
    "mapped to nothing": (
        ["analyse", "{dir}/good.jsonl", "-o", "{dir}/o", "-l", "armed-groups", "--map", "outlet=paper"],
        "paper",
    ),
    "no analysis": (["report", "{dir}"], "no finished analysis"),
    "no table": (["table", "{dir}/nowhere", "terms"], "is no folder"),
    "kwic pattern": (["kwic", "{dir}/good.jsonl", "(rebel"], "opens a bracket"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_line_and_code_3_and_leaves_nothing(name: str, tmp_path, capsys) -> None:
    good = json.dumps({"id": "x", "outlet": "N", "text": "The rebels left."})
    files = {
        "good.jsonl": good,
        "no_outlet.jsonl": json.dumps({"text": "The rebels left."}),
        "broken.jsonl": '{"outlet": "N", "text": ',
        "twice.jsonl": good + "\n" + good.replace("left", "came"),
        "empty.jsonl": "",
    }
    for file, text in files.items():
        (tmp_path / file).write_text(text + "\n" if text else "", encoding="utf-8")
    run(["lexicon", "new", str(tmp_path / "lexicon")])
    terms = tmp_path / "lexicon" / "terms.csv"
    terms.write_text(terms.read_text().replace(",-2,", ",-7,"))
    capsys.readouterr()
    arguments, said = BAD[name]
    assert run([a.format(dir=tmp_path) for a in arguments]) == 3
    err = capsys.readouterr().err
    assert said in err and len(err.strip().splitlines()) == 1
    assert not (tmp_path / "o").exists()


def test_wrong_usage_is_code_2(capsys) -> None:
    assert run(["analyse"]) == 2
    assert run(["table"]) == 2
    assert run(["nonsense"]) == 2
    assert run(["kwic", "only-one"]) == 2


def test_messages_never_carry_control_characters() -> None:
    assert one_line(ValueError("a\nb\x1b[31mred\x07")) == "a b\ufffd[31mred\ufffd"

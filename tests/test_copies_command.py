"""`framing copies`: what it prints of an analysis."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from framing.analysis import analyse
from framing.cli.copies import copies
from framing.errors import InputError
from framing.text import Article

WORDS = "the dam above the old town held through the night and engineers"
STORY = " ".join(f"{word} number {i}" for i, word in enumerate(WORDS.split() * 2)).capitalize() + "."  # 72 words
SPEECH = " ".join(f"we say {i} times" for i in range(20))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("copies") / "out"
    articles = [
        Article("a", "North [bold]", f"Rain fell.\n\n{STORY}", title="Dam\x1b[31m holds", date="2020-01-01"),
        Article("b", "South", f"It rained. “{SPEECH}” \n\n{STORY}", date="2020-01-02"),
        Article("c", "East", f"Nobody spoke. “{SPEECH}”", date="2020-01-03", upstream="Reuters"),
        Article("d", "West", "Nothing happened.", date="2020-01-03"),
    ]
    analyse(articles, output=path, modules=["naming", "coverage"], resamples=100)
    return path


def call(*arguments: object) -> None:
    copies.main([str(a) for a in arguments], standalone_mode=False)


def test_overview_names_outlets_passages_and_who_is_credited(folder, capsys) -> None:
    call(folder)
    out = " ".join(capsys.readouterr().out.split())
    assert "2 of 4 articles nearly another outlet's" in out
    assert "72 words, 2 outlets; credited to North [bold]" in out
    assert "South, 2020-01-02: 72 words, not counted" in out and "keeps it" in out
    assert "“The number 0 dam number 1" in out
    assert "we say" not in out  # a quotation
    assert "1 outlet without shared wording" in out


def test_one_outlet_shows_its_passages_in_context(folder, capsys) -> None:
    call(folder, "--of", "North [bold]")
    out = capsys.readouterr().out
    assert "also in South" in out and "…Rain fell." in out and "Dam\ufffd[31m holds" in out and "kept" in out
    assert "\x1b[31m" not in out
    call(folder, "--of", "West")
    assert "No passage of 30 words or more" in capsys.readouterr().out


def test_json_holds_outlets_and_passages(folder, capsys) -> None:
    call(folder, "--json")
    found = json.loads(capsys.readouterr().out)
    assert [o["outlet"] for o in found["outlets"]][2:] == ["East", "West"]
    assert [(p["article_id"], p["credited"]) for p in found["passages"]] == [("a", "own"), ("b", "shared")]
    assert {p["text"] for p in found["passages"]} == {STORY.removesuffix(".")}
    assert {o["outlet"]: o["wire_credited"] for o in found["outlets"]}["East"] == 1
    call(folder, "--json", "--of", "West")
    assert [o["outlet"] for o in json.loads(capsys.readouterr().out)["outlets"]] == ["West"]


def test_refusals(folder, tmp_path) -> None:
    with pytest.raises(InputError, match="no outlet 'Nobody'"):
        call(folder, "--of", "Nobody")
    with pytest.raises(InputError, match="no finished analysis"):
        call(tmp_path)

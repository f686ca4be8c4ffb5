"""`framing measures`: the numbers of the modules in the terminal."""

from __future__ import annotations

import json

import pytest

from framing import Analysis
from framing.cli import run


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["measures", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def test_measures_stand_side_by_side_with_intervals_and_articles(
    wordings: Analysis, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    text = shown(capsys, str(wordings.path))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Certainty (certainty)" in lines and "Readability (readability)" in lines
    assert "measure Alpha Beta Gamma" in lines
    row = lines.index("Hedges 108 0 100")
    assert lines[row + 1].endswith("–125, n 12 0–75.0, n 12 too few articles: 3")  # 9 in 120 words for none found
    balance = next(line for line in lines if line.startswith("Share of hedges"))
    assert balance == "Share of hedges 93% no evidence 100%"
    assert "SMOG" not in text


def test_a_narrow_terminal_gets_one_row_for_each_outlet(
    wordings: Analysis, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    lines = [" ".join(line.split()) for line in shown(capsys, str(wordings.path), "-m", "certainty").splitlines()]
    assert any(line.startswith("Hedges Alpha 108 ") for line in lines)
    assert "per 1,000 words of own voice Beta 0 0–75.0, n 12" in lines
    assert "Gamma 100 too few articles: 3" in lines


def test_one_module_has_all_its_measures_and_other_outlets_can_be_chosen(
    wordings: Analysis, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(capsys, str(wordings.path), "-m", "readability", "--outlets", "Gamma")
    assert "SMOG" in text and "Certainty" not in text and "Alpha" not in text


def test_json_has_a_row_for_each_measure_and_outlet(wordings: Analysis, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(shown(capsys, str(wordings.path), "--json", "-m", "certainty"))
    by_key = {(r["outlet"], r["measure"]): r for r in rows}
    alpha = by_key["Alpha", "certainty.commitment.hedge.own"]
    assert alpha["value"] == pytest.approx(1000 * 13 / 120) and alpha["status"] == "ok" and alpha["n_articles"] == 12
    assert alpha["low"] < alpha["value"] < alpha["high"] and alpha["unit"] == "per 1,000 words of own voice"
    balance = by_key["Beta", "certainty.commitment.hedge-share.own"]
    assert balance["value"] is None and balance["status"] == "undefined" and balance["n_articles"] == 0


def test_unknown_names_are_refused_with_those_that_there_are(
    wordings: Analysis, valley: Analysis, capsys: pytest.CaptureFixture[str]
) -> None:
    error = shown(capsys, str(wordings.path), "-m", "moon", code=3)
    assert "no module 'moon' with measures in this analysis. There are: certainty, readability." in error
    assert "no outlet 'Delta'" in shown(capsys, str(wordings.path), "--outlets", "Delta", code=3)
    assert "no module with measures ran" in shown(capsys, str(valley.path))

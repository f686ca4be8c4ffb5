"""`framing compare`, `Analysis.contrasts` and events given at analysis, on the embedded corpus."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

import framing
from framing.cli import run
from framing.corpus import corpus_root, read_corpus
from framing.errors import InputError

COURIER, WIRE = "Calvenian Courier", "Harbour Wire"
OWN = "stance:syria:armed-opposition:own"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compare") / "out"
    framing.analyse(read_corpus(), lexicons="syria", output=path, modules=["naming", "coverage"], resamples=400)
    return path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["compare", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_two_outlets_are_compared_in_four_lines_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = shown(capsys, str(folder), COURIER, WIRE, "-m", OWN)
    lines = out.strip().splitlines()
    assert code == 0
    assert lines[0].startswith("The Syrian opposition (own) (mean weight)")
    assert lines[1].strip().startswith("Calvenian Courier -1, Harbour Wire 0.756: -1.76 [")
    assert lines[2].strip().startswith("same events: -1.77 [")
    assert "survives removing shared text" in lines[4]
    assert "different at q 0.05" in lines[-1]


def test_the_other_order_turns_every_number_round(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        json.loads(shown(capsys, str(folder), *pair, "-m", OWN, "--json")[1])[0]
        for pair in ((COURIER, WIRE), (WIRE, COURIER))
    ]
    assert rows[0]["outlet"] == rows[1]["other"] == COURIER
    assert rows[0]["difference"] == -rows[1]["difference"]
    assert (rows[0]["low"], rows[0]["high"]) == (-rows[1]["high"], -rows[1]["low"])
    assert rows[0]["matched_low"] == -rows[1]["matched_high"]
    assert rows[0]["q"] == rows[1]["q"]


def test_one_outlet_is_compared_with_all_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = shown(capsys, str(folder), WIRE, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and {r["other"] for r in rows} == {"(all others)"} and {r["outlet"] for r in rows} == {WIRE}


def test_another_column_is_compared_by_its_values(tmp_path: Path) -> None:
    home = {COURIER: "Calvenia", "Radio Calvenia": "Calvenia"}
    articles = [replace(a, extra={"country": home.get(a.outlet, "elsewhere")}) for a in read_corpus()]
    analysis = framing.analyse(articles, lexicons="syria", modules=["naming"], resamples=400)
    table = analysis.contrasts(by="country", measures=[OWN]).arrow
    assert table.column_names[0] == "country"
    (row,) = [r for r in table.to_pylist() if (r["country"], r["other"]) == ("Calvenia", "elsewhere")]
    assert row["difference"] < 0 and row["high"] < 0 and row["n_articles"] == 20
    analysis.close()


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        ((COURIER, "Nobody"), 3, "no outlet 'Nobody'"),
        ((COURIER, COURIER), 3, "compared with itself"),
        (("--by", "nothing"), 3, "no column 'nothing'"),
        (("-m", "nonsense"), 3, "no measure starts with 'nonsense'"),
        ((COURIER, WIRE, "The Sarn Snap"), 2, "Give two outlets"),
    ],
)
def test_bad_input_gets_a_clear_answer(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, _, err = shown(capsys, str(folder), *arguments)
    assert found == code and words in err


def test_a_share_opens_to_its_own_mentions(folder: Path) -> None:
    analysis = framing.open(folder)
    found = analysis.evidence("share:syria:armed-opposition:own:militants", COURIER).arrow
    assert set(found["mention"].to_pylist()) == {"militants", "Militants"} or set(found["mention"].to_pylist()) == {
        "militants"
    }
    shares = {r["label"]: r["count"] for r in analysis.terms("armed-opposition", "own", [COURIER])}
    assert len(found) == shares["militants"]


def test_events_of_a_table_take_the_place_of_those_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [a.id for a in read_corpus()][:24]
    events = tmp_path / "events.csv"
    events.write_text("event,article_id\n" + "\n".join(f"e{n % 3},{i}" for n, i in enumerate(ids)) + "\n", "utf-8")
    out = tmp_path / "out"
    command = [
        "analyse",
        str(corpus_root()),
        "--metadata",
        str(corpus_root() / "articles.csv"),
        "--no-clean",
        "-o",
        str(out),
    ]
    options = ["-m", "naming", "-l", "syria", "--events", str(events), "--no-contrasts", "-q"]
    assert run([*command, *options]) == 0
    found = framing.open(out).table("articles").arrow.to_pydict()
    by_id = dict(zip(found["id"], found["event"], strict=True))
    assert [by_id[i] for i in ids[:3]] == ["e0", "e1", "e2"]
    assert {e for i, e in by_id.items() if i not in ids} == {""}
    with pytest.raises(InputError, match="contrasts"):
        framing.open(out).table("contrasts")
    capsys.readouterr()

"""`framing events`: events in the terminal, as JSON, and as a CSV file to correct."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from framing.analysis import analyse
from framing.cli.events import events
from framing.errors import InputError
from framing.ingest.events import read_events

FERRY = "The ferry Lady Maud sank off Port Quill on Monday. Divers searched the wreck near Port Quill for passengers."
ROWS = [
    ("f1", "Alpha", "2030-05-01", "Ferry sinks off Port Quill", FERRY),
    ("f2", "Beta", "2030-05-02", "=HYPERLINK(1) [red]\x1b[31m", f"Hopes fade. {FERRY}"),
    ("f3", "Gamma", "", "", FERRY),
    ("x1", "Gamma", "2030-05-02", "Orchid show opens", "Orchids of nine islands bloom under glass."),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "articles.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "outlet", "date", "title", "text"), *ROWS])
    return path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(events, [str(a) for a in arguments], env={"COLUMNS": "100"})


def test_events_are_shown_for_review_with_what_stands_alone(source: Path) -> None:
    result = invoke(source)
    assert result.exit_code == 0
    lines = [line.rstrip() for line in result.output.splitlines()]
    (head,) = [line for line in lines if line.startswith("Port Quill")]
    assert "2030-05-01 to 2030-05-02, 3 articles of 3 outlets" in head
    assert any(
        line.startswith("  2030-05-01  Alpha  0.") and line.endswith("Ferry sinks off Port Quill") for line in lines
    )
    assert any(line.startswith("  undated     Gamma") and line.endswith("no headline") for line in lines)
    assert "1 event with 3 articles; 1 article stands alone." in lines
    assert any(line.startswith("1 article without a date") for line in lines)
    assert "[red]" in result.output and "\x1b" not in result.output


def test_the_file_can_be_read_back_and_hides_formulas(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    assert invoke(source, "-q", "-o", target).output == f"events   {target}\n"
    with target.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["event", "label", "article_id", "outlet", "date", "title", "similarity"]
    assert [row[2] for row in rows] == ["f1", "f2", "f3", "x1"]
    assert rows[1][5].startswith("'=HYPERLINK") and rows[3][0] == rows[3][6] == ""
    read = read_events(target)
    assert read["f1"] == read["f2"] == read["f3"] == rows[0][0] and read["x1"] == ""
    again = invoke(source, "-o", target)
    assert isinstance(again.exception, InputError) and "exists already" in str(again.exception)


def test_json_holds_every_event_with_its_articles(source: Path) -> None:
    found = json.loads(invoke(source, "--json").output)
    (event,) = found["events"]
    assert event["n_articles"] == 3 and [a["article_id"] for a in event["articles"]] == ["f1", "f2", "f3"]
    assert set(event["articles"][0]) == {"article_id", "outlet", "date", "title", "similarity"}
    assert found["alone"] == ["x1"] and found["undated"] == 1


def test_options_reach_the_search(source: Path) -> None:
    assert json.loads(invoke(source, "--json", "--window", "0").output)["events"] == []
    assert json.loads(invoke(source, "--json", "--min-outlets", "4").output)["events"] == []
    assert len(json.loads(invoke(source, "--json", "--window", "0", "--any-date").output)["events"]) == 1
    assert "0 events with 0 articles; 4 articles stand alone." in invoke(source, "--threshold", "1").output
    assert invoke(source, "--threshold", "0").exit_code == 2


def test_a_finished_analysis_gives_its_articles(source: Path, tmp_path: Path) -> None:
    from framing.ingest import read_articles

    analyse(read_articles(source), output=tmp_path / "out", modules=["naming"], resamples=100)
    assert invoke(tmp_path / "out", "--json").output == invoke(source, "--json").output


def test_many_events_and_many_articles_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    words = ["apple", "birch", "cedar", "daisy", "elder", "fern"]
    records = [
        {"id": f"{n}-{m}", "outlet": f"o{m}", "date": f"2030-0{n + 1}-01", "text": " ".join(f"{w}{n}" for w in words)}
        for n in range(3)
        for m in range(10)
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    output = invoke(path, "-n", "2").output
    assert output.count("10 articles of 10 outlets") == 2 and output.count("and 2 more articles") == 2
    assert "1 more event; show it with --limit." in output


def test_no_article_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("outlet,text\nAlpha, \n", encoding="utf-8")
    result = invoke(path)
    assert isinstance(result.exception, InputError) and "no article could be read" in str(result.exception)

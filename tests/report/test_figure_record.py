"""The record beside a figure draws it again, and says what it was made from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from framing import Analysis
from framing.charts import Caption, get_theme, plot_stance
from framing.errors import InputError
from framing.report import write_gallery
from framing.report.citing import cite_figure
from framing.report.figures.drawer import Drawing
from framing.report.figures.files import write_figures
from framing.report.figures.record import explain_change, read_record, read_request, say_caption
from framing.report.figures.request import FigureRequest
from framing.report.results import Results


@pytest.fixture(scope="module")
def folder(valley: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    write_gallery(valley, folder, chart="stance", formats=["svg"], width_mm=120)
    return folder


def test_a_record_draws_the_same_figure_again(valley: Analysis, folder: Path, tmp_path: Path) -> None:
    (path,) = folder.glob("*.json")
    again = write_figures(Results(valley), [read_request(path)], tmp_path, ["svg"])
    assert {p.name: p.read_bytes() for p in again} == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_record_says_what_is_seen_and_from_which_analysis(valley: Analysis, folder: Path) -> None:
    (path,) = folder.glob("*.json")
    record = read_record(path)
    assert record["command"] == (
        "framing figures DIR --chart stance --referent valley/fighters --theme print --width 120"
    )
    assert record["files"] == ["stance-valley-fighters.svg"]
    assert record["title"] in record["caption"] and record["title"] in record["alt_text"]
    assert record["analysis"]["articles"] == 27 and record["analysis"]["run"] in record["citation"]
    assert set(record["analysis"]["lexicons"]) == set(valley.manifest["lexicons"])


@dataclass(frozen=True)
class Measured:
    subtitle: str = ""


@pytest.mark.parametrize(
    "title, own, data, said",
    [
        ("B says “rebels”", "", Measured("% of mentions"), "B says “rebels”. % of mentions. 2 articles."),
        ("B says “rebels”", "Per cent", Measured("% of mentions"), "B says “rebels”. Per cent. 2 articles."),
        ("B asks “Why?”", "", Measured(), "B asks “Why?” 2 articles."),
        ("All left.", "", object(), "All left. 2 articles."),
    ],
)
def test_a_caption_to_paste_says_finding_measure_and_source(title: str, own: str, data: object, said: str) -> None:
    drawing = Drawing(data, plot_stance, get_theme("print"), Caption(title=title, subtitle=own, articles=2))  # type: ignore[arg-type]
    assert say_caption(drawing) == said


def test_the_caption_of_a_figure_holds_the_measure_that_stands_in_it(valley: Analysis, folder: Path) -> None:
    (path,) = folder.glob("*.json")
    measure = "Mean weight of the words used in the outlet’s own voice, with 95% interval"
    assert f". {measure}. " in read_record(path)["caption"]
    for chart in ("variant-shares", "coverage", "stance"):
        drawing = FigureRequest(chart, {}, None, "print", 183.0, "").prepare(Results(valley))
        words = " ".join(text.get_text() for text in drawing.draw().texts)
        assert drawing.data.subtitle in words and drawing.data.subtitle in say_caption(drawing)  # type: ignore[attr-defined]


def test_a_citation_has_single_marks_within_double_ones(valley: Analysis) -> None:
    assert cite_figure(Results(valley), "A’s word is “rebels”").startswith("“A’s word is ‘rebels’” [figure]. ")


def test_marks_lie_beside_the_record_and_no_folder_is_named_in_it(valley: Analysis, tmp_path: Path) -> None:
    marks = tmp_path / "elsewhere" / "events.csv"
    marks.parent.mkdir()
    marks.write_text("date,label\n2031-05-20,The vote\n", "utf-8")
    options = {"measure": "voice:quoted", "period": "month", "marks": str(marks)}
    write_gallery(valley, tmp_path / "one", chart="trend", options=options, formats=["svg"])
    (path,) = (tmp_path / "one").glob("*.json")
    assert str(tmp_path) not in path.read_text("utf-8")
    marks.unlink()
    write_figures(Results(valley), [read_request(path)], tmp_path / "two", ["svg"])
    for first in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / first.name).read_bytes() == first.read_bytes()


def test_a_record_of_another_analysis_is_told_from_this_one(valley: Analysis, folder: Path) -> None:
    (path,) = folder.glob("*.json")
    record = read_record(path)
    assert explain_change(record, Results(valley)) == ""
    record["analysis"]["run"] = "0" * 12
    assert "another analysis (run 000000000000" in explain_change(record, Results(valley))


@pytest.mark.parametrize(
    "content, said",
    [
        (None, "cannot be read"),
        (b"\xff\xfe not json", "no record of a figure"),
        (b"[1, 2]", "no record of a figure"),
        (b'{"chart": "stance"}', "no record of a figure"),
        (b'{"figure": 99}', "version 99"),
        (b'{"figure": 1, "chart": "stance"}', "has no options, outlets, theme"),
        ({"width_mm": "wide"}, "width a number"),
        ({"width_mm": float("nan")}, "width a number"),
        ({"width_mm": 10**400}, "width a number"),
        ({"width_mm": True}, "width a number"),
        (b"[" * 100_000, "no record of a figure"),
        (b'{"figure": true}', "version True"),
        ({"options": {"colour": "red"}}, "no option 'colour'"),
        ({"options": {"referent": 3}}, "options texts by name"),
        ({"outlets": "Alpha"}, "outlets a list"),
        ({"outlets": []}, "outlets a list"),
    ],
)
def test_what_is_no_record_is_refused_with_the_reason(tmp_path: Path, content: object, said: str) -> None:
    path = tmp_path / "figure.json"
    sound = {"figure": 1, "chart": "stance", "options": {}, "outlets": None}
    sound |= {"theme": "print", "width_mm": 89, "own_title": ""}
    if isinstance(content, dict):
        path.write_text(json.dumps(sound | content), "utf-8")
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_request(path)


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "", "..", "../../etc/passwd"])
def test_marks_of_a_record_are_sought_beside_it_alone_whatever_their_name(
    valley: Analysis, tmp_path: Path, name: str
) -> None:
    record = {"figure": 1, "chart": "trend", "options": {"measure": "voice:quoted", "marks": name}, "outlets": None}
    record |= {"theme": "print", "width_mm": None, "own_title": ""}
    path = tmp_path / "in" / "figure.json"
    path.parent.mkdir()
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        write_figures(Results(valley), [read_request(path)], tmp_path / "out", ["svg"])
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_has_the_width_to_the_last_digit() -> None:
    assert FigureRequest("map", width_mm=123.456789).command().endswith("--width 123.456789")
    assert FigureRequest("map", width_mm=89.0).command().endswith("--width 89")


def test_a_title_of_ones_own_stands_in_the_figure_and_in_its_command(valley: Analysis, tmp_path: Path) -> None:
    request = FigureRequest("stance", {"referent": "fighters"}, title="Two words for one war")
    write_figures(Results(valley), [request], tmp_path, ["svg"])
    record = read_record(next(tmp_path.glob("*.json")))
    assert record["title"] == "Two words for one war"
    assert "--title 'Two words for one war'" in record["command"]
    assert read_request(next(tmp_path.glob("*.json"))) == request

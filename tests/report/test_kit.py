"""The article kit: one finding with all that it takes to print it, and nothing that is not so."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import framing
from framing import Analysis
from framing.cli import run
from framing.errors import InputError
from framing.report.documents.document import Picture, walk_lines
from framing.report.documents.markdown import render_markdown
from framing.report.figures.files import write_figures
from framing.report.figures.record import read_request
from framing.report.findings import find_findings
from framing.report.findings.finding import KINDS, Finding
from framing.report.kit import write_kit
from framing.report.kit.choice import choose_figure
from framing.report.kit.page import Words, build_page
from framing.report.kit.quotes import Quote, find_quotes, pick_quotes
from framing.report.results import Results


@pytest.fixture(scope="module")
def results(corpus: Analysis) -> Results:
    return Results(corpus)


@pytest.fixture(scope="module")
def first(results: Results) -> dict[str, Finding]:
    """The first finding of each kind."""
    found: dict[str, Finding] = {}
    for finding in find_findings(results):
        found.setdefault(finding.kind, finding)
    return found


@pytest.fixture(scope="module")
def difference(corpus: Analysis, first: dict[str, Finding], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one") / "kit"
    write_kit(corpus, first["difference"].id, folder, "out")
    return folder


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def test_a_kit_holds_figure_words_evidence_and_data(difference: Path, first: dict[str, Finding]) -> None:
    names = {p.name for p in difference.iterdir()}
    for theme, formats in (("print", ("svg", "pdf", "png")), ("web", ("png", "svg"))):
        assert {f"figure-{theme}.{f}" for f in (*formats, "json")} <= names
    texts = {"kit.md", "caption.txt", "alt.txt", "citation.txt", "method.txt"}
    assert names - {n for n in names if n.startswith("figure-")} == texts | {"evidence.csv", "numbers.csv", "data.csv"}
    text = (difference / "kit.md").read_text("utf-8")
    plain = text.replace("\\", "")
    assert first["difference"].text in plain
    for check in first["difference"].checks:
        assert check.text in plain
    assert (difference / "method.txt").read_text("utf-8").splitlines()[0] in plain
    assert f"framing kit out --finding {first['difference'].id} -o FOLDER" in plain


def test_every_mention_of_the_sentence_is_in_the_evidence(
    difference: Path, first: dict[str, Finding], corpus: Analysis
) -> None:
    finding = first["difference"]
    rows = read_rows(difference / "evidence.csv")
    ours = [r for r in rows if r["outlet"] == finding.outlets[0]]
    assert len(ours) == finding.mentions and {r["voice"] for r in rows} == {"own"}
    texts = {a.id: a for a in corpus.articles()}
    for row in rows:
        article = texts[row["article_id"]]
        printed = article.title if row["section"] == "headline" else article.text
        assert " ".join(printed[int(row["start"]) : int(row["end"])].split()) == row["mention"]
        assert row["mention"] in row["sentence"]


def test_the_numbers_are_those_of_the_tables(difference: Path, first: dict[str, Finding]) -> None:
    finding = first["difference"]
    rows = read_rows(difference / "numbers.csv")
    found = {(r["table"], r["outlet"], r["voice"], r["name"], r["column"]): r["value"] for r in rows}
    outlet, term = finding.outlets[0], finding.contrast.split(":", 4)[4]
    assert float(found["terms", outlet, "own", term, "share"]) == pytest.approx(finding.value)
    assert float(found["contrasts", outlet, "", finding.contrast, "q"]) <= 0.05


def test_the_records_draw_the_figures_again(difference: Path, results: Results, tmp_path: Path) -> None:
    for theme in ("print", "web"):
        request = read_request(difference / f"figure-{theme}.json")
        svg = next(p for p in write_figures(results, [request], tmp_path, ["svg"]) if p.suffix == ".svg")
        assert svg.read_bytes() == (difference / f"figure-{theme}.svg").read_bytes()


def test_the_same_analysis_gives_the_same_kit(difference: Path, corpus: Analysis, tmp_path: Path) -> None:
    finding = json.loads((difference / "figure-web.json").read_text("utf-8"))
    assert finding["title"].startswith("“")
    name = next(f.id for f in find_findings(Results(corpus)) if f.kind == "difference")
    write_kit(corpus, name[:-2], tmp_path, "out")  # the beginning of an id is enough where no other begins so
    for path in difference.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_finding_has_a_figure_and_evidence_of_its_outlets(
    kind: str, first: dict[str, Finding], results: Results
) -> None:
    finding = first[kind]
    request = choose_figure(results, finding)
    drawing = request.prepare(results)
    assert drawing.data.to_table().num_rows and set(finding.outlets) <= set(request.outlets or ())
    quotes = find_quotes(results, finding)
    assert {q.outlet for q in quotes} <= set(finding.outlets)
    if kind == "coverage":
        assert len(quotes) == round(finding.articles * (1 - finding.value)) and not any(q.mention for q in quotes)
    elif kind == "others-only":
        assert quotes and all(q.voice != "own" for q in quotes)
    elif kind in ("name", "stance"):
        assert len(quotes) == finding.mentions


def test_a_number_that_counts_no_words_says_so(corpus: Analysis, results: Results, tmp_path: Path) -> None:
    finding = next(f for f in find_findings(results) if f.module == "readability")
    write_kit(corpus, finding.id, tmp_path)
    assert "does not count words that could be quoted" in (tmp_path / "kit.md").read_text("utf-8")
    assert read_rows(tmp_path / "evidence.csv") == []
    assert {r["table"] for r in read_rows(tmp_path / "numbers.csv")} == {"measures", "contrasts"}


def test_quotes_for_print_take_one_of_each_article_first(results: Results, first: dict[str, Finding]) -> None:
    quotes = find_quotes(results, first["difference"])
    picked = pick_quotes(quotes, 5)
    assert len(picked) == 10
    for outlet in first["difference"].outlets:
        assert len({q.article_id for q in picked if q.outlet == outlet}) == 5


def test_a_kit_of_too_few_articles_says_so(valley: Analysis, tmp_path: Path) -> None:
    finding = next(f for f in find_findings(Results(valley)) if f.status == "insufficient")
    write_kit(valley, finding.id, tmp_path)
    assert "Insufficient evidence" in (tmp_path / "kit.md").read_text("utf-8")


def test_a_finding_that_there_is_not_is_refused(corpus: Analysis, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="f-nonsense"):
        write_kit(corpus, "f-nonsense", tmp_path / "kit")
    assert not (tmp_path / "kit").exists()


def test_an_id_of_some_outlets_alone_makes_a_kit_with_these_outlets(
    corpus: Analysis, results: Results, tmp_path: Path
) -> None:
    pair = ["Calvenian Courier", "The Free Lantern"]
    every = {f.id for f in find_findings(results)}
    finding = next(f for f in find_findings(results, pair) if f.id not in every)
    with pytest.raises(InputError, match="needs the same --outlets here"):
        write_kit(corpus, finding.id, tmp_path)
    write_kit(corpus, finding.id, tmp_path, "out", pair)
    command = f"framing kit out --finding {finding.id} --outlets 'Calvenian Courier, The Free Lantern' -o FOLDER"
    assert command in (tmp_path / "kit.md").read_text("utf-8")


def test_a_quotation_holds_all_of_a_speech_of_several_sentences(results: Results) -> None:
    spoken = (f for f in find_findings(results) if f.measure.startswith("sourcing."))
    quotes = [q for finding in spoken for q in find_quotes(results, finding)]
    assert any(re.search("[.!?] ", q.mention) for q in quotes)
    assert all(q.mention in q.sentence for q in quotes)


def test_of_a_word_that_comes_twice_the_one_that_is_counted_is_bold(first: dict[str, Finding]) -> None:
    quote = Quote("Alpha", "", "", "", "a1", "own", "rebels", "The rebels left other rebels.", "body", 22, 28, 22)
    words = Words("", "", "", "", ())
    page = build_page(first["difference"], Picture(b"", "", 1, 1), words, [replace(quote, outlet=o) for o in
                      first["difference"].outlets], 2)  # fmt: skip
    runs = [run for line in walk_lines(page.blocks) for run in line.runs if "rebels" in run.text and run.bold]
    said = [line.text for line in walk_lines(page.blocks) if "left other" in line.text]
    assert len(said) == 2 and [r.text for r in runs][-2:] == ["rebels"] * 2
    line = next(line for line in walk_lines(page.blocks) if "left other" in line.text)
    assert line.runs[0].text == "“The rebels left other " and line.runs[2].text == ".”"


def test_commands_stand_whole_in_the_kit_whatever_names_they_hold(first: dict[str, Finding]) -> None:
    command = "framing figures DIR --outlets '\"A\n\n# B\r- c `d`\"'"
    page = build_page(first["name"], Picture(b"", "", 1, 1), Words("", "", "", "", (command,)), [], 0)
    text = render_markdown(page, {"": "x.png"})
    assert text.endswith("\n\n    framing figures DIR --outlets '\"A\n    \n    # B\n    - c `d`\"'\n")


def test_what_is_printed_of_a_finding_is_not_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = [replace(a, outlet=f"{a.outlet} [b]") for a in framing.read_corpus()]
    framing.analyse(articles, None, tmp_path / "out", modules=["naming"], resamples=100, contrasts=False)
    assert run(["findings", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert " [b]" in printed and "\\[" not in printed

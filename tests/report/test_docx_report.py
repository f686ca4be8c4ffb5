"""The report as a Word document: opened again, with styles, links and alternative texts, and nothing active."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile import HOSTILE

from framing import Analysis
from framing.errors import InputError
from framing.report.documents.document import (
    Bullets,
    Cell,
    Document,
    Heading,
    Item,
    Line,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
)
from framing.report.documents.docx import render_docx, write_docx
from framing.report.documents.docx_layout import LANDSCAPE, PORTRAIT, needs_landscape, plan_landscape, share_width
from framing.report.documents.lines import clean_text

docx = pytest.importorskip("docx")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def line(text: str, **looks: Any) -> Line:
    return Line((Run(text, **looks),))


def cell(column: int, *texts: str, **more: Any) -> Cell:
    return Cell(column, tuple(line(text) for text in texts), **more)


def open_blocks(*blocks: Heading | Paragraph | Bullets | Table | Picture) -> Any:
    return docx.Document(io.BytesIO(render_docx(Document("A title", "en", blocks))))


def table(columns: int, *lines: str) -> Table:
    head = Row(tuple(cell(n, f"head {n}") for n in range(columns)))
    return Table(line("Caption"), "Title", columns, (head,), (Row(tuple(cell(n, *lines) for n in range(columns))),))


@pytest.fixture(scope="module")
def written(valley: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_docx(valley, tmp_path_factory.mktemp("docx") / "report.docx")


@pytest.fixture(scope="module")
def opened(written: Path) -> Any:
    return docx.Document(str(written))


def rows(found: Any) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in found.rows]


def test_headings_have_the_styles_of_headings(opened: Any) -> None:
    by_style: dict[str, list[str]] = {}
    for p in opened.paragraphs:
        by_style.setdefault(p.style.name, []).append(p.text)
    assert by_style["Title"] == ["How 3 outlets word the same events"]
    wanted = ["Findings", "Too few articles to generalise", "Comparison", "Outlet by outlet", "Mentions in context"]
    assert [t for t in by_style["Heading 1"] if t in wanted] == wanted
    assert {"Fighters of the valley", "Alpha", "Beta", "Gamma"} <= set(by_style["Heading 2"])
    assert by_style["Heading 3"] and by_style["List Bullet"] and by_style["List Bullet 2"] and by_style["Caption"]


def test_tables_repeat_their_heads_and_fit_the_page(opened: Any) -> None:
    assert len(opened.tables) > 5
    for found in opened.tables:
        first = found.rows[0]._tr
        assert first.find(f"{W}trPr/{W}tblHeader") is not None and found.style.name == "Numbers"
        widths = [int(col.get(f"{W}w")) for col in found._tbl.tblGrid]
        assert sum(widths) <= LANDSCAPE * 1440 / 25.4 + len(widths)


def test_comparison_says_what_the_page_says(opened: Any) -> None:
    found = next(t for t in opened.tables if t.cell(0, 2).text == "rebels" and t.cell(0, 1).text == "all mentions")
    assert rows(found)[1] == ["Alpha", "12\nin 12 articles", "100%\n81–100% · 12", "0%\n0–19% · 0", "0%\n0"]
    # Three articles are too few: mentions alone, in grey, and no percentage.
    assert rows(found)[3] == ["Gamma", "3\nin 3 articles too few", "0", "0", "3"]
    grey = found.cell(3, 2).paragraphs[0].runs[0].font.color.rgb
    assert str(grey) == "666B73" and found.cell(1, 2).paragraphs[0].runs[0].font.color.rgb is None


def test_findings_keep_their_answers(opened: Any) -> None:
    texts = [p.text for p in opened.paragraphs if p.style.name == "List Bullet 2"]
    assert any(t.startswith("✓ Chance? ") for t in texts) and any(t.startswith("? ") for t in texts)


def test_every_link_inside_has_its_bookmark_and_those_outside_go_to_the_web(opened: Any) -> None:
    body = opened.element.body
    names = [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]
    anchors = {h.get(f"{W}anchor") for h in body.iter(f"{W}hyperlink")} - {None}
    assert len(anchors) > 8 and anchors == set(names) and len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in names)
    outside = {r.target_ref for r in opened.part.rels.values() if r.is_external}
    assert outside and all(target.startswith("https://") for target in outside)


def test_charts_tell_what_they_show(opened: Any) -> None:
    told = list(opened.element.body.iter(f"{WP}docPr"))
    assert told and all(len(t.get("descr")) > 40 for t in told)
    assert len({t.get("id") for t in told}) == len(told)
    for shape in opened.inline_shapes:
        assert shape.width.mm <= PORTRAIT + 0.1 and shape.height.mm < 240


def test_page_is_a4_in_british_english_and_undated(opened: Any, written: Path) -> None:
    assert {tuple(sorted((round(s.page_width.mm), round(s.page_height.mm)))) for s in opened.sections} == {(210, 297)}
    assert opened.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang").get(f"{W}val") == "en-GB"
    with zipfile.ZipFile(written) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
        assert not [n for n in package.namelist() if "thumbnail" in n]
    assert (
        "How 3 outlets word" in core and "created" not in core and "modified" not in core and "python-docx" not in core
    )


def test_same_analysis_same_bytes(valley: Analysis, written: Path, tmp_path: Path) -> None:
    assert write_docx(valley, tmp_path / "again.docx").read_bytes() == written.read_bytes()


def test_wide_tables_turn_the_page_with_the_words_before_them() -> None:
    narrow, wide = table(3, "12"), table(8, "words that go on for quite a while in every cell")
    assert (needs_landscape(narrow), needs_landscape(wide)) == (False, True)
    blocks = [Heading(1, line("T")), narrow, Heading(2, line("H")), Paragraph(line("p")), wide, Heading(2, line("I"))]
    assert plan_landscape(blocks) == [False, False, True, True, True, False]
    opened = open_blocks(*blocks)
    assert [s.page_width > s.page_height for s in opened.sections] == [False, True, False]
    assert all(s.footer.paragraphs[0].text.startswith("A title") for s in opened.sections)


def test_columns_share_the_width_by_what_they_hold() -> None:
    unlike = Table(Line(()), "", 2, (), (Row((cell(0, "5"), cell(1, "many words " * 9))),))
    number, words = share_width(unlike, PORTRAIT)
    assert number < 8 and words > 60 and number + words <= PORTRAIT
    crowded = share_width(table(30, "overlongword"), PORTRAIT)
    assert sum(crowded) == pytest.approx(PORTRAIT) and min(crowded) > 5


def test_cells_that_cover_others_are_one_cell() -> None:
    head = (
        Row((cell(0, "Name", down=2), cell(1, "own", span=2))),
        Row((cell(1, "mean"), cell(2, "n"))),
    )
    found = open_blocks(
        Table(line(""), "Numbers", 3, head, (Row((cell(0, "rebels"), cell(1, "all", span=2))),))
    ).tables[0]
    assert rows(found) == [["Name", "own", "own"], ["Name", "mean", "n"], ["rebels", "all", "all"]]
    assert found.cell(0, 0)._tc is found.cell(1, 0)._tc and found.cell(0, 1)._tc is found.cell(0, 2)._tc
    assert found._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == "Numbers"


@pytest.mark.parametrize("text", [*HOSTILE, "a\x00b\x0bc\ufffe\ud800d", "  spaces  kept  ", "]]>", "&amp; <w:p/>"])
def test_text_is_read_as_it_was_written(text: str) -> None:
    picture = Picture(_png(), text, 100, 50)
    items = Bullets((Item(0, (line(text), line("second"))),))
    opened = open_blocks(
        Heading(1, line(text)), Paragraph(line(text, link="https://a.example/?a=1&b=<c>")), items, picture
    )
    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    found = [p.text for p in opened.paragraphs]
    assert [" ".join(t.split()) for t in found[:2]] == [" ".join(plain.split())] * 2
    assert found[2].endswith("\nsecond")
    assert " ".join(next(opened.element.body.iter(f"{WP}docPr")).get("descr").split()) == " ".join(plain.split())


def _png() -> bytes:
    from matplotlib.figure import Figure

    buffer = io.BytesIO()
    Figure((1, 0.5)).savefig(buffer, format="png", dpi=20)
    return buffer.getvalue()


def test_hostile_strings_do_nothing(hostile: Analysis, tmp_path: Path) -> None:
    path = write_docx(hostile, tmp_path / "report.docx")
    with zipfile.ZipFile(path) as package:
        assert all(re.fullmatch(r"[\w./\[\]-]+", name) for name in package.namelist())
        parts = {n: package.read(n) for n in package.namelist() if n.endswith((".xml", ".rels"))}
    for part in parts.values():
        ElementTree.fromstring(part)  # every part is well formed
    relations = ElementTree.fromstring(parts["word/_rels/document.xml.rels"])
    outside = [r.attrib["Target"] for r in relations if r.attrib.get("TargetMode") == "External"]
    assert all(target.startswith(("http://", "https://")) for target in outside)
    tags = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(parts["word/document.xml"]).iter()}
    assert not tags & {"object", "altChunk", "script", "control", "fldSimple", "instrText", "subDoc"}
    opened = docx.Document(str(path))
    cells = [p.text for t in opened.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    text = " ".join(" ".join((*(p.text for p in opened.paragraphs), *cells)).split())
    assert sum(" ".join(clean_text(s).split()) in text for s in HOSTILE) > 15  # shown as they are
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_without_python_docx_it_is_said_how_to_get_it(
    valley: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match=r'pip install "framing-analyser\[office\]"'):
        write_docx(valley, tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []

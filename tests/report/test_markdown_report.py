"""The report as Markdown: what the page says, once more, and nothing of it active."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hostile import HOSTILE
from markdown_it import MarkdownIt
from reading import Document as Html
from reading import Element

from framing import Analysis
from framing.errors import InputError
from framing.report.documents.document import Bullets, Cell, Document, Heading, Item, Line, Paragraph, Row, Run, Table
from framing.report.documents.lines import clean_text
from framing.report.documents.markdown import render_markdown, write_markdown
from framing.report.documents.markdown_text import escape, say_runs
from framing.report.documents.reader import read_document
from framing.report.report_files import WRITERS, choose_writer

FOLDED = """<h1>Title</h1><nav aria-label="Contents"><ul><li><a href="#a">Part</a></li>
<li><a href="#sentences">Sentences</a></li></ul></nav><main>
<section id="a"><h2>Part</h2>
<p>See <a href="#m-1">one</a>, <a href="#m-2">two</a>, <a href="javascript:x">three</a>.</p>
<details><summary>More</summary><table><tbody><tr><td>folded away</td></tr></tbody></table></details>
<h4>Kept</h4><details><summary>All</summary><p>what a heading announces</p></details>
<ul class="findings"><li><p>Said.</p><ul class="checks"><li class="no"><strong>Chance?</strong> Yes.</li></ul>
<p class="links"><a href="#m-1">3 mentions</a><a href="#gone">gone</a></p></li></ul></section>
<section id="mentions"><h2>Mentions</h2><form><p>Filter</p></form><p>All 5.</p>
<section class="evidence"><h3>Rebels</h3><div class="by-outlet"><h4>Alpha <span class="n">5 mentions</span></h4>
<div class="by-voice" id="m-1">
<div class="by-name" data-total="3"><h5>x</h5><ul><li><p class="said">a <mark>1</mark></p></li>
<li><p class="said">a 2</p></li><li><p class="said">a 3</p></li></ul></div>
<div class="by-name" data-total="1"><h5>y</h5><ul><li><p class="again"><mark>b</mark> in <a href="#p-1">a b</a></p></li>
</ul></div>
</div><div class="by-voice" id="m-2"><div class="by-name" data-total="1"><ul><li><p class="said" id="p-1">a b c</p>
<p class="where"><span class="voice">quoted</span> 1 May: <a href="https://a.example/1">Head</a></p></li></ul></div></div>
</div></section></section></main>"""


def render(text: str) -> Html:
    """Read Markdown as GitHub does, with HTML let through."""
    return Html(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def say(*blocks: Heading | Paragraph | Bullets | Table) -> str:
    return render_markdown(Document("", "en", blocks), {})


def line(text: str) -> Line:
    return Line((Run(text),))


@pytest.fixture(scope="module")
def written(valley: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_markdown(valley, tmp_path_factory.mktemp("markdown") / "the report.md")


@pytest.fixture(scope="module")
def html(written: Path) -> Html:
    return render(written.read_text(encoding="utf-8"))


def below(html: Html, heading: str) -> list[Element]:
    """The elements between a heading and the next of its level."""
    top = html.root.children
    start = next(n for n, e in enumerate(top) if e.text == heading)
    end = next((n for n in range(start + 1, len(top)) if top[n].tag <= top[start].tag and top[n].tag[0] == "h"), None)
    return top[start + 1 : end]


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        "# no heading", "- no list", "+ 1", "1. no list", "12) no list", "> nobody said this", "=== no line", "---",
        "***", "*a* **b** _c_ __d__ ~~e~~ `f` ``g``", "[a](https://a.example) ![b](c) [d]: e", "a|b|c",
        "\\* \\\\ \\", "$x$ &amp; &#35;",
        "http://a.example www.b.example HTTPS://c.example ftp://d.example mailto:e@f.example g@h.example",
        "<b>bold</b> <!-- gone --> <https://a.example>", "snake_case_name 2 * 3 * 4", "{{ liquid }} {% raw %}",
        "| a |\n| - |",
        "a\tb\r\nc\u2028d", "    indented", "```\nfenced\n```", "~~~", "[^1]: note",
    ],
)  # fmt: skip
def test_text_is_read_as_it_was_written(text: str) -> None:
    plain = clean_text(text).strip()
    found = render(
        say(Paragraph(line(plain)), Heading(3, line(plain)), Bullets((Item(0, (line(plain), line(plain))),)))
    )
    assert [e.tag for e in found.elements] == ["p", "h3", "ul", "li", "br"]
    assert [found.all(tag)[0].text for tag in ("p", "h3")] == [" ".join(plain.split())] * 2
    table = Table(line(plain), "", 2, (Row((Cell(0, (line(plain),)),)),), (Row((Cell(1, (line(plain), line("x"))),)),))
    rows = render(say(table)).all("tr")
    assert [[len(row.all(tag)) for tag in ("th", "td", "br")] for row in rows] == [[2, 0, 0], [0, 2, 1]]
    assert rows[0].all("th")[0].text == " ".join(plain.split())


@pytest.mark.parametrize(
    "before, bold, after",
    [
        ("", "rebels", ""),
        ("the ", "rebels", " left"),
        ("anti", "rebel", "s"),
        ("a", "“rebels”", "b"),
        ("x", "(y)", "z"),
    ],
)
def test_words_in_bold_are_bold_wherever_they_stand(before: str, bold: str, after: str) -> None:
    said = say_runs([run for run in (Run(before), Run(bold, bold=True), Run(after)) if run.text])
    found = render(said)
    assert [e.text for e in found.all("strong")] == [bold] and found.root.text == before + bold + after


def test_neighbours_that_look_unlike_are_told_apart() -> None:
    found = render(say_runs([Run("a", bold=True), Run("b", italic=True), Run("c", bold=True, italic=True)]))
    assert [e.text for e in found.all("strong")] == ["a", "c"]
    assert [e.text for e in found.all("em")] == ["b", "c"]


@pytest.mark.parametrize(
    "link, said",
    [
        ("https://a.example/x_(y)*z?q=\"1\"|2", "https://a.example/x_(y)*z?q=\"1\"|2"),
        ("https://a.example/a b<c>`d`\\[e]", "https://a.example/a b<c>`d`\\[e]"),
    ],
)  # fmt: skip
def test_addresses_cannot_break_out(link: str, said: str) -> None:
    (a,) = render(say(Paragraph(Line((Run("here", link=link),))))).all("a")
    assert (unquote(a.attributes["href"]), a.text) == (said, "here")


def test_code_may_hold_backticks() -> None:
    assert [e.text for e in render(say_runs([Run("a `b` ``c", code=True), Run(" d")])).all("code")] == ["a `b` ``c"]


def test_head_of_several_rows_is_one_row() -> None:
    head = (
        Row((Cell(0, (line("Name"),), down=2), Cell(1, (line("own"),), span=2))),
        Row((Cell(1, (line("mean"),)), Cell(2, (line("n"),)))),
    )
    body = (Row((Cell(0, (line("rebels"),), left=True), Cell(1, (line("all of it"),), span=2))),)
    text = say(Table(line("Numbers"), "", 3, head, body))
    assert text == "*Numbers*\n\n| Name | own: mean | own: n |\n| :--- | ---: | ---: |\n| rebels | all of it |  |\n"


def test_what_is_folded_is_left_out_and_a_few_mentions_are_kept() -> None:
    document = read_document(FOLDED)
    text = render_markdown(document, {})
    assert "folded away" not in text and "what a heading announces" in text and "Filter" not in text
    assert "**Contents**\n\n- [Part](#a)\n\n## " in text  # there is no section of sentences
    # m-2 is linked to, but by no finding: its mentions are not here, and neither is the link.
    assert "See [one](#m-1), two, three." in text and "gone" not in text
    assert "  - ✗ **Chance?** Yes.\n  - [3 mentions](#m-1)\n" in text
    assert '<a id="m-1"></a>**Alpha** (3 of 4)' in text
    # Of each name in turn; the sentence that is printed elsewhere is here too, its own word in bold.
    assert "- a **1**\n- a 2\n- a **b** c\\\n  1 May: [Head](https://a.example/1)\n" in text
    assert "a 3" not in text and "m-2" not in text


def test_sections_stand_in_the_order_of_the_page(html: Html) -> None:
    titles = [h.text for h in html.all("h2")]
    wanted = [
        "Which outlets differ most, and on what", "Findings", "Too few articles to generalise", "What was analysed",
        "Comparison", "Outlet by outlet", "Mentions in context", "Method and limits", "Left out and warned",
    ]  # fmt: skip
    assert [t for t in titles if t in wanted] == wanted
    levels = [int(e.tag[1]) for e in html.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_leads_somewhere(html: Html) -> None:
    targets = [a.attributes["href"] for a in html.all("a") if "href" in a.attributes]
    inside = {t[1:] for t in targets if t.startswith("#")}
    assert len(inside) > 8 and inside == set(html.ids) and len(html.ids) == len(set(html.ids))
    assert all(t.startswith(("#", "https://alpha.example/", "https://beta.example/", "https://g")) for t in targets)


def test_comparison_says_what_the_page_says(html: Html) -> None:
    table = next(e for e in below(html, "Fighters of the valley") if e.tag == "table")
    rows = {tr.children[0].text: [td.text for td in tr.children[1:]] for tr in table.all("tr")}
    assert rows["Outlet"] == ["all mentions", "rebels", "terrorists", "militants"]
    assert rows["Alpha"] == ["12in 12 articles", "100%81–100% · 12", "0%0–19% · 0", "0%0"]
    # Three articles are too few: mentions alone, and no percentage.
    assert rows["Gamma"] == ["3in 3 articles too few", "0", "0", "3"]
    gamma = next(tr for tr in table.all("tr") if tr.children[0].text == "Gamma")
    assert len(gamma.all("em")) >= 4 and "italics" in html.root.text


def test_findings_keep_their_answers_and_lead_to_their_mentions(html: Html) -> None:
    finding = next(li for li in below(html, "Findings")[1].children if "terrorists" in li.text)
    checks = [li.text for li in finding.all("li") if li.text[:1] in "✓✗?"]
    assert any(check.startswith("✓ Chance?") for check in checks)
    (first, *_) = [a.attributes["href"][1:] for a in finding.all("a") if "mentions" in a.text]
    start = next(n for n, e in enumerate(html.root.children) if first in [x.attributes.get("id") for x in e.walk()])
    shown = html.root.children[start + 1]
    assert shown.tag == "ul" and 1 <= len(shown.children) <= 3
    assert shown.all("strong")[0].text in ("rebels", "terrorists")
    assert re.search(r"\d+ \w+ 2031", shown.text) and shown.all("a")[0].attributes["href"].startswith("https://")


def test_charts_are_files_beside_it(html: Html, written: Path) -> None:
    images = [img.attributes for img in html.all("img")]
    assert images and all(i["src"].startswith("the%20report_files/") and i["alt"] for i in images)
    files = [written.parent / unquote(i["src"]) for i in images]
    assert all(f.read_bytes().startswith(b"\x89PNG") for f in files)
    assert files[0].name == "01-fighters-of-the-valley.png"


def test_same_analysis_same_bytes(valley: Analysis, written: Path, tmp_path: Path) -> None:
    again = write_markdown(valley, tmp_path / "the report.md")
    assert again.read_bytes() == written.read_bytes()
    names = sorted(p.name for p in (tmp_path / "the report_files").iterdir())
    for name in names:
        assert (tmp_path / "the report_files" / name).read_bytes() == (
            written.parent / "the report_files" / name
        ).read_bytes()


def test_other_outlets_are_taken_together(valley: Analysis, tmp_path: Path) -> None:
    page = render(write_markdown(valley, tmp_path / "report.md", ["Alpha"]).read_text(encoding="utf-8"))
    assert "The other 2 outlets" in [h.text for h in page.all("h3")]
    with pytest.raises(InputError, match="Delta"):
        write_markdown(valley, tmp_path / "other.md", ["Delta"])
    assert not (tmp_path / "other.md").exists()


def test_hostile_strings_do_nothing(hostile: Analysis, tmp_path: Path) -> None:
    page = render(write_markdown(hostile, tmp_path / "report.md").read_text(encoding="utf-8"))
    allowed = set("a br code em h1 h2 h3 h4 h5 img li ol p pre strong table tbody td th thead tr ul".split())
    assert {e.tag for e in page.elements} <= allowed
    assert {name for e in page.elements for name in e.attributes} <= {"href", "src", "alt", "id", "style"}
    assert {e.attributes["style"] for e in page.elements if "style" in e.attributes} <= {
        "text-align:left", "text-align:right"
    }  # fmt: skip
    assert {a.attributes["href"][:1] for a in page.all("a") if "href" in a.attributes} <= {"#", "h"}
    assert all(img.attributes["src"].startswith("report_files/") for img in page.all("img"))
    text = page.root.text
    assert sum(" ".join(clean_text(s).split()) in text for s in HOSTILE) > 15  # shown as they are


def test_bare_addresses_are_not_linked_by_github() -> None:
    said = escape("http://a.example www.b.example HTTPS://c.example ftp://d.example mailto:e@f.example at 10:30")
    assert said == (
        "http\\://a.example www\\.b.example HTTPS\\://c.example ftp\\://d.example mailto\\:e\\@f.example at 10:30"
    )


@pytest.mark.parametrize("name, kind", [("a.md", "md"), ("b/c.DOCX", "docx"), ("d.e.html", "html")])
def test_the_ending_decides_what_a_report_becomes(name: str, kind: str) -> None:
    assert choose_writer(name) is WRITERS[kind]


@pytest.mark.parametrize("name", ["report", "report.pdf", ".md"])
def test_other_endings_are_refused_by_name(name: str) -> None:
    with pytest.raises(InputError, match=r"one of: \.html, \.md, \.docx"):
        choose_writer(name)

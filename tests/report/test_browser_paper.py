"""The report on paper: A4, without what only a screen can use, nothing cut off."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from browsing import MakePage, needs_browser

pytest.importorskip("pytest_playwright", reason="pytest-playwright is not there: pip install pytest-playwright")
pytest.importorskip("pypdf", reason="pypdf is not there: pip install pypdf")
from playwright.sync_api import Page
from pypdf import PdfReader

pytestmark = needs_browser

A4 = (595, 842)  # points
BETWEEN_MARGINS = 680  # px: 180 mm


def print_page(page: Page, path: Path) -> PdfReader:
    page.pdf(path=path, prefer_css_page_size=True)
    return PdfReader(path)


def squeeze(text: str) -> str:
    """Return a text without what typesetting adds: ligatures, and spaces and hyphens at the ends of lines."""
    return re.sub(r"[\s\-\u00ad\u2010\u2011]+", "", unicodedata.normalize("NFKC", text))


def text_of(paper: PdfReader) -> str:
    return " ".join(" ".join(p.extract_text() for p in paper.pages).split())


@pytest.mark.parametrize("name, least, most", [("corpus", 20, 90), ("few", 4, 50)])
def test_paper_is_a4_and_holds_findings_tables_and_charts(
    page: Page, made: MakePage, tmp_path: Path, name: str, least: int, most: int
) -> None:
    page.emulate_media(color_scheme="dark")  # paper is white all the same
    page.goto(made(name).as_uri())
    findings = page.locator("#findings .findings .subject").all_inner_texts()
    paper = print_page(page, tmp_path / "report.pdf")
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in paper.pages} == {A4}
    assert least <= len(paper.pages) <= most
    texts = [p.extract_text() for p in paper.pages]
    text = " ".join(" ".join(texts).split())
    for part in ("word the", "Findings", "Comparison", "Outlet by outlet", "Method and limits", *findings):
        assert squeeze(part) in squeeze(text), part
    assert "Skip to the overview" not in text and "Show all" not in text and "back to the number" not in text
    assert sum(not t.strip() for t in texts) <= 1  # no empty pages, but for one that a chart fills


def test_charts_are_printed_those_too_that_nobody_has_scrolled_to(page: Page, made: MakePage, tmp_path: Path) -> None:
    page.goto(made("wordings").as_uri())
    with_charts = page.pdf(prefer_css_page_size=True)
    charts = page.evaluate("document.images.length")
    page.evaluate("for (const image of [...document.images]) image.remove()")
    assert charts >= 5
    assert len(with_charts) - len(page.pdf(prefer_css_page_size=True)) > 2000 * charts  # bytes of lines and letters


def test_mentions_are_printed_when_asked_for(page: Page, made: MakePage, tmp_path: Path) -> None:
    page.goto(made("wordings").as_uri())
    short = print_page(page, tmp_path / "short.pdf")
    sentence = "Perhaps the rebels possibly left"
    assert sentence not in text_of(short)
    page.get_by_label("print the mentions too").check()
    long = print_page(page, tmp_path / "long.pdf")
    assert len(long.pages) > len(short.pages)
    assert sentence in text_of(long)


def test_paper_shows_nothing_that_only_a_screen_can_use(page: Page, made: MakePage) -> None:
    page.goto(made("wordings").as_uri())
    page.emulate_media(media="print")
    for what in ("nav", "#filter", ".skip", ".links", "summary", "#mentions", "#sentences"):
        assert page.locator(what).count() and not page.locator(f"{what}:visible").count(), what


@pytest.mark.parametrize("name", ["corpus", "few", "wordings"])
def test_no_table_and_no_chart_is_cut_off(page: Page, made: MakePage, name: str) -> None:
    page.set_viewport_size({"width": BETWEEN_MARGINS, "height": 1000})
    page.emulate_media(media="print")
    page.goto(made(name).as_uri())
    cut = page.evaluate(
        """(width) => [...document.querySelectorAll("table, img, h1, h2, h3, h4, p, li")]
          .filter((e) => e.checkVisibility() && !e.closest(".vh") && e.getBoundingClientRect().right > width + 1)
          .map((e) => `${e.tagName} ${e.closest("[id]")?.id} ${Math.round(e.getBoundingClientRect().right)}`)""",
        BETWEEN_MARGINS,
    )
    assert cut == []

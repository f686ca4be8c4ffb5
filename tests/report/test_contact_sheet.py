"""The contact sheet: every figure with its words and its command, safe whatever the names hold."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from framing import Analysis
from framing.report.figures.contact_sheet import write_contact_sheet
from framing.report.figures.request import plan_requests
from framing.report.results import Results


@pytest.fixture(scope="module")
def sheet(valley: Analysis, tmp_path_factory: pytest.TempPathFactory) -> str:
    results = Results(valley)
    path = tmp_path_factory.mktemp("sheet") / "index.html"
    write_contact_sheet(results, plan_requests(results, every=True), path, "out")
    return path.read_text("utf-8")


def test_every_figure_that_can_be_drawn_is_on_it(valley: Analysis, sheet: str) -> None:
    requests = plan_requests(Results(valley), every=True)
    assert sheet.count("<img ") == len(requests) > 10
    for request in requests:
        assert html.escape(request.command("out"), quote=False).replace("'", "&#39;") in sheet


def test_it_holds_alternative_text_caption_and_citation(sheet: str) -> None:
    for alternative in re.findall(r'<img [^>]*alt="([^"]*)"', sheet):
        assert len(alternative) > 40
    assert sheet.count("<dt>Citation</dt>") == sheet.count("<dt>Caption</dt>") == sheet.count("<img ")
    assert "Framing analyser" in sheet


def test_it_runs_nothing_and_asks_nothing_of_the_network(sheet: str) -> None:
    assert "<script" not in sheet
    assert "default-src 'none'" in html.unescape(sheet)
    assert not re.findall(r'(?:src|href)="(?!#|data:)', sheet)


def test_it_is_the_same_every_time(valley: Analysis, sheet: str, tmp_path: Path) -> None:
    results = Results(valley)
    write_contact_sheet(results, plan_requests(results, every=True), tmp_path / "index.html", "out")
    assert (tmp_path / "index.html").read_text("utf-8") == sheet

"""The documentation says what is true: its commands and its Python are run, its output compared, its links followed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from pages import DOCS, LANGUAGES, ROOT, list_pages, read_blocks, read_kept
from running import run_page

from framing.charts import CHARTS
from framing.cli import cli
from framing.report.figures.drawers import DRAWERS

MADE = {DOCS / "statistics.md", DOCS / "validity.md"}  # by benchmarks, which have tests of their own
PAGES = [path for path in list_pages() if path not in MADE]
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)|\{download\}`[^<`]+<(?P<file>[^>]+)>`")


def name(path: Path) -> str:
    return str(path.relative_to(DOCS))


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_a_page_shows_what_comes_out(document: Path, things: Mapping[str, Path], tmp_path: Path) -> None:
    text = document.read_text(encoding="utf-8")
    result = run_page(text, tmp_path, things)
    told = "\n\n".join(map(str, result.differences))
    assert not told, f"python tests/docs/rewrite.py {document.relative_to(ROOT)} writes the true output\n{told}"
    left = [b.line for b in read_blocks(text) if b.line not in result.ran and not b.excuse and not b.shown_only]
    assert not left, f"blocks that were never run, in the lines {left}"


def test_the_readme_shows_what_comes_out(things: Mapping[str, Path], tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [b for b in read_blocks(text) if b.language == "text" and re.match(r"\$ framing \w+ demo ", b.lines[0])]
    assert shown
    blocks = ["\n".join(["```console", *block.lines, "```"]) for block in shown]
    differences = run_page("\n\n".join(["<!-- starts with: demo -->", *blocks]), tmp_path, things).differences
    assert not differences, "\n\n".join(map(str, differences))


@pytest.mark.parametrize("document", list_pages(), ids=name)
def test_what_is_not_run_says_why(document: Path) -> None:
    for block in read_blocks(document.read_text(encoding="utf-8")):
        known = block.language in LANGUAGES or block.shown_only or block.file
        assert known, f"line {block.line}: nothing runs {block.language!r}"
        assert not block.excuse or len(block.excuse.split()) > 2


@pytest.mark.parametrize("document", list_pages(), ids=name)
def test_links_lead_somewhere_and_pictures_have_words(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for found in IMAGE.finditer(text):
        assert (document.parent / found["path"]).is_file(), found["path"]
        assert len(found["alt"].split()) > 4, found["path"]
    for found in LINK.finditer(text):
        target = found["target"] or found["file"]
        file, _, anchor = target.partition("#")
        if "://" in target:
            continue
        there = document.parent / file if file else document
        assert there.is_file(), target
        assert not anchor or anchor in headings(there.read_text(encoding="utf-8")), target


def headings(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and MyST make them."""
    titles = re.findall(r"^#{1,4} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_chart_is_in_the_gallery() -> None:
    gallery = (DOCS / "gallery.md").read_text(encoding="utf-8")
    assert set(re.findall(r"--chart ([\w-]+)", gallery)) == {*CHARTS, *DRAWERS}


def test_pictures_beside_the_pages_are_made_by_a_page() -> None:
    made = {(page.parent / picture) for page in list_pages() for picture, _ in read_kept(page.read_text("utf-8"))}
    assert set(DOCS.rglob("*.png")) - set((DOCS / "_build").rglob("*.png")) == made


def test_every_page_is_in_the_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = {
        entry for b in read_blocks(index) if b.language == "{toctree}" for entry in b.lines if "/" in entry or entry
    }
    assert {name(p).removesuffix(".md") for p in list_pages()} - {"index"} <= listed


def test_commands_that_the_pages_name_exist() -> None:
    for page in list_pages():
        for command in re.findall(r"`framing ([a-z]+)", page.read_text(encoding="utf-8")):
            assert cli.get_command(None, command) is not None, f"{name(page)}: framing {command}"  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.skipif(find_spec("sphinx") is None, reason="needs the extra docs: pip install -e '.[docs]'")
def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-b", "html", str(DOCS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "framing analyse" in (tmp_path / "reference" / "cli.html").read_text(encoding="utf-8")

"""Hostile strings in every field of articles and lexicons: no page that we make runs them or loads anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import DRAWS_IMAGES, OPEN_ALL, MakePage, Watch, listening, needs_browser
from hostile import HOSTILE, MARK, NOWHERE

pytest.importorskip("pytest_playwright", reason="pytest-playwright is not there: pip install pytest-playwright")
from playwright.sync_api import Page

from framing import Analysis
from framing.charts import render

pytestmark = needs_browser

# What a handler may wait for, on everything: the pointer, the focus, and what opens and closes.
STIR = """() => {
  for (const e of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "pointerdown", "toggle", "animationstart", "load", "error"]) {
      e.dispatchEvent(new Event(kind));
    }
  }
  for (const e of document.querySelectorAll("a, button, input, select, summary, [tabindex], [autofocus]")) e.focus();
}"""
ELEMENTS = "[...new Set([...document.querySelectorAll('*')].map((e) => e.localName))].sort()"
HANDLERS = """[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes])
  .filter((a) => a.name.startsWith("on") || ["style", "srcdoc", "srcset", "formaction", "xlink:href"].includes(a.name)
    || ["href", "src", "action"].includes(a.name) && /^\\s*(javascript|vbscript|data:text)/i.test(a.value))
  .map((a) => a.name)"""


def is_overtaken(page: Page) -> bool:
    return bool(page.evaluate(f"window.{MARK} !== undefined || document.title.includes('{MARK}')"))


def test_an_unprotected_page_is_overtaken(page: Page, watch: Watch, tmp_path: Path) -> None:
    """The traps work: what the tests below do not find would be found."""
    with listening() as (address, heard):
        path = tmp_path / "open.html"
        path.write_text(
            f"<title>x</title>{HOSTILE[8]}{HOSTILE[2]}<img src={address}/img><p style='color:red'>", encoding="utf-8"
        )
        page.goto(path.as_uri())
        page.wait_for_function(f"window.{MARK}")
        assert is_overtaken(page)
        assert heard
        assert f"{address}/img" in watch.requests
        assert f"dialogue: {MARK}" in watch.complaints
        assert {"onerror", "style"} <= set(page.evaluate(HANDLERS))


@pytest.mark.parametrize("name", ["hostile", "sheet"])
def test_hostile_strings_in_every_field_run_nothing_and_load_nothing(
    page: Page, watch: Watch, made: MakePage, tmp_path: Path, name: str
) -> None:
    assert len(HOSTILE) >= 40
    with listening() as (address, heard):
        path = tmp_path / "page.html"
        content = made(name).read_text(encoding="utf-8")
        assert NOWHERE in content
        path.write_text(content.replace(NOWHERE, address), encoding="utf-8")
        page.goto(path.as_uri())
        title = page.title()
        page.evaluate(OPEN_ALL)
        page.evaluate(STIR)
        page.wait_for_timeout(500)  # what loads or runs late
        assert page.title() == title and not is_overtaken(page)
        assert page.url == path.as_uri()
        assert heard == []
        assert watch.complaints == []
        assert watch.requests == [path.as_uri()]
        assert page.evaluate("frames.length") == 0
        assert page.evaluate(HANDLERS) == []
        assert not {"base", "embed", "iframe", "math", "object", "plaintext", "template", "video"} & set(
            page.evaluate(ELEMENTS)
        )
        assert page.evaluate(DRAWS_IMAGES)


def test_hostile_strings_are_shown_as_they_are(page: Page, made: MakePage) -> None:
    page.goto(made("hostile").as_uri())
    page.evaluate(OPEN_ALL)
    text = " ".join(page.evaluate("document.body.textContent").split())
    visible = [s for s in HOSTILE if s.isprintable()]
    assert len(visible) > 30
    assert [s for s in visible if " ".join(s.split()) not in text] == []
    # Each sentence, name and cell keeps its own direction: none turns what stands after it.
    assert page.evaluate(
        "[...document.querySelectorAll('bdi')].every((e) => getComputedStyle(e).unicodeBidi === 'isolate')"
    )


def test_hostile_strings_may_be_searched_for_and_stand_in_the_address(page: Page, watch: Watch, made: MakePage) -> None:
    address = made("hostile").as_uri()
    page.goto(address)
    search, found = page.get_by_role("searchbox", name="Text"), page.locator("#filter output")
    for text in (HOSTILE[0], HOSTILE[10], HOSTILE[26], "constructor", "\\", "(", "&lt;"):
        search.fill(text)
        page.wait_for_timeout(200)
        assert "mention" in found.inner_text()
        kept = page.url
        page.reload()
        assert page.url == kept and search.input_value() == text
    for name in ("outlet", "subject", "voice", "module"):
        field = page.locator(f"#filter select[name={name}]")
        for value in [o.get_attribute("value") or "" for o in field.locator("option").all()][:20]:
            field.select_option(value)
            page.evaluate("new Promise((done) => setTimeout(done, 0))")
    page.wait_for_timeout(200)
    page.goto(f"{address}#{HOSTILE[0]}")
    assert not is_overtaken(page)
    assert watch.complaints == []
    assert {a.partition("#")[0] for a in watch.requests} == {address}


def test_a_chart_by_itself_runs_and_loads_nothing(page: Page, watch: Watch, hostile: Analysis, tmp_path: Path) -> None:
    """An SVG is a document too: opened alone, what it says of outlets and subjects stays text."""
    with listening() as (address, heard):
        figure = hostile.plot("variant-shares", referent="fighters")
        path = tmp_path / "chart.svg"
        path.write_bytes(render(figure, "svg").replace(NOWHERE.encode(), address.encode()))
        page.goto(path.as_uri())
        page.evaluate(STIR)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.localName") == "svg"
        assert page.evaluate("document.querySelectorAll('script, foreignObject, a, image, animate').length") == 0
        assert page.evaluate("document.title") != MARK and page.evaluate(f"window.{MARK}") is None
        assert heard == [] and watch.complaints == [] and watch.requests == [path.as_uri()]

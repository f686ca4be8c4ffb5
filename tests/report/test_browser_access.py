"""Readers with a keyboard, a screen reader, little sight or a small screen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from browsing import OPEN_ALL, MakePage, needs_browser

pytest.importorskip("pytest_playwright", reason="pytest-playwright is not there: pip install pytest-playwright")
from playwright.sync_api import Page, expect

pytestmark = needs_browser

# All rules of axe-core up to WCAG 2.2 AA, its best practices and its experiments, but for three:
# - "focus-order-semantics" forbids what "scrollable-region-focusable" demands: the frame around a wide table takes the
#   focus, so that the keyboard can scroll it;
# - "p-as-heading" takes a sentence in bold for a heading; ours is bold because all of it is a mention;
# - those of level AAA.
LEFT_OUT = ("focus-order-semantics", "p-as-heading")
RULES = """(leftOut) => Object.fromEntries(axe.getRules()
  .map((rule) => [rule.ruleId, {enabled: !rule.tags.includes("wcag2aaa") && !leftOut.includes(rule.ruleId)}]))"""

# A report repeats few kinds of rows thousands of times, and axe takes milliseconds for each: of what stands side by
# side in a section and is of one kind (the same element and classes), the first and the last stay.
THIN = """() => {
  for (const parent of document.querySelectorAll("section, div, ul, ol, dl, tbody, table")) {
    const kinds = Map.groupBy(parent.children, (e) => `${e.localName}.${e.className}`);
    for (const [kind, found] of kinds) {
      if (/^(dt|dd|td|th|thead|caption)/.test(kind)) continue;
      for (const e of found.slice(1, -1)) e.remove();
    }
  }
  return document.querySelectorAll("*").length;
}"""


def run_axe(page: Page, **options: Any) -> dict[str, Any]:
    """Return the answer of axe-core about what the page holds now."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-core is not there: pip install axe-playwright-python"
    )
    page.evaluate(axe.Axe().axe_script)
    rules = page.evaluate(RULES, list(LEFT_OUT))
    assert sum(rule["enabled"] for rule in rules.values()) > 80 and rules["target-size"]["enabled"]
    wanted = {"resultTypes": ["violations"], **(options or {"rules": rules})}
    answer: dict[str, Any] = axe.Axe().run(page, options=wanted).response
    return answer


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 400)])
@pytest.mark.parametrize("name", ["corpus", "hostile", "few", "sheet"])
def test_axe_finds_no_violation(page: Page, made: MakePage, name: str, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(made(name).as_uri())
    page.evaluate(OPEN_ALL)
    assert page.evaluate(THIN) > 50
    found = run_axe(page)
    assert len(found["passes"]) > 20
    assert tell(v for v in found["violations"] if v["id"] != "target-size") == []


@pytest.mark.parametrize("name", ["corpus", "sheet"])
def test_links_are_large_enough_to_hit(page: Page, made: MakePage, name: str) -> None:
    """WCAG 2.2, 2.5.8: 24 px, or as much room around."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(made(name).as_uri())
    page.evaluate(OPEN_ALL)
    page.evaluate(THIN)
    found = run_axe(page, runOnly=["target-size"])
    assert len(found["passes"]) + len(found["violations"]) == 1
    assert tell(found["violations"]) == []


def tell(violations: Iterable[dict[str, Any]]) -> list[str]:
    return [f"{v['id']}: {json.dumps([n['html'][:200] for n in v['nodes'][:3]])}" for v in violations]


def test_axe_would_find_a_violation(page: Page) -> None:
    page.set_content(
        "<html lang=en><title>x</title><main><h1>One</h1><img src='data:,'><p style='color:#bbb'>too pale</p></main>"
    )
    assert {"image-alt", "color-contrast"} <= {v["id"] for v in run_axe(page)["violations"]}


WORST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const bend = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => c.slice(0, 3).map(bend).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const grounds = new Map();
  const ground = (e) => {
    if (!e) return [255, 255, 255];
    if (!grounds.has(e)) {
      const c = parse(getComputedStyle(e).backgroundColor);
      grounds.set(e, c.length < 4 || c[3] > 0 ? c : ground(e.parentElement));
    }
    return grounds.get(e);
  };
  let worst = [99, ""];
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.closest("script, option")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < worst[0]) worst = [ratio, e.tagName + "." + e.className];
  }
  return worst;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["corpus", "few", "wordings", "sheet"])
def test_text_stands_out_from_its_ground(page: Page, made: MakePage, name: str, scheme: Any) -> None:
    """Every text of the page, also of those rows that the test above leaves out."""
    page.emulate_media(color_scheme=scheme)
    page.goto(made(name).as_uri())
    ratio, where = page.evaluate(WORST)
    assert 4.5 <= ratio < 99, where


FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    is: e.matches(".skip") ? "skip" : e.matches("#filter *") ? e.name || e.type : e.localName,
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    near: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def test_tab_reaches_everything_in_order_and_the_focus_is_seen(page: Page, made: MakePage) -> None:
    page.goto(made("wordings").as_uri())
    reached = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        there = page.evaluate(FOCUSED)
        if there["is"] == "body":  # past the last
            break
        assert there["seen"] and there["near"], (len(reached), there)
        reached.append(there["is"])
    assert reached[:2] == ["skip", "a"]
    filters = ["text", "outlet", "subject", "module", "voice", "reset"]
    start = reached.index("text")
    assert reached[start : start + len(filters)] == filters
    assert "summary" in reached[:start]
    can = page.evaluate(
        """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
          .filter((e) => e.checkVisibility({contentVisibilityAuto: false})).length"""
    )
    assert len(reached) == can


def test_the_skip_link_and_details_work_from_the_keyboard(page: Page, made: MakePage) -> None:
    page.goto(made("corpus").as_uri())
    skip = page.locator(".skip")
    assert not _in_window(page, ".skip")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert _in_window(page, ".skip")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    summary = page.locator("main summary").first
    summary.focus()
    for open_ in (True, False):
        page.keyboard.press("Enter" if open_ else "Space")
        assert summary.evaluate("(e) => e.parentElement.open") is open_


def _in_window(page: Page, what: str) -> bool:
    return bool(
        page.locator(what).evaluate("(e) => { const b = e.getBoundingClientRect(); return b.right > 0 && b.top >= 0; }")
    )


# It scrolls smoothly, so it takes a while; after five seconds it has not.
SCROLLED = """async (e) => {
  for (let n = 0; n < 50 && e.scrollLeft === 0; n++) await new Promise((done) => setTimeout(done, 100));
  return e.scrollLeft > 0;
}"""


def test_a_wide_table_scrolls_from_the_keyboard(page: Page, made: MakePage) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto(made("corpus").as_uri())
    wide = page.locator(".scroll").filter(has=page.locator("table")).first
    wide.focus()
    assert wide.evaluate("(e) => e.scrollWidth > e.clientWidth")
    page.keyboard.press("ArrowRight")
    assert wide.evaluate(SCROLLED)

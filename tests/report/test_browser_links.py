"""Links of the report, followed in a browser: from each number to its sentences, and back."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import MakePage, Watch, needs_browser

pytest.importorskip("pytest_playwright", reason="pytest-playwright is not there: pip install pytest-playwright")
from playwright.sync_api import Page, expect

from framing.report.page.module_evidence import measure_id, sentences_id
from framing.report.results import coverage_id

pytestmark = needs_browser

MOST = 60  # links followed of each kind

FOLLOW = """async (link) => {
  const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
  link.click();
  await new Promise((done) => setTimeout(done, 0));  // the address changes first, then the script hears of it
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const box = target.getBoundingClientRect();
  return {
    id: target.id,
    shown: target.checkVisibility(),
    focused: document.activeElement === target,
    near: box.top < innerHeight && box.bottom > 0,
    marks: target.querySelectorAll("mark").length,
    // Groups that keep only some of their mentions say how many there are.
    total: [...target.querySelectorAll("[data-total]"), target].reduce((n, e) => n + Number(e.dataset.total ?? 0), 0),
  };
}"""

# Links of tables that lead to sentences, evenly drawn from all of them; each as its place among the links of the page.
NUMBERS = """(most) => {
  const all = [...document.links];
  const found = all.filter((a) => a.closest("table") && a.hash.length > 1
    && document.getElementById(a.hash.slice(1))?.closest("#mentions, #sentences"));
  const step = Math.max(1, Math.floor(found.length / most));
  return [found.length, found.filter((_, i) => i % step === 0).map((a) => all.indexOf(a))];
}"""

# The contents of a narrow window are short: only links that are seen can be followed.
SEEN = """(where) => {
  const all = [...document.links];
  return [...document.querySelectorAll(where)].filter((a) => a.checkVisibility()).map((a) => all.indexOf(a));
}"""

# Follows a link to sentences, and the links inside these until one leads back to a number that links to them.
RETURNS = f"""async (place) => {{
  const follow = {FOLLOW};
  const link = document.links[place];
  const there = await follow(link);
  const target = document.getElementById(there.id);
  const inside = [target, ...target.querySelectorAll("[id]")].map((e) => "#" + e.id);
  const backs = [...target.querySelectorAll("a[href^='#']")];
  there.says = Number(link.textContent.match(/^[\\d,]+(?= ?mention)/)?.[0].replaceAll(",", "") ?? 0);
  there.backs = backs.length;
  for (const back of backs) {{
    const number = document.getElementById(back.hash.slice(1));
    if (![number, ...number.querySelectorAll("a")].some((e) => inside.includes(e.hash))) continue;
    there.back = await follow(back);
    break;
  }}
  return there;
}}"""


@pytest.mark.parametrize("name", ["corpus", "hostile", "few", "wordings", "sheet"])
def test_every_link_inside_has_one_target(page: Page, made: MakePage, name: str) -> None:
    page.goto(made(name).as_uri())
    broken = page.evaluate(
        """[...document.querySelectorAll("a[href^='#']")]
          .map((a) => a.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id))"""
    )
    assert broken == []
    twice = page.evaluate(
        """(() => {
          const seen = new Set();
          return [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id) => seen.has(id) || !seen.add(id));
        })()"""
    )
    assert twice == []


@pytest.mark.parametrize("name", ["corpus", "hostile"])
def test_numbers_lead_to_their_sentences_and_back(page: Page, watch: Watch, made: MakePage, name: str) -> None:
    page.goto(made(name).as_uri())
    number, places = page.evaluate(NUMBERS, MOST)
    assert number > 200 and len(places) >= MOST
    for place in places:
        there: dict[str, Any] = page.evaluate(RETURNS, place)
        assert there["shown"] and there["focused"] and there["near"], there
        assert there["marks"] > 0, there
        if there["says"]:
            assert there["total"] == there["says"], there
        assert "back" in there, there
        assert there["back"]["shown"] and there["back"]["focused"] and there["back"]["near"], there
    assert watch.complaints == []


def test_findings_and_contents_lead_to_what_they_name(page: Page, made: MakePage) -> None:
    page.goto(made("corpus").as_uri())
    for where in ("#findings .links a", "nav a", "#overview a", "#events a[href^='#']"):
        places = page.evaluate(SEEN, where)
        assert len(places) > 5, where
        for place in places[:: max(1, len(places) // 10)]:
            there = page.evaluate(f"(place) => ({FOLLOW})(document.links[place])", place)
            assert there["shown"] and there["focused"] and there["near"], (where, there)


def test_a_link_opens_what_it_points_into(page: Page, made: MakePage) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(made("valley").as_uri())
    row = page.locator(f"#{coverage_id('Alpha', ('valley', 'council'))}")
    assert not row.is_visible()  # inside details that are closed
    page.locator(f"#findings a[href='#{row.get_attribute('id')}']").first.click()
    expect(row).to_be_focused()
    place = row.evaluate("(e) => { const b = e.getBoundingClientRect(); return [b.top, b.bottom, innerHeight]; }")
    assert 0 <= place[0] < place[1] <= place[2], place


def test_a_number_of_a_module_leads_to_its_sentences_and_back(page: Page, made: MakePage) -> None:
    hedges = "certainty.commitment.hedge.own"
    page.goto(made("wordings").as_uri())
    number, sentences = (page.locator(f"#{i}") for i in (measure_id("Alpha", hedges), sentences_id("Alpha", hedges)))
    there = number.locator("a").first.evaluate(FOLLOW)
    assert there["id"] == sentences.get_attribute("id") and there["focused"]
    back = sentences.locator(f"a[href='#{number.get_attribute('id')}']").first.evaluate(FOLLOW)
    assert back["id"] == number.get_attribute("id") and back["focused"]


def test_the_same_link_twice_goes_there_twice(page: Page, made: MakePage) -> None:
    page.goto(made("valley").as_uri())
    link = page.locator("#findings .links a").first
    assert link.evaluate(FOLLOW)["near"]
    page.evaluate("scrollTo(0, 0)")
    assert link.evaluate(FOLLOW)["near"]

"""The search and the filters of the report: alone, together, in the address, and by the keyboard."""

from __future__ import annotations

import re

import pytest
from browsing import MakePage, Watch, needs_browser

pytest.importorskip("pytest_playwright", reason="pytest-playwright is not there: pip install pytest-playwright")
from playwright.sync_api import Locator, Page, expect

from framing.report.results import evidence_id

pytestmark = needs_browser

SHOWN = "(where) => [...document.querySelectorAll(where + ' li')].filter((e) => e.checkVisibility()).length"


def choose(page: Page, name: str, value: str) -> None:
    """Fill the search, or choose what a list calls `value`."""
    field = field_of(page, name)
    if name == "Text":
        field.fill(value)
    else:
        field.select_option(label=value)


def field_of(page: Page, name: str) -> Locator:
    """Return what stands in the label that begins with a name."""
    return page.locator("#filter label").filter(has_text=re.compile(rf"^\s*{name}\b")).locator("input, select")


def told(page: Page) -> Locator:
    return page.locator("#filter output")


# Mentions of the valley, counted by hand; see `valley_data`. 46: of the fighters, Alpha 12 in its own voice and 3 in
# others', Beta 14, Gamma 3; of the council, Alpha 2, Beta 12.
@pytest.mark.parametrize(
    "choices, number",
    [
        ({"Voice": "quoted"}, 3),
        ({"Voice": "own voice"}, 43),
        ({"Voice": "attributed"}, 0),
        ({"Outlet": "Alpha"}, 17),
        ({"Subject": "Council of the valley"}, 14),
        ({"Module": "Names"}, 46),
        ({"Text": "Later the"}, 2),
        ({"Text": "  later THE  "}, 2),
        ({"Outlet": "Alpha", "Voice": "own voice"}, 14),
        ({"Outlet": "Beta", "Subject": "Council of the valley"}, 12),
        ({"Outlet": "Gamma", "Subject": "Council of the valley"}, 0),
        ({"Outlet": "Alpha", "Subject": "Fighters of the valley", "Voice": "quoted", "Text": "terror"}, 3),
        ({"Text": "nothing like this"}, 0),
    ],
)
def test_filters_narrow_the_mentions_alone_and_together(
    page: Page, made: MakePage, choices: dict[str, str], number: int
) -> None:
    page.goto(made("valley").as_uri())
    assert page.evaluate(SHOWN, "#mentions") == 46
    for name, value in choices.items():
        choose(page, name, value)
    expect(told(page)).to_have_text(f"{number} mention{'' if number == 1 else 's'}")
    assert page.evaluate(SHOWN, "#mentions") == number
    # No heading stays behind of what is hidden.
    headings = page.locator("#mentions h3:visible, #mentions h4:visible, #mentions h5:visible").count()
    assert (headings == 0) == (number == 0)


def test_filters_of_one_search_narrow_mentions_and_sentences(page: Page, made: MakePage) -> None:
    page.goto(made("wordings").as_uri())
    before = told(page).inner_text()
    sentences = page.evaluate(SHOWN, "#sentences")
    assert page.evaluate(SHOWN, "#mentions") and sentences
    choose(page, "Module", "Certainty")
    expect(told(page)).to_contain_text("0 mentions")
    assert page.evaluate(SHOWN, "#mentions") == 0
    choose(page, "Text", "POSSIBLY")  # one sentence of Alpha, behind each number that counts it
    expect(page).to_have_url(f"{made('wordings').as_uri()}#filter:module=certainty&text=POSSIBLY")
    assert 1 <= page.evaluate(SHOWN, "#sentences") < sentences
    page.get_by_role("button", name="Show all").click()
    expect(told(page)).to_have_text(before)


def test_the_address_keeps_the_choice_over_reloading_and_coming_back(page: Page, made: MakePage) -> None:
    address = made("valley").as_uri()
    page.goto(address)
    choose(page, "Voice", "quoted")
    choose(page, "Outlet", "Alpha")
    expect(told(page)).to_have_text("3 mentions")
    kept = page.url
    assert kept.startswith(f"{address}#filter:") and "voice=quoted" in kept
    page.reload()
    expect(told(page)).to_have_text("3 mentions")
    assert field_of(page, "Voice").input_value() == "quoted"
    # A link inside the page, and the button that goes back.
    page.locator("nav a[href='#findings']").click()
    assert page.url == f"{address}#findings"
    page.go_back()
    assert page.url == kept
    expect(told(page)).to_have_text("3 mentions")
    # Another page, and back.
    page.goto("about:blank")
    page.go_back()
    expect(told(page)).to_have_text("3 mentions")
    # Somebody else opens the address.
    other = page.context.new_page()
    other.goto(kept)
    expect(told(other)).to_have_text("3 mentions")
    assert other.evaluate(SHOWN, "#mentions") == 3


def test_the_keyboard_searches_clears_and_resets(page: Page, made: MakePage) -> None:
    page.goto(made("valley").as_uri())
    search = page.get_by_role("searchbox", name="Text")
    search.press_sequentially("later")
    expect(told(page)).to_have_text("2 mentions")
    search.press("Enter")  # sends nothing anywhere
    assert page.url.endswith("#filter:text=later")
    search.press("Escape")
    expect(search).to_have_value("")
    expect(told(page)).to_have_text("46 mentions")
    assert page.url.endswith("#mentions")
    choose(page, "Voice", "quoted")
    expect(told(page)).to_have_text("3 mentions")
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    expect(told(page)).to_have_text("46 mentions")


def test_a_link_to_a_mention_that_a_filter_hides_shows_it_all_the_same(page: Page, made: MakePage) -> None:
    page.goto(made("valley").as_uri())
    choose(page, "Text", "nothing like this")
    expect(told(page)).to_have_text("0 mentions")
    target = evidence_id("Beta", ("valley", "fighters"), "own")
    page.evaluate("(id) => { location.hash = id; }", target)
    expect(page.locator(f"#{target}")).to_be_visible()
    expect(told(page)).to_have_text("46 mentions")


@pytest.mark.parametrize(
    "fragment",
    [
        "#%E0%A4%A",
        "#filter:voice=%00&nothing=1",
        "#<img src=x>",
        "#filter:",
        "#filter:__proto__=1&text=%22'\\",
        "#\ud7ff",
    ],
)
def test_addresses_that_mean_nothing_do_no_harm(page: Page, watch: Watch, made: MakePage, fragment: str) -> None:
    page.goto(made("valley").as_uri() + fragment)
    assert page.locator("h1").is_visible()
    if "text" not in fragment:
        assert page.evaluate(SHOWN, "#mentions") == 46
    assert watch.complaints == []


def test_filters_work_on_the_whole_corpus(page: Page, made: MakePage) -> None:
    page.goto(made("corpus").as_uri())
    every = page.evaluate(SHOWN, "#mentions")
    outlets = page.locator("#filter select[name=outlet] option").all_inner_texts()[1:]
    assert len(outlets) == 6
    found = []
    for outlet in outlets:
        before = told(page).inner_text()
        choose(page, "Outlet", outlet)
        expect(told(page)).not_to_have_text(before)
        headings = page.locator("#mentions h4:visible").evaluate_all("(all) => all.map((e) => e.textContent)")
        assert headings and all(text.strip().startswith(outlet) for text in headings)
        found.append(page.evaluate(SHOWN, "#mentions"))
    assert all(found) and sum(found) == every  # each mention is of one outlet

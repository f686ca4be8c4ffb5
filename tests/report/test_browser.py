"""The report in a real browser: nothing from articles or lexicons runs or loads, and links and filters work."""

from __future__ import annotations

import importlib.util
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chromium import CHROMIUM, Browser, browser
from hostile import MARK, hostile_analysis

from framing import Analysis
from framing.report import write_report
from framing.report.module_evidence import measure_id, sentences_id
from framing.report.results import coverage_id, evidence_id, outlet_id

HEDGES = "certainty.commitment.hedge.own"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason=f"{CHROMIUM} is not there"),
]


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with browser() as page:
        yield page


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """Listen on this machine, and collect what anybody asks for."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1000))
                    connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)


def test_an_unprotected_page_is_overtaken(tab: Browser, tmp_path: Path) -> None:
    """The trap works: what the next test does not find would be found."""
    with listening() as (address, heard):
        page = tmp_path / "open.html"
        page.write_text(
            f"<title>x</title><img src='{address}/img' onerror=\"document.title='{MARK}'\">", encoding="utf-8"
        )
        tab.open(page.as_uri())
        tab.wait(0.5)
        assert tab.ask("document.title") == MARK
        assert heard


def test_hostile_strings_in_every_field_run_nothing_and_load_nothing(tab: Browser, tmp_path: Path) -> None:
    with listening() as (address, heard):
        analysis = hostile_analysis(tmp_path / "lexicon", address)
        page = write_report(analysis, tmp_path / "report.html", analysis.outlets)
        tab.console.clear()
        tab.requests.clear()
        tab.open(page.as_uri())
        tab.ask("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        tab.ask(
            """document.querySelectorAll("bdi, mark, td, option").forEach((e) => {
              e.dispatchEvent(new MouseEvent("mouseover"));
              e.focus?.();
            })"""
        )
        tab.wait(0.5)
        assert tab.ask("document.title") == "How 20 outlets word the same events"
        assert MARK not in tab.ask("document.title")
        assert heard == []
        assert tab.console == []
        assert [u for u in tab.requests if not u.startswith("data:")] == [page.as_uri()]
        assert tab.ask("document.scripts.length") == 1
        assert tab.draws_images()


def test_images_show_and_the_page_fits_a_telephone(tab: Browser, valley: Analysis, tmp_path: Path) -> None:
    page = write_report(valley, tmp_path / "report.html")
    tab.console.clear()
    tab.resize(390, 844)
    tab.open(page.as_uri())
    assert tab.ask("document.images.length") == 3
    assert tab.draws_images()
    assert tab.ask("innerWidth") == 390  # nothing makes the page wider
    assert tab.console == []


def test_a_link_opens_what_it_points_into(tab: Browser, valley: Analysis, tmp_path: Path) -> None:
    page = write_report(valley, tmp_path / "report.html")
    tab.resize(1280, 900)
    tab.open(page.as_uri())
    row = f"document.getElementById('{coverage_id('Alpha', ('valley', 'council'))}')"
    assert tab.ask(f"{row}.closest('details').open") is False
    tab.ask(f"document.querySelector('#findings a[href=\"#' + {row}.id + '\"]').click()")
    tab.wait(0.2)
    assert tab.ask(f"{row}.closest('details').open") is True
    assert tab.ask(f"document.activeElement === {row}")
    assert tab.ask(f"(b => b.top >= 0 && b.bottom <= innerHeight)({row}.getBoundingClientRect())")


def test_filters_narrow_the_mentions(tab: Browser, valley: Analysis, tmp_path: Path) -> None:
    tab.open(write_report(valley, tmp_path / "report.html").as_uri())
    shown = "[...document.querySelectorAll('#mentions li')].filter(e => e.checkVisibility()).length"
    choose = """(name, value) => {
      const form = document.getElementById("filter");
      form.elements[name].value = value;
      form.dispatchEvent(new Event("input"));
    }"""
    told = "document.querySelector('#filter output').value"
    assert tab.ask(shown) == 46
    for name, value, number in (("voice", "quoted", 3), ("voice", "", 46), ("text", "Later the", 2), ("text", "", 46)):
        tab.ask(f"({choose})('{name}', '{value}')")
        tab.wait(0.3)
        assert tab.ask(shown) == number, (name, value)
        assert tab.ask(told) == f"{number} mentions"
    # A link to a mention that a filter hides shows it all the same.
    tab.ask(f"({choose})('text', 'nothing like this')")
    tab.wait(0.3)
    assert tab.ask(shown) == 0
    tab.ask(f"location.hash = '{evidence_id('Beta', ('valley', 'fighters'), 'own')}'")
    tab.wait(0.3)
    assert tab.ask(shown) == 46


CHOOSE = """(name, value) => {
  const form = document.getElementById("filter");
  form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
}"""
SHOWN = "(where) => [...document.querySelectorAll(where + ' li')].filter((e) => e.checkVisibility()).length"
TOLD = "document.querySelector('#filter output').value"


def test_one_search_narrows_mentions_and_sentences_and_stands_in_the_address(
    tab: Browser, wordings: Analysis, tmp_path: Path
) -> None:
    page = write_report(wordings, tmp_path / "report.html").as_uri()
    tab.resize(1280, 900)
    tab.open(page)
    before = tab.ask(TOLD)
    mentions, sentences = (tab.ask(f"({SHOWN})('{where}')") for where in ("#mentions", "#sentences"))
    assert mentions and sentences
    assert before == f"{mentions} mentions, {sentences} sentences"
    tab.ask(f"({CHOOSE})('module', 'certainty')")
    tab.wait(0.3)
    assert tab.ask(f"({SHOWN})('#mentions')") == 0
    assert tab.ask(TOLD) == f"0 mentions, {sentences} sentences"
    tab.ask(f"({CHOOSE})('text', 'POSSIBLY')")  # one sentence of Alpha, behind each number that counts it
    tab.wait(0.3)
    found = tab.ask(f"({SHOWN})('#sentences')")
    assert 1 <= found < sentences
    assert tab.ask("location.hash") == "#filter:module=certainty&text=POSSIBLY"
    # The address opens the same choice; the button shows all again, and so does the keyboard.
    tab.open("about:blank")
    tab.open(f"{page}#filter:module=certainty&text=POSSIBLY")
    tab.wait(0.3)
    assert tab.ask(f"({SHOWN})('#sentences')") == found
    tab.ask("document.querySelector('#filter button').focus()")
    for kind in ("rawKeyDown", "char", "keyUp"):
        tab.send("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13)
    tab.wait(0.3)
    assert tab.ask(TOLD) == before
    tab.ask(f"({CHOOSE})('outlet', '{outlet_id('Gamma')}')")
    tab.wait(0.3)
    assert tab.ask(TOLD) == "3 mentions, 6 sentences"  # each of 3 hedges behind a rate and a share


@pytest.mark.parametrize("fragment", ["#%E0%A4%A", "#filter:voice=%00&nothing=1", "#<img src=x>", "#filter:"])
def test_addresses_that_mean_nothing_do_no_harm(tab: Browser, valley: Analysis, tmp_path: Path, fragment: str) -> None:
    tab.console.clear()
    tab.open("about:blank")
    tab.open(write_report(valley, tmp_path / "report.html").as_uri() + fragment)
    tab.wait(0.2)
    assert tab.console == []
    assert tab.ask(f"({SHOWN})('#mentions')") == 46


def test_everything_is_there_without_the_script(tab: Browser, valley: Analysis, tmp_path: Path) -> None:
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(write_report(valley, tmp_path / "report.html").as_uri())
        assert tab.ask(f"({SHOWN})('#mentions')") == 46
        assert not tab.ask("document.getElementById('filter').checkVisibility()")
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)


def test_paper_is_a4_without_what_only_a_screen_can_use(tab: Browser, wordings: Analysis, tmp_path: Path) -> None:
    tab.resize(1280, 900)
    tab.open(write_report(wordings, tmp_path / "report.html").as_uri())
    tab.prefer("light", "print")
    seen = "(what) => [...document.querySelectorAll(what)].some((e) => e.checkVisibility())"
    for what in ("nav", "#filter", ".skip", ".links", "summary", "#mentions", "#sentences"):
        assert not tab.ask(f"({seen})('{what}')"), what
    text = tab.ask("document.body.innerText")
    for part in ("How 3 outlets word", "Findings", "Comparison", "Outlet by outlet", "Method and limits"):
        assert part in text
    tab.prefer("light")
    paper = tmp_path / "report.pdf"
    tab.print_pdf(paper)
    content = paper.read_bytes()
    pages = re.findall(rb"/Type /Page\b(?!s)", content)
    assert 6 <= len(pages) <= 30
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert sizes and all((round(float(w)), round(float(h))) == (595, 842) for w, h in sizes)
    short = len(pages)
    tab.ask("document.getElementById('print-mentions').click()")
    tab.print_pdf(paper)
    assert len(re.findall(rb"/Type /Page\b(?!s)", paper.read_bytes())) > short


def find_axe() -> Path | None:
    """Return the accessibility rules of axe-core, where the package that brings them is installed."""
    found = importlib.util.find_spec("axe_playwright_python")
    script = Path(found.origin).parent / "axe.min.js" if found and found.origin else None
    return script if script and script.is_file() else None


@pytest.mark.skipif(find_axe() is None, reason="axe-core is not there: pip install axe-playwright-python")
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 400)])
@pytest.mark.parametrize("name", ["valley", "wordings"])
def test_axe_finds_no_violation(
    tab: Browser, request: pytest.FixtureRequest, tmp_path: Path, name: str, scheme: str, width: int
) -> None:
    script = find_axe()
    assert script is not None
    tab.resize(width, 900)
    tab.prefer(scheme)
    tab.open(write_report(request.getfixturevalue(name), tmp_path / "report.html").as_uri())
    tab.ask("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    tab.ask(f"{script.read_text(encoding='utf-8')};0")
    found = tab.ask(
        """axe.run(document, {resultTypes: ["violations"]}).then((result) =>
          [result.passes.length, result.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`)])"""
    )
    tab.prefer("light")
    assert found[0] > 20 and found[1] == []


def test_pages_with_modules_fit_a_telephone_and_paper(tab: Browser, wordings: Analysis, tmp_path: Path) -> None:
    page = write_report(wordings, tmp_path / "report.html")
    tab.console.clear()
    tab.resize(390, 844)
    tab.open(page.as_uri())
    assert tab.draws_images()
    assert tab.ask("document.images.length") >= 2 + 3  # two modules, three profiles
    assert tab.ask("innerWidth") == 390 and tab.ask("document.documentElement.scrollWidth") == 390
    assert tab.console == []
    tab.resize(1280, 900)
    tab.prefer("light", "print")
    shown = "[...document.querySelectorAll('#sentences li')].some(e => e.checkVisibility())"
    assert not tab.ask(shown)
    tab.ask("document.getElementById('print-mentions').click()")
    assert tab.ask(shown)
    tab.prefer("light", "screen")


def test_a_number_of_a_module_leads_to_its_sentences_and_back(tab: Browser, wordings: Analysis, tmp_path: Path) -> None:
    tab.resize(1280, 900)
    tab.open(write_report(wordings, tmp_path / "report.html").as_uri())
    number = f"document.getElementById('{measure_id('Alpha', HEDGES)}')"
    sentences = f"document.getElementById('{sentences_id('Alpha', HEDGES)}')"
    tab.ask(f"{number}.querySelector('a').click()")
    tab.wait(0.2)
    assert tab.ask(f"document.activeElement === {sentences}")
    tab.ask(f"{sentences}.querySelector('h5 a').click()")
    tab.wait(0.2)
    assert tab.ask(f"document.activeElement === {number}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["valley", "wordings"])
def test_text_stands_out_from_its_ground(
    tab: Browser, request: pytest.FixtureRequest, tmp_path: Path, scheme: str, name: str
) -> None:
    tab.prefer(scheme)
    tab.open(write_report(request.getfixturevalue(name), tmp_path / "report.html").as_uri())
    worst = tab.ask(
        """(() => {
          const parse = (c) => c.match(/[\\d.]+/g).map(Number);
          const light = (c) => c.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) **
          2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = (e) => {
            for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 ||
            c[3] > 0) return c; } return [255, 255, 255];
          };
          let worst = [99, ""];
          for (const e of document.querySelectorAll("body *")) {
            if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.closest("script")) continue;
            const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < worst[0]) worst = [ratio, e.tagName + "." + e.className];
          }
          return worst;
        })()"""
    )
    tab.prefer("light")
    assert worst[0] >= 4.5, worst

"""Analyses of the tests of reports, the pages made of them, and the browser that opens these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import ARGUMENTS, CHROMIUM, MakePage, Watch, make_once
from hostile import hostile_analysis
from valley_data import NAMES, valley_articles, valley_wordings, write_certainty, write_lexicon

import framing
from framing import Analysis
from framing.report import write_report


@pytest.fixture(scope="session")
def valley_lexicon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lexicon(tmp_path_factory.mktemp("lexicons") / "valley")


@pytest.fixture(scope="session")
def valley(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("analysis") / "valley"
    return framing.analyse(valley_articles(), valley_lexicon, folder, modules=NAMES, resamples=200)


@pytest.fixture(scope="session")
def wordings(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """The valley with two modules more, one whose numbers rest on mentions and one whose do not."""
    folder = tmp_path_factory.mktemp("wordings")
    certainty = write_certainty(folder / "commitment")
    modules = [*NAMES, "certainty", "readability"]
    return framing.analyse(
        valley_wordings(), [valley_lexicon, certainty], folder / "analysis", modules=modules, resamples=200
    )


@pytest.fixture(scope="session")
def corpus() -> Analysis:
    return framing.analyse(framing.read_corpus(), resamples=100)


@pytest.fixture(scope="session")
def few() -> Analysis:
    return framing.analyse(list(framing.read_corpus())[:5], resamples=100)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return hostile_analysis(tmp_path_factory.mktemp("hostile") / "input")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium of the system: nothing is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def page(page: Any) -> Any:
    """A tab of its own for each test; what it waits for in vain it reports after ten seconds."""
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def watch(page: Any) -> Watch:
    """What the page of this test complains of and asks for."""
    return Watch(page)


@pytest.fixture(scope="session")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MakePage:
    """Return the page of a name, made when it is first asked for.

    "corpus" is the report of the embedded corpus, "few" that of five of its articles, "hostile" that of strings which
    try to run; "valley" and "wordings" can be counted by hand; "sheet" is the contact sheet of the hostile analysis.
    """

    def write(name: str, path: Path) -> None:
        if name == "sheet":
            write_sheet(request.getfixturevalue("hostile"), path)
        else:
            analysis: Analysis = request.getfixturevalue(name)
            write_report(analysis, path, analysis.outlets if name == "hostile" else None)

    folder = tmp_path_factory.getbasetemp()
    return lambda name: make_once(folder, name, lambda path: write(name, path))


def write_sheet(analysis: Analysis, path: Path) -> None:
    """Write a contact sheet with one figure of each kind."""
    from framing.report.figures.contact_sheet import write_contact_sheet
    from framing.report.figures.request import plan_requests
    from framing.report.results import Results

    results = Results(analysis)
    first = {request.chart: request for request in reversed(plan_requests(results, every=True))}
    write_contact_sheet(results, list(first.values()), path)

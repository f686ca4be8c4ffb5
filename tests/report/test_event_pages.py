"""Events: outlets side by side on the same facts."""

from __future__ import annotations

import pytest
from reading import Document

import framing
from framing import Analysis, Article
from framing.report.page.build import build_page
from framing.report.page.event_pages import MOST_EVENTS, build_events, event_id
from framing.report.page.html import render_page
from framing.report.results import Results, evidence_id, identify, outlet_id

FIGHTERS = ("valley", "fighters")


@pytest.fixture(scope="module")
def page(valley: Analysis) -> Document:
    return Document(render_page(build_page(Results(valley))))


def test_names_of_one_event_stand_side_by_side(page: Document) -> None:
    # On event 0 Alpha writes "The rebels took a bridge", Beta "The terrorists took a bridge. Later the rebels left."
    section = page.by_id[event_id("event-00")]
    assert section.all("h3")[0].text == "Event 00"
    assert section.all("p", "facts")[0].text == "2 articles, 1 May 2031. Not reported by Gamma."
    rows = {tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in section.all("tbody")[0].all("tr")}
    assert rows["Headlines"] == ["Bridge 0", "Bridge 0"]
    assert rows["Fighters of the valleynames in own voice"] == [
        "rebels 1 sentencesall its mentions of Fighters of the valley",
        "rebels 1 sentencesterrorists 1 sentencesall its mentions of Fighters of the valley",
    ]
    # Alpha: 2 words of headline, 5 + 3 + 2 of own sentences, 7 quoted, and "said the mayor".
    assert rows["Words of othersquoted and reported"] == ["32%of 22 words", "0%of 14 words"]


@pytest.mark.parametrize("name", ["valley", "talking"])
def test_every_number_of_an_event_links_to_its_sentences_and_back(name: str, request: pytest.FixtureRequest) -> None:
    page = Document(render_page(build_page(Results(request.getfixturevalue(name)))))
    links = [a for td in page.by_id["events"].all("td") for a in td.all("a") if a.text.endswith("sentences")]
    assert len(links) >= 6
    for link in links:
        group = page.by_id[link.attributes["href"][1:]]
        cell = page.by_id[group.all("h5")[0].all("a")[0].attributes["href"][1:]]
        assert cell.all("a") == [link]
        shown = sum(1 for li in group.all("li") if li.all("mark"))
        assert 1 <= shown == len(group.all("li"))


@pytest.fixture(scope="module")
def talking() -> Analysis:
    articles = [
        Article("a", "Alpha", "Twelve people were killed, police said. Earlier three people were killed.", event="pit"),
        Article("b", "Beta", "Fifteen people were killed. The doctor said that the road was closed.", event="pit"),
    ]
    return framing.analyse(articles, modules=["casualties", "sourcing", "naming", "coverage"], resamples=100)


def test_sentences_of_a_figure_are_those_with_the_figure(talking: Analysis) -> None:
    page = Document(render_page(build_page(Results(talking))))
    rows = {tr.all("th")[0].text: tr for tr in page.by_id["events"].all("tbody")[0].all("tr")}
    alpha = next(tr for label, tr in rows.items() if label.startswith("Figures: dead")).all("td")[0]
    group = page.by_id[alpha.all("a")[0].attributes["href"][1:]]
    assert [m.text for m in group.all("mark")] == ["Twelve"]
    speaker = next(tr for label, tr in rows.items() if label.startswith("Who speaks")).all("td")[1]
    group = page.by_id[speaker.all("a")[0].attributes["href"][1:]]
    assert [m.text for m in group.all("mark")] == ["that the road was closed"]


def test_links_lead_both_ways(page: Document) -> None:
    event, comparison = page.by_id[event_id("event-00")], page.by_id[identify("k", *FIGHTERS)]

    def targets(inside: str) -> set[str]:
        return {a.attributes["href"] for a in page.by_id[inside].all("a")}

    here = {a.attributes["href"] for a in event.all("a")}
    for outlet in ("Alpha", "Beta"):
        assert f"#{outlet_id(outlet)}" in here
        assert f"#{event_id('event-00')}" in targets(outlet_id(outlet))
        assert f"#{identify('k', *FIGHTERS)}" in targets(outlet_id(outlet))
        assert f"#{outlet_id(outlet)}" in {a.attributes["href"] for a in comparison.all("a")}
        assert f"#{evidence_id(outlet, FIGHTERS, 'own')}" in here
    assert f"#{identify('k', *FIGHTERS)}" in here
    assert f"#{event_id('event-00')}" not in targets(outlet_id("Gamma"))


def test_events_are_few_in_order_of_time_and_of_two_outlets(valley: Analysis) -> None:
    results = Results(valley)
    events = build_events(results, ["Alpha", "Beta", "Gamma"], lambda o, r: "", {})
    assert [e.label for e in events] == [f"Event {n:02}" for n in range(MOST_EVENTS)]
    assert build_events(results, ["Alpha", "Gamma"], lambda o, r: "", {}) == ()


def test_figures_and_speakers_are_those_of_the_event() -> None:
    articles = [
        Article("a", "Alpha", "Twelve people were killed, police said. It said the road was closed.", event="pit"),
        Article("b", "Beta", "Fifteen people were killed.", event="pit"),
        Article("c", "Beta", "Ninety people were killed.", event="elsewhere"),
    ]
    analysis = framing.analyse(articles, modules=["casualties", "sourcing"], resamples=100)
    (event,) = build_events(Results(analysis), ["Alpha", "Beta"], lambda o, r: "", {})
    rows = {row.label: row.facts for row in event.rows}
    assert [f.lines for f in rows["Figures: dead"]] == [(("12", ""),), (("15", ""),)]
    assert [f.under for f in rows["Figures: dead"]] == ["credited to police", "credited to nobody"]
    # "Twelve people were killed" are four words; what "It" says has no name.
    assert [f.lines for f in rows["Who speaks"]] == [(("police", "4"),), ()]

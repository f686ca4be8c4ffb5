"""Charts of words and speakers, drawn from an analysis of articles whose words are known."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import framing
from framing import Article
from framing.charts import alt_text, get_theme, render
from framing.errors import InputError
from framing.report.figures.draw_words import DRAWERS
from framing.report.figures.drawer import OPTIONS
from framing.report.figures.phrase_marks import compare_phrases
from framing.report.figures.speech_and_harm import EVERYBODY, part_harms, part_speakers, part_verbs
from framing.report.results import Results

EVENTS = 12
CHARTS = ("keyness", "keyness-scatter", "word-shift", "sources", "report-verbs", "agency-victims")

# Each outlet writes one article on each event, in its own words; the names of the happenings are the same.
TEXTS = {
    "Alpha Post": (
        "The rebels held {place}. A stubborn calm lay over {place}. Soldiers were killed near the bridge. "
        "“We will stay in {place},” said the minister."
    ),
    "Beta Herald": (
        "The militants held {place}. Smoke rose over {place}. The army killed two soldiers near the bridge. "
        "A resident of {place} claimed that the water was gone."
    ),
}
SYRIA = " Syria is large: Aleppo, Homs, Idlib, Ghouta and Damascus lie in Syria."  # or the rebels might be any rebels
PLACES = "Arno Belm Corva Dunst Esker Fjell Gorin Hask Ilmen Jurra Kolvo Lumen".split()


def articles() -> list[Article]:
    found = [
        Article(id=f"{outlet[0]}{n}", outlet=outlet, date=f"2031-03-{n + 1:02}", title=f"News of {place}",
                text=text.format(place=place) + SYRIA, event=place)
        for outlet, text in TEXTS.items() for n, place in enumerate(PLACES[:EVENTS])
    ]  # fmt: skip
    return [*found, Article(id="g", outlet="Gamma $", date="2031-03-09", title="News", text="Nothing was said.")]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder: Path = tmp_path_factory.mktemp("words") / "analysis"
    modules = ["naming", "sourcing", "agency"]
    return Results(framing.analyse(articles(), "syria", folder, modules=modules, resamples=200))


def draw(results: Results, chart: str, outlets: Any = None, **options: str) -> Any:
    shown = results.choose_outlets(outlets, 8)
    return DRAWERS[chart].prepare(results, shown, options, get_theme("print", 120)).draw()


def title_of(figure: Any) -> str:
    return alt_text(figure).partition(". ")[2]


def texts_of(figure: Any) -> str:
    return " ".join(text.get_text() for text in figure.texts)


def test_every_chart_knows_only_options_of_the_command_and_has_a_question() -> None:
    assert tuple(DRAWERS) == CHARTS
    assert all(d.options <= set(OPTIONS) and d.question.endswith("?") for d in DRAWERS.values())


@pytest.mark.parametrize("chart", CHARTS)
def test_plans_can_be_drawn_and_give_the_same_bytes_again(results: Results, chart: str) -> None:
    plans = DRAWERS[chart].plan(results, results.outlets)
    assert plans
    for options in plans:
        assert set(options) <= DRAWERS[chart].options
        first, second = (render(draw(results, chart, **options), "svg") for _ in range(2))
        assert first == second
        assert "biased" not in alt_text(draw(results, chart, **options)).casefold()


def test_phrases_are_compared_within_events_where_both_report_them(results: Results) -> None:
    comparison = compare_phrases(results, "Alpha Post", "Beta Herald")
    assert (comparison.events, comparison.articles, comparison.other_articles) == (12, 12, 12)
    marks = {row["phrase"] for row in comparison.marks.rows}
    assert any("rebels" in phrase for phrase in marks) and not any("militants" in phrase for phrase in marks)
    assert not any("Aleppo" in phrase for phrase in comparison.table["phrase"].to_pylist())  # a building block
    figure = draw(results, "keyness", outlet="Alpha Post", other="Beta Herald")
    assert "own voice, 12 events that both report" in texts_of(figure)
    assert re.search(r"in [\d,]+ : [\d,]+ words", texts_of(figure).replace("\u00a0", " "))
    assert re.search(r"mark Alpha Post; .* marks? Beta Herald", title_of(figure))
    assert "24 articles" in texts_of(figure).replace("\u00a0", " ")


def test_two_charts_of_the_same_outlets_compare_them_once(results: Results) -> None:
    first = compare_phrases(results, "Alpha Post", "Beta Herald")
    assert compare_phrases(results, "Alpha Post", "Beta Herald") is first
    assert compare_phrases(results, "Beta Herald", "Alpha Post").outlet == "Beta Herald"


def test_an_outlet_of_one_article_cannot_be_told_from_the_others(results: Results) -> None:
    title = title_of(draw(results, "keyness", outlet="Gamma $"))
    assert title == "Too few articles to say which phrases mark Gamma $."
    assert "too few articles" in title_of(draw(results, "keyness-scatter", outlet="Gamma $"))


def test_the_shift_names_what_makes_the_difference(results: Results) -> None:
    figure = draw(results, "word-shift", referent="syria/armed-opposition", outlet="Alpha Post", other="Beta Herald")
    # rebels 0 against militants −1: no mention is alike, and each name adds half of the difference.
    assert "difference of +1.00 between Alpha Post and Beta Herald" in alt_text(figure)
    assert "are more legitimising than Beta Herald’s" in title_of(figure)
    assert {"100 : 0", "0 : 100"} <= {text.get_text() for text in figure.texts}
    turned = draw(results, "word-shift", referent="syria/armed-opposition", outlet="Beta Herald")
    assert "difference of −1.00" in alt_text(turned)


def test_words_of_speakers_are_shared_out_by_kind(results: Results) -> None:
    rows = {(r["outlet"], r["part"]): r for r in part_speakers(results).to_pylist()}
    assert rows["Alpha Post", "officials"]["share"] == 1.0  # "We will stay in X": 5 words, twelve times
    assert rows["Alpha Post", "officials"]["count"] == 5 * EVENTS
    assert rows["Beta Herald", "ordinary"]["share"] == 1.0
    assert rows["Gamma $", "officials"]["status"] == "undefined"
    figure = draw(results, "sources")
    assert title_of(figure) == "Officials get 100% of the words Alpha Post lets others say, 0% of Beta Herald’s."
    assert "no evidence" in texts_of(figure)


def test_report_verbs_are_counted_for_everybody_and_by_side(results: Results) -> None:
    rows = {(r["outlet"], r["whole"], r["part"]): r for r in part_verbs(results).to_pylist()}
    assert rows["Beta Herald", EVERYBODY, "doubting"]["count"] == EVENTS
    assert rows["Alpha Post", EVERYBODY, "neutral"]["share"] == 1.0
    assert title_of(draw(results, "report-verbs")) == (
        "Doubting verbs are 100% of the report verbs in Beta Herald, 0% in Alpha Post."
    )


def test_sides_that_speak_in_few_articles_alone_have_no_panel_unless_asked_for(results: Results) -> None:
    figure = draw(results, "report-verbs")
    assert [axes.get_label() for axes in figure.axes] == ["All speakers"]
    assert "No single side has 10 articles in any outlet." in texts_of(figure)


def test_harm_is_shared_out_by_form_for_the_victims(results: Results) -> None:
    table = part_harms(results, ["Alpha Post", "Beta Herald"])
    rows = {(r["panel"], r["whole"], r["part"]): r for r in table.to_pylist()}
    assert rows["Alpha Post", "soldiers", "passive-agentless"]["share"] == 1.0
    assert rows["Beta Herald", "soldiers", "active"]["count"] == EVENTS
    assert rows["pooled", "soldiers", "active"]["share"] == pytest.approx(0.5)
    figure = draw(results, "agency-victims", outlet="Alpha Post", other="Beta Herald")
    assert [axes.get_label() for axes in figure.axes] == ["Alpha Post", "Beta Herald"]
    rest = draw(results, "agency-victims", outlet="Alpha Post")
    assert [axes.get_label() for axes in rest.axes] == ["Alpha Post", "All other outlets"]


@pytest.mark.parametrize(
    "chart, options, message",
    [
        ("keyness", {"outlet": "Alpha Post", "other": "Alpha Post"}, "with itself"),
        ("keyness", {"outlet": "Omega"}, "Omega"),
        ("word-shift", {"outlet": "Alpha Post", "other": "Alpha Post"}, "with itself"),
        ("word-shift", {"outlet": "Gamma $"}, "nothing to draw as 'word-shift'"),
        ("word-shift", {"referent": "syria/nobody"}, "nobody"),
    ],
)
def test_what_cannot_be_drawn_is_refused(results: Results, chart: str, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        draw(results, chart, **options)


def test_outlets_that_let_nobody_speak_are_refused(results: Results) -> None:
    for chart in ("sources", "report-verbs", "agency-victims"):
        with pytest.raises(InputError, match="Choose other outlets"):
            draw(results, chart, ["Gamma $"])


def test_a_module_that_did_not_run_is_named(tmp_path: Path) -> None:
    results = Results(framing.analyse(articles(), "syria", tmp_path / "a", modules=["naming"], resamples=100))
    for chart, module in (("sources", "sourcing"), ("agency-victims", "agency")):
        assert DRAWERS[chart].plan(results, results.outlets) == []
        with pytest.raises(InputError, match=f"module '{module}'"):
            draw(results, chart)
    with pytest.raises(InputError, match="sourcing"):
        draw(results, "report-verbs")

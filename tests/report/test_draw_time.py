"""The charts of time of an analysis: what they are about, and what their titles may say."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from valley_data import write_lexicon

import framing
from framing import Article
from framing.charts import alt_text, get_theme, render
from framing.charts.casualty_table import CasualtyFigures, EventDay, OutletDay
from framing.errors import InputError
from framing.report.figures.casualty_days import rank_events, title_days
from framing.report.figures.draw_time import DRAWERS
from framing.report.figures.drawer import OPTIONS
from framing.report.figures.measure_names import choose_measure
from framing.report.figures.mention_spread import choose_subject, count_spread, title_spread
from framing.report.figures.time_titles import say_span, title_change
from framing.report.page.event_figures import read_event
from framing.report.results import Results
from framing.statistics.trends import Span

RATE = "rate:valley:fighters:own"


def ten(start: str) -> str:
    """Fill a sentence up to ten words."""
    return f"{start} {' '.join(['there'] * (10 - len(start.split())))}."


def years(outlet: str, first: str, second: str, number: int = 12) -> list[Article]:
    """Articles of two years, one a month."""
    return [
        Article(f"{outlet}{year}{n:02}", outlet, ten(text), "", f"{year}-{n + 1:02}-10")
        for year, text in ((2030, first), (2031, second))
        for n in range(number)
    ]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Alpha stops naming rebels in 2031 (100 per 1,000 words, then 0); Beta does not, and as all its articles are alike
    nothing can be tested; Gamma has two articles a year.

    Beta has a 25th article without a date.
    """
    folder = tmp_path_factory.mktemp("years")
    articles = [
        *years("Alpha", "The rebels left", "The rain left"),
        *years("Beta", "The rebels left", "The rebels left"),
        *years("Gamma", "The militants left", "The rain left", 2),
        Article("beta-undated", "Beta", ten("The rain left"), "", ""),
    ]
    analysis = framing.analyse(
        articles, write_lexicon(folder / "valley"), folder / "analysis", modules=["naming"], resamples=200
    )
    return Results(analysis)


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Three outlets on one event, on two days; and one article on no event."""
    folder = tmp_path_factory.mktemp("attack")
    articles = [
        Article("a", "Alpha", "The attack killed 12 people, the ministry said.", "", "2031-03-04", "", "bridge-attack"),
        Article("b", "Beta", "The attack killed 20 people.", "", "2031-03-04", "", "bridge-attack"),
        Article("c", "Gamma", "The attack shook the town.", "", "2031-03-04", "", "bridge-attack"),
        Article("d", "Alpha", "The attack killed 21 people.", "", "2031-03-05", "", "bridge-attack"),
        Article("e", "Alpha", "The storm killed 3 people.", "", "2031-03-05"),
    ]
    lexicon = write_lexicon(folder / "valley")
    return Results(
        framing.analyse(articles, lexicon, folder / "analysis", modules=["naming", "casualties"], resamples=200)
    )


def texts_of(figure: Any) -> str:
    return " ".join(text.get_text() for text in figure.texts).replace("\u00a0", " ")


def draw(results: Results, chart: str, **options: str) -> Any:
    return DRAWERS[chart].prepare(results, results.outlets, options, get_theme("print", 183)).draw()


def test_every_chart_knows_only_options_that_the_command_has_and_plans_what_it_can_draw(results: Results) -> None:
    assert list(DRAWERS) == ["trend", "slope", "casualties", "dispersion"]
    for drawer in DRAWERS.values():
        assert drawer.options <= set(OPTIONS) and drawer.question.endswith("?")
        for options in drawer.plan(results, results.outlets):
            assert set(options) <= drawer.options
            assert alt_text(drawer.prepare(results, results.outlets, options, get_theme("dark")).draw())
    assert DRAWERS["trend"].plan(results, results.outlets) and not DRAWERS["casualties"].plan(results, results.outlets)


def test_a_trend_says_which_outlet_changes(results: Results) -> None:
    figure = draw(results, "trend", measure=RATE, period="year")
    said = texts_of(figure)
    # Two years are drawn, so that these two are compared.
    assert "clearly down in Alpha from 2030 to 2031 (insufficient evidence in 2 more)" in said
    assert "Mentions per 1,000 words of own voice; by year, with 95% interval" in said
    assert "1 article has no date and is left out." in said and "fewer than 10 articles in the year" in said
    alpha = next(axes for axes in figure.axes if axes.get_label() == "Alpha")
    assert len(alpha.lines) > 0


def test_one_mark_parts_the_time_that_the_title_compares(results: Results, tmp_path: Path) -> None:
    marks = tmp_path / "marks.csv"
    marks.write_text("date,label\n2031-01-01,Truce\n", encoding="utf-8")
    said = texts_of(draw(results, "trend", measure=RATE, period="year", marks=str(marks)))
    assert "clearly down in Alpha after “Truce”" in said
    assert "change up to 31 December 2030 and after tested by permuting articles" in said
    marks.write_text(f"date,label\n2031-01-01,{'Truce ' * 100}\n", encoding="utf-8")
    assert "Truce Truce…”" in texts_of(draw(results, "trend", measure=RATE, period="year", marks=str(marks)))


def test_of_more_than_two_periods_the_halves_are_compared(results: Results) -> None:
    said = texts_of(draw(results, "trend", measure=RATE, period="month"))
    assert "from the first to the second half of the time" in said


def test_without_a_period_years_are_shown_where_months_hold_few_articles(results: Results) -> None:
    assert "by year" in texts_of(draw(results, "trend", measure=RATE))


def test_a_slope_compares_two_periods_or_the_halves_of_the_time(results: Results) -> None:
    said = texts_of(draw(results, "slope", measure=RATE, before="2030", after="2031"))
    assert "clearly down in Alpha from 2030 to 2031 (insufficient evidence in 2 more)" in said
    assert "12 → 12 articles" in said and "2 → 2 articles" in said and "−100" in said
    assert "the first to the second half" in texts_of(draw(results, "slope", measure=RATE))
    said = texts_of(draw(results, "slope", measure=RATE, before="2030-01", after="2030-02..2030-03"))
    assert "insufficient evidence to tell a change from January 2030 to February to March 2030" in said
    assert "no intervals from so few articles" in said and "permuting" not in said


@pytest.mark.parametrize(
    "chart, options, message",
    [
        ("trend", {"measure": "rate:valley:fighter:own"}, "Close to it: rate:valley:fighters:own"),
        ("trend", {"period": "day"}, "no period 'day'"),
        ("trend", {"marks": "/nowhere/marks.csv"}, "marks.csv"),
        ("slope", {"before": "2030"}, "belong together"),
        ("slope", {"before": "2030", "after": "2030-05"}, "overlap"),
        ("slope", {"before": "soon", "after": "2031"}, "no year, month"),
        ("casualties", {}, "has an event"),
        ("dispersion", {"measure": "voice:quoted"}, "not made of mentions"),
        ("dispersion", {"measure": RATE, "term": "rebels"}, "one of the two"),
        ("dispersion", {"term": "banana"}, "'banana'"),
        ("dispersion", {"referent": "fighters", "term": "banana"}, "There are: militants, rebels"),
    ],
)
def test_what_cannot_be_drawn_is_refused(results: Results, chart: str, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw(results, chart, **options)


def test_figures_of_the_dead_are_set_side_by_side_day_by_day(attack: Results) -> None:
    assert rank_events(attack, attack.outlets) == ["bridge-attack"]
    said = texts_of(draw(attack, "casualties"))
    assert "Bridge attack, 4 March 2031: the highest figures of the dead go from 12 (Alpha) to 20 (Beta)" in said
    assert "the ministry" in said and "gives none" in said and "4 articles" in said
    assert DRAWERS["casualties"].plan(attack, attack.outlets) == [{"event": "bridge-attack"}]
    with pytest.raises(InputError, match="Figures of the dead: bridge-attack"):
        draw(attack, "casualties", event="storm")


def test_an_analysis_without_the_module_has_no_figures(results: Results) -> None:
    with pytest.raises(InputError):
        draw(results, "casualties", event="x")


@pytest.mark.parametrize(
    "event, words",
    [
        ("bridge-attack_2", "Bridge attack 2"),
        ("talks-2017-01", "Talks (January 2017)"),
        ("talks-2017-13", "Talks 2017 13"),
        ("2017-01", "2017 01"),
    ],
)
def test_ids_of_events_are_read_as_words(event: str, words: str) -> None:
    assert read_event(event) == words


def day_of(name: str, **highest: float) -> EventDay:
    return EventDay(name, tuple(OutletDay(o, 1, 1, v, v, ()) for o, v in highest.items()))


@pytest.mark.parametrize(
    "days, title",
    [
        ([day_of("2031-03-04", RT=5.0)], "only RT gives figures of the dead, at most 5 in an article"),
        ([day_of("2031-03-04", RT=5.0, BBC=5.0)], ", 4 March 2031: both outlets’ highest figure of the dead is 5"),
        (
            [day_of("2031-03-04", RT=5.0), day_of("2031-03-05", BBC=9.0)],
            ", different days: the highest figures of the dead go from 5 (RT) to 9 (BBC)",
        ),
        (
            [day_of("2031-03-04", RT=5.0, BBC=9.0, Vox=500_000.0)],
            ", 4 March 2031: the highest figures of the dead are 5–9; 500,000 (Vox) is far out of line",
        ),
    ],
)
def test_titles_of_figures_of_the_dead(days: list[EventDay], title: str) -> None:
    said = title_days(CasualtyFigures("Bridge attack", "dead", tuple(days)))
    assert said.removeprefix("Bridge attack").removeprefix(": ") == title


def test_mentions_are_counted_article_by_article(results: Results) -> None:
    subject = choose_subject(results, results.outlets, {"referent": "fighters", "term": "rebels"})
    assert (subject.label, subject.keys) == ("“rebels”", ("naming:valley:fighters:own",))
    spread = count_spread(results, results.outlets, subject)
    found = {one.outlet: one for one in spread.outlets}
    assert [a.mentions for a in found["Alpha"].articles] == [1] * 12 + [0] * 12
    # 24 articles of ten words: twelve with 1/12 of the mentions in place of 1/24, twelve with none in place of 1/24.
    assert found["Alpha"].dp == pytest.approx(0.5) and found["Alpha"].top_share == pytest.approx(1 / 12)
    assert found["Beta"].articles[-1].article == "beta-undated" and found["Beta"].mentions == 24
    assert found["Beta"].dp == pytest.approx(1 / 25)
    assert found["Gamma"].status == "undefined"
    assert "the most is 8% (Alpha)" in title_spread(spread)


def test_a_term_finds_its_referent_and_a_share_measures_its_term(results: Results) -> None:
    by_name = choose_subject(results, results.outlets, {"term": "Militants"})
    assert by_name.term == "militant(s)" and by_name.label == "“militants”"
    by_measure = choose_subject(results, results.outlets, {"measure": "share:valley:fighters:own:militant(s)"})
    assert by_measure.term == "militant(s)" and by_measure.voice == "own"
    spread = count_spread(results, ["Gamma"], by_measure)
    assert [a.mentions for a in spread.outlets[0].articles] == [1, 1, 0, 0]
    assert title_spread(spread).endswith("too few articles or mentions to tell how evenly they are spread")


def test_measures_have_words_for_charts(results: Results) -> None:
    for name, label, unit, percent in (
        (RATE, "Mentions of “Fighters of the valley”", "mentions per 1,000 words of own voice", False),
        ("voice:quoted", "Words in quotation marks", "of all words", True),
        (
            "stance:valley:fighters:own",
            "Words for “Fighters of the valley”",
            "mean weight, −2 (delegitimising) to +2 (legitimising), own voice",
            False,
        ),
        ("share:valley:fighters:own:rebel(s)", "“rebels” for “Fighters of the valley”", "of mentions, own voice", True),
    ):
        shown = choose_measure(results, name, results.outlets).shown
        assert (shown.label, shown.unit, shown.percent) == (label, unit, percent)
    assert choose_measure(results, None, results.outlets).shown.name == "voice:quoted"


def change(outlet: str, difference: float, q: float, width: float = 1.0, status: str = "ok") -> dict[str, Any]:
    ends = {"low": difference - width, "high": difference + width}
    return {"outlet": outlet, "difference": difference, **ends, "q": q, "status": status}


@pytest.mark.parametrize(
    "rows, title",
    [
        ([change("A", 5, 0.01)], "clearly up in A since May"),
        ([change("A", 5, 0.01), change("B", -5, 0.01)], "clearly up in A, down in B since May"),
        (
            [change("A", 5, 0.01), change("B", 0, 0.9), change("C", 0, 0.9)],
            "clearly up in A since May; no clear change in 2 others",
        ),
        ([change("A", 0, 0.9)], "no clear change since May in A"),
        ([change("A", 0, math.nan, 0.0)], "no clear change since May in A"),
        (
            [change("A", 0, 0.9), change("B", 0, 0.9), change("C", 9, 0.01, status="insufficient")],
            "no clear change since May in either of 2 outlets (insufficient evidence in 1 more)",
        ),
        # Its interval holds no 0, but among so many outlets one such is no surprise.
        ([change("A", 5, 0.2), change("B", 0, 0.9)], "no change since May that stands out from chance among 2 outlets"),
        ([change("A", 5, 0.01, status="insufficient")], "insufficient evidence to tell a change since May"),
    ],
)
def test_titles_claim_no_change_that_the_test_does_not_carry(rows: list[dict[str, Any]], title: str) -> None:
    assert title_change("Hedges", rows, "since May") == f"Hedges: {title}"


@pytest.mark.parametrize(
    "first, last, said",
    [
        ("2031-01-01", "2031-12-31", "2031"),
        ("2030-01-01", "2031-12-31", "2030–2031"),
        ("2032-02-01", "2032-02-29", "February 2032"),
        ("2031-01-01", "2031-06-30", "January to June 2031"),
        ("2030-11-01", "2031-01-31", "November 2030 to January 2031"),
        ("2031-03-04", "2031-03-09", "4–9 March 2031"),
    ],
)
def test_periods_are_said_as_short_as_they_are_clear(first: str, last: str, said: str) -> None:
    assert say_span(Span(first, last)) == said


@pytest.mark.parametrize("chart", ["trend", "slope", "dispersion"])
def test_a_rerun_draws_the_same_bytes(results: Results, chart: str) -> None:
    assert render(draw(results, chart), "svg") == render(draw(results, chart), "svg")

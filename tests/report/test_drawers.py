"""Charts of several tables: each is drawn from an analysis, refuses what it does not know, and makes the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

import framing
from framing import Analysis, Article
from framing.charts import alt_text, get_theme, render
from framing.cli.charts import ABOUT, CHARTS
from framing.corpus import SOURCE, read_corpus
from framing.errors import InputError
from framing.report.figures import write_gallery
from framing.report.figures.drawer import OPTIONS, choose_width
from framing.report.figures.drawers import DRAWERS, prepare_chart
from framing.report.figures.request import plan_requests
from framing.report.results import Results

OUTLETS = ("Harbour Wire", "Calvenian Courier", "The Sarn Snap")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    path = tmp_path_factory.mktemp("drawers") / "out"
    return framing.analyse(read_corpus(), output=path, resamples=200, source=SOURCE)


@pytest.fixture(scope="module")
def few() -> Results:
    """Two outlets, three articles: nothing can be said."""
    articles = [a for a in read_corpus() if a.outlet in OUTLETS[:2]][:3]
    return Results(framing.analyse(articles, resamples=100))


def test_the_command_line_knows_every_chart_and_option() -> None:
    assert set(CHARTS) == set(DRAWERS)
    assert set(ABOUT) == set(OPTIONS)
    assert all(drawer.options <= set(OPTIONS) for drawer in DRAWERS.values())


@pytest.mark.parametrize("name", DRAWERS)
def test_a_chart_is_drawn_says_what_it_shows_and_is_the_same_twice(corpus: Analysis, name: str) -> None:
    results = Results(corpus)
    plan = DRAWERS[name].plan(results, results.outlets)
    options = plan[0] if plan else {}
    look = get_theme("print", 183)
    figures = [prepare_chart(results, name, list(results.outlets), options, look).draw() for _ in range(2)]
    assert render(figures[0], "svg") == render(figures[1], "svg")
    text = alt_text(figures[0])
    assert len(text) > 60 and "biased" not in text


@pytest.mark.parametrize("name", DRAWERS)
def test_from_three_articles_a_chart_says_that_they_are_too_few_or_that_there_is_nothing(
    few: Results, name: str
) -> None:
    try:
        figure = prepare_chart(few, name, list(few.outlets), {}, get_theme("web")).draw()
    except InputError as reason:
        assert str(reason)
    else:
        assert render(figure, "png")


def test_what_a_chart_does_not_know_is_refused(corpus: Analysis) -> None:
    with pytest.raises(InputError, match="the chart 'map' takes no term"):
        corpus.plot("map", term="rebel(s)")
    with pytest.raises(InputError, match=r"no term .* These take one: .*voices"):
        corpus.plot("stance", term="rebel(s)")
    with pytest.raises(InputError, match="chart"):
        corpus.plot("pie")


def test_a_figure_is_written_with_its_text_under_a_safe_name(corpus: Analysis, tmp_path: Path) -> None:
    options = {"other": "The Sarn Snap"}
    written = write_gallery(corpus, tmp_path, chart="contrast", outlet="Harbour Wire", options=options, formats=["png"])
    assert [p.suffix for p in written] == [".png", ".txt", ".csv", ".json"]
    assert written[0].name.startswith("contrast-harbour-wire-the-sarn-snap")
    assert "Harbour Wire" in written[1].read_text("utf-8")


@pytest.mark.parametrize(
    "chart, theme, asked, width",
    [
        ("heatmap", "print", None, 183.0),  # at 89 mm higher than a page
        ("module", "print-dark", None, 183.0),
        ("heatmap", "print", 89.0, 89.0),
        ("heatmap", "slides", None, None),
        ("stance", "print", None, None),
    ],
)
def test_charts_of_many_rows_are_a_page_wide_in_print(
    chart: str, theme: str, asked: float | None, width: float | None
) -> None:
    assert choose_width(chart, theme, asked) == width


def test_the_gallery_plans_nothing_that_cannot_be_drawn() -> None:
    # No harm and no speakers; and all words of the one outlet are those of the other.
    quiet = [Article(str(n), "A" if n < 10 else "B", "Rain fell on the hills today.") for n in range(20)]
    for articles in (quiet, quiet[:1]):
        results = Results(framing.analyse(articles, resamples=100))
        for request in plan_requests(results, every=True):
            request.prepare(results)

"""Which figures are drawn, under which names, with which titles."""

from __future__ import annotations

from pathlib import Path

import pytest
from valley_data import NAMES

import framing
from framing import Analysis, Article
from framing.charts import alt_text
from framing.errors import InputError
from framing.report import draw, write_gallery
from framing.report.figures.draw_names import plan_subjects
from framing.report.figures.titles import title_coverage, title_names, title_stance
from framing.report.findings.ranking import main_referents
from framing.report.results import Results
from framing.store import lexicon_digest

FIGHTERS, COUNCIL = ("valley", "fighters"), ("valley", "council")


@pytest.fixture(scope="module")
def results(valley: Analysis) -> Results:
    return Results(valley)


def words_of(figure: object) -> str:
    return " ".join(t.get_text() for t in figure.texts)  # type: ignore[attr-defined]


def test_titles_state_the_finding(results: Results) -> None:
    # Gamma has three articles only and stays out of titles about the others.
    assert title_names(results, FIGHTERS, results.outlets) == (
        "“rebels” is the commonest name for “Fighters of the valley” in Alpha, “terrorists” in Beta"
    )
    assert (
        title_names(results, COUNCIL, ["Alpha", "Beta"])
        == "“council” is the commonest name for “Council of the valley” in Beta"
    )
    assert title_stance(results, [FIGHTERS], results.outlets) == (
        "Alpha’s words for “Fighters of the valley” lie clearly nearer to “legitimising” than Beta’s"
    )
    assert title_coverage(results, [COUNCIL], ["Alpha", "Gamma"]) == (
        "Too few articles to compare what the outlets mention"
    )


def test_titles_say_when_articles_are_few(results: Results) -> None:
    assert title_names(results, FIGHTERS, ["Gamma"]) == (
        "Names for “Fighters of the valley”: too few articles to say which is usual"
    )
    assert title_stance(results, [FIGHTERS], ["Gamma", "Alpha"]) == (
        "Wording of “Fighters of the valley”: too few articles to tell outlets apart"
    )
    # On the same events: Alpha 2 of 12 articles; Beta 2 of 2, which are too few.
    assert title_coverage(results, [COUNCIL], ["Alpha", "Beta"]) == (
        "Beta mentions “Council of the valley” in 2 of its 2 articles on events where others do, Alpha in 2 of 12 "
        "(few articles)"
    )


SAYS = {"A": "rebels", "B": "rebels", "C": "rebels", "D": "militants", "E": "terrorists"}
"""Of each outlet, its commonest name: nine in ten mentions of E, six in ten of the others."""


def say_names(folder: Path, lexicon: Path, says: dict[str, str], **other: str) -> Analysis:
    """Ten articles of each outlet with ten mentions in all, and one of each outlet of `other` with one."""
    articles = []
    for outlet, name in says.items():
        usual = 9 if name == "terrorists" else 6
        articles += [
            Article(f"{outlet}{i}", outlet, f"The {name if i < usual else 'hill men'} left.") for i in range(10)
        ]
    articles += [Article(outlet, outlet, f"The {name} left.") for outlet, name in other.items()]
    return framing.analyse(articles, lexicon, folder, modules=NAMES, resamples=100)


def test_a_title_tells_the_strongest_contrast_and_more_where_there_is_room(
    valley_lexicon: Path, tmp_path: Path
) -> None:
    results = Results(say_names(tmp_path / "a", valley_lexicon, SAYS))
    start = "“rebels” is the commonest name for “Fighters of the valley” in 3 of 5 outlets, “terrorists” in E"
    assert title_names(results, FIGHTERS, results.outlets) == start + ", “militants” in D"
    long = SAYS | {"D": ""} | {"The Advertiser and Intelligencer": "militants"}
    del long["D"]
    results = Results(say_names(tmp_path / "b", valley_lexicon, long))
    assert title_names(results, FIGHTERS, results.outlets) == start


def test_a_title_counts_among_the_outlets_with_enough_articles(valley_lexicon: Path, tmp_path: Path) -> None:
    says = {"A": "rebels", "B": "rebels", "C": "rebels"}
    results = Results(say_names(tmp_path / "all", valley_lexicon, says, Z="militants"))
    start = "“rebels” is the commonest name for “Fighters of the valley” in "
    assert title_names(results, FIGHTERS, ["A", "B", "C"]) == start + "all 3 outlets"
    assert title_names(results, FIGHTERS, ["A", "B", "C", "Z"]) == start + "all 3 outlets with enough articles"
    assert title_names(results, FIGHTERS, ["A", "B", "Z"]) == start + "both outlets with enough articles"
    results = Results(say_names(tmp_path / "four", valley_lexicon, says | {"D": "militants"}, Z="militants"))
    assert title_names(results, FIGHTERS, results.outlets) == (
        start + "3 of the 4 outlets with enough articles, “militants” in D"
    )


def test_coverage_of_articles_without_events_is_told_without_a_condition(valley_lexicon: Path, tmp_path: Path) -> None:
    texts = {"A": "The council met.", "B": "Rain fell."}
    articles = [Article(f"{o}{i}", o, text) for o, text in texts.items() for i in range(10)]
    results = Results(framing.analyse(articles, valley_lexicon, tmp_path / "a", modules=NAMES, resamples=100))
    assert title_coverage(results, [COUNCIL], ["A", "B"]) == (
        "A mentions “Council of the valley” in 100% of articles, B in 0%"
    )


def test_titles_count_the_subjects_with_enough_evidence(results: Results) -> None:
    # Of the council nobody but Beta has enough articles: it can be compared with nothing.
    assert title_stance(results, [FIGHTERS, COUNCIL], results.outlets) == (
        "For the one subject with enough evidence, two outlets’ words lie clearly apart on the scale"
    )
    assert title_stance(results, [FIGHTERS, FIGHTERS], results.outlets) == (
        "For all 2 subjects with enough evidence, two outlets’ words lie clearly apart on the scale"
    )


def test_footer_names_source_number_period_lexicon_and_method(valley: Analysis) -> None:
    figure = draw(valley, "stance")
    text = words_of(figure).replace("\xa0", " ")
    digest = lexicon_digest(valley.manifest["lexicons"])
    for part in ("27 articles", "1 May 2031 to 3 June 2031", f"lexicon {digest}", "bootstrap", "200 resamples"):
        assert part in text, part
    assert "lie clearly nearer to “legitimising”" in alt_text(figure)


def test_subjects_with_one_name_or_one_outlet_are_not_compared(results: Results) -> None:
    assert main_referents(results, results.outlets) == [FIGHTERS]
    assert [kind for kind, _ in plan_subjects(results, results.outlets)] == ["variant-shares", "stance", "coverage"]


def test_unknown_names_are_refused_with_those_that_there_are(valley: Analysis) -> None:
    with pytest.raises(InputError, match=r"no chart 'pie'.*variant-shares, stance, coverage"):
        draw(valley, "pie")
    with pytest.raises(InputError, match=r"no theme 'neon'.*print, web, slides"):
        draw(valley, "stance", theme="neon")
    with pytest.raises(InputError, match=r"no referent 'dragons'.*valley/council, valley/fighters"):
        draw(valley, "stance", "dragons")
    with pytest.raises(InputError, match=r"no outlet 'Delta'"):
        draw(valley, "stance", outlets=["Delta"])
    with pytest.raises(InputError, match=r"no format 'gif'.*png, svg"):
        write_gallery(valley, "nowhere", formats=["gif"])
    with pytest.raises(InputError, match=r"Gamma never mention valley/council"):
        draw(valley, "variant-shares", "council", outlets=["Gamma"])


def test_gallery_is_the_same_every_time_and_each_figure_has_its_words(valley: Analysis, tmp_path: Path) -> None:
    first = write_gallery(valley, tmp_path / "one", formats=["svg"])
    second = write_gallery(valley, tmp_path / "two", formats=["svg"])
    names = [
        f"{name}.{ending}"
        for name in ("variant-shares-valley-fighters", "stance-valley-fighters", "coverage-valley")
        for ending in ("svg", "txt", "csv", "json")
    ]
    assert [p.name for p in first] == names
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == sorted(names)
    assert first[1].read_text(encoding="utf-8").startswith("Stacked bar chart of the words 3 outlets use")


def test_gallery_of_one_referent(valley: Analysis, tmp_path: Path) -> None:
    written = write_gallery(valley, tmp_path, referent="council", formats=["svg"])
    assert [p.name for p in written if p.suffix == ".svg"] == [
        "variant-shares-valley-council.svg", "stance-valley-council.svg", "coverage-valley-council.svg",
    ]  # fmt: skip
    only = write_gallery(valley, tmp_path, chart="coverage", formats=["png"])
    assert [p.name for p in only] == [f"coverage-valley.{ending}" for ending in ("png", "txt", "csv", "json")]


def test_analysis_without_a_mention_has_no_figures_and_says_so(valley_lexicon: Path, tmp_path: Path) -> None:
    analysis = framing.analyse([Article("x", "Alpha", "Rain fell.")], valley_lexicon, modules=NAMES, resamples=100)
    assert write_gallery(analysis, tmp_path) == []
    with pytest.raises(InputError, match="nothing to draw as 'stance'"):
        draw(analysis, "stance")

"""The charts of comparison of an analysis: what they are about, and what their titles may say."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

import framing
from framing import Analysis, Article
from framing.charts import alt_text, get_theme, render
from framing.charts.contrast_table import Contrast, ContrastRow, Difference
from framing.charts.frames_table import FrameProfile, FrameProfiles
from framing.charts.heatmap_table import HeatCell, Heatmap
from framing.charts.interval_rows import Interval
from framing.charts.measure_rows import ShownMeasure
from framing.charts.outlet_map_table import MapAxis, MapPoint, OutletPlaces
from framing.charts.paired_table import PairedIntervals, PairedRow
from framing.corpus import read_corpus
from framing.errors import InputError
from framing.report.figures.comparison_titles import (
    title_contrast,
    title_frames,
    title_headlines,
    title_heatmap,
    title_map,
    title_voices,
)
from framing.report.figures.contrast_rows import Pair, choose_pair, take_contrast
from framing.report.figures.draw_comparison import DRAWERS
from framing.report.figures.drawer import OPTIONS
from framing.report.figures.headline_numbers import choose_headline_measure
from framing.report.figures.outlet_places import place_outlets
from framing.report.figures.voice_numbers import choose_voiced, take_voices
from framing.report.results import Results

NAN = math.nan
MODULES = ["naming", "loaded", "certainty", "frames", "readability"]
FIGHTERS = ("valley", "fighters")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The embedded corpus: six outlets, 123 articles."""
    folder = tmp_path_factory.mktemp("corpus") / "analysis"
    return Results(framing.analyse(read_corpus(), "syria", folder, modules=MODULES, resamples=100))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Four articles: nothing can be told."""
    articles = [
        Article(
            f"{o}{n}",
            o,
            "Perhaps the Syrian rebels clearly fought Assad in Aleppo, and grieving families wept in conflict.",
            "Rebels leave",
            f"2031-05-0{n + 1}",
        )
        for o in ("Alpha", "Beta")
        for n in range(2)
    ]
    return Results(
        framing.analyse(articles, "syria", tmp_path_factory.mktemp("few") / "a", modules=MODULES, resamples=100)
    )


def texts_of(figure: Any) -> str:
    return " ".join(text.get_text() for text in figure.texts)


def draw(results: Results, chart: str, outlets: list[str] | None = None, **options: str) -> Any:
    shown = outlets or list(results.outlets[:8])
    return DRAWERS[chart].prepare(results, shown, options, get_theme("print", 120)).draw()


def test_every_chart_knows_only_options_that_the_command_has_and_draws_what_it_plans(corpus: Results) -> None:
    for chart, drawer in DRAWERS.items():
        assert drawer.options <= set(OPTIONS) and drawer.question.endswith("?")
        plans = drawer.plan(corpus, corpus.outlets)
        assert plans, chart
        for plan in plans:
            assert set(plan) <= drawer.options
            figure = draw(corpus, chart, **plan)
            said = f"{texts_of(figure)} {alt_text(figure)}".casefold()
            assert "bias" not in said and "nan" not in said.split()


@pytest.mark.parametrize("chart", DRAWERS)
def test_few_articles_are_drawn_as_insufficient_evidence(few: Results, chart: str) -> None:
    assert "insufficient evidence" in alt_text(draw(few, chart)).casefold()


@pytest.mark.parametrize("chart", DRAWERS)
def test_a_rerun_draws_the_same_bytes(corpus: Results, chart: str) -> None:
    assert render(draw(corpus, chart), "svg") == render(draw(corpus, chart), "svg")


@pytest.mark.parametrize(
    "chart, options, message",
    [
        ("heatmap", {"module": "moon"}, "no module 'moon'"),
        ("map", {"module": "moon"}, "no module 'moon'"),
        ("contrast", {"outlet": "Nowhere"}, "no outlet 'Nowhere'"),
        ("contrast", {"outlet": "Harbour Wire", "other": "Harbour Wire"}, "cannot be compared with itself"),
        ("voices", {"referent": "moon"}, "no referent 'moon'"),
        ("voices", {"referent": "syria/armed-opposition", "term": "moon"}, "no name 'moon' for syria/armed-opposition"),
        ("headlines", {"measure": "moon"}, "no measure 'moon'"),
        ("headlines", {"measure": "readability.flesch"}, "is of whole articles"),
        ("frames", {"measure": "moon"}, "no set of frames 'moon'.*frames.generic"),
    ],
)
def test_what_cannot_be_drawn_is_refused(corpus: Results, chart: str, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw(corpus, chart, **options)


def test_an_analysis_without_the_module_has_no_frames(valley: Analysis) -> None:
    with pytest.raises(InputError, match="no module 'frames'"):
        draw(Results(valley), "frames")


def test_charts_and_statistics_agree_on_their_limits() -> None:
    from framing.charts import contrast_table, outlet_map_table
    from framing.statistics import outlet_map, robustness

    assert contrast_table.CARRIED == robustness.CARRIES
    assert outlet_map_table.LEAST_OUTLETS == outlet_map.LEAST_OUTLETS


# What is shown


def test_a_heat_map_of_one_module_holds_its_measures_only(corpus: Results) -> None:
    said = texts_of(draw(corpus, "heatmap", module="certainty"))
    assert "Hedges" in said and "Boosters" in said and "Loaded words" not in said


def test_the_pair_that_differs_most_is_drawn_and_seen_from_the_first(corpus: Results) -> None:
    first, other = choose_pair(corpus, corpus.outlets, None, None)
    assert first != other and {first, other} <= set(corpus.outlets)
    assert choose_pair(corpus, corpus.outlets, other, first) == (other, first)
    there, back = take_contrast(corpus, first, other), take_contrast(corpus, other, first)
    assert there.differ == back.differ > 0 and there.tested == back.tested >= there.differ >= there.same
    values = {r.measure.name: r.pooled.value for r in there.contrast.rows}
    assert {r.measure.name: -r.pooled.value for r in back.contrast.rows} == pytest.approx(values)
    assert choose_pair(corpus, corpus.outlets, None, first)[0] == first


def test_the_strongest_differences_stand_first_and_those_carried_by_one_article_last(corpus: Results) -> None:
    rows = take_contrast(corpus, *choose_pair(corpus, corpus.outlets, None, None)).contrast.rows
    fragile = [bool(r.marks) for r in rows]
    assert fragile == sorted(fragile) and 2 <= len(rows) <= 10


def test_voices_counted_by_hand(valley: Analysis) -> None:
    """Alpha writes 12 rebels (0) and quotes 3 terrorists (-2); Beta writes 12 terrorists and 2 rebels: -24 / 14."""
    results = Results(valley)
    assert choose_voiced(results, results.outlets) == FIGHTERS
    data = take_voices(results, FIGHTERS, results.outlets, None)
    numbers = {(r.outlet, s): i.value for r in data.rows for s, i in zip(data.series, r.intervals, strict=True)}
    assert numbers["Alpha", "own voice"] == 0 and numbers["Alpha", "quoted"] == -2
    assert numbers["Beta", "own voice"] == pytest.approx(-24 / 14)
    assert data.scale == (-2.0, 2.0, "delegitimising", "legitimising") and "in reported speech" not in data.series


def test_the_share_of_a_name_in_each_voice(valley: Analysis) -> None:
    data = take_voices(Results(valley), FIGHTERS, ["Alpha", "Beta"], "Terrorists")
    numbers = {(r.outlet, s): i.value for r in data.rows for s, i in zip(data.series, r.intervals, strict=True)}
    assert numbers["Alpha", "own voice"] == 0 and numbers["Alpha", "quoted"] == 1
    assert numbers["Beta", "own voice"] == pytest.approx(12 / 14) and data.percent


def test_headlines_and_text_below_counted_by_hand(tmp_path: Path) -> None:
    """Two words of headline, eight below: one hedge in each headline of Alpha, and one below in each of Beta's."""
    below = {"Alpha": "The men left the town a day ago.", "Beta": "Perhaps the men left town a day ago."}
    heads = {"Alpha": "Perhaps gone", "Beta": "Men gone"}
    articles = [Article(f"{o}{n:02}", o, below[o], heads[o], f"2031-05-{n + 1:02}") for o in below for n in range(12)]
    made = framing.analyse(articles, None, tmp_path / "a", modules=["naming", "certainty"], resamples=100)
    found = choose_headline_measure(Results(made), ["Alpha", "Beta"], "certainty.commitment.hedge.own")
    numbers = {r.outlet: [i.value for i in r.intervals] for r in found.intervals.rows}
    assert numbers == {"Alpha": [500.0, 0.0], "Beta": [0.0, 125.0]}
    assert found.intervals.series == ("headlines", "text below")
    by_itself = choose_headline_measure(Results(made), ["Alpha", "Beta"], None)
    assert by_itself.name.startswith("certainty.")


def test_without_headlines_there_is_nothing_to_draw(wordings: Analysis) -> None:
    with pytest.raises(InputError, match="No headline of these outlets"):
        choose_headline_measure(Results(wordings), ["Alpha", "Beta"], None)


def test_places_follow_the_statistics_and_directions_are_named(corpus: Results) -> None:
    views = [v for m in corpus.modules for v in m.headline]
    places = place_outlets(corpus, views, corpus.outlets)
    assert {p.outlet for p in places.points} | set(places.unplaced) == set(corpus.outlets)
    assert places.enough and places.across.high and 0 < places.across.share <= 1
    labels = {v.shown.label for v in views}
    assert {*places.across.high, *places.across.low, *places.up.high, *places.up.low} <= labels


def test_frames_are_named_before_their_colon_and_share_one_whole(corpus: Results) -> None:
    said = texts_of(draw(corpus, "frames", measure="frames.policy.political.own"))
    assert "Security and defence" in said and "(own voice)" not in said and "Crime and punishment:" not in said


# Titles

BELOW = "from the text below them"
THINGS = "in how they word things"
MOST = "“Conflict” has the largest share of cues in"


def interval(value: float, low: float, high: float, status: str = "ok", outlet: str = "A") -> Interval:
    return Interval(outlet, value, low, high, 30, status)


M = [ShownMeasure(f"m{n}", f"Measure {n}") for n in range(3)]


def heat(*rows: str) -> Heatmap:
    """Rows of cells: "d" differs, "." does not, "i" is insufficient."""
    known = {"d": ("ok", True), ".": ("ok", False), "i": ("insufficient", False)}
    cells = tuple(tuple(HeatCell(interval(1, 0, 2, known[c][0]), 1.0, known[c][1]) for c in row) for row in rows)
    return Heatmap(tuple("ABCD"[: len(rows[0])]), tuple(M[: len(rows)]), cells)


@pytest.mark.parametrize(
    "data, tested, title",
    [
        (
            heat("d..", "d..", "dd."),
            True,
            "A differs clearly from the others together in 3 of 3 measures, the 2 others shown in 0 to 1",
        ),
        (
            heat("dd..", "dd..", "..d."),
            True,
            "A and B differ clearly from the others together in 2 of 3 measures, the 2 others shown in 0 to 1",
        ),
        (
            heat("d..", "dd.", "iii"),
            True,
            "A differs clearly from the others together in 2 of the 2 measures with enough evidence, "
            "the 2 others shown in 0 to 1",
        ),
        (heat("d.", "i."), True, "A differs clearly from the others together in the one measure known well enough"),
        (
            heat("ddd.", "...."),
            True,
            "Measure 0: 3 of 4 outlets differ clearly from the others together, the most of any measure",
        ),
        (heat("...", "..."), True, "No outlet differs clearly from the others in any of 2 measures"),
        (heat("...", "..."), False, "2 measures of 3 outlets, side by side"),
        (heat(".ii", "iii"), True, "Insufficient evidence to compare 3 outlets: too few articles"),
    ],
)
def test_titles_of_heat_maps(data: Heatmap, tested: bool, title: str) -> None:
    assert title_heatmap(data, tested) == title


def test_a_dot_stands_where_test_and_interval_agree_and_the_colour_says_the_same(corpus: Results) -> None:
    outlets = list(corpus.outlets)
    data = DRAWERS["heatmap"].prepare(corpus, outlets, {}, get_theme("print", 183)).data
    rows = {
        (r["outlet"], r["measure"]): r
        for r in corpus.analysis.table("contrasts").arrow.to_pylist()
        if r["other"] == "(all others)"
    }
    differing = 0
    for measure, cells in zip(data.measures, data.cells, strict=True):
        for cell in cells:
            row = rows.get((cell.interval.outlet, measure.name))
            if row is None or cell.interval.status != "ok" or math.isnan(cell.deviation):
                continue
            assert cell.differs == (row["q"] <= 0.05 and not row["low"] <= 0 <= row["high"])
            assert math.copysign(1, cell.deviation) == math.copysign(1, row["difference"]) or not row["difference"]
            differing += cell.differs
    assert data.against_others and differing


def pair(tested: int, differ: int, same: int, matched: int) -> Pair:
    none = Difference(NAN, NAN, NAN, NAN, "insufficient")
    row = ContrastRow(M[0], 1.0, 2.0, none, none)
    return Pair(Contrast("A", "B\x07", (row,)), tested, differ, same, matched)


@pytest.mark.parametrize(
    "data, title",
    [
        (pair(0, 0, 0, 0), "A and B: insufficient evidence to compare them"),
        (pair(8, 0, 0, 0), "A and B do not differ beyond chance in any of 8 measures"),
        (
            pair(8, 3, 0, 0),
            "A and B differ beyond chance in 3 of 8 measures; whether on the same events cannot be said",
        ),
        (pair(8, 3, 0, 2), "A and B differ beyond chance in 3 of 8 measures, in none of them on the same events too"),
        (pair(8, 3, 2, 3), "A and B differ beyond chance in 3 of 8 measures, in 2 of them on the same events too"),
        (pair(8, 3, 3, 3), "A and B differ beyond chance in 3 of 8 measures, in all of them on the same events too"),
    ],
)
def test_titles_of_contrasts(data: Pair, title: str) -> None:
    assert title_contrast(data) == title


def paired(*rows: tuple[Interval, Interval], scale: Any = None) -> PairedIntervals:
    named = tuple(PairedRow("ABCD"[n], row) for n, row in enumerate(rows))
    return PairedIntervals("Hedges", "", ("one", "other"), named, scale=scale)


LOW, HIGH, BOTH = interval(1, 0, 2), interval(5, 4, 6), interval(3, 1, 5)
FEW = interval(1, 0, 2, "insufficient")


@pytest.mark.parametrize(
    "data, title",
    [
        (paired((LOW, FEW)), "Hedges: insufficient evidence to tell headlines " + BELOW),
        (paired((LOW, BOTH), (BOTH, HIGH)), "Hedges: in none of 2 outlets do headlines lie clearly apart " + BELOW),
        (
            paired((LOW, HIGH), (BOTH, HIGH)),
            "Hedges: headlines lie clearly apart " + BELOW + " in A alone, of 2 outlets",
        ),
        (paired((LOW, HIGH), (HIGH, LOW)), "Hedges: in all 2 outlets, headlines lie clearly apart " + BELOW),
        (paired((LOW, HIGH)), "Hedges: in A, headlines lie clearly apart " + BELOW),
    ],
)
def test_titles_of_headlines(data: PairedIntervals, title: str) -> None:
    assert title_headlines(data) == title


def test_an_interval_without_width_parts_nothing_unless_the_scale_bounds_it() -> None:
    flat = interval(1, 1, 1)
    assert "insufficient" not in title_headlines(paired((flat, HIGH))) and "none" in title_headlines(
        paired((flat, HIGH), (flat, HIGH))
    )
    # Of 30 articles 3 may be otherwise: 1 stays within 0.7 and 1.1 on a scale from -2 to 2.
    on_scale = paired((flat, interval(-1.5, -2, -1)), scale=(-2.0, 2.0, "a", "b"))
    assert title_voices(on_scale, "Rebels") == (
        "Words for “Rebels”: in A, own voice lies clearly apart from what others are quoted or reported to say"
    )


def places(names: str, *apart: tuple[str, str]) -> OutletPlaces:
    axis = MapAxis(0.5, (), ())
    points = [MapPoint(n, 0.0, 0.0, ((1.0, 0.0), (0.0, 1.0))) for n in names]
    return OutletPlaces.from_points(points, (axis, axis), apart=apart, unplaced=["Z"], measures=9)


@pytest.mark.parametrize(
    "data, title",
    [
        (places(""), "Insufficient evidence for a map: it takes 3 outlets with enough articles, here none"),
        (places("AB"), "Insufficient evidence for a map: it takes 3 outlets with enough articles, here 2 outlets"),
        (places("ABC"), "No two of 3 outlets lie clearly apart " + THINGS),
        (
            places("ABC", ("A", "B"), ("C", "A")),
            "2 of 3 pairs of outlets lie clearly apart " + THINGS + ", A from all others",
        ),
        (places("ABCD", ("A", "B"), ("C", "D")), "2 of 6 pairs of outlets lie clearly apart " + THINGS),
        (
            places("ABC", ("A", "B"), ("C", "A"), ("B", "C")),
            "All 3 outlets lie clearly apart from each other " + THINGS,
        ),
    ],
)
def test_titles_of_maps(data: OutletPlaces, title: str) -> None:
    assert title_map(data) == title


def frames(*rows: tuple[float, float]) -> FrameProfiles:
    """Shares of two frames; nan is insufficient."""
    profiles = tuple(
        FrameProfile("ABCD"[n], tuple(interval(v, v, v, "insufficient" if math.isnan(v) else "ok") for v in row))
        for n, row in enumerate(rows)
    )
    return FrameProfiles("Frames", ("Conflict", "Morality"), ("c", "m"), profiles, (NAN, NAN))


@pytest.mark.parametrize(
    "data, gap, title",
    [
        (frames((NAN, NAN)), "", "Frames: insufficient evidence, too few cues"),
        (frames((0.6, 0.4)), "", MOST + " the one outlet with enough of them"),
        (frames((0.6, 0.4), (0.7, 0.3)), "", MOST + " all 2 outlets; in no frame do two outlets lie clearly apart"),
        (
            frames((0.6, 0.4), (0.7, 0.3), (0.1, 0.9)),
            "Conflict",
            MOST + " 2 of 3 outlets, and parts outlets most clearly",
        ),
        (
            frames((0.6, 0.4), (0.7, 0.3)),
            "Morality",
            MOST + " all 2 outlets; outlets differ most clearly in “Morality”",
        ),
    ],
)
def test_titles_of_frames(data: FrameProfiles, gap: str, title: str) -> None:
    assert title_frames(data, gap) == title

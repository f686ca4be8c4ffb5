"""The charts of comparison: what stands where, and what each says of too little evidence."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from comparison_tables import HEDGES, OFFICIALS, contrast_row, interval_table

from framing.charts import MeasureGroup, get_theme
from framing.charts.contrast import Contrast, plot_contrast
from framing.charts.diverging import diverging_colour
from framing.charts.frames import FrameProfiles, plot_frames
from framing.charts.headlines import plot_headlines
from framing.charts.heatmap import Heatmap, fit_heatmap, plot_heatmap
from framing.charts.outlet_map import NO_SIDES, MapAxis, MapPoint, OutletPlaces, outline, plot_map
from framing.charts.paired_rows import series_colours
from framing.charts.paired_table import PairedIntervals
from framing.charts.theme import THEMES, contrast, ink_on
from framing.charts.voices import plot_voices
from framing.errors import InputError

THEME = get_theme("print", 120)
AXIS = MapAxis(0.5, ("Loaded words",), ("Hedges",))


def row(outlet: str, measure: str, value: float, n: int = 30) -> dict[str, Any]:
    status = "ok" if n >= 10 else "insufficient" if n else "undefined"
    return {
        "outlet": outlet,
        "measure": measure,
        "value": value,
        "low": value - 0.1,
        "high": value + 0.1,
        "n_articles": n,
        "status": status,
    }


ROWS = [
    row("BBC", OFFICIALS.name, 0.2),
    row("RT", OFFICIALS.name, 0.6),
    row("Vox", OFFICIALS.name, 0.4, 4),
    row("BBC", HEDGES.name, 4.0),
    row("RT", HEDGES.name, 9.0),
]
TABLE = pa.Table.from_pylist(ROWS)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def all_text(figure: Any) -> str:
    return " ".join(texts_of(figure))


def dots_of(axes: Any) -> list[tuple[float, str]]:
    """Place and fill of each mark."""
    return [
        (float(x), line.get_markerfacecolor())
        for line in axes.lines
        if line.get_marker() != "None"
        for x in line.get_xdata()
    ]


# Colours


@pytest.mark.parametrize("name", THEMES)
def test_diverging_colours_grow_darker_or_brighter_from_the_middle_and_can_be_written_on(name: str) -> None:
    theme = THEMES[name]
    for side in (-1, 1):
        steps = [contrast(diverging_colour(side * k / 10, theme), theme.paper) for k in range(11)]
        assert steps == sorted(steps) and steps[0] < 1.01 and steps[-1] > 4
    assert all(contrast(ink_on(c), c) >= 4.5 for k in range(-10, 11) for c in [diverging_colour(k / 10, theme)])
    assert diverging_colour(-7.0, theme) == diverging_colour(-1.0, theme)


# Heat map


def heat(**changes: Any) -> Heatmap:
    deviations = {("BBC", OFFICIALS.name): -1.5, ("RT", OFFICIALS.name): 4.0, ("Vox", OFFICIALS.name): 2.0}
    settings = {"deviations": deviations, "differing": {("RT", OFFICIALS.name), ("Vox", OFFICIALS.name)}, **changes}
    return Heatmap.from_table(TABLE, [HEDGES, OFFICIALS], ["RT", "BBC", "Vox"], **settings)


def test_cells_hold_numbers_on_the_colour_of_their_distance_from_the_mean() -> None:
    figure = plot_heatmap(heat(), THEME)
    (axes,) = figure.axes
    officials = axes.patches[3:6]
    fills = [patch.get_facecolor() for patch in officials]
    from matplotlib.colors import to_rgba

    assert fills[0] == to_rgba(diverging_colour(4 / 3, THEME)) and fills[1] == to_rgba(diverging_colour(-0.5, THEME))
    assert {"60", "20", "40", "9.00", "4.00", "% of others’ words"} <= set(texts_of(figure))


def test_what_is_insufficient_is_hatched_without_colour_or_mark_and_what_is_missing_has_no_number() -> None:
    data = heat()
    vox = data.cells[1][2]
    assert math.isnan(vox.deviation) and not vox.differs
    figure = plot_heatmap(data, THEME)
    hatched = [patch.get_hatch() is not None for patch in figure.axes[0].patches]
    assert hatched == [False, False, True, False, False, True]  # no hedges and few officials in Vox
    (number,) = [t for t in figure.texts if t.get_text() == "40"]
    assert number.get_color() == THEME.muted
    assert {"insufficient evidence", "no figure: no evidence"} <= set(texts_of(figure))


def test_a_dot_marks_what_differs_from_all_other_outlets() -> None:
    figure = plot_heatmap(heat(total=109), THEME)
    assert len(dots_of(figure.axes[0])) == 1  # RT's officials
    assert any("differs from the 108 other outlets together" in text for text in texts_of(figure))
    (bold,) = [t for t in figure.texts if t.get_text() == "60"]
    assert bold.get_fontweight() == "bold"


def test_without_any_distance_there_is_no_key_of_colours() -> None:
    assert "below the mean" in texts_of(plot_heatmap(heat(), THEME))
    plain = plot_heatmap(heat(deviations={}), THEME)
    assert "below the mean" not in texts_of(plain) and "Colour" not in all_text(plain)


def test_colours_from_all_other_outlets_say_so_in_title_key_and_table() -> None:
    data = heat(total=109, against_others=True)
    said = all_text(plot_heatmap(data, THEME))
    assert "distance from the 108 other outlets together" in said and "below the others" in said
    assert "margins_from_others" in data.to_table().column_names and "mean" not in " ".join(
        data.to_table().column_names
    )


def test_a_slide_holds_the_measures_in_which_outlets_differ_most_and_says_how_many_it_leaves_out() -> None:
    slide = get_theme("slides")
    many = heat()
    rows = tuple(many.cells[n % 2] for n in range(30))  # fifteen times hedges, of which nothing is known, and officials
    many = replace(many, measures=tuple(many.measures[n % 2] for n in range(30)), cells=rows)
    fitted = fit_heatmap(many, slide)
    left = 30 - len(fitted.measures)
    assert 1 < len(fitted.measures) < 15 and {m.name for m in fitted.measures} == {OFFICIALS.name}
    figure = plot_heatmap(fitted, slide)
    assert figure.get_size_inches()[1] * 72 == pytest.approx(slide.min_height, abs=1)
    assert f"{left} measures in which outlets differ less clearly" in all_text(figure)
    assert fit_heatmap(many, THEME) is many  # on paper all of them


def test_the_table_of_a_heat_map_has_a_row_for_each_cell() -> None:
    table = heat().to_table()
    assert table.num_rows == 6
    rt = next(r for r in table.to_pylist() if r["outlet"] == "RT" and r["measure"] == OFFICIALS.name)
    assert (rt["value"], rt["margins_from_mean"], rt["differs"], rt["n_articles"]) == (0.6, 4.0, True, 30)


# Contrast


def test_a_contrast_has_both_intervals_and_each_row_its_own_scale() -> None:
    rows = [
        contrast_row(OFFICIALS.name, difference=0.2, low=0.1, high=0.4, matched_difference=0.1, matched_low=-0.2,
                     matched_high=0.3),
        contrast_row(HEDGES.name, difference=-5, low=-10, high=-1, matched_difference=-4, matched_low=-8,
                     matched_high=2),
    ]  # fmt: skip
    figure = plot_contrast(Contrast.from_rows("BBC", "RT", [OFFICIALS, HEDGES], rows), THEME)
    (axes,) = figure.axes
    places = [x for x, _ in dots_of(axes)]
    assert places == pytest.approx([0.96 * x for x in (0.2 / 0.4, 0.1 / 0.4, -5 / 10, -4 / 10)])
    fills = [fill for _, fill in dots_of(axes)]
    assert fills == [*series_colours(THEME)[:2]] * 2
    assert {"all articles", "same events only", "40% against 20%", "← higher in", "RT"} <= set(texts_of(figure))
    assert axes.get_xlim() == (-1, 1)


def test_a_contrast_says_what_speaks_against_a_difference() -> None:
    rows = [contrast_row(OFFICIALS.name, article_share=0.5, term_share=0.49, survives="no")]
    data = Contrast.from_rows("BBC", "RT", [OFFICIALS], rows)
    assert data.rows[0].marks == ("one article", "shared text")
    said = all_text(plot_contrast(data, get_theme("print", 183)))
    assert "one article carries half of it or more" in said and "gone without text that others print too" in said
    assert "one term" not in said


@pytest.mark.parametrize(
    "cells, said, dots",
    [
        ({"matched_status": "insufficient", "n_events": 4}, "same events: insufficient (4)", 1),
        ({"status": "insufficient"}, "all articles: insufficient evidence", 1),
        ({"status": "insufficient", "matched_status": "insufficient"}, "insufficient evidence", 0),
    ],
)
def test_insufficient_evidence_in_a_contrast_is_said(cells: dict[str, Any], said: str, dots: int) -> None:
    figure = plot_contrast(Contrast.from_rows("BBC", "RT", [OFFICIALS], [contrast_row(OFFICIALS.name, **cells)]), THEME)
    assert said in texts_of(figure) and len(dots_of(figure.axes[0])) == dots


def test_where_no_event_is_common_one_note_says_so_for_all_rows() -> None:
    none = {"matched_status": "undefined", "n_events": 0}
    rows = [contrast_row(OFFICIALS.name, **none), contrast_row(HEDGES.name)]
    some = texts_of(plot_contrast(Contrast.from_rows("BBC", "RT", [OFFICIALS, HEDGES], rows), THEME))
    assert some.count("same events: none") == 1 and not any("No event is known" in text for text in some)
    rows[1] = contrast_row(HEDGES.name, **none)
    lone = all_text(plot_contrast(Contrast.from_rows("BBC", "RT", [OFFICIALS, HEDGES], rows), THEME))
    assert "same events: none" not in lone and lone.count("No event is known") == 1


def test_a_measure_without_a_row_keeps_its_numbers() -> None:
    data = Contrast.from_rows("BBC", "RT", [OFFICIALS, HEDGES], [], {OFFICIALS.name: (0.2, 0.6)})
    texts = texts_of(plot_contrast(data, THEME))
    assert "← higher in" not in texts  # nothing is drawn that could be higher
    assert {"20% against 60%", "insufficient evidence", "– against –", "no evidence"} <= set(texts)
    table = data.to_table()
    assert table["value"].to_pylist()[0] == 0.2 and math.isnan(table["difference"].to_pylist()[0])


def test_the_table_of_a_contrast() -> None:
    rows = [contrast_row(OFFICIALS.name, article_share=0.9, term_share=0.9)]
    (record,) = Contrast.from_rows("BBC", "RT", [OFFICIALS], rows).to_table().to_pylist()
    assert record["difference"] == 0.2 and record["matched_low"] == -0.1 and record["n_events"] == 12
    assert record["marks"] == "one article; one term" and record["matched_q"] == 0.3


# Pairs


def pairs(**options: Any) -> PairedIntervals:
    own = pa.Table.from_pylist([row("BBC", "", 0.2), row("RT", "", 0.6), row("Vox", "", 0.9, 4)])
    quoted = pa.Table.from_pylist([row("BBC", "", 0.5), row("RT", "", 0.1, 3)])
    return PairedIntervals.from_tables(
        "“rebels”", "share", {"own voice": own, "quoted": quoted}, percent=True, **options
    )


def test_pairs_are_ordered_by_the_first_series_with_few_articles_and_no_evidence_last() -> None:
    data = pairs(outlets=["SANA", "Vox", "BBC", "RT"])
    assert [r.outlet for r in data.rows] == ["RT", "BBC", "Vox", "SANA"]
    figure = plot_voices(data, THEME)
    assert dots_of(figure.axes[0]) == [
        (0.6, THEME.accent),
        (0.1, THEME.paper),
        (0.2, THEME.accent),
        (0.5, series_colours(THEME)[1]),
        (0.9, THEME.paper),
    ]
    rims = [line.get_markeredgecolor() for line in figure.axes[0].lines if line.get_markerfacecolor() == THEME.paper]
    assert rims == [series_colours(THEME)[1], THEME.accent]  # a hollow dot tells by its rim whose it is
    texts = texts_of(figure)
    assert texts.count("no evidence") == 3 and {"own voice", "quoted", "insufficient evidence"} <= set(texts)


def test_outlets_whose_series_lie_apart_are_in_bold() -> None:
    data = pairs()
    stressed = replace(data, rows=(replace(data.rows[0], apart=True), *data.rows[1:]))
    figure = plot_voices(stressed, THEME)
    bold = {t.get_text() for t in figure.texts if t.get_fontweight() == "bold"}
    assert bold & {"RT", "BBC", "Vox"} == {"RT"} and "Names in bold: own voice lies clearly apart." in all_text(figure)
    assert "Names in bold" not in all_text(plot_voices(data, THEME))
    assert {r["outlet"] for r in stressed.to_table().to_pylist() if r["apart"]} == {"RT"}


def test_a_scale_of_its_own_is_the_axis() -> None:
    tables = {"own voice": interval_table(["A", "B"], 1, -2, 2), "quoted": interval_table(["A", "B"], 2, -2, 2)}
    data = PairedIntervals.from_tables("Words", "", tables, scale=(-2.0, 2.0, "against", "for"))
    figure = plot_voices(data, THEME)
    assert figure.axes[0].get_xlim() == (-2, 2)
    assert {"−2", "−1", "0", "+1", "+2", "against", "for"} <= set(texts_of(figure))


def test_headlines_and_voices_differ_in_words_only() -> None:
    assert texts_of(plot_headlines(pairs(), THEME))[0].startswith("“rebels” in headlines")
    assert pairs().to_table().num_rows == 6
    first = pairs().to_table().to_pylist()[0]
    assert (first["outlet"], first["series"], first["value"], first["n_articles"]) == ("RT", "own voice", 0.6, 30)


def test_pairs_that_cannot_be_drawn_are_refused() -> None:
    twice = pa.Table.from_pylist([row("BBC", "", 0.2), row("BBC", "", 0.3)])
    with pytest.raises(InputError, match="two rows of 'BBC'"):
        PairedIntervals.from_tables("x", "", {"own": twice})
    nothing = pa.Table.from_pylist([row("BBC", "", math.nan, 0)])
    with pytest.raises(InputError, match="nothing to draw of 'x'"):
        PairedIntervals.from_tables("x", "", {"own": nothing})
    with pytest.raises(InputError, match="no column 'low'"):
        PairedIntervals.from_tables("x", "", {"own": twice.drop_columns(["low"])})


# Map


def places(number: int = 4, **options: Any) -> OutletPlaces:
    points = [MapPoint(f"Outlet {n}", 2.0 * n - 3, (-1.0) ** n, ((0.5, 0.2), (-0.1, 0.25))) for n in range(number)]
    return OutletPlaces.from_points(points, (AXIS, AXIS), measures=18, **options)


def test_a_map_has_one_scale_both_ways_and_says_that_directions_mean_no_politics() -> None:
    figure = plot_map(places(unplaced=["Vox"]), THEME)
    (axes,) = figure.axes
    wide = axes.get_window_extent().width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    marks = [line for line in axes.lines if line.get_marker() != "None"]
    assert len(marks) == 4
    upwards = (float(marks[0].get_ydata()[0]) - float(marks[1].get_ydata()[0])) * -1 * figure.dpi / 72
    assert upwards / -2 == pytest.approx(-wide, rel=1e-6) or upwards / 2 == pytest.approx(-wide, rel=1e-6)
    said = all_text(figure)
    assert " ".join(NO_SIDES.split()[:4]) in said and "nothing of politics" in said.replace("\n", " ")
    assert "Vox (not placed: too few articles)" in said
    assert "Right: higher in Loaded words; left: higher in Hedges" in said
    assert all(f"Outlet {n}" in said for n in range(4))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_below_three_outlets_a_map_says_that_there_is_none(number: int) -> None:
    figure = plot_map(places(number, unplaced=["Vox"]), THEME)
    assert not figure.axes and "Vox" in texts_of(figure) and "ellipses" not in all_text(figure)


def test_dots_on_one_spot_are_all_named_or_said_to_have_no_name() -> None:
    points = [MapPoint(f"Outlet {n}", 0.0, 0.0, ((1, 0), (0, 1))) for n in range(30)]
    figure = plot_map(OutletPlaces.from_points(points, (AXIS, AXIS), measures=3), get_theme("print"))
    said = all_text(figure)
    assert all(f"Outlet {n}" in said for n in range(30)) and "Without room for a name" in said


def test_a_line_to_a_name_runs_through_no_dot_of_another_outlet() -> None:
    # A cross of dots so near each other that the middle one finds room for its long name only further off.
    near = [(0.0, 0.0), (0.0, -0.25), (0.0, 0.25), (0.3, 0.0), (-0.3, 0.0)]
    points = [MapPoint(f"A rather long name {n}", x, y, ((1, 0), (0, 1))) for n, (x, y) in enumerate(near)]
    figure = plot_map(OutletPlaces.from_points(points, (AXIS, AXIS), measures=3), get_theme("print"))
    (axes,) = figure.axes
    dots = [(float(x.get_xdata()[0]), float(x.get_ydata()[0])) for x in axes.lines if x.get_marker() == "o"]
    scale = axes.get_position().width * get_theme("print").width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    lines = [x for x in axes.lines if x.get_marker() == "None" and x.get_color() == get_theme("print").muted]
    assert len(dots) == 5 and lines
    for line in lines:
        (x0, x1), (y0, y1) = line.get_xdata(), line.get_ydata()
        own = min(dots, key=lambda d: math.hypot((d[0] - x0) * scale, d[1] - y0))
        for dot in dots:
            steps = [(x0 + p / 99 * (x1 - x0), y0 + p / 99 * (y1 - y0)) for p in range(100)]
            clear = min(math.hypot((x - dot[0]) * scale, y - dot[1]) for x, y in steps)
            assert dot == own or clear > 0.36 * 7.5 * 0.9


def test_the_key_of_a_map_is_an_ellipse() -> None:
    figure = plot_map(places(), THEME)
    closed = [x for x in (*figure.lines, *figure.artists) if hasattr(x, "get_xdata") and len(x.get_xdata()) > 20]
    assert len(closed) == 1 and "ellipses apart: outlets differ beyond chance" in texts_of(figure)
    xs, ys = closed[0].get_xdata(), closed[0].get_ydata()
    assert max(xs) - min(xs) > 1.5 * (max(ys) - min(ys))


def test_the_outline_of_an_ellipse_runs_through_its_half_axes() -> None:
    line = outline(MapPoint("A", 1.0, 2.0, ((3.0, 0.0), (0.0, 1.0))))
    assert line[0] == pytest.approx((4.0, 2.0)) and line[18] == pytest.approx((1.0, 3.0))
    assert line[-1] == pytest.approx(line[0])


def test_the_table_of_a_map() -> None:
    table = places(3, apart=[("Outlet 2", "Outlet 0")], unplaced=["Vox"]).to_table().to_pylist()
    assert (
        table[0]["apart_from"] == "Outlet 2" and table[2]["apart_from"] == "Outlet 0" and table[1]["apart_from"] == ""
    )
    assert (table[0]["x"], table[0]["y"], table[0]["long_x"]) == (-3.0, 1.0, 0.5)
    assert table[3]["outlet"] == "Vox" and table[3]["x"] is None


def test_a_map_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="No outlet"):
        places(0)
    with pytest.raises(InputError, match="two places"):
        OutletPlaces.from_points([*places(1).points, *places(1).points], (AXIS, AXIS))


# Frames


GROUP = MeasureGroup("Frames", (OFFICIALS, HEDGES))
SHARES = pa.Table.from_pylist(
    [row("BBC", OFFICIALS.name, 0.2), row("RT", OFFICIALS.name, 0.6, 4), row("BBC", HEDGES.name, 0.4)]
)


def test_frames_stand_in_the_order_of_their_means_the_same_in_every_panel() -> None:
    data = FrameProfiles.from_table(SHARES, GROUP, ["RT", "BBC", "Vox"], means=[0.2, 0.4], unit="share of cues")
    assert data.frames == ("Hedges", "Officials") and data.names == (HEDGES.name, OFFICIALS.name)
    figure = plot_frames(data, get_theme("print", 183))
    assert [axes.get_label() for axes in figure.axes] == ["RT", "BBC", "Vox"]
    rt, bbc, vox = figure.axes
    assert dots_of(bbc) == [(0.4, THEME.accent), (0.2, THEME.accent)]
    assert dots_of(rt) == [(0.6, THEME.paper)] and dots_of(vox) == []
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    ticks = [tuple(map(float, line.get_xdata())) for line in bbc.lines if line.get_linewidth() == 1.2]
    assert ticks == [(0.4, 0.4), (0.2, 0.2)]
    texts = texts_of(figure)
    assert {"no evidence", "insufficient evidence", "4 articles", "0 articles", "Hedges"} <= set(texts)


def test_the_table_of_frames() -> None:
    table = FrameProfiles.from_table(SHARES, GROUP, ["BBC", "RT"], means=[0.2, 0.4]).to_table()
    assert table.num_rows == 4
    assert table.to_pylist()[0] | {"low": 0, "high": 0} == {
        "outlet": "BBC", "measure": HEDGES.name, "frame": "Hedges", "value": 0.4, "low": 0, "high": 0,
        "mean_of_outlets": 0.4, "n_articles": 30, "status": "ok",
    }  # fmt: skip


def test_frames_that_cannot_be_drawn_are_refused() -> None:
    with pytest.raises(InputError, match="1 means for 2 frames"):
        FrameProfiles.from_table(SHARES, GROUP, means=[0.2])
    with pytest.raises(InputError, match="no outlet has a cue"):
        FrameProfiles.from_table(SHARES, GROUP, ["Vox"])

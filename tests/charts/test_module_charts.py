"""The charts of modules and the profiles of outlets: what stands where."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest

from framing.charts import (
    MeasureGroup,
    ModuleIntervals,
    OutletProfile,
    ShownMeasure,
    alt_text,
    get_theme,
    plot_module,
    plot_profile,
)
from framing.charts.profile import split_evenly
from framing.errors import InputError

THEME = get_theme("print", 120)
OFFICIALS = ShownMeasure("sourcing.words.official", "Officials", "of others’ words", True)
HEDGES = ShownMeasure("certainty.hedge.own", "Hedges", "per 1,000 words")
GROUPS = [MeasureGroup("Who speaks", (OFFICIALS,)), MeasureGroup("Certainty", (HEDGES,))]


def row(outlet: str, value: float, n: int, low: float = math.nan, high: float = math.nan, name: str = "") -> Any:
    status = "ok" if n >= 10 else "insufficient" if n else "undefined"
    return {
        "outlet": outlet,
        "measure": name or OFFICIALS.name,
        "value": value,
        "low": low,
        "high": high,
        "n_articles": n,
        "status": status,
    }


ROWS = [
    row("BBC", 0.2, 30, 0.1, 0.3),
    row("RT", 0.6, 1200, 0.5, 0.7),
    row("Vox", 0.4, 4, 0.1, 0.9),
    row("SANA", math.nan, 0),
    *(row(o, v, 30, v - 1, v + 1, HEDGES.name) for o, v in (("BBC", 4.0), ("RT", 9.0))),
    row("Vox", 80.0, 2, 1.0, 99.0, HEDGES.name),
    row("RT", 1.0, 30, 1.0, 1.0, "loaded.rate.own"),
]
TABLE = pa.Table.from_pylist(ROWS)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def dots_of(axes: Any) -> list[tuple[float, str, str, str]]:
    """Place, fill, edge and shape of each mark."""
    return [
        (float(x), line.get_markerfacecolor(), line.get_markeredgecolor(), line.get_marker())
        for line in axes.lines
        if line.get_marker() != "None"
        for x in line.get_xdata()
    ]


def test_outlets_of_a_module_are_sorted_by_value_with_few_articles_and_no_evidence_last() -> None:
    (panel,) = ModuleIntervals.from_table(TABLE, GROUPS[0]).panels
    assert [row.outlet for row in panel.intervals] == ["RT", "BBC", "Vox", "SANA"]
    assert [row.status for row in panel.intervals] == ["ok", "ok", "insufficient", "undefined"]


def test_a_module_has_a_panel_for_each_measure_with_its_own_axis_and_unit() -> None:
    group = MeasureGroup("Both", (OFFICIALS, HEDGES))
    figure = plot_module(ModuleIntervals.from_table(TABLE, group), THEME)
    officials, hedges = figure.axes
    assert [axes.get_label() for axes in figure.axes] == ["Officials", "Hedges"]
    assert officials.get_xlim() == pytest.approx((0, 0.8)) and hedges.get_xlim() == pytest.approx((0, 10))
    assert [x for x, *_ in dots_of(officials)] == [0.6, 0.2, 0.4]
    strokes = [tuple(map(float, line.get_xdata())) for line in officials.lines]
    assert (0.5, 0.7) in strokes and (0.1, 0.3) in strokes
    texts = texts_of(figure)
    assert {"of others’ words", "per 1,000 words", "0%", "80%", "10.0", "1,200"} <= set(texts)
    assert texts.count("no evidence") == 2 and "insufficient evidence" in texts


def test_a_number_beyond_the_axis_is_an_arrow_and_the_chart_says_so() -> None:
    figure = plot_module(ModuleIntervals.from_table(TABLE, GROUPS[1]), THEME)
    (axes,) = figure.axes
    assert dots_of(axes)[-1] == (10.0, THEME.paper, THEME.muted, ">")
    assert any("beyond the axis" in text for text in texts_of(figure))
    assert all(axes.get_xlim()[0] <= x <= axes.get_xlim()[1] for line in axes.lines for x in line.get_xdata())


def test_where_all_have_few_articles_no_interval_is_cut() -> None:
    rows = [{**row("Vox", 0.3, 2), "low": 0.05, "high": 0.9}, {**row("RT", 0.2, 1), "low": math.nan, "high": math.nan}]
    for figure in (
        plot_module(ModuleIntervals.from_table(pa.Table.from_pylist(rows), GROUPS[0]), THEME),
        plot_profile(OutletProfile.from_table(pa.Table.from_pylist(rows), "Vox", GROUPS[:1]), THEME),
    ):
        low, high = figure.axes[0].get_xlim()
        assert low <= 0.05 and high >= 0.9
        assert (0.05, 0.9) in [tuple(map(float, line.get_xdata())) for line in figure.axes[0].lines]


def test_a_profile_sets_the_outlet_before_the_others_in_grey() -> None:
    figure = plot_profile(OutletProfile.from_table(TABLE, "BBC", GROUPS), THEME)
    officials, hedges = figure.axes
    marks = dots_of(officials)
    assert [x for x, *_ in marks] == [0.6, 0.4, 0.2]
    assert marks[-1][1:3] == (THEME.accent, THEME.accent)
    assert marks[0][1] not in (THEME.accent, THEME.paper) and marks[1][1] == THEME.paper
    assert (0.1, 0.3) in [tuple(map(float, line.get_xdata())) for line in officials.lines]
    texts = texts_of(figure)
    assert {"Who speaks", "Certainty", "Officials", "20%", "4.00", "BBC", "another outlet"} <= set(texts)
    assert "BBC" in texts[0] and not any("bias" in text.casefold() for text in texts)
    # What belongs to the outlet lies over the others.
    order = {float(line.get_xdata()[0]): line.get_zorder() for line in hedges.lines if line.get_marker() == "o"}
    assert order[4.0] > order[9.0]


def test_a_profile_of_few_articles_is_hollow_and_one_without_evidence_says_so() -> None:
    few = plot_profile(OutletProfile.from_table(TABLE, "Vox", GROUPS), THEME)
    assert dots_of(few.axes[0])[-1] == (0.4, THEME.paper, THEME.muted, "o")
    assert "Vox (insufficient evidence)" in texts_of(few)
    none = plot_profile(OutletProfile.from_table(TABLE, "SANA", GROUPS), THEME)
    assert texts_of(none).count("no evidence") == 2
    assert len(dots_of(none.axes[0])) == 3


def test_beside_many_outlets_those_with_few_articles_are_left_out_and_the_chart_says_so() -> None:
    many = [row(f"Outlet {n:02}", 0.3, 30 if n % 2 else 3) for n in range(30)]
    profile = OutletProfile.from_table(pa.Table.from_pylist([*ROWS, *many]), "BBC", GROUPS)
    (strip,) = profile.groups[0].strips
    assert profile.thinned and {row.status for row in strip.others} == {"ok"}
    assert len(strip.others) == 1 + 15
    assert any("of insufficient evidence are left out" in text for text in texts_of(plot_profile(profile, THEME)))


def test_the_modules_of_a_profile_run_down_as_many_columns_as_fit() -> None:
    groups = [MeasureGroup(f"Module {n}", (ShownMeasure(OFFICIALS.name, f"Measure {n}", "", True),)) for n in range(6)]

    def columns(width: float) -> list[int]:
        figure = plot_profile(OutletProfile.from_table(TABLE, "BBC", groups), get_theme("print", width))
        lefts = [round(axes.get_position().x0, 3) for axes in figure.axes]
        return [lefts.count(left) for left in sorted(set(lefts))]

    assert [columns(width) for width in (89, 120, 183, 260)] == [[6], [6], [3, 3], [2, 2, 2]]


@pytest.mark.parametrize(
    "heights, most, parts",
    [
        ([3, 1, 1, 1], 2, [1, 3]),
        ([1, 1, 1, 3], 2, [3, 1]),
        ([2, 2, 2, 2, 2], 3, [2, 2, 1]),
        ([5], 3, [1]),
        ([1, 9, 1], 2, [2, 1]),
    ],
)
def test_blocks_are_shared_out_among_columns_so_that_the_highest_is_low(
    heights: list[float], most: int, parts: list[int]
) -> None:
    assert [len(part) for part in split_evenly(heights, most)] == parts


def test_a_profile_stresses_what_lies_clearly_apart() -> None:
    profile = OutletProfile.from_table(TABLE, "BBC", GROUPS, apart=[HEDGES.name])
    figure = plot_profile(profile, THEME)
    looks = {(t.get_text(), t.get_color(), t.get_fontweight()) for t in figure.texts}
    assert ("4.00", THEME.accent, "bold") in looks and ("20%", THEME.ink, "normal") in looks
    assert any(text.startswith("Figures in bold and colour") for text in texts_of(figure))
    marked = [(r["measure"], r["outlet"]) for r in profile.to_table().to_pylist() if r["apart"]]
    assert marked == [(HEDGES.name, "BBC")]


def test_alternative_text_names_kind_and_data() -> None:
    module = plot_module(ModuleIntervals.from_table(TABLE, GROUPS[0]), THEME)
    assert alt_text(module) == "Dot plot with 95% intervals of “Officials” in 4 outlets."
    profile = plot_profile(OutletProfile.from_table(TABLE, "BBC", GROUPS, ["RT"]), THEME)
    assert alt_text(profile) == (
        "Small multiples of dots with 95% intervals of 2 measures of BBC beside 1 other outlet."
    )


def test_what_cannot_be_drawn_is_refused() -> None:
    moon = MeasureGroup("Moon", (ShownMeasure("moon.phase", "Phase"),))
    with pytest.raises(InputError, match=r"no measure 'moon\.phase'"):
        ModuleIntervals.from_table(TABLE, moon)
    with pytest.raises(InputError, match="no outlet 'NPR'; it has BBC, RT, SANA, Vox"):
        OutletProfile.from_table(TABLE, "NPR", GROUPS)
    with pytest.raises(InputError, match="no column 'low'"):
        ModuleIntervals.from_table(TABLE.drop_columns(["low"]), GROUPS[0])
    with pytest.raises(InputError, match="No outlet"):
        ModuleIntervals.from_table(TABLE, GROUPS[0], outlets=[])
    nothing = pa.Table.from_pylist([row("SANA", math.nan, 0)])
    with pytest.raises(InputError, match="nothing to draw of 'SANA'"):
        OutletProfile.from_table(nothing, "SANA", GROUPS[:1])

"""Every theme at every preset, with few and very many rows: nothing clipped, nothing overlapping.

A sample: each chart meets each theme, and each theme each size, but not every chart every theme at every size.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import pytest
from chart_tables import GROUPS, REFERENTS, coverage_table, measures_table, module_table, names, terms_table
from comparison_tables import frames_data, heatmap_data, map_data, paired_data
from matplotlib.figure import Figure
from test_chart_layout import CAPTION, check_texts

from framing.charts import (
    Caption,
    CoverageMatrix,
    ModuleIntervals,
    OutletProfile,
    StanceIntervals,
    Theme,
    VariantShares,
    get_theme,
    plot_coverage,
    plot_module,
    plot_profile,
    plot_stance,
    plot_variant_shares,
)
from framing.charts.frames import plot_frames
from framing.charts.heatmap import plot_heatmap
from framing.charts.outlet_map import plot_map
from framing.charts.theme import PRINT_WIDTHS_MM
from framing.charts.voices import plot_voices

PRESETS = [
    *(get_theme("print", width) for width in PRINT_WIDTHS_MM),
    get_theme("print-dark", 183),
    get_theme("web-dark"),
    get_theme("slides"),
    get_theme("slides-dark"),
]
Draw = Callable[[int, Theme], Figure]


def draw_names(outlets: int, theme: Theme, variants: int) -> Figure:
    table = terms_table(names(outlets), variants)
    return plot_variant_shares(VariantShares.from_table(table, "syria", "armed-opposition"), theme, CAPTION)


DRAW: dict[str, Draw] = {
    "one-name": lambda n, theme: draw_names(n, theme, 1),
    "twelve-names": lambda n, theme: draw_names(n, theme, 12),
    "stance": lambda n, theme: plot_stance(
        StanceIntervals.from_table(measures_table(names(n), REFERENTS[:3]), "syria"), theme, CAPTION
    ),
    "coverage": lambda n, theme: plot_coverage(
        CoverageMatrix.from_table(coverage_table(names(n), REFERENTS), "syria"), theme, CAPTION
    ),
    "module": lambda n, theme: plot_module(
        ModuleIntervals.from_table(module_table(names(n)), GROUPS[1]), theme, CAPTION
    ),
    "profile": lambda n, theme: plot_profile(
        OutletProfile.from_table(module_table(names(n)), names(n)[0], GROUPS), theme, CAPTION
    ),
    "heatmap": lambda n, theme: plot_heatmap(heatmap_data(names(n)), theme, CAPTION),
    "voices": lambda n, theme: plot_voices(paired_data(names(n), 4), theme, CAPTION),
    "map": lambda n, theme: plot_map(map_data(names(n)), theme, CAPTION),
    "frames": lambda n, theme: plot_frames(frames_data(names(n)), theme, CAPTION),
}
SAMPLE = [
    (chart, theme, (2, 40)[(place + number) % 2])
    for place, chart in enumerate(DRAW)
    for number, theme in enumerate(PRESETS)
]


@pytest.fixture(autouse=True)
def _missing_glyphs_are_drawn_as_boxes() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


@pytest.mark.parametrize(
    "chart, theme, outlets", SAMPLE, ids=[f"{c}-{t.name}-{t.width_mm:.0f}-{n}" for c, t, n in SAMPLE]
)
def test_texts(chart: str, theme: Theme, outlets: int) -> None:
    check_texts(DRAW[chart](outlets, theme), theme)


@pytest.mark.parametrize(
    "name, width, least", [("web", 1200, 675), ("slides", 1920, 1080), ("slides-dark", 1920, 1080)]
)
def test_a_card_or_slide_has_its_size_and_grows_only_when_it_must(name: str, width: int, least: int) -> None:
    for outlets, grows in ((2, False), (6, False), (40, True)):
        table = measures_table([f"Outlet {number}" for number in range(outlets)], ["army"])
        stance = StanceIntervals.from_table(table, "syria")
        figure = plot_stance(stance, get_theme(name), Caption(title="A finding", source="A source"))
        assert round(figure.bbox.width) == width
        height = round(figure.bbox.height)
        assert height > least if grows else height == least


def test_lines_on_a_slide_are_heavier() -> None:
    def widest(theme: str) -> float:
        stance = StanceIntervals.from_table(measures_table(["A", "B"], ["army"]), "syria")
        figure = plot_stance(stance, get_theme(theme), CAPTION)
        return max(line.get_linewidth() for axes in figure.axes for line in axes.lines)

    assert widest("slides") == pytest.approx(1.6 * widest("print"))

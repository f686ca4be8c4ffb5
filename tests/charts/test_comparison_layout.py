"""The charts of comparison: nothing clipped, nothing overlapping, the same bytes each time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import pytest
from chart_tables import names
from comparison_tables import contrast_data, frames_data, heatmap_data, map_data, paired_data
from matplotlib.figure import Figure
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import Theme, alt_text, get_theme, render
from framing.charts.contrast import plot_contrast
from framing.charts.frames import plot_frames
from framing.charts.headlines import plot_headlines
from framing.charts.heatmap import plot_heatmap
from framing.charts.outlet_map import plot_map
from framing.charts.voices import plot_voices


@pytest.fixture(autouse=True)
def _missing_glyphs_are_drawn_as_boxes() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        warnings.filterwarnings("ignore", message=".*are in no font of its theme.*")
        yield


Draw = Callable[[int, Theme], Figure]
DRAW: dict[str, Draw] = {
    "heatmap": lambda n, theme: plot_heatmap(heatmap_data(names(n)), theme, CAPTION),
    "voices": lambda n, theme: plot_voices(paired_data(names(n), 3, scale=True), theme, CAPTION),
    "headlines": lambda n, theme: plot_headlines(paired_data(names(n), 2), theme, CAPTION),
    "map": lambda n, theme: plot_map(map_data(names(n)), theme, CAPTION),
    "frames": lambda n, theme: plot_frames(frames_data(names(n)), theme, CAPTION),
}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [2, 16])
@pytest.mark.parametrize("chart", DRAW)
def test_texts(chart: str, outlets: int, theme: Theme) -> None:
    check_texts(DRAW[chart](outlets, theme), theme)


@pytest.mark.parametrize("theme", [get_theme("print"), get_theme("web")], ids=lambda theme: theme.name)
@pytest.mark.parametrize("chart", DRAW)
def test_texts_of_forty_outlets(chart: str, theme: Theme) -> None:
    check_texts(DRAW[chart](40, theme), theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
def test_texts_of_contrasts(theme: Theme) -> None:
    hard = names(16)
    for first, other in ((0, 1), (2, 3), (5, 6), (8, 9), (11, 12)):
        check_texts(plot_contrast(contrast_data(hard[first], hard[other]), theme, CAPTION), theme)


@pytest.mark.parametrize("theme", ["print", "dark"])
@pytest.mark.parametrize("chart", [*DRAW, "contrast"])
def test_the_same_data_gives_the_same_bytes(chart: str, theme: str) -> None:
    def draw() -> Figure:
        look = get_theme(theme)
        return plot_contrast(contrast_data("A", "B"), look) if chart == "contrast" else DRAW[chart](6, look)

    for format in ("png", "svg"):
        assert render(draw(), format) == render(draw(), format)


@pytest.mark.parametrize("chart", DRAW)
def test_every_chart_has_its_alternative_text(chart: str) -> None:
    said = alt_text(DRAW[chart](6, get_theme("print", 183)))
    assert said.count(". The $ize") == 1 and "outlets" in said and said.endswith(".")

"""Nothing clipped, nothing overlapping: every text of every chart, measured by the renderer."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from chart_tables import GROUPS, REFERENTS, coverage_table, measures_table, module_table, names, terms_table
from matplotlib.figure import Figure

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

THEMES = [
    get_theme("print", 80),
    get_theme("print"),
    get_theme("print", 120),
    get_theme("print", 183),
    get_theme("web"),
    get_theme("slides"),
    get_theme("light"),  # the dark themes have the sizes of the light ones
]
CAPTION = Caption(
    title="The $ize\ud800 of the finding: “терроRists” 恐怖分子 is a word one outlet leaves to people\x07 it quotes",
    source="A sample with a long name, drawn from " + "w" * 120,
    articles=123_456,
    period="1 January 2011 to 31 December 2020",
    lexicon="syria 3f9c2a1",
    method="95% bootstrap intervals over articles; voice by cue rules",
)


@pytest.fixture(autouse=True)
def _missing_glyphs_are_drawn_as_boxes() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def check_texts(figure: Figure, theme: Theme) -> None:
    # At 100 dpi: fewer pixels to draw on, and hinting would show as an overlap.
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    texts = [text.get_text() for text in figure.texts]
    boxes = np.array([text.get_window_extent(renderer).extents for text in figure.texts])
    assert not any(axes.texts for axes in figure.axes)
    assert all(text.get_fontsize() >= 6 for text in figure.texts)
    width, height = figure.bbox.width, figure.bbox.height
    outside = (boxes[:, 0] < 0) | (boxes[:, 1] < 0) | (boxes[:, 2] > width) | (boxes[:, 3] > height)
    assert not outside.any(), [texts[i] for i in np.flatnonzero(outside)]
    # Boxes hold empty ascenders; half a point of them may touch.
    slack = figure.dpi / 72 / 2
    left, bottom, right, top = boxes.T
    across = (left[:, None] + slack < right[None]) & (left[None] + slack < right[:, None])
    upwards = (bottom[:, None] + slack < top[None]) & (bottom[None] + slack < top[:, None])
    pairs = np.argwhere(np.triu(across & upwards, 1))
    assert not len(pairs), [(texts[i], texts[j]) for i, j in pairs[:5]]
    assert figure.bbox.width == pytest.approx(theme.width / 72 * figure.dpi)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets, variants", [(2, 1), (16, 6)])
def test_texts_of_variant_shares(theme: Theme, outlets: int, variants: int) -> None:
    shares = VariantShares.from_table(terms_table(names(outlets), variants), "syria", "armed-opposition")
    check_texts(plot_variant_shares(shares, theme, CAPTION), theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets, referents", [(2, 1), (16, 3)])
def test_texts_of_stance(theme: Theme, outlets: int, referents: int) -> None:
    stance = StanceIntervals.from_table(measures_table(names(outlets), REFERENTS[:referents]), "syria")
    check_texts(plot_stance(stance, theme, CAPTION), theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets, referents", [(2, 1), (16, 4)])
@pytest.mark.parametrize("events", [True, False])
def test_texts_of_coverage(theme: Theme, outlets: int, referents: int, events: bool) -> None:
    matrix = CoverageMatrix.from_table(coverage_table(names(outlets), REFERENTS[:referents], events), "syria")
    check_texts(plot_coverage(matrix, theme, CAPTION), theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [2, 16])
def test_texts_of_module(theme: Theme, outlets: int) -> None:
    for group in GROUPS:
        module = ModuleIntervals.from_table(module_table(names(outlets)), group)
        check_texts(plot_module(module, theme, CAPTION), theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [1, 2, 16])
def test_texts_of_profile(theme: Theme, outlets: int) -> None:
    table = module_table(names(outlets))
    for outlet in names(outlets)[:4]:  # enough articles, few, one, none
        profile = OutletProfile.from_table(table, outlet, GROUPS)
        check_texts(plot_profile(profile, theme, CAPTION), theme)


@pytest.mark.parametrize("theme", [get_theme("print"), get_theme("web")], ids=lambda theme: theme.name)
def test_texts_of_forty_outlets_and_twelve_variants_or_referents(theme: Theme) -> None:
    outlets = names(40)
    shares = VariantShares.from_table(terms_table(outlets, 12), "syria", "armed-opposition")
    check_texts(plot_variant_shares(shares, theme, CAPTION), theme)
    check_texts(plot_stance(StanceIntervals.from_table(measures_table(outlets, ["army"]), "syria"), theme), theme)
    check_texts(plot_stance(StanceIntervals.from_table(measures_table(outlets[:5], REFERENTS), "syria"), theme), theme)
    matrix = CoverageMatrix.from_table(coverage_table(outlets, REFERENTS), "syria")
    check_texts(plot_coverage(matrix, theme, CAPTION), theme)
    table = module_table(outlets)
    check_texts(plot_module(ModuleIntervals.from_table(table, GROUPS[0]), theme, CAPTION), theme)
    check_texts(plot_profile(OutletProfile.from_table(table, outlets[0], GROUPS), theme, CAPTION), theme)


def test_figures_in_segments_stay_inside_them() -> None:
    shares = VariantShares.from_table(terms_table(names(16), 6), "syria", "armed-opposition")
    figure = plot_variant_shares(shares, get_theme("print", 183))
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    bars = [
        patch.get_window_extent(renderer) for axes in figure.axes for patch in axes.patches if not patch.get_linewidth()
    ]
    inside = 0
    for text in figure.texts:
        box = text.get_window_extent(renderer)
        for bar in bars:
            middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            if bar.contains(*middle):
                inside += 1
                assert bar.x0 <= box.x0 and box.x1 <= bar.x1, text.get_text()
    assert inside > 20


def test_web_is_a_card_of_1200_by_675_pixels_and_grows_only_when_it_must() -> None:
    for outlets, grows in ((2, False), (6, False), (40, True)):
        shares = VariantShares.from_table(
            terms_table([f"Outlet {i}" for i in range(outlets)], 4), "syria", "armed-opposition"
        )
        figure = plot_variant_shares(shares, get_theme("web"), Caption(title="A finding", source="A source"))
        width, height = round(figure.bbox.width), round(figure.bbox.height)
        assert width == 1200 and (height > 675 if grows else height == 675)


def test_more_outlets_make_a_higher_figure() -> None:
    heights = []
    for outlets in (2, 10, 40):
        stance = StanceIntervals.from_table(measures_table(names(outlets), REFERENTS[:1]), "syria")
        heights.append(plot_stance(stance, replace(get_theme("print"), dpi=72)).bbox.height)
    assert heights == sorted(heights) and heights[2] > 2 * heights[0]

from dataclasses import fields, replace

import pytest

from framing.charts.theme import PRINT_WIDTHS_MM, THEMES, contrast, darken, get_theme, mix
from framing.errors import InputError


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_can_be_read(name: str) -> None:
    theme = THEMES[name]
    assert theme.name == name
    assert min(theme.title, theme.subtitle, theme.label, theme.small) >= 6
    assert theme.title > theme.subtitle >= theme.label >= theme.small
    assert contrast(theme.ink, theme.paper) >= 7
    assert theme.dark == (contrast(theme.paper, "#000000") < 4.5)


def test_every_theme_is_there_light_and_dark_in_the_same_sizes() -> None:
    pairs = {"print": "print-dark", "web": "web-dark", "slides": "slides-dark", "light": "dark"}
    assert set(THEMES) == {*pairs, *pairs.values()}
    for light, dark in pairs.items():
        assert darken(get_theme(light), dark) == get_theme(dark)
        changed = {
            f.name
            for f in fields(get_theme(light))
            if getattr(get_theme(light), f.name) != getattr(get_theme(dark), f.name)
        }
        colours = {"paper", "ink", "muted", "faint", "outline", "accent", "above", "below", "other"}
        assert changed == colours | {"name", "dark"}


def test_a_theme_of_ones_own_can_be_darkened() -> None:
    own = replace(get_theme("print"), name="house", fonts=("DejaVu Serif",))
    assert (darken(own).name, darken(own).dark, darken(own).fonts) == ("house-dark", True, ("DejaVu Serif",))


@pytest.mark.parametrize("first, second, expected", [("#FFFFFF", "#000000", 21.0), ("#777777", "#777777", 1.0)])
def test_contrast_of_known_pairs(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected)


def test_mix_is_linear_between_two_colours() -> None:
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 0.2) == "#333333"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"


def test_print_takes_any_width_of_a_column() -> None:
    assert PRINT_WIDTHS_MM == (89, 120, 183)
    assert get_theme("print").width_mm == 89
    assert get_theme("print").dpi == 300
    for name in ("print", "print-dark"):
        assert get_theme(name, 183).width == pytest.approx(183 / 25.4 * 72)
        assert get_theme(name, 183).small == get_theme(name).small


@pytest.mark.parametrize("name, width, height", [("web", 1200, 675), ("slides", 1920, 1080)])
@pytest.mark.parametrize("width_mm", [None, 120, 440])
def test_cards_and_slides_have_their_pixels_at_every_width(
    name: str, width: int, height: int, width_mm: float | None
) -> None:
    theme = get_theme(name, width_mm)
    assert width_mm is None or theme.width_mm == width_mm
    assert theme.label == get_theme(name).label
    assert theme.width / 72 * theme.dpi == pytest.approx(width)
    assert theme.min_height / 72 * theme.dpi == pytest.approx(height)


def test_labels_on_a_slide_of_13_inches_have_14_points() -> None:
    theme = get_theme("slides")
    assert theme.width_mm / 25.4 == pytest.approx(13.333, abs=0.001)
    assert theme.label >= 14


def test_a_theme_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match=r"no theme 'sepia'.*print, web, slides, print-dark"):
        get_theme("sepia")
    with pytest.raises(InputError, match="width of 30 mm"):
        get_theme("print", 30)
    for width in (0, -1, float("nan")):
        with pytest.raises(InputError, match=r"is not drawn\. Use 80 to 600 mm"):
            get_theme("slides", width)
    with pytest.raises(InputError, match="font of 5 pt"):
        replace(get_theme("print"), small=5.0)
    with pytest.raises(InputError, match="6 series colours"):
        replace(get_theme("print"), series=("#000000",) * 6)

from dataclasses import replace

import pytest

from framing.charts.theme import THEMES, contrast, get_theme, ink_on, mix
from framing.errors import InputError


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_can_be_read(name: str) -> None:
    theme = THEMES[name]
    assert theme.name == name
    assert min(theme.title, theme.subtitle, theme.label, theme.small) >= 6
    assert contrast(theme.ink, theme.paper) >= 7
    assert contrast(theme.muted, theme.paper) >= 4.5
    assert contrast(theme.accent, theme.paper) >= 4.5
    assert theme.dark == (contrast(theme.paper, "#000000") < 4.5)
    for fill in (*theme.series, theme.other):
        assert contrast(ink_on(fill), fill) >= 4.5


@pytest.mark.parametrize("first, second, expected", [("#FFFFFF", "#000000", 21.0), ("#777777", "#777777", 1.0)])
def test_contrast_of_known_pairs(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected)


def test_mix_is_linear_between_two_colours() -> None:
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 0.2) == "#333333"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"


def test_print_takes_any_width_of_a_column() -> None:
    assert get_theme("print").width_mm == 89
    assert get_theme("print", 183).width == pytest.approx(183 / 25.4 * 72)


def test_a_theme_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match=r"no theme 'sepia'.*print, web"):
        get_theme("sepia")
    with pytest.raises(InputError, match="width of 30 mm"):
        get_theme("print", 30)
    with pytest.raises(InputError, match="font of 5 pt"):
        replace(get_theme("print"), small=5.0)
    with pytest.raises(InputError, match="6 series colours"):
        replace(get_theme("print"), series=("#000000",) * 6)

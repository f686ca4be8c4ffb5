"""Colours that stand side by side can be told apart, whatever colours one sees; text and marks stand out.

Differences are CIEDE2000. About 1 is the least that is seen on large fields side by side, and some 5 on marks of a
quarter of a degree (Stone, Szafir & Setlur 2014). What has to be found again in a key, out of six, gets twice that: 10.
Steps of a scale lie beside each other in their order and need not be told apart from afar: 8.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from colour_vision import DEFICIENCIES, ciede2000, difference, simulate

from framing.charts.diverging import diverging_colour
from framing.charts.theme import THEMES, Theme, contrast, ink_on, mix
from framing.charts.two_sides import PALE, side_colours

CATEGORIES, STEPS = 10.0, 8.0
TEXT, MARKS = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


# From table 1 of Sharma, Wu & Dalal (2005): blue, far apart, grey, hues on both sides of 0 and of 180 degrees, dark.
@pytest.mark.parametrize(
    "first, second, expected",
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_difference_of_published_pairs(first: tuple[float, ...], second: tuple[float, ...], expected: float) -> None:
    assert ciede2000(np.array(first), np.array(second)) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(np.array(second), np.array(first)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("kind", DEFICIENCIES)
def test_greys_look_the_same_to_everybody(kind: str) -> None:
    for grey in ("#000000", "#767676", "#FFFFFF"):
        assert simulate(grey, kind) == pytest.approx(simulate(grey, "none"), abs=2e-6)


def test_the_check_finds_what_is_known_to_be_confused() -> None:
    assert difference("#FF0000", "#B38000")[1] in ("protanopia", "deuteranopia")
    red_and_green, who = difference("#C06050", "#808040")
    assert red_and_green < CATEGORIES and who == "deuteranopia"
    blue_and_green, who = difference("#0080A0", "#008C78")
    assert blue_and_green < CATEGORIES and who == "tritanopia"


def alike(colours: list[str], least: float) -> list[tuple[str, str, str, float]]:
    found = [(a, b, *difference(a, b)) for a, b in combinations(dict.fromkeys(colours), 2)]
    return [(a, b, who, round(apart, 1)) for a, b, apart, who in found if apart < least]


@every_theme
def test_series_can_be_told_apart(theme: Theme) -> None:
    assert not alike([*theme.series, theme.other, theme.accent, theme.paper], CATEGORIES)


@every_theme
def test_two_sides_can_be_told_apart_full_and_pale(theme: Theme) -> None:
    sides = side_colours(theme)
    pale = [mix(colour, theme.paper, PALE) for colour in sides]
    assert not alike([*sides, *pale, theme.other, theme.paper], CATEGORIES)


@every_theme
def test_steps_away_from_a_middle_can_be_told_apart(theme: Theme) -> None:
    places = np.linspace(-1, 1, 9)
    colours = [diverging_colour(float(place), theme) for place in places]
    assert colours == [*reversed(theme.below), *theme.above[1:]]
    assert all(difference(a, b)[0] >= STEPS for a, b in pairwise(colours))
    # The ends are looked up in the key: off their neighbours, and each off all that lies on the other side.
    for end, neighbour in ((theme.above[-1], theme.above[-2]), (theme.below[-1], theme.below[-2])):
        assert difference(end, neighbour)[0] >= CATEGORIES
    for above, below in ((a, b) for a in theme.above[1:] for b in theme.below[1:]):
        assert difference(above, below)[0] >= CATEGORIES, (above, below)


@every_theme
def test_text_can_be_read_on_what_it_stands_on(theme: Theme) -> None:
    for colour in (theme.ink, theme.muted, theme.accent, *side_colours(theme)):
        assert contrast(colour, theme.paper) >= TEXT, colour
    fills = [*theme.series, theme.other, theme.accent, *(mix(c, theme.paper, PALE) for c in side_colours(theme))]
    fills += [diverging_colour(float(place), theme) for place in np.linspace(-1, 1, 81)]
    for fill in fills:
        assert contrast(ink_on(fill), fill) >= TEXT, fill


def test_ink_can_be_read_on_every_grey() -> None:
    greys = [f"#{value:02X}{value:02X}{value:02X}" for value in range(256)]
    assert min(contrast(ink_on(grey), grey) for grey in greys) >= TEXT


@every_theme
def test_marks_stand_out_from_the_paper_by_their_fill_or_by_their_outline(theme: Theme) -> None:
    for fill in (*theme.series, theme.other, theme.accent):
        # An outline that is seen on the paper bounds a fill too pale for it; it must be seen on the fill too.
        bounded = min(contrast(theme.outline, theme.paper), contrast(theme.outline, fill)) >= MARKS
        assert bounded or contrast(fill, theme.paper) >= MARKS, fill
    assert contrast(theme.muted, theme.paper) >= MARKS  # hollow marks, hatching, axes

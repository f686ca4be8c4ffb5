import math

import pytest

from framing.charts import get_theme, say_number
from framing.charts.axis import fit_axis

THEME = get_theme("print")


@pytest.mark.parametrize(
    "numbers, percent, low, high",
    [
        ([3.0, 9.0], False, 0, 10),  # the lowest is less than half of the highest
        ([41.0, 62.0], False, 40, 70),  # far from 0
        ([0.3, 0.62], True, 0, 0.8),
        ([0.92, 1.0], True, 0.92, 1.0),
        ([-0.3, 0.1], False, -0.3, 0.1),
        ([-9.0, -3.0], False, -10, 0),
        ([0.0, 0.0], False, 0, 1),  # one number alone has room around it
        ([0.0], True, 0, 0.1),
        ([0.5], True, 0.45, 0.55),
        ([1.0], True, 0.9, 1.0),
        ([120_000.0, 480_000.0], False, 0, 600_000),
        ([math.nan], False, 0, 1),
        ([], True, 0, 1),
    ],
)
def test_an_axis_holds_its_numbers(numbers: list[float], percent: bool, low: float, high: float) -> None:
    axis = fit_axis(numbers, percent=percent)
    assert (axis.low, axis.high) == (pytest.approx(low), pytest.approx(high))
    assert all(axis.low - 1e-9 <= n <= axis.high + 1e-9 for n in numbers if not math.isnan(n))
    for ticks in axis.ticks:
        assert len(ticks) > 1 and all(axis.low - 1e-9 <= place <= axis.high + 1e-9 for place, _ in ticks)


def test_numbers_of_few_articles_do_not_squeeze_the_others() -> None:
    assert fit_axis([4.0, 5.0], [6.0, 90.0]).high == pytest.approx(6)
    assert fit_axis([], [6.0, 90.0]).high == pytest.approx(100)  # but without others they are all there is


def test_a_narrow_strip_has_fewer_ticks() -> None:
    axis = fit_axis([0.0, 0.8], percent=True)
    wide, narrow = axis.choose_ticks(200, THEME), axis.choose_ticks(40, THEME)
    assert [text for _, text in wide] == ["0%", "20%", "40%", "60%", "80%"]
    assert len(narrow) < len(wide)


@pytest.mark.parametrize(
    "value, percent, text",
    [
        (0.614, True, "61%"),
        (0.004, True, "<1%"),
        (0.998, True, ">99%"),
        (0.0, True, "0%"),
        (1.0, True, "100%"),
        (math.nan, False, "–"),
        (0.0, False, "0"),
        (2.345, False, "2.35"),
        (23.45, False, "23.4"),
        (1234.5, False, "1,234"),
        (-0.08, False, "−0.08"),
        (-0.001, False, "0.00"),  # no minus before nothing
    ],
)
def test_numbers_are_printed_with_three_digits(value: float, percent: bool, text: str) -> None:
    assert say_number(value, percent) == text

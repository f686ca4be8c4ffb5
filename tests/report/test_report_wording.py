"""Numbers and names as they are printed."""

import math

import pytest

from framing.report.wording import count, day, join, percent, percent_interval, period, signed, tidy, weight


@pytest.mark.parametrize(
    "share, text",
    [
        (0, "0%"),
        (0.001, "<1%"),
        (0.005, "<1%"),
        (0.016, "2%"),
        (0.5, "50%"),
        (0.996, ">99%"),
        (1, "100%"),
        (math.nan, "–"),
    ],
)
def test_only_nothing_is_0_and_only_everything_is_100_per_cent(share: float, text: str) -> None:
    assert percent(share) == text


def test_interval_without_width_says_nothing() -> None:
    assert percent_interval(0.44, 0.69) == "44–69%"
    assert percent_interval(1.0, 1.0) == ""
    assert percent_interval(math.nan, math.nan) == ""


def test_signs_are_shown_and_minus_is_a_minus() -> None:
    assert [signed(x) for x in (-1.256, 0.0, -0.001, 0.5)] == ["−1.26", "0", "0", "+0.50"]
    assert [weight(x) for x in (-2.0, 0.0, 0.5)] == ["−2", "0", "+0.5"]


def test_counts_agree_with_their_noun() -> None:
    assert [count(n, "mention") for n in (0, 1, 1204)] == ["0 mentions", "1 mention", "1,204 mentions"]


def test_dates_are_written_out_and_odd_ones_stay() -> None:
    assert day("2031-03-04") == "4 March 2031"
    assert day("2031-03-04T10:00:00Z") == "4 March 2031"
    assert day("spring 2031") == "spring 2031"
    assert day("") == "undated"
    assert period("2031-03-04", "2031-03-05") == "4 March 2031 to 5 March 2031"
    assert period("2031-03-04", "2031-03-04") == "4 March 2031"
    assert period("", "") == "undated"


def test_lists_are_joined_as_in_a_sentence() -> None:
    assert [join(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_control_characters_and_emptiness_do_not_reach_the_page() -> None:
    assert tidy("a\x00\x1b[31m\n b") == "a[31m b"
    assert tidy(" \t") == "(no name)"

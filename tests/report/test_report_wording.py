"""Numbers and names as they are printed."""

import math
import re
from pathlib import Path

import pytest

import framing.report
from framing.report.wording import (
    NOUNS,
    VOICE_LABELS,
    count,
    day,
    join,
    localise,
    percent,
    percent_interval,
    period,
    short_period,
    signed,
    tidy,
    weight,
    whole,
)


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


def test_interval_near_the_ends_is_spelt_out_and_never_printed_as_a_point() -> None:
    assert percent_interval(0.001, 0.33) == "<1% to 33%"
    assert percent_interval(0.75, 0.999) == "75% to >99%"
    assert percent_interval(0.0, 0.2) == "0–20%"
    assert percent_interval(0.066, 0.074) == "6.6–7.4%"


def test_signs_are_shown_and_minus_is_a_minus() -> None:
    assert [signed(x) for x in (-1.256, 0.0, -0.001, 0.5)] == ["−1.26", "0", "0", "+0.50"]
    assert [weight(x) for x in (-2.0, 0.0, 0.5)] == ["−2", "0", "+0.5"]


def test_counts_agree_with_their_noun() -> None:
    assert [count(n, "mention") for n in (0, 1, 1204)] == ["0 mentions", "1 mention", "1,204 mentions"]
    assert [whole(n) for n in (0, 1204)] == ["0", "1,204"] and localise("1,204.5") == "1,204.5"


def test_every_noun_that_is_counted_has_its_forms() -> None:
    folder = Path(framing.report.__file__).parent
    files = [*folder.rglob("*.py"), *folder.rglob("*.j2")]
    used = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"""\| ?count\(["']([a-z ]+)["']\)""", text))
        used |= set(re.findall(r"""\bcount\([^"'\n]*, ["']([a-z ]+)["']\)""", text))
    assert {"article", "mention", "outlet", "subject"} <= used <= set(NOUNS)


def test_voices_are_read_like_a_table() -> None:
    assert VOICE_LABELS["own"] == "own voice" and len(VOICE_LABELS) == len(list(VOICE_LABELS)) == 4


def test_dates_are_written_out_and_odd_ones_stay() -> None:
    assert day("2031-03-04") == "4 March 2031"
    assert day("2031-03-04T10:00:00Z") == "4 March 2031"
    assert day("spring 2031") == "spring 2031"
    assert day("") == "undated"
    assert period("2031-03-04", "2031-03-05") == "4 March 2031 to 5 March 2031"
    assert period("2031-03-04", "2031-03-04") == "4 March 2031"
    assert period("", "") == "undated"


def test_what_two_days_share_is_said_once() -> None:
    assert short_period("2031-03-04", "2031-03-06") == "4–6 March 2031"
    assert short_period("2031-10-30", "2031-11-02T08:00:00Z") == "30 October to 2 November 2031"
    assert short_period("2031-12-30", "2032-01-02") == "30 December 2031 to 2 January 2032"
    assert short_period("2031-03-04", "2031-03-04") == "4 March 2031"
    assert short_period("spring", "summer") == "spring to summer"


def test_lists_are_joined_as_in_a_sentence() -> None:
    assert [join(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_control_characters_and_emptiness_do_not_reach_the_page() -> None:
    assert tidy("a\x00\x1b[31m\n b") == "a[31m b"
    assert tidy(" \t") == "(no name)"

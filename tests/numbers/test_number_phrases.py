"""Number phrases: what they are worth, and the digits that count nothing."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.annotation import Annotator
from framing.numbers import Number, Sentence, SentenceReader, find_numbers
from framing.text import Article


@pytest.fixture(scope="module")
def read() -> Callable[[str], Sentence]:
    """Reads a text of one sentence."""
    annotator = Annotator([], [])

    def read_sentence(text: str) -> Sentence:
        batch = annotator([Article("a", "outlet", text)])
        first = np.zeros(1, dtype=np.int64)
        return SentenceReader(batch, "casualties").read(first, first + len(batch.tokens))[0]

    return read_sentence


def found(s: Sentence) -> list[tuple[str, float, float | None]]:
    """(words, low, high) of each number, None for no upper end."""
    return [(words(s, n), n.low, None if math.isnan(n.high) else n.high) for n in find_numbers(s)]


def words(s: Sentence, n: Number) -> str:
    return " ".join(s.forms[n.start : n.end])


@pytest.mark.parametrize(
    "text, phrase, low, high",
    [
        ("They buried 12 people", "12", 12, 12),
        ("They buried 12,000 people", "12,000", 12_000, 12_000),
        ("They buried twelve people", "twelve", 12, 12),
        ("They buried forty-six people", "forty six", 46, 46),
        ("They buried forty six people", "forty six", 46, 46),
        ("They buried two hundred and five people", "two hundred and five", 205, 205),
        ("They buried three thousand two hundred people", "three thousand two hundred", 3_200, 3_200),
        ("They buried a hundred people", "a hundred", 100, 100),
        ("Some 1.2 million people left", "1.2 million", 1_200_000, 1_200_000),
        ("Some 12m people left", "12m", 12_000_000, 12_000_000),
        ("One and a half million people left", "One and a half million", 1_500_000, 1_500_000),
        ("Half a million people left", "Half a million", 500_000, 500_000),
        ("A half-million people left", "A half million", 500_000, 500_000),
        ("A quarter of a million people left", "A quarter of a million", 250_000, 250_000),
        ("They buried a dozen people", "a dozen", 12, 12),
        ("They buried half a dozen people", "half a dozen", 6, 6),
        ("They buried two dozen people", "two dozen", 24, 24),
        ("They buried a couple of people", "a couple", 2, 2),
        ("They buried dozens of people", "dozens", 24, None),
        ("They buried scores of people", "scores", 40, None),
        ("They buried hundreds of people", "hundreds", 200, None),
        ("They buried thousands of people", "thousands", 2_000, None),
        ("Tens of thousands left", "Tens of thousands", 20_000, None),
        ("Hundreds of thousands left", "Hundreds of thousands", 200_000, None),
        ("Several dozen left", "Several dozen", 24, None),
        ("A few hundred thousand left", "A few hundred thousand", 200_000, None),
        ("They buried 100-plus people", "100 plus", 100, None),
        ("Between 20 and 30 people left", "Between 20 and 30", 20, 30),
        ("They buried 20-30 people", "20 30", 20, 30),
        ("They buried 20–30 people", "20 30", 20, 30),
        ("They buried 20 to 30 people", "20 to 30", 20, 30),
        ("They buried 350 to 1,300 people", "350 to 1,300", 350, 1_300),
        ("They buried two or three people", "two or three", 2, 3),
        ("Two to three million people left", "Two to three million", 2_000_000, 3_000_000),
        ("Nobody left", "Nobody", 0, 0),
        ("No one left", "No one", 0, 0),
        ("They left without any losses", "without any", 0, 0),
    ],
)
def test_what_a_number_is_worth(read, text, phrase, low, high):
    assert found(read(text)) == [(phrase, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "A 24-year-old man left",
        "It began on May 12 at night",
        "It began on 12 May at night",
        "It began at 12:30 at night",
        "They left at 9 p.m. sharp",
        "She paid $3,000 and £40 for it",
        "Some 30 percent and 12% and 4 per cent left",
        "The committee passed it 52-48 at night",
        "Two-thirds of them left",
        "The F-16 left",
        "It was the 101st Division and the 3rd squad",
        "Flight 370 and Room 12 and No. 7 were empty",
        "The 9/11 attacks were remembered",
        "One in five left, and two out of three stayed",
        "Call 555-0199 at once",
        "Hassan Tall, 46, left",
        "Hassan Tall (46) left",
        "No longer there, he left",
        "Each one of them saw the one by the door",
        "It grew 2.5 times",
        "Several people and a few others left",
        "They cared for No More Deaths",
    ],
)
def test_digits_and_words_that_count_nothing(read, text):
    assert found(read(text)) == []


def test_from_and_to_are_two_numbers_and_no_range(read):
    assert found(read("It rose from 45 to 52 overnight")) == [("45", 45, 45), ("52", 52, 52)]


def test_years_look_like_years(read):
    years = {n.low: n.yearlike for n in find_numbers(read("In 1999 there were 2,014 of them and 300 more"))}
    assert years == {1999: True, 2014: False, 300: False}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(
    "between 20 and 30 half a million dozen dozens of no one hundred two - – / to or 1.2 12,000 not single several few "
    "tens thousands , . $ % 9th 007 plus + couple the".split()
), max_size=12))  # fmt: skip
def test_numbers_never_overlap_and_never_run_backwards(read, tokens):
    text = "They " + " ".join(tokens)
    s = read(text)
    last = 0
    for n in find_numbers(s):
        assert last <= n.start < n.end <= len(s)
        assert math.isnan(n.high) or n.low <= n.high
        last = n.end


@given(st.integers(min_value=1, max_value=999_999))
def test_words_and_digits_are_worth_the_same(read, value):
    assert found(read(f"They saw {spell(value)} people")) == [(spell(value).replace("-", " "), value, value)]


def spell(value: int) -> str:
    """Write a number below a million in words, by another way than the program reads them."""
    small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split()
    tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
    if value < 20:
        return small[value]
    if value < 100:
        return tens[value // 10] + (f"-{small[value % 10]}" if value % 10 else "")
    unit, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    rest = value % unit
    joint = " and " if 0 < rest < 100 else " "
    return f"{spell(value // unit)} {name}" + (joint + spell(rest) if rest else "")

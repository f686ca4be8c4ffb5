"""Titles of the charts of words: the row at the top of the chart is named, nothing said twice, chance called so."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from framing.charts.composition_table import put_first
from framing.charts.sources import SPEAKERS
from framing.charts.word_shift_table import ShiftBar, ShiftBars
from framing.discovery import Marks
from framing.report.figures.phrase_marks import leave_out_names, leave_out_parts
from framing.report.figures.word_titles import part_of_speakers, title_shift, title_speakers


def share(outlet: str, value: float, low: float, high: float, part: str = "officials") -> dict[str, Any]:
    return {"outlet": outlet, "whole": "speakers", "part": part, "share": value, "low": low, "high": high,
            "status": "ok"}  # fmt: skip


def test_the_two_shares_furthest_apart_are_named_of_those_whose_intervals_are_apart() -> None:
    # Beta has the narrower interval, and so the highest lower bound; but Alpha stands at the top of the chart.
    rows = [share("Alpha", 0.4, 0.25, 0.55), share("Beta", 0.35, 0.3, 0.4), share("Gamma", 0.1, 0.05, 0.2)]
    title = title_speakers(pa.Table.from_pylist(rows), ["Alpha", "Beta", "Gamma"])
    assert title == "Officials get 40% of the words Alpha lets others say, 10% of Gamma’s"
    rows[0] |= {"low": 0.15}  # now Alpha cannot be told from Gamma
    assert "35% of the words Beta" in title_speakers(pa.Table.from_pylist(rows), ["Alpha", "Beta", "Gamma"])
    assert "No two outlets" in title_speakers(pa.Table.from_pylist(rows[:2]), ["Alpha", "Beta"])


class Labels:
    """What `title_shift` asks of results."""

    def label(self, _referent: object) -> str:
        return "Fighters"


def shift(*bars: tuple[str, float, float, float], low: float = 0.2) -> ShiftBars:
    """Bars of (label, share, other share, contribution), each with an interval that leaves 0 out."""
    made = tuple(ShiftBar(n, 1.0, 5, 5, a, b, c, c * 0.5, c * 1.5) for n, a, b, c in bars)
    return ShiftBars("Fighters", "BBC", "RT", made, None, 0.5, 0.0, 0.5, low, 0.9, 0.25, 20, 20, "ok")


@pytest.mark.parametrize(
    "bars, said",
    [
        ((("heroes …", 0.3, 0.0, 0.3), ("rebels", 0.2, 0.1, 0.2)), "more “heroes” and “rebels”"),
        ((("militants", 0.0, 0.6, 0.3), ("heroes", 0.3, 0.0, 0.2)), "fewer “militants” and more “heroes”"),
    ],
)
def test_names_that_make_a_difference_are_said_without_repeating_and_without_their_mark(bars: Any, said: str) -> None:
    title = title_shift(Labels(), ("lexicon", "fighters"), shift(*bars), {"q": 0.01})  # type: ignore[arg-type]
    assert (
        title == f"BBC’s names for “Fighters” are more legitimising than RT’s (+0.50 against 0, from −2 to +2): {said}"
    )


def test_both_means_are_said_only_of_a_difference_that_is_small_on_its_scale() -> None:
    wide = replace(shift(("heroes", 0.3, 0.0, 0.3)), value=1.5, other_value=-0.5, difference=2.0)
    title = title_shift(Labels(), ("lexicon", "fighters"), wide, {"q": 0.01})  # type: ignore[arg-type]
    assert title == "BBC’s names for “Fighters” are more legitimising than RT’s: more “heroes”"


def test_a_name_that_ends_in_s_takes_an_apostrophe_alone() -> None:
    data = replace(shift(("heroes", 0.3, 0.0, 0.3)), outlet="Washington Times", other="Fox News")
    title = title_shift(Labels(), ("lexicon", "fighters"), data, {"q": 0.4})  # type: ignore[arg-type]
    assert title.startswith("Washington Times’ and Fox News’ names for")


def test_the_part_that_a_title_names_is_the_one_whose_interval_is_drawn() -> None:
    rows = [share("Alpha", 0.4, 0.35, 0.45), share("Beta", 0.3, 0.25, 0.36),
            share("Alpha", 0.1, 0.05, 0.12, "experts"), share("Beta", 0.4, 0.3, 0.5, "experts")]  # fmt: skip
    table, outlets = pa.Table.from_pylist(rows), ["Alpha", "Beta"]
    assert title_speakers(table, outlets).startswith("Experts get 40%")
    part = part_of_speakers(table, outlets)
    first, second = put_first(SPEAKERS, part)[:2]
    assert (part, first.key, second.key) == ("experts", "experts", "officials")
    assert part_of_speakers(table.slice(0, 2), outlets) == "" and put_first(SPEAKERS, "") == SPEAKERS


NAMES = ["The Sarn Snap", "Merrin Coast Gazette", "Fox News", "The Hill", "Reuters", "CNN (Web News)"]


@pytest.mark.parametrize(
    "phrase, left_out",
    [
        ("Snap", True),
        ("Merrin", True),
        ("told Fox News", True),
        ("Fox News Channel", True),
        ("the Gazette's", True),
        ("CNN", True),
        ("told Reuters", True),
        ("a snap election", False),
        ("Capitol Hill", False),
        ("news", False),
        ("Web", False),
        ("Tuesday", False),
    ],
)
def test_names_of_outlets_and_parts_of_them_are_no_marks_of_wording(phrase: str, left_out: bool) -> None:
    marks = leave_out_names(Marks([{"phrase": phrase}], {"name": [], "closing": [{"phrase": "x"}]}), NAMES)
    assert [r["phrase"] for r in marks.left_out["name"]] == [phrase] * left_out
    assert [r["phrase"] for r in marks.rows] == [phrase] * (not left_out) and len(marks.left_out["closing"]) == 1


def test_a_difference_that_the_test_takes_for_chance_is_not_called_one() -> None:
    data, bars = ("lexicon", "fighters"), (("heroes", 0.3, 0.0, 0.3),)
    results: Any = Labels()
    chance = title_shift(results, data, shift(*bars), {"q": 0.4})
    assert chance == "BBC’s and RT’s names for “Fighters”: no difference that stands out from chance"
    assert title_shift(results, data, shift(*bars), {"q": math.nan}) == chance
    assert title_shift(results, data, shift(*bars, low=-0.1), {"q": 0.4}).startswith("No clear difference between")


def test_phrases_that_hold_or_are_held_by_a_better_one_are_left_out_as_whole_words() -> None:
    phrases = ("old port", "Port", "the old port of", "airport", "ports", "harbour", "harbour master")
    kept = leave_out_parts([{"phrase": phrase} for phrase in phrases])
    assert [row["phrase"] for row in kept] == ["old port", "airport", "ports", "harbour"]

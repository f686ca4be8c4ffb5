"""Four questions to a difference: each answer from a row of `contrasts`."""

from __future__ import annotations

import math
from typing import Any

import pytest

from framing import Analysis
from framing.report import find_findings
from framing.report.checks import NO, UNKNOWN, YES, check_chance, check_copies, check_parts, check_topics
from framing.report.results import Results

ROW: dict[str, Any] = {
    "difference": 0.4,
    "q": 0.004,
    "delta": 0.5,
    "matched_status": "ok",
    "matched_difference": 0.38,
    "matched_low": 0.2,
    "matched_high": 0.6,
    "matched_q": 0.01,
    "n_events": 9,
    "article": "x",
    "article_share": 0.2,
    "term": "rebel(s)",
    "term_share": 0.1,
    "weights_agree": math.nan,
    "guides_against": "",
    "headline_status": "",
    "survives": "yes",
}


class Titles:
    def article_title(self, article: str) -> str:
        return f"“{article}”"


def test_a_difference_that_stands_answers_yes_four_times() -> None:
    assert check_chance(ROW, 120).mark == YES
    assert check_chance(ROW, 120).text.startswith(
        "q = 0.004 among 120 comparisons, beyond chance. Article by article: large"
    )
    assert check_topics(ROW).mark == YES
    assert check_topics(ROW).text == "Inside 9 events that both report it is about as large (q = 0.010)."
    assert check_parts(ROW, Titles()).mark == YES  # type: ignore[arg-type]
    assert check_copies(ROW).mark == YES


@pytest.mark.parametrize(
    "change, mark, words",
    [
        ({"q": 0.2}, NO, "within chance"),
        ({"q": math.nan}, UNKNOWN, "Insufficient evidence"),
    ],
)
def test_chance(change: dict[str, Any], mark: str, words: str) -> None:
    found = check_chance({**ROW, **change}, 120)
    assert found.mark == mark and words in found.text


@pytest.mark.parametrize(
    "change, mark, words",
    [
        ({"matched_status": "undefined", "n_events": 0}, UNKNOWN, "no event in common is known"),
        ({"matched_status": "insufficient", "n_events": 3}, UNKNOWN, "only 3 events in common"),
        ({"matched_low": -0.1}, NO, "no difference is left"),
        ({"matched_q": 0.3}, UNKNOWN, "points the same way"),
        ({"matched_difference": 0.1, "matched_low": 0.05}, YES, "smaller"),
        ({"difference": -0.4}, NO, "no difference is left"),  # the other way round inside events
    ],
)
def test_topics(change: dict[str, Any], mark: str, words: str) -> None:
    found = check_topics({**ROW, **change})
    assert found.mark == mark and words in found.text


@pytest.mark.parametrize(
    "change, mark, words",
    [
        ({"article_share": 0.62}, NO, "One article carries 62% of it: “x”."),
        ({"article_share": 1.4}, NO, "One article carries all of it"),
        ({"term_share": 0.5}, NO, "One term carries 50% of it: rebel(s)."),
        ({"weights_agree": 0.7}, YES, "keeps its direction in 70% of trials"),
        ({"guides_against": "ap; bbc"}, YES, "style guides: ap; bbc"),
        ({"headline_status": "ok", "headline_low": 0.1, "headline_high": 0.2}, YES, "It is there in headlines alone."),
        ({"headline_status": "ok", "headline_low": -0.1, "headline_high": 0.2}, YES, "not to be seen in headlines"),
    ],
)
def test_parts(change: dict[str, Any], mark: str, words: str) -> None:
    found = check_parts({**ROW, **change}, Titles())  # type: ignore[arg-type]
    assert found.mark == mark and words in found.text


@pytest.mark.parametrize("survives, mark", [("no", NO), ("insufficient", UNKNOWN), ("", UNKNOWN)])
def test_copies(survives: str, mark: str) -> None:
    assert check_copies({**ROW, "survives": survives}).mark == mark


def test_every_difference_of_a_report_has_its_answers_and_no_other_finding_has(valley: Analysis) -> None:
    findings = find_findings(valley)
    differences = [f for f in findings if f.contrast]
    assert differences and all(f.checks for f in differences)
    assert not any(f.checks for f in findings if not f.contrast)
    first = differences[0]
    assert [c.question for c in first.checks] == ["Chance?", "The topics?", "One article or term?", "Shared text?"]


def test_what_fails_a_question_comes_behind_what_stands(valley: Analysis) -> None:
    differences = [f for f in find_findings(valley) if f.contrast and f.status == "ok"]
    doubtful = [any(c.mark == NO for c in f.checks) or f.checks[0].mark != YES for f in differences]
    assert doubtful == sorted(doubtful) and any(doubtful) and not all(doubtful)


def test_a_contrast_is_the_same_from_both_sides(valley: Analysis) -> None:
    results = Results(valley)
    name = "share:valley:fighters:own:rebel(s)"
    one, other = results.contrast("Alpha", "Beta", name), results.contrast("Beta", "Alpha", name)
    assert one is not None and other is not None
    assert one["difference"] == -other["difference"] and one["low"] == -other["high"]
    assert (one["value"], one["n_articles"]) == (other["other_value"], other["other_articles"])
    assert one["q"] == other["q"] and one["delta"] == -other["delta"]
    assert results.contrast("Alpha", "Nobody", name) is None

"""Four questions to a difference: each answer from a row of `contrasts`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, ClassVar

import pytest
from valley_data import NAMES, valley_articles

import framing
from framing import Analysis
from framing.report import find_findings
from framing.report.findings.check_words import PLAIN, POINTS, RATE, say_difference
from framing.report.findings.checks import NO, UNKNOWN, YES, check_chance, check_copies, check_parts, check_topics
from framing.report.results import Results

ROW: dict[str, Any] = {
    "difference": 0.4,
    "low": 0.3,
    "high": 0.5,
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
    labels: ClassVar[dict[Any, str]] = {(("valley", "fighters"), "rebel(s)"): "rebels"}

    def article_title(self, article: str) -> str:
        return f"“{article}”"


def test_a_difference_that_stands_answers_yes_four_times() -> None:
    chance, topics = check_chance(ROW, 120, POINTS), check_topics(ROW, POINTS)
    parts, copies = check_parts(ROW, Titles()), check_copies(ROW)  # type: ignore[arg-type]
    assert [c.mark for c in (chance, topics, parts, copies)] == [YES] * 4
    assert [c.name for c in (chance, topics, parts, copies)] == ["chance", "topics", "parts", "copies"]
    assert chance.text == (
        "The difference, +40 points (95% interval +30 to +50), is beyond chance: q = 0.004 among 120 comparisons. "
        "Article by article, the effect is large (Cliff’s delta +0.50)."
    )
    # 0.38 of 0.4
    assert topics.text == (
        "On the 9 events that both report, the difference is about as large: +38 points (95% interval +20 to +60), "
        "q = 0.010."
    )


@pytest.mark.parametrize(
    "form, difference, said",
    [
        (POINTS, 0.4, "+40 points (95% interval +30 to +50)"),
        (POINTS, 0.01, "+1 point (95% interval +30 to +50)"),
        (POINTS, -0.004, "−0.4 points (95% interval +30 to +50)"),
        (POINTS, 0.0001, "0 points (95% interval +30 to +50)"),
        (RATE, 2.5, "+2.50 per 1,000 words (95% interval +0.30 to +0.50)"),
        (PLAIN, -12.34, "−12.3 (95% interval +0.30 to +0.50)"),
    ],
)
def test_a_difference_has_its_unit_and_its_interval(form: str, difference: float, said: str) -> None:
    assert say_difference({**ROW, "difference": difference}, form) == said


@pytest.mark.parametrize(
    "change, mark, words",
    [
        ({"q": 0.2}, NO, "is within chance: q = 0.20"),
        ({"q": math.nan}, UNKNOWN, "Insufficient evidence"),
        ({"delta": -0.1}, YES, "the effect is negligible (Cliff’s delta −0.10)"),
        ({"delta": 0.147}, YES, "the effect is small"),
        ({"delta": 0.33}, YES, "the effect is medium"),
        ({"delta": 0.474}, YES, "the effect is large"),
    ],
)
def test_chance(change: dict[str, Any], mark: str, words: str) -> None:
    found = check_chance({**ROW, **change}, 120, POINTS)
    assert found.mark == mark and words in found.text


@pytest.mark.parametrize(
    "change, mark, words",
    [
        ({"matched_status": "undefined", "n_events": 0}, UNKNOWN, "no event in common is known"),
        ({"matched_status": "insufficient", "n_events": 3}, UNKNOWN, "only 3 events in common"),
        ({"matched_status": "insufficient", "n_events": 1}, UNKNOWN, "only 1 event in common"),
        ({"matched_low": -0.1}, NO, "no clear difference is left"),
        ({"matched_low": -0.6, "matched_high": -0.1}, NO, "points the other way"),
        ({"matched_q": 0.3}, UNKNOWN, "points the same way"),
        ({"matched_difference": 0.1, "matched_low": 0.05}, YES, "smaller"),
        ({"matched_difference": 0.6}, YES, "larger"),
        ({"difference": -0.4}, NO, "points the other way"),
    ],
)
def test_topics(change: dict[str, Any], mark: str, words: str) -> None:
    found = check_topics({**ROW, **change}, POINTS)
    assert found.mark == mark and words in found.text


@pytest.mark.parametrize(
    "change, mark, words",
    [
        ({"article_share": 0.62}, NO, "One article carries 62% of the difference: “x”."),
        ({"article_share": 1.4}, NO, "One article carries all of the difference"),
        ({"term_share": 0.5}, NO, "One name or word carries 50% of the difference: “rebels”."),
        ({"weights_agree": 0.7}, YES, "keeps its direction in 70% of trials"),
        (
            {"guides_against": "ap; bbc"},
            YES,
            "of these style guides, the difference is gone: Associated Press and BBC.",
        ),
        ({"guides_against": "house"}, YES, "the difference is gone: house."),  # a guide that does not come along
        ({"headline_status": "ok", "headline_low": 0.1, "headline_high": 0.2}, YES, "is there in headlines alone."),
        ({"headline_status": "ok", "headline_low": -0.1, "headline_high": 0.2}, YES, "is not to be seen."),
    ],
)
def test_parts(change: dict[str, Any], mark: str, words: str) -> None:
    row = {**ROW, "measure": "share:valley:fighters:own:rebel(s)", **change}
    found = check_parts(row, Titles())  # type: ignore[arg-type]
    assert found.mark == mark and words in found.text


@pytest.mark.parametrize("survives, mark", [("no", NO), ("insufficient", UNKNOWN), ("", UNKNOWN)])
def test_copies(survives: str, mark: str) -> None:
    assert check_copies({**ROW, "survives": survives}).mark == mark


def test_every_difference_of_a_report_has_its_answers(valley: Analysis) -> None:
    first = next(f for f in find_findings(valley) if f.contrast)
    assert [c.question for c in first.checks] == ["Chance?", "The topics?", "One article or term?", "Shared text?"]


def test_a_sentence_about_one_outlet_answers_for_its_interval_and_its_articles(valley: Analysis) -> None:
    findings = {(f.kind, f.outlets): f for f in find_findings(valley)}
    # Beta: 12 terrorists of 14, and one article of 12 holds 2 of these at most.
    name = findings["name", ("Beta",)]
    assert [(c.name, c.mark) for c in name.checks] == [("chance", YES), ("parts", YES)]
    # Alpha never says "terrorists"; all 3 quoted mentions are by this name.
    others = findings["others-only", ("Alpha",)]
    assert others.checks[0].mark == YES and others.checks[0].text.startswith("100% of the quoted and attributed")
    coverage = findings["coverage", ("Alpha",)]
    assert [(c.name, c.mark) for c in coverage.checks] == [("chance", YES), ("topics", YES)]
    few = findings["name", ("Gamma",)]
    assert [(c.mark, c.text) for c in few.checks] == [
        (UNKNOWN, "Insufficient evidence: 3 articles, where 10 are needed.")
    ]


def test_without_contrasts_no_answer_is_made_up(valley_lexicon: Path) -> None:
    analysis = framing.analyse(valley_articles(), valley_lexicon, modules=NAMES, resamples=200, contrasts=False)
    differences = [f for f in find_findings(analysis) if f.contrast]
    assert differences and {c.mark for f in differences for c in f.checks} == {UNKNOWN}
    assert all("Not asked" in f.checks[0].text for f in differences)


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

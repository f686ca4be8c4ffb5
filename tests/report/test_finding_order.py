"""The order of findings: how sure each is, and never how large a difference it tells of."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from valley_data import NAMES

import framing
from framing import Article
from framing.report import Finding, find_findings
from framing.report.findings import order_by_evidence
from framing.report.findings.checks import NO, UNKNOWN, YES, Check
from framing.report.findings.finding import measure_clearance

FOUR = ("chance", "topics", "parts", "copies")


def finding(
    id: str,
    marks: tuple[str, ...] = (YES, YES, YES, YES),
    q: float = math.nan,
    strength: float = 1.0,
    status: str = "ok",
    value: float = 0.5,
) -> Finding:
    checks = tuple(Check(name, mark, "Said.", name) for name, mark in zip(FOUR, marks, strict=False))
    return Finding(
        id, "difference", "Fighters", "Said.", ("Alpha", "Beta"), None, "own", value, value, value, 9, 9, status,
        strength, (), checks=checks, q=q,
    )  # fmt: skip


def ranked(*findings: Finding, finest: float = 0.0) -> list[str]:
    shuffled = list(findings)
    random.Random(1).shuffle(shuffled)
    return [f.id for f in sorted(shuffled, key=lambda f: order_by_evidence(f, finest))]


def test_a_small_and_certain_difference_stands_before_a_large_and_uncertain_one() -> None:
    small = finding("small", q=0.001, strength=4.0, value=0.05)
    large = finding("large", q=0.04, strength=0.1, value=0.95)
    assert ranked(large, small) == ["small", "large"]


def test_the_fewest_failed_questions_come_first_then_the_most_passed_then_the_rest() -> None:
    assert ranked(
        finding("insufficient", (), strength=30, status="insufficient"),
        finding("fails two", (YES, NO, NO, YES), q=0.0001),
        finding("fails one", (YES, YES, NO, YES), q=0.0001),
        finding("one not known", (YES, UNKNOWN, YES, YES), q=0.0001),
        finding("one outlet", (YES, YES)),
        finding("passes all", q=0.049, strength=0.1),
    ) == ["passes all", "one not known", "one outlet", "fails one", "fails two", "insufficient"]


def test_the_surer_comes_first_by_q_and_then_by_the_clearance_of_its_interval() -> None:
    assert ranked(
        finding("q 0.02, clear", q=0.02, strength=9), finding("q 0.01", q=0.01, strength=1),
        finding("no q", strength=99), finding("q 0.02, near", q=0.02, strength=0.5),
    ) == ["q 0.01", "q 0.02, clear", "q 0.02, near", "no q"]  # fmt: skip


def test_q_finer_than_permutations_can_show_decides_nothing() -> None:
    tail, clear = finding("tail", q=1e-12, strength=1), finding("clear", q=1e-5, strength=5)
    assert ranked(tail, clear) == ["tail", "clear"]
    assert ranked(tail, clear, finest=1 / 2001) == ["clear", "tail"]


def test_of_those_with_too_few_articles_the_ones_with_more_come_first() -> None:
    few = [finding(str(n), (UNKNOWN,), strength=n, status="insufficient") for n in (2, 9, 4)]
    assert ranked(*few) == ["9", "4", "2"]


def test_the_order_does_not_change_with_the_size_of_what_is_told() -> None:
    plain = [finding(str(n), q=n / 100, value=n / 10) for n in range(1, 6)]
    turned = [finding(str(n), q=n / 100, value=1 - n / 10) for n in range(1, 6)]
    assert ranked(*plain) == ranked(*turned) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "distance, low, high, clearance",
    [
        (0.3, 0.5, 0.7, 3),  # 0.3 in halves of 0.2
        (-0.1, 0.4, 0.6, -1),
        (0.3, 0.5, 0.5, 0),  # an interval without width says nothing
        (0.3, -math.inf, math.inf, 0),
    ],
)
def test_clearance_is_counted_in_halves_of_an_interval(
    distance: float, low: float, high: float, clearance: float
) -> None:
    assert measure_clearance(distance, low, high) == pytest.approx(clearance)


def test_planted_small_and_certain_difference_leads_a_large_and_uncertain_one(valley_lexicon: Path) -> None:
    """Alpha and Beta: of 20 names of the council in each of 60 articles, Beta has 2, 3 or 4 "junta" and Alpha none: 15
    points, much the same in every article. Of the fighters, named once in 24 articles each, "rebels" in 21 and in 5: 67
    points, one article at a time."""
    articles = []
    for i in range(60):
        for outlet, juntas, rebels in (("Alpha", 0, 21), ("Beta", 2 + i % 3, 5)):
            words = ["The junta met."] * juntas + ["The council met."] * (20 - juntas)
            words += ["The rebels left." if i < rebels else "The terrorists left."] if i < 24 else []
            articles.append(Article(f"{outlet}{i:02}", outlet, " ".join(words)))
    found = find_findings(framing.analyse(articles, valley_lexicon, modules=NAMES, resamples=400))
    council, fighters = (f for f in found if f.kind == "difference" and f.status == "ok")
    assert (council.subject, fighters.subject) == ("Council of the valley", "Fighters of the valley")
    assert council.q < fighters.q < 0.05 and council.strength > fighters.strength > 0
    assert [[c.mark for c in f.checks] for f in (council, fighters)] == [[YES, UNKNOWN, YES, YES]] * 2

"""Findings on the valley: each sentence counted on paper from the articles in `valley_data`."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from valley_data import NAMES, valley_articles

import framing
from framing import Analysis, Article
from framing.errors import InputError
from framing.report import Finding, find_findings
from framing.report.findings import pick_findings
from framing.report.findings.finding import KINDS, bounds
from framing.report.findings.ranking import rank_referents
from framing.report.results import Results, evidence_id
from framing.report.rows import Share

FIGHTERS = ("valley", "fighters")


@pytest.fixture(scope="module")
def findings(valley: Analysis) -> list[Finding]:
    return find_findings(valley)


def find(findings: list[Finding], kind: str, outlet: str) -> Finding:
    return next(f for f in findings if f.kind == kind and f.outlets[0] == outlet)


def test_commonest_name_is_told_with_its_counts_and_the_words_of_others(findings: list[Finding]) -> None:
    # Beta: 12 terrorists and 2 rebels in 12 articles, none quoted. Alpha: 12 rebels, and 3 terrorists quoted.
    beta, alpha = find(findings, "name", "Beta"), find(findings, "name", "Alpha")
    assert re.fullmatch(
        r"Over all articles, Beta most often writes “terrorists” in its own voice: 12 of 14 mentions "
        r"\(86%, 95% interval \d+–\d+%; 12 articles\)\. No mention is quoted or attributed\.",
        beta.text,
    )
    assert (beta.mentions, beta.articles, beta.voice, beta.status) == (14, 12, "own", "ok")
    assert beta.value == pytest.approx(12 / 14) and beta.low < 12 / 14 < beta.high
    assert alpha.text == (
        # 12 of 12: the interval of Jeffreys, beta(12.5, 0.5) at 2.5 %.
        "Over all articles, Alpha writes only “rebels” in its own voice: 12 of 12 mentions "
        "(100%, 95% interval 81–100%; 12 articles). The name makes up 0 of 3 quoted mentions."
    )
    assert alpha.subject == "Fighters of the valley"


def test_outlets_whose_intervals_lie_apart_are_set_side_by_side(findings: list[Finding]) -> None:
    first = findings[0]
    assert first.kind == "difference" and set(first.outlets) == {"Alpha", "Beta"} and first.mode == "pooled"
    assert re.fullmatch(
        r"Alpha writes “rebels” in its own voice in 12 of 12 mentions "
        r"\(100%, 95% interval 81–100%; 12 articles\); "
        r"Beta does so in 2 of 14 \(14%, \d+–\d+%; 12 articles\)\. "
        r"Over all articles, the intervals do not overlap\.",
        first.text,
    )
    assert [link for _, link in first.links] == [
        evidence_id("Alpha", FIGHTERS, "own"),
        evidence_id("Beta", FIGHTERS, "own"),
    ]


def test_word_left_to_others_is_told(findings: list[Finding]) -> None:
    only = find(findings, "others-only", "Alpha")
    assert only.status == "ok"
    assert re.fullmatch(
        r"Over all articles, Alpha leaves “terrorists” to others \(3 quoted\)\. In its own voice, it uses that name in "
        r"none of 12 mentions \(0%, 95% interval 0–19%; 12 articles\)\. It most often writes “rebels”\.",
        only.text,
    )
    assert (only.value, only.low) == (0, 0) and 0.18 < only.high < 0.2
    assert not [f for f in findings if f.kind == "others-only" and f.outlets != ("Alpha",)]


def test_mean_weight_is_told_with_its_scale(findings: list[Finding]) -> None:
    # Beta: 12 times -2 and 2 times 0 over 14 mentions = -24/14 = -1.71. Alpha's mean is 0, so it has no such sentence.
    stance = find(findings, "stance", "Beta")
    assert stance.text.startswith(
        "Over all articles, the words that Beta uses in its own voice have a mean weight of −1.71 (95% interval −"
    )
    assert stance.text.endswith(
        "14 mentions in 12 articles). "
        "On the lexicon’s scale, −2 is delegitimising, 0 is descriptive and +2 is legitimising."
    )
    assert not [f for f in findings if f.kind == "stance" and f.outlets == ("Alpha",)]


def test_left_out_where_others_mention_it(findings: list[Finding]) -> None:
    # Beta mentions the council on all 12 events, Alpha on 2 of these; where Alpha does, Beta does too: 2 of 2.
    coverage = find(findings, "coverage", "Alpha")
    assert coverage.subject == "Council of the valley" and coverage.status == "ok"
    assert re.fullmatch(
        r"Where another article on the same event mentions the subject, Alpha mentions it in 2 of its 12 articles on "
        r"12 events \(17%, 95% interval \d+–\d+%\); the other outlets do in 2 of their 2 \(100%\)\.",
        coverage.text,
    )
    assert coverage.mode == "matched"


def test_few_articles_are_kept_apart_and_carry_no_percentages(findings: list[Finding]) -> None:
    gamma = [f for f in findings if "Gamma" in f.outlets]
    assert [f.status for f in gamma] == ["insufficient"]
    assert gamma[0].text == (
        "Over all articles, Gamma writes only “militants” in its own voice: 3 of 3 mentions in 3 articles. "
        "No mention is quoted or attributed."
    )
    statuses = [f.status for f in findings]
    assert statuses == sorted(statuses, key=lambda s: s != "ok")
    assert all("%" not in f.text for f in findings if f.status != "ok")


def test_one_name_for_all_gives_no_sentence_about_names(findings: list[Finding]) -> None:
    # Everybody says "council": there is nothing to choose.
    assert {f.kind for f in findings if f.subject == "Council of the valley"} == {"coverage"}


def test_sentences_are_of_known_kinds_with_different_ids_and_do_not_judge(findings: list[Finding]) -> None:
    assert {f.kind for f in findings} <= set(KINDS)
    assert len({f.id for f in findings}) == len(findings)
    assert not re.search(r"bias|slant|propagand|score", " ".join(map(str, findings)), re.IGNORECASE)


def test_outlets_can_be_chosen_and_unknown_ones_are_refused(valley: Analysis) -> None:
    assert {o for f in find_findings(valley, ["Alpha"]) for o in f.outlets} == {"Alpha"}
    with pytest.raises(InputError, match=r"no outlet 'Delta'.*Alpha"):
        find_findings(valley, ["Delta"])


def test_an_article_that_holds_most_mentions_is_named_and_comes_last(valley_lexicon: Path) -> None:
    # Delta: one article with 14 militants, eleven with one rebel each: 14 of 25 mentions stand in one article.
    articles = [*valley_articles(), Article("d00", "Delta", "The militants left. " * 14)]
    articles += [Article(f"d{i:02}", "Delta", "The rebels left.") for i in range(1, 12)]
    found = find_findings(framing.analyse(articles, valley_lexicon, modules=NAMES, resamples=200))
    delta = find(found, "name", "Delta")
    parts = next(c for c in delta.checks if c.name == "parts")
    assert (parts.mark, parts.text) == ("no", "One article alone holds 14 of the 25 mentions by Delta.")
    sure = [f for f in found if f.status == "ok"]
    assert {"Delta"} <= {o for f in sure[-2:] for o in f.outlets}


def test_name_with_several_forms_is_marked(valley_lexicon: Path) -> None:
    text = "The hill men left. The hill men waited. The river men left. A rebel left. Rebels waited. The rebels’ camp."
    results = Results(framing.analyse([Article("x", "Alpha", text)], valley_lexicon, modules=NAMES, resamples=100))
    labels = {n.label for n in results.of("Alpha", FIGHTERS).names}
    assert len(labels) == 2 and "hill men …" in labels  # 2 of 3 mentions; rebel, rebels and rebels' are one form
    assert [label for label in labels if label.startswith("rebel") and "…" not in label]


def test_rule_of_three_stands_in_where_all_articles_agree() -> None:
    assert bounds(Share(12, 12, 1.0, 1.0, 1.0, 12, "ok")) == (0.75, 1.0)
    assert bounds(Share(0, 0, 0.0, 0.0, 0.0, 30, "ok")) == (0.0, pytest.approx(0.1))
    assert bounds(Share(1, 1, 1.0, math.nan, math.nan, 1, "insufficient")) == (0.0, 1.0)
    assert bounds(Share(5, 5, 0.5, 0.2, 0.8, 10, "ok")) == (0.2, 0.8)


def test_overview_is_not_filled_by_one_referent(findings: list[Finding]) -> None:
    picked = pick_findings(findings, 3)
    # Not a third about the fighters. Their mean weights differ by one term alone, so that goes behind.
    assert [f.kind for f in picked] == ["difference", "others-only", "coverage"]
    assert pick_findings(findings, 1) == findings[:1]
    assert pick_findings(findings, 100) == findings


def test_referents_with_a_choice_of_names_come_first(valley: Analysis) -> None:
    results = Results(valley)
    assert rank_referents(results, results.outlets) == [FIGHTERS, ("valley", "council")]
    assert rank_referents(results, ["Gamma"]) == [FIGHTERS]

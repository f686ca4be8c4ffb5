"""What holds for every sentence of a finding, over the embedded corpus, five of its articles, and the valley."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from framing import Analysis
from framing.report import Finding, find_findings
from framing.report.findings.checks import NO, UNKNOWN, YES
from framing.report.wording import percent_interval

LONGEST = 45
_WORD_PAIR = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=["corpus", "few", "valley", "wordings"])
def findings(request: pytest.FixtureRequest) -> list[Finding]:
    found = find_findings(request.getfixturevalue(request.param))
    assert found
    return found


def sentences(finding: Finding) -> Iterator[str]:
    """Yield the sentences of a finding and of its answers; names are one letter, whatever the articles call things."""
    for text in (finding.text, *(check.text for check in finding.checks)):
        for outlet in finding.outlets:
            text = text.replace(outlet, "Outlet")
        yield from re.split(r"(?<=\.) ", re.sub(r"“[^”]*”", "“x”", text))


def test_sentences_begin_and_end_as_sentences_do(findings: list[Finding]) -> None:
    for finding in findings:
        for said in sentences(finding):
            assert re.match(r"[A-Z“0-9]", said) and said.endswith("."), said
            assert len(said.split()) <= LONGEST, said


def test_no_word_or_space_is_doubled(findings: list[Finding]) -> None:
    for finding in findings:
        for said in sentences(finding):
            assert "  " not in said and not re.search(r" [.,;:)]|\( |,,|\.\.|;;", said), said
            assert not _WORD_PAIR.search(said), said


def test_nouns_agree_with_their_numbers(findings: list[Finding]) -> None:
    for finding in findings:
        for said in sentences(finding):
            for number, noun in re.findall(r"(?<![\d.,–])([\d,]+) (article|mention|event|comparison)s?\b", said):
                plural = re.search(rf"(?<![\d.,–]){number} {noun}s\b", said)
                # "1 of 1 quoted and 7 of 9 attributed mentions" are several.
                assert bool(plural) == (number != "1"), said


def test_quotation_marks_and_minus_signs_are_those_of_print(findings: list[Finding]) -> None:
    for finding in findings:
        for said in sentences(finding):
            assert not re.search(r"[\"'`]|--|(?<![\w ])-\d", said), said


def test_nobody_is_judged(findings: list[Finding]) -> None:
    for finding in findings:
        assert not re.search(r"bias|slant|propagand", str(finding) + "".join(sentences(finding)), re.IGNORECASE)


def test_each_has_its_number_of_articles_and_its_interval_or_says_why_none(findings: list[Finding]) -> None:
    for finding in findings:
        assert re.search(rf"\b{finding.articles:,}( of its \d+)?( and \d+)? articles?\b", finding.text), finding.text
        if finding.status == "ok":
            assert re.search(r"95% intervals? [−+<>\d]", finding.text), finding.text
            assert re.search(r"\d(%|–|\.\d+| to )", finding.text)
        else:
            assert "%" not in finding.text
            assert any(c.mark == UNKNOWN and c.text.startswith("Insufficient evidence") for c in finding.checks)


def test_each_says_whether_it_is_over_all_articles_or_on_the_same_events(findings: list[Finding]) -> None:
    for finding in findings:
        pooled, matched = "ver all articles" in finding.text, "on the same event" in finding.text
        assert (pooled, matched) == (finding.mode == "pooled", finding.mode == "matched"), finding.text


def test_each_has_its_marks_and_a_link(findings: list[Finding]) -> None:
    for finding in findings:
        assert finding.checks and {c.mark for c in finding.checks} <= {YES, NO, UNKNOWN}
        assert all(c.question.endswith("?") for c in finding.checks)
        assert finding.links and all(
            text.strip() and re.fullmatch(r"[a-z]-[0-9a-f]+", id) for text, id in finding.links
        )


def test_numbers_of_a_sentence_are_those_of_the_finding(corpus: Analysis) -> None:
    shares = [f for f in find_findings(corpus) if f.kind in ("name", "difference") and f.status == "ok"]
    assert len(shares) > 20
    for finding in shares:
        share = f"{100 * finding.value:.0f}%"
        assert share in finding.text or ">99%" in finding.text
        assert f"{finding.mentions:,} mentions" in finding.text
        assert percent_interval(finding.low, finding.high) in finding.text


def test_no_sentence_is_told_twice(findings: list[Finding]) -> None:
    told = [(f.subject, f.text) for f in findings]
    assert len(set(told)) == len(told)
    assert len({f.id for f in findings}) == len(findings)


def test_subjects_that_two_lexicons_share_are_told_apart(corpus: Analysis) -> None:
    two = [f for f in find_findings(corpus) if f.label == "Bashar al-Assad"]
    assert {f.subject for f in two} == {
        "Bashar al-Assad (names of “The Syrian war”)",
        "Bashar al-Assad (names of “States, governments and rulers”)",
    }
    assert not any(f.label for f in find_findings(corpus) if f.subject == "The Syrian opposition")

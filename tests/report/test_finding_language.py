"""Findings, numbers and titles in another language: every text of ours is a message, and no name is touched."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from framing import Analysis
from framing.report import find_findings, lang
from framing.report.figures.measure_names import choose_measure
from framing.report.figures.module_titles import title_module, title_profile
from framing.report.figures.titles import title_coverage, title_names, title_stance
from framing.report.module_choice import list_texts, read_choice
from framing.report.results import Results
from framing.report.wording import (
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
    weight,
    whole,
)
from framing.scorers import SCORERS

_FIELD = re.compile(r"(\{\w+\})")


class Shouting(gettext.NullTranslations):
    """A language that is English in capitals, so that what is not translated stays small."""

    def gettext(self, message: str) -> str:
        return "".join(part if _FIELD.fullmatch(part) else part.upper() for part in _FIELD.split(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class Dictionary(gettext.NullTranslations):
    """A language of a few messages; plural forms by their English."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message: str) -> str:
        return self.texts.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def speaking(translations: gettext.NullTranslations, code: str = "xx") -> Iterator[None]:
    kept = lang._translations.set(translations), lang._language.set(code)
    try:
        yield
    finally:
        lang._translations.reset(kept[0])
        lang._language.reset(kept[1])


@pytest.fixture
def german() -> Iterator[None]:
    texts = {
        "1,234.5": "1.234,5",
        "{number}%": "{number} %",
        "{low}–{high}%": "{low}–{high} %",
        "{items} and {last}": "{items} und {last}",
        "{number} article": "{number} Artikel",
        "{number} articles": "{number} Artikel",
        "{day} {month} {year}": "{day}. {month} {year}",
        "{first}–{last} {month} {year}": "{first}.–{last}. {month} {year}",
        "{first} to {last}": "{first} bis {last}",
        "{low} to {high}": "{low} bis {high}",
        "March": "März",
        "“{text}”": "„{text}“",
        "own voice": "eigene Stimme",
    }
    with speaking(Dictionary(texts), "de"):
        yield


@pytest.mark.usefixtures("german")
def test_numbers_dates_and_lists_follow_the_patterns_of_the_language() -> None:
    assert whole(1234567) == "1.234.567" and localise("1,204.5") == "1.204,5"
    assert (count(1, "article"), count(1204, "article")) == ("1 Artikel", "1.204 Artikel")
    assert percent(0.5) == "50 %" and percent_interval(0.4, 0.6) == "40–60 %"
    assert signed(-1.256) == "−1,26" and weight(0.5) == "+0,5"
    assert join(["a", "b", "c"]) == "a, b und c"
    assert day("2031-03-04") == "4. März 2031"
    assert short_period("2031-03-04", "2031-03-06") == "4.–6. März 2031"
    assert period("2031-03-04", "2032-03-04") == "4. März 2031 bis 4. März 2032"
    assert VOICE_LABELS["own"] == "eigene Stimme"


def test_a_language_may_have_no_thousands_separator_or_a_space() -> None:
    with speaking(Dictionary({"1,234.5": "1234,5"})):
        assert localise("1,204.5") == "1204,5"
    with speaking(Dictionary({"1,234.5": "1 234,5"})):
        assert whole(1204) == "1 204"


def strip_names(text: str, *names: str) -> str:
    """Take out what is data: outlets, and words in quotation marks."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return re.sub(r"“[^”]*”", "", text)


@pytest.mark.parametrize("name", ["corpus", "valley", "wordings", "few"])
def test_no_text_of_a_finding_stays_untranslated(name: str, request: pytest.FixtureRequest) -> None:
    analysis: Analysis = request.getfixturevalue(name)
    with speaking(Shouting()):
        findings = find_findings(analysis)
    assert findings
    for finding in findings:
        links = [text for text, _ in finding.links]
        answers = [part for check in finding.checks for part in (check.question, check.text)]
        for text in (finding.text, *links, *answers):
            assert not re.search("[a-z]", strip_names(text, *analysis_names(analysis))), text
        if finding.referent is None:
            assert finding.measure.startswith("toward") or finding.subject.isupper(), finding.subject


def analysis_names(analysis: Analysis) -> list[str]:
    publishers = ["Al Jazeera English", "Associated Press", "The Guardian", "BBC", "IPI", "Reuters"]
    return [*(str(row["outlet"]) for row in analysis.summary()), *publishers]


def test_findings_are_the_same_in_every_language(corpus: Analysis) -> None:
    plain = find_findings(corpus)
    with speaking(Shouting()):
        shouted = find_findings(corpus)
    assert {(f.id, f.value, f.status) for f in plain} == {(f.id, f.value, f.status) for f in shouted}


def test_no_text_of_a_title_stays_untranslated(wordings: Analysis, valley: Analysis) -> None:
    with speaking(Shouting()):
        results = Results(wordings)
        fighters = ("valley", "fighters")
        texts = [
            title_names(results, fighters, results.outlets),
            title_names(results, fighters, ["Gamma"]),
            title_names(results, ("valley", "council"), results.outlets),
            title_stance(results, [fighters], results.outlets),
            title_stance(results, [fighters], ["Gamma"]),
            title_stance(results, [fighters, fighters], results.outlets),
            title_coverage(results, [fighters], results.outlets),
            *(title_module(results, module, results.outlets) for module in results.modules),
            *(title_module(results, module, ["Alpha"]) for module in results.modules),
            title_profile(results, "Alpha", ["Beta", "Gamma"]),
            title_profile(results, "Alpha", ["Beta"]),
            title_profile(results, "Alpha", []),
            title_profile(results, "Gamma", ["Beta"]),
        ]
        named = Results(valley)
        words, rate, stance = (
            choose_measure(named, name, named.outlets).shown
            for name in ("voice:quoted", "rate:valley:fighters:own", "stance:valley:fighters:own")
        )
    texts += [words.unit, rate.label, stance.label, stance.unit]
    for text in texts:
        assert not re.search("[a-z]", strip_names(text, "Alpha", "Beta", "Gamma")), text


def test_the_choice_of_measures_lists_each_of_its_texts_for_translation() -> None:
    texts = list_texts()
    assert len(set(texts)) == len(texts) and "" not in texts
    loaded = read_choice()["loaded"]
    assert {loaded["counted"], loaded["not_for"], loaded["measures"][0]["finding"], "Loaded words"} <= set(texts)
    assert {scorer.title for scorer in SCORERS.values()} <= set(texts)
    assert "loaded.rate.own" not in texts

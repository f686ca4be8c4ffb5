"""Morality: virtues and vices counted by hand in each voice, and lists with graded weights."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from counting import counters, value

from framing.annotation import Annotator
from framing.lexicon import Category, Lexicon, Term, read_lexicons
from framing.scorers import morality, words
from framing.scorers.counts import join
from framing.text import Article

(FOUNDATIONS,) = read_lexicons(module="morality")
MEASURES = {m.name: m for m in morality.measures([FOUNDATIONS])}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator([FOUNDATIONS])


def count(annotator: Annotator, text: str) -> dict[str, float]:
    batch = annotator([Article(id="1", outlet="A", text=text)])
    counts = join([words.score(batch).counts, morality.score(batch).counts])
    return counters(counts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The guards were cruel.", {"harm:own": 1}),
        ("“The guards were cruel and merciful,” she said.", {"harm:quoted": 1, "care:quoted": 1}),
        ("The mayor said the vote was rigged.", {"cheating:attributed": 1}),
        ("The traitor and the tyrant spoke of liberty.", {"betrayal:own": 1, "oppression:own": 1, "liberty:own": 1}),
        ("The mob defied the court.", {"subversion:own": 1}),
        ("Health care costs rose.", {}),
    ],
)
def test_each_foundation_is_counted_in_its_voice(annotator: Annotator, text: str, expected: dict[str, float]) -> None:
    found = {name: n for name, n in count(annotator, text).items() if name.startswith("morality:")}
    assert found == {f"morality:foundations:{name}": n for name, n in expected.items()}


def test_rates_and_the_share_of_vice(annotator: Annotator) -> None:
    # Own: 10 words, one virtue (merciful), three vices (cruel, obscene, betrayed); the quoted vice does not count.
    counts = count(annotator, "The cruel, obscene guard betrayed a merciful king. “Liar,” she said.")
    assert counts["words:own"] == 10
    assert value(MEASURES["morality.foundations.harm.own"], counts) == pytest.approx(100)
    assert value(MEASURES["morality.foundations.care.own"], counts) == pytest.approx(100)
    assert value(MEASURES["morality.foundations.cheating.own"], counts) == 0
    assert value(MEASURES["morality.foundations.vice-share.own"], counts) == pytest.approx(3 / 4)
    assert counts["morality-all:foundations:quoted"] == 1


def test_no_cue_is_a_rate_of_zero_and_no_share(annotator: Annotator) -> None:
    counts = count(annotator, "The kettle stood on the shelf.")
    assert value(MEASURES["morality.foundations.harm.own"], counts) == 0
    assert math.isnan(value(MEASURES["morality.foundations.vice-share.own"], counts))


def test_graded_weights_add_up_and_mentions_are_still_counted() -> None:
    graded = Lexicon(
        name="graded",
        module="morality",
        title="Graded",
        language="en",
        version="1",
        licence="MIT",
        scale=(-1.0, 1.0),
        scale_meaning="probability, below 0 for vices",
        categories={"care.virtue": Category("care.virtue", "Care"), "care.vice": Category("care.vice", "Harm")},
        terms=(Term("kind", "care.virtue", 0.25), Term("help", "care.virtue", 0.5), Term("kick", "care.vice", -0.25)),
    )
    found = {m.name: m for m in morality.measures([graded])}
    counts = count(Annotator([graded]), "Kind people help those whom others kick.")
    assert counts["morality:graded:care.virtue:own"] == 2
    assert counts["morality-strength:graded:care.virtue:own"] == 0.75
    assert value(found["morality.graded.care.virtue.own"], counts) == pytest.approx(1000 * 0.75 / 7)
    assert value(found["morality.graded.vice-share.own"], counts) == pytest.approx(0.25)
    only_virtue = replace(graded, terms=graded.terms[:2])
    assert "morality.graded.vice-share.own" not in {m.name for m in morality.measures([only_virtue])}


def test_the_foundations_are_there_with_virtues_above_and_vices_below_zero() -> None:
    virtues = ("care", "fairness", "loyalty", "authority", "sanctity", "liberty")
    vices = ("harm", "cheating", "betrayal", "subversion", "degradation", "oppression")
    assert set(FOUNDATIONS.categories) == {*virtues, *vices}
    for categories, weight in ((virtues, 1.0), (vices, -1.0)):
        for category in categories:
            terms = FOUNDATIONS.of_category(category)
            assert len(terms) >= 60, category
            assert {t.weight for t in terms} == {weight}
            assert f"morality.foundations.{category}.own" in MEASURES

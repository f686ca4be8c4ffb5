"""Certainty: hedges, boosters and predicates, counted by hand in each voice."""

from __future__ import annotations

import math

import numpy as np
import pytest
from counting import counters, value

from framing.annotation import Annotator
from framing.lexicon import read_lexicons
from framing.scorers import certainty, words
from framing.scorers.counts import Counts, join
from framing.text import Article

LEXICONS = read_lexicons(module="certainty")
MEASURES = {m.name: m for m in certainty.measures(LEXICONS)}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(LEXICONS)


def count(annotator: Annotator, text: str) -> dict[str, float]:
    """All counters of the module and the words, of one article."""
    batch = annotator([Article(id="1", outlet="A", text=text)])
    counts: Counts = join([words.score(batch).counts, certainty.score(batch).counts])
    assert not np.any(counts.value == 0)
    return counters(counts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge may fall.", {"commitment:hedge:own": 1}),
        ("“The bridge may perhaps fall,” she said.", {"commitment:hedge:quoted": 2}),
        ("The mayor said the bridge may fall.", {"commitment:hedge:attributed": 1}),
        ("Clearly the bridge will never fall.", {"commitment:booster:own": 2}),
        ("The mayor said the bridge will certainly fall.", {"commitment:booster:attributed": 1}),
        ("The town failed to act and managed to forget it.", {"predicates:implicative:own": 2}),
        ("They ignored the fact that the bridge fell.", {"predicates:factive:own": 1}),
        ("The claim that the bridge fell is old.", {"predicates:assertive:own": 1}),
        ("“They managed to cross,” she said.", {"predicates:implicative:quoted": 1}),
        ("The vote in May ended the year.", {}),
    ],
)
def test_each_class_is_counted_in_its_voice(annotator: Annotator, text: str, expected: dict[str, float]) -> None:
    found = {name: n for name, n in count(annotator, text).items() if name.startswith("certainty:")}
    assert found == {f"certainty:{name}": n for name, n in expected.items()}


def test_rate_is_per_thousand_words_of_the_same_voice(annotator: Annotator) -> None:
    # Own: "The bridge may fall" and "she said" (6 words); quoted: "It might" (2 words).
    counts = count(annotator, "The bridge may fall. “It might,” she said.")
    assert counts["words:own"] == 6
    assert counts["words:quoted"] == 2
    assert value(MEASURES["certainty.commitment.hedge.own"], counts) == pytest.approx(1000 / 6)
    assert value(MEASURES["certainty.commitment.hedge.quoted"], counts) == pytest.approx(500)
    assert value(MEASURES["certainty.commitment.booster.own"], counts) == 0


def test_balance_of_hedges_and_boosters(annotator: Annotator) -> None:
    counts = count(annotator, "It may fall. It might fall. It could fall. Obviously it will.")
    assert value(MEASURES["certainty.commitment.hedge-share.own"], counts) == pytest.approx(3 / 4)


def test_no_evidence_is_undefined_and_no_use_is_zero(annotator: Annotator) -> None:
    counts = count(annotator, "The bridge fell.")
    assert math.isnan(value(MEASURES["certainty.commitment.hedge-share.own"], counts))
    assert math.isnan(value(MEASURES["certainty.commitment.hedge.quoted"], counts))
    assert value(MEASURES["certainty.commitment.hedge.own"], counts) == 0


def test_the_classes_are_there() -> None:
    classes = {category for x in LEXICONS for category in x.categories}
    assert classes == {"hedge", "booster", "factive", "assertive", "implicative"}
    assert sum(not t.blocker for x in LEXICONS for t in x.terms) >= 450
    for lexicon in LEXICONS:
        for category in lexicon.categories:
            for voice in ("own", "quoted", "attributed"):
                assert f"certainty.{lexicon.name}.{category}.{voice}" in MEASURES


def test_the_sign_of_an_implicative_says_what_follows() -> None:
    (predicates,) = (x for x in LEXICONS if x.name == "predicates")
    weight = {t.pattern: t.weight for t in predicates.terms if not t.blocker}
    assert weight["manag(e|es|ed|ing) to"] == 1
    assert weight["fail(s|ed|ing|) to"] == -1
    assert {t.weight for t in predicates.of_category("assertive")} == {0}
    assert {t.weight for t in predicates.of_category("factive")} == {1}

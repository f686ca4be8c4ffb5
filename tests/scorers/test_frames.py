"""Frames: cues counted by hand in each voice, and shares that say what they divide by."""

from __future__ import annotations

import math

import pytest
from counting import counters

from framing.annotation import Annotator
from framing.lexicon import read_lexicons
from framing.measure import Measure
from framing.scorers import frames
from framing.text import Article

LEXICONS = read_lexicons(module="frames")
MEASURES = {m.name: m for m in frames.measures(LEXICONS)}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(LEXICONS)


def count(annotator: Annotator, text: str, lexicon: str) -> dict[str, float]:
    """The counters of one lexicon and one article, its name left out."""
    named = counters(frames.score(annotator([Article(id="1", outlet="A", text=text)])).counts)
    return {name.replace(f":{lexicon}:", ":"): v for name, v in named.items() if f":{lexicon}:" in name}


def value(measure: Measure, counts: dict[str, float], lexicon: str) -> float:
    above = sum(counts.get(name.replace(f":{lexicon}:", ":"), 0.0) for name in measure.numerators)
    below = sum(counts.get(name.replace(f":{lexicon}:", ":"), 0.0) for name in measure.denominators)
    return above / below if below else math.nan


def test_cues_are_counted_in_their_voice(annotator: Annotator) -> None:
    # Own: "negligence" (responsibility), "deadlock" (conflict); quoted: "wages" (economic); attributed: "immoral".
    text = "Negligence led to a deadlock. “Wages will fall,” she said. The mayor said the plan was immoral."
    assert count(annotator, text, "generic") == {
        "frames:responsibility:own": 1,
        "frames:conflict:own": 1,
        "frames:economic-consequences:quoted": 1,
        "frames:morality:attributed": 1,
        "frames-all:own": 2,
        "frames-all:quoted": 1,
        "frames-all:attributed": 1,
    }


def test_shares_are_of_the_own_cues_of_the_same_lexicon(annotator: Annotator) -> None:
    text = "The judge and the plaintiff met voters. “Taxes, taxes and jobs,” she said."
    counts = count(annotator, text, "policy")
    assert counts["frames-all:own"] == 3
    assert value(MEASURES["frames.policy.legality.own"], counts, "policy") == pytest.approx(2 / 3)
    assert value(MEASURES["frames.policy.political.own"], counts, "policy") == pytest.approx(1 / 3)
    assert value(MEASURES["frames.policy.economic.own"], counts, "policy") == 0


def test_shares_without_any_cue_are_undefined(annotator: Annotator) -> None:
    counts = count(annotator, "The kettle stood on the shelf.", "policy")
    assert counts == {}
    assert all(math.isnan(value(m, counts, "policy")) for n, m in MEASURES.items() if n.startswith("frames.policy."))


def test_war_and_peace_cues_count_only_where_there_is_war(annotator: Annotator) -> None:
    calm = "The massacre of the Romans was followed by a truce."
    assert count(annotator, calm, "war-peace") == {}
    war = "Soldiers shot at rebels. The massacre was followed by a truce."
    assert count(annotator, war, "war-peace") == {
        "frames:emotive:own": 1,
        "frames:solutions:own": 1,
        "frames-all:own": 2,
    }


def test_the_frames_are_there() -> None:
    frames_of = {x.name: list(x.categories) for x in LEXICONS}
    assert sorted(frames_of) == ["generic", "policy", "war-peace"]
    assert [len(frames_of[name]) for name in ("generic", "policy")] == [5, 14]
    for lexicon in LEXICONS:
        assert {t.weight for t in lexicon.terms if not t.blocker} == {1.0}
        for category in lexicon.categories:
            assert len(lexicon.of_category(category)) >= 40, category
            assert f"frames.{lexicon.name}.{category}.own" in MEASURES

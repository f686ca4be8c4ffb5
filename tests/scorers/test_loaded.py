"""Loaded language: counts by voice, marks of style, the score and how it explains itself."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest
from counting import counters

from framing.annotation import AnnotatedBatch, Annotator
from framing.lexicon import read_lexicons
from framing.loaded import FEATURES, find_features, read_model
from framing.loaded.features import SIGNS
from framing.scorers.loaded import explain, measures, score
from framing.text import Article

LEXICONS = read_lexicons(module="loaded")
ANNOTATE = Annotator(LEXICONS)


def batch_of(*texts: str) -> AnnotatedBatch:
    return ANNOTATE([Article(id=str(n), outlet="o", text=text) for n, text in enumerate(texts)])


def counts(text: str) -> dict[str, float]:
    return counters(score(batch_of(text)).counts)


def probability(text: str) -> float:
    found = counts(text)
    return found["loaded-score"] / found["loaded-sentences"]


def test_words_are_counted_in_the_voice_they_stand_in() -> None:
    found = counts("A disgraceful plan. “A disgraceful plan,” she said. He said the plan was disgraceful.")
    for voice in ("own", "quoted", "attributed"):
        assert found[f"loaded:evaluation:strong-negative:{voice}"] == 1
        assert found[f"loaded-words:{voice}"] == 1
    weight = next(
        t.weight for x in LEXICONS if x.name == "evaluation" for t in x.terms if t.pattern.startswith("disgrace")
    )
    assert found["loaded-weight:own"] == weight


def test_marks_of_style_are_taken_from_the_text_itself() -> None:
    found = counts("They NEVER SHOUTED! Why? The so-called reform is here.")
    assert found["loaded:marks:exclamation:own"] == 1
    assert found["loaded:marks:question:own"] == 1
    assert found["loaded:marks:capitals:own"] == 1  # SHOUTED; NEVER is too short to tell from an acronym
    assert found["loaded:marks:scare-quotes:scare"] == 1


def test_plain_reporting_is_no_evidence() -> None:
    found = counts("The committee met on Tuesday.")
    assert not [name for name in found if name.startswith("loaded:")]
    assert found["loaded-sentences"] == 1


def test_the_evidence_adds_up_to_the_counts() -> None:
    batch = batch_of("A disgraceful, shameful plan! “You must stop this lunacy,” he said.", "Nothing here.")
    found = score(batch)
    by_counter = defaultdict(float)
    mentions = found.mentions
    assert mentions is not None
    for label, voice in zip(mentions.label, mentions.voices(batch), strict=True):
        lexicon, category, _ = mentions.labels[label]
        by_counter[f"loaded:{lexicon}:{category}:{('own', 'quoted', 'attributed', 'scare')[voice]}"] += 1
    listed = {
        found.counts.names[c]: v
        for c, v in zip(found.counts.counter, found.counts.value, strict=True)
        if found.counts.names[c].startswith("loaded:")
    }
    assert listed == by_counter


def test_loaded_words_raise_the_score_and_plain_ones_lower_it() -> None:
    plain = probability("The senate passed the bill on Tuesday, officials said.")
    loaded = probability("The senate rammed through its disgraceful, job-killing bill.")
    assert plain < 0.35 < 0.65 < loaded
    assert probability("“It is a disgraceful, shameful bill,” the senator said on Tuesday.") < loaded


def test_the_score_is_a_probability_and_undefined_without_words() -> None:
    assert len(score(batch_of("", "…")).counts) == 0
    for text in ("A.", "Disgraceful! " * 400, "disgraceful " * 4000):
        assert 0 <= probability(text) <= 1


def test_the_peak_is_the_most_loaded_sentence() -> None:
    text = "The senate met on Tuesday. It passed a disgraceful, shameful bill. Then it went home."
    found = counts(text)
    assert found["loaded-articles"] == 1
    assert found["loaded-peak"] == pytest.approx(probability("It passed a disgraceful, shameful bill."))


def test_every_score_explains_itself_by_term() -> None:
    batch = batch_of("It passed a disgraceful, shameful bill on Tuesday.")
    model = read_model().sentence
    rows = [row for _, name, row in explain(batch) if name == "loaded.score"]
    odds = model.intercept + sum(row["adds"] for row in rows)
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(rows[0]["probability"], abs=0.002)
    terms = {term["text"] for row in rows for term in row["terms"]}
    assert {"disgraceful", "shameful", "Tuesday"} <= terms


def test_the_weights_are_few_named_and_signed_as_promised() -> None:
    model = read_model().sentence
    assert len(FEATURES) <= 60
    for name, weight in zip(FEATURES, model.weights, strict=True):
        assert weight * SIGNS[name] >= 0, name
    assert 0.3 <= model.threshold <= 0.7


def test_features_of_a_sentence_do_not_depend_on_its_neighbours() -> None:
    alone = find_features(batch_of("A disgraceful plan.")).values
    together = find_features(batch_of("They met.", "A disgraceful plan.", "They left.")).values
    assert np.array_equal(alone[0], together[1])


def test_measures_name_their_evidence() -> None:
    by_name = {m.name: m for m in measures(LEXICONS)}
    assert by_name["loaded.score"].denominators == ("loaded-sentences",)
    assert "loaded:evaluation:*:own" in by_name["loaded.rate.own"].mention_keys
    assert "loaded.style.report.own" not in by_name  # marks of plain reporting are no measure of loaded language


def test_a_word_inside_a_phrase_is_counted_with_the_phrase() -> None:
    found = counts("The bill was rammed through at night.")
    assert found["loaded-words:own"] == 1
    assert found["loaded:charged:accusation:own"] == 1
    assert "loaded:evaluation:conflict:own" not in found

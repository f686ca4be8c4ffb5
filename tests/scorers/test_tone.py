"""Tone: sums of VADER's own scores of the sentences of each voice, with each sentence as evidence."""

from __future__ import annotations

import pytest
from counting import counters
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.annotation import Annotator
from framing.rows import printed
from framing.scorers import tone
from framing.text import Article
from framing.vader import score_texts
from framing.voice import VOICES

ANALYSER = SentimentIntensityAnalyzer()


def compound(text: str) -> float:
    return ANALYSER.polarity_scores(text)["compound"]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator([])


def count(annotator: Annotator, text: str, title: str = "") -> dict[str, float]:
    return counters(tone.score(annotator([Article("1", "A", text, title)])).counts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge is beautiful.", {"compound:own": compound("The bridge is beautiful."), "sentences:own": 1}),
        ("The bridge is a bridge.", {"sentences:own": 1}),
        (
            "“The awful bridge has killed two people.”",
            {"compound:quoted": compound("“The awful bridge has killed two people.”"), "sentences:quoted": 1},
        ),
        (
            "He said the bridge was a terrible disaster for all the towns on the river.",
            {
                "compound:attributed": compound(
                    "He said the bridge was a terrible disaster for all the towns on the river."
                ),
                "sentences:attributed": 1,
            },
        ),
        ("The mayor of the town smiled, “What an awful bridge.”", {"sentences:mixed": 1}),
        ("* * *", {}),
        ("", {}),
    ],
)
def test_sentences_count_in_the_voice_of_two_thirds_of_their_words(annotator, text, expected):
    assert count(annotator, text) == {f"tone:{name}": value for name, value in expected.items()}


def test_headline_and_body_count_together(annotator):
    found = count(annotator, "The town was happy. Snow fell.", "A great day")
    assert found["tone:sentences:own"] == 3
    assert found["tone:compound:own"] == pytest.approx(compound("A great day") + compound("The town was happy."))


def test_scores_that_cancel_leave_the_sentences(annotator):
    opposite = next(w for w, v in ANALYSER.lexicon.items() if v == -ANALYSER.lexicon["good"] and w.isalpha())
    good, bad = "It was good.", f"It was {opposite}."
    scored = tone.score(annotator([Article("1", "A", f"{good} {bad}")]))
    assert scored.mentions is not None
    assert scored.mentions.weight.tolist() == [compound(good), -compound(good)]
    assert counters(scored.counts) == {"tone:sentences:own": 2}


def test_each_scored_sentence_is_evidence(annotator):
    text = "The town was happy. Snow fell. He said it was a disaster for everybody in the valley.\n\n***"
    batch = annotator([Article("1", "A", text, "Joy")])
    scored = tone.score(batch)
    found = scored.mentions
    assert found is not None
    assert printed(batch, found.start, found.end) == [
        "Joy", "The town was happy.", "He said it was a disaster for everybody in the valley."
    ]  # fmt: skip
    assert [VOICES[v] for v in found.voices(batch)] == ["own", "own", "attributed"]
    assert found.labels == (("vader", "sentence", "compound"),)


def test_an_empty_batch_and_articles_without_text(annotator):
    assert len(tone.score(annotator([])).counts) == 0
    assert counters(tone.score(annotator([Article("1", "A", ""), Article("2", "A", "Love.")])).counts, 0) == {}


def test_a_sentence_over_2000_characters_is_one_sentence_with_the_mean_of_its_parts(annotator):
    text = "good war, " * 300 + "end"
    found = count(annotator, text)
    assert found["tone:sentences:own"] == 1
    assert found["tone:compound:own"] == score_texts([text])[0] != compound(text)


def test_measures_are_means_over_sentences(annotator):
    counts = count(annotator, "The town was happy. Snow fell.")
    own, quoted, attributed = tone.measures([])
    assert [m.name for m in (own, quoted, attributed)] == ["tone.own", "tone.quoted", "tone.attributed"]
    assert counts[own.numerators[0]] / counts[own.denominators[0]] == compound("The town was happy.") / 2
    assert not {*quoted.denominators, *attributed.denominators} & set(counts)  # no such sentence: 0/0, undefined


PIECES = ["Good", " love", " war", " not", " he said", " said the mayor", " “", "” ", ". ", ", ", "\n\n", " but",
          " very", "! ", " the town", " happy", " 😀", "\u00a0", " according to him"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), min_size=1, max_size=4))
def test_evidence_adds_up_to_the_counters(annotator, texts):
    articles = [Article(str(n), "A", text, text[:20]) for n, text in enumerate(texts)]
    batch = annotator(articles)
    scored = tone.score(batch)
    found = scored.mentions
    assert found is not None
    sentences = printed(batch, found.start, found.end)
    assert found.weight.tolist() == [compound(s) for s in sentences]
    for number in range(len(articles)):
        counts = counters(scored.counts, number)
        for code, voice in enumerate(VOICES):
            rows = (batch.article[found.start] == number) & (found.voices(batch) == code)
            assert counts.get(f"tone:compound:{voice}", 0.0) == pytest.approx(found.weight[rows].sum())
            assert counts.get(f"tone:sentences:{voice}", 0) >= rows.sum()
        mine = batch.article[batch.sentences] == number
        assert sum(v for k, v in counts.items() if ":sentences:" in k) == (batch.sentence_words[mine] > 0).sum()

"""VADER's scores are vaderSentiment's own, to the last digit, whatever the text; long texts take linear time."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.text import Splitter, Vocabulary, read_tokens
from framing.vader import MAX_CHARACTERS, score_spans, score_texts, split_long
from framing.vader.rules import _round
from framing.vader.words import vader

ANALYSER = SentimentIntensityAnalyzer()
VOCABULARY = Vocabulary()


def original(text: str) -> float:
    return ANALYSER.polarity_scores(text)["compound"]


def sentence_scores(texts: list[str], vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Each sentence as printed, with its score by the token arrays."""
    tokens = read_tokens(texts, vocabulary)
    start = Splitter()(tokens)
    end = np.append(start, len(tokens))[1:]
    segment = tokens.segment()
    printed = [texts[segment[a]][tokens.start[a] : tokens.end[b - 1]] for a, b in zip(start, end, strict=True)]
    return list(zip(printed, score_spans(tokens, texts, start, end).tolist(), strict=True))


# What VADER's rules turn on: valences of both signs, "no", boosters, negations, idioms, capitals, marks, emoji, and
# white space and marks of all kinds between the words.
WORDS = [
    "good", "GOOD", "bad", "Bad", "war", "love", "hate", "no", "No", "NO", "or", "nor", "not", "isn't", "ISN'T",
    "can't", "never", "so", "this", "without", "doubt", "least", "at", "very", "VERY", "but", "BUT", "But", "kind",
    "of", "sort", "the", "shit", "bomb", "bad ass", "bus stop", "yeah right", "kiss of death", "to die for",
    "beating heart", "just enough", "kind of", "barely", "extremely", "kinda", "despite", "hadn't", "superb",
    "killed", "great", "table", "Gen.", "U.S.", "I", "A", "ON", ":)", ":(", ":D", "<3", "lol", "😀", "💔", "good😀",
    "©", "naïve", "café", "İ", "K", "fine", "fine,", "“fine”", "fine—war", "won", "hope;", "(sad)", "sad...", "n't",
    "shouldn’t", "1.5", "--", "\u200b", "\ufeffgood", "good\u200b", "\u0301", "ʼ",
]  # fmt: skip
GAPS = [" ", " ", " ", " ", " ", " ", "  ", "\n", "\n\n", "\u00a0", "\u2028", "\x1c", "\x85", "\t", "!", "!!!", "? ",
        "??", "?! ", ". ", ", ", "-", "'", "”", ""]  # fmt: skip
made = st.lists(st.sampled_from(WORDS) | st.sampled_from(GAPS), max_size=40).map("".join)
spaced = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=25).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
anything = st.text(max_size=40)


@settings(max_examples=1000, deadline=None)
@given(texts=st.lists(spaced | made | anything, max_size=6))
def test_texts_score_as_by_vader_itself(texts):
    assert score_texts(texts).tolist() == [original(text) for text in texts]


@settings(max_examples=1000, deadline=None)
@given(texts=st.lists(spaced | made | anything, max_size=4))
def test_sentences_score_as_their_printed_text(texts):
    for printed, score in sentence_scores(texts, VOCABULARY):
        assert score == original(printed), printed


@settings(max_examples=400, deadline=None)
@given(words=st.lists(st.sampled_from([t for t in vader().entries.text if t]), min_size=1, max_size=12))
def test_every_word_that_vader_knows(words):
    text = " ".join(words)
    assert score_texts([text, text.upper(), text.title()]).tolist() == [
        original(text), original(text.upper()), original(text.title())
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    "",
    " \n",
    "He said nothing.",
    "The plan is good, but the war is good.",
    "love but love but love hate",
    "no table nor good", "without doubt table good", "without a doubt good", "without table good",
    "no good", "no no good", "NO bad", "bad or no nor good",
    "kind of good", "it is kind of sort of good", "just enough of good", "GOOD kind of WAR",
    "never so good", "without any doubt good", "at least good", "least good", "the very least good",
    "this is the shit", "a long way to die for it", "my beating heart stops", "yeah right that is good",
    "good!!!!!", "good????", "good??", "bad!?", "table!!!",
    "😀", "It is 😀.", "good😀bad", "good\u00a0bad", "not\u2028good",
    "VERY good and EXTREMELY BAD", "ALL GOOD", "I am good",
])  # fmt: skip
def test_each_rule(text):
    assert score_texts([text]).tolist() == [original(text)]
    for printed, score in sentence_scores([text], Vocabulary()):
        assert score == original(printed)


def test_vader_takes_one_word_for_another_before_but():
    """It finds words by valence: one whose valence is that of a word it has just halved is never changed itself."""
    entries = vader().entries
    word_of = {round(v, 1): t for t, v in zip(entries.text, entries.valence, strict=True) if t.isalpha() and v}
    strong = [v for v in word_of if v / 2 in word_of]
    assert len(strong) > 10
    texts = [f"table {word_of[v]} but table {word_of[v / 2]}" for v in strong]
    expected = [original(text) for text in texts]
    assert score_texts(texts).tolist() == expected
    meant = [v * 0.5 + v / 2 * 1.5 for v in strong]
    assert expected != [round(total / math.sqrt(total * total + 15), 4) for total in meant]


@given(numbers=st.lists(st.integers(-(10**5), 10**5) | st.integers(-(10**4), 10**4).map(lambda n: 10 * n + 5)))
def test_rounding_is_that_of_python(numbers):
    values = np.array([n / 10**5 for n in numbers] + [n / 10**5 * (1 + 1e-16) for n in numbers])
    assert _round(values).tolist() == [round(v, 4) for v in values.tolist()]


@settings(max_examples=400, deadline=None)
@given(texts=st.lists(spaced | made, min_size=1, max_size=3), step=st.integers(1, 5))
def test_any_spans_of_tokens_score_as_printed(texts, step):
    tokens = read_tokens(texts, VOCABULARY)
    start = np.array([t for a, b in pairwise(tokens.bounds.tolist()) for t in range(a, b, step)], dtype=np.int64)
    last = np.append(start, len(tokens))[1:] - 1
    last -= (tokens.segment()[last] == tokens.segment()[start]) & (last > start)  # leave a token between two spans
    segment = np.searchsorted(tokens.bounds, start, side="right") - 1
    printed = [
        texts[s][a:b]
        for s, a, b in zip(segment.tolist(), tokens.start[start].tolist(), tokens.end[last].tolist(), strict=True)
    ]
    assert score_spans(tokens, texts, start, last + 1).tolist() == [original(text) for text in printed]


def test_many_valences_are_added_as_the_running_python_adds():
    words = [w for w in vader().entries.text if vader().code(w) >> 16 & 1]
    texts = [" ".join(words[n :: len(words) // 60]) for n in range(100)]
    assert score_texts(texts).tolist() == [original(text) for text in texts]


def test_no_words_score_nothing():
    assert score_texts([]).tolist() == []
    assert sentence_scores([], Vocabulary()) == sentence_scores([""], Vocabulary()) == []


@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from(["word", "clause, ", " ", "\n", "x" * 700, "y" * 2500, "—", "; "]), max_size=30))
def test_long_texts_are_cut_between_words(text):
    joined = " ".join(text)
    parts = split_long(joined)
    assert max(map(len, parts), default=0) <= MAX_CHARACTERS
    assert "".join("".join(parts).split()) == "".join(joined.split())
    words = [word for part in parts for word in part.split()]
    assert [w for w in words if "y" not in w] == [w for w in joined.split() if "y" not in w]


def test_long_texts_are_cut_behind_clause_marks():
    clause = "word " * 250 + "end, "
    assert [len(p) for p in split_long(clause * 3)] == [1254] * 3
    plain = "word " * 1000
    assert [len(p) for p in split_long(plain)] == [1999, 1999, 999]  # no mark: behind the last word that fits


def test_a_long_text_scores_the_mean_of_its_parts():
    text = ("good war, " * 150) + ("bad table " * 150) + "great"
    parts = split_long(text)
    assert len(parts) == 2
    mean = round(sum(original(part) for part in parts) / len(parts), 4)
    assert score_texts([text, "good"]).tolist() == [mean, original("good")]
    ((_, score),) = sentence_scores([text], Vocabulary())
    assert score == mean


@pytest.mark.parametrize("unit", ["good bad and ", "no\u00a0good\u00a0but ", "x", "!", "😀"], ids=str.strip)
def test_one_line_of_half_a_megabyte_takes_linear_time(unit):
    text = (unit * 500_000)[:500_000].strip()
    score_texts([text[:100]])
    started = time.process_time()
    ((_, score),) = sentence_scores([text], Vocabulary())
    assert time.process_time() - started < 8 and -1 <= score <= 1


def test_importing_reads_no_lexicon():
    code = "import sys, framing.vader; print([m for m in sys.modules if m.startswith('vaderSentiment')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

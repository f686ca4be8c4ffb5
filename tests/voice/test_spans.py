"""What holds for any text: spans are well formed, agree with the codes, and stay in their segment."""

from __future__ import annotations

import pickle
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing.text import Splitter, Tokens, Vocabulary, read_tokens
from framing.voice import OWN, VoiceFinder, Voices

WORDS = [
    *(
        "The",
        "rebels",
        "said",
        "says",
        "that",
        "according",
        "to",
        "claims",
        "saying",
        "he",
        "she",
        "told",
        "reporters",
        "so-called",
    ),
    *(
        "accused",
        "of",
        "the",
        "a",
        "Smith",
        "who",
        "and",
        "but",
        "when",
        "as",
        "in",
        "on",
        "Monday",
        "will",
        "is",
        "not",
        "fear",
    ),
    *(
        ",",
        ".",
        ":",
        ";",
        "?",
        "—",
        "(",
        ")",
        '"',
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "''",
        "\n",
        "\n\n",
        "...",
        "5",
    ),
    *("\u200b", "é", "中文", "NATO:", "said:", "“said", "said”", ",”", "\t", "'s", "rebels'"),
]
TEXTS = st.lists(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=60).map(" ".join), min_size=1, max_size=4
)


def read(finder: VoiceFinder, texts: list[str], titles: list[bool]) -> tuple[Tokens, Voices]:
    tokens = read_tokens(texts, Vocabulary())
    return tokens, finder(tokens, Splitter()(tokens), np.array(titles, dtype=bool))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, title=st.booleans())
def test_spans_are_well_formed(finder: VoiceFinder, texts: list[str], title: bool) -> None:
    texts = [t.encode("utf-8", "ignore").decode("utf-8") for t in texts]
    tokens, voices = read(finder, texts, [title] * len(texts))
    size = len(tokens)
    assert len(voices.code) == size
    assert (voices.start < voices.end).all()
    assert (voices.end[:-1] <= voices.start[1:]).all()
    covered = np.zeros(size, dtype=np.int8)
    for start, end, voice in zip(voices.start, voices.end, voices.voice, strict=True):
        assert voice != OWN
        assert (covered[start:end] == 0).all()
        covered[start:end] = voice
        # nothing runs from one segment into the next
        inside = tokens.bounds[(tokens.bounds > start) & (tokens.bounds < end)]
        assert not len(inside)
    assert (covered == voices.code).all()
    segment = np.searchsorted(tokens.bounds, np.arange(size), side="right")
    for first, last in ((voices.cue_start, voices.cue_end), (voices.speaker_start, voices.speaker_end)):
        found = first >= 0
        assert ((last >= 0) == found).all()
        assert (first[found] < last[found]).all()
        assert (last[found] <= size).all()
        assert (segment[first[found]] == segment[voices.start[found]]).all()
        assert (segment[last[found] - 1] == segment[voices.start[found]]).all()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_a_text_reads_the_same_alone_and_in_a_batch(finder: VoiceFinder, texts: list[str]) -> None:
    texts = [t.encode("utf-8", "ignore").decode("utf-8") for t in texts]
    tokens, together = read(finder, texts, [False] * len(texts))
    for number, text in enumerate(texts):
        _, alone = read(finder, [text], [False])
        assert together.code[tokens.bounds[number] : tokens.bounds[number + 1]].tolist() == alone.code.tolist()


@pytest.mark.parametrize(
    "texts", [[], [""], ["", ""], [" \n "], ["."], ['"'], ["", "He said no.", ""], ["said"], ["“"], [":"]]
)
def test_little_or_no_text(finder: VoiceFinder, texts: list[str]) -> None:
    tokens, voices = read(finder, texts, [False] * len(texts))
    assert len(voices.code) == len(tokens)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_000,
        '" ' * 50_000,
        "“" * 100_000,
        "” " * 50_000,
        "'a " * 50_000,
        "said " * 100_000,
        "he said, " * 50_000,
        "“he said, " * 30_000,
        "he said that the rebels and " * 20_000,
        "according to " * 50_000,
        "NAME: said\n" * 30_000,
        "so-called " * 50_000,
        "word " * 200_000,
    ],
    ids=lambda t: repr(t[:12]),
)
def test_hostile_text_takes_linear_time(finder: VoiceFinder, text: str) -> None:
    tokens = read_tokens([text], Vocabulary())
    sentences = Splitter()(tokens)
    begin = time.process_time()
    voices = finder(tokens, sentences, np.array([False]))
    # 300,000 tokens at most; prose of that size takes a tenth of a second.
    assert time.process_time() - begin < 3
    assert len(voices.code) == len(tokens)


def test_a_finder_survives_pickling(finder: VoiceFinder) -> None:
    text = "The minister said the rebels had left."
    tokens = read_tokens([text], Vocabulary())
    sentences = Splitter()(tokens)
    again = pickle.loads(pickle.dumps(finder))
    titles = np.array([False])
    assert again(tokens, sentences, titles).code.tolist() == finder(tokens, sentences, titles).code.tolist()

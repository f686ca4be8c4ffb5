"""Annotated batches: sections, words, mentions with their sentences, and independence of the batch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.annotation import SECTIONS, AnnotatedBatch, Annotator
from framing.lexicon import Category, Lexicon, Term
from framing.text import Article
from framing.voice import VOICES

LEXICON = Lexicon(
    "made", "naming", "made", "en", "1", "CC0-1.0", (-2.0, 2.0), "",
    {
        "rebels": Category("rebels", "rebels", "armed-group"),
        "rulers": Category("rulers", "rulers", "government", ("Atlantis", "island"), 2),
    },
    (
        Term("rebel(s)", "rebels", 0.0), Term("terrorist(s)", "rebels", -2.0),
        Term("rebel yell", "rebels", float("nan")), Term("regime", "rulers", -1.0),
        Term("Atlantis government", "rulers", 0.0),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator([LEXICON])


def article(text: str, title: str = "", id: str = "a") -> Article:
    return Article(id, "paper", text, title)


def sections(batch: AnnotatedBatch) -> list[tuple[str, str]]:
    """(section, printed words) of each run of tokens."""
    runs: list[tuple[str, list[str]]] = []
    for token, section in enumerate(batch.section.tolist()):
        name = SECTIONS[section]
        if not runs or runs[-1][0] != name:
            runs.append((name, []))
        runs[-1][1].append(batch.tokens.forms.text[batch.tokens.form[token]])
    return [(name, " ".join(words)) for name, words in runs]


def test_headline_lede_and_body(annotator):
    batch = annotator([article("Rebels left. Snow fell.\n\nNobody came.", "Rebels leave")])
    assert sections(batch) == [
        ("headline", "Rebels leave"), ("lede", "Rebels left . Snow fell ."), ("body", "Nobody came .")
    ]  # fmt: skip


def test_the_lede_has_at_most_three_sentences(annotator):
    batch = annotator([article("One left. Two left. Three left. Four left. Five left.")])
    assert sections(batch) == [("lede", "One left . Two left . Three left ."), ("body", "Four left . Five left .")]


def test_without_a_title_there_is_no_headline(annotator):
    assert sections(annotator([article("Snow fell.")])) == [("lede", "Snow fell .")]


def test_each_article_has_its_own_sections(annotator):
    batch = annotator([article("One.\n\nTwo.", "Title"), article("", "Only a title"), article("Three.\n\nFour.")])
    assert sections(batch) == [
        ("headline", "Title"), ("lede", "One ."), ("body", "Two ."),
        ("headline", "Only a title"), ("lede", "Three ."), ("body", "Four ."),
    ]  # fmt: skip
    assert batch.article.tolist() == [0] * 5 + [1] * 3 + [2] * 4


def test_words_are_letters_and_digits_without_endings(annotator):
    batch = annotator([article("The rebels' 9 tents, it's said: #x — 3.5%.")])
    printed = [batch.tokens.forms.text[f] for f in batch.tokens.form[batch.words].tolist()]
    assert printed == ["The", "rebels", "9", "tents", "it", "said", "x", "3.5"]


def test_mentions_know_their_sentences(annotator):
    body = "Snow fell. The rebels met terrorists. Rebel yell. Rebels left."
    batch = annotator([article(body, "Rebels leave. Now")])
    first, last = batch.sentences_of(batch.matches.start)
    texts = [text for a in batch.articles for text in (a.title, a.text)]
    tokens = batch.tokens
    segment = tokens.segment()
    printed = [
        texts[segment[a]][tokens.start[a] : tokens.end[b]] for a, b in zip(first.tolist(), last.tolist(), strict=True)
    ]
    assert printed == [
        "Rebels leave.", "The rebels met terrorists.", "The rebels met terrorists.", "Rebels left."
    ]  # fmt: skip


def test_the_title_counts_for_the_topic_gate(annotator):
    regime = article("The regime fell.", "Atlantis, an island")
    assert [len(annotator([a]).matches) for a in (regime, article("The regime fell in Atlantis."))] == [1, 0]


def test_an_empty_batch(annotator):
    batch = annotator([])
    assert (len(batch.tokens), len(batch.matches), len(batch.section), len(batch.words)) == (0, 0, 0, 0)
    assert len(annotator([article("")]).tokens) == 0


def facts(batch: AnnotatedBatch, number: int) -> dict[str, object]:
    """All that the annotation says of one article, free of its place in the batch."""
    tokens = batch.tokens
    first, last = tokens.bounds[2 * number], tokens.bounds[2 * number + 2]
    part = slice(first, last)
    inside = (batch.matches.start >= first) & (batch.matches.start < last)
    sentence_first, sentence_last = batch.sentences_of(batch.matches.start)
    return {
        "forms": [tokens.forms.text[f] for f in tokens.form[part].tolist()],
        "offsets": list(zip(tokens.start[part].tolist(), tokens.end[part].tolist(), strict=True)),
        "flags": tokens.flags[part].tolist(),
        "kinds": tokens.form_flags()[part].tolist(),
        "title": int(tokens.bounds[2 * number + 1] - first),
        "sentences": [s - first for s in batch.sentences.tolist() if first <= s < last],
        "voices": [VOICES[v] for v in batch.voices.code[part].tolist()],
        "sections": batch.section[part].tolist(),
        "words": batch.words[part].tolist(),
        "mentions": list(
            zip(
                (batch.matches.start[inside] - first).tolist(),
                (batch.matches.end[inside] - first).tolist(),
                batch.matches.entry[inside].tolist(),
                (sentence_first[inside] - first).tolist(),
                (sentence_last[inside] - first).tolist(),
                strict=True,
            )
        ),
    }


PIECES = [
    "Rebels", " rebel", " terrorists", " yell", " regime", " Atlantis", " the island", " government", " he", " she",
    " said", " told", " that", " “", "” ", " \"", "\" ", " '", "' ", "‘", "’", ", ", ". ", ".", "? ", " Gen. ",
    " U.S. ", "\n", "\n\n", " - ", "—", " according to", " Mr. Roe", ": ", " (", ") ", "'s", " not", " é", "e\u0301",
    "\u00a0", "\u200b", "ʼ", "中",
]  # fmt: skip
prose = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
articles = st.builds(lambda text, title: (text, title), prose, prose)


@settings(max_examples=60, deadline=None)
@given(made=st.lists(articles, min_size=1, max_size=4))
def test_an_article_is_annotated_the_same_in_any_batch(annotator, made):
    batch_of = [article(text, title, str(i)) for i, (text, title) in enumerate(made)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("framing.annotation.MAX_CHUNKS", -1)  # each call starts with an empty vocabulary
        expected = [facts(annotator([single]), 0) for single in batch_of]
        together = annotator(batch_of)
    backwards = annotator(batch_of[::-1])  # with all that was read before it in the vocabulary
    for number, alone in enumerate(expected):
        assert facts(together, number) == alone
        assert facts(backwards, len(batch_of) - 1 - number) == alone


@settings(max_examples=60, deadline=None)
@given(made=st.lists(articles, min_size=1, max_size=3))
def test_voices_and_sections_cover_every_token(annotator, made):
    batch = annotator([article(text, title, str(i)) for i, (text, title) in enumerate(made)])
    assert len(batch.voices.code) == len(batch.section) == len(batch.words) == len(batch.tokens)
    assert set(batch.voices.code.tolist()) <= set(range(len(VOICES)))
    for number in range(len(made)):
        part = slice(*batch.tokens.bounds[[2 * number, 2 * number + 2]])
        assert batch.section[part].tolist() == sorted(batch.section[part].tolist())
    first, last = batch.sentences_of(batch.matches.start)
    assert (first <= batch.matches.start).all() and (batch.matches.end - 1 <= last).all()


def test_a_long_run_starts_its_vocabulary_anew(annotator, monkeypatch):
    monkeypatch.setattr("framing.annotation.MAX_CHUNKS", 3)
    fresh = Annotator([LEXICON])
    counts = [len(fresh([article(f"The rebels met {n} terrorists.")]).matches) for n in range(6)]
    assert counts == [2] * 6

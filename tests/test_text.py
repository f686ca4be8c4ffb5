"""Tokens, sentences and paragraphs: offsets are exact on any text, and the fast reader agrees with the plain one."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.text import (
    CAPITAL,
    CLITIC,
    DIGIT,
    DOTTED,
    HYPHENATED,
    LINE_BEFORE,
    PARAGRAPH_BEFORE,
    SPACE_AFTER,
    SPACE_BEFORE,
    TERMINAL,
    UPPER,
    WORD,
    PerChunk,
    Splitter,
    Tokens,
    Vocabulary,
    normalise,
    read_tokens,
    tokenise,
)


def forms(text: str) -> list[str]:
    return [form for form, *_ in tokenise(text)]


def surfaces(text: str) -> list[str]:
    return [text[start:end] for _, start, end, _, _ in tokenise(text)]


def read_forms(tokens: Tokens) -> list[str]:
    return [tokens.forms.text[f] for f in tokens.form.tolist()]


def sentences(text: str) -> list[str]:
    tokens = read_tokens([text], Vocabulary())
    begins = [*Splitter()(tokens).tolist(), len(tokens)]
    return [text[tokens.start[a] : tokens.end[b - 1]] for a, b in pairwise(begins)]


def paragraphs(text: str) -> list[str]:
    tokens = read_tokens([text], Vocabulary())
    begins = [*np.flatnonzero(tokens.flags & PARAGRAPH_BEFORE).tolist(), len(tokens)]
    return [text[tokens.start[a] : tokens.end[b - 1]] for a, b in pairwise(begins)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The rebels left.", ["The", "rebels", "left", "."]),
        ("Assad's regime", ["Assad", "'s", "regime"]),
        ("Assad’s regime", ["Assad", "'s", "regime"]),
        ("they've, he'll, I'd, we're", ["they", "'ve", ",", "he", "'ll", ",", "I", "'d", ",", "we", "'re"]),
        ("don't o'clock O’Brien", ["don't", "o'clock", "O'Brien"]),
        ("rebels' war", ["rebels", "'", "war"]),
        ("U.S. and U.S, a.m.", ["U.S.", "and", "U.S.", ",", "a.m."]),
        ("U.S.-backed", ["U.S.", "backed"]),
        ("rebel-held well–known 9/11", ["rebel", "held", "well", "known", "9", "11"]),
        ("1,234.5 10:30 3rd 2,", ["1,234.5", "10:30", "3rd", "2", ","]),
        ("wait... what…", ["wait", "…", "what", "…"]),
        ("so -- yes—no – maybe", ["so", "—", "yes", "—", "no", "—", "maybe"]),
        ("``so'' ‘‘so’’", ['"', "so", '"', '"', "so", '"']),
        ("AT&T #x @y", ["AT", "&", "T", "#", "x", "@", "y"]),
        ("中国人", ["中", "国", "人"]),
        ("ﬁre ＵＳＡ", ["fire", "USA"]),
        ("reb\u00adels re\u200bbels \ufefftown", ["rebels", "rebels", "town"]),
        ("cafe\u0301", ["café"]),
        ("अन्तर्राष्ट्रीय", ["अन्तर्राष्ट्रीय"]),
        ("العَرَبِيَّة", ["العَرَبِيَّة"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("ʼtis 'tis rebelsʼ Assadʼs oʼclock", ["ʼ", "tis", "'", "tis", "rebels", "ʼ", "Assad", "'s", "o'clock"]),
        ("I ❤\ufe0f NY 1\ufe0f\u20e3", ["I", "❤", "NY", "1\ufe0f\u20e3"]),
        ("\u0301a .\u0301 \u0301", ["a", "."]),
        ("", []),
        (" \n\t\u00a0", []),
    ],
)
def test_forms(text, expected):
    assert forms(text) == expected


def test_surfaces_are_what_the_text_prints():
    assert surfaces("Cafe\u0301’s re\u00adbels") == ["Cafe\u0301", "’s", "re\u00adbels"]


@pytest.mark.parametrize(
    "word, flags",
    [
        ("rebel", WORD),
        ("Rebel", WORD | CAPITAL),
        ("USA", WORD | CAPITAL | UPPER),
        ("I", WORD | CAPITAL),
        ("9th", WORD | DIGIT),
        ("U.S.", WORD | CAPITAL | UPPER | DOTTED),
        ("!", TERMINAL),
        (",", 0),
    ],
)
def test_flags_of_forms(word, flags):
    [(_, _, _, found, _)] = tokenise(word)
    assert found == flags


def test_flags_of_places():
    found = [(form, flags) for form, _, _, _, flags in tokenise("a rebel-held town's end.")]
    both = SPACE_BEFORE | SPACE_AFTER
    assert found == [
        ("a", both),
        ("rebel", SPACE_BEFORE),
        ("held", HYPHENATED | SPACE_AFTER),
        ("town", SPACE_BEFORE),
        ("'s", SPACE_AFTER),
        ("end", SPACE_BEFORE),
        (".", SPACE_AFTER),
    ]


def test_clitics_are_no_words_of_their_own():
    assert [flags & CLITIC for _, _, _, flags, _ in tokenise("town's")] == [0, CLITIC]


@pytest.mark.parametrize(
    "text, normalised, starts, ends",
    [
        ("ab", "ab", [0, 1], [1, 2]),
        ("e\u0301x", "éx", [0, 2], [2, 3]),
        ("a\u00adb", "ab", [0, 2], [1, 3]),
        ("\u00ada", "a", [1], [2]),
        ("e\u00ad\u0301", "é", [0], [3]),
        ("ﬁ", "fi", [0, 0], [1, 1]),
        ("\u0301a", "\u0301a", [0, 1], [1, 2]),
    ],
)
def test_normalise_maps_back(text, normalised, starts, ends):
    assert normalise(text) == (normalised, starts, ends)


# Hostile texts: what news pages and their authors' word processors really hold, and worse.
PIECES = [
    *"aBé ßſİıŒ𝔄ñ1٣9.,:;!?-'\"’‘“”«»()[]/–—…·&#@*_%$",
    " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u00a0", "\u2009", "\u2028",
    "\u2029", "\u3000", "\u0301", "\u0308", "\u20dd", "\u0345", "\u00ad", "\u200b", "\u200c", "\u200d", "\u2060",
    "\ufeff", "\u202e", "\u2066", "\u034f", "👩\u200d👩\u200d👧", "🇺🇸", "❤\ufe0f", "中", "国", "ア", "한", "أ", "ל",
    "ע", "\u1112\u1161\u11ab", "नि", "ﬁ", "Ｕ", "１", "￣", "ｶﾞ", "\ufffd", "\x00", "\x1b",
    "U.S.", "don't", "rebel", "Mr. ", "--", "''", "``", "...",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
anything = st.one_of(hostile, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))


def without_marks(form: str) -> str:
    return "".join(c for c in form if not unicodedata.category(c).startswith("M"))


@settings(max_examples=400, deadline=None)
@given(anything)
def test_offsets_are_exact_on_any_text(text):
    previous = 0
    for form, start, end, flags, _ in tokenise(text):
        assert 0 <= previous <= start < end <= len(text)
        previous = end
        surface = text[start:end]
        assert surface.strip() == surface
        if flags & WORD and not flags & DOTTED:
            again = normalise(surface)[0]
            for apostrophe in "’ʼ‛′＇":
                again = again.replace(apostrophe, "'")
            assert without_marks(form) == without_marks(again)


@settings(max_examples=400, deadline=None)
@given(anything)
def test_no_letter_is_lost(text):
    """Every letter and digit of the normalised text is in one token, in order."""
    expected = [c for c in normalise(text)[0] if c.isalnum() and c != "ʼ"]
    assert [c for form in forms(text) for c in form if c.isalnum() and c != "ʼ"] == expected


@settings(max_examples=400, deadline=None)
@given(st.lists(anything, max_size=4))
def test_the_reader_agrees_with_tokenise(texts):
    tokens = read_tokens(texts, Vocabulary())
    found = list(zip(read_forms(tokens), tokens.start.tolist(), tokens.end.tolist(), strict=True))
    kinds = tokens.form_flags().tolist()
    places = (tokens.flags & (SPACE_BEFORE | SPACE_AFTER | HYPHENATED)).tolist()
    for segment, text in enumerate(texts):
        part = slice(tokens.bounds[segment], tokens.bounds[segment + 1])
        plain = tokenise(text)
        assert found[part] == [(form, start, end) for form, start, end, _, _ in plain]
        assert kinds[part] == [flags for *_, flags, _ in plain]
        assert places[part] == [place for *_, place in plain]


@settings(max_examples=200, deadline=None)
@given(st.lists(anything, max_size=3), st.lists(anything, max_size=3))
def test_what_was_read_before_makes_no_difference(earlier, texts):
    fresh = read_tokens(texts, Vocabulary())
    used_vocabulary = Vocabulary()
    read_tokens(earlier, used_vocabulary)
    used = read_tokens(texts, used_vocabulary)
    assert read_forms(used) == read_forms(fresh)
    for name in ("start", "end", "flags", "bounds"):
        assert getattr(used, name).tolist() == getattr(fresh, name).tolist()
    assert used.form_flags().tolist() == fresh.form_flags().tolist()
    assert Splitter()(used).tolist() == Splitter()(fresh).tolist()


@settings(max_examples=200, deadline=None)
@given(st.lists(anything, min_size=1, max_size=3))
def test_sentences_begin_at_tokens_and_with_every_segment(texts):
    tokens = read_tokens(texts, Vocabulary())
    begins = Splitter()(tokens).tolist()
    assert begins == sorted(set(begins))
    filled = [int(a) for a, b in pairwise(tokens.bounds) if b > a]
    assert set(filled) <= set(begins) <= set(range(len(tokens)))
    assert all(tokens.flags[b] & PARAGRAPH_BEFORE and tokens.flags[b] & LINE_BEFORE for b in filled)


def test_segments_may_be_empty():
    tokens = read_tokens(["", "a b", "", " ", "c", ""], Vocabulary())
    assert tokens.bounds.tolist() == [0, 0, 2, 2, 2, 3, 3]
    assert tokens.segment().tolist() == [1, 1, 4]
    assert len(read_tokens([], Vocabulary())) == len(read_tokens(["", ""], Vocabulary())) == 0
    assert Splitter()(read_tokens([""], Vocabulary())).tolist() == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The rebels left. The town burned.", ["The rebels left.", "The town burned."]),
        ("Did they go? They did! Yes…", ["Did they go?", "They did!", "Yes…"]),
        ("Gen. Mattis met Sen. McCain.", ["Gen. Mattis met Sen. McCain."]),
        ("Mr. Assad spoke. Mrs. May left.", ["Mr. Assad spoke.", "Mrs. May left."]),
        ("George W. Bush spoke. He left.", ["George W. Bush spoke.", "He left."]),
        ("He left the U.S. President Trump stayed.", ["He left the U.S.", "President Trump stayed."]),
        ("The U.S. Army left.", ["The U.S. Army left."]),
        ("He left the U.S. The army stayed.", ["He left the U.S.", "The army stayed."]),
        ("Acme Inc. Chairman Roe spoke.", ["Acme Inc. Chairman Roe spoke."]),
        ("He joined Acme Inc. He left.", ["He joined Acme Inc.", "He left."]),
        ("It rose 3.5 percent. 40 died.", ["It rose 3.5 percent.", "40 died."]),
        ("“They left.” She stayed.", ["“They left.”", "She stayed."]),
        ('"They left." She stayed.', ['"They left."', "She stayed."]),
        ("They left. “We stay,” she said.", ["They left.", "“We stay,” she said."]),
        ("They left (at last.) She stayed.", ["They left (at last.)", "She stayed."]),
        ("“Why?” she asked.", ["“Why?” she asked."]),
        ("See the site.It moved.", ["See the site.It moved."]),
        ("The end of it, e.g. war. Then peace.", ["The end of it, e.g. war.", "Then peace."]),
        ("He paused... Then he left.", ["He paused...", "Then he left."]),
        ("First paragraph\n\nSecond", ["First paragraph", "Second"]),
        ("No. 5 won.", ["No. 5 won."]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


WRAPPED = (
    "The rebels who had held the eastern districts for\n"
    "four years left the city on green buses that the\n"
    "government had sent for them early on Thursday and\n"
    "crossed into the countryside before night fell on\n"
    "the last of the wounded, whom the medics had taken\n"
    "out. The town was quiet.\n\nThe next day snow fell."
)


def test_hard_wrapped_lines_do_not_part_paragraphs():
    assert [p.split()[0] for p in paragraphs(WRAPPED)] == ["The", "The"]
    assert [s.split()[-1] for s in sentences(WRAPPED)] == ["out.", "quiet.", "fell."]


def test_without_wrapping_each_line_is_a_paragraph():
    text = "Rebels leave Aleppo\nBy a reporter\nThe last buses left. It snowed.\nMore follows"
    assert paragraphs(text) == text.split("\n")


@pytest.mark.parametrize(
    "gap", ["\n\n", "\r\n\r\n", "\n \n", " \n \n", "\n\t\n", "\n\n\n", " \n\n ", "\n\u00a0\n", "\u2029\u2029"]
)
def test_blank_lines_part_paragraphs_in_wrapped_text_too(gap):
    text = WRAPPED.replace("\n\n", gap)
    assert [p.split()[0] for p in paragraphs(text)] == ["The", "The"]


@pytest.mark.parametrize("gap", ["\n", " \n", "\n ", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\u00a0\n\u00a0"])
def test_every_kind_of_line_break_begins_a_line(gap):
    tokens = read_tokens([f"Rebels leave{gap}The town burns"], Vocabulary())
    assert np.flatnonzero(tokens.flags & LINE_BEFORE).tolist() == [0, 2]


def test_lines_without_words_count_for_the_next_token():
    tokens = read_tokens(["one\n\u200b\ntwo three"], Vocabulary())
    assert np.flatnonzero(tokens.flags & PARAGRAPH_BEFORE).tolist() == [0, 1]


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(alphabet="ab .,\n\t\u00a0\u200b\u2028\x1c😀’-", max_size=20), max_size=4))
def test_chunks_put_together_are_the_texts(texts):
    tokens = read_tokens(texts, Vocabulary())
    chunks = tokens.chunks
    printed = [chunks.vocabulary.chunks[c] for c in chunks.number.tolist()]
    bounds = chunks.bounds.tolist()
    assert ["".join(printed[a:b]) for a, b in pairwise(bounds)] == texts
    places = np.repeat(np.arange(len(chunks)), np.diff(chunks.first))
    assert chunks.of(np.arange(len(tokens))).tolist() == places.tolist()


def test_what_is_kept_per_chunk_grows_with_the_vocabulary():
    calls = []

    def lengths(vocabulary, first):
        calls.append(first)
        return [len(chunk) for chunk in vocabulary.chunks[first:]]

    per_chunk, vocabulary = PerChunk(lengths, np.int32), Vocabulary()
    for text in ("a bb a", "a ccc "):
        tokens = read_tokens([text], vocabulary)
        lengths_in_text = per_chunk(vocabulary)[tokens.chunks.number]
        assert lengths_in_text.sum() == len(text)
    assert calls == [0, 3]

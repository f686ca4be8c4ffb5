"""Compound scores of texts and of spans of tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from framing.text import IntArray, LongArray, Tokens
from framing.vader.rules import Scorer
from framing.vader.words import BEGIN_UNCOVERED, EMOJI, END_UNCOVERED, SPACED, WordCodes, chunk_codes, vader

MAX_CHARACTERS = 2000  # vaderSentiment takes time by the square of the length, and saturates
MAX_WORDS = 300_000  # distinct words kept between calls
_WORD = re.compile(rf"\S{{1,{MAX_CHARACTERS}}}")
_CLAUSE_END = re.compile(r"[,;:.!?…—–-][\"'”’»)\]]*\Z")
_codes = WordCodes()


def split_long(text: str) -> list[str]:
    """Cut a text into parts of at most `MAX_CHARACTERS`, in linear time.

    A part ends behind the last word with a clause mark (, ; : . ! ? or a dash) that fits, or, where the second half
    of the room has none, behind the last word that fits. Words are what stands between white spaces; only a word that
    is too long itself is cut inside. The white space between two parts belongs to neither.
    """
    if len(text) <= MAX_CHARACTERS:
        return [text]
    parts: list[str] = []
    begin = end = clause_end = resume = 0  # `resume`: where the word behind the clause mark begins
    for word in _WORD.finditer(text):
        while begin < end and word.end() - begin > MAX_CHARACTERS:
            at_clause = begin + MAX_CHARACTERS // 2 <= clause_end < end
            parts.append(text[begin : clause_end if at_clause else end])
            begin = resume if at_clause else word.start()
            end = end if at_clause else begin
        if begin >= end:
            begin = word.start()
        if clause_end == end:
            resume = word.start()
        end = word.end()
        if _CLAUSE_END.search(word[0]):
            clause_end = end
    return [*parts, text[begin:end]] if end > begin else parts


def score_texts(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Score texts by themselves.

    Returns
    -------
    float64 array (texts,)
        `SentimentIntensityAnalyzer().polarity_scores(text)["compound"]`, -1 to 1, higher = more positive, 0 where no
        word has a valence. Of a text over `MAX_CHARACTERS`, the mean of the scores of its parts (`split_long`),
        rounded to four digits.
    """
    long = [place for place, text in enumerate(texts) if len(text) > MAX_CHARACTERS]
    if not long:
        return _score_parts(texts)
    whole = list(texts)
    parts = [split_long(whole[place]) for place in long]
    for place in long:
        whole[place] = ""
    scores = _score_parts([*whole, *chain.from_iterable(parts)])
    result, behind = scores[: len(whole)], len(whole)
    for place, cut in zip(long, parts, strict=True):
        if cut:
            result[place] = round(sum(scores[behind : behind + len(cut)].tolist()) / len(cut), 4)
        behind += len(cut)
    return result


def _score_parts(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    if len(_codes) > MAX_WORDS:
        _codes.clear()
    words = [text.split() for text in texts]
    code, behind = _read_words(words)
    with_emoji = np.unique(np.searchsorted(behind, np.flatnonzero(code & EMOJI), side="right")).tolist()
    if with_emoji:
        for place in with_emoji:
            words[place] = vader().spell_out(texts[place]).split()
        code, behind = _read_words(words)
    return Scorer(vader(), code, np.append(0, behind[:-1])[: len(words)], behind).compounds()


def _read_words(texts: Sequence[Sequence[str]]) -> tuple[IntArray, LongArray]:
    """Return the codes of the words of all texts, and behind how many of them each text ends."""
    code = np.array([_codes[word] for word in chain.from_iterable(texts)], dtype=np.int32)
    return code, np.cumsum([len(words) for words in texts], dtype=np.int64)


def score_spans(tokens: Tokens, texts: Sequence[str], start: LongArray, end: LongArray) -> npt.NDArray[np.float64]:
    """Score spans of tokens, such as sentences, from the first character of the first token to the last of the last.

    Parameters
    ----------
    tokens : Tokens
    texts : sequence of str
        The segments that `tokens` was read from.
    start, end : int64 arrays (spans,)
        First token, and the token behind the last: ascending, never overlapping, never empty, never over two segments.

    Returns
    -------
    float64 array (spans,)
        As `score_texts` of the printed spans.
    """
    scores = np.zeros(len(start))
    if not len(start):
        return scores
    chunks = tokens.chunks
    code = chunk_codes(chunks.vocabulary)[chunks.number]
    first, last = chunks.of(start), chunks.of(end - 1)
    # Spans that are whole chunks, each one word: the others go the way of their characters.
    whole = (chunks.first[first] == start) & (chunks.first[last + 1] == end)
    whole &= ((code[first] & BEGIN_UNCOVERED) == 0) & ((code[last] & END_UNCOVERED) == 0)
    whole &= tokens.end[end - 1] - tokens.start[start] <= MAX_CHARACTERS
    odd = np.flatnonzero(code & (EMOJI | SPACED))
    whole[np.maximum(np.searchsorted(first, odd, side="right") - 1, 0)] = False
    rows = np.flatnonzero(whole)
    scores[rows] = Scorer(vader(), code, first[rows], last[rows] + 1).compounds()
    rest = np.flatnonzero(~whole)
    segment = np.searchsorted(tokens.bounds, start[rest], side="right") - 1
    printed = zip(segment.tolist(), tokens.start[start[rest]].tolist(), tokens.end[end[rest] - 1].tolist(), strict=True)
    scores[rest] = score_texts([texts[s][a:b] for s, a, b in printed])
    return scores

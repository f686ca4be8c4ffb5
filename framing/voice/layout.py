"""A batch laid out for the clause rules: sentences, word classes and the next boundary of each kind, as arrays over tokens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import CAPITAL, TERMINAL, WORD, BoolArray, FlagArray, LongArray, Tokens
from framing.voice.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Layout:
    """What the clause rules look at. All arrays have one entry a token unless they say otherwise.

    Attributes
    ----------
    bits : int64 array
        Word classes, see `grammar.CLASS`.
    kind : uint16 array
        Form flags, see `framing.text`.
    sentence : int64 array
        Number of the sentence.
    first, last : int64 arrays
        First token of the sentence, and the token behind its last word (closing punctuation left out).
    end : int64 array
        Token behind the last token of the sentence.
    quoted : bool array
        Inside double quotation marks, or a quotation long enough not to be a name.
    """

    tokens: Tokens
    bits: LongArray
    kind: FlagArray
    sentence: LongArray
    first: LongArray
    last: LongArray
    end: LongArray
    quoted: BoolArray

    def next(self, mask: BoolArray) -> npt.NDArray[np.int32]:
        """Return for each place 0..tokens the first place at or behind it where `mask` holds; tokens where there is none."""
        size = len(mask)
        place = np.full(size + 1, size, dtype=np.int32)
        where = np.flatnonzero(mask)
        place[where] = where
        return np.minimum.accumulate(place[::-1])[::-1]

    def previous(self, mask: BoolArray) -> npt.NDArray[np.int32]:
        """Return for each place the last place at or before it where `mask` holds; -1 where there is none."""
        place = np.full(len(mask), -1, dtype=np.int32)
        where = np.flatnonzero(mask)
        place[where] = where
        return np.maximum.accumulate(place)


def lay_out(tokens: Tokens, grammar: Grammar, sentences: LongArray) -> tuple[LongArray, LongArray, LongArray]:
    """Return for each token the number, the first token and the end of its sentence."""
    size = len(tokens)
    bounds = np.append(sentences, size)
    length = np.diff(bounds)
    number = np.repeat(np.arange(len(sentences)), length)
    return number, np.repeat(sentences, length), np.repeat(bounds[1:], length)


def last_words(kind: FlagArray, sentences: LongArray, number: LongArray) -> LongArray:
    """Return for each token the place behind the last word of its sentence."""
    size = len(kind)
    place = np.where((kind & WORD) != 0, np.arange(1, size + 1), 0)
    behind = np.maximum.reduceat(place, sentences) if len(sentences) else np.zeros(0, dtype=np.int64)
    return np.maximum(behind, sentences)[number]

"""A batch laid out for the clause rules: sentences, word classes, quotations and boundaries, as arrays over tokens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import (
    CAPITAL,
    DIGIT,
    WORD,
    BoolArray,
    FlagArray,
    IntArray,
    LongArray,
    Tokens,
)
from framing.voice.grammar import CLASS, PUNCT_COLON, PUNCT_COMMA, PUNCT_DASH, PUNCT_SEMICOLON
from framing.voice.marks import Quotations


@dataclass(frozen=True, slots=True)
class Layout:
    """What the clause rules look at.

    Arrays have one entry a token and one more behind the last, so that looking ahead is safe.

    Attributes
    ----------
    tokens : Tokens
    bits : int64 array
        Word classes, see `grammar.CLASS`.
    kind : uint16 array
        Form flags, see `framing.text`.
    first, end : int32 arrays
        First token of the token's sentence, and the token behind its last.
    last : int32 array
        The token behind the last word of the sentence.
    quoted : bool array
        Inside quotation marks.
    opening, closing : bool arrays
        Marks of the outermost quotations.
    comma, boundary : bool arrays
        Commas outside quotations; commas, colons, semicolons, dashes and marks outside quotations.
    next_comma, next_boundary, next_verb : int32 arrays
        First such token at or behind each place; the number of tokens where there is none.
    last_boundary : int32 array
        Last such token at or before each place; -1 where there is none.
    title : bool array
        The token stands in a headline, or in a sentence written with capitals throughout.
    """

    tokens: Tokens
    bits: LongArray
    kind: FlagArray
    first: IntArray
    end: IntArray
    last: IntArray
    quoted: BoolArray
    opening: BoolArray
    closing: BoolArray
    comma: BoolArray
    boundary: BoolArray
    next_comma: IntArray
    next_boundary: IntArray
    next_verb: IntArray
    last_boundary: IntArray
    title: BoolArray

    def __len__(self) -> int:
        return len(self.bits) - 1

    def has(self, place: npt.NDArray[np.integer], name: str) -> BoolArray:
        """Whether the tokens at these places belong to a word class of `grammar.CLASS`."""
        return np.asarray((self.bits[place] & CLASS[name]) != 0)

    def is_form(self, place: npt.NDArray[np.integer], *words: str) -> BoolArray:
        """Whether the tokens at these places are spelt so."""
        index = self.tokens.forms.index
        form = self.tokens.form[np.minimum(place, len(self) - 1)]
        found = np.zeros(len(form), dtype=bool)
        for word in words:
            found |= form == index.get(word, -1)
        return found & (place < len(self))

    def spelt(self, *words: str) -> BoolArray:
        """Which tokens are spelt so, as an array over all places."""
        index = self.tokens.forms.index
        found = np.zeros(len(self) + 1, dtype=bool)
        for word in words:
            number = index.get(word)
            if number is not None:
                found[:-1] |= self.tokens.form == number
        return found

    def classes(self, *names: str) -> BoolArray:
        """Which tokens belong to any of these word classes, as an array over all places."""
        return np.asarray((self.bits & sum(CLASS[n] for n in names)) != 0)


def next_place(mask: BoolArray) -> IntArray:
    """Return for each place the first place at or behind it where `mask` holds; the last place + 1 where there is none.

    >>> next_place(np.array([False, True, False]))
    array([1, 1, 3], dtype=int32)
    """
    where = np.append(np.flatnonzero(mask), len(mask)).astype(np.int32)
    return np.repeat(where, np.diff(where, prepend=-1))[: len(mask)]


def last_place(mask: BoolArray) -> IntArray:
    """Return for each place the last place at or before it where `mask` holds; -1 where there is none.

    >>> last_place(np.array([False, True, False]))
    array([-1,  1,  1], dtype=int32)
    """
    where = np.flatnonzero(mask).astype(np.int32)
    return np.repeat(np.append(np.int32(-1), where), np.diff(where, prepend=0, append=len(mask)))


def lay_out(
    tokens: Tokens,
    bits: LongArray,
    sentences: LongArray,
    sentence_end: LongArray,
    quotations: Quotations,
    is_title: BoolArray,
) -> Layout:
    """Work out the layout of a batch that holds tokens."""
    size = len(tokens)
    length = np.diff(np.append(sentences, size))
    first = np.append(np.repeat(sentences, length), size).astype(np.int32)
    end = np.append(sentence_end, size).astype(np.int32)
    bits = np.append(bits, 0)
    kind = np.append(tokens.form_flags(), 0).astype(np.uint16)
    word = (kind[:-1] & WORD) != 0
    place = np.where(word, np.arange(1, size + 1), 0)
    last = np.maximum(np.maximum.reduceat(place, sentences), sentences)
    quoted = cover(size + 1, quotations.start, quotations.end)
    opening, closing = np.zeros(size + 1, dtype=bool), np.zeros(size + 1, dtype=bool)
    opening[quotations.opens[quotations.opens >= 0]] = True
    closing[quotations.closes[quotations.closes >= 0]] = True
    comma = ((bits & PUNCT_COMMA) != 0) & ~quoted
    # The comma of "...," stands inside the marks.
    comma[1:] |= closing[1:] & ((bits[:-1] & PUNCT_COMMA) != 0)
    hard = ((bits & (PUNCT_COLON | PUNCT_SEMICOLON | PUNCT_DASH)) != 0) & ~quoted
    boundary = comma | hard | opening | closing
    words = np.add.reduceat(word & ((kind[:-1] & DIGIT) == 0), sentences)
    capitals = np.add.reduceat((kind[:-1] & CAPITAL) != 0, sentences)
    title = np.append(np.repeat((capitals >= 0.6 * words) & (words >= 4), length), False)
    title[:-1] |= np.repeat(is_title, np.diff(tokens.bounds))
    behind = np.append(np.repeat(last, length), size).astype(np.int32)
    return Layout(
        tokens, bits, kind, first, end, behind, quoted, opening, closing, comma, boundary,
        next_place(comma), next_place(boundary), next_place((bits & CLASS["VERB"]) != 0), last_place(boundary), title,
    )  # fmt: skip


def cover(size: int, start: LongArray, end: LongArray) -> BoolArray:
    """Return which of `size` places lie in any of the spans; empty spans cover nothing."""
    good = end > start
    step = np.bincount(start[good], minlength=size + 1) - np.bincount(end[good], minlength=size + 1)
    return np.asarray(np.cumsum(step)[:size] > 0)

"""Lines that name their speaker: headlines such as "Minister: Talks will go on", and transcripts."""

from __future__ import annotations

import numpy as np

from framing.text import CAPITAL, PARAGRAPH_BEFORE, UPPER, WORD, BoolArray, LongArray
from framing.voice.grammar import PUNCT_COLON
from framing.voice.layout import Layout, next_place

LABEL_WORDS = 3  # longer labels before a colon are topics, not names
HEADLINE_WORDS = 25


def find_headline_speakers(lay: Layout, is_title: BoolArray) -> tuple[LongArray, LongArray, LongArray]:
    """Find headlines of the form "X: Y", where X speaks.

    A headline is a segment that is one, or a short first paragraph. X is one to three capitalised words that are no
    place and no label such as "Exclusive" or "Video" (class LABEL).

    Returns
    -------
    start, colon, end : int64 arrays
        First token of X, the colon, and the token behind Y.
    """
    bounds = lay.tokens.bounds
    size = len(lay)
    filled = np.flatnonzero(bounds[1:] > bounds[:-1])
    first = bounds[:-1][filled]
    last = bounds[1:][filled]
    paragraph = next_place(np.append((lay.tokens.flags & PARAGRAPH_BEFORE) != 0, True))
    end = np.minimum(last, paragraph[np.minimum(first + 1, size)])
    colon = next_place((lay.bits & PUNCT_COLON) != 0)[first].astype(np.int64)
    length = colon - first
    good = (length >= 1) & (length <= LABEL_WORDS) & (end - colon >= 3)
    good &= is_title[filled] | ((end - first <= HEADLINE_WORDS) & (end < last))
    for step in range(LABEL_WORDS):
        place = np.minimum(first + step, size)
        name = (
            ((lay.kind[place] & CAPITAL) != 0)
            & ~lay.has(place, "LABEL")
            & ~lay.has(place, "DETERMINER")
            & ~lay.has(place, "ADVERB")
        )
        good &= name | (step >= length)
    return first[good], colon[good], end[good]


def find_transcript_turns(lay: Layout) -> tuple[LongArray, LongArray, LongArray]:
    """Find turns of a transcript: paragraphs that open with a name in capitals and a colon, two or more in a text.

    Returns
    -------
    start, colon, end : int64 arrays
        First token of the name, the colon, and the end of the paragraph.
    """
    size = len(lay)
    begins = np.append(np.flatnonzero((lay.tokens.flags & PARAGRAPH_BEFORE) != 0), size)
    first, end = begins[:-1], begins[1:]
    colon = next_place((lay.bits & PUNCT_COLON) != 0)[first].astype(np.int64)
    length = colon - first
    good = (length >= 1) & (length <= LABEL_WORDS + 1) & (end - colon >= 2) & ~lay.quoted[first]
    upper = np.zeros(len(first), dtype=bool)
    for step in range(LABEL_WORDS + 1):
        place = np.minimum(first + step, size)
        word = (lay.kind[place] & WORD) != 0
        inside = step < length
        upper |= inside & ((lay.kind[place] & UPPER) != 0)
        good &= ~inside | ~word | (((lay.kind[place] & CAPITAL) != 0) & ~lay.has(place, "LABEL"))
    good &= upper
    segment = np.searchsorted(lay.tokens.bounds, first, side="right") - 1
    turns = np.bincount(segment[good], minlength=len(lay.tokens.bounds))
    good &= turns[segment] >= 2
    return first[good], colon[good], end[good]

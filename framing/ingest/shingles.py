"""Shingles: every five words in a row as one number, and a sample of them by which copies of a text find each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from framing.text import CLITIC, WORD, Forms, LongArray, PerForm, Vocabulary, read_tokens

HashArray = npt.NDArray[np.uint64]

SHINGLE = 5
"""Words of a shingle: four in a row are too often a stock phrase, six lose more to each changed word."""

WINDOW = 4
"""Shingles of which the smallest is kept. A run of 2 * WINDOW shingles (12 words) that two texts share is certain to
leave two smallest in a row in both, and so a common key; see `find_keys`."""

# Distinct chunks kept before the vocabulary starts anew: bounds the memory of a long run.
MAX_CHUNKS = 300_000

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no word is lost modulo 2 ** 64
# Spellings that one house prints with marks and the next without: "U.S." and "US", "1,000" and "1000", "don't".
_DROPPED = str.maketrans("", "", ".,:'")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, one text behind the other.

    Attributes
    ----------
    shingle : uint64 array (words,)
        Hash of the five words that begin here; meaningless for the last four words of a text, see `has_shingle`.
    start, end : int32 arrays (words,)
        Character offsets into the word's own text.
    bounds : int64 array (texts + 1,)
        Text t holds the words `bounds[t]:bounds[t + 1]`.
    """

    shingle: HashArray
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    bounds: LongArray

    def __len__(self) -> int:
        return len(self.start)

    def has_shingle(self) -> npt.NDArray[np.bool_]:
        """Return which words have four more of the same text behind them. Shape (words,)."""
        return self.left() >= SHINGLE

    def left(self) -> LongArray:
        """Return how many words there are from each to the end of its text, itself included. Shape (words,)."""
        sizes = np.diff(self.bounds)
        return np.repeat(self.bounds[1:], sizes) - np.arange(len(self))


class Shingler:
    """Reads texts as words and shingles.

    Marks, quotation marks, case, hyphens and endings such as 's make no difference, nor do the marks inside "U.S." and
    "1,000". A shingle is a hash of the spelling, so equal words give equal shingles in every run and every batch.
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._hashes = PerForm(_hash_forms, np.uint64)

    def __call__(self, texts: Sequence[str]) -> Words:
        """Return the words of some texts."""
        if len(self._vocabulary) > MAX_CHUNKS:
            self._vocabulary = Vocabulary()
        tokens = read_tokens(texts, self._vocabulary)
        word = np.flatnonzero((tokens.form_flags() & (WORD | CLITIC)) == WORD)
        bounds = np.searchsorted(word, tokens.bounds)
        hashes = self._hashes(tokens.forms)[tokens.form[word]] if len(word) else np.zeros(0, dtype=np.uint64)
        return Words(_join(hashes), tokens.start[word], tokens.end[word], bounds)


def _hash_forms(forms: Forms, first: int) -> list[int]:
    # Not Python's own hash, which differs from one process to the next.
    return [
        int.from_bytes(blake2b((folded.translate(_DROPPED) or folded).encode(), digest_size=8).digest(), "little")
        for folded in forms.folded[first:]
    ]


def _join(words: HashArray) -> HashArray:
    """Return for each place one hash of the five words from there on; the last four are meaningless."""
    joined = np.zeros(len(words), dtype=np.uint64)
    whole = len(words) - SHINGLE + 1
    if whole > 0:
        for place in range(SHINGLE):
            joined[:whole] = joined[:whole] * _FACTOR + words[place : place + whole]
    return mix(joined)


def mix(values: HashArray) -> HashArray:
    """Scatter numbers evenly, the same for the same (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    values = values.copy()
    values ^= values >> np.uint64(30)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def find_keys(words: Words) -> tuple[HashArray, npt.NDArray[np.int32]]:
    """Return keys by which texts that share wording find each other.

    Winnowing (Schleimer, Wilkerson and Aiken 2003): of every `WINDOW` shingles in a row the smallest is kept. A key
    joins two that follow each other, so it stands for some eight words and is rare where one shingle is a stock phrase.

    Returns
    -------
    keys : uint64 array (keys,)
    text : int32 array (keys,)
        Number of the text that each key is of. A text of fewer than nine words has none.
    """
    count = len(words) - WINDOW + 1
    empty = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)
    if count <= 0:
        return empty
    smallest = words.shingle[:count].copy()
    for place in range(1, WINDOW):
        np.minimum(smallest, words.shingle[place : place + count], out=smallest)
    text = np.repeat(np.arange(len(words.bounds) - 1, dtype=np.int32), np.diff(words.bounds))[:count]
    whole = words.left()[:count] >= SHINGLE + WINDOW - 1
    smallest, text = smallest[whole], text[whole]
    if not len(text):
        return empty
    fresh = np.ones(len(text), dtype=bool)
    fresh[1:] = (smallest[1:] != smallest[:-1]) | (text[1:] != text[:-1])
    smallest, text = smallest[fresh], text[fresh]
    follows = text[1:] == text[:-1]
    return mix(smallest[:-1] * _FACTOR + smallest[1:])[follows], text[1:][follows]

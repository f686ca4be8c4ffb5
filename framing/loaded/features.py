"""The named features of a sentence from which `loaded.score` is made.

Each feature is a plain count or sum over the words of one sentence, and each says where it comes from: a category of
the loaded lexicons, or a mark of style that the text itself shows. Quoted words are kept apart from the outlet's own
throughout: an insult that an outlet quotes is not an insult of the outlet's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.matching import Matches
from framing.text import DIGIT, UPPER, LongArray, PerForm
from framing.voice import ATTRIBUTED, QUOTED, SCARE

FloatArray = npt.NDArray[np.float64]

EVALUATION = (
    "strong-negative strong-positive weak-negative weak-positive emotion accusation conflict intensifier"
    " certainty-claim ridicule exaggeration ideology"
).split()
CHARGED = (
    "dysphemism euphemism dehumanising sensational partisan-label one-sided scorn intensification accusation praise"
    " stance"
).split()
STYLE = (
    "second-person first-person obligation superlative evaluative-adverb insistence negation contrast generalisation"
    " report time measure office"
).split()
CATEGORIES = (
    *(("evaluation", c) for c in EVALUATION),
    *(("charged", c) for c in CHARGED),
    *(("style", c) for c in STYLE),
)
COLOURED = len(EVALUATION) + len(CHARGED)  # the categories before those of style
MARKS = (
    "exclamation",
    "question",
    "capitals",
    "numbers",
    "quoted-share",
    "attributed-share",
    "scare-quotes",
    "dashes",
    "parentheses",
)
WHOLE = (
    "coloured-words",
    "coloured-weight",
    "strongest",
    "second-strongest",
    "quoted-weight",
    "attributed-weight",
)
PLAIN = (
    "style.report",
    "style.time",
    "style.measure",
    "style.office",
    "numbers",
    "quoted-share",
    "attributed-share",
)
EITHER = ("question", "parentheses")
FEATURES = (*(f"{lexicon}.{category}" for lexicon, category in CATEGORIES), *WHOLE, *MARKS)
SIGNS = {name: -1 if name in PLAIN else 0 if name in EITHER else 1 for name in FEATURES}
"""Which way a feature may move the score: loaded language up, marks of plain reporting down, 0 for either."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of the sentences of a batch.

    Attributes
    ----------
    values : float64 array (sentences, features)
        Columns as `FEATURES`.
    words : int64 array (sentences,)
        Words of each sentence; a sentence without any has no score.
    hits : int64 array (hits,)
        Rows of `find_terms(batch)` that took part, in the order of that.
    sentence, column : int64 arrays (hits,)
        Sentence and feature of each hit.
    amount : float64 array (hits,)
        What the hit adds to its feature.
    """

    values: FloatArray
    words: LongArray
    hits: LongArray
    sentence: LongArray
    column: LongArray
    amount: FloatArray


_LEXICONS = {"charged": 1, "evaluation": 2}
SHOUT_LETTERS = 6  # shorter words in capitals are mostly acronyms
_shouted = PerForm(
    lambda forms, first: [
        bool(flags & UPPER) and len(text) >= SHOUT_LETTERS
        for text, flags in zip(forms.text[first:], forms.flags[first:], strict=True)
    ],
    np.bool_,
)


def find_shouted(batch: AnnotatedBatch) -> npt.NDArray[np.bool_]:
    """Return which tokens are words all in capitals, of six letters or more. Shape (tokens,)."""
    return np.asarray(_shouted(batch.tokens.forms)[batch.tokens.form] & batch.words)


def find_terms(batch: AnnotatedBatch) -> Matches:
    """Return the mentions of the loaded lexicons, each word counted once: a phrase takes in the single words in it.

    The lexicons of charged phrases and of evaluative words overlap ("rammed through", "rammed"); cues of style stay.
    """
    matches, matcher = batch.of_module("loaded"), batch.matcher
    numbers = [_LEXICONS.get(x.name, 0) if x.module == "loaded" else 0 for x in matcher.lexicons]
    lexicon = np.repeat(np.array(numbers, dtype=np.int8), [len(x.terms) for x in matcher.lexicons])[matches.entry]
    held = np.zeros(len(batch.tokens) + 1, dtype=np.int64)
    phrases = lexicon == _LEXICONS["charged"]
    np.add.at(held, matches.start[phrases], 1)
    np.add.at(held, matches.end[phrases], -1)
    inside = np.cumsum(held)[matches.start] > 0
    return matches.take(np.flatnonzero(~(inside & (lexicon == _LEXICONS["evaluation"]))))


def find_features(batch: AnnotatedBatch) -> Features:
    """Count the features of every sentence.

    Returns
    -------
    Features
        All zero where the shipped lexicons are not in use: the score is made for them alone.
    """
    tokens, sentence_of, words = batch.tokens, batch.sentence_of, batch.sentence_words
    count = len(batch.sentences)
    values = np.zeros((count, len(FEATURES)))
    kind = tokens.form_flags()
    word = batch.words
    hits, sentence, column, amount = _hits(batch, values, sentence_of)
    place = {name: number for number, name in enumerate(FEATURES)}

    def mark(name: str, chosen: npt.NDArray[np.bool_]) -> None:
        values[:, place[name]] = np.bincount(sentence_of[chosen], minlength=count)

    voice = batch.voices.code
    mark("exclamation", _is_form(batch, "!"))
    mark("question", _is_form(batch, "?") & (voice != QUOTED))
    for name in ("exclamation", "question"):  # one says it all; ten would drown everything else
        values[:, place[name]] = np.minimum(values[:, place[name]], 1)
    mark("dashes", _is_form(batch, "—"))
    mark("parentheses", _is_form(batch, "("))
    mark("capitals", find_shouted(batch))
    mark("numbers", word & ((kind & DIGIT) != 0))
    spans = batch.voices.start[batch.voices.voice == SCARE]
    values[:, place["scare-quotes"]] = np.bincount(sentence_of[spans], minlength=count)
    least = np.maximum(words, 1)
    for name, code in (("quoted-share", QUOTED), ("attributed-share", ATTRIBUTED)):
        values[:, place[name]] = np.bincount(sentence_of[word & (voice == code)], minlength=count) / least
    return Features(values, words, hits, sentence, column, amount)


def _is_form(batch: AnnotatedBatch, text: str) -> npt.NDArray[np.bool_]:
    return np.asarray(batch.tokens.form == batch.tokens.forms.index.get(text, -1))


def _hits(
    batch: AnnotatedBatch, values: FloatArray, sentence_of: LongArray
) -> tuple[LongArray, LongArray, LongArray, FloatArray]:
    """Enter the features of the lexicons into `values`; return what took part."""
    matches, matcher = find_terms(batch), batch.matcher
    known = {pair: number for number, pair in enumerate(CATEGORIES)}
    category = np.array([known.get(pair, -1) for pair in matcher.referents] or [-1], dtype=np.int64)
    column = category[matcher.referent_of[matches.entry]] if len(matches) else np.zeros(0, dtype=np.int64)
    hits = np.flatnonzero(column >= 0)
    column = column[hits]
    sentence = sentence_of[matches.start[hits]]
    weight = matcher.weights[matches.entry[hits]]
    voice = batch.voices.code[matches.start[hits]]
    coloured = column < COLOURED
    own = voice != QUOTED
    # What an outlet quotes counts for the quotations together, not for the category.
    amount = np.where(coloured, weight, 1.0)
    direct = own | ~coloured
    np.add.at(values, (sentence[direct], column[direct]), amount[direct])
    place = {name: number for number, name in enumerate(FEATURES)}
    c = coloured & own
    values[:, place["coloured-words"]] = np.bincount(sentence[c], minlength=len(values))
    values[:, place["coloured-weight"]] = np.sqrt(np.bincount(sentence[c], weights=weight[c], minlength=len(values)))
    strongest = np.zeros(len(values))
    second = np.zeros(len(values))
    order = np.lexsort((-weight[c], sentence[c]))
    s, w = sentence[c][order], weight[c][order]
    begin = np.ones(len(s), dtype=bool)
    begin[1:] = s[1:] != s[:-1]
    strongest[s[begin]] = w[begin]
    next_one = np.zeros(len(s), dtype=bool)
    next_one[1:] = begin[:-1] & ~begin[1:]
    second[s[next_one]] = w[next_one]
    values[:, place["strongest"]] = strongest
    values[:, place["second-strongest"]] = second
    for name, code in (("quoted-weight", QUOTED), ("attributed-weight", ATTRIBUTED)):
        chosen = coloured & (voice == code)
        values[:, place[name]] = np.bincount(sentence[chosen], weights=weight[chosen], minlength=len(values))
    return hits, sentence, column, amount

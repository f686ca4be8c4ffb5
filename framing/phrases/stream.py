"""All words of one voice in many articles, four bytes and a few bits for each: what phrases are counted from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch, Annotator
from framing.phrases.words import GLUE, NUMBER, STOPPED, Words
from framing.text import HYPHENATED, SPACE_BEFORE, Article, BoolArray, IntArray, LongArray
from framing.voice import VOICES

JOINED, HYPHEN, ENDING, INITIAL, BEFORE_HYPHEN, CLOSING = 1, 2, 4, 8, 16, 32
"""What a word is where it stands, as bits: nothing but white space, a hyphen or an ending lies between it and the word
before; joined to the token before by a hyphen; an ending such as 's lies before it; first of its sentence or in a
headline, where capitals say little; the next token is joined to it by a hyphen; in the last two sentences of a body of
six or more, where credits, notices and invitations stand."""

_LAST, _LONG = 2, 6  # sentences: how many close an article, and how many it must have


@dataclass(frozen=True, slots=True)
class WordStream:
    """The words of one voice, article by article.

    Attributes
    ----------
    words : Words
        What the numbers mean.
    number : int32 array (places,)
        Printed word at each place.
    bits : uint8 array (places,)
        JOINED, HYPHEN, ENDING, INITIAL, BEFORE_HYPHEN, CLOSING.
    bounds : int64 array (articles + 1,)
        Article a holds the places `bounds[a]:bounds[a + 1]`.
    sentences : int64 array (sentences,)
        First place of each sentence that holds a word of the voice, ascending.
    sentence_keys : uint64 array (sentences,)
        Equal for sentences with the same words, those of other voices included and all numbers alike.
    ids, outlets, dates, events : list of str
        Of the articles.
    """

    words: Words
    number: IntArray
    bits: npt.NDArray[np.uint8]
    bounds: LongArray
    sentences: LongArray
    sentence_keys: npt.NDArray[np.uint64]
    ids: list[str]
    outlets: list[str]
    dates: list[str]
    events: list[str]

    def article(self) -> IntArray:
        """Return the row of each place's article. Shape (places,)."""
        return np.repeat(np.arange(len(self.ids), dtype=np.int32), np.diff(self.bounds))


def read_stream(batches: Iterable[Sequence[Article]], voice: str | None = "own") -> WordStream:
    """Annotate articles and keep the words of one voice.

    Parameters
    ----------
    batches : iterable of sequences of Article
        Held one at a time.
    voice : str, optional
        "own", "quoted", "attributed" or "scare"; None for all words, which never join across voices.

    Returns
    -------
    WordStream
        Articles in the order given.
    """
    annotator = Annotator([])
    words = Words()
    numbers, bits, counts = [np.zeros(0, np.int32)], [np.zeros(0, np.uint8)], []
    begins, keys = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    ids: list[str] = []
    outlets: list[str] = []
    dates: list[str] = []
    events: list[str] = []
    total = 0
    for articles in batches:
        batch = annotator(articles)
        place, place_bits = select_words(batch, words, voice)
        numbers.append(words.number(batch.tokens.forms)[batch.tokens.form[place]])
        bits.append(place_bits)
        sentence = batch.sentence_of[place]
        first = np.flatnonzero(np.diff(sentence, prepend=-1))
        begins.append(first + total)
        keys.append(_hash_sentences(batch, words)[sentence[first]])
        counts.append(np.bincount(batch.article[place], minlength=len(articles)))
        total += len(place)
        ids += [a.id for a in articles]
        outlets += [a.outlet for a in articles]
        dates += [a.date for a in articles]
        events += [a.event for a in articles]
    sizes = np.concatenate([np.zeros(1, np.int64), *counts])
    return WordStream(
        words,
        np.concatenate(numbers),
        np.concatenate(bits),
        np.cumsum(sizes),
        np.concatenate(begins),
        np.concatenate(keys),
        ids,
        outlets,
        dates,
        events,
    )


def select_words(batch: AnnotatedBatch, words: Words, voice: str | None) -> tuple[LongArray, npt.NDArray[np.uint8]]:
    """Return the tokens of a batch that are words of one voice, and the bits of each.

    Returns
    -------
    token : int64 array (places,)
    bits : uint8 array (places,)
    """
    tokens = batch.tokens
    size = len(tokens)
    if not size:
        return np.zeros(0, np.int64), np.zeros(0, np.uint8)
    chosen = batch.words if voice is None else batch.words & (batch.voices.code == VOICES.index(voice))
    glue = words.glue(tokens.forms)[tokens.form]
    ending = (glue & GLUE) != 0
    barrier = np.cumsum(~(chosen | ending | find_stops(batch, words)))
    endings = np.cumsum(ending)
    place = np.flatnonzero(chosen)
    sentence = batch.sentence_of[place]
    code = batch.voices.code[place]
    joined = np.zeros(len(place), dtype=bool)
    before, after = place[:-1], place[1:]
    joined[1:] = (barrier[after] == barrier[before]) & (sentence[1:] == sentence[:-1]) & (code[1:] == code[:-1])
    hyphenated = (tokens.flags & HYPHENATED) != 0
    with_ending = np.zeros(len(place), dtype=bool)
    with_ending[1:] = joined[1:] & (endings[after] > endings[before])
    headline = tokens.segment()[place] % 2 == 0
    initial = headline | (np.diff(sentence, prepend=-1) != 0)
    before_hyphen = np.append(hyphenated[1:], False)[place]
    bits = (
        JOINED * joined
        + HYPHEN * hyphenated[place]
        + ENDING * with_ending
        + INITIAL * initial
        + BEFORE_HYPHEN * before_hyphen
        + CLOSING * _find_closing(batch)[sentence]
    )
    return place, bits.astype(np.uint8)


def find_stops(batch: AnnotatedBatch, words: Words) -> BoolArray:
    """Return which tokens are full stops of abbreviations inside a sentence ("Gen.", "J."). Shape (tokens,)."""
    tokens = batch.tokens
    stops = np.zeros(len(tokens), dtype=bool)
    if len(tokens):
        glue = words.glue(tokens.forms)[tokens.form]
        stops[1:] = (
            (tokens.form[1:] == tokens.forms.index.get(".", -1))
            & ((glue[:-1] & STOPPED) != 0)
            & ((tokens.flags[1:] & SPACE_BEFORE) == 0)
        )
        last = np.append(batch.sentences[1:], len(tokens)) - 1
        stops[last] = False
    return stops


def _find_closing(batch: AnnotatedBatch) -> BoolArray:
    """Return which sentences close the body of an article. Shape (sentences,)."""
    segment = batch.tokens.segment()[batch.sentences]
    sizes = np.bincount(segment, minlength=len(batch.tokens.bounds) - 1)
    ends = np.cumsum(sizes)
    to_end = ends[segment] - 1 - np.arange(len(segment))
    closing: BoolArray = (to_end < _LAST) & (sizes[segment] >= _LONG) & (segment % 2 == 1)
    return closing


def _hash_sentences(batch: AnnotatedBatch, words: Words) -> npt.NDArray[np.uint64]:
    """Return a number for each sentence of a batch that is equal where all words are. Shape (sentences,)."""
    tokens = batch.tokens
    number = words.number(tokens.forms)
    # Numbers are all alike: "Hide caption 3 of 22" is one building block.
    code = np.where(words.kinds()[number] & NUMBER, 0, words.fold()[number] + 1)
    folded = code[tokens.form].astype(np.uint64)
    place = np.cumsum(batch.words) - 1
    place -= np.repeat(place[batch.sentences], np.diff(np.append(batch.sentences, len(tokens))))
    # A sentence is the sum of its mixed words; the place in the sentence is mixed in, so that order counts.
    mixed = mix(folded * np.uint64(0x9E3779B97F4A7C15) + place.astype(np.uint64))
    mixed[~batch.words] = 0
    return np.add.reduceat(mixed, batch.sentences) if len(tokens) else np.zeros(0, np.uint64)


def mix(value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread 64-bit numbers evenly (the finaliser of SplitMix64, Steele, Lea & Flood 2014)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))

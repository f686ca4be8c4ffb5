"""Words around phrases: the slots that the known names of a referent stand in, and what else stands there.

A slot is what stands right before or behind a phrase: "X said", "X-held", "the X in Aleppo" (any name), ", the X ,".
What two names of one thing share is their slots (Harris 1954; Lin 1998), the more so in reports of the same event.

References
----------
Harris (1954), Distributional structure, Word 10; Lin (1998), Automatic retrieval and clustering of similar words,
COLING-ACL; Bouma (2009) on pointwise mutual information.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from framing.annotation import AnnotatedBatch, Annotator
from framing.phrases.stream import find_stops
from framing.phrases.words import CAPITALISED, FUNCTION, NUMBER, SHORT, Words
from framing.text import CLITIC, HYPHENATED, WORD, Article, BoolArray, IntArray, LongArray
from framing.voice import VOICES
from framing.voice.grammar import CLASS, Grammar

MAX_LENGTH = 3
"""Words of a candidate."""
KINDS = ("right", "right two", "left", "left two", "around")
"""Slots: the token behind; the two behind; the token before; the two before; one on each side."""

_START, _END, _NUMBER, _NAME = 0, 1, 2, 3  # in place of words: bounds of a sentence, any number, any name
_SPECIAL = ("|", "|", "#", "NAME")
_FIRST = len(_SPECIAL)
_BITS = 20  # of the number of a word in a key
MAX_VOCABULARY = (1 << _BITS) - _FIRST - 2
"""Distinct words that can be told apart: a million."""
_NO_NOUN = CLASS["VERB"] | CLASS["ADVERB"] | CLASS["ING"] | CLASS["TIME"]


@dataclass(frozen=True, slots=True)
class Spans:
    """Phrases of one to three words in one voice, wherever they stand, with their slots.

    Attributes
    ----------
    words : Words
    start, end : int64 arrays (spans,)
        Tokens.
    phrase : int64 array (spans,)
        Equal for equal folded words.
    slots : int64 array (spans, len(KINDS))
        Number of each slot; negative numbers do not occur.
    article : int32 array (spans,)
    noun : bool array (spans,)
        Could be a name or a noun phrase: no function word, number or verb form at its edges.
    """

    words: Words
    start: LongArray
    end: LongArray
    phrase: LongArray
    slots: LongArray
    article: IntArray
    noun: BoolArray

    def take(self, rows: LongArray) -> Spans:
        """Return some of the spans."""
        return Spans(
            self.words,
            self.start[rows],
            self.end[rows],
            self.phrase[rows],
            self.slots[rows],
            self.article[rows],
            self.noun[rows],
        )


@dataclass(frozen=True, slots=True)
class Mentions:
    """Stored mentions of naming lexicons, as tokens.

    Attributes
    ----------
    start, end : int64 arrays (mentions,)
    label : int64 array (mentions,)
        Index into `labels`.
    labels : list of (lexicon, referent, term)
    article : int32 array (mentions,)
    chosen : bool array (mentions,)
        In the voice that was asked for.
    """

    start: LongArray
    end: LongArray
    label: LongArray
    labels: list[tuple[str, str, str]]
    article: IntArray
    chosen: BoolArray


@dataclass(frozen=True, slots=True)
class Field:
    """All tokens of some articles, the mentions in them, and what is needed to say where a token stands.

    Attributes
    ----------
    articles : list of Article
        Without their texts.
    folded : int32 array (tokens,)
        `Words.fold` number + 4, or one of the marks for bounds, numbers and names.
    printed : int32 array (tokens,)
        Number in `words`.
    name, hyphen, word, function, no_noun, chosen : bool arrays (tokens,)
        Capitalised inside a sentence; joined to the token before by a hyphen; a word; no word to begin or end a phrase;
        the form of a verb, an adverb or a time; in the voice that was asked for.
    offset, stop : int32 arrays (tokens,)
        Characters, in the headline or in the text.
    headline : bool array (tokens,)
    sentence : int64 array (tokens,)
        Ascending.
    article : int32 array (tokens,)
        Index into `articles`.
    mentions : Mentions
    """

    articles: list[Article]
    words: Words
    folded: IntArray
    printed: IntArray
    name: BoolArray
    hyphen: BoolArray
    word: BoolArray
    function: BoolArray
    no_noun: BoolArray
    chosen: BoolArray
    offset: IntArray
    stop: IntArray
    headline: BoolArray
    sentence: LongArray
    article: IntArray
    mentions: Mentions


def read_field(batches: Iterable[Sequence[Article]], mentions: pa.Table, voice: str | None = "own") -> Field:
    """Annotate articles and find their stored mentions among the tokens.

    Parameters
    ----------
    batches : iterable of sequences of Article
    mentions : pa.Table
        The `mentions` table; rows of modules other than naming are ignored.
    voice : str, optional
        Whose words count; None for all.
    """
    annotator, grammar, words = Annotator([]), Grammar(), Words()
    by_article = _Stored(mentions)
    parts: dict[str, list[npt.NDArray[Any]]] = {}
    found: list[tuple[LongArray, LongArray, LongArray, BoolArray]] = []
    articles: list[Article] = []
    total = sentences = 0
    for group in batches:
        batch = annotator(group)
        columns, new = _read_columns(batch, words, grammar, voice)
        columns["sentence"] = columns["sentence"] + sentences
        columns["article"] = columns["article"] + len(articles)
        for name, column in columns.items():
            parts.setdefault(name, []).append(column)
        start, end, label = by_article.find(batch)
        in_voice = np.ones(len(start), dtype=bool)
        if voice is not None:
            in_voice = batch.voices.code[start] == VOICES.index(voice)
        found.append((new[start] + total, new[end] + total, label, in_voice))
        total += int(new[-1])
        sentences += len(batch.sentences)
        articles += [Article(a.id, a.outlet, "", date=a.date, event=a.event) for a in group]
    if not articles:
        batch = annotator([])
        parts = {name: [column] for name, column in _read_columns(batch, words, grammar, voice)[0].items()}
    joined = {name: np.concatenate(columns) for name, columns in parts.items()}
    kept = [np.concatenate(c) for c in zip(*found, strict=True)] if found else [np.zeros(0, np.int64)] * 4
    article = joined["article"].astype(np.int32)
    return Field(
        articles=articles,
        words=words,
        mentions=Mentions(kept[0], kept[1], kept[2], by_article.labels, article[kept[0]], kept[3].astype(bool)),
        **{**joined, "article": article},
    )


def _read_columns(
    batch: AnnotatedBatch, words: Words, grammar: Grammar, voice: str | None
) -> tuple[dict[str, npt.NDArray[Any]], LongArray]:
    """Return the columns of `Field` for one batch, and the new number of each of its tokens.

    Full stops of abbreviations ("Mr.") are no tokens here: they part no phrase.
    """
    tokens = batch.tokens
    size = len(tokens)
    numbers = words.number(tokens.forms)
    printed = numbers[tokens.form] if size else np.zeros(0, np.int32)
    kinds, fold = words.kinds()[printed], words.fold()[printed]
    flags = tokens.form_flags()
    initial = np.zeros(size, dtype=bool)
    initial[batch.sentences] = True
    word = (flags & (WORD | CLITIC)) == WORD
    chosen = np.ones(size, dtype=bool)
    if voice is not None:
        chosen = batch.voices.code == VOICES.index(voice)
    # Beyond the room for numbers of words, the rarest are as good as numbers: no slot and no candidate.
    folded = np.where(((kinds & NUMBER) != 0) | (fold >= MAX_VOCABULARY), _NUMBER, fold + _FIRST).astype(np.int32)
    columns: dict[str, npt.NDArray[Any]] = {
        "folded": folded,
        "printed": printed,
        "name": word & ((kinds & CAPITALISED) != 0) & ~initial & ((kinds & FUNCTION) == 0),
        "hyphen": (tokens.flags & HYPHENATED) != 0,
        "word": word,
        "function": ((kinds & (FUNCTION | SHORT)) != 0) | (folded == _NUMBER),
        "no_noun": (grammar(tokens) & _NO_NOUN) != 0 if size else np.zeros(0, dtype=bool),
        "chosen": chosen,
        "offset": tokens.start,
        "stop": tokens.end,
        "headline": tokens.segment() % 2 == 0,
        "sentence": batch.sentence_of,
        "article": batch.article,
    }
    kept = ~find_stops(batch, words)
    return {name: column[kept] for name, column in columns.items()}, np.concatenate(([0], np.cumsum(kept)))


class _Stored:
    """The naming rows of the `mentions` table, by article."""

    def __init__(self, mentions: pa.Table) -> None:
        table = mentions.filter(pc.equal(mentions["module"].cast(pa.string()), "naming"))
        names = [table[c].cast(pa.string()).to_pylist() for c in ("lexicon", "category", "term")]
        number: dict[tuple[str, str, str], int] = {}
        label = [number.setdefault(key, len(number)) for key in zip(*names, strict=True)]
        self.labels = list(number)
        self._ids = table["article_id"].cast(pa.string())
        self._label = np.array(label, dtype=np.int64)
        self._headline = pc.equal(table["section"].cast(pa.string()), "headline").to_numpy(zero_copy_only=False)
        self._start = table["start"].to_numpy().astype(np.int64)
        self._end = table["end"].to_numpy().astype(np.int64)

    def find(self, batch: AnnotatedBatch) -> tuple[LongArray, LongArray, LongArray]:
        """Return first token, token behind the last, and label of the mentions in a batch."""
        tokens = batch.tokens
        ids = pa.array([a.id for a in batch.articles], pa.string())
        place = pc.fill_null(pc.index_in(self._ids, value_set=ids), -1).to_numpy().astype(np.int64)
        rows = np.flatnonzero(place >= 0)
        if not len(rows) or not len(tokens):
            none = np.zeros(0, dtype=np.int64)
            return none, none, none
        # One number for a segment and a place in it, ascending with the tokens.
        segment = 2 * place[rows] + ~self._headline[rows]
        width = int(tokens.end.max()) + 2
        starts = tokens.segment().astype(np.int64) * width + tokens.start
        ends = tokens.segment().astype(np.int64) * width + tokens.end
        first = np.searchsorted(starts, segment * width + self._start[rows], side="right") - 1
        last = np.searchsorted(ends, segment * width + self._end[rows], side="left")
        sound = (first >= 0) & (last < len(tokens)) & (last >= first)
        return first[sound], last[sound] + 1, self._label[rows][sound]


def find_spans(field: Field) -> Spans:
    """List all phrases of one to three words that stand in one sentence and one voice without a mark between."""
    usable = field.word & field.chosen
    starts, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    size = len(usable)
    for length in range(1, MAX_LENGTH + 1):
        first = np.arange(max(0, size - length + 1))
        whole = usable[first].copy()
        for offset in range(1, length):
            whole &= usable[first + offset]
        last = first + length - 1
        whole &= field.sentence[first] == field.sentence[last]
        whole &= ~field.function[first] & ~field.function[last]
        first = first[whole]
        starts.append(first)
        ends.append(first + length)
    start, end = np.concatenate(starts), np.concatenate(ends)
    return describe_spans(field, start, end)


def describe_spans(field: Field, start: LongArray, end: LongArray) -> Spans:
    """Return the phrase and the slots of some spans."""
    phrase = np.zeros(len(start), dtype=np.int64)
    for offset in range(MAX_LENGTH):
        inside = start + offset < end
        part = np.where(inside, field.folded[np.minimum(start + offset, len(field.folded) - 1)] + 1, 0)
        phrase = (phrase << _BITS) | part
    # Longer mentions (they are never candidates) keep only what tells where they stand.
    phrase = np.where(end - start > MAX_LENGTH, -1, phrase)
    last = end - 1
    noun = ~field.no_noun[last] & ~field.function[start] & ~field.function[last]
    return Spans(field.words, start, end, phrase, find_slots(field, start, end), field.article[start], noun)


def find_slots(field: Field, start: LongArray, end: LongArray) -> LongArray:
    """Number the slots around spans. Shape (spans, len(KINDS)).

    A number is (kind, outer word, inner word), with a bit where a hyphen joins the slot to the phrase. Capitalised
    words in the outer place count as any name ("the X in Aleppo" and "the X in Idlib" are one slot).
    """
    sentence = field.sentence[start]
    right, right_two = _look(field, end, sentence, _END), _look(field, end + 1, sentence, _END, names=True)
    left, left_two = _look(field, start - 1, sentence, _START), _look(field, start - 2, sentence, _START, names=True)
    size = len(field.folded)
    joined_right = ((end < size) & field.hyphen[np.minimum(end, size - 1)]).astype(np.int64)
    joined_left = field.hyphen[start].astype(np.int64)

    def key(kind: int, outer: LongArray, inner: LongArray, joined: LongArray) -> LongArray:
        return (((np.int64(kind) << 1 | joined) << _BITS | outer) << _BITS) | inner

    nothing = np.zeros(len(start), dtype=np.int64)
    return np.stack(
        [
            key(0, nothing, right, joined_right),
            key(1, right_two, right, joined_right),
            key(2, nothing, left, joined_left),
            key(3, left_two, left, joined_left),
            key(4, left, right, joined_right),
        ],
        axis=1,
    )


def _look(field: Field, place: LongArray, sentence: LongArray, bound: int, names: bool = False) -> LongArray:
    inside = (place >= 0) & (place < len(field.folded))
    at = np.clip(place, 0, max(0, len(field.folded) - 1))
    inside &= field.sentence[at] == sentence
    word = field.folded[at]
    if names:
        word = np.where(field.name[at], _NAME, word)
    return np.where(inside, word, bound).astype(np.int64)


def say_slot(words: Words, slot: int) -> str:
    """Write a slot out: "X said", "X-held", "the X in NAME"."""
    inner = slot & ((1 << _BITS) - 1)
    outer = (slot >> _BITS) & ((1 << _BITS) - 1)
    joined = (slot >> (2 * _BITS)) & 1
    kind = slot >> (2 * _BITS + 1)
    hyphen = "-" if joined else " "

    def say(number: int) -> str:
        return _SPECIAL[number] if number < _FIRST else words.folded[number - _FIRST]

    if kind == 0:
        return f"X{hyphen}{say(inner)}"
    if kind == 1:
        return f"X{hyphen}{say(inner)} {say(outer)}"
    if kind == 2:
        return f"{say(inner)}{hyphen}X"
    if kind == 3:
        return f"{say(outer)} {say(inner)}{hyphen}X"
    return f"{say(outer)} X{hyphen}{say(inner)}"


def say_phrase(words: Words, phrase: int) -> tuple[str, ...]:
    """Return the folded words of a phrase."""
    parts = []
    while phrase:
        part = phrase & ((1 << _BITS) - 1)
        if part:
            number = part - 1
            parts.append(_SPECIAL[number] if number < _FIRST else words.folded[number - _FIRST])
        phrase >>= _BITS
    return tuple(reversed(parts))

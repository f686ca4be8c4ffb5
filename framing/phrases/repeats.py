"""Sentences that one outlet prints again and again: invitations to click, credits, notices, standing background."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.phrases.stream import WordStream, mix
from framing.text import BoolArray, LongArray

MIN_REPEATS = 3
"""Times that an outlet prints the same sentence, in one article or in several, from which on it is no longer writing
but a building block."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Repeated sentences, those in most articles first. Quoted and attributed words take part in the comparison.

    Attributes
    ----------
    outlets, sentences : tuple of str
        The words of each sentence in the voice that was read, without punctuation.
    articles : tuple of int
        Articles of the outlet that hold it.
    words : int
        Words that were left out for them, in all articles; 0 where they were kept.
    """

    outlets: tuple[str, ...]
    sentences: tuple[str, ...]
    articles: tuple[int, ...]
    words: int


def drop_repeats(stream: WordStream, keep: bool = False) -> tuple[WordStream, Repeats]:
    """Leave out the sentences that an outlet prints word for word three times or more.

    Article by article they look evenly dispersed, so no test and no measure of dispersion tells them from a habit of
    writing; that nobody wrote them anew does.

    Parameters
    ----------
    keep : bool
        Leave nothing out.
    """
    empty = Repeats((), (), (), 0)
    if keep or not len(stream.sentences):
        return stream, empty
    repeated, articles = _find_repeats(stream)
    if not repeated.any():
        return stream, empty
    sizes = np.diff(np.append(stream.sentences, len(stream.number)))
    gone = np.repeat(repeated, sizes)
    article = np.searchsorted(stream.bounds, stream.sentences, side="right") - 1
    told: dict[tuple[str, str], int] = {}
    for sentence in np.flatnonzero(repeated).tolist():
        begin = int(stream.sentences[sentence])
        numbers = stream.number[begin : begin + int(sizes[sentence])].tolist()
        text = " ".join(stream.words.printed[n] for n in numbers)
        told.setdefault((stream.outlets[int(article[sentence])], text), int(articles[sentence]))
    ranked = sorted(told, key=lambda key: (-told[key], key))
    outlets, texts = zip(*ranked, strict=True)
    left = Repeats(outlets, texts, tuple(told[key] for key in ranked), int(gone.sum()))
    return _keep_places(stream, ~gone), left


def _find_repeats(stream: WordStream) -> tuple[BoolArray, LongArray]:
    """Return which sentences are repeated, and how many articles of the outlet have each. Shapes (sentences,)."""
    names = {name: number for number, name in enumerate(sorted(set(stream.outlets)))}
    outlet_of = np.array([names[name] for name in stream.outlets], dtype=np.uint64)
    article = np.searchsorted(stream.bounds, stream.sentences, side="right") - 1
    key = mix(stream.sentence_keys + outlet_of[article] * np.uint64(0xC2B2AE3D27D4EB4F))
    _, sentence, times = np.unique(key, return_inverse=True, return_counts=True)
    pairs = np.unique(sentence.astype(np.int64) * len(stream.ids) + article)
    articles = np.bincount(pairs // len(stream.ids), minlength=len(times))
    return times[sentence] >= MIN_REPEATS, articles[sentence]


def _keep_places(stream: WordStream, kept: BoolArray) -> WordStream:
    before = np.concatenate(([0], np.cumsum(kept)))
    begins = stream.sentences[kept[stream.sentences]]  # a sentence is left out whole or not at all
    return WordStream(
        stream.words,
        stream.number[kept],
        stream.bits[kept],
        before[stream.bounds],
        before[begins],
        stream.sentence_keys[kept[stream.sentences]],
        stream.ids,
        stream.outlets,
        stream.dates,
        stream.events,
    )

"""Where given phrases stand in some articles, by the same rules by which they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.annotation import Annotator
from framing.phrases.stream import BEFORE_HYPHEN, HYPHEN, JOINED, select_words
from framing.phrases.words import FUNCTION, Words
from framing.text import Article


@dataclass(frozen=True, slots=True)
class PhrasePlace:
    """One occurrence of a phrase.

    Attributes
    ----------
    key : tuple of str
        Folded words of the phrase.
    article : Article
    headline : bool
        The offsets count in the title, not in the text.
    start, end : int
        Of the phrase.
    sentence_start, sentence_end : int
        Of its sentence.
    """

    key: tuple[str, ...]
    article: Article
    headline: bool
    start: int
    end: int
    sentence_start: int
    sentence_end: int

    @property
    def text(self) -> str:
        """Headline or body, whichever holds the phrase."""
        return self.article.title if self.headline else self.article.text


def find_places(
    articles: Sequence[Article], keys: Sequence[tuple[str, ...]], voice: str | None = "own"
) -> list[PhrasePlace]:
    """Find phrases in a few articles.

    Parameters
    ----------
    articles : sequence of Article
        One batch.
    keys : sequence of tuples of str
        Folded words, as in `PhraseCounts.keys`.
    voice : str, optional

    Returns
    -------
    list of PhrasePlace
        In the order of the keys; for each in the order of the articles, the body before the headline.
    """
    if not articles:
        return []
    batch = Annotator([])(articles)
    tokens, words = batch.tokens, Words()
    token, bits = select_words(batch, words, voice)
    number = words.number(tokens.forms)[tokens.form[token]]
    folded = words.fold()[number] if len(token) else number
    kinds = words.kinds()[number] if len(token) else number
    content = (kinds & FUNCTION) == 0
    joined = (bits & JOINED) != 0
    segment = tokens.segment()
    found = []
    for key in keys:
        wanted = [words.find(word) for word in key]
        if min(wanted) < 0 or len(folded) < len(key):
            continue
        size = len(folded) - len(key) + 1
        here = (folded[:size] == wanted[0]) & ((bits[:size] & HYPHEN) == 0) & content[:size]
        for offset in range(1, len(key)):
            here &= (folded[offset : offset + size] == wanted[offset]) & joined[offset : offset + size]
        last = np.arange(size) + len(key) - 1
        here &= ((bits[last] & BEFORE_HYPHEN) == 0) & content[last]
        first = np.flatnonzero(here)
        # Body before headline: a headline in capitals reads badly as an example.
        first = first[np.lexsort((first, segment[token[first]] % 2 == 0, batch.article[token[first]]))]
        begins, ends = batch.sentences_of(token[first])
        for place, begin, end in zip(first.tolist(), begins.tolist(), ends.tolist(), strict=True):
            start, stop = int(token[place]), int(token[place + len(key) - 1])
            found.append(
                PhrasePlace(
                    key,
                    articles[int(batch.article[start])],
                    bool(segment[start] % 2 == 0),
                    int(tokens.start[start]),
                    int(tokens.end[stop]),
                    int(tokens.start[begin]),
                    int(tokens.end[end]),
                )
            )
    return found

"""A batch of articles with everything the scorers need: tokens, sentences, sections, voices and matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from framing.lexicon import Lexicon, read_lexicons
from framing.matching import Matcher, Matches
from framing.text import (
    CLITIC,
    PARAGRAPH_BEFORE,
    WORD,
    Article,
    BoolArray,
    IntArray,
    LongArray,
    Splitter,
    Tokens,
    Vocabulary,
    read_tokens,
)
from framing.voice import VOICES, VoiceFinder, Voices

HEADLINE, LEDE, BODY = 0, 1, 2
SECTIONS = ("headline", "lede", "body")
LEDE_SENTENCES = 3  # a first paragraph that runs on is no lede beyond this
MAX_CHUNKS = 300_000  # distinct chunks kept before the vocabulary starts anew: bounds the memory of a long run


@dataclass(frozen=True)
class AnnotatedBatch:
    """Some articles as arrays. Segment 2i is the title of article i, segment 2i + 1 its body.

    Attributes
    ----------
    articles : tuple of Article
    tokens : Tokens
    sentences : int64 array (sentences,)
        First token of each sentence.
    voices : Voices
        `voices.code[t]` is the voice of token t.
    matches : Matches
        Mentions of the terms in `matcher.entries`.
    """

    articles: tuple[Article, ...]
    tokens: Tokens
    sentences: LongArray
    voices: Voices
    matches: Matches
    matcher: Matcher

    @cached_property
    def article(self) -> IntArray:
        """Number of each token's article. Shape (tokens,)."""
        return self.tokens.segment() // 2

    @cached_property
    def words(self) -> BoolArray:
        """Which tokens count as words: letters or digits, endings such as 's left out. Shape (tokens,)."""
        words: BoolArray = (self.tokens.form_flags() & (WORD | CLITIC)) == WORD
        return words

    @cached_property
    def section(self) -> npt.NDArray[np.int8]:
        """HEADLINE, LEDE (first paragraph of the body, at most three sentences) or BODY. Shape (tokens,)."""
        tokens = self.tokens
        segment = tokens.segment()
        first = tokens.bounds[segment]
        paragraph = np.cumsum((tokens.flags & PARAGRAPH_BEFORE) != 0)
        begins = np.zeros(len(tokens), dtype=np.int64)
        begins[self.sentences] = 1
        sentence = np.cumsum(begins)
        lede = (paragraph == paragraph[first]) & (sentence < sentence[first] + LEDE_SENTENCES)
        return np.where(segment % 2 == 0, HEADLINE, np.where(lede, LEDE, BODY)).astype(np.int8)

    @cached_property
    def sentence_of(self) -> LongArray:
        """Number of each token's sentence. Shape (tokens,)."""
        return np.repeat(np.arange(len(self.sentences)), np.diff(np.append(self.sentences, len(self.tokens))))

    @cached_property
    def sentence_words(self) -> LongArray:
        """Words of each sentence. Shape (sentences,)."""
        return np.bincount(self.sentence_of[self.words], minlength=len(self.sentences)).astype(np.int64)

    @cached_property
    def sentence_voice(self) -> npt.NDArray[np.int8]:
        """Voice that two thirds of each sentence's words have, -1 for a mixed sentence or one without words.

        Shape (sentences,). The two thirds are those of the coding rules for sentences in the development data.
        """
        word = self.words
        key = self.sentence_of[word] * len(VOICES) + self.voices.code[word]
        by_voice = np.bincount(key, minlength=len(self.sentences) * len(VOICES)).reshape(-1, len(VOICES))
        most = by_voice.argmax(axis=1)
        clear = 3 * by_voice[np.arange(len(most)), most] >= 2 * np.maximum(self.sentence_words, 1)
        return np.where(clear, most, -1).astype(np.int8)

    def sentences_of(self, token: LongArray) -> tuple[LongArray, LongArray]:
        """First and last token of the sentence that each token stands in."""
        place = np.searchsorted(self.sentences, token, side="right") - 1
        ends = np.append(self.sentences[1:], len(self.tokens)) - 1
        return self.sentences[place], ends[place]

    def of_module(self, module: str) -> Matches:
        """Mentions of the lexicons of one module, in the order of `matches`."""
        found = self._by_module.get(module)
        if found is None:
            chosen = np.flatnonzero(self.matcher.of_module(module)[self.matches.entry])
            found = self._by_module[module] = self.matches.take(chosen)
        return found

    @cached_property
    def _by_module(self) -> dict[str, Matches]:
        return {}


class Annotator:
    """Turns articles into annotated batches; keeps what it has learnt of the vocabulary between batches.

    Parameters
    ----------
    lexicons : sequence of Lexicon, or Matcher
        Their terms are matched; a matcher that is compiled already saves compiling it again.
    cues : sequence of Lexicon, optional
        Cue words of the voices; by default those that come with the program.
    """

    def __init__(self, lexicons: Sequence[Lexicon] | Matcher, cues: Sequence[Lexicon] | None = None) -> None:
        self.matcher = lexicons if isinstance(lexicons, Matcher) else Matcher(lexicons)
        self._splitter = Splitter()
        self._voices = VoiceFinder(read_lexicons(module="voice") if cues is None else cues)
        self._vocabulary = Vocabulary()

    def __call__(self, articles: Sequence[Article]) -> AnnotatedBatch:
        """Annotate some articles; each is annotated by itself, so the batch that it is in makes no difference."""
        if len(self._vocabulary) > MAX_CHUNKS:
            self._vocabulary = Vocabulary()
        texts = [text for article in articles for text in (article.title, article.text)]
        tokens = read_tokens(texts, self._vocabulary)
        sentences = self._splitter(tokens)
        segments = np.arange(len(texts), dtype=np.int32)
        voices = self._voices(tokens, sentences, segments % 2 == 0)
        matches = self.matcher(tokens, segments // 2)
        return AnnotatedBatch(tuple(articles), tokens, sentences, voices, matches, self.matcher)

"""One sentence as plain lists, with the lexicon matches that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from framing.annotation import AnnotatedBatch
from framing.text import CAPITAL, CLITIC, DIGIT, HYPHENATED, WORD, LongArray
from framing.voice.grammar import CLASS, Grammar

_GRAMMAR = Grammar()


@dataclass(frozen=True, slots=True)
class Mark:
    """A lexicon match in a sentence: tokens `start` to before `end`, counted from the sentence's first."""

    start: int
    end: int
    category: str

    @property
    def kind(self) -> str:
        """The part of the category before the hyphen: "dead" of "dead-done"."""
        return self.category.split("-", 1)[0]

    @property
    def role(self) -> str:
        """The part behind the hyphen: "done" of "dead-done"; all of it where there is no hyphen."""
        return self.category.rsplit("-", 1)[-1]


@dataclass(slots=True)
class Marks:
    """The matches of one lexicon in a sentence, to be found by where they begin, end, or what they cover."""

    at: dict[int, Mark] = field(default_factory=dict)
    ending: dict[int, Mark] = field(default_factory=dict)
    over: dict[int, Mark] = field(default_factory=dict)

    def add(self, mark: Mark) -> None:
        """Enter a match."""
        self.at[mark.start] = mark
        self.ending[mark.end] = mark
        for place in range(mark.start, mark.end):
            self.over[place] = mark


@dataclass(slots=True)
class Sentence:
    """What the rules look at.

    Attributes
    ----------
    first : int
        The batch's token with which it begins.
    words, forms : list of str
        Folded, and as spelt.
    flags, bits : list of int
        Form flags (`framing.text`) and word classes (`framing.voice.grammar`).
    joined : list of str
        What joins each token to the one before it: "-", "–" or "/" inside a word, "" otherwise.
    kinds, hedges, people, credits : Marks
    """

    first: int
    words: list[str]
    forms: list[str]
    flags: list[int]
    bits: list[int]
    joined: list[str]
    kinds: Marks = field(default_factory=Marks)
    hedges: Marks = field(default_factory=Marks)
    people: Marks = field(default_factory=Marks)
    credits: Marks = field(default_factory=Marks)

    def __len__(self) -> int:
        return len(self.words)

    def word(self, place: int) -> str:
        """Return the folded word, "" outside the sentence."""
        return self.words[place] if 0 <= place < len(self.words) else ""

    def has(self, place: int, *classes: str) -> bool:
        """Whether the token belongs to one of these word classes."""
        if not 0 <= place < len(self.words):
            return False
        return any(self.bits[place] & CLASS[name] for name in classes)

    def is_word(self, place: int) -> bool:
        """Whether a word stands there; marks, and places outside the sentence, are none."""
        return 0 <= place < len(self.words) and bool(self.flags[place] & WORD)

    def is_capital(self, place: int) -> bool:
        """Whether a word with a capital stands there."""
        return 0 <= place < len(self.words) and bool(self.flags[place] & CAPITAL)

    def is_digit(self, place: int) -> bool:
        """Whether digits stand there."""
        return 0 <= place < len(self.words) and bool(self.flags[place] & DIGIT)

    def is_clitic(self, place: int) -> bool:
        """Whether an ending such as 's stands there."""
        return 0 <= place < len(self.words) and bool(self.flags[place] & CLITIC)

    def link(self, place: int) -> str:
        """Return what joins a token to the one before it, "" outside the sentence."""
        return self.joined[place] if 0 <= place < len(self.words) else ""


class SentenceReader:
    """Cuts sentences out of a batch, with the matches of some lexicons.

    Parameters
    ----------
    batch : AnnotatedBatch
    module : str
        Its lexicons "kinds", "hedges", "people" and "credits" are the marks of the sentences.
    """

    def __init__(self, batch: AnnotatedBatch, module: str) -> None:
        self._batch = batch
        matches = batch.of_module(module)
        order = matches.start.argsort(kind="stable")
        self._start = matches.start[order]
        self._end = matches.end[order]
        self._entry = matches.entry[order]
        self._labels: Mapping[int, tuple[str, str]] = {
            number: (batch.matcher.entries[number].lexicon.name, batch.matcher.entries[number].term.category)
            for number in set(matches.entry.tolist())
        }
        self._bits = _GRAMMAR(batch.tokens)
        self._texts = [text for article in batch.articles for text in (article.title, article.text)]

    def read(self, first: LongArray, end: LongArray) -> list[Sentence]:
        """Return the sentences that begin with tokens `first` and stop before `end`."""
        low, high = self._start.searchsorted(first), self._start.searchsorted(end)
        rows = zip(first.tolist(), end.tolist(), low.tolist(), high.tolist(), strict=True)
        return [self._cut(*row) for row in rows]

    def _cut(self, first: int, end: int, low: int, high: int) -> Sentence:
        tokens = self._batch.tokens
        numbers = tokens.form[first:end].tolist()
        forms = tokens.forms
        sentence = Sentence(
            first,
            [forms.folded[n] for n in numbers],
            [forms.text[n] for n in numbers],
            [forms.flags[n] for n in numbers],
            self._bits[first:end].tolist(),
            self._links(first, end),
        )
        marks = {
            "kinds": sentence.kinds,
            "hedges": sentence.hedges,
            "people": sentence.people,
            "credits": sentence.credits,
        }
        matches = zip(
            self._start[low:high].tolist(), self._end[low:high].tolist(), self._entry[low:high].tolist(), strict=True
        )
        for begin, stop, entry in matches:
            lexicon, category = self._labels[entry]
            if lexicon in marks and stop <= end:
                marks[lexicon].add(Mark(begin - first, stop - first, category))
        return sentence

    def _links(self, first: int, end: int) -> list[str]:
        tokens = self._batch.tokens
        links = [""] * (end - first)
        joined = (tokens.flags[first:end] & HYPHENATED).nonzero()[0].tolist()
        if joined:
            segment = int(tokens.bounds.searchsorted(first, side="right")) - 1
            text = self._texts[segment]
            for place in joined:
                if place:
                    links[place] = text[tokens.end[first + place - 1] : tokens.start[first + place]] or "-"
        return links

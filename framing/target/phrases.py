"""Verbs, noun phrases and clauses of a batch, from word classes and the words around: no parser, no model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.target.grammar import (
    ADJECTIVE,
    BY,
    COPULA,
    GET,
    ING,
    PAST,
    POSSESSIVE,
    TURN,
    classify,
    fold,
)
from framing.target.meaning import AMBIGUOUS, AS_VERB, MODULE, meanings_of
from framing.text import CAPITAL, CLITIC, TERMINAL, WORD, BoolArray, FlagArray, LongArray
from framing.voice.grammar import (
    CLASS,
    PUNCT_CLOSE,
    PUNCT_COLON,
    PUNCT_COMMA,
    PUNCT_DASH,
    PUNCT_OPEN,
    PUNCT_SEMICOLON,
    Grammar,
)

_AUXILIARY = CLASS["BE"] | CLASS["HAVE"] | CLASS["MODAL"]
_FUNCTION = (
    CLASS["PREPOSITION"]
    | CLASS["COORDINATOR"]
    | CLASS["SUBORDINATOR"]
    | CLASS["THAT"]
    | CLASS["TO"]
    | CLASS["WH"]
    | CLASS["PERSONAL"]
    | CLASS["OBJECT"]
    | CLASS["NOT"]
    | CLASS["ADVERB"]
)
_PRONOUNS = CLASS["PRONOUN"] | CLASS["RELATIVE"] | CLASS["PERSONAL"]
_grammar = Grammar()


def next_at(flag: BoolArray) -> LongArray:
    """Return for each token the first flagged one at or behind it, else the number of tokens. Shape (tokens + 1,)."""
    size = len(flag)
    places = np.full(size + 1, size, dtype=np.int64)
    places[:size][flag] = np.flatnonzero(flag)
    return np.minimum.accumulate(places[::-1])[::-1]


def last_at(flag: BoolArray) -> LongArray:
    """Return for each token the last flagged one at or before it, else -1. Shape (tokens,)."""
    places = np.full(len(flag), -1, dtype=np.int64)
    places[flag] = np.flatnonzero(flag)
    return np.maximum.accumulate(places)


def counted(flag: BoolArray) -> LongArray:
    """Return how many flagged tokens stand before each place. Shape (tokens + 1,)."""
    return np.append(0, np.cumsum(flag))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The grammar of a batch, arrays over its tokens unless another shape is given.

    Attributes
    ----------
    bits, extra : classes of `framing.voice.grammar` and of `framing.target.grammar`
    kind : flags of the form
    folded : number of the spelling without capitals
    first, stop : int64 arrays (tokens + 1,)
        First token of the sentence, and the token behind its last.
    head : bool
        Verbs that head a clause or a part of it; auxiliaries only where no other verb follows.
    passive, copular : bool
        Heads in the passive, and forms of be, become, seem ...
    group_start : int64
        First auxiliary or adverb before a head.
    subject : bool
        Heads right behind a noun phrase or pronoun of their own.
    inside, leading : bool
        What a noun phrase goes on over to the right, and to the left.
    possessive : bool
        The ending 's where it is no verb.
    phrase_start, phrase_end : int64 arrays (tokens + 1,)
        Bounds of the noun phrase around a token.
    next_head, next_comma, next_hard, next_subject : int64 arrays (tokens + 1,)
        See `next_at`.
    last_head, last_passive : int64
    breaks, blocks : int64 arrays (tokens + 1,)
        How many commas and hard ends stand before; how many words that bar the way from a noun to its verb.
    segment : int64
        Number of the stretch from one subject to the next.
    segment_subject : int64 array (segments,)
        Last token of the subject of each, -1 for none.
    """

    bits: LongArray
    extra: npt.NDArray[np.int32]
    kind: FlagArray
    folded: npt.NDArray[np.int32]
    first: LongArray
    stop: LongArray
    head: BoolArray
    passive: BoolArray
    copular: BoolArray
    group_start: LongArray
    subject: BoolArray
    inside: BoolArray
    leading: BoolArray
    possessive: BoolArray
    phrase_start: LongArray
    phrase_end: LongArray
    next_head: LongArray
    next_comma: LongArray
    next_hard: LongArray
    next_subject: LongArray
    last_head: LongArray
    last_passive: LongArray
    breaks: LongArray
    blocks: LongArray
    segment: LongArray
    segment_subject: LongArray

    def __len__(self) -> int:
        return len(self.bits)

    def subject_start(self, head: LongArray) -> LongArray:
        """Return where the noun phrase before each head begins; the number of tokens for a head that is none."""
        size = len(self)
        before = np.maximum(self.group_start[np.minimum(head, size - 1)] - 1, 0)
        return np.where(head < size, self.phrase_start[before], size)


def find_phrases(batch: AnnotatedBatch) -> Phrases:
    """Read the grammar of a batch of at least one token."""
    words = _Words(batch)
    verb = words.verbs(_acts(batch))
    head = verb | (words.auxiliary & ~words.followed(verb))
    be = words.has("BE") & ~words.possessive
    by_agent = words.by & ~words.before(words.auxiliary)
    passive = words.past & verb & (words.before(be | words.extra_has(GET)) | by_agent)
    copular = head & (be | words.extra_has(COPULA))
    group_start = words.group_start()
    subject = head & words.has_subject(group_start, head)
    noun = words.word & ~head & ~words.auxiliary
    inside = (noun & ~words.has_bits(_FUNCTION | CLASS["DETERMINER"])) | words.possessive
    leading = (noun & ~words.has_bits(_FUNCTION)) | words.possessive | words.extra_has(POSSESSIVE)
    comma = words.has_bits(PUNCT_COMMA)
    hard = words.hard()
    block = hard | comma | words.has("PERSONAL", "THAT", "WH")
    size = len(words.bits)
    phrase_start = np.append(np.maximum(last_at(~leading) + 1, words.first), size)
    phrase_end = np.append(np.minimum(next_at(~inside)[:-1], words.stop), size)
    segment, segment_subject = _segments(batch, subject, group_start, phrase_start)
    return Phrases(
        words.bits,
        words.extra,
        words.kind,
        fold(batch.tokens),
        np.append(words.first, size),
        np.append(words.stop, size),
        head,
        passive,
        copular,
        group_start,
        subject,
        inside,
        leading,
        words.possessive,
        phrase_start,
        phrase_end,
        next_at(head),
        next_at(comma),
        next_at(hard),
        next_at(subject),
        last_at(head),
        last_at(passive),
        counted(comma | hard),
        counted(block),
        segment,
        segment_subject,
    )


def _acts(batch: AnnotatedBatch) -> npt.NDArray[np.int8]:
    """Return for each token how the act that begins there is read. Shape (tokens,)."""
    meanings = meanings_of(batch.matcher)
    matches = batch.of_module(MODULE)
    kind = meanings.kind[matches.entry]
    acts = np.zeros(len(batch.tokens), dtype=np.int8)
    acts[matches.start[kind > 0]] = kind[kind > 0]
    return acts


def _segments(
    batch: AnnotatedBatch, subject: BoolArray, group_start: LongArray, phrase_start: LongArray
) -> tuple[LongArray, LongArray]:
    """Part the batch where a subject with its verb begins, and at sentences."""
    last = np.maximum(group_start[subject] - 1, 0)
    opens = phrase_start[last]
    boundary = np.zeros(len(subject), dtype=bool)
    boundary[opens] = True
    boundary[batch.sentences] = True
    segment = np.cumsum(boundary) - 1
    subjects = np.full(int(segment[-1]) + 1, -1, dtype=np.int64)
    subjects[segment[opens]] = last
    return segment, subjects


class _Words:
    """The tokens of a batch, each with the word before it (adverbs skipped) and the one behind it."""

    def __init__(self, batch: AnnotatedBatch) -> None:
        tokens = batch.tokens
        size = len(tokens)
        self.bits = _grammar(tokens)
        self.extra = classify(tokens)
        self.kind = tokens.form_flags()
        bounds = np.append(batch.sentences, size)
        self.first = np.repeat(batch.sentences, np.diff(bounds))
        self.stop = np.repeat(bounds[1:], np.diff(bounds))
        self.place = np.arange(size)
        self.word = (self.kind & WORD) != 0
        self._adverb = self.has("ADVERB", "NOT", "NEGATION") & ~self.has("DETERMINER")
        self._previous = np.maximum(self.place - 1, 0)
        self._following = np.minimum(self.place + 1, size - 1)
        self._at_end = self.stop == self.place + 1
        self.possessive = self._possessive()
        self.auxiliary = self.has_bits(_AUXILIARY) & ~self.possessive
        left = np.where(self.first == self.place, -1, self._previous)
        for _ in range(2):
            at = np.maximum(left, 0)
            left = np.where((left >= 0) & self._adverb[at] & (self.first[at] != at), left - 1, left)
        self._alone = left < 0
        self._left = np.maximum(left, 0)
        self.by = self.extra_has(BY)[self._following] & ~self._at_end

    def has_bits(self, bits: int) -> BoolArray:
        flags: BoolArray = (self.bits & bits) != 0
        return flags

    def has(self, *names: str) -> BoolArray:
        return self.has_bits(sum(CLASS[name] for name in set(names)))

    def extra_has(self, bits: int) -> BoolArray:
        flags: BoolArray = (self.extra & bits) != 0
        return flags

    def before(self, flag: BoolArray) -> BoolArray:
        """Whether the word before, adverbs skipped, is flagged."""
        found: BoolArray = flag[self._left] & ~self._alone
        return found

    def behind(self, flag: BoolArray) -> BoolArray:
        """Whether the next token of the sentence is flagged."""
        found: BoolArray = flag[self._following] & ~self._at_end
        return found

    def _possessive(self) -> BoolArray:
        """The ending 's, but for "he's", "Smith's a liar" and "Smith's failing"."""
        ending = ((self.kind & CLITIC) != 0) & self.has("BE") & ~self.has("VERB")
        verb = self.has("PERSONAL", "IT", "PRONOUN", "THAT", "WH")[self._previous]
        verb |= self.has("DETERMINER", "NOT")[self._following] | self.extra_has(ING)[self._following]
        possessive: BoolArray = ending & ~verb
        return possessive

    @property
    def past(self) -> BoolArray:
        """Past forms and participles."""
        return self.extra_has(PAST) & ~self.extra_has(ING)

    def verbs(self, acts: npt.NDArray[np.int8]) -> BoolArray:
        """Tell which words are verbs here and which are nouns or adjectives.

        A base form agrees with a plural subject only ("a county jail", but "the critics attack"); forms that may be
        nouns need something behind them that verbs take.
        """
        candidate = self.word & (((acts & AS_VERB) != 0) | self.has("VERB")) & ~self.auxiliary
        ambiguous = (acts & AMBIGUOUS) != 0
        capital = (self.kind & CAPITAL) != 0
        determined = self.before(self.has("DETERMINER") | self.extra_has(POSSESSIVE) | self.possessive)
        preposition = self.before(self.has("PREPOSITION") & ~self.has("TO"))
        adjective = self.before(self.extra_has(ADJECTIVE))
        clear = self.before(self.has("TO", "MODAL", "PERSONAL", "RELATIVE", "IT") & ~self.possessive)
        takes = self.behind(self.has("DETERMINER", "OBJECT", "PERSONAL", "THAT", "TO") | capital)
        goes_on = takes | self.behind(self.has("PREPOSITION", "ADVERB"))
        ing = candidate & self.extra_has(ING)
        past = candidate & self.past
        third = candidate & self.has("PLURAL") & ~past & ~ing
        base = candidate & ~past & ~ing & ~third
        verb = past & ~determined & ~(preposition & ~goes_on)
        verb |= ing & ~determined & ~(adjective & ~takes)
        bare = self.before(self.bits == 0)
        verb |= (
            third
            & ~determined
            & ~preposition
            & ~adjective
            & (clear | ~ambiguous | ((self.before(capital) | bare) & goes_on))
        )
        parted = self._alone | self.before(~self.word) | self.before(self.has("COORDINATOR"))
        agrees = self.before(self.has("PLURAL") | (self.has("PRONOUN") & ~self.possessive))
        agrees |= parted & (takes | ~ambiguous)
        verb |= (
            base
            & ~determined
            & ~adjective
            & (clear | self.before(self.auxiliary) | (~preposition & agrees & (~ambiguous | takes)))
        )
        found: BoolArray = verb
        return found

    def followed(self, verb: BoolArray) -> BoolArray:
        """Whether another verb or auxiliary follows at once, adverbs skipped."""
        size = len(self.place)
        follow = self.place + 1
        for _ in range(3):
            at = np.minimum(follow, size - 1)
            follow = np.where((follow < self.stop) & self._adverb[at], follow + 1, follow)
        at = np.minimum(follow, size - 1)
        found: BoolArray = (follow < self.stop) & (verb[at] | self.auxiliary[at])
        return found

    def group_start(self) -> LongArray:
        """Return the first auxiliary or adverb of those before each token, itself where there is none."""
        start = self.place.astype(np.int64)
        for _ in range(4):
            step = np.maximum(start - 1, 0)
            start = np.where((start > self.first) & (self.auxiliary[step] | self._adverb[step]), step, start)
        return start

    def has_subject(self, group_start: LongArray, head: BoolArray) -> BoolArray:
        """Whether a noun or a pronoun stands right before the group of each token."""
        closed = CLASS["PREPOSITION"] | CLASS["COORDINATOR"] | CLASS["TO"] | CLASS["THAT"]
        closed |= CLASS["SUBORDINATOR"] | CLASS["DETERMINER"]
        noun = self.word & ~head & ~self.auxiliary & (~self.has_bits(closed) | self.has_bits(_PRONOUNS))
        found: BoolArray = (group_start > self.first) & noun[np.maximum(group_start - 1, 0)]
        return found

    def hard(self) -> BoolArray:
        marks = PUNCT_SEMICOLON | PUNCT_COLON | PUNCT_DASH | PUNCT_OPEN | PUNCT_CLOSE
        ends = self.has_bits(marks) | (((self.kind & TERMINAL) != 0) & ~self.word)
        hard: BoolArray = ends | (self.has("SUBORDINATOR") & ~self.has("PREPOSITION")) | self.extra_has(TURN)
        return hard

"""The words of tone of a batch: acts, judging words and constructions, each with what negation and verbs do to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.matching import Matches
from framing.target.meaning import AS_NOUN, AS_VERB, FRAMES, MODULE, VERBS, WORDS, Meanings, meanings_of
from framing.target.phrases import Phrases, counted
from framing.target.settings import Settings
from framing.text import CAPITAL, WORD, BoolArray, IntArray, LongArray

FloatArray = npt.NDArray[np.float64]
NEGATED = -0.6  # what is left of a tone under negation: "not brave" is less bad than "brave" is good
TURNED = -0.7  # and behind a verb that acts against it: "fights corruption"
STRONGER = 1.3
NEGATION_REACH = 3  # tokens
VERB_REACH = 6
AFTER = (f"{FRAMES}/after-negative", f"{FRAMES}/after-positive", f"{FRAMES}/source")
BEFORE = (f"{FRAMES}/before-negative", f"{FRAMES}/before-positive")
HEADLINE = 0.55  # share of capitalised words from which capitals mean nothing


@dataclass(frozen=True, slots=True)
class Cues:
    """Words of tone, one row each, ascending by place.

    Attributes
    ----------
    start, end : int64 arrays
    entry : int32 array
        Index into the matcher's entries.
    category : int64 array
        Index into `Meanings.categories`.
    verb : bool array
        Acts that are verbs here.
    tone : float64 array
        Weight on the lexicon's scale, after negation, emphasis and the verb that acts on it.
    count : float64 array
        1, or -0.5 under negation.
    after, before : bool arrays
        Constructions aimed at who stands behind them, and at their subject.
    """

    start: LongArray
    end: LongArray
    entry: IntArray
    category: LongArray
    verb: BoolArray
    tone: FloatArray
    count: FloatArray
    after: BoolArray
    before: BoolArray

    def __len__(self) -> int:
        return len(self.start)


def find_cues(batch: AnnotatedBatch, phrases: Phrases, settings: Settings) -> Cues:
    """Find the words of tone; negations and words of emphasis only change the others."""
    meanings = meanings_of(batch.matcher)
    matches = batch.of_module(MODULE)
    order = np.lexsort((matches.end - matches.start, matches.start))
    matches = matches.take(order)
    category = meanings.category[matches.entry]
    negation = np.isin(category, meanings.numbers((f"{WORDS}/negation",)))
    emphasis = np.isin(category, meanings.numbers((f"{WORDS}/intensity",)))
    negations = _places(phrases, matches.start[negation])
    emphases = _places(phrases, matches.start[emphasis])
    keep = ~negation & ~emphasis & _readings(matches, meanings, phrases) & ~_in_names(matches, phrases)
    matches, category = matches.take(np.flatnonzero(keep)), category[keep]
    start = matches.start
    acts = np.isin(category, meanings.numbers((f"{VERBS}/*",)))
    verb = acts & phrases.head[start]
    first = phrases.first[start]
    reach = np.maximum(start - NEGATION_REACH, first)
    parted = phrases.breaks[start] > phrases.breaks[reach]
    reach = np.where(parted, np.maximum(start - 1, first), reach)
    negated = negations[start] > negations[reach]
    stronger = emphases[start] > emphases[np.maximum(start - 1, 0)]
    acted, ruled = _ruling_verbs(phrases, start, _acting_against(phrases, start, category, verb, meanings, settings))
    safe = np.maximum(ruled, 0)
    far_negated = (ruled >= 0) & ~negated
    far_negated &= negations[safe + 1] > negations[np.maximum(safe - NEGATION_REACH, first)]
    tone = meanings.weight[matches.entry] * np.where(stronger, STRONGER, 1.0)
    tone *= np.where(negated | far_negated, NEGATED, 1.0) * np.where(acted & ~verb, TURNED, 1.0)
    return Cues(
        start,
        matches.end,
        matches.entry,
        category,
        verb,
        tone,
        np.where(negated | far_negated, -0.5, 1.0),
        np.isin(category, meanings.numbers(AFTER)),
        np.isin(category, meanings.numbers(BEFORE)),
    )


def _places(phrases: Phrases, start: LongArray) -> LongArray:
    flag = np.zeros(len(phrases), dtype=bool)
    flag[start] = True
    return counted(flag)


def _readings(matches: Matches, meanings: Meanings, phrases: Phrases) -> BoolArray:
    """Keep of each word one reading: as an act where it is a verb, otherwise as a judging word, otherwise as a noun."""
    kind = meanings.kind[matches.entry]
    act = kind > 0
    word = np.isin(meanings.category[matches.entry], meanings.numbers((f"{WORDS}/*",)))
    is_verb = phrases.head[matches.start]
    acting = np.zeros(len(phrases), dtype=bool)
    acting[matches.start[(kind & AS_VERB) != 0]] = True
    judging = np.zeros(len(phrases), dtype=bool)
    judging[matches.start[word]] = True
    keep: BoolArray = ~(act & ~is_verb & (((kind & AS_NOUN) == 0) | judging[matches.start]))
    keep &= ~(word & is_verb & acting[matches.start])
    return keep


def _in_names(matches: Matches, phrases: Phrases) -> BoolArray:
    """Single capitalised words inside a sentence are parts of names ("the Grand Ballroom"), but not in headlines."""
    word = (phrases.kind & WORD) != 0
    capital = word & ((phrases.kind & CAPITAL) != 0)
    capitals, words = counted(capital), counted(word)
    start = matches.start
    low, high = phrases.first[start], phrases.stop[start]
    headline = capitals[high] - capitals[low] > HEADLINE * (words[high] - words[low])
    opening = (start == low) | ~word[np.maximum(start - 1, 0)]
    found: BoolArray = capital[start] & ~opening & ~headline & (matches.end - start == 1)
    return found


def _acting_against(
    phrases: Phrases,
    start: LongArray,
    category: LongArray,
    verb: BoolArray,
    meanings: Meanings,
    settings: Settings,
) -> BoolArray:
    """Flag the verbs that act against their object. Shape (tokens,)."""
    against = np.isin(category, meanings.numbers(tuple(f"{VERBS}/{name}" for name in settings.against)))
    flag = np.zeros(len(phrases), dtype=bool)
    flag[start[verb & against]] = True
    return flag


def _ruling_verbs(phrases: Phrases, start: LongArray, against: BoolArray) -> tuple[BoolArray, LongArray]:
    """Return whether the verb before each word acts against it, and the place of that verb, -1 where it is too far."""
    ruler = np.where(start > 0, phrases.last_head[np.maximum(start - 1, 0)], -1)
    near = (ruler >= phrases.first[start]) & (start - ruler <= VERB_REACH)
    safe = np.maximum(ruler, 0)
    near &= phrases.breaks[start] == phrases.breaks[safe]
    return near & against[safe], np.where(near, ruler, -1)

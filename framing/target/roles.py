"""What part each word of tone plays for a target: its modifier, its predicate, what is done to it, or a neighbour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.target.cues import Cues
from framing.target.grammar import BY, HE, ING, PAST, POSSESSIVE, THIRD
from framing.target.phrases import Phrases
from framing.text import BoolArray, LongArray
from framing.voice.grammar import CLASS, PUNCT_COMMA, PUNCT_OPEN

RELATIONS = (
    "modifier",  # "the embattled X"
    "noun",  # "X's failure", "the X scandal"
    "apposition",  # "X, a liar,"
    "subject",  # "X lied"
    "object",  # "they praised X", "X was praised"
    "agent",  # "beaten by X"
    "complement",  # "X is corrupt"
    "predicate",  # "X faces criticism"
    "governor",  # "the failure of X"
    "object-complement",  # "they called X a liar"
    "frame",  # "critics of X", "X failed to"
    "clause",  # beside X, in no part above
    "before",  # the sentence before the clause of X
    "after",
    "pronoun",  # what "he", "she" or "they" do, said of X
)
RELATION = {name: number for number, name in enumerate(RELATIONS)}
APPOSITION = 20  # tokens; longer insertions are no appositions
BY_REACH = 8  # tokens from a participle to its "by"


@dataclass(frozen=True, slots=True)
class Sites:
    """Where each target stands in its sentence, one row a target; -1 where there is no such place.

    Attributes
    ----------
    start, end : int64 arrays
        The target, tokens.
    phrase_start, phrase_end : int64 arrays
        The noun phrase around it.
    possessive : bool array
        "X's", "his".
    verb, predicate_end : int64 arrays
        The verb whose subject it is, and where what that verb says ends.
    apposition_start, apposition_end : int64 arrays
    object_of, object_end : int64 arrays
        The verb whose object it is; where what is said of the object ends.
    agent_of : int64 array
        The participle that it is the agent of.
    preposition, governor : int64 arrays
        The preposition before it, and the word that this belongs to.
    """

    start: LongArray
    end: LongArray
    phrase_start: LongArray
    phrase_end: LongArray
    possessive: BoolArray
    verb: LongArray
    predicate_end: LongArray
    apposition_start: LongArray
    apposition_end: LongArray
    object_of: LongArray
    object_end: LongArray
    agent_of: LongArray
    preposition: LongArray
    governor: LongArray

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class _Spot:
    """The phrase of each target, and the places right before and behind it."""

    first: LongArray
    stop: LongArray
    start: LongArray
    end: LongArray
    possessive: BoolArray
    lone: BoolArray  # a possessive pronoun with nothing behind it that it could own
    before: LongArray
    before_bits: LongArray
    behind_bits: LongArray


def find_sites(p: Phrases, start: LongArray, end: LongArray) -> Sites:
    """Find the place of each target.

    Parameters
    ----------
    p : Phrases
    start, end : int64 arrays (targets,)
        Tokens, end exclusive, at least one each.
    """
    spot = _find_spots(p, start, end)
    verb, apposition_start, apposition_end = _find_verbs(p, spot)
    object_of, preposition = _find_governing(p, spot, verb)
    governor = np.where(preposition > spot.first, preposition - 1, -1)
    adverb = (governor > spot.first) & ((p.bits[np.maximum(governor, 0)] & CLASS["ADVERB"]) != 0)
    governor = np.where(adverb, governor - 1, governor)
    by = (preposition >= 0) & ((p.extra[np.maximum(preposition, 0)] & BY) != 0)
    participle = p.last_passive[np.maximum(preposition, 0)]
    agent = by & (participle >= spot.first) & (preposition - participle <= BY_REACH)
    return Sites(
        start,
        end,
        spot.start,
        spot.end,
        spot.possessive,
        verb,
        np.where(verb >= 0, _reach(p, np.maximum(verb, 0) + 1, spot.stop), 0),
        apposition_start,
        apposition_end,
        object_of,
        _reach(p, end, spot.stop),
        np.where(agent, participle, -1),
        preposition,
        governor,
    )


def _reach(p: Phrases, place: LongArray, stop: LongArray) -> LongArray:
    """Return where the clause that goes on at a place ends: at the next subject, hard end, or the sentence's end."""
    at = np.minimum(place, len(p))
    other = np.maximum(p.subject_start(p.next_subject[at]), place)
    return np.minimum(np.minimum(other, stop), p.next_hard[at])


def _find_spots(p: Phrases, start: LongArray, end: LongArray) -> _Spot:
    size = len(p)
    first, stop = p.first[start], p.stop[start]
    at, last = np.minimum(end, size - 1), end - 1
    pronoun = (p.bits[start] & (CLASS["PERSONAL"] | CLASS["OBJECT"] | CLASS["IT"])) != 0
    owner = ((p.extra[start] & POSSESSIVE) != 0) & (end == start + 1)
    grown = np.maximum(np.minimum(p.phrase_end[at], stop), end)
    phrase_end = np.where(~pronoun | (owner & p.inside[at]), grown, end)
    possessive = (p.possessive[at] & (phrase_end > end)) | owner | p.possessive[last]
    touching = (start > first) & p.leading[np.maximum(start - 1, 0)] & ~pronoun
    phrase_start = np.where(touching, np.maximum(p.phrase_start[np.maximum(start - 1, 0)], first), start)
    before = phrase_start - 1
    return _Spot(
        first,
        stop,
        phrase_start,
        phrase_end,
        possessive,
        owner & pronoun & (phrase_end == end),
        before,
        np.where(before >= first, p.bits[np.maximum(before, 0)], 0),
        np.where(phrase_end < stop, p.bits[np.minimum(phrase_end, size - 1)], 0),
    )


def _find_verbs(p: Phrases, spot: _Spot) -> tuple[LongArray, LongArray, LongArray]:
    """Find the verb whose subject each target is, over appositions and relative clauses, and the apposition."""
    size = len(p)
    end, stop = spot.end, spot.stop
    comma = (spot.behind_bits & (PUNCT_COMMA | PUNCT_OPEN)) != 0
    behind = np.minimum(end + 1, size - 1)
    second_bits = np.where(end + 1 < stop, p.bits[behind], 0)
    relative = ((spot.behind_bits | np.where(comma, second_bits, 0)) & CLASS["RELATIVE"]) != 0
    closing = p.next_comma[np.minimum(end + 1, size)]
    closed = comma & (closing < stop) & (closing - end <= APPOSITION)
    resumed = p.next_head[np.minimum(closing + 1, size)]
    at = np.minimum(resumed, size - 1)
    resumes = closed & (resumed < stop) & (p.group_start[at] <= closing + 1) & ((p.extra[at] & ING) == 0)
    plain = p.next_head[np.minimum(end, size)]
    at = np.minimum(plain, size - 1)
    direct = (end < stop) & ~comma & (plain < stop)
    direct &= p.blocks[p.group_start[at]] == p.blocks[np.minimum(end, size)]
    participle = comma & (end + 1 < stop) & p.head[behind] & ((p.extra[behind] & (ING | PAST)) != 0)
    inner = p.next_head[np.minimum(end + 1, size)]
    verb = np.where(direct, plain, -1)
    verb = np.where(participle, behind, verb)
    verb = np.where(resumes, resumed, verb)
    verb = np.where(relative & (inner < stop), inner, verb)
    # Behind a preposition stands no subject; "after" and "before" may open a clause.
    preposition = (spot.before_bits & (CLASS["PREPOSITION"] | CLASS["TO"])) != 0
    preposition &= ~p.head[np.maximum(spot.before, 0)] & ((spot.before_bits & CLASS["SUBORDINATOR"]) == 0)
    verb = np.where((preposition & ~relative) | spot.lone, -1, verb)
    apposition = closed & ~relative
    start = np.where(apposition, end + 1, 0)
    return verb, start, np.where(apposition, closing, 0)


def _find_governing(p: Phrases, spot: _Spot, verb: LongArray) -> tuple[LongArray, LongArray]:
    """Find the verb whose object each target is, or the preposition before it; over one "and" or comma."""
    before = np.maximum(spot.before, 0)
    inside = spot.before >= spot.first
    acting = p.head & ~p.copular & ~p.passive
    prepositions = ((p.bits & (CLASS["PREPOSITION"] | CLASS["TO"])) != 0) & ~p.head
    object_of = np.where(inside & acting[before], spot.before, -1)
    preposition = np.where(inside & prepositions[before], spot.before, -1)
    joined = inside & ((spot.before_bits & (CLASS["COORDINATOR"] | PUNCT_COMMA)) != 0) & (spot.before > spot.first)
    partner = np.where(joined, p.phrase_start[np.maximum(spot.before - 1, 0)], 0) - 1
    over = joined & (partner >= spot.first) & (verb < 0)
    at = np.maximum(partner, 0)
    object_of = np.where(over & acting[at], partner, object_of)
    preposition = np.where(over & prepositions[at], partner, preposition)
    return object_of, preposition


@dataclass(frozen=True, slots=True)
class Pairs:
    """Targets with the words of tone in their sentences, one row a pair, ascending by target and place.

    Attributes
    ----------
    target, cue : int64 arrays
    relation : int8 array
        Index into `RELATIONS`.
    distance : int64 array
        Tokens between the two.
    """

    target: LongArray
    cue: LongArray
    relation: np.ndarray[tuple[int], np.dtype[np.int8]]
    distance: LongArray

    def __len__(self) -> int:
        return len(self.target)


def find_pairs(p: Phrases, sites: Sites, cues: Cues) -> Pairs:
    """Pair each target with each word of tone in its sentence, but for those inside the target."""
    low = np.searchsorted(cues.start, p.first[sites.start])
    high = np.searchsorted(cues.start, p.stop[sites.start])
    count = high - low
    target = np.repeat(np.arange(len(sites)), count)
    cue = np.repeat(low - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    outside = (cues.start[cue] < sites.start[target]) | (cues.start[cue] >= sites.end[target])
    target, cue = target[outside], cue[outside]
    start, end = cues.start[cue], cues.end[cue]
    relation = _relate(p, sites, cues, target, cue)
    begin, stop = sites.start[target], sites.end[target]
    distance = np.maximum(np.where(start < begin, begin - end, start - stop), 0)
    return Pairs(target, cue, relation, distance)


def _relate(
    p: Phrases, sites: Sites, cues: Cues, target: LongArray, cue: LongArray
) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """Return the relation of each pair; where several hold, the last of those below."""
    start, end = cues.start[cue], cues.end[cue]
    begin, stop = sites.start[target], sites.end[target]
    verb, object_of = sites.verb[target], sites.object_of[target]
    governor, agent_of = sites.governor[target], sites.agent_of[target]
    phrase_start, phrase_end = sites.phrase_start[target], sites.phrase_end[target]
    preposition = sites.preposition[target]
    act, after, before = cues.verb[cue], cues.after[cue], cues.before[cue]
    relation = np.where(start < begin, RELATION["before"], RELATION["after"]).astype(np.int8)

    def hold(name: str, where: BoolArray) -> None:
        relation[where] = RELATION[name]

    same = p.segment[start] == p.segment[begin]
    hold("clause", same)
    hold("pronoun", ~same & _taken_up(p, start, begin))
    hold("object-complement", (object_of >= 0) & (start >= stop) & (start < sites.object_end[target]))
    hold("governor", (governor >= 0) & (start <= governor) & (end > governor))
    predicate = (verb >= 0) & (start >= verb) & (start < sites.predicate_end[target])
    copular = predicate & p.copular[np.maximum(verb, 0)]
    hold("predicate", predicate)
    hold("complement", copular)
    passive = p.passive[start]
    hold("subject", predicate & act & ~passive)
    hold("object", predicate & act & passive)
    hold("object", act & (object_of >= 0) & ((start == object_of) | (end == object_of + 1)))
    hold("agent", act & (agent_of >= 0) & (start == agent_of))
    hold("frame", after & ((end == phrase_start) | (end == begin) | ((preposition >= 0) & (end == preposition + 1))))
    hold("frame", before & (predicate | (start == phrase_end)))
    hold("apposition", (start >= sites.apposition_start[target]) & (start < sites.apposition_end[target]))
    hold("noun", (start >= stop) & (start < phrase_end))
    hold("modifier", (start >= phrase_start) & (end <= begin))
    return relation


def _taken_up(p: Phrases, start: LongArray, begin: LongArray) -> BoolArray:
    """Whether the clause of a word has "he", "she" or "they" as its subject, who may be the target."""
    subject = p.segment_subject[p.segment[start]]
    at = np.maximum(subject, 0)
    person = (subject >= 0) & ((p.extra[at] & HE) != 0)
    is_pronoun = (p.extra[begin] & THIRD) != 0
    found: BoolArray = person & np.where(is_pronoun, p.folded[at] == p.folded[begin], subject > begin)
    return found

"""Dying and being dead: "X died", "three dead in blast", "clashes left nine dead"."""

from __future__ import annotations

from framing.harm.grammar import BIT
from framing.harm.inflection import ING
from framing.harm.parties import object_behind
from framing.harm.phrases import (
    ADVERB,
    BE,
    CAPITALISED,
    CLAUSE,
    COMMA,
    COORDINATOR,
    DETERMINER,
    ED,
    GET,
    MARK,
    MODAL,
    NO_NOUN,
    NUMBER,
    POSSESSIVE,
    PREPOSITION,
    QUANTIFIER,
    STOP,
    TIME,
    TO,
    WORDLIKE,
    Phrase,
)
from framing.harm.readings import ACTIVE, INTRANSITIVE, NOMINAL, Occurrence, Reading
from framing.harm.subjects import Sentence
from framing.harm.verbs import active, negated, passive, verb_group

LEAVE, REPORTED = BIT["LEAVE"], BIT["REPORTED"]


def read_dying(s: Sentence, o: Occurrence, before: list[Reading]) -> Reading | None:
    """Read a verb of dying: its subject is the victim."""
    bits = s.bits
    verb, auxiliary = verb_group(s, o.start)
    last = s.skip_left(verb - 1, ADVERB)
    here = bits[last] if last >= 0 else STOP
    modified = here & (DETERMINER | POSSESSIVE) and not here & QUANTIFIER
    if not auxiliary and not here & TO and (modified or (o.inflection & ING and here & (PREPOSITION | NUMBER))):
        return None  # "a dying stranger"
    if o.causative and not o.inflection & ING:  # drown
        if auxiliary & (BE | GET):
            return passive(s, o, verb, s.subject(verb))
        victim = object_behind(s, o)
        if victim is not None:
            return active(s, o, verb, s.subject(verb), victim)
    if o.inflection & ING and not auxiliary & BE and not here & (COMMA | NO_NOUN) and s.has_object(o.end):
        return None
    victim = s.subject(verb)
    if here & COORDINATOR and before and before[-1].form != NOMINAL:
        subject = before[-1].victim if before[-1].form != ACTIVE else before[-1].agent
        victim = subject or victim
    return Reading(o, INTRANSITIVE, victim, None, negated(s, verb, o.start, victim, None), verb)


def left_behind(s: Sentence, place: int) -> int | None:
    """Return the place of "left" in "left nine people dead", looking back from "dead"."""
    bits = s.bits
    for back in range(place - 1, max(-1, place - 12), -1):
        if bits[back] & LEAVE:
            return back
        if bits[back] & (STOP | CLAUSE | COMMA | BE) or (bits[back] & ED and not bits[back] & CAPITALISED):
            return None
    return None


def resultative(s: Sentence, o: Occurrence, left: int) -> Reading:
    """Read "clashes left nine dead" as active, "nine were left dead" as passive."""
    verb, _ = verb_group(s, left)
    if s.skip_left(o.start - 1, ADVERB) == left:
        return passive(s, o, verb, s.subject(verb))
    agent = s.first_phrase(left - 1) if s.bits[left - 1] & COMMA else s.subject(verb)
    return active(s, o, verb, agent, s.phrase_right(left + 1))


def read_dead(s: Sentence, o: Occurrence, before: list[Reading]) -> Reading | None:
    """Read "dead": a predicate ("is dead", "three dead in blast"), a result ("left three dead"), or an adjective."""
    bits = s.bits
    last = s.skip_left(o.start - 1, ADVERB | QUANTIFIER)
    here = bits[last] if last >= 0 else STOP
    right = bits[o.end]
    left = left_behind(s, o.start)
    predicate = not right & WORDLIKE or bool(right & (NO_NOUN | ADVERB | TIME))
    if left is not None and predicate:
        return resultative(s, o, left)
    if before and _is_shot_dead(s, before[-1].occurrence, o):
        return None
    if here & (DETERMINER | PREPOSITION | POSSESSIVE) and not here & (QUANTIFIER | NUMBER):
        return None
    if bits[o.start - 1] & QUANTIFIER and here & STOP:  # "Many dead in blast"
        here, last = bits[o.start - 1], o.start - 1
    if not predicate:
        return None
    verb, auxiliary = verb_group(s, o.start)
    if auxiliary & BE:
        victim = s.subject(verb)
    elif here & REPORTED:
        victim = s.subject(verb_group(s, last)[0])
    elif here & (NUMBER | WORDLIKE) and not here & (COORDINATOR | ED | ADVERB) and not here & MODAL:
        victim = s.chain_left(last) or Phrase(last, last + 1, last)
        verb = o.start
    else:
        return None
    return Reading(o, INTRANSITIVE, victim, None, negated(s, verb, o.start, victim, None), verb)


def _is_shot_dead(s: Sentence, shot: Occurrence, dead: Occurrence) -> bool:
    """Whether "dead" only completes a verb before it: "shot him dead"."""
    if shot.harm not in ("attack", "kill") or not 0 <= dead.start - shot.end <= 8:
        return False
    return not any(s.bits[p] & (MARK | BE | COORDINATOR) for p in range(shot.end, dead.start))

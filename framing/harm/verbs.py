"""Verbs with their auxiliaries, and what makes a reading active or passive."""

from __future__ import annotations

from framing.harm.grammar import BIT
from framing.harm.parties import by_agent
from framing.harm.phrases import (
    ADVERB,
    AUXILIARY,
    BE,
    GET,
    NEGATION,
    NOBODY,
    POSSESSIVE,
    QUANTIFIER,
    REACH,
    RELATIVE,
    SUBJECT,
    TIME,
    Phrase,
)
from framing.harm.readings import ACTIVE, PASSIVE_AGENT, PASSIVE_AGENTLESS, Occurrence, Reading
from framing.harm.subjects import Sentence

FINITE = BIT["FINITE"]
_BETWEEN = ADVERB | TIME | BIT["SINCE"] | BIT["REFLEXIVE"]  # may stand among the auxiliaries of a verb


def negated(s: Sentence, verb: int, end: int, victim: Phrase | None, agent: Phrase | None) -> bool:
    """Whether the verb group, its subject or its object denies that it happened."""
    bits = s.bits
    if any(bits[place] & NEGATION for place in range(verb, end)) or bits[verb - 1] & NEGATION:
        return True
    return any(p is not None and _is_nobody(s, p) for p in (victim, agent))


def _is_nobody(s: Sentence, phrase: Phrase) -> bool:
    return bool(s.bits[phrase.start] & (NOBODY | NEGATION))


def verb_group(s: Sentence, start: int) -> tuple[int, int]:
    """Return where the auxiliaries before `start` begin, and the classes of the last of them."""
    bits = s.bits
    last = s.skip_left(start - 1, _BETWEEN)
    if last >= 0 and bits[last] & QUANTIFIER and bits[last - 1] & AUXILIARY:  # "were all killed"
        last -= 1
    if last < 0 or not _is_auxiliary(s, last):
        return start, 0
    classes = BE if bits[last] & POSSESSIVE else bits[last]
    first = last
    while True:
        if bits[first] & FINITE or start - first > REACH:
            return first, classes
        nearer = s.skip_left(first - 1, _BETWEEN)
        if nearer < 0 or not _is_auxiliary(s, nearer):
            return first, classes
        first = nearer


def _is_auxiliary(s: Sentence, place: int) -> bool:
    here = s.bits[place]
    if here & POSSESSIVE:  # "he's been killed", but "Israel's killing"
        return bool(s.bits[place - 1] & (SUBJECT | RELATIVE) or s.bits[place + 1] & (BE | GET))
    return bool(here & AUXILIARY)


def passive(s: Sentence, o: Occurrence, verb: int, victim: Phrase | None) -> Reading:
    """Return a passive reading, with the agent of its by-phrase if it has one."""
    if o.aimed and victim is not None and s.kind(victim.head) == "thing":  # "tear gas was fired at the crowd"
        victim = s.phrase_right(o.end)
    agent = by_agent(s, o.end)
    form = PASSIVE_AGENTLESS if agent is None else PASSIVE_AGENT
    return Reading(o, form, victim, agent, negated(s, verb, o.start, victim, None), verb)


def active(s: Sentence, o: Occurrence, verb: int, agent: Phrase | None, victim: Phrase | None) -> Reading:
    """Return an active reading."""
    return Reading(o, ACTIVE, victim, agent, negated(s, verb, o.start, victim, agent), verb)

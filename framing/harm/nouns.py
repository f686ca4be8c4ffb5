"""Nouns of harm: "the killing of X by Y", "Y's attack on X", "X's arrest", "civilian deaths"."""

from __future__ import annotations

from framing.harm.grammar import BIT
from framing.harm.inflection import ING
from framing.harm.parties import NOUN_REACH, by_agent
from framing.harm.phrases import (
    ADVERB,
    DETERMINER,
    ED,
    JOINED,
    NEGATION,
    NO_NOUN,
    OF,
    POSSESSIVE,
    PREPOSITION,
    REACH,
    TIME,
    Phrase,
)
from framing.harm.readings import NOMINAL, Occurrence, Reading
from framing.harm.subjects import Sentence

AIM, AMONG, OWNER, INVOLVED = (BIT[name] for name in ("AIM", "AMONG", "OWNER", "INVOLVED"))
ATTACKERS = ("crowd", "protesters", "settlers")  # no actors by trade, but what is called after them they did


def read_noun(s: Sentence, o: Occurrence) -> Reading | None:
    """Read a noun of harm with the parties that it names."""
    if o.aimed and o.inflection & ING:  # "his firing on Tuesday"
        return None
    victim = _behind(s, o)
    agent = None if o.kind == "loss" else by_agent(s, o.end, NOUN_REACH)
    first = _first_of_phrase(s, o.start)
    owner = _owner(s, first)
    modifier = _modifier(s, first, o.end)
    if owner is not None:
        if _owner_did_it(s, o, owner, victim):
            agent = agent or owner
        else:
            victim = victim or owner
    if modifier is not None:
        if _modifier_did_it(s, o, modifier):
            agent = agent or modifier
        elif victim is None and (s.kind(modifier.head) != "place" or o.harm == "attack"):
            victim = modifier
    bits = s.bits
    negated = bool(bits[first] & NEGATION or bits[first - 1] & NEGATION)
    return Reading(o, NOMINAL, victim, agent, negated, o.start)


def _behind(s: Sentence, o: Occurrence) -> Phrase | None:
    """Return the victim behind the noun: "of X", for attacks "on X" or "against X"."""
    place = o.end
    while place < min(len(s), o.end + NOUN_REACH) and _is_time(s, place):
        place += 1  # "the killing on Thursday of"
    here = s.bits[place] if s.bits[place] & OF else s.bits[o.end]
    if o.aimed:
        phrase = s.phrase_right(o.end)
    elif here & OF or (here & AMONG and o.kind == "loss") or (here & AIM and o.harm == "attack"):
        phrase = s.phrase_right((place if here & OF else o.end) + 1)
    else:
        return None
    # "the massacre of 1987", "the attack on Monday"
    return None if phrase is None or s.bits[phrase.head] & TIME or s.is_year(phrase) else phrase


def _is_time(s: Sentence, place: int) -> bool:
    """Whether a word is a time or the preposition before one."""
    here = s.bits[place]
    return bool(here & TIME or (s.bits[place + 1] & TIME and here & PREPOSITION & ~OF))


def _first_of_phrase(s: Sentence, start: int) -> int:
    """Return the first word of the noun phrase that the noun at `start` heads."""
    bits = s.bits
    place = start - 1
    while (
        place > max(-1, start - REACH) and not bits[place] & (NO_NOUN | DETERMINER | POSSESSIVE) and not s.verbs[place]
    ):
        if bits[place] & ED and not s.harm[place - 1] and bits[place - 1] & NO_NOUN == 0 and place < start - 1:
            break
        place -= 1
    return place if place >= 0 and bits[place] & DETERMINER else place + 1


def _owner(s: Sentence, first: int) -> Phrase | None:
    bits = s.bits
    if bits[first] & OWNER:
        return Phrase(first, first + 1, first)
    if first >= 2 and bits[first - 1] & POSSESSIVE:
        owner = s.phrase_left(first - 2)
        return None if owner is None or bits[owner.head] & TIME else owner  # "Saturday's attack"
    return None


def _modifier(s: Sentence, first: int, end: int) -> Phrase | None:
    """Return the group named right before the noun that ends at `end`: "police shooting", "civilian deaths".

    In "officer-involved shooting" nobody is said to have shot.
    """
    for place in range(end - 2, first - 1, -1):
        if s.bits[place + 1] & INVOLVED:
            continue
        if s.kind(place) in ("body", "actor", "place") and not s.bits[place] & ADVERB:
            start = place - 1 if s.bits[place] & JOINED and place > first else place  # "Saudi-led"
            return Phrase(start, place + 1, place)
    return None


def _owner_did_it(s: Sentence, o: Occurrence, owner: Phrase, victim: Phrase | None) -> bool:
    """Whether a possessor is the agent: "Israel's attack", but "the mayor's arrest"."""
    if o.kind == "loss" or o.harm == "wound":
        return False
    if victim is not None:
        return True
    return o.harm == "attack" and (not o.inflection & ING or s.kind(owner.head) == "actor")


def _modifier_did_it(s: Sentence, o: Occurrence, modifier: Phrase) -> bool:
    """Whether the group before the noun is the agent: "police raid", but "migrant arrests"."""
    if o.kind == "loss" or o.harm in ("wound", "detain", "displace"):
        return False
    return s.kind(modifier.head) == "actor" or (o.harm == "attack" and s.name(modifier.head) in ATTACKERS)

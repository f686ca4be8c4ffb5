"""Who did it, and to whom: the phrases around a word of harm."""

from __future__ import annotations

from collections.abc import Sequence

from framing.harm.grammar import BIT
from framing.harm.phrases import (
    ADVERB,
    AUXILIARY,
    BY,
    CAPITALISED,
    CLAUSE,
    COMMA,
    COORDINATOR,
    ED,
    ING,
    NUMBER,
    OBJECT,
    OF,
    PREPOSITION,
    STOP,
    SUBJECT,
    TIME,
    Phrase,
)
from framing.harm.readings import Occurrence
from framing.harm.subjects import Sentence

NO_AGENT, DIGITS, AIM, HANDS, PARTICIPLES = (BIT[n] for n in ("NO_AGENT", "DIGITS", "AIM", "HANDS", "PAST"))
REACH = 16  # tokens between a participle and its "by"
NOUN_REACH = 8  # the same for a noun


def by_agent(s: Sentence, place: int, reach: int = REACH) -> Phrase | None:
    """Return the agent in the by-phrase that belongs to a participle or noun ending before `place`.

    A time, a place, a manner, a number and a form in -ing are no agents: "by Tuesday", "by the roadside", "by mistake",
    "by the hundreds", "by shooting".
    """
    bits = s.bits
    limit = min(len(s), place + reach)
    while place < limit:
        here = bits[place]
        if here & BY:
            agent = _agent_behind(s, place + 1)
            if agent is not None:
                return agent
        elif here & HANDS and bits[place + 1] & OF:  # "at the hands of the police"
            return s.phrase_right(place + 2)
        elif _ends_search(s, place):
            return None
        place += 1
    return None


def _ends_search(s: Sentence, place: int) -> bool:
    """Whether a by-phrase behind this word would belong to something else."""
    here = s.bits[place]
    if here & (STOP | CLAUSE | AUXILIARY | SUBJECT & ~OBJECT):
        return True
    if here & COMMA:
        return not _lists_on(s, place)
    if s.harm[place]:
        return not _joined_to(s, place)
    return bool(here & (ED | ING) and not here & (CAPITALISED | PREPOSITION))


def _joined_to(s: Sentence, place: int) -> bool:
    """Whether a word of harm shares the by-phrase of the one before: "shot and wounded by police"."""
    first = place
    while first > max(0, place - REACH) and s.harm[first - 1]:
        first -= 1
    place = first
    return bool(s.bits[s.skip_left(place - 1, ADVERB)] & (COORDINATOR | COMMA) and s.bits[place] & (ED | PARTICIPLES))


def _lists_on(s: Sentence, comma: int) -> bool:
    """Whether another participle of harm follows the comma: "beaten, tortured and shot by guards"."""
    following = comma + 1
    while s.bits[following] & (ADVERB | COORDINATOR):
        following += 1
    return following < len(s) and s.harm[following]


def _agent_behind(s: Sentence, place: int) -> Phrase | None:
    bits = s.bits
    if bits[place] & (DIGITS | TIME) or (bits[place] & ING and not s.harm[place]):
        return None
    agent = s.phrase_right(place)
    if agent is None:
        return None
    head = bits[agent.head]
    if (head & (TIME | NO_AGENT) and s.group[agent.head] < 0) or (head & NO_AGENT and not head & CAPITALISED):
        return None
    if bits[agent.head] & ING and not s.harm[agent.head] and s.group[agent.head] < 0:
        return None
    if s.harm[agent.head] and bits[agent.head] & ING and s.has_object(agent.end):  # "by shooting them"
        return None
    bare_number = head & NUMBER and agent.end - agent.start == 1 and not bits[agent.end] & PREPOSITION
    return None if bare_number and head & DIGITS else agent


def object_behind(s: Sentence, o: Occurrence, following: Sequence[Occurrence] = ()) -> Phrase | None:
    """Return the object of a verb of harm: right behind it, or behind the verbs that "and" joins to it."""
    place = o.end
    if s.has_object(place):
        return s.phrase_right(place)
    for shared in following:
        between = s.bits[place : shared.start]
        if not between or not all(b & (COORDINATOR | COMMA | ADVERB) for b in between):
            break
        if s.has_object(shared.end):
            return s.phrase_right(shared.end) if shared.kind in ("verb", "either") else None
        place = shared.end
    if o.harm == "attack" and s.bits[o.end] & AIM:  # "shooting at them"
        phrase = s.phrase_right(o.end + 1)
        return None if phrase is None or s.bits[phrase.head] & TIME else phrase
    return None

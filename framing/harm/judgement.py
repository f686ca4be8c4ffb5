"""Whether what was read is harm to people at all, and which groups the two parties belong to."""

from __future__ import annotations

from collections.abc import Sequence

from framing.harm.grammar import BIT
from framing.harm.inflection import PARTICIPLE
from framing.harm.phrases import (
    BY,
    CAPITALISED,
    CLAUSE,
    COMMA,
    COORDINATOR,
    JOINED,
    NO_NOUN,
    NUMBER,
    OBJECT,
    OF,
    PREPOSITION,
    QUANTIFIER,
    REACH,
    SETTING,
    STOP,
    SUBJECT,
    TO,
    Phrase,
)
from framing.harm.readings import ACTIVE, INTRANSITIVE, NOMINAL, PASSIVE_AGENTLESS, Reading
from framing.harm.subjects import Sentence

NAMED, PRONOUN, UNKNOWN, NONE = "named", "pronoun", "unknown", "none"
OTHER_GROUPS = (NAMED, PRONOUN, UNKNOWN, NONE)  # besides those of the lexicon
NEIGHBOURS = 6  # words of harm before and behind a verb that may be its cause
OWNER, ABSENT, INVOLVED = BIT["OWNER"], BIT["NOBODY"], BIT["INVOLVED"]
_ARMED = ("police", "soldiers", "militants", "attackers")  # what they do is done by force
# Groups of whom "attack" and "beat" are often said in a figurative sense.
_POLITICAL = ("officials", "government", "states", "nationality", "journalists")


def group_of(s: Sentence, phrase: Phrase | None, acts: bool) -> str:
    """Return the group of a party.

    A weapon that is named with its owner ("Israeli airstrike", "the regime's artillery") counts for the owner; a name
    for what stands before it ("rebel commander Oran Tal"). A nationality alone means its people.
    """
    if phrase is None:
        return NONE
    inside = range(phrase.start, min(phrase.end, phrase.head + 1))
    name = s.name(phrase.head)
    if acts and s.kind(phrase.head) in ("thing", "other"):
        return _owner_of_thing(s, phrase)
    if name == "nationality":
        alone = phrase.start == phrase.head or s.bits[phrase.head] & JOINED
        return "states" if acts and alone else "people"  # "Russian airstrikes", "by a Russian"
    if name:
        return name
    here = s.bits[phrase.head]
    if here & (OWNER | SUBJECT | OBJECT):
        return PRONOUN
    if here & (NUMBER | QUANTIFIER | ABSENT):
        return "people"
    if here & CAPITALISED:
        titled = (s.name(p) for p in reversed(inside) if s.kind(p) in ("body", "actor") and s.name(p) != "nationality")
        return next((name for name in titled if name != "states"), NAMED)
    return UNKNOWN


def _owner_of_thing(s: Sentence, phrase: Phrase) -> str:
    """Return whose weapon it is: named before it, or in its own by-phrase; "things" where nobody is named."""
    if s.bits[phrase.start] & OWNER:
        return PRONOUN
    by = next((p for p in range(phrase.head + 1, phrase.end) if s.bits[p] & BY), phrase.end)
    for place in (*range(phrase.start, phrase.head + 1), *range(by, phrase.end)):
        if s.kind(place) == "actor" and not s.bits[place + 1] & INVOLVED:
            return "states" if s.name(place) == "nationality" else s.name(place)
    return "things"


def is_harm(s: Sentence, reading: Reading, victim: str, agent: str, others: bool, violent: bool) -> bool:
    """Whether a reading is harm to people.

    Parameters
    ----------
    victim, agent : str
        Groups of the parties.
    others : bool
        Whether another word of the sentence is sure to mean harm.
    violent : bool
        Whether the article has so many such words that a bare "the attack" is none of words.
    """
    o = reading.occurrence
    if reading.victim is not None and s.kind(reading.victim.head) == "other":
        return False
    if reading.victim is not None and reading.form == ACTIVE and s.bits[reading.victim.head] & BIT["REFLEXIVE"]:
        return False  # what people do to themselves
    if o.kind in ("state", "die"):
        return True
    if o.sure:
        return victim != "things" or o.harm in ("attack", "displace")
    if o.harm == "attack":
        return _is_real_attack(s, reading, victim, agent, others, violent)
    if o.harm == "wound" and reading.negated and reading.form == PASSIVE_AGENTLESS:  # "was not hurt"
        return True
    others = others or agent in _ARMED
    if victim in (UNKNOWN, "things", "places") or (victim == NONE and agent not in _ARMED):
        return False
    if victim in (NAMED, PRONOUN) and not others:  # "he was executed", but not "she beat him"
        return o.harm == "kill" and reading.form != ACTIVE and bool(o.inflection & PARTICIPLE)
    if o.harm == "wound":
        return others or _is_counted(s, reading.victim) or s.kind_of(agent) == "thing"
    if o.harm == "abuse":
        return others or victim not in _POLITICAL or (victim == "journalists" and reading.form != ACTIVE)
    # "taken out", "captured" with a bare number may be of anything
    return others or reading.victim is None or not s.bits[reading.victim.head] & NUMBER


def _is_real_attack(s: Sentence, reading: Reading, victim: str, agent: str, others: bool, violent: bool) -> bool:
    """Whether "attack", "raid" or "assault" is one of force: said of fighters, of bodies or of places."""
    if others or agent in (*_ARMED, "settlers", "crowd", "things"):
        return True
    if violent and reading.form == NOMINAL and victim == NONE and agent == NONE:
        return True
    if victim == "places":
        return True
    if victim in _POLITICAL:
        return victim == "states" and reading.form == NOMINAL
    return s.kind_of(victim) in ("body", "actor")


def _is_counted(s: Sentence, phrase: Phrase | None) -> bool:
    return phrase is not None and bool(s.bits[phrase.start] & (NUMBER | ABSENT) or s.bits[phrase.head] & NUMBER)


def absorb_causes(s: Sentence, readings: Sequence[Reading]) -> list[Reading]:
    """Drop the nouns that only say what a verb of harm came from: "an air strike killed", "killed in the attack".

    The agent named with such a noun passes to the verb that has none of its own ("killed in an airstrike by Israel");
    the form of the verb stays.
    """
    absorbed: set[int] = set()
    for place, reading in enumerate(readings):
        if reading.form == NOMINAL:
            continue
        for number in range(max(0, place - NEIGHBOURS), min(len(readings), place + NEIGHBOURS + 1)):
            noun = readings[number]
            if noun.form != NOMINAL or noun.occurrence.harm not in ("attack", "kill", "wound") or number in absorbed:
                continue
            if _is_cause(s, reading, noun):
                absorbed.add(number)
                if reading.agent is None and noun.agent is not None:
                    reading.agent = noun.agent
    return [r for number, r in enumerate(readings) if number not in absorbed]


def _is_cause(s: Sentence, reading: Reading, noun: Reading) -> bool:
    at = noun.occurrence
    if reading.agent is not None and at.start <= reading.agent.head < at.end:
        return True
    if reading.form == ACTIVE and reading.occurrence.kind != "state":
        return False
    links = SETTING | OF | (TO if reading.form == INTRANSITIVE else 0)  # "succumbed to his wounds"
    return at.start >= reading.occurrence.end and _in_setting(s, reading.occurrence.end, at.start, links)


def _in_setting(s: Sentence, place: int, noun: int, links: int) -> bool:
    """Whether the noun is the head behind "in", "during", "from" ... that follows `place` in the same clause."""
    bits = s.bits
    setting = -1
    if noun - place > REACH:
        return False
    for here in range(place, noun):
        if bits[here] & (STOP | CLAUSE | COMMA) or (bits[here] & COORDINATOR and setting < 0):
            return False
        if bits[here] & PREPOSITION:
            setting = here if bits[here] & links else -1
        elif bits[here] & NO_NOUN:
            return False
    return setting >= 0

"""In which form each word of harm stands: active, passive with or without an agent, nominal or intransitive."""

from __future__ import annotations

from framing.harm.dying import left_behind, read_dead, read_dying, resultative
from framing.harm.grammar import BIT
from framing.harm.inflection import BASE, ING, PARTICIPLE, PAST, PRESENT
from framing.harm.nouns import read_noun
from framing.harm.parties import object_behind
from framing.harm.phrases import (
    ADVERB,
    AUXILIARY,
    BE,
    BY,
    CAPITALISED,
    CLAUSE,
    COMMA,
    COORDINATOR,
    DETERMINER,
    ED,
    GET,
    HAVE,
    LOWER_S,
    MARK,
    MODAL,
    NO_NOUN,
    NUMBER,
    OBJECT,
    OF,
    POSSESSIVE,
    PREPOSITION,
    QUANTIFIER,
    REACH,
    RELATIVE,
    STOP,
    SUBJECT,
    SUBORDINATOR,
    TIME,
    TO,
    WORDLIKE,
    Phrase,
)
from framing.harm.readings import ACTIVE, NOMINAL, PASSIVE_AGENT, PASSIVE_AGENTLESS, Occurrence, Reading
from framing.harm.subjects import Sentence
from framing.harm.verbs import active, passive, verb_group

AIM, REPORTED, AMOUNT, PLURAL, JOINED = (BIT[name] for name in ("AIM", "REPORTED", "AMOUNT", "PLURAL", "JOINED"))
PRESENT_VERB, NOUN_TO = BIT["PRESENT"], BIT["NOUN_TO"]


def read_sentence(sentence: Sentence, occurrences: list[Occurrence]) -> list[Reading]:
    """Read all words of harm of a sentence, from left to right.

    Returns
    -------
    list of Reading
        Without the words that report no harm here: adjectives, things, noun readings of verbs that have none.
    """
    readings: list[Reading] = []
    for number, occurrence in enumerate(occurrences):
        following = occurrences[number + 1 : number + 4]
        reading = _read(sentence, occurrence, readings, following)
        if reading is not None:
            readings.append(reading)
    return readings


def _read(s: Sentence, o: Occurrence, before: list[Reading], following: list[Occurrence]) -> Reading | None:
    if s.bits[o.end] & JOINED or s.bits[o.start] & JOINED:  # "death-defying", "counter-attack", "ISIS-claimed"
        return None
    if o.kind in ("noun", "loss"):
        return read_noun(s, o)
    if o.kind == "state":
        return read_dead(s, o, before)
    if o.kind == "die":
        return read_dying(s, o, before)
    if o.inflection & ING:
        return _ing(s, o, before)
    if o.inflection & (PAST | PARTICIPLE) and not _is_base(s, o):
        return _participle(s, o, before, following)
    if o.kind == "either" and _is_noun(s, o, before):
        return read_noun(s, o)
    return _present(s, o)


def _is_base(s: Sentence, o: Occurrence) -> bool:
    """Whether "hurt", "put" or "beat" stands behind "to" or a modal, and so is no past form."""
    left = s.bits[s.skip_left(o.start - 1, ADVERB)]
    return bool(o.inflection & BASE and left & (TO | MODAL))


def _participle(s: Sentence, o: Occurrence, before: list[Reading], following: list[Occurrence]) -> Reading | None:
    """Read a past form or participle: "shot", "killed"."""
    bits = s.bits
    verb, auxiliary = verb_group(s, o.start)
    if auxiliary & (BE | GET):
        return passive(s, o, verb, s.subject(verb))
    if auxiliary & (HAVE | MODAL):
        return active(s, o, verb, s.subject(verb), object_behind(s, o, following))
    last = s.skip_left(o.start - 1, ADVERB)
    here = bits[last] if last >= 0 else STOP
    if here & REPORTED and here & ED and not s.has_object(o.end):  # "were reported killed", "was left wounded"
        outer, reporting = verb_group(s, last)
        return passive(s, o, outer, s.subject(outer if reporting & (BE | GET) else last))
    if here & (COORDINATOR | COMMA):
        joined = _joined(s, o, before, following, last)
        if joined is not None:
            return joined
    if here & (SUBJECT | RELATIVE) and not here & DETERMINER:
        agent = s.subject(o.start)
        return active(s, o, o.start, agent, object_behind(s, o, following))
    return _bare_participle(s, o, following, last, here)


def _joined(
    s: Sentence, o: Occurrence, before: list[Reading], following: list[Occurrence], last: int
) -> Reading | None:
    """Read a participle that "and" or a comma joins to a verb before it."""
    bits = s.bits
    has_object = s.has_object(o.end)
    previous = before[-1] if before else None
    if previous is not None and previous.form != NOMINAL and o.start - previous.occurrence.end < REACH:
        between = range(previous.occurrence.end, o.start)
        plain = not any(bits[p] & (STOP | CLAUSE | SUBJECT | AUXILIARY) for p in between)
        subject = previous.agent if previous.form == ACTIVE else previous.victim
        if plain and previous.form in (PASSIVE_AGENT, PASSIVE_AGENTLESS) and not has_object:
            return passive(s, o, o.start, subject)
        close = all(bits[p] & (COORDINATOR | ADVERB | COMMA) for p in between)
        victim = object_behind(s, o, following) or (previous.victim if close else None)
        joined = bits[last] & COORDINATOR or victim is not None
        if plain and previous.form == ACTIVE and joined and (has_object or close):
            return active(s, o, o.start, subject, victim)
    counted = bits[o.end] & (DETERMINER | NUMBER | OBJECT)
    if has_object and (bits[last] & COORDINATOR or counted):
        return active(s, o, o.start, s.subject(o.start), object_behind(s, o, following))
    if bits[last] & COORDINATOR and _passive_before(s, last):  # "was dragged away and shot"
        return passive(s, o, o.start, s.first_phrase(last))
    return None


def _passive_before(s: Sentence, place: int) -> bool:
    """Whether a passive stands in the clause before `place`."""
    bits = s.bits
    first = s.clause_start(place)
    return any(bits[p] & ED and bits[s.skip_left(p - 1, ADVERB)] & (BE | GET) for p in range(first + 1, place))


def _bare_participle(s: Sentence, o: Occurrence, following: list[Occurrence], last: int, here: int) -> Reading | None:
    """Read a past form without auxiliary: a finite verb, a reduced passive, a headline, or an adjective."""
    if _is_attribute(s, o, last, here):
        return None
    victim = object_behind(s, o, following)
    if here & MARK or here & CLAUSE or last < 0:
        if victim is not None and not here & COMMA and (last < 0 or here & STOP):
            # "Arrested Officer Released": without an article the participle is an adjective
            determined = s.bits[o.end] & (DETERMINER | NUMBER | OBJECT | QUANTIFIER)
            return active(s, o, o.start, None, victim) if determined else None
        return passive(s, o, o.start, _subject_of_opening(s, o, last))
    if here & PREPOSITION and not here & ADVERB:  # "after shot", "from wounded": no clause
        return None
    left = s.nearest_left(last)
    if left is None and here & (QUANTIFIER | NUMBER):
        left = Phrase(last, last + 1, last)
    leaving = left_behind(s, o.start)
    if leaving is not None:
        return resultative(s, o, leaving)
    if left is not None and (victim is not None or not o.inflection & PARTICIPLE):
        return active(s, o, o.start, s.subject(o.start), victim)
    return passive(s, o, o.start, left or s.subject(o.start))


def _subject_of_opening(s: Sentence, o: Occurrence, last: int) -> Phrase | None:
    """Return whom a participle at the start, or behind a comma, speaks of: "Detained on Sunday, the editor ..."."""
    if last >= 0 and s.bits[last] & COMMA and s.clause_start(last) < last:
        return s.chain_left(last - 1) or s.first_phrase(last)
    comma = o.end
    while comma < min(len(s), o.end + REACH) and not s.bits[comma] & MARK:
        comma += 1
    return s.phrase_right(comma + 1) if comma < len(s) and s.bits[comma] & COMMA else None


def _is_attribute(s: Sentence, o: Occurrence, last: int, here: int) -> bool:
    """Whether the participle is an adjective or a noun: "the wounded", "two wounded men", "displaced families"."""
    bits = s.bits
    right = bits[o.end]
    noun = bool(right & WORDLIKE and not right & (NO_NOUN | ADVERB | DETERMINER | TIME | QUANTIFIER | NUMBER))
    noun = noun and not s.verbs[o.end] and not (right & ED and not bits[o.end + 1] & LOWER_S)
    if here & (DETERMINER | POSSESSIVE) and not here & QUANTIFIER:
        return True
    if here & (QUANTIFIER | NUMBER):
        return noun and not right & CAPITALISED
    if last < 0 or here & (STOP | COMMA | CLAUSE | PRESENT_VERB):
        return noun and not right & CAPITALISED
    if here & (PREPOSITION | COORDINATOR | BE):
        return noun or bool(here & PREPOSITION)
    # "freed detained journalists", "many wounded soldiers": a verb or an adjective before it
    return noun and bool(here & ED)


def _ing(s: Sentence, o: Occurrence, before: list[Reading]) -> Reading | None:
    """Read a form in -ing: progressive, participle, gerund, or a noun."""
    bits = s.bits
    verb, auxiliary = verb_group(s, o.start)
    last = s.skip_left(o.start - 1, ADVERB)
    here = bits[last] if last >= 0 else STOP
    has_object = s.has_object(o.end) or bool(bits[o.end] & AIM and bits[o.end + 1] & OBJECT)  # "shooting at them"
    if auxiliary & BE and not bits[o.end] & OF:
        return active(s, o, verb, s.subject(verb), object_behind(s, o))
    if here & (DETERMINER | POSSESSIVE) or not has_object:
        return read_noun(s, o)
    if o.harm == "attack" and not here & (MARK | PREPOSITION | CLAUSE | COORDINATOR) and bits[o.end] & TIME:
        return read_noun(s, o)
    victim = object_behind(s, o)
    previous = before[-1] if before else None
    if here & COORDINATOR and previous is not None and previous.form == ACTIVE and previous.occurrence.inflection & ING:
        return active(s, o, o.start, previous.agent, victim)
    return active(s, o, o.start, _doer_of_ing(s, o, last, here), victim)


def _doer_of_ing(s: Sentence, o: Occurrence, last: int, here: int) -> Phrase | None:
    """Return who does what a participle or gerund says: the subject of its clause, or of the main clause behind."""
    if here & (COMMA | COORDINATOR):
        return s.first_phrase(last)
    if here & (PREPOSITION | SUBORDINATOR | STOP) or last < 0:
        doer = s.first_phrase(last) if last > 0 else None
        if doer is not None:
            return doer
        comma = o.end
        while comma < min(len(s), o.end + REACH) and not s.bits[comma] & (COMMA | STOP):
            comma += 1
        finite = any(s.bits[p] & AUXILIARY for p in range(o.end, comma))  # "Jailing them is a crime, the group said"
        return s.phrase_right(comma + 1) if s.bits[comma] & COMMA and not finite else None
    if here & ED or here & PRESENT_VERB:
        return s.first_phrase(last)
    return s.nearest_left(last)


def _is_noun(s: Sentence, o: Occurrence, before: list[Reading]) -> bool:
    """Whether a base or -s form ("attack", "arrests") is a noun."""
    bits = s.bits
    last = s.skip_left(o.start - 1, ADVERB)
    here = bits[last] if last >= 0 else STOP
    right = bits[o.end]
    if here & (MODAL | SUBJECT | RELATIVE) and not here & DETERMINER:
        return False
    if here & TO:
        if bits[last - 1] & NOUN_TO and not s.has_object(o.end):  # "guilty to murder"
            return True
        return bool(o.inflection & PRESENT or right & OF or (right & AIM and not bits[last - 1] & (ED | PRESENT_VERB)))
    if here & (DETERMINER | POSSESSIVE | PREPOSITION | NUMBER | QUANTIFIER | BE | HAVE):
        return True
    if right & (OF | BY | AIM):
        return True
    has_object = s.has_object(o.end)
    if here & COORDINATOR and before and before[-1].form == ACTIVE and has_object:
        return False
    if here & MARK or last < 0 or here & (COORDINATOR | ED | PRESENT_VERB):
        return not (has_object and bits[o.end] & (DETERMINER | NUMBER) and last < 0)
    if not has_object:
        return True
    # A noun before it: "Rebels attack town", "Gunman attacks crowd" have a subject that agrees.
    plural = bool(here & (LOWER_S | AMOUNT | PLURAL))
    return plural == bool(o.inflection & PRESENT) if s.group[last] >= 0 or plural else True


def _present(s: Sentence, o: Occurrence) -> Reading | None:
    """Read a base or -s form that is a verb."""
    bits = s.bits
    verb, auxiliary = verb_group(s, o.start)
    last = s.skip_left(verb - 1, ADVERB)
    here = bits[last] if last >= 0 else STOP
    if not auxiliary and here & (DETERMINER | POSSESSIVE) and not here & QUANTIFIER:
        return None
    if not auxiliary and o.aimed and not _agrees(s, o, last, here):  # "Israeli fire on the camp" is a noun
        return None
    if not auxiliary and o.bare_noun and not (here & TO or s.has_object(o.end)):  # "bombs fell", "empty shells"
        return None
    if not auxiliary and o.bare_noun and not _surely_object(s, o.end):
        return None
    if not auxiliary and o.bare_noun and here & (PREPOSITION | NUMBER | MARK) and not here & TO:
        return None
    return active(s, o, verb, s.subject(verb), object_behind(s, o))


def _agrees(s: Sentence, o: Occurrence, last: int, here: int) -> bool:
    """Whether what stands before "fire on" is its subject, and an object follows."""
    if not s.has_object(o.end):
        return False
    verbal = TO | SUBJECT | RELATIVE | COORDINATOR | LOWER_S | PLURAL | AMOUNT
    return bool(here & verbal) or (s.kind(last) == "actor" and s.name(last) != "nationality")


def _surely_object(s: Sentence, place: int) -> bool:
    """Whether what follows "bombs" or "shells" can only be an object: no verb that looks like a noun."""
    phrase = s.phrase_right(place)
    sure = DETERMINER | NUMBER | OBJECT | CAPITALISED
    return phrase is not None and bool(s.bits[phrase.start] & sure or s.group[phrase.head] >= 0)

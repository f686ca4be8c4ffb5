"""Noun phrases, found by closed word classes: no parser, only the words around a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from framing.harm.grammar import BIT

BE, GET, HAVE, MODAL = BIT["BE"], BIT["GET"], BIT["HAVE"], BIT["MODAL"]
NEGATION, NOBODY = BIT["NEGATION"], BIT["NOBODY"]
DETERMINER, QUANTIFIER, NUMBER, AMOUNT = BIT["DETERMINER"], BIT["QUANTIFIER"], BIT["NUMBER"], BIT["AMOUNT"]
SUBJECT, OBJECT = BIT["SUBJECT"], BIT["OBJECT"]
PREPOSITION, BY, OF, SETTING, TO = BIT["PREPOSITION"], BIT["BY"], BIT["OF"], BIT["SETTING"], BIT["TO"]
COORDINATOR, SUBORDINATOR, RELATIVE = BIT["COORDINATOR"], BIT["SUBORDINATOR"], BIT["RELATIVE"]
CLAUSAL, OPEN = BIT["CLAUSAL"], BIT["OPEN"]
ADVERB, LEAD, TIME = BIT["ADVERB"], BIT["LEAD"], BIT["TIME"]
PRESENT, ED, ING = BIT["PRESENT"], BIT["ED"], BIT["ING"]
COMMA, STOP, PAREN, POSSESSIVE = BIT["COMMA"], BIT["STOP"], BIT["PAREN"], BIT["POSSESSIVE"]
CAPITALISED, WORDLIKE, LOWER_S, JOINED = BIT["CAPITALISED"], BIT["WORDLIKE"], BIT["LOWER_S"], BIT["JOINED"]

MARK = COMMA | STOP | PAREN
AUXILIARY = BE | GET | HAVE | MODAL
CLAUSE = SUBORDINATOR | RELATIVE
# Ends a noun phrase on either side.
NO_NOUN = AUXILIARY | PREPOSITION | COORDINATOR | CLAUSE | SUBJECT | OBJECT | PRESENT | MARK | TO
PADDING = 4  # stops behind the last word, so that looking ahead is safe
REACH = 24  # tokens that a subject may stand away from its verb, with what is put in between
WINDOW = 80  # tokens of a clause that are looked at: keeps the time linear however long a sentence is


class Phrase(NamedTuple):
    """A noun phrase: first word, the place behind the last, and the word that says what it is."""

    start: int
    end: int
    head: int


@dataclass(slots=True)
class Words:
    """One sentence without its quotation marks; places are indices into it.

    Attributes
    ----------
    bits : list of int
        Word classes, with `PADDING` stops behind the last: looking ahead, or one place before the first, finds a stop.
    group : list of int
        Number of the group that each word is a name for; -1 for none.
    harm : list of bool
        Words that report harm.
    verbs : list of bool
        Words of harm that can be no nouns; they end a noun phrase.
    names, kinds : sequence of str
        Name and kind of each group.
    """

    bits: list[int]
    group: list[int]
    harm: list[bool]
    verbs: list[bool]
    names: Sequence[str] = ()
    kinds: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.bits) - PADDING

    def name(self, place: int) -> str:
        """Return the group that a word is a name for; "" for none."""
        return self.names[self.group[place]] if self.group[place] >= 0 else ""

    def kind(self, place: int) -> str:
        """Return the kind of the group that a word is a name for; "" for none."""
        return self.kinds[self.group[place]] if self.group[place] >= 0 else ""

    def kind_of(self, name: str) -> str:
        """Return the kind of a group by its name; "" for those that no lexicon has."""
        return self.kinds[self.names.index(name)] if name in self.names else ""

    def is_year(self, phrase: Phrase) -> bool:
        """Whether a phrase is nothing but digits: a year, a day, a score."""
        return phrase.end - phrase.start == 1 and bool(self.bits[phrase.head] & BIT["DIGITS"])

    def skip_left(self, place: int, classes: int) -> int:
        """Return the first place at or before `place` that has none of the classes; -1 at the start."""
        limit = max(-1, place - REACH)
        while place > limit and self.bits[place] & classes:
            place -= 1
        return place

    def phrase_left(self, last: int) -> Phrase | None:
        """Return the noun phrase that ends with the word `last`."""
        bits = self.bits
        if last < 0 or bits[last] & (MARK | POSSESSIVE):
            return None
        if bits[last] & (SUBJECT | OBJECT) and not bits[last] & DETERMINER:
            return Phrase(last, last + 1, last)
        first = last
        while first > last - REACH and first >= 0 and self._in_phrase(first, last):
            if bits[first] & QUANTIFIER and bits[first - 1] & NEGATION and bits[first - 1] & DETERMINER:  # "no one"
                return Phrase(first - 1, last + 1, last)
            if bits[first] & (DETERMINER | QUANTIFIER) and not bits[first - 1] & (QUANTIFIER | NUMBER | POSSESSIVE):
                return Phrase(first, last + 1, last)
            first -= 1
        return Phrase(first + 1, last + 1, last) if first < last else None

    def _in_phrase(self, place: int, last: int) -> bool:
        """Whether a word can stand in a noun phrase that ends at `last`."""
        bits, here = self.bits, self.bits[place]
        if here & (DETERMINER | POSSESSIVE | QUANTIFIER | NUMBER):
            return True
        if here & PRESENT and bits[place - 1] & (DETERMINER | POSSESSIVE):  # "the hopes", "her claims"
            return True
        if place < last and bits[place + 1] & JOINED and here & WORDLIKE:
            return True  # "off-duty officer"
        if here & (NO_NOUN | ADVERB) or self.verbs[place]:
            return False
        if here & JOINED and place < last:
            return True  # "Saudi-led coalition"
        if here & (ED | ING) and place < last and not here & CAPITALISED:
            # "two wounded men", but not "said police"
            return bool(bits[place - 1] & (DETERMINER | NUMBER | QUANTIFIER | PREPOSITION | POSSESSIVE))
        return not (here & ED and place == last and not here & CAPITALISED)

    def chain_left(self, last: int) -> Phrase | None:
        """Return the noun phrase that ends at `last`, led back over its prepositional phrases to the first head.

        "The attack on the bus" gives "attack"; "dozens of people" gives "people".
        """
        last = self._before_time(last)
        phrase = self.phrase_left(last)
        if phrase is None or self.bits[last] & SUBJECT:
            return phrase
        whole_end = phrase.end
        if self.bits[phrase.start - 1] & PREPOSITION and self.bits[phrase.start] & LEAD:  # "at least 60"
            return Phrase(phrase.start - 1, phrase.end, phrase.head)
        while self.bits[phrase.start - 1] & PREPOSITION and phrase.start >= 2 and phrase.start > last - WINDOW:
            link = self.bits[phrase.start - 1]
            if link & CLAUSAL and not self.bits[phrase.start - 2] & LEAD:
                break
            if self.bits[phrase.start - 2] & LEAD:  # "more than 60"
                phrase = Phrase(phrase.start - 2, whole_end, phrase.head)
                break
            before = self.phrase_left(phrase.start - 2)
            if before is None:
                break
            counts = link & OF and self.bits[before.head] & (NUMBER | AMOUNT | QUANTIFIER)
            phrase = Phrase(before.start, whole_end, phrase.head if counts else before.head)
        return self._first_of_pair(phrase)

    def _before_time(self, last: int) -> int:
        """Skip "on Tuesday", "late on Monday night", "two days ago" leftwards."""
        bits = self.bits
        place = last
        while place > last - REACH and place >= 0 and bits[place] & TIME:
            place = self.skip_left(place, TIME | DETERMINER | NUMBER)
            if place >= 0 and bits[place] & PREPOSITION:
                place -= 1
        return place if place >= 0 and not bits[place] & NO_NOUN else last

    def _first_of_pair(self, phrase: Phrase) -> Phrase:
        """Of "a mother and her son" take the first, where both are surely one subject; of "fighting between X and Y"
        the fighting."""
        bits = self.bits
        if phrase.start < 2 or not bits[phrase.start - 1] & COORDINATOR:
            return phrase
        before = self.phrase_left(phrase.start - 2)
        if before is None:
            return phrase
        outer = bits[before.start - 1]
        if outer & PREPOSITION and before.start >= 2:
            event = self.phrase_left(before.start - 2)
            if event is not None and self.group[event.head] >= 0 and not outer & OF:
                return Phrase(event.start, phrase.end, event.head)
            return phrase
        if before.start == 0 or outer & (STOP | SUBORDINATOR | COMMA | RELATIVE | PRESENT):
            return Phrase(before.start, phrase.end, before.head)
        return phrase

    def skip_lead(self, place: int) -> int:
        """Skip what opens a number or an adverb before a noun phrase: "at least", "more than", "as many as"."""
        bits = self.bits
        for _ in range(4):
            here, following = bits[place], bits[place + 1] if place < len(self) else 0
            counts = following & (NUMBER | LEAD | DETERMINER) or not here & PREPOSITION
            if here & LEAD and following & WORDLIKE and counts:
                place += 1
            elif here & PREPOSITION and following & LEAD and not here & (BY | OF):
                place += 2
            elif self._is_passed_over(place):
                place += 1
            else:
                break
        return min(place, len(self))

    def _is_passed_over(self, place: int) -> bool:
        """Whether a word is the "than" of "more than 40", or an adverb before a noun phrase."""
        bits, here, following = self.bits, self.bits[place], self.bits[place + 1]
        if here & (PREPOSITION | SUBORDINATOR) and following & NUMBER and bits[place - 1] & LEAD:
            return True
        return bool(here & ADVERB and following & WORDLIKE and not here & TIME)

    def phrase_right(self, place: int, depth: int = 0) -> Phrase | None:
        """Return the noun phrase that begins at `place`; `depth` counts the "of" that led here."""
        bits = self.bits
        start = self.skip_lead(place)
        here = bits[start]
        if here & OBJECT and not (here & DETERMINER and self._goes_on(start + 1, start)):
            return Phrase(start, start + 1, start)
        if here & SUBJECT and not here & DETERMINER:
            return Phrase(start, start + 1, start)
        end = start
        while end < min(len(self), start + REACH) and self._goes_on(end, start):
            end += 1
        if end == start:
            return None
        head = end - 1
        if bits[head] & POSSESSIVE:
            head -= 1
        if bits[head] & DETERMINER and not bits[head] & QUANTIFIER:
            return None
        if depth < 3 and bits[end] & OF and bits[head] & (NUMBER | AMOUNT | QUANTIFIER):
            inner = self.phrase_right(end + 1, depth + 1)
            if inner is not None:
                return Phrase(start, inner.end, inner.head)
        return Phrase(start, end, head)

    def _goes_on(self, place: int, start: int) -> bool:
        """Whether a word goes on with a noun phrase begun at `start`."""
        bits, here = self.bits, self.bits[place]
        if here & (DETERMINER | QUANTIFIER | NUMBER):
            return place == start or bool(bits[place - 1] & (DETERMINER | QUANTIFIER | NUMBER | POSSESSIVE | LEAD))
        if here & POSSESSIVE:
            return place > start
        if here & WORDLIKE and bits[place + 1] & JOINED:
            return True
        if here & PRESENT and bits[place - 1] & (DETERMINER | POSSESSIVE):
            return True
        if here & (NO_NOUN | ADVERB) or self.verbs[place]:
            return False
        if here & JOINED and place > start:
            return True
        if here & ING and self.group[place] >= 0 and bits[place - 1] & (DETERMINER | POSSESSIVE):
            return True  # "the fighting"
        if here & (ED | ING):
            following = bits[place + 1]
            return place == start or bool(
                bits[place - 1] & (DETERMINER | NUMBER | QUANTIFIER | POSSESSIVE)
                and following & WORDLIKE
                and not following & (NO_NOUN | ADVERB)
            )
        # "killed a man Tuesday": the day is no part of it
        return not (here & TIME and place > start and not bits[place - 1] & DETERMINER)

    def has_object(self, place: int) -> bool:
        """Whether a noun phrase that can be an object begins at `place`."""
        bits = self.bits
        here = bits[place]
        if here & OBJECT and not here & DETERMINER:
            return True
        if here & (BY | OF | TO) or here & MARK:
            return False
        start = self.skip_lead(place)
        here = bits[start]
        if here & (ED | ING) and not here & CAPITALISED and (bits[start + 1] & (NO_NOUN | ADVERB | DETERMINER)):
            return False
        phrase = self.phrase_right(place)
        if phrase is None or bits[phrase.head] & (TIME | SUBJECT & ~OBJECT):
            return False
        return not (bits[phrase.head] & NUMBER and bits[phrase.end] & TIME)  # "imprisoned ten years"

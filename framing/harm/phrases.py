"""Noun phrases and subjects, found by closed word classes: no parser, only the words around a place."""

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
class Sentence:
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
        # What opens with a preposition is no subject: "On Tuesday police" has another head.
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

    def clause_start(self, place: int) -> int:
        """Return the first word of the clause that `place` stands in."""
        bits = self.bits
        first = place
        while first > max(0, place - WINDOW) and not bits[first - 1] & (STOP | CLAUSE):
            first -= 1
            if bits[first] & SUBJECT and not bits[first] & OBJECT:
                break
        return first

    def first_phrase(self, place: int) -> Phrase | None:
        """Return the subject of the clause that `place` stands in: its first noun phrase, the antecedent in a
        relative clause."""
        bits = self.bits
        first = self.clause_start(place)
        if first and bits[first - 1] & RELATIVE:
            inner = self.phrase_right(first) if not bits[first] & (AUXILIARY | ED | ADVERB) else None
            if inner is None:
                return self.antecedent(first - 1)
        first = self._behind_opening(first, place)
        phrase = self.phrase_right(first) if first < place else None
        return phrase if phrase is None or phrase.end <= place else None

    def _behind_opening(self, first: int, place: int) -> int:
        """Skip what opens a clause before its subject: "And on Thursday, in the town, ..."."""
        bits = self.bits
        while first < place:
            if bits[first] & PREPOSITION and not bits[first + 1] & LEAD:
                inner = self.phrase_right(first + 1)
                first = first + 1 if inner is None else inner.end
            elif bits[first] & (COORDINATOR | ADVERB | COMMA | PAREN | TIME):
                first += 1
            else:
                break
        return first

    def antecedent(self, pronoun: int) -> Phrase | None:
        """Return what a relative pronoun stands for."""
        last = pronoun - 1
        if last >= 0 and self.bits[last] & (PREPOSITION | OPEN):  # "the attack in which", "unclear who"
            return None
        return self.nearest_left(self.skip_left(last, COMMA | PAREN))

    def nearest_left(self, last: int) -> Phrase | None:
        """Return the nearest of the chained phrases before a relative clause or participle that can do or suffer
        something, by its group: "attacks" of "responsibility for the attacks in Paris that killed"."""
        last = self._before_time(last)
        phrase = self.phrase_left(last)
        while phrase is not None and phrase.start > last - WINDOW:
            able = self.kind(phrase.head) in ("body", "actor", "thing") and self.name(phrase.head) != "states"
            if able or self.bits[phrase.head] & (QUANTIFIER | NUMBER | SUBJECT | OBJECT):
                return self._first_of_pair(phrase)
            link = self.bits[phrase.start - 1]
            if phrase.start < 2 or not link & PREPOSITION or link & CLAUSAL:
                break
            phrase = self.phrase_left(phrase.start - 2)
        return self.chain_left(last)

    def subject(self, verb: int) -> Phrase | None:
        """Return the subject of the verb whose first word, auxiliaries included, stands at `verb`."""
        bits = self.bits
        last = self.skip_left(verb - 1, ADVERB)
        if last < 0:
            return None
        here = bits[last]
        if here & RELATIVE:
            return self.antecedent(last)
        if here & PAREN:
            last = self._opening(last)
            return self.chain_left(last - 1)
        if here & COMMA:
            return self._over_insertion(last) or self.first_phrase(last)
        if here & TO:
            return self._subject_of_infinitive(last, bool(bits[verb] & (BE | GET | HAVE)))
        if here & (COORDINATOR | PREPOSITION | AUXILIARY):
            return self.first_phrase(last)
        if here & (STOP | SUBORDINATOR):
            return None
        return self._plain_subject(last) or self.first_phrase(last)

    def _plain_subject(self, last: int) -> Phrase | None:
        """Return the subject that ends right before its verb, looking over ", of Norwell" and relative clauses."""
        bits = self.bits
        phrase = self.chain_left(last)
        if phrase is None:
            return None
        if bits[phrase.start - 1] & PREPOSITION and bits[phrase.start - 2] & COMMA:
            return self._over_insertion(phrase.start - 2) or self.chain_left(phrase.start - 3) or phrase
        if self.group[phrase.head] < 0 and not bits[phrase.head] & (
            CAPITALISED | NUMBER | SUBJECT | OBJECT | QUANTIFIER
        ):
            for place in range(phrase.start - 1, max(-1, phrase.start - 13), -1):
                if bits[place] & MARK:
                    break
                if bits[place] & RELATIVE and place:  # "those who do not pass the screening will be"
                    return self.antecedent(place) or phrase
        return phrase

    def _subject_of_infinitive(self, to: int, passive: bool) -> Phrase | None:
        """Return the subject of "expected to", "allow them to be"; for "entered the town to" that of the clause."""
        bits = self.bits
        last = to - 1
        if last < 0 or not bits[last] & (ED | PRESENT | ADVERB | BE | ING):
            noun = self.chain_left(last)
            if noun is not None and (passive or bits[noun.start - 1] & BIT["CAUSES"]):
                return noun
            return self.first_phrase(to)
        last = self.skip_left(last, ED | PRESENT | ADVERB | AUXILIARY | ING)
        return self.chain_left(last) or self.first_phrase(to)

    def _opening(self, closing: int) -> int:
        place = closing - 1
        while place > max(0, closing - REACH) and not self.bits[place] & PAREN:
            place -= 1
        return place

    def _over_insertion(self, comma: int) -> Phrase | None:
        """Return the noun phrase before an insertion between commas: "The man, who was 34, was shot"."""
        bits = self.bits
        place = comma - 1
        while place >= max(0, comma - REACH) and not bits[place] & STOP:
            if bits[place] & COMMA:
                inside = bits[place + 1]
                before = self.chain_left(place - 1)
                opens = inside & (RELATIVE | DETERMINER | NUMBER | ED | ING | PREPOSITION) or inside & WORDLIKE
                if before is not None and opens and not self.is_year(before):
                    return before
            place -= 1
        return None

"""Subjects: what the clause rules take for the subject of a verb."""

from __future__ import annotations

from framing.harm.grammar import BIT
from framing.harm.phrases import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITALISED,
    CLAUSAL,
    CLAUSE,
    COMMA,
    COORDINATOR,
    DETERMINER,
    ED,
    GET,
    HAVE,
    ING,
    LEAD,
    MARK,
    NUMBER,
    OBJECT,
    OPEN,
    PAREN,
    PREPOSITION,
    PRESENT,
    QUANTIFIER,
    REACH,
    RELATIVE,
    STOP,
    SUBJECT,
    SUBORDINATOR,
    TIME,
    TO,
    WINDOW,
    WORDLIKE,
    Phrase,
    Words,
)


class Sentence(Words):
    """A sentence that knows the subjects of its verbs."""

    __slots__ = ()

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
            counted = self.bits[phrase.head] & (QUANTIFIER | NUMBER | SUBJECT | OBJECT)
            if able or (counted and not (self.is_year(phrase) and self.bits[phrase.start - 1] & PREPOSITION)):
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
        if bits[verb] & ING:  # "the cost of people getting killed"
            return self.nearest_left(last)
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

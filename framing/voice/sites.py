"""The surroundings of each cue: how its verb is used, what stands before it, and where its content could begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import DIGIT, HYPHENATED, BoolArray, IntArray, LongArray
from framing.voice.cues import BASE, BIT, ING, NOMINAL, PARTICIPLE, PAST, PRESENT, CueMatches
from framing.voice.grammar import CLASS
from framing.voice.layout import Layout, last_place, next_place

# How the verb of a cue is used.
OTHER, FINITE, MODAL, INFINITIVE, PROGRESSIVE, PASSIVE, GERUND, NOUN = range(8)

SPEECH = sum(BIT[c] for c in ("say", "remark", "perceive", "tell", "think", "ask"))
_C = CLASS


@dataclass(frozen=True, slots=True)
class Sites:
    """Cues with their surroundings; one entry a cue.

    Attributes
    ----------
    start, end : int64 arrays
        Tokens of the cue.
    category, inflection : int32 arrays
        See `CueMatches`.
    use : int32 array
        FINITE, MODAL, ... NOUN.
    subject : int64 array
        Last token of the subject: what stands before verb, auxiliaries and adverbs; less than `first` when
        there is nothing.
    before : int64 array
        Word classes of that token, 0 when there is none.
    first, stop : int64 arrays
        First token of the sentence, and the token behind its last word.
    left : int64 array
        Last boundary (comma, colon, dash, mark) before the cue in its sentence; -1 for none.
    opener : int64 array
        First word of the cue's clause: behind `left` and a coordinating "and" or "but".
    begin : int64 array
        Where content behind the cue would begin: behind addressee, time and place of speaking.
    here : int64 array
        Word classes at `begin`; -1 when the sentence ends there.
    evidence : bool array
        The clause names a poll, a study, a court or the like before the cue.
    """

    start: LongArray
    end: LongArray
    category: IntArray
    inflection: IntArray
    use: IntArray
    subject: LongArray
    before: LongArray
    first: LongArray
    stop: LongArray
    left: LongArray
    opener: LongArray
    begin: LongArray
    here: LongArray
    evidence: BoolArray

    def __len__(self) -> int:
        return len(self.start)

    def of(self, *categories: str) -> BoolArray:
        """Which cues belong to any of the categories."""
        return np.asarray((self.category & sum(BIT[c] for c in categories)) != 0)

    def speaks(self) -> BoolArray:
        """Which cues are verbs of speech or judgement, used as verbs."""
        verbs = self.of(
            "say", "remark", "think", "tell", "ask", "judge", "accuse", "name", "discuss", "demand", "promise", "hope"
        )
        nominal = (self.inflection & NOMINAL) != 0
        return np.asarray(
            verbs & np.isin(self.use, (FINITE, MODAL, INFINITIVE, PROGRESSIVE, GERUND, PASSIVE)) & ~nominal
        )

    def takes(self, *classes: str) -> BoolArray:
        """Where content would begin with a word of any of these classes."""
        return np.asarray((self.here > 0) & ((self.here & sum(_C[c] for c in classes)) != 0))

    def follows(self, *classes: str) -> BoolArray:
        """Where the subject ends with a word of any of these classes."""
        return np.asarray((self.before & sum(_C[c] for c in classes)) != 0)


def find_sites(lay: Layout, cues: CueMatches) -> Sites:
    """Look around each cue that stands in the outlet's own text."""
    hyphened = (np.append(lay.tokens.flags, 0) & HYPHENATED) != 0
    own = ~lay.quoted[cues.start] & ~hyphened[cues.start] & ~hyphened[cues.end]
    start, end = cues.start[own], cues.end[own]
    category, inflection = cues.category[own], cues.inflection[own]
    first, stop = lay.first[start].astype(np.int64), lay.last[start].astype(np.int64)
    use, subject = _verb_use(lay, start, inflection, first)
    before = np.where(subject >= first, lay.bits[np.maximum(subject, 0)], 0)
    left = lay.last_boundary[np.maximum(start - 1, 0)].astype(np.int64)
    left = np.where((left < first) | (start == first), -1, left)
    opener = np.where(left >= 0, left + 1, first)
    opener = opener + lay.has(opener, "COORDINATOR")
    begin, here = _content_begin(lay, start, end, stop, category)
    evidence = last_place(lay.classes("EVIDENCE"))[np.maximum(start - 1, 0)] >= opener
    return Sites(
        start, end, category, inflection, use, subject, before, first, stop, left, opener, begin, here, evidence
    )


def _verb_use(lay: Layout, start: LongArray, verb: IntArray, first: LongArray) -> tuple[IntArray, LongArray]:
    """Decide how verbs are used, from the auxiliaries in front of them; and where their subjects end."""
    bits = lay.bits
    skip = _C["ADVERB"] | _C["NEGATION"]
    hold = _C["PERSONAL"] | _C["PRONOUN"] | _C["RELATIVE"] | _C["THAT"] | _C["PREPOSITION"] | _C["SUBORDINATOR"]

    def step_back(place: LongArray) -> LongArray:
        for _ in range(3):
            word = bits[np.maximum(place, 0)]
            place = np.where((place >= first) & ((word & skip) != 0) & ((word & hold) == 0), place - 1, place)
        return place

    place = step_back(start - 1)
    safe = np.maximum(place, 0)
    word = np.where(place >= first, bits[safe], 0)
    be, have, modal, to = ((word & _C[c]) != 0 for c in ("BE", "HAVE", "MODAL", "TO"))
    ing, participle = (verb & ING) != 0, (verb & PARTICIPLE) != 0
    possessive = lay.is_form(start - 1, "'s") & (start > first)
    nominal = ((word & (_C["DETERMINER"] | _C["PREPOSITION"])) != 0) & ((word & (_C["PRONOUN"] | _C["THAT"])) == 0)
    number = (place >= first) & ((lay.kind[safe] & DIGIT) != 0)
    present = (verb & (BASE | PRESENT)) != 0
    use = np.full(len(start), OTHER, dtype=np.int32)
    use[(verb & (PAST | PRESENT | BASE)) != 0] = FINITE
    use[present & nominal] = NOUN
    use[(nominal | number) & participle & ~ing] = OTHER
    use[ing] = GERUND
    use[be & participle & ~ing] = PASSIVE
    use[be & ing] = PROGRESSIVE
    use[possessive & present] = NOUN
    use[have & participle] = FINITE
    use[modal & ((verb & BASE) != 0)] = MODAL
    use[to & ((verb & BASE) != 0)] = INFINITIVE
    for _ in range(3):
        word = np.where(place >= first, bits[np.maximum(place, 0)], 0)
        auxiliary = (word & (_C["BE"] | _C["HAVE"] | _C["MODAL"])) != 0
        place = step_back(np.where(auxiliary & (verb != 0) & (use != NOUN), place - 1, place))
    return use, place


def _content_begin(
    lay: Layout, start: LongArray, end: LongArray, stop: LongArray, category: IntArray
) -> tuple[LongArray, LongArray]:
    """Find where content behind a cue would begin: behind whom one tells, and when, where and how one says it."""
    bits, size = lay.bits, len(lay)
    pronoun = ((bits & (_C["PERSONAL"] | _C["IT"])) != 0) | (
        ((bits & _C["PRONOUN"]) != 0) & ((bits & _C["DETERMINER"]) == 0)
    )
    clause = pronoun | lay.boundary | ((bits & (_C["THAT"] | _C["WH"])) != 0)
    adverbial_end = next_place(clause | ((bits & _C["TIME"]) != 0))
    addressee_end = next_place(clause | ((bits & (_C["TIME"] | _C["TO"] | _C["PREPOSITION"])) != 0))

    def at(place: npt.NDArray[np.integer]) -> LongArray:
        found: LongArray = bits[np.minimum(place, size)]
        return found

    begin = end.copy()
    word = at(begin)
    told = ((category & BIT["tell"]) != 0) & (begin < stop) & ~lay.boundary[np.minimum(begin, size)]
    told &= (word & (_C["THAT"] | _C["WH"] | _C["PREPOSITION"] | _C["TO"])) == 0
    reached = np.minimum(addressee_end[np.minimum(begin + 1, size)], stop)
    # "told cable morning shows that": to the conjunction, when no verb comes first
    ahead = np.minimum(begin + 1, size)
    that = next_place((bits & _C["THAT"]) != 0)[ahead]
    plain = (that < lay.next_boundary[ahead]) & (that < lay.next_verb[ahead]) & (that < stop) & (that - begin <= 10)
    reached = np.where(plain, that, reached)
    to_whom = np.where((word & _C["OBJECT"]) != 0, 1, np.where(plain | (reached - begin <= 5), reached - begin, 1))
    begin = np.where(told, begin + to_whom, begin)
    speech = (category & SPEECH) != 0
    for _ in range(6):
        word = at(begin)
        adverb = ((word & _C["ADVERB"]) != 0) & ((word & _C["DETERMINER"]) == 0)
        step = (adverb | ((word & _C["TIME"]) != 0)).astype(np.int64)
        step[((word & _C["DETERMINER"]) != 0) & ((at(begin + 1) & _C["TIME"]) != 0)] = 2
        preposition = ((word & _C["PREPOSITION"]) != 0) & ((word & _C["SUBORDINATOR"]) == 0)
        preposition &= ((word & _C["TO"]) == 0) | (
            (at(begin + 1) & (_C["BE"] | _C["HAVE"])) == 0
        )  # "said to have fled"
        step = np.where(preposition, np.minimum(adverbial_end[np.minimum(begin + 1, size)], stop) - begin, step)
        step[(word & (_C["PERSONAL"] | _C["THAT"] | _C["WH"])) != 0] = 0
        begin = np.where(speech & (begin < stop), begin + step, begin)
    inside = begin < stop
    here = np.where(inside, at(begin), -1)
    # "vowed not to"
    here = np.where(inside & ((here & _C["NOT"]) != 0) & ((at(begin + 1) & _C["TO"]) != 0), _C["TO"], here)
    # "believes, for example, that"; "said on television, where he is a guest, that"
    second = lay.next_comma[np.minimum(begin + 1, size)]
    resumed = (
        speech & inside & lay.comma[np.minimum(begin, size)] & (second < stop) & ((at(second + 1) & _C["THAT"]) != 0)
    )
    begin = np.where(resumed, second + 1, begin)
    here = np.where(resumed, _C["THAT"], here)
    return begin, here

"""Clause rules: where the content of indirect speech and thought begins and ends around each cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import CAPITAL, DIGIT, HYPHENATED, TERMINAL, WORD, BoolArray, IntArray, LongArray
from framing.voice.cues import BASE, BIT, ING, NOMINAL, PARTICIPLE, PAST, PRESENT, CueMatches
from framing.voice.grammar import (
    CLASS,
    MARK,
    PUNCT_CLOSE,
    PUNCT_COLON,
    PUNCT_COMMA,
    PUNCT_DASH,
    PUNCT_OPEN,
    PUNCT_SEMICOLON,
)
from framing.voice.layout import Layout

# How a cue's verb is used.
FINITE, MODAL, INFINITIVE, PROGRESSIVE, PASSIVE, GERUND, NOUN, OTHER = range(8)

_CLAUSE = BIT["remark"] | BIT["perceive"] | BIT["say"] | BIT["think"] | BIT["hope"] | BIT["show"] | BIT["tell"] | BIT["ask"] | BIT["promise"] | BIT["demand"]
_VERB = _CLAUSE | BIT["judge"] | BIT["accuse"] | BIT["name"] | BIT["discuss"] | BIT["stance"]
_POST = BIT["say"] | BIT["remark"] | BIT["show"] | BIT["tell"]
_C = CLASS
BARE, STANCE = 4, False


@dataclass(frozen=True, slots=True)
class Spans:
    """Candidate contents: start, end (tokens), cue number, rule number; one row each."""

    start: LongArray
    end: LongArray
    cue: LongArray
    rule: npt.NDArray[np.int32]


def verb_use(lay: Layout, cues: CueMatches) -> tuple[IntArray, LongArray]:
    """Decide how each cue's verb is used, from the auxiliaries in front of it.

    Returns
    -------
    use : int32 array (cues,)
    subject : int64 array (cues,)
        Last token of the subject (or whatever stands before verb, auxiliaries and adverbs); first - 1 when there is nothing.
    """
    bits, first = lay.bits, lay.first[cues.start]
    place = cues.start - 1
    skip = _C["ADVERB"] | _C["NEGATION"]
    hold = _C["PERSONAL"] | _C["PRONOUN"] | _C["RELATIVE"] | _C["THAT"] | _C["PREPOSITION"] | _C["SUBORDINATOR"]

    def back(place: LongArray) -> LongArray:
        for _ in range(3):
            word = bits[np.maximum(place, 0)]
            place = np.where((place >= first) & ((word & skip) != 0) & ((word & hold) == 0), place - 1, place)
        return place

    place = back(place)
    word = np.where(place >= first, bits[np.maximum(place, 0)], 0)
    be = (word & _C["BE"]) != 0
    have = (word & _C["HAVE"]) != 0
    modal = (word & _C["MODAL"]) != 0
    to = (word & _C["TO"]) != 0
    verb = cues.inflection
    ing = (verb & ING) != 0
    participle = (verb & PARTICIPLE) != 0
    possessive = be & (cues.start - 1 == place) & (lay.tokens.form[np.maximum(place, 0)] == lay.tokens.forms.index.get("'s", -1))
    use = np.full(len(cues), OTHER, dtype=np.int32)
    nominal = ((word & (_C["DETERMINER"] | _C["PREPOSITION"])) != 0) & ((word & (_C["PRONOUN"] | _C["THAT"])) == 0)
    use[(verb & (PAST | PRESENT | BASE)) != 0] = FINITE
    use[(verb & (BASE | PRESENT)) != 0] = np.where(nominal[(verb & (BASE | PRESENT)) != 0], NOUN, FINITE)
    number = (place >= first) & ((lay.kind[np.maximum(place, 0)] & DIGIT) != 0)
    use[(nominal | number) & participle & ~ing] = OTHER
    use[ing] = GERUND
    use[be & participle & ~ing] = PASSIVE
    use[be & ing] = PROGRESSIVE
    use[possessive & ((verb & (BASE | PRESENT)) != 0)] = NOUN
    use[have & participle] = FINITE
    use[modal & ((verb & BASE) != 0)] = MODAL
    use[to & ((verb & BASE) != 0)] = INFINITIVE
    use[verb == 0] = OTHER
    # Step over the auxiliaries to the subject.
    for _ in range(3):
        word = np.where(place >= first, bits[np.maximum(place, 0)], 0)
        aux = (word & (_C["BE"] | _C["HAVE"] | _C["MODAL"])) != 0
        place = back(np.where(aux & (verb != 0) & (use != NOUN), place - 1, place))
    return use, place


class ClauseRules:
    """Applies the rules to a layout with its cues."""

    def __call__(self, lay: Layout, cues: CueMatches) -> Spans:
        """Return candidate contents, in order of preference: later rows never overwrite earlier ones."""
        bits = lay.bits
        size = len(bits)
        none = np.zeros(0, dtype=np.int64)
        if not len(cues):
            return Spans(none, none, none, none.astype(np.int32))
        padded = np.append(bits, 0)
        use, subject = verb_use(lay, cues)
        category = cues.category
        stop = lay.last[cues.start]
        first = lay.first[cues.start]
        verbal = (category & (_VERB | BIT["noun"] | BIT["adjective"])) != 0
        hyphen = (np.append(lay.tokens.flags, 0) & HYPHENATED) != 0
        own = ~lay.quoted[cues.start] & ~hyphen[cues.start] & ~hyphen[cues.end]

        comma = (bits & PUNCT_COMMA) != 0
        mark = (bits & MARK) != 0
        that = (bits & _C["THAT"]) != 0
        subject_pronoun = ((bits & (_C["PERSONAL"] | _C["IT"])) != 0) | ((bits & _C["PRONOUN"]) != 0) & ((bits & _C["DETERMINER"]) == 0)
        colon = (bits & (PUNCT_COLON | PUNCT_SEMICOLON | PUNCT_DASH)) != 0
        time = (bits & _C["TIME"]) != 0
        next_comma = lay.next(comma | mark | colon)
        adverbial_end = lay.next(that | subject_pronoun | comma | mark | colon | time | ((bits & _C["WH"]) != 0))
        addressee_end = lay.next(
            that | subject_pronoun | comma | mark | colon | time | ((bits & (_C["WH"] | _C["TO"] | _C["PREPOSITION"])) != 0)
        )

        # --- where forward content begins
        begin = cues.end.copy()
        told = (category & BIT["tell"]) != 0
        reached = np.minimum(addressee_end[np.minimum(begin + 1, size)], stop)
        obj = (padded[np.minimum(begin, size)] & _C["OBJECT"]) != 0
        has_object = told & (begin < stop) & ((padded[np.minimum(begin, size)] & (_C["THAT"] | _C["WH"] | _C["PREPOSITION"] | PUNCT_COMMA | MARK | _C["TO"])) == 0)
        begin = np.where(has_object, np.where(obj, begin + 1, np.where(reached - begin <= 5, reached, begin + 1)), begin)
        speech = (category & (BIT["remark"] | BIT["perceive"] | BIT["say"] | BIT["tell"] | BIT["think"] | BIT["ask"])) != 0
        for _ in range(6):
            here = padded[np.minimum(begin, size)]
            ahead = padded[np.minimum(begin + 1, size)]
            inside = (begin < stop) & speech
            preposition = ((here & _C["PREPOSITION"]) != 0) & ((here & _C["SUBORDINATOR"]) == 0)
            step = np.zeros(len(begin), dtype=np.int64)
            step[(here & (_C["TIME"] | _C["ADVERB"])) != 0] = 1
            step[((here & _C["DETERMINER"]) != 0) & ((ahead & _C["TIME"]) != 0)] = 2
            to_end = np.minimum(adverbial_end[np.minimum(begin + 1, size)], stop) - begin
            step = np.where(preposition, to_end, step)
            step[(here & (_C["PERSONAL"] | _C["THAT"] | _C["WH"])) != 0] = 0
            begin = np.where(inside, begin + step, begin)
        here = np.where(begin < stop, padded[np.minimum(begin, size)], -1)
        not_to = (begin < stop) & ((here & _C["NOT"]) != 0) & ((padded[np.minimum(begin + 1, size)] & _C["TO"]) != 0)
        here = np.where(not_to, _C["TO"], here)
        at_end = here == -1
        # "believes, for example, that"; "said on CNN, where he is a guest, that"
        comma_here = ~at_end & ((here & PUNCT_COMMA) != 0)
        second = next_comma[np.minimum(begin + 1, size)]
        resumed = comma_here & (second < stop) & ((padded[np.minimum(second + 1, size)] & _C["THAT"]) != 0) & speech
        begin = np.where(resumed, second + 1, begin)
        here = np.where(resumed, _C["THAT"], here)
        lower_after = (np.append(lay.kind, 0) & (CAPITAL | WORD | DIGIT)) == WORD
        fragment = ~at_end & ((here & MARK) != 0) & lower_after[np.minimum(begin + 1, size)] & speech
        blocked = ~at_end & ~fragment & ((here & (PUNCT_COMMA | MARK | PUNCT_COLON | PUNCT_SEMICOLON | PUNCT_DASH)) != 0)
        forward = ~at_end & ~blocked

        # --- post-position: "..., he said" and "...," said X
        left = subject
        lb = lay.previous(comma | mark | colon)[np.maximum(np.minimum(cues.start - 1, size - 1), 0)]
        lb = np.where(lb < first, -1, lb)
        adjacent = lb == subject  # nothing between punctuation and verb
        kind_next = lay.kind[np.minimum(cues.end, size - 1)]
        verbish = lay.next((bits & (_C["BE"] | _C["HAVE"] | _C["MODAL"] | _C["THAT"])) != 0)
        has_verb = verbish[np.minimum(cues.end, size)] < np.minimum(next_comma[np.minimum(cues.end, size)], stop)
        finite = use == FINITE
        at_mark = (lb >= 0) & mark[np.maximum(lb, 0)]
        at_comma = (lb >= 0) & comma[np.maximum(lb, 0)]
        next_bits = padded[np.minimum(cues.end, size)]
        noun_next = ((kind_next & WORD) != 0) & ((next_bits & (_C["THAT"] | _C["PERSONAL"] | _C["PREPOSITION"] | _C["TO"] | _C["WH"])) == 0)
        # "Smith, a lawyer, said" has no verb before the comma that opens the apposition; "The plan is dead, said Smith" has one.
        all_commas = lay.previous(comma | mark | colon)
        opening = all_commas[np.maximum(lb - 1, 0)]
        head_end = np.where((opening >= first) & (lb > 0), opening, lb)
        any_verb = lay.next((bits & _C["VERB"]) != 0)
        clause_before = any_verb[np.clip(first, 0, size)] < head_end
        # base and -s forms that are nouns too need a subject that agrees
        before_bits = np.where(subject >= first, bits[np.maximum(subject, 0)], 0)
        noun_like = (cues.inflection & NOMINAL) != 0
        clear = (before_bits & (_C["PERSONAL"] | _C["IT"])) != 0
        capital = (lay.kind[cues.start] & CAPITAL) != 0
        finite &= ~(noun_like & capital & (cues.start > first))
        plural = (before_bits & _C["PLURAL"]) != 0
        capital_before = (subject >= first) & ((lay.kind[np.maximum(subject, 0)] & CAPITAL) != 0)
        spoken = ~noun_like | clear | (plural & ((cues.inflection & BASE) != 0)) | adjacent
        spoken |= capital_before & ((cues.inflection & PRESENT) != 0)
        inverted = finite & own & adjacent & noun_next & ((category & _POST) != 0) & (at_mark | (at_comma & ~has_verb & clause_before))
        post = own & finite & ((category & _POST) != 0) & ((at_comma & ~adjacent) | inverted) & (inverted | ~forward)
        quote_follows = ~at_end & blocked & ((padded[np.minimum(begin + 1, size)] & MARK) != 0) | ((here & MARK) != 0) & ~at_end
        following = np.where(begin < lay.end[cues.start], padded[np.minimum(begin, size)], 0)
        post &= ~quote_follows & ((following & PUNCT_COLON) == 0) & spoken
        # what follows a comma with "as", "who" or "and" is no subject of an inserted clause
        opener = padded[np.clip(lb + 1, 0, size)]
        linked = (opener & (_C["SUBORDINATOR"] | _C["RELATIVE"] | _C["COORDINATOR"] | _C["THAT"])) != 0
        left_verb = any_verb[np.clip(first, 0, size)] < lb
        post &= ~linked | inverted
        opened = lay.previous(mark & (lay.quote_open > 0))[np.maximum(lb, 0)]
        fragment_before = post & at_mark & (opened > first) & lower_after[np.clip(opened + 1, 0, size)]
        post_indirect = post & at_comma & (left_verb | (cues.end >= stop) | ((here & PUNCT_COMMA) != 0))
        # "..." NAME, the envoy, said: only what the marks left open belongs to it
        inner_mark = lay.previous(mark)[np.maximum(lb, 0)]
        post_end = np.where((inner_mark >= first) & (lb > 0), inner_mark, lb)

        forward &= own & ~inverted & verbal & ~(noun_like & capital & (cues.start > first))
        # --- end of forward content
        accepted = forward & self._accept(lay, cues, use, subject, here, begin, np.minimum(next_comma[np.minimum(begin, size)], stop), any_verb)
        opener_place = np.where(lb >= 0, lb + 1, first)
        skip_and = (padded[np.clip(opener_place, 0, size)] & _C["COORDINATOR"]) != 0
        opener_place = opener_place + skip_and
        opener = padded[np.clip(opener_place, 0, size)]
        subordinate = ((opener & _C["SUBORDINATOR"]) != 0) & (opener_place < cues.start)
        relative = ((opener & _C["RELATIVE"]) != 0) & (lb >= 0) & (opener_place < cues.start)
        clausal = ((here & (_C["THAT"] | _C["PERSONAL"] | _C["WH"] | _C["IT"])) != 0) | (
            (category & (BIT["remark"] | BIT["perceive"] | BIT["say"] | BIT["think"] | BIT["tell"] | BIT["show"])) != 0
        ) & ((here & (_C["TO"] | _C["PREPOSITION"])) == 0)
        ends = self._ends(lay, cues, begin, stop, use, subject, own, accepted, inverted | post, lb, clausal)
        close = np.minimum(next_comma[np.minimum(begin + 1, size)], stop)
        leading = (use == GERUND) & (subject < first)
        ends = np.where(subordinate | relative | leading, np.minimum(ends, close), ends)

        fw = np.flatnonzero(accepted)
        po = np.flatnonzero(post_indirect)
        ac_start, ac_end, ac_cue = self._according(lay, cues, own, next_comma, stop, first)
        # "As the minister said, ..."
        as_word = lay.tokens.forms.index.get("As", -1)
        a_s = np.flatnonzero(
            own & finite & ((category & _POST) != 0) & subordinate & (opener_place == first) & ((here & PUNCT_COMMA) != 0)
            & ~at_end & (lay.tokens.form[np.minimum(first, size - 1)] == as_word)
        )  # fmt: skip
        # after an inserted ", he said," the content goes on
        on = po[(here[po] & PUNCT_COMMA) != 0]
        start = np.concatenate((begin[fw], first[po], ac_start, begin[on] + 1, begin[a_s] + 1))
        end = np.concatenate((ends[fw], post_end[po], ac_end, stop[on], stop[a_s]))
        cue = np.concatenate((fw, po, ac_cue, on, a_s))
        rule = np.repeat(np.arange(5, dtype=np.int32), [len(fw), len(po), len(ac_cue), len(on), len(a_s)])
        return Spans(start, end, cue, rule)

    def _accept(self, lay: Layout, cues: CueMatches, use: IntArray, subject: LongArray, here: LongArray, begin: LongArray,
                phrase_end: LongArray, any_verb: LongArray) -> BoolArray:
        """Which cues take what stands behind them as their content."""
        bits = lay.bits
        size = len(bits)
        category = cues.category
        verb = cues.inflection
        that = (here & _C["THAT"]) != 0
        first = lay.first[cues.start]
        at_start = subject < first
        before = np.where(at_start, 0, bits[np.maximum(subject, 0)])
        ahead = np.append(bits, 0)[np.minimum(begin + 1, size)]
        there = (here & _C["PRONOUN"]) != 0
        strong = that | there | ((here & (_C["PERSONAL"] | _C["IT"] | _C["DETERMINER"] | _C["OBJECT"] | _C["WH"])) != 0)
        clear_subject = (before & (_C["PERSONAL"] | _C["IT"] | _C["PRONOUN"] | _C["RELATIVE"])) != 0
        agrees = ((before & _C["PLURAL"]) != 0) == ((verb & BASE) != 0)
        noun_like = (verb & NOMINAL) != 0
        finite = (use == FINITE) & (~noun_like | clear_subject | (strong & agrees)) & (~at_start | ((verb & PARTICIPLE) != 0))
        finite &= (here & _C["COORDINATOR"]) == 0
        ok = finite | np.isin(use, (MODAL, INFINITIVE, PROGRESSIVE, GERUND))
        ok &= ~((use == GERUND) & ((before & _C["DETERMINER"]) != 0))
        # Verbs of manner and perception take a clause or nothing.
        clause = that | there | ((here & (_C["PERSONAL"] | _C["IT"] | _C["WH"])) != 0) | (any_verb[np.minimum(begin, size)] < phrase_end)
        ok &= clause | ((category & (BIT["remark"] | BIT["perceive"])) == 0)
        # A bare name as the object of a judging verb is only mentioned.
        length = phrase_end - begin
        bare = ((category & (BIT["judge"] | BIT["discuss"] | BIT["name"])) != 0) & ~clause & (length <= BARE)
        ok &= ~bare
        ok &= ((category & BIT["stance"]) == 0) | STANCE
        nominal = (use == NOUN) | ((category & BIT["noun"]) != 0) | (noun_like & (use == FINITE) & ~clear_subject)
        about = lay.tokens.form[np.minimum(cues.end, size - 1)] == lay.tokens.forms.index.get("about", -1)
        # "charges that would": the relative pronoun, not the conjunction
        noun = nominal & ((that & ((ahead & _C["VERB"]) == 0)) | about)
        passive = (use == PASSIVE) & ((here & (_C["THAT"] | _C["TO"])) != 0)
        passive |= (use == PASSIVE) & ((category & (BIT["name"] | BIT["think"])) != 0) & ((here & _C["BE"]) == 0) & (here > 0)
        preposition = ((here & _C["PREPOSITION"]) != 0) & ((here & _C["TO"]) == 0)
        as_of = preposition & (lay.tokens.form[np.minimum(cues.end, size - 1)] == lay.tokens.forms.index.get("as", -1))
        return (ok & ~preposition) | noun | (about & ok) | (passive & (~preposition | as_of))

    def _ends(self, lay, cues, begin, stop, use, subject, own, accepted, post, lb, clausal):
        """End of forward content: the end of the sentence, or what takes the word from the speaker before it."""
        size = len(lay.bits)
        bits = lay.bits
        cut = np.zeros(size + 1, dtype=bool)
        before = np.maximum(cues.start - 1, 0)
        comma_before = (bits[before] & PUNCT_COMMA) != 0
        participle = own & (use == GERUND) & comma_before & ((cues.category & _VERB) != 0)
        cut[before[participle]] = True
        according = own & ((cues.category & BIT["according"]) != 0) & comma_before
        cut[before[according]] = True
        # a parenthesis ", he said", and a new clause with its own speaker
        speaker = own & (post | (accepted & (use == FINITE) & (cues.start - lb <= 8))) & (lb >= 0)
        cut[lb[speaker]] = True
        # what follows a comma, dash or bracket
        joint = np.flatnonzero((bits & (PUNCT_COMMA | PUNCT_DASH | PUNCT_OPEN | PUNCT_SEMICOLON)) != 0)
        after = np.append(bits, 0)[joint + 1]
        form = np.append(lay.tokens.form, -1)[joint + 1]
        index = lay.tokens.forms.index
        ends_here = np.append(joint[1:], size) >= lay.last[joint]
        article = np.isin(form, [index.get(w, -2) for w in ("a", "an", "the")])
        article_a = np.isin(form, [index.get(w, -2) for w in ("a", "an")])
        who = np.isin(form, [index.get(w, -2) for w in ("who",)])
        comma = (bits[joint] & PUNCT_COMMA) != 0
        clause_cut = cut.copy()
        clause_cut[joint[comma & ends_here & (article_a | who)]] = True
        noun_cut = cut.copy()
        weak = article | who | ((after & (_C["COORDINATOR"] | _C["SUBORDINATOR"] | _C["RELATIVE"] | _C["PERSONAL"])) != 0)
        weak &= ~np.isin(form, [index.get(w, -2) for w in ("and", "or")])
        noun_cut[joint[comma & weak]] = True
        noun_cut[joint[(bits[joint] & PUNCT_DASH) != 0]] = True
        for word in ("after", "during", "before", "when", "while"):
            noun_cut[:-1][lay.tokens.form == index.get(word, -2)] = True
        clause_next, noun_next = lay.next(clause_cut[:-1]), lay.next(noun_cut[:-1])
        place = np.minimum(begin + 1, size)
        return np.minimum(stop, np.where(clausal, clause_next[place], noun_next[place]))

    def _according(self, lay, cues, own, next_comma, stop, first):
        rows = np.flatnonzero(own & ((cues.category & BIT["according"]) != 0))
        start = cues.start[rows]
        at_first = start - first[rows] <= 1
        bits = np.append(lay.bits, 0)
        after = np.minimum(next_comma[np.minimum(cues.end[rows], len(lay.bits))] , stop[rows])
        front = at_first & (after < stop[rows])
        back = ~at_first
        before = start - 1
        before = np.where((bits[np.maximum(before, 0)] & PUNCT_COMMA) != 0, before, start)
        return (
            np.concatenate((after[front] + 1, first[rows][back])),
            np.concatenate((stop[rows][front], before[back])),
            np.concatenate((rows[front], rows[back])),
        )

"""Contents that stand behind their cue: which cues take one, and where it ends."""

from __future__ import annotations

import numpy as np

from framing.text import CAPITAL, BoolArray, IntArray, LongArray
from framing.voice.cues import BASE, NOMINAL, PARTICIPLE
from framing.voice.grammar import CLASS, PUNCT_DASH, PUNCT_OPEN, PUNCT_SEMICOLON
from framing.voice.layout import Layout, next_place
from framing.voice.rules import FORWARD, VERBS, Rows, bits_of
from framing.voice.sites import FINITE, GERUND, INFINITIVE, MODAL, NOUN, PASSIVE, PROGRESSIVE, Sites

BARE = 4  # words; a shorter name as the object of a judging verb is only mentioned


def accept_forward(lay: Layout, s: Sites, fragment: BoolArray) -> BoolArray:
    """Decide which cues take what stands behind them as their content."""
    size = len(lay)
    at = np.minimum(s.begin, size)
    phrase_end = np.minimum(lay.next_boundary[at], s.stop)
    that, there = s.takes("THAT"), s.takes("PRONOUN")
    clear_subject = s.follows("PERSONAL", "IT", "PRONOUN", "RELATIVE")
    strong = that | there | s.takes("PERSONAL", "IT", "DETERMINER", "OBJECT", "WH", "TO") | s.evidence
    base = (s.inflection & BASE) != 0
    capital_subject = (s.subject >= s.first) & ((lay.kind[np.maximum(s.subject, 0)] & CAPITAL) != 0)
    agrees = np.where(base, s.follows("PLURAL"), ~s.follows("PLURAL") | capital_subject)
    clause = that | there | s.takes("PERSONAL", "IT", "WH") | (lay.next_verb[at] < phrase_end) | fragment
    strong |= clause & (base | capital_subject)
    nominal = (s.inflection & NOMINAL) != 0
    at_start = s.subject < s.first
    finite = (
        (s.use == FINITE)
        & (~nominal | clear_subject | (strong & agrees))
        & (~at_start | ((s.inflection & PARTICIPLE) != 0))
    )
    finite &= ~s.takes("COORDINATOR")
    ok = finite | np.isin(s.use, (MODAL, INFINITIVE, PROGRESSIVE, GERUND))
    ok &= ~((s.use == GERUND) & s.follows("DETERMINER"))
    # Verbs of manner and perception take a clause or nothing, unless it is a study that finds.
    # "told the paper:" before a quotation names the hearer only
    ok &= clause | s.takes("TO") | ~s.of("tell")
    to = s.takes("TO") | (s.of("order") & (_places_of_to(lay)[at] < phrase_end))
    ok &= clause | to | ~s.of("promise", "order")
    ok &= clause | ~s.of("remark", "perceive", "show") | (s.of("perceive", "show") & s.evidence)
    bare = s.of("judge", "discuss", "name") & ~clause & (phrase_end - s.begin <= BARE) & ~s.takes("OBJECT")
    criticism = s.of("stance") & _for_doing(lay, s, phrase_end)
    ok &= ~bare & (~s.of("stance") | criticism)
    preposition = s.takes("PREPOSITION") & ~s.takes("TO")
    about = lay.is_form(s.end, "about")
    noun = (s.use == NOUN) | s.of("noun") | (nominal & (s.use == FINITE) & ~clear_subject)
    # "charges that would": the relative pronoun, not the conjunction
    noun &= (that & ~lay.has(np.minimum(at + 1, size), "VERB")) | about
    passive = (s.use == PASSIVE) & s.takes("THAT", "TO", "WH", "PERSONAL")
    described = (s.use == PASSIVE) & s.of("name", "think") & ~s.takes("BE") & (s.here > 0)
    passive |= described & (~preposition | lay.is_form(s.end, "as"))
    passive |= (s.use == PASSIVE) & s.of("ask") & ~preposition
    passive |= (s.use == PASSIVE) & s.of("accuse") & lay.is_form(s.end, "of")
    adjective = s.of("adjective") & (that | (s.takes("PERSONAL") & lay.has(np.maximum(s.start - 1, 0), "BE")))
    accepted = (ok & ~preposition) | noun | (about & ok) | passive | adjective | s.of("content-noun")
    return np.asarray(accepted)


def _places_of_to(lay: Layout) -> IntArray:
    return next_place(lay.classes("TO"))


def _for_doing(lay: Layout, s: Sites, phrase_end: LongArray) -> BoolArray:
    """Whether "for" or "as" and a participle follow, as in "attacked her for voting"."""
    size = len(lay)
    reason = np.zeros(size + 1, dtype=bool)
    place = np.flatnonzero(lay.spelt("for", "as")[:-1])
    reason[place[lay.has(np.minimum(place + 1, size), "ING")]] = True
    return np.asarray(next_place(reason)[np.minimum(s.begin, size)] < phrase_end)


def forward_contents(lay: Layout, s: Sites, forward: BoolArray, inserted: BoolArray) -> Rows:
    """Content behind its cue, up to the end of the sentence or what takes the word from the speaker."""
    size = len(lay)
    clausal = s.takes("THAT", "PERSONAL", "WH", "IT") | (
        s.of("say", "remark", "perceive", "think", "tell", "show") & ~s.takes("TO", "PREPOSITION")
    )
    clause_cut, phrase_cut = _cuts(lay, s, forward, inserted)
    ahead = np.minimum(s.begin + 1, size)
    end = np.where(clausal, next_place(clause_cut)[ahead], next_place(phrase_cut)[ahead])
    end = np.minimum(end, s.stop)
    # Inside a subordinate or relative clause, and behind a participle that opens the sentence, a comma gives the
    # word back.
    opener = lay.bits[np.minimum(s.opener, size)]
    subordinate = ((opener & CLASS["SUBORDINATOR"]) != 0) & (s.opener < s.start)
    relative = ((opener & CLASS["RELATIVE"]) != 0) & (s.left >= 0) & (s.opener < s.start)
    leading = ((s.use == GERUND) | (s.use == FINITE)) & (s.subject < s.first)
    # "Despite polls showing her behind, she", "To address it, she"
    phrase = s.opener == s.first
    phrase &= ((opener & CLASS["PREPOSITION"]) != 0) & (
        np.isin(s.use, (GERUND, INFINITIVE)) | s.follows("RELATIVE", "THAT")
    )
    leading |= phrase
    comma = np.minimum(lay.next_boundary[ahead], s.stop)
    end = np.where(subordinate | relative | leading, np.minimum(end, comma), end)
    # A noun that is the subject hands over to its verb: "Accusations of fraud have ...", "Criticism that it targets
    # them began".
    verb = lay.next_verb[ahead].astype(np.int64)
    second = verb + 1
    for _ in range(2):
        second = second + lay.has(np.minimum(second, size), "VERB")
    second = lay.next_verb[np.minimum(second, size)].astype(np.int64)
    subject = (s.start - s.first <= 4) & s.of("noun", "content-noun")
    end = np.where(s.of("content-noun"), np.minimum(end, verb), end)
    end = np.where(subject & s.takes("THAT"), np.minimum(end, second), end)
    site = np.flatnonzero(forward)
    return s.begin[site], end[site], site, FORWARD


def _cuts(lay: Layout, s: Sites, forward: BoolArray, inserted: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Places where content ends: for contents that are clauses, and for those that are phrases."""
    size = len(lay)
    bits = lay.bits
    cut = np.zeros(size + 1, dtype=bool)
    before = np.maximum(s.start - 1, 0)
    after_comma = lay.comma[before] & (s.start > s.first)
    cut[before[after_comma & ((s.use == GERUND) & s.of(*VERBS) | s.of("according"))]] = True
    # a parenthesis ", he said", and a new clause with its own speaker
    speaker = (inserted | (forward & (s.use == FINITE) & (s.start - s.left <= 8))) & (s.left >= 0)
    cut[s.left[speaker]] = True
    # "... and added that": the second verb has the same speaker, and a content of its own
    second = forward & s.follows("COORDINATOR") & np.isin(s.use, (FINITE, GERUND))
    cut[s.subject[second]] = True
    joint = np.flatnonzero((lay.boundary | ((bits & PUNCT_OPEN) != 0)) & ~lay.quoted)
    ahead = np.minimum(joint + 1, size)
    comma = lay.comma[joint]
    final = np.append(joint[1:], size) >= lay.last[joint]
    indefinite = lay.is_form(ahead, "a", "an")
    who = lay.is_form(ahead, "who")
    clause_cut = cut.copy()
    clause_cut[joint[comma & final & (indefinite | who)]] = True
    phrase_cut = cut
    weak = indefinite | who | lay.is_form(ahead, "the")
    weak |= ((bits[ahead] & bits_of("COORDINATOR", "SUBORDINATOR", "RELATIVE", "PERSONAL")) != 0) & ~lay.is_form(
        ahead, "and", "or"
    )
    phrase_cut[joint[comma & weak]] = True
    phrase_cut[joint[(bits[joint] & (PUNCT_DASH | PUNCT_SEMICOLON)) != 0]] = True
    clause_cut[joint[((bits[joint] & PUNCT_DASH) != 0) & final & lay.has(ahead, "ING")]] = True
    headline_as = lay.title[:-1] & lay.spelt("as", "As")[:-1]
    phrase_cut[:-1] |= headline_as
    clause_cut[:-1] |= headline_as
    for word in ("after", "during", "before", "when", "while"):
        phrase_cut[:-1] |= (lay.tokens.form == lay.tokens.forms.index.get(word, -2)) & ~lay.quoted[:-1]
    return clause_cut, phrase_cut

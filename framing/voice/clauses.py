"""Clause rules: where the content of indirect speech and thought begins and ends around each cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.text import CAPITAL, DIGIT, TERMINAL, WORD, BoolArray, IntArray, LongArray
from framing.voice.cues import BASE, BIT, NOMINAL, PARTICIPLE, PRESENT
from framing.voice.grammar import CLASS, MARK, PUNCT_COLON, PUNCT_COMMA, PUNCT_DASH, PUNCT_OPEN, PUNCT_SEMICOLON
from framing.voice.layout import Layout, next_place
from framing.voice.sites import FINITE, GERUND, INFINITIVE, MODAL, NOUN, PASSIVE, PROGRESSIVE, SPEECH, Sites

# Which rule found a span.
FORWARD, INSERTED, RESUMED, AS_CLAUSE, ACCORDING, BE_THAT, COLON, IN_POLL = range(8)
BARE = 4  # words; a shorter name as the object of a judging verb is only mentioned

_C = CLASS
_VERBS = tuple(
    "say remark think perceive hope demand order promise show tell ask judge accuse name discuss stance".split()
)
_SPOKEN = ("say", "remark", "tell", "show", "ask")


@dataclass(frozen=True, slots=True)
class Spans:
    """Candidate contents, one row each: tokens (end exclusive), number of the site, rule."""

    start: LongArray
    end: LongArray
    site: LongArray
    rule: IntArray


@dataclass(frozen=True, slots=True)
class Findings:
    """What the clause rules found.

    Attributes
    ----------
    spans : Spans
    forward, inserted, inverted : bool arrays (sites,)
        Cues whose content stands behind them; before them (", he said"); whose speaker stands behind them ("said Smith").
    quote_close, quote_open : int64 arrays (sites,)
        Mark of the quotation that a cue stands right behind, or right before; -1 for none.
    """

    spans: Spans
    forward: BoolArray
    inserted: BoolArray
    inverted: BoolArray
    quote_close: LongArray
    quote_open: LongArray


def find_contents(lay: Layout, sites: Sites) -> Findings:
    """Apply the clause rules."""
    s = sites
    size = len(lay)
    at = np.minimum(s.begin, size)
    at_end = s.here == -1
    blocked = ~at_end & lay.boundary[at]
    lower_next = (lay.kind[np.minimum(at + 1, size)] & (CAPITAL | WORD | DIGIT)) == WORD
    fragment = blocked & lay.opening[at] & lower_next & ((s.category & SPEECH) != 0)
    capital = (lay.kind[s.start] & CAPITAL) != 0
    name = capital & ((s.inflection & NOMINAL) != 0) & (s.start > s.first) & ~lay.title[s.start]

    inserted, inverted, close = _insertions(lay, s, at_end | blocked, name)
    forward = (~at_end & ~blocked | fragment) & ~inverted & ~name & s.of(*_VERBS, "noun", "adjective", "content-noun")
    # Behind a finished quotation stands "he said on Monday", not another content.
    done = np.maximum(s.left, 0)
    finished = (s.left >= 0) & lay.closing[done] & (lay.comma[done] | lay.comma[np.minimum(done + 1, size)] | ((lay.kind[np.maximum(done - 1, 0)] & TERMINAL) != 0))
    forward &= ~finished | s.takes("THAT") | (s.use != FINITE) | ~s.of(*_SPOKEN)
    forward &= _accept(lay, s, fragment)
    parts = [_forward(lay, s, forward, inserted), *_inserted(lay, s, inserted, close, at_end)]
    parts += [*_as_clauses(lay, s), *_according(lay, s), _be_that(lay, s), _behind_colon(lay, s, name), _in_a_poll(lay)]
    spans = Spans(
        np.concatenate([p[0] for p in parts]),
        np.concatenate([p[1] for p in parts]),
        np.concatenate([p[2] for p in parts]),
        np.repeat(np.array([p[3] for p in parts], dtype=np.int32), [len(p[0]) for p in parts]),
    )
    opens = np.where(lay.opening[at] & ~at_end, at, -1)
    behind = np.minimum(at + 1, size)
    opens = np.where(((lay.bits[at] & (PUNCT_COLON | PUNCT_COMMA)) != 0) & lay.opening[behind], behind, opens)
    return Findings(spans, forward, inserted, inverted, close, opens)


Part = tuple[LongArray, LongArray, LongArray, int]


def _insertions(lay: Layout, s: Sites, nothing_behind: BoolArray, name: BoolArray) -> tuple[BoolArray, BoolArray, LongArray]:
    """Find cues that stand behind their content or inside it: ", he said", "...," said X.

    Returns
    -------
    inserted, inverted : bool arrays
    close : int64 array
        Closing mark of the quotation that the cue's clause stands right behind; -1 for none.
    """
    size = len(lay)
    left = np.maximum(s.left, 0)
    at_mark = (s.left >= 0) & lay.closing[left]
    at_comma = (s.left >= 0) & lay.comma[left] & ~at_mark
    adjacent = s.left == s.subject
    behind = np.minimum(s.end, size)
    noun_behind = ((lay.kind[behind] & WORD) != 0) & ((lay.bits[behind] & _any("THAT", "PERSONAL", "PREPOSITION", "TO", "WH")) == 0)
    phrase_end = np.minimum(lay.next_boundary[behind], s.stop)
    verb_behind = lay.next_verb[behind] < phrase_end
    # "Smith, a lawyer, said" has no verb before the comma that opens the apposition; "The plan is dead, said Smith" has one.
    opening = lay.last_boundary[np.maximum(left - 1, 0)]
    head_end = np.where((opening >= s.first) & (s.left > 0), opening, s.left)
    clause_before = lay.next_verb[s.first] < head_end
    finite = (s.use == FINITE) & ~name & s.of(*_SPOKEN, "perceive")
    spoken = s.of(*_SPOKEN)
    inverted = finite & spoken & adjacent & noun_behind & (
        at_mark | (at_comma & ~verb_behind & (clause_before | ((lay.kind[behind] & CAPITAL) != 0)))
    )
    # Base and -s forms that are nouns too need a subject that agrees.
    nominal = (s.inflection & NOMINAL) != 0
    capital_subject = (s.subject >= s.first) & ((lay.kind[np.maximum(s.subject, 0)] & CAPITAL) != 0)
    agrees = s.follows("PERSONAL", "IT") | (s.follows("PLURAL") & ((s.inflection & BASE) != 0)) | adjacent
    singular = ((s.inflection & PRESENT) != 0) & ~s.follows("PLURAL")
    agrees |= capital_subject & ((s.inflection & PRESENT) != 0)
    agrees |= singular & (s.end >= s.stop) & lay.has(np.minimum(left + 1, size), "DETERMINER") & (s.subject > left + 1)
    agrees &= ~adjacent | ((lay.kind[behind] & CAPITAL) != 0) | lay.has(behind, "DETERMINER")
    # The subject of an inserted clause is a plain noun phrase.
    plain = (lay.next_verb[np.minimum(left + 1, size)] > s.subject) & ~s.follows("RELATIVE", "SUBORDINATOR", "COORDINATOR")
    opener = lay.bits[np.minimum(s.opener, size)]
    linked = ((opener & _any("SUBORDINATOR", "RELATIVE", "THAT")) != 0) | ((s.opener > s.left + 1) & ~at_mark)
    following = np.minimum(s.begin, size)
    in_sentence = s.begin < lay.end[s.start]
    colon = in_sentence & ((lay.bits[following] & PUNCT_COLON) != 0)
    quote = in_sentence & ((lay.opening[following] & (s.begin == s.end)) | (lay.comma[following] & lay.opening[np.minimum(following + 1, size)]))
    inserted = finite & (spoken | s.evidence) & (nothing_behind | inverted) & ~colon & (~nominal | agrees)
    inserted &= (at_mark | (at_comma & ~adjacent & ~linked & plain)) & (~adjacent | inverted | at_mark) | inverted
    # 'In a statement, he said, "We go"': what stands before is no content; 'Smith, he said, "is confident"': it is.
    ahead = np.minimum(following + 1, size)
    lower = (lay.kind[np.minimum(ahead + 1, size)] & (CAPITAL | WORD | DIGIT)) == WORD
    inserted &= ~quote | at_mark | (lay.comma[following] & lower)
    mark = _last(lay.closing)[left]
    finished = lay.comma[mark] | ((lay.kind[np.maximum(mark - 1, 0)] & TERMINAL) != 0) | lay.comma[np.minimum(mark + 1, size)]
    close = np.where(at_mark, s.left, np.where((mark >= s.first) & (s.left >= 0) & finished, mark, -1))
    # A sentence of its own behind a quotation: "Who?" Smith asked.
    alone = (s.left < 0) & (s.first > 0) & lay.closing[np.maximum(s.first - 1, 0)] & finite & nothing_behind
    close = np.where(alone, s.first - 1, close)
    return inserted, inverted, np.where(finite, close, -1)


def _accept(lay: Layout, s: Sites, fragment: BoolArray) -> BoolArray:
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
    finite = (s.use == FINITE) & (~nominal | clear_subject | (strong & agrees)) & (~at_start | ((s.inflection & PARTICIPLE) != 0))
    finite &= ~s.takes("COORDINATOR")
    ok = finite | np.isin(s.use, (MODAL, INFINITIVE, PROGRESSIVE, GERUND))
    ok &= ~((s.use == GERUND) & s.follows("DETERMINER"))
    # Verbs of manner and perception take a clause or nothing, unless it is a study that finds.
    to = s.takes("TO") | (s.of("order") & (_next_to(lay)[at] < phrase_end))
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
    return (ok & ~preposition) | noun | (about & ok) | passive | adjective | s.of("content-noun")


def _next_to(lay: Layout) -> IntArray:
    return next_place(lay.has(np.arange(len(lay) + 1), "TO"))


def _for_doing(lay: Layout, s: Sites, phrase_end: LongArray) -> BoolArray:
    """Whether "for" or "as" and a participle follow, as in "attacked her for voting"."""
    size = len(lay)
    reason = np.zeros(size + 1, dtype=bool)
    place = np.flatnonzero(lay.is_form(np.arange(size), "for", "as"))
    reason[place[lay.has(np.minimum(place + 1, size), "ING")]] = True
    return np.asarray(next_place(reason)[np.minimum(s.begin, size)] < phrase_end)


def _forward(lay: Layout, s: Sites, forward: BoolArray, inserted: BoolArray) -> Part:
    """Content behind its cue, up to the end of the sentence or what takes the word from the speaker."""
    size = len(lay)
    clausal = s.takes("THAT", "PERSONAL", "WH", "IT") | (
        s.of("say", "remark", "perceive", "think", "tell", "show") & ~s.takes("TO", "PREPOSITION")
    )
    clause_cut, phrase_cut = _cuts(lay, s, forward, inserted)
    ahead = np.minimum(s.begin + 1, size)
    end = np.where(clausal, next_place(clause_cut)[ahead], next_place(phrase_cut)[ahead])
    end = np.minimum(end, s.stop)
    # Inside a subordinate or relative clause, and behind a participle that opens the sentence, a comma gives the word back.
    opener = lay.bits[np.minimum(s.opener, size)]
    subordinate = ((opener & _C["SUBORDINATOR"]) != 0) & (s.opener < s.start)
    relative = ((opener & _C["RELATIVE"]) != 0) & (s.left >= 0) & (s.opener < s.start)
    leading = ((s.use == GERUND) | (s.use == FINITE)) & (s.subject < s.first)
    # "Despite polls showing her behind, she", "To address it, she"
    phrase = s.opener == s.first
    phrase &= ((opener & _C["PREPOSITION"]) != 0) & (np.isin(s.use, (GERUND, INFINITIVE)) | s.follows("RELATIVE", "THAT"))
    leading |= phrase
    comma = np.minimum(lay.next_boundary[ahead], s.stop)
    end = np.where(subordinate | relative | leading, np.minimum(end, comma), end)
    # A noun that is the subject hands over to its verb: "Accusations of fraud have ...", "Criticism that it targets them began".
    verb = lay.next_verb[ahead].astype(np.int64)
    second = verb + 1
    for _ in range(2):
        second = second + lay.has(np.minimum(second, size), "VERB")
    second = lay.next_verb[np.minimum(second, size)]
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
    cut[before[after_comma & ((s.use == GERUND) & s.of(*_VERBS) | s.of("according"))]] = True
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
    weak |= ((bits[ahead] & _any("COORDINATOR", "SUBORDINATOR", "RELATIVE", "PERSONAL")) != 0) & ~lay.is_form(ahead, "and", "or")
    phrase_cut[joint[comma & weak]] = True
    phrase_cut[joint[(bits[joint] & (PUNCT_DASH | PUNCT_SEMICOLON)) != 0]] = True
    clause_cut[joint[((bits[joint] & PUNCT_DASH) != 0) & final & lay.has(ahead, "ING")]] = True
    headline_as = lay.title[:-1] & lay.is_form(np.arange(size), "as", "As")
    phrase_cut[:-1] |= headline_as
    clause_cut[:-1] |= headline_as
    for word in ("after", "during", "before", "when", "while"):
        phrase_cut[:-1] |= (lay.tokens.form == lay.tokens.forms.index.get(word, -2)) & ~lay.quoted[:-1]
    return clause_cut, phrase_cut


def _inserted(lay: Layout, s: Sites, inserted: BoolArray, close: LongArray, at_end: BoolArray) -> list[Part]:
    """Content before an inserted clause, and what goes on behind it."""
    size = len(lay)
    left = np.maximum(s.left, 0)
    at_mark = lay.closing[left] & (s.left >= 0)
    opened = _last(lay.opening)[np.maximum(close, 0)]
    lower = (lay.kind[np.minimum(opened + 1, size)] & (CAPITAL | WORD | DIGIT)) == WORD
    lower |= lay.has(np.minimum(opened + 1, size), "PERSONAL") & lay.comma[np.maximum(opened - 1, 0)]
    # A quotation that begins in the middle of a sentence: what stands before it is the speaker's too.
    fragment = (close >= 0) & (opened > s.first) & lower
    verb_before = lay.next_verb[s.first] < s.left
    at = np.minimum(s.begin, size)
    comma_behind = ~at_end & lay.comma[at]
    clause = inserted & ~at_mark & (verb_before | (s.end >= s.stop) | comma_behind) & (close < 0)
    head = np.flatnonzero(clause | (inserted & fragment))
    end = np.where(fragment, opened, s.left)
    parts: list[Part] = [(s.first[head], end[head], head, INSERTED)]
    # "Still, he said, they must go."
    rest = np.flatnonzero(inserted & ~at_mark & comma_behind & ~lay.opening[np.minimum(at + 1, size)])
    parts.append((s.begin[rest] + 1, s.stop[rest], rest, RESUMED))
    # "Smith, an aide said, 'is confident' about the vote."
    quote = np.minimum(at + 1, size)
    lower_quote = (lay.kind[np.minimum(quote + 1, size)] & (CAPITAL | WORD | DIGIT)) == WORD
    around = np.flatnonzero(inserted & ~at_mark & comma_behind & lay.opening[quote] & lower_quote)
    closed = next_place(lay.closing)[quote[around]]
    parts.append((np.minimum(closed + 1, s.stop[around]).astype(np.int64), s.stop[around], around, RESUMED))
    return parts


def _as_clauses(lay: Layout, s: Sites) -> list[Part]:
    """Content around "as the minister said"."""
    size = len(lay)
    clause = s.of(*_SPOKEN) & (s.use == FINITE) & lay.is_form(np.minimum(s.opener, size), "As", "as") & (s.opener < s.start)
    at = np.minimum(s.begin, size)
    behind = np.flatnonzero(clause & (s.here > 0) & lay.comma[at])
    before = np.flatnonzero(clause & (s.here == -1) & (s.left > s.first) & lay.comma[np.maximum(s.left, 0)])
    return [
        (s.begin[behind] + 1, s.stop[behind], behind, AS_CLAUSE),
        (s.first[before], s.left[before], before, AS_CLAUSE),
    ]


def _according(lay: Layout, s: Sites) -> list[Part]:
    """Content of "according to X": the rest of the sentence, before or behind."""
    size = len(lay)
    site = np.flatnonzero(s.of("according"))
    start, end, first, stop = s.start[site], s.end[site], s.first[site], s.stop[site]
    front = start - first <= 1
    comma = np.minimum(lay.next_boundary[np.minimum(end, size)], stop)
    # "According to the ministry the talks will end": the source ends where a new noun phrase begins before a verb.
    bits = lay.bits
    phrase = np.zeros(size + 1, dtype=bool)
    phrase[1:] = ((bits[1:] & _any("DETERMINER", "PERSONAL")) != 0) & ((bits[:-1] & _any("PREPOSITION", "DETERMINER", "COORDINATOR")) == 0)
    phrase[1:] &= (lay.kind[:-1] & WORD) != 0
    begun = next_place(phrase)[np.minimum(end + 1, size)]
    unmarked = front & (begun < comma) & (lay.next_verb[np.minimum(begun, size)] < comma)
    begin = np.where(unmarked, begun, comma + 1)
    fore = front & (begin < stop)
    back = ~front
    before = np.where(lay.comma[start - 1], start - 1, start)
    parts: list[Part] = [(begin[fore], stop[fore], site[fore], ACCORDING), (first[back], before[back], site[back], ACCORDING)]
    # ", according to X, the rest"
    verb_before = lay.next_verb[first] < before
    going_on = back & ~verb_before & (before < start) & (comma < stop) & lay.comma[np.minimum(comma, size)] & ((lay.bits[np.minimum(comma + 1, size)] & _any("RELATIVE")) == 0)
    parts.append((comma[going_on] + 1, stop[going_on], site[going_on], ACCORDING))
    return [(np.asarray(p[0], dtype=np.int64), np.asarray(p[1], dtype=np.int64), p[2], p[3]) for p in parts]


def _in_a_poll(lay: Layout) -> Part:
    """Content of sentences that open with "In the poll," or "In her view,"; no cue of the lexicon stands there."""
    size = len(lay)
    first = np.flatnonzero(lay.is_form(np.arange(size), "In") & (lay.first[:-1] == np.arange(size)) & ~lay.quoted[:-1])
    comma = lay.next_boundary[first].astype(np.int64)
    poll = next_place((lay.bits & _C["POLL"]) != 0)[first]
    stop = lay.last[first].astype(np.int64)
    good = (poll < comma) & (comma < stop) & (comma - first <= 16) & lay.comma[np.minimum(comma, size)]
    return comma[good] + 1, stop[good], np.full(int(good.sum()), -1, dtype=np.int64), IN_POLL


def _be_that(lay: Layout, s: Sites) -> Part:
    """Content of "the fear is that", "one question is whether"."""
    size = len(lay)
    linking = np.zeros(size + 1, dtype=bool)
    linking[:-1] = ((lay.bits[:-1] & _C["BE"]) != 0) & ((lay.bits[1:] & _any("THAT")) != 0)
    linking[:-1] |= ((lay.bits[:-1] & _C["BE"]) != 0) & lay.is_form(np.arange(1, size + 1), "whether")
    place = next_place(linking)[np.minimum(s.end, size)]
    verb = lay.next_verb[np.minimum(s.end, size)]
    noun = s.of("noun") | (s.use == NOUN) | ((s.inflection & NOMINAL) != 0)
    site = np.flatnonzero(noun & (place < s.stop) & (place - s.end <= 8) & (verb >= place - 1))
    return place[site].astype(np.int64) + 1, s.stop[site], site, BE_THAT


def _behind_colon(lay: Layout, s: Sites, name: BoolArray) -> Part:
    """Content behind a cue and a colon, without marks."""
    size = len(lay)
    at = np.minimum(s.begin, size)
    spoken = s.of(*_SPOKEN, "think", "ask") & ~name & np.isin(s.use, (FINITE, GERUND, MODAL, INFINITIVE))
    nominal = ((s.inflection & NOMINAL) != 0) & ~s.follows("PERSONAL", "PLURAL")
    site = np.flatnonzero(spoken & ~nominal & (s.here > 0) & ((s.here & PUNCT_COLON) != 0) & ~lay.opening[np.minimum(at + 1, size)])
    return s.begin[site] + 1, s.stop[site], site, COLON


def _any(*classes: str) -> int:
    return sum(_C[c] for c in classes)


def _last(mask: BoolArray) -> IntArray:
    from framing.voice.layout import last_place

    return last_place(mask)

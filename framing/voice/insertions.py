"""Contents around an inserted clause: "..., he said", "...," said X, "Still, he said, they must go"."""

from __future__ import annotations

import numpy as np

from framing.text import CAPITAL, DIGIT, PARAGRAPH_BEFORE, TERMINAL, WORD, BoolArray, LongArray
from framing.voice.cues import BASE, NOMINAL, PRESENT
from framing.voice.grammar import PUNCT_COLON
from framing.voice.layout import Layout, last_place, next_place
from framing.voice.rules import INSERTED, RESUMED, SPOKEN, Rows, bits_of
from framing.voice.sites import FINITE, Sites


def find_insertions(
    lay: Layout, s: Sites, nothing_behind: BoolArray, name: BoolArray
) -> tuple[BoolArray, BoolArray, LongArray]:
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
    noun_behind = ((lay.kind[behind] & WORD) != 0) & (
        (lay.bits[behind] & bits_of("THAT", "PERSONAL", "PREPOSITION", "TO", "WH")) == 0
    )
    phrase_end = np.minimum(lay.next_boundary[behind], s.stop)
    verb_behind = lay.next_verb[behind] < phrase_end
    # "Smith, a lawyer, said" has no verb before the comma that opens the apposition; "The plan is dead, said Smith"
    # has one.
    opening = lay.last_boundary[np.maximum(left - 1, 0)]
    head_end = np.where((opening >= s.first) & (s.left > 0), opening, s.left)
    clause_before = lay.next_verb[s.first] < head_end
    finite = (s.use == FINITE) & ~name & s.of(*SPOKEN, "perceive")
    spoken = s.of(*SPOKEN)
    inverted = (
        finite
        & spoken
        & ~s.of("tell")  # "told Reuters" names the hearer
        & adjacent
        & noun_behind
        & (at_mark | (at_comma & ~verb_behind & (clause_before | ((lay.kind[behind] & CAPITAL) != 0))))
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
    plain = (lay.next_verb[np.minimum(left + 1, size)] > s.subject) & ~s.follows(
        "RELATIVE", "SUBORDINATOR", "COORDINATOR"
    )
    opener = lay.bits[np.minimum(s.opener, size)]
    linked = ((opener & bits_of("SUBORDINATOR", "RELATIVE", "THAT")) != 0) | ((s.opener > s.left + 1) & ~at_mark)
    following = np.minimum(s.begin, size)
    in_sentence = s.begin < lay.end[s.start]
    colon = in_sentence & ((lay.bits[following] & PUNCT_COLON) != 0)
    quote = in_sentence & (
        (lay.opening[following] & (s.begin == s.end))
        | (lay.comma[following] & lay.opening[np.minimum(following + 1, size)])
    )
    inserted = finite & (spoken | s.evidence) & (nothing_behind | inverted) & ~colon & (~nominal | agrees)
    inserted &= (at_mark | (at_comma & ~adjacent & ~linked & plain)) & (~adjacent | inverted | at_mark) | inverted
    # 'In a statement, he said, "We go"': what stands before is no content; 'Smith, he said, "is confident"': it is.
    ahead = np.minimum(following + 1, size)
    lower = (lay.kind[np.minimum(ahead + 1, size)] & (CAPITAL | WORD | DIGIT)) == WORD
    inserted &= ~quote | at_mark | (lay.comma[following] & lower)
    # "When he left, they laughed" reports nothing.
    early = lay.has(s.first, "SUBORDINATOR") & (lay.next_boundary[s.first] == s.left) & (s.end >= s.stop)
    inserted &= ~(early & at_comma)
    mark = last_place(lay.closing)[left]
    finished = (
        lay.comma[mark] | ((lay.kind[np.maximum(mark - 1, 0)] & TERMINAL) != 0) | lay.comma[np.minimum(mark + 1, size)]
    )
    # "...," Smith, a lawyer, told reporters
    apposed = finite & spoken & adjacent & at_comma & nothing_behind & ~colon & (~nominal | agrees)
    inserted |= apposed & finished & (mark >= s.first) & (s.left >= 0)
    close = np.where(at_mark, s.left, np.where((mark >= s.first) & (s.left >= 0) & finished, mark, -1))
    # A sentence of its own behind a quotation: "Who?" Smith asked.
    opens = np.append((lay.tokens.flags & PARAGRAPH_BEFORE) != 0, True)
    alone = (
        ~opens[s.first]
        & (s.left < 0)
        & (s.first > 0)
        & lay.closing[np.maximum(s.first - 1, 0)]
        & finite
        & nothing_behind
    )
    close = np.where(alone, s.first - 1, close)
    return inserted, inverted, np.where(finite, close, -1)


def inserted_contents(lay: Layout, s: Sites, inserted: BoolArray, close: LongArray, at_end: BoolArray) -> list[Rows]:
    """Content before an inserted clause, and what goes on behind it."""
    size = len(lay)
    left = np.maximum(s.left, 0)
    at_mark = lay.closing[left] & (s.left >= 0)
    opened = last_place(lay.opening)[np.maximum(close, 0)]
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
    parts: list[Rows] = [(s.first[head], end[head], head, INSERTED)]
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

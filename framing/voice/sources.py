"""Contents that no verb before them governs: "according to", "as X said", colons, block quotations."""

from __future__ import annotations

import numpy as np

from framing.text import PARAGRAPH_BEFORE, WORD, BoolArray, LongArray
from framing.voice.cues import NOMINAL
from framing.voice.grammar import CLASS, PUNCT_COLON
from framing.voice.layout import Layout, next_place
from framing.voice.rules import ACCORDING, AS_CLAUSE, BE_THAT, BLOCK, COLON, IN_POLL, SPOKEN, Rows, bits_of
from framing.voice.sites import FINITE, GERUND, INFINITIVE, MODAL, NOUN, Sites

SOURCE_LINE = 25  # tokens; "More background from the ministry:" is no longer


def as_clauses(lay: Layout, s: Sites) -> list[Rows]:
    """Content around "as the minister said"."""
    size = len(lay)
    clause = (
        s.of(*SPOKEN) & (s.use == FINITE) & lay.is_form(np.minimum(s.opener, size), "As", "as") & (s.opener < s.start)
    )
    at = np.minimum(s.begin, size)
    behind = np.flatnonzero(clause & (s.here > 0) & lay.comma[at])
    before = np.flatnonzero(clause & (s.here == -1) & (s.left > s.first) & lay.comma[np.maximum(s.left, 0)])
    return [
        (s.begin[behind] + 1, s.stop[behind], behind, AS_CLAUSE),
        (s.first[before], s.left[before], before, AS_CLAUSE),
    ]


def according(lay: Layout, s: Sites) -> list[Rows]:
    """Content of "according to X": the rest of the sentence, before or behind."""
    size = len(lay)
    site = np.flatnonzero(s.of("according"))
    start, end, first, stop = s.start[site], s.end[site], s.first[site], s.stop[site]
    front = start - first <= 1
    comma = np.minimum(lay.next_boundary[np.minimum(end, size)], stop)
    # "According to the ministry the talks will end": the source ends where a new noun phrase begins before a verb.
    bits = lay.bits
    phrase = np.zeros(size + 1, dtype=bool)
    phrase[1:] = ((bits[1:] & bits_of("DETERMINER", "PERSONAL")) != 0) & (
        (bits[:-1] & bits_of("PREPOSITION", "DETERMINER", "COORDINATOR")) == 0
    )
    phrase[1:] &= (lay.kind[:-1] & WORD) != 0
    begun = next_place(phrase)[np.minimum(end + 1, size)]
    unmarked = front & (begun < comma) & (lay.next_verb[np.minimum(begun, size)] < comma)
    begin = np.where(unmarked, begun, comma + 1)
    fore = front & (begin < stop)
    back = ~front
    before = np.where(lay.comma[start - 1], start - 1, start)
    parts: list[Rows] = [
        (begin[fore], stop[fore], site[fore], ACCORDING),
        (first[back], before[back], site[back], ACCORDING),
    ]
    # ", according to X, the rest"
    verb_before = lay.next_verb[first] < before
    going_on = (
        back
        & ~verb_before
        & (before < start)
        & (comma < stop)
        & lay.comma[np.minimum(comma, size)]
        & ((lay.bits[np.minimum(comma + 1, size)] & bits_of("RELATIVE")) == 0)
    )
    parts.append((comma[going_on] + 1, stop[going_on], site[going_on], ACCORDING))
    return [(np.asarray(p[0], dtype=np.int64), np.asarray(p[1], dtype=np.int64), p[2], p[3]) for p in parts]


def in_a_poll(lay: Layout) -> Rows:
    """Content of sentences that open with "In the poll," or "In her view,"; no cue of the lexicon stands there."""
    size = len(lay)
    first = np.flatnonzero(lay.spelt("In")[:-1] & (lay.first[:-1] == np.arange(size)) & ~lay.quoted[:-1])
    comma = lay.next_boundary[first].astype(np.int64)
    poll = next_place((lay.bits & CLASS["POLL"]) != 0)[first]
    stop = lay.last[first].astype(np.int64)
    good = (poll < comma) & (comma < stop) & (comma - first <= 16) & lay.comma[np.minimum(comma, size)]
    return comma[good] + 1, stop[good], np.full(int(good.sum()), -1, dtype=np.int64), IN_POLL


def be_that(lay: Layout, s: Sites) -> Rows:
    """Content of "the fear is that", "one question is whether"."""
    size = len(lay)
    linking = np.zeros(size + 1, dtype=bool)
    linking[:-1] = ((lay.bits[:-1] & CLASS["BE"]) != 0) & ((lay.bits[1:] & bits_of("THAT")) != 0)
    linking[:-1] |= ((lay.bits[:-1] & CLASS["BE"]) != 0) & lay.spelt("whether")[1:]
    place = next_place(linking)[np.minimum(s.end, size)]
    verb = lay.next_verb[np.minimum(s.end, size)]
    noun = s.of("noun") | (s.use == NOUN) | ((s.inflection & NOMINAL) != 0)
    site = np.flatnonzero(noun & (place < s.stop) & (place - s.end <= 8) & (verb >= place - 1))
    return place[site].astype(np.int64) + 1, s.stop[site], site, BE_THAT


def behind_colon(lay: Layout, s: Sites, name: BoolArray) -> Rows:
    """Content behind a cue and a colon, without marks."""
    size = len(lay)
    at = np.minimum(s.begin, size)
    spoken = s.of(*SPOKEN, "think", "ask") & ~name & np.isin(s.use, (FINITE, GERUND, MODAL, INFINITIVE))
    nominal = ((s.inflection & NOMINAL) != 0) & ~s.follows("PERSONAL", "PLURAL")
    site = np.flatnonzero(
        spoken & ~nominal & (s.here > 0) & ((s.here & PUNCT_COLON) != 0) & ~lay.opening[np.minimum(at + 1, size)]
    )
    return s.begin[site] + 1, s.stop[site], site, COLON


def blocks(lay: Layout, s: Sites, name: BoolArray) -> list[Rows]:
    """A paragraph without marks behind a line that gives somebody the word and ends with a colon: a block quotation."""
    size = len(lay)
    begins = np.append((lay.tokens.flags & PARAGRAPH_BEFORE) != 0, True)
    opens = np.zeros(size + 1, dtype=bool)
    opens[lay.tokens.bounds] = True
    next_paragraph = next_place(begins)
    colon = (lay.bits & PUNCT_COLON) != 0

    def block_behind(place: LongArray) -> tuple[LongArray, BoolArray]:
        block = next_paragraph[np.minimum(place, size)].astype(np.int64)
        clear = ~opens[block] & ~lay.opening[block] & ~lay.quoted[block] & colon[np.maximum(block - 1, 0)]
        return block, clear

    block, clear = block_behind(s.end)
    spoken = s.of(*SPOKEN) & ~name & (s.use == FINITE) & (s.subject >= s.first) & (lay.end[s.start] == block) & clear
    site = np.flatnonzero(spoken)
    # "From the ministry:", "More from the report:"
    source = np.flatnonzero(begins[:-1] & (lay.next_verb[:-1] > lay.end[:-1]) & ~opens[1:])
    behind, clear = block_behind(source + 1)
    preposition = next_place(lay.spelt("from", "From"))[source]
    source_block = behind[clear & (preposition < behind) & (behind - source <= SOURCE_LINE)]
    ends = [next_paragraph[np.minimum(place + 1, size)].astype(np.int64) for place in (block[site], source_block)]
    nobody = np.full(len(source_block), -1, dtype=np.int64)
    return [(block[site], ends[0], site, BLOCK), (source_block, ends[1], nobody, BLOCK)]

"""Who speaks: the speaker of each cue, and the cue of each quotation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.text import CAPITAL, PARAGRAPH_BEFORE, WORD, BoolArray, IntArray, LongArray
from framing.voice.clauses import Findings
from framing.voice.grammar import CLASS
from framing.voice.layout import Layout, last_place, next_place
from framing.voice.marks import Quotations
from framing.voice.sites import GERUND, INFINITIVE, NOUN, OTHER, PASSIVE, Sites

SPEAKER_TOKENS = 25  # a longer stretch is no name with its titles, and is given up


def find_speakers(lay: Layout, sites: Sites, findings: Findings) -> tuple[LongArray, LongArray]:
    """Find the noun phrase that speaks, for each cue.

    Returns
    -------
    start, end : int64 arrays (sites,)
        -1 where nobody is named: agentless passives, bare nouns.
    """
    s = sites
    size = len(lay)
    hard = _last_hard(lay)
    start, end = _subjects(lay, s, hard)
    # "said Smith, a lawyer"
    stops = lay.boundary | lay.classes("TIME", "PERSONAL", "WH", "THAT", "VERB")
    stops |= lay.classes("PREPOSITION") & ~lay.spelt("of")
    behind = np.minimum(next_place(stops)[np.minimum(s.end, size)], s.stop)
    pronoun = lay.has(np.minimum(s.end, size), "PERSONAL")
    behind = np.where(pronoun, s.end + 1, behind)
    start = np.where(findings.inverted, s.end, start)
    end = np.where(findings.inverted, behind, end)
    # "according to Smith"
    source = s.of("according")
    start = np.where(source, s.end, start)
    end = np.where(source, np.minimum(lay.next_boundary[np.minimum(s.end, size)], s.stop), end)
    spans = findings.spans
    content = np.full(len(s), size, dtype=np.int64)
    row = np.flatnonzero(spans.site >= 0)
    row = row[spans.start[row] >= s.end[spans.site[row]]]
    content[spans.site[row]] = spans.start[row]
    end = np.where(source, np.minimum(end, content), end)
    # "Smith's claim that"
    noun = (s.use == NOUN) | ((s.use == OTHER) & s.of("noun", "content-noun", "adjective"))
    owned = noun & lay.is_form(np.maximum(s.start - 1, 0), "'s") & (s.start - 1 > s.first)
    start = np.where(noun, np.where(owned, _phrase_start(lay, s, hard, s.start - 2), -1), start)
    end = np.where(noun, np.where(owned, s.start - 1, -1), end)
    nobody = (s.use == PASSIVE) | s.of("adverb", "distance") | (start < 0)
    # Participles and infinitives speak for the speaker before them in the sentence, or for its subject.
    borrowed = np.isin(s.use, (GERUND, INFINITIVE)) & ~source & ~findings.inverted
    valid = ~nobody & ~borrowed & (end > start) & (end - start <= SPEAKER_TOKENS)
    before = last_place(valid & (findings.forward | findings.inserted | source))
    giver = np.maximum(before, 0)
    same = borrowed & (before >= 0) & (s.first[giver] == s.first)
    first_verb = lay.next_verb[s.first].astype(np.int64)
    opening = borrowed & ~same & (first_verb < s.start) & (first_verb - s.first <= SPEAKER_TOKENS)
    start = np.where(same, start[giver], np.where(opening, s.first, start))
    end = np.where(same, end[giver], np.where(opening, first_verb, end))
    found = ~nobody & (end > start) & (end - start <= SPEAKER_TOKENS) & (~borrowed | same | opening)
    start, end = _trim(lay, start, end)
    found &= end > start
    return np.where(found, start, -1), np.where(found, end, -1)


def _subjects(lay: Layout, s: Sites, hard: IntArray) -> tuple[LongArray, LongArray]:
    """The subject before the verb; behind an apposition or a relative clause, what these describe."""
    end = s.subject + 1
    start = _phrase_start(lay, s, hard, s.subject)
    # "Smith, a lawyer, said": the boundary itself stands before the verb.
    safe = np.maximum(s.left, 0)
    apposition = (s.subject == s.left) & (s.left > s.first) & lay.comma[safe] & ~lay.closing[safe]
    quote = last_place(lay.closing)[safe]
    begin = np.where(quote >= s.first, quote + 1, s.first)
    opening = lay.next_boundary[np.minimum(begin, len(lay))].astype(np.int64)
    head = apposition & (opening < s.left) & lay.comma[np.minimum(opening, len(lay))] & (lay.next_verb[begin] > opening)
    nearer = lay.last_boundary[np.maximum(safe - 1, 0)].astype(np.int64)
    opening = np.where(head, opening, nearer)
    head |= apposition & (nearer > s.first) & lay.comma[np.maximum(nearer, 0)]
    end = np.where(head, opening, end)
    start = np.where(head, _phrase_start(lay, s, hard, opening - 1), start)
    # "Smith, who left, said"; "officials who said"
    relative = s.follows("RELATIVE")
    noun_end = s.subject - 1
    noun_end = np.where(lay.comma[np.maximum(noun_end, 0)], noun_end - 1, noun_end)
    end = np.where(relative, noun_end + 1, end)
    start = np.where(relative, _phrase_start(lay, s, hard, noun_end), start)
    return start, np.where(end > s.first, end, -1)


def _last_hard(lay: Layout) -> IntArray:
    """Last boundary, verb or linking word at or before each place: noun phrases begin behind it."""
    hard = lay.boundary | lay.classes("VERB", "THAT", "SUBORDINATOR", "COORDINATOR", "RELATIVE")
    # "Russia, Iran and Turkey": a coordinator between two names does not end the phrase
    capital = (lay.kind & CAPITAL) != 0
    joined = lay.classes("COORDINATOR")
    joined[1:-1] &= capital[:-2] & capital[2:]
    hard &= ~joined
    # and neither does a comma in such a list
    listed = lay.comma.copy()
    listed[1:-2] &= capital[:-3] & capital[2:-1] & (joined[3:] | lay.comma[3:])
    hard &= ~listed
    return last_place(hard)


def _phrase_start(lay: Layout, s: Sites, hard: IntArray, last: LongArray) -> LongArray:
    """Where the noun phrase that ends with token `last` begins."""
    start = np.maximum(hard[np.clip(last, 0, len(lay))] + 1, s.first)
    # "the farmers assembled in the square hope": the participle belongs to the phrase
    reduced = lay.has(np.minimum(start, len(lay)), "PREPOSITION")
    return np.where(reduced & (s.opener <= last), np.minimum(s.opener, start), start)


def _trim(lay: Layout, start: LongArray, end: LongArray) -> tuple[LongArray, LongArray]:
    """Drop adverbs, linking words and marks at both ends."""
    size = len(lay)
    words = sum(CLASS[c] for c in ("ADVERB", "SUBORDINATOR", "COORDINATOR"))
    nominal = CLASS["PRONOUN"] | CLASS["DETERMINER"]
    for _ in range(3):
        here = np.clip(start, 0, size)
        bits = lay.bits[here]
        loose = (((bits & words) != 0) & ((bits & nominal) == 0)) | ((lay.kind[here] & WORD) == 0)
        start = np.where((start >= 0) & (start < end) & loose, start + 1, start)
        end = np.where((end > start) & ((lay.kind[np.clip(end - 1, 0, size)] & WORD) == 0), end - 1, end)
    return start, end


@dataclass(frozen=True, slots=True)
class _Links:
    """Sites by the mark that they stand beside, and by sentence."""

    close: LongArray
    open: LongArray
    sentence: LongArray


def link_quotations(
    lay: Layout, sites: Sites, findings: Findings, quotations: Quotations, verbs: BoolArray
) -> LongArray:
    """Find the cue of each quotation: beside its marks, else in its sentence, else that of the quotation before it.

    Returns
    -------
    int64 array (quotations,)
        Number of the site, -1 where there is none.
    """
    size = len(lay)
    links = _Links(*(np.full(size + 1, -1, dtype=np.int64) for _ in range(3)))
    rows = np.arange(len(sites))
    beside = findings.quote_close >= 0
    links.close[findings.quote_close[beside]] = rows[beside]
    beside = (findings.quote_open >= 0) & verbs
    links.open[findings.quote_open[beside]] = rows[beside]
    active = findings.forward | findings.inserted | sites.of("according")
    for chosen in (verbs, active):
        links.sentence[sites.first[chosen][::-1]] = rows[chosen][::-1]
    opens, closes = quotations.opens, quotations.closes
    site = np.where(closes >= 0, links.close[np.maximum(closes, 0)], -1)
    site = np.where((site < 0) & (opens >= 0), links.open[np.maximum(opens, 0)], site)
    for place in (quotations.start, quotations.end - 1):
        site = np.where(site < 0, links.sentence[lay.first[place]], site)
    return _carry(lay, quotations, site)


def _carry(lay: Layout, quotations: Quotations, site: LongArray) -> LongArray:
    """Carry cues over the paragraphs of a quotation, and on to those behind it in the paragraph or at the next one."""
    paragraph = np.cumsum((lay.tokens.flags & PARAGRAPH_BEFORE) != 0)[quotations.start]
    segment = np.searchsorted(lay.tokens.bounds, quotations.start, side="right")
    opens_paragraph = (lay.tokens.flags[np.maximum(quotations.start - 1, 0)] & PARAGRAPH_BEFORE) != 0
    runs_on = quotations.closes < 0
    found = site.tolist()
    paragraphs, segments = paragraph.tolist(), segment.tolist()
    opening, open_end = opens_paragraph.tolist(), runs_on.tolist()
    for row in range(len(found) - 2, -1, -1):
        if (
            found[row] < 0
            and open_end[row]
            and segments[row] == segments[row + 1]
            and paragraphs[row + 1] - paragraphs[row] <= 1
        ):
            found[row] = found[row + 1]
    for row in range(1, len(found)):
        if found[row] < 0 and segments[row] == segments[row - 1]:
            step = paragraphs[row] - paragraphs[row - 1]
            if step == 0 or (step == 1 and (opening[row] or open_end[row - 1])):
                found[row] = found[row - 1]
    return np.array(found, dtype=np.int64)

"""Distance: short terms in marks that nobody is quoted for, and what stands behind "so-called"."""

from __future__ import annotations

import numpy as np

from framing.text import CAPITAL, DIGIT, WORD, BoolArray, LongArray
from framing.voice.grammar import CLASS
from framing.voice.layout import Layout
from framing.voice.marks import Quotations
from framing.voice.sites import NOUN, OTHER, Sites

SCARE_WORDS = 3  # a longer quotation is a quotation, whoever is meant to speak
TERM_WORDS = 4  # how many words behind "so-called" belong to the term
_FUNCTION = sum(
    CLASS[c]
    for c in (
        "PREPOSITION COORDINATOR SUBORDINATOR RELATIVE BE HAVE MODAL DETERMINER"
        " PERSONAL THAT TO OBJECT VERB ADVERB TIME"
    ).split()
)


def find_scare_quotes(
    lay: Layout, quotations: Quotations, attributed: BoolArray, sites: Sites, active: BoolArray
) -> tuple[BoolArray, BoolArray]:
    """Tell short terms in scare quotes, and names and titles in marks, from quotations.

    Parameters
    ----------
    attributed : bool array (tokens,)
        Content of indirect speech.
    active : bool array (sites,)
        Cues that govern some content.

    Returns
    -------
    scare, names : bool arrays (quotations,)
        A term of at most `SCARE_WORDS` words in a sentence without a speaker. When all its words are capitalised it is
        a name or title ("Morning Show") and its marks say nothing.
    """
    size = len(lay)
    start, end = quotations.start, quotations.end
    words = np.concatenate(([0], np.cumsum((lay.kind[:-1] & WORD) != 0)))
    lower = np.concatenate(([0], np.cumsum((lay.kind[:-1] & (WORD | CAPITAL | DIGIT)) == WORD)))
    length = words[end] - words[start]
    spoken = np.zeros(size + 1, dtype=bool)
    spoken[lay.first[sites.start[active]]] = True
    # What is looked up behind a quotation must stand in the same text.
    bounds = lay.tokens.bounds
    text_start = bounds[np.searchsorted(bounds, start, side="right") - 1]
    governed = spoken[lay.first[start]] | attributed[start]
    governed |= attributed[np.maximum(start - 2, 0)] & (start - 2 >= text_start)
    # A cue right before the marks: called "...", known as "..."
    near = np.zeros(size + 1, dtype=bool)
    near[sites.end[~sites.of("distance") & ~np.isin(sites.use, (NOUN, OTHER))]] = True
    for back in (1, 2):
        governed |= near[np.maximum(start - back, 0)] & (start - back > text_start)
    paired = (quotations.opens >= 0) & (quotations.closes >= 0)
    # Not a whole sentence of its own.
    behind = np.minimum(quotations.closes + 1, size)
    sentence = lay.first[np.maximum(quotations.opens, 0)]
    alone = (quotations.opens > sentence) | (((lay.kind[behind] & WORD) != 0) & (lay.first[behind] == sentence))
    verbs = np.concatenate(([0], np.cumsum((lay.bits[:-1] & (CLASS["VERB"] | CLASS["PERSONAL"])) != 0)))
    alone &= verbs[end] == verbs[start]  # a term holds no verb
    short = (length <= SCARE_WORDS) & ~governed & paired & alone
    so_called = np.zeros(size + 1, dtype=bool)
    so_called[sites.end[sites.of("distance")]] = True
    distanced = (quotations.opens >= 0) & so_called[np.maximum(quotations.opens, 0)]
    capitalised = (lower[end] == lower[start]) & (length >= 1)
    return (short & ~capitalised) | distanced, short & capitalised & (length >= 2) & ~distanced


def find_so_called(lay: Layout, sites: Sites) -> tuple[LongArray, LongArray, LongArray]:
    """Find the terms behind "so-called": a run of capitals, or the words up to the next function word.

    Returns
    -------
    start, end, site : int64 arrays
    """
    size = len(lay)
    site = np.flatnonzero(sites.of("distance"))
    start = sites.end[site]
    quoted = lay.opening[np.minimum(start, size)]
    capital = (lay.kind[np.minimum(start, size)] & CAPITAL) != 0
    end = start.copy()
    going = np.ones(len(start), dtype=bool)
    for _ in range(TERM_WORDS):
        here = np.minimum(end, size)
        going &= (
            ((lay.kind[here] & WORD) != 0)
            & ((lay.bits[here] & _FUNCTION) == 0)
            & (lay.first[here] == lay.first[start - 1])
        )
        going &= ~capital | ((lay.kind[here] & CAPITAL) != 0)
        end = np.where(going, end + 1, end)
    keep = ~quoted & (end > start)
    return start[keep], end[keep], site[keep]

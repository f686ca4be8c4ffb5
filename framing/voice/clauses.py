"""Clause rules: where the content of indirect speech and thought begins and ends around each cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.text import CAPITAL, DIGIT, TERMINAL, WORD, BoolArray, IntArray, LongArray
from framing.voice.cues import NOMINAL
from framing.voice.forward import accept_forward, forward_contents
from framing.voice.grammar import PUNCT_COLON, PUNCT_COMMA
from framing.voice.insertions import find_insertions, inserted_contents
from framing.voice.layout import Layout
from framing.voice.rules import SPOKEN, VERBS
from framing.voice.sites import FINITE, SPEECH, Sites
from framing.voice.sources import according, as_clauses, be_that, behind_colon, blocks, in_a_poll


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
        Cues whose content stands behind them; before them (", he said"); whose speaker stands behind them
        ("said Smith").
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

    inserted, inverted, close = find_insertions(lay, s, at_end | blocked, name)
    forward = (~at_end & ~blocked | fragment) & ~inverted & ~name & s.of(*VERBS, "noun", "adjective", "content-noun")
    # Behind a finished quotation stands "he said on Monday", not another content.
    done = np.maximum(s.left, 0)
    finished = (
        (s.left >= 0)
        & lay.closing[done]
        & (
            lay.comma[done]
            | lay.comma[np.minimum(done + 1, size)]
            | ((lay.kind[np.maximum(done - 1, 0)] & TERMINAL) != 0)
        )
    )
    forward &= ~finished | s.takes("THAT") | (s.use != FINITE) | ~s.of(*SPOKEN)
    forward &= accept_forward(lay, s, fragment)
    parts = [forward_contents(lay, s, forward, inserted), *inserted_contents(lay, s, inserted, close, at_end)]
    parts += [
        *as_clauses(lay, s),
        *according(lay, s),
        be_that(lay, s),
        behind_colon(lay, s, name),
        *blocks(lay, s, name),
        in_a_poll(lay),
    ]
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

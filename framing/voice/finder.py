"""The voice of each token, from quotation marks, cues and clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.lexicon import Lexicon
from framing.text import BoolArray, LongArray, Tokens
from framing.voice.clauses import find_contents
from framing.voice.cues import CueFinder
from framing.voice.distance import find_scare_quotes, find_so_called
from framing.voice.grammar import Grammar
from framing.voice.layout import lay_out
from framing.voice.lines import find_headline_speakers, find_transcript_turns
from framing.voice.marks import QuotationFinder
from framing.voice.sites import find_sites
from framing.voice.speakers import find_speakers, link_quotations

OWN, QUOTED, ATTRIBUTED, SCARE = 0, 1, 2, 3
VOICES = ("own", "quoted", "attributed", "scare")


@dataclass(frozen=True, slots=True)
class Voices:
    """The voice of each token, and the spans that are not the outlet's own.

    Attributes
    ----------
    code : int8 array (tokens,)
        OWN, QUOTED, ATTRIBUTED or SCARE.
    start, end : int64 arrays (spans,)
        Tokens, end exclusive; ascending, never overlapping.
    voice : int8 array (spans,)
    cue_start, cue_end, speaker_start, speaker_end : int64 arrays (spans,)
        Tokens of the cue and of the speaker; -1 where none was found.
    """

    code: npt.NDArray[np.int8]
    start: LongArray
    end: LongArray
    voice: npt.NDArray[np.int8]
    cue_start: LongArray
    cue_end: LongArray
    speaker_start: LongArray
    speaker_end: LongArray


class VoiceFinder:
    """Finds the voices of a batch.

    Parameters
    ----------
    cues : Lexicon or sequence of Lexicon
        See lexicons/voice/cues.
    """

    def __init__(self, cues: Lexicon | Sequence[Lexicon]) -> None:
        self._lexicons = [cues] if isinstance(cues, Lexicon) else list(cues)
        self._cues = CueFinder(self._lexicons)
        self._marks = QuotationFinder()
        self._grammar = Grammar()

    def __reduce__(self) -> tuple[type[VoiceFinder], tuple[list[Lexicon]]]:
        # A worker process rebuilds the tables; they hold functions, which cannot be sent.
        return VoiceFinder, (self._lexicons,)

    def __call__(self, tokens: Tokens, sentences: LongArray, is_title: BoolArray) -> Voices:
        """Find the voices.

        Parameters
        ----------
        tokens : Tokens
        sentences : int64 array
            First token of each sentence.
        is_title : bool array (segments,)
            Segments that are headlines.
        """
        size = len(tokens)
        if not size:
            none = np.zeros(0, dtype=np.int64)
            return Voices(np.zeros(0, dtype=np.int8), none, none, none.astype(np.int8), none, none, none, none)
        sentence_end = np.repeat(np.append(sentences[1:], size), np.diff(np.append(sentences, size)))
        quotations = self._marks(tokens, sentence_end)
        lay = lay_out(tokens, self._grammar(tokens), sentences, sentence_end, quotations, is_title)
        sites = find_sites(lay, self._cues(tokens))
        findings = find_contents(lay, sites)
        verbs = sites.speaks()
        lines = [find_headline_speakers(lay, is_title), find_transcript_turns(lay)]
        label, colon, line_end = (np.concatenate(column) for column in zip(*lines, strict=True))
        speaker_start, speaker_end = find_speakers(lay, sites, findings)
        # Whatever gives the word to a speaker: cues, then labels with their colons.
        origins = _Origins(
            np.concatenate((sites.start, colon)),
            np.concatenate((sites.end, colon + 1)),
            np.concatenate((speaker_start, label)),
            np.concatenate((speaker_end, colon)),
        )
        code = np.zeros(size, dtype=np.int8)
        owner = np.full(size, -1, dtype=np.int64)
        spans = findings.spans
        paint(code, owner, *_disjoint(spans.start, spans.end, spans.site))
        paint(code, owner, colon + 1, line_end, ATTRIBUTED, len(sites) + np.arange(len(colon)))
        active = findings.forward | findings.inserted | sites.of("according") | verbs
        scare, names = find_scare_quotes(lay, quotations, code == ATTRIBUTED, sites, active)
        linked = link_quotations(lay, sites, findings, quotations, verbs)
        inside = owner[quotations.start]
        linked = np.where((linked < 0) & (inside >= 0), inside, linked)
        paint(code, owner, quotations.start, quotations.end, QUOTED, linked, ~scare & ~names)
        paint(code, owner, quotations.start, quotations.end, SCARE, np.full(len(quotations), -1, dtype=np.int64), scare)
        term_start, term_end, term_site = find_so_called(lay, sites)
        free = code[np.minimum(term_start, size - 1)] == OWN
        paint(code, owner, term_start, term_end, SCARE, term_site, free)
        marks = np.concatenate((quotations.opens, quotations.closes))
        code[marks[marks >= 0]] = OWN
        return _collect(code, owner, tokens.bounds, origins)


@dataclass(frozen=True, slots=True)
class _Origins:
    """Cues and speakers, one row each."""

    cue_start: LongArray
    cue_end: LongArray
    speaker_start: LongArray
    speaker_end: LongArray


def _disjoint(start: LongArray, end: LongArray, site: LongArray) -> tuple[LongArray, LongArray, int, LongArray]:
    """Drop contents inside others, whose speaker speaks for them; part those that overlap. Arguments of `paint`."""
    order = np.lexsort((site, -end, start))
    start, end, site = start[order], end[order], site[order]
    reach = np.maximum.accumulate(end)
    before = np.concatenate(([0], reach[:-1])) if len(end) else reach
    keep = (end > before) & (end > start)
    return np.maximum(start, before)[keep], end[keep], ATTRIBUTED, site[keep]


def paint(
    code: npt.NDArray[np.int8],
    owner: LongArray,
    start: LongArray,
    end: LongArray,
    voice: int,
    site: LongArray,
    chosen: BoolArray | None = None,
) -> None:
    """Write voice and site over the tokens of spans, later spans over earlier ones."""
    if chosen is not None:
        start, end, site = start[chosen], end[chosen], site[chosen]
    length = np.maximum(end - start, 0)
    total = int(length.sum())
    place = np.repeat(start - np.cumsum(length) + length, length) + np.arange(total)
    code[place] = voice
    owner[place] = np.repeat(site, length)


def _collect(code: npt.NDArray[np.int8], owner: LongArray, bounds: LongArray, origins: _Origins) -> Voices:
    """Gather runs of one voice and one origin into spans, none of which crosses from one segment into the next."""
    size = len(code)
    change = np.zeros(size + 1, dtype=bool)
    change[0] = change[size] = True
    change[1:size] = (code[1:] != code[:-1]) | ((owner[1:] != owner[:-1]) & (code[1:] != OWN))
    change[bounds] = True
    begin = np.flatnonzero(change)
    start, end = begin[:-1], begin[1:]
    keep = code[start] != OWN
    start, end = start[keep], end[keep]
    origin = owner[start]
    known = origin >= 0
    columns = [
        np.where(known, column[np.maximum(origin, 0)], -1) if len(column) else np.full(len(start), -1, dtype=np.int64)
        for column in (origins.cue_start, origins.cue_end, origins.speaker_start, origins.speaker_end)
    ]
    return Voices(code, start, end, code[start], *columns)

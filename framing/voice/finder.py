"""The voice of each token, from quotation marks, cues and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.lexicon import Lexicon
from framing.text import WORD, BoolArray, LongArray, Tokens
from framing.voice.clauses import find_contents
from framing.voice.cues import CueFinder
from framing.voice.distance import find_scare_quotes, find_so_called
from framing.voice.grammar import Grammar
from framing.voice.layout import cover, lay_out
from framing.voice.lines import find_headline_speakers, find_transcript_turns
from framing.voice.marks import QuotationFinder
from framing.voice.sites import find_sites

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
        self._cues = CueFinder([cues] if isinstance(cues, Lexicon) else cues)
        self._marks = QuotationFinder()
        self._grammar = Grammar()

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
        code = np.zeros(size, dtype=np.int8)
        owner = np.full(size, -1, dtype=np.int64)
        if not size:
            none = np.zeros(0, dtype=np.int64)
            return Voices(code, none, none, none.astype(np.int8), none, none, none, none)
        sentence_end = np.repeat(np.append(sentences[1:], size), np.diff(np.append(sentences, size)))
        quotations = self._marks(tokens, sentence_end)
        lay = lay_out(tokens, self._grammar(tokens), sentences, sentence_end, quotations)
        sites = find_sites(lay, self._cues(tokens))
        findings = find_contents(lay, sites)
        self.last = (lay, sites, findings)
        code[cover(size, findings.spans.start, findings.spans.end)] = ATTRIBUTED
        for _, colon, end in (find_headline_speakers(lay, is_title), find_transcript_turns(lay)):
            code[cover(size, colon + 1, end)] = ATTRIBUTED
        active = findings.forward | findings.inserted | sites.of("according") | sites.speaks()
        scare, names = find_scare_quotes(lay, quotations, code == ATTRIBUTED, sites, active)
        speech = ~scare & ~names
        code[cover(size, quotations.start[speech], quotations.end[speech])] = QUOTED
        code[cover(size, quotations.start[scare], quotations.end[scare])] = SCARE
        code[cover(size, *find_so_called(lay, sites)) & (code == OWN)] = SCARE
        marks = np.concatenate((quotations.opens, quotations.closes))
        code[marks[marks >= 0]] = OWN
        none = np.zeros(0, dtype=np.int64)
        edge = np.flatnonzero(np.diff(code, prepend=0, append=0))
        change = np.zeros(size + 1, dtype=bool)
        change[edge] = True
        change[tokens.bounds] = True
        begin = np.flatnonzero(change)
        start, stop = begin[:-1], begin[1:]
        keep = code[start] != OWN
        start, stop = start[keep], stop[keep]
        unknown = np.full(len(start), -1, dtype=np.int64)
        return Voices(code, start, stop, code[start], unknown, unknown, unknown, unknown)

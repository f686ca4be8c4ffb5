"""Reads a short text and returns the spans that are not the outlet's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from framing.lexicon import find_lexicon, read_lexicon
from framing.text import Splitter, Vocabulary, read_tokens
from framing.voice import VOICES, VoiceFinder


@dataclass(frozen=True)
class Span:
    voice: str
    text: str
    cue: str | None
    speaker: str | None


@pytest.fixture(scope="session")
def finder() -> VoiceFinder:
    return VoiceFinder(read_lexicon(find_lexicon("cues", "voice")))


@pytest.fixture(scope="session")
def voices_of(finder: VoiceFinder) -> Callable[..., list[Span]]:
    vocabulary, splitter = Vocabulary(), Splitter()

    def read(text: str, title: bool = False) -> list[Span]:
        tokens = read_tokens([text], vocabulary)
        voices = finder(tokens, splitter(tokens), np.array([title]))

        def words(first: int, last: int) -> str | None:
            return None if first < 0 else text[tokens.start[first] : tokens.end[last - 1]]

        return [
            Span(
                VOICES[voices.voice[i]],
                str(words(voices.start[i], voices.end[i])),
                words(voices.cue_start[i], voices.cue_end[i]),
                words(voices.speaker_start[i], voices.speaker_end[i]),
            )
            for i in range(len(voices.start))
        ]

    return read

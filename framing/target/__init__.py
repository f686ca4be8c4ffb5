"""Tone toward a target: which words of a sentence concern a name, in which role, and what they say about it."""

from framing.target.model import FEATURES, RELATIONS, Reasons, Tones, find_tone, measure

__all__ = ["FEATURES", "RELATIONS", "Reasons", "Tones", "find_tone", "measure"]

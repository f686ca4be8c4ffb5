"""Voice: which words of an article are the outlet's own, and which it reports, quotes or holds at arm's length."""

from framing.voice.finder import ATTRIBUTED, OWN, QUOTED, SCARE, VOICES, VoiceFinder, Voices

__all__ = ["ATTRIBUTED", "OWN", "QUOTED", "SCARE", "VOICES", "VoiceFinder", "Voices"]

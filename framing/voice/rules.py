"""What the clause rules share: their numbers, classes of cues, and the rows that they return."""

from __future__ import annotations

from framing.text import LongArray
from framing.voice.grammar import CLASS

# Which rule found a content.
FORWARD, INSERTED, RESUMED, AS_CLAUSE, ACCORDING, BE_THAT, COLON, IN_POLL, BLOCK = range(9)

# Start and end (tokens), number of the site, and the rule.
Rows = tuple[LongArray, LongArray, LongArray, int]

VERBS = (
    *("say", "remark", "think", "perceive", "hope", "demand", "order", "promise", "show", "tell", "ask"),
    *("judge", "accuse", "name", "discuss", "stance"),
)
SPOKEN = ("say", "remark", "tell", "show", "ask")  # may stand behind what is said


def bits_of(*classes: str) -> int:
    """Return the bits of several word classes of `grammar.CLASS`."""
    return sum(CLASS[c] for c in classes)

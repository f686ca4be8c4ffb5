"""The garbage collector of a process that is the program's own."""

from __future__ import annotations

import gc

# New objects before the youngest are looked through, and how many such looks before the older ones are.
_THRESHOLDS = (100_000, 50, 50)


def collect_seldom() -> None:
    """Let Python look for unreachable cycles seldom.

    Lexicons and vocabularies are a million small objects that all stay; to look through them again and again took an
    eighth of an analysis, and memory is no higher without. Only for the command line and its workers: in somebody
    else's process the setting is theirs.
    """
    gc.set_threshold(*_THRESHOLDS)

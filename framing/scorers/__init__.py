"""Scorers: one construct a file, each a pure function of one annotated batch. This is their table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.annotation import AnnotatedBatch
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers import (
    agency,
    casualties,
    certainty,
    coverage,
    frames,
    loaded,
    morality,
    naming,
    readability,
    sourcing,
    tone,
    toward,
    words,
)
from framing.scorers.counts import Counts, Found, Scored, Scorer, join


def _no_measures(_: Sequence[Lexicon]) -> list[Measure]:
    """What naming and coverage give has tables of its own, in `framing.statistics`."""
    return []


SCORERS: Mapping[str, Scorer] = {
    "words": Scorer(words.score, _no_measures, "Words and sentences"),
    "naming": Scorer(naming.score, _no_measures, "Names", lists_matches=True),
    "coverage": Scorer(coverage.score, _no_measures, "Coverage"),
    "tone": Scorer(tone.score, tone.measures, "Tone"),
    "toward": Scorer(toward.score, toward.measures, "Tone toward referents"),
    "loaded": Scorer(loaded.score, loaded.measures, "Loaded language", explain=loaded.explain),
    "sourcing": Scorer(sourcing.score, sourcing.measures, "Who speaks"),
    "certainty": Scorer(certainty.score, certainty.measures, "Certainty", lists_matches=True),
    "frames": Scorer(frames.score, frames.measures, "Cues of frames", lists_matches=True),
    "morality": Scorer(morality.score, morality.measures, "Cues of moral foundations", lists_matches=True),
    "agency": Scorer(agency.score, agency.measures, "Who does harm to whom"),
    "casualties": Scorer(casualties.score, casualties.measures, "Figures of casualties"),
    "readability": Scorer(readability.score, readability.measures, "Readability"),
}
ALWAYS = ("words",)  # the denominators of all others


@dataclass(frozen=True, slots=True)
class BatchScores:
    """What the scorers make of one batch.

    Attributes
    ----------
    counts : Counts
    mentions : tuple of Found
    matched : tuple of str
        Modules whose matches are mentions.
    tables : mapping of str to pa.Table
    """

    counts: Counts
    mentions: tuple[Found, ...]
    matched: tuple[str, ...]
    tables: Mapping[str, pa.Table]


def choose_modules(names: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the modules of a choice in the order in which they run; None for all of them.

    Raises
    ------
    InputError
        There is no such module; the message lists those there are.
    """
    if names is None:
        return tuple(SCORERS)
    wanted = set(names)
    for name in sorted(wanted):
        if name not in SCORERS:
            offered = ", ".join(n for n in SCORERS if n not in ALWAYS)
            raise InputError(f"no module {name!r}. Choose from: {offered}.")
    return tuple(name for name in SCORERS if name in wanted or name in ALWAYS)


def score_all(batch: AnnotatedBatch, modules: Sequence[str] = tuple(SCORERS)) -> BatchScores:
    """Run the scorers of some modules over a batch."""
    scored = [SCORERS[name].score(batch) for name in modules]
    return BatchScores(
        join(s.counts for s in scored),
        tuple(s.mentions for s in scored if s.mentions is not None),
        tuple(name for name in modules if SCORERS[name].lists_matches),
        {name: table for s in scored for name, table in s.tables.items()},
    )


def list_measures(lexicons: Sequence[Lexicon], modules: Sequence[str] = tuple(SCORERS)) -> list[Measure]:
    """Return the measures of some modules, in their order."""
    return [measure for name in modules for measure in SCORERS[name].measures(lexicons)]


__all__ = [
    "ALWAYS",
    "SCORERS",
    "BatchScores",
    "Counts",
    "Found",
    "Scored",
    "Scorer",
    "choose_modules",
    "list_measures",
    "score_all",
]

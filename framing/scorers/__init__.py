"""Scorers: one construct a file, each a pure function of one annotated batch. This is their table of contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from framing.annotation import AnnotatedBatch
from framing.scorers import coverage, naming, words
from framing.scorers.counts import Counts, join

SCORERS: Mapping[str, Callable[[AnnotatedBatch], Counts]] = {
    "words": words.count,
    "naming": naming.count,
    "coverage": coverage.count,
}


def count_all(batch: AnnotatedBatch) -> Counts:
    """Run every scorer over a batch."""
    return join(count(batch) for count in SCORERS.values())


__all__ = ["SCORERS", "Counts", "count_all"]

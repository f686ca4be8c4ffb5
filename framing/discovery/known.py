"""Which phrases the lexicons of an analysis know already."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.lexicon import Category, Lexicon, Term
from framing.matching import Matcher
from framing.text import CLITIC, Vocabulary, read_tokens


class KnownPhrases:
    """Says whether a term of some lexicon matches a phrase from end to end; topics of articles do not matter.

    Parameters
    ----------
    records : sequence of mappings
        Lexicons as an analysis keeps them: `name`, `module`, `scale`, `categories`, `terms`.
    """

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        self._matcher = Matcher([read_record(record) for record in records])

    def __call__(self, phrases: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return which of the phrases are known. Shape (phrases,)."""
        known = np.zeros(len(phrases), dtype=bool)
        if not len(phrases):
            return known
        tokens = read_tokens(list(phrases), Vocabulary())
        matches = self._matcher(tokens, np.arange(len(phrases), dtype=np.int32))
        place = np.searchsorted(tokens.bounds, matches.start, side="right") - 1
        # A possessive ending is part of no match.
        last = tokens.bounds[place + 1]
        ending = (tokens.form_flags()[last - 1] & CLITIC) != 0
        known[place[(matches.start == tokens.bounds[place]) & (matches.end >= last - ending)]] = True
        return known


def read_record(record: Mapping[str, Any]) -> Lexicon:
    """Make a lexicon without topics of what an analysis keeps of it; blockers are left out."""
    return Lexicon(
        name=record["name"],
        module=record["module"],
        title=record["title"],
        language="",
        version="0",
        licence="",
        scale=(float(record["scale"][0]), float(record["scale"][1])),
        scale_meaning="",
        categories={key: Category(key, str(value["label"])) for key, value in record["categories"].items()},
        terms=tuple(
            Term(pattern, category, float(weight))
            for category, pattern, weight, *_ in record["terms"]
            if weight is not None and not math.isnan(weight)
        ),
    )

"""A guide's view of a naming lexicon: other weights for the words that it has something to say about."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

from framing.errors import LexiconError
from framing.guides.reading import Guide
from framing.lexicon import PatternWord, expand, read_places


def guide_weights(guide: Guide, lexicon: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """Say which names of a naming lexicon the guide weighs otherwise than nothing at all, and how.

    A name is re-weighed where every one of its forms is a form that the guide weighs, whole: what the guide says of
    "militants" holds for "militant(s)", and not for "foreign-backed militants", whose other words weigh too. A row of
    the guide for one referent ("syria/armed-opposition") goes before a row for a kind of referent ("armed-group"), and
    of several for a kind the first. Where the forms of a name get different weights, it keeps its own.

    Parameters
    ----------
    guide : Guide
    lexicon : mapping
        A record of `Analysis.lexicon_records("naming")`: `name`, `categories` with their `kind`, and `terms` as
        (category, pattern, weight, ...), a weight of None for a blocker.

    Returns
    -------
    dict of (referent, pattern) to float
        The guide's weight, -2 to 2, also where it equals the lexicon's. Names that the guide says nothing about, and
        blockers, are missing.
    """
    weighed: dict[str, dict[tuple[PatternWord, ...], float]] = {}
    for row in guide.weights:
        forms = weighed.setdefault(row.referent, {})
        for form in expand(row.pattern):
            forms.setdefault(form, row.weight)
    found: dict[tuple[str, str], float] = {}
    for referent, pattern, weight, *_ in lexicon["terms"]:
        if weight is None or not math.isfinite(weight):
            continue
        kind = lexicon["categories"].get(referent, {}).get("kind", "")
        views = [weighed[key] for key in (f"{lexicon['name']}/{referent}", kind) if key in weighed]
        seen = _weigh(pattern, views) if views else None
        if seen is not None:
            found[referent, pattern] = seen
    return found


def _weigh(pattern: str, views: list[dict[tuple[PatternWord, ...], float]]) -> float | None:
    """Return the one weight of all forms of a pattern; None where a form has none, or another."""
    weight: float | None = None
    try:
        choices = [place.choices for place in read_places(pattern)]
    except LexiconError:  # of a lexicon that an older version accepted
        return None
    for made in product(*choices):  # stops at the first form that the guide does not know
        form = tuple(word for choice in made for word in choice)
        given = next((view[form] for view in views if form in view), None)
        if given is None or weight not in (None, given):
            return None
        weight = given
    return weight

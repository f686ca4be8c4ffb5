"""Phrases whose count a longer phrase explains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from framing.text import BoolArray

EXPLAINED = 0.8
"""Share of a phrase's occurrences that must lie inside a longer one before only the longer one is shown."""


def find_nested(
    keys: Sequence[tuple[str, ...]], counts: npt.NDArray[np.float64], share: float = EXPLAINED
) -> BoolArray:
    """Say which phrases stand mostly inside a longer one of the same list.

    "Military operation" is nested in "special military operation" where four fifths of its occurrences are that.

    Parameters
    ----------
    keys : sequence of tuples of str
        Words of the phrases.
    counts : float64 array (phrases,)
        Occurrences on the side that is looked at.
    share : float

    Returns
    -------
    bool array (phrases,)
        A phrase without occurrences is not nested.
    """
    number = {key: place for place, key in enumerate(keys)}
    nested = np.zeros(len(keys), dtype=bool)
    for place, key in enumerate(keys):
        inside: dict[int, int] = {}
        for length in range(1, len(key)):
            for first in range(len(key) - length + 1):
                shorter = number.get(key[first : first + length])
                if shorter is not None:
                    inside[shorter] = inside.get(shorter, 0) + 1
        for shorter, times in inside.items():
            if counts[shorter] > 0 and times * counts[place] >= share * counts[shorter]:
                nested[shorter] = True
    return nested

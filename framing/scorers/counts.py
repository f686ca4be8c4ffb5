"""What every scorer returns: named counts of articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import IntArray


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of the articles of one batch, without zeros.

    Attributes
    ----------
    article : int32 array (rows,)
        Number of the article in its batch.
    counter : int32 array (rows,)
        Index into `names`.
    value : float64 array (rows,)
    names : tuple of str
        Counter names such as "naming:syria:armed-opposition:own:body:rebel(s)"; see `docs/tables.md`.
    """

    article: IntArray
    counter: IntArray
    value: npt.NDArray[np.float64]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.value)


def tally(
    article: npt.NDArray[np.integer], key: npt.NDArray[np.integer], weight: npt.NDArray[np.float64] | None = None
) -> tuple[IntArray, npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Add up weights (by default 1) for each pair of article and key.

    Returns
    -------
    article, key, total : arrays (distinct pairs,)
        Sorted by article, then key.
    """
    width = int(key.max()) + 1 if len(key) else 1
    pairs, inverse = np.unique(article.astype(np.int64) * width + key, return_inverse=True)
    total = np.bincount(inverse, weights=weight, minlength=len(pairs)).astype(np.float64)
    return (pairs // width).astype(np.int32), pairs % width, total


def join(parts: Iterable[Counts]) -> Counts:
    """Put the counts of several scorers together."""
    names: list[str] = []
    columns: list[tuple[IntArray, IntArray, npt.NDArray[np.float64]]] = []
    for part in parts:
        columns.append((part.article, (part.counter + len(names)).astype(np.int32), part.value))
        names.extend(part.names)
    if not columns:
        empty = np.zeros(0, dtype=np.int32)
        return Counts(empty, empty, np.zeros(0), ())
    article, counter, value = (np.concatenate(c) for c in zip(*columns, strict=True))
    return Counts(article, counter, value, tuple(names))

"""Groups of vectors that are alike and close in time: average linkage, exact, on a sparse matrix.

Average linkage joins two groups when the mean similarity of all their pairs reaches a threshold; single linkage,
which asks for one pair, would chain the news of a whole month together. Groups that are each other's nearest are
joined all at once, round by round, which for average linkage gives the same groups as joining the nearest two again
and again (Murtagh 1983, The Computer Journal 26). Similarities are whole millionths, so that sums are exact and no
result depends on their order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from framing.text import LongArray

FLOOR = 0.05
"""Similarity below which a pair is not stored and counts as 0: two articles on nothing in common reach it seldom, and
without it most pairs of a window would have to be held."""

_UNIT = 1_000_000
_CELLS = 2**20  # similarities held at once
_LEAST_ROWS = 256


def group_similar(matrix: Any, day: LongArray, window: int, threshold: float) -> LongArray:
    """Group rows by average linkage, within a window of time.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array, float64
        Shape (rows, terms), each row of length 1 or 0; ascending by `day`. Of several equal similarities the one of
        the earlier rows goes first.
    day : int64 array (rows,)
        Ascending.
    window : int
        Most days between the first and the last row of a group.
    threshold : float
        Least mean similarity of the pairs between two groups that are joined, above `FLOOR`.

    Returns
    -------
    int64 array (rows,)
        Number of each row's group, from 0, in the order of the groups' first rows.
    """
    return join_groups(find_similarities(matrix, day, window), day, window, threshold)


def join_groups(sums: Any, day: LongArray, window: int, threshold: float) -> LongArray:
    """Group rows by their similarities, as `find_similarities` returns them; see `group_similar`."""
    group = np.arange(len(day))
    size, first, last = np.ones(len(day), dtype=np.int64), day, day
    while True:
        target = _join_nearest(sums, size, first, last, window, threshold)
        kept, target = np.unique(target, return_inverse=True)
        if len(kept) == len(target):
            return group
        member = sparse.csr_array(
            (np.ones(len(target), dtype=np.int64), (target, np.arange(len(target)))), shape=(len(kept), len(target))
        )
        sums = member @ sums @ member.T
        sums.setdiag(0)
        sums.eliminate_zeros()
        size = member @ size
        first, last = _reduce(np.minimum, first, target, kept), _reduce(np.maximum, last, target, kept)
        group = target[group]


def find_similarities(matrix: Any, day: LongArray, window: int) -> Any:
    """Return the similarities of all pairs within the window as millionths. Symmetric, zero on the diagonal."""
    count = matrix.shape[0]
    rows, columns, values = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    begin = 0
    while begin < count:
        reach = int(np.searchsorted(day, day[begin] + window, side="right"))
        # No more rows than the window holds, or the block itself would reach far beyond it.
        end = min(count, begin + max(1, min(max(_LEAST_ROWS, reach - begin), _CELLS // (reach - begin))))
        reach = int(np.searchsorted(day, day[end - 1] + window, side="right"))
        product = (matrix[begin:end] @ matrix[begin:reach].T).tocoo()
        row, column = product.row.astype(np.int64) + begin, product.col.astype(np.int64) + begin
        kept = (column > row) & (product.data >= FLOOR)
        kept[kept] = day[column[kept]] - day[row[kept]] <= window
        rows.append(row[kept])
        columns.append(column[kept])
        values.append(product.data[kept])
        begin = end
    row, column = np.concatenate(rows), np.concatenate(columns)
    value = np.rint(np.concatenate(values) * _UNIT).astype(np.int64)
    half = sparse.coo_array((value, (row, column)), shape=(count, count)).tocsr()
    return half + half.T


def _join_nearest(
    sums: Any, size: LongArray, first: LongArray, last: LongArray, window: int, threshold: float
) -> LongArray:
    """Return for each group the one that it goes into: of two that are each other's nearest, the earlier."""
    pairs = sums.tocoo()
    row, column = pairs.row, pairs.col
    mean = pairs.data / (size[row] * size[column])
    together = np.maximum(last[row], last[column]) - np.minimum(first[row], first[column])
    able = np.flatnonzero((mean >= threshold * _UNIT) & (together <= window))
    order = able[np.lexsort((column[able], -mean[able], row[able]))]
    opens = order[np.flatnonzero(np.diff(row[order], prepend=-1))]
    everyone = np.arange(len(size))
    nearest = everyone.copy()
    nearest[row[opens]] = column[opens]
    mutual = nearest[nearest] == everyone
    return np.where(mutual, np.minimum(nearest, everyone), everyone)


def _reduce(function: np.ufunc, values: LongArray, target: LongArray, kept: LongArray) -> LongArray:
    """Reduce the values that go to one target."""
    found = values[kept].copy()
    function.at(found, target, values)
    return found

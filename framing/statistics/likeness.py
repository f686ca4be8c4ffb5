"""How far outlets lie from their mean, in a unit that all measures share, and which outlets and measures are alike."""

from __future__ import annotations

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage

from framing.statistics.counters import FloatArray


def scale_deviations(value: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return how far each outlet lies from the mean of the outlets, in typical margins of error.

    The margin of error is half the width of a 95 % interval; typical is the median over the outlets. In standard
    deviations between outlets every measure would look equally divided, also one in which the outlets differ by chance
    alone; so counted, chance stays within about one unit.

    Parameters
    ----------
    value, low, high : float64 arrays (outlets, measures)
        nan where there is not enough evidence.

    Returns
    -------
    float64 array (outlets, measures)
        Above 0: above the mean. nan where `value` is, where fewer than two outlets have one, and where no interval has
        a width; 0 where all outlets are equal.
    """
    known = ~np.isnan(value)
    width = (high - low) / 2
    found = np.full(value.shape, np.nan)
    for column in range(value.shape[1]):
        rows = known[:, column]
        if rows.sum() < 2:
            continue
        off = value[rows, column] - value[rows, column].mean()
        widths = width[rows, column]
        widths = widths[widths > 0]
        if np.allclose(off, 0, atol=1e-12 * np.abs(value[rows, column]).max(initial=0)):
            found[rows, column] = 0.0
        elif len(widths):
            found[rows, column] = off / np.median(widths)
    return found


def mean_of_outlets(value: FloatArray) -> FloatArray:
    """Return the mean of each column over the rows that have a value; nan where none has. Shape (measures,)."""
    known = ~np.isnan(value)
    sums, counts = np.where(known, value, 0.0).sum(axis=0), known.sum(axis=0)
    return np.asarray(np.divide(sums, counts, out=np.full(value.shape[1], np.nan), where=counts > 0))


def order_by_likeness(rows: FloatArray) -> list[int]:
    """Order rows so that neighbours are alike.

    Average linkage on Euclidean distances, with the leaves in the order that makes neighbours most alike; of the two
    directions, the one that begins with the row of the higher sum.

    Parameters
    ----------
    rows : float64 array (rows, columns)
        nan counts as 0, the mean.

    Returns
    -------
    list of int
        The rows' numbers.

    References
    ----------
    Bar-Joseph, Gifford & Jaakkola (2001), Bioinformatics 17 (optimal leaf ordering).
    """
    filled = np.nan_to_num(rows)
    sums = filled.sum(axis=1)
    if len(filled) < 3:
        return sorted(range(len(filled)), key=lambda row: (-sums[row], row))
    order = [int(row) for row in leaves_list(linkage(filled, "average", optimal_ordering=True))]
    return order if (sums[order[0]], -order[0]) >= (sums[order[-1]], -order[-1]) else order[::-1]

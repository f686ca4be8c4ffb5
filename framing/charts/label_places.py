"""Where the labels of dots go: beside their dots, off each other and off the dots that matter, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, right, bottom, in points


@dataclass(frozen=True, slots=True)
class Spot:
    """A label with the box that it fills.

    Attributes
    ----------
    index : int
        Which of the labels given.
    left, top : float
        Of the box, in points from the panel's corner.
    """

    index: int
    left: float
    top: float


def place_labels(
    dots: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    area: Box,
    radius: float,
    gap: float = 1.5,
    taken: Sequence[Box] = (),
) -> list[Spot]:
    """Place labels beside their dots, in the order given: who comes first has the choice.

    Parameters
    ----------
    dots : sequence of (x, y)
        In points; no label may lie on any of them.
    sizes : sequence of (width, height)
        Of the labels of the first of the dots; the dots beyond them only keep labels off.
    area : box
        No label leaves it.
    radius : float
        Of a dot.
    gap : float
        Between a dot and its label, and least distance between two labels.
    taken : sequence of boxes
        Where no label may lie.

    Returns
    -------
    list of Spot
        Those that found a place, in order.
    """
    marks = [(x - radius, y - radius, x + radius, y + radius) for x, y in dots]
    filled = list(taken)
    spots = []
    for index, (width, height) in enumerate(sizes):
        others = [mark for number, mark in enumerate(marks) if number != index]
        for left, top in _sides(*dots[index], width, height, radius + gap):
            box = left, top, left + width, top + height
            if _inside(box, area) and not any(_meet(box, o, 0.0) for o in others) and not any(
                _meet(box, f, gap) for f in filled
            ):  # fmt: skip
                filled.append(box)
                spots.append(Spot(index, left, top))
                break
    return spots


def _sides(x: float, y: float, width: float, height: float, away: float) -> list[tuple[float, float]]:
    """Return corners of boxes around a dot, those that read best first: right, left, above, below, then aslant."""
    right, left, above, below = x + away, x - away - width, y - away - height, y + away
    middle, centre = y - height / 2, x - width / 2
    return [
        (right, middle),
        (left, middle),
        (centre, above),
        (centre, below),
        (right - away / 2, above + away / 2),
        (left + away / 2, above + away / 2),
        (right - away / 2, below - away / 2),
        (left + away / 2, below - away / 2),
    ]


def _inside(box: Box, area: Box) -> bool:
    return box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]


def _meet(a: Box, b: Box, gap: float) -> bool:
    return a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap

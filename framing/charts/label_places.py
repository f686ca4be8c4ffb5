"""Where the labels of dots go: beside their dots, or at the end of a short line, off each other and off other dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import hypot

_RINGS = (1.1, 1.8, 2.6, 3.5)  # how far away labels on lines are tried, in heights of a label
_AROUND = (
    *((x, y) for x in (1.0, 0.5, 0.0, -0.5, -1.0) for y in (-1.0, 1.0)),
    *((x, y) for x in (1.0, -1.0) for y in (-0.4, 0.4)),
)
_LEAST_ALONG = 0.15  # cosine of the angle to the outward direction
_BEHIND = 0.6  # size of the dots behind
_BETWEEN = 0.9  # least distance between two labels of one line, in heights: nearer, they read as one phrase

Box = tuple[float, float, float, float]  # left, top, right, bottom, in points; of a line, where it begins and ends


@dataclass(frozen=True, slots=True)
class Spot:
    """A label with the box that it fills.

    Attributes
    ----------
    index : int
        Which of the labels given.
    left, top : float
        Of the box, in points from the panel's corner.
    line : (x, y, x, y) or None
        From the dot to the label, where it does not stand beside it.
    """

    index: int
    left: float
    top: float
    line: Box | None = None


def place_labels(
    dots: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    area: Box,
    radius: float,
    gap: float = 1.5,
    taken: Sequence[Box] = (),
    behind: Sequence[tuple[float, float]] = (),
    outward: Sequence[tuple[float, float]] = (),
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
    behind : sequence of (x, y)
        Smaller dots without labels, often very many, which no label may hide.
    outward : sequence of (x, y)
        For each label, a direction in which the panel grows empty. If given, a label may also stand off its dot, in
        about that direction, at the end of a line that crosses no other line, label or dot (except those behind);
        beside its dot it then stands right or left, and off other dots, where nobody takes it for theirs.

    Returns
    -------
    list of Spot
        Those that found a place, in order.
    """
    marks = [(x - radius, y - radius, x + radius, y + radius) for x, y in dots]
    small = radius * _BEHIND
    hidden = [(x - small, y - small, x + small, y + small) for x, y in behind]
    lines = bool(outward)
    filled = list(taken)
    drawn: list[Box] = []
    spots = []
    for index, (width, height) in enumerate(sizes):
        others = [mark for number, mark in enumerate(marks) if number != index]
        apart = gap if not lines else height * _BETWEEN
        sides = _sides(*dots[index], width, height, radius + gap)[: 2 if lines else None]
        choices: Iterator[Spot] = iter(Spot(index, *corner) for corner in sides)
        if lines:
            choices = chain(choices, _away(index, dots[index], outward[index], (width, height), radius))
        for spot in choices:
            box = spot.left, spot.top, spot.left + width, spot.top + height
            if (
                _inside(box, area)
                and not any(_meet(box, mark, 0.0, 0.0 if spot.line or not lines else height / 2) for mark in others)
                and not any(_meet(box, mark, 0.0) for mark in hidden)
                and not any(_meet(box, other, gap, apart) for other in filled)
                and not any(_crosses(line, box) for line in drawn)
                and (spot.line is None or _is_free(spot.line, (*others, *filled), drawn))
            ):
                filled.append(box)
                drawn += [spot.line] if spot.line else []
                spots.append(spot)
                break
    return spots


def _away(
    index: int, dot: tuple[float, float], outward: tuple[float, float], size: tuple[float, float], radius: float
) -> Iterator[Spot]:
    """Yield labels further and further from their dot, each with its line; those most outward first."""
    (x, y), (width, height) = dot, size
    along = {to: (to[0] * outward[0] + to[1] * outward[1]) / hypot(*to) / hypot(*outward) for to in _AROUND}
    ways = sorted((to for to in _AROUND if along[to] > _LEAST_ALONG), key=lambda to: -along[to])
    for ring in _RINGS:
        for right, down in ways:
            end_x, end_y = x + right * ring * height, y + down * ring * height
            beside = abs(right) == 1  # the line ends at the middle of a side of the label, otherwise below or above it
            left = (end_x if right > 0 else end_x - width) if beside else end_x - width / 2
            top = end_y - height / 2 if beside else end_y if down > 0 else end_y - height
            length = hypot(end_x - x, end_y - y)
            start = x + (end_x - x) / length * radius, y + (end_y - y) / length * radius
            yield Spot(index, left, top, (*start, end_x, end_y))


def _is_free(line: Box, boxes: Sequence[Box], lines: Sequence[Box]) -> bool:
    """Whether a line passes through no box and crosses no other line."""
    return not any(_crosses(line, box) for box in boxes) and not any(_cut(line, other) for other in lines)


def _cut(a: Box, b: Box) -> bool:
    """Whether two lines cut each other: the ends of each lie on different sides of the other."""
    return _side(a, b[0], b[1]) * _side(a, b[2], b[3]) < 0 and _side(b, a[0], a[1]) * _side(b, a[2], a[3]) < 0


def _side(line: Box, x: float, y: float) -> float:
    return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])


def _crosses(line: Box, box: Box) -> bool:
    """Whether a line passes through a box (Liang and Barsky's clipping); touching its edge is not passing through."""
    x, y, to_x, to_y = line
    enter, leave = 0.0, 1.0
    for start, step, low, high in ((x, to_x - x, box[0], box[2]), (y, to_y - y, box[1], box[3])):
        if abs(step) < 1e-9:
            if not low < start < high:
                return False
            continue
        ends = sorted(((low - start) / step, (high - start) / step))
        enter, leave = max(enter, ends[0]), min(leave, ends[1])
    return leave - enter > 1e-9


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


def _meet(a: Box, b: Box, gap: float, across: float | None = None) -> bool:
    wide = gap if across is None else across
    return a[0] < b[2] + wide and b[0] < a[2] + wide and a[1] < b[3] + gap and b[1] < a[3] + gap

"""What the map of outlets shows: where each lies, how surely, and what the directions mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.errors import InputError

LEAST_OUTLETS = 3
"""Two points always lie on a line: below three outlets there is no map."""

Vector = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One outlet.

    Attributes
    ----------
    outlet : str
    x, y : float
        In typical margins of error.
    half_axes : (Vector, Vector)
        Of the ellipse around it.
    """

    outlet: str
    x: float
    y: float
    half_axes: tuple[Vector, Vector]


@dataclass(frozen=True, slots=True)
class MapAxis:
    """One direction of the map.

    Attributes
    ----------
    share : float
        0 to 1: how much of the squared distances it shows.
    high, low : tuple of str
        The measures that are higher to the right, or at the top, and those higher at the other end; those that weigh
        most first.
    """

    share: float
    high: tuple[str, ...]
    low: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletPlaces:
    """A map.

    Attributes
    ----------
    points : tuple of MapPoint
    across, up : MapAxis
    apart : frozenset of (str, str)
        Pairs of outlets whose ellipses do not touch, each pair in the order of its names.
    unplaced : tuple of str
        Outlets with too little evidence.
    measures : int
        How many measures it is made of.
    """

    points: tuple[MapPoint, ...]
    across: MapAxis
    up: MapAxis
    apart: frozenset[tuple[str, str]] = frozenset()
    unplaced: tuple[str, ...] = ()
    measures: int = 0

    @property
    def enough(self) -> bool:
        """Whether there is a map to draw."""
        return len(self.points) >= LEAST_OUTLETS

    @classmethod
    def from_points(
        cls,
        points: Sequence[MapPoint],
        axes: tuple[MapAxis, MapAxis],
        *,
        apart: Sequence[tuple[str, str]] = (),
        unplaced: Sequence[str] = (),
        measures: int = 0,
    ) -> OutletPlaces:
        """Take finished places.

        Raises
        ------
        InputError
            No outlet at all, or one has two places.
        """
        names = [p.outlet for p in points]
        if not names and not unplaced:
            raise InputError("No outlet to draw. Choose at least one, or leave the choice out for all.")
        if len(set(names)) < len(names):
            raise InputError("An outlet has two places on the map. Give one for each.")
        pairs = frozenset((min(pair), max(pair)) for pair in apart)
        return cls(tuple(points), *axes, pairs, tuple(unplaced), measures)

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        measures = f"{self.measures} measures of wording; distances in half-widths of a 95% interval"
        return f"Near means alike, in {measures}" if self.enough else "Each outlet needs enough articles"

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row for each outlet.

        Columns: outlet : string; x, y, and the half axes of its ellipse long_x, long_y, short_x, short_y : float64, in
        typical margins of error, null where it could not be placed; apart_from : string, with "; " between several.
        """
        rows: list[tuple[str | float | None, ...]] = []
        for p in self.points:
            others = sorted(b if a == p.outlet else a for a, b in self.apart if p.outlet in (a, b))
            rows.append((p.outlet, p.x, p.y, *p.half_axes[0], *p.half_axes[1], "; ".join(others)))
        rows += [(name, *[None] * 6, "") for name in self.unplaced]
        names = ("outlet", "x", "y", "long_x", "long_y", "short_x", "short_y", "apart_from")
        text = {"outlet", "apart_from"}
        kinds = [pa.string() if name in text else pa.float64() for name in names]
        return pa.table([pa.array([row[n] for row in rows], kind) for n, kind in enumerate(kinds)], names=list(names))

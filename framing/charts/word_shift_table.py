"""What the word shift shows: the names that make up a difference of two mean weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.stance_table import STANCE, Scale
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED, make_table, number, read_rows, read_status, whole
from framing.errors import InputError

_COLUMNS = ("term", "weight", "count", "other_count", "share", "other_share", "contribution", "low", "high")


@dataclass(frozen=True, slots=True)
class ShiftBar:
    """What one name, or several together, adds to the difference.

    Attributes
    ----------
    label : str
    weight : float
        On the scale; nan where several names stand together.
    count, other_count : int
        Mentions on each side.
    share, other_share : float
        Of each side's mentions, 0 to 1.
    contribution, low, high : float
        On the scale; the bounds are nan where there is no interval.
    """

    label: str
    weight: float
    count: int
    other_count: int
    share: float
    other_share: float
    contribution: float
    low: float
    high: float

    @property
    def has_interval(self) -> bool:
        """Whether there are bounds to draw."""
        return not (math.isnan(self.low) or math.isnan(self.high))


@dataclass(frozen=True, slots=True)
class ShiftBars:
    """The parts of a difference between two outlets.

    Attributes
    ----------
    referent_label : str
    outlet, other : str
    bars : tuple of ShiftBar
        The largest contribution first.
    gathered : ShiftBar or None
        The names that are not shown one by one; a single one of them under its own name.
    value, other_value, difference, low, high : float
        The two means, and the difference of the first less the second with its interval.
    reference : float
        The weight from which a name counts as above or below.
    articles, other_articles : int
        Articles behind the two means.
    status : str
        "ok" or "insufficient".
    scale : Scale
    minimum : int
        Fewest articles for status "ok".
    """

    referent_label: str
    outlet: str
    other: str
    bars: tuple[ShiftBar, ...]
    gathered: ShiftBar | None
    value: float
    other_value: float
    difference: float
    low: float
    high: float
    reference: float
    articles: int
    other_articles: int
    status: str
    scale: Scale = STANCE
    minimum: int = 10

    @classmethod
    def from_table(
        cls,
        terms: pa.Table,
        *,
        referent_label: str,
        outlets: tuple[str, str],
        means: tuple[float, float],
        interval: tuple[float, float],
        reference: float,
        articles: tuple[int, int],
        status: str,
        labels: Mapping[str, str] | None = None,
        scale: Scale = STANCE,
        minimum: int = 10,
        most: int = 10,
    ) -> ShiftBars:
        """Take the table of `framing.statistics.word_shift.compute_word_shift`, its rows in order of size.

        Parameters
        ----------
        interval : (float, float)
            Of the difference of the means.
        labels : mapping of term to str, optional
            How each name is printed; otherwise its pattern.
        most : int
            Bars; where there are more names, the rest stand together in one more.

        Raises
        ------
        InputError
            A column is missing, there is no row, or the status is unknown.
        """
        if most < 1:
            raise InputError(f"{most} bars cannot be drawn. Choose 1 or more.")
        rows = read_rows(terms, "word shift", _COLUMNS)
        if not rows or read_status(status) == UNDEFINED:
            raise InputError("There is no name to draw: an outlet never mentions the referent. Choose other outlets.")
        bars = [
            ShiftBar(
                clean((labels or {}).get(str(row["term"]), row["term"])),
                number(row["weight"]),
                whole(row["count"]),
                whole(row["other_count"]),
                *(number(row[name]) for name in _COLUMNS[4:]),
            )
            for row in rows
        ]
        # Names in equal shares on both sides add nothing.
        shown = [b for b in bars if abs(b.contribution) > 1e-9][:most]
        rest = [b for b in bars if b not in shown]
        return cls(
            clean(referent_label),
            *outlets,
            tuple(shown),
            _gather(rest) if rest else None,
            *means,
            means[0] - means[1],
            *interval,
            reference,
            *articles,
            OK if status == OK else INSUFFICIENT,
            scale,
            minimum,
        )

    def to_table(self) -> pa.Table:
        """Return the data of the chart: a row a bar, then the names gathered, then the difference itself."""
        ends = self.difference, self.low, self.high
        total = ShiftBar("difference of means", math.nan, 0, 0, 1.0, 1.0, *ends)
        bars = [*self.bars, *([self.gathered] if self.gathered else []), total]
        types = {n: pa.int64() if n.endswith("count") else pa.float64() for n in _COLUMNS[1:]}
        rows = [(b.label, *(getattr(b, n) for n in types)) for b in bars]
        return make_table(rows, label=pa.string(), **types)


def _gather(bars: list[ShiftBar]) -> ShiftBar:
    if len(bars) == 1:  # then its own name says more
        return bars[0]
    return ShiftBar(
        f"{len(bars):,} other names",
        math.nan,
        sum(b.count for b in bars),
        sum(b.other_count for b in bars),
        sum(b.share for b in bars),
        sum(b.other_share for b in bars),
        sum(b.contribution for b in bars),
        math.nan,
        math.nan,
    )

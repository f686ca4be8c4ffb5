"""What the charts of stacked bars show: how wholes part among some classes, panel by panel and row by row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.tables import UNDEFINED, make_table, number, read_rows, read_status, sort_key, whole
from framing.charts.theme import MAX_SERIES
from framing.errors import InputError

_COLUMNS = ("whole", "part", "count", "total", "share", "low", "high", "n_articles", "status")
REST, UNKNOWN = -1, -2
"""Colours that are none of the series: grey for what is gathered, paper for what is not known."""


@dataclass(frozen=True, slots=True)
class Part:
    """One class of a whole.

    Attributes
    ----------
    key : str
        As in the column `part`.
    label : str
        In the key of the chart.
    colour : int
        Place among the theme's series colours, or `REST` or `UNKNOWN`.
    """

    key: str
    label: str
    colour: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One whole of one row.

    Attributes
    ----------
    label : str
        Of the row.
    counts : tuple of int
        Of each part.
    shares : tuple of float
        0 to 1, adding up to 1; nan without evidence.
    bounds : tuple of (float, float)
        95% interval of each share, nan where there is none. The chart draws that of the first part, which begins at
        0 in every bar.
    total, articles : int
        Sum of the counts, and the articles behind it.
    status : str
        "ok", "insufficient" or "undefined".
    """

    label: str
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    bounds: tuple[tuple[float, float], ...]
    total: int
    articles: int
    status: str

    @property
    def low(self) -> float:
        """Lower bound of the first share."""
        return self.bounds[0][0]

    @property
    def high(self) -> float:
        """Upper bound of the first share."""
        return self.bounds[0][1]

    @property
    def has_interval(self) -> bool:
        """Whether there are bounds to draw."""
        return not (math.isnan(self.low) or math.isnan(self.high))


@dataclass(frozen=True, slots=True)
class BarPanel:
    """Bars under one title, which may be ""."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Compositions:
    """Stacked bars in panels, all with the same rows in the same order.

    Attributes
    ----------
    parts : tuple of Part
    panels : tuple of BarPanel
    noun : str
        What is counted, in the plural: "words", "report verbs".
    minimum : int
        Fewest articles for status "ok".
    note : str
        What else is said below the chart.
    """

    parts: tuple[Part, ...]
    panels: tuple[BarPanel, ...]
    noun: str
    minimum: int = 10
    note: str = ""

    @classmethod
    def from_table(
        cls,
        table: pa.Table,
        parts: Sequence[Part],
        rows: Mapping[str, str],
        panels: Mapping[str, str],
        noun: str,
        *,
        row_column: str = "outlet",
        panel_column: str = "whole",
        sort: bool = True,
        minimum: int = 10,
        note: str = "",
    ) -> Compositions:
        """Take the table of `framing.statistics.compositions.compute_compositions`.

        Parameters
        ----------
        rows, panels : mapping of key to label
            The rows and panels to show, in order; one that the table lacks is shown as "no evidence".
        row_column, panel_column : str
            Where their keys stand; one of the two is "whole".
        sort : bool
            Whether to order the rows by the first share in the first panel, those of too few articles last.

        Raises
        ------
        InputError
            A column is missing, nothing is to be shown, a part has no such colour, or no row has any evidence.
        """
        if not (parts and rows and panels):
            raise InputError("No part, row or panel to draw. Choose at least one of each.")
        wrong = [p.colour for p in parts if not UNKNOWN <= p.colour < MAX_SERIES]
        if wrong:
            raise InputError(
                f"There is no series colour {wrong[0]}. Use 0 to {MAX_SERIES - 1}, or {REST} or {UNKNOWN}."
            )
        found: dict[tuple[str, str], dict[str, Mapping[str, object]]] = {}
        for row in read_rows(table, "compositions", tuple(dict.fromkeys((*_COLUMNS, row_column, panel_column)))):
            found.setdefault((str(row[panel_column]), str(row[row_column])), {})[str(row["part"])] = row
        grid = {
            panel: {key: _read_bar(clean(label), found.get((panel, key), {}), parts) for key, label in rows.items()}
            for panel in panels
        }
        if all(b.status == UNDEFINED for bars in grid.values() for b in bars.values()):
            raise InputError(f"There are no {noun} to draw. Choose other outlets.")
        first = grid[next(iter(panels))]
        order = list(rows)
        if sort:
            order.sort(key=lambda key: sort_key(first[key].status, first[key].shares[0], rows[key]))
        return cls(
            tuple(parts),
            tuple(
                BarPanel(clean(panels[p]) if panels[p] else "", tuple(grid[p][key] for key in order)) for p in panels
            ),
            noun,
            minimum,
            note,
        )

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row for each panel, row and part, each with its interval."""
        text, whole_number, real = pa.string(), pa.int64(), pa.float64()
        return make_table(
            (
                (p.title, b.label, part.label, b.counts[n], b.total, b.shares[n], *b.bounds[n], b.articles, b.status)
                for p in self.panels
                for b in p.bars
                for n, part in enumerate(self.parts)
            ),
            **{"panel": text, "row": text, "part": text, "count": whole_number, "total": whole_number},
            **{"share": real, "low": real, "high": real, "n_articles": whole_number, "status": text},
        )


def put_first(parts: Sequence[Part], key: str) -> tuple[Part, ...]:
    """Return parts with the one of a key first, so that its interval is the one drawn; as they are where there is none
    such."""
    return tuple(sorted(parts, key=lambda part: part.key != key))


def _read_bar(label: str, row: Mapping[str, Mapping[str, object]], parts: Sequence[Part]) -> Bar:
    cells = [row.get(part.key) for part in parts]
    known = next((c for c in cells if c is not None), None)
    counts = tuple(whole(c["count"]) if c is not None else 0 for c in cells)
    if known is None or not sum(counts):
        return Bar(label, counts, (math.nan,) * len(parts), ((math.nan,) * 2,) * len(parts), 0, 0, UNDEFINED)
    return Bar(
        label,
        counts,
        tuple(number(c["share"]) if c is not None else 0.0 for c in cells),
        tuple((number((c or {}).get("low")), number((c or {}).get("high"))) for c in cells),
        whole(known["total"]),
        whole(known["n_articles"]),
        read_status(known["status"]),
    )

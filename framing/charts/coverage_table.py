"""What the coverage chart shows: the share of each outlet's articles that mention a referent at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.tables import (
    INSUFFICIENT,
    OK,
    UNDEFINED,
    choose_outlets,
    label_of,
    make_table,
    number,
    read_rows,
    read_status,
    sort_key,
    whole,
)
from framing.errors import InputError

_COLUMNS = ("outlet", "referent", "articles", "share", "event_articles", "event_share", "n_events", "status")
AGAINST = ("events", "articles")


@dataclass(frozen=True, slots=True)
class Cell:
    """One outlet and referent.

    Attributes
    ----------
    share : float
        Share of the articles that mention the referent, 0 to 1; nan without articles.
    articles : int
        The denominator.
    status : str
        "ok", "insufficient" or "undefined".
    """

    share: float
    articles: int
    status: str


_EMPTY = Cell(math.nan, 0, UNDEFINED)


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Outlets x referents.

    Attributes
    ----------
    outlets, referents : tuple of str
        Names and labels in the order shown.
    cells : tuple of tuple of Cell
        Outlet x referent.
    against : str
        What the articles are: "events", the outlet's articles in events in which another article mentions the
        referent; or "articles", all of the outlet's articles.
    minimum, minimum_events : int
        Fewest articles and events for status "ok".
    """

    outlets: tuple[str, ...]
    referents: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    against: str = "events"
    minimum: int = 10
    minimum_events: int = 5

    @classmethod
    def from_table(
        cls,
        coverage: pa.Table,
        lexicon: str,
        referents: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        against: str | None = None,
        labels: Mapping[str, str] | None = None,
        minimum: int = 10,
        minimum_events: int = 5,
        arrange: bool = False,
    ) -> CoverageMatrix:
        """Take the rows of one lexicon from the table `coverage`.

        Parameters
        ----------
        referents, outlets : sequence of str, optional
            Which to show, in this order. Default: all in the rows, by name.
        against : str, optional
            "events" or "articles"; default "events" if any article has an event, otherwise "articles".
        labels : mapping of str to str, optional
            Referent -> label; default: the key.
        minimum, minimum_events : int
            Below these a share against events is insufficient; a share of articles has the table's status.
        arrange : bool
            Put what the outlets mention least alike first, and the outlets by their share of that, the highest first.

        Raises
        ------
        InputError
            The lexicon has no row, a referent is unknown, `against` is another word, or a column is missing.
        """
        rows = read_rows(coverage, "coverage", _COLUMNS, lexicon=lexicon)
        known = sorted({str(row["referent"]) for row in rows})
        chosen = list(dict.fromkeys(referents)) if referents is not None else known
        unknown = [referent for referent in chosen if referent not in known]
        if unknown or not chosen:
            wanted = f" for {', '.join(map(repr, unknown))}" if unknown else ""
            raise InputError(
                f"Table 'coverage' has no row of lexicon {lexicon!r}{wanted}; it has {', '.join(known) or 'none'}."
            )
        if against is None:
            against = "events" if any(whole(row["event_articles"]) for row in rows) else "articles"
        if against not in AGAINST:
            raise InputError(f"Coverage cannot be shown against {against!r}. Use one of: {', '.join(AGAINST)}.")
        cells: dict[tuple[str, str], Cell] = {}
        for row in rows:
            if against == "events":
                articles, share = whole(row["event_articles"]), number(row["event_share"])
                enough = articles >= minimum and whole(row["n_events"]) >= minimum_events
            else:
                articles, share = whole(row["articles"]), number(row["share"])
                enough = read_status(row["status"]) == OK
            status = UNDEFINED if not articles or math.isnan(share) else OK if enough else INSUFFICIENT
            cells[str(row["outlet"]), str(row["referent"])] = Cell(share, articles, status)
        names = choose_outlets(outlets, (outlet for outlet, _ in cells))
        if arrange:
            names, chosen = _arrange(cells, names, chosen)
        return cls(
            outlets=tuple(names),
            referents=tuple(label_of(referent, labels) for referent in chosen),
            cells=tuple(tuple(cells.get((name, referent), _EMPTY) for referent in chosen) for name in names),
            against=against,
            minimum=minimum,
            minimum_events=minimum_events,
        )

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        if self.against == "events":
            return "% of an outlet’s articles that mention a subject which another article on the same event mentions"
        return "% of an outlet’s articles that mention a subject"

    def to_table(self) -> pa.Table:
        """Return the data of the chart, one row for each outlet and referent.

        Columns: outlet, referent, against ("events" or "articles") : string; share : float64, 0 to 1, nan without
        articles; n_articles : int64, the denominator; status : string.
        """
        rows = [
            (outlet, referent, self.against, cell.share, cell.articles, cell.status)
            for outlet, cells in zip(self.outlets, self.cells, strict=True)
            for referent, cell in zip(self.referents, cells, strict=True)
        ]
        return make_table(
            rows,
            outlet=pa.string(),
            referent=pa.string(),
            against=pa.string(),
            share=pa.float64(),
            n_articles=pa.int64(),
            status=pa.string(),
        )


def _arrange(
    cells: Mapping[tuple[str, str], Cell], outlets: Sequence[str], referents: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return outlets and referents in the order in which a matrix is read."""

    def known(referent: str) -> list[float]:
        return [c.share for o in outlets if (c := cells.get((o, referent), _EMPTY)).status == OK]

    def alike(referent: str) -> tuple[bool, float]:
        shares = known(referent)
        return len(shares) < 2, -(max(shares) - min(shares)) if len(shares) > 1 else 0.0

    columns = sorted(referents, key=alike)
    first = [cells.get((o, columns[0]), _EMPTY) for o in outlets]
    rows = sorted(zip(outlets, first, strict=True), key=lambda row: sort_key(row[1].status, row[1].share, ""))
    return [outlet for outlet, _ in rows], columns

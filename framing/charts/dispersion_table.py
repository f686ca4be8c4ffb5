"""What the chart of dispersion shows: in which articles of each outlet mentions stand, and how evenly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.tables import (
    INSUFFICIENT,
    OK,
    UNDEFINED,
    choose_outlets,
    make_table,
    number,
    read_rows,
    sort_key,
    whole,
)
from framing.errors import InputError

_COLUMNS = ("outlet", "article_id", "date", "mentions")
_SPREAD = ("outlet", "dp", "top_share")


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """One article: its id, its day ("" without one), its mentions."""

    article: str
    day: str
    mentions: int


@dataclass(frozen=True, slots=True)
class OutletSpread:
    """The articles of one outlet.

    Attributes
    ----------
    outlet : str
    articles : tuple of ArticleMentions
        From the earliest to the latest, then those without a date.
    dp : float
        Gries' deviation of proportions, 0 (every article has its share by length) to nearly 1; nan without a mention.
    top_share : float
        Share of the mentions in the article that holds most; nan without a mention.
    status : str
        "ok", "insufficient" (few articles or mentions) or "undefined" (no mention).
    """

    outlet: str
    articles: tuple[ArticleMentions, ...]
    dp: float
    top_share: float
    status: str

    @property
    def mentions(self) -> int:
        """Of all articles together."""
        return sum(article.mentions for article in self.articles)

    def share(self, article: ArticleMentions) -> float:
        """Return how much of the outlet's mentions one of its articles holds, 0 to 1; 0 where there are none."""
        return article.mentions / self.mentions if article.mentions else 0.0

    @property
    def mentioning(self) -> int:
        """Articles with a mention."""
        return sum(article.mentions > 0 for article in self.articles)


@dataclass(frozen=True, slots=True)
class MentionSpread:
    """Mentions of one subject by outlet and article.

    Attributes
    ----------
    subject : str
        What is mentioned: "“militants”", "Hedges".
    outlets : tuple of OutletSpread
        From the one in which one article holds most to the one in which it holds least; then outlets with few articles
        or mentions, then those without any.
    minimum, least : int
        Fewest articles and fewest mentions for status "ok".
    """

    subject: str
    outlets: tuple[OutletSpread, ...]
    minimum: int = 10
    least: int = 10

    @classmethod
    def from_tables(
        cls,
        articles: pa.Table,
        spread: pa.Table,
        subject: str,
        outlets: Sequence[str] | None = None,
        minimum: int = 10,
        least: int = 10,
    ) -> MentionSpread:
        """Take the mentions of articles and how they are spread.

        Parameters
        ----------
        articles : pa.Table
            outlet, article_id, date (ISO 8601, "" for none), mentions; every article, those without a mention too.
        spread : pa.Table
            outlet, dp, top_share; see `framing.statistics.dispersion.compute_dispersion`.
        outlets : sequence of str, optional
            Default: all in `articles`, by name.
        minimum, least : int
            See the attributes.

        Raises
        ------
        InputError
            A column is missing, no outlet was chosen, or none of them has a mention.
        """
        found: dict[str, list[ArticleMentions]] = defaultdict(list)
        for row in read_rows(articles, "articles", _COLUMNS):
            one = ArticleMentions(str(row["article_id"]), str(row["date"] or ""), whole(row["mentions"]))
            found[str(row["outlet"])].append(one)
        known = {str(row["outlet"]): row for row in read_rows(spread, "spread", _SPREAD)}
        rows = []
        for outlet in choose_outlets(outlets, found):
            mine = sorted(found[outlet], key=lambda a: (not a.day, a.day, a.article))
            dp, top = (number(known[outlet][n]) if outlet in known else math.nan for n in ("dp", "top_share"))
            enough = len(mine) >= minimum and sum(a.mentions for a in mine) >= least
            status = OK if enough else INSUFFICIENT
            rows.append(OutletSpread(outlet, tuple(mine), dp, top, UNDEFINED if math.isnan(top) else status))
        if all(row.status == UNDEFINED for row in rows):
            raise InputError(f"None of these outlets mentions {clean(subject)}. Choose other outlets.")
        rows.sort(key=lambda row: sort_key(row.status, row.top_share, row.outlet))
        return cls(clean(subject), tuple(rows), minimum, least)

    def to_table(self) -> pa.Table:
        """Return what is drawn, one row for each article in the order of the chart, as the data beside the figure.

        Returns
        -------
        pa.Table
            outlet, position (1 for the earliest), article_id, date, mentions, dp, top_share, status (of the outlet).
        """
        text, whole_number, real = pa.string(), pa.int64(), pa.float64()
        return make_table(
            (
                (one.outlet, position, a.article, a.day, a.mentions, one.dp, one.top_share, one.status)
                for one in self.outlets
                for position, a in enumerate(one.articles, 1)
            ),
            **{"outlet": text, "position": whole_number, "article_id": text, "date": text, "mentions": whole_number},
            **{"dp": real, "top_share": real, "status": text},
        )

"""A number of one outlet with its 95% interval: what the charts of dots take from the table `measures`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.tables import UNDEFINED, number, read_status, whole

COLUMNS = ("outlet", "measure", "value", "low", "high", "n_articles", "status")
TYPES = {
    "outlet": pa.string(),
    "value": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
    "n_articles": pa.int64(),
    "status": pa.string(),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """One measure of one outlet.

    Attributes
    ----------
    outlet : str
    value, low, high : float
        In the unit of the measure; `value` is nan without evidence, `low` and `high` also with fewer than two articles.
    articles : int
        Articles behind it.
    status : str
        "ok", "insufficient" or "undefined".
    """

    outlet: str
    value: float
    low: float
    high: float
    articles: int
    status: str

    @property
    def cells(self) -> tuple[object, ...]:
        """Outlet, value, low, high, articles, status, as in `TYPES`."""
        return self.outlet, self.value, self.low, self.high, self.articles, self.status

    @property
    def has_interval(self) -> bool:
        """Whether there are bounds to draw."""
        return not (math.isnan(self.low) or math.isnan(self.high))


def no_evidence(outlet: str) -> Interval:
    """Return the row of an outlet of which the table says nothing."""
    return Interval(outlet, math.nan, math.nan, math.nan, 0, UNDEFINED)


def read_interval(row: Mapping[str, object]) -> Interval:
    """Return a row of the table `measures`; without a value its status is "undefined".

    Raises
    ------
    InputError
        A status that there is not.
    """
    value = number(row["value"])
    status = UNDEFINED if math.isnan(value) else read_status(row["status"])
    return Interval(
        str(row["outlet"]), value, number(row["low"]), number(row["high"]), whole(row["n_articles"]), status
    )

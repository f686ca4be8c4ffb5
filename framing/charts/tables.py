"""Rows of a table, checked: what the charts need of the tables of an analysis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError

OK, INSUFFICIENT, UNDEFINED = "ok", "insufficient", "undefined"
_ORDER = {OK: 0, INSUFFICIENT: 1, UNDEFINED: 2}


def read_rows(table: pa.Table, name: str, columns: Sequence[str], **where: str) -> list[dict[str, Any]]:
    """Return the rows of a table in which every column named in `where` has the value given, as dictionaries of `columns`.

    Raises
    ------
    InputError
        A column is missing; `name` says which table.
    """
    missing = [column for column in (*columns, *where) if column not in table.column_names]
    if missing:
        raise InputError(
            f"Table {name!r} has no column {', '.join(map(repr, missing))}; it has {', '.join(table.column_names)}. "
            f"Give the table {name!r} of an analysis."
        )
    for column, value in where.items():
        table = table.filter(pc.equal(pc.cast(table[column], pa.string()), value))
    rows: list[dict[str, Any]] = table.select(list(dict.fromkeys((*columns, *where)))).to_pylist()
    return rows


def distinct_values(table: pa.Table, column: str) -> list[str]:
    """Return the distinct values of a text column, sorted."""
    return sorted(str(value) for value in pc.unique(pc.cast(table[column], pa.string())).to_pylist() if value is not None)


def number(value: Any) -> float:
    """Return a cell as a float; an empty cell is nan."""
    return math.nan if value is None or value == "" else float(value)


def whole(value: Any) -> int:
    """Return a cell as a whole number; an empty cell is 0."""
    result = number(value)
    return 0 if math.isnan(result) else round(result)


def sort_key(status: str, value: float, name: str) -> tuple[int, float, str]:
    """Key that puts results first, then those from too few articles, then those without evidence; high values before low ones."""
    return _ORDER[status], 0.0 if math.isnan(value) else -value, name

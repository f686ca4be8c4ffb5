"""Rows of a table, checked: what the charts need of the tables of an analysis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.labels import clean
from framing.errors import InputError

OK, INSUFFICIENT, UNDEFINED = "ok", "insufficient", "undefined"
_ORDER = {OK: 0, INSUFFICIENT: 1, UNDEFINED: 2}


def read_rows(table: pa.Table, name: str, columns: Sequence[str], **where: str) -> list[dict[str, Any]]:
    """Return the rows in which every column named in `where` has the value given, as dictionaries of `columns`.

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
    return sorted(
        str(value) for value in pc.unique(pc.cast(table[column], pa.string())).to_pylist() if value is not None
    )


def number(value: Any) -> float:
    """Return a cell as a float; an empty cell is nan."""
    return math.nan if value is None or value == "" else float(value)


def whole(value: Any) -> int:
    """Return a cell as a whole number; an empty cell is 0."""
    result = number(value)
    return 0 if math.isnan(result) else round(result)


def read_status(value: Any) -> str:
    """Return a cell of the column `status`.

    Raises
    ------
    InputError
        Another word than "ok", "insufficient" or "undefined".
    """
    if value not in _ORDER:
        raise InputError(f"The status {value!r} is not known. Use one of: {', '.join(_ORDER)}.")
    return str(value)


def choose_outlets(outlets: Sequence[object] | None, found: Iterable[str]) -> list[str]:
    """Return the outlets chosen, each once and in their order, or all that were found, by name.

    Raises
    ------
    InputError
        None was chosen.
    """
    chosen = (
        sorted(set(found), key=lambda name: (name.casefold(), name)) if outlets is None else list(map(str, outlets))
    )
    if not chosen:
        raise InputError("No outlet to draw. Choose at least one, or leave the choice out for all.")
    return list(dict.fromkeys(chosen))


def label_of(key: str, labels: Mapping[str, str] | None = None) -> str:
    """Return the label of a referent, clean; without one, its key: "armed-opposition" gives "Armed opposition"."""
    if labels and key in labels:
        return clean(labels[key])
    words = clean(key.replace("-", " "))
    return words[:1].upper() + words[1:]


def sort_key(status: str, value: float, name: str) -> tuple[int, float, str]:
    """Key that puts results first, then those from too few articles, then no evidence; high values before low."""
    return _ORDER[status], 0.0 if math.isnan(value) else -value, name


def make_table(rows: Iterable[Sequence[object]], **types: pa.DataType) -> pa.Table:
    """Return rows as a table with the columns named, also without any row."""
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return pa.table({n: pa.array(list(c), t) for (n, t), c in zip(types.items(), columns, strict=True)})

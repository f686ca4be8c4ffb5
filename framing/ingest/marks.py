"""Marks: days that a user wants to see in a trend, with what happened on them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from framing.errors import InputError
from framing.ingest.encoding import Decodings
from framing.ingest.fields import list_names, parse_date
from framing.ingest.tables import read_rows


class Mark(NamedTuple):
    """A day (ISO 8601) and what to call it."""

    date: str
    label: str


def read_marks(path: str | Path) -> list[Mark]:
    """Read marks from a CSV file with the columns `date` and `label`.

    Returns
    -------
    list of Mark
        By date, then as in the file.

    Raises
    ------
    InputError
        The file cannot be read or lacks a column, a date is missing or open to two readings, or a label is empty.
    """
    path = Path(path)
    marks = []
    with Decodings().open(path, newline="") as file:
        table = read_rows(file, path, "csv")
        _, header = next(table)
        for name in Mark._fields:
            if name not in header:
                raise InputError(
                    f"{path}: no column {name!r}. Columns found: {list_names(header)}. Marks need date and label."
                )
        for line, row in table:
            cells = dict(zip(header, row, strict=True))
            day, label = parse_date(cells["date"]), " ".join(cells["label"].split())
            if not day:
                raise InputError(f"{path}:{line}: date {cells['date'][:60]!r} is no day. Write dates as 2017-01-24.")
            if not label:
                raise InputError(f"{path}:{line}: the mark of {day} has no label. Say what happened.")
            marks.append(Mark(day, label))
    return sorted(marks, key=lambda mark: mark.date)

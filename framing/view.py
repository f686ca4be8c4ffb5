"""A table that shows itself: in a notebook as HTML, in a terminal as text. Arrow inside."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

SHOWN = 20


class Table:
    """An Arrow table with a readable face.

    Attributes
    ----------
    arrow : pyarrow.Table
    note : str
        One line on what the rows are.
    """

    def __init__(self, arrow: pa.Table, note: str = "") -> None:
        self.arrow = arrow
        self.note = note

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for batch in self.arrow.to_batches(max_chunksize=1024):
            yield from batch.to_pylist()

    def __getitem__(self, column: str) -> list[Any]:
        """Return one column as a list."""
        return list(self.arrow.column(column).to_pylist())

    @property
    def columns(self) -> list[str]:
        return list(self.arrow.column_names)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame (needs pandas: `pip install framing-analyser[pandas]`)."""
        return self.arrow.to_pandas()

    def __repr__(self) -> str:
        rows = [self.columns, *([show(v) for v in r.values()] for r in self.arrow.slice(0, SHOWN).to_pylist())]
        widths = [min(40, max(len(row[i]) for row in rows)) for i in range(len(self.columns))]
        lines = ["  ".join(cell[:w].ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([*([self.note] if self.note else []), *lines, *self._rest()])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(c)}</th>" for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(show(v))}</td>" for v in row.values()) + "</tr>"
            for row in self.arrow.slice(0, SHOWN).to_pylist()
        )
        note = f"<caption>{html.escape(self.note)}</caption>" if self.note else ""
        rest = "".join(f"<p>{html.escape(line)}</p>" for line in self._rest())
        return f"<table>{note}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"

    def _rest(self) -> list[str]:
        more = len(self) - SHOWN
        return [f"... and {more:,} more rows"] if more > 0 else []


def show(value: Any) -> str:
    """Return a cell as a reader wants it: three decimals, a dash for what is undefined."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() and abs(value) >= 10 else f"{value:.3f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(str(value).split())

"""Measures of the scoring modules as charts show them: names, units, and the numbers of each outlet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.interval_rows import COLUMNS, Interval, no_evidence, read_interval
from framing.charts.tables import choose_outlets, read_rows
from framing.errors import InputError


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure with the words of a chart.

    Attributes
    ----------
    name : str
        As in the table `measures`.
    label, unit : str
        "Hedges", "per 1,000 own words".
    percent : bool
        A share, 0 to 1, printed as per cent.
    """

    name: str
    label: str
    unit: str = ""
    percent: bool = False

    @property
    def words(self) -> tuple[str, str, str]:
        """Name, label and unit, as in `WORDS`."""
        return self.name, self.label, self.unit


WORDS = {"measure": pa.string(), "label": pa.string(), "unit": pa.string()}


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """The measures of one module, under its title."""

    title: str
    measures: tuple[ShownMeasure, ...]


def take_measures(
    table: pa.Table, names: Iterable[str], outlets: Sequence[str] | None
) -> tuple[list[str], Mapping[str, Mapping[str, Interval]]]:
    """Take some measures from the table `measures`.

    Returns
    -------
    outlets : list of str
        Those chosen, or all in the rows, by name.
    intervals : mapping of measure to mapping of outlet to Interval
        With every measure and every outlet; "undefined" where the table has no row.

    Raises
    ------
    InputError
        No measure is named, the table has none of them, a column is missing, or no outlet was chosen.
    """
    wanted = list(dict.fromkeys(names))
    found: dict[str, dict[str, Interval]] = {name: {} for name in wanted}
    if "measure" in table.column_names:
        table = table.filter(pc.is_in(pc.cast(table["measure"], pa.string()), pa.array(wanted, pa.string())))
    for row in read_rows(table, "measures", COLUMNS):
        found[str(row["measure"])][str(row["outlet"])] = read_interval(row)
    if not any(found.values()):
        raise InputError(
            f"Table 'measures' has no measure {', '.join(map(repr, wanted)) or '(none was named)'}. Choose measures "
            "whose module has run."
        )
    chosen = choose_outlets(outlets, (outlet for rows in found.values() for outlet in rows))
    return chosen, {m: {o: rows.get(o, no_evidence(o)) for o in chosen} for m, rows in found.items()}

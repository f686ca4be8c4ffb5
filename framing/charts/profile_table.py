"""What the profile of an outlet shows: its measures, each beside those of the other outlets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.interval_rows import TYPES, Interval
from framing.charts.measure_rows import WORDS, MeasureGroup, ShownMeasure, take_measures
from framing.charts.tables import OK, UNDEFINED, make_table
from framing.errors import InputError

# Beside more outlets, those with too few articles hide what can be told.
MOST_WITH_FEW = 20


@dataclass(frozen=True, slots=True)
class Strip:
    """One measure: the outlet's number, those of the others that have one, from the lowest to the highest, and whether
    the outlet lies clearly apart from most of them."""

    measure: ShownMeasure
    own: Interval
    others: tuple[Interval, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class StripGroup:
    """The strips of one module, under its title."""

    title: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """The measures of one outlet.

    Attributes
    ----------
    outlet : str
    groups : tuple of StripGroup
        Measures of which no outlet has a number are left out.
    others : int
        How many other outlets it stands beside.
    thinned : bool
        Whether, of so many others, the numbers of too few articles were left out.
    minimum : int
        Fewest articles for status "ok".
    """

    outlet: str
    groups: tuple[StripGroup, ...]
    others: int
    minimum: int = 10
    thinned: bool = False

    @classmethod
    def from_table(
        cls,
        measures: pa.Table,
        outlet: str,
        groups: Sequence[MeasureGroup],
        outlets: Sequence[str] | None = None,
        minimum: int = 10,
        apart: Collection[str] = (),
    ) -> OutletProfile:
        """Take the measures of some groups from the table `measures`.

        Parameters
        ----------
        outlet : str
            Whose profile it is.
        outlets : sequence of str, optional
            Beside whom; default: all in the rows. Of more than twenty, those with too few articles are left out.
        minimum : int
            The number of articles behind the table's status, for the key.
        apart : collection of str
            The measures in which the outlet lies clearly apart from most others: the chart stresses them.

        Raises
        ------
        InputError
            The table has no row of these measures, a column is missing, or the outlet has no row.
        """
        names = [m.name for group in groups for m in group.measures]
        every, _ = take_measures(measures, names, None)
        if outlet not in every:
            raise InputError(f"Table 'measures' has no outlet {outlet!r}; it has {', '.join(every[:40])}.")
        beside = [o for o in dict.fromkeys(every if outlets is None else outlets) if o != outlet]
        _, found = take_measures(measures, names, [outlet, *beside])
        shown, thinned = [], False
        for group in groups:
            strips = []
            for measure in group.measures:
                rows = [found[measure.name][o] for o in beside]
                known = sorted((r for r in rows if r.status != UNDEFINED), key=lambda r: (r.value, r.outlet))
                if len(beside) > MOST_WITH_FEW:
                    thinned |= any(r.status != OK for r in known)
                    known = [r for r in known if r.status == OK]
                own = found[measure.name][outlet]
                if known or own.status != UNDEFINED:
                    strips.append(Strip(measure, own, tuple(known), measure.name in apart))
            if strips:
                shown.append(StripGroup(group.title, tuple(strips)))
        if not shown:
            raise InputError(f"There is nothing to draw of {outlet!r}: no outlet has evidence for any of the measures.")
        return cls(outlet, tuple(shown), len(beside), minimum, thinned)

    @property
    def subtitle(self) -> str:
        """How to read the measures, as a chart says it."""
        return "Each measure on an axis of its own, fitted to its numbers, with its 95% interval"

    def to_table(self) -> pa.Table:
        """Return the data of the chart, one row for each measure and outlet, the profiled outlet before the others.

        Columns: measure, label, unit, outlet : string; value, low, high : float64, in the unit (shares 0 to 1), nan
        where undefined; n_articles : int64; status : string; apart : bool, whether the profiled outlet lies clearly
        apart from most others.
        """
        strips = [strip for group in self.groups for strip in group.strips]
        rows = [(*s.measure.words, *row.cells, s.apart and row is s.own) for s in strips for row in (s.own, *s.others)]
        return make_table(rows, **WORDS, **TYPES, apart=pa.bool_())

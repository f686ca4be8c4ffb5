"""What the chart of frames shows: for each outlet, the share of its cues that each frame has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.interval_rows import TYPES, Interval
from framing.charts.labels import clean
from framing.charts.measure_rows import MeasureGroup, take_measures
from framing.charts.tables import UNDEFINED, make_table
from framing.errors import InputError


@dataclass(frozen=True, slots=True)
class FrameProfile:
    """One outlet: an interval for each frame."""

    outlet: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class FrameProfiles:
    """Shares of frames by outlet.

    Attributes
    ----------
    title : str
        What the frames are called together.
    frames : tuple of str
        Labels, from the largest mean share to the smallest.
    names : tuple of str
        The measures, in the same order.
    profiles : tuple of FrameProfile
        In the order given.
    means : tuple of float
        The reference for each frame: the mean of the outlets; nan for none.
    unit : str
    minimum : int
        Fewest articles for status "ok".
    stressed : str
        Label of the frame in which the gap between two outlets' intervals is widest; "" for none.
    """

    title: str
    frames: tuple[str, ...]
    names: tuple[str, ...]
    profiles: tuple[FrameProfile, ...]
    means: tuple[float, ...]
    unit: str = ""
    minimum: int = 10
    stressed: str = ""

    @classmethod
    def from_table(
        cls,
        measures: pa.Table,
        group: MeasureGroup,
        outlets: Sequence[str] | None = None,
        *,
        means: Sequence[float] = (),
        unit: str = "",
        minimum: int = 10,
        stressed: str = "",
    ) -> FrameProfiles:
        """Take the shares of frames from the table `measures`.

        Parameters
        ----------
        group : MeasureGroup
            The frames.
        outlets : sequence of str, optional
            An outlet without a row is shown as "no evidence". Default: all in the rows.
        means : sequence of float, optional
            One for each frame; by them frames are ordered.
        unit : str
            "of the cues of all of them, in own voice".

        Raises
        ------
        InputError
            The table has no row of these measures, a column is missing, no outlet was chosen, there is no evidence for
            any of them, or there are not as many means as frames.
        """
        chosen, found = take_measures(measures, (m.name for m in group.measures), outlets)
        given = list(means) or [math.nan] * len(group.measures)
        if len(given) != len(group.measures):
            raise InputError(f"{len(given)} means for {len(group.measures)} frames. Give one for each frame.")
        if all(i.status == UNDEFINED for rows in found.values() for i in rows.values()):
            raise InputError(f"There is nothing to draw of {group.title!r}: no outlet has a cue of any frame.")
        order = sorted(
            range(len(given)),
            key=lambda n: (math.isnan(given[n]), -given[n] if given[n] == given[n] else 0.0, group.measures[n].label),
        )
        return cls(
            group.title,
            tuple(group.measures[n].label for n in order),
            tuple(group.measures[n].name for n in order),
            tuple(FrameProfile(o, tuple(found[group.measures[n].name][o] for n in order)) for o in chosen),
            tuple(given[n] for n in order),
            unit,
            minimum,
            stressed,
        )

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        unit = clean(self.unit) if self.unit else "share of cues"
        means = any(not math.isnan(mean) for mean in self.means)
        return f"{unit[:1].upper()}{unit[1:]}, with 95% interval{'; upright tick: mean of these outlets' * means}"

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row for each outlet and frame.

        Columns: measure, frame, outlet : string; value, low, high : float64, shares from 0 to 1, nan where undefined;
        n_articles : int64; status : string; mean_of_outlets : float64.
        """
        rows = [
            (name, frame, *interval.cells, mean)
            for p in self.profiles
            for name, frame, interval, mean in zip(self.names, self.frames, p.intervals, self.means, strict=True)
        ]
        return make_table(rows, measure=pa.string(), frame=pa.string(), **TYPES, mean_of_outlets=pa.float64())

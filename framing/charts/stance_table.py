"""What the stance chart shows: the mean weight of each outlet's words for a referent, on the lexicon's scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.interval_rows import COLUMNS, TYPES, Interval, no_evidence, read_interval
from framing.charts.tables import choose_outlets, label_of, make_table, read_rows, sort_key
from framing.errors import InputError

VOICES = {
    "own": "in the outlet’s own voice",
    "quoted": "in quotations",
    "attributed": "in attributed speech",
    "scare": "in scare quotes",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """A lexicon's scale and the names of its ends and of zero."""

    low: float = -2.0
    high: float = 2.0
    low_name: str = "delegitimising"
    high_name: str = "legitimising"


STANCE = Scale()
SEVERITY = Scale(low_name="softened", high_name="intensified")


@dataclass(frozen=True, slots=True)
class StancePanel:
    """One referent: its label, its scale and an interval per outlet, sorted."""

    label: str
    scale: Scale
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class StanceIntervals:
    """Stance by referent and outlet in one voice.

    Attributes
    ----------
    panels : tuple of StancePanel
        Each from the most legitimising outlet to the least; then outlets with too few articles, then those without
        a mention.
    voice : str
        "own", "quoted", "attributed" or "scare".
    minimum : int
        Fewest articles for status "ok".
    """

    panels: tuple[StancePanel, ...]
    voice: str = "own"
    minimum: int = 10

    @classmethod
    def from_table(
        cls,
        measures: pa.Table,
        lexicon: str,
        referents: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        voice: str = "own",
        labels: Mapping[str, str] | None = None,
        scales: Mapping[str, Scale] | None = None,
        minimum: int = 10,
    ) -> StanceIntervals:
        """Take the rows "stance:<lexicon>:<referent>:<voice>" of the table `measures`.

        Parameters
        ----------
        referents, outlets : sequence of str, optional
            Which to show, referents in this order. An outlet without a row is shown as "no evidence". Default: all
            in the rows.
        labels : mapping of str to str, optional
            Referent -> label; default: the key.
        scales : mapping of str to Scale, optional
            Referent -> scale; default: `STANCE` for all.
        minimum : int
            The number of articles behind the table's status, for the key.

        Raises
        ------
        InputError
            No row of a referent, or a column is missing.
        """
        if voice not in VOICES:
            raise InputError(f"There is no voice {voice!r}. Use one of: {', '.join(VOICES)}.")
        head, tail = f"stance:{lexicon}:", f":{voice}"
        found: dict[str, dict[str, Interval]] = {}
        for row in read_rows(measures, "measures", COLUMNS):
            measure = str(row["measure"])
            if measure.startswith(head) and measure.endswith(tail):
                interval = read_interval(row)
                found.setdefault(measure[len(head) : -len(tail)], {})[interval.outlet] = interval
        chosen = list(dict.fromkeys(referents)) if referents is not None else sorted(found)
        unknown = [referent for referent in chosen if referent not in found]
        if unknown or not chosen:
            wanted = f" for {', '.join(map(repr, unknown))}" if unknown else ""
            raise InputError(
                f"Table 'measures' has no stance of lexicon {lexicon!r}, voice {voice!r}{wanted}; "
                f"it has {', '.join(sorted(found)) or 'none'}."
            )
        names = choose_outlets(outlets, (outlet for referent in chosen for outlet in found[referent]))
        panels = []
        for referent in chosen:
            intervals = [found[referent].get(name, no_evidence(name)) for name in names]
            intervals.sort(key=lambda interval: sort_key(interval.status, interval.value, interval.outlet))
            scale = (scales or {}).get(referent, STANCE)
            for interval in intervals:
                _check_scale(interval, referent, scale)
            label = label_of(referent, labels)
            panels.append(StancePanel(label, scale, tuple(intervals)))
        return cls(tuple(panels), voice, minimum)

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        return f"Mean weight of the words used {VOICES[self.voice]}, with 95% interval"

    def to_table(self) -> pa.Table:
        """Return the data of the chart, one row for each referent and outlet.

        Columns: referent, voice, outlet : string; value, low, high : float64, mean weights on the lexicon's scale, nan
        where undefined; n_articles : int64; status : string.
        """
        rows = [(panel.label, self.voice, *row.cells) for panel in self.panels for row in panel.intervals]
        return make_table(rows, referent=pa.string(), voice=pa.string(), **TYPES)


def _check_scale(row: Interval, referent: str, scale: Scale) -> None:
    outside = [x for x in (row.value, row.low, row.high) if x < scale.low or x > scale.high]
    if outside:
        raise InputError(
            f"Stance of {row.outlet!r} for {referent!r}: {outside[0]:g} is outside the scale "
            f"[{scale.low:g}, {scale.high:g}]. "
            f"Give the lexicon's own scale: scales={{{referent!r}: Scale(low, high, ...)}}."
        )

"""Contrasts: every measure between two outlets, and between each outlet and all the others.

For each comparison, side by side:

- **pooled**: all articles of both sides. The difference and the ratio of the two values, with intervals from those of
  the two sides (MOVER); p from permuting articles between the sides; q over the family; Cliff's delta.
- **matched**: only events on which both sides report. The difference within events, weighted by how much evidence an
  event holds on both sides (Mantel & Haenszel 1959), with intervals over events and p from swapping the sides in whole
  events. What comes from reporting on other things drops out.
- **one article**: how much of the pooled difference goes away without the one article that carries most of it.

The family of a q-value is all tests of one design (pooled or matched) and one kind (pairs, or against the rest) that
were made together. "The rest" are the articles of all other groups taken together; see `sides.py`.

Grouped by something else than outlets (country, ownership), articles are still the units: an interval then speaks of
these outlets' articles, not of other outlets of the same kind.

References
----------
Mantel & Haenszel (1959), JNCI 22; Zou & Donner (2008), Statistics in Medicine 27 (MOVER); Hardie (2014), Log Ratio; see
also `bootstrap.py`, `permutation.py` and `effects.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError
from framing.measure import Measure
from framing.statistics.bootstrap import RESAMPLES, needed_effective
from framing.statistics.counters import Counters, FloatArray, IntArray, check_group
from framing.statistics.effects import cliffs_delta
from framing.statistics.measures import MIN_ARTICLES
from framing.statistics.permutation import benjamini_hochberg, permute_sides
from framing.statistics.same_event import EventCells, compare_in_events
from framing.statistics.sides import BoolArray, Sides

REST = "(all others)"
"""In place of the other outlet's name."""

COLUMNS = (
    ("other", pa.string()),
    ("measure", pa.string()),
    ("value", pa.float64()),
    ("other_value", pa.float64()),
    ("difference", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("ratio", pa.float64()),
    ("ratio_low", pa.float64()),
    ("ratio_high", pa.float64()),
    ("delta", pa.float64()),
    ("p", pa.float64()),
    ("q", pa.float64()),
    ("n_articles", pa.int64()),
    ("other_articles", pa.int64()),
    ("status", pa.string()),
    ("matched_value", pa.float64()),
    ("matched_other", pa.float64()),
    ("matched_difference", pa.float64()),
    ("matched_low", pa.float64()),
    ("matched_high", pa.float64()),
    ("matched_p", pa.float64()),
    ("matched_q", pa.float64()),
    ("n_events", pa.int64()),
    ("matched_status", pa.string()),
    ("article", pa.string()),
    ("article_share", pa.float64()),
)
MIN_EVENTS = 6
"""Common events below which a matched contrast is insufficient: with five, no arrangement of the sides gives a p below
2 / 2^5 = 0.06."""

NUMBERS = tuple(name for name, kind in COLUMNS if kind == pa.float64())

_CELLS = 2**23  # numbers that the permutations of some measures hold at once: 64 MB
_BLOCK = 20
"""Measures worked on together: 20 of them x 2,001 x 5 moments x 20 outlets are 32 MB."""


@dataclass(frozen=True, slots=True)
class Design:
    """What is compared, and how.

    Attributes
    ----------
    group : str
        Column of the articles table whose values are compared.
    pairs : sequence of (str, str), or None
        Which groups to set against each other; every two of them by default, `()` for none.
    rest : sequence of str, or None
        Which groups to set against all others; every one by default, `()` for none.
    event : str
        Column that holds the event, "" for none.
    min_articles, min_events : int
        With less on one side a contrast is "insufficient".
    resamples, seed : int
        Of the bootstrap and of the permutations.
    """

    group: str = "outlet"
    pairs: Sequence[tuple[str, str]] | None = None
    rest: Sequence[str] | None = None
    event: str = "event"
    min_articles: int = MIN_ARTICLES
    min_events: int = MIN_EVENTS
    resamples: int = RESAMPLES
    seed: int = 0


def compute_contrasts(
    counters: Counters,
    measures: Sequence[Measure],
    design: Design | None = None,
    *,
    all_rows: bool = False,
    wanted: Collection[tuple[str, str, str]] | None = None,
    tests: bool = True,
    carried_by_few: bool = False,
) -> pa.Table:
    """Compare groups of articles in every measure.

    Parameters
    ----------
    counters : Counters
    measures : sequence of Measure
    design : Design, optional
    all_rows : bool
        Also give the contrasts for which the evidence is insufficient; by default only those that could be tested.
    wanted : collection of (group, other, measure), optional
        Only these contrasts.
    tests : bool
        Whether p, q, delta and the matched columns are wanted too, or differences and intervals alone.
    carried_by_few : bool
        Whether it is enough that both sides have the articles, however few carry the number: to ask whether a
        difference that was found elsewhere is gone here.

    Returns
    -------
    pa.Table
        By pair, then each group against the rest, then as `measures` are given. Columns:

        <group> : string, named as `Design.group`; `other` : string, `REST` for all others
        measure : string
        value, other_value : float64, as in the `measures` table; nan where undefined
        difference, low, high : float64, value - other_value, and its 95 % interval
        ratio, ratio_low, ratio_high : float64, value / other_value, and its 95 % interval, of measures that are never
            negative; half a mention in place of none; bounds nan where one of the two is 0
        delta : float64, -1 to 1, Cliff's delta of the article values
        p, q : float64, two-sided permutation test, and Benjamini-Hochberg over the family; nan where not tested
        n_articles, other_articles : int64, articles with the denominator
        status : string, "ok"; "insufficient": a side has fewer than `min_articles` articles with the denominator, or
            neither has enough of them that carry the number (see `bootstrap.py`); "undefined": a side has none
        matched_... : float64, the same within events (values are means over the events, each weighted by the evidence
            on both sides; the interval is over events); nan without a common event
        n_events : int64, events in which both sides have the denominator
        matched_status : string
        article, article_share : the article without which the difference would shrink most, and by what share of it
            (above 1: it would change its sign); "" and nan where the difference is 0

    Raises
    ------
    InputError
        A group is not there or is compared with itself, a measure stands twice, or see `compute_ratios`.
    """
    design = design or Design()
    check_group(design.group, [name for name, _ in COLUMNS])
    if design.resamples < 100:
        raise InputError(f"resamples is {design.resamples}. Give 100 or more; 2,000 is usual.")
    data = _Data(counters, measures, design)
    found = _new_columns(len(data.comparisons), len(measures))
    _fill_values(data, found)
    tested = data.find_testable(carried_by_few)
    if wanted is not None:
        tested &= data.find_wanted(wanted)
    for start in range(0, len(measures), _BLOCK):
        block = np.arange(start, min(start + _BLOCK, len(measures)))
        block = block[tested[:, block].any(axis=0)]
        if len(block):
            _fill_intervals(data, tested, block, found)
    matched = np.zeros(tested.shape, dtype=bool)
    if tests:
        _fill_tests(data, tested, found)
        matched = _fill_matched(data, found)
        if wanted is not None:
            matched &= data.find_wanted(wanted)
    for names, which in ((("p", "q"), tested), (("matched_p", "matched_q"), matched)):
        for rest in (False, True):
            family = which & (data.is_rest == rest)[:, None]
            q = np.full(family.shape, np.nan)
            q[family] = benjamini_hochberg(found[names[0]][family])
            found[names[1]][family] = q[family]
    return _tabulate(data, found, tested, matched, all_rows)


class _Data(Sides):
    """The sides, and which of them are compared."""

    def __init__(self, counters: Counters, measures: Sequence[Measure], design: Design) -> None:
        super().__init__(counters, measures, design.group, design.min_articles, design.resamples, design.seed)
        self.design, self.measures = design, measures
        self.comparisons = _list_comparisons(self.labels, design)
        self.is_rest = np.array([second < 0 for _, second in self.comparisons], dtype=bool)
        self.event = _number_events(counters, design.event)

    def side(self, comparison: int, which: int, name: str) -> FloatArray:
        """Return what the first (0) or second (1) side of a comparison has. Shape (measures,)."""
        first, group = self.comparisons[comparison][0], self.comparisons[comparison][which]
        found: FloatArray = getattr(self, name)[group] if group >= 0 else getattr(self, f"{name}_rest")[first]
        return found

    def rows_of(self, comparison: int, which: int) -> IntArray:
        """Return the articles of a side."""
        group = self.comparisons[comparison][which]
        if group >= 0:
            return self.rows[group]
        first = self.comparisons[comparison][0]
        others = [rows for number, rows in enumerate(self.rows) if number != first]
        return np.concatenate(others) if others else np.zeros(0, dtype=np.int64)

    def find_testable(self, carried_by_few: bool) -> BoolArray:
        """Return which comparisons have enough evidence for which measures. Shape (comparisons, measures)."""
        least, carried = max(2, self.design.min_articles), needed_effective(self.design.min_articles)
        found = np.zeros((len(self.comparisons), len(self.measures)), dtype=bool)
        for number in range(len(self.comparisons)):
            n1, n2, e1, e2 = (self.side(number, which, name) for name in ("n", "effective") for which in (0, 1))
            found[number] = np.minimum(n1, n2) >= least
            if carried_by_few:
                continue
            same = np.isinf(e1) & np.isinf(e2) & _same(*self.values(number))
            found[number] &= (np.maximum(e1, e2) >= carried) & ~same
        return found

    def find_wanted(self, wanted: Collection[tuple[str, str, str]]) -> BoolArray:
        """Return which comparisons and measures are among those asked for. Shape (comparisons, measures)."""
        column = {m.name: number for number, m in enumerate(self.measures)}
        labels = [*self.labels, REST]
        row = {(labels[a], labels[b]): number for number, (a, b) in enumerate(self.comparisons)}
        found = np.zeros((len(self.comparisons), len(self.measures)), dtype=bool)
        for first, second, measure in wanted:
            if (first, second) in row and measure in column:
                found[row[first, second], column[measure]] = True
        return found

    def _value(self, comparison: int, which: int) -> FloatArray:
        x, y = self.side(comparison, which, "x"), self.side(comparison, which, "y")
        x = np.where(~self.signed & (np.abs(x) < 1e-9), 0.0, x)  # what is left when all of it is taken away
        return np.asarray(np.divide(x, y, out=np.full(len(x), np.nan), where=y > 0))

    def values(self, comparison: int) -> tuple[FloatArray, FloatArray]:
        """Return the ratios of both sides, not scaled."""
        return self._value(comparison, 0), self._value(comparison, 1)


def _same(first: FloatArray, second: FloatArray) -> BoolArray:
    """Return which values are equal but for the rounding of weighted sums."""
    return np.asarray(np.abs(first - second) <= 1e-12 * np.abs(first))


def _list_comparisons(labels: list[str], design: Design) -> list[tuple[int, int]]:
    """Return the groups of each comparison by number, -1 for all others."""
    place = {label: number for number, label in enumerate(labels)}
    pairs = list(combinations(labels, 2)) if design.pairs is None else list(design.pairs)
    rest = labels if design.rest is None else list(design.rest)
    for label in (*(x for pair in pairs for x in pair), *rest):
        if label not in place:
            known = ", ".join(repr(x) for x in labels[:40])
            raise InputError(f"{design.group}: no {label!r} among the articles. There are: {known}.")
    for first, second in pairs:
        if first == second:
            raise InputError(f"{design.group}: {first!r} is compared with itself. Name two different ones.")
    alone = len(labels) < 2
    return [(place[a], place[b]) for a, b in pairs] + [(place[x], -1) for x in rest if not alone]


def _number_events(counters: Counters, column: str) -> IntArray:
    """Return the number of each article's event, ascending by its name, -1 for none."""
    articles = counters.articles
    if not column or column not in articles.column_names:
        return np.full(articles.num_rows, -1, dtype=np.int64)
    names = articles[column].cast(pa.string()).fill_null("").combine_chunks()
    known = pa.array(sorted(set(names.to_pylist()) - {""}), pa.string())
    return np.asarray(pc.index_in(names, value_set=known).fill_null(-1).to_numpy(), dtype=np.int64)


def _new_columns(comparisons: int, measures: int) -> dict[str, Any]:
    found: dict[str, Any] = {name: np.full((comparisons, measures), np.nan) for name in NUMBERS}
    for name in ("n_articles", "other_articles", "n_events"):
        found[name] = np.zeros((comparisons, measures), dtype=np.int64)
    found["row"] = np.full((comparisons, measures), -1, dtype=np.int64)  # the article of `article_share`
    found["matched_enough"] = np.zeros((comparisons, measures), dtype=bool)
    return found


def _fill_values(data: _Data, found: dict[str, Any]) -> None:
    for number in range(len(data.comparisons)):
        first, second = data.values(number)
        found["value"][number], found["other_value"][number] = first * data.scale, second * data.scale
        found["difference"][number] = (first - second) * data.scale
        found["n_articles"][number] = data.side(number, 0, "n")
        found["other_articles"][number] = data.side(number, 1, "n")
        tops = []
        for which in (0, 1):
            x, y = data.side(number, which, "x"), data.side(number, which, "y")
            tops.append(np.divide(np.where(x > 1e-9, x, 0.5), y, out=np.full(len(y), np.nan), where=y > 0))
        nothing = (first == 0) & (second == 0)
        found["ratio"][number] = np.where(data.signed | nothing, np.nan, tops[0] / tops[1])


def _fill_intervals(data: _Data, tested: BoolArray, block: IntArray, found: dict[str, Any]) -> None:
    """Bound differences and ratios from the intervals of their two sides.

    Each bound of a difference lies as far from it as the two sides' own bounds together, squares added up (MOVER; Zou &
    Donner 2008); of a ratio, the same in logarithms. So a side that never uses a name tells what its articles can.
    """
    listed = np.flatnonzero(tested[:, block].any(axis=1)).tolist()
    rests = {data.comparisons[number][0] for number in listed if data.is_rest[number]}
    groups = {g for number in listed for g in data.comparisons[number] if g >= 0}
    own, rest = data.bound(block, groups, rests)
    for number in listed:
        first, second = data.comparisons[number]
        here = np.flatnonzero(tested[number, block])
        sides = (own[first], rest[first] if second < 0 else own[second])
        (low1, high1), (low2, high2) = ((low[here], high[here]) for low, high in sides)
        value, other = (v[block[here]] for v in data.values(number))
        at, scale = (number, block[here]), data.scale[block[here]]
        difference = value - other
        found["low"][at] = (difference - np.hypot(value - low1, high2 - other)) * scale
        found["high"][at] = (difference + np.hypot(high1 - value, other - low2)) * scale
        both = (value > 0) & (other > 0) & ~data.signed[block[here]]
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = [np.log(v) for v in (value, other, low1, high1, low2, high2)]
            ratio = logs[0] - logs[1]
            least = np.exp(ratio - np.hypot(logs[0] - logs[2], logs[5] - logs[1]))
            most = np.exp(ratio + np.hypot(logs[3] - logs[0], logs[1] - logs[4]))
        found["ratio_low"][at], found["ratio_high"][at] = np.where(both, least, np.nan), np.where(both, most, np.nan)
    _fill_influence(data, tested, block, {g: data.cells(g, block) for g in range(len(data.rows))}, found)


def _fill_influence(
    data: _Data,
    tested: BoolArray,
    block: IntArray,
    cells: dict[int, tuple[FloatArray, FloatArray]],
    found: dict[str, Any],
) -> None:
    """Find, for each contrast, the article without which the difference would shrink most."""
    own = {
        group: _Extremes.of(*cells[group], cells[group][0].sum(axis=1), cells[group][1].sum(axis=1)) for group in cells
    }
    for number in np.flatnonzero(tested[:, block].any(axis=1)).tolist():
        first, second = data.comparisons[number]
        here = np.flatnonzero(tested[number, block])
        if second >= 0:
            other, rows = own[second], data.rows[second]
        else:
            others = [g for g in cells if g != first]
            x, y = (np.concatenate([cells[g][k] for g in others], axis=1) for k in (0, 1))
            other, rows = (
                _Extremes.of(x, y, x.sum(axis=1), y.sum(axis=1)),
                np.concatenate([data.rows[g] for g in others]),
            )
        values = [v[block[here]] for v in data.values(number)]
        difference = values[0] - values[1]
        up = difference > 0
        # Without an article of the first side its ratio falls, or without one of the second that rises.
        losses, places = [], []
        for extremes, value, side_rows, falls in (
            (own[first], values[0], data.rows[first], up),
            (other, values[1], rows, ~up),
        ):
            left = np.where(falls, extremes.least[here], extremes.most[here])
            place = np.where(falls, extremes.least_at[here], extremes.most_at[here])
            with np.errstate(divide="ignore", invalid="ignore"):
                losses.append(np.abs(value - left) / np.abs(difference))
            places.append(side_rows[place])
        larger = np.nan_to_num(losses[0], nan=-1) >= np.nan_to_num(losses[1], nan=-1)
        share = np.where(larger, losses[0], losses[1])
        some = (difference != 0) & np.isfinite(share)
        at = (number, block[here[some]])
        found["article_share"][at] = share[some]
        found["row"][at] = np.where(larger, places[0], places[1])[some]


@dataclass(frozen=True, slots=True)
class _Extremes:
    """The lowest and the highest ratio that is left when one unit is taken away, and which; shape (ratios,)."""

    least: FloatArray
    most: FloatArray
    least_at: IntArray
    most_at: IntArray

    @classmethod
    def of(cls, x: FloatArray, y: FloatArray, above: FloatArray, under: FloatArray) -> _Extremes:
        left = under[:, None] - y
        some = (y > 0) & (left > 1e-9)
        ratio = np.divide(above[:, None] - x, left, out=np.full(x.shape, np.nan), where=some)
        low, high = np.where(some, ratio, np.inf), np.where(some, ratio, -np.inf)
        low_at, high_at = low.argmin(axis=1), high.argmax(axis=1)
        rows = np.arange(len(x))
        none = ~some.any(axis=1)
        least, most = low[rows, low_at], high[rows, high_at]
        least[none] = most[none] = np.nan
        return cls(least, most, low_at, high_at)


def _fill_tests(data: _Data, tested: BoolArray, found: dict[str, Any]) -> None:
    """Permute articles between the sides, and compare their values."""
    for shared in np.unique(data.denominator).tolist():
        every = np.flatnonzero((data.denominator == shared) & tested.any(axis=0))
        y = data.columns[:, [shared]].toarray()[:, 0]
        size = max(1, _CELLS // max(1, len(y)))  # by blocks, so that memory does not grow with the number of measures
        for start in range(0, len(every), size):
            _permute_block(data, tested, every[start : start + size], y, found["p"])
    measures = np.flatnonzero(tested.any(axis=0))
    pairs, rest = cliffs_delta(data.columns, data.numerator[measures], data.denominator[measures], data.rows)
    for number, (one, other) in enumerate(data.comparisons):
        delta = pairs[:, one, other] if other >= 0 else rest[:, one]
        found["delta"][number, measures] = np.where(tested[number, measures], delta, np.nan)


def _permute_block(data: _Data, tested: BoolArray, block: IntArray, y: FloatArray, p: FloatArray) -> None:
    """Permute articles between the sides for some measures that share their denominator `y`."""
    x = data.columns[:, data.numerator[block]].toarray()
    on_first = np.zeros(len(y), dtype=bool)
    for comparison in np.flatnonzero(tested[:, block].any(axis=1)).tolist():
        chosen = np.flatnonzero(tested[comparison, block])
        first = data.rows_of(comparison, 0)
        units = np.concatenate([first, data.rows_of(comparison, 1)])
        units = units[y[units] > 0]
        on_first[:] = False
        on_first[first] = True
        p[comparison, block[chosen]] = permute_sides(
            x[units[:, None], chosen],
            y[units],
            on_first[units],
            permutations=data.design.resamples,
            seed=data.design.seed,
        )


def _fill_matched(data: _Data, found: dict[str, Any]) -> BoolArray:
    """Compare inside events; return which contrasts could be tested."""
    design = data.design
    tested = np.zeros(found["p"].shape, dtype=bool)
    if not (data.event >= 0).any():
        return tested
    cells = EventCells(data.columns, data.rows, data.event)
    for number, (first, second) in enumerate(data.comparisons):
        one, other = cells.side(first), cells.side(first, rest=True) if second < 0 else cells.side(second)
        common = cells.count_common(one, other, data.denominator)
        found["n_events"][number] = common
        here = np.flatnonzero(common > 0)
        if not len(here):
            continue
        label = "\x1f".join([data.labels[first], data.labels[second] if second >= 0 else "\x1frest"])
        events = cells.common(first, second)
        result = compare_in_events(
            one[events],
            other[events],
            data.numerator[here],
            data.denominator[here],
            label=label,
            min_events=design.min_events,
            resamples=design.resamples,
            seed=design.seed,
        )
        scale = data.scale[here]
        for name, column in (("value", "matched_value"), ("other", "matched_other"), ("low", "matched_low")):
            found[column][number, here] = getattr(result, name) * scale
        found["matched_difference"][number, here] = result.difference * scale
        found["matched_high"][number, here] = result.high * scale
        found["matched_p"][number, here] = result.p
        found["matched_enough"][number, here] = result.enough
        tested[number, here] = result.enough & ~np.isnan(result.p)
    return tested


def _tabulate(data: _Data, found: dict[str, Any], tested: BoolArray, matched: BoolArray, all_rows: bool) -> pa.Table:
    kept = np.ones(tested.shape, dtype=bool) if all_rows else tested | matched
    comparison, measure = np.nonzero(kept)
    some = (found["n_articles"] > 0) & (found["other_articles"] > 0)
    status = np.where(tested, "ok", np.where(some, "insufficient", "undefined"))
    in_events = np.where(matched, "ok", np.where(found["n_events"] > 0, "insufficient", "undefined"))
    labels = [*data.labels, REST]
    first = np.array([a for a, _ in data.comparisons], dtype=np.int64)
    second = np.array([b for _, b in data.comparisons], dtype=np.int64)  # -1 is the last label, REST
    names = np.array([m.name for m in data.measures], dtype=object)
    row = found["row"][kept]
    cells: dict[str, Any] = {
        data.design.group: pa.array([labels[g] for g in first[comparison].tolist()], pa.string()),
        "other": pa.array([labels[g] for g in second[comparison].tolist()], pa.string()),
        "measure": pa.array(names[measure].tolist(), pa.string()),
        "status": pa.array(status[kept].tolist(), pa.string()),
        "matched_status": pa.array(in_events[kept].tolist(), pa.string()),
        "article": pa.array([data.ids[r] if r >= 0 else "" for r in row.tolist()], pa.string()),
    }
    schema = pa.schema([(data.design.group, pa.string()), *COLUMNS])
    return pa.table(
        [cells[f.name] if f.name in cells else pa.array(found[f.name][kept]) for f in schema], schema=schema
    )

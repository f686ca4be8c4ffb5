"""Trends: measures by week, month or year, and how they change between two periods.

A period is a group of articles like any other: its number is a ratio of two sums over its articles, with the interval
and the status that the table of measures gives it (`measures.py`). A change is a contrast of the articles of one
outlet in two periods (`contrasts.py`). Most periods hold few articles, and the highest of many noisy numbers is always
high: look at the intervals before the line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from framing.errors import InputError
from framing.measure import Measure
from framing.statistics.bootstrap import RESAMPLES
from framing.statistics.contrasts import Design, compute_contrasts
from framing.statistics.counters import Counters, check_group, require_columns
from framing.statistics.measures import MIN_ARTICLES, compute_measures

PERIODS = ("week", "month", "year")
MAX_PERIODS = 1500
"""Periods that one trend may have: 28 years of weeks. One odd date would otherwise make thousands of empty rows."""

_COLUMNS = (
    "measure",
    "period",
    "first_day",
    "value",
    "low",
    "high",
    "n_articles",
    "numerator",
    "denominator",
    "status",
)
_CHANGE_COLUMNS = (
    ("measure", pa.string()),
    ("before", pa.float64()),
    ("after", pa.float64()),
    ("difference", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("p", pa.float64()),
    ("q", pa.float64()),
    ("n_before", pa.int64()),
    ("n_after", pa.int64()),
    ("status", pa.string()),
)
_BOTH = "\x1f"  # between group and period: no text from outside holds it by chance
_DERIVED = "\x1ftrend"


class Span(NamedTuple):
    """From one day to another, both included (ISO 8601)."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Trends:
    """Measures by period.

    Attributes
    ----------
    table : pa.Table
        See `compute_trends`.
    undated : int
        Articles of these groups without a date: they are in no row.
    """

    table: pa.Table
    undated: int


def compute_trends(
    counters: Counters,
    measures: Sequence[Measure],
    *,
    by: str = "month",
    group: str = "outlet",
    chosen: Collection[str] | None = None,
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Trends:
    """Compute measures for each group of articles in each period.

    Parameters
    ----------
    counters : Counters
        `articles` needs the column `date` (ISO 8601 days, "" for none).
    measures : sequence of Measure
    by : {"week", "month", "year"}
        Weeks are those of ISO 8601, Monday to Sunday.
    group : str
        Column of the articles table to group by.
    chosen : collection of str, optional
        Only these groups.
    min_articles, resamples, seed : int
        See `compute_measures`. Each interval is settled by (seed, group and period): adding other articles, groups or
        periods does not change it.

    Returns
    -------
    Trends
        Its table has a row for each group, measure and period, from the first dated article of all these groups to the
        last, in this order. Columns:

        <group> : string, named as `group`
        measure : string
        period : string, "2016-W07", "2016-03" or "2016"
        first_day : string, ISO 8601
        value, low, high, n_articles, numerator, denominator, status : as `compute_measures` gives them; a period
            without articles is "undefined", so that charts show the gap

    Raises
    ------
    InputError
        No such period or column, a date that is no ISO day, or more than `MAX_PERIODS` periods.
    """
    if by not in PERIODS:
        raise InputError(f"by is {by!r}. Give {', '.join(PERIODS[:-1])} or {PERIODS[-1]}.")
    check_group(group, _COLUMNS)
    labels, days, rows = _read_days(counters, group, chosen)
    dated = [n for n, day in enumerate(days) if day]
    groups = sorted(set(labels))
    found = {day: find_period(day, by) for day in {days[n] for n in dated}}
    periods = _list_periods(min(found), max(found), by) if found else []
    keys = [f"{labels[n]}{_BOTH}{found[days[n]].name}" for n in dated]
    table = compute_measures(
        _with_column(counters, rows[dated], keys),
        measures,
        group=_DERIVED,
        min_articles=min_articles,
        resamples=resamples,
        seed=seed,
    )
    return Trends(_spread(table, group, groups, [m.name for m in measures], periods), len(days) - len(dated))


class Period(NamedTuple):
    """A week, month or year: its ISO name and its first day."""

    name: str
    first: date


def find_period(day: str, by: str) -> Period:
    """Return the week, month or year of an ISO day."""
    given = date.fromisoformat(day)
    if by == "year":
        return Period(f"{given.year:04}", date(given.year, 1, 1))
    if by == "month":
        return Period(f"{given.year:04}-{given.month:02}", given.replace(day=1))
    year, week, weekday = given.isocalendar()
    return Period(f"{year:04}-W{week:02}", given - timedelta(weekday - 1))


def _list_periods(first: str, last: str, by: str) -> list[Period]:
    """Return all periods between two days."""
    periods = [find_period(first, by)]
    end = find_period(last, by)
    while periods[-1] != end:
        if len(periods) == MAX_PERIODS:
            raise InputError(
                f"by {by}, the articles from {first} to {last} have more than {MAX_PERIODS:,} periods. Choose longer "
                "ones, or correct the date of the first or last article."
            )
        # 35 days after its first day a month is over, 370 days a year; neither skips the next one.
        onward = {"week": 7, "month": 35, "year": 370}[by]
        periods.append(find_period((periods[-1].first + timedelta(onward)).isoformat(), by))
    return periods


def _read_days(counters: Counters, group: str, chosen: Collection[str] | None) -> tuple[list[str], list[str], Any]:
    """Return the group and day of each article of the chosen groups, and its row."""
    require_columns(counters.articles, ("date", group), "articles")
    wanted = [(label, rows) for label, rows in counters.groups(group) if chosen is None or label in chosen]
    rows = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *(rows for _, rows in wanted)]))
    label_of = {row: label for label, members in wanted for row in members.tolist()}
    days = counters.articles["date"].cast(pa.string()).fill_null("").take(pa.array(rows)).to_pylist()
    ids = counters.articles["id"]
    for row, day in zip(rows.tolist(), days, strict=True):
        if day and not _is_day(day):
            raise InputError(
                f"article {ids[row].as_py()!r}: date {day!r} is no ISO day. Write dates as 2017-01-24, or leave them "
                "empty."
            )
    return [label_of[row] for row in rows.tolist()], days, rows


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _with_column(counters: Counters, rows: Any, keys: Sequence[str]) -> Counters:
    """Keep some articles, with a derived column to group by."""
    articles = counters.articles.take(pa.array(rows, pa.int64()))
    articles = articles.append_column(_DERIVED, pa.array(keys, pa.string()))
    return replace(counters, articles=articles, matrix=counters.matrix[rows])


def _spread(
    table: pa.Table, group: str, groups: Sequence[str], measures: Sequence[str], periods: Sequence[Period]
) -> pa.Table:
    """Put the rows of periods with articles into a table that has every period."""
    place_of_group = {label: n for n, label in enumerate(groups)}
    place_of_period = {period.name: n for n, period in enumerate(periods)}
    keys = [key.rsplit(_BOTH, 1) for key in table[_DERIVED].to_pylist()[:: max(1, len(measures))]]
    at_group = np.array([place_of_group[label] for label, _ in keys], dtype=np.int64)
    at_period = np.array([place_of_period[name] for _, name in keys], dtype=np.int64)
    shape = (len(groups), len(measures), len(periods))
    row = np.full(shape, -1, dtype=np.int64)
    for number in range(len(measures)):
        row[at_group, number, at_period] = np.arange(len(keys)) * len(measures) + number
    order = pa.array(row.ravel(), pa.int64(), mask=row.ravel() < 0)
    cells = table.take(order)
    empty: dict[str, Any] = {"n_articles": 0, "numerator": 0.0, "denominator": 0.0, "status": "undefined"}
    columns = {
        group: np.repeat(np.array(groups, dtype=object), shape[1] * shape[2]),
        "measure": np.tile(np.repeat(np.array(measures, dtype=object), shape[2]), shape[0]),
        "period": np.tile(np.array([p.name for p in periods], dtype=object), shape[0] * shape[1]),
        "first_day": np.tile(np.array([p.first.isoformat() for p in periods], dtype=object), shape[0] * shape[1]),
    }
    arrays = [pa.array(values, pa.string()) for values in columns.values()]
    names = _COLUMNS[3:]
    arrays += [cells[name].combine_chunks().fill_null(empty.get(name, np.nan)) for name in names]
    return pa.table(arrays, names=[*columns, *names])


def read_span(text: str) -> Span:
    """Read a period of time: "2016", "2016-03", "2016-W07", "2016-03-14", or from one to another of them with "..".

    Raises
    ------
    InputError
        Something else, or an end before its beginning.
    """
    parts = text.strip().split("..")
    if len(parts) > 2:
        raise InputError(f"{text!r} is no period. Write one, or two with .. between them: 2016-01..2016-06.")
    first, last = _bounds(parts[0].strip(), text), _bounds(parts[-1].strip(), text)
    if last.last < first.first:
        raise InputError(f"{text!r} ends before it begins. Write the earlier period first.")
    return Span(first.first, last.last)


def _bounds(text: str, whole: str) -> Span:
    try:
        if re.fullmatch(r"\d{4}", text, re.ASCII):
            return Span(f"{date(int(text), 1, 1)}", f"{date(int(text), 12, 31)}")
        if found := re.fullmatch(r"(\d{4})-(\d\d)", text, re.ASCII):
            first = date(int(found[1]), int(found[2]), 1)
            following = (first + timedelta(31)).replace(day=1)
            return Span(f"{first}", f"{following - timedelta(1)}")
        if found := re.fullmatch(r"(\d{4})-W(\d\d)", text, re.ASCII):
            first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Span(f"{first}", f"{first + timedelta(6)}")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return Span(f"{date.fromisoformat(text)}", text)
    except (ValueError, OverflowError):
        pass  # no such month, week or day
    raise InputError(
        f"{text!r} in {whole!r} is no year, month, week or day. Write 2016, 2016-03, 2016-W07 or 2016-03-14, "
        "or two of them with .. between."
    )


def compute_change(
    counters: Counters,
    measures: Sequence[Measure],
    before: Span | tuple[str, str],
    after: Span | tuple[str, str],
    *,
    group: str = "outlet",
    chosen: Collection[str] | None = None,
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pa.Table:
    """Compare measures of each group between two periods.

    Parameters
    ----------
    counters, measures, group, chosen, min_articles, resamples, seed
        As in `compute_trends`.
    before, after : Span, or (first day, last day)
        Both days included. The two may not overlap.

    Returns
    -------
    pa.Table
        One row for each group and measure, in this order. Columns:

        <group> : string, named as `group`
        measure : string
        before, after : float64, the measure in each period; nan where undefined
        difference, low, high : float64, after - before, and its 95 % interval from independent bootstraps of both
        p, q : float64, two-sided, from permuting the articles between the periods, and Benjamini-Hochberg over all
            rows; nan where not tested
        n_before, n_after : int64, articles with the denominator
        status : string, "ok", "insufficient" or "undefined" (no evidence in one of the two)

    Raises
    ------
    InputError
        The periods overlap, or see `compute_trends`.
    """
    before, after = Span(*before), Span(*after)
    if max(before.first, after.first) <= min(before.last, after.last):
        raise InputError(
            f"the periods {before.first} to {before.last} and {after.first} to {after.last} overlap. An article can be "
            "in one of them only."
        )
    check_group(group, [name for name, _ in _CHANGE_COLUMNS])
    labels, days, rows = _read_days(counters, group, chosen)
    side = ["0" if before.first <= d <= before.last else "1" if after.first <= d <= after.last else "" for d in days]
    kept = [n for n, found in enumerate(side) if found and days[n]]
    part = _with_column(counters, rows[kept], [f"{labels[n]}{_BOTH}{side[n]}" for n in kept])
    values = compute_measures(part, measures, group=_DERIVED, min_articles=min_articles, resamples=0)
    known = {(r[_DERIVED], r["measure"]): r for r in values.to_pylist()}
    groups = sorted(set(labels))
    both = [g for g in groups if {f"{g}{_BOTH}0", f"{g}{_BOTH}1"} <= set(part.articles[_DERIVED].to_pylist())]
    contrasts = _contrast(part, measures, both, min_articles, resamples, seed)
    found = []
    for label in groups:
        for name in (m.name for m in measures):
            old, new = (known.get((f"{label}{_BOTH}{s}", name)) for s in "01")
            contrast = contrasts.get((label, name), {})
            found.append(
                {
                    group: label,
                    "measure": name,
                    "before": old["value"] if old else np.nan,
                    "after": new["value"] if new else np.nan,
                    **{n: contrast.get(n, np.nan) for n in ("difference", "low", "high", "p", "q")},
                    "n_before": old["n_articles"] if old else 0,
                    "n_after": new["n_articles"] if new else 0,
                    "status": contrast.get("status", "undefined"),
                }
            )
    return pa.Table.from_pylist(found, pa.schema([(group, pa.string()), *_CHANGE_COLUMNS]))


def _contrast(
    counters: Counters, measures: Sequence[Measure], groups: Sequence[str], min_articles: int, resamples: int, seed: int
) -> dict[tuple[str, str], dict[str, Any]]:
    """Set the second period of each group against its first. Returns rows by group and measure."""
    if not groups:
        return {}
    design = Design(
        group=_DERIVED,
        pairs=[(f"{label}{_BOTH}1", f"{label}{_BOTH}0") for label in groups],
        rest=(),
        event="",
        min_articles=min_articles,
        resamples=resamples,
        seed=seed,
    )
    table = compute_contrasts(counters, measures, design, all_rows=True)
    return {(row[_DERIVED].rsplit(_BOTH, 1)[0], row["measure"]): row for row in table.to_pylist()}

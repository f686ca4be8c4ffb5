"""Events: articles of several outlets on one happening, found by what they tell of and when; and the table of them
that a person has reviewed.

Two articles are alike by the cosine of their vectors (`event_vectors`); groups are joined by average linkage inside a
window of days (`event_clusters`). Comparing wording only makes sense where outlets report the same thing, so the
threshold errs on the side of parting: a story that goes on for a week gives several events, and the table is there to
be corrected by hand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse

from framing.errors import InputError
from framing.ingest.accounts import ReadReport
from framing.ingest.encoding import Decodings
from framing.ingest.event_clusters import FLOOR, group_similar
from framing.ingest.event_labels import find_labels, free_name
from framing.ingest.event_vectors import FloatArray, VectorBuilder, VectorSettings, unit_rows
from framing.ingest.fields import list_names
from framing.ingest.tables import read_rows
from framing.text import Article, LongArray

WINDOW_DAYS = 3
THRESHOLD = 0.20
"""Mean cosine at which two groups become one. For 41 known events put into one month with 1,704 other articles,
anything from 0.12 to 0.20 gives an F1 of 0.98 (`benchmarks/event_accuracy.py`). The upper end of it, because of the
joins between 0.18 and 0.22 in real news about half, when read, were one story but not one happening."""

UNDATED_THRESHOLD = 0.45
"""Cosine to an event's centre at which an article without a date joins it: higher, for nothing else speaks for it."""

_BATCH = 400

ARTICLE_COLUMNS = {
    "event": pa.string(),
    "label": pa.string(),
    "article_id": pa.string(),
    "outlet": pa.string(),
    "date": pa.string(),
    "title": pa.string(),
    "similarity": pa.float64(),
}
EVENT_COLUMNS = {
    "event": pa.string(),
    "label": pa.string(),
    "first": pa.string(),
    "last": pa.string(),
    "n_articles": pa.int64(),
    "n_outlets": pa.int64(),
}


@dataclass(frozen=True, slots=True)
class Events:
    """Events found among some articles.

    Attributes
    ----------
    events : pa.Table
        One row an event, the largest first, then by date. Columns:

        event : string, identifier: first day and terms ("2016-03-14-aleppo-hospital-strike")
        label : string, up to three terms that its articles share and others lack, as printed
        first, last : string, ISO days; of articles with a date
        n_articles, n_outlets : int64
    articles : pa.Table
        One row an article: those of the first event by date, then of the next; behind them those that stand alone.
        Columns:

        event, label : string, as above; empty for an article that stands alone
        article_id, outlet, date, title : string
        similarity : float64, 0 to 1: mean cosine to the other articles of the event, to be read beside the threshold;
            nan for an article alone
    undated : int
        Articles without a date, whether they joined an event or not.
    """

    events: pa.Table
    articles: pa.Table
    undated: int

    @property
    def assignment(self) -> dict[str, str]:
        """Event of each article, "" for one that stands alone: what `assign_events` takes."""
        return dict(zip(self.articles["article_id"].to_pylist(), self.articles["event"].to_pylist(), strict=True))

    @property
    def alone(self) -> int:
        """Articles without an event."""
        return int(self.articles.num_rows - sum(self.events["n_articles"].to_pylist()))


def find_events(
    articles: Iterable[Article],
    *,
    window_days: int | None = WINDOW_DAYS,
    threshold: float = THRESHOLD,
    min_outlets: int = 2,
    settings: VectorSettings | None = None,
    progress: Callable[[int], None] | None = None,
) -> Events:
    """Find events: articles on one happening, from several outlets, close in time.

    Parameters
    ----------
    articles : iterable of Article
        Read once; of each only its words are kept. A result does not depend on their order.
    window_days : int, optional
        Most days between the first and the last article of an event. None leaves dates aside, and compares each article
        with each: for some thousands.
    threshold : float
        Least mean cosine between two groups of articles that are joined: above `FLOOR`, at most 1.
    min_outlets : int
        An event has articles of so many outlets, and two articles at least; other groups stand alone.
    settings : VectorSettings, optional
        How articles become vectors.
    progress : callable (articles read) -> None, optional

    Returns
    -------
    Events
        An article without a date joins the event whose centre is nearest, where the cosine is `UNDATED_THRESHOLD` or
        more; otherwise it stands alone.

    Raises
    ------
    InputError
        An option out of range, two articles with one id, or a date that is no ISO day.
    """
    _check_options(window_days, threshold, min_outlets)
    builder = VectorBuilder(settings)
    rows: list[tuple[str, ...]] = []
    stream = iter(articles)
    while batch := list(islice(stream, _BATCH)):
        builder.add(batch)
        rows += [(a.id, a.outlet, a.date, a.title) for a in batch]
        if progress:
            progress(len(batch))
    # Dated ones first, in an order that their content gives and not their place in the input.
    order = sorted(range(len(rows)), key=lambda i: (rows[i][2] == "", rows[i][2], rows[i][1], rows[i][3], rows[i][0]))
    rows = [rows[i] for i in order]
    ids = sorted(row[0] for row in rows)
    for earlier, later in pairwise(ids):
        if earlier == later:
            raise InputError(f"events: the id {later!r} is used twice. Give every article its own id.")
    vectors = builder.finish()
    matrix = sparse.csr_array(vectors.matrix[np.array(order, dtype=np.int64)])
    dated = sum(row[2] != "" for row in rows)
    if window_days is None:
        group = group_similar(matrix, np.zeros(len(rows), dtype=np.int64), 0, threshold)
    else:
        days = np.array([_read_day(row[0], row[2]) for row in rows[:dated]], dtype=np.int64)
        group = group_similar(sparse.csr_array(matrix[:dated]), days, window_days, threshold)
    event = np.full(len(rows), -1, dtype=np.int64)
    event[: len(group)] = _keep_events(group, rows, min_outlets)
    centres = unit_rows(_add_vectors(matrix, event))
    labels = find_labels(vectors, matrix, centres, event)
    for undated in _batched(np.arange(len(group), len(rows))):
        event[undated] = _find_nearest(matrix[undated], centres)
    similarity = _compare_with_others(matrix, event)
    return _tabulate(rows, event, similarity, labels, len(rows) - dated)


def _check_options(window_days: int | None, threshold: float, min_outlets: int) -> None:
    if window_days is not None and window_days < 0:
        raise InputError(f"window_days is {window_days}. Give 0 (the same day) or more, or None to leave dates aside.")
    if not FLOOR < threshold <= 1:
        raise InputError(
            f"threshold is {threshold:g}. Give a number above {FLOOR:g}, at most 1; {THRESHOLD:g} is usual."
        )
    if min_outlets < 1:
        raise InputError(f"min_outlets is {min_outlets}. Give 1 or more; 2 is usual.")


def _read_day(article: str, day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        raise InputError(f"article {article!r}: date {day!r} is no ISO day. Write dates as 2017-01-24.") from None


def _keep_events(group: LongArray, rows: list[tuple[str, ...]], min_outlets: int) -> LongArray:
    """Number the groups of enough outlets from 0; -1 for articles of the others."""
    if not len(group):
        return group
    outlets = {outlet: number for number, outlet in enumerate(sorted({row[1] for row in rows}))}
    outlet = np.array([outlets[row[1]] for row in rows[: len(group)]], dtype=np.int64)
    pairs = np.unique(group * len(outlets) + outlet)
    n_outlets = np.bincount(pairs // len(outlets))
    kept = (n_outlets >= min_outlets) & (np.bincount(group) >= 2)
    numbers = np.where(kept, np.cumsum(kept) - 1, -1)
    return np.asarray(numbers[group], dtype=np.int64)


def _add_vectors(matrix: Any, event: LongArray) -> Any:
    """Return the sum of each event's vectors. Shape (events, terms), sparse."""
    member = np.flatnonzero(event >= 0)
    count = int(event.max(initial=-1)) + 1
    belongs = sparse.csr_array((np.ones(len(member)), (event[member], member)), shape=(count, matrix.shape[0]))
    sums = sparse.csr_array(belongs @ matrix)
    sums.sort_indices()
    return sums


def _compare_with_others(matrix: Any, event: LongArray) -> FloatArray:
    """Return the mean cosine of each article to the others of its event; nan where it has none."""
    sums = _add_vectors(matrix, event)
    others = np.bincount(event[event >= 0], minlength=sums.shape[0]) - 1
    similarity = np.full(len(event), np.nan)
    for rows in _batched(np.flatnonzero(event >= 0)):
        own, all_of_it = matrix[rows], sums[event[rows]]
        to_others = _row_products(own, all_of_it) - _row_products(own, own)
        similarity[rows] = np.maximum(to_others, 0) / others[event[rows]]
    return similarity


def _batched(rows: LongArray) -> Iterator[LongArray]:
    for first in range(0, len(rows), _BATCH):
        yield rows[first : first + _BATCH]


def _row_products(first: Any, second: Any) -> FloatArray:
    """Return the scalar product of each row with the same row of another matrix. Shape (rows,)."""
    return np.asarray(first.multiply(second).sum(axis=1), dtype=np.float64).ravel()


def _find_nearest(matrix: Any, centres: Any) -> LongArray:
    """Return the event whose centre is nearest to each row; -1 where none is near enough."""
    if not centres.shape[0]:
        return np.full(matrix.shape[0], -1, dtype=np.int64)
    near = (matrix @ centres.T).toarray()
    return np.where(near.max(axis=1) >= UNDATED_THRESHOLD, near.argmax(axis=1), -1)


def _tabulate(
    rows: list[tuple[str, ...]], event: LongArray, similarity: FloatArray, labels: list[list[str]], undated: int
) -> Events:
    """Make the tables; `rows` hold id, outlet, date and title, ascending by date with the undated ones last."""
    members: list[list[int]] = [[] for _ in labels]
    for place, number in enumerate(event.tolist()):
        if number >= 0:
            members[number].append(place)
    taken: set[str] = set()
    found, listed = [], []
    for number, places in enumerate(members):  # in the order of their first articles, which settles equal names
        days = [rows[i][2] for i in places if rows[i][2]] or [""]
        name = free_name(days[0], labels[number], taken)
        outlets = len({rows[i][1] for i in places})
        found.append((name, ", ".join(labels[number]), days[0], days[-1], len(places), outlets))
        listed += [(*found[-1][:2], *rows[i], round(float(similarity[i]), 4)) for i in places]
    found.sort(key=lambda row: (-row[4], row[2], row[0]))
    listed += [("", "", *rows[i], math.nan) for i in np.flatnonzero(event < 0).tolist()]
    return Events(_table(found, EVENT_COLUMNS), _table(listed, ARTICLE_COLUMNS), undated)


def _table(rows: list[tuple[Any, ...]], columns: Mapping[str, pa.DataType]) -> pa.Table:
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.table([pa.array(c, t) for c, t in zip(cells, columns.values(), strict=True)], names=list(columns))


def read_events(path: str | Path) -> dict[str, str]:
    """Read which article belongs to which event: a CSV file as `framing events -o` writes it, perhaps edited.

    Parameters
    ----------
    path : str or Path
        Needs the columns `event` and `article_id`; all others are for people.

    Returns
    -------
    dict of str to str
        Event of each article listed, "" where the cell is empty: an article on its own.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, has a row without an article, or puts one article in two events.
    """
    path = Path(path)
    events: dict[str, str] = {}
    lines: dict[str, int] = {}
    with Decodings().open(path, newline="") as file:
        table = read_rows(file, path, "csv")
        _, header = next(table)
        for name in ("event", "article_id"):
            if name not in header:
                raise InputError(
                    f"{path}: no column {name!r}. Columns found: {list_names(header)}. A file of events needs event "
                    "and article_id; framing events ARTICLES -o FILE writes one."
                )
        for line, row in table:
            cells = dict(zip(header, row, strict=True))
            article, event = _unguard(cells["article_id"].strip()), _unguard(cells["event"].strip())
            if not article:
                raise InputError(f"{path}:{line}: no article_id. Fill it in, or remove the row.")
            if events.setdefault(article, event) != event:
                raise InputError(
                    f"{path}:{line}: article {article!r} is in event {event!r} here and in {events[article]!r} in line "
                    f"{lines[article]}. Keep one of the two rows: an article belongs to one event."
                )
            lines.setdefault(article, line)
    return events


def _unguard(cell: str) -> str:
    """Take away the ' that keeps a spreadsheet from reading a cell as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r\ufffd") else cell


class ArticlesInEvents:
    """Articles, one at a time and as often as wanted, each with the event that a table gives it. See `assign_events`.

    Attributes
    ----------
    report : ReadReport or None
        The account of the last complete iteration, with a warning about articles that only the table knows.
    unknown : list of str
        Those articles, in alphabetical order; empty before an iteration is complete.
    """

    def __init__(self, articles: Iterable[Article], events: Mapping[str, str]) -> None:
        self._articles = articles
        self._events = events
        self.report: ReadReport | None = None
        self.unknown: list[str] = []

    def __iter__(self) -> Iterator[Article]:
        missing = set(self._events)
        for a in self._articles:
            missing.discard(a.id)
            event = self._events.get(a.id, "")
            yield Article(
                a.id, a.outlet, a.text, a.title, a.date, a.url, event, a.upstream, a.genre, a.language, a.extra
            )
        self.unknown = sorted(missing)
        self.report = getattr(self._articles, "report", None)
        if self.unknown and self.report is not None:
            shown = ", ".join(map(repr, self.unknown[:3])) + (", ..." if len(self.unknown) > 3 else "")
            self.report.warnings.append(
                f"events: {len(self.unknown)} of {len(self._events)} articles in the table of events are not among "
                f"those read: {shown}. Was it made from the same articles?"
            )


def assign_events(articles: Iterable[Article], events: Mapping[str, str]) -> ArticlesInEvents:
    """Replace the event of each article by the one that a table of events gives it.

    Parameters
    ----------
    articles : iterable of Article
        Read once each time the result is iterated; never held.
    events : mapping of str to str
        From article to event, as `read_events` or `Events.assignment` give it. An article that it does not list has no
        event, whatever its own column says.

    Returns
    -------
    ArticlesInEvents
        An iterable of Article with the `report` of `articles`, so that it can be analysed in their place.
    """
    return ArticlesInEvents(articles, events)

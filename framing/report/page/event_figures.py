"""One event, several outlets: the table of a report on the figures of the dead that each gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.report.results import ELLIPSIS, Results
from framing.report.wording import day, short_period, tidy
from framing.statistics import compare_figures
from framing.store import Folder

MODULE = "casualties"
KIND = "dead"
MOST_EVENTS = 6
LEAST_OUTLETS = 2
LONGEST_LABEL = 60
_COLUMNS = ("article_id", "kind", "low", "high", "relation", "credited", "hedge")
_MONTH = re.compile(r"(.*\w)[-_ ](\d{4})-(0[1-9]|1[0-2])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EventCell:
    """The figures of one outlet: `said` is "23–29" or "4", "" where its `articles` on the event give none.

    Of its `figures`, `credited` are somebody's.
    """

    outlet: str
    articles: int
    said: str
    figures: int
    credited: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event, all outlets shown."""

    label: str
    dates: str
    cells: tuple[EventCell, ...]


def compare_events(results: Results, outlets: Sequence[str]) -> tuple[EventRow, ...]:
    """Return the events for which most outlets give figures of the dead, by date; none where no two outlets do."""
    articles = results.article_table.select(["id", "outlet", "event", "date"])
    wanted = pa.array(list(outlets), pa.string())
    articles = articles.filter(pc.and_(pc.is_in(articles["outlet"], wanted), pc.not_equal(articles["event"], "")))
    if not articles.num_rows:
        return ()
    table = Folder(results.analysis.path).table("casualties", _COLUMNS)
    ids, kinds = (table[name].cast(pa.string()) for name in ("article_id", "kind"))
    table = table.filter(pc.and_(pc.equal(kinds, KIND), pc.is_in(ids, articles["id"].combine_chunks())))
    cells = {(r["event"], r["outlet"]): r for r in compare_figures(table, articles).to_pylist()}
    giving: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    for (event, _), row in cells.items():
        giving[event] += row["giving"] > 0
        figures[event] += row["figures"]
    most = sorted((e for e in giving if giving[e] >= LEAST_OUTLETS), key=lambda e: (-giving[e], -figures[e], e))
    dates = _read_dates(articles.to_pylist())
    chosen = sorted(most[:MOST_EVENTS], key=lambda e: (not dates[e][0], dates[e], e))
    labels = Counter(read_event(event) for event in chosen)
    return tuple(
        EventRow(
            read_event(event) if labels[read_event(event)] == 1 else tidy(event),
            short_period(*dates[event]),
            tuple(_cell(outlet, cells.get((event, outlet))) for outlet in outlets),
        )
        for event in chosen
    )


def _read_dates(articles: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Return the first and the last date of the articles on each event, "" without any."""
    known: dict[str, list[str]] = {a["event"]: [] for a in articles}
    for article in articles:
        if article["date"]:
            known[article["event"]].append(article["date"])
    return {event: (min(days, default=""), max(days, default="")) for event, days in known.items()}


def _cell(outlet: str, row: Mapping[str, Any] | None) -> EventCell:
    if row is None:
        return EventCell(outlet, 0, "", 0, 0)
    if not row["giving"]:
        return EventCell(outlet, row["articles"], "", 0, 0)
    low, high = (f"{row[name]:,.0f}" for name in ("lowest", "highest"))
    said = low if low == high else f"{low}–{high}"
    return EventCell(outlet, row["articles"], said, row["figures"], round(row["credited"] * row["figures"]))


def read_event(event: str) -> str:
    """Return the id of an event as words: "bridge-attack_2" as "Bridge attack 2", "talks-2017-01" as "Talks (January
    2017)"; a long one is cut."""
    month = _MONTH.fullmatch(event)
    if month is not None:
        name, year, number = month.groups()
        event = f"{name} ({day(f'{year}-{number}-01').partition(' ')[2]})"
    words = tidy(event.replace("-", " ").replace("_", " "))
    if len(words) > LONGEST_LABEL:
        words = words[: LONGEST_LABEL - 1].rstrip() + ELLIPSIS
    return words[:1].upper() + words[1:]

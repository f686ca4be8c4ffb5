"""One event, several outlets: which figures of casualties each gives, and on whose word."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import pyarrow as pa

from framing.errors import InputError
from framing.statistics.counters import check_group, require_columns

_COLUMNS = (
    ("event", pa.string()),
    ("kind", pa.string()),
    ("articles", pa.int64()),
    ("giving", pa.int64()),
    ("lowest", pa.float64()),
    ("median", pa.float64()),
    ("highest", pa.float64()),
    ("figures", pa.int64()),
    ("credited", pa.float64()),
    ("hedged", pa.float64()),
    ("sources", pa.string()),
)
_NEEDED = ("article_id", "kind", "low", "high", "relation", "credited", "hedge")
MAX_SOURCES = 5


def compare_figures(
    casualties: pa.Table, articles: pa.Table, events: Sequence[str] | None = None, *, group: str = "outlet"
) -> pa.Table:
    """Lay the figures that outlets give for the same event side by side.

    An article counts with its highest figure of a kind: it is the total of an article far more often than not, while
    sums would count the same people twice. Figures of before ("up from 30") are left out, and a phrase without an
    upper end ("dozens") counts with its lower. An article may also speak of older events, so a figure that is out of
    line is to be read in its sentence.

    Parameters
    ----------
    casualties : pa.Table
        The table "casualties"; columns article_id, kind, low, high, relation, credited, hedge.
    articles : pa.Table
        Columns id, event and `group`. Articles without an event are left out.
    events : sequence of str, optional
        By default all.
    group : str
        Column of `articles` to compare by.

    Returns
    -------
    pa.Table
        One row for each event, each kind that any article on the event gives a figure of, and each group with an
        article on it, in that order. Columns:

        event, kind : string
        <group> : string, named as `group`
        articles : int64, of the group on the event
        giving : int64, those that give a figure of the kind
        lowest, median, highest : float64, persons, over the articles that give one; nan without any
        figures : int64, all figures of the kind, those of before left out
        credited, hedged : float64, 0 to 1, share of them; nan without any
        sources : string, who is credited, most often first, at most five, with "; " between them

    Raises
    ------
    InputError
        A column is missing, no such event, or a figure's article is not in `articles`.
    """
    check_group(group, [name for name, _ in _COLUMNS])
    require_columns(casualties, _NEEDED, "casualties")
    require_columns(articles, ("id", "event", group), "articles")
    place = {r["id"]: (r["event"] or "", r[group] or "") for r in articles.select(["id", "event", group]).to_pylist()}
    known = sorted({event for event, _ in place.values()} - {""})
    for event in events or ():
        if event not in known:
            raise InputError(f"No article has the event {event!r}. Use an event of the articles table.")
    chosen = set(known if events is None else events)
    sizes = Counter(where for where in place.values() if where[0] in chosen)
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in casualties.select(list(_NEEDED)).to_pylist():
        if row["article_id"] not in place:
            raise InputError(
                f"casualties: article {row['article_id']!r} is not in the articles. Give both tables of one analysis."
            )
        event, outlet = place[row["article_id"]]
        if event in chosen and row["relation"] != "earlier":
            found[event, row["kind"], outlet].append(row)
    kinds = sorted({(event, kind) for event, kind, _ in found})
    rows = [
        {
            "event": event,
            "kind": kind,
            group: outlet,
            "articles": size,
            **_describe(found.get((event, kind, outlet), [])),
        }
        for event, kind in kinds
        for (of, outlet), size in sorted(sizes.items())
        if of == event
    ]
    head, tail = _COLUMNS[:2], _COLUMNS[2:]
    return pa.Table.from_pylist(rows, pa.schema([*head, (group, pa.string()), *tail]))


def _describe(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Sum up the figures of one kind that one group gives for one event."""
    highest: dict[str, float] = {}
    for row in rows:
        value = row["low"] if row["high"] is None or math.isnan(row["high"]) else row["high"]
        highest[row["article_id"]] = max(highest.get(row["article_id"], 0.0), value)
    values = sorted(highest.values()) or [math.nan]
    sources = Counter(row["credited"] for row in rows if row["credited"])
    ranked = sorted(sources, key=lambda source: (-sources[source], source))
    count = len(rows)
    return {
        "giving": len(highest),
        "lowest": values[0],
        "median": median(values),
        "highest": values[-1],
        "figures": count,
        "credited": sum(bool(row["credited"]) for row in rows) / count if count else math.nan,
        "hedged": sum(bool(row["hedge"]) for row in rows) / count if count else math.nan,
        "sources": "; ".join(ranked[:MAX_SOURCES]),
    }

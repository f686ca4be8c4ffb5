"""Titles of the charts of time: what is seen, and no more than the intervals and tests carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from framing.report.findings.checks import LEVEL
from framing.report.wording import count, day, join, short_period, tidy
from framing.statistics.trends import Span

Row = Mapping[str, Any]


def is_clear(row: Row) -> bool:
    """Whether a row of `compute_change` shows a change: its interval holds no 0, and its q is low enough."""
    return bool(row["status"] == "ok" and row["q"] <= LEVEL and (row["low"] > 0 or row["high"] < 0))


def title_change(label: str, rows: Sequence[Row], since: str) -> str:
    """Say in which outlets a measure changes clearly from one period to another.

    Parameters
    ----------
    rows : sequence of mapping
        Of the table of `compute_change`, all of one measure.
    since : str
        From when to when: "from 2031 to 2032".
    """
    name = tidy(label)
    judged = [row for row in rows if row["status"] == "ok"]  # without a q where all articles are alike
    if not judged:
        return f"{name}: insufficient evidence to tell a change {since}"
    clear = [row for row in judged if is_clear(row)]
    same, few = len(judged) - len(clear), len(rows) - len(judged)
    rest = f" (insufficient evidence in {few} more)" if few else ""
    if not clear and any(row["low"] > 0 or row["high"] < 0 for row in judged):  # by itself, but not among so many
        among = "1 outlet" if same == 1 else f"{same} outlets"
        return f"{name}: no change {since} that stands out from chance among {among}{rest}"
    if not clear:
        where = tidy(judged[0]["outlet"]) if same == 1 else f"{'either' if same == 2 else 'any'} of {same} outlets"
        return f"{name}: no clear change {since} in {where}{rest}"
    said = []
    for word, sign in (("up", 1), ("down", -1)):
        those = [tidy(row["outlet"]) for row in clear if row["difference"] * sign > 0]
        if those:
            said.append(f"{word} in {join(those) if len(those) <= 3 else count(len(those), 'outlet')}")
    others = f"; no clear change in {'another' if same == 1 else count(same, 'other')}" if same else ""
    return f"{name}: clearly {', '.join(said)} {since}{others}{rest}"


def say_span(span: Span) -> str:
    """Return "2031", "March 2031", "January to June 2031", or "4–9 March 2031"."""
    first, last = (date.fromisoformat(d) for d in span)
    if first.day > 1 or (last + timedelta(1)).day > 1:
        return short_period(*span)
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    months = [day(d).split(" ", 1)[1] for d in span]
    if months[0] == months[1]:
        return months[0]
    begin = months[0].split(" ")[0] if first.year == last.year else months[0]
    return f"{begin} to {months[1]}"

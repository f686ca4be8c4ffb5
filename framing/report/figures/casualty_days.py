"""The figures of casualties of one event, day by day: which event, what its title says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.casualties import say_persons
from framing.charts.casualty_table import UNDATED, CasualtyFigures, OutletDay
from framing.errors import InputError
from framing.report.page.event_figures import KIND, read_event
from framing.report.results import Results
from framing.report.wording import day, tidy
from framing.statistics import compare_figures
from framing.store import Folder

_COLUMNS = ("article_id", "kind", "low", "high", "relation", "credited", "hedge")
_PRONOUNS = frozenset({"he", "it", "she", "they", "we", "i", "you", "who", "which", "this", "that"})
FAR = 40  # times the figure in the middle: as far out of line as makes the chart's axis logarithmic
_NAMED = 8  # events that an error names


def rank_events(results: Results, outlets: Sequence[str]) -> list[str]:
    """Return the events of which these outlets give figures of the dead, those of most outlets and figures first."""
    articles = _articles(results, outlets)
    if not articles.num_rows:
        return []
    giving: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    for row in compare_figures(_dead(results, articles), articles).to_pylist():
        giving[row["event"]] += row["giving"] > 0
        figures[row["event"]] += row["figures"]
    return sorted((e for e in giving if giving[e]), key=lambda e: (-giving[e], -figures[e], e))


def read_days(results: Results, event: str | None, outlets: Sequence[str]) -> CasualtyFigures:
    """Return the figures of the dead that outlets give of an event; without one, of that most of them report on.

    Raises
    ------
    InputError
        The articles have no events, there is none of that name, or these outlets give no figure of the dead on it.
    """
    articles = _articles(results, outlets)
    if not articles.num_rows:
        raise InputError(
            "No article of these outlets has an event. Give a column event, or find events with framing events."
        )
    ranked = rank_events(results, outlets)
    if event is None:
        if not ranked:
            raise InputError("No outlet gives a figure of the dead on any event. Choose other outlets.")
        event = ranked[0]
    if event not in ranked:
        known = event in articles["event"].to_pylist()
        problem = "These outlets give no figure of the dead on" if known else "No article of these outlets has"
        raise InputError(f"{problem} the event {event!r}. Figures of the dead: {', '.join(ranked[:_NAMED]) or 'none'}.")
    articles = articles.filter(pc.equal(articles["event"], event))
    dead = _dead(results, articles)
    # The day takes the place of the event: the same statistic, day by day.
    days = [date or UNDATED for date in articles["date"].to_pylist()]
    articles = articles.set_column(articles.column_names.index("event"), "event", pa.array(days, pa.string()))
    place = dict(zip(articles["id"].to_pylist(), zip(days, articles["outlet"].to_pylist(), strict=True), strict=True))
    rows = [
        {"day": place[r["article_id"]][0], "outlet": place[r["article_id"]][1], **r}
        for r in dead.to_pylist()
        if r["relation"] != "earlier"
    ]
    compared = compare_figures(dead, articles)
    named = [_leave_out_pronouns(sources) for sources in compared["sources"].to_pylist()]
    compared = compared.set_column(compared.column_names.index("sources"), "sources", pa.array(named, pa.string()))
    return CasualtyFigures.from_tables(compared, pa.Table.from_pylist(rows), _name_event(event), KIND, outlets)


def _name_event(event: str) -> str:
    """Return the id of an event as words, without the day with which the ids of found events begin."""
    return read_event(re.sub(r"^\d{4}-\d\d-\d\d-(?=\w)", "", event))


def _leave_out_pronouns(sources: str) -> str:
    """Return who is credited without "it" and "they", which say nothing outside their sentence."""
    return "; ".join(name for name in sources.split("; ") if name.casefold() not in _PRONOUNS)


def _articles(results: Results, outlets: Sequence[str]) -> pa.Table:
    table = results.article_table.select(["id", "outlet", "event", "date"])
    table = table.set_column(2, "event", table["event"].cast(pa.string()).fill_null(""))
    table = table.set_column(3, "date", table["date"].cast(pa.string()).fill_null(""))
    wanted = pa.array(list(outlets), pa.string())
    return table.filter(pc.and_(pc.is_in(table["outlet"], wanted), pc.not_equal(table["event"], "")))


def _dead(results: Results, articles: pa.Table) -> pa.Table:
    try:
        table = Folder(results.analysis.path).table("casualties", list(_COLUMNS))
    except InputError as reason:
        raise InputError(f"No figures of casualties: {reason}") from reason
    ids, kinds = (table[name].cast(pa.string()) for name in ("article_id", "kind"))
    return table.filter(pc.and_(pc.equal(kinds, KIND), pc.is_in(ids, articles["id"].combine_chunks())))


def title_days(figures: CasualtyFigures) -> str:
    """Say how far apart the outlets' highest figures are, on the day on which most of them give one."""
    giving = [(day.day, [one for one in day.outlets if one.giving]) for day in figures.days]
    outlets = {one.outlet for _, found in giving for one in found}
    event = tidy(figures.event)
    if len(outlets) == 1:
        (found,) = outlets
        values = [one for _, all_ in giving for one in all_]
        ends = say_persons(min(one.lowest for one in values), max(one.highest for one in values))
        return f"{event}: only {tidy(found)} gives figures of the dead, at most {ends} in an article"
    when, most = max(giving, key=lambda item: len(item[1]))
    if len(most) == 1:  # never two on one day
        where, most = ", different days", [one for _, all_ in giving for one in all_]
    else:
        where = ", undated articles" if when == UNDATED else f", {day(when)}"
    most = sorted(most, key=lambda one: (one.highest, one.outlet))
    usual = [one for one in most if one.highest <= FAR * max(most[len(most) // 2].highest, 1)]
    low, high = most[0], most[-1]
    if len(most) - len(usual) == 1 and len(usual) > 1:  # very likely of something else, as a war is beside an attack
        said = say_persons(usual[0].highest, usual[-1].highest)
        return f"{event}{where}: the highest figures of the dead are {said}; {_say(high)} is far out of line"
    if low.highest == high.highest:
        number = "both" if len(most) == 2 else f"all {len(most)}"
        return f"{event}{where}: {number} outlets’ highest figure of the dead is {high.highest:,.0f}"
    return f"{event}{where}: the highest figures of the dead go from {_say(low)} to {_say(high)}"


def _say(one: OutletDay) -> str:
    return f"{one.highest:,.0f} ({tidy(one.outlet)})"

"""The charts of time: trend, slope, figures of the dead, and in which articles mentions stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts import Theme
from framing.charts.casualties import plot_casualties
from framing.charts.casualty_table import UNDATED, CasualtyFigures
from framing.charts.dispersion import plot_dispersion
from framing.charts.slope import plot_slope
from framing.charts.slope_table import Slopes
from framing.charts.trend import plot_trend
from framing.charts.trend_table import OutletTrends
from framing.errors import InputError
from framing.ingest.marks import Mark, read_marks
from framing.report.figures.captions import make_caption, say_intervals
from framing.report.figures.casualty_days import rank_events, read_days, title_days
from framing.report.figures.drawer import Drawer, Drawing, Options
from framing.report.figures.measure_names import NamedMeasure, choose_measure
from framing.report.figures.mention_spread import choose_subject, count_spread, title_spread
from framing.report.figures.time_titles import say_span, title_change
from framing.report.figures.word_titles import NO_INTERVALS
from framing.report.findings.checks import LEVEL
from framing.report.findings.ranking import rank_referents
from framing.report.page.event_figures import LONGEST_LABEL
from framing.report.results import ELLIPSIS, Results
from framing.report.rows import OK
from framing.report.wording import VOICE_LABELS, day, quote, short_period
from framing.statistics import Counters
from framing.statistics.trends import PERIODS, Period, Span, compute_change, compute_trends, find_period, read_span
from framing.store import Folder

DISPERSION = "DP of Gries (2008), expected shares by words"
FIGURES = "figures of before (“up from 12”) left out"
HALVES = "from the first to the second half of the time"
_LEAST_PERIODS = 2


def prepare_trend(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw how a measure changes with time; options measure, period ("week", "month", "year") and marks (a CSV file).

    The title compares two halves of the time, or, with one mark, the time before it with that from it on.

    Raises
    ------
    InputError
        No such measure or period, no article has a date, or the marks cannot be read.
    """
    chosen = choose_measure(results, options.get("measure"), outlets)
    days = _list_days(results, outlets)
    by = options.get("period") or _choose_period(results, outlets, days)
    if by not in PERIODS:
        raise InputError(f"There is no period {by!r}. Use one of: {', '.join(PERIODS)}.")
    listed = read_marks(options["marks"]) if options.get("marks") else []
    counters, settings = _read_counters(results), _settings(results)
    series = compute_trends(counters, [chosen.measure], by=by, chosen=outlets, **settings)
    data = OutletTrends.from_table(
        series.table, chosen.shown, by, outlets, listed, series.undated, results.min_articles
    )
    title, compared = _title_trend(counters, chosen, outlets, listed, days, by, settings)
    bounded = any(point.status == OK for line in data.lines for point in line.points)
    method = "; ".join(text for text in (say_intervals(results) if bounded else NO_INTERVALS, compared) if text)
    caption = make_caption(results, title, outlets, digest=chosen.digest, method=method)
    return Drawing(data, plot_trend, look, caption)


def _title_trend(
    counters: Counters,
    chosen: NamedMeasure,
    outlets: Sequence[str],
    marks: Sequence[Mark],
    days: Sequence[str],
    by: str,
    settings: dict[str, Any],
) -> tuple[str, str]:
    """Return the title, and what is compared in it and how."""
    inside = [mark for mark in marks if min(days) < mark.date <= max(days)]
    periods = sorted({find_period(day_, by) for day_ in days}, key=lambda period: period.first)
    if len(inside) == 1:
        cut, since = inside[0].date, f"after {quote(_cut(inside[0].label))}"
    elif len(periods) == _LEAST_PERIODS:  # the halves would be other numbers than the two that are drawn
        cut, since = periods[1].first.isoformat(), f"from {_name(periods[0], by)} to {_name(periods[1], by)}"
    else:
        cut, since = _middle(days), HALVES
    if not min(days) < cut <= max(days):
        return f"{chosen.shown.label}: one day only, no change to tell", ""
    spans = Span(min(days), _day_before(cut)), Span(cut, max(days))
    rows = compute_change(counters, [chosen.measure], *spans, chosen=outlets, **settings).to_pylist()
    title = title_change(chosen.shown.label, rows, since)
    if all(row["status"] != OK for row in rows):
        return title, ""
    return title, f"change up to {day(spans[0].last)} and after tested by permuting articles"


def prepare_slope(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw a measure in two periods; options measure, before and after ("2031", "2031-01..2031-06").

    Without periods, the two halves of the time of the articles.

    Raises
    ------
    InputError
        No such measure, a period that cannot be read, one of them alone, or no article has a date.
    """
    chosen = choose_measure(results, options.get("measure"), outlets)
    given = [options.get(name) for name in ("before", "after")]
    if bool(given[0]) != bool(given[1]):
        raise InputError("before and after belong together: give both periods, or none for the halves of the time.")
    if given[0] and given[1]:
        spans = read_span(given[0]), read_span(given[1])
        since = f"from {say_span(spans[0])} to {say_span(spans[1])}"
    else:
        days = _list_days(results, outlets)
        cut = _middle(days)
        if cut <= min(days):
            raise InputError("All articles are of one day, so there is no before and after. Choose other outlets.")
        spans = Span(min(days), _day_before(cut)), Span(cut, max(days))
        since = HALVES
    counters, settings = _read_counters(results), _settings(results)
    change = compute_change(counters, [chosen.measure], *spans, chosen=outlets, **settings)
    data = Slopes.from_table(
        change, chosen.shown, say_span(spans[0]), say_span(spans[1]), outlets, results.min_articles
    )
    title = title_change(chosen.shown.label, change.to_pylist(), since)
    tested = any(line.status == OK for line in data.lines)
    how = f"{say_intervals(results)}; changes tested by permuting articles, q ≤ {LEVEL:g} over the outlets"
    caption = make_caption(results, title, outlets, digest=chosen.digest, method=how if tested else NO_INTERVALS)
    return Drawing(data, plot_slope, look, caption)


def prepare_casualties(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw the figures of the dead that outlets give of an event, day by day; option event.

    Raises
    ------
    InputError
        See `read_days`.
    """
    figures = read_days(results, options.get("event"), outlets)
    digest = results.module_digest("casualties")
    caption = make_caption(results, title_days(figures), outlets, digest=digest, method=FIGURES)
    return Drawing(figures, plot_casualties, look, replace(caption, **_size(figures)))


def _size(figures: CasualtyFigures) -> dict[str, Any]:
    """Return how many articles the chart shows, and of which days."""
    days = sorted(day.day for day in figures.days if day.day != UNDATED)
    articles = sum(one.articles for day in figures.days for one in day.outlets)
    return {"articles": articles, "period": short_period(days[0], days[-1]) if days else "undated"}


def plan_casualties(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Plan the event of which most outlets give figures of the dead, where two do."""
    try:
        ranked = rank_events(results, outlets)
    except InputError:  # the module did not run
        return []
    for event in ranked[:1]:
        figures = read_days(results, event, outlets)
        if len({one.outlet for day in figures.days for one in day.outlets if one.giving}) > 1:
            return [{"event": event}]
    return []


def prepare_dispersion(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw in which articles mentions stand; options referent and term, or measure.

    Raises
    ------
    InputError
        See `choose_subject` and `count_spread`.
    """
    subject = choose_subject(results, outlets, options)
    spread = count_spread(results, outlets, subject)
    voice = f", {VOICE_LABELS[subject.voice]}" if subject.voice else ""
    caption = make_caption(
        results,
        title_spread(spread),
        outlets,
        subtitle=f"Mentions in each article{voice}; articles from the earliest to the latest",
        digest=subject.digest,
        method=DISPERSION,
    )
    return Drawing(spread, plot_dispersion, look, caption)


def plan_dispersion(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Plan the most telling referent, where there is one."""
    return [{}] if rank_referents(results, outlets) else []


def _list_days(results: Results, outlets: Sequence[str]) -> list[str]:
    """Return the days of the articles of some outlets.

    Raises
    ------
    InputError
        None has a date.
    """
    table = results.article_table.select(["outlet", "date"])
    table = table.filter(pc.is_in(table["outlet"].cast(pa.string()), pa.array(list(outlets), pa.string())))
    days = [day for day in table["date"].cast(pa.string()).to_pylist() if day]
    if not days:
        raise InputError("No article of these outlets has a date. Give dates, or choose other outlets.")
    return days


def _choose_period(results: Results, outlets: Sequence[str], days: Sequence[str]) -> str:
    """Return "month" where half of the outlets' months hold enough articles or all are of one year, else "year"."""
    table = results.article_table
    wanted = set(outlets)
    cells = Counter(
        (outlet, find_period(day, "month").name)
        for outlet, day in zip(table["outlet"].to_pylist(), table["date"].to_pylist(), strict=True)
        if outlet in wanted and day
    )
    enough = sum(number >= results.min_articles for number in cells.values())
    return "month" if 2 * enough >= len(cells) or len({day[:4] for day in days}) < _LEAST_PERIODS else "year"


def _name(period: Period, by: str) -> str:
    """Return "2031", "March 2031" or "the week of 4 March 2031"."""
    first = period.first.isoformat()
    if by == "year":
        return period.name
    return day(first).partition(" ")[2] if by == "month" else f"the week of {day(first)}"


def _cut(label: str) -> str:
    """Return the name of a mark, short enough for a title."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + ELLIPSIS


def _middle(days: Sequence[str]) -> str:
    """Return the first day of the second half of the time that the days span."""
    first, last = (date.fromisoformat(d) for d in (min(days), max(days)))
    return (first + timedelta(((last - first).days + 1) // 2)).isoformat()


def _day_before(day_: str) -> str:
    return (date.fromisoformat(day_) - timedelta(1)).isoformat()


def _read_counters(results: Results) -> Counters:
    folder = Folder(results.analysis.path)
    return Counters.from_tables(folder.table("counts"), folder.table("articles", ["id", "outlet", "date", "event"]))


def _settings(results: Results) -> dict[str, Any]:
    options = results.manifest["options"]
    return {name: options[name] for name in ("min_articles", "resamples", "seed")}


def plan_trend(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Plan one trend of the first measure where the articles have two months at least."""
    table = results.article_table
    wanted = set(outlets)
    months = {
        day[:7]
        for o, day in zip(table["outlet"].to_pylist(), table["date"].to_pylist(), strict=True)
        if o in wanted and day
    }
    return [{}] if len(months) >= _LEAST_PERIODS else []


DRAWERS: dict[str, Drawer] = {
    "trend": Drawer(
        "How does a measure change with time?",
        frozenset({"measure", "period", "marks"}),
        prepare_trend,
        plan_trend,
    ),
    "slope": Drawer(
        "How did a measure change between two periods?",
        frozenset({"measure", "before", "after"}),
        prepare_slope,
        plan_trend,
    ),
    "casualties": Drawer(
        "Which figures of the dead does each outlet give of one event?",
        frozenset({"event"}),
        prepare_casualties,
        plan_casualties,
    ),
    "dispersion": Drawer(
        "Does one article carry what an outlet mentions?",
        frozenset({"referent", "term", "measure"}),
        prepare_dispersion,
        plan_dispersion,
    ),
}

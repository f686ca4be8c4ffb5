"""The chart of a trend: one outlet a panel, gaps as gaps, marks named, nothing clipped."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import names
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import ShownMeasure, Theme, alt_text, get_theme, render
from framing.charts.fitted_names import fit_names
from framing.charts.fonts import text_width
from framing.charts.time_axis import end_of_period, fit_time_axis, say_day
from framing.charts.trend import letter, plot_trend
from framing.charts.trend_table import OutletTrends
from framing.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing")
THEME = get_theme("print", 120)
RATE = ShownMeasure("loaded.rate.own", "Loaded words", "per 1,000 words of own voice")


def row(outlet: str, month: int, value: float, n: int, width: float = 1.0, year: int = 2031) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "measure": RATE.name,
        "period": f"{year}-{month:02}",
        "first_day": f"{year}-{month:02}-01",
        "value": value if n else math.nan,
        "low": value - width if n > 1 else math.nan,
        "high": value + width if n > 1 else math.nan,
        "n_articles": n,
        "status": "ok" if n >= 10 else "insufficient" if n else "undefined",
    }


# RT: enough, enough, none, few, enough. BBC: two far-off articles, then nothing.
ROWS = [
    *(row("RT", m, v, n) for m, v, n in ((1, 4, 20), (2, 6, 20), (3, 0, 0), (4, 9, 3), (5, 5, 12))),
    *(row("BBC", m, v, n) for m, v, n in ((1, 80, 2), (2, 0, 0), (3, 0, 0), (4, 0, 0), (5, 0, 0))),
]
TABLE = pa.Table.from_pylist(ROWS)


def trends(marks: Any = (), table: pa.Table = TABLE, **further: Any) -> OutletTrends:
    return OutletTrends.from_table(table, RATE, "month", further.pop("outlets", ["RT", "BBC"]), marks, **further)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def lines_of(axes: Any, colour: Any) -> list[list[float]]:
    return [list(map(float, x.get_xdata())) for x in axes.lines if x.get_linestyle() == "-" and x.get_color() == colour]


def test_a_line_joins_only_periods_that_follow_each_other_with_enough_articles() -> None:
    rt, bbc = plot_trend(trends(), THEME).axes
    middles = [(p.first + p.end) / 2 for p in trends().lines[0].points]
    assert rt.get_label() == "RT" and bbc.get_label() == "BBC"
    courses = [xs for xs in lines_of(rt, THEME.accent) if xs[0] != xs[-1]]
    assert courses == [middles[:2]]  # January and February; a gap in March, few articles in April, May alone
    assert not any(xs[0] != xs[-1] for xs in lines_of(bbc, THEME.accent))


def test_periods_of_few_articles_are_hollow_and_beyond_the_axis_an_arrow() -> None:
    figure = plot_trend(trends(), THEME)
    marks = [
        (x.get_marker(), x.get_markerfacecolor()) for x in figure.axes[1].lines if x.get_marker() not in ("None", "")
    ]
    assert ("^", THEME.paper) in marks
    assert any("beyond the axis" in text for text in texts_of(figure))
    hollow = [x for x in figure.axes[0].lines if x.get_marker() == "o" and x.get_markerfacecolor() == THEME.paper]
    assert len(hollow) == 1 and hollow[0].get_markeredgecolor() == THEME.muted
    # Its interval would hide more than it says: upright strokes stand at periods of enough articles alone.
    april = trends().lines[0].points[3].middle
    upright = [x for x in figure.axes[0].lines if list(map(float, x.get_xdata())) == [april, april]]
    assert not upright
    said = texts_of(figure)
    assert {"insufficient evidence", "the outlet named", "55 articles", "2 articles"} <= set(said)
    assert "Insufficient: fewer than 10 articles in the month" in " ".join(said)


def test_the_other_outlets_stand_behind_in_grey() -> None:
    rt, bbc = plot_trend(trends(), THEME).axes
    grey = {x.get_color() for x in bbc.lines} - {THEME.muted, THEME.faint, THEME.accent}
    assert any(xs[0] != xs[-1] for colour in grey for xs in lines_of(bbc, colour) if len(xs) == 2)
    assert max(x.get_zorder() for x in bbc.lines) < max(x.get_zorder() for x in rt.lines)


def test_an_outlet_without_a_row_says_no_evidence() -> None:
    figure = plot_trend(trends(outlets=["RT", "TASS"]), THEME)
    assert "no evidence" in texts_of(figure) and "0 articles" in texts_of(figure)


def test_many_periods_have_a_band_in_place_of_bars() -> None:
    table = pa.Table.from_pylist([row("RT", m, 5, 20, year=y) for y in (2030, 2031) for m in range(1, 13)])
    (axes,) = plot_trend(trends(table=table, outlets=["RT"]), THEME).axes
    patch: Any = axes.patches[0]
    assert len(patch.get_xy()) == 2 * 24 + 1
    few = plot_trend(trends(), THEME).axes[0]
    assert not few.patches


def test_marks_are_named_in_place_or_by_letters_with_a_key_and_counted_where_outside() -> None:
    one = plot_trend(trends([("2031-02-10", "Truce")]), THEME)
    assert texts_of(one).count("Truce") == 2  # above each panel
    dashed = [x for axes in one.axes for x in axes.lines if x.get_linestyle() == "--"]
    assert len(dashed) == 2
    many = [("2031-02-10", "A truce that nobody expected any more"), ("2031-02-11", "Its end"), ("2031-05-03", "Vote")]
    figure = plot_trend(trends([*many, ("1999-01-01", "Long ago")]), THEME)
    texts = texts_of(figure)
    assert texts.count("A–B") == 2 and texts.count("C") == 2
    said = " ".join(texts).replace("\u00a0", " ")
    assert "A 10 Feb 2031: A truce that nobody expected any more" in said and "C 3 May 2031: Vote" in said
    assert any("1 mark outside this time is not shown" in text for text in texts)
    assert "Long ago" not in said
    assert "3 marked days" in alt_text(figure)


def test_the_table_holds_what_is_drawn() -> None:
    table = trends().to_table()
    assert table.num_rows == 10 and table["outlet"].to_pylist()[:5] == ["RT"] * 5
    first = table.to_pylist()[0]
    assert first["period"] == "2031-01" and first["first_day"] == "2031-01-01"
    assert (first["value"], first["low"], first["high"], first["n_articles"]) == (4, 3, 5, 20)
    assert table["status"].to_pylist()[:5] == ["ok", "ok", "undefined", "insufficient", "ok"]
    # Drawn from its own table, the chart is the same.
    again = OutletTrends.from_table(table, RATE, "month", ["RT", "BBC"])
    assert repr(again.lines) == repr(trends().lines)  # nan is not equal to itself


def test_the_order_of_the_rows_does_not_matter_and_bytes_stay_the_same() -> None:
    turned = TABLE.take(list(reversed(range(TABLE.num_rows))))
    pictures = {render(plot_trend(trends(table=t), THEME), "svg") for t in (TABLE, TABLE, turned)}
    assert len(pictures) == 1


@pytest.mark.parametrize(
    "change, message",
    [
        ({"by": "decade"}, "week, month, year"),
        ({"measure": ShownMeasure("x", "X")}, "no row of the measure 'x'"),
        ({"marks": [("soon", "Vote")]}, "no day"),
        ({"outlets": []}, "No outlet to draw"),
        ({"table": TABLE.drop_columns(["low"])}, "no column 'low'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"table": TABLE, "measure": RATE, "by": "month", "outlets": ["RT"], "marks": ()} | change
    with pytest.raises(InputError, match=message):
        OutletTrends.from_table(given["table"], given["measure"], given["by"], given["outlets"], given["marks"])


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [1, 2, 16])
def test_texts_keep_apart_and_inside(theme: Theme, outlets: int) -> None:
    rows = [row(o, m, 5 + m + n, (20, 3, 0)[(m + n) % 3]) for n, o in enumerate(names(outlets)) for m in range(1, 13)]
    table = pa.Table.from_pylist(rows)
    long = [
        ("2031-02-10", "Waffenruhe " * 20),
        ("2031-02-12", "$5 \\frac"),
        ("2031-12-31", "停火"),
        ("2031-06-01", "x"),
    ]
    for marks in ([], [("2031-12-31", "الهدنة")], long) if outlets == 2 else (long,):
        data = trends(marks, table, outlets=names(outlets), undated=1234)
        check_texts(plot_trend(data, theme, CAPTION), theme)


def test_texts_of_forty_outlets_keep_apart() -> None:
    table = pa.Table.from_pylist([row(o, m, 5 + m, 20) for o in names(40) for m in range(1, 13)])
    check_texts(plot_trend(trends(table=table, outlets=names(40)), THEME, CAPTION), THEME)


@pytest.mark.parametrize(
    "first, end, by, width, ticks",
    [
        ("2031-01-01", "2034-01-01", "year", 200, ["2031", "2032", "2033"]),
        ("2031-01-01", "2032-06-01", "month", 150, ["Jan\u00a02031", "Jul\u00a02031", "Jan\u00a02032"]),
        ("2020-03-01", "2031-01-01", "month", 150, ["2022", "2024", "2026", "2028", "2030"]),
        ("2031-03-10", "2031-03-24", "week", 100, ["10\u00a0Mar\u00a02031"]),
    ],
)
def test_ticks_of_time_stand_at_the_beginnings_of_months_and_years(
    first: str, end: str, by: str, width: float, ticks: list[str]
) -> None:
    axis = fit_time_axis(date.fromisoformat(first).toordinal(), date.fromisoformat(end).toordinal(), by)
    assert [text for _, text in axis.choose_ticks(width, THEME)] == ticks


def test_periods_end_before_the_next_begins() -> None:
    for first, by, end in (
        ("2031-12-01", "month", "2032-01-01"),
        ("2032-02-01", "month", "2032-03-01"),
        ("2032-01-01", "year", "2033-01-01"),
        ("2031-12-29", "week", "2032-01-05"),
    ):
        assert end_of_period(date.fromisoformat(first).toordinal(), by) == date.fromisoformat(end).toordinal()
    assert say_day(date(2031, 3, 4).toordinal()) == "4\u00a0Mar\u00a02031"


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


@pytest.mark.parametrize("bold", [False, True])
def test_names_fit_and_are_smaller_rather_than_cut(bold: bool) -> None:
    fitted = fit_names(names(16), 80, THEME, bold)
    assert len({name for name, _ in fitted}) == 16
    assert all(text_width(name, size, THEME, bold=bold) <= 80 for name, size in fitted)
    assert all(THEME.small <= size <= THEME.label for _, size in fitted)
    whole = text_width("Christian Science Monitor", THEME.label, THEME, bold)
    ((name, size),) = fit_names(["Christian Science Monitor"], whole * 0.9, THEME, bold)
    assert name == "Christian Science Monitor" and THEME.small <= size < THEME.label
    ((name, size),) = fit_names(["Christian Science Monitor"], whole * 0.6, THEME, bold)
    assert "…" in name and size == THEME.label

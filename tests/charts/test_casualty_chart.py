"""The chart of casualties: day by day, every figure, on whose word, and where an outlet gives none."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import names
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import Theme, alt_text, get_theme, render
from framing.charts.casualties import place_number, plot_casualties, say_persons
from framing.charts.casualty_table import CasualtyFigures
from framing.charts.settings import own_settings
from framing.errors import InputError
from framing.statistics import compare_figures

pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing")
THEME = get_theme("print", 183)


def figures_of(*rows: tuple[str, str, str, float, float, str]) -> tuple[pa.Table, pa.Table]:
    """Rows of (article, day, outlet, low, high, credited); a low of -1 stands for an article without a figure."""
    articles = {article: (day, outlet) for article, day, outlet, *_ in rows}
    cells = [
        {
            "article_id": article,
            "day": day,
            "outlet": outlet,
            "kind": "dead",
            "low": low,
            "high": high,
            "relation": "total",
            "credited": credited,
            "hedge": "",
        }
        for article, day, outlet, low, high, credited in rows
        if low >= 0
    ]
    figures = pa.Table.from_pylist(cells)
    places = [{"id": a, "event": day, "outlet": outlet} for a, (day, outlet) in articles.items()]
    return compare_figures(figures, pa.Table.from_pylist(places)), figures


ROWS = (
    ("a", "2031-03-04", "RT", 12.0, 12.0, "the ministry"),
    ("a", "2031-03-04", "RT", 4.0, 4.0, ""),
    ("b", "2031-03-04", "RT", 20.0, 23.0, "a doctor"),
    ("c", "2031-03-04", "BBC", 24.0, math.nan, ""),
    ("d", "2031-03-05", "BBC", 31.0, 31.0, ""),
    ("e", "2031-03-05", "RT", -1, -1, ""),
)


def data(*rows: Any, **further: Any) -> CasualtyFigures:
    return CasualtyFigures.from_tables(*figures_of(*(rows or ROWS)), "Bridge attack", **further)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def marks_of(axes: Any) -> list[tuple[float, str, str]]:
    return [
        (float(x), line.get_marker(), line.get_markerfacecolor())
        for line in axes.lines
        if line.get_marker() not in ("None", "")
        for x in line.get_xdata()
    ]


def test_days_follow_each_other_with_every_outlet_that_has_an_article() -> None:
    figures = data(outlets=["RT", "BBC", "Vox"])
    assert [day.day for day in figures.days] == ["2031-03-04", "2031-03-05"]
    assert [[o.outlet for o in day.outlets] for day in figures.days] == [["RT", "BBC"], ["RT", "BBC"]]
    rt = figures.days[0].outlets[0]
    # Two articles, whose highest figures are 12 and 23.
    assert (rt.articles, rt.giving, rt.lowest, rt.highest) == (2, 2, 12, 23)
    assert [(f.low, f.credited) for f in rt.figures] == [(4, False), (12, True), (20, True)]
    assert figures.days[1].outlets[0].giving == 0 and figures.silent == ("Vox",)


def test_figures_on_somebodys_word_are_round_and_others_square_and_without_an_upper_end_an_arrow() -> None:
    first, second = plot_casualties(data(), THEME).axes
    assert [first.get_label(), second.get_label()] == ["2031-03-04", "2031-03-05"]
    assert sorted(marks_of(first)) == [
        (4.0, "s", THEME.series[1]),
        (12.0, "o", THEME.accent),
        (20.0, "o", THEME.accent),
        (23.0, "o", THEME.accent),
        (24.0, ">", THEME.series[1]),
    ]
    (range_bar,) = first.patches
    assert (range_bar.get_x(), range_bar.get_width()) == (12, 11)  # type: ignore[attr-defined]


def test_those_credited_stand_in_two_lines_where_one_would_cut_them() -> None:
    named = ("the ministry of the interior", "a doctor at the hospital", "two officers")
    rows = [("a", "2031-03-04", "RT", 12.0 + n, 12.0 + n, name) for n, name in enumerate(named)]
    for theme in (THEME, get_theme("web")):
        texts = texts_of(plot_casualties(data(*rows), theme))
        assert not any(text.endswith("…") for text in texts)
        assert all(name in " ".join(texts) for name in named)


def test_an_outlet_without_a_figure_and_one_without_an_article_are_told_apart() -> None:
    texts = texts_of(plot_casualties(data(outlets=["RT", "BBC", "Vox"]), THEME))
    assert texts.count("gives none") == 1
    assert "No article on these days: Vox." in " ".join(texts)
    assert {"12–23", "24", "31", "–", "4\u00a0Mar\u00a02031", "credited to", "a doctor; the ministry"} <= set(texts)
    assert any("no upper end" in text for text in texts)


def test_figures_far_apart_stand_on_a_logarithmic_axis_that_says_so() -> None:
    far = (*ROWS, ("f", "2031-03-05", "Vox", 500_000.0, 500_000.0, ""))
    figure = plot_casualties(data(*far), THEME)
    assert any("logarithmic axis" in text for text in texts_of(figure))
    assert not any("logarithmic" in text for text in texts_of(plot_casualties(data(), THEME)))
    assert figure.axes[0].get_xlim() == pytest.approx((0, math.log10(500_001)))
    assert marks_of(figure.axes[1])[-1][0] == pytest.approx(math.log10(500_001))
    assert place_number(0, True) == 0 and place_number(99, True) == pytest.approx(2) and place_number(7, False) == 7


def test_undated_articles_come_last() -> None:
    figures = data(*ROWS, ("f", "undated", "Vox", 3.0, 3.0, ""))
    assert [day.day for day in figures.days] == ["2031-03-04", "2031-03-05", "undated"]
    assert "Undated" in texts_of(plot_casualties(figures, THEME))


def test_only_noughts_can_be_drawn() -> None:
    (axes,) = plot_casualties(data(("a", "2031-03-04", "RT", 0.0, 0.0, "the ministry")), THEME).axes
    assert marks_of(axes) == [(0.0, "o", THEME.accent)]


def test_the_table_holds_every_figure_and_a_row_for_those_who_give_none() -> None:
    table = data().to_table().to_pylist()
    assert [(r["day"][-1], r["outlet"], r["low"], r["credited"]) for r in table[:4]] == [
        ("4", "BBC", 24, False),
        ("4", "RT", 4, False),
        ("4", "RT", 12, True),
        ("4", "RT", 20, True),
    ]
    assert math.isnan(table[0]["high"]) and (table[1]["lowest"], table[1]["highest"]) == (12, 23)
    assert table[-1]["outlet"] == "RT" and table[-1]["credited"] is None and math.isnan(table[-1]["low"])
    assert len(table) == 6


def test_the_same_rows_in_another_order_give_the_same_bytes() -> None:
    turned = data(*reversed(ROWS))
    assert len({render(plot_casualties(d, THEME), "svg") for d in (data(), turned)}) == 1
    said = alt_text(plot_casualties(data(), THEME))
    assert said == "Dot plot of the figures of the dead on “Bridge attack” that 2 outlets give on 2 days."


@pytest.mark.parametrize(
    "change, message",
    [
        ({"kind": "eaten"}, "no kind 'eaten'"),
        ({"kind": "wounded", "outlets": ["RT"]}, "No outlet gives a figure of the wounded"),
        ({"outlets": ["Vox"]}, "No outlet gives a figure of the dead on 'Bridge attack'"),
        ({"outlets": []}, "No outlet to draw"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        data(**change)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no day"):
        data(("a", "yesterday", "RT", 1.0, 1.0, ""))


def test_numbers_of_persons_are_said_plainly() -> None:
    said = [say_persons(*x) for x in ((23, 23), (23, 31), (24, math.nan), (1200, 1200), (0, 0))]
    assert said == ["23", "23–31", "24+", "1,200", "0"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets, highest", [(1, 5.0), (2, 1_000_000.0), (16, 40.0), (40, 3e6)])
def test_texts_keep_apart_and_inside(theme: Theme, outlets: int, highest: float) -> None:
    rows = [
        (f"{n}-{d}", f"2031-03-0{d}", outlet, -1.0 if n % 5 == 3 else float(n), highest, ("", "停火 " * 40)[n % 2])
        for n, outlet in enumerate(names(outlets))
        for d in (4, 5)
    ]
    figures = data(*rows, outlets=[*names(outlets), "Absent " * 30])
    with own_settings():  # as it is drawn: with hinting, long lines of notes are wider
        check_texts(plot_casualties(figures, theme, CAPTION), theme)

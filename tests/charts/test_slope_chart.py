"""The slope chart: two numbers an outlet, the change beside them, grey where its interval holds 0."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import names
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import ShownMeasure, Theme, alt_text, get_theme, render
from framing.charts.fonts import text_width
from framing.charts.slope import plot_slope
from framing.charts.slope_table import Slopes
from framing.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing")
THEME = get_theme("print", 183)
QUOTED = ShownMeasure("voice:quoted", "Words in quotation marks", "of all words", True)


def row(outlet: str, before: float, after: float, width: float = 0.05, n: tuple[int, int] = (20, 30)) -> dict[str, Any]:
    known = not math.isnan(before + after)
    change = after - before
    return {
        "outlet": outlet,
        "measure": QUOTED.name,
        "before": before,
        "after": after,
        "difference": change,
        "low": change - width,
        "high": change + width,
        "n_before": n[0],
        "n_after": n[1],
        "status": "undefined" if not known else "ok" if min(n) >= 10 else "insufficient",
    }


ROWS = [
    row("RT", 0.1, 0.3),  # up by 0.2, interval 0.15 to 0.25
    row("BBC", 0.2, 0.22),  # interval holds 0
    row("Vox", 0.2, 0.4, n=(20, 3)),
    row("SANA", math.nan, 0.25, n=(0, 12)),
    row("TASS", 0.3, 0.1),
]
TABLE = pa.Table.from_pylist(ROWS)


def slopes(table: pa.Table = TABLE, **further: Any) -> Slopes:
    return Slopes.from_table(table, QUOTED, "2031", "2032", **further)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def axes_of(figure: Any) -> list[Any]:
    return list(figure.axes)


def test_outlets_stand_in_the_order_in_which_their_lines_end_without_evidence_last() -> None:
    assert [line.outlet for line in slopes().lines] == ["Vox", "RT", "BBC", "TASS", "SANA"]
    assert [line.changes for line in slopes().lines] == [False, True, False, True, False]
    assert [line.status for line in slopes().lines] == ["insufficient", "ok", "ok", "ok", "undefined"]


def test_a_change_whose_interval_holds_nought_is_grey_and_of_few_articles_hollow_and_dashed() -> None:
    periods, change = axes_of(plot_slope(slopes(), THEME))
    assert [periods.get_label(), change.get_label()] == ["periods", "change"]
    across: list[Any] = [
        x for x in periods.lines if list(map(float, x.get_xdata())) == [0, 1] and x.get_color() != THEME.faint
    ]
    styles = sorted((str(x.get_color()), str(x.get_linestyle())) for x in across)
    grey = {colour for colour, _ in styles} - {THEME.accent, THEME.muted}
    assert len(grey) == 1
    assert styles.count((THEME.accent, "-")) == 2  # RT and TASS
    assert styles.count((THEME.muted, "--")) == 1 and styles.count((grey.pop(), "-")) == 1
    hollow = [x for x in change.lines if x.get_marker() == "o" and x.get_markerfacecolor() == THEME.paper]
    assert len(hollow) == 1


def test_changes_of_shares_are_in_percentage_points() -> None:
    figure = plot_slope(slopes(), THEME)
    change = axes_of(figure)[1]
    strokes = [tuple(round(float(v), 6) for v in x.get_xdata()) for x in change.lines]
    assert (15.0, 25.0) in strokes and (-25.0, -15.0) in strokes
    texts = texts_of(figure)
    assert {"+20.0", "−20.0", "+2.00", "20 → 30 articles", "no evidence", "2031", "2032"} <= set(texts)
    assert any("percentage points" in text for text in texts)
    assert "insufficient evidence" in texts and "Insufficient: under 10 articles in a period" in " ".join(texts)
    # An outlet without a first number still shows its second.
    marks = [x for x in figure.axes[0].lines if x.get_marker() == "o"]
    assert len(marks) == 9


def test_the_axis_of_changes_holds_nought() -> None:
    table = pa.Table.from_pylist([row("RT", 0.1, 0.3), row("BBC", 0.1, 0.32)])
    low, high = plot_slope(slopes(table), THEME).axes[1].get_xlim()
    assert low <= 0 < high


def test_the_numbers_of_the_axis_of_changes_stand_under_their_ticks() -> None:
    theme = get_theme("print", 89)
    rows = [row("RT", 0.1, 0.18, width=0.01), row("BBC", 0.2, 0.11, width=0.01)]  # from −10 to +10 points
    figure = plot_slope(slopes(pa.Table.from_pylist(rows)), theme)
    _, axes = axes_of(figure)
    box, (low, high) = axes.get_position(), axes.get_xlim()
    found = {
        t.get_text(): t for t in figure.texts if t.get_text() in ("−10", "0", "10") and t.get_color() == theme.muted
    }
    base = {t.get_position()[1] for t in found.values()}
    assert set(found) >= {"−10", "10"} and len(base) >= 1
    for text in ("−10", "10"):
        label = found[text]
        middle = label.get_position()[0] + text_width(text, theme.small, theme) / 2
        place = (int(text.replace("−", "-")) - low) / (high - low) * box.width + box.x0
        assert middle == pytest.approx(place * theme.width, abs=0.5)


def test_long_names_of_periods_stand_in_a_note() -> None:
    data = Slopes.from_table(TABLE, QUOTED, "21 January to 16 September 2031", "17 September 2031 to 12 May 2032")
    said = texts_of(plot_slope(data, get_theme("print", 80)))
    assert {"before", "after"} <= set(said)
    assert "Before: 21 January to 16 September 2031." in " ".join(said)


def test_nothing_but_outlets_without_evidence_can_be_drawn() -> None:
    data = slopes(pa.Table.from_pylist([row("RT", math.nan, math.nan, n=(0, 0))]))
    assert "no evidence" in texts_of(plot_slope(data, THEME))


def test_the_table_holds_what_is_drawn_in_its_order() -> None:
    table = slopes().to_table()
    assert table["outlet"].to_pylist() == ["Vox", "RT", "BBC", "TASS", "SANA"]
    assert {n: v for n, v in table.to_pylist()[1].items() if n != "q"} == {**ROWS[0]}
    assert all(math.isnan(q) for q in table["q"].to_pylist())  # not tested
    assert math.isnan(table["before"][4].as_py()) and table["n_after"][4].as_py() == 12


def test_the_same_rows_in_another_order_give_the_same_bytes() -> None:
    turned = TABLE.take(list(reversed(range(TABLE.num_rows))))
    assert len({render(plot_slope(slopes(t), THEME), "svg") for t in (TABLE, turned)}) == 1
    assert alt_text(plot_slope(slopes(), THEME)).startswith("Slope chart with 95% intervals of the change of “Words")


def test_a_change_that_the_test_takes_for_chance_is_grey_whatever_its_interval() -> None:
    table = pa.Table.from_pylist([row("RT", 0.1, 0.3) | {"q": 0.2}, row("TASS", 0.3, 0.1) | {"q": 0.04}])
    assert [(line.outlet, line.changes) for line in slopes(table).lines] == [("RT", False), ("TASS", True)]
    assert slopes(table).to_table()["q"].to_pylist() == [0.2, 0.04]
    figure = plot_slope(slopes(table), THEME)
    assert {"clear change", "no clear change"} <= set(texts_of(figure))
    bold = {text.get_text(): text.get_fontweight() for text in figure.texts}
    assert (bold["+20.0"], bold["−20.0"]) == ("normal", "bold")


ENDS = ("2012", "2016", "2020", "to", "May", "June", "July")


def test_names_of_periods_do_not_run_into_each_other_and_keep_their_days() -> None:
    data = Slopes.from_table(TABLE, QUOTED, "31 May 2012 to 21 June 2016", "22 June 2016 to 14 July 2020")
    for theme in (get_theme("print", 183), get_theme("web")):
        figure = plot_slope(data, theme)
        bold = [t for t in figure.texts if t.get_fontweight() == "bold" and t.get_fontsize() == theme.small]
        heads = [t for t in bold if t.get_text().split()[-1] in ENDS]
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        boxes = [t.get_window_extent(renderer) for t in heads]
        gap = theme.small * 0.5 * figure.dpi / 72
        first = max(b.x1 for b, t in zip(boxes, heads, strict=True) if t.get_ha() == "left")
        assert first + gap < min(b.x0 for b, t in zip(boxes, heads, strict=True) if t.get_ha() == "right")
        assert not any(t.get_text().endswith((" 21", " 14")) for t in heads)


def test_without_any_change_there_is_no_axis_of_changes_and_first_numbers_are_named() -> None:
    rows = [row("RT", 0.1, math.nan, n=(2, 0)), row("SANA", math.nan, 0.25, n=(0, 1))]
    figure = plot_slope(slopes(pa.Table.from_pylist(rows)), THEME)
    assert not figure.axes[1].lines
    assert texts_of(figure).count("RT") == 2 and texts_of(figure).count("SANA") == 1
    assert not any("95%" in text for text in texts_of(figure)) and "95%" not in alt_text(figure)


@pytest.mark.parametrize(
    "table, outlets, message",
    [
        (TABLE.filter(pa.array([False] * 5)), None, "no row of the measure"),
        (TABLE, [], "No outlet to draw"),
        (TABLE.drop_columns(["difference"]), None, "no column 'difference'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(table: pa.Table, outlets: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        slopes(table, outlets=outlets)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [1, 2, 16, 40])
def test_texts_keep_apart_and_inside(theme: Theme, outlets: int) -> None:
    numbers = [(20, 30), (123_456, 3), (0, 12), (20, 20)]
    rows = [
        row(o, math.nan if n % 4 == 2 else 0.1 + n / 100, 0.2, n=numbers[n % 4]) for n, o in enumerate(names(outlets))
    ]
    data = Slopes.from_table(pa.Table.from_pylist(rows), QUOTED, "January 2031 to 停火", "$5 الهدنة " * 3)
    check_texts(plot_slope(data, theme, CAPTION), theme)

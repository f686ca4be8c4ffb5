import math
from typing import Any

import pyarrow as pa
import pytest

from framing.charts import SEVERITY, Scale, StanceIntervals, alt_text, get_theme, interval_marks, plot_stance
from framing.charts.axis import Axis
from framing.charts.interval_rows import Interval
from framing.errors import InputError

THEME = get_theme("print", 120)


def row(
    outlet: str, value: float, n: int, low: float = math.nan, high: float = math.nan, **other: Any
) -> dict[str, Any]:
    status = "ok" if n >= 10 else "insufficient" if n else "undefined"
    return {
        "outlet": outlet,
        "measure": "stance:syria:army:own",
        "value": value,
        "low": low,
        "high": high,
        "n_articles": n,
        "status": status,
    } | other


ROWS = [
    row("BBC", -0.5, 1200, -0.6, -0.3),
    row("RT", 1.5, 30, 1.0, 2.0),
    row("Vox", 2.0, 4, 1.0, 2.0),
    row("NPR", -2.0, 1),
    row("SANA", math.nan, 0),
    row("RT", -1.0, 30, -1.2, -0.8, measure="stance:syria:siege:own"),
    row("RT", 0.0, 30, -1.2, 0.8, measure="stance:syria:army:quoted"),
    row("RT", 0.0, 30, -1.2, 0.8, measure="rate:syria:army:own"),
]


def take(rows: list[dict[str, Any]] = ROWS, **options: Any) -> StanceIntervals:
    return StanceIntervals.from_table(pa.Table.from_pylist(rows), "syria", **options)


def test_outlets_are_sorted_with_few_articles_and_no_evidence_last() -> None:
    army, siege = take().panels
    assert (army.label, siege.label) == ("Army", "Siege")
    assert [interval.outlet for interval in army.intervals] == ["RT", "BBC", "Vox", "NPR", "SANA"]
    assert [interval.status for interval in army.intervals] == ["ok", "ok", *["insufficient"] * 2, "undefined"]
    assert [interval.status for interval in siege.intervals] == ["ok", *["undefined"] * 4]


def test_dots_and_intervals_stand_at_the_values() -> None:
    figure = plot_stance(take(referents=["army"]), THEME)
    (axes,) = figure.axes
    assert axes.get_label() == "Army" and axes.get_xlim() == (-2.0, 2.0)
    dots = {float(line.get_xdata()[0]): line for line in axes.lines if line.get_marker() == "o"}
    assert list(dots) == [1.5, -0.5, 2.0, -2.0]
    assert dots[2.0].get_markerfacecolor() == THEME.paper and dots[2.0].get_markeredgecolor() == THEME.muted
    assert dots[1.5].get_markerfacecolor() == THEME.accent
    strokes = [tuple(map(float, line.get_xdata())) for line in axes.lines if line.get_marker() != "o"]
    for interval in ((-0.6, -0.3), (1.0, 2.0)):
        assert interval in strokes
    texts = [text.get_text() for text in figure.texts]
    assert texts.count("no evidence") == 1 and "1,200" in texts and "insufficient evidence" in texts
    assert {"delegitimising", "legitimising", "−2", "0", "+2"} <= set(texts)
    assert {"+1.50", "−0.50", "+2.00", "−2.00"} <= set(texts)  # beside their dots


def test_many_articles_of_which_few_carry_the_number_are_not_called_few() -> None:
    rows = [{**row, "n_articles": 40} for row in ROWS if row["outlet"] == "Vox"]
    said = " ".join(text.get_text() for text in plot_stance(take(rows), THEME).texts)
    assert "insufficient evidence" in said and "fewer than 10 articles, or too few that carry the number" in said


def test_each_referent_has_its_own_scale_and_label() -> None:
    stance = take(scales={"siege": SEVERITY, "army": Scale(-5, 5, "cold", "warm")}, labels={"siege": "The siege"})
    texts = [text.get_text() for text in plot_stance(stance, THEME).texts]
    assert {"The siege", "Army", "softened", "intensified", "cold", "warm", "−5", "+5"} <= set(texts)


def test_alternative_text_names_kind_and_data() -> None:
    figure = plot_stance(take(referents=["army"]), THEME)
    assert alt_text(figure) == (
        "Dot plot with 95% intervals of the mean stance of the words 5 outlets use for “Army” "
        "in the outlet’s own voice."
    )


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="'moon'; it has army, siege"):
        take(referents=["moon"])
    with pytest.raises(InputError, match="no voice 'loud'"):
        take(voice="loud")
    with pytest.raises(InputError, match="'scare'; it has none"):
        take(voice="scare")
    with pytest.raises(InputError, match=r"3 is outside the scale \[-2, 2\]"):
        take([row("BBC", 3.0, 20)])
    with pytest.raises(InputError, match="No outlet"):
        take(outlets=[])


@pytest.mark.parametrize(
    "low, value, high, place",
    [
        (-0.5, 0.0, 0.5, 62.5 + 3.25),  # right of the interval, half the size of its figures off
        (0.0, 1.5, 2.0, 50 - 3.25 - 12),  # no room on the right: left of it
        (-2.0, 0.0, 2.0, 50 + 2.325 + 3.25),  # nor there: over the interval, the size of a dot off
        (-2.0, 1.0, 2.0, 75 - 2.325 - 3.25 - 12),  # where more of it remains to be seen
    ],
)
def test_the_number_of_a_dot_stands_where_there_is_room(
    low: float, value: float, high: float, place: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interval_marks, "text_width", lambda *_: 12.0)
    axis, row = Axis(-2.0, 2.0, ((),)), Interval("RT", value, low, high, 30, "ok")
    found = interval_marks.place_number(axis, row, "0.00", 100.0, THEME, 5.0)
    assert found == pytest.approx(place)

"""The chart of a word shift: what raises a mean goes right, colours part at the middle, the sum stands below."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import HARD_NAMES
from matplotlib.colors import to_hex
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import Theme, alt_text, get_theme, render
from framing.charts.settings import own_settings
from framing.charts.two_sides import side_colours
from framing.charts.word_shift import ShiftBars, plot_word_shift
from framing.errors import InputError

pytestmark = [pytest.mark.filterwarnings("ignore:Glyph .* missing"), pytest.mark.filterwarnings("ignore:.*in no font")]
THEME = get_theme("print", 120)


def row(term: str, weight: float, count: int, other: int, size: float) -> dict[str, Any]:
    return {
        "term": term,
        "weight": weight,
        "count": count,
        "other_count": other,
        "share": count / 100,
        "other_share": other / 100,
        "contribution": size,
        "low": size - 0.1,
        "high": size + 0.1,
    }


# Middle 0: militants used less, heroes more, rebels less, thugs more.
ROWS = [row("militant(s)", -1, 10, 60, 0.5), row("hero(es)", 2, 20, 0, 0.4), row("rebel(s)", 1, 10, 30, -0.2),
        row("thug(s)", -2, 5, 0, -0.1), row("name", 0, 55, 10, 0.0)]  # fmt: skip


def bars(rows: Any = ROWS, status: str = "ok", **further: Any) -> ShiftBars:
    names = further.pop("outlets", ("BBC", "RT"))
    return ShiftBars.from_table(
        pa.Table.from_pylist(rows),
        referent_label="Fighters",
        outlets=names,
        means=(0.3, -0.3),
        interval=(0.2, 1.0),
        reference=0.0,
        articles=(12, 30),
        status=status,
        labels={"militant(s)": "militants"},
        **further,
    )


def check(figure: Any, theme: Theme) -> None:
    with own_settings():  # as it is drawn: with hinting, long lines of notes are wider
        check_texts(figure, theme)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def patches_of(figure: Any) -> list[tuple[float, float, str]]:
    (axes,) = figure.axes
    return [(round(p.get_x(), 6), round(p.get_width(), 6), to_hex(p.get_facecolor())) for p in axes.patches]


def test_bars_point_to_where_they_push_the_mean_and_the_sum_is_last() -> None:
    figure = plot_word_shift(bars(), THEME)
    found = patches_of(figure)
    assert [(x, w) for x, w, _ in found] == [(0, 0.5), (0, 0.4), (-0.2, 0.2), (-0.1, 0.1), (0, 0.0), (0, 0.6)]
    above, below = (c.lower() for c in side_colours(THEME))
    fills = [fill for *_, fill in found]
    assert fills[1] == above and fills[3] == below and fills[0] not in (above, below) and fills[2] not in (above, below)
    texts = texts_of(figure)
    assert {"militants", "−1", "+2", "10 : 60", "name", "Difference of means +0.60"} <= set(texts)
    keys = {f"weight {side} 0, used {use}" for side in ("above", "below") for use in ("more", "less")}
    assert keys <= set(texts)  # in words of place: a name of weight 0 below a middle of +0.2 delegitimises nobody
    assert "0 is the middle of the two means" in " ".join(texts)


def test_bars_are_explained_where_they_stand() -> None:
    texts = texts_of(plot_word_shift(bars(), get_theme("print", 183)))
    assert {"more legitimising →", "← more delegitimising", "% of mentions, BBC : RT"} <= set(texts)
    narrow = texts_of(plot_word_shift(bars(outlets=("The Sarn Snap", "Merrin Coast Gazette")), get_theme("print", 89)))
    assert "% of mentions" in narrow
    assert "% of the mentions in The Sarn Snap : in Merrin Coast Gazette" in " ".join(narrow).replace("\u00a0", " ")


def test_a_name_with_other_forms_is_explained_and_a_long_one_stands_in_two_lines() -> None:
    rows = [ROWS[0] | {"term": "former president of the republic of somewhere …"}, *ROWS[1:]]
    said = texts_of(plot_word_shift(bars(rows), get_theme("print", 89)))
    assert "other forms of the name are counted with it" in " ".join(said)
    assert not any(text.startswith("former president") and text.endswith("somewhere …") for text in said)
    assert any(text.endswith("somewhere …") for text in said) and not any("somewh…" in text for text in said)
    assert "other forms" not in " ".join(texts_of(plot_word_shift(bars(), THEME)))


def test_names_beyond_the_most_and_those_that_add_nothing_stand_together() -> None:
    data = bars(most=2)
    assert [b.label for b in data.bars] == ["militants", "hero(es)"]
    assert data.gathered is not None and data.gathered.label == "3 other names"
    assert data.gathered.contribution == pytest.approx(-0.3) and data.gathered.count == 70
    table = data.to_table()
    assert table["label"].to_pylist()[-1] == "difference of means"
    assert sum(table["contribution"].to_pylist()[:-1]) == pytest.approx(data.difference)


def test_with_too_few_articles_all_bars_are_hollow_and_no_interval_is_drawn() -> None:
    figure = plot_word_shift(bars(status="insufficient"), THEME)
    assert {fill for *_, fill in patches_of(figure)} == {THEME.paper.lower()}
    assert "insufficient evidence" in texts_of(figure) and "fewer than 10 articles" in " ".join(texts_of(figure))
    assert not any(line.get_linewidth() == 1.0 for line in figure.axes[0].lines)


def test_alternative_text_and_bytes() -> None:
    figure = plot_word_shift(bars(), THEME)
    assert alt_text(figure) == (
        "Word shift, bars with 95% intervals of what 4 names for “Fighters” add to the difference of +0.60 between "
        "BBC and RT."
    )
    assert render(figure, "svg") == render(plot_word_shift(bars(), THEME), "svg")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
def test_texts_of_the_word_shift(theme: Theme) -> None:
    rows = [row(name, n % 5 - 2, n, 100 - n, (-1) ** n * (1 - n / 30)) for n, name in enumerate(HARD_NAMES)]
    rows[3] |= {"low": math.nan, "high": math.nan}
    for status in ("ok", "insufficient"):
        data = bars(rows, status, outlets=HARD_NAMES[:2], most=14)
        check(plot_word_shift(data, theme, CAPTION), theme)
    check(plot_word_shift(bars(ROWS[:1]), theme, CAPTION), theme)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="no column 'weight'"):
        bars([{k: v for k, v in r.items() if k != "weight"} for r in ROWS])
    with pytest.raises(InputError, match="'fine' is not known"):
        bars(status="fine")
    with pytest.raises(InputError, match="0 bars"):
        bars(most=0)
    with pytest.raises(InputError, match="no name to draw"):
        bars(status="undefined")

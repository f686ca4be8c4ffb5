"""The chart of dispersion: a bar an article, in the order of days, one that carries half in a colour of its own."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import names
from matplotlib.colors import to_hex
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import Theme, alt_text, get_theme, render
from framing.charts.dispersion import plot_dispersion
from framing.charts.dispersion_table import MentionSpread
from framing.charts.settings import own_settings
from framing.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing")
THEME = get_theme("print", 120)

# Twelve articles each: RT's stand in one, BBC's are spread, Vox has three articles, SANA no mention.
MENTIONS = {
    "RT": [0, 9, *[0] * 8, 1, 1],
    "BBC": [1] * 10 + [0, 0],
    "Vox": [4, 0, 8],
    "SANA": [0] * 12,
}
TOPS = {"RT": (9 / 11, 0.75), "BBC": (0.1, 0.17), "Vox": (8 / 12, 0.33)}


def tables(mentions: Any = None) -> tuple[pa.Table, pa.Table]:
    rows = [
        {"outlet": o, "article_id": f"{o}{n:02}", "date": f"2031-05-{n + 1:02}", "mentions": m}
        for o, numbers in (mentions or MENTIONS).items()
        for n, m in enumerate(numbers)
    ]
    spread = [{"outlet": o, "dp": dp, "top_share": top} for o, (top, dp) in TOPS.items()]
    return pa.Table.from_pylist(rows), pa.Table.from_pylist(spread)


def data(**further: Any) -> MentionSpread:
    return MentionSpread.from_tables(*tables(), "“militants”", **further)


def bars_of(axes: Any) -> list[tuple[str, list[tuple[float, float]]]]:
    """Fill of each kind of bar, with (middle across, height) of its bars."""
    return [
        (
            to_hex(bars.get_facecolor()[0]).upper(),
            [
                (float(p.vertices[:, 0].min() + p.vertices[:, 0].max()) / 2, float(np_span(p.vertices[:, 1])))
                for p in bars.get_paths()
            ],
        )
        for bars in axes.collections
    ]


def np_span(values: Any) -> float:
    return float(values.max() - values.min())


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def test_outlets_stand_by_the_share_of_one_article_with_few_articles_and_no_mention_last() -> None:
    assert [(one.outlet, one.status) for one in data().outlets] == [
        ("RT", "ok"),
        ("BBC", "ok"),
        ("Vox", "insufficient"),
        ("SANA", "undefined"),
    ]
    # BBC's ten mentions are not enough where eleven are asked for.
    assert [one.status for one in data(least=11).outlets] == ["ok", "insufficient", "insufficient", "undefined"]


def test_an_article_that_holds_half_has_its_own_colour_and_bars_are_shares() -> None:
    axes: list[Any] = list(plot_dispersion(data(), THEME).axes)
    assert [a.get_label() for a in axes] == ["RT", "BBC", "Vox", "SANA"]
    assert [a.get_xlim() for a in axes] == [(0, 12), (0, 12), (0, 3), (0, 12)]
    (usual, small), (own, top) = bars_of(axes[0])
    assert (usual, own) == (THEME.accent, THEME.series[1])
    assert [round(x, 6) for x, _ in top] == [1.5] and [round(x, 6) for x, _ in small] == [10.5, 11.5]
    assert small[0][1] == pytest.approx(top[0][1] / 9)
    ((fill, even),) = bars_of(axes[1])
    assert fill == THEME.accent and len(even) == 10
    assert even[0][1] == pytest.approx(top[0][1] * 0.1 / (9 / 11))
    ((hollow, few),) = bars_of(axes[2])
    assert hollow == THEME.paper and len(few) == 2
    assert not axes[3].collections


def test_counts_and_statistics_stand_beside_the_strips() -> None:
    texts = texts_of(plot_dispersion(data(), THEME))
    assert {"11 in 3 of 12 articles", "10 in 10 of 12 articles", "12 in 2 of 3 articles", "none in 12 articles"} <= set(
        texts
    )
    assert {"82%", "10%", "67%", "0.75", "0.17", "0.33", "no mention", "earliest", "latest"} <= set(texts)
    assert {"half of all, or more", "fewer than 10 articles or mentions", "an article’s mentions"} <= set(texts)
    assert {"full height: 82% of mentions", "top article"} <= set(texts)


def test_one_colour_needs_no_key_and_one_article_has_no_deviation() -> None:
    assert not any("an article’s mentions" in text for text in texts_of(plot_dispersion(even(), THEME)))
    alone = pa.table({"outlet": ["RT"], "article_id": ["a"], "date": ["2031-05-01"], "mentions": [3]})
    spread = pa.table({"outlet": ["RT"], "dp": [0.0], "top_share": [1.0]})
    said = texts_of(plot_dispersion(MentionSpread.from_tables(alone, spread, "x"), THEME))
    assert "100%" in said and "–" in said and "0.00" not in said


def even() -> MentionSpread:
    return MentionSpread.from_tables(*tables(), "“militants”", ["BBC"])


def test_a_narrow_strip_says_its_height_in_few_words() -> None:
    said = texts_of(plot_dispersion(data(), get_theme("print", 80)))
    assert not any("…" in text for text in said if "height" in text) and any("82%" in text for text in said)


def test_articles_without_a_date_stand_last() -> None:
    articles, spread = tables()
    days = articles["date"].to_pylist()
    days[1] = ""
    articles = articles.set_column(2, "date", pa.array(days))
    found = MentionSpread.from_tables(articles, spread, "militants", ["RT"])
    assert [a.mentions for a in found.outlets[0].articles] == [0, *[0] * 8, 1, 1, 9]
    assert any("without a date stand last" in text for text in texts_of(plot_dispersion(found, THEME)))


def test_thousands_of_articles_are_one_mark() -> None:
    mentions = {"RT": [1] * 3000}
    found = MentionSpread.from_tables(
        *(tables(mentions)[0], pa.table({"outlet": ["RT"], "dp": [0.0], "top_share": [1 / 3000]})), "x"
    )
    (axes,) = plot_dispersion(found, THEME).axes
    assert len(axes.collections) == 1 and len(axes.collections[0].get_paths()) == 3000


def test_the_table_holds_every_article_in_the_order_of_the_chart() -> None:
    table = data().to_table()
    assert table.num_rows == 39
    first = table.to_pylist()[1]
    assert first == {
        "outlet": "RT",
        "position": 2,
        "article_id": "RT01",
        "date": "2031-05-02",
        "mentions": 9,
        "dp": 0.75,
        "top_share": 9 / 11,
        "status": "ok",
    }
    assert math.isnan(table["dp"][38].as_py()) and table["status"][38].as_py() == "undefined"


def test_the_same_rows_in_another_order_give_the_same_bytes() -> None:
    articles, spread = tables()
    turned = articles.take(list(reversed(range(len(articles)))))
    pictures = {
        render(plot_dispersion(MentionSpread.from_tables(t, spread, "x"), THEME), "svg") for t in (articles, turned)
    }
    assert len(pictures) == 1
    said = alt_text(plot_dispersion(data(), THEME))
    assert said == "Strips of bars of the mentions of “militants” in each article of 4 outlets, by date."


def test_what_cannot_be_drawn_is_refused() -> None:
    articles, spread = tables()
    with pytest.raises(InputError, match="None of these outlets mentions"):
        MentionSpread.from_tables(articles, spread, "militants", ["SANA"])
    with pytest.raises(InputError, match="No outlet to draw"):
        MentionSpread.from_tables(articles, spread, "militants", [])
    with pytest.raises(InputError, match="no column 'top_share'"):
        MentionSpread.from_tables(articles, spread.drop_columns(["top_share"]), "militants")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [1, 2, 16, 40])
def test_texts_keep_apart_and_inside(theme: Theme, outlets: int) -> None:
    mentions = {o: [(n + m) % 4 * 1000 for m in range((3, 12, 300)[n % 3])] for n, o in enumerate(names(outlets))}
    spread = pa.table(
        {
            "outlet": list(mentions),
            "dp": [0.5] * outlets,
            "top_share": [math.nan if n % 7 == 6 else 0.4 + n % 2 for n in range(outlets)],
        }
    )
    found = MentionSpread.from_tables(tables(mentions)[0], spread, "“恐怖分子” $ize الإرهابيون")
    with own_settings():
        check_texts(plot_dispersion(found, theme, CAPTION), theme)

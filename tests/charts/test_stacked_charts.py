"""The charts of stacked bars: sources, report verbs, harm by victims."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from chart_tables import names
from test_chart_layout import CAPTION, THEMES, check_texts

from framing.charts import Theme, alt_text, get_theme, render
from framing.charts.agency_victims import FORMS, plot_agency_victims
from framing.charts.composition_table import REST, Compositions, Part
from framing.charts.report_verbs import VERBS, plot_report_verbs
from framing.charts.settings import own_settings
from framing.charts.sources import SPEAKERS, plot_sources
from framing.errors import InputError

pytestmark = [pytest.mark.filterwarnings("ignore:Glyph .* missing"), pytest.mark.filterwarnings("ignore:.*in no font")]
THEME = get_theme("print", 120)
PARTS = (Part("doubting", "doubting", 1), Part("neutral", "neutral", REST))


def rows_of(outlet: str, whole: str, counts: dict[str, int], n: int) -> list[dict[str, Any]]:
    total = sum(counts.values())
    return [
        {
            "outlet": outlet,
            "whole": whole,
            "part": part,
            "count": count,
            "total": total,
            "share": count / total if total else math.nan,
            "low": max(0.0, count / total - 0.1) if total else math.nan,
            "high": min(1.0, count / total + 0.1) if total else math.nan,
            "n_articles": n,
            "status": "ok" if n >= 10 else "insufficient" if n else "undefined",
        }
        for part, count in counts.items()
    ]


TABLE = pa.Table.from_pylist(
    [
        *rows_of("BBC", "police", {"doubting": 10, "neutral": 30}, 20),
        *rows_of("RT", "police", {"doubting": 30, "neutral": 10}, 1234),
        *rows_of("Vox", "police", {"doubting": 1, "neutral": 0}, 1),
        *rows_of("BBC", "crowd", {"doubting": 0, "neutral": 8}, 10),
        *rows_of("RT", "crowd", {"doubting": 0, "neutral": 0}, 0),
    ]
)
OUTLETS = {o: o for o in ("BBC", "RT", "Vox", "SANA")}


def compositions(table: pa.Table = TABLE, parts: Any = PARTS, **further: Any) -> Compositions:
    panels = further.pop("panels", {"police": "The police", "crowd": "The crowd"})
    return Compositions.from_table(table, parts, further.pop("rows", OUTLETS), panels, "verbs", **further)


def check(figure: Any, theme: Theme) -> None:
    with own_settings():  # as it is drawn: with hinting, long lines of notes are wider
        check_texts(figure, theme)


def texts_of(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.texts]


def test_rows_go_by_the_first_share_of_the_first_panel_and_all_panels_have_them() -> None:
    police, crowd = compositions().panels
    assert [b.label for b in police.bars] == ["RT", "BBC", "Vox", "SANA"] == [b.label for b in crowd.bars]
    assert [b.status for b in crowd.bars] == ["undefined", "ok", "undefined", "undefined"]
    assert police.bars[0].shares == pytest.approx((0.75, 0.25)) and police.bars[0].low == pytest.approx(0.65)
    assert [b.label for b in compositions(sort=False).panels[0].bars] == list(OUTLETS)


def test_bars_carry_figures_counts_and_the_interval_of_the_first_part() -> None:
    figure = plot_report_verbs(compositions(), THEME)
    police = next(axes for axes in figure.axes if axes.get_label() == "The police")
    texts = texts_of(figure)
    assert {"75", "25", "40 (1,234)", "8 (10)", "The police", "doubting"} <= set(texts)
    assert texts.count("no evidence") == 4  # SANA twice, RT and Vox of the crowd
    lines = [tuple(round(float(x), 6) for x in line.get_xdata()) for line in police.lines]
    assert (65.0, 85.0) in lines
    assert any("95% interval of “doubting”" in text for text in texts)


def test_few_articles_are_hatched_without_figures_and_without_interval() -> None:
    data = compositions(rows={"Vox": "Vox"}, panels={"police": ""})
    figure = plot_report_verbs(data, THEME)
    (axes,) = figure.axes
    assert [p.get_hatch() is not None for p in axes.patches] == [True, False]  # the bar, and its outline
    assert "100" not in texts_of(figure) and "1 (1)" in texts_of(figure)
    assert any("fewer than 10 articles" in t for t in texts_of(figure))
    assert not any("interval" in t for t in texts_of(figure))


def test_rows_may_be_wholes_and_panels_groups() -> None:
    data = compositions(
        rows={"police": "Police", "crowd": "Crowd"}, panels={"BBC": "BBC"}, row_column="whole", panel_column="outlet",
        sort=False,
    )  # fmt: skip
    assert [(b.label, b.total) for b in data.panels[0].bars] == [("Police", 40), ("Crowd", 8)]
    assert alt_text(plot_agency_victims(data, THEME)) == (
        "Stacked bar chart of the forms in which harm to 2 groups of victims is told."
    )


def test_the_data_stand_beside() -> None:
    table = compositions().to_table()
    first = table.to_pylist()[0]
    assert (first["panel"], first["row"], first["part"], first["count"]) == ("The police", "RT", "doubting", 30)
    assert table.num_rows == 2 * 4 * 2
    # Each part has its interval there, also those that the chart has no room to draw: 0.75 and 0.25, each 0.1 wide.
    assert table["low"].to_pylist()[:2] == pytest.approx([0.65, 0.15])


def test_long_names_that_fit_in_two_lines_stand_in_full() -> None:
    long = {"BBC": "Police, guards and border agents", "RT": "Children and teenagers"}
    theme = get_theme("print")
    texts = texts_of(plot_report_verbs(compositions(rows=long, panels={"police": ""}), theme))
    assert not any("…" in text for text in texts) and "border agents" in " ".join(texts)
    check(plot_report_verbs(compositions(rows=long), theme, CAPTION), theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: f"{theme.name}-{theme.width_mm:.0f}")
@pytest.mark.parametrize("outlets", [1, 16])
def test_texts_of_stacked_charts(theme: Theme, outlets: int) -> None:
    for parts, plot, wholes in (
        (SPEAKERS, plot_sources, ["speakers"]),
        (VERBS, plot_report_verbs, names(4)),
        (FORMS, plot_agency_victims, ["x"]),
    ):
        rows = []
        for n, outlet in enumerate(names(outlets)):
            for m, whole in enumerate(wholes):
                counts = {p.key: (n * 7 + k * 5 + m) % 11 * 10 ** (n % 4) for k, p in enumerate(parts)}
                rows += rows_of(outlet, whole, counts, (30, 4, 0, 12_345)[n % 4])
        data = compositions(
            pa.Table.from_pylist(rows),
            parts,
            rows={o: o for o in names(outlets)},
            panels={w: "" if len(wholes) == 1 else w for w in wholes},
        )
        check(plot(data, theme, CAPTION), theme)


def test_forty_outlets_make_a_higher_figure_without_overlap() -> None:
    rows = [r for n, o in enumerate(names(40)) for r in rows_of(o, "police", {"doubting": n, "neutral": 40}, 20)]
    data = compositions(pa.Table.from_pylist(rows), rows={o: o for o in names(40)}, panels={"police": ""})
    for theme in (get_theme("print"), get_theme("web")):
        check(plot_sources(data, theme, CAPTION), theme)


def test_figures_are_the_same_bytes_again() -> None:
    first, second = (render(plot_report_verbs(compositions(), THEME, CAPTION), "svg") for _ in range(2))
    assert first == second


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="There are no verbs to draw"):
        compositions(rows={"SANA": "SANA"})
    with pytest.raises(InputError, match="no column 'n_articles'"):
        compositions(TABLE.drop_columns(["n_articles"]))
    with pytest.raises(InputError, match="No part, row or panel"):
        compositions(rows={})
    with pytest.raises(InputError, match="no series colour 5"):
        compositions(parts=(Part("doubting", "doubting", 5),))

"""Figures that outlets give for one event, side by side."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.statistics.casualties import compare_figures

ARTICLES = pa.table(
    {
        "id": ["a1", "a2", "b1", "c1", "d1", "a3"],
        "outlet": ["A", "A", "B", "C", "A", "A"],
        "event": ["strike", "strike", "strike", "strike", "", "flood"],
    }
)


def figures(*rows: tuple[str, str, float, float, str, str, str]) -> pa.Table:
    """Rows of (article, kind, low, high, relation, credited, hedge)."""
    names = "article_id kind low high relation credited hedge".split()
    types = [pa.string(), pa.string(), pa.float64(), pa.float64(), pa.string(), pa.string(), pa.string()]
    columns = list(zip(*rows, strict=True)) if rows else [[] for _ in names]
    return pa.table([pa.array(c, t) for c, t in zip(columns, types, strict=True)], names=names)


TABLE = figures(
    ("a1", "dead", 27, 27, "total", "the ministry", "at least"),
    ("a1", "dead", 8, 8, "including", "the ministry", ""),
    ("a1", "dead", 90, 90, "earlier", "", ""),
    ("a2", "dead", 31, 33, "total", "", ""),
    ("b1", "dead", 24, math.nan, "total", "Amin", "about"),
    ("b1", "wounded", 60, 60, "total", "", ""),
    ("d1", "dead", 500, 500, "total", "", ""),
    ("a3", "displaced", 900, 900, "total", "", ""),
)


def test_one_event_side_by_side():
    rows = compare_figures(TABLE, ARTICLES, ["strike"]).to_pylist()
    dead = {r["outlet"]: r for r in rows if r["kind"] == "dead"}
    assert [(r["kind"], r["outlet"]) for r in rows] == [(k, o) for k in ("dead", "wounded") for o in "ABC"]
    a = dead["A"]
    assert (a["articles"], a["giving"], a["lowest"], a["median"], a["highest"]) == (2, 2, 27, 30, 33)
    assert (a["figures"], a["credited"], a["hedged"], a["sources"]) == (3, 2 / 3, 1 / 3, "the ministry")
    b = dead["B"]
    assert (b["articles"], b["giving"], b["highest"], b["credited"], b["sources"]) == (1, 1, 24, 1, "Amin")


def test_an_outlet_without_a_figure_has_no_number():
    (c,) = (
        r
        for r in compare_figures(TABLE, ARTICLES, ["strike"]).to_pylist()
        if r["outlet"] == "C" and r["kind"] == "dead"
    )
    assert (c["articles"], c["giving"], c["figures"], c["sources"]) == (1, 0, 0, "")
    assert all(math.isnan(c[name]) for name in ("lowest", "median", "highest", "credited", "hedged"))


def test_all_events_by_default_and_none_for_articles_without():
    rows = compare_figures(TABLE, ARTICLES).to_pylist()
    assert {r["event"] for r in rows} == {"strike", "flood"}
    assert max(r["highest"] for r in rows if r["highest"] == r["highest"]) == 900
    assert [r["outlet"] for r in rows if r["event"] == "flood"] == ["A"]


def test_other_groups_and_orders_of_rows():
    mixed = ARTICLES.append_column("side", pa.array(["x", "y", "x", "y", "x", "x"]))
    rows = compare_figures(TABLE, mixed, ["strike"], group="side")
    turned = compare_figures(TABLE.take(list(range(8))[::-1]), mixed.take([5, 4, 3, 2, 1, 0]), ["strike"], group="side")
    assert repr(rows.to_pylist()) == repr(turned.to_pylist())
    assert rows["side"].to_pylist() == ["x", "y"] * 2


def test_no_figures_at_all():
    assert compare_figures(figures(), ARTICLES).num_rows == 0


@pytest.mark.parametrize(
    "table, articles, events, message",
    [
        (TABLE.drop_columns("hedge"), ARTICLES, None, "no column 'hedge'"),
        (TABLE, ARTICLES.drop_columns("event"), None, "no column 'event'"),
        (TABLE, ARTICLES, ["storm"], "No article has the event 'storm'"),
        (TABLE, ARTICLES.slice(1), None, "article 'a1' is not in the articles"),
    ],
)
def test_errors(table, articles, events, message):
    with pytest.raises(InputError, match=message):
        compare_figures(table, articles, events)


def test_the_group_must_not_have_the_name_of_a_result_column():
    with pytest.raises(InputError, match="Cannot group by 'kind'"):
        compare_figures(TABLE, ARTICLES, group="kind")

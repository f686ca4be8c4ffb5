"""How wholes part among classes, counted by hand."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.statistics import Counters
from framing.statistics.compositions import compute_compositions

WHOLES = {
    "police": {"doubt": ["v:doubt:police"], "plain": ["v:plain:police", "v:other:police"]},
    "crowd": {"doubt": ["v:doubt:crowd"], "plain": ["v:plain:crowd"]},
}


def counters() -> Counters:
    counts = [
        ("a", "v:doubt:police", 1),
        ("a", "v:plain:police", 2),
        ("b", "v:other:police", 1),
        ("c", "v:doubt:crowd", 3),
    ]
    rows = [{"article_id": i, "counter": c, "value": float(v)} for i, c, v in counts]
    articles = pa.table({"id": ["a", "b", "c"], "outlet": ["X", "X", "Y"], "panel": ["all", "all", ""]})
    return Counters.from_tables(pa.Table.from_pylist(rows), articles)


def rows_of(**options: object) -> dict[tuple[str, str, str], dict[str, object]]:
    table = compute_compositions(counters(), WHOLES, **{"resamples": 100, "min_articles": 2, **options})  # type: ignore[arg-type]
    return {(r[table.column_names[0]], r["whole"], r["part"]): r for r in table.to_pylist()}


def test_shares_are_of_the_sum_of_all_classes_of_the_whole() -> None:
    rows = rows_of()
    doubt, plain = rows["X", "police", "doubt"], rows["X", "police", "plain"]
    assert (doubt["count"], doubt["total"], doubt["n_articles"]) == (1, 4, 2)
    assert doubt["share"] == pytest.approx(0.25) and plain["share"] == pytest.approx(0.75)
    assert doubt["low"] <= 0.25 <= doubt["high"]  # type: ignore[operator]


def test_a_whole_without_counts_is_undefined_and_one_of_few_articles_insufficient() -> None:
    rows = rows_of()
    assert rows["X", "crowd", "doubt"]["status"] == "undefined" and math.isnan(rows["X", "crowd", "doubt"]["share"])  # type: ignore[arg-type]
    assert rows["Y", "crowd", "doubt"]["status"] == "insufficient" and rows["Y", "crowd", "plain"]["count"] == 0
    assert rows["X", "police", "plain"]["status"] == "ok"


def test_rows_stand_in_the_order_given_and_groups_by_any_column() -> None:
    rows = list(rows_of(group="panel"))
    assert rows[:4] == [
        ("", "police", "doubt"),
        ("", "police", "plain"),
        ("", "crowd", "doubt"),
        ("", "crowd", "plain"),
    ]
    assert ("all", "police", "doubt") in rows
    with pytest.raises(InputError, match="no column 'moon'"):
        rows_of(group="moon")

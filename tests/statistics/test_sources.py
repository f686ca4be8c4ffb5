import math

import pytest

from framing.errors import InputError
from framing.statistics import compute_sources

# Dawn: 30 quoted and 10 attributed words in two articles, 20 of the opposition. Post: one article that lets nobody
# speak.
ROWS = {
    "d1": (
        {"outlet": "Dawn"},
        {"words:own": 100, "words:quoted": 30, "sourcing-side:x:opp:quoted": 15, "sourcing-side:x:gov:quoted": 6},
    ),
    "d2": ({"outlet": "Dawn"}, {"words:attributed": 10, "sourcing-side:x:opp:attributed": 5}),
    "p1": ({"outlet": "Post"}, {"words:own": 50}),
}


def by_key(table):
    return {(r["outlet"], r["referent"]): r for r in table.to_pylist()}


def test_shares_are_of_all_words_that_others_speak(counters):
    found = by_key(compute_sources(counters(ROWS)))
    row = found["Dawn", "opp"]
    assert (row["words"], row["articles"], row["n_articles"]) == (20, 2, 2)
    assert row["share"] == pytest.approx(20 / 40)
    assert row["low"] <= row["share"] <= row["high"]
    assert row["status"] == "insufficient"
    assert found["Dawn", "gov"]["articles"] == 1


def test_an_outlet_that_lets_nobody_speak_has_no_share(counters):
    row = by_key(compute_sources(counters(ROWS)))["Post", "opp"]
    assert math.isnan(row["share"])
    assert (row["words"], row["status"]) == (0, "undefined")


def test_the_order_of_the_articles_changes_nothing(counters, content):
    assert content(compute_sources(counters(ROWS))) == content(compute_sources(counters(ROWS, ["p1", "d2", "d1"])))


def test_without_sides_the_table_is_empty_and_a_bad_group_is_refused(counters):
    assert len(compute_sources(counters({"a": ({"outlet": "Dawn"}, {"words:quoted": 3})}))) == 0
    with pytest.raises(InputError, match="Cannot group by 'share'"):
        compute_sources(counters(ROWS), group="share")

import math
import random

import pytest
from scipy.stats import beta

from framing.errors import InputError
from framing.statistics import compute_coverage

R, S = {"coverage:x:r": 1}, {"coverage:x:s": 1}
# Event e1: d1 and p1 mention r, d2 does not. e2: only d3 mentions r. e3: only Post; p3 mentions r and p4 does not.
ROWS = {
    "d1": ({"outlet": "Dawn", "event": "e1"}, R),
    "d2": ({"outlet": "Dawn", "event": "e1"}, {}),
    "d3": ({"outlet": "Dawn", "event": "e2"}, R),
    "d4": ({"outlet": "Dawn", "event": ""}, R | S),
    "p1": ({"outlet": "Post", "event": "e1"}, R),
    "p2": ({"outlet": "Post", "event": "e2"}, {}),
    "p3": ({"outlet": "Post", "event": "e3"}, R),
    "p4": ({"outlet": "Post", "event": "e3"}, {}),
    "p5": ({"outlet": "Post", "event": ""}, {}),
}


@pytest.fixture
def coverage(tables, counters):
    def compute(rows=ROWS, order=None, **options):
        return compute_coverage(counters(rows, order), tables(rows, order)[1], **options)

    return compute


def by_key(table, group="outlet"):
    return {(row[group], row["referent"]): row for row in table.to_pylist()}


def test_shares_of_all_articles_counted_by_hand(coverage):
    found = by_key(coverage())
    dawn, post = found["Dawn", "r"], found["Post", "r"]
    assert (dawn["articles"], dawn["mentioning"], dawn["share"]) == (4, 3, 0.75)
    assert (post["articles"], post["mentioning"], post["share"]) == (5, 2, 0.4)
    assert dawn["low"] < 0.75 <= dawn["high"] <= 1


def test_a_referent_that_only_others_mention_is_a_share_of_zero(coverage):
    post = by_key(coverage())["Post", "s"]
    assert (post["mentioning"], post["share"], post["status"]) == (0, 0, "insufficient")


def test_shares_within_events_counted_by_hand(coverage):
    found = by_key(coverage())
    dawn, post = found["Dawn", "r"], found["Post", "r"]
    # Dawn: d1 (p1 mentions r too) and d2 had the chance; d3 is alone with it; d4 has no event.
    assert (dawn["event_articles"], dawn["event_mentioning"], dawn["event_share"], dawn["n_events"]) == (2, 1, 0.5, 1)
    # Post: p1 (after d1), p2 (after d3), p4 (after p3, of its own outlet); not p3.
    assert (post["event_articles"], post["event_mentioning"], post["n_events"]) == (3, 1, 3)
    assert post["event_share"] == pytest.approx(1 / 3)


def test_the_interval_of_an_event_share_needs_two_events(coverage):
    found = by_key(coverage())
    assert math.isnan(found["Dawn", "r"]["event_low"])
    # One of three events: beta(1.5, 2.5) at 2.5 % and 97.5 % (Jeffreys).
    assert found["Post", "r"]["event_low"] == pytest.approx(beta.ppf(0.025, 1.5, 2.5))
    assert found["Post", "r"]["event_high"] == pytest.approx(beta.ppf(0.975, 1.5, 2.5))


def test_without_events_the_event_columns_are_undefined(coverage):
    rows = {key: ({"outlet": meta["outlet"]}, counts) for key, (meta, counts) in ROWS.items()}
    for row in coverage(rows).to_pylist():
        assert (row["event_articles"], row["event_mentioning"], row["n_events"]) == (0, 0, 0)
        assert math.isnan(row["event_share"]) and math.isnan(row["event_low"]) and math.isnan(row["event_high"])
        assert row["event_status"] == "undefined"
    assert by_key(coverage(rows))["Dawn", "r"]["share"] == 0.75


def test_articles_without_an_event_are_no_event_together(coverage):
    rows = {"a": ({"outlet": "Dawn"}, R), "b": ({"outlet": "Post"}, R)}
    assert coverage(rows)["event_articles"].to_pylist() == [0, 0]


def test_status_thresholds(coverage):
    found = by_key(coverage(min_articles=5, min_events=3))
    assert [found[o, "r"]["status"] for o in ("Dawn", "Post")] == ["insufficient", "ok"]
    assert [found[o, "r"]["event_status"] for o in ("Dawn", "Post")] == ["insufficient", "ok"]
    assert found["Post", "s"]["event_status"] == "undefined"


def test_an_event_counts_as_a_whole_in_its_interval(coverage):
    # Six events; Dawn's four articles on an event all mention r or all do not: six independent units, not 24.
    rows = {}
    for event in range(6):
        rows[f"p{event}"] = ({"outlet": "Post", "event": f"e{event}"}, R)
        for n in range(4):
            rows[f"d{event}{n}"] = ({"outlet": "Dawn", "event": f"e{event}"}, R if event % 2 else {})
    dawn = by_key(coverage(rows))["Dawn", "r"]
    assert (dawn["share"], dawn["event_share"], dawn["n_events"], dawn["articles"]) == (0.5, 0.5, 6, 24)
    assert dawn["event_high"] - dawn["event_low"] > 1.4 * (dawn["high"] - dawn["low"])


def test_articles_without_an_event_leave_the_event_columns_alone(coverage):
    rows = {
        f"{outlet}{n}": ({"outlet": outlet, "event": f"e{n % 7}"}, R if (n * n) % 3 or outlet == "Post" else {})
        for outlet in ("Dawn", "Post")
        for n in range(16)
    }
    more = rows | {"d98": ({"outlet": "Dawn", "event": ""}, R), "d99": ({"outlet": "Dawn", "event": ""}, {})}
    columns = ("event_articles", "event_mentioning", "event_share", "event_low", "event_high", "n_events")
    before, after = by_key(coverage(rows))["Dawn", "r"], by_key(coverage(more))["Dawn", "r"]
    assert [before[column] for column in columns] == [after[column] for column in columns]
    assert 0 < before["event_low"] < before["event_share"] < before["event_high"]


def test_order_changes_no_bit(coverage, content):
    shuffled = random.Random(4).sample(sorted(ROWS), len(ROWS))
    assert content(coverage()) == content(coverage(order=shuffled))


def test_articles_on_other_events_change_nothing_for_an_outlet(coverage, content):
    more = ROWS | {
        "a1": ({"outlet": "Ahram", "event": "e0"}, R),
        "d1b": ({"outlet": "Zeit", "event": "e9"}, R),
        "z2": ({"outlet": "Zeit", "event": ""}, R),
    }
    assert content(coverage(more).slice(2, 4)) == content(coverage())


def test_rows_by_outlet_lexicon_and_referent(coverage):
    rows = {
        "a": ({"outlet": "Dawn"}, {"coverage:x:r": 1, "coverage:x-y:q": 1})
    }  # "x-y:" sorts before "x:", "x" before "x-y"
    assert list(zip(*(coverage(rows)[c].to_pylist() for c in ("lexicon", "referent")), strict=True)) == [
        ("x", "r"), ("x-y", "q"),
    ]  # fmt: skip
    assert coverage().column_names == [
        "outlet", "lexicon", "referent", "articles", "mentioning", "share", "low", "high", "event_articles",
        "event_mentioning", "event_share", "event_low", "event_high", "n_events", "status", "event_status",
    ]  # fmt: skip


def test_another_column_to_group_by(coverage):
    found = by_key(coverage(group="event"), "event")
    assert found["e1", "r"]["share"] == pytest.approx(2 / 3)
    assert found["", "r"]["share"] == 0.5


def test_articles_may_stand_in_another_order_but_must_be_there(tables, counters, content):
    _, articles = tables(ROWS)
    usual = compute_coverage(counters(ROWS), articles)
    assert content(compute_coverage(counters(ROWS), articles.take(list(range(8, -1, -1))))) == content(usual)
    with pytest.raises(InputError, match="no row with the id 'd1'"):
        compute_coverage(counters(ROWS), articles.slice(1))


def test_no_coverage_gives_an_empty_table_with_its_columns(coverage):
    table = coverage({"a": ({"outlet": "Dawn"}, {"words:own": 9})})
    assert table.num_rows == 0
    assert table.schema == coverage().schema

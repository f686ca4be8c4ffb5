"""The parts of a difference of mean weights, worked out by hand."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.statistics import Counters
from framing.statistics.word_shift import WordShift, compute_word_shift

WEIGHTS = {"rebel(s)": 0.0, "terrorist(s)": -2.0, "fighter(s)": 1.0, "patriot(s)": 2.0}

# A: 6 rebels, 4 terrorists in two articles; B: 2 rebels, 8 fighters in two articles.
ARTICLES = {
    ("A", "a1"): {"rebel(s)": 4, "terrorist(s)": 2},
    ("A", "a2"): {"rebel(s)": 2, "terrorist(s)": 2},
    ("B", "b1"): {"rebel(s)": 1, "fighter(s)": 5},
    ("B", "b2"): {"rebel(s)": 1, "fighter(s)": 3},
    ("C", "c1"): {},
}


def counters(order: int = 1) -> Counters:
    rows = [
        {"article_id": i, "counter": f"naming:x:r:own:{section}:{term}", "value": float(n)}
        for (_, i), terms in list(ARTICLES.items())[::order]
        for term, times in terms.items()
        for section, n in (("headline", 1), ("body", times - 1))
        if n
    ]
    rows.append({"article_id": "a1", "counter": "naming:x:r:quoted:body:patriot(s)", "value": 9.0})
    articles = pa.table({"id": [i for _, i in ARTICLES], "outlet": [o for o, _ in ARTICLES]})
    return Counters.from_tables(pa.Table.from_pylist(rows), articles)


def shift(outlet: str = "A", other: str = "B", **options: object) -> WordShift:
    return compute_word_shift(counters(), "x", "r", WEIGHTS, outlet, other, **{"resamples": 200, **options})  # type: ignore[arg-type]


def test_contributions_are_weight_from_the_middle_times_difference_of_shares() -> None:
    found = shift()
    # Means: 0.4 x -2 = -0.8, and 0.8 x 1 = 0.8; the middle is 0.
    assert (found.value, found.other_value, found.reference) == pytest.approx((-0.8, 0.8, 0.0))
    by_term = {r["term"]: r for r in found.terms.to_pylist()}
    # terrorists: (-2 - 0)(0.4 - 0), fighters: (1 - 0)(0 - 0.8), rebels: (0 - 0)(0.6 - 0.2).
    assert by_term["terrorist(s)"]["contribution"] == pytest.approx(-0.8)
    assert by_term["fighter(s)"]["contribution"] == pytest.approx(-0.8)
    assert by_term["rebel(s)"]["contribution"] == pytest.approx(0.0)
    assert (by_term["rebel(s)"]["count"], by_term["rebel(s)"]["other_count"]) == (6, 2)
    assert by_term["rebel(s)"]["share"] == pytest.approx(0.6)


def test_contributions_add_up_to_the_difference() -> None:
    found = shift()
    assert sum(found.terms["contribution"].to_pylist()) == pytest.approx(found.difference) == pytest.approx(-1.6)


def test_exchanging_the_outlets_mirrors_every_contribution() -> None:
    ours, theirs = shift(), shift("B", "A")
    assert theirs.difference == pytest.approx(-ours.difference)
    mirrored = {r["term"]: -r["contribution"] for r in theirs.terms.to_pylist()}
    assert {r["term"]: r["contribution"] for r in ours.terms.to_pylist()} == pytest.approx(mirrored)


def test_other_voices_do_not_count() -> None:
    assert "patriot(s)" not in shift().terms["term"].to_pylist()


def test_intervals_hold_the_value_and_few_articles_are_insufficient() -> None:
    found = shift()
    assert found.low <= found.difference <= found.high
    assert all(r["low"] <= r["contribution"] <= r["high"] for r in found.terms.to_pylist())
    assert (found.articles, found.other_articles, found.status) == (2, 2, "insufficient")
    assert shift(min_articles=2).status == "ok"
    assert math.isnan(shift(resamples=0).low)


def test_the_same_input_in_any_order_gives_the_same_numbers() -> None:
    again = compute_word_shift(counters(-1), "x", "r", WEIGHTS, "A", "B", resamples=200)
    assert again.terms.equals(shift().terms) and again.low == shift().low


@pytest.mark.parametrize(
    "outlet, other, message",
    [("A", "A", "with itself"), ("A", "Z", "no outlet 'Z'"), ("C", "A", "'C' has no mention of x/r in own voice")],
)
def test_what_cannot_be_compared_is_refused(outlet: str, other: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        shift(outlet, other)


def test_a_name_without_a_weight_is_refused() -> None:
    with pytest.raises(InputError, match=r"'rebel\(s\)' has no weight"):
        compute_word_shift(counters(), "x", "r", {"terrorist(s)": -2, "fighter(s)": 1}, "A", "B", resamples=0)

"""Headlines and the text below them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from framing.measure import Measure
from framing.statistics import Counters
from framing.statistics.headline_split import can_split, subtract_headlines

META = {"outlet": "A"}


def test_what_is_left_is_the_whole_less_the_headline(counters: Callable[..., Counters]) -> None:
    whole = counters({"1": (META, {"hits": 5.0, "words": 100.0}), "2": (META, {"hits": 2.0, "words": 50.0})})
    heads = counters({"1": (META, {"hits": 1.0, "words": 8.0}), "2": (META, {"words": 6.0})})
    left = subtract_headlines(whole, heads, ["words", "hits", "words"])
    assert left.names == ("hits", "words")
    assert left.matrix.toarray().tolist() == [[4.0, 92.0], [2.0, 44.0]]


def test_counts_do_not_fall_below_nothing_but_sums_of_weights_may(counters: Callable[..., Counters]) -> None:
    # Alone, a headline may hold what it does not hold above its text.
    whole = counters({"1": (META, {"hits": 1.0, "sum": -2.0}), "2": (META, {"hits": 3.0, "sum": 1.0})})
    heads = counters({"1": (META, {"hits": 2.0, "sum": 1.0, "new": 1.0}), "2": (META, {})})
    left = subtract_headlines(whole, heads, ["hits", "sum", "new", "never"])
    assert dict(zip(left.names, left.matrix.toarray().T.tolist(), strict=True)) == {
        "hits": [0.0, 3.0],
        "sum": [-3.0, 1.0],
        "new": [0.0, 0.0],
        "never": [0.0, 0.0],
    }


def test_no_articles_and_no_counters(counters: Callable[..., Counters]) -> None:
    assert subtract_headlines(counters({}), counters({}), ["a"]).matrix.shape == (0, 1)
    one = counters({"1": (META, {"a": 1.0})})
    assert subtract_headlines(one, one, []).matrix.shape == (1, 0)


@pytest.mark.parametrize(
    "numerator, denominator, splits",
    [
        ("loaded-words:own", "words:own", True),
        (("tone:compound:own",), "tone:sentences:own", True),
        ("readability:flesch:sum", "readability:articles", False),
        ("loaded-peak", "loaded-articles", False),
        ("coverage:syria:army", "words:own", False),
        ("casualties:highest:dead", "words:own", False),
        ("casualties:hedged:own", "casualties:given:own", True),
    ],
)
def test_what_says_something_of_whole_articles_cannot_be_split(numerator: str, denominator: str, splits: bool) -> None:
    assert can_split(Measure("m", "m", "", numerator, denominator)) is splits

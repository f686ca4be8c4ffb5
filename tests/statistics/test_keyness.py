"""Keyness: rates, odds and G2 by hand, and p values that count articles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from framing.errors import InputError
from framing.phrases import PhraseCounts, Repeats
from framing.statistics.keyness import compute_keyness


def build(counts: Sequence[Sequence[float]], words: Sequence[float], events: Sequence[str] = ()) -> PhraseCounts:
    """Phrases "a", "b", ... counted in articles "00", "01", ..."""
    matrix = sparse.csr_array(np.array(counts, dtype=np.float64))
    size = len(words)
    names = tuple(chr(97 + i) for i in range(matrix.shape[1]))
    return PhraseCounts(
        names,
        tuple((name,) for name in names),
        matrix,
        np.array(words, dtype=np.float64),
        tuple(f"{i:02d}" for i in range(size)),
        ("X",) * size,
        ("",) * size,
        tuple(events) or ("",) * size,
        "own",
        np.zeros(matrix.shape[1]),
        Repeats((), (), (), 0),
    )


def test_rates_odds_and_g2_by_hand() -> None:
    # 10 uses in 100 words against 2 in 100.
    counts = build([[6], [4], [1], [1]], [60, 40, 50, 50])
    (row,) = compute_keyness(counts, np.array([0, 1]), np.array([2, 3]), min_articles=1, min_side=2).to_pylist()
    assert (row["phrase"], row["n"], row["count"], row["other_count"]) == ("a", 1, 10, 2)
    assert (row["articles"], row["other_articles"]) == (2, 2)
    assert (row["per_1000"], row["other_per_1000"]) == (100.0, 20.0)
    assert row["log_ratio"] == pytest.approx(math.log2(5))
    # The prior of 500 words holds 500 * 12 / 200 = 30 of the phrase.
    odds = math.log(40 / 560) - math.log(32 / 568)
    assert row["log_odds"] == pytest.approx(odds)
    assert row["z"] == pytest.approx(odds / math.sqrt(1 / 40 + 1 / 32))
    g2 = 2 * (10 * math.log(10 / 6) + 2 * math.log(2 / 6) + 90 * math.log(90 / 94) + 98 * math.log(98 / 94))
    assert row["g2"] == pytest.approx(g2)
    assert row["g2_p"] == pytest.approx(math.erfc(math.sqrt(g2 / 2)))
    assert row["top_article_share"] == pytest.approx(0.6)
    assert row["dp"] == pytest.approx(0.0, abs=1e-12)


def test_none_counts_as_a_half_and_the_near_bound_allows_for_more() -> None:
    counts = build([[2], [2], [0], [0]], [100] * 4)
    (row,) = compute_keyness(counts, np.array([0, 1]), np.array([2, 3]), min_articles=1, min_side=2).to_pylist()
    assert row["log_ratio"] == pytest.approx(3.0)  # 4 against 0.5
    # Both articles have 2 whatever is drawn, so only 3.69 in place of 0.5 moves the bound.
    assert row["low"] == pytest.approx(math.log2(4 / 3.69))
    assert row["high"] == pytest.approx(3.0)


def test_p_of_a_clean_split_is_that_of_the_hypergeometric_distribution() -> None:
    counts = build([[1]] * 6 + [[0]] * 6, [100] * 12)
    (row,) = compute_keyness(counts, np.arange(6), np.arange(6, 12), min_side=6).to_pylist()
    assert row["p"] == pytest.approx(2 / math.comb(12, 6), rel=0.5)  # ten of its kind are waited for: +- 30 %
    assert row["status"] == "ok"


def test_p_is_one_where_both_sides_are_alike() -> None:
    counts = build([[1], [0]] * 6 + [[1], [0]] * 6, [100] * 24)
    (row,) = compute_keyness(counts, np.arange(12), np.arange(12, 24)).to_pylist()
    assert row["p"] == 1.0 and row["log_ratio"] == 0.0


def test_one_article_full_of_a_phrase_is_no_evidence_and_is_marked() -> None:
    counts = build([[40], *[[0]] * 11, *[[1], [0], [0], [0]] * 3], [100] * 24)
    (row,) = compute_keyness(counts, np.arange(12), np.arange(12, 24), min_articles=4).to_pylist()
    assert row["g2_p"] < 1e-6 < 0.1 < row["p"]
    assert row["status"] == "one article" and row["top_article_share"] == 1.0


def test_long_articles_do_not_lack_every_rare_phrase() -> None:
    # 40 articles of 4,000 words without the phrases, 200 of 100 to 300 words; each phrase stands in 6 of the latter.
    drawn = np.random.default_rng(5)
    words = np.concatenate((np.full(40, 400.0), drawn.integers(100, 300, 200)))
    matrix = np.zeros((240, 26))
    for phrase in range(26):
        matrix[40 + drawn.choice(200, 6, replace=False), phrase] = 1
    table = compute_keyness(build(matrix, words), np.arange(40), np.arange(40, 240), resamples=0)
    assert min(table["p"].to_pylist()) > 0.2


def test_articles_are_the_unit() -> None:
    drawn = np.random.default_rng(3)
    mean = drawn.gamma(0.5 / 4, 4.0, size=(100, 26))  # variance five times the mean
    table = compute_keyness(build(drawn.poisson(mean), [500] * 100), np.arange(50), np.arange(50, 100), resamples=0)
    p, g2_p = (np.array(table[c].to_pylist(), dtype=float) for c in ("p", "g2_p"))
    assert (p <= 0.05).mean() < 0.12 < 0.2 < (g2_p <= 0.05).mean()


def test_within_events_the_mix_of_events_drops_out() -> None:
    # Every article of an event is alike; one side reports mostly the event that uses the phrase.
    events = ["flood"] * 20 + ["vote"] * 20
    counts = build([[3]] * 20 + [[0]] * 20, [100] * 40, events)
    first = np.array([*range(15), *range(20, 25)])
    others = np.setdiff1d(np.arange(40), first)
    (pooled,) = compute_keyness(counts, first, others).to_pylist()
    (matched,) = compute_keyness(counts, first, others, same_event=True).to_pylist()
    assert pooled["p"] < 0.01
    assert matched["p"] == 1.0


def test_within_events_each_event_counts_once() -> None:
    # 12 events with an article of each side; the phrase is always on the first: 1 of 4,096 ways, on two sides.
    events = [str(i) for i in range(12)] * 2
    counts = build([[1]] * 12 + [[0]] * 12, [100] * 24, events)
    (row,) = compute_keyness(counts, np.arange(12), np.arange(12, 24), same_event=True).to_pylist()
    assert row["p"] == pytest.approx(2 / 4096, rel=0.35)


def test_articles_on_other_events_are_left_out() -> None:
    events = ["shared", "shared", "own", ""]
    counts = build([[1], [1], [9], [9]], [100, 100, 100, 100], events)
    (row,) = compute_keyness(counts, np.array([0, 2]), np.array([1, 3]), same_event=True).to_pylist()
    assert (row["count"], row["other_count"], row["status"]) == (1, 1, "insufficient")
    assert math.isnan(row["p"]) and math.isnan(row["q"])


def test_a_phrase_of_neither_side_has_no_row_and_too_few_articles_no_p() -> None:
    counts = build([[1, 0, 0]] * 10 + [[0, 1, 0]] * 2 + [[0, 0, 0]] * 10 + [[0, 0, 5]], [100] * 23)
    rows = compute_keyness(counts, np.arange(11), np.arange(11, 22)).to_pylist()
    assert [(r["phrase"], r["status"]) for r in rows] == [("a", "ok"), ("b", "insufficient")]
    assert math.isnan(rows[1]["low"])


def test_q_is_benjamini_hochberg_over_the_phrases_tested() -> None:
    counts = build([[1, 1]] * 10 + [[0, 1]] * 10, [100] * 20)
    strong, weak = compute_keyness(counts, np.arange(10), np.arange(10, 20)).to_pylist()
    assert strong["q"] == pytest.approx(2 * strong["p"])
    assert weak["p"] == weak["q"] == 1.0


def test_the_same_seed_gives_the_same_and_other_phrases_do_not_matter() -> None:
    drawn = np.random.default_rng(1)
    matrix = drawn.poisson(0.7, size=(60, 5))
    sides = np.arange(30), np.arange(30, 60)
    whole = compute_keyness(build(matrix, [100] * 60), *sides, seed=4)
    assert whole.equals(compute_keyness(build(matrix, [100] * 60), *sides, seed=4))
    alone = compute_keyness(build(matrix[:, 1:2], [100] * 60), *sides, seed=4).to_pylist()[0]
    again = whole.to_pylist()[1]
    assert (alone["p"], alone["low"], alone["high"]) == (again["p"], again["low"], again["high"])


@pytest.mark.parametrize(
    "rows, others, options, message",
    [
        ([0, 1], [1, 2], {}, "both sides"),
        ([], [1, 2], {}, "no words in the own voice"),
        ([0], [3], {}, "no words in the own voice"),
        ([0], [1], {"same_event": True}, "no event"),
        ([0], [1], {"permutations": 10}, "at least 200"),
        ([0], [1], {"prior_words": 0.0}, "prior above 0"),
    ],
)
def test_bad_input_is_refused(rows: list[int], others: list[int], options: dict[str, object], message: str) -> None:
    counts = replace(build([[1], [1], [1], [0]], [10, 10, 10, 0]))
    with pytest.raises(InputError, match=message):
        compute_keyness(counts, np.array(rows, dtype=int), np.array(others, dtype=int), **options)  # type: ignore[arg-type]

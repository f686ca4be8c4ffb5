"""Contrasts of small invented outlets, worked out by hand."""

import math
import random
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.statistics import REST, Design, Measure, compute_contrasts, compute_measures
from framing.statistics.permutation import benjamini_hochberg

SHARE = Measure("share", "", "share", "x", "y")
RATE = Measure("rate", "", "per 1,000 words", "x", "w", 1000)
STANCE = Measure("stance", "", "mean weight", "s", "y")
FAST = Design(resamples=400)
PAIR = Design(pairs=[("A", "B")], rest=(), resamples=400)


def outlet(name, uses, mentions=4, **more):
    """Articles of an outlet: how many of its mentions are the name, article by article."""
    return {
        f"{name}{n:02}": (
            {"outlet": name, **{field: values[n] for field, values in more.items() if field not in ("w", "s")}},
            {
                "x": x,
                "y": mentions,
                "w": more["w"][n] if "w" in more else 100,
                "s": more["s"][n] if "s" in more else -x,
            },
        )
        for n, x in enumerate(uses)
    }


A = outlet("A", [3, 2, 4, 3, 1, 2, 3, 4, 2, 3, 3, 2])  # 32 uses in 48 mentions and 1,200 words
B = outlet("B", [1, 0, 2, 1, 1, 0, 3, 1, 0, 2, 1, 0])  # 12
C = outlet("C", [2, 1, 3, 2, 0, 2, 1, 3, 2, 2, 1, 1])  # 20


def one(table):
    (row,) = table.to_pylist()
    return row


def rows_of(table, *keys):
    return {tuple(row[k] for k in keys): row for row in table.to_pylist()}


def test_a_share_by_hand(counters):
    row = one(compute_contrasts(counters(A | B), [SHARE], PAIR))
    assert (row["outlet"], row["other"], row["measure"], row["status"]) == ("A", "B", "share", "ok")
    assert row["value"] == pytest.approx(32 / 48) and row["other_value"] == pytest.approx(12 / 48)
    assert row["difference"] == pytest.approx(20 / 48)
    assert row["ratio"] == pytest.approx(32 / 12)
    assert (row["n_articles"], row["other_articles"]) == (12, 12)
    first, second = ([c["x"] for _, c in side.values()] for side in (A, B))
    wins = sum(np.sign(a - b) for a in first for b in second)
    assert row["delta"] == pytest.approx(wins / 144)
    assert 0 < row["low"] < row["difference"] < row["high"] < 1
    assert 1 < row["ratio_low"] < row["ratio"] < row["ratio_high"]
    assert row["p"] < 0.01 and row["q"] == row["p"]


def test_columns_and_rows_stand_in_a_fixed_order(counters):
    table = compute_contrasts(counters(C | B | A), [RATE, SHARE], FAST, all_rows=True)
    assert table.column_names == [
        "outlet", "other", "measure", "value", "other_value", "difference", "low", "high", "ratio", "ratio_low",
        "ratio_high", "delta", "p", "q", "n_articles", "other_articles", "status", "matched_value", "matched_other",
        "matched_difference", "matched_low", "matched_high", "matched_p", "matched_q", "n_events", "matched_status",
        "article", "article_share",
    ]  # fmt: skip
    sides = [("A", "B"), ("A", "C"), ("B", "C"), ("A", REST), ("B", REST), ("C", REST)]
    expected = [(*side, measure) for side in sides for measure in ("rate", "share")]
    assert [(r["outlet"], r["other"], r["measure"]) for r in table.to_pylist()] == expected


def test_a_rate_is_scaled_and_its_ratio_is_not(counters):
    share, rate = compute_contrasts(counters(A | B), [SHARE, RATE], PAIR).to_pylist()
    assert rate["difference"] == pytest.approx(1000 * 20 / 1200)
    assert rate["value"] == pytest.approx(1000 * 32 / 1200)
    assert rate["ratio"] == pytest.approx(share["ratio"])
    # Every article has as many words as mentions x 25: all but the scale is the same.
    for name in ("low", "high"):
        assert rate[name] == pytest.approx(40 * share[name])
    for name in ("p", "delta", "ratio_low", "ratio_high", "article_share"):
        assert rate[name] == pytest.approx(share[name])


def test_a_mean_of_signed_weights_has_a_difference_and_no_ratio(counters):
    a = outlet("A", [0] * 12, s=[4, -2, 3, 1, -1, 2, 4, 3, -2, 1, 2, 3])  # 18 / 48
    b = outlet("B", [0] * 12, s=[-4, 2, -3, -1, 1, -2, -4, -3, 2, -1, -2, 0])  # -15 / 48
    row = one(compute_contrasts(counters(a | b), [STANCE], PAIR))
    assert row["difference"] == pytest.approx(33 / 48)
    assert math.isnan(row["ratio"]) and math.isnan(row["ratio_low"]) and math.isnan(row["ratio_high"])
    assert row["status"] == "ok" and row["p"] < 0.01


def test_one_negative_weight_anywhere_makes_a_measure_signed(counters):
    third = outlet("C", [0] * 12, s=[1] * 11 + [-1])
    rows = outlet("A", [0] * 12, s=[1, 2, 3] * 4) | outlet("B", [0] * 12, s=[1, 1, 3] * 4)
    assert one(compute_contrasts(counters(rows), [STANCE], PAIR, all_rows=True))["ratio"] == pytest.approx(24 / 20)
    assert math.isnan(one(compute_contrasts(counters(rows | third), [STANCE], PAIR, all_rows=True))["ratio"])


def test_half_a_mention_stands_in_for_none(counters):
    row = one(compute_contrasts(counters(A | outlet("B", [0] * 12)), [RATE], PAIR))
    assert row["other_value"] == 0 and row["difference"] == pytest.approx(1000 * 32 / 1200)
    assert row["ratio"] == pytest.approx(32 / 0.5)
    assert math.isnan(row["ratio_low"]) and math.isnan(row["ratio_high"])
    assert row["low"] > 0 and row["p"] < 0.001
    turned = one(compute_contrasts(counters(outlet("A", [0] * 12) | outlet("B", [1, 2] * 6)), [RATE], PAIR))
    assert turned["ratio"] == pytest.approx(0.5 / 18)


def test_the_interval_agrees_with_the_exact_one_of_two_means(counters):
    # 100 articles a side, half of them 1: 1.97 (Student, 198 degrees) times the root of two times 0.25 / 99.
    rows = outlet("A", [1, 0] * 50, mentions=1) | outlet("B", [1, 0] * 50, mentions=1)
    row = one(compute_contrasts(counters(rows), [SHARE], Design(pairs=[("A", "B")], rest=())))
    assert row["difference"] == 0
    assert (row["low"], row["high"]) == (pytest.approx(-0.14, abs=0.012), pytest.approx(0.14, abs=0.012))
    # Without the name in every fourth article of B: 0.5 and 0.25, a ratio of 2 whose logarithm has an error of 0.2.
    rows |= outlet("B", [1, 0, 0, 0] * 25, mentions=1)
    row = one(compute_contrasts(counters(rows), [SHARE], Design(pairs=[("A", "B")], rest=())))
    assert math.log(row["ratio_high"] / row["ratio_low"]) == pytest.approx(2 * 1.97 * 0.2, rel=0.12)


def test_few_articles_without_the_name_tell_less_than_many(counters):
    # None in ten articles is compatible with a share of up to a quarter, none in 500 with hardly any.
    a = outlet("A", [1, 0] * 100)
    found = {n: one(compute_contrasts(counters(a | outlet("B", [0] * n)), [SHARE], PAIR)) for n in (10, 500)}
    width = {n: row["high"] - row["low"] for n, row in found.items()}
    assert width[10] > 1.2 * width[500]


def test_one_use_in_one_article_against_none_is_insufficient(counters):
    row = one(
        compute_contrasts(counters(outlet("A", [1] + [0] * 29) | outlet("B", [0] * 30)), [SHARE], PAIR, all_rows=True)
    )
    assert row["status"] == "insufficient"


def test_two_sides_without_any_mention_have_no_ratio(counters):
    rows = outlet("A", [0] * 12) | outlet("B", [0] * 24)
    row = one(compute_contrasts(counters(rows), [RATE], PAIR, all_rows=True))
    assert math.isnan(row["ratio"])


def test_a_difference_of_shares_lies_between_minus_one_and_one(counters):
    rows = outlet("A", [0] * 30) | outlet("B", [1] * 4 + [0] * 26)
    rows["B00"][1].update(x=40, y=40)
    row = one(compute_contrasts(counters(rows), [SHARE], PAIR, all_rows=True))
    assert row["status"] == "insufficient" or row["low"] >= -1


@pytest.mark.parametrize("count, status", [(9, "insufficient"), (10, "ok")])
def test_ten_articles_with_the_denominator_are_needed_on_both_sides(counters, count, status):
    b = outlet("B", [1, 0, 2, 1, 1, 0, 3, 1, 0, 2][:count]) | {f"z{k}": ({"outlet": "B"}, {"w": 50}) for k in range(5)}
    row = one(compute_contrasts(counters(A | b), [SHARE], PAIR, all_rows=True))
    assert (row["status"], row["other_articles"]) == (status, count)
    assert np.isnan([row["low"], row["p"], row["q"], row["delta"]]).all() == (status == "insufficient")
    assert row["difference"] == pytest.approx(32 / 48 - row["other_value"])
    assert compute_contrasts(counters(A | b), [SHARE], PAIR).num_rows == (status == "ok")


def test_the_number_of_articles_can_be_set(counters):
    rows = outlet("A", [3, 2, 4, 3]) | outlet("B", [1, 0, 2, 1])
    design = Design(pairs=[("A", "B")], rest=(), min_articles=4, resamples=400)
    assert one(compute_contrasts(counters(rows), [SHARE], design))["status"] == "ok"
    assert compute_contrasts(counters(rows), [SHARE], PAIR).num_rows == 0


def test_too_few_articles_that_carry_the_number_are_insufficient(counters):
    # Uses in three articles of twelve on one side and two on the other; then in four on one side.
    few = outlet("A", [1, 1, 1] + [0] * 9) | outlet("B", [1, 1] + [0] * 10)
    assert one(compute_contrasts(counters(few), [RATE], PAIR, all_rows=True))["status"] == "insufficient"
    # 1, 1, 1, 9 uses are carried by (12)^2 / 84 = 1.7 articles.
    uneven = outlet("A", [1, 1, 1, 9] + [0] * 8) | outlet("B", [1, 1] + [0] * 10)
    assert one(compute_contrasts(counters(uneven), [RATE], PAIR, all_rows=True))["status"] == "insufficient"
    enough = outlet("A", [1, 1, 1, 1] + [0] * 8) | outlet("B", [1, 1] + [0] * 10)
    assert one(compute_contrasts(counters(enough), [RATE], PAIR, all_rows=True))["status"] == "ok"
    swapped = outlet("A", [1, 1] + [0] * 10) | outlet("B", [1, 1, 1, 1] + [0] * 8)
    assert one(compute_contrasts(counters(swapped), [RATE], PAIR, all_rows=True))["status"] == "ok"


def test_a_side_without_the_denominator_is_undefined(counters):
    silent = {f"B{k:02}": ({"outlet": "B"}, {"w": 100}) for k in range(12)}
    row = one(compute_contrasts(counters(A | silent), [SHARE], PAIR, all_rows=True))
    assert (row["status"], row["other_articles"], row["matched_status"]) == ("undefined", 0, "undefined")
    assert math.isnan(row["other_value"]) and math.isnan(row["difference"]) and math.isnan(row["ratio"])
    assert compute_contrasts(counters(A | silent), [SHARE], PAIR).num_rows == 0


def test_two_sides_that_always_do_the_same_are_not_tested(counters):
    row = one(compute_contrasts(counters(outlet("A", [4] * 12) | outlet("B", [4] * 12)), [SHARE], PAIR, all_rows=True))
    assert (row["status"], row["difference"]) == ("insufficient", 0) and math.isnan(row["p"])
    differ = one(compute_contrasts(counters(outlet("A", [4] * 12) | outlet("B", [0] * 12)), [SHARE], PAIR))
    assert differ["difference"] == 1 and differ["p"] < 1e-4


def test_the_article_that_carries_most_by_hand(counters):
    # 22 of 22 mentions in one article, and 2 of 48 in the others of A; 3 of 48 in B.
    a = outlet("A", [22, 1, 1] + [0] * 10)
    a["A00"][1]["y"] = 22
    design = Design(pairs=[("A", "B")], rest=(), min_articles=2, resamples=400)
    row = one(compute_contrasts(counters(a | outlet("B", [1, 1, 1] + [0] * 9)), [SHARE], design))
    assert row["difference"] == pytest.approx(24 / 70 - 3 / 48)
    assert row["article"] == "A00"
    assert row["article_share"] == pytest.approx((24 / 70 - 2 / 48) / (24 / 70 - 3 / 48))


def test_the_article_may_stand_on_the_other_side(counters):
    # A: 12 of 48. B: 28 of 48, of which 4 in each of B00 to B06; without one of them 24 of 44.
    row = one(compute_contrasts(counters(outlet("A", [1] * 12) | outlet("B", [4] * 7 + [0] * 5)), [SHARE], PAIR))
    assert row["article"] == "B00"
    assert row["article_share"] == pytest.approx((28 / 48 - 24 / 44) / (28 / 48 - 12 / 48))


def test_an_article_without_which_the_sign_turns_holds_more_than_all(counters):
    a = outlet("A", [30, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], mentions=40)
    b = outlet("B", [1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1], mentions=40)
    row = one(compute_contrasts(counters(a | b), [SHARE], PAIR))
    assert row["article"] == "A00"
    # 36/480 against 10/480; without A00 6/440.
    assert row["article_share"] == pytest.approx((36 / 480 - 6 / 440) / (26 / 480)) and row["article_share"] > 1


def test_no_difference_is_carried_by_no_article(counters):
    row = one(compute_contrasts(counters(outlet("A", [1, 2, 0, 1] * 3) | outlet("B", [2, 0, 1, 1] * 3)), [SHARE], PAIR))
    assert row["difference"] == 0 and row["article"] == "" and math.isnan(row["article_share"])


def test_all_others_are_the_articles_of_every_other_group(counters):
    table = compute_contrasts(counters(A | B | C), [SHARE], Design(pairs=(), resamples=400))
    found = rows_of(table, "outlet")
    assert set(table["other"].to_pylist()) == {REST} and REST == "(all others)"
    assert found[("A",)]["other_value"] == pytest.approx(32 / 96)
    assert found[("B",)]["difference"] == pytest.approx(12 / 48 - 52 / 96)
    assert found[("B",)]["other_articles"] == 24
    # The article that carries most is looked for on both sides.
    assert found[("A",)]["article"] in A | B | C


def test_the_rest_counts_outlets_too_small_to_be_compared(counters):
    small = outlet("D", [4, 4, 4])
    found = rows_of(compute_contrasts(counters(A | B | small), [SHARE], FAST, all_rows=True), "outlet", "other")
    assert found["A", "D"]["status"] == "insufficient" and found["D", REST]["status"] == "insufficient"
    assert found["A", REST]["other_value"] == pytest.approx((12 + 12) / (48 + 12))
    assert found["A", REST]["other_articles"] == 15 and found["A", REST]["status"] == "ok"


@pytest.mark.parametrize("pairs", [None, ()])  # the others are compared themselves, or only part of the rest
def test_the_rest_is_drawn_outlet_by_outlet(counters, pairs):
    # B uses the name always and C never: that they differ is no uncertainty of the rest, whose share is 1/2 each time.
    b = outlet("B", [4] * 20)
    c = outlet("C", [0] * 20)
    design = Design(pairs=pairs, rest=["A"], resamples=400)
    apart = rows_of(compute_contrasts(counters(A | b | c), [SHARE], design), "outlet", "other")["A", REST]
    mixed = {k: ({"outlet": "B"}, v) for k, (_, v) in (b | c).items()}
    together = one(compute_contrasts(counters(A | mixed), [SHARE], PAIR))
    assert apart["difference"] == pytest.approx(together["difference"])
    assert apart["high"] - apart["low"] < 0.8 * (together["high"] - together["low"])


def test_with_two_outlets_the_rest_is_the_other_one(counters):
    found = rows_of(compute_contrasts(counters(A | B), [SHARE, RATE], FAST), "outlet", "other", "measure")
    for measure in ("share", "rate"):
        pair, rest = found["A", "B", measure], found["A", REST, measure]
        for name in ("value", "difference", "low", "high", "ratio", "ratio_low", "ratio_high", "delta", "p"):
            assert rest[name] == pytest.approx(pair[name]), name
        back = found["B", REST, measure]
        assert back["difference"] == pytest.approx(-pair["difference"])
        assert (back["low"], back["high"]) == (pytest.approx(-pair["high"]), pytest.approx(-pair["low"]))
        assert back["delta"] == pytest.approx(-pair["delta"])


@pytest.mark.parametrize(
    "weights",
    [
        [4] * 12,  # no spread on either side
        [-4, 0, 0, 0] * 3,  # three articles below the mean of each side, so too few carry it
    ],
)
def test_with_two_outlets_the_rest_has_the_status_of_the_other_one(counters, weights):
    rows = outlet("A", [0] * 12, s=weights) | outlet("B", [0] * 12, s=weights)
    found = rows_of(compute_contrasts(counters(rows), [STANCE], FAST, all_rows=True), "outlet", "other")
    assert found["A", REST]["status"] == found["A", "B"]["status"]


def test_the_families_of_q_are_apart(counters):
    rows = {}
    rng = random.Random(4)
    for name in "ABCD":
        rows |= outlet(name, [rng.randint(0, 4) for _ in range(16)], event=[f"e{k // 2}" for k in range(16)])
    table = compute_contrasts(counters(rows), [SHARE, RATE], FAST, all_rows=True)
    is_rest = np.array([o == REST for o in table["other"].to_pylist()])
    for p_name, q_name in (("p", "q"), ("matched_p", "matched_q")):
        p, q = (table[n].to_numpy().copy() for n in (p_name, q_name))
        ok = np.array(table["status" if p_name == "p" else "matched_status"].to_pylist()) == "ok"
        for kind in (is_rest, ~is_rest):
            family = kind & ok
            assert family.sum() >= 4
            assert q[family].tolist() == benjamini_hochberg(p[family]).tolist()
        together = benjamini_hochberg(np.where(ok, p, np.nan))
        assert (together[ok] != q[ok]).any()


def test_the_family_is_what_was_asked_for(counters):
    every = rows_of(compute_contrasts(counters(A | B | C), [SHARE, RATE], FAST), "outlet", "other", "measure")
    row = one(compute_contrasts(counters(A | B | C), [SHARE], PAIR))
    assert row["q"] == row["p"] == pytest.approx(every["A", "B", "share"]["p"])
    # Among six tests of pairs it is the smallest, and so is the rate, which is the same here: 6 / 2.
    assert every["A", "B", "share"]["q"] == pytest.approx(3 * row["p"])


EVENTS = [f"e{k // 2}" for k in range(12)]  # six events, two articles each


def test_matched_differences_by_hand(counters):
    rows = outlet("A", [3, 2, 4, 3, 1, 2, 3, 4, 2, 3, 3, 2], event=EVENTS) | outlet(
        "B", [1, 0, 2, 1, 1, 0, 3, 1, 0, 2, 1, 0], event=EVENTS
    )
    row = one(compute_contrasts(counters(rows), [RATE], PAIR))
    # As many words in every event on both sides, so every event weighs the same; A uses the name more in all six.
    assert row["matched_difference"] == pytest.approx(row["difference"]) == pytest.approx(1000 * 20 / 1200)
    assert (row["matched_value"], row["matched_other"]) == (
        pytest.approx(row["value"]),
        pytest.approx(row["other_value"]),
    )
    assert (row["n_events"], row["matched_status"]) == (6, "ok")
    assert row["matched_p"] == pytest.approx(2 / 64) == row["matched_q"]
    # Events are often alike, 4, 4, 2, 3, 3, 4 uses more: resamples without any spread may leave a side without a bound.
    assert row["matched_low"] < row["matched_difference"] < row["matched_high"] <= 1000 * 4 / 200 + 20


def test_matched_leaves_out_events_of_one_side_and_articles_without_event(counters):
    a = outlet("A", [3, 2, 4, 3, 1, 2, 3, 4, 2, 3, 3, 2], event=[*EVENTS[:10], "only-a", ""])
    b = outlet("B", [1, 0, 2, 1, 1, 0, 3, 1, 0, 2, 1, 0], event=[*EVENTS[:10], "only-b", ""])
    row = one(compute_contrasts(counters(a | b), [SHARE], PAIR, all_rows=True))
    assert (row["n_events"], row["matched_status"], row["status"]) == (5, "insufficient", "ok")
    assert row["matched_difference"] == pytest.approx((27 - 11) / 40)  # the first ten articles of each
    assert np.isnan([row["matched_p"], row["matched_q"], row["matched_low"]]).all()
    assert row["difference"] == pytest.approx(20 / 48)  # pooled takes all


def test_an_event_counts_for_a_measure_only_with_the_denominator_on_both_sides(counters):
    rows = outlet("A", [1] * 12, event=EVENTS) | outlet("B", [1] * 12, event=EVENTS)
    for name in ("B00", "B01"):
        del rows[name][1]["y"]
    found = rows_of(compute_contrasts(counters(rows), [SHARE, RATE], PAIR, all_rows=True), "measure")
    assert (found[("share",)]["n_events"], found[("rate",)]["n_events"]) == (5, 6)


def test_without_events_nothing_is_matched(counters):
    for rows in (A | B, outlet("A", [1, 2] * 6, event=["a"] * 12) | outlet("B", [1, 0] * 6, event=["b"] * 12)):
        row = one(compute_contrasts(counters(rows), [SHARE], PAIR, all_rows=True))
        assert (row["n_events"], row["matched_status"]) == (0, "undefined")
        assert np.isnan([row["matched_difference"], row["matched_p"], row["matched_value"]]).all()


def test_the_column_of_events_can_be_chosen_or_left_out(counters):
    rows = outlet("A", [3, 2] * 6, day=EVENTS) | outlet("B", [1, 0] * 6, day=EVENTS)
    asked = {
        e: one(compute_contrasts(counters(rows), [SHARE], Design(pairs=[("A", "B")], rest=(), event=e, resamples=400)))
        for e in ("day", "event", "", "nothing")
    }
    assert [asked[e]["n_events"] for e in ("day", "event", "", "nothing")] == [6, 0, 0, 0]


def test_the_rest_is_matched_event_by_event_too(counters):
    a, b, c = (outlet(n, u, event=EVENTS) for n, u in (("A", [3] * 12), ("B", [1] * 12), ("C", [2] * 12)))
    row = rows_of(compute_contrasts(counters(a | b | c), [SHARE], FAST, all_rows=True), "outlet", "other")["A", REST]
    assert row["matched_difference"] == pytest.approx(3 / 4 - 3 / 8) and row["n_events"] == 6


def test_a_contrast_that_is_only_matched_has_a_row(counters):
    # Six articles a side on six events: too few to be pooled.
    events = [f"e{k}" for k in range(6)]
    rows = outlet("A", [3, 2, 4, 3, 2, 3], event=events) | outlet("B", [1, 0, 2, 1, 0, 1], event=events)
    row = one(compute_contrasts(counters(rows), [SHARE], PAIR))
    assert (row["status"], row["matched_status"]) == ("insufficient", "ok")
    assert math.isnan(row["p"]) and row["matched_p"] == pytest.approx(2 / 64)


def test_grouping_by_another_column_keeps_articles_without_a_value_apart(counters):
    kinds = ["left"] * 10 + ["right"] * 12 + [""] * 14
    rng = random.Random(1)
    rows = outlet("A", [rng.randint(0, 4) for _ in kinds], camp=kinds)
    table = compute_contrasts(counters(rows), [SHARE], Design(group="camp", resamples=400), all_rows=True)
    assert table.column_names[0] == "camp"
    found = rows_of(table, "camp", "other")
    assert set(found) == {("", "left"), ("", "right"), ("left", "right"), ("", REST), ("left", REST), ("right", REST)}
    assert (found["", "left"]["n_articles"], found["", "left"]["other_articles"]) == (14, 10)
    assert found["left", REST]["other_articles"] == 26


def test_chosen_pairs_keep_their_direction(counters):
    table = compute_contrasts(counters(A | B | C), [SHARE], Design(pairs=[("C", "A")], rest=["B"], resamples=400))
    assert [(r["outlet"], r["other"]) for r in table.to_pylist()] == [("C", "A"), ("B", REST)]
    assert table["difference"][0].as_py() == pytest.approx((20 - 32) / 48)


def test_what_cannot_be_compared_is_refused(counters):
    data = counters(A | B)
    with pytest.raises(InputError, match=r"outlet: no 'Z' among the articles. There are: 'A', 'B'."):
        compute_contrasts(data, [SHARE], Design(pairs=[("A", "Z")]))
    with pytest.raises(InputError, match="no 'Z' among the articles"):
        compute_contrasts(data, [SHARE], Design(pairs=(), rest=["Z"]))
    with pytest.raises(InputError, match=r"'A' is compared with itself\. Name two different ones"):
        compute_contrasts(data, [SHARE], Design(pairs=[("A", "A")]))
    with pytest.raises(InputError, match="'share' is given twice"):
        compute_contrasts(data, [SHARE, SHARE])
    with pytest.raises(InputError, match="no column 'camp'"):
        compute_contrasts(data, [SHARE], Design(group="camp"))
    for name in ("measure", "other", "p", "article", "matched_q"):
        with pytest.raises(InputError, match=f"Cannot group by '{name}'"):
            compute_contrasts(data, [SHARE], Design(group=name))


def test_one_outlet_has_nothing_to_be_compared_with(counters):
    table = compute_contrasts(counters(A), [SHARE], FAST, all_rows=True)
    assert table.num_rows == 0 and table.schema == compute_contrasts(counters(A | B), [SHARE], FAST).schema


def test_no_measures_give_no_rows(counters):
    assert compute_contrasts(counters(A | B), [], FAST, all_rows=True).num_rows == 0


def test_no_articles_give_an_empty_table(counters):
    table = compute_contrasts(counters({}), [SHARE, RATE], FAST)
    assert table.num_rows == 0 and table.schema == compute_contrasts(counters(A | B), [SHARE], FAST).schema


def test_too_few_resamples_are_bad_input(counters):
    with pytest.raises(InputError, match="resamples is 0"):
        compute_contrasts(counters(A | B), [SHARE], Design(resamples=0))


def many(names="ABC", count=14, seed=3):
    rng = random.Random(seed)
    rows = {}
    for name in names:
        lean = rng.random()
        for n in range(count):
            y = rng.randint(1, 6)
            rows[f"{name}{n:02}"] = (
                {"outlet": name, "event": f"e{rng.randint(0, 7)}"},
                {
                    "w": rng.randint(50, 900),
                    "x": sum(rng.random() < lean for _ in range(y)),
                    "y": y,
                    "s": sum(rng.choice([-0.7, -0.1, 0.3]) for _ in range(y)),
                },
            )
    return rows


def test_the_order_of_articles_changes_no_bit(counters, content):
    rows = many()
    shuffled = random.Random(9).sample(sorted(rows), len(rows))
    measures = [SHARE, RATE, STANCE]
    one_way = compute_contrasts(counters(rows), measures, FAST, all_rows=True)
    assert content(one_way) == content(compute_contrasts(counters(rows, shuffled), measures, FAST, all_rows=True))
    assert one_way.num_rows == 18 and one_way["matched_status"].to_pylist().count("ok") > 9


POOLED = ("value", "other_value", "difference", "low", "high", "ratio", "ratio_low", "ratio_high", "delta", "p",
          "article_share")  # fmt: skip
MATCHED = ("matched_value", "matched_other", "matched_difference", "matched_low", "matched_high", "matched_p")


def assert_alike(first, second, names):
    """Equal but for rounding: how a matrix product rounds hangs on its shape; permutations are in single precision."""
    assert first.num_rows == second.num_rows > 0
    for name in ("outlet", "other", "status", "matched_status", "article", "n_articles", "n_events"):
        assert first[name].to_pylist() == second[name].to_pylist(), name
    for name in names:
        near = {"rtol": 1e-4 if name == "p" else 1e-9, "atol": 1e-12}
        np.testing.assert_allclose(first[name].to_numpy(), second[name].to_numpy(), **near, err_msg=name)


def test_the_other_measures_change_a_contrast_in_rounding_at_most(counters):
    data = counters(many())
    more = [Measure(f"more{k:02}", "", "", "x", "w", 1 + k) for k in range(25)]  # more than one block
    together = compute_contrasts(data, [*more, STANCE, SHARE, RATE], FAST, all_rows=True)
    for measure in (SHARE, RATE, STANCE):
        alone = compute_contrasts(data, [measure], FAST, all_rows=True)
        chosen = together.filter(pa.array([m == measure.name for m in together["measure"].to_pylist()]))
        assert_alike(alone, chosen, (*POOLED, *MATCHED))


def uneven():
    """Two large outlets and two small ones; one measure lacks events, and one small outlet."""
    rows = many("AB", 16)
    for name in ("c", "d"):
        rows |= {k: v for k, v in many(name, 4, seed=5).items()}
    for meta, counts in rows.values():
        if meta["outlet"] != "d" and meta["event"] < "e6":
            counts["v"], counts["u"] = counts["y"], counts["x"]
    return rows


RARE = Measure("rare", "", "share", "u", "v")


def test_the_other_measures_do_not_change_how_small_outlets_are_drawn(counters):
    data = counters(uneven())
    design = Design(pairs=(), rest=["A"], resamples=400)
    alone = compute_contrasts(data, [RARE], design)
    together = compute_contrasts(data, [RARE, SHARE], design).slice(0, 1)
    assert_alike(alone, together, POOLED)


def test_the_other_measures_do_not_change_which_events_are_drawn(counters):
    data = counters(uneven())
    design = replace(PAIR, min_events=3)
    alone = compute_contrasts(data, [RARE], design, all_rows=True)
    together = compute_contrasts(data, [RARE, SHARE], design, all_rows=True).slice(0, 1)
    assert alone["n_events"].to_pylist() == [5] and not math.isnan(alone["matched_low"][0].as_py())
    assert_alike(alone, together, (*POOLED, *MATCHED))


def test_other_outlets_do_not_change_a_pair(counters):
    alone = compute_contrasts(counters(many("AB")), [SHARE, RATE, STANCE], PAIR, all_rows=True)
    more = many("AB") | {f"c{k}": v for k, v in many("C", 12, 8).items()} | many("Z", 3, 9)
    together = compute_contrasts(counters(more), [SHARE, RATE, STANCE], PAIR, all_rows=True)
    assert_alike(alone, together, (*POOLED, *MATCHED))


def test_the_seed_settles_everything_that_is_drawn(counters, content):
    data = counters(many())
    tables = [compute_contrasts(data, [SHARE], Design(resamples=400, seed=seed)) for seed in (1, 1, 2)]
    assert content(tables[0]) == content(tables[1])
    for name in ("low", "high", "ratio_low", "p", "matched_low"):
        assert tables[0][name].to_pylist() != tables[2][name].to_pylist(), name
    for name in ("difference", "delta", "article_share", "matched_difference", "matched_p"):  # eight events: exact
        assert tables[0][name].to_pylist() == tables[2][name].to_pylist(), name


def test_only_the_wanted_contrasts_are_made(counters):
    data = counters(many())
    wanted = {("A", "B", "share"), ("C", REST, "rate"), ("A", "B", "no such measure"), ("Z", "A", "share")}
    table = compute_contrasts(data, [SHARE, RATE], FAST, wanted=wanted)
    assert [(r["outlet"], r["other"], r["measure"]) for r in table.to_pylist()] == [
        ("A", "B", "share"),
        ("C", REST, "rate"),
    ]
    every = rows_of(compute_contrasts(data, [SHARE, RATE], FAST), "outlet", "other", "measure")
    for row in table.to_pylist():
        full = every[row["outlet"], row["other"], row["measure"]]
        assert (row["low"], row["high"], row["p"]) == tuple(pytest.approx(full[n]) for n in ("low", "high", "p"))
        assert row["q"] == row["p"] and row["matched_q"] == row["matched_p"]  # families of one
    assert compute_contrasts(data, [SHARE], FAST, wanted=()).num_rows == 0


def test_without_tests_there_are_differences_and_intervals_alone(counters):
    data = counters(many())
    plain, full = (compute_contrasts(data, [SHARE, RATE], FAST, tests=t) for t in (False, True))
    assert np.isnan(
        [plain[n].to_numpy() for n in ("p", "q", "delta", "matched_p", "matched_q", "matched_difference")]
    ).all()
    for name in ("difference", "low", "high", "ratio", "ratio_low", "article", "article_share", "status"):
        assert plain[name].to_pylist() == full[name].to_pylist(), name


def test_values_are_those_of_the_table_of_measures(counters):
    data = counters(many())
    measures = {
        (r["outlet"], r["measure"]): r for r in compute_measures(data, [SHARE, RATE, STANCE], resamples=100).to_pylist()
    }
    for row in compute_contrasts(
        data, [SHARE, RATE, STANCE], Design(rest=(), resamples=400), all_rows=True
    ).to_pylist():
        first, second = measures[row["outlet"], row["measure"]], measures[row["other"], row["measure"]]
        assert (row["value"], row["other_value"]) == (first["value"], second["value"])
        assert (row["n_articles"], row["other_articles"]) == (first["n_articles"], second["n_articles"])


def test_equal_means_of_weights_are_not_told_apart_by_their_rounding(counters):
    # Every mention weighs 0.1 everywhere; with this draw p of A against the rest is 0.035.
    rng = np.random.default_rng(16)
    rows = {}
    for number, y in enumerate(rng.integers(1, 6, 30).tolist()):
        rows[f"a{number:02}"] = ({"outlet": "A" if number < 14 else "B"}, {"s": sum([0.1] * y), "y": y})
    found = compute_contrasts(counters(rows), [STANCE], Design(resamples=400), all_rows=True)
    assert (np.abs(found["difference"].to_numpy()) < 1e-15).all()
    assert set(found["status"].to_pylist()) == {"insufficient"}

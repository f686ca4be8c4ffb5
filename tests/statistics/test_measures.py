import math
import random

import pytest

from framing.errors import InputError
from framing.statistics import VOICE_MEASURES, Measure, compute_measures, naming_measures

RATE = Measure("rate:x:r:own", "r", "per 1,000 words", "mentions:x:r:own", "words:own", 1000)
STANCE = Measure("stance:x:r:own", "r", "mean weight", "stance:x:r:own", "mentions:x:r:own")
ROWS = {
    "d1": (
        {"outlet": "Dawn", "genre": "news"},
        {"words:own": 150, "words:quoted": 50, "mentions:x:r:own": 3, "stance:x:r:own": -1.5},
    ),
    "d2": ({"outlet": "Dawn", "genre": "opinion"}, {"words:own": 100, "mentions:x:r:own": 1, "stance:x:r:own": 0.5}),
    "p1": ({"outlet": "Post", "genre": "news"}, {"words:own": 40, "words:attributed": 60}),
}


def by_name(table, group="outlet"):
    return {(row[group], row["measure"]): row for row in table.to_pylist()}


def test_measures_counted_by_hand(counters):
    found = by_name(compute_measures(counters(ROWS), [RATE, STANCE, *VOICE_MEASURES]))
    rate = found["Dawn", "rate:x:r:own"]
    assert rate["value"] == 16  # 4 mentions in 250 words
    assert (rate["numerator"], rate["denominator"], rate["n_articles"], rate["status"]) == (4, 250, 2, "insufficient")
    # Two articles give no studentised interval; the bounds are then the articles' own rates, 10 and 20, or 0.
    assert (rate["low"], rate["high"]) == (0, 20)
    assert found["Dawn", "stance:x:r:own"]["value"] == -0.25  # (-1.5 + 0.5) / 4
    assert found["Dawn", "voice:quoted"]["value"] == pytest.approx(50 / 300)
    assert found["Post", "voice:attributed"]["value"] == 0.6


def test_a_rate_without_mentions_is_zero_and_a_mean_without_mentions_is_undefined(counters):
    found = by_name(compute_measures(counters(ROWS), [RATE, STANCE]))
    assert found["Post", "rate:x:r:own"]["value"] == 0
    stance = found["Post", "stance:x:r:own"]
    assert math.isnan(stance["value"]) and math.isnan(stance["low"]) and math.isnan(stance["high"])
    assert (stance["status"], stance["n_articles"], stance["denominator"]) == ("undefined", 0, 0)


def test_mentions_that_weigh_nothing_are_neutral_not_undefined(counters):
    rows = {"a": ({"outlet": "Dawn"}, {"mentions:x:r:own": 2})}
    (row,) = compute_measures(counters(rows), [STANCE]).to_pylist()
    assert (row["value"], row["status"]) == (0, "insufficient")


def test_rows_follow_outlets_and_then_the_measures_as_given(counters):
    table = compute_measures(counters(ROWS), [STANCE, RATE])
    assert table.column_names == [
        "outlet", "measure", "value", "low", "high", "n_articles", "numerator", "denominator", "status",
    ]  # fmt: skip
    assert table["outlet"].to_pylist() == ["Dawn", "Dawn", "Post", "Post"]
    assert table["measure"].to_pylist() == [STANCE.name, RATE.name] * 2


def test_grouping_by_another_column_names_the_column_after_it(counters):
    table = compute_measures(counters(ROWS), [RATE], group="genre")
    assert table.column_names[0] == "genre"
    found = by_name(table, "genre")
    assert found["news", RATE.name]["value"] == pytest.approx(1000 * 3 / 190)
    assert found["opinion", RATE.name]["value"] == 10


def many_articles(outlet, count, seed):
    rng = random.Random(seed)
    return {
        f"{outlet}-{n:02}": (
            {"outlet": outlet},
            {
                "words:own": rng.randint(50, 900),
                "mentions:x:r:own": rng.randint(1, 9),
                "stance:x:r:own": rng.choice([-0.7, -0.1, 0.3]),
            },
        )
        for n in range(count)
    }


def test_the_order_of_articles_changes_no_bit(counters):
    rows = many_articles("Dawn", 15, 1) | many_articles("Post", 12, 2)
    shuffled = random.Random(9).sample(sorted(rows), len(rows))
    measures = [RATE, STANCE]
    assert compute_measures(counters(rows), measures).equals(compute_measures(counters(rows, shuffled), measures))


def test_articles_of_another_outlet_change_nothing_for_an_outlet(counters):
    dawn = many_articles("Dawn", 15, 1)
    alone = compute_measures(counters(dawn), [RATE, STANCE])
    # The other outlets sort before and after, and bring ids that stand between.
    others = (
        many_articles("Ahram", 8, 2)
        | many_articles("Post", 12, 3)
        | {"Dawn-05b": ({"outlet": "Zeit"}, {"words:own": 1})}
    )
    together = compute_measures(counters(dawn | others), [RATE, STANCE])
    assert together.slice(2, 2).equals(alone)


def test_the_other_measures_change_nothing_for_a_measure(counters):
    rows = counters(many_articles("Dawn", 15, 1))
    assert compute_measures(rows, [RATE, STANCE]).slice(1).equals(compute_measures(rows, [STANCE]))


@pytest.mark.parametrize("count, status", [(9, "insufficient"), (10, "ok")])
def test_ten_articles_are_enough_by_default(counters, count, status):
    assert compute_measures(counters(many_articles("Dawn", count, 1)), [RATE])["status"].to_pylist() == [status]


def test_the_threshold_can_be_set(counters):
    assert compute_measures(counters(ROWS), [RATE], min_articles=2)["status"].to_pylist() == ["ok", "insufficient"]


def test_intervals_scale_with_the_measure(counters):
    rows = counters(many_articles("Dawn", 15, 1))
    plain = Measure("plain", "", "", RATE.numerator, RATE.denominator)
    one, thousand = compute_measures(rows, [plain, RATE]).to_pylist()
    assert thousand["low"] == 1000 * one["low"]
    assert one["low"] < one["value"] < one["high"]


def test_naming_measures_list_every_referent_that_is_mentioned(counters):
    rows = {
        "a": ({"outlet": "Dawn"}, {"mentions:x:s:quoted": 1, "mentions:x:r:own": 1, "stance:x:r:own": -2}),
        "b": ({"outlet": "Dawn"}, {"mentions:unweighed:t:own": 1}),
    }
    measures = naming_measures(counters(rows), {("x", "r"): "the rebels"})
    assert [measure.name for measure in measures] == [
        "rate:unweighed:t:own",  # a lexicon without weights has no stance
        "rate:x:r:own", "stance:x:r:own", "stance:x:r:quoted", "stance:x:r:attributed", "stance:x:r:scare",
        "rate:x:s:own", "stance:x:s:own", "stance:x:s:quoted", "stance:x:s:attributed", "stance:x:s:scare",
    ]  # fmt: skip
    assert measures[1].label == "the rebels"
    assert (measures[1].scale, measures[1].denominator) == (1000, "words:own")
    assert (measures[2].numerator, measures[2].denominator) == ("stance:x:r:own", "mentions:x:r:own")


def test_no_measures_and_no_articles_give_an_empty_table_with_its_columns(counters):
    assert compute_measures(counters(ROWS), []).num_rows == 0
    assert compute_measures(counters({}), [RATE]).schema == compute_measures(counters(ROWS), [RATE]).schema


def test_measures_that_make_no_sense_are_refused(counters):
    with pytest.raises(InputError, match="'rate:x:r:own' is given twice"):
        compute_measures(counters(ROWS), [RATE, STANCE, RATE])
    with pytest.raises(InputError, match="scale is 0"):
        Measure("m", "", "", "a", "b", 0)
    with pytest.raises(InputError, match="none twice"):
        Measure("m", "", "", ("a", "a"), "b")
    with pytest.raises(InputError, match="denominator"):
        Measure("m", "", "", "a", ())
    with pytest.raises(InputError, match="Cannot group by 'status'"):
        compute_measures(counters(ROWS), [RATE], group="status")

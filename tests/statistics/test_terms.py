import math

import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.statistics import compute_terms, find_labels

# Dawn: own voice rebels 2 (one in a headline), fighters 1; quoted rebels 1. Post: own fighters 4.
# 100 own words an article.
ROWS = {
    "d1": (
        {"outlet": "Dawn", "genre": "news"},
        {
            "words:own": 100,
            "naming:x:opp:own:headline:rebel(s)": 1,
            "naming:x:opp:own:body:rebel(s)": 1,
            "mentions:x:opp:own": 2,
            "naming:x:gov:own:body:regime": 1,
            "mentions:x:gov:own": 1,
        },
    ),
    "d2": (
        {"outlet": "Dawn", "genre": "opinion"},
        {
            "words:own": 100,
            "words:quoted": 20,
            "naming:x:opp:own:body:fighter(s)": 1,
            "mentions:x:opp:own": 1,
            "naming:x:opp:quoted:lede:rebel(s)": 1,
            "mentions:x:opp:quoted": 1,
        },
    ),
    "p1": (
        {"outlet": "Post", "genre": "news"},
        {"words:own": 100, "naming:x:opp:own:body:fighter(s)": 4, "mentions:x:opp:own": 4},
    ),
}


def mention_table(printed):
    """Mentions as {(category, term, surface): times}."""
    rows = [key for key, times in printed.items() for _ in range(times)]
    columns = (
        dict(zip(("category", "term", "surface"), map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
    )
    columns = columns or {"category": [], "term": [], "surface": []}
    table = {"module": ["naming"] * len(rows), "lexicon": ["x"] * len(rows), **columns}
    return pa.table({name: pa.array(cells, pa.string()).dictionary_encode() for name, cells in table.items()})


MENTIONS = mention_table(
    {
        ("opp", "rebel(s)", "rebels"): 2,
        ("opp", "rebel(s)", "Rebels"): 1,
        ("opp", "fighter(s)", "fighters"): 5,
        ("gov", "regime", "regime"): 1,
    }
)


def by_key(table, group="outlet"):
    return {(r[group], r["referent"], r["voice"], r["term"]): r for r in table.to_pylist()}


def test_shares_counted_by_hand(counters):
    found = by_key(compute_terms(counters(ROWS), MENTIONS))
    rebels = found["Dawn", "opp", "own", "rebel(s)"]
    assert (rebels["count"], rebels["articles"], rebels["share"], rebels["n_articles"]) == (
        2,
        1,
        pytest.approx(2 / 3),
        2,
    )
    assert rebels["per_1000"] == 10  # 2 mentions in 200 words of own voice
    assert rebels["low"] < 0.2 and rebels["high"] > 0.95 and rebels["status"] == "insufficient"  # two articles
    assert rebels["label"] == "rebels"
    quoted = found["Dawn", "opp", "quoted", "rebel(s)"]
    assert (quoted["count"], quoted["share"], quoted["per_1000"]) == (1, 1, 50)
    assert math.isnan(quoted["low"])  # one article
    assert found["Post", "opp", "own", "fighter(s)"]["share"] == 1


def test_a_variant_not_used_in_a_voice_is_zero_and_a_silent_voice_is_undefined(counters):
    found = by_key(compute_terms(counters(ROWS), MENTIONS))
    unused = found["Dawn", "opp", "quoted", "fighter(s)"]  # Dawn quotes "rebels", never "fighters"
    assert (unused["count"], unused["share"], unused["status"]) == (0, 0, "insufficient")
    silent = found["Post", "opp", "quoted", "fighter(s)"]  # Post quotes no name at all
    assert (silent["count"], silent["n_articles"], silent["status"]) == (0, 0, "undefined")
    assert math.isnan(silent["share"]) and math.isnan(silent["low"])
    assert math.isnan(silent["per_1000"])  # nor any word in that voice
    assert found["Dawn", "gov", "quoted", "regime"]["per_1000"] == 0  # quoted words there are


def test_rows_for_every_voice_of_what_the_outlet_uses_in_order(counters):
    table = compute_terms(counters(ROWS), MENTIONS)
    keys = [(r["outlet"], r["referent"], r["voice"], r["term"]) for r in table.to_pylist()]
    voices = ("own", "quoted", "attributed", "scare")
    assert keys == [
        *[("Dawn", "gov", voice, "regime") for voice in voices],
        *[("Dawn", "opp", voice, term) for voice in voices for term in ("fighter(s)", "rebel(s)")],
        *[("Post", "opp", voice, "fighter(s)") for voice in voices],
    ]
    assert table.column_names == [
        "outlet", "lexicon", "referent", "term", "label", "voice", "count", "articles", "share", "low", "high",
        "per_1000", "n_articles", "status",
    ]  # fmt: skip


def test_shares_of_an_outlet_referent_and_voice_add_up_to_one(counters):
    sums = {}
    for row in compute_terms(counters(ROWS), MENTIONS).to_pylist():
        key = row["outlet"], row["referent"], row["voice"]
        sums[key] = sums.get(key, 0) + row["share"]
    assert sums["Dawn", "opp", "own"] == pytest.approx(1)
    assert sums["Dawn", "opp", "quoted"] == 1
    assert math.isnan(sums["Dawn", "opp", "scare"])


def test_the_order_of_articles_and_mentions_changes_no_bit(counters, content):
    backwards = MENTIONS.take(list(range(MENTIONS.num_rows))[::-1])
    shuffled = compute_terms(counters(ROWS, ["p1", "d2", "d1"]), backwards)
    assert content(shuffled) == content(compute_terms(counters(ROWS), MENTIONS))


def test_articles_of_another_outlet_change_nothing_for_an_outlet(counters, content):
    whole = compute_terms(counters(ROWS), MENTIONS)
    dawn = compute_terms(counters({key: ROWS[key] for key in ("d1", "d2")}), MENTIONS)
    assert 0 < dawn.num_rows < whole.num_rows
    assert content(whole.slice(0, dawn.num_rows)) == content(dawn)


def test_another_column_to_group_by(counters):
    found = by_key(compute_terms(counters(ROWS), MENTIONS, group="genre"), "genre")
    assert found["news", "opp", "own", "fighter(s)"]["share"] == pytest.approx(4 / 6)


def test_the_threshold_can_be_set(counters):
    found = by_key(compute_terms(counters(ROWS), MENTIONS, min_articles=2))
    assert found["Dawn", "opp", "own", "rebel(s)"]["status"] == "ok"
    assert found["Dawn", "opp", "quoted", "rebel(s)"]["status"] == "insufficient"


def test_a_term_may_hold_colons_and_a_variant_without_mentions_is_labelled_by_its_pattern(counters):
    rows = {"a": ({"outlet": "Dawn"}, {"naming:x:opp:own:body:army: free": 1, "mentions:x:opp:own": 1})}
    row = compute_terms(counters(rows), MENTIONS).to_pylist()[0]
    assert (row["term"], row["label"], row["share"]) == ("army: free", "army: free", 1)


def test_mentions_without_words_to_divide_by_have_no_rate(counters):
    rows = {"a": ({"outlet": "Dawn"}, {"naming:x:opp:own:headline:t": 1, "mentions:x:opp:own": 1})}
    assert math.isnan(compute_terms(counters(rows), MENTIONS).to_pylist()[0]["per_1000"])


def test_no_naming_gives_an_empty_table_with_its_columns(counters):
    table = compute_terms(counters({"a": ({"outlet": "Dawn"}, {"words:own": 9})}), MENTIONS)
    assert table.num_rows == 0
    assert table.schema == compute_terms(counters(ROWS), MENTIONS).schema


def test_a_name_with_a_missing_field_is_refused(counters):
    with pytest.raises(InputError, match="5 fields where 6"):
        compute_terms(counters({"a": ({"outlet": "Dawn"}, {"naming:x:opp:own:body": 1})}), MENTIONS)


@pytest.mark.parametrize(
    "printed, label",
    [
        ({"rebels": 3, "Rebels": 2}, "rebels"),
        ({"rebels": 1, "Rebels": 1}, "rebels"),  # half is not most
        ({"rebels": 2, "Rebels": 2, "REBELS": 1}, "Rebels"),
        ({"ISIS": 4, "Isis": 1}, "ISIS"),
        ({"rebel": 2, "rebels": 2, "Rebel": 1}, "rebel"),  # three against two
        ({"rebel": 1, "rebels": 1}, "rebel"),  # of equals the first
        ({"opposition\n  fighters": 1, "opposition fighters": 1, "Opposition": 1}, "opposition fighters"),
        ({"Syrian army": 2, "Syrian Army": 1}, "Syrian army"),
    ],
)
def test_the_label_is_the_usual_spelling(printed, label):
    mentions = mention_table({("opp", "t", surface): times for surface, times in printed.items()})
    assert find_labels(mentions) == {("x", "opp", "t"): label}
    backwards = mentions.take(list(range(mentions.num_rows))[::-1])
    assert find_labels(backwards) == {("x", "opp", "t"): label}


def test_mentions_of_other_modules_give_no_labels():
    mentions = mention_table({("opp", "t", "t"): 1})
    loaded = mentions.set_column(0, "module", pa.array(["loaded"]))
    assert find_labels(loaded) == {}
    assert find_labels(mention_table({})) == {}

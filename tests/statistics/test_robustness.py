"""The robustness panel, each check by hand."""

import math

import numpy as np
import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.measure import Measure
from framing.statistics import REST, Counters, Design, TermTally, check_robustness, compute_contrasts

PAIR = Design(pairs=[("A", "B")], rest=(), resamples=400)
FIELDS = ("article_id", "module", "lexicon", "category", "voice", "term")
RATE = Measure("rate:x:r:own", "", "", "mentions:x:r:own", "words:own", 1000, "", ("naming:x:r:own",))
STANCE = Measure("stance:x:r:own", "", "", "stance:x:r:own", "mentions:x:r:own", 1, "", ("naming:x:r:own",))
HEDGES = Measure("certainty.hedges.own", "", "", "certainty:c:hedge:own",
                 ("certainty:c:hedge:own", "certainty:c:boost:own"))  # fmt: skip
WEIGHTS = {"rebel(s)": 0.0, "gunmen": -1.0, "terrorist(s)": -2.0, "fighter(s)": 1.0}


class Corpus:
    """Articles of outlets, each of 100 words, with mentions of terms; the counts follow."""

    def __init__(self):
        self.meta, self.counts, self.mentions = {}, {}, []

    def add(
        self, outlet, count, terms=None, *, module="naming", lexicon="x", category="r", words=100.0, camp="", start=0
    ):
        for n in range(start, start + count):
            name = f"{outlet}{n:02}"
            self.meta.setdefault(name, {"outlet": outlet, "camp": camp, "event": ""})
            counts = self.counts.setdefault(name, {"words:own": words})
            for term, times in (terms or {}).items():
                weight = WEIGHTS.get(term, math.nan if module != "naming" else 0.0)
                self.mentions += [(name, module, lexicon, category, "own", term, weight)] * times
                key = f"{lexicon}:{category}:own"
                mention = f"mentions:{key}" if module == "naming" else f"{module}:{key}"
                counts[mention] = counts.get(mention, 0.0) + times
                if module == "naming":
                    counts[f"stance:{key}"] = counts.get(f"stance:{key}", 0.0) + times * weight
        return self

    def counters(self):
        ids = sorted(self.meta)
        rows = [(i, c, v) for i in ids for c, v in self.counts[i].items()]
        articles = {"id": ids, **{f: [self.meta[i][f] for i in ids] for f in ("outlet", "camp", "event")}}
        schema = pa.schema([("article_id", pa.string()), ("counter", pa.string()), ("value", pa.float64())])
        return Counters.from_tables(pa.table(list(zip(*rows, strict=True)), schema=schema), pa.table(articles))

    def tally(self, group="outlet"):
        schema = pa.schema([*((f, pa.string()) for f in FIELDS), ("weight", pa.float64())])
        table = pa.Table.from_pylist([dict(zip(schema.names, m, strict=True)) for m in self.mentions], schema)
        counters = self.counters()
        return TermTally(table, counters.groups(group), counters.articles["id"].to_pylist())

    def check(self, *measures, design=PAIR, all_rows=False, **options):
        counters = self.counters()
        contrasts = compute_contrasts(counters, measures, design, all_rows=all_rows)
        return check_robustness(contrasts, counters, measures, self.tally(design.group), design, **options).to_pylist()


def test_the_columns_come_behind_those_of_the_contrasts():
    corpus = Corpus().add("A", 12, {"rebel(s)": 2}).add("B", 12, {"rebel(s)": 1})
    counters = corpus.counters()
    contrasts = compute_contrasts(counters, [RATE], PAIR, all_rows=True)
    table = check_robustness(contrasts, counters, [RATE], corpus.tally(), PAIR)
    assert table.column_names[: contrasts.num_columns] == contrasts.column_names
    assert table.column_names[contrasts.num_columns :] == [
        "term", "term_share", "weights_agree", "guides_against", "own_difference", "own_low", "own_high", "survives",
        "headline_difference", "headline_low", "headline_high", "headline_status", "carried_by",
    ]  # fmt: skip


def test_no_contrasts_give_an_empty_table_with_all_columns():
    corpus = Corpus().add("A", 3, {"rebel(s)": 2}).add("B", 3, {"rebel(s)": 1})
    assert corpus.check(RATE, STANCE) == []


def test_a_tally_counts_terms_by_group_and_sums_their_weights():
    corpus = Corpus().add("A", 2, {"rebel(s)": 1, "gunmen": 2}).add("B", 1, {"gunmen": 1})
    corpus.add("B", 1, {"regime": 5}, category="g")
    terms, counts, weights = corpus.tally().of(STANCE)
    assert terms == [("x", "r", "gunmen"), ("x", "r", "rebel(s)")]
    assert counts.tolist() == [[4, 2], [1, 0]] and weights.tolist() == [[-4, 0], [-1, 0]]
    anything = Measure("m", "", "", "a", "b", 1, "", ("naming:x:*:own", "naming:*:r:own", "*:x:r:own"))
    terms, counts, _ = corpus.tally().of(anything)
    assert terms == [("x", "g", "regime"), ("x", "r", "gunmen"), ("x", "r", "rebel(s)")]
    assert counts.tolist() == [[0, 4, 2], [5, 1, 0]]  # each mention once, however many keys it fits
    only = Measure("share:x:r:own:gunmen", "", "", "n", "mentions:x:r:own", 1, "", ("naming:x:r:own",))
    assert corpus.tally().of(only)[0] == [("x", "r", "gunmen")]
    assert corpus.tally().of(Measure("m", "", "", "words:own", "sentences"))[0] == []


def test_the_term_that_carries_a_rate_by_hand():
    # 60 and 24 mentions in 1,200 words: 50 - 20 = 30. Without gunmen 36 and 12: 30 - 10 = 20. Without rebels 24 and 12.
    corpus = Corpus().add("A", 12, {"rebel(s)": 3, "gunmen": 2}).add("B", 12, {"rebel(s)": 1, "gunmen": 1})
    (row,) = corpus.check(RATE)
    assert row["difference"] == pytest.approx(30)
    assert row["term"] == "rebel(s)" and row["term_share"] == pytest.approx((30 - 10) / 30)
    assert row["carried_by"] == "term"


def test_a_term_that_works_against_the_difference_is_not_named():
    # 10 terms of one use each in A; B uses another one more often: no term holds half.
    terms = {f"t{k}": 1 for k in range(10)}
    corpus = Corpus().add("A", 12, {**terms, "gunmen": 1}).add("B", 12, {"gunmen": 2})
    (row,) = corpus.check(RATE)
    # 110 - 20 = 90; without t0 100 - 20; without gunmen 100 - 0.
    assert row["difference"] == pytest.approx(90)
    assert row["term"] == "t0" and row["term_share"] == pytest.approx(10 / 90)
    assert row["carried_by"] == ""


def test_the_term_that_carries_a_rate_which_is_nothing_on_the_other_side():
    corpus = Corpus().add("A", 12, {"rebel(s)": 3, "gunmen": 1}).add("B", 12)
    (row,) = corpus.check(RATE)
    assert row["difference"] == pytest.approx(40)
    assert row["term"] == "rebel(s)" and row["term_share"] == pytest.approx(30 / 40)
    assert row["carried_by"] == "term"


def test_the_term_that_carries_a_mean_weight_by_hand():
    # A: 24 rebels of 0 and 24 terrorists of -2, mean -1; B: 24 rebels and 12 gunmen of -1, mean -1/3.
    corpus = Corpus().add("A", 12, {"rebel(s)": 2, "terrorist(s)": 2}).add("B", 12, {"rebel(s)": 2, "gunmen": 1})
    corpus.add("A", 2, {"rebel(s)": 4}, start=12).add("B", 2, {"gunmen": 4}, start=12)
    # A: 32 rebels, 24 terrorists: -48/56. B: 24 rebels, 20 gunmen: -20/44.
    (row,) = corpus.check(STANCE, all_rows=True)
    difference = -48 / 56 + 20 / 44
    assert row["difference"] == pytest.approx(difference)
    # Without terrorists 0 + 20/44, without gunmen -48/56, without rebels -2 + 1.
    assert row["status"] == "ok" and row["term"] == "terrorist(s)"
    assert row["term_share"] == pytest.approx((difference - 20 / 44) / difference) and row["term_share"] > 1


def test_a_term_that_is_left_out_of_a_mean_no_longer_counts_below_either():
    corpus = (
        Corpus().add("A", 6, {"terrorist(s)": 3, "gunmen": 1}).add("A", 6, {"terrorist(s)": 2, "gunmen": 1}, start=6)
    )
    corpus.add("B", 6, {"rebel(s)": 2, "gunmen": 1}).add("B", 6, {"rebel(s)": 1, "gunmen": 2}, start=6)
    (row,) = corpus.check(STANCE)
    # A: 30 terrorists and 12 gunmen, -72/42. B: 18 rebels and 18 gunmen, -1/2.
    difference = -72 / 42 + 1 / 2
    assert row["difference"] == pytest.approx(difference)
    # Without terrorists -1 + 1/2, without rebels -72/42 + 1, without gunmen -2 - 0.
    assert row["term"] == "terrorist(s)" and row["term_share"] == pytest.approx(1 + 0.5 / difference)
    assert row["carried_by"] == "term"


def test_the_term_that_carries_a_share_of_cues_by_hand():
    # Hedges among hedges and boosters. A: 24 + 12 of 60, B: 12 + 12 of 84.
    corpus = Corpus()
    corpus.add("A", 12, {"perhaps": 2, "may": 1}, module="certainty", lexicon="c", category="hedge")
    corpus.add("A", 12, {"clearly": 2}, module="certainty", lexicon="c", category="boost")
    corpus.add("B", 12, {"perhaps": 1, "may": 1}, module="certainty", lexicon="c", category="hedge")
    corpus.add("B", 12, {"clearly": 5}, module="certainty", lexicon="c", category="boost")
    (row,) = corpus.check(HEDGES, all_rows=True)
    difference = 36 / 60 - 24 / 84
    assert row["difference"] == pytest.approx(difference)
    # Without "perhaps" 12/36 - 12/72, without "may" 24/48 - 12/72: the denominators lose it too.
    left = {"perhaps": 12 / 36 - 12 / 72, "may": 24 / 48 - 12 / 72}
    assert row["term"] == "perhaps" and row["term_share"] == pytest.approx(1 - left["perhaps"] / difference)
    assert left["perhaps"] < left["may"]


def test_the_term_against_all_others_takes_all_their_mentions():
    corpus = (
        Corpus().add("A", 12, {"rebel(s)": 3, "gunmen": 2}).add("B", 12, {"rebel(s)": 1}).add("C", 6, {"gunmen": 1})
    )
    (row,) = corpus.check(RATE, design=Design(pairs=(), rest=["A"], resamples=400))
    # Others: 12 rebels and 6 gunmen in 1,800 words, 10 per 1,000. Without rebels 20 - 6/1.8.
    assert row["other"] == REST and row["difference"] == pytest.approx(40)
    assert row["term"] == "rebel(s)" and row["term_share"] == pytest.approx(1 - (20 - 6 / 1.8) / 40)


def test_a_measure_of_one_term_or_of_none_names_no_term():
    corpus = Corpus().add("A", 12, {"rebel(s)": 3}).add("B", 12, {"rebel(s)": 1})
    for counts in corpus.counts.values():
        counts["sentences"] = 10
    words = Measure("w", "", "", "words:own", "sentences")
    for n in range(12):
        corpus.counts[f"A{n:02}"]["words:own"] += n
    rate, other = corpus.check(RATE, words, all_rows=True)
    assert (rate["term"], other["term"]) == ("", "")
    assert math.isnan(rate["term_share"]) and math.isnan(other["term_share"])
    assert rate["carried_by"] == "" == other["carried_by"]


VALENCE = Measure("toward.x.r.own", "", "", "toward:x:r:own", "toward-mentions:x:r:own", 1, "", ("toward:x:r:own",))


def test_sums_of_valences_belong_to_no_term():
    corpus = Corpus()
    for outlet in "AB":
        terms = {"rebel(s)": 1, "gunmen": 1 if outlet == "A" else 2}
        corpus.add(outlet, 12, terms, module="toward")
        for n in range(12):
            # The mentions' valences, and not their number, stand above.
            corpus.counts[f"{outlet}{n:02}"] |= {
                "toward:x:r:own": (2.5 if outlet == "A" else 1.5) + n % 3 / 10, "toward-mentions:x:r:own": 4.0,
            }  # fmt: skip
    (row,) = corpus.check(VALENCE, all_rows=True)
    assert row["status"] == "ok"
    assert row["term"] == "" and math.isnan(row["term_share"])


AGENTS = Measure(
    "agency.by.police.own", "", "", ("agency-agent:police:active:own",),
    ("agency-agent:police:active:own", "agency-agent:crowd:active:own"), 1, "", ("agency:harm:active:own",),
)  # fmt: skip


def test_evidence_that_is_wider_than_the_numerator_names_no_term():
    # All harm is the evidence; only what the police do stands above. The terms cannot be told apart by agent.
    corpus = Corpus()
    for outlet, police in (("A", 3), ("B", 1)):
        corpus.add(outlet, 12, {"kill": 2, "hurt": 2}, module="agency", lexicon="harm", category="active")
        for n in range(12):
            corpus.counts[f"{outlet}{n:02}"] |= {
                "agency-agent:police:active:own": police - n % 2, "agency-agent:crowd:active:own": 4 - police + n % 2
            }  # fmt: skip
    (row,) = corpus.check(AGENTS, all_rows=True)
    assert row["status"] == "ok"
    assert row["term"] == "" and math.isnan(row["term_share"])


def leaning():
    """A uses gunmen (-1) in half of its mentions, B fighters (1): means -0.5 and 0.5."""
    corpus = Corpus()
    for outlet, word in (("A", "gunmen"), ("B", "fighter(s)")):
        corpus.add(outlet, 8, {"rebel(s)": 1, word: 1}).add(outlet, 4, {"rebel(s)": 2}, start=8)
        corpus.add(outlet, 4, {word: 2}, start=12)
    return corpus


def test_weights_that_cannot_turn_a_difference_all_agree():
    # The difference is 0.5 (gunmen - fighters): at most -1 + 1 against 1 - 1, so no draw turns it.
    (row,) = leaning().check(STANCE)
    assert row["difference"] == pytest.approx(-1)
    assert row["weights_agree"] == 1.0


def test_a_difference_that_hangs_on_one_weight_turns_in_the_right_share_of_draws():
    # Both use gunmen in half of their mentions; the other half weighs -0.5 in A and 0 in B.
    corpus = Corpus()
    WEIGHTS["band(s)"] = -0.5
    try:
        for outlet, word in (("A", "band(s)"), ("B", "rebel(s)")):
            corpus.add(outlet, 8, {"gunmen": 1, word: 1}).add(outlet, 4, {"gunmen": 2}, start=8)
            corpus.add(outlet, 4, {word: 2}, start=12)
        (row,) = corpus.check(STANCE)
        assert row["difference"] == pytest.approx(-0.25)
        # Moved by up to a step: u < v for uniform u in (-1.5, 0.5) and v in (-1, 1), so 1 - 1.5^2 / 2 / 4.
        assert row["weights_agree"] == pytest.approx(1 - 1.5**2 / 8, abs=4 * math.sqrt(0.72 * 0.28 / 1000))
        # On a scale from -0.5 to 0 a half of each is held at an end: u = -0.5 in 1/2, 0 in 1/4; v = 0 in 1/2, -0.5 in
        # 1/4. u < v: where u is at its end and v is not, 3/8; where u is between, u < v, 1/4 x (1/2 + 1/8).
        (held,) = corpus.check(STANCE, scales={"x": (-0.5, 0.0)})
        assert held["weights_agree"] == pytest.approx(3 / 8 + 5 / 32, abs=4 * math.sqrt(0.25 / 1000))
    finally:
        del WEIGHTS["band(s)"]


def test_weights_are_drawn_alike_each_time_and_by_the_seed():
    agree = [
        corpus.check(STANCE, design=Design(pairs=[("A", "B")], rest=(), resamples=400, seed=seed))[0]["weights_agree"]
        for corpus, seed in ((close(), 1), (close(), 1), (close(), 2))
    ]
    assert agree[0] == agree[1] != agree[2] and 0.5 < agree[0] < 1


def close():
    corpus = Corpus()
    for outlet, word in (("A", "gunmen"), ("B", "terrorist(s)")):
        corpus.add(outlet, 8, {"rebel(s)": 1, word: 1}).add(outlet, 4, {"rebel(s)": 2}, start=8)
        corpus.add(outlet, 4, {word: 2}, start=12)
    return corpus


def test_measures_that_do_not_weigh_have_no_share_of_weights():
    (row,) = Corpus().add("A", 12, {"rebel(s)": 3, "gunmen": 1}).add("B", 12, {"rebel(s)": 1}).check(RATE)
    assert math.isnan(row["weights_agree"]) and row["guides_against"] == ""


def test_a_guide_that_weighs_a_name_otherwise_turns_a_difference():
    key = ("x", "r", "gunmen")
    guides = {
        "turns": {key: 2.0},  # means 1 and 0.5
        "levels": {key: 1.0},  # 0.5 and 0.5
        "keeps": {key: -2.0},
        "the same": {key: -1.0},
        "elsewhere": {("y", "r", "gunmen"): 2.0, ("x", "g", "gunmen"): 2.0},
    }
    (row,) = leaning().check(STANCE, guides=guides)
    assert row["guides_against"] == "levels; turns"
    assert leaning().check(STANCE)[0]["guides_against"] == ""


def test_a_guide_may_turn_one_contrast_and_leave_another():
    corpus = leaning().add("C", 16, {"terrorist(s)": 2, "rebel(s)": 1}).add("C", 4, {"rebel(s)": 2}, start=16)
    design = Design(pairs=[("A", "B"), ("B", "C")], rest=(), resamples=400)
    rows = corpus.check(STANCE, design=design, guides={"g": {("x", "r", "gunmen"): 2.0}}, all_rows=True)
    assert [r["guides_against"] for r in rows] == ["g", ""]


def differing(a=3, b=1, **more):
    corpus = Corpus()
    for outlet, uses in (("A", a), ("B", b)):
        corpus.add(outlet, 6, {"rebel(s)": uses} if uses else None).add(outlet, 6, {"rebel(s)": uses + 1}, start=6)
    return corpus


def test_a_difference_that_own_reporting_shows_too_survives():
    (row,) = differing().check(RATE, own_reporting=differing(4, 1).counters())
    assert row["p"] <= 0.05 and row["difference"] == pytest.approx(20)
    assert row["own_difference"] == pytest.approx(30)
    assert 0 < row["own_low"] < 30 < row["own_high"]
    assert row["survives"] == "yes"


@pytest.mark.parametrize("a, b", [(1, 1), (1, 3)])
def test_a_difference_that_is_gone_or_turned_in_own_reporting_does_not_survive(a, b):
    (row,) = differing().check(RATE, own_reporting=differing(a, b).counters())
    assert row["own_difference"] == pytest.approx(10 * (a - b)) and row["survives"] == "no"
    # Seen from the other side it is the same.
    (back,) = differing(1, 3).check(RATE, own_reporting=differing(b, a).counters())
    assert back["difference"] < 0 and back["survives"] == "no"


def test_a_difference_of_the_same_sign_that_may_be_nothing_does_not_survive():
    own = Corpus().add("A", 6, {"rebel(s)": 1}).add("A", 6, {"rebel(s)": 3}, start=6)
    own.add("B", 6).add("B", 6, {"rebel(s)": 3}, start=6)
    (row,) = differing().check(RATE, own_reporting=own.counters())
    assert row["own_difference"] == pytest.approx(5) and row["own_low"] < 0 < row["own_high"]
    assert row["survives"] == "no"


def test_a_negative_difference_survives_below_zero():
    (row,) = differing(1, 3).check(RATE, own_reporting=differing(1, 4).counters())
    assert row["difference"] < 0 and row["own_high"] < 0 and row["survives"] == "yes"


def test_too_little_own_reporting_is_insufficient():
    left = differing()
    for n in range(3):
        left.counts[f"A{n:02}"] = {"sentences": 1.0}  # nothing is left of three articles of twelve
    (row,) = differing().check(RATE, own_reporting=left.counters())
    assert row["survives"] == "insufficient" and math.isnan(row["own_difference"])


def test_a_name_that_stands_in_shared_text_alone_does_not_survive():
    # Twelve articles a side are left, and none of them uses the name.
    (row,) = differing(3, 0).check(RATE, own_reporting=Corpus().add("A", 12).add("B", 12).counters())
    assert row["p"] <= 0.05
    assert row["survives"] == "no" and row["own_difference"] == 0


def test_what_does_not_differ_is_not_asked_whether_it_survives():
    same = Corpus().add("A", 12, {"rebel(s)": 1}).add("B", 12, {"rebel(s)": 1})
    for n in range(6):
        for outlet in "AB":
            same.counts[f"{outlet}{n:02}"]["mentions:x:r:own"] = 2.0
    (row,) = same.check(RATE, own_reporting=same.counters(), headlines=same.counters())
    assert row["p"] > 0.05
    assert (row["survives"], row["headline_status"]) == ("", "") and math.isnan(row["own_difference"])


def test_without_the_counts_nothing_is_said_of_own_reporting_and_headlines():
    (row,) = differing().check(RATE)
    assert (row["survives"], row["headline_status"]) == ("", "")
    assert np.isnan([row["own_difference"], row["headline_difference"], row["headline_low"]]).all()


def test_headlines_are_compared_on_their_own():
    (row,) = differing().check(RATE, headlines=differing(1, 2).counters())
    assert row["headline_difference"] == pytest.approx(-10) and row["headline_status"] == "ok"
    assert row["headline_low"] < -10 < row["headline_high"]
    few = Corpus().add("A", 12).add("B", 12).add("A", 2, {"rebel(s)": 1})
    (row,) = differing().check(RATE, headlines=few.counters())
    assert row["headline_status"] == "insufficient" and math.isnan(row["headline_difference"])


def test_own_reporting_is_compared_with_all_others_too():
    corpus = differing().add("C", 12, {"rebel(s)": 1})
    own = differing(4, 1).add("C", 12, {"rebel(s)": 2})
    (row,) = corpus.check(RATE, design=Design(pairs=(), rest=["A"], resamples=400), own_reporting=own.counters())
    assert row["own_difference"] == pytest.approx(45 - 10 * (18 + 24) / 24) and row["survives"] == "yes"


def test_a_contrast_is_carried_by_an_article_a_term_or_both():
    # One article holds nearly all uses, and they are of one term.
    corpus = Corpus().add("A", 12, {"rebel(s)": 1, "gunmen": 1}).add("B", 12, {"rebel(s)": 1, "gunmen": 1})
    corpus.add("A", 1, {"gunmen": 40}, start=0)
    (row,) = corpus.check(RATE, all_rows=True)
    assert row["article"] == "A00" and row["article_share"] > 0.5 and row["term"] == "gunmen"
    assert row["carried_by"] == "article and term"
    # The same article with 20 uses of each of two terms.
    corpus = (
        Corpus()
        .add("A", 12, {"rebel(s)": 1, "gunmen": 1, "band": 1})
        .add("B", 12, {"rebel(s)": 1, "gunmen": 1, "band": 1})
    )
    corpus.add("A", 1, {"gunmen": 20, "rebel(s)": 20, "band": 20}, start=0)
    (row,) = corpus.check(RATE, all_rows=True)
    assert row["term_share"] == pytest.approx(1 / 3) and row["carried_by"] == "article"


def test_half_is_enough_to_carry():
    # 40 - 20: each of two terms holds one half.
    corpus = Corpus().add("A", 12, {"rebel(s)": 2, "gunmen": 2}).add("B", 12, {"rebel(s)": 1, "gunmen": 1})
    (row,) = corpus.check(RATE, all_rows=True)
    assert row["term_share"] == 0.5 and row["carried_by"] == "term"


@pytest.mark.parametrize("name", ["term", "survives"])
def test_a_group_named_like_a_column_of_the_panel_is_refused(name):
    corpus = differing()
    counters = corpus.counters()
    articles = counters.articles.rename_columns(["id", "outlet", name, "event"])
    counters = Counters(
        articles.set_column(2, name, [articles["outlet"].combine_chunks()]), counters.names, counters.matrix
    )
    design = Design(group=name, resamples=400)
    table = compute_contrasts(counters, [RATE], design)
    tally = TermTally(
        pa.table({f: pa.array([], pa.string()) for f in FIELDS} | {"weight": pa.array([], pa.float64())}),
        counters.groups(name),
        counters.articles["id"].to_pylist(),
    )
    with pytest.raises(InputError, match=f"Cannot group by '{name}'"):
        check_robustness(table, counters, [RATE], tally, design)[name]


def test_another_column_can_be_compared():
    corpus = Corpus()
    corpus.add("A", 12, {"rebel(s)": 3, "gunmen": 1}, camp="left").add("B", 12, {"rebel(s)": 1}, camp="right")
    (row,) = corpus.check(RATE, design=Design(group="camp", rest=(), resamples=400), own_reporting=corpus.counters())
    assert (row["camp"], row["other"], row["survives"]) == ("left", "right", "yes")
    assert row["term"] == "rebel(s)" and row["term_share"] == pytest.approx(20 / 30)

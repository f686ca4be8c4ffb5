"""Contrasts of an analysis, end to end on invented articles."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

import framing
from framing import store
from framing.comparisons import (
    MOST_OUTLETS,
    compute_comparisons,
    flip,
    largest_pairs,
    list_contrasted,
    read_articles,
    read_headlines,
    read_metadata,
    read_own_reporting,
    read_quotations,
    weigh_by_guides,
)
from framing.errors import InputError
from framing.lexicon import Category, Lexicon, Term
from framing.measure import Measure
from framing.statistics import REST
from framing.text import Article

PLACES = "river market school bridge harvest winter council engine garden village doctor teacher copper letter".split()
STORY = (
    "The terrorists entered the old town before dawn and held the bridge for nine hours, while families waited in the "
    "cellars and the water ran out. By noon the terrorists had left the square, the market stood empty, and nobody "
    "could tell when the trains would run again across the long valley."
)
SIDEBAR = (
    "A second convoy of terrorists waited beyond the quarry all week, with eleven lorries, two cranes and a field "
    "kitchen, and turned back when snow closed the upper pass and the last of the diesel had been sold in the harbour."
)


def write(rng: random.Random, words: Sequence[str]) -> str:
    """Sentences that nobody else prints, each with one of some words."""
    return " ".join(f"The {word} crossed the {' '.join(rng.choice(PLACES) for _ in range(9))}." for word in words)


def corpus() -> list[Article]:
    """Three outlets, twelve articles each, one on each event: North says rebels and terrorists, the others rebels and
    government. One agency story stands in all three, and one more in twelve articles of East and North."""
    rng = random.Random(3)
    articles = []
    for outlet in ("North", "South", "East"):
        for n in range(12):
            words = ["rebels", "terrorists" if outlet == "North" and n % 3 else "government"]
            text = write(rng, words)
            if n == 0:
                text += f"\n\n{STORY} (Reuters)"
            title = "Terrorists flee" if outlet == "South" and n < 11 else "What happened"
            articles.append(
                Article(
                    f"{outlet}{n:02}",
                    outlet,
                    text,
                    title=title,
                    date=f"2031-01-{n + 1:02}",
                    event=f"e{n}",
                    genre="news" if n % 2 else "opinion",
                )
            )
    return articles


def wire_corpus() -> list[Article]:
    """West prints one agency's text in most of its articles, and else words as South does."""
    rng = random.Random(5)
    articles = []
    for outlet in ("South", "West", "Agency Post"):
        for n in range(14):
            text = write(rng, ["rebels", "rebels" if n % 4 else "terrorists"])
            if outlet == "West" and n < 10:
                text += f"\n\n{STORY if n % 2 else SIDEBAR} (Reuters)"
            if outlet == "Agency Post" and n < 2:
                text += f"\n\n{STORY if n % 2 else SIDEBAR} (Reuters)"
            articles.append(Article(f"{outlet}{n:02}", outlet, text, date="2031-02-01", event=f"e{n}"))
    return articles


def analyse(articles: Sequence[Article], lexicon: Lexicon, folder: Path, **options) -> framing.Analysis:
    return framing.analyse(articles, lexicon, folder, modules=["naming"], resamples=300, **options)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(
        name="small", module="naming", title="A small lexicon", language="en", version="1.0.0", licence="CC0-1.0",
        scale=(-2.0, 2.0), scale_meaning="direction toward the party named",
        categories={
            "fighters": Category("fighters", "The fighters", "armed-group"),
            "government": Category("government", "The government", "government"),
        },
        terms=(
            Term("rebel(s)", "fighters", 0.0), Term("terrorist(s)", "fighters", -2.0),
            Term("government", "government", 0.0), Term("regime", "government", -1.0),
        ),
        sha256="0" * 64,
    )  # fmt: skip


@pytest.fixture(scope="module")
def analysis(lexicon, tmp_path_factory) -> framing.Analysis:
    return analyse(corpus(), lexicon, tmp_path_factory.mktemp("comparisons") / "out")


@pytest.fixture(scope="module")
def wire(lexicon, tmp_path_factory) -> framing.Analysis:
    return analyse(wire_corpus(), lexicon, tmp_path_factory.mktemp("wire") / "out")


def contrast(analysis, first, other, measure):
    found = [
        r for r in analysis.table("contrasts") if (r["outlet"], r["other"], r["measure"]) == (first, other, measure)
    ]
    assert len(found) == 1
    return found[0]


def sums(rows):
    found: dict[str, float] = {}
    for row in rows:
        found[row["counter"]] = found.get(row["counter"], 0.0) + row["value"]
    return found


def test_the_tables_are_there_and_read_back(analysis) -> None:
    again = framing.open(analysis.path)
    for name in ("contrasts", "copies", "passages", "copy_pairs", "own_counts", "headline_counts"):
        assert len(again.table(name)), name
        assert list(again.table(name)) and again.table(name).columns == store.column_names(analysis.path, name), name
    assert again.table("own_counts").columns == ["article_id", "counter", "value"]
    assert [r["outlet"] for r in again.table("copies")].count("North") == 12


def test_numbers_of_a_contrast_by_hand(analysis) -> None:
    # Own voice: North 12 rebels, 8 terrorists and 2 in the story, which ends in reported speech; South 12, 0 and 2.
    row = contrast(analysis, "North", "South", "share:small:fighters:own:terrorist(s)")
    assert (row["value"], row["other_value"]) == (pytest.approx(10 / 22), pytest.approx((2 + 11) / (14 + 11)))
    assert row["n_events"] == 12 and row["status"] == "ok"


def test_a_story_of_an_agency_is_credited_once(analysis) -> None:
    passages = list(analysis.table("passages"))
    assert [(r["article_id"], r["credited"], r["origin"]) for r in passages] == [
        (f"{outlet}00", "shared", "(shared text)") for outlet in ("East", "North", "South")
    ]
    own = list(analysis.table("own_counts"))
    story = [r for r in own if r["article_id"].startswith("shared:")]
    assert len({r["article_id"] for r in story}) == 1
    assert sums(story)["naming:small:fighters:own:lede:terrorist(s)"] == 2
    assert sums(story)["mentions:small:fighters:own"] == 2
    # All own reporting and the story, together: three times the story less twice.
    changed = {r["article_id"] for r in own}
    kept = [r for r in analysis.table("counts") if r["article_id"] not in changed]
    once, printed = sums([*kept, *own]), sums(analysis.table("counts"))
    for counter in ("mentions:small:fighters:own", "stance:small:fighters:own", "words:own", "words:attributed"):
        assert once[counter] == printed[counter] - 2 * sums(story)[counter], counter
    assert sums(story)["stance:small:fighters:own"] == -4


def test_own_reporting_leaves_out_text_without_an_outlet(analysis) -> None:
    articles = read_metadata(analysis.path)
    own = read_own_reporting(analysis.path, articles)
    assert own is not None and own.articles.num_rows == 36
    column = own.combine([("mentions:small:fighters:own",)]).toarray()[:, 0]
    found = dict(zip(own.articles["id"].to_pylist(), column.tolist(), strict=True))
    assert (found["East00"], found["North00"], found["North01"], found["South00"]) == (1, 1, 2, 2)  # one in a headline


def test_an_article_of_which_nothing_is_left_is_no_longer_counted(lexicon, tmp_path) -> None:
    texts = [f"{STORY} (Reuters)"] * 2 + ["The rebels met the government."]
    articles = [Article(f"a{n}", f"Outlet {n}", text, date="2031-01-01") for n, text in enumerate(texts)]
    found = analyse(articles, lexicon, tmp_path / "out")
    own = [r for r in found.table("own_counts") if r["article_id"] in ("a0", "a1")]
    counters = read_own_reporting(found.path, read_metadata(found.path))
    assert counters is not None
    total = dict(zip(counters.articles["id"].to_pylist(), counters.matrix.sum(axis=1).tolist(), strict=True))
    assert {r["article_id"] for r in own} == {"a0", "a1"}
    assert sum(r["value"] for r in own if r["counter"].startswith("mentions:")) == 0
    assert total["a0"] <= 1 and total["a2"] > 5  # at most the word of the credit


def test_a_difference_that_rests_on_shared_text_does_not_survive(wire) -> None:
    row = contrast(wire, "South", "West", "share:small:fighters:own:terrorist(s)")
    assert row["p"] <= 0.05 and row["difference"] < 0
    assert row["survives"] == "no"
    assert abs(row["own_difference"]) < abs(row["difference"]) / 4 and row["own_low"] < 0 < row["own_high"]


def test_a_difference_in_own_words_survives(analysis) -> None:
    row = contrast(analysis, "East", "North", "share:small:fighters:own:terrorist(s)")
    assert row["p"] <= 0.05
    assert row["own_difference"] == pytest.approx(0 - 8 / 20) and row["survives"] == "yes"


def test_headlines_count_nothing_but_headlines(analysis) -> None:
    found = list(analysis.table("headline_counts"))
    mentions = [(r["article_id"], r["value"]) for r in found if r["counter"] == "mentions:small:fighters:own"]
    assert mentions == [(f"South{n:02}", 1) for n in range(11)]
    assert not [r for r in found if "rebel" in r["counter"] or "government" in r["counter"]]
    assert sums(found)["words:own"] == 36 * 2
    counters = read_headlines(analysis.path, read_metadata(analysis.path))
    assert counters is not None and counters.articles.num_rows == 36


def test_headlines_are_compared_where_there_is_a_difference(analysis) -> None:
    # South heads eleven of twelve articles with terrorists: the rate in headlines, per 1,000 of their words.
    row = contrast(analysis, "South", REST, "rate:small:fighters:own")
    assert row["headline_status"] == "ok" and row["headline_difference"] == pytest.approx(1000 * 11 / 24)
    rows = [r for r in analysis.table("contrasts") if r["p"] > 0.05]
    assert rows and {r["headline_status"] for r in rows} == {""}


def test_terms_and_weights_are_looked_at(analysis) -> None:
    row = contrast(analysis, "East", "North", "stance:small:fighters:own")
    # Without either of two names nothing is left to differ.
    assert row["term_share"] == pytest.approx(1) and row["carried_by"].endswith("term")
    assert 0.5 < row["weights_agree"] <= 1


def test_guides_weigh_the_names_of_a_lexicon(analysis) -> None:
    weights = weigh_by_guides(analysis.lexicon_records("naming"))
    keys = {key for found in weights.values() for key in found}
    assert keys and all(lexicon == "small" for lexicon, _, _ in keys)
    assert ("small", "fighters", "terrorist(s)") in keys
    assert weigh_by_guides([]) == {}


def test_without_contrasts_the_tables_are_missing_and_it_says_what_to_do(lexicon, tmp_path) -> None:
    analyse(corpus()[:6], lexicon, tmp_path / "out", contrasts=False)
    opened = framing.open(tmp_path / "out")
    for name in ("contrasts", "copies", "passages", "copy_pairs", "own_counts"):
        assert not (tmp_path / "out" / f"{name}.parquet").exists()
        with pytest.raises(
            InputError, match=f"table {name} is not there: the analysis was made without contrasts. Make"
        ):
            opened.table(name)
    assert len(opened.table("headline_counts")) and len(opened.table("measures"))
    assert read_own_reporting(tmp_path / "out", read_metadata(tmp_path / "out")) is None


def test_contrasts_can_be_asked_for_later_without_the_stored_ones(lexicon, analysis, tmp_path) -> None:
    plain = analyse(corpus(), lexicon, tmp_path / "out", contrasts=False)
    name = "share:small:fighters:own:terrorist(s)"
    (row,) = plain.contrasts("East", "North", measures=[name])
    stored = contrast(analysis, "East", "North", name)
    for column in ("difference", "low", "high", "p", "delta", "matched_p", "term_share"):
        assert row[column] == pytest.approx(stored[column], nan_ok=True), column
    assert row["q"] == row["p"] and row["survives"] == ""  # a family of one; shared text was not looked for


def test_another_column_of_the_articles_can_be_compared(analysis) -> None:
    found = list(analysis.contrasts(by="genre", measures=["rate:"]))
    assert {(r["genre"], r["other"]) for r in found} >= {("news", "opinion"), ("news", REST), ("opinion", REST)}
    assert {(r["n_articles"], r["other_articles"]) for r in found} == {(18, 18)}
    with pytest.raises(InputError, match="no column 'country'"):
        analysis.contrasts(by="country")


@pytest.mark.parametrize("name", ["rate:small:fighters:own", "share:small:fighters:own:terrorist(s)"])
def test_a_contrast_is_the_same_from_the_other_side(analysis, name) -> None:
    (there,), (back,) = (
        list(analysis.contrasts(*pair, measures=[name])) for pair in (("East", "North"), ("North", "East"))
    )
    assert (there["outlet"], back["outlet"], back["other"]) == ("East", "North", "East")
    for prefix in ("", "matched_", "own_", "headline_"):
        assert back[f"{prefix}difference"] == pytest.approx(-there[f"{prefix}difference"], nan_ok=True)
        assert back[f"{prefix}low"] == pytest.approx(-there[f"{prefix}high"], nan_ok=True)
        assert back[f"{prefix}high"] == pytest.approx(-there[f"{prefix}low"], nan_ok=True)
    assert (back["value"], back["matched_value"]) == (there["other_value"], there["matched_other"])
    assert back["ratio"] == pytest.approx(1 / there["ratio"])
    assert back["ratio_low"] == pytest.approx(1 / there["ratio_high"], nan_ok=True)
    assert back["delta"] == -there["delta"] and back["p"] == there["p"] and back["survives"] == there["survives"]


def test_flipping_twice_gives_the_same_table(analysis, tmp_path) -> None:
    table = analysis.table("contrasts").arrow
    pairs = table.filter(pa.array([o != REST for o in table["other"].to_pylist()]))
    twice = flip(flip(pairs))
    assert twice.column_names == pairs.column_names
    for name in ("outlet", "other", "p", "term", "n_articles", "other_articles", "low", "matched_high"):
        assert repr(twice[name].to_pylist()) == repr(pairs[name].to_pylist()), name


def test_every_pair_of_the_outlets_with_most_articles() -> None:
    groups = [(f"o{n:02}", range(n // 2 + 1)) for n in range(MOST_OUTLETS + 4)]
    pairs = largest_pairs(groups)
    assert len(pairs) == MOST_OUTLETS * (MOST_OUTLETS - 1) // 2
    assert pairs == sorted(pairs) and all(a < b for a, b in pairs)
    assert {label for pair in pairs for label in pair} == {label for label, _ in groups[4:]}
    assert largest_pairs([("b", [1]), ("a", [2])]) == [("a", "b")]
    assert largest_pairs([("a", [1])]) == []


def test_every_measure_is_compared() -> None:
    names = ["mentions:x:r:own", "naming:x:r:own:body:one", "naming:x:r:own:lede:two", "stance:x:r:own", "words:own"]
    found = [m.name for m in list_contrasted(names, [Measure("loaded.x", "", "", "a", "b")], {("x", "r"): "R"}, {})]
    assert found == [
        "voice:quoted", "voice:attributed", "rate:x:r:own", "stance:x:r:own", "stance:x:r:quoted",
        "stance:x:r:attributed", "stance:x:r:scare", "share:x:r:own:one", "share:x:r:own:two", "loaded.x",
    ]  # fmt: skip


def test_only_the_beginnings_asked_for_are_computed(analysis) -> None:
    options = {"min_articles": 10, "resamples": 300, "seed": 2017}
    records = analysis.lexicon_records()
    table = compute_comparisons(
        analysis.path, [], records, options, pairs=[("South", "North")], rest=(), wanted=["rate:", "voice:"]
    )
    assert {(r["outlet"], r["other"]) for r in table.to_pylist()} == {("South", "North")}
    assert {m.split(":")[0] for m in table["measure"].to_pylist()} <= {"rate", "voice"}
    with pytest.raises(InputError, match="no 'Nobody' among the articles"):
        compute_comparisons(analysis.path, [], records, options, pairs=[("South", "Nobody")])


def test_stored_articles_and_their_quotations_are_read_back(lexicon, tmp_path) -> None:
    text = "The rebels left. “The terrorists left the town,” the minister said. He added that the regime fell."
    found = analyse(
        [Article("a1", "North", text, title="“Rebels” leave"), Article("a2", "South", "Nothing.")],
        lexicon,
        tmp_path / "out",
    )
    assert [(a.id, a.text) for a in read_articles(found.path)] == [("a1", text), ("a2", "Nothing.")]
    quotations = read_quotations(found.path)
    assert [text[a:b].strip(" ,“”") for a, b in quotations.pop("a1")] == ["The terrorists left the town"]
    assert not quotations  # no attributed words, and nothing of the headline


def test_one_outlet_alone_gives_an_empty_table(lexicon, tmp_path) -> None:
    found = analyse([a for a in corpus() if a.outlet == "North"], lexicon, tmp_path / "out")
    assert len(found.table("contrasts")) == 0 and "survives" in found.table("contrasts").columns


def test_two_runs_and_any_order_give_the_same_bytes(lexicon, analysis, tmp_path) -> None:
    analyse(corpus(), lexicon, tmp_path / "again")
    shuffled = random.Random(4).sample(corpus(), 36)
    analyse(shuffled, lexicon, tmp_path / "shuffled")
    for name in ("contrasts", "copies", "passages", "own_counts", "headline_counts"):
        first = (analysis.path / f"{name}.parquet").read_bytes()
        assert (tmp_path / "again" / f"{name}.parquet").read_bytes() == first, name
    for name in ("contrasts", "copies", "passages"):
        first = (analysis.path / f"{name}.parquet").read_bytes()
        assert (tmp_path / "shuffled" / f"{name}.parquet").read_bytes() == first, name


def test_two_workers_give_the_same_bytes(lexicon, analysis, tmp_path) -> None:
    analyse(corpus(), lexicon, tmp_path / "two", workers=2)
    for name in ("contrasts", "copies", "passages", "copy_pairs", "own_counts", "headline_counts"):
        assert (tmp_path / "two" / f"{name}.parquet").read_bytes() == (
            analysis.path / f"{name}.parquet"
        ).read_bytes(), name


def test_hostile_names_of_outlets_go_through_unharmed(lexicon, tmp_path) -> None:
    rename = {"North": '=HYPERLINK("x")', "South": "a\x1fb;\n<script>", "East": "Ünïcode 🗞"}
    articles = [Article(a.id, rename[a.outlet], a.text, title=a.title, date=a.date, event=a.event) for a in corpus()]
    found = analyse(articles, lexicon, tmp_path / "out")
    assert {r["outlet"] for r in found.table("contrasts")} == set(rename.values())
    assert "\n'=HYPERLINK" in store.format_csv(found.table("contrasts").arrow).replace("\"'=", "'=")


def test_bounds_that_do_not_exist_are_null_in_json() -> None:
    def refuse(constant: str) -> float:
        raise ValueError(constant)

    table = pa.table({"low": [-math.inf, 1.0], "high": [math.nan, math.inf]})
    assert json.loads(store.format_json(table), parse_constant=refuse)[0] == {"low": None, "high": None}


def test_counts_are_of_this_analysis(analysis, tmp_path) -> None:
    with pytest.raises(InputError, match="is unknown"):
        read_headlines(analysis.path, read_metadata(analysis.path).slice(0, 20))

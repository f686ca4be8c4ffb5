"""The scorer of casualties: gold sentences, counters and evidence, the table, voices."""

from __future__ import annotations

import math
import sys
from collections import Counter
from pathlib import Path

import pytest

from framing.annotation import Annotator
from framing.corpus import read_corpus
from framing.lexicon import read_lexicons
from framing.scorers import casualties
from framing.scorers.counts import Scored
from framing.text import Article
from framing.voice import VOICES

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import casualty_accuracy as accuracy

TEXT = (
    "An air strike on Sarm killed at least 27 people and wounded 61 shoppers, rescue workers said.\n\n"
    "The army puts the toll at 31, up from 27 on Monday. “Dozens are missing,” said Ghada Maarouf.\n\n"
    "A man was killed in 2014."
)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(read_lexicons(module="casualties"))


@pytest.fixture(scope="module")
def scored(annotator: Annotator) -> Scored:
    return casualties.score(
        annotator([Article("a", "outlet", TEXT, "12 dead in Sarm"), Article("b", "outlet", "Rain.")])
    )


def values(scored: Scored) -> dict[tuple[int, str], float]:
    """Value of each counter of each article."""
    counts = scored.counts
    rows = zip(counts.article.tolist(), counts.counter.tolist(), counts.value.tolist(), strict=True)
    return {(article, counts.names[counter]): value for article, counter, value in rows}


@pytest.mark.parametrize("split", ["build", "held"])
def test_gold_sentences_are_wholly_right(split):
    gold = accuracy.read_gold(split)
    found = accuracy.read_found(list(gold))
    assert len(gold) >= (150 if split == "build" else 70)
    assert len(accuracy.exact_sentences(gold, found)) / len(gold) >= 0.95
    shares = {f: right / total for f, (right, total) in accuracy.compare_fields(gold, found).items()}
    assert min(shares.values()) >= 0.95, shares


def test_the_gold_is_wide_and_half_of_it_made_of_traps_or_long_sentences():
    gold = accuracy.read_gold()
    rows = [row for rows in gold.values() for row in rows]
    assert len(gold) >= 200
    assert {r["kind"] for r in rows} == set(casualties.KINDS)
    assert {r["relation"] for r in rows} == {"total", "including", "further", "earlier"}
    assert sum(not rows for rows in gold.values()) >= 60
    assert sum(len(rows) > 1 for rows in gold.values()) >= 25


def test_the_table_holds_what_is_printed(scored):
    table = scored.tables["casualties"]
    assert (
        table.column_names
        == (
            "article_id section start end voice figure low high kind victims group verb credited hedge relation "
            "sentence_start sentence_end"
        ).split()
    )
    rows = [
        (r["section"], r["figure"], r["kind"], r["victims"], r["group"], r["verb"], r["credited"], r["hedge"],
         r["relation"], r["voice"])
        for r in table.to_pylist()
    ]  # fmt: skip
    assert rows == [
        ("headline", "12", "dead", "", "", "dead", "", "", "total", "own"),
        ("lede", "27", "dead", "people", "people", "killed", "rescue workers", "at least", "total", "attributed"),
        ("lede", "61", "wounded", "shoppers", "civilians", "wounded", "rescue workers", "", "total", "attributed"),
        ("body", "31", "dead", "", "", "toll", "The army", "", "total", "own"),
        ("body", "27", "dead", "", "", "toll", "The army", "", "earlier", "own"),
        ("body", "Dozens", "missing", "", "", "missing", "Ghada Maarouf", "", "total", "quoted"),
    ]
    ends = [(r["low"], r["high"]) for r in table.to_pylist()]
    assert ends[:5] == [(12, 12), (27, 27), (61, 61), (31, 31), (27, 27)]
    assert ends[5][0] == 24 and math.isnan(ends[5][1])


def test_offsets_lead_back_to_the_text(scored):
    for row in scored.tables["casualties"].to_pylist():
        text = "12 dead in Sarm" if row["section"] == "headline" else TEXT
        assert text[row["start"] : row["end"]] == row["figure"]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"]
        assert row["figure"] in text[row["sentence_start"] : row["sentence_end"]]


def test_counters(scored):
    assert values(scored) == {
        (0, "casualties:figures:dead:own"): 3, (0, "casualties:figures:dead:attributed"): 1,
        (0, "casualties:figures:wounded:attributed"): 1, (0, "casualties:figures:missing:quoted"): 1,
        (0, "casualties:given:own"): 3, (0, "casualties:given:attributed"): 2, (0, "casualties:given:quoted"): 1,
        (0, "casualties:hedged:attributed"): 1,
        (0, "casualties:credited:own"): 2, (0, "casualties:credited:attributed"): 2,
        (0, "casualties:credited:quoted"): 1,
        (0, "casualties:articles:dead"): 1, (0, "casualties:articles:wounded"): 1,
        (0, "casualties:articles:missing"): 1,
        (0, "casualties:highest:dead"): 31, (0, "casualties:highest:wounded"): 61,
        (0, "casualties:highest:missing"): 24,
    }  # fmt: skip


def test_the_figure_of_before_is_not_the_highest(annotator):
    scored = casualties.score(annotator([Article("a", "outlet", "The toll was lowered to 16 from 21.")]))
    assert values(scored)[0, "casualties:highest:dead"] == 16


def test_an_article_that_says_nobody_died_gives_a_figure(annotator):
    counted = values(casualties.score(annotator([Article("a", "outlet", "No one was killed.")])))
    assert counted[0, "casualties:articles:dead"] == 1
    assert (0, "casualties:highest:dead") not in counted  # zeros are not stored


def test_evidence_equals_the_counters_over_the_embedded_corpus(annotator):
    batch = annotator(list(read_corpus()))
    scored = casualties.score(batch)
    found = scored.mentions
    assert found is not None and len(found) > 100
    evidence: Counter[tuple[int, str]] = Counter()
    voices = found.voices(batch).tolist()
    for start, label, voice in zip(found.start.tolist(), found.label.tolist(), voices, strict=True):
        lexicon, category, _ = found.labels[label]
        evidence[int(batch.article[start]), f"casualties:{lexicon}:{category}:{VOICES[voice]}"] += 1
    counted = {key: v for key, v in values(scored).items() if key[1].startswith("casualties:figures:")}
    assert counted == dict(evidence)
    assert found.weight.tolist() == scored.tables["casualties"]["low"].to_pylist()


def test_an_article_counts_the_same_in_any_batch(annotator):
    articles = list(read_corpus())[:30]
    together = casualties.score(annotator(articles)).tables["casualties"].to_pylist()
    alone = [row for a in articles for row in casualties.score(annotator([a])).tables["casualties"].to_pylist()]
    assert repr(together) == repr(alone)  # nan equals nan here


def test_measures_divide_counters_that_exist(annotator):
    measures = casualties.measures([])
    names = [m.name for m in measures]
    assert len(set(names)) == len(names) and all(name.startswith("casualties.") for name in names)
    counted = {name for _, name in values(casualties.score(annotator(list(read_corpus()))))}
    for measure in measures:
        assert counted & set(measure.numerators), measure.name
        assert measure.denominators[0].startswith("words:") or counted & set(measure.denominators), measure.name


@pytest.mark.parametrize("text", ["", "Nothing here.", "12", "killed", "(" * 3000, "killed 12 " * 3000])
def test_odd_texts(annotator, text):
    scored = casualties.score(annotator([Article("a", "outlet", text)]))
    assert scored.tables["casualties"].num_rows == (3000 if len(text) > 20_000 else 0)


def test_without_lexicons_nothing_is_found():
    scored = casualties.score(Annotator([])([Article("a", "outlet", TEXT)]))
    assert not len(scored.counts) and scored.tables["casualties"].num_rows == 0

"""All modules together: what holds for every one of them, on the embedded corpus."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import framing
from framing.analysis import choose_lexicons
from framing.annotation import Annotator
from framing.cli import run
from framing.corpus import read_corpus
from framing.scorers import ALWAYS, SCORERS, list_measures, score_all
from framing.text import Article

LEXICONS = choose_lexicons(None, tuple(SCORERS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("modules") / "out"
    framing.analyse(read_corpus(), LEXICONS, path, resamples=100)
    return path


def counters(folder: Path) -> dict[str, float]:
    table = pq.read_table(folder / "counts.parquet")
    found: Counter[str] = Counter()
    for name, value in zip(table["counter"].cast("string").to_pylist(), table["value"].to_pylist(), strict=True):
        found[name] += value
    return found


def test_every_mention_is_counted_and_every_count_of_mentions_has_its_rows(folder: Path) -> None:
    table = pq.read_table(folder / "mentions.parquet", columns=["module", "lexicon", "category", "voice"])
    columns = [table[name].cast("string").to_pylist() for name in table.column_names]
    rows = Counter(":".join(key) for key in zip(*columns, strict=True) if key[0] not in ("naming", "tone", "toward"))
    counted = counters(folder)
    assert rows  # of every module with mentions
    assert {key.split(":")[0] for key in rows} >= {"loaded", "certainty", "frames", "morality", "sourcing", "agency"}
    assert {key: counted[key] for key in rows} == dict(rows)


def test_sums_of_tone_are_those_of_their_rows(folder: Path) -> None:
    table = pq.read_table(folder / "mentions.parquet", columns=["module", "voice", "weight"])
    sums: Counter[str] = Counter()
    for module, voice, weight in zip(
        *(table[n].cast("string").to_pylist() for n in ("module", "voice")), table["weight"].to_pylist(), strict=True
    ):
        if module == "tone":
            sums[f"tone:compound:{voice}"] += weight
    counted = counters(folder)
    for name, value in sums.items():
        assert counted[name] == pytest.approx(value)


def test_measures_have_names_of_their_own_and_tell_what_they_are(folder: Path) -> None:
    measures = list_measures(LEXICONS)
    names = [m.name for m in measures]
    assert len(set(names)) == len(names)
    for m in measures:
        assert m.label and m.unit and m.direction, m.name
        assert m.name.split(".")[0] in SCORERS, m.name
    records = json.loads((folder / "measures.json").read_text(encoding="utf-8"))
    assert [r["name"] for r in records] == names


def test_every_module_says_something_on_the_corpus(folder: Path) -> None:
    table = framing.open(folder).table("measures").arrow
    said = {
        name.split(".")[0]
        for name, value in zip(table["measure"].to_pylist(), table["value"].to_pylist(), strict=True)
        if "." in name and np.isfinite(value)
    }
    assert said == set(SCORERS) - {*ALWAYS, "naming", "coverage"}


def test_no_measure_is_zero_for_want_of_evidence(folder: Path) -> None:
    table = framing.open(folder).table("measures").arrow.to_pylist()
    for row in table:
        assert np.isnan(row["value"]) == (row["n_articles"] == 0) == (row["status"] == "undefined"), row


def test_an_article_is_scored_alike_alone_and_among_others() -> None:
    texts = ["The shameful mob was beaten by police, officials claimed.", "", "At least 12 died.", "“No!” — she."]
    articles = [Article(id=str(n), outlet="o", text=text, title="Police beat mob") for n, text in enumerate(texts)]
    annotate = Annotator(LEXICONS)

    def counts(group: list[Article]) -> dict[tuple[str, str], float]:
        found = score_all(annotate(group)).counts
        return {
            (group[a].id, found.names[c]): round(v, 9)
            for a, c, v in zip(found.article, found.counter, found.value, strict=True)
        }

    together = counts(articles)
    alone = {key: value for article in articles for key, value in counts([article]).items()}
    assert together == alone


@pytest.mark.parametrize("text", ["", " ", "…", "!!!", "\u200b", "a" * 5000, "“", "?!\n\n?!", "12", "😀😀"])
def test_odd_texts_break_no_module(text: str) -> None:
    batch = Annotator(LEXICONS)([Article(id="a", outlet="o", text=text, title="")])
    scores = score_all(batch)
    assert all(np.isfinite(scores.counts.value))


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("terms.csv", "category,word,weight,basis,source,note\n", "the header is"),
        ("terms.csv", "category,term,weight,basis,source,note\nscorn,bah,7,judgement,,\n", "outside the scale [0, 3]"),
        ("terms.csv", "category,term,weight,basis,source,note\nnone,bah,1,judgement,,\n", "is not in lexicon.toml"),
    ],
)
def test_a_broken_lexicon_of_any_module_is_one_line_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str, message: str
) -> None:
    lexicon = tmp_path / "mine"
    lexicon.mkdir()
    head = (
        'title = "Mine"\nmodule = "loaded"\nlanguage = "en"\nversion = "1"\nlicence = "MIT"\nscale = [0.0, 3.0]\n'
        '[categories.scorn]\nlabel = "scorn"\n'
    )
    (lexicon / "lexicon.toml").write_text(head, encoding="utf-8")
    (lexicon / "examples.csv").write_text("text,category,expected\n", encoding="utf-8")
    (lexicon / file).write_text(content, encoding="utf-8")
    texts = tmp_path / "t.txt"
    texts.write_text("Bah.\n", encoding="utf-8")
    assert run(["score", str(texts), "-l", str(lexicon)]) == 3
    error = capsys.readouterr().err
    assert message in error and str(lexicon / file) in error and error.count("\n") == 1


def test_a_lexicon_that_the_rules_of_a_module_would_never_look_at_is_refused() -> None:
    kinds = next(x for x in LEXICONS if x.module == "casualties" and x.name == "kinds")
    mine = replace(kinds, name="my-kinds")
    with pytest.raises(framing.LexiconError, match="look their lexicons up by name"):
        choose_lexicons(mine, tuple(SCORERS))
    changed = replace(kinds, version="9")
    chosen = choose_lexicons(changed, tuple(SCORERS))
    assert [x.version for x in chosen if (x.module, x.name) == ("casualties", "kinds")] == ["9"]
    assert {x.name for x in chosen if x.module == "casualties"} == {
        x.name for x in LEXICONS if x.module == "casualties"
    }


def test_a_lexicon_of_unknown_language_refuses_no_article() -> None:
    foundations = next(x for x in LEXICONS if x.module == "morality")
    article = Article(id="a", outlet="o", text="A fair and loyal friend.", language="en")
    analysis = framing.analyse([article], replace(foundations, language="und"), modules=["morality"], resamples=100)
    assert analysis.article_count == 1


def test_every_number_opens_to_its_mentions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    analysis = framing.open(folder)
    values = {(r["outlet"], r["measure"]): r["numerator"] for r in analysis.table("measures")}
    outlet = "The Sarn Snap"
    for measure in ("loaded.evaluation.strong-negative.own", "certainty.commitment.hedge.own", "agency.nominal.own"):
        rows = list(analysis.evidence(measure, outlet))
        assert len(rows) == values[outlet, measure] > 0
        assert {r["outlet"] for r in rows} == {outlet}
    sided = list(analysis.evidence("tone.own", outlet))
    assert sum(r["weight"] for r in sided) == pytest.approx(values[outlet, "tone.own"])
    assert run(["evidence", str(folder), "loaded.rate.own", "--of", outlet, "-n", "3"]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 3 and "3 of " in printed.err
    for name, message in (
        ("loaded.rate.ow", "no measure 'loaded.rate.ow'"),
        ("readability.flesch", "not made of mentions"),
    ):
        assert run(["evidence", str(folder), name]) == 3
        assert message in capsys.readouterr().err


def test_every_measure_says_where_its_evidence_is_or_has_none(folder: Path) -> None:
    analysis = framing.open(folder)
    for record in analysis.measure_records():
        keys = [key for key in record["evidence"] if key.count(":") == 3]
        if keys and record["module"] != "readability":
            analysis.evidence(record["name"])

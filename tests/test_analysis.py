"""An analysis from articles to tables, counted by hand."""

from __future__ import annotations

import math
import random

import pytest

import framing
from framing.errors import InputError
from framing.lexicon import Lexicon
from framing.text import Article

ARTICLES = [
    Article(
        "a1",
        "North",
        "The rebels left. “The terrorists left,” the minister said.",
        title="Rebels leave",
        date="2031-01-01",
    ),
    Article("a2", "North", "The minister said the terrorists had left. The regime fell.", title="", date="2031-01-03"),
    Article("a3", "South", "Freedom fighters entered. Talk of regime change grew.", title="Regime falls", date=""),
]


@pytest.fixture
def analysis(small_lexicon: Lexicon) -> framing.Analysis:
    return framing.analyse(ARTICLES, small_lexicon, modules=["naming", "coverage"])


def mentions(analysis: framing.Analysis) -> list[tuple[str, str, str, str]]:
    return [
        (r["article_id"], r["surface"], r["section"], r["voice"])
        for r in analysis.table("mentions")
        if r["module"] == "naming"
    ]


def test_mentions_carry_section_and_voice(analysis: framing.Analysis) -> None:
    assert mentions(analysis) == [
        ("a1", "Rebels", "headline", "own"),
        ("a1", "rebels", "lede", "own"),
        ("a1", "terrorists", "lede", "quoted"),
        ("a2", "terrorists", "lede", "attributed"),
        ("a2", "regime", "lede", "own"),
        ("a3", "Regime", "headline", "own"),
        ("a3", "Freedom fighters", "lede", "own"),
    ]


def test_offsets_give_the_mention_as_printed(analysis: framing.Analysis) -> None:
    texts = {a.id: a for a in ARTICLES}
    for row in analysis.table("mentions"):
        article = texts[row["article_id"]]
        text = article.title if row["section"] == "headline" else article.text
        assert text[row["start"] : row["end"]] == row["surface"]
        assert row["surface"] in text[row["sentence_start"] : row["sentence_end"]]


def test_counts_add_up_to_mentions(analysis: framing.Analysis) -> None:
    counts = list(analysis.table("counts"))
    naming = sum(r["value"] for r in counts if r["counter"].startswith("naming:"))
    referents = sum(r["value"] for r in counts if r["counter"].startswith("mentions:"))
    assert naming == referents == len(mentions(analysis)) == 7
    assert sum(r["value"] for r in counts if r["counter"].startswith("stance:small:fighters")) == -2 - 2 + 2


def test_words_by_voice_add_up(analysis: framing.Analysis) -> None:
    for row in analysis.table("articles"):
        assert row["words"] == row["words_own"] + row["words_quoted"] + row["words_attributed"] + row["words_scare"]
    first = next(iter(analysis.table("articles")))
    # Rebels leave | The rebels left. | "The terrorists left," | the minister said
    assert (first["words"], first["words_quoted"], first["sentences"]) == (11, 3, 3)


def test_shares_are_of_one_voice(analysis: framing.Analysis) -> None:
    own = {r["label"]: r for r in analysis.terms("fighters", voice="own", outlets=["North"])}
    assert own["rebels"]["share"] == 1.0 and own["rebels"]["count"] == 2
    assert own["terrorists"]["share"] == 0.0
    quoted = {r["label"]: r["share"] for r in analysis.terms("fighters", voice="quoted", outlets=["North"])}
    assert quoted["terrorists"] == 1.0
    silent = [r for r in analysis.terms("fighters", voice="quoted", outlets=["South"])]
    assert silent and all(math.isnan(r["share"]) and r["status"] == "undefined" for r in silent)


def test_few_articles_are_insufficient_evidence(analysis: framing.Analysis) -> None:
    stance = {r["outlet"]: r for r in analysis.measures("stance:small:fighters:own")}
    assert stance["South"]["value"] == 2.0
    assert stance["South"]["status"] == "insufficient"


def test_quoting_more_leaves_the_own_voice_rate_alone(small_lexicon: Lexicon) -> None:
    plain = Article("p", "O", "The rebels left the town at noon.")
    quoting = Article("p", "O", plain.text + "\n\n“" + "They were terrorists and nothing else. " * 20 + "”")
    rates = []
    for article in (plain, quoting):
        found = framing.analyse([article], small_lexicon).measures("rate:small:fighters:own")
        rates.append(found["value"][0])
    assert rates[0] == rates[1] == 1000 / 7


def test_order_of_articles_and_number_of_workers_change_no_byte(small_lexicon: Lexicon, tmp_path) -> None:
    articles = [Article(f"id{i}", f"Outlet {i % 3}", ARTICLES[i % 3].text * (1 + i % 4)) for i in range(900)]
    for name, workers in (("one", 1), ("two", 2)):
        framing.analyse(articles, small_lexicon, tmp_path / name, workers=workers, resamples=100)
    for path in sorted((tmp_path / "one").iterdir()):
        if path.name != "timings.json":
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    random.Random(5).shuffle(articles)
    framing.analyse(articles, small_lexicon, tmp_path / "shuffled", resamples=100)
    for name in ("measures.csv", "terms.csv", "coverage.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "shuffled" / name).read_bytes(), name


def test_context_of_any_word(analysis: framing.Analysis) -> None:
    rows = list(analysis.kwic("minister"))
    assert [(r["outlet"], r["voice"], r["mention"]) for r in rows] == [("North", "own", "minister")] * 2
    assert rows[1]["left"].endswith("The") and rows[1]["right"].startswith("said")
    assert [r["mention"] for r in analysis.mentions("terrorist*", voice="attributed")] == ["terrorists"]


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda a: a.terms("nobody"), "no referent 'nobody'"),
        (lambda a: a.terms("fighters", voice="shouted"), "no voice 'shouted'"),
        (lambda a: a.terms("fighters", outlets=["East"]), "no outlet 'East'"),
        (lambda a: a.table("nothing"), "no table 'nothing'"),
        (lambda a: a.kwic("(unclosed"), "opens a bracket"),
        (lambda a: a.mentions(outlet="East"), "no article of outlet 'East'"),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(analysis: framing.Analysis, ask, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        ask(analysis)


def test_no_article_is_bad_input(small_lexicon: Lexicon, tmp_path) -> None:
    with pytest.raises(InputError, match="no article could be read"):
        framing.analyse([], small_lexicon, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_shows_itself(analysis: framing.Analysis) -> None:
    table = analysis.terms("fighters")
    assert "rebels" in repr(table) and "<td>rebels</td>" in table._repr_html_()
    hostile = framing.analyse([Article("x", "<script>x</script>", "The rebels.")], analysis_lexicon(analysis))
    assert "<script>" not in hostile.summary()._repr_html_()


def analysis_lexicon(analysis: framing.Analysis) -> Lexicon:
    record = analysis.lexicon_records()[0]
    from framing.lexicon import Category, Term

    return Lexicon(
        name=record["name"], module="naming", title="", language="en", version="1", licence="", scale=(-2.0, 2.0),
        scale_meaning="", categories={k: Category(k, c["label"], c["kind"]) for k, c in record["categories"].items()},
        terms=tuple(Term(t[1], t[0], t[2]) for t in record["terms"] if t[2] is not None),
    )  # fmt: skip


def test_articles_in_a_language_without_lexicon_are_skipped_and_told(small_lexicon: Lexicon) -> None:
    german = Article("d1", "North", "Die Rebellen gingen.", language="de")
    british = Article("e1", "North", "The rebels left.", language="en-GB")
    analysis = framing.analyse([german, british], small_lexicon, modules=["naming"])
    assert analysis.article_count == 1
    assert analysis.manifest["skipped"] == [["d1", "language 'de' is covered by no lexicon (en)"]]
    with pytest.raises(InputError, match="1 skipped; the first: d1: language 'de'"):
        framing.analyse([german], small_lexicon, modules=["naming"])


def test_unknown_modules_and_lexicons_of_modules_that_do_not_run_are_refused(small_lexicon: Lexicon) -> None:
    with pytest.raises(InputError, match=r"no module 'tonality'\. Choose from: naming"):
        framing.analyse(ARTICLES, small_lexicon, modules=["tonality"])
    with pytest.raises(framing.LexiconError, match="is for the module 'naming', which does not run"):
        framing.analyse(ARTICLES, small_lexicon, modules=["loaded"])


@pytest.mark.parametrize("given", ["yesterday", "2031-02-30", "20310201"])
def test_a_date_that_is_no_day_is_refused_with_what_to_write(small_lexicon: Lexicon, given: str) -> None:
    with pytest.raises(InputError, match=rf"article 'x': date '{given}' is no day. Write dates as 2017-01-24"):
        framing.analyse([Article("x", "Alpha", "Rain fell.", date=given)], small_lexicon)

"""Events: which articles belong together, what the events are called, and the table that people correct."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from framing.corpus import read_corpus
from framing.errors import InputError
from framing.ingest import read_articles
from framing.ingest.event_clusters import group_similar
from framing.ingest.event_labels import free_name
from framing.ingest.event_vectors import VectorBuilder
from framing.ingest.events import assign_events, find_events, read_events
from framing.text import Article


def make(id: str, outlet: str, date: str, title: str, text: str) -> Article:
    return Article(id, outlet, text, title, date)


FERRY = "The ferry Lady Maud sank off Port Quill on Monday. Divers searched the wreck near Port Quill for passengers."
STRIKE = "Teachers in Velmont walked out over wages. The union of Velmont wants eight per cent and smaller classes."


@pytest.fixture
def articles() -> list[Article]:
    return [
        make("f1", "Alpha", "2030-05-01", "Ferry sinks off Port Quill", FERRY),
        make("f2", "Beta", "2030-05-02", "Divers search for ferry", f"Hopes fade. {FERRY}"),
        make("f3", "Gamma", "2030-05-02", "Port Quill mourns", f"Candles were lit. {FERRY}"),
        make("s1", "Alpha", "2030-05-01", "Teachers strike in Velmont", STRIKE),
        make("s2", "Beta", "2030-05-01", "Schools closed", f"Parents are patient. {STRIKE}"),
        make("x1", "Gamma", "2030-05-02", "Orchid show opens", "Orchids of nine islands bloom under glass."),
    ]


def test_articles_on_one_happening_become_an_event_and_others_stand_alone(articles: list[Article]) -> None:
    found = find_events(articles)
    ferry, strike = found.events.to_pylist()
    assert (ferry["first"], ferry["last"], ferry["n_articles"], ferry["n_outlets"]) == (
        "2030-05-01",
        "2030-05-02",
        3,
        3,
    )
    assert (strike["n_articles"], strike["n_outlets"]) == (2, 2)
    assert "Port Quill" in ferry["label"] and "Velmont" in strike["label"]
    assert ferry["event"].startswith("2030-05-01-") and "port-quill" in ferry["event"]
    events = found.assignment
    assert events == {
        **dict.fromkeys(("f1", "f2", "f3"), ferry["event"]),
        "s1": strike["event"],
        "s2": strike["event"],
        "x1": "",
    }
    assert found.alone == 1 and found.undated == 0
    last = found.articles.to_pylist()[-1]
    assert last["article_id"] == "x1" and last["label"] == "" and math.isnan(last["similarity"])


def test_the_order_of_the_articles_changes_nothing(articles: list[Article]) -> None:
    expected = find_events(articles)
    embedded = list(read_corpus())
    by_id = find_events(embedded)
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        random.Random(seed).shuffle(embedded)
        assert repr(find_events(articles).articles.to_pylist()) == repr(expected.articles.to_pylist())
        assert repr(find_events(embedded).articles.to_pylist()) == repr(by_id.articles.to_pylist())


def test_an_event_ends_with_the_window(articles: list[Article]) -> None:
    late = make("f4", "Delta", "2030-05-06", "Ferry raised", FERRY)
    assert find_events([*articles, late]).assignment["f4"] == ""
    wide = find_events([*articles, late], window_days=5).assignment
    assert wide["f4"] == wide["f1"] != ""
    same_day = find_events(articles, window_days=0).assignment
    assert same_day["f1"] == "" and same_day["f2"] == same_day["f3"] != ""
    assert find_events([*articles, late], window_days=None).assignment["f4"] != ""


def test_one_outlet_alone_makes_no_event_unless_told(articles: list[Article]) -> None:
    same = [make(a.id, "Alpha", a.date, a.title, a.text) for a in articles]
    assert find_events(same).events.num_rows == 0
    assert find_events(same, min_outlets=1).events.num_rows == 2
    assert find_events(articles, min_outlets=3).events["n_articles"].to_pylist() == [3]


def test_an_article_without_a_date_joins_only_what_it_is_very_like(articles: list[Article]) -> None:
    copy = make("u1", "Delta", "", "Ferry sinks off Port Quill", FERRY)
    loose = make("u2", "Delta", "", "A week in Velmont", "Velmont opened a tram line, a pool, two parks and a library.")
    found = find_events([*articles, copy, loose])
    assert found.assignment["u1"] == found.assignment["f1"]
    assert found.assignment["u2"] == "" and found.undated == 2
    ferry = found.events.to_pylist()[0]
    assert (ferry["first"], ferry["last"], ferry["n_articles"]) == ("2030-05-01", "2030-05-02", 4)
    undated = [make(a.id, a.outlet, "", a.title, a.text) for a in articles]
    assert find_events(undated).events.num_rows == 0
    assert find_events(undated, window_days=None).events.num_rows == 2


def test_an_article_that_shares_hardly_a_word_is_like_no_other(articles: list[Article]) -> None:
    brief = make("b", "Delta", "2030-05-01", "Velmont", "Velmont. Teachers.")
    assert find_events([*articles, brief]).assignment["b"] == ""


def test_nothing_and_hardly_anything() -> None:
    for articles in (
        [],
        [make("a", "Alpha", "2030-01-01", "", "One.")],
        [make("a", "A", "", "", ""), make("b", "B", "", "", "")],
    ):
        found = find_events(articles)
        assert found.events.num_rows == 0 and found.articles.num_rows == len(articles) == found.alone


@pytest.mark.parametrize(
    "options, message",
    [
        ({"window_days": -1}, "window_days is -1. Give 0"),
        ({"threshold": 0.0}, "threshold is 0. Give a number above 0.05"),
        ({"threshold": math.nan}, "threshold is nan"),
        ({"min_outlets": 0}, "min_outlets is 0"),
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, float], message: str, articles: list[Article]) -> None:
    with pytest.raises(InputError, match=message):
        find_events(articles, **options)


def test_equal_ids_and_odd_dates_are_refused(articles: list[Article]) -> None:
    with pytest.raises(InputError, match="'f1' is used twice"):
        find_events([*articles, articles[0]])
    with pytest.raises(InputError, match="article 'b': date 'May 2030' is no ISO day"):
        find_events([make("b", "Beta", "May 2030", "", "Text.")])


def test_similarity_is_the_mean_cosine_to_the_other_articles(articles: list[Article]) -> None:
    builder = VectorBuilder()
    builder.add(articles)
    matrix = builder.finish().matrix
    cosine = (matrix @ matrix.T).toarray()
    rows = {row["article_id"]: row["similarity"] for row in find_events(articles).articles.to_pylist()}
    assert rows["f1"] == pytest.approx((cosine[0, 1] + cosine[0, 2]) / 2, abs=1e-4)
    assert rows["s1"] == rows["s2"] == pytest.approx(cosine[3, 4], abs=1e-4)


def test_names_are_words_that_the_corpus_prints_with_a_capital() -> None:
    builder = VectorBuilder()
    builder.add(
        [
            make(str(n), "A", "", "RICE HARVEST FAILS", "Rain fell. We met Ann Rice and Bill Rice. Harvest is late.")
            for n in range(2)
        ]
    )
    builder.add([make(str(n), "B", "", "", "Rain ruined the harvest, and Ann Rice left.") for n in range(2, 4)])
    vectors = builder.finish()
    names = [term for term, is_name in zip(vectors.terms, vectors.names.tolist(), strict=True) if is_name]
    assert names == ["Ann", "Ann Rice", "Bill", "Bill Rice", "Rice"]
    assert "harvest" in vectors.terms and "the" not in vectors.terms and "We" not in vectors.terms
    whole = vectors.terms.index("Ann Rice")
    assert vectors.parts[whole].tolist() == [vectors.terms.index("Ann"), vectors.terms.index("Rice")]
    lengths = np.sqrt(vectors.matrix.multiply(vectors.matrix).sum(axis=1))
    assert lengths == pytest.approx(1.0)


def test_groups_are_joined_by_the_mean_of_their_pairs() -> None:
    # Cosines: a-b 0.8, b-c 0.6, a-c 0. Once a and b are one, c is on average 0.3 from them.
    rows = sparse.csr_array([[1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.0, 1.0, 0.0]])
    days = np.zeros(3, dtype=np.int64)
    assert group_similar(rows, days, 0, 0.31).tolist() == [0, 0, 1]
    assert group_similar(rows, days, 0, 0.29).tolist() == [0, 0, 0]
    assert group_similar(rows, days, 0, 0.81).tolist() == [0, 1, 2]
    # Every pair lies within a window of two days, but the three together do not.
    equal = sparse.csr_array(np.ones((3, 1)))
    assert group_similar(equal, np.array([0, 2, 4]), 2, 0.5).tolist() == [0, 0, 1]
    assert group_similar(rows[:0], days[:0], 0, 0.5).tolist() == []


def test_groups_are_those_of_scipy() -> None:
    from scipy.cluster.hierarchy import fcluster, linkage

    generator = np.random.default_rng(3)
    dense = generator.random((60, 12)) ** 3
    dense /= np.sqrt((dense**2).sum(axis=1, keepdims=True))
    for threshold in (0.6, 0.7, 0.8):
        ours = group_similar(sparse.csr_array(dense), np.zeros(60, dtype=np.int64), 0, threshold)
        distance = 1 - (dense @ dense.T)[np.triu_indices(60, 1)]
        theirs = fcluster(linkage(distance, "average"), 1 - threshold, "distance")
        assert len(set(zip(ours.tolist(), theirs.tolist(), strict=True))) == len(set(ours.tolist())) == len(set(theirs))


def test_names_of_events_are_plain_and_differ() -> None:
    taken: set[str] = set()
    assert free_name("2030-05-01", ["Port Quill", "ferry"], taken) == "2030-05-01-port-quill-ferry"
    assert free_name("2030-05-01", ["Port Quill", "ferry"], taken) == "2030-05-01-port-quill-ferry-2"
    assert free_name("", ["Élan \x1b[31m=cmd|' /c'!"], taken) == "undated-elan-31m-cmd-c"
    assert free_name("2030-05-01", [], taken) == "2030-05-01-event"


def test_embedded_events_are_found_and_never_mixed() -> None:
    articles = list(read_corpus())
    events = find_events(articles).assignment
    known = {a.id: a.event for a in articles}
    mixed = {
        event for event in events.values() if event and len({known[i] for i, e in events.items() if e == event}) > 1
    }
    assert not mixed
    assert sum(bool(event) for event in events.values()) >= 105


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_events_is_read_with_empty_cells_as_no_event(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", "label,event,article_id\nx,one,a\n,one,b\n,,c\n,one,a\n,'=two,'-d\n")
    assert read_events(path) == {"a": "one", "b": "one", "c": "", "-d": "=two"}


@pytest.mark.parametrize(
    "text, message",
    [
        ("id,event\na,one\n", "no column 'article_id'. Columns found: id, event"),
        ("article_id\na\n", "no column 'event'"),
        (
            "event,article_id\none,a\none,b\ntwo,a\n",
            "e.csv:4: article 'a' is in event 'two' here and in 'one' in line 2",
        ),
        ("event,article_id\none,a\n,a\n", "e.csv:3: article 'a' is in event '' here"),
        ("event,article_id\none, \n", "e.csv:2: no article_id"),
        ("event,article_id\none\n", "e.csv:2: the row has 1 cells"),
        ("", "e.csv: empty"),
    ],
)
def test_broken_tables_of_events_are_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        read_events(write(tmp_path / "e.csv", text))


def test_a_missing_table_of_events_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv"):
        read_events(tmp_path / "none.csv")


def test_events_are_assigned_while_articles_pass_by(tmp_path: Path) -> None:
    source = write(
        tmp_path / "a.csv", "id,outlet,text,event,mood\na,Alpha,One text.,old,sad\nb,Beta,Two texts.,old,gay\n"
    )
    assigned = assign_events(read_articles(source), {"a": "new", "z": "new", "y": ""})
    for _ in range(2):
        first, second = assigned
        assert (first.event, second.event, first.extra["mood"]) == ("new", "", "sad")
        assert assigned.unknown == ["y", "z"]
        assert assigned.report is not None and assigned.report.yielded == 2
        (warning,) = assigned.report.warnings
        assert "2 of 3 articles in the table of events are not among those read: 'y', 'z'" in warning
    assert [a.event for a in assign_events(iter([Article("a", "Alpha", "One.")]), {"a": "e"})] == ["e"]


def test_known_events_of_real_outlets_are_found_among_others(shared: Path) -> None:
    import gzip
    import json

    with gzip.open(shared / "data" / "event_triples.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    events = find_events([Article(r["id"], r["outlet"], r["text"], r["title"], r["date"]) for r in rows]).assignment
    pairs = [(a, b) for n, a in enumerate(rows) for b in rows[:n]]
    known = {(a["id"], b["id"]) for a, b in pairs if a["event"] == b["event"]}
    joined = {(a["id"], b["id"]) for a, b in pairs if events[a["id"]] and events[a["id"]] == events[b["id"]]}
    assert len(known & joined) / len(joined) > 0.98
    assert len(known & joined) / len(known) > 0.94

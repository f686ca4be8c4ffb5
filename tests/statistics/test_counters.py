import pyarrow as pa
import pytest

from framing.errors import InputError
from framing.statistics import Counters
from framing.statistics.counters import split_name

ROWS = {
    "b": ({"outlet": "Dawn", "genre": "news"}, {"words:own": 10, "mentions:x:r:own": 2}),
    "a": ({"outlet": "Post", "genre": "opinion"}, {"words:own": 7, "mentions:x:s:own": 1}),
    "c": ({"outlet": "Dawn"}, {"words:own": 5, "words:quoted": 3}),
}


def test_rows_are_articles_by_id_and_columns_are_counters_by_name(counters):
    found = counters(ROWS)
    assert found.articles["id"].to_pylist() == ["a", "b", "c"]
    assert found.names == ("mentions:x:r:own", "mentions:x:s:own", "words:own", "words:quoted")
    assert found.matrix.toarray().tolist() == [[0, 1, 7, 0], [2, 0, 10, 0], [0, 0, 5, 3]]


def test_the_text_is_left_behind(counters):
    assert "text" not in counters(ROWS).articles.column_names


def test_the_order_of_rows_does_not_matter(tables):
    counts, articles = tables(ROWS, "bac")
    again = Counters.from_tables(counts.take([5, 0, 3, 1, 4, 2]), articles.take([2, 0, 1]))
    assert again.names == Counters.from_tables(counts, articles).names
    assert again.matrix.toarray().tolist() == Counters.from_tables(counts, articles).matrix.toarray().tolist()


def test_dictionary_columns_are_read_like_strings(tables):
    counts, articles = tables(ROWS)
    encoded = counts.set_column(1, "counter", counts["counter"].dictionary_encode())
    assert Counters.from_tables(encoded, articles).names[0] == "mentions:x:r:own"


def test_dictionary_columns_of_several_parts_are_read_like_strings(tables):
    counts, articles = tables(ROWS)
    parts = [counts.slice(0, 1), counts.slice(1)]  # each with a dictionary of its own
    encoded = pa.concat_tables(
        pa.table({n: p[n].combine_chunks().dictionary_encode() if n != "value" else p[n] for n in p.column_names})
        for p in parts
    )
    found, plain = Counters.from_tables(encoded, articles), Counters.from_tables(counts, articles)
    assert encoded["counter"].num_chunks == 2
    assert found.names == plain.names
    assert (found.matrix.toarray() == plain.matrix.toarray()).all()
    with pytest.raises(InputError, match="is unknown"):
        Counters.from_tables(encoded, articles.slice(1))


def test_selection_by_prefix_takes_whole_prefix_and_keeps_all_articles(counters):
    words = counters(ROWS).starting_with("words:")
    assert words.names == ("words:own", "words:quoted")
    assert words.matrix.toarray().tolist() == [[7, 0], [10, 0], [5, 3]]
    assert counters(ROWS).starting_with("word:").names == ()


def test_combining_adds_within_articles_and_an_absent_counter_is_zero(counters):
    combined = counters(ROWS).combine([("words:own", "words:quoted"), ("words:scare",), (), ("words:own",)])
    assert combined.toarray().tolist() == [[7, 0, 0, 7], [10, 0, 0, 10], [8, 0, 0, 5]]


def test_sums_by_outlet_and_by_another_column(counters):
    labels, sums = counters(ROWS).sums()
    assert labels == ["Dawn", "Post"]
    assert sums.toarray().tolist() == [[2, 0, 15, 3], [0, 1, 7, 0]]
    labels, sums = counters(ROWS).sums("genre")
    assert labels == ["", "news", "opinion"]  # article c has no genre and keeps a group of its own
    assert sums.toarray().tolist() == [[0, 0, 5, 3], [2, 0, 10, 0], [0, 1, 7, 0]]


def test_null_and_numbers_make_groups_too(counters):
    found = counters(ROWS)
    articles = found.articles.append_column("year", pa.array([2017, None, 2017], pa.int32()))
    groups = Counters(articles, found.names, found.matrix).groups("year")
    assert [(label, rows.tolist()) for label, rows in groups] == [("", [1]), ("2017", [0, 2])]


def test_keeping_some_articles(counters):
    kept = counters(ROWS).keep(["c", "a"])
    assert kept.articles["id"].to_pylist() == ["a", "c"]
    assert kept.matrix.toarray()[:, 2].tolist() == [7, 5]
    with pytest.raises(InputError, match="'z'"):
        counters(ROWS).keep(["a", "z"])


def test_an_analysis_without_counts_or_articles(counters):
    assert counters({"a": ({"outlet": "Dawn"}, {})}).matrix.shape == (1, 0)
    empty = counters({})
    assert empty.groups() == []
    assert empty.sums()[1].shape == (0, 0)


def test_a_count_that_stands_twice_is_refused(tables):
    counts, articles = tables(ROWS)
    with pytest.raises(InputError, match=r"article 'b' has 'words:own' more than once"):
        Counters.from_tables(pa.concat_tables([counts, counts.slice(0, 1)]), articles)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_a_count_that_is_no_finite_number_is_refused(tables, value):
    _, articles = tables(ROWS)
    counts = pa.table({"article_id": ["a"], "counter": ["words:own"], "value": pa.array([value], pa.float64())})
    with pytest.raises(InputError, match=r"'words:own' of article 'a'"):
        Counters.from_tables(counts, articles)


def test_counts_of_unknown_articles_and_repeated_ids_are_refused(tables):
    counts, articles = tables(ROWS)
    with pytest.raises(InputError, match=r"article_id 'b' is unknown"):
        Counters.from_tables(counts, articles.slice(1))
    with pytest.raises(InputError, match=r"two rows with the id 'a'"):
        Counters.from_tables(counts, pa.concat_tables([articles, articles.slice(1, 1)]))


def test_a_missing_column_is_named_with_those_there_are(tables, counters):
    counts, articles = tables(ROWS)
    with pytest.raises(InputError, match=r"no column 'value'. Columns: article_id, counter"):
        Counters.from_tables(counts.drop_columns("value"), articles)
    with pytest.raises(InputError, match=r"no column 'region'"):
        counters(ROWS).groups("region")


def test_the_last_field_of_a_name_may_hold_colons():
    assert split_name("naming:syria:rebels:own:body:a:b", 6) == ["naming", "syria", "rebels", "own", "body", "a:b"]
    with pytest.raises(InputError, match="5 fields where 6"):
        split_name("naming:syria:rebels:own:body", 6)
    with pytest.raises(InputError, match="voice 'whispered'"):
        split_name("mentions:syria:rebels:whispered", 4)

"""CSV, TSV, JSON lines and JSON arrays: every value as written, every broken table refused with its line."""

import gzip
import io
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import InputError
from framing.ingest import encoding as encodings
from framing.ingest import read_articles


def write(path, text):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(path, **options):
    return list(read_articles(path, clean=False, **options))


def refusal(path, **options):
    with pytest.raises(InputError) as error:
        read(path, **options)
    return str(error.value)


def test_csv_values_stay_as_written(tmp_path):
    table = 'id,outlet,date,title,text,score\n007,NA,2017-01-24,A title,"One, two\nthree",1.10\n'
    (article,) = read(write(tmp_path / "a.csv", table))
    assert (article.id, article.outlet, article.date, article.title) == ("007", "NA", "2017-01-24", "A title")
    assert article.text == "One, two\nthree"
    assert article.extra == {"score": "1.10"}


@pytest.mark.parametrize(
    "name, table",
    [
        ("a.tsv", "outlet\ttext\nA\tOne; two, three\n"),
        ("a.csv", 'outlet;text\nA;"One; two, three"\n'),
        ("a.csv", '\ufeffoutlet,text\r\n\r\nA,"One; two, three"\r\n\r\n'),
        ("a.csv", '\n\n,outlet,text\n0,A,"One; two, three"\n'),
        ("a.jsonl", '{"outlet": "A", "text": "One; two, three"}\n\n'),
        ("a.json", ' [\n{"outlet": "A", "text": "One; two, three"}\n]\n'),
        ("a.json", '{"outlet": "A", "text": "One; two, three"}\n'),
    ],
)
def test_each_kind_of_table(tmp_path, name, table):
    for path in (write(tmp_path / name, table), write(tmp_path / f"{name}.gz", gzip.compress(table.encode()))):
        (article,) = read(path)
        assert (article.outlet, article.text) == ("A", "One; two, three")


@pytest.mark.parametrize(
    "table, place, words",
    [
        ("outlet,text\nA,one\nA,two,three\n", ":3:", "3 cells, the header 2"),
        ("outlet,text\nA\n", ":2:", "1 cells, the header 2"),
        ('outlet,text\nA,one\nA,"two\nA,three\n', ":3:", "never closed"),
        ('outlet,text\nA,"one" two\n', ":2:", "not a well-formed row"),
        ("outlet,text,text\nA,one,two\n", ":", "two columns are called 'text'"),
        ("outlet,body\nA,one\n", ":", "--map text=COLUMN"),
        ("text\none\n", ":", "--outlet NAME"),
        ("outlet,text\n,one\n", ":2", "no outlet"),
        ("", ":", "empty"),
    ],
)
def test_a_broken_csv_is_refused_with_its_line(tmp_path, table, place, words):
    path = write(tmp_path / "a.csv", table)
    message = refusal(path)
    assert message.startswith(f"{path}{place}")
    assert words in message


@pytest.mark.parametrize(
    "line, words",
    [
        ('{"outlet": "A", "text": "x", "text": "y"}', "'text' appears twice"),
        ('["A", "x"]', "found an array"),
        ('"A"', "expected a JSON object"),
        ("null", "found null"),
        ('{"outlet": "A", "text": "x"', "not valid JSON"),
        ('{"outlet": "A", "text": "x"} {}', "not valid JSON"),
        ('{"outlet": "A", "text": ["x"]}', "'text' is an array, expected a string"),
        ('{"outlet": "A", "text": "x", "n": Infinity}', "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_json_line_is_refused_with_its_number(tmp_path, line, words):
    path = write(tmp_path / "a.jsonl", '{"outlet": "A", "text": "fine"}\n\n' + line + "\n")
    message = refusal(path)
    assert message.startswith(f"{path}:3:")
    assert words in message


@pytest.mark.parametrize(
    "array, words",
    [
        ('[{"outlet": "A", "text": "x"}', "not closed"),
        ('[{"outlet": "A", "text": "x"}{"outlet": "A", "text": "y"}]', "between commas"),
        ('[{"outlet": "A", "text": "x"},, {}]', "between commas"),
        ("[1]", "between commas"),
        ('[{"outlet": "A", "text": "x"}] x', "more follows"),
        ('[{"outlet": "A", "text": "x}]', "not valid JSON"),
    ],
)
def test_a_broken_json_array_is_refused(tmp_path, array, words):
    assert words in refusal(write(tmp_path / "a.json", array))


def test_a_long_json_array_is_read_piece_by_piece(tmp_path):
    rows = [{"outlet": "A", "text": f"{n} " + "word " * (n % 700)} for n in range(700)]
    path = write(tmp_path / "a.json", json.dumps(rows, indent=1))
    assert [article.text for article in read(path)] == [row["text"] for row in rows]


def test_json_values_become_text_without_guessing(tmp_path):
    line = '{"outlet": "A", "text": "x", "id": 7, "a": 1.10, "b": true, "c": null, "d": NaN, "e": {"f": ["g", 1]}}'
    (article,) = read(write(tmp_path / "a.jsonl", line))
    assert article.id == "7"
    assert article.extra == {"a": "1.10", "b": "true", "c": "", "d": "", "e": '{"f": ["g", "1"]}'}


def test_a_text_may_hold_any_line_form_inside_json(tmp_path):
    text = "one\u2028two\x85three\rfour\x0bfive"
    (article,) = read(write(tmp_path / "a.jsonl", json.dumps({"outlet": "A", "text": text}, ensure_ascii=False)))
    assert article.text == text


def test_a_cell_may_be_longer_than_the_limit_of_the_csv_module(tmp_path):
    (article,) = read(write(tmp_path / "a.csv", "outlet,text\nA," + "word " * 60_000 + "\n"))
    assert len(article.text) == 300_000


def test_mapping_columns(tmp_path):
    table = "source,body,text\nA,the body,a teaser\n"
    (article,) = read(write(tmp_path / "a.csv", table), map={"outlet": "source", "text": "body"})
    assert (article.outlet, article.text, article.extra) == ("A", "the body", {"text_column": "a teaser"})
    lines = '{"source": "A", "body": "the body"}\n{"source": "A", "body": "other", "text": "a teaser"}'
    articles = read(write(tmp_path / "a.jsonl", lines), map={"outlet": "source", "text": "body"})
    assert [article.text for article in articles] == ["the body", "other"]


@pytest.mark.parametrize(
    "mapping, words",
    [
        ({"body": "text"}, "no field is called 'body'"),
        ({"text": "content"}, "no column 'content'"),
        ({"text": "body", "title": "body"}, "used for two fields"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path, mapping, words):
    assert words in refusal(write(tmp_path / "a.csv", "outlet,body\nA,x\n"), map=mapping)


def test_a_mapped_field_that_no_json_record_has_is_refused(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"outlet": "A", "text": "x", "published": "2020-01-01"}')
    assert "no record has a field 'publishd'" in refusal(path, map={"date": "publishd"})


def test_empty_texts_are_skipped_and_the_sums_agree(tmp_path):
    path = write(
        tmp_path / "a.jsonl", '{"outlet": "A", "text": "x"}\n{"outlet": "A", "text": " \\n"}\n{"outlet": "A"}\n'
    )
    articles = read_articles(path)
    assert [article.text for article in articles] == ["x"]
    report = articles.report
    assert report.skipped == [(f"{path}:2", "empty text"), (f"{path}:3", "no field 'text'")]
    assert report.read == report.yielded + len(report.skipped) == 3


def test_an_article_of_boilerplate_only_is_skipped(tmp_path):
    articles = read_articles(write(tmp_path / "a.csv", "outlet,text\nA,Advertisement\n"))
    assert list(articles) == []
    assert articles.report.skipped[0].reason == "no text left after cleaning"
    assert articles.report.read == 1


def test_ids_are_made_from_content_and_do_not_depend_on_cleaning(tmp_path):
    path = write(tmp_path / "a.csv", 'outlet,title,text\nA,T,"x\n\nAdvertisement"\nB,T,"x\n\nAdvertisement"\n')
    ids = [article.id for article in read_articles(path)]
    assert ids == [article.id for article in read(path)]
    assert len(set(ids)) == 2
    assert all(len(id) == 16 and set(id) <= set("0123456789abcdef") for id in ids)


def test_an_id_that_comes_twice_is_refused_with_both_places(tmp_path):
    first = write(tmp_path / "a.csv", "id,outlet,text\n7,A,x\n8,A,y\n")
    second = write(tmp_path / "b.jsonl", '{"id": "8", "outlet": "B", "text": "z"}')
    with pytest.raises(InputError) as error:
        list(read_articles(first, second))
    assert f"{second}:1" in str(error.value)
    assert f"{first}:3" in str(error.value)


def test_the_same_article_twice_without_ids_is_refused_and_explained(tmp_path):
    message = refusal(write(tmp_path / "a.csv", "outlet,text\nA,x\nA,x\n"))
    assert "a.csv:2" in message and "a.csv:3" in message and "remove one" in message


def test_unusable_characters_are_replaced_and_counted(tmp_path):
    articles = read_articles(write(tmp_path / "a.jsonl", r'{"outlet": "A", "text": "a\u0000b\ud800c\ud83d\ude00"}'))
    assert [article.text for article in articles] == ["a\ufffdb\ufffdc😀"]
    assert any("2 unusable character(s)" in warning for warning in articles.report.warnings)


def test_a_gzip_file_cut_short_is_refused(tmp_path):
    data = gzip.compress(b'{"outlet": "A", "text": "x"}\n' * 9)
    assert "end too early" in refusal(write(tmp_path / "a.jsonl.gz", data[:-9]))
    assert "damaged" in refusal(write(tmp_path / "b.jsonl.gz", data[:12] + b"\xff\xff\xff" + data[15:]))


def test_a_gzip_file_of_several_members_is_read_whole(tmp_path):
    members = [gzip.compress(json.dumps({"outlet": "A", "text": word}).encode() + b"\n") for word in ("one", "two")]
    assert [a.text for a in read(write(tmp_path / "a.jsonl.gz", b"".join(members) + b"\0" * 40))] == ["one", "two"]


def test_a_gzip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(encodings, "BOMB_SIZE", 1 << 22)
    packed = gzip.compress(b'{"outlet": "A", "text": "' + b" " * (1 << 23))
    assert "times its size" in refusal(write(tmp_path / "a.jsonl.gz", packed))


def test_a_record_of_absurd_length_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("framing.ingest.tables.LONGEST_RECORD", 1000)
    assert "no single article" in refusal(write(tmp_path / "a.jsonl", '{"outlet": "A", "text": "' + "x" * 2000 + '"}'))
    assert "never closed" in refusal(write(tmp_path / "a.csv", 'outlet,text\nA,"' + "x\n" * 2000))


@pytest.mark.parametrize("form, tables", [("jsonl", "{"), ("csv", "outlet,text\nA,one\n"), ("json", "[{")])
def test_a_format_that_is_given_wins_over_the_name(tmp_path, form, tables):
    row = {"jsonl": '{"outlet": "A", "text": "one"}', "csv": tables, "json": '[{"outlet": "A", "text": "one"}]'}[form]
    assert [a.text for a in read(write(tmp_path / "a.data", row), format=form)] == ["one"]
    assert "unknown kind of file" in refusal(tmp_path / "a.data")


VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES.filter(str.strip), VALUES.filter(str.strip)), min_size=1, max_size=5))
def test_what_python_writes_is_read_back(tmp_path_factory, rows):
    import csv

    folder = tmp_path_factory.mktemp("round")
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["id", "outlet", "text"])
    writer.writerows([n, outlet, text] for n, (outlet, text) in enumerate(rows))
    lines = "\n".join(json.dumps({"id": n, "outlet": o, "text": t}) for n, (o, t) in enumerate(rows))
    expected = [(outlet.strip(), text) for outlet, text in rows]
    for path in (write(folder / "a.csv", table.getvalue()), write(folder / "a.jsonl", lines)):
        assert [(article.outlet, article.text) for article in read(path)] == expected


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.jsonl", "a.json", "a.txt", "a.tsv"]))
def test_any_bytes_give_articles_or_an_input_error(tmp_path_factory, data, name):
    path = write(tmp_path_factory.mktemp("bytes") / name, data)
    try:
        articles = read_articles(path, outlet="A")
        count = sum(1 for _ in articles)
    except InputError as error:
        assert str(path) in str(error)
    else:
        assert articles.report.read == count + len(articles.report.skipped)


def test_memory_does_not_grow_with_the_number_of_articles(tmp_path):
    def peak(number):
        path = tmp_path / f"{number}.jsonl"
        with path.open("w") as file:
            for n in range(number):
                lines = "\n\n".join([f"{n} {k} " + "word " * 40 for k in range(10)] + ["Advertisement"])
                file.write(json.dumps({"outlet": "A", "text": lines}) + "\n")
        articles = read_articles(path)
        tracemalloc.start()
        for _ in articles:
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    # 800 more articles hold 1.7 MB of text; their ids and the account of removals may take a fifth of that.
    assert peak(1000) - peak(200) < 340_000

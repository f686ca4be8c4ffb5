"""Folders, single pages and standard input."""

import io
import pickle
import sys

import pytest

from framing.errors import InputError
from framing.ingest import read_articles
from framing.ingest.articles import Articles
from framing.ingest.single import Spool

BODY = "The two delegations met on Monday for the first time since the talks broke down in spring."


def fill(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".", 1)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def refusal(*inputs, **options):
    with pytest.raises(InputError) as error:
        list(read_articles(*inputs, **options))
    return str(error.value)


def test_pages_with_metadata(tmp_path):
    folder = fill(
        tmp_path,
        articles_csv="file,outlet,date,event,country\na.txt,A,2017-01-24,e1,X\npages/b.txt,B,,,\n",
        a_txt=f"Harbour reopens\n\n{BODY}\n",
        pages__b_txt=f"Harbour closes\n\n{BODY}\n",
    )
    articles = read_articles(folder)
    first, second = articles
    assert (first.outlet, first.title, first.date, first.event) == ("A", "Harbour reopens", "2017-01-24", "e1")
    assert first.text.strip() == BODY
    assert first.extra == {"file": "a.txt", "country": "X"}
    assert second.outlet == "B"
    assert [file.name for file in articles.report.files] == ["a.txt", "pages/b.txt", "articles.csv"]
    assert {file.encoding for file in articles.report.files} == {"utf-8"}
    assert all(len(file.sha256) == 64 for file in articles.report.files)


def test_a_title_in_the_metadata_wins_and_its_copies_on_the_page_go(tmp_path):
    fill(
        tmp_path,
        articles_csv="file,outlet,title\na.txt,A,Harbour reopens\n",
        a_txt=f"Politics\n\nHarbour reopens\n\n{BODY}",
    )
    (article,) = read_articles(tmp_path)
    assert (article.title, article.text) == ("Harbour reopens", BODY)


def test_without_cleaning_a_page_stays_exactly_as_it_is(tmp_path):
    text = f"Harbour reopens\r\n\r\n{BODY}\r\n\r\nLeave a Reply\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (article,) = read_articles(tmp_path / "a.txt", outlet="A", clean=False)
    assert (article.title, article.text) == ("", text)


def test_rows_without_file_and_files_without_row_are_reported(tmp_path):
    fill(tmp_path, articles_csv="file,outlet\na.txt,A\ngone.txt,A\n,A\n", a_txt=BODY, stray_txt=BODY)
    articles = read_articles(tmp_path)
    assert len(articles) == 1
    table = tmp_path / "articles.csv"
    assert articles.report.skipped == [
        (f"{table}:3", "no such file: gone.txt"),
        (f"{table}:4", "no file named"),
        (str(tmp_path / "stray.txt"), "no row in articles.csv"),
    ]
    assert articles.report.read == 4


def test_of_several_tables_with_files_the_one_named_articles_is_the_metadata(tmp_path):
    fill(tmp_path, articles_csv="file,outlet\na.txt,A\n", gold_csv="file,term\na.txt,x\n", a_txt=BODY)
    articles = read_articles(tmp_path)
    assert [article.outlet for article in articles] == ["A"]
    assert "gold.csv: not read" in articles.report.warnings[0]


def test_several_tables_with_files_and_no_clear_name_are_refused(tmp_path):
    fill(tmp_path, one_csv="file,outlet\na.txt,A\n", two_csv="file,outlet\na.txt,B\n", a_txt=BODY)
    message = refusal(tmp_path)
    assert "one.csv, two.csv" in message and "--metadata" in message
    assert [article.outlet for article in read_articles(tmp_path, metadata=tmp_path / "two.csv")] == ["B"]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "a/../../b.txt", "C:\\x.txt", "..\\x.txt"])
def test_metadata_cannot_point_out_of_the_folder(tmp_path, name):
    fill(tmp_path, articles_csv=f"file,outlet\n{name},A\n", a_txt=BODY)
    assert "leads out of the folder" in refusal(tmp_path)


def test_a_file_named_twice_is_refused(tmp_path):
    fill(tmp_path, articles_csv="file,outlet\na.txt,A\n./a.txt,B\n", a_txt=BODY)
    assert "has a row already" in refusal(tmp_path)


def test_metadata_without_outlet_needs_one(tmp_path):
    fill(tmp_path, articles_csv="file,date\na.txt,2020-01-02\n", a_txt=BODY)
    assert "no column 'outlet'" in refusal(tmp_path)
    assert [article.outlet for article in read_articles(tmp_path, outlet="A")] == ["A"]


def test_pages_without_metadata_need_an_outlet(tmp_path):
    fill(tmp_path, a_txt=BODY, b_txt=BODY + " Again.")
    message = refusal(tmp_path)
    assert "2 text files without metadata" in message and "--outlet" in message
    assert [article.outlet for article in read_articles(tmp_path, outlet="A")] == ["A", "A"]


def test_a_folder_of_tables(tmp_path):
    fill(
        tmp_path,
        a_csv="outlet,text\nA,one\n",
        b_jsonl='{"outlet": "B", "text": "two"}',
        notes_csv="x,y\n1,2\n",
        readme_txt="Read me",
    )
    articles = read_articles(tmp_path)
    assert [article.text for article in articles] == ["one", "two"]
    assert articles.report.skipped[0].where == str(tmp_path / "readme.txt")
    assert any("notes.csv" in warning for warning in articles.report.warnings)


@pytest.mark.parametrize("files", [{}, {"a_html": "<p>x</p>"}])
def test_a_folder_without_articles_is_refused(tmp_path, files):
    assert "no articles" in refusal(fill(tmp_path, **files))


def test_a_page_that_is_no_text_is_skipped_in_a_folder_and_refused_alone(tmp_path):
    fill(tmp_path, a_txt=BODY)
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 20)
    articles = read_articles(tmp_path, outlet="A")
    assert len(articles) == 1
    assert "not readable as text" in articles.report.skipped[0].reason
    assert "not readable as text" in refusal(tmp_path / "b.txt", outlet="A")


def test_inputs_that_cannot_be_read_are_refused_at_once(tmp_path):
    for inputs, words in [
        ((), "no input"),
        ((tmp_path / "gone.csv",), "cannot be read"),
        ((fill(tmp_path, a_txt=BODY) / "a.txt",), "--outlet"),
        ((fill(tmp_path, a_docx=BODY) / "a.docx",), "unknown kind of file"),
        ((fill(tmp_path, a_csv="outlet,text\n") / "a.csv", tmp_path / "a.csv"), "given twice"),
    ]:
        with pytest.raises(InputError, match=words):
            read_articles(*inputs)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"format": "pdf"}, "format 'pdf'"),
        ({"encoding": "utf-99"}, "utf-99"),
        ({"encoding": "zlib"}, "zlib"),
        ({"outlet": " "}, "empty"),
        ({"metadata": "m.csv"}, "belongs to one folder"),
    ],
)
def test_options_that_do_not_fit_are_refused(tmp_path, options, words):
    with pytest.raises(InputError, match=words):
        read_articles(fill(tmp_path, a_csv="outlet,text\nA,x\n") / "a.csv", **options)


@pytest.mark.parametrize(
    "data, options, texts",
    [
        (b'{"outlet": "A", "text": "one"}\n', {}, ["one"]),
        (b'[{"outlet": "A", "text": "one"}]', {}, ["one"]),
        (b"outlet,text\nA,one\n", {}, ["one"]),
        (b"outlet\ttext\nA\tone\n", {}, ["one"]),
        (b"name,body\nA,one\n", {"map": {"outlet": "name", "text": "body"}}, ["one"]),
        (b"One, two, three.", {"outlet": "A"}, ["One, two, three."]),
        (b"[Sic] is what she wrote.", {"outlet": "A"}, ["[Sic] is what she wrote."]),
        (b"outlet,text\nA,one\n", {"outlet": "A", "format": "txt"}, ["outlet,text\nA,one\n"]),
    ],
)
def test_standard_input(monkeypatch, data, options, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles = read_articles("-", clean=False, **options)
    assert [article.text for article in articles] == texts
    assert [article.text for article in articles] == texts  # can be read again
    assert [file.name for file in articles.report.files] == ["standard input"]


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "empty"),
        (b"Just some words.", "neither JSON nor a table"),
        (b'{"outlet": "A"', "standard input:1: not valid JSON"),
    ],
)
def test_standard_input_that_cannot_be_read_is_refused(monkeypatch, data, words):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    message = refusal("-")
    assert words in message and "/" not in message.split("(")[0]


def test_the_copy_of_standard_input_goes_with_it():
    spool = Spool(io.BytesIO(b"x"))
    path = spool.path
    assert path.read_bytes() == b"x"
    del spool
    assert not path.exists()


def test_articles_can_be_iterated_counted_batched_and_pickled(tmp_path):
    path = fill(tmp_path, a_csv="outlet,text\n" + "".join(f"A,Advertisement {n}\n" for n in range(5))) / "a.csv"
    articles = read_articles(path)
    assert isinstance(articles, Articles) and bool(articles)
    assert len(articles) == 5
    assert [len(batch) for batch in articles.batches(2)] == [2, 2, 1]
    assert list(pickle.loads(pickle.dumps(articles))) == list(articles)
    with pytest.raises(ValueError, match="at least 1"):
        next(articles.batches(0))


def test_the_account_of_removals_survives_a_long_run(tmp_path):
    rows = "".join(f'{n},A,"Text {n}.\n\nAdvertisement\n\nStory continues below"\n' for n in range(3000))
    articles = read_articles(fill(tmp_path, a_csv="id,outlet,text\n" + rows) / "a.csv")
    assert sum(1 for _ in articles) == 3000
    removed = articles.report.removed
    assert len(removed) == 6000
    assert list(removed)[-1] == ("2999", "advertisement", 5, "Story continues below")
    assert pickle.loads(pickle.dumps(removed)) == removed

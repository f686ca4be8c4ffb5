"""From bytes to text, with the choice on record."""

import codecs

import pytest

from framing.errors import InputError
from framing.ingest import read_articles

TEXT = "Le maire a déclaré que l’accord était « une étape ». La côte, fermée depuis l’été, a été rouverte à Évian."


def read(path, **options):
    articles = read_articles(path, outlet="A", clean=False, **options)
    (article,) = articles
    return article.text, articles.report


@pytest.mark.parametrize("suffix", ["txt", "csv"])
@pytest.mark.parametrize(
    "encoding, mark, recorded",
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32"),
    ],
)
@pytest.mark.parametrize("clean", [True, False])
def test_a_mark_or_strict_utf_8_decides_without_a_warning(tmp_path, suffix, encoding, mark, recorded, clean):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(mark + (TEXT if suffix == "txt" else f'text\n"{TEXT}"\n').encode(encoding))
    articles = read_articles(path, outlet="A", clean=clean)
    assert [article.text for article in articles] == [TEXT]
    assert articles.report.files[0].encoding == recorded
    assert articles.report.warnings == []


@pytest.mark.parametrize("suffix", ["txt", "csv"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("clean", [True, False])
def test_a_guess_is_right_here_and_comes_with_a_warning(tmp_path, suffix, encoding, clean):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes((TEXT if suffix == "txt" else f'text\n"{TEXT}"\n').encode(encoding))
    articles = read_articles(path, outlet="A", clean=clean)
    assert [article.text for article in articles] == [TEXT]
    assert articles.report.files[0].encoding == encoding
    assert "a guess" in articles.report.files[0].warning
    assert "a guess" in articles.report.warnings[0]


def test_the_encoding_given_wins(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    text, report = read(path, encoding="latin-1")
    assert text == TEXT.encode().decode("latin-1")
    assert (report.files[0].encoding, report.warnings) == ("iso8859-1", [])


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
@pytest.mark.parametrize("clean", [True, False])
def test_a_file_that_is_not_in_the_encoding_given_is_refused(tmp_path, name, clean):
    path = tmp_path / name
    path.write_bytes(b"text\n" + TEXT.encode("cp1252"))
    with pytest.raises(InputError, match="not utf-8 text"):
        list(read_articles(path, outlet="A", encoding="utf-8", clean=clean))


def test_bytes_that_are_not_utf_8_late_in_a_long_table_are_noticed(tmp_path):
    path = tmp_path / "a.csv"
    rows = b"".join(b"%d,plain English words in a row\n" % n for n in range(20_000))
    path.write_bytes(b"id,text\n" + rows + b'x,"' + TEXT.encode("cp1252") + b'"\n')
    for clean in (True, False):
        articles = read_articles(path, outlet="A", clean=clean)
        assert [article.text for article in articles][-1] == TEXT
        assert articles.report.files[0].encoding == "cp1252"

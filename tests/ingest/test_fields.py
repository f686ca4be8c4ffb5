"""Dates and ids: read where they have one meaning, doubted otherwise."""

import pytest

from framing.ingest import read_articles
from framing.ingest.fields import parse_date


@pytest.mark.parametrize(
    "given, day",
    [
        ("2017-01-24", "2017-01-24"),
        (" 2017-01-24 ", "2017-01-24"),
        ("2017-01-24T23:30:00-08:00", "2017-01-24"),
        ("2017-01-24 09:30", "2017-01-24"),
        ("2017-01-24T09:30:00.123456Z", "2017-01-24"),
        ("20170124", "2017-01-24"),
        ("2017/1/24", "2017-01-24"),
        ("24 January 2017", "2017-01-24"),
        ("24th Jan. 2017", "2017-01-24"),
        ("January 24, 2017", "2017-01-24"),
        ("Sept 4, 2017 at 10:15 AM", "2017-09-04"),
        ("Tue, 24 Jan 2017 10:00:00 GMT", "2017-01-24"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_dates_of_one_meaning(given, day):
    assert parse_date(given) == day


@pytest.mark.parametrize(
    "given",
    [
        "03/04/2017",
        "24/01/2017",
        "24.01.2017",
        "2017",
        "2017-01",
        "2017-02-30",
        "2017-13-01",
        "31 February 2017",
        "yesterday",
        "1485216000",
        "Jan 24",
        "24 Janvier 2017",
        "２０１７-01-24",
        "2017-01-24" * 50,
        "0000-01-01",
        "0001-11-30",
    ],
)
def test_other_dates_are_not_guessed(given):
    assert parse_date(given) is None


def test_an_article_with_an_odd_date_is_kept_undated_with_a_warning_that_names_the_place(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("outlet,date,text\nA,2017-01-24,one\nA,03/04/2017,two\n")
    articles = read_articles(path)
    assert [article.date for article in articles] == ["2017-01-24", ""]
    (warning,) = articles.report.warnings
    assert warning.startswith(f"{path}:3:") and "'03/04/2017'" in warning


def test_a_thousand_odd_dates_make_a_short_account(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,outlet,date,text\n" + "".join(f"{n},A,soon,one\n" for n in range(1000)))
    articles = read_articles(path)
    assert len(articles) == 1000
    assert len(articles.report.warnings) == 21
    assert articles.report.warnings[-1] == "dates: 980 more like these (1000 in all)"

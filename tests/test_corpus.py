"""The embedded corpus keeps its promises, and the analyser reads it as it was coded by hand."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from framing.corpus import corpus_root, read_corpus

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

ARTICLES = list(read_corpus())


def test_six_outlets_word_many_events_in_articles_of_newspaper_length() -> None:
    assert len(ARTICLES) >= 40
    assert len({a.outlet for a in ARTICLES}) == 6
    lengths = {a.id: len(a.text.split()) for a in ARTICLES}
    assert all(200 <= words <= 400 for words in lengths.values()), {
        k: v for k, v in lengths.items() if not 200 <= v <= 400
    }
    outlets: dict[str, set[str]] = defaultdict(set)
    for article in ARTICLES:
        outlets[article.event].add(article.outlet)
    assert len(outlets) >= 8
    assert all(len(who) >= 4 for who in outlets.values())


def test_every_article_has_headline_date_and_event_and_lies_in_the_future() -> None:
    events = {row["event"] for row in csv.DictReader((corpus_root() / "events.csv").open(encoding="utf-8"))}
    for article in ARTICLES:
        assert article.title and article.event in events
        assert "2031-01-01" <= article.date <= "2032-12-31"


def test_nothing_in_it_is_cleaned_away() -> None:
    from framing.ingest import read_articles

    root = corpus_root()
    articles = read_articles(root, metadata=root / "articles.csv", clean=True)
    assert [a.text.strip() for a in articles] == [a.text.strip() for a in ARTICLES]
    assert not list(articles.report.removed)


def test_about_says_that_it_is_invented() -> None:
    assert "invented" in (corpus_root() / "ABOUT.md").read_text(encoding="utf-8")


def test_gold_offsets_give_the_surface() -> None:
    by_id = {a.id: a for a in ARTICLES}
    rows = list(csv.DictReader((corpus_root() / "gold.csv").open(encoding="utf-8", newline="")))
    assert len({r["id"] for r in rows}) >= 12
    for row in rows:
        article = by_id[row["id"]]
        text = article.title if row["section"] == "headline" else article.text
        assert text[int(row["start"]) : int(row["end"])] == row["surface"], row


def test_names_and_voices_are_found_as_coded(capsys: pytest.CaptureFixture[str]) -> None:
    from naming_accuracy import embedded_corpus

    recall, voice = embedded_corpus(show=False)
    assert recall >= 0.80, capsys.readouterr().out
    assert voice >= 0.93, capsys.readouterr().out

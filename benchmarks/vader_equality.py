"""VADER's scores against vaderSentiment's own: equality and CPU time, measured side by side in one run.

    python benchmarks/vader_equality.py [SHARED] [--fuzzed N] [--megabytes N]

Prints how many sentences of contested_topics were compared and how many differ, the same for fuzzed sentences, the CPU
seconds of both over so many megabytes of articles (by default 24, the file again and again under a vocabulary that
begins empty), and the CPU seconds of single lines of 0.25 to 2 MB. Differences are printed, and end with exit code 1.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.text import LongArray, Splitter, Tokens, Vocabulary, read_tokens
from framing.vader import MAX_CHARACTERS, score_spans, score_texts, split_long

SEED = 20170124
BATCH = 200
SHOWN = 5
# What VADER's rules turn on, thrown among the words of the articles.
SPICE = [
    "but", "But", "BUT", "no", "not", "isn't", "never", "never so", "without doubt", "least", "at least", "very",
    "VERY", "barely", "kind of", "sort of", "just enough", "or", "nor", "the shit", "the bomb", "bad ass", "bus stop",
    "yeah right", "kiss of death", "to die for", "beating heart", "good", "GOOD", "bad", "love", "hate", "killed", ":)",
    ":(", ":D", "<3", "😀", "💔", "❤", "©", "!!!", "!", "???", "??", "?!", "...", "—", "“", "”",
]  # fmt: skip
GAPS = [" "] * 40 + ["\u00a0", "\n", "  ", "\t", "\u2028", "\x1c", "", "—"]


def load(shared: Path) -> list[str]:
    with gzip.open(shared / "data" / "contested_topics.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [text for row in rows for text in (row["title"], row["text"])]


def batches(texts: list[str], megabytes: float) -> Iterator[list[str]]:
    """Yield the texts in batches, again and again, until there are so many megabytes."""
    read = 0.0
    while read < megabytes * 1e6:
        for begin in range(0, len(texts), BATCH):
            batch = texts[begin : begin + BATCH]
            yield batch
            read += sum(len(text.encode()) for text in batch)
            if read >= megabytes * 1e6:
                return


def sentences(tokens: Tokens, splitter: Splitter) -> tuple[LongArray, LongArray]:
    start = splitter(tokens)
    return start, np.append(start, len(tokens))[1:]


def printed(tokens: Tokens, texts: list[str], start: LongArray, end: LongArray) -> list[str]:
    segment = np.searchsorted(tokens.bounds, start, side="right") - 1
    places = zip(segment.tolist(), tokens.start[start].tolist(), tokens.end[end - 1].tolist(), strict=True)
    return [texts[s][a:b] for s, a, b in places]


def expected(analyser: SentimentIntensityAnalyzer, text: str) -> float:
    """The score as documented: vaderSentiment's own, and of a longer sentence the mean of its parts."""
    if len(text) <= MAX_CHARACTERS:
        return analyser.polarity_scores(text)["compound"]
    parts = split_long(text)
    return round(sum(analyser.polarity_scores(part)["compound"] for part in parts) / len(parts), 4)


def report(name: str, texts: list[str], scores: list[float], analyser: SentimentIntensityAnalyzer) -> int:
    wrong = [
        (text, score, own)
        for text, score in zip(texts, scores, strict=True)
        if (own := expected(analyser, text)) != score
    ]
    print(f"{name}: {len(texts)} compared, {len(wrong)} differ")
    for text, score, own in wrong[:SHOWN]:
        print(f"  {score} instead of {own}: {text!r}")
    return len(wrong)


def compare_and_time(texts: list[str], megabytes: float, analyser: SentimentIntensityAnalyzer) -> int:
    """Score all sentences both ways, in turns, so that both meet the machine in the same state."""
    vocabulary, splitter = Vocabulary(), Splitter()
    ours = theirs = 0.0
    count = different = read = 0
    for batch in batches(texts, megabytes):
        tokens = read_tokens(batch, vocabulary)
        start, end = sentences(tokens, splitter)
        lines = printed(tokens, batch, start, end)
        began = time.process_time()
        scores = score_spans(tokens, batch, start, end)
        middle = time.process_time()
        own = [expected(analyser, line) for line in lines]
        theirs += time.process_time() - middle
        ours += middle - began
        read += sum(len(text.encode()) for text in batch)
        count += len(lines)
        wrong = [(line, a, b) for line, a, b in zip(lines, scores.tolist(), own, strict=True) if a != b]
        for line, a, b in wrong[: SHOWN - different]:
            print(f"  {a} instead of {b}: {line!r}")
        different += len(wrong)
    print(f"sentences of contested_topics: {count} compared ({read / 1e6:.1f} MB), {different} differ")
    print(f"CPU seconds: {ours:.2f}, vaderSentiment per sentence {theirs:.2f}: {theirs / ours:.1f} times")
    return different


def fuzz(texts: list[str], count: int) -> Iterator[str]:
    """Make sentences of words of the articles and of what VADER's rules turn on, in any case, white space and order."""
    chance = random.Random(SEED)
    while count:
        words = chance.choice(texts).split()
        if not words:
            continue
        begin = chance.randrange(len(words))
        line = words[begin : begin + chance.randrange(1, 30)]
        for _ in range(chance.randrange(0, 8)):
            line.insert(chance.randrange(len(line) + 1), chance.choice(SPICE))
        line = [word.upper() if chance.random() < 0.1 else word for word in line]
        yield "".join(word + chance.choice(GAPS) for word in line).strip()
        count -= 1


def check_fuzzed(texts: list[str], count: int, analyser: SentimentIntensityAnalyzer) -> int:
    """Compare texts as they stand, and the sentences that the token arrays find in them."""
    made = list(fuzz(texts, count))
    different = report("fuzzed texts", made, score_texts(made).tolist(), analyser)
    tokens = read_tokens(made, Vocabulary())
    start, end = sentences(tokens, Splitter())
    lines = printed(tokens, made, start, end)
    return different + report("fuzzed sentences", lines, score_spans(tokens, made, start, end).tolist(), analyser)


def time_single_lines(texts: list[str]) -> None:
    """Articles without full stops and line breaks: one sentence each."""
    line = " ".join(" ".join(texts).replace(".", ",").replace("!", ",").replace("?", ",").split())
    for size in (0.25, 0.5, 1, 2):
        text = line[: int(size * 1e6)].rstrip()
        tokens = read_tokens([text], Vocabulary())
        whole = np.array([0]), np.array([len(tokens)])
        began = time.process_time()
        (score,) = score_spans(tokens, [text], *whole).tolist()
        print(f"one line of {size} MB: {time.process_time() - began:.2f} CPU s, {len(split_long(text))} parts, {score}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--fuzzed", type=int, default=100_000)
    parser.add_argument("--megabytes", type=float, default=24)
    options = parser.parse_args()
    texts, analyser = load(options.shared), SentimentIntensityAnalyzer()
    score_texts(["good"])  # both have read their lexicon before the clock starts
    different = compare_and_time(texts, options.megabytes, analyser)
    different += check_fuzzed(texts, options.fuzzed, analyser)
    time_single_lines(texts)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

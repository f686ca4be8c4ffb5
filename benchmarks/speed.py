"""Speed and memory, measured side by side in one run.

    python benchmarks/speed.py [SHARED] [--quick]

Prints one line a figure. The naive pipeline is linear in the number of articles, so it is run on the first few
hundred articles of the same file and its rate is scaled; everything else runs whole. CPU seconds are of whole
processes, start to end, children included.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from framing.lexicon import Category, Lexicon, Term, read_lexicons
from framing.matching import Matcher
from framing.text import ABBREVIATIONS, CAPITAL, DOTTED, TITLES, WORD, Vocabulary, read_tokens

NAIVE_ARTICLES = 120
MEGABYTES = 50


def load(shared: Path) -> list[dict]:
    with gzip.open(shared / "data" / "contested_topics.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def repeat(rows: list[dict], megabytes: float, path: Path) -> int:
    """Write the articles again and again, each time under new ids, until there are so many megabytes of text."""
    written, number = 0, 0
    with path.open("w", encoding="utf-8") as file:
        while written < megabytes * 1e6:
            for row in rows:
                file.write(json.dumps({**row, "id": f"{row['id']}-{number}"}, ensure_ascii=False) + "\n")
                written += len(row["text"].encode())
                if written >= megabytes * 1e6:
                    break
            number += 1
    return written


def spend(command: list[str]) -> tuple[float, float, float, str]:
    """Run a process; returns CPU seconds, wall seconds, peak megabytes, and its output."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024, output


def analyse(source: Path, target: Path, workers: int = 1) -> tuple[float, float, float]:
    cpu, wall, peak, _ = spend(
        [sys.executable, "-m", "framing", "analyse", str(source), "-o", str(target), "-q", "-j", str(workers)]
    )
    return cpu, wall, peak


def digest(folder: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name != "timings.json":
            sha.update(path.name.encode() + path.read_bytes())
    return sha.hexdigest()


def draw_terms(rows: list[dict], count: int, seed: int) -> list[str]:
    """Draw distinct n-grams of 2 to 5 words from articles."""
    chance = random.Random(seed)
    vocabulary = Vocabulary()
    terms: dict[str, None] = {}
    while len(terms) < count:
        row = chance.choice(rows)
        tokens = read_tokens([row["text"]], vocabulary)
        flags = tokens.form_flags()
        n = chance.choice((2, 2, 2, 3, 3, 4, 5))
        for place in chance.sample(range(max(1, len(tokens) - n)), min(40, max(1, len(tokens) - n))):
            words = [vocabulary.forms.folded[f] for f in tokens.form[place : place + n]]
            if all(w.isascii() and w.isalpha() for w in words) and (flags[place : place + n] & WORD).all():
                terms[" ".join(words)] = None
    return list(terms)[:count]


def as_lexicon(terms: list[str]) -> Lexicon:
    return Lexicon(
        name="drawn", module="naming", title="", language="en", version="1", licence="",
        scale=(-1.0, 1.0), scale_meaning="",
        categories={"drawn": Category("drawn", "drawn")}, terms=tuple(Term(t, "drawn", 0.0) for t in terms),
    )  # fmt: skip


def count_terms(texts: list[str], matcher: Matcher) -> np.ndarray:
    """Count all terms; returns the number of each entry. Begins with an empty vocabulary."""
    counts = np.zeros(len(matcher.entries), dtype=np.int64)
    vocabulary = Vocabulary()
    for begin in range(0, len(texts), 400):
        tokens = read_tokens(texts[begin : begin + 400], vocabulary)
        matches = matcher(tokens, np.arange(len(tokens.bounds) - 1, dtype=np.int32))
        counts += np.bincount(matches.entry, minlength=len(counts))
    return counts


def find_terms(texts: list[str], matcher: Matcher) -> list[tuple[int, int, int]]:
    """Find all terms; returns (text, first token, entry)."""
    vocabulary = Vocabulary()
    hits: list[tuple[int, int, int]] = []
    for begin in range(0, len(texts), 400):
        tokens = read_tokens(texts[begin : begin + 400], vocabulary)
        matches = matcher(tokens, np.arange(len(tokens.bounds) - 1, dtype=np.int32))
        text = np.searchsorted(tokens.bounds, matches.start, side="right") - 1
        local = matches.start - tokens.bounds[text]
        hits.extend(zip((text + begin).tolist(), local.tolist(), matches.entry.tolist(), strict=True))
    return hits


def reference_hits(texts: list[str], terms: list[str]) -> list[tuple[int, int, int]]:
    """The same by a plain trie over the words of each text, one word after the other."""
    trie: dict = {}
    for number, term in enumerate(terms):
        node = trie
        for word in term.split():
            node = node.setdefault(word, {})
        node.setdefault(None, number)
    vocabulary = Vocabulary()
    hits = []
    for number, text in enumerate(texts):
        tokens = read_tokens([text], vocabulary)
        forms = vocabulary.forms
        # Words, and None where punctuation or a new paragraph ends every term.
        words: list[str | None] = []
        places: list[int] = []
        for place, (form, flags) in enumerate(zip(tokens.form.tolist(), tokens.flags.tolist(), strict=True)):
            kind, spelling = forms.flags[form], forms.text[form]
            if flags & 16:
                words.append(None)
                places.append(place)
            if kind & 16:
                continue
            previous = int(tokens.form[place - 1]) if place else form
            short = (
                forms.folded[previous] in TITLES | ABBREVIATIONS
                or forms.flags[previous] & DOTTED
                or (len(forms.text[previous]) == 1 and forms.flags[previous] & CAPITAL and forms.text[previous] != "I")
            )
            soft = spelling in "[]" or (not flags & 1 and (spelling in "'’" or (spelling == "." and short)))
            if kind & WORD or not soft:
                words.append(forms.folded[form] if kind & WORD else None)
                places.append(place)
        place = 0
        while place < len(words):
            node, at, found, length = trie, place, -1, 0
            while at < len(words) and words[at] in node and words[at] is not None:
                node = node[words[at]]
                at += 1
                if None in node:
                    found, length = node[None], at - place
            if found >= 0:
                hits.append((number, places[place], found))
                place += length
            else:
                place += 1
    return hits


def cpu_of(work) -> tuple[float, object]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    shared = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "shared"
    if not (shared / "data" / "contested_topics.jsonl.gz").is_file():
        raise SystemExit(f"{shared}: no data/contested_topics.jsonl.gz there. Give the folder that holds it.")
    quick = "--quick" in sys.argv
    megabytes = 11.0 if quick else MEGABYTES
    rows = load(shared)
    print(f"articles {len(rows)}, lexicon terms {sum(len(x.terms) for x in read_lexicons())}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, tenth = folder / "large.jsonl", folder / "tenth.jsonl"
        size = repeat(rows, megabytes, source)
        repeat(rows, megabytes / 10, tenth)
        cpu, wall, peak = analyse(source, folder / "one")
        _, _, _, said = spend(
            [sys.executable, "benchmarks/naive.py", str(source), str(folder / "naive.csv"), str(NAIVE_ARTICLES)]
        )
        naive = json.loads(said)
        naive_cpu = naive["cpu"] * size / naive["bytes"]
        print(f"analyse       {size / 1e6:.1f} MB: {cpu:.1f} CPU s, {size / 1e6 / cpu:.2f} MB/s, peak {peak:.0f} MB")
        print(
            f"naive         {naive['bytes'] / 1e6:.1f} MB: {naive['cpu']:.1f} CPU s ({naive['terms']} terms), "
            f"scaled {naive_cpu:.0f} CPU s; analyse is {naive_cpu / cpu:.1f} x as fast (target 12)",
            flush=True,
        )
        _, _, small_peak = analyse(tenth, folder / "tenth")
        print(
            f"memory        {small_peak:.0f} MB for a tenth, {peak:.0f} MB for all: "
            f"{peak / small_peak:.2f} x (target 1.5)"
        )
        _, wall_two, _ = analyse(source, folder / "two", workers=2)
        same = digest(folder / "one") == digest(folder / "two")
        print(
            f"two processes {wall:.1f} s and {wall_two:.1f} s: {wall / wall_two:.2f} x (target 1.7), "
            f"same bytes: {same}",
            flush=True,
        )

    texts = [r["text"] for r in rows]
    size = sum(len(t.encode()) for t in texts)
    many = texts * max(1, round(megabytes * 1e6 / size))
    drawn = draw_terms(rows[::2], 50_000, seed=2017)
    matchers = {n: Matcher([as_lexicon(drawn[:n])]) for n in (500, 5_000, 50_000)}
    ours, _ = cpu_of(lambda: count_terms(many, matchers[5_000]))
    from sklearn.feature_extraction.text import CountVectorizer

    vectoriser = CountVectorizer(vocabulary=drawn[:5_000], ngram_range=(1, 5), token_pattern=r"(?u)\b\w+\b")
    theirs, _ = cpu_of(lambda: vectoriser.transform(many))
    print(f"counting      {ours:.2f} CPU s, CountVectorizer {theirs:.2f}: {theirs / ours:.1f} x (target 6)")
    hits, reference = find_terms(texts, matchers[5_000]), reference_hits(texts, drawn[:5_000])
    print(f"hits          {len(hits)}, equal to the reference trie: {sorted(hits) == sorted(reference)}", flush=True)
    spent = {n: min(cpu_of(lambda m=m: count_terms(many, m))[0] for _ in range(2)) for n, m in matchers.items()}
    print(
        f"many terms    500: {spent[500]:.2f} CPU s, 50,000: {spent[50_000]:.2f}: "
        f"{spent[50_000] / spent[500]:.2f} x (target 1.5)"
    )
    help_cpu = min(spend([sys.executable, "-m", "framing", "--help"])[0] for _ in range(5))
    print(f"framing --help {help_cpu:.2f} CPU s (target 0.3)")
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

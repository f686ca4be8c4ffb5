"""Copies and printed credits: how well they are found, and how fast.

    python benchmarks/copy_accuracy.py [FOLDER] [--growth 10000,30000,100000] [--show NUMBER]

Articles are invented by a generator: sentences of made-up words with the frequencies of a language (Zipf), stock
phrases that many articles share, and planted copies. FOLDER, with `seeds/` and `data/` like those of the development
data, adds
counts on real articles; `--show` prints some passages and credits there, to be judged by reading. `--growth` measures
seconds and peak memory at these numbers of articles, each in a process of its own.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from framing.ingest import read_articles
from framing.ingest.copies import SHARED_TEXT, find_copies, own_reporting
from framing.ingest.credits import MENTION, PART, WIRE, find_credits
from framing.text import Article

SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo za dre gli kro plu sta".split()
VOCABULARY = 20_000
OUTLETS = [f"Outlet {number}" for number in range(40)]
WORDS = 500
CUT, REORDERED, EDITED, EXTENDED = KINDS = ("cut", "reordered", "edited", "extended")

Paragraphs = list[list[str]]


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Return invented words and their cumulative frequencies, Zipf's law with exponent 1."""
    words = []
    for number in range(VOCABULARY):
        word, left = "", number + 20
        while left:
            left, syllable = divmod(left, len(SYLLABLES))
            word += SYLLABLES[syllable]
        words.append(word)
    return words, list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))


@cache
def stock_phrases() -> list[str]:
    """Return 200 phrases of 6 to 14 words such as every newsroom repeats."""
    rng = random.Random("stock phrases")
    return [" ".join(draw(rng, rng.randint(6, 14))) for _ in range(200)]


def draw(rng: random.Random, count: int) -> list[str]:
    """Return so many words."""
    words, frequencies = vocabulary()
    return rng.choices(words, cum_weights=frequencies, k=count)


def write_sentence(rng: random.Random) -> str:
    """Return a sentence; one in eight ends with a stock phrase."""
    words = " ".join(draw(rng, rng.randint(8, 28)))
    if rng.random() < 0.125:
        words += " " + rng.choice(stock_phrases())
    return words.capitalize() + "."


def write_paragraphs(rng: random.Random, words: int) -> Paragraphs:
    """Return paragraphs of one to four sentences, of about so many words in all."""
    paragraphs: Paragraphs = []
    count = 0
    while count < words:
        paragraph = [write_sentence(rng) for _ in range(rng.randint(1, 4))]
        count += sum(len(s.split()) for s in paragraph)
        paragraphs.append(paragraph)
    return paragraphs


def join(paragraphs: Paragraphs) -> str:
    """Return the text."""
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


def edit(rng: random.Random, paragraphs: Paragraphs, share: float = 0.1) -> Paragraphs:
    """Return the paragraphs with a share of the words replaced, left out, or with one more beside them."""

    def change(sentence: str) -> str:
        words: list[str] = []
        for word in sentence.split():
            changed = rng.random() < share
            kind = rng.randrange(3) if changed else -1
            words += [[word, draw(rng, 1)[0]], draw(rng, 1), []][kind] if changed else [word]
        return " ".join(words) or sentence

    return [[change(s) for s in sentences] for sentences in paragraphs]


def copy(rng: random.Random, paragraphs: Paragraphs, kind: str) -> tuple[Paragraphs, list[str]]:
    """Return a copy of a kind, and the paragraphs of it that were taken over unchanged."""
    if kind == CUT:
        taken = paragraphs[: max(2, round(len(paragraphs) * rng.uniform(0.3, 0.7)))]
        return taken, [join([p]) for p in taken]
    if kind == REORDERED:
        taken = rng.sample(paragraphs, len(paragraphs))
        return taken, [join([p]) for p in taken]
    if kind == EDITED:
        return edit(rng, paragraphs), []
    result = [*paragraphs]
    for _ in range(max(1, len(paragraphs) // 2)):
        result.insert(rng.randrange(len(result) + 1), write_paragraphs(rng, 30)[0])
    return result, [join([p]) for p in paragraphs]


def write_corpus(
    count: int, copies: int, seed: int = 1, least: int = 120, most: int = 700
) -> tuple[list[Article], dict[frozenset[str], str], dict[str, list[str]]]:
    """Write articles with planted near-duplicates.

    Returns
    -------
    articles : list of Article
    planted : dict of frozenset of two ids to kind
        Every pair that has the same origin: copies of copies included, where a chain leads from one to the other.
    taken : dict of id to list of str
        Paragraphs of a copy that stand word for word in its origin, which is of another outlet.
    """
    rng = random.Random(seed)
    articles: list[Article] = []
    paragraphs: dict[str, Paragraphs] = {}
    planted: dict[frozenset[str], str] = {}
    taken: dict[str, list[str]] = {}
    start = date(2020, 1, 1)
    for number in range(count):
        name = f"a{number:06d}"
        outlet = rng.choice(OUTLETS)
        day = start + timedelta(days=rng.randrange(300))
        if number < count - copies:
            paragraphs[name] = write_paragraphs(rng, rng.randint(least, most))
        else:
            origin = articles[rng.randrange(count - copies)]
            kind = KINDS[number % len(KINDS)]
            outlet = rng.choice([o for o in OUTLETS if o != origin.outlet])
            day = date.fromisoformat(origin.date) + timedelta(days=rng.randrange(3))
            paragraphs[name], taken[name] = copy(rng, paragraphs[origin.id], kind)
            planted[frozenset((origin.id, name))] = kind
        articles.append(Article(name, outlet, join(paragraphs[name]), date=day.isoformat()))
    rng.shuffle(articles)
    return articles, planted, taken


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the five-word shingles, by the plainest code there is."""
    words = text.replace(".", "").lower().split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def true_pairs(articles: Sequence[Article], planted: dict[frozenset[str], str]) -> set[frozenset[str]]:
    """Return all pairs with a containment of a half, the copies of one origin among each other included.

    All pairs that share a shingle are compared, so that nothing is true because the program found it.
    """
    sets = {a.id: shingles(a.text) for a in articles}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, found in sets.items():
        for shingle in found:
            holders[shingle].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in holders.values():
        if len(names) < 50:  # stock phrases stand in a hundred articles, and are no half of any
            for i, first in enumerate(names):
                for second in names[i + 1 :]:
                    shared[min(first, second), max(first, second)] += 1
    return {
        frozenset(pair) for pair, count in shared.items() if count >= 0.5 * min(len(sets[pair[0]]), len(sets[pair[1]]))
    }


def measure_pairs() -> None:
    """Print precision and recall of near-duplicates, by kind, and recall of passages by characters."""
    articles, planted, taken = write_corpus(3000, 420)
    begin = time.perf_counter()
    found = find_copies(articles)
    seconds = time.perf_counter() - begin
    pairs = {frozenset((r["article_id"], r["other_id"])) for r in found.pairs.to_pylist() if r["near_duplicate"]}
    truth = true_pairs(articles, planted)
    hits = len(pairs & truth)
    print(f"near-duplicates: {len(articles):,} articles, {len(planted)} planted copies, {seconds:.1f} s")
    print(f"  planted pairs found           {len(pairs & planted.keys())} of {len(planted)}")
    for kind in KINDS:
        of_kind = {p for p, k in planted.items() if k == kind}
        print(f"    {kind:27} {len(pairs & of_kind)} of {len(of_kind)}")
    print(f"  pairs with containment 0.5    recall {hits / len(truth):.3f} ({hits} of {len(truth)})")
    print(f"  pairs found that have it      precision {hits / len(pairs):.3f} ({hits} of {len(pairs)})")
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in found.passages.to_pylist():
        spans[row["article_id"]].append((row["start"], row["end"]))
    texts = {a.id: a.text for a in articles}
    inside = total = 0
    for name, paragraphs in taken.items():
        for paragraph in paragraphs:
            if len(paragraph.split()) < 30:
                continue
            start = texts[name].index(paragraph)
            end = start + len(paragraph)
            total += end - start
            inside += sum(max(0, min(end, b) - max(start, a)) for a, b in spans[name])
    unplanted = set(spans) - {name for pair in planted for name in pair}
    print(f"  copied paragraphs, characters recall {inside / total:.3f} ({inside:,} of {total:,})")
    print(f"  articles without a copy that have a passage: {len(unplanted)}")


def measure_credit_once(times: int = 100) -> None:
    """Print in how many of 100 plantings a story in five outlets is counted once in total."""
    right = 0
    for number in range(times):
        rng = random.Random(f"story {number}")
        marker = f"marker{number}"
        story = write_paragraphs(rng, rng.randint(150, 500))
        for paragraph in story:
            paragraph[:] = [s[:-1] + f" {marker} {draw(rng, 1)[0]}." for s in paragraph]
        sentences = sum(map(len, story))
        articles = [
            Article(f"o{i}", OUTLETS[i % 7], join(write_paragraphs(rng, 300)), date="2020-02-01") for i in range(20)
        ]
        clear = number % 2 == 0
        for place in range(5):
            intro = join(write_paragraphs(rng, rng.randint(20, 80)))
            credit = "" if clear else rng.choice(["", "NORBURG (Reuters) - "])
            day = 1 if clear and place == 0 else 2
            articles.append(
                Article(f"c{place}", f"Paper {place}", f"{intro}\n\n{credit}{join(story)}", date=f"2020-03-0{day}")
            )
        rng.shuffle(articles)
        found = find_copies(articles)
        changed = {a.id: a for a in own_reporting(articles, found)}
        left = [changed.get(a.id, a) for a in articles] + [a for a in changed.values() if a.outlet == SHARED_TEXT]
        holders = [a for a in left if marker in a.text]
        expected = "Paper 0" if clear else SHARED_TEXT
        right += [a.outlet for a in holders] == [expected] and holders[0].text.count(marker) == sentences
    print(f"one story in five outlets: counted once in total, every sentence, in {right} of {times} plantings")


def read_growth(count: int) -> Iterator[Article]:
    """Yield articles of about 500 words, one in five a copy of one of the last thousand; the same in every reading."""
    rng = random.Random(count)
    recent: list[Paragraphs] = []
    for number in range(count):
        if len(recent) > 10 and rng.random() < 0.2:
            paragraphs, _ = copy(rng, rng.choice(recent), rng.choice(KINDS))
        else:
            paragraphs = write_paragraphs(rng, WORDS)
            recent.append(paragraphs)
            del recent[:-1000]
        day = date(2020, 1, 1) + timedelta(days=number * 300 // count)
        yield Article(f"g{number:06d}", OUTLETS[rng.randrange(40)], join(paragraphs), date=day.isoformat())


def measure_growth_here(count: int, path: str) -> None:
    """Print seconds and peak memory of one size as JSON; the articles come from a file."""

    def read() -> Iterator[Article]:
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield Article(*json.loads(line))

    begin, cpu = time.perf_counter(), time.process_time()
    for _ in read():
        pass
    reading = time.perf_counter() - begin
    begin, cpu = time.perf_counter(), time.process_time()
    found = find_copies(read)
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - begin,
                "cpu": time.process_time() - cpu,
                "reading": 2 * reading,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "pairs": found.pairs.num_rows,
                "passages": found.passages.num_rows,
            }
        )
    )


def measure_growth(sizes: Sequence[int]) -> None:
    """Print seconds and peak memory of each size."""
    import tempfile

    print("growth: articles, seconds (of which reading the file twice), CPU seconds, peak MB, pairs, passages")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "articles.jsonl"
            with path.open("w", encoding="utf-8") as file:
                for a in read_growth(size):
                    file.write(json.dumps([a.id, a.outlet, a.text, "", a.date]) + "\n")
            command = [sys.executable, __file__, "--growth-here", str(size), str(path)]
            r = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"  {size:7,}  {r['seconds']:6.1f} ({r['reading']:.1f})  {r['cpu']:6.1f}  {r['megabytes']:6.0f}  "
            f"{r['pairs']:,}  {r['passages']:,}"
        )


def read_rows(path: Path) -> list[Article]:
    """Read articles of a packed file of JSON lines."""
    fields = ("id", "outlet", "text", "title", "date", "url", "event")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [Article(**{f: row[f] for f in fields if f in row}) for row in map(json.loads, file)]


def find_quoted(articles: Sequence[Article]) -> dict[str, list[tuple[int, int]]]:
    """Return the characters of each text inside quotation marks."""
    from framing.annotation import Annotator
    from framing.voice import VOICES

    annotate = Annotator([])
    quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for low in range(0, len(articles), 400):
        batch = annotate(articles[low : low + 400])
        voices, tokens, segment = batch.voices, batch.tokens, batch.tokens.segment()
        for start, end, voice in zip(voices.start.tolist(), voices.end.tolist(), voices.voice.tolist(), strict=True):
            if VOICES[voice] == "quoted" and segment[start] % 2:
                name = batch.articles[segment[start] // 2].id
                quoted[name].append((int(tokens.start[start]), int(tokens.end[end - 1])))
    return quoted


def measure_real(name: str, articles: Sequence[Article], show: int) -> None:
    """Print how much is found among real articles."""
    found = find_copies(articles, find_quoted(articles))
    pairs, passages = found.pairs.to_pylist(), found.passages.to_pylist()
    groups = {r["group"] for r in found.groups.to_pylist()} - {-1}
    near = [r for r in pairs if r["near_duplicate"]]
    lost = [r["lost_words"] / max(1, r["words"]) for r in found.groups.to_pylist() if r["lost_words"]]
    print(f"{name}: {len(articles):,} articles")
    print(
        f"  near-duplicates: {len(near)} pairs, {sum(not r['same_outlet'] for r in near)} of them across outlets, "
        f"{len(groups)} groups; passages: {len(passages)} of {len({r['group'] for r in passages})} wordings"
    )
    print(
        f"  articles that lose words: {len(lost)}; a tenth or less of them {sum(x <= 0.1 for x in lost)}, up to a half "
        f"{sum(0.1 < x <= 0.5 for x in lost)}, more {sum(x > 0.5 for x in lost)}"
    )
    credits = [(a, c) for a in articles for c in find_credits(a)]
    kinds = {k: sum(c.kind == k for _, c in credits) for k in (WIRE, PART, MENTION)}
    print(f"  printed credits: {kinds}")
    texts = {a.id: a for a in articles}
    rng = random.Random(3)
    for row in rng.sample(passages, min(show, len(passages))):
        text = " ".join(texts[row["article_id"]].text[row["start"] : row["end"]].split())
        print(f"    {row['group']:3} {row['outlet']} {row['credited']} {row['origin']}: {text[:90]} ... {text[-60:]}")
    for article, credit in rng.sample(credits, min(show, len(credits))):
        around = article.text[max(0, credit.start - 40) : credit.end + 30].replace("\n", " / ")
        print(f"    {credit.kind}/{credit.rule} {credit.agency} ({article.outlet}): {around}")


def measure_seeds(folder: Path) -> None:
    """Print what is found in the five pages."""
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        stated = {row["file"]: row["upstream"] for row in csv.DictReader(file)}
    articles = list(read_articles(folder, metadata=folder / "articles.csv"))
    found = find_copies(articles, find_quoted(articles))
    print(f"five pages: {found.pairs.num_rows} pairs, {found.passages.num_rows} passages")
    for article, name in zip(articles, stated, strict=True):
        printed = find_credits(replace(article, upstream=""))
        print(f"  {name[:3]} upstream {stated[name] or '-'}; printed: {[(c.agency, c.kind, c.rule) for c in printed]}")


def main() -> None:
    """Print all measurements."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--growth-here"]:
        measure_growth_here(int(arguments[1]), arguments[2])
        return
    options: dict[str, Any] = {"--growth": "", "--show": "0"}
    for name in options:
        if name in arguments:
            place = arguments.index(name)
            options[name] = arguments[place + 1]
            del arguments[place : place + 2]
    measure_pairs()
    measure_credit_once()
    if arguments:
        folder = Path(arguments[0])
        measure_seeds(folder / "seeds")
        for name in ("contested_topics", "event_triples"):
            measure_real(name, read_rows(folder / "data" / f"{name}.jsonl.gz"), int(options["--show"]))
    if options["--growth"]:
        measure_growth([int(size) for size in options["--growth"].split(",")])


if __name__ == "__main__":
    main()

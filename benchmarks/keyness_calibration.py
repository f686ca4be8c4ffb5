"""Keyness and discovery, measured: how often true nulls are rejected, what is found again, how stable, how fast.

    python benchmarks/keyness_calibration.py [SHARED]

SHARED (default ../shared beside the checkout) or its `data` holds contested_topics.jsonl.gz; without it the parts that
need real articles use the embedded corpus only. Everything is seeded.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import chdtrc
from scipy.stats import spearmanr

from framing.analysis import Analysis, analyse
from framing.corpus import read_corpus
from framing.discovery import CandidateFinder, read_field
from framing.discovery.slots import Field, say_phrase
from framing.engine.run import batches
from framing.ingest import read_articles
from framing.phrases import PhraseCounts, count_phrases
from framing.phrases.repeats import Repeats
from framing.phrases.words import read_function_words
from framing.statistics.keyness import compute_keyness
from framing.statistics.permutation import benjamini_hochberg
from framing.text import Article

SEED = 2017
HELD_OUT = 20
FIRST = 20  # candidates among which a removed name counts as found again


def make_counts(matrix: Any, words: Any, outlets: list[str]) -> PhraseCounts:
    """Wrap simulated counts as if they had been counted in articles."""
    size = matrix.shape[1]
    return PhraseCounts(
        tuple(f"phrase {i:04d}" for i in range(size)),
        tuple(("phrase", f"{i:04d}") for i in range(size)),
        sparse.csr_array(matrix.astype(np.float64)),
        words,
        tuple(f"{i:05d}" for i in range(len(words))),
        tuple(outlets),
        ("",) * len(words),
        ("",) * len(words),
        "own",
        np.zeros(size),
        Repeats((), (), (), 0),
    )


def draw(drawn: np.random.Generator, words: Any, rates: Any, ratio: float) -> Any:
    """Draw counts (articles, phrases) whose variance is `ratio` times their mean: Poisson, or gamma-Poisson."""
    mean = words[:, None] * rates
    if ratio > 1:
        mean = drawn.gamma(np.maximum(mean / (ratio - 1), 1e-12), ratio - 1)
    return drawn.poisson(mean)


def show_null() -> None:
    print("\nRejections of true nulls at 0.05 (500 phrases, 0.05 to 3 an article; 8 runs)")
    print("articles     longer  variance/mean   by article   G2 by word")
    for sizes, longer in (((100, 100), 1.0), ((100, 1000), 1.0), ((100, 1000), 2.0), ((20, 100), 1.0)):
        for ratio in (1.0, 2.0, 3.0, 8.0):
            drawn = np.random.default_rng([SEED, *sizes, int(10 * ratio)])
            ours, g2 = [], []
            for _ in range(8):
                words = np.round(drawn.lognormal(6.3, 0.5, sum(sizes)))
                words[: sizes[0]] = np.round(words[: sizes[0]] * longer)
                rates = np.exp(drawn.uniform(np.log(0.05), np.log(3), 500)) / 600
                counts = make_counts(draw(drawn, words, rates, ratio), words, ["A"] * sizes[0] + ["B"] * sizes[1])
                table = compute_keyness(counts, np.arange(sizes[0]), np.arange(sizes[0], sum(sizes)), resamples=0)
                tested = [r for r in table.to_pylist() if r["status"] != "insufficient"]
                ours += [r["p"] <= 0.05 for r in tested]
                g2 += [r["g2_p"] <= 0.05 for r in tested]
            print(
                f"{sizes[0]:4} x {sizes[1]:<5} {longer:5.0f}x {ratio:13.0f}  {np.mean(ours):11.3f}  {np.mean(g2):11.3f}"
            )


def show_events() -> None:
    print("\nTrue nulls where topics differ: 40 events of 4 articles; one side has 3 articles in 20 of them, which use")
    print("the phrases three times as much, and 1 in each of the others (300 phrases, 8 runs; rejections at 0.05)")
    event = np.repeat(np.arange(40), 4)
    side = np.where(event < 20, np.tile([True, True, True, False], 40), np.tile([True, False, False, False], 40))
    for ratio in (1.0, 3.0):
        drawn = np.random.default_rng([SEED, 7, int(10 * ratio)])
        hits: dict[bool, list[bool]] = {True: [], False: []}
        for _ in range(8):
            words = np.round(drawn.lognormal(6.3, 0.5, 160))
            rates = np.exp(drawn.uniform(np.log(0.1), np.log(2), 300)) / 600
            topic = np.exp(drawn.normal(0, 0.5, (40, 300))) * np.where(np.arange(40) < 20, 3.0, 1.0)[:, None]
            matrix = draw(drawn, words, rates * topic[event], ratio)
            plain = make_counts(matrix, words, ["A" if s else "B" for s in side])
            counts = replace(plain, events=tuple(str(e) for e in event))
            for same, into in hits.items():
                table = compute_keyness(
                    counts, np.flatnonzero(side), np.flatnonzero(~side), same_event=same, resamples=0
                )
                into += [r["p"] <= 0.05 for r in table.to_pylist() if r["status"] != "insufficient"]
        print(f"variance/mean {ratio:.0f}: within events {np.mean(hits[True]):.3f}, pooled {np.mean(hits[False]):.3f}")


def show_discoveries() -> None:
    print("\nFalse discoveries: 500 phrases, 50 of them twice as frequent on one side; variance/mean 3; 20 runs")
    for sizes in ((100, 100), (100, 1000)):
        drawn = np.random.default_rng([SEED, 9, *sizes])
        outcome: dict[str, list[tuple[float, float]]] = {"by article": [], "G2 by word": []}
        for _ in range(20):
            words = np.round(drawn.lognormal(6.3, 0.5, sum(sizes)))
            rates = np.exp(drawn.uniform(np.log(0.2), np.log(3), 500)) / 600
            factor = np.ones((sum(sizes), 500))
            factor[: sizes[0], :25] = 2.0
            factor[sizes[0] :, 25:50] = 2.0
            matrix = draw(drawn, words, rates * factor, 3.0)
            counts = make_counts(matrix, words, ["A"] * sizes[0] + ["B"] * sizes[1])
            table = compute_keyness(counts, np.arange(sizes[0]), np.arange(sizes[0], sum(sizes)), resamples=0)
            number = np.array([int(p.split()[1]) for p in table["phrase"].to_pylist()])
            g2_q = benjamini_hochberg(chdtrc(1, table["g2"].to_numpy()))
            for name, q in (("by article", table["q"].to_numpy()), ("G2 by word", g2_q)):
                found = number[q <= 0.05]
                outcome[name].append(((found >= 50).sum() / max(1, len(found)), (found < 50).sum() / 50))
        for name, rows in outcome.items():
            false, power = np.mean(rows, axis=0)
            print(f"{sizes[0]} x {sizes[1]}, {name}: false discoveries {false:.3f}, found of the 50: {power:.2f}")


def choose_held_out(
    field: Field, finder: CandidateFinder, analysis: Analysis, least: int
) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """Choose names to remove: of each referent that is no event, harm or process the most frequent name (up to three
    words, at most 60 % of the mentions), the referents with most mentions first."""
    kinds = {
        (r["name"], key): c["kind"] for r in analysis.lexicon_records("naming") for key, c in r["categories"].items()
    }
    mentions = field.mentions
    of_referent: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
    for row in np.flatnonzero(mentions.chosen).tolist():
        lexicon, referent, _ = mentions.labels[int(mentions.label[row])]
        names = of_referent.setdefault((lexicon, referent), {})
        key = name_of(field, row)
        names[key] = names.get(key, 0) + 1
    chosen = []
    taken: set[tuple[str, ...]] = set()
    for referent in sorted(of_referent, key=lambda r: (-sum(of_referent[r].values()), r)):
        names = of_referent[referent]
        total = sum(names.values())
        if kinds[referent] in ("event", "harm", "process", "belief"):
            continue
        fit = [k for k, n in names.items() if 1 <= len(k) <= 3 and least <= n <= 0.6 * total and k not in taken]
        if fit:
            best = min(fit, key=lambda k: (-names[k], k))
            taken.add(best)
            chosen.append((referent, best))
    return chosen[:HELD_OUT]


def name_of(field: Field, row: int) -> tuple[str, ...]:
    """Return the words of a mention, articles in front left out."""
    numbers = field.folded[int(field.mentions.start[row]) : int(field.mentions.end[row])].tolist()
    words = [field.words.folded[n - 4] if n >= 4 else "#" for n in numbers]
    while words and words[0] in read_function_words():
        words = words[1:]
    return tuple(words)


def show_held_out(analysis: Analysis, title: str, least: int) -> None:
    field = read_field(batches(analysis.articles()), analysis.table("mentions").arrow)
    finder = CandidateFinder(field)
    keys = [name_of(field, row) for row in range(len(field.mentions.start))]
    ours, near, capitals = [], [], []
    lines = []
    for (lexicon, referent), name in choose_held_out(field, finder, analysis, least):
        same = np.array([key == name for key in keys], dtype=bool)
        hidden = overlapping(field, same)
        found = [c.key for c in finder.find(lexicon, referent, hidden=hidden, limit=200)]
        rank = found.index(name) + 1 if name in found else None
        frequent, capital = rank_frequent(field, finder, (lexicon, referent), hidden)
        ours.append(rank)
        near.append(frequent.index(name) + 1 if name in frequent else None)
        capitals.append(capital.index(name) + 1 if name in capital else None)
        lines.append(f"  {lexicon}/{referent}: {' '.join(name)}: {rank or '–'} (frequent near: {near[-1] or '–'})")
    print(f"\nNames removed from the lexicon and found again, {title}: {len(ours)} names")
    print("\n".join(lines))
    for label, ranks in (("slots", ours), ("most frequent phrases near", near), ("capitalised near", capitals)):
        told = ", ".join(f"first {k}: {sum(r is not None and r <= k for r in ranks)}" for k in (1, 5, 10, FIRST))
        print(f"  {label}: {told}")


def overlapping(field: Field, rows: Any) -> Any:
    """Return the mentions that share a token with one of some mentions."""
    held = np.zeros(len(field.folded) + 1, dtype=np.int64)
    np.add.at(held, field.mentions.start[rows], 1)
    np.add.at(held, field.mentions.end[rows], -1)
    before = np.concatenate(([0], np.cumsum(np.cumsum(held)[:-1] > 0)))
    return before[field.mentions.end] > before[field.mentions.start]


def rank_frequent(
    field: Field, finder: CandidateFinder, referent: tuple[str, str], hidden: Any
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Baselines: the phrases that stand most often in sentences with a mention; of these, the capitalised ones."""
    mentions, spans = field.mentions, finder.spans
    labels = np.array([label[:2] == referent for label in mentions.labels], dtype=bool)
    rows = labels[mentions.label] & mentions.chosen & ~hidden
    sentences = np.unique(field.sentence[mentions.start[rows]])
    free = finder.free_spans(~hidden, np.ones(len(field.articles), dtype=bool))
    free = free[np.isin(field.sentence[spans.start[free]], sentences)]
    ranked = []
    for chosen in (free, free[field.name[spans.start[free]]]):
        phrases, often = np.unique(spans.phrase[chosen], return_counts=True)
        order = np.lexsort((phrases, -often))[:200]
        ranked.append([say_phrase(field.words, int(p)) for p in phrases[order]])
    return ranked[0], ranked[1]


def show_halves(counts: PhraseCounts) -> None:
    print("\nSplit halves of articles: log-ratios of phrases in 20 articles or more, and of those that the first half")
    print("finds (q <= 0.05): rank correlation with the second half, and share on the same side there")
    names = sorted(set(counts.outlets), key=lambda n: (-counts.outlets.count(n), n))[:6]
    half = np.random.default_rng(SEED).permutation(len(counts.ids)) % 2
    often = dict(zip(counts.phrases, np.diff(counts.matrix.tocsc().indptr).tolist(), strict=True))
    for name in names:
        rows = counts.rows_of(name)
        others = np.setdiff1d(np.arange(len(counts.ids)), rows)
        first, second = (
            {
                row["phrase"]: row
                for row in compute_keyness(
                    counts, rows[half[rows] == part], others[half[others] == part], resamples=0
                ).to_pylist()
            }
            for part in (0, 1)
        )
        shared = [p for p in counts.phrases if often[p] >= 20 and p in first and p in second]
        told = []
        for label, phrases in (("all", shared), ("found", [p for p in first if first[p]["q"] <= 0.05 and p in second])):
            a, b = ([side[p]["log_ratio"] for p in phrases] for side in (first, second))
            agree = f"{spearmanr(a, b).statistic:.2f}" if len(phrases) > 4 else "–"
            same = f"{np.mean(np.sign(a) == np.sign(b)):.2f}" if phrases else "–"
            told.append(f"{label} {len(phrases):,}: {agree}, {same}")
        print(f"  {name} ({len(rows)} articles): {'; '.join(told)}")


def repeat_articles(articles: list[Article], size: int) -> Iterator[Article]:
    for i in range(size):
        a = articles[i % len(articles)]
        # The words of another sentence or two, so that no article is a copy.
        yield Article(
            f"{i:06d}", a.outlet if i < len(articles) else f"{a.outlet} {i // len(articles)}", a.text, a.title
        )


def peak_memory() -> float:
    """Return the peak of this process in MB: on Linux without what the process that started it held."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def time_counting(source: Path, size: int) -> None:
    """Count and compare `size` articles, and print seconds and memory; runs in a process of its own."""
    with source.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = [Article(str(i), r["outlet"], r["text"], r.get("title") or "") for i, r in enumerate(rows)]
    del rows
    start = time.perf_counter()
    counts = count_phrases(batches(repeat_articles(articles, size)))
    counted = time.perf_counter() - start
    memory = peak_memory()
    name = max(set(counts.outlets), key=lambda n: (counts.outlets.count(n), n))
    rows = counts.rows_of(name)
    start = time.perf_counter()
    compute_keyness(counts, rows, np.setdiff1d(np.arange(len(counts.ids)), rows))
    took = time.perf_counter() - start
    peak = peak_memory()
    print(
        f"{len(counts.ids):,} articles, {counts.words.sum():,.0f} own words, {len(counts.phrases):,} phrases: "
        f"counting {counted:.1f} s, {memory:.0f} MB; keyness of {name} ({len(rows)}) {took:.1f} s, {peak:.0f} MB"
    )


def show_speed(source: Path) -> None:
    print("\nSpeed and memory (peak of the process)", flush=True)
    for size in (1972, 20_000):
        subprocess.run([sys.executable, __file__, "--time", str(source), str(size)], check=True)


def main() -> None:
    if sys.argv[1:2] == ["--time"]:
        time_counting(Path(sys.argv[2]), int(sys.argv[3]))
        return
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared")
    source = next((f for f in (shared / "data", shared) for f in [f / "contested_topics.jsonl.gz"] if f.exists()), None)
    show_null()
    show_events()
    show_discoveries()
    with tempfile.TemporaryDirectory() as folder:
        analysis = analyse(read_corpus(), modules=["naming"])
        show_held_out(analysis, "embedded corpus", 5)
        analysis.close()
        if source is None:
            print(f"{shared}: no contested_topics.jsonl.gz there; the rest is left out.")
            return
        # Some tools ask for the plain file.
        plain = Path(folder) / "articles.jsonl"
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            plain.write_text("".join(json.dumps(json.loads(line)) + "\n" for line in lines), encoding="utf-8")
        analysis = analyse(read_articles(plain), modules=["naming"])
        show_held_out(analysis, "real articles", 30)
        show_halves(count_phrases(batches(analysis.articles())))
        analysis.close()
        show_speed(plain)


if __name__ == "__main__":
    main()

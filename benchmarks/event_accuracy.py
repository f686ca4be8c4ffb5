"""Events found, measured against events known: pairs of articles, B-cubed and the adjusted Rand index.

    python benchmarks/event_accuracy.py [SHARED]              all figures
    python benchmarks/event_accuracy.py --read [N] [SHARED]   N random events of the unlabelled articles, to read by eye

SHARED (default ../shared beside the checkout) or its `data` holds event_triples.jsonl.gz (41 events, each of three
outlets) and contested_topics.jsonl.gz (no events known). The known events lie years apart, so dates alone nearly part
them; "one month" moves each event, and each of the other articles, to a day of one month drawn at random, and keeps
the days between articles of an event: now only the words can tell. Scores are over the articles whose event is known.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.corpus import read_corpus
from framing.ingest.event_clusters import find_similarities, join_groups
from framing.ingest.event_vectors import VectorBuilder, VectorSettings
from framing.ingest.events import THRESHOLD, WINDOW_DAYS, find_events
from framing.text import Article

THRESHOLDS = [t / 100 for t in range(8, 62, 2)]
MONTHS, SEED, FOLDS = 6, 2017, 5
Array = npt.NDArray[Any]
Grouping = Callable[[float], Sequence[Any]]
Method = Callable[[Sequence[Article]], Grouping]


def read(folder: Path, name: str) -> list[Article]:
    path = next((p for p in (folder / "data", folder) if (p / f"{name}.jsonl.gz").exists()), None)
    if path is None:
        sys.exit(f"{folder}: no {name}.jsonl.gz there. Give the folder that holds it.")
    with gzip.open(path / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Article(r["id"], r["outlet"], r["text"], r["title"], r["date"], event=r.get("event", "")) for r in rows]


def move_into_one_month(articles: Iterable[Article], seed: int) -> list[Article]:
    """Move each event, and each article without one, to a random day of one month."""
    generator = np.random.default_rng(seed)
    days: dict[str, list[date]] = {}
    listed = [a for a in articles if a.date]
    for a in listed:
        days.setdefault(a.event or a.id, []).append(date.fromisoformat(a.date))
    shift = {key: date(2015, 1, 1) + timedelta(int(generator.integers(30))) - min(found) for key, found in days.items()}
    return [replace(a, date=(date.fromisoformat(a.date) + shift[a.event or a.id]).isoformat()) for a in listed]


def score(gold: Sequence[Any], found: Sequence[Any]) -> dict[str, float]:
    """Compare two groupings of the same articles."""
    first, second = (np.unique(np.array([str(x) for x in g]), return_inverse=True)[1] for g in (gold, found))
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)

    def pairs(counts: Array) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, of_gold, of_found = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    every = len(first) * (len(first) - 1) / 2
    precision, recall = together / max(1.0, of_found), together / of_gold
    b_precision = float((table**2 / table.sum(axis=0)).sum() / len(first))
    b_recall = float((table**2 / table.sum(axis=1, keepdims=True)).sum() / len(first))
    expected = of_gold * of_found / every
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * together / max(1.0, of_gold + of_found),
        "B-cubed F1": 2 * b_precision * b_recall / (b_precision + b_recall),
        "ARI": (together - expected) / ((of_gold + of_found) / 2 - expected),
    }


def score_known(articles: Sequence[Article], groups: Sequence[Any]) -> dict[str, float]:
    """Score the articles whose event is known."""
    known = [i for i, a in enumerate(articles) if a.event]
    return score([articles[i].event for i in known], [groups[i] for i in known])


def ours(articles: Sequence[Article], threshold: float = THRESHOLD) -> list[str]:
    """The program itself; an article that stands alone is a group of its own."""
    events = find_events(articles, threshold=threshold).assignment
    return [events[a.id] or f"alone {a.id}" for a in articles]


def group(articles: Sequence[Article], matrix: Any, window: int | None = WINDOW_DAYS) -> Grouping:
    """Return a function that groups the articles at a threshold, as the program groups them."""
    day = np.array([date.fromisoformat(a.date).toordinal() if window is not None else 0 for a in articles])
    order = np.argsort(day, kind="stable")
    sums = find_similarities(matrix[order], day[order], window or 0)

    def at(threshold: float) -> list[int]:
        groups = np.empty(len(articles), dtype=np.int64)
        groups[order] = join_groups(sums, day[order], window or 0, threshold)
        return groups.tolist()

    return at


def our_vectors(window: int | None = WINDOW_DAYS, pairs: bool = True, **settings: Any) -> Method:
    """The program's vectors under other settings."""
    from sklearn.preprocessing import normalize

    def method(articles: Sequence[Article]) -> Grouping:
        builder = VectorBuilder(VectorSettings(**settings))
        builder.add(articles)
        vectors = builder.finish()
        kept = np.flatnonzero([pairs or " " not in term for term in vectors.terms])
        return group(articles, normalize(vectors.matrix[:, kept]), window)

    return method


def plain_tfidf(articles: Sequence[Article], window: int | None = None) -> Grouping:
    """What everyone writes: scikit-learn's TF-IDF of all words, cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(stop_words="english").fit_transform([f"{a.title} {a.text}" for a in articles])
    return group(articles, matrix.tocsr(), window)


def title_words(articles: Sequence[Article]) -> Grouping:
    """Words that headlines share, within the window."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    counts = CountVectorizer(stop_words="english", binary=True).fit_transform([a.title for a in articles])
    return group(articles, normalize(counts.astype(np.float64)).tocsr())


METHODS: dict[str, Method] = {
    "as shipped": our_vectors(),
    "without the window of days": our_vectors(window=None),
    "names count twice": our_vectors(name_weight=2),
    "names of two words left out": our_vectors(pairs=False),
    "headline counts once": our_vectors(title_weight=1),
    "headline counts four times": our_vectors(title_weight=4),
    "first 1,000 characters": our_vectors(characters=1000),
    "first 4,000 characters": our_vectors(characters=4000),
    "whole text": our_vectors(characters=10**6),
    "baseline: TF-IDF, no window": plain_tfidf,
    "baseline: TF-IDF, window": lambda articles: plain_tfidf(articles, WINDOW_DAYS),
    "baseline: words of headlines": title_words,
}


def mean(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([s[name] for s in scores])) for name in scores[0]}


def say(name: str, scores: dict[str, float], note: str = "") -> None:
    print(f"  {name:34} {'  '.join(f'{key} {value:.3f}' for key, value in scores.items())}{note}", flush=True)


def compare(method: Method, sets: Sequence[Sequence[Article]]) -> dict[float, dict[str, float]]:
    """Score a method at every threshold, on the average of several sets."""
    scores: dict[float, list[dict[str, float]]] = {t: [] for t in THRESHOLDS}
    for articles in sets:
        at = method(articles)
        for t in THRESHOLDS:
            scores[t].append(score_known(articles, at(t)))
    return {t: mean(found) for t, found in scores.items()}


def score_events(articles: Sequence[Article], groups: Sequence[Any], events: set[str]) -> float:
    """Return the F1 of pairs of known articles of which at least one belongs to one of some events."""
    known = [i for i, a in enumerate(articles) if a.event]
    gold, found = np.array([articles[i].event for i in known]), np.array([groups[i] for i in known])
    mine = np.isin(gold, sorted(events))
    either = np.triu(mine[:, None] | mine, 1)
    same, joined = (gold[:, None] == gold) & either, (found[:, None] == found) & either
    return float(2 * (same & joined).sum() / max(1, same.sum() + joined.sum()))


def cross_validate(articles: Sequence[Article]) -> tuple[list[float], float]:
    """Choose the threshold on four fifths of the events, and score it on the others."""
    events = sorted({a.event for a in articles if a.event})
    fold = np.random.default_rng(SEED).permutation(len(events)) % FOLDS
    at = our_vectors()(articles)
    groups = {t: at(t) for t in THRESHOLDS}
    chosen, scores = [], []
    for number in range(FOLDS):
        kept = {e for e, f in zip(events, fold, strict=True) if f != number}
        t = max(THRESHOLDS, key=lambda t: (score_events(articles, groups[t], kept), t))
        chosen.append(t)
        scores.append(score_events(articles, groups[t], set(events) - kept))
    return chosen, float(np.mean(scores))


def measure(folder: Path) -> None:
    triples = read(folder, "event_triples")
    others = [replace(a, event="") for a in read(folder, "contested_topics")]
    dated = [a for a in others if a.date]
    embedded = list(read_corpus())
    crowds = [move_into_one_month([*triples, *dated], SEED + n) for n in range(MONTHS)]
    print(f"as shipped: threshold {THRESHOLD}, {WINDOW_DAYS} days")
    say("41 events alone", score_known(triples, ours(triples)))
    mixed = [*triples, *others]
    say(f"among {len(others):,} other articles", score_known(mixed, ours(mixed)))
    each = [score_known(a, ours(a)) for a in crowds]
    values = [s["F1"] for s in each]
    say(
        f"in one month with {len(dated):,}", mean(each), f"   F1 {min(values):.3f} to {max(values):.3f}, {MONTHS} draws"
    )
    say("embedded corpus, 18 events", score_known(embedded, ours(embedded)))
    parts = [replace(a, event=f"{a.event} {part}") for a, part in zip(embedded, part_in_time(embedded), strict=True)]
    say(f"the same, parted: {len({a.event for a in parts})}", score_known(parts, ours(parts)))
    runs = [cross_validate(a) for a in crowds]
    counts = sorted(t for chosen, _ in runs for t in chosen)
    print(
        f"one month, threshold chosen on four fifths of the events and scored on the others: "
        f"F1 {np.mean([f1 for _, f1 in runs]):.3f}, chosen {counts[0]} to {counts[-1]}, median {np.median(counts):.2f}"
    )
    print("one month, each at the threshold that is best for it on these articles")
    for name, method in METHODS.items():
        scores = compare(method, crowds)
        threshold = max(scores, key=lambda t: (scores[t]["F1"], t))
        say(name, scores[threshold], f"   at {threshold:.2f}; at {THRESHOLD:.2f} F1 {scores[THRESHOLD]['F1']:.3f}")
        if name == "as shipped":
            for t in THRESHOLDS[2:14:2]:
                say(f"    at {t:.2f}", scores[t])
    started = time.perf_counter()
    found = find_events(others)
    print(
        f"{len(others):,} articles, events unknown: {found.events.num_rows} events of "
        f"{len(others) - found.alone} articles, {found.undated} undated, {time.perf_counter() - started:.1f} s"
    )


def part_in_time(articles: Sequence[Article], gap: int = 7) -> list[int]:
    """Part each known event where a week passes without an article on it: happenings of one long story."""
    parts = []
    days: dict[str, list[str]] = {}
    for a in articles:
        days.setdefault(a.event, []).append(a.date)
    for a in articles:
        before = sorted({date.fromisoformat(d) for d in days[a.event] if d <= a.date})
        parts.append(sum((later - earlier).days >= gap for earlier, later in pairwise(before)))
    return parts


def show(folder: Path, count: int) -> None:
    """Print random events of the articles without labels."""
    found = find_events(read(folder, "contested_topics"))
    rows = found.articles.to_pylist()
    names = sorted(found.events["event"].to_pylist())
    for name in np.random.default_rng(SEED).choice(names, min(count, len(names)), replace=False).tolist():
        print(name)
        for row in rows:
            if row["event"] == name:
                print(
                    f"    {row['similarity']:.2f} {row['date'] or 'undated':10} {row['outlet'][:20]:20} {row['title']}"
                )


def main(arguments: list[str]) -> None:
    shared = Path(__file__).resolve().parents[2] / "shared"
    if arguments[:1] == ["--read"]:
        numbers = [int(a) for a in arguments[1:] if a.isdigit()]
        folders = [Path(a) for a in arguments[1:] if not a.isdigit()]
        show(folders[0] if folders else shared, numbers[0] if numbers else 20)
        return
    measure(Path(arguments[0]) if arguments else shared)


if __name__ == "__main__":
    main(sys.argv[1:])

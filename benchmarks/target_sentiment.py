"""Tone toward a target, measured against people: macro-F1 over bad, neutral and good.

    python benchmarks/target_sentiment.py [SHARED]          cross-validated, with the baselines of the same run
    python benchmarks/target_sentiment.py --fit [SHARED]    fit the weights on all rows and write them
    python benchmarks/target_sentiment.py --shipped [FOLDER]  the weights as they are, for rows they were not fitted on

SHARED (default ../shared beside the checkout) or its `data` holds target_sentiment.jsonl.gz. Folds are ten blocks of
neighbouring texts, so that sentences of one article are not parted; intervals are bootstraps over texts.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch, Annotator
from framing.lexicon import read_lexicons
from framing.target import FEATURES, find_tone, measure
from framing.target.settings import CLASSES, WEIGHTS
from framing.text import WORD, Article

FOLDS = 10
PENALTY = 0.1  # scikit-learn's C on standardised features
REPLICATES, SEED = 1000, 2017
Array = npt.NDArray[Any]


def read_rows(folder: Path) -> list[dict[str, Any]]:
    path = next((p for p in (folder / "data", folder) if (p / "target_sentiment.jsonl.gz").exists()), None)
    if path is None:
        sys.exit(f"{folder}: no target_sentiment.jsonl.gz there. Give the folder that holds it.")
    with gzip.open(path / "target_sentiment.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def annotate(rows: list[dict[str, Any]]) -> tuple[AnnotatedBatch, Array, Array]:
    """Annotate the texts, and find the tokens of each target (marks at its edges left out)."""
    annotator = Annotator(read_lexicons(module="toward"))
    texts = list(dict.fromkeys(row["text"] for row in rows))
    number = {text: place for place, text in enumerate(texts)}
    batch = annotator([Article(str(place), "", text) for place, text in enumerate(texts)])
    tokens = batch.tokens
    word = (tokens.form_flags() & WORD) != 0
    spans = []
    for row in rows:
        segment = 2 * number[row["text"]] + 1
        low, high = int(tokens.bounds[segment]), int(tokens.bounds[segment + 1])
        start = low + int(np.searchsorted(tokens.end[low:high], row["start"], side="right"))
        end = low + int(np.searchsorted(tokens.start[low:high], row["end"], side="left"))
        start, end = min(start, high - 1), max(end, min(start, high - 1) + 1)
        while end - start > 1 and not word[end - 1]:
            end -= 1
        while end - start > 1 and not word[start]:
            start += 1
        spans.append((start, end))
    starts, ends = np.array(spans, dtype=np.int64).T
    return batch, starts, ends


def texts_of(rows: list[dict[str, Any]]) -> Array:
    """Number the texts in the order of their ids, so that neighbours come from one article."""
    keys = [(int(re.sub(r"\D", "", row["id"]) or 0), row["id"]) for row in rows]
    order = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.array([order[key] for key in keys])


def macro_f1(gold: Array, found: Array) -> tuple[float, list[float]]:
    each = []
    for value in CLASSES:
        right = int(((gold == value) & (found == value)).sum())
        each.append(2 * right / max(1, int((gold == value).sum() + (found == value).sum())))
    return float(np.mean(each)), each


def macro_f1_interval(gold: Array, found: Array, text: Array) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of macro-F1 over texts: confusion tables of texts add up."""
    tables = np.zeros((int(text.max()) + 1, 3, 3))
    np.add.at(tables, (text, gold + 1, found + 1), 1)
    generator = np.random.default_rng(SEED)
    values = []
    for _ in range(REPLICATES):
        total = tables[generator.integers(0, len(tables), len(tables))].sum(axis=0)
        margins = total.sum(axis=0) + total.sum(axis=1)
        values.append(np.mean(2 * np.diagonal(total) / np.maximum(1, margins)))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def report(name: str, gold: Array, found: Array, text: Array) -> None:
    low, high = macro_f1_interval(gold, found, text)
    value, each = macro_f1(gold, found)
    classes = "  ".join(f"{label} {f1:.3f}" for label, f1 in zip(("bad", "neutral", "good"), each, strict=True))
    print(f"{name:34} macro-F1 {value:.4f}  [{low:.3f}, {high:.3f}]   {classes}")


def fit(features: Array, gold: Array) -> tuple[Array, Array]:
    """Return intercepts (3,) and weights (features, 3) on the scale of the features."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=PENALTY, max_iter=1000, class_weight="balanced", tol=1e-6)
    model.fit((features - mean) / spread, gold)
    matrix = (model.coef_ / spread).T
    return model.intercept_ - mean @ matrix, matrix


def cross_validate(features: Array, gold: Array, fold: Array) -> Array:
    found = np.zeros(len(gold), dtype=int)
    for number in range(FOLDS):
        test = fold == number
        intercept, matrix = fit(features[~test], gold[~test])
        found[test] = np.array(CLASSES)[(features[test] @ matrix + intercept).argmax(axis=1)]
    return found


def thresholds(score: Array, gold: Array, fold: Array) -> Array:
    """Cut a score at the two thresholds that are best on the other folds."""
    grid = np.quantile(score, np.linspace(0.02, 0.98, 49))
    found = np.zeros(len(gold), dtype=int)
    for number in range(FOLDS):
        train = fold != number
        cuts = max(
            ((low, high) for low in grid for high in grid if low <= high),
            key=lambda c: macro_f1(gold[train], (score[train] > c[1]).astype(int) - (score[train] < c[0]))[0],
        )
        test = ~train
        found[test] = (score[test] > cuts[1]).astype(int) - (score[test] < cuts[0])
    return found


def clause_of(text: str, start: int, end: int) -> str:
    """The stretch between marks, quotation marks, contrasts and "that" in which a target stands."""
    edge = r"[;:—“”\"]|\b(?:but|while|although|though|whereas|however|because|that)\b"
    edges = [m.span() for m in re.finditer(edge, text)]
    low = max([b for a, b in edges if b <= start], default=0)
    high = min([a for a, b in edges if a >= end], default=len(text))
    return text[low:high]


def baselines(rows: list[dict[str, Any]], gold: Array, fold: Array, text: Array) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    scores: dict[str, Callable[[dict[str, Any]], str]] = {
        "VADER of the sentence": lambda row: row["text"],
        "VADER of the clause": lambda row: clause_of(row["text"], row["start"], row["end"]),
    }
    report("always bad", gold, np.full(len(gold), -1), text)
    for name, part in scores.items():
        score = np.array([analyser.polarity_scores(part(row))["compound"] for row in rows])
        report(name, gold, thresholds(score, gold, fold), text)


def write_weights(intercept: Array, matrix: Array, rows: int, result: float) -> None:
    def row(values: Array) -> str:
        return "[" + ", ".join(f"{value:.4f}" for value in values) + "]"

    lines = [
        "# Weights of the features of framing/target/features.py for a bad, a neutral and a good tone.",
        f"# Multinomial logistic regression on {rows} targets; cross-validated macro-F1 {result:.3f}.",
        "# Written by: python benchmarks/target_sentiment.py --fit SHARED",
        "",
        f"intercept = {row(intercept)}",
        "",
        "[features]",
        *(f'"{name}" = {row(matrix[number])}' for number, name in enumerate(FEATURES)),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {WEIGHTS}")


def main() -> None:
    options = {a for a in sys.argv[1:] if a.startswith("-")}
    folders = [a for a in sys.argv[1:] if not a.startswith("-")]
    rows = read_rows(Path(folders[0]) if folders else Path(__file__).resolve().parents[2] / "shared")
    gold = np.array([row["polarity"] for row in rows])
    text = texts_of(rows)
    fold = text * FOLDS // (int(text.max()) + 1)
    batch, start, end = annotate(rows)
    if "--shipped" in options:
        report("weights as shipped", gold, find_tone(batch, start, end).tone, text)
        return
    begin = time.process_time()
    features, _ = measure(batch, start, end)
    seconds = time.process_time() - begin
    print(f"{len(rows)} targets in {len(set(text.tolist()))} texts; features in {seconds:.2f} CPU s")
    if "--quick" not in options and "--fit" not in options:
        baselines(rows, gold, fold, text)
    found = cross_validate(features, gold, fold)
    report(f"{len(FEATURES)} named features", gold, found, text)
    if "--fit" in options:
        intercept, matrix = fit(features, gold)
        write_weights(intercept, matrix, len(rows), macro_f1(gold, found)[0])


if __name__ == "__main__":
    main()

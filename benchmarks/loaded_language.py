"""Loaded language against human annotation, and the fit of the weights behind `loaded.score`.

    python benchmarks/loaded_language.py [DATA]            # the yardsticks
    python benchmarks/loaded_language.py --fit [DATA]      # fit framing/loaded/weights.json on loaded_sentences only

Everything fitted is measured on parts that it was not fitted on: the sentence yardsticks by ten-fold cross-validation,
those on lines and events with weights refitted on other articles or events of the file, beside the shipped weights,
which never saw these files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold, StratifiedKFold
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.annotation import AnnotatedBatch, Annotator
from framing.lexicon import read_lexicons
from framing.loaded import (
    FEATURES,
    SIGNS,
    WEIGHTS,
    WORD_FEATURES,
    Features,
    Logistic,
    Model,
    find_candidates,
    find_features,
    read_model,
)
from framing.text import Article

ROOT = Path(__file__).resolve().parents[1]
PENALTY = 0.005  # inverse strength of the ridge, chosen once by the cross-validated log loss
WORD_PENALTY = 0.1
LINE_PENALTY = 0.01  # the same for lines, of which few are marked
FOLDS, REPEATS, SEED = 10, 5, 2017
RESAMPLES = 1000
TECHNIQUES = {"Loaded_Language", "Name_Calling,Labeling"}


@dataclass(frozen=True)
class Line:
    """One line of the validity table."""

    yardstick: str
    module: str
    file: str
    metric: str
    value: float
    low: float
    high: float
    n: int
    reach: float
    baselines: dict[str, float] = field(default_factory=dict)


def load(data: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def annotate(texts: Sequence[str]) -> AnnotatedBatch:
    articles = [Article(id=str(n), outlet="", text=text) for n, text in enumerate(texts)]
    return Annotator(read_lexicons(module="loaded"))(articles)


def bootstrap(
    score: Callable[[np.ndarray], float], units: int, groups: np.ndarray | None = None, seed: int = SEED
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a score over units, or over groups of them (articles, events)."""
    generator = np.random.default_rng(seed)
    values = []
    members = None if groups is None else [np.flatnonzero(groups == g) for g in np.unique(groups)]
    for _ in range(RESAMPLES):
        if members is None:
            chosen = generator.integers(0, units, units)
        else:
            chosen = np.concatenate([members[g] for g in generator.integers(0, len(members), len(members))])
        try:
            values.append(score(chosen))
        except ValueError:  # a resample without one of the classes has no score
            continue
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def of_texts(batch: AnnotatedBatch, features: Features) -> np.ndarray:
    """Return one row of features a text: those of its sentences, averaged by their words."""
    text = batch.article[batch.sentences]
    count = len(batch.articles)
    weight = np.maximum(features.words, 1e-9)
    total = np.maximum(np.bincount(text, weights=weight, minlength=count), 1e-9)
    return np.stack(
        [np.bincount(text, weights=column * weight, minlength=count) / total for column in features.values.T], axis=1
    )


def fit(values: np.ndarray, labels: np.ndarray, signs: Sequence[int], penalty: float) -> tuple[float, np.ndarray]:
    """Fit a ridge-penalised logistic regression on standardised features; return it for raw ones.

    The sign of a weight is settled beforehand by what its feature means (`SIGNS`): loaded words can only raise the
    score, marks of plain reporting only lower it. A set of 1,700 sentences is too small to say otherwise, and a score
    that an insult lowers explains itself to nobody.
    """
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = (values - mean) / spread
    target = labels.astype(float)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        odds = parameters[0] + scaled @ parameters[1:]
        error = 1 / (1 + np.exp(-odds)) - target
        value = float(np.sum(np.logaddexp(0, odds) - target * odds)) + parameters[1:] @ parameters[1:] / (2 * penalty)
        return value, np.concatenate(([error.sum()], scaled.T @ error + parameters[1:] / penalty))

    bounds = [(None, None), *((None if s <= 0 else 0, None if s >= 0 else 0) for s in signs)]
    found = minimize(loss, np.zeros(len(signs) + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    weights = found.x[1:] / spread
    return float(found.x[0] - weights @ mean), weights


def probability(intercept: float, weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    return Logistic(intercept, weights, 0.5).probability(values)


def cross_validate(
    values: np.ndarray, labels: np.ndarray, folds: np.ndarray, signs: Sequence[int], penalty: float = PENALTY
) -> np.ndarray:
    """Return the probability of each text from a model that was fitted without its fold."""
    out = np.zeros(len(labels))
    for fold in np.unique(folds):
        train = folds != fold
        out[~train] = probability(*fit(values[train], labels[train], signs, penalty), values[~train])
    return out


def split(labels: np.ndarray, seed: int) -> np.ndarray:
    """Number the folds; each label is spread evenly over them."""
    folds = np.zeros(len(labels), dtype=int)
    for number, (_, test) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(labels, labels)):
        folds[test] = number
    return folds


def best_threshold(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Return the threshold with the best macro-F1, of those between 0.3 and 0.7 (it is flat around the middle)."""
    grid = np.arange(0.30, 0.701, 0.02)
    return float(grid[np.argmax([f1_score(labels, probabilities >= t, average="macro") for t in grid])])


@dataclass(frozen=True)
class Sentences:
    """The loaded sentences, featured once for all yardsticks on them."""

    rows: list[dict[str, Any]]
    batch: AnnotatedBatch
    features: Features
    values: np.ndarray
    labels: np.ndarray
    held_out: np.ndarray  # probability of each by models that never saw it, mean over the repeats


def read_sentences(data: Path) -> Sentences:
    rows = load(data, "loaded_sentences")
    batch = annotate([r["text"] for r in rows])
    features = find_features(batch)
    values = of_texts(batch, features)
    labels = np.array([int(r["biased"]) for r in rows])
    held_out = np.mean(
        [cross_validate(values, labels, split(labels, SEED + k), list(SIGNS.values())) for k in range(REPEATS)], axis=0
    )
    return Sentences(rows, batch, features, values, labels, held_out)


def loaded_sentence(s: Sentences) -> list[Line]:
    """AUC and macro-F1 of `loaded.score`; the threshold of the F1 is the middle, 0.5, which nothing was tuned on."""
    analyser = SentimentIntensityAnalyzer()
    vader = np.array([abs(analyser.polarity_scores(r["text"])["compound"]) for r in s.rows])
    words = np.array([sum(w in analyser.lexicon for w in wordlist(r["text"])) for r in s.rows])
    plain = np.array([plain_counts(r["text"]) for r in s.rows], dtype=float)
    regression = cross_validate(plain, s.labels, split(s.labels, SEED), [0] * plain.shape[1])
    baselines = {"VADER, absolute": vader, "words of the VADER list": words, "20 plain counts, regression": regression}
    if fingerprint(s.rows) != fitted_on():  # on the very sentences of the fit it would flatter
        baselines["as shipped"] = read_model().sentence.probability(s.values)
    lines = []
    for metric, score in (
        ("AUC", lambda y, p, t: roc_auc_score(y, p)),
        ("macro-F1", lambda y, p, t: f1_score(y, p >= t, average="macro")),
    ):
        thresholds = {
            name: 0.5 if name in ("20 plain counts, regression", "as shipped") else best_threshold_of(v, s.labels)
            for name, v in baselines.items()
        }
        low, high = bootstrap(lambda i, f=score: f(s.labels[i], s.held_out[i], 0.5), len(s.labels))
        lines.append(
            Line(
                "loaded sentence",
                "loaded",
                "loaded_sentences",
                metric,
                score(s.labels, s.held_out, 0.5),
                low,
                high,
                len(s.labels),
                0.84 if metric == "AUC" else 0.76,
                {name: score(s.labels, v, thresholds[name]) for name, v in baselines.items()},
            )
        )
    return lines


def fingerprint(rows: list[dict[str, Any]]) -> str:
    """Return a hash of the sentences, whatever their order."""
    return hashlib.sha256("\n".join(sorted(r["text"] for r in rows)).encode()).hexdigest()


def fitted_on() -> str:
    """Return the fingerprint of the sentences that the shipped weights were fitted on."""
    record = json.loads((ROOT / "framing" / "loaded" / WEIGHTS).read_text(encoding="utf-8"))
    return str(record["fitted_on"])


def best_threshold_of(values: np.ndarray, labels: np.ndarray) -> float:
    """Return the best threshold of a raw baseline, in its favour chosen on the very set."""
    grid = np.unique(np.quantile(values, np.linspace(0.02, 0.98, 49)))
    return float(grid[np.argmax([f1_score(labels, values >= t, average="macro") for t in grid])])


def wordlist(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:['’-][a-z]+)*", text.lower())


def plain_counts(text: str) -> list[float]:
    """Twenty counts that need no lexicon: what a first attempt would take."""
    words = wordlist(text)
    sets = (
        {"you", "your"}, {"we", "our", "us"}, {"i", "my", "me"}, {"not", "no", "never"}, {"all", "every", "always"},
        {"must", "should"}, {"very", "so", "too"}, {"but", "yet"}, {"said", "says", "told"}, {"percent", "million"},
        {"the", "a"}, {"this", "that"},
    )  # fmt: skip
    return [
        len(words),
        float(np.mean([len(w) for w in words] or [0])),
        text.count("!"),
        text.count("?"),
        text.count('"') + text.count("“"),
        sum(c.isdigit() for c in text),
        sum(w[:1].isupper() for w in text.split()),
        sum(w.endswith("ly") for w in words),
        *(sum(w in chosen for w in words) for chosen in sets),
    ]


@dataclass(frozen=True)
class Words:
    """The words of the loaded sentences that loaded terms cover, and whether the experts marked them."""

    values: np.ndarray
    text: np.ndarray
    word: list[str]
    marked: np.ndarray
    wanted: list[set[str]]  # marked words of each text, covered or not

    @classmethod
    def read(cls, s: Sentences) -> Words:
        odds = np.log(s.held_out / (1 - s.held_out))
        found = find_candidates(s.batch, s.features, odds[s.batch.article[s.batch.sentences]])
        folded, form = s.batch.tokens.forms.folded, s.batch.tokens.form
        text = s.batch.article[found.token]
        word = [folded[f] for f in form[found.token]]
        wanted = [{g.lower() for g in r["biased_words"]} for r in s.rows]
        marked = np.array([w in wanted[t] for w, t in zip(word, text, strict=True)])
        return cls(found.values, text, word, marked, wanted)

    def count(self, rows: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return hits, chosen and wanted words of the texts in `rows`, each word of a text once."""
        words: list[set[str]] = [set() for _ in self.wanted]
        for place in np.flatnonzero(chosen):
            words[self.text[place]].add(self.word[place])
        return np.array(
            [(len(words[r] & self.wanted[r]), len(words[r]), len(self.wanted[r])) for r in rows], dtype=float
        ).reshape(-1, 3)

    def best_threshold(self, rows: np.ndarray, probabilities: np.ndarray) -> float:
        grid = np.arange(0.10, 0.601, 0.02)
        return float(grid[np.argmax([word_f1(self.count(rows, probabilities >= t)) for t in grid])])


def word_f1(counts: np.ndarray) -> float:
    hits, chosen, wanted = counts.sum(axis=0)
    return float(2 * hits / max(1.0, chosen + wanted))


def biased_words(s: Sentences) -> list[Line]:
    """Word F1 over all sentences: does the module mark the words that the experts marked?

    Weights and threshold come from the other folds; words that no term covers count as missed.
    """
    words = Words.read(s)
    folds = split(s.labels, SEED)
    counts = np.zeros((len(s.rows), 3))
    free = [0] * len(WORD_FEATURES)
    for fold in range(FOLDS):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        mine = folds[words.text] != fold
        fitted = fit(words.values[mine], words.marked[mine], free, WORD_PENALTY)
        chances = probability(*fitted, words.values)
        counts[test] = words.count(test, chances >= words.best_threshold(train, chances))
    low, high = bootstrap(lambda i: word_f1(counts[i]), len(counts))
    analyser = SentimentIntensityAnalyzer()
    public = [{w for w in wordlist(r["text"]) if abs(analyser.lexicon.get(w, 0)) >= 1} for r in s.rows]
    baseline = np.array([(len(p & w), len(p), len(w)) for p, w in zip(public, words.wanted, strict=True)], dtype=float)
    return [
        Line(
            "biased words",
            "loaded",
            "loaded_sentences",
            "word F1",
            word_f1(counts),
            low,
            high,
            int(counts[:, 2].sum()),
            0.45,
            {"words of the VADER list": word_f1(baseline)},
        )
    ]


def persuasion(data: Path, model: Model) -> list[Line]:
    """Lines of articles that hold loaded language or name-calling."""
    texts, labels, groups = [], [], []
    for row in load(data, "persuasion_techniques"):
        spans = [(x["start"], x["end"]) for x in row["spans"] if x["technique"] in TECHNIQUES]
        start = 0
        for line in row["text"].split("\n"):
            if line.strip():
                texts.append(line)
                labels.append(any(a < start + len(line) and b > start for a, b in spans))
                groups.append(row["id"])
            start += len(line) + 1
    lines = Lines.read(texts, labels, groups)
    return lines.judge("loaded or name-calling line", "persuasion_techniques", model, (0.82, 0.45))


def lexical_bias(data: Path, model: Model) -> list[Line]:
    """Sentences with a span of lexical bias; and which of two outlets has more of them on the same event."""
    rows = load(data, "event_triples")
    texts, labels, groups, article = [], [], [], []
    for number, row in enumerate(rows):
        spans = [(x["start"], x["end"]) for x in row["spans"] if x["bias"] == "lex"]
        for a, b in pairwise([*row["sentence_starts"], len(row["text"])]):
            if row["text"][a:b].strip():
                texts.append(row["text"][a:b])
                labels.append(any(x < b and y > a for x, y in spans))
                groups.append(row["event"])
                article.append(number)
    lines = Lines.read(texts, labels, groups)
    judged = lines.judge("lexical bias sentence", "event_triples", model, (0.80, 0.25))
    return [*judged, which_outlet(rows, lines, np.array(article), model)]


@dataclass(frozen=True)
class Lines:
    """Lines of texts that people have marked or not, with what the module sees in them."""

    texts: list[str]
    labels: np.ndarray
    groups: np.ndarray
    sums: np.ndarray  # features of each line, added up over its sentences
    features: Features
    line: np.ndarray  # line of each sentence
    refitted: np.ndarray  # probability of each line by weights refitted on other articles or events

    @classmethod
    def read(cls, texts: list[str], labels: list[bool], groups: list[str]) -> Lines:
        batch = annotate(texts)
        features = find_features(batch)
        line = batch.article[batch.sentences]
        sums = np.zeros((len(texts), len(FEATURES)))
        np.add.at(sums, line, features.values)
        members = np.unique(np.array(groups), return_inverse=True)[1]
        truth = np.array(labels)
        folds = np.zeros(len(texts), dtype=int)
        for number, (_, test) in enumerate(GroupKFold(min(FOLDS, members.max() + 1)).split(sums, truth, members)):
            folds[test] = number
        # Signs are free here, for these readers marked quoted words as well; a long line holds more of everything.
        length = np.log1p(np.bincount(line, weights=features.words, minlength=len(texts)))
        columns = np.column_stack([sums, length])
        refitted = cross_validate(columns, truth.astype(int), folds, [0] * columns.shape[1], LINE_PENALTY)
        return cls(texts, truth, members, sums, features, line, refitted)

    def shipped(self, model: Model) -> np.ndarray:
        """Return the highest probability of a sentence of each line, by the shipped weights."""
        peak = np.zeros(len(self.texts))
        np.maximum.at(peak, self.line, model.sentence.probability(self.features.values))
        return peak

    def baselines(self) -> dict[str, np.ndarray]:
        analyser = SentimentIntensityAnalyzer()
        return {
            "VADER, absolute": np.array([abs(analyser.polarity_scores(t[:2000])["compound"]) for t in self.texts]),
            "words of the VADER list": np.array([sum(w in analyser.lexicon for w in wordlist(t)) for t in self.texts]),
            "words": np.array([len(t.split()) for t in self.texts]),
        }

    def judge(self, yardstick: str, file: str, model: Model, reach: tuple[float, float]) -> list[Line]:
        others = {"loaded.peak as shipped": self.shipped(model), **self.baselines()}
        out = []
        for metric, score, least in (("AUC", roc_auc_score, reach[0]), ("AP", average_precision_score, reach[1])):
            low, high = bootstrap(lambda i, f=score: f(self.labels[i], self.refitted[i]), len(self.labels), self.groups)
            value = float(score(self.labels, self.refitted))
            compared = {name: float(score(self.labels, v)) for name, v in others.items()}
            out.append(Line(yardstick, "loaded", file, metric, value, low, high, len(self.labels), least, compared))
        return out


def which_outlet(rows: list[dict[str, Any]], lines: Lines, article: np.ndarray, model: Model) -> Line:
    """Of two outlets on one event, which has more spans of lexical bias? Pairs with equal numbers are left out.

    An outlet's value is the mean over the sentences of its article, from weights refitted on other events.
    """
    size = np.bincount(article, minlength=len(rows))
    analyser = SentimentIntensityAnalyzer()
    vader = np.array([abs(analyser.polarity_scores(t[:2000])["compound"]) for t in lines.texts])
    values = {
        "module": np.bincount(article, weights=lines.refitted) / size,
        "loaded.score as shipped": np.bincount(article, weights=lines.shipped(model)) / size,
        "VADER, absolute": np.bincount(article, weights=vader) / size,
        "the longer article": size,
    }
    spans = [sum(x["bias"] == "lex" for x in r["spans"]) for r in rows]
    pairs = [
        (a, b)
        for a, b in combinations(range(len(rows)), 2)
        if rows[a]["event"] == rows[b]["event"] and spans[a] != spans[b]
    ]
    right = {
        name: np.array([float((v[a] > v[b]) == (spans[a] > spans[b])) for a, b in pairs]) for name, v in values.items()
    }
    events = np.unique([rows[a]["event"] for a, _ in pairs], return_inverse=True)[1]
    low, high = bootstrap(lambda i: float(right["module"][i].mean()), len(pairs), events)
    return Line(
        "which outlet is more loaded on the same event",
        "loaded",
        "event_triples",
        "pairwise accuracy",
        float(right["module"].mean()),
        low,
        high,
        len(pairs),
        0.68,
        {name: float(hits.mean()) for name, hits in right.items() if name != "module"},
    )


def measure(data: Path) -> list[Line]:
    model = read_model()
    lines: list[Line] = []
    if (data / "loaded_sentences.jsonl.gz").is_file():
        sentences = read_sentences(data)
        lines += loaded_sentence(sentences) + biased_words(sentences)
    if (data / "persuasion_techniques.jsonl.gz").is_file():
        lines += persuasion(data, model)
    if (data / "event_triples.jsonl.gz").is_file():
        lines += lexical_bias(data, model)
    return lines


def calibration(probabilities: np.ndarray, labels: np.ndarray) -> list[dict[str, float]]:
    """Return, for ten equal groups by probability, the mean probability and the share that readers called loaded."""
    order = np.argsort(probabilities, kind="stable")
    return [
        {
            "probability": round(float(probabilities[part].mean()), 3),
            "loaded": round(float(labels[part].mean()), 3),
            "sentences": len(part),
        }
        for part in np.array_split(order, 10)
    ]


def write_weights(data: Path) -> Path:
    """Fit the shipped weights on all loaded sentences; the calibration is of sentences that a fit had not seen."""
    s = read_sentences(data)
    words = Words.read(s)
    sentence = fit(s.values, s.labels, list(SIGNS.values()), PENALTY)
    word = fit(words.values, words.marked, [0] * len(WORD_FEATURES), WORD_PENALTY)
    record = {
        "fitted_on": fingerprint(s.rows),
        "what": "Logistic regressions on named features, fitted by make fit on loaded_sentences alone",
        "sentence": {
            "target": "called biased by the majority of the experts",
            "sentences": len(s.labels),
            "penalty": PENALTY,
            "held_out_auc": round(float(roc_auc_score(s.labels, s.held_out)), 4),
            "calibration": calibration(s.held_out, s.labels),
            "threshold": best_threshold(s.held_out, s.labels),
            **describe(sentence, FEATURES),
        },
        "word": {
            "target": "marked by the experts",
            "words": len(words.marked),
            "penalty": WORD_PENALTY,
            "threshold": words.best_threshold(np.arange(len(s.rows)), probability(*word, words.values)),
            **describe(word, WORD_FEATURES),
        },
    }
    path = ROOT / "framing" / "loaded" / WEIGHTS
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    read_model.cache_clear()
    return path


def describe(fitted: tuple[float, np.ndarray], names: Sequence[str]) -> dict[str, Any]:
    intercept, weights = fitted
    return {
        "intercept": round(intercept, 5),
        "weights": {name: round(float(w), 5) for name, w in zip(names, weights, strict=True)},
    }


def main() -> None:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    data = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "shared" / "data"
    if "--fit" in sys.argv:
        print(f"wrote {write_weights(data)}")
    for x in measure(data):
        others = ", ".join(f"{k} {v:.3f}" for k, v in x.baselines.items())
        print(f"{x.yardstick:46} {x.metric:18} {x.value:.3f} [{x.low:.3f}, {x.high:.3f}]  n {x.n}  reach {x.reach}")
        print(f"    {others}")


if __name__ == "__main__":
    main()

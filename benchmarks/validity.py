"""How well each module does against people who read the text: one table, one line a yardstick.

    python benchmarks/validity.py DATA [--write]        # --write also writes docs/validity.md

DATA is a folder with any of loaded_sentences, persuasion_techniques, event_triples, target_sentiment and attribution
(.jsonl.gz, fields as in the development data). A yardstick whose file is not there is left out and said. The gold
sentences of agency and casualties and the coded part of the embedded corpus come with the project.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import agency_accuracy
import casualty_accuracy
import corpus_modules
import loaded_language
import numpy as np
import target_sentiment
from loaded_language import Line, load
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from framing.annotation import AnnotatedBatch, Annotator
from framing.loaded import read_model
from framing.text import Article

ROOT = Path(__file__).resolve().parents[1]
NEAREST = 60  # characters between a source and its content; farther apart they may belong to different statements


def share(yardstick: str, module: str, file: str, metric: str, right: int, n: int, reach: float = math.nan) -> Line:
    low, high = casualty_accuracy.wilson(right, n)
    return Line(yardstick, module, file, metric, right / n if n else math.nan, low, high, n, reach)


def targets(data: Path) -> list[Line]:
    """Sentiment toward a target: bad, neutral or good; weights fitted on other texts, folds of neighbouring texts."""
    rows = target_sentiment.read_rows(data)
    gold = np.array([row["polarity"] for row in rows])
    text = target_sentiment.texts_of(rows)
    fold = text * target_sentiment.FOLDS // (int(text.max()) + 1)
    batch, start, end = target_sentiment.annotate(rows)
    features, _ = target_sentiment.measure(batch, start, end)
    found = target_sentiment.cross_validate(features, gold, fold)
    analyser = SentimentIntensityAnalyzer()
    whole = np.array([analyser.polarity_scores(row["text"])["compound"] for row in rows])
    clauses = [target_sentiment.clause_of(row["text"], row["start"], row["end"]) for row in rows]
    clause = np.array([analyser.polarity_scores(part)["compound"] for part in clauses])
    others = {
        "VADER of the sentence": target_sentiment.thresholds(whole, gold, fold),
        "VADER of the clause": target_sentiment.thresholds(clause, gold, fold),
        "always bad": np.full(len(gold), -1),
    }
    if f" {len(rows)} targets" not in target_sentiment.WEIGHTS.read_text(encoding="utf-8"):  # not the rows of the fit
        others["as shipped"] = target_sentiment.find_tone(batch, start, end).tone
    low, high = target_sentiment.macro_f1_interval(gold, found, text)
    value = target_sentiment.macro_f1(gold, found)[0]
    baselines = {name: target_sentiment.macro_f1(gold, other)[0] for name, other in others.items()}
    return [
        Line(
            "sentiment toward a target",
            "toward",
            "target_sentiment",
            "macro-F1",
            value,
            low,
            high,
            len(gold),
            0.74,
            baselines,
        )
    ]


def agency() -> list[Line]:
    """The form in which harm is told, in the gold sentences: all, and those kept apart while rules were made."""
    scores = agency_accuracy.score_sentences()
    every = sum((score.counts for score in scores.values()), Counter())
    lines = []
    for counts, name in ((every, ""), (scores["held"].counts, " (kept apart)")):
        file = "tests/gold/agency.csv"
        lines += [
            share(
                f"passive, agentless{name}",
                "agency",
                file,
                "passive right",
                counts["passives right"],
                counts["passives"],
                0.95,
            ),
            share(f"form of harm{name}", "agency", file, "form right", counts["form"], counts["events"], 0.95),
        ]
    return lines


def casualties() -> list[Line]:
    lines = []
    for split, name in (("", "casualty figures"), ("held", "casualty figures (kept apart)")):
        gold = casualty_accuracy.read_gold(split)
        found = casualty_accuracy.read_found(list(gold))
        right = len(casualty_accuracy.exact_sentences(gold, found))
        lines.append(share(name, "casualties", "tests/gold/casualties.csv", "exact match", right, len(gold), 0.95))
    return lines


def speakers(data: Path) -> list[Line]:
    """Whether the speaker found for attributed content is the source that people marked next to it.

    Only content with a source within sixty characters and no other content nearer to that source is asked for.
    """
    rows = load(data, "attribution")
    batch = Annotator([])([Article(id=str(n), outlet="", text=r["text"]) for n, r in enumerate(rows)])
    spans = _spans_by_text(batch)
    outcomes, groups = [], []
    for number, row in enumerate(rows):
        sources = [s for s in row["spans"] if s["kind"] == "source"]
        contents = [s for s in row["spans"] if s["kind"] == "content"]
        for content in contents:
            source = min(sources, key=lambda s: _gap(s, content), default=None)
            if source is None or _gap(source, content) > NEAREST:
                continue
            if any(_gap(source, c) < _gap(source, content) for c in contents):
                continue
            found = max(spans.get(number, []), key=lambda s: _overlap(s, content), default=None)
            if found is None or _overlap(found, content) <= 0:
                continue  # content that is not found is the voice's miss, measured by `make accuracy`
            outcomes.append(found["speaker"] is not None and _overlap(found["speaker"], source) > 0)
            groups.append(number)
    right = np.array(outcomes, dtype=float)
    low, high = loaded_language.bootstrap(lambda i: float(right[i].mean()), len(right), np.array(groups))
    return [
        Line(
            "speaker of attributed words",
            "sourcing",
            "attribution",
            "source found",
            float(right.mean()),
            low,
            high,
            len(right),
            math.nan,
        )
    ]


def _gap(first: dict[str, Any], second: dict[str, Any]) -> int:
    return max(0, first["start"] - second["end"], second["start"] - first["end"])


def _overlap(first: dict[str, Any], second: dict[str, Any]) -> int:
    return min(first["end"], second["end"]) - max(first["start"], second["start"])


def _spans_by_text(batch: AnnotatedBatch) -> dict[int, list[dict[str, Any]]]:
    voices, tokens = batch.voices, batch.tokens
    out: dict[int, list[dict[str, Any]]] = {}
    for row in range(len(voices.start)):
        start, end = int(voices.start[row]), int(voices.end[row])
        speaker = None
        if voices.speaker_start[row] >= 0:
            speaker = {
                "start": int(tokens.start[voices.speaker_start[row]]),
                "end": int(tokens.end[voices.speaker_end[row] - 1]),
            }
        span = {"start": int(tokens.start[start]), "end": int(tokens.end[end - 1]), "speaker": speaker}
        out.setdefault(int(batch.article[start]), []).append(span)
    return out


def coded_corpus() -> str:
    """Return a table of every module against the hand coding of twelve invented articles."""
    rows: dict[str, list[corpus_modules.Row]] = {}
    for row in corpus_modules.measure():
        rows.setdefault(row.yardstick, []).append(row)
    out = ["| module, what | figures: share [95 % interval] of n |", "|---|---|"]
    for yardstick, figures in rows.items():
        cells = []
        for row in figures:
            low, high = row.interval
            cells.append(f"{row.figure} {row.share:.2f} [{low:.2f}, {high:.2f}] of {row.total}")
        out.append(f"| {yardstick} | {'; '.join(cells)} |")
    return "\n".join(out)


def measure(data: Path) -> tuple[list[Line], list[str]]:
    """Return the lines of the table, and the files that were missing."""
    missing = [
        name
        for name in ("loaded_sentences", "persuasion_techniques", "event_triples", "target_sentiment", "attribution")
        if not (data / f"{name}.jsonl.gz").is_file()
    ]
    lines = loaded_language.measure(data)
    if "target_sentiment" not in missing:
        lines += targets(data)
    lines += agency() + casualties()
    if "attribution" not in missing:
        lines += speakers(data)
    return lines, missing


def table(lines: Sequence[Line]) -> str:
    """Return the table in Markdown."""
    out = [
        "| yardstick | module | file | metric | result [95 % interval] | n | asked | baselines in the same run |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for x in lines:
        asked = "–" if math.isnan(x.reach) else f"{x.reach:.2f}"
        others = ", ".join(f"{name} {value:.2f}" for name, value in x.baselines.items()) or "–"
        interval = f"{x.value:.3f} [{x.low:.3f}, {x.high:.3f}]"
        out.append(
            f"| {x.yardstick} | {x.module} | {x.file} | {x.metric} | {interval} | {x.n:,} | {asked} | {others} |"
        )
    return "\n".join(out)


def write_page(lines: Sequence[Line]) -> Path:
    """Write docs/validity.md: what each module was compared with, how well it did, what it must not be used for."""
    page = (ROOT / "benchmarks" / "validity.template.md").read_text(encoding="utf-8")
    for field, content in (("table", table(lines)), ("corpus", coded_corpus()), ("calibration", calibration())):
        page = page.replace("{{" + field + "}}", content)
    path = ROOT / "docs" / "validity.md"
    path.write_text(page, encoding="utf-8")
    return path


def calibration() -> str:
    """Say what share of the sentences readers called loaded at each tenth of the probabilities."""
    groups = read_model().calibration
    return ", ".join(f"mean probability {g['probability']:.2f}: {g['loaded']:.0%} called loaded" for g in groups)


def main() -> int:
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    data = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "data"
    if (data / "data").is_dir():  # the folder above, as for the other benchmarks
        data = data / "data"
    if not data.is_dir():
        print(f"{data}: no such folder. Give one with files such as loaded_sentences.jsonl.gz.", file=sys.stderr)
        return 3
    lines, missing = measure(data)
    print(table(lines))
    print("\nThe embedded corpus, coded for every module:\n")
    print(coded_corpus())
    for name in missing:
        print(f"left out: {data / name}.jsonl.gz is not there", file=sys.stderr)
    if "--write" in sys.argv:
        print(f"wrote {write_page(lines)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

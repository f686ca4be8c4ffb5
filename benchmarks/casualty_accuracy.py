"""Figures of casualties measured against the gold sentences.

    python benchmarks/casualty_accuracy.py [--split build|held] [--misses]

A sentence is right when all its figures, and no others, are found with low, high, kind, hedge and credited as in the
gold; upper and lower case and a leading article of the source do not count. Prints that share, and for each field the
share of gold figures that are found with the right value, with 95 % Wilson intervals.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from framing.annotation import Annotator
from framing.lexicon import read_lexicons
from framing.scorers import casualties
from framing.text import Article

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "casualties.csv"
EXACT = ("figure", "low", "high", "kind", "hedge", "credited")
FIELDS = ("low", "high", "kind", "group", "hedge", "credited", "relation")
Row = Mapping[str, str]


def plain(field: str, value: str) -> str:
    """Bring a value to the form in which it is compared."""
    if field in ("low", "high"):
        return f"{float(value):g}"
    folded = value.casefold()
    if field == "credited":
        for article in ("the ", "a ", "an "):
            folded = folded.removeprefix(article)
    return folded


def read_gold(split: str = "") -> dict[str, list[Row]]:
    """Return the figures expected in each sentence, by sentence."""
    gold: dict[str, list[Row]] = {}
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if split in ("", row["split"]):
                gold.setdefault(row["text"], [])
                if row["figure"]:
                    gold[row["text"]].append({f: plain(f, row[f]) for f in (*FIELDS, "figure")})
    return gold


def read_found(texts: Sequence[str]) -> dict[str, list[Row]]:
    """Return the figures that the scorer finds in each sentence; each is an article by itself, one without a mark at
    its end the headline of one."""
    annotator = Annotator(read_lexicons(module="casualties"))
    ends = '.!?"”'
    articles = [
        Article(str(i), "outlet", text if text[-1] in ends else "", "" if text[-1] in ends else text)
        for i, text in enumerate(texts)
    ]
    table = casualties.score(annotator(articles)).tables["casualties"]
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        found[texts[int(row["article_id"])]].append({f: plain(f, str(row[f])) for f in (*FIELDS, "figure")})
    return found


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of Wilson (1927) for a share; nan of nothing."""
    if not total:
        return math.nan, math.nan
    z, share = 1.959964, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return middle - half, middle + half


def exact_sentences(gold: Mapping[str, Sequence[Row]], found: Mapping[str, Sequence[Row]]) -> list[str]:
    """Return the sentences that are wholly right."""

    def keys(rows: Sequence[Row]) -> list[tuple[str, ...]]:
        return [tuple(row[f] for f in EXACT) for row in rows]

    return [text for text, rows in gold.items() if keys(rows) == keys(found.get(text, []))]


def compare_fields(gold: Mapping[str, Sequence[Row]], found: Mapping[str, Sequence[Row]]) -> dict[str, tuple[int, int]]:
    """Return for each field how many gold figures are found with the right value, and how many there are."""
    totals = {field: [0, 0] for field in ("found", *FIELDS)}
    for text, rows in gold.items():
        left = list(found.get(text, []))
        for row in rows:
            match = next((m for m in left if m["figure"] == row["figure"]), None)
            if match:
                left.remove(match)
            for field, sums in totals.items():
                sums[1] += 1
                sums[0] += match is not None and (field == "found" or match[field] == row[field])
    return {field: (right, total) for field, (right, total) in totals.items()}


def main() -> None:
    """Print the shares."""
    chosen = [sys.argv[i + 1] for i, a in enumerate(sys.argv) if a == "--split"]
    for split in chosen or ["build", "held", ""]:
        gold = read_gold(split)
        found = read_found(list(gold))
        right = exact_sentences(gold, found)
        rows = {"exact": (len(right), len(gold)), **compare_fields(gold, found)}
        extra = sum(max(0, len(found.get(t, [])) - len(rows)) for t, rows in gold.items())
        print(f"{split or 'all'}: {len(gold)} sentences, {sum(map(len, gold.values()))} figures, {extra} extra figures")
        for name, (hits, total) in rows.items():
            low, high = wilson(hits, total)
            print(f"  {name:9} {hits / total:.3f} [{low:.3f}, {high:.3f}]  {hits} of {total}")
        if "--misses" in sys.argv:
            for text in gold:
                if text not in right:
                    print(" ", text)
                    for label, figures in (("gold", gold[text]), ("found", found.get(text, []))):
                        for row in figures:
                            print(f"    {label:5}", " | ".join(f"{f}={row[f]}" for f in ("figure", *FIELDS)))


if __name__ == "__main__":
    main()

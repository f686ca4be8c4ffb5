"""Do the statistics keep their promises? Simulations with a known truth, and known contrasts in real articles.

    python benchmarks/calibration.py [DATA] [NAME ...] [--write] [--tables FILE] [--analysis DIR]

DATA is a folder with contested_topics.jsonl.gz; what needs real articles is left out without it. NAME: only these
tables. --write also writes docs/statistics.md, for which all are needed. --tables FILE keeps finished tables, so that
some can be made anew and the others taken from there (all take half an hour). --analysis DIR takes a finished analysis
of the articles instead of making one. Seconds are of the processor, not of the clock.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import contested_contrasts
import copy_accuracy
import keyness_calibration
import numpy as np
import pyarrow as pa
import reliability_calibration
import simulated
from contested_contrasts import as_markdown
from scipy import sparse
from scipy.stats import chi2

from framing.analysis import analyse
from framing.lexicon import Category, Lexicon, Term
from framing.measure import Measure
from framing.statistics import Counters
from framing.statistics.bootstrap import compute_ratios
from framing.statistics.contrasts import Design, compute_contrasts
from framing.statistics.keyness import compute_keyness
from framing.statistics.permutation import benjamini_hochberg, permute_sides
from framing.store import read_parquet
from framing.text import Article

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = Path(__file__).with_name("statistics.template.md")
TARGET = ROOT / "docs" / "statistics.md"
NONE = Design(pairs=[("A", "B")], rest=())

Table = list[list[str]]


def column(table: Any, name: str) -> Any:
    return table[name].to_numpy(zero_copy_only=False)


def share_of(right: Any) -> str:
    """Write a share, and a dash where there is nothing to take it of."""
    return f"{np.mean(right):.3f}" if len(right) else "–"


def null(runs: int = 10_000) -> Table:
    """Two outlets worded alike, 100 articles each, one mention an article on average."""
    rows = [
        [
            "variance / mean",
            "articles permuted, p ≤ 0.05",
            "p ≤ 0.01",
            "families of 100 with any q ≤ 0.05",
            "G² over words, p ≤ 0.05",
        ]
    ]
    for ratio in (1, 2, 3, 8):
        rng = np.random.default_rng([1, ratio])
        x = simulated.overdispersed(rng, np.ones((200, runs)), ratio)
        y = np.full((200, 1), simulated.WORDS)
        counters, measures = simulated.build(["A"] * 100 + ["B"] * 100, x, y, scale=1000)
        p = column(compute_contrasts(counters, measures, NONE, all_rows=True), "p")
        tested = p[~np.isnan(p)]
        first, second = x[:100].sum(axis=0), x[100:].sum(axis=0)
        total = np.full(runs, 100 * simulated.WORDS)
        naive = chi2.sf(simulated.token_g2(first, total, second, total), 1)
        found = [(benjamini_hochberg(p[start : start + 100]) <= 0.05).any() for start in range(0, runs, 100)]
        shares = [(tested <= 0.05), (tested <= 0.01), found, naive <= 0.05]
        rows.append([f"{ratio}", *(share_of(x) for x in shares)])
    return rows


def unlike(runs: int = 4000) -> Table:
    """The hard case: worded alike on average, but of different size and different spread."""
    rows = [["articles", "variance / mean", "p ≤ 0.05", "tested"]]
    for (n1, r1), (n2, r2) in (
        ((50, 1), (200, 1)),
        ((50, 3), (200, 1)),
        ((50, 1), (200, 3)),
        ((100, 8), (100, 1)),
        ((50, 8), (500, 1)),
        ((20, 8), (200, 1)),
    ):
        rng = np.random.default_rng([2, n1, r1])
        x = np.vstack([simulated.overdispersed(rng, np.ones((n, runs)), r) for n, r in ((n1, r1), (n2, r2))])
        counters, measures = simulated.build(
            ["A"] * n1 + ["B"] * n2, x, np.full((n1 + n2, 1), simulated.WORDS), scale=1000
        )
        p = column(compute_contrasts(counters, measures, NONE, all_rows=True), "p")
        tested = ~np.isnan(p)
        rows.append([f"{n1} and {n2}", f"{r1} and {r2}", share_of(p[tested] <= 0.05), share_of(tested)])
    return rows


def event_mix(runs: int = 200) -> Table:
    """Worded alike on each event; one outlet reports 70 % on events of one kind, the other 30 %; 60 articles each."""
    rows = [["events", "matched, p ≤ 0.05", "tested", "pooled, articles permuted", "pooled G² over mentions"]]
    for kinds in (3, 5, 10):
        matched, pooled, naive, tested = [], [], [], []
        for layout in range(20):
            rng = np.random.default_rng([3, kinds, layout])
            events, share = [], []
            for often in (0.7, 0.3):
                of_first = rng.random(60) < often
                number = rng.integers(0, kinds, 60)
                events += [f"{'a' if f else 'b'}{n}" for f, n in zip(of_first, number, strict=True)]
                share += np.where(of_first, 0.6, 0.2).tolist()
            y = 1.0 + rng.poisson(1.5, (120, runs))
            x = simulated.mentions_and_uses(rng, y, np.array(share)[:, None])
            counters, measures = simulated.build(["A"] * 60 + ["B"] * 60, x, y, events=events)
            table = compute_contrasts(counters, measures, NONE, all_rows=True)
            p = column(table, "matched_p")
            ok = np.array(table["matched_status"].to_pylist()) == "ok"
            matched += (p[ok] <= 0.05).tolist()
            tested += ok.tolist()
            pooled += (column(table, "p") <= 0.05).tolist()
            g2 = simulated.token_g2(x[:60].sum(axis=0), y[:60].sum(axis=0), x[60:].sum(axis=0), y[60:].sum(axis=0))
            naive += (chi2.sf(g2, 1) <= 0.05).tolist()
        rows.append([f"{2 * kinds}", *(share_of(x) for x in (matched, tested, pooled, naive))])
    return rows


def matched_power(runs: int = 2000) -> Table:
    """What matching can still see: outlets that differ inside events, two articles each on an event."""
    rows = [["events", "share of the name", "matched, p ≤ 0.05", "interval covers", "tested"]]
    for events in (5, 6, 8, 10, 20, 40):
        for first, second in ((0.3, 0.3), (0.5, 0.2)):
            rng = np.random.default_rng([4, events, int(10 * first)])
            outlets = (["A"] * 2 + ["B"] * 2) * events
            event = np.repeat([f"e{n:03d}" for n in range(events)], 4)
            base = np.repeat(rng.normal(0, 0.05, (events, runs)), 4, axis=0)
            share = np.clip(np.where(np.array(outlets) == "A", first, second)[:, None] + base, 0.02, 0.98)
            y = 1.0 + rng.poisson(1.5, share.shape)
            x = simulated.mentions_and_uses(rng, y, share)
            counters, measures = simulated.build(outlets, x, y, events=event.tolist())
            table = compute_contrasts(counters, measures, NONE, all_rows=True)
            p, low, high = (column(table, f"matched_{c}") for c in ("p", "low", "high"))
            ok = np.array(table["matched_status"].to_pylist()) == "ok"
            truth = first - second
            inside = (low <= truth) & (truth <= high)
            cells = [share_of(x) for x in (p[ok] <= 0.05, inside[ok], ok)]
            rows.append([f"{events}", f"{first:g} and {second:g}", *cells])
    return rows


SIZES = (10, 20, 50, 100, 200, 500)


def coverage(runs: int = 2000) -> Table:
    """How often the 95 % interval of a value holds the truth, where its status is ok."""
    rows = [["wording", *(f"{n} articles" for n in SIZES)]]
    for share in (0.02, 0.05, 0.1, 0.3, 0.5, 0.9):
        rows.append([f"share of {share:g}", *(_cover_share(n, share, runs) for n in SIZES)])
    for mean in (0.1, 0.3, 1, 4):
        for ratio in (1, 2, 4, 8):
            cells = [_cover_rate(n, mean, ratio, runs) for n in SIZES]
            rows.append([f"{mean:g} an article, variance / mean {ratio}", *cells])
    for lean in (-1.5, 0.3):
        rows.append([f"mean weight of {lean:g}", *(_cover_mean(n, lean, runs) for n in SIZES)])
    return rows


BATCHES = 4
"""Sets of resamples behind a figure of coverage: runs that share one set share its Monte Carlo error too."""

LEAST_OK = 0.1
"""Share of runs with status ok below which coverage is not told: those that pass are then no fair sample."""


def write_cover(inside: Any, ok: Any, also: str = "") -> str:
    """Write coverage and the share with status ok: bold below 0.93, italics above 0.97."""
    if ok.mean() < LEAST_OK:
        return f"insufficient ({ok.mean():.0%} ok{also})"
    share = float(f"{inside[ok].mean():.3f}")
    mark = "**" if share < COVERS[0] else "*" if share > COVERS[1] else ""
    return f"{mark}{share:.3f}{mark} ({ok.mean():.0%} ok{also})"


COVERS = (0.93, 0.97)


def count_cover(table: Table) -> tuple[int, int, int]:
    """Return how many cells that `write_cover` wrote are below, within and above what is asked."""
    cells = [cell for row in table[1:] for cell in row[1:] if not cell.startswith("insufficient")]
    low = sum(cell.startswith("**") for cell in cells)
    high = sum(cell.startswith("*") for cell in cells) - low
    return low, len(cells) - low - high, high


def _covers(x: Any, y: Any, truth: float, rate: bool) -> str:
    inside, ok = [], []
    for batch, part in enumerate(np.array_split(np.arange(x.shape[1]), BATCHES)):
        columns = sparse.csr_array(np.hstack([x[:, part], y[:, part]]))
        above, under = np.arange(len(part)), len(part) + np.arange(len(part))
        found = compute_ratios(columns, above, under, group="A", seed=batch, rate=rate)
        ok.append(found.status(10) == "ok")
        inside.append((found.low <= truth) & (truth <= found.high))
    return write_cover(np.concatenate(inside), np.concatenate(ok), f"; percentile {_percentile_cover(x, y, truth):.2f}")


def _percentile_cover(x: Any, y: Any, truth: float, resamples: int = 500) -> float:
    rng = np.random.default_rng(9)
    units = len(x)
    times = rng.multinomial(units, np.full(units, 1 / units), size=resamples).astype(np.float64)
    with np.errstate(invalid="ignore"):
        low, high = np.nanquantile((times @ x) / (times @ y), [0.025, 0.975], axis=0)
    return float(((low <= truth) & (truth <= high)).mean())


def _cover_share(n: int, share: float, runs: int) -> str:
    rng = np.random.default_rng([5, n, int(100 * share)])
    y = 1.0 + rng.poisson(1.5, (n, runs))
    return _covers(simulated.mentions_and_uses(rng, y, share), y, share, False)


def _cover_rate(n: int, mean: float, ratio: float, runs: int) -> str:
    rng = np.random.default_rng([6, n, int(10 * mean), int(ratio)])
    y = simulated.word_counts(rng, (n, runs))
    return _covers(simulated.overdispersed(rng, mean * y / simulated.WORDS, ratio), y, mean / simulated.WORDS, True)


def _cover_mean(n: int, lean: float, runs: int) -> str:
    """Weights -2 or 2, or 0 and 1: alike within an article."""
    rng = np.random.default_rng([7, n, int(10 * lean + 50)])
    y = 1.0 + rng.poisson(1.5, (n, runs))
    low, high = (-2.0, 2.0)
    used = simulated.mentions_and_uses(rng, y, (lean - low) / (high - low))
    return _covers(used * high + (y - used) * low, y, lean, False)


def difference_coverage(runs: int = 2000) -> Table:
    """The same for the difference of two outlets, and for their ratio."""
    sizes = ((10, 10), (20, 20), (20, 200), (50, 50), (100, 100), (500, 500))
    rows = [["wording", *(f"{a} and {b} articles" for a, b in sizes)]]
    for first, second in ((0.3, 0.3), (0.1, 0.3), (0.05, 0.2)):
        cells = [_cover_shares(a, b, first, second, runs) for a, b in sizes]
        rows.append([f"shares of {first:g} and {second:g}", *cells])
    for first, second, ratio in ((1, 1, 2), (1, 2, 4), (0.3, 1, 2), (0.3, 1, 8)):
        cells = [_cover_rates(a, b, first, second, ratio, runs) for a, b in sizes]
        rows.append([f"{first:g} and {second:g} an article, variance / mean {ratio}", *cells])
    return rows


def _cover_shares(n1: int, n2: int, first: float, second: float, runs: int) -> str:
    rng = np.random.default_rng([8, n1, n2, int(100 * first)])
    y = 1.0 + rng.poisson(1.5, (n1 + n2, runs))
    share = np.repeat([first, second], [n1, n2])[:, None]
    return _cover_contrast(n1, n2, simulated.mentions_and_uses(rng, y, share), y, first - second, first / second, 1)


def _cover_rates(n1: int, n2: int, first: float, second: float, ratio: float, runs: int) -> str:
    rng = np.random.default_rng([9, n1, n2, int(10 * first), int(ratio)])
    y = simulated.word_counts(rng, (n1 + n2, runs))
    x = simulated.overdispersed(rng, np.repeat([first, second], [n1, n2])[:, None] * y / simulated.WORDS, ratio)
    return _cover_contrast(n1, n2, x, y, 1000 * (first - second) / simulated.WORDS, first / second, 1000)


def _cover_contrast(n1: int, n2: int, x: Any, y: Any, difference: float, ratio: float, scale: float) -> str:
    found: dict[str, list[Any]] = {name: [] for name in ("low", "high", "ratio_low", "ratio_high", "status")}
    for batch, part in enumerate(np.array_split(np.arange(x.shape[1]), BATCHES)):
        counters, measures = simulated.build(["A"] * n1 + ["B"] * n2, x[:, part], y[:, part], scale=scale)
        table = compute_contrasts(counters, measures, replace(NONE, seed=batch), all_rows=True, tests=False)
        for name, columns in found.items():
            columns.append(column(table, name))
    low, high, ratio_low, ratio_high, status = (np.concatenate(columns) for columns in found.values())
    ok = status == "ok"
    known = ok & ~np.isnan(ratio_low)
    within = share_of(((ratio_low <= ratio) & (ratio <= ratio_high))[known])
    return write_cover((low <= difference) & (difference <= high), ok, f"; ratio {within}")


def families(rounds: int = 200) -> Table:
    """500 measures of which 50 truly differ; 100 articles a side; variance / mean 3; one mention an article."""
    rows = [
        [
            "true ratio",
            "false discoveries, mean of the families",
            "families with more than 5 % false",
            "power",
            "power of p ≤ 0.05 alone",
            "false discoveries of p ≤ 0.05 alone",
        ]
    ]
    for effect in (1.5, 2.0, 3.0):
        false, power, alone, naive = [], [], [], []
        for number in range(rounds):
            rng = np.random.default_rng([10, int(10 * effect), number])
            mean = np.ones((200, 500))
            mean[:100, :50] *= effect
            x = simulated.overdispersed(rng, mean, 3)
            counters, measures = simulated.build(
                ["A"] * 100 + ["B"] * 100, x, np.full((200, 1), simulated.WORDS), scale=1000
            )
            table = compute_contrasts(counters, measures, NONE, all_rows=True)
            kept, plain = column(table, "q") <= 0.05, column(table, "p") <= 0.05
            false.append(kept[50:].sum() / max(1, kept.sum()))
            naive.append(plain[50:].sum() / max(1, plain.sum()))
            power.append(kept[:50].mean())
            alone.append(plain[:50].mean())
        rows.append(
            [
                f"{effect:g}",
                f"{np.mean(false):.3f}",
                f"{np.mean(np.array(false) > 0.05):.2f}",
                f"{np.mean(power):.2f}",
                f"{np.mean(alone):.2f}",
                f"{np.mean(naive):.2f}",
            ]
        )
    return rows


def planted_article(runs: int = 100) -> Table:
    """A term carried by one article: how often the contrast says so, and how often a term spread evenly is spared."""
    rng = np.random.default_rng(11)
    x = simulated.overdispersed(rng, np.full((100, runs), 0.4), 1)
    carried = x.copy()
    for run in range(runs):
        carried[rng.integers(0, 50), run] += 40
    spread = x.copy()
    spread[:50] += rng.poisson(0.8, (50, runs))
    y = np.full((100, 1), simulated.WORDS)
    mentions = 1.0 + rng.poisson(1.5, (100, runs))
    used = simulated.mentions_and_uses(rng, mentions, 0.1)
    one, many = mentions.copy(), used.copy()
    for run in range(runs):
        place = rng.integers(0, 50)
        one[place, run] += 40
        many[place, run] += 40
    rows = [["planted", "marked as carried by one article", "insufficient, so no contrast", "the right article named"]]
    for label, counts, under, scale in (
        ("a rate: 40 uses in one article of 50", carried, y, 1000),
        ("a rate: the same number, over all 50", spread, y, 1000),
        ("a share: one name 40 times in one article of 50", many, one, 1),
    ):
        counters, measures = simulated.build(["A"] * 50 + ["B"] * 50, counts, under, scale=scale)
        table = compute_contrasts(counters, measures, NONE, all_rows=True)
        share = column(table, "article_share")
        marked = share >= 0.5
        named = [f"a{counts[:50, run].argmax():07d}" == a for run, a in enumerate(table["article"].to_pylist())]
        insufficient = np.array(table["status"].to_pylist()) != "ok"
        right = f"{np.sum(np.array(named) & marked)} of {marked.sum()}" if marked.any() else "–"
        rows.append([label, f"{marked.sum()} of {runs}", f"{insufficient.sum()} of {runs}", right])
    return rows


def tails(runs: int = 40) -> Table:
    """p below the resolution of 2,000 permutations, beside p from a million."""
    rng = np.random.default_rng(12)
    rows = [["case", "p from 1,000,000 permutations", "p from 2,000 and the scaled tail (median of ratio, range)"]]
    for label, ratio, effect in (("variance / mean 1", 1, 1.9), ("variance / mean 3", 3, 2.6)):
        x = np.vstack([simulated.overdispersed(rng, np.full((60, runs), m), ratio) for m in (effect, 1.0)])
        side, y = np.arange(120) < 60, np.full(120, simulated.WORDS)
        many = permute_sides(x, y, side, permutations=1_000_000)
        few = permute_sides(x, y, side, permutations=2000)
        some = (many > 3e-6) & (many < 5e-3)
        quotient = few[some] / many[some]
        rows.append(
            [
                label,
                f"{many[some].min():.1e} to {many[some].max():.1e} ({some.sum()} cases)",
                f"{np.median(quotient):.2f}, {quotient.min():.2f} to {quotient.max():.2f}",
            ]
        )
    return rows


def cost() -> Table:
    """Contrasts of 20 outlets: every pair and each against the rest, in a process of its own, on one core."""
    rows = [["outlets", "measures", "articles", "resamples", "contrasts", "CPU seconds", "peak memory, MB"]]
    grid = (
        (20, 300, 20_000, 2000),
        (20, 300, 5_000, 2000),
        (10, 300, 20_000, 2000),
        (20, 100, 20_000, 2000),
        (20, 300, 20_000, 500),
        (20, 300, 60_000, 2000),
    )
    for case in grid:
        code = (
            f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import calibration as c; c.spend(*{case})"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_one_core())
        contrasts, seconds, memory = done.stdout.split()
        rows.append(
            [
                f"{case[0]}",
                f"{case[1]}",
                f"{case[2]:,}",
                f"{case[3]:,}",
                f"{int(contrasts):,}",
                f"{float(seconds):.1f}",
                f"{float(memory):,.0f}",
            ]
        )
    return rows


def _one_core() -> dict[str, str]:
    return {**os.environ, **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")}


def spend(outlets: int, measures: int, articles: int, resamples: int) -> None:
    """Compare simulated outlets, and print contrasts, CPU seconds and peak memory in MB: half of the measures are rates
    of one denominator, half shares among the mentions of one of 30 referents, each in a third of the articles."""
    rng = np.random.default_rng(13)
    names = [f"outlet {number:02d}" for number in range(outlets)]
    of = rng.integers(0, outlets, articles)
    words = simulated.word_counts(rng, (articles, 1))
    half = measures // 2
    rates = rng.poisson(rng.gamma(0.3, 1.0, (articles, half))).astype(np.float64)
    referents = 30
    mentions = rng.poisson(1.5, (articles, referents)) * (rng.random((articles, referents)) < 1 / 3)
    uses = rng.binomial(mentions[:, np.arange(measures - half) % referents], 0.3).astype(np.float64)
    labels = (
        *(f"r{k:04d}" for k in range(half)),
        *(f"u{k:04d}" for k in range(measures - half)),
        *(f"v{k:02d}" for k in range(referents)),
        "w",
    )
    matrix = sparse.csr_array(np.hstack([rates, uses, mentions.astype(np.float64), words]))
    table = pa.table(
        {
            "id": [f"a{k:07d}" for k in range(articles)],
            "outlet": [names[k] for k in of],
            "event": [f"e{k // 8}" for k in range(articles)],
        }
    )
    chosen = [Measure(f"m{k:04d}", "", "", f"r{k:04d}", "w", 1000) for k in range(half)]
    chosen += [Measure(f"s{k:04d}", "", "", f"u{k:04d}", f"v{k % referents:02d}") for k in range(measures - half)]
    counters = Counters(table, labels, matrix)
    del rates, uses, mentions
    before = time.process_time()
    found = compute_contrasts(counters, chosen, Design(resamples=resamples))
    seconds = time.process_time() - before
    print(found.num_rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def copies(runs: int = 20) -> Table:
    """An agency story of 300 invented words, with ten names in it, that five outlets print beside a story of their own.

    The names of all five outlets are counted as printed, and in own reporting, through the program's own reading.
    """
    rows = [
        [
            "the story is printed",
            "mentions in it, as printed",
            "in own reporting",
            "credited to",
            "mentions in the outlets' own stories, as printed and in own reporting",
        ]
    ]
    cases = (
        ("by the agency too, first; word for word", "agency", False),
        ("with the agency's credit; word for word", "credit", False),
        ("with the agency's credit; each cut at the end", "credit", True),
        ("without any credit, all on one day", "", False),
        ("without any credit, one outlet a day earlier", "earlier", False),
    )
    for label, kind, cut in cases:
        found = [_count_copies(run, kind, cut) for run in range(runs)]
        printed, own, other, kept = (np.array([f[k] for f in found]) for k in range(4))
        holders = sorted({f[4] for f in found})
        exact = f"{(own == 10).sum()} of {runs} runs once"
        rows.append(
            [
                label,
                f"{printed.mean():.0f}",
                f"{own.mean():.1f} ({exact})",
                "; ".join(holders),
                f"{other.mean():.0f}, {kept.mean():.1f}",
            ]
        )
    return rows


def _count_copies(run: int, kind: str, cut: bool) -> tuple[float, float, float, float, str]:
    """Return mentions of the planted story as printed and in own reporting, those of the other stories likewise, and
    who is credited with the story."""
    rng = random.Random(run)
    story = _with_names(copy_accuracy.write_paragraphs(rng, 300), "Quenby rebels")
    articles = []
    if kind == "agency":
        articles.append(Article("agency", "Associated Press", copy_accuracy.join(story), date="2020-01-01"))
    for number in range(5):
        own = copy_accuracy.write_paragraphs(rng, 400)
        articles.append(
            Article(f"own{number}", f"Outlet {number}", copy_accuracy.join(_with_names(own, "Tolvan rebels")))
        )
        # The names stand in the first paragraphs, so that a cut takes none of them.
        text = copy_accuracy.join(story[: len(story) - number] if cut else story)
        if kind == "credit":
            text = f"ZEDNA (AP) — {text}"
        day = "2020-01-01" if kind == "earlier" and number == 3 else "2020-01-02"
        articles.append(Article(f"copy{number}", f"Outlet {number}", text, date=day))
    categories = {key: Category(key, key, "side") for key in ("quenby", "tolvan")}
    terms = tuple(Term(f"{key.capitalize()} rebel(s)", key, -1.0) for key in categories)
    lexicon = Lexicon("planted", "naming", "Planted", "en", "1", "MIT", (-2.0, 2.0), "", categories, terms)
    analysis = analyse(articles, lexicon, modules=["naming"], resamples=100)
    counts, own_counts = (read_parquet(analysis.path, n).to_pylist() for n in ("counts", "own_counts"))
    passages = read_parquet(analysis.path, "passages").to_pylist()
    analysis.close()
    changed = {r["article_id"] for r in own_counts}
    left = [*(r for r in counts if r["article_id"] not in changed), *own_counts]

    def total(rows: Any, referent: str) -> float:
        return float(sum(r["value"] for r in rows if r["counter"].startswith(f"mentions:planted:{referent}:")))

    credited = "; ".join(sorted({r["origin"] for r in passages})) or "–"
    printed = total(counts, "quenby"), total(left, "quenby")
    return *printed, total(counts, "tolvan"), total(left, "tolvan"), credited


def _with_names(paragraphs: list[list[str]], name: str) -> list[list[str]]:
    """Put a name at the head of ten sentences, from the first on."""
    left = 10
    found = []
    for sentences in paragraphs:
        named = min(left, len(sentences))
        head = [f"The {name} {s[0].lower()}{s[1:]}" for s in sentences[:named]]
        found.append([*head, *sentences[named:]])
        left -= named
    return found


def coders(runs: int = 150) -> Table:
    """Planted errors of the program and of two coders, 400 coded mentions: rates by voice, and the matrices found."""
    found = [reliability_calibration.simulate(seed, 400, 400) for seed in range(runs)]
    raw, corrected, low, high, *matrices = (np.stack(part) for part in zip(*found, strict=True))
    true = reliability_calibration.TRUTH
    rows = [["", "true (three outlets)", "measured, mean", "corrected, mean", "95 % interval covers"]]
    covered = (low <= true) & (true <= high)
    for voice, name in enumerate(reliability_calibration.VOICES):
        cells = [" / ".join(f"{x:.3f}" for x in a) for a in (true.T[voice], *_means(voice, raw, corrected))]
        rows.append([f"share of {name} voice", *cells, f"{covered[:, :, voice].mean():.3f}"])
    planted = (reliability_calibration.PROGRAM, *reliability_calibration.CODERS)
    for name, truth, estimates in zip(("program", "coder 1", "coder 2"), planted, matrices, strict=True):
        mean = estimates.mean(axis=0)[: len(truth)]
        right = " / ".join(f"{x:.2f}" for x in np.diag(truth))
        rows.append(
            [
                f"{name}: right, by true voice",
                right,
                "–",
                " / ".join(f"{x:.2f}" for x in np.diag(mean)),
                f"largest error of any cell, mean over runs: {np.abs(mean - truth).max():.3f}",
            ]
        )
    return rows


def _means(voice: int, *drawn: Any) -> list[Any]:
    return [d[:, :, voice].mean(axis=0) for d in drawn]


def keyness(runs: int = 8) -> Table:
    """Phrases of two sides that use them alike: 500 phrases, 0.05 to 3 an article."""
    rows = [
        ["articles", "length of the first side's", "variance / mean", "articles permuted, p ≤ 0.05", "G² over words"]
    ]
    for sizes, longer in (((100, 100), 1.0), ((100, 1000), 1.0), ((100, 1000), 2.0), ((20, 100), 1.0)):
        for ratio in (1.0, 3.0, 8.0):
            rng = np.random.default_rng([14, *sizes, int(longer), int(ratio)])
            ours, g2 = [], []
            for _ in range(runs):
                words = np.round(rng.lognormal(6.3, 0.5, sum(sizes)))
                words[: sizes[0]] = np.round(words[: sizes[0]] * longer)
                rates = np.exp(rng.uniform(np.log(0.05), np.log(3), 500)) / 600
                drawn = keyness_calibration.draw(rng, words, rates, ratio)
                outlets = ["A"] * sizes[0] + ["B"] * sizes[1]
                counts = keyness_calibration.make_counts(drawn, words, outlets)
                first, second = np.arange(sizes[0]), np.arange(sizes[0], sum(sizes))
                table = compute_keyness(counts, first, second, resamples=0)
                p = column(table, "p")
                tested = ~np.isnan(p)
                ours += (p[tested] <= 0.05).tolist()
                g2 += (column(table, "g2_p")[tested] <= 0.05).tolist()
            rows.append(
                [
                    f"{sizes[0]} and {sizes[1]:,}",
                    "twice" if longer > 1 else "the same",
                    f"{ratio:g}",
                    f"{np.mean(ours):.3f}",
                    f"{np.mean(g2):.3f}",
                ]
            )
    return rows


SIMULATIONS: dict[str, Callable[[], Table]] = {
    "null": null,
    "unlike": unlike,
    "event_mix": event_mix,
    "matched_power": matched_power,
    "coverage": coverage,
    "difference_coverage": difference_coverage,
    "families": families,
    "planted_article": planted_article,
    "tails": tails,
    "keyness": keyness,
    "copies": copies,
    "coders": coders,
    "cost": cost,
}


Verdict = tuple[str, bool | None]
"""What was measured, and whether a promise was kept; None where it only stands beside one."""


def promises(results: Mapping[str, Table]) -> Table:
    """Set what was asked of the statistics beside what the tables say; what was not kept comes first."""
    asked: tuple[tuple[str, str, Callable[[Table], Verdict]], ...] = (
        ("null", "worded alike: p ≤ 0.05 in 0.03 to 0.07 of the tests", _within(1, 0.03, 0.07)),
        ("null", "beside it: G² over words, from variance / mean 2 on", lambda t: _beside(t[:1] + t[2:], 4)),
        ("unlike", "worded alike, but of unlike number and spread: the same", _within(2, 0.03, 0.07)),
        ("event_mix", "other events, worded alike: matched p ≤ 0.05 in at most 0.07", _within(1, 0, 0.07)),
        ("event_mix", "beside it: G² over the pooled mentions", lambda t: _beside(t, 4)),
        ("coverage", "intervals of values cover 0.93 to 0.97, or say insufficient", _say_cover),
        ("difference_coverage", "intervals of differences cover 0.93 to 0.97, or say insufficient", _say_cover),
        ("families", "false discoveries at most 0.05, where 50 of 500 are true", _within(1, 0, 0.05)),
        (
            "families",
            "beside it: power, at 1.5, 2 and 3 times as many",
            lambda t: (", ".join(r[3] for r in t[1:]), None),
        ),
        ("planted_article", "carried by one article: marked 100 of 100 times, or no contrast", _say_planted),
        ("keyness", "keyness, phrases used alike: p ≤ 0.05 in 0.03 to 0.07", _within(3, 0.03, 0.07)),
        ("copies", "an agency story in five outlets counts once", _say_copies),
        ("coders", "planted errors of coders are found again: corrected rates cover 0.93 to 0.97", _say_coders),
        ("cost", "20 outlets × 300 measures × 20,000 articles within 60 s on one core, and 2 GB", _say_cost),
    )
    rows = [["asked", "measured", "kept"]]
    for name, promise, say in asked:
        if name in results:
            measured, kept = say(results[name])
            rows.append([promise, measured, "" if kept is None else "yes" if kept else "**no**"])
    return [rows[0], *sorted(rows[1:], key=lambda row: row[2] != "**no**")]


def numbers(table: Table, place: int) -> list[float]:
    """Return the first number of each cell of a column; cells without one are passed over."""
    found = [re.search(r"\d[\d,]*\.?\d*", row[place]) for row in table[1:]]
    return [float(match[0].replace(",", "")) for match in found if match]


def _within(place: int, low: float, high: float) -> Callable[[Table], Verdict]:
    def say(table: Table) -> Verdict:
        values = numbers(table, place)
        return f"{min(values):.3f} to {max(values):.3f}", low <= min(values) and max(values) <= high

    return say


def _beside(table: Table, place: int) -> Verdict:
    values = numbers(table, place)
    return f"{min(values):.2f} to {max(values):.2f}", None


def _say_cover(table: Table) -> Verdict:
    low, inside, high = count_cover(table)
    return f"{inside} of {low + inside + high} cells; {high} above, {low} below", not low + high


def _say_planted(table: Table) -> Verdict:
    rate, share = (sum(numbers([table[0], table[row]], place)[0] for place in (1, 2)) for row in (1, 3))
    return f"a rate {rate:.0f}, a share {share:.0f}", rate == share == 100


def _say_copies(table: Table) -> Verdict:
    once = [row[2].count("(20 of 20") == 1 for row in table[1:]]
    return f"{sum(once)} of {len(once)} ways to print it", all(once)


def _say_coders(table: Table) -> Verdict:
    covered = [float(row[4]) for row in table[1:4]]
    kept = all(COVERS[0] <= c <= COVERS[1] for c in covered)
    return f"own, quoted, attributed: {', '.join(f'{c:.3f}' for c in covered)}", kept


def _say_cost(table: Table) -> Verdict:
    seconds, memory = (numbers(table[:2], place)[0] for place in (5, 6))
    return f"{seconds:.0f} s, {memory:,.0f} MB", seconds <= 60 and memory <= 2000


def main(arguments: Sequence[str]) -> int:
    named = [a for a in arguments if a != "--write"]
    options: dict[str, Path] = {}
    for option in ("--analysis", "--tables"):
        if option in named:
            place = named.index(option)
            options[option] = Path(named[place + 1])
            del named[place : place + 2]
    every = [*SIMULATIONS, *contested_contrasts.TABLES]
    wanted = [n for n in every if n in named] or every
    paths = [Path(n) for n in named if n not in every]
    kept = options.get("--tables")
    results: dict[str, Table] = json.loads(kept.read_text(encoding="utf-8")) if kept and kept.is_file() else {}
    there = "--analysis" in options or (paths and contested_contrasts.find_file(paths[0]).is_file())
    corpus = None
    for name in wanted:
        if name in SIMULATIONS:
            results[name] = run(name, SIMULATIONS[name])
        elif there:
            corpus = corpus or contested_contrasts.open_corpus(paths[0] if paths else Path(), options.get("--analysis"))
            results[name] = run(name, partial(contested_contrasts.TABLES[name], corpus))
        else:
            print(f"left out, no {contested_contrasts.NAME}: {name}", file=sys.stderr)
        if kept:
            kept.write_text(json.dumps(results, ensure_ascii=False), encoding="utf-8")
    print(f"\n## promises\n\n{as_markdown(promises(results))}")
    missing = [n for n in every if n not in results]
    if "--write" in arguments and missing:
        print(
            f"nothing written: --write needs every table, and these are missing: {', '.join(missing)}", file=sys.stderr
        )
        return 2
    if "--write" in arguments:
        page = TEMPLATE.read_text(encoding="utf-8")
        for name, table in {**results, "promises": promises(results)}.items():
            page = page.replace("{{" + name + "}}", as_markdown(table))
        TARGET.write_text(page, encoding="utf-8")
    return 0


def run(name: str, build: Callable[[], Table]) -> Table:
    """Make a table, and print it with the processor's seconds, those of children included."""
    before = _spent()
    table = build()
    print(f"\n## {name} ({_spent() - before:.0f} s)\n\n{as_markdown(table)}", flush=True)
    return table


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

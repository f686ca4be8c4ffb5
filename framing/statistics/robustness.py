"""Robustness: would a contrast stand without one article or term, with other weights, in headlines, in own reporting?

| check | what is done | columns |
|---|---|---|
| one article | each article is left out in turn | `article`, `article_share` (from `contrasts.py`) |
| one term | each term is left out in turn, of all articles | `term`, `term_share` |
| weights | each weight is moved at random, within one step of the scale | `weights_agree` |
| style guides | terms get the weights that a published guide gives them | `guides_against` |
| own reporting | text that several outlets print is credited once, or to nobody | `own_...`, `survives` |
| headlines | nothing but headlines is counted | `headline_...` |

A contrast is **carried** by an article or a term when half of the difference or more goes away without it.

References
----------
Belsley, Kuh & Welsch (1980), Regression Diagnostics (leave one out); Saltelli et al. (2008), Global Sensitivity
Analysis (Monte Carlo over judgements).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.measure import MENTION_FIELDS, Measure, fits_key, only_mention_keys
from framing.statistics.contrasts import REST, Design, compute_contrasts
from framing.statistics.counters import Counters, FloatArray, IntArray, check_group
from framing.statistics.measures import combine_measures

CARRIES = 0.5
"""Share of a difference that one article or one term must not hold alone."""

STEP = 1.0
"""One step of a naming lexicon's scale, from -2 to 2 by whole numbers."""

DRAWS = 1000
SIGNIFICANT = 0.05

COLUMNS = (
    ("term", pa.string()),
    ("term_share", pa.float64()),
    ("weights_agree", pa.float64()),
    ("guides_against", pa.string()),
    ("own_difference", pa.float64()),
    ("own_low", pa.float64()),
    ("own_high", pa.float64()),
    ("survives", pa.string()),
    ("headline_difference", pa.float64()),
    ("headline_low", pa.float64()),
    ("headline_high", pa.float64()),
    ("headline_status", pa.string()),
    ("carried_by", pa.string()),
)

Weights = Mapping[tuple[str, str, str], float]
"""(lexicon, referent, term) -> weight."""


class TermTally:
    """How often each group uses each term, by what is counted.

    Parameters
    ----------
    mentions : pa.Table
        The `mentions` table: article_id, module, lexicon, category, voice, term, weight.
    groups : sequence of (label, rows)
        As from `Counters.groups`.
    ids : sequence of str
        Ids of the rows.
    """

    def __init__(self, mentions: pa.Table, groups: Sequence[tuple[str, IntArray]], ids: Sequence[str]) -> None:
        self.labels = [label for label, _ in groups]
        group_of = np.full(len(ids) + 1, -1, dtype=np.int64)
        for number, (_, rows) in enumerate(groups):
            group_of[rows] = number
        place = pc.index_in(mentions["article_id"].cast(pa.string()), value_set=pa.array(ids, pa.string()))
        number = group_of[place.fill_null(len(ids)).to_numpy()]
        names = (*MENTION_FIELDS, "term")
        plain = pa.table(
            {"group": number, "weight": mentions["weight"], **{n: mentions[n].cast(pa.string()) for n in names}}
        )
        plain = plain.filter(pc.greater_equal(plain["group"], 0))
        tallied = plain.group_by([*names, "group"], use_threads=False).aggregate([("weight", "sum"), ([], "count_all")])
        self._cells: dict[tuple[str, ...], dict[str, list[tuple[int, float, float]]]] = {}
        cells = (tallied[c].to_pylist() for c in (*names, "group", "count_all", "weight_sum"))
        for *key, term, group, count, weight in zip(*cells, strict=True):
            terms = self._cells.setdefault(tuple(key), {})
            terms.setdefault(term, []).append((group, float(count), float(weight or 0.0)))
        self._by_module: dict[str, list[tuple[str, ...]]] = {}
        for fields in self._cells:
            self._by_module.setdefault(fields[0], []).append(fields)

    def of(self, measure: Measure) -> tuple[list[tuple[str, str, str]], FloatArray, FloatArray]:
        """Return the terms behind a measure, as (lexicon, category, term), and for each group their mentions and the
        sums of their weights. Shapes (groups, terms)."""
        keys = only_mention_keys(measure.mention_keys)
        term_of = measure.name.split(":", 4)[4] if measure.name.startswith("share:") else None
        found: dict[tuple[str, str, str], list[tuple[int, float, float]]] = {}
        for fields in self._matching(keys):
            for term, cells in self._cells[fields].items():
                if term_of is None or term == term_of:
                    found.setdefault((fields[1], fields[2], term), []).extend(cells)
        terms = sorted(found)
        counts, weights = (np.zeros((len(self.labels), len(terms))) for _ in range(2))
        for column, name in enumerate(terms):
            for group, count, weight in found[name]:
                counts[group, column] += count
                weights[group, column] += weight
        return terms, counts, weights

    def _matching(self, keys: Sequence[str]) -> list[tuple[str, ...]]:
        """Return what the keys stand for among what there is, each once."""
        exact = [tuple(key.split(":")) for key in keys if "*" not in key]
        found = dict.fromkeys(fields for fields in exact if fields in self._cells)
        for key in keys:
            if "*" in key:
                module = key.split(":", 1)[0]
                among = self._cells if module == "*" else self._by_module.get(module, ())
                found.update(dict.fromkeys(fields for fields in among if fits_key(fields, key)))
        return list(found)


def check_robustness(
    contrasts: pa.Table,
    counters: Counters,
    measures: Sequence[Measure],
    tally: TermTally,
    design: Design,
    *,
    guides: Mapping[str, Weights] | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
    own_reporting: Counters | None = None,
    headlines: Counters | None = None,
) -> pa.Table:
    """Add the columns of the robustness panel to contrasts.

    Parameters
    ----------
    contrasts : pa.Table
        From `compute_contrasts` with the same counters, measures and design.
    counters : Counters
    measures : sequence of Measure
    tally : TermTally
        Of the same groups.
    design : Design
    guides : mapping of str to Weights, optional
        For each style guide the terms that it weighs otherwise than their lexicon.
    scales : mapping of str to (float, float), optional
        Lowest and highest weight of each lexicon; (-2, 2) by default.
    own_reporting, headlines : Counters, optional
        Counts of the same articles without shared text, and of their headlines alone.

    Returns
    -------
    pa.Table
        `contrasts` with these columns behind:

        term, term_share : the term without which the difference would shrink most, and by what share of it; "" and nan
            where the measure is not made of mentions of terms, or of one term
        weights_agree : float64, 0 to 1, share of 1,000 draws of weights in which the difference keeps its sign; nan for
            measures that do not weigh
        guides_against : string, guides (with "; " between) under whose weights the difference is gone or turned round
        own_difference, own_low, own_high : float64, the contrast in own reporting; nan where it was not asked for
        survives : string, whether a difference (p at most 0.05) is there in own reporting too: "yes" (half of it or
            more, and its interval holds 0 only where it did before), "no", "insufficient" (too little is left), ""
            where there is no difference
        headline_difference, headline_low, headline_high : float64, the contrast in headlines
        headline_status : string, "ok" or "insufficient"; "" where it was not asked for
        carried_by : string, "article", "term", "article and term" or ""
    """
    count = contrasts.num_rows
    columns: dict[str, Any] = {
        name: [""] * count if kind == pa.string() else np.full(count, np.nan) for name, kind in COLUMNS
    }
    check_group(design.group, [name for name, _ in COLUMNS])
    above, under = _sum_sides(counters, measures, design.group)
    rows_of: dict[str, list[int]] = {}
    for row, name in enumerate(contrasts["measure"].to_pylist()):
        rows_of.setdefault(name, []).append(row)
    by_name = {m.name: m for m in measures}
    sides = _Sides(contrasts, design.group, tally.labels)
    for name, listed in rows_of.items():
        rows = np.array(listed)
        terms, counts, weights = tally.of(by_name[name])
        if len(terms):
            tallied = terms, counts, weights
            _leave_terms_out(columns, contrasts, rows, by_name[name], tallied, above[name], under[name], sides)
        if name.startswith("stance:") and len(terms):
            low, high = (scales or {}).get(terms[0][0], (-2.0, 2.0))
            _vary_weights(
                columns, contrasts, rows, terms, counts, weights, sides, (low, high), guides or {}, design.seed
            )
    significant = np.nan_to_num(contrasts["p"].to_numpy(), nan=1.0) <= SIGNIFICANT
    for prefix, variant in (("own", own_reporting), ("headline", headlines)):
        if variant is not None:
            _compare_variant(columns, contrasts, significant, measures, variant, design, prefix)
    article = np.nan_to_num(contrasts["article_share"].to_numpy(), nan=0.0) >= CARRIES
    term = np.nan_to_num(columns["term_share"], nan=0.0) >= CARRIES
    words = np.array(["", "article", "term", "article and term"])
    columns["carried_by"] = words[article + 2 * term].tolist()
    for name, kind in COLUMNS:
        contrasts = contrasts.append_column(name, pa.array(columns[name], kind))
    return contrasts


def _survives(before: tuple[float, float, float], after: tuple[float, float, float]) -> bool:
    """Whether a difference is still there: at least half of it, and as clear of 0 as it was."""
    sign = 1.0 if before[0] > 0 else -1.0
    kept = sign * after[0] >= CARRIES * abs(before[0])
    clear = [min(sign * low, sign * high) > 0 for _, low, high in (before, after)]
    return kept and (clear[1] or not clear[0])


class _Sides:
    """From counts of groups to counts of the two sides of contrasts."""

    def __init__(self, contrasts: pa.Table, group: str, labels: Sequence[str]) -> None:
        place = {label: number for number, label in enumerate(labels)}
        self.first = np.array([place[x] for x in contrasts[group].to_pylist()], dtype=np.int64)
        self.second = np.array([-1 if x == REST else place[x] for x in contrasts["other"].to_pylist()], dtype=np.int64)

    def split(self, by_group: FloatArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return both sides' sums of some contrasts from those of the groups. Shapes (rows, ...)."""
        first = by_group[self.first[rows]]
        second = by_group[self.second[rows]]
        rest = self.second[rows] < 0
        second[rest] = (by_group.sum(axis=0) - first)[rest]
        return first, second


def _sum_sides(
    counters: Counters, measures: Sequence[Measure], group: str
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """Return the sums of the numerator and of the denominator of each measure by group; arrays (groups,)."""
    columns, numerator, denominator = combine_measures(counters, measures)
    sums = np.array([np.asarray(columns[rows].sum(axis=0)).ravel() for _, rows in counters.groups(group)])
    sums = sums.reshape(-1, columns.shape[1])
    names = [m.name for m in measures]
    return (
        {name: sums[:, column] for name, column in zip(names, numerator.tolist(), strict=True)},
        {name: sums[:, column] for name, column in zip(names, denominator.tolist(), strict=True)},
    )


def _leave_terms_out(
    columns: dict[str, Any],
    contrasts: pa.Table,
    rows: IntArray,
    measure: Measure,
    tallied: tuple[Sequence[tuple[str, str, str]], FloatArray, FloatArray],
    above: FloatArray,
    under: FloatArray,
    sides: _Sides,
) -> None:
    """Find the term that holds most of each difference, for measures whose numerator is made of these terms."""
    terms, counts, weights = tallied
    if len(terms) < 2:
        return
    parts = weights if measure.name.startswith("stance:") else counts
    if not np.allclose(parts.sum(axis=1), above, rtol=1e-9, atol=1e-6):
        return  # the evidence is wider than the numerator, or that sums up probabilities, words or valences
    # Of a denominator that counts mentions, those of the term are left out too.
    among = not any(_counts_text(name) for name in measure.denominators)
    left = []
    for side in range(2):
        top, bottom, gone, less = (sides.split(a, rows)[side] for a in (above, under, parts, counts))
        rest = bottom[:, None] - (less if among else 0.0)
        top = top[:, None] - gone
        left.append(np.divide(top, rest, out=np.full(top.shape, np.nan), where=rest > 0))
    difference = contrasts["difference"].to_numpy()[rows]
    remaining = (left[0] - left[1]) * measure.scale
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (difference[:, None] - remaining) / difference[:, None]
    share = np.where(np.isfinite(share), share, -np.inf)
    best = share.argmax(axis=1)
    largest = share[np.arange(len(rows)), best]
    for row, term, held in zip(rows.tolist(), best.tolist(), largest.tolist(), strict=True):
        if held > -np.inf:
            columns["term"][row], columns["term_share"][row] = terms[term][2], held


def _counts_text(counter: str) -> bool:
    """Whether a counter counts words, sentences or articles, which stay when a term is left out."""
    return (
        counter.startswith(("words:", "sentences", "readability:")) or "articles" in counter or "sentences" in counter
    )


def _vary_weights(
    columns: dict[str, Any],
    contrasts: pa.Table,
    rows: IntArray,
    terms: Sequence[tuple[str, str, str]],
    counts: FloatArray,
    weights: FloatArray,
    sides: _Sides,
    scale: tuple[float, float],
    guides: Mapping[str, Weights],
    seed: int,
) -> None:
    """Ask whether a difference of mean weights is there with other weights; it is linear in them."""
    given = np.divide(weights.sum(axis=0), counts.sum(axis=0))
    first, second = sides.split(counts, rows)
    tilt = first / first.sum(axis=1, keepdims=True) - second / second.sum(axis=1, keepdims=True)
    sign = np.sign(contrasts["difference"].to_numpy()[rows])
    digest = hashlib.sha256(f"{seed}\x1fweights\x1f{terms}".encode()).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    moved = np.clip(given + generator.uniform(-STEP, STEP, (DRAWS, len(terms))), *scale)
    agree = (np.sign(tilt @ moved.T) == sign[:, None]).mean(axis=1)
    columns["weights_agree"][rows] = np.where(sign != 0, agree, np.nan)
    against: list[list[str]] = [[] for _ in rows]
    for guide in sorted(guides):
        other = np.array([guides[guide].get(term, weight) for term, weight in zip(terms, given, strict=True)])
        if (other != given).any():
            lost = (np.sign(np.round(tilt @ other, 9)) != sign) & (sign != 0)
            for place in np.flatnonzero(lost).tolist():
                against[place].append(guide)
    for row, names in zip(rows.tolist(), against, strict=True):
        columns["guides_against"][row] = "; ".join(names)


def _compare_variant(
    columns: dict[str, Any],
    contrasts: pa.Table,
    significant: Any,
    measures: Sequence[Measure],
    variant: Counters,
    design: Design,
    prefix: str,
) -> None:
    """Compute the contrasts that differ in another set of counts of the same articles."""
    keys = list(zip(*(contrasts[c].to_pylist() for c in (design.group, "other", "measure")), strict=True))
    wanted = {key for key, differs in zip(keys, significant.tolist(), strict=True) if differs}
    if not wanted:
        return
    names = {measure for _, _, measure in wanted}
    known = {label for label, _ in variant.groups(design.group)}
    pairs = sorted({(a, b) for a, b, _ in wanted if b != REST and {a, b} <= known})
    rest = sorted({a for a, b, _ in wanted if b == REST and a in known})
    table = compute_contrasts(
        variant,
        [m for m in measures if m.name in names],
        Design(design.group, pairs, rest, "", design.min_articles, design.min_events, design.resamples, design.seed),
        wanted=wanted,
        tests=False,
        carried_by_few=prefix == "own",  # what is gone from own reporting is carried by nobody
    )
    found = {
        (a, b, m): (d, low, high)
        for a, b, m, d, low, high in zip(
            *(table[c].to_pylist() for c in (design.group, "other", "measure", "difference", "low", "high")),
            strict=True,
        )
    }
    base, low, high = (contrasts[c].to_pylist() for c in ("difference", "low", "high"))
    for row, key in enumerate(keys):
        if key not in wanted:
            continue
        result = found.get(key)
        if result is not None:
            for column, value in zip(("difference", "low", "high"), result, strict=True):
                columns[f"{prefix}_{column}"][row] = value
        if prefix == "headline":
            columns["headline_status"][row] = "insufficient" if result is None else "ok"
        elif result is None:
            columns["survives"][row] = "insufficient"
        else:
            columns["survives"][row] = "yes" if _survives((base[row], low[row], high[row]), result) else "no"

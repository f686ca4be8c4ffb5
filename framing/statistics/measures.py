"""Measures: named ratios of two summed counters, for every outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from framing.errors import InputError
from framing.measure import Measure
from framing.statistics.bootstrap import RESAMPLES, Ratios, compute_ratios
from framing.statistics.counters import Counters, IntArray, split_name, tabulate
from framing.voice import VOICES

_COLUMNS = (
    ("measure", pa.string()),
    ("value", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("n_articles", pa.int64()),
    ("numerator", pa.float64()),
    ("denominator", pa.float64()),
    ("status", pa.string()),
)

SHARE_COLUMNS = (
    ("share", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("n_articles", pa.int64()),
    ("status", pa.string()),
)
"""What is said of shares, as `describe_shares` fills it."""

MIN_ARTICLES = 10
"""Articles with the denominator below which a number is marked "insufficient" (a judgement: intervals are too narrow
below it)."""

WORDS = tuple(f"words:{voice}" for voice in VOICES)
"""The counters of an article's words; together they are all its words."""


VOICE_MEASURES = tuple(
    Measure(f"voice:{voice}", f"Words {label}", "share of words", f"words:{voice}", WORDS, 1, f"higher = more {label}")
    for voice, label in (("quoted", "in quotation marks"), ("attributed", "in reported speech"))
)
"""How much of its words an outlet gives to others."""


def naming_measures(counters: Counters, labels: Mapping[tuple[str, str], str] | None = None) -> list[Measure]:
    """List the measures of all referents that are mentioned anywhere.

    - "stance:<lexicon>:<referent>:<voice>": mean weight of the mentions in that voice, on the lexicon's scale. Only
      for lexicons that weigh: where no mention at all has a weight other than 0, a mean of 0 would pass for neutrality.
    - "rate:<lexicon>:<referent>:own": mentions in the outlet's own voice per 1,000 words of own voice.

    Parameters
    ----------
    counters : Counters
    labels : mapping of (lexicon, referent) to str, optional
        What to call a referent; its identifier where there is none.

    Returns
    -------
    list of Measure
        By lexicon and referent; the rate first, then stance by voice.
    """
    return naming_measures_of(counters.names, labels)


def naming_measures_of(names: Sequence[str], labels: Mapping[tuple[str, str], str] | None = None) -> list[Measure]:
    """List the measures that counters of these names give; see `naming_measures`."""
    weighing = {split_name(name, 4)[1] for name in names if name.startswith("stance:")}
    mentions = [split_name(name, 4) for name in names if name.startswith("mentions:")]
    measures = []
    for lexicon, referent in sorted({(lexicon, referent) for _, lexicon, referent, _ in mentions}):
        key = f"{lexicon}:{referent}"
        label = (labels or {}).get((lexicon, referent), referent)
        unit, higher = "mentions per 1,000 words of own voice", "higher = mentioned more often"
        evidence = (f"naming:{key}:own",)
        measures.append(
            Measure(f"rate:{key}:own", label, unit, f"mentions:{key}:own", "words:own", 1000, higher, evidence)
        )
        if lexicon not in weighing:
            continue
        for voice in VOICES:
            counter, name = f"mentions:{key}:{voice}", f"stance:{key}:{voice}"
            measures.append(
                Measure(
                    name,
                    f"{label} ({voice})",
                    "mean weight",
                    name,
                    counter,
                    1,
                    "higher = higher on the lexicon's scale",
                    (f"naming:{key}:{voice}",),
                )
            )
    return measures


def share_measures_of(names: Sequence[str], labels: Mapping[tuple[str, str, str], str] | None = None) -> list[Measure]:
    """List the measures of which name an outlet chooses for a referent, in its own voice.

    - "share:<lexicon>:<referent>:own:<term>": mentions of the term among all mentions of the referent. Only for
      referents that have more than one name in own voice: with one there is no choice.

    Parameters
    ----------
    names : sequence of str
        Counter names; those that start with "naming:" count.
    labels : mapping of (lexicon, referent, term) to str, optional
        How each name is usually printed; see `find_labels`.

    Returns
    -------
    list of Measure
        By lexicon, referent and term. The numbers themselves stand in the `terms` table; contrasts need them as
        measures.
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for name in names:
        if name.startswith("naming:"):
            _, lexicon, referent, voice, _, term = split_name(name, 6)
            if voice == "own":
                found.setdefault((lexicon, referent), {}).setdefault(term, []).append(name)
    return [
        Measure(
            f"share:{lexicon}:{referent}:own:{term}",
            (labels or {}).get((lexicon, referent, term), term),
            "share of own-voice mentions of the referent",
            tuple(terms[term]),
            f"mentions:{lexicon}:{referent}:own",
            1,
            "higher = chosen more often",
            (f"naming:{lexicon}:{referent}:own",),
        )
        for (lexicon, referent), terms in sorted(found.items())
        if len(terms) > 1
        for term in sorted(terms)
    ]


def describe_shares(ratios: Ratios, min_articles: int) -> dict[str, Any]:
    """Return the columns `SHARE_COLUMNS` of some shares."""
    return {
        "share": ratios.value,
        "low": ratios.low,
        "high": ratios.high,
        "n_articles": ratios.n_units,
        "status": ratios.status(min_articles),
    }


def compute_measures(
    counters: Counters,
    measures: Sequence[Measure],
    *,
    group: str = "outlet",
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pa.Table:
    """Compute measures for every group of articles.

    Parameters
    ----------
    counters : Counters
    measures : sequence of Measure
    group : str
        Column of the articles table to group by.
    min_articles : int
        Articles with the denominator below which the status is "insufficient".
    resamples, seed : int
        See `compute_ratios`.

    Returns
    -------
    pa.Table
        One row for each group and measure, by group and then as `measures` are given. Columns:

        <group> : string, named as `group`
        measure : string
        value : float64, scale * numerator / denominator; nan where the denominator is 0, even if the numerator is not
        low, high : float64, 95 % bootstrap interval over the group's articles; nan where fewer than two have the
            denominator
        n_articles : int64, articles with the denominator
        numerator, denominator : float64, the two sums, not scaled
        status : string, "ok", "insufficient" or "undefined"

    Raises
    ------
    InputError
        Two measures of one name, no such column to group by, or a negative denominator.
    """
    names = [measure.name for measure in measures]
    combined, numerator, denominator = combine_measures(counters, measures)
    scale = np.array([m.scale for m in measures], dtype=np.float64)
    rate = np.array([m.is_rate for m in measures], dtype=bool)

    def describe(label: str, rows: IntArray) -> dict[str, Any]:
        ratios = compute_ratios(
            combined[rows], numerator, denominator, group=label, seed=seed, resamples=resamples, rate=rate
        )
        return {
            "measure": names,
            "value": ratios.value * scale,
            "low": ratios.low * scale,
            "high": ratios.high * scale,
            "n_articles": ratios.n_units,
            "numerator": ratios.numerator,
            "denominator": ratios.denominator,
            "status": ratios.status(min_articles),
        }

    return tabulate(counters, group, _COLUMNS, describe)


def combine_measures(counters: Counters, measures: Sequence[Measure]) -> tuple[Any, IntArray, IntArray]:
    """Add up the counters of measures, each set of counters once.

    Returns
    -------
    columns : sparse array, float64
        Shape (articles, sets of counters).
    numerator, denominator : int64 arrays (measures,)
        The column of each side of each measure.

    Raises
    ------
    InputError
        Two measures have one name.
    """
    names = [measure.name for measure in measures]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"measures: {twice!r} is given twice. Names must differ.")
    sets: dict[tuple[str, ...], int] = {}
    numerator = np.array([sets.setdefault(m.numerators, len(sets)) for m in measures], dtype=np.int64)
    denominator = np.array([sets.setdefault(m.denominators, len(sets)) for m in measures], dtype=np.int64)
    return counters.combine(list(sets)), numerator, denominator

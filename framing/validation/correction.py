"""The outlets' shares and rates as they would be without the program's errors, as a coded sample shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError
from framing.statistics.counters import FloatArray, IntArray
from framing.statistics.measures import MIN_ARTICLES
from framing.statistics.reliability import (
    MISSING,
    RESAMPLES,
    Errors,
    correct_voices,
    draw_units,
    estimate_errors,
    percentiles,
)
from framing.store import Folder
from framing.validation.scoring import MIN_ITEMS, NONE, Judged, draw_weights, judge
from framing.validation.sheets import Codes, Key
from framing.voice import OWN, VOICES

MIN_CODED = 30
"""Coded mentions below which nothing can be corrected with any use (a judgement)."""
MIN_OUTLET = 50
"""Coded mentions of an outlet from which its errors may be estimated apart (a judgement)."""
ALL = "*"

COLUMNS = {
    "outlet": pa.string(),
    "measure": pa.string(),
    "lexicon": pa.string(),
    "referent": pa.string(),
    "voice": pa.string(),
    "measured": pa.float64(),
    "corrected": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
    "n_articles": pa.int64(),
    "n_items": pa.int64(),
    "errors": pa.string(),
    "status": pa.string(),
}


def correct_rates(
    folder: Folder,
    key: Key,
    coders: Sequence[Codes],
    decided: Codes | None = None,
    *,
    apart: bool = False,
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 2017,
) -> pa.Table:
    """Correct each outlet's voices and own-voice rates for the errors that coders found.

    Parameters
    ----------
    folder : Folder
        The analysis that the sample was drawn from.
    key, coders, decided
        See `framing.validation.scoring.score_codes`.
    apart : bool
        Estimate the errors of an outlet with `MIN_OUTLET` coded mentions or more from its own items; those of the
        others, and of all by default, come from the whole sample and are taken to be alike in all outlets.
    min_articles : int
        Articles with a mention below which the status is "insufficient".
    resamples, seed : int
        In each resample the coded articles and the outlet's articles are drawn anew, each for itself.

    Returns
    -------
    pa.Table
        For each outlet: all mentions of the module (lexicon "*"), each lexicon, and each referent with `MIN_ITEMS`
        coded mentions. By outlet, measure, lexicon, referent and voice. Columns:

        measure : "share" (of its mentions in that voice; own, quoted, attributed, scare add up to 1) or "rate"
            (mentions in own voice per 1,000 words of own voice; the words themselves are not corrected)
        measured : float64, what the program counts; nan where there is nothing to divide by
        corrected : float64, without its errors; shares are corrected for voice, rates for voice and precision (of the
            lexicon or the referent where `MIN_ITEMS` of it are coded)
        low, high : float64, 95 % interval of `corrected`
        n_articles : int64, the outlet's articles with such a mention
        n_items : int64, coded mentions that the errors are estimated from
        errors : "pooled" or "outlet"
        status : "ok", "insufficient" (too few articles, or fewer than `MIN_CODED` coded mentions) or "undefined"

    Raises
    ------
    InputError
        The sample is not of this analysis, or nothing has been coded.
    """
    rows, answers = key.mentions, judge(key, coders, decided)
    modules = {key.columns["module"][row] for row in rows}
    if len(modules) != 1:
        raise InputError(f"{key.path}: mentions of {len(modules)} modules. Score one sample at a time.")
    counts = _Counts(folder, modules.pop())
    unknown = {key.columns["article_id"][row] for row in rows} - set(counts.ids)
    if unknown:
        raise InputError(f"{key.path}: article {min(unknown)!r} is not in {folder.path}. Give the analysis it is from.")
    coded = np.flatnonzero((answers.classes != MISSING).any(axis=1) | (answers.known != MISSING))
    if not len(coded):
        raise InputError("no mention has been coded with its voice. Fill in correct_referent and voice.")
    rows = rows[coded]
    answers = Judged(
        answers.right[coded],
        answers.heard[coded],
        answers.program[coded],
        answers.classes[coded],
        answers.known[coded],
    )
    names = {c: [key.columns[c][row] for row in rows] for c in ("article_id", "outlet", "lexicon", "category")}
    article = np.unique(names["article_id"], return_inverse=True)[1].astype(np.int64)
    weights = draw_weights(key.weight[rows], article, resamples, seed)
    pooled = _estimate(answers, weights)
    groups = _choose_groups(names, counts)
    factors = _compare_precision(answers, weights, names, groups)
    table: list[dict[str, Any]] = []
    for outlet in counts.outlets:
        mine = np.flatnonzero([name == outlet for name in names["outlet"]])
        own = apart and len(mine) >= MIN_OUTLET
        errors, many = pooled, len(rows)
        if own:
            few = Judged(*(getattr(answers, name)[mine] for name in ("right", "heard", "program", "classes", "known")))
            errors, many = _estimate(few, weights[:, mine]), len(mine)
        table += counts.correct(outlet, groups, errors, factors, many, own, min_articles, resamples, seed)
    return pa.Table.from_pylist(table, pa.schema(list(COLUMNS.items())))


def _estimate(answers: Judged, weights: FloatArray) -> Errors:
    return estimate_errors(answers.program, answers.classes, weights, NONE + 1, len(VOICES), known=answers.known)


def _choose_groups(names: dict[str, list[str]], counts: _Counts) -> list[tuple[str, str]]:
    """Return all mentions, each lexicon, and each referent with enough coded items."""
    pairs = list(zip(names["lexicon"], names["category"], strict=True))
    often = sorted({pair for pair in pairs if pairs.count(pair) >= MIN_ITEMS})
    lexicons = sorted({lexicon for lexicon, _ in counts.pairs})
    return [(ALL, ALL), *((lexicon, ALL) for lexicon in lexicons), *often]


def _compare_precision(
    answers: Judged, weights: FloatArray, names: dict[str, list[str]], groups: Sequence[tuple[str, str]]
) -> FloatArray:
    """Return how the precision of each group compares with that of all. Shape (draws, groups); 1 for few items."""
    sure = ~np.isnan(answers.right)
    right = np.where(sure, answers.right, 0.0)
    factors = np.ones((len(weights), len(groups)))
    overall = (weights @ right) / np.maximum(weights @ sure, 1e-300)
    for number, (lexicon, category) in enumerate(groups):
        mine = np.array(
            [
                lexicon in (ALL, a) and category in (ALL, b)
                for a, b in zip(names["lexicon"], names["category"], strict=True)
            ]
        )
        if lexicon == ALL or (mine & sure).sum() < MIN_ITEMS:
            continue
        under = weights @ (mine & sure)
        own = np.divide(weights @ (right * mine), under, out=np.full(len(under), np.nan), where=under > 0)
        ratio = np.divide(own, overall, out=np.ones_like(own), where=overall > 0)
        factors[:, number] = np.where(np.isnan(ratio), 1.0, ratio)
    return factors


class _Counts:
    """Mentions of a module by article, referent and voice."""

    def __init__(self, folder: Folder, module: str) -> None:
        articles = folder.table("articles", ["id", "outlet", "words_own"])
        articles = articles.take(pc.sort_indices(articles["id"]))
        self.ids: list[str] = articles["id"].to_pylist()
        self._outlet = articles["outlet"].to_pylist()
        self.outlets = sorted(set(self._outlet))
        self._words = np.array(articles["words_own"].to_pylist(), dtype=np.float64)
        mentions = folder.table("mentions", ["article_id", "module", "lexicon", "category", "voice"])
        mentions = mentions.filter(pc.equal(mentions["module"].cast(pa.string()), module))
        columns = {n: mentions[n].cast(pa.string()) for n in ("article_id", "lexicon", "category", "voice")}
        self._article = pc.index_in(columns["article_id"], value_set=articles["id"].combine_chunks()).to_numpy()
        self._voice = pc.index_in(columns["voice"], value_set=pa.array(VOICES)).to_numpy()
        self.pairs = list(zip(columns["lexicon"].to_pylist(), columns["category"].to_pylist(), strict=True))

    def _of_outlet(self, outlet: str, groups: Sequence[tuple[str, str]]) -> tuple[FloatArray, FloatArray]:
        """Return the outlet's counts (articles, groups, voices) and words of own voice (articles,)."""
        rows = np.flatnonzero([name == outlet for name in self._outlet])
        place = np.full(len(self.ids), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        mine = np.flatnonzero(place[self._article] >= 0)
        counts = np.zeros((len(rows), len(groups), len(VOICES)))
        numbers = {group: number for number, group in enumerate(groups)}
        hits: list[tuple[int, int]] = []
        for row in mine.tolist():
            lexicon, category = self.pairs[row]
            for group in ((ALL, ALL), (lexicon, ALL), (lexicon, category)):
                if group in numbers:
                    hits.append((row, numbers[group]))
        found: IntArray = np.array(hits, dtype=np.int64).reshape(-1, 2)
        np.add.at(counts, (place[self._article[found[:, 0]]], found[:, 1], self._voice[found[:, 0]]), 1.0)
        return counts, self._words[rows]

    def correct(
        self,
        outlet: str,
        groups: Sequence[tuple[str, str]],
        errors: Errors,
        factors: FloatArray,
        items: int,
        apart: bool,
        min_articles: int,
        resamples: int,
        seed: int,
    ) -> list[dict[str, Any]]:
        """Return the rows of one outlet; columns as in `COLUMNS`."""
        counts, words = self._of_outlet(outlet, groups)
        articles = len(counts)
        times = np.concatenate((np.ones((1, articles)), draw_units(articles, outlet, seed, resamples)))
        measured = np.tensordot(times, counts, axes=1)  # (draws, groups, voices)
        said = times @ words
        corrected = correct_voices(measured, errors)
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = measured[0] / measured[0].sum(axis=1, keepdims=True)
            right_shares = corrected / corrected.sum(axis=2, keepdims=True)
            rates = 1000 * measured[0, :, OWN] / said[0]
            right_rates = 1000 * corrected[:, :, OWN] * factors / said[:, None]
        share_low, share_high = percentiles(right_shares[1:])
        rate_low, rate_high = percentiles(np.where(np.isfinite(right_rates), right_rates, np.nan)[1:])
        n_articles = (counts.sum(axis=2) > 0).sum(axis=0)
        rows = []
        for number, (lexicon, referent) in enumerate(groups):
            many = int(n_articles[number])
            if not many:
                continue
            status = "ok" if many >= min_articles and items >= MIN_CODED else "insufficient"
            fixed = {
                "outlet": outlet,
                "lexicon": lexicon,
                "referent": referent,
                "n_articles": many,
                "n_items": items,
                "errors": "outlet" if apart else "pooled",
            }
            values = [
                (
                    "share",
                    voice,
                    shares[number, v],
                    right_shares[0, number, v],
                    share_low[number, v],
                    share_high[number, v],
                )
                for v, voice in enumerate(VOICES)
            ]
            values.append(
                ("rate", VOICES[OWN], rates[number], right_rates[0, number], rate_low[number], rate_high[number])
            )
            for measure, voice, *numbers in values:
                before, after, low, high = (float(x) if math.isfinite(x) else math.nan for x in numbers)
                rows.append(
                    {
                        **fixed,
                        "measure": measure,
                        "voice": voice,
                        "measured": before,
                        "corrected": after,
                        "low": low,
                        "high": high,
                        "status": "undefined" if math.isnan(after) else status,
                    }
                )
        rows.sort(key=lambda r: (r["measure"], r["lexicon"], r["referent"], VOICES.index(r["voice"])))
        return rows

"""What the coders' answers say: precision, agreement, confusion of voices, what was missed, and what is disputed.

An item's value is the mean of the coders who decided it: one on which two coders differ counts half, until a third look
has settled it (an adjudicated file). Open and unsure answers are missing data and are counted. Every share is weighted:
an item stands for `stratum_size / stratum_drawn` mentions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from framing.errors import InputError
from framing.statistics.counters import FloatArray, IntArray
from framing.statistics.reliability import (
    MISSING,
    RESAMPLES,
    Agreement,
    bound_share,
    compute_alpha,
    compute_precision,
    draw_units,
    estimate_errors,
    percentiles,
)
from framing.validation.sheets import Codes, Key
from framing.voice import VOICES

MIN_ITEMS = 10
"""Coded items below which a share is marked "insufficient" (a judgement)."""

NONE = len(VOICES)
"""Class of what is no mention of the referent, behind the voices."""

PRECISION_COLUMNS = {
    "level": pa.string(),
    "name": pa.string(),
    "items": pa.int64(),
    "articles": pa.int64(),
    "precision": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
    "method": pa.string(),
    "status": pa.string(),
}
VOICE_COLUMNS = {
    "predicted": pa.string(),
    "coded": pa.string(),
    "items": pa.float64(),
    "share": pa.float64(),
}
DISAGREEMENT_COLUMNS = (
    "item",
    "outlet",
    "lexicon",
    "category",
    "term",
    "predicted",
    "left",
    "mention",
    "right",
    "codes",
)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the coders' answers say.

    Attributes
    ----------
    precision : pa.Table
        Columns as in `PRECISION_COLUMNS`: for each level (all, lexicon, category, term, voice, outlet) and name the
        share of mentions that name what the program says, weighted by stratum. `method` says which interval.
    voice_right : pa.Table
        The same columns, for the voice: the share of right mentions whose voice is right.
    voices : pa.Table
        Confusion matrix of voices, weighted: `share` of the mentions of a predicted voice with that coded voice,
        `items` behind it (half ones where coders differ).
    agreement : mapping of str to Agreement
        "referent" and "voice": what the coders said themselves, before any third look.
    adjusted : tuple of float
        Precision over all with the coders' own errors taken out (Dawid and Skene), and its interval; nan with one
        coder.
    missed : mapping of str to float
        share, low, high, items, pairs, and recall with recall_low and recall_high; empty where no such sentence was
        coded.
    disagreements : pa.Table
        Items on which coders differ and nobody has decided, in context.
    notes : tuple of str
        What was left open, and by whom.
    """

    precision: pa.Table
    voice_right: pa.Table
    voices: pa.Table
    agreement: Mapping[str, Agreement]
    adjusted: tuple[float, float, float]
    missed: Mapping[str, float]
    disagreements: pa.Table
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Judged:
    """The coders' answers as arrays over the mentions of the sample.

    Attributes
    ----------
    right, heard : float64 arrays (items,)
        Share of coders who call the mention right, and of those who call its voice right; nan where nobody decided.
    program : int64 array (items,)
        Voice that the program gives, as an index into `VOICES`.
    classes : int64 array (items, coders)
        Voice of a right mention, `NONE` of a wrong one, `MISSING` where a coder left that open.
    known : int64 array (items,)
        The same from the adjudicated file.
    """

    right: FloatArray
    heard: FloatArray
    program: IntArray
    classes: IntArray
    known: IntArray


def judge(key: Key, coders: Sequence[Codes], decided: Codes | None = None) -> Judged:
    """Bring the answers on mentions together; a decided answer takes the place of the coders' own."""
    rows = key.mentions
    program = np.array([VOICES.index(key.columns["voice"][row]) for row in rows], dtype=np.int64)
    referent = np.stack([c.referent[rows] for c in coders], axis=1)
    voice = np.stack([c.voice[rows] for c in coders], axis=1)
    classes = np.where(referent == 0, NONE, np.where(referent == 1, voice, MISSING))
    known = np.full(len(rows), MISSING, dtype=np.int64)
    if decided is not None:
        said, heard = decided.referent[rows], decided.voice[rows]
        known = np.where(said == 0, NONE, np.where(said == 1, heard, MISSING))
        referent = np.where((said != MISSING)[:, None], said[:, None], referent)
        voice = np.where((heard != MISSING)[:, None], heard[:, None], voice)
    right = _mean(referent == 1, referent != MISSING)
    mention = (voice != MISSING) & (referent != 0)
    return Judged(right, _mean(voice == program[:, None], mention), program, classes, known)


def _mean(true: Any, given: Any) -> FloatArray:
    """Mean over the coders who decided; nan where none did."""
    many = given.sum(axis=1)
    total: FloatArray = (true & given).sum(axis=1).astype(np.float64)
    return np.asarray(np.divide(total, many, out=np.full(len(many), np.nan), where=many > 0))


def score_codes(
    key: Key, coders: Sequence[Codes], decided: Codes | None = None, *, resamples: int = RESAMPLES, seed: int = 2017
) -> Scores:
    """Score the answers of one coder or more.

    Parameters
    ----------
    key : Key
    coders : sequence of Codes
    decided : Codes, optional
        Of a third look: its answers take the place of the coders' wherever it has one.
    resamples, seed : int
        Of the bootstraps.

    Raises
    ------
    InputError
        No coder, or no mention has been coded by anybody.
    """
    if not coders:
        raise InputError("no coder's file. Give one or two: framing validate score KEY CODER1 CODER2.")
    rows, answers = key.mentions, judge(key, coders, decided)
    if not (~np.isnan(answers.right)).any():
        raise InputError(
            f"no mention has been coded in {', '.join(c.name for c in coders)}. Fill in correct_referent with y or n."
        )
    article = _numbers([key.columns["article_id"][row] for row in rows])
    weight = key.weight[rows]
    tables = [
        _by_level(key, rows, values, weight, article, seed, resamples) for values in (answers.right, answers.heard)
    ]
    said = np.stack([c.referent for c in coders], axis=1)
    heard = np.stack([c.voice for c in coders], axis=1)[rows]
    heard = heard[(said[rows] != 0).all(axis=1)]  # what a coder calls no mention has no voice
    agreement = {
        "referent": compute_alpha(said, resamples=resamples, seed=seed),
        "voice": compute_alpha(heard, resamples=resamples, seed=seed),
    }
    return Scores(
        tables[0],
        tables[1],
        _confuse(key, rows, coders, decided, weight),
        agreement,
        _adjust(answers, weight, article, resamples, seed) if len(coders) > 1 else (math.nan, math.nan, math.nan),
        _score_missed(key, coders, decided, answers, weight),
        _dispute(key, coders, decided),
        _tell(key, coders, answers),
    )


def _numbers(values: Sequence[str]) -> IntArray:
    place = {value: number for number, value in enumerate(sorted(set(values)))}
    return np.array([place[value] for value in values], dtype=np.int64)


def _by_level(
    key: Key, rows: IntArray, values: FloatArray, weight: FloatArray, article: IntArray, seed: int, resamples: int
) -> pa.Table:
    fields = ("lexicon", "category", "term", "voice", "outlet")
    columns = {name: [key.columns[name][row] for row in rows] for name in fields}
    lexicon, category, term = columns["lexicon"], columns["category"], columns["term"]
    names = {
        "all": ["all"] * len(rows),
        "lexicon": lexicon,
        "category": [f"{a}/{b}" for a, b in zip(lexicon, category, strict=True)],
        "term": [f"{a}/{b}: {c}" for a, b, c in zip(lexicon, category, term, strict=True)],
        "voice": columns["voice"],
        "outlet": columns["outlet"],
    }
    table = []
    for level, each in names.items():
        of = _numbers(each)
        for number, name in enumerate(sorted(set(each))):
            mine = np.flatnonzero((of == number) & ~np.isnan(values))
            found = compute_precision(
                values[mine],
                weight[mine],
                article[mine],
                name=f"{level}\x1f{name}",
                seed=seed,
                resamples=resamples,
            )
            table.append(
                {
                    "level": level,
                    "name": name,
                    "items": found.items,
                    "articles": found.articles,
                    "precision": found.value,
                    "low": found.low,
                    "high": found.high,
                    "method": found.method,
                    "status": "undefined" if not found.items else "ok" if found.items >= MIN_ITEMS else "insufficient",
                }
            )
    return pa.Table.from_pylist(table, pa.schema(list(PRECISION_COLUMNS.items())))


def _confuse(key: Key, rows: IntArray, coders: Sequence[Codes], decided: Codes | None, weight: FloatArray) -> pa.Table:
    """Weigh up which voices coders heard where the program gave which."""
    program = np.array([VOICES.index(key.columns["voice"][row]) for row in rows], dtype=np.int64)
    voices = np.stack([c.voice[rows] for c in coders], axis=1)
    wrong = np.stack([c.referent[rows] for c in coders], axis=1) == 0
    if decided is not None:
        heard, said = decided.voice[rows], decided.referent[rows]
        voices = np.where((heard != MISSING)[:, None], heard[:, None], voices)
        wrong = np.where((said != MISSING)[:, None], (said == 0)[:, None], wrong)
    given = (voices != MISSING) & ~wrong
    part = np.divide(1.0, given.sum(axis=1), out=np.zeros(len(rows)), where=given.any(axis=1))
    table = []
    for predicted, name in enumerate(VOICES):
        mine = program == predicted
        cells = [((voices == coded) & given).sum(axis=1) * part * mine for coded in range(len(VOICES))]
        total = sum(float((cell * weight).sum()) for cell in cells)
        table += [
            {
                "predicted": name,
                "coded": VOICES[coded],
                "items": float(cell.sum()),
                "share": float((cell * weight).sum()) / total if total else math.nan,
            }
            for coded, cell in enumerate(cells)
        ]
    return pa.Table.from_pylist(table, pa.schema(list(VOICE_COLUMNS.items())))


def _adjust(
    answers: Judged, weight: FloatArray, article: IntArray, resamples: int, seed: int
) -> tuple[float, float, float]:
    """Return the precision over all, without the coders' errors."""
    errors = estimate_errors(
        answers.program,
        answers.classes,
        draw_weights(weight, article, resamples, seed),
        NONE + 1,
        len(VOICES),
        answers.known,
    )
    right = 1 - errors.share[:, NONE]
    low, high = percentiles(right[1:])
    return float(right[0]), float(low), float(high)


def draw_weights(weight: FloatArray, article: IntArray, resamples: int, seed: int) -> FloatArray:
    """Return how much each item counts: in the whole sample, then in resamples of its articles.

    Returns
    -------
    float64 array (1 + resamples, items)
    """
    times = draw_units(int(article.max()) + 1, "articles", seed, resamples)[:, article]
    return np.concatenate((weight[None], times * weight))


def _score_missed(
    key: Key, coders: Sequence[Codes], decided: Codes | None, answers: Judged, weight: FloatArray
) -> dict[str, float]:
    rows = key.missed
    said = np.stack([c.referent[rows] for c in coders], axis=1)
    if decided is not None:
        last = decided.referent[rows]
        said = np.where((last != MISSING)[:, None], last[:, None], said)
    found = _mean(said == 1, said != MISSING)
    coded = ~np.isnan(found)
    if not coded.any():
        return {}
    items, pairs = int(coded.sum()), float(key.size[rows[0]])
    share = float(found[coded].mean())
    low, high = bound_share(share * items, items)
    sure = ~np.isnan(answers.right)
    # What stands for open items is as right as the others.
    right = float((answers.right * weight)[sure].sum() / weight[sure].sum() * weight.sum())
    return {
        "share": share,
        "low": low,
        "high": high,
        "items": items,
        "pairs": pairs,
        "recall": right / (right + share * pairs),
        "recall_low": right / (right + high * pairs),
        "recall_high": right / (right + low * pairs),
    }


def _dispute(key: Key, coders: Sequence[Codes], decided: Codes | None) -> pa.Table:
    rows = []
    for number, item in enumerate(key.items):
        said = {c.referent[number] for c in coders} - {MISSING}
        heard = {c.voice[number] for c in coders if c.referent[number] != 0} - {MISSING}
        if len(said) < 2 and len(heard) < 2:
            continue
        if decided is not None and decided.referent[number] != MISSING:
            settled = decided.referent[number] == 0 or len(heard) < 2 or decided.voice[number] != MISSING
            if settled:
                continue
        left, mention, right, *_ = next((c.context[item] for c in coders if item in c.context), ("", "", ""))
        each = [f"{c.name}: {_say(c.referent[number], c.voice[number])}" for c in coders]
        fields = {name: key.columns[name][number] for name in ("outlet", "lexicon", "category", "term")}
        rows.append(
            {
                "item": item,
                **fields,
                "predicted": key.columns["voice"][number],
                "left": left,
                "mention": mention,
                "right": right,
                "codes": "; ".join(each),
            }
        )
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in DISAGREEMENT_COLUMNS]))


def _say(referent: int, voice: int) -> str:
    answer = {1: "right", 0: "wrong"}.get(int(referent), "open")
    return f"{answer}, {VOICES[voice]}" if voice != MISSING else answer


def _tell(key: Key, coders: Sequence[Codes], answers: Judged) -> tuple[str, ...]:
    notes = []
    for coder in coders:
        if coder.absent:
            notes.append(f"{coder.name}: {coder.absent:,} of {len(key.items):,} items left open")
        if coder.unsure:
            notes.append(f"{coder.name}: {coder.unsure:,} items unsure")
        silent = int(((coder.referent[key.mentions] == 1) & (coder.voice[key.mentions] == MISSING)).sum())
        if silent:
            notes.append(f"{coder.name}: {silent:,} right mentions without a voice")
    nobody = int(np.isnan(answers.right).sum())
    if nobody:
        notes.append(f"{nobody:,} mentions that nobody decided are left out")
    return tuple(notes)


def format_report(scores: Scores, corrected: pa.Table | None = None) -> str:
    """Return the scores as Markdown. Text from articles is escaped."""
    lines = ["# Coding by hand", ""]
    for what, found in scores.agreement.items():
        lines.append(f"- {say_agreement(what, found)}")
    if not math.isnan(scores.adjusted[0]):
        lines.append(f"- Precision without the coders' own errors: {say_share(*scores.adjusted)}")
    if scores.missed:
        lines.append(f"- {say_missed(scores.missed)}")
    lines += [f"- {_escape(note)}" for note in scores.notes]
    for title, table in (("The right referent", scores.precision), ("The right voice", scores.voice_right)):
        lines += [
            "",
            f"## {title}",
            "",
            "| level | name | items | share | interval | by |",
            "|---|---|---|---|---|---|",
        ]
        for row in table.to_pylist():
            if row["level"] == "term" and row["items"] < 2:
                continue
            value = "–" if math.isnan(row["precision"]) else f"{row['precision']:.2f}"
            interval = "–" if math.isnan(row["low"]) else f"{row['low']:.2f}–{row['high']:.2f}"
            few = " (few)" if row["status"] == "insufficient" else ""
            lines.append(
                f"| {row['level']} | {_escape(row['name'])} | {row['items']}{few} | {value} | {interval} "
                f"| {row['method']} |"
            )
    lines += ["", "## Voices: what the program says (rows) and what coders hear", ""]
    lines += [f"| | {' | '.join(VOICES)} | items |", f"|---|{'---|' * (len(VOICES) + 1)}"]
    cells = scores.voices.to_pylist()
    for voice in VOICES:
        mine = [cell for cell in cells if cell["predicted"] == voice]
        shares = " | ".join("–" if math.isnan(c["share"]) else f"{c['share']:.2f}" for c in mine)
        lines.append(f"| {voice} | {shares} | {sum(c['items'] for c in mine):g} |")
    lines += ["", f"## Disagreements: {len(scores.disagreements)}", ""]
    for row in scores.disagreements.to_pylist():
        lines.append(
            f"- {row['item']} ({_escape(row['codes'])}; program: {row['predicted']}): {_escape(row['left'])} "
            f"**{_escape(row['mention'])}** {_escape(row['right'])}"
        )
    if corrected is not None:
        lines += [
            "",
            "## Corrected rates, all mentions",
            "",
            "| outlet | measure | measured | corrected | interval | status |",
        ]
        lines.append("|---|---|---|---|---|---|")
        for row in corrected.to_pylist():
            if row["lexicon"] != "*" or row["status"] != "ok":  # the others would fill hundreds of pages
                continue
            name = f"{row['measure']}, {row['voice']} voice"
            lines.append(
                f"| {_escape(row['outlet'])} | {_escape(name)} | {row['measured']:.3f} | {row['corrected']:.3f} "
                f"| {row['low']:.3f}–{row['high']:.3f} | {row['status']} |"
            )
    return "\n".join(lines) + "\n"


def say_share(value: float, low: float, high: float) -> str:
    """Return a share with its interval as text."""
    return f"{value:.2f}" if math.isnan(low) else f"{value:.2f} ({low:.2f}–{high:.2f})"


def say_agreement(what: str, found: Agreement) -> str:
    """Return an agreement as one line."""
    if not found.items:
        return f"Agreement on the {what}: no item has two codes"
    alpha = (
        "undefined, all codes are the same"
        if math.isnan(found.alpha)
        else say_share(found.alpha, found.low, found.high)
    )
    return (
        f"Agreement on the {what}: Krippendorff's alpha {alpha}; {found.agreement:.0%} of pairs equal, "
        f"{found.items:,} items with two codes or more, {found.missing:,} codes missing"
    )


def say_missed(missed: Mapping[str, float]) -> str:
    """Return what was missed as one line."""
    share = say_share(missed["share"], missed["low"], missed["high"])
    recall = say_share(missed["recall"], missed["recall_low"], missed["recall_high"])
    return (
        f"Sentences without mentions that name the referent all the same: {share} of {missed['items']:.0f}; recall in "
        f"articles that name it, about {recall}"
    )


def _escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{c}" if c in "\\`*_[]|#~" else c for c in plain)

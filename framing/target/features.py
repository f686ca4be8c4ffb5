"""The named features of a target: sums over its words of tone by their role, and plain facts about its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.target.cues import Cues, FloatArray, find_cues
from framing.target.grammar import FIRST_PERSON, NEGATION, OWNER, PLACE, QUOTE, SHE
from framing.target.meaning import FRAMES, VERBS, WORDS, Meanings, meanings_of
from framing.target.phrases import Phrases, counted, find_phrases
from framing.target.roles import RELATION, RELATIONS, Pairs, Sites, find_pairs, find_sites
from framing.target.settings import Settings, read_settings
from framing.text import CAPITAL, DIGIT, BoolArray, LongArray
from framing.voice import ATTRIBUTED, QUOTED
from framing.voice.grammar import CLASS, PUNCT_COMMA

NEAR = ("modifier", "noun", "apposition", "complement", "predicate", "governor", "object-complement", "frame")
LIMIT = 4.0  # a class of words counts at most four times in a sentence
REACH = 5.0  # tokens in which the tone of a word fades to a third
TOTAL = 4.0  # a total tone at which a sentence is as good or bad as can be, nearly


@dataclass(frozen=True, slots=True)
class _Sum:
    """A feature that adds up values of pairs.

    Attributes
    ----------
    values : str
        Which values: "subject" and "object" (effects of acts), "tone", "fading" (tone by distance), "count".
    sign : int
        1 and -1 keep the good or the bad part; 0 keeps the value as it is.
    relations : tuple of str
        Of these roles only; empty for all.
    categories : tuple of str
        Of these categories only, "LEXICON/CATEGORY"; empty for all.
    """

    values: str
    sign: int = 0
    relations: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def _sums() -> Mapping[str, _Sum]:
    table: dict[str, _Sum] = {}
    for name, sign in (("good", 1), ("bad", -1)):
        table[f"{name} act of the target"] = _Sum("subject", sign, ("subject",))
        table[f"{name} act on the target"] = _Sum("object", sign, ("object",))
        table[f"{name} word in its noun phrase"] = _Sum("tone", sign, ("modifier", "noun", "apposition"))
        for relation in ("complement", "predicate", "governor", "object-complement", "frame", "clause", "before"):
            table[f"{name} {relation}"] = _Sum("tone", sign, (relation,))
        table[f"{name} after"] = _Sum("tone", sign, ("after",))
        table[f"{name} act or word of its pronoun"] = _Sum("tone", sign, ("pronoun",))
        table[f"{name} tone close by"] = _Sum("fading", sign)
    table["the target says"] = _Sum("count", 0, ("subject",), (f"{VERBS}/say",))
    for category in ("attack", "accuse", "prosecute", "praise"):
        table[f"{category}: act on the target"] = _Sum("count", 0, ("object",), (f"{VERBS}/{category}",))
    for category in ("character", "legal", "success", "virtue", "kin"):
        table[f"words of {category} in the sentence"] = _Sum("count", 0, (), (f"{WORDS}/{category}",))
    table["bad frame in the sentence"] = _Sum("count", 0, (), (f"{FRAMES}/before-negative",))
    table["source of a statement"] = _Sum("count", 0, NEAR, (f"{FRAMES}/source",))
    return table


SUMS = _sums()
FACTS = (
    "opens the sentence",
    "words before it",
    "length of the sentence",
    "has a verb",
    "has a linking verb",
    "possessive",
    "behind in, at, on, from, near, to",
    "she",
    "pronoun",
    "no capital",
    "quoted",
    "attributed",
    "quoted share of the sentence",
    "attributed share of the sentence",
    "capitalised share of the sentence",
    "first person in the sentence",
    "negations in the sentence",
    "commas in the sentence",
    "quotation marks in the sentence",
    "his, her, their in the sentence",
    "total tone of the sentence",
    "size of the total tone",
)
FEATURES = (*SUMS, *FACTS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the features of some targets are made of.

    Attributes
    ----------
    cues : Cues
    pairs : Pairs
    values : mapping of str to float64 array (pairs,)
        See `_Sum.values`.
    rows : mapping of (str, int) to int64 array
        The pairs that have values of a sign, see `_Sum.sign`: most pairs have none.
    meanings : Meanings
    targets : int
    """

    cues: Cues
    pairs: Pairs
    values: Mapping[str, FloatArray]
    rows: Mapping[tuple[str, int], LongArray]
    meanings: Meanings
    targets: int

    def chosen(self, spec: _Sum) -> tuple[LongArray, FloatArray]:
        """Return which pairs a feature adds up, ascending, and their values. Shapes (rows,)."""
        value, rows = self.values[spec.values], self.rows[spec.values, spec.sign]
        if spec.relations:
            marked = _marked([RELATION[name] for name in spec.relations], len(RELATION))
            rows = rows[marked[self.pairs.relation[rows]]]
        if spec.categories:
            marked = _marked(self.meanings.numbers(spec.categories), len(self.meanings.categories))
            rows = rows[marked[self.cues.category[self.pairs.cue[rows]]]]
        return rows, value[rows] * (spec.sign or 1)

    def total(self, value: FloatArray, rows: LongArray | None = None) -> FloatArray:
        """Add up values of all pairs, or of some rows of them, for each target. Shape (targets,)."""
        target = self.pairs.target if rows is None else self.pairs.target[rows]
        sums: FloatArray = np.bincount(target, weights=value, minlength=self.targets).astype(np.float64)
        return sums


def _marked(numbers: npt.ArrayLike, size: int) -> BoolArray:
    """Return a table of which numbers below `size` are among some."""
    table = np.zeros(size, dtype=bool)
    table[np.asarray(numbers, dtype=np.int64)] = True
    return table


def measure(batch: AnnotatedBatch, start: LongArray, end: LongArray) -> tuple[FloatArray, Evidence]:
    """Measure the features of targets.

    Parameters
    ----------
    batch : AnnotatedBatch
    start, end : int64 arrays (targets,)
        Tokens, end exclusive.

    Returns
    -------
    features : float64 array (targets, features)
        In the order of `FEATURES`.
    evidence : Evidence
    """
    settings = read_settings()
    phrases = find_phrases(batch)
    cues = find_cues(batch, phrases, settings)
    sites = find_sites(phrases, start, end)
    pairs = find_pairs(phrases, sites, cues)
    meanings = meanings_of(batch.matcher)
    values = _values(cues, pairs, meanings, settings)
    evidence = Evidence(cues, pairs, values, _rows(values), meanings, len(start))
    columns: list[npt.NDArray[Any]] = []
    for spec in SUMS.values():
        rows, value = evidence.chosen(spec)
        columns.append(_squeeze(evidence.total(value, rows), spec))
    columns += _facts(batch, phrases, sites, evidence)
    return np.column_stack(columns).astype(np.float64), evidence


def _squeeze(total: FloatArray, spec: _Sum) -> FloatArray:
    """The second word of a kind says less than the first."""
    return np.log1p(total) if spec.sign else np.clip(total, -1.0, 3.0)


def _values(cues: Cues, pairs: Pairs, meanings: Meanings, settings: Settings) -> dict[str, FloatArray]:
    tone, count = cues.tone[pairs.cue], cues.count[pairs.cue]
    values = {"tone": tone, "count": count, "fading": 2.0 * tone * np.exp(-pairs.distance / REACH)}
    for side, effects in (("subject", settings.subject), ("object", settings.object)):
        table = np.zeros(len(meanings.categories))
        for category, effect in effects.items():
            table[meanings.numbers((f"{VERBS}/{category}",))] = effect
        values[side] = table[cues.category[pairs.cue]] * count
    return values


def _rows(values: Mapping[str, FloatArray]) -> dict[tuple[str, int], LongArray]:
    kinds = {(spec.values, spec.sign) for spec in SUMS.values()}
    return {
        (name, sign): np.flatnonzero(values[name] * sign > 0 if sign else values[name] != 0) for name, sign in kinds
    }


def _facts(batch: AnnotatedBatch, p: Phrases, sites: Sites, evidence: Evidence) -> list[npt.NDArray[Any]]:
    """Return the columns of `FACTS`."""
    start = sites.start
    first, stop = p.first[start], p.stop[start]
    length = stop - first
    voice = batch.voices.code
    verb = np.maximum(sites.verb, 0)

    def inside(flag: BoolArray) -> LongArray:
        before = counted(flag)
        return before[stop] - before[first]

    def often(flag: BoolArray) -> FloatArray:
        return np.minimum(inside(flag), LIMIT)

    tone = evidence.total(evidence.values["tone"])
    preposition = (sites.preposition >= 0) & ((p.extra[np.maximum(sites.preposition, 0)] & PLACE) != 0)
    return [
        start == first,
        np.log1p(start - first),
        np.log(length),
        sites.verb >= 0,
        (sites.verb >= 0) & p.copular[verb],
        sites.possessive,
        preposition,
        (p.extra[start] & SHE) != 0,
        (p.bits[start] & (CLASS["PERSONAL"] | CLASS["OBJECT"] | CLASS["IT"])) != 0,
        (p.kind[start] & (CAPITAL | DIGIT)) == 0,
        voice[start] == QUOTED,
        voice[start] == ATTRIBUTED,
        inside(voice == QUOTED) / length,
        inside(voice == ATTRIBUTED) / length,
        inside((p.kind & CAPITAL) != 0) / length,
        often((p.extra & FIRST_PERSON) != 0),
        often((p.extra & NEGATION) != 0),
        often((p.bits & PUNCT_COMMA) != 0),
        often((p.extra & QUOTE) != 0),
        often((p.extra & OWNER) != 0),
        np.tanh(tone / TOTAL),
        np.tanh(np.abs(tone) / TOTAL),
    ]


__all__ = ["FACTS", "FEATURES", "RELATIONS", "SUMS", "Evidence", "measure"]

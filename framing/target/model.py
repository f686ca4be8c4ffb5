"""Tone toward targets: a multinomial logistic combination of named features, each score explained by its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.target.cues import FloatArray
from framing.target.features import FEATURES, RELATIONS, SUMS, Evidence, measure
from framing.target.settings import CLASSES, Weights, read_weights
from framing.text import LongArray


@dataclass(frozen=True, slots=True)
class Reasons:
    """The words behind the tones, one row a word and target, ascending by target, the heaviest first.

    Attributes
    ----------
    target : int64 array
        Number of the target.
    start, end : int64 arrays
        Tokens of the word.
    entry : int64 array
        Index into the matcher's entries.
    relation : int8 array
        Index into `RELATIONS`: the word's role for the target.
    weight : float64 array
        What the word adds to the log odds of a good over a bad tone.
    """

    target: LongArray
    start: LongArray
    end: LongArray
    entry: LongArray
    relation: npt.NDArray[np.int8]
    weight: FloatArray

    def __len__(self) -> int:
        return len(self.target)


@dataclass(frozen=True, slots=True)
class Tones:
    """The tone toward each target.

    Attributes
    ----------
    probability : float64 array (targets, 3)
        Of a bad, a neutral and a good tone.
    tone : int8 array (targets,)
        -1, 0 or 1: the most probable.
    score : float64 array (targets,)
        Probability of a good tone minus that of a bad one, -1 to 1; 0 where the tone is neutral.
    reasons : Reasons
        Of the targets whose tone is not neutral.
    """

    probability: FloatArray
    tone: npt.NDArray[np.int8]
    score: FloatArray
    reasons: Reasons


def find_tone(batch: AnnotatedBatch, start: LongArray, end: LongArray) -> Tones:
    """Find the tone toward targets in the sentences they stand in.

    Parameters
    ----------
    batch : AnnotatedBatch
        Its matcher holds the lexicons of the module "toward"; without them every tone is neutral.
    start, end : int64 arrays (targets,)
        Tokens of each target, end exclusive, at least one each.

    Returns
    -------
    Tones
        A target in whose sentence no word of tone stands is neutral.

    References
    ----------
    Hamborg and Donnay (2021), NewsMTSC, EACL, for the task; Rashkin, Singh and Choi (2016), Connotation frames, ACL,
    and Deng and Wiebe (2014), EACL, for effects of acts on their subjects and objects.
    """
    start, end = np.asarray(start, dtype=np.int64), np.asarray(end, dtype=np.int64)
    if not len(start):
        return _nothing()
    features, evidence = measure(batch, start, end)
    weights = read_weights(FEATURES)
    probability = _softmax(features @ weights.matrix + weights.intercept)
    tone = np.array(CLASSES, dtype=np.int8)[probability.argmax(axis=1)]
    tone[evidence.total(np.abs(evidence.values["tone"])) == 0] = 0
    score = np.where(tone == 0, 0.0, probability[:, 2] - probability[:, 0])
    return Tones(probability, tone, score, _explain(features, evidence, weights, tone))


def _nothing() -> Tones:
    none, no_code = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int8)
    reasons = Reasons(none, none, none, none, no_code, np.zeros(0))
    return Tones(np.zeros((0, len(CLASSES))), no_code, np.zeros(0), reasons)


def _softmax(logits: FloatArray) -> FloatArray:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: FloatArray = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _explain(features: FloatArray, evidence: Evidence, weights: Weights, tone: npt.NDArray[np.int8]) -> Reasons:
    """Part what each sum adds to the log odds among the words it is made of, by their share in it."""
    pairs, cues = evidence.pairs, evidence.cues
    tilt = weights.matrix[:, 2] - weights.matrix[:, 0]
    part = np.zeros(len(pairs))
    for number, spec in enumerate(SUMS.values()):
        rows, value = evidence.chosen(spec)
        target = pairs.target[rows]
        total = evidence.total(np.abs(value), rows)
        part[rows] += tilt[number] * features[target, number] * np.abs(value) / total[target]
    keep = np.flatnonzero((tone[pairs.target] != 0) & (np.abs(part) > 0))
    order = keep[np.lexsort((-np.abs(part[keep]), pairs.target[keep]))]
    cue = pairs.cue[order]
    return Reasons(
        pairs.target[order],
        cues.start[cue],
        cues.end[cue],
        cues.entry[cue].astype(np.int64),
        pairs.relation[order],
        part[order],
    )


__all__ = ["FEATURES", "RELATIONS", "Reasons", "Tones", "find_tone", "measure"]

"""The logistic combinations behind `loaded.score` and the marked words: named weights in a data file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from framing.errors import LexiconError
from framing.loaded.features import FEATURES
from framing.loaded.words import WORD_FEATURES

FloatArray = npt.NDArray[np.float64]
WEIGHTS = "weights.json"


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression on named features.

    Attributes
    ----------
    intercept : float
    weights : float64 array (features,)
        In the order of the features; 0 for one that takes no part. Log odds per unit of the feature.
    threshold : float
        Probability from which the answer is yes where a decision is needed; that which did best when the weights were
        fitted.
    """

    intercept: float
    weights: FloatArray
    threshold: float

    def odds(self, values: FloatArray) -> FloatArray:
        """Return the log odds of each row of features. Shape (rows,)."""
        return np.asarray(self.intercept + values @ self.weights)

    def probability(self, values: FloatArray) -> FloatArray:
        """Return the probability of each row of features. Shape (rows,), between 0 and 1."""
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(self.odds(values), -50.0, 50.0))))


@dataclass(frozen=True, slots=True)
class Model:
    """What `make fit` writes.

    Attributes
    ----------
    sentence : Logistic
        Of a sentence's `FEATURES`: the probability that careful readers call the sentence loaded. It is calibrated on a
        set in which half of the sentences were so called; in plainer news it is too high, so it compares sentences and
        outlets and is no share of loaded sentences.
    word : Logistic
        Of a word's `WORD_FEATURES`: the probability that they mark the word.
    calibration : list of mapping
        Of ten equal groups of sentences that the weights had not seen, by probability: their mean probability, and the
        share that readers called loaded.
    """

    sentence: Logistic
    word: Logistic
    calibration: list[Mapping[str, float]]


@lru_cache(maxsize=1)
def read_model() -> Model:
    """Read the weights that come with the program.

    Raises
    ------
    LexiconError
        The file does not fit the features of this version; `make fit` writes it anew.
    """
    record = json.loads(files("framing.loaded").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return Model(
        _read_logistic(record["sentence"], FEATURES),
        _read_logistic(record["word"], WORD_FEATURES),
        record["sentence"]["calibration"],
    )


def _read_logistic(record: Mapping[str, object], features: Sequence[str]) -> Logistic:
    weights = record["weights"]
    assert isinstance(weights, dict)
    unknown = sorted(set(weights) - set(features))
    if unknown:
        raise LexiconError(f"{WEIGHTS}: {unknown[0]!r} is no feature of this version. Fit the weights anew: make fit.")
    values = np.array([float(weights.get(name, 0.0)) for name in features])
    return Logistic(float(str(record["intercept"])), values, float(str(record["threshold"])))

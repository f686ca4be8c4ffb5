"""Loaded language: what of a sentence and its words is counted, and how the counts become a probability."""

from framing.loaded.features import FEATURES, SIGNS, Features, find_features, find_shouted, find_terms
from framing.loaded.model import WEIGHTS, Logistic, Model, read_model
from framing.loaded.words import WORD_FEATURES, Candidates, find_candidates

__all__ = [
    "FEATURES",
    "SIGNS",
    "WEIGHTS",
    "WORD_FEATURES",
    "Candidates",
    "Features",
    "Logistic",
    "Model",
    "find_candidates",
    "find_features",
    "find_shouted",
    "find_terms",
    "read_model",
]

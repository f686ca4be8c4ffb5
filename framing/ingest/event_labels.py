"""What events are called: by the day they begin and the terms that their articles share."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
from scipy import sparse

from framing.ingest.event_vectors import Vectors
from framing.text import LongArray

TERMS = 3  # in a label
NAME_FACTOR = 1.5  # a reader knows an event by its names
_ALIKE = 5  # letters: "Israel" says "Israeli" too
_LONGEST = 60  # characters of an identifier behind the date


def find_labels(vectors: Vectors, matrix: Any, centres: Any, event: LongArray) -> list[list[str]]:
    """Return for each event the terms that weigh most in it, of those that most of its articles hold.

    A name of two words stands for both of them, nothing is said twice, and numbers are left out.
    """
    member = np.flatnonzero(event >= 0)
    count = centres.shape[0]
    belongs = sparse.csr_array((np.ones(len(member)), (event[member], member)), shape=(count, matrix.shape[0]))
    present = sparse.csr_array(belongs @ (matrix > 0).astype(np.float64))
    present.sort_indices()  # the same cells as the centres
    size = np.bincount(event[member], minlength=count)
    labels = []
    for number in range(count):
        cells = slice(centres.indptr[number], centres.indptr[number + 1])
        shared = present.data[cells] * 2 > size[number]
        terms, weight = centres.indices[cells][shared], centres.data[cells][shared]
        weight = weight * np.where(vectors.names[terms], NAME_FACTOR, 1.0)
        within = set(vectors.parts[terms].ravel().tolist())
        chosen: list[str] = []
        said: set[str] = set()
        for term in terms[np.argsort(-weight, kind="stable")].tolist():
            label = vectors.terms[term]
            begins = {word[:_ALIKE].casefold() for word in label.split()}
            if len(chosen) < TERMS and term not in within and not begins & said and not label[0].isdigit():
                chosen.append(label)
                said |= begins
        labels.append(chosen)
    return labels


def free_name(day: str, terms: list[str], taken: set[str]) -> str:
    """Make an identifier of letters, digits and hyphens; where it is taken, with a number behind it."""
    plain = unicodedata.normalize("NFKD", " ".join(terms).casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = "-".join(letters.split())[:_LONGEST].strip("-") or "event"
    name = stem = f"{day or 'undated'}-{words}"
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name

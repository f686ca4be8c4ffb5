"""Dictionaries of moral foundations made by others: the eMFD table, and which categories of an MFD name vices.

The eMFD says of each word how often a crowd marked it for each foundation (columns care_p, fairness_p, ...; 0 to 1),
and how positive the marked text was (care_sent, ...; -1 to 1). In a lexicon one word counts for one category, so it
goes to its most probable foundation, as in the "single" mapping of its authors: to the virtue where the sentiment there
is positive, to the vice where it is negative. Its weight is that probability, below 0 for a vice.

Hopp, F. R., Fisher, J. T., Cornell, D., Huskey, R. and Weber, R. (2021). The extended Moral Foundations Dictionary
(eMFD). Behavior Research Methods 53, 232-246.
"""

from __future__ import annotations

import csv
import io
import math

from framing.errors import InputError
from framing.formats.dictionary import Dictionary, read_weight

FOUNDATIONS = ("care", "fairness", "loyalty", "authority", "sanctity")
COLUMNS = ("word", *(f"{f}_{what}" for what in ("p", "sent") for f in FOUNDATIONS))
EMFD_MEANING = "How probably a crowd marked the word for its most probable foundation; below 0 in negative text."
MFD_MEANING = "1: the category names a virtue; -1: a vice; 0: the file says neither."


def is_emfd(text: str) -> bool:
    """Whether a comma-separated table has all columns of the eMFD, in any order and case."""
    return set(COLUMNS) <= set(_heading(text))


def _heading(text: str) -> list[str]:
    first = next(iter(text.splitlines()), "")
    return [name.strip().casefold() for name in next(csv.reader([first]), [])]


def read_emfd(text: str, dictionary: Dictionary, where: str) -> None:
    """Fill a dictionary from an eMFD table.

    Words without any probability or with a sentiment of 0 are neither virtue nor vice, and are left out and reported.

    Raises
    ------
    InputError
        A row has too few cells, no word, or a probability or sentiment off its range.
    """
    names = _heading(text)
    places = {column: names.index(column) for column in COLUMNS}
    dictionary.meaning = EMFD_MEANING
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        next(reader)
        for row in reader:
            if any(cell.strip() for cell in row):
                _read_word(row, places, dictionary, f"{where}:{reader.line_num}")
    except csv.Error as error:
        raise InputError(f"{where}:{reader.line_num}: is not a valid table: {error}. Correct the line.") from None


def _read_word(row: list[str], places: dict[str, int], dictionary: Dictionary, where: str) -> None:
    if len(row) <= max(places.values()):
        raise InputError(f"{where}: {len(row)} cells; the heading has more. Correct the row.")
    word = row[places["word"]].strip()
    if not word:
        raise InputError(f"{where}: no word. Add it, or remove the row.")
    probability = [_read_cell(row, places, f"{f}_p", 0.0, where) for f in FOUNDATIONS]
    best = probability.index(max(probability))
    foundation = FOUNDATIONS[best]
    sentiment = _read_cell(row, places, f"{foundation}_sent", -1.0, where)
    if not probability[best] or not sentiment:
        dictionary.findings.add("uncategorised", word)
        return
    if sum(p > 0 for p in probability) > 1:
        dictionary.findings.add("foundations", f"{word} ({foundation} {probability[best]:g})")
    side = "virtue" if sentiment > 0 else "vice"
    key = dictionary.enter_group((foundation, side), where, f"{foundation.capitalize()}: {side}")
    dictionary.add(word, key, math.copysign(probability[best], sentiment), where)


def _read_cell(row: list[str], places: dict[str, int], column: str, low: float, where: str) -> float:
    number = read_weight(row[places[column]].strip() or "0", where)
    if not low <= number <= 1:
        raise InputError(f"{where}: {column} is {number:g}; allowed are {low:g} to 1. Correct the cell.")
    return number


def sign_vices(dictionary: Dictionary) -> None:
    """Give the terms of a dictionary without weights the sign of their category: 1 virtue, -1 vice, 0 where its name
    ends in neither ("HarmVice", "care.vice", "MoralityGeneral"). Where no name says either, nothing changes."""
    signs = {key: _sign(group.path[-1]) for key, group in dictionary.groups.items()}
    if dictionary.weighs or not any(signs.values()):
        return
    for key, sign in signs.items():
        if sign < 0:
            dictionary.findings.add("vice", key)
    dictionary.weigh(signs)
    dictionary.meaning = MFD_MEANING


def _sign(name: str) -> float:
    name = name.casefold()
    if name.endswith("virtue"):
        return 1.0
    return -1.0 if name.endswith("vice") and not name.endswith("service") else 0.0

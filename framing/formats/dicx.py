"""LIWC-22 dictionaries (.dicx): a CSV table with the terms in the first column and one column for each category.

A cell is empty, X (the term belongs to the category) or a weight.
"""

from __future__ import annotations

import csv
import io
import math

from framing.errors import InputError
from framing.formats.dictionary import Dictionary, read_weight, split_key, write_weight
from framing.formats.report import Findings

TERM_HEADINGS = ("dicterm", "entry")
MAX_CELLS = 50_000_000  # the table of a large dictionary with many categories is mostly empty cells


def read(text: str, dictionary: Dictionary, where: str) -> None:
    """Fill a dictionary from a .dicx file.

    Raises
    ------
    InputError
        No valid CSV, no column of terms, a row longer than the header, or a cell that is neither X nor a number.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [" ".join(name.split()) for name in next(reader, [])]
        if not header or header[0].casefold() not in TERM_HEADINGS:
            raise InputError(
                f"{where}:1: the first column is {(header or [''])[0][:60]!r}; in a .dicx file it is DicTerm or Entry. "
                f"Rename it, or read the file as csv and say which column holds what."
            )
        while len(header) > 1 and not header[-1]:
            header.pop()
        keys = [dictionary.enter_group(split_key(name), f"{where}:1") for name in header[1:]]
        if len(set(keys)) < len(keys):
            twice = next(k for k in keys if keys.count(k) > 1)
            raise InputError(f"{where}:1: two columns are called {twice!r}. Rename one.")
        for row in reader:
            place = f"{where}:{reader.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if any(cell.strip() for cell in row[len(header) :]):
                raise InputError(f"{place}: has {len(row)} cells, the header {len(header)}. Quote terms with commas.")
            _read_row(row, keys, dictionary, place)
    except csv.Error as error:
        raise InputError(f"{where}:{reader.line_num}: is not valid CSV: {error}. Correct the line.") from None


def _read_row(row: list[str], keys: list[str], dictionary: Dictionary, where: str) -> None:
    term = row[0].strip()
    if not term:
        raise InputError(f"{where}: no term in the first column. Add it, or remove the row.")
    found = False
    for key, cell in zip(keys, row[1:], strict=False):
        cell = cell.strip()
        if cell:
            found = True
            weight = math.nan if cell in "Xx" else read_weight(cell, f"{where}, column {key!r}")
            dictionary.add(term, key, weight, where)
    if not found:
        dictionary.findings.add("uncategorised", term)


def write(dictionary: Dictionary, findings: Findings) -> tuple[str, int]:
    """Write a dictionary as a .dicx table; returns it with the number of pairs of term and category.

    Raises
    ------
    InputError
        The table would have more than `MAX_CELLS` cells.
    """
    dictionary.drop_labels(findings)
    entries = dictionary.check_wildcards(findings, "*")
    used = {e.category for e in entries} | set(dictionary.empty_groups())
    keys = {key: place for place, key in enumerate(k for k in dictionary.groups if k in used)}
    rows: dict[str, tuple[str, list[tuple[int, float]]]] = {}
    for entry in entries:
        rows.setdefault(entry.term.casefold(), (entry.term, []))[1].append((keys[entry.category], entry.weight))
    if len(rows) * len(keys) > MAX_CELLS:
        raise InputError(
            f"{dictionary.name}: {len(rows):,} terms in {len(keys):,} categories are too large a table. "
            f"Use csv or liwc."
        )
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["DicTerm", *keys])
    for term, cells in rows.values():
        row = [term, *[""] * len(keys)]
        for place, weight in cells:
            row[place + 1] = "X" if math.isnan(weight) else write_weight(weight)
        writer.writerow(row)
    return out.getvalue(), len(entries)

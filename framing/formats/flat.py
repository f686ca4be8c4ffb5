"""Plain tables (term, category, weight) and plain lists (one term a line, # and ; begin comments)."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping

from framing.errors import InputError
from framing.formats.dictionary import Dictionary, read_weight, split_key, write_weight
from framing.formats.report import Findings

FIELDS = ("term", "category", "weight")
COMMENTS = ("#", ";")


def read_table(
    text: str,
    dictionary: Dictionary,
    where: str,
    *,
    tabs: bool,
    columns: Mapping[str, str] | None,
    category: str | None,
) -> None:
    """Fill a dictionary from a table.

    Parameters
    ----------
    tabs : bool
        Whether tabs part the columns; else commas, or semicolons where the first line has no comma.
    columns : mapping of field to column, optional
        Field: "term", "category", "weight". Column: its heading, or its number (1 is the first) where the file has no
        headings.
    category : str, optional
        Category of all terms where no column says it; by default the name of the file.

    Raises
    ------
    InputError
        A column is missing, a row lacks its term or category, or a weight is no number.
    """
    lines = io.StringIO(text, newline="")
    first = text[: text.find("\n") + 1] or text
    offset = 0
    if not tabs and re.fullmatch(r"sep=(.)\s*", first):  # how Excel names the separator
        delimiter = first[4]
        lines.readline()
        offset = 1
    else:
        delimiter = "\t" if tabs else ";" if ";" in first and "," not in first else ","
    # Published tab-separated lists hold quotation marks as they come; only comma-separated ones quote.
    if tabs and '"' not in first:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    else:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    asked = dict(columns or {})
    for field in asked:
        if field not in FIELDS:
            raise InputError(f"{field!r} is no field of a dictionary. Map one of: {', '.join(FIELDS)}.")
    try:
        numbered = bool(asked) and all(c.isascii() and c.isdigit() for c in asked.values())
        places = _numbers(asked) if numbered else _headings(next(reader, []), asked, f"{where}:{offset + 1}")
        if "term" not in places:
            raise InputError(f"{where}: no column holds the terms. Say which one: term=COLUMN.")
        for row in reader:
            if any(cell.strip() for cell in row):
                _read_row(row, places, dictionary, category, f"{where}:{reader.line_num + offset}")
    except csv.Error as error:
        line = reader.line_num + offset
        raise InputError(f"{where}:{line}: is not a valid table: {error}. Correct the line.") from None


def _numbers(asked: Mapping[str, str]) -> dict[str, int]:
    places = {field: int(number[:9]) - 1 for field, number in asked.items()}
    if min(places.values()) < 0:
        raise InputError("columns are counted from 1. Give 1 for the first.")
    return places


def _headings(header: list[str], asked: Mapping[str, str], where: str) -> dict[str, int]:
    names = [" ".join(name.split()) for name in header]
    places: dict[str, int] = {}
    for field in FIELDS:
        wanted = asked.get(field, field)
        matching = [i for i, name in enumerate(names) if name.casefold() == wanted.casefold()]
        if len(matching) > 1:
            raise InputError(f"{where}: two columns are called {wanted!r}. Rename one.")
        if matching:
            places[field] = matching[0]
        elif field in asked or field == "term":
            known = ", ".join(n[:40] for n in names[:20])
            raise InputError(
                f"{where}: no column is called {wanted!r}; there are: {known}. Map {field} to one of them, or to a "
                f"number where the file has no headings (term=1)."
            )
    return places


def _read_row(
    row: list[str], places: Mapping[str, int], dictionary: Dictionary, category: str | None, where: str
) -> None:
    cells = {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
    term = cells["term"]
    if not term:
        raise InputError(f"{where}: no term. Add it, or remove the row.")
    if "category" in cells and not cells["category"]:
        dictionary.findings.add("uncategorised", term)
        return
    name = cells.get("category") or category or dictionary.name
    key = dictionary.enter_group(split_key(" ".join(name.split())), where)
    weight = cells.get("weight", "")
    dictionary.add(term, key, read_weight(weight, where) if weight else math.nan, where)


def write_table(dictionary: Dictionary, findings: Findings, *, tabs: bool) -> tuple[str, int]:
    """Write a table with the columns term, category, weight; returns it with its number of rows."""
    dictionary.drop_labels(findings)
    for key in dictionary.empty_groups():
        findings.add("empty-category", key)
    entries = dictionary.check_wildcards(findings, "*")
    rows = [(e.term, e.category, "" if math.isnan(e.weight) else write_weight(e.weight)) for e in entries]
    if tabs:  # read as it stands, without quoting; no term or name holds a tab
        return "\n".join("\t".join(row) for row in [FIELDS, *rows]) + "\n", len(rows)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([FIELDS, *rows])
    return out.getvalue(), len(rows)


def read_list(text: str, dictionary: Dictionary, where: str, *, category: str | None) -> None:
    """Fill one category, by default called after the file, from a list with one term a line.

    Raises
    ------
    InputError
        A line holds a tab, so that it is a row of a table.
    """
    key = dictionary.enter_group(split_key(" ".join((category or dictionary.name).split())), where)
    for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1):
        line = line.strip()
        if not line:
            continue
        if line.startswith(COMMENTS):
            dictionary.findings.add("comment", line)
            continue
        if "\t" in line:
            raise InputError(
                f"{where}:{number}: {line[:60]!r} holds a tab, so this is a table. Read it as tsv and say which column "
                f"holds what (term=1)."
            )
        dictionary.add(line, key, where=f"{where}:{number}")


def write_list(dictionary: Dictionary, findings: Findings) -> tuple[str, int]:
    """Write the terms, one a line; returns the list with their number."""
    dictionary.drop_labels(findings)
    if len(dictionary.groups) > 1:
        for key in dictionary.groups:
            findings.add("category", key)
    terms: dict[str, str] = {}
    for entry in dictionary.check_wildcards(findings, "*"):
        if entry.term.startswith(COMMENTS):
            findings.add("target-syntax", f"{entry.term} ({entry.category})")
            continue
        if not math.isnan(entry.weight):
            findings.add("weight", f"{entry.term} {entry.weight:g}")
        if entry.term.casefold() in terms:
            findings.add("duplicate", entry.term)
        terms.setdefault(entry.term.casefold(), entry.term)
    return "\n".join([*terms.values(), ""]), len(terms)

"""Loose texts, one after the other as they arrive: lines, a column of a table, or JSON lines.

Unlike articles they need no outlet and no id of their own, nothing in them is cleaned, and they are never read twice,
so a pipe that is still being written can be read.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from framing.errors import InputError
from framing.ingest.encoding import LONGEST_RECORD, Decodings
from framing.ingest.fields import replace_unusable
from framing.ingest.tables import read_array, read_lines, read_rows, value_text

TEXT_FORMATS = ("lines", "csv", "tsv", "jsonl", "json")
_FORMAT_OF = {".txt": "lines", ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}


class TextRecord(NamedTuple):
    """One text to score.

    Attributes
    ----------
    id : str
        The value of the id column; without one the number of the line or row, from 1.
    text, title, language : str
    place : str
        Where it came from, for messages.
    note : str
        What was changed on reading, or "".
    """

    id: str
    text: str
    title: str
    language: str
    place: str
    note: str = ""


def read_texts(
    source: str,
    format: str | None = None,
    column: str = "text",
    id_column: str | None = None,
    encoding: str | None = None,
) -> Iterator[TextRecord]:
    """Yield texts one at a time.

    Parameters
    ----------
    source : str
        A file, also packed (.gz), or "-" for standard input, which is read as it comes.
    format : str, optional
        One of `TEXT_FORMATS`; found from the name otherwise. Standard input without it is lines.
    column, id_column : str
        Column or field with the text, and with its id ("id" where there is one).
    encoding : str, optional

    Raises
    ------
    InputError
        There is no such file, format or column; the file is broken.
    """
    if format is not None and format not in TEXT_FORMATS:
        raise InputError(f"no format {format!r}. Choose from: {', '.join(TEXT_FORMATS)}.")
    if source == "-":
        yield from _read(_standard_input(encoding), "standard input", format or "lines", column, id_column)
        return
    path = Path(source)
    if not path.is_file():
        raise InputError(f"{path}: no such file. Give a file of texts, or - for standard input.")
    suffixes = [s.lower() for s in path.suffixes if s.lower() != ".gz"]
    form = format or _FORMAT_OF.get(suffixes[-1] if suffixes else "")
    if form is None:
        raise InputError(f"{path}: the name does not tell the format. Say it: --format {'|'.join(TEXT_FORMATS)}.")
    decodings = Decodings(encoding)
    with decodings.open(path, newline="" if form in ("csv", "tsv") else "\n") as file:
        yield from _read(file, str(path), form, column, id_column)


def _standard_input(encoding: str | None) -> TextIO:
    stream: BinaryIO = sys.stdin.buffer
    return io.TextIOWrapper(stream, encoding=encoding or "utf-8-sig", errors="replace", newline="\n")


def _read(file: TextIO, name: str, form: str, column: str, id_column: str | None) -> Iterator[TextRecord]:
    if form == "lines":
        yield from _read_plain_lines(file, name)
    elif form in ("csv", "tsv"):
        yield from _read_table(file, name, form, column, id_column)
    else:
        yield from _read_json(file, name, form, column, id_column)


def _record(id: str, text: str, title: str, language: str, place: str) -> TextRecord:
    usable, changed = replace_unusable(text)
    note = f"{changed} unusable characters replaced" if changed else ""
    return TextRecord(id, usable, replace_unusable(title)[0], language.strip(), place, note)


def _read_plain_lines(file: TextIO, name: str) -> Iterator[TextRecord]:
    for number, line in enumerate(iter(partial(file.readline, LONGEST_RECORD), ""), 1):
        if len(line) >= LONGEST_RECORD:
            raise InputError(f"{name}:{number}: longer than {LONGEST_RECORD} characters. Split it.")
        yield _record(str(number), line.rstrip("\r\n"), "", "", f"{name}:{number}")


def _check_column(column: str, columns: Sequence[str], name: str, option: str) -> None:
    if column not in columns:
        raise InputError(f"{name}: no column {column!r}. There are: {', '.join(columns)}. Name it with {option}.")


def _read_table(file: TextIO, name: str, form: str, column: str, id_column: str | None) -> Iterator[TextRecord]:
    rows = read_rows(file, name, form)
    _, header = next(rows)
    _check_column(column, header, name, "--column")
    if id_column is not None:
        _check_column(id_column, header, name, "--id")
    key = id_column or "id"
    for number, (line, row) in enumerate(rows, 1):
        cells = dict(zip(header, row, strict=True))
        title = cells.get("title", "") if column != "title" else ""
        yield _record(
            cells.get(key, "") or str(number), cells[column], title, cells.get("language", ""), f"{name}:{line}"
        )


def _read_json(file: TextIO, name: str, form: str, column: str, id_column: str | None) -> Iterator[TextRecord]:
    items = read_array(file, name) if form == "json" else read_lines(file, name)
    key = id_column or "id"
    for number, (line, item) in enumerate(items, 1):
        place = f"{name}:{line}"
        _check_column(column, list(item), place, "--column")
        if id_column is not None:
            _check_column(id_column, list(item), place, "--id")
        fields = {field: value_text(item.get(field), field, place) for field in {column, key, "title", "language"}}
        title = fields["title"] if column != "title" else ""
        yield _record(fields[key] or str(number), fields[column], title, fields["language"], place)

"""Tables: CSV and TSV, JSON lines, JSON arrays, packed or not, one record at a time and every value as it is written.

Broken tables are refused with the line: a row of the wrong length or an open quotation mark shifts values between
articles, and a reader that mends them silently merges articles.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TextIO

from framing.errors import InputError
from framing.ingest.accounts import FileRead
from framing.ingest.encoding import CHUNK, LONGEST_RECORD, Decodings
from framing.ingest.fields import Gap, Record, rename_columns, require_columns

DELIMITERS = ",;\t"


class Doubt(NamedTuple):
    """Something the account of the reading should warn of."""

    kind: str
    message: str


Found = Record | Gap | FileRead | Doubt


@dataclass(frozen=True, slots=True)
class Table:
    """A file of many articles.

    Attributes
    ----------
    path : Path
    name : str
        What the account calls it.
    format : str
        "csv", "tsv", "jsonl" or "json".
    mapping : mapping of str to str
        Target field to source column.
    needs_outlet : bool
        Whether each record must name its outlet.
    """

    path: Path
    name: str
    format: str
    mapping: Mapping[str, str]
    needs_outlet: bool

    def found(self, decodings: Decodings) -> Iterator[Found]:
        """Yield each record, then the account of the file.

        Raises
        ------
        InputError
            For anything that is not a whole, well-formed table with the needed columns.
        """
        rows = self._csv_records if self.format in ("csv", "tsv") else self._json_records
        yield from rows(decodings)
        sha256, encoding, warning = decodings.of(self.path)
        yield FileRead(self.name, sha256, encoding.removesuffix("-sig"), warning)

    @property
    def _needed(self) -> tuple[str, ...]:
        return ("outlet", "text") if self.needs_outlet else ("text",)

    def _csv_records(self, decodings: Decodings) -> Iterator[Record]:
        with decodings.open(self.path, newline="") as file:
            rows = read_rows(file, self.path, self.format)
            _, header = next(rows)
            columns = rename_columns(header, self.mapping, str(self.path))
            require_columns(columns, self._needed, str(self.path))
            for line, row in rows:
                yield Record(f"{self.path}:{line}", dict(zip(columns, row, strict=True)))

    def _needed_mapping(self) -> dict[str, str]:
        """Return the part of the mapping that every record must bear out; free fields may be missing from some."""
        return {target: source for target, source in self.mapping.items() if target in self._needed}

    def _json_records(self, decodings: Decodings) -> Iterator[Record | Gap]:
        new_names = {source: target for target, source in self.mapping.items()}
        unseen = set(new_names)
        first, is_array = True, False
        if self.format == "json":  # an array, or JSON lines under another name
            with decodings.open(self.path, newline="\n") as file:
                is_array = file.read(CHUNK).lstrip().startswith("[")
        with decodings.open(self.path, newline="\n") as file:
            items = read_array(file, self.path) if is_array else read_lines(file, self.path)
            for line, item in items:
                place = f"{self.path}:{line}"
                if new_names:
                    if first:
                        rename_columns(list(item), self._needed_mapping(), place)
                    unseen.difference_update(item)
                    item = {new_names.get(k, f"{k}_column" if k in self.mapping else k): v for k, v in item.items()}
                if first:
                    require_columns(list(item), self._needed, place)
                    first = False
                if "text" not in item:
                    yield Gap(place, "no field 'text'")
                    continue
                yield Record(place, {name: value_text(value, name, place) for name, value in item.items()})
        if unseen and not first:
            raise InputError(f"{self.path}: map: no record has a field {sorted(unseen)[0]!r}. Check the name.")


def read_rows(file: TextIO, path: Path | str, format: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of a delimited table, the header first; blank rows are passed over.

    Parameters
    ----------
    file : text file, opened with newline=""
    path : Path or str
        Named in errors.
    format : str
        "tsv", or "csv" whose delimiter is the one of comma, semicolon and tab that splits the header into most columns.

    Raises
    ------
    InputError
        Without a header, for a repeated column, a row of another length than the header, an unclosed quotation mark,
        or a cell of more than 64 million characters.
    """
    # The limit belongs to the whole module csv; the usual one, 131,072, is shorter than a liveblog.
    csv.field_size_limit(LONGEST_RECORD)
    first_line = file.readline(LONGEST_RECORD)
    skipped = 0
    while first_line and not first_line.strip():
        first_line = file.readline(LONGEST_RECORD)
        skipped += 1
    if not first_line:
        raise InputError(f"{path}: empty; expected a header such as: id,outlet,date,title,text.")
    delimiter = "\t"
    if format == "csv":
        delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([first_line], delimiter=mark), [])))
    reader = csv.reader(_chain_lines(first_line, file), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    start = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            _refuse_row(error, f"{path}:{start + skipped}", reader.line_num + skipped)
        if row is None:
            return
        if row and (len(row) > 1 or row[0].strip() or (header is not None and len(header) == 1)):
            if header is None:
                header = row = name_columns(row, path)
            elif len(row) != len(header):
                raise InputError(
                    f"{path}:{start + skipped}: the row has {len(row)} cells, the header {len(header)}. "
                    f"Put cells that hold a {_spell(delimiter)} or a line break in quotation marks."
                )
            yield start + skipped, row
        start = reader.line_num + 1


def _chain_lines(first: str, rest: TextIO) -> Iterator[str]:
    yield first
    yield from rest


def _spell(delimiter: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter]


def _refuse_row(error: csv.Error, place: str, noticed: int) -> NoReturn:
    if "unexpected end" in str(error) or "field larger" in str(error):
        raise InputError(
            f"{place}: a quotation mark that opens a cell in this row is never closed. "
            f"Close it, or double it where it is part of the text."
        ) from None
    raise InputError(
        f"{place}: not a well-formed row ({error}; noticed at line {noticed}). "
        f"Double every quotation mark inside a quoted cell."
    ) from None


def name_columns(header: list[str], path: Path | str) -> list[str]:
    """Return column names without outer spaces; a column without a name is called by its number ("column_1").

    Raises
    ------
    InputError
        When two columns bear one name.
    """
    names = [name.strip() or f"column_{number}" for number, name in enumerate(header, 1)]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path}: two columns are called {name!r}. Rename one.")
    return names


class _RepeatedKey(ValueError):
    pass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedKey(next(name for name in names if names.count(name) > 1))
    return item


def _constant(name: str) -> None:
    # What Python and pandas write for a missing number; an infinite one has no such reading.
    if name != "NaN":
        raise ValueError(f"{name} is not JSON")


# Numbers stay as written: 7.10 is not 7.1, and an id of thirty digits is not a float.
DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=_constant)


@contextmanager
def _json_errors(place: str) -> Iterator[None]:
    try:
        yield
    except _RepeatedKey as error:
        raise InputError(f"{place}: the key {error.args[0]!r} appears twice in one object. Remove one.") from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"{place}: not valid JSON ({error.msg}, column {error.colno}). Expected one object a line (JSONL), "
            f"or one array of objects (.json)."
        ) from None
    except ValueError as error:
        raise InputError(f"{place}: not valid JSON ({error}).") from None
    except RecursionError:
        raise InputError(f"{place}: JSON nested too deeply. Expected one flat object an article.") from None


def read_lines(file: TextIO, path: Path | str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line, object) of JSON lines; blank lines are passed over.

    Raises
    ------
    InputError
        For a line that is no JSON object, a repeated key, or more than 64 million characters.
    """
    for line, content in enumerate(iter(partial(file.readline, LONGEST_RECORD), ""), 1):
        if len(content) >= LONGEST_RECORD:
            raise InputError(f"{path}:{line}: longer than {LONGEST_RECORD} characters, which is no single article.")
        content = content.strip(" \t\r\n")
        if not content:
            continue
        with _json_errors(f"{path}:{line}"):
            item = DECODER.decode(content)
        if not isinstance(item, dict):
            raise InputError(
                f"{path}:{line}: found {spell_type(item)}, expected a JSON object such as "
                '{"outlet": ..., "text": ...}. An array of objects belongs in a .json file.'
            )
        yield line, item


def read_array(file: TextIO, path: Path | str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line, object) of one JSON array.

    Reads a piece at a time, so a large array is never held whole.

    Raises
    ------
    InputError
        As `read_lines`; also for what follows the array.
    """
    buffer, end_of_file = file.read(CHUNK), False
    position = buffer.find("[") + 1
    if buffer[:position].strip() != "[":
        raise InputError(f"{path}:1: expected one array of objects, [ ... ].")
    line = 1 + buffer.count("\n", 0, position)
    separated = True  # a comma, or the opening bracket, stands before the next item
    while True:
        while position < len(buffer) and buffer[position] in " \t\r\n":
            line += buffer[position] == "\n"
            position += 1
        here = buffer[position : position + 1]
        place = f"{path}:{line}"
        if here == "," and not separated:
            separated, position = True, position + 1
        elif here == "]":
            if (buffer[position + 1 :] + file.read(CHUNK)).strip():
                raise InputError(f"{place}: more follows the array. Expected one array of objects.")
            return
        elif here == "{" and separated:
            try:
                with _json_errors(place):
                    item, end = DECODER.raw_decode(buffer, position)
            except InputError:
                if end_of_file or len(buffer) - position > LONGEST_RECORD:
                    raise
            else:
                yield line, item
                line += buffer.count("\n", position, end)
                separated, position = False, end
                continue
        elif here:
            raise InputError(f"{place}: found {here!r} in the array, expected objects between commas.")
        elif end_of_file:
            raise InputError(f"{place}: the array is not closed. Copy the file again.")
        if here not in (",", "]"):  # the item goes on past what was read; ask for twice as much each time
            more = file.read(max(CHUNK, len(buffer) - position))
            end_of_file = not more
            buffer, position = buffer[position:] + more, 0


def spell_type(value: object) -> str:
    """Name the JSON type of a value."""
    if value is None:
        return "null"
    names: dict[type, str] = {list: "an array", dict: "an object", bool: "true or false", str: "a string or number"}
    return names.get(type(value), "a value")


def value_text(value: Any, name: str, place: str) -> str:
    """Return a JSON value as text: null is empty, true and false are spelt out, nested values stay JSON.

    Raises
    ------
    InputError
        When a field of the article itself is nested.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if name in ("id", "outlet", "text", "title", "date", "url", "event", "upstream", "genre", "language"):
        raise InputError(f"{place}: {name!r} is {spell_type(value)}, expected a string.")
    return json.dumps(value, ensure_ascii=False)


def read_header(decodings: Decodings, path: Path, format: str) -> list[str]:
    """Return the column names of a delimited table, [] for an empty file.

    Raises
    ------
    InputError
        When it is not well-formed.
    """
    if not path.stat().st_size:
        return []
    try:
        with decodings.hoping(), decodings.open(path, newline="") as file:
            return next(read_rows(file, path, format))[1]
    except UnicodeDecodeError:
        with decodings.open(path, newline="") as file:
            return next(read_rows(file, path, format))[1]

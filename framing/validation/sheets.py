"""The coders' files: one CSV for each coder, blind, and the key that goes with them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.errors import InputError
from framing.statistics.counters import FloatArray, IntArray
from framing.statistics.reliability import MISSING
from framing.store import encode_csv, write_bytes
from framing.validation.sampling import KEY_COLUMNS, Sample
from framing.voice import VOICES

REFERENT_CELLS: Mapping[str, int | None] = {
    "y": 1,
    "yes": 1,
    "n": 0,
    "no": 0,
    "unsure": None,
    "?": None,
    "": None,
}
UNSURE = ("unsure", "?", "")
NEEDED = ("item", "correct_referent", "voice")


@dataclass(frozen=True, slots=True)
class Key:
    """What the items are, in the order of the key.

    Attributes
    ----------
    items : tuple of str
    columns : mapping of str to tuple of str
        The other text columns of the key.
    size, drawn : int64 arrays (items,)
        Mentions of an item's stratum, and how many of them were drawn.
    path : Path
    """

    items: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    size: IntArray
    drawn: IntArray
    path: Path

    @property
    def weight(self) -> FloatArray:
        """How many mentions each item stands for. Shape (items,)."""
        return self.size / self.drawn

    @property
    def mentions(self) -> IntArray:
        """Rows of the items that are mentions."""
        return np.flatnonzero([task == "mention" for task in self.columns["task"]])

    @property
    def missed(self) -> IntArray:
        """Rows of the sentences in which nothing was found."""
        return np.flatnonzero([task == "missed" for task in self.columns["task"]])


@dataclass(frozen=True, slots=True)
class Codes:
    """What one coder said, in the order of the key.

    Attributes
    ----------
    name : str
        Name of the file, without its ending.
    referent : int64 array (items,)
        1 right, 0 wrong, `MISSING` where open or unsure.
    voice : int64 array (items,)
        Index into `VOICES`, or `MISSING`.
    unsure, absent : int
        Items of which the coder was not sure, and items that the file lacks or leaves open.
    context : mapping of str to (left, mention, right, question, note)
        As the file has them, by item.
    """

    name: str
    referent: IntArray
    voice: IntArray
    unsure: int
    absent: int
    context: Mapping[str, tuple[str, ...]]


def write_sample(sample: Sample, path: Path, coders: int = 2) -> list[Path]:
    """Write a sheet for each coder and the key: "sample-coder1.csv", ..., "sample-key.csv" for "sample.csv".

    Raises
    ------
    InputError
        One of the files is there already: it may hold a coder's work.
    """
    stem = path.with_suffix("") if path.suffix.lower() == ".csv" else path
    sheets = [stem.with_name(f"{stem.name}-coder{number}.csv") for number in range(1, coders + 1)]
    key = stem.with_name(f"{stem.name}-key.csv")
    for file in (*sheets, key):
        if file.exists():
            raise InputError(f"{file}: exists already, perhaps with a coder's work. Choose another name with -o.")
    stem.parent.mkdir(parents=True, exist_ok=True)
    content = encode_csv(sample.sheet)
    for file in sheets:
        write_bytes(file, content)
    write_bytes(key, encode_csv(sample.key))
    return [*sheets, key]


def read_key(path: str | Path) -> Key:
    """Read a key.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column or has a cell that no key has.
    """
    file = Path(path)
    rows = list(_read(file, tuple(KEY_COLUMNS)))
    items = [row["item"] for _, row in rows]
    numbers = {"stratum_size": [0] * len(rows), "stratum_drawn": [0] * len(rows)}
    for place, (line, row) in enumerate(rows):
        for name, values in numbers.items():
            if not row[name].isdecimal() or int(row[name]) < 1:
                raise InputError(
                    f"{file}:{line}: {name} is {row[name]!r}; it must be a whole number above 0. Use the key as it was "
                    "written."
                )
            values[place] = int(row[name])
        if row["task"] == "mention" and row["voice"] not in VOICES:
            raise InputError(f"{file}:{line}: voice is {row['voice']!r}; allowed are {', '.join(VOICES)}.")
    _check_once(items, file)
    if not rows:
        raise InputError(f"{file}: holds no item. Give the key that framing validate sample wrote.")
    text = [name for name, kind in KEY_COLUMNS.items() if str(kind) == "string" and name != "item"]
    return Key(
        tuple(items),
        {name: tuple(row[name] for _, row in rows) for name in text},
        np.array(numbers["stratum_size"], dtype=np.int64),
        np.array(numbers["stratum_drawn"], dtype=np.int64),
        file,
    )


def read_codes(path: str | Path, key: Key) -> Codes:
    """Read a coder's file, and check every cell.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, has an item twice or one that is not in the key, or an answer that is
        none of the allowed ones; with file and line.
    """
    file = Path(path)
    place = {item: number for number, item in enumerate(key.items)}
    referent = np.full(len(place), MISSING, dtype=np.int64)
    voice = referent.copy()
    context: dict[str, tuple[str, ...]] = {}
    seen: list[str] = []
    unsure = answered = 0
    for line, row in _read(file, NEEDED):
        item = row["item"].strip()
        if item not in place:
            raise InputError(
                f"{file}:{line}: item {item!r} is not in {key.path}. Give the key that belongs to this sample."
            )
        seen.append(item)
        said, heard = row["correct_referent"].strip().casefold(), row["voice"].strip().casefold()
        if said not in REFERENT_CELLS:
            raise InputError(
                f"{file}:{line}: correct_referent is {row['correct_referent']!r}; allowed are y, n, unsure, or "
                "nothing. Correct the cell."
            )
        if heard not in VOICES and heard not in UNSURE:
            raise InputError(
                f"{file}:{line}: voice is {row['voice']!r}; allowed are {', '.join(VOICES)}, unsure, or nothing. "
                "Correct the cell."
            )
        answer = REFERENT_CELLS[said]
        referent[place[item]] = MISSING if answer is None else answer
        voice[place[item]] = VOICES.index(heard) if heard in VOICES else MISSING
        unsure += said in ("unsure", "?") or heard in ("unsure", "?")
        answered += bool(said)
        context[item] = tuple(row.get(name, "") for name in ("left", "mention", "right", "question", "note"))
    _check_once(seen, file)
    return Codes(file.stem, referent, voice, int(unsure), len(place) - answered, context)


def _check_once(items: Sequence[str], file: Path) -> None:
    if len(set(items)) < len(items):
        twice = next(item for item in items if items.count(item) > 1)
        raise InputError(f"{file}: item {twice!r} stands there twice. Keep one row of it.")


def _read(file: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row). Spreadsheets save with semicolons or tabs too, and not always as UTF-8."""
    try:
        raw = file.read_bytes()
    except OSError as reason:
        raise InputError(f"{file}: cannot be read ({reason.strerror}).") from None
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    names = [name.strip() for name in next(reader, [])]
    missing = [name for name in needed if name not in names]
    if missing:
        raise InputError(
            f"{file}:1: there is no column {missing[0]!r}; found {', '.join(names[:12]) or 'nothing'}. "
            "Keep the first line as it was written."
        )
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = [*map(_unguard, row), *[""] * (len(names) - len(row))]
                yield reader.line_num, dict(zip(names, cells, strict=False))
    except csv.Error as reason:
        raise InputError(f"{file}:{reader.line_num}: is not valid CSV ({reason}).") from None


def _unguard(cell: str) -> str:
    """Take away the mark that `framing.store.guard` sets before what a spreadsheet would read as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell

"""The analysis folder: tables and manifest, written so that no reader ever sees half of one.

While a run goes on, the finished parts of the large tables lie in `.parts/`, each written under a temporary name and
renamed. At the end they become one Parquet file a table, again by renaming, and `run.json` is written last: a folder
with a `run.json` is whole.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from framing.errors import InputError, StoreError

LARGE = ("articles", "mentions", "voices", "counts", "headline_counts")
LATER = ("contrasts", "copies", "passages", "copy_pairs", "own_counts")
"""Large tables that are made from the others when all articles have been read."""
MODULE_TABLES = {"harms": "agency", "casualties": "casualties", "speakers": "sourcing"}
"""Large tables that are there only when their module ran."""
SMALL: Mapping[str, Mapping[str, str]] = {
    "measures": {
        "outlet": "string",
        "measure": "string",
        "value": "double",
        "low": "double",
        "high": "double",
        "n_articles": "int64",
        "numerator": "double",
        "denominator": "double",
        "status": "string",
    },
    "terms": {
        "outlet": "string",
        "lexicon": "string",
        "referent": "string",
        "term": "string",
        "label": "string",
        "voice": "string",
        "count": "int64",
        "articles": "int64",
        "share": "double",
        "low": "double",
        "high": "double",
        "per_1000": "double",
        "n_articles": "int64",
        "status": "string",
    },
    "coverage": {
        "outlet": "string",
        "lexicon": "string",
        "referent": "string",
        "articles": "int64",
        "mentioning": "int64",
        "share": "double",
        "low": "double",
        "high": "double",
        "event_articles": "int64",
        "event_mentioning": "int64",
        "event_share": "double",
        "event_low": "double",
        "event_high": "double",
        "n_events": "int64",
        "status": "string",
        "event_status": "string",
    },
    "sources": {
        "outlet": "string",
        "lexicon": "string",
        "referent": "string",
        "words": "int64",
        "articles": "int64",
        "share": "double",
        "low": "double",
        "high": "double",
        "n_articles": "int64",
        "status": "string",
    },
}
TABLES = (*LARGE, *LATER, *MODULE_TABLES, *SMALL)
MANIFEST = "run.json"
PARTS = ".parts"
LOCK = ".lock"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def write_bytes(path: Path, content: bytes | pa.Buffer, durable: bool = True) -> None:
    """Write a file so that it is there whole or not at all: temporary name, flush to disk, rename.

    Without `durable` the flush is left out: after a power cut a part is simply made again.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as reason:
        temporary.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: cannot be written ({reason.strerror}). Free some space or choose another folder."
        ) from reason


def guard(cell: str) -> str:
    """Keep a spreadsheet from reading a text cell as a formula: prefix ' where it starts with = + - @ tab CR or NUL.

    Negative numbers stay as they are (OWASP ASVS 1.2.10). NUL becomes U+FFFD, which no CSV reader stumbles over.
    """
    if cell.startswith(_FORMULA):
        try:
            float(cell)
        except ValueError:
            return "'" + cell.replace("\0", "\ufffd")
    return cell.replace("\0", "\ufffd")


def _unguard(cell: str) -> str:
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in (*_FORMULA, "\ufffd") else cell


def format_csv(table: pa.Table) -> str:
    """Return a table as CSV: text cells guarded, undefined numbers empty, floats in their shortest exact form."""
    text: str = encode_csv(table).to_pybytes().decode()
    return text


def encode_csv(table: pa.Table) -> pa.Buffer:
    """Return the same in UTF-8."""
    columns = [_csv_column(column) for column in table.columns]
    sink = pa.BufferOutputStream()
    sink.write((",".join(_quote(guard(name)) for name in table.column_names) + "\n").encode())
    options = csv.WriteOptions(include_header=False, quoting_style="needed")
    csv.write_csv(pa.table(columns, names=table.column_names), sink, options)
    return sink.getvalue()


def _csv_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_nan(column), None, column)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _each_distinct(column, guard)
    return column


def _each_distinct(column: pa.ChunkedArray, change: Callable[[str], str]) -> pa.ChunkedArray:
    """Apply a function to a text column, once for each distinct text."""
    encoded = column.combine_chunks().dictionary_encode()
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([changed.take(encoded.indices)]) if len(column) else column


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell


def format_json(table: pa.Table) -> str:
    """Return a table as a JSON array of objects; undefined and infinite numbers are null."""
    rows = [
        {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}
        for row in table.to_pylist()
    ]
    return json.dumps(rows, ensure_ascii=False, indent=None)


def _read_csv(path: Path, columns: Mapping[str, str]) -> pa.Table:
    with path.open(encoding="utf-8") as file:
        header = file.readline().rstrip("\n").split(",")
    if header != list(columns):
        raise StoreError(f"{path}:1: the columns are {header}; this version reads {list(columns)}. Analyse anew.")
    types = {name: _TYPES[kind] for name, kind in columns.items()}
    table = csv.read_csv(
        path,
        csv.ReadOptions(block_size=1 << 24),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=types, strings_can_be_null=False, null_values=[""]),
    )
    arrays = [
        _each_distinct(table[name], _unguard) if kind == "string" else pc.fill_null(table[name], _MISSING[kind])
        for name, kind in columns.items()
    ]
    return pa.table(arrays, names=list(columns))


_TYPES = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64()}
_MISSING = {"int64": 0, "double": math.nan}


class Writer:
    """Writes one analysis folder; a context manager.

    Parameters
    ----------
    folder : Path
        New or empty; a folder with a finished analysis, or with anything else in it, is refused.
    plan : mapping
        All that decides the parts besides the articles (versions, lexicon hashes, options). Parts left by a run that
        was killed are used again when their plan is equal, and thrown away otherwise.

    Raises
    ------
    InputError
        The folder holds something already.
    StoreError
        Another run is writing there, or the disk refuses.
    """

    def __init__(self, folder: Path, plan: Mapping[str, Any]) -> None:
        self.folder = folder
        self.parts = folder / PARTS
        self._plan = json.dumps(plan, sort_keys=True, ensure_ascii=False)
        self._made: list[Path] = []

    def __enter__(self) -> Writer:
        if self.folder.exists() and not self.folder.is_dir():
            raise InputError(f"{self.folder}: is a file. Give a new folder with -o.")
        if (self.folder / MANIFEST).exists():
            raise InputError(
                f"{self.folder}: holds a finished analysis. Choose another folder, or remove this one first."
            )
        if self.folder.is_dir() and any(p.name not in (PARTS, LOCK) for p in self.folder.iterdir()):
            raise InputError(f"{self.folder}: is not empty. Give a new folder with -o.")
        try:
            for path in (self.folder, *self.folder.parents):
                if path.exists():
                    break
                self._made.append(path)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.folder / LOCK, timeout=0)
            self._lock.acquire()
        except Timeout:
            raise StoreError(
                f"{self.folder}: another run is writing there. Wait for it, or choose another folder."
            ) from None
        except OSError as reason:
            raise StoreError(f"{self.folder}: cannot be made ({reason.strerror}). Choose another folder.") from reason
        try:
            self._prepare_parts()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def _prepare_parts(self) -> None:
        plan = self.parts / "plan.json"
        if plan.is_file() and plan.read_text(encoding="utf-8") != self._plan:
            shutil.rmtree(self.parts)
        self.parts.mkdir(exist_ok=True)
        for stray in self.parts.glob(".*.tmp"):
            stray.unlink()
        write_bytes(plan, self._plan.encode())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an error nothing may look like a result. After a kill or Ctrl-C the parts stay, so that the next run
        # resumes.
        if kind is None or issubclass(kind, Exception):
            shutil.rmtree(self.parts, ignore_errors=True)
        if kind is not None and issubclass(kind, Exception):
            for path in self.folder.glob("*"):
                if path.name != LOCK:
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        self._lock.release()
        if kind is None or issubclass(kind, Exception):
            (self.folder / LOCK).unlink(missing_ok=True)
        if kind is not None and issubclass(kind, Exception):
            for path in self._made:
                try:
                    path.rmdir()
                except OSError:
                    break

    def merge(self, count: int) -> None:
        """Turn the parts 0 ... count - 1 into one Parquet file a table, one row group a part."""
        names = [n for n in (*LARGE, *MODULE_TABLES) if part_path(self.parts, 0, n).is_file()]
        jobs = [
            ([part_path(self.parts, number, name) for number in range(count)], self.folder / f"{name}.parquet")
            for name in names
        ]
        with ThreadPoolExecutor(2) as pool:  # Arrow packs without holding the interpreter
            list(pool.map(lambda job: _merge(*job), jobs))

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest: from now on the analysis is whole."""
        shutil.rmtree(self.parts)
        text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1)
        write_bytes(self.folder / MANIFEST, text.encode() + b"\n")


def write_table(folder: Path, name: str, table: pa.Table) -> None:
    """Write one of the small tables."""
    columns = SMALL[name]
    if table.column_names != list(columns):
        raise StoreError(f"table {name} has the columns {table.column_names}, not {list(columns)}.")
    write_bytes(folder / f"{name}.csv", encode_csv(table))


def write_large(folder: Path, name: str, table: pa.Table) -> None:
    """Write one of the tables that are made when all articles have been read."""
    if name not in LATER:
        raise StoreError(f"no table {name!r} is made afterwards; there are {', '.join(LATER)}.")
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=1, write_statistics=False)
    write_bytes(folder / f"{name}.parquet", sink.getvalue())


def part_path(parts: Path, number: int, table: str) -> Path:
    """Return where one part of a table lies."""
    return parts / f"{number:06d}.{table}.arrow"


def write_part(parts: Path, number: int, digest: str, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of one batch, and behind them the digest of its articles: with that the part is whole."""
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        write_bytes(part_path(parts, number, name), sink.getvalue(), durable=False)
    write_bytes(parts / f"{number:06d}.digest", digest.encode(), durable=False)


def has_part(parts: Path, number: int, digest: str) -> bool:
    """Whether an earlier run finished this part from the same articles."""
    path = parts / f"{number:06d}.digest"
    return path.is_file() and path.read_text(encoding="utf-8") == digest


def _merge(paths: Sequence[Path], target: Path) -> None:
    tables = (pa.ipc.open_file(pa.memory_map(str(p))).read_all() for p in paths)
    schema = _unified_schema(paths)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        with pq.ParquetWriter(
            temporary, schema, compression="zstd", compression_level=1, write_statistics=False
        ) as writer:
            for table in tables:
                writer.write_table(_conform(table, schema))
        os.replace(temporary, target)
    except OSError as reason:
        temporary.unlink(missing_ok=True)
        raise StoreError(
            f"{target}: cannot be written ({reason.strerror}). Free some space or choose another folder."
        ) from reason


def _unified_schema(paths: Sequence[Path]) -> pa.Schema:
    """All columns of all parts: those of the first part, the free fields of the others put in order before `text`."""
    schemas = [pa.ipc.open_file(pa.memory_map(str(p))).schema for p in paths]
    fields = {field.name: field for schema in schemas for field in schema}
    fixed = [name for name in schemas[0].names if all(name in s.names for s in schemas)]
    free = sorted(set(fields) - set(fixed))
    place = fixed.index("text") if "text" in fixed else len(fixed)
    return pa.schema([fields[name] for name in (*fixed[:place], *free, *fixed[place:])])


def _conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    for field in schema:
        if field.name not in table.column_names:
            table = table.append_column(field, pa.array([""] * len(table), field.type))
    return table.select(schema.names).cast(schema)


class Folder:
    """A finished analysis folder, for reading. Tables are read when they are asked for.

    Raises
    ------
    InputError
        The folder holds no finished analysis.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        manifest = self.path / MANIFEST
        if not manifest.is_file():
            state = "holds no finished analysis" if self.path.is_dir() else "is no folder"
            raise InputError(f"{self.path}: {state} (no {MANIFEST}). Make one: framing analyse INPUT -o {self.path}")
        try:
            self.manifest: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        except (ValueError, OSError) as reason:
            raise StoreError(f"{manifest}: cannot be read ({reason}). Analyse anew.") from reason

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table; columns as in `docs/tables.md`.

        Raises
        ------
        InputError
            There is no table of that name.
        """
        if name not in TABLES:
            raise InputError(f"no table {name!r}; there are {', '.join(TABLES)}.")
        if name in LATER and not (self.path / f"{name}.parquet").is_file():
            raise InputError(
                f"{self.path}: table {name} is not there: the analysis was made without contrasts. Make it anew."
            )
        module = MODULE_TABLES.get(name)
        if module and not (self.path / f"{name}.parquet").is_file():
            raise InputError(
                f"{self.path}: table {name} is not there: the module {module} was not run. Analyse with it."
            )
        try:
            if name in SMALL:
                table = _read_csv(self.path / f"{name}.csv", SMALL[name])
                return table.select(columns) if columns else table
            return read_parquet(self.path, name, columns)
        except (OSError, pa.ArrowInvalid, ValueError) as reason:
            raise StoreError(f"{self.path}: table {name} cannot be read ({reason}). Analyse anew.") from reason

    def row_groups(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield a large table piece by piece, so that a long one needs little memory."""
        yield from read_row_groups(self.path, name, columns)


def read_row_groups(folder: Path, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Yield a large table piece by piece, also of an analysis that is not finished."""
    file = pq.ParquetFile(folder / f"{name}.parquet")
    for number in range(file.num_row_groups):
        yield file.read_row_group(number, columns=list(columns) if columns else None)


def read_parquet(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a large table, also of an analysis that is not finished."""
    return pq.read_table(folder / f"{name}.parquet", columns=list(columns) if columns else None)


def column_names(folder: Path, name: str) -> list[str]:
    """Return the columns of a large table."""
    return list(pq.read_schema(folder / f"{name}.parquet").names)


FORMATS: Mapping[str, Callable[[pa.Table], str]] = {"csv": format_csv, "json": format_json}


def lexicon_digest(lexicons: Mapping[str, str]) -> str:
    """Return one short hash for the lexicons of an analysis, for footers."""
    joined = "\n".join(f"{name} {sha}" for name, sha in sorted(lexicons.items()))
    return hashlib.sha256(joined.encode()).hexdigest()[:8]

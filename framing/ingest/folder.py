"""A folder: text files with one table of metadata, or tables of articles, or pages of one outlet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from framing.errors import InputError
from framing.ingest.accounts import FileRead
from framing.ingest.encoding import Decodings, is_packed, read_page
from framing.ingest.fields import Gap, Record, list_names, rename_columns, require_columns
from framing.ingest.single import Page, find_format
from framing.ingest.tables import Doubt, Found, Table, read_header, read_rows

# Where several tables name files, one of these is the metadata.
METADATA_NAMES = ("articles", "metadata")


@dataclass(frozen=True, slots=True)
class PagesWithMetadata:
    """Text files, and the table that says of each what it is (column `file`, paths relative to the folder)."""

    folder: Path
    metadata: Path
    mapping: Mapping[str, str]
    needs_outlet: bool
    chosen: bool = False  # the user named the table, and so knows that other tables are none of it

    def found(self, decodings: Decodings) -> Iterator[Found]:
        """Yield a page for each row, gaps for rows without file and files without row, and the account of every file.

        Raises
        ------
        InputError
            When the table is broken, names a file twice, or points out of the folder.
        """
        path, seen = self.metadata, set[str]()
        with decodings.open(path, newline="") as table:
            rows = read_rows(table, path, find_format(path) or "csv")
            _, header = next(rows)
            columns = rename_columns(header, self.mapping, str(path))
            require_columns(columns, ("file", "outlet") if self.needs_outlet else ("file",), str(path))
            for line, row in rows:
                values = dict(zip(columns, row, strict=True))
                place = f"{path}:{line}"
                name = check_inside(values["file"], place)
                if name in seen:
                    raise InputError(f"{place}: the file {name!r} has a row already. Remove one of them.")
                seen.add(name)
                yield from self._read(name, place, values, decodings)
        sha256, encoding, warning = decodings.of(path)
        yield FileRead(_name_in(self.folder, path), sha256, encoding.removesuffix("-sig"), warning)
        for name in list_files(self.folder):
            if name in seen or self.folder / name == path:
                continue
            if find_format(Path(name)) == "txt":
                yield Gap(str(self.folder / name), f"no row in {path.name}")
            elif find_format(Path(name)) is not None and not self.chosen:
                yield Doubt("files not read", f"{self.folder / name}: not read, since {path.name} names the articles.")

    def _read(self, name: str, place: str, values: dict[str, str], decodings: Decodings) -> Iterator[Found]:
        page = self.folder / name
        if not page.is_file():
            yield Gap(place, f"no such file: {name}" if name else "no file named")
            return
        try:
            text, (sha256, encoding, warning) = read_page(page, decodings.encoding, is_packed(page))
        except InputError as error:
            yield Gap(place, str(error))
            return
        yield Record(str(page), {**values, "text": text}, is_page=True)
        yield FileRead(name, sha256, encoding, warning)


@dataclass(frozen=True, slots=True)
class LoosePages:
    """Text files of one outlet, without metadata."""

    folder: Path
    names: tuple[str, ...]

    def found(self, decodings: Decodings) -> Iterator[Found]:
        """Yield each page and its account; a file that is no text is a gap."""
        for name in self.names:
            try:
                yield from Page(self.folder / name, name).found(decodings)
            except InputError as error:
                yield Gap(str(self.folder / name), str(error))


@dataclass(frozen=True, slots=True)
class LeftAside:
    """Files of a folder that are not read, and why."""

    paths: tuple[Path, ...]
    reason: str
    are_articles: bool

    def found(self, decodings: Decodings) -> Iterator[Found]:
        """Yield a gap for each file that looks like an article, a doubt for every other."""
        for path in self.paths:
            yield (
                Gap(str(path), self.reason) if self.are_articles else Doubt("files not read", f"{path}: {self.reason}")
            )


def list_files(folder: Path) -> list[str]:
    """Return the files under a folder as relative paths with slashes, in one order everywhere; hidden ones left out."""
    names = []
    for directory, inner, files in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in files:
            path = Path(directory, name)
            if not name.startswith(".") and path.is_file():
                names.append(path.relative_to(folder).as_posix())
    return sorted(names)


def check_inside(name: str, place: str) -> str:
    """Return a file name of a metadata table in plain form.

    Raises
    ------
    InputError
        When it leads out of the folder: metadata may come from anywhere, and must not name any file of the machine.
    """
    path = PurePosixPath(name.strip().replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":")) or "\0" in name:
        raise InputError(f"{place}: file {name!r} leads out of the folder. Give a path relative to the folder.")
    return path.as_posix() if path.parts else ""


def _name_in(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def read_folder(
    folder: Path,
    mapping: Mapping[str, str],
    outlet: str | None,
    metadata: Path | None,
    decodings: Decodings,
) -> list[PagesWithMetadata | LoosePages | LeftAside | Table]:
    """Find out what a folder holds.

    With metadata (given, or found: the one table in the folder with a column `file` and no text, or of several the
    one named articles or metadata) its rows are the articles. Without, every table with a text column is read, and
    text files if an outlet is given.

    Raises
    ------
    InputError
        When there is nothing to read, the metadata are not clear, or text files come without metadata and without
        outlet.
    """
    names = list_files(folder)
    file_column, text_column = mapping.get("file", "file"), mapping.get("text", "text")
    chosen = metadata is not None
    if metadata is None:
        metadata = _find_metadata(folder, names, file_column, text_column, decodings)
    if metadata is not None:
        mapping = {target: source for target, source in mapping.items() if target != "text"}
        return [PagesWithMetadata(folder, metadata, mapping, needs_outlet=outlet is None, chosen=chosen)]

    sources: list[PagesWithMetadata | LoosePages | LeftAside | Table] = []
    aside = []
    for name in names:
        format = find_format(folder / name)
        if format in ("jsonl", "json") or (
            format in ("csv", "tsv") and text_column in read_header(decodings, folder / name, format)
        ):
            sources.append(Table(folder / name, name, format, mapping, needs_outlet=outlet is None))
        elif format in ("csv", "tsv"):
            aside.append(folder / name)
    pages = tuple(name for name in names if find_format(folder / name) == "txt")
    if pages and outlet is not None:
        sources.append(LoosePages(folder, pages))
    elif pages and sources:
        reason = "a text file without metadata and without outlet (--outlet NAME)"
        sources.append(LeftAside(tuple(folder / name for name in pages), reason, are_articles=True))
    elif pages:
        raise InputError(
            f"{folder}: {len(pages)} text files without metadata. Add articles.csv with the columns file and outlet, "
            f"name it (--metadata FILE), or give one outlet for all (--outlet NAME)."
        )
    if not sources:
        found = list_names([name for name in names if "/" not in name])
        raise InputError(f"{folder}: no articles. Expected .txt, .csv, .tsv, .jsonl or .json files; found {found}.")
    if aside:
        sources.append(LeftAside(tuple(aside), f"not read; it has no column {text_column!r}.", are_articles=False))
    return sources


def _find_metadata(
    folder: Path, names: list[str], file_column: str, text_column: str, decodings: Decodings
) -> Path | None:
    tables = []
    for name in names:
        format = find_format(folder / name)
        if "/" not in name and format in ("csv", "tsv"):
            try:
                columns = read_header(decodings, folder / name, format)
            except InputError:
                if _is_named_metadata(name):
                    raise
                continue  # a broken table beside the articles is their concern only if they are in it
            if file_column in columns and text_column not in columns:
                tables.append(folder / name)
    if len(tables) > 1:
        named = [path for path in tables if _is_named_metadata(path.name)]
        if len(named) != 1:
            found = list_names([path.name for path in tables])
            raise InputError(
                f"{folder}: several tables have a column {file_column!r}: {found}. "
                f"Say which one describes the articles (--metadata FILE), or call it articles.csv."
            )
        tables = named
    return tables[0] if tables else None


def _is_named_metadata(name: str) -> bool:
    return name.split(".")[0].lower() in METADATA_NAMES

"""One page in one text file, and standard input of any format."""

from __future__ import annotations

import sys
import tempfile
import weakref
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from framing.errors import InputError
from framing.ingest.accounts import FileRead
from framing.ingest.encoding import CHUNK, Decodings, is_packed, read_page
from framing.ingest.fields import Gap, Record
from framing.ingest.tables import Found, Table, read_header

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".json": "json",
    ".txt": "txt",
    ".text": "txt",
}
STANDARD_INPUT = "standard input"

FORMATS = ("csv", "tsv", "jsonl", "json", "txt")


@dataclass(frozen=True, slots=True)
class Page:
    """A text file that holds one article."""

    path: Path
    name: str

    def found(self, decodings: Decodings) -> Iterator[Found]:
        """Yield the page, then the account of the file.

        Raises
        ------
        InputError
            When it cannot be read as text.
        """
        text, (sha256, encoding, warning) = read_page(self.path, decodings.encoding, is_packed(self.path))
        yield Record(str(self.path), {"text": text}, is_page=True)
        yield FileRead(self.name, sha256, encoding, warning)


def find_format(path: Path) -> str | None:
    """Return the format that a file name announces ("articles.csv.gz": "csv"), or None."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


class Spool:
    """Standard input kept in a temporary file, which goes when the spool does, so that it can be read again."""

    def __init__(self, stream: BinaryIO | None = None) -> None:
        stream = stream or sys.stdin.buffer
        with tempfile.NamedTemporaryFile(prefix="framing-input-", delete=False) as copy:
            self.path = Path(copy.name)
            self._finalizer = weakref.finalize(self, self.path.unlink, missing_ok=True)
            while chunk := stream.read(CHUNK):
                copy.write(chunk)


@dataclass(frozen=True, slots=True, eq=False)
class StandardInput:
    """What came in on standard input; errors call it "standard input"."""

    source: Table | Page
    spool: Spool

    def found(self, decodings: Decodings) -> Iterator[Found]:
        """Yield what the table or page yields.

        Raises
        ------
        InputError
            As the table or page does.
        """
        path = str(self.spool.path)
        try:
            for item in self.source.found(decodings):
                # The name of the temporary file says nothing to the user and would differ from run to run.
                if isinstance(item, Record | Gap):
                    item = item._replace(place=item.place.replace(path, STANDARD_INPUT))
                elif isinstance(item, FileRead):
                    item = item._replace(warning=item.warning.replace(path, STANDARD_INPUT))
                yield item
        except InputError as error:
            raise InputError(str(error).replace(path, STANDARD_INPUT)) from None


def read_standard_input(
    spool: Spool, format: str | None, mapping: Mapping[str, str], outlet: str | None, decodings: Decodings
) -> StandardInput:
    """Find out what standard input holds; strictly, unless `format` says it.

    JSON begins with { or [ and is then read as such; a delimited table has a header with the needed columns; anything
    else is a page, which needs an outlet.

    Raises
    ------
    InputError
        When it is empty, or none of these.
    """
    path = spool.path
    head = _head(path)
    if not head.strip():
        raise InputError("standard input: empty. Pipe in JSONL, a CSV table or a text.")
    if format is None:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start[:1] == b"{":
            format = "jsonl"
        elif start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]", b""):
            format = "json"
        else:
            format = _sniff_table(path, mapping, outlet, decodings)
    if format is None:
        if outlet is None:
            raise InputError(
                "standard input: neither JSON nor a table with the columns outlet and text. For a plain text, "
                "name its outlet (--outlet NAME); for a table, say which column is which (--map text=COLUMN)."
            )
        format = "txt"
    source = (
        Page(path, STANDARD_INPUT)
        if format == "txt"
        else Table(path, STANDARD_INPUT, format, mapping, needs_outlet=outlet is None)
    )
    return StandardInput(source, spool)


def _sniff_table(path: Path, mapping: Mapping[str, str], outlet: str | None, decodings: Decodings) -> str | None:
    needed = {mapping.get("text", "text")} | (set() if outlet else {mapping.get("outlet", "outlet")})
    try:
        columns = read_header(decodings, path, "csv")
    except InputError:
        return None
    # A page that consists of the one word "text" is no table.
    return "csv" if needed <= set(columns) and len(columns) > 1 else None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(1 << 12)
    if not is_packed(path):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 1 << 12)
    except zlib.error:
        return head

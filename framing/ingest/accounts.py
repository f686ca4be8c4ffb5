"""What was read, skipped, removed and doubted: the account that a reading leaves behind."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

# Doubts of one kind that are told one by one; the rest are only counted, so that a table of a million odd dates
# makes neither a million lines nor a million strings in memory.
SHOWN_PER_KIND = 20

# Removals held in memory before they are moved to a temporary file.
REMOVALS_IN_MEMORY = 2_000


class FileRead(NamedTuple):
    """One input file: its name inside the input, SHA-256 of its bytes, encoding, and a doubt about it or ""."""

    name: str
    sha256: str
    encoding: str
    warning: str


class Skipped(NamedTuple):
    """Something that was found and not turned into an article, with the reason."""

    where: str
    reason: str


class Removed(NamedTuple):
    """A line, or the start of one, that cleaning took out. `line` counts from 1 in the text as given."""

    article_id: str
    rule: str
    line: int
    text: str


class RemovalLog:
    """Every removal of a reading, in order; long logs lie in a temporary file, so memory stays bounded.

    Iterates over `Removed`, has a length, equals a list with the same rows, and can be pickled.
    """

    def __init__(self, rows: Iterable[Removed] = ()) -> None:
        self._recent: list[Removed] = []
        self._file: IO[str] | None = None
        self._length = 0
        self.by_rule: Counter[str] = Counter()
        self.extend(rows)

    def extend(self, rows: Iterable[Removed]) -> None:
        """Add rows at the end."""
        for row in rows:
            self._recent.append(row)
            self._length += 1
            self.by_rule[row.rule] += 1
        if len(self._recent) >= REMOVALS_IN_MEMORY:
            self._spill()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 (lives as long as the log)
        self._file.seek(0, 2)
        self._file.writelines(json.dumps(row) + "\n" for row in self._recent)
        self._recent = []

    def __iter__(self) -> Iterator[Removed]:
        if self._file is not None:
            position = 0
            while True:  # seek on every line: two iterations may run at once over the one file
                self._file.seek(position)
                line = self._file.readline()
                if not line:
                    break
                position = self._file.tell()
                yield Removed(*json.loads(line))
        yield from list(self._recent)

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RemovalLog | list):
            return list(self) == list(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"RemovalLog({self._length} removals: {dict(self.by_rule)})"

    def __getstate__(self) -> dict[str, Any]:
        return {"rows": list(self)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["rows"])  # type: ignore[misc]


@dataclass(slots=True)
class ReadReport:
    """The account of one complete reading.

    Attributes
    ----------
    files : list of FileRead
        One per file, in reading order.
    read : int
        Articles found; always `yielded + len(skipped)`.
    yielded : int
        Articles handed on.
    skipped : list of Skipped
        What was found but not handed on, each with its reason.
    removed : RemovalLog
        What cleaning took out.
    warnings : list of str
        Doubts: encodings, dates, unusable characters, files left aside. At most 20 of a kind, then a count.
    """

    files: list[FileRead] = field(default_factory=list)
    read: int = 0
    yielded: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    removed: RemovalLog = field(default_factory=RemovalLog)
    warnings: list[str] = field(default_factory=list)
    _kinds: Counter[str] = field(default_factory=Counter, repr=False)

    def skip(self, where: str, reason: str) -> None:
        """Count something as read and skipped."""
        self.read += 1
        self.skipped.append(Skipped(where, reason))

    def warn(self, kind: str, message: str) -> None:
        """Note a doubt; after 20 of one kind only the number grows."""
        self._kinds[kind] += 1
        if self._kinds[kind] <= SHOWN_PER_KIND:
            self.warnings.append(message)

    def close(self) -> None:
        """Say how many doubts of each kind were not told one by one."""
        for kind, count in sorted(self._kinds.items()):
            if count > SHOWN_PER_KIND:
                self.warnings.append(f"{kind}: {count - SHOWN_PER_KIND} more like these ({count} in all)")

"""What all dictionary formats share: nested categories, terms with wildcards, weights, a record of what was lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from framing.errors import InputError
from framing.formats.report import Findings
from framing.ingest.encoding import check_encoding, find_mark, is_utf8, open_binary, read_page
from framing.lexicon import Lexicon

MAX_BYTES = 32 << 20  # the largest published word lists have some 5 MB
MAX_ENTRIES = 1_000_000  # also bounds the forms that a hostile lexicon folder expands to
OWN = "__"  # key of the terms that a category holds beside its inner categories, in quanteda files
MAX_NAME = 200  # characters of one category name
MAX_DEPTH = 20  # categories inside categories; LIWC 2015 has five levels
_NOT_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True, slots=True)
class Group:
    """A category. `path` names it and the categories around it, outermost first."""

    path: tuple[str, ...]
    label: str = ""

    @property
    def key(self) -> str:
        """The path joined by full stops, as quanteda flattens it."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a category.

    Attributes
    ----------
    term : str
        Words separated by single spaces; the dictionary's `wildcards` stand for other letters.
    category : str
        Key of `Dictionary.groups`.
    weight : float
        nan where the source gives none: the term belongs to the category, no more.
    """

    term: str
    category: str
    weight: float = math.nan


@dataclass
class Dictionary:
    """A dictionary, whatever file it came from.

    Attributes
    ----------
    name, origin : str
        Stem of the source file, and a line that names the file, its format and its hash.
    encoding : str
    wildcards : str
        "*" (any letters) or "*?" (? is one letter); other signs are themselves.
    groups : dict of str to Group
        By key.
    findings : Findings
        What the source held and `entries` do not.
    lexicon : Lexicon or None
        The whole lexicon, where the source is a lexicon folder.
    meaning : str
        What the weights mean, where the format says it.
    """

    name: str
    origin: str = ""
    encoding: str = "utf-8"
    wildcards: str = "*"
    groups: dict[str, Group] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    lexicon: Lexicon | None = None
    meaning: str = ""
    _entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    @property
    def entries(self) -> list[Entry]:
        """All entries, in source order."""
        return list(self._entries.values())

    @property
    def weighs(self) -> bool:
        """Whether any entry has a weight."""
        return any(not math.isnan(e.weight) for e in self._entries.values())

    def enter_group(self, path: tuple[str, ...], where: str, label: str = "") -> str:
        """Enter a category unless it is known, and return its key.

        Raises
        ------
        InputError
            A name is empty, too long or holds control characters, or two different paths have the same key.
        """
        for name in path:
            if not name or len(name) > MAX_NAME or not name.isprintable() or name == OWN:
                raise InputError(
                    f"{where}: category name {name[:MAX_NAME]!r}: names have 1 to {MAX_NAME} printable characters "
                    f"and are not {OWN}. Rename the category."
                )
        if len(path) > MAX_DEPTH:
            raise InputError(f"{where}: categories nested more than {MAX_DEPTH} deep. Nest them less.")
        group = Group(path, label)
        known = self.groups.setdefault(group.key, group)
        if known.path != path:
            raise InputError(
                f"{where}: category {' > '.join(path)!r} and category {' > '.join(known.path)!r} would both be called "
                f"{group.key!r}. Rename one of them."
            )
        return group.key

    def add(self, term: str, category: str, weight: float = math.nan, where: str = "") -> None:
        """Add a term to a category; the first of several wins.

        Raises
        ------
        InputError
            There are more than `MAX_ENTRIES`.
        """
        term = " ".join(term.split())
        known = self._entries.setdefault((category, term.casefold()), entry := Entry(term, category, weight))
        if known is not entry:
            same = known.weight == weight or (math.isnan(known.weight) and math.isnan(weight))
            self.findings.add("duplicate" if same else "conflict", f"{term} ({category})")
        elif len(self._entries) > MAX_ENTRIES:
            raise InputError(f"{where}: more than {MAX_ENTRIES:,} entries. Split the dictionary.")

    def weigh(self, weights: Mapping[str, float]) -> None:
        """Give all terms of a category the same weight, by its key."""
        self._entries = {k: replace(e, weight=weights[e.category]) for k, e in self._entries.items()}

    def empty_groups(self) -> list[str]:
        """Return the keys of categories that hold neither terms nor other categories."""
        used = {e.category for e in self._entries.values()}
        parents = {g.path[:n] for g in self.groups.values() for n in range(1, len(g.path))}
        return [key for key, group in self.groups.items() if key not in used and group.path not in parents]

    def by_term(self) -> dict[str, list[Entry]]:
        """Return the entries by term (case-folded), in source order."""
        found: dict[str, list[Entry]] = {}
        for entry in self._entries.values():
            found.setdefault(entry.term.casefold(), []).append(entry)
        return found

    def check_wildcards(self, findings: Findings, allowed: str) -> list[Entry]:
        """Return the entries whose wildcards a target format has; the others go to `findings`."""
        kept = []
        for entry in self._entries.values():
            if any(w in entry.term for w in self.wildcards if w not in allowed):
                findings.add("wildcard", f"{entry.term} ({entry.category})")
            elif any(w in entry.term for w in allowed if w not in self.wildcards):
                findings.add("literal-wildcard", f"{entry.term} ({entry.category})")
            else:
                kept.append(entry)
        return kept

    def drop_labels(self, findings: Findings) -> None:
        """Note the labels that a target format has no place for."""
        for group in self.groups.values():
            if group.label:
                findings.add("label", f"{group.key}: {group.label}")


def split_key(key: str) -> tuple[str, ...]:
    """Return the path of a flattened key: "affect.anger" is anger inside affect."""
    parts = tuple(key.split("."))
    return parts if len(parts) <= MAX_DEPTH and all(p and p == p.strip() for p in parts) else (key,)


def read_text(path: Path, format_name: str, encoding: str | None = None) -> tuple[str, Dictionary]:
    """Read a dictionary file whole, and start the dictionary that it fills.

    Raises
    ------
    InputError
        It cannot be read, is no text, or is larger than `MAX_BYTES`.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the name.") from None
    if size > MAX_BYTES:
        raise InputError(f"{path}: {size >> 20} MB; a dictionary may have {MAX_BYTES >> 20} MB. Split it.")
    guess = None if encoding else _guess_western(path)
    text, decoding = read_page(path, check_encoding(encoding or guess))
    name, stem = (part.encode("utf-8", "replace").decode() for part in (path.name, path.stem))  # no lone surrogates
    dictionary = Dictionary(stem, f"{name} ({format_name}, SHA-256 {decoding.sha256[:16]})", encoding=decoding.encoding)
    if guess or decoding.warning:
        dictionary.findings.add("encoding", decoding.encoding)
    return text, dictionary


def _guess_western(path: Path) -> str | None:
    """Return cp1252 (or Latin-1) for a file of mostly ASCII that is not UTF-8.

    A list of English words with a few accents is too little for a guess by statistics, and those in circulation are
    Latin-1, of which cp1252 is the printable superset; in other scripts most bytes are high.
    """
    with open_binary(path) as file:
        data = file.read()
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if find_mark(data) or is_utf8(data) or b"\0" in data or high >= 0.2 * len(data):
        return None
    return "latin-1" if set(data) & _NOT_CP1252 else "cp1252"


def read_weight(cell: str, where: str) -> float:
    """Read a weight.

    Raises
    ------
    InputError
        It is no finite number.
    """
    try:
        weight = float(cell)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight):
        raise InputError(f"{where}: weight {cell[:40]!r} is not a finite number. Correct it, or leave the cell empty.")
    return weight


def write_weight(weight: float) -> str:
    """Write a weight so that reading it gives the same number; 2.0 as "2"."""
    return str(int(weight)) if weight == int(weight) and abs(weight) < 1e15 else repr(weight)

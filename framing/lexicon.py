"""Lexicons: folders of plain data that say which words name or mark what, how they are weighted, and on whose
authority.

A lexicon is a folder with `lexicon.toml`, `terms.csv` and `examples.csv`; see `docs/lexicons.md`. Nothing here is
special to one lexicon: scales, sources and senses live in the folder.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

from framing.errors import LexiconError
from framing.text import CLITIC, WORD, tokenise

BASES = ("source", "judgement", "tradition")
LEXICON_FILES = ("lexicon.toml", "terms.csv", "examples.csv")
TERM_COLUMNS = ["category", "term", "weight", "basis", "source", "note"]
EXAMPLE_COLUMNS = ["text", "category", "expected"]
MAX_EXPANSIONS = 4096  # keeps "(a|b)(a|b)(a|b)..." from a hostile lexicon small
ANY_NAME = "<Name>"
MAX_WORDS = 12  # longer names are not found in news; bounds the work per token
_SETTLED = 2.0  # seconds after which a change of a file surely shows in its time
_MARKS = re.compile(r"[()]|\s+")
_BRACKET = re.compile(r"[()]")
_FLAT = re.compile(r"[^()|]*(?:\([^()]*\)[^()|]*)*")

KINDS = (
    "armed-group",
    "group-name",
    "government",
    "forces",
    "leader",
    "conflict",
    "event",
    "harm",
    "migrants",
    "policy",
    "side",
    "object",
    "crowd",
    "process",
    "territory",
    "people",
    "role",
    "belief",
    "other",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a lexicon: a pattern and what it means.

    Attributes
    ----------
    pattern : str
        Words as written, e.g. "foreign-sponsored militan(cy|ts)"; see `expand`.
    category : str
        What it names or marks, e.g. "armed-opposition" or "hedge".
    weight : float
        Position on the lexicon's scale; nan for a blocker, which only hides shorter matches.
    basis : str
        "source", "judgement" or "tradition".
    source : str
        Key into `Lexicon.sources`, or "".
    note : str
    line : int
        Line of `terms.csv`.
    """

    pattern: str
    category: str
    weight: float
    basis: str = "judgement"
    source: str = ""
    note: str = ""
    line: int = 0

    @property
    def blocker(self) -> bool:
        """Whether the term only hides shorter matches."""
        return math.isnan(self.weight)


@dataclass(frozen=True, slots=True)
class Category:
    """What a group of terms names or marks; in naming lexicons, a referent.

    Attributes
    ----------
    key, label : str
    kind : str
        For naming: one of `KINDS`; else "".
    topic : tuple of str
        Patterns of which the article must hold `topic_min` mentions (proportionally fewer, but two at least, where it
        is shorter than 400 words); empty for no gate.
    scale : str
        "stance" (direction toward the named party) or "severity" (softened to intensified).
    """

    key: str
    label: str
    kind: str = ""
    topic: tuple[str, ...] = ()
    topic_min: int = 1
    scale: str = "stance"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a judgement comes from."""

    citation: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the mentions that the lexicon must find in it."""

    text: str
    category: str
    expected: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something lint has to say about a lexicon."""

    where: str
    severity: str  # "error" or "warning"
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A checked lexicon.

    Attributes
    ----------
    name, module : str
        Folder name, and the scoring module that it serves.
    scale : (float, float)
    sha256 : str
        Over the three files, so that a result can name the lexicon that made it.
    """

    name: str
    module: str
    title: str
    language: str
    version: str
    licence: str
    scale: tuple[float, float]
    scale_meaning: str
    categories: Mapping[str, Category]
    terms: tuple[Term, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    description: str = ""
    sha256: str = ""
    path: Path | None = None

    def __repr__(self) -> str:
        return f"Lexicon({self.module}/{self.name}: {len(self.categories)} categories, {len(self.terms)} terms)"

    def of_category(self, category: str) -> list[Term]:
        """Return the terms of one category, blockers left out."""
        return [t for t in self.terms if t.category == category and not t.blocker]


class PatternWord(NamedTuple):
    """One word of an expanded pattern.

    `kind` is "word" (any case), "case" (exactly so), "prefix" (any ending, any case) or "name" (any capitalised word).
    """

    kind: str
    text: str


def expand_alternatives(pattern: str) -> list[str]:
    """Write out the groups of a pattern: "(a|b)" alternatives, "(s)" optional.

    Raises
    ------
    LexiconError
        Unbalanced brackets, groups nested more than three deep, or more than `MAX_EXPANSIONS` forms.
    """
    return list(dict.fromkeys(" ".join(f.split()) for f in _expand_whole(pattern)))


def _expand_whole(pattern: str) -> list[str]:
    if _FLAT.fullmatch(pattern):
        return _expand_flat(pattern)
    forms, rest = _expand_group(pattern, 0, pattern, depth=0)
    if rest != len(pattern):
        raise LexiconError(f"pattern {pattern!r} closes a bracket that it never opened. Correct the brackets.")
    return forms


def _expand_flat(pattern: str) -> list[str]:
    """Expand a pattern whose groups hold no groups, as nearly all do."""
    forms = [""]
    for number, piece in enumerate(_BRACKET.split(pattern)):
        if number % 2 == 0:
            forms = [form + piece for form in forms] if piece else forms
            continue
        inner = piece.split("|") if "|" in piece else [piece, ""]  # "(s)": with it or without
        forms = [form + choice for form in forms for choice in inner]
        if max(len(forms), len(inner)) > MAX_EXPANSIONS:
            raise LexiconError(f"pattern {pattern!r} has more than {MAX_EXPANSIONS} forms. Write it as several rows.")
    return forms


def _expand_group(text: str, position: int, pattern: str, depth: int) -> tuple[list[str], int]:
    """Expand from `position` to the end of the group; returns the forms and the position of what ends it."""
    if depth > 3:
        raise LexiconError(f"pattern {pattern!r} nests brackets more than three deep. Write it as several rows.")
    alternatives: list[str] = []
    current = [""]
    bars = 0
    while position < len(text) and text[position] != ")":
        character = text[position]
        if character == "(":
            inner, position = _expand_group(text, position + 1, pattern, depth + 1)
            if position >= len(text):
                raise LexiconError(f"pattern {pattern!r} opens a bracket that it never closes. Correct the brackets.")
            current = [a + b for a in current for b in inner]
            if len(current) > MAX_EXPANSIONS:
                raise LexiconError(
                    f"pattern {pattern!r} has more than {MAX_EXPANSIONS} forms. Write it as several rows."
                )
        elif character == "|":
            if depth == 0:
                raise LexiconError(f"pattern {pattern!r} has | outside brackets. Write (a|b), or two rows.")
            alternatives.extend(current)
            current = [""]
            bars += 1
        else:
            current = [a + character for a in current]
        position += 1
    alternatives.extend(current)
    if depth and not bars:
        alternatives.append("")  # "(s)": with it or without
    if len(alternatives) > MAX_EXPANSIONS:
        raise LexiconError(f"pattern {pattern!r} has more than {MAX_EXPANSIONS} forms. Write it as several rows.")
    return alternatives, position


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place of a pattern: what stands between two spaces outside its brackets.

    Attributes
    ----------
    choices : tuple of tuple of PatternWord
        The word sequences that may stand there, without repetitions; an empty one where the place may stay empty.
    forms : int
        How many there are with repetitions, as `MAX_EXPANSIONS` counts them.
    shortest, longest : int
        Words of the shortest and of the longest choice.
    """

    choices: tuple[tuple[PatternWord, ...], ...]
    forms: int
    shortest: int
    longest: int


@lru_cache(maxsize=1 << 17)  # read once to check a lexicon and once to compile it
def read_places(pattern: str) -> tuple[Place, ...]:
    """Read a pattern without writing it out: its forms are all ways of making one choice at each place.

    See `expand` for what a pattern may hold. A pattern of a thousand forms has perhaps thirty choices, so this is the
    way to check or to compile many patterns.

    Raises
    ------
    LexiconError
        See `expand`.
    """
    try:
        places = tuple(map(_read_place, _split_places(pattern)))
    except LexiconError:
        _expand_whole(pattern)  # says what is wrong with the whole pattern, not with a piece of it
        raise
    except ValueError as reason:
        raise LexiconError(f"pattern {pattern!r}: {reason}") from None
    if math.prod([place.forms for place in places]) > MAX_EXPANSIONS:
        raise LexiconError(f"pattern {pattern!r} has more than {MAX_EXPANSIONS} forms. Write it as several rows.")
    if not any([place.shortest for place in places]):
        raise LexiconError(f"pattern {pattern!r} has a form without any word. Give it a word, or remove the row.")
    words = sum([place.longest for place in places])
    if words > MAX_WORDS:
        raise LexiconError(f"pattern {pattern!r} has {words} words in a row; {MAX_WORDS} are allowed. Shorten it.")
    return places


def _split_places(pattern: str) -> list[str]:
    """Split a pattern at the spaces outside its brackets."""
    if "(" not in pattern:
        return pattern.split()
    pieces: list[str] = []
    depth = first = 0
    for mark in _MARKS.finditer(pattern):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth -= 1
        elif not depth:
            pieces.append(pattern[first : mark.start()])
            first = mark.end()
    pieces.append(pattern[first:])
    return [piece for piece in pieces if piece]


@lru_cache(maxsize=1 << 16)  # the patterns of a lexicon share most of their places
def _read_place(piece: str) -> Place:
    forms = _expand_whole(piece)
    choices = tuple(dict.fromkeys(map(_read_form, forms)))
    lengths = list(map(len, choices))
    return Place(choices, len(forms), min(lengths), max(lengths))


def _read_form(form: str) -> tuple[PatternWord, ...]:
    words = form.split()
    return _read_word(words[0]) if len(words) == 1 else tuple(chain.from_iterable(map(_read_word, words)))


def expand(pattern: str) -> tuple[tuple[PatternWord, ...], ...]:
    """Write a pattern out as literal word sequences.

    Words stand between spaces or hyphens (a hyphen in the pattern matches a space in the text, and the reverse);
    "(s)" is optional, "(a|b)" are alternatives, "jihadi*" takes any ending, "=Word" is case-sensitive, "<Name>" is
    any capitalised word, possessive endings are ignored.

    Returns
    -------
    tuple of tuple of PatternWord
        Without repetitions, at most `MAX_EXPANSIONS`.

    Raises
    ------
    LexiconError
        The pattern is empty, badly bracketed, too large, or holds inner punctuation, which never matches.
    """
    choices = [place.choices for place in read_places(pattern)]
    if len(choices) == 1:
        return choices[0]
    return tuple(dict.fromkeys(tuple(chain.from_iterable(made)) for made in product(*choices)))


@lru_cache(maxsize=1 << 16)  # the forms of one pattern share most of their words
def _read_word(written: str) -> tuple[PatternWord, ...]:
    if written.isascii() and written.isalpha():  # most words; what follows says the same of them
        return (PatternWord("word", written.lower()),)
    if written == ANY_NAME:
        return (PatternWord("name", ANY_NAME),)
    exact = written.startswith("=")
    bare = written.removeprefix("=")
    prefix = bare.endswith("*")
    bare = bare.removesuffix("*")
    if "*" in bare or "=" in bare:
        raise ValueError(f"* may stand only at the end of a word and = only at its start. Correct {written!r}.")
    if prefix and exact:
        raise ValueError(f"{written!r} is both case-sensitive and open-ended. Use one of them.")
    tokens = tokenise(bare)
    kept = [i for i, (_, _, _, flags, _) in enumerate(tokens) if flags & WORD and not flags & CLITIC]
    if kept and any(not tokens[i][3] & WORD and tokens[i][0] not in "[]" for i in range(kept[0], kept[-1])):
        raise ValueError(f"the punctuation inside {written!r} never matches. Use spaces or hyphens between words.")
    words = []
    for place in kept:
        text = tokens[place][0]
        if prefix and place == kept[-1]:
            words.append(PatternWord("prefix", text.casefold()))
        else:
            words.append(PatternWord("case", text) if exact else PatternWord("word", text.casefold()))
    return tuple(words)


def lexicon_root() -> Path:
    """Return the folder of the lexicons that come with the program.

    Installed, they lie inside the package; in a checkout, at its top.
    """
    inside = Path(__file__).parent / "data" / "lexicons"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "lexicons"


def list_lexicons(module: str | None = None) -> list[Path]:
    """Return the folders of the lexicons that come with the program, sorted by module and name."""
    root = lexicon_root()
    modules = [root / module] if module else sorted(p for p in root.iterdir() if p.is_dir())
    return [p for m in modules if m.is_dir() for p in sorted(m.iterdir()) if (p / "lexicon.toml").is_file()]


def find_lexicon(name: str | Path, module: str = "naming") -> Path:
    """Return the folder of a lexicon given by path, by name ("syria") or by module and name ("naming/syria").

    Raises
    ------
    LexiconError
        There is none of that name; the message lists those there are.
    """
    of_others = [p for p in list_lexicons() if p.name == str(name)]
    for path in (Path(name), lexicon_root() / module / str(name), lexicon_root() / str(name), *of_others[:1]):
        if (path / "lexicon.toml").is_file():
            return path
    known = ", ".join(p.name for p in list_lexicons(module))
    raise LexiconError(f"no lexicon {str(name)!r}: neither a folder with a lexicon.toml nor one of: {known}.")


def read_lexicons(names: Iterable[str | Path] | None = None, module: str = "naming") -> list[Lexicon]:
    """Read several lexicons, by default all of a module that come with the program."""
    paths = list_lexicons(module) if names is None else [find_lexicon(n, module) for n in names]
    lexicons = [read_lexicon(p) for p in dict.fromkeys(paths)]
    check_names(lexicons)
    return lexicons


def check_names(lexicons: Iterable[Lexicon]) -> None:
    """Raise LexiconError when two lexicons of one module have the same name."""
    seen: dict[tuple[str, str], Path | None] = {}
    for lexicon in lexicons:
        key = lexicon.module, lexicon.name
        if key in seen:
            raise LexiconError(
                f"two lexicons are called {lexicon.name!r}: {seen[key]} and {lexicon.path}. Rename one folder."
            )
        seen[key] = lexicon.path


def known_languages(lexicons: Iterable[Lexicon]) -> list[str]:
    """Return the languages that lexicons are for, as primary subtags ("en"), sorted; none for no restriction.

    A lexicon whose language is not known ("und", as a converted file without one) restricts nothing.
    """
    known = {primary_language(x.language) for x in lexicons if x.language}
    return [] if known & {"und", "mul"} else sorted(known)


def primary_language(tag: str) -> str:
    """Return the primary subtag of a language tag: "en" of "en-GB", "en_US", "ENG" and "English"."""
    first = tag.strip().replace("_", "-").split("-")[0].casefold()
    return {"eng": "en", "english": "en"}.get(first, first)


def is_covered(language: str, known: Sequence[str]) -> bool:
    """Whether a text in that language can be scored: always where its language is not given, or nothing is known of
    the lexicons'."""
    return not language.strip() or not known or primary_language(language) in known


def read_lexicon(path: str | Path) -> Lexicon:
    """Read and check a lexicon folder.

    Raises
    ------
    LexiconError
        The first error, with its place, and how many more there are. Warnings do not raise; see `check_lexicon`.
    """
    folder = Path(path)
    stamp = _stamp(folder)
    return _read_sound(folder) if stamp is None else _read_once(folder, stamp)


def _stamp(folder: Path) -> tuple[tuple[int, ...], ...] | None:
    """Return what tells one state of a lexicon's files from another; None while it cannot be told."""
    try:
        states = [(folder / name).stat() for name in LEXICON_FILES]
    except OSError:
        return None
    if max(s.st_mtime for s in states) > time.time() - _SETTLED:
        return None
    return tuple((s.st_mtime_ns, s.st_size, s.st_ino) for s in states)


@lru_cache(maxsize=256)
def _read_once(path: Path, _: tuple[tuple[int, ...], ...]) -> Lexicon:
    return _read_sound(path)


def _read_sound(path: Path) -> Lexicon:
    lexicon, problems = check_lexicon(path)
    refuse_errors(problems, f": framing lexicon lint {path}")
    assert lexicon is not None
    return lexicon


def refuse_errors(problems: Sequence[Problem], more: str = "") -> None:
    """Raise the first error among problems, and say how many more there are, and with `more` where.

    Raises
    ------
    LexiconError
    """
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        rest = f" ({len(errors) - 1} more{more})" if len(errors) > 1 else ""
        raise LexiconError(f"{errors[0]}{rest}")


def check_lexicon(path: str | Path) -> tuple[Lexicon | None, list[Problem]]:
    """Read a lexicon folder and collect everything that breaks its contract.

    Returns
    -------
    lexicon : Lexicon or None
        None when `lexicon.toml` cannot be used; otherwise the lexicon with the rows that are sound.
    problems : list of Problem
    """
    folder = Path(path)
    problems: list[Problem] = []

    def error(where: str, message: str) -> None:
        problems.append(Problem(where, "error", message))

    head_path = folder / "lexicon.toml"
    try:
        head_bytes = head_path.read_bytes()
        head = tomllib.loads(head_bytes.decode("utf-8"))
    except OSError as reason:
        error(
            str(head_path),
            f"cannot be read ({reason.strerror}). A lexicon needs lexicon.toml, terms.csv, examples.csv.",
        )
        return None, problems
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        error(str(head_path), f"is not valid TOML in UTF-8: {reason}. Correct the file.")
        return None, problems
    scale = _read_scale(head, str(head_path), error)
    module = _text(head, "module") or folder.parent.name
    sources = _read_sources(head, str(head_path), error)
    categories = _read_categories(head, str(head_path), module, error)
    for key in ("title", "language", "version", "licence"):
        if not _text(head, key):
            error(str(head_path), f'{key} is missing. Add {key} = "...".')
    digest = hashlib.sha256(head_bytes)
    terms = list(_read_terms(folder / "terms.csv", categories, sources, scale, digest, error))
    examples = list(_read_examples(folder / "examples.csv", categories, digest, error))
    lexicon = Lexicon(
        name=folder.resolve().name,
        module=module,
        title=_text(head, "title"),
        language=_text(head, "language"),
        version=_text(head, "version"),
        licence=_text(head, "licence"),
        scale=scale,
        scale_meaning=_text(head, "scale_meaning"),
        description=_text(head, "description"),
        categories=categories,
        terms=tuple(terms),
        sources=sources,
        examples=tuple(examples),
        sha256=digest.hexdigest(),
        path=folder,
    )
    return lexicon, problems


def _text(head: Mapping[str, Any], key: str) -> str:
    value = head.get(key, "")
    return value if isinstance(value, str) else str(value)


def _read_scale(head: Mapping[str, Any], where: str, error: Any) -> tuple[float, float]:
    value = head.get("scale")
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(v, int | float) and math.isfinite(v) for v in value)
        and value[0] < value[1]
    ):
        return float(value[0]), float(value[1])
    error(where, f"scale is {value!r}; it must be two numbers, the lower first. Write scale = [-2.0, 2.0].")
    return -math.inf, math.inf


def _read_sources(head: Mapping[str, Any], where: str, error: Any) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for key, value in head.get("sources", {}).items():
        if not isinstance(value, dict) or not value.get("citation"):
            error(where, f'[sources.{key}] has no citation. Add citation = "...".')
            continue
        sources[key] = Source(str(value["citation"]), str(value.get("url", "")))
    return sources


def _read_categories(head: Mapping[str, Any], where: str, module: str, error: Any) -> dict[str, Category]:
    categories: dict[str, Category] = {}
    found = head.get("categories", {})
    if not isinstance(found, dict) or not found:
        error(where, "has no [categories.<key>]. Add one for each referent or class of words.")
        return categories
    for key, value in found.items():
        if not isinstance(value, dict) or not value.get("label"):
            error(where, f'[categories.{key}] has no label. Add label = "...".')
            continue
        if ":" in key or key != key.strip() or not key:
            error(where, f"category {key!r} may not hold ':' or outer spaces. Use lower-case letters and hyphens.")
            continue
        kind = str(value.get("kind", ""))
        if module == "naming" and kind not in KINDS:
            error(where, f"[categories.{key}] has kind {kind!r}; allowed are {', '.join(KINDS)}.")
        topic = value.get("topic", [])
        if not isinstance(topic, list) or not all(isinstance(t, str) for t in topic):
            error(where, f'[categories.{key}] topic must be a list of patterns, e.g. topic = ["Syria*"].')
            topic = []
        for pattern in topic:
            try:
                read_places(pattern)
            except LexiconError as reason:
                error(f"{where}: [categories.{key}] topic", str(reason))
        minimum = value.get("topic_min", 1)
        if not isinstance(minimum, int) or minimum < 1:
            error(where, f"[categories.{key}] topic_min is {minimum!r}; it must be a whole number, 1 or more.")
            minimum = 1
        scale = str(value.get("scale", "stance"))
        if scale not in ("stance", "severity"):
            error(where, f'[categories.{key}] scale is {scale!r}; allowed are "stance" and "severity".')
        categories[key] = Category(key, str(value["label"]), kind, tuple(topic), minimum, scale)
    return categories


def read_rows(path: Path, columns: Sequence[str], digest: Any, error: Any) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a lexicon's CSV file; what is wrong goes to `error`."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as reason:
        error(str(path), f"cannot be read ({reason.strerror}). Its columns are {','.join(columns)}.")
        return
    except UnicodeDecodeError as reason:
        error(str(path), f"is not UTF-8 ({reason}). Save it as UTF-8.")
        return
    digest.update(raw.replace(b"\r\n", b"\n"))
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(reader, None)
        if header != list(columns):
            error(f"{path}:1", f"the header is {header!r}; it must be {','.join(columns)}.")
            return
        for row in reader:
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if len(row) != len(columns):
                error(
                    f"{path}:{reader.line_num}", f"has {len(row)} fields, not {len(columns)}. Quote fields with commas."
                )
                continue
            yield reader.line_num, dict(zip(columns, (v.strip() for v in row), strict=True))
    except csv.Error as reason:
        error(f"{path}:{reader.line_num}", f"is not valid CSV: {reason}.")


def _read_terms(
    path: Path,
    categories: Mapping[str, Category],
    sources: Mapping[str, Source],
    scale: tuple[float, float],
    digest: Any,
    error: Any,
) -> Iterator[Term]:
    low, high = scale
    for line, row in read_rows(path, TERM_COLUMNS, digest, error):
        where = f"{path}:{line}"
        pattern = row["term"]
        if row["category"] not in categories:
            error(where, f"category {row['category']!r} is not in lexicon.toml. Add [categories.{row['category']}].")
            continue
        try:
            weight = float(row["weight"]) if row["weight"] else math.nan
        except ValueError:
            error(where, f"weight {row['weight']!r} of {pattern!r} is not a number. Leave it empty for a blocker.")
            continue
        if row["weight"] and not math.isfinite(weight):
            error(
                where, f"weight {row['weight']!r} of {pattern!r} is not a finite number. Leave it empty for a blocker."
            )
            continue
        if weight < low or weight > high:
            error(
                where,
                f"weight {weight:g} of {pattern!r} is outside the scale [{low:g}, {high:g}]. "
                f"Correct the row, or the scale in lexicon.toml.",
            )
            continue
        if row["basis"] not in BASES:
            error(where, f"basis {row['basis']!r} of {pattern!r}; allowed are {', '.join(BASES)}.")
            continue
        if row["basis"] == "source" and row["source"] not in sources:
            error(
                where, f"source {row['source']!r} of {pattern!r} is not in lexicon.toml. Add [sources.{row['source']}]."
            )
            continue
        try:
            read_places(pattern)
        except LexiconError as reason:
            error(where, str(reason))
            continue
        yield Term(pattern, row["category"], weight, row["basis"], row["source"], row["note"], line)


def _read_examples(path: Path, categories: Mapping[str, Category], digest: Any, error: Any) -> Iterator[Example]:
    for line, row in read_rows(path, EXAMPLE_COLUMNS, digest, error):
        if row["category"] not in categories and row["category"] != "*":
            error(f"{path}:{line}", f"category {row['category']!r} is not in lexicon.toml, nor * for all of them.")
            continue
        expected = tuple(e.strip() for e in row["expected"].split(";") if e.strip())
        yield Example(row["text"], row["category"], expected, line)

"""Reading and checking style guides.

A guide is a folder `lexicons/guides/<name>/`, or any folder of a user, with four small files:

- `guide.toml`: `title, publisher, language, version, date, licence, description`; `[sources.<key>]` with `citation`,
  `url` and `date`; `[rules.<key>]` with `label` (the words it is about) and `says` (what the guide says, in our words).
- `rules.csv`: `rule,pattern,allowed,context,instead,basis,source,note`, one row for each pattern of a rule.
  `allowed` says which uses agree with the guide, several separated by spaces:

      any          every use: a form that the guide accepts, counted among the uses
      attributed   only what is quoted or attributed: a use in the outlet's own voice departs
      not-scare    not in scare quotes and not after "so-called"
      never        neither in own voice nor in scare quotes (what others say is theirs)
      qualified    the first use in the body of an article must be one of the rule's `any` patterns; a bare first use
                   in own voice departs, later ones do not
      (empty)      a blocker: a wrong sense, a name or a law, which hides what stands inside and is not counted

  `context` holds topic patterns, separated by ";", of which the article must hold one; `instead` is what the guide
  prefers. `basis` says how sure it is: `source` (a source that we read says so), `memory` (recalled, not read again) or
  `judgement` (our reading of what the guide means); `source` is a key of `[sources]`.
- `weights.csv`: `pattern,referent,weight,basis,source,note`: how the guide sees a word of a naming lexicon; `referent`
  is a kind of referent ("armed-group"), or one referent ("climate/climate-change").
- `examples.csv`: `text,rule,expected`: the guide's own tests; `expected` are the uses that depart, with ";" between
  them, empty for a trap; `rule` is a key, or "*" for all rules.

Patterns are those of `framing.lexicon.expand`, the longest wins, and blockers hide shorter ones, as in a lexicon.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.errors import LexiconError
from framing.lexicon import KINDS, Category, Lexicon, Problem, Term, lexicon_root, read_places, read_rows, refuse_errors

HEAD = "guide.toml"
RULE_COLUMNS = ["rule", "pattern", "allowed", "context", "instead", "basis", "source", "note"]
WEIGHT_COLUMNS = ["pattern", "referent", "weight", "basis", "source", "note"]
EXAMPLE_COLUMNS = ["text", "rule", "expected"]
ALLOWED = ("any", "attributed", "not-scare", "never", "qualified")
BASES = ("source", "memory", "judgement")
WEIGHT_SCALE = (-2.0, 2.0)  # that of the naming lexicons


@dataclass(frozen=True, slots=True)
class GuideSource:
    """Where a rule is published, and when."""

    citation: str
    url: str = ""
    date: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.citation, f"({self.date})" if self.date else "", self.url) if part)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a guide: the words it is about, and what it says of them, in our words."""

    key: str
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One pattern of a rule.

    Attributes
    ----------
    allowed : tuple of str
        Some of `ALLOWED`; empty for a blocker.
    context : tuple of str
        Patterns of which the article must hold one; empty for no condition.
    """

    rule: str
    pattern: str
    allowed: tuple[str, ...]
    context: tuple[str, ...]
    instead: str
    basis: str
    source: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class GuideWeight:
    """How the guide sees a word: its weight among the names of a kind of referent, or of one referent."""

    pattern: str
    referent: str
    weight: float
    basis: str
    source: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class GuideExample:
    """A text with the uses in it that depart from the guide."""

    text: str
    rule: str
    expected: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Guide:
    """A checked guide.

    Attributes
    ----------
    name : str
        Folder name.
    date : str
        Of the guide, as far as it is known.
    sha256 : str
        Over the files, so that a result can name the guide that made it.
    """

    name: str
    title: str
    publisher: str
    language: str
    version: str
    date: str
    licence: str
    description: str
    sources: Mapping[str, GuideSource]
    rules: Mapping[str, Rule]
    rows: tuple[RuleRow, ...]
    weights: tuple[GuideWeight, ...] = ()
    examples: tuple[GuideExample, ...] = ()
    sha256: str = ""
    path: Path | None = None

    def __repr__(self) -> str:
        return f"Guide({self.name}: {len(self.rules)} rules, {len(self.weights)} weights)"

    def lexicon(self) -> Lexicon:
        """Return the patterns as a lexicon, one term for each row in the order of `rows`."""
        gates: dict[tuple[str, tuple[str, ...]], str] = {}
        terms = []
        for row in self.rows:
            key = gates.setdefault((row.rule, row.context), f"{row.rule} {len(gates)}")
            terms.append(Term(row.pattern, key, 0.0 if row.allowed else math.nan, line=row.line))
        categories = {key: Category(key, rule, topic=context) for (rule, context), key in gates.items()}
        return Lexicon(
            name=self.name,
            module="guides",
            title=self.title,
            language=self.language,
            version=self.version,
            licence=self.licence,
            scale=WEIGHT_SCALE,
            scale_meaning="",
            categories=categories,
            terms=tuple(terms),
            sha256=self.sha256,
        )

    def cite(self, source: str, basis: str) -> str:
        """Return where a row stands and how sure it is."""
        if source not in self.sources:
            return ""
        doubt = {"memory": " [from memory]", "judgement": " [our reading]"}.get(basis, "")
        return f"{self.sources[source]}{doubt}"


def list_guides() -> list[Path]:
    """Return the folders of the guides that come with the program, sorted by name."""
    root = lexicon_root() / "guides"
    return sorted(p for p in root.iterdir() if (p / HEAD).is_file()) if root.is_dir() else []


def find_guide(name: str | Path) -> Path:
    """Return the folder of a guide given by path or by name ("bbc").

    Raises
    ------
    LexiconError
        There is none of that name; the message lists those there are.
    """
    for path in (Path(name), lexicon_root() / "guides" / str(name)):
        if (path / HEAD).is_file():
            return path
    known = ", ".join(p.name for p in list_guides())
    raise LexiconError(f"no guide {str(name)!r}: neither a folder with a {HEAD} nor one of: {known}.")


def read_guide(name: str | Path) -> Guide:
    """Read and check a guide, given by path or name.

    Raises
    ------
    LexiconError
        The first thing that is wrong, with its place, and how many more there are.
    """
    guide, problems = check_guide(find_guide(name))
    refuse_errors(problems)
    assert guide is not None
    return guide


def check_guide(path: str | Path) -> tuple[Guide | None, list[Problem]]:
    """Read a guide's folder and collect everything that breaks its contract.

    Returns
    -------
    guide : Guide or None
        None when `guide.toml` cannot be used; otherwise the guide with the rows that are sound.
    problems : list of Problem
        All of severity "error".
    """
    folder = Path(path)
    problems: list[Problem] = []

    def error(where: str, message: str) -> None:
        problems.append(Problem(where, "error", message))

    where = str(folder / HEAD)
    try:
        raw = (folder / HEAD).read_bytes()
        head = tomllib.loads(raw.decode("utf-8"))
    except OSError as reason:
        error(where, f"cannot be read ({reason.strerror}). A guide needs {HEAD}, rules.csv, weights.csv, examples.csv.")
        return None, problems
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        error(where, f"is not valid TOML in UTF-8: {reason}. Correct the file.")
        return None, problems
    texts = {key: str(head.get(key, "")) for key in ("title", "publisher", "language", "version", "date", "licence")}
    for key, value in texts.items():
        if not value:
            error(where, f'{key} is missing. Add {key} = "...".')
    sources = {
        key: GuideSource(table["citation"], table.get("url", ""), table.get("date", ""))
        for key, table in _tables(head, "sources", ("citation",), where, error)
    }
    rules = {
        key: Rule(key, table["label"], table["says"])
        for key, table in _tables(head, "rules", ("label", "says"), where, error)
    }
    digest = hashlib.sha256(raw)
    rows = tuple(_read_rules(folder / "rules.csv", rules, sources, digest, error))
    weights = tuple(_read_weights(folder / "weights.csv", sources, digest, error))
    examples = tuple(_read_examples(folder / "examples.csv", rules, digest, error))
    _check_rules(rules, rows, where, error)
    guide = Guide(
        name=folder.resolve().name,
        **texts,
        description=str(head.get("description", "")),
        sources=sources,
        rules=rules,
        rows=rows,
        weights=weights,
        examples=examples,
        sha256=digest.hexdigest(),
        path=folder,
    )
    return guide, problems


def _tables(
    head: Mapping[str, Any], name: str, needed: Sequence[str], where: str, error: Any
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the sub-tables of a table that hold what they need, all values as text."""
    found = head.get(name)
    if not isinstance(found, dict) or not found:
        error(where, f"has no [{name}.<key>]. Add one with {', '.join(needed)}.")
        return
    for key, table in found.items():
        missing = [n for n in needed if not isinstance(table, dict) or not table.get(n)]
        if missing:
            error(where, f'[{name}.{key}] has no {missing[0]}. Add {missing[0]} = "...".')
        elif ":" in key:  # stands in the names of counters
            error(where, f"[{name}.{key}]: a key may not hold ':'. Use lower-case letters and hyphens.")
        else:
            yield key, {k: str(v) for k, v in table.items()}


def _check_rules(rules: Mapping[str, Rule], rows: Sequence[RuleRow], where: str, error: Any) -> None:
    for key in rules:
        mine = [row for row in rows if row.rule == key]
        if not any(row.allowed for row in mine):
            error(where, f"[rules.{key}] has no pattern. Add a row to rules.csv, or remove the rule.")
        elif any("qualified" in row.allowed for row in mine) and not any(row.allowed == ("any",) for row in mine):
            error(where, f"[rules.{key}] asks for a qualified form and has none. Add it to rules.csv with allowed any.")


def _is_sound(pattern: str, where: str, error: Any) -> bool:
    try:
        read_places(pattern)
    except LexiconError as reason:
        error(where, str(reason))
        return False
    return True


def _has_source(row: Mapping[str, str], sources: Mapping[str, GuideSource], where: str, error: Any) -> bool:
    if row["basis"] not in BASES:
        error(where, f"basis {row['basis']!r} of {row['pattern']!r}; allowed are {', '.join(BASES)}.")
    elif row["source"] not in sources:
        error(where, f"source {row['source']!r} of {row['pattern']!r} is not in {HEAD}. Add [sources.{row['source']}].")
    else:
        return True
    return False


def _read_rules(
    path: Path, rules: Mapping[str, Rule], sources: Mapping[str, GuideSource], digest: Any, error: Any
) -> Iterator[RuleRow]:
    for line, row in read_rows(path, RULE_COLUMNS, digest, error):
        where, allowed = f"{path}:{line}", tuple(row["allowed"].split())
        context = tuple(filter(None, (part.strip() for part in row["context"].split(";"))))
        wrong = next((word for word in allowed if word not in ALLOWED), None)
        if row["rule"] not in rules:
            error(where, f"rule {row['rule']!r} is not in {HEAD}. Add [rules.{row['rule']}].")
        elif wrong:
            error(where, f"allowed {wrong!r} of {row['pattern']!r}; it may hold {', '.join(ALLOWED)}, or nothing.")
        elif "any" in allowed and len(allowed) > 1:
            error(
                where, f"allowed {row['allowed']!r} of {row['pattern']!r} takes back what any gives. Keep one of them."
            )
        elif not all([_is_sound(pattern, where, error) for pattern in (row["pattern"], *context)]):
            pass  # said already
        elif not allowed or _has_source(row, sources, where, error):
            texts = (row["instead"], row["basis"], row["source"], row["note"])
            yield RuleRow(row["rule"], row["pattern"], allowed, context, *texts, line)


def _read_weights(path: Path, sources: Mapping[str, GuideSource], digest: Any, error: Any) -> Iterator[GuideWeight]:
    low, high = WEIGHT_SCALE
    for line, row in read_rows(path, WEIGHT_COLUMNS, digest, error):
        where = f"{path}:{line}"
        try:
            weight = float(row["weight"])
        except ValueError:
            weight = math.nan
        if not low <= weight <= high:
            error(where, f"weight {row['weight']!r} of {row['pattern']!r} must be a number from {low:g} to {high:g}.")
        elif "/" not in row["referent"] and row["referent"] not in KINDS:
            error(
                where,
                f"referent {row['referent']!r} is neither LEXICON/REFERENT nor a kind of referent: {', '.join(KINDS)}.",
            )
        elif _is_sound(row["pattern"], where, error) and _has_source(row, sources, where, error):
            yield GuideWeight(row["pattern"], row["referent"], weight, row["basis"], row["source"], row["note"], line)


def _read_examples(path: Path, rules: Mapping[str, Rule], digest: Any, error: Any) -> Iterator[GuideExample]:
    for line, row in read_rows(path, EXAMPLE_COLUMNS, digest, error):
        if row["rule"] not in rules and row["rule"] != "*":
            error(f"{path}:{line}", f"rule {row['rule']!r} is not in {HEAD}, nor * for all of them.")
            continue
        expected = tuple(e.strip() for e in row["expected"].split(";") if e.strip())
        yield GuideExample(row["text"], row["rule"], expected, line)

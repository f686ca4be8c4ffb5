"""Lexicon folders: reading one as a dictionary of literal terms, and writing an imported dictionary as one."""

from __future__ import annotations

import csv
import io
import math
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from framing.errors import InputError
from framing.formats.dictionary import MAX_BYTES, Dictionary, Entry, split_key, write_weight
from framing.formats.patterns import Inexpressible, read_pattern, write_pattern
from framing.formats.report import Findings
from framing.lexicon import ANY_NAME, EXAMPLE_COLUMNS, TERM_COLUMNS, Lexicon, PatternWord, expand, read_lexicon

FILES = ("lexicon.toml", "terms.csv", "examples.csv")
UNDETERMINED = "und"  # ISO 639-2: the language is not known


def read(path: Path) -> Dictionary:
    """Read a lexicon folder as literal terms; what a plain dictionary has no room for goes to its findings.

    Where no term weighs anything but 0 (or all weigh 1 on a scale from 0 to 1), the weights only say "belongs", and are
    read as none.

    Raises
    ------
    InputError
        A file is larger than `MAX_BYTES`, the lexicon expands to too many terms, or it breaks its contract
        (LexiconError).
    """
    for name in FILES:
        file = path / name
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            raise InputError(f"{file}: {file.stat().st_size >> 20} MB; a lexicon's file may have {MAX_BYTES >> 20} MB.")
    lexicon = read_lexicon(path)
    origin = f"{lexicon.module}/{lexicon.name} {lexicon.version} (SHA-256 {lexicon.sha256[:16]})"
    dictionary = Dictionary(lexicon.name, origin, lexicon=lexicon)
    found = dictionary.findings
    found.add("head", lexicon.title)
    for key, category in lexicon.categories.items():
        label = "" if category.label == key else category.label
        dictionary.enter_group(split_key(key), f"{path}/lexicon.toml", label)
        if category.topic:
            found.add("gate", f"{key}: {', '.join(category.topic)}")
        if category.kind or category.scale != "stance":
            found.add("kind", f"{key}: {category.kind or category.scale}")
    weights = {t.weight for t in lexicon.terms if not t.blocker}
    unweighted = weights <= {0.0} or (weights == {1.0} and lexicon.scale == (0.0, 1.0))
    for term in lexicon.terms:
        if term.blocker:
            found.add("blocker", f"{term.pattern} ({term.category})")
            continue
        forms, case = read_pattern(term.pattern)
        if len(forms) > 1:
            found.add("alternatives", f"{term.pattern} ({len(forms)} forms)")
        if case:
            found.add("case", term.pattern)
        if term.note or term.source:
            found.add("reason", f"{term.pattern}: {term.note or term.source}")
        weight = math.nan if unweighted else term.weight
        for form in forms:
            if ANY_NAME in form.split():
                found.add("any-name", f"{form} ({term.category})")
                continue
            dictionary.add(form, term.category, weight, f"{path}/terms.csv:{term.line}")
    for example in lexicon.examples:
        found.add("example", example.text)
    return dictionary


def write(
    dictionary: Dictionary, folder: Path, findings: Findings, *, module: str, language: str | None, split: bool
) -> int:
    """Write a dictionary as a lexicon folder, or as one folder for each category.

    Every term has the basis "tradition" and the imported file as its source. Terms without weights stand at 0 in a
    naming lexicon, where any other number would be a judgement, and at 1 on a scale from 0 to 1 elsewhere.

    Returns
    -------
    int
        Pairs of term and category written.

    Raises
    ------
    InputError
        No term can be written, or the folder exists and is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder}: exists already. Choose another name.")
    if dictionary.lexicon is not None and not split:
        return _copy(dictionary.lexicon, folder)
    if not language:
        language = dictionary.lexicon.language if dictionary.lexicon else UNDETERMINED
        if language == UNDETERMINED:
            findings.add("no-language", dictionary.name, 1)
    for key in dictionary.empty_groups():
        findings.add("empty-category", key)
    kept = _patterns(dictionary, findings)
    if not kept:
        reasons = "; ".join(str(f) for f in (dictionary.findings + findings).collect())
        raise InputError(f"{dictionary.name}: no term can be written as a lexicon ({reasons or 'it has none'}).")
    if not split:
        _note_overlaps(kept, findings)
        _write_folder(folder, dictionary, kept, findings, module, language)
        return len(kept)
    names: set[str] = set()
    for key in dict.fromkeys(e.category for e in kept):
        name = _folder_name(key, names)
        _write_folder(folder / name, dictionary, [e for e in kept if e.category == key], findings, module, language)
    return len(kept)


def _copy(lexicon: Lexicon, folder: Path) -> int:
    assert lexicon.path is not None
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(lexicon.path / name, folder / name)
    return len(lexicon.terms)


def _patterns(dictionary: Dictionary, findings: Findings) -> list[Entry]:
    """Return the entries that the pattern language can say, each form once in a category."""
    kept: list[Entry] = []
    seen: set[tuple[str, tuple[tuple[PatternWord, ...], ...]]] = set()
    for entry in dictionary.entries:
        shown = f"{entry.term} ({entry.category})"
        try:
            pattern, possessive = write_pattern(entry.term, dictionary.wildcards)
        except Inexpressible as reason:
            findings.add(reason.kind, shown)
            continue
        if possessive:
            findings.add("possessive", shown)
        form = (entry.category, expand(pattern))
        if form in seen:  # "well-being" and "well being" are one pattern
            findings.add("duplicate", shown)
            continue
        seen.add(form)
        kept.append(Entry(pattern, entry.category, entry.weight))
    return kept


def _note_overlaps(kept: Iterable[Entry], findings: Findings) -> None:
    categories: dict[tuple[tuple[PatternWord, ...], ...], list[str]] = {}
    terms: dict[tuple[tuple[PatternWord, ...], ...], str] = {}
    for entry in kept:
        form = expand(entry.term)
        categories.setdefault(form, []).append(entry.category)
        terms.setdefault(form, entry.term)
    for form, keys in categories.items():
        if len(keys) > 1:
            findings.add("several-categories", f"{terms[form]} ({', '.join(keys)})")


def _folder_name(key: str, taken: set[str]) -> str:
    """Make a folder name of a category: lower-case letters, digits and hyphens, none twice."""
    base = re.sub(r"[^a-z0-9]+", "-", key.casefold())[:60].strip("-") or "category"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def _write_folder(
    folder: Path, dictionary: Dictionary, entries: list[Entry], findings: Findings, module: str, language: str
) -> None:
    weighs = dictionary.weighs
    member = 0.0 if module == "naming" else 1.0
    keys = _category_names({e.category: None for e in entries}, findings)
    head = _head(folder, dictionary, entries, keys, module, language, member)
    rows = []
    for entry in entries:
        weight = entry.weight
        if math.isnan(weight):
            weight = member
            if weighs:
                findings.add("no-weight", f"{entry.term} ({entry.category}): {member:g}")
        rows.append([keys[entry.category], entry.term, write_weight(weight), "tradition", "import", ""])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lexicon.toml").write_text(head, encoding="utf-8", newline="\n")
    (folder / "terms.csv").write_text(_csv([TERM_COLUMNS, *rows]), encoding="utf-8", newline="\n")
    (folder / "examples.csv").write_text(_csv([EXAMPLE_COLUMNS]), encoding="utf-8", newline="\n")


def _category_names(keys: Iterable[str], findings: Findings) -> dict[str, str]:
    """Return the names that lexicon.toml allows: no colon, which parts the names of counters."""
    names: dict[str, str] = {}
    taken: set[str] = set(keys)
    for key in keys:
        name = key.strip()
        if ":" in name or not name:
            name = name.replace(":", "-") or "category"
            while name in taken:
                name += "-"
            findings.add("renamed", f"{key} is now {name}")
        taken.add(name)
        names[key] = name
    return names


def _head(
    folder: Path,
    dictionary: Dictionary,
    entries: list[Entry],
    keys: dict[str, str],
    module: str,
    language: str,
    member: float,
) -> str:
    weights = [member if math.isnan(e.weight) else e.weight for e in entries]
    low, high = min(0.0, *weights), max(0.0, *weights)
    if low == high:
        low, high = -1.0, 1.0
    meaning = dictionary.meaning or "As in the imported file."
    if not dictionary.weighs:
        meaning = f"The imported file has no weights: every term stands at {member:g}."
    title = dictionary.name if len(keys) != 1 else f"{dictionary.name}: {next(iter(keys))}"
    source = dictionary.origin or dictionary.name
    lines = [
        f"title = {_toml(title)}",
        f"module = {_toml(module)}",
        f"language = {_toml(language)}",
        'version = "1"',
        'licence = "Not stated by the imported file. Find out before you pass it on."',
        f"scale = [{low!r}, {high!r}]",
        f"scale_meaning = {_toml(meaning)}",
        f"description = {_toml(f'Imported from {source}.')}",
        "",
        "[sources.import]",
        f"citation = {_toml(f'Imported from {source}.')}",
        'url = ""',
    ]
    for key, name in keys.items():
        lines += ["", f"[categories.{_toml(name)}]", f"label = {_toml(dictionary.groups[key].label or key)}"]
        if module == "naming":
            lines.append('kind = "other"')
    return "\n".join([*lines, ""])


def _toml(text: str) -> str:
    """Write a TOML basic string."""
    out = []
    for character in text:
        if character in '"\\':
            out.append("\\" + character)
        elif character.isprintable():
            out.append(character)
        else:
            out.append(f"\\U{ord(character):08x}")
    return '"' + "".join(out) + '"'


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()

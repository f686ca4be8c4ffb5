"""LIWC dictionaries (.dic): a head of numbered categories between two lines of %, then terms with category numbers.

Read leniently, because the files in circulation are messy: numbers padded by spaces or zeros, one tab or several or
none, phrases, missing final line break. What LIWC 2001 and 2007 make conditional on a neighbouring word,
"(02 134)125/464" and "<of>131/125", is left out and reported. Categories indented behind their number lie inside the
one above, as in LIWC 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.errors import InputError
from framing.formats.dictionary import MAX_NAME, Dictionary, Group
from framing.formats.report import Findings

_HEAD = re.compile(r"\s*(\d{1,9})(\t| +)(.*)")
_LABELLED = re.compile(r"(\S.*?) \((.+)\)")
_CATEGORY = re.compile(
    r"\s*(?:(?P<conditional>\([^()]*\)\s*\d+(?:/\d+)?|<[^<>]*>\s*\d+(?:/\d+)?|\d+/\d+)|(?P<number>\d{1,9}))(?=[\s(<]|$)"
)
_UNTABBED = re.compile(r"(.*?[^\s\d])\s+(\d[\d\s]*)")
_CONDITION = re.compile(r"\([^()]*\)\s*\S")
_COMMENT = ("#", ";", "//")


def read(text: str, dictionary: Dictionary, where: str) -> None:
    """Fill a dictionary from a LIWC file.

    Raises
    ------
    InputError
        The head is missing or unreadable, or a term names a category that the head does not.
    """
    lines = iter(enumerate(re.split(r"\r\n?|\n", text), start=1))
    head = list(_head_lines(lines, dictionary, where))
    keys = _read_head(head, dictionary, where)
    seen: set[str] = set()
    for number, line in lines:
        if not line.strip() or _is_comment(line, dictionary):
            continue
        place = f"{where}:{number}"
        if line.strip() == "%":
            raise InputError(f"{place}: a third % line. The head stands between two of them; remove this one.")
        term, rest = _split(line, place)
        if _CONDITION.match(term):
            dictionary.findings.add("conditional", " ".join(line.split()))
            continue
        if term.casefold() in seen:
            dictionary.findings.add("repeated", term)
        seen.add(term.casefold())
        categories = list(_categories(term, rest, keys, dictionary, place))
        if not categories and not rest.strip():
            dictionary.findings.add("uncategorised", term)
        for category in dict.fromkeys(categories):
            dictionary.add(term, category, where=place)


def _is_comment(line: str, dictionary: Dictionary) -> bool:
    """A line that begins like a comment and has no tab, which would make it a term (";)" is one)."""
    if line.lstrip().startswith(_COMMENT) and "\t" not in line.strip():
        dictionary.findings.add("comment", line.strip())
        return True
    return False


def _head_lines(lines: Iterator[tuple[int, str]], dictionary: Dictionary, where: str) -> Iterator[tuple[int, str]]:
    marks = 0
    for number, line in lines:
        if line.strip() == "%":
            marks += 1
            if marks == 2:
                return
        elif line.strip() and not _is_comment(line, dictionary):
            if not marks:
                raise InputError(
                    f"{where}:{number}: {line.strip()[:60]!r} stands before the head. A LIWC dictionary begins with a "
                    f"line that holds only %, then numbered categories, then % again."
                )
            yield number, line
    raise InputError(f"{where}: {'the head is not closed by' if marks else 'no'} line that holds only %. Add it.")


def _read_head(head: list[tuple[int, str]], dictionary: Dictionary, where: str) -> dict[int, str]:
    """Enter the categories, and return their keys by number."""
    rows: list[tuple[int, int, int, str]] = []
    for line, text in head:
        match = _HEAD.fullmatch(text)
        if not match or not match[3].strip():
            raise InputError(f"{where}:{line}: {text.strip()[:60]!r} is no category. Write number, tab and name.")
        name = match[3].expandtabs(4)
        # Spaces alone only pad: nesting shows behind the tab.
        indent = len(name) - len(name.lstrip()) if match[2] == "\t" else 0
        rows.append((line, int(match[1]), indent, " ".join(name.split())))
    short = _short_names(rows)
    keys: dict[int, str] = {}
    around: list[tuple[int, str]] = []  # (indent, name) of the categories around the line
    entered: set[str] = set()
    for (line, number, indent, _), (name, label) in zip(rows, short, strict=True):
        while around and around[-1][0] >= indent:
            around.pop()
        path = (*(n for _, n in around), name)
        around.append((indent, name))
        key = dictionary.enter_group(path, f"{where}:{line}", label)
        if keys.setdefault(number, key) != key:
            raise InputError(f"{where}:{line}: number {number} is {keys[number]!r} already. Give {name!r} another.")
        if key in entered:
            dictionary.findings.add("same-name", key)
        entered.add(key)
        if len(path) > 1:
            dictionary.findings.add("nested", key)
    return keys


def _short_names(rows: list[tuple[int, int, int, str]]) -> list[tuple[str, str]]:
    """Part "anger (Angry words)" into name and label, where the names alone tell the categories apart."""
    parted = [_part(name) for *_, name in rows]
    bare = [name for name, _ in parted]
    if len(set(bare)) < len({name for *_, name in rows}):
        return [(name, "") for *_, name in rows]
    return parted


def _part(name: str) -> tuple[str, str]:
    match = _LABELLED.fullmatch(name) if len(name) <= 2 * MAX_NAME else None
    return (match[1], match[2]) if match else (name, "")


def _split(line: str, where: str) -> tuple[str, str]:
    """Part a line into term and category numbers: at the first tab, else before the last numbers."""
    term, tab, rest = line.strip().partition("\t")
    if tab:
        return " ".join(term.split()), rest
    match = _UNTABBED.fullmatch(line.strip())
    if match:
        return " ".join(match[1].split()), match[2]
    if re.search(r"\d", line):
        raise InputError(f"{where}: cannot part term and categories of {line.strip()[:60]!r}. Put a tab between them.")
    return " ".join(line.split()), ""


def _categories(term: str, rest: str, keys: dict[int, str], dictionary: Dictionary, where: str) -> Iterator[str]:
    rest = rest.rstrip()
    position = 0
    while position < len(rest):
        match = _CATEGORY.match(rest, position)
        if not match:
            raise InputError(
                f"{where}: {rest[position:].strip()[:40]!r} behind {term[:60]!r} is no category number. "
                f"Correct the row."
            )
        position = match.end()
        if match["conditional"]:
            dictionary.findings.add("conditional", f"{term} {match['conditional']}")
            continue
        number = int(match["number"])
        if number not in keys:
            raise InputError(
                f"{where}: category {number} of {term[:60]!r} is not in the head, which has {_numbers(keys)}. "
                f"Add it between the % lines, or correct the row."
            )
        yield keys[number]


def _numbers(keys: dict[int, str]) -> str:
    numbers = sorted(keys)
    if not numbers:
        return "no category"
    return ", ".join(map(str, numbers[:10])) + (f" ... {numbers[-1]}" if len(numbers) > 10 else "")


def write(dictionary: Dictionary, findings: Findings) -> tuple[str, int]:
    """Write a dictionary as a LIWC file.

    Returns
    -------
    text : str
    written : int
        Pairs of term and category.
    """
    entries = []
    for entry in dictionary.check_wildcards(findings, "*"):
        if _CONDITION.match(entry.term) or entry.term == "%":
            findings.add("target-syntax", f"{entry.term} ({entry.category})")
            continue
        entries.append(entry)
        if entry.weight == entry.weight:
            findings.add("weight", f"{entry.term} {entry.weight:g}")
    groups = _with_parents(dictionary)
    names = _written_names(groups, findings)
    numbers = {group.key: number for number, group in enumerate(groups, start=1)}
    head = [
        f"{numbers[group.key]}\t{'    ' * (len(group.path) - 1)}{name}"
        for group, name in zip(groups, names, strict=True)
    ]
    of_term: dict[str, tuple[str, list[int]]] = {}
    for entry in entries:
        of_term.setdefault(entry.term.casefold(), (entry.term, []))[1].append(numbers[entry.category])
    body = [f"{term}\t{chr(9).join(map(str, sorted(of)))}" for term, of in of_term.values()]
    return "\n".join(["%", *head, "%", *body, ""]), len(entries)


def _with_parents(dictionary: Dictionary) -> list[Group]:
    """Return the categories so that each follows the one it lies in."""
    children: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    known = {g.path: g for g in dictionary.groups.values()}
    seen: set[tuple[str, ...]] = {()}
    for path in known:
        for depth in range(1, len(path) + 1):
            if path[:depth] not in seen:
                seen.add(path[:depth])
                children.setdefault(path[: depth - 1], []).append(path[:depth])
    ordered: list[Group] = []
    waiting = list(reversed(children.get((), [])))
    while waiting:
        path = waiting.pop()
        ordered.append(known.get(path, Group(path)))
        waiting.extend(reversed(children.get(path, [])))
    return ordered


def _written_names(groups: list[Group], findings: Findings) -> list[str]:
    """Return "name (label)" for each category, without labels where they would not be read back."""
    labelled = [f"{g.path[-1]} ({g.label})" if g.label else g.path[-1] for g in groups]
    wanted = [(g.path[-1], g.label) for g in groups]
    if _short_names([(0, 0, 0, name) for name in labelled]) == wanted:
        return labelled
    bare = [g.path[-1] for g in groups]
    for group in groups:
        if group.label:
            findings.add("label", f"{group.key}: {group.label}")
    read_back = [name for name, _ in _short_names([(0, 0, 0, name) for name in bare])]
    for group, name in zip(groups, read_back, strict=True):
        if name != group.path[-1]:
            findings.add("renamed", f"{group.key} is read as {name}")
    return bare

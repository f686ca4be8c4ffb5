"""The part of YAML that dictionaries are written in: nested mappings, lists, scalars; nothing that runs or multiplies.

A full YAML reader resolves tags, anchors and aliases, which a dictionary never needs and a hostile file abuses; here
they are errors that name their line.
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn, TypeAlias

from framing.errors import InputError
from framing.formats.dictionary import MAX_DEPTH

Tree: TypeAlias = "dict[str, Tree] | list[str]"

# Plain words that YAML 1.1 reads as a truth value or as nothing.
SPECIAL = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null", "~"))
_SIMPLE_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODE_LENGTHS = {"x": 2, "u": 4, "U": 8}
_HEX = re.compile(r"[0-9A-Fa-f]+")
_PLAIN = re.compile(r"[^\W\d][\w'’.-]*(?: \w[\w'’.-]*)*\*?")
_REFUSED = {
    "&": "an anchor",
    "*": "an alias; quote a term that begins with *",
    "!": "a tag",
    "|": "a block of text",
    ">": "a block of text",
    "%": "a directive; quote a term that begins with %",
    "@": "reserved in YAML; quote it",
    "`": "reserved in YAML; quote it",
    "{": "a mapping in braces; write it on lines of its own",
    "}": "a stray bracket",
    "[": "a list inside a list",
    "]": "a stray bracket",
    ",": "a stray comma",
}


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def parse(text: str, where: str) -> tuple[dict[str, Tree], list[str]]:
    """Read nested mappings whose leaves are lists of scalars; a single scalar is a list of one.

    Returns
    -------
    tree : dict
    special : list of str
        Unquoted words that YAML may read as true, false or nothing; here they are words.

    Raises
    ------
    InputError
        Anything else, with its line.
    """
    reader = _Reader(text, where)
    tree = reader.read()
    return tree, reader.special


class _Reader:
    def __init__(self, text: str, where: str) -> None:
        self._where = where
        self._at = 0
        self.special: list[str] = []
        self._lines: list[_Line] = []
        for number, raw in enumerate(re.split(r"\r\n?|\n", text), start=1):
            line = raw.strip(" \t")
            if not line or line.startswith("#"):
                continue
            if line == "---" and not self._lines:
                continue
            if line == "...":
                break
            indent = len(raw) - len(raw.lstrip(" "))
            if raw[indent] == "\t":
                self._fail(number, "a tab in the indentation. YAML indents by spaces")
            self._lines.append(_Line(number, indent, line))

    def _fail(self, line: int, what: str) -> NoReturn:
        raise InputError(
            f"{self._where}:{line}: {what}. "
            f"Dictionaries are nested KEY: lines with lists of terms (- term, or [term, term])."
        )

    def read(self) -> dict[str, Tree]:
        if not self._lines:
            raise InputError(f'{self._where}: no category. Write KEY: and below it its terms, each behind "- ".')
        first = self._lines[0]
        if _is_item(first.text):
            self._fail(first.number, "the file begins with a list; it needs a category name")
        tree = self._mapping(first.indent, 1)
        if self._at < len(self._lines):
            self._fail(self._lines[self._at].number, "indented less than the first line")
        return tree

    def _mapping(self, indent: int, depth: int) -> dict[str, Tree]:
        if depth > MAX_DEPTH:
            self._fail(self._lines[self._at].number, f"categories nested more than {MAX_DEPTH} deep")
        tree: dict[str, Tree] = {}
        while self._at < len(self._lines) and self._lines[self._at].indent == indent:
            line = self._lines[self._at]
            if _is_item(line.text):
                self._fail(line.number, "a list item among categories")
            key, rest = self._key(line)
            if key in tree:
                self._fail(line.number, f"category {key[:60]!r} stands here twice; merge the two")
            self._at += 1
            tree[key] = self._value(line, rest) if rest else self._below(indent, depth)
        if self._at < len(self._lines) and self._lines[self._at].indent > indent:
            self._fail(self._lines[self._at].number, "indented further than the lines around it, or a value goes on")
        return tree

    def _below(self, indent: int, depth: int) -> Tree:
        """What stands under "key:": a deeper mapping, a list (which need not be deeper), or nothing."""
        if self._at == len(self._lines):
            return []
        line = self._lines[self._at]
        if _is_item(line.text) and line.indent >= indent:
            return self._sequence(line.indent)
        return self._mapping(line.indent, depth + 1) if line.indent > indent else []

    def _sequence(self, indent: int) -> list[str]:
        items: list[str] = []
        while self._at < len(self._lines) and self._lines[self._at].indent == indent:
            line = self._lines[self._at]
            if not _is_item(line.text):
                break
            rest = line.text[1:].strip(" \t")
            if not rest or rest.startswith("#"):
                self._fail(line.number, "an empty list item")
            if _is_item(rest):
                self._fail(line.number, "a list inside a list")
            item, end = self._scalar(rest, 0, line.number, flow=False)
            self._end(rest, end, line.number)
            items.append(item)
            self._at += 1
        if self._at < len(self._lines) and self._lines[self._at].indent > indent:
            self._fail(self._lines[self._at].number, "indented further than the list, or a term on several lines")
        return items

    def _key(self, line: _Line) -> tuple[str, str]:
        text = line.text
        if text[0] in "\"'":
            key, end = self._scalar(text, 0, line.number, flow=False)
        else:
            colon = re.search(r":(?=[ \t]|$)", text)
            end = colon.start() if colon else len(text)
            key = text[:end].strip()
            comment = re.search(r"\s#", key)
            if end == len(text) or comment:
                self._fail(line.number, f"{text[:60]!r} is neither a category (KEY:) nor a list item (- term)")
            if not key or key[0] in _REFUSED or key == "?" or key.startswith("? "):
                self._fail(line.number, f"{text[:60]!r} begins with {_REFUSED.get(key[:1], 'no plain key')}")
            self._note(key)
        rest = text[end:].lstrip(" \t")
        if not rest.startswith(":") or rest[1:2] not in ("", " ", "\t"):
            self._fail(line.number, f"no colon and space behind {key[:60]!r}")
        rest = rest[1:].strip(" \t")
        return key, "" if rest.startswith("#") else rest

    def _value(self, line: _Line, rest: str) -> list[str]:
        if rest.startswith("["):
            return self._flow(rest, line.number)
        item, end = self._scalar(rest, 0, line.number, flow=False)
        self._end(rest, end, line.number)
        return [item]

    def _flow(self, text: str, number: int) -> list[str]:
        """Read "[a, b]", which may go on over several lines."""
        items: list[str] = []
        first, position, wants_item = number, 1, True
        while True:
            while text[position : position + 1] in (" ", "\t"):
                position += 1
            if position >= len(text) or (text[position] == "#" and text[position - 1] in " \t"):
                if self._at == len(self._lines):
                    self._fail(first, "a list that begins with [ is never closed by ]")
                number, _, text = self._lines[self._at]
                position = 0
                self._at += 1
            elif text[position] == "]":
                self._end(text, position + 1, number)
                return items
            elif text[position] == "," and not wants_item:
                wants_item = True
                position += 1
            elif wants_item:
                item, position = self._scalar(text, position, number, flow=True)
                items.append(item)
                wants_item = False
            else:
                self._fail(number, "no comma between two terms of a list")

    def _end(self, text: str, position: int, number: int) -> None:
        rest = text[position:].lstrip(" \t")
        comment = rest.startswith("#") and text[len(text) - len(rest) - 1] in " \t"
        if rest and not comment:
            self._fail(number, f"{rest[:60]!r} behind the end of a value")

    def _scalar(self, text: str, position: int, number: int, flow: bool) -> tuple[str, int]:
        """Read a quoted or plain scalar; return it with the position behind it."""
        if text[position] == '"':
            return self._double(text, position + 1, number)
        if text[position] == "'":
            return self._single(text, position + 1, number)
        if text[position] in _REFUSED:
            self._fail(number, f"{text[position:][:60]!r} begins with {_REFUSED[text[position]]}")
        if text[position] in "?:-" and text[position + 1 : position + 2] in ("", " ", "\t"):
            self._fail(number, f"{text[position:][:60]!r} begins with a sign that YAML keeps for itself; quote it")
        end = position
        while end < len(text):
            character = text[end]
            if (character == "#" and end > position and text[end - 1] in " \t") or (flow and character in ",[]{}"):
                break
            if character == ":" and (text[end + 1 : end + 2] in ("", " ", "\t") or (flow and text[end + 1] in ",[]{}")):
                self._fail(number, f"{text[position:][:60]!r} holds a colon and space: a mapping in YAML; quote it")
            end += 1
        value = text[position:end].strip(" \t")
        self._note(value)
        return value, end

    def _note(self, value: str) -> None:
        if value.casefold() in SPECIAL:
            self.special.append(value)

    def _single(self, text: str, position: int, number: int) -> tuple[str, int]:
        parts: list[str] = []
        while True:
            end = text.find("'", position)
            if end < 0:
                self._fail(number, "a quotation mark is not closed on its line")
            parts.append(text[position:end])
            if text[end + 1 : end + 2] != "'":
                return "".join(parts), end + 1
            parts.append("'")
            position = end + 2

    def _double(self, text: str, position: int, number: int) -> tuple[str, int]:
        parts: list[str] = []
        while position < len(text):
            character = text[position]
            position += 1
            if character == '"':
                return "".join(parts), position
            if character != "\\":
                parts.append(character)
                continue
            code = text[position : position + 1]
            position += 1
            if code in _SIMPLE_ESCAPES:
                parts.append(_SIMPLE_ESCAPES[code])
                continue
            digits = text[position : position + _CODE_LENGTHS.get(code, 0)]
            if not digits or len(digits) < _CODE_LENGTHS[code] or not _HEX.fullmatch(digits):
                self._fail(number, f"unknown escape \\{code}{digits}")
            value = int(digits, 16)
            if value > 0x10FFFF or 0xD800 <= value <= 0xDFFF:
                self._fail(number, f"\\{code}{digits} is no character")
            parts.append(chr(value))
            position += len(digits)
        self._fail(number, "a quotation mark is not closed on its line")


def _is_item(text: str) -> bool:
    return text == "-" or text.startswith(("- ", "-\t"))


def write(tree: dict[str, Tree], indent: int = 0) -> list[str]:
    """Return the lines of a tree; scalars are quoted wherever YAML could read something else than a word."""
    lines: list[str] = []
    for key, value in tree.items():
        head = f"{' ' * indent}{quote(key)}:"
        if isinstance(value, dict):
            lines += [head, *write(value, indent + 2)]
        elif value:
            lines += [head, *(f"{' ' * (indent + 2)}- {quote(term)}" for term in value)]
        else:
            lines.append(f"{head} []")
    return lines


def quote(text: str) -> str:
    """Write a scalar plainly where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.casefold() not in SPECIAL:
        return text
    out = []
    for character in text:
        if character in '"\\':
            out.append("\\" + character)
        elif character.isprintable():
            out.append(character)
        else:
            code = ord(character)
            out.append(f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}")
    return '"' + "".join(out) + '"'

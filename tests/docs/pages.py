"""Pages of the documentation as blocks of code: which there are, what each expects, and what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<language>[^`]*)$")
NOTE = re.compile(r"^<!-- (?P<key>file|not run|fails): (?P<value>.+) -->$")
START = re.compile(r"^<!-- starts with: (?P<things>.+) -->$", re.MULTILINE)
KEPT = re.compile(r"^<!-- keeps: (?P<picture>\S+) from (?P<command>.+) -->$", re.MULTILINE)
SHOWN_ONLY = ("bibtex", "text", "toctree")  # no code: what a reader may see or copy, but no machine runs
LANGUAGES = {"console", "python", "csv", "toml", "json", "sh"}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page.

    Attributes
    ----------
    language : str
        What stands behind the fence: "console", "python", "csv", ...
    lines : tuple of str
    line : int
        Number of the first line inside the fence, from 0.
    file : str
        Name of the file that the block is, "" for none.
    excuse : str
        Why the block is not run, "" where it is.
    code : int
        Exit code that the last command of the block ends with.
    """

    language: str
    lines: tuple[str, ...]
    line: int
    file: str = ""
    excuse: str = ""
    code: int = 0

    @property
    def shown_only(self) -> bool:
        """Whether it holds nothing that could be run: a quotation, or a directive of Sphinx."""
        return self.language in SHOWN_ONLY or self.language.startswith("{")


@dataclass(slots=True)
class Command:
    """A line behind a `$`, with the output that the page shows below it.

    Attributes
    ----------
    text : str
    expected : list of str
        Lines; `...` stands for any part of a line, and alone for any lines.
    first, last : int
        Lines of the page that hold the expected output, the last exclusive.
    """

    text: str
    expected: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0


def list_pages() -> list[Path]:
    """Return all pages of the documentation, in the order of their names."""
    return sorted(p for p in DOCS.rglob("*.md") if "_build" not in p.parts)


def read_blocks(text: str) -> list[Block]:
    """Return the fenced blocks of a page in their order, each with the note right above it."""
    lines = text.splitlines()
    blocks: list[Block] = []
    note: dict[str, str] = {}
    number = 0
    while number < len(lines):
        if found := FENCE.match(lines[number]):
            start = number + 1
            number = _find_end(lines, start, found["marks"])
            blocks.append(_make_block(found["language"].strip(), lines[start:number], start, note))
        if found := NOTE.match(lines[number]):
            note[found["key"]] = found["value"]
        elif lines[number].strip():
            note = {}
        number += 1
    return blocks


def _find_end(lines: list[str], start: int, marks: str) -> int:
    for number in range(start, len(lines)):
        if lines[number].rstrip() == marks:
            return number
    raise ValueError(f"line {start}: the fence {marks} is never closed.")


def _make_block(language: str, lines: list[str], start: int, note: dict[str, str]) -> Block:
    code = int(note.get("fails", 0))
    return Block(language, tuple(lines), start, note.get("file", ""), note.get("not run", ""), code)


def read_start(text: str) -> tuple[str, ...]:
    """Return what must lie in the folder in which a page is run."""
    found = START.search(text)
    return tuple(x.strip() for x in found["things"].split(",")) if found else ()


def read_kept(text: str) -> list[tuple[str, str]]:
    """Return the pictures that a page keeps beside it, each with the command that makes it in a folder `kept`."""
    return [(found["picture"], found["command"]) for found in KEPT.finditer(text)]


def read_commands(block: Block) -> list[Command]:
    """Return the commands of a console block, each with its expected output."""
    commands: list[Command] = []
    open_line = False
    for number, line in enumerate(block.lines, block.line):
        if open_line:
            commands[-1].text += "\n" + line
        elif line.startswith("$ "):
            commands.append(Command(line[2:]))
        elif not commands:
            raise ValueError(f"line {number + 1}: output before any command: {line!r}.")
        else:
            commands[-1].expected.append(line)
            continue
        open_line = line.endswith("\\")
        commands[-1].first = number + 1
    for command in commands:
        command.last = command.first + len(command.expected)
    return commands


def strip_output(lines: list[str]) -> list[str]:
    """Take empty lines from both ends, and the spaces at the ends of lines."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return text.split("\n") if text else []


def matches(expected: list[str], found: list[str]) -> bool:
    """Whether output is what a page shows, where `...` stands for what it leaves out."""
    pattern = ""
    for line in strip_output(expected):
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.split("...")) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in strip_output(found))) is not None

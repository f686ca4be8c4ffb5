"""Runs a page: its commands, its Python and its files, in one folder, from the first block to the last."""

from __future__ import annotations

import contextlib
import difflib
import doctest
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pages import Block, Command, matches, read_blocks, read_commands, read_kept, read_start, strip_output

from framing.cli import run

COLUMNS = "88"  # what a page shows without scrolling
LIKE = 0.6  # of two lines that say the same with other numbers
FOR_A_SHELL = frozenset("|&;<>()$`\\*?[#~\n")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a page shows something else than what came out.

    Attributes
    ----------
    first, last : int
        Lines of the page with the expected output, from 0, the last exclusive.
    command : str
    found : tuple of str
    expected : tuple of str
    """

    first: int
    last: int
    command: str
    found: tuple[str, ...]
    expected: tuple[str, ...]

    def __str__(self) -> str:
        lines = difflib.unified_diff(self.expected, self.found, "the page", "what came out", lineterm="", n=2)
        return "\n".join([f"above line {self.first + 1}: {self.command}", *lines])


@dataclass(slots=True)
class PageRun:
    """What running a page gave.

    Attributes
    ----------
    differences : list of Difference
    ran : set of int
        Lines of the blocks that were run or written as files.
    pictures : dict of str to bytes
        What the page keeps beside it, by name.
    """

    differences: list[Difference]
    ran: set[int]
    pictures: dict[str, bytes]


def run_page(text: str, folder: Path, things: Mapping[str, Path], draw: bool = False) -> PageRun:
    """Run all blocks of a page.

    Parameters
    ----------
    text : str
    folder : Path
        Empty; the blocks run in it.
    things : mapping of str to Path
        What pages may start with: files and folders, by name; they are copied into the folder.
    draw : bool
        Make the pictures too that the page keeps beside it.

    Raises
    ------
    ValueError
        A page starts with something that is not there, or a block cannot be read.
    """
    for name in read_start(text):
        if name not in things:
            raise ValueError(f"the page starts with {name!r}; there are: {', '.join(sorted(things))}.")
        _lay_out(things[name], folder / name)
    result = PageRun([], set(), {})
    names: dict[str, Any] = {"__name__": "__page__"}
    with _inside(folder):
        for block in read_blocks(text):
            if (block.shown_only and not block.file) or block.excuse:
                continue
            result.differences += _run_block(block, folder, names)
            result.ran.add(block.line)
        for picture, command in read_kept(text) if draw else ():
            result.pictures[picture] = _draw(command, folder / "kept" / Path(picture).name)
    return result


def _draw(command: str, path: Path) -> bytes:
    code, output = run_line(command)
    if code or not path.is_file():
        raise ValueError(f"{command}: made no {path.name}: {output}")
    return path.read_bytes()


def _lay_out(source: Path, target: Path) -> None:
    """Copy: what a page writes into an analysis must not reach other pages."""
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before, columns, path = Path.cwd(), os.environ.get("COLUMNS"), list(sys.path)
    os.chdir(folder)
    os.environ["COLUMNS"] = COLUMNS
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path
        if columns is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = columns


def _run_block(block: Block, folder: Path, names: dict[str, Any]) -> list[Difference]:
    if block.file:
        target = folder / block.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        return []
    if block.language == "console":
        commands = read_commands(block)
        return [d for c in commands if (d := _run_command(c, block.code if c is commands[-1] else 0))]
    if block.language == "python":
        return _run_python(block, names)
    raise ValueError(f"line {block.line}: nothing runs {block.language!r}. Give the block a note: file, or not run.")


def _run_command(command: Command, code: int) -> Difference | None:
    ended, output = run_line(command.text)
    found = strip_output(output.split("\n"))
    if ended != code:
        found.append(f"(exit code {ended}, {code} was expected)")
    if matches(command.expected, found):
        return None
    return Difference(command.first, command.last, command.text, tuple(found), tuple(strip_output(command.expected)))


def run_line(line: str) -> tuple[int, str]:
    """Run a command line; return its exit code, and what it printed to both streams.

    `framing` alone runs in this process, which spares its start; all else in bash.
    """
    line = line.replace("\\\n", " ")
    words = shlex.split(line) if not FOR_A_SHELL & set(line) else []
    if words[:1] == ["framing"]:
        return _run_here(words)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        ["bash", "-c", line],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


def _run_here(words: list[str]) -> tuple[int, str]:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    typed, sys.argv = sys.argv, words
    try:
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            try:
                code = run(words[1:])
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.argv = typed
    stream.flush()
    return code, raw.getvalue().decode("utf-8")


class _Collector(doctest.DocTestRunner):
    """Keeps what examples gave in place of printing it."""

    def __init__(self, block: Block) -> None:
        super().__init__(optionflags=doctest.ELLIPSIS, verbose=False)
        self.block, self.wrong = block, list[Difference]()

    def _add(self, example: doctest.Example, got: str) -> None:
        first = self.block.line + example.lineno + example.source.count("\n")
        wanted = tuple(example.want.splitlines())
        found = tuple(line or "<BLANKLINE>" for line in got.splitlines())
        self.wrong.append(Difference(first, first + len(wanted), example.source.strip(), found, wanted))

    def report_failure(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        self._add(example, got)

    def report_unexpected_exception(self, out: Any, test: Any, example: doctest.Example, exc_info: Any) -> None:
        self._add(example, f"{exc_info[0].__name__}: {exc_info[1]}")


def _run_python(block: Block, names: dict[str, Any]) -> list[Difference]:
    text = "\n".join(block.lines) + "\n"
    if ">>>" not in text:
        exec(compile(text, f"<line {block.line}>", "exec"), names)
        return []
    test = doctest.DocTestParser().get_doctest(text, names, "page", None, block.line)
    collector = _Collector(block)
    collector.run(test, clear_globs=False, out=lambda _: None)
    names.update(test.globs)
    return collector.wrong


def rewrite(text: str, differences: list[Difference]) -> str:
    """Return a page with what came out in place of what it showed.

    Where `...` left something out it does so again, if the lines that were shown can be told in what came out.
    """
    lines = text.split("\n")
    for wrong in sorted(differences, key=lambda d: d.first, reverse=True):
        lines[wrong.first : wrong.last] = _shorten(wrong.found, wrong.expected)
    return "\n".join(lines)


def _shorten(found: tuple[str, ...], model: tuple[str, ...]) -> list[str]:
    """Keep as much at both ends as the page showed, and between the lines that are most like those it showed."""
    dots = [number for number, line in enumerate(model) if line == "..."]
    if not dots or len(found) < len(model):
        return list(found)
    place, end = dots[0], len(found) - (len(model) - dots[-1] - 1)
    kept = list(found[:place])
    for line in model[dots[0] : dots[-1] + 1]:
        if line != "...":
            likeness = [difflib.SequenceMatcher(None, line, other).ratio() for other in found[place:end]]
            if max(likeness, default=0) < LIKE:
                return list(found)
            place += likeness.index(max(likeness)) + 1
            line = found[place - 1]
        kept.append(line)
    return [*kept, *found[end:]]

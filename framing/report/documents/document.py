"""A report as a document: headings, paragraphs, lists, tables and pictures, whatever file it is to become.

What a report says is decided once, for the page (`page/` and its templates). `reader.py` reads the page into
these values; `markdown.py` and `docx.py` write them, and decide nothing but how a file says them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

SEPARATOR = " · "  # between things of a kind on one line


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks one way.

    Attributes
    ----------
    text : str
        As it is to be read; nothing in it is markup.
    bold, italic, code, muted : bool
        `muted` is for what stands back: units, intervals.
    few : bool
        Whether it rests on too few articles; the page has it in grey.
    link : str
        "#id" of a place in the document, an address with http or https, or "".
    optional : bool
        Whether the piece is left out, not only its link, where the document has no such place.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    muted: bool = False
    few: bool = False
    link: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Text without a break, and the ids by which it can be linked to."""

    runs: tuple[Run, ...]
    anchors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document has level 1."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `note` for one that stands back."""

    line: Line
    note: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; level 0 is the outermost."""

    level: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that begins in a column and covers `span` columns and `down` rows."""

    column: int
    lines: tuple[Line, ...]
    span: int = 1
    down: int = 1
    left: bool = False

    @property
    def text(self) -> str:
        """The words alone, line by line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `group` for one that heads those below it."""

    cells: tuple[Cell, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `caption` stands with it and may be empty; `title` is what a screen reader calls it."""

    caption: Line
    title: str
    columns: int
    head: tuple[Row, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a PNG file. `width` and `height` are what it was drawn for, in points."""

    data: bytes
    alt: str
    width: int
    height: int
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Text to be copied as it stands, line by line."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | Bullets | Table | Picture | Listing


@dataclass(frozen=True, slots=True)
class Document:
    """A report, in the order in which it is read; `lang` is the language of its texts, as in HTML."""

    title: str
    lang: str
    blocks: tuple[Block, ...]


def walk_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """All lines of blocks, in their order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.line
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from item.lines
        elif isinstance(block, Table):
            yield block.caption
            for row in (*block.head, *block.body):
                for cell in row.cells:
                    yield from cell.lines


def settle_links(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks whose links all lead somewhere, and whose anchors are all linked to.

    A link to a place that is not in the document becomes plain text, or goes where it is optional; what is empty then
    goes too.
    """
    known = tuple(blocks)
    anchors = {a for line in walk_lines(known) for a in line.anchors} | {
        a for block in known if isinstance(block, Picture) for a in block.anchors
    }

    def settle(line: Line) -> Line:
        kept = [
            run if not run.link.startswith("#") or run.link[1:] in anchors else replace(run, link="")
            for run in line.runs
            if not (run.optional and run.link.startswith("#") and run.link[1:] not in anchors)
        ]
        return replace(line, runs=_trim_separators(kept))

    settled = [block for block in (_map_lines(b, settle) for b in known) if block is not None]
    linked = {run.link[1:] for line in walk_lines(settled) for run in line.runs if run.link.startswith("#")}

    def keep_linked(line: Line) -> Line:
        return replace(line, anchors=tuple(a for a in line.anchors if a in linked))

    kept = (_map_lines(b, keep_linked) for b in settled)
    return tuple(
        replace(b, anchors=tuple(a for a in b.anchors if a in linked)) if isinstance(b, Picture) else b
        for b in kept
        if b is not None
    )


def _trim_separators(runs: list[Run]) -> tuple[Run, ...]:
    """Leave out separators that separate nothing."""
    kept: list[Run] = []
    for run in runs:
        if run.text != SEPARATOR or (kept and kept[-1].text != SEPARATOR):
            kept.append(run)
    while kept and kept[-1].text == SEPARATOR:
        kept.pop()
    return tuple(kept)


def _map_lines(block: Block, change: Callable[[Line], Line]) -> Block | None:
    """Return a block with its lines changed; None where nothing is left of it."""
    if isinstance(block, Heading | Paragraph):
        line = change(block.line)
        return replace(block, line=line) if line.runs else None
    if isinstance(block, Bullets):
        changed = (replace(i, lines=tuple(line for x in i.lines if (line := change(x)).runs)) for i in block.items)
        items = tuple(item for item in changed if item.lines)
        return Bullets(items) if items else None
    if isinstance(block, Table):
        return replace(
            block,
            caption=change(block.caption),
            head=tuple(_map_row(row, change) for row in block.head),
            body=tuple(_map_row(row, change) for row in block.body),
        )
    return block


def _map_row(row: Row, change: Callable[[Line], Line]) -> Row:
    cells = (replace(c, lines=tuple(x for line in c.lines if (x := change(line)).runs or x.anchors)) for c in row.cells)
    return replace(row, cells=tuple(cells))

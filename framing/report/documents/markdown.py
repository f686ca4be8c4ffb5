"""The report as Markdown: CommonMark with the tables of GitHub, its charts as files beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from framing import store
from framing.errors import InputError
from framing.report.documents.document import (
    Bullets,
    Cell,
    Document,
    Heading,
    Line,
    Listing,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    walk_lines,
)
from framing.report.documents.markdown_text import escape, escape_opening, say_anchors, say_line
from framing.report.documents.reader import build_document
from framing.report.lang import _, speaking

if TYPE_CHECKING:
    from framing.analysis import Analysis

LONGEST_NAME = 60  # of a file, besides its number


def write_markdown(
    analysis: Analysis, path: str | Path, outlets: Sequence[str] | None = None, lang: str = "en"
) -> Path:
    """Write the report of an analysis as Markdown, to be edited.

    Parameters
    ----------
    path : path
        The file; an older one is replaced, whole or not at all. The charts go into a folder beside it: those of
        "report.md" into "report_files/".
    outlets : sequence of str, optional
        Outlets with a section of their own, in this order; by default the eight with most articles.
    lang : str
        See `framing.report.lang.speaking`.

    Returns
    -------
    Path
        The same analysis and choice give the same bytes.

    Raises
    ------
    InputError
        An outlet is not in the analysis, there is no such language, or the folder cannot be made.
    StoreError
        A file cannot be written.
    """
    target = Path(path)
    with speaking(lang):
        document = build_document(analysis, outlets)
        files = name_pictures(document)
        folder = target.with_name(f"{target.stem}_files")
        text = render_markdown(document, {name: f"{quote(folder.name)}/{name}" for name in files})
    if files:
        _make(folder)
    for name, picture in files.items():
        store.write_bytes(folder / name, picture.data)
    store.write_bytes(target, text.encode("utf-8", "replace"))
    return target


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise InputError(
            f"{folder}: cannot be made ({reason.strerror}). Choose another place for the report."
        ) from reason


def name_pictures(document: Document) -> dict[str, Picture]:
    """Name the files of the charts: by their order, and by the headings that they stand below."""
    named: dict[str, Picture] = {}
    above: list[Heading] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            above = [heading for heading in above if 2 < heading.level < block.level] + [block]
        elif isinstance(block, Picture):
            named[f"{len(named) + 1:02}{_slug(' '.join(h.line.text for h in above))}.png"] = block
    return named


def _slug(text: str) -> str:
    """Return what every file system takes of a heading, "-" before it; "" where nothing is left."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST_NAME].strip("-")
    return f"-{plain}" if plain else ""


def render_markdown(document: Document, addresses: dict[str, str]) -> str:
    """Return a document as Markdown.

    Parameters
    ----------
    addresses : dict of str to str
        Where each chart is to be found, by its name, in the order of the document.
    """
    places = iter(addresses.values())
    written = []
    told = not any(run.few for line in walk_lines(document.blocks) for run in line.runs)
    for block in document.blocks:
        if isinstance(block, Picture):
            written.append(f"{say_anchors(block.anchors)}![{escape(block.alt)}]({next(places)})")
        elif isinstance(block, Heading):
            if block.level == 2 and not told:
                written.append(_("Numbers that rest on too few articles, grey on the page, are in *italics* here."))
                told = True
            text = re.sub(r"#", r"\#", say_line(Line(block.line.runs)))
            written.append(f"{'#' * block.level} {say_anchors(block.line.anchors)}{text}")
        elif isinstance(block, Paragraph):
            written.append(_say_start(block.line))
        elif isinstance(block, Bullets):
            written.append("\n".join(_say_items(block)))
        elif isinstance(block, Listing):
            written.append("\n".join(f"    {line}" for line in block.lines))
        else:
            written.append("\n".join(_say_table(block)))
    return "\n\n".join(_part_lists(written, document)) + "\n"


def _part_lists(written: Sequence[str], document: Document) -> Iterator[str]:
    """Keep two lists that follow each other two."""
    before = ""
    for text in written:
        yield f"<!-- -->\n\n{text}" if before.startswith("- ") and text.startswith("- ") else text
        before = text


def _say_start(line: Line) -> str:
    """Return a line that begins a block, and is nothing but text."""
    written = say_line(Line(line.runs))
    return say_anchors(line.anchors) + escape_opening(written)


def _say_items(block: Bullets) -> Iterator[str]:
    for item in block.items:
        indent = "  " * item.level
        first, *others = (_say_start(line) for line in item.lines)
        yield f"{indent}- {first}" + "".join(f"\\\n{indent}  {line}" for line in others)


def _say_table(table: Table) -> Iterator[str]:
    caption = _say_start(Line(tuple(_italic(run) for run in table.caption.runs), table.caption.anchors))
    if caption:
        yield caption + "\n"
    yield _say_row([_say_head(table.head, column) for column in range(table.columns)])
    left = {c.column for row in table.body for c in row.cells if c.left and c.span == 1}
    yield _say_row([":---" if column in left else "---:" for column in range(table.columns)])
    for row in table.body:
        cells = {c.column: c for c in row.cells}
        yield _say_row([_say_cell(cells[n]) if n in cells else "" for n in range(table.columns)])


def _italic(run: Run) -> Run:
    return replace(run, italic=True)


def _say_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _say_head(rows: Sequence[Row], column: int) -> str:
    """Return what the head says of a column: all cells above it, each once."""
    above = [c for row in rows for c in row.cells if c.column <= column < c.column + c.span and c.text]
    return ": ".join(dict.fromkeys(_say_cell(c) for c in above))


def _say_cell(cell: Cell) -> str:
    return "<br>".join(say_line(line) for line in cell.lines)

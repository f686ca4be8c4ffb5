"""Reads a report's page as a document: what stands on it before anything is unfolded, with some of its evidence.

What is said, in which order and in which words, is the page's: this knows its elements, and none of its texts.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from framing.report.documents.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Picture,
    Run,
    Table,
    settle_links,
)
from framing.report.documents.evidence_blocks import find_linked, find_printed, read_evidence
from framing.report.documents.lines import MARKS, clean_text, is_hidden, read_line, read_lines
from framing.report.documents.page_tree import Node, read_tree
from framing.report.documents.pictures import show_picture
from framing.report.documents.tables import read_table
from framing.report.lang import _, language
from framing.report.page.build import build_page
from framing.report.page.html import render_page
from framing.report.results import Results
from framing.report.wording import count

if TYPE_CHECKING:
    from framing.analysis import Analysis

MOST_OF_FINDING = 3  # mentions in context behind a finding; more would bury the findings
EVIDENCE = ("mentions", "sentences")  # ids of the sections with evidence
_HEADINGS = {f"h{level}": level for level in range(1, 6)}
_UNREAD = frozenset({"footer", "summary", "form"})


def build_document(analysis: Analysis, outlets: Sequence[str] | None = None) -> Document:
    """Return the report of an analysis as a document, in the language that is spoken (see `lang.speaking`).

    Raises
    ------
    InputError
        An outlet is not in the analysis.
    """
    return read_document(render_page(build_page(Results(analysis), outlets, show=show_picture)))


def read_document(html: str) -> Document:
    """Read a page.

    Parameters
    ----------
    html : str
        As `render_page` returns it, its charts as PNG.

    Returns
    -------
    Document
        Tables, charts and lists that the page folds are left out, unless they are all that stands below a heading of
        theirs. Of the evidence, what findings link to is kept, of each link the first mentions.
    """
    root = read_tree(html)
    reader = _Reader(find_linked(root), find_printed(root))
    reader.read_all(root)
    blocks = settle_links(reader.blocks)
    title = next((b.line.text for b in blocks if isinstance(b, Heading) and b.level == 1), "")
    return Document(title, language(), blocks)


class _Reader:
    def __init__(self, linked: Mapping[str, None], printed: Mapping[str, Node]) -> None:
        self.linked, self.printed = linked, printed
        self.blocks: list[Block] = []
        self.pending: list[str] = []  # ids that wait for the next block
        self.readers: dict[str, Callable[[Node], Block | None]] = {
            **dict.fromkeys(_HEADINGS, _read_heading),
            "p": _read_paragraph,
            "ul": _read_list,
            "ol": _read_list,
            "dl": _read_pairs,
            "table": read_table,
            "img": _read_picture,
            "pre": _read_listing,
        }

    def read_all(self, parent: Node) -> None:
        before: Node | None = None
        for node in parent.elements:
            if is_hidden(node) or node.tag in _UNREAD:
                continue
            if node.tag != "details" or (before is not None and before.tag == "h4"):
                self.read(node)
            before = node

    def read(self, node: Node) -> None:
        if node.id in EVIDENCE:
            self.read_evidence(node)
        elif node.tag == "nav":
            self.read_contents(node)
        elif node.tag in self.readers:
            block = self.readers[node.tag](node)
            if block is not None:
                self.add(block)
        else:
            self.pending += [node.id] if node.id else []
            self.read_all(node)

    def add(self, block: Block) -> None:
        """Add a block, with the ids of what it begins."""
        if self.pending and not isinstance(block, Listing) and not (isinstance(block, Bullets) and not block.items):
            block, self.pending = _mark(block, tuple(self.pending)), []
        self.blocks.append(block)

    def read_contents(self, node: Node) -> None:
        """Say what this document holds, and list its sections; those below them have headings to be found by."""
        found = [item for ul in node.elements for item in _read_items(ul, 0) if not item.level]
        items = [replace(item, lines=tuple(map(_only_linked, item.lines))) for item in found]
        title = Line((Run(clean_text(node.attributes.get("aria-label", "")), bold=True),))
        self.blocks += [_say_extent(), Paragraph(title), Bullets(tuple(items))]

    def read_evidence(self, section: Node) -> None:
        """Keep the evidence of findings, below the heading of its section; nothing without any."""
        found = read_evidence(section, self.linked, self.printed, MOST_OF_FINDING)
        heading = next((node for node in section.elements if node.tag == "h2"), None)
        if found and heading is not None:
            self.pending.append(section.id)
            self.add(_read_heading(heading))
            self.add(Paragraph(Line((Run(_say_choice()),))))
            self.blocks += found


def _only_linked(line: Line) -> Line:
    """Return a line of contents, which goes with the section that it leads to."""
    return replace(line, runs=tuple(replace(run, optional=True) for run in line.runs))


def _say_choice() -> str:
    return _("Behind the findings; of each number the first {most}.").format(most=count(MOST_OF_FINDING, "mention"))


def _say_extent() -> Paragraph:
    """Say what this document leaves out."""
    text = _(
        "This document holds what the HTML report shows before anything is unfolded, and a few mentions behind each "
        "finding; links to others are left out. All mentions of a number: `framing evidence DIR MEASURE --of OUTLET`. "
        "All numbers: `framing table DIR NAME`."
    )
    pieces = text.split("`")
    return Paragraph(Line(tuple(Run(p, code=bool(i % 2)) for i, p in enumerate(pieces) if p)), note=True)


def _read_picture(node: Node) -> Picture:
    width, height = (int(node.attributes[name]) for name in ("width", "height"))
    data = base64.b64decode(node.attributes["src"].partition("base64,")[2])
    return Picture(data, clean_text(node.attributes["alt"]), width, height)


def _read_heading(node: Node) -> Heading:
    return Heading(_HEADINGS[node.tag], read_line(node))


def _read_paragraph(node: Node) -> Paragraph | None:
    line = read_line(node)
    return Paragraph(line, bool(node.classes & {"facts", "note", "label", "beside", "where"})) if line.runs else None


def _read_listing(node: Node) -> Listing:
    text = "".join(child for part in node.walk() for child in part.children if isinstance(child, str))
    return Listing(tuple(clean_text(line) for line in text.strip("\n").split("\n")))


def _read_list(node: Node) -> Bullets:
    return Bullets(tuple(_read_items(node, 0)))


def _read_items(node: Node, level: int) -> list[Item]:
    """Return the items of a list, and behind each those of the lists in it."""
    items: list[Item] = []
    for li in node.elements:
        inner = [child for child in li.elements if child.tag in ("ul", "ol", "p")]
        if not inner:
            items.append(_item(level, read_lines(li)))
            continue
        items += _read_parts(li, level)
    return [item for item in items if item.lines]


def _read_parts(li: Node, level: int) -> list[Item]:
    """Return an item that holds paragraphs and lists: what follows its first paragraph stands a level below."""
    items: list[Item] = []
    direct = Node(li.tag, dict(li.attributes), [c for c in li.children if not _is_part(c)])
    own = read_lines(direct)
    if own:
        items.append(_item(level, own))
    for part in li.elements:
        if part.tag in ("ul", "ol"):
            items += [_mark_check(item, li) for item, li in _read_checks(part, level + 1)]
        elif part.tag == "p" and (lines := read_lines(part)):
            items.append(Item(level + bool(items), lines))
    if li.id and items and not own:
        first = items[0].lines[0]
        items[0] = replace(items[0], lines=(replace(first, anchors=(li.id, *first.anchors)), *items[0].lines[1:]))
    return items


def _is_part(child: Node | str) -> bool:
    return isinstance(child, Node) and child.tag in ("ul", "ol", "p")


def _read_checks(node: Node, level: int) -> list[tuple[Item, Node]]:
    return [(item, li) for li in node.elements for item in _read_items(Node("ul", {}, [li]), level)]


def _mark_check(item: Item, li: Node) -> Item:
    """Put the mark of an answer before it."""
    mark = next((MARKS[name] for name in MARKS if name in li.classes), "")
    if not mark:
        return item
    first = item.lines[0]
    return replace(item, lines=(replace(first, runs=(Run(mark), *first.runs)), *item.lines[1:]))


def _item(level: int, lines: tuple[Line, ...]) -> Item:
    return Item(level, lines)


def _read_pairs(node: Node) -> Bullets:
    """Return a list of terms and their meanings."""
    items = []
    for pair in node.elements:
        term, meaning = (read_line(child) for child in pair.elements)
        bold = tuple(replace(run, bold=True, italic=False) for run in term.runs)
        items.append(Item(0, (Line((*bold, Run(": "), *meaning.runs)),)))
    return Bullets(tuple(items))


def _mark(block: Block, ids: tuple[str, ...]) -> Block:
    """Return a block that begins with some ids."""
    if isinstance(block, Picture):
        return replace(block, anchors=(*ids, *block.anchors))
    if isinstance(block, Heading | Paragraph):
        return replace(block, line=replace(block.line, anchors=(*ids, *block.line.anchors)))
    if isinstance(block, Table):
        return replace(block, caption=replace(block.caption, anchors=(*ids, *block.caption.anchors)))
    if isinstance(block, Bullets):
        item = block.items[0]
        first = replace(item.lines[0], anchors=(*ids, *item.lines[0].anchors))
        return Bullets((replace(item, lines=(first, *item.lines[1:])), *block.items[1:]))
    return block

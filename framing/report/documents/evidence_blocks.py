"""The evidence that a document keeps: the first mentions behind what the findings link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from framing.report.documents.document import Block, Bullets, Heading, Item, Line, Paragraph, Run
from framing.report.documents.lines import is_hidden, read_line, read_lines
from framing.report.documents.page_tree import Node
from framing.report.lang import _

_MUTED = Run("", muted=True)
_SUBJECT, _PLACES = "h3", ("h4", "h5")


def find_linked(root: Node) -> dict[str, None]:
    """Return the ids that the findings of a page link to, in their order."""
    lists = (node for node in root.all("ul") if "findings" in node.classes)
    links = (a for found in lists for a in found.all("a"))
    return dict.fromkeys(a.attributes["href"][1:] for a in links if a.attributes.get("href", "").startswith("#"))


def find_printed(root: Node) -> dict[str, Node]:
    """Return the items in which sentences are printed, by the ids under which others refer to them."""
    items = (li for li in root.all("li") if any("said" in child.classes for child in li.elements))
    return {child.id: li for li in items for child in li.elements if "said" in child.classes and child.id}


@dataclass(slots=True)
class _Kept:
    """The mentions of one place of the page: below which headings they stand, and how many there are in all."""

    id: str
    subject: Node | None
    places: list[Node]
    total: int = 0
    groups: list[list[Node]] = field(default_factory=list)


def read_evidence(section: Node, linked: Mapping[str, None], printed: Mapping[str, Node], most: int) -> list[Block]:
    """Return the first mentions of each linked place in a section, place by place, below their subjects.

    A sentence that the page prints elsewhere, and only refers to here, is printed here too: what it refers to may not
    be in the document.
    """
    blocks: list[Block] = []
    subject: Node | None = None
    for kept in _find(section, linked):
        shown = _choose(kept.groups, most)
        if not shown:
            continue
        if kept.subject is not None and kept.subject is not subject:
            subject = kept.subject
            blocks.append(Heading(3, _plain(subject)))
        where = _("{shown} of {total}").format(shown=len(shown), total=f"{max(kept.total, len(shown)):,}")
        place = [replace(run, bold=True) for node in kept.places for run in (Run(", "), *_plain(node).runs)][1:]
        blocks.append(Paragraph(Line((*place, Run(f" ({where})", muted=True)), (kept.id,))))
        blocks.append(Bullets(tuple(_read_item(li, printed) for li in shown)))
    return blocks


def _find(section: Node, linked: Mapping[str, None]) -> Iterator[_Kept]:
    """Find the linked places in the order of the page."""

    def visit(node: Node, subject: Node | None, places: list[Node]) -> Iterator[_Kept]:
        own = next((c for c in node.elements if c.tag == _SUBJECT), subject)
        here = [*places, *(c for c in node.elements if c.tag in _PLACES)]
        if node.id in linked and node is not section:
            totals = [int(n.attributes["data-total"]) for n in node.walk() if "data-total" in n.attributes]
            groups = [[li for li in ul.elements if li.tag == "li"] for ul in node.all("ul")]
            yield _Kept(node.id, own, here, sum(totals), groups)
        for child in node.elements:
            yield from visit(child, own, here)

    return visit(section, None, [])


def _choose(groups: list[list[Node]], most: int) -> list[Node]:
    """Choose the first of each group in turn, so that every name is seen where there is room."""
    turns = sorted((turn, number) for number, group in enumerate(groups) for turn in range(len(group)))[:most]
    return [groups[number][turn] for turn, number in sorted(turns, key=lambda place: (place[1], place[0]))]


def _plain(heading: Node) -> Line:
    """Return a heading without its counts and links."""
    kept = [c for c in heading.children if isinstance(c, str) or not (c.classes & {"n", "voice"} or is_hidden(c))]
    return read_line(Node(heading.tag, {}, kept))


def _read_item(li: Node, printed: Mapping[str, Node]) -> Item:
    again = next((child for child in li.elements if "again" in child.classes), None)
    if again is None:
        return Item(0, read_lines(li))
    target = next((a.attributes["href"][1:] for a in again.all("a")), "")
    if target not in printed:
        return Item(0, read_lines(li))
    said = next(child for child in printed[target].elements if "said" in child.classes)
    marks = [read_line(mark).text for mark in again.all("mark")]
    told = [read_line(child, _MUTED) for child in li.elements if "where" in child.classes]
    told += [_read_place(child) for child in printed[target].elements if "where" in child.classes]
    where = [run for line in told if line.runs for run in (Run(" "), *line.runs)][1:]
    return Item(0, (_mark(read_line(said).text, marks), Line(tuple(where))))


def _mark(sentence: str, marks: Sequence[str]) -> Line:
    """Return a sentence with some of its words in bold, each where it first stands behind the one before."""
    runs, at = [], 0
    for mark in marks:
        start = sentence.find(mark, at)
        if start >= 0:
            runs += [Run(sentence[at:start]), Run(mark, bold=True)]
            at = start + len(mark)
    return Line(tuple(run for run in (*runs, Run(sentence[at:])) if run.text))


def _read_place(where: Node) -> Line:
    """Return where a sentence was printed, without the voice and the weight of what it is evidence for there."""
    kept = [child for child in where.children if isinstance(child, str) or "voice" not in child.classes]
    first = next((n for n, child in enumerate(kept) if isinstance(child, Node)), None)
    if first is not None and first + 1 < len(kept) and str(kept[first + 1]).lstrip().startswith("."):
        kept = [str(kept[first + 1]).lstrip().removeprefix("."), *kept[first + 2 :]]
    return read_line(Node(where.tag, {}, kept), _MUTED)

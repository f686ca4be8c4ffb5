"""The words of a page's element as lines of a document: what is bold, linked, or stands back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from framing.report.documents.document import SEPARATOR, Line, Run
from framing.report.documents.page_tree import Node
from framing.report.page.html import safe_url
from framing.report.wording import visible

HIDDEN = frozenset({"vh", "skip", "printing", "back", "also", "screen"})  # for screens or their readers alone
MARKS = {"yes": "✓ ", "no": "✗ ", "unknown": "? "}  # as the style sheet has them
_BOLD, _ITALIC = frozenset({"strong", "b", "mark"}), frozenset({"em", "i", "var"})
_MUTED = frozenset({"under", "unit", "zero", "weight", "when", "interval", "where", "n"})
_OWN_LINE = frozenset({"line", "under", "unit", "subject"})
_SPACE = re.compile(r"[ \t\r\n\f\x0b\x1c-\x1f\x85\u2028\u2029]+")
# They change how all that follows them is ordered; a page keeps each text apart (<bdi>), a document cannot.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def is_hidden(node: Node) -> bool:
    """Whether an element is not for reading on paper, as links to all mentions are not: a document has but a few."""
    return bool(node.classes & HIDDEN) or (node.tag == "a" and "small" in node.classes)


def clean_text(text: str) -> str:
    """Return a text that every file can hold: only what is visible, white space single, in its own order."""
    return _SPACE.sub(" ", _REORDERING.sub("", visible(text)))


def read_lines(node: Node, look: Run | None = None) -> tuple[Line, ...]:
    """Return the lines of an element; none where it says nothing."""
    reader = _LineReader()
    if node.id:
        reader.anchors.append(node.id)
    for child in node.children:
        reader.read(child, look or Run(""), node)
    reader.end_line()
    return tuple(reader.lines)


def read_line(node: Node, look: Run | None = None) -> Line:
    """Return the words of an element as one line."""
    lines = read_lines(node, look)
    runs: list[Run] = []
    for line in lines:
        runs += [Run(" "), *line.runs] if runs else line.runs
    return Line(tuple(runs), tuple(a for line in lines for a in line.anchors))


@dataclass(slots=True)
class _LineReader:
    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def read(self, part: Node | str, look: Run, parent: Node) -> None:
        if isinstance(part, str):
            self.add(replace(look, text=clean_text(part)))
        elif not is_hidden(part):
            self.read_element(part, look, parent)

    def read_element(self, node: Node, look: Run, parent: Node) -> None:
        own_line = bool(node.classes & _OWN_LINE) or node.tag in ("p", "div", "br")
        if own_line:
            self.end_line()
        if node.id:
            self.anchors.append(node.id)
        self.add_before(node, look, parent)
        inner = _look(node, look, parent)
        for child in node.children:
            self.read(child, inner, node)
        if "weight" in node.classes:
            self.add(replace(inner, text=")"))
        if own_line:
            self.end_line()

    def add_before(self, node: Node, look: Run, parent: Node) -> None:
        """Write what the style sheet puts between or before elements."""
        if node.tag == "a" and "links" in parent.classes and self.runs:
            self.runs.append(replace(look, text=SEPARATOR, muted=True))
        if "weight" in node.classes:
            self.add(replace(look, text=" (", muted=True))
        if node.classes & {"tag", "n"}:
            self.add(replace(look, text=" "))

    def add(self, run: Run) -> None:
        """Add a piece to the line, with the one before where they look alike, and no second space."""
        before = self.runs[-1] if self.runs else None
        text = run.text.lstrip(" ") if before is None or before.text.endswith(" ") else run.text
        if not text:
            return
        if before is not None and before.text != SEPARATOR and replace(before, text="") == replace(run, text=""):
            self.runs[-1] = replace(before, text=before.text + text)
        else:
            self.runs.append(replace(run, text=text))

    def end_line(self) -> None:
        """Close the line; ids wait for the next one that says something."""
        while self.runs and not self.runs[-1].text.strip(" "):
            self.runs.pop()
        if self.runs:
            self.runs[-1] = replace(self.runs[-1], text=self.runs[-1].text.rstrip(" "))
            self.lines.append(Line(tuple(self.runs), tuple(self.anchors)))
            self.runs, self.anchors = [], []


def _look(node: Node, look: Run, parent: Node) -> Run:
    """Return how the text inside an element looks."""
    return replace(
        look,
        bold=look.bold or node.tag in _BOLD,
        italic=look.italic or node.tag in _ITALIC or "tag" in node.classes or _is_chip(node, parent),
        code=look.code or node.tag == "code",
        muted=look.muted or bool(node.classes & _MUTED),
        link=_target(node) or look.link,
        optional=look.optional or (node.tag == "a" and "links" in parent.classes),
    )


def _is_chip(node: Node, parent: Node) -> bool:
    """Whether an element names a voice beside a text; in the head of a table it is the text."""
    return "voice" in node.classes and parent.tag != "th"


def _target(node: Node) -> str:
    href = node.attributes.get("href", "") if node.tag == "a" else ""
    return href if href.startswith("#") else safe_url(href)

"""Reads a report back: elements, ids and links, with nothing but the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "input", "br", "hr", "rect", "path"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, white space single."""
        return " ".join("".join(self.texts).split())

    def walk(self) -> list[Element]:
        return [self, *(e for child in self.children for e in child.walk())]

    def all(self, tag: str, cls: str | None = None) -> list[Element]:
        return [
            e for e in self.walk() if e.tag == tag and (cls is None or cls in e.attributes.get("class", "").split())
        ]


class Document(HTMLParser):
    """The elements of a page, as a tree."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self._open = Element("", {})
        self.feed(html)
        self.close()
        self.elements = self.root.walk()[1:]
        self.ids = [e.attributes["id"] for e in self.elements if "id" in e.attributes]
        self.by_id = {e.attributes["id"]: e for e in self.elements if "id" in e.attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.children.append(Element(tag, {k: v or "" for k, v in attrs}, self._open))

    def handle_endtag(self, tag: str) -> None:
        element: Element | None = self._open
        while element is not None and element.tag != tag:
            element = element.parent
        if element is not None and element.parent is not None:
            self._open = element.parent

    def handle_data(self, data: str) -> None:
        element: Element | None = self._open
        while element is not None:
            element.texts.append(data)
            element = element.parent

    def all(self, tag: str, cls: str | None = None) -> list[Element]:
        return self.root.all(tag, cls)

"""The elements of a report's page as a tree, with nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})
_UNREAD = frozenset({"head", "script", "style", "svg", "form"})  # nothing to read in a document


@dataclass(slots=True, eq=False)
class Node:
    """An element; `children` are elements and texts in their order."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id, "" without one."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> frozenset[str]:
        """The names of its classes."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list[Node]:
        """The elements directly inside."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator[Node]:
        """The element and all elements inside, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str) -> list[Node]:
        """All elements inside of some kinds."""
        return [node for node in self.walk() if node.tag in tags]


def read_tree(html: str) -> Node:
    """Return the page as a tree, without its head, scripts, forms and drawings."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self._open = [self.root]
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_startendtag(tag, attrs)
        elif self._unread or tag in _UNREAD:
            self._unread.append(tag)
        else:
            node = Node(tag, {name: value or "" for name, value in attrs})
            self._open[-1].children.append(node)
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._unread:
            self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag in self._unread:
                while self._unread.pop() != tag:
                    pass
        elif any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._open[-1].children.append(data)

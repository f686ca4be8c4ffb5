"""The tables of a page as tables of a document: which cell covers which columns, and no columns of drawings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from framing.report.documents.document import Cell, Line, Row, Run, Table
from framing.report.documents.lines import clean_text, is_hidden, read_line, read_lines
from framing.report.documents.page_tree import Node

MOST_LINES = 5  # of a cell: a table of long lists is no table to read on paper


def read_table(node: Node) -> Table:
    """Return a table; its rows are those of the page, in their order. Long lists in a cell end with an ellipsis."""
    captions = [child for child in node.elements if child.tag == "caption"]
    head = [tr for part in node.elements if part.tag == "thead" for tr in part.elements]
    body = [tr for part in node.elements if part.tag == "tbody" for tr in part.elements]
    top, bottom = _place(head), _place(body)
    columns = max((c.column + c.span for row in (*top, *bottom) for c in row.cells), default=0)
    left = {c.column for row in top for c in row.cells if c.left and c.span == 1} | {0}
    bottom = [
        replace(row, cells=tuple(replace(c, left=c.left or c.column in left) for c in row.cells)) for row in bottom
    ]
    for column in reversed(range(columns)):
        if _is_empty(column, top, bottom):
            top, bottom = ([_drop(row, column) for row in rows] for rows in (top, bottom))
            columns -= 1
    caption = read_line(captions[0]) if captions and not is_hidden(captions[0]) else Line(())
    title = clean_text("".join(_texts(captions[0]))) if captions else ""
    return Table(caption, title, columns, tuple(top), tuple(bottom))


def _texts(node: Node) -> Iterable[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)


def _place(rows: Sequence[Node]) -> list[Row]:
    """Give each cell its column: the first that no cell before it, or above it, covers."""
    covered: dict[int, set[int]] = {}
    placed = []
    for number, tr in enumerate(rows):
        cells, column = [], 0
        taken = covered.get(number, set())
        for node in tr.elements:
            while column in taken:
                column += 1
            span, down = (int(node.attributes.get(name, "1")) for name in ("colspan", "rowspan"))
            cells.append(_read_cell(node, tr, column, span, down))
            for below in range(number + 1, number + down):
                covered.setdefault(below, set()).update(range(column, column + span))
            column += span
        placed.append(Row(tuple(cells), "topic" in tr.classes))
    return placed


def _read_cell(node: Node, row: Node, column: int, span: int, down: int) -> Cell:
    look = Run(
        "",
        bold="topic" in row.classes and node.tag == "th",
        muted=bool({"zero", "interval", "note"} & node.classes),
        few="few" in node.classes | row.classes,
    )
    lines = read_lines(node, look)
    if column == 0 and row.id:
        first = lines[0] if lines else Line(())
        lines = (replace(first, anchors=(row.id, *first.anchors)), *lines[1:])
    if len(lines) > MOST_LINES:
        lines = (*lines[:MOST_LINES], Line((Run("…", muted=True),)))
    left = bool({"left", "note", "group"} & node.classes) or column == 0
    return Cell(column, lines, span, down, left)


def _is_empty(column: int, head: Iterable[Row], body: Iterable[Row]) -> bool:
    """Whether no cell of a column alone says anything: it held drawings."""
    alone = [c for row in (*head, *body) for c in row.cells if c.column == column and c.span == 1 and c.down == 1]
    return bool(alone) and not any(c.text for c in alone) and not _begins_wider(column, head, body)


def _begins_wider(column: int, head: Iterable[Row], body: Iterable[Row]) -> bool:
    return any(c.column == column and (c.span > 1 or c.down > 1) for row in (*head, *body) for c in row.cells)


def _drop(row: Row, column: int) -> Row:
    """Leave a column out of a row."""
    cells = []
    for cell in row.cells:
        if cell.column == column and cell.span == 1:
            continue
        if cell.column <= column < cell.column + cell.span:
            cell = replace(cell, span=cell.span - 1)
        elif cell.column > column:
            cell = replace(cell, column=cell.column - 1)
        cells.append(cell)
    return replace(row, cells=tuple(cells))

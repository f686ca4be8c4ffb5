"""How the tables of a document fit on paper: the widths of columns, and which of them ask for a wide page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from framing.report.documents.document import Block, Heading, Paragraph, Table

PORTRAIT, LANDSCAPE = 170.0, 257.0  # millimetres between the margins of A4
CHARACTER = 1.42  # millimetres of a character in a table of eight points; digits are as wide in Calibri
PADDING = 3.0  # millimetres beside the text of a cell
WIDEST_WORD, WIDEST_LINE = 34.0, 80.0  # millimetres; what is longer is broken
USUAL = 0.9  # of the lines of a column have room on one line, where there is room
HEAD_LINES = 3  # over which the head of a column may run
READABLE = 45.0  # millimetres in which words can be read
SQUEEZE = 1.25  # how much more than a page a table may like, before the page is turned


def plan_landscape(blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether it stands on a wide page: wide tables, and the words right before them."""
    wide = [isinstance(block, Table) and needs_landscape(block) for block in blocks]
    for number in reversed(range(1, len(blocks))):
        if wide[number] and isinstance(blocks[number - 1], Heading | Paragraph):
            wide[number - 1] = True
    return wide


def needs_landscape(table: Table) -> bool:
    """Whether a table cannot be read on an upright page."""
    measured = _measure(table)
    readable = sum(max(low, min(high, READABLE)) for low, high in measured)
    return sum(low for low, _ in measured) > PORTRAIT or readable > SQUEEZE * PORTRAIT


def share_width(table: Table, available: float) -> list[float]:
    """Return the width of each column in millimetres: room for its longest word, and then for its lines.

    The sum is at most `available`; a table that needs less is no wider than it needs to be.
    """
    measured = _measure(table)
    least, wanted = sum(low for low, _ in measured), sum(high for _, high in measured)
    if wanted <= available:
        return [high for _, high in measured]
    if least >= available:
        return [available * low / least for low, _ in measured]
    part = (available - least) / (wanted - least)
    return [low + part * (high - low) for low, high in measured]


def _measure(table: Table) -> list[tuple[float, float]]:
    """Return for each column how much its longest word needs, and how much its lines would like."""
    words, heads, lines = ([[1] for _ in range(table.columns)] for _ in range(3))
    for told, rows in ((heads, table.head), (lines, table.body)):
        for cell in (c for row in rows for c in row.cells if c.span == 1):
            words[cell.column] += [len(word) for word in cell.text.split()]
            told[cell.column] += [len(line.text) for line in cell.lines]
    found = []
    for column in range(table.columns):
        low = min(max(words[column]) * CHARACTER, WIDEST_WORD)
        usual = sorted(lines[column])[math.ceil(USUAL * len(lines[column])) - 1]
        wanted = min(max(usual, max(heads[column]) / HEAD_LINES) * CHARACTER, WIDEST_LINE)
        found.append((low + PADDING, max(low, wanted) + PADDING))
    return found

"""Blocks of a document as WordprocessingML: text escaped, looks by styles, tables with widths that fit their page.

Nothing here knows the package around it: what lies outside the text (addresses, pictures) comes as ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count as numbers
from xml.sax.saxutils import escape, quoteattr

from framing.report.documents.document import (
    Block,
    Bullets,
    Cell,
    Heading,
    Line,
    Listing,
    Paragraph,
    Picture,
    Run,
    Table,
)
from framing.report.documents.docx_layout import share_width

TWIPS = 1440 / 25.4  # twentieths of a point in a millimetre
EMU = 36000  # English metric units in a millimetre
STYLES = {1: "Title", 2: "Heading1", 3: "Heading2", 4: "Heading3", 5: "Heading4"}
BULLETS = ("ListBullet", "ListBullet2", "ListBullet3")
SPACER = '<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p>'  # two tables that touch would be one
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture of the package: its relation, and its size on paper in millimetres."""

    relation: str
    width: float
    height: float


class Writer:
    """Writes blocks.

    Parameters
    ----------
    relate : callable
        Address -> id of its relation.
    place : callable
        Picture -> where it lies in the package.
    """

    def __init__(self, relate: Callable[[str], str], place: Callable[[Picture], Placed]) -> None:
        self.relate, self.place = relate, place
        self.ids = numbers(1)

    def write(self, block: Block, width: float, keep: bool = False) -> list[str]:
        """Return a block as elements; `width` is that of the page, in millimetres.

        A paragraph that is to be kept stands on the page of what follows it.
        """
        if isinstance(block, Heading):
            return [self.paragraph(block.line, STYLES[block.level])]
        if isinstance(block, Paragraph):
            return [self.paragraph(block.line, "Note" if block.note else "", "<w:keepNext/>" if keep else "")]
        if isinstance(block, Bullets):
            return [self.item(item.lines, BULLETS[min(item.level, 2)]) for item in block.items]
        if isinstance(block, Table):
            return self.table(block, width)
        if isinstance(block, Listing):
            return [self.item([Line((Run(line, code=True),)) for line in block.lines], "Listing")]
        return [self.picture(block)]

    def item(self, lines: Sequence[Line], style: str) -> str:
        """Return lines as one paragraph."""
        inner = "<w:r><w:br/></w:r>".join(self.line(line) for line in lines)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'

    def paragraph(self, line: Line, style: str, properties: str = "") -> str:
        """Return a paragraph of one line."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{named}{properties}</w:pPr>{self.line(line)}</w:p>"

    def line(self, line: Line) -> str:
        """Return the runs of a line, its bookmarks before them."""
        return "".join(map(self.bookmark, line.anchors)) + "".join(map(self.run, line.runs))

    def bookmark(self, anchor: str) -> str:
        """Return a place to link to."""
        number = next(self.ids)
        return f'<w:bookmarkStart w:id="{number}" w:name="{say_bookmark(anchor)}"/><w:bookmarkEnd w:id="{number}"/>'

    def run(self, run: Run) -> str:
        """Return a piece of text, linked where it leads somewhere."""
        written = write_run(run)
        if run.link.startswith("#"):
            return f'<w:hyperlink w:anchor="{say_bookmark(run.link[1:])}" w:history="1">{written}</w:hyperlink>'
        if run.link:
            return f'<w:hyperlink r:id="{self.relate(run.link)}" w:history="1">{written}</w:hyperlink>'
        return written

    def picture(self, picture: Picture) -> str:
        """Return a picture with its alternative text, in a paragraph of its own."""
        placed, number = self.place(picture), next(self.ids)
        size = f'cx="{round(placed.width * EMU)}" cy="{round(placed.height * EMU)}"'
        name = f'id="{number}" name="Chart {number}" descr={quoteattr(clean(picture.alt))}'
        marks = "".join(map(self.bookmark, picture.anchors))
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Chart"/></w:pPr>{marks}<w:r><w:drawing>'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{placed.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )

    def table(self, table: Table, width: float) -> list[str]:
        """Return a table below its caption, its head repeated on every page."""
        caption = [self.paragraph(table.caption, "Caption")] if table.caption.runs or table.caption.anchors else []
        widths = share_width(table, width)
        grid = "".join(f'<w:gridCol w:w="{round(w * TWIPS)}"/>' for w in widths)
        title = f"<w:tblCaption w:val={quoteattr(clean(table.title))}/>" if table.title else ""
        properties = (
            f'<w:tblPr><w:tblStyle w:val="Numbers"/><w:tblW w:w="{round(sum(widths) * TWIPS)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
            f'w:noVBand="1"/>{title}</w:tblPr>'
        )
        rows = [self.head_row(table, n, widths) for n in range(len(table.head))]
        rows += [self.row(row.cells, widths, group=row.group) for row in table.body]
        inner = "".join(rows)
        return [*caption, f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>", SPACER]

    def head_row(self, table: Table, number: int, widths: Sequence[float]) -> str:
        """Return a row of the head; a cell that goes on from a row above is written once more, as Word asks."""
        above = [c for n, row in enumerate(table.head[:number]) for c in row.cells if n + c.down > number]
        cells = [*table.head[number].cells, *(replace(c, lines=(), down=0) for c in above)]
        return self.row(sorted(cells, key=lambda c: c.column), widths, head=True)

    def row(self, cells: Sequence[Cell], widths: Sequence[float], head: bool = False, group: bool = False) -> str:
        """Return a row, whole on one page where it fits."""
        properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
        written = [self.cell(c, sum(widths[c.column : c.column + c.span]), head, group) for c in cells]
        return f"<w:tr>{properties}{''.join(written)}</w:tr>"

    def cell(self, cell: Cell, width: float, head: bool, group: bool) -> str:
        """Return a cell, a paragraph for each of its lines."""
        merged = {0: "<w:vMerge/>", 1: ""}.get(cell.down, '<w:vMerge w:val="restart"/>')
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F0F2F5"/>' if group else ""
        bottom = '<w:vAlign w:val="bottom"/>' if head else ""
        properties = f'<w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{span}{merged}{shade}{bottom}</w:tcPr>'
        style = "TableHead" if head else "TableText"
        aligned = "" if cell.left else '<w:jc w:val="right"/>'
        keep = "<w:keepNext/>" if head or group else ""
        lines = [self.paragraph(line, style, keep + aligned) for line in cell.lines or (Line(()),)]
        return f"<w:tc>{properties}{''.join(lines)}</w:tc>"


def write_run(run: Run) -> str:
    """Return a piece of text with its looks."""
    looks = [
        '<w:rStyle w:val="Hyperlink"/>' if run.link else '<w:rStyle w:val="Code"/>' if run.code else "",
        "<w:b/>" if run.bold else "",
        "<w:i/>" if run.italic else "",
        '<w:color w:val="666B73"/>' if (run.muted or run.few) and not run.link else "",
    ]
    properties = f"<w:rPr>{''.join(looks)}</w:rPr>" if any(looks) else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(clean(run.text))}</w:t></w:r>'


def clean(text: str) -> str:
    """Return a text without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def say_bookmark(anchor: str) -> str:
    """Return an id as Word allows it: letters, digits and underscores, at most forty."""
    return re.sub(r"\W", "_", anchor, flags=re.ASCII)[:40]

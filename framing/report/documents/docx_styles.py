"""The styles of the report as a Word document, and its page: A4, upright or turned."""

from __future__ import annotations

FONT, CODE_FONT = "Calibri", "Consolas"
INK, MUTED, LINK, RULE = "1B1D21", "5A6069", "0B57A4", "DCDFE4"
A4 = 210.0, 297.0  # millimetres
MARGIN = 20.0


def _paragraph(id: str, name: str, paragraph: str = "", text: str = "", based: str = "Normal", next: str = "") -> str:
    after = f'<w:next w:val="{next}"/>' if next else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>{after}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def _heading(level: int, half_points: int, before: int, after: int) -> str:
    spacing = (
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    )
    look = f'<w:b/><w:color w:val="{INK}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _paragraph(f"Heading{level}", f"heading {level}", spacing + outline, look, next="Normal")


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(after: int, before: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'


STYLES = {
    "Normal": '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f'<w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr><w:rPr>{_size(21)}</w:rPr></w:style>',
    "Title": _paragraph(
        "Title", "Title", "<w:keepNext/>" + _spacing(160), f'<w:b/><w:color w:val="{INK}"/>{_size(52)}', next="Normal"
    ),
    "Heading1": _heading(1, 34, 480, 140),
    "Heading2": _heading(2, 26, 320, 100),
    "Heading3": _heading(3, 22, 240, 80),
    "Heading4": _heading(4, 21, 200, 60),
    "Note": _paragraph("Note", "Note", _spacing(100), f'<w:color w:val="{MUTED}"/>{_size(19)}'),
    "Caption": _paragraph("Caption", "caption", "<w:keepNext/>" + _spacing(60, 120), f"<w:b/>{_size(18)}"),
    "Listing": _paragraph("Listing", "Listing", _spacing(120), _size(18)),
    "Chart": _paragraph("Chart", "Chart", _spacing(160, 60)),
    "Spacer": _paragraph("Spacer", "Spacer", _spacing(80), _size(8)),
    "TableText": _paragraph("TableText", "Table Text", _spacing(0), _size(16)),
    "TableHead": _paragraph(
        "TableHead", "Table Head", "<w:keepNext/>", f'<w:b/><w:color w:val="{MUTED}"/>', "TableText"
    ),
    "Footer": _paragraph(
        "Footer", "footer", '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>' + _spacing(0),
        f'<w:color w:val="{MUTED}"/>{_size(17)}',
    ),
    "Hyperlink": '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:color w:val="{LINK}"/><w:u w:val="single"/></w:rPr></w:style>',
    "Code": '<w:style w:type="character" w:customStyle="1" w:styleId="Code"><w:name w:val="Code"/><w:qFormat/>'
    f'<w:rPr><w:rFonts w:ascii="{CODE_FONT}" w:hAnsi="{CODE_FONT}" w:cs="{CODE_FONT}"/><w:noProof/></w:rPr></w:style>',
    "Numbers": '<w:style w:type="table" w:customStyle="1" w:styleId="Numbers"><w:name w:val="Numbers"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{INK}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="34" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="34" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" '
    f'w:color="{INK}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>',
}  # fmt: skip
"""Style id -> its definition; they stand in for those of the same id that the package brings."""


def write_defaults(lang: str) -> str:
    """Return the look of all text, and its language."""
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" '
        f'w:eastAsia="{FONT}"/>{_size(21)}<w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )

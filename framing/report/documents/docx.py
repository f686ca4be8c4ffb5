"""The report as a Word document (DOCX), to be edited: real styles, tables with heads, links, alternative texts.

The only file that knows python-docx, which makes the package around the text (extra `office`).
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from framing import store
from framing.errors import InputError
from framing.report.documents.document import Bullets, Document, Picture, Table
from framing.report.documents.docx_layout import LANDSCAPE, PORTRAIT, plan_landscape
from framing.report.documents.docx_styles import A4, MARGIN, STYLES, write_defaults
from framing.report.documents.docx_xml import Placed, Writer, clean
from framing.report.documents.reader import build_document
from framing.report.lang import speaking

if TYPE_CHECKING:
    from framing.analysis import Analysis

POINTS_PER_MM = 72 / 25.4
TALLEST = 228.0  # millimetres of a picture; a heading above it still fits on its page
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold: no day of today in the file
LANGUAGES = {"en": "en-GB"}  # where Word asks for a country
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{address}"'
    for prefix, address in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "pic": "drawingml/2006/picture",
    }.items()
)
_PAGE_NUMBER = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_COMPATIBILITY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def write_docx(analysis: Analysis, path: str | Path, outlets: Sequence[str] | None = None, lang: str = "en") -> Path:
    """Write the report of an analysis as a Word document, to be edited.

    Parameters
    ----------
    path : path
        The file; an older one is replaced, whole or not at all.
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
        python-docx is not installed, an outlet is not in the analysis, or there is no such language.
    StoreError
        The file cannot be written.
    """
    _open_package()
    with speaking(lang):
        document = build_document(analysis, outlets)
    target = Path(path)
    store.write_bytes(target, render_docx(document))
    return target


def render_docx(document: Document) -> bytes:
    """Return a document as the bytes of a DOCX file; the same document gives the same bytes."""
    package = _open_package()
    _set_styles(package, LANGUAGES.get(document.lang, document.lang))
    _set_properties(package, document)
    _set_page(package, document.title)
    last = package.element.body.sectPr
    for element in _write(package, document, last):
        last.addprevious(element)
    buffer = io.BytesIO()
    package.save(buffer)
    return _date(buffer.getvalue())


def _open_package() -> Any:
    """Return an empty document of python-docx."""
    try:
        import docx
    except ImportError as reason:
        raise InputError(
            "A report as DOCX needs the package python-docx, which is not installed. "
            'Install it: pip install "framing-analyser[office]". Reports as HTML and Markdown need nothing more.'
        ) from reason
    return docx.Document()


def _parse(xml: str) -> Any:
    from docx.oxml import parse_xml

    name, _, rest = xml.partition(">")
    return parse_xml(f"{name} {_NAMESPACES}>{rest}")


def _set_styles(package: Any, lang: str) -> None:
    """Put the report's styles in place of those of the empty document; lists keep theirs."""
    styles = package.styles.element
    for old in [s for s in styles if s.get(_name("styleId")) in STYLES or s.tag == _name("docDefaults")]:
        styles.remove(old)
    styles.insert(0, _parse(write_defaults(lang)))
    for xml in STYLES.values():
        styles.append(_parse(xml))
    for name in ("List Bullet", "List Bullet 2", "List Bullet 3"):
        package.styles[name].paragraph_format.space_after = _points(3)
    package.settings.element.append(_parse(_COMPATIBILITY))


def _name(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)


def _set_properties(package: Any, document: Document) -> None:
    """Say what the document is; neither when it was made nor on whose machine."""
    told = package.core_properties
    told.title, told.author, told.language = clean(document.title), "framing-analyser", document.lang
    told.comments = told.last_modified_by = told.keywords = told.subject = ""
    for element in list(told._element):
        if element.tag.endswith(("created", "modified")):
            told._element.remove(element)
    parts = package.part.package.rels
    for name in [name for name, found in parts.items() if found.reltype.endswith("/thumbnail")]:
        del parts[name]  # that of the empty document


def _set_page(package: Any, title: str) -> None:
    footer = package.sections[0].footer
    line = footer.paragraphs[0]._p
    text = f'<w:r><w:t xml:space="preserve">{escape(clean(title))}</w:t></w:r><w:r><w:tab/></w:r>'
    line.addprevious(_parse(f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{text}{_PAGE_NUMBER}</w:p>'))
    line.getparent().remove(line)
    _turn(package.element.body.sectPr, False)


def _turn(section: Any, wide: bool) -> Any:
    """Give a section its page: A4, upright or turned."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    across, down = reversed(A4) if wide else A4
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(MARGIN))
    return section


def _write(package: Any, document: Document, last: Any) -> Iterator[Any]:
    """Write the blocks, those that need a wide page in sections of their own."""
    writer = Writer(lambda url: _relate(package, url), lambda picture: _place(package, picture))
    wide = plan_landscape(document.blocks)
    for number, block in enumerate(document.blocks):
        if number and wide[number] != wide[number - 1]:
            end = _parse('<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr></w:p>')
            end.pPr.append(_turn(copy.deepcopy(last), wide[number - 1]))
            yield end
        announces = isinstance(document.blocks[min(number + 1, len(wide) - 1)], Bullets | Picture | Table)
        yield from map(_parse, writer.write(block, LANDSCAPE if wide[number] else PORTRAIT, announces))
    _turn(last, bool(wide) and wide[-1])


def _relate(package: Any, url: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return str(package.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


def _place(package: Any, picture: Picture) -> Placed:
    """Put a picture into the package, as wide as the page where it is not too tall then."""
    relation, _ = package.part.get_or_add_image(io.BytesIO(picture.data))
    scale = min(PORTRAIT / picture.width, TALLEST / picture.height, 1 / POINTS_PER_MM)
    return Placed(str(relation), picture.width * scale, picture.height * scale)


def _date(package: bytes) -> bytes:
    """Return a package all of whose parts have the same date, so that the same parts are the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            told = zipfile.ZipInfo(part.filename, EPOCH)
            told.compress_type = zipfile.ZIP_STORED if part.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            told.create_system = 0
            new.writestr(told, old.read(part))
    return buffer.getvalue()

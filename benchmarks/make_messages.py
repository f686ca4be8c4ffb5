"""Collect the texts of the report for translators: `make messages` writes framing/report/locale/framing.pot.

Besides what `_`, `plural` and `{% trans %}` mark there are the words of headline_measures.toml and the titles of the
modules: data in English that the report says through `_`. Without dates and line numbers, so that the file changes only
when a text does.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from framing.report.lang import DOMAIN, FOLDER
from framing.report.module_choice import list_texts
from framing.scorers import SCORERS

REPORT = Path(__file__).parents[1] / "framing" / "report"
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
METHODS = [("**.j2", "jinja2"), ("**.py", "python")]
OPTIONS = {"**.j2": {"newstyle_gettext": "true", "silent": "false", "encoding": "utf-8",
                               "trim_blocks": "true", "lstrip_blocks": "true"}}  # fmt: skip
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "plural": (1, 2)}
UNSTEADY = (
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Language-Team",
    "Last-Translator",
)
ABOUT = """\
# The texts of the report. How to translate them: docs/how-to/translate.md.
#"""


def collect_messages() -> Catalog:
    """Return all texts of the report, those of a file together."""
    catalogue = Catalog(
        project="Framing analyser", version="report", charset="utf-8", header_comment=ABOUT, fuzzy=False
    )
    found = extract_from_dir(REPORT, METHODS, OPTIONS, KEYWORDS)
    for path, _line, message, comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
        catalogue.add(message, locations=[(f"framing/report/{path}", 0)], auto_comments=comments)
    for text in list_texts():
        catalogue.add(text, locations=[("framing/report/headline_measures.toml", 0)])
    for scorer in SCORERS.values():
        catalogue.add(scorer.title, locations=[("framing/scorers", 0)])
    return catalogue


def format_messages() -> bytes:
    """Return the template of all texts, the same bytes for the same texts."""
    buffer = io.BytesIO()
    write_po(buffer, collect_messages(), width=110, include_lineno=False, sort_by_file=False)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(tuple(f'"{name}'.encode() for name in UNSTEADY)))


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(format_messages())
    sys.stdout.write(f"{TEMPLATE}\n")

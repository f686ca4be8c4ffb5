"""Which kind of file a report becomes: as its ending says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from framing.errors import InputError
from framing.report.documents.docx import write_docx
from framing.report.documents.markdown import write_markdown
from framing.report.lang import ENGLISH
from framing.report.page.html import write_report as write_html

if TYPE_CHECKING:
    from framing.analysis import Analysis


class ReportWriter(Protocol):
    """Writes the report of an analysis to a file; see `page.html.write_report`."""

    def __call__(
        self, analysis: Analysis, path: str | Path, outlets: Sequence[str] | None = None, lang: str = ENGLISH
    ) -> Path: ...


WRITERS: dict[str, ReportWriter] = {"html": write_html, "md": write_markdown, "docx": write_docx}
"""What `framing report --format` calls them, which is also the ending of the file."""


def choose_writer(path: str | Path) -> ReportWriter:
    """Return what writes a report to a file of this name.

    Raises
    ------
    InputError
        No report has this ending; the message lists those there are.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        known = ", ".join(f".{name}" for name in WRITERS)
        raise InputError(f"{path}: a report cannot be written to a file of this ending. Use one of: {known}.")
    return WRITERS[ending]


def write_report(
    analysis: Analysis, path: str | Path, outlets: Sequence[str] | None = None, lang: str = ENGLISH
) -> Path:
    """Write the report of an analysis in the format that the ending of the file names; see `page.html.write_report`."""
    return choose_writer(path)(analysis, path, outlets, lang)

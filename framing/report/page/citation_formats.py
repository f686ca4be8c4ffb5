"""The reference to a report in the forms that are pasted: running text in the manner of APA, and BibTeX.

Without the day on which the report was made: the same analysis gives the same words, and the run says which it was.
"""

from __future__ import annotations

from framing.report.citing import program_version, run_digest, say_run
from framing.report.lang import _
from framing.report.results import Results

AUTHORS = "The framing analyser authors"
_ESCAPES = {c: "\\" + c for c in "&%$#_{}"} | {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}


def cite_apa(results: Results, title: str) -> str:
    """Return a reference in the manner of APA."""
    return _("{authors}. {title} [Report of the Framing analyser, version {version}]. {run}.").format(
        authors=AUTHORS, title=title, version=program_version(results), run=say_run(results)
    )


def cite_bibtex(results: Results, title: str) -> str:
    """Return an entry for BibTeX."""
    note = _("Report of the Framing analyser, version {version}: {run}").format(
        version=program_version(results), run=say_run(results)
    )
    fields = {"author": f"{{{AUTHORS}}}", "title": f"{{{_escape(title)}}}", "note": _escape(note)}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{framing-{run_digest(results)},\n{lines}}}"


def _escape(text: str) -> str:
    """Return a text that TeX prints as it is."""
    return "".join(_ESCAPES.get(c, c) for c in text)

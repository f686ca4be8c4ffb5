"""The article kit: one folder with all that it takes to print one finding, and to make it again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from framing import store
from framing.report.citing import cite_figure
from framing.report.documents.document import Picture
from framing.report.documents.markdown import name_pictures, render_markdown
from framing.report.figures.files import draw_request, make_folder
from framing.report.figures.record import say_caption
from framing.report.figures.request import quote_names
from framing.report.findings import find_finding, find_findings
from framing.report.findings.finding import Finding
from framing.report.kit.choice import choose_figure
from framing.report.kit.method import say_method, say_references
from framing.report.kit.numbers import take_numbers
from framing.report.kit.page import Words, build_page
from framing.report.kit.quotes import find_quotes, pick_quotes, to_table
from framing.report.results import Results

if TYPE_CHECKING:
    from framing.analysis import Analysis

MOST_QUOTES = 10  # of each outlet in the document; the table has all
FORMS = {"print": ("svg", "pdf", "png"), "web": ("png", "svg")}
"""The themes of the figure and the formats of each."""
SHOWN = "web.png"


def write_kit(
    analysis: Analysis, finding: str, folder: str | Path, called: str = "DIR", outlets: Sequence[str] | None = None
) -> list[Path]:
    """Write the kit of a finding.

    Parameters
    ----------
    finding : str
        Its id, or the beginning of it; see `findings.table.list_findings`.
    folder : path
        Made where it is missing; files of the same names are replaced.
    called : str
        What the commands call the folder of the analysis.
    outlets : sequence of str, optional
        Those that `find_findings` was given where the id comes from; it compares the clearest pairs of these alone.

    Returns
    -------
    list of Path
        kit.md (all of it, to read and to edit); figure-print and figure-web in their formats, each with a record
        (.json) that draws it again; caption.txt, alt.txt, citation.txt, method.txt; evidence.csv (every sentence
        counted, with its article), numbers.csv (the numbers of the finding), data.csv (what the figure shows).
        The same analysis gives the same bytes.

    Raises
    ------
    InputError
        No finding has that id, or several do; an outlet is not in the analysis; or the folder cannot be made.
    """
    results = Results(analysis)
    chosen = find_finding(find_findings(results, outlets), finding)
    target = make_folder(folder)
    among = "" if outlets is None else f" --outlets {shlex.quote(quote_names(outlets))}"
    command = f"framing kit {shlex.quote(called)} --finding {chosen.id}{among} -o FOLDER"
    contents = _fill(results, chosen, called, command)
    for name, content in contents.items():
        store.write_bytes(target / name, content)
    return [target / name for name in contents]


def _fill(results: Results, finding: Finding, called: str, command: str) -> dict[str, bytes]:
    request = choose_figure(results, finding)
    drawn = {
        theme: draw_request(results, replace(request, theme=theme), f"figure-{theme}", formats, called)
        for theme, formats in FORMS.items()
    }
    pictures: dict[str, bytes] = {}
    for theme, one in drawn.items():
        pictures |= one.pictures | {f"figure-{theme}.json": one.record}
    drawing, alternative = drawn[request.theme].drawing, drawn[request.theme].alternative
    caption = say_caption(drawing)
    method, references = say_method(results, finding), say_references()
    quotes = find_quotes(results, finding)
    picture = Picture(pictures[f"figure-{SHOWN}"], alternative, round(drawing.look.width), 0)
    words = Words(caption, alternative, method, references, (command, request.command(called)))
    page = build_page(finding, picture, words, pick_quotes(quotes, MOST_QUOTES), len(quotes))
    texts = {
        "kit.md": render_markdown(page, dict.fromkeys(name_pictures(page), f"figure-{SHOWN}")),
        "caption.txt": caption,
        "alt.txt": alternative,
        "citation.txt": cite_figure(results, drawing.caption.title),
        "method.txt": f"{method}\n\n{references}",
    }
    tables = {
        "evidence.csv": to_table(quotes),
        "numbers.csv": take_numbers(results, finding),
        "data.csv": drawing.data.to_table(),
    }
    return (
        {name: text.rstrip("\n").encode("utf-8", "replace") + b"\n" for name, text in texts.items()}
        | pictures
        | {name: store.encode_csv(table).to_pybytes() for name, table in tables.items()}
    )

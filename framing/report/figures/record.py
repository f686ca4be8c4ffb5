"""The record beside a figure: what it shows, from which analysis, and all that it takes to draw it again."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from framing.errors import InputError
from framing.report.citing import cite_figure, program_version, run_digest
from framing.report.figures.drawer import OPTIONS, Drawing
from framing.report.figures.request import FigureRequest
from framing.report.results import Results

VERSION = 1
LARGEST = 1_000_000  # bytes; a record has one or two thousand
_ENDED = re.compile("[.?!][”’)]*$")  # a sentence that needs no full stop
_REQUEST = ("chart", "options", "outlets", "theme", "width_mm", "own_title")


def make_record(
    results: Results, request: FigureRequest, drawing: Drawing, alternative: str, files: list[str], folder: str = "DIR"
) -> dict[str, Any]:
    """Return what is to be known of a figure, as JSON takes it.

    Parameters
    ----------
    alternative : str
        Alternative text of the figure.
    files : list of str
        Names of the files that hold it.
    folder : str
        What the command calls the analysis.
    """
    caption = drawing.caption
    return {
        "figure": VERSION,
        "chart": request.chart,
        "options": _portable(request),
        "outlets": None if request.outlets is None else list(request.outlets),
        "theme": request.theme,
        "width_mm": request.width_mm,
        "own_title": request.title,
        "title": caption.title,
        "caption": say_caption(drawing),
        "alt_text": alternative,
        "citation": cite_figure(results, caption.title),
        "command": replace(request, options=_portable(request)).command(folder),
        "files": files,
        "analysis": {
            "run": run_digest(results),
            "program": program_version(results),
            "articles": results.article_count,
            "outlets": len(results.outlets),
            "lexicons": results.manifest.get("lexicons", {}) | results.manifest.get("module_lexicons", {}),
            "options": results.manifest.get("options", {}),
        },
    }


def _portable(request: FigureRequest) -> dict[str, str]:
    """Return the options without the folder that the marks lie in: it is that of the record."""
    return {name: Path(value).name if name == "marks" else value for name, value in request.options.items()}


def say_caption(drawing: Drawing) -> str:
    """Return the words to print below a figure: finding, measure, source."""
    caption = drawing.caption
    measure = caption.subtitle or getattr(drawing.data, "subtitle", "")  # the chart's own, where it always says one
    parts = (text.replace("\u00a0", " ") for text in (caption.title, measure, caption.footer()))
    return " ".join(part if _ENDED.search(part) else f"{part}." for part in parts if part)


def format_record(record: Mapping[str, Any]) -> bytes:
    """Return a record as the bytes of its file."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_record(path: str | Path) -> dict[str, Any]:
    """Read the record of a figure.

    Raises
    ------
    InputError
        The file cannot be read, is no JSON, or is no record of a figure of this program.
    """
    path = Path(path)
    try:
        content = path.read_bytes()[: LARGEST + 1]
    except OSError as reason:
        raise InputError(
            f"{path}: cannot be read ({reason.strerror}). Give the .json file beside a figure."
        ) from reason
    try:
        record = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):  # the latter of brackets within brackets, thousands deep
        record = None
    if not isinstance(record, dict) or "figure" not in record:
        raise InputError(
            f"{path}: is no record of a figure. Give the .json file beside one that framing figures wrote."
        )
    if record["figure"] != VERSION or isinstance(record["figure"], bool):  # True == 1
        raise InputError(
            f"{path}: is a record of version {record['figure']!r}; this program reads version {VERSION}. "
            "Draw the figure anew: its command is in the record."
        )
    return record


def read_request(path: str | Path) -> FigureRequest:
    """Return the request that a record holds; a file of marks is looked for beside it.

    Raises
    ------
    InputError
        As `read_record`; or a field is missing or of the wrong kind.
    """
    record = read_record(path)
    missing = [name for name in _REQUEST if name not in record]
    if missing:
        raise InputError(f"{path}: has no {', '.join(missing)}. Draw the figure anew.")
    chart, options, outlets, theme, width, title = (record[name] for name in _REQUEST)
    sound = (
        isinstance(chart, str)
        and isinstance(theme, str)
        and isinstance(title, str)
        and _is_texts(options)
        and (outlets is None or (isinstance(outlets, list) and outlets and all(isinstance(o, str) for o in outlets)))
        and (width is None or _is_number(width))
    )
    if not sound:
        raise InputError(
            f"{path}: chart, theme and own_title are texts, options texts by name, outlets a list of names, "
            "width a number."
        )
    unknown = [name for name in options if name not in OPTIONS]
    if unknown:
        raise InputError(f"{path}: no option {unknown[0]!r}. Options are {', '.join(OPTIONS)}.")
    if "marks" in options:
        options = {**options, "marks": str(Path(path).parent / Path(options["marks"]).name)}
    return FigureRequest(chart, options, None if outlets is None else tuple(outlets), theme, width, title)


def _is_number(value: object) -> bool:
    # Compared, not converted: a whole number may be larger than any float.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(x, str) for x in value.values())


def explain_change(record: Mapping[str, Any], results: Results) -> str:
    """Say what is different where a record comes from another analysis; "" where the numbers are the same."""
    analysis = record.get("analysis")
    then = analysis.get("run") if isinstance(analysis, dict) else None
    now = run_digest(results)
    if then == now:
        return ""
    return f"the figure was made from another analysis (run {then}, this is run {now}): numbers may differ."

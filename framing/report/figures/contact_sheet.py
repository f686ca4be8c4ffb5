"""The contact sheet: one page with every figure that can be drawn, its words to paste and its command."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from framing import store
from framing.charts import alt_text
from framing.report.citing import cite_figure
from framing.report.figures.drawers import DRAWERS
from framing.report.figures.record import say_caption
from framing.report.figures.request import FigureRequest, name_requests
from framing.report.lang import language, plural
from framing.report.page.chart_image import draw_image
from framing.report.results import Results
from framing.report.templating import open_templates, policy, read_part
from framing.report.wording import count, period

TEMPLATES = Path(__file__).parent / "templates"
NAME = "index.html"


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """One figure on the sheet.

    Attributes
    ----------
    name : str
        Of its files, without ending.
    chart, title, caption, alternative, citation, command : str
    image : str
        A small SVG as base64.
    rows : int
        Of its data.
    """

    name: str
    chart: str
    title: str
    caption: str
    alternative: str
    citation: str
    command: str
    image: str
    rows: int


def write_contact_sheet(
    results: Results, requests: Sequence[FigureRequest], path: str | Path, folder: str = "DIR"
) -> list[Thumbnail]:
    """Write the sheet: one HTML file that needs nothing else and runs nothing.

    Parameters
    ----------
    requests : sequence of FigureRequest
        See `figures.request.plan_requests`.
    path : path
        The file; an older one is replaced.
    folder : str
        What the commands call the analysis.

    Returns
    -------
    list of Thumbnail
        What is on it, in the order of the requests.

    Raises
    ------
    InputError
        A figure cannot be drawn.
    StoreError
        The file cannot be written.
    """
    names = name_requests(requests, results.outlets)
    found = [_draw(results, request, name, folder) for request, name in zip(requests, names, strict=True)]
    store.write_bytes(Path(path), _render(results, found).encode("utf-8", "replace"))
    return found


def _draw(results: Results, request: FigureRequest, name: str, folder: str) -> Thumbnail:
    drawing = request.prepare(results)
    figure = drawing.draw()
    return Thumbnail(
        name,
        request.chart,
        drawing.caption.title,
        say_caption(drawing),
        alt_text(figure),
        cite_figure(results, drawing.caption.title),
        request.command(folder),
        base64.b64encode(draw_image(figure, drawing.look)).decode(),
        drawing.data.to_table().num_rows,
    )


def _render(results: Results, found: Sequence[Thumbnail]) -> str:
    from markupsafe import Markup

    style = read_part(TEMPLATES, "contact_sheet.css")
    charts = {kind: [t for t in found if t.chart == kind] for kind in DRAWERS}
    return (
        open_templates(TEMPLATES)
        .get_template("contact_sheet.html.j2")
        .render(
            policy=policy(style),
            style=Markup(style),
            language=language(),
            charts={kind: (DRAWERS[kind].question, list_) for kind, list_ in charts.items() if list_},
            figures=plural("{number} figure", "{number} figures", len(found)).format(number=len(found)),
            articles=count(results.article_count, "article"),
            outlets=count(len(results.outlets), "outlet"),
            period=period(*results.period),
        )
    )

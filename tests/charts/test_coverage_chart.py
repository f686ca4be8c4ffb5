import math
from typing import Any

import pyarrow as pa
import pytest
from matplotlib.colors import to_hex

from framing.charts import CoverageMatrix, alt_text, get_theme, plot_coverage
from framing.errors import InputError

THEME = get_theme("print", 120)


def row(
    outlet: str, referent: str, articles: int, share: float, in_events: int, event_share: float, events: int
) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "lexicon": "syria",
        "referent": referent,
        "articles": articles,
        "share": share,
        "event_articles": in_events,
        "event_share": event_share,
        "n_events": events,
        "status": "ok" if articles >= 10 else "insufficient" if articles else "undefined",
    }


ROWS = [
    row("RT", "siege", 200, 0.25, 40, 0.125, 9),
    row("RT", "army", 200, 0.5, 40, 1.0, 9),
    row("BBC", "siege", 100, 0.0, 12, 0.75, 4),
    row("BBC", "army", 100, 0.1, 9, 0.5, 9),
    row("Vox", "siege", 3, 1.0, 0, math.nan, 0),
]


def take(rows: list[dict[str, Any]] = ROWS, **options: Any) -> CoverageMatrix:
    return CoverageMatrix.from_table(pa.Table.from_pylist(rows), "syria", **options)


def test_against_events_few_articles_or_few_events_are_insufficient() -> None:
    matrix = take()
    assert matrix.against == "events"
    assert matrix.outlets == ("BBC", "RT", "Vox") and matrix.referents == ("Army", "Siege")
    assert [[cell.status for cell in cells] for cells in matrix.cells] == [
        ["insufficient", "insufficient"],
        ["ok", "ok"],
        ["undefined", "undefined"],
    ]
    assert (matrix.cells[1][1].share, matrix.cells[1][1].articles) == (0.125, 40)


def test_what_outlets_mention_least_alike_comes_first_if_asked() -> None:
    shares = {"army": (0.5, 0.6), "siege": (0.9, 0.2), "talks": (0.4, 0.3)}
    rows = [row(o, r, 100, shares[r][n], 20, 0.5, 9) for n, o in enumerate(("RT", "BBC")) for r in shares]
    rows += [row("Vox", r, 4, 0.1, 0, math.nan, 0) for r in shares]
    rows += [row(o, "aid", 5, 0.4, 0, math.nan, 0) for o in ("RT", "BBC")]  # too few articles
    plain, arranged = take(rows, against="articles"), take(rows, against="articles", arrange=True)
    assert plain.referents == ("Aid", "Army", "Siege", "Talks") and plain.outlets == ("BBC", "RT", "Vox")
    # siege: 0.9 to 0.2; of the others, with equal gaps of 0.1, the first as given
    assert arranged.referents[0] == "Siege" and arranged.referents[-1] == "Aid"
    assert arranged.outlets == ("RT", "BBC", "Vox")  # Vox has few articles


def test_against_articles_the_table_decides() -> None:
    matrix = take(against="articles", referents=["siege"], labels={"siege": "The siege"})
    assert matrix.referents == ("The siege",)
    assert [cells[0].status for cells in matrix.cells] == ["ok", "ok", "insufficient"]
    assert [cells[0].share for cells in matrix.cells] == [0.0, 0.25, 1.0]


def test_without_events_it_is_against_articles() -> None:
    assert take([row("RT", "siege", 200, 0.25, 0, math.nan, 0)]).against == "articles"


def test_cells_show_share_and_number_and_differ_when_unknown() -> None:
    figure = plot_coverage(take(), THEME)
    (axes,) = figure.axes
    texts = [text.get_text() for text in figure.texts]
    # "12" of 0.125 (half to even), "40" articles twice, "50" and "75" grey, no figure for Vox
    assert texts.count("40") == 2 and {"12", "100", "50", "75", "9"} <= set(texts)
    assert [bool(patch.get_hatch()) for patch in axes.patches] == [False] * 4 + [True] * 2
    fills = [to_hex(patch.get_facecolor()).upper() for patch in axes.patches]
    assert fills[0] == fills[1] == fills[4] == THEME.paper
    assert THEME.paper not in fills[2:4] and fills[2] != fills[3]


def test_zero_is_shown_as_a_figure_and_not_as_a_blank() -> None:
    figure = plot_coverage(take(against="articles", referents=["siege"]), THEME)
    (axes,) = figure.axes
    assert "0" in [text.get_text() for text in figure.texts]
    assert to_hex(axes.patches[0].get_facecolor()).upper() != THEME.paper


def test_of_all_articles_the_number_stands_once_beside_the_name() -> None:
    rows = [row for row in ROWS if row["outlet"] != "Vox"]
    texts = [text.get_text() for text in plot_coverage(take(rows, against="articles"), THEME).texts]
    assert texts.count("200") == 1 and texts.count("articles") == 1


def test_alternative_text_names_kind_and_data() -> None:
    assert alt_text(plot_coverage(take(), THEME)) == (
        "Matrix of the share of articles of 3 outlets that mention each of 2 subjects, among those on events where "
        "another article does."
    )
    assert alt_text(plot_coverage(take(against="articles"), THEME)) == (
        "Matrix of the share of articles of 3 outlets that mention each of 2 subjects."
    )


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(InputError, match="'moon'; it has army, siege"):
        take(referents=["moon"])
    with pytest.raises(InputError, match="against 'words'"):
        take(against="words")
    with pytest.raises(InputError, match="lexicon 'iran'; it has none"):
        CoverageMatrix.from_table(pa.Table.from_pylist(ROWS), "iran")

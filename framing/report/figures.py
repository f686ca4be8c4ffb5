"""Figures of an analysis: which to draw, what their titles say, and what stands below them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from framing import store
from framing.charts import (
    CHARTS,
    FORMATS,
    THEMES,
    Caption,
    CoverageMatrix,
    StanceIntervals,
    VariantShares,
    alt_text,
    get_theme,
    plot_coverage,
    plot_stance,
    plot_variant_shares,
    render,
)
from framing.errors import InputError
from framing.report.ranking import main_referents, rank_referents
from framing.report.results import Referent, Results, identify
from framing.report.titles import title_coverage, title_names, title_stance
from framing.report.wording import check_choice, join, period, tidy

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from framing.analysis import Analysis

MOST_OUTLETS = 8  # rows that stay readable in a column of a journal
MOST_LEXICONS = 2
MOST_COLUMNS = 8  # of the coverage chart


def draw(
    analysis: Analysis | Results,
    chart: str,
    referent: str | None = None,
    *,
    outlets: Sequence[str] | None = None,
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw one chart of an analysis.

    Parameters
    ----------
    analysis : Analysis or Results
    chart : str
        "variant-shares", "stance" or "coverage".
    referent : str, optional
        "armed-opposition" or "syria/armed-opposition". By default the most telling one for "variant-shares", and for
        the others the main referents of the lexicon that tells most.
    outlets : sequence of str, optional
        By default those with most articles.
    theme : str
        "print", "web", "light" or "dark".
    width_mm : float, optional
        80 to 600.

    Returns
    -------
    matplotlib.figure.Figure
        Its alternative text is `framing.charts.alt_text(figure)`.

    Raises
    ------
    InputError
        No chart, referent, outlet or theme of that name, or the referent has nothing to draw.
    """
    check_choice("chart", chart, list(CHARTS))
    check_choice("theme", theme, list(THEMES))
    results = analysis if isinstance(analysis, Results) else Results(analysis)
    shown = results.choose_outlets(outlets, MOST_OUTLETS)
    if referent is not None:
        referents = [results.analysis.find_referent(referent)]
    else:
        plan = plan_figures(results, shown, chart)
        if not plan:
            raise InputError(f"There is nothing to draw as {chart!r}: no mention of any referent by {join(shown)}.")
        referents = plan[0][1]
    return draw_referents(results, chart, referents, shown, theme, width_mm)


def plan_figures(
    results: Results, outlets: Sequence[str], chart: str | None = None
) -> list[tuple[str, list[Referent]]]:
    """Choose what to draw: (chart, referents of one lexicon), the most telling first.

    Up to six charts of variant shares, then for the lexicons of these referents, at most three, one chart of stance and
    one of coverage each.
    """
    ranked = rank_referents(results, outlets)
    main = main_referents(results, outlets, ranked)
    plan = [("variant-shares", [referent]) for referent in main]
    told = [lexicon for lexicon, _ in (main or ranked)]
    lexicons = sorted(dict.fromkeys(told), key=lambda x: -told.count(x))[:MOST_LEXICONS]
    for lexicon in lexicons:
        weighed = [r for r in main if r[0] == lexicon and any((o, r, "own") in results.stance for o in outlets)]
        if weighed:
            plan.append(("stance", weighed))
    for lexicon in lexicons:
        columns = [r for r in ranked if r[0] == lexicon][:MOST_COLUMNS]
        plan.append(("coverage", sorted(columns, key=results.label)))
    return [(kind, referents) for kind, referents in plan if chart in (None, kind)]


def draw_referents(
    results: Results,
    chart: str,
    referents: Sequence[Referent],
    outlets: Sequence[str],
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw a chart of referents of one lexicon; see `draw`."""
    look = get_theme(theme, width_mm)
    lexicon, keys = referents[0][0], [key for _, key in referents]
    labels = {key: results.label((lexicon, key)) for key in keys}
    least = results.min_articles
    if chart == "variant-shares":
        referent = referents[0]
        if not any(results.of(o, referent).total for o in outlets):
            raise InputError(
                f"{join([tidy(o) for o in outlets])} never mention {'/'.join(referent)}. Choose other outlets."
            )
        shares = VariantShares.from_table(
            results.term_table, *referent, outlets=outlets, referent_label=results.label(referent), minimum=least
        )
        return plot_variant_shares(shares, look, _caption(results, title_names(results, referent, outlets), outlets))
    if chart == "stance":
        stance = StanceIntervals.from_table(
            results.measure_table,
            lexicon,
            keys,
            outlets,
            labels=labels,
            scales={key: results.scale((lexicon, key)) for key in keys},
            minimum=least,
        )
        return plot_stance(stance, look, _caption(results, title_stance(results, referents, outlets), outlets))
    matrix = CoverageMatrix.from_table(results.coverage_table, lexicon, keys, outlets, labels=labels, minimum=least)
    return plot_coverage(matrix, look, _caption(results, title_coverage(results, referents, outlets), outlets))


def _caption(results: Results, title: str, outlets: Sequence[str]) -> Caption:
    options = results.manifest.get("options", {})
    number = sum(int(results.sizes[o]["articles"]) for o in outlets)
    source = str(results.manifest.get("source", "")) or "articles as given"
    if len(outlets) < len(results.outlets):
        source += f", {len(outlets)} of {len(results.outlets)} outlets"
    return Caption(
        title=title,
        source=source,
        articles=number,
        period=_period(results, outlets),
        lexicon=results.digest,
        method=f"95% bootstrap intervals over articles ({int(options.get('resamples', 0)):,} resamples)",
    )


def _period(results: Results, outlets: Sequence[str]) -> str:
    first = [str(results.sizes[o]["first"]) for o in outlets if results.sizes[o]["first"]]
    last = [str(results.sizes[o]["last"]) for o in outlets if results.sizes[o]["last"]]
    return period(min(first), max(last)) if first else "undated"


def write_gallery(
    analysis: Analysis,
    folder: str | Path,
    *,
    chart: str | None = None,
    referent: str | None = None,
    outlets: Sequence[str] | None = None,
    theme: str = "print",
    width_mm: float | None = None,
    formats: Sequence[str] = FORMATS,
) -> list[Path]:
    """Write the most telling figures of an analysis, each with its alternative text beside it.

    Parameters
    ----------
    folder : path
        Made where it is missing; files of the same names are replaced.
    chart, referent : str, optional
        Only these.
    formats : sequence of str
        "png", "svg" or both.

    Returns
    -------
    list of Path
        The files, each figure's formats and then its text. A rerun writes the same bytes.

    Raises
    ------
    InputError
        As `draw`; or a format is unknown, or the folder cannot be made.
    """
    for kind, name, allowed in (("chart", chart, list(CHARTS)), ("theme", theme, list(THEMES))):
        if name is not None:
            check_choice(kind, name, allowed)
    for format in formats:
        check_choice("format", format, FORMATS)
    results = Results(analysis)
    shown = results.choose_outlets(outlets, MOST_OUTLETS)
    plan = plan_figures(results, shown, chart)
    if referent is not None:
        only = analysis.find_referent(referent)
        plan = [(kind, [only]) for kind in CHARTS if chart in (None, kind)]
        if chart is None and not any((o, only, "own") in results.stance for o in shown):
            plan = [(kind, referents) for kind, referents in plan if kind != "stance"]
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise InputError(f"{target}: cannot be made ({reason.strerror}). Choose another folder with -o.") from reason
    written: list[Path] = []
    for kind, referents in plan:
        figure = draw_referents(results, kind, referents, shown, theme, width_mm)
        name = _file_name(kind, referents, whole=referent is None)
        for format in formats:
            store.write_bytes(target / f"{name}.{format}", render(figure, format))
            written.append(target / f"{name}.{format}")
        store.write_bytes(target / f"{name}.txt", alt_text(figure).encode() + b"\n")
        written.append(target / f"{name}.txt")
    return written


def _file_name(chart: str, referents: Sequence[Referent], whole: bool) -> str:
    """Return a name that every file system takes: chart, lexicon, referent; with a hash where letters had to go."""
    parts = referents[0] if chart == "variant-shares" or not whole else referents[0][:1]
    plain = "-".join(_slug(part) for part in parts)
    exact = all(part == _slug(part) for part in parts) and len(plain) <= 80
    return f"{chart}-{plain}" if exact else f"{chart}-{plain[:80].strip('-')}-{identify('h', *parts)[2:]}"


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")

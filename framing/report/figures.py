"""Figures of an analysis: which to draw, what their titles say, and what stands below them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from framing import store
from framing.charts import (
    CHARTS,
    FORMATS,
    THEMES,
    CoverageMatrix,
    MeasureGroup,
    ModuleIntervals,
    OutletProfile,
    StanceIntervals,
    VariantShares,
    alt_text,
    get_theme,
    plot_coverage,
    plot_module,
    plot_profile,
    plot_stance,
    plot_variant_shares,
    render,
)
from framing.errors import InputError
from framing.report.captions import make_caption
from framing.report.drawer import Options
from framing.report.drawers import DRAWERS, draw_chart
from framing.report.module_choice import ModuleView
from framing.report.module_titles import title_module, title_profile
from framing.report.ranking import main_referents, rank_referents
from framing.report.results import Referent, Results, identify
from framing.report.titles import title_coverage, title_names, title_stance
from framing.report.wording import check_choice, join, tidy

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from framing.analysis import Analysis

MOST_OUTLETS = 8  # rows that stay readable in a column of a journal
MOST_LEXICONS = 2
MOST_COLUMNS = 8  # of the coverage chart
OF_REFERENTS = ("variant-shares", "stance", "coverage")  # charts about the subjects that lexicons name


def draw(
    analysis: Analysis | Results,
    chart: str,
    referent: str | None = None,
    *,
    outlets: Sequence[str] | None = None,
    module: str | None = None,
    outlet: str | None = None,
    options: Options | None = None,
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw one chart of an analysis.

    Parameters
    ----------
    analysis : Analysis or Results
    chart : str
        "variant-shares", "stance", "coverage", "module", "profile", or one of `DRAWERS`: "heatmap", "trend", ...
    referent : str, optional
        "armed-opposition" or "syria/armed-opposition". By default the most telling one for "variant-shares", and for
        the others the main referents of the lexicon that tells most.
    outlets : sequence of str, optional
        By default those with most articles; beside a profile, by default all.
    module : str, optional
        For "module": "loaded", "sourcing", ...; by default the first that has something to draw.
    outlet : str, optional
        For "profile"; by default the first of `outlets`.
    options : mapping of str to str, optional
        What else the charts of `DRAWERS` can be about: other, measure, term, period, event, before, after, marks.
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
        No chart, referent, module, outlet or theme of that name, or there is nothing to draw, or `referent`, `module`
        or `outlet` is given for a chart that is not about one.
    """
    check_choice("chart", chart, [*CHARTS, *DRAWERS])
    check_choice("theme", theme, list(THEMES))
    if chart in DRAWERS:
        results = analysis if isinstance(analysis, Results) else Results(analysis)
        given = _gather(options, referent, module, outlet)
        return draw_chart(results, chart, results.choose_outlets(outlets, MOST_OUTLETS), given, theme, width_mm)
    _refuse(chart, options)
    check_options(chart, referent, module, outlet)
    results = analysis if isinstance(analysis, Results) else Results(analysis)
    shown = results.choose_outlets(outlets, MOST_OUTLETS)
    if chart == "module":
        drawable = [m for m in results.modules if draws(results, m, shown)]
        if module is None and not drawable:
            raise InputError(f"There is nothing to draw as 'module': no measure of any module for {_say(shown)}.")
        return draw_module(results, drawable[0] if module is None else results.module(module), shown, theme, width_mm)
    if chart == "profile":
        whose = shown[0] if outlet is None else results.choose_outlets([outlet], 1)[0]
        return draw_profile(results, whose, None if outlets is None else shown, theme, width_mm)
    if referent is not None:
        referents = [results.analysis.find_referent(referent)]
    else:
        plan = plan_figures(results, shown, chart)
        if not plan:
            raise InputError(f"There is nothing to draw as {chart!r}: no mention of any referent by {_say(shown)}.")
        referents = plan[0][1]
    return draw_referents(results, chart, referents, shown, theme, width_mm)


def _gather(options: Options | None, referent: str | None, module: str | None, outlet: str | None) -> dict[str, str]:
    given = {"referent": referent, "module": module, "outlet": outlet, **(options or {})}
    return {name: value for name, value in given.items() if value is not None}


def _refuse(chart: str | None, options: Options | None) -> None:
    """Refuse options that only the charts of `DRAWERS` know."""
    if options:
        name, value = next(iter(options.items()))
        knowing = [kind for kind, drawer in DRAWERS.items() if name in drawer.options]
        which = f"the chart {chart!r} takes" if chart else "choose a chart: all of them together take"
        raise InputError(f"{which} no {name} ({value!r} was given); these do: {', '.join(knowing) or 'none'}.")


def check_options(chart: str | None, referent: str | None, module: str | None, outlet: str | None) -> None:
    """Refuse a choice that the chart does not know.

    Raises
    ------
    InputError
    """
    for option, given, charts in (
        ("referent", referent, OF_REFERENTS),
        ("module", module, ("module",)),
        ("outlet", outlet, ("profile",)),
    ):
        if given is not None and chart is not None and chart not in charts:
            raise InputError(
                f"the chart {chart!r} takes no {option} ({given!r} was given); these do: {', '.join(charts)}."
            )


def _say(outlets: Sequence[str]) -> str:
    return join([tidy(o) for o in outlets])


def draws(results: Results, module: ModuleView, outlets: Sequence[str]) -> bool:
    """Whether one of these outlets has a number for a measure that a chart of the module shows."""
    return any((o, m.name) in results.measures for o in outlets for m in module.headline)


def draw_module(
    results: Results,
    module: ModuleView,
    outlets: Sequence[str],
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw the measures of a module that are shown first, for some outlets; see `draw`."""
    look = get_theme(theme, width_mm)
    if not draws(results, module, outlets):
        raise InputError(f"{_say(outlets)}: no evidence for the module {module.module!r}. Choose other outlets.")
    measures = tuple(m for m in module.headline if any((o, m.name) in results.measures for o in outlets))
    group = MeasureGroup(module.title, tuple(m.shown for m in measures))
    data = ModuleIntervals.from_table(results.module_table, group, outlets, results.min_articles)
    title = title_module(results, module, outlets)
    return plot_module(data, look, make_caption(results, title, outlets, digest=results.module_digest(module.module)))


def draw_profile(
    results: Results,
    outlet: str,
    beside: Sequence[str] | None = None,
    theme: str = "print",
    width_mm: float | None = None,
) -> Figure:
    """Draw the measures of all modules that are shown first for one outlet, beside others (by default all); see
    `draw`."""
    look = get_theme(theme, width_mm)
    others = [o for o in (results.outlets if beside is None else beside) if o != outlet]
    groups = [m.profile_group for m in results.modules if draws(results, m, [outlet, *others]) and m.profiled]
    if not groups:
        raise InputError(f"There is nothing to draw as 'profile': no measure of any module for {tidy(outlet)}.")
    data = OutletProfile.from_table(results.module_table, outlet, groups, others, results.min_articles)
    caption = make_caption(
        results, title_profile(results, outlet, others), [outlet, *others], digest=results.module_digest()
    )
    return plot_profile(data, look, caption)


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
            raise InputError(f"{_say(outlets)} never mention {'/'.join(referent)}. Choose other outlets.")
        shares = VariantShares.from_table(
            results.term_table, *referent, outlets=outlets, referent_label=results.label(referent), minimum=least
        )
        return plot_variant_shares(
            shares, look, make_caption(results, title_names(results, referent, outlets), outlets, digest=results.digest)
        )
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
        return plot_stance(
            stance,
            look,
            make_caption(results, title_stance(results, referents, outlets), outlets, digest=results.digest),
        )
    matrix = CoverageMatrix.from_table(results.coverage_table, lexicon, keys, outlets, labels=labels, minimum=least)
    return plot_coverage(
        matrix, look, make_caption(results, title_coverage(results, referents, outlets), outlets, digest=results.digest)
    )


def write_gallery(
    analysis: Analysis,
    folder: str | Path,
    *,
    chart: str | None = None,
    referent: str | None = None,
    module: str | None = None,
    outlet: str | None = None,
    outlets: Sequence[str] | None = None,
    options: Options | None = None,
    every: bool = False,
    theme: str = "print",
    width_mm: float | None = None,
    formats: Sequence[str] = FORMATS,
) -> list[Path]:
    """Write the most telling figures of an analysis, each with its alternative text beside it.

    Parameters
    ----------
    folder : path
        Made where it is missing; files of the same names are replaced.
    chart, referent, module, outlet : str, optional
        Only these. By default all charts: of the subjects that tell most, of every module, and the profile of the
        first outlet; `chart="profile"` draws those of all outlets shown.
    options : mapping of str to str, optional
        See `draw`.
    every : bool
        Also the charts of `DRAWERS` that have something to show.
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
    for kind, name, allowed in (("chart", chart, [*CHARTS, *DRAWERS]), ("theme", theme, list(THEMES))):
        if name is not None:
            check_choice(kind, name, allowed)
    for format in formats:
        check_choice("format", format, FORMATS)
    if chart not in DRAWERS:
        _refuse(chart, options)
        check_options(chart, referent, module, outlet)
    results = Results(analysis)
    shown = results.choose_outlets(outlets, MOST_OUTLETS)
    plans: list[tuple[str, Options]] = []
    if chart is not None and chart in DRAWERS:
        given = _gather(options, referent, module, outlet)
        plans = [(chart, given)] if given else [(chart, plan) for plan in DRAWERS[chart].plan(results, shown) or [{}]]
        return _write_all(_list_drawers(results, plans, shown, theme, width_mm), folder, formats)
    whole = referent is None and module is None and outlet is None
    drawings: list[tuple[str, Callable[[], Figure]]] = []
    if whole or referent is not None:
        for kind, referents in _plan_referents(results, shown, chart, referent):
            name = _file_name(kind, referents, whole=referent is None)
            drawings.append((name, partial(draw_referents, results, kind, referents, shown, theme, width_mm)))
    if (whole or module is not None) and chart in (None, "module"):
        chosen = (
            [m for m in results.modules if draws(results, m, shown)] if module is None else [results.module(module)]
        )
        for view in chosen:
            draw_it = partial(draw_module, results, view, shown, theme, width_mm)
            drawings.append((_name_file("module", view.module), draw_it))
    if (whole or outlet is not None) and chart in (None, "profile"):
        beside = None if outlets is None else shown
        for one in _profiled(results, shown, chart, outlet):
            drawings.append(
                (name_profile(one, results.outlets), partial(draw_profile, results, one, beside, theme, width_mm))
            )
    if every:
        plans = [(kind, plan) for kind, drawer in DRAWERS.items() for plan in drawer.plan(results, shown)]
        drawings += _list_drawers(results, plans, shown, theme, width_mm)
    return _write_all(drawings, folder, formats)


def _list_drawers(
    results: Results,
    plans: Sequence[tuple[str, Options]],
    shown: Sequence[str],
    theme: str,
    width_mm: float | None,
) -> list[tuple[str, Callable[[], Figure]]]:
    """Name the charts of `DRAWERS` by what they are about."""
    return [
        (
            _name_file(kind, *options.values()) if options else kind,
            partial(draw_chart, results, kind, shown, options, theme, width_mm),
        )
        for kind, options in plans
    ]


def _write_all(
    drawings: Sequence[tuple[str, Callable[[], Figure]]], folder: str | Path, formats: Sequence[str]
) -> list[Path]:
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise InputError(f"{target}: cannot be made ({reason.strerror}). Choose another folder with -o.") from reason
    return [path for name, draw_it in drawings for path in _write_figure(draw_it(), target, name, formats)]


def _plan_referents(
    results: Results, shown: Sequence[str], chart: str | None, referent: str | None
) -> list[tuple[str, list[Referent]]]:
    if referent is None:
        return plan_figures(results, shown, chart)
    only = results.analysis.find_referent(referent)
    plan = [(kind, [only]) for kind in OF_REFERENTS if chart in (None, kind)]
    if chart is None and not any((o, only, "own") in results.stance for o in shown):
        plan = [(kind, referents) for kind, referents in plan if kind != "stance"]
    return plan


def _profiled(results: Results, shown: Sequence[str], chart: str | None, outlet: str | None) -> list[str]:
    """Return the outlets whose profiles are drawn: the one chosen; otherwise the first, or all if only profiles are."""
    if outlet is not None:
        return results.choose_outlets([outlet], 1)
    drawable = any(draws(results, m, results.outlets) for m in results.modules)
    return list(shown if chart == "profile" else shown[:1]) if drawable else []


def _write_figure(figure: Figure, target: Path, name: str, formats: Sequence[str]) -> list[Path]:
    """Write a figure in some formats and its alternative text."""
    written = []
    for format in formats:
        store.write_bytes(target / f"{name}.{format}", render(figure, format))
        written.append(target / f"{name}.{format}")
    store.write_bytes(target / f"{name}.txt", alt_text(figure).encode() + b"\n")
    return [*written, target / f"{name}.txt"]


def _file_name(chart: str, referents: Sequence[Referent], whole: bool) -> str:
    """Return the name of a chart of referents: chart, lexicon, referent."""
    return _name_file(chart, *(referents[0] if chart == "variant-shares" or not whole else referents[0][:1]))


def _name_file(chart: str, *parts: str) -> str:
    """Return a name that every file system takes: the chart and its parts; with a hash where letters had to go."""
    plain = "-".join(_slug(part) for part in parts)
    exact = all(part == _slug(part) for part in parts) and len(plain) <= 80
    return f"{chart}-{plain}" if exact else f"{chart}-{plain[:80].strip('-')}-{identify('h', *parts)[2:]}"


def name_profile(outlet: str, outlets: Sequence[str]) -> str:
    """Return the name of the profile of one of the outlets of an analysis, plain where no other would have the same."""
    plain = _slug(outlet)
    alone = bool(plain) and len(plain) <= 80 and sum(_slug(o) == plain for o in outlets) == 1
    return f"profile-{plain}" if alone else _name_file("profile", outlet)


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")

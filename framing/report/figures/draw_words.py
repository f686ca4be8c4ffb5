"""Charts of words and speakers: what marks an outlet, what makes up a difference of wording, who speaks, who is
harmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from framing.charts.agency_victims import FORMS, plot_agency_victims
from framing.charts.composition_table import Compositions, put_first
from framing.charts.keyness import plot_keyness
from framing.charts.keyness_scatter import plot_keyness_scatter
from framing.charts.keyness_table import KeyPhrases, PhraseRates
from framing.charts.report_verbs import VERBS, plot_report_verbs
from framing.charts.sources import SPEAKERS, plot_sources
from framing.charts.theme import get_theme
from framing.errors import InputError
from framing.report.figures.captions import make_caption
from framing.report.figures.draw_shift import plan_shift, prepare_shift
from framing.report.figures.drawer import Drawer, Drawing, Options
from framing.report.figures.phrase_marks import (
    Comparison,
    compare_phrases,
    describe_comparison,
    describe_method,
    explain_none,
    leave_out_parts,
    say_names,
)
from framing.report.figures.speech_and_harm import (
    EVERYBODY,
    MOST_GROUPS,
    POOLED,
    part_harms,
    part_speakers,
    part_verbs,
    rank_groups,
    rank_sides,
)
from framing.report.figures.speech_and_harm import REST as THE_REST
from framing.report.figures.word_titles import (
    NO_INTERVALS,
    part_of_harms,
    part_of_speakers,
    part_of_verbs,
    title_harms,
    title_keyness,
    title_scatter,
    title_speakers,
    title_verbs,
)
from framing.report.results import Results
from framing.report.rows import OK
from framing.report.wording import count, tidy

if TYPE_CHECKING:
    import pyarrow as pa

    from framing.charts import Caption, Theme

REST = "all other outlets"
MOST_PHRASES, MOST_ON_A_CARD = 10, 5  # of each side; a card of fixed height holds fewer
MOST_UNTESTED = 3
MOST_SIDES = 3  # beside all speakers together
MOST_SMALL_MULTIPLES = 3  # beside all outlets together
NARROW_MM = 120.0  # in a narrower column panels stand one below the other
_ROWS_IN_A_COLUMN = 20  # about 24 cm with titles and notes


def prepare_keyness(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw the phrases that mark an outlet against another (`other`), or against all others."""
    comparison = _compare(results, outlets, options)
    tested = comparison.tested > 0
    data = KeyPhrases.from_rows(
        comparison.outlet,
        comparison.other or REST,
        leave_out_parts(comparison.marks.rows) if tested else comparison.untested(False, MOST_UNTESTED),
        leave_out_parts(comparison.other_marks.rows) if tested else comparison.untested(True, MOST_UNTESTED),
        most=MOST_ON_A_CARD if look.min_height else MOST_PHRASES,
        reasons=(explain_none(comparison, others=False), explain_none(comparison, others=True)),
        words=(comparison.words, comparison.other_words),
        note=say_names(comparison) if tested else "",
    )
    interval = ", with 95% interval" if tested else ""
    subtitle = f"How many times as often a phrase is used{interval}; {describe_comparison(comparison)}"
    return Drawing(data, plot_keyness, look, _caption(results, comparison, title_keyness(comparison), subtitle))


def prepare_scatter(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw all phrases of an outlet by their rates there and elsewhere."""
    comparison = _compare(results, outlets, options)
    data = PhraseRates.from_table(
        comparison.table,
        comparison.outlet,
        comparison.other or REST,
        [r["phrase"] for r in comparison.marks.rows],
        [r["phrase"] for r in comparison.other_marks.rows],
    )
    subtitle = f"Uses per 1,000 words, on logarithmic axes; {describe_comparison(comparison)}"
    caption = _caption(results, comparison, title_scatter(comparison), subtitle)
    return Drawing(data, plot_keyness_scatter, look, caption)


def _compare(results: Results, outlets: Sequence[str], options: Options) -> Comparison:
    outlet = _choose(results, options.get("outlet", outlets[0]))
    other = options.get("other", "")
    return compare_phrases(results, outlet, _choose(results, other) if other else "")


def _choose(results: Results, outlet: str) -> str:
    return results.choose_outlets([outlet], 1)[0]


def _caption(results: Results, comparison: Comparison, title: str, subtitle: str) -> Caption:
    involved = [comparison.outlet, comparison.other] if comparison.other else list(results.outlets)
    caption = make_caption(results, title, involved, subtitle=subtitle, method=describe_method(comparison))
    return replace(caption, articles=comparison.articles + comparison.other_articles)


def prepare_sources(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw how the words that outlets let others say part among kinds of speakers."""
    table = part_speakers(results)
    parts = put_first(SPEAKERS, part_of_speakers(table, outlets))
    data = Compositions.from_table(
        table, parts, {o: o for o in outlets}, {"speakers": ""}, "words", minimum=results.min_articles
    )
    subtitle = "% of the quoted and reported words, by kind of speaker"
    title = title_speakers(table, outlets)
    digest, method = results.module_digest("sourcing"), _method(data)
    caption = make_caption(results, title, outlets, subtitle=subtitle, digest=digest, method=method)
    return Drawing(data, plot_sources, look, caption)


def _method(data: Compositions) -> str:
    """Return that there are no intervals where none is drawn, otherwise "": what is usual."""
    drawn = any(b.status == OK and b.has_interval for panel in data.panels for b in panel.bars)
    return "" if drawn else NO_INTERVALS


def prepare_verbs(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw by which verbs outlets let some sides speak, and all speakers together."""
    if "referent" in options:
        sides = [results.analysis.find_referent(options["referent"])]
    else:
        sides = rank_sides(part_verbs(results), outlets, results)[: _fewer(look, MOST_SIDES, len(outlets))]
    alone = "" if sides else f"No single side has {results.min_articles} articles in any outlet."
    panels = {EVERYBODY: "All speakers", **{"/".join(side): results.label(side) for side in sides}}
    table = part_verbs(results, list(panels))
    parts = put_first(VERBS, part_of_verbs(table, outlets, panels))
    data = Compositions.from_table(
        table, parts, {o: o for o in outlets}, panels, "verbs", minimum=results.min_articles, note=alone
    )
    title = title_verbs(table, outlets, panels)
    subtitle = "% of the verbs that introduce quoted or reported words, by how they present them"
    digest, method = results.module_digest("sourcing"), _method(data)
    caption = make_caption(results, title, outlets, subtitle=subtitle, digest=digest, method=method)
    return Drawing(data, plot_report_verbs, look, caption)


def prepare_harms(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw in which forms harm is told, by group of victims: of these outlets together and of those with enough
    articles; of one `outlet` beside all others; or of two (`other`)."""
    outlet, other = (_choose(results, options[n]) if n in options else "" for n in ("outlet", "other"))
    outlet = outlet or (outlets[0] if other else "")
    involved = [o for o in (outlet, other) if o] if other else list(results.outlets) if outlet else list(outlets)
    table = part_harms(results, involved, outlet)
    if outlet:
        panels = {outlet: tidy(outlet), **({other: tidy(other)} if other else {THE_REST: "All other outlets"})}
    else:
        panels = {POOLED: f"All {count(len(outlets), 'outlet')} together" if len(outlets) > 1 else tidy(outlets[0])}
    groups = rank_groups(results, table, POOLED)
    if not groups:
        raise InputError("There is no harm to people in these outlets’ own voice to draw. Choose other outlets.")
    if not outlet and len(outlets) > 1:
        enough = _with_enough_groups(table, outlets, list(groups))
        panels |= {o: tidy(o) for o in enough[: _fewer(look, MOST_SMALL_MULTIPLES, len(groups))]}
    first = next(iter(panels))
    parts = put_first(FORMS, part_of_harms(table, first, groups))
    data = Compositions.from_table(
        table, parts, groups, panels, "words", row_column="whole", panel_column="panel", sort=False,
        minimum=results.min_articles,
    )  # fmt: skip
    title = title_harms(table, first, groups, outlet)
    subtitle = "% of the words of harm in own voice, by grammatical form and by who suffers it"
    if len(groups) == MOST_GROUPS:
        subtitle += f" (the {MOST_GROUPS} groups with most)"
    digest, method = results.module_digest("agency"), _method(data)
    caption = make_caption(results, title, involved, subtitle=subtitle, digest=digest, method=method)
    return Drawing(data, plot_agency_victims, look, caption)


def _with_enough_groups(table: pa.Table, outlets: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Return the outlets in which harm to two groups or more is told in enough articles to compare them."""
    enough: dict[str, set[str]] = {}
    for row in table.to_pylist():
        if row["status"] == OK and row["whole"] in groups:
            enough.setdefault(row["panel"], set()).add(row["whole"])
    return [o for o in outlets if len(enough.get(o, ())) > 1]


def _fewer(look: Theme, most: int, rows: int) -> int:
    """Return how many panels go beside the first: one on a card of fixed height; in a narrow column, in which they
    stand one below the other, as many as a page is high."""
    if look.min_height:
        return 1
    return min(most - 1, max(1, _ROWS_IN_A_COLUMN // rows - 1)) if look.width_mm < NARROW_MM else most


def _plan_keyness(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Every outlet shown with enough articles against all others, the largest three at most."""
    enough = [o for o in outlets if int(results.sizes[o]["articles"]) >= results.min_articles]
    plan: list[Options] = [{"outlet": o} for o in enough[:3]] if len(results.outlets) > 1 else []
    return [options for options in plan if _can_draw(prepare_keyness, results, outlets, options)]


def _can_draw(prepare: Callable[..., Drawing], results: Results, outlets: Sequence[str], options: Options) -> bool:
    """Whether there is something to draw."""
    try:
        prepare(results, outlets, options, get_theme("print"))
    except InputError:
        return False
    return True


def _plan_scatter(results: Results, outlets: Sequence[str]) -> list[Options]:
    return [
        options for options in _plan_keyness(results, outlets)[:1] if _compare(results, outlets, options).table.num_rows
    ]


def _plan_one(prepare: Callable[..., Drawing]) -> Callable[[Results, Sequence[str]], list[Options]]:
    def plan(results: Results, outlets: Sequence[str]) -> list[Options]:
        """One chart where the module ran and found something."""
        return [{}] if _can_draw(prepare, results, outlets, {}) else []

    return plan


DRAWERS: dict[str, Drawer] = {
    "keyness": Drawer(
        "Which phrases mark one outlet against another, or against all others?",
        frozenset({"outlet", "other"}),
        prepare_keyness,
        _plan_keyness,
    ),
    "keyness-scatter": Drawer(
        "How often does one outlet use each phrase, and how often the others?",
        frozenset({"outlet", "other"}),
        prepare_scatter,
        _plan_scatter,
    ),
    "word-shift": Drawer(
        "Which names make up the difference between two outlets’ wording of one referent?",
        frozenset({"referent", "outlet", "other"}),
        prepare_shift,
        plan_shift,
    ),
    "sources": Drawer(
        "Whom does each outlet let speak: officials, ordinary people, experts, unnamed sources?",
        frozenset(),
        prepare_sources,
        _plan_one(prepare_sources),
    ),
    "report-verbs": Drawer(
        "By which verbs does each outlet let a side speak?",
        frozenset({"referent"}),
        prepare_verbs,
        _plan_one(prepare_verbs),
    ),
    "agency-victims": Drawer(
        "How is harm told, by who suffers it: with a doer, without, as a noun, as if by itself?",
        frozenset({"outlet", "other"}),
        prepare_harms,
        _plan_one(prepare_harms),
    ),
}

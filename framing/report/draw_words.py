"""Charts of words and speakers: what marks an outlet, what makes up a difference of wording, who speaks, who is
harmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from framing.charts import get_theme
from framing.charts.agency_victims import FORMS, plot_agency_victims
from framing.charts.composition_table import Compositions
from framing.charts.keyness import plot_keyness
from framing.charts.keyness_scatter import plot_keyness_scatter
from framing.charts.keyness_table import KeyPhrases, PhraseRates
from framing.charts.report_verbs import VERBS, plot_report_verbs
from framing.charts.sources import SPEAKERS, plot_sources
from framing.charts.word_shift import ShiftBars, plot_word_shift
from framing.errors import InputError
from framing.report.captions import make_caption
from framing.report.drawer import Drawer, Options
from framing.report.phrase_marks import (
    MAX_Q,
    Comparison,
    compare_phrases,
    describe_comparison,
    describe_method,
    explain_none,
)
from framing.report.ranking import main_referents
from framing.report.results import Referent, Results
from framing.report.rows import OK
from framing.report.speech_and_harm import (
    EVERYBODY,
    MOST_GROUPS,
    POOLED,
    part_harms,
    part_speakers,
    part_verbs,
    rank_groups,
    rank_sides,
)
from framing.report.speech_and_harm import REST as THE_REST
from framing.report.word_titles import (
    title_harms,
    title_keyness,
    title_scatter,
    title_shift,
    title_speakers,
    title_verbs,
)
from framing.report.wording import count, tidy
from framing.statistics.counters import Counters
from framing.statistics.word_shift import compute_word_shift

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.figure import Figure

    from framing.charts import Caption, Theme

REST = "all other outlets"
MOST_PHRASES, MOST_ON_A_CARD = 10, 5  # of each side; a card of fixed height holds fewer
MOST_UNTESTED = 3
MOST_NAMES, MOST_NAMES_ON_A_CARD = 10, 7
MOST_SIDES = 3  # beside all speakers together
MOST_SMALL_MULTIPLES = 3  # beside all outlets together
NARROW_MM = 120.0  # in a narrower column panels stand one below the other: one less of them


def draw_keyness(
    results: Results, outlets: Sequence[str], options: Options, theme: str, width_mm: float | None
) -> Figure:
    """Draw the phrases that mark an outlet against another (`other`), or against all others."""
    comparison = _compare(results, outlets, options)
    look = get_theme(theme, width_mm)
    tested = comparison.tested > 0
    data = KeyPhrases.from_rows(
        comparison.outlet,
        comparison.other or REST,
        comparison.marks.rows if tested else comparison.untested(False, MOST_UNTESTED),
        comparison.other_marks.rows if tested else comparison.untested(True, MOST_UNTESTED),
        most=MOST_ON_A_CARD if look.min_height else MOST_PHRASES,
        reasons=(explain_none(comparison, others=False), explain_none(comparison, others=True)),
    )
    subtitle = f"{describe_comparison(comparison)}: how many times as often{', with 95% interval' if tested else ''}"
    return plot_keyness(data, look, _caption(results, comparison, title_keyness(comparison), subtitle))


def draw_scatter(
    results: Results, outlets: Sequence[str], options: Options, theme: str, width_mm: float | None
) -> Figure:
    """Draw all phrases of an outlet by their rates there and elsewhere."""
    comparison = _compare(results, outlets, options)
    data = PhraseRates.from_table(
        comparison.table,
        comparison.outlet,
        comparison.other or REST,
        [r["phrase"] for r in comparison.marks.rows],
        [r["phrase"] for r in comparison.other_marks.rows],
    )
    subtitle = f"{describe_comparison(comparison)}: uses per 1,000 words, on logarithmic axes"
    caption = _caption(results, comparison, title_scatter(comparison), subtitle)
    return plot_keyness_scatter(data, get_theme(theme, width_mm), caption)


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


def draw_shift(
    results: Results, outlets: Sequence[str], options: Options, theme: str, width_mm: float | None
) -> Figure:
    """Draw the names that make up the difference of two outlets' mean weights for a referent."""
    look = get_theme(theme, width_mm)
    referent, outlet, other = _choose_shift(results, outlets, options)
    analysis, (lexicon, key) = results.analysis, referent
    options_of = results.manifest.get("options", {})
    names = {term: label for (of, term), label in results.labels.items() if of == referent}
    entries = {term: results.entry(referent, term) for term in names}
    shift = compute_word_shift(
        Counters.from_tables(analysis.table("counts").arrow, results.article_table),
        lexicon,
        key,
        {term: e.weight for term, e in entries.items() if e is not None and e.weight is not None},
        outlet,
        other,
        min_articles=results.min_articles,
        resamples=int(options_of.get("resamples", 0)),
        seed=int(options_of.get("seed", 0)),
    )
    # The difference has the interval that the table of contrasts gives it, as everywhere.
    row = results.contrast(outlet, other, f"stance:{lexicon}:{key}:own")
    interval = (shift.low, shift.high) if row is None else (float(row["low"]), float(row["high"]))
    data = ShiftBars.from_table(
        shift.terms,
        referent_label=results.label(referent),
        outlets=(outlet, other),
        means=(shift.value, shift.other_value),
        interval=interval,
        reference=shift.reference,
        articles=(shift.articles, shift.other_articles),
        status=shift.status,
        labels=names,
        scale=results.scale(referent),
        minimum=results.min_articles,
        most=MOST_NAMES_ON_A_CARD if look.min_height else MOST_NAMES,
    )
    title = title_shift(results, referent, data, row)
    subtitle = "What each name adds to the difference of mean weights in own voice, with 95% interval"
    caption = make_caption(results, title, [outlet, other], subtitle=subtitle, digest=results.digest)
    return plot_word_shift(data, look, caption)


def draw_sources(
    results: Results, outlets: Sequence[str], options: Options, theme: str, width_mm: float | None
) -> Figure:
    """Draw how the words that outlets let others say part among kinds of speakers."""
    table = part_speakers(results)
    data = Compositions.from_table(
        table, SPEAKERS, {o: o for o in outlets}, {"speakers": ""}, "words", minimum=results.min_articles
    )
    subtitle = "% of the quoted and reported words, by kind of speaker"
    title = title_speakers(table, outlets)
    caption = make_caption(results, title, outlets, subtitle=subtitle, digest=results.module_digest("sourcing"))
    return plot_sources(data, get_theme(theme, width_mm), caption)


def draw_verbs(
    results: Results, outlets: Sequence[str], options: Options, theme: str, width_mm: float | None
) -> Figure:
    """Draw by which verbs outlets let some sides speak, and all speakers together."""
    look = get_theme(theme, width_mm)
    if "referent" in options:
        sides = [results.analysis.find_referent(options["referent"])]
    else:
        sides = rank_sides(part_verbs(results), outlets, results)[: _fewer(look, MOST_SIDES)]
    panels = {EVERYBODY: "All speakers", **{"/".join(side): results.label(side) for side in sides}}
    table = part_verbs(results, list(panels))
    data = Compositions.from_table(table, VERBS, {o: o for o in outlets}, panels, "verbs", minimum=results.min_articles)
    title = title_verbs(table, outlets, panels)
    subtitle = "% of the verbs that introduce what a side says, quoted or reported, by what they do to it"
    caption = make_caption(results, title, outlets, subtitle=subtitle, digest=results.module_digest("sourcing"))
    return plot_report_verbs(data, look, caption)


def draw_harms(
    results: Results, outlets: Sequence[str], options: Options, theme: str, width_mm: float | None
) -> Figure:
    """Draw in which forms harm is told, by group of victims: of these outlets together and of those with enough
    articles; of one `outlet` beside all others; or of two (`other`)."""
    look = get_theme(theme, width_mm)
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
        panels |= {o: tidy(o) for o in enough[: _fewer(look, MOST_SMALL_MULTIPLES)]}
    data = Compositions.from_table(
        table, FORMS, groups, panels, "words", row_column="whole", panel_column="panel", sort=False,
        minimum=results.min_articles,
    )  # fmt: skip
    title = title_harms(table, next(iter(panels)), groups, outlet)
    subtitle = "% of the words of harm in own voice, by grammatical form and by who suffers it"
    if len(groups) == MOST_GROUPS:
        subtitle += f" (the {MOST_GROUPS} groups with most)"
    caption = make_caption(results, title, involved, subtitle=subtitle, digest=results.module_digest("agency"))
    return plot_agency_victims(data, look, caption)


def _with_enough_groups(table: pa.Table, outlets: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Return the outlets in which harm to two groups or more is told in enough articles to compare them."""
    enough: dict[str, set[str]] = {}
    for row in table.to_pylist():
        if row["status"] == OK and row["whole"] in groups:
            enough.setdefault(row["panel"], set()).add(row["whole"])
    return [o for o in outlets if len(enough.get(o, ())) > 1]


def _fewer(look: Theme, most: int) -> int:
    """Return how many panels go beside the first: one on a card of fixed height, one less in a narrow column."""
    return 1 if look.min_height else most - 1 if look.width_mm < NARROW_MM else most


def _choose_shift(results: Results, outlets: Sequence[str], options: Options) -> tuple[Referent, str, str]:
    """Return the referent and the two outlets: as asked for, otherwise those that differ most clearly."""
    asked = [_choose(results, options[name]) for name in ("outlet", "other") if name in options]
    if len(set(asked)) < len(asked):
        raise InputError(f"{tidy(asked[0])} cannot be compared with itself. Name another outlet.")
    if "referent" in options:
        referents = [results.analysis.find_referent(options["referent"])]
    else:
        referents = main_referents(results, list(dict.fromkeys([*asked, *outlets])))
    found: list[tuple[bool, bool, Referent, tuple[str, str]]] = []
    for referent in referents:
        weighed = [o for o in dict.fromkeys([*asked, *outlets]) if (o, referent, "own") in results.stance]
        enough = [o for o in weighed if results.stance[o, referent, "own"].status == OK]
        for chosen in (enough, weighed):
            pairs = [(a, b) for a in chosen for b in chosen if a != b and set(asked) <= {a, b}]
            if pairs:
                best = max(pairs, key=lambda pair: _rank_pair(results, referent, pair, asked))
                found.append((chosen is enough, _is_clear(results, referent, best), referent, best))
                break
    if found:
        _, _, referent, pair = max(found, key=lambda f: f[:2])  # of equals the first, the most telling
        return referent, *pair
    about = "/".join(referents[0]) if "referent" in options else "any referent with weights"
    raise InputError(
        f"There is nothing to draw as 'word-shift': no two of these outlets mention {about} in own voice. Choose "
        "another referent, or other outlets."
    )


def _rank_pair(
    results: Results, referent: Referent, pair: tuple[str, str], asked: Sequence[str]
) -> tuple[bool, bool, float, str]:
    """Order pairs: in the order asked for, told from chance, by the difference of the first less the second."""
    difference = results.stance[pair[0], referent, "own"].value - results.stance[pair[1], referent, "own"].value
    first = not asked or pair[0] == asked[0]
    return first, _is_clear(results, referent, pair), abs(difference) if asked else difference, pair[0]


def _is_clear(results: Results, referent: Referent, pair: tuple[str, str]) -> bool:
    """Whether the mean weights of two outlets are told from chance, by the test and by the interval."""
    row = results.contrast(*pair, "stance:{}:{}:own".format(*referent))
    return row is not None and row["q"] <= MAX_Q and (row["low"] > 0 or row["high"] < 0)


def _plan_keyness(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Every outlet shown with enough articles against all others, the largest three at most."""
    enough = [o for o in outlets if int(results.sizes[o]["articles"]) >= results.min_articles]
    return [{"outlet": o} for o in enough[:3]] if len(results.outlets) > 1 else []


def _plan_scatter(results: Results, outlets: Sequence[str]) -> list[Options]:
    return _plan_keyness(results, outlets)[:1]


def _plan_shift(results: Results, outlets: Sequence[str]) -> list[Options]:
    """The clearest pair for each of the three most telling referents that two outlets have enough articles of."""
    plan: list[Options] = []
    for lexicon, key in main_referents(results, outlets):
        enough = [o for o in outlets if (v := results.stance.get((o, (lexicon, key), "own"))) and v.status == OK]
        if len(enough) > 1:
            referent = {"referent": f"{lexicon}/{key}"}
            _, outlet, other = _choose_shift(results, outlets, referent)
            plan.append({**referent, "outlet": outlet, "other": other})
    return plan[:3]


def _plan_module(module: str) -> Callable[[Results, Sequence[str]], list[Options]]:
    def plan(results: Results, outlets: Sequence[str]) -> list[Options]:
        """One chart where the module ran and found something."""
        return [{}] if any(m.module == module for m in results.modules) else []

    return plan


DRAWERS: dict[str, Drawer] = {
    "keyness": Drawer(
        "Which phrases mark one outlet against another, or against all others?",
        frozenset({"outlet", "other"}),
        draw_keyness,
        _plan_keyness,
    ),
    "keyness-scatter": Drawer(
        "How often does one outlet use each phrase, and how often the others?",
        frozenset({"outlet", "other"}),
        draw_scatter,
        _plan_scatter,
    ),
    "word-shift": Drawer(
        "Which names make up the difference between two outlets’ wording of one referent?",
        frozenset({"referent", "outlet", "other"}),
        draw_shift,
        _plan_shift,
    ),
    "sources": Drawer(
        "Whom does each outlet let speak: officials, ordinary people, experts, unnamed sources?",
        frozenset(),
        draw_sources,
        _plan_module("sourcing"),
    ),
    "report-verbs": Drawer(
        "By which verbs does each outlet let a side speak?",
        frozenset({"referent"}),
        draw_verbs,
        _plan_module("sourcing"),
    ),
    "agency-victims": Drawer(
        "How is harm told, by who suffers it: with a doer, without, as a noun, as if by itself?",
        frozenset({"outlet", "other"}),
        draw_harms,
        _plan_module("agency"),
    ),
}

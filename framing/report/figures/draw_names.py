"""The charts about the subjects that lexicons name: variant shares, stance, coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from framing.charts import (
    CoverageMatrix,
    StanceIntervals,
    Theme,
    VariantShares,
    plot_coverage,
    plot_stance,
    plot_variant_shares,
)
from framing.errors import InputError
from framing.report.figures.captions import make_caption
from framing.report.figures.drawer import Drawer, Drawing, Options
from framing.report.figures.titles import title_coverage, title_names, title_stance
from framing.report.findings.coverage_findings import is_named_otherwise
from framing.report.findings.ranking import main_referents, rank_referents
from framing.report.results import Referent, Results
from framing.report.wording import join, tidy

MOST_LEXICONS = 2
MOST_COLUMNS = 8  # of the coverage chart
COUNTED = "counted, not estimated"
"""The method of charts without intervals."""
SEPARATOR = ","  # between referents; no key of one holds it


def prepare_names(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Show which names outlets use for one referent, in own voice and in others' mouths."""
    referents = _choose(results, outlets, options, "variant-shares")
    if len(referents) > 1:
        raise InputError(f"variant-shares is about one referent; {options['referent']!r} names {len(referents)}.")
    lexicon, key = referent = referents[0]
    if not any(results.of(o, referent).total for o in outlets):
        raise InputError(f"{_say(outlets)} never mention {'/'.join(referent)}. Choose other outlets.")
    label, least = results.label(referent), results.min_articles
    data = VariantShares.from_table(
        results.term_table, lexicon, key, outlets=outlets, referent_label=label, minimum=least
    )
    title = title_names(results, referent, outlets)
    caption = make_caption(results, title, outlets, digest=results.digest, method=COUNTED)
    return Drawing(data, plot_variant_shares, look, caption)


def prepare_stance(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Show how the own words of outlets for some referents of one lexicon lean."""
    referents = _choose(results, outlets, options, "stance")
    keys = [key for _, key in referents]
    data = StanceIntervals.from_table(
        results.measure_table,
        referents[0][0],
        keys,
        outlets,
        labels={key: results.label(r) for key, r in zip(keys, referents, strict=True)},
        scales={key: results.scale(r) for key, r in zip(keys, referents, strict=True)},
        minimum=results.min_articles,
    )
    caption = make_caption(results, title_stance(results, referents, outlets), outlets, digest=results.digest)
    return Drawing(data, plot_stance, look, caption)


def prepare_coverage(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Show which outlets mention some referents of one lexicon at all, where others do."""
    referents = _choose(results, outlets, options, "coverage")
    labels = {key: results.label((lexicon, key)) for lexicon, key in referents}
    data = CoverageMatrix.from_table(
        results.coverage_table,
        referents[0][0],
        list(labels),
        outlets,
        labels=labels,
        minimum=results.min_articles,
        arrange=True,
    )
    title = title_coverage(results, referents, outlets)
    caption = make_caption(results, title, outlets, digest=results.digest, method=COUNTED)
    return Drawing(data, plot_coverage, look, caption)


def plan_names(results: Results, outlets: Sequence[str]) -> list[Options]:
    """One chart for each of the six referents that tell most."""
    return [about([referent]) for referent in main_referents(results, outlets)]


def plan_stance(results: Results, outlets: Sequence[str]) -> list[Options]:
    """One chart for each of the two lexicons that tell most: their main referents with weights."""
    main = main_referents(results, outlets)
    plan = []
    for lexicon in _main_lexicons(results, outlets, main):
        weighed = [r for r in main if r[0] == lexicon and any((o, r, "own") in results.stance for o in outlets)]
        if weighed:
            plan.append(about(weighed))
    return plan


def plan_coverage(results: Results, outlets: Sequence[str]) -> list[Options]:
    """One chart for each of the two lexicons that tell most: their eight referents that tell most.

    Referents that the outlets only call something else are no columns: an empty cell would look like an omission.
    """
    if not results.coverage:  # the module did not run
        return []
    ranked = rank_referents(results, outlets)
    plan = []
    for lexicon in _main_lexicons(results, outlets, main_referents(results, outlets, ranked) or ranked):
        said = (r for r in ranked if r[0] == lexicon and not is_named_otherwise(results, r, outlets))
        columns = list(islice(said, MOST_COLUMNS))
        if columns:
            plan.append(about(sorted(columns, key=results.label)))
    return plan


def plan_subjects(results: Results, outlets: Sequence[str]) -> list[tuple[str, list[Referent]]]:
    """Return the charts planned, each with its referents: those of names, then stance, then coverage."""
    return [
        (chart, [results.analysis.find_referent(name) for name in plan["referent"].split(SEPARATOR)])
        for chart, drawer in DRAWERS.items()
        for plan in drawer.plan(results, outlets)
    ]


def about(referents: Sequence[Referent]) -> Options:
    """Return the option that names some referents."""
    return {"referent": SEPARATOR.join("/".join(referent) for referent in referents)}


def _main_lexicons(results: Results, outlets: Sequence[str], main: Sequence[Referent]) -> list[str]:
    told = [lexicon for lexicon, _ in (main or rank_referents(results, outlets))]
    return sorted(dict.fromkeys(told), key=lambda lexicon: -told.count(lexicon))[:MOST_LEXICONS]


def _choose(results: Results, outlets: Sequence[str], options: Options, chart: str) -> list[Referent]:
    """Return the referents asked for, or those of the first chart planned.

    Raises
    ------
    InputError
        There are none, one is not known, or they are of several lexicons.
    """
    asked = options.get("referent")
    if asked is None:
        plan = DRAWERS[chart].plan(results, outlets)
        if not plan:
            raise InputError(f"There is nothing to draw as {chart!r}: no mention of any referent by {_say(outlets)}.")
        asked = plan[0]["referent"]
    referents = [results.analysis.find_referent(name.strip()) for name in asked.split(SEPARATOR)]
    lexicons = sorted({lexicon for lexicon, _ in referents})
    if len(lexicons) > 1:
        raise InputError(f"Referents of one chart are of one lexicon; {asked!r} are of {join(lexicons)}.")
    return list(dict.fromkeys(referents))


def _say(outlets: Sequence[str]) -> str:
    return join([tidy(o) for o in outlets])


_ABOUT = frozenset({"referent"})
_PREPARED: dict[str, tuple[str, Callable[..., Drawing], Callable[..., list[Options]]]] = {
    "variant-shares": ("Which words does each outlet use for the same referent?", prepare_names, plan_names),
    "stance": ("How does each outlet’s wording lean?", prepare_stance, plan_stance),
    "coverage": ("Which outlets mention what at all?", prepare_coverage, plan_coverage),
}
DRAWERS: dict[str, Drawer] = {
    name: Drawer(question, _ABOUT, prepare, plan) for name, (question, prepare, plan) in _PREPARED.items()
}

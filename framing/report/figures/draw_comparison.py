"""Charts that set outlets side by side: heat map, contrast, voices, headlines, map, frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.contrast import plot_contrast
from framing.charts.frames import plot_frames
from framing.charts.headlines import plot_headlines
from framing.charts.heatmap import Heatmap, fit_heatmap, plot_heatmap
from framing.charts.measure_rows import ShownMeasure
from framing.charts.outlet_map import plot_map
from framing.charts.outlet_map_table import LEAST_OUTLETS
from framing.charts.theme import Theme
from framing.charts.voices import plot_voices
from framing.errors import InputError
from framing.report.figures.captions import make_caption, say_intervals
from framing.report.figures.comparison_titles import (
    say_outlets,
    stress_apart,
    title_contrast,
    title_frames,
    title_headlines,
    title_heatmap,
    title_map,
    title_voices,
)
from framing.report.figures.contrast_rows import choose_pair, take_contrast
from framing.report.figures.drawer import Drawer, Drawing, Options
from framing.report.figures.frame_numbers import SETS, take_frames
from framing.report.figures.headline_numbers import choose_headline_measure
from framing.report.figures.outlet_places import place_outlets
from framing.report.figures.voice_numbers import choose_voiced, take_voices
from framing.report.findings.checks import LEVEL
from framing.report.module_choice import MeasureView
from framing.report.results import Results
from framing.report.wording import tidy
from framing.statistics import REST
from framing.statistics.likeness import order_by_likeness, scale_deviations


def prepare_heatmap(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw the measures of all modules that are shown first, or with `module` those of one, for some outlets."""
    module = options.get("module")
    views = choose_views(results, outlets, module)
    rest = results.has_contrasts
    if rest:
        scaled = scale_from_others(results, outlets, views)
    else:
        scaled = scale_deviations(*_take_matrix(results, outlets, views))
    columns, rows = _order(scaled), _order(scaled.T)
    deviations = {
        (outlet, view.name): float(scaled[i, j]) for i, outlet in enumerate(outlets) for j, view in enumerate(views)
    }
    shown = [views[j].shown for j in rows]
    differing = find_differing(results, shown)
    data = Heatmap.from_table(
        results.module_table,
        shown,
        [outlets[i] for i in columns],
        deviations,
        differing,
        results.min_articles,
        len(results.outlets),
        against_others=rest,
    )
    title = title_heatmap(data, results.has_contrasts)
    caption = make_caption(results, title, outlets, digest=results.module_digest(module))
    return Drawing(fit_heatmap(data, look, caption), plot_heatmap, look, caption)


def _order(scaled: np.ndarray) -> list[int]:
    """Return rows of deviations with like ones side by side, from that end on which they deviate most."""
    order = [int(n) for n in order_by_likeness(scaled)]
    far = np.nan_to_num(np.abs(scaled)).sum(axis=1)[order]
    half = len(order) // 2
    return order if not half or far[:half].sum() >= far[-half:].sum() else order[::-1]


def plan_heatmap(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Draw it where two outlets have numbers."""
    return [{}] if len(outlets) > 1 and any(_known(results, outlets, m.profiled) for m in results.modules) else []


def choose_views(results: Results, outlets: Sequence[str], module: str | None) -> list[MeasureView]:
    """Return the measures shown first that one of the outlets has a number for: of a module, or the first of each.

    Raises
    ------
    InputError
        There are none, or no such module.
    """
    every = results.modules if module is None else (results.module(module),)
    views = [v for m in every for v in _known(results, outlets, m.profiled if module is None else m.headline)]
    if not views:
        what = "any module" if module is None else f"the module {module!r}"
        raise InputError(f"{say_outlets(outlets)}: no evidence for {what}. Choose other outlets.")
    return views


def _known(results: Results, outlets: Sequence[str], views: Sequence[MeasureView]) -> list[MeasureView]:
    return [v for v in views if any((o, v.name) in results.measures for o in outlets)]


def _take_matrix(
    results: Results, outlets: Sequence[str], views: Sequence[MeasureView]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return values and bounds of what is known well enough, nan otherwise. Shape (outlets, measures)."""
    found = np.full((3, len(outlets), len(views)), np.nan)
    for i, outlet in enumerate(outlets):
        for j, view in enumerate(views):
            number = results.measures.get((outlet, view.name))
            if number is not None and number.status == "ok":
                found[:, i, j] = number.value, number.low, number.high
    return found[0], found[1], found[2]


def find_differing(results: Results, measures: Sequence[ShownMeasure]) -> set[tuple[str, str]]:
    """Return which (outlet, measure) differ from all other outlets together beyond chance, all comparisons counted, by
    the test and by the interval of the difference: where an outlet has none of a rare thing, the two may disagree."""
    rows = _compare_with_others(results, [m.name for m in measures])
    return {key for key, row in rows.items() if row["q"] <= LEVEL and (row["low"] > 0 or row["high"] < 0)}


def scale_from_others(results: Results, outlets: Sequence[str], views: Sequence[MeasureView]) -> np.ndarray:
    """Return how far each outlet lies from all others together, in typical margins of error of that difference (the
    median of these outlets); nan where it was not compared. Shape (outlets, measures)."""
    rows = _compare_with_others(results, [v.name for v in views])
    found = np.full((3, len(outlets), len(views)), np.nan)
    for i, outlet in enumerate(outlets):
        for j, view in enumerate(views):
            row = rows.get((outlet, view.name))
            if row is not None and row["status"] == "ok":
                found[:, i, j] = row["difference"], row["low"], row["high"]
    width = (found[2] - found[1]) / 2
    typical = [np.median(column[column > 0]) if (column > 0).any() else np.nan for column in width.T]
    return np.asarray(np.where(found[0] == 0, 0.0, found[0] / np.array(typical)))


def _compare_with_others(results: Results, measures: Sequence[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return by (outlet, measure) the rows of the table `contrasts` against all other outlets; none without it."""
    if not results.has_contrasts:
        return {}
    columns = ["outlet", "other", "measure", "difference", "low", "high", "q", "status"]
    table = results.analysis.table("contrasts").arrow.select(columns)
    wanted = pc.is_in(table["measure"], pa.array(list(measures), pa.string()))
    rows = table.filter(pc.and_(wanted, pc.equal(table["other"], REST))).to_pylist()
    return {(row["outlet"], row["measure"]): row for row in rows}


def prepare_contrast(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw the strongest differences between two outlets: `outlet` and `other`, by default those that differ most."""
    pair = take_contrast(results, *choose_pair(results, outlets, options.get("outlet"), options.get("other")))
    names = [pair.contrast.outlet, pair.contrast.other]
    what = "The strongest differences, with 95% interval" if pair.tested else "No differences can be bounded"
    caption = make_caption(
        results,
        title_contrast(pair),
        names,
        subtitle=f"{what}; figures: {tidy(names[0])} against {tidy(names[1])}",
        digest=results.module_digest(),
        method=f"{say_intervals(results)}{'; of same events, over events' if pair.matched else ''}",
    )
    return Drawing(pair.contrast, plot_contrast, look, caption)


def plan_contrast(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Draw it of the two outlets that differ most."""
    if len(outlets) < 2 or not results.has_contrasts:
        return []
    outlet, other = choose_pair(results, outlets, None, None)
    return [{"outlet": outlet, "other": other}]


def prepare_voices(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw the mean weight of the words for a referent, or with `term` the share of one name, in each voice."""
    name = options.get("referent")
    referent = choose_voiced(results, outlets) if name is None else results.analysis.find_referent(name)
    if referent is None:
        raise InputError(f"{say_outlets(outlets)} mention nobody of whom lexicons know names. Choose other outlets.")
    data = stress_apart(take_voices(results, referent, outlets, options.get("term")))
    title = title_voices(data, results.label(referent))
    return Drawing(data, plot_voices, look, make_caption(results, title, outlets, digest=results.digest))


def plan_voices(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Draw it of the referent for which voices can be told apart in most outlets."""
    referent = choose_voiced(results, outlets)
    return [] if referent is None else [{"referent": "/".join(referent)}]


def prepare_headlines(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw a measure in the headlines of each outlet, and in the text below them."""
    found = choose_headline_measure(results, outlets, options.get("measure"))
    data = stress_apart(found.intervals)
    caption = make_caption(results, title_headlines(data), outlets, digest=found.digest)
    return Drawing(data, plot_headlines, look, caption)


def plan_headlines(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Draw it of the measure for which most outlets have enough headlines."""
    try:
        return [{"measure": choose_headline_measure(results, outlets, None).name}]
    except InputError:
        return []


def prepare_map(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw which outlets word things alike, by the measures of all modules that are shown first, or with `module` by
    those of one."""
    module = options.get("module")
    views = choose_views(results, outlets, module)
    places = place_outlets(results, views, outlets)
    caption = make_caption(
        results,
        title_map(places),
        outlets,
        digest=results.module_digest(module),
        method="principal coordinates; articles resampled, regions widened until 95 of 100 maps of shuffled articles "
        "have none apart",
    )
    return Drawing(places, plot_map, look, caption)


def plan_map(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Draw it where three outlets have enough articles."""
    sizes = [int(results.sizes[o]["articles"]) for o in outlets]
    return [{}] if sum(n >= results.min_articles for n in sizes) >= LEAST_OUTLETS and results.modules else []


def prepare_frames(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw how the cues of frames are shared out in each outlet: of the five generic frames, or with `measure`
    "frames.policy" of the policy frames."""
    frames = take_frames(results, outlets, options.get("measure", SETS[0]))
    caption = make_caption(
        results, title_frames(frames.profiles, frames.gap), outlets, digest=results.module_digest("frames")
    )
    return Drawing(frames.profiles, plot_frames, look, caption)


def plan_frames(results: Results, outlets: Sequence[str]) -> list[Options]:
    """Draw both sets of frames of which there are cues."""
    found: list[Options] = []
    for name in SETS:
        try:
            take_frames(results, outlets, name)
        except InputError:
            continue
        found.append({"measure": name})
    return found


DRAWERS: dict[str, Drawer] = {
    "heatmap": Drawer(
        "Which outlets word things unlike the others, and in what?",
        frozenset({"module"}),
        prepare_heatmap,
        plan_heatmap,
    ),
    "contrast": Drawer(
        "In what do two outlets differ most, and is it there on the same events?",
        frozenset({"outlet", "other"}),
        prepare_contrast,
        plan_contrast,
    ),
    "voices": Drawer(
        "Does an outlet name somebody as those do whom it quotes?",
        frozenset({"referent", "term"}),
        prepare_voices,
        plan_voices,
    ),
    "headlines": Drawer(
        "Do headlines word things as the text below them does?",
        frozenset({"measure"}),
        prepare_headlines,
        plan_headlines,
    ),
    "map": Drawer(
        "Which outlets word things alike?",
        frozenset({"module"}),
        prepare_map,
        plan_map,
    ),
    "frames": Drawer(
        "Which frames do the words of each outlet cue?",
        frozenset({"measure"}),
        prepare_frames,
        plan_frames,
    ),
}

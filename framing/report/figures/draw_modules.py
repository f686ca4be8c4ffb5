"""The charts of the scoring modules: all outlets in one module, and the profile of one outlet in all modules."""

from __future__ import annotations

from collections.abc import Sequence

from framing.charts import MeasureGroup, ModuleIntervals, OutletProfile, Theme, plot_module, plot_profile
from framing.errors import InputError
from framing.report.figures.captions import make_caption
from framing.report.figures.drawer import MOST_OUTLETS, Drawer, Drawing, Options
from framing.report.figures.module_titles import title_module, title_profile
from framing.report.findings.module_bounds import stands_apart
from framing.report.module_choice import ModuleView
from framing.report.results import Results
from framing.report.wording import join, tidy


def has_evidence(results: Results, module: ModuleView, outlets: Sequence[str]) -> bool:
    """Whether one of these outlets has a number for a measure that a chart of the module shows."""
    return any((o, m.name) in results.measures for o in outlets for m in module.headline)


def prepare_module(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Show the measures of a module that are shown first, for some outlets."""
    names = join([tidy(o) for o in outlets])
    if "module" in options:
        module = results.module(options["module"])
        if not has_evidence(results, module, outlets):
            raise InputError(f"{names}: no evidence for the module {module.module!r}. Choose other outlets.")
    else:
        plan = plan_modules(results, outlets)
        if not plan:
            raise InputError(f"There is nothing to draw as 'module': no measure of any module for {names}.")
        module = results.module(plan[0]["module"])
    measures = tuple(m for m in module.headline if any((o, m.name) in results.measures for o in outlets))
    group = MeasureGroup(module.title, tuple(m.shown for m in measures))
    data = ModuleIntervals.from_table(results.module_table, group, outlets, results.min_articles)
    title = title_module(results, module, outlets)
    caption = make_caption(results, title, outlets, digest=results.module_digest(module.module))
    return Drawing(data, plot_module, look, caption)


def plan_modules(results: Results, outlets: Sequence[str]) -> list[Options]:
    """One chart for each module that has evidence."""
    return [{"module": m.module} for m in results.modules if has_evidence(results, m, outlets)]


def prepare_profile(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Show the measures of all modules that are shown first, for one outlet beside the others.

    The others are those of `outlets`, or, where these are the outlets that every chart shows, all of the analysis.
    """
    outlet = results.choose_outlets([options["outlet"]], 1)[0] if "outlet" in options else outlets[0]
    usual = list(outlets) == list(results.outlets[:MOST_OUTLETS])
    others = [o for o in (results.outlets if usual else outlets) if o != outlet]
    groups = [m.profile_group for m in results.modules if has_evidence(results, m, [outlet, *others]) and m.profiled]
    if not groups:
        raise InputError(f"There is nothing to draw as 'profile': no measure of any module for {tidy(outlet)}.")
    apart = {m.name for v in results.modules for m in v.profiled if stands_apart(results, m, outlet, others)}
    data = OutletProfile.from_table(results.module_table, outlet, groups, others, results.min_articles, apart)
    title = title_profile(results, outlet, others)
    caption = make_caption(results, title, [outlet, *others], digest=results.module_digest())
    return Drawing(data, plot_profile, look, caption)


def plan_profiles(results: Results, outlets: Sequence[str]) -> list[Options]:
    """One profile for each outlet shown."""
    drawable = any(has_evidence(results, m, results.outlets) for m in results.modules)
    return [{"outlet": o} for o in outlets] if drawable else []


DRAWERS: dict[str, Drawer] = {
    "module": Drawer(
        "How do the outlets compare in what one module counts?", frozenset({"module"}), prepare_module, plan_modules
    ),
    "profile": Drawer(
        "What is particular about how one outlet words things?", frozenset({"outlet"}), prepare_profile, plan_profiles
    ),
}

"""Titles of the charts of modules and profiles: the finding, as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from framing.report.findings.module_bounds import enough, stands_apart, widest_gap
from framing.report.lang import _, plural
from framing.report.module_choice import ModuleView
from framing.report.results import Results
from framing.report.wording import count, tidy, whole


def title_module(results: Results, module: ModuleView, outlets: Sequence[str]) -> str:
    """Say in how many of its measures two outlets' intervals lie apart; of one outlet, its name."""
    if len(outlets) == 1:
        return _("{module} in {outlet}").format(module=module.title, outlet=tidy(outlets[0]))
    judged = [m for m in module.headline if len(enough(results, m, outlets)) > 1]
    apart = [m for m in judged if widest_gap(results, m, outlets) is not None]
    return _say_apart(len(apart), len(judged)).format(
        module=module.title, number=whole(len(apart)), total=whole(len(judged))
    )


def _say_apart(apart: int, judged: int) -> str:
    if not judged:
        return _("{module}: too few articles to tell outlets apart")
    if not apart:
        return plural(
            "{module}: no two outlets lie clearly apart in the one measure with enough evidence",
            "{module}: in none of the {total} measures with enough evidence do two outlets lie clearly apart",
            judged,
        )
    if apart == judged > 1:
        return _("{module}: in all {total} measures with enough evidence, two outlets lie clearly apart")
    return plural(
        "{module}: two outlets lie clearly apart in the one measure with enough evidence",
        "{module}: in {number} of the {total} measures with enough evidence, two outlets lie clearly apart",
        judged,
    )


def title_profile(results: Results, outlet: str, others: Sequence[str]) -> str:
    """Say in how many measures an outlet lies clear of most of the others."""
    if not others:
        return _("{outlet}, measure by measure").format(outlet=tidy(outlet))
    said = [stands_apart(results, m, outlet, others) for module in results.modules for m in module.profiled]
    judged = [s for s in said if s is not None]
    return _say_profile(len(judged), sum(judged), len(others)).format(
        outlet=tidy(outlet),
        others=count(len(others), "other outlet"),
        number=whole(sum(judged)),
        measures=count(len(judged), "measure"),
    )


def _say_profile(judged: int, number: int, others: int) -> str:
    if not judged:
        return _("{outlet} beside {others}: too few articles to tell them apart")
    if others == 1 and number:
        return plural(
            "{outlet} lies clearly apart from the other outlet in the one measure with enough evidence",
            "{outlet} lies clearly apart from the other outlet in {number} of the {measures} with enough evidence",
            judged,
        )
    if others == 1:
        return plural(
            "{outlet} does not lie clearly apart from the other outlet in the one measure with enough evidence",
            "{outlet} lies clearly apart from the other outlet in none of the {measures} with enough evidence",
            judged,
        )
    if number:
        return plural(
            "{outlet} lies clearly apart from most other outlets in the one measure with enough evidence",
            "{outlet} lies clearly apart from most other outlets in {number} of the {measures} with enough evidence",
            judged,
        )
    return plural(
        "{outlet} does not lie clearly apart from most other outlets in the one measure with enough evidence",
        "{outlet} lies clearly apart from most other outlets in none of the {measures} with enough evidence",
        judged,
    )

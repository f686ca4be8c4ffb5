"""Titles of the charts of modules and profiles: the finding, as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from framing.report.module_bounds import enough, stands_apart, widest_gap
from framing.report.module_choice import ModuleView
from framing.report.results import Results
from framing.report.wording import count, tidy


def title_module(results: Results, module: ModuleView, outlets: Sequence[str]) -> str:
    """Say in how many of its measures two outlets' intervals lie apart; of one outlet, its name."""
    if len(outlets) == 1:
        return f"{module.title} in {tidy(outlets[0])}"
    judged = [m for m in module.headline if len(enough(results, m, outlets)) > 1]
    if not judged:
        return f"{module.title}: too few articles to tell outlets apart"
    apart = [m for m in judged if widest_gap(results, m, outlets) is not None]
    if not apart:
        return f"{module.title}: in {_none_of(len(judged))} do two outlets lie clearly apart"
    if len(judged) == 1:
        return f"{module.title}: two outlets lie clearly apart"
    return f"{module.title}: in {len(apart)} of {len(judged)} measures, two outlets lie clearly apart"


def _none_of(number: int) -> str:
    return "no measure" if number == 1 else f"none of {number} measures"


def title_profile(results: Results, outlet: str, others: Sequence[str]) -> str:
    """Say in how many measures an outlet lies clear of most of the others."""
    name = tidy(outlet)
    if not others:
        return f"{name}, measure by measure"
    said = [stands_apart(results, m, outlet, others) for module in results.modules for m in module.profiled]
    judged = [s for s in said if s is not None]
    if not judged:
        return f"{name} beside {count(len(others), 'other outlet')}: too few articles to tell them apart"
    most = "the other outlet" if len(others) == 1 else "most other outlets"
    number = sum(judged)
    where = _none_of(len(judged)) if not number else f"{number} of {count(len(judged), 'measure')}"
    return f"{name} lies clearly apart from {most} in {where}"

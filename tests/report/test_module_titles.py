"""Titles of modules and profiles: in how many measures outlets lie apart, of those that can be judged."""

from __future__ import annotations

import pytest

from framing import Analysis
from framing.report.figures.module_titles import title_module, title_profile
from framing.report.results import Results


@pytest.fixture(scope="module")
def results(wordings: Analysis) -> Results:
    return Results(wordings)


def test_measures_are_counted_among_those_with_enough_evidence(results: Results) -> None:
    # Gamma has three articles; Alpha hedges, Beta never does; all sentences are alike.
    titles = {m.module: title_module(results, m, results.outlets) for m in results.modules}
    assert titles == {
        "certainty": "Certainty: two outlets lie clearly apart in the one measure with enough evidence",
        "readability": "Readability: in none of the 3 measures with enough evidence do two outlets lie clearly apart",
    }
    assert title_module(results, results.module("certainty"), ["Alpha", "Gamma"]) == (
        "Certainty: too few articles to tell outlets apart"
    )


def test_a_profile_counts_among_the_measures_with_enough_evidence(results: Results) -> None:
    apart = "in 1 of the 2 measures with enough evidence"
    assert title_profile(results, "Alpha", ["Beta", "Gamma"]) == (
        f"Alpha lies clearly apart from most other outlets {apart}"
    )
    assert title_profile(results, "Alpha", ["Beta"]) == f"Alpha lies clearly apart from the other outlet {apart}"
    assert (
        title_profile(results, "Gamma", ["Beta"]) == "Gamma beside 1 other outlet: too few articles to tell them apart"
    )

"""The overview: how many contrasts stand, counted by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pyarrow as pa

from framing.measure import Measure
from framing.report.page.overview import LEAST_TESTED, Tally, count_differences
from framing.report.results import Results

NAN = float("nan")
STANDS: dict[str, Any] = {
    "outlet": "Alpha",
    "other": "Beta",
    "measure": "loaded.rate.own",
    "difference": 2.0,
    "delta": 0.5,
    "q": 0.05,
    "article_share": 0.2,
    "term_share": NAN,
    "survives": "yes",
    "matched_low": 0.5,
    "matched_high": 1.5,
    "matched_q": 0.01,
    "matched_status": "ok",
}


def results_with(rows: list[dict[str, Any]], has_contrasts: bool = True) -> Results:
    """Results that hold nothing but contrasts."""
    measures = {
        row["measure"]: Measure(row["measure"], f"label of {row['measure']}", "unit", ("a",), ("b",)) for row in rows
    }
    analysis = SimpleNamespace(
        table=lambda name: SimpleNamespace(arrow=pa.Table.from_pylist(rows, _schema())),
        describe_measures=lambda: measures,
    )
    stub = SimpleNamespace(
        has_contrasts=has_contrasts,
        analysis=analysis,
        modules=[SimpleNamespace(module="loaded", title="Loaded language", headline=())],
        label=lambda referent: "/".join(referent),
    )
    return cast(Results, stub)


def _schema() -> pa.Schema:
    kinds = {str: pa.string(), float: pa.float64()}
    return pa.schema([(name, kinds[type(value)]) for name, value in STANDS.items()])


def count(rows: list[dict[str, Any]], outlets: tuple[str, ...] = ("Alpha", "Beta")) -> Any:
    return count_differences(results_with(rows), outlets, [], lambda outlet, measure: f"{outlet}-{measure}")


def test_each_question_takes_away_what_fails_it() -> None:
    rows = [
        STANDS,
        {**STANDS, "q": 0.051},  # chance
        {**STANDS, "article_share": 0.5},  # one article
        {**STANDS, "term_share": 0.7},  # one term
        {**STANDS, "survives": "no"},  # shared text
        {**STANDS, "survives": "insufficient"},
        {**STANDS, "matched_q": 0.2},  # the same way inside events, but perhaps by chance: nothing against it
        {**STANDS, "matched_low": -0.5},  # inside events there may be none
        {**STANDS, "matched_status": "insufficient", "matched_q": NAN},  # cannot be asked
        {**STANDS, "q": NAN},  # could not be tested at all
    ]
    found = count(rows)
    # 9 tested; 8 beyond chance; steady: rows 1, 7, 8, 9; asked inside events: 1, 7, 8; there too: 1
    assert found.total == Tally(tested=9, chance=8, steady=4, asked=3, matched=1, against=1)
    assert found.total.standing == 3


def test_few_tests_are_insufficient_and_come_last() -> None:
    many = [STANDS] * LEAST_TESTED
    few = [{**STANDS, "other": "Gamma"}] * (LEAST_TESTED - 1)
    found = count([*few, *many], ("Alpha", "Gamma", "Beta"))
    assert [(r.outlets, r.tally.enough) for r in found.pairs[:2]] == [
        (("Alpha", "Beta"), True),
        (("Alpha", "Gamma"), False),
    ]
    alpha = next(r for r in found.outlets if r.outlet == "Alpha")
    assert (alpha.farthest, alpha.pairs, alpha.tally.tested) == ("Beta", 2, 2 * LEAST_TESTED - 1)
    assert next(r for r in found.outlets if r.outlet == "Gamma").farthest == ""


def test_what_stands_is_named_by_kind_with_links_to_both_numbers() -> None:
    share = {**STANDS, "measure": "share:valley:fighters:own:rebel(s)", "delta": -0.9}
    weaker = {**STANDS, "measure": "loaded.weight.own", "delta": 0.1}
    (pair,) = count([STANDS, weaker, share]).pairs
    assert pair.kinds == (("Loaded language", 2), ("Which name is chosen", 1))
    name, loaded = pair.examples  # the larger first, one of a kind
    assert name.label == "“label of share:valley:fighters:own:rebel(s)” for “valley/fighters”"
    assert loaded.links == (("Alpha", "Alpha-loaded.rate.own"), ("Beta", "Beta-loaded.rate.own"))


def test_pairs_are_the_same_whichever_outlet_stands_first() -> None:
    turned = {
        **STANDS,
        "outlet": "Beta",
        "other": "Alpha",
        "difference": -2.0,
        "matched_low": -1.5,
        "matched_high": -0.5,
    }
    assert count([turned]).total == count([STANDS]).total == Tally(1, 1, 1, 1, 1)


def test_contrasts_with_outlets_not_shown_or_with_the_rest_are_left_out() -> None:
    rows = [{**STANDS, "other": "(all others)"}, {**STANDS, "other": "Delta"}]
    assert count(rows).total == Tally()


def test_nothing_is_said_without_contrasts_or_with_one_outlet() -> None:
    assert count_differences(results_with([STANDS], False), ["Alpha", "Beta"], [], lambda o, m: "") is None
    assert count([STANDS], ("Alpha",)) is None

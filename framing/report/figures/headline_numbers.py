"""What the chart of headlines shows: a measure in headlines alone, and in the text below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts import ShownMeasure
from framing.charts.paired_table import PairedIntervals
from framing.comparisons import read_headlines, read_metadata
from framing.errors import InputError
from framing.measure import Measure
from framing.report.figures.comparison_titles import count_apart, count_judged
from framing.report.figures.measure_names import choose_measure
from framing.report.results import Results
from framing.statistics import Counters, compute_measures
from framing.statistics.headline_split import can_split, subtract_headlines
from framing.store import read_parquet

SERIES = ("headlines", "text below")


@dataclass(frozen=True, slots=True)
class HeadlineNumbers:
    """A measure with its numbers, and a short hash of the lexicons behind it."""

    name: str
    intervals: PairedIntervals
    digest: str


def choose_headline_measure(results: Results, outlets: Sequence[str], name: str | None) -> HeadlineNumbers:
    """Compute a measure for headlines and for the text below them.

    Without a `name`, of those that the report shows first the one for which most outlets have enough headlines; of
    equals, the one in which headlines and text lie apart in most outlets; of these, the first.

    Raises
    ------
    InputError
        There is no such measure, it cannot be counted in headlines apart, the analysis holds no counts of headlines,
        or no headline of these outlets has any evidence.
    """
    chosen: dict[str, tuple[Measure, ShownMeasure, str]] = {}
    if name is None:
        described = results.analysis.describe_measures()
        for module in results.modules:
            for view in module.headline:
                if view.name in described and can_split(described[view.name]):
                    digest = results.module_digest(module.module)
                    chosen[view.name] = described[view.name], view.shown, digest
    else:
        one = choose_measure(results, name, outlets)
        if not can_split(one.measure):
            raise InputError(f"measure {name!r} is of whole articles, not of headlines. Choose another.")
        chosen[name] = one.measure, one.shown, one.digest
    tables = _compute(results, outlets, [measure for measure, _, _ in chosen.values()])
    found = []
    for n, (_, shown, digest) in chosen.items():
        try:
            found.append((n, _pair(results, shown, outlets, tables), digest))
        except InputError:  # no evidence at all
            continue
    headed = [f for f in found if any(row.intervals[0].articles for row in f[1].rows)]
    if not headed:
        what = "any measure" if name is None else repr(name)
        raise InputError(f"No headline of these outlets has evidence for {what}. Choose another measure.")
    best = max(headed, key=lambda f: (count_judged(f[1]), count_apart(f[1])))
    return HeadlineNumbers(*best)


def _compute(results: Results, outlets: Sequence[str], measures: Sequence[Measure]) -> tuple[pa.Table, pa.Table]:
    folder = results.analysis.path
    articles = read_metadata(folder)
    headlines = read_headlines(folder, articles)
    if headlines is None:
        raise InputError(f"{folder}: this analysis holds no counts of headlines. Make it again with `framing analyse`.")
    whole = Counters.from_tables(read_parquet(folder, "counts"), articles)
    below = subtract_headlines(whole, headlines, {c for m in measures for c in (*m.numerators, *m.denominators)})
    shown = pc.is_in(whole.articles["outlet"].cast(pa.string()), pa.array(list(outlets), pa.string()))
    ids = whole.articles.filter(shown)["id"].to_pylist()
    options = results.manifest["options"]

    def compute(counters: Counters) -> pa.Table:
        return compute_measures(
            counters.keep(ids),
            measures,
            min_articles=results.min_articles,
            resamples=int(options["resamples"]),
            seed=int(options["seed"]),
        )

    return compute(headlines), compute(below)


def _pair(
    results: Results, shown: ShownMeasure, outlets: Sequence[str], tables: tuple[pa.Table, pa.Table]
) -> PairedIntervals:
    series = {
        name: table.filter(pc.equal(table["measure"], shown.name)) for name, table in zip(SERIES, tables, strict=True)
    }
    unit = f"Per cent {shown.unit}".strip() if shown.percent else shown.unit[:1].upper() + shown.unit[1:]
    scale = None
    if shown.name.startswith("stance:"):
        _, lexicon, referent, _ = shown.name.split(":", 3)
        ends = results.scale((lexicon, referent))
        scale = (ends.low, ends.high, ends.low_name, ends.high_name)
    return PairedIntervals.from_tables(
        shown.label, unit, series, outlets, percent=shown.percent, scale=scale, minimum=results.min_articles
    )

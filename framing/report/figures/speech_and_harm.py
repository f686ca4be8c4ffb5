"""How words of speakers, report verbs and words of harm part among classes, for the charts of stacked bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts.agency_victims import FORMS
from framing.charts.report_verbs import VERBS
from framing.charts.sources import SPEAKERS
from framing.errors import InputError
from framing.report.results import Referent, Results
from framing.statistics.compositions import Parts, compute_compositions
from framing.statistics.counters import Counters

GATHERED = {
    "official": "officials",
    "security": "force",
    "justice": "force",
    "ordinary": "ordinary",
    "expert": "experts",
    "anonymous": "unnamed",
    "vague": "unnamed",
    "unknown": "unknown",
}
"""From a kind of speaker to its part in the chart; all others are "others"."""
EVERYBODY = "everybody"
POOLED, REST = "pooled", "rest"
VICTIMS = ("body", "actor")  # kinds of groups that are people or act through people
MOST_GROUPS = 8


def part_speakers(results: Results) -> pa.Table:
    """Return how the quoted and reported words of each outlet part among kinds of speakers, `whole` "speakers".

    Raises
    ------
    InputError
        The module sourcing did not run.
    """
    counters = _read(results, "sourcing-words:", "sourcing")
    parts: dict[str, list[str]] = {part.key: [] for part in SPEAKERS}
    for name in counters.names:
        kind = name.split(":")[1]
        parts[GATHERED.get(kind, "others")].append(name)
    return _part(results, counters, {"speakers": parts})


def part_verbs(results: Results, only: Sequence[str] | None = None) -> pa.Table:
    """Return how the report verbs of each outlet part among their classes, for each side that a naming lexicon finds
    in a speaker's name (`whole` "LEXICON/REFERENT") and for all speakers (`EVERYBODY`).

    Parameters
    ----------
    only : sequence of str, optional
        These wholes, with intervals. By default all, without.

    Raises
    ------
    InputError
        The module sourcing did not run.
    """
    speakers = results.analysis.table("speakers").arrow
    plain = pa.table({c: speakers[c].cast(pa.string()) for c in ("article_id", "lexicon", "referent", "verb")})
    plain = plain.filter(pc.is_in(plain["verb"], pa.array([p.key for p in VERBS])))
    side = pc.binary_join_element_wise(plain["lexicon"], plain["referent"], "/")
    known = plain.append_column("side", side).filter(pc.not_equal(plain["referent"], ""))
    everybody = plain.append_column("side", pa.repeat(EVERYBODY, plain.num_rows))
    rows = pa.concat_tables([t.select(["article_id", "side", "verb"]) for t in (known, everybody)])
    numbers = rows.group_by(["article_id", "side", "verb"]).aggregate([([], "count_all")])
    counts = pa.table(
        {
            "article_id": numbers["article_id"],
            "counter": pc.binary_join_element_wise(numbers["side"], numbers["verb"], ":"),
            "value": numbers["count_all"].cast(pa.float64()),
        }
    )
    sides = sorted(set(numbers["side"].to_pylist())) if only is None else only
    wholes = {s: {part.key: [f"{s}:{part.key}"] for part in VERBS} for s in sides}
    counters = Counters.from_tables(counts, results.article_table)
    return _part(results, counters, wholes, bounded=only is not None)


def rank_sides(table: pa.Table, outlets: Sequence[str], results: Results) -> list[Referent]:
    """Return the sides that speak in enough articles of an outlet: those of most outlets first, then of most verbs.

    Of two sides with the same label (lexicons overlap), the one with more.
    """
    weight: dict[Referent, tuple[int, int]] = {}
    for row in _first_parts(table):
        if row["outlet"] in outlets and row["whole"] != EVERYBODY:
            lexicon, _, referent = row["whole"].partition("/")
            enough, total = weight.get((lexicon, referent), (0, 0))
            weight[lexicon, referent] = enough + (row["status"] == "ok"), total + row["total"]
    ranked = sorted((r for r in weight if weight[r][0]), key=lambda r: (-weight[r][0], -weight[r][1], r))
    first: dict[str, Referent] = {}
    for referent in ranked:
        first.setdefault(results.label(referent), referent)
    return list(first.values())


def part_harms(results: Results, outlets: Sequence[str], outlet: str = "") -> pa.Table:
    """Return how the words of harm in own voice part among grammatical forms, by group of victims.

    The groups of articles (column `panel`) are each outlet; these outlets together (`POOLED`); and where an `outlet` is
    named, all others of the analysis together (`REST`).

    Raises
    ------
    InputError
        The module agency did not run.
    """
    counters = _read(results, "agency-victim:", "agency")
    wholes: dict[str, dict[str, list[str]]] = {}
    for name in counters.names:
        _, group, form, voice = name.split(":")
        if voice == "own":
            wholes.setdefault(group, {part.key: [] for part in FORMS})[form].append(name)
    names = counters.articles["outlet"].to_pylist()
    panels = [names, [POOLED if n in outlets else "" for n in names], [REST if n != outlet else "" for n in names]]
    tables = []
    for values in panels if outlet else panels[:2]:
        articles = counters.articles.append_column("panel", pa.array(values, pa.string()))
        table = _part(results, Counters(articles, counters.names, counters.matrix), wholes, "panel")
        tables.append(table.filter(pc.not_equal(table["panel"], "")))
    return pa.concat_tables(tables)


def rank_groups(results: Results, table: pa.Table, panel: str) -> dict[str, str]:
    """Return the groups of people that suffer most of the harm in a panel, with their labels, most harm first."""
    labels = {
        str(key): str(category["label"])
        for record in results.module_records
        if record["module"] == "agency"
        for key, category in record["categories"].items()
        if category["kind"] in VICTIMS
    }
    totals = {r["whole"]: r["total"] for r in _first_parts(table) if r["panel"] == panel and r["total"]}
    groups = sorted((g for g in totals if g in labels), key=lambda g: (-totals[g], g))[:MOST_GROUPS]
    return {group: labels[group] for group in groups}


def _first_parts(table: pa.Table) -> list[dict[str, Any]]:
    """Return one row for each whole: its total and status are those of all its parts."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for row in table.to_pylist():
        seen.setdefault((row[table.column_names[0]], row["whole"]), row)
    return list(seen.values())


def _read(results: Results, prefix: str, module: str) -> Counters:
    counts = results.analysis.table("counts").arrow
    mine = counts.filter(pc.starts_with(counts["counter"].cast(pa.string()), prefix))
    if not mine.num_rows:
        raise InputError(f"There is nothing to draw: no counts of the module {module!r}. Analyse with -m {module}.")
    return Counters.from_tables(mine, results.article_table)


def _part(
    results: Results, counters: Counters, wholes: Mapping[str, Parts], group: str = "outlet", bounded: bool = True
) -> pa.Table:
    options = results.manifest.get("options", {})
    return compute_compositions(
        counters,
        wholes,
        group=group,
        min_articles=results.min_articles,
        resamples=int(options.get("resamples", 0)) if bounded else 0,
        seed=int(options.get("seed", 0)),
    )

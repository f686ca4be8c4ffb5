"""The contrasts of an analysis: every measure of every outlet against others, with the robustness panel.

| what | where from |
|---|---|
| pooled and matched contrasts | the counts (`framing.statistics.contrasts`) |
| own reporting | the counts of the articles without text that several outlets print (`own_counts`) |
| headlines | the counts of the headlines alone (`headline_counts`) |
| style guides | the weights that published guides give to names (`framing.guides`) |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing import store
from framing.annotation import Annotator
from framing.engine import count_articles
from framing.engine.run import batches
from framing.guides import guide_weights, list_guides, read_guide
from framing.ingest.copies import Copies, find_copies, own_reporting
from framing.ingest.copy_tables import CARRIERS
from framing.matching import Matcher
from framing.measure import Measure
from framing.statistics import VOICE_MEASURES, Counters, find_labels, naming_measures_of, share_measures_of
from framing.statistics.contrasts import Design, compute_contrasts
from framing.statistics.robustness import TermTally, check_robustness
from framing.text import Article

MOST_OUTLETS = 20
"""Outlets of which every pair is compared when an analysis is made, those with most articles; each outlet is compared
with all others whatever their number. `framing compare` makes any other comparison."""

_ARTICLE_COLUMNS = ("id", "outlet", "date", "title", "url", "event", "upstream", "genre", "language", "text")
_TALLIED = ["article_id", "module", "lexicon", "category", "voice", "term", "weight"]


def write_shared_text(folder: Path, matcher: Matcher, modules: Sequence[str]) -> Copies:
    """Find text that several articles print, and count the articles once more without what is not theirs.

    Writes `copies`, `passages`, `copy_pairs`, and `own_counts`: the counts of every article that lost something, and of
    each text that no outlet is credited with, under the outlet "(shared text)".
    """
    copies = find_shared_text(folder)
    for name, table in (("copies", copies.groups), ("passages", copies.passages), ("copy_pairs", copies.pairs)):
        store.write_large(folder, name, table)
    annotator = Annotator(matcher)
    parts = [_NO_COUNTS]
    for batch in batches(own_reporting(read_articles(folder), copies)):
        counts = count_articles(annotator, batch, modules)
        parts.append(counts.cast(_NO_COUNTS.schema))
        # An article of which nothing is left has no counts; a 0 says that it was looked at.
        looked_at = [[a.id for a in batch], ["sentences"] * len(batch), [0.0] * len(batch)]
        left = set(parts[-1]["article_id"].to_pylist())
        none = pa.array([a.id not in left for a in batch], pa.bool_())
        parts.append(pa.table(looked_at, schema=_NO_COUNTS.schema).filter(none))
    store.write_large(folder, "own_counts", pa.concat_tables(parts).combine_chunks())
    return copies


_NO_COUNTS = pa.schema([("article_id", pa.string()), ("counter", pa.string()), ("value", pa.float64())]).empty_table()


def find_shared_text(folder: Path) -> Copies:
    """Find near-duplicates and shared passages among the stored articles."""
    return find_copies(lambda: read_articles(folder), read_quotations(folder))


def read_shared_text(folder: Path) -> Copies | None:
    """Return what was found when the analysis was made, or None where it was not looked for.

    `carriers` is empty: from where text was taken is known only while it is counted.
    """
    if not (folder / "copies.parquet").is_file():
        return None
    pairs, groups, passages = (store.read_parquet(folder, name) for name in ("copy_pairs", "copies", "passages"))
    return Copies(pairs, groups, passages, CARRIERS.empty_table())


def read_articles(folder: Path) -> Iterator[Article]:
    """Yield the stored articles, a row group at a time."""
    for table in store.read_row_groups(folder, "articles", _ARTICLE_COLUMNS):
        for row in table.to_pylist():
            yield Article(**row)


def read_quotations(folder: Path) -> dict[str, list[tuple[int, int]]]:
    """Return the characters of each article's body that stand inside quotation marks."""
    voices = store.read_parquet(folder, "voices", ["article_id", "section", "start", "end", "voice"])
    quoted = pc.and_(
        pc.equal(voices["voice"].cast(pa.string()), "quoted"), pc.equal(voices["section"].cast(pa.string()), "body")
    )
    found: dict[str, list[tuple[int, int]]] = {}
    chosen = voices.filter(quoted)
    for article, start, end in zip(
        chosen["article_id"].cast(pa.string()).to_pylist(),
        chosen["start"].to_pylist(),
        chosen["end"].to_pylist(),
        strict=True,
    ):
        found.setdefault(article, []).append((start, end))
    return found


def list_contrasted(
    names: Sequence[str], measures: Sequence[Measure], labels: Mapping[Any, str], printed: Mapping[Any, str]
) -> list[Measure]:
    """Return every measure that is compared: voices, naming, the choice of names, and the measures of the modules.

    Parameters
    ----------
    names : sequence of str
        Counter names.
    measures : sequence of Measure
        Of the modules.
    labels : mapping of (lexicon, referent) to str
    printed : mapping of (lexicon, referent, term) to str
        See `find_labels`.
    """
    return [*VOICE_MEASURES, *naming_measures_of(names, labels), *share_measures_of(names, printed), *measures]


def compute_comparisons(
    folder: Path,
    measures: Sequence[Measure],
    records: Sequence[Mapping[str, Any]],
    options: Mapping[str, int],
    *,
    by: str = "outlet",
    pairs: Sequence[tuple[str, str]] | None = None,
    rest: Sequence[str] | None = None,
    wanted: Sequence[str] = ("",),
) -> pa.Table:
    """Compute contrasts with everything that is known of their robustness.

    Parameters
    ----------
    folder : Path
        Tables of an analysis, finished or not.
    measures : sequence of Measure
        Of the modules.
    records : sequence of mapping
        The lexicons, as in `lexicons.json`.
    options : mapping
        min_articles, resamples, seed.
    by : str
        Column of the articles whose values are compared.
    pairs, rest : optional
        See `Design`; by default every pair of the `MOST_OUTLETS` largest, and each against all others.
    wanted : sequence of str
        Beginnings of the names of measures; all by default.

    Returns
    -------
    pa.Table
        Columns of `compute_contrasts` and `check_robustness`.
    """
    articles = read_metadata(folder)
    counters = Counters.from_tables(store.read_parquet(folder, "counts"), articles)
    naming = [r for r in records if r["module"] == "naming"]
    labels = {(r["name"], key): c["label"] for r in naming for key, c in r["categories"].items()}
    mentions = store.read_parquet(folder, "mentions", [*_TALLIED, "surface"])
    every = list_contrasted(counters.names, measures, labels, find_labels(mentions))
    chosen = [m for m in every if m.name.startswith(tuple(wanted))]
    groups = counters.groups(by)
    design = Design(
        group=by,
        pairs=largest_pairs(groups) if pairs is None else pairs,
        rest=rest,
        min_articles=options["min_articles"],
        resamples=options["resamples"],
        seed=options["seed"],
    )
    contrasts = compute_contrasts(counters, chosen, design)
    return check_robustness(
        contrasts,
        counters,
        chosen,
        TermTally(mentions, groups, counters.articles["id"].to_pylist()),
        design,
        guides=weigh_by_guides(naming),
        scales={r["name"]: (r["scale"][0], r["scale"][1]) for r in naming},
        own_reporting=read_own_reporting(folder, articles),
        headlines=read_headlines(folder, articles),
    )


def largest_pairs(groups: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return every pair of the groups with most articles, in the order of their names."""
    ranked = sorted(groups, key=lambda group: (-len(group[1]), group[0]))[:MOST_OUTLETS]
    return list(combinations(sorted(label for label, _ in ranked), 2))


def read_metadata(folder: Path) -> pa.Table:
    """Return the articles without their texts, with all columns by which they can be grouped."""
    columns = [n for n in store.column_names(folder, "articles") if n != "text"]
    return store.read_parquet(folder, "articles", columns)


def read_own_reporting(folder: Path, articles: pa.Table) -> Counters | None:
    """Return the counts without shared text, or None where it was not looked for.

    Text without a clear origin belongs to no outlet and is left out.
    """
    if not (folder / "own_counts.parquet").is_file():
        return None
    own = store.read_parquet(folder, "own_counts").cast(_NO_COUNTS.schema)
    counts = store.read_parquet(folder, "counts").cast(_NO_COUNTS.schema)
    changed = pa.array(sorted(set(own["article_id"].to_pylist())), pa.string())
    kept = counts.filter(pc.invert(pc.is_in(counts["article_id"], changed)))
    known = pc.is_in(own["article_id"], articles["id"].cast(pa.string()).combine_chunks())
    return Counters.from_tables(pa.concat_tables([kept, own.filter(known)]), articles)


def read_headlines(folder: Path, articles: pa.Table) -> Counters | None:
    """Return the counts of the headlines alone."""
    if not (folder / "headline_counts.parquet").is_file():
        return None
    return Counters.from_tables(store.read_parquet(folder, "headline_counts"), articles)


def weigh_by_guides(records: Sequence[Mapping[str, Any]]) -> dict[str, dict[tuple[str, str, str], float]]:
    """Return, for each style guide that comes with the program, the names that it weighs otherwise than a lexicon."""
    found: dict[str, dict[tuple[str, str, str], float]] = {}
    for path in list_guides():
        guide = read_guide(path)
        weights = {
            (str(record["name"]), referent, term): weight
            for record in records
            for (referent, term), weight in guide_weights(guide, record).items()
        }
        if weights:
            found[guide.name] = weights
    return found


def flip(contrasts: pa.Table, group: str = "outlet") -> pa.Table:
    """Return contrasts seen from the other side: of B against A where they were of A against B.

    Not for contrasts with all others.
    """
    columns = {name: contrasts[name] for name in contrasts.column_names}
    for name, other in (
        (group, "other"),
        ("value", "other_value"),
        ("n_articles", "other_articles"),
        ("matched_value", "matched_other"),
    ):
        columns[name], columns[other] = columns[other], columns[name]
    for prefix in ("", "matched_", "own_", "headline_"):
        if f"{prefix}low" in columns:
            columns[f"{prefix}difference"] = pc.negate(columns[f"{prefix}difference"])
            low, high = columns[f"{prefix}low"], columns[f"{prefix}high"]
            columns[f"{prefix}low"], columns[f"{prefix}high"] = pc.negate(high), pc.negate(low)
    columns["ratio"] = pc.divide(1.0, columns["ratio"])
    low, high = columns["ratio_low"], columns["ratio_high"]
    columns["ratio_low"], columns["ratio_high"] = pc.divide(1.0, high), pc.divide(1.0, low)
    columns["delta"] = pc.negate(columns["delta"])
    return pa.table(columns)

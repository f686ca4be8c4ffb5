"""Wire copy and near-duplicates as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse
from scipy.sparse import csgraph

from framing.ingest.credits import MENTION, PART, WIRE
from framing.ingest.overlaps import LEAST_WORDS, Shares, Texts
from framing.ingest.passages import NOBODY, Facts, Passages, choose_carriers, number_by_appearance
from framing.text import BoolArray, LongArray

NEAR_DUPLICATE = 0.5
"""Containment from which on an article is a near-duplicate: half of its wording stands in the other. One direction is
enough, since outlets cut: a quarter of an agency story is wholly contained in it, and contains a quarter of it."""

SHARED_TEXT = "(shared text)"
"""Outlet of wording that none of the outlets can be credited with."""

PAIRS = pa.schema(
    [
        ("article_id", pa.string()),
        ("other_id", pa.string()),
        ("same_outlet", pa.bool_()),
        ("near_duplicate", pa.bool_()),
        ("shared_words", pa.int64()),
        ("containment", pa.float64()),
        ("other_containment", pa.float64()),
    ]
)
GROUPS = pa.schema(
    [
        ("article_id", pa.string()),
        ("outlet", pa.string()),
        ("date", pa.string()),
        ("words", pa.int64()),
        ("group", pa.int64()),
        ("near_duplicate_of", pa.string()),
        ("copies_elsewhere", pa.int64()),
        ("shared_words", pa.int64()),
        ("lost_words", pa.int64()),
        ("credit", pa.string()),
        ("credit_kind", pa.string()),
    ]
)
PASSAGES = pa.schema(
    [
        ("group", pa.int64()),
        ("article_id", pa.string()),
        ("outlet", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("words", pa.int64()),
        ("credited", pa.string()),
        ("origin", pa.string()),
        ("n_outlets", pa.int64()),
        ("credit", pa.string()),
    ]
)
CARRIERS = pa.schema(
    [
        ("group", pa.int64()),
        ("article_id", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("date", pa.string()),
        ("credit", pa.string()),
    ]
)
SUMMARY = pa.schema(
    [
        ("outlet", pa.string()),
        ("articles", pa.int64()),
        ("near_duplicates", pa.int64()),
        ("reposts", pa.int64()),
        ("wire_credited", pa.int64()),
        ("words", pa.int64()),
        ("shared_words", pa.int64()),
        ("lost_words", pa.int64()),
        ("shared", pa.float64()),
        ("lost", pa.float64()),
        ("partners", pa.string()),
    ]
)
PARTNERS = 3


@dataclass(frozen=True)
class Copies:
    """What articles have in common, word for word. All tables are the same whatever the order of the articles.

    Articles are ordered by date (undated last) and id; of a pair, `article_id` is the earlier. Offsets are characters
    of `text`. An outlet that bears the name of an agency, and that agency, are one publisher.

    Attributes
    ----------
    pairs : pa.Table
        Pairs with a near-duplicate or a shared passage. article_id, other_id; same_outlet (a repost or an update);
        near_duplicate: containment of `NEAR_DUPLICATE` in one direction, with 30 shared words; shared_words: words of
        article_id inside shared shingles; containment: share of the distinct shingles of article_id that stand in
        other_id, 0 to 1, and other_containment the reverse. Wording that stands in more than 16 articles is paired with
        the first ones only.
    groups : pa.Table
        One row an article. article_id, outlet, date; words of the body; group: number of its group of near-duplicates
        (connected: two versions may meet in a third), -1 for none; near_duplicate_of: the earliest of the group, "" for
        that one itself; copies_elsewhere: articles of other outlets that are near-duplicates of it; shared_words: words
        in passages that other outlets print too; lost_words: words in passages that it is not credited with, reposts
        included; credit, credit_kind: the agency that it names ("wire" before "part" before "mention"), "" for none.
    passages : pa.Table
        Shared passages of 30 words or more, in pieces of one credit. group: the wording; article_id, outlet, start,
        end, words; credited: "own" (the article keeps it) or "shared" (not counted here); origin: the outlet that is
        credited, or "(shared text)"; n_outlets that print it, 1 for a repost; credit: the agency printed with it.
    carriers : pa.Table
        Where the text of each group that belongs to "(shared text)" is taken from: group, article_id, start, end; date
        of the earliest article of the group; credit.
    """

    pairs: pa.Table
    groups: pa.Table
    passages: pa.Table
    carriers: pa.Table


class Listed(NamedTuple):
    """All articles, in the order of their ranks."""

    ids: list[str]
    outlets: list[str]
    dates: list[str]
    words: LongArray
    credits: list[tuple[str, str]]


class Pairs(NamedTuple):
    """Each compared pair once, `first` the earlier article.

    Attributes
    ----------
    first, second : int64 arrays (pairs,)
    words : int64 array (pairs,)
        Of `first`.
    containment, reverse : float64 arrays (pairs,)
        Of `first` in `second`, and of `second` in `first`.
    near : bool array (pairs,)
    """

    first: LongArray
    second: LongArray
    words: LongArray
    containment: npt.NDArray[np.float64]
    reverse: npt.NDArray[np.float64]
    near: BoolArray


def join_directions(shares: Shares) -> Pairs:
    """Put the two directions of each pair side by side."""
    forward = np.flatnonzero(shares.article < shares.other)
    backward = np.flatnonzero(shares.article > shares.other)
    forward = forward[np.lexsort((shares.other[forward], shares.article[forward]))]
    backward = backward[np.lexsort((shares.article[backward], shares.other[backward]))]
    near = [
        (shares.containment[side] >= NEAR_DUPLICATE) & (shares.words[side] >= LEAST_WORDS)
        for side in (forward, backward)
    ]
    return Pairs(
        shares.article[forward].astype(np.int64),
        shares.other[forward].astype(np.int64),
        shares.words[forward],
        shares.containment[forward],
        shares.containment[backward],
        near[0] | near[1],
    )


def tabulate(
    listed: Listed, chosen: LongArray, texts: Texts, facts: Facts, pairs: Pairs, linked: BoolArray, passages: Passages
) -> Copies:
    """Make the tables.

    Parameters
    ----------
    listed : Listed
    chosen : int64 array
        Ranks of the articles that were compared; `texts`, `facts`, `pairs` and `passages` count within these.
    texts : Texts
    facts : Facts
    pairs : Pairs
    linked : bool array (pairs,)
        Whether they share a passage.
    passages : Passages
    """
    credits = _printed_credits(listed, chosen, passages)
    return Copies(
        _pair_table(listed, chosen, facts, pairs, linked),
        _group_table(listed, chosen, facts, pairs, passages),
        _passage_table(listed, chosen, texts, facts, passages, credits),
        _carrier_table(listed, chosen, texts, passages, credits),
    )


def _names(values: Sequence[str], rows: npt.NDArray[np.integer]) -> pa.Array:
    return pa.array([values[row] for row in rows.tolist()], pa.string())


def _pair_table(listed: Listed, chosen: LongArray, facts: Facts, pairs: Pairs, linked: BoolArray) -> pa.Table:
    rows = np.flatnonzero(pairs.near | linked)
    first, second = pairs.first[rows], pairs.second[rows]
    return pa.table(
        [
            _names(listed.ids, chosen[first]),
            _names(listed.ids, chosen[second]),
            facts.outlet[first] == facts.outlet[second],
            pairs.near[rows],
            pairs.words[rows],
            pairs.containment[rows],
            pairs.reverse[rows],
        ],
        schema=PAIRS,
    )


def _group_table(listed: Listed, chosen: LongArray, facts: Facts, pairs: Pairs, passages: Passages) -> pa.Table:
    count = len(listed.ids)
    first, second = chosen[pairs.first[pairs.near]], chosen[pairs.second[pairs.near]]
    links = sparse.coo_array((np.ones(len(first)), (first, second)), shape=(count, count))
    _, label = csgraph.connected_components(links, directed=False)
    member = np.bincount(label, minlength=count)[label] > 1
    group = np.full(count, -1, dtype=np.int64)
    group[member] = number_by_appearance(label[member])
    # Ranks ascend, so the first of a label is its earliest article.
    _, earliest = np.unique(label, return_index=True)
    head = earliest[label] if count else np.zeros(0, dtype=np.int64)
    apart = facts.outlet[pairs.first[pairs.near]] != facts.outlet[pairs.second[pairs.near]]
    elsewhere = np.bincount(np.concatenate([first[apart], second[apart]]), minlength=count)
    size = passages.end - passages.start
    article = chosen[passages.article]
    printed_elsewhere = _count_outlets(facts, passages)[passages.group] > 1 if len(size) else np.zeros(0, dtype=bool)
    return pa.table(
        [
            pa.array(listed.ids, pa.string()),
            pa.array(listed.outlets, pa.string()),
            pa.array(listed.dates, pa.string()),
            listed.words,
            group,
            pa.array(["" if h == i else listed.ids[h] for i, h in enumerate(head.tolist())], pa.string()),
            elsewhere.astype(np.int64),
            np.bincount(article, size * printed_elsewhere, count).astype(np.int64),
            np.bincount(article, size * ~passages.kept, count).astype(np.int64),
            pa.array([agency for agency, _ in listed.credits], pa.string()),
            pa.array([kind for _, kind in listed.credits], pa.string()),
        ],
        schema=GROUPS,
    )


def _count_outlets(facts: Facts, passages: Passages) -> LongArray:
    """Return how many outlets print each wording. Shape (groups,)."""
    outlets = int(facts.outlet.max(initial=0)) + 1
    pairs = np.unique(passages.group * outlets + facts.outlet[passages.article])
    return np.bincount(pairs // outlets).astype(np.int64)


def _printed_credits(listed: Listed, chosen: LongArray, passages: Passages) -> list[str]:
    """Return the agency that most articles of each wording print with it, or ""."""
    found: list[Counter[str]] = [Counter() for _ in range(int(passages.group.max(initial=-1)) + 1)]
    for group, rank in sorted(set(zip(passages.group.tolist(), chosen[passages.article].tolist(), strict=True))):
        agency, kind = listed.credits[rank]
        if kind in (WIRE, PART):
            # A text that is the agency's says more than one to which the agency contributed.
            found[group][agency] += 1000 if kind == WIRE else 1
    return [min(c, key=lambda a: (-c[a], a)) if c else "" for c in found]


def _passage_table(
    listed: Listed, chosen: LongArray, texts: Texts, facts: Facts, passages: Passages, credits: list[str]
) -> pa.Table:
    rank = chosen[passages.article]
    # Names of the outlets by number: that of the earliest article, where an agency bears several.
    names: dict[int, str] = {NOBODY: SHARED_TEXT}
    for number, article in zip(facts.outlet.tolist(), chosen.tolist(), strict=True):
        names.setdefault(number, listed.outlets[article])
    return pa.table(
        [
            passages.group,
            _names(listed.ids, rank),
            _names(listed.outlets, rank),
            texts.start[passages.start].astype(np.int64),
            texts.end[passages.end - 1].astype(np.int64),
            passages.end - passages.start,
            pa.array(["own" if kept else "shared" for kept in passages.kept.tolist()], pa.string()),
            pa.array([names[number] for number in passages.origin.tolist()], pa.string()),
            _count_outlets(facts, passages)[passages.group] if len(rank) else passages.group,
            _names(credits, passages.group),
        ],
        schema=PASSAGES,
    )


def _carrier_table(listed: Listed, chosen: LongArray, texts: Texts, passages: Passages, credits: list[str]) -> pa.Table:
    carriers = choose_carriers(texts, passages)
    earliest: dict[int, str] = {}
    for group, rank in zip(passages.group.tolist(), chosen[passages.article].tolist(), strict=True):
        if listed.dates[rank]:
            earliest[group] = min(earliest.get(group, listed.dates[rank]), listed.dates[rank])
    return pa.table(
        [
            carriers.group,
            _names(listed.ids, chosen[carriers.article]),
            texts.start[carriers.start].astype(np.int64),
            texts.end[carriers.end - 1].astype(np.int64),
            pa.array([earliest.get(group, "") for group in carriers.group.tolist()], pa.string()),
            _names(credits, carriers.group),
        ],
        schema=CARRIERS,
    )


def best_credit(credits: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the (agency, kind) that says most, ("", "") of none."""
    order = (WIRE, PART, MENTION)
    return min(credits, key=lambda c: order.index(c[1]), default=("", ""))


def summarise_copies(copies: Copies) -> pa.Table:
    """Sum up what each outlet shares.

    Returns
    -------
    pa.Table
        One row an outlet, those with the largest share of shared words first. Columns:

        outlet : string
        articles : int64
        near_duplicates : int64, articles that are near-duplicates of another outlet's
        reposts : int64, articles that are near-duplicates of an earlier one of the outlet itself
        wire_credited : int64, articles that credit their text to an agency
        words : int64, of the bodies
        shared_words : int64, in passages that other outlets print too
        lost_words : int64, in passages that the outlet is not credited with
        shared, lost : float64, the two as shares of words, 0 to 1; nan of no words
        partners : string, the outlets with which it shares most articles, with their number: "South 12; North 3"
    """
    rows: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for row in copies.groups.to_pylist():
        names[row["article_id"]] = row["outlet"]
        sums = rows.setdefault(row["outlet"], dict.fromkeys(SUMMARY.names[1:8], 0))
        sums["articles"] += 1
        sums["near_duplicates"] += row["copies_elsewhere"] > 0
        sums["wire_credited"] += row["credit_kind"] == WIRE
        for column in ("words", "shared_words", "lost_words"):
            sums[column] += row[column]
    partners: dict[str, Counter[str]] = {outlet: Counter() for outlet in rows}
    met: set[tuple[str, str]] = set()
    again: set[str] = set()
    for row in copies.pairs.to_pylist():
        first, second = row["article_id"], row["other_id"]
        if row["same_outlet"]:
            if row["near_duplicate"]:
                again.add(second)
            continue
        for article, other in ((first, names[second]), (second, names[first])):
            if (article, other) not in met:
                met.add((article, other))
                partners[names[article]][other] += 1
    for article in again:
        rows[names[article]]["reposts"] += 1
    result: list[dict[str, Any]] = [
        {
            "outlet": outlet,
            **sums,
            "shared": sums["shared_words"] / sums["words"] if sums["words"] else np.nan,
            "lost": sums["lost_words"] / sums["words"] if sums["words"] else np.nan,
            "partners": "; ".join(
                f"{name} {number}"
                for name, number in sorted(partners[outlet].items(), key=lambda p: (-p[1], p[0]))[:PARTNERS]
            ),
        }
        for outlet, sums in rows.items()
    ]
    result.sort(key=lambda r: (-r["shared_words"] / max(1, r["words"]), -r["articles"], r["outlet"]))
    return pa.Table.from_pylist(result, schema=SUMMARY)

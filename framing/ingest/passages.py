"""Shared passages: which stretches of which articles are one wording, and to whom each is credited."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from framing.ingest.candidates import ranges
from framing.ingest.overlaps import LEAST_WORDS, Spans, Texts
from framing.ingest.shingles import SHINGLE
from framing.text import BoolArray, IntArray, LongArray

NOBODY = -1
"""Origin of a passage that no outlet can be credited with."""

WITNESSES = 16
"""Articles of a kind that are asked who had a wording first. An agency story may stand in thousands, and the pieces
into which they cut it times the articles that share each would be their square; the earliest know."""

QUOTED = 0.5
"""Share of its words inside quotation marks from which on a stretch is a common source, and no copied wording."""


class Facts(NamedTuple):
    """What decides who had a wording first; arrays of shape (articles,), in the order of the ranks.

    Attributes
    ----------
    outlet : int32 array
        Number of the outlet.
    date : int64 array
        Days that ascend with the date; -1 for undated.
    wire : bool array
        Credited to somebody other than its own outlet: by `upstream`, a dateline, a byline, a rights notice.
    part : bool array
        Says that an agency contributed.
    source : int32 array
        Number of the outlet that a wire credit names, where it is among the outlets; -1 otherwise.
    agency : bool array
        Of an outlet that is a news agency.
    """

    outlet: IntArray
    date: LongArray
    wire: BoolArray
    part: BoolArray
    source: IntArray
    agency: BoolArray

    def take(self, articles: LongArray) -> Facts:
        """Return those of some articles."""
        return Facts._make(column[articles] for column in self)


class Passages(NamedTuple):
    """Stretches of one credit; the columns of the table `passages`, with positions for offsets.

    Attributes
    ----------
    group : int64 array
        The wording.
    article : int64 array
    start, end : int64 arrays
        Positions, `end` exclusive.
    kept : bool array
        Whether the article is credited with it.
    origin : int64 array
        Outlet that is credited, or `NOBODY`.
    """

    group: LongArray
    article: LongArray
    start: LongArray
    end: LongArray
    kept: BoolArray
    origin: LongArray


def drop_quotations(texts: Texts, spans: Spans) -> Spans:
    """Leave out stretches that stand inside quotation marks for the most part, in either of the two articles, and those
    without a counterpart in the other."""
    quoted = np.concatenate(([0], np.cumsum(texts.quoted, dtype=np.int32)), dtype=np.int32)
    drop = quoted[spans.end] - quoted[spans.start] >= QUOTED * (spans.end - spans.start)
    # Key of (article, other), and with a position behind it one number that sorts by both.
    size, words = len(texts.whole), len(texts.shingle) + 1
    own = spans.article.astype(np.int64) * size + spans.other
    back = spans.other.astype(np.int64) * size + spans.article
    codes = np.unique(own)
    order = np.lexsort((spans.start, own))
    starts = np.searchsorted(codes, own[order]) * words + spans.start[order]
    known = np.searchsorted(codes, back)
    known[known == len(codes)] = 0
    place = np.searchsorted(starts, known * words + spans.there, side="right") - 1
    counterpart = order[np.maximum(place, 0)]
    matched = (
        (place >= 0)
        & (own[counterpart] == back)
        & (spans.start[counterpart] <= spans.there)
        & (spans.there < spans.end[counterpart])
    )
    keep = matched & ~drop & ~drop[counterpart]
    reached = np.zeros(len(own), dtype=bool)
    reached[counterpart[keep]] = True
    return spans.take(keep | (reached & ~drop))


def find_passages(texts: Texts, facts: Facts, spans: Spans, reposts: LongArray) -> Passages:
    """Put stretches that overlap together, cut them where other articles share them, and credit each piece once.

    Parameters
    ----------
    texts : Texts
    facts : Facts
    spans : Spans
    reposts : int64 array
        Keys (article * articles + other) of pairs of near-duplicates of one outlet, in both directions. What an outlet
        repeats in articles that are otherwise different, its background paragraphs, is its wording each time.

    Returns
    -------
    Passages
        By article and place.
    """
    same = facts.outlet[spans.article] == facts.outlet[spans.other]
    repost = same & np.isin(spans.article.astype(np.int64) * len(texts.whole) + spans.other, reposts)
    shared = spans.take(~same | repost)
    begin, end = _join_overlapping(shared)
    if not len(begin):
        none = np.zeros(0, dtype=np.int64)
        return Passages(none, none, none, none, none.astype(bool), none)
    group = _group(shared, begin, end)
    # Pieces: between any two edges the articles that share the wording are the same.
    few = _choose_witnesses(facts, spans, len(texts.whole))
    spans, repost = spans.take(few), repost[few]
    edges = np.unique(np.concatenate([begin, end, spans.start, spans.end]))
    passage = np.searchsorted(begin, edges, side="right") - 1
    inside = (passage >= 0) & (edges < end[np.maximum(passage, 0)])
    inside[-1] = False
    kept, origin = _credit(texts, facts, spans, repost, edges)
    pieces = np.flatnonzero(inside)
    article = texts.article(edges[pieces])
    rows = Passages(passage[pieces], article, edges[pieces], edges[pieces + 1], kept[pieces], origin[pieces])
    joined = _join_equal(_absorb_slivers(_join_equal(rows)))
    return joined._replace(group=group[joined.group])


def _choose_witnesses(facts: Facts, spans: Spans, count: int) -> BoolArray:
    """Choose the spans by which credit is decided. Shape (spans,).

    Those with the first `WITNESSES` others of each article, with as many that print a credit, and with as many of its
    own outlet.
    """
    key = spans.article.astype(np.int64) * count + spans.other
    pairs = np.unique(key)
    article, other = np.divmod(pairs, count)
    credited = facts.wire[other] | facts.part[other]
    chosen = [np.zeros(0, dtype=np.int64)]
    for kind in (np.ones(len(pairs), dtype=bool), credited, facts.outlet[article] == facts.outlet[other]):
        rows = np.flatnonzero(kind)
        place = np.arange(len(rows)) - np.searchsorted(article[rows], article[rows])
        chosen.append(pairs[rows[place < WITNESSES]])
    few: BoolArray = np.isin(key, np.concatenate(chosen))
    return few


def _join_overlapping(spans: Spans) -> tuple[LongArray, LongArray]:
    """Return first and last position of the stretches that overlapping spans make up, ascending."""
    order = np.argsort(spans.start, kind="stable")
    start, reach = spans.start[order], np.maximum.accumulate(spans.end[order])
    if not len(start):
        return start, reach
    new = np.ones(len(start), dtype=bool)
    new[1:] = start[1:] >= reach[:-1]
    heads = np.flatnonzero(new)
    return start[heads], reach[np.append(heads[1:], len(start)) - 1]


def _group(spans: Spans, begin: LongArray, end: LongArray) -> LongArray:
    """Number the wordings: passages belong together when one stands in the other. Shape (passages,)."""
    here = np.searchsorted(begin, spans.start, side="right") - 1
    there = np.searchsorted(begin, spans.there, side="right") - 1
    linked = (there >= 0) & (spans.there < end[np.maximum(there, 0)])
    here, there = here[linked], there[linked]
    links = sparse.coo_array((np.ones(len(here)), (here, there)), shape=(len(begin), len(begin)))
    _, label = csgraph.connected_components(links, directed=False)
    return number_by_appearance(label)


def number_by_appearance(label: npt.NDArray[np.integer]) -> LongArray:
    """Renumber labels from 0 in the order in which they first appear."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def _credit(
    texts: Texts, facts: Facts, spans: Spans, repost: BoolArray, edges: LongArray
) -> tuple[BoolArray, LongArray]:
    """Decide for each piece (from one edge to the next) whether its article keeps it, and who had it first.

    An outlet had it first when the articles that share it say so (all their wire credits name this one outlet), or when
    none has a wire credit, all are dated, and only this outlet (or only this news agency) has the earliest date,
    without saying that another contributed. Of several articles of that outlet all keep it, but for reposts, of which
    the first does.
    """
    count = len(edges)
    low, high = np.searchsorted(edges, spans.start), np.searchsorted(edges, spans.end)
    piece = ranges(low, high - low)
    of_span = np.repeat(np.arange(len(low)), high - low)
    owner = texts.article(edges)
    owner[-1] = owner[0] if len(owner) else 0  # nothing begins at the last edge
    keys = np.unique(
        np.concatenate(
            [
                piece * len(texts.whole) + spans.other[of_span],
                np.arange(count) * len(texts.whole) + np.minimum(owner, len(texts.whole) - 1),
            ]
        )
    )
    piece_of, member = np.divmod(keys, len(texts.whole))
    home = facts.outlet[owner]
    foreign = np.zeros(count, dtype=bool)
    foreign[piece_of[facts.outlet[member] != home[piece_of]]] = True
    dated = _first_by_date(facts, piece_of, member, count)
    credited, wire = _first_by_credit(facts, piece_of, member, count)
    origin = np.where(wire, credited, dated)
    origin[~foreign] = home[~foreign]
    again = np.zeros(count, dtype=bool)
    again[piece[repost[of_span] & (spans.other < spans.article)[of_span]]] = True
    return (origin == home) & ~again, origin


def _first_by_date(facts: Facts, piece: LongArray, member: LongArray, count: int) -> LongArray:
    date, outlet = facts.date[member], facts.outlet[member]
    starts = np.searchsorted(piece, np.arange(count))
    earliest = np.minimum.reduceat(date, starts)  # -1, which no date is, when one is undated
    first = date == earliest[piece]
    # On one day, an agency had it before its customers.
    from_agency = first & facts.agency[member]
    first = np.where(np.logical_or.reduceat(from_agency, starts)[piece], from_agency, first)
    lowest = np.minimum.reduceat(np.where(first, outlet, np.iinfo(np.int32).max), starts)
    highest = np.maximum.reduceat(np.where(first, outlet, -1), starts)
    helped = np.logical_or.reduceat(first & facts.part[member], starts)
    return np.where((earliest >= 0) & (lowest == highest) & ~helped, lowest, NOBODY)


def _first_by_credit(facts: Facts, piece: LongArray, member: LongArray, count: int) -> tuple[LongArray, BoolArray]:
    """Return the outlet that the wire credits of each piece agree on, or nobody; and whether there is a wire credit."""
    outlets = int(max(facts.outlet.max(initial=0), facts.source.max(initial=0))) + 1
    present = np.unique(piece * outlets + facts.outlet[member])
    wire = facts.wire[member]
    source = facts.source[member]
    named = np.unique(piece[wire] * outlets + np.maximum(source[wire], 0))
    resolved = (source >= 0) & np.isin(piece * outlets + np.maximum(source, 0), present)
    open_ended = np.zeros(count, dtype=bool)
    open_ended[piece[wire & ~resolved]] = True
    several = np.bincount(named // outlets, minlength=count) != 1
    credited = np.full(count, NOBODY, dtype=np.int64)
    credited[named // outlets] = named % outlets
    credited[several | open_ended] = NOBODY
    any_wire = np.zeros(count, dtype=bool)
    any_wire[piece[wire]] = True
    return credited, any_wire


def _join_equal(rows: Passages) -> Passages:
    """Join neighbours of one passage (`group` still is its number) that have the same credit."""
    if not len(rows.start):
        return rows
    new = np.ones(len(rows.start), dtype=bool)
    new[1:] = (
        (rows.group[1:] != rows.group[:-1])
        | (rows.kept[1:] != rows.kept[:-1])
        | (rows.origin[1:] != rows.origin[:-1])
        | (rows.start[1:] != rows.end[:-1])
    )
    heads = np.flatnonzero(new)
    tails = np.append(heads[1:], len(new)) - 1
    columns = [column[heads] for column in rows]
    columns[3] = rows.end[tails]
    return Passages._make(columns)


def _absorb_slivers(rows: Passages) -> Passages:
    """Give pieces of fewer than `LEAST_WORDS` words the credit of their longer neighbour in the passage.

    Copies of a passage seldom begin and end at the same word; that says nothing about who wrote the words between.
    """
    size = rows.end - rows.start
    pieces = np.bincount(rows.group, minlength=int(rows.group.max(initial=-1)) + 1)
    kept, origin = rows.kept.copy(), rows.origin.copy()
    for place in np.flatnonzero((pieces[rows.group] > 1) & (size < LEAST_WORDS)).tolist():
        beside = [p for p in (place - 1, place + 1) if 0 <= p < len(size) and rows.group[p] == rows.group[place]]
        longer = max(beside, key=lambda p: int(size[p]))
        if size[longer] > size[place]:
            kept[place], origin[place] = kept[longer], origin[longer]
    return rows._replace(kept=kept, origin=origin)


def choose_carriers(texts: Texts, rows: Passages) -> Passages:
    """Choose where each wording that is credited to nobody is taken from, so that it is there once.

    The longest stretch of a group is taken whole; of the others, what the longer ones lack, where it has `LEAST_WORDS`
    words.
    """
    lost = rows._replace(group=np.where(rows.kept | (rows.origin != NOBODY), -1, rows.group))
    chosen = np.flatnonzero(lost.group >= 0)
    size = (rows.end - rows.start)[chosen]
    chosen = chosen[np.lexsort((rows.start[chosen], -size, rows.group[chosen]))]
    lost = Passages._make(column[chosen] for column in lost)
    size = lost.end - lost.start
    position = ranges(lost.start, size)
    row = np.repeat(np.arange(len(size)), size)
    # Words behind the last shingle of a stretch belong to it, and those that stand nowhere else to nobody.
    shingle = np.where(position + SHINGLE <= np.repeat(lost.end, size), texts.shingle[position], 0).astype(np.int64)
    key = lost.group[row] * (int(texts.shingle.max(initial=0)) + 1) + shingle
    known = np.flatnonzero(shingle > 0)
    _, first = np.unique(key[known], return_index=True)
    fresh = np.zeros(len(position) + 1, dtype=bool)
    fresh[known[first]] = True
    edges = np.flatnonzero(np.diff(np.concatenate(([False], fresh[:-1], [False])).astype(np.int8)))
    start, stop = edges[::2], edges[1::2]
    whole = np.ones(len(size), dtype=bool)
    whole[1:] = lost.group[1:] != lost.group[:-1]
    heads = np.flatnonzero(whole)
    stretch = (stop - start + SHINGLE - 1 >= LEAST_WORDS) & ~whole[row[start]]
    start, stop = start[stretch], stop[stretch]
    source = np.concatenate([heads, row[start]])
    begin = np.concatenate([lost.start[heads], position[start]])
    end = np.concatenate([lost.end[heads], position[stop - 1] + SHINGLE])
    order = np.lexsort((begin, lost.article[source], lost.group[source]))
    source, begin, end = source[order], begin[order], end[order]
    return Passages(lost.group[source], lost.article[source], begin, end, lost.kept[source], lost.origin[source])

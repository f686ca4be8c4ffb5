"""Keyness: which phrases mark one side of a corpus against the other, with the article as the unit.

Words of one article depend on each other: a report on a storm says "storm" twenty times. Tests that count words as if
each were drawn by itself (G2, chi-squared) take that for evidence about the outlet; with the article rates of news
they call 15 to 47 % of true nulls significant at 0.05 (`benchmarks/keyness_calibration.py`). Here p comes from
permuting articles between the sides, and the interval from drawing articles anew; G2 stands beside only to compare.

p: the difference of the two rates, divided by its Welch-type standard error over articles, is compared with the same
for at least 2,000 random partings of the articles; the smaller tail counts twice, as the two differ in shape where one
side is small. Articles change sides only with others of like length, and the words of each side stay what they were:
an outlet that writes long would otherwise be found to lack every rare phrase. A phrase that 200 partings already show
to be ordinary (20 or more as extreme on either side) stops there (Besag & Clifford 1991); one for which fewer than ten
of 2,000 are as extreme gets up to 50,000. Where still fewer than ten are, p is read from a normal tail, scaled to the
mean and spread of the permuted statistic, but never below the tail of the unstudentised difference, and never below
the chance that all articles with the phrase fall to one side.

Within events (`same_event`), articles are permuted inside each event that both sides report, and the statistic is the
sum of x - r_e * w over the articles of the side (x occurrences, w words, r_e the rate of the event's articles
together): what the events are about drops out.

References
----------
Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4); Hardie (2014), Log Ratio: an informal
introduction; Dunning (1993), Computational Linguistics 19(1) (G2); Janssen (1997), Statistics & Probability Letters
36(1) (studentised permutation); Besag & Clifford (1991), Biometrika 78(2); Benjamini & Hochberg (1995), JRSS B 57(1);
Lijffijt et al. (2016), Digital Scholarship in the Humanities 31(2) (why counting words overstates).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import sparse
from scipy.special import chdtrc, gammaln, ndtr

from framing.errors import InputError
from framing.phrases import MIN_ARTICLES, PhraseCounts
from framing.statistics.counters import FloatArray, IntArray
from framing.statistics.dispersion import compute_dispersion
from framing.statistics.permutation import benjamini_hochberg

PERMUTATIONS = 2000
RESAMPLES = 1000
MIN_SIDE = 10
"""Articles that each side needs, as everywhere in the program."""
PRIOR_WORDS = 500.0
"""Size of the Dirichlet prior in words: about a short article. The prior spreads them over the phrases as the two sides
together do, so a phrase is drawn toward no difference as if each side had one more such article."""
ONE_ARTICLE = 0.5
"""A phrase with so large a share of its occurrences in one article is marked: it may be that article's subject."""

_NONE_SEEN = 3.69  # occurrences of which none is seen once in forty times (Poisson): exp(-3.69) = 0.025
_LOOK = 200  # partings after which ordinary phrases stop
_ORDINARY = 20  # partings as extreme, in the smaller tail, that make a phrase ordinary
_FEW = 10  # with fewer partings as extreme the count is too rough: more of them, and then the tail is fitted
_MORE = 50_000  # partings at most
_SHUFFLES = 10**8  # articles x partings at most: a second or two
_LIKE = 20  # articles of like length that change sides with each other
_CELLS = 2**21  # numbers in one working array

COLUMNS = pa.schema(
    [
        ("phrase", pa.string()),
        ("n", pa.int64()),
        ("count", pa.int64()),
        ("other_count", pa.int64()),
        ("articles", pa.int64()),
        ("other_articles", pa.int64()),
        ("per_1000", pa.float64()),
        ("other_per_1000", pa.float64()),
        ("log_ratio", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("log_odds", pa.float64()),
        ("z", pa.float64()),
        ("g2", pa.float64()),
        ("g2_p", pa.float64()),
        ("p", pa.float64()),
        ("q", pa.float64()),
        ("dp", pa.float64()),
        ("dp_norm", pa.float64()),
        ("top_article_share", pa.float64()),
        ("other_dp", pa.float64()),
        ("other_dp_norm", pa.float64()),
        ("other_top_article_share", pa.float64()),
        ("status", pa.string()),
    ]
)


def compute_keyness(
    counts: PhraseCounts,
    rows: IntArray,
    others: IntArray,
    *,
    same_event: bool = False,
    seed: int = 0,
    permutations: int = PERMUTATIONS,
    resamples: int = RESAMPLES,
    min_articles: int = MIN_ARTICLES,
    min_side: int = MIN_SIDE,
    prior_words: float = PRIOR_WORDS,
) -> pa.Table:
    """Compare how often two groups of articles use each phrase.

    Parameters
    ----------
    counts : PhraseCounts
    rows, others : int64 arrays
        Rows of the side that is described, and of the side that it is compared with.
    same_event : bool
        Keep only articles on events that both sides report, permute inside events, and draw events for the interval.
    seed : int
    permutations : int
        At least `_LOOK`; partings of the articles.
    resamples : int
        For the intervals; 0 leaves them nan.
    min_articles, min_side : int
        Articles with the phrase, and articles of each side, without which the status is "insufficient".
    prior_words : float
        Size of the Dirichlet prior.

    Returns
    -------
    pa.Table
        Columns as in `COLUMNS`, one row a phrase in the order of `counts.phrases`; phrases that neither side has are
        left out. `count`, `articles`, `per_1000`, `dp` ... are of `rows`, those with `other_` of `others`.
        `log_ratio`: binary log of the ratio of the rates, 0.5 in place of a count of 0; above 0 where `rows` has more.
        `low`, `high`: 95 % percentile interval over articles (events in same-event mode), the same 0.5 in each draw;
        where a side has none at all, the bound nearer to 0 allows it 3.69 (97.5 % Poisson bound of none seen).
        `log_odds`, `z`: natural log-odds difference with the informative prior, and that over its standard error.
        `p`, `q`: see above; Benjamini-Hochberg over all phrases tested. nan where the status is "insufficient".
        `status`: "insufficient"; "one article" (half or more of the occurrences on the side that has the higher rate
        lie in one article); else "ok".

    Raises
    ------
    InputError
        A side is empty or without words, an article is on both sides, no event is reported by both, or a number is out
        of range.
    """
    if permutations < _LOOK or resamples < 0 or prior_words <= 0:
        raise InputError(
            f"permutations {permutations}, resamples {resamples}, prior_words {prior_words:g}: give at least {_LOOK} "
            "permutations, 0 or more resamples and a prior above 0."
        )
    sides = _Sides.choose(counts, np.unique(rows), np.unique(others), same_event)
    first, second = sides.matrix[sides.side], sides.matrix[~sides.side]
    words, other_words = sides.words[sides.side], sides.words[~sides.side]
    a, b = _add_up(first), _add_up(second)
    with_a, with_b = (np.bincount(m.indices, minlength=m.shape[1]) for m in (first, second))
    total, other_total = float(words.sum()), float(other_words.sum())
    log_ratio = np.log2(np.where(a > 0, a, 0.5) / total) - np.log2(np.where(b > 0, b, 0.5) / other_total)
    enough = (with_a + with_b >= min_articles) & (len(words) >= min_side) & (len(other_words) >= min_side)
    tested = np.flatnonzero(enough)
    low, high, p, q = (np.full(len(a), np.nan) for _ in range(4))
    if len(tested):
        low[tested], high[tested] = _bound_ratios(sides, tested, seed, resamples)
        # None seen is compatible with a few: 0.5 would make an exclusive phrase look certain.
        high[tested] += np.where(a[tested] > 0, 0.0, np.log2(_NONE_SEEN / 0.5))
        low[tested] -= np.where(b[tested] > 0, 0.0, np.log2(_NONE_SEEN / 0.5))
        p[tested] = _permute(sides, tested, seed, permutations)
        q[tested] = benjamini_hochberg(p[tested])
    log_odds, z = _compare_odds(a, b, total, other_total, prior_words)
    g2 = _compare_counts(a, b, total, other_total)
    spread, other_spread = compute_dispersion(first, words), compute_dispersion(second, other_words)
    concentrated = np.where(log_ratio > 0, spread.top_share, other_spread.top_share) >= ONE_ARTICLE
    status = np.where(~enough, "insufficient", np.where(concentrated, "one article", "ok"))
    kept = np.flatnonzero(a + b > 0)
    columns = {
        "phrase": np.array(counts.phrases, dtype=object),
        "n": np.array([len(key) for key in counts.keys], dtype=np.int64),
        "count": a.astype(np.int64),
        "other_count": b.astype(np.int64),
        "articles": with_a,
        "other_articles": with_b,
        "per_1000": 1000 * a / total,
        "other_per_1000": 1000 * b / other_total,
        "log_ratio": log_ratio,
        "low": low,
        "high": high,
        "log_odds": log_odds,
        "z": z,
        "g2": g2,
        "g2_p": chdtrc(1, g2),
        "p": p,
        "q": q,
        "dp": spread.dp,
        "dp_norm": spread.dp_norm,
        "top_article_share": spread.top_share,
        "other_dp": other_spread.dp,
        "other_dp_norm": other_spread.dp_norm,
        "other_top_article_share": other_spread.top_share,
        "status": status.astype(object),
    }
    return pa.table({field.name: pa.array(columns[field.name][kept], field.type) for field in COLUMNS}, COLUMNS)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Articles of both sides: `matrix` (articles, phrases), `words`, `side` (True: described), `event` (numbers)."""

    matrix: Any
    words: FloatArray
    side: Any
    event: IntArray | None

    @classmethod
    def choose(cls, counts: PhraseCounts, rows: IntArray, others: IntArray, same_event: bool) -> _Sides:
        if len(np.intersect1d(rows, others)):
            raise InputError(f"article {counts.ids[np.intersect1d(rows, others)[0]]!r} is on both sides of keyness.")
        both = np.concatenate((rows, others))
        side = np.arange(len(both)) < len(rows)
        event = None
        if same_event:
            names = np.array([counts.events[row] for row in both.tolist()], dtype=object)
            shared = sorted(({*names[side]} & {*names[~side]}) - {""})
            if not shared:
                raise InputError("no event is reported by both sides. Compare without the same-event mode.")
            number = {name: place for place, name in enumerate(shared)}
            event = np.array([number.get(name, -1) for name in names], dtype=np.int64)
            both, side, event = both[event >= 0], side[event >= 0], event[event >= 0]
        words = counts.words[both]
        for name, chosen in (("described", side), ("compared with", ~side)):
            if not words[chosen].sum() > 0:
                voice = f" in the {counts.voice} voice" if counts.voice else ""
                raise InputError(
                    f"the side that is {name} has no words{voice}. Choose other outlets, or another voice."
                )
        return cls(counts.matrix[both], words, side, event)

    def units(self, described: bool, phrases: IntArray) -> tuple[Any, FloatArray]:
        """Return counts (units, phrases) and words (units,) of one side; the unit is the article, or the event."""
        chosen = self.side if described else ~self.side
        matrix, words = self.matrix[chosen][:, phrases], self.words[chosen]
        if self.event is None:
            return matrix, words
        event, size = self.event[chosen], int(self.event.max()) + 1
        member = sparse.csr_array((np.ones(len(event)), (event, np.arange(len(event)))), shape=(size, len(event)))
        return member @ matrix, member @ words


def _add_up(matrix: Any) -> FloatArray:
    return np.bincount(matrix.indices, matrix.data, matrix.shape[1]).astype(np.float64)


def _compare_odds(
    a: FloatArray, b: FloatArray, total: float, other_total: float, prior_words: float
) -> tuple[FloatArray, FloatArray]:
    """Return log-odds differences and their z, with a prior of `prior_words` words in the proportions of both sides."""
    prior = prior_words * (a + b) / (total + other_total)
    with np.errstate(divide="ignore", invalid="ignore"):
        ours = np.log((a + prior) / (total + prior_words - a - prior))
        theirs = np.log((b + prior) / (other_total + prior_words - b - prior))
        difference = ours - theirs
        z = difference / np.sqrt(1 / (a + prior) + 1 / (b + prior))
    return difference, z


def _compare_counts(a: FloatArray, b: FloatArray, total: float, other_total: float) -> FloatArray:
    """Return Dunning's G2 of the table (phrase, other words) x (sides)."""
    observed = np.stack((a, b, total - a, other_total - b))
    share = (a + b) / (total + other_total)
    expected = np.stack((share * total, share * other_total, (1 - share) * total, (1 - share) * other_total))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    return np.asarray(np.maximum(0.0, 2 * terms.sum(axis=0)))


def _start(seed: int, what: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}\x1fkeyness\x1f{what}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def _bound_ratios(sides: _Sides, phrases: IntArray, seed: int, resamples: int) -> tuple[FloatArray, FloatArray]:
    """Return 95 % percentile bounds of the log-ratio, units drawn with replacement on each side."""
    if not resamples:
        undefined = np.full(len(phrases), np.nan)
        return undefined, undefined.copy()
    drawn = _start(seed, "events" if sides.event is not None else "articles")
    rates = []
    times = None
    for described in (True, False):
        matrix, words = sides.units(described, phrases)
        if times is None or sides.event is None:  # an event is drawn with both its sides
            times = drawn.multinomial(len(words), np.full(len(words), 1 / len(words)), size=resamples).T.astype(float)
        denominator = words @ times
        denominator[denominator <= 0] = np.nan
        rates.append((matrix.T.tocsr(), times, denominator))
    low, high = np.empty(len(phrases)), np.empty(len(phrases))
    size = max(1, _CELLS // resamples)
    for first in range(0, len(phrases), size):
        part = slice(first, first + size)
        logs = [np.log2(np.maximum(matrix[part] @ times, 0.5) / words) for matrix, times, words in rates]
        low[part], high[part] = np.nanpercentile(logs[0] - logs[1], (2.5, 97.5), axis=1)
    return low, high


def _permute(sides: _Sides, phrases: IntArray, seed: int, permutations: int) -> FloatArray:
    """Return two-sided p values of the phrases."""
    statistic = _Welch(sides, phrases) if sides.event is None else _WithinEvents(sides, phrases)
    observed = statistic(sides.side[:, None].astype(np.float64), np.arange(len(phrases)))[:, 0]
    above, below, done = (np.zeros(len(phrases), dtype=np.int64) for _ in range(3))
    total, squares = np.zeros(len(phrases)), np.zeros(len(phrases))
    # Equal partings must count as equal whatever the order in which their sums were added.
    slack = 1e-9 * np.maximum(1.0, np.abs(observed))
    active = np.arange(len(phrases))
    most = max(permutations, min(_MORE, _SHUFFLES // len(sides.side)))
    made = 0
    for parting in _part(sides, seed, permutations, most):
        if made == _LOOK:
            active = active[np.minimum(above, below)[active] < _ORDINARY]
        elif made >= permutations:
            active = active[np.minimum(above, below)[active] < _FEW]
        if not len(active):
            break
        made += parting.shape[1]
        size = max(1, _CELLS // parting.shape[1])
        for first in range(0, len(active), size):
            part = active[first : first + size]
            permuted = statistic(parting, part)
            above[part] += (permuted >= (observed - slack)[part, None]).sum(axis=1)
            below[part] += (permuted <= (observed + slack)[part, None]).sum(axis=1)
            total[part] += permuted.sum(axis=1)
            squares[part] += np.square(permuted).sum(axis=1)
            done[part] += permuted.shape[1]
    counted = (np.minimum(above, below) + 1) / (done + 1)
    mean = total / done
    spread = np.sqrt(np.maximum(squares / done - mean**2, 1e-12))
    scaled = ndtr(-np.abs(observed - mean) / spread)
    tail = np.maximum(np.maximum(scaled, statistic.plain_tail(sides.side)), statistic.least())
    one_sided = np.where(np.minimum(above, below) < _FEW, np.minimum(counted, tail), counted)
    return np.asarray(np.minimum(1.0, 2 * one_sided))


def _part(sides: _Sides, seed: int, permutations: int, most: int) -> Iterator[FloatArray]:
    """Yield random partings in blocks: 1 for the described side. Shape (articles, block).

    Blocks end at `_LOOK` and at `permutations`.
    """
    size = len(sides.side)
    stratum = sides.event if sides.event is not None else _match_lengths(sides.words, seed)
    order = np.argsort(stratum, kind="stable")
    label = sides.side[order].astype(np.float64)
    bounds = np.append(np.flatnonzero(np.diff(stratum[order], prepend=-1)), size)
    # A stratum of one side only stays as it is.
    mixed = [(f, t) for f, t in pairwise(bounds.tolist()) if 0 < label[f:t].sum() < t - f]
    drawn = _start(seed, "partings")
    block = max(1, min(_LOOK, _CELLS // max(1, size)))
    made = 0
    while made < most:
        end = next(bound for bound in (_LOOK, permutations, most) if made < bound)
        width = min(block, end - made)
        parting = np.empty((size, width))
        parting[order] = label[:, None]
        for first, stop in mixed:
            labels = np.repeat(label[first:stop, None], width, axis=1)
            parting[order[first:stop]] = drawn.permuted(labels, axis=0)
        yield parting
        made += width


def _match_lengths(words: FloatArray, seed: int) -> IntArray:
    """Number groups of about `_LIKE` articles of like length, chance parting equal ones. Shape (articles,)."""
    rank = np.empty(len(words), dtype=np.int64)
    rank[np.lexsort((_start(seed, "lengths").random(len(words)), words))] = np.arange(len(words))
    return rank * max(1, len(words) // _LIKE) // max(1, len(words))


class _Welch:
    """Difference of the two rates over its standard error; rates are ratios of sums over articles.

    The words of the two sides are those observed in every parting.
    """

    def __init__(self, sides: _Sides, phrases: IntArray) -> None:
        matrix = sides.matrix[:, phrases]
        self._words = sides.words / sides.words.mean()  # in units of the mean article, so that sums stay small
        self._plain = matrix.T.tocsr()
        squared, by_words = self._plain.copy(), self._plain.copy()
        squared.data = self._plain.data**2
        by_words.data = self._plain.data * self._words[self._plain.indices]
        self._sums = self._plain, squared, by_words
        self._totals = [m @ np.ones(len(self._words)) for m in self._sums]
        self._size = int(sides.side.sum())
        self._with = np.diff(self._plain.indptr)
        self._sides = [
            (float(self._words[s].sum()), float((self._words[s] ** 2).sum())) for s in (sides.side, ~sides.side)
        ]

    def __call__(self, parting: FloatArray, phrases: IntArray) -> FloatArray:
        """Return the statistic of some phrases for some partings. Shape (phrases, partings)."""
        rows = slice(None) if len(phrases) == len(self._with) else phrases
        ours = [m[rows] @ parting for m in self._sums]
        theirs = [total[rows, None] - part for total, part in zip(self._totals, ours, strict=True)]
        rate, variance = self._rate(ours, *self._sides[0], self._size)
        other, other_variance = self._rate(theirs, *self._sides[1], len(self._words) - self._size)
        variance += other_variance
        rate -= other
        # Without any spread within the sides every difference is beyond chance, and rounding is none.
        return np.asarray(rate / np.sqrt(np.maximum(variance, 1e-12)))

    @staticmethod
    def _rate(sums: list[FloatArray], words: float, squares: float, size: int) -> tuple[FloatArray, FloatArray]:
        total, total_squares, by_words = sums
        rate = total / words
        residual = total_squares - 2 * rate * by_words + rate**2 * squares
        return rate, np.maximum(residual, 0.0) * (size / (size - 1) / words**2)

    def plain_tail(self, side: Any) -> FloatArray:
        """Normal tail of the sum over one side of x - r w, r the rate of both sides together. Shape (phrases,)."""
        total, squares, by_words = self._totals
        rate = total / self._words.sum()
        residual = squares - 2 * rate * by_words + rate**2 * (self._words**2).sum()
        count = len(self._words)
        variance = residual * self._size * (count - self._size) / (count * (count - 1))
        difference = self._plain @ side.astype(np.float64) - rate * (self._words @ side)
        return np.asarray(ndtr(-np.abs(difference) / np.sqrt(np.maximum(variance, 1e-12))))

    def least(self) -> FloatArray:
        """Chance that all articles with the phrase fall to one side, the smaller one. Shape (phrases,)."""
        count, small = len(self._words), min(self._size, len(self._words) - self._size)
        inside = np.minimum(self._with, small)
        return np.asarray(np.exp(_log_choose(count - inside, small - inside) - _log_choose(count, small)))


class _WithinEvents:
    """Sum over the described side of x - r_e w, over its standard deviation under permutation inside events."""

    def __init__(self, sides: _Sides, phrases: IntArray) -> None:
        assert sides.event is not None
        event, words = sides.event, sides.words / sides.words.mean()
        count = int(event.max()) + 1
        member = sparse.csr_array((np.ones(len(event)), (event, np.arange(len(event)))), shape=(count, len(event)))
        matrix = sides.matrix[:, phrases].tocsr()
        squared = matrix.copy()
        squared.data = matrix.data**2
        by_words = matrix.copy()
        by_words.data = matrix.data * np.repeat(words, np.diff(matrix.indptr))
        self._plain = matrix.T.tocsr()
        self._words = sparse.csr_array((words, (event, np.arange(len(event)))), shape=(count, len(event)))
        event_words = np.maximum(member @ words, 1e-9)
        totals = member @ matrix
        rates = totals.copy()
        rates.data = totals.data / np.repeat(event_words, np.diff(totals.indptr))
        self._rates = rates.T.tocsr()
        size, described = member @ np.ones(len(event)), member @ sides.side.astype(np.float64)
        # Finite population: n_a n_b / (n (n - 1)) times the sum of squared residuals, in each event.
        factor = described * (size - described) / (size * np.maximum(size - 1, 1))
        residual = (
            (member @ squared)
            - 2 * rates.multiply(member @ by_words)
            + rates.multiply(rates).multiply((member @ words**2)[:, None])
        )
        self._spread = np.sqrt(np.maximum(residual.tocsr().T @ factor, 1e-12))
        arrangements = _log_choose(size, described)
        present = totals.copy()
        present.data = np.ones_like(totals.data)
        self._least = np.exp(-(present.T @ arrangements))

    def __call__(self, parting: FloatArray, phrases: IntArray) -> FloatArray:
        """Return the statistic of some phrases for some partings. Shape (phrases, partings)."""
        rows = slice(None) if len(phrases) == len(self._spread) else phrases
        difference = self._plain[rows] @ parting - self._rates[rows] @ (self._words @ parting)
        return np.asarray(difference / self._spread[rows, None])

    def plain_tail(self, side: Any) -> FloatArray:
        """Normal tail of the statistic itself."""
        return np.asarray(ndtr(-np.abs(self(side[:, None].astype(np.float64), np.arange(len(self._spread)))[:, 0])))

    def least(self) -> FloatArray:
        """One over the number of ways to part the articles of the events that have the phrase."""
        return np.asarray(self._least)


def _log_choose(count: Any, chosen: Any) -> Any:
    return gammaln(count + 1.0) - gammaln(chosen + 1.0) - gammaln(count - chosen + 1.0)

"""Which names of a referent get a colour of their own: its mentions, regrouped by outlet, voice and term."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.tables import OK, distinct_values, read_rows, read_status, whole
from framing.errors import InputError

OWN = ("own",)
SAID = ("quoted", "attributed")
LEAST_SHOWN = 0.02  # of a bar: a thinner segment cannot be seen, and its colour is one that others lack (a judgement)
LARGE = 0.15  # of a bar: what is larger has a name (a judgement)
_COLUMNS = ("outlet", "term", "label", "voice", "count", "n_articles", "share", "status")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A variant that is gathered with others and large in one bar: whose, in which voice ("own", "said"), its label and
    its share, 0 to 1."""

    outlet: str
    voice: str
    label: str
    share: float


@dataclass(frozen=True, slots=True)
class TermUses:
    """The rows of one referent, regrouped: counts by (outlet, voice) and term, articles and status by (outlet, voice),
    counts by term and label."""

    counts: Mapping[tuple[str, str], Mapping[str, int]]
    articles: Mapping[tuple[str, str], int]
    status: Mapping[tuple[str, str], str]
    labels: Mapping[str, Mapping[str, int]]

    def total(self, outlet: str, voice: str) -> int:
        """Mentions of the referent."""
        return sum(self.counts[outlet, voice].values()) if (outlet, voice) in self.counts else 0

    def bars(self, outlets: Sequence[str]) -> list[Bar]:
        """Return the bars that have a mention: of each outlet, its own voice and that of others."""
        groups = [(outlet, *group) for outlet in outlets for group in (("own", OWN), ("said", SAID))]
        found = (Bar(outlet, name, *self.pool(outlet, voices)) for outlet, name, voices in groups)
        return [bar for bar in found if bar.shares]

    def pool(self, outlet: str, voices: Sequence[str]) -> tuple[dict[str, float], bool]:
        """Return the shares of terms in some voices together, and whether articles are enough."""
        keys = [(outlet, voice) for voice in voices if self.total(outlet, voice)]
        total = sum(self.total(*key) for key in keys)
        terms = dict.fromkeys(term for key in keys for term, count in self.counts[key].items() if count)
        shares = {term: sum(self.counts[key].get(term, 0) for key in keys) / total for term in terms}
        return shares, any(self.status[key] == OK for key in keys)


@dataclass(frozen=True, slots=True)
class Bar:
    """The shares of terms in one voice of an outlet, 0 to 1, and whether it has enough articles."""

    outlet: str
    voice: str
    shares: Mapping[str, float]
    enough: bool


def read_uses(terms: pa.Table, lexicon: str, referent: str) -> TermUses:
    """Take the rows of one referent from the table `terms`.

    Raises
    ------
    InputError
        The lexicon or referent has no row, or a column is missing.
    """
    rows = read_rows(terms, "terms", _COLUMNS, lexicon=lexicon, referent=referent)
    if not rows:
        raise InputError(_nothing_found(terms, lexicon, referent))
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    articles: dict[tuple[str, str], int] = defaultdict(int)
    status: dict[tuple[str, str], str] = {}
    labels: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        key = str(row["outlet"]), str(row["voice"])
        counts[key][str(row["term"])] += whole(row["count"])
        articles[key] = max(articles[key], whole(row["n_articles"]))
        status[key] = read_status(row["status"])
        labels[str(row["term"])][clean(row["label"])] += whole(row["count"])
    return TermUses(counts, articles, status, labels)


def _nothing_found(terms: pa.Table, lexicon: str, referent: str) -> str:
    lexicons = distinct_values(terms, "lexicon")
    if lexicon not in lexicons:
        return f"Table 'terms' has no lexicon {lexicon!r}; it has {', '.join(lexicons) or 'no row'}."
    referents = sorted({str(row["referent"]) for row in read_rows(terms, "terms", ("referent",), lexicon=lexicon)})
    return f"Lexicon {lexicon!r} has no mention of {referent!r} in this analysis; it has {', '.join(referents)}."


def choose_terms(uses: TermUses, outlets: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """Return the terms that get a colour, and the others, each from the most used to the least."""
    ranked = _rank_terms(uses, outlets)
    bars = uses.bars(outlets)
    largest = {term: max((bar.shares.get(term, 0.0) for bar in bars), default=0.0) for term in ranked}
    trusted = [bar for bar in bars if bar.enough] or bars
    large = {term for bar in trusted for term, share in bar.shares.items() if share > LARGE}
    leading = _rank_leading(uses, outlets)
    seen = [term for term in ranked if largest[term] >= LEAST_SHOWN]
    first = [*leading, *(t for t in seen if t in large), *seen]
    chosen = set(list(dict.fromkeys(first))[:most])
    return [t for t in ranked if t in chosen], [t for t in ranked if t not in chosen]


def _rank_terms(uses: TermUses, outlets: Sequence[str]) -> list[str]:
    """Order terms by the sum of their shares over groups with enough articles; over all groups if none has."""
    counts = uses.counts
    groups = [key for key in counts if key[0] in set(outlets) and key[1] != "scare" and uses.total(*key)]
    trusted = [key for key in groups if uses.status[key] == OK] or groups
    shares: dict[str, list[float]] = {term: [] for key in groups for term, count in counts[key].items() if count}
    for key in trusted:
        total = uses.total(*key)
        for term, count in counts[key].items():
            if count:
                shares[term].append(count / total)
    # fsum: the same rank whatever the order of the rows
    return sorted(shares, key=lambda term: (-math.fsum(shares[term]), term))


def _rank_leading(uses: TermUses, outlets: Sequence[str]) -> list[str]:
    """Return the commonest own names of the outlets with enough articles, or of all where none has.

    First those that alone are the commonest: that of most outlets, then those with the highest share in an outlet, the
    order in which a title tells them. Then those that share the first place.
    """
    bars = [bar for bar in uses.bars(outlets) if bar.voice == "own"]
    alone: dict[str, list[float]] = defaultdict(list)
    shared: set[str] = set()
    for bar in [bar for bar in bars if bar.enough] or bars:
        most = max(bar.shares.values())
        first = [term for term, share in bar.shares.items() if share == most]
        if len(first) == 1:
            alone[first[0]].append(most)
        shared.update(first)
    told = sorted(alone, key=lambda term: (-max(alone[term]), term))
    told.sort(key=lambda term: len(alone[term]) < max(map(len, alone.values())))
    return [*told, *sorted(shared - set(told))]


def find_hidden(
    uses: TermUses, outlets: Sequence[str], rest: Sequence[str], labels: Mapping[str, str]
) -> tuple[Hidden, ...]:
    """Return what is large in a bar and has no colour; bars of too few articles have no figures, so none of theirs."""
    found = []
    for bar in uses.bars(outlets):
        term = max(rest, key=lambda t: bar.shares.get(t, 0.0))
        if bar.enough and bar.shares.get(term, 0.0) > LARGE:
            found.append(Hidden(bar.outlet, bar.voice, labels[term], bar.shares[term]))
    return tuple(sorted(found, key=lambda hidden: -hidden.share))


def labels_of(terms: Sequence[str], label_counts: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Return each term's most frequent label, with the pattern where two terms have the same."""
    labels = {term: min(label_counts[term], key=lambda label: (-label_counts[term][label], label)) for term in terms}
    used = list(labels.values())
    return {term: f"{label} [{clean(term)}]" if used.count(label) > 1 else label for term, label in labels.items()}

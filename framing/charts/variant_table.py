"""What the chart of variant shares shows: the mentions of one referent by outlet, voice and variant."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.tables import (
    INSUFFICIENT,
    OK,
    UNDEFINED,
    choose_outlets,
    distinct_values,
    label_of,
    make_table,
    read_rows,
    read_status,
    sort_key,
    whole,
)
from framing.charts.theme import MAX_SERIES
from framing.errors import InputError

OWN = ("own",)
SAID = ("quoted", "attributed")
_COLUMNS = ("outlet", "term", "label", "voice", "count", "n_articles", "share", "status")


@dataclass(frozen=True, slots=True)
class VoiceShares:
    """The shares of one voice; every field has one item per outlet.

    Attributes
    ----------
    shares : tuple of tuple of float
        Outlet x variant, 0 to 1, each row adding up to 1; nan where the outlet never mentions the referent in this
        voice.
    mentions : tuple of int
        Mentions of the referent, the denominator.
    articles : tuple of int
        Articles with such a mention.
    at_least : tuple of bool
        True where `articles` is a lower bound: the table counts the articles of quoted and of attributed mentions
        apart, and one article may have both.
    status : tuple of str
        "ok", "insufficient" or "undefined".
    """

    shares: tuple[tuple[float, ...], ...]
    mentions: tuple[int, ...]
    articles: tuple[int, ...]
    at_least: tuple[bool, ...]
    status: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VariantShares:
    """How outlets share out their mentions of one referent among its variants.

    Attributes
    ----------
    referent_label : str
    outlets : tuple of str
        From the highest share of the first variant in own voice to the lowest; then outlets with too few articles,
        then those without a mention.
    variants : tuple of str
        Labels, from the most used to the least; the last may gather the rest.
    gathered : int
        Number of variants in the last label, 0 if it is a variant like the others.
    own, said : VoiceShares
        The outlet's own voice; quoted and attributed speech together.
    scare : int
        Mentions in scare quotes, which neither voice holds.
    minimum : int
        Fewest articles for status "ok".
    """

    referent_label: str
    outlets: tuple[str, ...]
    variants: tuple[str, ...]
    gathered: int
    own: VoiceShares
    said: VoiceShares
    scare: int = 0
    minimum: int = 10

    @classmethod
    def from_table(
        cls,
        terms: pa.Table,
        lexicon: str,
        referent: str,
        outlets: Sequence[str] | None = None,
        max_variants: int = MAX_SERIES,
        referent_label: str = "",
        minimum: int = 10,
    ) -> VariantShares:
        """Take the rows of one referent from the table `terms`.

        Counts are regrouped, never estimated: quoted and attributed mentions are added, variants beyond
        `max_variants` are gathered. The variants kept are, first, the commonest own name of each outlet with enough
        articles, so that none of them hides among the others; then those with the highest shares over outlets and
        voices with enough articles, each outlet counting once, so that an outlet with few articles can show a word
        that only it uses.

        Parameters
        ----------
        outlets : sequence of str, optional
            Which outlets to show; one that never mentions the referent is shown as "no evidence". Default: all in
            the rows.
        max_variants : int
            1 to 5.
        referent_label : str
            The lexicon's label; default: the referent's key.
        minimum : int
            The number of articles behind the table's status, for the key.

        Raises
        ------
        InputError
            The lexicon or referent has no row, a column is missing, or `max_variants` is not 1 to 5.
        """
        if not 1 <= max_variants <= MAX_SERIES:
            raise InputError(
                f"max_variants is {max_variants}. Use 1 to {MAX_SERIES}: more colours cannot be told apart."
            )
        rows = read_rows(terms, "terms", _COLUMNS, lexicon=lexicon, referent=referent)
        if not rows:
            raise InputError(_nothing_found(terms, lexicon, referent))
        counts: dict[tuple[str, str], dict[str, int]] = defaultdict(
            lambda: defaultdict(int)
        )  # (outlet, voice) -> term -> count
        articles: dict[tuple[str, str], int] = defaultdict(int)
        status: dict[tuple[str, str], str] = {}
        label_counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in rows:
            key = str(row["outlet"]), str(row["voice"])
            counts[key][str(row["term"])] += whole(row["count"])
            articles[key] = max(articles[key], whole(row["n_articles"]))
            status[key] = read_status(row["status"])
            label_counts[str(row["term"])][clean(row["label"])] += whole(row["count"])
        chosen = choose_outlets(outlets, (outlet for outlet, _ in counts))
        ranked = _rank_terms(counts, status, chosen)
        # A single variant left over is shown under its own name, in the grey of "other".
        leading = _leading_terms(counts, status, chosen)
        chosen_first = sorted(ranked, key=lambda term: term not in leading)
        kept = [term for term in ranked if term in set(chosen_first[:max_variants])]
        rest = [term for term in ranked if term not in kept]
        labels = _labels_of(kept + rest, label_counts)
        variants = [labels[term] for term in kept]
        if rest:
            variants.append(labels[rest[0]] if len(rest) == 1 else f"other ({len(rest)} variants)")

        def voice_shares(order: Sequence[str], voices: Sequence[str]) -> VoiceShares:
            return _gather(order, voices, counts, articles, status, kept, rest)

        own = voice_shares(chosen, OWN)
        first = {
            name: (own.status[i], own.shares[i][0] if own.shares[i] else math.nan) for i, name in enumerate(chosen)
        }
        order = sorted(chosen, key=lambda name: sort_key(*first[name], name))
        return cls(
            referent_label=clean(referent_label) if referent_label else label_of(referent),
            outlets=tuple(order),
            variants=tuple(variants),
            gathered=len(rest),
            own=voice_shares(order, OWN),
            said=voice_shares(order, SAID),
            scare=sum(_total(counts, name, "scare") for name in order),
            minimum=minimum,
        )

    def to_table(self) -> pa.Table:
        """Return the data of the chart, one row for each outlet, voice and variant.

        Columns: outlet, voice ("own", "said": quoted or attributed), variant : string; share : float64, 0 to 1, nan
        without mentions; mentions (of the referent), n_articles : int64, for "said" at least so many; status : string.
        """
        rows = [
            (outlet, voice, variant, shares.shares[i][j], shares.mentions[i], shares.articles[i], shares.status[i])
            for i, outlet in enumerate(self.outlets)
            for voice, shares in (("own", self.own), ("said", self.said))
            for j, variant in enumerate(self.variants)
        ]
        return make_table(
            rows,
            outlet=pa.string(),
            voice=pa.string(),
            variant=pa.string(),
            share=pa.float64(),
            mentions=pa.int64(),
            n_articles=pa.int64(),
            status=pa.string(),
        )


def _nothing_found(terms: pa.Table, lexicon: str, referent: str) -> str:
    lexicons = distinct_values(terms, "lexicon")
    if lexicon not in lexicons:
        return f"Table 'terms' has no lexicon {lexicon!r}; it has {', '.join(lexicons) or 'no row'}."
    referents = sorted({str(row["referent"]) for row in read_rows(terms, "terms", ("referent",), lexicon=lexicon)})
    return f"Lexicon {lexicon!r} has no mention of {referent!r} in this analysis; it has {', '.join(referents)}."


def _rank_terms(
    counts: Mapping[tuple[str, str], Mapping[str, int]], status: Mapping[tuple[str, str], str], outlets: Sequence[str]
) -> list[str]:
    """Order terms by the sum of their shares over groups with enough articles; over all groups if none has."""
    groups = [key for key in counts if key[0] in set(outlets) and key[1] != "scare" and _total(counts, *key)]
    trusted = [key for key in groups if status[key] == OK] or groups
    shares: dict[str, list[float]] = {term: [] for key in groups for term, count in counts[key].items() if count}
    for key in trusted:
        total = _total(counts, *key)
        for term, count in counts[key].items():
            if count:
                shares[term].append(count / total)
    # fsum: the same rank whatever the order of the rows
    return sorted(shares, key=lambda term: (-math.fsum(shares[term]), term))


def _leading_terms(
    counts: Mapping[tuple[str, str], Mapping[str, int]], status: Mapping[tuple[str, str], str], outlets: Sequence[str]
) -> set[str]:
    """Return the commonest own names of the outlets with enough articles."""
    leading: set[str] = set()
    for outlet in outlets:
        used = counts.get((outlet, OWN[0]), {})
        if any(used.values()) and status[outlet, OWN[0]] == OK:
            most = max(used.values())
            leading.update(term for term, count in used.items() if count == most)
    return leading


def _labels_of(terms: Sequence[str], label_counts: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Return each term's most frequent label, with the pattern where two terms have the same."""
    labels = {term: min(label_counts[term], key=lambda label: (-label_counts[term][label], label)) for term in terms}
    used = list(labels.values())
    return {term: f"{label} [{clean(term)}]" if used.count(label) > 1 else label for term, label in labels.items()}


def _total(counts: Mapping[tuple[str, str], Mapping[str, int]], outlet: str, voice: str) -> int:
    return sum(counts[outlet, voice].values()) if (outlet, voice) in counts else 0


def _gather(
    outlets: Sequence[str],
    voices: Sequence[str],
    counts: Mapping[tuple[str, str], Mapping[str, int]],
    articles: Mapping[tuple[str, str], int],
    status: Mapping[tuple[str, str], str],
    kept: Sequence[str],
    rest: Sequence[str],
) -> VoiceShares:
    shares: list[tuple[float, ...]] = []
    mentions: list[int] = []
    article_counts: list[int] = []
    at_least: list[bool] = []
    statuses: list[str] = []
    for outlet in outlets:
        totals = {(outlet, voice): _total(counts, outlet, voice) for voice in voices}
        keys = [key for key, count in totals.items() if count]
        total = sum(totals.values())
        per_term = [sum(counts[key].get(term, 0) for key in keys) for term in kept]
        if rest:
            per_term.append(total - sum(per_term))
        mentions.append(total)
        shares.append(tuple(count / total if total else math.nan for count in per_term))
        article_counts.append(max((articles[key] for key in keys), default=0))
        at_least.append(len(keys) > 1)
        enough = any(status[key] == OK for key in keys)
        statuses.append(OK if enough else INSUFFICIENT if total else UNDEFINED)
    return VoiceShares(tuple(shares), tuple(mentions), tuple(article_counts), tuple(at_least), tuple(statuses))

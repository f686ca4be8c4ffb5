"""What the chart of variant shares shows: the mentions of one referent by outlet, voice and variant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from framing.charts.labels import clean
from framing.charts.tables import INSUFFICIENT, OK, UNDEFINED, choose_outlets, label_of, make_table, sort_key
from framing.charts.theme import MAX_SERIES
from framing.charts.variant_choice import OWN, SAID, Hidden, TermUses, choose_terms, find_hidden, labels_of, read_uses
from framing.errors import InputError


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
    terms : tuple of str
        The patterns behind `variants`, without those gathered.
    hidden : tuple of Hidden
        The largest part of each bar's gathered variants, from the largest, where it is worth a word.
    """

    referent_label: str
    outlets: tuple[str, ...]
    variants: tuple[str, ...]
    gathered: int
    own: VoiceShares
    said: VoiceShares
    scare: int = 0
    minimum: int = 10
    terms: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()

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
        `max_variants` are gathered, and so are those that are below 2% of every bar. The variants kept are, first, the
        commonest own name of each outlet with enough articles (of all, where none has), that of most outlets first, so
        that no name that a title tells hides among the others; then those that are more than 15% of
        a bar, and those with the highest shares over outlets and voices with enough articles, each outlet counting
        once, so that an outlet with few articles can show a word that only it uses.

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
        uses = read_uses(terms, lexicon, referent)
        chosen = choose_outlets(outlets, (outlet for outlet, _ in uses.counts))
        kept, rest = choose_terms(uses, chosen, max_variants)
        labels = labels_of(kept + rest, uses.labels)
        variants = [labels[term] for term in kept]
        if rest:  # a single variant left over is shown under its own name, in the grey of "other"
            variants.append(labels[rest[0]] if len(rest) == 1 else f"other ({len(rest)} variants)")
        own = _gather(uses, chosen, OWN, kept, rest)
        first = {
            name: (own.status[i], own.shares[i][0] if own.shares[i] else math.nan) for i, name in enumerate(chosen)
        }
        order = sorted(chosen, key=lambda name: sort_key(*first[name], name))
        return cls(
            referent_label=clean(referent_label) if referent_label else label_of(referent),
            outlets=tuple(order),
            variants=tuple(variants),
            gathered=len(rest),
            own=_gather(uses, order, OWN, kept, rest),
            said=_gather(uses, order, SAID, kept, rest),
            scare=sum(uses.total(name, "scare") for name in order),
            minimum=minimum,
            terms=tuple(kept + rest if len(rest) == 1 else kept),
            hidden=find_hidden(uses, order, rest, labels) if len(rest) > 1 else (),
        )

    @property
    def subtitle(self) -> str:
        """The measure, as a chart says it."""
        return f"% of all mentions of “{self.referent_label}”, by word"

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


def _gather(
    uses: TermUses, outlets: Sequence[str], voices: Sequence[str], kept: Sequence[str], rest: Sequence[str]
) -> VoiceShares:
    shares: list[tuple[float, ...]] = []
    mentions: list[int] = []
    article_counts: list[int] = []
    at_least: list[bool] = []
    statuses: list[str] = []
    for outlet in outlets:
        keys = [(outlet, voice) for voice in voices if uses.total(outlet, voice)]
        total = sum(uses.total(*key) for key in keys)
        per_term = [sum(uses.counts[key].get(term, 0) for key in keys) for term in kept]
        if rest:
            per_term.append(total - sum(per_term))
        mentions.append(total)
        shares.append(tuple(count / total if total else math.nan for count in per_term))
        article_counts.append(max((uses.articles[key] for key in keys), default=0))
        at_least.append(len(keys) > 1)
        enough = any(uses.status[key] == OK for key in keys)
        statuses.append(OK if enough else INSUFFICIENT if total else UNDEFINED)
    return VoiceShares(tuple(shares), tuple(mentions), tuple(article_counts), tuple(at_least), tuple(statuses))

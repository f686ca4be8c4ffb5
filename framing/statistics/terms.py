"""Terms: which words each outlet uses for each referent, and in whose voice."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.statistics.bootstrap import RESAMPLES, compute_ratios
from framing.statistics.counters import Counters, IntArray, require_columns, split_name, tabulate
from framing.statistics.measures import MIN_ARTICLES, WORDS
from framing.voice import VOICES

_COLUMNS = (
    ("lexicon", pa.string()),
    ("referent", pa.string()),
    ("term", pa.string()),
    ("label", pa.string()),
    ("voice", pa.string()),
    ("count", pa.int64()),
    ("articles", pa.int64()),
    ("share", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("per_1000", pa.float64()),
    ("n_articles", pa.int64()),
    ("status", pa.string()),
)


def compute_terms(
    counters: Counters,
    mentions: pa.Table,
    *,
    group: str = "outlet",
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pa.Table:
    """Compute the share of each variant among a group's mentions of a referent, for each voice.

    A variant that the group uses at all, in any voice and section, has four rows, one for each voice; a variant that it
    never uses has none. So the shares of one group, referent and voice add up to 1, or are all nan.

    Parameters
    ----------
    counters : Counters
        With "naming:..." and "mentions:..." (numerators and denominators) and "words:...".
    mentions : pa.Table
        The `mentions` table; only labels come from it.
    group : str
        Column of the articles table to group by.
    min_articles, resamples, seed : int
        See `compute_measures`.

    Returns
    -------
    pa.Table
        By group, lexicon, referent, voice (own, quoted, attributed, scare) and term. Columns:

        <group> : string, named as `group`
        lexicon, referent, term : string; `term` is the pattern in the lexicon
        label : string, see `find_labels`
        voice : string
        count : int64, mentions of the variant in that voice, headlines included
        articles : int64, articles with such a mention
        share : float64, 0 to 1, count / the group's mentions of the referent in that voice; nan ("undefined") where
            there are none, 0 where the group mentions the referent in that voice, but not so
        low, high : float64, 95 % bootstrap interval of `share` over the group's articles; nan with fewer than two with
            the denominator
        per_1000 : float64, count per 1,000 words of that voice; nan where the group has no words in it
        n_articles : int64, articles with the denominator, i.e. a mention of the referent in that voice
        status : string, of `share`: "ok", "insufficient" or "undefined"

    Raises
    ------
    InputError
        A column or field is missing, or a counter has an unknown voice.
    """
    labels = find_labels(mentions)
    sections: dict[tuple[str, str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in counters.starting_with("naming:").names:
        _, lexicon, referent, voice, _, term = split_name(name, 6)
        sections[lexicon, referent, term][voice].append(name)
    variants = sorted(sections)
    referents = sorted({variant[:2] for variant in variants})
    place = {referent: number for number, referent in enumerate(referents)}
    referent_of = np.array([place[variant[:2]] for variant in variants], dtype=np.int64)
    # One column for each variant and voice, then one for each referent and voice, then the words of each voice.
    columns = counters.combine(
        [sections[variant][voice] for variant in variants for voice in VOICES]
        + [[f"mentions:{lexicon}:{referent}:{voice}"] for lexicon, referent in referents for voice in VOICES]
        + [[name] for name in WORDS]
    )
    n_voices, n_variants = len(VOICES), len(variants)
    every_voice = np.arange(n_voices)

    def describe(label: str, rows: IntArray) -> dict[str, Any]:
        own = columns[rows].tocsc()
        totals = np.asarray(own.sum(axis=0))
        words = totals[-n_voices:]
        used = np.flatnonzero(totals[: n_variants * n_voices].reshape(n_variants, n_voices).any(axis=1))
        which, spoken = np.repeat(used, n_voices), np.tile(every_voice, len(used))
        order = np.lexsort((which, spoken, referent_of[which]))  # variants of one referent ascend by term
        which, spoken = which[order], spoken[order]
        numerator = which * n_voices + spoken
        denominator = (n_variants + referent_of[which]) * n_voices + spoken
        ratios = compute_ratios(own, numerator, denominator, group=label, seed=seed, resamples=resamples)
        rate = np.divide(
            1000 * ratios.numerator, words[spoken], out=np.full(len(which), np.nan), where=words[spoken] > 0
        )
        named = [variants[number] for number in which]
        return {
            "lexicon": [lexicon for lexicon, _, _ in named],
            "referent": [referent for _, referent, _ in named],
            "term": [term for _, _, term in named],
            "label": [labels.get(variant, variant[2]) for variant in named],
            "voice": [VOICES[number] for number in spoken],
            "count": np.rint(ratios.numerator).astype(np.int64),
            "articles": np.diff(own.indptr)[numerator],
            "share": ratios.value,
            "low": ratios.low,
            "high": ratios.high,
            "per_1000": rate,
            "n_articles": ratios.n_units,
            "status": ratios.status(min_articles),
        }

    return tabulate(counters, group, _COLUMNS, describe)


def find_labels(mentions: pa.Table) -> dict[tuple[str, str, str], str]:
    """Find how each variant is usually printed, over all outlets, so that one variant has one label everywhere.

    The spelling is the most frequent one, case and line breaks disregarded; it is in lower case unless more than half
    of its printings have a capital ("rebels", although some sentences begin with "Rebels"; "Syrian army", "ISIS"), and
    then as it is most often printed. Of equals, the first in code-point order.

    Returns
    -------
    dict of (lexicon, referent, term) to str
        Variants of the naming module; a variant without mentions is missing.
    """
    keys = ("lexicon", "category", "term", "surface")
    require_columns(mentions, ("module", *keys), "mentions")
    naming = mentions.filter(pc.equal(mentions["module"].cast(pa.string()), "naming")).select(keys)
    plain = pa.table({name: naming[name].cast(pa.string()) for name in keys})
    counted = plain.group_by(list(keys)).aggregate([([], "count_all")]).to_pydict()
    printings: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for lexicon, category, term, surface, times in zip(*(counted[name] for name in (*keys, "count_all")), strict=True):
        printings[lexicon, category, term][" ".join(surface.split())] += times
    return {variant: _choose_label(printed) for variant, printed in printings.items()}


def _choose_label(printed: Counter[str]) -> str:
    spellings: Counter[str] = Counter()
    for surface, times in printed.items():
        spellings[surface.lower()] += times
    spelling = _most_frequent(spellings)
    capitalised = Counter({s: n for s, n in printed.items() if s.lower() == spelling and s != spelling})
    return _most_frequent(capitalised) if 2 * capitalised.total() > spellings[spelling] else spelling


def _most_frequent(counted: Counter[str]) -> str:
    return min(counted, key=lambda text: (-counted[text], text))

"""Readability: how long sentences and words are, by seven indices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.scorers.counts import Scored, count_keys, join
from framing.syllables import COLUMNS, chunk_counts, syllable_method
from framing.text import BoolArray, IntArray
from framing.voice import OWN

Floats = npt.NDArray[np.float64]

_SENTENCES, _OWN_WORDS, _OWN_SENTENCES, _ARTICLES = "sentences", "own:words", "own:sentences", "articles"
# Name, label, whether it needs syllables, and what more of it means.
INDICES = (
    ("flesch", "Flesch reading ease", True, "higher = easier"),
    ("flesch-kincaid", "Flesch-Kincaid grade", True, "higher = harder"),
    ("fog", "Gunning fog index", True, "higher = harder"),
    ("smog", "SMOG grade", True, "higher = harder"),
    ("ari", "Automated readability index", False, "higher = harder"),
    ("coleman-liau", "Coleman-Liau index", False, "higher = harder"),
    ("dale-chall", "New Dale-Chall score", False, "higher = harder"),
)


def score(batch: AnnotatedBatch) -> Scored:
    """Count what readability formulas are made of, and compute the indices of each article.

    The body only: a headline is no sentence to such formulas. All voices together, for readers read quotations too.
    Sentences are this program's (textstat finds a fifth too many in news), those without a word left out; all else is
    counted as textstat counts it, syllables as `framing.syllables.syllable_method` says. An article whose body has no
    sentence, no word or no syllable has no counters.

    Returns
    -------
    Scored
        "readability:words", ":strings", ":syllables", ":polysyllables", ":difficult", ":unfamiliar", ":complex",
        ":letters", ":characters" (see `framing.syllables.COLUMNS`), ":sentences": int >= 1.
        "readability:own:words", "readability:own:sentences": of the sentences of which two thirds are own voice.
        "readability:INDEX:sum": the article's index; an index is no ratio of sums, so its measure is the mean over
        articles. "readability:articles": 1, the denominator of that mean.

    References
    ----------
    Flesch (1948); Kincaid et al. (1975); Gunning (1952); McLaughlin (1969), who made SMOG for texts of thirty sentences
    or more; Smith and Senter (1967), ARI; Coleman and Liau (1975); Chall and Dale (1995).
    """
    in_body = batch.tokens.segment()[batch.sentences] % 2 == 1
    counted = in_body & (batch.sentence_words > 0)
    own = counted & (batch.sentence_voice == OWN)
    sums = {name: column for name, column in zip(COLUMNS, _sum_chunks(batch).T, strict=True)}
    sums[_SENTENCES] = _per_article(batch, counted)
    sums[_OWN_WORDS] = _per_article(batch, own, batch.sentence_words)
    sums[_OWN_SENTENCES] = _per_article(batch, own)
    # Every index divides by sentences and by words; one whose words have no vowel ("Hmm.") is undefined to textstat.
    defined = np.flatnonzero((sums[_SENTENCES] > 0) & (sums["words"] > 0) & (sums["syllables"] > 0))
    sums = {name: values[defined].astype(np.float64) for name, values in sums.items()}
    values = {f"readability:{name}": column for name, column in sums.items()}
    values |= {f"readability:{name}:sum": column for name, column in indices(sums).items()}
    values[f"readability:{_ARTICLES}"] = np.ones(len(defined))
    names = tuple(values)
    return Scored(
        join(count_keys(defined, np.full(len(defined), key), names, values[name]) for key, name in enumerate(names))
    )


def _sum_chunks(batch: AnnotatedBatch) -> IntArray:
    """Add up what textstat counts in the body of each article. Shape (articles, columns)."""
    chunks = batch.tokens.chunks
    counts = chunk_counts(chunks.vocabulary)
    # Segments times distinct chunks: how often each stands there. Far less memory than a row for every chunk.
    there = np.ones(len(chunks), dtype=np.int32)
    often = sparse.csr_matrix((there, chunks.number, chunks.bounds), (len(chunks.bounds) - 1, len(counts)))
    sums: IntArray = often @ counts
    return sums[1::2]


def _per_article(
    batch: AnnotatedBatch, sentences: BoolArray, weight: npt.NDArray[np.integer] | None = None
) -> npt.NDArray[np.integer | np.floating]:
    article = batch.article[batch.sentences[sentences]]
    return np.bincount(article, None if weight is None else weight[sentences], len(batch.articles))


def indices(counts: dict[str, Floats]) -> dict[str, Floats]:
    """Compute the seven indices from the counts of texts, by the formulas of textstat.

    Parameters
    ----------
    counts : dict of str to float64 array (texts,)
        `framing.syllables.COLUMNS` and "sentences"; words and sentences above 0.

    Returns
    -------
    dict of str to float64 array (texts,)
        Keys as in `INDICES`. Flesch: usually 0 to 100, higher = easier; Dale-Chall: 4.9 and below to 10 and above; the
        others: school grades of the United States.
    """
    words, sentences = counts["words"], counts["sentences"]
    length = words / sentences
    syllables = counts["syllables"] / words
    unfamiliar = 100 * counts["unfamiliar"] / words
    return {
        "flesch": 206.835 - 1.015 * length - 84.6 * syllables,
        "flesch-kincaid": 0.39 * length + 11.8 * syllables - 15.59,
        "fog": 0.4 * (length + 100 * counts["complex"] / words),
        "smog": 1.043 * (30 * (counts["polysyllables"] / sentences)) ** 0.5 + 3.1291,
        "ari": 4.71 * (counts["characters"] / counts["strings"]) + 0.5 * length - 21.43,
        "coleman-liau": 0.058 * (counts["letters"] / words * 100) - 0.296 * (sentences / words * 100) - 15.8,
        # The formula adds a constant where more than 5 % of the words are unfamiliar.
        "dale-chall": 0.1579 * unfamiliar + 0.0496 * length + np.where(unfamiliar > 5, 3.6365, 0.0),
    }


def measures(_: Sequence[Lexicon]) -> list[Measure]:
    """List the mean of each index over articles, and what the indices are made of, over all words: nan without articles
    whose body has a word."""
    found = [
        Measure(
            f"readability.{name}",
            f"{label}, syllables by {syllable_method()}" if by_syllables else label,
            "mean over articles",
            f"readability:{name}:sum",
            f"readability:{_ARTICLES}",
            1,
            direction,
        )
        for name, label, by_syllables, direction in INDICES
    ]
    ratios = (
        ("sentence", "Length of sentences", "words", "words", _SENTENCES, 1.0),
        ("sentence.own", "Length of sentences in own voice", "words", _OWN_WORDS, _OWN_SENTENCES, 1.0),
        ("syllables", f"Syllables a word, by {syllable_method()}", "syllables", "syllables", "words", 1.0),
        ("difficult", "Words that are not on the Dale-Chall list", "per cent of words", "unfamiliar", "words", 100.0),
    )
    found += [
        Measure(
            f"readability.{name}",
            label,
            unit,
            f"readability:{above}",
            f"readability:{below}",
            scale,
            "higher = harder",
        )
        for name, label, unit, above, below, scale in ratios
    ]
    return found

"""Casualties: figures of the dead, wounded, displaced, detained and missing, whose they are, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from framing.annotation import AnnotatedBatch
from framing.lexicon import Lexicon
from framing.measure import Measure
from framing.numbers import (
    EARLIER,
    NUMBER_FORMS,
    Figure,
    Sentence,
    SentenceReader,
    find_credit,
    read_figures,
    trim_speaker,
)
from framing.rows import encode, encode_strings, place_columns, printed
from framing.scorers.counts import Counts, Found, Scored, count_found, count_keys, join
from framing.text import LongArray
from framing.voice import OWN, VOICES

MODULE = "casualties"
LEXICON = "figures"
KINDS = ("dead", "wounded", "displaced", "detained", "missing", "hostage", "casualties")


class _Row(NamedTuple):
    """A figure as tokens of the batch; -1 where there are no words."""

    start: int
    end: int
    low: float
    high: float
    kind: int
    group: str
    victims: tuple[int, int]
    verb: tuple[int, int]
    credited: tuple[int, int]
    hedges: tuple[tuple[int, int], ...]
    relation: str


def score(batch: AnnotatedBatch) -> Scored:
    """Find the figures of casualties of every article.

    A figure is a number, in words or digits, of people come to harm: "killed at least 12", "45 deaths", "no one was
    hurt". "A man was killed" gives no figure, nor does what is planned, feared for the future or denied, nor a rate
    ("12 a day").

    Returns
    -------
    Scored
        Counts: "casualties:figures:KIND:VOICE": figures, int >= 1, KIND one of `KINDS`, VOICE that of the number.
        "casualties:given:VOICE": figures of all kinds. "casualties:hedged:VOICE", "casualties:credited:VOICE": those
        with a hedge, and those that somebody is credited for.
        "casualties:articles:KIND": 1 where the article gives a figure of the kind. "casualties:highest:KIND": the
        highest of them, in persons. It is no sum: figures of one article overlap. What a comparison gives as the
        figure of before ("up from 30") is left out; a phrase without an upper end ("dozens") counts with its lower.
        Table "casualties": one row for each figure, see `docs/tables.md`.

    References
    ----------
    The facts kept apart follow Every Casualty Counts (2016), Standards for Casualty Recording: who, what befell them,
    and on whose word.
    """
    rows = _find(batch)
    start = np.array([r.start for r in rows], dtype=np.int64)
    end = np.array([r.end for r in rows], dtype=np.int64)
    kind = np.array([r.kind for r in rows], dtype=np.int64)
    low = np.array([r.low for r in rows], dtype=np.float64)
    texts = printed(batch, start, end)
    labels: dict[tuple[str, str, str], int] = {}
    keys = [(LEXICON, KINDS[r.kind], text) for r, text in zip(rows, texts, strict=True)]
    label = [labels.setdefault(key, len(labels)) for key in keys]
    found = Found(MODULE, start, end, np.array(label, dtype=np.int64), tuple(labels), low)
    counts = join([count_found(batch, found), _count_shares(batch, rows, start), _count_highest(batch, rows, start)])
    return Scored(counts, found, {MODULE: _table(batch, rows, start, end, texts, kind)})


def measures(_: Sequence[Lexicon]) -> list[Measure]:
    """List the measures: figures per 1,000 words, shares credited and hedged, and the mean of the highest figure of
    the dead per article that gives one; nan without words, without figures, and without such an article."""
    words = tuple(f"words:{voice}" for voice in VOICES)
    given = tuple(f"{MODULE}:given:{voice}" for voice in VOICES)
    credited = tuple(f"{MODULE}:credited:{voice}" for voice in VOICES)
    hedged = tuple(f"{MODULE}:hedged:{voice}" for voice in VOICES)
    found = [
        Measure(
            f"{MODULE}.figures.all", "Figures of casualties", "per 1,000 words", given, words, 1000,
            "higher = more figures",
        ),
        Measure(
            f"{MODULE}.credited.all", "Figures that somebody is credited for", "share of figures", credited, given, 1,
            "higher = more often on somebody's word",
        ),
        Measure(
            f"{MODULE}.hedged.all", "Hedged figures", "share of figures", hedged, given, 1,
            "higher = more often left open",
        ),
        Measure(
            f"{MODULE}.hedged.own", "Hedged figures in the outlet's own voice", "share of figures",
            f"{MODULE}:hedged:own", f"{MODULE}:given:own", 1, "higher = more often left open",
        ),
    ]  # fmt: skip
    for kind, label in (("dead", "of the dead"), ("wounded", "of the wounded"), ("displaced", "of the displaced")):
        found.append(
            Measure(
                f"{MODULE}.{kind}.all", f"Figures {label}", "per 1,000 words",
                tuple(f"{MODULE}:{LEXICON}:{kind}:{voice}" for voice in VOICES), words, 1000, "higher = more figures",
            )
        )  # fmt: skip
    found.append(
        Measure(
            f"{MODULE}.highest.dead", "Highest figure of the dead", "persons, mean over articles that give one",
            f"{MODULE}:highest:dead", f"{MODULE}:articles:dead", 1, "higher = more dead reported",
        )
    )  # fmt: skip
    return found


def _find(batch: AnnotatedBatch) -> list[_Row]:
    """Read the sentences that hold both a number and a word of harm."""
    tokens = batch.tokens
    matches = batch.of_module(MODULE)
    if not len(matches):
        return []
    entries = batch.matcher.entries
    harm = np.array([e.lexicon.module == MODULE and e.lexicon.name == "kinds" for e in entries], dtype=bool)
    hostages = np.array([e.lexicon.module == MODULE and e.term.category == "hostages" for e in entries], dtype=bool)
    numbers = np.flatnonzero(NUMBER_FORMS(tokens.forms)[tokens.form])
    counted = matches.start[(harm | hostages)[matches.entry]]
    both = np.intersect1d(_sentence(batch, numbers), _sentence(batch, counted))
    stops = np.append(batch.sentences[1:], len(tokens))
    rows: list[_Row] = []
    voices = _Speakers(batch)
    for s in SentenceReader(batch, MODULE).read(batch.sentences[both], stops[both]):
        figures = read_figures(s)
        credits: list[tuple[int, int]] = []
        for figure in figures:
            source = voices.speaker(s, figure.number.start)
            if source is None:
                found = find_credit(s, figure)
                source = (s.first + found[0], s.first + found[1]) if found else None
            if source is None and figure.base >= 0:
                source = credits[figure.base]
            credits.append(source or (-1, -1))
        rows += [_row(s, figure, source) for figure, source in zip(figures, credits, strict=True)]
    return rows


def _sentence(batch: AnnotatedBatch, token: LongArray) -> LongArray:
    """Return the numbers of the sentences that hold some tokens, each once."""
    return np.unique(np.searchsorted(batch.sentences, token, side="right") - 1)


class _Speakers:
    """Who speaks at a token that is not in the outlet's own voice."""

    def __init__(self, batch: AnnotatedBatch) -> None:
        self._voices = batch.voices

    def speaker(self, s: Sentence, place: int) -> tuple[int, int] | None:
        """Return the batch's tokens of the speaker at a token of a sentence; None in the outlet's own voice and where
        nobody is named."""
        voices, token = self._voices, s.first + place
        if voices.code[token] == OWN:
            return None
        span = int(np.searchsorted(voices.start, token, side="right")) - 1
        start = int(voices.speaker_start[span])
        if start < 0:
            return None
        trimmed = trim_speaker(s, start - s.first, int(voices.speaker_end[span]) - s.first)
        return (trimmed[0] + s.first, trimmed[1] + s.first) if trimmed else None


def _row(s: Sentence, f: Figure, credited: tuple[int, int]) -> _Row:
    first = s.first
    victims = (first + f.victims[0], first + f.victims[1]) if f.victims[1] > f.victims[0] else (-1, -1)
    hedges = tuple((first + a, first + b) for a, b in f.hedges)
    n = f.number
    return _Row(
        first + n.start, first + n.end, n.low, n.high, KINDS.index(f.kind), f.group, victims,
        (first + f.mark.start, first + f.mark.end), credited, hedges, f.relation,
    )  # fmt: skip


def _count_shares(batch: AnnotatedBatch, rows: list[_Row], start: LongArray) -> Counts:
    """Count all figures, those hedged, and those credited, by voice."""
    names = [f"{MODULE}:{what}:{voice}" for what in ("given", "hedged", "credited") for voice in VOICES]
    voice = batch.voices.code[start].astype(np.int64) if len(rows) else np.zeros(0, dtype=np.int64)
    hedged = np.array([bool(r.hedges) for r in rows], dtype=bool)
    credited = np.array([r.credited[0] >= 0 for r in rows], dtype=bool)
    key = np.concatenate((voice, len(VOICES) + voice[hedged], 2 * len(VOICES) + voice[credited]))
    article = batch.article[start]
    return count_keys(np.concatenate((article, article[hedged], article[credited])), key, names)


def _count_highest(batch: AnnotatedBatch, rows: list[_Row], start: LongArray) -> Counts:
    """Note the highest figure of each kind in each article."""
    article = batch.article[start].tolist()
    highest: dict[tuple[int, int], float] = {}
    for row, number in zip(rows, article, strict=True):
        if row.relation != EARLIER:
            key = number, row.kind
            value = row.low if np.isnan(row.high) else row.high
            highest[key] = max(highest.get(key, 0.0), value)
    of = np.array([a for a, _ in highest], dtype=np.int64)
    kinds = np.array([k for _, k in highest], dtype=np.int64)
    values = np.array(list(highest.values()), dtype=np.float64)
    given = count_keys(of, kinds, [f"{MODULE}:articles:{kind}" for kind in KINDS])
    return join([given, count_keys(of, kinds, [f"{MODULE}:highest:{kind}" for kind in KINDS], values)])


def _table(
    batch: AnnotatedBatch, rows: list[_Row], start: LongArray, end: LongArray, texts: list[str], kind: LongArray
) -> pa.Table:
    """One row for each figure, in the order of the text."""
    head, tail = place_columns(batch, start, end)

    def words(spans: list[tuple[int, int]]) -> pa.DictionaryArray:
        flat = np.array(spans, dtype=np.int64).reshape(-1, 2)
        return encode_strings(printed(batch, flat[:, 0], flat[:, 1]))

    spans = np.array([span for r in rows for span in r.hedges], dtype=np.int64).reshape(-1, 2)
    hedges = iter(printed(batch, spans[:, 0], spans[:, 1]))
    return pa.table(
        {
            **head,
            "figure": encode_strings(texts),
            "low": pa.array([r.low for r in rows], pa.float64()),
            "high": pa.array([r.high for r in rows], pa.float64()),
            "kind": encode(KINDS, kind),
            "victims": words([r.victims for r in rows]),
            "group": encode_strings([r.group for r in rows]),
            "verb": words([r.verb for r in rows]),
            "credited": words([r.credited for r in rows]),
            "hedge": encode_strings(["; ".join(next(hedges) for _ in r.hedges) for r in rows]),
            "relation": encode_strings([r.relation for r in rows]),
            **tail,
        }
    )


__all__ = ["KINDS", "measures", "score"]

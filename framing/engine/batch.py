"""From one batch of articles to its tables: the unit of work that the engine hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.annotation import AnnotatedBatch, Annotator
from framing.rows import encode, encode_strings, place_columns, printed
from framing.scorers import SCORERS, BatchScores, Counts, score_all
from framing.text import Article
from framing.voice import VOICES

ARTICLE_FIELDS = ("id", "outlet", "date", "title", "url", "event", "upstream", "genre", "language")

BatchTables = Mapping[str, pa.Table]
"""The rows that one batch adds to each table of an analysis; columns as in `docs/tables.md`."""


def score_batch(
    annotator: Annotator,
    articles: Sequence[Article],
    extra: Sequence[str] = (),
    modules: Sequence[str] = tuple(SCORERS),
) -> BatchTables:
    """Annotate and score some articles.

    Parameters
    ----------
    annotator : Annotator
    articles : sequence of Article
    extra : sequence of str
        Names of the free fields that become columns, the same for every batch of a run.
    modules : sequence of str
        See `framing.scorers.choose_modules`.

    Returns
    -------
    mapping of str to pa.Table
        "articles", "mentions", "voices", "counts", "headline_counts", and the tables of the modules.
    """
    batch = annotator(articles)
    scores = score_all(batch, modules)
    return {
        "articles": _articles(batch, scores.counts, extra),
        "mentions": mention_table(batch, scores),
        "voices": _voices(batch),
        "counts": _counts(batch.articles, scores.counts),
        "headline_counts": count_articles(annotator, [replace(a, text="") for a in articles], modules),
        **scores.tables,
    }


def count_articles(annotator: Annotator, articles: Sequence[Article], modules: Sequence[str]) -> pa.Table:
    """Return the rows of `counts` for some articles, and nothing else of them."""
    batch = annotator(articles)
    return _counts(batch.articles, score_all(batch, modules).counts)


def _articles(batch: AnnotatedBatch, counts: Counts, extra: Sequence[str]) -> pa.Table:
    articles = batch.articles
    names = {name: number for number, name in enumerate(counts.names)}
    columns: dict[str, pa.Array] = {
        name: pa.array([getattr(a, name) for a in articles], pa.string()) for name in ARTICLE_FIELDS
    }
    for name in extra:
        columns[name] = pa.array([a.extra.get(name, "") for a in articles], pa.string())
    by_name: dict[str, npt.NDArray[np.int32]] = {}
    for counter in (*(f"words:{v}" for v in VOICES), "sentences"):
        values = np.zeros(len(articles), dtype=np.int32)
        rows = counts.counter == names.get(counter, -1)
        values[counts.article[rows]] = counts.value[rows]
        by_name[counter] = values
    columns["words"] = pa.array(np.sum([by_name[f"words:{v}"] for v in VOICES], axis=0, dtype=np.int32))
    for voice in VOICES:
        columns[f"words_{voice}"] = pa.array(by_name[f"words:{voice}"])
    columns["sentences"] = pa.array(by_name["sentences"])
    columns["text"] = pa.array([a.text for a in articles], pa.string())
    return pa.table(columns)


def mention_table(batch: AnnotatedBatch, scores: BatchScores) -> pa.Table:
    """Return the rows of `mentions` for a batch: matches of the lexicons, and what rules found."""
    entries = batch.matcher.entries
    listed = np.zeros(len(entries), dtype=bool)
    for module in scores.matched:
        listed |= batch.matcher.of_module(module)
    matches = batch.matches.take(np.flatnonzero(listed[batch.matches.entry]))
    # What rules found comes behind the terms of the lexicons, under numbers of its own.
    labels = list(batch.matcher.labels)
    offsets = []
    for rows in scores.mentions:
        offsets.append(len(labels))
        labels += [(rows.module, *parts) for parts in rows.labels]
    found = scores.mentions
    start = np.concatenate([matches.start, *(rows.start for rows in found)])
    end = np.concatenate([matches.end, *(rows.end for rows in found)])
    entry = np.concatenate(
        [matches.entry.astype(np.int64), *(rows.label + first for rows, first in zip(found, offsets, strict=True))]
    )
    weight = np.concatenate([batch.matcher.weights[matches.entry], *(rows.weight for rows in found)])
    voice = np.concatenate([batch.voices.code[matches.start], *(rows.voices(batch) for rows in found)])
    # By place, not by lexicon: a reader goes through an article from top to bottom.
    order = np.lexsort((entry, end, start))
    start, end, entry, weight, voice = start[order], end[order], entry[order], weight[order], voice[order]
    head, tail = place_columns(batch, start, end, voice)
    used, label_of = np.unique(entry, return_inverse=True)
    columns = list(zip(*(labels[number] for number in used.tolist()), strict=True)) or [()] * 4
    return pa.table(
        {
            "article_id": head["article_id"],
            **{
                name: encode(values, label_of)
                for name, values in zip(("module", "lexicon", "category", "term"), columns, strict=True)
            },
            "surface": encode_strings(printed(batch, start, end)),
            "start": head["start"],
            "end": head["end"],
            "section": head["section"],
            "voice": head["voice"],
            "weight": pa.array(weight),
            **tail,
        }
    )


def _voices(batch: AnnotatedBatch) -> pa.Table:
    tokens, voices = batch.tokens, batch.voices
    segment = tokens.segment()[voices.start] if len(tokens) else voices.start
    return pa.table(
        {
            "article_id": encode([a.id for a in batch.articles], segment // 2),
            "section": encode(("headline", "body"), segment % 2),
            "start": pa.array(tokens.start[voices.start].astype(np.int32)),
            "end": pa.array(tokens.end[voices.end - 1].astype(np.int32)),
            "voice": encode(VOICES, voices.voice),
            "cue": encode_strings(printed(batch, voices.cue_start, voices.cue_end)),
            "speaker": encode_strings(printed(batch, voices.speaker_start, voices.speaker_end)),
        }
    )


def _counts(articles: Sequence[Article], counts: Counts) -> pa.Table:
    order = np.lexsort((counts.counter, counts.article))
    return pa.table(
        {
            "article_id": encode([a.id for a in articles], counts.article[order]),
            "counter": encode(counts.names, counts.counter[order]),
            "value": pa.array(counts.value[order]),
        }
    )

"""From one batch of articles to its tables: the unit of work that the engine hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.annotation import SECTIONS, AnnotatedBatch, Annotator
from framing.scorers import Counts, count_all
from framing.text import Article
from framing.voice import VOICES

ARTICLE_FIELDS = ("id", "outlet", "date", "title", "url", "event", "upstream", "genre", "language")
WORD_COLUMNS = ("words", *(f"words_{voice}" for voice in VOICES), "sentences")


@dataclass(frozen=True, slots=True)
class BatchTables:
    """The rows that one batch adds to the tables of an analysis; columns as in `docs/tables.md`."""

    articles: pa.Table
    mentions: pa.Table
    voices: pa.Table
    counts: pa.Table

    def items(self) -> list[tuple[str, pa.Table]]:
        """Return the tables with their names."""
        return [(name, getattr(self, name)) for name in ("articles", "mentions", "voices", "counts")]


def score_batch(annotator: Annotator, articles: Sequence[Article], extra: Sequence[str] = ()) -> BatchTables:
    """Annotate and score some articles.

    Parameters
    ----------
    annotator : Annotator
    articles : sequence of Article
    extra : sequence of str
        Names of the free fields that become columns, the same for every batch of a run.

    Returns
    -------
    BatchTables
    """
    batch = annotator(articles)
    counts = count_all(batch)
    return BatchTables(
        _articles(batch, counts, extra), _mentions(batch), _voices(batch), _counts(batch.articles, counts)
    )


def _texts(batch: AnnotatedBatch) -> list[str]:
    return [text for article in batch.articles for text in (article.title, article.text)]


def _encode(values: Sequence[str], numbers: npt.NDArray[np.integer]) -> pa.DictionaryArray:
    """Return the column `values[numbers]`, stored as numbers into the distinct values."""
    distinct: dict[str, int] = {}
    unified = np.array([distinct.setdefault(v, len(distinct)) for v in values] or [0], dtype=np.int32)
    indices = unified[numbers] if len(numbers) else np.zeros(0, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(list(distinct), pa.string()))


def _encode_strings(values: Sequence[str]) -> pa.DictionaryArray:
    return pa.array(values, pa.string()).dictionary_encode()


def _slices(batch: AnnotatedBatch, start: npt.NDArray[np.integer], end: npt.NDArray[np.integer]) -> list[str]:
    """Return the text from token `start` to before token `end`; "" where `start` is -1."""
    tokens = batch.tokens
    texts = _texts(batch)
    known = start >= 0
    first = np.where(known, start, 0)
    segment = tokens.segment()[first] if len(tokens) else first
    begin = np.where(known, tokens.start[first], 0) if len(tokens) else first
    stop = np.where(known, tokens.end[np.where(known, end - 1, 0)], 0) if len(tokens) else first
    return [texts[s][a:b] for s, a, b in zip(segment.tolist(), begin.tolist(), stop.tolist(), strict=True)]


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
        rows = counts.counter == names[counter]
        values[counts.article[rows]] = counts.value[rows]
        by_name[counter] = values
    columns["words"] = pa.array(np.sum([by_name[f"words:{v}"] for v in VOICES], axis=0, dtype=np.int32))
    for voice in VOICES:
        columns[f"words_{voice}"] = pa.array(by_name[f"words:{voice}"])
    columns["sentences"] = pa.array(by_name["sentences"])
    columns["text"] = pa.array([a.text for a in articles], pa.string())
    return pa.table(columns)


def _mentions(batch: AnnotatedBatch) -> pa.Table:
    tokens, matches, entries = batch.tokens, batch.matches, batch.matcher.entries
    # By place, not by lexicon: a reader goes through an article from top to bottom.
    order = np.lexsort((matches.entry, matches.end, matches.start))
    start, end, entry = matches.start[order], matches.end[order], matches.entry[order]
    first, last = (column[order] for column in batch.mention_sentences)
    return pa.table(
        {
            "article_id": _encode([a.id for a in batch.articles], batch.article[start]),
            "module": _encode([e.lexicon.module for e in entries], entry),
            "lexicon": _encode([e.lexicon.name for e in entries], entry),
            "category": _encode([e.term.category for e in entries], entry),
            "term": _encode([e.term.pattern for e in entries], entry),
            "surface": _encode_strings(_slices(batch, start, end)),
            "start": pa.array(tokens.start[start]),
            "end": pa.array(tokens.end[end - 1]),
            "section": _encode(SECTIONS, batch.section[start]),
            "voice": _encode(VOICES, batch.voices.code[start]),
            "weight": pa.array(batch.matcher.weights[entry]),
            "sentence_start": pa.array(tokens.start[first]),
            "sentence_end": pa.array(tokens.end[last]),
        }
    )


def _voices(batch: AnnotatedBatch) -> pa.Table:
    tokens, voices = batch.tokens, batch.voices
    segment = tokens.segment()[voices.start] if len(tokens) else voices.start
    return pa.table(
        {
            "article_id": _encode([a.id for a in batch.articles], segment // 2),
            "section": _encode(("headline", "body"), segment % 2),
            "start": pa.array(tokens.start[voices.start].astype(np.int32)),
            "end": pa.array(tokens.end[voices.end - 1].astype(np.int32)),
            "voice": _encode(VOICES, voices.voice),
            "cue": _encode_strings(_slices(batch, voices.cue_start, voices.cue_end)),
            "speaker": _encode_strings(_slices(batch, voices.speaker_start, voices.speaker_end)),
        }
    )


def _counts(articles: Sequence[Article], counts: Counts) -> pa.Table:
    order = np.lexsort((counts.counter, counts.article))
    return pa.table(
        {
            "article_id": _encode([a.id for a in articles], counts.article[order]),
            "counter": _encode(counts.names, counts.counter[order]),
            "value": pa.array(counts.value[order]),
        }
    )

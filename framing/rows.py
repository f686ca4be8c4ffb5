"""Rows of tables about places in a batch: from tokens to articles, offsets and printed words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.annotation import SECTIONS, AnnotatedBatch
from framing.text import LongArray
from framing.voice import VOICES


def encode(values: Sequence[str], numbers: npt.NDArray[np.integer]) -> pa.DictionaryArray:
    """Return the column `values[numbers]`, stored as numbers into the distinct values."""
    distinct: dict[str, int] = {}
    unified = np.array([distinct.setdefault(v, len(distinct)) for v in values] or [0], dtype=np.int32)
    indices = unified[numbers] if len(numbers) else np.zeros(0, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(list(distinct), pa.string()))


def encode_strings(values: Sequence[str]) -> pa.DictionaryArray:
    """Return a text column with each distinct text stored once."""
    return pa.array(values, pa.string()).dictionary_encode()


def printed(batch: AnnotatedBatch, start: npt.NDArray[np.integer], end: npt.NDArray[np.integer]) -> list[str]:
    """Return the text from token `start` to before token `end`; "" where `start` is -1."""
    tokens = batch.tokens
    texts = [text for article in batch.articles for text in (article.title, article.text)]
    known = start >= 0
    first = np.where(known, start, 0)
    segment = tokens.segment()[first] if len(tokens) else first
    begin = np.where(known, tokens.start[first], 0) if len(tokens) else first
    stop = np.where(known, tokens.end[np.where(known, end - 1, 0)], 0) if len(tokens) else first
    return [texts[s][a:b] for s, a, b in zip(segment.tolist(), begin.tolist(), stop.tolist(), strict=True)]


def article_column(batch: AnnotatedBatch, start: npt.NDArray[np.integer]) -> pa.DictionaryArray:
    """Return the id of the article of each token."""
    return encode([a.id for a in batch.articles], batch.article[start])


def place_columns(
    batch: AnnotatedBatch, start: LongArray, end: LongArray, voice: npt.NDArray[np.int8] | None = None
) -> tuple[dict[str, pa.Array], dict[str, pa.Array]]:
    """Say where spans of tokens stand.

    Parameters
    ----------
    start, end : int64 arrays (rows,)
        First token, and the token behind the last.
    voice : int8 array (rows,), optional
        By default that of the first token.

    Returns
    -------
    head, tail : dict of str to pa.Array
        article_id, section, start, end and voice; sentence_start and sentence_end. Offsets are characters into `text`,
        or into `title` where the section is "headline".
    """
    tokens = batch.tokens
    first, last = batch.sentences_of(start)
    head = {
        "article_id": article_column(batch, start),
        "section": encode(SECTIONS, batch.section[start]),
        "start": pa.array(tokens.start[start]),
        "end": pa.array(tokens.end[end - 1]),
        "voice": encode(VOICES, batch.voices.code[start] if voice is None else voice),
    }
    tail = {"sentence_start": pa.array(tokens.start[first]), "sentence_end": pa.array(tokens.end[last])}
    return head, tail

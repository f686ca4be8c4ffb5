"""Keyword in context: every use of a word or pattern, with its voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.annotation import SECTIONS, Annotator
from framing.engine.run import batches
from framing.errors import InputError, LexiconError
from framing.lexicon import Category, Lexicon, Term, expand
from framing.matching import Matcher
from framing.measure import MENTION_FIELDS
from framing.store import Folder
from framing.text import Article, Vocabulary, read_tokens
from framing.voice import VOICES

CONTEXT = 80  # characters on each side: a line of a wide terminal

Row = dict[str, str | int]
COLUMNS = {
    "outlet": pa.string(),
    "date": pa.string(),
    "voice": pa.string(),
    "section": pa.string(),
    "referent": pa.string(),
    "left": pa.string(),
    "mention": pa.string(),
    "right": pa.string(),
    "article_id": pa.string(),
    "start": pa.int64(),
    "end": pa.int64(),
}


def one_term(pattern: str) -> Lexicon:
    """Return a lexicon of one term.

    Raises
    ------
    InputError
        The pattern is empty or malformed.
    """
    try:
        expand(pattern)
    except LexiconError as reason:
        raise InputError(
            f"{reason} A pattern is words, (s) for optional letters, (a|b) for alternatives, * for any ending."
        ) from None
    return Lexicon(
        name="query",
        module="naming",
        title=pattern,
        language="",
        version="0",
        licence="",
        scale=(-1.0, 1.0),
        scale_meaning="",
        categories={"query": Category("query", pattern)},
        terms=(Term(pattern, "query", 0.0),),
    )


def check_voice(voice: str | None) -> None:
    """Refuse a voice that there is not."""
    if voice is not None and voice not in VOICES:
        raise InputError(f"no voice {voice!r}; there are {', '.join(VOICES)}.")


def find_in_context(
    articles: Iterable[Article],
    term: str,
    *,
    outlet: str | None = None,
    voice: str | None = None,
    limit: int | None = None,
) -> pa.Table:
    """Find every use of a pattern.

    Returns
    -------
    pa.Table
        Columns as in `COLUMNS`; `referent` is empty. In the order of the articles, from top to bottom of each.
    """
    check_voice(voice)
    annotator = Annotator([one_term(term)])
    chosen = (a for a in articles if outlet is None or a.outlet == outlet)
    rows: list[Row] = []
    for row in _find(chosen, annotator):
        if voice is None or row["voice"] == voice:
            rows.append(row)
            if limit is not None and len(rows) >= limit:
                break
    return _table(rows)


def _find(articles: Iterable[Article], annotator: Annotator) -> Iterator[Row]:
    for group in batches(articles):
        batch = annotator(group)
        tokens = batch.tokens
        for start, end in zip(batch.matches.start.tolist(), batch.matches.end.tolist(), strict=True):
            article = group[int(batch.article[start])]
            section = SECTIONS[batch.section[start]]
            begin, stop = int(tokens.start[start]), int(tokens.end[end - 1])
            yield _row(article, begin, stop, section, VOICES[batch.voices.code[start]], "")


def _row(article: Article, start: int, end: int, section: str, voice: str, referent: str) -> Row:
    text = article.title if section == "headline" else article.text
    return {
        "outlet": article.outlet,
        "date": article.date,
        "voice": voice,
        "section": section,
        "referent": referent,
        "left": " ".join(text[max(0, start - CONTEXT) : start].split()),
        "mention": text[start:end],
        "right": " ".join(text[end : end + CONTEXT].split()),
        "article_id": article.id,
        "start": start,
        "end": end,
    }


def _table(rows: list[Row]) -> pa.Table:
    return pa.table({name: pa.array([r[name] for r in rows], kind) for name, kind in COLUMNS.items()})


def select_mentions(
    folder: Folder,
    *,
    term: str | None = None,
    outlet: str | None = None,
    voice: str | None = None,
    referent: tuple[str, str] | None = None,
) -> pa.Table:
    """Return the stored mentions that fit, in context; columns as in `COLUMNS`."""
    check_voice(voice)
    by_id = _read_articles(folder, outlet)
    mentions = folder.table("mentions")
    mentions = mentions.filter(pc.equal(mentions["module"].cast(pa.string()), "naming"))
    mask = pc.is_in(mentions["article_id"].cast(pa.string()), pa.array(list(by_id), pa.string()))
    if voice is not None:
        mask = pc.and_(mask, pc.equal(mentions["voice"].cast(pa.string()), voice))
    if referent is not None:
        mask = pc.and_(mask, pc.equal(mentions["lexicon"].cast(pa.string()), referent[0]))
        mask = pc.and_(mask, pc.equal(mentions["category"].cast(pa.string()), referent[1]))
    if term is not None:
        surfaces = mentions["surface"].cast(pa.string())
        distinct = pc.unique(surfaces).to_pylist()
        mask = pc.and_(mask, pc.is_in(surfaces, pa.array(_whole_matches(distinct, term), pa.string())))
    return _in_context(mentions.filter(mask), by_id)


def select_evidence(folder: Folder, keys: Sequence[str], *, outlet: str | None = None) -> pa.Table:
    """Return the stored mentions behind a measure, in context.

    Parameters
    ----------
    keys : sequence of str
        "MODULE:LEXICON:CATEGORY:VOICE", "*" for any of a field; see `Measure.mention_keys`.
    outlet : str, optional
        Only of this outlet.

    Returns
    -------
    pa.Table
        Columns as in `COLUMNS`, and `term` and `weight`. In the order of the articles.
    """
    mentions = filter_mentions(folder.table("mentions"), keys)
    by_id = _read_articles(folder, outlet)
    found = mentions.filter(pc.is_in(mentions["article_id"].cast(pa.string()), pa.array(list(by_id), pa.string())))
    table = _in_context(found, by_id)
    table = table.append_column("term", found["term"].cast(pa.string()))
    return table.append_column("weight", found["weight"])


def filter_mentions(mentions: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return the rows of the table `mentions` that keys stand for; see `Measure.mention_keys`."""
    columns = [mentions[name].cast(pa.string()) for name in MENTION_FIELDS]
    wanted = pa.array(np.zeros(len(mentions), dtype=bool))
    for key in keys:
        mask = pa.array(np.ones(len(mentions), dtype=bool))
        for column, value in zip(columns, key.split(":"), strict=True):
            if value != "*":
                mask = pc.and_(mask, pc.equal(column, value))
        wanted = pc.or_(wanted, mask)
    return mentions.filter(wanted)


def _in_context(mentions: pa.Table, by_id: Mapping[str, Article]) -> pa.Table:
    return _table(
        [
            _row(
                by_id[m["article_id"]],
                m["start"],
                m["end"],
                m["section"],
                m["voice"],
                f"{m['lexicon']}/{m['category']}",
            )
            for m in mentions.to_pylist()
        ]
    )


def _read_articles(folder: Folder, outlet: str | None) -> dict[str, Article]:
    articles = folder.table("articles", ["id", "outlet", "date", "title", "text"])
    if outlet is not None:
        articles = articles.filter(pc.equal(articles["outlet"], outlet))
        if not len(articles):
            raise InputError(f"no article of outlet {outlet!r} in this analysis.")
    return {row["id"]: Article(**row) for row in articles.to_pylist()}


def _whole_matches(surfaces: list[str], pattern: str) -> list[str]:
    """Return the surfaces that the pattern matches from end to end."""
    if not surfaces:
        return []
    tokens = read_tokens(surfaces, Vocabulary())
    matches = Matcher([one_term(pattern)])(tokens, np.arange(len(surfaces), dtype=np.int32))
    place = np.searchsorted(tokens.bounds, matches.start, side="right") - 1
    first = matches.start == tokens.bounds[place]
    lengths = np.array([len(s) for s in surfaces])[place]
    # The possessive ending is part of no pattern and may follow.
    last = tokens.end[matches.end - 1] >= lengths - 2
    return [surfaces[i] for i in place[first & last].tolist()]

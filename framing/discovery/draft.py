"""Candidates as a draft lexicon: a folder that lint accepts and whose examples pass, with every weight left open.

Phrases come from articles, and articles are not to be trusted: a phrase that the pattern language cannot say, or that
the written pattern does not find again in its own sentences, is left out and told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from framing.annotation import Annotator
from framing.errors import InputError
from framing.formats.patterns import Inexpressible, write_pattern
from framing.lexicon import KINDS, Category, Lexicon, PatternWord, Term, expand, read_lexicon
from framing.matching import Matcher
from framing.store import encode_csv, write_bytes
from framing.text import WORD, Article, Vocabulary, read_tokens

POSITIVE = 2  # examples for each term
WORDS = (6, 60)  # of a sentence that may be an example
_SCALE = (-2.0, 2.0)
_SIGNS = frozenset("()|=*<>")  # what the pattern language reads as more than a letter


@dataclass(frozen=True, slots=True)
class DraftCategory:
    """A category of the draft: a referent, or the phrases that mark an outlet."""

    key: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """A candidate with all that stands in the draft and in `candidates.csv`.

    Attributes
    ----------
    category : str
        Key of a DraftCategory.
    phrase : str
    score : float
    count, articles : int
    outlets : tuple of str
    reason : str
        Slots, or the numbers of keyness.
    article_ids : tuple of str
        Articles with a sentence that holds the phrase.
    """

    category: str
    phrase: str
    score: float
    count: int
    articles: int
    outlets: tuple[str, ...]
    reason: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written.

    Attributes
    ----------
    terms : tuple of DraftTerm
    sentences : mapping of (category, phrase) to tuple of (article id, sentence)
    left_out : tuple of (phrase, reason)
    examples : int
    """

    terms: tuple[DraftTerm, ...]
    sentences: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    left_out: tuple[tuple[str, str], ...]
    examples: int


def write_draft(
    folder: Path,
    title: str,
    categories: Sequence[DraftCategory],
    terms: Iterable[DraftTerm],
    articles: Mapping[str, Article],
    language: str = "en",
) -> Draft:
    """Write candidates as a lexicon folder, with `candidates.csv` beside its three files.

    Every term weighs 0 by judgement, with a note that says what to decide. Examples are sentences of the articles:
    `POSITIVE` for each term, and as many altogether in which no term stands.

    Parameters
    ----------
    folder : Path
        New or empty.
    title : str
    categories : sequence of DraftCategory
        Those without a term are left out.
    terms : iterable of DraftTerm
        Best first: a phrase that is there twice stays where it comes first.
    articles : mapping of str to Article
        By id; all that the terms name.

    Raises
    ------
    InputError
        The folder is not empty, or no term can be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder}: exists already. Choose another name for the draft.")
    left_out: list[tuple[str, str]] = []
    written: list[tuple[DraftTerm, str]] = []
    seen: dict[tuple[tuple[PatternWord, ...], ...], str] = {}
    for term in terms:
        try:
            if _SIGNS & set(term.phrase):
                raise Inexpressible("signs")
            pattern, _ = write_pattern(term.phrase, "*")
        except Inexpressible as reason:
            left_out.append((term.phrase, f"the pattern language cannot say it ({reason.kind})"))
            continue
        first = seen.setdefault(expand(pattern), term.category)
        if first != term.category or any(t.category == term.category and p == pattern for t, p in written):
            left_out.append((term.phrase, f"already a candidate of {first}"))
            continue
        written.append((term, pattern))
    by_key = {c.key: c for c in categories}
    told = _Sentences(articles)
    found = told.match([(t.category, p) for t, p in written], by_key)
    kept: list[tuple[DraftTerm, str]] = []
    sentences: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for place, (term, pattern) in enumerate(written):
        held = [(n, surfaces) for n, surfaces in found[place] if told.ids[n] in term.article_ids]
        if not held:
            left_out.append((term.phrase, "the pattern does not find it in its own sentences"))
            continue
        kept.append((term, pattern))
        sentences[term.category, term.phrase] = tuple((told.ids[n], told.texts[n]) for n, _ in held)
    if not kept:
        why = "; ".join(f"{phrase!r} {reason}" for phrase, reason in left_out[:5])
        raise InputError(f"no candidate can be written as a lexicon{f': {why}' if why else ''}. Look at more articles.")
    positives, traps = told.choose_examples(kept, by_key)
    used = [c for c in categories if any(t.category == c.key for t, _ in kept)]
    folder.mkdir(parents=True, exist_ok=True)
    write_bytes(folder / "terms.csv", encode_csv(_term_table(kept)))
    write_bytes(folder / "examples.csv", encode_csv(_example_table([*positives, *traps])))
    write_bytes(folder / "candidates.csv", encode_csv(_candidate_table(kept, sentences)))
    write_bytes(folder / "lexicon.toml", _head(title, language, used).encode())  # last: with it, it is a lexicon
    read_lexicon(folder)
    return Draft(tuple(t for t, _ in kept), sentences, tuple(left_out), len(positives) + len(traps))


class _Sentences:
    """The sentences of some articles, in the order of the ids, each once."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self.ids: list[str] = []
        self.texts: list[str] = []
        ordered = [articles[key] for key in sorted(articles)]
        if not ordered:
            return
        batch = Annotator([])(ordered)
        tokens = batch.tokens
        first = batch.sentences
        last = np.append(first[1:], len(tokens)) - 1
        words = np.add.reduceat((tokens.form_flags() & WORD) != 0, first) if len(first) else first
        segment = tokens.segment()[first]
        known: set[str] = set()
        for begin, end, place, size in zip(
            tokens.start[first].tolist(), tokens.end[last].tolist(), segment.tolist(), words.tolist(), strict=True
        ):
            article = ordered[place // 2]
            text = _clean((article.text if place % 2 else article.title)[begin:end])
            if WORDS[0] <= size <= WORDS[1] and text not in known:
                known.add(text)
                self.ids.append(article.id)
                self.texts.append(text)

    def match(
        self, patterns: Sequence[tuple[str, str]], categories: Mapping[str, DraftCategory]
    ) -> list[list[tuple[int, list[str]]]]:
        """Return for each (category, pattern) the sentences that it finds, with what it finds there."""
        found: list[dict[int, list[str]]] = [defaultdict(list) for _ in patterns]
        for sentence, entry, surface in self._find(patterns, categories):
            found[entry][sentence].append(surface)
        return [list(each.items()) for each in found]

    def _find(
        self, patterns: Sequence[tuple[str, str]], categories: Mapping[str, DraftCategory]
    ) -> list[tuple[int, int, str]]:
        """Return (sentence, pattern, surface) of all matches, in the order of the text."""
        if not self.texts or not patterns:
            return []
        matcher = Matcher([_lexicon(patterns, categories)])
        tokens = read_tokens(self.texts, Vocabulary())
        matches = matcher(tokens, np.arange(len(self.texts), dtype=np.int32))
        place = np.searchsorted(tokens.bounds, matches.start, side="right") - 1
        order = np.lexsort((matches.start, place))
        return [
            (int(n), int(e), self.texts[n][int(tokens.start[s]) : int(tokens.end[t - 1])])
            for n, e, s, t in zip(
                place[order].tolist(),
                matches.entry[order].tolist(),
                matches.start[order].tolist(),
                matches.end[order].tolist(),
                strict=True,
            )
        ]

    def choose_examples(
        self, kept: Sequence[tuple[DraftTerm, str]], categories: Mapping[str, DraftCategory]
    ) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
        """Return (text, category, expected) with and without mentions; the expected ones are what the draft finds."""
        patterns = [(term.category, pattern) for term, pattern in kept]
        in_category: dict[tuple[int, str], list[str]] = defaultdict(list)
        by_entry: dict[int, list[int]] = defaultdict(list)
        for sentence, entry, surface in self._find(patterns, categories):
            in_category[sentence, patterns[entry][0]].append(surface)
            if sentence not in by_entry[entry]:
                by_entry[entry].append(sentence)
        positives: dict[tuple[int, str], tuple[str, str, str]] = {}
        for entry, (term, _) in enumerate(kept):
            own = [n for n in by_entry[entry] if self.ids[n] in term.article_ids]
            for sentence in own[:POSITIVE]:
                surfaces = in_category[sentence, term.category]
                if not any(";" in s for s in surfaces):
                    key = (sentence, term.category)
                    positives[key] = (self.texts[sentence], term.category, "; ".join(surfaces))
        matched = {sentence for sentence, _ in in_category}
        free = [n for n in range(len(self.texts)) if n not in matched]
        wanted = min(len(positives), len(free))
        # Spread over the articles, and over the categories in turn.
        chosen = [free[i * len(free) // wanted] for i in range(wanted)] if wanted else []
        keys = list(dict.fromkeys(term.category for term, _ in kept))
        traps = [(self.texts[n], keys[i % len(keys)], "") for i, n in enumerate(chosen)]
        return list(positives.values()), traps


def _lexicon(patterns: Sequence[tuple[str, str]], categories: Mapping[str, DraftCategory]) -> Lexicon:
    return Lexicon(
        name="draft",
        module="naming",
        title="draft",
        language="en",
        version="0",
        licence="",
        scale=_SCALE,
        scale_meaning="",
        categories={key: Category(key, c.label, c.kind) for key, c in categories.items()},
        terms=tuple(Term(pattern, category, 0.0) for category, pattern in patterns),
    )


def _clean(text: str) -> str:
    """Return text in one line, without what is not printable."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _note(term: DraftTerm) -> str:
    times = "once" if term.count == 1 else f"{term.count} times"
    articles = "1 article" if term.articles == 1 else f"{term.articles} articles"
    return _clean(f"candidate: decide weight; seen {times} in {articles}; {term.reason}")


def _term_table(kept: Sequence[tuple[DraftTerm, str]]) -> pa.Table:
    rows = [(t.category, pattern, "0", "judgement", "", _note(t)) for t, pattern in kept]
    return _text_table(["category", "term", "weight", "basis", "source", "note"], rows)


def _example_table(rows: Sequence[tuple[str, str, str]]) -> pa.Table:
    return _text_table(["text", "category", "expected"], rows)


def _candidate_table(
    kept: Sequence[tuple[DraftTerm, str]], sentences: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
) -> pa.Table:
    told = [[f"{i}: {text}" for i, text in sentences[t.category, t.phrase][:3]] for t, _ in kept]
    return pa.table(
        {
            "phrase": pa.array([t.phrase for t, _ in kept], pa.string()),
            "referent": pa.array([t.category for t, _ in kept], pa.string()),
            "score": pa.array([round(t.score, 3) for t, _ in kept], pa.float64()),
            "count": pa.array([t.count for t, _ in kept], pa.int64()),
            "articles": pa.array([t.articles for t, _ in kept], pa.int64()),
            "outlets": pa.array(["; ".join(_clean(o) for o in t.outlets) for t, _ in kept], pa.string()),
            "reason": pa.array([_clean(t.reason) for t, _ in kept], pa.string()),
            "sentences": pa.array([" | ".join(_clean(s) for s in each) for each in told], pa.string()),
        }
    )


def _text_table(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table({n: pa.array(list(c), pa.string()) for n, c in zip(names, columns, strict=True)})


def _head(title: str, language: str, categories: Sequence[DraftCategory]) -> str:
    lines = [
        f"title = {_toml(title)}",
        'module = "naming"',
        f"language = {_toml(language)}",
        'version = "0.1.0"',
        'licence = "Draft: settle it before you pass it on. The examples are sentences of other people\'s articles."',
        f"scale = [{_SCALE[0]!r}, {_SCALE[1]!r}]",
        'scale_meaning = "Direction toward the party named: -2 delegitimising, 0 descriptive, +2 legitimising. '
        'Every weight is still 0 and to be decided."',
        'description = "Candidates found in articles; delete what names something else."',
    ]
    for category in categories:
        kind = category.kind if category.kind in KINDS else "other"
        lines += ["", f"[categories.{_toml(category.key)}]", f"label = {_toml(category.label)}", f'kind = "{kind}"']
    return "\n".join([*lines, ""])


def _toml(text: str) -> str:
    return json.dumps(_clean(text) or "-", ensure_ascii=False)

"""Wire copy and near-duplicates: which articles print the same words, and who is credited with them.

Articles are read twice. The first reading keeps a few keys of each, by which articles that share wording find each
other; the second keeps the words of those that did, and compares them exactly. Memory holds numbers, never texts, and
articles are marked, never deleted.

References
----------
Broder (1997), On the resemblance and containment of documents; Schleimer, Wilkerson and Aiken (2003), Winnowing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from framing.errors import InputError
from framing.ingest.candidates import ARTICLE_BITS, pack_keys, pair_articles, rank_keys
from framing.ingest.copy_tables import (
    NEAR_DUPLICATE,
    SHARED_TEXT,
    Copies,
    Listed,
    best_credit,
    join_directions,
    summarise_copies,
    tabulate,
)
from framing.ingest.credits import PART, WIRE, agency_title, find_agency, find_credits, identity, is_own
from framing.ingest.overlaps import LEAST_WORDS, Spans, Texts, compare, number_shingles
from framing.ingest.own_reporting import own_reporting
from framing.ingest.passages import Facts, drop_quotations, find_passages
from framing.ingest.shingles import SHINGLE, HashArray, Shingler, find_keys
from framing.text import Article, BoolArray, IntArray, LongArray

__all__ = [
    "LEAST_WORDS",
    "NEAR_DUPLICATE",
    "SHARED_TEXT",
    "Copies",
    "find_copies",
    "own_reporting",
    "summarise_copies",
]

# Articles split at once: large enough that the fixed cost of the array steps vanishes, small enough for memory.
_BATCH_ARTICLES = 400
_BATCH_CHARACTERS = 2_000_000

# A line that ends with the signature that posts have where a page embeds them.
_POST = re.compile(r"^[^\n]*[—–-] ?[^\n()]{1,80}\(@\w{1,30}\)[ \n]{1,2}[A-Z][a-z]+ \d{1,2}, \d{4}", re.MULTILINE)

Reading = Callable[[], Iterable[Article]] | Iterable[Article]
Quoted = Mapping[str, Sequence[tuple[int, int]]]


def find_copies(articles: Reading, quoted: Quoted | None = None) -> Copies:
    """Find near-duplicates and shared passages.

    Parameters
    ----------
    articles : callable () -> iterable of Article, or an iterable that can be read twice
    quoted : mapping of str to sequence of (start, end), optional
        By article id, the characters of `text` inside quotation marks. Two outlets that print the same quotation have a
        common source; they copied no wording. A passage that is quoted for half of its words or more is left out.
        Embedded posts are quotations too, and found without.

    Returns
    -------
    Copies

    Raises
    ------
    InputError
        Two articles have one id, the second reading differs from the first, or the articles can be read only once.
    """
    read = _reader(articles)
    shingler = Shingler()
    outline = _read_outline(read(), shingler)
    order = sorted(range(len(outline.ids)), key=lambda i: (not outline.dates[i], outline.dates[i], outline.ids[i]))
    _check_ids([outline.ids[i] for i in order])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    facts = _find_facts(outline, order)
    first, second = pair_articles(rank_keys(outline.take_keys(), rank), facts.outlet)
    chosen = np.unique(np.concatenate([first, second])).astype(np.int64)
    texts = _read_texts(read(), shingler, outline, rank, chosen, quoted or {})
    facts = facts.take(chosen)
    first, second = (np.searchsorted(chosen, side).astype(np.int32) for side in (first, second))
    shares, spans = compare(texts, first, second)
    pairs = join_directions(shares)
    of_pair = pairs.first * len(chosen) + pairs.second
    had_passages = np.isin(of_pair, _pair_keys(spans, len(chosen)))
    spans = drop_quotations(texts, spans)
    linked = np.isin(of_pair, _pair_keys(spans, len(chosen)))
    # Two articles that have only quotations in common print the same speech, and are no copies.
    pairs = pairs._replace(near=pairs.near & (linked | ~had_passages))
    again = pairs.near & (facts.outlet[pairs.first] == facts.outlet[pairs.second])
    reposts = np.concatenate([of_pair[again], (pairs.second * len(chosen) + pairs.first)[again]])
    passages = find_passages(texts, facts, spans, reposts)
    return tabulate(_list(outline, order), chosen, texts, facts, pairs, linked, passages)


def _pair_keys(spans: Spans, count: int) -> LongArray:
    low, high = np.minimum(spans.article, spans.other), np.maximum(spans.article, spans.other)
    keys: LongArray = low.astype(np.int64) * count + high
    return keys


def _reader(articles: Reading) -> Callable[[], Iterable[Article]]:
    if callable(articles):
        return articles
    if iter(articles) is articles:
        raise InputError(
            "the articles can be read only once, and copies need two readings. Give a list, the result of "
            "read_articles, or a function that starts a new reading."
        )
    return lambda: articles


@dataclass
class _Outline:
    """What the first reading keeps of each article, in reading order.

    Attributes
    ----------
    sources : list of tuple of str
        Publishers to whom the text itself is credited, other than its own outlet.
    helped : list of bool
        Whether the article says that an agency contributed.
    """

    ids: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    words: list[LongArray] = field(default_factory=list)
    credits: list[tuple[str, str]] = field(default_factory=list)
    sources: list[tuple[str, ...]] = field(default_factory=list)
    helped: list[bool] = field(default_factory=list)
    keys: list[HashArray] = field(default_factory=list)

    def add(self, article: Article) -> None:
        self.ids.append(article.id)
        self.outlets.append(article.outlet)
        self.dates.append(article.date)
        credits = [c for c in find_credits(article) if not is_own(c, article.outlet)]
        self.credits.append(best_credit([(agency_title(c.agency), c.kind) for c in credits]))
        self.sources.append(tuple(identity(c.agency) for c in credits if c.kind == WIRE))
        self.helped.append(any(c.kind == PART for c in credits))

    def take_keys(self) -> HashArray:
        """Return all keys, and keep none."""
        keys, self.keys = self.keys, []
        return np.concatenate([np.zeros(0, dtype=np.uint64), *keys])


def _batches(articles: Iterable[tuple[int, Article]]) -> Iterator[list[tuple[int, Article]]]:
    batch: list[tuple[int, Article]] = []
    size = 0
    for number, article in articles:
        batch.append((number, article))
        size += len(article.text)
        if len(batch) >= _BATCH_ARTICLES or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_outline(articles: Iterable[Article], shingler: Shingler) -> _Outline:
    outline = _Outline()
    for batch in _batches(enumerate(articles)):
        words = shingler([article.text for _, article in batch])
        keys, text = find_keys(words)
        outline.keys.append(pack_keys(keys, text + batch[0][0]))
        outline.words.append(np.diff(words.bounds))
        for _, article in batch:
            outline.add(article)
    if len(outline.ids) >= 1 << ARTICLE_BITS:
        raise InputError(
            f"{len(outline.ids):,} articles; copies are looked for among at most {(1 << ARTICLE_BITS) - 1:,}. "
            "Split the articles by year or by subject."
        )
    return outline


def _check_ids(ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise InputError(f"two articles have the id {name!r}. Ids must differ; drop or rename one.")
        seen.add(name)


def _find_facts(outline: _Outline, order: Sequence[int]) -> Facts:
    """Return what decides who had a wording first, in the order of the ranks."""
    number: dict[str, int] = {}
    outlet = [number.setdefault(identity(outline.outlets[i]), len(number)) for i in order]
    days = {date: place for place, date in enumerate(sorted({d for d in outline.dates if d}))}
    named = [[number[s] for s in outline.sources[i] if s in number] for i in order]
    return Facts(
        np.array(outlet, dtype=np.int32),
        np.array([days.get(outline.dates[i], -1) for i in order], dtype=np.int64),
        np.array([bool(outline.sources[i]) for i in order], dtype=bool),
        np.array([outline.helped[i] for i in order], dtype=bool),
        np.array([found[0] if found else -1 for found in named], dtype=np.int32),
        np.array([bool(find_agency(outline.outlets[i])) for i in order], dtype=bool),
    )


def _list(outline: _Outline, order: Sequence[int]) -> Listed:
    words = np.concatenate([np.zeros(0, dtype=np.int64), *outline.words])
    return Listed(
        [outline.ids[i] for i in order],
        [outline.outlets[i] for i in order],
        [outline.dates[i] for i in order],
        words[np.array(order, dtype=np.int64)],
        [outline.credits[i] for i in order],
    )


def _read_texts(
    articles: Iterable[Article],
    shingler: Shingler,
    outline: _Outline,
    rank: LongArray,
    chosen: LongArray,
    quoted: Quoted,
) -> Texts:
    """Read the words of the chosen articles, and put them in the order of their ranks."""
    sizes = np.concatenate([np.zeros(0, dtype=np.int64), *outline.words])
    wanted = np.zeros(len(rank), dtype=bool)
    wanted[chosen] = True
    place = np.searchsorted(chosen, rank)  # by reading order
    size = np.zeros(len(chosen), dtype=np.int64)
    picked = wanted[rank]
    size[place[picked]] = sizes[picked]
    bounds = np.concatenate(([0], np.cumsum(size)))
    total = int(bounds[-1])
    shingle = np.zeros(total, dtype=np.uint64)
    start, end = np.zeros(total, dtype=np.int32), np.zeros(total, dtype=np.int32)
    inside = np.zeros(total, dtype=bool)
    for batch in _batches(_pick(articles, outline.ids, picked)):
        words = shingler([article.text for _, article in batch])
        for (number, article), low, high in zip(batch, words.bounds[:-1], words.bounds[1:], strict=True):
            target = slice(*bounds[place[number] : place[number] + 2].tolist())
            if target.stop - target.start != high - low:
                raise _differs(article.id)
            shingle[target] = words.shingle[low:high]
            start[target], end[target] = words.start[low:high], words.end[low:high]
            spans = [*quoted.get(article.id, ()), *find_posts(article.text)]
            inside[target] = _mark_quoted(words.start[low:high], spans)
    begins = np.ones(total, dtype=bool)
    for back in range(1, SHINGLE):
        last = bounds[1:] - back
        begins[last[last >= bounds[:-1]]] = False
    whole = np.maximum(size - SHINGLE + 1, 0)
    return Texts(number_shingles(shingle, begins), whole, bounds, start, end, inside)


def _pick(articles: Iterable[Article], ids: Sequence[str], picked: BoolArray) -> Iterator[tuple[int, Article]]:
    """Yield the picked articles of the second reading with their numbers.

    Raises
    ------
    InputError
        The second reading has other articles than the first.
    """
    count = 0
    for number, article in enumerate(articles):
        if number >= len(ids) or article.id != ids[number]:
            raise _differs(article.id)
        count += 1
        if picked[number]:
            yield number, article
    if count < len(ids):
        raise _differs(ids[count])


def _differs(name: str) -> InputError:
    return InputError(
        f"article {name!r} is not the same in the second reading. Copies need two equal readings: do not change the "
        "files meanwhile, and let the function that starts a reading begin anew each time."
    )


def find_posts(text: str) -> list[tuple[int, int]]:
    """Return the embedded posts of a text, which end like "— Name (@name) June 3, 2017": quoted without marks."""
    return [match.span() for match in _POST.finditer(text)] if "(@" in text else []


def _mark_quoted(start: IntArray, spans: Sequence[tuple[int, int]]) -> BoolArray:
    """Return which words begin inside one of some spans of characters. Shape (words,)."""
    depth = np.zeros(len(start) + 1, dtype=np.int64)
    if len(spans):
        edges = np.searchsorted(start, np.array(spans, dtype=np.int64))
        np.add.at(depth, edges[:, 0], 1)
        np.add.at(depth, edges[:, 1], -1)
    inside: BoolArray = np.cumsum(depth[:-1]) > 0
    return inside

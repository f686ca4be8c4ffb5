"""Running batches: in this process, or in a pool of processes with the same result."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from framing.annotation import Annotator
from framing.engine.batch import score_batch
from framing.engine.pool import start_processes
from framing.matching import Matcher
from framing.memory import collect_seldom
from framing.scorers import SCORERS
from framing.store import has_part, write_part
from framing.text import Article

# Batches of about a megabyte: large enough that the fixed cost of the array steps vanishes, small enough for the
# cache and for
# memory. Fixed, and not a function of the number of workers, so that the parts are the same whoever makes them.
BATCH_ARTICLES = 400
BATCH_CHARACTERS = 2_000_000

_KILLED = (
    "a worker process was killed, most often for want of memory. "
    "Run with fewer workers; the parts that are finished will be used again."
)

_annotator: Annotator | None = None


class HasText(Protocol):
    """An article, or any other record with a text."""

    @property
    def text(self) -> str: ...


T = TypeVar("T", bound=HasText)


def batches(texts: Iterable[T], most: int = BATCH_ARTICLES, characters: int = BATCH_CHARACTERS) -> Iterator[list[T]]:
    """Cut a stream of texts into batches of so many, or of so many characters, whichever comes first."""
    batch: list[T] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.text)
        if len(batch) >= most or size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def digest(articles: Sequence[Article]) -> str:
    """Return a hash of all that a batch's tables are made from."""
    sha = hashlib.sha256()
    for a in articles:
        fields = (a.id, a.outlet, a.date, a.title, a.url, a.event, a.upstream, a.genre, a.language, a.text)
        for field in (*fields, *(x for pair in sorted(a.extra.items()) for x in pair)):
            encoded = field.encode("utf-8", "surrogatepass")
            sha.update(len(encoded).to_bytes(8, "little"))
            sha.update(encoded)
    return sha.hexdigest()


@contextmanager
def start_pool(matcher: Matcher, workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """Start worker processes that hold the compiled lexicons; None for a single worker, who is this process.

    Raises
    ------
    StoreError
        A worker was killed (most often for want of memory).
    """
    if workers <= 1:
        yield None
        return
    with start_processes(workers, _start_worker, (matcher,), os.getpid, _KILLED) as pool:
        yield pool


def run(
    articles: Iterable[Article],
    matcher: Matcher,
    parts: Path,
    pool: ProcessPoolExecutor | None = None,
    progress: Callable[[int], None] | None = None,
    modules: Sequence[str] = tuple(SCORERS),
) -> int:
    """Annotate and score all articles, and write their tables as parts.

    Parameters
    ----------
    articles : iterable of Article
        Read as they are needed.
    matcher : Matcher
        The compiled lexicons.
    parts : Path
        Folder for the parts. Parts that are there already, from the same articles, are not made again.
    pool : ProcessPoolExecutor, optional
        From `start_pool`; without it the work is done in this process. The parts are the same either way.
    progress : callable (articles done) -> None, optional
    modules : sequence of str
        See `framing.scorers.choose_modules`.

    Returns
    -------
    int
        Number of parts.

    Raises
    ------
    StoreError
        The disk refuses.
    """
    said = progress or (lambda _: None)
    if pool is None:
        return _run_here(articles, matcher, parts, said, modules)
    return _run_pool(articles, parts, pool, said, modules)


def _run_here(
    articles: Iterable[Article],
    matcher: Matcher,
    parts: Path,
    progress: Callable[[int], None],
    modules: Sequence[str],
) -> int:
    annotator = Annotator(matcher)
    count = 0
    for count, batch in enumerate(batches(articles), 1):
        _make_part(annotator, batch, parts, count - 1, modules)
        progress(len(batch))
    return count


def _make_part(annotator: Annotator, batch: Sequence[Article], parts: Path, number: int, modules: Sequence[str]) -> int:
    name = digest(batch)
    if not has_part(parts, number, name):
        extra = sorted({key for article in batch for key in article.extra})
        write_part(parts, number, name, score_batch(annotator, batch, extra, modules))
    return len(batch)


def _start_worker(matcher: Matcher) -> None:
    global _annotator
    collect_seldom()
    _annotator = Annotator(matcher)


def _work(batch: Sequence[Article], parts: Path, number: int, modules: Sequence[str]) -> int:
    assert _annotator is not None
    return _make_part(_annotator, batch, parts, number, modules)


def _run_pool(
    articles: Iterable[Article],
    parts: Path,
    pool: ProcessPoolExecutor,
    progress: Callable[[int], None],
    modules: Sequence[str],
) -> int:
    waiting: set[Future[int]] = set()
    ahead = 2 * (os.cpu_count() or 1) + 2  # read no further ahead than the workers can use
    count = 0
    for count, batch in enumerate(batches(articles), 1):
        waiting.add(pool.submit(_work, batch, parts, count - 1, modules))
        if len(waiting) > ahead:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                progress(future.result())
    for future in waiting:
        progress(future.result())
    return count

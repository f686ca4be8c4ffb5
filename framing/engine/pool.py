"""Processes that leave interrupts to the one that started them."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from framing.errors import StoreError


@contextmanager
def start_processes(
    number: int, begin: Callable[..., None], arguments: tuple[Any, ...], ready: Callable[[], object], killed: str
) -> Iterator[ProcessPoolExecutor]:
    """Start processes, deaf to Ctrl-C from their first moment on; what waits is dropped where the block fails.

    Parameters
    ----------
    number : int
    begin : callable
        Called with `arguments` once in each process, before anything else.
    ready : callable
        Handed to the pool `number` times, so that all processes start now.
    killed : str
        What to say where a process was killed.

    Raises
    ------
    StoreError
        A process was killed.
    """
    # "spawn" is the only way of starting a process that is sound on every system once threads run (Arrow has some).
    try:
        with ProcessPoolExecutor(number, get_context("spawn"), _begin, (begin, arguments)) as pool:
            try:
                with _hold_interrupts():
                    for _ in range(number):
                        pool.submit(ready)
                yield pool
            except BaseException:  # Ctrl-C, and work that fails: what nobody waits for is not done
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except BrokenProcessPool as reason:
        raise StoreError(killed) from reason


@contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Let processes begin with interrupts held back: they inherit what is held back while they are started."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(begin: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    begin(*arguments)

"""An analysis with a stopwatch: `framing analyse` with everything on, and the CPU seconds of each stage as JSON.

    python benchmarks/timed.py ARTICLES.jsonl FOLDER

Stages exclude each other and add up to the whole process, from its start to the moment of printing.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any


class Stopwatch:
    """CPU seconds by stage; a stage within a stage stops the outer one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._stages = ["start: imports"]
        self._last = 0.0  # process time begins with the process

    def _charge(self) -> None:
        now = time.process_time()
        self.spent[self._stages[-1]] += now - self._last
        self._last = now

    def begin(self, stage: str) -> None:
        self._charge()
        self._stages.append(stage)

    def end(self) -> None:
        self._charge()
        self._stages.pop()

    def times(self, stage: str | Callable[..., str], work: Callable[..., Any]) -> Callable[..., Any]:
        """Return `work` with its time charged to a stage; a callable names the stage from the arguments."""

        def timed(*arguments: Any, **named: Any) -> Any:
            self.begin(stage if isinstance(stage, str) else stage(*arguments))
            try:
                return work(*arguments, **named)
            finally:
                self.end()

        return timed

    def times_items(self, stage: str, work: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The same for a generator: making each item is charged, what is done with it is not."""

        def timed(*arguments: Any) -> Iterator[Any]:
            items = work(*arguments)
            take = self.times(stage, lambda: next(items, None))
            yield from iter(take, None)

        return timed


def watch(stopwatch: Stopwatch) -> None:
    """Put the stopwatch into the program, at the borders of its stages."""
    from framing import analysis, annotation, matching, scorers, store

    # The package offers a function of the same name as its file.
    batch, run = import_module("framing.engine.batch"), import_module("framing.engine.run")

    for home, name, stage in (
        (analysis, "choose_lexicons", "start: reading lexicons"),
        (analysis, "read_lexicons", "start: reading lexicons"),
        (annotation, "read_lexicons", "start: reading lexicons"),
        (matching.Matcher, "__init__", "start: compiling lexicons"),
        (annotation, "read_tokens", "annotation: tokens"),
        (annotation.Splitter, "__call__", "annotation: sentences"),
        (annotation.VoiceFinder, "__call__", "annotation: voices"),
        (matching.Matcher, "__call__", "annotation: matching"),
        (batch, "mention_table", "tables: mentions"),
        (run, "score_batch", "tables: the others"),
        (run, "digest", "tables: writing parts"),
        (run, "write_part", "tables: writing parts"),
        (store.Writer, "merge", "tables: merging"),
        (analysis, "_compute", lambda name, *_: f"statistics: {name}"),
    ):
        setattr(home, name, stopwatch.times(stage, getattr(home, name)))
    run.batches = stopwatch.times_items("reading and cleaning articles", run.batches)
    modules: dict[str, Any] = scorers.SCORERS  # type: ignore[assignment]
    for name, scorer in modules.items():
        modules[name] = replace(scorer, score=stopwatch.times(f"module: {name}", scorer.score))


def main() -> None:
    source, target = sys.argv[1:3]
    stopwatch = Stopwatch()
    watch(stopwatch)
    from framing.analysis import open_analysis
    from framing.cli import main as run_command

    stopwatch.begin("everything else")
    sys.argv = ["framing", "analyse", source, "-o", target, "-q"]
    try:
        run_command()
    except SystemExit as ended:
        if ended.code:
            raise
    stopwatch.end()
    analysis = open_analysis(target)
    sizes = {"articles": analysis.article_count, "outlets": len(analysis.outlets), "measures": len(analysis.measures())}
    print(json.dumps({**sizes, "stages": stopwatch.spent}))


if __name__ == "__main__":
    main()

"""Figures on disk: for each its pictures, its alternative text, its data and its record."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from framing import store
from framing.charts import FORMATS, alt_text, ending, get_theme, render
from framing.charts.fonts import text_width
from framing.engine.pool import start_processes
from framing.errors import InputError, format_warning
from framing.report.figures.drawer import Drawing
from framing.report.figures.record import format_record, make_record
from framing.report.figures.request import FigureRequest, name_requests
from framing.report.results import Results
from framing.report.wording import check_choice

if TYPE_CHECKING:
    from framing.analysis import Analysis

FORMATS_BY_DEFAULT = ("png", "svg")
_FEW = 6  # figures that are drawn sooner than a second process has started

_opened: dict[str, Results] = {}
"""Analyses that a process has read; each draws many figures of one."""


def write_figures(
    results: Results,
    requests: Sequence[FigureRequest],
    folder: str | Path,
    formats: Sequence[str] = FORMATS_BY_DEFAULT,
    workers: int = 1,
) -> list[Path]:
    """Write figures; see `figures.write_gallery`.

    Raises
    ------
    InputError
        A format is unknown, the folder cannot be made, or a figure cannot be drawn.
    """
    workers = workers if len(requests) > _FEW else 1
    with start_drawing(workers) as pool:
        return draw_aside(results, requests, folder, formats, pool, workers - 1)()


@contextmanager
def start_drawing(workers: int) -> Iterator[Executor | None]:
    """Start processes that draw besides this one, and let them get ready; None for one worker, who is this process.

    Raises
    ------
    StoreError
        One was killed (most often for want of memory).
    """
    if workers <= 1:
        yield None
        return
    killed = "a process that draws was killed, most often for want of memory. Draw with fewer (-j 1)."
    with start_processes(workers - 1, _speak_plainly, (), _get_ready, killed) as pool:
        yield pool


def draw_aside(
    results: Results,
    requests: Sequence[FigureRequest],
    folder: str | Path,
    formats: Sequence[str] = FORMATS_BY_DEFAULT,
    pool: Executor | None = None,
    others: int = 1,
) -> Callable[[], list[Path]]:
    """Let other processes draw while this one does something else.

    Parameters
    ----------
    others : int
        Processes of the pool.

    Returns
    -------
    callable
        Draws here what no other process has begun, waits for the rest, and returns the files in the order of the
        requests.
    """
    for format in formats:
        check_choice("format", format, FORMATS)
    target = make_folder(folder)
    analysis = type(results.analysis), str(results.analysis.path)
    tasks = [
        (request, target, name, tuple(formats))
        for request, name in zip(requests, name_requests(requests, results.outlets), strict=True)
    ]
    # Handed out one by one: what the pool holds and is cancelled hangs for ever where a process is killed.
    waiting, jobs = deque(range(len(tasks))), dict[int, Future[list[Path]]]()

    def hand_on(done: Future[list[Path]] | None = None) -> None:
        if pool is None or not waiting or (done is not None and (done.cancelled() or done.exception() is not None)):
            return
        with suppress(IndexError):  # this process may have taken the last one meanwhile
            number = waiting.popleft()
            try:
                jobs[number] = pool.submit(_write_there, analysis, *tasks[number])
            except RuntimeError:  # the pool has ended
                waiting.appendleft(number)
                return
            jobs[number].add_done_callback(hand_on)

    def finish() -> list[Path]:
        here = {}
        while waiting:
            for job in [job for job in list(jobs.values()) if job.done()]:
                job.result()  # raises what has failed there
            with suppress(IndexError):
                number = waiting.pop()
                here[number] = write_figure(results, *tasks[number])
        return [path for number in range(len(tasks)) for path in here.get(number) or jobs[number].result()]

    for _ in range(others + 1):  # one more than draw, so that none waits for work
        hand_on()
    return finish


def _speak_plainly() -> None:
    """What a process warns of is for people."""
    warnings.formatwarning = format_warning


def _get_ready() -> None:
    """Load what drawing needs."""
    from matplotlib.backends import backend_agg, backend_svg  # noqa: F401

    text_width("A", 10, get_theme("print"))


def _write_there(
    analysis: tuple[type[Analysis], str], request: FigureRequest, target: Path, name: str, formats: Sequence[str]
) -> list[Path]:
    kind, folder = analysis
    if folder not in _opened:
        _opened[folder] = Results(kind(folder))
    return write_figure(_opened[folder], request, target, name, formats)


def make_folder(folder: str | Path) -> Path:
    """Make a folder for figures where it is missing.

    Raises
    ------
    InputError
        It cannot be made.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise InputError(f"{target}: cannot be made ({reason.strerror}). Choose another folder with -o.") from reason
    return target


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure in some formats.

    Attributes
    ----------
    drawing : Drawing
    pictures : mapping of str to bytes
        File name -> content, in the order of the formats.
    alternative : str
        Its alternative text.
    record : bytes
        Of its record file.
    """

    drawing: Drawing
    pictures: dict[str, bytes]
    alternative: str
    record: bytes


def draw_request(
    results: Results, request: FigureRequest, name: str, formats: Iterable[str], folder: str = "DIR"
) -> Drawn:
    """Draw a figure once, in all formats asked for, and make its record; `folder` is what its command calls the
    analysis."""
    drawing = request.prepare(results)
    figure = drawing.draw()
    pictures = {f"{name}.{ending(f)}": render(figure, f) for f in formats}
    alternative = alt_text(figure)
    record = make_record(results, request, drawing, alternative, list(pictures), folder)
    return Drawn(drawing, pictures, alternative, format_record(record))


def write_figure(
    results: Results, request: FigureRequest, target: Path, name: str, formats: Iterable[str]
) -> list[Path]:
    """Write one figure in some formats, with its text (.txt), its data (.csv) and its record (.json)."""
    drawn = draw_request(results, _keep_marks(request, target, name), name, formats)
    contents = drawn.pictures | {
        f"{name}.txt": drawn.alternative.encode("utf-8", "replace") + b"\n",
        f"{name}.csv": store.encode_csv(drawn.drawing.data.to_table()).to_pybytes(),
        f"{name}.json": drawn.record,
    }
    for file, content in contents.items():
        store.write_bytes(target / file, content, durable=False)  # after a power cut it is drawn again
    return [target / file for file in contents]


def _keep_marks(request: FigureRequest, target: Path, name: str) -> FigureRequest:
    """Copy the marks of a trend beside its figure, so that the record needs nothing else."""
    marks = request.options.get("marks")
    if not marks:
        return request
    copy = target / f"{name}.marks.csv"
    try:
        content = Path(marks).read_bytes()
    except (OSError, ValueError) as reason:  # ValueError: no name of a file
        why = getattr(reason, "strerror", None) or reason
        raise InputError(f"{marks}: cannot be read ({why}). Give a CSV of dates and labels.") from reason
    if copy.resolve() != Path(marks).resolve():
        store.write_bytes(copy, content)
    return replace(request, options={**request.options, "marks": str(copy)})

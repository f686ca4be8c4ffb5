"""Charts that are drawn from more than one table, or from the stored articles: how `framing figures` asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from framing.report.results import Results

OPTIONS = ("referent", "module", "outlet", "other", "measure", "period", "event", "term", "before", "after", "marks")
"""What a chart can be about, as `framing figures` calls it."""

Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawer:
    """One kind of chart.

    Attributes
    ----------
    question : str
        What it answers.
    options : frozenset of str
        Those of `OPTIONS` that it knows; each has a default where it is not given.
    draw : callable (results, outlets, options, theme, width_mm) -> Figure
        Outlets are those to show, in order. Raises InputError where there is nothing to draw, saying what to do.
    plan : callable (results, outlets) -> list of Options
        Which of these charts the gallery holds; none where there is nothing worth drawing.
    """

    question: str
    options: frozenset[str]
    draw: Callable[[Results, Sequence[str], Options, str, float | None], Figure]
    plan: Callable[[Results, Sequence[str]], list[Options]]

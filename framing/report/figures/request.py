"""Which figures there are of an analysis: requests, their file names, and what the gallery holds."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from framing.charts import THEMES, get_theme
from framing.errors import InputError
from framing.report.figures.draw_names import SEPARATOR
from framing.report.figures.drawer import MOST_OUTLETS, Drawing, Options, choose_width
from framing.report.figures.drawers import DRAWERS, check_options, prepare_chart
from framing.report.results import Results, identify
from framing.report.wording import check_choice

OF_REFERENTS = ("variant-shares", "stance", "coverage")
FIRST = (*OF_REFERENTS, "module", "profile")
"""What is drawn where nothing else is asked for: the profile of the first outlet alone."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """One figure, as somebody asks for it.

    Attributes
    ----------
    chart : str
        One of `DRAWERS`.
    options : mapping of str to str
        What it is about; see `figures.drawer.OPTIONS`.
    outlets : tuple of str, optional
        Which to show; None for those with most articles.
    theme : str
    width_mm : float, optional
        None for what is usual of the chart and the theme; see `choose_width`.
    title : str
        In place of the one that states what the chart finds; "" for that.
    """

    chart: str
    options: Options = field(default_factory=dict)
    outlets: tuple[str, ...] | None = None
    theme: str = "print"
    width_mm: float | None = None
    title: str = ""

    def prepare(self, results: Results) -> Drawing:
        """Return the chart, ready to be drawn.

        Raises
        ------
        InputError
            Chart, theme, outlet or option is not known, or there is nothing to draw.
        """
        check_options(self.chart, self.options)
        if self.outlets is not None:
            _check_some(self.outlets)
        look = get_theme(self.theme, choose_width(self.chart, self.theme, self.width_mm))
        shown = results.choose_outlets(self.outlets, MOST_OUTLETS)
        drawing = prepare_chart(results, self.chart, shown, self.options, look)
        return replace(drawing, caption=replace(drawing.caption, title=self.title)) if self.title else drawing

    def command(self, folder: str = "DIR") -> str:
        """Return what to type for this figure, for a POSIX shell."""
        words = ["framing", "figures", folder, "--chart", self.chart]
        for name, value in self.options.items():
            words += [f"--{name}", value]
        if self.outlets is not None:
            words += ["--outlets", quote_names(self.outlets)]
        if self.title:
            words += ["--title", self.title]
        words += ["--theme", self.theme]
        if self.width_mm is not None:
            words += ["--width", _say_width(self.width_mm)]
        return " ".join(shlex.quote(word) for word in words)


def _say_width(width_mm: float) -> str:
    """Return a width as it is typed, to the last digit: the same figure needs the same width."""
    return repr(float(width_mm)).removesuffix(".0")


def _check_some(outlets: Sequence[str]) -> None:
    if not outlets:
        raise InputError("No outlet to draw. Choose at least one, or leave the choice out for all.")


def quote_names(names: Iterable[str]) -> str:
    """Return names as one list with commas, as `--outlets` takes them."""
    return ", ".join(
        '"' + n.replace('"', '""') + '"' if any(c in n for c in ',"\r\n') or n != n.strip() else n for n in names
    )


def plan_requests(
    results: Results,
    *,
    chart: str | None = None,
    options: Options | None = None,
    outlets: Sequence[str] | None = None,
    every: bool = False,
    theme: str = "print",
    width_mm: float | None = None,
) -> list[FigureRequest]:
    """Choose the figures to draw.

    Parameters
    ----------
    chart : str, optional
        Only this one: as `options` say, or without any, those that tell most.
    options : mapping of str to str, optional
        Without a chart, a referent, a module or an outlet alone: the first charts that are about one.
    outlets : sequence of str, optional
        By default those with most articles.
    every : bool
        Without chart and options, every kind of chart that has something to show.

    Raises
    ------
    InputError
        As `FigureRequest.prepare`; or options are given that make no sense without a chart.
    """
    check_choice("theme", theme, list(THEMES))
    if chart is not None:
        check_options(chart, options or {})
    if outlets is not None:
        _check_some(outlets)
    shown = results.choose_outlets(outlets, MOST_OUTLETS)
    chosen = None if outlets is None else tuple(shown)
    pairs = _plan(results, shown, chart, _name_in_full(results, options or {}), every)
    return [FigureRequest(kind, about, chosen, theme, width_mm) for kind, about in pairs]


def _name_in_full(results: Results, options: Options) -> dict[str, str]:
    """Return options with every referent as "lexicon/referent": a figure has one name, however it is asked for."""
    full = dict(options)
    if "referent" in full:
        named = (results.analysis.find_referent(name.strip()) for name in full["referent"].split(SEPARATOR))
        full["referent"] = SEPARATOR.join("/".join(referent) for referent in named)
    return full


def _plan(
    results: Results, shown: Sequence[str], chart: str | None, options: Mapping[str, str], every: bool
) -> list[tuple[str, Options]]:
    if chart is not None:
        return [(chart, options)] if options else [(chart, plan) for plan in DRAWERS[chart].plan(results, shown)]
    if options:
        return _plan_about(results, shown, options)
    planned: list[tuple[str, Options]] = [
        (kind, plan)
        for kind in FIRST
        for plan in DRAWERS[kind].plan(results, shown)[: 1 if kind == "profile" else None]
    ]
    if every:
        planned += [
            (k, plan) for k, drawer in DRAWERS.items() if k not in FIRST for plan in drawer.plan(results, shown)
        ]
    return planned


def _plan_about(results: Results, shown: Sequence[str], options: Mapping[str, str]) -> list[tuple[str, Options]]:
    """Return the first charts that are about the one thing given."""
    name, value = next(iter(options.items()))
    if len(options) > 1 or name not in ("referent", "module", "outlet"):
        knowing = [kind for kind, drawer in DRAWERS.items() if set(options) <= drawer.options]
        raise InputError(
            f"choose a chart with --chart: all of them together take no {' and '.join(options)} ({value!r} was given); "
            f"these do: {', '.join(knowing) or 'none'}."
        )
    if name != "referent":
        return [("module" if name == "module" else "profile", options)]
    lexicon, _, key = value.partition("/")
    weighed = any((o, (lexicon, key), "own") in results.stance for o in shown)
    return [(kind, options) for kind in OF_REFERENTS if kind != "stance" or weighed]


def name_requests(requests: Sequence[FigureRequest], outlets: Sequence[str]) -> list[str]:
    """Return a file name for each figure, without its ending: what it shows, in letters that every file system takes.

    Where different figures of the list would have one name (of the outlets "A" and "B C", of "A B" and "C"), each of
    these has a hash as well, so that none replaces another.

    Parameters
    ----------
    outlets : sequence of str
        All of the analysis: the name of one is plain where no other would have the same.
    """
    names = [_name(request, outlets) for request in requests]
    meant: dict[str, set[str]] = {}
    for request, name in zip(requests, names, strict=True):
        meant.setdefault(name, set()).add(_tell_apart(request))
    return [
        name if len(meant[name]) == 1 else f"{name}-{identify('h', _tell_apart(request))[2:]}"
        for request, name in zip(requests, names, strict=True)
    ]


def _tell_apart(request: FigureRequest) -> str:
    """Return all of a request, as one text."""
    return repr((request, sorted(request.options.items())))


def _name(request: FigureRequest, outlets: Sequence[str]) -> str:
    options = {name: value for name, value in request.options.items() if name != "marks"}
    referents = [name.strip() for name in options.get("referent", "").split(SEPARATOR)]
    if len(referents) > 1:
        options["referent"] = referents[0].split("/", 1)[0]  # all are of one lexicon
    slugs = Counter(_slug(outlet) for outlet in outlets)
    parts = []
    for name, value in options.items():
        if name in ("referent", "measure", "module"):
            parts += [part for part in re.split(r"[/.:]", value) if part and part != request.chart]
        elif name in ("outlet", "other") and slugs[_slug(value)] == 1 and _slug(value):
            parts.append(_slug(value))
        else:
            parts.append(value)
    return name_file(request.chart, *parts) if parts else request.chart


def name_file(chart: str, *parts: str) -> str:
    """Return a name that every file system takes: the chart and its parts; with a hash where letters had to go."""
    plain = "-".join(_slug(part) for part in parts)
    exact = all(part == _slug(part) for part in parts) and len(plain) <= _LONGEST
    return f"{chart}-{plain}" if exact else f"{chart}-{plain[:_LONGEST].strip('-')}-{identify('h', *parts)[2:]}"


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")

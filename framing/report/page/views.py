"""The parts of a report's page, as values: what the template shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framing.report.findings import Finding
from framing.report.module_choice import MeasureView, ModuleView
from framing.report.page.event_figures import EventRow
from framing.report.page.event_pages import EventPage
from framing.report.page.evidence import Topic
from framing.report.page.module_evidence import NumberEvidence
from framing.report.page.overview import Differences
from framing.report.page.prints import Prints
from framing.report.page.sides import SideTable
from framing.report.results import Referent, Results
from framing.report.rows import Coverage, Share, Value


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it stands on the page, or for a document as PNG; its width and height, in points, keep its place free
    until it is drawn."""

    id: str
    image: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table: a count and its share, with the mentions it links to ("" for none).

    With `among`, these mentions are more than the number: it counts several groups of them.
    """

    share: Share
    link: str = ""
    id: str = ""
    among: bool = False


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of a referent as one outlet uses it; `weight` as the lexicon has it."""

    label: str
    cells: Mapping[str, Cell]
    weight: float | None = None
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TopicRows:
    """The names of one referent in the section of an outlet."""

    referent: Referent
    label: str
    link: str
    totals: Mapping[str, Cell]
    rows: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True)
class StanceRow:
    """Mean weights of one referent, by voice."""

    referent: Referent
    label: str
    low_name: str
    high_name: str
    values: Mapping[str, Value | None]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How often an outlet mentions a referent, and which articles leave it out."""

    id: str
    label: str
    row: Coverage
    elsewhere: tuple[int, int]
    link: str
    left_out: tuple[Mapping[str, Any], ...]
    left_out_count: int


@dataclass(frozen=True, slots=True)
class MeasureCell:
    """A measure of one outlet as it is printed; `value` and `interval` are "" where there is none.

    `link` is the id of the sentences behind it, "" where there are none on the page.
    """

    outlet: str
    value: str
    interval: str
    articles: int
    status: str
    link: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure: for all outlets shown, or in the section of one with the range of the others.

    `name` is what a command calls it; "" where the page has its sentences.
    """

    label: str
    unit: str
    cells: tuple[MeasureCell, ...]
    others: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ModuleSection:
    """One scoring module, all outlets; `figure` is None where no outlet has evidence.

    `few` says plainly where no two outlets have articles enough to be compared; `omitted` measures are in the tables
    alone. `sides` are those that speak, `events` those with figures of the dead, each in the section of its module.
    """

    id: str
    view: ModuleView
    figure: Figure | None
    few: str
    rows: tuple[MeasureRow, ...]
    further: tuple[MeasureRow, ...]
    omitted: int
    evidence: tuple[tuple[MeasureView, tuple[NumberEvidence, ...]], ...]
    sides: SideTable | None = None
    events: tuple[EventRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """The measures of one outlet; `figure` is None where there is nothing to draw."""

    figure: Figure | None
    groups: tuple[tuple[str, tuple[MeasureRow, ...]], ...]


@dataclass(frozen=True, slots=True)
class OutletSection:
    """Everything about one outlet; `compared` and `events` are (words, id) of the sections where it stands beside
    others. Of a referent that is `brief` the one row says what it is called most often."""

    id: str
    outlet: str
    size: Mapping[str, Any]
    voices: Mapping[str, Value | None]
    findings: tuple[Finding, ...]
    few: tuple[Finding, ...]
    few_more: int
    topics: tuple[TopicRows, ...]
    brief: tuple[TopicRows, ...]
    omitted_topics: int
    omitted_mentions: int
    stance: tuple[StanceRow, ...]
    coverage: tuple[CoverageRow, ...]
    profile: Profile
    compared: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One outlet (or the rest) in the comparison of a referent; `cells` by column, the last for all other names."""

    outlet: str
    voice: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class Comparison:
    """One referent, all outlets."""

    id: str
    referent: Referent
    label: str
    figure: Figure
    columns: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    others: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A chart of several referents with its table."""

    id: str
    title: str
    figure: Figure
    stance: tuple[tuple[str, StanceRow], ...] = ()
    coverage: tuple[tuple[str, CoverageRow], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template shows."""

    results: Results
    outlets: tuple[str, ...]
    rest: tuple[str, ...]
    differences: Differences | None
    findings: tuple[Finding, ...]
    findings_count: int
    few: tuple[Finding, ...]
    few_count: int
    comparisons: tuple[Comparison, ...]
    stance: tuple[Overview, ...]
    coverage: tuple[Overview, ...]
    modules: tuple[ModuleSection, ...]
    events: tuple[EventPage, ...]
    sections: tuple[OutletSection, ...]
    rest_topics: tuple[TopicRows, ...]
    evidence: tuple[tuple[Referent, str, tuple[Topic, ...]], ...]
    prints: Prints
    mentions_shown: int
    mentions_total: int
    sentences_shown: int
    skipped: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, int], ...]

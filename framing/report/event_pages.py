"""One event, outlets side by side on the same facts: articles, figures of casualties, names for those concerned, who
speaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError
from framing.report.event_figures import read_event
from framing.report.results import ELLIPSIS, Referent, Results, identify
from framing.report.wording import count, join, percent, short_period, tidy
from framing.scorers.sourcing import PRONOUNS
from framing.statistics import compare_figures
from framing.store import Folder

MOST_EVENTS = 8
LEAST_OUTLETS = 2
MOST_HEADLINES = 2
MOST_KINDS = 2  # of figures: mostly the dead and the injured
MOST_REFERENTS = 4
MOST_NAMES = 3
MOST_SPEAKERS = 3
LONGEST_NAME = 48
_UNNAMED = frozenset({*PRONOUNS, "it", "this", "that", "these", "those", "we", "i", "you"})
_FIGURES = ("article_id", "kind", "low", "high", "relation", "credited", "hedge")

Link = Callable[[str, Referent], str]
"""(outlet, referent) -> the id of its mentions in own voice on the page, "" for none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one outlet says of one fact, in lines of (text, number behind it or ""); no lines for nothing. `link` is the
    id of the mentions behind it."""

    lines: tuple[tuple[str, str], ...]
    under: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact, all outlets with an article on the event; `target` is the id of what the page says of it, "" for
    nothing."""

    label: str
    unit: str
    facts: tuple[Fact, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event. `headlines` are, outlet by outlet, articles as mappings with title, url and date; `further` how many
    more there are."""

    id: str
    label: str
    dates: str
    articles: int
    outlets: tuple[str, ...]
    absent: tuple[str, ...]
    headlines: tuple[tuple[Mapping[str, Any], ...], ...]
    further: tuple[int, ...]
    rows: tuple[FactRow, ...]


def event_id(event: str) -> str:
    """Return the id of the section of an event."""
    return identify("v", event)


def build_events(
    results: Results, outlets: Sequence[str], link: Link, targets: Mapping[Referent, str]
) -> tuple[EventPage, ...]:
    """Return the events that most of the outlets shown report, by date; none where no two report the same.

    Parameters
    ----------
    outlets : sequence of str
        Those shown on the page, in its order.
    link : callable
    targets : mapping of Referent to str
        Ids of the sections of the page about a referent.
    """
    articles = [a for a in results.article_table.to_pylist() if a["event"] and a["outlet"] in outlets]
    by_event: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: (not a["date"], a["date"] or "", a["id"])):
        by_event[article["event"]].append(article)
    reporting = {event: {a["outlet"] for a in found} for event, found in by_event.items()}
    most = sorted(
        (e for e in by_event if len(reporting[e]) >= LEAST_OUTLETS),
        key=lambda e: (-len(reporting[e]), -len(by_event[e]), e),
    )[:MOST_EVENTS]
    chosen = sorted(most, key=lambda e: (not by_event[e][0]["date"], by_event[e][0]["date"] or "", e))
    if not chosen:
        return ()
    facts = _Facts(results, [a for e in chosen for a in by_event[e]], link, targets)
    labels = Counter(read_event(event) for event in chosen)
    return tuple(
        _build(
            event,
            read_event(event) if labels[read_event(event)] == 1 else tidy(event),
            by_event[event],
            [o for o in outlets if o in reporting[event]],
            [o for o in outlets if o not in reporting[event]],
            facts,
        )
        for event in chosen
    )


def _build(
    event: str,
    label: str,
    articles: Sequence[dict[str, Any]],
    outlets: Sequence[str],
    absent: Sequence[str],
    facts: _Facts,
) -> EventPage:
    days = [str(a["date"]) for a in articles if a["date"]]
    by_outlet = {o: [a for a in articles if a["outlet"] == o] for o in outlets}
    return EventPage(
        event_id(event),
        label,
        short_period(min(days, default=""), max(days, default="")),
        len(articles),
        tuple(outlets),
        tuple(absent),
        tuple(tuple(by_outlet[o][:MOST_HEADLINES]) for o in outlets),
        tuple(max(0, len(by_outlet[o]) - MOST_HEADLINES) for o in outlets),
        (*facts.figures(event, outlets), *facts.names(event, outlets), *facts.voices(by_outlet)),
    )


class _Facts:
    """What articles on some events say, event by event and outlet by outlet."""

    def __init__(
        self, results: Results, articles: Sequence[Mapping[str, Any]], link: Link, targets: Mapping[Referent, str]
    ) -> None:
        self.results, self.link, self.targets = results, link, targets
        self._place = {a["id"]: (str(a["event"]), str(a["outlet"])) for a in articles}
        self._read_names()
        self._read_speakers()
        self._read_figures(articles)

    def _read_names(self) -> None:
        table = self.results.mention_table
        mine = _of(table["article_id"], self._place)
        columns = ("article_id", "lexicon", "category", "term", "voice")
        found: dict[tuple[str, Referent], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for article, lexicon, category, term, voice in _rows(table, columns, mine):
            if voice == "own":
                event, outlet = self._place[article]
                found[event, (lexicon, category)][outlet][term] += 1
        self._names: dict[str, dict[Referent, dict[str, Counter[str]]]] = defaultdict(dict)
        for (event, referent), by_outlet in found.items():
            self._names[event][referent] = by_outlet

    def _read_speakers(self) -> None:
        self._speakers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        columns = ("article_id", "speaker", "words")
        try:
            table = Folder(self.results.analysis.path).table("speakers", columns)
        except InputError:
            return
        for article, speaker, words in _rows(table, columns, _of(table["article_id"], self._place)):
            if speaker and speaker.casefold() not in _UNNAMED:
                self._speakers[self._place[article]][tidy(speaker)] += int(words)

    def _read_figures(self, articles: Iterable[Mapping[str, Any]]) -> None:
        self._figures: dict[tuple[str, str, str], Mapping[str, Any]] = {}
        try:
            table = Folder(self.results.analysis.path).table("casualties", _FIGURES)
        except InputError:
            return
        table = table.filter(_of(table["article_id"], self._place))
        plain = pa.table(
            {n: table[n].cast(pa.string()) if pa.types.is_dictionary(table[n].type) else table[n] for n in _FIGURES}
        )
        of = pa.table(
            {n: pa.array([str(a[n] or "") for a in articles], pa.string()) for n in ("id", "event", "outlet")}
        )
        for row in compare_figures(plain, of).to_pylist():
            self._figures[row["event"], row["kind"], row["outlet"]] = row

    def figures(self, event: str, outlets: Sequence[str]) -> list[FactRow]:
        """The figures of casualties that most outlets give, one kind a row."""
        kinds: Counter[str] = Counter()
        for (of, kind, outlet), row in self._figures.items():
            if of == event and outlet in outlets:
                kinds[kind] += row["giving"] > 0
        chosen = sorted((k for k in kinds if kinds[k] >= LEAST_OUTLETS), key=lambda k: (-kinds[k], k))[:MOST_KINDS]
        return [
            FactRow(
                f"Figures: {kind}",
                "lowest to highest, and who is credited",
                tuple(self._figure(self._figures.get((event, kind, o))) for o in outlets),
            )
            for kind in chosen
        ]

    def _figure(self, row: Mapping[str, Any] | None) -> Fact:
        if row is None or not row["giving"]:
            return Fact(())
        low, high = (f"{row[name]:,.0f}" for name in ("lowest", "highest"))
        sources = [_cut(s) for s in row["sources"].split("; ") if s and s.casefold() not in _UNNAMED][:MOST_NAMES]
        said = low if low == high else f"{low}–{high}"
        credited = f"credited to {join(sources)}" if sources else "" if row["credited"] else "credited to nobody"
        return Fact(((said, ""),), credited)

    def names(self, event: str, outlets: Sequence[str]) -> list[FactRow]:
        """The names that each outlet uses in own voice for the referents that most outlets name, and not all alike."""
        found = self._names.get(event, {})
        listed = [
            (referent, {o: counts for o, counts in by_outlet.items() if o in outlets})
            for referent, by_outlet in found.items()
        ]
        telling = [
            (referent, by_outlet)
            for referent, by_outlet in listed
            if len(by_outlet) >= LEAST_OUTLETS and len({t for counts in by_outlet.values() for t in counts}) > 1
        ]
        telling.sort(key=lambda x: (-len(x[1]), -sum(c.total() for c in x[1].values()), x[0]))
        seen: set[str] = set()
        rows: list[FactRow] = []
        for referent, by_outlet in telling:
            label = self.results.label(referent)
            if label not in seen and len(rows) < MOST_REFERENTS:
                seen.add(label)
                cells = tuple(self._name(o, referent, by_outlet.get(o, Counter())) for o in outlets)
                rows.append(FactRow(label, "names in own voice", cells, self.targets.get(referent, "")))
        return rows

    def _name(self, outlet: str, referent: Referent, counts: Counter[str]) -> Fact:
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        lines = tuple((_cut(self.results.labels[referent, term]), f"{n:,}") for term, n in ranked[:MOST_NAMES])
        left = sum(n for _, n in ranked[MOST_NAMES:])
        return Fact(lines, f"other names {left:,}" if left else "", self.link(outlet, referent) if lines else "")

    def voices(self, by_outlet: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[FactRow]:
        """How much of its words each outlet leaves to others, and to whom most."""
        others, speakers = [], []
        for outlet, articles in by_outlet.items():
            words = sum(a["words"] or 0 for a in articles)
            said = sum((a["words_quoted"] or 0) + (a["words_attributed"] or 0) for a in articles)
            others.append(Fact(((percent(said / words), ""),), f"of {count(words, 'word')}") if words else Fact(()))
            place = str(articles[0]["event"]), outlet
            ranked = sorted(self._speakers[place].items(), key=lambda x: (-x[1], x[0]))[:MOST_SPEAKERS]
            speakers.append(Fact(tuple((_cut(name), f"{n:,}") for name, n in ranked)))
        rows = [FactRow("Words of others", "quoted and reported", tuple(others))]
        if any(fact.lines for fact in speakers):
            rows.append(FactRow("Who speaks", "words of each, as named there", tuple(speakers)))
        return rows


def _cut(text: str) -> str:
    plain = tidy(text)
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1].rstrip() + ELLIPSIS


def _of(column: pa.ChunkedArray, ids: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(column.cast(pa.string()), pa.array(list(ids), pa.string()))


def _rows(table: pa.Table, columns: Sequence[str], mine: pa.ChunkedArray) -> Iterable[tuple[Any, ...]]:
    chosen = table.select(list(columns)).filter(mine)
    return zip(*(chosen[c].to_pylist() for c in columns), strict=True)

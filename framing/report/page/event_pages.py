"""One event, outlets side by side on the same facts: articles, figures of casualties, names for those concerned, who
speaks."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError
from framing.report.lang import _
from framing.report.page.event_evidence import FIELDS, FactEvidence, Number, Place, collect_facts, read_place
from framing.report.page.event_figures import read_event
from framing.report.results import ELLIPSIS, Referent, Results, identify
from framing.report.wording import count, join, percent, short_period, tidy, whole
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
_EARLIER = "earlier"  # a figure of before, which the comparison leaves out

Link = Callable[[str, Referent], str]
"""(outlet, referent) -> the id of its mentions in own voice on the page, "" for none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one outlet says of one fact, in lines of (text, number behind it or ""); no lines for nothing.

    `links` are, line by line, the ids of the sentences behind the number ("" for none), `ids` those of the lines;
    `link` is the id of all the outlet's mentions of the subject, whatever the event.
    """

    lines: tuple[tuple[str, str], ...]
    under: str = ""
    link: str = ""
    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


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
    more there are; `evidence` the sentences behind the numbers of its rows."""

    id: str
    label: str
    dates: str
    articles: int
    outlets: tuple[str, ...]
    absent: tuple[str, ...]
    headlines: tuple[tuple[Mapping[str, Any], ...], ...]
    further: tuple[int, ...]
    rows: tuple[FactRow, ...]
    evidence: tuple[FactEvidence, ...] = ()


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
    pages = {
        event: _build(
            event,
            read_event(event) if labels[read_event(event)] == 1 else tidy(event),
            by_event[event],
            [o for o in outlets if o in reporting[event]],
            [o for o in outlets if o not in reporting[event]],
            facts,
        )
        for event in chosen
    }
    evidence = collect_facts(results, facts.numbers)
    return tuple(replace(page, evidence=evidence.get(event, ())) for event, page in pages.items())


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
        (*facts.figures(event, outlets), *facts.names(event, outlets), *facts.voices(event, by_outlet)),
    )


class _Facts:
    """What articles on some events say, event by event and outlet by outlet; `numbers` collects what was asked for."""

    def __init__(
        self, results: Results, articles: Sequence[Mapping[str, Any]], link: Link, targets: Mapping[Referent, str]
    ) -> None:
        self.results, self.link, self.targets = results, link, targets
        self.numbers: list[Number] = []
        self._found: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        self._place = {a["id"]: (str(a["event"]), str(a["outlet"])) for a in articles}
        self._read_names()
        self._read_speakers()
        self._read_figures(articles)

    def _read_names(self) -> None:
        table = self.results.mention_table
        mine = _of(table["article_id"], self._place)
        found: dict[tuple[str, Referent], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for row in _rows(table, (*FIELDS, "lexicon", "category", "term"), mine):
            if row["voice"] == "own":
                event, outlet = self._place[row["article_id"]]
                lexicon, category, term = row["lexicon"], row["category"], row["term"]
                found[event, (lexicon, category)][outlet][term] += 1
                self._found["name", event, outlet, lexicon, category, term].append(read_place(row))
        self._names: dict[str, dict[Referent, dict[str, Counter[str]]]] = defaultdict(dict)
        for (event, referent), by_outlet in found.items():
            self._names[event][referent] = by_outlet

    def _read_speakers(self) -> None:
        self._speakers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        try:
            table = Folder(self.results.analysis.path).table("speakers", (*FIELDS, "speaker", "words"))
        except InputError:
            return
        for row in _rows(table, (*FIELDS, "speaker", "words"), _of(table["article_id"], self._place)):
            where, speaker = self._place[row["article_id"]], tidy(row["speaker"] or "")
            self._found["words", *where].append(read_place(row))
            if row["speaker"] and row["speaker"].casefold() not in _UNNAMED:
                self._speakers[where][speaker] += int(row["words"])
                self._found["speaker", *where, speaker].append(read_place(row))

    def _read_figures(self, articles: Iterable[Mapping[str, Any]]) -> None:
        self._figures: dict[tuple[str, str, str], Mapping[str, Any]] = {}
        try:
            table = Folder(self.results.analysis.path).table("casualties", tuple(dict.fromkeys((*_FIGURES, *FIELDS))))
        except InputError:
            return
        table = table.filter(_of(table["article_id"], self._place))
        self._note_figures(row for row in table.to_pylist() if row["relation"] != _EARLIER)
        plain = pa.table(
            {n: table[n].cast(pa.string()) if pa.types.is_dictionary(table[n].type) else table[n] for n in _FIGURES}
        )
        of = pa.table(
            {n: pa.array([str(a[n] or "") for a in articles], pa.string()) for n in ("id", "event", "outlet")}
        )
        for row in compare_figures(plain, of).to_pylist():
            self._figures[row["event"], row["kind"], row["outlet"]] = row

    def _note_figures(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Note where the highest figures of each article stand: they are what the comparison takes from it."""
        by_article: dict[tuple[str, str], list[tuple[float, Mapping[str, Any]]]] = defaultdict(list)
        for row in rows:
            size = row["high"] if math.isfinite(row["high"]) else row["low"]
            by_article[row["article_id"], row["kind"]].append((size, row))
        for (article, kind), found in by_article.items():
            most = max(size for size, _ in found)
            self._found["figure", *self._place[article], kind] += [read_place(r) for size, r in found if size == most]

    def figures(self, event: str, outlets: Sequence[str]) -> list[FactRow]:
        """The figures of casualties that most outlets give, one kind a row."""
        kinds: Counter[str] = Counter()
        for (of, kind, outlet), row in self._figures.items():
            if of == event and outlet in outlets:
                kinds[kind] += row["giving"] > 0
        chosen = sorted((k for k in kinds if kinds[k] >= LEAST_OUTLETS), key=lambda k: (-kinds[k], k))[:MOST_KINDS]
        return [
            FactRow(
                _say_kind(kind),
                _("lowest to highest, and who is credited"),
                tuple(self._figure(event, o, kind) for o in outlets),
            )
            for kind in chosen
        ]

    def _figure(self, event: str, outlet: str, kind: str) -> Fact:
        row = self._figures.get((event, kind, outlet))
        if row is None or not row["giving"]:
            return Fact(())
        low, high = (f"{row[name]:,.0f}" for name in ("lowest", "highest"))
        sources = [_cut(s) for s in row["sources"].split("; ") if s and s.casefold() not in _UNNAMED][:MOST_NAMES]
        said = low if low == high else f"{low}–{high}"
        credited = _say_sources(sources, bool(row["credited"]))
        fact = Fact(((said, ""),), credited)
        return self._ask(fact, event, outlet, _say_kind(kind), [("", ("figure", event, outlet, kind))])

    def _ask(self, fact: Fact, event: str, outlet: str, row: str, asked: Sequence[tuple[str, tuple[str, ...]]]) -> Fact:
        """Return a fact whose numbers link to sentences, and note which; `asked` are (line, what was found)."""
        numbers = [Number(event, outlet, row, line, key, tuple(self._found[key])) for line, key in asked]
        self.numbers += [n for n in numbers if n.places]
        links = tuple(n.id if n.places else "" for n in numbers)
        return replace(fact, links=links, ids=tuple(n.back for n in numbers))

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
                cells = tuple(self._name(event, o, referent, by_outlet.get(o, Counter())) for o in outlets)
                rows.append(FactRow(label, _("names in own voice"), cells, self.targets.get(referent, "")))
        return rows

    def _name(self, event: str, outlet: str, referent: Referent, counts: Counter[str]) -> Fact:
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        lines = tuple((_cut(self.results.labels[referent, term]), whole(n)) for term, n in ranked[:MOST_NAMES])
        left = sum(n for _term, n in ranked[MOST_NAMES:])
        fact = Fact(
            lines,
            _("other names {number}").format(number=whole(left)) if left else "",
            self.link(outlet, referent) if lines else "",
        )
        keys = [(line, ("name", event, outlet, *referent, t)) for (line, _), (t, _) in zip(lines, ranked, strict=False)]
        return self._ask(fact, event, outlet, self.results.label(referent), keys) if lines else fact

    def voices(self, event: str, by_outlet: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[FactRow]:
        """How much of its words each outlet leaves to others, and to whom most."""
        others, speakers = [], []
        for outlet, articles in by_outlet.items():
            words = sum(a["words"] or 0 for a in articles)
            said = sum((a["words_quoted"] or 0) + (a["words_attributed"] or 0) for a in articles)
            fact = (
                Fact(((percent(said / words), ""),), _("of {words}").format(words=count(words, "word")))
                if words
                else Fact(())
            )
            others.append(self._ask(fact, event, outlet, _("Words of others"), [("", ("words", event, outlet))]))
            ranked = sorted(self._speakers[event, outlet].items(), key=lambda x: (-x[1], x[0]))[:MOST_SPEAKERS]
            fact = Fact(tuple((_cut(name), whole(n)) for name, n in ranked))
            asked = [(_cut(name), ("speaker", event, outlet, name)) for name, _ in ranked]
            speakers.append(self._ask(fact, event, outlet, _("Who speaks"), asked))
        rows = [FactRow(_("Words of others"), _("quoted and reported"), tuple(others))]
        if any(fact.lines for fact in speakers):
            rows.append(FactRow(_("Who speaks"), _("words of each, as named there"), tuple(speakers)))
        return rows


def _say_kind(kind: str) -> str:
    """Return the label of the figures of a kind that the module of casualties knows, e.g. "dead"."""
    kinds = {
        "dead": _("Figures: dead"),
        "wounded": _("Figures: wounded"),
        "displaced": _("Figures: displaced"),
        "detained": _("Figures: detained"),
        "missing": _("Figures: missing"),
        "hostage": _("Figures: hostage"),
        "casualties": _("Figures: casualties"),
    }
    return kinds.get(kind, f"Figures: {kind}")


def _say_sources(sources: Sequence[str], credited: bool) -> str:
    """Return to whom figures are credited; "" where their sources are only pronouns."""
    if sources:
        return _("credited to {sources}").format(sources=join(sources))
    return "" if credited else _("credited to nobody")


def _cut(text: str) -> str:
    plain = tidy(text)
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1].rstrip() + ELLIPSIS


def _of(column: pa.ChunkedArray, ids: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(column.cast(pa.string()), pa.array(list(ids), pa.string()))


def _rows(table: pa.Table, columns: Sequence[str], mine: pa.ChunkedArray) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.select(list(columns)).filter(mine).to_pylist()
    return rows

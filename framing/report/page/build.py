"""What stands on the page of a report: which outlets, referents, numbers and mentions, in which order."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from framing.charts import VariantShares, get_theme
from framing.report.figures.draw_names import about, plan_subjects
from framing.report.figures.drawers import prepare_chart
from framing.report.findings import Finding, find_findings, pick_findings
from framing.report.findings.ranking import main_referents, rank_referents
from framing.report.lang import _, plural
from framing.report.page.chart_image import Show, show_figure
from framing.report.page.event_pages import EventPage, build_events
from framing.report.page.evidence import MOST_MENTIONS, REST, Listed, Topic, collect, number_id
from framing.report.page.module_evidence import measure_id
from framing.report.page.module_page import build_modules, build_profile, collect_evidence, relink
from framing.report.page.overview import count_differences
from framing.report.page.prints import Prints
from framing.report.page.views import (
    Cell,
    Comparison,
    ComparisonRow,
    CoverageRow,
    Figure,
    ModuleSection,
    NameRow,
    OutletSection,
    Overview,
    Page,
    Profile,
    StanceRow,
    TopicRows,
)
from framing.report.results import (
    FURTHER,
    Referent,
    Results,
    coverage_id,
    evidence_id,
    identify,
    outlet_id,
)
from framing.report.rows import OK, UNDEFINED, Coverage, Names, Share
from framing.report.wording import join, name_end, percent
from framing.voice import VOICES

MOST_OUTLETS = 8  # with a section of their own; more make a table that nobody reads
MOST_TOPICS = 8  # referents listed for an outlet name by name, besides those that findings and comparisons need
OPEN_TOPICS = 6  # of these, shown without a click
MOST_NAMES = 6  # names listed for a referent and outlet; the others are taken together
MOST_COVERAGE = 10  # rows of coverage for an outlet
MOST_LEFT_OUT = 12  # headlines of articles that leave a referent out
MOST_SKIPPED = 100


def build_page(
    results: Results,
    outlets: Sequence[str] | None = None,
    most_mentions: int = MOST_MENTIONS,
    show: Show = show_figure,
) -> Page:
    """Choose and order what a report shows.

    Parameters
    ----------
    outlets : sequence of str, optional
        Outlets with a section of their own; by default the eight with most articles. The others are taken together.
    most_mentions : int
        Mentions in context on the page.
    show : callable
        How a chart is shown: as a small SVG, or otherwise (`pictures.show_picture`).

    Raises
    ------
    InputError
        An outlet is not in the analysis.
    """
    shown = results.choose_outlets(outlets, MOST_OUTLETS)
    rest = [o for o in results.outlets if o not in shown]
    ranked = rank_referents(results, shown)
    findings = find_findings(results, shown)
    sure, few = [f for f in findings if f.status == OK], [f for f in findings if f.status != OK]
    builder = _Builder(results, shown, rest, ranked, sure, few, show)
    return builder.build(most_mentions)


class _Builder:
    def __init__(
        self,
        results: Results,
        shown: Sequence[str],
        rest: Sequence[str],
        ranked: Sequence[Referent],
        sure: Sequence[Finding],
        few: Sequence[Finding],
        show: Show,
    ) -> None:
        self.results, self.shown, self.rest, self.ranked = results, shown, rest, ranked
        self.show = show
        self.rank = {referent: number for number, referent in enumerate(ranked)}
        self.main = main_referents(results, shown, ranked)
        self.plan = plan_subjects(results, shown)
        self.sure, self.few = sure, few
        self.top, self.top_few = pick_findings(sure), pick_findings(few)
        self.by_outlet = {o: self._findings_of(o) for o in shown}
        self.columns = {referent: self._columns(referent) for referent in self.main}
        self.listed = {(item.outlet, item.referent): item for item in self._list()}

    def _findings_of(self, outlet: str) -> tuple[list[Finding], list[Finding]]:
        return (
            pick_findings((f for f in self.sure if outlet in f.outlets), 6),
            pick_findings((f for f in self.few if f.outlets == (outlet,)), 4),
        )

    def _columns(self, referent: Referent) -> list[str]:
        """Return the names of a referent that its chart shows, in its order."""
        return list(VariantShares.from_table(self.results.term_table, *referent, outlets=self.shown).terms)

    def _list(self) -> Iterable[Listed]:
        """Choose the referents and names that the page lists, for each outlet and for the rest."""
        needed: dict[str, set[Referent]] = defaultdict(set)
        by_name: dict[str, set[Referent]] = defaultdict(set)
        for finding in [*self.top, *self.top_few, *(f for sure, few in self.by_outlet.values() for f in (*sure, *few))]:
            for outlet in finding.outlets:
                if finding.referent:
                    needed[outlet].add(finding.referent)
                    if finding.kind == "others-only":
                        by_name[outlet].add(finding.referent)
        drawn, main = {r for _, referents in self.plan for r in referents}, set(self.main)
        names_needed: dict[tuple[str, Referent], set[str]] = defaultdict(set)
        for finding in (*self.sure, *self.few):
            if finding.kind == "others-only" and finding.referent:
                head = finding.outlets[0]
                names_needed[head, finding.referent] |= {
                    n.term for n in self.results.of(head, finding.referent).names if not n["own"].count and n.by_others
                }
        for outlet in self.shown:
            used = [r for r in self.ranked if self.results.of(outlet, r).total]
            first = sorted(used, key=lambda r: (-self.results.of(outlet, r).mentions("own"), self.rank[r]))[
                :MOST_TOPICS
            ]
            full = {*first, *((main | by_name[outlet]) & set(used))}
            for referent in sorted(full | ((drawn | needed[outlet]) & set(used)), key=self.rank.__getitem__):
                names = self.results.of(outlet, referent)
                terms = [n.term for n in names.names] if referent in full else []
                if len(terms) > MOST_NAMES + 1:
                    keep = {*terms[:MOST_NAMES], *self.columns.get(referent, ()), *names_needed[outlet, referent]}
                    terms = [t for t in terms if t in keep]
                yield Listed(outlet, referent, names, tuple(terms))
        if self.rest:
            for referent in self.main:
                names = self.results.pool(self.rest, referent)
                if names.total:
                    keep = {*[n.term for n in names.names[:MOST_NAMES]], *self.columns[referent]}
                    yield Listed(REST, referent, names, tuple(n.term for n in names.names if n.term in keep))

    def build(self, most_mentions: int) -> Page:
        results = self.results
        self.mentioning = self._mentioning()
        topics = collect(results, sorted(self.listed.values(), key=self._place), self.rest, most_mentions)
        by_referent: dict[Referent, list[Topic]] = defaultdict(list)
        for topic in topics:
            by_referent[topic.referent].append(topic)
        evidence = collect_evidence(results, self.shown)
        self.by_outlet = {o: (relink(sure, evidence), few) for o, (sure, few) in self.by_outlet.items()}
        modules = build_modules(results, self.shown, evidence, self.show)
        by_label = tuple((r, results.label(r), tuple(found)) for r, found in by_referent.items())
        targets = {r: identify("k", *r) for r in self.main}
        self.event_pages = build_events(results, self.shown, lambda o, r: self._link(o, r, "own"), targets)
        figures = {(kind, tuple(referents)): self._figure(kind, referents) for kind, referents in self.plan}
        manifest = results.manifest
        return Page(
            results=results,
            outlets=tuple(self.shown),
            rest=tuple(self.rest),
            differences=count_differences(results, self.shown, (*self.top, *self.top_few), self._link_measure),
            findings=tuple(relink(self.top, evidence)),
            findings_count=len(self.sure),
            few=tuple(self.top_few),
            few_count=len(self.few),
            comparisons=tuple(self._comparison(r, figures["variant-shares", (r,)]) for r in self.main),
            stance=tuple(
                self._stance_overview(rs, figures[kind, tuple(rs)]) for kind, rs in self.plan if kind == "stance"
            ),
            coverage=tuple(
                self._coverage_overview(rs, figures[kind, tuple(rs)]) for kind, rs in self.plan if kind == "coverage"
            ),
            modules=modules,
            events=self.event_pages,
            sections=tuple(self._section(o, build_profile(results, o, evidence, self.show)) for o in self.shown),
            rest_topics=tuple(self._topic(item) for key, item in self.listed.items() if key[0] == REST),
            evidence=by_label,
            prints=print_once(by_label, modules, self.event_pages),
            mentions_shown=sum(t.shown for t in topics),
            mentions_total=sum(t.total for t in topics),
            sentences_shown=_count_sentences(modules, self.event_pages),
            skipped=tuple((str(where), str(why)) for where, why in manifest.get("skipped", [])[:MOST_SKIPPED]),
            removed=tuple((str(rule), int(n)) for rule, n in manifest.get("removed", {}).items()),
        )

    def _place(self, item: Listed) -> tuple[int, int]:
        return self.rank[item.referent], self.shown.index(item.outlet) if item.outlet != REST else len(self.shown)

    def _figure(self, kind: str, referents: Sequence[Referent]) -> Figure:
        drawing = prepare_chart(self.results, kind, self.shown, about(referents), get_theme("light"))
        return self.show(identify("g", kind, *referents[0]), drawing.draw())

    def _link(self, outlet: str, referent: Referent, voice: str = "", term: str | None = None, number: int = 1) -> str:
        """Return the id of the mentions behind a number, "" where there are none on the page."""
        return evidence_id(outlet, referent, voice, term) if number and (outlet, referent) in self.listed else ""

    def _link_measure(self, outlet: str, measure: str) -> str:
        """Return the id of what the page shows of a measure of an outlet, "" for nothing."""
        kind, *parts = measure.split(":", 4)
        if kind == "voice":
            return "analysed"
        if parts:
            return self._link(outlet, (parts[0], parts[1]), "own")
        shown = any(m.name == measure for module in self.results.modules for m in module.headline)
        return measure_id(outlet, measure) if shown and (outlet, measure) in self.results.measures else ""

    def _topic(self, item: Listed) -> TopicRows:
        outlet, referent, names = item.outlet, item.referent, item.names
        rows = []
        for term in item.terms:
            name, entry = names.get(term), self.results.entry(referent, term)
            assert name is not None
            cells = {
                v: Cell(
                    name[v], self._link(outlet, referent, v, term, name[v].count), number_id(outlet, referent, v, term)
                )
                for v in VOICES
            }
            if entry is None:
                rows.append(NameRow(name.label, cells))
            else:
                rows.append(NameRow(name.label, cells, entry.weight, entry.basis, entry.note))
        if item.further_names:
            further = item.further_names
            label = plural("{number} further name", "{number} further names", further).format(number=further)
            rows.append(NameRow(label, {v: self._further(item, v) for v in VOICES}))
        totals = {v: self._total(outlet, referent, names, v) for v in VOICES}
        return TopicRows(referent, self.results.label(referent), self._link(outlet, referent), totals, tuple(rows))

    def _brief(self, item: Listed) -> TopicRows:
        """One row of a referent that is not listed name by name: what it is called most often, and all its mentions."""
        most, own = item.names.commonest(), item.names.status("own") == OK
        said = join([n.label for n in most]) if len(most) < 3 else _("{number} names as often").format(number=len(most))
        if len(most) == 1 and own:
            said = _("{name} ({share})").format(name=said, share=percent(most[0]["own"].share))
        cells = {v: self._further(item, v) for v in VOICES}
        label, link = self.results.label(item.referent), self._link(item.outlet, item.referent)
        totals = {v: self._total(item.outlet, item.referent, item.names, v) for v in VOICES}
        return TopicRows(item.referent, label, link, totals, (NameRow(said, cells),))

    def _further(self, item: Listed, voice: str) -> Cell:
        number, total = item.further(voice), item.names.mentions(voice)
        share = Share(number, 0, number / total if total else math.nan, n_articles=item.names.n_articles(voice))
        link = self._link(item.outlet, item.referent, voice, FURTHER, number)
        return Cell(share, link, number_id(item.outlet, item.referent, voice, FURTHER))

    def _total(self, outlet: str, referent: Referent, names: Names, voice: str) -> Cell:
        number, articles = names.mentions(voice), names.n_articles(voice)
        status = names.status(voice) if number else UNDEFINED
        share = Share(number, articles, 1.0 if number else math.nan, n_articles=articles, status=status)
        return Cell(share, self._link(outlet, referent, voice, number=number))

    def _comparison(self, referent: Referent, figure: Figure) -> Comparison:
        columns = self.columns[referent]
        rows = {
            v: [self._comparison_row(o, referent, v, columns) for o in (*self.shown, *([REST] if self.rest else []))]
            for v in VOICES
        }
        others = [row for v in VOICES if v != "own" for row in rows[v] if row.total.share.count]
        labels = [self.results.labels[referent, t] for t in columns]
        if self.results.name_counts[referent] > len(columns):
            labels.append(_("other names"))
        return Comparison(
            identify("k", *referent),
            referent,
            self.results.label(referent),
            figure,
            tuple(labels),
            tuple(rows["own"]),
            tuple(others),
        )

    def _comparison_row(self, outlet: str, referent: Referent, voice: str, columns: Sequence[str]) -> ComparisonRow:
        item = self.listed.get((outlet, referent))
        names = item.names if item else Names()
        total, articles, status = names.mentions(voice), names.n_articles(voice), names.status(voice)
        cells = []
        for term in columns:
            name = names.get(term)
            share = name[voice] if name else Share(0, 0, 0.0 if total else math.nan, n_articles=articles, status=status)
            cells.append(Cell(share, self._link(outlet, referent, voice, term, share.count)))
        if self.results.name_counts[referent] > len(columns):
            left = total - sum(c.share.count for c in cells)
            share = Share(left, 0, left / total if total else math.nan, n_articles=articles, status=status)
            others = [n.term for n in names.names if n.term not in columns and n[voice].count]
            groups = {t if item and t in item.terms else FURTHER for t in others}
            if len(groups) == 1:
                cells.append(Cell(share, self._link(outlet, referent, voice, groups.pop())))
            else:
                cells.append(Cell(share, self._link(outlet, referent, voice, number=left), among=True))
        return ComparisonRow(outlet, voice, tuple(cells), self._total(outlet, referent, names, voice))

    def _stance_row(self, outlet: str, referent: Referent) -> StanceRow:
        scale = self.results.scale(referent)
        values = {v: self.results.stance.get((outlet, referent, v)) for v in VOICES}
        links = {v: self._link(outlet, referent, v) if values[v] else "" for v in VOICES}
        ends = name_end(scale.low_name), name_end(scale.high_name)
        return StanceRow(referent, self.results.label(referent), *ends, values, links)

    def _stance_overview(self, referents: Sequence[Referent], figure: Figure) -> Overview:
        rows = [
            (o, self._stance_row(o, r)) for r in referents for o in self.shown if (o, r, "own") in self.results.stance
        ]
        return Overview(figure.id, self.results.lexicon_title(referents[0][0]), figure, stance=tuple(rows))

    def _coverage_overview(self, referents: Sequence[Referent], figure: Figure) -> Overview:
        rows = [(o, row) for r in referents for o in self.shown if (row := self._coverage_row(o, r)) is not None]
        return Overview(figure.id, self.results.lexicon_title(referents[0][0]), figure, coverage=tuple(rows))

    def _mentioning(self) -> dict[Referent, set[str]]:
        """The articles that mention each referent."""
        table = self.results.mention_table
        names = ("article_id", "lexicon", "category")
        found: dict[Referent, set[str]] = defaultdict(set)
        for article, lexicon, category in zip(*(table[n].to_pylist() for n in names), strict=True):
            found[lexicon, category].add(article)
        columns = [
            c for c in ("id", "outlet", "event", "date", "title", "url") if c in self.results.article_table.column_names
        ]
        self.articles = sorted(
            self.results.article_table.select(columns).to_pylist(), key=lambda a: (a["date"], a["id"])
        )
        self.events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for article in self.articles:
            if article.get("event"):
                self.events[article["event"]].append(article)
        return found

    def _left_out(self, outlet: str, referent: Referent) -> list[dict[str, Any]]:
        """The outlet's articles without the referent, on events where another article has it."""
        holding = self.mentioning.get(referent, set())
        events = {event for event, found in self.events.items() if any(a["id"] in holding for a in found)}
        return [
            a for a in self.articles if a["outlet"] == outlet and a.get("event") in events and a["id"] not in holding
        ]

    def _coverage_row(self, outlet: str, referent: Referent) -> CoverageRow | None:
        row = self.results.coverage.get((outlet, referent))
        if row is None or (self.results.has_events and not row.event_articles):
            return None
        others = [c for o, c in self._coverages(referent) if o != outlet]
        if self.results.has_events:
            elsewhere = sum(c.event_mentioning for c in others), sum(c.event_articles for c in others)
            left_out = self._left_out(outlet, referent)
        else:
            elsewhere, left_out = (sum(c.mentioning for c in others), sum(c.articles for c in others)), []
        return CoverageRow(
            coverage_id(outlet, referent),
            self.results.label(referent),
            row,
            elsewhere,
            self._link(outlet, referent, number=row.mentioning),
            tuple(left_out[:MOST_LEFT_OUT]),
            len(left_out),
        )

    def _coverages(self, referent: Referent) -> list[tuple[str, Coverage]]:
        return [(o, c) for o in self.results.outlets if (c := self.results.coverage.get((o, referent))) is not None]

    def _section(self, outlet: str, profile: Profile) -> OutletSection:
        results = self.results
        sure, few = self.by_outlet[outlet]
        items = [item for (o, _), item in self.listed.items() if o == outlet]
        used = [r for r in self.ranked if results.of(outlet, r).total]
        listed = {item.referent for item in items}
        omitted = [r for r in used if r not in listed]
        covered = {
            *(
                f.referent
                for f in (*self.top, *self.top_few, *sure, *few)
                if f.kind == "coverage" and f.outlets == (outlet,)
            ),
        }
        # What an outlet leaves out may be what no outlet of this page mentions.
        order = [*self.ranked, *sorted(r for r in covered if r is not None and r not in self.rank)]
        rows = {r: row for r in order if (row := self._coverage_row(outlet, r)) is not None}
        most = sorted(rows, key=lambda r: (-self._gap(rows[r]), order.index(r)))[:MOST_COVERAGE]
        chosen = [r for r in order if r in rows and (r in most or r in covered)]
        return OutletSection(
            outlet_id(outlet),
            outlet,
            results.sizes[outlet],
            {v: results.voices.get((outlet, v)) for v in ("quoted", "attributed")},
            tuple(sure),
            tuple(few),
            sum(f.outlets == (outlet,) for f in self.few) - len(few),
            tuple(self._topic(item) for item in items if item.terms),
            tuple(self._brief(item) for item in items if not item.terms),
            len(omitted),
            sum(results.of(outlet, r).total for r in omitted),
            tuple(
                self._stance_row(outlet, item.referent)
                for item in items
                if any((outlet, item.referent, v) in results.stance for v in VOICES)
            ),
            tuple(rows[r] for r in chosen),
            profile,
            tuple((results.label(r), identify("k", *r)) for r in self.main if results.of(outlet, r).total),
            tuple((e.label, e.id) for e in self.event_pages if outlet in e.outlets),
        )

    def _gap(self, row: CoverageRow) -> float:
        """How much less an outlet mentions a referent than the others do, by articles: 3 of 10 left out beat 1 of 1."""
        taken, chances = row.elsewhere
        share = row.row.event_share if self.results.has_events else row.row.share
        number = row.row.event_articles if self.results.has_events else row.row.articles
        return number * (taken / chances - share) if chances else 0.0


def _count_sentences(modules: Iterable[ModuleSection], events: Iterable[EventPage]) -> int:
    """How many sentences stand behind measures, sides that speak and facts of events, each counted for each number."""
    numbers = [
        *(n.sentences for m in modules for _, found in m.evidence for n in found),
        *(n.sentences for m in modules if m.sides for *_, found in m.sides.evidence for n in found),
        *(n.sentences for e in events for n in e.evidence),
    ]
    return sum(len(sentences) for sentences in numbers)


def print_once(
    evidence: Iterable[tuple[Referent, str, tuple[Topic, ...]]],
    modules: Iterable[ModuleSection],
    events: Iterable[EventPage],
) -> Prints:
    """Decide where each sentence of a page is printed: in its order, names first."""
    prints = Prints()
    for _referent, label, topics in evidence:
        for group in (g for t in topics for v in t.voices for g in v.groups):
            for sentence in group.mentions:
                prints.add(group.id, _("{name} ({subject})").format(name=group.label, subject=label), sentence)
    for module in modules:
        for measure, numbers in module.evidence:
            for number in numbers:
                for sentence in number.sentences:
                    prints.add(number.id, measure.shown.label, sentence)
        for label, _lexicon, sides in module.sides.evidence if module.sides else ():
            for side in sides:
                for said in side.sentences:
                    prints.add(side.id, label, said.sentence)
    for event in events:
        for fact in event.evidence:
            for sentence in fact.sentences:
                prints.add(
                    fact.number.id, ": ".join(filter(None, (event.label, fact.number.row, fact.number.line))), sentence
                )
    return prints

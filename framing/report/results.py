"""The results of an analysis as a report needs them: read once, by outlet and referent. Computes no statistic."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts import SEVERITY, STANCE, Scale
from framing.comparisons import flip
from framing.errors import InputError
from framing.report.module_choice import ModuleView, choose_measures
from framing.report.rows import INSUFFICIENT, OK, UNDEFINED, Coverage, Entry, Name, Names, Share, Value
from framing.report.wording import tidy
from framing.statistics import REST as ALL_OTHERS
from framing.store import lexicon_digest
from framing.voice import VOICES

if TYPE_CHECKING:
    from framing.analysis import Analysis

Referent = tuple[str, str]  # (lexicon, referent)
ELLIPSIS = "…"
SAME_FORM = 0.8  # share of a name's mentions printed like its label, from which the label stands for all (a judgement)
FURTHER = ""  # stands for the names of a referent that a page does not list one by one; no pattern is empty


def identify(kind: str, *parts: str) -> str:
    """Return an id for HTML from what it names: the same in every report, safe whatever the names hold."""
    return f"{kind}-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]}"


def evidence_id(outlet: str, referent: Referent, voice: str = "", term: str | None = None) -> str:
    """Return the id of the mentions behind a number; without a voice or a term, of all of them."""
    parts = (outlet, *referent, *([voice] if voice else []), *([term] if term is not None else []))
    return identify("m", *parts)


def coverage_id(outlet: str, referent: Referent) -> str:
    """Return the id of the row that says how often an outlet mentions a referent."""
    return identify("c", outlet, *referent)


def outlet_id(outlet: str) -> str:
    """Return the id of the section of an outlet."""
    return identify("o", outlet)


class Results:
    """The tables of an analysis.

    Attributes
    ----------
    outlets : tuple of str
        All, those with most articles first.
    sizes : mapping of str to dict
        outlet -> articles, words, quoted, attributed, first, last (see `Analysis.summary`).
    names : mapping of (outlet, referent) to Names
    voices : mapping of (outlet, "quoted" or "attributed") to Value
        Share of the outlet's words.
    stance : mapping of (outlet, referent, voice) to Value
        Mean weight of the mentions, where there is one.
    coverage : mapping of (outlet, referent) to Coverage
    per_article : mapping of (outlet, referent, voice) to tuple of int
        Mentions in each article that has any, from most to least.
    measures : mapping of (outlet, measure) to Value
        Of the scoring modules, where they are defined.
    modules : tuple of ModuleView
        The scoring modules that ran, naming and coverage apart, with their measures.
    records, module_records : lexicons as they were: those of naming by name, and all others
    term_table, measure_table, module_table, coverage_table : pa.Table
        The tables themselves; of the measures, voices and stance where they are defined, and those of the modules.
    mention_table, module_mentions, article_table : pa.Table
        Mentions of the naming module and of the scoring modules, and articles without their texts.
    article_list : list of dict
        The articles: id, outlet, date, title, url, genre.
    labels : mapping of (referent, term) to str
        Names as they are shown: with an ellipsis where the lexicon takes several forms as one, and with the pattern
        where two of a referent are printed alike.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.manifest = analysis.manifest
        every = analysis.lexicon_records()
        self.records = {str(r["name"]): r for r in every if r["module"] == "naming"}
        self.module_records = tuple(r for r in every if r["module"] != "naming")
        self.sizes: dict[str, dict[str, Any]] = {str(row["outlet"]): row for row in analysis.summary()}
        self.outlets = tuple(self.sizes)
        self.article_count = sum(int(row["articles"]) for row in self.sizes.values())
        self.min_articles = int(self.manifest.get("options", {}).get("min_articles", 10))
        self._read_mentions(analysis.table("mentions").arrow)
        self._read_names(analysis.table("terms").arrow)
        self._read_measures(analysis.table("measures").arrow)
        self.coverage_table = analysis.table("coverage").arrow
        self.coverage: dict[tuple[str, Referent], Coverage] = {
            (outlet, (lexicon, referent)): Coverage(*row)
            for outlet, lexicon, referent, *row in _rows(self.coverage_table)
        }
        self._read_contrasts()
        self.has_events = any(c.event_articles for c in self.coverage.values())
        self._entries: dict[tuple[str, str, str], Entry] | None = None
        self._titles: dict[str, str] | None = None

    def _read_names(self, terms: pa.Table) -> None:
        terms = self._mark_gathered(terms)
        self.term_table = terms
        found: dict[tuple[str, Referent], dict[str, dict[str, Share]]] = defaultdict(lambda: defaultdict(dict))
        printed: dict[Referent, dict[str, str]] = defaultdict(dict)
        for (
            outlet,
            lexicon,
            referent,
            term,
            label,
            voice,
            number,
            articles,
            share,
            low,
            high,
            _,
            n_articles,
            status,
        ) in _rows(terms):
            key = lexicon, referent
            printed[key][term] = label
            found[outlet, key][term][voice] = Share(number, articles, share, low, high, n_articles, status)
        self.labels: dict[tuple[Referent, str], str] = {}
        for key, labels in printed.items():
            shown = [tidy(label) for label in labels.values()]
            for term, label in labels.items():
                plain = tidy(label)
                self.labels[key, term] = f"{plain} [{tidy(term)}]" if shown.count(plain) > 1 else plain
        self.names: dict[tuple[str, Referent], Names] = {
            (outlet, key): Names(
                tuple(
                    sorted(
                        (Name(term, self.labels[key, term], shares) for term, shares in variants.items()),
                        key=lambda n: (-n["own"].count, -n.total, n.label, n.term),
                    )
                )
            )
            for (outlet, key), variants in found.items()
        }
        self.referents = tuple(sorted(printed))
        self.name_counts = {key: len(labels) for key, labels in printed.items()}

    def _read_measures(self, measures: pa.Table) -> None:
        mentioned = pc.greater(measures["denominator"], 0)
        wanted = pc.or_(pc.starts_with(measures["measure"], "stance:"), pc.starts_with(measures["measure"], "voice:"))
        self.voices: dict[tuple[str, str], Value] = {}
        self.stance: dict[tuple[str, Referent, str], Value] = {}
        self.measure_table = measures.filter(pc.and_(mentioned, wanted))
        for outlet, measure, *row in _rows(self.measure_table):
            kind, *fields = measure.split(":", 3)
            if kind == "voice":
                self.voices[outlet, fields[0]] = Value(*row)
            else:
                lexicon, referent, voice = fields
                self.stance[outlet, (lexicon, referent), voice] = Value(*row)
        records = self.analysis.measure_records()
        names = pa.array([str(r["name"]) for r in records], pa.string())
        self.module_table = measures.filter(pc.is_in(measures["measure"], names))
        known = self.module_table.filter(pc.greater(self.module_table["denominator"], 0))
        self.measures: dict[tuple[str, str], Value] = {
            (outlet, measure): Value(*row) for outlet, measure, *row in _rows(known)
        }
        weight: dict[str, float] = defaultdict(float)
        for (_, measure), value in self.measures.items():
            # Outlets that can be compared come before any number of articles.
            weight[measure] += value.n_articles + (value.status == OK) * self.article_count
        self.modules = choose_measures(records, weight)

    def _read_mentions(self, mentions: pa.Table) -> None:
        named = pc.equal(mentions["module"].cast(pa.string()), "naming")
        self.mention_table, self.module_mentions = mentions.filter(named), mentions.filter(pc.invert(named))
        keys = ("article_id", "lexicon", "category", "voice")
        plain = pa.table({key: self.mention_table[key].cast(pa.string()) for key in keys})
        articles = self.analysis.table("articles").arrow.drop_columns(["text"])
        self.article_table = articles
        columns = [c for c in ("id", "outlet", "date", "title", "url", "genre") if c in articles.column_names]
        self.article_list: list[dict[str, Any]] = articles.select(columns).to_pylist()
        outlet_of = dict(zip(articles["id"].to_pylist(), articles["outlet"].to_pylist(), strict=True))
        found: dict[tuple[str, Referent, str], list[int]] = defaultdict(list)
        for article, lexicon, category, voice, number in _rows(
            plain.group_by(list(keys)).aggregate([([], "count_all")])
        ):
            found[outlet_of[article], (lexicon, category), voice].append(number)
        self.per_article = {key: tuple(sorted(numbers, reverse=True)) for key, numbers in found.items()}

    def _read_contrasts(self) -> None:
        """Note where each contrast of two outlets stands; an analysis may have been made without."""
        self._contrasts: pa.Table | None = None
        self._contrast_rows: dict[tuple[str, str, str], int] = {}
        self.contrast_count = 0
        try:
            self._contrasts = self.analysis.table("contrasts").arrow
        except InputError:
            return
        names = ("outlet", "other", "measure", "q")
        for row, (outlet, other, measure, q) in enumerate(_rows(self._contrasts.select(names))):
            if other != ALL_OTHERS:
                self._contrast_rows[outlet, other, measure] = row
                self.contrast_count += not math.isnan(q)

    @property
    def has_contrasts(self) -> bool:
        """Whether outlets were compared when the analysis was made."""
        return self._contrasts is not None

    def contrast(self, outlet: str, other: str, measure: str) -> dict[str, Any] | None:
        """Return a row of `contrasts`, seen from the first outlet; None where there is too little evidence.

        Pairs that were not compared when the analysis was made (outlets beyond the twenty largest) have none.
        """
        for first, second in ((outlet, other), (other, outlet)):
            row = self._contrast_rows.get((first, second, measure))
            if row is not None and self._contrasts is not None:
                found = self._contrasts.slice(row, 1)
                record: dict[str, Any] = (found if first == outlet else flip(found)).to_pylist()[0]
                return record
        return None

    def article_title(self, article: str) -> str:
        """Return the headline of an article, in quotation marks, or its id where it has none."""
        if self._titles is None:
            self._titles = {str(a["id"]): str(a["title"] or "") for a in self.article_list}
        title = tidy(self._titles.get(article, ""))
        return f"“{title}”" if title else tidy(article)

    def _mark_gathered(self, terms: pa.Table) -> pa.Table:
        """Put an ellipsis behind the labels of names that are often printed otherwise.

        A lexicon may take several forms as one name ("Syrian army", "Russian troops"); the label is the most frequent,
        and without a mark it would stand for words that an outlet never printed.
        """
        keys = ("lexicon", "category", "term", "surface")
        plain = pa.table({key: self.mention_table[key].cast(pa.string()) for key in keys})
        forms: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for lexicon, category, term, surface, number in _rows(
            plain.group_by(list(keys)).aggregate([([], "count_all")])
        ):
            forms[lexicon, category, term][_fold(surface)] += number
        labels = []
        for row in zip(*(terms[c].to_pylist() for c in ("lexicon", "referent", "term", "label")), strict=True):
            printed, label = forms[row[:3]], row[3]
            gathered = printed[_fold(label)] < SAME_FORM * printed.total()
            labels.append(f"{label} {ELLIPSIS}" if gathered else label)
        return terms.set_column(terms.column_names.index("label"), "label", pa.array(labels, pa.string()))

    @property
    def period(self) -> tuple[str, str]:
        """First and last date of all articles, "" without any."""
        first = [str(r["first"]) for r in self.sizes.values() if r["first"]]
        last = [str(r["last"]) for r in self.sizes.values() if r["last"]]
        return (min(first), max(last)) if first else ("", "")

    def module(self, name: str) -> ModuleView:
        """Return a scoring module that ran.

        Raises
        ------
        InputError
            It did not run, or there is none of that name; the message lists those that ran.
        """
        found = next((m for m in self.modules if m.module == name), None)
        if found is None:
            ran = ", ".join(m.module for m in self.modules) or "none"
            raise InputError(f"no module {name!r} with measures in this analysis. There are: {ran}.")
        return found

    @property
    def digest(self) -> str:
        """One short hash for the lexicons of the analysis."""
        return lexicon_digest(self.manifest["lexicons"])

    def module_digest(self, module: str | None = None) -> str:
        """One short hash for the lexicons of a scoring module, or of all; "" for one that has none."""
        hashes: dict[str, str] = self.manifest.get("module_lexicons", {})
        mine = {name: sha for name, sha in hashes.items() if module is None or name.split("/", 1)[0] == module}
        return lexicon_digest(mine) if mine else ""

    def of(self, outlet: str, referent: Referent) -> Names:
        """Return the names that an outlet uses for a referent, none if it never mentions it."""
        return self.names.get((outlet, referent), Names())

    def label(self, referent: Referent) -> str:
        """Return the readable name of a referent."""
        return tidy(self.analysis.label(*referent))

    def lexicon_title(self, lexicon: str) -> str:
        """Return the title of a lexicon of names."""
        return tidy(self.records.get(lexicon, {}).get("title") or lexicon)

    def is_severity(self, referent: Referent) -> bool:
        """Whether the weights say how strong a word is, and not which way it leans."""
        categories = self.records.get(referent[0], {}).get("categories", {})
        return bool(categories.get(referent[1], {}).get("scale") == "severity")

    def scale(self, referent: Referent) -> Scale:
        """Return the scale of a referent's weights with the names of its ends."""
        low, high = self.records.get(referent[0], {}).get("scale", (-2.0, 2.0))
        ends = SEVERITY if self.is_severity(referent) else STANCE
        return Scale(float(low), float(high), ends.low_name, ends.high_name)

    def entry(self, referent: Referent, term: str) -> Entry | None:
        """Return what the lexicon says of a name."""
        if self._entries is None:
            self._entries = {
                (str(record["name"]), str(t[0]), str(t[1])): Entry(t[2], str(t[3]), str(t[4]), str(t[5]))
                for record in self.records.values()
                for t in record["terms"]
            }
        return self._entries.get((*referent, term))

    def choose_outlets(self, outlets: Sequence[str] | None, most: int) -> list[str]:
        """Return the outlets asked for, each once, or those with most articles.

        Raises
        ------
        InputError
            One of them is not in the analysis.
        """
        if outlets is None:
            return list(self.outlets[:most])
        return list(dict.fromkeys(self.analysis.check_outlets(outlets)))

    def pool(self, outlets: Iterable[str], referent: Referent) -> Names:
        """Add up the mentions of several outlets: counts and shares, without intervals."""
        counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(VOICES, 0))
        articles: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(VOICES, 0))
        per_voice, n_articles = dict.fromkeys(VOICES, 0), dict.fromkeys(VOICES, 0)
        for outlet in outlets:
            names = self.of(outlet, referent)
            for voice in VOICES:
                n_articles[voice] += names.n_articles(voice)
                for name in names.names:
                    counts[name.term][voice] += name[voice].count
                    articles[name.term][voice] += name[voice].articles
                    per_voice[voice] += name[voice].count
        pooled = [
            Name(
                term,
                self.labels[referent, term],
                {
                    v: Share(
                        number[v],
                        articles[term][v],
                        number[v] / per_voice[v] if per_voice[v] else math.nan,
                        n_articles=n_articles[v],
                        status=(OK if n_articles[v] >= self.min_articles else INSUFFICIENT)
                        if per_voice[v]
                        else UNDEFINED,
                    )
                    for v in VOICES
                },
            )
            for term, number in counts.items()
        ]
        return Names(tuple(sorted(pooled, key=lambda n: (-n["own"].count, -n.total, n.label, n.term))))


def _fold(surface: str) -> str:
    """Return a printed form without case, and without the s of plural and possessive."""
    return " ".join(word.removesuffix("s").rstrip("'’") for word in surface.casefold().split())


def _rows(table: pa.Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)

"""Do known differences between real outlets come out, do values come again in other articles, and what is found where
there is nothing?

    python benchmarks/contested_contrasts.py DATA [--analysis DIR] [--sentences]

DATA is a folder with contested_topics.jsonl.gz (fields as in the development data); it is analysed into a temporary
folder, or `--analysis` names a finished analysis of it. `--sentences` prints up to three sentences behind each known
contrast, on the terminal alone: the texts belong to their publishers.

What is expected was written down, with its source, before any of these numbers had been looked at.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import spearmanr

from framing.analysis import Analysis, analyse, open_analysis
from framing.comparisons import largest_pairs, read_metadata, read_own_reporting
from framing.ingest import read_articles
from framing.measure import Measure
from framing.statistics import Counters, TermTally
from framing.statistics.bootstrap import compute_ratios
from framing.statistics.contrasts import REST, Design, compute_contrasts
from framing.statistics.measures import combine_measures
from framing.statistics.permutation import benjamini_hochberg
from framing.statistics.robustness import CARRIES, check_robustness
from framing.store import read_parquet

NAME = "contested_topics.jsonl.gz"
SEED = 2017
MORE, LESS = "more", "less"

Table = list[list[str]]

RIGHT = (
    "American Spectator",
    "Breitbart News",
    "CBN",
    "Fox News",
    "Fox Online News",
    "National Review",
    "Newsmax",
    "The Daily Caller",
    "Townhall",
    "Washington Times",
)
OTHERS = (
    "ABC News",
    "BBC News",
    "CBS News",
    "CNN (Web News)",
    "NPR Online News",
    "New York Times - News",
    "Politico",
    "Salon",
    "The Guardian",
    "USA TODAY",
    "Vox",
)
OPINION = (
    "American Spectator",
    "Guest Writer - Left",
    "Guest Writer - Right",
    "National Review",
    "Reason",
    "Salon",
    "Townhall",
)
NEWS = ("Associated Press", "BBC News", "NPR Online News", "Reuters", "The Hill")
AGENCIES = ("Al Jazeera", "Associated Press", "BBC News", "Reuters", "The Guardian")
KRUEGER = "Krüger et al. 2017"
"""Natural Language Engineering 23: what sets opinion apart from news."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Own-voice mentions of some names of a referent among those of these and some others; patterns of terms."""

    lexicon: str
    referent: str
    names: str
    others: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """A difference that others have described: `higher` outlets should have more of something than `lower` ones."""

    label: str
    what: str | Choice
    higher: Sequence[str]
    lower: Sequence[str]
    source: str
    notes: str = field(default="", kw_only=True)


EXPECTED = (
    Expectation(
        "illegal (not undocumented)",
        Choice("migration", "unauthorised-migrants", r"illegals$|illegal[ -]", r"undocumented"),
        RIGHT,
        OTHERS,
        "Haynes, Merolla & Ramakrishnan 2016, Framing Immigrants; AP stylebook since April 2013",
    ),
    Expectation(
        "pro-life (not anti-abortion)",
        Choice("abortion", "abortion-opponents", r"pro-life", r"anti\(-\)abortion|abortion \(rights"),
        RIGHT,
        OTHERS,
        "AP stylebook, abortion: anti-abortion; NPR memorandum of March 2010",
    ),
    Expectation(
        "unborn, baby (not fetus)",
        Choice(
            "abortion", "fetus", r".*(unborn|un-born|preborn|bab(y|ies)|in the womb)", r"f(o|)etus|.*\(fetus\||\(emb"
        ),
        RIGHT,
        OTHERS,
        "NPR memorandum of May 2019: fetus, not unborn; AP stylebook: fetus",
    ),
    Expectation(
        "ISIS (not Islamic State)",
        Choice(
            "conflicts",
            "islamic-state",
            r"=ISIS$",
            r"\(Islamic State\|=IS\)$|Islamic State \(group\|movement",
        ),
        ("CNN (Web News)", "Fox News", "Fox Online News", "Vox"),
        ("Associated Press", "BBC News", "Reuters", "Wall Street Journal - News"),
        "AP (September 2014) and BBC (2014) guidance: Islamic State group",
    ),
    Expectation(
        "terrorist among names of fighters",
        # "(... terrorist ...) fighter(s)" is another name: corrected after a first look, see docs/statistics.md.
        Choice("armed-groups", "fighters", r"(.* )?terrorist\(s\)$|narco", r"(?!(.* )?terrorist\(s\)$|narco)"),
        RIGHT,
        AGENCIES,
        "BBC editorial guidelines, section 11; Reuters handbook, terrorism; Al Jazeera memorandum 2015",
    ),
    Expectation(
        "amnesty among names of legalisation",
        Choice("migration", "legalisation", r"(?i).*amnest", r"(?i)(?!.*amnest)"),
        RIGHT,
        OTHERS,
        "Lakoff & Ferguson 2006, The Framing of Immigration; Haynes et al. 2016",
    ),
    Expectation(
        "Democrat Party (not Democratic)",
        Choice("us-politics", "democratic-party", r"Democrat Party$", r"Democratic Party$"),
        RIGHT,
        OTHERS,
        "Hertzberg 2006, The New Yorker: a label of opponents",
    ),
    Expectation(
        "Islam in the name of extremism",
        Choice(
            "national-security",
            "muslim-extremism-label",
            r"radical Islam$|\(radical\||\(Islamo-|\(Islamist\||jihadism$|\(Islamic\|",
            r"violent extremism|countering|\(homegrown",
        ),
        RIGHT,
        OTHERS,
        "Obama, remarks of 14 June 2016, on who asks for the words radical Islam",
    ),
    Expectation(
        "Obamacare (not Affordable Care Act)",
        Choice("health-care", "affordable-care-act", r"Obama\(-\)care$", r"\(Affordable|Patient Protection|=ACA$"),
        RIGHT,
        OTHERS,
        "AP stylebook, Affordable Care Act; NPR memorandum of November 2013",
    ),
    Expectation(
        "death tax (not estate tax)",
        Choice("taxes-spending", "estate-tax", r"death tax", r"\(estate"),
        RIGHT,
        OTHERS,
        "Gentzkow & Shapiro 2010, Econometrica 78",
    ),
    Expectation(
        "gun control (not gun safety)",
        Choice("guns", "gun-control", r"\(gun\|firearm\|firearms\)\(-\)control", r"gun \(safety|\(gun.*safety"),
        RIGHT,
        OTHERS,
        "Everytown for Gun Safety 2014: the name that advocates of stricter laws chose",
    ),
    Expectation(
        "occupied among names of the land",
        Choice("israel-palestine", "land", r".*occupied", r"West Bank$|Palestinian territor|Golan"),
        ("Al Jazeera", "BBC News", "The Guardian"),
        RIGHT,
        "BBC, Israel and the Palestinians: key terms (2006)",
    ),
    Expectation(
        "words in a sentence",
        "readability.sentence",
        ("Christian Science Monitor", "New York Times - News", "The Guardian", "Wall Street Journal - News"),
        ("BBC News",),
        "BBC News style guide: short sentences",
    ),
    Expectation("loaded sentences", "loaded.score.own", OPINION, NEWS, KRUEGER),
    Expectation("loaded words", "loaded.rate.own", OPINION, NEWS, KRUEGER),
    Expectation("boosters", "certainty.commitment.booster.own", OPINION, NEWS, KRUEGER),
    Expectation("first person", "loaded.style.first-person.own", OPINION, NEWS, KRUEGER),
    Expectation("must, should", "loaded.style.obligation.own", OPINION, NEWS, KRUEGER),
    Expectation("words in quotation marks", "voice:quoted", NEWS, OPINION, "Tuchman 1972; " + KRUEGER),
    Expectation("words in reported speech", "voice:attributed", NEWS, OPINION, "Tuchman 1972; " + KRUEGER),
)

DESKS = re.compile(r"/(opinions?|commentary|commentisfree|columnists?|editorials?)/", re.IGNORECASE)
"""Pages of opinion, by the address that their own site gives them."""

SITES = ("cnn.com", "foxnews.com", "nytimes.com", "townhall.com")
"""Those with ten or more pages of opinion and of news."""

DESK_MEASURES = (
    ("loaded.score.own", 1),
    ("loaded.rate.own", 1),
    ("loaded.evaluation.intensifier.own", 1),
    ("loaded.style.first-person.own", 1),
    ("loaded.style.obligation.own", 1),
    ("loaded.marks.question.own", 1),
    ("certainty.commitment.booster.own", 1),
    ("certainty.commitment.hedge.own", 0),
    ("tone.own", 0),
    ("voice:quoted", -1),
    ("voice:attributed", -1),
    ("sourcing.words.official", -1),
    ("sourcing.words.anonymous", -1),
    ("sourcing.verbs.neutral", -1),
)
"""Measures of which opinion should have more (1), less (-1), or nobody has said (0); written down beforehand."""

DESK_MODULES = ("loaded.", "certainty.", "tone.", "sourcing.", "voice:")


class Corpus:
    """The analysed articles, ready for contrasts between groups of any making."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis, self.folder = analysis, analysis.path
        self.articles = read_metadata(self.folder)
        self.counters = Counters.from_tables(read_parquet(self.folder, "counts"), self.articles)
        self.own = read_own_reporting(self.folder, self.articles)
        self.measures = analysis.describe_measures()
        columns = ["article_id", "module", "lexicon", "category", "voice", "term", "weight"]
        self.mentions = read_parquet(self.folder, "mentions", columns)

    def grouped(self, labels: Sequence[str]) -> tuple[Counters, Counters | None]:
        """Return the counts of the articles that have a label, with a column `side`, and those of own reporting."""
        found = [_with_side(c, labels) for c in (self.counters, self.own) if c is not None]
        return found[0], found[1] if len(found) > 1 else None

    def contrast(self, labels: Sequence[str], measures: Sequence[Measure], first: str, second: str) -> pa.Table:
        """Compare two labels, with the robustness panel; also what cannot be tested."""
        counters, own = self.grouped(labels)
        # The topic in place of the event, of which these articles have none.
        design = Design(group="side", pairs=[(first, second)], rest=(), event="topic", seed=SEED)
        table = compute_contrasts(counters, measures, design, all_rows=True)
        tally = TermTally(self.mentions, counters.groups("side"), counters.articles["id"].to_pylist())
        return check_robustness(table, counters, measures, tally, design, own_reporting=own)

    def column(self, name: str) -> list[str]:
        """Return a column of the articles, in the order of the counts."""
        values: list[str] = self.counters.articles[name].cast(pa.string()).fill_null("").to_pylist()
        return values


def _with_side(counters: Counters, labels: Sequence[str]) -> Counters:
    kept = np.flatnonzero(np.array(labels) != "")
    articles = counters.articles.take(kept).append_column("side", pa.array([labels[k] for k in kept.tolist()]))
    return Counters(articles, counters.names, counters.matrix[kept])


def _measure_of(corpus: Corpus, expectation: Expectation, without: str = "") -> Measure | None:
    """Return the measure that an expectation speaks of, None where nothing of it is counted."""
    what = expectation.what
    if isinstance(what, str):
        return corpus.measures[what]
    chosen, others = [], []
    for name in corpus.counters.starting_with(f"naming:{what.lexicon}:{what.referent}:own:").names:
        term = name.split(":", 5)[5]
        if term == without:
            continue
        if re.match(what.names, term):
            chosen.append(name)
        elif re.match(what.others, term):
            others.append(name)
    if not chosen or not others:
        return None
    return Measure(expectation.label, expectation.label, "share", tuple(chosen), (*chosen, *others))


def _carrying_term(corpus: Corpus, expectation: Expectation, labels: Sequence[str], difference: float) -> str:
    """Return the term without which half of the difference or more goes away, "" for none."""
    measure = _measure_of(corpus, expectation)
    if isinstance(expectation.what, str) or measure is None or not difference:
        return ""
    counters, _ = corpus.grouped(labels)
    kept: list[tuple[float, str]] = []
    for term in sorted({name.split(":", 5)[5] for name in measure.denominators}):
        left = _measure_of(corpus, expectation, without=term)
        if left is None:
            kept.append((0.0, term))
            continue
        columns = counters.combine([left.numerators, left.denominators]).toarray()
        of = np.array(counters.articles["side"].to_pylist())
        sums = [columns[of == side].sum(axis=0) for side in (MORE, LESS)]
        if all(s[1] > 0 for s in sums):
            kept.append(((sums[0][0] / sums[0][1] - sums[1][0] / sums[1][1]) / difference, term))
    least = min(kept, default=(1.0, ""))
    return least[1] if 1 - least[0] >= CARRIES else ""


def known(corpus: Corpus) -> Table:
    """Differences that others have described: all articles of one kind of outlet against all of the other kind."""
    found = []
    for expectation in EXPECTED:
        labels = _label(corpus, expectation)
        measure = _measure_of(corpus, expectation)
        row = corpus.contrast(labels, [measure], MORE, LESS).to_pylist()[0] if measure else None
        found.append((expectation, labels, measure, row))
    p = np.array([r["p"] if r is not None and r["status"] == "ok" else np.nan for *_, r in found])
    q = benjamini_hochberg(p)
    rows = [
        [
            "expected to be higher",
            "value",
            "other side",
            "difference [95 %]",
            "articles",
            "p",
            "q",
            "within topics: difference (p)",
            "carried by",
            "without shared text",
            "single pairs of outlets: tested, this way, q ≤ 0.05, q ≤ 0.05 the other way",
            "came out",
        ]
    ]
    for (expectation, labels, measure, row), value in zip(found, q.tolist(), strict=True):
        if row is None or row["status"] != "ok":
            counts = f"{row['n_articles']} and {row['other_articles']}" if row else "none"
            rows.append([expectation.label, *("–",) * 3, counts, *("–",) * 6, "insufficient"])
            continue
        by_article = ["an article"] if row["article_share"] >= CARRIES else []
        by_term = row["term_share"] >= CARRIES or _carrying_term(corpus, expectation, labels, row["difference"])
        matched = row["matched_status"] == "ok"
        came_out = "no" if value > 0.05 else "yes" if row["difference"] > 0 else "reversed"
        rows.append(
            [
                expectation.label,
                f"{row['value']:.3g}",
                f"{row['other_value']:.3g}",
                f"{row['difference']:+.3g} [{row['low']:.3g}, {row['high']:.3g}]",
                f"{row['n_articles']} and {row['other_articles']}",
                _p(row["p"]),
                _p(value),
                f"{row['matched_difference']:+.3g} ({_p(row['matched_p'])})" if matched else "too few topics",
                ", ".join([*by_article, *(["a term"] if by_term else [])]) or "nothing",
                row["survives"] or "–",
                _pairs(corpus, expectation, measure),
                came_out,
            ]
        )
    return rows


def _label(corpus: Corpus, expectation: Expectation) -> list[str]:
    sides = {**dict.fromkeys(expectation.higher, MORE), **dict.fromkeys(expectation.lower, LESS)}
    return [sides.get(outlet, "") for outlet in corpus.column("outlet")]


def _pairs(corpus: Corpus, expectation: Expectation, measure: Measure) -> str:
    """Say of the single pairs of outlets how many could be tested, go the right way, and differ."""
    outlets = set(corpus.column("outlet"))
    pairs = [p for p in product(expectation.higher, expectation.lower) if set(p) <= outlets]
    design = Design(pairs=pairs, rest=(), event="", seed=SEED)
    table = compute_contrasts(corpus.counters, [measure], design)
    difference, q = table["difference"].to_numpy(), table["q"].to_numpy()
    right, wrong = ((q <= 0.05) & (difference * sign > 0) for sign in (1, -1))
    return f"{len(q)}, {(difference > 0).sum()}, {right.sum()}, {wrong.sum()}"


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.0005 else f"{value:.0e}" if value >= 1e-7 else "< 1e-07"


def sources(corpus: Corpus) -> Table:
    """Where the expectations come from, and between which outlets."""
    names = {
        RIGHT: "right",
        OTHERS: "other",
        OPINION: "opinion",
        NEWS: "news",
        AGENCIES: "careful",
    }
    rows = [["expected to be higher", "in", "than in", "source of the expectation"]]
    for x in EXPECTED:
        sides = [names.get(tuple(s), ", ".join(s)) for s in (x.higher, x.lower)]
        rows.append([x.label, *sides, x.source])
    return rows


def groups(corpus: Corpus) -> Table:
    """Which outlets the names of groups stand for, with their articles."""
    outlets = corpus.column("outlet")
    rows = [["group", "outlets (articles)"]]
    for label, members in (
        ("right", RIGHT),
        ("other", OTHERS),
        ("opinion", OPINION),
        ("news", NEWS),
        ("careful", AGENCIES),
    ):
        rows.append([label, ", ".join(f"{m} ({outlets.count(m)})" for m in members)])
    topics = len(set(corpus.column("topic")))
    rows.append(["*all*", f"{len(set(outlets))} outlets, {len(outlets):,} articles, {topics} topics"])
    return rows


LEAST_HALF = 10
"""Articles with the denominator that an outlet needs in each half."""


def halves(corpus: Corpus) -> Table:
    """Rank correlation, over outlets, of values in one half of their articles with those in the other half."""
    chosen = [corpus.measures[n] for n in ("loaded.rate.own", "loaded.score.own", "voice:quoted")]
    chosen += _widest_stances(corpus)
    outlets = np.array(corpus.column("outlet"))
    days = np.array([int(d[8:10]) if len(d) == 10 else -1 for d in corpus.column("date")])
    rows = [
        ["measure", "outlets", "articles an outlet, median", "half against half: mean (range of 20)",
         "of all articles (Spearman-Brown)", "odd against even days", "outlets shuffled: mean (range of 20)"],
    ]  # fmt: skip
    for measure in chosen:
        columns = corpus.counters.combine([measure.numerators, measure.denominators]).toarray()
        some = columns[:, 1] > 0
        names, counts = np.unique(outlets[some], return_counts=True)
        kept = names[counts >= 2 * LEAST_HALF]
        rows_kept = np.flatnonzero(some & np.isin(outlets, kept))
        found, shuffled = [], []
        for seed in range(20):
            rng = np.random.default_rng([SEED, seed])
            x, of = columns[rows_kept], outlets[rows_kept]
            found.append(_rank_halves(x, of, _part_evenly(of, rng)))
            of = rng.permutation(of)
            shuffled.append(_rank_halves(x, of, _part_evenly(of, rng)))
        dated = rows_kept[days[rows_kept] > 0]
        by_day = _rank_halves(columns[dated], outlets[dated], days[dated] % 2)
        mean = float(np.mean(found))
        rows.append(
            [
                f"{measure.label} (`{measure.name}`)",
                f"{len(kept)}",
                f"{np.median(counts[counts >= 2 * LEAST_HALF]):.0f}",
                f"{mean:.2f} ({min(found):.2f} to {max(found):.2f})",
                f"{2 * mean / (1 + mean):.2f}" if mean > 0 else "–",
                f"{by_day:.2f}",
                f"{np.mean(shuffled):.2f} ({min(shuffled):.2f} to {max(shuffled):.2f})",
            ]
        )
    return rows


def _widest_stances(corpus: Corpus) -> list[Measure]:
    """Return the three own-voice stances for which most outlets have enough evidence, then with most articles."""
    stances = [m for n, m in corpus.measures.items() if n.startswith("stance:") and n.endswith(":own")]
    columns, numerator, denominator = combine_measures(corpus.counters, stances)
    enough, articles = np.zeros(len(stances), dtype=int), np.zeros(len(stances), dtype=int)
    for label, rows in corpus.counters.groups("outlet"):
        ratios = compute_ratios(columns[rows], numerator, denominator, group=label, resamples=0)
        # Where every mention has the same weight there is nothing to rank.
        enough += (
            (ratios.status(LEAST_HALF) == "ok") & (ratios.n_units >= 2 * LEAST_HALF) & np.isfinite(ratios.effective)
        )
        articles += ratios.n_units
    order = sorted(range(len(stances)), key=lambda k: (-enough[k], -articles[k], stances[k].name))
    return [stances[k] for k in order[:3]]


def _part_evenly(outlets: Any, rng: np.random.Generator) -> Any:
    """Return 0 or 1 for each article, half of each outlet's articles at random."""
    part = np.zeros(len(outlets), dtype=int)
    for outlet in np.unique(outlets):
        rows = rng.permutation(np.flatnonzero(outlets == outlet))
        part[rows[: len(rows) // 2]] = 1
    return part


def _rank_halves(columns: Any, outlets: Any, part: Any) -> float:
    names, number = np.unique(outlets, return_inverse=True)
    sums = np.zeros((2, len(names), 2))
    np.add.at(sums, (part, number), columns)
    with np.errstate(invalid="ignore"):
        values = sums[..., 0] / sums[..., 1]
    both = np.isfinite(values).all(axis=0)
    return float(spearmanr(values[0, both], values[1, both]).statistic)


def desks(corpus: Corpus) -> Table:
    """Opinion pages against the other pages of the same site."""
    addresses = corpus.column("url")
    every = [m for n, m in corpus.measures.items() if n.startswith(DESK_MODULES)]
    tables = {}
    for site in SITES:
        tables[site] = _desk_table(corpus, [site], addresses, every)
    tables["all four"] = _desk_table(corpus, SITES, addresses, every)
    rows = [["measure", "expected of opinion", *tables]]
    sizes = [f"{_count(addresses, s, True)} and {_count(addresses, s, False)}" for s in SITES]
    total = [sum(_count(addresses, s, opinion) for s in SITES) for opinion in (True, False)]
    rows.append(["*pages of opinion and others*", "", *sizes, f"{total[0]} and {total[1]}"])
    for name, sign in DESK_MEASURES:
        cells = [_desk_cell(next(r for r in t if r["measure"] == name)) for t in tables.values()]
        rows.append([f"`{name}`", {1: "more", -1: "less", 0: "–"}[sign], *cells])
    cells = [f"{sum(r['q'] <= 0.05 for r in t)} of {sum(r['status'] == 'ok' for r in t)}" for t in tables.values()]
    rows.append(["*all measures of these modules, q ≤ 0.05*", "", *cells])
    return rows


def _count(addresses: Sequence[str], site: str, opinion: bool) -> int:
    return sum(_is_of(a, site) and bool(DESKS.search(a)) == opinion for a in addresses)


def _is_of(address: str, site: str) -> bool:
    return bool(re.match(rf"https?://(\w+\.)?{re.escape(site)}/", address))


def _desk_table(
    corpus: Corpus, sites: Sequence[str], addresses: Sequence[str], measures: Sequence[Measure]
) -> list[dict[str, Any]]:
    labels = [("opinion" if DESKS.search(a) else "news") if any(_is_of(a, s) for s in sites) else "" for a in addresses]
    found: list[dict[str, Any]] = corpus.contrast(labels, measures, "opinion", "news").to_pylist()
    return found


def _desk_cell(row: dict[str, Any]) -> str:
    if row["status"] != "ok":
        return "insufficient"
    mark = "**" if row["q"] <= 0.05 else ""
    return f"{mark}{row['difference']:+.3g}{mark} (q {_p(row['q'])})"


SHUFFLES = 5


def real_families(corpus: Corpus) -> Table:
    """All contrasts of the analysis, and the same with the outlets shuffled over the articles."""
    stored = corpus.analysis.contrasts().arrow
    rows = [
        [
            "",
            "tested",
            "p ≤ 0.05",
            "q ≤ 0.05",
            "… and an interval that holds 0",
            "… carried by one article",
            "… by one term",
            "… `survives` says no",
            "… so, though the difference shrinks by less than a tenth",
            "left by all of these",
        ]
    ]
    rest = np.array([x == REST for x in stored["other"].to_pylist()])
    for label, which in (("pairs of the largest 20 outlets", ~rest), ("each outlet against all others", rest)):
        table = stored.filter(pa.array(which))
        p, q, low, high, difference, own = (
            table[c].to_numpy() for c in ("p", "q", "low", "high", "difference", "own_difference")
        )
        kept = q <= 0.05
        by = np.array(table["carried_by"].to_pylist(), dtype=str)
        article, term = (np.char.find(by, w) >= 0 for w in ("article", "term"))
        lost = np.isin(table["survives"].to_pylist(), ("no", "insufficient"))
        with np.errstate(divide="ignore", invalid="ignore"):
            unchanged = lost & (own / difference > 0.9)
        marks = [(low <= 0) & (high >= 0), article, term, lost, unchanged]
        counts = [kept, *(kept & mark for mark in marks), kept & ~np.any(marks, axis=0)]
        tested = np.isfinite(p)
        rows.append(
            [label, f"{tested.sum():,}", f"{np.mean(p[tested] <= 0.05):.3f}", *(f"{c.sum():,}" for c in counts)]
        )
    for number in range(SHUFFLES):
        rng = np.random.default_rng([SEED, number])
        outlets = rng.permutation(np.array(corpus.column("outlet"), dtype=object)).tolist()
        place = corpus.counters.articles.column_names.index("outlet")
        articles = corpus.counters.articles.set_column(place, "outlet", pa.array(outlets, pa.string()))
        counters = replace(corpus.counters, articles=articles)
        design = Design(pairs=largest_pairs(counters.groups("outlet")), event="", seed=SEED, resamples=2000)
        table = compute_contrasts(counters, list(corpus.measures.values()), design)
        rest = np.array([x == REST for x in table["other"].to_pylist()])
        for label, which in (("pairs", ~rest), ("against all others", rest)):
            p, q = table["p"].to_numpy()[which], table["q"].to_numpy()[which]
            rows.append(
                [f"shuffled {number + 1}: {label}", f"{len(p):,}", f"{np.mean(p <= 0.05):.3f}",
                 f"{(q <= 0.05).sum():,}", *("",) * 6]
            )  # fmt: skip
    return rows


def spread(corpus: Corpus) -> Table:
    """How far counts of articles vary in real outlets, and how unlike the two sides of a contrast are in that."""
    rates = [m for m in corpus.measures.values() if m.is_rate]
    columns, numerator, denominator = combine_measures(corpus.counters, rates)
    largest = sorted({label for pair in largest_pairs(corpus.counters.groups("outlet")) for label in pair})
    ratio = np.full((len(largest), len(rates)), np.nan)
    for label, rows in corpus.counters.groups("outlet"):
        if label not in largest:
            continue
        own = columns[rows]
        ratios = compute_ratios(own, numerator, denominator, group=label, resamples=0, rate=True)
        x, y = (own[:, side].toarray() for side in (numerator, denominator))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = ((x - ratios.value * y) ** 2).sum(axis=0) / (len(rows) - 1) / x.mean(axis=0)
        enough = ratios.status(LEAST_HALF) == "ok"
        ratio[largest.index(label), enough] = found[enough]
    both = [np.abs(np.log(ratio[a] / ratio[b])) for a, b in combinations(range(len(largest)), 2)]
    unlike = np.exp(np.concatenate(both))
    rows = [["rates of the 20 largest outlets", "5 %", "25 %", "half", "75 %", "95 %"]]
    for label, values in (
        ("variance / mean of an outlet's articles", ratio),
        ("larger / smaller of the two sides of a contrast", unlike),
    ):
        rows.append([label, *(f"{v:.1f}" for v in np.nanquantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]))])
    return rows


TABLES: dict[str, Callable[[Corpus], Table]] = {
    "known": known,
    "sources": sources,
    "groups": groups,
    "halves": halves,
    "desks": desks,
    "real_families": real_families,
    "spread": spread,
}


def open_corpus(data: Path, folder: Path | None = None) -> Corpus:
    """Analyse the articles into a temporary folder, or open a finished analysis of them."""
    return Corpus(open_analysis(folder) if folder else analyse(read_articles(find_file(data)), seed=SEED))


def find_file(data: Path) -> Path:
    """Return the file of articles in a folder, or in its folder `data`."""
    return next((f for f in (data / "data" / NAME, data / NAME) if f.is_file()), data / NAME)


def show_sentences(corpus: Corpus) -> None:
    """Print up to three sentences for each side of each known contrast."""
    from rich import print as show

    from framing.cli.options import printable

    table = read_parquet(
        corpus.folder,
        "mentions",
        ["article_id", "module", "lexicon", "category", "voice", "term", "section", "sentence_start", "sentence_end"],
    )
    body = table.filter(pc.and_(pc.equal(table["section"], "body"), pc.equal(table["voice"], "own")))
    texts = {a.id: a for a in corpus.analysis.articles()}
    for expectation in EXPECTED:
        print(f"\n{expectation.label}")
        rows = _rows_behind(corpus, expectation, body)
        for side, outlets in (("should be higher", expectation.higher), ("should be lower", expectation.lower)):
            mine = [r for r in rows if texts[r["article_id"]].outlet in outlets]
            picked = np.random.default_rng(SEED).permutation(len(mine))[:3].tolist()
            for row in (mine[k] for k in picked):
                article = texts[row["article_id"]]
                sentence = " ".join(article.text[row["sentence_start"] : row["sentence_end"]].split())
                show(printable(f"  {side}: {article.outlet}, {article.date}: {row['term'][:40]}: {sentence[:300]}"))


def _rows_behind(corpus: Corpus, expectation: Expectation, body: pa.Table) -> list[dict[str, Any]]:
    what = expectation.what
    if isinstance(what, Choice):
        mask = pc.and_(pc.equal(body["lexicon"], what.lexicon), pc.equal(body["category"], what.referent))
        return [r for r in body.filter(mask).to_pylist() if re.match(what.names, r["term"])]
    keys = [k.split(":") for k in corpus.measures[what].mention_keys if k.count(":") == 3]
    found: list[dict[str, Any]] = []
    for module, lexicon, category, _ in keys:
        mask = pc.equal(body["module"], module)
        for name, value in (("lexicon", lexicon), ("category", category)):
            mask = mask if value == "*" else pc.and_(mask, pc.equal(body[name], value))
        found += body.filter(mask).to_pylist()
    return found


def as_markdown(table: Table) -> str:
    """Return a table in Markdown."""
    head, *rows = table
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def main(arguments: Sequence[str]) -> int:
    named = list(arguments)
    folder = None
    if "--analysis" in named:
        place = named.index("--analysis")
        folder = Path(named[place + 1])
        del named[place : place + 2]
    paths = [a for a in named if not a.startswith("--")]
    data = Path(paths[0]) if paths else Path(__file__).resolve().parents[2] / "shared"
    if folder is None and not find_file(data).is_file():
        print(f"{data}: no {NAME} there. Give the folder that holds it, or --analysis DIR.", file=sys.stderr)
        return 3
    corpus = open_corpus(data, folder)
    for name, build in TABLES.items():
        print(f"\n## {name}\n\n{as_markdown(build(corpus))}", flush=True)
    if "--sentences" in named:
        show_sentences(corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

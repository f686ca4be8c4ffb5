"""Finding the uses of words that a guide has a rule for, and those that depart from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.annotation import HEADLINE, SECTIONS, AnnotatedBatch, Annotator
from framing.engine.run import batches
from framing.guides.reading import Guide, GuideExample
from framing.lexicon import is_covered
from framing.measure import Measure
from framing.statistics.bootstrap import RESAMPLES
from framing.statistics.counters import Counters
from framing.statistics.measures import MIN_ARTICLES, compute_measures
from framing.text import Article, BoolArray, LongArray
from framing.voice import OWN, SCARE, VOICES

CONTEXT = 80  # characters on each side, as in `framing kwic`

USE_COLUMNS = {
    "outlet": pa.string(),
    "date": pa.string(),
    "section": pa.string(),
    "rule": pa.string(),
    "voice": pa.string(),
    "departs": pa.bool_(),
    "left": pa.string(),
    "mention": pa.string(),
    "right": pa.string(),
    "article_id": pa.string(),
    "start": pa.int64(),
    "end": pa.int64(),
    "says": pa.string(),
    "instead": pa.string(),
    "source": pa.string(),
}
RATE_COLUMNS = {
    "outlet": pa.string(),
    "rule": pa.string(),
    "uses": pa.int64(),
    **{voice: pa.int64() for voice in VOICES},
    "departures": pa.int64(),
    "share": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
    "n_articles": pa.int64(),
    "status": pa.string(),
}


@dataclass(frozen=True, slots=True)
class Uses:
    """All uses of the words of a guide's rules in some articles.

    Attributes
    ----------
    table : pa.Table
        One row for each use, whatever its voice, in the order of the articles and from top to bottom of each. Columns
        as in `USE_COLUMNS`: `departs` says whether the use departs from the guide; offsets are characters into the
        text, or into the title where `section` is "headline"; `says`, `instead` and `source` are the guide's.
    articles : pa.Table
        `id` and `outlet` of every article that was read, with uses or without.
    skipped : int
        Articles left out because their language is not the guide's.
    """

    table: pa.Table
    articles: pa.Table
    skipped: int = 0

    @property
    def departures(self) -> pa.Table:
        """The uses that depart; columns as in `USE_COLUMNS` without `departs`."""
        return self.table.filter(self.table["departs"]).drop_columns("departs")

    def rates(self, *, min_articles: int = MIN_ARTICLES, resamples: int = RESAMPLES, seed: int = 0) -> pa.Table:
        """Say how often each outlet departs: of all its uses of a rule's words, the attributed ones included.

        Returns
        -------
        pa.Table
            One row for each outlet and each rule whose words it uses, by outlet and rule. Columns:

            outlet, rule : string
            uses : int64, uses of the rule's words in any voice, at least 1
            own, quoted, attributed, scare : int64, uses in that voice; they add up to `uses`
            departures : int64
            share : float64, 0 to 1, departures / uses
            low, high : float64, 95 % interval of `share` over the outlet's articles, or nan; see `compute_ratios`
            n_articles : int64, articles with a use
            status : string, "ok", or "insufficient" with too few articles with a use; see `Ratios.status`
        """
        rows = self.table.select(["outlet", "rule", "voice", "departs", "article_id"]).to_pydict()
        counted: dict[tuple[str, str], int] = {}
        for rule, voice, departs, article in zip(
            rows["rule"], rows["voice"], rows["departs"], rows["article_id"], strict=True
        ):
            for counter in (f"{rule}:{voice}", f"{rule}:departs") if departs else (f"{rule}:{voice}",):
                counted[article, counter] = counted.get((article, counter), 0) + 1
        counts = pa.table(
            {
                "article_id": pa.array([article for article, _ in counted], pa.string()),
                "counter": pa.array([counter for _, counter in counted], pa.string()),
                "value": pa.array(list(counted.values()), pa.float64()),
            }
        )
        counters = Counters.from_tables(counts, self.articles)
        rules = sorted(set(rows["rule"]))
        voices = {rule: tuple(f"{rule}:{voice}" for voice in VOICES) for rule in rules}
        asked = [Measure(rule, rule, "share of uses", f"{rule}:departs", voices[rule]) for rule in rules]
        asked += [Measure(name, name, "uses", name, voices[rule]) for rule in rules for name in voices[rule]]
        found = compute_measures(counters, asked, min_articles=min_articles, resamples=resamples, seed=seed)
        by_name = {(row["outlet"], row["measure"]): row for row in found.to_pylist()}
        outlets = sorted({outlet for outlet, _ in by_name})
        table = [
            {
                "outlet": outlet,
                "rule": rule,
                "uses": int(row["denominator"]),
                **{v: int(by_name[outlet, f"{rule}:{v}"]["numerator"]) for v in VOICES},
                "departures": int(row["numerator"]),
                "share": row["value"],
                **{k: row[k] for k in ("low", "high", "n_articles", "status")},
            }
            for outlet in outlets
            for rule in rules
            if (row := by_name[outlet, rule])["denominator"]
        ]
        return pa.Table.from_pylist(table, pa.schema(list(RATE_COLUMNS.items())))


def check_articles(articles: Iterable[Article], guide: Guide, *, outlet: str | None = None) -> pa.Table:
    """Return the uses that depart from a guide; see `Uses.departures`."""
    return find_uses(articles, guide, outlet=outlet).departures


def find_uses(articles: Iterable[Article], guide: Guide, *, outlet: str | None = None) -> Uses:
    """Find every use of the words that a guide has rules for.

    Parameters
    ----------
    articles : iterable of Article
        Articles marked as another language than the guide's are left out and counted.
    guide : Guide
    outlet : str, optional
        Only this outlet.
    """
    checker = _Checker(guide)
    rows: list[dict[str, Any]] = []
    ids: list[str] = []
    outlets: list[str] = []
    skipped = 0
    for group in batches(a for a in articles if outlet in (None, a.outlet)):
        covered = [a for a in group if is_covered(a.language, [guide.language])]
        skipped += len(group) - len(covered)
        ids += [a.id for a in covered]
        outlets += [a.outlet for a in covered]
        if covered:
            rows += checker(covered)
    table = pa.Table.from_pylist(rows, pa.schema(list(USE_COLUMNS.items())))
    return Uses(table, pa.table({"id": pa.array(ids, pa.string()), "outlet": pa.array(outlets, pa.string())}), skipped)


class _Checker:
    """A guide compiled: finds its uses in batches of articles."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._annotate = Annotator([guide.lexicon()])
        rows = guide.rows
        rules = {key: number for number, key in enumerate(guide.rules)}
        self._rule = np.array([rules[row.rule] for row in rows], dtype=np.int64)
        # Which voices of a use depart, for each row: (own, scare).
        self._own = np.array([bool({"attributed", "never"} & set(row.allowed)) for row in rows], dtype=bool)
        self._scare = np.array([bool({"not-scare", "never"} & set(row.allowed)) for row in rows], dtype=bool)
        self._qualified = np.array(["qualified" in row.allowed for row in rows], dtype=bool)
        self._texts = [
            {
                "rule": row.rule,
                "says": guide.rules[row.rule].says,
                "instead": row.instead,
                "source": guide.cite(row.source, row.basis),
            }
            for row in rows
        ]

    def __call__(self, articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
        batch = self._annotate(articles)
        order = np.argsort(batch.matches.start, kind="stable")
        matches = batch.matches.take(order)
        voice = batch.voices.code[matches.start]
        departs = self._departs(batch, matches.start, matches.entry.astype(np.int64), voice)
        tokens = batch.tokens
        places = zip(
            batch.article[matches.start].tolist(),
            batch.section[matches.start].tolist(),
            tokens.start[matches.start].tolist(),
            tokens.end[matches.end - 1].tolist(),
            matches.entry.tolist(),
            voice.tolist(),
            departs.tolist(),
            strict=True,
        )
        for number, section, start, end, entry, spoken, departing in places:
            article = articles[number]
            text = article.title if section == HEADLINE else article.text
            yield {
                "outlet": article.outlet,
                "date": article.date,
                "section": SECTIONS[section],
                "voice": VOICES[spoken],
                "departs": departing,
                "left": " ".join(text[max(0, start - CONTEXT) : start].split()),
                "mention": text[start:end],
                "right": " ".join(text[end : end + CONTEXT].split()),
                "article_id": article.id,
                "start": start,
                "end": end,
                **self._texts[entry],
            }

    def _departs(self, batch: AnnotatedBatch, start: LongArray, row: LongArray, voice: Any) -> BoolArray:
        """Say which uses depart. Uses ascend by place."""
        departs = (self._own[row] & (voice == OWN)) | (self._scare[row] & (voice == SCARE))
        body = np.flatnonzero(batch.section[start] != HEADLINE)
        key = batch.article[start[body]].astype(np.int64) * len(self._guide.rules) + self._rule[row[body]]
        first = body[np.unique(key, return_index=True)[1]]  # headlines have no room for a qualifier
        departs[first] |= self._qualified[row[first]] & (voice[first] == OWN)
        return np.asarray(departs, dtype=bool)


@dataclass(frozen=True, slots=True)
class GuideExampleResult:
    """Which uses depart in one of a guide's examples."""

    example: GuideExample
    found: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.found == self.example.expected


def run_guide_examples(guide: Guide) -> list[GuideExampleResult]:
    """Check every example of a guide, each as an article without a title.

    Returns
    -------
    list of GuideExampleResult
        In file order; `found` holds the departing uses of the example's rule as printed, from top to bottom.
    """
    articles = [Article(str(number), "", example.text) for number, example in enumerate(guide.examples)]
    departures = check_articles(articles, guide)
    results = []
    for number, example in enumerate(guide.examples):
        mine = departures.filter(pc.equal(departures["article_id"], str(number))).to_pylist()
        found = tuple(row["mention"] for row in mine if example.rule in ("*", row["rule"]))
        results.append(GuideExampleResult(example, found))
    return results

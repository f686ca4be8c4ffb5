"""From articles to a finished analysis, and an analysis as an object to ask."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framing import store
from framing.comparisons import compute_comparisons, flip, list_contrasted, read_articles, write_shared_text
from framing.engine import run, start_pool
from framing.errors import InputError, LexiconError
from framing.ingest import Articles
from framing.kwic import check_voice, find_in_context
from framing.lexicon import Lexicon, check_names, is_covered, known_languages, read_lexicons
from framing.matching import Matcher
from framing.measure import Measure, only_mention_keys
from framing.scorers import choose_modules, list_measures
from framing.statistics import (
    REST,
    VOICE_MEASURES,
    Counters,
    compute_coverage,
    compute_measures,
    compute_sources,
    compute_terms,
    find_labels,
    naming_measures,
)
from framing.syllables import syllable_method
from framing.text import Article
from framing.view import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIN_ARTICLES = 10
RESAMPLES = 2000
SEED = 2017
BY_NAME = ("agency", "casualties", "sourcing", "toward")
"""Modules whose rules know their lexicons by name."""
LEXICON_COPIES = "lexicons.json"
MEASURE_RECORDS = "measures.json"

LexiconChoice = str | Path | Lexicon | Sequence[str | Path | Lexicon] | None


def choose_lexicons(choice: LexiconChoice = None, modules: Sequence[str] = ("naming",)) -> list[Lexicon]:
    """Return the lexicons that some modules work with.

    Parameters
    ----------
    choice : name, folder, Lexicon, or several of them, optional
        What is named here takes the place of the lexicons that come with the program in its module; each module that no
        choice touches works with all of those. In the modules `BY_NAME` each takes the place of the one of its name.
    modules : sequence of str

    Raises
    ------
    LexiconError
        One is not there, or breaks its contract; two of a module have the same name; one serves a module that does not
        run.
    """
    items = [choice] if isinstance(choice, str | Path | Lexicon) else list(choice or ())
    paths = [x for x in items if not isinstance(x, Lexicon)]
    given = [x for x in items if isinstance(x, Lexicon)]
    given += read_lexicons(paths) if paths else []
    check_names(given)
    for lexicon in given:
        if lexicon.module not in modules:
            raise LexiconError(
                f"lexicon {lexicon.name!r} is for the module {lexicon.module!r}, which does not run. Modules of this "
                f"run: {', '.join(modules)}. Correct module in its lexicon.toml, or the choice of modules."
            )
    chosen = []
    for module in modules:
        mine = [x for x in given if x.module == module]
        shipped = read_lexicons(module=module) if module in BY_NAME or not mine else []
        if module in BY_NAME:
            _check_replacements(module, mine, shipped)
            replaced = {x.name: x for x in mine}
            chosen += [replaced.get(x.name, x) for x in shipped]
        else:
            chosen += mine or shipped
    return chosen


def _check_replacements(module: str, mine: Sequence[Lexicon], shipped: Sequence[Lexicon]) -> None:
    """Refuse lexicons that the rules of a module would never look at."""
    names = [x.name for x in shipped]
    for lexicon in mine:
        if lexicon.name not in names:
            raise LexiconError(
                f"lexicon {lexicon.name!r}: the rules of the module {module!r} look their lexicons up by name "
                f"({', '.join(names)}). Name the folder after the one that it is to replace."
            )


def analyse(
    articles: Articles | Iterable[Article],
    lexicons: LexiconChoice = None,
    output: str | Path | None = None,
    *,
    modules: Iterable[str] | None = None,
    workers: int = 1,
    min_articles: int = MIN_ARTICLES,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    contrasts: bool = True,
    source: str = "",
    command: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> Analysis:
    """Analyse articles: how they word what they report, in whose voice.

    Parameters
    ----------
    articles : Articles or iterable of Article
        `framing.read_articles(...)`, or your own `Article` objects.
    lexicons : name, folder, Lexicon, or several of them, optional
        See `choose_lexicons`; by default all that come with the program.
    output : path, optional
        Folder for the analysis, new or empty. Without it the tables lie in a temporary folder that goes with the
        returned object.
    modules : iterable of str, optional
        Names of scorers ("naming", "loaded", "sourcing", ...); by default all.
    workers : int
        Processes. The result is the same, byte for byte, whatever the number.
    min_articles : int
        With fewer articles behind a number its status is "insufficient".
    resamples, seed : int
        Of the bootstrap behind the intervals, and of the permutations.
    contrasts : bool
        Whether outlets are compared too (tables `contrasts`, `copies`, `passages`), which takes about as long again.
    source : str
        Where the articles come from, for the footers of the figures.
    command : sequence of str
        What the user typed, for the manifest.
    progress : callable (articles done) -> None, optional

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        No article could be read, two have the same id, a date is no day, the folder is not empty, or there is no such
        module.
    LexiconError
        A lexicon cannot be used.
    StoreError
        The folder cannot be written, or another run is writing there.
    """
    for name, value, least in (
        ("min_articles", min_articles, 1),
        ("resamples", resamples, 100),
        ("workers", workers, 1),
    ):
        if value < least:
            raise InputError(f"{name} is {value}; it must be {least} or more.")
    running = choose_modules(modules)
    chosen = choose_lexicons(lexicons, running)
    temporary = tempfile.TemporaryDirectory(prefix="framing-") if output is None else None
    folder = Path(temporary.name) / "analysis" if temporary else Path(output or "")
    options = {"min_articles": min_articles, "resamples": resamples, "seed": seed}
    cues = read_lexicons(module="voice")
    plan = {
        "versions": _versions(),
        "modules": list(running),
        "lexicons": {x.name: x.sha256 for x in chosen if x.module == "naming"},
        "module_lexicons": {f"{x.module}/{x.name}": x.sha256 for x in chosen if x.module != "naming"},
        "voice": {x.name: x.sha256 for x in cues},
        "syllables": syllable_method(),
    }
    started = time.perf_counter()
    refused: list[list[str]] = []
    with store.Writer(folder, plan) as writer:
        matcher = Matcher(chosen)
        with start_pool(matcher, workers) as pool:
            covered = _keep_covered(articles, chosen, refused)
            parts = run(covered, matcher, writer.parts, pool, progress, running)
            if not parts:
                raise InputError(_nothing_read(articles, refused))
            counted = time.perf_counter()
            writer.merge(parts)
            _write_lexicons(folder, chosen)
            _write_measures(folder, chosen, running)
            if contrasts:
                write_shared_text(folder, matcher, running)
            merged = time.perf_counter()
            _write_statistics(writer, chosen, running, options, pool, contrasts)
        reading = _describe_reading(articles, folder, refused)
        store.write_bytes(
            folder / "timings.json",
            json.dumps(
                {
                    "count": round(counted - started, 3),
                    "merge": round(merged - counted, 3),
                    "statistics": round(time.perf_counter() - merged, 3),
                    "workers": workers,
                }
            ).encode(),
        )
        writer.finish({**plan, "source": source, "command": list(command), "options": options, **reading})
    return Analysis(folder, temporary)


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    programs = ("framing-analyser", "numpy", "pyarrow", "scipy", "matplotlib", "vaderSentiment", "textstat", "pyphen")
    for name in programs:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def _keep_covered(
    articles: Iterable[Article], lexicons: Sequence[Lexicon], refused: list[list[str]]
) -> Iterator[Article]:
    """Pass on the articles in a language of the lexicons; the others go to `refused` as (id, reason)."""
    known = known_languages(lexicons)
    for article in articles:
        _check_day(article)
        if is_covered(article.language, known):
            yield article
        else:
            refused.append([article.id, f"language {article.language!r} is covered by no lexicon ({', '.join(known)})"])


def _check_day(article: Article) -> None:
    """Refuse a date that is no day: files are read strictly, but anybody may make an article."""
    try:
        sound = not article.date or date.fromisoformat(article.date).isoformat() == article.date
    except ValueError:
        sound = False
    if not sound:
        raise InputError(
            f"article {article.id!r}: date {article.date[:60]!r} is no day. "
            "Write dates as 2017-01-24, or leave them empty."
        )


def _nothing_read(articles: object, refused: Sequence[Sequence[str]]) -> str:
    report = getattr(articles, "report", None)
    skipped = [*(report.skipped if report else ()), *refused]
    first = f"; the first: {skipped[0][0]}: {skipped[0][1]}" if skipped else ""
    return (
        f"no article could be read ({len(skipped)} skipped{first}). "
        "Check the input, and --map for the names of its columns."
    )


def _write_statistics(
    writer: store.Writer,
    lexicons: Sequence[Lexicon],
    modules: Sequence[str],
    options: Mapping[str, int],
    pool: Executor | None,
    contrasts: bool,
) -> None:
    labels = {(x.name, c.key): c.label for x in lexicons if x.module == "naming" for c in x.categories.values()}
    measures = list_measures(lexicons, modules)
    folder = writer.folder
    if pool is None:
        counters = _read_counters(folder)
        for name in store.SMALL:
            store.write_table(folder, name, _compute(name, folder, labels, measures, options, counters))
        del counters
        if contrasts:
            _compare_and_write(folder, measures, options)
        return
    # The longest first, so that the workers finish together.
    jobs = [pool.submit(_compare_and_write, folder, measures, dict(options))] if contrasts else []
    jobs += [
        pool.submit(_compute_and_write, name, folder, labels, measures, dict(options))
        for name in ("measures", "terms", "coverage", "sources")
    ]
    for job in jobs:
        job.result()


def _compare_and_write(folder: Path, measures: Sequence[Measure], options: Mapping[str, int]) -> None:
    store.write_large(folder, "contrasts", compute_comparisons(folder, measures, _read_records(folder), options))


def _read_records(folder: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((folder / LEXICON_COPIES).read_text(encoding="utf-8"))
    return records


def _compute_and_write(
    name: str,
    folder: Path,
    labels: Mapping[tuple[str, str], str],
    measures: Sequence[Measure],
    options: Mapping[str, int],
) -> None:
    store.write_table(folder, name, _compute(name, folder, labels, measures, options))


def _read_counters(folder: Path) -> Counters:
    return Counters.from_tables(store.read_parquet(folder, "counts"), _read_articles(folder))


def _read_articles(folder: Path) -> pa.Table:
    return store.read_parquet(folder, "articles", ["id", "outlet", "date", "event"])


def _compute(
    name: str,
    folder: Path,
    labels: Mapping[tuple[str, str], str],
    measures: Sequence[Measure],
    options: Mapping[str, int],
    counters: Counters | None = None,
) -> pa.Table:
    """Compute one of the small tables from the large ones."""
    counters = counters or _read_counters(folder)
    least, resamples, seed = options["min_articles"], options["resamples"], options["seed"]
    if name == "measures":
        every = [*VOICE_MEASURES, *naming_measures(counters, labels), *measures]
        return compute_measures(counters, every, min_articles=least, resamples=resamples, seed=seed)
    if name == "terms":
        mentions = store.read_parquet(folder, "mentions", ["module", "lexicon", "category", "term", "surface"])
        return compute_terms(counters, mentions, min_articles=least, resamples=resamples, seed=seed)
    if name == "sources":
        return compute_sources(counters, min_articles=least, resamples=resamples, seed=seed)
    articles = _read_articles(folder)
    return compute_coverage(counters, articles, min_articles=least, resamples=resamples, seed=seed)


def _write_lexicons(folder: Path, lexicons: Sequence[Lexicon]) -> None:
    """Keep what reports need to explain a number years later: the lexicons as they were."""
    store.write_bytes(
        folder / LEXICON_COPIES, json.dumps([_lexicon_record(x) for x in lexicons], ensure_ascii=False).encode()
    )


def _write_measures(folder: Path, lexicons: Sequence[Lexicon], modules: Sequence[str]) -> None:
    """Keep what the measures of the modules are called and made from."""
    records = [
        {
            "name": m.name,
            "module": module,
            "label": m.label,
            "unit": m.unit,
            "scale": m.scale,
            "direction": m.direction,
            "numerator": list(m.numerators),
            "denominator": list(m.denominators),
            "evidence": list(m.mention_keys),
        }
        for module in modules
        for m in list_measures(lexicons, [module])
    ]
    store.write_bytes(folder / MEASURE_RECORDS, json.dumps(records, ensure_ascii=False).encode())


def _lexicon_record(lexicon: Lexicon) -> dict[str, Any]:
    return {
        "name": lexicon.name,
        "module": lexicon.module,
        "title": lexicon.title,
        "version": lexicon.version,
        "licence": lexicon.licence,
        "scale": list(lexicon.scale),
        "scale_meaning": lexicon.scale_meaning,
        "description": lexicon.description,
        "sha256": lexicon.sha256,
        "sources": {k: {"citation": s.citation, "url": s.url} for k, s in lexicon.sources.items()},
        "categories": {
            c.key: {
                "label": c.label,
                "kind": c.kind,
                "scale": c.scale,
                "topic": list(c.topic),
                "topic_min": c.topic_min,
            }
            for c in lexicon.categories.values()
        },
        "terms": [
            [t.category, t.pattern, None if t.blocker else t.weight, t.basis, t.source, t.note] for t in lexicon.terms
        ],
    }


def _describe_reading(articles: object, folder: Path, refused: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What was read, skipped and removed, for the manifest; the removed lines themselves go to `removed.csv`."""
    report = getattr(articles, "report", None)
    if report is None:
        return {"skipped": list(refused)} if refused else {}
    rows = list(report.removed)
    removed = pa.table(
        {
            "article_id": pa.array([r[0] for r in rows], pa.string()),
            "rule": pa.array([r[1] for r in rows], pa.string()),
            "line": pa.array([r[2] for r in rows], pa.int64()),
            "text": pa.array([r[3] for r in rows], pa.string()),
        }
    )
    store.write_bytes(folder / "removed.csv", store.format_csv(removed).encode())
    rules: dict[str, int] = {}
    for row in rows:
        rules[row[1]] = rules.get(row[1], 0) + 1
    return {
        "files": [dict(zip(("name", "sha256", "encoding", "warning"), f, strict=True)) for f in report.files],
        "read": report.read,
        "skipped": [*(list(s) for s in report.skipped), *refused],
        "removed": dict(sorted(rules.items())),
        "warnings": list(report.warnings),
    }


class Analysis:
    """A finished analysis: tables to ask, charts to draw, a report to write.

    Make one with `framing.analyse`, or open a folder with `framing.open`.
    """

    def __init__(self, folder: str | Path, temporary: tempfile.TemporaryDirectory[str] | None = None) -> None:
        self._folder = store.Folder(folder)
        self._temporary = temporary  # removed with this object
        self._labels: dict[tuple[str, str], str] | None = None
        self._records: list[dict[str, Any]] | None = None

    def __repr__(self) -> str:
        outlets = self.outlets
        return (
            f"Analysis({self.article_count:,} articles of {len(outlets)} outlets, lexicons: {', '.join(self.lexicons)})"
        )

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()

    @property
    def path(self) -> Path:
        """The folder."""
        return self._folder.path

    @property
    def manifest(self) -> dict[str, Any]:
        """How the analysis was made: versions, options, files, lexicon hashes, skipped and removed."""
        return self._folder.manifest

    @property
    def lexicons(self) -> list[str]:
        """Names of the naming lexicons used."""
        return list(self.manifest["lexicons"])

    @property
    def outlets(self) -> list[str]:
        """All outlets, those with most articles first."""
        return [str(row["outlet"]) for row in self.summary()]

    @property
    def article_count(self) -> int:
        return sum(int(row["articles"]) for row in self.summary())

    def summary(self) -> Table:
        """Return one row an outlet: articles, words, shares of words quoted and attributed, first and last date."""
        columns = ["outlet", "date", "words", "words_quoted", "words_attributed"]
        articles = self._folder.table("articles", columns)
        dated = articles.set_column(1, "date", pc.if_else(pc.equal(articles["date"], ""), None, articles["date"]))
        grouped = dated.group_by("outlet").aggregate(
            [
                ("words", "count"),
                ("words", "sum"),
                ("words_quoted", "sum"),
                ("words_attributed", "sum"),
                ("date", "min"),
                ("date", "max"),
            ]
        )
        rows = sorted(grouped.to_pylist(), key=lambda r: (-r["words_count"], r["outlet"]))
        return Table(
            pa.table(
                {
                    "outlet": [r["outlet"] for r in rows],
                    "articles": [r["words_count"] for r in rows],
                    "words": [r["words_sum"] for r in rows],
                    "quoted": [r["words_quoted_sum"] / max(1, r["words_sum"]) for r in rows],
                    "attributed": [r["words_attributed_sum"] / max(1, r["words_sum"]) for r in rows],
                    "first": [r["date_min"] or "" for r in rows],
                    "last": [r["date_max"] or "" for r in rows],
                },
                schema=pa.schema(
                    [
                        ("outlet", pa.string()),
                        ("articles", pa.int64()),
                        ("words", pa.int64()),
                        ("quoted", pa.float64()),
                        ("attributed", pa.float64()),
                        ("first", pa.string()),
                        ("last", pa.string()),
                    ]
                ),
            ),
            "words quoted and attributed are shares of all words",
        )

    def table(self, name: str) -> Table:
        """Return one of the stored tables whole; names and columns are in `docs/tables.md`."""
        return Table(self._folder.table(name), name)

    def find_referent(self, name: str) -> tuple[str, str]:
        """Return (lexicon, referent) for "armed-opposition" or "syria/armed-opposition".

        Raises
        ------
        InputError
            No lexicon of the analysis has it, or several have it.
        """
        records = self.lexicon_records("naming")
        lexicon, _, referent = name.rpartition("/")
        found = [(x["name"], referent) for x in records if referent in x["categories"] and lexicon in ("", x["name"])]
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(f"{name!r} is in several lexicons. Say which: {', '.join('/'.join(f) for f in found)}.")
        mentioned = self._folder.table("terms", ["lexicon", "referent", "count"])
        known = sorted(
            {f"{a}/{b}" for a, b in zip(*(mentioned[c].to_pylist() for c in ("lexicon", "referent")), strict=True)}
        )
        close = [k for k in known if referent in k] or known
        raise InputError(f"no referent {name!r} in this analysis. Mentioned are: {', '.join(close[:40]) or 'none'}.")

    def lexicon_records(self, module: str | None = None) -> list[dict[str, Any]]:
        """Return the lexicons as they were when the analysis was made (labels, scales, terms, sources), of one module
        or of all."""
        if self._records is None:
            self._records = _read_records(self.path)
        return [r for r in self._records if module in (None, r["module"])]

    def measure_records(self) -> list[dict[str, Any]]:
        """Return the measures of the modules (naming apart): name, module, label, unit, scale, direction, counters."""
        records: list[dict[str, Any]] = json.loads((self.path / MEASURE_RECORDS).read_text(encoding="utf-8"))
        return records

    def label(self, lexicon: str, referent: str) -> str:
        """Return the readable name of a referent."""
        if self._labels is None:
            self._labels = {
                (x["name"], k): c["label"] for x in self.lexicon_records("naming") for k, c in x["categories"].items()
            }
        return self._labels.get((lexicon, referent), referent)

    def terms(self, referent: str, voice: str | None = None, outlets: Sequence[str] | None = None) -> Table:
        """Return the words that outlets use for a referent, with shares and intervals.

        Parameters
        ----------
        referent : str
            "armed-opposition" or "syria/armed-opposition".
        voice : str, optional
            "own", "quoted", "attributed" or "scare".
        outlets : sequence of str, optional
        """
        lexicon, key = self.find_referent(referent)
        table = self._folder.table("terms")
        mask = pc.and_(pc.equal(table["lexicon"], lexicon), pc.equal(table["referent"], key))
        if voice is not None:
            check_voice(voice)
            mask = pc.and_(mask, pc.equal(table["voice"], voice))
        if outlets is not None:
            mask = pc.and_(mask, pc.is_in(table["outlet"], pa.array(self.check_outlets(outlets), pa.string())))
        return Table(
            table.filter(mask), f"{self.label(lexicon, key)}: share of each name among an outlet's mentions, by voice"
        )

    def check_outlets(self, outlets: Sequence[str]) -> list[str]:
        """Return the outlets given, or say which of them are not in the analysis."""
        known = self.outlets
        for outlet in outlets:
            if outlet not in known:
                raise InputError(f"no outlet {outlet!r} in this analysis. There are: {', '.join(known[:40])}.")
        return list(outlets)

    def measures(self, prefix: str = "") -> Table:
        """Return the measures whose name starts with `prefix` ("stance:syria:", "voice:", ...)."""
        table = self._folder.table("measures")
        return Table(
            table.filter(pc.starts_with(table["measure"], prefix)), "ratios of two summed counts, 95% intervals"
        )

    def contrasts(
        self,
        outlet: str | None = None,
        other: str | None = None,
        *,
        by: str = "outlet",
        measures: Sequence[str] = ("",),
    ) -> Table:
        """Return differences between outlets, pooled and within events, with their tests and robustness.

        Parameters
        ----------
        outlet, other : str, optional
            Two outlets; or one, against all others; or none: every outlet against all others, and every pair of the
            largest.
        by : str
            Another column of the articles ("country", "genre") whose values are compared instead of outlets.
        measures : sequence of str
            Beginnings of the names of measures ("loaded.", "share:syria:"); all by default.

        Returns
        -------
        Table
            Columns as in `docs/tables.md`; only contrasts with enough evidence on both sides. q-values are over
            the family of contrasts that were made together: all that the analysis holds, or those asked for here when
            they have to be made first.

        Raises
        ------
        InputError
            There is no such outlet or column, or the two are the same.
        """
        stored = by == "outlet" and (self.path / "contrasts.parquet").is_file()
        if by == "outlet":
            self.check_outlets([x for x in (outlet, other) if x is not None])
        table = self._folder.table("contrasts") if stored else None
        if table is not None:
            table = table.filter(_starts_with(table["measure"], measures))
        if table is not None and outlet is not None:
            if other is None:
                found = table.filter(pc.and_(pc.equal(table["outlet"], outlet), pc.equal(table["other"], REST)))
                return Table(found, _CONTRASTS)
            first, second = sorted((outlet, other))
            found = table.filter(pc.and_(pc.equal(table["outlet"], first), pc.equal(table["other"], second)))
            if len(found):
                return Table(found if outlet == first else flip(found), _CONTRASTS)
        elif table is not None:
            return Table(table, _CONTRASTS)
        pairs = [(outlet, other)] if outlet is not None and other is not None else () if outlet is not None else None
        rest = () if other is not None else [outlet] if outlet is not None else None
        made = compute_comparisons(
            self.path,
            [measure for measure, _ in self._module_measures()],
            self.lexicon_records(),
            self.manifest["options"],
            by=by,
            pairs=pairs,
            rest=rest,
            wanted=measures,
        )
        return Table(made, _CONTRASTS)

    def _module_measures(self) -> list[tuple[Measure, str]]:
        """Return the measures of the modules, each with its module."""
        return [
            (
                Measure(
                    r["name"],
                    r["label"],
                    r["unit"],
                    tuple(r["numerator"]),
                    tuple(r["denominator"]),
                    r["scale"],
                    r["direction"],
                    tuple(r["evidence"]),
                ),
                str(r["module"]),
            )
            for r in self.measure_records()
        ]

    def describe_measures(self) -> dict[str, Measure]:
        """Return every measure that is compared, by name: what it is called, its unit, what more of it means."""
        names = pc.unique(self._folder.table("counts", ["counter"])["counter"].unify_dictionaries())
        mentions = self._folder.table("mentions", ["module", "lexicon", "category", "term", "surface"])
        labels = {
            (x["name"], k): c["label"] for x in self.lexicon_records("naming") for k, c in x["categories"].items()
        }
        module = [measure for measure, _ in self._module_measures()]
        every = list_contrasted(sorted(names.cast(pa.string()).to_pylist()), module, labels, find_labels(mentions))
        return {measure.name: measure for measure in every}

    def mentions(
        self,
        term: str | None = None,
        *,
        outlet: str | None = None,
        referent: str | None = None,
        voice: str | None = None,
    ) -> Table:
        """Return mentions found by the lexicons, in context.

        Parameters
        ----------
        term : str, optional
            A pattern ("militant*"), compared with the whole mention as printed.
        outlet, referent, voice : str, optional
            Keep only these.

        Returns
        -------
        Table
            outlet, date, voice, section, referent, left, mention, right, article_id, start, end.
        """
        from framing.kwic import select_mentions

        return Table(
            select_mentions(
                self._folder,
                term=term,
                outlet=outlet,
                voice=voice,
                referent=self.find_referent(referent) if referent else None,
            )
        )

    def evidence(self, measure: str, outlet: str | None = None) -> Table:
        """Return the mentions behind a measure, in context: what its number counts.

        Raises
        ------
        InputError
            There is no such measure, or it is not made of mentions.
        """
        from framing.kwic import select_evidence

        keys = self._evidence_keys(measure)
        if outlet is not None:
            self.check_outlets([outlet])
        found = select_evidence(self._folder, keys, outlet=outlet)
        if measure.startswith("share:"):
            found = found.filter(pc.equal(found["term"], measure.split(":", 4)[4]))
        return Table(found, f"mentions behind {measure}")

    def _evidence_keys(self, measure: str) -> tuple[str, ...]:
        kind, *rest = measure.split(":")
        if kind in ("rate", "stance") and len(rest) == 3:
            return (":".join(("naming", *rest)),)
        if kind == "share" and len(rest) > 3:
            return (":".join(("naming", *rest[:3])),)
        records = {r["name"]: r for r in self.measure_records()}
        if measure not in records:
            close = [n for n in records if measure in n or n.split(".")[0] == measure.split(".")[0]]
            raise InputError(
                f"no measure {measure!r} in this analysis. There are: {', '.join((close or list(records))[:20])} "
                "(all: framing table DIR measures)."
            )
        keys = only_mention_keys(records[measure]["evidence"])
        if not keys:
            raise InputError(f"measure {measure!r} is not made of mentions: {records[measure]['label']}.")
        return keys

    def kwic(
        self, term: str, *, outlet: str | None = None, voice: str | None = None, limit: int | None = None
    ) -> Table:
        """Return every use of any word or pattern in context, whether a lexicon knows it or not."""
        return Table(find_in_context(self.articles(), term, outlet=outlet, voice=voice, limit=limit))

    def articles(self) -> Iterable[Article]:
        """Yield the stored articles."""
        yield from read_articles(self.path)

    def plot(
        self,
        chart: str,
        referent: str | None = None,
        *,
        outlets: Sequence[str] | None = None,
        module: str | None = None,
        outlet: str | None = None,
        theme: str = "print",
        width_mm: float | None = None,
        **options: str,
    ) -> Figure:
        """Draw a chart; `framing figures --help` names them.

        Parameters
        ----------
        referent : str, optional
            What "variant-shares", "stance" and "coverage" are about: "armed-opposition" or "syria/armed-opposition".
        outlets : sequence of str, optional
            By default those with most articles; beside a profile, all.
        module : str, optional
            What "module" is about: "loaded", "sourcing", ...
        outlet : str, optional
            Whose "profile"; the first outlet of a comparison.
        **options : str
            What else a chart is about: other, measure, term, period, event, before, after, marks.

        Returns
        -------
        matplotlib Figure
            Save it with `framing.charts.save`, which makes the same bytes every time.
        """
        from framing.report.figures import draw

        return draw(
            self,
            chart,
            referent,
            outlets=outlets,
            module=module,
            outlet=outlet,
            options=options,
            theme=theme,
            width_mm=width_mm,
        )

    def report(self, path: str | Path, *, outlets: Sequence[str] | None = None, lang: str = "en") -> Path:
        """Write the report: one HTML file that needs nothing else; to edit, where `path` ends so, .md or .docx."""
        from framing.report import write_report

        return write_report(self, path, outlets, lang)

    def findings(self, outlets: Sequence[str] | None = None) -> Table:
        """Return what can be said about the outlets, one sentence a row, the surest first."""
        from framing.report import find_findings
        from framing.report.findings.table import tabulate_findings

        return Table(tabulate_findings(find_findings(self, outlets)))

    def close(self) -> None:
        """Remove the temporary folder, where there is one."""
        if self._temporary is not None:
            self._temporary.cleanup()


_CONTRASTS = "differences between outlets; only those with enough evidence on both sides"


def _starts_with(names: pa.ChunkedArray, beginnings: Sequence[str]) -> pa.ChunkedArray:
    distinct = [name for name in pc.unique(names).to_pylist() if name.startswith(tuple(beginnings))]
    return pc.is_in(names, value_set=pa.array(distinct, pa.string()))


def open_analysis(folder: str | Path) -> Analysis:
    """Open a finished analysis folder.

    Raises
    ------
    InputError
        The folder holds no finished analysis.
    """
    return Analysis(folder)


def remove_analysis(folder: Path) -> None:
    """Remove an analysis folder, and only that: a folder without a manifest is left alone.

    Raises
    ------
    InputError
        The folder exists and is no analysis.
    """
    if not folder.exists():
        return
    store.Folder(folder)
    shutil.rmtree(folder)

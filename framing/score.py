"""Scoring loose texts: every measure of each text, and the words behind it, in a stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from framing.annotation import AnnotatedBatch, Annotator
from framing.engine.batch import mention_table
from framing.engine.run import batches
from framing.ingest.texts import TextRecord
from framing.lexicon import Lexicon, is_covered, known_languages
from framing.measure import MENTION_FIELDS, Measure, fits_key, only_mention_keys
from framing.scorers import SCORERS, BatchScores, Counts, list_measures, score_all
from framing.statistics.counters import combine_columns
from framing.statistics.measures import VOICE_MEASURES, naming_measures_of
from framing.text import Article

# Small enough that results flow while a pipe is still being written, large enough for the array steps.
BATCH_TEXTS = 400
BATCH_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class TextScores:
    """The measures of one text.

    Attributes
    ----------
    id : str
    values : mapping of str to float
        Measure to value; a measure that is undefined for the text (0/0) is absent, never 0.
    terms : mapping of str to list of dict
        Measure to the words behind it: text, term, category, voice, weight, section, start, end; for a measure that its
        scorer explains, what `Scorer.explain` says. Empty unless asked for.
    note : str
        Why a text has no measures, or what was changed on reading it; "" otherwise.
    """

    id: str
    values: Mapping[str, float]
    terms: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    note: str = ""


class TextScorer:
    """Scores texts with some modules.

    Parameters
    ----------
    lexicons : sequence of Lexicon
        Of all modules; see `framing.analysis.choose_lexicons`.
    modules : sequence of str
        See `framing.scorers.choose_modules`.
    explain : bool
        Whether the words behind each value are given.
    """

    def __init__(self, lexicons: Sequence[Lexicon], modules: Sequence[str], explain: bool = False) -> None:
        self._annotate = Annotator(lexicons)
        self._modules = tuple(modules)
        self._explain = explain
        self._languages = known_languages(lexicons)
        self.measures = [*VOICE_MEASURES, *list_measures(lexicons, self._modules)]

    def __call__(self, records: Iterable[TextRecord]) -> Iterator[TextScores]:
        """Score texts in their order, a batch at a time."""
        for batch in batches(records, BATCH_TEXTS, BATCH_CHARACTERS):
            yield from self._score(batch)

    def _score(self, records: Sequence[TextRecord]) -> Iterator[TextScores]:
        usable = [not self._refusal(record) for record in records]
        # A text that cannot be scored keeps its place, so that nothing is lost and nothing moves.
        articles = [
            Article(id=str(number), outlet="", text=r.text if ok else "", title=r.title if ok else "")
            for number, (r, ok) in enumerate(zip(records, usable, strict=True))
        ]
        batch = self._annotate(articles)
        scores = score_all(batch, self._modules)
        measures = self.measures
        if "naming" in self._modules:
            measures = [*measures, *naming_measures_of(scores.counts.names)]
        values = _divide(scores.counts, measures, len(articles))
        terms = self._find_terms(batch, scores, measures) if self._explain else {}
        has_words = np.bincount(batch.article[batch.words], minlength=len(articles)) > 0
        for number, record in enumerate(records):
            note = self._refusal(record) or record.note
            if not has_words[number]:
                yield TextScores(record.id, {}, {}, note or "no words to score")
                continue
            yield TextScores(record.id, values[number], terms.get(number, {}), note)

    def _refusal(self, record: TextRecord) -> str:
        if is_covered(record.language, self._languages):
            return ""
        return f"language {record.language!r} is covered by no lexicon ({', '.join(self._languages)})"

    def _find_terms(
        self, batch: AnnotatedBatch, scores: BatchScores, measures: Sequence[Measure]
    ) -> dict[int, dict[str, list[dict[str, Any]]]]:
        """Gather the mentions behind each measure. Keys: number of the article, then measure."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for measure in measures:
            for key in only_mention_keys(measure.mention_keys):
                wanted[key].append(measure.name)
        table = mention_table(batch, scores)
        found: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        known: dict[tuple[str, ...], list[str]] = {}
        for row in table.to_pylist():
            mine = tuple(row[field] for field in MENTION_FIELDS)
            if mine not in known:
                known[mine] = [name for key, names in wanted.items() if fits_key(mine, key) for name in names]
            for name in known[mine]:
                found[int(row["article_id"])][name].append(_term(row))
        return self._add_explanations(batch, found)

    def _add_explanations(
        self, batch: AnnotatedBatch, found: dict[int, dict[str, list[dict[str, Any]]]]
    ) -> dict[int, dict[str, list[dict[str, Any]]]]:
        """Let what a scorer says of a measure itself take the place of the bare mentions."""
        own: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        for module in self._modules:
            explain = SCORERS[module].explain
            for number, name, row in explain(batch) if explain else ():
                own[number][name].append(row)
        for number, rows in own.items():
            found[number] = {**found.get(number, {}), **rows}
        return found


def _term(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "text": row["surface"],
        "term": row["term"],
        "category": row["category"],
        "voice": row["voice"],
        "weight": row["weight"],
        "section": row["section"],
        "start": row["start"],
        "end": row["end"],
    }


def _divide(counts: Counts, measures: Sequence[Measure], articles: int) -> list[dict[str, float]]:
    """Compute each measure of each article; those without denominator are left out."""
    shape = (articles, len(counts.names))
    matrix = sparse.coo_array((counts.value, (counts.article, counts.counter)), shape=shape).tocsr()
    above, below = (
        combine_columns(matrix, counts.names, sets).toarray()
        for sets in ([m.numerators for m in measures], [m.denominators for m in measures])
    )
    scale = np.array([m.scale for m in measures])
    value = np.divide(above * scale, below, out=np.full(above.shape, np.nan), where=below != 0)
    names = [m.name for m in measures]
    return [{names[column]: float(row[column]) for column in np.flatnonzero(~np.isnan(row)).tolist()} for row in value]

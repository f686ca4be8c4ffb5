"""The sentences behind the numbers of the scoring modules: a few of each number, from different articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.measure import fits_key
from framing.report.module_choice import MeasureView
from framing.report.page.evidence import encode_column, read_texts, reading_order
from framing.report.page.evidence import share_out as share_places
from framing.report.page.sentences import Sentence as Sentence
from framing.report.page.sentences import find_window, show_sentence
from framing.report.results import Results, identify

MOST_SENTENCES = 1500  # on a page; besides the mentions of names
MOST_OF_NUMBER = 5

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NumberEvidence:
    """The sentences behind one number: a measure of an outlet.

    `back` is the id of the number, `total` the mentions behind it, `shown` how many of them the sentences hold.
    """

    id: str
    back: str
    outlet: str
    measure: MeasureView
    total: int
    shown: int
    sentences: tuple[Sentence, ...]


def measure_id(outlet: str, measure: str) -> str:
    """Return the id of a number of a module."""
    return identify("q", outlet, measure)


def sentences_id(outlet: str, measure: str) -> str:
    """Return the id of the sentences behind a number of a module."""
    return identify("e", outlet, measure)


def collect_sentences(
    results: Results, measures: Sequence[MeasureView], outlets: Sequence[str], most: int = MOST_SENTENCES
) -> dict[tuple[str, str], NumberEvidence]:
    """Collect sentences behind the numbers of some measures.

    Of each number at most five, those with the heaviest mention first, one an article as long as there are articles.

    Parameters
    ----------
    most : int
        Sentences in all. More are cut evenly, so that every number keeps some as long as there is room.

    Returns
    -------
    dict
        (outlet, measure) to its evidence; without an entry where no mention stands behind the number.
    """
    rows = _Rows(results, measures, outlets)
    wanted = [(o, m) for m in measures for o in outlets if rows.count(o, m)]
    quotas = share_places([min(MOST_OF_NUMBER, rows.count(o, m)) for o, m in wanted], most)
    chosen = {
        (o, m.name): rows.choose(rows.of(o, m), quota) for (o, m), quota in zip(wanted, quotas, strict=True) if quota
    }
    texts = read_texts(results, {rows.article_id(row) for picked in chosen.values() for row in picked})
    found = {}
    for outlet, measure in wanted:
        picked = chosen.get((outlet, measure.name), [])
        mine = rows.of(outlet, measure)
        with_marks = [(row, rows.beside(mine, row)) for row in picked]
        sentences = [rows.sentence(row, marks, texts) for row, marks in with_marks]
        found[outlet, measure.name] = NumberEvidence(
            sentences_id(outlet, measure.name),
            measure_id(outlet, measure.name),
            outlet,
            measure,
            len(mine),
            sum(shown for _, shown in sentences),
            tuple(sentence for sentence, _ in sentences),
        )
    return found


class _Rows:
    """Rows of the table of mentions, by measure and outlet."""

    def __init__(self, results: Results, measures: Sequence[MeasureView], outlets: Sequence[str]) -> None:
        table, self.articles = results.module_mentions, results.article_list
        place = {row["id"]: number for number, row in enumerate(self.articles)}
        rank = np.zeros(len(self.articles) + 1, dtype=np.int64)
        rank[list(reading_order(self.articles))] = np.arange(len(self.articles))
        ids, id_values = encode_column(table["article_id"])
        self.article = np.array([place[v] for v in id_values] or [0], dtype=np.int64)[ids]
        self.rank = rank[self.article]
        self.voice, self.voices = encode_column(table["voice"])
        section, self.sections = encode_column(table["section"])
        self.section = section
        self.start, self.end, self.first, self.last = (
            np.asarray(table[name].to_numpy(), dtype=np.int64)
            for name in ("start", "end", "sentence_start", "sentence_end")
        )
        self.weight = np.nan_to_num(np.asarray(table["weight"].to_numpy(), dtype=np.float64))
        headline = np.array([s == "headline" for s in self.sections] or [False])[section]
        # One number for each sentence: of a headline or a body, by its start.
        self.sentence_key = (self.article * 2 + headline) * (int(self.first.max(initial=0)) + 1) + self.first
        self._group(table, measures, outlets)

    def _group(self, table: Any, measures: Sequence[MeasureView], outlets: Sequence[str]) -> None:
        """Sort the rows by kind (module, lexicon, category, voice) and outlet, and note where each begins."""
        coded = [encode_column(table[name]) for name in ("module", "lexicon", "category")] + [(self.voice, self.voices)]
        kind = np.zeros(len(self.article), dtype=np.int64)
        for code, values in coded:
            kind = kind * max(1, len(values)) + code
        kinds, first, kind = np.unique(kind, return_index=True, return_inverse=True)
        names = [tuple(values[code[row]] for code, values in coded) for row in first.tolist()]
        self._kinds = {
            m.name: [n for n, kind_of in enumerate(names) if any(fits_key(kind_of, key) for key in m.evidence)]
            for m in measures
        }
        self._outlets = {outlet: number for number, outlet in enumerate(outlets)}
        outlet_of = np.array([self._outlets.get(a["outlet"], -1) for a in self.articles] or [-1], dtype=np.int64)
        outlet = outlet_of[self.article]
        key = kind * (len(outlets) + 1) + outlet + 1
        self._order = np.argsort(key, kind="stable")
        self._starts = np.searchsorted(key[self._order], np.arange(len(kinds) * (len(outlets) + 1) + 1))

    def _slices(self, outlet: str, measure: MeasureView) -> list[slice]:
        width = len(self._outlets) + 1
        places = [kind * width + self._outlets[outlet] + 1 for kind in self._kinds[measure.name]]
        return [slice(int(self._starts[p]), int(self._starts[p + 1])) for p in places]

    def count(self, outlet: str, measure: MeasureView) -> int:
        """Return how many mentions stand behind a number."""
        return sum(s.stop - s.start for s in self._slices(outlet, measure))

    def of(self, outlet: str, measure: MeasureView) -> Longs:
        """Return the rows behind a number."""
        parts = [self._order[s] for s in self._slices(outlet, measure)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    def choose(self, rows: Longs, quota: int) -> list[int]:
        """Return one row for each sentence to show: the heaviest first, different articles first."""
        order = rows[
            np.lexsort((self.start[rows], self.sentence_key[rows], self.rank[rows], -np.abs(self.weight[rows])))
        ]
        chosen: list[int] = []
        while quota > len(chosen) and len(order):
            _, first = np.unique(self.article[order], return_index=True)
            turn = order[np.sort(first)][: quota - len(chosen)]
            chosen += turn.tolist()
            order = order[~np.isin(self.sentence_key[order], self.sentence_key[turn])]
        return chosen

    def beside(self, rows: Longs, row: int) -> Longs:
        """Return those of some rows that stand in the same sentence as one of them, in the order of the text."""
        same = rows[self.sentence_key[rows] == self.sentence_key[row]]
        ordered: Longs = same[np.lexsort((-self.end[same], self.start[same]))]
        return ordered

    def article_id(self, row: int) -> str:
        """Return the article of a row."""
        return str(self.articles[int(self.article[row])]["id"])

    def sentence(self, row: int, marks: Longs, texts: Mapping[str, str]) -> tuple[Sentence, int]:
        """Return the sentence of a row with its mentions marked, and how many of them are to be seen."""
        article = self.articles[int(self.article[row])]
        section = self.sections[self.section[row]]
        text = article["title"] if section == "headline" else texts[article["id"]]
        start, end = int(self.start[row]), int(self.end[row])
        first, last = min(int(self.first[row]), start), max(int(self.last[row]), end)
        window = find_window(text, first, last, start, end)
        places = [(int(self.start[m]), int(self.end[m]), self.voices[self.voice[m]]) for m in marks.tolist()]
        mention = start, end, self.voices[self.voice[row]], float(self.weight[row])
        return show_sentence(article, section, text, (first, last), window, mention, places)


def group_by_measure(
    found: Mapping[tuple[str, str], NumberEvidence],
) -> dict[str, tuple[NumberEvidence, ...]]:
    """Return the evidence of each measure, outlet by outlet, where there are sentences."""
    grouped: dict[str, list[NumberEvidence]] = defaultdict(list)
    for (_, measure), evidence in found.items():
        if evidence.sentences:
            grouped[measure].append(evidence)
    return {measure: tuple(numbers) for measure, numbers in grouped.items()}

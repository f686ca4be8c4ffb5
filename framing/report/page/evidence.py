"""The mentions behind the numbers of a report, in context: all, or a fair choice where they are too many for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.report.lang import _
from framing.report.page.sentences import Sentence as Sentence
from framing.report.page.sentences import find_window, show_sentence
from framing.report.results import FURTHER, Referent, Results, evidence_id, identify
from framing.report.rows import Names
from framing.store import Folder
from framing.voice import VOICES

MOST_MENTIONS = 2000  # 10,000 take a browser 1.5 s and 5 MB; 2,000 stay quick on a telephone
REST = ""  # the outlets without a section of their own, taken together; no outlet has an empty name


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions behind one number: one name (or all names not listed) in one voice.

    `back` is the id of the number, `total` the number itself; fewer may be `shown`. Those that stand in one sentence
    are shown together.
    """

    id: str
    back: str
    term: str
    label: str
    voice: str
    total: int
    shown: int
    mentions: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class VoiceGroups:
    """The mentions of one referent by one outlet in one voice."""

    id: str
    voice: str
    total: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """The mentions of one referent by one outlet."""

    id: str
    outlet: str
    referent: Referent
    total: int
    shown: int
    voices: tuple[VoiceGroups, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page lists of one outlet and referent: these names one by one, the others together."""

    outlet: str
    referent: Referent
    names: Names
    terms: tuple[str, ...]

    def further(self, voice: str) -> int:
        """Mentions of the names not listed."""
        return sum(n[voice].count for n in self.names.names if n.term not in self.terms)

    @property
    def further_names(self) -> int:
        """Number of names not listed."""
        return sum(n.term not in self.terms for n in self.names.names)


def number_id(outlet: str, referent: Referent, voice: str, term: str) -> str:
    """Return the id of a number in the section of an outlet."""
    return identify("n", outlet, *referent, voice, term)


def collect(results: Results, listed: Sequence[Listed], rest: Sequence[str], most: int = MOST_MENTIONS) -> list[Topic]:
    """Collect the mentions behind the numbers of a page.

    Parameters
    ----------
    listed : sequence of Listed
        What the page shows; `REST` stands for the outlets in `rest`.
    most : int
        Mentions on the page. More are cut evenly: the largest numbers give first, every number keeps some as long as
        there is room, and of one number those from different articles are kept first.
    """
    rows = _Rows(results, listed, rest)
    groups: list[tuple[Listed, str, str, int]] = []
    for item in listed:
        for voice in VOICES:
            for term in item.terms:
                name = item.names.get(term)
                if name is not None and name[voice].count:
                    groups.append((item, voice, term, name[voice].count))
            if item.further(voice):
                groups.append((item, voice, FURTHER, item.further(voice)))
    quotas = share_out([total for *_, total in groups], most)
    chosen = {
        (item.outlet, item.referent, voice, term): rows.choose(item, voice, term, quota)
        for (item, voice, term, _), quota in zip(groups, quotas, strict=True)
    }
    texts = rows.read([row for picked in chosen.values() for row in picked])
    by_item: dict[int, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for item, voice, term, total in groups:
        outlet, referent = item.outlet, item.referent
        label = (
            results.labels[referent, term] if term != FURTHER else _("further names") if item.terms else _("all names")
        )
        picked = chosen[outlet, referent, voice, term]
        by_item[id(item)][voice].append(
            Group(
                evidence_id(outlet, referent, voice, term),
                number_id(outlet, referent, voice, term),
                term,
                label,
                voice,
                total,
                len(picked),
                rows.in_context(picked, texts),
            )
        )
    topics = []
    for item in listed:
        voices = tuple(
            VoiceGroups(
                evidence_id(item.outlet, item.referent, voice), voice, sum(g.total for g in found), tuple(found)
            )
            for voice, found in by_item[id(item)].items()
        )
        shown = sum(g.shown for v in voices for g in v.groups)
        total = sum(v.total for v in voices)
        topics.append(Topic(evidence_id(item.outlet, item.referent), item.outlet, item.referent, total, shown, voices))
    return topics


def _say_further(item: Listed) -> str:
    return _("further names") if item.terms else _("all names")


def share_out(wanted: Sequence[int], most: int) -> list[int]:
    """Share places among groups: nobody gets more than wanted, and the largest share is as small as can be."""
    given = [0] * len(wanted)
    left, open_ = most, [i for i, n in enumerate(wanted) if n]
    while open_ and left:
        each = left // len(open_)
        if not each:
            for i in open_[:left]:
                given[i] += 1
            break
        for i in open_:
            more = min(each, wanted[i] - given[i])
            given[i] += more
            left -= more
        open_ = [i for i in open_ if given[i] < wanted[i]]
    return given


def reading_order(articles: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the numbers of articles in the order in which they are read: by date, undated last."""
    return sorted(range(len(articles)), key=lambda i: (not articles[i]["date"], articles[i]["date"], articles[i]["id"]))


def read_texts(results: Results, wanted: Collection[str]) -> dict[str, str]:
    """Return the texts of some articles by id; no others are held in memory."""
    texts: dict[str, str] = {}
    for part in Folder(results.analysis.path).row_groups("articles", ["id", "text"]):
        kept = part.filter(pa.array([i in wanted for i in part["id"].to_pylist()], pa.bool_()))
        texts.update(zip(kept["id"].to_pylist(), kept["text"].to_pylist(), strict=True))
    return texts


class _Rows:
    """Rows of the table of mentions, by what the page lists."""

    def __init__(self, results: Results, listed: Sequence[Listed], rest: Sequence[str]) -> None:
        self.results, table = results, results.mention_table
        self.articles = results.article_list
        place = {row["id"]: number for number, row in enumerate(self.articles)}
        self.rank = {number: position for position, number in enumerate(reading_order(self.articles))}
        codes: dict[str, npt.NDArray[np.int64]] = {}
        values: dict[str, list[str]] = {}
        for name in ("article_id", "lexicon", "category", "term", "surface", "section", "voice"):
            codes[name], values[name] = encode_column(table[name])
        self.codes, self.values = codes, values
        self.start, self.end, self.sentence_start, self.sentence_end = (
            np.asarray(table[name].to_numpy(), dtype=np.int64)
            for name in ("start", "end", "sentence_start", "sentence_end")
        )
        self.weight = np.asarray(table["weight"].to_numpy(), dtype=np.float64)
        self.article = np.array([place[v] for v in values["article_id"]], dtype=np.int64)[codes["article_id"]]
        self._group(listed, rest)

    def _group(self, listed: Sequence[Listed], rest: Sequence[str]) -> None:
        outlets = list(dict.fromkeys(item.outlet for item in listed))
        shown = {outlet: number for number, outlet in enumerate(outlets)}
        alias = {outlet: REST for outlet in rest}
        outlet_of = np.array(
            [shown.get(alias.get(row["outlet"], row["outlet"]), -1) for row in self.articles], dtype=np.int64
        )
        referents = list(dict.fromkeys(item.referent for item in listed))
        which = {referent: number for number, referent in enumerate(referents)}
        values, codes = self.values, self.codes
        referent_of = np.full((len(values["lexicon"]), len(values["category"])), -1, dtype=np.int64)
        for i, lexicon in enumerate(values["lexicon"]):
            for j, category in enumerate(values["category"]):
                referent_of[i, j] = which.get((lexicon, category), -1)
        outlet, referent = outlet_of[self.article], referent_of[codes["lexicon"], codes["category"]]
        terms = {(item.outlet, item.referent): frozenset(item.terms) for item in listed}
        keys: dict[tuple[int, int, int, int], tuple[str, Referent, str, str] | None] = {}
        self.groups: dict[tuple[str, Referent, str, str], list[int]] = defaultdict(list)
        for row in np.flatnonzero((outlet >= 0) & (referent >= 0)).tolist():
            code = int(outlet[row]), int(referent[row]), int(codes["voice"][row]), int(codes["term"][row])
            if code not in keys:
                place = outlets[code[0]], referents[code[1]]
                term = values["term"][code[3]]
                known = terms.get(place)
                keys[code] = (
                    None if known is None else (*place, values["voice"][code[2]], term if term in known else FURTHER)
                )
            key = keys[code]
            if key is not None:
                self.groups[key].append(row)

    def choose(self, item: Listed, voice: str, term: str, quota: int) -> list[int]:
        """Return the rows to show of a number, in reading order; different articles first where not all are shown."""
        rows = sorted(self.groups[item.outlet, item.referent, voice, term], key=self._position)
        if quota < len(rows):
            seen: dict[int, int] = defaultdict(int)
            turns = []
            for row in rows:
                seen[int(self.article[row])] += 1
                turns.append((seen[int(self.article[row])], self._position(row), row))
            rows = sorted((row for *_, row in sorted(turns)[:quota]), key=self._position)
        return rows

    def _position(self, row: int) -> tuple[int, int, int]:
        headline = self.values["section"][self.codes["section"][row]] != "headline"
        return self.rank[int(self.article[row])], int(headline), int(self.start[row])

    def read(self, rows: Sequence[int]) -> dict[str, str]:
        """Return the texts that some mentions stand in; no others are held in memory."""
        return read_texts(self.results, {self.articles[int(self.article[row])]["id"] for row in rows})

    def in_context(self, rows: Sequence[int], texts: Mapping[str, str]) -> tuple[Sentence, ...]:
        """Return the sentences of some mentions, those of one sentence together as far as they can be seen."""
        by_sentence: dict[tuple[int, bool, int], list[int]] = defaultdict(list)
        for row in rows:
            rank, body, _ = self._position(row)
            by_sentence[rank, bool(body), int(self.sentence_start[row])].append(row)
        return tuple(s for beside in by_sentence.values() for s in self._show(beside, texts))

    def _show(self, beside: Sequence[int], texts: Mapping[str, str]) -> Iterator[Sentence]:
        left = sorted(beside, key=lambda row: int(self.start[row]))
        while left:
            row = left[0]
            article = self.articles[int(self.article[row])]
            section = self.values["section"][self.codes["section"][row]]
            text = article["title"] if section == "headline" else texts[article["id"]]
            start, end = int(self.start[row]), int(self.end[row])
            bounds = min(int(self.sentence_start[row]), start), max(int(self.sentence_end[row]), end)
            low, high = find_window(text, *bounds, start, end)
            seen = [r for r in left if low <= self.start[r] and self.end[r] <= high]
            voice = self.values["voice"][self.codes["voice"][row]]
            marks = [(int(self.start[r]), int(self.end[r]), voice) for r in seen]
            mention = start, end, voice, float(self.weight[row])
            yield show_sentence(article, section, text, bounds, (low, high), mention, marks)[0]
            left = [r for r in left if r not in seen]


def encode_column(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return a text column as codes and the values they stand for."""
    encoded = column.cast(pa.string()).dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = (
            encoded.unify_dictionaries().chunk(0)
            if encoded.num_chunks
            else pa.array([], pa.string()).dictionary_encode()
        )
    return np.asarray(encoded.indices.to_numpy(), dtype=np.int64), encoded.dictionary.to_pylist()

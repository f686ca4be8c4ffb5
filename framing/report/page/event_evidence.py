"""The sentences behind the numbers of an event: what one outlet printed of one fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing.report.page.evidence import read_texts
from framing.report.page.evidence import share_out as share_places
from framing.report.page.sentences import LONGEST, Sentence, find_window, show_sentence
from framing.report.results import Results, identify

MOST_SENTENCES = 600  # on a page; besides those of names and measures
MOST_OF_FACT = 3
FIELDS = ("article_id", "section", "start", "end", "voice", "sentence_start", "sentence_end")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found in an article."""

    article: str
    section: str
    start: int
    end: int
    voice: str
    first: int
    last: int

    @property
    def sentence(self) -> tuple[str, bool, int]:
        """The sentence it stands in."""
        return self.article, self.section == "headline", self.first


def read_place(row: Mapping[str, Any]) -> Place:
    """Return the place of a row with `FIELDS`."""
    return Place(*(row[name] for name in FIELDS))


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the table of an event, and where what it counts was found.

    `line` is what is counted, "" where the row says it, `key` what tells it from all others.
    """

    event: str
    outlet: str
    row: str
    line: str
    key: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def id(self) -> str:
        """The id of the sentences behind it."""
        return identify("e", "event", *self.key)

    @property
    def back(self) -> str:
        """The id of the number itself."""
        return identify("n", "event", *self.key)


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """Some sentences behind a number; `total` counts what was found, `shown` what of it they hold."""

    number: Number
    total: int
    shown: int
    sentences: tuple[Sentence, ...]


def collect_facts(
    results: Results, numbers: Sequence[Number], most: int = MOST_SENTENCES
) -> dict[str, tuple[FactEvidence, ...]]:
    """Collect sentences behind the numbers of events, at most three for each, from different articles first.

    Parameters
    ----------
    most : int
        Sentences in all; more are cut evenly.

    Returns
    -------
    dict
        Event to the evidence of its numbers, in their order.
    """
    wanted = [min(MOST_OF_FACT, len({p.sentence for p in n.places})) for n in numbers]
    quotas = share_places(wanted, most)
    chosen = [_choose(n.places, quota) for n, quota in zip(numbers, quotas, strict=True)]
    articles = {a["id"]: a for a in results.article_list}
    texts = read_texts(results, {p.article for picked in chosen for p in picked})
    found: dict[str, list[FactEvidence]] = {n.event: [] for n in numbers}
    for number, picked in zip(numbers, chosen, strict=True):
        sentences = [_show(p, number.places, articles[p.article], texts) for p in picked]
        evidence = FactEvidence(
            number, len(number.places), sum(n for _, n in sentences), tuple(s for s, _ in sentences)
        )
        found[number.event].append(evidence)
    return {event: tuple(evidence) for event, evidence in found.items()}


def _choose(places: Iterable[Place], quota: int) -> list[Place]:
    """Return one place for each sentence to show: different articles first, then those with most to show."""
    sentences: dict[tuple[str, bool, int], Place] = {}
    for place in places:
        sentences.setdefault(place.sentence, place)
    turns: Counter[str] = Counter()
    order: list[tuple[int, int, Place]] = []
    for place in sorted(sentences.values(), key=lambda p: p.start - p.end):
        order.append((turns[place.article], len(order), place))
        turns[place.article] += 1
    return [place for *_, place in sorted(order)[:quota]]


def _show(
    place: Place, places: Iterable[Place], article: Mapping[str, Any], texts: Mapping[str, str]
) -> tuple[Sentence, int]:
    text = article["title"] if place.section == "headline" else texts[place.article]
    first, last = min(place.first, place.start), max(place.last, place.end)
    start, end = place.start, min(place.end, place.start + LONGEST)
    window = find_window(text, first, last if end == place.end else end, start, end)
    beside = sorted((p for p in places if p.sentence == place.sentence), key=lambda p: (p.start, -p.end))
    marks = [(p.start, min(p.end, p.start + LONGEST), p.voice) for p in beside]
    return show_sentence(article, place.section, text, (first, last), window, (start, end, place.voice, 0.0), marks)

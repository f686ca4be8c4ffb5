"""Candidates for further names of a referent: what stands in the slots of its known names.

A slot weighs what it says about the referent: the positive pointwise mutual information of the two, shrunk where it was
seen seldom (r / (r + 1); Pantel & Lin 2002). A candidate earns in each slot the lesser of the slot's weight for the
referent and for the candidate itself, so that words that stand everywhere ("people") earn little; several distinct
slots and articles are required. The sum is raised where the candidate keeps to the articles of the referent: those on
its events, or without events those that mention it. Only such articles are searched. A frequent
phrase stands in more slots of any kind, so the sum is divided by a small power of its frequency.

References
----------
Church & Hanks (1990), Word association norms, Computational Linguistics 16(1); Lin (1998), COLING-ACL; Pantel & Lin
(2002), Discovering word senses from text, KDD.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.discovery.slots import Field, describe_spans, find_spans, say_phrase, say_slot
from framing.text import BoolArray, IntArray, LongArray

MIN_MENTIONS = 10
"""Mentions of a referent, in the voice that is looked at, without which its slots say nothing."""
MIN_SLOTS = 3
MIN_ARTICLES = 2
KEPT = 20
SENTENCES = 3
# Powers, chosen on names held out from the lexicons (`benchmarks/keyness_calibration.py`).
_LOYALTY = 0.5  # of the share of a candidate's uses in the referent's articles, against chance
_FREQUENCY = 0.2  # of its uses, by which the score is divided: what is frequent finds more slots


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot that a candidate fills: how it reads, what it earned, and how often the candidate stands in it."""

    text: str
    weight: float
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands: offsets into the headline or the text of an article, and those of its sentence."""

    article_id: str
    headline: bool
    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be a further name of a referent, or that marks an outlet.

    Attributes
    ----------
    phrase : str
        As mostly printed.
    key : tuple of str
        Its folded words.
    score : float
        Sum over the slots, higher = more alike; without upper bound, comparable within one referent only.
    count : int
    articles, outlets : int, tuple of str
        Those searched that hold it.
    slots : tuple of Slot
        Heaviest first.
    places : tuple of Place
        From different articles, those in heavy slots first.
    """

    phrase: str
    key: tuple[str, ...]
    score: float
    count: int
    articles: int
    outlets: tuple[str, ...]
    slots: tuple[Slot, ...]
    places: tuple[Place, ...]


class CandidateFinder:
    """Finds candidates for many referents of the same articles.

    Parameters
    ----------
    field : Field
        From `read_field`.

    Attributes
    ----------
    spans : Spans
        All phrases that could be names, where no mention stands and where one does.
    """

    def __init__(self, field: Field) -> None:
        self._field = field
        spans = find_spans(field)
        self.spans = spans.take(np.flatnonzero(spans.noun))
        self._mentions = describe_spans(field, field.mentions.start, field.mentions.end)
        slots = np.concatenate((self.spans.slots, self._mentions.slots))
        self._slots, numbers = np.unique(slots, return_inverse=True)
        numbers = numbers.reshape(slots.shape)
        self._slot, self._mention_slot = numbers[: len(self.spans.start)], numbers[len(self.spans.start) :]
        self._phrases, self._phrase = np.unique(self.spans.phrase, return_inverse=True)
        self._often = np.bincount(self._slot.ravel(), minlength=len(self._slots)).astype(np.float64)
        self._uses = np.bincount(self._phrase, minlength=len(self._phrases))

    def count_mentions(self, lexicon: str, referent: str) -> int:
        """Return how many mentions of a referent are in the voice that is looked at."""
        return int((self._of_referent(lexicon, referent) & self._field.mentions.chosen).sum())

    def find(
        self,
        lexicon: str,
        referent: str,
        *,
        outlet: str | None = None,
        hidden: BoolArray | None = None,
        limit: int = KEPT,
        min_slots: int = MIN_SLOTS,
        min_articles: int = MIN_ARTICLES,
    ) -> list[Candidate]:
        """Rank what stands in the slots of a referent.

        Parameters
        ----------
        lexicon, referent : str
        outlet : str, optional
            Only phrases of this outlet; the slots are those of all outlets.
        hidden : bool array (mentions,), optional
            Mentions to forget, as if no lexicon had their names: for measuring.
        limit : int
            At most so many.
        min_slots, min_articles : int
            Distinct slots and articles that a candidate needs.

        Returns
        -------
        list of Candidate
            Best first, ties by the alphabet. Phrases that share a word with a mention of any naming lexicon where they
            stand are no candidates there. Empty with fewer than `MIN_MENTIONS` mentions.
        """
        mentions = self._field.mentions
        seen = np.ones(len(mentions.start), dtype=bool) if hidden is None else ~hidden
        named = self._of_referent(lexicon, referent) & seen
        rows = np.flatnonzero(named & mentions.chosen)
        if len(rows) < MIN_MENTIONS:
            return []
        searched = self._search(mentions.article[named])
        spans = self.free_spans(seen, searched)
        if outlet is not None:
            of_outlet = np.array([a.outlet == outlet for a in self._field.articles], dtype=bool)
            spans = spans[of_outlet[self.spans.article[spans]]]
        return self._rank(rows, spans, searched, limit, min_slots, min_articles)

    def _of_referent(self, lexicon: str, referent: str) -> BoolArray:
        labels = [(a, b) == (lexicon, referent) for a, b, _ in self._field.mentions.labels]
        return np.array(labels, dtype=bool)[self._field.mentions.label]

    def _search(self, articles: IntArray) -> BoolArray:
        """Return which articles are searched: those of the referent and, where they have one, of the same events."""
        searched = np.zeros(len(self._field.articles), dtype=bool)
        searched[articles] = True
        events = {self._field.articles[i].event for i in np.flatnonzero(searched).tolist()} - {""}
        searched |= np.array([a.event in events for a in self._field.articles], dtype=bool)
        return searched

    def free_spans(self, seen: BoolArray, searched: BoolArray) -> LongArray:
        """Return the spans in the articles searched that share no token with a mention.

        Parameters
        ----------
        seen : bool array (mentions,)
            Mentions that count.
        searched : bool array (articles,)
        """
        size = len(self._field.folded)
        change = np.zeros(size + 1, dtype=np.int64)
        np.add.at(change, self._field.mentions.start[seen], 1)
        np.add.at(change, self._field.mentions.end[seen], -1)
        covered = np.concatenate(([0], np.cumsum(np.cumsum(change)[:-1] > 0)))
        free = covered[self.spans.end] == covered[self.spans.start]
        return np.flatnonzero(free & searched[self.spans.article])

    def _rank(
        self, rows: LongArray, spans: LongArray, searched: BoolArray, limit: int, min_slots: int, min_articles: int
    ) -> list[Candidate]:
        weight, common = self._weigh_slots(rows)
        slots = self._slot[spans]
        phrases, number = np.unique(self._phrase[spans], return_inverse=True)
        uses = np.bincount(number, minlength=len(phrases))
        told = weight[slots] > 0
        pairs, count = np.unique((number[:, None] * np.int64(len(self._slots)) + slots)[told], return_counts=True)
        candidate, slot = np.divmod(pairs, max(1, len(self._slots)))
        own = np.log(count * len(self.spans.start) / (uses[candidate] * common[slot]))
        earned = np.minimum(weight[slot], np.maximum(0.0, own) * count / (count + 1))
        kept = earned > 0
        candidate, slot, count, earned = candidate[kept], slot[kept], count[kept], earned[kept]
        score = np.bincount(candidate, earned, minlength=len(phrases))
        score *= self._weigh_loyalty(phrases, uses, searched) ** _LOYALTY / uses**_FREQUENCY
        distinct = np.bincount(candidate, minlength=len(phrases))
        pairs = np.unique(number * np.int64(len(self._field.articles)) + self.spans.article[spans])
        articles = np.bincount(pairs // len(self._field.articles), minlength=len(phrases))
        fit = np.flatnonzero((distinct >= min_slots) & (articles >= min_articles))
        keys = [say_phrase(self._field.words, int(self._phrases[phrases[i]])) for i in fit.tolist()]
        best = sorted(range(len(fit)), key=lambda i: (-float(score[fit[i]]), keys[i]))[:limit]
        found = []
        for place in best:
            row = int(fit[place])
            mine = np.flatnonzero(candidate == row)
            mine = mine[np.lexsort((self._slots[slot[mine]], -earned[mine]))]
            here = spans[number == row]
            value = weight[self._slot[here]].sum(axis=1)
            found.append(
                Candidate(
                    self._spell(here),
                    keys[place],
                    float(score[row]),
                    int(uses[row]),
                    int(articles[row]),
                    tuple(sorted({self._field.articles[i].outlet for i in self.spans.article[here].tolist()})),
                    tuple(
                        Slot(say_slot(self._field.words, int(self._slots[slot[i]])), float(earned[i]), int(count[i]))
                        for i in mine.tolist()
                    ),
                    self._choose_places(here[np.lexsort((here, -value))]),
                )
            )
        return found

    def _weigh_slots(self, rows: LongArray) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the weight of each slot for a referent, and how often it stands around any phrase or this referent."""
        size = len(self.spans.start) + len(rows)
        mine = np.bincount(self._mention_slot[rows].ravel(), minlength=len(self._slots)).astype(np.float64)
        common = self._often + mine
        with np.errstate(divide="ignore", invalid="ignore"):
            information = np.log(mine * size / (common * len(rows)))
        weight = np.where(mine > 0, np.maximum(0.0, information), 0.0) * mine / (mine + 1)
        return weight, np.maximum(common, 1.0)

    def _weigh_loyalty(self, phrases: LongArray, uses: LongArray, searched: BoolArray) -> npt.NDArray[np.float64]:
        """Return how much more often than by chance each phrase stands in the articles searched, one use added."""
        tokens = np.bincount(self._field.article, minlength=len(searched))
        share = max(tokens[searched].sum() / max(1, tokens.sum()), 1e-9)
        return np.asarray((uses + 1) / ((self._uses[phrases] + 1 / share) * share))

    def _spell(self, spans: LongArray) -> str:
        """Return the most frequent printed form of a phrase, the alphabet deciding ties."""
        field = self._field
        first = np.searchsorted(field.sentence, field.sentence[self.spans.start[spans]], side="left")
        telling = spans[~field.headline[self.spans.start[spans]] & (first != self.spans.start[spans])]
        forms: Counter[str] = Counter()
        for span in (telling if len(telling) else spans).tolist():
            text = ""
            for token in range(int(self.spans.start[span]), int(self.spans.end[span])):
                link = "" if not text else "-" if field.hyphen[token] else " "
                text += link + field.words.printed[int(field.printed[token])]
            forms[text] += 1
        return min(forms, key=lambda form: (-forms[form], form))

    def _choose_places(self, spans: LongArray) -> tuple[Place, ...]:
        """Return where some spans stand, one an article, in the order given."""
        field = self._field
        places: dict[str, Place] = {}
        for span in spans.tolist():
            start, last = int(self.spans.start[span]), int(self.spans.end[span]) - 1
            article_id = field.articles[int(field.article[start])].id
            if article_id in places:
                continue
            sentence = field.sentence[start]
            first = int(np.searchsorted(field.sentence, sentence, side="left"))
            final = int(np.searchsorted(field.sentence, sentence, side="right")) - 1
            places[article_id] = Place(
                article_id,
                bool(field.headline[start]),
                int(field.offset[start]),
                int(field.stop[last]),
                int(field.offset[first]),
                int(field.stop[final]),
            )
            if len(places) == SENTENCES:
                break
        return tuple(places.values())

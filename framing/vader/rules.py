"""VADER's rules about neighbouring words, for all sentences at once.

Each function follows one step of `SentimentIntensityAnalyzer`, in its order, with its quirks: the result must be the
same to the last digit. Where a rule depends on more than a few words (idioms, "but" with equal valences), its own
function is called for the few places concerned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.text import BoolArray, IntArray, LongArray
from framing.vader.words import (
    BUT,
    ENTRY,
    EXCLAMATION_SHIFT,
    MARK_BITS,
    MARKS,
    MOST_MARKS,
    QUESTION_SHIFT,
    RATED,
    UPPER,
    Vader,
)

Floats = npt.NDArray[np.float64]

# Constants that stand inside functions of vaderSentiment.
_FADING = (1.0, 0.95, 0.9)  # how much a booster one, two, three words before counts
_NEVER_SO = 1.25
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_EXCLAMATION, _QUESTION, _MANY_QUESTIONS = 0.292, 0.18, 0.96
_ALPHA = 15
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """Some places of a batch that lie in units (sentences).

    Attributes
    ----------
    place, unit : int64 arrays (places,)
        Ascending.
    """

    place: LongArray
    unit: LongArray

    def where(self, chosen: npt.NDArray[np.generic]) -> Heard:
        """Return those places for which `chosen` is not zero."""
        rows = np.flatnonzero(chosen)
        return Heard(self.place[rows], self.unit[rows])


@dataclass(frozen=True, slots=True)
class Rated:
    """The words that have a valence, and the entries of the words around them (0 outside the unit).

    Attributes
    ----------
    place, unit : int64 arrays (words,)
    position : int64 array (words,)
        Place inside the unit.
    entry : int32 array (words,)
    before : three int32 arrays (words,)
        One, two and three words before.
    after : two int32 arrays (words,)
    """

    place: LongArray
    unit: LongArray
    position: LongArray
    entry: IntArray
    before: tuple[IntArray, IntArray, IntArray]
    after: tuple[IntArray, IntArray]


class Scorer:
    """Scores units of one long run of words.

    Parameters
    ----------
    vader : Vader
    code : int32 array (words,)
        See `framing.vader.words`; no EMOJI and no SPACED inside the units.
    first, behind : int64 arrays (units,)
        Unit u holds the words `first[u]:behind[u]`; ascending, never overlapping.
    """

    def __init__(self, vader: Vader, code: IntArray, first: LongArray, behind: LongArray) -> None:
        self._vader, self._entries = vader, vader.entries
        self._code, self._first, self._behind = code, first, behind
        # One look at all words; everything else concerns the fifth that VADER heeds.
        place = np.flatnonzero(code & (RATED | UPPER | BUT | MARKS))
        unit = np.searchsorted(first, place, side="right") - 1
        inside = np.flatnonzero((unit >= 0) & (place < behind[np.maximum(unit, 0)])) if len(first) else place[:0]
        self._heeded = Heard(place[inside], unit[inside])
        self._heeded_code = code[self._heeded.place]

    def compounds(self) -> Floats:
        """Return the compound score of each unit. Shape (units,), -1 to 1; 0 where no word has a valence."""
        compound = np.zeros(len(self._first))
        rated = self._rated()
        if not len(rated.place):
            return compound
        valence = self._valences(rated)
        valence = self._hear_but(rated, valence)
        total = self._sum(rated, valence)
        felt = np.flatnonzero(total)
        emphasis = self._emphasis()[felt]
        total = total[felt]
        total = np.where(total > 0, total + emphasis, total - emphasis)
        compound[felt] = _round(np.clip(total / np.sqrt(total * total + _ALPHA), -1.0, 1.0))
        return compound

    def _rated(self) -> Rated:
        """Find the words with a valence. "kind of" has none."""
        heard = self._heeded.where(self._heeded_code & RATED)
        number = self._entries.number
        following = self._entry_at(heard, 1)
        kind_of = ((self._code[heard.place] & ENTRY) == number["kind"]) & (following == number["of"])
        if kind_of.any():
            heard, following = heard.where(~kind_of), following[~kind_of]
        return Rated(
            heard.place,
            heard.unit,
            heard.place - self._first[heard.unit],
            self._code[heard.place] & ENTRY,
            (self._entry_at(heard, -1), self._entry_at(heard, -2), self._entry_at(heard, -3)),
            (following, self._entry_at(heard, 2)),
        )

    def _entry_at(self, heard: Heard, offset: int) -> IntArray:
        place = heard.place + offset
        inside = place >= self._first[heard.unit] if offset < 0 else place < self._behind[heard.unit]
        entry: IntArray = np.where(inside, self._code[np.clip(place, 0, len(self._code) - 1)] & ENTRY, 0)
        return entry

    def _valences(self, rated: Rated) -> Floats:
        """Return the valence of each rated word with its neighbours heard (`sentiment_valence`)."""
        valence = self._hear_no(rated)
        some_capitals = self._some_capitals()[rated.unit]
        valence = self._hear_capitals(rated.place, some_capitals, valence, valence)
        for distance in (1, 2, 3):
            # VADER skips a neighbour that has a valence itself.
            free = ~self._entries.listed[rated.before[distance - 1]] & (rated.position >= distance)
            self._hear_booster(rated, distance, free, some_capitals, valence)
            self._hear_negation(rated, distance, free, valence)
            if distance == 3:
                self._hear_idioms(rated, free, valence)
        self._hear_least(rated, valence)
        return valence

    def _hear_no(self, rated: Rated) -> Floats:
        """Begin with the lexicon; "no" before a word turns it around, and has no valence then."""
        number, entries = self._entries.number, self._entries
        no, (one, two, three) = number["no"], rated.before
        listed = entries.valence[rated.entry]
        silent = (rated.entry == no) & entries.listed[rated.after[0]]
        turned = (one == no) | (two == no) | ((three == no) & ((one == number["or"]) | (one == number["nor"])))
        return np.where(turned, listed * self._vader.negation, np.where(silent, 0.0, listed))

    def _some_capitals(self) -> BoolArray:
        """Whether some words of each unit are all capitals and others are not (`allcap_differential`)."""
        upper = self._heeded.where(self._heeded_code & UPPER)
        count = np.bincount(upper.unit, minlength=len(self._first))
        some: BoolArray = (count > 0) & (count < self._behind - self._first)
        return some

    def _hear_capitals(self, place: LongArray, some_capitals: BoolArray, sign: Floats, amount: Floats) -> Floats:
        """Move an amount away from 0, by the sign of a valence, where the word at a place is shouted."""
        shouted = ((self._code[place] & UPPER) != 0) & some_capitals
        louder = np.where(sign > 0, amount + self._vader.capitals, amount - self._vader.capitals)
        return np.where(shouted, louder, amount)

    def _hear_booster(
        self, rated: Rated, distance: int, free: BoolArray, some_capitals: BoolArray, valence: Floats
    ) -> None:
        """Add what a booster or dampener gives (`scalar_inc_dec`), fading with the distance. Changes `valence`."""
        entry = rated.before[distance - 1]
        rows = np.flatnonzero(free & self._entries.booster[entry])
        boost = self._entries.boost[entry[rows]]
        boost = np.where(valence[rows] < 0, -boost, boost)
        boost = self._hear_capitals(rated.place[rows] - distance, some_capitals[rows], valence[rows], boost)
        valence[rows] += boost * _FADING[distance - 1]

    def _hear_negation(self, rated: Rated, distance: int, free: BoolArray, valence: Floats) -> None:
        """Turn what is negated (`_negation_check`); "never so" strengthens. Changes `valence`."""
        number, (one, two, three) = self._entries.number, rated.before
        turned = free & self._entries.negates[rated.before[distance - 1]]
        if distance > 1:
            far = rated.before[distance - 1]
            so = (one == number["so"]) | (one == number["this"])
            doubt = one == number["doubt"]
            if distance == 2:
                stronger = (two == number["never"]) & so
            else:
                # As written in vaderSentiment: "so" right before the word is enough, without a "never".
                stronger = so | ((three == number["never"]) & ((two == number["so"]) | (two == number["this"])))
                doubt |= two == number["doubt"]
            stronger &= free
            valence[stronger] *= _NEVER_SO
            turned &= ~stronger & ~((far == number["without"]) & doubt)
        valence[turned] *= self._vader.negation

    def _hear_idioms(self, rated: Rated, free: BoolArray, valence: Floats) -> None:
        """Let vaderSentiment look where the words around may be an idiom. Changes `valence`."""
        idiomatic, texts = self._entries.idiomatic, self._entries.text
        near = idiomatic[rated.entry]
        for entry in (*rated.before, *rated.after):
            near = near | idiomatic[entry]
        for row in np.flatnonzero(free & near).tolist():
            place = int(rated.place[row])
            behind = min(place + 3, int(self._behind[rated.unit[row]]))
            words = [texts[e] for e in (self._code[place - 3 : behind] & ENTRY).tolist()]
            valence[row] = self._vader.with_idioms(float(valence[row]), words, 3)

    def _hear_least(self, rated: Rated, valence: Floats) -> None:
        """Turn what stands behind "least", but not behind "at least" (`_least_check`). Changes `valence`."""
        number, (one, two, _) = self._entries.number, rated.before
        if not self._entries.listed[number["least"]]:
            valence[(one == number["least"]) & (two != number["at"]) & (two != number["very"])] *= self._vader.negation

    def _hear_but(self, rated: Rated, valence: Floats) -> Floats:
        """Halve what stands before the first "but" and strengthen what stands behind it (`_but_check`)."""
        but = self._heeded.where(self._heeded_code & BUT)
        if not len(but.place):
            return valence
        none = len(self._code)
        where = np.full(len(self._first), none, dtype=np.int64)
        where[but.unit[::-1]] = but.place[::-1]  # the first of a unit is written last
        at = where[rated.unit]
        factor = np.where(rated.place < at, _BEFORE_BUT, _AFTER_BUT)
        changed = np.where(at < none, valence * factor, valence)
        for unit in self._confused(rated, valence, changed, at < none):
            rows = slice(*np.searchsorted(rated.unit, (unit, unit + 1)).tolist())
            changed[rows] = self._after_but(rated, rows, valence[rows], int(where[unit]))
        return changed

    def _confused(self, rated: Rated, valence: Floats, changed: Floats, concerned: BoolArray) -> list[int]:
        """Return the units in which vaderSentiment takes one word for another.

        It finds a word by its valence, so it changes an earlier word again whose new valence is the same.
        """
        rows = np.flatnonzero(concerned & (valence != 0))
        distinct, value = np.unique(np.concatenate((valence[rows], changed[rows])), return_inverse=True)
        key = np.tile(rated.unit[rows] * len(distinct), 2) + value
        old, new = np.split(key, 2)
        confused: list[int] = np.unique(rated.unit[rows[np.isin(old, new)]]).tolist()
        return confused

    def _after_but(self, rated: Rated, rows: slice, valence: Floats, but: int) -> list[float]:
        # Words without a valence are left out: 0 stays 0, and is never taken for another valence.
        before = int(np.searchsorted(rated.place[rows], but))
        valences = valence.tolist()
        changed = self._vader.after_but([*valences[:before], 0.0, *valences[before:]], before)
        return changed[:before] + changed[before + 1 :]

    def _sum(self, rated: Rated, valence: Floats) -> Floats:
        """Add up the valences of each unit, rounding as the running Python's `sum` does. Shape (units,)."""
        count = np.bincount(rated.unit, minlength=len(self._first))
        total = np.asarray(np.bincount(rated.unit, valence, len(self._first)), dtype=np.float64)
        # Since Python 3.12 `sum` makes up for rounding errors; up to two numbers that is the same.
        many = np.flatnonzero(count > 2)
        behind = np.cumsum(count)[many]
        values = valence.tolist()
        total[many] = [sum(values[a:b]) for a, b in zip((behind - count[many]).tolist(), behind.tolist(), strict=True)]
        return total

    def _emphasis(self) -> Floats:
        """Return what exclamation and question marks add to each unit (`_punctuation_emphasis`)."""
        marks = self._heeded_code & MARKS
        marked = self._heeded.where(marks)
        marks = marks[marks != 0]
        units = len(self._first)
        exclamations = np.bincount(marked.unit, (marks >> EXCLAMATION_SHIFT) & MARK_BITS, units)
        questions = np.bincount(marked.unit, (marks >> QUESTION_SHIFT) & MARK_BITS, units)
        asked = np.where(questions > 3, _MANY_QUESTIONS, questions * _QUESTION)
        return np.minimum(exclamations, MOST_MARKS) * _EXCLAMATION + np.where(questions > 1, asked, 0.0)


def _round(values: Floats) -> Floats:
    """Round to four digits exactly as Python's `round` does."""
    scale = 10.0**_DIGITS
    scaled = values * scale
    rounded = np.rint(scaled) / scale
    # Multiplying may move a number across the middle between two neighbours; these few are left to Python.
    middle = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6)
    rounded[middle] = [round(value, _DIGITS) for value in values[middle].tolist()]
    return rounded

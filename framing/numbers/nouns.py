"""The noun phrase behind a number: whom it counts, or that it counts something else."""

from __future__ import annotations

from dataclasses import dataclass

from framing.numbers.phrases import Number
from framing.numbers.sentence import Mark, Sentence
from framing.numbers.words import MONTHS

LONGEST = 8  # words between a number and its noun; longer phrases are rare, and more often no phrase at all
PRONOUNS = frozenset("them whom us you which".split())
DEFINITE = frozenset("the these those his her its their our my all".split())
POSSESSIVE = frozenset("his her its their our my".split())
FURTHER_WORDS = frozenset("more other others another further additional extra".split())
QUOTES = frozenset("\"'“”‘’")
_STOPS = (
    "PREPOSITION", "BE", "HAVE", "MODAL", "COORDINATOR", "RELATIVE", "THAT", "WH", "SUBORDINATOR", "OBJECT",
    "PERSONAL", "NEGATION", "TO", "DETERMINER",
)  # fmt: skip
_NO_MODIFIER = frozenset(
    "including following according excluding during barring then still when aboard alive there here".split()
)
_MODIFIERS = frozenset("last first next early long further more other".split())


@dataclass(frozen=True, slots=True)
class Noun:
    """What stands behind a number.

    Attributes
    ----------
    start, end : int
        The words of the phrase, without the number and "of"; `end` is where the phrase stops.
    head : Mark or None
        The noun for people; None for a bare number or for a noun that names no people.
    base : str
        "" for "12 people"; "pronoun" for "12 of them"; "definite" for "12 of the passengers"; "owned" for "12 of his
        men".
    state : Mark or None
        A word of harm inside the phrase: "12 displaced people".
    further : bool
        "12 more", "12 others".
    other : bool
        The number counts something that is no people: "12 bombs".
    """

    start: int
    end: int
    head: Mark | None = None
    base: str = ""
    state: Mark | None = None
    further: bool = False
    other: bool = False

    @property
    def group(self) -> str:
        """Category of the head, "" without one."""
        return self.head.category if self.head else ""


def read_noun(s: Sentence, n: Number) -> Noun:
    """Read the noun phrase that begins behind a number."""
    place, base = n.end, ""
    further = False
    while s.word(place) in ("more", "others") and s.word(place + 1) == "of":  # "three more of them"
        further, place = True, place + 1
    if s.word(place) == "of":
        after = s.word(place + 1)
        if after in PRONOUNS:
            return Noun(place + 2, place + 2, base="pronoun", further=further)
        place += 1
        if after in DEFINITE:
            base = "owned" if after in POSSESSIVE else "definite"
            place += 1
            place += s.word(place) in DEFINITE
            while s.is_digit(place) or (s.has(place, "DETERMINER") and s.word(place) not in FURTHER_WORDS):
                place += 1  # "twelve of the 40 passengers"
    return _Phrase(s, place, base, further).read()


class _Phrase:
    """Reads modifiers and head, word by word."""

    def __init__(self, s: Sentence, start: int, base: str, further: bool) -> None:
        self.s, self.start, self.place, self.base, self.further = s, start, start, base, further
        self.head: Mark | None = None
        self.state: Mark | None = None
        self.unknown = False

    def read(self) -> Noun:
        """Return the phrase."""
        while self.place - self.start < LONGEST and self._step():
            pass
        last = self.place - 1
        if self.head is None and self.unknown and last >= self.start and _is_nation(self.s, last):
            self.head, self.unknown = Mark(last, last + 1, "nationals"), False
        return Noun(
            self.start,
            self.place,
            self.head,
            self.base,
            self.state,
            self.further,
            other=self.head is None and self.unknown,
        )

    def _step(self) -> bool:
        """Take one word or match; False at the end of the phrase."""
        s, place = self.s, self.place
        word = s.word(place)
        if not s.is_word(place):
            if word in QUOTES and self.head is None and place == self.start:
                self.place += 1
                return True
            return False
        if s.is_clitic(place):  # "12 people's homes"
            self.head, self.unknown = None, self.head is not None or self.unknown
            return False
        if word in FURTHER_WORDS and s.word(place + 1) != "than" and place not in s.people.at:
            self.further = True
            self.place += 1
            return True
        if place in s.kinds.at:
            return self._harm(s.kinds.at[place])
        if place in s.people.at and not s.has(place, "MODAL"):
            mark = s.people.at[place]
            self.further |= word in FURTHER_WORDS
            self.head, self.unknown, self.place = mark, False, mark.end
            return True
        if s.link(place) and self.head is None:
            self.unknown, self.place = True, place + 1
            return True
        return self._other_word(word)

    def _harm(self, mark: Mark) -> bool:
        """A word of harm ends the phrase, unless it stands before the noun ("12 wounded soldiers")."""
        if self.head is not None or self.state is not None or mark.role not in ("state", "done"):
            return False
        place = mark.end
        place += self.s.word(place) in QUOTES  # "1,500 'missing' children"
        while place < mark.end + 3 and place not in self.s.people.at and _may_modify(self.s, place):
            place += 1
        if place not in self.s.people.at:
            return False
        self.state, self.place = mark, mark.end + (self.s.word(mark.end) in QUOTES)
        return True

    def _other_word(self, word: str) -> bool:
        s, place = self.s, self.place
        if word in _NO_MODIFIER or s.is_digit(place) or (s.has(place, *_STOPS) and word not in _MODIFIERS):
            return False
        if word in MONTHS or (s.has(place, "TIME") and word not in _MODIFIERS):
            # "12 years", "12 weeks" are units; "12 on Monday" and "12 Monday" are not
            return False
        if place in s.hedges.at and self.head is None and s.hedges.at[place].category == "doubt":
            self.place = s.hedges.at[place].end
            return True
        if s.has(place, "ADVERB", "VERB", "ING"):
            if self.head is not None or not _may_modify(s, place):
                return False
            self.place += 1
            return True
        if self.head is not None:
            if _is_plural(s, self.head):
                return False
            self.head = None  # "12 police vehicles"
        self.unknown = True
        self.place += 1
        return True


def _may_modify(s: Sentence, place: int) -> bool:
    """Whether a word may stand between a number and its noun."""
    if not s.is_word(place) or s.is_clitic(place):
        return False
    word = s.word(place)
    if s.has(place, "VERB") and not word.endswith("ed"):
        return False
    return word not in _NO_MODIFIER and not s.has(place, *_STOPS)


def _is_plural(s: Sentence, mark: Mark) -> bool:
    """Whether a noun is a plural, which is seldom the first part of a compound."""
    word = s.word(mark.end - 1)
    return word.endswith(("s", "men", "children", "people")) or word in ("women", "personnel", "troops")


def _is_nation(s: Sentence, place: int) -> bool:
    """Whether an unknown word looks like the plural of a nation or a people: "Orvanians"."""
    form = s.forms[place]
    return s.is_capital(place) and form.endswith("s") and not form.isupper() and len(form) > 4

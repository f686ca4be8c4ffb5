"""Which word of harm a number belongs to: its verb's object, its subject's verb, its noun, or a toll that it is given
for.

What is planned, feared for the future, denied or supposed ("could kill 12", "if 12 died") gives no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from framing.numbers.nouns import QUOTES, Noun
from framing.numbers.phrases import Number
from framing.numbers.sentence import Mark, Sentence

REACH = 28  # tokens between a subject and its verb, or a toll and its number
# Stand between a verb or preposition and the number: "all", "another", "a total of".
_BEFORE = frozenset(
    "the a an all another other further additional its his her their our my these those only just exactly even fully "
    "total combined record new of as".split()
)
_LOST = frozenset("soldiers police militants journalists aid-workers lives children nationals".split())
# Verbs that leave the state of the victims to the word behind them: "were left dead", "are listed as missing".
_LINKING = frozenset(
    "remain remains remained remaining stay stayed left leaves found reported confirmed declared pronounced listed "
    "presumed considered counted among being got get getting gets said thought feared believed known made officially "
    "understood estimated acknowledged".split()
)
_REAL_TO = frozenset(
    "used went go goes going on proceeded managed continued continues began helped known believed thought reported "
    "said happened seemed appears appeared first last only responsible".split()
)
_TOLL_LINKS = frozenset(
    "of to at is was are were reached reaches reaching hit hits hitting passed passes passing topped tops topping "
    "exceeded exceeds exceeding surpassed surpasses surpassing above over as past stood stands : — - , numbered "
    "numbers totals totalled totaled nears neared beyond now near from crossed crosses climbs rises rose jumps "
    "climbed".split()
)
_SHARES = frozenset("many most some few half much majority minority none any each one percent % number".split())
_OUT = frozenset("out from away off into".split())
_FLEE = frozenset("flee leave abandon evacuate".split())


@dataclass(frozen=True, slots=True)
class Link:
    """The word of harm of a number.

    Attributes
    ----------
    mark : Mark
    kind : str
        "" for a total whose kind is that of the figure before.
    side : str
        "object", "subject", "noun", "state", "toll" or "held".
    part : bool
        The number is a part of others: "five were among the dead".
    """

    mark: Mark
    kind: str
    side: str
    part: bool = False


def find_link(s: Sentence, n: Number, noun: Noun) -> Link | None:
    """Find the word of harm that a number belongs to by itself, without its neighbours."""
    beside = _beside(s, n, noun)
    dead = noun.state is not None and noun.state.category == "dead-state"
    if beside and not (dead and beside.side == "state"):  # "12 dead men with gunshot wounds"
        return beside
    if noun.other and noun.base != "owned":
        return _object(s, n, noun) if noun.base == "definite" else None
    if n.yearlike and (noun.head is None or s.word(n.start - 1) == "the"):
        return None
    found = _object(s, n, noun) or _subject(s, n, noun)
    if found:
        return found
    if noun.state and not n.none and not _denied(s, noun.state):
        return Link(noun.state, noun.state.kind, "state")
    return find_toll(s, n, noun) or _held(noun, n)


def before(s: Sentence, place: int) -> int:
    """Go left over hedges, articles and their like; returns the place of the leftmost of them."""
    while place > 0:
        hedge = s.hedges.ending.get(place)
        if hedge:
            place = hedge.start
        elif s.words[place - 3 : place] == ["a", "total", "of"]:
            place -= 3
        elif (s.word(place - 1) in _BEFORE and s.word(place - 1) not in ("of", "as")) or s.word(place - 1) in QUOTES:
            place -= 1
        else:
            break
    return place


def _beside(s: Sentence, n: Number, noun: Noun) -> Link | None:
    """ "45 deaths", "12 dead", "12 people missing", "nine of the dead"."""
    mark = s.kinds.at.get(noun.end)
    if n.none and mark is None and s.word(noun.end) in ("or", "and"):  # "no damage or injuries were reported"
        mark = s.kinds.at.get(noun.end + 1)
        return Link(mark, mark.kind, "noun") if mark and mark.role == "count" else None
    if mark is None or (n.yearlike and s.word(n.start - 1) in ("the", "in", "since", "of")):
        return None
    if mark.role == "count":
        if noun.base == "definite" and n.low == 1:  # "one of the most controversial killings"
            return None
        if _is_compound(s, n, mark) or _planned(s, n) or s.word(mark.end) == "toll":
            return None
        return Link(mark, mark.kind, "noun")
    if noun.other:
        return None
    if noun.base == "definite" and noun.head is None and mark.role in ("state", "done"):
        if n.low == 1:  # "one of the dead" is somebody, and no figure
            return None
        return Link(mark, mark.kind, "noun", part=s.word(before(s, n.start)) != "all")
    if mark.role == "state":
        if _denied(s, mark) or _planned(s, n) or _is_verb(s, mark):
            return None
        return Link(mark, mark.kind, "state")
    return None


def _is_verb(s: Sentence, mark: Mark) -> bool:
    """ "eight senators are missing the point"."""
    return s.word(mark.start) == "missing" and s.word(mark.end) in ("a", "an", "the", "out", "from", "this", "some")


def _is_compound(s: Sentence, n: Number, mark: Mark) -> bool:
    """ "12 detention requests": a singular behind a plural number is the first part of another noun."""
    singular = n.low > 1 and not s.word(mark.end - 1).endswith(("s", "remains", "life"))
    return singular or (s.is_word(mark.end) and bool(s.link(mark.end)))


def _planned(s: Sentence, n: Number) -> bool:
    """ "could mean 12 deaths", "would cause 500 deaths", "to prevent 12 deaths"."""
    place = before(s, n.start) - 1
    for step in range(4):
        if not s.is_word(place - step):
            return False
        if s.has(place - step, "MODAL") and s.word(place - step) not in ("did", "does", "do"):
            return s.word(place - step + 1) != "have" or s.word(place - step) not in ("may", "might")
        if s.word(place - step) in ("prevent", "avert", "avoid", "prevented", "averted", "avoided", "if"):
            return True
        if s.word(place - step) == "to" and step == 1 and s.word(place - step - 1) not in _REAL_TO:
            return s.word(place) in ("cause", "mean", "bring", "lead", "see")
    return False


def _object(s: Sentence, n: Number, noun: Noun) -> Link | None:
    """ "killed 12", "killing at least 12 people", "the deaths of 12", "claimed 12 lives", "Injured: 130"."""
    place = before(s, n.start)
    if place > 1 and s.word(place - 1).endswith("ly") and place - 1 in s.kinds.ending:
        place -= 1
    mark = s.kinds.ending.get(place)
    if mark:
        return _governed(s, mark, noun)
    mark = s.kinds.ending.get(place - 1)
    if mark is None:
        return None
    link = s.word(place - 1)
    if link in ("were", "was") and mark.role == "done" and not s.has(mark.start - 1, "DETERMINER"):
        return Link(mark, mark.kind, "object")  # "also killed were six sailors"
    if link == "of" and (mark.role in ("count", "act", "toll") or mark.category == "detained-act"):
        if s.word(mark.start) in ("loss", "losses") and not _is_lost(s, noun):
            return None
        return None if _denied(s, mark) else Link(mark, mark.kind, "object")
    if link == ":" and mark.role in ("count", "state", "done") and noun.head is None:
        return Link(mark, mark.kind, "noun")
    return None


def _governed(s: Sentence, mark: Mark, noun: Noun) -> Link | None:
    """The number is the object of the verb right before it."""
    role = mark.role
    if role == "toll" and noun.head is None:
        return None if _denied(s, mark) else Link(mark, mark.kind, "toll")
    if role not in ("act", "done", "loss", "lives", "push") or _denied(s, mark):
        return None
    if role == "done" and _is_passive(s, mark):
        return None
    if role == "lives" and noun.group != "lives":
        return None
    if role == "loss" and not _is_lost(s, noun):
        return None
    if role == "push" and not _goes_out(s, noun.end):
        return None
    if noun.group == "lives" and role not in ("lives", "loss"):
        return None
    return Link(mark, mark.kind, "object")


def _is_lost(s: Sentence, noun: Noun) -> bool:
    """Whether "lost" means killed: soldiers, men, children and lives are lost so; players, members and jobs are not."""
    if noun.head is None:
        return False
    return noun.group in _LOST or s.word(noun.head.start) in ("men", "people", "civilians")


def _goes_out(s: Sentence, place: int) -> bool:
    return s.word(place) in _OUT or (s.word(place) == "to" and s.word(place + 1) in _FLEE)


def _is_passive(s: Sentence, mark: Mark) -> bool:
    place = mark.start - 1
    while s.has(place, "ADVERB") and not s.has(place, "BE"):
        place -= 1
    return s.has(place, "BE") or s.word(place) in ("get", "got")


def _denied(s: Sentence, mark: Mark) -> bool:
    """Whether a verb is planned, supposed or denied: "could kill", "plotted to kill", "did not kill"."""
    place = mark.start - 1
    while (s.has(place, "ADVERB") or place in s.hedges.over) and not s.has(place, "NEGATION", "MODAL", "HAVE"):
        place -= 1
    if s.has(place, "NEGATION") and s.word(place) not in ("no", "nor"):
        return True
    if s.word(place) in ("be", "get"):
        place -= 1
        place -= s.has(place, "ADVERB")
        if s.has(place, "NEGATION"):
            return True
    have = s.word(place) == "have"
    place -= have
    if s.has(place, "NEGATION"):
        return True
    if s.has(place, "MODAL"):
        return not (have and s.word(place) in ("may", "might")) and s.word(place) not in ("did", "does", "do")
    if s.word(place) == "to" and not have:
        return s.word(place - 1) not in _REAL_TO
    return False


def _subject(s: Sentence, n: Number, noun: Noun) -> Link | None:
    """ "12 were killed", "12 people in the bus died", "12 killed in raid"."""
    place = before(s, n.start)
    if s.word(place - 1) in ("if", "unless", "whether", "until"):
        return None
    if s.word(place - 1) == "of" and s.word(place - 2) in _SHARES:  # "many of the 200 workers were hurt"
        return None
    return _Predicate(s, n, noun).find()


class _Predicate:
    """Walks from the end of a noun phrase to the verb that it is the subject of."""

    def __init__(self, s: Sentence, n: Number, noun: Noun) -> None:
        self.s, self.n, self.noun = s, n, noun
        self.place = noun.end
        self.be = self.have = self.skipping = self.real = False

    def find(self) -> Link | None:
        """Return the link, or None where the subject does something else, or its verb is not found."""
        limit = min(len(self.s), self.noun.end + REACH)
        while self.place < limit:
            mark = self.s.kinds.at.get(self.place)
            if mark is not None:
                answer = self._harm(mark)
            elif not self.s.is_word(self.place):
                answer = self._mark()
            else:
                answer = self._word()
            if answer is not True:
                return answer or None
        return None

    def _link(self, mark: Mark, part: bool = False) -> Link | None:
        return Link(mark, mark.kind, "subject", part)

    def _harm(self, mark: Mark) -> Link | bool | None:
        """True: go on."""
        s = self.s
        if mark.role == "happen":
            return self._link(mark)
        if mark.role == "state" and (self.be or self.real):
            return None if _is_verb(s, mark) else self._link(mark)
        if mark.role == "done":
            if self.be or self.real:
                return self._link(mark)
            if self.have or self.skipping:
                return None
            return self._link(mark) if not _takes_object(s, mark.end) else None
        if self.skipping and mark.role in ("count", "toll"):  # "12 people in the death camp were freed"
            self.place = mark.end
            return True
        if mark.role in ("act", "push", "lives", "loss", "total", "number") and self.skipping and not self.be:
            self.place = mark.end
            return True
        return None

    def _mark(self) -> bool | None:
        """Commas around an insertion; quotation marks."""
        s, word = self.s, self.s.word(self.place)
        if word in QUOTES:
            self.place += 1
            return True
        if word not in (",", "(", "—", "-") or self.be or self.have:
            return None
        if s.words[self.place + 1 : self.place + 4] == ["all", "of", "them"]:
            self.place += 4
            return True
        closing = {"(": ")"}.get(word, word)
        for end in range(self.place + 1, min(len(s), self.place + 18)):
            if s.word(end) == closing and (closing != "," or self._resumes(end + 1)):
                self.place = end + 1
                return True
            if s.word(end) in (";", "."):
                break
        return None

    def _resumes(self, place: int) -> bool:
        """Whether the predicate follows."""
        mark = self.s.kinds.at.get(place)
        if mark is not None:
            return mark.role in ("happen", "done") and not _takes_object(self.s, mark.end)
        return self.s.has(place, "BE", "HAVE", "MODAL")

    def _word(self) -> Link | bool | None:
        s, place = self.s, self.place
        word = s.word(place)
        if word == "among" and self.be:
            return self._among()
        if s.has(place, "BE"):
            if word == "be" and s.word(place - 1) == "to" and not self.real:
                return None  # "are to be killed", "claiming to be fleeing"
            self.be = True
        elif s.has(place, "HAVE"):
            self.have = True
        elif s.has(place, "MODAL"):
            if word not in ("may", "might") or s.word(place + 1) != "have":
                return None
        elif s.has(place, "NEGATION"):
            return None
        elif place in s.hedges.at and (self.be or s.hedges.at[place].category == "doubt"):
            self.real = self.real or s.hedges.at[place].category == "doubt"
            end = s.hedges.at[place].end
            # "reported killed" holds the word of harm
            self.place = next((i for i in range(place + 1, end) if i in s.kinds.at), end) - 1
        elif word == "to" and (self.be or self.real) and s.word(place + 1) in ("have", "be"):
            pass
        elif word in _LINKING:
            self.real = True
        elif word in ("either", "both") or (word in ("who", "that") and place <= self.noun.end + 1 and not self.be):
            pass
        elif self.be or self.have:
            return self._another_verb()
        else:
            return self._outside(word)
        self.place += 1
        return True

    def _another_verb(self) -> bool | None:
        """ "were tried and executed": the first of two verbs; adverbs are passed over."""
        s, place = self.s, self.place
        if s.has(place, "ADVERB"):
            self.place += 1
            return True
        for joint in range(place + 1, place + 4):
            if s.word(joint) in ("and", "or") and s.has(place, "VERB"):
                mark = s.kinds.at.get(joint + 1 + s.has(joint + 1, "ADVERB"))
                if mark and mark.role in ("done", "happen"):
                    self.place = mark.start
                    return True
        return None

    def _among(self) -> Link | None:
        """ "were among the dead", "were among those killed"."""
        s, place = self.s, self.place + 1
        place += s.word(place) in ("the", "those", "at")
        place += s.word(place) in ("people", "civilians")
        mark = s.kinds.at.get(place)
        return self._link(mark, part=True) if mark and mark.role in ("state", "done") else None

    def _outside(self, word: str) -> bool | None:
        """Words between the noun and its verb: prepositional phrases and reduced clauses."""
        s, place = self.s, self.place
        if s.has(place, "PREPOSITION") and word not in ("before", "after", "since", "until"):
            self.skipping = True
        elif word == "and" or word == "or":
            if _starts_number(s, place + 1):
                return None
            self.skipping = True
        elif s.has(place, "ADVERB", "TIME"):
            pass
        elif s.has(place, "PERSONAL", "WH", "SUBORDINATOR", "THAT"):
            return None
        elif s.has(place, "ING"):
            if not self.skipping and word in ("saying", "calling", "asking"):
                return None
            self.skipping = True
        elif s.has(place, "VERB"):
            if self.skipping and s.has(place - 1, "DETERMINER", "PREPOSITION"):
                pass
            elif word.endswith("ed") and s.has(place + 1, "PREPOSITION") and not self.skipping:
                self.skipping = True
            else:
                return None
        elif word in ("aboard", "alive", "near", "inside") or self.skipping:
            self.skipping = True
        else:
            return None
        self.place += 1
        return True


def _starts_number(s: Sentence, place: int) -> bool:
    """Whether a number follows, over its hedges: "and at least 30"."""
    for _ in range(4):
        hedge = s.hedges.at.get(place)
        if hedge:
            place = hedge.end
        elif s.word(place) in _BEFORE and s.word(place) != "of":
            place += 1
        else:
            break
    return s.is_digit(place) or s.word(place) in _NUMBERS


_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands scores dozen several "
    "twenty thirty forty fifty".split()
)


def _takes_object(s: Sentence, place: int) -> bool:
    """Whether an object follows a past form, so that its subject is who did it: "12 gunmen killed 30 people"."""
    hedge = s.hedges.at.get(place)
    if hedge and hedge.category != "doubt":
        place = hedge.end
        if s.word(place - 1) in ("about", "around", "over", "under") and not s.is_digit(place):
            return False
    word = s.word(place)
    if s.is_digit(place):
        return s.word(place - 1) != "in"
    if word in ("himself", "themselves", "herself") or not s.is_word(place):
        return False
    if s.has(place, "DETERMINER", "OBJECT", "PERSONAL") and not s.has(place, "TIME") and word not in ("each", "all"):
        # "killed this week", "killed the same day"
        behind = place + 1
        return not (word in ("this", "that", "the") and (s.has(behind, "TIME") or s.word(behind) in ("same", "day")))
    if place in s.people.at:
        return True
    return s.is_capital(place) and not s.has(place, "TIME", "PREPOSITION", "ADVERB") and place > 0


def find_toll(s: Sentence, n: Number, noun: Noun) -> Link | None:
    """ "the death toll rose to 45", "put the number of dead at 29", "brings the total to 60"."""
    if (noun.head is not None and noun.group not in ("people", "lives")) or n.yearlike or n.none:
        return None
    place = before(s, n.start)
    if s.word(place - 1) not in _TOLL_LINKS and s.kinds.ending.get(place) is None:
        return None
    for end in range(place, max(0, place - REACH), -1):
        if s.word(end) in (";", "."):
            return None
        mark = s.kinds.ending.get(end)
        if mark and mark.role in ("toll", "number", "total"):
            return _given(s, mark, place)
        if s.has(end - 1, "MODAL") and not (s.word(end) == "have" and s.word(end - 1) in ("may", "might")):
            return None
        if s.word(end - 1) in ("expected", "likely", "if", "feared", "fear") and s.word(end) == "to":
            return None
    return None


def _given(s: Sentence, mark: Mark, place: int) -> Link | None:
    """The toll that a number is given for; "the number of" takes its kind from the words behind it."""
    if mark.role == "toll":
        return Link(mark, mark.kind, "toll")
    if mark.role == "total":
        return Link(mark, "", "toll")
    for start in range(mark.end, place):
        kind = s.kinds.at.get(start)
        if kind and kind.role in ("state", "done", "count", "happen"):
            return Link(kind, kind.kind, "toll")
    return None


def _held(noun: Noun, n: Number) -> Link | None:
    """ "14 hostages", with no other harm done to them."""
    if noun.head and noun.head.category == "hostages" and not n.none and not noun.base:
        return Link(noun.head, "hostage", "held")
    return None

"""All figures of a sentence: each number of people come to harm, with its kind, victims, hedge and relation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from framing.numbers.links import REACH, Link, before, find_link
from framing.numbers.nouns import Noun, read_noun
from framing.numbers.phrases import Number, find_numbers
from framing.numbers.sentence import Mark, Sentence

TOTAL, INCLUDING, FURTHER, EARLIER = "total", "including", "further", "earlier"
_JOINTS = frozenset(", and or & plus as well along with".split())
_MORE = frozenset("another further additional other".split())
_SPOKEN = frozenset("say says said claim claims claimed counted counts report reports reported".split())
_PARTS = ("among", "of", "amongst")
_COMPARED = (["compared", "with"], ["compared", "to"], ["up", "from"], ["down", "from"])
_PERIODS = frozenset("hour day night week month year weekend decade".split())
# "12 a year in cities" is a rate; "a day after", "a week ago" are dates.
_RATE_GOES_ON = frozenset("in on by from and across worldwide nationwide because due according at through".split())
_NO_RATE = frozenset("in within of than for about over after nearly half almost only under less just".split())
# "12 or more", "12 people at least"
_BEHIND = frozenset("more so least most thereabouts fewer counting rising".split())
DOUBT_REACH = 6  # tokens before the number in which "estimated", "feared" still speak of it


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people come to harm.

    Attributes
    ----------
    number : Number
    kind : str
        "dead", "wounded", "displaced", "detained", "missing", "hostage" or "casualties".
    mark : Mark
        The word of harm.
    side : str
        See `links.Link`.
    group : str
        What the victims are said to be, "" where nothing is said.
    victims : (int, int)
        Their words; start equals end where there are none.
    hedges : tuple of (int, int)
        The words of each hedge.
    relation : str
        "total", "including" (a part of another figure), "further" ("12 more", "another 12"), "earlier" ("up from 12").
    base : int
        Number of the figure in the sentence that this one is a part of or goes on from, -1 for none.
    """

    number: Number
    kind: str
    mark: Mark
    side: str
    group: str
    victims: tuple[int, int]
    hedges: tuple[tuple[int, int], ...]
    relation: str
    base: int = -1


@dataclass(slots=True)
class _Reading:
    """A number while its sentence is read."""

    number: Number
    noun: Noun
    place: int  # where its hedges and articles begin
    link: Link | None
    relation: str = TOTAL
    base: int = -1
    passed: bool = False  # got its link from the figure behind it


def read_figures(s: Sentence) -> list[Figure]:
    """Read the figures of a sentence, in order.

    Ages, dates, sums, counts of things, rates ("12 a day") and what is only planned or supposed are left out.
    """
    readings = _read_each(s)
    for place, reading in enumerate(readings):
        _relate(s, readings, place, reading)
    _pass_back(s, readings)
    kept = [r for r in readings if r.link and r.link.kind and not _is_rate(s, r)]
    order = {id(r): place for place, r in enumerate(kept)}
    figures = []
    for reading in kept:
        base = order.get(id(readings[reading.base]), -1) if reading.base >= 0 else -1
        figures.append(_figure(s, reading, base))
    return figures


def _read_each(s: Sentence) -> list[_Reading]:
    readings: list[_Reading] = []
    whole = -1  # the end of the phrase that a part is taken from: "twelve of the 40 passengers"
    for n in find_numbers(s):
        noun = read_noun(s, n)
        link = find_link(s, n, noun)
        inside = n.start < whole
        whole = max(whole, noun.start if noun.base else -1)
        if inside and not (link and (link.mark.start == noun.end or link.side == "state")):
            continue
        if n.none and s.word(n.end - 1) == "no" and noun.head is None and not (link and link.side == "noun"):
            link = None
        readings.append(_Reading(n, noun, before(s, n.start), link))
    return readings


def _relate(s: Sentence, readings: list[_Reading], place: int, r: _Reading) -> None:
    """Say how a number stands to the others, and give it the kind of the figure that it belongs to."""
    base = next((i for i in range(place - 1, -1, -1) if readings[i].link), -1)
    part = _part_of(s, r)
    if r.link and not r.link.kind:
        if base < 0:
            r.link = None
            return
        r.link = replace(r.link, kind=_kind_of(readings[base]))
    if _is_earlier(s, r):
        r.relation, r.base = EARLIER, base
        if r.link is None and base >= 0 and not r.noun.other:
            r.link = readings[base].link
    elif part or (r.link and r.link.part):
        _take_part(s, readings, base, r, part)
    elif r.link is None and not r.noun.other and not r.number.none:
        _go_on(s, readings, base, r)
    if r.relation == TOTAL and (r.noun.further or any(w in _MORE for w in s.words[r.place : r.number.start])):
        r.relation = FURTHER


def _kind_of(r: _Reading) -> str:
    return r.link.kind if r.link else ""


def _is_earlier(s: Sentence, r: _Reading) -> bool:
    """ "up from 30", "revised from 45 to 52", "compared with 11"."""
    if s.words[r.place - 2 : r.place] in _COMPARED:
        return True
    # "from an earlier figure of 136"
    named = s.word(r.place - 1) == "of" and any(w in ("earlier", "previous") for w in s.words[r.place - 4 : r.place])
    return (named or s.word(r.place - 1) == "from") and r.link is not None and r.link.side == "toll"


def _part_of(s: Sentence, r: _Reading) -> Mark | bool:
    """Whether a number is introduced as a part: True, or the word of harm that names the whole."""
    place = r.place
    previous = s.word(place - 1)
    if previous == "including" or (previous in ("them", "whom") and s.word(place - 2) in _PARTS):
        return True
    if r.noun.base == "pronoun" and (s.word(place - 1) in (",", "and", "—", "(", "with") or place == 0):
        return place > 0
    # "the dead included four students", "among the wounded were two nurses", "of those arrested, 15 are minors"
    whole = s.kinds.ending.get(place - 1)
    if whole is None or whole.role not in ("state", "done", "count"):
        return False
    opening = s.word(whole.start - 1)
    if previous in ("included", "include", "includes") and opening in ("the", "those"):
        return whole
    start = whole.start - 1
    start -= s.word(start) == "people"
    is_part = s.word(start) in ("the", "those", "all") and s.word(start - 1) in _PARTS
    return whole if is_part and previous in ("were", "was", "are", "is", ",") else False


def _take_part(s: Sentence, readings: list[_Reading], base: int, r: _Reading, part: Mark | bool) -> None:
    if r.noun.other:
        r.link = None
        return
    if isinstance(part, Mark):
        r.link, r.relation, r.base = Link(part, part.kind, "noun"), INCLUDING, base
        return
    if r.link and r.link.part:
        r.relation, r.base = INCLUDING, base
        return
    if r.link is None and base >= 0:
        r.link = readings[base].link
    elif r.link is None:
        mark = _last_harm(s, r.place) if r.noun.head else None
        r.link = Link(mark, mark.kind, "object") if mark else None
    r.relation, r.base = INCLUDING, base


def _last_harm(s: Sentence, place: int) -> Mark | None:
    """The nearest word of harm to the left: "killed civilians, including 12 children"."""
    for end in range(place, max(0, place - REACH), -1):
        mark = s.kinds.ending.get(end)
        fleeing = mark and mark.role == "happen" and s.word(mark.end - 1).endswith("ing")
        if mark and mark.role in ("act", "done", "happen") and not fleeing:
            return mark
    return None


def _go_on(s: Sentence, readings: list[_Reading], base: int, r: _Reading) -> None:
    """ "killed 12 soldiers and 30 civilians", "killing the driver and 11 passengers"."""
    if base >= 0:
        earlier = readings[base]
        if s.word(r.place - 1) in _SPOKEN and r.noun.end == r.number.end and not s.is_word(r.number.end):
            r.link, r.relation = earlier.link, TOTAL  # "The government says 12 died; the rebels say 60."
            return
        between = s.words[earlier.noun.end : r.place]
        assert earlier.link is not None
        beside = bool(between) and len(between) <= 4 and all(w in _JOINTS for w in between)
        if beside and r.noun.head and earlier.link.side == "object":
            r.link, r.base = earlier.link, base
            r.relation = earlier.relation if earlier.relation == INCLUDING else TOTAL
            return
        if beside and r.noun.head and earlier.relation == INCLUDING:
            r.link, r.base, r.relation = earlier.link, base, INCLUDING
            return
        near = s.word(r.place - 1) == "and" and len(between) <= 8 and r.place > earlier.link.mark.end
        elsewhere = near and s.has(r.noun.end, "PREPOSITION") and s.word(r.noun.end) != "of" and not r.number.yearlike
        clause = range(max(earlier.noun.end, earlier.link.mark.end), r.place)
        if elsewhere and not any(s.has(i, "VERB", "PERSONAL") for i in clause):
            r.link, r.base = earlier.link, base
            return
    if r.noun.head and s.word(r.place - 1) in ("and", "with"):
        r.link = _governing_verb(s, r.place)


def _governing_verb(s: Sentence, place: int) -> Link | None:
    """The verb of an object that begins with somebody not counted: "killing the driver and 11 passengers"."""
    for end in range(place - 2, max(0, place - 9), -1):
        mark = s.kinds.ending.get(end)
        if mark:
            fits = mark.role in ("act", "done") and not s.has(mark.start - 1, "BE", "TO", "MODAL", "NEGATION")
            return Link(mark, mark.kind, "object") if fits and end < place - 1 else None
        if not s.is_word(end - 1) or s.has(end - 1, "VERB", "PREPOSITION", "THAT", "RELATIVE", "ING"):
            return None
    return None


def _pass_back(s: Sentence, readings: list[_Reading]) -> None:
    """ "12 soldiers and 30 civilians were killed": the first shares the predicate of the second."""
    for place in range(len(readings) - 2, -1, -1):
        r, after = readings[place], readings[place + 1]
        if r.link or r.noun.other or after.link is None or after.link.side != "subject" or r.number.yearlike:
            continue
        between = s.words[r.noun.end : after.place]
        goes_on = after.passed or s.word(after.noun.end) == "and"  # "two men, three women and a boy"
        listed = "and" in between or "or" in between or (goes_on and r.noun.head)
        if listed and len(between) <= 3 and all(w in _JOINTS for w in between):
            r.link, r.passed = after.link, True


def _is_rate(s: Sentence, r: _Reading) -> bool:
    """ "12 killings a day", "every year guns kill 33,000", "an average of 12 deaths"."""
    assert r.link is not None
    if s.words[r.place - 2 : r.place] == ["average", "of"] or "average" in s.words[r.place : r.number.start]:
        return True
    end = max(r.noun.end, r.link.mark.end)
    for place in range(r.number.end, min(len(s), end + 7)):
        word = s.word(place)
        if place >= end and word in (",", ";", ":", ".", "—"):
            break
        if word in ("daily", "annually", "yearly", "monthly", "weekly") and place < end + 4:
            return True
        if _is_period(s, place):
            return True
    opening = s.words[:3]
    return len(opening) > 1 and opening[0] in ("every", "each") and opening[1] in _PERIODS


def _is_period(s: Sentence, place: int) -> bool:
    word, unit = s.word(place), s.word(place + 1)
    if unit not in _PERIODS:
        return False
    if word in ("per", "each", "every"):
        return True
    after = s.word(place + 2)
    ends = not s.is_word(place + 2) or after in _RATE_GOES_ON
    return word in ("a", "an") and s.word(place - 1) not in _NO_RATE and ends


def _figure(s: Sentence, r: _Reading, base: int) -> Figure:
    assert r.link is not None
    group, victims = _victims(s, r)
    return Figure(
        r.number, r.link.kind, r.link.mark, r.link.side, group, victims, _hedges(s, r, r.link), r.relation, base
    )  # fmt: skip


def _victims(s: Sentence, r: _Reading) -> tuple[str, tuple[int, int]]:
    """Group and words of the victims; "people" for lives."""
    assert r.link is not None
    noun = r.noun
    if noun.head:
        group = "people" if noun.group == "lives" else noun.group
        return group, (noun.start, noun.end if noun.head.end <= noun.end else noun.head.end)
    if noun.base or r.link.part:
        mark = _complement(s, max(noun.end, r.link.mark.end if r.link.mark.start == noun.end else noun.end))
        if mark:
            return mark.category, (mark.start, mark.end)
    if r.link.side == "toll":  # "the number of militants killed"
        for place in range(r.link.mark.start - 1, max(-1, r.link.mark.start - 4), -1):
            if place in s.people.ending or place + 1 in s.people.ending:
                mark = s.people.ending.get(place + 1) or s.people.ending[place]
                return mark.category, (mark.start, mark.end)
    return "", (noun.start, noun.start)


def _complement(s: Sentence, place: int) -> Mark | None:
    """What a part is said to be: "nine of the dead were children", "41 of them civilians"."""
    for step in range(place, place + 6):
        if step in s.people.at:
            return s.people.at[step]
        if not s.is_word(step) or step in s.kinds.at or (s.has(step, "PREPOSITION") and s.word(step) != "of"):
            return None
    return None


def _hedges(s: Sentence, r: _Reading, link: Link) -> tuple[tuple[int, int], ...]:
    """The hedges at a number, and the words of doubt around it and its word of harm."""
    found: dict[int, Mark] = {}
    place = r.number.start
    while place > r.place:
        mark = s.hedges.ending.get(place)
        if mark:
            found[mark.start] = mark
        place = mark.start if mark else place - 1
    behind = s.hedges.at.get(r.number.end) or s.hedges.at.get(r.noun.end)
    if behind and s.word(behind.end - 1) in _BEHIND:
        found[behind.start] = behind
    shared = r.base >= 0 and r.relation in (INCLUDING, EARLIER)
    if not shared:
        first, last = _reach_of_doubt(s, r, link)
        for start in range(first, last):
            mark = s.hedges.at.get(start)
            if mark and (mark.category == "doubt" or _is_estimated(s, mark)):
                found[mark.start] = mark
    spans = []
    for start in sorted(found):
        mark = found[start]
        end = next((i for i in range(start + 1, mark.end) if i in s.kinds.at), mark.end)  # "reported killed"
        end -= mark.category == "doubt" and end - start == 2 and s.word(end - 1) == "to"  # "thought to"
        spans.append((start + (s.word(start) in ("a", "an") and end - start > 1), end))
    return tuple(spans)


def _is_estimated(s: Sentence, mark: Mark) -> bool:
    return s.word(mark.start) == "estimated" and s.word(mark.end) == "to"


def _reach_of_doubt(s: Sentence, r: _Reading, link: Link) -> tuple[int, int]:
    """From a few words before number and verb, in the same clause, to the end of both."""
    first = min(r.place, link.mark.start) if link.mark.start >= r.place - REACH else r.place
    begin = first
    while begin > 0 and first - begin < DOUBT_REACH and s.is_word(begin - 1) and not s.has(begin - 1, "THAT"):
        begin -= 1
        if s.word(begin) in ("and", "but", "or"):
            begin += 1
            break
    return begin, max(r.noun.end, link.mark.end)

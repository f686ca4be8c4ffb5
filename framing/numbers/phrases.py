"""Number phrases: cardinals in words and digits, vague plurals, ranges and none at all.

Digits that count nothing are left out here where their neighbours show it: ordinals, clock times, dates, sums of money,
shares, ages in one word ("24-year-old"), names ("Flight 370", "F-16"), votes and scores ("52-48").
"""

from __future__ import annotations

from dataclasses import dataclass

from framing.numbers.sentence import Sentence
from framing.numbers.words import (
    CURRENCIES,
    DIGITS,
    DOZEN,
    FACTORS,
    FRACTIONS,
    LABELS,
    MONTHS,
    NONE,
    OPEN,
    PERCENT,
    SCALES,
    SUFFIXES,
    TENS,
    UNITS,
    VAGUE,
)

_BEGINS = frozenset((*UNITS, *TENS, *OPEN, *NONE, *VAGUE, "a", "an", "between", "not", "half", "dozen", "tens"))
OPEN_END = float("nan")


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: tokens `start` to before `end` of its sentence.

    Attributes
    ----------
    low, high : float
        What it says, without its hedge; `high` is nan where the phrase has no upper end ("dozens").
    bare : bool
        Digits alone, as ages, years and names are written too.
    """

    start: int
    end: int
    low: float
    high: float
    bare: bool = False

    @property
    def none(self) -> bool:
        """Whether it says that there was none."""
        return self.high == 0

    @property
    def yearlike(self) -> bool:
        """Whether it may be a year: four digits without a comma, 1000 to 2099."""
        return self.bare and 1000 <= self.low <= 2099 and self.low == self.high


def find_numbers(s: Sentence) -> list[Number]:
    """Find the number phrases of a sentence, in order.

    Returns
    -------
    list of Number
        "two hundred and five" 205, "1.2 million", "a dozen" 12, "half a million", "dozens" 24 with no upper end,
        "between 20 and 30" and "20-30", "no one" 0.
    """
    found: list[Number] = []
    place = 0
    while place < len(s):
        word = s.words[place]
        number = _range_at(s, place) if word in _BEGINS or word[0].isdigit() else None
        if number is None:
            place += 1
            continue
        if not _counts_nothing(s, number):
            found.append(number)
        place = max(number.end, place + 1)
    return found


def _range_at(s: Sentence, place: int) -> Number | None:
    """The number or range that begins at a place."""
    if s.word(place) == "between":
        first = _cardinal(s, place + 1)
        if first and s.word(first.end) == "and":
            second = _cardinal(s, first.end + 1)
            joined = _join(s, first, second, place) if second else None
            if joined and not (first.yearlike and second and second.yearlike):
                return joined
        return None
    first = _none(s, place) or _cardinal(s, place)
    if first is None or first.none:
        return first
    link = s.link(first.end)
    if s.word(first.end) in ("to", "or") and not link:
        if s.word(first.end) == "to" and s.word(place - 1) == "from":
            return first
        second = _cardinal(s, first.end + 1)
        return (second and _join(s, first, second, place)) or first
    if link in ("-", "–"):
        second = _cardinal(s, first.end)
        if second:
            # "52-48" is a vote or a score: `low` above `high` tells `_counts_nothing`.
            return _join(s, first, second, place) or Number(place, second.end, 1, 0.5)
    # "100-plus", "100+"
    if (s.word(first.end) == "plus" and link) or (s.word(first.end) == "+"):
        return Number(place, first.end + 1, first.low, OPEN_END)
    return first


def _join(s: Sentence, first: Number, second: Number, start: int) -> Number | None:
    """A range; "two to three million" gives both ends the scale."""
    low = first.low
    if s.word(second.end - 1) in SCALES and s.word(first.end - 1) not in SCALES and low < second.low:
        scale = SCALES[s.word(second.end - 1)]
        low = low * scale if low * scale < second.low else low
    return Number(start, second.end, low, second.high) if low < second.low else None


def _none(s: Sentence, place: int) -> Number | None:
    """ "no", "no one", "nobody", "none", "without any", "not a single"."""
    word = s.word(place)
    if place in s.hedges.over:  # "no fewer than"
        return None
    if word == "not" and (s.word(place + 1) == "one" or s.words[place + 1 : place + 3] == ["a", "single"]):
        return Number(place, place + (2 if s.word(place + 1) == "one" else 3), 0, 0)
    if word not in NONE or s.word(place + 1) == "longer" or s.link(place + 1) or s.word(place + 1) == ".":
        return None
    end = place + 1
    if (word == "no" and s.word(end) == "one") or (word == "without" and s.word(end) == "any"):
        end += 1
    return Number(place, end, 0, 0)


def _cardinal(s: Sentence, place: int) -> Number | None:
    word = s.word(place)
    if word in ("a", "an", "the"):
        return _with_article(s, place) if word != "the" else None
    if word in VAGUE and s.word(place + 1) in (*SCALES, "dozen"):
        unit = SCALES.get(s.word(place + 1), DOZEN)
        end, unit = _more_scales(s, place + 2, unit)
        return Number(place, end, 2 * unit, OPEN_END)
    if word == "half":
        return _half(s, place, place)
    if word == "dozen":
        return Number(place, place + 1, DOZEN, DOZEN)
    if word in OPEN or word == "tens":
        return _open(s, place)
    if s.is_digit(place):
        return _digits(s, place)
    if word in UNITS or word in TENS:
        return _words(s, place)
    return None


def _with_article(s: Sentence, place: int) -> Number | None:
    """ "a dozen", "a hundred", "a couple of", "a few hundred", "a half-million", "a quarter of a million"."""
    word = s.word(place + 1)
    if word == "dozen":
        return Number(place, place + 2, DOZEN, DOZEN)
    if word in SCALES:
        return _words(s, place)
    if word == "couple" and s.word(place + 2) in ("of", "dozen", "hundred", "thousand", "more"):
        unit = SCALES.get(s.word(place + 2), DOZEN if s.word(place + 2) == "dozen" else 0)
        return Number(place, place + 3, 2 * unit, 2 * unit) if unit else Number(place, place + 2, 2, 2)
    if word == "few" and s.word(place + 2) in (*SCALES, "dozen"):
        number = _cardinal(s, place + 1)
        return number and Number(place, number.end, number.low, number.high)
    if word in FRACTIONS:
        return _half(s, place + 1, place)
    return None


def _half(s: Sentence, place: int, start: int) -> Number | None:
    """ "half a million", "half-million", "half a dozen", "quarter of a million"."""
    factor = FRACTIONS[s.word(place)]
    end = place + 1
    end += s.word(end) == "of"
    end += s.word(end) in ("a", "an")
    unit = SCALES.get(s.word(end)) or (DOZEN if s.word(end) == "dozen" else 0)
    return Number(start, end + 1, factor * unit, factor * unit) if unit else None


def _open(s: Sentence, place: int) -> Number | None:
    word, after = s.word(place), s.word(place + 2)
    if word in FACTORS and s.word(place + 1) == "of" and after in OPEN and after not in ("dozens", "scores"):
        return Number(place, place + 3, FACTORS[word] * (OPEN[after] / 2), OPEN_END)
    return Number(place, place + 1, OPEN[word], OPEN_END) if word in OPEN else None


def _digits(s: Sentence, place: int) -> Number | None:
    match = DIGITS.fullmatch(s.word(place))
    if match is None:
        return None
    whole, part, suffix = match.groups()
    if len(whole) > 1 and whole[0] == "0":
        return None
    value = float(whole.replace(",", "") + (part or ""))
    end, factor = place + 1, 1
    if suffix:
        factor = SUFFIXES[suffix]
    elif s.word(end) in SCALES or s.word(end) == "dozen":
        factor = SCALES.get(s.word(end), DOZEN)
        end += 1
    end, factor = _more_scales(s, end, factor) if factor > 1 else (end, factor)
    if part and factor == 1:
        return None
    value = round(value * factor, 6)
    return Number(place, end, value, value, bare="," not in whole and factor == 1)


def _more_scales(s: Sentence, place: int, unit: int) -> tuple[int, int]:
    """ "several hundred thousand"."""
    while s.word(place) in ("thousand", "million", "billion") and SCALES[s.word(place)] > unit:
        unit *= SCALES[s.word(place)]
        place += 1
    return place, unit


def _words(s: Sentence, place: int) -> Number | None:
    """ "forty-six", "two hundred and five", "one and a half million", "a thousand", "two dozen"."""
    total, current, limit = 0.0, 0.0, 0
    end = place
    if s.word(end) in ("a", "an"):
        current, end, limit = 1, end + 1, 1
    while end < len(s):
        word = s.word(end)
        if s.link(end) == "/" or (s.link(end) and end > place and limit == 0):
            break
        if word in UNITS and (end == place or limit >= (10 if UNITS[word] < 10 else 100)):
            current, limit = current + UNITS[word], 1
        elif word in TENS and (end == place or limit >= 100):
            current, limit = current + TENS[word], 10
        elif word == "hundred" and 0 < current < 100:
            current, limit = current * 100, 100
        elif word in SCALES and word != "hundred" and current:
            total, current, limit = total + current * SCALES[word], 0, 1000
        elif word == "and" and limit >= 100 and (s.word(end + 1) in UNITS or s.word(end + 1) in TENS):
            pass
        elif s.words[end : end + 3] == ["and", "a", "half"] and s.word(end + 3) in SCALES:
            current, end = current + 0.5, end + 2
        elif word == "dozen" and current and not total:
            return Number(place, end + 1, current * DOZEN, current * DOZEN)
        else:
            break
        end += 1
    value = total + current
    return Number(place, end, value, value) if end > place and value else None


def _counts_nothing(s: Sentence, n: Number) -> bool:
    """Whether the neighbours show that the number is a share, a sum, a date, an age, a name, a vote or a ratio."""
    if n.high < n.low:
        return True
    before, after = s.word(n.start - 1), s.word(n.end)
    # "24-year-old", "two-thirds", "F-16", "9/11"
    if s.link(n.start) or s.link(n.end):
        return True
    if before in CURRENCIES or before.endswith("$") or after in PERCENT:
        return True
    if after == "per" and s.word(n.end + 1) in ("cent", "100,000", "day"):
        return True
    if after in ("a.m.", "p.m.", "am", "pm", "o'clock"):
        return True
    if before == "#" or (before == "." and s.word(n.start - 2) in ("no", "nos")):
        return True
    if n.none:
        named = n.start > 0 and s.is_capital(n.start) and s.is_capital(n.end)  # a group called "No More Deaths"
        return named or s.has(n.end, "PERSONAL")  # "nobody he knew"
    if before in LABELS and (n.bare or n.low < 20) and (before not in ("no",) or n.bare) and s.word(n.end) != "people":
        return True
    if n.bare and _is_date(s, n):
        return True
    if n.low == n.high == 1 and _is_pronoun(s, n):
        return True
    return _is_ratio(s, n) or (n.bare and _is_age(s, n))


def _is_date(s: Sentence, n: Number) -> bool:
    month = s.word(n.start - 1)
    if month == ".":
        month = s.word(n.start - 2)
    # the month and not the verb: "may 12 people", "march 12 people"
    if month in MONTHS and s.is_capital(n.start - 1 if s.word(n.start - 1) != "." else n.start - 2):
        return n.low <= 31 or n.yearlike
    return n.low <= 31 and s.word(n.end) in MONTHS and s.is_capital(n.end)


def _is_pronoun(s: Sentence, n: Number) -> bool:
    """ "one" for a person, or for anybody: "no one", "the one", "one another", "one of the dead"."""
    if s.word(n.start) != "one":
        return False
    if s.word(n.start - 1) in ("no", "any", "every", "each", "this", "that", "which", "the", "not", "as", "some"):
        return True
    return s.word(n.end) in ("another", "day", "by", "thing", "such")


def _is_ratio(s: Sentence, n: Number) -> bool:
    """ "one in five", "two out of three"."""
    end = n.end
    for link in (["in"], ["out", "of"], ["of", "every"], ["in", "every"]):
        stop = end + len(link)
        if s.words[end:stop] != link:
            continue
        other = _cardinal(s, stop)
        if other and other.low > n.low and not other.yearlike and (n.low <= 10 or link != ["in"]):
            return True
    if s.word(n.start - 1) in ("in", "every") or s.words[n.start - 2 : n.start] == ["out", "of"]:
        first = n.start - (2 if s.word(n.start - 1) == "of" else 1)
        first -= s.word(first - 1) == "in"
        before = _cardinal(s, first - 1)
        return before is not None and before.end == first and before.low < n.low and before.low <= 10
    return False


def _is_age(s: Sentence, n: Number) -> bool:
    """ "Hassan Tall, 46, was", "(46)", "at 46,", "Tall, 46 and"."""
    if not 0 < n.low < 120:
        return False
    before, after = s.word(n.start - 1), s.word(n.end)
    if before == "(" and after == ")":
        return True
    ends = after in (",", ".", ";", ")", "and", "from", "who", "of", "")
    if before == "," and ends and s.is_word(n.start - 2) and s.is_capital(n.start - 2):
        return True
    return before == "at" and after == "," and n.start <= 2

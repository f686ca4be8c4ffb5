"""Who is credited for a figure without being quoted: "the Red Crescent put the toll at 27", "by the count of the
office"."""

from __future__ import annotations

from framing.numbers.figures import Figure
from framing.numbers.links import before
from framing.numbers.sentence import Mark, Sentence

LONGEST = 14  # words of a source; a longer stretch is no name with its titles
REACH = 14  # tokens between the verb and its figure
_NOUNS = frozenset("count tally tallies estimate records counts".split())
_TOLL_ONLY = frozenset("put puts putting set sets".split())
_NEVER = frozenset("it which there this these those who".split())


def find_credit(s: Sentence, figure: Figure) -> tuple[int, int] | None:
    """Find the words for the source of a figure, by its verb or by "by the count of".

    Returns
    -------
    (start, end) or None
        Tokens of the sentence.
    """
    return _by_verb(s, figure) or _by_noun(s)


def _by_verb(s: Sentence, figure: Figure) -> tuple[int, int] | None:
    start = before(s, figure.number.start)
    for end in range(start, max(0, start - REACH), -1):
        if s.word(end) in (";", ".", ":") or (s.word(end) == "," and figure.side != "toll"):
            return None
        mark = s.credits.ending.get(end)
        if mark is None or mark.category != "verb" or mark.start in s.kinds.over:
            continue
        if _reaches(s, mark, start, figure):
            return _subject(s, mark)
    return None


def _reaches(s: Sentence, verb: Mark, start: int, figure: Figure) -> bool:
    """Whether the figure, or the toll that it is given for, is the verb's object."""
    if s.word(verb.start) in _TOLL_ONLY:
        return figure.side == "toll"
    if figure.side in ("noun", "state", "held") and start - verb.end <= 1:
        return True
    if figure.side == "object" and figure.mark.start - verb.end <= 2 and figure.mark.start >= verb.end:
        return True
    if figure.side == "toll":
        return True
    return verb.end == start


def _subject(s: Sentence, verb: Mark) -> tuple[int, int] | None:
    """The noun phrase before a verb, to the beginning of its clause."""
    end = verb.start
    while s.has(end - 1, "HAVE") or (s.has(end - 1, "ADVERB") and end - 1 > 0):
        end -= 1
    if s.has(end - 1, "BE", "TO", "MODAL", "NEGATION"):
        return None
    start = end
    while start > 0 and s.is_word(start - 1) and end - start <= LONGEST:
        if s.has(start - 1, "THAT", "WH", "SUBORDINATOR", "COORDINATOR") or _is_verb(s, start - 1):
            break
        start -= 1
    while start < end and s.has(start, "ADVERB", "TIME"):
        start += 1
    if end <= start or end - start > LONGEST or s.word(start) in _NEVER or s.has(start, "PREPOSITION"):
        return None
    return start, end


def _is_verb(s: Sentence, place: int) -> bool:
    """Whether a verb stands there; "United" and "Associated" are parts of names."""
    return s.has(place, "VERB") and not (place > 0 and s.is_capital(place) and s.is_capital(place + 1))


def trim_speaker(s: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Set the bounds of a speaker right: the rest of a name before it, no clause within it, and no bare time.

    Parameters
    ----------
    start, end : int
        Tokens of the sentence, as the rules of voice found them; outside of it they are left alone.

    Returns
    -------
    (start, end) or None
        None where no source is left: "this month".
    """
    if not 0 <= start < end <= len(s):
        return start, end
    for place in range(start + 1, end):
        if s.has(place, "WH", "THAT"):
            clause = place < end - 1 and any(s.has(i, "VERB") for i in range(start, place))
            start, end = (place + 1, end) if clause else (start, place)
            break
    while start > 1 and s.word(start - 1).endswith("ed") and s.is_capital(start - 1) and s.is_capital(start):
        start -= 1  # "the Associated Press": the ending looks like a verb's
        start -= s.word(start - 1) == "the"
    if all(s.has(i, "TIME") or s.word(i) in ("this", "the", "earlier") for i in range(start, end)):
        return None
    return start, end


def _by_noun(s: Sentence) -> tuple[int, int] | None:
    """ "by the count of the office", "by the office's count", "by his own account"."""
    for place, word in enumerate(s.words):
        noun = place in s.credits.at and s.credits.at[place].category == "noun"
        if not noun and word not in _NOUNS:
            continue
        if s.word(place - 1) == "the" and s.word(place - 2) == "by" and s.word(place + 1) == "of":
            return place + 2, _phrase_end(s, place + 2)
        owner = place - 1 - s.is_clitic(place - 1)
        start = owner
        while start > 0 and s.is_word(start) and s.word(start) != "by" and owner - start < LONGEST:
            start -= 1
        if s.word(start) == "by" and start < owner and s.word(owner) != "the":
            return start + 1, owner + 1
    return None


def _phrase_end(s: Sentence, start: int) -> int:
    end = start
    while s.is_word(end) and end - start < LONGEST and not s.has(end, "VERB"):
        end += 1
    return end

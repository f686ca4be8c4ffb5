"""What the terms of the lexicons of this module mean, as arrays over the entries of a matcher."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from framing.matching import Matcher

MODULE = "toward"
# How an entry of a lexicon with acts is read, by its note. An entry without such a note is no act.
AS_VERB, AS_NOUN, AMBIGUOUS = 1, 2, 4
_KINDS = {
    "verb": AS_VERB,
    "noun": AS_NOUN,
    "verb or noun": AS_VERB | AS_NOUN | AMBIGUOUS,
    "verb or another word": AS_VERB | AMBIGUOUS,
}
VERBS, WORDS, FRAMES = "verbs", "words", "frames"


class Meanings:
    """One row a term of the matcher; terms of other modules have no category.

    Attributes
    ----------
    categories : list of str
        "LEXICON/CATEGORY" by number; number 0 is "" and stands for terms of other modules.
    category : int64 array (entries,)
        Index into `categories`.
    kind : int8 array (entries,)
        AS_VERB, AS_NOUN, AMBIGUOUS as bits.
    weight : float64 array (entries,)
    """

    def __init__(self, matcher: Matcher) -> None:
        self.categories = [""]
        numbers = {"": 0}
        category, kind = [], []
        for entry in matcher.entries:
            name = ""
            if entry.lexicon.module == MODULE:
                name = f"{entry.lexicon.name}/{entry.term.category}"
            if name not in numbers:
                numbers[name] = len(numbers)
                self.categories.append(name)
            category.append(numbers[name])
            kind.append(_KINDS.get(entry.term.note, 0) if name.startswith(f"{VERBS}/") else 0)
        self.category = np.array(category, dtype=np.int64)
        self.kind = np.array(kind, dtype=np.int8)
        self.weight = matcher.weights

    def numbers(self, names: tuple[str, ...]) -> list[int]:
        """Return the numbers of those categories, "LEXICON/CATEGORY" or "LEXICON/*", that the lexicons have."""
        return [
            number
            for number, category in enumerate(self.categories)
            if category and (category in names or f"{category.split('/')[0]}/*" in names)
        ]


_known: WeakKeyDictionary[Matcher, Meanings] = WeakKeyDictionary()


def meanings_of(matcher: Matcher) -> Meanings:
    """Return the meanings of a matcher's terms, worked out once for each matcher."""
    found = _known.get(matcher)
    if found is None:
        found = _known[matcher] = Meanings(matcher)
    return found

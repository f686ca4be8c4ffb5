"""The words of many batches under one numbering, and which of them are function words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from framing.text import (
    ABBREVIATED,
    CAPITAL,
    CLITIC,
    DIGIT,
    DOTTED,
    INITIAL,
    TITLE,
    WORD,
    Forms,
    IntArray,
    PerForm,
    boundary_classes,
)

FUNCTION, NUMBER, CAPITALISED, SHORT = 1, 2, 4, 8
"""What a printed word is, as bits: a function word; begins with a digit; begins with a capital; one letter alone."""

GLUE, STOPPED = 1, 2
"""What a token is between two words of a phrase: an ending such as 's; a word whose full stop ends no sentence."""


@cache
def read_function_words() -> frozenset[str]:
    """Return the closed-class words of `function_words.txt`, folded."""
    lines = (Path(__file__).parent / "function_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


class Words:
    """Printed words, numbered as they come; each knows the number of its folded form.

    A vocabulary starts anew in a long run (see `framing.annotation.MAX_CHUNKS`), so the numbers of its forms hold for
    some batches only; these hold for all.

    Attributes
    ----------
    printed : list of str
        By number.
    folded : list of str
        By folded number.
    """

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.folded: list[str] = []
        self._number: dict[str, int] = {}
        self._folded_number: dict[str, int] = {}
        self._fold: list[int] = []
        self._kinds: list[int] = []
        self._of_form = PerForm(self._enter, np.int32)
        self._glue = PerForm(_find_glue, np.uint8)

    def __len__(self) -> int:
        return len(self.printed)

    def number(self, forms: Forms) -> IntArray:
        """Return the number of each form, entering the new ones. Shape (forms,)."""
        numbers: IntArray = self._of_form(forms)
        return numbers

    def glue(self, forms: Forms) -> IntArray:
        """Return the bits GLUE and STOPPED of each form. Shape (forms,)."""
        bits: IntArray = self._glue(forms)
        return bits

    def fold(self) -> IntArray:
        """Return the folded number of each printed word. Shape (words,)."""
        return np.array(self._fold, dtype=np.int32)

    def kinds(self) -> IntArray:
        """Return the bits FUNCTION, NUMBER, CAPITALISED and SHORT of each printed word. Shape (words,)."""
        return np.array(self._kinds, dtype=np.int32)

    def find(self, folded: str) -> int:
        """Return the folded number of a word, -1 where no text has it."""
        return self._folded_number.get(folded, -1)

    def _enter(self, forms: Forms, first: int) -> list[int]:
        function = read_function_words()
        numbers = []
        for text, folded, flags in zip(forms.text[first:], forms.folded[first:], forms.flags[first:], strict=True):
            number = self._number.get(text)
            if number is None:
                number = self._number[text] = len(self.printed)
                self.printed.append(text)
                bare = folded
                if flags & DOTTED:  # "U.S." and "US" are one word
                    folded = folded.replace(".", "")
                place = self._folded_number.setdefault(folded, len(self.folded))
                if place == len(self.folded):
                    self.folded.append(folded)
                self._fold.append(place)
                self._kinds.append(
                    # "US" the country, "IT" and "WHO" are names, not pronouns.
                    FUNCTION * (bare in function and not (text.isupper() and text.casefold() in _NAMES))
                    | NUMBER * bool(flags & DIGIT)
                    | CAPITALISED * bool(flags & CAPITAL)
                    | SHORT * (len(text) == 1)
                )
            numbers.append(number)
        return numbers


_NAMES = frozenset({"us", "who", "it", "is", "am"})


def _find_glue(forms: Forms, first: int) -> list[int]:
    classes = boundary_classes(forms, first)
    return [
        GLUE * bool(flags & CLITIC) | STOPPED * bool(flags & WORD and kind & (TITLE | ABBREVIATED | INITIAL))
        for flags, kind in zip(forms.flags[first:], classes, strict=True)
    ]

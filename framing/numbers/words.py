"""What number words are worth, and which forms may belong to a number."""

from __future__ import annotations

import re

import numpy as np

from framing.text import DIGIT, Forms, PerForm

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
UNITS = {word: value for value, word in enumerate(_SMALL.split(), 1)}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SUFFIXES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
DOZEN = 12

# Plurals have no upper end: two of the unit are meant at least, and of a score (twenty) likewise.
OPEN = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
}
# "tens of thousands": two tens at least
FACTORS = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000}
# "several hundred": two at least, with no upper end
VAGUE = frozenset("several few many".split())
NONE = frozenset("no nobody none without zero nil".split())
FRACTIONS = {"half": 0.5, "quarter": 0.25}

CURRENCIES = frozenset("$ £ € ¥ ₹ ₽ us$ usd eur gbp rs".split())
PERCENT = frozenset("% percent pc percentage".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec".split()
)
# A number behind one of these names a thing and counts nothing: "Flight 370", "Room 12".
LABELS = frozenset(
    "flight route highway interstate article section room chapter number no nos page line phase title proposition prop "
    "amendment resolution gate pier platform channel level stage type grade category tier apartment unit block ward "
    "precinct battalion brigade division regiment squad group area district zone boeing airbus train bus paragraph "
    "verse psalm volume vol figure fig table episode season week day year age aged apollo size magnitude chapter act "
    "rule item count lot model version windows iphone top fiscal".split()
)

DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|mn|bn)?")
_WORDS = frozenset((*UNITS, *TENS, *SCALES, *OPEN, *NONE, *FRACTIONS, "dozen", "couple"))


def _may_count(forms: Forms, first: int) -> list[bool]:
    return [
        folded in _WORDS or bool(flags & DIGIT and DIGITS.fullmatch(folded))
        for folded, flags in zip(forms.folded[first:], forms.flags[first:], strict=True)
    ]


NUMBER_FORMS = PerForm(_may_count, np.bool_)
"""Whether a form may begin a number or be part of one. Shape (forms,)."""

"""Numbers in running text: what they are worth, and what they count.

| file | what it holds |
|---|---|
| `words.py` | the worth of number words, and which forms may belong to a number |
| `sentence.py` | one sentence as lists, with the lexicon matches in it: what the rules look at |
| `phrases.py` | number phrases in words and digits, ranges; digits that count nothing: dates, ages, names |
| `nouns.py` | the noun phrase behind a number: whom it counts |
| `links.py` | which word of harm a number belongs to: its object, its subject, its toll |
| `figures.py` | all figures of a sentence: parts, coordination, comparisons in time, hedges |
| `credit.py` | who is credited for a figure |
"""

from framing.numbers.credit import find_credit, trim_speaker
from framing.numbers.figures import EARLIER, FURTHER, INCLUDING, TOTAL, Figure, read_figures
from framing.numbers.phrases import Number, find_numbers
from framing.numbers.sentence import Mark, Sentence, SentenceReader
from framing.numbers.words import NUMBER_FORMS

__all__ = [
    "EARLIER",
    "FURTHER",
    "INCLUDING",
    "NUMBER_FORMS",
    "TOTAL",
    "Figure",
    "Mark",
    "Number",
    "Sentence",
    "SentenceReader",
    "find_credit",
    "find_numbers",
    "read_figures",
    "trim_speaker",
]

"""Phrases of one to four words, counted article by article in one voice.

| file | what it holds |
|---|---|
| `words.py` | one numbering of all words; function words (`function_words.txt`) |
| `stream.py` | the words of one voice in many articles, as compact arrays |
| `repeats.py` | sentences that an outlet repeats word for word, left out |
| `counting.py` | which phrases stand in enough articles, and how often in each |
| `nesting.py` | phrases that a longer one explains |
| `places.py` | where given phrases stand in some articles |
"""

from framing.phrases.counting import MAX_WORDS, MIN_ARTICLES, PhraseCounts, count_phrases
from framing.phrases.nesting import find_nested
from framing.phrases.places import find_places
from framing.phrases.repeats import Repeats

__all__ = ["MAX_WORDS", "MIN_ARTICLES", "PhraseCounts", "Repeats", "count_phrases", "find_nested", "find_places"]

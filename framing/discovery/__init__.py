"""What no lexicon has yet: phrases that mark an outlet, and further names for known referents.

| file | what it holds |
|---|---|
| `marks.py` | which phrases of a keyness table to show, and what is left out and why |
| `known.py` | which phrases the lexicons of an analysis know already |
| `slots.py` | words around the known names of a referent, and all else that stands in slots |
| `candidates.py` | what fills the slots of a referent, ranked, with reasons |
| `draft.py` | candidates as a draft lexicon folder |
| `search.py` | from an analysis to that folder |
| `reading.py` | some articles by their ids |
"""

from framing.discovery.candidates import Candidate, CandidateFinder
from framing.discovery.draft import write_draft
from framing.discovery.known import KnownPhrases
from framing.discovery.marks import REASONS, Marks, choose_marks, find_sentences
from framing.discovery.reading import read_chosen
from framing.discovery.search import discover
from framing.discovery.slots import read_field

__all__ = [
    "REASONS",
    "Candidate",
    "CandidateFinder",
    "KnownPhrases",
    "Marks",
    "choose_marks",
    "discover",
    "find_sentences",
    "read_chosen",
    "read_field",
    "write_draft",
]

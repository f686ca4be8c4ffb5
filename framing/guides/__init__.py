"""Style guides: what a publisher's public guide says about a word, and where articles depart from it.

| file | what it holds |
|---|---|
| `reading.py` | a guide as a folder of plain data, read and checked |
| `checking.py` | each use of a word that a guide has a rule for, and the uses that depart; rates for every outlet |
| `weights.py` | how a guide would weigh the words of a naming lexicon |

An outlet follows its own guide or none: it "departs from" the guide that it is compared with, and breaks no rule.
"""

from framing.guides.checking import Uses, check_articles, find_uses, run_guide_examples
from framing.guides.reading import Guide, Rule, check_guide, find_guide, list_guides, read_guide
from framing.guides.weights import guide_weights

__all__ = [
    "Guide",
    "Rule",
    "Uses",
    "check_articles",
    "check_guide",
    "find_guide",
    "find_uses",
    "guide_weights",
    "list_guides",
    "read_guide",
    "run_guide_examples",
]

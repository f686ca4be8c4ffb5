"""Statistics divide what scorers count: ratios of two summed counters, each with an interval.

| file | what it holds |
|---|---|
| `counters.py` | the counts of an analysis as one sparse matrix, articles x counters |
| `bootstrap.py` | ratios of sums and their intervals, for many ratios at once |
| `measures.py` | named ratios for every outlet: the `measures` table |
| `contrasts.py` | each measure between two outlets, or an outlet and all others: the `contrasts` table |
| `same_event.py` | the same inside events on which both report |
| `permutation.py`, `moments.py`, `effects.py` | tests, intervals and effect sizes of contrasts |
| `robustness.py` | contrasts without an article or a term, with other weights, in headlines and own reporting |
| `keyness.py`, `dispersion.py` | phrases that mark an outlet, and how evenly they are spread |
| `word_shift.py` | which names make up the difference of two mean weights |
| `compositions.py` | how words, verbs or harms part among classes, with intervals |
| `likeness.py` | how far outlets lie from their mean in margins of error, and which are alike |
| `outlet_map.py` | a map of outlets by their measures, with regions that chance does not part |
| `headline_split.py` | headlines and the text below them, counted apart |
| `trends.py` | measures by week, month or year, and the change between two periods |
| `reliability.py` | agreement of coders, the program's errors, and voices corrected for them |
| `terms.py` | which words each outlet uses for each referent: the `terms` table |
| `casualties.py` | which figures of the dead and wounded each outlet gives for one event |
| `coverage.py` | which referents each outlet mentions at all, and where others did: the `coverage` table |
| `sources.py` | how much each outlet lets each side say: the `sources` table |
"""

from framing.measure import Measure
from framing.statistics.bootstrap import Ratios, compute_ratios
from framing.statistics.casualties import compare_figures
from framing.statistics.contrasts import REST, Design, compute_contrasts
from framing.statistics.counters import Counters
from framing.statistics.coverage import compute_coverage
from framing.statistics.measures import (
    VOICE_MEASURES,
    compute_measures,
    naming_measures,
    naming_measures_of,
    share_measures_of,
)
from framing.statistics.robustness import TermTally, check_robustness
from framing.statistics.sources import compute_sources
from framing.statistics.terms import compute_terms, find_labels

__all__ = [
    "REST",
    "VOICE_MEASURES",
    "Counters",
    "Design",
    "Measure",
    "Ratios",
    "TermTally",
    "check_robustness",
    "compare_figures",
    "compute_contrasts",
    "compute_coverage",
    "compute_measures",
    "compute_ratios",
    "compute_sources",
    "compute_terms",
    "find_labels",
    "naming_measures",
    "naming_measures_of",
    "share_measures_of",
]

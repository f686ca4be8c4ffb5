"""Statistics divide what scorers count: ratios of two summed counters, each with an interval.

| file | what it holds |
|---|---|
| `counters.py` | the counts of an analysis as one sparse matrix, articles x counters |
| `bootstrap.py` | ratios of sums and their intervals, for many ratios at once |
| `measures.py` | named ratios for every outlet: the `measures` table |
| `terms.py` | which words each outlet uses for each referent: the `terms` table |
| `casualties.py` | which figures of the dead and wounded each outlet gives for one event |
| `coverage.py` | which referents each outlet mentions at all, and where others did: the `coverage` table |
| `sources.py` | how much each outlet lets each side say: the `sources` table |
"""

from framing.measure import Measure
from framing.statistics.bootstrap import Ratios, compute_ratios
from framing.statistics.casualties import compare_figures
from framing.statistics.counters import Counters
from framing.statistics.coverage import compute_coverage
from framing.statistics.measures import VOICE_MEASURES, compute_measures, naming_measures
from framing.statistics.sources import compute_sources
from framing.statistics.terms import compute_terms, find_labels

__all__ = [
    "VOICE_MEASURES",
    "Counters",
    "Measure",
    "Ratios",
    "compare_figures",
    "compute_coverage",
    "compute_measures",
    "compute_ratios",
    "compute_sources",
    "compute_terms",
    "find_labels",
    "naming_measures",
]

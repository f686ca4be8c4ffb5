"""Statistics divide what scorers count: ratios of two summed counters, each with an interval.

| file | what it holds |
|---|---|
| `counters.py` | the counts of an analysis as one sparse matrix, articles x counters |
| `bootstrap.py` | ratios of sums and their intervals, for many ratios at once |
| `measures.py` | named ratios for every outlet: the `measures` table |
| `terms.py` | which words each outlet uses for each referent: the `terms` table |
| `coverage.py` | which referents each outlet mentions at all, and where others did: the `coverage` table |
"""

from framing.measure import Measure
from framing.statistics.bootstrap import Ratios, compute_ratios
from framing.statistics.counters import Counters
from framing.statistics.coverage import compute_coverage
from framing.statistics.measures import VOICE_MEASURES, compute_measures, naming_measures
from framing.statistics.terms import compute_terms, find_labels

__all__ = [
    "VOICE_MEASURES",
    "Counters",
    "Measure",
    "Ratios",
    "compute_coverage",
    "compute_measures",
    "compute_ratios",
    "compute_terms",
    "find_labels",
    "naming_measures",
]

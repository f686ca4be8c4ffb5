"""Validation by hand: a sample for coders, and what their answers say about the program's numbers.

| file | what it holds |
|---|---|
| `sampling.py` | draws mentions, and sentences without any, by strata, and sets them in context |
| `sheets.py` | the coders' files and the key: written blind, read back, checked cell by cell |
| `scoring.py` | precision, agreement, confusion of voices, what was missed, and what coders disagree on |
| `correction.py` | the outlets' shares and rates as they would be without the program's errors |
"""

from framing.validation.correction import correct_rates
from framing.validation.sampling import Sample, draw_sample
from framing.validation.scoring import Scores, format_report, score_codes
from framing.validation.sheets import Codes, Key, read_codes, read_key, write_sample

__all__ = [
    "Codes",
    "Key",
    "Sample",
    "Scores",
    "correct_rates",
    "draw_sample",
    "format_report",
    "read_codes",
    "read_key",
    "score_codes",
    "write_sample",
]

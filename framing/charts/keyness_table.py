"""What the charts of keyness show: phrases with their rates on two sides, and how many times as often one has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from framing.charts.tables import INSUFFICIENT, OK, make_table, number, whole
from framing.errors import InputError

FIELDS = ("phrase", "count", "other_count", "articles", "other_articles", "log_ratio", "low", "high", "status")
_NUMBERS = ("per_1000", "other_per_1000", "q")


@dataclass(frozen=True, slots=True)
class KeyPhrase:
    """One phrase on two sides.

    Attributes
    ----------
    phrase : str
    count, other_count : int
        Uses on the first and on the second side.
    articles, other_articles : int
        Articles with a use.
    log_ratio, low, high : float
        Binary log of the ratio of the rates, above 0 where the first side has more, with its 95% interval; 0.5 stands
        in place of a count of 0. `low` and `high` are nan where it was not tested.
    per_1000, other_per_1000 : float
        Uses per 1,000 words.
    q : float
        False discovery rate, nan where it was not tested.
    status : str
        "ok" or "insufficient".
    """

    phrase: str
    count: int
    other_count: int
    articles: int
    other_articles: int
    log_ratio: float
    low: float
    high: float
    per_1000: float
    other_per_1000: float
    q: float
    status: str

    @property
    def has_interval(self) -> bool:
        """Whether there are bounds to draw."""
        return not (math.isnan(self.low) or math.isnan(self.high))

    @property
    def exclusive(self) -> bool:
        """Whether one of the sides has none, so that the ratio rests on a half in place of 0."""
        return not (self.count and self.other_count)


def read_phrases(rows: Iterable[Mapping[str, Any]]) -> list[KeyPhrase]:
    """Return rows of a keyness table (see `framing.statistics.keyness.COLUMNS`) as phrases.

    Raises
    ------
    InputError
        A row lacks a column.
    """
    found = []
    for row in rows:
        missing = [name for name in (*FIELDS, *_NUMBERS) if name not in row]
        if missing:
            raise InputError(
                f"A row of keyness has no {', '.join(map(repr, missing))}. Give rows of the table that "
                "`compute_keyness` returns."
            )
        found.append(
            KeyPhrase(
                phrase=str(row["phrase"]),
                count=whole(row["count"]),
                other_count=whole(row["other_count"]),
                articles=whole(row["articles"]),
                other_articles=whole(row["other_articles"]),
                log_ratio=number(row["log_ratio"]),
                low=number(row["low"]),
                high=number(row["high"]),
                per_1000=number(row["per_1000"]),
                other_per_1000=number(row["other_per_1000"]),
                q=number(row["q"]),
                status=INSUFFICIENT if row["status"] == INSUFFICIENT else OK,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class KeyPhrases:
    """The phrases that mark each of two sides.

    Attributes
    ----------
    side, other : str
        Names of the two.
    marks, other_marks : tuple of KeyPhrase
        In the order given: the most telling first.
    reason, other_reason : str
        Why there are none, in words; "" where there are some.
    minimum : int
        Articles that each side needs.
    words : (int, int)
        Words of each side, without which uses cannot be compared; 0 where they are not known.
    note : str
        What else is said below the chart.
    """

    side: str
    other: str
    marks: tuple[KeyPhrase, ...]
    other_marks: tuple[KeyPhrase, ...]
    reason: str = ""
    other_reason: str = ""
    minimum: int = 10
    words: tuple[int, int] = (0, 0)
    note: str = ""

    @classmethod
    def from_rows(
        cls,
        side: str,
        other: str,
        marks: Sequence[Mapping[str, Any]],
        other_marks: Sequence[Mapping[str, Any]],
        most: int = 10,
        reasons: tuple[str, str] = ("", ""),
        minimum: int = 10,
        words: tuple[int, int] = (0, 0),
        note: str = "",
    ) -> KeyPhrases:
        """Take the first rows of each side, best first, as `framing.discovery.choose_marks` gives them.

        Parameters
        ----------
        most : int
            Phrases of each side.
        reasons : (str, str)
            Said of a side that has none.

        Raises
        ------
        InputError
            A row lacks a column, or `most` is below 1.
        """
        if most < 1:
            raise InputError(f"{most} phrases of a side cannot be drawn. Choose 1 or more.")
        first, second = (read_phrases(rows[:most]) for rows in (marks, other_marks))
        said = ["" if found else reason or "no phrase" for found, reason in zip((first, second), reasons, strict=True)]
        return cls(side, other, tuple(first), tuple(second), said[0], said[1], minimum, words, note)

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row a phrase, `marks` says which side."""
        rows = [(self.side, p) for p in self.marks] + [(self.other, p) for p in self.other_marks]
        return _tabulate(rows)


@dataclass(frozen=True, slots=True)
class PhraseRates:
    """All phrases of two sides, with those that mark one of them.

    Attributes
    ----------
    side, other : str
        Names of the two.
    phrases : tuple of KeyPhrase
        All, those with most uses first.
    marks, other_marks : tuple of str
        Phrases that mark each side, the most telling first.
    """

    side: str
    other: str
    phrases: tuple[KeyPhrase, ...]
    marks: tuple[str, ...]
    other_marks: tuple[str, ...]

    @classmethod
    def from_table(
        cls, keyness: pa.Table, side: str, other: str, marks: Sequence[str] = (), other_marks: Sequence[str] = ()
    ) -> PhraseRates:
        """Take the table that `compute_keyness` returns.

        Raises
        ------
        InputError
            A column is missing, or the table has no rows.
        """
        phrases = read_phrases(keyness.to_pylist())
        if not phrases:
            raise InputError(
                "There is no phrase to draw: none stands in five articles. Analyse more articles, or choose other "
                "outlets."
            )
        ordered = sorted(phrases, key=lambda p: (-(p.count + p.other_count), p.phrase))
        return cls(side, other, tuple(ordered), tuple(marks), tuple(other_marks))

    def to_table(self) -> pa.Table:
        """Return the data of the chart: one row a phrase; `marks` names the side that it marks, "" for none."""
        first, second = set(self.marks), set(self.other_marks)
        names = [self.side if p.phrase in first else self.other if p.phrase in second else "" for p in self.phrases]
        return _tabulate(list(zip(names, self.phrases, strict=True)))


def _tabulate(phrases: Sequence[tuple[str, KeyPhrase]]) -> pa.Table:
    """Return phrases, each with the side that it marks, as a table."""
    types = {name: pa.int64() for name in FIELDS[1:5]} | {name: pa.float64() for name in (*FIELDS[5:8], *_NUMBERS)}
    rows = [(side, p.phrase, *(getattr(p, name) for name in types), p.status) for side, p in phrases]
    return make_table(rows, marks=pa.string(), phrase=pa.string(), **types, status=pa.string())

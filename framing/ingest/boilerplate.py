"""The cues of `boilerplate.toml`, arranged so that a line of prose costs next to nothing.

A line is looked up by its first and last characters and as a whole; the few regular expressions are tried on lines
that are short or lack a full stop. The expressions are the project's own; none comes from a user.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# No line longer than this is looked at: many saved articles are one long line, and none of it may go.
LONGEST_LINE = 900

# From here on a line that ends like a sentence is taken for a paragraph.
PARAGRAPH_LENGTH = 60
SENTENCE_ENDS = frozenset(".!?\"'”’")

BULLETS = " \t\r*•·●▪◦⦁–—-|>»"
PUNCTUATION = BULLETS + "#[](){}:.,…!_\"'“”«<+\ufeff\xa0\u200b"

Pattern = tuple[re.Pattern[str], "Rule"]

FIRST, LAST = 5, 3  # characters by which `starts` and `ends` are found


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of boilerplate.toml.

    Attributes
    ----------
    name : str
        As shown in the account of a reading.
    scope : str
        "line", "head" or "tail".
    most_words : int
        The longest line it may remove.
    after : str
        For a tail: how much prose may follow; see boilerplate.toml.
    alone : bool
        For a tail that does not end the page: whether its line still goes.
    """

    name: str
    scope: str
    most_words: int
    after: str = ""
    alone: bool = False

    def allows(self, line: str) -> bool:
        """Tell whether a line is short enough for the rule."""
        return line.count(" ") < self.most_words


class Cues:
    """All cues, ready for lookup."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        self.whole: dict[str, list[Rule]] = {}
        self.starts: dict[str, list[tuple[str, Rule]]] = {}
        self.ends: dict[str, list[tuple[str, Rule]]] = {}
        self.contains: dict[str, Rule] = {}
        self.patterns: dict[str, list[Pattern]] = {}  # by what the line must hold
        self.head_patterns: dict[str, list[Pattern]] = {}
        self.prefixes = [(re.compile(row["pattern"]), row["rule"]) for row in tables["prefix"]]
        for scope in ("head", "tail", "line"):  # the order in which rules are asked
            for row in tables[scope]:
                self._add(
                    row, Rule(row["rule"], scope, row["most_words"], row.get("after", ""), row.get("alone", False))
                )

    def _add(self, row: dict[str, Any], rule: Rule) -> None:
        for cue in row.get("whole", ()):
            self.whole.setdefault(cue.strip(PUNCTUATION), []).append(rule)
        for cue in row.get("starts", ()):
            self.starts.setdefault(cue[:FIRST], []).append((cue, rule))
        for cue in row.get("ends", ()):
            self.ends.setdefault(cue[-LAST:], []).append((cue, rule))
        self.contains.update(dict.fromkeys(row.get("contains", ()), rule))
        if "pattern" in row:
            patterns = self.head_patterns if rule.scope == "head" else self.patterns
            for pattern in [row["pattern"]] if isinstance(row["pattern"], str) else row["pattern"]:
                for need in row["needs"]:
                    patterns.setdefault(need, []).append((re.compile(pattern), rule))

    def suspects(self, lines: list[str]) -> list[int]:
        """Return the positions of the lines that can bear a cue at all: three in four cannot, and cost next to nothing.

        Parameters
        ----------
        lines : list of str
            Without outer spaces, none empty.
        """
        starts = self.starts
        return [
            position
            for position, line in enumerate(lines)
            if len(line) < PARAGRAPH_LENGTH
            or line[-1] not in SENTENCE_ENDS
            or line[:FIRST].lower() in starts
            or line[0] in BULLETS
            or line[-2] == ")"
        ]

    def rules_for(self, line: str, in_head: bool) -> list[Rule]:
        """Return the rules whose cues a line bears and that its length allows, in the order in which they are asked.

        Parameters
        ----------
        line : str
            Without outer spaces.
        in_head : bool
            Whether no prose came before.
        """
        if len(line) > LONGEST_LINE:
            return []
        key = line.lower().replace("’", "'").lstrip(BULLETS)
        rules: list[Rule] = []
        if len(key) <= 60:
            rules += self.whole.get(key.strip(PUNCTUATION), ())
        for cue, rule in self.starts.get(key[:FIRST], ()):
            if key.startswith(cue) and not (cue[-1].isalnum() and key[len(cue) : len(cue) + 1].isalnum()):
                rules.append(rule)
        if any(map(key.__contains__, self.contains)):
            rules += [rule for cue, rule in self.contains.items() if cue in key]
        if len(key) < PARAGRAPH_LENGTH or key[-1] not in SENTENCE_ENDS or key[-2] == ")":
            rules += [rule for cue, rule in self.ends.get(key[-LAST:], ()) if key.endswith(cue)]
            if in_head:
                rules += _matching(self.head_patterns, key)
            rules += _matching(self.patterns, key)
        return [rule for rule in rules if rule.allows(line) and (in_head or rule.scope != "head")] if rules else rules


def _matching(patterns: dict[str, list[Pattern]], key: str) -> list[Rule]:
    # The length is checked before the expression, which may be slow on long lines.
    return [
        rule
        for need, entries in patterns.items()
        if need in key
        for pattern, rule in entries
        if rule.allows(key) and len(key) <= 300 + 8 * rule.most_words and pattern.fullmatch(key)
    ]


@cache
def load_cues() -> Cues:
    """Read boilerplate.toml, once."""
    return Cues(tomllib.loads((files("framing.ingest") / "boilerplate.toml").read_text("utf-8")))

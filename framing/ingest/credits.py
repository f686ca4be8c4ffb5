"""Printed credits: which agency an article says its text, a part of it, or a fact in it comes from.

Names and rules are data, in `agencies.toml`. Only what is stored can be found: lines that cleaning removed are gone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from framing.text import Article

WIRE, PART, MENTION = "wire", "part", "mention"

HEAD, TAIL, END = 1500, 1200, 300  # characters, as said in agencies.toml

# What is looked at before and behind a name: enough for the longest form, so that a text without line breaks costs no
# more than one with them.
_AROUND = 600

_WORD = re.compile(r"\w+")


class Credit(NamedTuple):
    """One printed credit.

    Attributes
    ----------
    agency : str
        Key in `agencies.toml`, or for `upstream` the name as given where no agency bears it.
    kind : str
        "wire": the text itself is the agency's; "part": an agency contributed; "mention": a fact is cited from it.
    start, end : int
        Characters of `text`; -1 for `upstream`, which stands beside it.
    rule : str
        Name of the rule, "upstream" for the field.
    """

    agency: str
    kind: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    where: str
    form: re.Pattern[str]
    agency: str
    needs: str


class _Credits:
    """The rules and names, ready for lookup."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.titles = {row["key"]: str(row["title"]) for row in data["agency"]}
        self.keys: dict[str, str] = {}
        self._not_after: dict[str, tuple[str, ...]] = {}
        names: list[str] = []
        tags: list[str] = []
        for row in data["agency"]:
            spelt = [*row["names"], *(n.upper() for n in row["names"])]
            names += spelt
            tags += row.get("tags", ())
            self._not_after[row["key"]] = tuple(row.get("not_after", ()))
            self.keys.update(dict.fromkeys([*spelt, *row.get("tags", ())], row["key"]))
        self._folded = {_fold(name): key for name, key in self.keys.items()}
        self._folded.update({_fold(title): key for key, title in self.titles.items()})
        agency, tag = _alternatives(names), _alternatives([*names, *tags])
        bare = _alternatives([*names, *tags], r"(?<!\w)")
        several = rf"{agency}(?:(?:,\s|,?\sand\s|\s&\s|/)(?:[Tt]he\s)?{agency})*"
        self._any = re.compile(bare)
        self._first_words = {_WORD.findall(name)[0] for name in (*names, *tags)}
        self.rules = [
            _Rule(
                row["name"],
                row["kind"],
                row["where"],
                re.compile(_fill(form, agencies=several, agency=agency, tag=tag, bare=bare)),
                row.get("agency", ""),
                row.get("needs", ""),
            )
            for row in data["rule"]
            for form in ([row["form"]] if isinstance(row["form"], str) else row["form"])
        ]

    def find(self, text: str) -> list[Credit]:
        """Return the credits of a text, by place."""
        found: list[Credit] = []
        windows = self._windows(text)
        for rule in self.rules:
            whole = [(0, len(text))] if rule.needs in text else []
            for low, high in whole if rule.agency else windows:
                for match in rule.form.finditer(text, low, high):
                    if _stands(rule.where, match, text) and not any(
                        c.start < match.end() and match.start() < c.end for c in found
                    ):
                        found += self._credits(rule, match)
        return sorted(set(found), key=lambda c: (c.start, c.end, c.agency))

    def _windows(self, text: str) -> list[tuple[int, int]]:
        """Return the stretches of lines around names; most texts have few or none."""
        windows: list[tuple[int, int]] = []
        if self._first_words.isdisjoint(_WORD.findall(text)):  # far faster than the names one by one
            return windows
        for match in self._any.finditer(text):
            low = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _AROUND)
            high = text.find("\n", match.end())
            high = min(high + 1 if high >= 0 else len(text), match.end() + _AROUND)
            if windows and low <= windows[-1][1]:
                windows[-1] = (windows[-1][0], max(high, windows[-1][1]))
            else:
                windows.append((low, high))
        return windows

    def _credits(self, rule: _Rule, match: re.Match[str]) -> list[Credit]:
        keys = [rule.agency] if rule.agency else self._named(match)
        return [Credit(key, rule.kind, match.start(), match.end(), rule.name) for key in keys]

    def _named(self, match: re.Match[str]) -> list[str]:
        keys: dict[str, None] = {}
        for name in self._any.finditer(match.string, match.start(), match.end()):
            key = self.keys[name[0]]
            before = match.string[max(0, name.start() - 20) : name.start()].rstrip()
            if not any(
                before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in self._not_after[key]
            ):
                keys[key] = None
        return list(keys)

    def key_of(self, name: str) -> str:
        return self._folded.get(_fold(name), "")


def _fill(form: str, **names: str) -> str:
    # Not str.format: the braces of the expressions are their own.
    for name, value in names.items():
        form = form.replace(f"{{{name}}}", value)
    return form


def _alternatives(names: Sequence[str], before: str = r"(?<![\w/-])") -> str:
    # Longest first, so that "Bloomberg News" is not read as "Bloomberg"; no part of a longer word or "Reuters/Ipsos".
    longest = sorted(set(names), key=lambda n: (-len(n), n))
    return before + "(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-]|/\w)"


def _fold(name: str) -> str:
    words = re.findall(r"\w+", name.casefold())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _stands(where: str, match: re.Match[str], text: str) -> bool:
    start = match.start()
    if where in ("line", "head"):
        at_start = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        return at_start and (where == "line" or start < HEAD)
    return where == "any" or match.end() > len(text) - (TAIL if where == "tail" else END)


@cache
def _load() -> _Credits:
    return _Credits(tomllib.loads((files("framing.ingest") / "agencies.toml").read_text("utf-8")))


def find_credits(article: Article) -> list[Credit]:
    """Return what an article says about agencies: its `upstream` first, then its text from top to bottom.

    "The Associated Press called the election" is neither a credit nor a citation, "a Reuters/Ipsos poll" no agency. An
    article that names its own publisher ("(Reuters)" in an article of Reuters) has that credit too; see `is_own`.
    """
    stated = article.upstream.strip()
    credits = [Credit(find_agency(stated) or stated, WIRE, -1, -1, "upstream")] if stated else []
    return credits + _load().find(article.text)


def find_agency(name: str) -> str:
    """Return the key of the agency of that name, in any case and with or without "the"; "" where there is none."""
    return _load().key_of(name)


def agency_title(key: str) -> str:
    """Return how an agency is shown; a name that is no key stays as it is."""
    return _load().titles.get(key, key)


def is_own(credit: Credit, outlet: str) -> bool:
    """Whether the agency is the outlet itself."""
    return identity(outlet) == identity(credit.agency)


def identity(name: str) -> str:
    """Return one spelling for all names of a publisher: the key of an agency, else the name, folded."""
    folded = _fold(name)
    if name in _load().titles:
        return name
    return find_agency(name) or folded or name

"""Lint and test for lexicons: dead, duplicate, conflicting, unsourced and unbalanced entries, missing inflections,
and examples as tests."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.errors import InputError
from framing.lexicon import Example, Lexicon, PatternWord, Problem, check_lexicon, expand
from framing.matching import Matcher
from framing.text import Vocabulary, read_tokens

MIN_EXAMPLES = 20
MIN_TRAPS = 0.5  # share of examples that check what must not be found


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What a lexicon found in one of its examples."""

    example: Example
    found: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.found == self.example.expected


def run_examples(lexicon: Lexicon) -> list[ExampleResult]:
    """Match every example of a lexicon.

    Returns
    -------
    list of ExampleResult
        In file order; `found` holds the surfaces of the example's category (all categories for "*"), in text order.
    """
    matcher = Matcher([lexicon])
    texts = [e.text for e in lexicon.examples]
    tokens = read_tokens(texts, Vocabulary())
    matches = matcher(tokens, np.arange(len(texts), dtype=np.int32))
    found: dict[int, list[str]] = defaultdict(list)
    for start, end, entry in sorted(
        zip(matches.start.tolist(), matches.end.tolist(), matches.entry.tolist(), strict=True)
    ):
        place = int(np.searchsorted(tokens.bounds, start, side="right")) - 1
        category = matcher.entries[entry].term.category
        if lexicon.examples[place].category in (category, "*"):
            found[place].append(texts[place][tokens.start[start] : tokens.end[end - 1]])
    return [ExampleResult(e, tuple(found[i])) for i, e in enumerate(lexicon.examples)]


def lint(path: str | Path) -> list[Problem]:
    """Check a lexicon folder.

    Returns
    -------
    list of Problem
        "error": the lexicon cannot be used. "warning": it can, but something is dead, doubtful or missing. "note": an
        inflection that no entry matches.
    """
    lexicon, problems = check_lexicon(path)
    if lexicon is None:
        return problems
    terms_file = f"{path}/terms.csv"
    problems += _duplicates(lexicon, terms_file)
    problems += _dead(lexicon, terms_file)
    problems += _unsourced(lexicon, str(path))
    problems += _unbalanced(lexicon, str(path))
    problems += _missing_inflections(lexicon, terms_file)
    return problems


def _forms(lexicon: Lexicon) -> Iterator[tuple[int, tuple[PatternWord, ...]]]:
    for number, term in enumerate(lexicon.terms):
        for words in expand(term.pattern):
            yield number, words


def _duplicates(lexicon: Lexicon, where: str) -> Iterator[Problem]:
    """The same form twice: inside a category one row is useless; across categories only disjoint topics can tell them
    apart."""
    seen: dict[tuple[PatternWord, ...], int] = {}
    said: set[tuple[int, int]] = set()
    for number, words in _forms(lexicon):
        first = seen.setdefault(words, number)
        if first == number or (first, number) in said:
            continue
        said.add((first, number))
        a, b = lexicon.terms[first], lexicon.terms[number]
        form = " ".join(w.text for w in words)
        topics = lexicon.categories[a.category].topic, lexicon.categories[b.category].topic
        if a.category != b.category and topics[0] and not set(topics[0]) & set(topics[1]):
            continue  # disjoint topics, or a fallback for articles outside the first one's topic
        conflict = a.category != b.category or (a.weight != b.weight and not (a.blocker and b.blocker))
        what = "conflicts with" if conflict else "repeats"
        yield Problem(
            f"{where}:{b.line}",
            "warning",
            f"{form!r} ({b.category}) {what} line {a.line} ({a.category}), which wins. Keep one of them.",
        )


def _dead(lexicon: Lexicon, where: str) -> Iterator[Problem]:
    """A term none of whose forms can ever win: each is matched by an earlier row of the same length."""
    alive: set[int] = set()
    first_row: dict[tuple[PatternWord, ...], int] = {}
    for number, words in _forms(lexicon):
        if first_row.setdefault(words, number) == number:
            alive.add(number)
        else:
            winner, loser = lexicon.terms[first_row[words]], lexicon.terms[number]
            if winner.category != loser.category and lexicon.categories[winner.category].topic:
                alive.add(number)  # the winner's gate may be shut
    for number, term in enumerate(lexicon.terms):
        if number not in alive:
            yield Problem(
                f"{where}:{term.line}", "warning", f"{term.pattern!r} is dead: earlier rows match all its forms."
            )


def _unsourced(lexicon: Lexicon, where: str) -> Iterator[Problem]:
    used = {t.source for t in lexicon.terms if t.source}
    for key in sorted(set(lexicon.sources) - used):
        yield Problem(f"{where}/lexicon.toml", "warning", f"[sources.{key}] is used by no term. Use it or remove it.")
    for key in lexicon.categories:
        if not lexicon.of_category(key):
            yield Problem(f"{where}/lexicon.toml", "warning", f"[categories.{key}] has no term. Add one or remove it.")
    for term in lexicon.terms:
        if term.basis == "judgement" and not term.note and abs(term.weight) >= 1 and term.weight != 0:
            yield Problem(
                f"{where}/terms.csv:{term.line}",
                "note",
                f"{term.pattern!r} has weight {term.weight:g} by judgement and no note. Say why.",
            )


def _unbalanced(lexicon: Lexicon, where: str) -> Iterator[Problem]:
    examples = lexicon.examples
    if len(examples) < MIN_EXAMPLES:
        yield Problem(
            f"{where}/examples.csv", "warning", f"{len(examples)} examples; a lexicon should have {MIN_EXAMPLES}."
        )
    traps = sum(not e.expected for e in examples)
    if examples and traps < MIN_TRAPS * len(examples) / 2:
        yield Problem(
            f"{where}/examples.csv", "warning", f"only {traps} of {len(examples)} examples expect nothing. Add traps."
        )


def _missing_inflections(lexicon: Lexicon, where: str) -> Iterator[Problem]:
    """Inflected forms of a term's last word that no term matches, by Snowball stems (Porter 2001, as in nltk)."""
    from nltk.stem.snowball import EnglishStemmer  # nltk is slow to import

    if lexicon.language != "en":
        return
    stem = EnglishStemmer().stem
    forms = {words for _, words in _forms(lexicon)}
    endings: dict[tuple[PatternWord, ...], set[str]] = defaultdict(set)
    prefixes: dict[tuple[PatternWord, ...], list[str]] = defaultdict(list)
    for words in forms:
        final = words[-1]
        if final.kind == "prefix":
            prefixes[words[:-1]].append(final.text)
        else:
            endings[words[:-1]].add(final.text.casefold())
    missing: dict[int, dict[str, None]] = defaultdict(dict)
    said: set[tuple[tuple[PatternWord, ...], str]] = set()
    for number, words in _forms(lexicon):
        term, last = lexicon.terms[number], words[-1].text.casefold()
        if term.blocker or words[-1].kind != "word" or len(last) < 4 or not last.isalpha():
            continue
        known = endings[words[:-1]]
        for candidate in _inflections(last):
            if (
                candidate in known
                or (words[:-1], candidate) in said
                or stem(candidate) != stem(last)
                or any(candidate.startswith(p) for p in prefixes[words[:-1]])
            ):
                continue
            said.add((words[:-1], candidate))
            missing[number][" ".join([*(w.text for w in words[:-1]), candidate])] = None
    for number, found in missing.items():
        term = lexicon.terms[number]
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        yield Problem(
            f"{where}:{term.line}", "note", f"{term.pattern!r}: no entry matches {', '.join(list(found)[:3])}{more}."
        )


def _inflections(word: str) -> list[str]:
    """Return the number that the word is not in: plural of a singular, singular of a plural."""
    if word.endswith("ies"):
        return [word[:-3] + "y"]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return [word[:-1]]
    if word.endswith(("s", "x", "ch", "sh")):
        return [word + "es"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    return [] if word.endswith(("ed", "ing", "ly")) else [word + "s"]


_SKELETON = """\
title = {title}
module = {module}
language = "en"
version = "0.1.0"
licence = "CC0-1.0"
scale = [-2.0, 2.0]
scale_meaning = "Direction toward the party named: -2 delegitimising, 0 descriptive, +2 legitimising."

[sources.own]
citation = "Own judgement; say on what it rests."
url = ""

[categories.armed-group]
label = "The armed group"
kind = "armed-group"
# The article must hold one of these words for the category to count; remove the line for no such gate.
# topic = ["Atlantis", "Atlantean*"]
"""


def write_skeleton(folder: Path, module: str, title: str) -> None:
    """Write a lexicon with one category, three terms and two examples, as a start.

    Raises
    ------
    InputError
        The folder exists and is not empty.
    """
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise InputError(f"{folder}: exists already. Choose another name.")
    folder.mkdir(parents=True, exist_ok=True)
    head = _SKELETON.format(title=json.dumps(title or folder.name, ensure_ascii=False), module=json.dumps(module))
    (folder / "lexicon.toml").write_text(head, encoding="utf-8")
    (folder / "terms.csv").write_text(
        "category,term,weight,basis,source,note\n"
        "armed-group,rebel(s),0,source,own,plain word for those who take up arms against a government\n"
        "armed-group,terrorist(s),-2,source,own,delegitimises\n"
        "armed-group,rebel yell,,source,own,hides rebel\n",
        encoding="utf-8",
    )
    (folder / "examples.csv").write_text(
        "text,category,expected\n"
        "The rebels left the town.,armed-group,rebels\n"
        "The crowd gave a rebel yell.,armed-group,\n",
        encoding="utf-8",
    )

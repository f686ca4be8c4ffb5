"""Take out what stands on a news page besides the article, and say what was taken out and by which rule.

What a line is, is read from the line (`boilerplate.toml`), from its place, and from its repetition: on the page, or over the pages
of one outlet (`repeats.py`).

**Where a page ends.** A tail cue ("Leave a Reply") drops everything from there to the end of the page. A fixed share of the page
would not do as a condition: on real pages the tail holds from a tenth to three quarters of the lines, and the same words
("Read more") stand between paragraphs. What tells is *prose*, lines of ten words or more that end like a sentence and not in an
ellipsis, or that go on a sentence from the line before. The article is the prose; so before the cue there must be some of it, and
after the cue none ("no prose"), at most a tenth of the page's ("little prose": legal notices), or, for comment forms, any amount
("anything": readers write prose too).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import accumulate
from typing import NamedTuple

from framing.ingest.boilerplate import BULLETS, LONGEST_LINE, SENTENCE_ENDS, Rule, load_cues

PROSE_WORDS = 10
LITTLE_PROSE = 0.1

# Within this many printed lines a headline is looked for; the longest seen are about 20 words, 140 characters.
HEAD_LINES = 10
HEADLINE_LENGTH = 160
KICKER_WORDS = 8

# A line of fewer words may well be printed twice: a speaker's name in an interview, "No.", a row of stars.
DUPLICATE_WORDS = 6


class Cut(NamedTuple):
    """One removal: the rule, the line (from 1, in the text as given), and what was printed there."""

    rule: str
    line: int
    text: str


class Cleaned(NamedTuple):
    """Headline and text of an article, and what was removed to get them."""

    title: str
    text: str
    cuts: list[Cut]


def clean(text: str, title: str = "", is_page: bool = False, repeated: Collection[str] = ()) -> Cleaned:
    """Remove boilerplate from an article.

    Parameters
    ----------
    text : str
        As saved.
    title : str
        The headline if it is known; lines that repeat it are removed.
    is_page : bool
        Whether to look for an unknown headline: the first line of the page that is none of the furniture above it.
    repeated : collection of str
        Lines known to repeat over the outlet's articles; see `repeats.find_repeated`.

    Returns
    -------
    Cleaned
        Kept lines as they were, in order; blank lines between them as they were. Without a removal the text is the one given.
    """
    newline = "\n" if "\n" in text or "\r" not in text else "\r"
    page = _Page(text.split(newline), title, text)
    if is_page and not title:
        page.find_headline()
    page.sweep(repeated if not page.is_copy(repeated) else ())
    if not page.cuts:
        return Cleaned(page.title, text, [])
    return Cleaned(page.title, newline.join(page.kept()), page.cuts)


class _Page:
    """The lines of one page on their way through the rules."""

    def __init__(self, lines: list[str], title: str, text: str) -> None:
        self.cues = load_cues()
        self.lines: list[str | None] = list(lines)  # None: removed
        self.printed = [(number, stripped) for number, line in enumerate(lines) if (stripped := line.strip())]
        self.title = title
        self.cuts: list[Cut] = []
        self.contains = self.cues.active_contains(text)
        self._prose_after: list[int] | None = None

    def _remove(self, number: int, rule: str) -> None:
        line = self.lines[number]
        assert line is not None
        self.cuts.append(Cut(rule, number + 1, line.strip()))
        self.lines[number] = None

    def find_headline(self) -> None:
        """Take as headline the first line that the page's head prints twice, or else the first that is no furniture."""
        head = [line for _, line in self.printed[:HEAD_LINES]]
        forms = Counter(plain_form(line) for line in head)
        twice = (line for line in head if line.count(" ") >= 3 and forms[plain_form(line)] > 1)
        first = (line for line in head if not any(rule.allows(line) for rule in self._rules(line)))
        line = next(twice, None) or next(first, None)
        if line is not None and is_headline(line) and any(plain_form(other) != plain_form(line) for _, other in self.printed):
            self.title = line

    def is_copy(self, repeated: Collection[str]) -> bool:
        """Tell whether so much of the page repeats (over a third) that it is an update of another article, not furniture."""
        if not repeated:
            return False
        size = sum(len(line) for _, line in self.printed)
        return 3 * sum(len(line) for _, line in self.printed if line in repeated) > size

    def _rules(self, line: str) -> list[Rule]:
        return list(self.cues.rules_for(line, self.contains, in_head=True)) if len(line) <= LONGEST_LINE else []

    def sweep(self, repeated: Collection[str]) -> None:
        """Go through the printed lines once and remove by every rule."""
        cues, contains = self.cues, self.contains
        headlines = self._headline_positions()
        first_headline = headlines[0] if headlines else 0
        seen: set[str] = set()
        in_head, has_body = True, False
        for position, (number, line) in enumerate(self.printed):
            if position in headlines:
                self._remove(number, "headline")
                continue
            rule = None
            if cues.may_bear_cue(line, contains):
                rule = self._first_rule(line, position, in_head, has_body)
            if rule is not None and rule.scope == "tail" and self._ends_page(rule, position, has_body):
                for later, _ in self.printed[position:]:
                    self._remove(later, rule.name)
                return
            if line[:2].isupper():
                line = self._cut_prefix(number, line)
            if rule is not None:
                self._remove(number, rule.name)
            elif position < first_headline and line.count(" ") < KICKER_WORDS and line[-1] not in SENTENCE_ENDS:
                self._remove(number, "above the headline")
            elif line in repeated:
                self._remove(number, "repeated by the outlet")
            elif line in seen:
                self._remove(number, "printed twice")
            else:
                if line.count(" ") >= DUPLICATE_WORDS - 1:
                    seen.add(line)
                has_body = has_body or is_sentence(line)
                in_head = in_head and not is_prose(line)

    def _headline_positions(self) -> list[int]:
        """Return where, among the first printed lines, the headline stands."""
        if not self.title:
            return []
        forms = headline_forms(self.title)
        word = min(forms, default=" ").split(" ", 1)[0]  # the first word, the same in all forms
        return [
            position
            for position, (_, line) in enumerate(self.printed[:HEAD_LINES])
            # Most lines are told apart by the first word, at a twentieth of the cost.
            if word in line[: len(word) + 8].casefold() and forms & headline_forms(line)
        ]

    def _first_rule(self, line: str, position: int, in_head: bool, has_body: bool) -> Rule | None:
        if len(line) > LONGEST_LINE:
            return None
        fallback = None
        for rule in self.cues.rules_for(line, self.contains, in_head):
            if not rule.allows(line):
                continue
            if rule.scope != "tail" or self._ends_page(rule, position, has_body):
                return rule
            if rule.alone:
                fallback = rule
        return fallback

    def _ends_page(self, rule: Rule, position: int, has_body: bool) -> bool:
        if not has_body:
            return False
        if self._prose_after is None:
            words = [prose_words(line, before) for (_, line), before in zip(self.printed, self._lines_before(), strict=True)]
            self._prose_after = [*accumulate(reversed(words), initial=0)][::-1]
        whole, after = self._prose_after[0], self._prose_after[position + 1]
        return rule.after == "anything" or after <= (LITTLE_PROSE * whole if rule.after == "little prose" else 0)

    def _lines_before(self) -> list[str]:
        # The line right above each printed line, "" where a blank one stands between.
        by_number = dict(self.printed)
        return [by_number.get(number - 1, "") for number, _ in self.printed]

    def _cut_prefix(self, number: int, line: str) -> str:
        for pattern, rule in self.cues.prefixes:
            if found := pattern.match(line):
                self.cuts.append(Cut(rule, number + 1, found[0].strip()))
                rest = line[found.end() :]
                self.lines[number] = rest
                return rest
        return line

    def kept(self) -> list[str]:
        """Return the kept lines: one blank run where a removal joined two, none at either end."""
        lines: list[str] = []
        gap = True  # a removed line (or the start) lies behind: blank lines must not add up
        for line in self.lines:
            if line is None:
                gap = True
            elif line.strip():
                lines.append(line)
                gap = False
            elif not (gap and (not lines or not lines[-1].strip())):
                lines.append(line)
        while lines and not lines[-1].strip():
            lines.pop()
        return lines


def is_sentence(line: str) -> bool:
    """Tell whether a line is part of an article's body at all: three words or more and closed like a sentence."""
    return line.count(" ") >= 2 and line[-1] in SENTENCE_ENDS


def is_prose(line: str) -> bool:
    """Tell whether a line is prose by itself: ten words or more, closed like a sentence, not broken off by an ellipsis."""
    return line.count(" ") >= PROSE_WORDS - 1 and line[-1] in SENTENCE_ENDS and not line.endswith(("...", "…"))


def prose_words(line: str, before: str) -> int:
    """Count the words of a line if it is prose, by itself or as the next line of a hard-wrapped paragraph."""
    goes_on = line[:1].islower() and bool(before) and line.count(" ") >= 4
    return line.count(" ") + 1 if goes_on or is_prose(line) else 0


def is_headline(line: str) -> bool:
    """Tell whether a line can be a headline: not long, and not closed by a full stop (but "... in the U.S.")."""
    return len(line) <= HEADLINE_LENGTH and not re.search(r"[^\W\d_]{2}\.[\"'”’]?$", line)


NOT_WORDS = re.compile(r"[\W_]+")
SITE_SUFFIX = re.compile(r"\s+[-–—|»:]+\s+[^-–—|»:]{2,40}$")


def plain_form(line: str) -> str:
    """Return a line as its words only, case folded: what stays of a headline however it is typeset."""
    return NOT_WORDS.sub(" ", line.casefold()).strip()


def headline_forms(line: str) -> set[str]:
    """Return the forms under which a headline is known again: as it is, and without " - Name of the site"."""
    line = line.strip(BULLETS)
    if not line or len(line) > 2 * HEADLINE_LENGTH:
        return set()
    forms = {plain_form(line)}
    shorter = SITE_SUFFIX.sub("", line)
    if shorter.count(" ") >= 3:
        forms.add(plain_form(shorter))
    return forms - {""}

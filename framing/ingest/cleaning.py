"""Take out what stands on a news page besides the article, and say what was taken out and by which rule.

What a line is, is read from the line (`boilerplate.toml`), from its place, and from its repetition: on the page, or
over the pages of one outlet (`repeats.py`).

**Where a page ends.** A tail cue ("Leave a Reply") drops everything from there to the end of the page. A fixed share
of the page would not do as a condition: on real pages the tail holds from a tenth to three quarters of the lines, and
the same words ("Read more") stand between paragraphs. What tells is *prose*, lines of ten words or more that end like
a sentence and not in an ellipsis, or that go on a sentence from the line before. The article is the prose; so before
the cue there must be some of it, and after the cue none ("no prose"), at most a tenth of the page's ("little prose":
legal notices), or, for comment forms, any amount ("anything": readers write prose too).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from framing.ingest.boilerplate import BULLETS, SENTENCE_ENDS, Rule, load_cues

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
        Kept lines as they were, in order; blank lines between them as they were. Without a removal the text is the
        one given.
    """
    newline = "\n" if "\n" in text or "\r" not in text else "\r"
    page = _Page(text.split(newline), title)
    if is_page and not title:
        page.find_headline()
    page.sweep(repeated)
    if not page.cuts:
        return Cleaned(page.title, text, [])
    return Cleaned(page.title, newline.join(page.kept()), page.cuts)


class _Page:
    """The lines of one page on their way through the rules. A position counts printed lines, a number all lines."""

    def __init__(self, lines: list[str], title: str) -> None:
        self.cues = load_cues()
        self.lines: list[str | None] = list(lines)  # None: removed
        stripped = [line.strip() for line in lines]
        self.numbers = [number for number, line in enumerate(stripped) if line]
        self.printed = [line for line in stripped if line]
        self.title = title
        self.cuts: list[Cut] = []

    def _remove(self, position: int, rule: str) -> None:
        number = self.numbers[position]
        self.cuts.append(Cut(rule, number + 1, self.printed[position]))
        self.lines[number] = None

    def find_headline(self) -> None:
        """Take as headline the first line that the page's head prints twice, or else the first that is no furniture."""
        head = self.printed[:HEAD_LINES]
        forms = Counter(plain_form(line) for line in head)
        twice = (line for line in head if line.count(" ") >= 3 and forms[plain_form(line)] > 1)
        first = (line for line in head if not self.cues.rules_for(line, in_head=True))
        line = next(twice, None) or next(first, None)
        if line and is_headline(line) and any(plain_form(other) != plain_form(line) for other in self.printed):
            self.title = line

    def sweep(self, repeated: Collection[str]) -> None:
        """Remove by every rule, from the first line on, until a tail ends the page."""
        headlines = self._headlines()
        suspects = self.cues.suspects(self.printed)
        self._suspected = set(suspects)
        furniture = self._repeated_by_outlet(repeated)
        twice = self._printed_twice()
        above = set(range(headlines[0])) if headlines else set()
        in_head, has_body = True, False
        places = sorted({*suspects, *headlines, *furniture, *twice, *above})
        body_from, prose_from = self._starts()
        for position in places:
            line = self.printed[position]
            if position in headlines:
                self._remove(position, "headline")
                continue
            in_head, has_body = position <= prose_from, position > body_from
            rule = self._rule_of(position, in_head, has_body) if position in self._suspected else None
            if rule is not None and rule.scope == "tail" and self._ends_page(rule, position, has_body):
                for later in range(position, len(self.printed)):
                    self._remove(later, rule.name)
                break
            if rule is not None:
                self._remove(position, rule.name)
            elif position in above and line.count(" ") < KICKER_WORDS and line[-1] not in SENTENCE_ENDS:
                self._remove(position, "above the headline")
            elif position in furniture:
                self._remove(position, "repeated by the outlet")
            elif position in twice:
                self._remove(position, "printed twice")
        for position, line in enumerate(self.printed[:HEAD_LINES]):
            if line[:2].isupper() and self.lines[self.numbers[position]] is not None:
                self._cut_prefix(position)

    def _headlines(self) -> list[int]:
        """Return where, among the first printed lines, the headline stands."""
        words = self.title.split(None, 1)
        if not words:
            return []
        word = words[0].strip("\"'“”‘’«»„").casefold()
        # Most lines are told apart by the first word, at a twentieth of the cost.
        near = [n for n, line in enumerate(self.printed[:HEAD_LINES]) if word in line[: len(word) + 8].casefold()]
        forms = headline_forms(self.title) if near else set()
        return [position for position in near if forms & headline_forms(self.printed[position])]

    def _starts(self) -> tuple[int, int]:
        """Return the positions of the first line of body and of the first of prose; past the end if there is none."""
        body = prose = None
        for position, line in enumerate(self.printed):
            if body is None and is_sentence(line):
                body = position
            if is_prose(line) and (position not in self._suspected or not self.cues.rules_for(line, in_head=True)):
                prose = position
                break
        end = len(self.printed)
        return end if body is None else body, end if prose is None else prose

    def _repeated_by_outlet(self, repeated: Collection[str]) -> set[int]:
        """Return the positions of lines that the outlet repeats.

        Empty when they make up over a third of the page: then it is an update of another article, and they are its
        body.
        """
        if not repeated:
            return set()
        return self._if_little({position for position, line in enumerate(self.printed) if line in repeated})

    def _printed_twice(self) -> set[int]:
        """Return the positions of lines that stand further up already, short ones left out."""
        if len(set(self.printed)) == len(self.printed):
            return set()
        seen: set[str] = set()
        twice = set()
        for position, line in enumerate(self.printed):
            if line.count(" ") >= DUPLICATE_WORDS - 1:
                if line in seen:
                    twice.add(position)
                seen.add(line)
        return self._if_little(twice)

    def _if_little(self, positions: set[int]) -> set[int]:
        """Return positions if their lines are at most a third of the page; more than that is no accident of layout."""
        size = sum(len(self.printed[position]) for position in positions)
        return positions if 3 * size <= sum(map(len, self.printed)) else set()

    def _rule_of(self, position: int, in_head: bool, has_body: bool) -> Rule | None:
        """Return the rule to remove a line by: the first that applies; tails that do not end the page come last."""
        fallback = None
        for rule in self.cues.rules_for(self.printed[position], in_head):
            if rule.scope != "tail" or self._ends_page(rule, position, has_body):
                return rule
            if rule.alone:
                fallback = rule
        return fallback

    def _ends_page(self, rule: Rule, position: int, has_body: bool) -> bool:
        if not has_body:
            return False
        after = self._prose_after[position + 1]
        return rule.after == "anything" or after <= (
            LITTLE_PROSE * self._prose_after[0] if rule.after == "little prose" else 0
        )

    @cached_property
    def _prose_after(self) -> list[int]:
        """Words of prose from each position to the end of the page."""
        # The line right above each printed line, "" where a blank one stands between.
        above = {number: line for number, line in zip(self.numbers, self.printed, strict=True)}
        words = [prose_words(line, above.get(n - 1, "")) for n, line in zip(self.numbers, self.printed, strict=True)]
        return [*accumulate(reversed(words), initial=0)][::-1]

    def _cut_prefix(self, position: int) -> None:
        line = self.printed[position]
        for pattern, rule in self.cues.prefixes:
            if found := pattern.match(line):
                number = self.numbers[position]
                self.cuts.append(Cut(rule, number + 1, found[0].strip()))
                self.lines[number] = line[found.end() :]

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
    """Tell whether a line is prose by itself: ten words or more, closed like a sentence, not by an ellipsis."""
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

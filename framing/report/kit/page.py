"""The kit as a document to read and to edit: the finding, its figure, its words, its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framing.report.documents.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Picture,
    Run,
)
from framing.report.findings.checks import Check
from framing.report.findings.finding import Finding
from framing.report.kit.quotes import Quote
from framing.report.lang import _, language
from framing.report.page.html import safe_url
from framing.report.rows import OK
from framing.report.wording import VOICE_LABELS, day, tidy, visible

_MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a finding: below its figure, for those who cannot see it, on how it was made, with what it
    cites, and the commands that make kit and figure again."""

    caption: str
    alternative: str
    method: str
    references: str
    commands: tuple[str, ...]


def build_page(finding: Finding, picture: Picture, words: Words, quotes: Sequence[Quote], number: int) -> Document:
    """Return the document; `quotes` are those to print, of `number` that there are."""
    title = tidy(finding.subject)
    blocks: list[Block] = [_heading(1, title), _paragraph(finding.text)]
    if finding.status != OK:
        blocks.append(
            _paragraph(_("Insufficient evidence: this is true of the articles read, and says no more."), note=True)
        )
    blocks += [picture, _heading(2, _("Does it stand?")), *_list_checks(finding.checks)]
    for heading, text in (
        (_("Caption"), words.caption),
        (_("Alternative text"), words.alternative),
        (_("Method"), words.method),
        (_("Works cited"), words.references),
    ):
        blocks += [_heading(2, heading), _paragraph(text)]
    blocks += [_heading(2, _("Evidence")), *_list_quotes(finding, quotes, number)]
    blocks.append(_heading(2, _("Make it again")))
    # As a listing, which keeps a command whole whatever names it holds.
    blocks.append(Listing(tuple(line for command in words.commands for line in command.splitlines())))
    return Document(title, language(), tuple(blocks))


def _heading(level: int, text: str) -> Heading:
    return Heading(level, Line((Run(text),)))


def _paragraph(text: str, note: bool = False) -> Paragraph:
    return Paragraph(Line((Run(visible(text)),)), note)


def _list_checks(checks: Sequence[Check]) -> list[Block]:
    if not checks:
        return [_paragraph(_("There is nothing to test: the sentence compares no two outlets."))]
    items = tuple(
        Item(0, (Line((Run(f"{_MARKS[c.mark]} {c.question} ", bold=True), Run(visible(c.text)))),)) for c in checks
    )
    return [Bullets(items)]


def _list_quotes(finding: Finding, quotes: Sequence[Quote], number: int) -> list[Block]:
    if not quotes:
        return [_paragraph(_("This number does not count words that could be quoted; its parts are in numbers.csv."))]
    blocks: list[Block] = []
    if number > len(quotes):
        blocks.append(
            _paragraph(
                _(
                    "{shown} of {all}, at most one of each article before a second of any; all are in evidence.csv."
                ).format(shown=f"{len(quotes):,}", all=f"{number:,}"),
                note=True,
            )
        )
    for outlet in finding.outlets:
        mine = [q for q in quotes if q.outlet == outlet]
        if mine:
            blocks += [_heading(3, tidy(outlet)), Bullets(tuple(Item(0, _lines(q)) for q in mine))]
    return blocks


def _lines(quote: Quote) -> tuple[Line, ...]:
    when = day(quote.date) if quote.date else _("undated")
    where = [Run(tidy(quote.title) if quote.title else _("no headline"), italic=True, link=safe_url(quote.url))]
    where.append(Run(f", {when}", muted=True))
    if not quote.mention:
        return (Line(tuple(where)), Line((Run(visible(quote.sentence)),)))
    voice = VOICE_LABELS[quote.voice]
    end = quote.place + len(quote.mention)
    before, found, after = quote.sentence[: quote.place], quote.sentence[quote.place : end], quote.sentence[end:]
    runs = (Run("“" + visible(before)), Run(visible(found), bold=True), Run(visible(after) + "”"))
    said = (Run(f" ({voice})", muted=True),)
    return (Line((*(r for r in runs if r.text), *said)), Line(tuple(where)))

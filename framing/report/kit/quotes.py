"""The evidence of one finding: every sentence or article that it counts, for quotation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.kwic import filter_mentions
from framing.measure import only_mention_keys
from framing.report.findings.finding import Finding
from framing.report.kit.choice import find_name
from framing.report.lang import _
from framing.report.page.evidence import read_texts, reading_order
from framing.report.page.sentences import find_window, single_spaced
from framing.report.results import Results
from framing.voice import VOICES

LONGEST = 600  # characters of a quotation; a longer sentence is cut around what was counted
_LEAST_WORDS = 4
_OTHERS = [voice for voice in VOICES if voice != "own"]


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence.

    Attributes
    ----------
    outlet, date, title, url, article_id : str
        Where it was printed; "" where the article does not say.
    voice : str
        "own", "quoted", "attributed" or "scare"; "" for an article as a whole.
    mention : str
        The words counted; "" for an article as a whole.
    sentence : str
        In which they stand, cut where it is very long; for an article as a whole, why it is evidence.
    section : str
        "headline", "lede", "body", or "" for an article as a whole.
    start, end : int
        Offsets of the mention in the stored text, or in the title for a headline; -1 for an article as a whole.
    place : int
        Offset of the mention in `sentence`; -1 for an article as a whole.
    """

    outlet: str
    date: str
    title: str
    url: str
    article_id: str
    voice: str
    mention: str
    sentence: str
    section: str
    start: int
    end: int
    place: int = -1


def find_quotes(results: Results, finding: Finding) -> list[Quote]:
    """Return all evidence of a finding, outlet by outlet in the order of the finding, then in the order of reading.

    Of names, every mention of the subject in the voices that the sentence is about; of a measure, every mention that
    its number counts, none where it counts something else, such as syllables; of how much others speak, every passage;
    of coverage, every article without the subject.
    """
    if finding.kind == "coverage":
        found = _find_articles(results, finding)
    elif finding.kind == "voice-difference":
        found = _find_passages(results, finding)
    else:
        found = _find_mentions(results, finding)
    rank = {str(results.article_list[i]["id"]): n for n, i in enumerate(reading_order(results.article_list))}
    place = {outlet: n for n, outlet in enumerate(finding.outlets)}
    headline_first = {"headline": 0}
    return sorted(
        found,
        key=lambda q: (
            place[q.outlet],
            rank[q.article_id],
            headline_first.get(q.section, 1),
            q.start,
            q.end,
            q.mention,
        ),
    )


def pick_quotes(quotes: Sequence[Quote], most: int) -> list[Quote]:
    """Pick some for print, in their order: of each article one before a second of any, of each outlet equally many.

    Of passages, those of a few words come last: they tell little about who says what.
    """
    picked: set[int] = set()
    by_outlet: dict[str, list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        by_outlet[quote.outlet].append(number)
    for numbers in by_outlet.values():
        seen: Counter[str] = Counter()
        turn = {}
        for number in numbers:
            turn[number] = seen[quotes[number].article_id]
            seen[quotes[number].article_id] += 1
        picked.update(sorted(numbers, key=lambda n: (_is_scrap(quotes[n]), turn[n], n))[:most])
    return [quotes[n] for n in sorted(picked)]


def _is_scrap(quote: Quote) -> bool:
    """Whether a passage is too short to say anything by itself; a mention stands in its sentence."""
    return quote.mention == quote.sentence and len(quote.mention.split()) < _LEAST_WORDS


def to_table(quotes: Sequence[Quote]) -> pa.Table:
    """Return evidence as a table with the fields of `Quote` as columns, but for `place`."""
    texts = ("outlet", "date", "title", "url", "article_id", "voice", "mention", "sentence", "section")
    columns = {name: pa.array([getattr(q, name) for q in quotes], pa.string()) for name in texts}
    numbers = {name: pa.array([getattr(q, name) for q in quotes], pa.int64()) for name in ("start", "end")}
    return pa.table(columns | numbers)


def _find_mentions(results: Results, finding: Finding) -> Iterator[Quote]:
    keys = _keys(results, finding)
    table = results.analysis.table("mentions").arrow
    table = _of_outlets(results, filter_mentions(table, keys), finding.outlets)
    name = find_name(results, finding) if finding.kind == "others-only" else None
    if name is not None:
        table = table.filter(pc.equal(table["term"].cast(pa.string()), name.term))
    yield from _quote_rows(results, table, lambda row: (row["sentence_start"], row["sentence_end"]))


def _keys(results: Results, finding: Finding) -> tuple[str, ...]:
    """Return which mentions a finding counts; none where its measure does not count any."""
    if finding.referent is not None:
        voices = _OTHERS if finding.kind == "others-only" else [finding.voice]
        return tuple(":".join(("naming", *finding.referent, voice)) for voice in voices)
    record = next((r for r in results.analysis.measure_records() if r["name"] == finding.measure), None)
    return only_mention_keys(record["evidence"]) if record else ()


def _find_passages(results: Results, finding: Finding) -> Iterator[Quote]:
    table = results.analysis.table("voices").arrow
    table = table.filter(pc.equal(table["voice"].cast(pa.string()), finding.voice))
    yield from _quote_rows(
        results, _of_outlets(results, table, finding.outlets), lambda row: (row["start"], row["end"])
    )


def _of_outlets(results: Results, table: pa.Table, outlets: Sequence[str]) -> pa.Table:
    ids = [str(a["id"]) for a in results.article_list if a["outlet"] in outlets]
    return table.filter(pc.is_in(table["article_id"].cast(pa.string()), pa.array(ids, pa.string())))


def _quote_rows(
    results: Results, table: pa.Table, bounds: Callable[[Mapping[str, Any]], tuple[int, int]]
) -> Iterator[Quote]:
    articles = {str(a["id"]): a for a in results.article_list}
    rows = table.to_pylist()
    texts = read_texts(results, {row["article_id"] for row in rows})
    for row in rows:
        article = articles[row["article_id"]]
        text = str(article["title"] or "") if row["section"] == "headline" else texts[row["article_id"]]
        first, last = bounds(row)
        first, last = min(first, row["start"]), max(last, row["end"])  # a speech may be longer than its sentence
        low, high = find_window(text, first, last, row["start"], min(row["end"], row["start"] + LONGEST), LONGEST)
        before, after = "… " if low > first else "", " …" if high < last else ""
        shown = before + single_spaced(text[low:high]).strip() + after
        yield Quote(
            *_printed(article),
            row["voice"],
            single_spaced(text[row["start"] : row["end"]]).strip(),
            shown,
            row["section"],
            row["start"],
            row["end"],
            len(before + single_spaced(text[low : row["start"]]).lstrip()),
        )


def _find_articles(results: Results, finding: Finding) -> Iterator[Quote]:
    """Yield the articles without a subject, on events in which another article has it."""
    assert finding.referent is not None
    table = results.mention_table
    mask = pc.and_(
        pc.equal(table["lexicon"].cast(pa.string()), finding.referent[0]),
        pc.equal(table["category"].cast(pa.string()), finding.referent[1]),
    )
    having = set(table.filter(mask)["article_id"].cast(pa.string()).to_pylist())
    event_of = dict(
        zip(*(results.article_table[c].cast(pa.string()).to_pylist() for c in ("id", "event")), strict=True)
    )
    events = {event_of[article] for article in having if event_of[article]}
    for article in results.article_list:
        event = event_of[article["id"]]
        if article["outlet"] in finding.outlets and event in events and article["id"] not in having:
            why = _("Does not mention it; another article on the same event does ({event}).").format(event=event)
            yield Quote(*_printed(article), "", "", why, "", -1, -1)


def _printed(article: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    date, title, url = (str(article.get(name) or "") for name in ("date", "title", "url"))
    return str(article["outlet"]), date, title, url, str(article["id"])

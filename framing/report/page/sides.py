"""Which sides speak: the table of a report on the sides that the naming lexicons know, and what they are let say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.report.lang import _
from framing.report.page.evidence import read_texts, reading_order
from framing.report.page.evidence import share_out as share_places
from framing.report.page.sentences import LONGEST, Sentence, find_window, show_sentence
from framing.report.results import Referent, Results, identify
from framing.report.rows import Share
from framing.report.wording import tidy
from framing.scorers.sourcing import PRONOUNS
from framing.store import Folder

MODULE = "sourcing"
MOST_SIDES = 10
OPEN_SIDES = 6  # of these, shown without a click
MOST_OF_SIDE = 3  # sentences behind one number
MOST_SENTENCES = 200  # in all, besides those of the measures
CLOSING = tuple("”’»\"'")  # a speech of several sentences ends before its mark
_COLUMNS = (
    "article_id", "section", "start", "end", "voice", "words", "speaker", "lexicon", "referent", "sentence_start",
    "sentence_end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SideCell:
    """How much of what an outlet lets others say one side says.

    `share.count` are words, `share.articles` those in which the side speaks. `link` is the id of the sentences behind
    the number, "" where there are none on the page.
    """

    outlet: str
    share: Share
    id: str
    link: str


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side, all outlets shown; `lexicon` is the title of the lexicon that knows it."""

    label: str
    lexicon: str
    cells: tuple[SideCell, ...]


@dataclass(frozen=True, slots=True)
class SideSentence:
    """A sentence in which a side speaks, with the speaker in words."""

    sentence: Sentence
    speaker: str


@dataclass(frozen=True, slots=True)
class SideEvidence:
    """What one side says in one outlet: `total` spans of speech, `shown` of them in the sentences."""

    id: str
    back: str
    outlet: str
    total: int
    shown: int
    sentences: tuple[SideSentence, ...]


@dataclass(frozen=True, slots=True)
class SideTable:
    """The sides that are let speak most, the first of them `open`, with the sentences of each."""

    open: tuple[SideRow, ...]
    folded: tuple[SideRow, ...]
    evidence: tuple[tuple[str, str, tuple[SideEvidence, ...]], ...]


def side_id(outlet: str, side: Referent) -> str:
    """Return the id of the share of a side."""
    return identify("q", MODULE, outlet, *side)


def spans_id(outlet: str, side: Referent) -> str:
    """Return the id of the sentences in which a side speaks."""
    return identify("e", MODULE, outlet, *side)


def build_sides(results: Results, outlets: Sequence[str], most: int = MOST_SENTENCES) -> SideTable | None:
    """Return the sides with most quoted and attributed words over some outlets; None where no side speaks.

    Parameters
    ----------
    outlets : sequence of str
        The columns.
    most : int
        Sentences in all. More are cut evenly, so that every number keeps some as long as there is room.
    """
    shares: dict[tuple[str, Referent], Share] = {}
    words: Counter[Referent] = Counter()
    for row in results.analysis.table("sources").arrow.to_pylist():
        if row["outlet"] in outlets:
            side = row["lexicon"], row["referent"]
            words[side] += row["words"]
            fields = ("words", "articles", "share", "low", "high", "n_articles", "status")
            shares[row["outlet"], side] = Share(*(row[name] for name in fields))
    chosen = sorted((s for s in words if words[s]), key=lambda s: (-words[s], s))[:MOST_SIDES]
    if not chosen:
        return None
    found = _collect(results, chosen, outlets, most)
    rows = []
    for side in chosen:
        cells = tuple(
            SideCell(o, shares[o, side], side_id(o, side), found[o, side].id if (o, side) in found else "")
            for o in outlets
        )
        rows.append(SideRow(results.label(side), results.lexicon_title(side[0]), cells))
    evidence = [
        (row.label, row.lexicon, tuple(found[o, side] for o in outlets if (o, side) in found))
        for side, row in zip(chosen, rows, strict=True)
    ]
    return SideTable(
        tuple(rows[:OPEN_SIDES]), tuple(rows[OPEN_SIDES:]), tuple((label, of, e) for label, of, e in evidence if e)
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """One row of the table of speakers; `named` is False where only a pronoun or nothing stands for the speaker."""

    article: str
    section: str
    start: int
    end: int
    voice: str
    words: float
    speaker: str
    named: bool
    first: int
    last: int
    rank: int

    @property
    def place(self) -> tuple[str, bool, int]:
        """Where its sentence stands."""
        return self.article, self.section == "headline", self.first


def _collect(
    results: Results, sides: Sequence[Referent], outlets: Sequence[str], most: int
) -> dict[tuple[str, Referent], SideEvidence]:
    """Collect some of what the sides say, by outlet and side; without an entry where there is nothing to show."""
    spans = _read_spans(results, sides, outlets)
    wanted = [(o, s) for s in sides for o in outlets if spans.get((o, s))]
    sizes = [min(MOST_OF_SIDE, len({x.place for x in spans[key]})) for key in wanted]
    quotas = share_places(sizes, most)
    chosen = {key: _choose(spans[key], quota) for key, quota in zip(wanted, quotas, strict=True) if quota}
    articles = {a["id"]: a for a in results.article_list}
    texts = read_texts(results, {x.article for picked in chosen.values() for x in picked})
    found = {}
    for key, picked in chosen.items():
        sentences, shown = [], 0
        for span in picked:
            beside = [x for x in spans[key] if x.place == span.place]
            sentence, seen = _show(span, beside, articles[span.article], texts)
            sentences.append(SideSentence(sentence, span.speaker))
            shown += seen
        found[key] = SideEvidence(spans_id(*key), side_id(*key), key[0], len(spans[key]), shown, tuple(sentences))
    return found


def _read_spans(
    results: Results, sides: Sequence[Referent], outlets: Sequence[str]
) -> dict[tuple[str, Referent], list[_Span]]:
    """Read what some sides say in some outlets, in the order of each text."""
    articles = results.article_list
    outlet_of = {a["id"]: a["outlet"] for a in articles if a["outlet"] in outlets}
    rank = {articles[n]["id"]: place for place, n in enumerate(reading_order(articles))}
    table = Folder(results.analysis.path).table("speakers", _COLUMNS)
    table = pa.table({name: _plain(table[name]) for name in _COLUMNS})
    known = pc.and_(
        pc.is_in(table["lexicon"], pa.array([lexicon for lexicon, _ in sides], pa.string())),
        pc.is_in(table["referent"], pa.array([referent for _, referent in sides], pa.string())),
    )
    rows = [r for r in table.filter(known).to_pylist() if r["article_id"] in outlet_of]
    rows.sort(key=lambda r: (rank[r["article_id"]], r["section"] != "headline", r["start"], r["end"]))
    spans: dict[tuple[str, Referent], list[_Span]] = defaultdict(list)
    before: dict[tuple[str, bool, Referent], str] = {}  # who spoke last for a side in a text
    for row in rows:
        side = row["lexicon"], row["referent"]
        if side not in sides:
            continue
        text = row["article_id"], row["section"] == "headline", side
        named = bool(row["speaker"]) and row["speaker"].casefold() not in PRONOUNS
        if named:
            before[text] = row["speaker"]
        spans[outlet_of[row["article_id"]], side].append(
            _Span(
                row["article_id"],
                row["section"],
                row["start"],
                row["end"],
                row["voice"],
                row["words"],
                _say_speaker(row["speaker"], named, before.get(text, "")),
                named,
                row["sentence_start"],
                row["sentence_end"],
                rank[row["article_id"]],
            )
        )
    return spans


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _say_speaker(speaker: str, named: bool, before: str) -> str:
    """Return the speaker as printed; behind a pronoun, or for nothing, who spoke before for the same side."""
    if named:
        return tidy(speaker)
    if speaker and before:
        return _("{speaker} (before: {name})").format(speaker=tidy(speaker), name=tidy(before))
    if speaker:
        return _("{speaker} (named before)").format(speaker=tidy(speaker))
    return (
        _("not named here (before: {name})").format(name=tidy(before)) if before else _("not named here (named before)")
    )


def _choose(spans: Iterable[_Span], quota: int) -> list[_Span]:
    """Return one span for each sentence to show: different articles first, then named speakers, then most words."""
    sentences: dict[tuple[str, bool, int], _Span] = {}
    for span in sorted(spans, key=lambda x: (not x.named, -x.words, x.rank, x.section != "headline", x.start)):
        sentences.setdefault(span.place, span)
    turns: Counter[str] = Counter()
    order = []
    for span in sentences.values():
        order.append((turns[span.article], span))
        turns[span.article] += 1
    return [span for _, span in sorted(order, key=lambda turn: turn[0])[:quota]]


def _show(span: _Span, beside: Sequence[_Span], article: Any, texts: Any) -> tuple[Sentence, int]:
    """Return the sentence of a span, with what else the side says in it marked too, and how many marks it has."""
    text = article["title"] if span.section == "headline" else texts[article["id"]]
    ends = {x: _clip(text, x.start, x.end) for x in beside}
    first, last = min(span.first, span.start), max(span.last, span.end)
    last += text[last : last + 1] in CLOSING
    # Of a speech that is cut its beginning is shown, with what stands before it.
    window = find_window(text, first, last if ends[span] == span.end else ends[span], span.start, ends[span])
    marks = [(x.start, ends[x], x.voice) for x in sorted(beside, key=lambda x: (x.start, -x.end))]
    mention = span.start, ends[span], span.voice, span.words
    return show_sentence(article, span.section, text, (first, last), window, mention, marks)


def _clip(text: str, start: int, end: int) -> int:
    """Return where to cut a speech that goes on for longer than a sentence may, at white space where there is some."""
    if end - start <= LONGEST:
        return end
    cut = start + 3 * LONGEST // 4
    return next((i for i in range(cut, start, -1) if text[i].isspace()), cut)

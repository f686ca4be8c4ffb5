"""Every module measured against hand coding: twelve articles of the embedded corpus that were coded for all of them.

    python benchmarks/corpus_modules.py [--errors [YARDSTICK]]

For each yardstick: recall and precision by overlap within the category and whatever the category, and how often the
voice is right, with counts and 95 % Wilson intervals. The texts are invented, and coded once by the person who wrote
them: the figures say how far a program agrees with that reading, not how good it is on the news.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from casualty_accuracy import wilson

from framing.analysis import choose_lexicons
from framing.annotation import SECTIONS, AnnotatedBatch, Annotator
from framing.corpus import corpus_root, read_corpus
from framing.scorers import SCORERS
from framing.scorers.sourcing import find_speakers
from framing.target import find_tone
from framing.voice import VOICES

# Both lexicons of loaded words sort by what a word does, one single words and one phrases; the coder saw no difference.
LOADED = {
    "strong-negative": "negative",
    "weak-negative": "negative",
    "strong-positive": "positive",
    "weak-positive": "positive",
    "praise": "positive",
    "scorn": "ridicule",
    "intensification": "intensifier",
    "partisan-label": "ideology",
}
# Of the cues of style only these were coded, and of the policy frames only four, in the articles on the student loans.
STYLE = frozenset("exclamation question capitals scare-quotes superlative evaluative-adverb second-person".split())
PLAIN_STYLE = frozenset({"style", "marks"})
POLICY = frozenset("economic fairness legality public-opinion".split())
POLICY_EVENT = "student-loans"
TONES = {-1: "negative", 0: "neutral", 1: "positive"}
CLEAR = 1.5  # the mean of two judgements from which a word is clear colour; words below are often plain


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an article with a category: coded by hand, or found.

    Attributes
    ----------
    article : str
    section : str
        "headline" or "body".
    start, end : int
        Characters into the title or the text.
    surface : str
    category, voice : str
    note : str
        Of coded ones: values such as "low=38; high=38", and SCOPE where neither a match nor a miss is an error.
    """

    article: str
    section: str
    start: int
    end: int
    surface: str
    category: str
    voice: str
    note: str = ""

    @property
    def is_scope(self) -> bool:
        """Whether a careful reader may decide either way."""
        return self.note.startswith("SCOPE")

    def overlaps(self, other: Mention) -> int:
        """Return how many characters two mentions of one section share, 0 for none."""
        if (self.article, self.section) != (other.article, other.section):
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: a share with its counts and its 95 % interval; nan where the total is 0."""

    yardstick: str
    figure: str
    hits: int
    total: int

    @property
    def share(self) -> float:
        """Hits among total, nan of nothing."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927)."""
        return wilson(self.hits, self.total)


@dataclass(slots=True)
class Comparison:
    """What was coded and what was found for one yardstick, with the errors of either kind."""

    rows: list[Row]
    missed: list[Mention] = field(default_factory=list)
    extra: list[Mention] = field(default_factory=list)
    other_category: list[tuple[Mention, Mention]] = field(default_factory=list)
    other_voice: list[tuple[Mention, Mention]] = field(default_factory=list)


def yardstick_of(module: str, category: str) -> tuple[str, str]:
    """Return the yardstick of a row of the gold, and its category without the lexicon."""
    lexicon, _, rest = category.rpartition(":")
    if module == "certainty":
        return f"certainty, {'commitment' if category in ('hedge', 'booster') else 'predicates'}", category
    if module == "loaded":
        return f"loaded, {'style' if category in STYLE else 'words'}", category
    return (f"{module}, {lexicon}" if lexicon else module), rest


def read_gold() -> dict[str, list[Mention]]:
    """Return the coded mentions by yardstick."""
    gold: dict[str, list[Mention]] = defaultdict(list)
    with (corpus_root() / "gold_modules.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, category = yardstick_of(row["module"], row["category"])
            place = row["section"], int(row["start"]), int(row["end"])
            gold[name].append(Mention(row["id"], *place, row["surface"], category, row["voice"], row["note"]))
    words, style = gold["loaded, words"], gold["loaded, style"]
    # An adverb coded as a comment of the writer is no error among loaded words, and the other way round.
    gold["loaded, words"] = words + [_as_scope(m) for m in style]
    gold["loaded, style"] = style + [_as_scope(m) for m in words]
    gold["loaded, clear words"] = gold["loaded, words"]
    return dict(gold)


def _as_scope(mention: Mention) -> Mention:
    return replace(mention, note="SCOPE coded for the other yardstick of the module")


def read_batch() -> AnnotatedBatch:
    """Annotate the articles that are coded, with all lexicons."""
    wanted = {m.article for mentions in read_gold().values() for m in mentions}
    articles = [a for a in read_corpus() if a.id in wanted]
    return Annotator(choose_lexicons(modules=tuple(SCORERS)))(articles)


def place(
    batch: AnnotatedBatch, start: Iterable[int], end: Iterable[int], category: Iterable[str], voice: Iterable[int]
) -> list[Mention]:
    """Return mentions of places given by tokens."""
    found = []
    for first, behind, name, code in zip(start, end, category, voice, strict=True):
        article = batch.articles[batch.article[first]]
        section = "headline" if SECTIONS[batch.section[first]] == "headline" else "body"
        a, b = int(batch.tokens.start[first]), int(batch.tokens.end[behind - 1])
        text = article.title if section == "headline" else article.text
        found.append(Mention(article.id, section, a, b, text[a:b], name, VOICES[code]))
    return found


def find_mentions(batch: AnnotatedBatch, module: str) -> list[tuple[str, Mention]]:
    """Return what the scorer of a module counts, each with the name of its lexicon."""
    scored = SCORERS[module].score(batch)
    if scored.mentions is not None:
        found = scored.mentions
        labels = [found.labels[n] for n in found.label.tolist()]
        voices = found.voices(batch)
        start, end = found.start, found.end
    else:
        matches = batch.of_module(module)
        entries = [batch.matcher.entries[n] for n in matches.entry.tolist()]
        labels = [(e.lexicon.name, e.term.category, e.term.pattern) for e in entries]
        start, end = matches.start, matches.end
        voices = batch.voices.code[start]
    mentions = place(batch, start.tolist(), end.tolist(), [c for _, c, _ in labels], voices.tolist())
    return [(lexicon, m) for (lexicon, _, _), m in zip(labels, mentions, strict=True)]


def find_speaker_phrases(batch: AnnotatedBatch) -> list[Mention]:
    """Return each phrase that the scorer of sourcing takes for a speaker, once, with the kind of its speaker."""
    speakers, voices = find_speakers(batch), batch.voices
    first, behind = voices.speaker_start[speakers.span], voices.speaker_end[speakers.span]
    rows: dict[tuple[int, int], int] = {}
    for n in np.flatnonzero(first >= 0).tolist():
        rows.setdefault((int(first[n]), int(behind[n])), n)
    kinds = [speakers.kinds[speakers.kind[n]] for n in rows.values()]
    spoken: npt.NDArray[np.int8] = voices.voice[speakers.span]
    return place(batch, [a for a, _ in rows], [b for _, b in rows], kinds, [int(spoken[n]) for n in rows.values()])


def find_verbs(batch: AnnotatedBatch) -> list[Mention]:
    """Return each cue of speech that the scorer of sourcing sorts, once."""
    speakers, voices = find_speakers(batch), batch.voices
    first, behind = voices.cue_start[speakers.span], voices.cue_end[speakers.span]
    rows: dict[tuple[int, int], int] = {}
    for n in np.flatnonzero((first >= 0) & (speakers.verb >= 0)).tolist():
        rows.setdefault((int(first[n]), int(behind[n])), n)
    classes = [speakers.verbs[speakers.verb[n]] for n in rows.values()]
    spoken: npt.NDArray[np.int8] = voices.voice[speakers.span]
    return place(batch, [a for a, _ in rows], [b for _, b in rows], classes, [int(spoken[n]) for n in rows.values()])


def find_loaded(batch: AnnotatedBatch, style: bool, least: float = 0) -> list[Mention]:
    """Return loaded words of a weight, or the marks and cues of style that were coded, in the classes of the coder."""
    scored = SCORERS["loaded"].score(batch).mentions
    assert scored is not None  # the scorer of loaded words finds by rules
    found = []
    for (lexicon, mention), weight in zip(find_mentions(batch, "loaded"), scored.weight.tolist(), strict=True):
        if (lexicon in PLAIN_STYLE) == style and (mention.category in STYLE if style else weight >= least):
            found.append(replace(mention, category=LOADED.get(mention.category, mention.category)))
    return found


def find_frames(batch: AnnotatedBatch, lexicon: str) -> list[Mention]:
    """Return the cues of one lexicon of frames; of the policy frames those that were coded, where they were."""
    found = [m for name, m in find_mentions(batch, "frames") if name == lexicon]
    if lexicon == "policy":
        return [m for m in found if m.category in POLICY and m.article.endswith(POLICY_EVENT)]
    return found


def _of_lexicon(batch: AnnotatedBatch, module: str, lexicon: str) -> list[Mention]:
    return [m for name, m in find_mentions(batch, module) if name == lexicon]


FINDERS: Mapping[str, Callable[[AnnotatedBatch], list[Mention]]] = {
    "agency": lambda b: _of_lexicon(b, "agency", "harm"),
    "casualties": lambda b: _of_lexicon(b, "casualties", "figures"),
    "sourcing, speakers": find_speaker_phrases,
    "sourcing, verbs": find_verbs,
    "certainty, commitment": lambda b: _of_lexicon(b, "certainty", "commitment"),
    "certainty, predicates": lambda b: _of_lexicon(b, "certainty", "predicates"),
    "loaded, words": lambda b: find_loaded(b, style=False),
    "loaded, clear words": lambda b: find_loaded(b, style=False, least=CLEAR),
    "loaded, style": lambda b: find_loaded(b, style=True),
    "frames, generic": lambda b: find_frames(b, "generic"),
    "frames, policy": lambda b: find_frames(b, "policy"),
    "morality": lambda b: _of_lexicon(b, "morality", "foundations"),
}


def compare(name: str, gold: Sequence[Mention], found: Sequence[Mention]) -> Comparison:
    """Set what was found beside what was coded.

    A coded mention is recalled when something found overlaps it, and its voice is that of what overlaps it best. What
    is found is right when it overlaps something coded, and left out when it only overlaps what is marked SCOPE.
    """
    near_gold = _by_section(found)
    result = Comparison([])
    recalled = [0, 0]
    voice = [0, 0]
    coded = [m for m in gold if not m.is_scope]
    for mention in coded:
        over = [f for f in near_gold[mention.article, mention.section] if mention.overlaps(f)]
        same = [f for f in over if f.category == mention.category]
        recalled[0] += bool(same)
        recalled[1] += bool(over)
        if not over:
            result.missed.append(mention)
            continue
        best = max(same or over, key=mention.overlaps)
        if not same:
            result.other_category.append((mention, best))
        voice[1] += 1
        voice[0] += best.voice == mention.voice
        if best.voice != mention.voice:
            result.other_voice.append((mention, best))
    precise = _precision(gold, found, result)
    result.rows += [
        Row(name, "recall", recalled[0], len(coded)),
        Row(name, "precision", precise[0], precise[2]),
        Row(name, "recall, any category", recalled[1], len(coded)),
        Row(name, "precision, any category", precise[1], precise[3]),
        Row(name, "voice", voice[0], voice[1]),
    ]
    return result


def _by_section(mentions: Iterable[Mention]) -> dict[tuple[str, str], list[Mention]]:
    sections: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        sections[mention.article, mention.section].append(mention)
    return sections


def _precision(gold: Sequence[Mention], found: Sequence[Mention], result: Comparison) -> tuple[int, int, int, int]:
    """Return the found mentions that are right within the category, and at all, and how many count for either."""
    near = _by_section(gold)
    right = right_anyhow = judged = judged_anyhow = 0
    for mention in found:
        over = [g for g in near[mention.article, mention.section] if mention.overlaps(g)]
        coded = [g for g in over if not g.is_scope]
        same = any(g.category == mention.category for g in coded)
        open_to_both = any(g.is_scope for g in over)
        right += same
        judged += same or not open_to_both
        right_anyhow += bool(coded)
        judged_anyhow += bool(coded) or not open_to_both
        if not over:
            result.extra.append(mention)
    return right, right_anyhow, judged, judged_anyhow


def compare_figures(batch: AnnotatedBatch, gold: Sequence[Mention]) -> list[Row]:
    """Return how many coded figures of casualties are found with the right value, and with the right source."""
    values = sources = 0
    for wanted, row in _beside(gold, SCORERS["casualties"].score(batch).tables["casualties"], "kind"):
        values += float(wanted["low"]) == row["low"] and _same_number(float(wanted["high"]), row["high"])
        sources += _plain(wanted["credited"]) == _plain(row["credited"])
    total = sum(not m.is_scope for m in gold)
    return [
        Row("casualties", "low and high right", values, total),
        Row("casualties", "source right", sources, total),
    ]


def compare_parties(batch: AnnotatedBatch, gold: Sequence[Mention]) -> list[Row]:
    """Return how many coded words of harm are found with the right victim, and with the right agent or none."""
    victims = agents = 0
    for wanted, row in _beside(gold, SCORERS["agency"].score(batch).tables["harms"], ""):
        victims += _same_phrase(wanted["victim"], row["victim"])
        agents += _same_phrase(wanted["agent"], row["agent"])
    total = sum(not m.is_scope for m in gold)
    return [Row("agency", "victim right", victims, total), Row("agency", "agent right", agents, total)]


def compare_tone(batch: AnnotatedBatch, gold: Sequence[Mention]) -> Comparison:
    """Compare the tone toward each coded name with what the coder read in it."""
    coded = [m for m in gold if not m.is_scope]
    spans = np.array([_tokens_of(batch, m) for m in coded], dtype=np.int64)
    tone = [TONES[n] for n in find_tone(batch, spans[:, 0], spans[:, 1]).tone.tolist()]
    result = Comparison([Row("toward", "tone right", sum(_agree(coded, tone)), len(coded))])
    for name in ("negative", "positive"):
        both = sum(m.category == t == name for m, t in zip(coded, tone, strict=True))
        result.rows.append(Row("toward", f"recall of {name}", both, sum(m.category == name for m in coded)))
        result.rows.append(Row("toward", f"precision of {name}", both, tone.count(name)))
    commonest = max(sum(m.category == name for m in coded) for name in TONES.values())
    result.rows.append(Row("toward", "(the commonest for all)", commonest, len(coded)))
    result.other_category = [(m, replace(m, category=t)) for m, t in zip(coded, tone, strict=True) if m.category != t]
    return result


def _agree(coded: Sequence[Mention], tone: Sequence[str]) -> list[bool]:
    return [m.category == t for m, t in zip(coded, tone, strict=True)]


def _tokens_of(batch: AnnotatedBatch, mention: Mention) -> tuple[int, int]:
    """Return the first token of a mention, and the one behind its last."""
    number = next(n for n, a in enumerate(batch.articles) if a.id == mention.article)
    segment = 2 * number + (mention.section == "body")
    low, high = int(batch.tokens.bounds[segment]), int(batch.tokens.bounds[segment + 1])
    first = low + int(np.searchsorted(batch.tokens.end[low:high], mention.start, side="right"))
    behind = low + int(np.searchsorted(batch.tokens.start[low:high], mention.end, side="left"))
    return first, max(behind, first + 1)


def _beside(gold: Sequence[Mention], table: pa.Table, column: str) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """Yield the note of each coded mention with the row of a table that overlaps it, of the same category if asked."""
    rows = table.to_pylist()
    for mention in gold:
        if mention.is_scope:
            continue
        for row in rows:
            section = "headline" if row["section"] == "headline" else "body"
            other = Mention(row["article_id"], section, row["start"], row["end"], "", "", row["voice"])
            if mention.overlaps(other) and (not column or row[column] == mention.category):
                yield dict(part.split("=", 1) for part in mention.note.split("; ")), row
                break


def _same_phrase(coded: str, found: str) -> bool:
    """Return whether two phrases name the same: one is part of the other and at most three words shorter."""
    a, b = sorted((_plain(coded).split(), _plain(found).split()), key=len)
    return " ".join(a) in " ".join(b) and len(b) - len(a) <= 3 and bool(a) == bool(b)


def _same_number(coded: float, found: float | None) -> bool:
    """Return whether two upper ends agree; the coder writes inf where the table has nan, for an open end."""
    if found is None or math.isnan(found):
        return math.isinf(coded)
    return coded == found


def _plain(name: str) -> str:
    folded = name.casefold()
    for article in ("the ", "a ", "an "):
        folded = folded.removeprefix(article)
    return folded


def compare_all() -> dict[str, Comparison]:
    """Compare all yardsticks."""
    gold, batch = read_gold(), read_batch()
    compared = {name: compare(name, gold[name], find(batch)) for name, find in FINDERS.items()}
    compared["casualties"].rows += compare_figures(batch, gold["casualties"])
    compared["toward"] = compare_tone(batch, gold["toward"])
    compared["agency"].rows += compare_parties(batch, gold["agency"])
    return compared


def measure() -> list[Row]:
    """Return the figures of all yardsticks."""
    return [row for comparison in compare_all().values() for row in comparison.rows]


def _print_errors(comparison: Comparison) -> None:
    def where(mention: Mention) -> str:
        return f"{mention.article[:14]}… {mention.section} {mention.start}"

    for mention in comparison.missed:
        print(f"    missed {mention.category} {mention.surface!r}  {where(mention)}")
    for mention in comparison.extra:
        print(f"    extra {mention.category} {mention.surface!r}  {where(mention)}")
    for label, pairs in (("category", comparison.other_category), ("voice", comparison.other_voice)):
        for coded, found in pairs:
            a, b = getattr(coded, label), getattr(found, label)
            print(f"    {label} {coded.surface!r} coded {a}, found {b} {found.surface!r}  {where(coded)}")


def main() -> None:
    """Print the table, and with --errors what lies behind it."""
    chosen = sys.argv[sys.argv.index("--errors") + 1 :] if "--errors" in sys.argv else []
    print(f"{'':24}{'':26}share   95 % interval     n")
    for name, comparison in compare_all().items():
        for row in comparison.rows:
            low, high = row.interval
            print(f"{name:24}{row.figure:26}{row.share:.3f}  [{low:.3f}, {high:.3f}]  {row.hits} of {row.total}")
        if "--errors" in sys.argv and (not chosen or name in chosen):
            _print_errors(comparison)


if __name__ == "__main__":
    main()

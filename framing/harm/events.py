"""Events of harm in a batch: every word of the lexicon that reports harm to people, with its form and its parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.annotation import AnnotatedBatch
from framing.harm.forms import read_sentence
from framing.harm.grammar import BIT, SKIPPED, Grammar
from framing.harm.inflection import BASE, PRESENT, inflection
from framing.harm.judgement import OTHER_GROUPS, absorb_causes, group_of, is_harm
from framing.harm.phrases import PADDING, Phrase
from framing.harm.readings import NEGATED, Occurrence, Reading
from framing.harm.subjects import Sentence
from framing.lexicon import Term
from framing.matching import Matcher
from framing.text import LongArray

MODULE = "agency"
HARM_KINDS = ("verb", "either", "noun", "loss", "die", "state")
GROUP_KINDS = ("body", "actor", "thing", "place", "other")
_BARE_NOUNS = ("bomb", "bombs", "shell", "shells", "poison", "poisons")  # base and -s form are things as a rule
_CAUSATIVE = ("drown", "starv", "chok", "burn")  # beginnings of verbs of dying that can be done to somebody
VIOLENT = 4  # words surely of killing, wounding or attacking that make an article one about violence
_grammar = Grammar()


@dataclass(frozen=True, slots=True)
class Events:
    """Events of harm, by place.

    Attributes
    ----------
    start, end : int64 arrays (events,)
        First token of the word of harm, and the token behind its last.
    form : int64 array (events,)
        Index into `FORMS`; "negated" for harm that is said not to have happened, whatever its grammar.
    grammar : int64 array (events,)
        The form that it stands in, also where it is negated.
    entry : int64 array (events,)
        Number of the term in the matcher.
    victim, agent : int64 arrays (events, 2)
        First token and the token behind the last of the party's phrase; -1 where none is named.
    victim_group, agent_group : int64 arrays (events,)
        Index into `groups`.
    groups : tuple of str
    """

    start: LongArray
    end: LongArray
    form: LongArray
    grammar: LongArray
    entry: LongArray
    victim: LongArray
    agent: LongArray
    victim_group: LongArray
    agent_group: LongArray
    groups: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.start)


def list_groups(matcher_groups: Sequence[str]) -> tuple[str, ...]:
    """Return the groups of the lexicons, and those that the rules add."""
    return (*dict.fromkeys(matcher_groups), *OTHER_GROUPS)


@dataclass(frozen=True, slots=True)
class _Table:
    """What the lexicons say about their terms: for each entry its kind, class, and number of its group."""

    kind: list[str]
    harm: list[str]
    sure: list[bool]
    group: npt.NDArray[np.int64]
    names: tuple[str, ...]
    kinds: tuple[str, ...]


def _read_table(matcher: Matcher) -> _Table:
    size = len(matcher.entries)
    kind, harm, sure = [""] * size, [""] * size, [False] * size
    group = np.full(size, -1, dtype=np.int64)
    names: dict[str, int] = {}
    kinds: list[str] = []
    for number in np.flatnonzero(matcher.of_module(MODULE)).tolist():
        entry = matcher.entries[number]
        category = entry.lexicon.categories[entry.term.category]
        if category.kind in HARM_KINDS:
            kind[number], harm[number] = category.kind, category.key.split("-")[0]
            sure[number] = _is_sure(entry.term)
        elif category.kind in GROUP_KINDS:
            if category.key not in names:
                names[category.key] = len(names)
                kinds.append(category.kind)
            group[number] = names[category.key]
    return _Table(kind, harm, sure, group, tuple(names), tuple(kinds))


def _is_sure(term: Term) -> bool:
    return term.weight >= 1


def find_events(batch: AnnotatedBatch) -> Events:
    """Find the events of harm of a batch."""
    table = _read_table(batch.matcher)
    matches = batch.of_module(MODULE)
    is_harm_term = np.array([bool(k) for k in table.kind] or [False], dtype=bool)
    chosen = np.flatnonzero(is_harm_term[matches.entry]) if len(matches) else np.zeros(0, dtype=np.int64)
    chosen = chosen[np.argsort(matches.start[chosen], kind="stable")]
    groups = list_groups(table.names)
    rows: list[tuple[int, ...]] = []
    if len(chosen):
        reader = _BatchReader(batch, table, groups)
        sentence = np.searchsorted(batch.sentences, matches.start[chosen], side="right") - 1
        cuts = np.flatnonzero(np.diff(sentence)) + 1
        for part in np.split(chosen, cuts):
            rows += reader.read(part)
    columns = np.array(sorted(rows), dtype=np.int64).reshape(-1, 11).T
    start, end, form, grammar, entry = columns[:5]
    return Events(start, end, form, grammar, entry, columns[5:7].T, columns[7:9].T, columns[9], columns[10], groups)


class _BatchReader:
    """Turns sentences of a batch into what the rules read, and what they found into rows."""

    def __init__(self, batch: AnnotatedBatch, table: _Table, groups: tuple[str, ...]) -> None:
        self.batch, self.table = batch, table
        self.number_of = {name: number for number, name in enumerate(groups)}
        bits = _grammar(batch.tokens)
        kept = bits != SKIPPED
        self.place = np.concatenate(([0], np.cumsum(kept)))  # tokens kept before each token
        self.token = np.flatnonzero(kept)
        self.bits = bits[kept]
        self.group = self._group_of_tokens()[kept]
        self.violent = self._violent_articles()
        self.ends = np.append(batch.sentences[1:], len(batch.tokens))

    def _group_of_tokens(self) -> LongArray:
        """Return the number of the group that each token is part of a name for; -1 for none."""
        matches = self.batch.of_module(MODULE)
        found = np.full(len(self.batch.tokens), -1, dtype=np.int64)
        number = self.table.group[matches.entry]
        rows = np.flatnonzero(number >= 0)
        length = matches.end[rows] - matches.start[rows]
        first = np.repeat(matches.start[rows] - np.concatenate(([0], np.cumsum(length)[:-1])), length)
        found[first + np.arange(int(length.sum()))] = np.repeat(number[rows], length)
        return found

    def _violent_articles(self) -> npt.NDArray[np.bool_]:
        """Return for each article whether it is about violence: it has `VIOLENT` such words or more."""
        matches, table = self.batch.of_module(MODULE), self.table
        telling = [h in ("kill", "wound", "attack") and sure for h, sure in zip(table.harm, table.sure, strict=True)]
        rows = np.array(telling, dtype=bool)[matches.entry]
        found = self.batch.article[matches.start[rows]]
        return np.bincount(found, minlength=len(self.batch.articles)) >= VIOLENT

    def read(self, part: LongArray) -> list[tuple[int, ...]]:
        """Read the harm matches of one sentence."""
        matches, batch = self.batch.of_module(MODULE), self.batch
        which = int(np.searchsorted(batch.sentences, matches.start[part[0]], side="right")) - 1
        low, high = int(self.place[batch.sentences[which]]), int(self.place[self.ends[which]])
        bits = self.bits[low:high].tolist()
        sentence = Sentence(
            bits + [BIT["STOP"]] * PADDING, self.group[low:high].tolist() + [-1] * PADDING,
            [False] * (len(bits) + PADDING), [False] * (len(bits) + PADDING), self.table.names, self.table.kinds,
        )  # fmt: skip
        occurrences = []
        for start, end, entry in zip(
            matches.start[part].tolist(), matches.end[part].tolist(), matches.entry[part].tolist(), strict=True
        ):
            occurrence = self._occurrence(int(self.place[start]) - low, int(self.place[end]) - low, start, end, entry)
            occurrences.append(occurrence)
            for place in range(occurrence.start, occurrence.end):
                sentence.harm[place] = True
                sentence.verbs[place] = self._only_verb(occurrence)
        violent = bool(self.violent[self.batch.article[matches.start[part[0]]]])
        return self._judge(sentence, read_sentence(sentence, occurrences), low, violent)

    def _only_verb(self, o: Occurrence) -> bool:
        if o.kind == "state":
            return True
        return o.kind in ("verb", "die") and bool(o.inflection & (BASE | PRESENT)) and not o.bare_noun

    def _occurrence(self, start: int, end: int, first: int, behind: int, entry: int) -> Occurrence:
        tokens, table = self.batch.tokens, self.table
        words = tuple(tokens.forms.folded[f] for f in tokens.form[first:behind].tolist())
        return Occurrence(
            start, end, entry, table.kind[entry], table.harm[entry], inflection(words), table.sure[entry],
            words[0] in _BARE_NOUNS and len(words) == 1, words[0].startswith(_CAUSATIVE),
            len(words) > 1 and words[-1] in ("on", "at", "into", "upon", "against"),
        )  # fmt: skip

    def _judge(self, s: Sentence, readings: list[Reading], low: int, violent: bool) -> list[tuple[int, ...]]:
        rows: list[tuple[int, ...]] = []
        sure = sum(r.occurrence.sure for r in readings)
        real = []
        for r in readings:
            victim, agent = group_of(s, r.victim, False), group_of(s, r.agent, True)
            if is_harm(s, r, victim, agent, sure > r.occurrence.sure, violent):
                real.append(r)
        for r in absorb_causes(s, real):
            o = r.occurrence
            first, behind = int(self.token[low + o.start]), int(self.token[low + o.end - 1]) + 1
            groups = (self.number_of[group_of(s, r.victim, False)], self.number_of[group_of(s, r.agent, True)])
            form = NEGATED if r.negated else r.form
            span = (*self._span(r.victim, low), *self._span(r.agent, low))
            rows.append((first, behind, form, r.form, o.entry, *span, *groups))
        return rows

    def _span(self, phrase: Phrase | None, low: int) -> tuple[int, int]:
        if phrase is None:
            return -1, -1
        return int(self.token[low + phrase.start]), int(self.token[low + phrase.end - 1]) + 1

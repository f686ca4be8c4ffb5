"""Finding the terms of all lexicons in one pass over the tokens: leftmost-longest inside each lexicon, in linear time.

The terms are a trie over *symbols*: a symbol is a word in any case, a word in one case, the beginning of a word, or
any capitalised word.
Each distinct form of the text knows its symbols, so a step through the trie is an integer look-up, done for all
places of a batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.lexicon import ANY_NAME, Lexicon, PatternWord, Place, Term, read_places
from framing.text import (
    ABBREVIATED,
    CAPITAL,
    CLITIC,
    INITIAL,
    PARAGRAPH_BEFORE,
    SENTENCE_OPENERS,
    SPACE_BEFORE,
    TITLE,
    WORD,
    BoolArray,
    Forms,
    IntArray,
    LongArray,
    PerForm,
    Tokens,
    boundary_classes,
)
from framing.trie import build_trie

# `topic_min` is meant for an article of this many words; a shorter one needs proportionally fewer, but never only one
# in passing.
FULL_LENGTH = 400
# What a token means to a term that goes on over it.
_WORD, _BREAK, _BRACKET, _APOSTROPHE, _STOP = range(5)
_LINKS = {"[": _BRACKET, "]": _BRACKET, "'": _APOSTROPHE, "’": _APOSTROPHE, ".": _STOP}
_KEY_BITS = 62  # a sorting key stays below the sign
_BLOOM_BITS = 22  # 4 MB of flags: small enough for the cache, sparse enough for a million edges


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its lexicon, in the order of the matcher's term numbers."""

    lexicon: Lexicon
    term: Term


@dataclass(frozen=True, slots=True)
class Matches:
    """Mentions found in a batch, ascending by lexicon and then by place.

    Attributes
    ----------
    start, end : int64 arrays (mentions,)
        First token, and the token behind the last.
    entry : int32 array (mentions,)
        Number of the term: index into `Matcher.entries`.
    """

    start: LongArray
    end: LongArray
    entry: IntArray

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: npt.NDArray[np.integer]) -> Matches:
        """Return some of the mentions."""
        return Matches(self.start[rows], self.end[rows], self.entry[rows])


class Matcher:
    """All lexicons compiled into one trie.

    Parameters
    ----------
    lexicons : sequence of Lexicon
        Mentions of one lexicon never overlap each other; those of different lexicons may.

    Attributes
    ----------
    entries : list of Entry
        All terms, in the order of their numbers.
    referents : list of (lexicon name, category)
    referent_of : int64 array (entries,)
        Index into `referents`.
    weights : float64 array (entries,)
        Weight of each term, 0 for blockers (which are never counted).
    """

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self.lexicons = list(lexicons)
        self.entries = [Entry(lexicon, term) for lexicon in lexicons for term in lexicon.terms]
        patterns: list[tuple[Place, ...]] = []
        lexicon_of: list[int] = []
        gate_of: list[int] = []
        gates: dict[tuple[tuple[str, ...], int], int] = {}
        for place, lexicon in enumerate(lexicons):
            for term in lexicon.terms:
                category = lexicon.categories[term.category]
                gate = -1
                if category.topic:
                    gate = gates.setdefault((category.topic, category.topic_min), len(gates))
                patterns.append(read_places(term.pattern))
                lexicon_of.append(place)
                gate_of.append(gate)
        self._gate_minimum = np.array([minimum for _, minimum in gates], dtype=np.int64)
        for gate, (topic, _) in enumerate(gates):
            for pattern in topic:
                patterns.append(read_places(pattern))
                lexicon_of.append(-1)
                gate_of.append(gate)
        self._lexicon_of = np.array(lexicon_of, dtype=np.int32)
        self._gate_of = np.array(gate_of, dtype=np.int32)
        self._blocker = np.array([e.term.blocker for e in self.entries], dtype=bool)
        self.weights = np.array([0.0 if e.term.blocker else e.term.weight for e in self.entries], dtype=np.float64)
        # Lexicons of different modules may share a name.
        referents: dict[tuple[str, str, str], int] = {}
        self.referent_of = np.array(
            [
                referents.setdefault((e.lexicon.module, e.lexicon.name, e.term.category), len(referents))
                for e in self.entries
            ],
            dtype=np.int64,
        )
        self.referents = [(name, category) for _, name, category in referents]
        self._compile(patterns)
        self._prepare()

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what each process works out for its own vocabulary."""
        return {k: v for k, v in self.__dict__.items() if not isinstance(v, PerForm)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def of_module(self, module: str) -> BoolArray:
        """Return which entries belong to the lexicons of a module. Shape (entries,)."""
        mine = [lexicon.module == module for lexicon in self.lexicons]
        return np.repeat(np.array(mine, dtype=bool), [len(lexicon.terms) for lexicon in self.lexicons])

    @cached_property
    def labels(self) -> list[tuple[str, str, str, str]]:
        """Module, lexicon, category and pattern of each entry."""
        return [(e.lexicon.module, e.lexicon.name, e.term.category, e.term.pattern) for e in self.entries]

    def _compile(self, patterns: Sequence[Sequence[Place]]) -> None:
        trie = build_trie(patterns)
        self._symbols = trie.symbols
        width = self._width = len(trie.symbols) + 1
        first = int(np.searchsorted(trie.parent, 1))  # the edges of the root come first
        self._root = np.zeros(width, dtype=np.int64)
        self._root[trie.symbol[:first]] = np.arange(1, first + 1)
        self._leads_on = np.zeros(width, dtype=bool)  # symbols that stand behind the first word of some term
        self._leads_on[trie.symbol[first:]] = True
        keys = trie.parent[first:] * width + trie.symbol[first:]
        self._keys = keys if len(keys) else np.array([-1], dtype=np.int64)
        self._first_target = first + 1  # node behind the first of the keys; those of the others follow
        self._bloom = np.zeros(1 << _BLOOM_BITS, dtype=bool)
        self._bloom[_spread(self._keys)] = True
        self._inner = np.zeros(trie.nodes, dtype=bool)  # nodes that something may follow
        self._inner[trie.parent[first:]] = True
        counts = np.bincount(trie.end_node, minlength=trie.nodes)
        self._end_bounds = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
        self._end_terms = trie.end_term

    def _prepare(self) -> None:
        """Set up what is worked out for each form of the vocabulary."""
        prefixes = {text: number for (kind, text), number in self._symbols.items() if kind == "prefix"}
        lengths = sorted({len(p) for p in prefixes})
        # A form matches at most one prefix of each length.
        kinds = {word.kind for word in self._symbols}
        slots = max(
            1,
            len(kinds - {"prefix"})
            + max((sum(text[:n] in prefixes for n in lengths if n <= len(text)) for text in prefixes), default=0),
        )
        symbols = self._symbols
        any_name = symbols.get(PatternWord("name", ANY_NAME))
        self._any_name = any_name or -1

        words = {text: number for (kind, text), number in symbols.items() if kind == "word"}
        cases = {text: number for (kind, text), number in symbols.items() if kind == "case"}

        def of_forms(forms: Forms, first: int) -> npt.NDArray[np.int32]:
            rows = np.zeros((len(forms) - first, slots), dtype=np.int32)
            for row, number in enumerate(range(first, len(forms))):
                if not forms.flags[number] & WORD:
                    continue
                folded = forms.folded[number]
                found = [words.get(folded), cases.get(forms.text[number])]
                found += [prefixes.get(folded[:n]) for n in lengths if n <= len(folded)]
                if forms.flags[number] & CAPITAL and folded not in SENTENCE_OPENERS:
                    found.append(any_name)
                place = 0
                for symbol in found:
                    if symbol is not None:
                        rows[row, place] = symbol
                        place += 1
            return rows

        self._slots = slots
        self._classes = PerForm(boundary_classes, np.uint8)
        self._links = PerForm(_link_classes, np.uint8)
        self._of_forms = PerForm(of_forms, np.int32)
        root, table, leads_on = self._root, self._of_forms, self._leads_on
        self._starts = PerForm(lambda forms, first: (root[table(forms)[first:]] > 0).any(axis=1), np.bool_)
        self._follows = PerForm(lambda forms, first: leads_on[table(forms)[first:]].any(axis=1), np.bool_)

    def __call__(self, tokens: Tokens, article: IntArray) -> Matches:
        """Find all mentions.

        Parameters
        ----------
        tokens : Tokens
        article : int array (segments,)
            Number of the article that each segment belongs to; topic gates look at whole articles.
        """
        start, end, entry = self._candidates(tokens)
        start, end, entry = self._pass_gates(tokens, article, start, end, entry)
        return self._choose(start, end, entry)

    def _candidates(self, tokens: Tokens) -> tuple[LongArray, LongArray, LongArray]:
        """Return every place where a term or topic word stands: first token, token behind the last, term number."""
        empty = np.zeros(0, dtype=np.int64)
        if not len(tokens) or not self._symbols:
            return empty, empty, empty
        kind = tokens.form_flags()
        word = np.flatnonzero((kind & (WORD | CLITIC)) == WORD)
        joined = self._joined(tokens, word)
        form = tokens.form[word]
        table = self._of_forms(tokens.forms)
        begin = np.flatnonzero(self._starts(tokens.forms)[form])
        follows = self._follows(tokens.forms)[form]
        goes_on = np.zeros(len(word), dtype=bool)
        goes_on[:-1] = joined[1:] & follows[1:]
        possessed = np.zeros(len(word), dtype=bool)
        possessed[1:] = (kind[word[1:] - 1] & CLITIC) != 0
        places, nodes = self._advance_root(table[form[begin]], begin)
        found: list[tuple[LongArray, LongArray, LongArray]] = []
        depth = 1
        while len(places):
            counts = self._end_bounds[nodes + 1] - self._end_bounds[nodes]
            hit = np.flatnonzero(counts)
            if len(hit):
                repeat = counts[hit]
                first = np.repeat(self._end_bounds[nodes[hit]] - np.concatenate(([0], np.cumsum(repeat)[:-1])), repeat)
                terms = self._end_terms[first + np.arange(int(repeat.sum()))]
                found.append(
                    (
                        word[np.repeat(places[hit], repeat)],
                        word[np.repeat(places[hit] + depth - 1, repeat)] + 1,
                        terms,
                    )
                )
            on = self._inner[nodes] & goes_on[places + depth - 1]
            places, nodes = places[on], nodes[on]
            places, nodes = self._advance(table, form, possessed, places, nodes, depth)
            depth += 1
        if not found:
            return empty, empty, empty
        return (
            np.concatenate([f[0] for f in found]),
            np.concatenate([f[1] for f in found]),
            np.concatenate([f[2] for f in found]),
        )

    def _joined(self, tokens: Tokens, word: LongArray) -> BoolArray:
        """Whether each word may continue a term begun before it: only space, hyphens and possessive marks between."""
        link = self._links(tokens.forms)[tokens.form]
        hard = link == _BREAK
        # "the rebels' stronghold": the mark touches the word before it.
        mark = np.flatnonzero(link >= _APOSTROPHE)
        breaks = (tokens.flags[mark] & SPACE_BEFORE) != 0
        # "Mr. Haddad", "Roe v. Wade", "Jan. 6": the full stop of an abbreviation ends nothing.
        before_mark = self._classes(tokens.forms)[tokens.form[np.maximum(mark - 1, 0)]]
        breaks |= (link[mark] == _STOP) & ((before_mark & (TITLE | ABBREVIATED | INITIAL)) == 0)
        hard[mark] = breaks
        before = np.cumsum(hard)[word]
        joined = np.empty(len(word), dtype=bool)
        joined[:1] = False
        joined[1:] = (before[1:] == before[:-1]) & ((tokens.flags[word[1:]] & PARAGRAPH_BEFORE) == 0)
        return joined

    def _advance_root(self, symbols: npt.NDArray[np.int32], begin: LongArray) -> tuple[LongArray, LongArray]:
        places, nodes = [], []
        for slot in range(self._slots):
            node = self._root[symbols[:, slot]]
            on = np.flatnonzero(node)
            places.append(begin[on])
            nodes.append(node[on])
        return np.concatenate(places), np.concatenate(nodes)

    def _advance(
        self,
        table: npt.NDArray[np.int32],
        form: IntArray,
        possessed: BoolArray,
        places: LongArray,
        nodes: LongArray,
        depth: int,
    ) -> tuple[LongArray, LongArray]:
        next_places, next_nodes = [], []
        rows = form[places + depth] if len(places) else form[:0]
        for slot in range(self._slots):
            symbol = table[rows, slot]
            # "President Obama's Making": a possessor is no first name.
            on = np.flatnonzero((symbol > 0) & ((symbol != self._any_name) | ~possessed[places + depth]))
            if not len(on):
                continue
            keys = nodes[on] * self._width + symbol[on]
            likely = np.flatnonzero(self._bloom[_spread(keys)])
            on, keys = on[likely], keys[likely]
            where = np.searchsorted(self._keys, keys)
            where[where == len(self._keys)] = 0
            real = np.flatnonzero(self._keys[where] == keys)
            next_places.append(places[on[real]])
            next_nodes.append(where[real] + self._first_target)
        if not next_places:
            return places[:0], nodes[:0]
        return np.concatenate(next_places), np.concatenate(next_nodes)

    def _pass_gates(
        self, tokens: Tokens, article: IntArray, start: LongArray, end: LongArray, entry: LongArray
    ) -> tuple[LongArray, LongArray, LongArray]:
        """Drop the terms of categories whose topic the article does not hold, and the topic words themselves."""
        topic = self._lexicon_of[entry] < 0
        gate = self._gate_of[entry]
        term = ~topic
        if len(self._gate_minimum) and len(entry):
            segment = np.searchsorted(tokens.bounds, start, side="right") - 1
            of = article[segment].astype(np.int64)
            gates = len(self._gate_minimum)
            articles = int(article.max()) + 1
            # A place counts once for a gate even where two of its patterns match there.
            seen = np.unique(np.stack((of[topic] * gates + gate[topic], start[topic])), axis=1)[0]
            held = np.bincount(seen, minlength=articles * gates).reshape(articles, gates) >= self._needed(
                tokens, article
            )
            term &= (gate < 0) | held[of, np.maximum(gate, 0)]
        return start[term], end[term], entry[term]

    def _needed(self, tokens: Tokens, article: IntArray) -> LongArray:
        """Return how many topic words open each gate in each article. Shape (articles, gates)."""
        words = np.cumsum(np.append(0, (tokens.form_flags() & (WORD | CLITIC)) == WORD))[tokens.bounds]
        length = np.bincount(article, weights=np.diff(words))
        share = np.minimum(1.0, length / FULL_LENGTH)[:, None]
        needed = np.ceil(self._gate_minimum * share).astype(np.int64)
        return np.maximum(needed, np.minimum(self._gate_minimum, 2))

    def _sort(self, start: LongArray, end: LongArray, entry: LongArray) -> tuple[LongArray, LongArray, LongArray]:
        """Sort by lexicon, place, falling length and number of the term."""
        lexicon, length = self._lexicon_of[entry].astype(np.int64), end - start
        longest = int(length.max(initial=0))
        sizes = len(self.lexicons), int(start.max(initial=0)), longest, len(self._lexicon_of)
        _, for_start, for_length, for_entry = bits = [size.bit_length() for size in sizes]
        if sum(bits) > _KEY_BITS:
            order = np.lexsort((entry, -length, start, lexicon))
            return start[order], end[order], entry[order]
        # All four in one number: numbers are sorted ten times as fast as rows.
        key = (((lexicon << for_start | start) << for_length | longest - length) << for_entry) | entry
        key.sort()
        entry = key & ((1 << for_entry) - 1)
        key >>= for_entry
        length = longest - (key & ((1 << for_length) - 1))
        start = (key >> for_length) & ((1 << for_start) - 1)
        return start, start + length, entry

    def _choose(self, start: LongArray, end: LongArray, entry: LongArray) -> Matches:
        """Keep the leftmost-longest of each lexicon, then drop the blockers."""
        start, end, entry = self._sort(start, end, entry)
        lexicon = self._lexicon_of[entry].astype(np.int64)
        first = np.ones(len(start), dtype=bool)
        first[1:] = (start[1:] != start[:-1]) | (lexicon[1:] != lexicon[:-1])
        start, end, entry, lexicon = start[first], end[first], entry[first], lexicon[first]
        if len(start) > 1:
            span = int(end.max()) + 1
            shifted_start, shifted_end = start + lexicon * span, end + lexicon * span
            reach = np.maximum.accumulate(shifted_end)
            opens = np.ones(len(start), dtype=bool)  # begins a run of places that overlap
            opens[1:] = shifted_start[1:] >= reach[:-1]
            crowded = ~opens
            crowded[:-1] |= ~opens[1:]
            crowd = np.flatnonzero(crowded)
            lost: list[int] = []
            limit = 0
            for place, first_token, behind in zip(
                crowd.tolist(), shifted_start[crowd].tolist(), shifted_end[crowd].tolist(), strict=True
            ):
                if first_token < limit:
                    lost.append(place)
                else:
                    limit = behind
            keep = np.ones(len(start), dtype=bool)
            keep[lost] = False
            start, end, entry = start[keep], end[keep], entry[keep]
        counted = ~self._blocker[entry]
        return Matches(start[counted], end[counted], entry[counted].astype(np.int32))


def _link_classes(forms: Forms, first: int) -> list[int]:
    return [
        _WORD if flags & WORD else _LINKS.get(text, _BREAK)
        for text, flags in zip(forms.text[first:], forms.flags[first:], strict=True)
    ]


def _spread(keys: LongArray) -> LongArray:
    """Hash trie keys to places of the filter (multiplicative hashing, Knuth's constant for 64 bits)."""
    mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - _BLOOM_BITS)).astype(np.int64)

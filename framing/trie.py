"""Compiling patterns into one trie of words, as arrays.

A pattern like "(the|) (a|b|c) (d|e)" has many forms and few words, so the forms are never written out: each pattern is
a chain of places with choices, and the trie grows a word at a time for all patterns at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from framing.lexicon import PatternWord, Place
from framing.text import BoolArray, IntArray, LongArray


@dataclass(frozen=True, slots=True)
class Trie:
    """Words as edges, their beginnings as nodes; node 0 is the root, and node `n` is where edge `n - 1` leads.

    Attributes
    ----------
    symbols : dict of PatternWord to int
        Number of each word, from 1 on.
    parent, symbol : int64 arrays (edges,)
        Where each edge begins, and its word. Ascending by parent, then by symbol.
    end_node, end_term : int64 arrays (ends,)
        At which node a form of which pattern ends. Ascending by node, then by pattern.
    """

    symbols: dict[PatternWord, int]
    parent: LongArray
    symbol: LongArray
    end_node: LongArray
    end_term: LongArray

    @property
    def nodes(self) -> int:
        """How many nodes there are, the root among them."""
        return len(self.parent) + 1


@dataclass(frozen=True, slots=True)
class _Chains:
    """All patterns as one graph: a state before each place and behind the last, states between words of one choice.

    Attributes
    ----------
    first : int64 array (patterns,)
        State in which each pattern begins.
    pattern : int32 array (states,)
        Pattern that ends in each state, -1 for none.
    skip : int64 array (states,)
        State that is reached without any word, -1 for none.
    bounds : int64 array (states + 1,)
        Edges of state s are `bounds[s]` to before `bounds[s + 1]`.
    symbol, target : int64 arrays (edges,)
    """

    first: LongArray
    pattern: IntArray
    skip: LongArray
    bounds: LongArray
    symbol: LongArray
    target: LongArray


def build_trie(patterns: Iterable[Sequence[Place]]) -> Trie:
    """Build the trie of all forms of some patterns; the patterns are numbered in their order."""
    symbols: dict[PatternWord, int] = {}
    chains = _link(patterns, symbols)
    return _grow(chains, symbols)


class _Kinds:
    """The distinct places, each as a little graph from its entry 0 to its exit -1."""

    def __init__(self, symbols: dict[PatternWord, int]) -> None:
        self._symbols = symbols
        self._numbers: dict[Place | None, int] = {None: 0}  # what stands behind the last place of a pattern
        self.edges: list[tuple[int, int, int]] = []  # (state, symbol, state)
        self.edge_counts = [0]
        self.state_counts = [1]
        self.may_be_empty = [False]

    def number(self, place: Place) -> int:
        """Return the number of a place, entering it when it is new."""
        number = self._numbers.get(place)
        return self._add(place) if number is None else number

    def _add(self, place: Place) -> int:
        number = self._numbers[place] = len(self._numbers)
        symbols, before, states, empty = self._symbols, len(self.edges), 1, False
        for words in place.choices:
            empty |= not words
            state = 0
            for left, word in enumerate(words, 1 - len(words)):
                target = states if left else -1
                states += left != 0
                self.edges.append((state, symbols.setdefault(word, len(symbols) + 1), target))
                state = target
        self.edge_counts.append(len(self.edges) - before)
        self.state_counts.append(states)
        self.may_be_empty.append(empty)
        return number


def _link(patterns: Iterable[Sequence[Place]], symbols: dict[PatternWord, int]) -> _Chains:
    kinds = _Kinds(symbols)
    numbers: list[int] = []
    lasts: list[int] = []
    for places in patterns:
        numbers += map(kinds.number, places)
        lasts.append(len(numbers))
        numbers.append(0)
    kind = np.array(numbers, dtype=np.int64)
    last = np.array(lasts, dtype=np.int64)
    begin = _bounds(np.array(kinds.state_counts)[kind])  # first state of each place
    states = int(begin[-1])
    pattern = np.full(states, -1, dtype=np.int32)
    pattern[begin[last]] = np.arange(len(last))
    skip = np.full(states, -1, dtype=np.int64)
    empty = np.flatnonzero(np.array(kinds.may_be_empty)[kind])
    skip[begin[empty]] = begin[empty + 1]
    counts = np.array(kinds.edge_counts)
    edge = _ranges(_bounds(counts)[kind], counts[kind])
    of = np.repeat(np.arange(len(kind)), counts[kind])
    table = np.array(kinds.edges, dtype=np.int64).reshape(-1, 3)[edge]
    source = begin[of] + table[:, 0]
    target = np.where(table[:, 2] < 0, begin[of + 1], begin[of] + table[:, 2])
    order = np.argsort(source, kind="stable")
    return _Chains(
        begin[np.append(0, last[:-1] + 1)] if len(last) else last,
        pattern,
        skip,
        _bounds(np.bincount(source, minlength=states)),
        table[order, 1],
        target[order],
    )


def _grow(chains: _Chains, symbols: dict[PatternWord, int]) -> Trie:
    """Follow all patterns at once, a word at a time: a pair is a node of the trie and a state that is reached there."""
    width = len(symbols) + 1
    nodes, state = np.zeros(len(chains.first), dtype=np.int64), chains.first
    known = 1
    parents, words, end_nodes, end_terms = [], [], [], []
    while len(nodes):
        nodes, state = _skip(chains, nodes, state)
        ended = np.flatnonzero(chains.pattern[state] >= 0)
        end_nodes.append(nodes[ended])
        end_terms.append(chains.pattern[state[ended]].astype(np.int64))
        counts = chains.bounds[state + 1] - chains.bounds[state]
        edge = _ranges(chains.bounds[state], counts)
        keys, child = np.unique(np.repeat(nodes, counts) * width + chains.symbol[edge], return_inverse=True)
        parents.append(keys // width)
        words.append(keys % width)
        nodes, state = child + known, chains.target[edge]
        known += len(keys)
    none = np.zeros(0, dtype=np.int64)
    node, term = np.concatenate([none, *end_nodes]), np.concatenate([none, *end_terms])
    order = np.lexsort((term, node))
    return Trie(symbols, np.concatenate([none, *parents]), np.concatenate([none, *words]), node[order], term[order])


def _skip(chains: _Chains, nodes: LongArray, state: LongArray) -> tuple[LongArray, LongArray]:
    """Add the states that are reached over places that may stay empty; each pair comes out once."""
    all_nodes, all_states = [nodes], [state]
    while True:
        state = chains.skip[state]
        on: BoolArray = state >= 0
        if not on.any():
            break
        nodes, state = nodes[on], state[on]
        all_nodes.append(nodes)
        all_states.append(state)
    pairs = np.sort(np.concatenate(all_nodes) * len(chains.pattern) + np.concatenate(all_states))
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    return pairs // len(chains.pattern), pairs % len(chains.pattern)


def _bounds(counts: LongArray) -> LongArray:
    """Return where each of some runs begins, and where the last one ends."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)))


def _ranges(first: LongArray, counts: LongArray) -> LongArray:
    """Return the numbers from `first` on, so many of each, one run behind the other."""
    return np.repeat(first - _bounds(counts)[:-1], counts) + np.arange(int(counts.sum()))

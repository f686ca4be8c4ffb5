"""Cue words: the lexicon compiled into a small trie over word forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from framing.lexicon import Lexicon, expand
from framing.text import Forms, IntArray, LongArray, PerForm, Tokens

# Classes of cues, one bit each, named as the categories of lexicons/voice/cues.
CATEGORIES = (
    "say", "think", "hope", "demand", "promise", "show", "tell", "ask", "judge", "accuse", "name", "discuss", "act",
    "noun", "according", "adverb", "adjective", "distance", "remark", "perceive", "stance",
    "content-noun", "order",
)  # fmt: skip
BIT = {name: 1 << place for place, name in enumerate(CATEGORIES)}

# Inflection of the cue's verb.
BASE, PRESENT, PAST, PARTICIPLE, ING, NOMINAL = 1, 2, 4, 8, 16, 32  # NOMINAL: base or -s form that is also a noun
_PAST = frozenset(
    "said told thought felt found saw held wrote swore sang sung understood heard learnt dreamt forecast "
    "foresaw foretold read taught pled"
    " sought forgot spoke meant bet bid put made went took gave set laid spelt shot hit came had cast "
    "drew got broke stood struck blew"
    " fought let dealt wept threw bore stuck brought kept led knew chose forbade".split()
)
_PARTICIPLES = frozenset(
    "written sworn seen known shown proven foreseen forgotten chosen spoken gone taken given drawn gotten "
    "broken stricken blown thrown"
    " borne forbidden withdrawn sung come".split()
)
_BOTH = frozenset(
    "said told thought felt found held understood heard learnt dreamt forecast foretold read taught pled "
    "sought meant bet bid put made"
    " set laid spelt shot hit cast got stood struck fought let dealt wept stuck brought kept led had".split()
)
_UNCHANGED = frozenset("read forecast bet bid put set hit cast let come".split())


def inflection(word: str) -> int:
    """Return the inflections that a verb form may be, as bits.

    >>> inflection("says") == PRESENT, inflection("saying") == ING, inflection("claimed") == PAST | PARTICIPLE
    (True, True, True)
    """
    if word.endswith("ing") and word not in ("bring", "sing", "ding"):
        return ING
    bits = 0
    if word in _PAST or (word.endswith("ed") and word not in ("need", "heed")):
        bits |= PAST
        if word in _BOTH or word not in _PAST:
            bits |= PARTICIPLE
    if word in _PARTICIPLES:
        bits |= PARTICIPLE
    if word in _UNCHANGED:
        bits |= BASE
    if bits:
        return bits
    return PRESENT if word.endswith("s") and not word.endswith(("ss", "focus")) else BASE


@dataclass(frozen=True, slots=True)
class CueMatches:
    """Cues found, ascending, not overlapping (the longest wins).

    Attributes
    ----------
    start, end : int64 arrays (cues,)
        First token, and the token behind the last.
    category : int32 array (cues,)
        Bits of `BIT`.
    inflection : int32 array (cues,)
        Bits of BASE, PRESENT, PAST, PARTICIPLE, ING of the first word; 0 for cues that are no verbs.
    """

    start: LongArray
    end: LongArray
    category: IntArray
    inflection: IntArray

    def __len__(self) -> int:
        return len(self.start)


class CueFinder:
    """Finds cue words and phrases.

    Parameters
    ----------
    lexicons : iterable of Lexicon
        Terms whose category is one of `CATEGORIES`; the others are passed over.
    """

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        symbols: dict[str, int] = {}
        edges: dict[tuple[int, int], int] = {}
        category = [0]
        verb = [0]
        for lexicon in lexicons:
            for term in lexicon.terms:
                if term.category not in BIT:
                    continue
                for words in expand(term.pattern):
                    node = 0
                    for word in words:
                        symbol = symbols.setdefault(word.text, len(symbols) + 1)
                        node = edges.setdefault((node, symbol), len(category))
                        if node == len(category):
                            category.append(0)
                            verb.append(0)
                    category[node] |= 0 if term.blocker else BIT[term.category]
                    if term.category not in ("noun", "content-noun", "according", "adverb", "adjective", "distance"):
                        verb[node] |= inflection(words[0].text)
                        if term.note == "also a noun" and verb[node] & (BASE | PRESENT) and not verb[node] & PAST:
                            verb[node] |= NOMINAL
        self._width = len(symbols) + 1
        self._category = np.array(category, dtype=np.int32)
        self._verb = np.array(verb, dtype=np.int32)
        self._first = np.zeros(self._width, dtype=np.int32)
        deep = sorted((node * self._width + symbol, target) for (node, symbol), target in edges.items() if node)
        for (node, symbol), target in edges.items():
            if node == 0:
                self._first[symbol] = target
        self._keys = np.array([k for k, _ in deep] or [-1], dtype=np.int64)
        self._targets = np.array([t for _, t in deep] or [0], dtype=np.int32)
        self._inner = np.zeros(len(category), dtype=bool)
        self._inner[[k // self._width for k, _ in deep]] = True

        def symbols_of(forms: Forms, first: int) -> list[int]:
            return [symbols.get(f, 0) for f in forms.folded[first:]]

        self._symbols = PerForm(symbols_of, np.int32)
        root = self._first
        table = self._symbols
        self._nodes = PerForm(lambda forms, first: root[table(forms)[first:]].tolist(), np.int32)

    def __call__(self, tokens: Tokens) -> CueMatches:
        """Find all cues of a batch. A cue of several words may not run over punctuation or into another segment."""
        form = tokens.form
        size = len(form)
        node = self._nodes(tokens.forms)[form] if size else np.zeros(0, dtype=np.int32)
        place = np.flatnonzero(node)
        if not len(place):
            none, no = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
            return CueMatches(none, none, no, no)
        node = node[place]
        best = np.where(self._category[node] > 0, 1, 0)
        best_node = node.copy()
        symbol = self._symbols(tokens.forms)
        begins = np.zeros(size + 1, dtype=bool)
        begins[tokens.bounds] = True
        alive = np.flatnonzero(self._inner[node])
        depth = 1
        while len(alive):
            following = place[alive] + depth
            inside = following < size
            inside[inside] = ~begins[following[inside]]
            alive, following = alive[inside], following[inside]
            key = node[alive].astype(np.int64) * self._width + symbol[form[following]]
            slot = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
            hit = self._keys[slot] == key
            alive = alive[hit]
            node[alive] = self._targets[slot[hit]]
            depth += 1
            ends = alive[self._category[node[alive]] > 0]
            best[ends] = depth
            best_node[ends] = node[ends]
            alive = alive[self._inner[node[alive]]]
        found = best > 0
        place, best, best_node = place[found], best[found], best_node[found]
        end = place + best
        # Leftmost-longest: a cue that begins inside one before it goes.
        free = np.ones(len(place), dtype=bool)
        long = np.flatnonzero(best > 1)
        for row in long.tolist():
            if free[row]:
                nxt = row + 1
                while nxt < len(place) and place[nxt] < end[row]:
                    free[nxt] = False
                    nxt += 1
        place, end, best_node = place[free], end[free], best_node[free]
        return CueMatches(place, end, self._category[best_node], self._verb[best_node])

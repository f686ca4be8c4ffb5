from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import LexiconError
from framing.lexicon import PatternWord, expand, list_lexicons, read_lexicon, read_places
from framing.trie import Trie, build_trie


def written_out(trie: Trie) -> dict[tuple[PatternWord, ...], list[int]]:
    """Walk the trie: the patterns that end behind each word sequence."""
    words = {number: word for word, number in trie.symbols.items()}
    path: list[tuple[PatternWord, ...]] = [()]
    for parent, symbol in zip(trie.parent.tolist(), trie.symbol.tolist(), strict=True):
        path.append((*path[parent], words[symbol]))
    assert len(set(path)) == trie.nodes  # no word sequence has two nodes
    found: dict[tuple[PatternWord, ...], list[int]] = defaultdict(list)
    for node, term in zip(trie.end_node.tolist(), trie.end_term.tolist(), strict=True):
        found[path[node]].append(term)
    return dict(found)


def expected(patterns: list[str]) -> dict[tuple[PatternWord, ...], list[int]]:
    found: dict[tuple[PatternWord, ...], list[int]] = defaultdict(list)
    for number, pattern in enumerate(patterns):
        for words in expand(pattern):
            found[words].append(number)
    return dict(found)


def word(text: str, kind: str = "word") -> PatternWord:
    return PatternWord(kind, text)


def test_a_small_trie() -> None:
    trie = build_trie([read_places("(the|) (red|green) flag(s)"), read_places("red flag")])
    assert written_out(trie) == {
        (word("the"), word("red"), word("flag")): [0],
        (word("the"), word("red"), word("flags")): [0],
        (word("the"), word("green"), word("flag")): [0],
        (word("the"), word("green"), word("flags")): [0],
        (word("red"), word("flag")): [0, 1],
        (word("red"), word("flags")): [0],
        (word("green"), word("flag")): [0],
        (word("green"), word("flags")): [0],
    }
    assert trie.nodes == 1 + 3 + 2 + 4 + 4  # the, red, green; the red, the green; and the flags behind each


def test_no_patterns_make_a_root() -> None:
    trie = build_trie([])
    assert trie.nodes == 1
    assert len(trie.end_node) == 0


def test_edges_ascend_and_lead_to_nodes_in_their_order() -> None:
    trie = build_trie([read_places(p) for p in ("b c", "a (b|c) d", "b (a|)", "c*")])
    edges = list(zip(trie.parent.tolist(), trie.symbol.tolist(), strict=True))
    assert edges == sorted(set(edges))
    assert all(parent <= number for number, (parent, _) in enumerate(edges))


PIECES = ["a", "b", "(a|b)", "(a|)", "(b c|a)", "x-y", "(x-|)y", "a(b|c)d", "(s)", "Q*", "=Q", "(a(b|c)|)", "(a|) (a|)"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join), max_size=6))
def test_the_trie_holds_all_forms_and_no_others(patterns: list[str]) -> None:
    sound = []
    for pattern in patterns:
        try:
            sound.append((pattern, read_places(pattern)))
        except LexiconError:
            continue
    assert written_out(build_trie([places for _, places in sound])) == expected([pattern for pattern, _ in sound])


@pytest.mark.parametrize("path", list_lexicons("casualties") + list_lexicons("voice"), ids=lambda p: p.name)
def test_real_lexicons(path) -> None:
    patterns = [term.pattern for term in read_lexicon(path).terms]
    assert written_out(build_trie(map(read_places, patterns))) == expected(patterns)


def test_forms_are_all_choices_in_their_order() -> None:
    choices = [("the", ""), ("red", "green"), ("flag", "flags")]
    forms = [" ".join(" ".join(made).split()) for made in itertools.product(*choices)]
    assert [" ".join(w.text for w in words) for words in expand("(the|) (red|green) flag(|s)")] == forms

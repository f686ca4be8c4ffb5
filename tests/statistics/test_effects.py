"""Cliff's delta, counted pair by pair."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import sparse

from framing.statistics.effects import cliffs_delta


def deltas(*groups):
    """Cliff's delta of groups of articles, each given as (numerator, denominator)."""
    columns = sparse.csr_array(np.array([pair for group in groups for pair in group], dtype=np.float64).reshape(-1, 2))
    bounds = np.cumsum([0, *(len(g) for g in groups)])
    rows = [np.arange(a, b) for a, b in pairwise(bounds)]
    pairs, rest = cliffs_delta(columns, np.array([0]), np.array([1]), rows)
    return pairs[0], rest[0]


def by_pairs(first, second):
    return sum(np.sign(a - b) for a in first for b in second) / (len(first) * len(second))


def test_pairs_of_articles_with_ties_by_hand():
    # 1/2, 1/2 and 1 against 0 and 1/2: of six pairs four are won, none is lost, two are level.
    pairs, rest = deltas([(1, 2), (2, 4), (3, 3)], [(0, 5), (3, 6)])
    assert pairs[0, 1] == pytest.approx(4 / 6)
    assert pairs[1, 0] == pytest.approx(-4 / 6)
    assert pairs[0, 0] == pairs[1, 1] == 0
    assert rest.tolist() == pytest.approx([4 / 6, -4 / 6])  # of two groups the rest is the other one


def test_wholly_above_is_one_and_alike_is_nothing():
    assert deltas([(2, 2), (3, 3)], [(0, 1), (1, 2)])[0][0, 1] == 1
    assert deltas([(0, 2), (1, 2)], [(1, 2), (0, 7)])[0][0, 1] == 0


def test_the_rest_are_all_other_articles_together():
    a, b, c = [(3, 4), (1, 4)], [(0, 1), (2, 4)], [(1, 4), (1, 1), (3, 4)]
    pairs, rest = deltas(a, b, c)
    values = [[x / y for x, y in group] for group in (a, b, c)]
    for first in range(3):
        others = [v for k, group in enumerate(values) if k != first for v in group]
        assert rest[first] == pytest.approx(by_pairs(values[first], others))
        for second in range(3):
            assert pairs[first, second] == pytest.approx(by_pairs(values[first], values[second]))


def test_articles_without_the_denominator_have_no_value():
    plain, _ = deltas([(1, 2), (0, 3)], [(0, 4)])
    padded, _ = deltas([(1, 2), (0, 0), (0, 3), (7, 0)], [(0, 0), (0, 4)])
    assert plain.tolist() == padded.tolist()
    assert plain[0, 1] == pytest.approx(1 / 2)  # one pair won, one level


def test_a_group_without_the_denominator_compares_with_nothing():
    pairs, rest = deltas([(1, 2), (1, 3)], [(0, 0)], [(0, 1)])
    assert np.isnan(pairs[0, 1]) and np.isnan(pairs[1, 0]) and np.isnan(pairs[1, 1]) and np.isnan(rest[1])
    assert pairs[0, 2] == 1 and rest[0] == 1
    assert np.isnan(deltas([(1, 2)], [(0, 0)])[1][0])


def test_signed_values_and_several_ratios():
    columns = sparse.csr_array(np.array([[-2, 1, 4, 5], [0, 1, 0, 2], [-1, 2, 1, 1], [1, 1, 0, 0]], dtype=np.float64))
    pairs, _ = cliffs_delta(columns, np.array([0, 2]), np.array([1, 3]), [np.array([0, 1]), np.array([2, 3])])
    assert pairs[0, 0, 1] == pytest.approx((-1 - 1 + 1 - 1) / 4)  # -2, 0 against -1/2, 1
    assert pairs[1, 0, 1] == -1  # 4/5 and 0 against 1


def test_rows_count_whatever_their_order():
    columns = sparse.csr_array(np.array([[1, 2], [0, 1], [2, 2], [1, 3]], dtype=np.float64))
    one = np.array([0]), np.array([1])
    straight = cliffs_delta(columns, *one, [np.array([0, 2]), np.array([1, 3])])
    turned = cliffs_delta(columns, *one, [np.array([2, 0]), np.array([3, 1])])
    assert straight[0].tolist() == turned[0].tolist() and straight[0][0, 0, 1] == 1


def test_no_groups_and_no_ratios_give_empty_arrays():
    columns = sparse.csr_array((0, 2))
    pairs, rest = cliffs_delta(columns, np.array([0]), np.array([1]), [])
    assert pairs.shape == (1, 0, 0) and rest.shape == (1, 0)
    none = np.zeros(0, dtype=np.int64)
    assert cliffs_delta(columns, none, none, [none, none])[0].shape == (0, 2, 2)


def test_equal_means_of_weights_are_level_however_their_sums_round():
    # Each mention weighs 0.1; 0.1 + 0.1 + 0.1 is not 0.3 to the last bit.
    pairs, _ = deltas([(0.1 + 0.1 + 0.1, 3)] * 2, [(0.1, 1), (0.1 + 0.1, 2)])
    assert pairs[0, 1] == 0

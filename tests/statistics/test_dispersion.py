"""Gries' DP, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from framing.errors import InputError
from framing.statistics.dispersion import compute_dispersion


def test_dp_by_hand() -> None:
    # Shares by length 0.25, 0.25, 0.5; the phrase has 0.5, 0, 0.5 of its uses there: half of 0.25 + 0.25 + 0.
    found = compute_dispersion(sparse.csr_array([[2.0], [0.0], [2.0]]), np.array([100.0, 100.0, 200.0]))
    assert found.dp[0] == pytest.approx(0.25)
    assert found.dp_norm[0] == pytest.approx(0.25 / 0.75)
    assert found.top_share[0] == 0.5


def test_an_even_phrase_has_0_and_one_in_the_shortest_article_has_1() -> None:
    matrix = sparse.csr_array([[1.0, 3.0], [2.0, 0.0], [3.0, 0.0]])
    found = compute_dispersion(matrix, np.array([100.0, 200.0, 300.0]))
    assert found.dp[0] == pytest.approx(0.0, abs=1e-12)
    assert found.dp[1] == pytest.approx(5 / 6)
    assert found.dp_norm.tolist() == pytest.approx([0.0, 1.0])
    assert found.top_share.tolist() == [0.5, 1.0]


def test_no_occurrence_is_undefined() -> None:
    found = compute_dispersion(sparse.csr_array((2, 1)), np.array([10.0, 10.0]))
    assert np.isnan(found.dp[0]) and np.isnan(found.dp_norm[0]) and np.isnan(found.top_share[0])


def test_a_single_article_spreads_nothing() -> None:
    found = compute_dispersion(sparse.csr_array([[4.0]]), np.array([50.0]))
    assert (found.dp[0], found.dp_norm[0], found.top_share[0]) == (0.0, 0.0, 1.0)


def test_an_article_without_words_is_left_out_of_the_shares() -> None:
    with_empty = compute_dispersion(sparse.csr_array([[1.0], [0.0], [0.0]]), np.array([100.0, 300.0, 0.0]))
    assert with_empty.dp_norm[0] == pytest.approx(1.0)


def test_occurrences_without_words_are_refused() -> None:
    with pytest.raises(InputError, match="no words"):
        compute_dispersion(sparse.csr_array([[1.0]]), np.array([0.0]))

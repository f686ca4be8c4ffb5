"""Agreement of coders, precision, confusion matrices and the correction of measured voices."""

from __future__ import annotations

import math

import numpy as np
import pytest

from framing.errors import InputError
from framing.statistics.reliability import (
    MISSING,
    Errors,
    bound_share,
    compute_alpha,
    compute_precision,
    correct_voices,
    draw_units,
    estimate_errors,
)

CODES = np.array([[0, 0], [0, 0], [1, 1], [0, 1]])


def test_alpha_by_hand() -> None:
    # Labels 0 five times, 1 three times, n = 8. Observed disagreement 2 / 8, expected 2 * 5 * 3 / (8 * 7).
    found = compute_alpha(CODES)
    assert found.alpha == pytest.approx(1 - (2 / 8) / (30 / 56))
    assert (found.agreement, found.items, found.missing) == (0.75, 4, 0)
    assert found.low <= found.alpha <= found.high <= 1


def test_alpha_leaves_out_items_with_one_code() -> None:
    more = np.vstack((CODES, [[1, MISSING], [MISSING, MISSING]]))
    found = compute_alpha(more)
    assert found.alpha == pytest.approx(compute_alpha(CODES).alpha)
    assert (found.items, found.missing) == (4, 3)


def test_alpha_of_three_coders_with_gaps() -> None:
    # Item 1: 0 0 1 gives 4 coincidences off the diagonal / 2; item 2: 1 1; item 3: 0 0. Values: 0 four, 1 three; n = 7.
    found = compute_alpha(np.array([[0, 0, 1], [1, 1, MISSING], [0, MISSING, 0]]))
    assert found.alpha == pytest.approx(1 - (2 / 7) / (2 * 4 * 3 / (7 * 6)))
    assert found.agreement == pytest.approx((2 + 2 + 2) / (6 + 2 + 2))


def test_alpha_is_one_for_equal_and_undefined_for_unvaried_codes() -> None:
    assert compute_alpha(np.array([[0, 0], [1, 1], [0, 0]])).alpha == 1
    same = compute_alpha(np.array([[1, 1], [1, 1]]))
    assert math.isnan(same.alpha) and math.isnan(same.low) and same.agreement == 1
    none = compute_alpha(np.array([[1, MISSING]]))
    assert math.isnan(none.alpha) and none.items == 0
    assert math.isnan(compute_alpha(np.zeros((0, 2), dtype=np.int64)).alpha)


def test_the_interval_of_alpha_is_seeded_and_shrinks_with_items() -> None:
    many = np.tile(CODES, (50, 1))
    few, wide = compute_alpha(many, seed=1), compute_alpha(CODES, seed=1)
    assert compute_alpha(many, seed=1) == few
    assert compute_alpha(many, seed=2) != few
    assert few.high - few.low < wide.high - wide.low


def test_a_planted_alpha_is_recovered() -> None:
    # Two coders who say the truth with 0.9 and otherwise the other of two labels: P(equal) = 0.82, chance 0.5.
    generator = np.random.default_rng(4)
    truth = generator.integers(0, 2, 4000)
    codes = np.stack([np.where(generator.random(4000) < 0.9, truth, 1 - truth) for _ in range(2)], axis=1)
    found = compute_alpha(codes)
    assert found.low < 1 - 0.18 / 0.5 < found.high
    assert found.high - found.low < 0.06


def test_wilson_by_hand() -> None:
    assert bound_share(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert bound_share(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert bound_share(10, 10)[1] == 1.0
    assert all(math.isnan(bound) for bound in bound_share(0, 0))


def test_precision_is_weighted() -> None:
    found = compute_precision(np.array([1.0, 0.0]), np.array([3.0, 1.0]), np.array([0, 1]), name="x")
    assert (found.value, found.items, found.articles, found.method) == (0.75, 2, 2, "wilson")
    # Kish: (3 + 1)^2 / (9 + 1) = 1.6 items.
    assert (found.low, found.high) == pytest.approx(bound_share(0.75 * 1.6, 1.6))


def test_precision_draws_the_items_of_one_article_together() -> None:
    right = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    together = compute_precision(right, np.ones(6), np.array([0, 0, 0, 1, 1, 1]), name="x")
    assert (together.method, together.articles) == ("bootstrap", 2)
    assert (together.low, together.high) == (0.0, 1.0)  # two articles say no more


def test_all_right_is_no_certainty() -> None:
    found = compute_precision(np.ones(6), np.ones(6), np.array([0, 0, 0, 1, 1, 1]), name="x")
    assert (found.value, found.method) == (1.0, "wilson") and found.low < 0.4
    none = compute_precision(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64), name="x")
    assert math.isnan(none.value) and none.method == ""


PROGRAM = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
CODER = np.array([[0.92, 0.04, 0.04], [0.05, 0.90, 0.05], [0.06, 0.04, 0.90]])
SHARES = np.array([0.55, 0.35, 0.10])


def draw(matrix: np.ndarray, truth: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    return (generator.random(len(truth))[:, None] > matrix.cumsum(axis=1)[truth][:, :-1]).sum(axis=1)


def test_planted_matrices_of_program_and_coders_are_recovered() -> None:
    generator = np.random.default_rng(7)
    truth = generator.choice(3, 6000, p=SHARES)
    program, *coders = (draw(matrix, truth, generator) for matrix in (PROGRAM, CODER, CODER))
    found = estimate_errors(program, np.stack(coders, axis=1), np.ones((1, 6000)), 3, 2)
    assert np.abs(found.share[0] - SHARES).max() < 0.03
    assert np.abs(found.program[0] - PROGRAM).max() < 0.06
    for matrix in found.coders:
        assert np.abs(matrix[0] - CODER).max() < 0.06
        assert matrix[0].sum(axis=1) == pytest.approx(1)


def test_one_coder_is_the_truth() -> None:
    program, coder = np.array([0, 0, 0, 1]), np.array([[0], [0], [1], [1]])
    found = estimate_errors(program, coder, np.ones((1, 4)), 3, 2)
    # Two items of class 0, both rightly found, and the prior: (2 + 1) / (2 + 1.2).
    assert found.program[0, 0, 0] == pytest.approx(3 / 3.2)
    assert found.program[0, 1] == pytest.approx([(1 + 0.2) / 3.2, (1 + 1) / 3.2])


def test_what_has_been_decided_stays() -> None:
    program = np.array([0, 0, 1, 1])
    coders = np.array([[0, 1], [0, 1], [1, 0], [1, 0]])
    known = np.array([0, 0, 1, 1])
    found = estimate_errors(program, coders, np.ones((1, 4)), 2, 2, known)
    assert found.program[0, 0, 0] == pytest.approx(3 / 3.2)
    assert found.coders[0][0, 0, 0] == pytest.approx(3 / 3.2)
    assert found.coders[1][0, 0, 0] == pytest.approx(1 / 3.2)  # never right: only the prior


def test_items_that_nobody_coded_change_nothing() -> None:
    program, coders = np.array([0, 0, 1, 1]), np.array([[0, 0], [0, 0], [1, 1], [1, 0]])
    some = estimate_errors(program, coders, np.ones((1, 4)), 2, 2)
    gaps = np.vstack((coders, [[MISSING, MISSING]] * 3))
    more = estimate_errors(np.append(program, [1, 1, 1]), gaps, np.ones((1, 7)), 2, 2)
    assert more.program == pytest.approx(some.program)
    with pytest.raises(InputError, match="no item has been coded"):
        estimate_errors(program, np.full((4, 2), MISSING), np.ones((1, 4)), 2, 2)


def exact(share: list[float], program: np.ndarray) -> Errors:
    return Errors(np.array([share]), program[None], ())


def test_voices_are_corrected_by_the_inverted_matrix() -> None:
    # 60 true and 40 other mentions: measured 0.9 * 60 + 0.2 * 40 = 62 and 38.
    errors = exact([0.6, 0.4, 0.0], PROGRAM)
    assert correct_voices(np.array([[[62.0, 38.0]]]), errors)[0, 0] == pytest.approx([60, 40])
    # What lies outside the possible is brought back to its edge.
    assert correct_voices(np.array([[[100.0, 0.0]]]), errors)[0, 0] == pytest.approx([100, 0])
    assert correct_voices(np.array([[[0.0, 0.0]]]), errors)[0, 0] == pytest.approx([0, 0])


def test_what_is_no_mention_is_taken_away_first() -> None:
    errors = exact([0.45, 0.45, 0.1], np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]))
    # A tenth of all is none, and the program calls it the first voice: 0.1 of 0.55 of its answers.
    assert correct_voices(np.array([[[55.0, 45.0]]]), errors)[0, 0] == pytest.approx([45, 45])


def test_a_program_that_guesses_cannot_be_corrected() -> None:
    errors = exact([0.5, 0.5, 0.0], np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]))
    assert np.isnan(correct_voices(np.array([[[62.0, 38.0]]]), errors)).all()


def test_draws_are_seeded_and_of_the_right_size() -> None:
    times = draw_units(5, "x", 1, 20)
    assert times.shape == (20, 5) and (times.sum(axis=1) == 5).all()
    assert (times == draw_units(5, "x", 1, 20)).all()
    assert (times != draw_units(5, "y", 1, 20)).any()


def test_intervals_hold_the_planted_shares() -> None:
    """One large sample; how often small ones do is measured in benchmarks/reliability_calibration.py."""
    generator = np.random.default_rng(3)
    truth = generator.choice(3, 2000, p=SHARES)
    program, *coders = (draw(matrix, truth, generator) for matrix in (PROGRAM, CODER, CODER))
    weights = np.vstack((np.ones((1, 2000)), draw_units(2000, "items", 1, 60)))
    errors = estimate_errors(program, np.stack(coders, axis=1), weights, 3, 2)
    # Of 2,000 other mentions 0.3 are truly of the first voice; measured: 0.3 * 0.9 + 0.7 * 0.2 = 0.41.
    measured = np.broadcast_to([820.0, 1180.0], (61, 1, 2))
    corrected = correct_voices(np.asarray(measured), errors)
    shares = corrected[:, 0, 0] / corrected[:, 0].sum(axis=1)
    assert shares[0] == pytest.approx(0.3, abs=0.06)
    assert shares[1:].min() < 0.3 < shares[1:].max()

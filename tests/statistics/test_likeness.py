"""Deviations from the mean of outlets, and the order of likeness."""

from __future__ import annotations

import numpy as np
import pytest

from framing.statistics.likeness import mean_of_outlets, order_by_likeness, scale_deviations

NAN = float("nan")


def test_deviations_are_counted_in_the_median_margin_of_error() -> None:
    value = np.array([[10.0], [20.0], [60.0]])  # mean 30
    margin = np.array([[5.0], [10.0], [30.0]])  # median 10
    assert scale_deviations(value, value - margin, value + margin).ravel().tolist() == pytest.approx([-2.0, -1.0, 3.0])


def test_an_outlet_without_enough_evidence_has_no_part_in_the_mean() -> None:
    value = np.array([[10.0], [NAN], [20.0]])
    low, high = value - 5, value + 5
    found = scale_deviations(value, low, high).ravel()
    assert found[[0, 2]].tolist() == pytest.approx([-1.0, 1.0]) and np.isnan(found[1])


@pytest.mark.parametrize(
    "value, margin, expected",
    [
        ([5.0, NAN], 1.0, [NAN, NAN]),  # one outlet has no others to differ from
        ([5.0, 5.0], 1.0, [0.0, 0.0]),
        ([5.0, 5.0], 0.0, [0.0, 0.0]),
        ([4.0, 6.0], 0.0, [NAN, NAN]),  # no margin to count in
        ([NAN, NAN], 1.0, [NAN, NAN]),
    ],
)
def test_where_no_distance_can_be_said(value: list[float], margin: float, expected: list[float]) -> None:
    column = np.array(value)[:, None]
    found = scale_deviations(column, column - margin, column + margin).ravel()
    np.testing.assert_allclose(found, expected)


def test_scaling_a_measure_changes_no_deviation() -> None:
    random = np.random.default_rng(3)
    value, width = random.normal(size=(6, 4)), random.uniform(0.1, 1, (6, 4))
    once, thousand = (scale_deviations(k * value, k * (value - width), k * (value + width)) for k in (1.0, 1000.0))
    np.testing.assert_allclose(once, thousand)


def test_the_mean_of_outlets_passes_over_what_is_missing() -> None:
    found = mean_of_outlets(np.array([[1.0, NAN, NAN], [3.0, 4.0, NAN]]))
    np.testing.assert_allclose(found, [2.0, 4.0, NAN])


def test_alike_rows_stand_side_by_side_from_the_higher_sum() -> None:
    rows = np.array([[0.0, 0.1], [9.0, 9.0], [0.2, 0.0], [8.0, 9.5]])
    order = order_by_likeness(rows)
    assert set(order[:2]) == {1, 3} and set(order[2:]) == {0, 2}


@pytest.mark.parametrize("rows, expected", [([[1.0], [5.0]], [1, 0]), ([[2.0]], [0]), (np.zeros((0, 2)), [])])
def test_few_rows_are_ordered_by_size(rows: object, expected: list[int]) -> None:
    assert order_by_likeness(np.array(rows, dtype=float)) == expected


def test_a_row_without_evidence_stands_at_the_mean_and_equal_rows_break_nothing() -> None:
    assert sorted(order_by_likeness(np.array([[5.0, 5.0], [NAN, NAN], [-5.0, -5.0]]))) == [0, 1, 2]
    assert order_by_likeness(np.array([[5.0, 5.0], [NAN, NAN], [-5.0, -5.0]]))[1] == 1
    assert sorted(order_by_likeness(np.zeros((4, 3)))) == [0, 1, 2, 3]

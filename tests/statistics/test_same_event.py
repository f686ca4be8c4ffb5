"""Comparisons inside events, weighed by hand (Mantel and Haenszel)."""

import math

import numpy as np
import pytest
from scipy import sparse

from framing.statistics.same_event import EventCells, compare_in_events

# (uses, mentions) of two sides in each event.
TWO = ([(2, 4), (1, 2)], [(1, 4), (1, 6)])


def compare(first, second, **options):
    sides = [sparse.csr_array(np.array(side, dtype=np.float64).reshape(-1, 2)) for side in (first, second)]
    settings = {"label": "A", "min_events": 6, "resamples": 400, "seed": 0, **options}
    return compare_in_events(*sides, np.array([0]), np.array([1]), **settings)


def test_two_events_by_hand():
    # Weights 4 x 4 / 8 = 2 and 2 x 6 / 8 = 1.5. Gaps (2 x 4 - 1 x 4) / 8 and (1 x 6 - 1 x 2) / 8: half a use in each.
    found = compare(*TWO)
    assert found.difference[0] == pytest.approx((0.5 + 0.5) / 3.5)
    assert found.value[0] == pytest.approx((2 * 0.5 + 1.5 * 0.5) / 3.5)  # 1/2 in both
    assert found.other[0] == pytest.approx((2 * 0.25 + 1.5 / 6) / 3.5)
    assert found.n_events[0] == 2
    assert np.isnan([found.low[0], found.high[0], found.p[0]]).all() and not found.enough[0]


def test_an_event_that_one_side_leaves_out_counts_for_nothing():
    first, second = TWO
    more = compare([*first, (9, 9), (0, 0), (0, 0)], [*second, (0, 0), (0, 9), (0, 0)])
    assert more.difference[0] == compare(*TWO).difference[0]
    assert more.n_events[0] == 2


def test_no_common_event_is_undefined():
    found = compare([(1, 2), (0, 0)], [(0, 0), (1, 2)])
    assert np.isnan([found.value[0], found.other[0], found.difference[0], found.p[0], found.low[0]]).all()
    assert found.n_events[0] == 0 and not found.enough[0]


def test_what_differs_between_events_only_is_no_difference():
    # 90 % in one event and 10 % in the other on both sides, in unlike numbers: pooled 0.82 against 0.18.
    found = compare([(81, 90), (1, 10)], [(9, 10), (9, 90)])
    assert found.difference[0] == pytest.approx(0)


EIGHT = (
    [(3, 4), (2, 2), (4, 5), (2, 3), (3, 3), (1, 4), (2, 5), (4, 4)],
    [(1, 4), (1, 2), (2, 6), (1, 3), (2, 5), (2, 4), (1, 3), (1, 3)],
)


def test_p_comes_from_swapping_the_sides_in_whole_events():
    first, second = EIGHT
    gaps = [(a * d - c * b) / (b + d) for (a, b), (c, d) in zip(first, second, strict=True)]
    observed = abs(sum(gaps))
    swapped = [sum(g if k >> e & 1 else -g for e, g in enumerate(gaps)) for k in range(2**8)]
    expected = np.mean([abs(s) >= observed * (1 - 1e-9) for s in swapped])
    found = compare(first, second)
    assert found.p[0] == pytest.approx(expected) and 0.01 < expected < 0.05
    assert found.enough[0] and found.n_events[0] == 8
    assert found.low[0] < found.difference[0] < found.high[0]


def test_the_sides_can_be_changed_round():
    one, other = compare(*EIGHT), compare(*EIGHT[::-1])
    assert other.difference[0] == pytest.approx(-one.difference[0])
    assert (other.low[0], other.high[0]) == (pytest.approx(-one.high[0]), pytest.approx(-one.low[0]))
    assert other.p[0] == one.p[0]
    assert (other.value[0], other.other[0]) == (pytest.approx(one.other[0]), pytest.approx(one.value[0]))


@pytest.mark.parametrize("events, enough", [(5, False), (6, True)])
def test_six_events_are_needed(events, enough):
    found = compare(EIGHT[0][:events], EIGHT[1][:events])
    assert bool(found.enough[0]) is enough
    assert np.isnan(found.p[0]) == np.isnan(found.low[0]) == (not enough)


def test_the_threshold_can_be_set():
    found = compare(*TWO, min_events=2)
    assert found.enough[0] and found.p[0] == 0.5 * 2 / 2  # two events of one sign: two of four arrangements


def test_a_difference_that_one_event_carries_is_not_enough():
    # Ten events, nine of them level but for a hair.
    first = [(100, 100)] + [(10, 20), (10, 20), (11, 20)] * 3
    second = [(0, 100)] + [(10, 20)] * 9
    found = compare(first, second)
    assert found.n_events[0] == 10 and not found.enough[0]
    # Gaps 50 and three times 0.5: (51.5)^2 / (2500 + 0.75) is 1.06 events. Four equal ones are enough.
    assert compare([(3, 4)] * 4 + [(1, 2)] * 6, [(1, 4)] * 4 + [(1, 2)] * 6).enough[0]
    assert not compare([(3, 4)] * 3 + [(1, 2)] * 7, [(1, 4)] * 3 + [(1, 2)] * 7).enough[0]


def test_the_same_difference_in_every_event_has_no_spread():
    found = compare([(3, 4)] * 7, [(1, 4)] * 7)
    assert found.difference[0] == found.value[0] - found.other[0] == 0.5
    assert (found.low[0], found.high[0]) == (pytest.approx(0.5), pytest.approx(0.5))
    assert found.p[0] == 2 / 2**7


def test_signed_sums_are_compared_too():
    # Weights of mentions: -2 x 3 of 3 against 0 of 3, the same in six events.
    found = compare([(-6, 3)] * 6, [(0, 3)] * 6)
    assert found.difference[0] == pytest.approx(-2) and found.p[0] == 2 / 64


def test_seed_and_label_settle_the_interval():
    bounds = {(label, seed): compare(*EIGHT, label=label, seed=seed).low[0] for label in ("A", "B") for seed in (0, 1)}
    assert len(set(bounds.values())) == 4
    assert compare(*EIGHT).low[0] == bounds["A", 0]


def test_without_resamples_there_is_a_difference_and_no_test():
    found = compare(*EIGHT, resamples=0)
    assert np.isfinite(found.difference[0]) and np.isnan([found.low[0], found.p[0]]).all()


def test_cells_add_up_articles_of_a_group_and_event():
    columns = sparse.csr_array(np.array([[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]], dtype=np.float64))
    groups = [np.array([0, 1, 2]), np.array([3]), np.array([4])]
    cells = EventCells(columns, groups, np.array([1, 0, 1, 1, -1]))
    assert cells.events == 2
    assert cells.side(0).toarray().tolist() == [[3, 4], [6, 8]]  # the articles 0 and 2 are on event 1
    assert cells.side(1).toarray().tolist() == [[0, 0], [7, 8]]
    assert cells.side(2).toarray().tolist() == [[0, 0], [0, 0]]  # an article without an event
    assert cells.side(1, rest=True).toarray().tolist() == [[3, 4], [6, 8]]
    assert cells.side(0, rest=True).toarray().tolist() == [[0, 0], [7, 8]]
    common = cells.count_common(cells.side(0), cells.side(1), np.array([1, 0, 1]))
    assert common.tolist() == [1, 1, 1]


def test_what_is_taken_away_whole_leaves_nothing_of_its_rounding():
    tenths = np.array([[0.1, 0.7], [0.2, 0.1], [0.3, 0.1]])
    cells = EventCells(
        sparse.csr_array(tenths), [np.array([0, 1, 2]), np.zeros(0, dtype=np.int64)], np.zeros(3, np.int64)
    )
    assert cells.side(0, rest=True).nnz == 0


def test_no_event_at_all_gives_no_cells():
    cells = EventCells(sparse.csr_array(np.ones((2, 2))), [np.array([0, 1])], np.array([-1, -1]))
    assert cells.events == 0 and cells.side(0).shape == (0, 2)


def test_equal_means_of_weights_differ_by_rounding_and_are_not_tested():
    # Each mention weighs 0.1, so nothing differs; the gaps are of the size of 1e-17.
    found = compare([(sum([0.1] * 6), 6)] * 6, [(0.1, 1)] * 6)
    assert abs(found.difference[0]) < 1e-15
    assert math.isnan(found.p[0]) or found.p[0] == 1

import numpy as np
import pytest
from scipy import sparse

from framing.errors import InputError
from framing.statistics import compute_ratios


def ratio(pairs, **options):
    """The ratio of two columns given as (numerator, denominator) of each unit."""
    columns = sparse.csr_array(np.array(pairs, dtype=np.float64).reshape(-1, 2))
    return compute_ratios(columns, np.array([0]), np.array([1]), **{"group": "Dawn", **options})


def test_a_ratio_divides_sums_and_does_not_average_ratios():
    found = ratio([(1, 2), (0, 6), (0, 0)])
    assert found.value.tolist() == [0.125]  # 1 / 8; the mean of 1/2 and 0 would be 0.25
    assert (found.numerator[0], found.denominator[0], found.n_units[0]) == (1, 8, 2)


@pytest.mark.parametrize("pairs", [[(0, 0), (0, 0)], [(3, 0), (1, 0)], []])
def test_nothing_to_divide_by_is_undefined_whatever_the_numerator(pairs):
    found = ratio(pairs)
    assert np.isnan([found.value[0], found.low[0], found.high[0]]).all()
    assert found.status(10).tolist() == ["undefined"]


def test_one_unit_with_the_denominator_has_a_value_and_no_interval():
    found = ratio([(1, 2), (0, 0), (0, 0)])
    assert found.value[0] == 0.5
    assert np.isnan([found.low[0], found.high[0]]).all()


@pytest.mark.parametrize("units, status", [(0, "undefined"), (1, "insufficient"), (9, "insufficient"), (10, "ok")])
def test_status_counts_the_units_that_have_the_denominator(units, status):
    found = ratio([(0, 1)] * units + [(0, 0)] * 20)
    assert found.status(10).tolist() == [status]


def test_a_signed_numerator_may_cancel_to_a_true_zero():
    found = ratio([(-1.5, 1), (1.5, 1)])
    assert found.value[0] == 0
    assert found.status(2).tolist() == ["ok"]
    assert (found.low[0], found.high[0]) == (-1.5, 1.5)


def test_two_units_resample_to_a_quarter_of_each_extreme():
    # Draws of two units: both the first 1/4, mixed 1/2, both the second 1/4. The inner 40 % are all mixed.
    assert (ratio([(0, 1), (1, 1)]).low[0], ratio([(0, 1), (1, 1)]).high[0]) == (0, 1)
    narrow = ratio([(0, 1), (1, 1)], level=0.4)
    assert (narrow.low[0], narrow.high[0]) == (0.5, 0.5)


def test_resamples_without_the_denominator_are_left_out():
    # Two of three units have the denominator; in the 1/27 of resamples with neither drawn there is no ratio.
    found = ratio([(0, 1), (1, 1), (0, 0)])
    assert (found.low[0], found.high[0]) == (0, 1)
    # The same where the third unit has a numerator: no infinity. With it drawn twice the ratio is (3 + 3 + 1) / 1.
    assert ratio([(1, 1), (1, 1), (3, 0)]).high[0] == 7


def test_the_interval_agrees_with_the_exact_one_of_a_mean():
    # 100 units, half of them 1: the resampled sum is binomial(100, 1/2), whose 2.5 % and 97.5 % points are 40 and 60.
    found = ratio([(i % 2, 1) for i in range(100)])
    assert found.low[0] == pytest.approx(0.40, abs=0.011)
    assert found.high[0] == pytest.approx(0.60, abs=0.011)


@pytest.mark.parametrize("units, least, most", [(200, 0.93, 0.97), (10, 0.85, 0.92)])
def test_intervals_cover_a_known_share(units, least, most):
    # Wording alike within articles. The second row is the caveat of the docstring: ten articles give about 90 %.
    rng = np.random.default_rng(5)
    runs, share = 1500, 0.3
    mentions = 1 + rng.poisson(1.5, (units, runs))
    used = rng.binomial(mentions, rng.beta(2 * share, 2 * (1 - share), (units, runs)))
    columns = sparse.csr_array(np.hstack([used, mentions]).astype(np.float64))
    found = compute_ratios(columns, np.arange(runs), runs + np.arange(runs), group="Dawn", resamples=1000)
    assert least <= np.mean((found.low <= share) & (share <= found.high)) <= most


def draw_columns(seed=3):
    rng = np.random.default_rng(seed)
    weights = rng.integers(-4, 5, (40, 30)) * 0.1  # tenths: sums in another order would differ in the last digit
    counts = rng.poisson(0.7, (40, 30))
    return sparse.csr_array(np.hstack([weights * (counts > 0), counts]))


def test_other_ratios_and_working_memory_change_no_bit():
    columns, every = draw_columns(), np.arange(30)
    together = compute_ratios(columns, every, 30 + every, group="Dawn")
    in_pieces = compute_ratios(columns, every, 30 + every, group="Dawn", cells=1000)
    alone = compute_ratios(columns[:, [7, 37]], np.array([0]), np.array([1]), group="Dawn")
    assert together.low.tobytes() == in_pieces.low.tobytes()
    assert together.high.tobytes() == in_pieces.high.tobytes()
    assert (together.low[7], together.high[7]) == (alone.low[0], alone.high[0])


def test_seed_and_group_settle_the_draws():
    columns, one = draw_columns(), (np.array([0]), np.array([30]))
    bounds = {
        (group, seed): compute_ratios(columns, *one, group=group, seed=seed, resamples=200).low[0]
        for group in ("Dawn", "Post")
        for seed in (0, 1)
    }
    assert len(set(bounds.values())) == 4
    assert bounds["Dawn", 0] == compute_ratios(columns, *one, group="Dawn", resamples=200).low[0]


def test_no_resamples_gives_values_without_intervals():
    found = ratio([(1, 2), (1, 2)], resamples=0)
    assert found.value[0] == 0.5
    assert np.isnan(found.low[0])


def test_a_stored_zero_is_a_zero_and_the_input_is_not_changed():
    columns = sparse.csc_array(np.array([[2.0, 1.0], [0.0, 7.0]]))
    columns.data[2] = 0  # the second unit's denominator
    before = columns.data.tolist()
    found = compute_ratios(columns, np.array([0]), np.array([1]), group="Dawn")
    assert (found.value[0], found.n_units[0]) == (2, 1)
    assert columns.data.tolist() == before


@pytest.mark.parametrize(
    "pairs, options, message",
    [
        ([(1, -2), (1, 4)], {}, "denominator of -2"),
        ([(1, 1)], {"resamples": -1}, "resamples is -1"),
        ([(1, 1)], {"level": 95}, "level is 95"),
    ],
)
def test_impossible_requests_are_refused(pairs, options, message):
    with pytest.raises(InputError, match=message):
        ratio(pairs, **options)

import numpy as np
import pytest
from scipy import sparse
from scipy.stats import beta

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
    assert (found.low[0], found.high[0]) == (-1.5, 1.5)  # no mean lies beyond the units' own values


def test_a_share_that_few_units_carry_has_the_interval_of_jeffreys():
    # One hit among two equal units: beta(1.5, 1.5) at 2.5 % and 97.5 %.
    found = ratio([(0, 1), (1, 1)])
    assert (found.low[0], found.high[0]) == (pytest.approx(beta.ppf(0.025, 1.5, 1.5)), pytest.approx(1 - found.low[0]))
    assert found.effective[0] == 1
    assert ratio([(0, 1), (1, 1), (0, 0)]).high[0] == found.high[0]  # a unit without the denominator adds nothing


def test_a_share_of_nothing_in_n_units_has_a_bound_near_the_rule_of_three():
    found = ratio([(0, 2)] * 50)
    assert found.low[0] == 0
    assert found.high[0] == pytest.approx(beta.ppf(0.975, 0.5, 50.5))  # 0.049, a little less than 3 / 50
    assert found.status(10).tolist() == ["ok"]
    other = ratio([(2, 2)] * 50)
    assert (other.low[0], other.high[0]) == (pytest.approx(1 - found.high[0]), 1)


def test_a_rate_of_nothing_is_bounded_by_three_articles_with_three_mentions():
    found = ratio([(0, 100)] * 50, rate=True)
    assert (found.low[0], found.high[0]) == (0, pytest.approx(9 / 5000))
    assert found.status(10).tolist() == ["ok"]


def test_a_rate_that_one_unit_tells_from_the_others_keeps_within_what_units_hold():
    # Without the last unit all are alike, and no studentised bound exists; the percentile bound does.
    found = ratio([(1, 10)] * 11 + [(2, 10)], rate=True)
    assert 0.1 >= found.low[0] > 0.09
    assert 0.1 < found.high[0] <= 0.15


def test_a_mean_of_weights_all_above_zero_does_not_leave_what_its_units_hold():
    # Twelve articles of mean 2, two of mean 1: studentised bounds would be 0 and 2.01.
    found = ratio([(2, 1)] * 12 + [(1, 1)] * 2)
    assert (found.low[0], found.high[0]) == (1, 2)


def test_the_effective_number_of_units_is_kishs():
    # 1, 1, 2 mentions in 3 of 20 units: (1 + 1 + 2)^2 / (1 + 1 + 4) = 16 / 6.
    found = ratio([(1, 5), (1, 5), (2, 5)] + [(0, 5)] * 17)
    assert found.effective[0] == pytest.approx(16 / 6)
    assert found.status(10).tolist() == ["ok"]  # as a share it has a safe interval; as a rate there is none
    assert ratio([(1, 5), (1, 5), (2, 5)] + [(0, 5)] * 17, rate=True).status(10).tolist() == ["insufficient"]
    # A share near 1 hangs on the few units where something is left of the denominator.
    assert ratio([(4, 5), (4, 5)] + [(5, 5)] * 18).effective[0] == pytest.approx(2)


def test_a_mean_hangs_on_the_fewer_of_those_above_and_below():
    # Nineteen units of -1 and one of +1: the mean is -0.9, and one unit alone stands above it.
    assert ratio([(-1, 1)] * 19 + [(1, 1)]).effective[0] == pytest.approx(2)
    assert ratio([(-1, 1)] * 10 + [(1, 1)] * 10).status(10).tolist() == ["ok"]


def test_resamples_without_the_denominator_are_left_out():
    # Two of three units have the denominator; in the 1/27 of resamples with neither drawn there is no ratio.
    found = ratio([(1, 1), (2, 1), (3, 0)])
    assert np.isfinite([found.low[0], found.high[0]]).all()


def test_the_interval_agrees_with_the_exact_one_of_a_mean():
    # 100 units, half of them 1: 0.5 plus or minus 1.98 (Student, 99 degrees) times 0.05.
    found = ratio([(i % 2, 1) for i in range(100)])
    assert found.low[0] == pytest.approx(0.40, abs=0.013)
    assert found.high[0] == pytest.approx(0.60, abs=0.013)


@pytest.mark.parametrize("units, least, most", [(200, 0.93, 0.97), (20, 0.93, 0.99), (10, 0.93, 0.99)])
def test_intervals_cover_a_known_share(units, least, most):
    # Wording alike within articles. Percentile intervals cover 0.90 with ten articles.
    rng = np.random.default_rng(5)
    runs, share = 1500, 0.3
    mentions = 1 + rng.poisson(1.5, (units, runs))
    used = rng.binomial(mentions, rng.beta(2 * share, 2 * (1 - share), (units, runs)))
    columns = sparse.csr_array(np.hstack([used, mentions]).astype(np.float64))
    found = compute_ratios(columns, np.arange(runs), runs + np.arange(runs), group="Dawn", resamples=1000)
    ok = found.status(10) == "ok"
    assert ok.mean() > 0.4
    assert least <= np.mean(((found.low <= share) & (share <= found.high))[ok]) <= most


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

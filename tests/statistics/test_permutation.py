"""Permutation tests against enumerations of all arrangements."""

import math
from itertools import combinations, product

import numpy as np
import pytest
from scipy import sparse
from scipy.stats import ttest_ind

from framing.errors import InputError
from framing.statistics.permutation import benjamini_hochberg, flip_signs, permute_sides

# Four articles a side, (uses, mentions).
FIRST = [(3, 4), (2, 2), (4, 5), (1, 3)]
SECOND = [(1, 4), (0, 2), (2, 6), (1, 1)]


def studentised(units, chosen):
    """The difference of two ratios divided by its standard error, both about the ratio of all articles together."""
    pooled = sum(x for x, _ in units) / sum(y for _, y in units)
    difference, variance = 0.0, 0.0
    for sign, rows in ((1, chosen), (-1, [k for k in range(len(units)) if k not in chosen])):
        off = [units[k][0] - pooled * units[k][1] for k in rows]
        weight = sum(units[k][1] for k in rows)
        mean = sum(off) / len(off)
        difference += sign * sum(off) / weight
        variance += sum((d - mean) ** 2 for d in off) * len(off) / (len(off) - 1) / weight**2
    return abs(difference) / math.sqrt(variance)


def enumerate_p(units, count):
    observed = studentised(units, range(count))
    every = [studentised(units, chosen) for chosen in combinations(range(len(units)), count)]
    return sum(s >= observed * (1 - 1e-9) for s in every) / len(every)


def sides(pairs, count):
    x, y = np.array(pairs, dtype=np.float64).T
    return x[:, None], y, np.arange(len(pairs)) < count


@pytest.mark.parametrize(
    "units, count",
    [
        (FIRST + SECOND, 4),
        (FIRST + SECOND, 2),
        ([(5, 5), (4, 5), (5, 6), (3, 3), (0, 4), (1, 5), (0, 3), (1, 6)], 4),
        ([(1, 1)] * 3 + [(0, 1)] * 5, 4),  # ties: articles that cannot be told apart
    ],
)
def test_p_agrees_with_all_arrangements(units, count):
    exact = enumerate_p(units, count)
    (p,) = permute_sides(*sides(units, count), permutations=20_000)
    done = 20_000 if exact < 0.1 else 400  # what is far from significant is not followed further
    assert p == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / done) + 1 / done)


def test_the_enumeration_itself_by_hand():
    # Two and two articles of one mention: 1, 1 against 0, 0. Of 6 arrangements 2 part them so, and have no spread.
    x, y, side = sides([(1, 1), (1, 1), (0, 1), (0, 1)], 2)
    (p,) = permute_sides(x, y, side, permutations=20_000)
    assert p == pytest.approx(2 / 6, abs=0.1)


def test_sides_that_are_alike_give_one():
    units = [(1, 2), (2, 3), (1, 2), (2, 3)]
    assert permute_sides(*sides(units, 2)).tolist() == [1.0]
    assert permute_sides(*sides([(0, 2)] * 8, 4)).tolist() == [1.0]  # a word that nobody uses


def test_a_strong_difference_goes_below_the_resolution_but_not_below_one_arrangement():
    rng = np.random.default_rng(1)
    first, y = np.arange(60) < 30, 5.0 + rng.integers(0, 3, 60)
    uses = np.column_stack([np.where(first, more, 1.0) + rng.integers(0, 4, 60) for more in (2.5, 3.0, 3.5)])
    p = permute_sides(uses, y, first)
    assert p[2] < p[1] < p[0] < 1 / 2001
    few = permute_sides(4 * uses[20:40, 2:] + 100 * first[20:40, None], y[20:40], first[20:40])
    assert few[0] == pytest.approx(1 / math.comb(20, 10), rel=1.01)  # its own arrangement, or with its mirror image two


def test_no_p_is_below_one_arrangement_whatever_the_seed():
    units = [(5, 1), (6, 1), (0, 1), (1, 1), (0.5, 1), (0.2, 1), (0.1, 1), (0, 1)]
    assert enumerate_p(units, 2) == pytest.approx(1 / 28)
    found = [permute_sides(*sides(units, 2), seed=seed)[0] for seed in range(10)]
    assert min(found) >= 1 / 28 * (1 - 1e-9)


def test_the_scaled_tail_of_many_articles_agrees_with_student():
    # Normal values, where Student's test is right: 100 against 100 articles, 20 differences.
    rng = np.random.default_rng(2)
    x = rng.normal(10, 1, (200, 20)) + np.where(np.arange(200) < 100, 1.0, 0.0)[:, None] * np.linspace(0.5, 0.75, 20)
    expected = ttest_ind(x[:100], x[100:], equal_var=False).pvalue
    p = permute_sides(x, np.ones(200), np.arange(200) < 100)
    some = (expected < 5e-4) & (expected > 1e-7)
    assert some.sum() >= 8
    assert 0.5 < np.median(p[some] / expected[some]) < 2
    assert (p[some] / expected[some]).min() > 0.1


def test_the_scaled_tail_of_few_articles_does_not_make_p_smaller_than_it_is():
    # Ten against ten: all 184,756 arrangements are gone through. Some p come out ten times too small.
    rng = np.random.default_rng(1)
    first = np.arange(20) < 10
    x = rng.poisson(np.where(first, 5.5, 1.2)[:, None], (20, 40)).astype(np.float64)
    every = np.zeros((math.comb(20, 10), 20))
    every[np.arange(len(every))[:, None], list(combinations(range(20), 10))] = 1
    off = x - x.mean(axis=0)
    sums, squares = every @ off, every @ off**2
    spread = squares - sums**2 / 10 + (off**2).sum(axis=0) - squares - sums**2 / 10  # both sides add up to 0
    size = np.abs(sums) / np.sqrt(spread)
    exact = (size >= size[0] * (1 - 1e-9)).mean(axis=0)  # the first arrangement is the observed one
    p = permute_sides(x, np.full(20, 500.0), first)
    beyond = exact < 5e-4
    assert beyond.sum() > 20
    assert np.median(p[beyond] / exact[beyond]) > 0.6


def draw_ratios(units=60, ratios=40, seed=3):
    rng = np.random.default_rng(seed)
    y = 1.0 + rng.poisson(2, (units, 2))
    x = rng.binomial(np.repeat(y, ratios // 2, axis=1).astype(int), 0.3).astype(np.float64)
    x[: units // 2, ::5] += 2  # some of them differ
    y[: units // 2] += 2
    denominator = ratios + np.repeat([0, 1], ratios // 2)
    return sparse.csr_array(np.hstack([x, y])), np.arange(ratios), denominator


def permute(columns, numerator, denominator, seed=0):
    """Test ratios, half of the units against the other half, those of one denominator together."""
    p = np.full(len(numerator), np.nan)
    side = np.arange(columns.shape[0]) < columns.shape[0] // 2
    for shared in np.unique(denominator):
        those = np.flatnonzero(denominator == shared)
        x, y = columns[:, numerator[those]].toarray(), columns[:, [shared]].toarray()[:, 0]
        p[those] = permute_sides(x, y, side, seed=seed)
    return p


def test_other_ratios_change_a_p_in_rounding_at_most():
    # Not to the last bit: how a matrix product rounds hangs on its shape, and sums are taken in single precision.
    columns, numerator, denominator = draw_ratios()
    together = permute(columns, numerator, denominator)
    alone = [permute(columns, numerator[[k]], denominator[[k]])[0] for k in range(0, 40, 3)]
    assert (together < 1 / 2001).any() and (together > 0.1).any()
    np.testing.assert_allclose(alone, together[::3], rtol=1e-4)
    backwards = permute(columns, numerator[::-1], denominator[::-1])
    np.testing.assert_allclose(backwards[::-1], together, rtol=1e-4)


def test_the_seed_settles_the_permutations():
    columns, numerator, denominator = draw_ratios()
    p = [permute(columns, numerator, denominator, seed=s) for s in (1, 1, 2)]
    assert p[0].tobytes() == p[1].tobytes()
    assert (p[0] != p[2]).any()


def test_a_unit_of_measurement_changes_nothing():
    x, y, side = sides(FIRST + SECOND, 4)
    assert permute_sides(1024 * x, y, side).tolist() == permute_sides(x, y, side).tolist()


def test_too_few_permutations_are_refused():
    x, y, side = sides(FIRST + SECOND, 4)
    with pytest.raises(InputError, match=r"permutations is 99\. Give 100 or more"):
        permute_sides(x, y, side, permutations=99)


def enumerate_flips(differences):
    observed = abs(sum(differences))
    every = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return sum(v >= observed * (1 - 1e-9) for v in every) / len(every)


@pytest.mark.parametrize(
    "differences, p",
    [
        ([1, 1, 1, 1, 1, 1], 2 / 64),
        ([0.2, 1, 3, 0.5, 2, 0.1], 2 / 64),  # all of one sign: nothing goes further, whatever the sizes
        ([1, 1, 1, 1, 1, -1], 14 / 64),  # 4 or more: none, one, five or six of them turned: 1 + 6 + 6 + 1
        ([1, -1, 1, -1, 1, -1], 1.0),
        ([-3, -1, -1, -1, -1, -1], 2 / 64),
        ([5, 1, 1, 1, 1, 0], 2 / 32),  # the event without evidence adds nothing, and no arrangement
    ],
)
def test_six_events_are_gone_through_one_by_one(differences, p):
    assert enumerate_flips(differences) == pytest.approx(p)
    found = flip_signs(np.array(differences, dtype=np.float64)[:, None], permutations=100)
    assert found.tolist() == [pytest.approx(p)]


def test_no_difference_at_all_gives_one():
    assert flip_signs(np.zeros((6, 2))).tolist() == [1.0, 1.0]
    assert flip_signs(np.zeros((20, 1))).tolist() == [1.0]


def test_up_to_twelve_events_are_exact_and_more_are_drawn():
    rng = np.random.default_rng(4)
    for events, exact in ((12, True), (13, False)):
        differences = rng.normal(0.4, 1, events)
        expected = enumerate_flips(differences.tolist())
        found = [float(flip_signs(differences[:, None], permutations=4000, seed=seed)[0]) for seed in (1, 2)]
        assert (found[0] == found[1]) is exact
        assert found[0] == pytest.approx(expected, abs=1e-12 if exact else 4 * math.sqrt(expected / 4000))


def test_many_events_of_one_sign_go_below_the_resolution():
    (p,) = flip_signs(np.ones((40, 1)))
    assert 2 / 2**40 * (1 - 1e-9) <= p < 1e-6


def test_a_ratio_with_six_events_of_thirteen_keeps_their_least_p():
    differences = np.zeros((13, 1))
    differences[:6] = 1
    assert min(flip_signs(differences, seed=seed)[0] for seed in range(10)) >= 2 / 64


def test_q_by_hand():
    # Sorted: 0.005 x 4 / 1 = 0.02; 0.01 x 4 / 2 = 0.02; 0.03 x 4 / 3 = 0.04; 0.04 x 4 / 4 = 0.04.
    q = benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.005]))
    assert q.tolist() == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_a_q_is_never_above_that_of_a_larger_p_and_never_above_one():
    # 0.3 x 3 = 0.9 and 0.31 x 3 / 2 = 0.465 come down to 0.32 x 3 / 3.
    assert benjamini_hochberg(np.array([0.3, 0.31, 0.32])).tolist() == pytest.approx([0.32] * 3)
    assert benjamini_hochberg(np.array([0.9, 1.0])).tolist() == [1.0, 1.0]


def test_what_was_not_tested_is_no_part_of_the_family():
    q = benjamini_hochberg(np.array([np.nan, 0.02, np.nan, 0.04]))
    assert q[[1, 3]].tolist() == pytest.approx([0.04, 0.04])
    assert np.isnan(q[[0, 2]]).all()
    assert len(benjamini_hochberg(np.zeros(0))) == 0
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()

"""What the statistics promise, on simulated articles of which the truth is known: small forms of the benchmark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from framing.statistics import compute_measures
from framing.statistics.contrasts import Design, compute_contrasts
from framing.statistics.permutation import benjamini_hochberg

ROOT = Path(__file__).resolve().parents[1]
PAIR = Design(pairs=[("A", "B")], rest=(), resamples=1000)


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import simulated

    return simulated


def columns(table, *names):
    return [table[name].to_numpy(zero_copy_only=False) for name in names]


def contrast(simulated, sizes, x, y, *, scale=1.0, events=(), tests=True):
    outlets = ["A"] * sizes[0] + ["B"] * sizes[1]
    counters, measures = simulated.build(outlets, x, y, events=events, scale=scale)
    return compute_contrasts(counters, measures, PAIR, all_rows=True, tests=tests)


@pytest.mark.parametrize("ratio, naive_least", [(1, 0.03), (3, 0.12), (8, 0.25)])
def test_outlets_that_word_alike_differ_one_time_in_twenty(simulated, ratio, naive_least) -> None:
    rng = np.random.default_rng([1, ratio])
    x = simulated.overdispersed(rng, np.ones((120, 600)), ratio)
    (p,) = columns(contrast(simulated, (60, 60), x, np.full((120, 1), 500.0), scale=1000), "p")
    assert (~np.isnan(p)).mean() > 0.95
    assert 0.03 <= (p[~np.isnan(p)] <= 0.05).mean() <= 0.07
    # Words counted as if they were independent find differences where there are none.
    total = np.full(600, 60 * 500.0)
    naive = chi2.sf(simulated.token_g2(x[:60].sum(axis=0), total, x[60:].sum(axis=0), total), 1)
    assert (naive <= 0.05).mean() >= naive_least


def test_unlike_sizes_and_spreads_keep_the_level(simulated) -> None:
    # The small outlet is uneven, the large one is not: without studentising 15 % and more would seem to differ.
    rng = np.random.default_rng(2)
    x = np.vstack([simulated.overdispersed(rng, np.ones((n, 500)), r) for n, r in ((60, 3), (240, 1))])
    (p,) = columns(contrast(simulated, (60, 240), x, np.full((300, 1), 500.0), scale=1000), "p")
    assert 0.03 <= (p[~np.isnan(p)] <= 0.05).mean() <= 0.09


def test_what_comes_from_reporting_on_other_events_is_not_matched(simulated) -> None:
    matched, pooled = [], []
    for layout in range(4):
        rng = np.random.default_rng([3, layout])
        events, share = [], []
        for often in (0.7, 0.3):
            of_first = rng.random(60) < often
            events += [f"{'a' if f else 'b'}{n}" for f, n in zip(of_first, rng.integers(0, 5, 60), strict=True)]
            share += np.where(of_first, 0.6, 0.2).tolist()
        y = 1.0 + rng.poisson(1.5, (120, 130))
        x = simulated.mentions_and_uses(rng, y, np.array(share)[:, None])
        found = contrast(simulated, (60, 60), x, y, events=events)
        inside, p, status = columns(found, "matched_p", "p", "matched_status")
        matched += (inside[status == "ok"] <= 0.05).tolist()
        pooled += (p <= 0.05).tolist()
    assert len(matched) > 500
    assert np.mean(matched) <= 0.07
    assert np.mean(pooled) > 0.3


def test_a_difference_inside_events_is_found_and_covered(simulated) -> None:
    rng = np.random.default_rng(40)
    outlets_share = np.tile([0.5, 0.5, 0.2, 0.2], 15)[:, None]
    y = 1.0 + rng.poisson(1.5, (60, 400))
    x = simulated.mentions_and_uses(rng, y, outlets_share)
    order = np.argsort(np.tile([0, 0, 1, 1], 15), kind="stable")
    events = np.repeat([f"e{n:02}" for n in range(15)], 4)[order].tolist()
    found = contrast(simulated, (30, 30), x[order], y[order], events=events)
    p, low, high, status = columns(found, "matched_p", "matched_low", "matched_high", "matched_status")
    assert (status == "ok").mean() > 0.95
    assert (p <= 0.05).mean() > 0.6
    assert 0.91 <= ((low <= 0.3) & (high >= 0.3))[status == "ok"].mean() <= 0.99


@pytest.mark.parametrize("sizes, shares", [((20, 20), (0.3, 0.3)), ((20, 100), (0.2, 0.4))])
def test_intervals_of_differences_and_ratios_hold_the_truth(simulated, sizes, shares) -> None:
    rng = np.random.default_rng([8, *sizes])
    y = 1.0 + rng.poisson(1.5, (sum(sizes), 500))
    x = simulated.mentions_and_uses(rng, y, np.repeat(shares, sizes)[:, None])
    found = contrast(simulated, sizes, x, y, tests=False)
    low, high, least, most, status = columns(found, "low", "high", "ratio_low", "ratio_high", "status")
    ok = status == "ok"
    assert ok.mean() > 0.9
    difference, ratio = shares[0] - shares[1], shares[0] / shares[1]
    assert 0.92 <= ((low <= difference) & (difference <= high))[ok].mean() <= 0.99
    known = ok & ~np.isnan(least)
    # Somewhat too narrow: in long runs 0.91 where the smaller share is that of the small outlet.
    assert 0.88 <= ((least <= ratio) & (ratio <= most))[known].mean() <= 0.99


def test_intervals_of_rare_wordings_hold_the_truth(simulated) -> None:
    # Worded alike, one mention in twenty articles: 0.74 of the intervals hold 0, and none where a side has no mention.
    rng = np.random.default_rng(3)
    x = rng.poisson(0.05, (97, 1000)).astype(np.float64)
    found = contrast(simulated, (68, 29), x, np.full((97, 1), 500.0), scale=1000, tests=False)
    low, high, status = columns(found, "low", "high", "status")
    ok = status == "ok"
    assert ok.sum() > 300
    assert ((low <= 0) & (high >= 0))[ok].mean() >= 0.92


def test_intervals_of_values_hold_the_truth(simulated) -> None:
    rng = np.random.default_rng(5)
    y = 1.0 + rng.poisson(1.5, (20, 500))
    counters, measures = simulated.build(["A"] * 20, simulated.mentions_and_uses(rng, y, 0.3), y)
    low, high, status = columns(compute_measures(counters, measures, resamples=1000), "low", "high", "status")
    ok = status == "ok"
    assert ok.mean() > 0.8
    assert 0.92 <= ((low <= 0.3) & (high >= 0.3))[ok].mean() <= 0.98


def test_a_family_keeps_its_false_discoveries(simulated) -> None:
    false, power, naive = [], [], []
    for number in range(12):
        rng = np.random.default_rng([10, number])
        mean = np.ones((200, 200))
        mean[:100, :20] *= 2.5
        x = simulated.overdispersed(rng, mean, 3)
        p, q = columns(contrast(simulated, (100, 100), x, np.full((200, 1), 500.0), scale=1000), "p", "q")
        tested = ~np.isnan(p)
        assert q[tested].tolist() == benjamini_hochberg(p[tested]).tolist()
        kept, plain = q <= 0.05, p <= 0.05
        false.append(kept[20:].sum() / max(1, kept.sum()))
        naive.append(plain[20:].sum() / max(1, plain.sum()))
        power.append(kept[:20].mean())
    assert np.mean(false) <= 0.07
    assert np.mean(naive) > 0.2
    assert np.mean(power) > 0.7


def test_nothing_is_found_where_nothing_differs(simulated) -> None:
    families = 0
    for number in range(30):
        rng = np.random.default_rng([11, number])
        x = simulated.overdispersed(rng, np.ones((80, 50)), 3)
        (q,) = columns(contrast(simulated, (40, 40), x, np.full((80, 1), 500.0), scale=1000), "q")
        families += bool((q <= 0.05).any())
    assert families <= 5  # one in twenty is expected


def test_a_wording_of_one_article_is_marked_every_time_and_a_spread_one_seldom(simulated) -> None:
    rng = np.random.default_rng(12)
    x = simulated.overdispersed(rng, np.full((100, 100), 0.4), 1)
    carried, spread = x.copy(), x.copy()
    places = rng.integers(0, 50, 100)
    carried[places, np.arange(100)] += 40
    spread[:50] += rng.poisson(0.8, (50, 100))
    y = np.full((100, 1), 500.0)
    share, article = columns(
        contrast(simulated, (50, 50), carried, y, scale=1000, tests=False), "article_share", "article"
    )
    assert (share >= 0.5).sum() == 100
    assert article.tolist() == [f"a{place:07d}" for place in places]
    (share,) = columns(contrast(simulated, (50, 50), spread, y, scale=1000, tests=False), "article_share")
    assert (share >= 0.5).sum() <= 2


def test_one_article_alone_is_no_significant_difference(simulated) -> None:
    rng = np.random.default_rng(13)
    x = simulated.overdispersed(rng, np.full((100, 100), 0.4), 1)
    x[rng.integers(0, 50, 100), np.arange(100)] += 40
    y = np.full((100, 1), 500.0)
    (p,) = columns(contrast(simulated, (50, 50), x, y, scale=1000), "p")
    assert (p <= 0.05).mean() <= 0.1
    total = np.full(100, 50 * 500.0)
    assert (chi2.sf(simulated.token_g2(x[:50].sum(axis=0), total, x[50:].sum(axis=0), total), 1) <= 0.05).all()

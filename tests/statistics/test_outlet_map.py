"""The map of outlets: who lies where, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from framing.errors import InputError
from framing.measure import Measure
from framing.statistics import Counters
from framing.statistics.outlet_map import OutletMap, _touching_radii, compute_map

NAMES = [f"m{n}" for n in range(8)]
MEASURES = [Measure(name, name, "per 1,000 words", name, "words", 1000) for name in NAMES]


def make(
    counters: Callable[..., Counters], shifts: dict[str, Sequence[float]], articles: int = 30, seed: int = 1
) -> Counters:
    """Articles of 200 words; the mean count of each measure is 6 + shift."""
    random = np.random.default_rng(seed)
    rows = {}
    for outlet, shift in shifts.items():
        means = 6 + np.array([*shift, *[0.0] * (len(NAMES) - len(shift))])
        for number in range(articles):
            counts = dict(zip(NAMES, random.poisson(means).tolist(), strict=True))
            rows[f"{outlet}-{number:03}"] = ({"outlet": outlet}, {"words": 200.0, **counts})
    return counters(rows)


def place(found: Counters, **options: object) -> OutletMap:
    outlets = sorted(set(found.articles["outlet"].to_pylist()))
    return compute_map(found, MEASURES, outlets, **{"resamples": 300, "shuffles": 60, "seed": 5, **options})  # type: ignore[arg-type]


def test_outlets_that_word_things_alike_lie_together(counters: Callable[..., Counters]) -> None:
    found = place(make(counters, {"A": [0, 0], "B": [0, 0], "C": [14, 0], "D": [14, 0]}))
    assert found.outlets == ("A", "B", "C", "D") and found.enough and not found.unplaced
    distance = np.linalg.norm(found.points[:, None] - found.points[None], axis=2)
    assert distance[0, 1] < distance[0, 2] / 3 and distance[2, 3] < distance[1, 3] / 3
    assert not found.apart[0, 1] and not found.apart[2, 3]
    assert found.apart[0, 2] and found.apart[1, 3] and (found.apart == found.apart.T).all()


def test_the_measure_that_parts_outlets_explains_the_first_axis(counters: Callable[..., Counters]) -> None:
    found = place(make(counters, {"A": [0, 0, 0], "B": [0, 0, 12], "C": [0, 0, 24]}))
    assert found.measures[np.abs(found.loadings[:, 0]).argmax()] == "m2"
    assert found.loadings[np.abs(found.loadings[:, 0]).argmax(), 0] > 0  # the higher, the further right
    assert found.points[0, 0] < found.points[1, 0] < found.points[2, 0]
    assert found.explained[0] > 0.6 and found.explained.sum() <= 1 + 1e-9
    np.testing.assert_allclose((found.loadings**2).sum(axis=0), 1.0)
    np.testing.assert_allclose(found.points.mean(axis=0), 0.0, atol=1e-9)


def test_the_longer_half_axis_comes_first_and_both_stand_upright_on_each_other(
    counters: Callable[..., Counters],
) -> None:
    found = place(make(counters, {"A": [0], "B": [3], "C": [9]}))
    lengths = np.linalg.norm(found.ellipses, axis=2)
    assert (lengths[:, 0] >= lengths[:, 1]).all() and (lengths > 0).all()
    np.testing.assert_allclose((found.ellipses[:, 0] * found.ellipses[:, 1]).sum(axis=1), 0.0, atol=1e-9)


def test_ellipses_of_few_articles_are_larger(counters: Callable[..., Counters]) -> None:
    sizes = []
    for number in (12, 100):  # about the root of 100 / 12 = 2.9 times as large
        found = place(make(counters, {"A": [0], "B": [9], "C": [18]}, number), shuffles=0)
        sizes.append(np.linalg.norm(found.ellipses, axis=2).mean() / np.ptp(found.points[:, 0]))
    assert 1.5 < sizes[0] / sizes[1] < 5


def test_outlets_that_do_not_differ_are_rarely_apart_though_plain_ellipses_would_part_them(
    counters: Callable[..., Counters],
) -> None:
    plain = widened = 0
    for seed in range(20):
        found = make(counters, {name: [0.0] for name in "ABCDEF"}, 20, seed)
        plain += bool(place(found, shuffles=0, resamples=200).apart.any())
        widened += bool(place(found, shuffles=40, resamples=200).apart.any())
    assert plain >= 8  # more measures than outlets: there is always a direction that parts them
    assert widened <= 4  # five of 100 in the long run


def test_an_outlet_with_too_few_articles_is_not_placed_and_is_named(counters: Callable[..., Counters]) -> None:
    many = make(counters, {"A": [0], "B": [5], "C": [9]})
    few = {f"F-{n}": ({"outlet": "Few"}, {"words": 200.0, "m0": 3.0}) for n in range(4)}
    every = {
        i: ({"outlet": o}, dict(zip(many.names, many.matrix[[n]].toarray()[0].tolist(), strict=True)))
        for n, (i, o) in enumerate(
            zip(many.articles["id"].to_pylist(), many.articles["outlet"].to_pylist(), strict=True)
        )
    }
    found = place(counters({**every, **few}))
    assert found.outlets == ("A", "B", "C") and found.unplaced == ("Few",)


@pytest.mark.parametrize("outlets", [1, 2])
def test_below_three_outlets_there_is_no_map(counters: Callable[..., Counters], outlets: int) -> None:
    found = place(make(counters, {name: [0.0] for name in "AB"[:outlets]}))
    assert not found.enough and found.outlets == () and found.points.shape == (0, 2)
    assert found.unplaced == tuple("AB"[:outlets]) and found.apart.shape == (0, 0)


def test_without_three_measures_there_is_no_map(counters: Callable[..., Counters]) -> None:
    found = make(counters, {"A": [0], "B": [5], "C": [9]})
    assert not compute_map(found, MEASURES[:2], ["A", "B", "C"], resamples=50).enough
    assert not compute_map(found, [], ["A", "B", "C"], resamples=50).enough
    assert not compute_map(found, MEASURES, [], resamples=50).enough


def test_a_measure_without_any_difference_is_not_used(counters: Callable[..., Counters]) -> None:
    found = make(counters, {"A": [0], "B": [5], "C": [9]})
    flat = Measure("flat", "flat", "share", "words", "words")
    used = compute_map(found, [*MEASURES, flat], ["A", "B", "C"], resamples=50, shuffles=10)
    assert "flat" not in used.measures and len(used.measures) == len(MEASURES)


def test_neither_the_order_of_outlets_nor_that_of_articles_changes_a_bit(counters: Callable[..., Counters]) -> None:
    random = np.random.default_rng(2)
    rows = {
        f"{o}{n:02}": (
            {"outlet": o},
            {"words": 200.0, **dict(zip(NAMES, random.poisson(5 + k, 8).tolist(), strict=True))},
        )
        for k, o in enumerate("ABCD")
        for n in range(15)
    }  # fmt: skip
    one = compute_map(counters(rows), MEASURES, list("ABCD"), resamples=100, shuffles=20)
    other = compute_map(counters(rows, list(rows)[::-1]), MEASURES, list("DBCAA"), resamples=100, shuffles=20)
    for name in ("points", "ellipses", "loadings", "explained", "apart"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


def test_ellipses_touch_where_their_shadows_meet() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 6.0]])
    covariance = np.array([np.diag([4.0, 1.0]), np.diag([9.0, 1.0]), np.diag([1.0, 4.0])])
    found = _touching_radii(points, covariance)
    assert found[0, 1] == pytest.approx(10 / (2 + 3))
    assert found[0, 2] == pytest.approx(6 / (1 + 2))
    assert found.diagonal().tolist() == [0, 0, 0] and found[1, 0] == found[0, 1]


def test_what_cannot_be_placed_is_refused(counters: Callable[..., Counters]) -> None:
    found = make(counters, {"A": [0], "B": [5], "C": [9]})
    with pytest.raises(InputError, match="no 'Nowhere' among the articles"):
        compute_map(found, MEASURES, ["A", "Nowhere"])
    with pytest.raises(InputError, match="resamples is 1"):
        compute_map(found, MEASURES, ["A"], resamples=1)
    with pytest.raises(InputError, match="no column 'country'"):
        compute_map(found, MEASURES, ["A"], group="country")

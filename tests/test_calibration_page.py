"""The page of the statistics: every table has its place, and the judgements on it are those of the tables."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def calibration(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import calibration

    return calibration


@pytest.fixture
def contested(calibration):
    return sys.modules["contested_contrasts"]


def test_the_template_has_a_place_for_every_table_and_for_no_other(calibration, contested):
    template = calibration.TEMPLATE.read_text(encoding="utf-8")
    places = re.findall(r"{{(\w+)}}", template)
    assert sorted(places) == sorted([*calibration.SIMULATIONS, *contested.TABLES, "promises"])


def test_the_page_has_all_its_tables():
    page = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    assert "{{" not in page
    assert page.count("\n|---|") >= 20


def test_coverage_says_what_is_too_narrow_and_what_too_wide(calibration):
    inside = np.arange(100) < 92
    every = np.ones(100, dtype=bool)
    assert calibration.write_cover(inside, every) == "**0.920** (100% ok)"
    assert calibration.write_cover(~inside, every) == "**0.080** (100% ok)"
    assert calibration.write_cover(every, every) == "*1.000* (100% ok)"
    # 19 of the first 20 hold the truth, the others are not ok.
    assert calibration.write_cover(np.arange(100) != 3, np.arange(100) < 20) == "0.950 (20% ok)"
    assert calibration.write_cover(inside, np.arange(100) < 9) == "insufficient (9% ok)"
    rows = [["a", "**0.920** (100% ok)", "0.950 (20% ok)"], ["b", "*1.000* (9% ok)", "insufficient (0% ok)"]]
    table = [["wording", "10 articles", "20 articles"], *rows]
    assert calibration.count_cover(table) == (1, 1, 1)


def test_a_promise_that_is_not_kept_is_told(calibration):
    null = [["ratio", "p", "0.01", "any", "g2"], ["1", "0.045", "", "", "0.051"], ["8", "0.081", "", "", "0.480"]]
    copies = [["", "", ""], ["cut", "46", "10.0 (20 of 20 runs once)"], ["whole", "50", "10.5 (19 of 20 runs once)"]]
    cost = [["o", "m", "a", "r", "c", "s", "mb"], ["20", "300", "20,000", "2,000", "9,000", "59.5", "1,999"]]
    found = calibration.promises({"null": null, "copies": copies, "cost": cost})[1:]
    assert [row[1:] for row in found] == [
        ["0.045 to 0.081", "**no**"],
        ["1 of 2 ways to print it", "**no**"],
        ["0.48 to 0.48", ""],
        ["60 s, 1,999 MB", "yes"],
    ]


def test_halves_are_ranked_by_ratios_of_sums(contested):
    # Outlet a: 1/10 and 2/10; b: 3/10 and 1/10; c: 6/10 and 5/10. Ranks 1 2 3 against 2 1 3: 1 - 6 * 2 / 24 = 0.5.
    columns = np.array([[1, 4], [0, 6], [2, 10], [3, 10], [1, 10], [6, 10], [5, 10]], dtype=float)
    outlets = np.array(["a", "a", "a", "b", "b", "c", "c"])
    part = np.array([0, 0, 1, 0, 1, 0, 1])
    assert contested._rank_halves(columns, outlets, part) == pytest.approx(0.5)


def test_each_outlet_is_parted_in_two(contested):
    outlets = np.array(["a"] * 10 + ["b"] * 7)
    part = contested._part_evenly(outlets, np.random.default_rng(1))
    assert part[:10].sum() == 5
    assert part[10:].sum() == 3


@pytest.mark.parametrize(
    "address, opinion",
    [
        ("https://www.cnn.com/2016/09/18/opinions/a/index.html", True),
        ("http://www.foxnews.com/opinion/2014/06/03/b", True),
        ("https://townhall.com/columnists/someone/2020/05/18/c", True),
        ("https://www.cnn.com/2016/09/18/politics/opinion-poll/index.html", False),
        ("", False),
    ],
)
def test_desks_are_told_by_the_address(contested, address, opinion):
    assert bool(contested.DESKS.search(address)) is opinion


def test_sites_are_told_apart_by_their_host(contested):
    assert contested._is_of("http://www.cnn.com/a", "cnn.com")
    assert contested._is_of("https://cnn.com/a", "cnn.com")
    assert not contested._is_of("https://notcnn.com/a", "cnn.com")
    assert not contested._is_of("https://example.org/?u=https://cnn.com/", "cnn.com")


def test_names_and_their_alternatives_exclude_each_other(contested):
    """A term that both patterns take would be counted as a name against itself."""
    from framing.lexicon import read_lexicons

    lexicons = {x.name: x for x in read_lexicons()}
    for expectation in contested.EXPECTED:
        what = expectation.what
        if isinstance(what, contested.Choice):
            terms = [t for t in lexicons[what.lexicon].terms if t.category == what.referent and not t.blocker]
            chosen = {t.pattern for t in terms if re.match(what.names, t.pattern)}
            others = {t.pattern for t in terms if re.match(what.others, t.pattern)}
            assert chosen and others, expectation.label
            assert not set(expectation.higher) & set(expectation.lower), expectation.label
            if expectation.label.startswith("terrorist"):
                assert all(re.search(r"terrorist\(s\)$", t) for t in chosen)
                assert not any(re.search(r"terrorist\(s\)$", t) for t in others)

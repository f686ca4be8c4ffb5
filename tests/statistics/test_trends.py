"""Trends: measures by period, change between periods, marks; and `framing trends`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from framing.analysis import analyse
from framing.cli.trends import trends
from framing.errors import InputError
from framing.ingest.marks import Mark, read_marks
from framing.measure import Measure
from framing.statistics import Counters, compute_measures
from framing.statistics.trends import compute_change, compute_trends, find_period, read_span
from framing.text import Article

HEDGES = Measure("hedges", "Hedges", "per 1,000 words", "hedge", "words", 1000)
QUOTED = Measure("quoted", "Quoted", "share of words", "quoted", "words")

Make = Callable[..., Counters]


def article(outlet: str, date: str, **counts: float) -> tuple[dict[str, str], dict[str, float]]:
    return {"outlet": outlet, "date": date}, counts


@pytest.fixture
def small(counters: Make) -> Counters:
    return counters(
        {
            "a1": article("Alpha", "2030-01-31", words=100, hedge=1, quoted=20),
            "a2": article("Alpha", "2030-01-01", words=300, hedge=3),
            "a3": article("Alpha", "2030-04-30", words=200, hedge=8),
            "a4": article("Alpha", "", words=900, hedge=9),
            "b1": article("Beta", "2030-02-15", words=50, hedge=2),
        }
    )


def test_a_row_for_each_outlet_measure_and_period_with_gaps_kept(small: Counters) -> None:
    found = compute_trends(small, [HEDGES, QUOTED], by="month", min_articles=2, resamples=200)
    rows = found.table.to_pylist()
    assert found.undated == 1 and len(rows) == 2 * 2 * 4
    assert [(r["outlet"], r["measure"], r["period"]) for r in rows[:5]] == [
        ("Alpha", "hedges", "2030-01"),
        ("Alpha", "hedges", "2030-02"),
        ("Alpha", "hedges", "2030-03"),
        ("Alpha", "hedges", "2030-04"),
        ("Alpha", "quoted", "2030-01"),
    ]
    january, february, _, april, quoted = rows[:5]
    assert (january["value"], january["numerator"], january["denominator"]) == (10.0, 4.0, 400.0)
    assert (january["n_articles"], january["first_day"]) == (2, "2030-01-01")
    assert (april["value"], april["n_articles"], april["status"]) == (40.0, 1, "insufficient")
    assert february["status"] == "undefined" and math.isnan(february["value"]) and math.isnan(february["low"])
    assert (february["n_articles"], february["numerator"], february["denominator"]) == (0, 0.0, 0.0)
    assert quoted["value"] == pytest.approx(0.05)
    beta = [r["value"] for r in rows if r["outlet"] == "Beta" and r["measure"] == "hedges"]
    assert beta[1] == 40.0 and all(math.isnan(beta[n]) for n in (0, 2, 3))


def test_numbers_are_those_of_the_measures_of_these_articles_alone(small: Counters, counters: Make) -> None:
    rows = {f"a{n}": article("Alpha", f"2030-01-{n:02}", words=100 + n, hedge=n % 4) for n in range(1, 13)}
    rows |= {f"b{n}": article("Beta", f"2031-01-{n:02}", words=100 + n, hedge=n % 3) for n in range(1, 13)}
    whole = counters(rows)
    january = compute_trends(whole, [HEDGES], chosen=["Alpha"], resamples=300, seed=3).table.to_pylist()
    assert len(january) == 1 and january[0]["status"] == "ok"
    in_both = compute_trends(whole, [HEDGES], resamples=300, seed=3).table.to_pylist()
    assert in_both[0] == january[0] and len(in_both) == 26
    table = compute_measures(whole, [HEDGES], resamples=0).to_pylist()[0]
    assert {k: january[0][k] for k in ("value", "n_articles", "numerator", "denominator")} == {
        k: table[k] for k in ("value", "n_articles", "numerator", "denominator")
    }
    assert january[0]["low"] < january[0]["value"] < january[0]["high"]
    assert compute_trends(whole, [HEDGES], chosen=["Alpha"], resamples=300, seed=4).table.to_pylist() != january


@pytest.mark.parametrize(
    "day, by, name, first",
    [
        ("2030-02-28", "month", "2030-02", "2030-02-01"),
        ("2030-12-31", "year", "2030", "2030-01-01"),
        ("2027-01-03", "week", "2026-W53", "2026-12-28"),  # a Sunday, still in the last week of the year before
        ("2024-12-30", "week", "2025-W01", "2024-12-30"),
    ],
)
def test_periods_are_those_of_the_iso_calendar(day: str, by: str, name: str, first: str) -> None:
    period = find_period(day, by)
    assert (period.name, period.first.isoformat()) == (name, first)


@pytest.mark.parametrize(
    "by, first, last, count",
    [
        ("week", "2026-12-20", "2027-01-10", 4),
        ("month", "2029-12-31", "2031-01-01", 14),
        ("year", "2023-06-01", "2029-01-01", 7),
    ],
)
def test_no_period_is_skipped(by: str, first: str, last: str, count: int, counters: Make) -> None:
    found = compute_trends(
        counters({"a": article("A", first, words=1), "b": article("A", last, words=1)}), [HEDGES], by=by, resamples=0
    )
    periods = found.table["period"].to_pylist()
    assert len(periods) == len(set(periods)) == count and periods == sorted(periods)


def test_nothing_dated_gives_no_rows(counters: Make) -> None:
    found = compute_trends(counters({"a": article("A", "", words=1)}), [HEDGES], resamples=0)
    assert found.table.num_rows == 0 and found.undated == 1
    assert found.table.column_names[:4] == ["outlet", "measure", "period", "first_day"]
    assert compute_trends(counters({"a": article("A", "", words=1)}), [HEDGES], chosen=[], resamples=0).undated == 0


def test_impossible_trends_are_refused(counters: Make) -> None:
    odd = counters({"a": article("A", "spring", words=1)})
    with pytest.raises(InputError, match="article 'a': date 'spring' is no ISO day"):
        compute_trends(odd, [HEDGES])
    long = counters({"a": article("A", "1601-01-01", words=1), "b": article("A", "2030-01-01", words=1)})
    with pytest.raises(InputError, match="from 1601-01-01 to 2030-01-01 have more than 1,500 periods"):
        compute_trends(long, [HEDGES], by="week")
    with pytest.raises(InputError, match="by is 'day'"):
        compute_trends(long, [HEDGES], by="day")
    with pytest.raises(InputError, match="no column 'country'"):
        compute_trends(long, [HEDGES], group="country")


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2030", "2030-01-01", "2030-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2030-01..2030-06", "2030-01-01", "2030-06-30"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        (" 2030-03-14 .. 2031 ", "2030-03-14", "2031-12-31"),
    ],
)
def test_spans_are_read(text: str, first: str, last: str) -> None:
    assert read_span(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2030-13", "2030-02-30", "30", "2030..", "2030-W60", "a..b", "2030..2031..2032", "2031..2030", "٢٠٣٠"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_span(text)


def test_change_between_two_periods(counters: Make) -> None:
    rows = {}
    for n in range(1, 21):
        rows[f"a{n}"] = article("Alpha", f"2030-01-{n:02}", words=100, hedge=1 + n % 2)
        rows[f"c{n}"] = article("Alpha", f"2030-02-{n:02}", words=100, hedge=4 + n % 3)
        rows[f"x{n}"] = article("Alpha", f"2030-03-{n:02}", words=100, hedge=50)  # in neither
    rows["b"] = article("Beta", "2030-01-01", words=10, hedge=1)
    alpha, beta = compute_change(
        counters(rows), [HEDGES], read_span("2030-01"), read_span("2030-02"), resamples=500
    ).to_pylist()
    assert (alpha["before"], alpha["after"]) == (15.0, 50.5)  # 30 and 101 in 2,000 words
    assert alpha["difference"] == pytest.approx(35.5)
    assert 0 < alpha["low"] < 35.5 < alpha["high"] and alpha["p"] < 0.01 and alpha["status"] == "ok"
    assert (alpha["n_before"], alpha["n_after"]) == (20, 20)
    assert beta["before"] == 100.0 and math.isnan(beta["after"]) and math.isnan(beta["p"])
    assert beta["status"] == "undefined" and (beta["n_before"], beta["n_after"]) == (1, 0)


def test_overlapping_periods_are_refused(small: Counters) -> None:
    with pytest.raises(InputError, match="2030-01-01 to 2030-01-31 and 2030-01-31 to 2030-02-28 overlap"):
        compute_change(small, [HEDGES], read_span("2030-01"), read_span("2030-01-31..2030-02"))


def test_marks_are_read_by_date(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text('label,date\n"Vote,  called",2 May 2030\nStorm,2030-01-03\n', encoding="utf-8")
    assert read_marks(path) == [Mark("2030-01-03", "Storm"), Mark("2030-05-02", "Vote, called")]


@pytest.mark.parametrize(
    "text, message",
    [
        ("day,label\n2030-01-01,x\n", "no column 'date'. Columns found: day, label"),
        ("date,label\n03/04/2030,x\n", "marks.csv:2: date '03/04/2030' is no day"),
        ("date,label\n,x\n", "marks.csv:2: date '' is no day"),
        ("date,label\n2030-01-01, \n", "marks.csv:2: the mark of 2030-01-01 has no label"),
    ],
)
def test_broken_marks_are_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_marks(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles of Alpha in January and in March, the latter with a quotation; one of Beta; one undated."""
    plain = "The mayor opened the bridge and the band played until noon."
    quoted = "“We waited ten years for this,” the mayor said. The band played."
    articles = [
        Article(
            f"{month}{n}", "Alpha", f"{plain if month == 1 else quoted} It was day {n}.", date=f"2030-0{month}-{n:02}"
        )
        for month in (1, 3)
        for n in range(1, 13)
    ]
    articles += [Article("b", "[red]Beta", quoted, date="2030-02-01"), Article("u", "Alpha", plain)]
    target = tmp_path_factory.mktemp("trends") / "out"
    analyse(articles, output=target, modules=["naming"], resamples=100)
    return target


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(trends, [str(a) for a in arguments], env={"COLUMNS": "100"})


def test_the_terminal_shows_periods_gaps_marks_and_change(folder: Path, tmp_path: Path) -> None:
    marks = tmp_path / "marks.csv"
    marks.write_text("date,label\n2030-02-10,[bold]Flood :syria:\n1999-01-01,Old\n", encoding="utf-8")
    result = invoke(folder, "voice:quoted", "--marks", marks, "--before", "2030-01", "--after", "2030-03")
    assert result.exit_code == 0, result.exception
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "Words in quotation marks (voice:quoted), by month" in lines
    alpha, beta = lines.index("Alpha"), lines.index("[red]Beta")
    assert lines[alpha + 1].startswith("2030-01 0%") and lines[alpha + 1].endswith(" 12")
    assert lines[alpha + 2 : alpha + 4] == ["2030-02 no evidence", "▸ 2030-02-10 [bold]Flood :syria:"]
    assert lines[alpha + 4].startswith("2030-03 █")
    assert lines[beta + 1].endswith("too few 1")
    (change,) = [line for line in lines if line.startswith("Alpha 0%")]
    assert " pp " in change and change.endswith("12 | 12")
    assert "1 article without a date left out." in lines
    assert "1 mark outside the time of the articles not shown." in lines


def test_json_and_one_group_of_all_outlets(folder: Path) -> None:
    found = json.loads(invoke(folder, "voice:quoted", "--json", "--together", "--by", "year").output)
    (row,) = found["rows"]
    assert (row["outlet"], row["period"], row["n_articles"]) == ("all outlets", "2030", 25)
    assert found["undated"] == 1 and found["marks"] == [] and found["change"] == []
    rows = json.loads(invoke(folder, "voice:quoted", "--json", "--of", "Alpha").output)["rows"]
    assert [r["n_articles"] for r in rows] == [12, 0, 12] and rows[1]["value"] is None


def test_wrong_names_are_refused_with_what_is_close(folder: Path) -> None:
    error = invoke(folder, "voice:quotd").exception
    assert isinstance(error, InputError) and "Close to it: voice:quoted" in str(error)
    assert "no outlet 'Gamma'" in str(invoke(folder, "voice:quoted", "--of", "Gamma").exception)
    assert invoke(folder, "voice:quoted", "--before", "2030").exit_code == 2

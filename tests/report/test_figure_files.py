"""Figures on disk: every chart with its text, its data and its record, whoever draws it."""

from __future__ import annotations

import csv
import io
import os
import signal
from pathlib import Path

import pyarrow.csv
import pytest
from click import UsageError

from framing import Analysis
from framing.cli.charts import split_names
from framing.errors import InputError, StoreError
from framing.report import write_gallery
from framing.report.figures.files import draw_aside, start_drawing, write_figures
from framing.report.figures.request import FigureRequest, name_file, name_requests, plan_requests, quote_names
from framing.report.results import Results


def test_two_processes_write_what_one_writes(valley: Analysis, tmp_path: Path) -> None:
    for workers in (1, 2):
        written = write_gallery(valley, tmp_path / str(workers), every=True, formats=["svg"], workers=workers)
        assert len(written) > 4 * 6  # more figures than are left to one process anyway
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("1", "2"))
    assert one == two


def test_the_data_beside_a_figure_are_its_numbers(valley: Analysis, tmp_path: Path) -> None:
    write_gallery(valley, tmp_path, chart="variant-shares", referent="fighters", formats=["svg"])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "variant-shares-valley-fighters.csv").read_text("utf-8"))))
    own = {(r["outlet"], r["variant"]): float(r["share"]) for r in rows if r["voice"] == "own" and r["share"]}
    for outlet in ("Alpha", "Beta", "Gamma"):
        assert sum(share for (o, _), share in own.items() if o == outlet) == pytest.approx(1)
    share = valley.terms("valley/fighters", voice="own").arrow.to_pylist()
    beta = {r["label"]: r["share"] for r in share if r["outlet"] == "Beta"}
    assert own["Beta", "terrorists"] == pytest.approx(beta["terrorists"])


def test_every_chart_has_its_data_beside_it(valley: Analysis, tmp_path: Path) -> None:
    written = write_gallery(valley, tmp_path, every=True, formats=["svg"])
    tables = [p for p in written if p.suffix == ".csv"]
    assert len(tables) == sum(p.suffix == ".svg" for p in written) > 10
    for path in tables:
        data = pyarrow.csv.read_csv(path)
        assert len(data.column_names) > 3 and (data.num_rows or path.name.startswith("keyness")), path.name


@pytest.mark.parametrize(
    "asked, names",
    [
        ({}, ["variant-shares", "stance", "coverage"]),
        ({"chart": "coverage"}, ["coverage"]),
        ({"options": {"referent": "council"}}, ["variant-shares", "stance", "coverage"]),
        ({"options": {"outlet": "Beta"}}, ["profile"]),
    ],
)
def test_what_is_drawn_follows_from_what_is_asked(valley: Analysis, asked: dict[str, object], names: list[str]) -> None:
    charts = [r.chart for r in plan_requests(Results(valley), **asked)]  # type: ignore[arg-type]
    assert charts == names


def test_options_without_a_chart_are_refused_with_those_that_know_them(valley: Analysis) -> None:
    with pytest.raises(InputError, match=r"choose a chart with --chart.*'rebels'.*voices"):
        plan_requests(Results(valley), options={"term": "rebels"})


def test_file_names_are_plain_and_no_two_alike() -> None:
    assert name_file("stance", "syria", "government") == "stance-syria-government"
    slashed, dotted = name_file("contrast", "A/B"), name_file("contrast", "A.B")
    assert slashed != dotted and slashed.startswith("contrast-a-b-") and "/" not in slashed
    assert len(name_file("contrast", "x" * 500)) < 110
    hostile = FigureRequest("profile", {"outlet": "../../etc/passwd\0"})
    assert "/" not in name_requests([hostile], ["../../etc/passwd\0", "etc passwd"])[0]


def test_several_referents_are_one_chart_of_one_lexicon(valley: Analysis) -> None:
    results = Results(valley)
    data = FigureRequest("coverage", {"referent": "fighters, council"}).prepare(results).data.to_table()
    assert data["referent"].unique().to_pylist() == ["Fighters of the valley", "Council of the valley"]
    with pytest.raises(InputError, match="about one referent"):
        FigureRequest("variant-shares", {"referent": "fighters,council"}).prepare(results)


def test_names_with_commas_can_be_pasted_back() -> None:
    names = ["Alpha", "Sun, Moon & Co", 'The "Daily"', " spaced ", "two\nlines", "a\rreturn"]
    assert split_names(quote_names(names)) == [*names[:3], "spaced", *names[4:]]


@pytest.mark.parametrize("names", ["", " , ", "two\nlines", "x, " * 60_000 + "y\nz"])
def test_what_is_no_list_of_names_is_a_mistake_of_usage(names: str) -> None:
    with pytest.raises(UsageError):
        split_names(names)


def test_a_figure_of_no_outlet_is_refused(valley: Analysis) -> None:
    with pytest.raises(InputError, match="No outlet to draw"):
        plan_requests(Results(valley), outlets=[], every=True)
    with pytest.raises(InputError, match="No outlet to draw"):
        FigureRequest("profile", {}, ()).prepare(Results(valley))


def test_different_figures_of_one_list_have_different_names() -> None:
    outlets = ["A", "B C", "A B", "C", "Scatter C"]
    alike = [
        [FigureRequest("contrast", {"outlet": "A", "other": "B C"}),
         FigureRequest("contrast", {"outlet": "A B", "other": "C"})],
        [FigureRequest("keyness", {"outlet": "Scatter C"}), FigureRequest("keyness-scatter", {"outlet": "C"})],
        [FigureRequest("stance", {"referent": "a/b-c"}), FigureRequest("stance", {"referent": "a-b/c"})],
        [FigureRequest("coverage", {"referent": "a/b,a/c"}), FigureRequest("coverage", {"referent": "a/d,a/e"})],
    ]  # fmt: skip
    for one, other in alike:
        assert name_requests([one], outlets) == name_requests([other], outlets)
        first, second = name_requests([one, other], outlets)
        assert first != second and name_requests([other, one], outlets) == [second, first]
    assert name_requests([alike[1][1]] * 2, outlets) == ["keyness-scatter-c"] * 2  # of one figure, one name


def test_an_error_of_another_process_is_that_of_this_one(valley: Analysis, tmp_path: Path) -> None:
    requests = [FigureRequest("stance", {"referent": "nobody"})] * 8
    for workers in (1, 2):
        with pytest.raises(InputError, match="no referent 'nobody'"):
            write_figures(Results(valley), requests, tmp_path, ["svg"], workers)


def test_a_killed_process_is_told_and_nothing_hangs(valley: Analysis, tmp_path: Path) -> None:
    results = Results(valley)
    requests = [FigureRequest("stance", {"referent": "fighters"})] * 3
    with pytest.raises(StoreError, match="was killed"), start_drawing(2) as pool:
        assert pool is not None
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        draw_aside(results, requests, tmp_path, ["svg"], pool)()
        pool.submit(os.getpid).result()


def test_a_folder_that_cannot_be_made_is_told(valley: Analysis, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be made"):
        write_figures(Results(valley), [], tmp_path / "file" / "figures")

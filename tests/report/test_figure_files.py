"""Figures on disk: every chart with its text, its data and its record, whoever draws it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow.csv
import pytest

from framing import Analysis
from framing.errors import InputError
from framing.report import write_gallery
from framing.report.figure_files import write_figures
from framing.report.figure_request import FigureRequest, name_file, name_requests, plan_requests, quote_names
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
    from framing.cli.charts import split_names

    names = ["Alpha", "Sun, Moon & Co", 'The "Daily"', " spaced "]
    assert split_names(quote_names(names)) == ["Alpha", "Sun, Moon & Co", 'The "Daily"', "spaced"]


def test_a_folder_that_cannot_be_made_is_told(valley: Analysis, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be made"):
        write_figures(Results(valley), [], tmp_path / "file" / "figures")

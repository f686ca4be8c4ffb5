"""Make the gallery in this folder from the embedded corpus: `make figures`. Same corpus and versions, same bytes.

Every kind of chart is there, in the width that suits it: one column of a journal (89 mm), one and a half, or two.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from framing.analysis import analyse
from framing.corpus import SOURCE, read_corpus
from framing.report.figures.files import write_figures
from framing.report.figures.request import FigureRequest, plan_requests
from framing.report.results import Results

HERE = Path(__file__).parent
ENDINGS = ("png", "svg", "txt", "csv", "json")
MODULES = ("loaded", "sourcing", "agency")  # a few for the gallery; `framing demo` draws all
OUTLET = "Harbour Wire"
WIDTHS = {
    **dict.fromkeys(("variant-shares", "stance", "coverage", "measure"), 89),
    **dict.fromkeys(("contrast", "map", "voices", "headlines", "slope"), 120),
}
WIDE = 183  # mm, of all others
MOST = {"keyness": 1, "word-shift": 1}  # of kinds of which the analysis has several alike


def plan_gallery(results: Results) -> Iterator[FigureRequest]:
    """Choose what the gallery shows: some of what `framing figures --all` draws, and the chart of one measure."""
    drawn: dict[str, int] = {}
    for request in plan_requests(results, every=True):
        if request.chart == "module" and request.options["module"] not in MODULES:
            continue
        drawn[request.chart] = drawn.get(request.chart, 0) + 1
        if drawn[request.chart] > MOST.get(request.chart, len(results.outlets)):
            continue
        if request.chart == "profile":
            request = replace(request, options={"outlet": OUTLET})
        yield replace(request, width_mm=WIDTHS.get(request.chart, WIDE))
    yield FigureRequest("measure", {"measure": "certainty.commitment.hedge.own"}, width_mm=WIDTHS["measure"])


def make_gallery(target: Path) -> list[Path]:
    """Write the gallery into a folder and return its files."""
    with tempfile.TemporaryDirectory() as folder:
        analysis = analyse(read_corpus(), output=Path(folder) / "analysis", source=SOURCE, command=["make", "figures"])
        results = Results(analysis)
        return write_figures(results, list(plan_gallery(results)), target, workers=2)


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for ending in ENDINGS:
        for old in target.glob(f"*.{ending}"):
            old.unlink()
    for path in make_gallery(target):
        print(path.name)


if __name__ == "__main__":
    main()

"""Make the gallery in this folder from the embedded corpus: `make figures`. Same corpus and versions, same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from framing.analysis import analyse
from framing.corpus import SOURCE, read_corpus
from framing.report.figures import OF_REFERENTS, write_gallery

HERE = Path(__file__).parent
MODULES = ("loaded", "sourcing", "agency")  # a few for the gallery; `framing demo` draws all
OUTLET = "Harbour Wire"
COMPARED = (  # charts of several tables, in the width that suits them
    *(("heatmap", 183), ("contrast", 120), ("map", 120), ("word-shift", 183), ("keyness", 183), ("sources", 183)),
    *(("casualties", 183), ("dispersion", 183)),
)


def main() -> None:
    for old in (*HERE.glob("*.png"), *HERE.glob("*.svg"), *HERE.glob("*.txt")):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        analysis = analyse(read_corpus(), output=Path(folder) / "analysis", source=SOURCE, command=["make", "figures"])
        written = [path for chart in OF_REFERENTS for path in write_gallery(analysis, HERE, chart=chart)]
        for module in MODULES:
            written += write_gallery(analysis, HERE, module=module, width_mm=183)
        # Side by side: in one column, twenty measures make a long figure.
        written += write_gallery(analysis, HERE, outlet=OUTLET, width_mm=183)
        for chart, width in COMPARED:
            written += write_gallery(analysis, HERE, chart=chart, width_mm=width)
        for path in written:
            print(path.name)


if __name__ == "__main__":
    main()

"""Make the gallery in this folder from the embedded corpus: `make figures`. Same corpus and versions, same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from framing.analysis import analyse
from framing.corpus import SOURCE, read_corpus
from framing.report.figures import write_gallery

HERE = Path(__file__).parent


def main() -> None:
    for old in (*HERE.glob("*.png"), *HERE.glob("*.svg"), *HERE.glob("*.txt")):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        analysis = analyse(read_corpus(), output=Path(folder) / "analysis", source=SOURCE, command=["make", "figures"])
        for path in write_gallery(analysis, HERE):
            print(path.name)


if __name__ == "__main__":
    main()

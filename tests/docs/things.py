"""What pages of the documentation may start with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import framing
from framing.corpus import SOURCE, read_corpus

ROOT = Path(__file__).resolve().parents[2]


def make_things(folder: Path) -> Mapping[str, Path]:
    """Make the finished analysis that many pages look at, as `framing demo` makes it but without its figures.

    Returns
    -------
    mapping of str to Path
        "demo", an analysis of the embedded corpus; "corpus", its articles; "articles.csv", those of the tutorial;
        "framing" and "lexicons", the program itself, for pages that change it; "framing.pot", the texts of its report.
    """
    demo = folder / "demo"
    framing.analyse(read_corpus(), output=demo, source=SOURCE, command=["framing", "demo"])
    things = {name: ROOT / name for name in ("corpus", "framing", "lexicons")}
    files = [ROOT / "docs" / "tutorial" / "articles.csv", ROOT / "framing" / "report" / "locale" / "framing.pot"]
    return {"demo": demo, **things, **{path.name: path for path in files}}

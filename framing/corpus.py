"""The embedded corpus: invented articles of invented outlets, for the demonstration and for tests."""

from __future__ import annotations

from pathlib import Path

from framing.ingest import Articles, read_articles

SOURCE = "invented articles of invented outlets, for demonstration"


def corpus_root() -> Path:
    """Return the folder of the embedded corpus: inside the package when installed, at the top of a checkout."""
    inside = Path(__file__).parent / "data" / "corpus"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "corpus"


def read_corpus() -> Articles:
    """Open the embedded articles. Nothing in them is to be cleaned away."""
    root = corpus_root()
    return read_articles(root, metadata=root / "articles.csv", clean=False)

"""Measures how news outlets word the same events: who calls whom what, in whose voice.

    import framing
    articles = framing.read_articles("articles.jsonl")
    analysis = framing.analyse(articles, lexicons="syria")
    analysis.terms("armed-opposition", voice="own")

Names are loaded when they are first used, so that `import framing` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.analysis import Analysis, analyse
    from framing.analysis import open_analysis as open
    from framing.corpus import read_corpus
    from framing.errors import FramingError, InputError, LexiconError
    from framing.ingest import Articles, read_articles
    from framing.lexicon import Lexicon, read_lexicon, read_lexicons
    from framing.text import Article
    from framing.view import Table

_HOMES = {
    "Analysis": "analysis",
    "Article": "text",
    "Articles": "ingest",
    "FramingError": "errors",
    "InputError": "errors",
    "Lexicon": "lexicon",
    "LexiconError": "errors",
    "Table": "view",
    "analyse": "analysis",
    "open": "analysis",
    "read_articles": "ingest",
    "read_corpus": "corpus",
    "read_lexicon": "lexicon",
    "read_lexicons": "lexicon",
}

__all__ = [
    "Analysis",
    "Article",
    "Articles",
    "FramingError",
    "InputError",
    "Lexicon",
    "LexiconError",
    "Table",
    "analyse",
    "open",
    "read_articles",
    "read_corpus",
    "read_lexicon",
    "read_lexicons",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'framing' has no attribute {name!r}")
    home = import_module(f"framing.{_HOMES[name]}")
    return getattr(home, "open_analysis" if name == "open" else name)


def __dir__() -> list[str]:
    return sorted(__all__)

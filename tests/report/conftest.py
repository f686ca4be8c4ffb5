"""Analyses of the tests of reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from valley_data import NAMES, valley_articles, valley_wordings, write_certainty, write_lexicon

import framing
from framing import Analysis


@pytest.fixture(scope="session")
def valley_lexicon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lexicon(tmp_path_factory.mktemp("lexicons") / "valley")


@pytest.fixture(scope="session")
def valley(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("analysis") / "valley"
    return framing.analyse(valley_articles(), valley_lexicon, folder, modules=NAMES, resamples=200)


@pytest.fixture(scope="session")
def wordings(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """The valley with two modules more, one whose numbers rest on mentions and one whose do not."""
    folder = tmp_path_factory.mktemp("wordings")
    certainty = write_certainty(folder / "commitment")
    modules = [*NAMES, "certainty", "readability"]
    return framing.analyse(
        valley_wordings(), [valley_lexicon, certainty], folder / "analysis", modules=modules, resamples=200
    )

"""Analyses of the tests of reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from valley_data import valley_articles, write_lexicon

import framing
from framing import Analysis


@pytest.fixture(scope="session")
def valley_lexicon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lexicon(tmp_path_factory.mktemp("lexicons") / "valley")


@pytest.fixture(scope="session")
def valley(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("analysis") / "valley"
    return framing.analyse(valley_articles(), valley_lexicon, folder, resamples=200)

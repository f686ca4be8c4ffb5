"""One finished analysis for all pages of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from things import make_things


@pytest.fixture(scope="session")
def things(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return make_things(tmp_path_factory.mktemp("things"))

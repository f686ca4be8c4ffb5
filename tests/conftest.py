"""What all tests share: the development data beside the checkout, where it is, and a small lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.lexicon import Category, Lexicon, Term

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder with `seeds/` and `data/`; tests that need it skip where it is not."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the development data (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture
def small_lexicon() -> Lexicon:
    """Two referents, five names, one blocker."""
    return Lexicon(
        name="small",
        module="naming",
        title="A small lexicon",
        language="en",
        version="1.0.0",
        licence="CC0-1.0",
        scale=(-2.0, 2.0),
        scale_meaning="direction toward the party named",
        categories={
            "fighters": Category("fighters", "The fighters", "armed-group"),
            "government": Category("government", "The government", "government"),
        },
        terms=(
            Term("rebel(s)", "fighters", 0.0),
            Term("terrorist(s)", "fighters", -2.0),
            Term("freedom fighter(s)", "fighters", 2.0),
            Term("government", "government", 0.0),
            Term("regime", "government", -1.0),
            Term("regime change", "government", float("nan")),
        ),
        sha256="0" * 64,
    )

"""matplotlib's settings while a chart is made: its own defaults and ours, whatever the user's are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

# Not part of how a figure looks, and not restored by rc_context or tied to the running program.
_NOT_LOOKS = (
    "backend",
    "toolbar",
    "interactive",
    "timezone",
    "webagg",
    "tk",
    "keymap",
    "macosx",
    "figure.max_open",
    "savefig.dir",
)


@contextmanager
def own_settings() -> Iterator[None]:
    """Within the block, matplotlib has its default settings plus ours; afterwards the user's are back."""
    import matplotlib

    settings: dict[str, Any] = {
        key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(_NOT_LOOKS)
    }
    settings |= {
        "text.parse_math": False,  # an outlet may be called "$AVE"
        "text.hinting": "no_hinting",  # widths as measured
        "hatch.linewidth": 0.5,
        "svg.hashsalt": "framing",
        "svg.fonttype": "path",  # looks the same without the font
        "pdf.fonttype": 42,  # TrueType: text that can be searched, selected and edited; publishers refuse Type 3
        "path.simplify": False,
    }
    with matplotlib.rc_context(cast(Any, settings)):
        yield

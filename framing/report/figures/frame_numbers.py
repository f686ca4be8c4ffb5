"""What the chart of frames shows: the cues of one set of frames, shared out, for each outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from framing.charts.frames_table import FrameProfiles
from framing.charts.measure_rows import MeasureGroup
from framing.errors import InputError
from framing.report.findings.module_bounds import widest_gap
from framing.report.module_choice import MeasureView
from framing.report.results import Results
from framing.report.rows import OK
from framing.statistics.likeness import mean_of_outlets

MODULE = "frames"
SETS = ("frames.generic", "frames.policy")
"""Sets of frames that the gallery holds; others by their names."""

_VOICE = "own"


@dataclass(frozen=True, slots=True)
class FrameShares:
    """The chart's data, and the frame of which two outlets' shares lie furthest apart, "" where none do."""

    profiles: FrameProfiles
    gap: str


def take_frames(results: Results, outlets: Sequence[str], name: str) -> FrameShares:
    """Take the shares of the frames of a set in own voice.

    Parameters
    ----------
    name : str
        "frames.generic", or any measure of a set: "frames.policy.political.own".

    Raises
    ------
    InputError
        The module has not run, there is no such set, or none of these outlets has a cue of it.
    """
    module = results.module(MODULE)
    sets: dict[str, list[MeasureView]] = {}
    for view in (*module.headline, *module.further):
        fields = view.name.split(".")
        if len(fields) == 4 and fields[3] == _VOICE and view.unit.startswith("share"):
            sets.setdefault(".".join(fields[:2]), []).append(view)
    wanted = ".".join((name if name.startswith(f"{MODULE}.") else f"{MODULE}.{name}").split(".")[:2])
    if wanted not in sets:
        raise InputError(f"no set of frames {name!r} in this analysis. There are: {', '.join(sorted(sets)) or 'none'}.")
    views = sets[wanted]
    labels = _label(views)
    group = MeasureGroup(
        module.title, tuple(replace(v.shown, label=label) for v, label in zip(views, labels, strict=True))
    )
    value = np.full((len(outlets), len(views)), np.nan)
    for i, outlet in enumerate(outlets):
        for j, view in enumerate(views):
            number = results.measures.get((outlet, view.name))
            if number is not None and number.status == OK:
                value[i, j] = number.value
    gaps = [widest_gap(results, v, outlets) for v in views]
    widest = max((g.width, label) for g, label in [*zip(gaps, labels, strict=True)] if g) if any(gaps) else (0.0, "")
    titles = {str(r["name"]): str(r["title"]) for r in results.module_records if r["module"] == MODULE}
    known = titles.get(wanted.split(".")[1], "")
    return FrameShares(
        FrameProfiles.from_table(
            results.module_table,
            group,
            outlets,
            means=mean_of_outlets(value).tolist(),
            unit=f"share of {known[:1].lower()}{known[1:]}, own voice" if known else "share of cues, own voice",
            minimum=results.min_articles,
            stressed=widest[1],
        ),
        widest[1],
    )


def _label(views: Sequence[MeasureView]) -> list[str]:
    """Return short names: what stands before the colon, where that tells them apart."""
    whole = [v.label.removesuffix(" (own voice)") for v in views]
    short = [label.split(":", 1)[0] for label in whole]
    return short if len(set(short)) == len(short) else whole

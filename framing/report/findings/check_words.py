"""The words and numbers of the answers in `checks.py`: differences, q, effects, and what carries them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.charts import say_number
from framing.guides import list_guides, read_guide
from framing.report.lang import _, plural
from framing.report.wording import localise, percent, tidy

if TYPE_CHECKING:
    from framing.report.findings.finding import Finding
    from framing.report.results import Results

POINTS, RATE, PLAIN = "points", "rate", "plain"
PER_WORDS = 1000  # scale of a measure that is a rate

Row = Mapping[str, Any]


def find_form(results: Results, finding: Finding) -> str:
    """Return how the difference of a finding is said; see `say_difference`."""
    if not finding.module:
        return PLAIN if finding.contrast.startswith("stance:") else POINTS
    module = results.module(finding.module)
    for view in (*module.headline, *module.further):
        if view.name == finding.measure:
            return POINTS if view.shown.percent else RATE if view.scale == PER_WORDS else PLAIN
    return PLAIN


def say_difference(row: Row, form: str, prefix: str = "") -> str:
    """Return "+61 points (95% interval +45 to +73)".

    Parameters
    ----------
    row : mapping
        Of `contrasts`.
    form : str
        `POINTS` for a difference of shares, `RATE` for one of rates per 1,000 words, `PLAIN` for any other.
    prefix : str
        Of the columns: "" for the difference over all articles, "matched_" for that inside events.
    """
    difference, low, high = (_sign(row[f"{prefix}{name}"], form) for name in ("difference", "low", "high"))
    if form == POINTS:
        one = difference.lstrip("+−") == "1"
        difference = plural("{number} point", "{number} points", 1 if one else 2).format(number=difference)
    elif form == RATE:
        difference = _("{number} per 1,000 words").format(number=difference)
    if low == high:  # all agree: what has no width says nothing about certainty
        return difference
    text = _("{difference} ({level} interval {low} to {high})")
    return text.format(difference=difference, level=percent(0.95), low=low, high=high)


def _sign(value: float, form: str) -> str:
    """Return a number with its sign; of shares in whole points, below one with a decimal."""
    if form == POINTS:
        points = 100 * value
        text = f"{points:+.0f}" if abs(points) >= 1 else f"{points:+.1f}"
    else:
        text = f"{'+' if value > 0 else ''}{say_number(value)}"
    text = localise(text).replace("-", "−")
    return text if any(digit in "123456789" for digit in text) else "0"


def say_q(q: float) -> str:
    """Return "q < 0.001" or "q = 0.012"."""
    if q < 0.001:
        return _("q < {number}").format(number=localise("0.001"))
    return _("q = {number}").format(number=localise(f"{q:.3f}" if q < 0.1 else f"{q:.2f}"))


def say_delta(delta: float) -> str:
    """Say Cliff's delta with the usual word for its size (Romano et al. 2006)."""
    size = abs(delta)
    if size < 0.147:
        text = _("Article by article, the effect is negligible (Cliff’s delta {delta})")
    elif size < 0.33:
        text = _("Article by article, the effect is small (Cliff’s delta {delta})")
    elif size < 0.474:
        text = _("Article by article, the effect is medium (Cliff’s delta {delta})")
    else:
        text = _("Article by article, the effect is large (Cliff’s delta {delta})")
    return text.format(delta=localise(f"{delta:+.2f}").replace("-", "−"))


def say_part(share: float) -> str:
    """Return how much of a difference something carries: "62%", "all"."""
    return _("all") if share >= 1 else percent(share)


@cache
def guide_publishers() -> Mapping[str, str]:
    """Return the publishers of the style guides that come with the program, by the names of the guides."""
    return {guide.name: guide.publisher for guide in map(read_guide, list_guides())}


def name_term(results: Results, row: Row) -> str:
    """Return the words that a term of a contrast is shown by: its name, or its commonest form in the articles."""
    kind, *fields = str(row["measure"]).split(":")
    term = str(row["term"])
    label = results.labels.get(((fields[0], fields[1]), term)) if kind in ("share", "stance", "rate") else None
    if label is not None:
        return label
    table = results.module_mentions
    here = pc.and_(
        pc.equal(table["term"].cast(pa.string()), term),
        pc.equal(table["module"].cast(pa.string()), kind.partition(".")[0]),
    )
    forms = Counter(text.casefold() for text in table.filter(here)["surface"].cast(pa.string()).to_pylist())
    return min(forms, key=lambda form: (-forms[form], form)) if forms else tidy(term)[:80]

"""Four questions to every difference between two outlets: is it chance, the topics, one article, or agency copy?

The answers come from the `contrasts` table; nothing is computed here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from framing.report.wording import count, tidy
from framing.statistics.robustness import CARRIES

if TYPE_CHECKING:
    from framing.report.finding import Finding
    from framing.report.results import Results

YES, NO, UNKNOWN = "yes", "no", "unknown"
"""The difference stands; it does not; it cannot be said."""

LEVEL = 0.05
STEADY = 0.95  # share of other weights under which a difference keeps its sign, below which that is said

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One question to a difference, and its answer.

    Attributes
    ----------
    question : str
        "Chance?", "The topics?", "One article or term?", "Shared text?".
    mark : str
        "yes": the difference stands; "no": it does not; "unknown": there is not enough evidence to say.
    text : str
    """

    question: str
    mark: str
    text: str


def check_finding(results: Results, finding: Finding) -> Finding:
    """Return a finding with the answers; one that fails a question, or was not tested, goes behind the others."""
    if not finding.contrast or len(finding.outlets) != 2 or not results.has_contrasts:
        return finding
    row = results.contrast(*finding.outlets, finding.contrast)
    if row is None:
        few = Check("Chance?", UNKNOWN, "Insufficient evidence: too few articles on one side carry it for a test.")
        return replace(finding, checks=(few,), strength=min(finding.strength, 0.0))
    checks = (
        check_chance(row, results.contrast_count),
        check_topics(row),
        check_parts(row, results),
        check_copies(row),
    )
    doubtful = checks[0].mark != YES or any(c.mark == NO for c in checks)
    return replace(finding, checks=checks, strength=min(finding.strength, 0.0) if doubtful else finding.strength)


def check_chance(row: Row, tests: int) -> Check:
    """Whether the difference over all articles is beyond chance, all comparisons counted."""
    if math.isnan(row["q"]):
        return Check("Chance?", UNKNOWN, "Insufficient evidence over all articles: too few on one side.")
    verdict = "beyond chance" if row["q"] <= LEVEL else "within chance"
    text = f"{say_q(row['q'])} among {tests:,} comparisons, {verdict}. Article by article: {say_delta(row['delta'])}."
    return Check("Chance?", YES if row["q"] <= LEVEL else NO, text)


def check_topics(row: Row) -> Check:
    """Whether it is there inside events on which both report."""
    events = count(row["n_events"], "event")
    if row["matched_status"] != "ok":
        why = "no event in common is known" if not row["n_events"] else f"only {events} in common"
        return Check("The topics?", UNKNOWN, f"Insufficient evidence: {why}, so it may come from what they report on.")
    same = row["matched_low"] > 0 if row["difference"] > 0 else row["matched_high"] < 0
    kept = row["matched_difference"] / row["difference"] if row["difference"] else math.nan
    if same and row["matched_q"] <= LEVEL:
        text = f"Inside {events} that both report it is {_say_kept(kept)} ({say_q(row['matched_q'])})."
        return Check("The topics?", YES, text)
    if same:
        return Check("The topics?", UNKNOWN, f"Inside {events} it points the same way, but not beyond chance.")
    return Check("The topics?", NO, f"Inside {events} that both report no difference is left to see.")


def _say_kept(kept: float) -> str:
    if 0.8 <= kept <= 1.25:
        return "about as large"
    return "smaller" if kept < 0.8 else "larger"


def check_parts(row: Row, results: Results) -> Check:
    """Whether one article or one term carries half of it, and what other weights and the headlines say."""
    said = []
    if row["article_share"] >= CARRIES:
        title = results.article_title(row["article"])
        said.append(f"One article carries {_say_part(row['article_share'])} of it: {title}.")
    if row["term_share"] >= CARRIES:
        said.append(f"One term carries {_say_part(row['term_share'])} of it: {tidy(row['term'])[:80]}.")
    carried = bool(said)
    if not said:
        said.append("No single article or term carries half of it.")
    if row["weights_agree"] < STEADY:
        said.append(
            f"With weights moved by up to one step it keeps its direction in {row['weights_agree']:.0%} of trials."
        )
    if row["guides_against"]:
        said.append(f"It is gone with the weights of these style guides: {row['guides_against']}.")
    if row["headline_status"] == "ok":
        same = row["headline_low"] > 0 if row["difference"] > 0 else row["headline_high"] < 0
        said.append("It is there in headlines alone." if same else "It is not to be seen in headlines alone.")
    return Check("One article or term?", NO if carried else YES, " ".join(said))


def _say_part(share: float) -> str:
    return "all" if share >= 1 else f"{share:.0%}"


def check_copies(row: Row) -> Check:
    """Whether it survives without text that other outlets print too."""
    if row["survives"] == "yes":
        return Check("Shared text?", YES, "It survives without text that other outlets print too.")
    if row["survives"] == "no":
        return Check("Shared text?", NO, "It does not survive without text that other outlets print too.")
    if row["survives"] == "insufficient":
        return Check("Shared text?", UNKNOWN, "Too little is left without text that other outlets print too.")
    return Check("Shared text?", UNKNOWN, "Not asked: there is no difference over all articles.")


def say_q(q: float) -> str:
    """Return "q < 0.001" or "q = 0.012"."""
    return "q < 0.001" if q < 0.001 else f"q = {q:.3f}" if q < 0.1 else f"q = {q:.2f}"


def say_delta(delta: float) -> str:
    """Say Cliff's delta with the usual word for its size (Romano et al. 2006)."""
    size = abs(delta)
    word = "negligible" if size < 0.147 else "small" if size < 0.33 else "medium" if size < 0.474 else "large"
    return f"{word} effect (Cliff’s delta {delta:+.2f})".replace("-", "−")

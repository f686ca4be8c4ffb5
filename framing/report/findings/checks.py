"""Four questions to every difference between two outlets: is it chance, the topics, one article, or agency copy?

The answers come from the `contrasts` table; nothing is computed here. A sentence about one outlet is asked the first
and the third: its own interval and its articles answer them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from framing.comparisons import MOST_OUTLETS
from framing.report.findings.check_words import (
    find_form,
    guide_publishers,
    name_term,
    say_delta,
    say_difference,
    say_part,
    say_q,
)
from framing.report.lang import _
from framing.report.rows import OK
from framing.report.wording import count, join, percent, quote
from framing.statistics.robustness import CARRIES

if TYPE_CHECKING:
    from framing.report.findings.finding import Finding
    from framing.report.results import Results

YES, NO, UNKNOWN = "yes", "no", "unknown"
"""The difference stands; it does not; it cannot be said."""

LEVEL = 0.05
STEADY = 0.95  # share of other weights under which a difference keeps its sign, below which that is said

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One question to a finding, and its answer.

    Attributes
    ----------
    question : str
        "Chance?", "The topics?", "One article or term?", "Shared text?".
    mark : str
        "yes": the finding stands; "no": it does not; "unknown": there is not enough evidence to say.
    text : str
    name : str
        The question for machines: "chance", "topics", "parts", "copies".
    """

    question: str
    mark: str
    text: str
    name: str


def check_finding(results: Results, finding: Finding) -> Finding:
    """Return a finding with the answers, and with what says how sure it is: its q, and the distance of the difference
    from none in halves of its interval."""
    if not finding.contrast or len(finding.outlets) != 2:
        return finding
    if not results.has_contrasts:
        return replace(finding, checks=(_unasked(_("Not asked: outlets were not compared when this was analysed.")),))
    row = results.contrast(*finding.outlets, finding.contrast)
    if row is None:
        return replace(finding, checks=(_unasked(_say_missing(results, finding)),))
    form = find_form(results, finding)
    checks = (
        check_chance(row, results.contrast_count, form),
        check_topics(row, form),
        check_parts(row, results),
        check_copies(row),
    )
    if finding.status != OK:
        return replace(finding, checks=checks)
    return replace(finding, checks=checks, q=row["q"], strength=_find_clearance(row))


def check_one_outlet(clear: bool, why: str, concentrated: str) -> tuple[Check, ...]:
    """Return the answers for a sentence about one outlet.

    Parameters
    ----------
    clear : bool
        Whether its interval stays clear of what would make the sentence untrue; `why` says so or not.
    concentrated : str
        See `say_concentration`: "" where no few articles hold half of the mentions.
    """
    spread = _("No single article, and no tenth of the articles, holds half of the mentions.")
    return (
        Check(_("Chance?"), YES if clear else NO, why, "chance"),
        Check(_("One article?"), NO if concentrated else YES, concentrated or spread, "parts"),
    )


def check_too_few(why: str) -> tuple[Check, ...]:
    """Return the answer for a sentence that rests on too little; `why` says on what."""
    return (_unasked(_("Insufficient evidence: {why}.").format(why=why)),)


def _unasked(text: str) -> Check:
    return Check(_("Chance?"), UNKNOWN, text, "chance")


def _say_missing(results: Results, finding: Finding) -> str:
    if finding.status != OK or set(finding.outlets) <= _list_compared(results):
        return _("Insufficient evidence: too few articles on one side carry the difference for a test.")
    return _("Not asked: only the outlets with most articles were compared when this was analysed.")


def _list_compared(results: Results) -> set[str]:
    return set(sorted(results.sizes, key=lambda o: (-int(results.sizes[o]["articles"]), o))[:MOST_OUTLETS])


def _find_clearance(row: Row) -> float:
    """Return how far a difference lies from none, less half the width of its interval, in these halves."""
    half = (row["high"] - row["low"]) / 2
    nearest = row["low"] if row["difference"] > 0 else -row["high"]
    return float(nearest / half) if half > 0 and math.isfinite(nearest) and math.isfinite(half) else 0.0


def check_chance(row: Row, tests: int, form: str) -> Check:
    """Whether the difference over all articles is beyond chance, all comparisons counted.

    Parameters
    ----------
    row : mapping
        Of `contrasts`, seen from the outlet with more.
    tests : int
        How many comparisons were made together.
    form : str
        How the difference is said: see `say_difference`.
    """
    if math.isnan(row["q"]):
        return _unasked(_("Insufficient evidence over all articles: too few on one side."))
    beyond = row["q"] <= LEVEL
    if beyond:
        text = _("The difference, {difference}, is beyond chance: {q} among {comparisons}. {effect}.")
    else:
        text = _("The difference, {difference}, is within chance: {q} among {comparisons}. {effect}.")
    said = text.format(
        difference=say_difference(row, form),
        q=say_q(row["q"]),
        comparisons=count(tests, "comparison"),
        effect=say_delta(row["delta"]),
    )
    return Check(_("Chance?"), YES if beyond else NO, said, "chance")


def check_topics(row: Row, form: str) -> Check:
    """Whether it is there inside events on which both report; see `check_chance`."""
    question, number = _("The topics?"), row["n_events"]
    events = count(number, "event")
    if row["matched_status"] != OK:
        why = _("no event in common is known") if not number else _("only {events} in common").format(events=events)
        text = _("Insufficient evidence: {why}, so the difference may come from what they report on.")
        return Check(question, UNKNOWN, text.format(why=why), "topics")
    same = row["matched_low"] > 0 if row["difference"] > 0 else row["matched_high"] < 0
    turned = row["matched_high"] < 0 if row["difference"] > 0 else row["matched_low"] > 0
    if same and row["matched_q"] <= LEVEL:
        text, mark = _say_kept(row), YES
    elif same:
        text = _("On the {events} that both report, the difference points the same way, but not beyond chance: {said}.")
        mark = UNKNOWN
    elif turned:
        text, mark = _("On the {events} that both report, the difference points the other way: {said}."), NO
    else:
        text, mark = _("On the {events} that both report, no clear difference is left: {said}."), NO
    said = _("{difference}, {q}").format(difference=say_difference(row, form, "matched_"), q=say_q(row["matched_q"]))
    return Check(question, mark, text.format(events=events, said=said), "topics")


def _say_kept(row: Row) -> str:
    kept = row["matched_difference"] / row["difference"] if row["difference"] else math.nan
    if 0.8 <= kept <= 1.25:
        return _("On the {events} that both report, the difference is about as large: {said}.")
    if kept < 0.8:
        return _("On the {events} that both report, the difference is smaller, but beyond chance: {said}.")
    return _("On the {events} that both report, the difference is larger: {said}.")


def check_parts(row: Row, results: Results) -> Check:
    """Whether one article or one term carries half of it, and what other weights and the headlines say."""
    said = []
    if row["article_share"] >= CARRIES:
        text = _("One article carries {part} of the difference: {title}.")
        said.append(text.format(part=say_part(row["article_share"]), title=results.article_title(row["article"])))
    if row["term_share"] >= CARRIES:
        text = _("One name or word carries {part} of the difference: {term}.")
        said.append(text.format(part=say_part(row["term_share"]), term=quote(name_term(results, row))))
    carried = bool(said)
    if not said:
        said.append(_("No single article or term carries half of the difference."))
    if row["weights_agree"] < STEADY:
        text = _("With weights moved by up to one step, the difference keeps its direction in {share} of trials.")
        said.append(text.format(share=percent(row["weights_agree"])))
    if row["guides_against"]:
        names = guide_publishers()
        guides = join([names.get(name, name) for name in row["guides_against"].split("; ")])
        said.append(
            _("With the weights of these style guides, the difference is gone: {guides}.").format(guides=guides)
        )
    if row["headline_status"] == OK:
        same = row["headline_low"] > 0 if row["difference"] > 0 else row["headline_high"] < 0
        said.append(
            _("The difference is there in headlines alone.")
            if same
            else _("In headlines alone, the difference is not to be seen.")
        )
    return Check(_("One article or term?"), NO if carried else YES, " ".join(said), "parts")


def check_copies(row: Row) -> Check:
    """Whether it survives without text that other outlets print too."""
    mark, text = {
        "yes": (YES, _("The difference survives without text that other outlets print too.")),
        "no": (NO, _("The difference does not survive without text that other outlets print too.")),
        "insufficient": (UNKNOWN, _("Too little is left without text that other outlets print too.")),
    }.get(row["survives"], (UNKNOWN, _("Not asked: no difference is established over all articles.")))
    return Check(_("Shared text?"), mark, text, "copies")

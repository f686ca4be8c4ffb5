"""How a finding was made, in a paragraph to print: short enough for an article, exact enough for a referee."""

from __future__ import annotations

from framing.report.citing import cite_analysis
from framing.report.figures.measure_names import choose_measure
from framing.report.findings.finding import MATCHED, Finding
from framing.report.lang import _
from framing.report.results import Results
from framing.report.wording import count, join, period, quote, tidy, weight

_REFERENCES = (
    "Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57; Cliff (1993), Psychol. Bull. 114; "
    "Davison & Hinkley (1997), Bootstrap Methods and their Application."
)


def say_method(results: Results, finding: Finding) -> str:
    """Return the paragraph: what was read, what was counted, how certain it is, what it does not tell."""
    return " ".join([_say_material(results, finding), _say_count(results, finding), *_say_certainty(results, finding),
                     _say_limits(), cite_analysis(results)])  # fmt: skip


def say_references() -> str:
    """Return the works that the paragraph rests on."""
    return _REFERENCES


def _say_material(results: Results, finding: Finding) -> str:
    sizes = [results.sizes[o] for o in finding.outlets]
    first, last = ([str(s[name]) for s in sizes if s[name]] for name in ("first", "last"))
    return _("A program read all {articles} of {outlets} in this collection ({period}).").format(
        articles=count(sum(int(s["articles"]) for s in sizes), "article"),
        outlets=join([tidy(o) for o in finding.outlets]),
        period=period(min(first), max(last)) if first else _("undated"),
    )


def _say_count(results: Results, finding: Finding) -> str:
    voices = _(
        "Words in quotation marks, words reported of others and the outlet’s own words are kept apart by rules and "
        "lists of verbs."
    )
    if finding.kind == "coverage":
        return _(
            "Counted is whether an article mentions {subject}, in any voice, of all articles on events on which "
            "another article does."
        ).format(subject=quote(finding.label or finding.subject))
    if finding.kind == "voice-difference":
        quoted = _("Counted is the share of all words that stand in quotation marks.")
        reported = _("Counted is the share of all words that are reported of others, outside quotation marks.")
        return f"{voices} {quoted if finding.voice == 'quoted' else reported}"
    if finding.referent is not None:
        return f"{voices} {_say_names(results, finding)}"
    chosen = choose_measure(results, finding.measure, finding.outlets)
    counted = _("Counted is the measure {label}, {unit}.").format(
        label=quote(chosen.shown.label), unit=tidy(chosen.shown.unit) or _("a mean over articles")
    )
    return f"{voices} {counted}"


def _say_names(results: Results, finding: Finding) -> str:
    """Say what is counted of the names for a subject: how they lean, or how often one of them is chosen."""
    assert finding.referent is not None
    subject = quote(finding.label or finding.subject)
    if finding.kind in ("stance", "stance-difference"):
        scale = results.scale(finding.referent)
        return _(
            "Each name for {subject} has a weight in a list, from {low} ({low_name}) to {high} ({high_name}), with its "
            "reason; counted is the mean weight of the names that the outlet uses in its own voice."
        ).format(
            subject=subject,
            low=weight(scale.low),
            low_name=scale.low_name,
            high=weight(scale.high),
            high_name=scale.high_name,
        )
    if finding.kind == "others-only":
        return _(
            "Counted is how often each name for {subject} on a list stands in what an outlet quotes or reports, and in "
            "its own voice."
        ).format(subject=subject)
    return _(
        "Counted is the share of each name among all mentions of {subject} in the outlet’s own voice, of the names on "
        "a list."
    ).format(subject=subject)


def _say_certainty(results: Results, finding: Finding) -> list[str]:
    resamples = int(results.manifest.get("options", {}).get("resamples", 0))
    unit = _("events") if finding.mode == MATCHED else _("articles")
    said = [
        _(
            "Intervals hold 95% and come from {resamples} resamples of whole {unit}; fewer than {least} articles "
            "behind a number count as insufficient evidence."
        ).format(resamples=f"{resamples:,}", unit=unit, least=results.min_articles)
    ]
    if finding.contrast and len(finding.outlets) == 2 and results.has_contrasts:
        said.append(
            _(
                "The difference was tested by letting articles change sides at random; q is the share of false alarms "
                "to expect among all {number} comparisons that look as strong. It was asked again within events on "
                "which both report, without each article and each term in turn, and without text that other outlets "
                "print too."
            ).format(number=f"{results.contrast_count:,}")
        )
    return said


def _say_limits() -> str:
    return _(
        "The lists cannot hold every name, and rules take some words for the wrong voice; the rates of both errors are "
        "published with the program. The result describes wording, not intent, and not which word is right."
    )

"""Any measure of an analysis by its name, with the words that a chart of it alone needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from framing.charts import ShownMeasure
from framing.errors import InputError
from framing.measure import Measure
from framing.report.lang import _
from framing.report.results import Results
from framing.report.wording import Spoken, name_end, quote, tidy, weight

_NAMED = 10  # measures that an error names


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure, the words of a chart for it, and a short hash of the lexicons behind it ("" for none)."""

    measure: Measure
    shown: ShownMeasure
    digest: str


def choose_measure(results: Results, name: str | None, outlets: Sequence[str]) -> NamedMeasure:
    """Return the measure of a name, or, without one, the first that the report shows and these outlets have.

    Raises
    ------
    InputError
        There is none; the message names those that are close.
    """
    known = results.analysis.describe_measures()
    if name is None:
        shown = (m.name for module in results.modules for m in module.headline)
        found = next((m for m in shown if any((o, m) in results.measures for o in outlets)), "voice:quoted")
        return _describe(results, known[found])
    if name not in known:
        close = [n for n in known if name.casefold() in n.casefold()][:_NAMED]
        close += [n for n in get_close_matches(name, known, _NAMED, 0.5) if n not in close]
        raise InputError(
            f"no measure {name!r} in this analysis. Close to it: {', '.join(close[:_NAMED] or list(known)[:_NAMED])} "
            "(all: framing table DIR measures)."
        )
    return _describe(results, known[name])


def _describe(results: Results, measure: Measure) -> NamedMeasure:
    for module in results.modules:
        for view in (*module.headline, *module.further):
            if view.name == measure.name:
                return NamedMeasure(measure, view.shown, results.module_digest(module.module))
    return NamedMeasure(measure, _show_naming(results, measure), results.digest)


def _show_naming(results: Results, measure: Measure) -> ShownMeasure:
    """Return the words for a measure of names, or of how much others speak."""
    kind, *fields = measure.name.split(":", 4)
    label, unit = tidy(measure.label), tidy(measure.unit)
    if kind == "voice":
        return ShownMeasure(measure.name, label, _("of all words"), True)
    referent = fields[0], fields[1]
    subject, voice = quote(results.label(referent)), _VOICES.get(fields[2], fields[2])
    if kind == "rate":
        return ShownMeasure(measure.name, _("Mentions of {subject}").format(subject=subject), unit)
    if kind == "stance":
        scale = results.scale(referent)
        said = _("mean weight, {low} ({low_name}) to {high} ({high_name}), {voice}").format(
            low=weight(scale.low),
            low_name=name_end(scale.low_name),
            high=weight(scale.high),
            high_name=name_end(scale.high_name),
            voice=voice,
        )
        return ShownMeasure(measure.name, _("Words for {subject}").format(subject=subject), said)
    name = quote(results.labels.get((referent, fields[3]), label))
    title = _("{name} for {subject}").format(name=name, subject=subject)
    return ShownMeasure(measure.name, title, _("of mentions, {voice}").format(voice=voice), True)


_VOICES: Mapping[str, str] = Spoken(
    lambda: {
        "own": _("own voice"),
        "quoted": _("in quotation marks"),
        "attributed": _("in reported speech"),
        "scare": _("in scare quotes"),
    }
)

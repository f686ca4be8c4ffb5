"""What is known of the errors of matching, voice and modules: for the method of a report, each with its source.

The numbers are those of the README and of docs/validity.md, where the commands are that make them; a test holds them
together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from framing.report.lang import _

README, VALIDITY = "README.md", "docs/validity.md"


@dataclass(frozen=True, slots=True)
class KnownError:
    """How well one thing is done: `value` of a `metric` as `source` gives it, `module` the module that rests on it."""

    what: str
    measured_on: str
    metric: str
    value: str
    source: str
    module: str = "naming"


def list_known_errors(modules: Collection[str]) -> tuple[KnownError, ...]:
    """Return what is known of the modules that ran; of names and voices always."""
    right, recall, coded = _("right for"), _("recall"), _("twelve coded articles")
    known = (
        KnownError(_("names found"), _("14 real articles on many topics, 535 coded names"), recall, "0.94", README),
        KnownError(_("right subject of a name"), _("random mentions in 1,972 real articles"), right, "0.965", README),
        KnownError(_("voice of a mention"), _("14 real articles"), right, "0.96", README),
        KnownError(_("voice of each word"), _("924 articles with annotated reported speech"), _("F1"), "0.86", README),
        KnownError(_("loaded sentence"), _("1,700 annotated sentences"), _("AUC"), "0.794", VALIDITY, "loaded"),
        KnownError(_("loaded words"), _("1,642 annotated sentences"), _("F1"), "0.425", VALIDITY, "loaded"),
        KnownError(_("tone toward a target"), _("8,739 annotated targets"), _("F1"), "0.675", VALIDITY, "toward"),
        KnownError(_("speaker found"), _("12,310 attributed passages"), right, "0.569", VALIDITY, "sourcing"),
        KnownError(_("cues of generic frames found"), coded, recall, "0.37", VALIDITY, "frames"),
        KnownError(_("moral cues found"), coded, recall, "0.49", VALIDITY, "morality"),
        KnownError(_("harm found"), coded, recall, "0.87", VALIDITY, "agency"),
        KnownError(_("figures of casualties found"), coded, recall, "0.72", VALIDITY, "casualties"),
        KnownError(_("hedges and boosters found"), coded, recall, "0.81", VALIDITY, "certainty"),
    )
    return tuple(e for e in known if e.module == "naming" or e.module in modules)

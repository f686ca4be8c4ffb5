"""Which measures of the scoring modules a report shows, in which order and words: data, in headline_measures.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from framing.charts import MeasureGroup, ShownMeasure
from framing.measure import only_mention_keys
from framing.report.lang import _
from framing.scorers import SCORERS

CHOICE = Path(__file__).parent / "headline_measures.toml"
MOST_OF_PATTERN = 6
IN_PROFILE = 2  # measures of a module: all modules together still fit on a page
SHARE = "share"  # how the unit of a share begins
_MODULE_TEXTS = ("counted", "not_for", "computed", "weight")
_MEASURE_TEXTS = ("label", "unit", "finding")


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as a report shows it.

    Attributes
    ----------
    shown : ShownMeasure
        Its name, and its words on charts.
    label, unit, direction : str
    scale : float
        As the scorer has them.
    evidence : tuple of str
        Which mentions stand behind it, "MODULE:LEXICON:CATEGORY:VOICE" with "*" for any; none where it is not made of
        mentions.
    among : bool
        Whether these mentions are what the number is a share of, because its own cannot be told apart.
    finding : str
        A sentence in English with the fields more, less, high, low and perhaps label; "" for none. See `translate`.
    proper : bool
        Whether the label is a name, and keeps its capital inside a sentence.
    """

    shown: ShownMeasure
    label: str
    unit: str
    direction: str
    scale: float = 1.0
    evidence: tuple[str, ...] = ()
    among: bool = False
    finding: str = ""
    proper: bool = False

    @property
    def name(self) -> str:
        """As in the table `measures`."""
        return self.shown.name


@dataclass(frozen=True, slots=True)
class ModuleView:
    """The measures of one module that ran: those shown first, and the others.

    Attributes
    ----------
    module, title : str
    counted, not_for, computed : str
        What is counted, what it must not be used for, and, where no mentions stand behind the numbers, what they are
        computed from; "" where nothing is said.
    weight : str
        What the weight of a mention is called beside its sentence; "" where it is not shown.
    headline, further : tuple of MeasureView
    in_profile : int
        How many of the first headline measures stand in the profile of an outlet.
    """

    module: str
    title: str
    counted: str
    not_for: str
    computed: str
    weight: str
    headline: tuple[MeasureView, ...]
    further: tuple[MeasureView, ...] = field(default=())
    in_profile: int = IN_PROFILE

    @property
    def group(self) -> MeasureGroup:
        """What a chart of the module shows."""
        return MeasureGroup(self.title, tuple(m.shown for m in self.headline))

    @property
    def profiled(self) -> tuple[MeasureView, ...]:
        """The measures that stand in the profile of an outlet."""
        return self.headline[: self.in_profile]

    @property
    def profile_group(self) -> MeasureGroup:
        """What the profile of an outlet shows of it."""
        return MeasureGroup(self.title, tuple(m.shown for m in self.profiled))


@cache
def read_choice() -> Mapping[str, Any]:
    """Return the choice of measures as it stands in its file."""
    with CHOICE.open("rb") as file:
        return tomllib.load(file)


def translate(text: str) -> str:
    """Return a text of the choice in the language of the report; "" for "", which a catalogue keeps for its header."""
    return _(text) if text else ""


def list_texts() -> list[str]:
    """Return every text of the choice that a reader sees, and titles of modules, each once, to be translated."""
    found: dict[str, None] = dict.fromkeys(scorer.title for scorer in SCORERS.values())
    for module in read_choice().values():
        for record, keys in ((module, _MODULE_TEXTS), *((line, _MEASURE_TEXTS) for line in module.get("measures", ()))):
            found.update((str(record[key]), None) for key in keys if record.get(key))
    return list(found)


def choose_measures(records: Iterable[Mapping[str, Any]], weight: Mapping[str, float]) -> tuple[ModuleView, ...]:
    """Sort the measures of an analysis into those shown first and the others, module by module.

    Parameters
    ----------
    records : iterable of dict
        See `Analysis.measure_records`.
    weight : mapping of str to float
        Measure to how much evidence there is for it: of those that one pattern fits, those with most are shown.

    Returns
    -------
    tuple of ModuleView
        In the order of the file and the language of the report; modules that it does not know come last. Where it
        knows none of a module's measures (a lexicon of the user's), the module's first are shown.
    """
    by_module: dict[str, dict[str, Mapping[str, Any]]] = {}
    for record in records:
        by_module.setdefault(str(record["module"]), {})[str(record["name"])] = record
    choice = read_choice()
    order = [*(m for m in choice if m in by_module), *(m for m in by_module if m not in choice)]
    return tuple(_choose(module, by_module[module], choice.get(module, {}), weight) for module in order)


def _choose(
    module: str, records: Mapping[str, Mapping[str, Any]], choice: Mapping[str, Any], weight: Mapping[str, float]
) -> ModuleView:
    headline: dict[str, MeasureView] = {}
    for line in choice.get("measures", ()):
        for name in _fitting(line, [n for n in records if n not in headline], weight):
            headline[name] = _view(records[name], line)
    if not headline:
        headline = {name: _view(record, {}) for name, record in list(records.items())[:MOST_OF_PATTERN]}
    title = translate(SCORERS[module].title) if module in SCORERS else module[:1].upper() + module[1:]
    return ModuleView(
        module,
        title,
        translate(str(choice.get("counted", ""))),
        translate(str(choice.get("not_for", ""))),
        translate(str(choice.get("computed", ""))),
        translate(str(choice.get("weight", ""))),
        tuple(headline.values()),
        tuple(_view(record, {}) for name, record in records.items() if name not in headline),
        int(choice.get("in_profile", IN_PROFILE)),
    )


def _fitting(line: Mapping[str, Any], names: Sequence[str], weight: Mapping[str, float]) -> list[str]:
    """Return the measures that a line of the file means."""
    pattern = str(line["name"])
    if "*" not in pattern:
        return [pattern] if pattern in names else []
    fits = [n for n in names if fnmatchcase(n, pattern) and n.count(".") == pattern.count(".") and weight.get(n)]
    most = sorted(fits, key=lambda n: (-weight[n], n))[: int(line.get("most", MOST_OF_PATTERN))]
    return most


def _view(record: Mapping[str, Any], line: Mapping[str, Any]) -> MeasureView:
    label, unit = str(record["label"]), str(record["unit"])
    evidence = only_mention_keys(map(str, record["evidence"]))
    among = not evidence and bool(line.get("among"))
    percent = unit.startswith(SHARE) and float(record["scale"]) == 1
    short = label
    for words in line.get("drop", ()):
        short = short.replace(str(words), "")
    label, short = (text[:1].upper() + text[1:] for text in (label, short))
    name, unit_shown = translate(str(line.get("label", short))), translate(str(line.get("unit", unit)))
    shown = ShownMeasure(str(record["name"]), name, unit_shown, percent)
    return MeasureView(
        shown,
        label,
        unit,
        str(record["direction"]),
        float(record["scale"]),
        tuple(map(str, line["among"])) if among else evidence,
        among,
        str(line.get("finding", "")),
        bool(line.get("proper")),
    )

"""Which outlets differ most, on what, and with what certainty: a count of the contrasts that stand.

Nothing is computed here but counts of rows of the `contrasts` table. One outlet is not better than another for
differing: a count says where to look.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from framing.report.findings.checks import LEVEL
from framing.report.findings.finding import Finding
from framing.report.lang import _
from framing.report.results import Results
from framing.report.wording import quote
from framing.statistics.robustness import CARRIES

LEAST_TESTED = 20  # contrasts of a pair below which their number says nothing
MOST_KINDS = 3
MOST_EXAMPLES = 3
OPEN_PAIRS = 6
MOST_LEADING = 3  # pairs said in words before the tables
_COLUMNS = (
    "outlet", "other", "measure", "difference", "delta", "q", "article_share", "term_share", "survives",
    "matched_low", "matched_high", "matched_q", "matched_status",
)  # fmt: skip

Link = Callable[[str, str], str]
"""(outlet, measure) -> the id of what the page shows of it, "" for nothing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many contrasts could be tested, and how many of them passed which questions.

    Attributes
    ----------
    tested : int
    chance : int
        Beyond chance: q at most 0.05.
    steady : int
        Of these, carried by no single article or term, and surviving without shared text.
    asked : int
        Of the steady, those that could also be tested inside events that both sides report.
    matched : int
        Of these, those that are there too, in the same direction, beyond chance.
    against : int
        Of these, those whose interval inside events does not stay clear of none. (The others point the same way, but
        not beyond chance: nothing is said against them.)
    """

    tested: int = 0
    chance: int = 0
    steady: int = 0
    asked: int = 0
    matched: int = 0
    against: int = 0

    @property
    def enough(self) -> bool:
        """Whether enough could be tested to say anything."""
        return self.tested >= LEAST_TESTED

    @property
    def standing(self) -> int:
        """What stands: steady, and with nothing said against it inside events."""
        return self.steady - self.against

    def share(self, number: int) -> float:
        """Return a part of what could be tested."""
        return number / self.tested if self.tested else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.tested + other.tested,
            self.chance + other.chance,
            self.steady + other.steady,
            self.asked + other.asked,
            self.matched + other.matched,
            self.against + other.against,
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A difference that stands: its words, and the ids of its numbers by outlet."""

    kind: str
    label: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two outlets. `kinds` are what most of the standing differences are about, with their numbers; `findings` are
    (words, id) of sentences on the page about these two."""

    outlets: tuple[str, str]
    tally: Tally
    kinds: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One outlet against each of the others shown; `farthest` is the one it differs from most, "" for none."""

    outlet: str
    tally: Tally
    pairs: int
    kinds: tuple[tuple[str, int], ...]
    farthest: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What the overview shows. Rows with enough evidence come first, those with most standing differences on top."""

    outlets: tuple[OutletRow, ...]
    pairs: tuple[PairRow, ...]
    total: Tally

    @property
    def leading(self) -> tuple[PairRow, ...]:
        """The pairs that differ most, where enough could be tested and something stands."""
        return tuple(p for p in self.pairs if p.tally.enough and p.tally.standing)[:MOST_LEADING]


def count_differences(
    results: Results, outlets: Sequence[str], findings: Iterable[Finding], link: Link
) -> Differences | None:
    """Count what stands between every two outlets of a page.

    Parameters
    ----------
    outlets : sequence of str
        Those shown; contrasts with others are left out.
    findings : iterable of Finding
        Sentences that the page shows under their ids.
    link : callable

    Returns
    -------
    Differences or None
        None where the analysis was made without contrasts, or there are no two outlets.
    """
    if not results.has_contrasts or len(outlets) < 2:
        return None
    labels = {name: measure.label for name, measure in results.analysis.describe_measures().items()}
    labels |= {m.name: m.shown.label for module in results.modules for m in module.headline}
    titles = {m.module: m.title for m in results.modules}
    by_pair: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    place = {outlet: number for number, outlet in enumerate(outlets)}
    for row in _read(results, outlets):
        first, second = sorted((row["outlet"], row["other"]), key=place.__getitem__)
        by_pair[first, second].append(row)
    said: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for finding in findings:
        if len(finding.outlets) == 2:
            first, second = sorted(finding.outlets, key=place.__getitem__)
            said[first, second].append((finding.subject, finding.id))
    pairs = []
    of_pair: dict[tuple[str, str], tuple[Tally, Counter[str]]] = {}
    for pair in combinations(outlets, 2):
        tally, standing = _count(by_pair[pair])
        kinds = Counter(_kind(row["measure"], titles) for row in standing)
        of_pair[pair] = tally, kinds
        examples = _pick(standing, pair, labels, results, titles, link)
        pairs.append(PairRow(pair, tally, _most(kinds), examples, tuple(said[pair][:MOST_EXAMPLES])))
    rows = [_row(outlet, of_pair) for outlet in outlets]
    return Differences(
        tuple(sorted(rows, key=lambda r: _order(r.tally))),
        tuple(sorted(pairs, key=lambda r: _order(r.tally))),
        sum((tally for tally, _ in of_pair.values()), Tally()),
    )


def _read(results: Results, outlets: Sequence[str]) -> list[dict[str, Any]]:
    table = results.analysis.table("contrasts").arrow.select(_COLUMNS)
    wanted = pa.array(list(outlets), pa.string())
    both = pc.and_(
        pc.is_in(table["outlet"].cast(pa.string()), wanted), pc.is_in(table["other"].cast(pa.string()), wanted)
    )
    rows: list[dict[str, Any]] = table.filter(both).to_pylist()
    return [row for row in rows if row["q"] == row["q"]]  # without q it could not be tested over all articles


def _count(rows: Iterable[Mapping[str, Any]]) -> tuple[Tally, list[Mapping[str, Any]]]:
    """Count the contrasts of a pair, and return those that stand."""
    tally, standing = Tally(), []
    for row in rows:
        chance = row["q"] <= LEVEL
        carried = row["article_share"] >= CARRIES or row["term_share"] >= CARRIES
        steady = chance and not carried and row["survives"] == "yes"
        asked = steady and row["matched_status"] == "ok"
        same = row["matched_low"] > 0 if row["difference"] > 0 else row["matched_high"] < 0
        matched = asked and same and row["matched_q"] <= LEVEL
        tally += Tally(1, int(chance), int(steady), int(asked), int(matched), int(asked and not same))
        if steady and (same or not asked):
            standing.append(row)
    return tally, standing


def _order(tally: Tally) -> tuple[bool, float, int]:
    return not tally.enough, -tally.share(tally.standing), -tally.tested


def _most(kinds: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[:MOST_KINDS])


def _row(outlet: str, of_pair: Mapping[tuple[str, str], tuple[Tally, Counter[str]]]) -> OutletRow:
    mine = {pair: found for pair, found in of_pair.items() if outlet in pair and found[0].tested}
    kinds: Counter[str] = Counter()
    for _tally, found in mine.values():
        kinds.update(found)
    ranked = sorted((_order(tally), pair) for pair, (tally, _) in mine.items() if tally.enough and tally.standing)
    farthest = next((o for o in ranked[0][1] if o != outlet), "") if ranked else ""
    return OutletRow(outlet, sum((t for t, _ in mine.values()), Tally()), len(mine), _most(kinds), farthest)


def _kind(measure: str, titles: Mapping[str, str]) -> str:
    if ":" in measure:
        return _say_kind(measure.partition(":")[0])
    module = measure.partition(".")[0]
    return titles.get(module, module)


def _say_kind(kind: str) -> str:
    kinds = {
        "share": _("Which name is chosen"),
        "stance": _("How names lean"),
        "rate": _("What is mentioned how often"),
        "voice": _("How much others speak"),
    }
    return kinds.get(kind, kind)


def _pick(
    standing: Iterable[Mapping[str, Any]],
    pair: tuple[str, str],
    labels: Mapping[str, str],
    results: Results,
    titles: Mapping[str, str],
    link: Link,
) -> tuple[Example, ...]:
    """Pick the largest standing differences that the page shows, by Cliff's delta, one of a kind."""
    found: dict[str, Example] = {}
    for row in sorted(standing, key=lambda r: (-abs(r["delta"]), r["measure"])):
        name = row["measure"]
        kind = _kind(name, titles)
        links = tuple((outlet, target) for outlet in pair if (target := link(outlet, name)))
        if kind not in found and links and name in labels:
            found[kind] = Example(kind, _say(name, labels[name], results), links)
            if len(found) == MOST_EXAMPLES:
                break
    return tuple(found.values())


def _say(name: str, label: str, results: Results) -> str:
    kind, *parts = name.split(":", 4)
    if kind in ("share", "stance", "rate"):
        subject = results.label((parts[0], parts[1]))
        if kind != "share":
            return subject
        return _("{name} for {subject}").format(name=quote(label), subject=quote(subject))
    return label

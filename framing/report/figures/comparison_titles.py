"""Titles of the charts that compare outlets: what is seen, as far as intervals and q-values carry it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from framing.charts.frames_table import FrameProfiles
from framing.charts.heatmap import Heatmap
from framing.charts.interval_rows import Interval
from framing.charts.outlet_map_table import LEAST_OUTLETS, OutletPlaces
from framing.charts.paired_table import PairedIntervals, PairedRow
from framing.charts.tables import OK
from framing.report.figures.contrast_rows import Pair
from framing.report.findings.finding import bounds
from framing.report.rows import Value
from framing.report.wording import count, join, quote, tidy


def title_heatmap(heatmap: Heatmap, tested: bool) -> str:
    """Say which outlet differs from all others in most measures, and which in fewest.

    `tested` says whether outlets were compared at all.
    """
    judged = {o: sum(row[n].interval.status == OK for row in heatmap.cells) for n, o in enumerate(heatmap.outlets)}
    outlets = [o for o in heatmap.outlets if judged[o]]
    number = max(judged.values(), default=0)
    if len(outlets) < 2:
        return f"Insufficient evidence to compare {count(len(heatmap.outlets), 'outlet')}: too few articles"
    if not tested:
        return f"{count(len(heatmap.measures), 'measure')} of {count(len(heatmap.outlets), 'outlet')}, side by side"
    found = Counter({o: sum(row[n].differs for row in heatmap.cells) for n, o in enumerate(heatmap.outlets)})
    if not any(found.values()):
        where = f"in any of {number} measures" if number > 1 else "in the one measure known well enough"
        return f"No outlet differs clearly from the others {where}"
    most = max(found[o] for o in outlets)
    first = [tidy(o) for o in outlets if found[o] == most]
    share = _of(most, {judged[o] for o in outlets if found[o] == most}, len(heatmap.measures))
    if len(first) > 2:
        by_measure = [sum(cell.differs for cell in row) for row in heatmap.cells]
        row = by_measure.index(max(by_measure))
        label, differ = tidy(heatmap.measures[row].label), f"{by_measure[row]} of {len(outlets)} outlets differ"
        return f"{label}: {differ} clearly from the others together, the most of any measure"
    verb = "differs" if len(first) == 1 else "differ"
    title = f"{join(first)} {verb} clearly from the others together in {share}"
    fewer = sorted({found[o] for o in outlets if found[o] < most})
    if not fewer or len(outlets) == 2:
        return title
    amount = f"{fewer[0]} to {fewer[-1]}" if len(fewer) > 1 else str(fewer[0] or "none")
    others = len(outlets) - len(first)
    who = "the other outlet" if others == 1 else f"the {others} others shown"
    return f"{title}, {who} in {amount}"


def _of(number: int, judged: set[int], shown: int) -> str:
    """Return "14 of 20 measures"; without the whole where it is not the same for all."""
    if len(judged) == 1 and number <= (whole := min(judged)):
        if 1 < whole < shown:
            return f"{number} of the {whole} measures with enough evidence"
        return f"{number} of {whole} measures" if whole > 1 else "the one measure known well enough"
    return count(number, "measure")


def say_outlets(outlets: Sequence[str]) -> str:
    """Return the outlets' names, or their number where there are many."""
    return join([tidy(o) for o in outlets]) if len(outlets) <= 3 else f"{len(outlets)} outlets"


def count_judged(pairs: PairedIntervals) -> int:
    """Return in how many outlets two series are known well enough to be told apart."""
    return sum(_compare(row, pairs) is not None for row in pairs.rows)


def count_apart(pairs: PairedIntervals) -> int:
    """Return in how many outlets the first series lies clear of another."""
    return sum(_compare(row, pairs) is True for row in pairs.rows)


def stress_apart(pairs: PairedIntervals) -> PairedIntervals:
    """Return pairs with the outlets marked in which the first series lies clear of another, if it does not in all."""
    rows = tuple(replace(row, apart=_compare(row, pairs) is True) for row in pairs.rows)
    return pairs if all(row.apart for row in rows) else replace(pairs, rows=rows)


def _compare(row: PairedRow, pairs: PairedIntervals) -> bool | None:
    """Whether the interval of the first series lies clear of that of another; None where that cannot be said."""
    first, *others = row.intervals
    others = [o for o in others if o.status == OK]
    if first.status != OK or not others:
        return None
    low, high = _ends(first, pairs)
    return any(low > b or high < a for a, b in (_ends(o, pairs) for o in others))


def _ends(interval: Interval, pairs: PairedIntervals) -> tuple[float, float]:
    """Return the bounds with which a number is compared; without width they say nothing of certainty (see
    `finding.bounds`)."""
    if interval.low < interval.high:
        return interval.low, interval.high
    if pairs.percent or pairs.scale is not None:
        ends = pairs.scale[:2] if pairs.scale is not None else (0.0, 1.0)
        value = Value(interval.value, interval.low, interval.high, interval.articles, 0.0, 0.0, interval.status)
        return bounds(value, ends)
    return -math.inf, math.inf


def title_voices(pairs: PairedIntervals, label: str) -> str:
    """Say in how many outlets own words lie apart from those of others; `label` names the referent."""
    about = tidy(pairs.label) if pairs.percent else f"Words for {quote(label)}"
    return _title(pairs, about, "own voice", "what others are quoted or reported to say")


def title_headlines(pairs: PairedIntervals) -> str:
    """Say in how many outlets headlines lie apart from the text below them."""
    return _title(pairs, tidy(pairs.label), "headlines", "the text below them")


def _title(pairs: PairedIntervals, about: str, first: str, other: str) -> str:
    judged, apart = count_judged(pairs), [r.outlet for r in pairs.rows if _compare(r, pairs)]
    if not judged:
        return f"{about}: insufficient evidence to tell {first} from {other}"
    verb = "lie" if first.endswith("s") else "lies"
    if not apart:
        where = f"none of {judged} outlets" if judged > 1 else "no outlet"
        return f"{about}: in {where} {'do' if verb == 'lie' else 'does'} {first} lie clearly apart from {other}"
    if len(apart) == 1 < judged:
        return f"{about}: {first} {verb} clearly apart from {other} in {tidy(apart[0])} alone, of {judged} outlets"
    where = f"{len(apart)} of {judged} outlets" if judged > 1 else tidy(apart[0])
    where = where if len(apart) < judged or judged == 1 else f"all {judged} outlets"
    return f"{about}: in {where}, {first} {verb} clearly apart from {other}"


def title_contrast(pair: Pair) -> str:
    """Say in how many measures two outlets differ beyond chance, and in how many of these also on the same events."""
    both = f"{tidy(pair.contrast.outlet)} and {tidy(pair.contrast.other)}"
    if not pair.tested:
        return f"{both}: insufficient evidence to compare them"
    if not pair.differ:
        return f"{both} do not differ beyond chance in any of {count(pair.tested, 'measure')}"
    said = f"{both} differ beyond chance in {pair.differ} of {count(pair.tested, 'measure')}"
    if not pair.matched:
        return f"{said}; whether on the same events cannot be said"
    same = "none of them" if not pair.same else "all of them" if pair.same == pair.differ else f"{pair.same} of them"
    return f"{said}, in {same} on the same events too"


def title_map(places: OutletPlaces) -> str:
    """Say how many outlets lie clearly apart, and which of them apart from all others."""
    names = [p.outlet for p in places.points]
    if not places.enough:
        known = count(len(names), "outlet") if names else "none"
        return f"Insufficient evidence for a map: it takes {LEAST_OUTLETS} outlets with enough articles, here {known}"
    pairs = len(names) * (len(names) - 1) // 2
    if not places.apart:
        return f"No two of {len(names)} outlets lie clearly apart in how they word things"
    met = Counter(name for pair in places.apart for name in pair)
    alone = [tidy(n) for n in names if met[n] == len(names) - 1]
    said = f"{len(places.apart)} of {pairs} pairs of outlets lie clearly apart in how they word things"
    if len(places.apart) == pairs:
        return f"All {len(names)} outlets lie clearly apart from each other in how they word things"
    if 1 <= len(alone) <= 2:
        return f"{said}, {join(alone)} from all others"
    return said


def title_frames(profiles: FrameProfiles, gap: str) -> str:
    """Say which frame has most cues in most outlets; `gap` is the frame of which two outlets' shares lie clearly apart
    most, or ""."""
    leaders: Counter[str] = Counter()
    judged = 0
    for profile in profiles.profiles:
        known = [(i, n) for n, i in zip(profiles.frames, profile.intervals, strict=True) if i.status == OK]
        if len(known) < 2:
            continue
        judged += 1
        most = max(i.value for i, _ in known)
        leaders.update(n for i, n in known if i.value == most)
    if not judged:
        return f"{profiles.title}: insufficient evidence, too few cues"
    frame = min(leaders, key=lambda n: (-leaders[n], n))
    number = leaders[frame]
    where = f"in all {judged} outlets" if number == judged else f"in {number} of {judged} outlets"
    if judged == 1:
        where = "in the one outlet with enough of them"
    said = f"{quote(frame)} has the largest share of cues {where}"
    if gap == frame:
        return f"{said}, and parts outlets most clearly"
    if gap:
        return f"{said}; outlets differ most clearly in {quote(gap)}"
    return said if judged < 2 else f"{said}; in no frame do two outlets lie clearly apart"

"""Titles of figures: the finding, as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from framing.report.finding import FEW_ARTICLES, bounds
from framing.report.results import Referent, Results
from framing.report.rows import OK, Coverage
from framing.report.wording import count, join, percent, quote, tidy


def title_names(results: Results, referent: Referent, outlets: Sequence[str]) -> str:
    """Say which name is the commonest where; outlets with too few articles count only if all have too few."""
    label = quote(results.label(referent))
    own = {o: names for o in outlets if (names := results.of(o, referent)).mentions("own")}
    enough = {o: names for o, names in own.items() if names.status("own") == OK}
    few = "" if enough else " (few articles)"
    heads: dict[str, list[str]] = {}
    for outlet, names in (enough or own).items():
        first = names.commonest()
        if len(first) == 1:
            heads.setdefault(first[0].label, []).append(outlet)
    if not heads:
        return f"No name for {label} is the commonest in any outlet’s own voice{few}"
    order = sorted(heads, key=lambda name: (-len(heads[name]), name))
    total = len(enough or own)
    where = _places(heads[order[0]], total)
    title = f"{quote(order[0])} is the commonest name for {label} in {where}"
    others = [f"{quote(name)} in {_places(heads[name], total)}" for name in order[1:2]]
    return f"{title}{', ' if others else ''}{join(others)}{few}"


def _places(outlets: Sequence[str], total: int) -> str:
    if len(outlets) == total > 1:
        return "both outlets" if total == 2 else f"all {total} outlets"
    return join([tidy(o) for o in outlets]) if len(outlets) <= 2 else f"{len(outlets)} of {total} outlets"


def title_stance(results: Results, referents: Sequence[Referent], outlets: Sequence[str]) -> str:
    """Say for how many referents two outlets' intervals lie apart; of one referent, which outlets these are."""
    apart, judged = [], 0
    for referent in referents:
        ends = results.scale(referent).low, results.scale(referent).high
        values = {
            o: v for o in outlets if (v := results.stance.get((o, referent, "own"))) is not None and v.status == OK
        }
        judged += len(values) > 1
        if len(values) > 1:
            high = max(values, key=lambda o: bounds(values[o], ends)[0])
            low = min(values, key=lambda o: bounds(values[o], ends)[1])
            if bounds(values[high], ends)[0] > bounds(values[low], ends)[1]:
                apart.append((referent, high, low))
    if not judged:
        about = quote(results.label(referents[0])) if len(referents) == 1 else f"{len(referents)} subjects"
        return f"Wording of {about}: too few articles to tell outlets apart"
    if len(referents) == 1:
        label, scale = quote(results.label(referents[0])), results.scale(referents[0])
        if not apart:
            return f"No two outlets’ words for {label} lie clearly apart on the scale"
        _, high, low = apart[0]
        return f"{tidy(high)}’s words for {label} lie clearly nearer to “{scale.high_name}” than {tidy(low)}’s"
    if not apart:
        return f"For none of {len(referents)} subjects do two outlets’ words lie clearly apart on the scale"
    return f"For {len(apart)} of {len(referents)} subjects, two outlets’ words lie clearly apart on the scale"


def title_coverage(results: Results, referents: Sequence[Referent], outlets: Sequence[str]) -> str:
    """Say which referent the outlets mention least alike."""
    events = results.has_events

    def read(row: Coverage) -> tuple[float, int, bool]:
        if events:
            return (
                row.event_share,
                row.event_articles,
                row.event_status == OK and row.event_articles >= results.min_articles,
            )
        return row.share, row.articles, row.status == OK

    widest = None
    judged = False
    for few in (False, True):
        for referent in referents:
            rows = {o: read(c) for o in outlets if (c := results.coverage.get((o, referent))) is not None}
            known = {o: s for o, (s, number, enough) in rows.items() if enough or (few and number >= FEW_ARTICLES)}
            if len(known) > 1:
                judged = True
                high, low = max(known, key=lambda o: known[o]), min(known, key=lambda o: known[o])
                gap = known[high] - known[low]
                if gap > 0 and (widest is None or gap > widest[0]):
                    widest = gap, referent, high, low, rows
        if widest is not None:
            break
    if widest is None:
        if not judged:
            return "Too few articles to compare what the outlets mention"
        return f"The outlets mention {count(len(referents), 'subject')} alike"
    _, referent, high, low, rows = widest

    def said(outlet: str) -> str:
        share, number, _ = rows[outlet]
        return f"{round(share * number)} of {number}" if few else percent(share)

    few_words, of = (" (few articles)", "") if few else ("", "of ")
    subject = quote(results.label(referent))
    return f"{tidy(high)} mentions {subject} in {said(high)} {of}articles, {tidy(low)} in {said(low)}{few_words}"

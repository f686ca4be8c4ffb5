"""Titles of figures: the finding, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framing.report.finding import FEW_ARTICLES, bounds
from framing.report.lang import _
from framing.report.results import Referent, Results
from framing.report.rows import OK, Coverage
from framing.report.wording import count, join, name_end, percent, quote, tidy, whole


def title_names(results: Results, referent: Referent, outlets: Sequence[str]) -> str:
    """Say which name is the commonest where; outlets with too few articles count only if all have too few."""
    label = quote(results.label(referent))
    own = {o: names for o in outlets if (names := results.of(o, referent)).mentions("own")}
    enough = {o: names for o, names in own.items() if names.status("own") == OK}
    heads: dict[str, list[str]] = {}
    for outlet, names in (enough or own).items():
        first = names.commonest()
        if len(first) == 1:
            heads.setdefault(first[0].label, []).append(outlet)
    title = _say_heads(label, heads, len(enough or own))
    return title if enough else _("{title} (few articles)").format(title=title)


def _say_heads(label: str, heads: Mapping[str, Sequence[str]], total: int) -> str:
    if not heads:
        return _("No name for {subject} is the commonest in any outlet’s own voice").format(subject=label)
    first, *others = sorted(heads, key=lambda name: (-len(heads[name]), name))
    said = {"name": quote(first), "subject": label, "places": _places(heads[first], total)}
    if not others:
        return _("{name} is the commonest name for {subject} in {places}").format(**said)
    return _("{name} is the commonest name for {subject} in {places}, {other} in {elsewhere}").format(
        other=quote(others[0]), elsewhere=_places(heads[others[0]], total), **said
    )


def _places(outlets: Sequence[str], total: int) -> str:
    if len(outlets) == total > 1:
        return _("both outlets") if total == 2 else _("all {total} outlets").format(total=whole(total))
    if len(outlets) <= 2:
        return join([tidy(o) for o in outlets])
    return _("{number} of {total} outlets").format(number=whole(len(outlets)), total=whole(total))


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
    number, total = whole(len(apart)), whole(len(referents))
    if len(referents) == 1:
        return _title_one_stance(results, referents[0], judged, apart)
    if not judged:
        return _("Wording of {total} subjects: too few articles to tell outlets apart").format(total=total)
    if not apart:
        text = _("For none of {total} subjects do two outlets’ words lie clearly apart on the scale")
        return text.format(total=total)
    text = _("For {number} of {total} subjects, two outlets’ words lie clearly apart on the scale")
    return text.format(number=number, total=total)


def _title_one_stance(
    results: Results, referent: Referent, judged: int, apart: Sequence[tuple[Referent, str, str]]
) -> str:
    label = quote(results.label(referent))
    if not judged:
        return _("Wording of {subject}: too few articles to tell outlets apart").format(subject=label)
    if not apart:
        return _("No two outlets’ words for {subject} lie clearly apart on the scale").format(subject=label)
    referent, high, low = apart[0]
    text = _("{high}’s words for {subject} lie clearly nearer to “{end}” than {low}’s")
    end = name_end(results.scale(referent).high_name)
    return text.format(high=tidy(high), low=tidy(low), subject=label, end=end)


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
            return _("Too few articles to compare what the outlets mention")
        return _("The outlets mention {subjects} alike").format(subjects=count(len(referents), "subject"))
    gap, referent, high, low, rows = widest
    said = {"high": tidy(high), "low": tidy(low), "subject": quote(results.label(referent))}
    if few:
        text = _(
            "{high} mentions {subject} in {high_number} of {high_total} articles, {low} in {low_number} of {low_total} "
            "(few articles)"
        )
        return text.format(
            high_number=whole(round(rows[high][0] * rows[high][1])),
            high_total=whole(rows[high][1]),
            low_number=whole(round(rows[low][0] * rows[low][1])),
            low_total=whole(rows[low][1]),
            **said,
        )
    return _("{high} mentions {subject} in {high_share} of articles, {low} in {low_share}").format(
        high_share=percent(rows[high][0]), low_share=percent(rows[low][0]), **said
    )

"""Titles of figures: the finding, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framing.report.findings.finding import FEW_ARTICLES, bounds
from framing.report.lang import _, plural
from framing.report.results import Referent, Results
from framing.report.rows import OK, Coverage
from framing.report.wording import count, join, name_end, percent, quote, tidy, whole

MOST_CHARACTERS = 120  # of a title with a third name in it; two lines over a column of a journal


def title_names(results: Results, referent: Referent, outlets: Sequence[str]) -> str:
    """Say which name is the commonest where, among the outlets with enough articles; of few articles, only that.

    First the name of most outlets, then what stands against it: of the other names, that with the highest share.
    """
    label = quote(results.label(referent))
    own = {o: names for o in outlets if (names := results.of(o, referent)).mentions("own")}
    enough = {o: names for o, names in own.items() if names.status("own") == OK}
    if own and not enough:
        return _("Names for {subject}: too few articles to say which is usual").format(subject=label)
    heads: dict[str, list[str]] = {}
    strength: dict[str, float] = {}
    for outlet, names in enough.items():
        first = names.commonest()
        if len(first) == 1:
            name = first[0].label
            heads.setdefault(name, []).append(outlet)
            strength[name] = max(strength.get(name, 0.0), first[0]["own"].share)
    # The order in which the chart gives colours: see `framing.charts.variant_choice`.
    order = sorted(heads, key=lambda name: (-strength[name], name))
    order.sort(key=lambda name: len(heads[name]) < max(map(len, heads.values())))
    return _say_heads(label, {name: heads[name] for name in order}, len(enough), len(enough) < len(outlets))


def _say_heads(label: str, heads: Mapping[str, Sequence[str]], total: int, more_shown: bool) -> str:
    if not heads:
        return _("No name for {subject} is the commonest in any outlet’s own voice").format(subject=label)
    said = {"subject": label}
    for place, (name, outlets) in zip(("", "other_", "third_"), heads.items(), strict=False):
        said |= {f"{place}name": quote(name), f"{place}places": _places(outlets, total, more_shown)}
    forms = [_("{name} is the commonest name for {subject} in {places}")]
    if len(heads) > 1:
        forms.append(_("{name} is the commonest name for {subject} in {places}, {other_name} in {other_places}"))
    if len(heads) > 2:
        forms.append(
            _(
                "{name} is the commonest name for {subject} in {places}, {other_name} in {other_places}, "
                "{third_name} in {third_places}"
            )
        )
    titles = [form.format(**said) for form in forms]
    return titles[-1] if len(titles) < 3 or len(titles[-1]) <= MOST_CHARACTERS else titles[1]


def _places(outlets: Sequence[str], total: int, more_shown: bool) -> str:
    """Name one or two outlets, count more; where other rows are shown too, say of which they are counted."""
    if len(outlets) <= 2 and (len(outlets) < total or total == 1):
        return join([tidy(o) for o in outlets])
    said = {"number": whole(len(outlets)), "total": whole(total)}
    if len(outlets) < total:
        few = _("{number} of the {total} outlets with enough articles")
        return (few if more_shown else _("{number} of {total} outlets")).format(**said)
    if total == 2:
        return _("both outlets with enough articles") if more_shown else _("both outlets")
    text = _("all {total} outlets with enough articles") if more_shown else _("all {total} outlets")
    return text.format(**said)


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
    if len(referents) == 1:
        return _title_one_stance(results, referents[0], judged, apart)
    return _say_stance(len(apart), judged).format(
        number=whole(len(apart)), total=whole(judged), subjects=whole(len(referents))
    )


def _say_stance(apart: int, judged: int) -> str:
    if not judged:
        return _("Wording of {subjects} subjects: too few articles to tell outlets apart")
    if not apart:
        return plural(
            "For the one subject with enough evidence, no two outlets’ words lie clearly apart on the scale",
            "For none of the {total} subjects with enough evidence do two outlets’ words lie clearly apart on the "
            "scale",
            judged,
        )
    if apart == judged > 1:
        return _("For all {total} subjects with enough evidence, two outlets’ words lie clearly apart on the scale")
    return plural(
        "For the one subject with enough evidence, two outlets’ words lie clearly apart on the scale",
        "For {number} of the {total} subjects with enough evidence, two outlets’ words lie clearly apart on the scale",
        judged,
    )


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
    label = quote(results.label(referent))
    said = {"high": tidy(high), "low": tidy(low), "subject": label}
    if few:
        return _say_counts(events).format(
            high_number=whole(round(rows[high][0] * rows[high][1])),
            high_total=whole(rows[high][1]),
            low_number=whole(round(rows[low][0] * rows[low][1])),
            low_total=whole(rows[low][1]),
            **said,
        )
    text = (
        _("{high} mentions {subject} in {high_share} of its articles on events where others do, {low} in {low_share}")
        if events
        else _("{high} mentions {subject} in {high_share} of articles, {low} in {low_share}")
    )
    return text.format(high_share=percent(rows[high][0]), low_share=percent(rows[low][0]), **said)


def _say_counts(events: bool) -> str:
    if events:
        return _(
            "{high} mentions {subject} in {high_number} of its {high_total} articles on events where others do, "
            "{low} in {low_number} of {low_total} (few articles)"
        )
    return _(
        "{high} mentions {subject} in {high_number} of {high_total} articles, {low} in {low_number} of {low_total} "
        "(few articles)"
    )

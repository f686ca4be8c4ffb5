"""Which referents tell most about the choice of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from framing.report.findings.name_findings import group_by_evidence, widest_gap
from framing.report.results import Referent, Results
from framing.report.rows import INSUFFICIENT, OK

MOST_REFERENTS = 6
_LEAST_OWN = 3  # a chart of one or two mentions shows nothing


def rank_referents(
    results: Results, outlets: Sequence[str], referents: Iterable[Referent] | None = None
) -> list[Referent]:
    """Order referents from the most telling to the least, for a comparison of these outlets.

    First those with more than one name; of these, those with enough articles in two outlets or more; of these, those
    for which two outlets differ clearly, and those whose commonest name in own voice is not the same everywhere; then
    by outlets with enough articles, outlets with a mention in own voice, and such mentions. Referents that none of the
    outlets mentions are left out.
    """
    keyed = []
    for referent in results.referents if referents is None else referents:
        used = [results.of(outlet, referent) for outlet in outlets]
        total = sum(names.total for names in used)
        if not total:
            continue
        own = [names for names in used if names.mentions("own")]
        enough = [names for names in own if names.status("own") == OK]
        status = OK if len(enough) > 1 else INSUFFICIENT
        group = group_by_evidence(results, outlets, referent)[status]
        apart = widest_gap(group, status == OK) is not None
        heads = {n.term for names in (enough if len(enough) > 1 else own) for n in names.commonest()}
        several = len({n.term for names in used for n in names.names}) > 1
        mentions = sum(names.mentions("own") for names in own)
        few = len(enough) < 2, not apart, len(heads) < 2
        keyed.append(((not several, *few, -len(enough), -len(own), -mentions, -total, referent), referent))
    return [referent for _, referent in sorted(keyed)]


def main_referents(
    results: Results, outlets: Sequence[str], ranked: Sequence[Referent] | None = None
) -> list[Referent]:
    """Return the referents worth a comparison of these outlets, at most six.

    Those that two outlets or more name in own voice, in the order of `rank_referents`; of one lexicon at most three, so
    that the broadest does not take all places, unless there are no others.
    """
    worth = []
    for referent in rank_referents(results, outlets) if ranked is None else ranked:
        own = [results.of(outlet, referent).mentions("own") for outlet in outlets]
        if (
            sum(n > 0 for n in own) >= min(2, len(outlets))
            and sum(own) >= _LEAST_OWN
            and results.name_counts[referent] > 1
        ):
            worth.append(referent)
    first: list[Referent] = []
    for referent in worth:
        if sum(r[0] == referent[0] for r in first) < MOST_REFERENTS // 2:
            first.append(referent)
    chosen = set([*first, *(r for r in worth if r not in first)][:MOST_REFERENTS])
    return [r for r in worth if r in chosen]

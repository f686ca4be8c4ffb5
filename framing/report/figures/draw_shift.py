"""Chart of a word shift: which referent and which two outlets, and what its title may say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.charts.word_shift import ShiftBars, plot_word_shift
from framing.errors import InputError
from framing.report.figures.captions import make_caption, say_intervals
from framing.report.figures.drawer import Drawing, Options
from framing.report.figures.phrase_marks import MAX_Q
from framing.report.figures.word_titles import NO_INTERVALS, title_shift
from framing.report.findings.ranking import main_referents
from framing.report.results import Referent, Results
from framing.report.rows import OK
from framing.report.wording import tidy
from framing.statistics.counters import Counters
from framing.statistics.word_shift import compute_word_shift

if TYPE_CHECKING:
    from framing.charts import Theme

MOST_NAMES, MOST_NAMES_ON_A_CARD = 10, 7  # a card of fixed height holds fewer


def prepare_shift(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Draw the names that make up the difference of two outlets' mean weights for a referent."""
    referent, outlet, other = _choose_shift(results, outlets, options)
    analysis, (lexicon, key) = results.analysis, referent
    options_of = results.manifest.get("options", {})
    names = {term: label for (of, term), label in results.labels.items() if of == referent}
    entries = {term: results.entry(referent, term) for term in names}
    shift = compute_word_shift(
        Counters.from_tables(analysis.table("counts").arrow, results.article_table),
        lexicon,
        key,
        {term: e.weight for term, e in entries.items() if e is not None and e.weight is not None},
        outlet,
        other,
        min_articles=results.min_articles,
        resamples=int(options_of.get("resamples", 0)),
        seed=int(options_of.get("seed", 0)),
    )
    # The difference has the interval that the table of contrasts gives it, as everywhere.
    row = results.contrast(outlet, other, f"stance:{lexicon}:{key}:own")
    interval = (shift.low, shift.high) if row is None else (float(row["low"]), float(row["high"]))
    data = ShiftBars.from_table(
        shift.terms,
        referent_label=results.label(referent),
        outlets=(outlet, other),
        means=(shift.value, shift.other_value),
        interval=interval,
        reference=shift.reference,
        articles=(shift.articles, shift.other_articles),
        status=shift.status,
        labels=names,
        scale=results.scale(referent),
        minimum=results.min_articles,
        most=MOST_NAMES_ON_A_CARD if look.min_height else MOST_NAMES,
    )
    title = title_shift(results, referent, data, row)
    subtitle = "What each name adds to the difference of mean weights in own voice"
    method = NO_INTERVALS
    if data.status == OK:
        subtitle += ", with 95% interval"
        tested = "" if row is None else f"; difference tested by permuting articles, {_say_q(row['q'])}"
        method = f"{say_intervals(results)}{tested}"
    caption = make_caption(results, title, [outlet, other], subtitle=subtitle, digest=results.digest, method=method)
    return Drawing(data, plot_word_shift, look, caption)


def plan_shift(results: Results, outlets: Sequence[str]) -> list[Options]:
    """The clearest pair for each of the three most telling referents that two outlets have enough articles of; pairs
    that cannot be told apart only where there is no other."""
    plan: list[Options] = []
    clear: list[Options] = []
    for lexicon, key in main_referents(results, outlets):
        enough = [o for o in outlets if (v := results.stance.get((o, (lexicon, key), "own"))) and v.status == OK]
        if len(enough) > 1:
            referent = {"referent": f"{lexicon}/{key}"}
            _, outlet, other = _choose_shift(results, outlets, referent)
            plan.append({**referent, "outlet": outlet, "other": other})
            clear += plan[-1:] if _is_clear(results, (lexicon, key), (outlet, other)) else []
    return (clear or plan)[:3]


def _choose_shift(results: Results, outlets: Sequence[str], options: Options) -> tuple[Referent, str, str]:
    """Return the referent and the two outlets: as asked for, otherwise those that differ most clearly."""
    asked = [results.choose_outlets([options[name]], 1)[0] for name in ("outlet", "other") if name in options]
    if len(set(asked)) < len(asked):
        raise InputError(f"{tidy(asked[0])} cannot be compared with itself. Name another outlet.")
    if "referent" in options:
        referents = [results.analysis.find_referent(options["referent"])]
    else:
        referents = main_referents(results, list(dict.fromkeys([*asked, *outlets])))
    found: list[tuple[bool, bool, Referent, tuple[str, str]]] = []
    for referent in referents:
        weighed = [o for o in dict.fromkeys([*asked, *outlets]) if (o, referent, "own") in results.stance]
        enough = [o for o in weighed if results.stance[o, referent, "own"].status == OK]
        for chosen in (enough, weighed):
            pairs = [(a, b) for a in chosen for b in chosen if a != b and set(asked) <= {a, b}]
            if pairs:
                best = max(pairs, key=lambda pair: _rank_pair(results, referent, pair, asked))
                found.append((chosen is enough, _is_clear(results, referent, best), referent, best))
                break
    if found:
        _, _, referent, pair = max(found, key=lambda f: f[:2])  # of equals the first, the most telling
        return referent, *pair
    about = "/".join(referents[0]) if "referent" in options else "any referent with weights"
    raise InputError(
        f"There is nothing to draw as 'word-shift': no two of these outlets mention {about} in own voice. Choose "
        "another referent, or other outlets."
    )


def _rank_pair(
    results: Results, referent: Referent, pair: tuple[str, str], asked: Sequence[str]
) -> tuple[bool, bool, float, str]:
    """Order pairs: in the order asked for, told from chance, by the difference of the first less the second."""
    difference = results.stance[pair[0], referent, "own"].value - results.stance[pair[1], referent, "own"].value
    first = not asked or pair[0] == asked[0]
    return first, _is_clear(results, referent, pair), abs(difference) if asked else difference, pair[0]


def _is_clear(results: Results, referent: Referent, pair: tuple[str, str]) -> bool:
    """Whether the mean weights of two outlets are told from chance, by the test and by the interval."""
    row = results.contrast(*pair, "stance:{}:{}:own".format(*referent))
    return row is not None and row["q"] <= MAX_Q and (row["low"] > 0 or row["high"] < 0)


def _say_q(q: float) -> str:
    return "q < 0.001" if q < 0.001 else f"q {q:.2f}" if q >= 0.1 else f"q {q:.3f}"

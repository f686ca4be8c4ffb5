"""The chart of one measure, whichever it is, for some outlets."""

from __future__ import annotations

from collections.abc import Sequence

from framing.charts import MeasureGroup, ModuleIntervals, ShownMeasure, Theme, plot_module, say_number
from framing.errors import InputError
from framing.report.figures.captions import make_caption
from framing.report.figures.drawer import Drawer, Drawing, Options
from framing.report.figures.measure_names import choose_measure
from framing.report.lang import _
from framing.report.results import Results
from framing.report.rows import OK
from framing.report.wording import count, join, tidy


def prepare_measure(results: Results, outlets: Sequence[str], options: Options, look: Theme) -> Drawing:
    """Show one measure of the table `measures` for some outlets; without `measure` the first that the report shows."""
    chosen = choose_measure(results, options.get("measure"), outlets)
    name = chosen.shown.name
    if name.startswith("share:"):
        _, lexicon, referent, *_rest = name.split(":")
        raise InputError(
            f"{name!r} is the choice of a name: draw it with --chart variant-shares --referent {lexicon}/{referent}."
        )
    group = MeasureGroup(chosen.shown.label, (chosen.shown,))
    data = ModuleIntervals.from_table(
        results.analysis.table("measures").arrow, group, list(outlets), results.min_articles
    )
    caption = make_caption(results, title_measure(data), outlets, subtitle=say_unit(chosen.shown), digest=chosen.digest)
    return Drawing(data, plot_module, look, caption)


def say_unit(measure: ShownMeasure) -> str:
    """Return the unit of a measure as a subtitle."""
    unit = f"% {measure.unit}" if measure.percent else measure.unit[:1].upper() + measure.unit[1:]
    return _("{unit}, with 95% interval").format(unit=tidy(unit)) if unit else _("With 95% interval")


def title_measure(data: ModuleIntervals) -> str:
    """Say in which outlet a measure is clearly higher than in which other, with both numbers."""
    panel = data.panels[0]
    label, percent = tidy(panel.measure.label), panel.measure.percent
    known = [i for i in panel.intervals if i.status == OK and i.has_interval]
    if len(known) < 2:
        return _("{label}: too few articles to tell outlets apart").format(label=label)
    more, less = max(known, key=lambda i: (i.low, i.outlet)), min(known, key=lambda i: (i.high, i.outlet))
    if more.low <= less.high:
        names = join([tidy(i.outlet) for i in known]) if len(known) == 2 else count(len(known), "outlet")
        return _("{label}: the intervals of {names} overlap").format(label=label, names=names)
    return _("{label}: clearly higher in {more} ({high}) than in {less} ({low})").format(
        label=label,
        more=tidy(more.outlet),
        high=say_number(more.value, percent),
        less=tidy(less.outlet),
        low=say_number(less.value, percent),
    )


def plan_measure(results: Results, outlets: Sequence[str]) -> list[Options]:
    """None: the charts of the modules show each measure beside its neighbours."""
    return []


DRAWERS: dict[str, Drawer] = {
    "measure": Drawer(
        "How do the outlets compare in one measure?", frozenset({"measure"}), prepare_measure, plan_measure
    )
}

"""The table under a chart of names shows the names of the chart."""

from __future__ import annotations

from framing import Analysis
from framing.charts import VariantShares
from framing.report.page.build import build_page
from framing.report.results import Results


def test_a_comparison_lists_the_names_that_have_a_colour_in_its_chart(corpus: Analysis) -> None:
    results = Results(corpus)
    page = build_page(results)
    gathered = 0
    for comparison in page.comparisons:
        shares = VariantShares.from_table(results.term_table, *comparison.referent, outlets=results.outlets)
        others = shares.gathered > 1
        assert comparison.columns == (*shares.variants[: -1 if others else None], *(["other names"] if others else []))
        gathered += others
    # Outlets have names of their own that are not the most used over all: the chart keeps them, and so does the table.
    (opposition,) = (c for c in page.comparisons if c.referent == ("syria", "armed-opposition"))
    assert "revolutionaries …" in opposition.columns and "opposition fighters" not in opposition.columns
    assert gathered >= 3

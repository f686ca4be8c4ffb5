"""What stands below the figures that are drawn from more than one table."""

from __future__ import annotations

from collections.abc import Sequence

from framing.charts import Caption
from framing.report.results import Results
from framing.report.wording import period


def make_caption(
    results: Results, title: str, outlets: Sequence[str], *, subtitle: str = "", digest: str = "", method: str = ""
) -> Caption:
    """Return the words around a figure of some outlets: source, articles and period are those of these outlets.

    Parameters
    ----------
    digest : str
        Short hash of the lexicons behind it; "" where there are none.
    method : str
        By default, the intervals of the analysis.
    """
    sizes = [results.sizes[o] for o in outlets]
    source = str(results.manifest.get("source", "")) or "articles as given"
    if len(outlets) < len(results.outlets):
        largest = set(outlets) == set(results.outlets[: len(outlets)])
        some = f"{len(outlets)} of {len(results.outlets)} outlets"
        source += f", the {some} with most articles" if largest else f", {some}"
    first, last = ([str(s[name]) for s in sizes if s[name]] for name in ("first", "last"))
    return Caption(
        title=title,
        subtitle=subtitle,
        source=source,
        articles=sum(int(s["articles"]) for s in sizes),
        period=period(min(first), max(last)) if first else "undated",
        lexicon=digest,
        method=method or say_intervals(results),
    )


def say_intervals(results: Results) -> str:
    """Return how the intervals of an analysis were made."""
    resamples = int(results.manifest.get("options", {}).get("resamples", 0))
    return f"95% bootstrap intervals over articles ({resamples:,} resamples)"

"""How an analysis is cited: by what it was made from, so that somebody else can make it again."""

from __future__ import annotations

import hashlib
from typing import Any

from framing.report.lang import _
from framing.report.results import Results
from framing.report.wording import count, period

_LENGTH = 12  # of a hash as it is printed: 48 bits tell the runs of a lifetime apart


def run_digest(results: Results) -> str:
    """Return a short hash of the run: of its files, lexicons, options and versions.

    Two runs with the same hash have the same numbers.
    """
    return hashlib.sha256((results.analysis.path / "run.json").read_bytes()).hexdigest()[:_LENGTH]


def program_version(results: Results) -> str:
    """Return the version of the program that made the analysis; "" where it is not recorded."""
    versions: dict[str, Any] = results.manifest.get("versions", {})
    return str(versions.get("framing-analyser", ""))


def say_run(results: Results) -> str:
    """Return what an analysis rests on: articles, period, lexicons, run."""
    return _("{articles} of {outlets}, {period}; lexicons {lexicons}; run {run}").format(
        articles=count(results.article_count, "article"),
        outlets=count(len(results.outlets), "outlet"),
        period=period(*results.period),
        lexicons=results.digest,
        run=run_digest(results),
    )


def cite_analysis(results: Results) -> str:
    """Return a reference to paste: program, version, and what the analysis rests on."""
    return _("Framing analyser, version {version}: {run}.").format(
        version=program_version(results), run=say_run(results)
    )


def cite_figure(results: Results, title: str) -> str:
    """Return a reference to one figure to paste; what stands in quotation marks in the title, in single ones."""
    nested = title.translate({ord("“"): "‘", ord("”"): "’"})
    return _("“{title}” [figure]. {analysis}").format(title=nested, analysis=cite_analysis(results))

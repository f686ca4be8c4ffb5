"""The report: one HTML file with text, tables, charts and evidence, that loads nothing and runs nothing but its own
script.

The content security policy allows the one style sheet and the one script by their hashes and images inside the page;
everything else, from wherever in the articles or lexicons it may come, is refused by the browser even if it were not
escaped.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from framing import store
from framing.report.lang import ENGLISH, _, language, plural, speaking
from framing.report.page.build import OPEN_TOPICS, build_page
from framing.report.page.citation_formats import cite_apa, cite_bibtex
from framing.report.page.evidence import REST
from framing.report.page.known_errors import list_known_errors
from framing.report.page.module_evidence import MOST_OF_NUMBER
from framing.report.page.overview import OPEN_PAIRS
from framing.report.page.prints import begin
from framing.report.page.sides import MOST_OF_SIDE
from framing.report.page.views import Page
from framing.report.results import Results, outlet_id
from framing.report.rows import Share, Value
from framing.report.templating import open_templates, policy, read_part
from framing.report.wording import (
    NONE,
    NOUNS,
    VOICE_LABELS,
    VOICE_MEANINGS,
    count,
    day,
    percent,
    percent_interval,
    period,
    signed,
    signed_interval,
    tidy,
    visible,
    weight,
    whole,
)
from framing.statistics.coverage import MIN_EVENTS

if TYPE_CHECKING:
    from framing.analysis import Analysis

TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_URL = 2000


def write_report(
    analysis: Analysis, path: str | Path, outlets: Sequence[str] | None = None, lang: str = ENGLISH
) -> Path:
    """Write the report of an analysis: one HTML file that needs nothing else.

    Parameters
    ----------
    path : path
        The file; an older one is replaced, whole or not at all.
    outlets : sequence of str, optional
        Outlets with a section of their own, in this order; by default the eight with most articles.
    lang : str
        The language of the report, not of the articles: see `speaking`.

    Returns
    -------
    Path
        The same analysis and choice give the same bytes.

    Raises
    ------
    InputError
        An outlet is not in the analysis, or there is no such translation.
    StoreError
        The file cannot be written.
    """
    target = Path(path)
    with speaking(lang):
        page = build_page(Results(analysis), outlets)
        content = render_page(page)
    store.write_bytes(target, content.encode("utf-8", "replace"))
    return target


def render_page(page: Page) -> str:
    """Return the HTML of a page."""
    from markupsafe import Markup

    environment = open_templates(TEMPLATES)
    environment.filters |= {
        "begin": begin,
        "base64": lambda data: base64.b64encode(data).decode(),
        "count": count,
        "dates": lambda size: period(str(size["first"]), str(size["last"])),
        "day": day,
        "forms": forms_of,
        "host": lambda url: visible(urlsplit(url).hostname or ""),
        "interval": _interval,
        "outlet_id": outlet_id,
        "percent": percent,
        "percent_interval": percent_interval,
        "safe_url": safe_url,
        "share_words": lambda value: percent(value.value) if value is not None else NONE,
        "signed": signed,
        "signed_interval": lambda value: signed_interval(value.low, value.high),
        "tidy": tidy,
        "visible": visible,
        "weight": weight,
        "whole": whole,
    }

    def article_link(article: Any) -> str:
        """Return a headline, linked where the address is one that may be followed."""
        fields = article if isinstance(article, Mapping) else {"title": article.title, "url": article.url}
        url, title = safe_url(fields.get("url") or ""), tidy(fields["title"]) if fields["title"] else _("no headline")
        if not url:
            return Markup("<bdi>{}</bdi>").format(title)
        return Markup('<a href="{}" rel="noopener noreferrer" dir="auto">{}</a>').format(url, title)

    script, style = (read_part(TEMPLATES, name) for name in ("report.js", "report.css"))
    return environment.get_template("report.html.j2").render(
        page=page,
        language=language,
        article_link=article_link,
        script=Markup(script),
        style=Markup(style),
        policy=policy(style, script),
        voice_labels=VOICE_LABELS,
        voice_meanings=VOICE_MEANINGS,
        open_topics=OPEN_TOPICS,
        open_pairs=OPEN_PAIRS,
        **_facts(page),
    )


def _facts(page: Page) -> dict[str, Any]:
    """The single numbers and lists of the page."""
    results = page.results
    manifest, options = results.manifest, results.manifest.get("options", {})
    number = len(results.outlets)
    title, others = _say_title(number, results.has_events), count(len(page.rest), "outlet")
    return {
        "title": title,
        "cite_apa": cite_apa(results, title),
        "cite_bibtex": cite_bibtex(results, title),
        "known_errors": list_known_errors([m.module for m in results.modules]),
        "article_count": results.article_count,
        "outlet_count": number,
        "lexicon_count": len(results.records) + len(results.module_records),
        "most_of_number": MOST_OF_NUMBER,
        "most_of_side": MOST_OF_SIDE,
        "mentions_found": int(results.mention_table.num_rows),
        "period": period(*results.period),
        "has_events": results.has_events,
        "has_sentences": bool(page.modules) or any(e.evidence for e in page.events),
        "has_event_sentences": any(e.evidence for e in page.events),
        "has_scare": any(n["scare"].count for names in results.names.values() for n in names.names),
        "min_articles": results.min_articles,
        "min_events": MIN_EVENTS,
        "resamples": int(options.get("resamples", 0)),
        "seed": options.get("seed", ""),
        "digest": results.digest,
        "lexicons": [
            *(results.records[name] for name in sorted(results.records)),
            *sorted(results.module_records, key=lambda r: (str(r["module"]), str(r["name"]))),
        ],
        "versions": sorted(manifest.get("versions", {}).items()),
        "version": manifest.get("versions", {}).get("framing-analyser", ""),
        "command": " ".join(manifest.get("command", [])),
        "skipped_count": len(manifest.get("skipped", [])),
        "warnings": manifest.get("warnings", []),
        "rest_label": plural("the other outlet", "the other {outlets}", len(page.rest)).format(outlets=others),
        "rest_title": plural("The other outlet", "The other {outlets}", len(page.rest)).format(outlets=others),
        "rest_size": _add_up([results.sizes[o] for o in page.rest]),
    }


def _say_title(number: int, same_events: bool) -> str:
    outlets = count(number, "outlet")
    if same_events:
        said = plural("How {outlets} words the same events", "How {outlets} word the same events", number)
    else:
        said = plural("How {outlets} words the news", "How {outlets} word the news", number)
    return said.format(outlets=outlets)


def forms_of(noun: str) -> str:
    """Return how a language says numbers of a noun, as JSON for the script of the page.

    "forms" are the texts, "which" says by a digit for each number below 200 which of them it takes. Larger numbers take
    that of 100 and their last two digits: no rule of gettext looks further back.
    """
    said = [NOUNS[noun](n) for n in range(200)]
    forms = list(dict.fromkeys(said))
    return json.dumps({"forms": forms, "which": "".join(str(forms.index(text)) for text in said)}, ensure_ascii=False)


def _add_up(sizes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    words = sum(s["words"] for s in sizes)
    first, last = [s["first"] for s in sizes if s["first"]], [s["last"] for s in sizes if s["last"]]
    return {
        "articles": sum(s["articles"] for s in sizes),
        "words": words,
        "quoted": math.fsum(s["quoted"] * s["words"] for s in sizes) / words if words else math.nan,
        "attributed": math.fsum(s["attributed"] * s["words"] for s in sizes) / words if words else math.nan,
        "first": min(first, default=""),
        "last": max(last, default=""),
    }


def _interval(share: Share | Value) -> str:
    return percent_interval(share.low, share.high)


def safe_url(url: str) -> str:
    """Return an address that may be linked: http or https with a host; "" for any other."""
    text = str(url).strip()
    if len(text) > _LONGEST_URL or any(c.isspace() or not c.isprintable() for c in text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


__all__ = ["REST", "policy", "render_page", "safe_url", "write_report"]

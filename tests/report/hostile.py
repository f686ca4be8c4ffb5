"""Strings that try to run, to load, or to break out, and an analysis with them in every field."""

from __future__ import annotations

import json
from pathlib import Path

from valley_data import write_lexicon

import framing
from framing import Analysis, Article

MARK = "overtaken"  # a script that runs sets this title


def hostile_strings(address: str = "http://127.0.0.1:9") -> list[str]:
    """Return twenty strings; those that load anything load it from `address`."""
    run = f"document.title='{MARK}'"
    return [
        f"<script>{run}</script>",
        f"</script><script>{run}</script>",
        f'<img src=x onerror="{run}">',
        f"<img src={address}/img>",
        f'<svg onload="{run}"><script>{run}</script></svg>',
        f'"><script>{run}</script>',
        f"' onmouseover='{run}' autofocus onfocus='{run}' x='",
        f'" autofocus onfocus="{run}" x="',
        f"javascript:{run}",
        f'<a href="javascript:{run}">x</a>',
        f'<iframe src="{address}/frame"></iframe>',
        f"<link rel=stylesheet href={address}/css><style>@import '{address}/import';</style>",
        f'<base href="{address}/"><object data="{address}/object"></object>',
        f'<meta http-equiv=refresh content="0;url={address}/refresh">',
        f"</style></title></textarea></select></table><script>{run}</script>",
        f"{{{{ ''.__class__ }}}} {{% include '/etc/passwd' %}} ${{{run}}}",
        f"<!--<script>{run}</script>--> ]]><script>{run}</script>",
        f"&lt;script&gt;{run}&lt;/script&gt; &#x3c;script&#x3e;",
        f'\u202e<details open ontoggle="{run}">\u2028\u0085\ufeff',
        f'<math><mtext><mglyph><style><img src=x onerror="{run}"></style></math><video src={address}/video autoplay>',
    ]


HOSTILE = hostile_strings()


def hostile_analysis(folder: Path, address: str = "http://127.0.0.1:9") -> Analysis:
    """Analyse articles and a lexicon that hold the strings wherever a string may stand."""
    strings = hostile_strings(address)
    toml = "\n".join(
        [
            f"title = {json.dumps(strings[0])}",
            'module = "naming"\nlanguage = "en"',
            f"version = {json.dumps(strings[2])}\nlicence = {json.dumps(strings[4])}",
            f"scale = [-2.0, 2.0]\nscale_meaning = {json.dumps(strings[5])}\ndescription = {json.dumps(strings[14])}",
            f"[sources.guide]\ncitation = {json.dumps(strings[1])}\nurl = {json.dumps(strings[8])}",
            f'[categories.fighters]\nlabel = {json.dumps(strings[5])}\nkind = "armed-group"',
            f'[categories.council]\nlabel = {json.dumps(strings[14])}\nkind = "government"',
        ]
    )
    notes = ['"' + s.replace('"', '""') + '"' for s in strings]
    terms = "\n".join(
        [
            "category,term,weight,basis,source,note",
            f"fighters,rebel(s),0,judgement,guide,{notes[7]}",
            f"fighters,terrorist(s),-2,judgement,guide,{notes[2]}",
            f"council,council,0,judgement,guide,{notes[6]}",
            f"council,junta,-1,judgement,guide,{notes[16]}",
            "",
        ]
    )
    lexicon = write_lexicon(folder, toml + "\n", terms, "text,category,expected\nThe rebels left.,fighters,rebels\n")
    articles = [
        Article(
            id=f"{number} {text}",
            outlet=text,
            title=f"{text} rebels",
            text=f"Twelve people were killed. The rebels {text} and the terrorists left. “The terrorists {text},” said "
            f"the council. “The rebels left,” said the council of {text}. The junta met",
            date=text if number % 2 else "2031-05-01",
            url=text,
            event=strings[number // 2],
            genre=text,
            language=f"en-{text}",
            upstream=text,
            extra={"note": text},
        )
        for number, text in enumerate(strings)
    ]
    return framing.analyse(articles, lexicon, resamples=100, min_articles=1)

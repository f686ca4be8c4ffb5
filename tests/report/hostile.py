"""Strings that try to run, to load, to break out or to break down, and an analysis with them in every field."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import framing
from framing import Analysis, Article, Articles
from framing.ingest import ReadReport
from framing.ingest.fields import replace_unusable

MARK = "overtaken"  # a script that runs sets this title, and a global of this name
NOWHERE = "http://127.0.0.1:9"  # nobody listens there

# What a pattern of a lexicon allows: it may hold marks only around words. The texts hold these words.
TERMS = (
    '"><script> rebels',
    "{{rebels}}",
    "'rebels' </script>",
    "$ rebels ^{",
    "&lt; rebels",
    "%s rebels {0}",
    "rebels",
)


def hostile_strings(address: str = NOWHERE) -> list[str]:
    """Return the strings; those that load anything load it from `address`."""
    run = f"document.title=window.{MARK}='{MARK}'"
    return [
        # Elements and handlers that run.
        f"<script>{run}</script>",
        f"</script><script>{run}</script>",
        f'<img src=x onerror="{run}">',
        f'<svg onload="{run}"><script>{run}</script></svg>',
        f'<svg><animate onbegin="{run}" attributeName=x dur=1s /><a xlink:href="javascript:{run}">x</a></svg>',
        f'<math><mtext><mglyph><style><img src=x onerror="{run}"></style></math><video src={address}/video autoplay>',
        f'<noscript><p title="</noscript><img src=x onerror=&quot;{run}&quot;>"></noscript>',
        f"<iframe srcdoc=\"<script>parent.{run}</script>\"></iframe><iframe src='javascript:parent.{run}'></iframe>",
        f'<img src=x onerror="alert(`{MARK}`)"><body onpageshow="{run}">',
        f"<xmp></xmp><plaintext><template><script>{run}</script>",
        # Attributes.
        f'"><script>{run}</script>',
        f"' onmouseover='{run}' autofocus onfocus='{run}' x='",
        f'" autofocus onfocus="{run}" x="',
        f'x" style="background:url({address}/style)" onanimationstart="{run}',
        # Addresses.
        f"javascript:{run}",
        f"java\tscript:{run}",
        f"data:text/html,<script>{run}</script>",
        f'<a href="javascript:{run}">x</a>',
        # What loads.
        f"<img src={address}/img srcset={address}/srcset>",
        f'<iframe src="{address}/frame"></iframe><embed src={address}/embed>',
        f"<link rel=stylesheet href={address}/css><style>@import '{address}/import';</style>",
        f"</style><style>*{{background:url({address}/ground);display:none}}</style>",
        f'<base href="{address}/"><object data="{address}/object"></object>',
        f'<meta http-equiv=refresh content="0;url={address}/refresh">',
        f'<form id=filter action={address}/form><input name=elements autofocus><button name="text">',
        # Templates and what closes.
        f"{{{{ ''.__class__ }}}} {{% include '/etc/passwd' %}} ${{{run}}} #{{7*7}} <%= 7*7 %>",
        "%s %(name)s {} {0} {outlet} {0.__class__} {unclosed",
        f"</style></title></textarea></select></table></details></main><script>{run}</script>",
        f"<!--<script>{run}</script>--> ]]><script>{run}</script> */ {run} /*",
        # Entities.
        f"&lt;script&gt;{run}&lt;/script&gt; &#x3c;script&#x3e;",
        f"&Tab;java&NewLine;script&colon;{run} &amp;lt;b&amp;gt; &#0; &#xd800; &nosuch; &",
        # Characters.
        f'\u202e<details open ontoggle="{run}">\u2028\u0085\ufeff\u2066\u200f',
        "nul \0 bell \x07 escape \x1b[31m delete \x7f C1 \x9b tab \t line \r\n return",
        "half \ud800 of a pair \udfff",
        "👩‍👩‍👧‍👦 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🇺🇦 ﷽ \U0010ffff \ufffe",
        "Z" + "\u0301\u0323\u0489" * 60 + "algo",
        "unbroken" * 80,
        # Other readers: spreadsheets, mathematics, names that JavaScript knows.
        f'=HYPERLINK("{address}/cell","x")',
        "@SUM(1+9)*cmd|' /C calc'!A0",
        "$\\frac{1}{0}$ and $x_{$ \\undefined{ \\input{/etc/passwd}",
        "__proto__",
        "constructor",
    ]


HOSTILE = hostile_strings()


def storable(text: str) -> str:
    """Return a string as a file in UTF-8 can hold it: without halves of pairs."""
    return "".join(c for c in text if not "\ud800" <= c <= "\udfff")


def _toml(text: str) -> str:
    """Write a string as TOML: as JSON does, but for what JSON leaves as it is."""
    return json.dumps(storable(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def hostile_analysis(folder: Path, address: str = NOWHERE) -> Analysis:
    """Analyse articles and lexicons that hold the strings wherever a string may stand.

    The articles come from a file, as those of a user do: its name is hostile too, and stands in the warning about the
    characters that no table can hold.
    """
    strings = hostile_strings(address)
    folder.mkdir(parents=True)
    source = folder / f"\"><img src=x onerror='document.title=`{MARK}`'>.jsonl"
    source.write_text("\n".join(json.dumps(_fields(n, strings)) for n in range(len(strings))), encoding="utf-8")
    articles = framing.read_articles(source, clean=False)
    lexicons = [_naming(folder, strings), _frames(folder, strings)]
    return framing.analyse(
        _Marked(articles, strings),
        lexicons,
        modules=["naming", "coverage", "frames", "sourcing", "casualties"],
        resamples=100,
        min_articles=1,
    )


class _Marked:
    """Articles whose marks of a language are no such thing, as only who makes articles by program can have."""

    def __init__(self, articles: Articles, strings: Sequence[str]) -> None:
        self._articles, self._strings = articles, strings

    def __iter__(self) -> Iterator[Article]:
        for number, (article, text) in enumerate(zip(self._articles, self._strings, strict=True)):
            usable = replace_unusable(text)[0]
            yield replace(article, language=f"en-{usable}") if number % 2 else article

    @property
    def report(self) -> ReadReport:
        return self._articles.report


def _fields(number: int, strings: Sequence[str]) -> dict[str, str]:
    """One article, and its event shared with its neighbour, so that outlets stand side by side."""
    text = strings[number]
    return {
        "id": f"{number} {text}",
        "outlet": _outlet(number, strings),
        "title": f"{text} rebels",
        "text": f"Twelve people were killed. The rebels {text} and {_side(number)} left. “The terrorists {text},” said "
        f"the council. “The rebels left,” said the council of {text}. The {' rebels, the '.join(TERMS)} met. The "
        f"{_side(number - 1)} met the junta, a fine cost {text}",
        "date": text if number % 2 else "2031-05-01",
        "url": text if number % 3 else f"{text}://x",
        "event": strings[number // 2],
        "genre": text,
        "language": "en",
        "upstream": text,
        f"note {text}": text,
    }


def _outlet(number: int, strings: Sequence[str]) -> str:
    """Names of one word stand alone, of the others four together: a report on forty outlets takes a minute."""
    first = number - number % 4
    return strings[number] if strings[number].isidentifier() else " ".join(strings[first : first + 4])


def _side(number: int) -> str:
    """A name of its own for each string, of letters only."""
    return "sider" + "abcdefghij"[number // 10] + "abcdefghij"[number % 10]


def _naming(folder: Path, strings: Sequence[str]) -> Path:
    """A lexicon of names with one referent, one source and one note for each string."""
    rows = [["fighters", term, "0", "judgement", "", storable(strings[n])] for n, term in enumerate(TERMS)]
    rows += [["fighters", "terrorist(s)", "-2", "source", "s1", storable(strings[2])]]
    rows += [["council", "council", "0", "judgement", "", ""], ["council", "junta", "-1", "source", "s2", ""]]
    rows += [
        [f"side-{n}", _side(n), "-1", "source", f"s{n}", storable(text).replace("\r\n", " ")]
        for n, text in enumerate(strings)
    ]
    labels = {"fighters": strings[0], "council": strings[1], **{f"side-{n}": s for n, s in enumerate(strings)}}
    kinds = {key: "government" if key == "council" else "armed-group" for key in labels}
    return _write(folder / "naming \"'><img src=x>", "naming", labels, rows, strings, kinds)


def _frames(folder: Path, strings: Sequence[str]) -> Path:
    """A lexicon of frames, whose labels name measures: a few of them, that hold all strings together."""
    words = ("killed", "left", "met", "fine", "cost")
    labels = {f"frame-{word}": " ".join(strings[n :: len(words)]) for n, word in enumerate(words)}
    rows = [[f"frame-{word}", word, "1", "judgement", "", storable(strings[n])] for n, word in enumerate(words)]
    return _write(folder / "frames ${{7*7}} &lt;b&gt;", "frames", labels, rows, strings, {})


def _write(
    folder: Path,
    module: str,
    labels: dict[str, str],
    rows: Iterable[Sequence[str]],
    strings: Sequence[str],
    kinds: dict[str, str],
) -> Path:
    """Write a lexicon folder; every free text of its head holds all strings."""
    folder.mkdir()
    everything = _toml(" ".join(strings))
    lines = [f'module = "{module}"\nlanguage = "en"\nscale = [-2.0, 2.0]']
    lines += [f"{key} = {everything}" for key in ("title", "version", "licence", "scale_meaning", "description")]
    for n, text in enumerate(strings):
        lines.append(f"[sources.s{n}]\ncitation = {_toml(text)}\nurl = {_toml(text)}")
    for key, label in labels.items():
        lines.append(f'[categories.{key}]\nlabel = {_toml(label)}\nkind = "{kinds.get(key, "")}"')
    (folder / "lexicon.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "terms.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["category", "term", "weight", "basis", "source", "note"], *rows])
    first = next(iter(labels))
    word = "rebels" if module == "naming" else first.removeprefix("frame-")
    (folder / "examples.csv").write_text(f"text,category,expected\nThe {word}.,{first},{word}\n", encoding="utf-8")
    return folder

"""A small analysis whose numbers can be counted on paper."""

from __future__ import annotations

from pathlib import Path

from framing import Article

LEXICON = """title = "The valley"
module = "naming"
language = "en"
version = "1.0.0"
licence = "CC0"
scale = [-2.0, 2.0]
scale_meaning = "Direction toward the party named."
description = "Names in the valley."

[sources.guide]
citation = "A style guide"
url = "https://guide.example/names"

[categories.fighters]
label = "Fighters of the valley"
kind = "armed-group"

[categories.council]
label = "Council of the valley"
kind = "government"
"""

TERMS = """category,term,weight,basis,source,note
fighters,rebel(s),0,judgement,,plain
fighters,terrorist(s),-2,source,guide,condemns
fighters,militant(s),-1,judgement,,unfavourable
fighters,(hill|river) men,0,judgement,,by place
council,council,0,judgement,,plain
council,junta,-1,judgement,,unfavourable
"""

EXAMPLES = """text,category,expected
The rebels left.,fighters,rebels
"""


NAMES = ("naming", "coverage")  # the modules that the valley runs by itself

CERTAINTY = """title = "Commitment in the valley"
module = "certainty"
language = "en"
version = "1.0.0"
licence = "CC0"
scale = [0.0, 3.0]
scale_meaning = "Strength."
description = "Hedges and boosters of the valley."

[categories.hedge]
label = "Hedges"

[categories.booster]
label = "Boosters"
"""

CERTAINTY_TERMS = """category,term,weight,basis,source,note
hedge,perhaps,1,judgement,,
hedge,possibly,2,judgement,,
booster,clearly,1,judgement,,
"""


def write_certainty(folder: Path) -> Path:
    """Write the lexicon of hedges and boosters."""
    return write_lexicon(folder, CERTAINTY, CERTAINTY_TERMS, "text,category,expected\nPerhaps.,hedge,Perhaps\n")


def valley_wordings() -> list[Article]:
    """Three outlets, every article one sentence of ten words in own voice, without a headline.

    hedges    per 1,000 words    mentions
    Alpha     108.3              12 perhaps in 12 articles, and possibly in the last besides: 13 in 120 words
    Beta      0                  none in 12 articles
    Gamma     100                3 perhaps in 3 articles

    boosters  one by Alpha: 13 hedges of 14 markers
    """
    alpha = [
        Article(f"a{i:02}", "Alpha", _ten("Perhaps the rebels left", 4), "", f"2031-05-{i + 1:02}") for i in range(10)
    ]
    alpha.append(Article("a10", "Alpha", _ten("Clearly the rebels left, perhaps", 5), "", "2031-05-11"))
    alpha.append(Article("a11", "Alpha", _ten("Perhaps the rebels possibly left", 5), "", "2031-05-12"))
    beta = [Article(f"b{i:02}", "Beta", _ten("The rebels left", 3), "", f"2031-05-{i + 1:02}") for i in range(12)]
    gamma = [Article(f"c{i}", "Gamma", _ten("Perhaps the rebels left", 4), "", f"2031-06-0{i + 1}") for i in range(3)]
    return [*alpha, *beta, *gamma]


def _ten(start: str, words: int) -> str:
    """Fill a sentence up to ten words."""
    return f"{start} {' '.join(['there'] * (10 - words))}."


def write_lexicon(folder: Path, toml: str = LEXICON, terms: str = TERMS, examples: str = EXAMPLES) -> Path:
    """Write a lexicon folder and return it."""
    folder.mkdir(parents=True)
    (folder / "lexicon.toml").write_text(toml, encoding="utf-8")
    (folder / "terms.csv").write_text(terms, encoding="utf-8")
    (folder / "examples.csv").write_text(examples, encoding="utf-8")
    return folder


def valley_articles() -> list[Article]:
    """Three outlets.

    fighters      own voice                                quoted           articles
    Alpha         12 rebels                                3 terrorists     12
    Beta          12 terrorists, 2 rebels                                   12
    Gamma         3 militants                                               3

    council       Beta in all 12 of its articles; Alpha in the first 2, each on an event that Beta covers too; Gamma
    never.
    """
    articles = []
    for i in range(12):
        quoted = " “The terrorists will pay for this bridge,” said the mayor." if i < 3 else ""
        council = " The council met." if i < 2 else ""
        day = f"2031-05-{i + 1:02}"
        articles.append(
            Article(
                f"a{i:02}", "Alpha", f"The rebels took a bridge.{council} Rain fell.{quoted}", f"Bridge {i}", day,
                f"https://alpha.example/{i}", f"event-{i:02}",
            )
        )  # fmt: skip
        left = " Later the rebels left." if i < 2 else ""
        articles.append(
            Article(
                f"b{i:02}",
                "Beta",
                f"The terrorists took a bridge. The council met.{left}",
                f"Bridge {i}",
                day,
                "",
                f"event-{i:02}",
            )
        )
    articles += [
        Article(f"c{i}", "Gamma", "The militants waited. Rain fell.", "Waiting", f"2031-06-0{i + 1}") for i in range(3)
    ]
    return articles

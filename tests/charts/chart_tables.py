"""Small tables of the kinds the charts are drawn from, and names as the world spells them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pyarrow as pa

from framing.charts import MeasureGroup, ShownMeasure

HARD_NAMES = (
    "The Extremely Long-Winded International Gazette of Record and Commerce, Northern Edition",
    "The Extremely Long-Winded International Gazette of Record and Commerce, Southern Edition",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftszeitung",
    "$AVE $5",
    "\\frac{1}{0} ^_$",
    "新华社",
    "الجزيرة",
    "Коммерсантъ",
    "a\x00b\x1b[31mc",
    "\u202eevil\u202c",
    "Z" + "\u0301" * 40 + "algo",
    "",
    "<b>&amp;--></b>",
    "i",
    "NA",
    "007",
)


def names(count: int) -> list[str]:
    return [*HARD_NAMES, *(f"Outlet number {index}" for index in range(40))][:count]


def terms_table(outlets: Sequence[str], variants: int, seed: int = 1) -> pa.Table:
    """Every outlet, four voices; the third outlet has few articles, the fourth no own voice at all."""
    random_numbers = random.Random(seed)
    rows = []
    for index, outlet in enumerate(outlets):
        for voice in ("own", "quoted", "attributed", "scare"):
            if index == 3 and voice == "own":
                continue
            counts = [random_numbers.choice((0, 1, 7, 60, 1500)) for _ in range(variants)]
            counts[random_numbers.randrange(variants)] += 3
            articles = 4 if index == 2 else sum(counts) // 2 + 10
            for variant, count in enumerate(counts):
                rows.append(
                    {
                        "outlet": outlet,
                        "lexicon": "syria",
                        "referent": "armed-opposition",
                        "term": f"variant{variant}(s)",
                        "label": ["rebels", "foreign-backed “moderate” opposition fighters", "$errorists", "叛军"][
                            variant % 4
                        ]
                        + (f" {variant}" if variant > 3 else ""),
                        "voice": voice,
                        "count": count,
                        "articles": min(count, articles),
                        "share": count / sum(counts),
                        "n_articles": articles,
                        "status": "ok" if articles >= 10 else "insufficient",
                    }
                )
    return pa.Table.from_pylist(rows)


def measures_table(outlets: Sequence[str], referents: Sequence[str], seed: int = 1) -> pa.Table:
    """The second outlet has few articles, the third one article, the fourth no mention."""
    random_numbers = random.Random(seed)
    rows = []
    for index, outlet in enumerate(outlets):
        for referent in referents:
            articles = {1: 5, 2: 1, 3: 0}.get(index, random_numbers.choice((10, 250, 123_456)))
            value = random_numbers.uniform(-2, 2) if articles else math.nan
            rows.append(
                {
                    "outlet": outlet,
                    "measure": f"stance:syria:{referent}:own",
                    "value": value,
                    "low": max(-2.0, value - 0.3) if articles > 1 else math.nan,
                    "high": min(2.0, value + 0.2) if articles > 1 else math.nan,
                    "n_articles": articles,
                    "status": "ok" if articles >= 10 else "insufficient" if articles else "undefined",
                }
            )
    return pa.Table.from_pylist(rows)


def coverage_table(outlets: Sequence[str], referents: Sequence[str], events: bool = True, seed: int = 1) -> pa.Table:
    """The second outlet has few articles, the third none."""
    random_numbers = random.Random(seed)
    rows = []
    for index, outlet in enumerate(outlets):
        articles = {1: 5, 2: 0}.get(index, random_numbers.choice((44, 1210)))
        for referent in referents:
            event_articles = random_numbers.randint(0, articles) if events else 0
            rows.append(
                {
                    "outlet": outlet,
                    "lexicon": "syria",
                    "referent": referent,
                    "articles": articles,
                    "share": random_numbers.random() if articles else math.nan,
                    "event_articles": event_articles,
                    "event_share": random_numbers.random() if event_articles else math.nan,
                    "n_events": event_articles // 2,
                    "status": "ok" if articles >= 10 else "insufficient" if articles else "undefined",
                }
            )
    return pa.Table.from_pylist(rows)


REFERENTS = [
    "armed-opposition",
    "government",
    "islamic-state",
    "civilian-deaths-and-injuries",
    "antidisestablishmentarianism",
    "siege",
    "sanctions",
    "displacement",
    "ceasefire",
    "foreign-fighters",
    "chemical-attack",
    "停火",
]

GROUPS = [
    MeasureGroup(
        "Who speaks, and how much of it the outlet lets through",
        tuple(
            ShownMeasure(f"sourcing.words.{n}", label, unit, True)
            for n, label, unit in (
                ("official", "Officials", "of the words that others speak"),
                ("ordinary", "Ordinary people, witnesses, relatives and all their neighbours", "of 引用された言葉"),
                ("never", "Nobody", ""),
            )
        ),
    ),
    MeasureGroup(
        "$Certainty_1",
        tuple(
            ShownMeasure(f"certainty.{n}.own", label, "per 1,000 words of own voice, without those in scare quotes")
            for n, label in (("hedge", "Hedges"), ("booster", "Antidisestablishmentarianisms"), ("tone", "$ize"))
        ),
    ),
]


def module_table(outlets: Sequence[str], seed: int = 1) -> pa.Table:
    """The second outlet has few articles and a number far off, the third one article, the fourth no evidence.

    "sourcing.words.never" is undefined everywhere, "certainty.booster.own" is 0 everywhere, "certainty.tone.own" may be
    below 0.
    """
    random_numbers = random.Random(seed)
    rows = []
    for index, outlet in enumerate(outlets):
        for group in GROUPS:
            for measure in group.measures:
                articles = {1: 5, 2: 1, 3: 0}.get(index, random_numbers.choice((10, 250, 123_456)))
                if measure.name.endswith(".never"):
                    articles = 0
                value = random_numbers.uniform(0.1, 0.4) * (1 if measure.percent else 123)
                value = value - 30 if ".tone." in measure.name else 0.0 if ".booster." in measure.name else value
                value = value * 50 if index == 1 and not measure.percent else value
                width = abs(value) / 10
                rows.append(
                    {
                        "outlet": outlet,
                        "measure": measure.name,
                        "value": value if articles else math.nan,
                        "low": value - width if articles > 1 else math.nan,
                        "high": value + width if articles > 1 else math.nan,
                        "n_articles": articles,
                        "status": "ok" if articles >= 10 else "insufficient" if articles else "undefined",
                    }
                )
    return pa.Table.from_pylist(rows)

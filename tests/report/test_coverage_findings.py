"""What is left out, and what is only called something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from valley_data import NAMES, write_lexicon

import framing
from framing import Article
from framing.report.figures.draw_names import plan_coverage
from framing.report.findings.coverage_findings import find_siblings, is_named_otherwise, left_out
from framing.report.results import Results

START = """title = "The marsh"
module = "naming"
language = "en"
version = "1.0.0"
licence = "CC0"
scale = [-2.0, 2.0]
scale_meaning = "Direction toward the party named."
description = "Names in the marsh."
"""
KINDS = {"groups": "armed-group", "fighters": "armed-group", "league": "armed-group", "tax": "policy", "toll": "policy"}
TERMS = """category,term,weight,basis,source,note
groups,militia(s),0,judgement,,
groups,armed group(s),0,judgement,,
groups,Marsh gang(s),-1,judgement,,
fighters,rebel(s),0,judgement,,
fighters,fighter(s),0,judgement,,
league,Reed League,0,judgement,,
league,the League,0,judgement,,
tax,tax,0,judgement,,
tax,levy,-1,judgement,,
toll,toll,0,judgement,,
"""
GROUPS = ("marsh", "groups")


def read_marsh(folder: Path, usual: str, instead: str, others: int = 12) -> Results:
    """Twelve events. Beta and Gamma have `usual` in each article; of Alpha's articles, the first `others` have
    `instead`."""
    categories = "".join(f'\n[categories.{k}]\nlabel = "{k.title()}"\nkind = "{v}"\n' for k, v in KINDS.items())
    examples = "text,category,expected\nThe rebels left.,fighters,rebels\n"
    lexicon = write_lexicon(folder / "marsh", START + categories, TERMS, examples)
    articles = []
    for i in range(12):
        text = f"{instead} Rain fell." if i < others else "Rain fell."
        said = {"Alpha": text, "Beta": usual, "Gamma": usual}
        articles += [Article(f"{o}{i}", o, t, "", "2031-05-01", "", f"event {i}") for o, t in said.items()]
    return Results(framing.analyse(articles, lexicon, folder / "analysis", modules=NAMES, resamples=100))


MILITIAS, REBELS, LEAGUE = "The militias left.", "The rebels left.", "The Reed League left."


@pytest.mark.parametrize(
    "usual, instead, others, referent, otherwise",
    [
        (MILITIAS, REBELS, 12, "groups", True),
        (MILITIAS, REBELS, 6, "groups", True),  # half of the articles
        (MILITIAS, REBELS, 5, "groups", False),
        (MILITIAS, "", 12, "groups", False),
        (MILITIAS, LEAGUE, 12, "groups", False),  # a party with a name is another party
        (LEAGUE, REBELS, 12, "league", False),  # and is left out where it is not named
        ("The tax rose.", "The toll rose.", 12, "tax", False),  # two things of one kind
    ],
)
def test_what_has_another_name_is_not_left_out(
    tmp_path: Path, usual: str, instead: str, others: int, referent: str, otherwise: bool
) -> None:
    results = read_marsh(tmp_path, usual, instead, others)
    assert is_named_otherwise(results, ("marsh", referent), ["Alpha"]) == otherwise
    found = list(left_out(results, ["Alpha"], ("marsh", referent)))
    assert [f.outlets for f in found] == ([] if otherwise else [("Alpha",)])


def test_nothing_is_named_otherwise_where_nobody_leaves_it_out(tmp_path: Path) -> None:
    results = read_marsh(tmp_path, MILITIAS, MILITIAS)
    assert not is_named_otherwise(results, GROUPS, ["Alpha", "Beta"])


def test_columns_of_the_chart_are_not_what_has_another_name(tmp_path: Path) -> None:
    results = read_marsh(tmp_path / "rebels", MILITIAS + " The tax rose.", REBELS)
    # Beta has militias wherever Alpha has rebels: each has the other's word, and neither is left out.
    assert plan_coverage(results, ["Alpha", "Beta"]) == [{"referent": "marsh/tax"}]
    results = read_marsh(tmp_path / "none", MILITIAS + " The tax rose.", "")
    assert plan_coverage(results, ["Alpha", "Beta"]) == [{"referent": "marsh/groups,marsh/tax"}]


def test_siblings_are_descriptions_of_one_kind_of_party() -> None:
    categories = {k: {"kind": v} for k, v in KINDS.items()}
    terms = [[*line.split(",")[:2], 0] for line in TERMS.splitlines()[1:]]
    record = {"categories": categories, "terms": terms}
    assert {k: find_siblings(record, k) for k in KINDS} == {
        "groups": ["fighters"], "fighters": ["groups"], "league": [], "tax": [], "toll": [],
    }  # fmt: skip
    assert find_siblings({}, "groups") == []

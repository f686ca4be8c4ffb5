"""Style guides: reading, checking, the uses that depart, rates, weights and the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from framing.cli.guides import check
from framing.errors import LexiconError
from framing.guides import (
    Guide,
    check_articles,
    check_guide,
    find_guide,
    find_uses,
    guide_weights,
    list_guides,
    read_guide,
    run_guide_examples,
)
from framing.lexicon import KINDS, list_lexicons
from framing.text import Article

HEAD = """\
title = "A guide"
publisher = "The Valley Wire"
language = "en"
version = "1"
date = "2020"
licence = "CC0-1.0"

[sources.book]
citation = "The book"
url = "https://example.org"
date = "2020"

[rules.terrorist]
label = "terrorist"
says = "Credit it."

[rules.group]
label = "Valley State"
says = "Qualify it once."

[rules.gang]
label = "gang"
says = "Never."

[rules.so-called]
label = "council"
says = "No distance."
"""
RULES = """\
rule,pattern,allowed,context,instead,basis,source,note
terrorist,counter-terrorist(s),,,,,,means against it
terrorist,terrorist(s),attributed,,bomber,source,book,
group,Valley =State,qualified,,Valley State group,source,book,
group,Valley =State (group|militants),any,,,source,book,
gang,gang(s),never,hill(s);valley,band,judgement,book,
so-called,council,not-scare,,,memory,book,
"""
WEIGHTS = """\
pattern,referent,weight,basis,source,note
(Syrian|) militant(s),armed-group,0,source,book,
rebel(s),armed-group,1,source,book,
rebel(s),small/fighters,-1,judgement,book,
"""
EXAMPLES = """\
text,rule,expected
A terrorist fled.,terrorist,terrorist
The mayor said a terrorist had fled.,terrorist,
The counter-terrorist squad left.,terrorist,
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Write a guide, with some of its files replaced."""

    def write(**files: str) -> Path:
        folder = tmp_path / "guide"
        folder.mkdir(exist_ok=True)
        content = {"guide.toml": HEAD, "rules.csv": RULES, "weights.csv": WEIGHTS, "examples.csv": EXAMPLES}
        content |= {f"{name}.{'toml' if name == 'guide' else 'csv'}": text for name, text in files.items()}
        for name, text in content.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def guide(make: Callable[..., Path]) -> Guide:
    return read_guide(make())


def departing(guide: Guide, text: str, title: str = "") -> list[str]:
    return check_articles([Article("1", "Wire", text, title)], guide)["mention"].to_pylist()


@pytest.mark.parametrize(
    "text, mentions",
    [
        ("A terrorist fled.", ["terrorist"]),
        ("The terrorist’s house burnt.", ["terrorist"]),
        ("The mayor said a terrorist had fled.", []),
        ("“A terrorist fled,” the mayor said.", []),
        ("The paper spoke of the “terrorist” council.", []),
        ("The counter-terrorist squad met the terrorists.", ["terrorists"]),
        ("", []),
    ],
)
def test_attributed_uses_agree_and_own_ones_depart(guide: Guide, text: str, mentions: list[str]) -> None:
    assert departing(guide, text) == mentions


def test_only_the_first_use_in_the_body_needs_the_qualified_form(guide: Guide) -> None:
    assert departing(guide, "Valley State fell. Valley State rose again.") == ["Valley State"]
    assert departing(guide, "The Valley State group fell. Valley State rose again.", "Valley State falls") == []
    assert departing(guide, "The mayor said Valley State had fallen. Valley State rose again.") == []
    assert departing(guide, "They want a valley state.") == []


def test_never_departs_in_scare_quotes_too_and_only_in_context(guide: Guide) -> None:
    assert departing(guide, "The gang crossed the hills.") == ["gang"]
    assert departing(guide, "The so-called gang crossed the hills.") == ["gang"]
    assert departing(guide, "The gang crossed the street.") == []
    assert departing(guide, "The mayor said the gang crossed the hills.") == []


def test_not_scare_departs_only_behind_so_called(guide: Guide) -> None:
    assert departing(guide, "The so-called council met.") == ["council"]
    assert departing(guide, "The council met.") == []


def test_uses_say_where_they_stand_and_what_the_guide_says(guide: Guide) -> None:
    article = Article("a1", "Wire", "A terrorist fled.", "Terrorist on the run", "2020-01-02")
    rows = find_uses([article], guide).table.to_pylist()
    assert [(r["section"], r["start"], r["end"], r["mention"]) for r in rows] == [
        ("headline", 0, 9, "Terrorist"),
        ("lede", 2, 11, "terrorist"),
    ]
    assert rows[1]["left"] == "A" and rows[1]["right"] == "fled."
    assert (rows[1]["says"], rows[1]["instead"]) == ("Credit it.", "bomber")
    assert rows[1]["source"] == "The book (2020) https://example.org"
    assert rows[1]["date"] == "2020-01-02" and rows[1]["article_id"] == "a1"


def test_the_certainty_of_a_rule_is_said(guide: Guide) -> None:
    by_basis = {row.basis: guide.cite(row.source, row.basis) for row in guide.rows if row.allowed}
    assert by_basis["memory"].endswith("[from memory]") and by_basis["judgement"].endswith("[our reading]")
    assert not by_basis["source"].endswith("]")


def test_rates_divide_by_all_uses_of_the_label(guide: Guide) -> None:
    own, said = "A terrorist fled.", "The mayor said a terrorist had fled."
    articles = [Article(str(n), "Wire", text) for n, text in enumerate([own] * 10 + [said] * 10 + ["Nothing."])]
    articles += [Article("99", "Other", said)]
    rows = {row["outlet"]: row for row in find_uses(articles, guide).rates().to_pylist()}
    wire = rows["Wire"]
    assert (wire["uses"], wire["own"], wire["attributed"], wire["departures"], wire["share"]) == (20, 10, 10, 10, 0.5)
    assert 0 <= wire["low"] < 0.5 < wire["high"] <= 1
    assert (wire["n_articles"], wire["status"]) == (20, "ok")
    assert (rows["Other"]["share"], rows["Other"]["status"]) == (0.0, "insufficient")


def test_no_articles_and_no_uses_give_empty_tables(guide: Guide) -> None:
    for articles in ([], [Article("1", "Wire", "Nothing here.")]):
        uses = find_uses(articles, guide)
        assert len(uses.table) == len(uses.departures) == len(uses.rates()) == 0


def test_articles_in_another_language_are_left_out_and_counted(guide: Guide) -> None:
    uses = find_uses([Article("1", "Wire", "A terrorist fled.", language="de")], guide)
    assert (len(uses.table), len(uses.articles), uses.skipped) == (0, 0, 1)


def test_the_order_of_articles_changes_no_rate(guide: Guide) -> None:
    articles = [
        Article(str(n), "Wire", "A terrorist fled." if n % 3 else "He said a terrorist fled.") for n in range(9)
    ]
    forward, back = (find_uses(a, guide).rates(seed=3).to_pylist() for a in (articles, articles[::-1]))
    assert forward == back


@pytest.mark.parametrize(
    "files, said",
    [
        ({"guide": HEAD.replace('title = "A guide"', "")}, "title is missing"),
        ({"guide": "title = "}, "not valid TOML"),
        ({"guide": HEAD.replace("[sources.book]", "[source.book]")}, r"has no \[sources"),
        ({"guide": HEAD.replace('says = "Never."', "")}, r"\[rules.gang\] has no says"),
        ({"rules": RULES.replace("attributed", "sometimes")}, "rules.csv:3: allowed 'sometimes'.*attributed"),
        ({"rules": RULES.replace(",source,book", ",gossip,book")}, "basis 'gossip'"),
        ({"rules": RULES.replace(",source,book", ",source,film")}, "source 'film'"),
        ({"rules": RULES.replace("gang,gang(s)", "crew,gang(s)")}, "rule 'crew' is not in guide.toml"),
        ({"rules": RULES.replace("gang(s)", "gang(s")}, "opens a bracket"),
        ({"rules": RULES.replace("hill(s)", "hill)s")}, "bracket"),
        ({"rules": RULES.replace(",any,", ",any never,")}, "takes back"),
        ({"rules": RULES.replace("group,Valley =State (group|militants),any,,,source,book,\n", "")}, "has none"),
        ({"rules": RULES.replace("so-called,council,not-scare,,,memory,book,\n", "")}, "has no pattern"),
        ({"weights": WEIGHTS.replace(",1,", ",5,")}, "weight '5'"),
        ({"weights": WEIGHTS.replace(",1,", ",nan,")}, "weight 'nan'"),
        ({"weights": WEIGHTS.replace("armed-group", "army", 1)}, "referent 'army'"),
        ({"examples": EXAMPLES.replace(",terrorist,", ",tyrant,")}, "rule 'tyrant'"),
        ({"examples": "text,rule\n"}, "header"),
    ],
)
def test_what_is_wrong_with_a_guide_is_said(make: Callable[..., Path], files: dict[str, str], said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        read_guide(make(**files))


def test_a_missing_guide_names_those_there_are() -> None:
    with pytest.raises(LexiconError, match=r"no guide 'bcc'.*ap, bbc"):
        find_guide("bcc")


def record(kind: str = "armed-group", name: str = "small") -> dict[str, object]:
    terms = [
        ["fighters", "rebel(s)", 0.0, "judgement", "", ""],
        ["fighters", "militant(s)", -1.0, "judgement", "", ""],
        ["fighters", "foreign-backed militant(s)", -2.0, "judgement", "", ""],
        ["fighters", "(rebels|militants|gunmen)", -1.0, "judgement", "", ""],
        ["fighters", "(rebels|militants)", -1.0, "judgement", "", ""],
        ["fighters", "rebel yell", None, "judgement", "", ""],
    ]
    return {"name": name, "categories": {"fighters": {"kind": kind}}, "terms": terms}


def test_a_guide_weighs_names_by_kind_and_by_referent(guide: Guide) -> None:
    assert guide_weights(guide, record()) == {("fighters", "rebel(s)"): -1.0, ("fighters", "militant(s)"): 0.0}
    assert guide_weights(guide, record(name="other"))["fighters", "rebel(s)"] == 1.0
    assert guide_weights(guide, record(kind="crowd", name="other")) == {}


@pytest.mark.parametrize("path", list_guides(), ids=lambda path: path.name)
def test_every_guide_that_comes_with_the_program_passes_its_own_tests(path: Path) -> None:
    guide, problems = check_guide(path)
    assert guide is not None and not problems
    assert "is not" in guide.description and guide.licence and guide.date
    assert all(row.referent.split("/")[0] in {*KINDS, *(p.name for p in list_lexicons())} for row in guide.weights)
    results = run_guide_examples(guide)
    assert [r.example.text for r in results if not r.passed] == []
    assert {r.example.rule for r in results} == set(guide.rules)
    assert sum(not r.example.expected for r in results) >= len(results) / 2
    for rule in guide.rules:
        assert any(r.example.expected for r in results if r.example.rule == rule), rule


def test_guides_are_no_lexicons() -> None:
    assert not [path for path in list_lexicons() if path.parent.name == "guides"]
    assert {path.name for path in list_guides()} >= {"bbc", "reuters", "ap", "al-jazeera", "guardian", "ipi"}


def test_agencies_differ_over_one_word(guide: Guide) -> None:
    militants = record()
    assert guide_weights(read_guide("ap"), militants)["fighters", "militant(s)"] == 0
    assert guide_weights(read_guide("al-jazeera"), militants)["fighters", "militant(s)"] == -1


@pytest.fixture
def articles(tmp_path: Path) -> str:
    rows = [{"outlet": "=Wire", "text": f"A terrorist [b]fled[/b]. \x1b[31mDay {n}."} for n in range(12)]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_the_command_shows_departures_and_rates(articles: str, make: Callable[..., Path]) -> None:
    done = CliRunner().invoke(check, [articles, "--guide", str(make()), "-n", "3"])
    assert done.exit_code == 0, done.output
    assert "12 of 12 uses depart from this guide" in done.output
    assert "12 of   12 uses 100%" in done.output and "3 of 12 departures" in done.output
    assert "[b]fled[/b]" in done.output and "\x1b[31m" not in done.output
    for word in ("violat", "bias"):
        assert word not in done.output.casefold()


def test_the_command_speaks_to_machines(articles: str, make: Callable[..., Path]) -> None:
    folder = str(make())
    (record,) = json.loads(CliRunner().invoke(check, [articles, "--guide", folder, "--json"]).output)
    assert len(record["departures"]) == 12 and record["rates"][0]["share"] == 1.0
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(check, [articles, "--guide", folder, "--csv"]).output)))
    assert len(rows) == 12 and rows[0]["outlet"] == "'=Wire" and rows[0]["guide"] == "guide"


def test_the_command_keeps_one_rule(articles: str, make: Callable[..., Path]) -> None:
    done = CliRunner().invoke(check, [articles, "--guide", str(make()), "--rule", "gang"])
    assert "0 of 0 uses" in done.output and "no word of this guide" in done.output


def test_the_command_lists_and_tests_guides(make: Callable[..., Path]) -> None:
    listed = CliRunner().invoke(check, ["--list"]).output
    assert "bbc:" in listed and "not the guides themselves" in listed
    assert CliRunner().invoke(check, ["--test", "--guide", "guardian"], standalone_mode=False).return_value == 0
    broken = make(examples=EXAMPLES.replace("fled.,terrorist,terrorist", "fled.,terrorist,bomber"))
    done = CliRunner().invoke(check, ["--test", "--guide", str(broken)], standalone_mode=False)
    assert done.return_value == 1 and "examples.csv:2: expected bomber, found terrorist" in done.output


def test_the_command_says_what_is_missing(articles: str) -> None:
    assert "--guide" in CliRunner().invoke(check, [articles]).output
    assert "articles" in CliRunner().invoke(check, ["--guide", "bbc"]).output
    assert "no rule 'x'" in str(CliRunner().invoke(check, [articles, "--guide", "bbc", "--rule", "x"]).exception)

"""Lint and examples: each kind of problem is found where it is, and not where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import InputError
from framing.lexicon import read_lexicon
from framing.lexicon_checks import lint, run_examples, write_skeleton

HEAD = """
title = "Atlantis"
module = "naming"
language = "{language}"
version = "1"
licence = "CC0-1.0"
scale = [-2.0, 2.0]
[sources.own]
citation = "own judgement"
[categories.rebels]
label = "The rebels"
kind = "armed-group"
{rebels}
[categories.rulers]
label = "The rulers"
kind = "government"
{rulers}
"""
GOOD = ["The rebels fled the regime.,*,rebels; regime"] * 10 + ["Nobody fled.,*,"] * 10


def make(
    folder: Path,
    *rows: str,
    examples: list[str] | None = None,
    language: str = "en",
    rebels: str = "",
    rulers: str = "",
) -> Path:
    folder = folder / "atlantis"
    folder.mkdir()
    (folder / "lexicon.toml").write_text(HEAD.format(language=language, rebels=rebels, rulers=rulers))
    (folder / "terms.csv").write_text("\n".join(["category,term,weight,basis,source,note", *rows, ""]))
    examples = GOOD if examples is None else examples
    (folder / "examples.csv").write_text("\n".join(["text,category,expected", *examples, ""]))
    return folder


REBELS = "rebels,rebel(s),0,source,own,"
RULERS = "rulers,regime(s),-1,source,own,"


def said(folder: Path, severity: str | None = None) -> list[str]:
    return [f"{p.severity} {Path(p.where).name}: {p.message}" for p in lint(folder) if severity in (None, p.severity)]


def test_a_clean_lexicon_has_no_problems(tmp_path):
    assert said(make(tmp_path, REBELS, RULERS)) == []


def test_errors_come_from_reading(tmp_path):
    [problem] = said(make(tmp_path, REBELS, RULERS, "rulers,king,9,judgement,,"))
    assert problem.startswith("error terms.csv:4: weight 9 of 'king' is outside the scale")
    [problem] = said(tmp_path / "nowhere")
    assert problem.startswith("error lexicon.toml: cannot be read")


@pytest.mark.parametrize(
    "row, message",
    [
        ("rebels,rebel,0,source,own,", "'rebel' (rebels) repeats line 2 (rebels), which wins"),
        ("rebels,rebel,-1,source,own,", "'rebel' (rebels) conflicts with line 2 (rebels), which wins"),
        ("rulers,Rebel,0,source,own,", "'rebel' (rulers) conflicts with line 2 (rebels), which wins"),
        ("rebels,rebel,,source,own,", "'rebel' (rebels) conflicts with line 2 (rebels), which wins"),
    ],
)
def test_duplicates_and_conflicts(tmp_path, row, message):
    problems = said(make(tmp_path, REBELS, RULERS, row), "warning")
    assert [message in p for p in problems] == [True, False]
    assert problems[1].startswith(f"warning terms.csv:4: {row.split(',')[1]!r} is dead")


def test_a_term_with_one_form_of_its_own_is_not_dead(tmp_path):
    problems = said(make(tmp_path, REBELS, RULERS, "rebels,(rebel|insurgent)(s),0,source,own,"), "warning")
    assert len(problems) == 1 and "repeats line 2" in problems[0]


@pytest.mark.parametrize(
    "rebels, rulers, conflicts, dead",
    [
        ('topic = ["Atlantis"]', 'topic = ["Lemuria"]', 0, 0),
        ('topic = ["Atlantis"]', 'topic = ["Lemuria", "Atlantis"]', 1, 0),
        ('topic = ["Atlantis"]', "", 0, 0),  # the second row serves articles outside the first one's topic
        ("", 'topic = ["Atlantis"]', 1, 1),  # the first row wins everywhere
    ],
)
def test_topics_tell_the_same_form_apart(tmp_path, rebels, rulers, conflicts, dead):
    folder = make(tmp_path, REBELS, RULERS, "rulers,rebel,0,source,own,", rebels=rebels, rulers=rulers)
    problems = said(folder, "warning")
    assert (sum("conflicts" in p for p in problems), sum("is dead" in p for p in problems)) == (conflicts, dead)


def test_unused_sources_and_empty_categories(tmp_path):
    assert said(make(tmp_path, "rebels,rebel(s),0,judgement,,"), "warning") == [
        "warning lexicon.toml: [sources.own] is used by no term. Use it or remove it.",
        "warning lexicon.toml: [categories.rulers] has no term. Add one or remove it.",
    ]


def test_a_category_of_blockers_has_no_term(tmp_path):
    [problem] = said(make(tmp_path, REBELS, "rulers,regime change,,judgement,,"), "warning")
    assert "[categories.rulers] has no term" in problem


def test_a_strong_judgement_wants_a_reason(tmp_path):
    rows = ["junta(s),-2,judgement,,", "clique(s),-2,judgement,,taints", "cabinet(s),0,judgement,,"]
    assert said(make(tmp_path, REBELS, RULERS, *(f"rulers,{row}" for row in rows))) == [
        "note terms.csv:4: 'junta(s)' has weight -2 by judgement and no note. Say why."
    ]


@pytest.mark.parametrize(
    "examples, messages",
    [
        (GOOD[:19], ["19 examples; a lexicon should have 20."]),
        ([], ["0 examples; a lexicon should have 20."]),
        (GOOD[:10] * 2, ["only 0 of 20 examples expect nothing. Add traps."]),
    ],
)
def test_too_few_examples_or_traps(tmp_path, examples, messages):
    assert said(make(tmp_path, REBELS, RULERS, examples=examples)) == [f"warning examples.csv: {m}" for m in messages]


@pytest.mark.parametrize(
    "row, missing",
    [
        ("rulers,junta,0,source,own,", "juntas"),
        ("rulers,juntas,0,source,own,", "junta"),
        ("rulers,ministry,0,source,own,", "ministries"),
        ("rulers,ministries,0,source,own,", "ministry"),
        ("rulers,ruling clique,0,source,own,", "ruling cliques"),
        ("rulers,junta(s),0,source,own,", None),
        ("rulers,junt*,0,source,own,", None),
        ("rulers,=Junta,0,source,own,", None),
        ("rulers,king,,source,own,", None),  # a blocker
        ("rulers,ruling,0,source,own,", None),
    ],
)
def test_missing_inflections(tmp_path, row, missing):
    pattern = row.split(",")[1]
    expected = [] if missing is None else [f"note terms.csv:4: {pattern!r}: no entry matches {missing}."]
    assert said(make(tmp_path, REBELS, RULERS, row), "note") == expected


def test_inflections_are_english_only(tmp_path):
    assert said(make(tmp_path, REBELS, RULERS, "rulers,junta,0,source,own,", language="es"), "note") == []


def test_examples_are_matched_by_category_and_in_order(tmp_path):
    rows = [REBELS, RULERS, "rulers,regime change,,judgement,,"]
    examples = [
        "The regime fled the rebels and the Rebel's regime.,*,regime; rebels; Rebel; regime",
        "The regime fled the rebels.,rebels,rebels",
        "The regime fled the rebels.,rulers,regime",
        "Regime change is near.,rulers,",
        "The rebels fled.,rebels,rebel",
        "Nobody fled.,*,rebels",
    ]
    results = run_examples(read_lexicon(make(tmp_path, *rows, examples=examples)))
    assert [r.passed for r in results] == [True, True, True, True, False, False]
    assert [r.found for r in results[4:]] == [("rebels",), ()]
    assert [r.example.line for r in results] == [2, 3, 4, 5, 6, 7]


def test_each_example_is_an_article_of_its_own(tmp_path):
    examples = ["The rebels of Atlantis.,rebels,rebels", "The rebels.,rebels,"]
    folder = make(tmp_path, REBELS, RULERS, examples=examples, rebels='topic = ["Atlantis"]')
    assert [r.passed for r in run_examples(read_lexicon(folder))] == [True, True]


def test_no_examples(tmp_path):
    assert run_examples(read_lexicon(make(tmp_path, REBELS, RULERS, examples=[]))) == []


def test_a_skeleton_passes_its_own_examples_and_lint(tmp_path):
    folder = tmp_path / "mine"
    write_skeleton(folder, "naming", 'A "quoted" title')
    assert read_lexicon(folder).title == 'A "quoted" title'
    assert all(r.passed for r in run_examples(read_lexicon(folder)))
    assert [p for p in said(folder) if not p.startswith("warning examples.csv: 2 examples")] == []


def test_a_skeleton_overwrites_nothing(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        write_skeleton(tmp_path, "naming", "")
    with pytest.raises(InputError, match="exists already"):
        write_skeleton(tmp_path / "file", "naming", "")
    assert (tmp_path / "file").read_text() == "mine"

"""Lexicons: the pattern language, and what reading a folder accepts and refuses."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import LexiconError
from framing.lexicon import (
    MAX_EXPANSIONS,
    MAX_WORDS,
    check_lexicon,
    expand,
    expand_alternatives,
    find_lexicon,
    list_lexicons,
    read_lexicon,
    read_lexicons,
)

HEAD = """
title = "Atlantis"
module = "naming"
language = "en"
version = "1"
licence = "CC0-1.0"
scale = [-2, 2.0]
scale_meaning = "direction"
description = "a war"
[sources.own]
citation = "own judgement"
[categories.rebels]
label = "The rebels"
kind = "armed-group"
topic = ["Atlantis", "Atlantean*"]
topic_min = 3
[categories.harm]
label = "Harm"
kind = "harm"
scale = "severity"
"""
TERMS = """\
category,term,weight,basis,source,note
rebels,rebel(s),0,source,own,"plain, they say"
rebels,terrorist(s),-2,judgement,,
rebels,rebel yell,,tradition,,
"""
EXAMPLES = "text,category,expected\nThe rebels met the rebels.,rebels,rebels; rebels\nA rebel yell.,*,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "naming" / "atlantis"
    path.mkdir(parents=True)
    write(path)
    return path


def write(path: Path, head: str = HEAD, terms: str = TERMS, examples: str = EXAMPLES) -> None:
    (path / "lexicon.toml").write_text(head, encoding="utf-8")
    (path / "terms.csv").write_text(terms, encoding="utf-8")
    (path / "examples.csv").write_text(examples, encoding="utf-8")


def words(pattern: str) -> list[str]:
    return sorted(" ".join(w.text for w in sequence) for sequence in expand(pattern))


@pytest.mark.parametrize(
    "pattern, forms",
    [
        ("rebel", ["rebel"]),
        ("rebel(s)", ["rebels", "rebel"]),
        ("militan(cy|ts)", ["militancy", "militants"]),
        ("Syrian (armed|) opposition", ["Syrian armed opposition", "Syrian opposition"]),
        ("(a|b) (c|d)", ["a c", "a d", "b c", "b d"]),
        ("(rebel held|rebel-held) town", ["rebel held town", "rebel-held town"]),
        ("(fight(er|ing)(s)|war)", ["fighters", "fighter", "fightings", "fighting", "war"]),
        ("cease(-)fire", ["cease-fire", "ceasefire"]),
        ("(the |)war", ["the war", "war"]),
        ("(a|a)", ["a"]),
        ("()a", ["a"]),
    ],
)
def test_alternatives(pattern, forms):
    assert expand_alternatives(pattern) == forms


@pytest.mark.parametrize(
    "pattern, sequences",
    [
        ("Rebel", [[("word", "rebel")]]),
        ("=Rebel fighter", [[("case", "Rebel"), ("word", "fighter")]]),
        ("jihadi*", [[("prefix", "jihadi")]]),
        ("foreign-sponsored", [[("word", "foreign"), ("word", "sponsored")]]),
        ("foreign-spons*", [[("word", "foreign"), ("prefix", "spons")]]),
        ("=Al-Qaeda", [[("case", "Al"), ("case", "Qaeda")]]),
        ("Assad's regime", [[("word", "assad"), ("word", "regime")]]),
        ("rebels’ war", [[("word", "rebels"), ("word", "war")]]),
        ("U.S. troops", [[("word", "u.s."), ("word", "troops")]]),
        ("U.S", [[("word", "u.s.")]]),
        ("=U.S.", [[("case", "U.S.")]]),
        ("STRASSE", [[("word", "strasse")]]),
        ("Straße", [[("word", "strasse")]]),
        ("cafe\u0301", [[("word", "café")]]),
        ("9/11", [[("word", "9"), ("word", "11")]]),
        ("rebel(s)", [[("word", "rebels")], [("word", "rebel")]]),
        ("rebel(-| )held", [[("word", "rebel"), ("word", "held")]]),
    ],
)
def test_words_of_a_pattern(pattern, sequences):
    assert [[tuple(word) for word in sequence] for sequence in expand(pattern)] == sequences


@pytest.mark.parametrize(
    "pattern, message",
    [
        ("", "without any word"),
        ("()", "without any word"),
        ("(a|)", "without any word"),
        ("...", "without any word"),
        ("*", "without any word"),
        ("rebel(s", "never closes"),
        ("rebel)s", "never opened"),
        ("a|b", r"\| outside brackets"),
        ("((((a))))", "three deep"),
        ("je*ne", r"\* may stand only at the end"),
        ("*phobe", r"\* may stand only at the end"),
        ("a=b", r"= only at its start"),
        ("=Reb*", "both case-sensitive and open-ended"),
        ("war,crime", "never matches"),
        ("AT&T", "never matches"),
        ("a:b", "never matches"),
        (" ".join("abcdefghijklm"), f"13 words in a row; {MAX_WORDS} are allowed"),
        ("(a|b|c|d|e|f|g|h)" * 5, f"more than {MAX_EXPANSIONS} forms"),
        ("(" + "|".join(["a"] * (MAX_EXPANSIONS + 1)) + ")", f"more than {MAX_EXPANSIONS} forms"),
    ],
)
def test_bad_patterns_say_what_is_wrong(pattern, message):
    with pytest.raises(LexiconError, match=message):
        expand(pattern)


def test_limits_are_allowed():
    assert len(expand("(a|b|c|d|e|f|g|h)" * 4)) == MAX_EXPANSIONS
    assert len(expand(" ".join("abcdefghijkl"))[0]) == MAX_WORDS


@given(st.text("ab (|)*=-.,'", max_size=25))
def test_any_pattern_expands_or_is_refused(pattern):
    try:
        sequences = expand(pattern)
    except LexiconError as error:
        assert repr(pattern) in str(error)
        return
    assert 1 <= len(sequences) == len(set(sequences)) <= MAX_EXPANSIONS
    assert all(1 <= len(sequence) <= MAX_WORDS and all(w.text for w in sequence) for sequence in sequences)


def test_a_folder_is_read(folder):
    lexicon = read_lexicon(folder)
    assert (lexicon.name, lexicon.module, lexicon.scale, lexicon.language) == ("atlantis", "naming", (-2.0, 2.0), "en")
    assert [(t.pattern, t.category, t.basis, t.source, t.note, t.line) for t in lexicon.terms] == [
        ("rebel(s)", "rebels", "source", "own", "plain, they say", 2),
        ("terrorist(s)", "rebels", "judgement", "", "", 3),
        ("rebel yell", "rebels", "tradition", "", "", 4),
    ]
    assert [t.weight for t in lexicon.terms[:2]] == [0.0, -2.0] and math.isnan(lexicon.terms[2].weight)
    assert [t.blocker for t in lexicon.terms] == [False, False, True]
    assert [t.pattern for t in lexicon.of_category("rebels")] == ["rebel(s)", "terrorist(s)"]
    rebels, harm = lexicon.categories["rebels"], lexicon.categories["harm"]
    assert (rebels.topic, rebels.topic_min, rebels.scale) == (("Atlantis", "Atlantean*"), 3, "stance")
    assert (harm.topic, harm.topic_min, harm.scale) == ((), 1, "severity")
    assert [(e.text, e.category, e.expected) for e in lexicon.examples] == [
        ("The rebels met the rebels.", "rebels", ("rebels", "rebels")),
        ("A rebel yell.", "*", ()),
    ]
    assert repr(lexicon) == "Lexicon(naming/atlantis: 2 categories, 3 terms)"


def test_the_hash_is_of_the_content_not_of_line_ends(folder):
    before = read_lexicon(folder).sha256
    (folder / "terms.csv").write_bytes(b"\xef\xbb\xbf" + TERMS.encode())
    with_mark = read_lexicon(folder)
    (folder / "terms.csv").write_bytes(TERMS.replace("\n", "\r\n").encode())
    assert read_lexicon(folder).sha256 == before
    assert [t.pattern for t in with_mark.terms] == [t.pattern for t in read_lexicon(folder).terms]
    write(folder, terms=TERMS.replace("-2", "-1"))
    assert read_lexicon(folder).sha256 != before


@pytest.mark.parametrize(
    "old, new, message",
    [
        ('title = "Atlantis"', "", "title is missing"),
        ('licence = "CC0-1.0"', "", "licence is missing"),
        ('title = "Atlantis"', "title = ", "is not valid TOML"),
        ("scale = [-2, 2.0]", "scale = [2, -2]", "scale is .*lower first"),
        ("scale = [-2, 2.0]", "scale = [-inf, 2]", "scale is "),
        ("scale = [-2, 2.0]", 'scale = ["a", "b"]', "scale is "),
        ('label = "Harm"', "", r"\[categories\.harm\] has no label"),
        ('kind = "harm"', 'kind = "misery"', r"kind 'misery'; allowed are armed-group, "),
        ('scale = "severity"', 'scale = "size"', r"scale is 'size'; allowed are"),
        ("topic_min = 3", "topic_min = 0", "topic_min is 0"),
        ("topic_min = 3", "topic_min = 1.5", r"topic_min is 1\.5"),
        ('topic = ["Atlantis", "Atlantean*"]', 'topic = "Atlantis"', "topic must be a list"),
        ('topic = ["Atlantis", "Atlantean*"]', 'topic = ["Atlan(tis"]', "never closes"),
        ("[categories.harm]", '[categories."har:m"]', "may not hold ':'"),
        ('citation = "own judgement"', "", r"\[sources\.own\] has no citation"),
    ],
)
def test_what_is_wrong_in_the_head(folder, old, new, message):
    assert HEAD.count(old) == 1
    write(folder, head=HEAD.replace(old, new))
    with pytest.raises(LexiconError, match=message) as error:
        read_lexicon(folder)
    assert "lexicon.toml" in str(error.value)


@pytest.mark.parametrize(
    "row, message",
    [
        ("pirates,pirate,0,judgement,,", r"terms\.csv:5: category 'pirates' is not in lexicon\.toml"),
        ("rebels,pirate,high,judgement,,", r"terms\.csv:5: weight 'high' of 'pirate' is not a number"),
        ("rebels,pirate,nan,judgement,,", "not a finite number"),
        ("rebels,pirate,inf,judgement,,", "not a finite number"),
        ("rebels,pirate,2.5,judgement,,", r"weight 2\.5 of 'pirate' is outside the scale \[-2, 2\]"),
        ("rebels,pirate,0,hearsay,,", "basis 'hearsay' of 'pirate'; allowed are source, judgement, tradition"),
        ("rebels,pirate,0,source,bbc,", "source 'bbc' of 'pirate' is not in lexicon"),
        ("rebels,pirate(s,0,judgement,,", r"terms\.csv:5: pattern 'pirate\(s' opens a bracket"),
        ("rebels,pirate,0,judgement,,a, b", r"terms\.csv:5: has 7 fields, not 6"),
        ('rebels,"pirate,0,judgement,,', r"is not valid CSV"),
    ],
)
def test_what_is_wrong_in_a_row(folder, row, message):
    write(folder, terms=TERMS + row + "\n")
    with pytest.raises(LexiconError, match=message):
        read_lexicon(folder)


def test_other_broken_files(folder):
    write(folder, terms="term,category\n")
    with pytest.raises(LexiconError, match=r"terms\.csv:1: the header is"):
        read_lexicon(folder)
    write(folder, examples="text,category,expected\nArr.,pirates,\n")
    with pytest.raises(LexiconError, match=r"examples\.csv:2: category 'pirates'"):
        read_lexicon(folder)
    (folder / "examples.csv").unlink()
    with pytest.raises(LexiconError, match=r"examples\.csv: cannot be read"):
        read_lexicon(folder)
    write(folder, head=HEAD.split("[categories")[0])
    with pytest.raises(LexiconError, match=r"has no \[categories"):
        read_lexicon(folder)
    write(folder)
    (folder / "terms.csv").write_bytes(TERMS.encode("utf-16"))
    with pytest.raises(LexiconError, match=r"terms\.csv: is not UTF-8"):
        read_lexicon(folder)


def test_all_errors_are_collected_and_the_first_is_raised_with_their_number(folder):
    write(folder, terms=TERMS + "x,a,0,judgement,,\nrebels,b,9,judgement,,\nrebels,pirate,0,judgement,,\n")
    lexicon, problems = check_lexicon(folder)
    assert lexicon is not None and [t.pattern for t in lexicon.terms][-1] == "pirate"
    assert [p.where.rsplit(":", 1)[1] for p in problems] == ["5", "6"]
    with pytest.raises(LexiconError, match=r":5: .*\(1 more: framing lexicon lint"):
        read_lexicon(folder)


def test_find_by_path_name_and_module(folder):
    assert find_lexicon(folder) == folder
    name = list_lexicons("naming")[0].name
    assert find_lexicon(name) == find_lexicon(f"naming/{name}") == list_lexicons("naming")[0]
    with pytest.raises(LexiconError, match=f"no lexicon 'atlantis'.*{name}"):
        find_lexicon("atlantis")


def test_two_lexicons_of_one_name_are_refused(folder, tmp_path):
    other = tmp_path / "mine" / "atlantis"
    other.mkdir(parents=True)
    write(other)
    with pytest.raises(LexiconError, match="two lexicons are called 'atlantis'"):
        read_lexicons([folder, other])
    assert [x.name for x in read_lexicons([folder, folder])] == ["atlantis"]


def test_a_lexicon_is_read_once_for_each_state_of_its_files(folder):
    terms = folder / "terms.csv"
    for name in ("lexicon.toml", "terms.csv", "examples.csv"):
        os.utime(folder / name, (1_000_000, 1_000_000))
    first = read_lexicon(folder)
    assert read_lexicon(folder) is first
    terms.write_text(TERMS + "rebels,insurgent(s),0,judgement,,\n", encoding="utf-8")
    changed = read_lexicon(folder)
    assert len(changed.terms) == len(first.terms) + 1
    assert read_lexicon(folder) is not changed, "a file of this moment may change again without showing it"

"""Lexicon folders as source and as target; what other formats cannot hold is said, and what they can hold survives."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.cli import run
from framing.errors import InputError, LexiconError
from framing.formats import Dictionary, Report, convert, read_dictionary, write_dictionary
from framing.formats.patterns import Inexpressible, read_pattern, write_pattern
from framing.formats.report import KINDS
from framing.lexicon import expand, find_lexicon, lexicon_root, list_lexicons, read_lexicon
from framing.lexicon_checks import lint

HEAD = """
title = "Atlantis"
module = "naming"
language = "en"
version = "1"
licence = "CC0-1.0"
scale = [-2.0, 2.0]
[sources.own]
citation = "own"
[categories.rebels]
label = "The rebels"
kind = "armed-group"
topic = ["Atlantis"]
[categories.rulers]
label = "rulers"
kind = "government"
"""
TERMS = """\
category,term,weight,basis,source,note
rebels,rebel(s),0,source,own,plain
rebels,(freedom |)fighter(s),2,judgement,,
rebels,rebel yell,,judgement,,hides rebel
rulers,=AU government,0,judgement,,
rulers,regime*,-1.5,judgement,,taints
rulers,President <Name>,0,judgement,,
"""
EXAMPLES = "text,category,expected\nThe rebels left Atlantis.,rebels,rebels\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "atlantis"
    path.mkdir()
    (path / "lexicon.toml").write_text(HEAD)
    (path / "terms.csv").write_text(TERMS)
    (path / "examples.csv").write_text(EXAMPLES)
    return path


def found(report: Report) -> dict[str, int]:
    return {f.kind: f.count for f in report.findings}


def errors(path: Path) -> list[str]:
    return [str(p) for p in lint(path) if p.severity == "error"]


def rows(dictionary: Dictionary) -> set[tuple[str, str, float | None]]:
    return {(e.term, e.category, None if math.isnan(e.weight) else e.weight) for e in dictionary.entries}


def test_folder_to_liwc_says_each_kind_of_loss(folder, tmp_path):
    report = convert(folder, tmp_path / "out.dic")
    assert (tmp_path / "out.dic").read_text().splitlines() == [
        "%", "1\trebels (The rebels)", "2\trulers", "%",
        "rebels\t1", "rebel\t1", "freedom fighters\t1", "freedom fighter\t1", "fighters\t1", "fighter\t1",
        "AU government\t2", "regime*\t2",
    ]  # fmt: skip
    assert found(report) == {
        "blocker": 1, "any-name": 1, "alternatives": 2, "case": 1, "gate": 1, "weight": 8, "kind": 2, "reason": 2,
        "example": 1, "head": 1,
    }  # fmt: skip
    blocker = next(f for f in report.findings if f.kind == "blocker")
    assert str(blocker).startswith("left out: 1 x blocker") and blocker.examples == ("rebel yell (rebels)",)


def test_folder_to_table_keeps_weights(folder, tmp_path):
    convert(folder, tmp_path / "out.csv")
    assert "freedom fighter,rebels,2\n" in (tmp_path / "out.csv").read_text()
    assert "regime*,rulers,-1.5\n" in (tmp_path / "out.csv").read_text()


def test_folder_to_folder_keeps_everything(folder, tmp_path):
    report = convert(folder, tmp_path / "copy")
    assert read_lexicon(tmp_path / "copy").sha256 == read_lexicon(folder).sha256
    assert (report.findings, report.read, report.written) == ((), 6, 6)


def test_import_passes_lint_and_names_its_source(tmp_path):
    (tmp_path / "mfd.dic").write_text("%\n1\tHarm: a\n2\tCare\n3\tempty\n%\nkill*\t1\nwar crime\t1\t2\nwell-being\t2\n")
    report = convert(tmp_path / "mfd.dic", tmp_path / "mfd", language="en")
    lexicon = read_lexicon(tmp_path / "mfd")
    assert errors(tmp_path / "mfd") == []
    assert [(t.pattern, t.category, t.weight, t.basis, t.source) for t in lexicon.terms] == [
        ("kill*", "Harm- a", 0.0, "tradition", "import"),
        ("war crime", "Harm- a", 0.0, "tradition", "import"),
        ("war crime", "Care", 0.0, "tradition", "import"),
        ("well-being", "Care", 0.0, "tradition", "import"),
    ]
    assert lexicon.sources["import"].citation.startswith("Imported from mfd.dic (liwc, SHA-256 ")
    assert found(report) == {"renamed": 1, "several-categories": 1, "empty-category": 1}


def test_unweighted_terms_stand_at_one_outside_naming_and_come_back_unweighted(tmp_path):
    (tmp_path / "care.txt").write_text("help\nhug*\n")
    report = convert(tmp_path / "care.txt", tmp_path / "care", module="morality")
    lexicon = read_lexicon(tmp_path / "care")
    assert (lexicon.module, lexicon.scale, {t.weight for t in lexicon.terms}) == ("morality", (0.0, 1.0), {1.0})
    assert (lexicon.language, found(report)) == ("und", {"no-language": 1})
    convert(tmp_path / "care", tmp_path / "care.dicx")
    assert (tmp_path / "care.dicx").read_text() == "DicTerm,care\nhelp,X\nhug*,X\n"


def test_weights_set_the_scale(tmp_path):
    (tmp_path / "tone.csv").write_text("term,category,weight\nawful,tone,-5\nfine,tone,0.25\nso,tone,\n")
    report = convert(tmp_path / "tone.csv", tmp_path / "tone", module="tone", language="en")
    lexicon = read_lexicon(tmp_path / "tone")
    assert (lexicon.scale, [t.weight for t in lexicon.terms]) == ((-5.0, 1.0), [-5.0, 0.25, 1.0])
    assert found(report) == {"no-weight": 1}


@pytest.mark.parametrize(
    "term, kind",
    [
        ("f**k", "wildcard"),
        ("*phobia", "wildcard"),
        ("*", "wildcard"),
        ("rebel(s)", "signs"),
        ("either|or", "signs"),
        ("=US", "signs"),
        (":D", "punctuation"),
        ("#metoo", "punctuation"),
        ("AT&T", "punctuation"),
        ("<Name>", "punctuation"),
        ("what?", "punctuation"),
        ("End. Now", "punctuation"),
        ("Mr.", "punctuation"),
        ("rock 'n' roll", "punctuation"),
        ("anti-*", "punctuation"),
        ("i'm", "contraction"),
        ("it's", "contraction"),
        ("they've gone", "contraction"),
        ("who's*", "contraction"),
        ("a b c d e f g h i j k l m", "long"),
    ],
)
def test_terms_that_the_pattern_language_cannot_say_are_left_out_and_said(tmp_path, term, kind):
    (tmp_path / "x.csv").write_text(f'term\n"{term}"\nwar\n')
    report = convert(tmp_path / "x.csv", tmp_path / "x", language="en")
    assert [t.pattern for t in read_lexicon(tmp_path / "x").terms] == ["war"]
    assert found(report) == {kind: 1}


@pytest.mark.parametrize(
    "term", ["war", "kill*", "war crime*", "U.S.", "don't", "o'clock", "9/11", "well-being", "naïve", "2.5", "Mr. Fo"]
)
def test_terms_that_stay_as_they_are(term):
    assert write_pattern(term, "*") == (term, False)


def test_a_possessive_inside_a_phrase_stays_and_is_said(tmp_path):
    (tmp_path / "x.txt").write_text("women's rights\n")
    report = convert(tmp_path / "x.txt", tmp_path / "x", language="en")
    assert [t.pattern for t in read_lexicon(tmp_path / "x").terms] == ["women's rights"]
    assert found(report) == {"possessive": 1}


def test_wildcards_of_quanteda_inside_words_are_left_out(tmp_path):
    (tmp_path / "x.yml").write_text("a: ['wom?n', 'colo*r', 'good*']\n")
    report = convert(tmp_path / "x.yml", tmp_path / "x", language="en")
    assert (found(report), [t.pattern for t in read_lexicon(tmp_path / "x").terms]) == ({"wildcard": 2}, ["good*"])


def test_split_makes_a_lexicon_of_each_category(tmp_path):
    (tmp_path / "x.yml").write_text("Good & bad:\n  - war\ngood-bad:\n  - war\n  - wars\n")
    report = convert(tmp_path / "x.yml", tmp_path / "x", language="en", split=True)
    assert sorted(p.name for p in (tmp_path / "x").iterdir()) == ["good-bad", "good-bad-2"]
    assert [len(read_lexicon(tmp_path / "x" / n).terms) for n in ("good-bad", "good-bad-2")] == [1, 2]
    assert found(report) == {}


def test_patterns_that_are_one_here_are_merged(tmp_path):
    (tmp_path / "x.txt").write_text("well-being\nwell being\n")
    assert found(convert(tmp_path / "x.txt", tmp_path / "x", language="en")) == {"duplicate": 1}


def test_nothing_is_overwritten(folder, tmp_path):
    (tmp_path / "out.dic").write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        convert(folder, tmp_path / "out.dic")
    with pytest.raises(InputError, match="exists already"):
        convert(folder, folder)
    assert (tmp_path / "out.dic").read_text() == "mine"


def test_a_dictionary_of_which_nothing_is_left_is_refused_with_reasons(tmp_path):
    (tmp_path / "x.txt").write_text("!!\n")
    with pytest.raises(InputError, match=r"no term can be written .*punctuation"):
        convert(tmp_path / "x.txt", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_an_empty_dictionary_is_refused(tmp_path):
    (tmp_path / "x.txt").write_text("# nothing\n")
    with pytest.raises(InputError, match=r"nothing to write; .*comment line: # nothing"):
        convert(tmp_path / "x.txt", tmp_path / "x.csv")
    assert not (tmp_path / "x.csv").exists()


def test_a_broken_folder_is_refused(folder, tmp_path):
    (folder / "terms.csv").write_text("category,term,weight,basis,source,note\nrebels,rebel(s,0,judgement,,\n")
    with pytest.raises(LexiconError, match=r"terms\.csv:2"):
        convert(folder, tmp_path / "out.dic")


def test_sizes_are_capped(folder, tmp_path, monkeypatch):
    (tmp_path / "x.txt").write_text("war\npeace\n")
    monkeypatch.setattr("framing.formats.dictionary.MAX_ENTRIES", 1)
    with pytest.raises(InputError, match="more than 1 entries"):
        read_dictionary(tmp_path / "x.txt")
    monkeypatch.setattr("framing.formats.dictionary.MAX_BYTES", 5)
    monkeypatch.setattr("framing.formats.folder.MAX_BYTES", 5)
    with pytest.raises(InputError, match="a dictionary may have"):
        read_dictionary(tmp_path / "x.txt")
    with pytest.raises(InputError, match=r"lexicon\.toml: .*may have"):
        read_dictionary(folder)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"from_": "yaml"}, "format 'yaml' is unknown"),
        ({"to": "spss"}, "format 'spss' is unknown"),
        ({"columns": {"term": "1"}}, "not in list"),
        ({"target": "out.doc"}, "the ending '.doc' tells no format"),
        ({"target": "out.dic", "split": True}, "only lexicon folders can be split"),
        ({"source": "gone.txt"}, "cannot be read"),
        ({"source": "."}, "a folder file names its own categories"),
    ],
)
def test_options_that_make_no_sense(tmp_path, arguments, message):
    (tmp_path / "x.txt").write_text("war\n")
    options = {"source": "x.txt", "target": "out", **arguments}
    source, target = tmp_path / options.pop("source"), tmp_path / options.pop("target")
    if source.is_dir():
        options["category"] = "x"
    with pytest.raises(InputError, match=message):
        convert(source, target, **options)


def test_read_pattern_writes_groups_out():
    assert read_pattern("(=State =Department|foreign ministr(y|ies))") == (
        ["State Department", "foreign ministry", "foreign ministries"],
        True,
    )


def test_every_kind_has_an_effect_of_the_four():
    assert {effect for effect, _ in KINDS.values()} == {"left out", "merged", "changed", "said"}


def test_reports_show_no_control_characters(tmp_path):
    (tmp_path / "x.txt").write_bytes(b"; \x1b[31mred\nwar\n")
    report = convert(tmp_path / "x.txt", tmp_path / "x.csv")
    assert "\x1b" not in str(report) and "left out: 1 x comment line" in str(report)


@pytest.mark.parametrize("name", ["syria", "israel-palestine"])
def test_the_lexicons_that_come_along_survive_as_literal_terms(name, tmp_path):
    path = find_lexicon(name)
    convert(path, tmp_path / "out.dic")
    before, after = read_dictionary(path), read_dictionary(tmp_path / "out.dic")
    assert {(e.term, e.category) for e in after.entries} == {(e.term, e.category) for e in before.entries}


# Round trips. Words that every format can hold; terms that differ only by case are one.
letters = st.text("abcdeéñßжλ中", min_size=1, max_size=5)
words = st.builds(lambda w, end: w + end, letters, st.sampled_from(["", "", "*"]))
terms = st.lists(words, min_size=1, max_size=3).map(" ".join)
plain = st.text("abcXYZ -_&'ü0", min_size=1, max_size=8).map(lambda n: " ".join(n.split()))
names = plain.filter(lambda n: n not in ("", "__"))
keys = st.lists(names, min_size=1, max_size=3).map(".".join)
weights = st.one_of(st.none(), st.integers(-5, 5), st.floats(-10, 10))


def build(entries: list[tuple[str, str, float | None]]) -> Dictionary:
    dictionary = Dictionary("made")
    for term, key, weight in entries:
        dictionary.enter_group(tuple(key.split(".")), "test")
        dictionary.add(term, key, math.nan if weight is None else weight)
    return dictionary


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(st.tuples(terms, keys, weights), min_size=1, max_size=8))
@pytest.mark.parametrize("format", ["dicx", "csv", "tsv"])
def test_round_trip_with_weights(format, entries, tmp_path_factory):
    path = tmp_path_factory.mktemp("trip") / f"made.{format}"
    dictionary = build(entries)
    report = write_dictionary(dictionary, path)
    assert rows(read_dictionary(path)) == rows(dictionary)
    assert report.written == len(dictionary.entries)


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(st.tuples(terms, keys, st.none()), min_size=1, max_size=8))
@pytest.mark.parametrize("ending", ["dic", "yml"])
def test_round_trip_of_nested_categories(ending, entries, tmp_path_factory):
    path = tmp_path_factory.mktemp("trip") / f"made.{ending}"
    dictionary = build(entries)
    write_dictionary(dictionary, path)
    again = read_dictionary(path)
    assert rows(again) == rows(dictionary)
    assert {again.groups[e.category].path for e in again.entries} == {tuple(k.split(".")) for _, k, _ in entries}


@settings(max_examples=25, deadline=None)
@given(
    entries=st.lists(st.tuples(terms, keys), min_size=1, max_size=8),
    ending=st.sampled_from(["dic", "dicx", "yml", "csv", "tsv"]),
)
def test_folder_and_back_keeps_terms_and_categories(entries, ending, tmp_path_factory):
    base = tmp_path_factory.mktemp("trip")
    # Ideographs are words of their own, so "a中" and "a 中" are one pattern: only the pattern's words are compared.
    first = convert_made(build([(t, k, None) for t, k in entries]), base / "one")
    assert errors(base / "one") == []
    convert(base / "one", base / f"file.{ending}")
    convert(base / f"file.{ending}", base / "two", language="en")
    assert patterns(base / "two") == patterns(base / "one") == first


def convert_made(dictionary: Dictionary, path: Path) -> set[tuple[str, object]]:
    write_dictionary(dictionary, path, language="en")
    return {(e.category, expand(e.term)) for e in dictionary.entries}


def patterns(path: Path) -> set[tuple[str, object]]:
    return {(t.category, expand(t.pattern)) for t in read_lexicon(path).terms}


anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)


@settings(max_examples=150, deadline=None)
@given(
    found_terms=st.lists(anything, min_size=1, max_size=5),
    ending=st.sampled_from(["dic", "dicx", "yml", "csv", "tsv", "txt"]),
)
def test_no_text_is_written_so_that_it_reads_as_something_else(found_terms, ending, tmp_path_factory):
    """Whatever is not reported as left out must come back."""
    path = tmp_path_factory.mktemp("trip") / f"made.{ending}"
    dictionary = build([("war", "a", None), *((t, "a", None) for t in found_terms if t.strip())])
    report = write_dictionary(dictionary, path)
    again = read_dictionary(path)
    assert {e.term for e in again.entries} <= {e.term for e in dictionary.entries}
    left_out = report["wildcard"] + report["literal-wildcard"] + report["target-syntax"]
    assert len(again.entries) == report.written == len(dictionary.entries) - left_out


@settings(max_examples=150, deadline=None)
@given(anything, st.sampled_from(["*", "*?"]))
def test_a_pattern_says_what_the_term_said_or_is_refused(term, wildcards):
    try:
        pattern, _ = write_pattern(" ".join(term.split()), wildcards)
    except Inexpressible as reason:
        assert reason.kind in KINDS
        return
    assert len(expand(pattern)) == 1
    assert not any(w in pattern.rstrip("*") for w in "()|=?")


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=80), ending=st.sampled_from(["dic", "dicx", "yml", "csv", "tsv", "txt"]))
def test_hostile_bytes_give_a_dictionary_or_an_input_error(data, ending, tmp_path_factory):
    path = tmp_path_factory.mktemp("trip") / f"made.{ending}"
    path.write_bytes(data)
    try:
        read_dictionary(path)
    except InputError as error:
        assert str(path) in str(error) or "column" in str(error)


def test_command(folder, tmp_path, capsys):
    assert run(["lexicon", "convert", str(folder), str(tmp_path / "out.yml")]) == 0
    assert "left out: 1 x blocker" in capsys.readouterr().out
    arguments = ["--map", "term=1", "--map", "weight=2", "--category", "tone", "--language", "en", "--json"]
    (tmp_path / "afinn.tsv").write_text("awful\t-3\nfine\t2\n")
    assert run(["lexicon", "convert", str(tmp_path / "afinn.tsv"), str(tmp_path / "afinn"), *arguments]) == 0
    assert json.loads(capsys.readouterr().out)["written"] == 2
    assert run(["lexicon", "lint", str(tmp_path / "afinn")]) == 0


def test_command_takes_a_lexicon_by_name(tmp_path, capsys):
    name = next(iter(list_lexicons("naming"))).relative_to(lexicon_root()).as_posix()
    assert run(["lexicon", "convert", name, str(tmp_path / "out.dic")]) == 0
    assert (tmp_path / "out.dic").read_text().startswith("%\n1\t")


@pytest.mark.parametrize(
    "arguments, code",
    [
        (["x.dic", "out"], 3),
        (["x.txt", "out", "--map", "term"], 3),
        (["x.txt"], 2),
        (["x.txt", "out", "--to", "spss"], 3),
    ],
)
def test_command_errors(arguments, code, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("war\n")
    assert run(["lexicon", "convert", *arguments]) == code
    assert capsys.readouterr().err.count("\n") <= 4

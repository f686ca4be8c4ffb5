"""quanteda YAML, and the subset of YAML that is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import InputError
from framing.formats import Dictionary, read_dictionary, write_dictionary, yaml_subset


def read(tmp_path: Path, content: str) -> Dictionary:
    path = tmp_path / "list.yml"
    path.write_text(content, encoding="utf-8", newline="")
    return read_dictionary(path)


def pairs(dictionary: Dictionary) -> list[tuple[str, str]]:
    return [(e.term, e.category) for e in dictionary.entries]


def test_what_quanteda_writes(tmp_path):
    found = read(tmp_path, "populism:\n  - elit*\n  - consensus*\n  - undemocratic*\nwar:\n  - \"'s war\"\n  - f?re\n")
    assert pairs(found) == [
        ("elit*", "populism"), ("consensus*", "populism"), ("undemocratic*", "populism"),
        ("'s war", "war"), ("f?re", "war"),
    ]  # fmt: skip
    assert found.wildcards == "*?"


def test_nested_keys_are_flattened_with_full_stops(tmp_path):
    text = "affect:\n  __:\n  - mood\n  anger:\n    - hate*\n    - rage\n  joy: glad\nother: [a b, 'c d']\n"
    found = read(tmp_path, text)
    assert pairs(found) == [
        ("mood", "affect"), ("hate*", "affect.anger"), ("rage", "affect.anger"), ("glad", "affect.joy"),
        ("a b", "other"), ("c d", "other"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content, terms",
    [
        ("k:\n- a\n- b\n", ["a", "b"]),  # a list may stand as far left as its key
        ("---\nk:\n  - a # note\n  # note\n\n  - 'it''s'\n...\nignored: x\n", ["a", "it's"]),
        ("k: [a, 'b, c', \"d\\u00e9\", e,\n  # note\n  f, g]\n", ["a", "b, c", "dé", "e", "f", "g"]),
        ("k: [a, b,] # note\r\n", ["a", "b"]),
        ("k: \"tab\\tand \\\\ \\\" \\x41\"\n", ['tab and \\ " A']),
        ("k:\n  - a:b\n  - c#d\n  - -e\n", ["a:b", "c#d", "-e"]),
        ('"k" : a\n', ["a"]),
        ("k:\n  - 'a' # note\n", ["a"]),
    ],
)
def test_scalars_and_lists(tmp_path, content, terms):
    assert [t for t, _ in pairs(read(tmp_path, content))] == terms


def test_empty_category(tmp_path):
    assert list(read(tmp_path, "a:\nb: x\nc: []\n").groups) == ["a", "b", "c"]


def test_plain_yes_and_no_are_words_and_said(tmp_path):
    found = read(tmp_path, "k:\n  - yes\n  - 'no'\n  - Null\n")
    assert [t for t, _ in pairs(found)] == ["yes", "no", "Null"]
    assert [(f.kind, f.count) for f in found.findings.collect()] == [("plain-word", 2)]


@pytest.mark.parametrize(
    "content, line, message",
    [
        ("a: &x [b]\n", 1, "an anchor"),
        ("a:\n  - *x\n", 2, "an alias; quote"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "a tag"),
        ("a:\n  - !x y\n", 2, "a tag"),
        ("a: |\n  b\n", 1, "a block of text"),
        ("a: >\n  b\n", 1, "a block of text"),
        ("a: {b: c}\n", 1, "braces"),
        ("{a: b}\n", 1, "braces"),
        ("%YAML 1.1\n---\na: b\n", 1, "neither a category"),
        ("? a\n: b\n", 1, "neither a category"),
        ("- a\n- b\n", 1, "begins with a list"),
        ("a:\n  - - b\n", 2, "a list inside a list"),
        ("a: [b, [c]]\n", 1, "a list inside a list"),
        ("a: [b, , c]\n", 1, "a stray comma"),
        ("a: [b\n", 1, "never closed"),
        ("a: [b 'c' d, e:]\n", 1, "colon"),
        ("a: ['b' c]\n", 1, "no comma"),
        ("a: 'b\n", 1, "not closed"),
        ('a: "b\n', 1, "not closed"),
        ('a: "\\q"\n', 1, "unknown escape"),
        ('a: "\\ud800"\n', 1, "no character"),
        ("a: 'b' c\n", 1, "behind the end"),
        ("a: b\n c: d\n", 2, "indented further"),
        ("a:\n  - b\n    c\n", 3, "indented further"),
        ("a:\n  - b\n c: d\n", 3, "indented further"),
        ("a:\n  - b: c\n", 2, "colon and space"),
        ("a:\n  -\n", 2, "empty list item"),
        ("a:\n\t- b\n", 2, "a tab"),
        ("a: b\na: c\n", 2, "twice"),
        ("a: b\n- c\n", 2, "list item among categories"),
        ("  a: b\nc: d\n", 2, "indented less"),
        ("a: b\n---\nc: d\n", 2, "neither a category"),
        ("just words\n", 1, "neither a category"),
        ("a: b: c\n", 1, "colon and space"),
    ],
)
def test_anything_else_is_an_error_with_its_line(tmp_path, content, line, message):
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path, content)
    assert f"list.yml:{line}:" in str(error.value)


def test_deep_nesting_is_refused(tmp_path):
    text = "".join(f"{' ' * n}k{n}:\n" for n in range(40))
    with pytest.raises(InputError, match="nested more than 20 deep"):
        read(tmp_path, text + " " * 41 + "- a\n")


def test_keys_that_clash_when_flattened_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"would both be called 'a\.b'"):
        read(tmp_path, "a:\n  b: x\na.b: y\n")


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="no category"):
        read(tmp_path, "# nothing\n")


def test_written_yaml_nests_again(tmp_path):
    source = "affect:\n  __:\n    - mood\n  anger:\n    - hate*\n    - \"f?ck\"\nother: []\n\"no\":\n  - \"yes\"\n"
    dictionary = read(tmp_path, source)
    write_dictionary(dictionary, tmp_path / "out.yml")
    assert (tmp_path / "out.yml").read_text() == source


scalars = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
trees = st.recursive(
    st.lists(scalars, max_size=4),
    lambda inner: st.dictionaries(scalars, inner, min_size=1, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(scalars, trees, min_size=1, max_size=3))
def test_what_is_written_reads_back_here_and_in_a_full_yaml_reader(tree):
    text = "\n".join([*yaml_subset.write(tree), ""])
    assert yaml_subset.parse(text, "x")[0] == tree
    yaml = pytest.importorskip("yaml")
    assert yaml.safe_load(text) == tree


@given(st.text(st.sampled_from(list("ab:-#,[]{}\"'\\ \n\t&*!|>%@?~")), max_size=40))
def test_hostile_text_gives_a_tree_or_an_input_error(text):
    try:
        yaml_subset.parse(text, "x")
    except InputError as error:
        assert str(error).startswith("x:")


@given(st.text(st.sampled_from(list("ab:-#,[]\"' \n")), max_size=30))
def test_what_is_accepted_means_the_same_to_a_full_yaml_reader(text):
    yaml = pytest.importorskip("yaml")
    try:
        tree, special = yaml_subset.parse(text, "x")
    except InputError:
        return
    if special:
        return

    def listed(node):
        if isinstance(node, dict):
            return {str(k): listed(v) for k, v in node.items()}
        return [] if node is None else [node] if isinstance(node, str) else node

    assert listed(yaml.safe_load(text)) == tree

"""LIWC .dic files, tidy and messy."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import InputError
from framing.formats import Dictionary, convert, read_dictionary, write_dictionary


def read(tmp_path: Path, content: str | bytes, name: str = "list.dic") -> Dictionary:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_dictionary(path)


def pairs(dictionary: Dictionary) -> list[tuple[str, str]]:
    return [(e.term, e.category) for e in dictionary.entries]


def kinds(dictionary: Dictionary) -> dict[str, int]:
    return {f.kind: f.count for f in dictionary.findings.collect()}


def test_a_tidy_file(tmp_path):
    found = read(tmp_path, "%\n1\tharm\n2\tcare\n%\nattack*\t1\nwar crime\t1\t2\n")
    assert pairs(found) == [("attack*", "harm"), ("war crime", "harm"), ("war crime", "care")]
    assert kinds(found) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"%\r\n1\tharm\r\n2\tcare\r\n%\r\n\r\nattack*\t1\r\nwar crime\t1\t2",  # CRLF, blank line, no final line break
        b"\xef\xbb\xbf%\n1\tharm\n2\tcare\n%\nattack*\t1\nwar crime\t1\t2\n",  # byte order mark
        b"% \n  01   harm\n  02   care\n%\t\nattack*  01\nwar crime \t\t 01\t\t 02 \n",  # padding, several tabs
        b"%\r1\tharm\r2\tcare\r%\rattack*\t1\rwar crime\t1 2\r",  # old Macintosh line ends
        "%\n1\tharm\n2\tcare\n%\nattack*\t1\nwar crime\t1\t2\n".encode("utf-16"),
    ],
)
def test_messy_files_read_the_same(tmp_path, content):
    found = read(tmp_path, content)
    assert pairs(found) == [("attack*", "harm"), ("war crime", "harm"), ("war crime", "care")]


def test_latin_1_is_read_and_said(tmp_path):
    found = read(tmp_path, "%\n1\tharm\n%\nnaïve\t1\n".encode("latin-1"))
    assert pairs(found) == [("naïve", "harm")]
    assert (found.encoding, kinds(found)) == ("cp1252", {"encoding": 1})


def test_a_named_encoding_is_no_guess(tmp_path):
    path = tmp_path / "list.dic"
    path.write_bytes("%\n1\tharm\n%\nвойна\t1\n".encode("cp1251"))
    found = read_dictionary(path, encoding="cp1251")
    assert pairs(found) == [("война", "harm")]
    assert kinds(found) == {}


def test_another_script_without_its_encoding_is_refused_rather_than_garbled(tmp_path):
    words = "\n".join(f"{w}\t1" for w in ["война", "мир", "солдат", "правительство", "народ"])
    with pytest.raises(InputError, match="name its encoding"):
        read(tmp_path, f"%\n1\tharm\n%\n{words}\n".encode("cp1251"))


def test_category_names_may_hold_spaces(tmp_path):
    found = read(tmp_path, "%\n1\tHarm and  care\n%\nattack\t1\n")
    assert pairs(found) == [("attack", "Harm and care")]


def test_labels_in_parentheses_are_parted_from_names(tmp_path):
    found = read(tmp_path, "%\n1\tanger\t(Anger words)\n2\tsad (Sad (low) words)\n%\nrage\t1\n")
    assert {k: g.label for k, g in found.groups.items()} == {"anger": "Anger words", "sad": "Sad (low) words"}


def test_labels_that_tell_categories_apart_stay_in_the_names(tmp_path):
    found = read(tmp_path, "%\n1\tanger (mild)\n2\tanger (hot)\n%\nrage\t2\n")
    assert pairs(found) == [("rage", "anger (hot)")]


def test_indentation_behind_the_number_nests(tmp_path):
    head = "1\tfunction (Function Words)\n2\t    pronoun (Pronouns)\n3\t        ppron\n4\t    article\n5\taffect"
    found = read(tmp_path, f"%\n{head}\n%\nthe\t1\t4\nhe\t1\t2\t3\nlove\t5\n")
    assert list(found.groups) == [
        "function", "function.pronoun", "function.pronoun.ppron", "function.article", "affect"
    ]  # fmt: skip
    assert pairs(found)[-2:] == [("he", "function.pronoun.ppron"), ("love", "affect")]
    assert kinds(found)["nested"] == 3


@pytest.mark.parametrize(
    "row, kept, left_out",
    [
        ("like\t(02 134)125/464 3", ["c"], "like (02 134)125/464"),
        ("like\t1\t(02 134)125/464\t3", ["a", "c"], "like (02 134)125/464"),
        ("kind\t<of>131/125 2 3", ["b", "c"], "kind <of>131/125"),
        ("like\t125/464", [], "like 125/464"),
        ("(i) like*\t1 2", [], "(i) like* 1 2"),
    ],
)
def test_conditional_categories_are_left_out_and_said(tmp_path, row, kept, left_out):
    found = read(tmp_path, f"%\n1\ta\n2\tb\n3\tc\n%\n{row}\n")
    assert [c for _, c in pairs(found)] == kept
    [finding] = found.findings.collect()
    assert (finding.kind, finding.effect, finding.examples) == ("conditional", "left out", (left_out,))


def test_terms_on_several_lines_are_merged_and_said(tmp_path):
    found = read(tmp_path, "%\n1\ta\n2\tb\n%\nwar\t1\nWar\t2\t1\n")
    assert pairs(found) == [("war", "a"), ("War", "b")]
    assert kinds(found) == {"repeated": 1, "duplicate": 1}


def test_comments_are_counted_and_emoticons_are_terms(tmp_path):
    found = read(tmp_path, "# about\n%\n; head\n1\ta\n%\n// body\n;)\t1\n#metoo\t1\n")
    assert pairs(found) == [(";)", "a"), ("#metoo", "a")]
    assert kinds(found) == {"comment": 3}


def test_a_term_without_category_is_said(tmp_path):
    found = read(tmp_path, "%\n1\ta\n%\nwar\npeace\t1\n")
    assert pairs(found) == [("peace", "a")]
    assert kinds(found) == {"uncategorised": 1}


@pytest.mark.parametrize(
    "content, message",
    [
        ("%\n1\ta\n2\tb\n%\nwar\t1\npeace\t7\n", r"list\.dic:6: category 7 of 'peace' is not in .* has 1, 2\."),
        ("%\n1\ta\n%\nwar\t1x\n", r"list\.dic:4: '1x' behind 'war' is no category number"),
        ("%\n1\ta\n%\nwar 1 x2\n", r"list\.dic:4: cannot part"),
        ("%\nharm\n%\n", r"list\.dic:2: 'harm' is no category"),
        ("%\n1\ta\n1\tb\n%\n", r"list\.dic:3: number 1 is 'a' already"),
        ("%\n1\ta\n%\nwar\t1\n%\n", r"list\.dic:5: a third % line"),
        ("%\n1\ta\n", r"list\.dic: the head is not closed"),
        ("war\t1\n", r"list\.dic:1: 'war\\t1' stands before the head"),
        ("", r"list\.dic: no line that holds only %"),
    ],
)
def test_errors_name_file_and_line(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_what_is_written_is_a_plain_liwc_file(tmp_path):
    (tmp_path / "in.csv").write_text("term,category,weight\nwar crime,harm,-2\nattack*,harm,\nattack*,care,\n")
    report = convert(tmp_path / "in.csv", tmp_path / "out.dic")
    assert (tmp_path / "out.dic").read_text() == "%\n1\tharm\n2\tcare\n%\nwar crime\t1\nattack*\t1\t2\n"
    assert (report.read, report.written, report["weight"]) == (3, 3, 1)


def test_nested_categories_and_labels_are_written_as_liwc_2015_does(tmp_path):
    text = "%\n1\tfunction (Function Words)\n2\t    pronoun (Pronouns)\n3\taffect\n%\nhe\t1\t2\nlove\t3\n"
    dictionary = read(tmp_path, text)
    report = write_dictionary(dictionary, tmp_path / "out.dic")
    assert (tmp_path / "out.dic").read_text() == text
    assert [f.kind for f in report.findings] == ["nested"]


def test_terms_that_liwc_would_read_as_conditions_are_left_out(tmp_path):
    (tmp_path / "in.yml").write_text('a:\n  - "(i) like"\n  - "wh?t"\n  - "good"\n')
    report = convert(tmp_path / "in.yml", tmp_path / "out.dic")
    assert (report["target-syntax"], report["wildcard"], report.written) == (1, 1, 1)

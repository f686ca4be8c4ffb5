"""Moral foundations dictionaries of others: MFD files and the eMFD table, all made up and small."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from framing.annotation import Annotator
from framing.cli import run
from framing.errors import InputError
from framing.formats import convert, read_dictionary
from framing.lexicon import Lexicon, read_lexicon
from framing.lexicon_checks import lint
from framing.scorers import morality
from framing.text import Article

# Laid out as the published files are; the words are not theirs.
MFD1 = (
    "%\n01  HarmVirtue  \n02  HarmVice\n05 IngroupVirtue\n06\tIngroupVice\n11 MoralityGeneral\n%\n\n"
    "cuddl*\t\t01\nbruise*\t02 11\nteam \t05\nsnitch\t06\nproper  \t11"
)
MFD2 = (
    "%\n1\tcare.virtue\n2\tcare.vice\n9\tsanctity.virtue\n10\tsanctity.vice\n%\n\n"
    "tender loving\t1\nbruise\t2\nspotless\t9\ngrime\t10\n"
)
HEAD = (
    "word,care_p,fairness_p,loyalty_p,authority_p,sanctity_p,"
    "care_sent,fairness_sent,loyalty_sent,authority_sent,sanctity_sent"
)
EMFD = (
    f"{HEAD}\n"
    "bruise,0.40,0.10,0.05,0.05,0.00,-0.60,-0.10,0.10,0.00,0.00\n"
    "referee,0.05,0.30,0.10,0.20,0.00,0.10,0.25,0.10,0.10,0.10\n"
    "grime,0.00,0.00,0.00,0.00,0.20,0,0,0,0,-0.50\n"
    "kettle,0,0,0,0,0,0,0,0,0,0\n"
    "lamp,0.10,0.05,0,0,0,0,0.2,0,0,0\n"
)


def make(tmp_path: Path, name: str, content: str) -> tuple[Lexicon, dict[str, int]]:
    """Convert a file by the command line; returns the lexicon and how often each kind of finding was said."""
    source = tmp_path / name
    source.write_text(content, encoding="utf-8")
    assert run(["lexicon", "convert", str(source), str(tmp_path / "mine"), "--module", "morality"]) == 0
    assert not [p for p in lint(tmp_path / "mine") if p.severity == "error"]
    report = convert(source, tmp_path / "again", module="morality")
    return read_lexicon(tmp_path / "mine"), {f.kind: f.count for f in report.findings}


def rows(lexicon: Lexicon) -> list[tuple[str, str, float]]:
    return [(t.pattern, t.category, t.weight) for t in lexicon.terms]


def count(lexicon: Lexicon, text: str) -> dict[str, float]:
    counts = morality.score(Annotator([lexicon])([Article(id="1", outlet="A", text=text)])).counts
    found = zip(counts.counter.tolist(), counts.value.tolist(), strict=True)
    return {counts.names[c].replace(":mine:", ":"): v for c, v in found}  # fields but the lexicon's name


def test_mfd_with_stems_padding_and_several_numbers(tmp_path: Path) -> None:
    lexicon, findings = make(tmp_path, "mfd.dic", MFD1)
    assert lexicon.module == "morality" and lexicon.scale == (-1.0, 1.0)
    assert rows(lexicon) == [
        ("cuddl*", "HarmVirtue", 1),
        ("bruise*", "HarmVice", -1),
        ("bruise*", "MoralityGeneral", 0),
        ("team", "IngroupVirtue", 1),
        ("snitch", "IngroupVice", -1),
        ("proper", "MoralityGeneral", 0),
    ]
    assert findings["vice"] == 2 and findings["several-categories"] == 1
    # Two vices, one virtue, one word that is neither: three cues, two of them vices.
    assert count(lexicon, "The proper team bruised a snitch.") == {
        "morality:IngroupVirtue:own": 1,
        "morality:HarmVice:own": 1,
        "morality:IngroupVice:own": 1,
        "morality:MoralityGeneral:own": 1,
        "morality-vice:own": 2,
        "morality-all:own": 3,
    }


def test_mfd2_with_phrases(tmp_path: Path) -> None:
    lexicon, _ = make(tmp_path, "mfd2.0.dic", MFD2)
    assert rows(lexicon)[:2] == [("tender loving", "care.virtue", 1), ("bruise", "care.vice", -1)]
    assert count(lexicon, "“Tender loving grime,” she said.") == {
        "morality:care.virtue:quoted": 1,
        "morality:sanctity.vice:quoted": 1,
        "morality-vice:quoted": 1,
        "morality-all:quoted": 2,
    }
    assert "morality.mine.vice-share.own" in {m.name for m in morality.measures([lexicon])}


def test_emfd_words_go_to_their_most_probable_foundation(tmp_path: Path) -> None:
    lexicon, findings = make(tmp_path, "emfd.csv", EMFD)
    assert rows(lexicon) == [
        ("bruise", "care.vice", -0.4),
        ("referee", "fairness.virtue", 0.3),
        ("grime", "sanctity.vice", -0.2),
    ]
    assert lexicon.categories["care.vice"].label == "Care: vice"
    assert "below 0" in lexicon.scale_meaning and lexicon.scale == (-0.4, 0.3)
    assert findings["uncategorised"] == 2 and findings["foundations"] == 2
    found = count(lexicon, "The referee had a bruise.")
    assert found["morality:care.vice:own"] == found["morality:fairness.virtue:own"] == 1
    assert found["morality-strength:care.vice:own"] == pytest.approx(0.4)
    assert found["morality-vice:own"] / found["morality-all:own"] == pytest.approx(0.4 / 0.7)


def test_an_emfd_lexicon_can_be_scored_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, "emfd.csv", EMFD)
    text = tmp_path / "t.txt"
    text.write_text("The referee had a bruise.\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["score", str(text), "-m", "morality", "-l", str(tmp_path / "mine")]) == 0
    found = json.loads(capsys.readouterr().out)["measures"]
    assert found["morality.mine.care.vice.own"] == pytest.approx(1000 * 0.4 / 5)
    assert not any(name.startswith("morality.foundations.") for name in found)


def test_columns_in_any_order_and_a_mapping_still_read_it_as_a_plain_table(tmp_path: Path) -> None:
    path = tmp_path / "emfd.csv"
    names = HEAD.split(",")
    cells = dict(zip(names, "bruise,0.4,0,0,0,0,-0.6,0,0,0,0".split(","), strict=True))
    turned = [names[0], *reversed(names[1:])]
    path.write_text(f"{','.join(turned).upper()}\n{','.join(cells[n] for n in turned)}\n", encoding="utf-8")
    (entry,) = read_dictionary(path).entries
    assert (entry.term, entry.category, entry.weight) == ("bruise", "care.vice", -0.4)
    (entry,) = read_dictionary(path, columns={"term": "word", "weight": "care_p"}, category="care").entries
    assert (entry.term, entry.category, entry.weight) == ("bruise", "care", 0.4)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("bruise,1.4,0,0,0,0,-0.6,0,0,0,0", "emfd.csv:2: care_p is 1.4; allowed are 0 to 1"),
        ("bruise,0.4,0,0,0,0,-6,0,0,0,0", "emfd.csv:2: care_sent is -6; allowed are -1 to 1"),
        ("bruise,high,0,0,0,0,-0.6,0,0,0,0", "weight 'high' is not a finite number"),
        ("bruise,0.4", "emfd.csv:2: 2 cells"),
        (",0.4,0,0,0,0,-0.6,0,0,0,0", "emfd.csv:2: no word"),
    ],
)
def test_bad_emfd_rows_are_refused_with_their_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "emfd.csv"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_dictionary(path)
    assert message in str(error.value)


def test_names_that_tell_neither_virtue_nor_vice_change_nothing(tmp_path: Path) -> None:
    lexicon, findings = make(tmp_path, "own.dic", "%\n1\tpublic service\n2\tcare\n%\nhug\t2\nbus\t1\n")
    assert {t.weight for t in lexicon.terms} == {1.0}
    assert "vice" not in findings

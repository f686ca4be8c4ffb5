"""Tone toward referents: counters, evidence and measures."""

from __future__ import annotations

import math

import pytest
from counting import counters, value

from framing.annotation import AnnotatedBatch, Annotator
from framing.lexicon import Lexicon, read_lexicon, read_lexicons
from framing.scorers import toward
from framing.scorers.counts import Scored
from framing.target.settings import read_settings
from framing.text import Article


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> list[Lexicon]:
    folder = tmp_path_factory.mktemp("lexicons") / "valley"
    folder.mkdir()
    (folder / "lexicon.toml").write_text(
        'title = "Valley"\nmodule = "naming"\nlanguage = "en"\nversion = "1"\nlicence = "MIT"\nscale = [-2, 2]\n'
        'scale_meaning = "none"\n[categories.mayor]\nlabel = "The mayor"\nkind = "leader"\n'
        '[categories.union]\nlabel = "The union"\nkind = "group-name"\n',
        encoding="utf-8",
    )
    (folder / "terms.csv").write_text(
        "category,term,weight,basis,source,note\nmayor,Haddad,0,judgement,,\nunion,dockers' union,0,judgement,,\n",
        encoding="utf-8",
    )
    (folder / "examples.csv").write_text("text,category,expected\nHaddad left.,mayor,Haddad\n", encoding="utf-8")
    return [read_lexicon(folder), *read_lexicons(module="toward")]


def run(lexicons: list[Lexicon], text: str) -> tuple[dict[str, float], Scored, AnnotatedBatch]:
    batch = Annotator(lexicons)([Article("1", "A", text)])
    scored = toward.score(batch)
    return counters(scored.counts), scored, batch


def test_counters_of_voice_and_referent(lexicons: list[Lexicon]) -> None:
    counts, _, _ = run(
        lexicons,
        "Haddad is a corrupt liar. Haddad sat on a chair. “Haddad is a brave and honest leader,” she said.",
    )
    assert counts["toward-mentions:valley:mayor:own"] == 2
    assert counts["toward-mentions:valley:mayor:quoted"] == 1
    assert -1 <= counts["toward:valley:mayor:own"] < 0
    assert 0 < counts["toward:valley:mayor:quoted"] <= 1
    assert not any(name.startswith("toward:valley:union") for name in counts)


def test_tone_is_toward_the_one_it_concerns(lexicons: list[Lexicon]) -> None:
    counts, _, _ = run(lexicons, "Haddad lied, but the brave dockers' union won the race.")
    assert counts["toward:valley:union:own"] > 0
    assert counts["toward:valley:union:own"] > counts.get("toward:valley:mayor:own", 0.0)


def test_evidence_adds_up_and_names_its_words(lexicons: list[Lexicon]) -> None:
    counts, scored, batch = run(lexicons, "Haddad is a corrupt liar. Haddad is brave.")
    found = scored.mentions
    assert found is not None
    assert len(found) == 2
    assert found.weight.sum() == pytest.approx(counts["toward:valley:mayor:own"])
    labels = [found.labels[n] for n in found.label.tolist()]
    assert labels[0] == ("valley", "mayor", "corrupt (complement); liar (complement)")
    assert labels[1] == ("valley", "mayor", "brave (complement)")
    assert batch.tokens.forms.text[batch.tokens.form[found.start[0]]] == "Haddad"


def test_a_mention_without_words_of_tone_is_neutral(lexicons: list[Lexicon]) -> None:
    counts, scored, _ = run(lexicons, "Haddad sat on a chair.")
    assert counts == {"toward-mentions:valley:mayor:own": 1}
    assert scored.mentions is not None and len(scored.mentions) == 0


def test_empty_text(lexicons: list[Lexicon]) -> None:
    counts, _, _ = run(lexicons, "")
    assert counts == {}


def test_measures_divide_by_mentions(lexicons: list[Lexicon]) -> None:
    found = {m.name: m for m in toward.measures(lexicons)}
    assert set(found) == {"toward.valley.mayor.own", "toward.valley.union.own"}
    measure = found["toward.valley.mayor.own"]
    counts, _, _ = run(lexicons, "Haddad sat on a chair.")
    assert value(measure, counts) == 0
    counts, _, _ = run(lexicons, "Nobody sat on a chair.")
    assert math.isnan(value(measure, counts))


def test_the_effects_name_categories_that_there_are() -> None:
    settings = read_settings()
    verbs = next(x for x in read_lexicons(module="toward") if x.name == "verbs")
    for category in {*settings.subject, *settings.object, *settings.against}:
        assert category in verbs.categories

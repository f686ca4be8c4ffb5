"""Who speaks: kinds of speakers, sides, pronouns, anonymity, report verbs; every number counted by hand."""

from __future__ import annotations

import pytest
from counting import counters

from framing.annotation import AnnotatedBatch, Annotator
from framing.lexicon import read_lexicons
from framing.scorers.counts import Scored
from framing.scorers.sourcing import measures, score
from framing.text import Article

LEXICONS = [*read_lexicons(["syria", "armed-groups"]), *read_lexicons(module="sourcing")]
ANNOTATE = Annotator(LEXICONS)


def scored(text: str, title: str = "") -> Scored:
    return score(batch_of(text, title))


def batch_of(text: str, title: str = "") -> AnnotatedBatch:
    return ANNOTATE([Article(id="a", outlet="o", text=text, title=title)])


def counts(text: str) -> dict[str, float]:
    return counters(scored(text).counts)


def speakers(text: str) -> list[tuple[str, str, str]]:
    return [(r["kind"], r["voice"], r["verb"]) for r in scored(text).tables["speakers"].to_pylist()]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The foreign minister said the talks had failed.", "official"),
        ("A police officer said the road was closed.", "security"),
        ("A police source said the road was closed.", "anonymous"),
        ("A professor at the ministry said the talks had failed.", "expert"),
        ("A resident of the city said the water was gone.", "ordinary"),
        ("The rights group said the water was gone.", "advocacy"),
        ("According to the report, the water was gone.", "document"),
        ("Critics say the plan is too dear.", "vague"),
        ("The bishop said the church would open.", "religious"),
        ("The militants said they had taken the hill.", "armed"),
        ("The chief executive said the plant would close.", "business"),
        ("Ferrin said the plant would close.", "unknown"),
    ],
)
def test_the_kind_is_that_of_the_head_of_the_phrase(text: str, kind: str) -> None:
    assert [k for k, _, _ in speakers(text)] == [kind]


def test_a_surname_keeps_the_role_that_the_article_gave_it() -> None:
    text = "Foreign Minister Anna Ferrin arrived on Monday. “We are ready,” Ferrin said."
    assert speakers(text) == [("official", "quoted", "neutral")]
    text = "Ferrin, a retired teacher, lives in the port. “We are ready,” Ferrin said."
    assert speakers(text) == [("ordinary", "quoted", "neutral")]


def test_pronouns_and_quotations_that_go_on_belong_to_the_speaker_before() -> None:
    text = "“We are ready,” the mayor said. “The boats are here.” He warned that the storm would come."
    assert [k for k, _, _ in speakers(text)] == ["official"] * 3


def test_a_pronoun_never_reaches_into_another_text() -> None:
    first = Article(id="a", outlet="o", text="The mayor said the boats were here.")
    second = Article(id="b", outlet="o", text="She said the storm would come.")
    table = score(ANNOTATE([first, second])).tables["speakers"].to_pylist()
    assert [r["kind"] for r in table] == ["official", "unknown"]


def test_a_speaker_who_may_not_be_named_is_anonymous_whatever_his_office() -> None:
    text = "A senior official, who spoke on condition of anonymity, said the talks had failed."
    assert [k for k, _, _ in speakers(text)] == ["anonymous"]


@pytest.mark.parametrize(
    ("verb", "name"), [("said", "neutral"), ("claimed", "doubting"), ("revealed", "endorsing"), ("warned", "forceful")]
)
def test_report_verbs_are_classed(verb: str, name: str) -> None:
    found = counts(f"The mayor {verb} that the storm would come.")
    assert found[f"sourcing:verbs:{name}:attributed"] == 1
    assert found[f"sourcing-verbs:{name}:official"] == 1


def test_words_are_counted_by_kind_and_voice_and_agree_with_the_evidence() -> None:
    text = "“We are ready,” the mayor said. Residents said the water was gone."
    found = scored(text)
    values = {found.counts.names[c]: v for c, v in zip(found.counts.counter, found.counts.value, strict=True)}
    assert values["sourcing-words:official:quoted"] == 3
    assert values["sourcing-words:ordinary:attributed"] == 4
    mentions = found.mentions
    assert mentions is not None
    weights = {
        mentions.labels[label][1]: weight
        for label, weight in zip(mentions.label, mentions.weight, strict=True)
        if weight
    }
    assert weights == {"official": 3, "ordinary": 4}


def test_speakers_whom_a_naming_lexicon_knows_have_a_side() -> None:
    text = (
        "Talks on Syria were held in Astana, away from Damascus, Aleppo and Homs. "
        "The Syrian opposition said the truce in Syria had failed."
    )
    rows = scored(text).tables["speakers"].to_pylist()
    assert [(r["lexicon"], r["referent"]) for r in rows] == [("syria", "armed-opposition")]
    assert counts(text)["sourcing-side:syria:armed-opposition:attributed"] == 6


def test_without_speech_there_is_nothing_and_shares_are_undefined() -> None:
    assert len(scored("The boat left the port.").counts) == 0
    assert len(scored("").counts) == 0


def test_measures_are_shares_of_others_words() -> None:
    by_name = {m.name: m for m in measures(LEXICONS)}
    assert by_name["sourcing.words.ordinary"].denominators == ("words:quoted", "words:attributed")
    assert by_name["sourcing.verbs.doubting"].numerators == (
        "sourcing:verbs:doubting:quoted",
        "sourcing:verbs:doubting:attributed",
    )
    assert len(by_name["sourcing.verbs.doubting"].denominators) == 8


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The leader of the union said the strike would go on.", "advocacy"),
        ("A union leader said the strike would go on.", "advocacy"),
        ("A company spokesman said the plant would close.", "business"),
        ("A spokesman said the plant would close.", "official"),
        ("The winder, who is retired, said the pit was old.", "ordinary"),  # no WHO and no IS
    ],
)
def test_an_office_that_any_body_has_takes_the_kind_of_its_body(text: str, kind: str) -> None:
    assert [k for k, _, _ in speakers(text)] == [kind]


def test_a_person_is_not_the_report_that_spoke_before() -> None:
    text = "The mayor said the boats were here. The report said the storm would come. She said she would stay."
    assert [k for k, _, _ in speakers(text)] == ["official", "document", "official"]

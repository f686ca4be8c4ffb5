"""Tone toward a target: the role of each word of tone, and the tone that follows from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from framing.annotation import AnnotatedBatch, Annotator
from framing.errors import InputError
from framing.lexicon import read_lexicons
from framing.target import FEATURES, RELATIONS, find_tone, measure, settings
from framing.target.cues import find_cues
from framing.target.features import SUMS
from framing.target.phrases import find_phrases
from framing.target.roles import find_pairs, find_sites
from framing.target.settings import read_settings, read_weights
from framing.text import Article, LongArray


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(read_lexicons(module="toward"))


def place(annotator: Annotator, marked: str) -> tuple[AnnotatedBatch, LongArray, LongArray]:
    """Annotate a text in which the target stands between [ and ]."""
    text = marked.replace("[", "").replace("]", "")
    batch = annotator([Article("1", "A", text)])
    begin, end = marked.index("["), marked.index("]") - 1
    start = np.searchsorted(batch.tokens.start, begin)
    stop = np.searchsorted(batch.tokens.start, end)
    return batch, np.array([start]), np.array([stop])


def roles(annotator: Annotator, marked: str) -> dict[str, str]:
    """The role of each word of tone for the target."""
    batch, start, end = place(annotator, marked)
    phrases = find_phrases(batch)
    cues = find_cues(batch, phrases, read_settings())
    pairs = find_pairs(phrases, find_sites(phrases, start, end), cues)
    forms = batch.tokens.forms.folded
    words = [
        " ".join(forms[f] for f in batch.tokens.form[a:b])
        for a, b in zip(cues.start[pairs.cue], cues.end[pairs.cue], strict=True)
    ]
    return dict(zip(words, (RELATIONS[n] for n in pairs.relation), strict=True))


@pytest.mark.parametrize(
    ("marked", "word", "role"),
    [
        ("[Haddad] slandered the clerk.", "slandered", "subject"),
        ("Haddad slandered [the clerk].", "slandered", "object"),
        ("[The clerk] was slandered by Haddad.", "slandered", "object"),
        ("The clerk was slandered by [Haddad].", "slandered", "agent"),
        ("[Haddad], a liar, left the room.", "liar", "apposition"),
        ("The corrupt [Haddad] left the room.", "corrupt", "modifier"),
        ("[Haddad]'s failure surprised the room.", "failure", "noun"),
        ("The [Haddad] scandal surprised the room.", "scandal", "noun"),
        ("The failure of [Haddad] surprised the room.", "failure", "governor"),
        ("[Haddad] is a liar.", "liar", "complement"),
        ("[Haddad] has faced criticism.", "criticism", "predicate"),
        ("She called [Haddad] a liar.", "liar", "object-complement"),
        ("Critics of [Haddad] met on Monday.", "critics of", "frame"),
        ("[Haddad] was accused of theft.", "accused of", "frame"),
        ("[Haddad], who slandered the clerk, left.", "slandered", "subject"),
        ("[Haddad], the mayor of Lund, slandered the clerk.", "slandered", "subject"),
        ("[Haddad] wants to destroy the union.", "destroy", "subject"),
        ("[Haddad] arrived late, accusing the clerk of theft.", "accusing", "subject"),
        ("[Haddad] arrived late and insulted the clerk.", "insulted", "subject"),
        ("[Haddad] arrived late because the clerk lied.", "lied", "after"),
        ("When [Haddad] spoke, she lied.", "lied", "pronoun"),
        ("They slandered the clerk and [Haddad].", "slandered", "object"),
    ],
)
def test_role_of_a_word(annotator: Annotator, marked: str, word: str, role: str) -> None:
    assert roles(annotator, marked)[word] == role


def tone_of(annotator: Annotator, marked: str, word: str) -> float:
    batch, _, _ = place(annotator, marked)
    cues = find_cues(batch, find_phrases(batch), read_settings())
    forms = batch.tokens.forms.folded
    found = {forms[batch.tokens.form[a]]: float(t) for a, t in zip(cues.start, cues.tone, strict=True)}
    return found[word]


def test_negation_emphasis_and_acts_change_a_tone(annotator: Annotator) -> None:
    plain = tone_of(annotator, "[Haddad] is brave.", "brave")
    assert plain == 3
    assert tone_of(annotator, "[Haddad] is not brave.", "brave") == pytest.approx(-1.8)
    assert tone_of(annotator, "[Haddad] is very brave.", "brave") == pytest.approx(3.9)
    assert tone_of(annotator, "[Haddad] fights corruption.", "corruption") == pytest.approx(0.7 * 3)
    assert tone_of(annotator, "[Haddad] has not shown integrity.", "integrity") == pytest.approx(-1.2)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("She sat in the Brilliant Ballroom with [Haddad].", "brilliant"),  # a name
        ("The attack on the fort ended and [Haddad] left.", "attack verb"),
        ("[Haddad] worked for the vice president.", "vice"),
    ],
)
def test_what_is_no_word_of_tone(annotator: Annotator, text: str, missing: str) -> None:
    assert missing not in roles(annotator, text)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The report condemned [Haddad] as a corrupt liar.", -1),
        ("[Haddad] was accused of fraud and arrested.", -1),
        ("The embattled [Haddad] failed to explain the scandal.", -1),
        ("Voters praised [Haddad] for his courage and honesty.", 1),
        ("[Haddad] won the race and thanked his loyal supporters.", 1),
        ("[Haddad] is a brilliant and generous teacher.", 1),
        ("[Haddad] said the train leaves at noon.", 0),
        ("The office of [Haddad] is in Lund.", 0),
    ],
)
def test_tone_toward_a_target(annotator: Annotator, marked: str, expected: int) -> None:
    tones = find_tone(*place(annotator, marked))
    assert tones.tone.tolist() == [expected]
    assert np.sign(tones.score[0]) == expected
    assert tones.probability.sum() == pytest.approx(1)


def test_two_targets_of_one_sentence_differ(annotator: Annotator) -> None:
    text = "The [jury] praised Haddad, but it condemned Silva as a corrupt liar."
    batch, _, _ = place(annotator, text)
    forms = [batch.tokens.forms.folded[f] for f in batch.tokens.form]
    start = np.array([forms.index("haddad"), forms.index("silva")])
    tones = find_tone(batch, start, start + 1)
    assert tones.score[0] > tones.score[1]
    assert tones.tone[1] == -1


def test_reasons_add_up_to_what_words_add(annotator: Annotator) -> None:
    batch, start, end = place(annotator, "The report condemned [Haddad] as a corrupt liar.")
    tones = find_tone(batch, start, end)
    features, _ = measure(batch, start, end)
    weights = read_weights(FEATURES)
    tilt = (weights.matrix[:, 2] - weights.matrix[:, 0]) * features[0]
    assert tones.reasons.weight.sum() == pytest.approx(tilt[: len(SUMS)].sum())
    forms = batch.tokens.forms.folded
    words = {forms[batch.tokens.form[place]] for place in tones.reasons.start.tolist()}
    assert {"condemned", "corrupt", "liar"} <= words


def test_the_model_has_at_most_sixty_named_features() -> None:
    assert len(FEATURES) == len(set(FEATURES)) <= 60
    assert read_weights(FEATURES).matrix.shape == (len(FEATURES), 3)


def test_a_batch_makes_no_difference(annotator: Annotator) -> None:
    sentence = "Voters praised Haddad for his courage and honesty."
    alone = annotator([Article("1", "A", sentence)])
    both = annotator([Article("0", "A", "The clerk lied. Nobody cared."), Article("1", "A", sentence)])
    start = int(both.tokens.bounds[3])
    at = np.array([2])
    one, two = find_tone(alone, at, at + 1), find_tone(both, at + start, at + start + 1)
    assert np.allclose(one.probability, two.probability)


def test_nothing_to_look_at(annotator: Annotator) -> None:
    none = np.zeros(0, dtype=np.int64)
    empty = annotator([Article("1", "A", "")])
    assert len(find_tone(empty, none, none).score) == 0
    bare = Annotator([])([Article("1", "A", "Haddad is a liar.")])
    assert find_tone(bare, np.array([0]), np.array([1])).tone.tolist() == [0]


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(InputError, match=r"holds no weights of 'weather'. Fit the weights anew"):
        read_weights((*FEATURES, "weather"))
    with pytest.raises(InputError, match="unknown feature"):
        read_weights(FEATURES[1:])


def test_a_file_that_is_no_toml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "effects.toml"
    broken.write_text("against = [", encoding="utf-8")
    monkeypatch.setattr(settings, "EFFECTS", broken)
    read_settings.cache_clear()
    try:
        with pytest.raises(InputError, match=r"effects.toml: .*Restore the file"):
            read_settings()
        broken.write_text("against = []\n[subject]\nwin = 5\n[object]\n", encoding="utf-8")
        with pytest.raises(InputError, match=r"subject\.win is 5\. Give an effect from -2 to 2"):
            read_settings()
    finally:
        read_settings.cache_clear()

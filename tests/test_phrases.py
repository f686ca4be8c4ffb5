"""Phrases: what is counted, what parts them, how they are spelt, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from framing.errors import InputError
from framing.phrases import PhraseCounts, count_phrases, find_nested, find_places
from framing.phrases.words import read_function_words
from framing.text import Article


def count(texts: Sequence[str], voice: str | None = "own", **options: object) -> PhraseCounts:
    articles = [Article(f"{i:02d}", "North", text) for i, text in enumerate(texts)]
    return count_phrases([articles], voice, min_articles=1, **options)  # type: ignore[arg-type]


def totals(counts: PhraseCounts) -> dict[str, int]:
    sums = np.asarray(counts.matrix.sum(axis=0)).ravel()
    return {phrase: int(n) for phrase, n in zip(counts.phrases, sums, strict=True)}


def test_phrases_of_one_to_four_words() -> None:
    found = totals(count(["The brave miners blocked a road."]))
    assert found == {
        "brave": 1,
        "miners": 1,
        "blocked": 1,
        "road": 1,
        "brave miners": 1,
        "miners blocked": 1,
        "brave miners blocked": 1,
        "blocked a road": 1,
        "miners blocked a road": 1,
    }


def test_lengths_can_be_chosen() -> None:
    assert set(totals(count(["The brave miners blocked a road."], words=(2, 2)))) == {"brave miners", "miners blocked"}


@pytest.mark.parametrize("text", ["Miners, drivers left.", "Miners (drivers) left.", "Miners. Drivers left."])
def test_punctuation_and_sentences_part_phrases(text: str) -> None:
    assert "miners drivers" not in {p.casefold() for p in count([text]).phrases}


def test_hyphens_and_possessives_do_not_part_and_compounds_are_never_cut() -> None:
    found = totals(count(["They met the union's state-backed drivers."]))
    assert {"union's state-backed", "state-backed", "state-backed drivers"} <= set(found)
    assert not {"state", "backed", "backed drivers", "union's state"} & set(found)


def test_full_stops_of_abbreviations_do_not_part() -> None:
    found = totals(count(["Then Gen. Marlo Teck left the U.S. base."]))
    assert {"Gen Marlo Teck", "U.S. base"} <= set(found)


def test_an_acronym_is_one_word_with_and_without_full_stops_and_no_pronoun() -> None:
    found = totals(count(["They left the U.S. base.", "He saw the US base.", "She told us."]))
    assert found["U.S. base"] == 2 and found["U.S."] == 2


def test_function_words_numbers_and_single_letters_alone_are_no_phrases() -> None:
    assert totals(count(["It was 12 of the 30, or x."])) == {}


def test_only_the_voice_that_is_asked_for() -> None:
    texts = ["Miners left. “Thugs left,” the minister said."]
    assert "thugs" not in {p.casefold() for p in count(texts).phrases}
    assert "thugs" in {p.casefold() for p in count(texts, "quoted").phrases}
    assert {"thugs", "miners"} <= {p.casefold() for p in count(texts, None).phrases}
    assert count(texts).words.tolist() == [5.0]  # Miners left the minister said


def test_spelling_follows_most_uses_away_from_beginnings() -> None:
    texts = ["Rebels left Old Town.", "Some rebels saw Old Town.", "Rebels came to old Town."]
    assert {"rebels", "Old Town"} <= set(count(texts).phrases)


def test_sentences_that_an_outlet_repeats_are_left_out_and_told() -> None:
    texts = [f"Item {i} is new here. Sign up for news at 10." for i in range(3)]
    counts = count(texts)
    assert "Sign" not in counts.phrases and "news" not in counts.phrases
    assert "Sign up for news at 10" in counts.repeats.sentences and counts.repeats.articles[0] == 3
    assert "news" in count(texts, keep_repeats=True).phrases


def test_a_sentence_of_several_outlets_is_no_repeat() -> None:
    articles = [Article(str(i), f"Outlet {i}", "The miners left the pit.") for i in range(4)]
    assert "miners" in count_phrases([articles], min_articles=1).phrases


def test_what_a_sentence_quotes_tells_it_from_others() -> None:
    said = ["pit", "road", "town", "mine"]
    counts = count([f"“We leave the {word},” she said." for word in said])
    assert not counts.repeats.sentences and totals(counts)["said"] == 4


def test_a_phrase_needs_its_articles() -> None:
    pits = ["deep", "old", "wet", "dark", "cold"]
    articles = [Article(str(i), "North", f"The miners left a {pit} pit.") for i, pit in enumerate(pits)]
    assert count_phrases([articles]).phrases == ("left", "miners", "miners left", "pit")
    assert count_phrases([articles[:4]]).phrases == ()


def test_closing_lines_are_told_by_their_place() -> None:
    body = " ".join(f"Sentence {word} stands here." for word in ("one", "two", "three", "four", "five", "six"))
    counts = count([f"{body} Reporting by Anna Brook."])
    place = dict(zip(counts.phrases, counts.closing.tolist(), strict=True))
    assert place["Anna Brook"] == 1.0 and place["three"] == 0.0


def test_order_and_batches_do_not_matter() -> None:
    articles = [Article(f"{i}", "North", f"The miners of pit {'abc'[i % 3]}b left Old Town.") for i in range(9)]
    one = count_phrases([articles], min_articles=1)
    other = count_phrases([articles[4:][::-1], articles[:4]], min_articles=1)
    assert (one.phrases, one.ids, one.words.tolist()) == (other.phrases, other.ids, other.words.tolist())
    assert (one.matrix != other.matrix).nnz == 0


@pytest.mark.parametrize(
    "text", ["", "…", "=cmd|'/C calc'!A0 \x00\x1b[31m [bold]x[/bold]", "مقاتلو 反政府 ’’'", "((((|a"]
)
def test_hostile_and_empty_texts_are_counted_or_not_and_never_fail(text: str) -> None:
    counts = count([text, text])
    assert counts.matrix.shape == (2, len(counts.phrases))


def test_no_articles_give_no_phrases() -> None:
    counts = count_phrases([])
    assert counts.phrases == () and counts.matrix.shape == (0, 0) and len(counts.words) == 0


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"voice": "loud"}, "no voice"),
        ({"words": (0, 2)}, "from 1 to 4"),
        ({"words": (3, 2)}, "lower first"),
        ({"min_articles": 0}, "min_articles"),
    ],
)
def test_bad_options_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        count_phrases([], **arguments)  # type: ignore[arg-type]


def test_two_articles_with_one_id_are_refused() -> None:
    with pytest.raises(InputError, match="have the id 'a'"):
        count_phrases([[Article("a", "North", "One."), Article("a", "South", "Two.")]])


def test_nested_phrases() -> None:
    keys = [("special", "military", "operation"), ("military", "operation"), ("operation",), ("other",)]
    # 8 of 10 "military operation" are the longer one; of "operation" 8 or 10 of 20.
    assert find_nested(keys, np.array([8.0, 10.0, 20.0, 0.0])).tolist() == [False, True, False, False]
    assert find_nested(keys, np.array([7.0, 10.0, 20.0, 0.0])).tolist() == [False, False, False, False]


def test_places_follow_the_rules_of_counting() -> None:
    article = Article(
        "a", "North", "The old-town miners left. “Old miners left,” he said. Old miners left.", "Old miners"
    )
    found = find_places([article], [("old", "miners"), ("miners",), ("gone",)])
    assert [(p.key, p.text[p.start : p.end], p.headline) for p in found] == [
        (("old", "miners"), "Old miners", False),
        (("old", "miners"), "Old miners", True),
        (("miners",), "miners", False),
        (("miners",), "miners", False),
        (("miners",), "miners", True),
    ]
    assert found[0].text[found[0].sentence_start : found[0].sentence_end] == "Old miners left."
    assert find_places([], [("old",)]) == []


def test_the_function_words_are_closed_classes_without_names() -> None:
    words = read_function_words()
    assert {"the", "of", "and", "would", "not"} <= words
    assert not {"said", "government", "rebels", "war"} & words
    assert all(word == word.casefold() for word in words)

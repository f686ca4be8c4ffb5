"""Cue and speaker of each span."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CASES = [
    ("“We go,” the minister said.", [("said", "the minister")]),
    ("“We go,” said Ann Lee, a lawyer.", [("said", "Ann Lee")]),
    ("“We go,” said Ann Lee on Monday.", [("said", "Ann Lee")]),
    ("“We go,” he said. “We fight.”", [("said", "he"), ("said", "he")]),
    ("“We go,” she said. “We stay,” he said.", [("said", "she"), ("said", "he")]),
    ("“Who fired?” Ann Lee asked.", [("asked", "Ann Lee")]),
    ("“We go,” Ann Lee, the envoy, told reporters on Monday.", [("told", "Ann Lee")]),
    ("“We left,” she said.\n\n“They burned it.”\n\nThe army came.", [("said", "she"), ("said", "she")]),
    ("“One.\n\n“Two,” she said.", [("said", "she"), ("said", "she")]),
    ("The minister said the rebels had left.", [("said", "The minister")]),
    ("Ann Lee, the envoy to Norland, said that the rebels had left.", [("said", "Ann Lee")]),
    ("Ann Lee, who led the talks, said that the rebels had left.", [("said", "Ann Lee")]),
    ("Ann Lee, who said the rebels had left, is a doctor.", [("said", "Ann Lee")]),
    ("Russia, Iran and Turkey said that the truce holds.", [("said", "Russia, Iran and Turkey")]),
    ("The farmers assembled in the square hope that it holds.", [("hope", "The farmers assembled in the square")]),
    ("According to the health ministry, ten rebels died.", [("According to", "the health ministry")]),
    ("Ten rebels died, according to Ann Lee.", [("according to", "Ann Lee")]),
    ("The rebels have left, reports Bloomberg.", [("reports", "Bloomberg")]),
    ("The rebels have left, an official said on Monday.", [("said", "an official")]),
    ("As the minister said, the truce is dead.", [("said", "the minister")]),
    ("Moore met them, saying that the truce holds.", [("saying", "Moore")]),
    ("The envoy said it was over, adding that the rebels lost.", [("said", "The envoy"), ("adding", "The envoy")]),
    ("The ministry's claim that the rebels fled was false.", [("claim", "The ministry")]),
    ("The claim that the rebels fled was false.", [("claim", None)]),
    ("It has been concluded that the truce is dead.", [("concluded", None)]),
    ("But the minister has repeatedly said that the rebels left.", [("said", "the minister")]),
    ("The so-called safe zones were bombed.", [("so-called", None)]),
    ("MOORE: We go.\nLEE: They stay.", [(":", "MOORE"), (":", "LEE")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cue_and_speaker(
    text: str, expected: list[tuple[str, str | None]], voices_of: Callable[..., list[Any]]
) -> None:
    assert [(s.cue, s.speaker) for s in voices_of(text)] == expected


def test_a_headline_names_its_speaker(voices_of: Callable[..., list[Any]]) -> None:
    (span,) = voices_of("Minister: Rebels will leave", title=True)
    assert (span.cue, span.speaker) == (":", "Minister")


def test_a_scare_quote_has_neither(voices_of: Callable[..., list[Any]]) -> None:
    (span,) = voices_of("The “safe zones” were bombed.")
    assert (span.voice, span.cue, span.speaker) == ("scare", None, None)

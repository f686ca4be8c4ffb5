"""Figures of one sentence: whom a number counts, which word of harm it belongs to, how it stands to the others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from framing.annotation import Annotator
from framing.lexicon import read_lexicons
from framing.numbers import Figure, Sentence, SentenceReader, find_credit, read_figures
from framing.numbers.nouns import read_noun
from framing.numbers.phrases import find_numbers
from framing.text import Article


@pytest.fixture(scope="module")
def read() -> Callable[[str], Sentence]:
    """Reads a text of one sentence, with the lexicons that come with the program."""
    annotator = Annotator(read_lexicons(module="casualties"), [])

    def read_sentence(text: str) -> Sentence:
        batch = annotator([Article("a", "outlet", text)])
        first = np.zeros(1, dtype=np.int64)
        return SentenceReader(batch, "casualties").read(first, first + len(batch.tokens))[0]

    return read_sentence


def brief(s: Sentence) -> list[tuple[float, str, str]]:
    """(low, kind, relation) of each figure."""
    return [(f.number.low, f.kind, f.relation) for f in read_figures(s)]


def text_of(s: Sentence, span: tuple[int, int]) -> str:
    return " ".join(s.forms[span[0] : span[1]])


@pytest.mark.parametrize(
    "text, group",
    [
        ("They saw 12 people there", "people"),
        ("They saw 12 unarmed Afghan farmers there", "civilians"),
        ("They saw 12 police officers there", "police"),
        ("They saw 12 of the soldiers there", "soldiers"),
        ("They saw dozens of migrants there", "migrants"),
        ("They saw 12 wounded soldiers there", "soldiers"),
        ("They saw 12 Orvanians there", "nationals"),
        ("They saw 12 there", ""),
        ("They saw 12 of them there", ""),
        ("They saw 12 more there", ""),
    ],
)
def test_whom_a_number_counts(read, text, group):
    s = read(text)
    noun = read_noun(s, find_numbers(s)[0])
    assert (noun.group, noun.other) == (group, False)


@pytest.mark.parametrize("thing", ["bombs", "police vehicles", "people's homes", "militant camps", "years", "degrees"])
def test_a_number_of_things_counts_nobody(read, thing):
    s = read(f"They saw 12 {thing} there")
    noun = read_noun(s, find_numbers(s)[0])
    assert noun.other or not noun.head


@pytest.mark.parametrize(
    "text, figures",
    [
        # objects, subjects, nouns, states
        ("The blast killed 12 and wounded 30.", [(12, "dead", "total"), (30, "wounded", "total")]),
        ("Police shot dead two men.", [(2, "dead", "total")]),
        ("Twelve people in the bus were killed.", [(12, "dead", "total")]),
        ("Twelve people travelling in the bus died.", [(12, "dead", "total")]),
        ("Twelve men were tried and executed.", [(12, "dead", "total")]),
        ("Also killed were six sailors.", [(6, "dead", "total")]),
        ("Nine people are believed to have been kidnapped.", [(9, "hostage", "total")]),
        ("They saw 12 dead men with gunshot wounds.", [(12, "dead", "total")]),
        ("It drove 900 people out.", [(900, "displaced", "total")]),
        ("No damage or injuries were reported.", [(0, "wounded", "total")]),
        # parts, further ones, comparisons
        ("Killing the driver and 11 passengers, it sped on.", [(11, "dead", "total")]),
        ("It killed 12, five of them children.", [(12, "dead", "total"), (5, "dead", "including")]),
        ("It killed two men, including one guard and three boys.",
         [(2, "dead", "total"), (1, "dead", "including"), (3, "dead", "including")]),
        ("Six were hurt and another 12 are missing.", [(6, "wounded", "total"), (12, "missing", "further")]),
        ("The toll of 45 was up from 30.", [(45, "dead", "total"), (30, "dead", "earlier")]),
        ("They raised the death toll from an earlier figure of 136.", [(136, "dead", "earlier")]),
        ("Two men, three women and a boy were killed.", [(2, "dead", "total"), (3, "dead", "total")]),
        ("It killed 12 in Sarm and 30 in Tal.", [(12, "dead", "total"), (30, "dead", "total")]),
        ("It killed 12, bringing the total to 60.", [(12, "dead", "total"), (60, "dead", "total")]),
    ],
)  # fmt: skip
def test_figures(read, text, figures):
    assert brief(read(text)) == figures


@pytest.mark.parametrize(
    "text",
    [
        # who did it, and what did it
        "Twelve gunmen killed the guard.",
        "Three attacks killed the mayor.",
        "Twelve soldiers killed Hassan Tall.",
        # planned, supposed, denied
        "The storm could kill 12 people.",
        "The plot would have killed 200 people.",
        "They did not kill 12 people.",
        "They wanted to kill 12 officers.",
        "If 12 people are killed, she will go.",
        "Twelve people are to be executed.",
        "Nobody should be killed.",
        # rates
        "Guns kill 33,000 people a year in cities.",
        "Every day 12 people are killed there.",
        "An average of 12 people died.",
        # one of several; how many of them
        "One of the dead was a nurse.",
        "Most of the 200 workers were hurt.",
        # indefinite articles are no numbers
        "A man was killed and an officer was wounded.",
        # things
        "The quake damaged 12 villages and the dead were buried.",
        "He filed 12 detention requests.",
        "They have 12 homeless people to feed.",
        "The team lost 12 players and games.",
        "A 24-year-old man was killed in 2014.",
        "It killed time for 12 hours.",
        "There were no reports of casualties.",
        "Eight senators are missing the point.",
        "It was one of the most debated killings.",
    ],
)
def test_no_figure(read, text):
    assert brief(read(text)) == []


def test_a_rate_is_no_date(read):
    assert brief(read("Twelve people were killed a year ago.")) == [(12, "dead", "total")]
    assert brief(read("A day after 12 people were killed, he left.")) == [(12, "dead", "total")]
    assert brief(read("In a week, 12 people were killed.")) == [(12, "dead", "total")]


def hedges(s: Sentence, f: Figure) -> list[str]:
    return [text_of(s, span) for span in f.hedges]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("At least 12 people died.", ["At least"]),
        ("An estimated 12 people died.", ["estimated"]),
        ("As many as 12 people may have died.", ["As many as", "may have"]),
        ("Twelve or more people died.", ["or more"]),
        ("The raid reportedly killed 12 people.", ["reportedly"]),
        ("No Orvanians were reported killed.", ["reported"]),
        ("Twelve people are thought to have died.", ["thought"]),
        ("Twelve people died.", []),
        ("It was reportedly late, and 12 people died.", []),
    ],
)
def test_hedges(read, text, expected):
    s = read(text)
    assert [hedges(s, f) for f in read_figures(s)] == [expected]


@pytest.mark.parametrize(
    "text, source",
    [
        ("The Red Crescent put the toll at 27.", "The Red Crescent"),
        ("The United Nations has put the toll at 27.", "The United Nations"),
        ("Doctors in Sarm counted 61 wounded.", "Doctors in Sarm"),
        ("At the hospital, doctors counted 61 wounded.", "doctors"),
        ("By the count of the Northern Records Office, 31 died.", "the Northern Records Office"),
        ("He killed 12 men by his own account.", "his own"),
        ("The law put 12 people behind bars.", None),
        ("Sixty deaths were reported.", None),
        ("It recorded 60 deaths.", None),
        ("The storm claimed 19 lives.", None),
    ],
)
def test_who_is_credited_without_being_quoted(read, text, source):
    s = read(text)
    (figure,) = read_figures(s)
    found = find_credit(s, figure)
    assert (text_of(s, found) if found else None) == source

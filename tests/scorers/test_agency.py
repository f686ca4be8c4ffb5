"""The scorer of agency: forms of harm, parties, what is no harm, counters and evidence, gold sentences."""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from framing.annotation import Annotator
from framing.harm import FORMS, Events, find_events
from framing.harm.inflection import BASE, ING, PARTICIPLE, PAST, PRESENT, inflection
from framing.lexicon import read_lexicons
from framing.scorers import agency
from framing.scorers.counts import Scored
from framing.text import Article
from framing.voice import VOICES

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import agency_accuracy as accuracy


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator([*read_lexicons(module="agency"), *read_lexicons(["armed-groups"])])


def read(annotator: Annotator, text: str, headline: bool = False) -> list[tuple[str, str, str, str]]:
    """Return (words, form, victim group, agent group) of each event in a text."""
    article = Article("a", "outlet", "" if headline else text, text if headline else "")
    batch = annotator([article])
    events, tokens = find_events(batch), batch.tokens
    return [
        (
            text[tokens.start[events.start[n]] : tokens.end[events.end[n] - 1]],
            FORMS[events.form[n]],
            events.groups[events.victim_group[n]],
            events.groups[events.agent_group[n]],
        )
        for n in range(len(events))
    ]


@pytest.mark.parametrize(
    ("text", "form", "agent"),
    [
        ("Police killed a striker.", "active", "police"),
        ("A striker was killed by police.", "passive-agent", "police"),
        ("A striker was killed.", "passive-agentless", "none"),
        ("The death of a striker was reported.", "nominal", "none"),
        ("A striker died.", "intransitive", "none"),
    ],
)
def test_one_event_in_five_forms(annotator: Annotator, text: str, form: str, agent: str) -> None:
    ((_, found, victim, doer),) = read(annotator, text)
    assert (found, victim, doer) == (form, "protesters", agent)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The nurse was shot by Tuesday.", [("shot", "passive-agentless", "medics", "none")]),
        ("The nurse was shot by the roadside.", [("shot", "passive-agentless", "medics", "none")]),
        ("Nurses were arrested by the hundreds.", [("arrested", "passive-agentless", "medics", "none")]),
        ("The nurse was shot by mistake by a guard.", [("shot", "passive-agent", "medics", "police")]),
        ("The nurse was wounded by a bullet.", [("wounded", "passive-agent", "medics", "things")]),
        ("The nurse died at the hands of the militia.", [("died", "intransitive", "medics", "none")]),
        ("A nurse killed at the hands of rebels is mourned.", [("killed", "passive-agent", "medics", "militants")]),
    ],
)
def test_only_some_by_phrases_are_agents(annotator: Annotator, text: str, events: list[tuple[str, ...]]) -> None:
    assert read(annotator, text) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Nine killed in mine blast", [("killed", "passive-agentless", "people", "none")]),
        ("Army shells harbour", [("shells", "active", "places", "soldiers")]),
        ("Nurse shot dead by sniper", [("shot dead", "passive-agent", "medics", "attackers")]),
        ("Guards shoot boy dead at gate", [("shoot", "active", "children", "police")]),
        ("Six dead as ferry sinks", [("dead", "intransitive", "people", "none")]),
    ],
)
def test_headlines_leave_out_auxiliaries(annotator: Annotator, text: str, events: list[tuple[str, ...]]) -> None:
    assert read(annotator, text, headline=True) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("An airstrike killed two nurses.", [("killed", "active", "medics", "things")]),
        ("A Russian airstrike killed two nurses.", [("killed", "active", "medics", "states")]),
        ("Two nurses were killed in an airstrike by Israel.", [("killed", "passive-agentless", "medics", "states")]),
        ("Two nurses died of their wounds.", [("died", "intransitive", "medics", "none")]),
        ("Clashes left two nurses dead.", [("dead", "active", "medics", "things")]),
        (
            "Two nurses were arrested after the airstrike.",
            [("arrested", "passive-agentless", "medics", "none"), ("airstrike", "nominal", "none", "none")],
        ),
    ],
)
def test_a_noun_that_is_only_the_cause_is_no_second_event(
    annotator: Annotator, text: str, events: list[tuple[str, ...]]
) -> None:
    assert read(annotator, text) == events


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Nobody was hurt.", ["hurt"]),
        ("No one was killed.", ["killed"]),
        ("No passengers were killed.", ["killed"]),
        ("The guards did not shoot the nurse.", ["shoot"]),
        ("No arrests were made.", ["arrests"]),
        ("The strikers left without killing anyone.", ["killing"]),
    ],
)
def test_negated_harm_is_apart(annotator: Annotator, text: str, verbs: list[str]) -> None:
    assert [(verb, form) for verb, form, *_ in read(annotator, text)] == [(verb, "negated") for verb in verbs]


@pytest.mark.parametrize(
    "text",
    [
        "The committee killed the bill.",
        "The hopes died, then the talks died.",
        "The wounded lay beside dead soldiers and a murdered clerk.",
        "Displaced families slept in the school.",
        "They shot a film and struck a deal.",
        "The premier attacked the budget; her attack on the proposal was long.",
        "The club beat its rivals and executed the plan.",
        "He shot himself.",
        "The death-defying act ended.",
        "Bombs fell, shells burst.",
    ],
)
def test_other_senses_are_no_harm(annotator: Annotator, text: str) -> None:
    assert read(annotator, text) == []


def test_a_weak_word_counts_beside_signs_of_force(annotator: Annotator) -> None:
    assert read(annotator, "The premier attacked the senator.") == []
    assert read(annotator, "Rebels attacked the senator.") == [("attacked", "active", "officials", "militants")]


@pytest.mark.parametrize(
    ("words", "bits"),
    [
        (("kill",), BASE),
        (("kills",), PRESENT),
        (("fatally", "shot"), PAST | PARTICIPLE),
        (("slain",), PARTICIPLE),
        (("rounding", "up"), ING),
    ],
)
def test_inflection(words: tuple[str, ...], bits: int) -> None:
    assert inflection(words) == bits


TEXT = (
    "Police killed a villager on Monday. Two villagers were shot in the square.\n\n"
    "“They were beaten by soldiers,” said a nurse. Nobody was arrested. The death of one villager is under review."
)


@pytest.fixture(scope="module")
def scored(annotator: Annotator) -> Scored:
    return agency.score(annotator([Article("a", "outlet", TEXT, "Rebels shot"), Article("b", "outlet", "Rain.")]))


def totals(scored: Scored) -> dict[str, float]:
    counts = scored.counts
    found: Counter[str] = Counter()
    for counter, value in zip(counts.counter.tolist(), counts.value.tolist(), strict=True):
        found[counts.names[counter]] += value
    return dict(found)


def test_counters(scored: Scored) -> None:
    assert totals(scored) == {
        "agency:harm:active:own": 1,
        "agency:harm:passive-agentless:own": 2,  # the headline, and the square
        "agency:harm:passive-agent:quoted": 1,
        "agency:harm:negated:own": 1,
        "agency:harm:nominal:own": 1,
        "agency-victim:civilians:active:own": 1,
        "agency-victim:civilians:passive-agentless:own": 1,
        "agency-victim:militants:passive-agentless:own": 1,
        "agency-victim:pronoun:passive-agent:quoted": 1,
        "agency-victim:civilians:nominal:own": 1,
        "agency-agent:police:active:own": 1,
        "agency-agent:none:passive-agentless:own": 2,
        "agency-agent:soldiers:passive-agent:quoted": 1,
        "agency-agent:none:nominal:own": 1,
        "agency-faceless:civilians:own": 2,
        "agency-faceless:militants:own": 1,
        "agency-faceless:all:own": 3,
    }


def test_the_evidence_adds_up_to_the_counters(scored: Scored, annotator: Annotator) -> None:
    mentions = scored.mentions
    assert mentions is not None
    batch = annotator([Article("a", "outlet", TEXT, "Rebels shot"), Article("b", "outlet", "Rain.")])
    rows = Counter(
        ":".join((mentions.module, *mentions.labels[label][:2], VOICES[voice]))
        for label, voice in zip(mentions.label.tolist(), mentions.voices(batch).tolist(), strict=True)
    )
    assert rows == {name: value for name, value in totals(scored).items() if name.startswith("agency:")}


def test_the_table_says_where_and_who(scored: Scored) -> None:
    rows = scored.tables["harms"].to_pylist()
    assert [(r["verb"], r["form"], r["negated"], r["harm"]) for r in rows] == [
        ("shot", "passive-agentless", False, "attack"),
        ("killed", "active", False, "kill"),
        ("shot", "passive-agentless", False, "attack"),
        ("beaten", "passive-agent", False, "abuse"),
        ("arrested", "passive-agentless", True, "detain"),
        ("death", "nominal", False, "kill"),
    ]
    assert [(r["victim"], r["agent"]) for r in rows[:4]] == [
        ("Rebels", ""),
        ("a villager", "Police"),
        ("Two villagers", ""),
        ("They", "soldiers"),
    ]
    assert rows[0]["section"] == "headline" and rows[0]["victim_referent"].startswith("armed-groups:")
    for row in rows[1:]:
        assert TEXT[row["start"] : row["end"]] == row["verb"]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"]


def test_measures_divide_the_counters(scored: Scored, annotator: Annotator) -> None:
    found = totals(scored)

    def value(name: str) -> float:
        measure = next(m for m in agency.measures(annotator.matcher.lexicons) if m.name == name)
        below = sum(found.get(c, 0) for c in measure.denominators)
        return sum(found.get(c, 0) for c in measure.numerators) / below if below else math.nan

    assert value("agency.agentless.own") == 2 / 3
    assert value("agency.active.own") == 1 / 3
    assert value("agency.faceless.own") == 3 / 4
    assert value("agency.agentless.civilians.own") == 1 / 2
    assert value("agency.faceless.civilians.own") == 2 / 3
    assert math.isnan(value("agency.agentless.settlers.own"))
    assert math.isnan(value("agency.agentless.attributed"))


def test_the_batch_makes_no_difference(annotator: Annotator) -> None:
    articles = [Article(str(n), "outlet", t) for n, t in enumerate([TEXT, "", "Rain.", "Guards shot him.", TEXT])]
    together = agency.score(annotator(articles)).tables["harms"].to_pylist()
    apart = [row for a in articles for row in agency.score(annotator([a])).tables["harms"].to_pylist()]
    assert together == apart


def test_nothing_to_read(annotator: Annotator) -> None:
    events: Events = find_events(annotator([]))
    assert len(events) == 0
    assert agency.score(annotator([Article("a", "outlet", "", "")])).tables["harms"].num_rows == 0


@pytest.mark.parametrize(
    "unit", ["killed ", "died, ", "people killed and the ", "( killed by ", "dozens of the dead of "]
)
def test_time_is_linear_in_the_length_of_a_sentence(annotator: Annotator, unit: str) -> None:
    def seconds(repeats: int) -> float:
        batch = annotator([Article("a", "outlet", unit * repeats)])
        begin = time.process_time()
        find_events(batch)
        return time.process_time() - begin

    assert seconds(16_000) < 12 * max(0.05, seconds(4_000))  # quadratic would be 16 times


def test_gold_sentences() -> None:
    """The level reached; the third marked "held" was looked at only when the rules were done, at 83 of 85."""
    scores = accuracy.score_sentences()
    assert {name: s.counts["sentences"] for name, s in scores.items()} == {"dev": 100, "held": 100, "corpus": 100}
    for name, least in (("dev", 0.98), ("held", 0.97), ("corpus", 0.98)):
        counts = scores[name].counts
        assert counts["form"] / counts["events"] >= least, (name, scores[name].errors)
        assert counts["passives right"] / counts["passives"] >= 0.98
        assert counts["victim"] / counts["found"] >= 0.9 and counts["agent"] / counts["found"] >= 0.95
        assert counts["spurious"] <= 1 and counts["traps right"] >= counts["traps"] - 1


def test_wilson_interval() -> None:
    low, high = accuracy.wilson(8, 10)
    assert low == pytest.approx(0.490, abs=0.001) and high == pytest.approx(0.943, abs=0.001)
    assert math.isnan(accuracy.wilson(0, 0)[0])

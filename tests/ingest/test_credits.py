"""Printed credits: what is one, of which kind, and what only looks like one."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from framing.ingest.credits import agency_title, find_agency, find_credits, identity, is_own
from framing.text import Article


def credits(text: str, upstream: str = "") -> list[tuple[str, str, str]]:
    """Return (agency, kind, printed words) of each credit."""
    article = Article("a", "Valley Post", text, upstream=upstream)
    return [(c.agency, c.kind, text[c.start : c.end].strip() if c.start >= 0 else "") for c in find_credits(article)]


BODY = "The dam above the town held through the night, engineers found in the morning.\n\n" * 30


@pytest.mark.parametrize(
    "text, agency",
    [
        ("PARIS (Reuters) - The dam held.", "reuters"),
        ("(Reuters) - The dam held.", "reuters"),
        ("NORBURG, Jan 24 (Reuters) – The dam held.", "reuters"),
        ("A headline\n\nNORBURG, Valland (AP) — The dam held.", "ap"),
        ("NORBURG, Valland (AP) The dam held.", "ap"),
        ("BEIJING, Jan. 24 (Xinhua) -- The dam held.", "xinhua"),
        ("MOSCOW, January 24. /TASS/. The dam held.", "tass"),
        ("CAIRO (MENA) - The dam held.", "mena"),
        ("New Delhi, Jan 24 (IANS): The dam held.", "ians"),
        ("By The Associated Press\nThe dam held.", "ap"),
        ("By Ida Berg, Associated Press\nThe dam held.", "ap"),
        ("BY REUTERS\nThe dam held.", "reuters"),
        (f"{BODY}(Reporting by Ida Berg in Norburg; Writing by Per Holm; Editing by Ann Roe)", "reuters"),
        (f"{BODY}Reporting by Ida Berg, Editing by Ann Roe", "reuters"),
        (f"{BODY}Copyright 2016 The Associated Press. All rights reserved.", "ap"),
        (f"{BODY}© 2019 AFP", "afp"),
        (f"{BODY}© Agence France-Presse", "afp"),
        (f"{BODY}This material may not be published, broadcast, rewritten or redistributed.", "ap"),
        (f"{BODY}Associated Press writers Ida Berg in Norburg and Per Holm contributed to this report.", "ap"),
        (f"{BODY}This story was originally published by Reuters.", "reuters"),
        (f"{BODY}The dam held. --IANS", "ians"),
        (f"{BODY}The dam held. (AFP)", "afp"),
    ],
)
def test_text_that_is_an_agency_s(text, agency):
    assert [(a, kind) for a, kind, _ in credits(text)] == [(agency, "wire")]


@pytest.mark.parametrize(
    "line, agencies",
    [
        ("The Associated Press contributed to this report.", ["ap"]),
        ("Ida Berg and The Associated Press contributed to this report.", ["ap"]),
        ("The Associated Press and Reuters contributed to this report.", ["ap", "reuters"]),
        ("Contributing: Ida Berg; The Associated Press", ["ap"]),
        (
            "This report contains material from The Associated Press, Reuters, and Bloomberg News.",
            "ap bloomberg reuters".split(),
        ),
        ("Material from the Associated Press was used in this report.", ["ap"]),
        ("(with inputs from PTI)", ["pti"]),
        ("With files from The Canadian Press", ["cp"]),
        ("Additional reporting by AFP", ["afp"]),
    ],
)
def test_texts_that_an_agency_contributed_to(line, agencies):
    found = credits(BODY + line)
    assert [a for a, _, _ in found] == agencies
    assert {kind for _, kind, _ in found} == {"part"}


@pytest.mark.parametrize(
    "sentence, agency, printed",
    [
        ("They met in separate rooms, reports Bloomberg.", "bloomberg", "reports Bloomberg"),
        ("An engineer told Reuters the dam would hold.", "reuters", "told Reuters"),
        ("The dam held, according to a Xinhua report.", "xinhua", "according to a Xinhua"),
        ("According to the semi-official Tasnim, the dam held.", "tasnim", "According to the semi-official Tasnim"),
        ("The dam held, Press TV reported.", "press-tv", "Press TV reported"),
        ("He said so in an interview with the Associated Press.", "ap", "interview with the Associated Press"),
        ("The TASS news agency quoted an engineer.", "tass", "TASS news agency quoted"),
        ("The dam held, citing Turkish state agency Anadolu.", "anadolu", "citing Turkish state agency Anadolu"),
    ],
)
def test_facts_cited_from_an_agency(sentence, agency, printed):
    assert credits(sentence) == [(agency, "mention", printed)]


@pytest.mark.parametrize(
    "text",
    [
        "The Associated Press called the election shortly before midnight.",
        "A Reuters/Ipsos poll found little support for the dam.",
        "An Associated Press photographer saw the water rise.",
        "The mayor said Mr. Bloomberg reported the sum to the council.",
        "He told Michael Bloomberg that the dam would hold.",
        "Rain fell over the MENA region, and the APP was updated, according to PA.",
        "The council met (AP photo) on Monday.",
        "Image copyright Reuters Image caption The dam above the town",
        "The bank paid AFPX for its work, SANATORIUM guests said.",
        "The dam above Sanaa held, residents said.",
        "(Reporting by the council is late.)",
        "The dam held (Ida Berg/Reuters)\n\nThe town slept.",
        "",
    ],
)
def test_what_only_looks_like_a_credit(text):
    assert credits(text) == []


def test_a_rights_notice_counts_at_the_end_only():
    notice = "Copyright 2016 The Associated Press."
    assert credits(notice + "\n\n" + BODY) == []
    assert credits(BODY + notice) == [("ap", "wire", "Copyright 2016 The Associated Press")]


def test_the_stated_upstream_comes_first_and_stands_outside_the_text():
    found = find_credits(Article("a", "Valley Post", "The dam held, reports Bloomberg.", upstream=" Reuters "))
    assert [(c.agency, c.kind, c.rule) for c in found] == [
        ("reuters", "wire", "upstream"),
        ("bloomberg", "mention", "cited"),
    ]
    assert (found[0].start, found[0].end) == (-1, -1)
    assert credits("The dam held.", upstream="Harbour Wire") == [("Harbour Wire", "wire", "")]


def test_names_in_any_case_and_with_the_article():
    assert find_agency("the associated press") == find_agency("AP") == "ap"
    assert find_agency("Valley Post") == ""
    assert agency_title("ap") == "Associated Press" and agency_title("Valley Post") == "Valley Post"
    assert identity("The Valley Post") == identity("valley post") != identity("Valley Times")


def test_an_agency_that_names_itself_credits_nobody_else():
    (credit,) = find_credits(Article("a", "Reuters", "NORBURG (Reuters) - The dam held."))
    assert is_own(credit, "Reuters") and not is_own(credit, "Valley Post")


def test_places_are_of_the_printed_words():
    text = "Rain.\n\nNORBURG (AP) — The dam held, an engineer told the AP."
    found = find_credits(Article("a", "Valley Post", text))
    assert [text[c.start : c.end] for c in found] == ["NORBURG (AP) —", "told the AP"]


def test_hostile_texts_take_no_time_and_raise_nothing():
    for text in ("Reuters " * 20_000, "(" * 50_000, "By " * 20_000 + "AP", "told the " * 10_000 + "\x00\ud83d\n" * 99):
        find_credits(Article("a", "A", text))


def test_every_agency_and_rule_says_why():
    data = tomllib.loads((files("framing.ingest") / "agencies.toml").read_text("utf-8"))
    keys = [row["key"] for row in data["agency"]]
    assert len(keys) == len(set(keys)) >= 50
    assert all(row["basis"] for row in [*data["agency"], *data["rule"]])
    names = [name for row in data["agency"] for name in (*row["names"], *row.get("tags", ()))]
    assert len(names) == len(set(names))
    for row in data["rule"]:
        assert row["kind"] in ("wire", "part", "mention") and row["where"] in ("line", "head", "tail", "end", "any")
        for form in [row["form"]] if isinstance(row["form"], str) else row["form"]:
            re.compile(re.sub(r"\{(agency|agencies|tag|bare)\}", "X", form))

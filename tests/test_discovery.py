"""Discovery: what is shown and left out, names that fill the slots of known ones, and drafts that lint."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner

from framing.analysis import Analysis, analyse, open_analysis
from framing.cli.keyness import discover, keyness, read_lengths
from framing.discovery import CandidateFinder, KnownPhrases, choose_marks, find_sentences, read_field, write_draft
from framing.discovery.draft import DraftCategory, DraftTerm
from framing.discovery.marks import name_forms
from framing.discovery.search import choose_articles, rank_referents
from framing.engine.run import batches
from framing.errors import InputError
from framing.lexicon import Lexicon, read_lexicon
from framing.lexicon_checks import lint, run_examples
from framing.phrases import count_phrases
from framing.statistics.keyness import compute_keyness
from framing.text import Article

TOWNS = ["Arda", "Belm", "Corvo", "Dunsk", "Elba", "Farrow", "Gant", "Holm", "Istria", "Jarrow", "Kolm", "Lund"]
TERMS = """category,term,weight,basis,source,note
fighters,rebel(s),0,judgement,,plain
fighters,insurgent(s),0,judgement,,plain
army,army,0,judgement,,plain
"""
HEAD = """title = "Test"
module = "naming"
language = "en"
version = "1"
licence = "CC0-1.0"
scale = [-2.0, 2.0]
scale_meaning = "direction"
[categories.fighters]
label = "The fighters"
kind = "armed-group"
[categories.army]
label = "The army"
kind = "forces"
"""


def tell(town: str, name: str, number: int) -> str:
    """An invented report in which the fighters stand in four slots; each town and number makes other sentences."""
    return " ".join(
        [
            f"The {name} in {town} fired {number + 3} rockets at the harbour.",
            f"Later the {name} withdrew from {town} by boat.",
            f"A {name}-held bridge near {town} was shut for {number + 2} days.",
            f"The army chased {name} across the river in {town}.",
            f"Bakers in {town} sold bread on day {number + 4} of the siege.",
        ]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("discovery")
    lexicon = root / "siege"
    lexicon.mkdir()
    (lexicon / "lexicon.toml").write_text(HEAD, encoding="utf-8")
    (lexicon / "terms.csv").write_text(TERMS, encoding="utf-8")
    (lexicon / "examples.csv").write_text("text,category,expected\n", encoding="utf-8")
    names: Mapping[str, str] = {"North": "rebels", "South Wire": "gunmen", "West": "insurgents"}
    articles = [
        Article(f"{outlet[0]}{i:02d}", outlet, tell(town, name, i), title=f"Siege of {town}", event=town)
        for outlet, name in names.items()
        for i, town in enumerate(TOWNS)
    ]
    analyse(articles, [lexicon], output=root / "out", modules=["naming"]).close()
    return root / "out"


@pytest.fixture
def analysis(folder: Path) -> Analysis:
    return open_analysis(folder)


def test_a_name_in_the_slots_of_known_names_comes_first(analysis: Analysis) -> None:
    finder = CandidateFinder(read_field(batches(analysis.articles()), analysis.table("mentions").arrow))
    best = finder.find("siege", "fighters")[0]
    assert (best.phrase, best.count, best.articles, best.outlets) == ("gunmen", 48, 12, ("South Wire",))
    slots = {slot.text: slot.count for slot in best.slots}
    assert slots["a X-held"] == 12 and slots["chased X across"] == 12 and slots["X in NAME"] == 12
    assert [p.article_id for p in best.places] == ["S00", "S01", "S02"]
    assert finder.count_mentions("siege", "fighters") == 96


def test_known_names_are_no_candidates_unless_hidden(analysis: Analysis) -> None:
    field = read_field(batches(analysis.articles()), analysis.table("mentions").arrow)
    finder = CandidateFinder(field)
    assert not {"rebels", "army", "insurgents"} & {c.phrase for c in finder.find("siege", "fighters", limit=99)}
    terms = np.array([label[2] == "insurgent(s)" for label in field.mentions.labels])
    found = finder.find("siege", "fighters", hidden=terms[field.mentions.label])
    assert {found[0].phrase, found[1].phrase} == {"gunmen", "insurgents"}


def test_one_outlet_only_and_too_few_mentions(analysis: Analysis) -> None:
    finder = CandidateFinder(read_field(batches(analysis.articles()), analysis.table("mentions").arrow))
    assert "gunmen" not in {c.phrase for c in finder.find("siege", "fighters", outlet="North")}
    assert finder.find("siege", "nobody") == []


def test_no_articles_give_no_candidates(analysis: Analysis) -> None:
    finder = CandidateFinder(read_field([], analysis.table("mentions").arrow))
    assert finder.find("siege", "fighters") == []


def test_own_name_and_known_phrases_are_left_out_and_told() -> None:
    articles = [
        Article(f"{outlet}{i:02d}", outlet, text.format(TOWNS[i]))
        for outlet, text in (
            ("The North Post", "The rebels of {0} told the North Post. Grim brigands fled to {0}."),
            ("South", "The mayor of {0} spoke of the harbour."),
        )
        for i in range(12)
    ]
    counts = count_phrases([articles])
    rows = counts.rows_of("The North Post")
    table = compute_keyness(counts, rows, np.setdiff1d(np.arange(24), rows))
    lexicon = {"name": "x", "module": "naming", "title": "", "scale": [-2, 2]}
    known = KnownPhrases([{**lexicon, "categories": {"a": {"label": "A"}}, "terms": [["a", "rebel(s)", 0.0]]}])
    marks = choose_marks(table, counts, outlets=["The North Post"], known=known)
    assert [r["phrase"] for r in marks.left_out["known"]] == ["rebels"]
    assert all("North Post" in r["phrase"] for r in marks.left_out["name"]) and marks.left_out["name"]
    shown = {r["phrase"] for r in marks.rows}
    # What the longer phrase explains is not shown besides.
    assert "Grim brigands fled" in shown and not {"brigands", "grim brigands", "brigands fled"} & shown
    others = {r["phrase"] for r in choose_marks(table, counts, others=True).rows}
    assert {"mayor", "harbour"} <= others or any("mayor" in p for p in others)


def test_refrains_and_all_that_holds_them_are_left_out() -> None:
    gallery = " ".join(f"Hide caption {w}." for w in ("one", "two", "three", "four", "five", "six", "seven") * 4)
    articles = [Article(f"a{i:02d}", "A", f"{gallery} Calm bakers sold bread in {TOWNS[i]}.") for i in range(12)]
    articles += [Article(f"b{i:02d}", "B", f"The mayor of {TOWNS[i]} spoke at length today.") for i in range(12)]
    counts = count_phrases([articles], keep_repeats=True)
    rows = counts.rows_of("A")
    marks = choose_marks(compute_keyness(counts, rows, np.setdiff1d(np.arange(24), rows)), counts)
    assert {"Hide caption"} <= {r["phrase"] for r in marks.left_out["refrain"]}
    assert not any("caption" in r["phrase"].casefold() for r in marks.rows)


def test_of_two_windows_on_a_longer_phrase_one_is_shown() -> None:
    texts = ("Then spokesman Harl Odo Brandt Vinje of {} spoke.", "The mayor of {} spoke at length today.")
    articles = [Article(f"{o}{i:02d}", o, texts[o == "B"].format(TOWNS[i])) for o in "AB" for i in range(12)]
    counts = count_phrases([articles])
    rows = counts.rows_of("A")
    marks = choose_marks(compute_keyness(counts, rows, np.setdiff1d(np.arange(24), rows)), counts)
    # Five words have two windows of four: "spokesman Harl Odo Brandt" and "Harl Odo Brandt Vinje".
    assert [r["phrase"] for r in marks.rows if "Brandt" in r["phrase"]] == ["Harl Odo Brandt Vinje"]


@pytest.mark.parametrize(
    "outlet, forms",
    [
        ("The North Post", [("north", "post"), ("northpost",)]),
        ("CNX (Web News)", [("cnx",)]),
        ("City Times - News", [("city", "times"), ("citytimes",)]),
        ("NPX Online News", [("npx", "online", "news"), ("npxonlinenews",), ("npx",)]),
        ("US News", [("us", "news"), ("usnews",)]),
        ("USA TODAY", [("usa", "today"), ("usatoday",)]),
        ("(?)", []),
    ],
)
def test_forms_of_an_outlet_name(outlet: str, forms: list[tuple[str, ...]]) -> None:
    assert name_forms(outlet) == forms


def test_examples_come_from_different_articles_of_the_side(analysis: Analysis) -> None:
    counts = count_phrases(batches(analysis.articles()))
    by_id = {a.id: a for a in analysis.articles()}
    rows = counts.rows_of("South Wire")
    found = find_sentences(counts, rows, [("gunmen",)], lambda ids: {i: by_id[i] for i in ids}, most=2)
    told = found["gunmen",]
    assert [e["outlet"] for e in told] == ["South Wire"] * 2 and len({e["article_id"] for e in told}) == 2
    assert all(e["phrase"] == "gunmen" and "gunmen" in e["sentence"] for e in told)


def test_a_draft_lints_and_its_examples_pass(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "draft"
    done = CliRunner().invoke(discover, [str(folder), "-r", "siege/fighters", "-o", str(target)])
    assert done.exit_code == 0 and "gunmen" in done.output
    assert not [p for p in lint(target) if p.severity == "error"]
    lexicon = read_lexicon(target)
    results = run_examples(lexicon)
    assert results and all(r.passed for r in results)
    assert any(not r.example.expected for r in results)
    gunmen = next(t for t in lexicon.terms if t.pattern == "gunmen")
    assert (gunmen.category, gunmen.weight, gunmen.basis) == ("siege-fighters", 0.0, "judgement")
    assert gunmen.note.startswith("candidate: decide weight; seen 48 times in 12 articles; slots: ")
    with (target / "candidates.csv").open(encoding="utf-8", newline="") as file:
        rows = {r["phrase"]: r for r in csv.DictReader(file)}
    assert rows["gunmen"]["referent"] == "siege-fighters" and rows["gunmen"]["sentences"].startswith("S")


def test_the_same_search_writes_the_same_bytes_and_never_over_another(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert CliRunner().invoke(discover, [str(folder), "-o", str(tmp_path / name)]).exit_code == 0
    files = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert files == ["candidates.csv", "examples.csv", "lexicon.toml", "terms.csv"]
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)
    refused = CliRunner().invoke(discover, [str(folder), "-o", str(tmp_path / "one")])
    assert isinstance(refused.exception, InputError) and "exists already" in str(refused.exception)


def test_hostile_phrases_are_left_out_or_escaped(tmp_path: Path) -> None:
    text = "=cmd|' /C calc'!A0 and the grim men of Arda left the old town.\x1b[31m The mayor stayed at home that day."
    article = Article("=1+1", "@Outlet", text)
    category = DraftCategory("a", 'A "label"\nkind = "x"', "no kind")
    terms = [
        DraftTerm("a", phrase, 1.0, 2, 1, ("@Outlet",), "slots: =X\n", ("=1+1",))
        for phrase in ("grim men", "(a|b", "a*", "i'm", "grim men", "never seen")
    ]
    draft = write_draft(tmp_path / "draft", "=title\n[x]", [category], terms, {article.id: article})
    assert [t.phrase for t in draft.terms] == ["grim men"]
    assert {phrase for phrase, _ in draft.left_out} == {"(a|b", "a*", "i'm", "grim men", "never seen"}
    assert not [p for p in lint(tmp_path / "draft") if p.severity == "error"]
    assert all(r.passed for r in run_examples(read_lexicon(tmp_path / "draft")))
    cells = [
        c
        for f in ("terms", "examples", "candidates")
        for r in csv.reader((tmp_path / "draft" / f"{f}.csv").open())
        for c in r
    ]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


def test_a_draft_without_any_candidate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no candidate can be written"):
        write_draft(tmp_path / "draft", "t", [DraftCategory("a", "A", "other")], [], {})
    assert not (tmp_path / "draft").exists()


def test_referents_are_ranked_and_articles_chosen_by_what_they_name(analysis: Analysis, folder: Path) -> None:
    from framing.store import Folder

    stored = Folder(folder)
    assert rank_referents(stored, "own") == [("siege", "fighters"), ("siege", "army")]
    mentions = stored.table("mentions")
    mentions = mentions.filter(pa.array([i.startswith("N") for i in mentions["article_id"].to_pylist()]))
    chosen, total = choose_articles(stored, mentions, [("siege", "fighters")], most=12)
    assert total == 36 and {i[0] for i in chosen} == {"N"}


def test_keyness_command_shows_both_sides_with_examples(folder: Path) -> None:
    done = CliRunner().invoke(keyness, [str(folder), "South Wire", "--against", "North"])
    assert done.exit_code == 0
    assert "Marks South Wire" in done.output and "Marks North" in done.output
    ours, theirs = done.output.split("Marks North")
    assert "gunmen" in ours and "rebels" in theirs
    assert "--same-event compares within events" in done.output


def test_keyness_command_for_machines(folder: Path) -> None:
    done = CliRunner().invoke(
        keyness, [str(folder), "South Wire", "--same-event", "--words", "1", "--not-in-lexicons", "--json"]
    )
    rows = json.loads(done.output)
    first = next(r for r in rows if r["marks"] == "South Wire")
    assert first["phrase"] == "gunmen" and first["count"] == 36  # never cut out of "gunmen-held"
    assert first["example"]["outlet"] == "South Wire"
    assert not {"rebels", "insurgents"} & {r["phrase"] for r in rows}


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["East"], "no outlet 'East'"),
        (["North", "--against", "North"], "with itself"),
        (["North", "--words", "5"], "from 1 to 4"),
        (["North", "--words", "3-2"], "lower first"),
    ],
)
def test_keyness_command_refuses(folder: Path, arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(keyness, [str(folder), *arguments])
    assert isinstance(done.exception, InputError) and message in str(done.exception)


def test_lengths() -> None:
    assert (read_lengths("2"), read_lengths(" 1-4 ")) == ((2, 2), (1, 4))


def test_known_phrases_match_whole_and_without_topic(small_lexicon: Lexicon) -> None:
    record = {
        "name": "small",
        "module": "naming",
        "title": "",
        "scale": [-2, 2],
        "categories": {k: {"label": c.label} for k, c in small_lexicon.categories.items()},
        "terms": [
            [t.category, t.pattern, None if t.blocker else t.weight, "judgement", "", ""] for t in small_lexicon.terms
        ],
    }
    known = KnownPhrases([record])
    assert known(["freedom fighters", "rebels", "rebel's", "rebel leaders", "regime change", ""]).tolist() == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert known([]).tolist() == []

"""Two tables of a report, counted on paper: which sides speak, and which figures of the dead outlets give."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from reading import Document, Element
from valley_data import NAMES, write_lexicon

import framing
from framing import Analysis, Article
from framing.report import write_report
from framing.report.page.event_figures import compare_events, read_event
from framing.report.page.sides import SideTable, build_sides, side_id, spans_id
from framing.report.results import Results, outlet_id
from framing.report.wording import short_period

FIGHTERS, COUNCIL = ("valley", "fighters"), ("valley", "council")
SIDES, EVENTS = "Which sides speak", "The same event, outlet by outlet"
MODULES = (*NAMES, "sourcing", "casualties")


def speaking() -> list[Article]:
    """Four outlets without headlines and events.

    quoted and attributed words    fighters                    council              the mayor    all
    Alpha, 12 articles             (6 + 5) * 12 = 132          5 in each of 2       1 * 12       154
    Beta, 12 articles              none                        5 * 12 = 60                       60
    Gamma, 3 articles              2 * 3 = 6                   none                              6
    Delta, 3 articles              nobody speaks
    """
    theirs = (
        "The rebels said that the bridge was theirs now. They said that nobody would cross it. “Rain,” said the mayor."
    )
    lost = "The council said that the bridge was lost."
    texts = {
        "Alpha": [theirs + (f" {lost}" if i < 2 else "") for i in range(12)],
        "Beta": [lost] * 12,
        "Gamma": ["“We wait,” said the rebels."] * 3,
        "Delta": ["Rain fell on the rebels."] * 3,
    }
    return [
        Article(f"{outlet}{i:02}", outlet, text, "", f"2031-05-{i + 1:02}")
        for outlet, found in texts.items()
        for i, text in enumerate(found)
    ]


def telling() -> list[Article]:
    """Articles on two events of which somebody gives figures of the dead; only of one do two outlets."""
    first, second = "Twelve people were killed at the bridge.", "The council said that 14 people were killed there."
    return [
        Article(
            "a1", "Alpha", f"{first} It was up from 3 people killed in April.", "", "2031-05-01", "", "bridge-attack"
        ),
        Article("a2", "Alpha", second, "", "2031-05-02", "", "bridge-attack"),
        Article(
            "b1", "Beta", "The council said at least 12 people were killed.", "", "2031-05-03", "", "bridge-attack"
        ),
        Article("c1", "Gamma", "Rain fell.", "", "2031-05-01", "", "bridge-attack"),
        Article("a3", "Alpha", "Dozens of people were killed on the hill.", "", "2031-06-01", "", "hill_fire"),
        Article("b3", "Beta", "The hill burns.", "", "2031-06-02", "", "hill_fire"),
        Article("b4", "Beta", "Dozens of people were killed.", "", "2031-06-02"),
        Article("d1", "Delta", "Rain fell.", "", "2031-06-02"),
    ]


@pytest.fixture(scope="module")
def voices(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("voices") / "analysis"
    return framing.analyse(speaking(), valley_lexicon, folder, modules=MODULES, resamples=200)


@pytest.fixture(scope="module")
def deaths(valley_lexicon: Path, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("deaths") / "analysis"
    return framing.analyse(telling(), valley_lexicon, folder, modules=MODULES, resamples=100)


def read(analysis: Analysis, folder: Path, outlets: list[str] | None = None) -> Document:
    """Write a report and read it back; no link of it is dead, no id is there twice, headings and tables are whole."""
    page = Document(write_report(analysis, folder / "report.html", outlets).read_text(encoding="utf-8"))
    assert all(a.attributes["href"][1:] in page.by_id for a in page.all("a") if a.attributes["href"].startswith("#"))
    assert len(page.ids) == len(set(page.ids))
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(th.attributes.get("scope") for th in page.all("th"))
    assert all(len(t.all("caption")) == 1 for t in page.all("table"))
    return page


def tables_under(page: Document, heading: str) -> list[Element]:
    """The tables between a heading and the end of its section."""
    (title,) = [h for h in page.by_id["wording"].all("h4") if h.text == heading]
    assert title.parent is not None
    after = title.parent.children[title.parent.children.index(title) + 1 :]
    stop = next((n for n, e in enumerate(after) if e.tag == "h4"), len(after))
    return [t for e in after[:stop] for t in e.all("table")]


def rows_of(table: Element) -> dict[str, list[str]]:
    """First text of each row -> its cells."""
    return {
        tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in table.all("tbody")[0].all("tr") if tr.all("th")
    }


# -- which sides speak


def test_a_side_has_its_share_its_interval_and_its_articles(voices: Analysis, tmp_path: Path) -> None:
    (table,) = tables_under(read(voices, tmp_path), SIDES)
    assert [th.text for th in table.all("thead")[0].all("th")] == ["Side", "Alpha", "Beta", "Delta", "Gamma"]
    rows = rows_of(table)
    assert list(rows) == ["Fighters of the valleyThe valley", "Council of the valleyThe valley"]  # 138 and 70 words
    fighters, council = rows.values()
    assert re.fullmatch(r"86% sentences\d+–\d+%12 articles", fighters[0])  # 132 of 154
    assert fighters[1:] == ["0", "no evidence", "100% sentences3 articles, too few (3) with others’ words"]
    assert re.fullmatch(r"6% sentences\d+–\d+%2 articles", council[0])  # 10 of 154
    assert council[1:] == ["100% sentences81–100%12 articles", "no evidence", "0"]


def test_few_articles_are_grey_and_nothing_is_no_number(voices: Analysis, tmp_path: Path) -> None:
    page = read(voices, tmp_path)
    gamma, beta = page.by_id[side_id("Gamma", FIGHTERS)], page.by_id[side_id("Beta", FIGHTERS)]
    assert gamma.attributes["class"] == "few" and "class" not in page.by_id[side_id("Alpha", FIGHTERS)].attributes
    assert not beta.all("a") and beta.all("span", "zero")
    assert side_id("Delta", FIGHTERS) not in page.by_id
    assert "only where a lexicon of names knows" in page.by_id["wording"].text


def test_each_share_links_to_sentences_with_their_speaker(voices: Analysis, tmp_path: Path) -> None:
    page = read(voices, tmp_path)
    cell, group = page.by_id[side_id("Alpha", FIGHTERS)], page.by_id[spans_id("Alpha", FIGHTERS)]
    assert cell.all("a")[0].attributes["href"] == "#" + group.attributes["id"]
    assert group.all("h5")[0].all("a")[0].attributes["href"] == "#" + cell.attributes["id"]
    again = [li.all("p", "again")[0] for li in group.all("li")]  # the page has printed them as mentions of the rebels
    said = [page.by_id[p.all("a")[0].attributes["href"][1:]] for p in again]
    assert [p.text for p in said] == ["The rebels said that the bridge was theirs now."] * 3  # named, of three articles
    assert [m.text for m in again[0].all("mark", "attributed")] == ["that the bridge was theirs now"]
    where = [li.all("p", "where")[0].text for li in group.all("li")]
    assert where[0] == "attributed Speaker: The rebels. 1 May 2031"
    assert [re.search(r"\d May", text)[0] for text in where] == ["1 May", "2 May", "3 May"]  # type: ignore[index]
    assert "and 21 more: framing table DIR speakers" in group.text  # 24 spans
    assert spans_id("Beta", FIGHTERS) not in page.by_id


def test_behind_a_pronoun_stands_who_spoke_before(valley_lexicon: Path, tmp_path: Path) -> None:
    text = "The rebels said that it rained. They said that nobody would cross. The council said that it rained."
    analysis = framing.analyse([Article("x", "Alpha", text)], valley_lexicon, modules=MODULES, resamples=100)
    group = read(analysis, tmp_path).by_id[spans_id("Alpha", FIGHTERS)]
    where = [p.text.partition(". ")[0] for p in group.all("p", "where")]
    assert where == ["attributed Speaker: The rebels", "attributed Speaker: They (before: The rebels)"]


def sentences(table: SideTable | None) -> list[tuple[str, int]]:
    assert table is not None
    return [(n.id, len(n.sentences)) for _, _, numbers in table.evidence for n in numbers]


def test_sentences_of_sides_are_shared_out(voices: Analysis) -> None:
    results = Results(voices)
    every = build_sides(results, results.outlets)
    assert [n for _, n in sentences(every)] == [3, 3, 2, 3]  # fighters in Alpha and Gamma, council in Alpha and Beta
    few = build_sides(results, results.outlets, most=2)
    assert few is not None and [n for _, n in sentences(few)] == [1, 1]
    linked = [c.link for row in few.open for c in row.cells if c.link]
    assert linked == [i for i, _ in sentences(few)]


def test_outlets_that_are_not_shown_do_not_count(voices: Analysis, tmp_path: Path) -> None:
    (table,) = tables_under(read(voices, tmp_path, ["Beta", "Gamma"]), SIDES)
    assert list(rows_of(table)) == ["Council of the valleyThe valley", "Fighters of the valleyThe valley"]  # 60 and 6
    assert SIDES not in read(voices, tmp_path, ["Delta"]).root.text


def test_ten_sides_are_shown_the_last_four_folded(tmp_path: Path) -> None:
    names = "ambers blues corals duns ebons fawns greys hazels ivories jades khakis limes".split()
    head = 'title = "Colours"\nmodule = "naming"\nlanguage = "en"\nversion = "1.0.0"\nlicence = "CC0"\n'
    head += 'scale = [-2.0, 2.0]\nscale_meaning = "Direction."\ndescription = "Parties."\n'
    toml = head + "".join(f'[categories.{n}]\nlabel = "The {n}"\nkind = "armed-group"\n' for n in names)
    terms = "category,term,weight,basis,source,note\n" + "".join(f"{n},{n},0,judgement,,\n" for n in names)
    lexicon = write_lexicon(tmp_path / "colours", toml, terms, "text,category,expected\nThe blues left.,blues,blues\n")
    # The first says 13 words, the last two.
    texts = [f"The {name} said that {'very ' * (11 - number)}soon." for number, name in enumerate(names)]
    analysis = framing.analyse([Article("x", "Alpha", " ".join(texts))], lexicon, modules=MODULES, resamples=100)
    page = read(analysis, tmp_path)
    shown, folded = tables_under(page, SIDES)
    assert list(rows_of(shown)) == [f"The {n}Colours" for n in names[:6]]
    assert list(rows_of(folded)) == [f"The {n}Colours" for n in names[6:10]]
    (fold,) = [d for d in page.by_id["wording"].all("details") if folded in d.all("table")]
    assert fold.all("summary")[0].text == "4 more sides" and "open" not in fold.attributes


def test_a_long_speech_is_cut(valley_lexicon: Path, tmp_path: Path) -> None:
    text = f"Smoke rose. The rebels said: “{'We wait here. ' * 200}We wait.”"
    analysis = framing.analyse([Article("x", "Alpha", text)], valley_lexicon, modules=MODULES, resamples=100)
    (said,) = read(analysis, tmp_path).by_id[spans_id("Alpha", FIGHTERS)].all("p", "said")
    assert said.text.startswith("The rebels said: “We wait here. We") and re.search(r" (We|wait|here\.) …$", said.text)
    assert 300 < len(said.text) < 430 and len(said.all("mark", "quoted")) == 1


# -- figures of the dead


def test_figures_of_an_event_stand_side_by_side(deaths: Analysis, tmp_path: Path) -> None:
    page = read(deaths, tmp_path)
    (table,) = tables_under(page, EVENTS)
    assert [th.text for th in table.all("thead")[0].all("th")] == ["Event", "Alpha", "Beta", "Delta", "Gamma"]
    # 3 people are of before. The hill has figures by one outlet only.
    assert rows_of(table) == {
        "Bridge attack1–3 May 2031": [
            "12–141 of 2 credited", "121 of 1 credited", "no article", "– no figure"
        ]
    }  # fmt: skip
    assert "Figures differ also because articles were written at different times" in page.by_id["wording"].text


def test_only_outlets_shown_are_compared(deaths: Analysis, tmp_path: Path) -> None:
    assert EVENTS not in read(deaths, tmp_path, ["Alpha", "Gamma"]).root.text
    (row,) = compare_events(Results(deaths), ["Alpha", "Beta"])
    assert (row.label, row.dates, [c.said for c in row.cells]) == ("Bridge attack", "1–3 May 2031", ["12–14", "12"])


def test_events_with_most_outlets_come_on_the_page_by_date(valley_lexicon: Path, tmp_path: Path) -> None:
    articles = [
        Article(f"{outlet}{n}", outlet, f"{n + 2} people were killed.", "", f"2031-05-{20 - n}", "", f"fire-{n}")
        for n in range(8)
        for outlet in ("ABC" if n in (0, 7) else "AB")
    ]
    analysis = framing.analyse(articles, valley_lexicon, modules=MODULES, resamples=100)
    rows = compare_events(Results(analysis), ["A", "B", "C"])
    assert [r.label for r in rows] == ["Fire 7", "Fire 4", "Fire 3", "Fire 2", "Fire 1", "Fire 0"]
    assert [c.said for c in rows[0].cells] == ["9", "9", "9"] and rows[1].cells[2].articles == 0


@pytest.mark.parametrize(
    "event, label",
    [
        ("bridge-attack_2", "Bridge attack 2"),
        ("", "(no name)"),
        ("x" * 99, "X" + "x" * 58 + "…"),
        ("a\x00\n  b", "A b"),
    ],
)
def test_the_id_of_an_event_is_made_readable(event: str, label: str) -> None:
    assert read_event(event) == label


@pytest.mark.parametrize(
    "first, last, said",
    [
        ("2031-05-01", "2031-05-03", "1–3 May 2031"),
        ("2031-05-30", "2031-06-03", "30 May to 3 June 2031"),
        ("2031-12-30", "2032-01-03", "30 December 2031 to 3 January 2032"),
        ("2031-05-01", "2031-05-01", "1 May 2031"),
        ("soon", "soonish", "soon to soonish"),
        ("", "", "undated"),
    ],
)
def test_days_say_once_what_they_share(first: str, last: str, said: str) -> None:
    assert short_period(first, last) == said


# -- without a trace


def test_without_the_modules_nothing_is_said_of_them(wordings: Analysis, tmp_path: Path) -> None:
    page = read(wordings, tmp_path)
    assert page.by_id[outlet_id("Alpha")] and page.by_id["wording"]
    for word in (SIDES, EVENTS, "Speaker:", "side that speaks", "DIR speakers", "credited"):
        assert word not in page.root.text


def test_where_no_side_speaks_and_no_article_has_an_event_there_is_no_table(
    valley_lexicon: Path, tmp_path: Path
) -> None:
    text = "“Twelve people were killed,” said the mayor."
    articles = [Article(f"{o}1", o, text) for o in ("Alpha", "Beta")]
    analysis = framing.analyse(articles, valley_lexicon, modules=MODULES, resamples=100)
    page = read(analysis, tmp_path)
    titles = [h.text for h in page.by_id["wording"].all("h3")]
    assert "Who speaks" in titles and "Figures of casualties" in titles
    for word in (SIDES, EVENTS, "Speaker:", "side that speaks", "DIR speakers"):
        assert word not in page.root.text


def test_strings_of_speakers_and_events_are_escaped(valley_lexicon: Path, tmp_path: Path) -> None:
    text = "“The bridge is ours,” the rebels <b>of <script>the bridge</script></b> said. Twelve people were killed."
    articles = [Article(f"{o}1", o, text, event="<b>bridge</b>-\"attack'") for o in ("<i>A</i>", "B")]
    page = read(framing.analyse(articles, valley_lexicon, modules=MODULES, resamples=100), tmp_path)
    assert not page.all("b") and not page.all("i") and len(page.all("script")) == 1
    assert "<b>bridge</b> \"attack'" in tables_under(page, EVENTS)[0].text
    assert "Speaker: the rebels <b>" in page.by_id["sentences"].text

"""The report: numbers and mentions linked both ways, one file, nothing that runs or loads."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hostile import HOSTILE, hostile_analysis
from reading import Document, Element
from valley_data import NAMES, valley_articles, write_lexicon

import framing
from framing import Analysis, Article
from framing.errors import InputError
from framing.report import write_report
from framing.report.citing import program_version
from framing.report.page.build import build_page
from framing.report.page.evidence import share_out
from framing.report.page.html import render_page, safe_url
from framing.report.page.known_errors import list_known_errors
from framing.report.page.overview import count_differences
from framing.report.page.sentences import LONGEST, find_window, single_spaced, split_at_marks
from framing.report.results import Results, coverage_id, evidence_id, outlet_id
from framing.scorers import SCORERS

FIGHTERS, COUNCIL = ("valley", "fighters"), ("valley", "council")


@pytest.fixture(scope="module")
def html(valley: Analysis, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_report(valley, tmp_path_factory.mktemp("report") / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(html: str) -> Document:
    return Document(html)


def number_of(link: Element) -> int:
    found = re.match(r"[\d,]+", link.text)
    assert found, link.text
    return int(found[0].replace(",", ""))


def links_to_mentions(page: Document) -> list[Element]:
    """Links of tables whose text is a number of mentions."""
    return [
        a
        for table in page.all("table")
        for a in table.all("a")
        if a.attributes["href"].startswith("#m-") and a.text.endswith("mentions")
    ]


def test_every_link_inside_has_its_target_and_no_id_is_twice(page: Document) -> None:
    inside = [a.attributes["href"][1:] for a in page.all("a") if a.attributes.get("href", "").startswith("#")]
    assert len(inside) > 50
    assert [i for i in inside if i not in page.by_id] == []
    assert len(page.ids) == len(set(page.ids))
    for element in page.elements:
        for name in ("aria-labelledby", "for"):
            assert element.attributes.get(name, page.ids[0]) in page.by_id


def test_every_number_links_to_as_many_mentions(page: Document) -> None:
    links = links_to_mentions(page)
    assert {number_of(a) for a in links} >= {12, 14, 2, 3}
    for link in links:
        target = page.by_id[link.attributes["href"][1:]]
        assert len(target.all("mark")) == number_of(link), (link.text, target.text)


def test_mentions_link_back_to_their_number(page: Document) -> None:
    mentions = page.by_id["mentions"]
    # fighters: Alpha 12 + 3, Beta 14, Gamma 3; council: Alpha 2, Beta 12.
    assert len(mentions.all("li")) == len(mentions.all("mark")) == 12 + 3 + 14 + 3 + 2 + 12
    for group in mentions.all("div", "by-name"):
        (back,) = group.all("h5")[0].all("a")
        cell = page.by_id[back.attributes["href"][1:]]
        assert cell.tag == "td"
        assert cell.all("a")[0].attributes["href"] == "#" + group.attributes["id"]


def test_mention_shows_sentence_voice_outlet_date_headline_and_address(page: Document) -> None:
    groups = page.by_id[evidence_id("Alpha", FIGHTERS, "quoted")]
    first = groups.all("li")[0]
    assert first.all("p", "said")[0].text == "“The terrorists will pay for this bridge,” said the mayor."
    assert [m.text for m in first.all("mark", "quoted")] == ["terrorists"]
    heading = groups.all("h5")[0].text, groups.parent.all("h4")[0].text if groups.parent else ""
    assert heading == ("quoted terrorists 3 mentions back to the number", "Alpha 15 mentions")
    assert first.all("p", "where")[0].text == "Alpha, 1 May 2031: Bridge 0"
    outside = first.all("a")[0].attributes
    assert outside == {"href": "https://alpha.example/0", "rel": "noopener noreferrer", "dir": "auto"}


def test_comparison_gives_shares_with_intervals_and_counts(page: Document) -> None:
    table = next(t for t in page.by_id["comparison"].all("table", "shares"))
    header = [th.text for th in table.all("thead")[0].all("th")]
    assert header == ["Outlet", "all mentions", "rebels", "terrorists", "militants"]
    rows = {tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in table.all("tbody")[0].all("tr")}
    assert rows["Alpha"] == ["12 mentionsin 12 articles", "100%81–100% · 12 mentions", "0%0–19% · 0", "0%0"]
    assert re.fullmatch(r"86%\d+–\d+% · 12 mentions", rows["Beta"][2])
    assert rows["Gamma"] == ["3 mentionsin 3 articles too few", "0", "0", "3 mentions"]


def test_outlet_section_sets_voices_side_by_side(page: Document) -> None:
    table = page.by_id[outlet_id("Alpha")].all("table", "names")[0]
    rows = {tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in table.all("tr") if tr.all("td")}
    # own mentions, share, bar, interval | quoted mentions, share | attributed mentions, share; weights behind the names
    assert rows["rebels 0"] == ["12 mentions", "100%", "", "81–100%", "0", "0%", "0", "–"]
    assert rows["terrorists −2"] == ["0", "0%", "", "0–19%", "3 mentions", "100%", "0", "–"]


def test_articles_that_leave_a_subject_out_are_listed(page: Document) -> None:
    row = page.by_id[coverage_id("Alpha", COUNCIL)]
    assert row.all("td")[0].text == "2 articles that mention it of 12 articles"
    left_out = row.all("td")[-1]
    assert [a.text for a in left_out.all("a")] == [f"Bridge {i}" for i in range(2, 12)]


def test_too_few_articles_are_said_plainly(page: Document) -> None:
    few = page.by_id["few"].text
    assert "Too few articles to generalise" in few
    assert "Gamma writes only “militants” in its own voice: 3 of 3 mentions in 3 articles." in few
    assert "Gamma" not in page.by_id["findings"].text


def test_page_is_told_for_screen_readers(page: Document) -> None:
    assert page.all("html")[0].attributes["lang"] == "en"
    assert [len(page.all(tag)) for tag in ("h1", "main", "nav", "header", "footer")] == [1, 1, 1, 1, 1]
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(th.attributes.get("scope") for th in page.all("th"))
    assert all(len(t.all("caption")) == 1 for t in page.all("table"))
    assert page.all("img") and all(img.attributes["alt"] for img in page.all("img"))
    assert all(s.attributes["tabindex"] == "0" and s.attributes["aria-label"] for s in page.all("div", "scroll"))


def test_charts_wait_until_they_are_near_and_their_place_is_kept(page: Document) -> None:
    for image in page.all("img"):
        assert image.attributes["loading"] == "lazy"
        assert int(image.attributes["width"]) > 300 and int(image.attributes["height"]) > 50


def test_the_page_begins_with_which_outlets_differ(page: Document) -> None:
    first = page.all("main")[0].all("section")[0]
    assert first.attributes["id"] == "overview"
    # Of Alpha and Beta several measures can be tested; Gamma has three articles, too few for any.
    rows = {tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in first.all("tbody")[0].all("tr")}
    assert rows["Gamma"][:2] == ["0", "insufficient evidence"]
    assert int(rows["Alpha"][0]) == int(rows["Beta"][0]) > 0


def test_nothing_is_loaded_and_only_the_own_script_may_run(html: str, page: Document) -> None:
    policy = next(
        m.attributes["content"] for m in page.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    for tag in ("script", "style"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;") and "base-uri 'none'; form-action 'none'" in policy
    assert not [e for e in page.elements if "style" in e.attributes or any(a.startswith("on") for a in e.attributes)]
    loaded = [e.attributes[a] for e in page.elements for a in ("src", "srcset", "data", "poster") if a in e.attributes]
    assert loaded and all(u.startswith("data:image/svg+xml;base64,") for u in loaded)
    assert [link.attributes["href"] for link in page.all("link")] == ["data:,"]
    for a in page.all("a"):
        assert a.attributes["href"].startswith(("#", "https://"))
        assert a.attributes["href"].startswith("#") or a.attributes["rel"] == "noopener noreferrer"


def test_words_of_judgement_do_not_occur(page: Document) -> None:
    body = page.all("main")[0].text
    assert re.findall(r"\bbiased\b", body) == []
    assert "There is no score of bias" in body


def test_same_analysis_same_bytes(valley: Analysis, html: str, valley_lexicon: Path, tmp_path: Path) -> None:
    assert write_report(valley, tmp_path / "again.html").read_text(encoding="utf-8") == html
    shuffled = framing.analyse(valley_articles()[::-1], valley_lexicon, modules=NAMES, resamples=200)
    assert write_report(shuffled, tmp_path / "shuffled.html").read_text(encoding="utf-8") == html
    code = f"import framing; framing.open({str(valley.path)!r}).report({str(tmp_path / 'other.html')!r})"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C"})
    assert (tmp_path / "other.html").read_text(encoding="utf-8") == html


def test_other_outlets_are_taken_together_and_said_so(valley: Analysis, tmp_path: Path) -> None:
    page = Document(write_report(valley, tmp_path / "report.html", ["Alpha"]).read_text(encoding="utf-8"))
    assert [s.all("h3")[0].text for s in page.all("section", "outlet")] == ["Alpha", "The other 2 outlets"]
    assert page.by_id["findings"].text.count("Beta") == 0
    pooled = page.by_id["rest"].all("table", "names")[0].text
    # Beta and Gamma: 12 terrorists, 2 rebels, 3 militants: 17 mentions in own voice.
    assert "17 mentions" in pooled and "71%" in pooled
    for link in links_to_mentions(page):
        assert len(page.by_id[link.attributes["href"][1:]].all("mark")) == number_of(link)
    with pytest.raises(InputError, match="no outlet 'Delta'"):
        write_report(valley, tmp_path / "report.html", ["Delta"])


def test_what_the_only_outlet_of_a_page_leaves_out_is_listed(tmp_path: Path) -> None:
    # Gamma never mentions the council; a page of Gamma alone ranks only what Gamma mentions.
    events = [
        Article(f"{o}{n}", o, "The rebels left." + (" The council met." if o != "Gamma" else ""), event=f"event-{n}")
        for o in ("Alpha", "Beta", "Gamma")
        for n in range(6)
    ]
    lexicon = tmp_path / "valley"
    write_lexicon(lexicon)
    analysis = framing.analyse(events, lexicon, modules=NAMES, resamples=100)
    page = Document(write_report(analysis, tmp_path / "report.html", ["Gamma"]).read_text(encoding="utf-8"))
    assert coverage_id("Gamma", COUNCIL) in page.by_id
    assert all(a.attributes["href"][1:] in page.by_id for a in page.all("a") if a.attributes["href"].startswith("#"))


def test_page_with_too_many_mentions_shows_some_of_every_number_and_says_so(valley: Analysis) -> None:
    page = Document(render_page(build_page(Results(valley), most_mentions=20)))
    mentions = page.by_id["mentions"]
    assert len(mentions.all("mark")) == 20
    assert "20 of the 46 mentions" in mentions.text and "framing table DIR mentions" in mentions.text
    for group in mentions.all("div", "by-name"):
        shown, total = len(group.all("li")), int(group.attributes["data-total"])
        assert 1 <= shown <= total
        assert (f"{shown} shown" in group.text) == (shown < total)
        dates = [re.search(r"\d+ \w+ 2031", p.text)[0] for p in group.all("p", "where")]  # type: ignore[index]
        assert len(set(dates)) == len(dates)  # each from another article
    assert all(a.attributes["href"][1:] in page.by_id for a in page.all("a") if a.attributes["href"].startswith("#"))


def test_places_are_shared_out_evenly() -> None:
    assert share_out([100, 3, 10, 0], 20) == [9, 3, 8, 0]
    assert share_out([5, 5, 5], 2) == [1, 1, 0]
    assert share_out([2, 1], 10) == [2, 1]
    assert share_out([], 10) == []


def test_long_sentences_are_cut_around_the_mention() -> None:
    text = "word " * 200 + "rebels" + " word" * 200
    window = find_window(text, 0, len(text), 1000, 1006)
    parts, shown = split_at_marks(text, (0, len(text)), window, [(1000, 1006, "own")])
    assert shown == 1 and parts[0] == ("… ", "") and ("rebels", "own") in parts and parts[-1] == (" …", "")
    assert 300 <= len("".join(text for text, _ in parts)) <= LONGEST + 4
    assert single_spaced("The\n  ") == "The " and single_spaced("") == ""


@pytest.mark.parametrize("name", ["valley", "wordings"])
def test_a_sentence_is_printed_once_and_referred_to_both_ways(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    page = Document(write_report(request.getfixturevalue(name), tmp_path / "report.html").read_text(encoding="utf-8"))
    # In the valley the same words are printed by others and on other days; outlet and day stand beside them.
    printed = [(p.text, p.parent.all("p", "where")[0].text[:40]) for p in page.all("p", "said") if p.parent]
    assert printed and len(printed) == len(set(printed))
    references = page.all("p", "again")
    assert len(references) > 10
    for reference in references:
        link = reference.all("a")[0]
        print_ = page.by_id[link.attributes["href"][1:]]
        assert print_.tag == "p" and print_.text.startswith(link.text.removesuffix(" …"))
        assert all(mark.text in print_.text for mark in reference.all("mark"))
        item, group = print_.parent, reference.parent.parent.parent if reference.parent else None  # type: ignore[union-attr]
        assert item is not None and group is not None
        assert f"#{group.attributes['id']}" in {a.attributes["href"] for a in item.all("span", "also")[0].all("a")}


def test_two_mentions_in_one_sentence_stand_in_it_together(valley_lexicon: Path, tmp_path: Path) -> None:
    articles = [Article("x", "Alpha", "The rebels left and the rebels came. The terrorists and the rebels slept.")]
    analysis = framing.analyse(articles, valley_lexicon, modules=NAMES, resamples=100)
    page = Document(write_report(analysis, tmp_path / "report.html").read_text(encoding="utf-8"))
    said = [(p.text, [m.text for m in p.all("mark")]) for p in page.by_id["mentions"].all("p", "said")]
    assert said == [
        ("The rebels left and the rebels came.", ["rebels", "rebels"]),
        ("The terrorists and the rebels slept.", ["rebels"]),
    ]
    (again,) = page.by_id["mentions"].all("p", "again")
    assert again.text == "terrorists in The terrorists and the rebels slept."


@pytest.mark.parametrize(
    "url, kept",
    [
        ("https://a.example/x?y=1", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//a.example", False),
        ("https:///x", False),
        ("file:///etc/passwd", False),
        ("http://[::1", False),
        ("https://a.example/\u202e", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, kept: bool) -> None:
    assert safe_url(url) == (url if kept else "")


def test_hostile_strings_add_no_element(tmp_path: Path) -> None:
    analysis = hostile_analysis(tmp_path / "lexicon")
    path = write_report(analysis, tmp_path / "report.html", analysis.outlets)
    page = Document(path.read_text(encoding="utf-8"))
    assert len(page.all("script")) == 1 and len(page.all("style")) == 1
    allowed = set(
        "a bdi body button caption code dd details div dl dt em figure footer form h1 h2 h3 h4 h5 head header html img "
        "input label li link main mark meta nav ol option output p path pre rect script section select span strong "
        "style summary svg table tbody td th thead title tr ul var".split()
    )
    assert {e.tag for e in page.elements} <= allowed
    assert all(not name.startswith("on") and name != "style" for e in page.elements for name in e.attributes)
    assert {a.attributes["href"][:1] for a in page.all("a")} <= {"#", "h"}
    headings = [h.text for h in page.by_id["wording"].all("h4")]
    assert "Which sides speak" in headings and "The same event, outlet by outlet" in headings
    assert len(page.ids) == len(set(page.ids))
    text = page.root.text
    assert sum(" ".join(s.split()) in text for s in HOSTILE) > 15  # shown as they are


def test_analysis_without_mentions_makes_a_page(valley_lexicon: Path, tmp_path: Path) -> None:
    articles = [Article("x", "Alpha", "Rain fell."), Article("y", "NA", "Rain fell again.")]
    analysis = framing.analyse(articles, valley_lexicon, modules=NAMES, resamples=100)
    page = Document(write_report(analysis, tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "None. No number in this analysis rests on enough articles" in page.by_id["findings"].text
    assert "All 0 mentions" in page.by_id["mentions"].text
    assert all(a.attributes["href"][1:] in page.by_id for a in page.all("a") if a.attributes["href"].startswith("#"))


def test_what_was_skipped_removed_and_warned_is_listed(valley: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"skipped": [["a.txt", "empty"]], "removed": {"short-link": 3}, "warnings": ["b.txt: guessed encoding"]}
    monkeypatch.setattr(valley._folder, "manifest", {**valley.manifest, **told})
    text = Document(render_page(build_page(Results(valley)))).by_id["omitted"].text
    for part in ("1 input could not be read", "a.txt: empty", "short-link: 3 lines", "b.txt: guessed encoding"):
        assert part in text


def test_known_errors_are_those_of_the_documents(page: Document) -> None:
    root = Path(__file__).parents[2]
    rows = page.by_id["method"].all("table")[0].all("tbody")[0].all("tr")
    assert len(rows) == 4  # of names and voices; the valley has no other module
    for error in list_known_errors(SCORERS):
        document = (root / error.source).read_text(encoding="utf-8")
        assert re.search(rf"(?<![\d.]){re.escape(error.value)}(?![\d.]*\d)", document), error


def test_the_report_says_how_it_is_cited(page: Document, valley: Analysis) -> None:
    apa, bibtex = (page.all(tag, "cite")[0].text for tag in ("p", "pre"))
    for part in ("How 3 outlets word the same events", "27 articles of 3 outlets", Results(valley).digest):
        assert part in apa and part in bibtex
    assert re.match(r"@misc\{framing-[0-9a-f]{12}, author = \{\{The framing analyser authors\}\}", bibtex)
    assert f"version {program_version(Results(valley))}]" in apa


def test_the_method_names_what_a_referee_looks_for(page: Document) -> None:
    text = page.by_id["method"].text
    for part in (
        "studentised bootstrap", "Jeffreys", "permutation", "Benjamini and Hochberg", "Cliff’s delta", "MOVER",
        "Mantel and Haenszel", "rule of three", "four checks", "verbs of saying", "Known errors", "does not tell",
    ):  # fmt: skip
        assert part in text, part


def test_subjects_of_little_weight_have_one_row_with_all_their_mentions(
    valley: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framing.report.page.build.MOST_TOPICS", 0)
    monkeypatch.setattr("framing.report.page.build.main_referents", lambda results, outlets, ranked: [FIGHTERS])
    page = Document(render_page(build_page(Results(valley))))
    section = page.by_id[outlet_id("Beta")]
    brief = next(d for d in section.all("details") if d.all("summary")[0].text == "1 subject in brief")
    (row,) = brief.all("tbody")[0].all("tr")
    assert row.all("th")[0].text == "Council of the valley"
    # Beta: 12 mentions in own voice, one in each article, always by the same name.
    own, name, *others = row.all("td")
    assert own.text == "12 mentionsin 12 articles" and name.text == "council (100%)"
    assert [td.text for td in others] == ["0", "0"]
    group = page.by_id[own.all("a")[0].attributes["href"][1:]]
    assert len(group.all("mark")) == 12 and "all names" in group.all("h5")[0].text
    assert group.all("h5")[0].all("a")[0].attributes["href"] == f"#{own.attributes['id']}"
    for link in (a for a in page.all("a") if a.attributes["href"].startswith("#")):
        assert link.attributes["href"][1:] in page.by_id


def test_the_first_lines_name_the_pairs_that_differ_most_and_how_sure_that_is(page: Document, valley: Analysis) -> None:
    overview = page.by_id["overview"]
    differences = count_differences(Results(valley), ["Alpha", "Beta", "Gamma"], [], lambda outlet, measure: "")
    assert differences is not None
    total = differences.total
    shown = [dd.all("strong")[0].text for dd in overview.all("dd")]
    assert shown == [
        str(total.tested),
        str(total.chance),
        str(total.steady),
        str(total.matched) if total.asked else "–",
    ]
    first = overview.all("ol", "lead")
    assert len(first) == bool(differences.leading) == (total.standing > 0 and total.tested >= 20)
    if not first:
        assert "No difference between two of these outlets stands." in overview.text
    assert overview.text.index("strongest evidence") < overview.text.index("Each outlet against each other")

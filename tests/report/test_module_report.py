"""What a report says of the scoring modules, on the valley: numbers counted on paper from `valley_data`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from reading import Document, Element

import framing
from framing import Analysis, Article
from framing.analysis import choose_lexicons
from framing.errors import InputError
from framing.report import Finding, draw, find_findings, write_gallery, write_report
from framing.report.figures.request import FigureRequest, name_requests
from framing.report.findings import pick_findings
from framing.report.findings.module_bounds import measure_bounds, widest_gap
from framing.report.findings.module_findings import say_range
from framing.report.module_choice import choose_measures, read_choice
from framing.report.page.module_evidence import collect_sentences, measure_id, sentences_id
from framing.report.page.sentences import find_window
from framing.report.results import Results, outlet_id
from framing.report.rows import Value
from framing.scorers import SCORERS, list_measures

HEDGES, BALANCE = "certainty.commitment.hedge.own", "certainty.commitment.hedge-share.own"


@pytest.fixture(scope="module")
def results(wordings: Analysis) -> Results:
    return Results(wordings)


@pytest.fixture(scope="module")
def page(wordings: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = write_report(wordings, tmp_path_factory.mktemp("report") / "report.html")
    return Document(path.read_text(encoding="utf-8"))


def read_sentence(page: Document, item: Element) -> str:
    """A sentence of the page, there or where it is printed."""
    if item.all("p", "said"):
        return item.all("p", "said")[0].text
    return page.by_id[item.all("p", "again")[0].all("a")[0].attributes["href"][1:]].text


def cells(page: Document, label: str) -> list[Element]:
    """The cells of a measure in the tables of the modules."""
    row = next(tr for tr in page.by_id["wording"].all("tr") if tr.all("th") and tr.all("th")[0].text.startswith(label))
    return row.all("td")


# -- which measures are shown


def test_the_choice_names_measures_that_exist_and_every_module_has_some() -> None:
    lexicons = choose_lexicons(None, tuple(SCORERS))
    known = {m: {x.name for x in list_measures(lexicons, [m])} for m in SCORERS}
    choice = read_choice()
    assert set(choice) - set(SCORERS) == set()
    for module, names in known.items():
        lines = choice.get(module, {}).get("measures", [])
        exact = [line["name"] for line in lines if "*" not in line["name"]]
        assert [name for name in exact if name not in names] == [], module
        assert not names or lines, f"{module} has measures, and none is shown first"
        assert not names or (choice[module]["counted"] and choice[module]["not_for"]), module


def test_sentences_of_findings_have_their_fields_and_never_judge() -> None:
    for module in read_choice().values():
        for text in (module["counted"], module["not_for"], *(m.get("finding", "") for m in module.get("measures", []))):
            assert "bias" not in text.casefold()
        for line in module.get("measures", []):
            if "finding" in line:
                fields = set(re.findall(r"\{(\w+)\}", line["finding"])) - {"label"}
                assert fields == {"high", "less", "low", "more"}
                assert line["finding"].index("{high}") < line["finding"].index("{low}") and line["finding"][-1] == "."


def record(name: str, module: str = "certainty", unit: str = "per 1,000 words") -> dict[str, object]:
    return {
        "name": name, "module": module, "label": "many words", "unit": unit, "scale": 1.0, "direction": "higher = more",
        "numerator": ["a"], "denominator": ["b"], "evidence": ["certainty:commitment:hedge:own", "not:a:mention"],
    }  # fmt: skip


def test_measures_of_a_module_are_shown_in_the_order_of_the_choice_and_the_others_are_further() -> None:
    further = "certainty.commitment.hedge.quoted"
    (module,) = choose_measures([record(further), record(BALANCE, unit="share of both"), record(HEDGES)], {})
    assert [m.name for m in module.headline] == [HEDGES, BALANCE]
    assert [m.name for m in module.further] == [further]
    assert module.title == SCORERS["certainty"].title and module.not_for
    hedges, balance = module.headline
    assert hedges.shown.label == "Hedges" and hedges.label == "Many words"
    assert (hedges.shown.percent, balance.shown.percent) == (False, True)
    assert hedges.evidence == ("certainty:commitment:hedge:own",)


def test_a_module_of_unknown_measures_shows_its_first() -> None:
    (module,) = choose_measures([record(f"mine.measure-{n}", "mine") for n in range(9)], {})
    assert module.title == "Mine" and len(module.headline) == 6 and len(module.further) == 3


# -- intervals


def value(low: float, high: float, numerator: float = 5, denominator: float = 50) -> Value:
    return Value(numerator / denominator, low, high, 10, numerator, denominator, "ok")


def test_bounds_of_an_interval_without_width(results: Results) -> None:
    rate, share = results.module("certainty").headline[0], results.module("certainty").headline[2]
    assert (rate.name, share.name) == (HEDGES, BALANCE)
    assert measure_bounds(value(0.05, 0.2), rate) == (0.05, 0.2)
    assert measure_bounds(value(0, 0, 0, 120), rate) == (0, 3 * 1000 / 120)  # nothing found: at most 3 expected
    assert measure_bounds(value(1, 1, 10, 10), share) == pytest.approx((0.7, 1))  # rule of three: 3 of 10 articles
    assert measure_bounds(value(5, 5), rate) == (-float("inf"), float("inf"))


@pytest.mark.parametrize(
    "low, high, percent, said",
    [
        (0.5, 0.7, True, "50–70%"),
        (1.5, 12.0, False, "1.50–12.0"),
        (-0.1, 0.2, False, "−0.10 to 0.20"),
        (float("nan"), 1.0, False, ""),
        (-float("inf"), float("inf"), False, ""),
    ],
)
def test_intervals_are_said_plainly(low: float, high: float, percent: bool, said: str) -> None:
    assert say_range(low, high, percent) == said


# -- the section of a module


def test_a_number_has_its_interval_its_articles_and_a_link_to_its_sentences(page: Document) -> None:
    alpha, beta, gamma = cells(page, "Hedges")
    assert re.fullmatch(r"108 sentences\d+(\.\d)?–\d+n 12", alpha.text.replace("\xa0", " "))
    assert beta.text.replace("\xa0", " ") == "00–75.0n 12" and not beta.all("a")
    assert gamma.text == "100 sentencestoo few articles (3)" and gamma.attributes["class"] == "few"
    assert [a.attributes["href"][1:] for cell in (alpha, gamma) for a in cell.all("a")] == [
        sentences_id("Alpha", HEDGES),
        sentences_id("Gamma", HEDGES),
    ]
    alpha, beta, gamma = cells(page, "Share of hedges")  # 13 of 14; none of none; 3 of 3
    assert alpha.text.startswith("93%") and beta.text == "no evidence" and gamma.text.startswith("100%")


def test_measures_that_are_not_shown_first_are_folded_away(page: Document) -> None:
    folded = [d for d in page.by_id["wording"].all("details") if "more measure" in d.all("summary")[0].text]
    assert folded and "open" not in folded[0].attributes
    text = " ".join(d.text for d in folded)
    assert "SMOG" in text and "Flesch reading ease" not in text


def test_every_module_says_what_is_counted_and_what_it_is_not_for(page: Document, results: Results) -> None:
    for module in results.modules:
        section = next(s for s in page.by_id["wording"].all("section") if s.all("h3")[0].text == module.title)
        assert module.counted in section.text and module.not_for in section.text
        assert section.all("img")[0].attributes["alt"].startswith("Dot plot")


def test_numbers_without_mentions_say_what_they_are_computed_from(page: Document) -> None:
    assert not any(cell.all("a") for cell in cells(page, "Flesch"))
    assert "computed from the letters, syllables, words" in page.by_id["sentences"].text


# -- sentences


def test_sentences_behind_a_number_come_from_different_articles_the_heaviest_first(page: Document) -> None:
    group = page.by_id[sentences_id("Alpha", HEDGES)]
    said = [read_sentence(page, li) for li in group.all("li")]
    assert len(said) == 5
    # "possibly" weighs 2, "perhaps" 1; then by date.
    assert said[0] == "Perhaps the rebels possibly left there there there there there."
    dates = [re.search(r"\d+ May 2031", li.text)[0] for li in group.all("li")]  # type: ignore[index]
    assert dates == ["12 May 2031", "1 May 2031", "2 May 2031", "3 May 2031", "4 May 2031"]
    assert [m.text for m in group.all("li")[0].all("mark", "own")] == ["Perhaps", "possibly"]
    assert group.attributes["data-total"] == "13"
    # 13 mentions, 2 + 4 of them shown
    assert "and 7 more: framing evidence DIR certainty.commitment.hedge.own" in group.text
    back = group.all("h5")[0].all("a")[0].attributes["href"][1:]
    assert back == measure_id("Alpha", HEDGES) and page.by_id[back].tag == "td"


def test_places_on_the_page_are_shared_out(results: Results) -> None:
    measures = results.module("certainty").headline
    found = collect_sentences(results, measures, results.outlets, most=4)
    assert sum(len(e.sentences) for e in found.values()) == 4
    assert found["Alpha", HEDGES].total == 13
    every = collect_sentences(results, measures, results.outlets)
    assert {len(e.sentences) for e in every.values()} == {1, 3, 5}  # one booster, three articles of Gamma, at most five
    assert ("Beta", HEDGES) not in every


def test_a_page_of_few_sentences_links_to_no_sentence_that_is_not_there(
    wordings: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framing.report.page.module_page.MOST_SENTENCES", 1)
    page = Document(write_report(wordings, tmp_path / "report.html").read_text(encoding="utf-8"))
    assert len(page.by_id["sentences"].all("li")) == 1
    assert all(a.attributes["href"][1:] in page.by_id for a in page.all("a") if a.attributes["href"].startswith("#"))


def test_a_long_sentence_is_cut_around_its_mention() -> None:
    text = "word " * 100 + "perhaps" + " word" * 100
    start = text.index("perhaps")
    low, high = find_window(text, 0, len(text), start, start + 7)
    shown = text[low:high]
    assert len(shown) <= 420 and "perhaps" in shown
    assert shown.startswith("word") and shown.endswith("word")
    assert find_window(text, start, start + 12, start, start + 7) == (start, start + 12)
    unbroken = "x" * 5000
    low, high = find_window(unbroken, 0, 5000, 2000, 2007)
    assert 7 < high - low <= 420


# -- findings


def test_outlets_whose_intervals_do_not_overlap_are_set_side_by_side(wordings: Analysis) -> None:
    (finding,) = [f for f in find_findings(wordings) if f.measure == HEDGES]
    assert re.fullmatch(
        # Beta: none in 120 words; three articles with three hedges each would be 9, 75 per 1,000.
        r"Alpha uses 108 hedges \(“may”, “reportedly”, “about”\) per 1,000 words of its own voice; Beta uses none "
        r"\(95% intervals \d+(\.\d)?–\d+ and 0–75\.0; 12 and 12 articles\)\. "
        r"Over all articles, the intervals do not overlap\.",
        finding.text,
    )
    assert finding.subject == "Certainty: hedges" and finding.status == "ok" and finding.module == "certainty"
    assert finding.links == (
        ("Alpha: sentences", sentences_id("Alpha", HEDGES)),
        ("Beta: number", measure_id("Beta", HEDGES)),
    )


def test_outlets_with_few_articles_are_not_compared(results: Results) -> None:
    hedges = results.module("certainty").headline[0]
    assert widest_gap(results, hedges, ["Beta", "Gamma"]) is None
    gap = widest_gap(results, hedges, ["Beta", "Gamma", "Alpha"])
    assert gap is not None and (gap.more, gap.less) == ("Alpha", "Beta")


def test_an_overview_has_at_most_two_findings_of_a_module(wordings: Analysis) -> None:
    finding = next(f for f in find_findings(wordings) if f.measure)
    many = [replace(finding, id=f"f{n}", subject=f"S{n}", outlets=(f"A{n}", f"B{n}")) for n in range(9)]
    assert [f.id for f in pick_findings(many)] == ["f0", "f1"]
    other = [replace(f, id=f"g{f.id}", subject=f"T{f.subject}", module="tone") for f in many]
    assert [f.id for f in pick_findings([*many, *other])] == ["f0", "f1", "gf0", "gf1"]


def test_without_enough_articles_a_module_says_insufficient_evidence(valley_lexicon: Path, tmp_path: Path) -> None:
    articles = [Article(f"x{n}", outlet, "Perhaps the rebels left.") for n, outlet in enumerate("AAB")]
    analysis = framing.analyse(
        articles, valley_lexicon, modules=["naming", "coverage", "certainty", "readability"], resamples=100
    )
    page = Document(write_report(analysis, tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.by_id["wording"].text.count("Insufficient evidence: no two outlets have 10 articles") == 2
    assert "too few articles to tell" in page.by_id["wording"].all("img")[0].attributes["alt"]
    assert not [f for f in find_findings(analysis) if f.measure]


def test_a_report_of_one_outlet_compares_nothing(wordings: Analysis, tmp_path: Path) -> None:
    page = Document(write_report(wordings, tmp_path / "report.html", ["Alpha"]).read_text(encoding="utf-8"))
    assert page.by_id["wording"].all("img")[0].attributes["alt"].endswith("in 1 outlet. Certainty in Alpha.")
    assert "nsufficient" not in page.by_id["wording"].text and "Alpha uses" not in page.by_id["findings"].text
    assert all(a.attributes["href"][1:] in page.by_id for a in page.all("a") if a.attributes["href"].startswith("#"))


# -- the profile of an outlet


def test_an_outlet_has_its_profile_with_the_range_of_the_others(page: Document) -> None:
    section = page.by_id[outlet_id("Beta")]
    assert section.all("img")[0].attributes["alt"].startswith("Small multiples of dots with 95% intervals")
    table = section.all("table", "measures")[0]
    rows = {tr.all("th")[0].text: [td.text for td in tr.all("td")] for tr in table.all("tr") if tr.all("td")}
    label = next(key for key in rows if key.startswith("Hedges"))
    assert rows[label] == ["0", "0–75.0", "12", "108"]  # Gamma has too few articles
    assert not any(key.startswith("Share of hedges") for key in rows)


def test_words_of_judgement_do_not_occur(page: Document) -> None:
    for part in ("findings", "wording", "outlets", "sentences"):
        assert "bias" not in page.by_id[part].text.casefold()


# -- figures


def test_figures_of_modules_and_profiles_have_names_and_titles(wordings: Analysis, tmp_path: Path) -> None:
    names = [p.stem for p in write_gallery(wordings, tmp_path / "all", formats=["svg"]) if p.suffix == ".svg"]
    assert names[-3:] == ["module-certainty", "module-readability", "profile-alpha"]
    only = write_gallery(wordings, tmp_path / "one", module="certainty", formats=["svg"])
    assert {p.suffix for p in only} >= {".svg", ".txt"} and {p.stem for p in only} == {"module-certainty"}
    text = next(p for p in only if p.suffix == ".txt")
    assert "“Hedges”" in text.read_text(encoding="utf-8")
    profiles = write_gallery(wordings, tmp_path / "two", chart="profile", formats=["png"])
    assert len([p for p in profiles if p.suffix == ".png"]) == 3
    image, words, *_ = write_gallery(wordings, tmp_path / "three", outlet="Beta", formats=["png"])
    assert image.stem == "profile-beta" and "of Beta beside 2 other outlets" in words.read_text("utf-8")


def _name_profile(outlet: str, outlets: list[str]) -> str:
    return name_requests([FigureRequest("profile", {"outlet": outlet})], outlets)[0]


def test_files_of_profiles_tell_outlets_apart() -> None:
    assert _name_profile("Harbour Wire", ["Harbour Wire", "Alpha"]) == "profile-harbour-wire"
    for outlet, others in (
        ("Harbour Wire", ["Harbour Wire", "harbour-wire"]),
        ("新华社", ["新华社"]),
        ("x" * 99, ["x" * 99]),
    ):
        assert re.fullmatch(r"profile-[a-z-]*[0-9a-f]{10}", _name_profile(outlet, others))
    assert _name_profile("新华社", ["新华社"]) != _name_profile("人民日报", ["人民日报"])


def test_plot_takes_a_module_or_an_outlet(wordings: Analysis) -> None:
    assert wordings.plot("module", module="readability").axes[0].get_label() == "Flesch reading ease"
    assert "Gamma" in wordings.plot("profile", outlet="Gamma").get_label()
    for wrong, said in (
        ({"chart": "stance", "module": "certainty"}, "'stance' takes no module"),
        ({"chart": "module", "outlet": "Beta"}, "'module' takes no outlet"),
        ({"chart": "profile", "referent": "fighters"}, "'profile' takes no referent"),
        ({"chart": "module", "module": "moon"}, "no module 'moon'.*certainty, readability"),
        ({"chart": "profile", "outlet": "Delta"}, "no outlet 'Delta'"),
    ):
        with pytest.raises(InputError, match=said):
            wordings.plot(**wrong)


def test_without_modules_there_is_nothing_to_draw(valley: Analysis) -> None:
    for chart in ("module", "profile"):
        with pytest.raises(InputError, match=f"nothing to draw as '{chart}'"):
            draw(valley, chart)


def test_kind_of_finding_is_listed(wordings: Analysis) -> None:
    from framing.report.findings.finding import KINDS

    found: list[Finding] = find_findings(wordings)
    assert {f.kind for f in found} <= set(KINDS) and any(f.kind == "measure-difference" for f in found)


def test_the_tone_of_a_sentence_stands_beside_it(valley_lexicon: Path, tmp_path: Path) -> None:
    articles = [Article("x", "Alpha", "The rebels left. It was a wonderful day.")]
    analysis = framing.analyse(articles, valley_lexicon, modules=["naming", "coverage", "tone"], resamples=100)
    page = Document(write_report(analysis, tmp_path / "report.html").read_text(encoding="utf-8"))
    said = [li.text for li in page.by_id[sentences_id("Alpha", "tone.own")].all("li")]
    assert said[0].startswith("It was a wonderful day.own voice score +0.57. Alpha, undated: no headline")

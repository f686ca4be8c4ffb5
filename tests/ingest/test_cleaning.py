"""What cleaning takes out, what it leaves, and that it says so. All texts are made up."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.ingest import read_articles
from framing.ingest.boilerplate import load_cues
from framing.ingest.cleaning import clean

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

PROSE = "The two delegations met on Monday for the first time since the talks broke down in spring."
MORE = "Officials on both sides said that they would meet again before the end of the month."


def page(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    "line, rule",
    [
        ("Advertisement", "advertisement"),
        ("ADVERTISEMENT:", "advertisement"),
        ("Story continues below", "advertisement"),
        ("_1234_567_890_12", "image stub"),
        ("harbour-2.jpg", "image stub"),
        ("Image copyright Getty Images", "caption"),
        ("Media caption The harbour after the storm", "caption"),
        ("Enlarge this image toggle caption A. Name/Getty Images", "caption"),
        ("Photo: A. Name", "caption"),
        ("The harbour on Friday. (Photo: A. Name, Agency)", "caption"),
        ("Getty Images", "caption"),
        ("Read more: Harbour closed for a week", "read more"),
        ("( ALSO ON SITE: Harbour closed )", "read more"),
        ("Sign up for our newsletter", "newsletter"),
        ("Get the morning report delivered to your inbox", "newsletter"),
        ("Share Tweet Email", "share buttons"),
        ("© 2021 Example Media", "rights"),
        ("https://example.org/a/b?c=d", "link"),
        ("Write to A. Name at a.name@example.org", "contact"),
        ("3 years ago", "age of the page"),
    ],
)
def test_a_line_of_boilerplate_goes_from_between_paragraphs(line, rule):
    cleaned = clean(page(PROSE, line, MORE))
    assert cleaned.text == page(PROSE, MORE)
    assert cleaned.cuts == [(rule, 3, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement revenue fell by half, the paper's owner told parliament on Tuesday.",
        "Photographers were kept away from the harbour.",
        "“Read more books,” the minister told the children.",
        "Astana: The talks began on Monday with all delegations present in the hall.",
        "PARIS (Reuters) - The talks began on Monday with all delegations present.",
        "The photo shows a boy.",
        "Background",
        "What happens next?",
        "A reporter of the agency contributed to this report.",
        "No.",
        "___",
    ],
)
def test_a_line_of_the_article_stays(line):
    text = page(PROSE, line, MORE)
    assert clean(text) == ("", text, [])


def test_a_comment_form_ends_the_page_even_before_long_comments():
    text = page(PROSE, "Leave a Reply", *[f"Reader {n}: {PROSE} {MORE}" for n in range(9)])
    cleaned = clean(text)
    assert cleaned.text == PROSE
    assert len(cleaned.cuts) == 10
    assert {cut.rule for cut in cleaned.cuts} == {"comment form"}


def test_other_articles_end_the_page_when_only_teasers_follow():
    text = page(
        PROSE, MORE, "You may also like", "Harbour closed for a week", "The owner of the ferry said that it would..."
    )
    cleaned = clean(text)
    assert cleaned.text == page(PROSE, MORE)
    assert [cut.line for cut in cleaned.cuts] == [5, 7, 9]


def test_a_cue_between_paragraphs_takes_only_its_own_line():
    assert clean(page(PROSE, "You may also like", MORE)).text == page(PROSE, MORE)


def test_a_cue_inside_a_hard_wrapped_text_does_not_end_the_page():
    wrapped = "The delegations met on Monday for the\nfirst time since the talks broke down in\nspring, officials said."
    assert clean(wrapped + "\n\nRelated\n\n" + wrapped.replace("Monday", "Friday")).text.count("officials said") == 2


def test_a_rights_notice_ends_the_page_before_a_little_prose_only():
    legal = "Republication of any material of this site is prohibited without an agreement with it."
    body = [
        PROSE.replace("Monday", day)
        for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    ]
    body += [MORE.replace("month", unit) for unit in ["week", "year", "summer", "winter", "spring", "autumn"]]
    assert clean(page(*body, "All rights reserved", legal)).text == page(*body)
    assert MORE in clean(page(PROSE, "All rights reserved", MORE)).text


def test_a_tail_longer_than_the_article_goes():
    tail = [f"Headline number {n}" for n in range(60)]
    assert clean(page(PROSE, MORE, "Short URL : https://example.org/x", *tail)).text == page(PROSE, MORE)


def test_a_cue_above_the_body_does_not_drop_the_page():
    assert PROSE in clean(page("Leave a comment", "Harbour reopens", PROSE, MORE), "", is_page=True).text


def test_the_headline_of_a_page_is_its_first_line_that_is_no_furniture():
    text = page(
        "Storm latest", "Somewhere|politics|January 24, 2017 / 02:14 PM", "Harbour reopens after storm", PROSE, MORE
    )
    cleaned = clean(text, is_page=True)
    assert cleaned.title == "Harbour reopens after storm"
    assert cleaned.text == page(PROSE, MORE)
    assert [cut.rule for cut in cleaned.cuts] == ["navigation", "section and date", "headline"]


def test_a_headline_printed_twice_is_found_below_unknown_furniture():
    text = page("The Daily Example", "Harbour reopens after storm", "Harbour reopens after storm", PROSE, MORE)
    assert clean(text, is_page=True)[:2] == ("Harbour reopens after storm", page(PROSE, MORE))


@pytest.mark.parametrize("first", [PROSE, "The rebels left.", PROSE * 3])
def test_a_page_that_begins_with_a_sentence_has_no_headline(first):
    assert clean(page(first, MORE), is_page=True) == ("", page(first, MORE), [])


def test_a_headline_may_end_with_an_abbreviation():
    assert clean(page("Harbour talks move to the U.S.", PROSE), is_page=True).title == "Harbour talks move to the U.S."


def test_a_page_of_one_line_keeps_it_as_text():
    assert clean("Harbour reopens", is_page=True) == ("", "Harbour reopens", [])


@pytest.mark.parametrize(
    "printed",
    ["Harbour ‘reopens’ after storm", "HARBOUR 'REOPENS' AFTER  STORM", "Harbour 'reopens' after storm | The Example"],
)
def test_a_repeated_headline_goes_however_it_is_typeset(printed):
    assert clean(page(printed, PROSE), "Harbour 'reopens' after storm").text == PROSE


def test_a_line_like_the_headline_far_down_stays():
    body = [f"{PROSE[:-1]}, for the {n}th time." for n in range(12)]
    assert clean(page(*body, "Harbour reopens"), "Harbour reopens").cuts == []


def test_a_site_prefix_is_cut_and_the_sentence_stays():
    cleaned = clean(page("EXAMPLE.COM - " + PROSE, MORE))
    assert cleaned.text == page(PROSE, MORE)
    assert cleaned.cuts == [("site name", 1, "EXAMPLE.COM -")]


def test_the_second_copy_of_a_line_goes_unless_it_is_short():
    pull = "The harbour will not close again, the owner said."
    assert clean(page(PROSE, pull, MORE, pull, PROSE[::-1])).text == page(PROSE, pull, MORE, PROSE[::-1])
    assert clean(page(PROSE, "The owner:", MORE, "The owner:", PROSE[::-1])).cuts == []


def test_a_text_that_repeats_itself_throughout_is_left_alone():
    text = "\n".join([PROSE] * 50)
    assert clean(text).text == text


def test_line_breaks_and_spaces_of_kept_lines_stay_as_they_are():
    text = f"  {PROSE}\r\n{MORE}\u00a0\r\n\r\nAdvertisement\r\n\r\n\tTail  of it."
    assert clean(text).text == f"  {PROSE}\r\n{MORE}\u00a0\r\n\r\n\tTail  of it."


def test_an_article_in_one_long_line_is_never_removed():
    text = "Image copyright Example Image caption The harbour. " + " ".join([PROSE] * 20)
    assert clean(text).text == text


@given(
    st.lists(
        st.sampled_from([PROSE, MORE, "", "Advertisement", "Related", "Leave a Reply", "Photo", "_1_2_3", "Short"])
    )
)
def test_every_line_is_kept_or_accounted_for(lines):
    cleaned = clean("\n".join(lines))
    kept = [line for line in cleaned.text.split("\n") if line]
    assert sorted(kept + [cut.text for cut in cleaned.cuts]) == sorted(line for line in lines if line)
    for cut in cleaned.cuts:
        assert lines[cut.line - 1] == cut.text


@given(st.text())
def test_any_text_can_be_cleaned_and_keeps_its_lines_in_order(text):
    cleaned = clean(text, is_page=True)
    rest = iter(text.split("\n" if "\n" in text or "\r" not in text else "\r"))
    separator = "\n" if "\n" in text or "\r" not in text else "\r"
    for line in cleaned.text.split(separator) if cleaned.text else []:
        assert any(line == other or other.strip().endswith(line) for other in rest)


@pytest.mark.parametrize(
    "line", ["share " * 4000, "a|" * 20_000 + "!", "[photo: " * 5000, "x/" * 9000, "@a " * 9000, "1_" * 9000]
)
def test_hostile_lines_take_no_time(line):
    start = time.process_time()
    clean("\n".join([PROSE, line, *[line[:880]] * 50, MORE]))
    assert time.process_time() - start < 1.0


def test_many_cues_that_do_not_end_the_page_take_linear_time():
    start = time.process_time()
    clean(page(*["Read more", PROSE] * 10_000))
    assert time.process_time() - start < 3.0


def test_every_cue_is_written_as_it_is_compared():
    cues = load_cues()
    written = [*cues.whole, *cues.contains]
    written += [cue for entries in [*cues.starts.values(), *cues.ends.values()] for cue, _ in entries]
    assert [cue for cue in written if cue != cue.lower() or "’" in cue] == []
    # `starts` is looked up by the first five characters: a shorter cue would never be found.
    assert [key for key in cues.starts if len(key) < 5] == []


def test_lines_that_an_outlet_repeats_go_and_its_sentences_stay(tmp_path):
    for n in range(4):
        text = page("Topics of the week", f"{PROSE[:-1]}, day {n}.", "The war began in 2011.", f"{MORE[:-1]}, day {n}.")
        (tmp_path / f"{n}.txt").write_text(f"Headline number {n}\n\n{text}")
    articles = read_articles(tmp_path, outlet="A")
    texts = [article.text for article in articles]
    assert all("Topics" not in text and "The war began" in text for text in texts)
    assert articles.report.removed.by_rule["repeated by the outlet"] == 4


def test_copies_of_one_article_do_not_make_its_lines_look_repeated(tmp_path):
    text = page(PROSE, "An odd subheading", MORE)
    (tmp_path / "a.csv").write_text("id,outlet,text\n" + "".join(f'{n},A,"{text}"\n' for n in range(9)))
    articles = read_articles(tmp_path / "a.csv")
    assert {article.text for article in articles} == {text}


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="development data (../shared/seeds) are not beside the checkout")
def test_the_seed_pages_are_left_with_headline_and_body():
    with (SEEDS / "lines.csv").open(encoding="utf-8", newline="") as file:
        gold = {row["file"]: row for row in csv.DictReader(file)}
    seen = 0
    for article in read_articles(SEEDS):
        row = gold[article.extra["file"]]
        lines = (SEEDS / article.extra["file"]).read_text(encoding="utf-8").split("\n")
        body = [line.strip() for line in lines[int(row["body_first"]) - 1 : int(row["body_last"])] if line.strip()]
        # The note of one page says that its prefix and its image stubs, inside the body, are boilerplate.
        body = [line.removeprefix("AKIPRESS.COM - ") for line in body if not line.startswith("_")]
        assert article.title == lines[int(row["headline_line"]) - 1].strip()
        assert [line.strip() for line in article.text.split("\n") if line.strip()] == body
        seen += 1
    assert seen == 5
